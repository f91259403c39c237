//! A dataset: terms interned as they are written in N-Quads, quads as small integers.

use super::table::{Table, hash_bytes, hash_words};
use crate::codes::{Code, Finding};
use crate::encoding::scan::plain;
use crate::limits::{self, Limits};

/// A term of a [`Dataset`]: a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Term(u32);

const BLANK: u32 = 1 << 31;

/// A few terms can be very long and stand in very many statements, or a short prefix can be very long when it is
/// written out. All terms together may take this many bytes: eight times the longest document.
const MAX_TEXT: usize = 64 * 1024 * 1024;

const XSD_STRING: &str = "http://www.w3.org/2001/XMLSchema#string";

impl Term {
    /// Whether it is a blank node.
    pub fn is_blank(self) -> bool {
        self.0 & BLANK != 0
    }

    /// The number of a blank node, in the order in which they were made.
    pub(super) fn blank(self) -> Option<u32> {
        self.is_blank().then_some(self.0 & !BLANK)
    }

    /// The blank node with a number.
    pub(super) fn from_blank(number: u32) -> Self {
        Term(BLANK | number)
    }

    /// The number of a term that is no blank node, in the order in which they were interned.
    pub(super) fn named(self) -> u32 {
        self.0
    }

    pub(super) fn from_named(number: u32) -> Self {
        Term(number)
    }
}

/// A statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quad {
    /// IRI or blank node.
    pub subject: Term,
    /// IRI.
    pub predicate: Term,
    /// IRI, blank node or literal.
    pub object: Term,
    /// The named graph; `None` is the default graph.
    pub graph: Option<Term>,
}

/// A set of statements.
#[derive(Debug)]
pub struct Dataset {
    /// All terms, one after the other.
    text: String,
    /// Where each term ends.
    ends: Vec<u32>,
    interned: Table<String>,
    blanks: u32,
    quads: Vec<Quad>,
    known: Table<Quad>,
    /// The length of the longest term.
    longest: usize,
    /// Terms would have taken more than [`MAX_TEXT`].
    overfull: bool,
    max_quads: usize,
    max_blanks: usize,
}

impl Dataset {
    /// An empty dataset that may grow up to the limits.
    pub fn new(limits: &Limits) -> Self {
        Dataset {
            // Room for a small badge.
            text: String::with_capacity(4 * 1024),
            ends: Vec::with_capacity(128),
            interned: Table::new(),
            blanks: 0,
            quads: Vec::with_capacity(64),
            known: Table::new(),
            longest: 0,
            overfull: false,
            max_quads: limits.quads,
            max_blanks: limits.blank_nodes,
        }
    }

    /// The term of an IRI. The caller has made sure that N-Quads can carry it.
    pub fn iri(&mut self, iri: &str) -> Term {
        let start = self.text.len();
        self.text.push('<');
        self.text.push_str(iri);
        self.text.push('>');
        self.intern_from(start)
    }

    /// The term of an IRI that is given as N-Quads write it: `<https://…>`.
    pub fn iri_written(&mut self, written: &str) -> Term {
        let start = self.text.len();
        self.text.push_str(written);
        self.intern_from(start)
    }

    /// The term of a literal. With a language, the datatype is ignored; `xsd:string` is not written. The caller has
    /// made sure that N-Quads can carry the datatype's IRI and the language tag.
    pub fn literal(&mut self, lexical: &str, datatype: &str, language: Option<&str>) -> Term {
        let start = self.text.len();
        self.text.push('"');
        push_escaped(&mut self.text, lexical);
        self.text.push('"');
        if let Some(language) = language {
            self.text.push('@');
            self.text.push_str(language);
        } else if datatype != XSD_STRING {
            self.text.push_str("^^<");
            self.text.push_str(datatype);
            self.text.push('>');
        }
        self.intern_from(start)
    }

