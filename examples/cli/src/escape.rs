//! Text from documents, made safe to show: no control characters, nothing that reorders or hides what stands beside
//! it, and never long. A record could otherwise repaint the verdict that is printed above it.

/// No text from a document is longer than this on a terminal.
const LONGEST: usize = 160;

/// A text as it can be shown.
pub(crate) fn shown(text: &str) -> String {
    bounded(text, LONGEST)
}

/// A text as it can be shown, of at most `longest` characters of its own.
pub(crate) fn bounded(text: &str, longest: usize) -> String {
    let mut out = String::new();
    for (count, character) in text.chars().enumerate() {
        if count >= longest {
            out.push('…');
            break;
        }
        if is_plain(character) {
            out.push(character);
        } else {
            out.push_str(&format!("\\u{{{:x}}}", u32::from(character)));
        }
    }
    out
}

/// Characters that show as themselves. Not: C0, C1 and DEL, line and paragraph separators, bidirectional controls,
/// zero-width and other format characters, fillers, variation selectors, tags, private use, noncharacters.
fn is_plain(character: char) -> bool {
    if character.is_control() || (character.is_whitespace() && character != ' ') {
        return false;
    }
    !matches!(u32::from(character),
        0x00ad | 0x034f | 0x061c | 0x070f | 0x08e2
        | 0x0600..=0x0605 | 0x06dd | 0x0890..=0x0891
        | 0x115f..=0x1160 | 0x17b4..=0x17b5 | 0x180b..=0x180f
        | 0x200b..=0x200f | 0x2028..=0x202e | 0x2060..=0x206f
        | 0x2800 | 0x3164 | 0xe000..=0xf8ff | 0xfdd0..=0xfdef | 0xfe00..=0xfe0f
        | 0xfeff | 0xffa0 | 0xfff0..=0xffff
        | 0x110bd | 0x110cd | 0x13430..=0x1343f | 0x1bca0..=0x1bca3 | 0x1d173..=0x1d17a
        | 0xe0000..=0x10ffff)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_text_stays() {
        let text = "Zażółć gęślą jaźń — 学位证书 (2026) / did:web:example.org#key";
        assert_eq!(shown(text), text);
    }

    #[test]
    fn nothing_moves_the_cursor_or_the_eye() {
        assert_eq!(shown("\u{1b}[2J\u{1b}[32mVERIFIED\n"), "\\u{1b}[2J\\u{1b}[32mVERIFIED\\u{a}");
        assert_eq!(shown("\u{9b}31m\u{7f}\u{0}\t\r"), "\\u{9b}31m\\u{7f}\\u{0}\\u{9}\\u{d}");
        for character in [
            '\u{200b}',
            '\u{200e}',
            '\u{200f}',
            '\u{2028}',
            '\u{2029}',
            '\u{202a}',
            '\u{202e}',
            '\u{2066}',
            '\u{2069}',
            '\u{feff}',
            '\u{ad}',
            '\u{61c}',
            '\u{e0041}',
            '\u{fe0f}',
            '\u{85}',
            '\u{a0}',
            '\u{3000}',
        ] {
            assert_eq!(shown(&character.to_string()), format!("\\u{{{:x}}}", u32::from(character)));
        }
    }

    #[test]
    fn nothing_is_long() {
        assert_eq!(bounded(&"x".repeat(10), 10), "x".repeat(10));
        assert_eq!(bounded(&"x".repeat(11), 10), "x".repeat(10) + "…");
        assert_eq!(shown(&"x".repeat(1_000_000)).chars().count(), LONGEST + 1);
    }
}
