//! HR Open LER-RS without a wrapper: a bundle that nothing secures, in which each credential is verified on its own
//! (standards.md §16, threats.md D30).
#![cfg(feature = "formats")]

mod support;

use ler_verify::record::{Kind, Origin, PartVerdict, Precision};
use ler_verify::{
    Check, CheckId, Code, Issuers, Occasion, Outcome, Policy, Recipient, Report, Resource, ResourceKind,
    Resources, Verdict, Verifier,
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use support::fixtures;

const TYPE: &str = "http://schema.hropenstandards.org/4.5/recruiting/json/LER-RSType.json";
const TYPE_4_4: &str = "http://schema.hropenstandards.org/4.4/recruiting/json/ler-rs/LER-RSType.json";

fn own(name: &str) -> Value {
    let path = fixtures::own().join("credentials").join(name);
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// A badge of Ada's: a good proof, her address as a hash.
fn badge() -> Value {
    own("ob3-typical.json")
}

/// Ada's record, with one badge.
fn record() -> Value {
    json!({
        "type": TYPE,
        "documentId": {"value": "lr-1"},
        "person": {"name": {"formattedName": "Ada Example", "given": "Ada", "family": "Example"}},
        "communication": {
            "email": [{"useCode": "private", "address": "ada.lovelace@example.org"}],
            "phone": [{"useCode": "work", "formattedNumber": "+1 555 0100"}],
            "address": [{"city": "Springfield", "countryCode": "US", "useCode": "ResidenceAddress"}]
        },
        "narratives": [{"name": "Objective", "texts": [{"name": "goal", "lines": ["To analyse."]}]}],
        "employmentHistories": [{
            "organization": {"tradeName": "Mills Ltd", "domainName": "dns:mills.example"},
            "positionHistories": [
                {"title": "Engineer", "start": "2019", "end": "2021-03", "current": false},
                {"title": "Lead", "start": "2021-04-01", "current": true,
                 "organization": {"name": "Looms"}, "workRelationshipTypeCode": "Employee",
                 "location": {"city": "London", "countryCode": "GB"}}
            ],
            "verifications": [{"verifyingOrganization": {"name": "Mills HR"}}]
        }],
        "educationAndLearnings": [
            {"institution": {"name": "Example College"}, "start": "1996", "end": "2000",
             "educationDegrees": [{
                 "name": "Bachelor of Science", "iscedEducationLevelCode": "6", "date": "2000",
                 "degreeGrantedStatus": "Granted", "gpa": 3.5,
                 "specializations": [
                     {"name": "Mathematics", "type": "major"}, {"name": "Music", "type": "minor"}
                 ]
             }]},
            {"verifications": [badge()]}
        ],
        "certifications": [{
            "name": "Steam Certificate", "status": "Active", "firstIssued": "2014-08-25",
            "effectiveTimePeriod": {"validFrom": "2014-08-25T00:00:00.0", "validTo": "2024-08-25T00:00:00.0"},
            "issuingAuthority": {"tradeName": "Steam Board"},
            "verifications": [{"reference": "https://steam.example/1", "scheme": "https://steam.example/scheme"}]
        }],
        "licenses": [{
            "name": "Boiler Licence", "id": {"value": "B-77"}, "jurisdiction": {"countryCode": "GB"},
            "issuingAuthority": {"name": "Boiler Office"}
        }],
        "skills": [{
            "name": "Algebra", "yearsOfExperience": 5, "comments": ["On the job."],
            "schemeReference": {"reference": "https://skills.example/1", "scheme": "https://skills.example"},
            "endorsers": [{"person": {"name": {"formattedName": "Charles B."}}}]
        }],
        "attachments": [{
            "id": {"value": "resume"},
            "content": {"value": "QWRh", "encoding": "base64", "mimeType": "text/plain", "filename": "ada.txt"}
        }]
    })
}

fn with(pointer: &str, value: Value) -> Value {
    let mut changed = record();
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    let parent = changed.pointer_mut(parent).unwrap();
    match parent {
        Value::Array(items) => items[name.parse::<usize>().unwrap()] = value,
        parent => drop(parent.as_object_mut().unwrap().insert(name.to_owned(), value)),
    }
    changed
}

fn verify_for(document: &Value, occasion: &Occasion) -> Report {
    let verifier = Verifier::new(Policy::accepting(Issuers::Anyone)).unwrap();
    // What is found is told in the order of the text.
    let mut document = document.clone();
    document.sort_all_objects();
    verifier.verify(document.to_string().as_bytes(), &Resources::new(), occasion)
}

fn verify(document: &Value) -> Report {
    verify_for(document, &fixtures::occasion())
}

fn codes(report: &Report, check: CheckId) -> Vec<Code> {
    report.checks().iter().filter(|c: &&Check| c.id == check).map(|c| c.code).collect()
}

fn places(report: &Report, code: Code) -> Vec<&str> {
    report.checks().iter().filter(|c| c.code == code).filter_map(|c| c.pointer.as_deref()).collect()
}

#[test]
fn nothing_secures_it_and_what_is_in_it_is_verified_on_its_own() {
    let report = verify(&record());
    let format = report.format().unwrap();
    assert_eq!((format.family, format.version, format.carrier), ("lerRs", "4.5", "json"));
    assert_eq!(report.verdict().name(), "notVerified");
    assert_eq!(codes(&report, CheckId::SecuringPresent), [Code::SecuringMissing]);
    assert_eq!(codes(&report, CheckId::DocumentConformance), [Code::DocumentConforms]);
    assert_eq!(report.axes().authentic, Outcome::Failed);

    let [inside] = report.embedded() else { panic!("{}", report.to_json()) };
    assert_eq!(inside.pointer, "/educationAndLearnings/1/verifications/0");
    assert_eq!(inside.relation.name(), "nested");
    let Verdict::Verified(secured) = inside.report.verdict() else { panic!("{}", inside.report.to_json()) };
    assert_eq!(secured.record().unwrap().title[0].value, "Introduction to Data Analysis");
}

#[test]
fn the_record_is_ones_own_word_and_never_a_verified_one() {
    let report = verify(&record());
    assert!(report.authentic_record().is_none());
    let shown = report.unsecured_record().expect("it is there for showing");
    assert!(matches!(shown.verdict, Verdict::NotVerified));
    let record = shown.record;
    assert_eq!((record.kind, record.id.as_deref()), (Kind::Resume, Some("lr-1")));
    let json: Value = serde_json::from_str(&record.to_json()).unwrap();
    // The only other origin is that of the record inside.
    let mut open = vec![&json];
    let mut origins = std::collections::BTreeSet::new();
    while let Some(value) = open.pop() {
        match value {
            Value::Object(object) => {
                origins.extend(object.get("origin").and_then(Value::as_str));
                open.extend(
                    object.iter().filter(|(member, _)| *member != "children").map(|(_, inner)| inner),
                );
            }
            Value::Array(items) => open.extend(items),
            _ => {}
        }
    }
    assert_eq!(origins.into_iter().collect::<Vec<_>>(), ["selfAsserted"]);
    let [child] = record.children.as_slice() else { panic!("one record is inside") };
    assert_eq!(child.origin, Origin::NestedIssuer);
    assert_eq!(child.verdict, Some(PartVerdict::Verified));
    assert!(child.record.is_some());
}

#[test]
fn it_is_passed_on_with_the_state_of_each_entry() {
    let report = verify(&record());
    let shown = report.unsecured_record().unwrap();
    let json: Value = serde_json::from_str(&shown.to_resume_json(None)).unwrap();
    assert_eq!(json["work"][0]["lerVerify"]["state"], "selfAsserted");
    let states = |document: &str| {
        let mut states: Vec<&str> =
            document.split("\"state\":\"").skip(1).filter_map(|s| s.split('"').next()).collect();
        states.sort_unstable();
        states.dedup();
        states.join(" ")
    };
    // The badge is another's word, and verified.
    assert_eq!(states(&shown.to_resume_json(None)), "selfAsserted verified");
    assert_eq!(states(&shown.to_ler_rs(None)), "selfAsserted verified");
    // What is passed on is no evidence: it is a record that nothing secures, like the first.
    let again = verify(&serde_json::from_str(&shown.to_ler_rs(None)).unwrap());
    assert_eq!((again.format().unwrap().family, again.verdict().name()), ("lerRs", "notVerified"));
    assert_eq!(codes(&again, CheckId::DocumentConformance), [Code::DocumentConforms], "{}", again.to_json());
    assert!(again.embedded().is_empty());
}

#[test]
fn what_could_have_been_signed_is_not_shown_that_way() {
    let mut unsigned = badge();
    unsigned.as_object_mut().unwrap().remove("proof");
    assert!(verify(&unsigned).unsecured_record().is_none());
    assert!(verify(&badge()).unsecured_record().is_none());
    let wrapper = json!({
        "@context": ["https://www.w3.org/2018/credentials/v1"], "type": ["VerifiableCredential", "LER-RS VC"],
        "issuer": "did:example:x", "issuanceDate": "2024-01-01T00:00:00Z", "credentialSubject": record()
    });
    let report = verify(&wrapper);
    assert_eq!(codes(&report, CheckId::SecuringPresent), [Code::SecuringMissing]);
    assert!(report.unsecured_record().is_none() && report.authentic_record().is_none());
}

#[test]
fn everything_has_its_place_in_the_record() {
    let report = verify(&record());
    let record = report.unsecured_record().unwrap().record;
    let holder = &record.holders[0];
    assert_eq!(holder.name[0].value, "Ada Example");
    assert_eq!(
        (holder.given_name[0].value.as_str(), holder.family_name[0].value.as_str()),
        ("Ada", "Example")
    );
    let known: Vec<_> = holder.identifiers.iter().map(|i| (i.kind.as_deref(), i.value.as_deref())).collect();
    let expected =
        [(Some("emailAddress"), Some("ada.lovelace@example.org")), (Some("telephone"), Some("+1 555 0100"))];
    assert_eq!(known, expected);
    // What an address is for is a claim with its place.
    let purposes: Vec<&str> =
        record.claims.iter().map(|c| c.pointer.as_str()).filter(|p| p.ends_with("useCode")).collect();
    assert_eq!(
        purposes,
        [
            "/communication/address/0/useCode",
            "/communication/email/0/useCode",
            "/communication/phone/0/useCode"
        ]
    );
    assert_eq!(record.narrative[0].value, "To analyse.");

    let [first, second] = record.employment.as_slice() else { panic!("two positions") };
    assert_eq!(first.organization.as_ref().unwrap().claimed_name[0].value, "Mills Ltd");
    assert_eq!(first.title[0].value, "Engineer");
    assert_eq!((first.start.as_ref().unwrap().precision, first.current), (Precision::Year, Some(false)));
    assert_eq!(first.end.as_ref().unwrap().precision, Precision::Month);
    assert_eq!(second.department[0].value, "Looms");
    assert_eq!((second.kind.as_deref(), second.current), (Some("Employee"), Some(true)));
    assert!(second.end.is_none());
    assert_eq!(second.pointer, "/employmentHistories/0/positionHistories/1");
    assert!(second.verifications.is_empty(), "a contact is no document");

    let [degree] = record.education.as_slice() else { panic!("an item with a credential only is no claim") };
    assert_eq!(degree.institution.as_ref().unwrap().claimed_name[0].value, "Example College");
    assert_eq!(degree.degree[0].value, "Bachelor of Science");
    assert_eq!((degree.majors[0].value.as_str(), degree.minors[0].value.as_str()), ("Mathematics", "Music"));
    assert_eq!((degree.levels[0].number, degree.status.as_deref()), (Some(6), Some("Granted")));
    assert_eq!(degree.gpa.as_ref().unwrap().value, "3.5");
    assert_eq!(degree.awarded.as_ref().unwrap().value, "2000");

    let [certificate, licence] = record.qualifications.as_slice() else { panic!("two qualifications") };
    assert_eq!((certificate.kind, licence.kind), (Kind::Certification, Kind::License));
    assert_eq!(certificate.authority.as_ref().unwrap().claimed_name[0].value, "Steam Board");
    assert_eq!(certificate.status.as_deref(), Some("Active"));
    assert!(certificate.valid_until.as_ref().unwrap().instant.is_some());
    assert_eq!(licence.identifiers[0].kind.as_deref(), Some("licenseNumber"));
    assert_eq!(licence.identifiers[0].value, "B-77");
    assert!(record.claims.iter().any(|claim| claim.pointer == "/licenses/0/jurisdiction/countryCode"));

    let skill = &record.skills[0];
    assert_eq!(
        (skill.name[0].value.as_str(), skill.url.as_deref()),
        ("Algebra", Some("https://skills.example/1"))
    );
    let years = skill.years_of_experience.as_ref().unwrap();
    assert_eq!((years.value, years.unit.as_deref()), (5.0, Some("years")));
    assert_eq!(skill.endorsers[0].claimed_name[0].value, "Charles B.");

    let file = &record.attachments[0];
    assert_eq!(file.name[0].value, "ada.txt");
    let digest = ler_verify::encoding::hex(&Sha256::digest(b"Ada"));
    assert_eq!(file.sha256.as_ref(), Some(&digest));
    assert!(record.completeness.not_mapped.is_empty(), "{:?}", record.completeness.not_mapped);
}

#[test]
fn a_contact_is_no_verification() {
    let report = verify(&record());
    let contacts = places(&report, Code::LerRsContactOnly);
    assert_eq!(contacts, ["/certifications/0/verifications/0", "/employmentHistories/0/verifications/0"]);
    let record = report.unsecured_record().unwrap().record;
    let evidence: Vec<_> = record.evidence.iter().map(|e| (e.kind[0].as_str(), e.url.as_deref())).collect();
    assert_eq!(evidence, [("reference", Some("https://steam.example/1")), ("verifyingOrganization", None)]);
    assert_eq!(record.evidence[1].name[0].value, "Mills HR");
}

#[test]
fn version_4_4_and_records_without_a_type() {
    let report = verify(&with("/type", json!(TYPE_4_4)));
    assert_eq!(report.format().unwrap().version, "4.4");
    // The packaging profile for Open Badges has examples like this one.
    let report = verify(&json!({
        "person": {"name": {"formattedName": "Jo"}},
        "educationAndLearning": [{
            "education": {"name": "Data", "institution": {"name": "College"}}, "verifiableCredential": badge()
        }]
    }));
    assert_eq!(report.format().unwrap().family, "lerRs");
    assert_eq!(codes(&report, CheckId::DocumentConformance), [Code::DocumentMemberMissing]);
    assert_eq!(report.embedded()[0].pointer, "/educationAndLearning/0/verifiableCredential");
    assert_eq!(report.embedded()[0].report.verdict().name(), "verified");
    let record = report.unsecured_record().unwrap().record;
    assert_eq!(record.education[0].institution.as_ref().unwrap().claimed_name[0].value, "College");
    assert_eq!(record.education[0].verifications, ["/educationAndLearning/0/verifiableCredential"]);
    // Somebody's own format is not recognised by a person alone, nor is another schema of HR Open.
    for other in [
        json!({"person": {"name": "Jo"}, "skills": []}),
        json!({"type": "http://schema.hropenstandards.org/4.5/recruiting/json/CandidateType.json"}),
        json!({"type": "http://schema.hropenstandards.org.evil.example/4.5/LER-RSType.json"}),
        json!({"type": ["http://schema.hropenstandards.org/9.9/recruiting/json/LER-RSType.json"]}),
    ] {
        let report = verify(&other);
        assert_eq!(codes(&report, CheckId::DocumentFormat), [Code::FormatNotRecognised], "{other}");
    }
}

#[test]
fn a_wrong_type_fails_where_it_stands() {
    for (pointer, value, place) in [
        ("/person", json!("Ada"), "/person"),
        ("/communication", json!([]), "/communication"),
        ("/documentId", json!("lr-1"), "/documentId"),
        ("/skills", json!({"name": "Algebra"}), "/skills"),
        ("/skills/0", json!("Algebra"), "/skills/0"),
        ("/narratives", json!("Ada"), "/narratives"),
        ("/attachments/0", json!(1), "/attachments/0"),
        ("/employmentHistories/0/positionHistories", json!({}), "/employmentHistories/0/positionHistories"),
        (
            "/employmentHistories/0/positionHistories/0",
            json!("x"),
            "/employmentHistories/0/positionHistories/0",
        ),
        ("/certifications/0/verifications", json!({}), "/certifications/0/verifications"),
        ("/certifications/0/verifications", json!(true), "/certifications/0/verifications"),
        ("/certifications/0/verifications", json!(null), "/certifications/0/verifications"),
        ("/certifications/0/verifications/0", json!(7), "/certifications/0/verifications/0"),
        (
            "/certifications/0/verifications/0",
            json!("https://x.example"),
            "/certifications/0/verifications/0",
        ),
        ("/certifications/0/verifications/0", json!([]), "/certifications/0/verifications/0"),
    ] {
        let report = verify(&with(pointer, value.clone()));
        assert_eq!(
            codes(&report, CheckId::DocumentConformance),
            [Code::DocumentMemberType],
            "{pointer} {value}"
        );
        assert_eq!(places(&report, Code::DocumentMemberType), [place]);
        // What is good inside is good all the same.
        assert_eq!(report.embedded()[0].report.verdict().name(), "verified", "{pointer}");
        assert!(report.unsecured_record().is_some());
    }
}

#[test]
fn an_item_has_its_required_members_or_verifications() {
    for (list, member) in [
        ("employmentHistories", "organization"),
        ("certifications", "issuingAuthority"),
        ("licenses", "issuingAuthority"),
        ("skills", "name"),
        ("educationAndLearnings", "institution"),
        ("narratives", "texts"),
    ] {
        let mut changed = record();
        let item = changed[list][0].as_object_mut().unwrap();
        item.remove(member);
        let verified = item.contains_key("verifications");
        let expected = if verified { Code::DocumentConforms } else { Code::DocumentMemberMissing };
        assert_eq!(codes(&verify(&changed), CheckId::DocumentConformance), [expected], "{list}");
    }
}

#[test]
fn documents_are_found_under_every_name_and_as_tokens() {
    let token = std::fs::read_to_string(fixtures::own().join("credentials/jwt-ob-eddsa.jwt")).unwrap();
    let unsigned = {
        let mut badge = badge();
        badge.as_object_mut().unwrap().remove("proof");
        badge
    };
    let no_context = {
        let mut badge = badge();
        badge.as_object_mut().unwrap().remove("@context");
        badge
    };
    let cases = [
        (json!([badge()]), "/certifications/0/verifications/0", "verified"),
        (
            json!([{"openBadgeCredential": badge()}]),
            "/certifications/0/verifications/0/openBadgeCredential",
            "verified",
        ),
        (json!([{"Verification": badge()}]), "/certifications/0/verifications/0/Verification", "verified"),
        (
            json!([{"otherW3CVerifiableCredential": [badge()]}]),
            "/certifications/0/verifications/0/otherW3CVerifiableCredential/0",
            "verified",
        ),
        // Nothing secures it, or nothing says what it is: neither passes unseen.
        (json!([unsigned]), "/certifications/0/verifications/0", "notVerified"),
        (json!([no_context]), "/certifications/0/verifications/0", "notVerified"),
        (
            json!([{"@context": "https://x.example", "name": "x"}]),
            "/certifications/0/verifications/0",
            "indeterminate",
        ),
        (
            json!([{"@context": "https://www.w3.org/ns/credentials/v2", "type": "VerifiablePresentation"}]),
            "/certifications/0/verifications/0",
            "notVerified",
        ),
        #[cfg(feature = "jose")]
        (json!([token.trim()]), "/certifications/0/verifications/0", "verified"),
        #[cfg(feature = "jose")]
        (
            json!([{"clrCredential": token.trim()}]),
            "/certifications/0/verifications/0/clrCredential",
            "verified",
        ),
    ];
    let _ = &token;
    for (verifications, place, verdict) in cases {
        let report = verify(&with("/certifications/0/verifications", verifications.clone()));
        let inside = report.embedded().iter().find(|inside| inside.pointer == place);
        let inside = inside.unwrap_or_else(|| panic!("nothing at {place} of {verifications}"));
        assert_eq!(inside.report.verdict().name(), verdict, "{place}");
        assert_eq!(codes(&report, CheckId::DocumentConformance), [Code::DocumentConforms], "{place}");
        let record = report.unsecured_record().unwrap().record;
        assert_eq!(record.qualifications[0].verifications, [place]);
    }
}

#[test]
fn a_name_that_begins_like_a_token_is_none() {
    for name in ["eye.clinic.example", "ewing.co.uk", "ey"] {
        let contact = json!([{"verifyingOrganization": {"name": name, "domainName": name}}]);
        let report = verify(&with("/certifications/0/verifications", contact));
        assert_eq!(report.embedded().len(), 1, "{name}");
    }
}

#[test]
fn a_tampered_badge_fails_alone() {
    let mut tampered = badge();
    tampered["credentialSubject"]["achievement"]["name"] = json!("Doctor of Data");
    let report = verify(&with("/certifications/0/verifications/0", tampered));
    let verdicts: Vec<_> = report.embedded().iter().map(|e| e.report.verdict().name()).collect();
    assert_eq!(verdicts, ["notVerified", "verified"]);
    let record = report.unsecured_record().unwrap().record;
    let parts: Vec<_> = record.children.iter().map(|part| (part.verdict, part.record.is_some())).collect();
    assert_eq!(parts, [(Some(PartVerdict::NotVerified), false), (Some(PartVerdict::Verified), true)]);
}

#[test]
fn what_a_badge_needs_is_asked_for_although_the_bundle_is_not_secured() {
    let document = with("/certifications/0/verifications/0", own("did-web.json"));
    let report = verify(&document);
    let wanted: Vec<_> = report.requests().iter().map(|request| request.identifier.as_str()).collect();
    assert_eq!(wanted, ["did:web:university.example"]);
    let verifier = Verifier::new(Policy::accepting(Issuers::Anyone)).unwrap();
    let report =
        verifier.verify(document.to_string().as_bytes(), &fixtures::resources(), &fixtures::occasion());
    assert!(report.embedded().iter().all(|inside| inside.report.verdict().name() == "verified"));
    assert_eq!(report.verdict().name(), "notVerified");
}

#[test]
fn the_badge_is_compared_with_the_person() {
    let of = |document: &Value| {
        let report = verify(document);
        let inside = &report.embedded()[0].report;
        // It is reported, and costs no verdict.
        assert_eq!(inside.verdict().name(), "verified");
        let check = inside.checks().iter().find(|check| check.id == CheckId::Person).unwrap().clone();
        (check.code, check.pointer, format!("{:?}", check.details))
    };
    let place = "/educationAndLearnings/1/verifications/0/credentialSubject/identifier/0";
    let (code, pointer, details) = of(&record());
    assert_eq!((code, pointer.as_deref()), (Code::LerRsPersonMatches, Some(place)));
    assert!(details.contains("emailAddress") && !details.contains("ada."), "{details}");
    // Somebody else's good badge in one's own record.
    let (code, ..) = of(&with("/communication/email", json!([{"address": "mallory@example.org"}])));
    assert_eq!(code, Code::LerRsPersonDiffers);
    let (code, ..) = of(&with("/communication/email", json!([])));
    assert_eq!(code, Code::LerRsPersonUnknown);
    let (code, ..) = of(&with("/person", json!({"id": "did:example:ada"})));
    assert_eq!(code, Code::LerRsPersonMatches);
    let (code, ..) = of(&with("/person", json!(7)));
    assert_eq!(code, Code::LerRsPersonMatches, "by the address that stands beside");
}

#[test]
fn the_expected_recipient_is_asked_of_each_record_inside() {
    let occasion = fixtures::occasion().recipient(Recipient::email("mallory@example.org"));
    let report = verify_for(&record(), &occasion);
    assert_eq!(codes(&report.embedded()[0].report, CheckId::Recipient), [Code::RecipientDiffers]);
    assert_eq!(report.embedded()[0].report.verdict().name(), "notVerified");
}

#[test]
fn it_cannot_pass_for_a_credential_or_a_credential_for_it() {
    // A type of its own under the context of credentials: a credential without the type of one, that nothing secures.
    let mut both = record();
    both["@context"] = json!(["https://www.w3.org/2018/credentials/v1"]);
    let report = verify(&both);
    assert_eq!(report.format().unwrap().family, "lerRs");
    assert_eq!(codes(&report, CheckId::SecuringPresent), [Code::SecuringMissing]);
    assert!(codes(&report, CheckId::DocumentConformance).contains(&Code::DocumentType));
    assert!(report.unsecured_record().is_none());
    // What is in it is seen all the same, and requests nothing on behalf of a forgery.
    assert_eq!(report.embedded()[0].report.verdict().name(), "verified");
    assert!(report.requests().is_empty());
    // A proof of some kind beside a record that nothing secures is nothing.
    let report = verify(&with("/proof", badge()["proof"].clone()));
    assert_eq!(codes(&report, CheckId::SecuringPresent), [Code::SecuringMissing]);
    assert_eq!(report.verdict().name(), "notVerified");
}

#[test]
fn a_policy_cannot_make_it_verified() {
    let mut policy = Policy::accepting(Issuers::Anyone);
    policy.danger.skip.push("securing.present".to_owned());
    assert!(Verifier::new(policy).is_err());
}

#[cfg(feature = "jose")]
#[test]
fn a_signature_around_it_has_no_owner() {
    let header = json!({"alg": "EdDSA", "kid": "did:example:x#1"}).to_string();
    let part = |text: &str| ler_verify::encoding::base64url::encode(text.as_bytes());
    let token = format!("{}.{}.{}", part(&header), part(&record().to_string()), part(&"x".repeat(64)));
    let verifier = Verifier::new(Policy::accepting(Issuers::Anyone)).unwrap();
    let report = verifier.verify(token.as_bytes(), &Resources::new(), &fixtures::occasion());
    assert_ne!(report.verdict().name(), "verified");
    assert!(report.unsecured_record().is_none() && report.authentic_record().is_none());
}

#[test]
fn a_record_in_a_record_is_no_document_but_its_documents_are_seen() {
    let inner = record();
    let document = with("/certifications/0/verifications/0", inner);
    let report = verify(&document);
    let places: Vec<&str> = report.embedded().iter().map(|inside| inside.pointer.as_str()).collect();
    assert_eq!(
        places,
        [
            "/certifications/0/verifications/0/educationAndLearnings/1/verifications/0",
            "/educationAndLearnings/1/verifications/0"
        ]
    );
}

#[test]
fn depth_and_number_are_bounded() {
    let mut badges = record();
    let limit = ler_verify::Limits::default().embedded;
    let small =
        json!({"@context": ["https://www.w3.org/ns/credentials/v2"], "type": ["VerifiableCredential"]});
    badges["certifications"][0]["verifications"] = json!(vec![small.clone(); limit + 1]);
    let report = verify(&badges);
    assert_eq!(codes(&report, CheckId::Limits), [Code::LimitEmbedded]);
    assert!(report.embedded().len() <= limit);
    let few = with("/certifications/0/verifications", json!(vec![small; 20]));
    assert_eq!(codes(&verify(&few), CheckId::Limits), []);

    // Wrappers in wrappers.
    let mut deep = badge();
    for _ in 0..6 {
        deep = json!({
            "@context": ["https://www.w3.org/2018/credentials/v1"], "type": ["VerifiableCredential", "LER-RS VC"],
            "credentialSubject": {"verifications": [deep]}
        });
    }
    let report = verify(&with("/certifications/0/verifications/0", deep));
    let mut at = &report;
    let mut depth = 0;
    while let Some(inside) = at.embedded().first() {
        (at, depth) = (&inside.report, depth + 1);
    }
    assert_eq!(depth, ler_verify::Limits::default().embedded_depth);
    assert_eq!(codes(at, CheckId::Limits), [Code::LimitEmbedded]);
}

#[test]
fn many_of_a_kind_are_named_up_to_a_bound_and_the_rest_counted() {
    let many = 5_000;
    let mut long = record();
    long["skills"] =
        json!(vec![json!({"name": "x", "verifications": [{"reference": "https://x.example"}]}); many]);
    long["employmentHistories"] = json!(vec![json!(1); many]);
    let report = verify(&long);
    assert_eq!(places(&report, Code::DocumentMemberType).len(), 100);
    assert_eq!(places(&report, Code::LerRsContactOnly).len(), 100);
    let record = report.unsecured_record().unwrap().record;
    assert_eq!(record.skills.len(), 1_000);
    assert!(record.completeness.more >= 4_000);
}

#[test]
fn adding_resources_never_makes_it_verified() {
    let resources = Resources::new();
    resources.insert(ResourceKind::Context, TYPE, Resource::new(b"{\"@context\":{}}".to_vec()));
    let verifier = Verifier::new(Policy::accepting(Issuers::Anyone)).unwrap();
    let report = verifier.verify(record().to_string().as_bytes(), &resources, &fixtures::occasion());
    assert_eq!(report.verdict().name(), "notVerified");
}

#[test]
fn a_badge_of_the_older_standard_is_recognised_in_it() {
    let old = json!({
        "@context": "https://w3id.org/openbadges/v2", "type": "Assertion", "id": "https://badges.example/1",
        "recipient": {"type": "email", "hashed": false, "identity": "ada.lovelace@example.org"},
        "badge": "https://badges.example/class/1", "issuedOn": "2020-01-01T00:00:00Z",
        "verification": {"type": "HostedBadge"}
    });
    let report = verify(&with("/certifications/0/verifications/0", old));
    let inside = &report.embedded()[0].report;
    let format = inside.format().unwrap();
    assert_eq!((format.family, format.version), ("openBadges", "2.0"));
    assert_ne!(inside.verdict().name(), "verified");
    assert_eq!(codes(inside, CheckId::Person), [Code::LerRsPersonUnknown]);
}

#[test]
fn it_runs_on_a_small_stack() {
    let read = || {
        let report = verify(&record());
        assert!(report.unsecured_record().unwrap().record.to_json().len() > 1_000);
    };
    std::thread::Builder::new().stack_size(256 * 1024).spawn(read).unwrap().join().unwrap();
}

/// What a policy switched off is said in every report, whatever the format (design.md §4).
#[test]
fn what_the_policy_switched_off_is_said_here_too() {
    let mut policy = Policy::accepting(Issuers::Anyone);
    policy.danger.skip = vec!["contexts.available".to_owned()];
    let verifier = Verifier::new(policy).unwrap();
    let report = verifier.verify(record().to_string().as_bytes(), &Resources::new(), &fixtures::occasion());
    assert!(report.checks().iter().any(|check| check.code == Code::DangerSkipped), "{}", report.to_json());
}
