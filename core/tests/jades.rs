//! JAdES baseline seals as European credentials bear them (ETSI TS 119 182-1): JWS in JSON, the payload as it is, the
//! signer's certificates in the header; and what of a seal nobody has looked at.
#![cfg(all(feature = "x509", feature = "jose"))]
#![allow(clippy::cloned_ref_to_slice_refs)] // a list of one reads as such

#[path = "support/certificates.rs"]
mod certificates;
mod support;
#[path = "support/tokens.rs"]
mod tokens;

use base64ct::{Base64, Encoding};
use certificates::*;
use ler_verify::{
    CheckId, Code, Issuers, Occasion, Policy, Report, Requirement, Resources, Timestamp, Verdict,
};
use serde_json::{Value, json};
use tokens::{codes, encode, has, issuer, verify_with, with};

/// A seal by another implementation (certificates/make.py), and the anchor that it leads to.
fn sample() -> (Value, String) {
    let sample: Value = serde_json::from_str(include_str!("certificates/seal.json")).unwrap();
    (sample["seal"].clone(), sample["anchor"].as_str().unwrap().to_owned())
}

fn knowing(anchors: &[String]) -> Policy {
    let mut policy = Policy::accepting(Issuers::Anyone);
    policy.x509_anchors = anchors.to_vec();
    policy
}

fn at(document: &Value, policy: Policy, now: &str) -> Report {
    let occasion = Occasion::at(Timestamp::parse(now).unwrap());
    verify_with(&document.to_string(), policy, &Resources::new(), &occasion)
}

const NOW: &str = "2030-01-01T00:00:00Z";

#[test]
fn the_seal_of_another_implementation_is_verified() {
    let (seal, anchor) = sample();
    let report = at(&seal, knowing(&[anchor]), NOW);
    assert!(matches!(report.verdict(), Verdict::Verified(_)), "{}", report.to_json());
    assert_eq!(report.issuer().and_then(|issuer| issuer.bound_by), Some("x509"));
    assert!(report.requests().is_empty());
    // What stands in the seal is the record.
    let Verdict::Verified(secured) = report.verdict() else { unreachable!() };
    assert!(secured.document().to_string().contains("Zeugnis für Ada"));
    // Without an anchor it holds together, and nobody knows whose it is.
    let (seal, _) = sample();
    let report = at(&seal, knowing(&[]), NOW);
    assert_eq!(codes(&report, CheckId::ProofSignature), [Code::SignatureGood]);
    assert_eq!(codes(&report, CheckId::IssuerBound), [Code::IssuerNoAnchor]);
    assert!(matches!(report.verdict(), Verdict::Indeterminate));
}

#[test]
fn what_is_signed_is_the_text_of_the_payload() {
    let (seal, anchor) = sample();
    let payload = seal["payload"].as_str().unwrap();
    for changed in [
        payload.replace("Ada", "Eve"),
        payload.replace("\n ", "\n"),
        format!("{payload} "),
        payload.replace('ü', "u\u{308}"),
        encode(payload.as_bytes()),
    ] {
        let report = at(&with(&seal, "/payload", json!(changed)), knowing(&[anchor.clone()]), NOW);
        assert!(!matches!(report.verdict(), Verdict::Verified(_)), "{changed}");
    }
    // An escape is another way to write the same text in JSON: the text is signed, not how it is carried.
    let escaped = seal.to_string().replace('ü', "\\u00fc");
    let occasion = Occasion::at(Timestamp::parse(NOW).unwrap());
    let report = verify_with(&escaped, knowing(&[anchor]), &Resources::new(), &occasion);
    assert!(matches!(report.verdict(), Verdict::Verified(_)));
}

// Seals made here

fn authority() -> Owner {
    Owner::P256([2; 32])
}

/// An authority, and the certificate of the key that seals: valid in 2025.
fn authority_and_signer() -> (Vec<u8>, Vec<u8>) {
    let root = name("root", "", "");
    let owner = Owner::Ed25519([7; 32]);
    let anchor = Spec::new(&root, &root, &authority(), &[certificates::authority(None)]).sign(&authority());
    let mut spec =
        Spec::new(&root, &name("Seal", "College", "VATXX-1"), &owner, &[alternative(&[(6, "urn:x:1")])]);
    spec.not_before = utc("250101000000Z");
    spec.not_after = utc("251231235959Z");
    (anchor, spec.sign(&authority()))
}

fn credential() -> String {
    let credential = tokens::vcdm2();
    with(&with(&credential, "/issuer", json!("urn:x:1")), "/validUntil", json!("2026-01-15T00:00:00Z"))
        .to_string()
}

