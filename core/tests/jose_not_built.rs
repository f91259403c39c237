//! A build without JOSE says so of a token, and neither passes nor fails it.
#![cfg(not(feature = "jose"))]

use ler_verify::{CheckId, Code, Issuers, Occasion, Policy, Resources, Timestamp, Verdict, Verifier};

#[test]
fn a_token_is_not_built_in_each_of_its_forms() {
    let verifier = Verifier::new(Policy::accepting(Issuers::Anyone)).unwrap();
    let occasion = Occasion::at(Timestamp::parse("2026-11-21T12:00:00Z").unwrap());
    for token in [
        "eyJhbGciOiJFZERTQSJ9.e30.AA",
        r#"{"payload": "e30", "protected": "eyJhbGciOiJFZERTQSJ9", "signature": "AA"}"#,
        r#"{"payload": "e30", "signatures": [{"protected": "eyJhbGciOiJFZERTQSJ9", "signature": "AA"}]}"#,
    ] {
        let report = verifier.verify(token.as_bytes(), &Resources::new(), &occasion);
        assert!(matches!(report.verdict(), Verdict::Indeterminate), "{}", report.to_json());
        let check = report.checks().iter().find(|check| check.id == CheckId::SecuringPresent).unwrap();
        assert_eq!(check.code, Code::SecuringNotBuilt);
    }
}
