//! Open Badges 3.0 → record (Open Badges 3.0, Appendix B.1).

use std::collections::BTreeMap;

use super::forms;
use super::frameworks;
use super::model::*;
use super::read::{CREDENTIAL, Source};
use crate::json::Value;

const SUBJECT: &[&str] = &[
    "id",
    "type",
    "name",
    "identifier",
    "achievement",
    "activityStartDate",
    "activityEndDate",
    "creditsEarned",
    "licenseNumber",
    "narrative",
    "result",
    "role",
    "source",
    "term",
];

const ACHIEVEMENT: &[&str] = &[
    "id",
    "type",
    "achievementType",
    "alignment",
    "creator",
    "creditsAvailable",
    "criteria",
    "description",
    "endorsement",
    "endorsementJwt",
    "fieldOfStudy",
    "humanCode",
    "image",
    "inLanguage",
    "name",
    "otherIdentifier",
    "related",
    "resultDescription",
    "specialization",
    "tag",
    "version",
];

/// The record of a badge.
pub(crate) fn from_open_badge<'t>(root: Value<'t>, mut source: Source<'t>) -> Record {
    let mut record = source.record(Kind::Badge);
    source.known(root, CREDENTIAL);
    // A badge has one subject (B.1.3); which of several is meant nobody can tell.
    if let Some(subject) = source.object(root, "credentialSubject") {
        of_subject(&mut record, &mut source, subject);
    }
    record.completeness = source.completeness(None);
    record
}

/// The record of an endorsement: what it endorses, and what it says.
pub(crate) fn from_endorsement<'t>(root: Value<'t>, mut source: Source<'t>) -> Record {
    let mut record = source.record(Kind::Endorsement);
    source.known(root, CREDENTIAL);
    if let Some(subject) = source.object(root, "credentialSubject") {
        source.known(subject, &["id", "type", "endorsementComment"]);
        record.endorses = source.string(subject, "id");
        record.narrative = source.texts(subject, "endorsementComment");
    }
    record.completeness = source.completeness(None);
    record
}

fn of_subject<'t>(record: &mut Record, source: &mut Source<'t>, subject: Value<'t>) {
    source.known(subject, SUBJECT);
    let holder = holder(source, subject);
    record.holders.push(holder);
    record.assessor = source.party(subject, "source");
    record.credits_earned = source.quantity(subject, "creditsEarned");
    record.term = source.texts(subject, "term");
    record.role = source.texts(subject, "role");
    record.license_number = source.texts(subject, "licenseNumber");
    record.narrative = source.texts(subject, "narrative");
    record.dates.activity_start = source.date(subject, "activityStartDate");
    record.dates.activity_end = source.date(subject, "activityEndDate");
    if let Some(value) = source.object(subject, "achievement") {
        of_achievement(record, source, value);
    }
    results(record, source, subject);
}

/// Whom a subject names.
pub(super) fn holder<'t>(source: &mut Source<'t>, subject: Value<'t>) -> Holder {
    let mut identifiers = Vec::new();
    for entry in source.objects(subject, "identifier") {
        identifiers.extend(holder_identifier(source, entry));
    }
    Holder {
        id: source.string(subject, "id"),
        name: source.texts(subject, "name"),
        identifiers,
        ..Holder::nobody(source.origin(subject))
    }
}

/// An IdentityObject: plain, or `algorithm$hexadecimal` (B.1.12, B.7). One that does not say which is not used: a
/// plain value that is taken for a hash, or the reverse, would name somebody else.
fn holder_identifier<'t>(source: &mut Source<'t>, entry: Value<'t>) -> Option<HolderIdentifier> {
    let kind = source.string(entry, "identityType");
    let text = source.string(entry, "identityHash");
    let salted = source.string(entry, "salt").is_some();
    let origin = source.origin(entry);
    let blank = HolderIdentifier { kind, ..HolderIdentifier::blank(origin) };
    match (source.truth(entry, "hashed"), text) {
        (Some(false), Some(value)) => Some(HolderIdentifier { value: Some(value), ..blank }),
        (Some(true), Some(text)) if text.contains('$') => {
            let (algorithm, hash) = text.split_once('$')?;
            let (algorithm, hash) = (Some(algorithm.to_owned()), Some(hash.to_owned()));
            Some(HolderIdentifier { hash, algorithm, salted, ..blank })
        }
        _ => {
            source.not_mapped(entry);
            None
        }
    }
}

