//! Records in records: each stands in its place only if its own report says that it is verified (design.md §8).
#![allow(clippy::disallowed_methods)] // a test reads files

#[path = "support/signing.rs"]
mod signing;
mod support;

use std::thread;

use ler_verify::record::PartVerdict;
use ler_verify::{Issuers, Occasion, Policy, Record, Report, Resources, Timestamp, Verdict, Verifier};
use serde_json::{Value, json};
use signing::Party;
use support::fixtures;

const CONTEXTS: [&str; 3] = [
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
];

fn secured(by: &Party, document: &Value) -> Value {
    by.secure(document, "assertionMethod", json!({}))
}

fn badge(by: &Party, name: &str, more: Value) -> Value {
    let mut document = json!({
        "@context": CONTEXTS,
        "id": format!("urn:uuid:{name}"), "type": ["VerifiableCredential", "OpenBadgeCredential"], "name": name,
        "issuer": {"id": by.did(), "type": ["Profile"], "name": "School"},
        "validFrom": "2025-01-01T00:00:00Z",
        "credentialSubject": {
            "id": "did:example:ada", "type": ["AchievementSubject"],
            "achievement": {
                "id": format!("urn:achievement:{name}"), "type": ["Achievement"], "name": name, "description": name,
                "criteria": {"narrative": "Pass."}, "achievementType": "Course"
            }
        }
    });
    document.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    document
}

fn transcript(by: &Party, inside: Value) -> Value {
    secured(
        by,
        &json!({
            "@context": CONTEXTS,
            "id": "urn:uuid:clr", "type": ["VerifiableCredential", "ClrCredential"], "name": "Transcript",
            "issuer": {"id": by.did(), "type": ["Profile"]},
            "validFrom": "2025-01-01T00:00:00Z",
            "credentialSubject": {"id": "did:example:ada", "type": ["ClrSubject"], "verifiableCredential": inside}
        }),
    )
}

fn verify(document: &Value) -> Report {
    let occasion = Occasion::at(Timestamp::parse("2026-01-01T00:00:00Z").unwrap());
    let verifier = Verifier::new(Policy::accepting(Issuers::Anyone)).unwrap();
    verifier.verify(document.to_string().as_bytes(), &Resources::new(), &occasion)
}

fn record(report: &Report) -> &Record {
    report.authentic_record().map(|shown| shown.record).expect("an authentic record")
}

#[test]
fn verified_records_stand_in_their_places() {
    let (publisher, school) = (Party::new(1), Party::new(2));
    let inside = json!([
        secured(&school, &badge(&school, "algebra", json!({}))),
        secured(&school, &badge(&school, "logic", json!({})))
    ]);
    let report = verify(&transcript(&publisher, inside));
    let Verdict::Verified(secured) = report.verdict() else { panic!("{:#?}", report.checks()) };
    let record = secured.record().unwrap();
    let titles: Vec<_> = record
        .children
        .iter()
        .map(|part| (part.verdict, part.record.as_ref().unwrap().title[0].value.as_str()))
        .collect();
    assert_eq!(titles, [(Some(PartVerdict::Verified), "algebra"), (Some(PartVerdict::Verified), "logic")]);
    let inner = record.children[0].record.as_ref().unwrap();
    assert_eq!(inner.raw_pointer, record.children[0].pointer);
    assert_eq!(inner.issuer.as_ref().unwrap().id, Some(school.did()));
}

/// A record is shown with its verdict; what is inside and is not verified is named, and nothing of it is repeated.
#[test]
fn what_is_not_verified_is_only_named() {
    let (publisher, school) = (Party::new(1), Party::new(2));
    let expired = badge(&school, "expired", json!({"validUntil": "2025-06-01T00:00:00Z"}));
    let good = badge(
        &school,
        "good",
        json!({"endorsement": [secured(
            &publisher,
            &json!({
                "@context": CONTEXTS,
                "id": "urn:uuid:e", "type": ["VerifiableCredential", "EndorsementCredential"], "name": "Endorsement",
                "issuer": {"id": publisher.did(), "type": ["Profile"]}, "validFrom": "2025-01-01T00:00:00Z",
                "credentialSubject": {"id": "urn:uuid:good", "type": ["EndorsementSubject"], "endorsementComment": "Well done."}
            }),
        )]}),
    );
    let inside = json!([secured(&school, &expired), secured(&school, &good)]);
    let report = verify(&transcript(&publisher, inside));
    assert!(matches!(report.verdict(), Verdict::NotVerified));
    let json: Value = serde_json::from_str(&record(&report).to_json()).unwrap();
    let parts = &json["children"];
    assert_eq!((parts[0]["verdict"].as_str(), parts[0].get("record")), (Some("notVerified"), None));
    assert_eq!(
        (parts[1]["verdict"].as_str(), &parts[1]["record"]["id"]),
        (Some("verified"), &json!("urn:uuid:good"))
    );
    // An endorsement of the record inside stands in that record.
    let endorsement = &parts[1]["record"]["endorsements"][0];
    assert_eq!(endorsement["verdict"], "verified");
    assert_eq!(endorsement["record"]["narrative"][0]["value"], "Well done.");
    // Its own record says the same, read for itself.
    let alone = serde_json::from_str::<Value>(&record(&report.embedded()[1].report).to_json()).unwrap();
    assert_eq!(alone, parts[1]["record"]);
}

/// The deepest nesting there is, on the smallest stack that is promised; a level more is named only.
#[test]
fn records_stand_four_deep_in_a_record() {
    let party = Party::new(1);
    let nest = |levels: usize| {
        let innermost = secured(&party, &badge(&party, "innermost", json!({})));
        (0..levels).fold(innermost, |inside, _| transcript(&party, json!([inside])))
    };
    for levels in [1, 4] {
        let document = nest(levels);
        let run = move || {
            let report = verify(&document);
            let Verdict::Verified(secured) = report.verdict() else { panic!("{:#?}", report.checks()) };
            // Exports go as deep.
            let shown = report.authentic_record().unwrap();
            assert!(
                shown.to_resume_json(None).contains("innermost")
                    && shown.to_ler_rs(None).contains("innermost")
            );
            secured.record().unwrap().to_json().matches("\"record\":").count()
        };
        let thread = thread::Builder::new().stack_size(256 * 1024).spawn(run).unwrap();
        assert_eq!(thread.join().unwrap(), levels);
    }
}

#[test]
fn all_records_of_a_long_transcript_stand_in_it() {
    let party = Party::new(1);
    let inside: Vec<Value> =
        (0..200).map(|n| secured(&party, &badge(&party, &format!("n{n}"), json!({})))).collect();
    let report = verify(&transcript(&party, json!(inside)));
    assert_eq!(record(&report).children.iter().filter(|part| part.record.is_some()).count(), 200);
}

/// Of a proof that lets the holder choose what to show, nobody can tell what was not shown.
#[test]
fn a_selection_says_that_it_is_one() {
    for (file, withheld) in [("ecdsa-sd-derived.json", json!(true)), ("ob3-small.json", Value::Null)] {
        let bytes = std::fs::read(fixtures::own().join("credentials").join(file)).unwrap();
        let report = fixtures::verifier().verify(&bytes, &fixtures::resources(), &fixtures::occasion());
        let json: Value = serde_json::from_str(&record(&report).to_json()).unwrap();
        assert_eq!(json["completeness"]["withheld"], withheld, "{file}");
    }
}
