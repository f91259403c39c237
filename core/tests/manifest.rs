//! Runs `test-vectors/manifest.json`: every document gets exactly the verdict, axes and codes that it says.
//!
//! The reports are written to `target/manifest-reports`, where the tests of the WebAssembly module find them: the same
//! report is the same bytes everywhere.
#![allow(clippy::disallowed_methods, clippy::print_stdout)] // a test reads files

#[path = "support/manifest.rs"]
mod manifest;
#[path = "support/vectors.rs"]
mod vectors;

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::PathBuf;

use ler_verify::{Check, CheckId, Code, Occasion, Policy, Report, Resources, Verifier};
use manifest::Entry;

#[test]
#[cfg_attr(not(feature = "history"), ignore = "entries with dated contexts need the feature history")]
fn every_document_gets_the_report_that_the_manifest_says() {
    let folder = reports();
    let (entries, skipped) = manifest::read();
    let mut wrong = String::new();
    let mut wrong_entries = 0;
    let mut reached = BTreeSet::new();
    for entry in &entries {
        let report = verify(entry);
        collect(&report, &mut reached);
        std::fs::write(folder.join(format!("{}.json", entry.id)), report.to_json()).unwrap();
        let differences = differences(entry, &report);
        wrong_entries += usize::from(!differences.is_empty());
        for (what, expected, found) in differences {
            let _ = writeln!(wrong, "{:<34} {what:<24} {expected:<34} {found}", entry.id);
        }
    }
    println!("manifest: {} entries, {} skipped for want of vectors", entries.len(), skipped.len());
    assert!(entries.len() >= 60, "the manifest has only {} entries", entries.len());
    assert!(
        wrong.is_empty(),
        "{wrong_entries} of {} entries differ\n{:<34} {:<24} {:<34} found\n{wrong}",
        entries.len(),
        "entry",
        "what",
        "expected",
    );
    if skipped.is_empty() {
        let never: Vec<Code> = Code::ALL.iter().copied().filter(|code| !reached.contains(code)).collect();
        assert_eq!(never, ELSEWHERE, "codes that no entry reaches");
    }
}

/// Codes that need a context which the policy allows to stand in the document (their tests are in `jsonld_faithful.rs`), or
/// another build: without dated contexts (`history.rs`), the rarer keys (`keys_not_built.rs`) or a suite, or with BBS; or
/// more than a hundred status lists (`status/stages.rs`); or a policy that demands a status (`status/defects.rs`); or a schema, which the small WASM module, where the same manifest
/// runs, does not evaluate (`credential_schema`).
const ELSEWHERE: [Code; 27] = [
    Code::ContextInvalidUnpinned,
    Code::JsonldLosslessUnpinned,
    Code::JsonldReadsUnpinned,
    Code::JsonldPositionsUnpinned,
    Code::ProofSuiteNotBuilt,
    Code::SignatureNotBuilt,
    Code::KeyNotBuilt,
    Code::StatusMissing,
    Code::LimitStatusLists,
    Code::SchemaNotBuilt,
    Code::SchemaFollowed,
    Code::SchemaViolated,
    Code::SchemaWithheld,
    Code::SchemaDigest,
    Code::SchemaDigestUnknown,
    Code::SchemaUnavailable,
    Code::SchemaUnreadable,
    Code::SchemaMalformed,
    Code::SchemaDraft,
    Code::SchemaId,
    Code::SchemaReference,
    Code::SchemaLoop,
    Code::SchemaPattern,
    Code::SchemaTooComplex,
    Code::SchemaCredential,
    Code::SchemaCredentialUnverified,
    Code::LimitMessages,
];

fn collect(report: &Report, reached: &mut BTreeSet<Code>) {
    reached.extend(report.checks().iter().map(|check| check.code));
    for inside in report.embedded() {
        collect(&inside.report, reached);
    }
}

