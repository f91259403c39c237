//! What is read from a credential, and what is not. Inside the crate, because only the verifier may make records; in one
//! file, because every rule is shown on the same few badges.
#![allow(clippy::print_stdout)] // a test that is skipped says so

use std::collections::BTreeSet;
use std::path::PathBuf;

use serde_json::{Value, json};

use super::{PartVerdict, Record};
use crate::document::detect;
use crate::json::Tree;
use crate::limits::Limits;

fn record_of(text: &str, graph_only: &[&str]) -> Record {
    let tree = Tree::parse(text.as_bytes(), &Limits::default()).unwrap();
    let detected = detect(tree.root()).unwrap();
    let graph_only: BTreeSet<String> = graph_only.iter().map(|&pointer| pointer.to_owned()).collect();
    super::of(tree.root(), crate::document::context_of(tree.root()), &detected, &graph_only, false).unwrap()
}

fn read(document: &Value) -> Value {
    serde_json::from_str(&record_of(&document.to_string(), &[]).to_json()).unwrap()
}

fn badge(achievement: Value) -> Value {
    json!({
        "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
        "id": "urn:uuid:1",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {"id": "did:example:school", "type": ["Profile"], "name": "School"},
        "validFrom": "2025-01-01T00:00:00Z",
        "credentialSubject": {"id": "did:example:ada", "type": "AchievementSubject", "achievement": achievement}
    })
}

/// The samples of others, as in `tests/support`.
fn samples(test: &str, source: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("LER_VECTORS").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/vectors"),
        PathBuf::from,
    );
    let folder = Some(folder.join(source)).filter(|folder| folder.is_dir());
    if folder.is_none() {
        println!("skipped: {test}: no vectors {source}");
    }
    folder
}

fn sample(source: &str, path: &str) -> Option<Value> {
    let folder = samples(path, source)?;
    let text = std::fs::read_to_string(folder.join(path)).unwrap();
    Some(serde_json::from_str(&record_of(&text, &[]).to_json()).unwrap())
}

