//! The shape of a record. In JSON: camelCase, members in the order given here, absent and empty ones left out.
//!
//! Strings that have no origin of their own have that of the object they are in. Pointers say where in the text
//! something stands; the signature is over what it says, and does not cover the place in an array.

use std::fmt;

use serde::Serialize;

use crate::time::Timestamp;

/// Who said a value, and what of it a signature covers. Who issued it stands in [`Record::issuer`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum Origin {
    /// The issuer of this record.
    Issuer,
    /// One's own word: the issuer is the subject, or the holder of a presentation that alone is signed.
    SelfAsserted,
    /// The issuer of a record inside this one.
    NestedIssuer,
    /// The issuer said it about this node, but several objects describe the node: that it stands here is not signed.
    GraphOnly,
}

/// A text in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Text {
    /// The text.
    pub value: String,
    /// The language tag (BCP 47) in lower case, if one is stated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// `ltr` or `rtl`, if stated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub direction: Option<String>,
    /// Who said it.
    pub origin: Origin,
}

/// How exact a date is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum Precision {
    /// A year.
    Year,
    /// A month.
    Month,
    /// A day.
    Day,
    /// A date and time.
    Second,
    /// It could not be read.
    Unknown,
}

/// A date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Date {
    /// As it is written.
    pub value: String,
    /// The instant, or the first instant of the day, month or year, UTC.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instant: Option<Timestamp>,
    /// How exact it is.
    pub precision: Precision,
    /// Whether it has a time without an offset, so that UTC was assumed.
    #[serde(skip_serializing_if = "is_false")]
    pub utc_assumed: bool,
    /// Who said it.
    pub origin: Origin,
}

/// A number with its origin.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Quantity {
    /// The number.
    pub value: f64,
    /// Who said it.
    pub origin: Origin,
}

/// An identifier of some kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Identifier {
    /// The kind (`sourcedId`, `nationalIdentityNumber`, `ctid`…), as stated.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// The identifier.
    pub value: String,
    /// Who said it.
    pub origin: Origin,
}

/// An organisation or person that plays a part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Party {
    /// Its identifier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The name it gives itself (of an issuer), or that it is given. Anyone can claim any name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub claimed_name: Vec<Text>,
    /// The name under which a registry lists the identifier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registered_name: Option<String>,
    /// What it says of itself.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub description: Vec<Text>,
    /// Its home page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Its e-mail address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Its telephone number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Its country, as stated (a code where there is one).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// The URL of its picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<String>,
    /// Other identifiers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub identifiers: Vec<Identifier>,
    /// The organisations it says to be part of, from the nearest outwards.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parents: Vec<ParentOrganization>,
    /// Who says all this.
    pub origin: Origin,
}

/// An organisation of which another says to be a part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ParentOrganization {
    /// Its identifier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The name it is given.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub claimed_name: Vec<Text>,
}

/// Whom the record is about, as it says itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Holder {
    /// The identifier of the subject.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The name of the subject.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub name: Vec<Text>,
    /// Other identifiers, plain or hashed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub identifiers: Vec<HolderIdentifier>,
    /// Who says this.
    pub origin: Origin,
}

/// An identifier of the holder: either the value, or a hash that can be compared with a known value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct HolderIdentifier {
    /// The kind (`emailAddress`, `name`, `studentId`…), as stated.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// The identifier, if it is not hashed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// The hash in hexadecimal, if it is hashed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hash: Option<String>,
    /// The hash algorithm (`sha256`, `md5`), as stated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub algorithm: Option<String>,
    /// Whether a salt was hashed along.
    #[serde(skip_serializing_if = "is_false")]
    pub salted: bool,
    /// Who says this.
    pub origin: Origin,
}

/// What was achieved.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Achievement {
    /// Its identifier. Anyone can use any identifier: see [`Record::issuer`] and [`Record::creator`].
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

/// How the record comes to name a skill.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum SkillBasis {
    /// The achievement is aligned with it.
    Alignment,
    /// A description of possible results is aligned with it.
    ResultDescriptionAlignment,
    /// A result is aligned with it.
    ResultAlignment,
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
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
    /// How the record comes to name it.
    pub basis: SkillBasis,
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
    /// The value, as stated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
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

/// What the issuer points at as evidence. Nobody has looked at it here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Evidence {
    /// Its URL or identifier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Its types, as stated.
    #[serde(rename = "type", skip_serializing_if = "Vec::is_empty")]
    pub kind: Vec<String>,
    /// Its name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub name: Vec<Text>,
    /// What it tells.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub narrative: Vec<Text>,
    /// Its description.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub description: Vec<Text>,
    /// Its genre.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub genre: Vec<Text>,
    /// For whom it is.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub audience: Vec<Text>,
    /// Its digest (`digestSRI` or `digestMultibase`), as stated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub digest: Option<String>,
    /// Who says this.
    pub origin: Origin,
}

/// The dates of a record.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Dates {
    /// Since when the record is valid.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<Date>,
    /// Until when the record is valid.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<Date>,
    /// When it was awarded; since when it is valid, if it does not say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub awarded: Option<Date>,
    /// When the activity began.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub activity_start: Option<Date>,
    /// When the activity ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub activity_end: Option<Date>,
}

/// A record inside the record: named here; whether it holds says the report on it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Part {
    /// Where it stands: the pointer of its report.
    pub pointer: String,
    /// Its identifier, if it can be read without opening an envelope.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Its types.
    #[serde(rename = "type", skip_serializing_if = "Vec::is_empty")]
    pub kind: Vec<String>,
    /// Who says what is in it: another issuer.
    pub origin: Origin,
    /// Its record, if it was put in its place ([`Record::attach`]).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record: Option<Box<Record>>,
}

/// How two achievements stand to each other (CLR 2.0 Association, Open Badges 3.0 Related).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct AchievementRelation {
    /// `isChildOf`, `precedes`, `isRelatedTo`…, as stated.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// The achievement that stands so; that of this record, if absent…
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_id: Option<String>,
    /// …to this one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_id: Option<String>,
    /// Who says this.
    pub origin: Origin,
}

/// A claim of a credential for which there is no mapping.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Claim {
    /// Where it stands.
    pub pointer: String,
    /// The value: a string, number or boolean.
    pub value: Scalar,
    /// Who says this.
    pub origin: Origin,
}

/// A value without parts.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
#[non_exhaustive]
pub enum Scalar {
    /// A string.
    Text(String),
    /// A number.
    Number(f64),
    /// `true`, `false`
    Bool(bool),
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
    /// Members that have no place here, could not be read, or have several values where there is room for one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub not_mapped: Vec<String>,
    /// How many more such members, claims or parts there are.
    #[serde(skip_serializing_if = "is_zero")]
    pub more: u64,
}

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
    Endorsement,
    Fieldwork,
    JourneymanCertificate,
    LearningProgram,
    License,
    MasterCertificate,
    Membership,
    MicroCredential,
    QualityAssuranceCredential,
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

/// A record. Its `Debug` form shows no content: records are personal data, and reports go to logs.
#[derive(Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Record {
    /// `openBadges`, `clr`, `endorsement`, `verifiableCredential`
    pub family: &'static str,
    /// The version of the family's standard.
    pub version: &'static str,
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
    /// The number of a licence.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub license_number: Vec<Text>,
    /// How the subject did it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub narrative: Vec<Text>,
    /// Evidence.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Evidence>,
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