fn of_achievement<'t>(record: &mut Record, source: &mut Source<'t>, value: Value<'t>) {
    source.known(value, ACHIEVEMENT);
    let stated = source.string(value, "achievementType");
    if let Some(stated) = &stated {
        (record.kind, record.degree_level) = kind_of(stated);
        record.kind_raw.push(stated.clone());
    }
    record.creator = source.party(value, "creator");
    let mut achievement = Achievement {
        id: source.string(value, "id"),
        name: source.texts(value, "name"),
        description: source.texts(value, "description"),
        criteria: criteria(source, value),
        field_of_study: source.texts(value, "fieldOfStudy"),
        specialization: source.texts(value, "specialization"),
        code: source.string(value, "humanCode"),
        version: source.string(value, "version"),
        language: source.string(value, "inLanguage"),
        image: source.image(value),
        identifiers: source.identifiers(value),
        credits_available: source.quantity(value, "creditsAvailable"),
        tags: source.texts(value, "tag"),
        ..Achievement::blank(source.origin(value))
    };
    for alignment in skills(source, value, SkillBasis::Alignment) {
        match alignment {
            Aligned::Skill(skill) => record.skills.push(skill),
            Aligned::Credential(skill) => {
                achievement.identifiers.extend(identifier_of(&skill));
                achievement.alignments.push(skill);
            }
            Aligned::Other(skill) => {
                let level = skill.url.as_deref().filter(|url| frameworks::eqf_level(url).is_some());
                achievement.levels.extend(
                    level.map(|url| {
                        EducationLevel::new(LevelScheme::Eqf, url, skill.name.clone(), skill.origin)
                    }),
                );
                achievement.alignments.push(skill);
            }
        }
    }
    for description in source.objects(value, "resultDescription") {
        let basis = SkillBasis::ResultDescriptionAlignment;
        record.skills.extend(skills(source, description, basis).into_iter().filter_map(Aligned::skill));
        let described = result_description(source, description);
        achievement.result_descriptions.push(described);
    }
    for related in source.objects(value, "related") {
        record.relations.push(AchievementRelation {
            kind: Some("related".to_owned()),
            source_id: None,
            target_id: source.string(related, "id"),
            origin: source.origin(related),
        });
    }
    // The credential's own name is for display; where it has none, the achievement's is what was awarded.
    if record.title.is_empty() {
        record.title.clone_from(&achievement.name);
    }
    record.achievement = Some(achievement);
}

pub(super) fn criteria<'t>(source: &mut Source<'t>, achievement: Value<'t>) -> Option<Criteria> {
    let value = source.node(achievement, "criteria")?;
    let url = forms::reference(value).map(str::to_owned);
    Some(Criteria { url, text: source.texts(value, "narrative") })
}

/// What an alignment is about.
pub(super) enum Aligned {
    Skill(Skill),
    Credential(Skill),
    Other(Skill),
}

impl Aligned {
    fn skill(self) -> Option<Skill> {
        match self {
            Aligned::Skill(skill) => Some(skill),
            _ => None,
        }
    }
}

/// The alignments of an object (B.1.4): skills where their type or form says so, never by their name.
fn skills<'t>(source: &mut Source<'t>, object: Value<'t>, basis: SkillBasis) -> Vec<Aligned> {
    aligned(source, object, "alignment", basis)
}

/// The same, where they stand in `member`.
pub(super) fn aligned<'t>(
    source: &mut Source<'t>,
    object: Value<'t>,
    member: &str,
    basis: SkillBasis,
) -> Vec<Aligned> {
    let alignments = source.objects(object, member);
    let read = |alignment: Value<'t>| {
        let (url, code) = (source.url(alignment, "targetUrl"), source.string(alignment, "targetCode"));
        let kind = source.string(alignment, "targetType");
        let framework = frameworks::recognise(url.as_deref(), code.as_deref(), kind.as_deref());
        let is_skill = frameworks::is_skill(framework, kind.as_deref());
        let is_credential = kind.as_deref() == Some("ceterms:Credential");
        let skill = Skill {
            name: source.texts(alignment, "targetName"),
            url,
            code,
            framework,
            framework_name: source.texts(alignment, "targetFramework"),
            kind,
            description: source.texts(alignment, "targetDescription"),
            ..Skill::blank(basis, source.origin(alignment))
        };
        match (is_skill, is_credential) {
            (true, _) => Aligned::Skill(skill),
            (_, true) => Aligned::Credential(skill),
            _ => Aligned::Other(skill),
        }
    };
    alignments.into_iter().map(read).collect()
}

/// The identifier of a credential that the achievement is aligned with.
fn identifier_of(aligned: &Skill) -> Option<Identifier> {
    let value = aligned.code.clone().or_else(|| aligned.url.clone())?;
    let kind = if frameworks::is_ctid(&value) { "ctid" } else { "ceterms:Credential" };
    Some(Identifier { kind: Some(kind.to_owned()), value, origin: aligned.origin })
}

