//! Assertions of Open Badges 2.0, 2.1, 1.1, 1.0 and 0.5 (Open Badges 2.0 §Assertion, §Backwards compatibility).

use super::Format;
use crate::codes::Finding;
use crate::document::items;
use crate::json::{Kind, Value};

/// The contexts, with the version that each stands for.
const CONTEXTS: &[(&str, &str)] = &[
    ("https://w3id.org/openbadges/v2", "2.0"),
    ("https://purl.imsglobal.org/spec/ob/v2p1/ob_v2p1.jsonld", "2.1"),
    ("https://purl.imsglobal.org/spec/ob/v2p1/context/ob_v2p1.jsonld", "2.1"),
    ("https://w3id.org/openbadges/v1", "1.1"),
];

/// An Assertion: by its context, or by the members that only Assertions of 1.0 and 0.5 have together.
pub(super) fn detect(root: Value<'_>) -> Option<Format> {
    let version_of = |context: Value<'_>| {
        let url = context.as_str()?;
        CONTEXTS.iter().find(|(known, _)| *known == url).map(|(_, version)| *version)
    };
    if let Some(version) = items(root, "@context").find_map(version_of) {
        return Some(Format::OpenBadges(version));
    }
    let kind = |member: &str| root.get(member).map(|value| value.kind());
    match (kind("badge"), kind("recipient")) {
        (Some(_), Some(Kind::Object)) => Some(Format::OpenBadges("1.0")),
        (Some(Kind::Object), Some(Kind::String)) => Some(Format::OpenBadges("0.5")),
        _ => None,
    }
}

/// What an Assertion must have.
pub(super) fn conformance(_root: Value<'_>, _version: &str) -> Vec<Finding> {
    Vec::new()
}
