//! What an independent library issued and derived is good, and what its holder may have left out is said.

use ler_verify::codes::Detail;
use ler_verify::encoding::multibase;
use ler_verify::{CheckId, Code, Outcome, ProofSetRule, Requirement, Verdict};
use serde_json::json;

use super::proof::{Derived, from_hex, reissued, sign};
use super::{badge, badges, codes, policy, verify, verify_by};

#[test]
fn every_derived_proof_of_the_peer_is_good() {
    for (name, badge) in badges() {
        if name == "base" || name == "dated-2022" {
            continue;
        }
        let report = verify(&badge);
        assert_eq!(
            codes(&report, CheckId::ProofSignature),
            [Code::SignatureGood],
            "{name}: {}",
            report.to_json()
        );
        assert_eq!(codes(&report, CheckId::IssuerBound), [Code::IssuerIsBound], "{name}");
        assert_eq!(report.axes().authentic, Outcome::Passed, "{name}");
    }
}

/// Issued when Open Badges 3.0.0 gave its terms other IRIs: statements under the newest contexts are others.
#[test]
fn a_badge_that_was_signed_under_an_older_context_is_good_under_that_one() {
    let report = verify(&badges()["dated-2022"]);
    if cfg!(feature = "history") {
        assert_eq!(codes(&report, CheckId::ProofSignature), [Code::SignatureGood], "{}", report.to_json());
        assert_eq!(codes(&report, CheckId::ContextsVersion), [Code::ContextVersionDated]);
    } else {
        assert_eq!(
            codes(&report, CheckId::ProofSignature),
            [Code::SignatureNotBuilt],
            "{}",
            report.to_json()
        );
    }
}

#[test]
fn d24_the_peers_base_proof_is_the_holders_own() {
    let base = &badges()["base"];
    let report = verify(base);
    assert_eq!(codes(&report, CheckId::ProofSuite), [Code::ProofBase]);
    assert_eq!(codes(&report, CheckId::SecuringProofs), [Code::ProofsUndecided]);
    assert!(matches!(report.verdict(), Verdict::Indeterminate), "{}", report.to_json());
    assert!(report.requests().is_empty());
}

/// An issuer that gives both kinds of proof makes a set; a holder may pass it on as it is (design §4, `proofSet`).
#[test]
fn a_base_proof_beside_a_derived_one_is_reported_and_does_not_count() {
    let mut document = badge();
    document["proof"] = json!([document["proof"], badges()["base"]["proof"]]);
    for (rule, outcome) in [
        (ProofSetRule::IssuerAndNoneInvalid, Outcome::Passed),
        (ProofSetRule::AnyProof, Outcome::Passed),
        (ProofSetRule::EveryProof, Outcome::Indeterminate),
    ] {
        let mut policy = policy();
        policy.proof_set = rule;
        let report = verify_by(policy, &document);
        assert_eq!(report.axes().authentic, outcome, "{rule:?}");
        assert_eq!(codes(&report, CheckId::ProofOther), [Code::ProofOtherBase], "{rule:?}");
    }
}

