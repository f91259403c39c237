//! The embedded tables against the published documents, read by the oracle on both sides.
#![allow(clippy::print_stdout)]

use std::collections::{BTreeMap, BTreeSet};

use ler_verify::jsonld::explore::explore;
use ler_verify::jsonld::tables;
use xtask::contexts::{self, Version};
use xtask::oracle::{Oracle, with_stack};
use xtask::ours::Ours;
use xtask::rows::{self, Processor};
use xtask::{fixtures, table_json};

const OPEN_BADGES: &str = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";

fn versions(test: &str) -> Option<Vec<Version>> {
    contexts::versions().inspect_err(|error| println!("skipped: {test}: {error}")).ok()
}

/// The published documents, and the compiled tables written out as contexts again. A dated version has the date as
/// the fragment of its URL here.
fn both(versions: &[Version]) -> (Oracle, Oracle) {
    let (mut published, mut compiled) = (Oracle::default(), Oracle::default());
    for version in versions {
        let document = &version.document;
        let embedded = tables::TABLES
            .iter()
            .find(|table| table.url == document.url && table.date == version.date)
            .unwrap_or_else(|| panic!("{}: not embedded", document.name()));
        let table = tables::read(embedded.text).expect("a table");
        let context = table_json::document(&table.context).to_string();
        let names = std::iter::once(document.url.as_str()).chain(version.aliases.iter().copied());
        for url in names {
            let url = if version.dated { format!("{url}#{}", version.date) } else { url.to_owned() };
            published.publish(&url, &document.bytes).expect("JSON");
            compiled.publish(&url, context.as_bytes()).expect("JSON");
        }
    }
    (published, compiled)
}

/// Where the oracle and our processor differ: contexts that are in the list, what is said, and why.
const KNOWN: &[(&[&str], &str, &str)] = &[
    (
        &["https://www.w3.org/ns/credentials/v2", "https://w3id.org/security/data-integrity/v2"],
        ": only the first refuses: protected term redefinition",
        BASE_URL,
    ),
    (
        &["https://www.w3.org/ns/credentials/v2", "https://www.w3.org/ns/credentials/status/v1"],
        ": only the first refuses: protected term redefinition",
        BASE_URL,
    ),
    (
        &["https://w3id.org/openbadges/extensions/accessibilityExtension/context.json"],
        ": only the first refuses: invalid IRI mapping",
        TWO_FRAGMENTS,
    ),
    (
        &["https://w3id.org/openbadges/extensions/originalCreatorExtension/context.json"],
        ": only the first refuses: invalid IRI mapping",
        TWO_FRAGMENTS,
    ),
];

/// Both contexts define the terms with the same members.
const BASE_URL: &str = "the oracle counts the URL of the document that brings a scoped context as part of the \
    definition (JSON-LD 1.1 API §4.1 says so), so it refuses the same definition from two documents; the \
    implementations that sign do not, and the Recommendations mean these contexts to go together";
const TWO_FRAGMENTS: &str = "`extensions:#…` with a prefix that ends in `#`: the oracle parses IRIs and refuses a \
    second `#`; others take what has a scheme, as we do, and credential mode reports the IRI as odd";

