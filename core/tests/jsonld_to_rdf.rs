//! JSON-LD 1.1 to RDF: the W3C suite (`toRdf`), and the errors of its `expand` suite.

#![allow(clippy::disallowed_methods)] // a test reads files

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use ler_verify::json::Tree;
use ler_verify::jsonld::{Options, RdfDirection, to_rdf};
use ler_verify::limits::Limits;
use ler_verify::rdf::canonical::{Budget, Hash, canonicalize};
use ler_verify::rdf::nquads;

const BASE: &str = "https://w3c.github.io/json-ld-api/tests/";

/// Tests that are not passed, each with the reason.
const EXCLUDED: &[(&str, &str)] =
    &[("#te075", "generalized RDF: its expected predicates are blank nodes, which N-Quads do not have")];

/// What became of a test.
enum Outcome {
    Quads(String),
    Error(&'static str),
}

fn run(folder: &Path, test: &serde_json::Value) -> Outcome {
    let limits = Limits::default();
    let input = test["input"].as_str().unwrap();
    let bytes = fs::read(folder.join(input)).unwrap();
    let option = &test["option"];
    let context_bytes = option["expandContext"].as_str().map(|path| fs::read(folder.join(path)).unwrap());
    let context_tree = context_bytes.as_ref().map(|bytes| Tree::parse(bytes, &limits).unwrap());
    let tree = match Tree::parse(&bytes, &limits) {
        Ok(tree) => tree,
        Err(finding) => return Outcome::Error(finding.code.name()),
    };
    let base = option["base"].as_str().map_or_else(|| format!("{BASE}{input}"), str::to_owned);
    let loader = |url: &str| fs::read(folder.join(url.strip_prefix(BASE)?)).ok();
    let options = Options {
        base: Some(&base),
        expand_context: context_tree.as_ref().map(Tree::root),
        mode_1_0: option["processingMode"] == "json-ld-1.0",
        rdf_direction: match option["rdfDirection"].as_str() {
            Some("i18n-datatype") => Some(RdfDirection::I18nDatatype),
            Some("compound-literal") => Some(RdfDirection::CompoundLiteral),
            _ => None,
        },
        generalized: option["produceGeneralizedRdf"] == true,
        loader: &loader,
    };
    match to_rdf(tree.root(), &options, &limits) {
        Ok(dataset) => Outcome::Quads(canonical(&dataset)),
        Err(error) => Outcome::Error(error.code),
    }
}

fn canonical(dataset: &ler_verify::rdf::Dataset) -> String {
    canonicalize(dataset, Hash::Sha256, &mut Budget::new(&Limits::default())).unwrap().nquads
}

fn expected(folder: &Path, path: &str) -> Result<String, String> {
    let text = fs::read_to_string(folder.join(path)).unwrap();
    nquads::parse(&text, &Limits::default())
        .map(|document| canonical(&document.dataset))
        .map_err(|error| format!("what is expected is not RDF: {error:?}"))
}

/// `Ok` if the test passes.
fn judge(folder: &Path, test: &serde_json::Value) -> Result<(), String> {
    let outcome = run(folder, test);
    if let Some(code) = test["expectErrorCode"].as_str() {
        return match outcome {
            Outcome::Error(found) if found == code => Ok(()),
            Outcome::Error(found) => Err(format!("{found} instead of {code}")),
            Outcome::Quads(_) => Err(format!("no error instead of {code}")),
        };
    }
    match (outcome, test["expect"].as_str()) {
        (Outcome::Error(code), _) => Err(code.to_owned()),
        (Outcome::Quads(_), None) => Ok(()),
        (Outcome::Quads(found), Some(path)) => {
            let expected = expected(folder, path)?;
            let same = found == expected;
            if same { Ok(()) } else { Err(format!("\n--- found\n{found}--- expected\n{expected}")) }
        }
    }
}

fn suite(manifest: &str, name: &str, wanted: impl Fn(&serde_json::Value) -> bool, count: usize) {
    let Some(folder) = support::source(name, "w3c-json-ld-api") else { return };
    let manifest: serde_json::Value =
        serde_json::from_slice(&fs::read(folder.join(manifest)).unwrap()).unwrap();
    let excluded: BTreeSet<&str> = EXCLUDED.iter().map(|(id, _)| *id).collect();
    let (mut run, mut wrong) = (0, Vec::new());
    for test in manifest["sequence"].as_array().unwrap() {
        // The suite keeps these for processors of the version before.
        if test["option"]["specVersion"] == "json-ld-1.0" || !wanted(test) {
            continue;
        }
        run += 1;
        let id = test["@id"].as_str().unwrap();
        match (judge(&folder, test), excluded.contains(id)) {
            (Ok(()), false) | (Err(_), true) => {}
            (Ok(()), true) => wrong.push(format!("{id} passes now")),
            (Err(why), false) => wrong.push(format!("{id} {}: {why}", test["name"].as_str().unwrap_or(""))),
        }
    }
    assert!(wrong.is_empty(), "{} of {run} wrong:\n{}", wrong.len(), wrong.join("\n"));
    assert_eq!(run, count, "{name}: a runner that loses tests must not pass");
}

#[test]
fn l25_every_test_of_the_w3c_to_rdf_suite() {
    suite("toRdf-manifest.jsonld", "l25_every_test_of_the_w3c_to_rdf_suite", |_| true, 456);
}

#[test]
fn every_error_of_the_w3c_expand_suite() {
    suite(
        "expand-manifest.jsonld",
        "every_error_of_the_w3c_expand_suite",
        |test| test["expectErrorCode"].is_string(),
        // 109, of which 6 are for processors of the version before.
        103,
    );
}
