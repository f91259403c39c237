//! What hangs on a record: dates, evidence, files, records inside, relations.

use serde::Serialize;

use super::{Date, Origin, Record, Text, is_false};

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
    /// When the document was issued, where it says that besides.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issued: Option<Date>,
    /// When the activity began.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub activity_start: Option<Date>,
    /// When the activity ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub activity_end: Option<Date>,
}

/// What the issuer points at as evidence. Nobody has looked at it here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
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
    /// The evidence itself, where it stands in the record as text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<String>,
    /// Its media type, as stated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub media_type: Option<String>,
    /// Its digest (`digestSRI` or `digestMultibase`), as stated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub digest: Option<String>,
    /// Who says this.
    pub origin: Origin,
}

/// A file that comes with the record, named by what is known of it. Its content is not here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Attachment {
    /// Its name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub name: Vec<Text>,
    /// Its description.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub description: Vec<Text>,
    /// Its URL.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Its media type, as stated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub media_type: Option<String>,
    /// Its size in bytes, as stated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size: Option<u64>,
    /// Its SHA-256 in lower-case hexadecimal: as stated, or of the content where that stands in the record.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
    /// Where it stands.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub pointer: String,
    /// Who says this.
    pub origin: Origin,
}

/// How the issuer would have the record drawn (VCDM 2.0 `renderMethod`, ELM `displayParameter`).
///
/// Data only: nothing is fetched, filled in or drawn here. A template comes from the issuer and may show anything, other
/// claims than the signed ones among them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct RenderMethod {
    /// Its URL or identifier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Its types, as stated.
    #[serde(rename = "type", skip_serializing_if = "Vec::is_empty")]
    pub kind: Vec<String>,
    /// Its name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub name: Vec<Text>,
    /// The media type of the result, as stated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub media_type: Option<String>,
    /// For which media it is (`css3MediaQuery`), as stated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub media_query: Option<String>,
    /// The language of the template (`renderSuite`), as stated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suite: Option<String>,
    /// The digest of the template, as stated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub digest: Option<String>,
    /// Where it stands, with the template if it is in the record.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub pointer: String,
    /// Who says this.
    pub origin: Origin,
}

/// A record inside the record.
///
/// One that has a proof of its own is named here, and whether it holds says the report on it. One that the proof of this
/// record covers ([`Part::same_proof`]) holds as this record does.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Part {
    /// Where it stands; the pointer of its report, if it has one.
    pub pointer: String,
    /// Its identifier, if it can be read without opening an envelope.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Its types.
    #[serde(rename = "type", skip_serializing_if = "Vec::is_empty")]
    pub kind: Vec<String>,
    /// Who says what is in it.
    pub origin: Origin,
    /// Whether it has no proof of its own: it is a part of what this record's proof covers.
    #[serde(skip_serializing_if = "is_false")]
    pub same_proof: bool,
    /// The verdict of its own report, once it is known ([`Secured::record`](crate::Secured::record)).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verdict: Option<PartVerdict>,
    /// Its record: where it has a proof of its own, only once that is verified.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record: Option<Box<Record>>,
}

/// What the report on a part says of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum PartVerdict {
    /// Every required check passed.
    Verified,
    /// There is evidence against it.
    NotVerified,
    /// It could not be found out.
    Indeterminate,
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
