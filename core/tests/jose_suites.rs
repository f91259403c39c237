//! The suites of others, through the whole verifier: the W3C's for VC-JOSE-COSE (its JOSE part) and that of the DIF for
//! VC-JWT (VCDM 1.1), five kinds of keys and two independent issuers.
#![allow(clippy::disallowed_methods, clippy::print_stdout)] // a test reads files
#![cfg(feature = "jose")]

#[path = "support/tokens.rs"]
mod tokens;
#[path = "support/vectors.rs"]
mod vectors;

use std::fs;
use std::path::Path;

use ler_verify::{
    CheckId, Code, InlineContexts, Issuers, Occasion, Outcome, Policy, Report, Requirement, Resource,
    ResourceKind, Resources, Timestamp, Verdict, Verifier,
};
use serde_json::{Value, json};
use tokens::{codes, has};

fn read(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

/// A document of `id` with the keys of these files, which publish their private parts too.
fn controller(id: &str, files: impl Iterator<Item = std::path::PathBuf>) -> Resources {
    let methods: Vec<Value> = files
        .map(|file| read(&file))
        .filter(|key| key["controller"] == id)
        .map(|key| {
            json!({"id": key["id"], "type": key["type"], "controller": id, "publicKeyJwk": key["publicKeyJwk"]})
        })
        .collect();
    assert!(methods.len() >= 4);
    let ids: Vec<&Value> = methods.iter().map(|method| &method["id"]).collect();
    let document = json!({
        "@context": ["https://www.w3.org/ns/did/v1"], "id": id, "verificationMethod": methods,
        "assertionMethod": ids, "authentication": ids
    });
    let resources = Resources::new();
    let bytes = document.to_string().into_bytes();
    resources.insert(ResourceKind::ControlledIdentifierDocument, id, Resource::new(bytes));
    resources
}

#[test]
fn w3c_vc_jose_cose() {
    let Some(folder) = vectors::source("w3c_vc_jose_cose", "w3c-vc-jose-cose-test-suite") else { return };
    let folder = folder.join("input");
    let keys = ["vm-p256.json", "vm-p384.json", "vm-p521.json", "vm-ed25519.json"];
    // Its `kid`s are those of the JSON Web Keys, so they are published as such.
    let id = "https://example.issuer/vc-jose-cose";
    let keys: Vec<Value> = keys.iter().map(|name| read(&folder.join(name))["publicKeyJwk"].clone()).collect();
    let resources = Resources::new();
    let bytes = json!({"id": id, "jwks": {"keys": keys}}).to_string().into_bytes();
    resources.insert(ResourceKind::ControlledIdentifierDocument, id, Resource::new(bytes));
    // The presentations were made for a day.
    let occasion = Occasion::at(Timestamp::parse("2024-12-16T12:00:00Z").unwrap());
    let verifier = Verifier::new(Policy::accepting(Issuers::Anyone)).unwrap();
    let verify = |name: &str| {
        let bytes = fs::read(folder.join(name)).unwrap();
        verifier.verify(&bytes, &resources, &occasion)
    };
    for name in [
        "credential-jose-minimal.txt",
        "credential-issuer-match-signed.txt",
        "credential-jose-unknown-extensions.txt",
    ] {
        // The last is expected to fail there, because it is verified with a key that did not sign it.
        let report = verify(name);
        assert!(matches!(report.verdict(), Verdict::Verified(_)), "{name}: {}", report.to_json());
        assert_eq!(codes(&report, CheckId::ProofClaims), [Code::JoseClaimsAgree]);
        // Their `iat` is a text.
        assert!(has(&report, Code::JoseClaimsUnread));
    }
    // The presentation is good; the SD-JWT and the COSE in it are for other tests.
    let report = verify("presentation-jose-multiple.txt");
    assert_eq!(codes(&report, CheckId::ProofSignature), [Code::SignatureGood]);
    assert_eq!(codes(&report, CheckId::IssuerBound), [Code::IssuerIsBound]);
    assert!(matches!(report.embedded()[0].report.verdict(), Verdict::Verified(_)), "{}", report.to_json());
    for (name, code) in [
        ("credential-minimal.json", Code::SecuringMissing),
        ("credential-jose-bad-signature.txt", Code::SignatureInvalid),
        ("credential-jose-bad-media-type.txt", Code::JoseTyp),
        ("presentation-jose-bad-media-type.txt", Code::JoseTyp),
        ("credential-jose-vc-vp-claims.txt", Code::JoseClaimsForbidden),
        ("presentation-jose-bad-credential.txt", Code::EmbeddedNotVerified),
    ] {
        let report = verify(name);
        assert!(matches!(report.verdict(), Verdict::NotVerified), "{name}: {}", report.to_json());
        assert!(has(&report, code), "{name}: {}", report.to_json());
    }
    // Nobody signed this presentation, and nobody needs to; what is in it is not signed either.
    let report = verify("presentation-single.json");
    assert!(!matches!(report.verdict(), Verdict::Verified(_)));
}

#[test]
fn dif_jws_test_suite() {
    let Some(folder) = vectors::source("dif_jws_test_suite", "dif-jws-test-suite") else { return };
    let keys = fs::read_dir(folder.join("keys")).unwrap().map(|entry| entry.unwrap().path());
    let resources = controller("did:example:123", keys);
    let mut policy = Policy::accepting(Issuers::Anyone).legacy();
    policy.inline_contexts = InlineContexts::AllowUnreservedWithVocab;
    let verifier = Verifier::new(policy).unwrap();
    let occasion = Occasion::at(Timestamp::parse("2022-06-01T12:00:00Z").unwrap());
    let verify = |token: &str| verifier.verify(token.as_bytes(), &resources, &occasion);
    let (mut good, mut diverged) = (0, 0);
    for library in ["afgo", "transmute"] {
        let files = fs::read_dir(folder.join("implementations").join(library)).unwrap();
        for path in files.map(|entry| entry.unwrap().path()) {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if !name.contains("-jwt.") {
                continue;
            }
            let token = read(&path)["jwt"].as_str().unwrap().to_owned();
            let report = verify(&token);
            let divergence =
                DIVERGENCES.iter().find(|(of, start, ..)| *of == library && name.starts_with(start));
            let expected = divergence.map_or(&[][..], |(.., codes)| *codes);
            assert_eq!(failures(&report), expected, "{library}/{name}");
            match divergence {
                None => {
                    assert!(matches!(report.verdict(), Verdict::Verified(_)), "{name}: {}", report.to_json());
                    good += 1;
                }
                Some((.., reason, _)) => {
                    println!("diverges: {library}/{name}: {reason}");
                    diverged += 1;
                }
            }
            // Nothing of it may be changed: neither header, nor payload, nor signature.
            for part in 0..3 {
                let changed = damage(&token, part);
                assert!(!matches!(verify(&changed).verdict(), Verdict::Verified(_)), "{name} {part}");
            }
        }
    }
    assert_eq!((good, diverged), (42, 21));
}

/// Files whose signature is good and whose record is not: library, how their names begin, why, and what does not pass.
const DIVERGENCES: [(&str, &str, &str, &[Code]); 5] = [
    ("afgo", "presentation-0", "there is no credential in it", &[Code::EmbeddedNone]),
    ("transmute", "presentation-0", "there is no credential in it", &[Code::EmbeddedNone]),
    (
        "transmute",
        "credential-0",
        "the subject says nothing, and `sub` is null",
        &[Code::DocumentMemberValue, Code::ProofsFailed, Code::JoseClaimsMalformed],
    ),
    (
        "transmute",
        "credential-3",
        "`issuanceDate` has a second number 60 or more, and `nbf` is null",
        &[Code::DocumentDate, Code::ProofsFailed, Code::JoseClaimsMalformed, Code::ValidityFromUnknown],
    ),
    (
        "transmute",
        "presentation-2",
        "the subject of the credential in it says nothing",
        &[Code::DocumentMemberValue, Code::EmbeddedNotVerified],
    ),
];

/// What is wrong with a record, and with those in it: the codes that failed, each once.
fn failures(report: &Report) -> Vec<Code> {
    let mut found: Vec<Code> = Vec::new();
    let mut open = vec![report];
    while let Some(report) = open.pop() {
        let failed = report.checks().iter().filter(|check| {
            check.requirement == Requirement::Require
                && !matches!(check.outcome, Outcome::Passed | Outcome::NotApplicable | Outcome::Skipped)
        });
        found.extend(failed.map(|check| check.code));
        open.extend(report.embedded().iter().map(|inside| &*inside.report));
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// The same token with another character in one part.
fn damage(token: &str, part: usize) -> String {
    let mut parts: Vec<String> = token.split('.').map(str::to_owned).collect();
    let middle = parts[part].len() / 2;
    let other = if parts[part].as_bytes()[middle] == b'A' { "B" } else { "A" };
    parts[part].replace_range(middle..=middle, other);
    parts.join(".")
}
