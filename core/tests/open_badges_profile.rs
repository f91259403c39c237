//! The rules of Open Badges 3.0 (Appendix B.1), rule by rule, and on the samples of the official validator.

mod support;

use ler_verify::codes::Code::{self, *};
use ler_verify::document::open_badges::{context_version, profile};
use ler_verify::json::Tree;
use ler_verify::limits::Limits;
use serde_json::{Value, json};

fn found(text: &str) -> Vec<(Code, String)> {
    let tree = Tree::parse(text.as_bytes(), &Limits::default()).unwrap();
    profile(tree.root()).into_iter().map(|f| (f.code, f.pointer.clone().unwrap())).collect()
}

fn badge() -> Value {
    json!({
        "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
        "id": "urn:uuid:1",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {"id": "did:example:school", "type": ["Profile"], "name": "School"},
        "validFrom": "2025-01-01T00:00:00Z",
        "credentialSubject": {
            "id": "did:example:ada",
            "type": "AchievementSubject",
            "achievement": {
                "id": "https://example.org/achievements/1",
                "type": ["Achievement"],
                "criteria": {"narrative": "Pass the exam."},
                "name": "Course", "description": "A course",
                "alignment": [{"type": "Alignment", "targetName": "Skill", "targetUrl": "https://example.org/skill"}],
                "resultDescription": [
                    {"id": "urn:uuid:grade", "type": "ResultDescription", "name": "Grade", "resultType": "LetterGrade",
                     "allowedValue": ["A", "B", "F"]},
                    {"id": "urn:uuid:percent", "type": "ResultDescription", "name": "Score", "resultType": "Percent",
                     "valueMin": "0", "valueMax": "100"},
                    {"id": "urn:uuid:status", "type": "ResultDescription", "name": "Status", "resultType": "Status"},
                    {"id": "urn:uuid:rubric", "type": "ResultDescription", "name": "Rubric",
                     "resultType": "RubricCriterionLevel", "requiredLevel": "urn:uuid:mastered",
                     "rubricCriterionLevel": [{"id": "urn:uuid:mastered", "type": "RubricCriterionLevel", "name": "M"}]}
                ]
            },
            "result": [
                {"type": "Result", "resultDescription": "urn:uuid:grade", "value": "A"},
                {"type": "Result", "resultDescription": "urn:uuid:percent", "value": "99.5"},
                {"type": "Result", "resultDescription": "urn:uuid:status", "status": "Completed"},
                {"type": "Result", "resultDescription": "urn:uuid:rubric", "achievedLevel": "urn:uuid:mastered"}
            ]
        },
        "endorsement": [{
            "type": ["VerifiableCredential", "EndorsementCredential"],
            "issuer": "did:example:accreditor",
            "credentialSubject": {"id": "urn:uuid:1", "type": "EndorsementSubject"}
        }],
        "proof": {"type": "DataIntegrityProof", "proofPurpose": "assertionMethod"}
    })
}

const SUBJECT: &str = "/credentialSubject";
const ACHIEVEMENT: &str = "/credentialSubject/achievement";

/// What the badge with `value` at `pointer` (`null` removes it) breaks.
fn changed(pointer: &str, value: Value) -> Vec<(Code, String)> {
    let mut badge = badge();
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    match badge.pointer_mut(parent).unwrap() {
        Value::Object(object) if value.is_null() => drop(object.remove(key).unwrap()),
        Value::Object(object) => drop(object.insert(key.to_owned(), value)),
        Value::Array(array) => array[key.parse::<usize>().unwrap()] = value,
        _ => panic!("{pointer}"),
    }
    found(&badge.to_string())
}

fn assert_breaks(pointer: &str, value: Value, code: Code, at: &str) {
    assert_eq!(changed(pointer, value.clone()), [(code, at.to_owned())], "{pointer} {value}");
}

#[test]
fn a_good_badge_follows_the_rules() {
    assert_eq!(found(&badge().to_string()), []);
}

/// threats.md O11: a subject without id or identifier is a bearer badge.
#[test]
fn the_subject_is_one_and_named() {
    assert_breaks("/credentialSubject/id", json!(null), ProfileOpenBadgesSubject, SUBJECT);
    let two = json!([badge()["credentialSubject"], badge()["credentialSubject"]]);
    assert_breaks(SUBJECT, two, ProfileOpenBadgesValue, SUBJECT);
    let identifier = json!({"type": "IdentityObject", "hashed": true, "identityHash": "sha256$00", "identityType": "emailAddress"});
    assert_eq!(changed("/credentialSubject/identifier", identifier), []);
    let unclear =
        json!({"type": "IdentityObject", "hashed": "yes", "identityHash": "x", "identityType": "name"});
    assert_breaks(
        "/credentialSubject/identifier",
        unclear,
        ProfileOpenBadgesValue,
        "/credentialSubject/identifier/hashed",
    );
}

