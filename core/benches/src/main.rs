//! `cargo run --release -p ler-verify-bench [part of a name]`: a table of the stages, each as a multiple of one bare
//! Ed25519 check.
#![allow(clippy::print_stdout)] // that is what it is for

use std::collections::HashMap;
use std::time::Instant;

use ed25519_dalek::{Signature, Signer, SigningKey};
use ler_verify::codes::Finding;
use ler_verify::json::{Tree, View, jcs};
use ler_verify::jsonld::Contexts;
use ler_verify::keys::PublicKey;
use ler_verify::limits::Limits;
use ler_verify::rdf::canonical::{Budget, Hash, hash_canonical};
use ler_verify::rdf::nquads;
use ler_verify::rdf::{Dataset, Quad, Term};
use ler_verify::{Issuers, Occasion, Policy, Report, Resources, Timestamp, Verdict, Verifier};
use ler_verify_bench::datasets;
use ler_verify_bench::documents::{self, Size};
use ler_verify_bench::rounds::{Operation, compare, table};
use ler_verify_bench::sign::{self, Suite};
use ler_verify_bench::tokens;

const SEED: [u8; 32] = [7; 32];
const P256: Suite = Suite::EcdsaRdfc2019P256;
const P384: Suite = Suite::EcdsaRdfc2019P384;
const ROUNDS: usize = 15;
/// 2026-11-21T12:00:00Z
const NOW: i64 = 1_795_262_400;

