//! How long the walk takes, beside parsing. Ignored: `cargo test --release --test jsonld_speed -- --ignored --nocapture`.

#![allow(clippy::disallowed_methods, clippy::print_stdout)] // a test reads files and says what it did

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::hint::black_box;
use std::time::Instant;

use ler_verify::json::{Tree, View};
use ler_verify::jsonld::{Contexts, InlineContexts, Rules, Supplied, credential_to_rdf};
use ler_verify::limits::Limits;

#[test]
#[ignore = "a measurement"]
fn how_long_the_walk_takes() {
    let Some(folder) = support::source("how_long_the_walk_takes", "dcc-vc-test-fixtures") else { return };
    let folder = folder.join("verifiableCredentials/v2/dataIntegrityProof/didKey");
    let limits = Limits::default();
    let (pinned, digests) = (BTreeMap::new(), BTreeMap::new());
    let rules = Rules {
        limits: &limits,
        pinned: &pinned,
        inline: InlineContexts::Refuse,
        supplied: &|_| Supplied::Missing,
        as_of: None,
        digests: &digests,
    };
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    for path in files.into_iter().filter(|path| path.extension().is_some_and(|e| e == "json")) {
        let bytes = fs::read(&path).unwrap();
        let tree = Tree::parse(&bytes, &limits).unwrap();
        let view = View { without: &["proof"], ..View::whole(tree.root().as_object().unwrap()) };
        let cold_contexts = Contexts::default();
        let begin = Instant::now();
        black_box(credential_to_rdf(&view, &cold_contexts, &rules));
        let cold = begin.elapsed();
        const ROUNDS: u32 = 4_000;
        let mut best = std::time::Duration::MAX;
        for _ in 0..5 {
            let begin = Instant::now();
            for _ in 0..ROUNDS {
                black_box(credential_to_rdf(&view, &cold_contexts, &rules));
            }
            best = best.min(begin.elapsed() / ROUNDS);
        }
        let quads = credential_to_rdf(&view, &cold_contexts, &rules).dataset.quads().len();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        println!("{:6} bytes {quads:4} quads: cold {cold:?}, warm {best:?}  {name}", bytes.len());
    }
}
