//! Refresh services: a newer version is reported, never put in the place of what was presented (VCDM 2.0 §5.4, Open Badges
//! 3.0 §10; threats.md O17, O18).

#[path = "support/signing.rs"]
mod signing;
mod support;

use ler_verify::report::Relation;
use ler_verify::{
    Answer, Check, CheckId, Code, Issuers, Policy, Recipient, Report, Requirement, Resource, ResourceKind,
    Resources, Verdict, Verifier,
};
use serde_json::{Value, json};
use signing::Party;
use support::fixtures;

const V2: &str = "https://www.w3.org/ns/credentials/v2";
const OB3: &str = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";
const PLACE: &str = "https://university.example/badges/1";
const STATUS: &str = "https://university.example/status/1";

fn unsigned(from: &str) -> Value {
    json!({
        "@context": [V2],
        "id": "urn:uuid:1",
        "type": ["VerifiableCredential"],
        "issuer": Party::new(1).did(),
        "validFrom": from,
        "credentialSubject": {"id": "did:example:ada", "name": "Ada"},
        "refreshService": {"id": PLACE, "type": "1EdTechCredentialRefresh"}
    })
}

fn secure(document: &Value) -> Value {
    Party::new(1).secure(document, "assertionMethod", json!({}))
}

fn changed(from: &str, change: impl FnOnce(&mut Value)) -> Value {
    let mut document = unsigned(from);
    change(&mut document);
    secure(&document)
}

fn original() -> Value {
    changed("2025-01-01T00:00:00Z", |_| {})
}

fn newer() -> Value {
    changed("2026-01-01T00:00:00Z", |_| {})
}

fn asking() -> Policy {
    let mut policy = Policy::accepting(Issuers::Anyone);
    policy.request_reported = true;
    policy
}

fn verify_with(document: &Value, policy: Policy, resources: &Resources) -> Report {
    let verifier = Verifier::new(policy).unwrap();
    verifier.verify(document.to_string().as_bytes(), resources, &fixtures::occasion())
}

fn offering(found: &Value) -> Resources {
    let resources = Resources::new();
    resources.insert(ResourceKind::NewerVersion, PLACE, Resource::new(found.to_string()));
    resources
}

fn answers(report: &Report) -> Vec<Code> {
    let of_it = |check: &&Check| check.id == CheckId::NewerVersion;
    report.checks().iter().filter(of_it).map(|check| check.code).collect()
}

/// What is said of the original when this stands in the place for newer versions. Its verdict is what it was.
fn when_there_is(found: &Value) -> (Code, Report) {
    let report = verify_with(&original(), asking(), &offering(found));
    assert!(matches!(report.verdict(), Verdict::Verified(_)), "{}", report.to_json());
    let [answer] = answers(&report)[..] else { panic!("{}", report.to_json()) };
    (answer, report)
}

#[test]
fn a_record_without_a_refresh_service_has_no_newer_version() {
    let document = changed("2025-01-01T00:00:00Z", |document| {
        document.as_object_mut().unwrap().remove("refreshService");
    });
    assert_eq!(answers(&verify_with(&document, asking(), &Resources::new())), [Code::NewerVersionNotNamed]);
}

#[test]
fn it_is_looked_for_only_if_the_policy_wants_that() {
    let quiet = verify_with(&original(), Policy::accepting(Issuers::Anyone), &Resources::new());
    assert_eq!((answers(&quiet), quiet.requests().len()), (vec![Code::NewerVersionNeeded], 0));
    assert!(matches!(quiet.verdict(), Verdict::Verified(_)));
    let mut requiring = Policy::accepting(Issuers::Anyone);
    requiring.checks.insert("newerVersion".to_owned(), Requirement::Require);
    for policy in [asking(), requiring] {
        let report = verify_with(&original(), policy, &Resources::new());
        let [request] = report.requests() else { panic!("{}", report.to_json()) };
        assert_eq!((request.kind, request.stage), (ResourceKind::NewerVersion, 2));
        assert_eq!((request.why, &request.locations[..]), (CheckId::NewerVersion, &[PLACE.to_owned()][..]));
    }
    let mut skipping = asking();
    skipping.checks.insert("newerVersion".to_owned(), Requirement::Skip);
    let report = verify_with(&original(), skipping, &offering(&newer()));
    assert!(report.requests().is_empty() && report.embedded().is_empty());
}

