//! The credentials of the Digital Credentials Consortium against registries of both of its kinds: who is accepted is what
//! the names of its files say (`legacy`, `oidf`, `noRegistry`).
#![cfg(feature = "jose")]
#![allow(clippy::disallowed_methods, clippy::print_stdout)] // a test reads files

mod support;
#[path = "support/tokens.rs"]
mod tokens;

use ler_verify::{CheckId, Code, Issuers, Outcome, Policy, Registry, Resource, ResourceKind, Verifier};
use serde_json::{Value, json};
use support::fixtures;

const LIST: &str = "https://registry.example/registry.json";
const ANCHOR: &str = "https://federation.example";
/// 2026-11-21T12:00:00Z.
const NOW: i64 = 1_795_262_400;

/// The issuers that the files call registered.
const LEGACY: [&str; 4] = [
    "did:web:digitalcredentials.github.io:vc-test-fixtures:dids:legacy",
    "did:key:z6MknNQD1WHLGGraFi6zcbGevuAgkVfdyCdtZnQTGWVVvR5Q",
    "did:key:z6MkjoriXdbyWD25YXTed114F8hdJrLXQ567xxPHAUKxpKkS",
    "did:key:z6MktL8XGbuYv5f7hwf6hVyJkJWynNtNhcsXFYe9NJzjKHkW",
];
const OIDF: [&str; 2] = [
    "did:web:digitalcredentials.github.io:vc-test-fixtures:dids:oidf",
    "did:key:z6MkjoriXdbyWD25YXTed114F8hdJrLXQ567xxPHAUKxpKkS",
];

#[test]
fn who_is_registered_is_accepted_and_nobody_else() {
    let Some(vectors) = support::vectors() else {
        println!("skipped: who_is_registered_is_accepted_and_nobody_else: no vectors");
        return;
    };
    let anchor = tokens::party(90);
    let registries = [Registry::list(LIST), Registry::openid_federation(ANCHOR, [anchor.jwk().to_string()])];
    let verifier = Verifier::new(Policy::accepting(Issuers::registered(registries))).unwrap();
    let resources = fixtures::resources();
    let supply = |id: &str, text: String| {
        resources.insert(ResourceKind::IssuerRegistry, id, Resource::new(text));
    };
    let sign = |subject: &str, metadata: Value| {
        let claims =
            json!({"iss": ANCHOR, "sub": subject, "iat": NOW, "exp": NOW + 86_400, "metadata": metadata});
        anchor.token(json!({"typ": "entity-statement+jwt"}), &claims)
    };
    let entries: serde_json::Map<String, Value> =
        LEGACY.iter().map(|id| ((*id).to_owned(), json!({"name": "Example University"}))).collect();
    supply(LIST, json!({"registry": entries}).to_string());
    let endpoint =
        json!({"federation_entity": {"federation_fetch_endpoint": "https://federation.example/fetch"}});
    supply("https://federation.example/.well-known/openid-federation", sign(ANCHOR, endpoint));

    let files = fixtures::json_files(&vectors.join("dcc-vc-test-fixtures/verifiableCredentials"));
    let mut counts = (0, 0, 0);
    for file in &files {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let bytes = std::fs::read(file).unwrap();
        let report = loop {
            let report = verifier.verify(&bytes, &resources, &fixtures::occasion());
            let mut asked =
                report.requests().iter().filter(|r| r.kind == ResourceKind::IssuerRegistry).peekable();
            if asked.peek().is_none() {
                break report;
            }
            // What is asked for is the statement about this issuer.
            let issuer = report.issuer().unwrap().id.clone();
            for request in asked {
                assert!(request.identifier.starts_with("https://federation.example/fetch?sub=did%3A"));
                let statement = match OIDF.contains(&issuer.as_str()) {
                    true => sign(
                        &issuer,
                        json!({"federation_entity": {"organization_name": "Example University"}}),
                    ),
                    false => r#"{"error": "not_found"}"#.to_owned(),
                };
                supply(&request.identifier, statement);
            }
        };
        let code = report.checks().iter().find(|check| check.id == CheckId::IssuerAccepted).unwrap().code;
        let expected = match report.axes().authentic {
            Outcome::Passed if name.to_lowercase().starts_with("noreg") => {
                counts.1 += 1;
                Code::IssuerNotAccepted
            }
            Outcome::Passed => {
                counts.0 += 1;
                Code::IssuerListed
            }
            _ => {
                counts.2 += 1;
                Code::IssuerUnknown
            }
        };
        assert_eq!(code, expected, "{name}: {}", report.to_json());
    }
    let (listed, not_listed, not_asked) = counts;
    println!("{listed} registered, {not_listed} not, {not_asked} not authentic");
    assert_eq!((listed + not_listed + not_asked, not_listed > 4, listed > 30), (files.len(), true, true));
}
