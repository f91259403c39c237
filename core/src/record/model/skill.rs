//! Skills.

use serde::Serialize;

use super::{Origin, Party, Quantity, Text};

/// How the record comes to name a skill.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum SkillBasis {
    /// The record says that the subject has it.
    Stated,
    /// The achievement is aligned with it.
    Alignment,
    /// A description of possible results is aligned with it.
    ResultDescriptionAlignment,
    /// A result is aligned with it.
    ResultAlignment,
    /// It was concluded from something else (by a machine, for instance): nobody says that the subject has shown it.
    Inferred,
    /// The subject says it of itself.
    SelfAsserted,
}

/// A framework that is recognised by the form of a URL, a code or a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub enum Framework {
    /// Credential Transparency Description Language: a CTID.
    #[serde(rename = "CTDL")]
    Ctdl,
    /// Competencies and Academic Standards Exchange (1EdTech).
    #[serde(rename = "CASE")]
    Case,
    /// European Skills, Competences, Qualifications and Occupations.
    #[serde(rename = "ESCO")]
    Esco,
    /// Occupational Information Network: an occupation code.
    #[serde(rename = "O*NET")]
    Onet,
    /// Rich Skill Descriptors (Open Skills Network).
    #[serde(rename = "RSD")]
    Rsd,
}

/// A skill, or something else that the achievement is aligned with.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Skill {
    /// Its name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub name: Vec<Text>,
    /// Its URL.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Its code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The framework, where its form is known. That the framework has such an entry was not looked up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub framework: Option<Framework>,
    /// The name of the framework, as stated.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub framework_name: Vec<Text>,
    /// Its type (`CFItem`, `ceasn:Competency`…), as stated.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// Its description.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub description: Vec<Text>,
    /// The years of experience with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub years_of_experience: Option<Quantity>,
    /// How well it is mastered, as stated: a word, a score, the name of a level.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub proficiency: Vec<Text>,
    /// Who vouches for it, as the record says. No signer.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub endorsers: Vec<Party>,
    /// Documents inside that are given for it: the pointers of their [`Part`](super::Part)s.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub verifications: Vec<String>,
    /// How the record comes to name it.
    pub basis: SkillBasis,
    /// Who says this.
    pub origin: Origin,
}
