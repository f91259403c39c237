//! Comprehensive Learner Records 1.0 (1EdTech CLR 1.0).

use super::Format;
use crate::codes::Finding;
use crate::document::{Relation, items};
use crate::json::Value;

/// The context.
const CONTEXT: &str = "https://purl.imsglobal.org/spec/clr/v1p0/context/clr_v1p0.jsonld";

/// A record: by its context.
pub(super) fn detect(root: Value<'_>) -> Option<Format> {
    items(root, "@context").any(|context| context.as_str() == Some(CONTEXT)).then_some(Format::Clr)
}

/// What a record must have.
pub(super) fn conformance(_root: Value<'_>) -> Vec<Finding> {
    Vec::new()
}

/// The signed assertions and endorsements in it.
pub(super) fn embedded(_root: Value<'_>) -> Vec<(Value<'_>, Relation)> {
    Vec::new()
}
