//! Selective disclosure with `ecdsa-sd-2023` (Data Integrity ECDSA Cryptosuites 1.0 §3.4 to §3.6): derived proofs that an
//! independent library made, and everything that can be done to them.
#![allow(unreachable_pub)]

mod attacks;
mod encodings;
mod peer;
mod proof;

use std::collections::BTreeMap;

use ler_verify::{CheckId, Code, Issuers, Occasion, Policy, Report, Resources, Timestamp, Verifier};
use serde_json::Value as Json;

/// Badges of an independent library (npm `@digitalbazaar/ecdsa-sd-2023-cryptosuite` 3.4.1): a base proof, and what a holder
/// derived from it and others like it.
fn badges() -> BTreeMap<String, Json> {
    serde_json::from_str(include_str!("peer.json")).unwrap()
}

/// The badge of which everything is shown: some statements mandatory, some not, some about blank nodes.
fn badge() -> Json {
    badges().remove("all").unwrap()
}

fn policy() -> Policy {
    let mut policy = Policy::accepting(Issuers::Anyone);
    policy.explain = true;
    policy
}

fn verify_by(policy: Policy, document: &Json) -> Report {
    let occasion = Occasion::at(Timestamp::parse("2026-11-21T12:00:00Z").unwrap());
    Verifier::new(policy).unwrap().verify(document.to_string().as_bytes(), &Resources::new(), &occasion)
}

fn verify(document: &Json) -> Report {
    verify_by(policy(), document)
}

/// The answers to a check.
fn codes(report: &Report, check: CheckId) -> Vec<Code> {
    report.checks().iter().filter(|found| found.id == check).map(|found| found.code).collect()
}

/// What is said of the signature; whatever is not `proof.signature.good` must not be verified either.
fn signature(document: &Json) -> Code {
    let report = verify(document);
    let [code] = codes(&report, CheckId::ProofSignature)[..] else { panic!("{}", report.to_json()) };
    assert_eq!(
        code == Code::SignatureGood,
        matches!(report.verdict(), ler_verify::Verdict::Verified(_)),
        "{}",
        report.to_json()
    );
    code
}
