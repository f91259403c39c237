//! European Digital Credentials for learning (European Learning Model 3): a credential of VCDM 1.1 under a JAdES seal, about
//! a person with claims. The seal itself: `jades.rs`.
#![cfg(all(feature = "x509", feature = "jose"))]
#![recursion_limit = "512"]
#![allow(clippy::cloned_ref_to_slice_refs)] // a list of one reads as such

#[path = "support/certificates.rs"]
mod certificates;
#[path = "support/rsa.rs"]
mod rsa;
#[path = "support/tokens.rs"]
mod tokens;

use base64ct::{Base64, Encoding};
use certificates::*;
use ler_verify::record::{Framework, Kind, Record};
use ler_verify::{CheckId, Code, Issuers, Policy, Report, Resources, Verdict};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tokens::{V1, codes, encode, has, occasion, verify_with, with};

const CONTEXT: &str = "http://data.europa.eu/snb/model/context/edc-ap";

fn concept(id: &str, label: &str) -> Value {
    json!({"id": id, "type": "Concept", "prefLabel": {"en": [label]}})
}

fn awarding() -> Value {
    json!({
        "id": "urn:epass:awarding:1", "type": "AwardingProcess", "awardingDate": "2026-06-01T00:00:00Z",
        "awardingBody": [{"id": "urn:epass:org:2", "type": "Organisation", "legalName": {"en": ["Faculty"]}}]
    })
}

/// A credential as the European platform makes them, made by hand from the model.
fn credential() -> Value {
    json!({
        "@context": [V1, CONTEXT],
        "id": "urn:credential:1",
        "type": ["VerifiableCredential", "EuropeanDigitalCredential"],
        "issuanceDate": "2026-06-02T10:00:00+02:00",
        "issued": "2026-06-02T10:00:00+02:00",
        "validFrom": "2026-06-02T10:00:00+02:00",
        "credentialSchema": [{"id": "http://data.europa.eu/snb/model/ap/edc-generic-full", "type": "ShaclValidator2017"}],
        "issuer": {
            "id": "urn:epass:org:1", "type": "Organisation",
            "legalName": {"en": ["College"], "de": ["Hochschule"]},
            "eIDASIdentifier": {"id": "urn:epass:legalIdentifier:1", "type": "LegalIdentifier", "notation": "VATXX-1"},
            "registration": {"id": "urn:epass:legalIdentifier:2", "type": "LegalIdentifier", "notation": "R-7"},
            "identifier": [{"type": "Identifier", "schemeName": "Erasmus code", "notation": "XX COLL01"}],
            "homepage": [{"id": "urn:epass:webResource:1", "type": "WebResource", "contentURL": "https://college.example"}],
            "location": [{"id": "urn:epass:location:1", "type": "Location", "address": [{
                "type": "Address",
                "countryCode": concept("http://publications.europa.eu/resource/authority/country/BEL", "Belgium")
            }]}],
            "contactPoint": [{"type": "ContactPoint", "emailAddress": [{"id": "mailto:seal@college.example", "type": "Mailbox"}]}]
        },
        "credentialSubject": {
            "id": "urn:epass:person:1", "type": "Person",
            "givenName": {"en": ["Ada"]}, "familyName": {"en": ["Lovelace"]}, "fullName": {"en": ["Ada Lovelace"]},
            "dateOfBirth": "1990-12-10T00:00:00Z",
            "nationalID": {"type": "LegalIdentifier", "notation": "90.12.10-001"},
            "hasClaim": [{
                "id": "urn:epass:learningAchievement:1", "type": "LearningAchievement",
                "title": {"en": ["Master of Engineering"], "de": ["Master Ingenieurwesen"]},
                "awardedBy": awarding(),
                "creditReceived": [{"type": "CreditPoint", "framework": concept("http://x.example/ects", "ECTS"), "point": "120"}],
                "specifiedBy": {
                    "id": "urn:epass:qualification:1", "type": "Qualification",
                    "title": {"en": ["Master of Engineering (specification)"]},
                    "eqfLevel": concept("http://data.europa.eu/snb/eqf/7", "Level 7"),
                    "nqfLevel": [concept("http://data.europa.eu/snb/nqf/be/7", "National 7")],
                    "thematicArea": [concept("http://data.europa.eu/snb/isced-f/0715", "mechanics")],
                    "creditPoint": [{"type": "CreditPoint", "framework": concept("http://x.example/ects", "ECTS"), "point": "120"}],
                    "volumeOfLearning": "PT3000H",
                    "learningOutcome": [{
                        "id": "urn:epass:learningOutcome:1", "type": "LearningOutcome",
                        "title": {"en": ["Designs machines"]},
                        "relatedESCOSkill": [concept("http://data.europa.eu/esco/skill/6b84b429-31ee-4dac-9d20-e5c55881f80e", "design machines")]
                    }]
                },
                "provenBy": [{
                    "id": "urn:epass:learningAssessment:1", "type": "LearningAssessment", "title": {"en": ["Thesis"]},
                    "grade": {"type": "Note", "noteLiteral": {"en": ["17/20"]}},
                    "gradingScheme": {"id": "urn:epass:gradingScheme:1", "type": "GradingScheme", "title": {"en": ["0 to 20"]}},
                    "assessedBy": {"id": "urn:epass:org:3", "type": "Organisation", "legalName": {"en": ["Jury"]}}
                }],
                "influencedBy": [{
                    "id": "urn:epass:learningActivity:1", "type": "LearningActivity", "title": {"en": ["Internship"]},
                    "temporal": [{"type": "PeriodOfTime", "startDate": "2025-02-01T00:00:00Z", "endDate": "2025-06-01T00:00:00Z"}],
                    "workload": "PT400H"
                }],
                "entitlesTo": [{"id": "urn:epass:entitlement:1", "type": "LearningEntitlement", "title": {"en": ["Doctoral studies"]}}],
                "hasPart": [
                    {"id": "urn:epass:learningAchievement:2", "type": "LearningAchievement", "title": {"en": ["Mechanics"]},
                     "hasPart": [{"id": "urn:epass:learningAchievement:4", "type": "LearningAchievement", "title": {"en": ["Statics"]}}]},
                    {"id": "urn:epass:learningAchievement:3", "type": "LearningAchievement", "title": {"en": ["Physics"]}}
                ]
            }]
        },
        "attachment": [{
            "id": "urn:epass:mediaObject:1", "type": "MediaObject", "title": {"en": ["Supplement"]},
            "contentType": concept("http://publications.europa.eu/resource/authority/file-type/PDF", "PDF"),
            "content": Base64::encode_string(b"a file")
        }],
        "displayParameter": {
            "id": "urn:epass:displayParameter:1", "type": "DisplayParameter", "title": {"en": ["Doctor of Everything"]},
            "individualDisplay": [{"type": "IndividualDisplay", "displayDetail": [{"page": 1, "image": {"content": "iVBORw0="}}]}]
        }
    })
}