#[test]
fn the_contexts_are_a_pair() {
    let v1 = "https://www.w3.org/2018/credentials/v1";
    let v2 = "https://www.w3.org/ns/credentials/v2";
    let badges = |version: &str| format!("https://purl.imsglobal.org/spec/ob/v3p0/context{version}.json");
    for good in [
        json!([v2, badges("-3.0.2")]),
        json!([v1, badges("")]),
        json!([v1, badges("-3.0.1")]),
        json!([v1, badges("-3.0.3")]),
    ] {
        assert_eq!(changed("/@context", good), []);
    }
    let (zero, one, three) = (badges(""), badges("-3.0.1"), badges("-3.0.3"));
    for bad in [
        json!([v2]),
        json!([v2, zero]),
        json!([v2, one]),
        json!([three, v2]),
        json!([v2, "https://example.org/x", three]),
    ] {
        assert_breaks("/@context", bad, ProfileOpenBadgesContext, "/@context");
    }
    let text = badge().to_string();
    let tree = Tree::parse(text.as_bytes(), &Limits::default()).unwrap();
    assert_eq!(context_version(tree.root()), Some("3.0.3"));
}

#[test]
fn required_members_are_there() {
    for member in ["id", "criteria", "description", "name"] {
        let pointer = format!("{ACHIEVEMENT}/{member}");
        assert_breaks(&pointer, json!(null), ProfileOpenBadgesMissing, ACHIEVEMENT);
        assert_breaks(&pointer, json!([]), ProfileOpenBadgesMissing, ACHIEVEMENT);
    }
    for member in ["targetName", "targetUrl"] {
        let place = format!("{ACHIEVEMENT}/alignment/0");
        assert_breaks(&format!("{place}/{member}"), json!(null), ProfileOpenBadgesMissing, &place);
    }
    assert_breaks(
        &format!("{ACHIEVEMENT}/criteria/narrative"),
        json!(null),
        ProfileOpenBadgesMissing,
        &format!("{ACHIEVEMENT}/criteria"),
    );
    assert_breaks("/issuer/id", json!(null), ProfileOpenBadgesMissing, "/issuer");
    assert_breaks("/validFrom", json!(null), ProfileOpenBadgesMissing, "");
}

#[test]
fn objects_bear_their_types() {
    for place in [
        "/issuer",
        SUBJECT,
        ACHIEVEMENT,
        &format!("{ACHIEVEMENT}/alignment/0"),
        &format!("{ACHIEVEMENT}/resultDescription/0"),
        "/credentialSubject/result/3",
    ] {
        let pointer = format!("{place}/type");
        assert_breaks(&pointer, json!("Thing"), ProfileOpenBadgesType, &pointer);
        assert_breaks(&pointer, json!(null), ProfileOpenBadgesType, place);
    }
}

/// threats.md J18: a wrong JSON type is a defect at every depth, for one value and for many.
#[test]
fn values_have_their_json_types() {
    let wrong = [
        (format!("{ACHIEVEMENT}/name"), json!(5)),
        (format!("{ACHIEVEMENT}/tag"), json!(true)),
        (format!("{ACHIEVEMENT}/criteria"), json!("text")),
        (format!("{ACHIEVEMENT}/creator"), json!("did:example:x")),
        (format!("{ACHIEVEMENT}/alignment/0/targetUrl"), json!("skill")),
        (format!("{ACHIEVEMENT}/creditsAvailable"), json!("12")),
        ("/credentialSubject/creditsEarned".into(), json!("12")),
        ("/credentialSubject/activityStartDate".into(), json!("2020-01-01")),
        ("/awardedDate".into(), json!(2020)),
        ("/evidence".into(), json!("https://example.org")),
        ("/credentialSubject/result/2/status".into(), json!("Done")),
    ];
    for (pointer, value) in wrong {
        assert_breaks(&pointer, value, ProfileOpenBadgesValue, &pointer);
    }
    assert_eq!(changed("/credentialSubject/result/2/status", json!("ext:Audited")), []);
    assert_eq!(changed("/issuer", json!("did:example:school")), []);
    assert_breaks(
        &format!("{ACHIEVEMENT}/tag"),
        json!(["a", 1]),
        ProfileOpenBadgesValue,
        &format!("{ACHIEVEMENT}/tag/1"),
    );
}

