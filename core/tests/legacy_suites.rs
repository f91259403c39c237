//! The suites from before Data Integrity: `JsonWebSignature2020` by the JWS test suite of two issuers, and what a policy
//! makes of legacy suites at all (design §4).
#![allow(clippy::disallowed_methods)] // a test reads files

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use ler_verify::{
    CheckId, Code, InlineContexts, Issuers, Occasion, Policy, Report, Resource, ResourceKind, Resources,
    Timestamp, Verifier,
};
use serde_json::{Value, json};
use support::answers::codes;

/// Documents of the suite whose proof cannot be computed here, with the reason.
const EXCEPTIONS: [(&str, &str); 1] = [(
    "presentation-2",
    "names https://identity.foundation/presentation-exchange/submission/v1, which is not at hand",
)];

fn json(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

/// The document of the suite's controller: its five keys, without their private halves.
fn resources(source: &Path) -> Resources {
    let mut methods = Vec::new();
    for entry in fs::read_dir(source.join("keys")).unwrap() {
        let mut method = json(&entry.unwrap().path());
        method.as_object_mut().unwrap().remove("privateKeyJwk");
        methods.push(method);
    }
    let ids: Vec<&Value> = methods.iter().map(|method| &method["id"]).collect();
    let document = json!({ "id": "did:example:123", "assertionMethod": ids, "authentication": ids, "verificationMethod": methods });
    let resources = Resources::new();
    let bytes = document.to_string().into_bytes();
    resources.insert(ResourceKind::ControlledIdentifierDocument, "did:example:123", Resource::new(bytes));
    resources
}

fn policy() -> Policy {
    let mut policy = Policy::accepting(Issuers::one_of(["did:example:123"])).legacy();
    policy.inline_contexts = InlineContexts::AllowUnreservedWithVocab;
    policy
}

fn verify(policy: Policy, document: &Value, resources: &Resources) -> Report {
    let occasion = Occasion::at(Timestamp::parse("2026-11-22T00:00:00Z").unwrap());
    Verifier::new(policy).unwrap().verify(document.to_string().as_bytes(), resources, &occasion)
}

/// Every linked-data document of the suite, by issuer and name.
fn documents(source: &Path) -> BTreeMap<String, Value> {
    let mut documents = BTreeMap::new();
    for issuer in ["transmute", "afgo"] {
        for entry in fs::read_dir(source.join("implementations").join(issuer)).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            if !name.contains("-jwt.") {
                documents.insert(format!("{issuer}/{name}"), json(&path));
            }
        }
    }
    documents
}