#[test]
fn the_names_of_entries_are_unique_file_names() {
    let (entries, _) = manifest::read();
    let mut names: Vec<&str> = entries.iter().map(|entry| entry.id.as_str()).collect();
    assert!(names.iter().all(|name| name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')));
    names.sort_unstable();
    let count = names.len();
    names.dedup();
    assert_eq!(names.len(), count);
}

#[test]
fn every_class_of_attack_in_the_security_page_has_entries() {
    let (entries, _) = manifest::read();
    let classes = classes_of_attack();
    for start in &classes {
        assert!(entries.iter().any(|entry| entry.id.starts_with(start)), "nothing begins with {start}");
    }
    assert!(classes.len() >= 45, "only {} names were found in the page", classes.len());
}

#[test]
fn every_attack_of_the_manifest_is_of_a_class_in_the_security_page() {
    let classes = classes_of_attack();
    // The records of others were not made to attack anything.
    let others = ["1edtech-", "dcc-"];
    let unnamed: Vec<String> = (manifest::read().0.into_iter())
        .filter(|entry| entry.expect["verdict"] != "verified")
        .map(|entry| entry.id)
        .filter(|id| !classes.iter().map(String::as_str).chain(others).any(|start| id.starts_with(start)))
        .collect();
    assert!(unnamed.is_empty(), "{unnamed:#?}");
}

/// How the names of entries begin, in the last column of the table of SECURITY.md.
fn classes_of_attack() -> Vec<String> {
    let page = std::fs::read_to_string(manifest::root().join("SECURITY.md")).unwrap();
    let table = page.split("## Classes of attack").nth(1).unwrap().split("\n## ").next().unwrap();
    let columns = table.lines().filter_map(|row| row.strip_prefix('|')?.split('|').nth(3));
    let names: Vec<&str> = columns.flat_map(|column| column.split('`')).collect();
    names.iter().filter_map(|name| name.strip_suffix('*')).map(str::to_owned).collect()
}

#[test]
fn an_expectation_names_only_what_exists() {
    for entry in manifest::read().0 {
        for (name, code) in expected_checks(&entry) {
            assert!(CheckId::ALL.iter().any(|check| check.name() == name), "{}: {name}", entry.id);
            assert!(Code::ALL.iter().any(|known| known.name() == code), "{}: {code}", entry.id);
        }
        for member in entry.expect.keys() {
            assert!(["verdict", "axes", "checks"].contains(&member.as_str()), "{}: {member}", entry.id);
        }
    }
}

fn verify(entry: &Entry) -> Report {
    let misuse = |error: &dyn std::fmt::Display| -> ! { panic!("{}: {error}", entry.id) };
    let policy = Policy::from_json(entry.policy.as_bytes()).unwrap_or_else(|error| misuse(&error));
    let verifier = Verifier::new(policy).unwrap_or_else(|error| misuse(&error));
    let occasion = Occasion::from_json(entry.occasion.as_bytes()).unwrap_or_else(|error| misuse(&error));
    let resources = Resources::from_json(entry.resources.as_bytes()).unwrap_or_else(|error| misuse(&error));
    verifier.verify(&entry.document, &resources, &occasion)
}

/// What differs: what, as expected, as found.
fn differences(entry: &Entry, report: &Report) -> Vec<(String, String, String)> {
    let mut rows = Vec::new();
    let mut compare = |what: &str, expected: &str, found: &str| {
        if expected != found {
            rows.push((what.to_owned(), expected.to_owned(), found.to_owned()));
        }
    };
    let verdict = entry.expect["verdict"].as_str().expect("a verdict");
    compare("verdict", verdict, report.verdict().name());
    let axes = report.axes();
    for (name, expected) in entry.expect.get("axes").and_then(|axes| axes.as_object()).into_iter().flatten() {
        let found = match name.as_str() {
            "authentic" => axes.authentic,
            "current" => axes.current,
            "addressed" => axes.addressed,
            "trusted" => axes.trusted,
            other => panic!("{}: there is no axis {other}", entry.id),
        };
        compare(name, expected.as_str().expect("an outcome"), found.name());
    }
    for (name, expected) in expected_checks(entry) {
        let found = codes(report.checks(), &name);
        if !found.contains(&expected.as_str()) {
            compare(
                &name,
                &expected,
                if found.is_empty() { "(no such check)".to_owned() } else { found.join(", ") }.as_str(),
            );
        }
    }
    rows
}

/// The codes of a check; it may stand in a report several times (one proof, one entry of a list each).
fn codes(checks: &[Check], name: &str) -> Vec<&'static str> {
    checks.iter().filter(|check| check.id.name() == name).map(|check| check.code.name()).collect()
}

fn expected_checks(entry: &Entry) -> Vec<(String, String)> {
    let checks = entry.expect.get("checks").and_then(|checks| checks.as_object()).into_iter().flatten();
    checks.map(|(name, code)| (name.clone(), code.as_str().expect("a code").to_owned())).collect()
}

/// The folder of the reports, empty.
fn reports() -> PathBuf {
    let target =
        std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| manifest::root().join("target"), PathBuf::from);
    // A policy that says nothing of suites accepts those that are built: another digest.
    let folder = target.join(if cfg!(feature = "bbs") { "manifest-reports-bbs" } else { "manifest-reports" });
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}