fn main() {
    if std::env::args().nth(1).as_deref() == Some("--first") {
        return first_verdict();
    }
    if std::env::args().nth(1).as_deref() == Some("--once") {
        return once();
    }
    let limits = Limits::default();
    let documents = signed_documents();
    if std::env::args().nth(1).as_deref() == Some("--write") {
        return write(&documents);
    }
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

    let issuers = [Suite::EddsaRdfc2022, P256, P384].map(|suite| sign::did(SEED, suite));
    let verifier = |outer_only: bool| {
        let mut policy = Policy::accepting(Issuers::one_of(issuers.iter().map(String::as_str)));
        if outer_only {
            // The records inside are named and not verified: the cost of one proof over all of them.
            policy.limits.embedded_depth = 0;
        }
        Verifier::new(policy).expect("a possible policy")
    };
    let (whole, outer) = (verifier(false), verifier(true));
    let resources = Resources::new();
    let occasion = Occasion::at(Timestamp::from_unix(NOW));
    let others = [
        ("JCS badge small", signed(Size::Small, Suite::EddsaJcs2022)),
        ("JCS badge typical", signed(Size::Typical, Suite::EddsaJcs2022)),
        ("ecdsa-rdfc-2019 typical P-256", signed(Size::Typical, P256)),
        ("ecdsa-rdfc-2019 typical P-384", signed(Size::Typical, P384)),
        ("VC-JWT EdDSA typical", token(Suite::EddsaRdfc2022)),
        ("VC-JWT ES256 typical", token(P256)),
        ("SD-JWT EdDSA typical, 20 disclosures", sd_jwt(20)),
    ];
    let reports: Vec<(&str, &str, Report)> = documents
        .iter()
        .chain(&others)
        .map(|(name, text)| {
            let report = whole.verify(text.as_bytes(), &resources, &occasion);
            assert!(matches!(report.verdict(), Verdict::Verified(_)), "{name}: {}", report.to_json());
            (*name, text.as_str(), report)
        })
        .collect();

    let mut operations = Vec::new();
    for suite in [P256, P384] {
        let name = sign::did(SEED, suite);
        let key = PublicKey::from_multikey(&name["did:key:".len()..]).expect("a key");
        let PublicKey::Ecdsa(key) = key else { continue };
        let signature = suite.sign(SEED, &message);
        assert!(key.verify(&message, &signature));
        let key_type = key.curve().key_type().name();
        operations.push(Operation::new(format!("ecdsa {key_type} verify"), move || {
            key.verify(&message, &signature)
        }));
        operations.push(Operation::new(format!("Multikey to point, {key_type}"), move || {
            PublicKey::from_multikey(&name["did:key:".len()..])
        }));
    }
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
    for (name, text, report) in &reports {
        let kilobytes = text.len() as f64 / 1024.0;
        if name.starts_with("record") {
            let name = format!("verify, {name}, outer proof ({kilobytes:.0} KB)");
            operations.push(Operation::new(name, || outer.verify(text.as_bytes(), &resources, &occasion)));
        }
        operations.push(Operation::new(format!("verify, {name} ({kilobytes:.1} KB)"), || {
            whole.verify(text.as_bytes(), &resources, &occasion)
        }));
        operations.push(Operation::new(format!("to_json, {name}"), || report.to_json()));
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

/// `--write FOLDER`: the records as files, for `--first` and `--once`.
fn write(documents: &[(&str, String)]) {
    let folder = std::path::PathBuf::from(std::env::args().nth(2).expect("a folder"));
    let others = [
        ("JCS badge typical", signed(Size::Typical, Suite::EddsaJcs2022)),
        ("VC-JWT", token(Suite::EddsaRdfc2022)),
        ("SD-JWT", sd_jwt(20)),
    ];
    for (name, text) in documents.iter().chain(&others) {
        std::fs::write(folder.join(format!("{}.json", name.replace(' ', "-"))), text)
            .expect("a writable folder");
    }
}

/// `--once FILE TIMES [outer|json]`: one operation again and again, for profilers that count instructions.
fn once() {
    let argument = |n: usize| std::env::args().nth(n).unwrap_or_default();
    let text = std::fs::read_to_string(argument(2)).expect("a readable file");
    let times: usize = argument(3).parse().expect("how often");
    let mut policy = Policy::accepting(Issuers::one_of([sign::did(SEED, Suite::EddsaRdfc2022).as_str()]));
    if argument(4) == "outer" {
        policy.limits.embedded_depth = 0;
    }
    let verifier = Verifier::new(policy).expect("a possible policy");
    let (resources, occasion) = (Resources::new(), Occasion::at(Timestamp::from_unix(NOW)));
    let report = verifier.verify(text.as_bytes(), &resources, &occasion);
    println!("{}", report.verdict().name());
    for _ in 0..times {
        if argument(4) == "json" {
            let _ = std::hint::black_box(report.to_json());
        } else {
            let _ = std::hint::black_box(verifier.verify(text.as_bytes(), &resources, &occasion));
        }
    }
}

/// What a command line waits for: everything from `main` to the first verdict.
fn first_verdict() {
    let text = std::fs::read_to_string(std::env::args().nth(2).expect("a file")).expect("a readable file");
    let began = Instant::now();
    let verifier = Verifier::new(Policy::accepting(Issuers::Anyone)).expect("a possible policy");
    let report =
        verifier.verify(text.as_bytes(), &Resources::new(), &Occasion::at(Timestamp::from_unix(NOW)));
    let first = began.elapsed();
    let again = Instant::now();
    let _ = verifier.verify(text.as_bytes(), &Resources::new(), &Occasion::at(Timestamp::from_unix(NOW)));
    println!(
        "{}: {first:?} to the first verdict, {:?} to the second",
        report.verdict().name(),
        again.elapsed()
    );
}

fn signed(size: Size, suite: Suite) -> String {
    sign::sign(&documents::badge(&sign::did(SEED, suite), size, 1), SEED, suite)
        .expect("a badge that can be signed")
}

/// The same badge in an SD-JWT.
fn sd_jwt(disclosures: usize) -> String {
    let suite = Suite::EddsaRdfc2022;
    tokens::sd_jwt(&documents::badge(&sign::did(SEED, suite), Size::Typical, 1), disclosures, SEED, suite)
}

/// The same badge in a JWS.
fn token(suite: Suite) -> String {
    tokens::jws(&documents::badge(&sign::did(SEED, suite), Size::Typical, 1), "vc+jwt", SEED, suite)
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
    let issuer = sign::did(SEED, Suite::EddsaRdfc2022);
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