/// A seal whose protected header has these members, too, and whose other header is `unprotected`.
fn seal(header: Value, unprotected: Value) -> (Value, Policy) {
    let (anchor, signer) = authority_and_signer();
    let mut all = json!({
        "alg": "EdDSA", "b64": false, "crit": ["b64", "sigT"], "cty": "application/octet-stream", "typ": "jose+json",
        "kid": "MIGNMIGApH4wfDELMAkGA1UEBhMC", "x5c": [Base64::encode_string(&signer)], "sigT": "2025-06-01T10:00:00Z"
    });
    for (name, value) in header.as_object().unwrap() {
        match value {
            Value::Null => drop(all.as_object_mut().unwrap().remove(name)),
            value => all[name] = value.clone(),
        }
    }
    let (protected, payload) = (encode(all.to_string().as_bytes()), credential());
    let signature = issuer().signature(&format!("{protected}.{payload}"));
    let mut signed = json!({"protected": protected, "signature": signature});
    if !unprotected.is_null() {
        signed["header"] = unprotected;
    }
    let mut policy = knowing(&[Base64::encode_string(&anchor)]);
    policy.clock_skew = 0;
    (json!({"payload": payload, "signatures": [signed]}), policy)
}

fn judged(header: Value, unprotected: Value, now: &str) -> Report {
    let (seal, policy) = seal(header, unprotected);
    at(&seal, policy, now)
}

#[test]
fn the_path_is_judged_at_the_signing_time_by_the_signers_word() {
    // In force, and afterwards; that only the signer says when it was, is said.
    for now in ["2025-07-01T00:00:00Z", "2026-01-10T00:00:00Z"] {
        let report = judged(json!({}), Value::Null, now);
        assert!(matches!(report.verdict(), Verdict::Verified(_)), "{}", report.to_json());
        assert!(has(&report, Code::SealSigningTime));
        // Whoever does not take the signer's word makes that a demand.
        let (seal, mut policy) = seal(json!({}), Value::Null);
        policy.checks.insert("proof.evidence".to_owned(), Requirement::Require);
        assert!(matches!(at(&seal, policy, now).verdict(), Verdict::Indeterminate));
    }
    // A seal that does not say when it was made is judged now.
    let header = json!({"sigT": null, "crit": ["b64"]});
    let report = judged(header.clone(), Value::Null, "2025-07-01T00:00:00Z");
    assert!(!has(&report, Code::SealSigningTime));
    let report = judged(header, Value::Null, "2026-01-10T00:00:00Z");
    assert_eq!(codes(&report, CheckId::IssuerBound), [Code::IssuerPathBroken]);
    // Sealed, by its own word, before there was a certificate.
    let (early, policy) = seal(json!({"sigT": "2024-12-31T23:59:59Z"}), Value::Null);
    for policy in [policy.clone(), policy.at_signing_time()] {
        let report = at(&early, policy, "2025-07-01T00:00:00Z");
        assert_eq!(codes(&report, CheckId::IssuerBound), [Code::IssuerPathBroken]);
    }
}

#[test]
fn a_signing_time_is_an_instant_in_the_past() {
    for malformed in [
        json!("2025-06-01"),
        json!("2025-06-01T10:00:00+02:00"),
        json!(1_748_772_000),
        json!(""),
        json!(["2025-06-01T10:00:00Z"]),
    ] {
        let report = judged(json!({"sigT": malformed}), Value::Null, "2025-07-01T00:00:00Z");
        assert_eq!(codes(&report, CheckId::ProofStructure), [Code::JoseHeader], "{malformed}");
        assert!(matches!(report.verdict(), Verdict::NotVerified));
    }
    let report = judged(json!({"sigT": "2025-07-01T00:00:01Z"}), Value::Null, "2025-07-01T00:00:00Z");
    assert_eq!(codes(&report, CheckId::ProofCreated), [Code::ProofCreatedFuture]);
    // Critical, and not there.
    let report = judged(json!({"sigT": null}), Value::Null, "2025-07-01T00:00:00Z");
    assert_eq!(codes(&report, CheckId::ProofStructure), [Code::JoseCrit]);
    let report = judged(json!({"sigT": null, "crit": ["b64"]}), Value::Null, "2025-07-01T00:00:00Z");
    assert!(matches!(report.verdict(), Verdict::Verified(_)), "{}", report.to_json());
}

