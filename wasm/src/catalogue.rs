//! The table of checks and codes as JSON: reports name them, this says in words what they mean.

use ler_verify::{CheckId, Code};

/// `{"checks": {id: {…}}, "codes": {code: {…}}}`. All of it is text of the library, without anything to escape but quotes.
pub(crate) fn json() -> String {
    let mut text = String::with_capacity(96 * 1024);
    text.push_str("{\"checks\":{");
    for (index, check) in CheckId::ALL.iter().enumerate() {
        open(&mut text, index, check.name());
        member(&mut text, "title", check.title());
        if let Some(axis) = check.axis() {
            member(&mut text, "axis", axis.name());
        }
        member(&mut text, "requirement", check.default_requirement().name());
        close(&mut text);
    }
    text.push_str("},\"codes\":{");
    for (index, code) in Code::ALL.iter().enumerate() {
        open(&mut text, index, code.name());
        member(&mut text, "check", code.check().name());
        member(&mut text, "outcome", code.outcome().name());
        member(&mut text, "title", code.title());
        member(&mut text, "spec", code.spec());
        if let Some(problem) = code.problem_type() {
            member(&mut text, "problemType", problem);
        }
        close(&mut text);
    }
    text.push_str("}}");
    text
}

fn open(text: &mut String, index: usize, name: &str) {
    if index > 0 {
        text.push(',');
    }
    text.push('"');
    text.push_str(name);
    text.push_str("\":{");
}

fn member(text: &mut String, name: &str, value: &str) {
    text.extend(["\"", name, "\":\""]);
    for part in value.split_inclusive('"') {
        match part.strip_suffix('"') {
            Some(before) => text.extend([before, "\\\""]),
            None => text.push_str(part),
        }
    }
    text.push_str("\",");
}

fn close(text: &mut String) {
    text.pop();
    text.push('}');
}
