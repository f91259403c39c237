//! The reserved vocabularies: which terms go with which IRIs.
//!
//! Verifiable credentials, their security and status, Open Badges and CLR. Readers know these properties by their
//! terms and signatures cover them by their IRIs, so neither may stand for anything else. The text has one pair on a
//! line, sorted: `term <iri>`. A term may have several IRIs where versions of a context differ.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use super::super::local::{Item, LocalContext, Target};
use super::Table;

/// The namespaces that are reserved.
const NAMESPACES: [&str; 5] = [
    "https://purl.imsglobal.org/spec/vc/clr/vocab.html#",
    "https://purl.imsglobal.org/spec/vc/ob/vocab.html#",
    "https://w3id.org/security#",
    "https://www.w3.org/2018/credentials#",
    "https://www.w3.org/ns/credentials/status#",
];

/// Whether an IRI belongs to a reserved vocabulary.
pub(crate) fn is_reserved(iri: &str) -> bool {
    NAMESPACES.iter().any(|namespace| iri.starts_with(namespace))
}

/// The pairs of the contexts that define the reserved vocabularies.
#[derive(Debug, Default)]
pub(crate) struct Reserved {
    by_term: BTreeSet<(&'static str, &'static str)>,
    by_iri: BTreeSet<(&'static str, &'static str)>,
}

impl Reserved {
    /// Those that are compiled in.
    pub(crate) fn get() -> &'static Reserved {
        static RESERVED: OnceLock<Reserved> = OnceLock::new();
        RESERVED.get_or_init(|| Reserved::read(super::index::RESERVED))
    }

    fn read(text: &'static str) -> Reserved {
        let pairs = || {
            text.lines().filter_map(|line| {
                let (term, iri) = line.rsplit_once(' ')?;
                Some((term, iri.strip_prefix('<')?.strip_suffix('>')?))
            })
        };
        Reserved { by_term: pairs().collect(), by_iri: pairs().map(|(term, iri)| (iri, term)).collect() }
    }

    /// Whether a term may stand for an IRI: neither is reserved for another.
    pub(crate) fn allows(&self, term: &str, iri: &str) -> bool {
        if self.by_term.contains(&(term, iri)) {
            return true;
        }
        let term_is_reserved = values(&self.by_term, term).any(is_reserved);
        let iri_is_reserved = is_reserved(iri) && self.has_term(iri);
        !term_is_reserved && !iri_is_reserved
    }

    /// Whether an IRI has a term.
    pub(crate) fn has_term(&self, iri: &str) -> bool {
        values(&self.by_iri, iri).next().is_some()
    }
}

fn values<'s>(
    pairs: &'s BTreeSet<(&'static str, &'static str)>,
    key: &'s str,
) -> impl Iterator<Item = &'static str> + 's {
    pairs.range((key, "")..).take_while(move |(first, _)| *first == key).map(|(_, second)| *second)
}

/// The text for these contexts: every term that stands for a reserved IRI in one of them, with all its IRIs.
pub fn reserved(tables: &[Table]) -> String {
    let mut pairs = BTreeSet::new();
    for table in tables {
        collect(&table.context, &mut pairs);
    }
    let reserved: BTreeSet<&String> =
        pairs.iter().filter(|(_, iri)| is_reserved(iri)).map(|(term, _)| term).collect();
    let lines = pairs.iter().filter(|(term, _)| reserved.contains(term));
    lines.map(|(term, iri)| format!("{term} <{iri}>\n")).collect()
}

fn collect(context: &LocalContext, pairs: &mut BTreeSet<(String, String)>) {
    for item in &context.items {
        let Item::Definitions(definitions) = item else { continue };
        for term in &definitions.terms {
            if let Target::Iri(iri) = &term.target
                && iri.text().contains(':')
            {
                pairs.insert((term.name.to_string(), iri.text().to_string()));
            }
            if let Some(scoped) = &term.context {
                collect(scoped, pairs);
            }
        }
    }
}
