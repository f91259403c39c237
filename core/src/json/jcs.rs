//! JSON Canonicalization Scheme (RFC 8785).

use super::{Value, View};

/// The canonical form of a value.
pub fn canonical(_value: Value<'_>) -> String {
    String::new()
}

/// The canonical form of what a proof covers.
pub fn canonical_view(_view: &View<'_>) -> String {
    String::new()
}