    /// Interns the term that was written at the end of the text.
    fn intern_from(&mut self, start: usize) -> Term {
        if self.text.len() > MAX_TEXT {
            self.text.truncate(start);
            self.overfull = true;
            return Term(0);
        }
        let number = u32::try_from(self.ends.len()).unwrap_or(u32::MAX);
        let (text, ends) = (&self.text, &self.ends);
        let written = text.get(start..).unwrap_or("");
        let found = self.interned.find_or_add(hash_bytes(written.as_bytes()), written, number, |entry| {
            term_text(text, ends, entry)
        });
        if let Some(found) = found {
            self.text.truncate(start);
            return Term(found);
        }
        self.longest = self.longest.max(self.text.len().saturating_sub(start));
        // Fits: MAX_TEXT is far below.
        self.ends.push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
        Term(number)
    }

    /// A new blank node.
    ///
    /// # Errors
    /// `limits.blankNodes`.
    pub fn blank(&mut self) -> Result<Term, Finding> {
        if self.blanks as usize >= self.max_blanks || self.blanks >= BLANK {
            return Err(limits::reached(Code::LimitBlankNodes, self.max_blanks));
        }
        let term = Term(BLANK | self.blanks);
        self.blanks = self.blanks.saturating_add(1);
        Ok(term)
    }

    /// Adds a statement; one that is there already changes nothing.
    ///
    /// # Errors
    /// `limits.quads`: there are too many, or their terms take more than 64 MiB.
    pub fn insert(&mut self, quad: Quad) -> Result<(), Finding> {
        if self.overfull {
            return Err(limits::reached(Code::LimitQuads, MAX_TEXT).with("unit", "bytes"));
        }
        let number = u32::try_from(self.quads.len()).unwrap_or(u32::MAX);
        let graph = quad.graph.map_or(u32::MAX, |graph| graph.0);
        let hash = hash_words([quad.subject.0, quad.predicate.0, quad.object.0, graph]);
        let quads = &self.quads;
        if self.known.find_or_add(hash, &quad, number, |entry| quads.get(entry as usize)).is_some() {
            return Ok(());
        }
        if self.quads.len() >= self.max_quads {
            return Err(limits::reached(Code::LimitQuads, self.max_quads));
        }
        self.quads.push(quad);
        Ok(())
    }

    /// The statements, each once, in the order in which they were added.
    pub fn quads(&self) -> &[Quad] {
        &self.quads
    }

    /// The term as it is written in canonical N-Quads; blank nodes are not interned and have none.
    pub fn written(&self, term: Term) -> &str {
        term_text(&self.text, &self.ends, term.0).unwrap_or("")
    }

    /// The length of the longest term.
    pub(super) fn longest(&self) -> usize {
        self.longest
    }

    /// How many terms are interned.
    pub(super) fn terms(&self) -> u32 {
        u32::try_from(self.ends.len()).unwrap_or(u32::MAX)
    }

    /// How many blank nodes were made.
    pub(super) fn blanks(&self) -> usize {
        self.blanks as usize
    }
}

fn term_text<'t>(text: &'t str, ends: &[u32], number: u32) -> Option<&'t str> {
    let number = number as usize;
    let end = *ends.get(number)?;
    let start = match number.checked_sub(1) {
        Some(before) => *ends.get(before)?,
        None => 0,
    };
    text.get(start as usize..end as usize)
}

