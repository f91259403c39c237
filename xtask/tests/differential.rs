//! Our general mode against the oracle: the same canonical N-Quads, or a difference that is listed with its reason.
#![allow(clippy::print_stdout)]

use std::collections::{BTreeMap, BTreeSet};

use ler_verify::limits::Limits;
use serde_json::Value;
use xtask::contexts::{self, Version};
use xtask::oracle::{Oracle, with_stack};
use xtask::{canonical, fixtures, generate, ours};

/// Where only the oracle refuses: its error, and why.
const STRICTER: &[(&str, &str)] = &[
    (
        "protected term redefinition",
        "a plain value under a term whose scoped context touches protected terms (`cnf`): JSON-LD 1.1 API §5.1.2 \
         step 4.2 lacks the override of step 8, and the implementations that sign do not apply the context at all",
    ),
    ("invalid context nullification", "the same for `verifiableCredential`, whose scoped context is `null`"),
    (
        "invalid value object",
        "a value object with a member that is no term: the member is dropped (§5.1.2 step 13.3) before step 15.1 looks; \
         credential mode refuses it as undefined",
    ),
];

/// Documents that the two read differently, the statements of the oracle, ours, and why.
const DIFFERENT: &[(&str, &str, &str, &str)] = &[
    (
        r#"{"@id":"urn:s","urn:p":0.30000000000000004}"#,
        r#"<urn:s> <urn:p> "3.0000000000000004E-1"^^<http://www.w3.org/2001/XMLSchema#double> ."#,
        r#"<urn:s> <urn:p> "3.0E-1"^^<http://www.w3.org/2001/XMLSchema#double> ."#,
        "the canonical form of a double has 15 digits after the point (JSON-LD 1.1 API §8.6 step 11, `%1.15E`)",
    ),
    (
        r#"{"@id":"urn:s","urn:p":100000000000000000000}"#,
        r#"<urn:s> <urn:p> "1.0E20"^^<http://www.w3.org/2001/XMLSchema#double> ."#,
        r#"<urn:s> <urn:p> "100000000000000000000"^^<http://www.w3.org/2001/XMLSchema#integer> ."#,
        LARGE_INTEGER,
    ),
    (
        r#"{"@id":"urn:s","urn:p":{"@list":["a",{"@id":"relative"}]}}"#,
        "<urn:s> <urn:p> _:c14n0 .\n\
         _:c14n0 <http://www.w3.org/1999/02/22-rdf-syntax-ns#first> \"a\" .\n\
         _:c14n1 <http://www.w3.org/1999/02/22-rdf-syntax-ns#rest> \
         <http://www.w3.org/1999/02/22-rdf-syntax-ns#nil> .",
        "<urn:s> <urn:p> _:c14n1 .\n\
         _:c14n0 <http://www.w3.org/1999/02/22-rdf-syntax-ns#rest> \
         <http://www.w3.org/1999/02/22-rdf-syntax-ns#nil> .\n\
         _:c14n1 <http://www.w3.org/1999/02/22-rdf-syntax-ns#first> \"a\" .\n\
         _:c14n1 <http://www.w3.org/1999/02/22-rdf-syntax-ns#rest> _:c14n0 .",
        "an item that cannot be written has no rdf:first; its cell stays in the list (§8.3 step 3.4)",
    ),
    (
        r#"{"@id":"urn:s","urn:p":{"@list":[[],"a"]}}"#,
        "<urn:s> <urn:p> _:c14n0 .\n\
         _:c14n0 <http://www.w3.org/1999/02/22-rdf-syntax-ns#first> \"a\" .\n\
         _:c14n0 <http://www.w3.org/1999/02/22-rdf-syntax-ns#rest> \
         <http://www.w3.org/1999/02/22-rdf-syntax-ns#nil> .",
        "<urn:s> <urn:p> _:c14n0 .\n\
         _:c14n0 <http://www.w3.org/1999/02/22-rdf-syntax-ns#first> \
         <http://www.w3.org/1999/02/22-rdf-syntax-ns#nil> .\n\
         _:c14n0 <http://www.w3.org/1999/02/22-rdf-syntax-ns#rest> _:c14n1 .\n\
         _:c14n1 <http://www.w3.org/1999/02/22-rdf-syntax-ns#first> \"a\" .\n\
         _:c14n1 <http://www.w3.org/1999/02/22-rdf-syntax-ns#rest> \
         <http://www.w3.org/1999/02/22-rdf-syntax-ns#nil> .",
        "a list in a list is a list (§5.1.2 step 5.2.2); the oracle flattens it",
    ),
    (
        r#"{"@context":{"g":{"@id":"urn:p","@container":"@graph"}},"@id":"urn:s","g":{"@list":[{"@id":"urn:o","urn:q":"x"}]}}"#,
        "<urn:o> <urn:q> \"x\" _:c14n0 .\n<urn:s> <urn:p> _:c14n0 .",
        "<urn:s> <urn:p> _:c14n0 .",
        "a graph that is a list: we drop what stands in it, as in `@graph` itself; credential mode refuses `@list`",
    ),
];

/// Records at hand that the two read differently, and why.
const RECORDS: &[(&str, &str)] = &[("json-integer-beyond-64-bits.json", LARGE_INTEGER)];

const LARGE_INTEGER: &str = "numbers without a fraction are integers below 10^21 (§8.6 step 10); the oracle stops at \
    64 bits; credential mode refuses what is no safe integer";

/// The published documents on both sides: here the walk is tested, not the tables.
struct Both {
    oracle: Oracle,
    documents: BTreeMap<String, Vec<u8>>,
}

