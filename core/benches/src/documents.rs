//! Generated Open Badges 3.0 and Comprehensive Learner Records, unsigned and in the sizes of real ones.

use serde_json::{Map, Value, json};

const CREDENTIALS: &str = "https://www.w3.org/ns/credentials/v2";
const BADGES: &str = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";
const BADGE_EXTENSIONS: &str = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json";
const LEARNER_RECORDS: &str = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json";

/// How much a badge says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// About 1.2 KB signed: what must be there.
    Small,
    /// About 2.7 KB signed: descriptions, an image, two alignments.
    Typical,
    /// About 6 KB signed: results, rubrics, evidence, addresses.
    Full,
}

/// A badge that was not signed yet. `number` makes identifiers and texts its own.
pub fn badge(issuer: &str, size: Size, number: usize) -> String {
    badge_value(issuer, size, number).to_string()
}

fn badge_value(issuer: &str, size: Size, number: usize) -> Value {
    let mut achievement = json!({
        "id": format!("https://college.example/achievements/{number}"),
        "type": ["Achievement"],
        "name": format!("Introduction to Marine Biology {number}"),
        "description": "Knows the organisms of the tidal zone, samples them and reports what was found.",
        "criteria": { "narrative": "Pass the laboratory practical and the written examination." },
    });
    let mut subject = json!({ "id": "did:example:learner-7f3a", "type": ["AchievementSubject"] });
    let mut profile = json!({ "id": issuer, "type": ["Profile"], "name": "Example College of the Coast" });
    let mut badge = json!({
        "@context": [CREDENTIALS, BADGES],
        "id": format!("https://college.example/credentials/{number}"),
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": "Introduction to Marine Biology",
        "validFrom": "2026-01-10T00:00:00Z",
    });
    if size != Size::Small {
        extend(
            &mut profile,
            json!({
                "url": "https://college.example/",
                "description": "A public college with three campuses between the estuary and the islands, \
                known for its field station.",
                "image": { "id": "https://college.example/seal.png", "type": "Image", "caption": "The seal of the college" },
            }),
        );
        extend(
            &mut achievement,
            json!({
                "achievementType": "Course",
                "fieldOfStudy": "Marine Biology",
                "humanCode": "MBIO 101",
                "inLanguage": "en-GB",
                "tag": ["biology", "ecology", "field work"],
                "image": {
                    "id": format!("https://college.example/achievements/{number}/image.png"),
                    "type": "Image",
                    "caption": "A limpet on a rock",
                },
                "alignment": (0..2).map(alignment).collect::<Value>(),
            }),
        );
        extend(
            &mut badge,
            json!({
                "@context": [CREDENTIALS, BADGES, BADGE_EXTENSIONS],
                "description": "Awarded to learners who completed the introductory course, its six excursions \
                and the laboratory practical, and who reported on what they had found there.",
                "validUntil": "2036-01-10T00:00:00Z",
                "awardedDate": "2026-01-09T15:30:00Z",
                "credentialSchema": [{
                    "id": "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json",
                    "type": "1EdTechJsonSchemaValidator2019",
                }],
            }),
        );
    }
    if size == Size::Full {
        let description = |i: usize| {
            json!({
                "id": format!("urn:uuid:5f0c1a9e-0000-4000-8000-{:012}", number * 100 + i),
                "type": ["ResultDescription"],
                "name": (["Final grade", "Laboratory rubric"][i % 2]),
                "resultType": (["LetterGrade", "RubricCriterionLevel"][i % 2]),
                "requiredValue": "C",
                "allowedValue": ["A", "B", "C", "D", "F"],
                "rubricCriterionLevel": (0..i * 3).map(|level| json!({
                    "id": format!("urn:uuid:5f0c1a9e-0000-4000-9000-{:012}", number * 100 + level),
                    "type": ["RubricCriterionLevel"],
                    "name": (["Beginning", "Proficient", "Exemplary"][level]),
                    "level": format!("{}", level + 1),
                    "points": format!("{}", (level + 1) * 10),
                    "description": "Works with the instruments as the handbook of the field station describes it, \
                    alone and without reminders.",
                })).collect::<Value>(),
            })
        };
        extend(
            &mut achievement,
            json!({
                "creditsAvailable": 3.5,
                "version": "2026.1",
                "specialization": "Tidal ecosystems",
                "creator": { "id": "https://college.example/departments/biology", "type": ["Profile"], "name": "Biology" },
                "resultDescription": [description(0), description(1)],
                "otherIdentifier": [{
                    "type": "IdentifierEntry", "identifier": format!("MBIO-101-{number}"), "identifierType": "identifier",
                }],
            }),
        );
        extend(
            &mut subject,
            json!({
                "activityStartDate": "2025-09-01T00:00:00Z",
                "activityEndDate": "2025-12-19T00:00:00Z",
                "creditsEarned": 3.5,
                "term": "Autumn 2025",
                "role": "Student",
                "identifier": [{
                    "type": "IdentityObject",
                    "hashed": false,
                    "identityHash": "ada@example.org",
                    "identityType": "emailAddress",
                }],
                "result": (0..2).map(|i| json!({
                    "type": ["Result"],
                    "resultDescription": format!("urn:uuid:5f0c1a9e-0000-4000-8000-{:012}", number * 100 + i),
                    "value": (["A", "30"][i]),
                    "status": "Completed",
                })).collect::<Value>(),
            }),
        );
        extend(
            &mut profile,
            json!({
                "email": "registrar@college.example",
                "phone": "+44 20 7946 0000",
                "address": {
                    "type": ["Address"],
                    "streetAddress": "1 Harbour Road",
                    "addressLocality": "Seaton",
                    "addressRegion": "Devon",
                    "postalCode": "EX12 0AA",
                    "addressCountry": "United Kingdom",
                    "addressCountryCode": "GB",
                    "geo": { "type": "GeoCoordinates", "latitude": 50.7053, "longitude": -3.0726 },
                },
            }),
        );
        extend(
            &mut badge,
            json!({
                "narrative": "The course runs through one autumn: twelve weeks of lectures, six excursions to the shore at \
                low water, and a laboratory practical at its end.",
            "evidence": (0..3).map(|i| json!({
                    "id": format!("https://college.example/evidence/{number}/{i}"),
                    "type": ["Evidence"],
                    "name": (["Report of the excursion", "Species list", "Laboratory practical"][i]),
                    "narrative": "Written by the learner in the field, read by a second learner, and marked by two \
                    examiners who did not know each other's marks before they met.",
                    "genre": "report",
                })).collect::<Value>(),
            }),
        );
    }
    extend(&mut subject, json!({ "achievement": achievement }));
    extend(&mut badge, json!({ "issuer": profile, "credentialSubject": subject }));
    badge
}

