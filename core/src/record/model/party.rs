//! Who plays a part: organisations, and the person that the record is about.

use serde::Serialize;

use super::{Date, Identifier, Origin, Text, is_false};

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
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Holder {
    /// The identifier of the subject.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The full name of the subject, as stated; never put together from its parts.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub name: Vec<Text>,
    /// The given name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub given_name: Vec<Text>,
    /// The family name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub family_name: Vec<Text>,
    /// The date of birth, if it is stated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub birth_date: Option<Date>,
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
