//! Open Badges with `bbs-2023` that an independent library issued (`issue.mjs`), and what a holder derived from them: the
//! shapes that the vectors of the draft have not.
#![cfg(feature = "bbs")]

use std::collections::BTreeMap;

use ler_verify::codes::Detail;
use ler_verify::{CheckId, Code, Issuers, Occasion, Policy, Report, Resources, Timestamp, Verdict, Verifier};
use serde_json::{Value, json};

fn badges() -> BTreeMap<String, Value> {
    serde_json::from_str(include_str!("peer.json")).unwrap()
}

fn verify(document: &Value) -> Report {
    let occasion = Occasion::at(Timestamp::parse("2026-11-21T12:00:00Z").unwrap());
    let verifier = Verifier::new(Policy::accepting(Issuers::Anyone)).unwrap();
    verifier.verify(document.to_string().as_bytes(), &Resources::new(), &occasion)
}

fn codes(report: &Report, check: CheckId) -> Vec<Code> {
    report.checks().iter().filter(|found| found.id == check).map(|found| found.code).collect()
}

/// The signature is good and the issuer's; with a status that is not looked up the verdict stays open.
#[test]
fn every_derived_proof_of_the_peer_is_good() {
    let badges = badges();
    assert_eq!(badges.len(), 9);
    for (name, badge) in badges.iter().filter(|(name, _)| *name != "base") {
        let report = verify(badge);
        assert_eq!(
            codes(&report, CheckId::ProofSignature),
            [Code::SignatureGood],
            "{name}: {}",
            report.to_json()
        );
        assert_eq!(codes(&report, CheckId::IssuerBound), [Code::IssuerIsBound], "{name}");
        let decided = matches!(report.verdict(), Verdict::Verified(_));
        assert_eq!(decided, name != "status-shown", "{name}: {}", report.to_json());
    }
}

#[test]
fn d24_the_peers_base_proof_is_the_holders_own() {
    let report = verify(&badges()["base"]);
    assert_eq!(codes(&report, CheckId::ProofSuite), [Code::ProofBase]);
    assert!(matches!(report.verdict(), Verdict::Indeterminate), "{}", report.to_json());
}

#[test]
fn d27_what_the_holder_may_have_left_out_is_said() {
    let badges = badges();
    for (name, members) in [
        ("all", &["credentialStatus"][..]),
        ("one-result", &["credentialStatus"]),
        ("mandatory-only", &["credentialStatus"]),
        ("no-mandatory", &["validUntil", "credentialStatus"]),
        ("status-shown", &["validUntil", "credentialStatus"]),
        ("status-withheld", &["validUntil", "credentialStatus"]),
    ] {
        let report = verify(&badges[name]);
        let check = report.checks().iter().find(|check| check.id == CheckId::Withheld).unwrap();
        assert_eq!(check.code, Code::WithheldPossible, "{name}");
        let expected = Detail::Texts(members.iter().map(|member| (*member).to_owned()).collect());
        assert_eq!(check.details.get("members"), Some(&expected), "{name}");
    }
}

/// A proof of one presentation on what another one shows: neither side has anything to do with the other.
#[test]
fn no_two_presentations_can_be_mixed() {
    let badges = badges();
    let mut pairs = 0;
    for (name, badge) in badges.iter().filter(|(name, _)| *name != "base") {
        for (other, from) in badges.iter().filter(|(other, _)| *other != "base" && *other != name) {
            let mut mixed = badge.clone();
            mixed["proof"] = from["proof"].clone();
            if mixed == *from {
                continue; // the same statements are shown, by another signature
            }
            pairs += 1;
            let report = verify(&mixed);
            let signature = codes(&report, CheckId::ProofSignature);
            assert_ne!(signature, [Code::SignatureGood], "{name} with the proof of {other}");
            assert!(!matches!(report.verdict(), Verdict::Verified(_)), "{name} with the proof of {other}");
        }
    }
    assert!(pairs > 40, "{pairs}");
}

/// The base proof beside a derived one does not count; the proof of another presentation is wrong here.
#[test]
fn proofs_stand_beside_each_other() {
    let badges = badges();
    let mut document = badges["all"].clone();
    document["proof"] = json!([badges["all"]["proof"], badges["base"]["proof"]]);
    let report = verify(&document);
    assert_eq!(codes(&report, CheckId::ProofSignature), [Code::SignatureGood]);
    assert_eq!(codes(&report, CheckId::ProofOther), [Code::ProofOtherBase]);
    assert!(matches!(report.verdict(), Verdict::Verified(_)), "{}", report.to_json());
    // A good proof of the same issuer over other statements is wrong here, and a supported proof that is wrong counts.
    document["proof"] = json!([badges["all"]["proof"], badges["one-result"]["proof"]]);
    let report = verify(&document);
    assert_eq!(codes(&report, CheckId::ProofSignature).len(), 2);
    assert!(matches!(report.verdict(), Verdict::NotVerified), "{}", report.to_json());
}
