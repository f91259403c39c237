//! The choice of contexts, checked against the published documents.
#![allow(clippy::print_stdout)]

use std::collections::{BTreeMap, BTreeSet};

use xtask::contexts::{choice, history};
use xtask::oracle::with_stack;
use xtask::published;

macro_rules! published_or_skip {
    ($test:literal) => {
        match published::index() {
            Ok(index) => index,
            Err(error) => {
                println!("skipped: {}: {error}", $test);
                return;
            }
        }
    };
}

#[test]
fn every_document_of_the_index_is_embedded_or_left_out_with_a_reason() {
    let index = published_or_skip!("every_document_of_the_index_is_embedded_or_left_out_with_a_reason");
    let chosen = choice::EMBEDDED.iter().map(|context| context.file);
    let left_out = choice::LEFT_OUT.iter().map(|(file, _)| *file);
    let dated = history::DECISIONS.iter().map(|(file, _)| *file);
    let decided: Vec<&str> = chosen.chain(left_out).chain(dated).collect();
    let names: BTreeSet<&str> = index.iter().map(|document| document.name()).collect();
    assert_eq!(decided.iter().copied().collect::<BTreeSet<_>>(), names);
    assert_eq!(decided.len(), names.len(), "decided twice");
}

#[test]
fn every_reason_for_a_dated_version_is_true() {
    let index = published_or_skip!("every_reason_for_a_dated_version_is_true");
    with_stack(|| {
        let mut wrong = Vec::new();
        for document in index.iter().filter(|document| document.is_history()) {
            let (_, decision) = history::DECISIONS
                .iter()
                .find(|(file, _)| *file == document.name())
                .unwrap_or_else(|| panic!("{}: undecided", document.name()));
            wrong.extend(history::check(document, &index, *decision).err());
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    });
}

#[test]
fn a_url_has_few_dated_versions_each_with_its_own_date() {
    let index = published_or_skip!("a_url_has_few_dated_versions_each_with_its_own_date");
    let mut dates: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for document in index.iter().filter(|document| document.is_history()) {
        let embedded = history::DECISIONS.iter().any(|(file, decision)| {
            *file == document.name() && matches!(decision, history::Decision::Embed(_))
        });
        if embedded {
            dates.entry(&document.url).or_default().push(document.date.as_deref().expect("dated"));
        }
    }
    for (url, dates) in dates {
        assert!(dates.len() <= history::MOST, "{url}: {dates:?}");
        assert_eq!(dates.iter().collect::<BTreeSet<_>>().len(), dates.len(), "{url}: {dates:?}");
    }
}
