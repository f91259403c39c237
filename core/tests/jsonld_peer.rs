//! Credential mode against another implementation in its strict mode.
//!
//! `LER_PEER` names a file of JSON lines, `{"file": path, "nq": canonical N-Quads}` or `{"file": path, "error": why}`,
//! for documents without their `proof`. Wherever the other implementation accepts a document and this one has nothing
//! against it, the quads are the same. The file was made with the npm package `jsonld` 8: `canonize` with `safe: true`,
//! `base: null` and the newest published contexts.

#![allow(clippy::disallowed_methods, clippy::print_stdout)] // a test reads files and says what it did

use std::collections::BTreeMap;
use std::fs;

use ler_verify::codes::Outcome;
use ler_verify::json::{Tree, View};
use ler_verify::jsonld::{Contexts, InlineContexts, Rules, Supplied, credential_to_rdf};
use ler_verify::limits::Limits;
use ler_verify::rdf::canonical::{Budget, Hash, canonicalize};

#[test]
fn quads_are_those_of_the_peer() {
    let Some(path) = std::env::var_os("LER_PEER") else {
        println!("skipped: quads_are_those_of_the_peer: no LER_PEER");
        return;
    };
    let limits = Limits::default();
    let contexts = Contexts::default();
    let (mut same, mut refused, mut wrong) = (0, 0, Vec::new());
    for line in fs::read_to_string(path).unwrap().lines() {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        let file = line["file"].as_str().unwrap();
        let bytes = fs::read(file).unwrap();
        let Ok(tree) = Tree::parse(&bytes, &limits) else { continue };
        let Some(object) = tree.root().as_object() else { continue };
        let view = View { without: &["proof"], ..View::whole(object) };
        let none = BTreeMap::new();
        let digests = BTreeMap::new();
        let rules = Rules {
            limits: &limits,
            pinned: &none,
            inline: InlineContexts::AllowUnreservedWithVocab,
            supplied: &|_| Supplied::Missing,
            as_of: None,
            digests: &digests,
        };
        let graph = credential_to_rdf(&view, &contexts, &rules);
        let against: Vec<String> = graph
            .findings
            .iter()
            .filter(|finding| matches!(finding.code.outcome(), Outcome::Failed | Outcome::Indeterminate))
            .filter(|finding| finding.code.check().axis().is_some())
            .map(|finding| format!("{} {:?} {:?}", finding.code, finding.pointer, finding.details))
            .collect();
        let ours = canonicalize(&graph.dataset, Hash::Sha256, &mut Budget::new(&limits)).unwrap().nquads;
        match (line["nq"].as_str(), against.is_empty()) {
            (Some(theirs), true) if theirs == ours => same += 1,
            (Some(theirs), true) => {
                wrong.push(format!("{file}: other quads\n--- ours\n{ours}--- theirs\n{theirs}"))
            }
            (Some(_), false) => {
                refused += 1;
                println!("only refused here: {file}\n  {}", against.join("\n  "));
            }
            (None, true) => wrong.push(format!("{file}: only accepted here: {}", line["error"])),
            (None, false) => {}
        }
    }
    println!("{same} the same, {refused} only refused here");
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
    assert!(same > 0);
}
