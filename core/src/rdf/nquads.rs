//! N-Quads (RDF 1.1 N-Quads): reading, for tests and the conformance suites, and writing.

use std::collections::BTreeMap;

use thiserror::Error;

use super::{Dataset, Quad, Term};
use crate::codes::Finding;
use crate::limits::Limits;

/// Why a text is not read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Error {
    /// It is not N-Quads.
    #[error("line {line} is not N-Quads: expected {expected}")]
    Syntax {
        /// The line, from 1.
        line: usize,
        /// What should have stood there.
        expected: &'static str,
    },
    /// A limit was reached.
    #[error("{}", .0.code)]
    Limit(Finding),
}

/// A dataset that was read, and the names that its blank nodes had in the text (without `_:`).
#[derive(Debug)]
pub struct Document {
    /// The statements.
    pub dataset: Dataset,
    /// The blank nodes by name.
    pub blanks: BTreeMap<String, Term>,
}

/// Reads N-Quads (RDF 1.1 N-Quads §4, with all escapes).
///
/// # Errors
/// The first line that is not N-Quads, or the limit of statements or blank nodes.
pub fn parse(text: &str, limits: &Limits) -> Result<Document, Error> {
    let mut document = Document { dataset: Dataset::new(limits), blanks: BTreeMap::new() };
    for (number, text) in text.split(['\n', '\r']).enumerate() {
        let mut line = Line { rest: text, document: &mut document };
        line.statement().map_err(|problem| match problem {
            Problem::Expected(expected) => Error::Syntax { line: number.saturating_add(1), expected },
            Problem::Limit(finding) => Error::Limit(finding),
        })?;
    }
    Ok(document)
}

/// Writes the statements in the order in which they were added, with a name of the caller's for every blank node.
pub fn write(dataset: &Dataset, name: impl Fn(Term) -> String) -> String {
    let mut text = String::new();
    for quad in dataset.quads() {
        for term in
            [Some(quad.subject), Some(quad.predicate), Some(quad.object), quad.graph].into_iter().flatten()
        {
            if term.is_blank() {
                text.push_str("_:");
                text.push_str(&name(term));
            } else {
                text.push_str(dataset.written(term));
            }
            text.push(' ');
        }
        text.push_str(".\n");
    }
    text
}

enum Problem {
    Expected(&'static str),
    Limit(Finding),
}

impl From<&'static str> for Problem {
    fn from(expected: &'static str) -> Self {
        Problem::Expected(expected)
    }
}

impl From<Finding> for Problem {
    fn from(finding: Finding) -> Self {
        Problem::Limit(finding)
    }
}

struct Line<'t, 'd> {
    rest: &'t str,
    document: &'d mut Document,
}

impl<'t> Line<'t, '_> {
    fn statement(&mut self) -> Result<(), Problem> {
        self.space();
        if self.at_end() {
            return Ok(());
        }
        let subject = self.node("a subject")?;
        self.space();
        let predicate = if self.rest.starts_with('<') { self.iri()? } else { Err("a predicate")? };
        self.space();
        let object = if self.rest.starts_with('"') { self.literal()? } else { self.node("an object")? };
        self.space();
        let graph =
            if self.rest.starts_with('.') { None } else { Some(self.node("a graph or a full stop")?) };
        self.space();
        self.take('.').ok_or("a full stop")?;
        self.space();
        if !self.at_end() {
            return Err("the end of the line".into());
        }
        Ok(self.document.dataset.insert(Quad { subject, predicate, object, graph })?)
    }

    fn space(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\t']);
    }

    fn at_end(&self) -> bool {
        self.rest.is_empty() || self.rest.starts_with('#')
    }

    fn take(&mut self, expected: char) -> Option<()> {
        self.rest = self.rest.strip_prefix(expected)?;
        Some(())
    }

    /// Everything up to a character, which is left out; escapes that hide it are skipped.
    fn until(&mut self, end: char) -> Option<&'t str> {
        let mut escaped = false;
        let at = self.rest.find(|c| {
            let found = c == end && !escaped;
            escaped = c == '\\' && !escaped;
            found
        })?;
        let (before, after) = self.rest.split_at(at);
        self.rest = after.strip_prefix(end)?;
        Some(before)
    }

    fn node(&mut self, expected: &'static str) -> Result<Term, Problem> {
        if self.rest.starts_with('<') {
            self.iri()
        } else if let Some(rest) = self.rest.strip_prefix("_:") {
            self.rest = rest;
            self.blank()
        } else {
            Err(expected.into())
        }
    }

    fn iri(&mut self) -> Result<Term, Problem> {
        let iri = self.iri_text()?;
        Ok(self.document.dataset.iri(&iri))
    }

    /// IRIREF, and it must be absolute (N-Quads §2.2).
    fn iri_text(&mut self) -> Result<String, Problem> {
        self.take('<').ok_or("an IRI")?;
        let iri = unescape(self.until('>').ok_or("the end of an IRI")?, false).ok_or("an IRI")?;
        let forbidden = |c| matches!(c, '\0'..=' ' | '<' | '>' | '"' | '{' | '}' | '|' | '^' | '`' | '\\');
        if iri.contains(forbidden) || oxiri::Iri::parse(iri.as_str()).is_err() {
            return Err("an absolute IRI".into());
        }
        Ok(iri)
    }

    fn literal(&mut self) -> Result<Term, Problem> {
        self.take('"').ok_or("a literal")?;
        let lexical = self.until('"').ok_or("the end of a literal")?;
        let lexical = unescape(lexical, true).ok_or("a well-formed escape")?;
        if self.take('@').is_some() {
            let end = self.rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-'));
            let (tag, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()));
            let mut subtags = tag.split('-');
            let primary =
                subtags.next().is_some_and(|t| !t.is_empty() && t.bytes().all(|b| b.is_ascii_alphabetic()));
            if !primary || subtags.any(str::is_empty) {
                return Err("a language tag".into());
            }
            self.rest = rest;
            return Ok(self.document.dataset.literal(&lexical, "", Some(tag)));
        }
        let datatype = if let Some(rest) = self.rest.strip_prefix("^^") {
            self.rest = rest;
            self.iri_text()?
        } else {
            "http://www.w3.org/2001/XMLSchema#string".to_owned()
        };
        Ok(self.document.dataset.literal(&lexical, &datatype, None))
    }

    /// BLANK_NODE_LABEL: a full stop may stand inside, not at the end.
    fn blank(&mut self) -> Result<Term, Problem> {
        let end = self.rest.find(|c| !(is_name_char(c) || c == '.')).unwrap_or(self.rest.len());
        let label = self.rest.get(..end).unwrap_or("").trim_end_matches('.');
        let first = label.chars().next().ok_or("the name of a blank node")?;
        if !(is_name_start(first) || first.is_ascii_digit()) {
            return Err("the name of a blank node".into());
        }
        self.rest = self.rest.get(label.len()..).unwrap_or("");
        if let Some(term) = self.document.blanks.get(label) {
            return Ok(*term);
        }
        let term = self.document.dataset.blank()?;
        self.document.blanks.insert(label.to_owned(), term);
        Ok(term)
    }
}

