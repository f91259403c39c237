//! Every sample of the two official validators has an expected outcome: in the manifest, or in the table of a test.
#![allow(clippy::disallowed_methods)] // a test reads files

#[path = "support/manifest.rs"]
mod manifest;
#[path = "support/vectors.rs"]
mod vectors;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The tables, by the file they are in.
const TABLES: [&str; 4] = ["open_badges_2_samples.rs", "ler_rs_wrapper.rs", "ler_rs.rs", "images.rs"];

/// Files that are no records, with the reason.
fn is_no_record(file: &str) -> bool {
    let about = ["README.md", "LICENSE", "expectations.tsv"];
    // What records lead to: it is served to the verifier as what stands at their addresses.
    about.iter().any(|name| file.ends_with(name)) || file.contains("/ob20/assets/")
        // A picture that is not baked.
        || file.ends_with("public_domain_heart.png")
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let (mut found, mut open) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { open.push(path) } else { found.push(path) }
        }
    }
    found
}

#[test]
fn every_sample_of_the_validators_has_an_expected_outcome() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let tables = TABLES.map(|table| std::fs::read_to_string(tests.join(table)).unwrap()).concat();
    let text = std::fs::read_to_string(manifest::root().join("test-vectors/manifest.json")).unwrap();
    let entries: serde_json::Value = serde_json::from_str(&text).unwrap();
    let inputs: BTreeSet<&str> = entries
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|entry| entry["input"].as_str()?.strip_prefix("shared:"))
        .collect();
    for source in ["1edtech-public-validator", "1edtech-ob-validator-core"] {
        let Some(folder) = vectors::source("every_sample_of_the_validators", source) else { continue };
        let mut counted = 0;
        for file in files(&folder) {
            let name =
                file.strip_prefix(folder.parent().unwrap()).unwrap().to_str().unwrap().replace('\\', "/");
            let short = file.file_name().unwrap().to_str().unwrap();
            counted += 1;
            let expected = inputs.contains(name.as_str()) || tables.contains(&format!("{short}\""));
            assert!(expected || is_no_record(&name), "{name} has no expected outcome");
        }
        assert!(counted >= 15, "{source}: only {counted} files");
    }
}
