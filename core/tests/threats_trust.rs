//! Lines of the catalogue of threats (`threats.rs`) about time, status and trust that belong to no one check: what a report
//! says where nothing is stated, where the clock is wrong, and what a host is made to fetch by a forgery.
#![cfg(feature = "jose")]

#[path = "support/signing.rs"]
mod signing;
mod support;

use ler_verify::{
    CheckId, Code, Issuers, Occasion, Outcome, Policy, Report, Requirement, Resources, Timestamp, Verdict,
    Verifier,
};
use serde_json::{Value, json};
use signing::Party;

const V2: &str = "https://www.w3.org/ns/credentials/v2";
const BADGES: &str = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";

fn badge(more: Value) -> Value {
    let mut badge = json!({
        "@context": [V2, BADGES],
        "id": "urn:uuid:0d0a4c0e-0f6b-4b6c-8a33-6a6b4c3d2e1f",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {"id": Party::new(1).did(), "type": ["Profile"], "name": "A School of Typing"},
        "validFrom": "2025-01-01T00:00:00Z",
        "credentialSubject": {"id": "did:example:ada", "type": ["AchievementSubject"], "achievement": {
            "id": "https://university.example/degrees/law", "type": ["Achievement"], "name": "Doctor of Law",
            "description": "A degree.", "criteria": {"narrative": "A thesis."}
        }}
    });
    for (name, value) in more.as_object().into_iter().flatten() {
        badge[name] = value.clone();
    }
    badge
}

fn signed(document: &Value) -> Value {
    Party::new(1).secure(document, "assertionMethod", json!({}))
}

fn verify_at(document: &Value, policy: Policy, now: &str) -> Report {
    let occasion = Occasion::at(Timestamp::parse(now).unwrap());
    Verifier::new(policy).unwrap().verify(document.to_string().as_bytes(), &Resources::new(), &occasion)
}

fn verify(document: &Value) -> Report {
    verify_at(document, Policy::accepting(Issuers::Anyone), "2026-11-21T12:00:00Z")
}

fn codes(report: &Report, check: CheckId) -> Vec<Code> {
    report.checks().iter().filter(|found| found.id == check).map(|found| found.code).collect()
}

/// Nobody can tell that a record without a status was never revoked: that nothing is stated is said, and is no pass.
#[test]
fn t18_no_status_is_not_a_status_that_is_good() {
    let mut undated = badge(Value::Null);
    undated.as_object_mut().unwrap().remove("validFrom");
    let report = verify(&signed(&undated));
    assert_eq!(codes(&report, CheckId::StatusEntry), [Code::StatusNone]);
    assert_eq!(Code::StatusNone.outcome(), Outcome::NotApplicable);
    assert_eq!(report.axes().current, Outcome::NotApplicable, "neither dates nor status");
}

/// The instant is an argument. A host whose clock stands at its beginning, or far ahead, gets no pass out of it, and the
/// report says which instant was judged.
#[test]
fn t21_a_wrong_clock_is_seen_in_the_report() {
    let document = signed(&badge(json!({"validUntil": "2035-01-01T00:00:00Z"})));
    for (now, verified) in [
        ("1970-01-01T00:00:00Z", false),
        ("2024-12-31T23:54:59Z", false),
        ("2026-11-21T12:00:00Z", true),
        ("2035-01-01T00:05:01Z", false),
        ("9999-12-31T23:59:59Z", false),
    ] {
        let report = verify_at(&document, Policy::accepting(Issuers::Anyone), now);
        assert_eq!(matches!(report.verdict(), Verdict::Verified(_)), verified, "{now}");
        let json: Value = serde_json::from_str(&report.to_json()).unwrap();
        assert_eq!(json["evaluatedAt"], now);
    }
}

/// Everything that a record can name, in one that was changed after signing: the host is not asked for any of it, whatever
/// the policy requires.
#[test]
fn o08_a_forgery_makes_the_host_fetch_nothing() {
    let mut document = signed(&badge(json!({
        "credentialStatus": {
            "id": "https://a.example/status#1", "type": "BitstringStatusListEntry", "statusPurpose": "revocation",
            "statusListIndex": "1", "statusListCredential": "https://a.example/status"
        },
        "credentialSchema": {"id": "https://a.example/schema", "type": "JsonSchema"},
        "refreshService": {"id": "https://a.example/newer", "type": "1EdTechCredentialRefresh"},
        "evidence": {"id": "https://a.example/evidence", "type": "Evidence",
                     "digestSRI": "sha384-OLBgp1GsljhM2TJ+sbHjaiH9txEUvgdDTAzHv2P24donTt6/529l+9Ua0vFImLlb"}
    })));
    let mut policy = Policy::accepting(Issuers::Anyone);
    for check in ["schema", "linkedResource", "newerVersion", "embedded.endorsement"] {
        policy.checks.insert(check.to_owned(), Requirement::Require);
    }
    policy.request_reported = true;
    let genuine = verify_at(&document, policy.clone(), "2026-11-21T12:00:00Z");
    let mut asked: Vec<&str> = genuine.requests().iter().map(|request| request.identifier.as_str()).collect();
    asked.sort_unstable();
    assert_eq!(
        asked,
        [
            "https://a.example/evidence",
            "https://a.example/newer",
            "https://a.example/schema",
            "https://a.example/status"
        ]
    );

    document["credentialSubject"]["achievement"]["name"] = json!("Judge");
    let forged = verify_at(&document, policy, "2026-11-21T12:00:00Z");
    assert!(forged.requests().is_empty(), "{}", forged.to_json());
    assert!(matches!(forged.verdict(), Verdict::NotVerified));
}

/// Anyone can issue a badge of anybody's achievement: the record keeps who made the achievement apart from who issued the
/// badge, and neither takes the name of the other.
#[test]
fn o12_whose_achievement_it_is_is_not_who_issued_it() {
    let mut document = badge(Value::Null);
    document["credentialSubject"]["achievement"]["creator"] =
        json!({"id": "https://university.example/", "type": ["Profile"], "name": "A Famous University"});
    let report = verify(&signed(&document));
    let Verdict::Verified(secured) = report.verdict() else { panic!("{}", report.to_json()) };
    let record: Value = serde_json::from_str(&secured.record().unwrap().to_json()).unwrap();
    assert_eq!(record["issuer"]["id"], Party::new(1).did());
    assert_eq!(record["issuer"]["claimedName"][0]["value"], "A School of Typing");
    assert_eq!(record["creator"]["id"], "https://university.example/");
    assert_eq!(record["creator"]["claimedName"][0]["value"], "A Famous University");
    // Whom the policy accepts is compared with the issuer alone.
    let university = Policy::accepting(Issuers::one_of(["https://university.example/"]));
    let report = verify_at(&signed(&document), university, "2026-11-21T12:00:00Z");
    assert_eq!(codes(&report, CheckId::IssuerAccepted), [Code::IssuerNotAccepted]);
    assert!(matches!(report.verdict(), Verdict::NotVerified));
}