#[test]
fn results_agree_with_their_descriptions() {
    let result = |n: usize, member: &str| format!("/credentialSubject/result/{n}/{member}");
    for (pointer, value, code) in [
        (result(0, "resultDescription"), "urn:uuid:elsewhere", ProfileOpenBadgesResult),
        (result(0, "value"), "C", ProfileOpenBadgesValue),
        (result(1, "value"), "101", ProfileOpenBadgesValue),
        (result(1, "value"), "-0.1", ProfileOpenBadgesValue),
        (result(1, "value"), "many", ProfileOpenBadgesValue),
        (result(1, "value"), "NaN", ProfileOpenBadgesValue),
        (result(3, "achievedLevel"), "urn:uuid:elsewhere", ProfileOpenBadgesResult),
        (
            format!("{ACHIEVEMENT}/resultDescription/3/requiredLevel"),
            "urn:uuid:elsewhere",
            ProfileOpenBadgesResult,
        ),
    ] {
        assert_breaks(&pointer, json!(value), code, &pointer);
    }
    assert_breaks(&result(2, "status"), json!(null), ProfileOpenBadgesMissing, "/credentialSubject/result/2");
    let percent = format!("{ACHIEVEMENT}/resultDescription/1");
    let reversed = changed(&format!("{percent}/valueMin"), json!("101"));
    assert!(reversed.contains(&(ProfileOpenBadgesValue, percent)), "{reversed:?}");
}

#[test]
fn proofs_are_assertions() {
    assert_breaks(
        "/proof/proofPurpose",
        json!("authentication"),
        ProfileOpenBadgesPurpose,
        "/proof/proofPurpose",
    );
    assert_breaks("/proof/proofPurpose", json!(null), ProfileOpenBadgesPurpose, "/proof");
}

/// threats.md O13, O14.
#[test]
fn endorsements_are_by_others_and_about_this() {
    assert_breaks(
        "/endorsement/0/credentialSubject/id",
        json!("urn:uuid:2"),
        ProfileOpenBadgesEndorsement,
        "/endorsement/0",
    );
    for interested in ["did:example:school", "did:example:ada"] {
        assert_breaks(
            "/endorsement/0/issuer",
            json!(interested),
            ProfileOpenBadgesSelfEndorsement,
            "/endorsement/0",
        );
    }
    let mut of_achievement = badge()["endorsement"].clone();
    of_achievement[0]["credentialSubject"]["id"] = json!("https://example.org/achievements/1");
    assert_eq!(changed(&format!("{ACHIEVEMENT}/endorsement"), of_achievement), []);
}

#[test]
fn an_endorsement_has_rules_of_its_own() {
    let endorsement = json!({
        "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
        "id": "urn:uuid:2", "type": ["VerifiableCredential", "EndorsementCredential"],
        "issuer": {"id": "did:example:accreditor", "type": "Profile"}, "validFrom": "2025-01-01T00:00:00Z",
        "credentialSubject": {"type": "EndorsementSubject", "endorsementComment": 5}
    });
    let expected = [
        (ProfileOpenBadgesMissing, ""),
        (ProfileOpenBadgesMissing, SUBJECT),
        (ProfileOpenBadgesValue, "/credentialSubject/endorsementComment"),
    ];
    assert_eq!(found(&endorsement.to_string()), expected.map(|(code, at)| (code, at.to_owned())));
}

#[test]
fn other_credentials_are_not_held_to_the_rules() {
    assert_eq!(changed("/type", json!(["VerifiableCredential"])), []);
}

