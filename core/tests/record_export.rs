//! Exports: documents of the shape of JSON Resume and LER-RS, in which nothing looks better than it is.

#[path = "support/signing.rs"]
mod signing;

use ler_verify::{Issuers, Occasion, Policy, Report, Resources, Timestamp, Verifier};
use serde_json::{Value, json};
use signing::Party;

const CONTEXTS: [&str; 3] = [
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
];

fn school() -> Party {
    Party::new(2)
}

fn secured(by: &Party, document: &Value) -> Value {
    by.secure(document, "assertionMethod", json!({}))
}

/// A badge about Ada; `kind` is the type of achievement.
fn badge(kind: &str) -> Value {
    json!({
        "@context": CONTEXTS,
        "id": "urn:uuid:1", "type": ["VerifiableCredential", "OpenBadgeCredential"], "name": "Python",
        "issuer": {"id": school().did(), "type": ["Profile"], "name": "Famous University"},
        "validFrom": "2025-01-01T00:00:00Z",
        "awardedDate": "2024-12-01T00:00:00Z",
        "credentialSubject": {
            "id": "did:example:ada", "type": ["AchievementSubject"],
            "achievement": {
                "id": "https://school.example/python", "type": ["Achievement"], "name": "Python",
                "description": "Programming", "criteria": {"narrative": "Pass."}, "achievementType": kind,
                "fieldOfStudy": "Computer science",
                "alignment": [{"type": ["Alignment"], "targetName": "Programming",
                               "targetUrl": "http://data.europa.eu/esco/skill/1"}]
            }
        }
    })
}

fn verify(document: &Value, policy: Policy) -> Report {
    let occasion = Occasion::at(Timestamp::parse("2026-01-01T00:00:00Z").unwrap());
    let verifier = Verifier::new(policy).unwrap();
    verifier.verify(document.to_string().as_bytes(), &Resources::new(), &occasion)
}

fn demanding() -> Policy {
    Policy::accepting(Issuers::one_of([school().did(), Party::new(1).did(), "did:example:ada".to_owned()]))
}

fn resume(document: &Value, policy: Policy) -> Value {
    let report = verify(document, policy);
    serde_json::from_str(&report.authentic_record().unwrap().to_resume_json(None)).unwrap()
}

fn ler_rs(document: &Value, policy: Policy) -> Value {
    let report = verify(document, policy);
    serde_json::from_str(&report.authentic_record().unwrap().to_ler_rs(None)).unwrap()
}

#[test]
fn a_verified_course_is_a_time_of_learning() {
    let document = secured(&school(), &badge("Course"));
    let by_school = json!({"id": school().did()});
    let verification = json!({"state": "verified", "origin": "issuer", "issuer": by_school, "pointer": ""});
    let skill = json!({"state": "verified", "origin": "issuer", "issuer": by_school, "pointer": "",
        "basis": "alignment", "framework": "ESCO", "url": "http://data.europa.eu/esco/skill/1"});
    let expected = json!({
        "$schema": "https://jsonresume.org/schema/1.0.0",
        "education": [{
            "institution": "Famous University", "url": "https://school.example/python", "area": "Computer science",
            "studyType": "Python", "endDate": "2024-12-01", "lerVerify": verification
        }],
        "skills": [{"name": "Programming", "keywords": ["ESCO"], "lerVerify": skill}],
        "meta": {"version": "v1.0.0",
                 "lerVerify": {"state": "verified", "issuerAccepted": true, "issuers": [school().did()]}}
    });
    assert_eq!(resume(&document, demanding()), expected);
    let expected = json!({
        "type": "http://schema.hropenstandards.org/4.4/recruiting/json/ler-rs/LER-RSType.json",
        "educationAndLearnings": [{
            "institution": {"name": "Famous University"}, "programs": ["Python"], "end": "2024-12-01",
            "lerVerify": verification
        }],
        "skills": [{"name": "Programming", "lerVerify": skill}],
        "lerVerify": {"state": "verified", "issuerAccepted": true, "issuers": [school().did()]}
    });
    assert_eq!(ler_rs(&document, demanding()), expected);
}