impl Both {
    fn new(versions: &[Version]) -> Self {
        let mut both = Both { oracle: Oracle::default(), documents: BTreeMap::new() };
        for version in versions.iter().filter(|version| !version.dated) {
            let document = &version.document;
            for url in std::iter::once(document.url.as_str()).chain(version.aliases.iter().copied()) {
                both.oracle.publish(url, &document.bytes).expect("JSON");
                both.documents.insert(url.to_owned(), document.bytes.clone());
            }
        }
        both
    }

    fn of_oracle(&self, text: &str) -> Result<String, String> {
        let statements = self.oracle.to_rdf(text, None)?;
        canonical::of_oracle(&statements, &Limits::default()).map_err(|finding| format!("{finding:?}"))
    }

    fn of_ours(&self, text: &str) -> Result<String, String> {
        ours::canonical_nquads(text, &|url| self.documents.get(url).cloned())
    }

    /// Counts a document, and says what differs.
    fn compare(&self, text: &str, count: &mut Count) -> Option<String> {
        match (self.of_oracle(text), self.of_ours(text)) {
            (Ok(theirs), Ok(ours)) if theirs == ours => {
                count.equal += 1;
                None
            }
            (Ok(theirs), Ok(ours)) => Some(format!("oracle:\n{theirs}ours:\n{ours}")),
            (Err(_), Err(_)) => {
                count.refused += 1;
                None
            }
            (Err(error), Ok(_)) => match STRICTER.iter().position(|(known, _)| *known == error) {
                Some(known) => {
                    count.stricter.insert(known);
                    count.known += 1;
                    None
                }
                None => Some(format!("only the oracle refuses: {error}")),
            },
            // The oracle has no limits.
            (Ok(_), Err(error)) if error.contains("code: Limit") || error == "limit" => {
                count.limited += 1;
                None
            }
            (Ok(_), Err(error)) => Some(format!("only ours refuses: {error}")),
        }
    }
}

#[derive(Debug, Default)]
struct Count {
    equal: usize,
    refused: usize,
    known: usize,
    limited: usize,
    stricter: BTreeSet<usize>,
}

fn both(test: &str) -> Option<(Both, Vec<(std::path::PathBuf, String)>)> {
    let versions = contexts::versions().inspect_err(|error| println!("skipped: {test}: {error}")).ok()?;
    let documents = fixtures::documents();
    if documents.is_none() {
        println!("skipped: {test}: no vectors");
    }
    Some((Both::new(&versions), documents?))
}

#[test]
fn records_give_the_statements_that_the_oracle_gives() {
    let Some((both, documents)) = both("records_give_the_statements_that_the_oracle_gives") else { return };
    with_stack(|| {
        let mut count = Count::default();
        let mut found = BTreeMap::new();
        for (path, text) in &documents {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let value: Value = serde_json::from_str(text).expect("JSON");
            for record in fixtures::records(&value) {
                if let Some(difference) = both.compare(&record.to_string(), &mut count) {
                    found.insert(name.clone(), difference);
                }
            }
        }
        for (name, difference) in &found {
            assert!(RECORDS.iter().any(|(known, _)| known == name), "{name}\n{difference}");
        }
        for (name, why) in
            RECORDS.iter().filter(|(name, _)| documents.iter().any(|(path, _)| path.ends_with(name)))
        {
            assert!(found.contains_key(*name), "{name} no longer differs: {why}");
        }
        println!("records: {count:?}");
        assert!(count.equal > 400, "{count:?}");
    });
}

#[test]
fn generated_documents_give_the_statements_that_the_oracle_gives() {
    let test = "generated_documents_give_the_statements_that_the_oracle_gives";
    let Some((both, documents)) = both(test) else { return };
    let known: BTreeSet<String> = both.documents.keys().cloned().collect();
    let mut lists: BTreeSet<Vec<String>> = known.iter().map(|url| vec![url.clone()]).collect();
    for (_, text) in &documents {
        fixtures::context_lists(&serde_json::from_str(text).expect("JSON"), &known, &mut lists);
    }
    with_stack(|| {
        let mut count = Count::default();
        for (i, list) in (0_u64..).zip(&lists) {
            for seed in i * 100..i * 100 + 6 {
                let Some(document) = generate::document(&both.oracle, list, seed) else { continue };
                let difference = both.compare(&document.to_string(), &mut count);
                assert!(
                    difference.is_none(),
                    "seed {seed}\n{document:#}\n{}",
                    difference.unwrap_or_default()
                );
            }
        }
        println!("generated: {count:?}");
        assert!(count.equal > 500, "{count:?}");
    });
}

#[test]
fn every_known_difference_is_still_there() {
    let both = Both { oracle: Oracle::default(), documents: BTreeMap::new() };
    with_stack(|| {
        for (document, theirs, ours, why) in DIFFERENT {
            let text = |nquads: Result<String, String>| nquads.expect("read").trim_end().to_owned();
            assert_eq!(text(both.of_oracle(document)), *theirs, "the oracle: {document}: {why}");
            assert_eq!(text(both.of_ours(document)), *ours, "ours: {document}: {why}");
        }
        let stricter = [
            r#"{"@context":[{"@protected":true,"a":"urn:a"},{"c":{"@id":"urn:c","@context":{"a":"urn:b"}}}],"c":1}"#,
            r#"{"@context":[{"@protected":true,"a":"urn:a"},{"c":{"@id":"urn:c","@context":null}}],"c":1}"#,
            r#"{"urn:p":{"@value":"a","notATerm":"b"}}"#,
        ];
        for ((error, why), document) in STRICTER.iter().zip(stricter) {
            assert_eq!(both.of_oracle(document), Err((*error).to_owned()), "{document}: {why}");
            assert!(both.of_ours(document).is_ok(), "{document}: {why}");
        }
    });
}