/// The samples in which the profile finds something; in all others it finds nothing.
const SAMPLES: &[(&str, &[(Code, &str)])] = &[
    ("complete.json", COMPLETE),
    ("complete_v1.json", COMPLETE),
    (
        "simple-err-context.json",
        &[(ProfileOpenBadgesMissing, SUBJECT), (ProfileOpenBadgesContext, "/@context")],
    ),
    (
        "simple-err-credential-subject-achievement-result-description-type.json",
        &[
            (ProfileOpenBadgesType, "/credentialSubject/achievement/resultDescription/2/type"),
            (ProfileOpenBadgesResult, "/credentialSubject/result/1/achievedLevel"),
        ],
    ),
    (
        "simple-err-credential-subject-identifier-type.json",
        &[(ProfileOpenBadgesType, "/credentialSubject/identifier/0/type")],
    ),
    (
        "simple-err-credential-subject-profile-type.json",
        &[(ProfileOpenBadgesType, "/credentialSubject/source/type")],
    ),
    (
        "simple-err-credential-subject-result-type.json",
        &[
            (ProfileOpenBadgesType, "/credentialSubject/result/1/type"),
            (ProfileOpenBadgesResult, "/credentialSubject/result/0/resultDescription"),
            (ProfileOpenBadgesResult, "/credentialSubject/result/1/resultDescription"),
            (ProfileOpenBadgesResult, "/credentialSubject/result/1/achievedLevel"),
            (ProfileOpenBadgesResult, "/credentialSubject/result/2/resultDescription"),
        ],
    ),
    ("simple-err-credential-subject-type.json", &[(ProfileOpenBadgesType, "/credentialSubject/type")]),
    ("simple-err-evidence-type.json", &[(ProfileOpenBadgesType, "/evidence/1/type")]),
    ("simple-err-issued.json", &[(ProfileOpenBadgesMissing, SUBJECT)]),
    (
        "simple-err-issuer-otheridentifier-type.json",
        &[(ProfileOpenBadgesType, "/issuer/otherIdentifier/1/type")],
    ),
    ("simple-err-issuer-parentorg-type.json", &[(ProfileOpenBadgesType, "/issuer/parentOrg/type")]),
    ("simple-err-issuer-type.json", &[(ProfileOpenBadgesType, "/issuer/type")]),
    ("simple-err-issuer.json", &[(ProfileOpenBadgesMissing, ""), (ProfileOpenBadgesMissing, SUBJECT)]),
    ("simple-noproof.json", &[(ProfileOpenBadgesMissing, SUBJECT)]),
];
/// The standard's own example: a level of another description, and endorsements of the issuer on other objects.
const COMPLETE: &[(Code, &str)] = &[
    (ProfileOpenBadgesResult, "/credentialSubject/result/1/achievedLevel"),
    (ProfileOpenBadgesEndorsement, "/credentialSubject/achievement/endorsement/0"),
    (ProfileOpenBadgesEndorsement, "/endorsement/0"),
];

#[test]
fn the_samples_of_the_official_validator() {
    let test = "the_samples_of_the_official_validator";
    let Some(folder) = support::source(test, "1edtech-public-validator") else { return };
    let mut seen = 0;
    for entry in std::fs::read_dir(folder.join("ob30")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        let name = path.file_name().unwrap().to_str().unwrap();
        let expected =
            SAMPLES.iter().find(|(sample, _)| *sample == name).map_or(&[][..], |(_, expected)| expected);
        let expected: Vec<_> = expected.iter().map(|(code, at)| (*code, (*at).to_owned())).collect();
        assert_eq!(found(&std::fs::read_to_string(&path).unwrap()), expected, "{name}");
        seen += 1;
    }
    assert_eq!(seen, 33);
}

/// Most real badges are bearer badges: why the profile is reported and not required.
#[test]
fn real_badges_of_one_consortium() {
    let Some(folder) = support::source("real_badges_of_one_consortium", "dcc-vc-test-fixtures") else {
        return;
    };
    let (mut badges, mut bearer, mut others) = (0, 0, Vec::new());
    let mut open = vec![folder.join("verifiableCredentials")];
    while let Some(folder) = open.pop() {
        for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            let of_subject = |(code, _): &(Code, String)| *code == ProfileOpenBadgesSubject;
            let (subject, rest): (Vec<_>, Vec<_>) = found(&text).into_iter().partition(of_subject);
            badges += usize::from(text.contains("\"OpenBadgeCredential\""));
            bearer += subject.len();
            others.extend(rest.into_iter().map(|found| (path.file_name().unwrap().to_owned(), found)));
        }
    }
    assert_eq!((badges, bearer), (38, 29));
    others.sort();
    let rest: Vec<_> =
        others.iter().map(|(file, (code, at))| (file.to_str().unwrap(), *code, at.as_str())).collect();
    let expected = [
        (
            "oidf-noStatus-notExpired-complexIssuer.json",
            ProfileOpenBadgesSelfEndorsement,
            "/issuer/endorsement/0",
        ),
        // It has an issuanceDate instead, and a context of its own that defines it.
        ("twoOIDF-revoked-notExpired-badSchema.json", ProfileOpenBadgesMissing, ""),
    ];
    assert_eq!(rest, expected);
}
