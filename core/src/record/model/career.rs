//! What a résumé lists: positions, learning, certifications and licences.

use serde::Serialize;

use super::{Date, EducationLevel, Identifier, Kind, Origin, Party, Quantity, Text};

/// A position that the subject held or holds.
///
/// Nobody but the signer says so: in a résumé of one's own that is the subject (standards.md §22.3 (d)).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Employment {
    /// The organisation. What the record says of it; it need not know of the record.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organization: Option<Party>,
    /// The unit of the organisation.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub department: Vec<Text>,
    /// The title of the position.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub title: Vec<Text>,
    /// The first day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<Date>,
    /// The last day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<Date>,
    /// Whether it is said to last; never told from the dates.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub current: Option<bool>,
    /// The kind of employment (`FullTime`, `Contract`…), as stated.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// Categories of work (job codes, industries…).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<Text>,
    /// What the work was.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub description: Vec<Text>,
    /// Where the work was.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub location: Vec<Text>,
    /// Where it stands.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub pointer: String,
    /// Documents inside that are given for it: the pointers of their [`Part`](super::Part)s.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub verifications: Vec<String>,
    /// Who says this.
    pub origin: Origin,
}

/// A time of learning at an institution.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Education {
    /// The institution. What the record says of it; it need not know of the record.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub institution: Option<Party>,
    /// The programme.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub program: Vec<Text>,
    /// The degree or the like, as stated.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub degree: Vec<Text>,
    /// Its level, as stated.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub levels: Vec<EducationLevel>,
    /// Major fields of study.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub majors: Vec<Text>,
    /// Minor fields of study.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub minors: Vec<Text>,
    /// When it began.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<Date>,
    /// When it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<Date>,
    /// When the degree was awarded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub awarded: Option<Date>,
    /// Whether it is said to last; never told from the dates.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub current: Option<bool>,
    /// The status (`Completed`, `InProgress`, `Withdrew`…), as stated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// Credits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credits: Option<Quantity>,
    /// Grade point average.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gpa: Option<Score>,
    /// Honours and distinctions.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub honors: Vec<Text>,
    /// What it was about.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub description: Vec<Text>,
    /// Where it stands.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub pointer: String,
    /// Documents inside that are given for it: the pointers of their [`Part`](super::Part)s.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub verifications: Vec<String>,
    /// Who says this.
    pub origin: Origin,
}

/// A number or mark with its scale, as stated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Score {
    /// The mark.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub value: String,
    /// The highest mark there is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<String>,
    /// What kind of mark or scale it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scale: Option<String>,
    /// Who says this.
    pub origin: Origin,
}

/// A certification, licence or award that the record lists, as a résumé does. That it is listed does not show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Qualification {
    /// What kind of thing it is.
    pub kind: Kind,
    /// Its name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub name: Vec<Text>,
    /// Its description.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub description: Vec<Text>,
    /// Identifiers; the number of a licence is one of kind `licenseNumber`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub identifiers: Vec<Identifier>,
    /// Who is said to have granted it. No signer of this record.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authority: Option<Party>,
    /// When it was granted first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_issued: Option<Date>,
    /// When it was granted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issued: Option<Date>,
    /// Since when it is valid.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<Date>,
    /// Until when it is valid.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<Date>,
    /// The status, as stated. Nobody has asked the authority.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// Where it stands.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub pointer: String,
    /// Documents inside that are given for it: the pointers of their [`Part`](super::Part)s.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub verifications: Vec<String>,
    /// Who says this.
    pub origin: Origin,
}