fn authority_key() -> Owner {
    Owner::P256([2; 32])
}

/// The credential under a seal, by a certificate with this organisation and identifier; and what knows its authority.
fn sealed(credential: &Value, organization: &str, identifier: &str) -> (Value, Policy) {
    let root = name("root", "", "");
    let anchor = Spec::new(&root, &root, &authority_key(), &[authority(None)]).sign(&authority_key());
    let mut spec = Spec::new(&root, &name("Seal", organization, identifier), &authority_key(), &[]);
    spec.spki = rsa::spki();
    let leaf = spec.sign(&authority_key());
    let header = json!({
        "alg": "RS256", "b64": false, "crit": ["b64", "sigT"], "cty": "application/octet-stream", "typ": "jose+json",
        "x5c": [Base64::encode_string(&leaf)], "x5t#S256": encode(&Sha256::digest(&leaf)), "sigT": "2026-06-02T08:00:00Z"
    });
    let (protected, payload) = (encode(header.to_string().as_bytes()), credential.to_string());
    let signature = encode(&rsa::signature("RS256", format!("{protected}.{payload}").as_bytes()));
    let mut policy = Policy::accepting(Issuers::Anyone);
    policy.x509_anchors.push(Base64::encode_string(&anchor));
    (json!({"payload": payload, "signatures": [{"protected": protected, "signature": signature}]}), policy)
}

fn judge(credential: &Value) -> Report {
    let (seal, policy) = sealed(credential, "College", "VATXX-1");
    verify_with(&seal.to_string(), policy, &Resources::new(), &occasion())
}

#[track_caller]
fn record(report: &Report) -> &Record {
    match report.verdict() {
        Verdict::Verified(secured) => secured.record().unwrap(),
        _ => panic!("{}", report.to_json()),
    }
}

