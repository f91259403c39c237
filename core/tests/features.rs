//! What is not part of a build is named as that, and decides nothing.

#[cfg(not(feature = "bbs"))]
#[test]
fn bbs_2023_is_named_as_not_built() {
    use ler_verify::{CheckId, Code, Issuers, Occasion, Policy, Resources, Timestamp, Verdict, Verifier};

    let document = |cryptosuite: &str| {
        format!(
            r#"{{"@context": ["https://www.w3.org/ns/credentials/v2"], "type": ["VerifiableCredential"],
            "issuer": "https://issuer.example", "credentialSubject": {{"id": "https://holder.example"}},
            "proof": {{"type": "DataIntegrityProof", "cryptosuite": "{cryptosuite}", "proofPurpose": "assertionMethod",
            "verificationMethod": "https://issuer.example#key", "proofValue": "u2V0DhUA"}}}}"#
        )
    };
    let verifier = Verifier::new(Policy::accepting(Issuers::Anyone)).unwrap();
    let occasion = Occasion::at(Timestamp::parse("2026-11-21T12:00:00Z").unwrap());
    for (cryptosuite, expected) in
        [("bbs-2023", Code::ProofSuiteNotBuilt), ("bbs-2024", Code::ProofSuiteUnsupported)]
    {
        let report = verifier.verify(document(cryptosuite).as_bytes(), &Resources::new(), &occasion);
        let checks = report.checks().iter().filter(|check| check.id == CheckId::ProofSuite);
        assert_eq!(checks.map(|check| check.code).collect::<Vec<_>>(), [expected]);
        assert!(matches!(report.verdict(), Verdict::Indeterminate), "{}", report.to_json());
        assert!(report.requests().is_empty(), "nothing is asked for that could not be used");
    }
}

#[cfg(feature = "bbs")]
#[test]
fn bbs_2023_is_a_suite_of_this_build() {
    assert!(ler_verify::SUITES.iter().any(|suite| suite.name == "bbs-2023"));
}

/// A way of securing that this build leaves out: said not to be built, and never anything else.
#[cfg(not(all(
    feature = "jose",
    feature = "sd-jwt",
    feature = "cose",
    feature = "images",
    feature = "formats"
)))]
#[test]
fn an_envelope_that_is_left_out_is_named_as_not_built() {
    use ler_verify::{CheckId, Code, Issuers, Occasion, Policy, Resources, Timestamp, Verdict, Verifier};

    let left_out: &[(bool, &[u8])] = &[
        (cfg!(not(feature = "jose")), b"eyJhbGciOiJFZERTQSJ9.e30.AA"),
        (cfg!(not(feature = "jose")), br#"{"payload":"e30","protected":"e30","signature":"AA"}"#),
        (cfg!(not(feature = "sd-jwt")), b"eyJhbGciOiJFZERTQSJ9.e30.AA~"),
        (cfg!(not(feature = "images")), b"\x89PNG\r\n\x1a\n"),
        (cfg!(not(feature = "images")), b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
        (
            cfg!(not(feature = "formats")),
            br#"{"badge":"https://a.example/b","recipient":{},"verify":{"type":"hosted"}}"#,
        ),
        (cfg!(not(feature = "formats")), br#"{"actor":{},"verb":{},"object":{}}"#),
        (cfg!(not(feature = "formats")), b"https://a.example/1"),
        (cfg!(not(feature = "cose")), b"\xD2\x84\x40\xA0\x42{}\x40"),
    ];
    let verifier = Verifier::new(Policy::accepting(Issuers::Anyone)).unwrap();
    let occasion = Occasion::at(Timestamp::parse("2026-11-21T12:00:00Z").unwrap());
    for (_, record) in left_out.iter().filter(|(left_out, _)| *left_out) {
        let report = verifier.verify(record, &Resources::new(), &occasion);
        let checks = report.checks().iter().filter(|check| check.id == CheckId::SecuringPresent);
        assert_eq!(checks.map(|check| check.code).collect::<Vec<_>>(), [Code::SecuringNotBuilt]);
        assert!(matches!(report.verdict(), Verdict::Indeterminate), "{}", report.to_json());
    }
}

#[cfg(not(feature = "schema"))]
#[test]
fn a_schema_is_named_as_not_built() {
    use ler_verify::{CheckId, Code, Issuers, Occasion, Policy, Resources, Timestamp, Verdict, Verifier};

    let record = br#"{"@context": ["https://www.w3.org/ns/credentials/v2"], "type": ["VerifiableCredential"],
        "issuer": "https://issuer.example", "credentialSubject": {"id": "https://holder.example"},
        "credentialSchema": {"id": "https://issuer.example/schema", "type": "JsonSchema"}}"#;
    let mut policy = Policy::accepting(Issuers::Anyone);
    policy.checks.insert("schema".to_owned(), ler_verify::Requirement::Require);
    let occasion = Occasion::at(Timestamp::parse("2026-11-21T12:00:00Z").unwrap());
    let report = Verifier::new(policy).unwrap().verify(record, &Resources::new(), &occasion);
    let checks = report.checks().iter().filter(|check| check.id == CheckId::Schema);
    assert_eq!(checks.map(|check| check.code).collect::<Vec<_>>(), [Code::SchemaNotBuilt]);
    assert!(!matches!(report.verdict(), Verdict::Verified(_)), "{}", report.to_json());
    assert!(report.requests().is_empty(), "nothing is asked for that could not be used");
}
