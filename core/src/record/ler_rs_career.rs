//! Positions, learning, certifications and licences of a LER-RS: the record's own word, whatever is given for it.

use super::ler_rs::{claims_in, first, says_something, texts};
use super::ler_rs_person::{identifier, organization};
use super::model::*;
use super::read::{MOST, Source};
use crate::json::{Kind as Json, Value};

const EMPLOYMENT: &[&str] = &[
    "id",
    "type",
    "organization",
    "company",
    "employer",
    "positionHistories",
    "title",
    "position",
    "start",
    "startDate",
    "end",
    "endDate",
    "current",
    "stillEmployed",
    "currentlyEmployed",
    "resourceRelationshipCode",
    "workRelationshipTypeCode",
    "jobCategories",
    "jobLevels",
    "description",
    "descriptions",
    "narrative",
    "location",
    "verifications",
    "verifiedCredentials",
    "verifiableCredential",
    "credentialLink",
    "verificationStatus",
];

const EDUCATION: &[&str] = &[
    "id",
    "type",
    "education",
    "name",
    "institution",
    "program",
    "programs",
    "programName",
    "educationDegrees",
    "degree",
    "fieldOfStudy",
    "educationLevelCodes",
    "start",
    "startDate",
    "end",
    "endDate",
    "currentlyAttendingIndicator",
    "current",
    "credits",
    "creditsEarned",
    "gpa",
    "description",
    "descriptions",
    "narrative",
    "verifications",
    "verifiedCredentials",
    "verifiableCredential",
    "credentialLink",
    "verificationStatus",
];

const DEGREE: &[&str] = &[
    "id",
    "type",
    "name",
    "codes",
    "date",
    "specializations",
    "academicHonors",
    "scores",
    "gpa",
    "degreeGrantedStatus",
    "iscedEducationLevelCode",
    "credits",
    "creditsEarned",
];

const QUALIFICATION: &[&str] = &[
    "id",
    "type",
    "name",
    "title",
    "role",
    "description",
    "descriptions",
    "narrative",
    "number",
    "licenseNumber",
    "issuingAuthority",
    "issuer",
    "organization",
    "firstIssued",
    "issued",
    "date",
    "startDate",
    "endDate",
    "effectiveTimePeriod",
    "status",
    "jurisdiction",
    "issuingJurisdiction",
    "verifications",
    "verifiedCredentials",
    "verifiableCredential",
    "credentialLink",
    "verificationStatus",
];

fn date<'t>(source: &mut Source<'t>, object: Value<'t>, members: &[&str]) -> Option<Date> {
    first(object, members).and_then(|member| source.date(object, member))
}

fn truth<'t>(source: &mut Source<'t>, object: Value<'t>, members: &[&str]) -> Option<bool> {
    first(object, members).and_then(|member| source.truth(object, member))
}

/// A text or a number, as written.
fn written<'t>(source: &mut Source<'t>, object: Value<'t>, members: &[&str]) -> Option<String> {
    first(object, members).and_then(|member| source.written(object, member))
}

/// The positions at one organisation (EmployerHistoryType); in résumés of T3 an item is one position.
pub(super) fn employment<'t>(record: &mut Record, source: &mut Source<'t>, item: Value<'t>) {
    source.known(item, EMPLOYMENT);
    if !says_something(item) {
        return;
    }
    let at = organization(source, item, &["organization", "company", "employer"]);
    let verifications = source.verifications(item);
    let mut positions = source.objects(item, "positionHistories");
    if positions.is_empty() {
        positions.push(item);
    }
    for place in positions {
        if record.employment.len() >= MOST {
            source.more(1);
            continue;
        }
        let held = position(source, item, place, at.clone());
        record.employment.push(Employment { verifications: verifications.clone(), ..held });
    }
}

fn position<'t>(source: &mut Source<'t>, item: Value<'t>, place: Value<'t>, at: Option<Party>) -> Employment {
    let unit = if place == item { None } else { organization(source, place, &["organization"]) };
    let mut description = texts(source, place, &["description", "descriptions", "narrative"]);
    let mut location = Vec::new();
    if place != item {
        source.known(place, EMPLOYMENT);
        description.extend(texts(source, item, &["description", "descriptions"]));
    }
    match source.node(place, "location") {
        Some(where_) if where_.kind() == Json::Object => {
            location = texts(source, where_, &["city", "postalCode", "countryCode"]);
            description.extend(texts(source, where_, &["descriptions"]));
        }
        Some(_) => location = texts(source, place, &["location"]),
        None => {}
    }
    let mut categories = Vec::new();
    for member in ["jobCategories", "jobLevels"] {
        for category in source.objects(place, member) {
            categories.extend(texts(source, category, &["name"]));
        }
    }
    let kind = ["workRelationshipTypeCode", "resourceRelationshipCode"];
    Employment {
        organization: at,
        department: unit.map(|unit| unit.claimed_name).unwrap_or_default(),
        title: texts(source, place, &["title", "position"]),
        start: date(source, place, &["start", "startDate"])
            .or_else(|| date(source, item, &["start", "startDate"])),
        end: date(source, place, &["end", "endDate"]).or_else(|| date(source, item, &["end", "endDate"])),
        current: truth(source, place, &["current", "stillEmployed", "currentlyEmployed"]),
        kind: written(source, place, &kind),
        categories,
        description,
        location,
        ..Employment::blank(place.pointer(), source.origin(place))
    }
}

