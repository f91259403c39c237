//! The structural inputs of the W3C test suite for the Verifiable Credentials Data Model 1.x.

#[path = "support/documents.rs"]
mod documents;
mod support;

use documents::Counts;

/// Where the conformance check alone gives another answer than the suite, and why.
const DIVERGENCES: &[(&str, &str)] = &[
    ("example-015-zkp-bad-no-credential-schema.jsonld", ZKP),
    ("example-015-zkp-vp-bad-no-credential-schema.jsonld", ZKP),
    ("example-015-zkp-bad-no-proof.jsonld", UNSECURED),
    ("example-015-zkp-vp-bad-missing-proof.jsonld", UNSECURED),
    ("example-016-jwt.jwt", "a compact JWS: the carrier and its claims are another part's"),
    (
        "example-017-missing-verifiableCredential.jsonld",
        "1.1 §4.10 makes verifiableCredential optional; the suite tests 1.0",
    ),
];
const ZKP: &str =
    "that CL signatures need a schema is a rule of that suite (1.1 §5.8), which is not supported";
const UNSECURED: &str = "nothing secures it: the check securing.present says so";

#[test]
fn the_suite_of_vcdm_1() {
    let Some(folder) = support::source("the_suite_of_vcdm_1", "w3c-vcdm1-test-suite") else { return };
    let counts = documents::run(&folder, DIVERGENCES, &|text, _| text.to_owned());
    assert_eq!(counts, Counts { agreed: 47, diverged: 6 });
}