/// The members that a badge may have more of than it shows.
fn withheld(name: &str) -> Vec<String> {
    let report = verify(&badges()[name]);
    let check = report.checks().iter().find(|check| check.id == CheckId::Withheld).unwrap();
    match (check.code, check.details.get("members")) {
        (Code::WithheldPossible, Some(Detail::Texts(members))) => members.clone(),
        (Code::WithheldNothing, None) => Vec::new(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn d27_what_the_holder_may_have_left_out_is_said() {
    for (name, members) in [
        ("all", &["credentialStatus"][..]),
        ("one-result", &["credentialStatus"]),
        ("mandatory-only", &["credentialStatus"]),
        ("status-mandatory", &[]),
        // One of two entries is shown: the other might say "revoked".
        ("status-one-of-two", &["credentialStatus"]),
        ("nothing-that-limits", &["validUntil", "credentialStatus"]),
        ("no-mandatory", &["validUntil", "credentialStatus"]),
        // Of VCDM 1.1, where the members have other names.
        ("dated-2022", &["expirationDate", "credentialStatus"]),
    ] {
        assert_eq!(withheld(name), members, "{name}");
    }
}

#[test]
fn d27_what_is_not_shown_is_not_said_to_be_absent() {
    let report = verify(&badges()["nothing-that-limits"]);
    assert_eq!(codes(&report, CheckId::ValidityUntil), [Code::ValidityUntilNotShown]);
    assert_eq!(codes(&report, CheckId::StatusEntry), [Code::StatusNotShown]);
    let mut unsigned = badge();
    unsigned["proof"] = json!({"type": "Unknown2030"});
    let report = verify(&unsigned);
    assert_eq!(codes(&report, CheckId::StatusEntry), [Code::StatusNone]);
    assert_eq!(codes(&report, CheckId::Withheld), [Code::WithheldNotSelective]);
}

/// What the issuer signed as a whole is the whole, whatever else was signed statement by statement.
#[test]
fn nothing_is_withheld_from_a_proof_of_the_whole() {
    let (mut document, key) = reissued();
    assert_eq!(codes(&verify(&document), CheckId::Withheld), [Code::WithheldPossible]);
    let mut whole = document["proof"].clone();
    whole["cryptosuite"] = json!("ecdsa-rdfc-2019");
    whole["proofValue"] = json!(multibase::encode_z(&[1; 64]));
    document["proof"] = json!([document["proof"], whole]);
    // Bad as it is yet, it says nothing.
    let report = verify(&document);
    assert_eq!(codes(&report, CheckId::Withheld), [Code::WithheldPossible]);
    let hash_data = &report.proofs()[1].explanation.as_ref().unwrap().hash_data;
    document["proof"][1]["proofValue"] = json!(multibase::encode_z(&sign(&key, &from_hex(hash_data))));
    let report = verify(&document);
    assert!(matches!(report.verdict(), Verdict::Verified(_)), "{}", report.to_json());
    assert_eq!(codes(&report, CheckId::Withheld), [Code::WithheldNotSelective]);
    assert_eq!(codes(&report, CheckId::StatusEntry), [Code::StatusNone]);
}

/// The check is reported: it decides nothing by itself, colours the axis `current`, and a policy may require it.
#[test]
fn d27_what_may_be_withheld_decides_where_the_policy_wants_that() {
    let badge = badge();
    let by = |requirement| {
        let mut policy = policy();
        policy.checks.insert("withheld".into(), requirement);
        verify_by(policy, &badge)
    };
    let report = verify(&badge);
    assert!(matches!(report.verdict(), Verdict::Verified(_)), "{}", report.to_json());
    assert_eq!(report.axes().current, Outcome::Indeterminate);
    assert!(matches!(by(Requirement::Report).verdict(), Verdict::Verified(_)));
    assert!(matches!(by(Requirement::Require).verdict(), Verdict::Indeterminate));
    let skipped = by(Requirement::Skip);
    assert!(matches!(skipped.verdict(), Verdict::Verified(_)));
    // Skipping a check does not colour its axis either way: what is shown is in force.
    assert_ne!(skipped.axes().current, Outcome::Failed);
}

/// Every signature of a statement is a check of the budget, and so is the base signature.
#[test]
fn each_signature_counts() {
    let badge = badge();
    let needed = Derived::of(&badge).signatures.len() + 1;
    assert!(needed > 10);
    let with = |signatures, document| {
        let mut policy = policy();
        policy.limits.signatures = signatures;
        codes(&verify_by(policy, document), CheckId::ProofSignature)
    };
    assert_eq!(with(needed, &badge), [Code::SignatureGood]);
    let limited = |signatures, document| {
        let mut policy = policy();
        policy.limits.signatures = signatures;
        let report = verify_by(policy, document);
        assert!(codes(&report, CheckId::ProofSignature).is_empty(), "{}", report.to_json());
        codes(&report, CheckId::Limits)
    };
    assert_eq!(limited(needed - 1, &badge), [Code::LimitSignatures]);
    assert_eq!(limited(1, &badge), [Code::LimitSignatures]);
    // A base signature that is wrong is wrong, however many statements there are.
    let mut forged = Derived::of(&badge);
    forged.base_signature.reverse();
    assert_eq!(with(1, &forged.on(&badge)), [Code::SignatureInvalid]);
}
