//! Values of records as a person can be shown them, and as a spreadsheet can hold them.
//!
//! A record holds what its issuer wrote, byte for byte, and an issuer may be anybody: text that repaints what stands
//! beside it, Markdown and HTML, links that run programs, cells that are formulas. The record and its JSON are data and
//! leave it as it is. What is shown goes through here.
//!
//! What comes out is plain text, not HTML: a page still has to escape it where it puts it (`textContent`, not
//! `innerHTML`).

use std::borrow::Cow;

use super::markup;

/// A text on one line, for names and titles: white space is one space, nothing steers what stands beside it, no mark-up.
///
/// At most `longest` characters (Unicode scalar values), from the first 65,536 bytes; of a longer text the beginning with
/// `…`, which counts.
///
/// Removed are control characters, bidirectional controls, zero-width and other format characters, tag characters,
/// fillers that show nothing, private use and noncharacters. A zero-width joiner or non-joiner stays between letters,
/// where Persian and Indic words need it. More than four marks on one letter are dropped.
pub fn line(text: &str, longest: usize) -> String {
    let (text, is_cut) = beginning(text);
    let plain = markup::plain(text);
    let mut out = String::new();
    for word in visible(&plain).split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    bounded(out, longest, is_cut)
}

/// A text on several lines, for descriptions and narratives: as [`line()`], with its paragraphs and the items of its lists
/// on lines of their own, at most one empty line between them.
///
/// Of links the text stays; where a link leads elsewhere than it says, the address is not shown at all.
pub fn paragraphs(text: &str, longest: usize) -> String {
    let (text, is_cut) = beginning(text);
    let plain = markup::plain(text);
    let (mut out, mut empty) = (String::new(), 0_usize);
    for raw in plain.split(['\n', '\r', '\u{2028}', '\u{2029}', '\u{85}', '\u{b}', '\u{c}']) {
        let words = visible(raw).split_whitespace().collect::<Vec<_>>().join(" ");
        if words.is_empty() {
            empty = empty.saturating_add(1);
            continue;
        }
        if !out.is_empty() {
            out.push_str(if empty > 0 { "\n\n" } else { "\n" });
        }
        empty = 0;
        out.push_str(&words);
    }
    bounded(out, longest, is_cut)
}

/// The characters of a text that show as themselves; white space of any kind is a space.
fn visible(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| (0x20..0x7f).contains(&byte)) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let (mut marks, mut last) = (0_u8, ' ');
    let mut rest = text.chars().peekable();
    while let Some(character) = rest.next() {
        if character.is_whitespace() || character.is_control() {
            out.push(' ');
            (marks, last) = (0, ' ');
        } else if matches!(character, '\u{200c}' | '\u{200d}') {
            // Between two letters of a script of the Middle East or of South Asia it shapes them; elsewhere it only tells words apart
            // that look the same.
            let shapes = |c: char| ('\u{590}'..'\u{1e00}').contains(&c);
            if shapes(last) && rest.peek().copied().is_some_and(shapes) {
                out.push(character);
            }
        } else if is_mark(character) {
            marks = marks.saturating_add(1);
            if marks <= 4 && last != ' ' {
                out.push(character);
            }
        } else if !is_hidden(character) {
            out.push(character);
            (marks, last) = (0, character);
        }
    }
    Cow::Owned(out)
}

