//! What a report answers, and how to ask about something else.
#![allow(dead_code, unreachable_pub)]

use ler_verify::{CheckId, Code, Report};
use serde_json::Value;

/// The answers to one question, in the order of the report.
pub fn codes(report: &Report, check: CheckId) -> Vec<Code> {
    report.checks().iter().filter(|found| found.id == check).map(|found| found.code).collect()
}

/// The same document with a member set, or removed where the value is null.
pub fn with(document: &Value, pointer: &str, value: Value) -> Value {
    let mut changed = document.clone();
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    let parent = changed.pointer_mut(parent).unwrap().as_object_mut().unwrap();
    if value.is_null() {
        parent.remove(name);
    } else {
        parent.insert(name.to_owned(), value);
    }
    changed
}