/// A time of learning (EducationAttendanceType), once for each degree.
pub(super) fn education<'t>(record: &mut Record, source: &mut Source<'t>, item: Value<'t>) {
    source.known(item, EDUCATION);
    // In the packaging profile for Open Badges what is said stands in an object of its own.
    let said = source.object(item, "education").unwrap_or(item);
    if !says_something(said) {
        return;
    }
    if said != item {
        source.known(said, EDUCATION);
    }
    let verifications = source.verifications(item);
    let institution = organization(source, said, &["institution"]);
    let common = Education {
        institution,
        program: texts(source, said, &["program", "programs", "programName", "name"]),
        degree: texts(source, said, &["degree"]),
        majors: texts(source, said, &["fieldOfStudy"]),
        levels: levels(source, said),
        start: date(source, said, &["start", "startDate"]),
        end: date(source, said, &["end", "endDate"]),
        current: truth(source, said, &["currentlyAttendingIndicator", "current"]),
        credits: credits(source, said),
        gpa: gpa(source, said),
        description: texts(source, said, &["description", "descriptions", "narrative"]),
        verifications,
        ..Education::blank(said.pointer(), source.origin(said))
    };
    let degrees = source.objects(said, "educationDegrees");
    if degrees.is_empty() {
        return record.education.push(common);
    }
    for place in degrees {
        if record.education.len() >= MOST {
            source.more(1);
            continue;
        }
        let learned = degree(source, place, common.clone());
        record.education.push(learned);
    }
}

fn degree<'t>(source: &mut Source<'t>, place: Value<'t>, common: Education) -> Education {
    source.known(place, DEGREE);
    let (mut majors, mut minors) = (common.majors, Vec::new());
    for special in source.objects(place, "specializations") {
        let names = texts(source, special, &["name"]);
        match source.string(special, "type").as_deref() {
            Some("minor") => minors.extend(names),
            Some("major") | None => majors.extend(names),
            Some(_) => source.not_mapped(special),
        }
    }
    let mut levels = common.levels;
    if let Some(value) = written(source, place, &["iscedEducationLevelCode"]) {
        let number = value.trim().parse().ok().filter(|number| *number <= 8);
        let origin = source.origin(place);
        levels.push(EducationLevel { scheme: LevelScheme::Isced, value, number, name: Vec::new(), origin });
    }
    let mut named = texts(source, place, &["name"]);
    named.extend(texts(source, place, &["codes"]));
    Education {
        degree: if named.is_empty() { common.degree } else { named },
        levels,
        majors,
        minors,
        awarded: date(source, place, &["date"]),
        status: written(source, place, &["degreeGrantedStatus"]),
        credits: credits(source, place).or(common.credits),
        gpa: gpa(source, place).or(common.gpa),
        honors: texts(source, place, &["academicHonors"]),
        pointer: place.pointer(),
        ..common
    }
}

fn credits<'t>(source: &mut Source<'t>, object: Value<'t>) -> Option<Quantity> {
    let member = first(object, &["credits", "creditsEarned"])?;
    source.quantity(object, member)
}

/// `gpa`, or the only one of `scores` (BaseScoreType).
fn gpa<'t>(source: &mut Source<'t>, object: Value<'t>) -> Option<Score> {
    let origin = source.origin(object);
    if let Some(value) = written(source, object, &["gpa"]) {
        return Some(Score { value, max: None, scale: Some("GPA".to_owned()), origin });
    }
    let score = source.object(object, "scores")?;
    source.known(score, &["value", "maximum", "maximumScore", "name", "type", "unitCode"]);
    Some(Score {
        value: written(source, score, &["value"])?,
        max: written(source, score, &["maximum", "maximumScore"]),
        scale: written(source, score, &["name", "type", "unitCode"]),
        origin,
    })
}

fn levels<'t>(source: &mut Source<'t>, object: Value<'t>) -> Vec<EducationLevel> {
    let mut levels = Vec::new();
    for code in source.objects(object, "educationLevelCodes") {
        let (scheme, origin) = (LevelScheme::EducationLevel, source.origin(code));
        let value = written(source, code, &["value", "code"]).unwrap_or_default();
        levels.push(EducationLevel {
            scheme,
            value,
            number: None,
            name: texts(source, code, &["name"]),
            origin,
        });
    }
    levels
}

/// A certification or licence (CertificationType, LicenseType); an award or membership of a résumé of T3.
pub(super) fn qualification<'t>(record: &mut Record, source: &mut Source<'t>, item: Value<'t>, kind: Kind) {
    source.known(item, QUALIFICATION);
    if !says_something(item) || record.qualifications.len() >= MOST {
        return;
    }
    let (origin, number) = (source.origin(item), (kind == Kind::License).then_some("licenseNumber"));
    let mut identifiers: Vec<Identifier> = identifier(source, item, number).into_iter().collect();
    if let Some(value) = written(source, item, &["licenseNumber", "number"]) {
        let kind = number.map(str::to_owned);
        identifiers.push(Identifier { kind, value, origin });
    }
    let period = source.object(item, "effectiveTimePeriod");
    let mut bound = |inner: &[&str], outer: &[&str]| match period {
        Some(period) => date(source, period, inner),
        None => date(source, item, outer),
    };
    let (valid_from, valid_until) =
        (bound(&["validFrom", "start"], &["startDate"]), bound(&["validTo", "end"], &["endDate"]));
    for value in ["jurisdiction", "issuingJurisdiction"].into_iter().filter_map(|member| item.get(member)) {
        claims_in(record, source, value);
    }
    let listed = Qualification {
        name: texts(source, item, &["name", "title", "role"]),
        description: texts(source, item, &["description", "descriptions", "narrative"]),
        identifiers,
        authority: organization(source, item, &["issuingAuthority", "issuer", "organization"]),
        first_issued: date(source, item, &["firstIssued"]),
        issued: date(source, item, &["issued", "date"]),
        valid_from,
        valid_until,
        status: source.string(item, "status"),
        verifications: source.verifications(item),
        ..Qualification::blank(kind, item.pointer(), origin)
    };
    record.qualifications.push(listed);
}
