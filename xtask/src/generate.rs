//! Documents that nobody wrote: over the terms of real contexts, with every form that a value can take.

use serde_json::{Map, Value, json};

use crate::oracle::{Oracle, State};
use crate::rows::{Entry, Processor, Row};

/// A small deterministic generator of numbers (xorshift64*): a seed names a document.
#[derive(Clone, Debug)]
pub struct Numbers(u64);

impl Numbers {
    /// From a seed.
    pub fn new(seed: u64) -> Self {
        Numbers(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 32
    }

    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next()).unwrap_or(0) % end.max(1)
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        if from.is_empty() { None } else { from.get(self.below(from.len())) }
    }

    fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }
}

/// A document under these contexts, or `None` where they cannot be processed together.
pub fn document(oracle: &Oracle, contexts: &[String], seed: u64) -> Option<Value> {
    let mut numbers = Numbers::new(seed);
    let state = oracle.start(contexts).ok()?;
    let mut generator = Generator { oracle, numbers: &mut numbers, values: 0 };
    let mut object = generator.node(&state, 0);
    object.insert("@context".into(), json!(contexts));
    Some(Value::Object(object))
}

struct Generator<'g> {
    oracle: &'g Oracle,
    numbers: &'g mut Numbers,
    values: usize,
}

/// Objects inside each other. The oracle recurses, and records are not deeper.
const DEPTH: usize = 4;
/// Values of one document.
const VALUES: usize = 120;

/// Absolute ones: what the oracle makes of others is listed in `differential.rs`.
const IRIS: [&str; 6] = [
    "https://example.org/a",
    "https://example.org/b?c=d#e",
    "urn:uuid:2a6b0c5e-0d3a-4f0e-8f4e-6d1c2b3a4f5e",
    "did:example:123#key-1",
    "mailto:ada@example.org",
    "tag:example.org,2024:x",
];

const TEXTS: [&str; 7] = [
    "",
    "a",
    "two words",
    "tab\tand \"quotes\" and \\",
    "zwölf Œuvres ∂",
    "line\nfeed\u{7f}",
    "2024-01-01T00:00:00Z",
];

impl Generator<'_> {
    fn node(&mut self, active: &State, depth: usize) -> Map<String, Value> {
        let mut object = Map::new();
        let rows = self.oracle.rows(active);
        let types: Vec<&String> = rows
            .iter()
            .filter(|(term, row)| {
                term.starts_with(|c: char| c.is_ascii_uppercase())
                    && row.iri.as_deref().is_some_and(|iri| !iri.starts_with('@'))
            })
            .map(|(term, _)| term)
            .collect();
        let mut chosen: Vec<String> = Vec::new();
        for _ in 0..self.numbers.below(3) {
            if let Some(term) = self.numbers.pick(&types)
                && !chosen.contains(term)
            {
                chosen.push((*term).clone());
            }
        }
        // JSON-LD 1.1 API §5.1.2 step 11: in lexicographical order.
        let mut sorted = chosen.clone();
        sorted.sort();
        let mut state = active.clone();
        for term in &sorted {
            if rows.get(term).is_some_and(|row| row.scoped)
                && let Ok(entered) = self.oracle.enter(&state, term, Entry::Type)
            {
                state = entered;
            }
        }
        if !chosen.is_empty() {
            object.insert("@type".into(), json!(chosen));
        }
        if self.numbers.one_in(2) {
            object.insert("@id".into(), json!(self.iri()));
        }
        let rows = self.oracle.rows(&state);
        let properties: Vec<(&String, &Row)> = rows
            .iter()
            .filter(|(term, row)| {
                !term.starts_with('@')
                    && !term.starts_with(|c: char| c.is_ascii_uppercase())
                    && !row.iri.as_deref().is_some_and(|iri| iri.starts_with('@'))
            })
            .collect();
        for _ in 0..self.numbers.below(5) + 1 {
            if let Some((term, row)) = self.numbers.pick(&properties) {
                let value = self.property(&state, term, row, depth);
                object.insert((*term).clone(), value);
            }
        }
        if self.numbers.one_in(8) {
            object.insert("notATerm".into(), self.scalar());
        }
        if self.numbers.one_in(8) {
            object.insert("https://example.org/vocab#p".into(), self.scalar());
        }
        object
    }

    fn property(&mut self, state: &State, term: &str, row: &Row, depth: usize) -> Value {
        let has = |container: &str| row.container.contains(container);
        if has("@language") {
            return json!({ "en": self.text(), "de": [self.text(), self.text()] });
        }
        if has("@index") || has("@id") || has("@type") {
            return json!({ "https://example.org/key": self.value(state, term, row, depth) });
        }
        match self.numbers.below(6) {
            0 => (0..self.numbers.below(3)).map(|_| self.value(state, term, row, depth)).collect(),
            // What cannot be written is left out of the oracle's lists together with the rest of the list, and
            // graphs that are lists are nobody's data (see `differential.rs`).
            1 if !has("@list")
                && !has("@graph")
                && !matches!(row.coercion.as_deref(), Some("@json" | "@id" | "@vocab")) =>
            {
                json!({ "@list": [self.value(state, term, row, depth), self.value(state, term, row, depth)] })
            }
            _ => self.value(state, term, row, depth),
        }
    }

    fn value(&mut self, state: &State, term: &str, row: &Row, depth: usize) -> Value {
        self.values += 1;
        if self.values > VALUES {
            return json!("end");
        }
        match row.coercion.as_deref() {
            Some("@json") => return json!({ "b": [1, true, null, "x"], "a": self.text() }),
            Some("@id" | "@vocab") if self.numbers.one_in(2) => return json!(self.iri()),
            _ => {}
        }
        match self.numbers.below(10) {
            0 => {
                json!({ "@value": self.text(), "@language": *self.numbers.pick(&["en", "de", "fr-ca"]).unwrap_or(&"en") })
            }
            1 => json!({ "@value": self.text(), "@type": "https://example.org/datatype" }),
            2..=5 if depth < DEPTH => {
                let inner = if row.scoped {
                    self.oracle.enter(state, term, Entry::Property).ok()
                } else {
                    Some(state.previous_context().unwrap_or(state).clone())
                };
                match inner {
                    Some(inner) => Value::Object(self.node(&inner, depth + 1)),
                    None => self.scalar(),
                }
            }
            _ => self.scalar(),
        }
    }

    fn scalar(&mut self) -> Value {
        match self.numbers.below(8) {
            0 => json!(true),
            1 => json!(false),
            2 => json!(self.numbers.below(100_000)),
            3 => json!(-7),
            4 => json!(42.5),
            5 => Value::Null,
            6 => json!(self.iri()),
            _ => json!(self.text()),
        }
    }

    fn text(&mut self) -> String {
        (*self.numbers.pick(&TEXTS).unwrap_or(&"")).to_owned()
    }

    fn iri(&mut self) -> String {
        (*self.numbers.pick(&IRIS).unwrap_or(&"")).to_owned()
    }
}
