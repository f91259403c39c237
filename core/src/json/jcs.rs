//! JSON Canonicalization Scheme (RFC 8785).
//!
//! No recursion: open arrays and objects stand on an explicit stack, the members of all open objects in one list.

use std::cmp::Ordering;

use super::{Children, Kind, Member, Number, Value, View};
use crate::encoding::scan::plain;

/// The canonical form of a value.
pub fn canonical(value: Value<'_>) -> String {
    let mut writer = Writer::default();
    // Values of real records take about as much.
    let values = value.node().end.saturating_sub(value.position()) as usize;
    writer.text.reserve(values.saturating_mul(24));
    writer.value(value);
    writer.text
}

/// The canonical form of what a proof covers.
pub fn canonical_view(view: &View<'_>) -> String {
    let mut members: Vec<(&str, Member<'_, '_>)> = view.members().collect();
    members.sort_unstable_by(|(a, _), (b, _)| utf16_order(a, b));
    let mut writer = Writer::default();
    writer.text.push('{');
    for (at, (key, member)) in members.iter().enumerate() {
        if at > 0 {
            writer.text.push(',');
        }
        push_string(&mut writer.text, key);
        writer.text.push(':');
        match member {
            Member::Value(value) => writer.value(*value),
            Member::Array(items) => {
                writer.text.push('[');
                for (at, item) in items.iter().enumerate() {
                    if at > 0 {
                        writer.text.push(',');
                    }
                    writer.value(*item);
                }
                writer.text.push(']');
            }
        }
    }
    writer.text.push('}');
    writer.text
}

/// What is left of an open array or object.
enum Open<'t> {
    Array(Children<'t>),
    /// The members from here to the end of the list, greatest key first.
    Object(usize),
}

#[derive(Default)]
struct Writer<'t> {
    text: String,
    open: Vec<Open<'t>>,
    members: Vec<(&'t str, Value<'t>)>,
}

impl<'t> Writer<'t> {
    fn value(&mut self, value: Value<'t>) {
        let outside = self.open.len();
        self.begin(value);
        while self.open.len() > outside {
            match self.next() {
                Some(value) => self.begin(value),
                None => {
                    let end = if matches!(self.open.pop(), Some(Open::Array(_))) { ']' } else { '}' };
                    self.text.push(end);
                }
            }
        }
    }

    /// Writes a scalar, or opens an array or object.
    fn begin(&mut self, value: Value<'t>) {
        match value.kind() {
            Kind::Null => self.text.push_str("null"),
            Kind::Bool => self.text.push_str(if value.as_bool() == Some(true) { "true" } else { "false" }),
            Kind::Number => {
                if let Some(number) = value.as_number() {
                    push_number(&mut self.text, number);
                }
            }
            Kind::String => push_string(&mut self.text, value.as_str().unwrap_or("")),
            Kind::Array => {
                self.text.push('[');
                self.open.push(Open::Array(value.one_or_many()));
            }
            Kind::Object => {
                self.text.push('{');
                let start = self.members.len();
                self.members.extend(value.as_object().iter().flat_map(super::Object::iter));
                if let Some(members) = self.members.get_mut(start..) {
                    members.sort_unstable_by(|(a, _), (b, _)| utf16_order(b, a));
                }
                self.open.push(Open::Object(start));
            }
        }
    }

    /// The next value of the innermost open array or object; what stands before it is written.
    fn next(&mut self) -> Option<Value<'t>> {
        let first = self.text.ends_with(['[', '{']);
        match self.open.last_mut()? {
            Open::Array(items) => {
                let item = items.next()?;
                if !first {
                    self.text.push(',');
                }
                Some(item)
            }
            Open::Object(start) => {
                if self.members.len() <= *start {
                    return None;
                }
                let (key, value) = self.members.pop()?;
                if !first {
                    self.text.push(',');
                }
                push_string(&mut self.text, key);
                self.text.push(':');
                Some(value)
            }
        }
    }
}

/// RFC 8785 §3.2.3: keys are compared as UTF-16 code units. That is the order of UTF-8, except that the surrogates
/// of U+10000 and above (lead bytes F0 to F4) come before U+E000 to U+FFFF (lead bytes EE, EF).
fn utf16_order(a: &str, b: &str) -> Ordering {
    match a.bytes().zip(b.bytes()).find(|(a, b)| a != b) {
        Some((a @ 0xF0.., b @ 0xEE..=0xEF)) | Some((a @ 0xEE..=0xEF, b @ 0xF0..)) => b.cmp(&a),
        Some((a, b)) => a.cmp(&b),
        None => a.len().cmp(&b.len()),
    }
}

/// RFC 8785 §3.2.2.3: as ECMAScript writes the nearest double.
fn push_number(text: &mut String, number: Number<'_>) {
    let token = number.token();
    // Up to 15 digits are exact and written as they are.
    if token.len() <= 15 && token != "-0" && number.is_integer_token() {
        text.push_str(token);
    } else {
        text.push_str(ryu_js::Buffer::new().format(number.as_f64()));
    }
}

/// RFC 8785 §3.2.2.2.
pub(crate) fn push_string(text: &mut String, string: &str) {
    text.push('"');
    let mut rest = string;
    while let Some((plain, special)) = rest.split_at_checked(plain(rest.as_bytes(), [])) {
        text.push_str(plain);
        let mut special = special.chars();
        match special.next() {
            Some('\u{8}') => text.push_str("\\b"),
            Some('\t') => text.push_str("\\t"),
            Some('\n') => text.push_str("\\n"),
            Some('\u{C}') => text.push_str("\\f"),
            Some('\r') => text.push_str("\\r"),
            Some(c @ ('"' | '\\')) => text.extend(['\\', c]),
            Some(c) => text.push_str(&format!("\\u{:04x}", u32::from(c))),
            None => break,
        }
        rest = special.as_str();
    }
    text.push('"');
}
