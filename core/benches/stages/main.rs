//! The stages under criterion, for comparing one change with the next on one machine. Figures that are compared
//! across machines come from `cargo run --release -p ler-verify-bench`.
#![allow(missing_docs)] // criterion's macros write items without

use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use ler_verify::json::{Tree, jcs};
use ler_verify::limits::Limits;
use ler_verify::rdf::canonical::{Budget, Hash, hash_canonical};
use ler_verify::rdf::nquads;
use ler_verify_bench::datasets;
use ler_verify_bench::documents::{self, Size};
use ler_verify_bench::sign::{self, Suite};

fn json(c: &mut Criterion) {
    let limits = Limits::default();
    let issuer = sign::did([7; 32], Suite::EddsaRdfc2022);
    let mut group = c.benchmark_group("json");
    for size in [Size::Small, Size::Typical, Size::Full] {
        let text = documents::badge(&issuer, size, 1);
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_with_input(BenchmarkId::new("parse", format!("{size:?}")), &text, |b, text| {
            b.iter(|| Tree::parse(text.as_bytes(), &limits).map(|tree| tree.root().position()));
        });
        let tree = Tree::parse(text.as_bytes(), &limits).expect("JSON");
        group.bench_function(BenchmarkId::new("jcs", format!("{size:?}")), |b| {
            b.iter(|| jcs::canonical(tree.root()))
        });
    }
    group.finish();
}

fn rdfc(c: &mut Criterion) {
    let limits = Limits::default();
    let mut group = c.benchmark_group("rdfc");
    for (quads, blanks) in [(15, 1), (54, 3), (177, 16), (8_257, 949)] {
        let dataset = nquads::parse(&datasets::nquads(quads, blanks), &limits).expect("N-Quads").dataset;
        group.throughput(Throughput::Elements(quads as u64));
        group.bench_function(BenchmarkId::new("sha256", quads), |b| {
            b.iter_batched_ref(
                || Budget::new(&limits),
                |budget| hash_canonical(&dataset, Hash::Sha256, budget),
                BatchSize::SmallInput,
            );
        });
    }
    group.finish();
}

criterion_group!(stages, json, rdfc);
criterion_main!(stages);