/// Characters that show nothing or move what stands beside them: soft hyphen, grapheme joiner, Arabic letter mark and
/// number signs, Hangul fillers, Khmer and Mongolian vowels that show nothing, zero-width characters, bidirectional
/// controls and isolates, invisible operators, Braille blank, private use, variation selectors, byte order mark,
/// annotations, noncharacters, musical and shorthand formats, tags (Unicode, "Default_Ignorable_Code_Point" and "Cf").
fn is_hidden(character: char) -> bool {
    matches!(u32::from(character),
        0x00ad | 0x034f | 0x061c | 0x070f | 0x08e2
        | 0x0600..=0x0605 | 0x06dd | 0x0890..=0x0891
        | 0x115f..=0x1160 | 0x17b4..=0x17b5 | 0x180b..=0x180f
        | 0x200b..=0x200f | 0x202a..=0x202e | 0x2060..=0x206f
        | 0x2800 | 0x3164 | 0xe000..=0xf8ff | 0xfdd0..=0xfdef | 0xfe00..=0xfe0f
        | 0xfeff | 0xffa0 | 0xfff0..=0xffff
        | 0x110bd | 0x110cd | 0x13430..=0x1343f | 0x1bca0..=0x1bca3 | 0x1d173..=0x1d17a
        | 0x1fffe..=0x1ffff | 0x2fffe..=0x2ffff | 0xe0000..=0x10ffff)
}

/// Combining marks of the blocks that are made of them.
fn is_mark(character: char) -> bool {
    matches!(u32::from(character), 0x0300..=0x034e | 0x0350..=0x036f | 0x0483..=0x0489 | 0x1ab0..=0x1aff
        | 0x1dc0..=0x1dff | 0x20d0..=0x20ff | 0xfe20..=0xfe2f)
}

/// So many bytes of a text are read, and no more: nobody is shown so much.
const READ: usize = 65_536;

fn beginning(text: &str) -> (&str, bool) {
    let end = (0..=READ.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    (text.get(..end).unwrap_or_default(), end < text.len())
}

fn bounded(mut text: String, longest: usize, is_cut: bool) -> String {
    if !is_cut && text.char_indices().nth(longest).is_none() {
        return text;
    }
    if let Some((end, _)) = text.char_indices().nth(longest.saturating_sub(1)) {
        text.truncate(end);
    }
    text.truncate(text.trim_end().len());
    if longest > 0 {
        text.push('…');
    }
    text
}

/// Whether a word of the text mixes letters of Latin, Greek, Cyrillic, Armenian or Cherokee, which look alike: `pаypal`
/// with a Cyrillic `а`. No rule forbids it; a name that does it deserves a second look. Names that are written in one
/// other script as a whole are not found so: only a registry tells whose name it is.
pub fn mixes_scripts(text: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric() && !is_mark(c) && !is_hidden(c)).any(|word| {
        let mut scripts = word.chars().filter_map(script);
        let first = scripts.next();
        scripts.any(|script| Some(script) != first)
    })
}

/// The script of a letter, of those whose letters look alike.
fn script(character: char) -> Option<u8> {
    if !character.is_alphabetic() {
        return None;
    }
    match u32::from(character) {
        0x41..=0x7a | 0xaa | 0xba | 0xc0..=0x24f | 0x1e00..=0x1eff | 0x2c60..=0x2c7f | 0xff21..=0xff5a => {
            Some(0)
        }
        0x370..=0x3ff | 0x1f00..=0x1fff => Some(1),
        0x400..=0x52f | 0x1c80..=0x1c8f | 0x2de0..=0x2dff | 0xa640..=0xa69f => Some(2),
        0x531..=0x58f => Some(3),
        0x13a0..=0x13ff | 0xab70..=0xabbf => Some(4),
        _ => None,
    }
}

/// The schemes of links that may be followed: pages, and addresses to write to or to call, which ask before they do
/// something. Not `javascript:`, `vbscript:` and `data:`, which run in the page that shows them; not `file:`, `ftp:` and
/// the schemes of installed programs, which reach into the machine; not DIDs, which no browser opens.
const LINKS: [&str; 4] = ["https", "http", "mailto", "tel"];

/// The longest address that is shown.
const LONGEST_URL: usize = 2_048;