#[test]
fn the_jws_test_suite() {
    let Some(source) = support::source("legacy_suites", "dif-jws-test-suite") else { return };
    let resources = resources(&source);
    let documents = documents(&source);
    assert_eq!(documents.len(), 63);
    let mut wrong = Vec::new();
    for (name, document) in &documents {
        let report = verify(policy(), document, &resources);
        let good = codes(&report, CheckId::ProofSignature) == [Code::SignatureGood];
        if good == EXCEPTIONS.iter().any(|(exception, _)| name.contains(exception)) {
            let shown = |id| codes(&report, id);
            let found =
                [CheckId::ProofSignature, CheckId::JsonldLossless, CheckId::ContextsAvailable].map(shown);
            wrong.push(format!("{name}: {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), documents.len(), wrong.join("\n"));
}

/// A credential of the suite with this header in place of its own; its signature then fits nothing.
fn with_header(document: &Value, header: &Value) -> Value {
    let mut document = document.clone();
    let jws = document["proof"]["jws"].as_str().unwrap();
    let (_, signature) = jws.split_once("..").unwrap();
    let header = ler_verify::encoding::base64url::encode(header.to_string().as_bytes());
    document["proof"]["jws"] = format!("{header}..{signature}").into();
    document
}

#[test]
fn a_legacy_suite_counts_only_where_the_policy_names_it() {
    let Some(source) = support::source("legacy_suites", "dif-jws-test-suite") else { return };
    let (resources, documents) = (resources(&source), documents(&source));
    let document = &documents["transmute/credential-1--key-0-ed25519.vc.json"];
    let accepted = verify(policy(), document, &resources);
    assert_eq!(codes(&accepted, CheckId::ProofSuite), [Code::ProofSuiteLegacy]);
    assert_eq!(accepted.verdict().name(), "verified", "{}", accepted.to_json());

    // Computed and shown all the same, and still nothing that anybody could take for a verification.
    let mut current = policy();
    current.accepted_suites = Policy::accepting(Issuers::Anyone).accepted_suites;
    let report = verify(current, document, &resources);
    assert_eq!(codes(&report, CheckId::ProofSuite), [Code::ProofSuiteNotAccepted]);
    assert_eq!(codes(&report, CheckId::ProofSignature), [Code::SignatureGood]);
    assert_eq!(codes(&report, CheckId::SecuringProofs), [Code::ProofsUndecided]);
    assert_eq!(report.verdict().name(), "indeterminate");
}

#[test]
fn k08_the_header_of_a_detached_jws_is_exact() {
    let Some(source) = support::source("legacy_suites", "dif-jws-test-suite") else { return };
    let (resources, documents) = (resources(&source), documents(&source));
    let document = &documents["transmute/credential-1--key-0-ed25519.vc.json"];
    for (header, code) in [
        (json!({ "alg": "EdDSA" }), Code::SignatureEncoding),
        (json!({ "alg": "EdDSA", "b64": true, "crit": ["b64"] }), Code::SignatureEncoding),
        (json!({ "alg": "EdDSA", "b64": "false", "crit": ["b64"] }), Code::SignatureEncoding),
        (json!({ "alg": "EdDSA", "b64": false }), Code::SignatureEncoding),
        (json!({ "alg": "EdDSA", "b64": false, "crit": [] }), Code::SignatureEncoding),
        (json!({ "alg": "EdDSA", "b64": false, "crit": ["b64", "exp"], "exp": 1 }), Code::SignatureEncoding),
        (json!({ "alg": "none", "b64": false, "crit": ["b64"] }), Code::SignatureEncoding),
        (json!({ "alg": "HS256", "b64": false, "crit": ["b64"] }), Code::SignatureEncoding),
        // Nobody chooses an algorithm by naming it: the key has one, the suite has a table.
        (json!({ "alg": "ES256", "b64": false, "crit": ["b64"] }), Code::KeyType),
        (json!({ "alg": "RS256", "b64": false, "crit": ["b64"] }), Code::KeyType),
    ] {
        let report = verify(policy(), &with_header(document, &header), &resources);
        let all: Vec<Code> = report.checks().iter().map(|check| check.code).collect();
        assert!(all.contains(&code), "{header}: {all:?}");
        assert_eq!(report.verdict().name(), "notVerified", "{header}");
    }
}

#[test]
fn suites_that_are_not_supported_are_named_per_proof() {
    let Some(source) = support::source("legacy_suites", "dif-jws-test-suite") else { return };
    let (resources, documents) = (resources(&source), documents(&source));
    let good = &documents["transmute/credential-1--key-0-ed25519.vc.json"];
    for name in ["BbsBlsSignature2020", "BbsBlsSignatureProof2020", "MerkleProof2019", "Ed25519Signature2017"]
    {
        let mut document = good.clone();
        document["proof"]["type"] = name.into();
        let report = verify(policy(), &document, &resources);
        assert_eq!(codes(&report, CheckId::ProofSuite), [Code::ProofSuiteUnsupported], "{name}");
        assert_eq!(report.proofs()[0].suite.as_deref(), Some(name));
        assert_eq!(report.verdict().name(), "indeterminate", "{name}");
        // Beside a proof that counts it does not.
        let mut both = good.clone();
        both["proof"] = json!([document["proof"], good["proof"]]);
        let report = verify(policy(), &both, &resources);
        assert_eq!(report.verdict().name(), "verified", "{name}: {}", report.to_json());
    }
}

#[test]
fn a_legacy_suite_goes_by_its_own_name_and_key() {
    let Some(source) = support::source("legacy_suites", "dif-jws-test-suite") else { return };
    let (resources, documents) = (resources(&source), documents(&source));
    for (name, suite, key) in [
        ("transmute/credential-1--key-0-ed25519.vc.json", "RsaSignature2018", "Ed25519"),
        ("afgo/credential-1--key-4-rsa2048.vc.json", "Ed25519Signature2018", "RSA"),
        ("afgo/credential-1--key-2-secp256r1.vc.json", "EcdsaSecp256k1Signature2019", "P-256"),
        ("afgo/credential-1--key-1-secp256k1.vc.json", "EcdsaSecp256r1Signature2019", "secp256k1"),
    ] {
        let mut document = documents[name].clone();
        document["proof"]["type"] = suite.into();
        let report = verify(policy(), &document, &resources);
        let found = report.checks().iter().find(|check| check.code == Code::KeyType);
        assert!(found.is_some_and(|check| check.details.contains_key("keyType")), "{suite} {key}");
        assert_eq!(report.verdict().name(), "notVerified", "{suite} with {key}");
    }
}
