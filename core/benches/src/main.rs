//! `cargo run --release -p ler-verify-bench [part of a name]`: a table of the stages, each as a multiple of one bare
//! Ed25519 check.
#![allow(clippy::print_stdout)] // that is what it is for

use std::collections::HashMap;

use ed25519_dalek::{Signature, Signer, SigningKey};
use ler_verify::codes::Finding;
use ler_verify::json::{Tree, View, jcs};
use ler_verify::jsonld::Contexts;
use ler_verify::limits::Limits;
use ler_verify::rdf::canonical::{Budget, Hash, hash_canonical};
use ler_verify::rdf::nquads;
use ler_verify::rdf::{Dataset, Quad, Term};
use ler_verify_bench::datasets;
use ler_verify_bench::documents::{self, Size};
use ler_verify_bench::rounds::{Operation, compare, table};
use ler_verify_bench::sign::{self, Suite};

const SEED: [u8; 32] = [7; 32];
const ROUNDS: usize = 15;

fn main() {
    let limits = Limits::default();
    let documents = signed_documents();
    let contexts = Contexts::default();
    let sets: Vec<(&str, Dataset)> =
        [("15 quads, 1 blank", 15, 1), ("54, 3", 54, 3), ("177, 16", 177, 16), ("8,257, 949", 8_257, 949)]
            .into_iter()
            .map(|(name, quads, blanks)| {
                (name, nquads::parse(&datasets::nquads(quads, blanks), &limits).expect("N-Quads").dataset)
            })
            .collect();

    let key = SigningKey::from_bytes(&SEED);
    let message = [1_u8; 64];
    let signature: Signature = key.sign(&message);
    let verifying = key.verifying_key();
    let reference = Operation::new("ed25519 verify_strict", || verifying.verify_strict(&message, &signature));

    let mut operations = Vec::new();
    for (name, text) in &documents {
        let kilobytes = text.len() as f64 / 1024.0;
        let limits = &limits;
        operations.push(Operation::new(format!("JSON parse, {name} ({kilobytes:.1} KB)"), move || {
            Tree::parse(text.as_bytes(), limits).map(|tree| tree.root().position())
        }));
        operations.push(Operation::new(format!("serde_json::Value, {name}"), move || {
            serde_json::from_str::<serde_json::Value>(text)
        }));
        let tree: &'static Tree<'static> =
            Box::leak(Box::new(Tree::parse(text.clone().leak().as_bytes(), limits).expect("JSON")));
        let contexts = &contexts;
        operations.push(Operation::new(
            format!("text to digest (JSON, JSON-LD, RDFC-1.0), {name}"),
            move || {
                let tree = Tree::parse(text.as_bytes(), limits).ok()?;
                let mut view = View::whole(tree.root().as_object()?);
                view.without = &["proof"];
                sign::digest(&view, Suite::EddsaRdfc2022, contexts).ok()
            },
        ));
        operations.push(Operation::new(format!("JCS, {name}"), move || jcs::canonical(tree.root())));
    }
    for (name, dataset) in &sets {
        let limits = &limits;
        operations.push(Operation::new(format!("dataset, {name}"), move || rebuild(dataset, limits)));
        operations.push(Operation::new(format!("RDFC-1.0 and SHA-256, {name}"), move || {
            hash_canonical(dataset, Hash::Sha256, &mut Budget::new(limits))
        }));
    }
    let filter = std::env::args().nth(1).unwrap_or_default();
    operations.retain(|operation| operation.name().contains(&filter));
    println!("{}", table("stage", &compare(reference, operations, ROUNDS)));
}

/// The same statements once more: what interning costs.
fn rebuild(dataset: &Dataset, limits: &Limits) -> Result<Dataset, Finding> {
    let mut copy = Dataset::new(limits);
    let mut blanks = HashMap::new();
    for quad in dataset.quads() {
        let mut term = |term: Term| {
            if !term.is_blank() {
                return Ok(copy.iri_written(dataset.written(term)));
            }
            if let Some(known) = blanks.get(&term) {
                return Ok(*known);
            }
            let blank = copy.blank()?;
            blanks.insert(term, blank);
            Ok(blank)
        };
        let (subject, predicate, object) = (term(quad.subject)?, term(quad.predicate)?, term(quad.object)?);
        copy.insert(Quad { subject, predicate, object, graph: None })?;
    }
    Ok(copy)
}

fn signed_documents() -> Vec<(&'static str, String)> {
    let issuer = sign::did(SEED);
    let sign =
        |text: &str| sign::sign(text, SEED, Suite::EddsaRdfc2022).expect("a record that can be signed");
    let badge = |size, number| sign(&documents::badge(&issuer, size, number));
    let record = |count| {
        let badges: Vec<String> = (0..count).map(|number| badge(Size::Full, number)).collect();
        sign(&documents::learner_record(&issuer, &badges))
    };
    vec![
        ("badge small", badge(Size::Small, 1)),
        ("badge typical", badge(Size::Typical, 1)),
        ("badge full", badge(Size::Full, 1)),
        ("record of 10", record(10)),
        ("record of 50", record(50)),
        ("record of 200", record(200)),
    ]
}
