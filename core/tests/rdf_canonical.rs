//! RDFC-1.0: the W3C suite, and graphs that were made to exhaust a canonicalizer.

#![allow(clippy::disallowed_methods)] // a test reads files

mod support;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;

use ler_verify::codes::{Code, Finding};
use ler_verify::limits::Limits;
use ler_verify::rdf::canonical::{Budget, Canonical, Hash, canonicalize, hash_canonical};
use ler_verify::rdf::nquads::{self, Document};
use ler_verify::rdf::{Dataset, Quad, Term};
use sha2::Digest as _;

fn read(text: &str) -> Document {
    nquads::parse(text, &Limits::default()).expect("N-Quads")
}

/// Canonicalizes with the default limits; how many calls of Hash N-Degree Quads it took.
fn canonical_with(text: &str, hash: Hash) -> (Result<Canonical, Finding>, usize) {
    let limits = Limits::default();
    let mut budget = Budget::new(&limits);
    let result = canonicalize(&read(text).dataset, hash, &mut budget);
    (result, limits.hash_n_degree_calls - budget.calls_left())
}

fn canonical(text: &str) -> String {
    canonical_with(text, Hash::Sha256).0.expect("within the budget").nquads
}

/// Refused with the limit's code: the work is counted, so it ends.
fn refused(text: &str) {
    let (result, _) = canonical_with(text, Hash::Sha256);
    assert_eq!(result.expect_err("too much work").code, Code::LimitCanonicalization);
}

fn on_a_small_stack(test: impl FnOnce() + Send + 'static) {
    std::thread::Builder::new().stack_size(256 * 1024).spawn(test).unwrap().join().unwrap();
}

/// What the W3C suite consists of. A runner that loses tests must not pass (R10).
const EVALUATIONS: usize = 64;
const MAPS: usize = 21;
const NEGATIVES: usize = 1;
const SHA384: usize = 2;

#[test]
fn r04_r10_every_test_of_the_w3c_suite() {
    let Some(folder) = support::source("every_test_of_the_w3c_suite", "w3c-rdf-canon") else { return };
    let manifest: serde_json::Value =
        serde_json::from_slice(&fs::read(folder.join("manifest.jsonld")).unwrap()).unwrap();
    let (mut evaluations, mut maps, mut negatives, mut sha384, mut most_calls) = (0, 0, 0, 0, 0);
    for entry in manifest["entries"].as_array().unwrap() {
        let id = entry["id"].as_str().unwrap();
        let file = |member: &str| fs::read_to_string(folder.join(entry[member].as_str().unwrap())).unwrap();
        let hash = match entry["hashAlgorithm"].as_str() {
            None | Some("SHA256") => Hash::Sha256,
            Some("SHA384") => {
                sha384 += 1;
                Hash::Sha384
            }
            Some(other) => panic!("{id}: {other}"),
        };
        let action = file("action");
        let (result, calls) = canonical_with(&action, hash);
        match entry["type"].as_str().unwrap() {
            "rdfc:RDFC10EvalTest" => {
                evaluations += 1;
                most_calls = most_calls.max(calls);
                let expected = file("result");
                assert_eq!(result.expect(id).nquads, expected, "{id}");
                // The canonical form is its own canonical form, and the digest is that of the text.
                assert_eq!(canonical_with(&expected, hash).0.expect(id).nquads, expected, "{id} again");
                let digest =
                    hash_canonical(&read(&action).dataset, hash, &mut Budget::new(&Limits::default()))
                        .expect(id);
                match hash {
                    Hash::Sha256 => assert_eq!(digest.as_ref(), &sha2::Sha256::digest(&expected)[..], "{id}"),
                    Hash::Sha384 => assert_eq!(digest.as_ref(), &sha2::Sha384::digest(&expected)[..], "{id}"),
                }
            }
            "rdfc:RDFC10MapTest" => {
                maps += 1;
                let expected: BTreeMap<String, String> = serde_json::from_str(&file("result")).unwrap();
                let labels = result.expect(id).labels;
                let issued: BTreeMap<String, String> = read(&action)
                    .blanks
                    .into_iter()
                    .map(|(name, term)| (name, labels.name(term).expect("a canonical name")))
                    .collect();
                assert_eq!(issued, expected, "{id}");
            }
            "rdfc:RDFC10NegativeEvalTest" => {
                negatives += 1;
                assert_eq!(result.expect_err(id).code, Code::LimitCanonicalization, "{id}");
            }
            other => panic!("{id}: {other}"),
        }
    }
    assert_eq!((evaluations, maps, negatives, sha384), (EVALUATIONS, MAPS, NEGATIVES, SHA384));
    // The default limit leaves them twenty times as much (R04).
    assert!(most_calls <= 500, "{most_calls} calls");
}

fn clique(nodes: usize) -> String {
    let mut text = String::new();
    for a in 0..nodes {
        for b in (0..nodes).filter(|b| *b != a) {
            writeln!(text, "_:e{a} <urn:p> _:e{b} .").unwrap();
        }
    }
    text
}

