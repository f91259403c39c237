//! The shape of a record. In JSON: camelCase, members in the order given here, absent and empty ones left out.
//!
//! Strings that have no origin of their own have that of the object they are in. Pointers say where in the text
//! something stands; the signature is over what it says, and does not cover the place in an array.

mod achievement;
mod attached;
mod career;
mod party;
mod skill;
mod value;

use std::fmt;

use serde::Serialize;

pub use achievement::*;
pub use attached::*;
pub use career::*;
pub use party::*;
pub use skill::*;
pub use value::*;

/// What kind of thing is recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
#[allow(missing_docs)] // the names say it
pub enum Kind {
    Achievement,
    ApprenticeshipCertificate,
    Assessment,
    Assignment,
    Award,
    Badge,
    Certificate,
    Certification,
    CoCurricular,
    CommunityService,
    Competency,
    Course,
    Degree,
    Diploma,
    Employment,
    Endorsement,
    Fieldwork,
    JourneymanCertificate,
    LearningProgram,
    LearningEntitlement,
    License,
    MasterCertificate,
    Membership,
    MicroCredential,
    QualityAssuranceCredential,
    Resume,
    SkillClaim,
    Statement,
    Transcript,
    /// Something else: see [`Record::kind_raw`].
    Other,
}

/// The level of a degree, where the record states it by its type. It is never told from a title.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
#[allow(missing_docs)] // the names say it
pub enum DegreeLevel {
    Associate,
    Bachelor,
    Master,
    Doctoral,
}

/// What of the document is not in the record.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Completeness {
    /// Whether the record holds everything that there is about the subject, if it says so: a partial learner record
    /// does not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub children_complete: Option<bool>,
    /// Whether the proof is of a kind that lets the holder hold claims back (selective disclosure). Whether and which,
    /// nobody can tell.
    #[serde(skip_serializing_if = "is_false")]
    pub withheld: bool,
    /// Members that have no place here, could not be read, or have several values where there is room for one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub not_mapped: Vec<String>,
    /// How many more such members, claims or parts there are.
    #[serde(skip_serializing_if = "is_zero")]
    pub more: u64,
}

/// A record. Its `Debug` form shows no content: records are personal data, and reports go to logs.
#[derive(Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Record {
    /// The family of standards, as in the report ([`crate::report::Format::family`]).
    pub family: &'static str,
    /// The version of the family's standard.
    pub version: &'static str,
    /// A profile of the family, where the document says that it follows one (`cmi5`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profile: Option<&'static str>,
    /// Where it stands in the text that was verified; empty for all of it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub raw_pointer: String,
    /// The identifier of the credential.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// What kind of thing is recorded.
    pub kind: Kind,
    /// The level of a degree.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub degree_level: Option<DegreeLevel>,
    /// The types, and the kind of achievement, as stated.
    pub kind_raw: Vec<String>,
    /// What it is called.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub title: Vec<Text>,
    /// What it says of itself.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub description: Vec<Text>,
    /// Who issued it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issuer: Option<Party>,
    /// Who defined the achievement, as the issuer says. Not a signer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub creator: Option<Party>,
    /// Who assessed it, as the issuer says. Not a signer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assessor: Option<Party>,
    /// Whom it is about. That somebody holds it is not proved by being named.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub holders: Vec<Holder>,
    /// What was achieved.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub achievement: Option<Achievement>,
    /// Whether it was completed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub completion: Vec<Completion>,
    /// Skills.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub skills: Vec<Skill>,
    /// Results.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub results: Vec<ResultEntry>,
    /// Credits earned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credits_earned: Option<Quantity>,
    /// The academic term.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub term: Vec<Text>,
    /// The role that the subject had.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub role: Vec<Text>,
    /// How long it took, as stated (an ISO 8601 duration in xAPI and ELM).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub duration: Vec<Text>,
    /// The number of a licence.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub license_number: Vec<Text>,
    /// How the subject did it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub narrative: Vec<Text>,
    /// Positions held.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub employment: Vec<Employment>,
    /// Times of learning.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub education: Vec<Education>,
    /// Certifications, licences and awards that the record lists.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub qualifications: Vec<Qualification>,
    /// Evidence.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Evidence>,
    /// Files that come with it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
    /// Dates.
    pub dates: Dates,
    /// Of an endorsement: the identifier of what it endorses.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub endorses: Option<String>,
    /// Endorsements of this record, its achievement or its issuer.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub endorsements: Vec<Part>,
    /// Records that this one consists of.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub children: Vec<Part>,
    /// How achievements stand to each other.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub relations: Vec<AchievementRelation>,
    /// How the issuer would have it drawn.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub render_methods: Vec<RenderMethod>,
    /// Claims for which there is no mapping.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub claims: Vec<Claim>,
    /// What of the document is not in the record.
    pub completeness: Completeness,
}

impl fmt::Debug for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Record")
            .field("family", &self.family)
            .field("version", &self.version)
            .field("kind", &self.kind)
            .finish_non_exhaustive()
    }
}

fn is_false(value: &bool) -> bool {
    !value
}

fn is_zero(value: &u64) -> bool {
    *value == 0
}