#[test]
fn a_sealed_credential_is_verified() {
    let report = judge(&credential());
    let json: Value = serde_json::from_str(&report.to_json()).unwrap();
    assert!(matches!(report.verdict(), Verdict::Verified(_)), "{json}");
    assert_eq!(json["format"], json!({"family": "elm", "version": "3", "carrier": "jwsJson"}));
    assert_eq!(codes(&report, CheckId::ProfileElm), [Code::ProfileElmFollowed]);
    assert_eq!(codes(&report, CheckId::Schema), [Code::SchemaNotEvaluated]);
}

#[test]
fn without_a_seal_anyone_could_have_written_it() {
    let policy = Policy::accepting(Issuers::Anyone);
    let report = verify_with(&credential().to_string(), policy, &Resources::new(), &occasion());
    assert!(matches!(report.verdict(), Verdict::NotVerified));
    assert!(has(&report, Code::SecuringMissing));
    assert!(report.authentic_record().is_none());
}

#[test]
fn what_was_sealed_is_what_is_read() {
    let (mut seal, policy) = sealed(&credential(), "College", "VATXX-1");
    let payload = seal["payload"].as_str().unwrap().replace("Master", "Doctor");
    seal["payload"] = json!(payload);
    let report = verify_with(&seal.to_string(), policy, &Resources::new(), &occasion());
    assert!(matches!(report.verdict(), Verdict::NotVerified));
    assert!(has(&report, Code::SignatureInvalid));
}

#[test]
fn the_certificate_names_the_organisation() {
    let names = |organization: &str, identifier: &str, credential: &Value, policy: &dyn Fn(&mut Policy)| {
        let (seal, mut wanted) = sealed(credential, organization, identifier);
        policy(&mut wanted);
        let report = verify_with(&seal.to_string(), wanted, &Resources::new(), &occasion());
        codes(&report, CheckId::IssuerBound)[0]
    };
    let anyone: &dyn Fn(&mut Policy) = &|_| {};
    let by_name = with(&credential(), "/issuer/eIDASIdentifier", Value::Null);
    let other_member = with(&by_name, "/issuer/eIDASLegalIdentifier", json!({"notation": "VATXX-1"}));
    for (organization, identifier, credential, code) in [
        ("College", "VATXX-1", &credential(), Code::IssuerIsBound),
        ("Other", "VATXX-1", &credential(), Code::IssuerIsBound),
        // Another number is another organisation, whatever its name.
        ("College", "VATXX-2", &credential(), Code::IssuerNotBound),
        ("College", "VATXX-2", &other_member, Code::IssuerNotBound),
        ("Other", "VATXX-1", &other_member, Code::IssuerIsBound),
        // In any of its languages.
        ("Hochschule", "VATXX-1", &by_name, Code::IssuerIsBound),
        ("Hochschule ", "", &by_name, Code::IssuerNotNamed),
    ] {
        assert_eq!(names(organization, identifier, credential, anyone), code, "{organization} {identifier}");
    }
    // The identifier is the issuer's own invention: who accepts issuers by it must not accept this one.
    let by_id: &dyn Fn(&mut Policy) =
        &|policy| policy.accepted_issuers = Issuers::one_of(["urn:epass:org:1"]);
    assert_eq!(names("College", "VATXX-1", &credential(), by_id), Code::IssuerNotNamed);
    let nobody: &dyn Fn(&mut Policy) = &|policy| policy.x509_anchors.clear();
    assert_eq!(names("College", "VATXX-1", &credential(), nobody), Code::IssuerNoAnchor);
}

