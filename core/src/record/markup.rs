//! Text without the mark-up that may be in it: Markdown (Open Badges 3.0, `narrative`) and HTML.
//!
//! This does not tell whether a text *is* Markdown: no member says so reliably. It takes away what only mark-up uses, in
//! one pass over the text, and what is not sure stays as it is. Nothing that comes out is read again, so that mark-up
//! that was put together from its remains (`<scr<b>ipt>`) is text.

/// The text as it reads.
pub(super) fn plain(text: &str) -> String {
    let text = without_tags(text);
    let mut out = String::with_capacity(text.len());
    let mut fenced = false;
    for (number, line) in text.split('\n').enumerate() {
        if number > 0 {
            out.push('\n');
        }
        let start = line.trim_start();
        if start.starts_with("```") || start.starts_with("~~~") {
            fenced = !fenced;
        } else if fenced {
            out.push_str(line);
        } else {
            inline(&mut out, block(line));
        }
    }
    out
}

/// A line without what makes it a heading, a quotation or a rule (CommonMark 0.31 §4.1, §4.2, §5.1). Items of lists keep
/// their mark: it reads.
fn block(line: &str) -> &str {
    let mut rest = line.trim_start_matches([' ', '\t']);
    while let Some(inner) = rest.strip_prefix('>') {
        rest = inner.trim_start_matches([' ', '\t']);
    }
    let marks: String = rest.chars().filter(|c| !c.is_whitespace()).collect();
    let is_rule = |mark: char| marks.chars().all(|c| c == mark);
    if marks.len() >= 3 && ['-', '*', '_', '='].into_iter().any(is_rule) {
        return "";
    }
    let heading = rest.trim_start_matches('#');
    let hashes = rest.len().saturating_sub(heading.len());
    if (1..=6).contains(&hashes) && heading.starts_with([' ', '\t']) {
        return heading.trim().trim_end_matches('#').trim_end();
    }
    rest
}

/// A line without emphasis, code marks, escapes; of links and pictures the text (CommonMark 0.31 §2.4, §6).
fn inline(out: &mut String, line: &str) {
    let mut rest = line;
    let mut last = ' ';
    while let Some(character) = rest.chars().next() {
        let after = rest.get(character.len_utf8()..).unwrap_or_default();
        let next = after.chars().next().unwrap_or(' ');
        match character {
            '\\' if next.is_ascii_punctuation() => {
                out.push(next);
                last = next;
                rest = after.get(next.len_utf8()..).unwrap_or_default();
                continue;
            }
            '!' if next == '[' => {
                rest = after;
                continue;
            }
            '[' => {
                if let Some((text, behind)) = link(after) {
                    out.push_str(text);
                    last = text.chars().next_back().unwrap_or(last);
                    rest = behind;
                    continue;
                }
                out.push(character);
            }
            // Emphasis clings to a word on one side; a lone star or one in a sum stays, and so does snake_case.
            '*' | '`' if clings(last, next, character) => {}
            '_' | '~'
                if clings(last, next, character) && !(last.is_alphanumeric() && next.is_alphanumeric()) => {}
            _ => out.push(character),
        }
        last = character;
        rest = after;
    }
}

fn clings(last: char, next: char, mark: char) -> bool {
    let beside = |c: char| !c.is_whitespace();
    (beside(next) || beside(last)) && !(last.is_ascii_digit() && next.is_ascii_digit() && mark == '*')
}

/// The text of `text](address)` or `text][label]`, and what follows. The text has no brackets in it, so that looking for
/// its end goes no further than to where the next may begin.
fn link(rest: &str) -> Option<(&str, &str)> {
    let (text, behind) = rest.split_at_checked(rest.find(['[', ']'])?)?;
    let behind = behind.strip_prefix(']')?;
    let behind = match behind.strip_prefix('(') {
        Some(address) => after_address(address)?,
        None => behind.strip_prefix('[')?.split_once(']')?.1,
    };
    Some((text, behind))
}

/// What follows the parenthesis that closes an address; addresses may hold pairs of them, one in another at most three
/// deep: looking for the end goes no further than to where the next few links may begin.
fn after_address(address: &str) -> Option<&str> {
    let mut open = 1_u32;
    for (at, character) in address.char_indices() {
        match character {
            '(' if open == 3 => return None,
            '(' => open = open.saturating_add(1),
            ')' => open = open.saturating_sub(1),
            _ => {}
        }
        if open == 0 {
            return address.get(at.saturating_add(1)..);
        }
    }
    None
}

/// Elements whose content is not text for readers.
const UNREAD: [&str; 5] = ["script", "style", "template", "iframe", "object"];

/// The text without HTML tags and comments, and with the entities of HTML that hide them read once. A `<` that begins no
/// tag stays.
fn without_tags(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    // Where the last of each end stands: looking in vain for one from every beginning would cost the square of the length.
    let lasts = [">", "-->"].map(|end| text.rfind(end));
    while let Some(at) = rest.find(['<', '&']) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let inner = from.get(1..).unwrap_or_default();
        if from.starts_with('&') {
            let (read, behind) = entity(inner).unwrap_or(('&', inner));
            out.push(read);
            rest = behind;
            continue;
        }
        let begins_tag = inner.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'));
        let [tag_end, comment_end] = lasts;
        let (end, last) = if inner.starts_with("!--") { ("-->", comment_end) } else { (">", tag_end) };
        let here = text.len().saturating_sub(inner.len());
        let closes = begins_tag && last.is_some_and(|last| here <= last);
        match closes.then(|| inner.split_once(end)).flatten() {
            Some((tag, behind)) => {
                let name =
                    tag.split(|c: char| !c.is_ascii_alphanumeric() && c != '/').next().unwrap_or_default();
                let name = name.to_ascii_lowercase();
                if matches!(name.trim_matches('/'), "br" | "p" | "div" | "li" | "tr" | "h1" | "h2" | "h3") {
                    out.push('\n');
                }
                rest = if UNREAD.contains(&name.as_str()) { after_element(behind, &name) } else { behind };
            }
            // A tag without an end: browsers would take all that follows for it, readers see a sign.
            None => {
                out.push('<');
                rest = inner;
            }
        }
    }
    out.push_str(rest);
    out
}

/// What follows the end tag of an element; nothing, if there is none.
fn after_element<'t>(text: &'t str, name: &str) -> &'t str {
    let mut rest = text;
    while let Some((_, from)) = rest.split_once("</") {
        if from.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name)) {
            return from.split_once('>').map_or("", |(_, behind)| behind);
        }
        rest = from;
    }
    ""
}

/// The character that an entity stands for: the five of XML, a space that does not break, and numbers (HTML §13.5).
fn entity(text: &str) -> Option<(char, &str)> {
    let head = text.get(..text.len().min(12)).or_else(|| text.get(..text.char_indices().nth(8)?.0))?;
    let end = head.find(';')?;
    let (name, behind) = (head.get(..end)?, text.get(end.checked_add(1)?..)?);
    let read = match name {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        _ => {
            let number = name.strip_prefix('#')?;
            let number = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(number)?
        }
    };
    Some((read, behind))
}
