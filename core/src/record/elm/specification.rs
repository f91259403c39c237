//! What was learned, at what level, with what result: specifications, assessments and credits of the European Learning
//! Model.

use super::super::forms;
use super::super::frameworks;
use super::super::model::*;
use super::super::read::Source;
use super::{only, parties};
use crate::json::Value;

/// Where levels of the European Qualifications Framework have their concepts; the level comes last.
const EQF: &str = "http://data.europa.eu/snb/eqf/";

const SPECIFICATION: &[&str] = &[
    "id",
    "type",
    "title",
    "description",
    "dcType",
    "identifier",
    "learningOutcome",
    "eqfLevel",
    "nqfLevel",
    "educationLevel",
    "thematicArea",
    "educationSubject",
    "creditPoint",
    "volumeOfLearning",
];

/// What a claim says was achieved, with what its specification says of that; the skills go into the record.
pub(super) fn achievement<'t>(claim: Value<'t>, record: &mut Record, source: &mut Source<'t>) -> Achievement {
    let mut achievement = Achievement {
        name: record.title.clone(),
        description: record.description.clone(),
        identifiers: identifiers(claim, source),
        ..Achievement::blank(source.origin(claim))
    };
    let Some(specification) = source.object(claim, "specifiedBy") else {
        achievement.id = source.string(claim, "id");
        return achievement;
    };
    source.known(specification, SPECIFICATION);
    record.kind_raw.extend(forms::types(specification));
    for concept in source.objects(specification, "dcType") {
        record.kind_raw.extend(source.string(concept, "id"));
    }
    achievement.id = source.string(specification, "id");
    let (name, description) =
        (source.texts(specification, "title"), source.texts(specification, "description"));
    achievement.name = if name.is_empty() { achievement.name } else { name };
    achievement.description = if description.is_empty() { achievement.description } else { description };
    achievement.identifiers.extend(identifiers(specification, source));
    for (member, scheme) in [
        ("eqfLevel", LevelScheme::Eqf),
        ("nqfLevel", LevelScheme::Nqf),
        ("educationLevel", LevelScheme::EducationLevel),
    ] {
        for concept in source.objects(specification, member) {
            achievement.levels.push(level(concept, scheme, source));
        }
    }
    for member in ["thematicArea", "educationSubject"] {
        for concept in source.objects(specification, member) {
            achievement.field_of_study.extend(source.texts(concept, "prefLabel"));
        }
    }
    let credits: Vec<Quantity> = source
        .objects(specification, "creditPoint")
        .into_iter()
        .filter_map(|point| credit(point, source))
        .collect();
    achievement.credits_available = only(credits, specification, "creditPoint", source);
    if let Some(volume) = source.string(specification, "volumeOfLearning") {
        record.duration.push(source.text_of(specification, &volume));
    }
    for outcome in source.objects(specification, "learningOutcome") {
        skills(outcome, record, source);
    }
    achievement
}

fn identifiers<'t>(object: Value<'t>, source: &mut Source<'t>) -> Vec<Identifier> {
    let mut found = Vec::new();
    for item in source.objects(object, "identifier") {
        let (kind, origin) = (source.string(item, "schemeName"), source.origin(item));
        found.extend(source.written(item, "notation").map(|value| Identifier { kind, value, origin }));
    }
    found
}

fn level<'t>(concept: Value<'t>, scheme: LevelScheme, source: &mut Source<'t>) -> EducationLevel {
    let value = source.string(concept, "id").unwrap_or_default();
    let number = value.strip_prefix(EQF).filter(|_| scheme == LevelScheme::Eqf);
    EducationLevel {
        scheme,
        number: number.and_then(|number| number.parse().ok()).filter(|number| (1..=8).contains(number)),
        name: source.texts(concept, "prefLabel"),
        value,
        origin: source.origin(concept),
    }
}

/// Points, which the standard writes as text, and what they are counted in.
pub(super) fn credit<'t>(point: Value<'t>, source: &mut Source<'t>) -> Option<Quantity> {
    let value =
        source.written(point, "point").and_then(|text| text.parse::<f64>().ok()).filter(|v| v.is_finite());
    if value.is_none() {
        source.not_mapped(point);
    }
    let framework = source.object(point, "framework");
    let mut names = framework.map(|framework| source.texts(framework, "prefLabel")).unwrap_or_default();
    // One name, or the URL: no language is picked.
    let unit = match (names.pop(), names.is_empty()) {
        (Some(name), true) => Some(name.value),
        _ => framework.and_then(forms::reference).map(str::to_owned),
    };
    Some(Quantity { value: value?, unit, origin: source.origin(point) })
}

/// A learning outcome, and the skills that it is related to.
fn skills<'t>(outcome: Value<'t>, record: &mut Record, source: &mut Source<'t>) {
    source.known(
        outcome,
        &[
            "id",
            "type",
            "title",
            "description",
            "identifier",
            "relatedESCOSkill",
            "relatedSkill",
            "reusabilityLevel",
            "dcType",
        ],
    );
    let blank = |origin| Skill::blank(SkillBasis::Alignment, origin);
    record.skills.push(Skill {
        name: source.texts(outcome, "title"),
        description: source.texts(outcome, "description"),
        kind: Some("LearningOutcome".to_owned()),
        ..blank(source.origin(outcome))
    });
    for member in ["relatedESCOSkill", "relatedSkill"] {
        for concept in source.objects(outcome, member) {
            let url = source.string(concept, "id");
            let code = source.written(concept, "notation");
            record.skills.push(Skill {
                framework: frameworks::recognise(url.as_deref(), None, None),
                name: source.texts(concept, "prefLabel"),
                description: source.texts(concept, "definition"),
                url,
                code,
                ..blank(source.origin(concept))
            });
        }
    }
}

/// The result of an assessment that proves an achievement.
pub(super) fn result<'t>(assessment: Value<'t>, record: &mut Record, source: &mut Source<'t>) {
    source.known(
        assessment,
        &["id", "type", "title", "description", "grade", "gradingScheme", "assessedBy", "specifiedBy"],
    );
    grade(assessment, record, source);
    if let Some(assessor) = source.object(assessment, "assessedBy") {
        let party = parties::organisation(assessor, source);
        match &record.assessor {
            None => record.assessor = Some(party),
            Some(other) if *other == party => {}
            // Of several none is picked.
            Some(_) => source.not_mapped(assessor),
        }
    }
}

/// The grade of an assessment (Note): texts, one for each language.
pub(super) fn grade<'t>(assessment: Value<'t>, record: &mut Record, source: &mut Source<'t>) {
    let Some(note) = source.object(assessment, "grade") else { return };
    let mut texts: Vec<String> =
        source.texts(note, "noteLiteral").into_iter().map(|text| text.value).collect();
    texts.dedup();
    let value = only(texts, note, "noteLiteral", source);
    let scheme = source.object(assessment, "gradingScheme");
    let names = scheme.map(|scheme| source.texts(scheme, "title")).unwrap_or_default();
    let kind = match names.as_slice() {
        [name] => Some(name.value.clone()),
        _ => scheme.and_then(forms::reference).map(str::to_owned),
    };
    let name = source.texts(assessment, "title");
    record.results.push(ResultEntry { name, kind, value, ..ResultEntry::blank(source.origin(assessment)) });
}
