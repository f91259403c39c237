//! Comprehensive Learner Records 2.0: the rules, one by one, and the trap that nested credentials fall into when only
//! the record around them is signed.
#![allow(clippy::disallowed_methods)] // tests build and index JSON freely

#[path = "support/signing.rs"]
mod signing;

use ler_verify::codes::Code::{self, *};
use ler_verify::document::clr::profile;
use ler_verify::json::Tree;
use ler_verify::{
    CheckId, Issuers, Limits, Occasion, Policy, Report, Resources, Timestamp, Verdict, Verifier,
};
use serde_json::{Value, json};
use signing::Party;

const V2: &str = "https://www.w3.org/ns/credentials/v2";
const CLR: &str = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json";
const OB: &str = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";

fn school() -> Party {
    Party::new(1)
}

fn college() -> Party {
    Party::new(2)
}

/// A badge for Ada of the college's, not signed.
fn badge(name: &str) -> Value {
    json!({
        "@context": [V2, OB],
        "id": format!("https://college.example/badges/{name}"),
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {"id": college().did(), "type": ["Profile"], "name": "College"},
        "validFrom": "2025-01-01T00:00:00Z",
        "name": name,
        "credentialSubject": {
            "id": "did:example:ada",
            "type": ["AchievementSubject"],
            "achievement": {
                "id": format!("https://college.example/achievements/{name}"),
                "type": ["Achievement"],
                "criteria": {"narrative": "Pass."},
                "description": "A course",
                "name": name
            }
        }
    })
}

fn record(credentials: Vec<Value>) -> Value {
    json!({
        "@context": [V2, CLR, OB],
        "id": "https://school.example/records/1",
        "type": ["VerifiableCredential", "ClrCredential"],
        "issuer": {"id": school().did(), "type": ["Profile"], "name": "School"},
        "validFrom": "2025-02-01T00:00:00Z",
        "name": "Learner Record",
        "credentialSubject": {
            "id": "did:example:ada",
            "type": ["ClrSubject"],
            "verifiableCredential": credentials
        }
    })
}

fn found(document: &Value) -> Vec<(Code, String)> {
    let text = document.to_string();
    let tree = Tree::parse(text.as_bytes(), &Limits::default()).unwrap();
    profile(tree.root()).into_iter().map(|f| (f.code, f.pointer.clone().unwrap())).collect()
}

fn verify(document: &Value) -> Report {
    let verifier = Verifier::new(Policy::accepting(Issuers::Anyone)).unwrap();
    let occasion = Occasion::at(Timestamp::parse("2026-11-21T12:00:00Z").unwrap());
    verifier.verify(document.to_string().as_bytes(), &Resources::new(), &occasion)
}

fn codes(report: &Report, check: CheckId) -> Vec<Code> {
    report.checks().iter().filter(|c| c.id == check).map(|c| c.code).collect()
}

fn changed(change: impl FnOnce(&mut Value)) -> Vec<(Code, String)> {
    let mut document = record(vec![badge("a"), badge("b")]);
    change(&mut document);
    found(&document)
}

fn association(kind: &str, source: &str, target: &str) -> Value {
    let id = |name: &str| format!("https://college.example/achievements/{name}");
    json!({"type": ["Association"], "associationType": kind, "sourceId": id(source), "targetId": id(target)})
}

#[test]
fn a_record_that_follows_the_rules_has_no_defect() {
    assert_eq!(changed(|_| ()), []);
    let with = |kind: &str| {
        changed(|d| d["credentialSubject"]["association"] = json!([association(kind, "a", "b")]))
    };
    for kind in [
        "exactMatchOf",
        "isChildOf",
        "isParentOf",
        "isPartOf",
        "isPeerOf",
        "isRelatedTo",
        "precedes",
        "replacedBy",
        "ext:uses",
    ] {
        assert_eq!(with(kind), [], "{kind}");
    }
    assert_eq!(found(&badge("a")), [], "a badge is no record");
}

#[test]
fn what_a_record_must_have() {
    for (member, pointer) in [("id", ""), ("name", ""), ("validFrom", "")] {
        let found = changed(|d| drop(d.as_object_mut().unwrap().remove(member)));
        assert_eq!(found, [(ProfileClrMissing, pointer.to_owned())], "{member}");
    }
    let subject = "/credentialSubject".to_owned();
    assert_eq!(
        changed(|d| d["credentialSubject"]["verifiableCredential"] = json!([])),
        [(ProfileClrMissing, subject.clone())]
    );
    assert_eq!(
        changed(|d| d["credentialSubject"]["type"] = json!("Person")),
        [(ProfileClrType, format!("{subject}/type"))]
    );
    assert_eq!(changed(|d| d["partial"] = json!("yes")), [(ProfileClrValue, "/partial".to_owned())]);
}