/// The inside of a STRING_LITERAL_QUOTE in canonical form (RDFC-1.0, appendix A): `\b \t \n \f \r \" \\`, `\u00XX`
/// for the other control characters, and `\uXXXX` for what XML 1.1 does not count as a character.
fn push_escaped(text: &mut String, lexical: &str) {
    let mut rest = lexical;
    // U+FFFE and U+FFFF begin with EF in UTF-8.
    while let Some((plain, special)) = rest.split_at_checked(plain(rest.as_bytes(), [0x7F, 0xEF])) {
        text.push_str(plain);
        let mut special = special.chars();
        match special.next() {
            Some('\u{8}') => text.push_str("\\b"),
            Some('\t') => text.push_str("\\t"),
            Some('\n') => text.push_str("\\n"),
            Some('\u{C}') => text.push_str("\\f"),
            Some('\r') => text.push_str("\\r"),
            Some('"') => text.push_str("\\\""),
            Some('\\') => text.push_str("\\\\"),
            Some(c @ ('\0'..='\u{1F}' | '\u{7F}' | '\u{FFFE}' | '\u{FFFF}')) => {
                text.push_str(&format!("\\u{:04X}", u32::from(c)));
            }
            Some(c) => text.push(c),
            None => break,
        }
        rest = special.as_str();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_is_stored_once_however_it_is_given() {
        let mut dataset = Dataset::new(&Limits::default());
        let a = dataset.iri("https://a.example/");
        let b = dataset.literal("https://a.example/", XSD_STRING, None);
        assert_eq!(dataset.iri_written("<https://a.example/>"), a);
        assert_eq!(dataset.iri("https://a.example/"), a);
        assert_ne!(a, b);
        assert_eq!(dataset.written(a), "<https://a.example/>");
        assert_eq!(dataset.written(b), "\"https://a.example/\"");
        let c = dataset.literal("x", XSD_STRING, Some("en"));
        assert_eq!(dataset.written(c), "\"x\"@en");
        let d = dataset.literal("1", "http://www.w3.org/2001/XMLSchema#integer", None);
        assert_eq!(dataset.written(d), "\"1\"^^<http://www.w3.org/2001/XMLSchema#integer>");
    }

    #[test]
    fn literals_are_escaped_canonically() {
        let mut dataset = Dataset::new(&Limits::default());
        let term = dataset.literal(
            "\0\u{7}\u{8}\t\n\u{B}\u{C}\r\u{E}\u{1F} \"\\/\u{7F}\u{80}é\u{FEFF}\u{FFFD}\u{FFFE}\u{FFFF}\u{1F600}",
            XSD_STRING,
            None,
        );
        assert_eq!(
            dataset.written(term),
            "\"\\u0000\\u0007\\b\\t\\n\\u000B\\f\\r\\u000E\\u001F \\\"\\\\/\\u007F\u{80}é\u{FEFF}\u{FFFD}\\uFFFE\\uFFFF\u{1F600}\""
        );
    }

    #[test]
    fn a_statement_counts_once_and_the_limits_are_exact() {
        let limits = Limits { quads: 2, blank_nodes: 2, ..Limits::default() };
        let mut dataset = Dataset::new(&limits);
        let (p, o) = (dataset.iri("urn:p"), dataset.iri("urn:o"));
        let (a, b) = (dataset.blank().unwrap(), dataset.blank().unwrap());
        assert_eq!(dataset.blank().unwrap_err().code, Code::LimitBlankNodes);
        let quad = |subject, graph| Quad { subject, predicate: p, object: o, graph };
        for _ in 0..3 {
            dataset.insert(quad(a, None)).unwrap();
            dataset.insert(quad(b, Some(a))).unwrap();
        }
        assert_eq!(dataset.quads(), [quad(a, None), quad(b, Some(a))]);
        assert_eq!(dataset.insert(quad(b, None)).unwrap_err().code, Code::LimitQuads);
    }

    #[test]
    fn terms_that_take_too_much_room_are_a_limit() {
        let mut dataset = Dataset::new(&Limits::default());
        let long = "x".repeat(1024 * 1024);
        let (p, o) = (dataset.iri("urn:p"), dataset.iri("urn:o"));
        for i in 0..64 {
            dataset.iri(&format!("urn:{i}:{long}"));
        }
        let finding = dataset.insert(Quad { subject: o, predicate: p, object: o, graph: None }).unwrap_err();
        assert_eq!(finding.code, Code::LimitQuads);
    }
}