/// threats.md P01: without a demand anyone can be called by a famous name.
#[test]
fn an_issuer_that_nobody_demanded_is_called_by_its_identifier() {
    let document = secured(&school(), &badge("Certificate"));
    let anyone = || Policy::accepting(Issuers::Anyone);
    for json in [resume(&document, anyone()), ler_rs(&document, anyone())] {
        let text = json.to_string();
        assert!(!text.contains("Famous") && text.contains(r#""issuerAccepted":false"#), "{text}");
    }
    assert_eq!(resume(&document, anyone())["certificates"][0]["issuer"], school().did());
    assert_eq!(resume(&document, demanding())["certificates"][0]["issuer"], "Famous University");
    // Nor is one called so whom the policy does not accept.
    let others = Policy::accepting(Issuers::one_of(["did:web:other.example"]));
    assert_eq!(resume(&document, others)["certificates"][0]["issuer"], school().did());
}

/// A transcript about `subject`, signed by who publishes it, with the records inside.
fn transcript(subject: &str, inside: Value) -> Value {
    let publisher = Party::new(1);
    secured(
        &publisher,
        &json!({
            "@context": CONTEXTS,
            "id": "urn:uuid:clr", "type": ["VerifiableCredential", "ClrCredential"], "name": "Transcript",
            "issuer": {"id": publisher.did(), "type": ["Profile"], "name": "Publisher"},
            "validFrom": "2025-01-01T00:00:00Z",
            "credentialSubject": {"id": subject, "type": ["ClrSubject"], "verifiableCredential": inside}
        }),
    )
}

/// What somebody else achieved is in nobody's résumé, however well it is verified.
#[test]
fn the_records_of_others_are_left_out_and_named() {
    let record = |subject: &str| transcript(subject, json!([secured(&school(), &badge("Degree"))]));
    assert_eq!(resume(&record("did:example:ada"), demanding())["education"].as_array().unwrap().len(), 1);
    let others = resume(&record("did:example:mallory"), demanding());
    assert!(others.get("education").is_none(), "{others}");
    assert_eq!(
        others["meta"]["lerVerify"]["leftOut"],
        json!([{"pointer": "/credentialSubject/verifiableCredential/0", "reason": "otherSubject"}])
    );
}

#[test]
fn what_is_not_verified_says_how_it_stands() {
    let states = |document: &Value, policy: Policy| {
        let (resume, ler_rs) = (resume(document, policy.clone()), ler_rs(document, policy));
        let state = resume["meta"]["lerVerify"]["state"].clone();
        assert_eq!(state, ler_rs["lerVerify"]["state"]);
        for text in [resume.to_string(), ler_rs.to_string()] {
            assert!(!text.contains(r#""state":"verified""#), "{text}");
        }
        (state, resume["certificates"][0]["lerVerify"]["state"].clone())
    };
    let mut expired = badge("Certificate");
    expired["validUntil"] = json!("2025-06-01T00:00:00Z");
    let expired = secured(&school(), &expired);
    let both = |state: &str| (json!(state), json!(state));
    assert_eq!(states(&expired, demanding()), both("authenticNotCurrent"));

    let good = secured(&school(), &badge("Certificate"));
    let others = Policy::accepting(Issuers::one_of(["did:web:other.example"]));
    assert_eq!(states(&good, others), both("authenticNotAccepted"));

    let mut unknown = badge("Certificate");
    unknown["credentialStatus"] = json!({
        "id": "https://school.example/status#1", "type": "BitstringStatusListEntry", "statusPurpose": "revocation",
        "statusListIndex": "1", "statusListCredential": "https://school.example/status"
    });
    assert_eq!(states(&secured(&school(), &unknown), demanding()), both("indeterminate"));
}

/// A good signature under one's own words makes them one's own words.
#[test]
fn what_one_says_of_oneself_is_never_verified() {
    let mut document = badge("Certificate");
    document["credentialSubject"]["id"] = json!(school().did());
    let document = secured(&school(), &document);
    assert_eq!(resume(&document, demanding())["meta"]["lerVerify"]["state"], "verified");
    for (json, lists) in [
        (resume(&document, demanding()), ["certificates", "skills"]),
        (ler_rs(&document, demanding()), ["certifications", "skills"]),
    ] {
        for list in lists {
            let verification = &json[list][0]["lerVerify"];
            assert_eq!(verification["state"], "selfAsserted", "{json}");
            assert_eq!(verification["origin"], "selfAsserted");
        }
    }
}

/// standards.md §22.3 (c): a verified record of a failure is no achievement.
#[test]
fn what_was_not_completed_is_left_out_and_named() {
    for status in ["Failed", "Withdrew", "InProgress"] {
        let mut document = badge("Course");
        document["credentialSubject"]["result"] = json!([{"type": ["Result"], "status": status}]);
        let document = secured(&school(), &document);
        let json = resume(&document, demanding());
        assert_eq!((json.get("education"), json.get("skills")), (None, None), "{status}");
        assert_eq!(json["meta"]["lerVerify"]["leftOut"], json!([{"pointer": "", "reason": "notCompleted"}]));
        let json = ler_rs(&document, demanding());
        assert_eq!((json.get("educationAndLearnings"), json.get("skills")), (None, None), "{status}");
        assert_eq!(json["lerVerify"]["leftOut"][0]["reason"], "notCompleted");
    }
    let mut document = badge("Course");
    let achievement = &mut document["credentialSubject"]["achievement"];
    achievement["resultDescription"] = json!([{"id": "urn:uuid:r", "type": ["ResultDescription"], "name": "Grade",
        "resultType": "Percent", "requiredValue": "50"}]);
    document["credentialSubject"]["result"] =
        json!([{"type": ["Result"], "resultDescription": "urn:uuid:r", "value": "49"}]);
    let json = resume(&secured(&school(), &document), demanding());
    assert_eq!(json["meta"]["lerVerify"]["leftOut"], json!([{"pointer": "", "reason": "notPassed"}]));
}

#[test]
fn of_a_transcript_what_is_verified_is_exported() {
    let mut expired = badge("Course");
    expired["id"] = json!("urn:uuid:2");
    expired["credentialSubject"]["achievement"]["id"] = json!("https://school.example/other");
    expired["validUntil"] = json!("2025-06-01T00:00:00Z");
    let inside = json!([secured(&school(), &badge("Degree")), secured(&school(), &expired)]);
    let document = transcript("did:example:ada", inside);
    let json = resume(&document, demanding());
    assert_eq!(json["meta"]["lerVerify"]["state"], "authenticNotCurrent");
    assert_eq!(
        json["meta"]["lerVerify"]["leftOut"],
        json!([{"pointer": "/credentialSubject/verifiableCredential/1", "reason": "notVerified"}])
    );
    // The degree is its issuer's word, not the publisher's.
    let degrees = json["education"].as_array().unwrap();
    assert_eq!(degrees.len(), 1);
    assert_eq!(degrees[0]["institution"], "Famous University");
    assert_eq!(degrees[0]["lerVerify"]["state"], "verified");
    assert_eq!(degrees[0]["lerVerify"]["issuer"]["id"], school().did());
    assert_eq!(degrees[0]["lerVerify"]["pointer"], "/credentialSubject/verifiableCredential/0");
    assert_eq!(
        ler_rs(&document, demanding())["educationAndLearnings"][0]["educationDegrees"][0]["name"],
        "Python"
    );
}

/// threats.md P11: a résumé is shown by programs that may not escape it.
#[test]
fn a_resume_holds_nothing_that_runs() {
    let mut document = badge("Certificate");
    document["name"] = json!("**Py\u{202e}thon** <script>alert(1)</script>");
    document["credentialSubject"]["achievement"]["id"] = json!("javascript:alert(1)");
    let document = secured(&school(), &document);
    let report = verify(&document, demanding());
    let Some(shown) = report.authentic_record() else { panic!("{:#?}", report.checks()) };
    let json: Value = serde_json::from_str(&shown.to_resume_json(None)).unwrap();
    assert_eq!(json["certificates"][0]["name"], "Python");
    assert_eq!(json["certificates"][0].get("url"), None);
    // What is exchanged is what was signed, written so that it steers no terminal.
    let text = shown.to_ler_rs(None);
    assert!(text.contains("<script>") && text.contains("\\u202e") && !text.contains('\u{202e}'), "{text}");
}

#[test]
fn the_language_is_the_readers_and_nothing_is_lost() {
    let mut document = badge("Certificate");
    document["name"] = json!([
        {"@value": "Python auf Deutsch", "@language": "de-AT"}, {"@value": "Python en français", "@language": "fr"},
        {"@value": "Python in English", "@language": "en"}
    ]);
    let document = secured(&school(), &document);
    let report = verify(&document, demanding());
    let shown = report.authentic_record().unwrap();
    for (language, name) in [
        (Some("de"), "Python auf Deutsch"),
        (Some("DE-at"), "Python auf Deutsch"),
        (Some("fr"), "Python en français"),
        (Some("it"), "Python auf Deutsch"),
        (None, "Python auf Deutsch"),
    ] {
        let json: Value = serde_json::from_str(&shown.to_resume_json(language)).unwrap();
        assert_eq!(json["certificates"][0]["name"], name, "{language:?}");
        assert_eq!(json["certificates"][0]["lerVerify"]["otherTexts"]["name"].as_array().unwrap().len(), 2);
    }
}

#[test]
fn nothing_is_exported_of_what_is_not_authentic() {
    let mut document = secured(&school(), &badge("Certificate"));
    document["name"] = json!("Forged");
    assert!(verify(&document, demanding()).authentic_record().is_none());
}