#[test]
fn one_claim_is_the_record() {
    let report = judge(&credential());
    let record = record(&report);
    assert_eq!((record.family, record.version, record.kind), ("elm", "3", Kind::Achievement));
    assert_eq!(
        record.kind_raw,
        ["VerifiableCredential", "EuropeanDigitalCredential", "LearningAchievement", "Qualification"]
    );
    assert_eq!(record.degree_level, None, "no degree is told from a title");
    let json: Value = serde_json::from_str(&record.to_json()).unwrap();
    // Languages are members of an object, which have no order.
    let titles = json["title"].as_array().unwrap();
    assert_eq!(titles.len(), 2);
    for (value, language) in [("Master Ingenieurwesen", "de"), ("Master of Engineering", "en")] {
        assert!(
            titles.contains(&json!({"value": value, "language": language, "origin": "issuer"})),
            "{value}"
        );
    }
    let issuer = &json["issuer"];
    assert_eq!((&issuer["id"], &issuer["country"]), (&json!("urn:epass:org:1"), &json!("BEL")));
    assert_eq!(
        (&issuer["url"], &issuer["email"]),
        (&json!("https://college.example"), &json!("seal@college.example"))
    );
    assert_eq!(issuer["claimedName"].as_array().map(Vec::len), Some(2));
    let identifiers: Vec<(&str, &str)> = issuer["identifiers"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["type"].as_str().unwrap(), one["value"].as_str().unwrap()))
        .collect();
    assert_eq!(
        identifiers,
        [("registration", "R-7"), ("eIDASIdentifier", "VATXX-1"), ("Erasmus code", "XX COLL01")]
    );
    let holder = &json["holders"][0];
    assert_eq!(holder["givenName"][0]["value"], "Ada");
    assert_eq!(holder["familyName"][0]["value"], "Lovelace");
    assert_eq!(holder["birthDate"]["value"], "1990-12-10T00:00:00Z");
    assert_eq!(holder["identifiers"][0]["type"], "nationalIdentityNumber");
    let levels = &json["achievement"]["levels"];
    assert_eq!((&levels[0]["scheme"], &levels[0]["number"]), (&json!("EQF"), &json!(7)));
    assert_eq!((&levels[1]["scheme"], levels[1].get("number")), (&json!("NQF"), None));
    assert_eq!(json["achievement"]["fieldOfStudy"][0]["value"], "mechanics");
    assert_eq!(
        json["achievement"]["creditsAvailable"],
        json!({"value": 120.0, "unit": "ECTS", "origin": "issuer"})
    );
    assert_eq!(json["creditsEarned"]["value"], 120.0);
    assert_eq!(json["duration"][0]["value"], "PT3000H");
    assert_eq!(record.skills[1].framework, Some(Framework::Esco));
    assert_eq!(json["skills"][1]["name"][0]["value"], "design machines");
    assert_eq!(
        json["results"][0],
        json!({
            "name": [{"value": "Thesis", "language": "en", "origin": "issuer"}],
            "type": "0 to 20", "value": "17/20", "origin": "issuer"
        })
    );
    assert_eq!(json["assessor"]["claimedName"][0]["value"], "Jury");
    assert_eq!(json["creator"]["claimedName"][0]["value"], "Faculty");
    assert_eq!(json["dates"]["awarded"]["value"], "2026-06-01T00:00:00Z");
    assert_eq!(json["dates"]["issued"]["value"], "2026-06-02T10:00:00+02:00");
    assert_eq!(json["attachments"][0]["size"], 6);
    let digest: String = Sha256::digest(b"a file").iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(json["attachments"][0]["sha256"], json!(digest));
}

#[test]
fn parts_of_a_claim_are_records_under_the_same_seal() {
    let report = judge(&credential());
    let record = record(&report);
    let parts: Vec<(&str, Kind, bool)> = record
        .children
        .iter()
        .map(|part| (part.pointer.as_str(), part.record.as_ref().unwrap().kind, part.same_proof))
        .collect();
    const CLAIM: &str = "/credentialSubject/hasClaim/0";
    assert_eq!(
        parts,
        [
            (&*format!("{CLAIM}/hasPart/0"), Kind::Achievement, true),
            (&*format!("{CLAIM}/hasPart/0/hasPart/0"), Kind::Achievement, true),
            (&*format!("{CLAIM}/hasPart/1"), Kind::Achievement, true),
            (&*format!("{CLAIM}/influencedBy/0"), Kind::Other, true),
            (&*format!("{CLAIM}/entitlesTo/0"), Kind::LearningEntitlement, true),
        ]
    );
    let activity = record.children[3].record.as_ref().unwrap();
    assert_eq!(activity.title[0].value, "Internship");
    assert_eq!(
        activity.dates.activity_start.as_ref().map(|date| date.value.as_str()),
        Some("2025-02-01T00:00:00Z")
    );
    assert_eq!(activity.duration[0].value, "PT400H");
    let relations: Vec<(&str, &str)> = record
        .relations
        .iter()
        .map(|relation| (relation.kind.as_deref().unwrap(), relation.target_id.as_deref().unwrap()))
        .collect();
    assert!(relations.contains(&("hasPart", "urn:epass:learningAchievement:4")), "{relations:?}");
    assert_eq!(relations.len(), 5);
}

