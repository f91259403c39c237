//! What résumés list: made here, as the mappings that read them have tests of their own.
#![allow(clippy::print_stdout)] // a test that is skipped says so

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use serde_json::{Value, json};

use super::{Exported, State};
use crate::document::detect;
use crate::json::Tree;
use crate::limits::Limits;
use crate::record::read::date_of;
use crate::record::*;

fn text(value: &str, origin: Origin) -> Vec<Text> {
    vec![Text { value: value.to_owned(), language: None, direction: None, origin }]
}

fn date(value: &str, origin: Origin) -> Option<Date> {
    Some(date_of(value.to_owned(), origin))
}

fn party(name: &str, origin: Origin) -> Option<Party> {
    Some(Party { claimed_name: text(name, origin), ..Party::nobody(origin) })
}

/// A résumé that lists one of each.
fn resume(origin: Origin) -> Record {
    let json = json!({"@context": ["https://www.w3.org/ns/credentials/v2"], "type": ["VerifiableCredential"],
                      "issuer": "did:example:ada"})
    .to_string();
    let tree = Tree::parse(json.as_bytes(), &Limits::default()).unwrap();
    let detected = detect(tree.root()).unwrap();
    let mut record =
        of(tree.root(), None, &detected, &Default::default(), origin == Origin::SelfAsserted).unwrap();
    record.kind = Kind::Resume;
    record.holders.push(Holder {
        name: text("Ada Lovelace", origin),
        given_name: text("Ada", origin),
        family_name: text("Lovelace", origin),
        birth_date: date("1815-12-10", origin),
        identifiers: vec![HolderIdentifier {
            kind: Some("emailAddress".to_owned()),
            value: Some("ada@example.org".to_owned()),
            ..HolderIdentifier::blank(origin)
        }],
        ..Holder::nobody(origin)
    });
    record.employment.push(Employment {
        organization: party("Analytical Engines", origin),
        department: text("Research", origin),
        title: text("Programmer", origin),
        start: date("1842-10", origin),
        end: date("1843", origin),
        current: Some(false),
        kind: Some("Contract".to_owned()),
        description: text("Notes.", origin),
        location: text("London", origin),
        verifications: vec!["/a/verifications/0".to_owned()],
        ..Employment::blank("/a".to_owned(), origin)
    });
    record.education.push(Education {
        institution: party("Home", origin),
        program: text("Mathematics", origin),
        degree: text("None", origin),
        majors: text("Analysis", origin),
        minors: text("Poetry", origin),
        levels: vec![EducationLevel::new(LevelScheme::Isced, "6", Vec::new(), origin)],
        gpa: Some(Score { value: "4.0".to_owned(), max: None, scale: None, origin }),
        status: Some("InProgress".to_owned()),
        start: date("1832", origin),
        ..Education::blank("/b".to_owned(), origin)
    });
    for (kind, name) in
        [(Kind::License, "To teach"), (Kind::Certification, "To count"), (Kind::Award, "Lovelace medal")]
    {
        record.qualifications.push(Qualification {
            name: text(name, origin),
            authority: party("Society", origin),
            first_issued: date("1840", origin),
            valid_until: date("1850-01-01", origin),
            status: Some("active".to_owned()),
            ..Qualification::blank(kind, "/c".to_owned(), origin)
        });
    }
    record.skills.push(Skill {
        name: text("Programming", origin),
        proficiency: text("expert", origin),
        years_of_experience: Some(Quantity { value: 2.5, unit: None, origin }),
        ..Skill::blank(SkillBasis::Stated, origin)
    });
    record
}

fn exported(record: &Record) -> [Value; 2] {
    let exported = Exported { record, state: State::Verified, issuer_accepted: true, language: None };
    [exported.to_resume_json(), exported.to_ler_rs()].map(|text| serde_json::from_str(&text).unwrap())
}