/// The URL, if it may be a link: absolute, with one of the schemes `https`, `http`, `mailto` and `tel`, in printable ASCII
/// (RFC 3986) without the characters that end an attribute or a link in text, of at most 2,048 bytes, and without a
/// user name before the host, which is read as the host (`https://university.example@attacker.example`).
pub fn link(url: &str) -> Option<&str> {
    let (scheme, rest) = url.split_once(':')?;
    let scheme = LINKS.into_iter().find(|known| scheme.eq_ignore_ascii_case(known))?;
    let plain = |byte: u8| (0x21..0x7f).contains(&byte) && !b"\"'<>\\^`{|}".contains(&byte);
    if url.len() > LONGEST_URL || rest.is_empty() || !url.bytes().all(plain) {
        return None;
    }
    if scheme.starts_with("http") {
        let authority = rest.strip_prefix("//")?.split(['/', '?', '#']).next()?;
        if authority.is_empty() || authority.starts_with(':') || authority.contains('@') {
            return None;
        }
    }
    Some(url)
}

/// The URL of a picture, if it may be one: an `https` or `http` [`link`], or a `data:` URL in base64 of a media type that
/// only draws (PNG, JPEG, GIF, WebP). Not SVG, which can hold links and scripts. To load a picture from the net tells
/// its server that the record is being read, and a picture proves nothing.
pub fn picture(url: &str) -> Option<&str> {
    let starts = |text: &str| url.get(..text.len()).is_some_and(|start| start.eq_ignore_ascii_case(text));
    if starts("data:") {
        let (head, data) = url.split_once(',')?;
        let known = ["image/png", "image/jpeg", "image/gif", "image/webp"];
        let named = |kind: &&str| {
            head.get(5..).is_some_and(|head| head.eq_ignore_ascii_case(&format!("{kind};base64")))
        };
        let base64 = |byte: u8| byte.is_ascii_alphanumeric() || b"+/=".contains(&byte);
        return (known.iter().any(named) && data.bytes().all(base64)).then_some(url);
    }
    link(url).filter(|_| starts("http:") || starts("https:"))
}

/// A value as a cell of CSV (RFC 4180) that no spreadsheet takes for a formula.
///
/// Before a text that begins with `=`, `+`, `-`, `@`, or one of their full-width forms, a tab or a line end (spaces and
/// quotation marks before them do not count) stands an apostrophe, which spreadsheets read as "this is text". The cell
/// is quoted whenever it holds anything but letters, digits and plain punctuation. Control characters other than line
/// ends are left out, `NUL` among them. A negative number becomes text so, too: numbers are for the caller to write.
pub fn csv_cell(text: &str) -> String {
    let clean: String = text.chars().filter(|c| !c.is_control() || matches!(c, '\t' | '\n' | '\r')).collect();
    let start = clean.trim_start_matches([' ', '\u{a0}', '"', '\'', '\u{feff}']);
    let is_formula = start.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    let plain = |c: char| c.is_alphanumeric() || " .:/_-()".contains(c);
    if !is_formula && clean.chars().all(plain) && clean.trim() == clean {
        return clean;
    }
    let apostrophe = if is_formula { "'" } else { "" };
    format!("\"{apostrophe}{}\"", clean.replace('"', "\"\""))
}

