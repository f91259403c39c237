//! Regular expressions of schemas (2020-12 Core §6.4): ECMA-262, matched in linear time.
//!
//! What cannot be matched in linear time (look-around, back-references) or is written otherwise than in ECMA-262 is
//! refused, never guessed.

use regex_lite::{Regex, RegexBuilder};

/// The size of a pattern when every repetition is written out.
const SIZE: usize = 4_000;

/// A pattern that can be matched.
#[derive(Debug)]
pub(super) struct Pattern {
    regex: Regex,
    size: usize,
}

impl Pattern {
    /// Reads a pattern; `None` if it is not supported.
    pub(super) fn new(pattern: &str) -> Option<Self> {
        let (pattern, size) = translate(pattern)?;
        let regex = RegexBuilder::new(&pattern).nest_limit(16).size_limit(1024 * 1024).build().ok()?;
        Some(Pattern { regex, size })
    }

    /// What matching takes: the size times the length, of which ten steps are a piece of work.
    pub(super) fn work(&self, text: &str) -> usize {
        self.size.saturating_mul(text.len().saturating_add(1)).div_euclid(10)
    }

    /// Whether it matches anywhere: patterns are not anchored.
    pub(super) fn matches(&self, text: &str) -> bool {
        self.regex.is_match(text)
    }
}

/// The same pattern in the words of the engine, and its size. `.` and `\s` of ECMA-262 are written out.
fn translate(pattern: &str) -> Option<(String, usize)> {
    const LINE_ENDS: &str = "\n\r\u{2028}\u{2029}";
    const SPACES: &str =
        "\t\n\u{b}\u{c}\r \u{a0}\u{1680}\u{2000}-\u{200a}\u{2028}\u{2029}\u{202f}\u{205f}\u{3000}\u{feff}";
    let mut out = String::with_capacity(pattern.len());
    let mut characters = pattern.chars().peekable();
    let mut in_class = false;
    // The size of each open group, and of what the next quantifier is about.
    let mut groups = vec![0_usize];
    let mut last = 0_usize;
    while let Some(character) = characters.next() {
        let mut size = 1;
        match character {
            '\\' => match characters.next()? {
                's' if in_class => out.push_str(SPACES),
                's' => out.push_str(&format!("[{SPACES}]")),
                'S' if !in_class => out.push_str(&format!("[^{SPACES}]")),
                escaped @ ('d' | 'D' | 'w' | 'W' | 'b' | 'B' | 't' | 'n' | 'r' | 'f' | 'v' | 'x' | 'u') => {
                    // Within a class `\b` is a backspace there and nothing here.
                    if in_class && matches!(escaped, 'b' | 'B') {
                        return None;
                    }
                    out.extend(['\\', escaped]);
                }
                escaped if escaped.is_ascii_punctuation() => {
                    // `\<` would be the edge of a word.
                    let plain = matches!(
                        escaped,
                        '<' | '>' | '/' | '"' | '\'' | '%' | ',' | ':' | ';' | '=' | '@' | '_' | '`' | '!'
                    );
                    if !plain {
                        out.push('\\');
                    }
                    out.push(escaped);
                }
                _ => return None,
            },
            '[' if in_class => out.push_str("\\["),
            ']' if in_class => {
                in_class = false;
                out.push(']');
            }
            '&' | '~' | '-' if in_class && characters.peek() == Some(&character) => return None,
            _ if in_class => {
                out.push(character);
                size = 0;
            }
            '[' => {
                in_class = true;
                out.push('[');
                if characters.peek() == Some(&'^') {
                    characters.next();
                    out.push('^');
                }
                // An empty class, which is a literal `]` elsewhere.
                if characters.peek() == Some(&']') {
                    return None;
                }
            }
            '.' => out.push_str(&format!("[^{LINE_ENDS}]")),
            '(' => {
                out.push('(');
                if characters.peek() == Some(&'?') {
                    characters.next();
                    match (characters.next()?, characters.peek()) {
                        (':', _) => out.push_str("?:"),
                        ('<', Some(next)) if !matches!(next, '=' | '!') => out.push_str("?<"),
                        _ => return None,
                    }
                }
                groups.push(0);
                last = 0;
                continue;
            }
            ')' => {
                out.push(')');
                size = groups.pop().filter(|_| !groups.is_empty())?.saturating_add(1);
            }
            '{' => {
                let mut bounds = String::new();
                loop {
                    match characters.next()? {
                        '}' => break,
                        digit if digit.is_ascii_digit() || digit == ',' => bounds.push(digit),
                        _ => return None,
                    }
                }
                let largest = bounds.split(',').rfind(|bound| !bound.is_empty())?;
                let times: usize = largest.parse().ok()?;
                out.push_str(&format!("{{{bounds}}}"));
                // What stands there once already is counted.
                size = last.saturating_mul(times);
            }
            '}' => return None,
            _ => out.push(character),
        }
        last = size;
        let group = groups.last_mut()?;
        *group = group.saturating_add(size);
        if *group > SIZE {
            return None;
        }
    }
    let size = groups.pop().filter(|_| groups.is_empty() && !in_class)?;
    Some((out, size.saturating_add(1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(pattern: &str, text: &str) -> bool {
        Pattern::new(pattern).unwrap_or_else(|| panic!("{pattern}")).matches(text)
    }

    #[test]
    fn patterns_are_read_as_ecma_262_reads_them() {
        assert!(matches("b", "abc") && !matches("^b", "abc") && matches("^a.c$", "abc"));
        assert!(!matches("a.b", "a\u{2028}b") && !matches("^a$", "a\n"));
        assert!(matches(r"^\s$", "\u{feff}") && matches(r"^[\s]$", "\u{a0}") && !matches(r"\S", "\u{2003}"));
        assert!(matches(r"^\d$", "7") && !matches(r"\d", "\u{0667}") && !matches(r"\w", "é"));
        assert!(matches(r"^https:\/\/a\.example\-x$", "https://a.example-x"));
        assert!(matches(r"[[]", "[") && matches("^[^a-c]{2,3}$", "xyz") && matches("^(?:ab)+$", "abab"));
        assert!(matches(r"^[a-z|A-Z|0-9|.|-|_]+$", "a.B|7"));
        assert!(matches(r"^\u0041\x42$", "AB"));
    }

    #[test]
    fn what_is_not_linear_or_not_ecma_262_is_refused() {
        for pattern in [
            "(?=a)",
            "(?!a)",
            "(?<=a)",
            "(?<!a)",
            r"(a)\1",
            "(?i)a",
            r"\p{L}",
            r"\A",
            "(",
            ")",
            "[",
            "a{",
            "}",
            "[]",
            "[^]",
            "[a&&b]",
            r"\<",
            "a{2000}{3}",
            "((a{100}){100})",
            "*",
            r"\",
        ] {
            assert!(Pattern::new(pattern).is_none() || pattern == r"\<", "{pattern}");
        }
        let deep = format!("{}a{}", "(".repeat(100), ")".repeat(100));
        assert!(Pattern::new(&deep).is_none());
    }

    #[test]
    fn the_work_is_the_size_times_the_length() {
        let pattern = Pattern::new("^(a?){50}a{50}$").unwrap();
        assert!(pattern.size >= 100);
        assert!(!pattern.matches(&"a".repeat(10_000)));
        assert_eq!(pattern.work(&"a".repeat(999)), pattern.size * 100);
    }
}