/// Takes out what every entry has, and returns the states that were there.
fn states(value: &mut Value) -> Vec<String> {
    let mut found = Vec::new();
    match value {
        Value::Object(members) => {
            if let Some(verification) = members.remove("lerVerify") {
                found.push(verification["state"].as_str().unwrap().to_owned());
            }
            members.values_mut().for_each(|member| found.extend(states(member)));
        }
        Value::Array(items) => items.iter_mut().for_each(|item| found.extend(states(item))),
        _ => {}
    }
    found
}

#[test]
fn a_resume_keeps_its_entries() {
    let [mut resume, mut ler_rs] = exported(&resume(Origin::Issuer));
    assert_eq!(resume["work"][0]["lerVerify"]["documents"], json!(["/a/verifications/0"]));
    assert!(states(&mut resume).iter().chain(&states(&mut ler_rs)).all(|state| state == "verified"));
    let expected = json!({
        "$schema": "https://jsonresume.org/schema/1.0.0",
        "basics": {"name": "Ada Lovelace", "email": "ada@example.org"},
        "work": [{"name": "Analytical Engines", "position": "Programmer", "location": "London",
                  "startDate": "1842-10", "endDate": "1843", "summary": "Notes."}],
        "education": [{"institution": "Home", "area": "Analysis", "studyType": "Mathematics", "startDate": "1832",
                       "score": "4.0"}],
        "awards": [{"title": "Lovelace medal", "date": "1840", "awarder": "Society"}],
        "certificates": [{"name": "To teach", "date": "1840", "issuer": "Society"},
                         {"name": "To count", "date": "1840", "issuer": "Society"}],
        "skills": [{"name": "Programming", "level": "expert"}],
        "meta": {"version": "v1.0.0"}
    });
    assert_eq!(resume, expected);
    let certified = |name: &str| {
        json!({"name": name, "issuingAuthority": {"name": "Society"}, "firstIssued": "1840",
               "effectiveTimePeriod": {"validTo": "1850-01-01"}, "status": "active"})
    };
    let expected = json!({
        "type": "http://schema.hropenstandards.org/4.4/recruiting/json/ler-rs/LER-RSType.json",
        "person": {"name": {"formattedName": "Ada Lovelace", "given": "Ada", "family": "Lovelace"},
                   "birthDate": "1815-12-10"},
        "communication": {"email": [{"address": "ada@example.org"}]},
        "certifications": [certified("To count"), certified("Lovelace medal")],
        "educationAndLearnings": [{
            "institution": {"name": "Home"}, "programs": ["Mathematics"],
            "educationDegrees": [{
                "name": "None", "iscedEducationLevelCode": "6", "degreeGrantedStatus": "InProgress",
                "specializations": [{"name": "Analysis", "type": "major"}, {"name": "Poetry", "type": "minor"}],
                "score": {"scoresText": [{"value": "4.0"}]}
            }],
            "start": "1832"
        }],
        "employmentHistories": [{
            "organization": {"tradeName": "Analytical Engines"},
            "positionHistories": [{
                "title": "Programmer", "resourceRelationshipCode": "Contract",
                "organization": {"name": "Research", "responsibilityCode": "Unit"},
                "descriptions": ["Notes."], "start": "1842-10", "end": "1843", "current": false
            }]
        }],
        "licenses": [certified("To teach")],
        "skills": [{"name": "Programming", "yearsOfExperience": 2.5}]
    });
    assert_eq!(ler_rs, expected);
}

/// standards.md §22.3 (d): whatever the verdict on the whole is.
#[test]
fn ones_own_resume_is_ones_own_word_in_every_entry() {
    for mut json in exported(&resume(Origin::SelfAsserted)) {
        let found = states(&mut json);
        let (whole, entries): (Vec<_>, Vec<_>) = found.iter().partition(|state| *state == "verified");
        // The signature on the whole is good; no entry is better for it.
        assert_eq!(whole.len(), 1);
        assert!(entries.len() >= 7 && entries.iter().all(|state| *state == "selfAsserted"), "{entries:?}");
    }
    let mut record = resume(Origin::Issuer);
    record.skills[0].basis = SkillBasis::SelfAsserted;
    assert_eq!(exported(&record)[0]["skills"][0]["lerVerify"]["state"], "selfAsserted");
}

