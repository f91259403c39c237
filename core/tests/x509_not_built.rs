//! A build without certificates neither passes nor fails what is signed with one, and takes no anchors.
#![cfg(all(feature = "jose", not(feature = "x509")))]

#[path = "support/tokens.rs"]
mod tokens;

use ler_verify::{CheckId, Code, Issuers, Policy, PolicyError, Resources, Verdict, Verifier};
use serde_json::{Value, json};
use tokens::{codes, issuer, occasion, vcdm2, verify_with};

#[test]
fn a_token_with_certificates_is_not_built() {
    for header in [json!({"x5c": ["MAA="]}), json!({"x5c": ["MAA="], "jwk": issuer().jwk()})] {
        let mut header = header;
        header["kid"] = Value::Null;
        let token = issuer().token(header, &vcdm2());
        let report = verify_with(&token, Policy::accepting(Issuers::Anyone), &Resources::new(), &occasion());
        assert_eq!(codes(&report, CheckId::KeyResolved), [Code::KeyNotBuilt]);
        assert!(matches!(report.verdict(), Verdict::Indeterminate), "{}", report.to_json());
    }
}

#[test]
fn a_policy_with_anchors_is_impossible() {
    let mut policy = Policy::accepting(Issuers::Anyone);
    policy.x509_anchors = vec!["MAA=".to_owned()];
    assert_eq!(Verifier::new(policy).unwrap_err(), PolicyError::AnchorsNotBuilt);
}