/// PN_CHARS_U
fn is_name_start(c: char) -> bool {
    matches!(c, 'A'..='Z' | 'a'..='z' | '_' | ':'
        | '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{2FF}' | '\u{370}'..='\u{37D}'
        | '\u{37F}'..='\u{1FFF}' | '\u{200C}'..='\u{200D}' | '\u{2070}'..='\u{218F}' | '\u{2C00}'..='\u{2FEF}'
        | '\u{3001}'..='\u{D7FF}' | '\u{F900}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FFFD}' | '\u{10000}'..='\u{EFFFF}')
}

/// PN_CHARS
fn is_name_char(c: char) -> bool {
    is_name_start(c)
        || matches!(c, '-' | '0'..='9' | '\u{B7}' | '\u{300}'..='\u{36F}' | '\u{203F}'..='\u{2040}')
}

/// UCHAR everywhere, ECHAR in literals only.
fn unescape(text: &str, literal: bool) -> Option<String> {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\\') {
        plain.push_str(before);
        let mut chars = after.chars();
        let digits = match chars.next()? {
            'u' => 4,
            'U' => 8,
            short if literal => {
                plain.push(match short {
                    't' => '\t',
                    'b' => '\u{8}',
                    'n' => '\n',
                    'r' => '\r',
                    'f' => '\u{C}',
                    '"' | '\'' | '\\' => short,
                    _ => return None,
                });
                rest = chars.as_str();
                continue;
            }
            _ => return None,
        };
        let (hex, after) = chars.as_str().split_at_checked(digits)?;
        if !hex.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        plain.push(char::from_u32(u32::from_str_radix(hex, 16).ok()?)?);
        rest = after;
    }
    plain.push_str(rest);
    Some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<String, Error> {
        let document = parse(text, &Limits::default())?;
        let names: BTreeMap<Term, String> =
            document.blanks.iter().map(|(name, term)| (*term, name.clone())).collect();
        Ok(write(&document.dataset, |term| names[&term].clone()))
    }

    #[test]
    fn what_is_read_is_written_canonically() {
        let text = "# a comment\r\n\t<urn:s>\t<urn:p>  \"a\\tb\\u00e9\\U0001F600\\'\"@en-GB<urn:g>. # and so on\n\n_:a.b <urn:p> _:c _:g.\n<urn:s> <urn:p> \"1\"^^<http://www.w3.org/2001/XMLSchema#string> .";
        let written = "<urn:s> <urn:p> \"a\\tb\u{e9}\u{1F600}'\"@en-GB <urn:g> .\n_:a.b <urn:p> _:c _:g .\n<urn:s> <urn:p> \"1\" .\n";
        assert_eq!(read(text).unwrap(), written);
        assert_eq!(read(written).unwrap(), written);
    }

    #[test]
    fn what_is_not_nquads_is_refused() {
        for text in [
            "<urn:s> <urn:p> <urn:o>",
            "<urn:s> <urn:p> .",
            "<urn:s> _:p <urn:o> .",
            "\"s\" <urn:p> <urn:o> .",
            "<urn:s> <urn:p> <urn:o> \"g\" .",
            "<urn:s> <urn:p> <urn:o> <urn:g> <urn:h> .",
            "<s> <urn:p> <urn:o> .",
            "<urn:s s> <urn:p> <urn:o> .",
            "<urn:\\u0020> <urn:p> <urn:o> .",
            "<urn:\\t> <urn:p> <urn:o> .",
            "<urn:s> <urn:p> \"\\ud800\" .",
            "<urn:s> <urn:p> \"\\u12\" .",
            "<urn:s> <urn:p> \"\\u+123\" .",
            "<urn:s> <urn:p> \"\\x\" .",
            "<urn:s> <urn:p> \"a .",
            "<urn:s> <urn:p> \"a\"@ .",
            "<urn:s> <urn:p> \"a\"@1 .",
            "<urn:s> <urn:p> \"a\"@en- .",
            "<urn:s> <urn:p> 'a' .",
            "_: <urn:p> <urn:o> .",
            "_:-a <urn:p> <urn:o> .",
            "<urn:s> <urn:p> <urn:o> . <urn:s> <urn:p> <urn:o> .",
        ] {
            assert!(matches!(read(text), Err(Error::Syntax { line: 1, .. })), "{text}");
        }
    }
}