fn result_description<'t>(source: &mut Source<'t>, value: Value<'t>) -> ResultDescription {
    let levels = source.objects(value, "rubricCriterionLevel");
    ResultDescription {
        id: source.string(value, "id"),
        name: source.texts(value, "name"),
        kind: source.string(value, "resultType"),
        min: source.string(value, "valueMin"),
        max: source.string(value, "valueMax"),
        allowed: if source.ordered {
            source.list(value, "allowedValue")
        } else {
            source.strings(value, "allowedValue")
        },
        required_value: source.string(value, "requiredValue"),
        required_level: source.url(value, "requiredLevel"),
        levels: levels
            .into_iter()
            .map(|level| Level {
                id: source.string(level, "id"),
                name: source.texts(level, "name"),
                points: source.string(level, "points"),
                description: source.texts(level, "description"),
            })
            .collect(),
        origin: source.origin(value),
    }
}

/// The results, the skills they are aligned with, and what they say about completion.
fn results<'t>(record: &mut Record, source: &mut Source<'t>, subject: Value<'t>) {
    let described = record.achievement.iter().flat_map(|achievement| &achievement.result_descriptions);
    let described: BTreeMap<&str, &ResultDescription> =
        described.filter_map(|description| Some((description.id.as_deref()?, description))).collect();
    let (mut results, mut aligned, mut completion) = (Vec::new(), Vec::new(), Vec::<Completion>::new());
    for value in source.objects(subject, "result") {
        let entry = ResultEntry {
            description: source.url(value, "resultDescription"),
            value: source.string(value, "value"),
            status: source.string(value, "status"),
            level: source.url(value, "achievedLevel"),
            ..ResultEntry::blank(source.origin(value))
        };
        let description = entry.description.as_deref().and_then(|id| described.get(id));
        let passed = description.and_then(|description| reaches(&entry, description));
        aligned.extend(
            skills(source, value, SkillBasis::ResultAlignment).into_iter().filter_map(Aligned::skill),
        );
        if let Some(status) = &entry.status {
            let origin = Some(entry.origin);
            completion.push(Completion { status: status.clone(), origin });
        }
        results.push(ResultEntry { passed, ..entry });
    }
    if completion.is_empty() && record.achievement.is_some() {
        completion.push(Completion { status: "Completed".to_owned(), origin: None });
    }
    record.results = results;
    record.skills.extend(aligned);
    record.completion = completion;
}

/// Whether the result reaches what the description requires. `None` where the record does not allow to tell: no
/// requirement, or values that have no order. Levels of a rubric state none, and that of `allowedValue` is only recommended
/// to lead from low to high (B.1.16): issuers write it either way, so of both only what is required is known to be enough.
fn reaches(entry: &ResultEntry, description: &ResultDescription) -> Option<bool> {
    if let (Some(required), Some(level)) = (&description.required_level, &entry.level) {
        return (required == level).then_some(true);
    }
    let (required, value) = (description.required_value.as_ref()?, entry.value.as_ref()?);
    if !description.allowed.is_empty() {
        return (required == value).then_some(true);
    }
    let number = |text: &str| text.trim().parse().ok().filter(|number: &f64| number.is_finite());
    Some(number(value)? >= number(required)?)
}

/// The kind by its stated name (B.1.28, AchievementType). Extensions and unknown names are `Other`.
pub(super) fn kind_of(stated: &str) -> (Kind, Option<DegreeLevel>) {
    use DegreeLevel::{Associate, Bachelor, Doctoral, Master};
    let kind = match stated {
        "AssociateDegree" => return (Kind::Degree, Some(Associate)),
        "BachelorDegree" => return (Kind::Degree, Some(Bachelor)),
        "MasterDegree" => return (Kind::Degree, Some(Master)),
        "DoctoralDegree" | "ProfessionalDoctorate" | "ResearchDoctorate" => {
            return (Kind::Degree, Some(Doctoral));
        }
        "Achievement" => Kind::Achievement,
        "ApprenticeshipCertificate" => Kind::ApprenticeshipCertificate,
        "Assessment" => Kind::Assessment,
        "Assignment" => Kind::Assignment,
        "Award" => Kind::Award,
        "Badge" => Kind::Badge,
        "Certificate" | "CertificateOfCompletion" => Kind::Certificate,
        "Certification" => Kind::Certification,
        "CoCurricular" => Kind::CoCurricular,
        "CommunityService" => Kind::CommunityService,
        "Competency" => Kind::Competency,
        "Course" => Kind::Course,
        "Degree" => Kind::Degree,
        "Diploma" | "GeneralEducationDevelopment" | "SecondarySchoolDiploma" => Kind::Diploma,
        "Fieldwork" => Kind::Fieldwork,
        "JourneymanCertificate" => Kind::JourneymanCertificate,
        "LearningProgram" => Kind::LearningProgram,
        "License" => Kind::License,
        "MasterCertificate" => Kind::MasterCertificate,
        "Membership" => Kind::Membership,
        "MicroCredential" => Kind::MicroCredential,
        "QualityAssuranceCredential" => Kind::QualityAssuranceCredential,
        _ => Kind::Other,
    };
    (kind, None)
}