#[test]
fn what_is_critical_and_not_processed_is_unsupported_and_never_passed() {
    let tokens = json!({"tstTokens": [{"val": "MIIx"}]});
    for (name, value) in [
        ("adoTst", tokens),
        ("sigD", json!({"mId": "x"})),
        ("srCms", json!([])),
        ("sigPl", json!({})),
        ("sigPId", json!({"id": "x"})),
    ] {
        let report =
            judged(json!({"crit": ["b64", "sigT", name], name: value}), Value::Null, "2025-07-01T00:00:00Z");
        assert_eq!(codes(&report, CheckId::ProofStructure), [Code::JoseCritUnsupported], "{name}");
        assert!(matches!(report.verdict(), Verdict::Indeterminate), "{}", report.to_json());
    }
    // Not critical, it may be passed over, and is said to have been.
    let report = judged(json!({"adoTst": {"tstTokens": []}}), Value::Null, "2025-07-01T00:00:00Z");
    assert!(matches!(report.verdict(), Verdict::Verified(_)), "{}", report.to_json());
    assert!(has(&report, Code::SealTimeStamps));
}

#[test]
fn what_nobody_has_looked_at_is_said() {
    let report = judged(json!({}), Value::Null, "2025-07-01T00:00:00Z");
    let always = [Code::SealRevocation, Code::SealQualified, Code::SealSigningTime];
    assert_eq!(codes(&report, CheckId::ProofEvidence), always);
    let long_term =
        json!({"etsiU": [{"sigTst": {"tstTokens": []}}, {"xVals": []}, {"rVals": {}}, {"arcTst": {}}]});
    let report = judged(json!({}), long_term, "2025-07-01T00:00:00Z");
    assert_eq!(
        codes(&report, CheckId::ProofEvidence),
        [Code::SealTimeStamps, Code::SealRevocation, Code::SealQualified, Code::SealSigningTime]
    );
    assert!(matches!(report.verdict(), Verdict::Verified(_)), "{}", report.to_json());
    // A token without any of that.
    let report = tokens::verify(&issuer().token(json!({}), &tokens::vcdm2()));
    assert_eq!(codes(&report, CheckId::ProofEvidence), [Code::SealNone]);
}

#[test]
fn a_payload_is_unencoded_only_where_that_is_critical() {
    let report = judged(json!({"crit": ["sigT"]}), Value::Null, "2025-07-01T00:00:00Z");
    assert_eq!(codes(&report, CheckId::ProofStructure), [Code::JoseB64]);
    // Certificates and signing time in the header that anybody can rewrite are none.
    let (_, signer) = authority_and_signer();
    let elsewhere = json!({"x5c": [Base64::encode_string(&signer)], "sigT": "2025-06-01T10:00:00Z"});
    let report =
        judged(json!({"x5c": null, "sigT": null, "crit": ["b64"]}), elsewhere, "2025-07-01T00:00:00Z");
    assert!(!matches!(report.verdict(), Verdict::Verified(_)), "{}", report.to_json());
    assert_eq!(codes(&report, CheckId::ProofCreated), [Code::ProofCreatedAbsent]);
}

#[test]
fn a_header_may_be_as_long_as_seals_need() {
    // 64 KiB of header: a chain and signed time-stamps.
    for (length, good) in [(40_000, true), (70_000, false)] {
        let report = judged(json!({"x": "a".repeat(length)}), Value::Null, "2025-07-01T00:00:00Z");
        assert_eq!(matches!(report.verdict(), Verdict::Verified(_)), good, "{length}");
        assert_eq!(has(&report, Code::LimitHeader), !good);
    }
}

#[test]
fn every_signature_of_a_seal_counts() {
    let (mut two, policy) = seal(json!({}), Value::Null);
    let other = two["signatures"][0].clone();
    two["signatures"].as_array_mut().unwrap().push(other);
    assert!(matches!(at(&two, policy.clone(), "2025-07-01T00:00:00Z").verdict(), Verdict::Verified(_)));
    two["signatures"][1]["signature"] = json!(issuer().signature("something else"));
    assert!(matches!(at(&two, policy, "2025-07-01T00:00:00Z").verdict(), Verdict::NotVerified));
}

#[test]
fn it_runs_on_a_small_stack() {
    let run = || {
        let (seal, anchor) = sample();
        let report = at(&seal, knowing(&[anchor]), NOW);
        assert!(matches!(report.verdict(), Verdict::Verified(_)));
    };
    std::thread::Builder::new().stack_size(256 * 1024).spawn(run).unwrap().join().unwrap();
}