#[test]
fn a_badge_is_read_whole() {
    let document = badge(
        json!({"id": "urn:a", "type": "Achievement", "name": "Course", "criteria": {"narrative": "Pass."}}),
    );
    let expected = json!({
        "family": "openBadges", "version": "3.0", "id": "urn:uuid:1", "kind": "Badge",
        "kindRaw": ["VerifiableCredential", "OpenBadgeCredential"],
        "title": [{"value": "Course", "origin": "issuer"}],
        "issuer": {"id": "did:example:school", "claimedName": [{"value": "School", "origin": "issuer"}], "origin": "issuer"},
        "holders": [{"id": "did:example:ada", "origin": "issuer"}],
        "achievement": {
            "id": "urn:a", "name": [{"value": "Course", "origin": "issuer"}],
            "criteria": {"text": [{"value": "Pass.", "origin": "issuer"}]}, "origin": "issuer"
        },
        "completion": [{"status": "Completed"}],
        "dates": {
            "validFrom": {"value": "2025-01-01T00:00:00Z", "instant": "2025-01-01T00:00:00Z", "precision": "second", "origin": "issuer"},
            "awarded": {"value": "2025-01-01T00:00:00Z", "instant": "2025-01-01T00:00:00Z", "precision": "second", "origin": "issuer"}
        },
        "completeness": {}
    });
    assert_eq!(read(&document), expected);
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    let text = badge(json!({"name": {"fr": "Cours", "en": "Course"}, "tag": ["b", "a"]})).to_string();
    let json = record_of(&text, &[]).to_json();
    assert_eq!(json, record_of(&text, &[]).to_json());
    assert!(
        json.starts_with(r#"{"family":"openBadges","version":"3.0","id":"urn:uuid:1","kind":"Badge","#),
        "{json}"
    );
}

/// standards.md §22.3 (a): what is a skill is told by type or form, never by a name or a tag.
#[test]
fn alignments_become_skills_where_they_say_so() {
    let align = |kind: Option<&str>, url: &str| {
        let mut alignment = json!({"type": "Alignment", "targetName": url, "targetUrl": url});
        kind.into_iter().for_each(|kind| alignment["targetType"] = json!(kind));
        alignment
    };
    let record = read(&badge(json!({
        "name": "Python", "tag": ["python"],
        "alignment": [
            align(Some("CFItem"), "https://example.org/1"),
            align(Some("ceasn:Competency"), "https://example.org/2"),
            align(None, "http://data.europa.eu/esco/skill/3"),
            align(None, "https://example.org/summary/15-1252.00"),
            align(None, "https://example.org/api/skills/6b84b429-31ee-4dac-9d20-e5c55881f80e"),
            align(Some("ceterms:Credential"), "https://example.org/resources/ce-6b84b429-31ee-4dac-9d20-e5c55881f80e"),
            align(None, "https://example.org/python"),
            align(Some("CFRubric"), "https://example.org/rubric")
        ]
    })));
    let skills: Vec<_> = record["skills"]
        .as_array()
        .unwrap()
        .iter()
        .map(|skill| (skill["framework"].as_str(), skill["basis"].as_str()))
        .collect();
    let by = Some("alignment");
    assert_eq!(
        skills,
        [(Some("CASE"), by), (Some("CTDL"), by), (Some("ESCO"), by), (Some("O*NET"), by), (Some("RSD"), by)]
    );
    let others = record["achievement"]["alignments"].as_array().unwrap();
    let frameworks: Vec<_> = others.iter().map(|other| other["framework"].as_str()).collect();
    assert_eq!(frameworks, [Some("CTDL"), None, Some("CASE")]);
    let identifiers = json!([{"type": "ceterms:Credential", "value": "https://example.org/resources/ce-6b84b429-31ee-4dac-9d20-e5c55881f80e", "origin": "issuer"}]);
    assert_eq!(record["achievement"]["identifiers"], identifiers);
    assert_eq!(record["achievement"]["tags"], json!([{"value": "python", "origin": "issuer"}]));
}

#[test]
fn the_kind_is_the_stated_one() {
    for (stated, kind, level) in [
        ("BachelorDegree", "Degree", Some("bachelor")),
        ("AssociateDegree", "Degree", Some("associate")),
        ("MasterDegree", "Degree", Some("master")),
        ("ResearchDoctorate", "Degree", Some("doctoral")),
        ("Degree", "Degree", None),
        ("SecondarySchoolDiploma", "Diploma", None),
        ("CertificateOfCompletion", "Certificate", None),
        ("License", "License", None),
        ("ext:Bootcamp", "Other", None),
        ("Programme", "Other", None),
    ] {
        let record = read(&badge(json!({"achievementType": stated, "name": "x"})));
        assert_eq!(
            (record["kind"].as_str(), record["degreeLevel"].as_str()),
            (Some(kind), level),
            "{stated}"
        );
        assert_eq!(record["kindRaw"][2], stated);
    }
    // Never from a title.
    assert_eq!(read(&badge(json!({"name": "Bachelor of Science"})))["kind"], "Badge");
}

#[test]
fn no_language_is_picked() {
    let record = read(&badge(json!({
        "name": [{"@value": "Kurs", "@language": "de"}, {"@value": "دورة", "@language": "ar", "@direction": "rtl"}, "Course"],
        "description": {"fr": "Un cours", "en": "A course"}
    })));
    let texts = |value: &Value| -> Vec<(Option<String>, String)> {
        let text = |entry: &Value, name: &str| entry[name].as_str().map(str::to_owned);
        value
            .as_array()
            .unwrap()
            .iter()
            .map(|entry| (text(entry, "language"), text(entry, "value").unwrap()))
            .collect()
    };
    let some = |language: &str, value: &str| (Some(language.to_owned()), value.to_owned());
    assert_eq!(
        texts(&record["achievement"]["name"]),
        [some("de", "Kurs"), some("ar", "دورة"), (None, "Course".to_owned())]
    );
    assert_eq!(record["achievement"]["name"][1]["direction"], "rtl");
    let mut description = texts(&record["achievement"]["description"]);
    description.sort();
    assert_eq!(description, [some("en", "A course"), some("fr", "Un cours")]);
}

#[test]
fn dates_keep_their_text_and_say_how_exact_they_are() {
    for (text, precision, instant) in [
        ("2020", "year", Some("2020-01-01T00:00:00Z")),
        ("2020-05", "month", Some("2020-05-01T00:00:00Z")),
        ("2020-05-31", "day", Some("2020-05-31T00:00:00Z")),
        ("2020-05-31T10:00:00+02:00", "second", Some("2020-05-31T08:00:00Z")),
        ("2020-05-31T10:00:00", "second", Some("2020-05-31T10:00:00Z")),
        ("May 2020", "unknown", None),
        ("2020-13", "unknown", None),
    ] {
        let mut document = badge(json!({}));
        document["credentialSubject"]["activityEndDate"] = json!(text);
        let date = &read(&document)["dates"]["activityEnd"];
        assert_eq!((date["value"].as_str(), date["precision"].as_str()), (Some(text), Some(precision)));
        assert_eq!(date["instant"].as_str(), instant, "{text}");
        assert_eq!(date["utcAssumed"].as_bool(), (text.len() == 19).then_some(true), "{text}");
    }
}

#[test]
fn results_refer_to_their_descriptions_and_tell_whether_they_pass() {
    let mut document = badge(json!({"resultDescription": [
        {"id": "urn:grade", "resultType": "LetterGrade", "allowedValue": ["F", "C", "A"], "requiredValue": "C"},
        {"id": "urn:score", "resultType": "Percent", "valueMin": "0", "valueMax": "100", "requiredValue": "60"},
        {"id": "urn:rubric", "requiredLevel": "urn:high", "rubricCriterionLevel": [{"id": "urn:high", "name": "High", "points": "4"}]},
        {"id": "urn:free", "resultType": "Result"}
    ]}));
    let results = [
        (json!({"resultDescription": "urn:grade", "value": "C"}), Some(true)),
        (json!({"resultDescription": "urn:grade", "value": "A"}), None),
        (json!({"resultDescription": "urn:grade", "value": "F"}), None),
        (json!({"resultDescription": "urn:grade", "value": "B"}), None),
        (json!({"resultDescription": "urn:score", "value": "60.0"}), Some(true)),
        (json!({"resultDescription": "urn:score", "value": "7"}), Some(false)),
        (json!({"resultDescription": "urn:score", "value": "NaN"}), None),
        (json!({"resultDescription": "urn:rubric", "achievedLevel": "urn:high"}), Some(true)),
        (json!({"resultDescription": "urn:rubric", "achievedLevel": "urn:low"}), None),
        (json!({"resultDescription": "urn:free", "value": "x"}), None),
        (json!({"resultDescription": "urn:none", "value": "x"}), None),
        (json!({"value": "x"}), None),
    ];
    let values: Vec<_> = results.iter().map(|(value, _)| value.clone()).collect();
    document["credentialSubject"]["result"] = json!(values);
    let record = read(&document);
    for (index, (value, passed)) in results.iter().enumerate() {
        assert_eq!(record["results"][index]["passed"].as_bool(), *passed, "{value}");
    }
    assert_eq!(record["achievement"]["resultDescriptions"][2]["levels"][0]["points"], "4");
    assert_eq!(record["completion"], json!([{"status": "Completed"}]));
}

/// standards.md §22.3 (c): a valid record may be about a failure, and the reader must see it.
#[test]
fn failures_are_told() {
    let mut document = badge(json!({"name": "x"}));
    document["credentialSubject"]["result"] = json!([{"status": "Failed"}, {"value": "3"}]);
    assert_eq!(read(&document)["completion"], json!([{"status": "Failed", "origin": "issuer"}]));
}

#[test]
fn identifiers_are_plain_or_hashed_as_they_say() {
    let mut document = badge(json!({}));
    document["credentialSubject"]["identifier"] = json!([
        {"hashed": false, "identityHash": "ada@example.org", "identityType": "emailAddress", "salt": "not-used"},
        {"hashed": true, "identityHash": "sha256$b580", "identityType": "emailAddress", "salt": "Kosher"},
        {"hashed": true, "identityHash": "ada@example.org", "identityType": "emailAddress"},
        {"hashed": "true", "identityHash": "sha256$b580", "identityType": "emailAddress"},
        {"identityHash": "Ada", "identityType": "name"}
    ]);
    let record = read(&document);
    let expected = json!([
        {"type": "emailAddress", "value": "ada@example.org", "origin": "issuer"},
        {"type": "emailAddress", "hash": "b580", "algorithm": "sha256", "salted": true, "origin": "issuer"}
    ]);
    assert_eq!(record["holders"][0]["identifiers"], expected);
    let unclear: Vec<_> =
        ["2", "3/hashed", "3", "4"].iter().map(|n| format!("/credentialSubject/identifier/{n}")).collect();
    assert_eq!(record["completeness"]["notMapped"], json!(unclear));
}

#[test]
fn who_issues_to_oneself_asserts_oneself() {
    let mut document = badge(json!({"name": "x"}));
    document["credentialSubject"]["id"] = document["issuer"]["id"].clone();
    let record = read(&document);
    assert_eq!(record["achievement"]["origin"], "selfAsserted");
    assert_eq!(record["issuer"]["origin"], "selfAsserted");
}

/// threats.md, displaced claims: what stands on a node that other objects describe too has no signed place.
#[test]
fn values_of_merged_nodes_are_marked() {
    let text = badge(
        json!({"id": "urn:a", "name": "x", "criteria": {"narrative": "y"}, "alignment": [{"targetType": "CFItem", "targetName": "z"}]}),
    );
    let record: Value =
        serde_json::from_str(&record_of(&text.to_string(), &["/credentialSubject/achievement"]).to_json())
            .unwrap();
    assert_eq!(record["achievement"]["origin"], "graphOnly");
    assert_eq!(record["achievement"]["criteria"]["text"][0]["origin"], "graphOnly");
    assert_eq!(record["skills"][0]["origin"], "graphOnly");
    assert_eq!(record["holders"][0]["origin"], "issuer");
    assert_eq!(record["issuer"]["origin"], "issuer");
    let all: Value = serde_json::from_str(&record_of(&text.to_string(), &[""]).to_json()).unwrap();
    assert_eq!(all["issuer"]["origin"], "graphOnly");
}

/// Of two subjects or achievements nobody can tell which is meant: none is picked.
#[test]
fn nothing_is_picked_of_several() {
    let mut document = badge(json!([{"name": "a"}, {"name": "b"}]));
    let record = read(&document);
    assert_eq!(record.get("achievement"), None);
    assert_eq!(record["completeness"]["notMapped"], json!(["/credentialSubject/achievement"]));
    document["credentialSubject"] = json!([document["credentialSubject"], document["credentialSubject"]]);
    let record = read(&document);
    assert_eq!((record.get("holders"), record.get("achievement")), (None, None));
    assert_eq!(record["completeness"]["notMapped"], json!(["/credentialSubject"]));
}

/// threats.md J18: a value of the wrong type is neither a claim nor forgotten.
#[test]
fn what_cannot_be_read_is_named() {
    let mut document = badge(
        json!({"id": 5, "name": 5, "creditsAvailable": "12", "humanCode": ["a", "b"], "alignment": "x", "hobby": "chess"}),
    );
    document["validUntil"] = json!(5);
    document["issuer"]["parentOrg"] = json!({"id": "urn:p", "name": "Parent", "parentOrg": {"id": "urn:g"}});
    let record = read(&document);
    assert_eq!(record["achievement"], json!({"origin": "issuer"}));
    let mut places: Vec<_> =
        record["completeness"]["notMapped"].as_array().unwrap().iter().map(|p| p.as_str().unwrap()).collect();
    places.sort_unstable();
    let in_achievement = ["alignment", "creditsAvailable", "hobby", "humanCode", "id", "name"];
    let mut expected: Vec<_> =
        in_achievement.iter().map(|member| format!("/credentialSubject/achievement/{member}")).collect();
    expected.push("/validUntil".to_owned());
    assert_eq!(places, expected);
    assert_eq!(record["issuer"]["parents"][1], json!({"id": "urn:g"}));
}

#[test]
fn other_credentials_keep_their_claims_as_they_stand() {
    let document = json!({
        "@context": ["https://www.w3.org/2018/credentials/v1"],
        "type": ["VerifiableCredential", "UniversityDegreeCredential"],
        "issuer": "did:example:school", "issuanceDate": "2010-01-01T19:23:24Z", "expirationDate": "2020-01-01T19:23:24Z",
        "credentialSubject": [{"id": "did:example:ada", "degree": {"type": "BachelorDegree", "name": "BSc", "gpa": 3.5}}, {"honours": true, "x": null}],
        "batch": ["7", 8]
    });
    let record = read(&document);
    assert_eq!(record["kind"], "Other");
    assert_eq!(record["kindRaw"], json!(["VerifiableCredential", "UniversityDegreeCredential"]));
    assert_eq!(record["issuer"], json!({"id": "did:example:school", "origin": "issuer"}));
    assert_eq!(record["dates"]["validUntil"]["value"], "2020-01-01T19:23:24Z");
    assert_eq!(
        record["holders"],
        json!([{"id": "did:example:ada", "origin": "issuer"}, {"origin": "issuer"}])
    );
    let claim = |pointer: &str, value: Value| json!({"pointer": pointer, "value": value, "origin": "issuer"});
    let mut claims = record["claims"].as_array().unwrap().clone();
    claims.sort_by_key(|claim| claim["pointer"].to_string());
    let expected = [
        claim("/batch/0", json!("7")),
        claim("/batch/1", json!(8.0)),
        claim("/credentialSubject/0/degree/gpa", json!(3.5)),
        claim("/credentialSubject/0/degree/name", json!("BSc")),
        claim("/credentialSubject/0/degree/type", json!("BachelorDegree")),
        claim("/credentialSubject/1/honours", json!(true)),
    ];
    assert_eq!(claims, expected);
}

/// A badge whose contexts do not define its terms is read as a plain credential.
#[test]
fn a_profile_needs_its_context() {
    let mut document = badge(json!({"name": "x"}));
    document["@context"] = json!(["https://www.w3.org/ns/credentials/v2"]);
    let record = read(&document);
    assert_eq!(record.get("achievement"), None);
    assert_eq!(record["claims"][0]["pointer"], "/credentialSubject/achievement/name");
}

#[test]
fn a_presentation_has_no_record_of_its_own() {
    let text =
        json!({"@context": ["https://www.w3.org/ns/credentials/v2"], "type": "VerifiablePresentation"})
            .to_string();
    let tree = Tree::parse(text.as_bytes(), &Limits::default()).unwrap();
    let detected = detect(tree.root()).unwrap();
    assert!(
        super::of(tree.root(), crate::document::context_of(tree.root()), &detected, &BTreeSet::new(), false)
            .is_none()
    );
}

#[test]
fn records_inside_are_named_and_put_in_their_place() {
    let inner = badge(json!({"name": "x"}));
    let document = json!({
        "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json",
                     "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
        "id": "urn:clr", "type": ["VerifiableCredential", "ClrCredential"], "name": "Transcript", "partial": true,
        "issuer": "did:example:publisher", "validFrom": "2025-01-01T00:00:00Z",
        "credentialSubject": {
            "id": "did:example:ada", "type": "ClrSubject", "verifiableCredential": [inner],
            "association": [{"type": "Association", "associationType": "isChildOf", "sourceId": "urn:a", "targetId": "urn:b"}]
        }
    });
    let mut record = record_of(&document.to_string(), &[]);
    let child = record_of(&inner.to_string(), &[]);
    let put = |record: &mut Record, verdict: PartVerdict| {
        record.put_parts(|pointer| {
            (pointer == "/credentialSubject/verifiableCredential/0").then(|| (verdict, Some(child.clone())))
        });
        serde_json::from_str::<Value>(&record.to_json()).unwrap()
    };
    // What is not verified is named only, whatever is offered for it.
    for (verdict, name) in
        [(PartVerdict::NotVerified, "notVerified"), (PartVerdict::Indeterminate, "indeterminate")]
    {
        let part = &put(&mut record, verdict)["children"][0];
        assert_eq!((part["verdict"].as_str(), part.get("record")), (Some(name), None));
    }
    let record = put(&mut record, PartVerdict::Verified);
    assert_eq!(record["kind"], "Transcript");
    // §22.3 (e)
    assert_eq!(record["completeness"], json!({"childrenComplete": false}));
    let part = &record["children"][0];
    assert_eq!(part["pointer"], "/credentialSubject/verifiableCredential/0");
    assert_eq!(part["origin"], "nestedIssuer");
    assert_eq!(part["record"]["issuer"]["id"], "did:example:school");
    let relation = json!({"type": "isChildOf", "sourceId": "urn:a", "targetId": "urn:b", "origin": "issuer"});
    assert_eq!(record["relations"], json!([relation]));
}

#[test]
fn an_endorsement_says_of_what_it_is_one() {
    let document = json!({
        "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
        "id": "urn:e", "type": ["VerifiableCredential", "EndorsementCredential"], "issuer": "did:example:accreditor",
        "credentialSubject": {"id": "urn:uuid:1", "type": "EndorsementSubject", "endorsementComment": "Good."}
    });
    let record = read(&document);
    assert_eq!(
        (record["kind"].as_str(), record["endorses"].as_str()),
        (Some("Endorsement"), Some("urn:uuid:1"))
    );
    assert_eq!(record["narrative"][0]["value"], "Good.");
    assert_eq!(record.get("holders"), None);
}

/// The forms of one statement: each pair of a member and a value is read alike in all of them.
#[test]
fn all_forms_of_one_statement_read_alike() {
    let place = |pointer: &str, value: Value| {
        let mut document = badge(json!({"id": "urn:a", "resultDescription": {"id": "urn:d"}}));
        document["credentialSubject"]["identifier"] = json!({"identityHash": "ada", "hashed": true});
        document["credentialSubject"]["result"] = json!({"status": "Completed"});
        let (parent, member) = pointer.rsplit_once('/').unwrap();
        document.pointer_mut(parent).unwrap()[member] = value;
        read(&document)
    };
    let (achievement, subject) = ("/credentialSubject/achievement", "/credentialSubject");
    for (pointer, value) in [
        ("/name".to_owned(), json!("x")),
        ("/name".to_owned(), json!({"@value": "x", "@language": "de"})),
        ("/validUntil".to_owned(), json!("2030-01-01T00:00:00Z")),
        ("/awardedDate".to_owned(), json!("2030-01-01T00:00:00Z")),
        ("/issuer/url".to_owned(), json!("https://x.example/")),
        ("/issuer/email".to_owned(), json!("x@x.example")),
        ("/issuer/image".to_owned(), json!("https://x.example/")),
        (format!("{achievement}/humanCode"), json!("x")),
        (format!("{achievement}/tag"), json!("x")),
        (format!("{achievement}/creditsAvailable"), json!(100)),
        (format!("{achievement}/achievementType"), json!("Course")),
        (format!("{achievement}/resultDescription/requiredValue"), json!("3")),
        (format!("{subject}/activityEndDate"), json!("2030-01-01")),
        (format!("{subject}/creditsEarned"), json!(0.5)),
        (format!("{subject}/identifier/hashed"), json!(false)),
        (format!("{subject}/result/status"), json!("Failed")),
    ] {
        let plain = place(&pointer, value.clone());
        assert_ne!(plain, place(&pointer, Value::Null), "{pointer} is not read");
        for form in [
            json!([value]),
            json!([[value], null]),
            json!([value, value]),
            if value.is_object() { json!([value, []]) } else { json!([{"@value": value}, value]) },
        ] {
            assert_eq!(place(&pointer, form.clone()), plain, "{pointer} {form}");
        }
    }
    // A reference in a term that contexts define as one.
    for pointer in [
        "/issuer/image",
        "/issuer/parentOrg",
        "/credentialSubject/achievement/criteria",
        "/credentialSubject/source",
    ] {
        let plain = place(pointer, json!("urn:u"));
        assert_ne!(plain, place(pointer, Value::Null), "{pointer} is not read");
        for form in [json!({"id": "urn:u"}), json!(["urn:u"]), json!(["urn:u", {"id": "urn:u"}])] {
            assert_eq!(place(pointer, form.clone()), plain, "{pointer} {form}");
        }
    }
}

/// Language tags are signed in lower case, and a map from languages says what value objects say.
#[test]
fn all_forms_of_a_language_read_alike() {
    let name = |value: Value| read(&badge(json!({"name": value})))["achievement"]["name"].clone();
    let plain = name(json!([{"@value": "Kurs", "@language": "de"}, "Course"]));
    assert_eq!(plain.as_array().unwrap().len(), 2);
    for form in [
        json!([{"@value": "Kurs", "@language": "DE"}, {"@value": "Course"}]),
        json!([{"de": "Kurs"}, {"@none": "Course"}]),
        json!([{"de": ["Kurs", "Kurs"]}, "Course"]),
    ] {
        assert_eq!(name(form.clone()), plain, "{form}");
    }
}

/// RDF has one number where JSON has several texts.
#[test]
fn all_forms_of_a_number_read_alike() {
    let credits = |text: &str| {
        let document = badge(json!({"creditsAvailable": "NUMBER"})).to_string();
        record_of(&document.replace("\"NUMBER\"", text), &[]).to_json()
    };
    for text in ["100", "100.0", "1e2", "[1e2, 100]"] {
        assert_eq!(credits(text), credits("100"), "{text}");
    }
    assert_eq!(credits("-0"), credits("0"));
    for other in ["101", "\"100\"", "[100, 101]"] {
        assert_ne!(credits(other), credits("100"), "{other}");
    }
}

/// Where there is room for one value, several different ones are none, and the member is named.
#[test]
fn of_several_values_none_is_picked() {
    for (member, values) in [
        ("humanCode", json!(["a", "b"])),
        ("creditsAvailable", json!([1, 2])),
        ("image", json!([{"id": "urn:a"}, "urn:b"])),
        ("criteria", json!([{"narrative": "a"}, {"narrative": "a"}])),
        ("creator", json!(["urn:a", "urn:b"])),
    ] {
        let mut swapped = values.clone();
        swapped.as_array_mut().unwrap().reverse();
        for values in [values, swapped] {
            let record = read(&badge(json!({member: values})));
            assert_eq!(record["achievement"].get(member).or(record.get(member)), None, "{member}");
            let place = format!("/credentialSubject/achievement/{member}");
            assert_eq!(record["completeness"]["notMapped"], json!([place]), "{member}");
        }
    }
}

/// Objects without an `id` are each a node of their own; one with an `id` is one, however often it is described.
#[test]
fn nodes_are_counted_as_they_are_signed() {
    let evidence = |value: Value| {
        let mut document = badge(json!({}));
        document["evidence"] = value;
        read(&document)["evidence"].as_array().unwrap().len()
    };
    let (anonymous, named) = (json!({"name": "x"}), json!({"id": "urn:e", "name": "x"}));
    assert_eq!(evidence(anonymous.clone()), 1);
    assert_eq!(evidence(json!([anonymous])), 1);
    assert_eq!(evidence(json!([anonymous, anonymous])), 2);
    assert_eq!(evidence(json!([named, {"name": "x", "id": "urn:e"}])), 1);
    assert_eq!(evidence(json!([{"id": "urn:e"}, named, {"id": "urn:e"}])), 1);
    assert_eq!(evidence(json!([named, {"id": "urn:e", "name": "y"}])), 2);
}

/// A description that is repeated in its place leaves no doubt; one that stands elsewhere too does.
#[test]
fn a_repetition_is_not_a_merged_node() {
    let origins = |criteria: Value, related: Value, pointers: &[&str]| {
        let text = badge(json!({"criteria": criteria, "related": related})).to_string();
        let record: Value = serde_json::from_str(&record_of(&text, pointers).to_json()).unwrap();
        record["achievement"]["criteria"]["text"][0]["origin"].clone()
    };
    let criteria = json!({"id": "urn:c", "narrative": "x"});
    let place = "/credentialSubject/achievement/criteria";
    let twice = [format!("{place}/0"), format!("{place}/1")];
    let twice: Vec<&str> = twice.iter().map(String::as_str).collect();
    assert_eq!(origins(json!([criteria, criteria]), json!([]), &twice), "issuer");
    let both =
        badge(json!({"id": "urn:a", "criteria": criteria}))["credentialSubject"]["achievement"].clone();
    let mut document = badge(json!([both, both]));
    let inner = |n| format!("/credentialSubject/achievement/{n}");
    let inner = [inner("0"), inner("1"), inner("0/criteria"), inner("1/criteria")];
    let inner: Vec<&str> = inner.iter().map(String::as_str).collect();
    assert_eq!(record_of(&document.to_string(), &inner).achievement.unwrap().origin, super::Origin::Issuer);
    document["credentialSubject"]["achievement"][1]["criteria"]["narrative"] = json!("y");
    assert_eq!(record_of(&document.to_string(), &inner).achievement, None);
    let apart = [place, "/credentialSubject/achievement/related"];
    assert_eq!(origins(criteria.clone(), criteria, &apart), "graphOnly");
}

/// The order of `allowedValue` is a recommendation, which issuers follow or turn around: what is above the required value in
/// one record is below it in the next, and nobody is told to have failed, or to have passed, for that.
#[test]
fn the_order_of_allowed_values_decides_nothing() {
    let passed = |allowed: [&str; 3], value: &str| {
        let mut document = badge(json!({"resultDescription":
            {"id": "urn:grade", "allowedValue": allowed, "requiredValue": "C"}}));
        document["credentialSubject"]["result"] = json!({"resultDescription": "urn:grade", "value": value});
        read(&document)["results"][0]["passed"].as_bool()
    };
    for allowed in [["F", "C", "A"], ["A", "C", "F"]] {
        for (value, expected) in [("A", None), ("C", Some(true)), ("F", None)] {
            assert_eq!(passed(allowed, value), expected, "{allowed:?} {value}");
        }
    }
}

/// Claims without a mapping are statements too.
#[test]
fn claims_read_alike_in_all_forms() {
    let claims = |degree: Value| {
        let record = read(&json!({
            "@context": ["https://www.w3.org/ns/credentials/v2"], "type": ["VerifiableCredential"],
            "issuer": "did:example:school", "credentialSubject": {"id": "did:example:ada", "degree": degree}
        }));
        let claims = record["claims"].as_array().cloned().unwrap_or_default();
        claims.into_iter().map(|claim| claim["value"].clone()).collect::<Vec<_>>()
    };
    for form in [json!("x"), json!(["x"]), json!(["x", "x"]), json!({"@value": "x"}), json!({"id": "x"})] {
        assert_eq!(claims(form.clone()), [json!("x")], "{form}");
    }
    assert_eq!(claims(json!(["x", "y"])), [json!("x"), json!("y")]);
    assert_eq!(claims(json!([{"name": "x"}, {"name": "x"}])), [json!("x"), json!("x")]);
}

/// The cost and the size of a record are linear in the document: what would repeat is referred to.
#[test]
fn a_record_cannot_grow_beyond_its_document() {
    let long = "x".repeat(10_000);
    let results: Vec<_> = (0..500).map(|_| json!({"resultDescription": "urn:d"})).collect();
    let mut document =
        badge(json!({"resultDescription": {"id": "urn:d", "name": long, "allowedValue": [long]}}));
    document["credentialSubject"]["result"] = json!(results);
    document["credentialSubject"]["identifier"] = json!(vec![json!({}); 2_000]);
    let text = document.to_string();
    let record = record_of(&text, &[]);
    assert!(record.to_json().len() < 2 * text.len());
    assert_eq!((record.completeness.not_mapped.len(), record.completeness.more), (100, 1_900));
    let many = json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"], "type": "VerifiableCredential",
        "credentialSubject": {"numbers": (0..5_000).collect::<Vec<_>>()}
    });
    let record = record_of(&many.to_string(), &[]);
    assert_eq!((record.claims.len(), record.completeness.more), (1_000, 4_000));
}