/// `roots` equal trees in which every node has `fan` equal children, `depth` levels below the root.
fn forest(roots: usize, depth: usize, fan: usize) -> String {
    let mut text = String::new();
    let mut level: Vec<String> = (0..roots).map(|root| format!("r{root}")).collect();
    for _ in 0..depth {
        let mut next = Vec::new();
        for parent in &level {
            for child in 0..fan {
                let name = format!("{parent}x{child}");
                writeln!(text, "_:{parent} <urn:has> _:{name} .").unwrap();
                next.push(name);
            }
        }
        level = next;
    }
    for leaf in level {
        writeln!(text, "_:{leaf} <urn:type> <urn:Leaf> .").unwrap();
    }
    text
}

fn cycle(nodes: usize) -> String {
    (0..nodes).map(|a| format!("_:e{a} <urn:next> _:e{} .\n", (a + 1) % nodes)).collect()
}

const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

/// Two subjects with the same `rdf:List` of literals: every node of one list looks like its twin in the other.
fn two_lists(len: usize) -> String {
    let mut text = String::new();
    for list in ["a", "b"] {
        writeln!(text, "<urn:{list}> <urn:items> _:{list}0 .").unwrap();
        for item in 0..len {
            writeln!(text, "_:{list}{item} <{RDF}first> \"{item}\" .").unwrap();
            let rest = if item + 1 == len { format!("<{RDF}nil>") } else { format!("_:{list}{}", item + 1) };
            writeln!(text, "_:{list}{item} <{RDF}rest> {rest} .").unwrap();
        }
    }
    text
}

#[test]
fn r01_a_clique_is_refused() {
    on_a_small_stack(|| {
        refused(&clique(10));
        refused(&clique(20));
    });
    assert_eq!(canonical(&clique(4)).lines().count(), 12);
}

#[test]
fn r02_forests_of_equal_trees_are_refused() {
    on_a_small_stack(|| {
        refused(&forest(2, 1, 7));
        refused(&forest(2, 1, 12));
        refused(&forest(2, 1, 2_000));
        refused(&forest(2, 5, 2));
    });
}

#[test]
fn r02_uniform_trees_cost_seven_times_as_much_for_each_level() {
    on_a_small_stack(|| {
        // The root is unique, everything below it is not. Five levels are within the budget, six are not.
        let (result, calls) = canonical_with(&forest(1, 5, 2), Hash::Sha256);
        assert_eq!((result.unwrap().nquads.lines().count(), calls), (62 + 32, 4_302));
        refused(&forest(1, 6, 2));
    });
}

#[test]
fn r02_small_families_are_no_poison() {
    for text in [forest(2, 1, 2), forest(2, 1, 4), forest(50, 1, 1), forest(1, 1, 500)] {
        assert_eq!(canonical(&text).lines().count(), text.lines().count());
    }
}

#[test]
fn r03_a_long_cycle_is_refused_without_recursion() {
    on_a_small_stack(|| refused(&cycle(1_000)));
    on_a_small_stack(|| refused(&cycle(20_000)));
    assert_eq!(canonical(&cycle(40)).lines().count(), 40);
}

#[test]
fn r03_two_equal_lists_of_500_pass_on_a_small_stack() {
    on_a_small_stack(|| {
        let text = two_lists(500);
        let (result, calls) = canonical_with(&text, Hash::Sha256);
        assert_eq!(result.unwrap().nquads.lines().count(), text.lines().count());
        assert!(calls <= 2_000, "{calls}");
    });
}

#[test]
fn r05_symmetric_graphs_get_one_form_whatever_their_nodes_are_called_and_in_whatever_order() {
    let mut random = random(5);
    for text in [forest(2, 2, 2), cycle(12), clique(4), two_lists(6), forest(3, 1, 3)] {
        let expected = canonical(&text);
        let Document { dataset, blanks } = read(&text);
        for _ in 0..8 {
            let names: BTreeMap<Term, String> =
                blanks.values().zip(0..).map(|(term, i)| (*term, format!("n{:x}x{i}", random()))).collect();
            let renamed = nquads::write(&dataset, |term| names[&term].clone());
            let mut lines: Vec<&str> = renamed.split_inclusive('\n').collect();
            for i in (1..lines.len()).rev() {
                lines.swap(i, random() % (i + 1));
            }
            assert_eq!(canonical(&lines.concat()), expected);
        }
    }
}

/// A small generator that always gives the same numbers.
fn random(seed: u64) -> impl FnMut() -> usize {
    let mut state = seed;
    move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize
    }
}

#[test]
fn r06_nodes_that_refer_to_each_other_and_to_themselves_end() {
    assert_eq!(canonical("_:x <urn:p> _:x .\n"), "_:c14n0 <urn:p> _:c14n0 .\n");
    let two = canonical("_:x <urn:p> _:y .\n_:y <urn:p> _:x .\n");
    assert_eq!(two, "_:c14n0 <urn:p> _:c14n1 .\n_:c14n1 <urn:p> _:c14n0 .\n");
    let graph = canonical("_:x <urn:p> _:x _:x .\n");
    assert_eq!(graph, "_:c14n0 <urn:p> _:c14n0 _:c14n0 .\n");
}

