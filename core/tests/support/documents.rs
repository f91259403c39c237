//! Runs the structural suites of the W3C: a document, the conformance check alone, one answer.
#![allow(dead_code, clippy::print_stdout)] // each divergence is named in the output; not every test needs all of it

use ler_verify::codes::Finding;
use ler_verify::document::{conformance, detect, embedded};
use ler_verify::json::Tree;
use ler_verify::limits::Limits;
use std::path::Path;

/// What the check says of a document and of those inside it, which the verifier gives reports of their own and
/// demands of the whole.
pub(crate) fn defects(text: &str) -> Vec<Finding> {
    let tree = Tree::parse(text.as_bytes(), &Limits::default()).expect("the suites are JSON");
    let mut findings = Vec::new();
    let mut open = vec![tree.root()];
    while let Some(root) = open.pop() {
        let detected = detect(root).expect("the suites are documents of the data model");
        findings.extend(conformance(root, &detected));
        // A string is a secured document that would be opened first; an envelope likewise.
        open.extend(
            embedded(root, &detected)
                .into_iter()
                .map(|(value, _)| value)
                .filter(|value| detect(*value).is_some_and(|inner| !inner.enveloped)),
        );
    }
    findings
}

/// Runs every line of `expectations.tsv`; `divergences` are the files whose answer differs from the suite's, and why.
pub(crate) fn run(
    folder: &Path,
    divergences: &[(&str, &str)],
    prepare: &dyn Fn(&str, &str) -> String,
) -> Counts {
    let expectations = std::fs::read_to_string(folder.join("expectations.tsv")).unwrap();
    let mut counts = Counts::default();
    let mut wrong = Vec::new();
    for line in expectations.lines().skip(1) {
        let mut columns = line.split('\t');
        let (file, expected) = (columns.next().unwrap(), columns.next().unwrap());
        let text = std::fs::read_to_string(folder.join("input").join(file)).unwrap();
        let divergence = divergences.iter().find(|(name, _)| *name == file);
        let agrees = if text.starts_with('{') {
            let found = defects(&prepare(&text, columns.next().unwrap_or("-")));
            let agrees = found.is_empty() == (expected == "accept");
            if !agrees && divergence.is_none() {
                wrong.push(format!("{file}: {expected} expected, found {found:?}"));
            }
            agrees
        } else {
            assert!(divergence.is_some(), "{file} is no JSON");
            false
        };
        match (agrees, divergence) {
            (true, None) => counts.agreed += 1,
            (false, Some((_, reason))) => {
                println!("diverges: {file}: {reason}");
                counts.diverged += 1;
            }
            (true, Some(_)) => wrong.push(format!("{file} is listed as a divergence and agrees")),
            (false, None) => {}
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    counts
}

/// How many lines agreed with the suite, and how many are listed divergences.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) agreed: usize,
    pub(crate) diverged: usize,
}
