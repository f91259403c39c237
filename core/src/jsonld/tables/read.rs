//! Reading a term table.

use std::sync::Arc;

use super::super::local::{
    self, Container, Definitions, Direction, Entry, Iri, Item, LocalContext, Target, Term,
};
use super::{Head, Table, TableError};

/// Scoped contexts inside each other; published contexts need four.
const NESTED: usize = 16;

pub(super) fn table(text: &str) -> Result<Table, TableError> {
    let mut lines = Lines { rest: text, number: 0 };
    let head = Head {
        url: lines.head("url ")?.to_owned(),
        date: lines.head("date ")?.to_owned(),
        sha256: lines.digest("sha256 ")?,
        sha384: lines.digest("sha384 ")?,
    };
    let context = lines.context(0)?;
    if lines.peek().is_some() {
        return Err(lines.error());
    }
    Ok(Table { head, context })
}

/// Only the SHA-384 of the head.
pub(super) fn sha384(text: &str) -> Option<[u8; 48]> {
    let mut lines = Lines { rest: text, number: 0 };
    lines.head("url ").ok()?;
    lines.head("date ").ok()?;
    lines.head("sha256 ").ok()?;
    lines.digest("sha384 ").ok()
}

struct Lines<'t> {
    rest: &'t str,
    number: usize,
}

impl<'t> Lines<'t> {
    fn error(&self) -> TableError {
        TableError { line: self.number.saturating_add(1) }
    }

    /// The next line that is not empty: its indentation and its content.
    fn peek(&mut self) -> Option<(usize, &'t str)> {
        while let Some(rest) = self.rest.strip_prefix('\n') {
            self.rest = rest;
            self.number = self.number.saturating_add(1);
        }
        let line = self.rest.split('\n').next().filter(|line| !line.is_empty())?;
        let content = line.trim_start_matches(' ');
        Some((line.len().saturating_sub(content.len()), content))
    }

    fn take(&mut self) {
        let end = self.rest.find('\n').unwrap_or(self.rest.len());
        self.rest = self.rest.get(end..).unwrap_or("");
    }

    fn head(&mut self, name: &str) -> Result<&'t str, TableError> {
        let value = self.peek().and_then(|(_, line)| line.strip_prefix(name)).ok_or(self.error())?;
        self.take();
        Ok(value)
    }

    fn digest<const N: usize>(&mut self, name: &str) -> Result<[u8; N], TableError> {
        let error = self.error();
        let text = self.head(name)?;
        let mut digest = [0; N];
        if text.len() != N.saturating_mul(2) {
            return Err(error);
        }
        for (byte, pair) in digest.iter_mut().zip(text.as_bytes().chunks(2)) {
            let pair = std::str::from_utf8(pair).map_err(|_| error)?;
            *byte = u8::from_str_radix(pair, 16).map_err(|_| error)?;
        }
        Ok(digest)
    }

    fn context(&mut self, indent: usize) -> Result<LocalContext, TableError> {
        if indent > NESTED.saturating_mul(4) {
            return Err(self.error());
        }
        let mut items = Vec::new();
        while let Some((found, line)) = self.peek() {
            if found != indent {
                break;
            }
            let error = self.error();
            self.take();
            items.push(match line.split_once(' ') {
                None if line == "null" => Item::Null,
                None if line == "context" => {
                    Item::Definitions(Arc::new(self.definitions(indent.saturating_add(2))?))
                }
                Some(("ref", url)) => Item::Reference(word(url).ok_or(error)?.0),
                _ => return Err(error),
            });
        }
        Ok(LocalContext { items })
    }

    fn definitions(&mut self, indent: usize) -> Result<Definitions, TableError> {
        let mut all = Definitions::default();
        while let Some((found, line)) = self.peek() {
            if found != indent {
                break;
            }
            let error = self.error();
            self.take();
            if entry_of_context(&mut all, line).ok_or(error)? {
                continue;
            }
            let mut term = term(line).ok_or(error)?;
            if term.context.is_some() {
                term.context = Some(Arc::new(self.context(indent.saturating_add(2))?));
            }
            if all.terms.last().is_some_and(|last| last.name >= term.name) {
                return Err(error);
            }
            all.terms.push(term);
        }
        Ok(all)
    }
}

