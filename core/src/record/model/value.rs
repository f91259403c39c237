//! Values, each with who said it.

use serde::Serialize;

use super::is_false;
use crate::time::Timestamp;

/// Who said a value, and what of it a signature covers. Who issued it stands in [`Record::issuer`](super::Record::issuer).
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
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Quantity {
    /// The number.
    pub value: f64,
    /// What is counted (`ECTS`, `years`, a URL…), as stated or as the standard says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
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
