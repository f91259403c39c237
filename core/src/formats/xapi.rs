//! Statements of the Experience API (xAPI-Data §2).

use super::Format;
use crate::codes::Finding;
use crate::json::{Kind, Value};

/// A statement: an actor, a verb and an object.
pub(super) fn detect(root: Value<'_>) -> Option<Format> {
    let is_object = |member: &str| root.get(member).is_some_and(|value| value.kind() == Kind::Object);
    ["actor", "verb", "object"].into_iter().all(is_object).then_some(Format::Statement)
}

/// What a statement must have (xAPI-Data §2.4).
pub(super) fn conformance(_root: Value<'_>) -> Vec<Finding> {
    Vec::new()
}