#[test]
fn parts_beyond_the_limit_are_counted() {
    for (number, kept, more) in [(999, 999, 0), (1_000, 999, 1), (1_200, 999, 201)] {
        let parts: Vec<Value> = (0..number)
            .map(|n| json!({"id": format!("urn:x:{n}"), "type": "LearningAchievement", "title": {"en": ["Part"]}}))
            .collect();
        let mut many = with(&credential(), "/credentialSubject/hasClaim/0/hasPart", json!(parts));
        for member in ["influencedBy", "entitlesTo"] {
            many = with(&many, &format!("/credentialSubject/hasClaim/0/{member}"), Value::Null);
        }
        let report = judge(&many);
        let record = record(&report);
        // The claim itself is the first of a thousand.
        assert_eq!((record.children.len(), record.completeness.more), (kept, more));
    }
}

#[test]
fn several_claims_are_records_in_the_record() {
    let mut several = credential();
    let claims = several["credentialSubject"]["hasClaim"].as_array_mut().unwrap();
    claims.push(json!({
        "id": "urn:epass:assessment:9", "type": "LearningAssessment", "title": {"en": ["Exam"]},
        "grade": {"noteLiteral": {"en": ["A"], "de": ["Eins"]}}
    }));
    let report = judge(&several);
    let record = record(&report);
    assert_eq!(record.kind, Kind::Other);
    assert!(record.title.is_empty() && record.achievement.is_none());
    assert_eq!(record.children.len(), 7);
    let exam = record.children[6].record.as_ref().unwrap();
    assert_eq!((exam.kind, exam.title[0].value.as_str()), (Kind::Assessment, "Exam"));
    // Of two texts for a grade none is picked.
    assert_eq!(exam.results[0].value, None);
    assert!(record.completeness.not_mapped.iter().any(|pointer| pointer.ends_with("/grade/noteLiteral")));
}

#[test]
fn what_is_displayed_is_not_what_is_claimed() {
    let report = judge(&credential());
    let record = record(&report);
    assert_eq!(record.render_methods.len(), 1);
    assert_eq!(record.render_methods[0].pointer, "/displayParameter");
    let mut without: Value = serde_json::from_str(&record.to_json()).unwrap();
    without["renderMethods"] = Value::Null;
    assert!(!without.to_string().contains("Doctor of Everything"));
}

#[test]
fn terms_mean_what_they_mean_under_their_context() {
    let report = judge(&with(&credential(), "/@context", json!([V1])));
    assert_eq!(codes(&report, CheckId::ProfileElm), [Code::ProfileElmContext]);
    let record = record(&report);
    assert!(record.achievement.is_none() && record.skills.is_empty() && record.title.is_empty());
    assert_eq!(record.kind, Kind::Other);
}

#[test]
fn the_rules_of_the_profile_are_reported() {
    for (pointer, value, code) in [
        ("/issuer/legalName", Value::Null, Code::ProfileElmMissing),
        ("/credentialSubject/hasClaim", Value::Null, Code::ProfileElmMissing),
        ("/credentialSubject/hasClaim", json!([]), Code::ProfileElmMissing),
        ("/displayParameter", Value::Null, Code::ProfileElmMissing),
        ("/credentialSubject/type", json!("Organisation"), Code::ProfileElmType),
        ("/credentialSubject/hasClaim", json!("Master of Science"), Code::ProfileElmType),
    ] {
        let report = judge(&with(&credential(), pointer, value));
        assert_eq!(codes(&report, CheckId::ProfileElm), [code], "{pointer}");
        assert!(matches!(report.verdict(), Verdict::Verified(_)), "{pointer}");
    }
}

#[test]
fn wrong_types_are_not_read_as_something_else() {
    for (pointer, value) in [
        ("/credentialSubject/hasClaim/0/title", json!(7)),
        ("/credentialSubject/hasClaim/0/specifiedBy/eqfLevel", json!(7)),
        ("/credentialSubject/hasClaim/0/specifiedBy/learningOutcome", json!(["Designs machines"])),
        ("/credentialSubject/hasClaim/0/creditReceived", json!([{"point": "many"}])),
        ("/credentialSubject/hasClaim/0/hasPart", json!("urn:epass:learningAchievement:2")),
        ("/credentialSubject/givenName", json!(true)),
    ] {
        let report = judge(&with(&credential(), pointer, value));
        let record = record(&report);
        let named = record.completeness.not_mapped.iter().any(|at| at.starts_with(pointer));
        assert!(named, "{pointer}: {:?}", record.completeness.not_mapped);
    }
    // A level that there is not is no level.
    let level = concept("http://data.europa.eu/snb/eqf/9", "Level 9");
    let report = judge(&with(&credential(), "/credentialSubject/hasClaim/0/specifiedBy/eqfLevel", level));
    assert_eq!(record(&report).achievement.as_ref().unwrap().levels[0].number, None);
}