/// Every difference; those of `known` are taken out and noted in `met`.
fn compare<B: Processor>(
    published: &Oracle,
    other: &B,
    lists: &BTreeSet<Vec<String>>,
    known: &[(&[&str], &str, &str)],
    met: &mut BTreeSet<usize>,
) {
    let mut wrong = BTreeMap::new();
    for list in lists {
        let mut found = rows::differences(published, other, list);
        found.retain(|difference| {
            let is_known = |(urls, what, _): &(&[&str], &str, &str)| {
                difference == what && urls.iter().all(|url| list.iter().any(|other| other == url))
            };
            let at = known.iter().position(is_known);
            met.extend(at);
            at.is_none()
        });
        if !found.is_empty() {
            wrong.insert(list, found);
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    println!("{} lists of contexts", lists.len());
}

#[test]
fn the_tables_are_what_the_published_documents_compile_to() {
    if versions("the_tables_are_what_the_published_documents_compile_to").is_some() {
        contexts::run(true).expect("the same");
    }
}

#[test]
fn every_table_says_what_its_document_says_to_the_oracle_and_to_us() {
    let Some(versions) = versions("every_table_says_what_its_document_says_to_the_oracle_and_to_us") else {
        return;
    };
    with_stack(|| {
        let (published, compiled) = both(&versions);
        let url = |version: &Version| match version.dated {
            true => format!("{}#{}", version.document.url, version.date),
            false => version.document.url.clone(),
        };
        let mut lists = BTreeSet::new();
        for version in &versions {
            lists.insert(vec![url(version)]);
            // Next to the context with the most open names, and behind each base context.
            lists.insert(vec![url(version), OPEN_BADGES.to_owned()]);
            for base in ["https://www.w3.org/2018/credentials/v1", "https://www.w3.org/ns/credentials/v2"] {
                lists.insert(vec![base.to_owned(), url(version)]);
            }
        }
        compare(&published, &compiled, &lists, &[], &mut BTreeSet::new());
        let mut met = BTreeSet::new();
        explore(|explorer| compare(&published, &Ours(explorer), &lists, KNOWN, &mut met));
        for (i, (urls, what, why)) in KNOWN.iter().enumerate() {
            assert!(met.contains(&i), "{urls:?} no longer differ ({what}; {why})");
        }
    });
}

#[test]
fn and_in_every_combination_that_records_use() {
    let Some(versions) = versions("and_in_every_combination_that_records_use") else { return };
    let Some(documents) = fixtures::documents() else {
        println!("skipped: and_in_every_combination_that_records_use: no vectors");
        return;
    };
    let known: BTreeSet<String> = versions
        .iter()
        .flat_map(|version| {
            std::iter::once(version.document.url.clone())
                .chain(version.aliases.iter().map(|url| (*url).to_owned()))
        })
        .collect();
    let mut lists = BTreeSet::new();
    for (_, text) in &documents {
        let value = serde_json::from_str(text).expect("JSON");
        fixtures::context_lists(&value, &known, &mut lists);
    }
    let mut all = BTreeSet::new();
    lists.iter().for_each(|list| fixtures::pairs_and_triples(list, &mut all));
    assert!(all.len() > 50, "the records at hand combine contexts in more ways");
    with_stack(|| {
        let (published, compiled) = both(&versions);
        compare(&published, &compiled, &all, &[], &mut BTreeSet::new());
        explore(|explorer| compare(&published, &Ours(explorer), &all, KNOWN, &mut BTreeSet::new()));
    });
}

#[test]
fn a_difference_in_a_scoped_context_is_found() {
    let context = |iri: &str| {
        format!(
            r#"{{"@context": {{"a": {{"@id": "urn:a", "@context": {{"b": {{"@id": "{iri}", "@type": "@id"}}}}}}}}}}"#
        )
    };
    let (mut one, mut other) = (Oracle::default(), Oracle::default());
    one.publish("urn:c", context("urn:b").as_bytes()).expect("JSON");
    other.publish("urn:c", context("urn:x").as_bytes()).expect("JSON");
    let found = rows::differences(&one, &other, &["urn:c".to_owned()]);
    assert_eq!(found, ["/a b: urn:b type=@id | urn:x type=@id", "^a b: urn:b type=@id | urn:x type=@id"]);
    assert_eq!(
        rows::differences(&one, &Oracle::default(), &["urn:c".to_owned()]),
        [": only the second refuses: loading remote context failed"]
    );
}

/// Definitions whose meaning depends on the context before them, or looks as if it did.
const OPEN: [&str; 7] = [
    r#"{"a": {"@id": "other:a", "@type": "other:T"}, "b": "word", "c": {"@id": "urn:c", "@type": "word"}}"#,
    r#"{"@vocab": "https://example.org/v#", "a": {"@id": "word"}, "b": {"@id": "urn:b", "@type": "word"}, "word2": {}}"#,
    r#"{"@vocab": "other:", "other": "https://example.org/inner#", "a": {"@container": "@set"}}"#,
    r#"{"other": "https://example.org/inner#", "a": "other:a", "b": {"@id": "other:b", "@type": "other:T"}}"#,
    r#"{"other": {"@id": "https://example.org/inner#"}, "a": "other:a"}"#,
    r#"{"@vocab": "", "a": {"@reverse": "word"}, "b": {"@id": "b", "@context": {"x": "other:x", "y": "word"}}}"#,
    r#"{"other": null, "word": {"@id": "other:w"}, "https": "urn:h:", "a": "https://example.org/a", "b": "https:b"}"#,
];

const BEFORE: [&str; 4] = [
    "{}",
    r#"{"other": "https://example.org/outer#", "word": "https://example.org/outer-word"}"#,
    r#"{"other": {"@id": "https://example.org/outer#", "@prefix": true}, "@vocab": "https://example.org/outer-vocab#"}"#,
    r#"{"@protected": true, "word": {"@id": "https://example.org/outer-word", "@type": "@id"}, "a": "other:a"}"#,
];

#[test]
fn what_a_table_leaves_open_is_decided_by_the_contexts_before_it() {
    let (mut published, mut compiled) = (Oracle::default(), Oracle::default());
    let document = |context: &str| format!(r#"{{"@context": {context}}}"#);
    for (i, context) in OPEN.iter().enumerate() {
        let (url, text) = (format!("urn:open:{i}"), document(context));
        let table = tables::compile(text.as_bytes(), &url, "-", &|_| None).expect("a context");
        let table = tables::read(&tables::write(&table)).expect("a table");
        published.publish(&url, text.as_bytes()).expect("JSON");
        compiled.publish(&url, table_json::document(&table.context).to_string().as_bytes()).expect("JSON");
    }
    let mut lists = BTreeSet::new();
    for (i, context) in BEFORE.iter().enumerate() {
        let url = format!("urn:before:{i}");
        published.publish(&url, document(context).as_bytes()).expect("JSON");
        compiled.publish(&url, document(context).as_bytes()).expect("JSON");
        lists.extend((0..OPEN.len()).map(|open| vec![url.clone(), format!("urn:open:{open}")]));
    }
    compare(&published, &compiled, &lists, &[], &mut BTreeSet::new());
}