#[test]
fn the_contexts_stand_in_their_order() {
    let at = |found: Vec<(Code, String)>| found.first().cloned();
    let expected = Some((ProfileClrContext, "/@context".to_owned()));
    for contexts in [json!([V2, OB]), json!([V2, OB, CLR]), json!([V2, CLR]), json!([CLR, V2, OB])] {
        assert_eq!(at(changed(|d| d["@context"] = contexts.clone())), expected, "{contexts}");
    }
}

#[test]
fn whose_record_it_is() {
    let subject = "/credentialSubject".to_owned();
    let unnamed = changed(|d| drop(d["credentialSubject"].as_object_mut().unwrap().remove("id")));
    assert_eq!(unnamed, [(ProfileClrSubject, subject)]);
    let other = |d: &mut Value| {
        d["credentialSubject"]["verifiableCredential"][1]["credentialSubject"]["id"] =
            json!("did:example:eve");
    };
    assert_eq!(
        changed(other),
        [(ProfileClrOtherSubject, "/credentialSubject/verifiableCredential/1/credentialSubject".to_owned())]
    );
}

#[test]
fn a_credential_inside_without_a_context_is_told() {
    let inside = "/credentialSubject/verifiableCredential/0".to_owned();
    let without = |d: &mut Value| {
        d["credentialSubject"]["verifiableCredential"][0].as_object_mut().unwrap().remove("@context");
    };
    assert_eq!(changed(without), [(ProfileClrContextInherited, inside)]);
}

#[test]
fn associations_are_between_achievements_of_the_record() {
    let at = |index: usize, member: &str| format!("/credentialSubject/association/{index}/{member}");
    let with = |associations: Value| changed(|d| d["credentialSubject"]["association"] = associations);
    assert_eq!(
        with(json!([association("isPartOf", "a", "c")])),
        [(ProfileClrAssociation, at(0, "targetId"))]
    );
    assert_eq!(
        with(json!([association("isRelatedTo", "x", "b")])),
        [(ProfileClrAssociation, at(0, "sourceId"))]
    );
    // Those that are only referred to are of the record too.
    let referred = |d: &mut Value| {
        d["credentialSubject"]["achievement"] = json!([badge("c")["credentialSubject"]["achievement"]]);
        d["credentialSubject"]["association"] = json!([association("isPartOf", "a", "c")]);
    };
    assert_eq!(changed(referred), []);
    // What is in a token may be what is meant.
    let token = |d: &mut Value| {
        d["credentialSubject"]["association"] = json!([association("isPartOf", "a", "c")]);
        d["credentialSubject"]["verifiableCredential"][1] = json!({"@context": V2, "id": "data:application/vc+jwt,e30.e30.AA", "type": "EnvelopedVerifiableCredential"});
    };
    assert_eq!(changed(token), []);
}

#[test]
fn nothing_comes_before_itself() {
    let circular = |associations: Value| -> Vec<String> {
        let found = changed(|d| d["credentialSubject"]["association"] = associations);
        assert!(found.iter().all(|(code, _)| *code == ProfileClrAssociationCircular), "{found:?}");
        found.into_iter().map(|(_, pointer)| pointer.replace("/credentialSubject/association/", "")).collect()
    };
    let one = association;
    assert_eq!(circular(json!([one("precedes", "a", "b"), one("precedes", "b", "a")])), ["0", "1"]);
    assert_eq!(circular(json!([one("isPartOf", "a", "a")])), ["0"]);
    // The two ends of one thing.
    assert_eq!(circular(json!([one("isChildOf", "a", "b"), one("isParentOf", "a", "b")])), ["0", "1"]);
    assert_eq!(circular(json!([one("isChildOf", "a", "b"), one("isParentOf", "b", "a")])), [] as [&str; 0]);
    // Different ways, and ways that go both ways.
    assert_eq!(circular(json!([one("precedes", "a", "b"), one("isPartOf", "b", "a")])), [] as [&str; 0]);
    assert_eq!(circular(json!([one("isPeerOf", "a", "b"), one("isPeerOf", "b", "a")])), [] as [&str; 0]);
}

