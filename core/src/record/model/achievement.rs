//! What was achieved, at what level, with what result.

use serde::Serialize;

use super::{Identifier, Origin, Quantity, Skill, Text};

/// What was achieved.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Achievement {
    /// Its identifier. Anyone can use any identifier: see [`Record::issuer`](super::Record::issuer) and [`Record::creator`](super::Record::creator).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Its name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub name: Vec<Text>,
    /// Its description.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub description: Vec<Text>,
    /// What had to be done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub criteria: Option<Criteria>,
    /// The field of study.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub field_of_study: Vec<Text>,
    /// The specialization.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub specialization: Vec<Text>,
    /// A code for people (`humanCode`), a course number for instance.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Its version.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// The language it is in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// The URL of its picture. A picture proves nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<String>,
    /// Other identifiers; those of credentials that it is aligned with are among them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub identifiers: Vec<Identifier>,
    /// The levels it is at, each in its framework.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub levels: Vec<EducationLevel>,
    /// The credits that it can bring.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credits_available: Option<Quantity>,
    /// Tags. Words, not skills.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Text>,
    /// What it is aligned with that is not known to be a skill.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub alignments: Vec<Skill>,
    /// What results there can be.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub result_descriptions: Vec<ResultDescription>,
    /// Who says this.
    pub origin: Origin,
}

/// What had to be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Criteria {
    /// Where it is described.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The description.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub text: Vec<Text>,
}

/// A framework of levels of education.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub enum LevelScheme {
    /// European Qualifications Framework, 1 to 8.
    #[serde(rename = "EQF")]
    Eqf,
    /// A national qualifications framework.
    #[serde(rename = "NQF")]
    Nqf,
    /// International Standard Classification of Education (levels of ISCED 2011, 0 to 8).
    #[serde(rename = "ISCED")]
    Isced,
    /// A level in no framework that is named (`educationLevel`).
    #[serde(rename = "educationLevel")]
    EducationLevel,
}

/// A level of education, as stated. It is never told from a title.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct EducationLevel {
    /// The framework.
    pub scheme: LevelScheme,
    /// The level as it is stated: a number, a word, a URL.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub value: String,
    /// The number of the level, where that can be read and the framework has such a level.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<u8>,
    /// Its name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub name: Vec<Text>,
    /// Who says this.
    pub origin: Origin,
}

/// What results there can be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ResultDescription {
    /// The identifier by which results refer to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Its name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub name: Vec<Text>,
    /// What kind of value (`LetterGrade`, `Percent`…), as stated.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// The lowest value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min: Option<String>,
    /// The highest value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<String>,
    /// The values there are, from low to high; in any order before Open Badges 3.0.2, where it is not signed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub allowed: Vec<String>,
    /// The value that is needed to pass.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub required_value: Option<String>,
    /// The level that is needed to pass.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub required_level: Option<String>,
    /// The levels there are.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub levels: Vec<Level>,
    /// Who says this.
    pub origin: Origin,
}

/// A level of a rubric.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Level {
    /// Its identifier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Its name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub name: Vec<Text>,
    /// The points it brings, as stated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub points: Option<String>,
    /// Its description.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub description: Vec<Text>,
}

/// A result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ResultEntry {
    /// The [`ResultDescription::id`] it refers to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// What it is the result of, where it says so itself.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub name: Vec<Text>,
    /// What kind of value (`GradePointAverage`, `Percent`…), where it says so itself.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// The value, as stated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// The value as a part of what can be reached, from -1 to 1 (xAPI `scaled`), as stated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scaled: Option<String>,
    /// The lowest value, where it says so itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min: Option<String>,
    /// The highest value, where it says so itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<String>,
    /// The status (`Completed`, `Failed`…), as stated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// The identifier of the level that was reached.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<String>,
    /// Whether what is required was reached, where the record itself allows to tell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub passed: Option<bool>,
    /// Who says this.
    pub origin: Origin,
}

/// Whether the achievement was completed: a valid record may be about a failure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Completion {
    /// `Completed`, `Failed`, `Withdrew`, `InProgress`…
    pub status: String,
    /// Who says so; nobody if no result has a status, which means `Completed` (Open Badges 3.0, B.1.32).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
}
