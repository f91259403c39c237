//! One JSON form per literal. RDF has texts with a datatype; JSON has texts, numbers and booleans. Under a term with a
//! datatype, `true` and `"true"` are one statement, and a reader takes the one for a truth and the other for a text
//! (`"false"` is true in many languages). So each datatype has its own JSON type, and the others are refused.

use super::value::canonical_double;
use crate::json::{Kind, Value};

/// The JSON type of a datatype.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Boolean,
    Number,
    Text,
}

/// Whether a plain value is of its datatype's own JSON type, or is a text that no number or boolean would be signed as.
pub(super) fn is_own(value: Value<'_>, datatype: &str) -> bool {
    match (form(datatype), value.kind()) {
        (Form::Boolean, Kind::Bool) | (Form::Number, Kind::Number) | (Form::Text, Kind::String) => true,
        (Form::Boolean, Kind::String) => !matches!(value.as_str(), Some("true" | "false")),
        (Form::Number, Kind::String) => !value.as_str().is_some_and(is_native_number),
        _ => false,
    }
}

/// Whether the `@type` of a value object says no more than the plain value would.
pub(super) fn says_nothing(datatype: Option<&str>, coercion: Option<&str>) -> bool {
    match datatype {
        Some(datatype) => coercion.unwrap_or("http://www.w3.org/2001/XMLSchema#string") == datatype,
        None => false,
    }
}

/// By the last part of the name: published contexts write XML Schema's namespace in three ways, and two of them are
/// signed as they stand.
fn form(datatype: &str) -> Form {
    let divider = datatype.bytes().rposition(|byte| matches!(byte, b'#' | b':'));
    let name = divider.and_then(|at| datatype.get(at.checked_add(1)?..)).unwrap_or(datatype);
    let xsd = || datatype.contains("XMLSchema#") || datatype.starts_with("xsd:");
    match name {
        "boolean" if xsd() => Form::Boolean,
        "integer" | "decimal" | "float" | "double" | "int" | "long" | "short" | "byte"
        | "nonNegativeInteger" | "positiveInteger" | "nonPositiveInteger" | "negativeInteger"
        | "unsignedInt" | "unsignedLong" | "unsignedShort" | "unsignedByte"
            if xsd() =>
        {
            Form::Number
        }
        _ => Form::Text,
    }
}

/// Whether JSON-LD would make this text out of a JSON number (JSON-LD 1.1 API §8.2, steps 10 and 11).
fn is_native_number(text: &str) -> bool {
    let integer = text.strip_prefix('-').unwrap_or(text);
    let is_integer = integer == "0" && text == integer
        || integer.bytes().all(|byte| byte.is_ascii_digit())
            && !integer.is_empty()
            && !integer.starts_with('0');
    is_integer
        || text.parse::<f64>().is_ok_and(|number| number.is_finite() && canonical_double(number) == text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_a_number_would_be_signed_as() {
        for text in ["0", "7", "-12", "4.25E1", "1.0E0"] {
            assert!(is_native_number(text), "{text}");
        }
        for text in ["", "-0", "007", "+7", "4.25", "42.5", "1.0", "NaN", "INF", "1e3", "seven"] {
            assert!(!is_native_number(text), "{text}");
        }
    }
}