#[test]
fn a_record_shows_nothing_in_logs() {
    let record = record_of(&badge(json!({"name": "secret"})).to_string(), &[]);
    assert_eq!(format!("{record:?}"), r#"Record { family: "openBadges", version: "3.0", kind: Badge, .. }"#);
}

/// The standard's own full example.
#[test]
fn the_complete_sample() {
    let Some(record) = sample("1edtech-public-validator", "ob30/complete.json") else { return };
    assert_eq!(record["id"], "http://1edtech.edu/credentials/3732");
    assert_eq!((record["kind"].as_str(), record.get("degreeLevel")), (Some("Degree"), None));
    assert_eq!(record["title"][0]["value"], "1EdTech University Degree for Example Student");
    assert_eq!(record["issuer"]["claimedName"][0]["value"], "1EdTech University");
    assert_eq!(record["issuer"]["country"], "US");
    assert_eq!(
        record["issuer"]["parents"],
        json!([{"id": "did:example:123456789", "claimedName": [{"value": "Universal Universities", "origin": "issuer"}]}])
    );
    assert_eq!(
        record["issuer"]["identifiers"][1],
        json!({"type": "nationalIdentityNumber", "value": "67890", "origin": "issuer"})
    );
    assert_eq!(record["creator"]["id"], "https://1edtech.edu/issuers/565049");
    assert_eq!(record["assessor"]["id"], "https://school.edu/issuers/201234");
    let email = json!({"type": "emailAddress", "value": "student@1edtech.edu", "origin": "issuer"});
    assert_eq!(record["holders"][0]["identifiers"][0], email);
    assert_eq!(record["achievement"]["code"], "R1");
    assert_eq!(record["achievement"]["creditsAvailable"], json!({"value": 36.0, "origin": "issuer"}));
    assert_eq!(record["creditsEarned"], json!({"value": 42.0, "origin": "issuer"}));
    assert_eq!(
        (record["term"][0]["value"].as_str(), record["role"][0]["value"].as_str()),
        (Some("Fall"), Some("Major Domo"))
    );
    assert_eq!(record["licenseNumber"][0]["value"], "A-9320041");
    assert_eq!(record["dates"]["activityEnd"]["instant"], "2010-01-02T00:00:00Z");
    assert_eq!(record["dates"]["validUntil"]["instant"], "2030-01-01T00:00:00Z");
    let bases: Vec<_> =
        record["skills"].as_array().unwrap().iter().map(|skill| skill["basis"].as_str().unwrap()).collect();
    assert_eq!(bases[0], "alignment");
    assert_eq!(bases.iter().filter(|basis| **basis == "resultAlignment").count(), 2);
    assert_eq!(record["achievement"]["alignments"][0]["framework"], "CTDL");
    // C is required of D, C, B, A, whose order is a recommendation.
    assert_eq!(record["results"][0]["value"], "A");
    assert_eq!(record["results"][0]["passed"], Value::Null);
    assert_eq!(record["completion"], json!([{"status": "Completed", "origin": "issuer"}]));
    assert_eq!(record["evidence"].as_array().unwrap().len(), 2);
    assert_eq!(record["evidence"][1]["url"], "https://github.com/somebody/project");
    let places: Vec<_> = record["endorsements"]
        .as_array()
        .unwrap()
        .iter()
        .map(|part| part["pointer"].as_str().unwrap())
        .collect();
    assert_eq!(
        places,
        [
            "/credentialSubject/achievement/creator/endorsement/0",
            "/credentialSubject/achievement/creator/endorsement/1",
            "/credentialSubject/achievement/endorsement/0",
            "/endorsement/0",
            "/issuer/endorsement/0"
        ]
    );
    assert_eq!(record["completeness"], json!({"notMapped": ["/image", "/credentialSubject/image"]}));
}

#[test]
fn samples_of_a_consortium() {
    let folder = "verifiableCredentials/v2/dataIntegrityProof/didKey/legacyRegistry-noStatus-noExpiry-";
    let source = "dcc-vc-test-fixtures";
    let Some(aligned) = sample(source, &format!("{folder}alignments.json")) else { return };
    let first = &aligned["achievement"]["alignments"][0];
    // A code of the Credential Registry's form, and nothing that says it is a skill.
    assert_eq!(
        (first["framework"].as_str(), first["code"].as_str()),
        (Some("CTDL"), Some("ce-cf4dee18-7cea-443a-b920-158a0762c6bf"))
    );
    assert_eq!(
        (aligned.get("skills"), &aligned["title"][0]["value"]),
        (None, &json!("Example University Degree"))
    );

    let hashed = sample(source, &format!("{folder}identityHash.json")).unwrap();
    let name = json!([{"type": "name", "value": "Parker Pearl", "origin": "issuer"}]);
    assert_eq!((&hashed["holders"][0]["identifiers"], hashed["holders"][0].get("id")), (&name, None));
    assert_eq!((hashed["kind"].as_str(), hashed["kindRaw"][2].as_str()), (Some("Other"), Some("Program")));

    let minimal = sample(source, &format!("{folder}minimal.json")).unwrap();
    let places: Vec<_> = minimal["claims"]
        .as_array()
        .unwrap()
        .iter()
        .map(|claim| claim["pointer"].as_str().unwrap())
        .collect();
    assert_eq!(places, ["/credentialSubject/name", "/credentialSubject/description"]);
}

/// Every credential at hand gives a record, within its own size.
#[test]
fn every_sample_has_a_record() {
    let mut seen = 0;
    for (source, inner) in [
        ("dcc-vc-test-fixtures", "verifiableCredentials"),
        ("1edtech-public-validator", "ob30"),
        ("1edtech-public-validator", "clr20"),
    ] {
        let Some(folder) = samples("every_sample_has_a_record", source) else { return };
        let mut open = vec![folder.join(inner)];
        while let Some(folder) = open.pop() {
            for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
                if path.is_dir() {
                    open.push(path);
                } else if path.extension().is_some_and(|extension| extension == "json") {
                    let text = std::fs::read_to_string(&path).unwrap();
                    let json = record_of(&text, &[]).to_json();
                    assert!(json.len() < 3 * text.len() + 1_000, "{path:?}");
                    seen += 1;
                }
            }
        }
    }
    assert_eq!(seen, 84);
}