fn alignment(number: usize) -> Value {
    json!({
        "type": ["Alignment"],
        "targetName": (["Sampling of organisms", "Scientific reporting"][number % 2]),
        "targetUrl": format!("https://skills.example/framework/{number}"),
        "targetCode": format!("SK-{:04}", number + 17),
        "targetFramework": "Example Skills Framework",
        "targetType": "CFItem",
    })
}

/// A record that holds badges. They are signed already, each by itself: `badges` are their texts.
pub fn learner_record(issuer: &str, badges: &[String]) -> String {
    let frame = json!({
        "@context": [CREDENTIALS, LEARNER_RECORDS, BADGES],
        "id": "https://college.example/records/1",
        "type": ["VerifiableCredential", "ClrCredential"],
        "name": "Record of Achievement",
        "issuer": { "id": issuer, "type": ["Profile"], "name": "Example College of the Coast" },
        "validFrom": "2026-01-10T00:00:00Z",
        "partial": true,
        "credentialSubject": {
            "id": "did:example:learner-7f3a",
            "type": ["ClrSubject"],
            "verifiableCredential": ["here"],
        },
    });
    // The badges are put in as they are: parsing and writing them again could change what was signed.
    frame.to_string().replace("\"here\"", &badges.join(","))
}

fn extend(object: &mut Value, more: Value) {
    if let (Value::Object(object), Value::Object(more)) = (object, more) {
        object.extend::<Map<String, Value>>(more);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sign::{self, Suite};

    const SEED: [u8; 32] = [7; 32];

    fn signed(size: Size, number: usize) -> String {
        sign::sign(&badge(&sign::did(SEED, Suite::EddsaRdfc2022), size, number), SEED, Suite::EddsaJcs2022)
            .unwrap()
    }

    /// Every term of the generated records is known, in its place, and reaches the signature.
    #[test]
    fn the_records_can_be_signed_as_linked_data() {
        let sign = |text: &str| sign::sign(text, SEED, Suite::EddsaRdfc2022);
        let issuer = sign::did(SEED, Suite::EddsaRdfc2022);
        let mut badges = Vec::new();
        for size in [Size::Small, Size::Typical, Size::Full] {
            badges
                .push(sign(&badge(&issuer, size, badges.len())).unwrap_or_else(|e| panic!("{size:?}: {e}")));
        }
        sign(&learner_record(&issuer, &badges)).unwrap();
    }

    #[test]
    fn the_sizes_are_those_of_real_badges() {
        for (size, bytes) in [(Size::Small, 1_250), (Size::Typical, 2_700), (Size::Full, 6_100)] {
            let len = signed(size, 1).len();
            assert!(len.abs_diff(bytes) < bytes / 8, "{size:?}: {len}");
        }
        let badges: Vec<String> = (0..50).map(|number| signed(Size::Full, number)).collect();
        let record = learner_record(&sign::did(SEED, Suite::EddsaRdfc2022), &badges);
        assert!(record.len().abs_diff(315_000) < 30_000, "{}", record.len());
        assert!(sign::sign(&record, SEED, Suite::EddsaJcs2022).is_ok());
    }
}
