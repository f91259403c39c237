//! The structural inputs of the W3C test suite for the Verifiable Credentials Data Model 2.0.

#[path = "support/documents.rs"]
mod documents;
mod support;

use documents::Counts;
use serde_json::{Value, json};

/// Where the conformance check alone gives another answer than the suite, and why.
const DIVERGENCES: &[(&str, &str)] = &[
    ("credential-redef-type-fail.json", CONTEXTS),
    ("credential-redef-type2-fail.json", CONTEXTS),
    ("credential-type-mapped-nonurl-fail.json", CONTEXTS),
    ("credential-type-unmapped-fail.json", CONTEXTS),
    ("presentation-self-asserted-vc-holder-mismatch.json", SELF_ASSERTED),
    ("presentation-self-asserted-vc-issuer-mismatch.json", SELF_ASSERTED),
    ("presentation-self-asserted-vc-no-holder.json", SELF_ASSERTED),
];
const CONTEXTS: &str = "whether a type is mapped, and mapped once, is found when the contexts are processed";
const SELF_ASSERTED: &str =
    "a credential that only the presentation secures: the check securing.present says so";

#[test]
fn the_suite_of_vcdm_2() {
    let Some(folder) = support::source("the_suite_of_vcdm_2", "w3c-vcdm2-test-suite") else { return };
    let counts = documents::run(&folder, DIVERGENCES, &prepare);
    assert_eq!(counts, Counts { agreed: 113, diverged: 7 });
}

/// What the suite's runner does: its issuer fills in itself, and dates are set around the present.
fn prepare(text: &str, preparation: &str) -> String {
    let text =
        text.replace("PAST DATE", "2020-01-01T00:00:00Z").replace("FUTURE DATE", "2030-01-01T00:00:00Z");
    let mut document: Value = serde_json::from_str(&text).unwrap();
    if preparation == "inject-issuer" {
        document["issuer"] = json!("did:example:issuer");
    } else if let Some(Value::Object(issuer)) = document.get_mut("issuer") {
        issuer.entry("id").or_insert(json!("did:example:issuer"));
    }
    document.to_string()
}