#[test]
fn nothing_is_requested_before_the_proof_passed() {
    let mut document = original();
    document["credentialSubject"]["name"] = json!("Eve");
    let report = verify_with(&document, asking(), &offering(&newer()));
    assert_eq!(answers(&report), [Code::NewerVersionBlocked]);
    assert!(report.requests().is_empty() && report.embedded().is_empty());
}

#[test]
fn a_newer_version_is_verified_on_its_own_and_said() {
    let (answer, report) = when_there_is(&newer());
    assert_eq!(answer, Code::NewerVersionExists);
    let [found] = report.embedded() else { panic!("{}", report.to_json()) };
    assert_eq!((found.relation, found.pointer.as_str()), (Relation::NewerVersion, "/refreshService"));
    let Verdict::Verified(secured) = found.report.verdict() else { panic!("{}", found.report.to_json()) };
    assert!(secured.document().contains("2026-01-01"));
    assert_eq!(answers(&found.report), [Code::NewerVersionNotFollowed]);
    let Verdict::Verified(secured) = report.verdict() else { unreachable!() };
    assert!(secured.document().contains("2025-01-01"), "what was presented stays what is judged");

    let mut requiring = asking();
    requiring.checks.insert("newerVersion".to_owned(), Requirement::Require);
    let report = verify_with(&original(), requiring, &offering(&newer()));
    assert!(matches!(report.verdict(), Verdict::NotVerified));
}

#[test]
fn the_same_or_an_older_one_is_not_newer() {
    assert_eq!(when_there_is(&original()).0, Code::NewerVersionNone);
    assert_eq!(when_there_is(&changed("2024-01-01T00:00:00Z", |_| {})).0, Code::NewerVersionNone);
}

/// threats.md O17.
#[test]
fn another_record_or_issuer_is_none() {
    let others = [
        changed("2026-01-01T00:00:00Z", |document| document["id"] = json!("urn:uuid:2")),
        changed("2026-01-01T00:00:00Z", |document| {
            document.as_object_mut().unwrap().remove("id");
        }),
        {
            let mut document = unsigned("2026-01-01T00:00:00Z");
            document["issuer"] = json!(Party::new(2).did());
            Party::new(2).secure(&document, "assertionMethod", json!({}))
        },
    ];
    for other in others {
        assert_eq!(when_there_is(&other).0, Code::NewerVersionOther);
    }
}

/// threats.md O18: Open Badges 3.0 §10.1 would decode and trim identifiers before it compares them.
#[test]
fn another_spelling_is_another_record() {
    for id in ["urn:uuid:%31", "urn:uuid:1 ", " urn:uuid:1", "URN:uuid:1"] {
        let other = changed("2026-01-01T00:00:00Z", |document| document["id"] = json!(id));
        assert_ne!(when_there_is(&other).0, Code::NewerVersionExists, "{id:?}");
    }
}

#[test]
fn what_is_not_authentic_says_nothing() {
    let mut tampered = newer();
    tampered["credentialSubject"]["name"] = json!("Eve");
    for found in [tampered, json!("<html>"), unsigned("2026-01-01T00:00:00Z")] {
        let (answer, _) = when_there_is(&found);
        let said_nothing = [Code::NewerVersionNotAuthentic, Code::NewerVersionOther];
        assert!(said_nothing.contains(&answer), "{answer}");
    }
    let resources = Resources::new();
    resources.insert(ResourceKind::NewerVersion, PLACE, Answer::Unavailable("410".to_owned()));
    let report = verify_with(&original(), asking(), &resources);
    assert_eq!(answers(&report), [Code::NewerVersionUnavailable]);
    assert!(matches!(report.verdict(), Verdict::Verified(_)));
}

#[test]
fn what_it_needs_is_requested_only_if_it_is_the_same_record() {
    let with_status = |id: &str| {
        changed("2026-01-01T00:00:00Z", |document| {
            document["id"] = json!(id);
            document["credentialStatus"] = json!({
                "type": "BitstringStatusListEntry", "statusPurpose": "revocation",
                "statusListIndex": "1", "statusListCredential": STATUS
            });
        })
    };
    let (answer, report) = when_there_is(&with_status("urn:uuid:1"));
    assert_eq!(answer, Code::NewerVersionExists);
    assert!(report.requests().iter().any(|request| request.identifier == STATUS), "{}", report.to_json());
    let (answer, report) = when_there_is(&with_status("urn:uuid:2"));
    assert_eq!(answer, Code::NewerVersionOther);
    assert!(report.requests().is_empty());
}

