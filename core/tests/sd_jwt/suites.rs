//! The published suites, from bytes to reports: keys of the issuers are in metadata that the host has fetched.

use std::fs;
use std::path::Path;

use ler_verify::{
    Issuers, Occasion, Outcome, Policy, Report, Resource, ResourceKind, Resources, Timestamp, Verdict,
    Verifier,
};
use serde_json::{Value, json};

use super::{is_verified, troubles};

#[path = "../support/vectors.rs"]
mod vectors;

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn json_of(path: &Path) -> Value {
    serde_json::from_str(&read(path)).unwrap()
}

/// Verifies with the keys of the issuer, whose metadata are where SD-JWT VC §3.1 has them.
fn verify(document: &str, issuer: &str, keys: &[Value], occasion: &Occasion) -> Report {
    let resources = Resources::new();
    let rest = issuer.strip_prefix("https://").unwrap();
    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let location = format!("https://{host}/.well-known/jwt-vc-issuer{path}");
    let metadata = json!({ "issuer": issuer, "jwks": { "keys": keys } }).to_string();
    let kind = ResourceKind::ControlledIdentifierDocument;
    resources.insert(kind, &location, Resource::new(metadata.into_bytes()));
    let document_of_issuer = json!({ "id": issuer }).to_string();
    resources.insert(kind, issuer, Resource::new(document_of_issuer.into_bytes()));
    let verifier = Verifier::new(Policy::accepting(Issuers::Anyone)).unwrap();
    verifier.verify(document.as_bytes(), &resources, occasion)
}

/// VC-JOSE-COSE test suite, the inputs in SD-JWT: 7 of its 26 cases.
#[test]
fn the_suite_of_vc_jose_cose() {
    let name = "w3c-vc-jose-cose-test-suite";
    let Some(folder) = vectors::source("the_suite_of_vc_jose_cose", name) else { return };
    let input = folder.join("input");
    let keys: Vec<Value> = ["ed25519", "p256", "p384", "p521"]
        .iter()
        .map(|key| json_of(&input.join(format!("vm-{key}.json")))["publicKeyJwk"].clone())
        .collect();
    let occasion = Occasion::at(Timestamp::parse("2026-11-21T12:00:00Z").unwrap());
    let report = |file: &str| {
        verify(&read(&input.join(file)), "https://example.issuer/vc-jose-cose", &keys, &occasion)
    };
    for good in
        ["credential-sdjwt-selective.txt", "credential-sdjwt-nested.txt", "presentation-sdjwt-selective.txt"]
    {
        let report = report(good);
        assert!(is_verified(&report), "{good} {:?}", troubles(&report));
    }
    for bad in [
        "credential-sdjwt-bad-signature.txt",
        "credential-sdjwt-bad-media-type.txt",
        "presentation-sdjwt-bad-media-type.txt",
        "presentation-sdjwt-bad-credential.txt",
    ] {
        let report = report(bad);
        assert!(matches!(report.verdict(), Verdict::NotVerified), "{bad} {:?}", troubles(&report));
        assert_eq!(report.axes().authentic, Outcome::Failed, "{bad}");
    }
}

/// The examples of SD-JWT VC, and the one of RFC 9901 that is an SD-JWT VC: presented, the issuer's key in its metadata.
#[test]
fn the_examples_of_sd_jwt_vc() {
    let Some(folder) = vectors::source("the_examples_of_sd_jwt_vc", "sd-jwt") else { return };
    let jwk = |name: &str| {
        let text = read(&folder.join("testcases/settings.yml"));
        let member = |member: &str| {
            let section = text.split(name).nth(1).unwrap();
            let line = section.lines().find(|line| line.trim().starts_with(&format!("{member}:"))).unwrap();
            line.split(": ").nth(1).unwrap().to_owned()
        };
        json!({ "kty": "EC", "crv": "P-256", "x": member("x"), "y": member("y"), "kid": "doc-signer-05-25-2022" })
    };
    let key = jwk("issuer_key:");
    for case in [
        "sd-jwt-vc-examples/01",
        "sd-jwt-vc-examples/02",
        "sd-jwt-vc-examples/03-pid",
        "rfc9901-examples/arf-pid",
    ] {
        let case = folder.join(case);
        let text = read(&case.join("sd_jwt_presentation.txt"));
        let payload = json_of(&case.join("sd_jwt_payload.json"));
        let mut occasion = Occasion::at(Timestamp::parse("2026-11-21T12:00:00Z").unwrap());
        let binding = case.join("kb_jwt_payload.json");
        if binding.exists() {
            let binding = json_of(&binding);
            occasion = Occasion::at(Timestamp::from_unix(binding["iat"].as_i64().unwrap()))
                .challenge(binding["nonce"].as_str().unwrap())
                .domain(binding["aud"].as_str().unwrap());
        }
        let report = verify(&text, payload["iss"].as_str().unwrap(), std::slice::from_ref(&key), &occasion);
        let Verdict::Verified(secured) = report.verdict() else {
            panic!("{} {:?}", case.display(), troubles(&report))
        };
        let document: Value = serde_json::from_str(secured.document()).unwrap();
        assert_eq!(document, json_of(&case.join("verified_contents.json")), "{}", case.display());
    }
}
