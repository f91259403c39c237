//! A dataset: terms interned as they are written in N-Quads, quads as small integers.

use std::collections::BTreeMap;

use crate::codes::{Code, Finding};
use crate::limits::{self, Limits};

/// A term of a [`Dataset`]: a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Term(u32);

const BLANK: u32 = 1 << 31;

impl Term {
    /// Whether it is a blank node.
    pub fn is_blank(self) -> bool {
        self.0 & BLANK != 0
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
    text: String,
    terms: Vec<(u32, u32)>,
    interned: BTreeMap<String, Term>,
    blanks: u32,
    quads: Vec<Quad>,
    max_quads: usize,
    max_blanks: usize,
}

impl Dataset {
    /// An empty dataset that may grow up to the limits.
    pub fn new(limits: &Limits) -> Self {
        Dataset {
            text: String::new(),
            terms: Vec::new(),
            interned: BTreeMap::new(),
            blanks: 0,
            quads: Vec::new(),
            max_quads: limits.quads,
            max_blanks: limits.blank_nodes,
        }
    }

    fn intern(&mut self, written: String) -> Term {
        if let Some(term) = self.interned.get(&written) {
            return *term;
        }
        let start = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
        self.text.push_str(&written);
        let end = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
        let term = Term(u32::try_from(self.terms.len()).unwrap_or(u32::MAX));
        self.terms.push((start, end));
        self.interned.insert(written, term);
        term
    }

    /// The term of an IRI. The caller has made sure that N-Quads can carry it.
    pub fn iri(&mut self, iri: &str) -> Term {
        self.intern(format!("<{iri}>"))
    }

    /// The term of a literal. With a language, the datatype is ignored; `xsd:string` is not written.
    pub fn literal(&mut self, _lexical: &str, _datatype: &str, _language: Option<&str>) -> Term {
        self.intern(String::new())
    }

    /// A new blank node.
    ///
    /// # Errors
    /// `limits.blankNodes`.
    pub fn blank(&mut self) -> Result<Term, Finding> {
        if self.blanks as usize >= self.max_blanks {
            return Err(limits::reached(Code::LimitBlankNodes, self.max_blanks));
        }
        let term = Term(BLANK | self.blanks);
        self.blanks = self.blanks.saturating_add(1);
        Ok(term)
    }

    /// Adds a statement; one that is there already changes nothing.
    ///
    /// # Errors
    /// `limits.quads`.
    pub fn insert(&mut self, quad: Quad) -> Result<(), Finding> {
        if self.quads.len() >= self.max_quads {
            return Err(limits::reached(Code::LimitQuads, self.max_quads));
        }
        self.quads.push(quad);
        Ok(())
    }

    /// The statements, in the order in which they were added; there may be duplicates.
    pub fn quads(&self) -> &[Quad] {
        &self.quads
    }

    /// The term as it is written in N-Quads; blank nodes are not interned and have none.
    pub fn written(&self, term: Term) -> &str {
        let Some((start, end)) = self.terms.get(term.0 as usize) else { return "" };
        self.text.get(*start as usize..*end as usize).unwrap_or("")
    }
}
