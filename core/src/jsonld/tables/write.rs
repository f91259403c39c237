//! Writing a term table.

use std::fmt::Write as _;

use super::super::local::{self, Definitions, Entry, Iri, Item, LocalContext, Target, Term};
use super::Table;

pub(super) fn table(table: &Table) -> String {
    let mut out = String::new();
    let head = &table.head;
    // Writing to a string cannot fail.
    let _ = writeln!(out, "url {}\ndate {}", head.url, head.date);
    let _ = writeln!(out, "sha256 {}\nsha384 {}\n", hex(&head.sha256), hex(&head.sha384));
    context(&mut out, &table.context, 0);
    out
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn context(out: &mut String, context: &LocalContext, indent: usize) {
    for item in &context.items {
        out.push_str(&"  ".repeat(indent));
        match item {
            Item::Null => out.push_str("null\n"),
            Item::Reference(url) => {
                let _ = writeln!(out, "ref {}", word(url));
            }
            Item::Definitions(all) => {
                out.push_str("context\n");
                definitions(out, all, indent.saturating_add(1));
            }
        }
    }
}

fn definitions(out: &mut String, all: &Definitions, indent: usize) {
    let mut line = |text: String| {
        let _ = writeln!(out, "{}{text}", "  ".repeat(indent));
    };
    let entries = [("@base", &all.base), ("@vocab", &all.vocab), ("@language", &all.language)];
    for (name, entry) in entries {
        if let Some(value) = nullable(entry) {
            line(format!("{name} {value}"));
        }
    }
    if let Some(direction) = all.direction {
        line(format!("@direction {}", direction.map_or("-", local::Direction::name)));
    }
    if let Some(propagate) = all.propagate {
        line(format!("@propagate {propagate}"));
    }
    if all.protected {
        line("@protected".to_owned());
    }
    if all.version {
        line("@version".to_owned());
    }
    for term in &all.terms {
        line_of(out, term, indent);
        if let Some(scoped) = &term.context {
            context(out, scoped, indent.saturating_add(1));
        }
    }
}

fn line_of(out: &mut String, term: &Term, indent: usize) {
    let _ = write!(out, "{}{} ", "  ".repeat(indent), word(&term.name));
    match &term.target {
        Target::Itself => out.push('.'),
        Target::Null => out.push('-'),
        Target::Ignored => out.push('!'),
        Target::Iri(target) => out.push_str(&iri(target)),
        Target::Reverse(target) => {
            let _ = write!(out, "^{}", iri(target));
        }
    }
    if term.simple {
        out.push_str(" simple");
    }
    if let Some(kind) = &term.kind {
        let _ = write!(out, " type={}", iri(kind));
    }
    if !term.container.is_empty() {
        let _ = write!(out, " container={}", term.container.names().collect::<Vec<_>>().join(","));
    }
    if let Some(language) = nullable(&term.language) {
        let _ = write!(out, " language={language}");
    }
    if let Some(direction) = term.direction {
        let _ = write!(out, " direction={}", direction.map_or("-", local::Direction::name));
    }
    for (name, flag) in [("protected", term.protected), ("prefix", term.prefix)] {
        match flag {
            Some(true) => out.push_str(&format!(" {name}")),
            Some(false) => out.push_str(&format!(" {name}=false")),
            None => {}
        }
    }
    for (name, text) in [("nest", &term.nest), ("index", &term.index)] {
        if let Some(text) = text {
            let _ = write!(out, " {name}={}", word(text));
        }
    }
    if term.context.is_some() {
        out.push_str(" scoped");
    }
    out.push('\n');
}

fn iri(iri: &Iri) -> String {
    match iri {
        Iri::Resolved(text) if local::is_keyword(text) => text.to_string(),
        Iri::Resolved(text) => format!("<{text}>"),
        Iri::Open(text) if local::is_keyword(text) => quoted(text),
        Iri::Open(text) => word(text),
    }
}

fn nullable(entry: &Entry) -> Option<String> {
    match entry {
        Entry::Absent => None,
        Entry::Null => Some("-".to_owned()),
        Entry::Text(text) => Some(word(text)),
    }
}

/// Plain words stand as they are.
fn word(text: &str) -> String {
    let plain = text.starts_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '@' | '_'))
        && text.bytes().all(|b| b.is_ascii_graphic() && !matches!(b, b'"' | b'\\'));
    if plain { text.to_owned() } else { quoted(text) }
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
