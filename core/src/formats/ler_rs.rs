//! Learning and Employment Records of HR Open Standards (LER-RS 4.4, 4.5), as they stand without a wrapper.

use super::Format;
use crate::codes::Finding;
use crate::document::{Relation, items};
use crate::json::Value;

/// A record: `type` is the URL of its schema, which names the version.
pub(super) fn detect(root: Value<'_>) -> Option<Format> {
    let version_of = |value: Value<'_>| {
        let rest = value.as_str()?.strip_prefix("http://schema.hropenstandards.org/")?;
        let (version, rest) = rest.split_once('/')?;
        let version = [("4.4", "4.4"), ("4.5", "4.5")].into_iter().find(|(known, _)| *known == version)?.1;
        rest.ends_with("/LER-RSType.json").then_some(Format::LerRs(version))
    };
    items(root, "type").find_map(version_of)
}

/// What a record must have.
pub(super) fn conformance(_root: Value<'_>) -> Vec<Finding> {
    Vec::new()
}

/// The credentials in it that verify something (`verifications`).
pub(super) fn embedded(_root: Value<'_>) -> Vec<(Value<'_>, Relation)> {
    Vec::new()
}