/// Who stands at the place for newer versions may be somebody else than the issuer: nobody is asked about endorsements in what
/// is there before its proof is good.
#[test]
fn endorsements_in_it_wait_until_it_is_known_whose_it_is() {
    let endorsed = |by: &str| {
        let praise = |number: usize| {
            let issuer = format!("did:web:victim-{number}.example");
            let praise = json!({
                "@context": [V2, OB3],
                "type": ["VerifiableCredential", "EndorsementCredential"],
                "issuer": {"id": issuer, "type": "Profile"},
                "validFrom": "2025-01-01T00:00:00Z",
                "credentialSubject": {"id": "urn:uuid:1", "type": "EndorsementSubject"}
            });
            let mut praise = Party::new(3).secure(&praise, "assertionMethod", json!({}));
            praise["proof"]["verificationMethod"] = json!(format!("{issuer}#key"));
            praise
        };
        let mut version = changed("2026-01-01T00:00:00Z", |document| {
            document["@context"] = json!([V2, OB3]);
            document["type"] = json!(["VerifiableCredential", "OpenBadgeCredential"]);
            document["endorsement"] = (0..40).map(praise).collect();
        });
        if by != Party::new(1).did() {
            version["proof"]["verificationMethod"] = json!(format!("{by}#key"));
        }
        version
    };
    let (_, report) = when_there_is(&endorsed("did:web:forger.example"));
    let asked: Vec<&str> = report.requests().iter().map(|request| request.identifier.as_str()).collect();
    assert_eq!(asked, ["did:web:forger.example"]);
    let (_, report) = when_there_is(&endorsed(&Party::new(1).did()));
    assert_eq!(report.requests().len(), 40);
}

#[test]
fn services_of_other_kinds_and_addresses_are_not_asked() {
    for service in [
        json!({"id": PLACE, "type": "VerifiableCredentialRefreshService2021"}),
        json!({"id": "http://university.example/1", "type": "1EdTechCredentialRefresh"}),
        json!({"type": "1EdTechCredentialRefresh"}),
    ] {
        let document =
            changed("2025-01-01T00:00:00Z", |document| document["refreshService"] = service.clone());
        let report = verify_with(&document, asking(), &Resources::new());
        assert_eq!(answers(&report), [Code::NewerVersionService], "{service}");
        assert!(report.requests().is_empty());
    }
}

#[test]
fn it_is_about_the_same_person() {
    let verifier = Verifier::new(asking()).unwrap();
    let occasion = fixtures::occasion().recipient(Recipient::id("did:example:ada")).holder("did:example:ada");
    let other = changed("2026-01-01T00:00:00Z", |document| {
        document["credentialSubject"]["id"] = json!("did:example:eve");
    });
    for (found, code) in [(newer(), Code::RecipientMatches), (other, Code::RecipientDiffers)] {
        let report = verifier.verify(original().to_string().as_bytes(), &offering(&found), &occasion);
        let checks = report.embedded()[0].report.checks();
        assert!(checks.iter().any(|check| check.code == code));
        assert!(checks.iter().any(|check| check.code == Code::HolderNotExpected));
    }
}

#[test]
fn so_many_and_no_more() {
    let several = |count: usize| {
        let resources = Resources::new();
        let service =
            |index: usize| json!({"id": format!("{PLACE}?{index}"), "type": "1EdTechCredentialRefresh"});
        for index in 0..count {
            let id = format!("{PLACE}?{index}");
            resources.insert(ResourceKind::NewerVersion, &id, Resource::new(newer().to_string()));
        }
        let document = changed("2025-01-01T00:00:00Z", |document| {
            document["refreshService"] = (0..count).map(service).collect();
        });
        let report = verify_with(&document, asking(), &resources);
        (report.embedded().len(), answers(&report).contains(&Code::LimitNewerVersions))
    };
    assert_eq!(several(8), (8, false));
    assert_eq!(several(9), (8, true));
}
