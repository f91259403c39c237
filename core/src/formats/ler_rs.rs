//! Learning and Employment Records of HR Open Standards (LER-RS 4.4, 4.5), as they stand without a wrapper.
//!
//! Nothing secures one: it is not verified, whatever it says (`securing.missing`), and its report has no record of
//! anything but one's own word ([`crate::Report::unsecured_record`]). It is a bundle all the same: the credentials in it
//! are each verified on their own, as in a presentation that is not signed, each with a report and a record of its own,
//! so that they can be taken out.

use super::Format;
use crate::codes::Finding;
use crate::document::{self, Relation, items, ler_rs};
use crate::json::{Kind, Value};

/// The version of a record that does not say: the one that is current.
const CURRENT: &str = "4.5";

/// A record: `type` is the URL of its schema, which names the version. One without a type is recognised by members that
/// only such records have together; it does not conform.
pub(super) fn detect(root: Value<'_>) -> Option<Format> {
    let version_of = |value: Value<'_>| {
        let url = value.as_str().filter(|url| ler_rs::is_record_type(url))?;
        ler_rs::version_of(url)
    };
    if let Some(version) = items(root, "type").find_map(version_of) {
        return Some(Format::LerRs(version));
    }
    let kind = |member: &str| root.get(member).map(|value| value.kind());
    let career =
        ["educationAndLearnings", "educationAndLearning", "employmentHistories", "employmentHistory"];
    let is_record = root.get("type").is_none()
        && kind("person") == Some(Kind::Object)
        && career.into_iter().any(|member| kind(member) == Some(Kind::Array));
    is_record.then_some(Format::LerRs(CURRENT))
}

/// What a record must have.
pub(super) fn conformance(root: Value<'_>) -> Vec<Finding> {
    ler_rs::conformance(root)
}

/// The credentials in it that verify something (`verifications`).
pub(super) fn embedded(root: Value<'_>) -> Vec<(Value<'_>, Relation)> {
    ler_rs::documents(root).into_iter().map(|document| (document, Relation::Nested)).collect()
}

/// What a record is in terms of documents, for the mappings.
pub(crate) fn as_document(version: &'static str) -> document::Detected {
    document::Detected {
        family: document::Family::LerRs,
        version,
        // It has no dates of the data model.
        model: document::DataModel::Vcdm1,
        presentation: false,
        enveloped: false,
    }
}