/// The worst of the values of an entry is its state.
#[test]
fn an_entry_is_no_better_than_its_values() {
    for (member, origin, state) in [
        ("title", Origin::GraphOnly, "placeNotSigned"),
        ("title", Origin::SelfAsserted, "selfAsserted"),
        ("organization", Origin::SelfAsserted, "selfAsserted"),
        ("start", Origin::GraphOnly, "placeNotSigned"),
        ("start", Origin::NestedIssuer, "authenticNotVerified"),
    ] {
        let mut record = resume(Origin::Issuer);
        let position = &mut record.employment[0];
        match member {
            "title" => position.title = text("x", origin),
            "organization" => position.organization = party("x", origin),
            _ => position.start = date("2020", origin),
        }
        let [resume, ler_rs] = exported(&record);
        assert_eq!(resume["work"][0]["lerVerify"]["state"], state, "{member} {origin:?}");
        assert_eq!(ler_rs["employmentHistories"][0]["lerVerify"]["state"], state, "{member} {origin:?}");
    }
}

/// Parts under the same proof stand as their record does; others only as their own reports say.
#[test]
fn parts_stand_as_what_proves_them() {
    let part = |same_proof: bool, verdict: Option<PartVerdict>, inside: Option<Record>| Part {
        pointer: "/p".to_owned(),
        id: None,
        kind: Vec::new(),
        origin: Origin::Issuer,
        same_proof,
        verdict,
        record: inside.map(Box::new),
    };
    let certificate = || {
        let mut inside = resume(Origin::Issuer);
        inside.employment.clear();
        (inside.kind, inside.title) = (Kind::Certificate, text("Inside", Origin::Issuer));
        inside
    };
    for (part, state) in [
        (part(true, None, Some(certificate())), Ok("authenticNotCurrent")),
        (part(false, Some(PartVerdict::Verified), Some(certificate())), Ok("verified")),
        (part(false, Some(PartVerdict::Verified), None), Err("tooDeep")),
        (part(false, Some(PartVerdict::NotVerified), Some(certificate())), Err("notVerified")),
        (part(false, Some(PartVerdict::Indeterminate), None), Err("indeterminate")),
        (part(false, None, Some(certificate())), Err("notLookedAt")),
    ] {
        let mut record = resume(Origin::Issuer);
        (record.qualifications, record.children) = (Vec::new(), vec![part]);
        let (state_of_all, language) = (State::AuthenticNotCurrent, None);
        let exported = Exported { record: &record, state: state_of_all, issuer_accepted: true, language };
        let json: Value = serde_json::from_str(&exported.to_resume_json()).unwrap();
        match state {
            Ok(state) => {
                let titles: Vec<_> = json["certificates"].as_array().unwrap().iter().collect();
                let inside = titles.iter().find(|entry| entry["name"] == "Inside").unwrap();
                assert_eq!(inside["lerVerify"]["state"], state);
            }
            Err(reason) => {
                assert_eq!(json.get("certificates"), None, "{reason}");
                assert_eq!(
                    json["meta"]["lerVerify"]["leftOut"],
                    json!([{"pointer": "/p", "reason": reason}])
                );
            }
        }
    }
}