#[test]
fn r07_statements_count_once() {
    let once = "_:a <urn:p> _:b .\n_:b <urn:q> \"x\" .\n<urn:s> <urn:p> <urn:o> .\n";
    let twice = format!("{once}{once}");
    assert_eq!(canonical(&twice), canonical(once));
    assert_eq!(canonical(&twice).lines().count(), 3);
}

#[test]
fn r08_the_hash_function_decides_the_names() {
    // Found by trying: these get their names in another order under SHA-384.
    let differ = (0..64).any(|i| {
        let text = format!("_:a <urn:p> \"{i}\" .\n_:b <urn:p> \"{}\" .\n", i + 100);
        let names = |hash| canonical_with(&text, hash).0.unwrap().nquads;
        names(Hash::Sha256) != names(Hash::Sha384)
    });
    assert!(differ);
    let dataset = read("<urn:s> <urn:p> <urn:o> .\n").dataset;
    let digest = |hash| hash_canonical(&dataset, hash, &mut Budget::new(&Limits::default())).unwrap();
    assert_eq!(digest(Hash::Sha256).as_ref().len(), 32);
    assert_eq!(digest(Hash::Sha384).as_ref().len(), 48);
}

#[test]
fn r09_lines_are_in_code_point_order() {
    let line = |object: &str| format!("<urn:s> <urn:p> {object} .\n");
    let ordered = [
        "\"\"",
        "\"a\"",
        "\"a\"@en",
        "\"a\"@en-gb",
        "\"a\"^^<urn:t>",
        "\"a\\\"\"",
        "\"ab\"",
        "\"\u{FFFD}\"",
        "\"\u{1F600}\"",
        "<urn:a>",
        "<urn:a#b>",
        "<urn:ab>",
        "_:c14n0",
    ];
    let expected: String = ordered.iter().map(|object| line(object)).collect();
    let reversed: String = ordered.iter().rev().map(|object| line(object)).collect();
    let mut sorted: Vec<&str> = expected.lines().collect();
    sorted.sort_unstable();
    assert_eq!(canonical(&reversed), sorted.join("\n") + "\n");
}

#[test]
fn r09_lines_are_sorted_as_whole_texts() {
    // More blank nodes than one digit counts, named graphs, prefixes of each other.
    let mut text = String::new();
    for i in 0..120 {
        writeln!(text, "_:n{i} <urn:p> \"{i}\" .\n_:n{i} <urn:p> \"{i}\" <urn:g> .").unwrap();
        writeln!(text, "_:n{i} <urn:p{}> _:n{} _:n{} .", "x".repeat(i % 3), i / 2, i / 3).unwrap();
    }
    let result = canonical(&text);
    let mut lines: Vec<&str> = result.lines().collect();
    assert_eq!(lines.len(), 360);
    lines.sort_unstable();
    assert_eq!(result, lines.join("\n") + "\n");
}

#[test]
fn r10_the_budget_is_shared_and_exact() {
    let dataset = read(&cycle(5)).dataset;
    let needed = canonical_with(&cycle(5), Hash::Sha256).1;
    assert!(needed > 0);
    let budget = |calls| {
        let mut limits = Limits::default();
        limits.hash_n_degree_calls = calls;
        Budget::new(&limits)
    };
    let mut enough = budget(2 * needed);
    for _ in 0..2 {
        canonicalize(&dataset, Hash::Sha256, &mut enough).unwrap();
    }
    assert_eq!(enough.calls_left(), 0);
    let mut short = budget(2 * needed - 1);
    canonicalize(&dataset, Hash::Sha256, &mut short).unwrap();
    let finding = canonicalize(&dataset, Hash::Sha256, &mut short).unwrap_err();
    assert_eq!(finding.code, Code::LimitCanonicalization);
}

#[test]
fn unique_nodes_cost_nothing() {
    let text: String = (0..1_000).map(|i| format!("_:n{i} <urn:p> \"{i}\" .\n")).collect();
    assert_eq!(canonical_with(&text, Hash::Sha256).1, 0);
}

#[test]
fn long_terms_in_many_statements_are_a_limit() {
    let limits = Limits::default();
    let mut dataset = Dataset::new(&limits);
    let subject = dataset.iri(&format!("urn:{}", "x".repeat(100_000)));
    let predicate = dataset.iri("urn:p");
    for i in 0..700 {
        let object = dataset.literal(&i.to_string(), "urn:number", None);
        dataset.insert(Quad { subject, predicate, object, graph: None }).unwrap();
    }
    let finding = canonicalize(&dataset, Hash::Sha256, &mut Budget::new(&limits)).unwrap_err();
    assert_eq!(finding.code, Code::LimitCanonicalization);
}
