//! JSON for logs and terminals: what steers a reader instead of being read is escaped.

use std::fmt::Write;

/// Whether a character that JSON may hold as it is acts on a terminal or on the order of the text around it: DEL and the
/// C1 controls (ECMA-48), marks without width, bidirectional controls (Unicode Annex 9), line separators.
fn steers(character: char) -> bool {
    matches!(character,
        '\u{7F}'..='\u{9F}' | '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}')
}

/// The same JSON (RFC 8259 §7) with such characters as `\uXXXX`. In JSON they stand in strings only, and all of them are
/// in the basic plane.
pub(crate) fn printable(json: String) -> String {
    let plain = json.is_ascii() && !json.as_bytes().contains(&0x7F);
    if plain || !json.contains(steers) {
        return json;
    }
    let mut escaped = String::with_capacity(json.len().saturating_add(64));
    for character in json.chars() {
        if steers(character) {
            let _ = write!(escaped, "\\u{:04x}", u32::from(character));
        } else {
            escaped.push(character);
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::printable;

    #[test]
    fn the_json_is_the_same_and_steers_nobody() {
        let value = serde_json::json!({ "a\u{9b}2J\u{7f}\u{202e}": "né 文 😀 \u{feff}\u{1b}" });
        let json = printable(value.to_string());
        assert_eq!(serde_json::from_str::<serde_json::Value>(&json).unwrap(), value);
        assert_eq!(json, r#"{"a\u009b2J\u007f\u202e":"né 文 😀 \ufeff\u001b"}"#);
        assert_eq!(printable("{\"a\":1}".to_owned()), "{\"a\":1}");
    }
}
