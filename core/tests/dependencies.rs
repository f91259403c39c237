//! What the core must not depend on, by asking cargo: nothing that draws random numbers, reads a clock, opens a
//! connection or starts a thread, so that "no I/O" is a fact of the tree and not a promise.
#![allow(clippy::disallowed_methods, clippy::print_stdout)] // a test reads files

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

/// Crates by what they would bring. A name that ends in `*` stands for every crate that begins so. `rand_core` is none of
/// them: since 0.10 it is traits alone, without a source of anything.
const FORBIDDEN: [(&str, &str); 6] = [
    ("randomness", "getrandom rand rand_chacha fastrand oorandom ahash"),
    ("a clock", "chrono time jiff instant web-time humantime"),
    ("a connection", "hyper* reqwest ureq curl* attohttpc isahc h2 native-tls rustls* openssl* socket2"),
    ("an async runtime", "tokio* async-std smol futures* mio async-* polling"),
    ("threads", "rayon* crossbeam* threadpool num_cpus"),
    ("the system", "libloading tempfile dirs* walkdir js-sys web-sys wasm-bindgen*"),
];

/// How many crates a program gets with the core and its default features. More is a decision, not an accident: raise it
/// together with the reason in Cargo.toml.
const MOST: usize = 59;

/// What `bbs` adds, which nobody has who does not ask for it: the curve, and SHAKE-256 for the second ciphersuite. The
/// curve's hashing names digest 0.10 and what that needs: types beside those of 0.11, which is the one that hashes.
const BBS: &str =
    "bls12_381 pairing digest block-buffer crypto-common generic-array shake keccak sponge-cursor";

/// Names and versions of the crates that a program gets with the core (procedural macros stay in the compiler).
fn tree(arguments: &[&str]) -> BTreeSet<(String, String)> {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--locked", "--package", "ler-verify", "--prefix", "none", "--format", "{p}"])
        .args(["--edges", "normal,no-proc-macro"])
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    // "sha2 v0.11.0", and "(*)" behind what was shown before.
    text.lines()
        .filter_map(|line| {
            let mut words = line.split(' ');
            Some((words.next()?.to_owned(), words.next()?.to_owned()))
        })
        .collect()
}

fn is(name: &str, pattern: &str) -> bool {
    pattern.strip_suffix('*').map_or(name == pattern, |start| name.starts_with(start))
}

#[test]
fn nothing_in_the_tree_does_io() {
    for arguments in [
        &["--all-features"][..],
        &["--no-default-features"],
        &["--all-features", "--target", "wasm32-unknown-unknown"],
    ] {
        let crates = tree(arguments);
        assert!(crates.iter().any(|(name, _)| name == "ed25519-dalek"), "{crates:?}");
        for (what, patterns) in FORBIDDEN {
            for pattern in patterns.split(' ') {
                let found: Vec<_> = crates.iter().filter(|(name, _)| is(name, pattern)).collect();
                assert!(found.is_empty(), "{found:?} would bring {what} ({arguments:?})");
            }
        }
    }
}

#[test]
fn the_tree_stays_small() {
    let crates = tree(&[]);
    assert!(crates.len() <= MOST, "{} crates: {crates:?}", crates.len());
}

#[test]
fn no_crate_is_there_in_two_versions() {
    let mut versions = BTreeMap::new();
    for (name, version) in tree(&[]) {
        if let Some(other) = versions.insert(name.clone(), version.clone()) {
            panic!("{name} is there as {other} and as {version}");
        }
    }
}

#[test]
fn bbs_brings_the_curve_and_little_else() {
    let (all, most) = (tree(&["--all-features"]), tree(&[]));
    let more: BTreeSet<&str> = all.difference(&most).map(|(name, _)| name.as_str()).collect();
    assert_eq!(more, BBS.split(' ').collect());
}
