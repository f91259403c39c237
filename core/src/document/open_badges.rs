//! The rules of Open Badges 3.0 on top of the data model.

/// tmp
pub fn profile(_: crate::json::Value<'_>) -> Vec<crate::codes::Finding> { Vec::new() }