/// A part that names its own issuer is the word of who signed the whole all the same.
#[test]
fn a_part_under_the_same_proof_is_its_signers_word() {
    for named in [None, party("Famous University", Origin::Issuer)] {
        let mut inside = resume(Origin::Issuer);
        inside.qualifications.clear();
        inside.kind = Kind::Certification;
        (inside.title, inside.issuer) = (text("Inside", Origin::Issuer), named);
        let mut record = resume(Origin::Issuer);
        record.qualifications.clear();
        record.children.push(Part {
            pointer: "/p".to_owned(),
            id: None,
            kind: Vec::new(),
            origin: Origin::Issuer,
            same_proof: true,
            verdict: None,
            record: Some(Box::new(inside)),
        });
        let [resume, ler_rs] = exported(&record);
        let entry = &resume["certificates"][0];
        assert_eq!((&entry["name"], &entry["issuer"]), (&json!("Inside"), &json!("did:example:ada")));
        assert_eq!(entry["lerVerify"]["state"], "verified");
        let entry = &ler_rs["certifications"][0];
        assert_eq!(
            (&entry["name"], &entry["issuingAuthority"]["name"]),
            (&json!("Inside"), &json!("did:example:ada"))
        );
        assert_eq!(entry["lerVerify"]["issuer"]["id"], "did:example:ada");
    }
}

/// The kinds of values at each place, whatever the index in arrays.
fn kinds(value: &Value, place: &str, found: &mut BTreeMap<String, BTreeSet<&'static str>>) {
    let kind = match value {
        Value::Object(_) => "object",
        Value::Array(_) => "array",
        Value::String(_) => "string",
        Value::Number(_) => "number",
        _ => "other",
    };
    found.entry(place.to_owned()).or_default().insert(kind);
    match value {
        Value::Object(members) => {
            members.iter().for_each(|(name, value)| kinds(value, &format!("{place}/{name}"), found));
        }
        Value::Array(items) => items.iter().for_each(|item| kinds(item, &format!("{place}/*"), found)),
        _ => {}
    }
}

/// What stands in the standard's own samples has the same kind of value here. They write `current` as a string, which is
/// a truth value in the schema.
#[test]
fn ler_rs_is_of_the_shape_of_the_samples() {
    let root = std::env::var_os("LER_VECTORS").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/vectors"),
        PathBuf::from,
    );
    let Ok(folder) = std::fs::read_dir(root.join("1edtech-public-validator/ler-rs")) else {
        println!("skipped: ler_rs_is_of_the_shape_of_the_samples: no vectors 1edtech-public-validator");
        return;
    };
    let mut samples = BTreeMap::new();
    for file in folder {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        let sample: Value = serde_json::from_str(&text).unwrap();
        let subject = &sample["credentialSubject"];
        kinds(subject, "", &mut samples);
        // Degrees stand in the signed documents only.
        let learnings = subject["educationAndLearnings"].as_array().into_iter().flatten();
        for signed in
            learnings.flat_map(|learning| learning["verifications"].as_array().into_iter().flatten())
        {
            let said = &signed["credentialSubject"]["educationAndLearning"];
            kinds(said, "/educationAndLearnings/*", &mut samples);
        }
    }
    let [_, mut ler_rs] = exported(&resume(Origin::Issuer));
    states(&mut ler_rs);
    let mut ours = BTreeMap::new();
    kinds(&ler_rs, "", &mut ours);
    let mut shared = BTreeSet::new();
    for (place, kind) in &ours {
        if let Some(theirs) = samples.get(place).filter(|_| !place.ends_with("/current")) {
            assert_eq!(kind, theirs, "{place}");
            shared.insert(place.as_str());
        }
    }
    for place in [
        "/person/name/formattedName",
        "/communication/email/*/address",
        "/employmentHistories/*/organization/tradeName",
        "/employmentHistories/*/positionHistories/*/title",
        "/employmentHistories/*/positionHistories/*/resourceRelationshipCode",
        "/educationAndLearnings/*/institution/name",
        "/educationAndLearnings/*/educationDegrees/*/iscedEducationLevelCode",
        "/educationAndLearnings/*/educationDegrees/*/specializations/*/type",
        "/educationAndLearnings/*/start",
    ] {
        assert!(shared.contains(place), "{place} is not in the samples: {shared:?}");
    }
}
