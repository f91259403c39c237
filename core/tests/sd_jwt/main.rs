//! SD-JWT (RFC 9901), SD-JWT VC and credentials in SD-JWTs, from bytes to reports. The rules of processing have their
//! tests beside the code (`securing/sd_jwt/tests.rs`).
#![allow(clippy::disallowed_methods, clippy::print_stdout, unreachable_pub)] // tests read files
#![cfg(feature = "sd-jwt")]

mod attacks;
mod key_binding;
mod records;
mod suites;
mod tokens;

use ler_verify::{CheckId, Code, Issuers, Occasion, Policy, Report, Resources, Timestamp, Verdict, Verifier};

fn occasion() -> Occasion {
    Occasion::at(Timestamp::from_unix(tokens::NOW))
}

/// What a verifier expects to whom something is presented.
fn presentation() -> Occasion {
    occasion().challenge(tokens::NONCE).domain(tokens::AUDIENCE)
}

fn verify(document: &str, occasion: &Occasion) -> Report {
    let verifier = Verifier::new(Policy::accepting(Issuers::Anyone)).unwrap();
    verifier.verify(document.as_bytes(), &Resources::new(), occasion)
}

fn codes(report: &Report, check: CheckId) -> Vec<Code> {
    report.checks().iter().filter(|found| found.id == check).map(|found| found.code).collect()
}

fn is_verified(report: &Report) -> bool {
    matches!(report.verdict(), Verdict::Verified(_))
}

/// What did not pass and counts.
fn troubles(report: &Report) -> Vec<&'static str> {
    let counts = |check: &&ler_verify::Check| {
        check.requirement == ler_verify::Requirement::Require
            && matches!(check.outcome, ler_verify::Outcome::Failed | ler_verify::Outcome::Indeterminate)
    };
    report.checks().iter().filter(counts).map(|check| check.code.name()).collect()
}