/// A row of CSV (RFC 4180): [`csv_cell`]s with commas between them and CR LF at the end.
pub fn csv_row<'t>(cells: impl IntoIterator<Item = &'t str>) -> String {
    let cells: Vec<String> = cells.into_iter().map(csv_cell).collect();
    cells.join(",") + "\r\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_text_stays() {
        for text in [
            "Bachelor of Science (Honours), 2:1 — 90%",
            "Zażółć gęślą jaźń",
            "学位证书",
            "C++ & C#: a < b, 2 * 3 * 4, snake_case_name, 5 > 3",
            "می\u{200c}خواهم",
            "क्\u{200d}ष",
            "AT&T [sic] (see below)",
        ] {
            assert_eq!(line(text, 100), text);
            assert_eq!(paragraphs(text, 100), text);
            assert!(!mixes_scripts(text), "{text}");
        }
    }

    /// threats.md P11: mark-up is taken away, what it says stays.
    #[test]
    fn markdown_and_html_are_taken_away() {
        for (text, shown) in [
            ("# Python *basics*", "Python basics"),
            ("**bold** __bold__ `code` ~~gone~~", "bold bold code gone"),
            ("[University](https://attacker.example/login)", "University"),
            ("[University][1] and [a](b(c)d) e", "University and a e"),
            ("![badge](https://attacker.example/pixel.png)", "badge"),
            ("> quoted\n---\nrest", "quoted rest"),
            ("<https://attacker.example>", ""),
            ("\\*not emphasis\\*", "*not emphasis*"),
            ("a<script>alert('x')</script>b", "ab"),
            ("a<style>body{display:none}</style >b", "ab"),
            ("<b onclick=\"x()\">bold</b>", "bold"),
            ("a<!-- <b> --> b", "a b"),
            ("<svg><animate onbegin=alert(1)></svg>x", "x"),
            ("x<img src=x onerror=alert(1)>", "x"),
            ("<scr<b>ipt>alert(1)", "ipt>alert(1)"),
            // What an entity hides is text, and is not read again.
            ("&lt;script&gt; &#x202e;moc &amp;lt; &nope; &", "<script> moc &lt; &nope; &"),
            ("a < b and [c", "a < b and [c"),
        ] {
            assert_eq!(line(text, 200), shown, "{text}");
        }
    }

    #[test]
    fn paragraphs_and_lists_keep_their_lines() {
        let text = "# Course\r\n\r\n\r\n\r\nFirst  line\nsecond\u{2028}third<br>fourth\n\n```\n*code*\n```\n- item\n";
        assert_eq!(paragraphs(text, 200), "Course\n\nFirst line\nsecond\nthird\nfourth\n\n*code*\n\n- item");
        assert_eq!(line(text, 200), "Course First line second third fourth *code* - item");
    }

    /// threats.md P02.
    #[test]
    fn nothing_steers_what_stands_beside_it() {
        for hidden in [
            "\u{202e}",
            "\u{2066}",
            "\u{2069}",
            "\u{200b}",
            "\u{200e}",
            "\u{feff}",
            "\u{ad}",
            "\u{61c}",
            "\u{e0041}",
            "\u{e007f}",
            "\u{fe0f}",
            "\u{3164}",
            "\u{2800}",
            "\u{200d}",
            "\u{f8ff}",
            "\u{fff9}",
        ] {
            let text = format!("uni{hidden}versity{hidden}");
            assert_eq!(line(&text, 100), "university", "{hidden:?}");
            assert_eq!(paragraphs(&text, 100), "university", "{hidden:?}");
        }
        assert_eq!(line("a\u{1b}[2J\u{9b}31m\u{0}b\u{7f}\tc\u{3000}d", 100), "a [2J 31m b c d");
        let towering = format!("e{}t", "\u{301}".repeat(500));
        assert_eq!(line(&towering, 100).chars().count(), 6);
        assert_eq!(line("\u{301}a", 9), "a");
    }

    /// threats.md P02: the letters of another script that look the same.
    #[test]
    fn mixed_scripts_are_noticed() {
        for text in ["M\u{405}U", "p\u{430}ypal", "Stanf\u{3bf}rd University", "M\u{200b}\u{405}U"] {
            assert!(mixes_scripts(text), "{text}");
        }
        for text in ["МГУ University", "Ελληνικά English", "Московский", "B2B", "naïve café"]
        {
            assert!(!mixes_scripts(text), "{text}");
        }
    }

    #[test]
    fn a_text_is_never_longer_than_asked() {
        assert_eq!(line("12345", 5), "12345");
        assert_eq!(line("123456", 5), "1234…");
        assert_eq!(line("12 3456", 4), "12…");
        assert_eq!(line("ääääää", 3), "ää…");
        assert_eq!((line("x", 0), line("", 0)), (String::new(), String::new()));
        let long = "ä".repeat(READ);
        let shown = line(&long, usize::MAX);
        assert_eq!((shown.chars().count(), shown.ends_with('…')), (READ / 2 + 1, true));
    }

    /// The cost is that of the text, whatever is opened in it and never closed.
    #[test]
    fn hostile_mark_up_costs_no_more() {
        for text in [
            "[",
            "<",
            "<a",
            "[](",
            "[](( ",
            "![",
            "<!--",
            "&",
            "&#x",
            "*",
            "_a",
            "`",
            "\\",
            "> ",
            "</",
            "<script></",
        ] {
            for end in ["", "]()", ">", "-->", ")"] {
                let text = text.repeat(READ / text.len()) + end;
                assert!(paragraphs(&text, 1_000).chars().count() <= 1_000);
            }
        }
    }

    /// threats.md P11.
    #[test]
    fn links_have_a_scheme_that_runs_nothing() {
        for url in [
            "https://university.example/a?b=c#d",
            "HTTP://university.example",
            "mailto:registrar@university.example",
            "tel:+1-555-555-1212",
            "https://[2001:db8::1]:8443/",
        ] {
            assert_eq!(link(url), Some(url), "{url}");
        }
        for url in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            " javascript:alert(1)",
            "java\nscript:alert(1)",
            "vbscript:x",
            "data:text/html,<script>",
            "file:///etc/passwd",
            "ftp://a.example/",
            "did:web:university.example",
            "urn:uuid:1",
            "//university.example",
            "/relative",
            "https:/university.example",
            "https:",
            "https://",
            "https://:443/",
            "https://university.example@attacker.example/",
            "https://university.example\u{202e}/",
            "https://universit\u{443}.example/",
            "https://a.example/\" onmouseover=\"x",
            "https://a.example/<b>",
            "https://a.example\\@b.example",
            "https://a.example/ b",
        ] {
            assert_eq!(link(url), None, "{url}");
        }
        let long = format!("https://a.example/{}", "x".repeat(LONGEST_URL));
        assert_eq!(link(&long), None);
        assert_eq!(link(&long[..LONGEST_URL]), Some(&long[..LONGEST_URL]));
    }

    #[test]
    fn pictures_only_draw() {
        for url in
            ["https://a.example/b.png", "data:image/png;base64,iVBORw0KGgo=", "DATA:IMAGE/JPEG;BASE64,/9j/"]
        {
            assert_eq!(picture(url), Some(url), "{url}");
        }
        for url in [
            "data:image/svg+xml;base64,PHN2Zz4=",
            "data:image/svg+xml,<svg/>",
            "data:text/html;base64,PGI+",
            "data:image/png,x",
            "data:image/png;base64,\"><b>",
            "data:image/png",
            "mailto:a@b.example",
            "javascript:x",
            "äää",
        ] {
            assert_eq!(picture(url), None, "{url}");
        }
    }

    /// threats.md P14.
    #[test]
    fn no_cell_is_a_formula() {
        for (text, cell) in [
            ("Ada Lovelace", "Ada Lovelace"),
            ("2025-01-01", "2025-01-01"),
            ("", ""),
            ("=HYPERLINK(\"https://attacker.example\")", "\"'=HYPERLINK(\"\"https://attacker.example\"\")\""),
            ("+1", "\"'+1\""),
            ("-1", "\"'-1\""),
            ("@SUM(A1)", "\"'@SUM(A1)\""),
            ("\t=1", "\"'\t=1\""),
            ("\r=1", "\"'\r=1\""),
            ("\n=1", "\"'\n=1\""),
            ("  =1", "\"'  =1\""),
            ("\"=1", "\"'\"\"=1\""),
            ("'=1", "\"''=1\""),
            ("＝1", "\"'＝1\""),
            ("\u{0}=1", "\"'=1\""),
            ("\u{feff}=1", "\"'\u{feff}=1\""),
            ("a,b", "\"a,b\""),
            ("a;b", "\"a;b\""),
            ("say \"x\"", "\"say \"\"x\"\"\""),
            ("two\nlines", "\"two\nlines\""),
            (" padded ", "\" padded \""),
        ] {
            assert_eq!(csv_cell(text), cell, "{text:?}");
        }
        assert_eq!(csv_row(["Ada", "=1", "x,y"]), "Ada,\"'=1\",\"x,y\"\r\n");
        assert_eq!(csv_row([]), "\r\n");
    }
}