/// In the context of CLR 2.0 the credentials inside are not graphs of their own: those with one subject are one node, and
/// the signature around them does not say which achievement stands in which (JSON-LD 1.1 §4.9).
#[test]
fn swapped_achievements_are_never_verified() {
    let swap = |document: &Value| {
        let mut swapped = document.clone();
        let inside = &mut swapped["credentialSubject"]["verifiableCredential"];
        let (a, b) = (inside[0].clone(), inside[1].clone());
        inside[0]["credentialSubject"]["achievement"] = b["credentialSubject"]["achievement"].clone();
        inside[1]["credentialSubject"]["achievement"] = a["credentialSubject"]["achievement"].clone();
        swapped
    };
    // Not signed themselves: the signature around them is good either way, and they are not verified either way.
    let unsigned = school().secure_rdfc(&record(vec![badge("a"), badge("b")]), "assertionMethod");
    for document in [&unsigned, &swap(&unsigned)] {
        let report = verify(document);
        assert!(codes(&report, CheckId::ProofSignature).contains(&SignatureGood), "{}", report.to_json());
        assert!(matches!(report.verdict(), Verdict::NotVerified), "{}", report.to_json());
        assert_eq!(codes(&report, CheckId::EmbeddedVerdict), [EmbeddedNotVerified; 2]);
        for inside in report.embedded() {
            assert_eq!(codes(&inside.report, CheckId::SecuringPresent), [SecuringMissing]);
        }
        let merged: Vec<_> = report.checks().iter().filter(|check| check.code == JsonldNodeMerged).collect();
        assert!(!merged.is_empty(), "that they are one node is said");
    }
    // Signed themselves: each is a record of its own, and what was swapped does not fit its signature.
    let signed = [badge("a"), badge("b")].map(|badge| college().secure_rdfc(&badge, "assertionMethod"));
    let whole = school().secure_rdfc(&record(signed.to_vec()), "assertionMethod");
    assert!(matches!(verify(&whole).verdict(), Verdict::Verified(_)), "{}", verify(&whole).to_json());
    let report = verify(&swap(&whole));
    assert!(matches!(report.verdict(), Verdict::NotVerified));
    for inside in report.embedded() {
        assert_eq!(codes(&inside.report, CheckId::ProofSignature), [SignatureInvalid]);
    }
}

#[test]
fn the_rules_are_part_of_the_report() {
    let signed = college().secure_rdfc(&badge("a"), "assertionMethod");
    let whole = school().secure_rdfc(&record(vec![signed.clone()]), "assertionMethod");
    assert_eq!(codes(&verify(&whole), CheckId::ProfileClr), [ProfileClrFollowed]);
    let mut other = record(vec![signed]);
    other["credentialSubject"]["id"] = json!("did:example:eve");
    let report = verify(&school().secure_rdfc(&other, "assertionMethod"));
    assert_eq!(codes(&report, CheckId::ProfileClr), [ProfileClrOtherSubject]);
    assert!(matches!(report.verdict(), Verdict::Verified(_)), "reported, and no more than that, by default");
}

#[test]
fn a_part_of_a_record_says_so() {
    let signed = college().secure_rdfc(&badge("a"), "assertionMethod");
    let mut part = record(vec![signed]);
    part["partial"] = json!(true);
    let report = verify(&school().secure_rdfc(&part, "assertionMethod"));
    let Verdict::Verified(secured) = report.verdict() else { panic!("{}", report.to_json()) };
    let record: Value = serde_json::from_str(&secured.record().unwrap().to_json()).unwrap();
    assert_eq!(record["completeness"]["childrenComplete"], json!(false), "{record}");
}

/// Who made the achievement that is awarded (Open Badges 3.0 §B.1.1).
#[test]
fn whose_achievement_it_is() {
    let creator = |change: &dyn Fn(&mut Value)| {
        let mut badge = badge("a");
        change(&mut badge);
        codes(&verify(&badge), CheckId::AchievementCreator)
    };
    let achievement = |badge: &mut Value, member: &str, value: Value| {
        badge["credentialSubject"]["achievement"][member] = value;
    };
    let college = college().did();
    assert_eq!(creator(&|_| ()), [CreatorOtherHost], "a did:key is at no place");
    assert_eq!(creator(&|b| b["issuer"]["id"] = json!("https://college.example/profile")), [CreatorSameHost]);
    assert_eq!(creator(&|b| b["issuer"] = json!("did:web:college.example")), [CreatorSameHost]);
    assert_eq!(creator(&|b| b["issuer"] = json!("did:web:evil.example")), [CreatorOtherHost]);
    assert_eq!(
        creator(&|b| b["issuer"] = json!("https://college.example.evil.example/p")),
        [CreatorOtherHost]
    );
    assert_eq!(creator(&|b| achievement(b, "id", json!("urn:uuid:1"))), [CreatorNotNamed]);
    let by = |id: &str| json!({"id": id, "type": ["Profile"]});
    assert_eq!(creator(&|b| achievement(b, "creator", by(&college))), [CreatorIssuer]);
    assert_eq!(creator(&|b| achievement(b, "creator", json!(college))), [CreatorIssuer]);
    assert_eq!(creator(&|b| achievement(b, "creator", by("did:web:famous.example"))), [CreatorOther]);
    assert_eq!(creator(&|b| achievement(b, "creator", json!({"type": ["Profile"]}))), [CreatorOther]);
}