/// Everything that is accepted runs on a stack of 256 KiB: the deepest document, and records in records.
#[test]
fn a_small_stack_is_enough() {
    let deep = (0..9).fold(
        json!({"id": "urn:top"}),
        |inner, _| json!({"type": ["Profile"], "name": "x", "parentOrg": inner}),
    );
    let mut document = badge(json!({"name": "x", "creator": deep}));
    document["endorsement"] = json!([badge(json!({}))]);
    let text = document.to_string();
    let run = move || {
        let mut record = record_of(&text, &[]);
        for _ in 0..Limits::default().embedded_depth {
            let outer = record_of(&text, &[]);
            let inner = std::mem::replace(&mut record, outer);
            record.put_parts(|_| Some((PartVerdict::Verified, Some(inner.clone()))));
        }
        record.to_json().matches("\"record\":").count()
    };
    let thread = std::thread::Builder::new().stack_size(256 * 1024).spawn(run).unwrap();
    assert_eq!(thread.join().unwrap(), Limits::default().embedded_depth);
}

/// What the issuer would have drawn is data: nothing of a template is in the record, which says where it stands.
#[test]
fn render_methods_are_named() {
    let mut document = badge(json!({"name": "x"}));
    document["renderMethod"] = json!([
        {"id": "https://a.example/template.svg", "type": "SvgRenderingTemplate2023", "name": "Portrait",
         "css3MediaQuery": "(orientation: portrait)", "digestMultibase": "zQm"},
        {"type": "TemplateRenderMethod", "renderSuite": "svg-mustache",
         "template": {"id": "data:image/svg+xml,<svg/>", "mediaType": "image/svg+xml"}}
    ]);
    let record = read(&document);
    let expected = json!([
        {"id": "https://a.example/template.svg", "type": ["SvgRenderingTemplate2023"],
         "name": [{"value": "Portrait", "origin": "issuer"}], "mediaQuery": "(orientation: portrait)",
         "digest": "zQm", "pointer": "/renderMethod/0", "origin": "issuer"},
        {"type": ["TemplateRenderMethod"], "mediaType": "image/svg+xml", "suite": "svg-mustache",
         "pointer": "/renderMethod/1", "origin": "issuer"}
    ]);
    assert_eq!(record["renderMethods"], expected);
    assert_eq!(record["completeness"], json!({}));
}

#[test]
fn an_alignment_with_a_level_is_a_level() {
    let level =
        json!({"type": "Alignment", "targetName": "EQF 6", "targetUrl": "http://data.europa.eu/snb/eqf/6"});
    let record = read(&badge(json!({"name": "x", "alignment": [level]})));
    let level = json!([{"scheme": "EQF", "value": "http://data.europa.eu/snb/eqf/6", "number": 6,
                        "name": [{"value": "EQF 6", "origin": "issuer"}], "origin": "issuer"}]);
    assert_eq!((&record["achievement"]["levels"], record.get("skills")), (&level, None));
}
