//! Without the feature `history`, a record that was signed under an older version of a context is not called forged.
#![cfg(not(feature = "history"))]
#![allow(clippy::disallowed_methods)] // a test reads files

mod support;

use ler_verify::{Code, Outcome, Verdict};
use support::fixtures;

#[test]
fn what_older_contexts_would_show_is_indeterminate() {
    let file = fixtures::own().join("credentials/context-dated-2022.json");
    let document = std::fs::read(file).unwrap();
    let report = fixtures::verifier().verify(&document, &fixtures::resources(), &fixtures::occasion());
    assert!(
        report.checks().iter().any(|check| check.code == Code::SignatureNotBuilt),
        "{}",
        report.to_json()
    );
    assert_eq!(report.axes().authentic, Outcome::Indeterminate);
    assert!(matches!(report.verdict(), Verdict::Indeterminate));
}
