//! CLR 1.0 → record (1EdTech CLR 1.0 §Clr, §Assertion, §Achievement, §Result).
//!
//! Assertions that are signed for themselves have reports of their own. Those that are not stand in the record as its parts:
//! only its publisher says what is in them, whoever they name as issuer.

use std::collections::BTreeMap;

use super::model::*;
use super::open_badges::{Aligned, aligned, criteria, kind_of};
use super::open_badges_2::{dates, endorsement, evidence, holder, parts, source};
use super::read::Source;
use crate::document::Relation;
use crate::formats::{Format, hosted};
use crate::json::{Kind as Json, Value};

const CLR: &[&str] = &[
    "@context",
    "id",
    "type",
    "name",
    "issuedOn",
    "learner",
    "publisher",
    "partial",
    "achievements",
    "assertions",
    "signedAssertions",
    "signedEndorsements",
    "endorsements",
    "verification",
    "revoked",
    "revocationReason",
];
const ASSERTION: &[&str] = &[
    "@context",
    "id",
    "type",
    "achievement",
    "recipient",
    "issuedOn",
    "expires",
    "activityStartDate",
    "activityEndDate",
    "creditsEarned",
    "licenseNumber",
    "role",
    "term",
    "narrative",
    "results",
    "evidence",
    "source",
    "verification",
    "revoked",
    "revocationReason",
    "endorsements",
    "signedEndorsements",
    "image",
];
const ACHIEVEMENT: &[&str] = &[
    "id",
    "type",
    "achievementType",
    "name",
    "description",
    "humanCode",
    "fieldOfStudy",
    "specialization",
    "creditsAvailable",
    "image",
    "issuer",
    "requirement",
    "alignments",
    "tags",
    "resultDescriptions",
    "level",
    "identifiers",
    "associations",
    "endorsements",
    "signedEndorsements",
];

/// The record of a CLR, of an Assertion or of an Endorsement.
pub(super) fn from_record(root: Value<'_>, format: Format) -> Record {
    let mut source = source(root, format);
    let class = hosted::Class::of(root, format);
    let mut partial = None;
    let mut record = match class {
        hosted::Class::Endorsement => endorsement(root, &mut source),
        hosted::Class::Clr => {
            partial = source.truth(root, "partial");
            clr(root, &mut source)
        }
        _ => {
            let achievement = root.get("achievement");
            let mut record = assertion(root, achievement, &mut source);
            record.issuer = achievement.and_then(|achievement| source.party(achievement, "issuer"));
            record
        }
    };
    (record.family, record.version) = (format.name(), format.version());
    let mut children = parts(root, format, Relation::Nested, &mut source);
    if class == hosted::Class::Clr {
        plain_assertions(root, format, &mut children, &mut source);
    }
    record.children = children;
    record.endorsements = parts(root, format, Relation::Endorsement, &mut source);
    record.completeness = source.completeness(partial.map(|partial| !partial));
    record
}

fn clr<'t>(root: Value<'t>, source: &mut Source<'t>) -> Record {
    let mut record = source.nothing(Kind::Transcript);
    source.known(root, CLR);
    record.id = source.string(root, "id");
    record.kind_raw = source.strings(root, "type");
    record.title = source.texts(root, "name");
    record.issuer = source.party(root, "publisher");
    record.dates = dates(root, source);
    if let Some(learner) = source.object(root, "learner") {
        let origin = source.origin(learner);
        let mut identifiers = Vec::new();
        for (member, kind) in
            [("email", "emailAddress"), ("studentId", "systemId"), ("sourcedId", "sourcedId")]
        {
            if let Some(value) = source.string(learner, member) {
                let kind = Some(kind.to_owned());
                identifiers.push(HolderIdentifier {
                    kind,
                    value: Some(value),
                    ..HolderIdentifier::blank(origin)
                });
            }
        }
        record.holders.push(Holder {
            id: source.string(learner, "id"),
            name: source.texts(learner, "name"),
            given_name: source.texts(learner, "givenName"),
            family_name: source.texts(learner, "familyName"),
            identifiers,
            ..Holder::nobody(origin)
        });
    }
    record
}