/// Whether the line is an entry of the context itself; `None` if it is a wrong one.
fn entry_of_context(all: &mut Definitions, line: &str) -> Option<bool> {
    let (name, value) = line.split_once(' ').unwrap_or((line, ""));
    match name {
        "@base" => all.base = entry(value)?,
        "@vocab" => all.vocab = entry(value)?,
        "@language" => all.language = entry(value)?,
        "@direction" => all.direction = Some(direction(value)?),
        "@propagate" => all.propagate = Some(value.parse().ok()?),
        "@protected" if value.is_empty() => all.protected = true,
        "@version" if value.is_empty() => all.version = true,
        _ => return Some(false),
    }
    Some(true)
}

fn term(line: &str) -> Option<Term> {
    let (name, rest) = word(line)?;
    let mut term = Term { name, ..Term::default() };
    let rest = rest.strip_prefix(' ')?;
    let (target, mut rest) = match rest.split_at_checked(1)? {
        (".", rest) => (Target::Itself, rest),
        ("-", rest) => (Target::Null, rest),
        ("!", rest) => (Target::Ignored, rest),
        ("^", rest) => iri(rest).map(|(iri, rest)| (Target::Reverse(iri), rest))?,
        _ => iri(rest).map(|(iri, rest)| (Target::Iri(iri), rest))?,
    };
    term.target = target;
    while let Some(attributes) = rest.strip_prefix(' ') {
        let end = attributes.find([' ', '=']).unwrap_or(attributes.len());
        let (name, value) = attributes.split_at_checked(end)?;
        let (value, has_value) = match value.strip_prefix('=') {
            Some(value) => (value, true),
            None => (value, false),
        };
        rest = value;
        match name {
            "simple" => term.simple = true,
            "scoped" => term.context = Some(Arc::default()),
            "protected" | "prefix" => {
                let flag = !has_value;
                if has_value {
                    rest = value.strip_prefix("false")?;
                }
                let member = if name == "prefix" { &mut term.prefix } else { &mut term.protected };
                *member = Some(flag);
            }
            "type" => {
                let (kind, after) = iri(value)?;
                (term.kind, rest) = (Some(kind), after);
            }
            _ => {
                let (text, after) = match value.strip_prefix('-') {
                    Some(after) => (None, after),
                    None => word(value).map(|(text, after)| (Some(text), after))?,
                };
                rest = after;
                match (name, text) {
                    ("container", Some(text)) => {
                        for keyword in text.split(',') {
                            term.container = term.container.and(Container::named(keyword)?);
                        }
                    }
                    ("language", text) => term.language = text.map_or(Entry::Null, Entry::Text),
                    ("direction", None) => term.direction = Some(None),
                    ("direction", Some(text)) => term.direction = Some(Some(Direction::named(&text)?)),
                    ("nest", Some(text)) => term.nest = Some(text),
                    ("index", Some(text)) => term.index = Some(text),
                    _ => return None,
                }
            }
        }
    }
    rest.is_empty().then_some(term)
}

fn iri(text: &str) -> Option<(Iri, &str)> {
    if let Some(rest) = text.strip_prefix('<') {
        let (iri, rest) = rest.split_once('>')?;
        return Some((Iri::Resolved(iri.into()), rest));
    }
    let quoted = text.starts_with('"');
    let (iri, rest) = word(text)?;
    if !quoted && local::is_keyword(&iri) {
        Some((Iri::Resolved(iri), rest))
    } else {
        Some((Iri::Open(iri), rest))
    }
}

fn entry(text: &str) -> Option<Entry> {
    if text == "-" {
        return Some(Entry::Null);
    }
    word(text).filter(|(_, rest)| rest.is_empty()).map(|(text, _)| Entry::Text(text))
}

fn direction(text: &str) -> Option<Option<Direction>> {
    if text == "-" { Some(None) } else { Direction::named(text).map(Some) }
}

/// A plain word or a JSON string, and what follows it.
fn word(text: &str) -> Option<(Arc<str>, &str)> {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find(' ').unwrap_or(text.len());
        let (word, rest) = text.split_at_checked(end)?;
        return (!word.is_empty()).then(|| (word.into(), rest));
    };
    let mut escaped = false;
    let end = quoted.char_indices().find(|(_, c)| {
        let ends = *c == '"' && !escaped;
        escaped = *c == '\\' && !escaped;
        ends
    })?;
    let end = end.0.checked_add(2)?;
    let (word, rest) = text.split_at_checked(end)?;
    let word: String = serde_json::from_slice(word.as_bytes()).ok()?;
    Some((word.into(), rest))
}