/// Assertions that stand in the record unsigned, each with the Achievement that it names.
fn plain_assertions<'t>(root: Value<'t>, format: Format, children: &mut Vec<Part>, source: &mut Source<'t>) {
    let mut achievements = BTreeMap::new();
    for achievement in source.objects(root, "achievements") {
        if let Some(id) = achievement.get("id").and_then(|id| id.as_str()) {
            achievements.entry(id).or_insert(achievement);
        }
    }
    for place in source.objects(root, "assertions") {
        let named = place.get("achievement");
        let achievement = match named.and_then(|named| named.as_str()) {
            Some(id) => achievements.get(id).copied(),
            None => named.filter(|achievement| achievement.kind() == Json::Object),
        };
        let mut record = assertion(place, achievement, source);
        (record.family, record.version) = (format.name(), format.version());
        // Whom the achievement names as its issuer has signed nothing here: that it is theirs, the publisher says.
        record.issuer = source.party(root, "publisher");
        record.creator = achievement.and_then(|achievement| source.party(achievement, "issuer"));
        source.child(children, place, record);
    }
}

fn assertion<'t>(root: Value<'t>, achievement: Option<Value<'t>>, source: &mut Source<'t>) -> Record {
    let mut record = source.nothing_at(root, Kind::Achievement);
    source.known(root, ASSERTION);
    record.id = source.string(root, "id");
    record.kind_raw = source.strings(root, "type");
    record.holders.extend(root.get("recipient").and_then(|recipient| holder(root, recipient, source)));
    record.assessor = source.party(root, "source");
    record.credits_earned = source.quantity(root, "creditsEarned");
    record.license_number = source.texts(root, "licenseNumber");
    record.role = source.texts(root, "role");
    record.term = source.texts(root, "term");
    record.narrative = source.texts(root, "narrative");
    record.evidence = evidence(root, source);
    record.dates = dates(root, source);
    record.dates.activity_start = source.date(root, "activityStartDate");
    record.dates.activity_end = source.date(root, "activityEndDate");
    for value in source.objects(root, "results") {
        record.results.push(ResultEntry {
            description: source.url(value, "resultDescription"),
            value: source.written(value, "value"),
            level: source.url(value, "achievedLevel"),
            ..ResultEntry::blank(source.origin(value))
        });
    }
    if let Some(achievement) = achievement.filter(|achievement| achievement.kind() == Json::Object) {
        of_achievement(&mut record, achievement, source);
    }
    record
}

fn of_achievement<'t>(record: &mut Record, value: Value<'t>, source: &mut Source<'t>) {
    source.known(value, ACHIEVEMENT);
    if let Some(stated) = source.string(value, "achievementType") {
        (record.kind, record.degree_level) = kind_of(&stated);
        record.kind_raw.push(stated);
    }
    record.title = source.texts(value, "name");
    record.description = source.texts(value, "description");
    let requirement = source.object(value, "requirement");
    let requirement = requirement.map(|requirement| Criteria {
        url: source.url(requirement, "id"),
        text: source.texts(requirement, "narrative"),
    });
    let mut achievement = Achievement {
        id: source.string(value, "id"),
        name: record.title.clone(),
        description: record.description.clone(),
        criteria: requirement.or_else(|| criteria(source, value)),
        field_of_study: source.texts(value, "fieldOfStudy"),
        specialization: source.texts(value, "specialization"),
        code: source.string(value, "humanCode"),
        image: source.image(value),
        credits_available: source.quantity(value, "creditsAvailable"),
        tags: source.texts(value, "tags"),
        ..Achievement::blank(source.origin(value))
    };
    for alignment in aligned(source, value, "alignments", SkillBasis::Alignment) {
        match alignment {
            Aligned::Skill(skill) => record.skills.push(skill),
            Aligned::Credential(skill) | Aligned::Other(skill) => achievement.alignments.push(skill),
        }
    }
    record.achievement = Some(achievement);
}
