//! Credentials whose proof is good, with what it takes to verify them.

use std::fs;
use std::path::{Path, PathBuf};

use ler_verify::{Issuers, Occasion, Policy, Resource, ResourceKind, Resources, Timestamp, Verifier};
use serde_json::Value;

/// The folder of the project's own vectors.
pub fn own() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../test-vectors")
}

/// A credential with a good proof.
pub struct Fixture {
    /// Where it comes from.
    pub name: String,
    /// The credential.
    pub json: Value,
}

/// Every credential at hand whose `authentic` axis passes: our own and, where they are present, those of others.
///
/// `LER_MUTATIONS_FILTER` (parts of file names, separated by commas) picks a few of them while one looks for a cause.
pub fn authentic() -> Vec<Fixture> {
    let mut files: Vec<PathBuf> = json_files(&own().join("credentials"));
    if let Some(vectors) = super::vectors() {
        files.extend(json_files(&vectors.join("dcc-vc-test-fixtures/verifiableCredentials")));
        files.extend(json_files(&vectors.join("1edtech-public-validator/ob30")));
        files.extend(json_files(&vectors.join("1edtech-public-validator/clr20")));
    }
    if let Ok(filter) = std::env::var("LER_MUTATIONS_FILTER") {
        files.retain(|file| file.file_name().is_some_and(|name| wanted(&name.to_string_lossy(), &filter)));
    }
    // They differ in nothing but an index in a list.
    files
        .retain(|file| file.file_name().is_some_and(|name| !name.to_string_lossy().starts_with("status-20")));
    let verifier = verifier();
    let resources = resources();
    let mut fixtures = Vec::new();
    for file in files {
        let bytes = fs::read(&file).unwrap();
        let report = verifier.verify(&bytes, &resources, &occasion());
        if report.axes().authentic == ler_verify::Outcome::Passed {
            let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
            fixtures.push(Fixture { name, json: serde_json::from_slice(&bytes).unwrap() });
        }
    }
    fixtures
}

fn wanted(name: &str, filter: &str) -> bool {
    filter.split(',').any(|part| name.contains(part))
}

/// Few enough to change in every way, and different enough to try everything: the names of their files begin so.
const DISTINCT: [&str; 20] = [
    "ob3-full",
    "ob3-typical",
    "ob3-small",
    "ob3-v1-eddsa",
    "ob3-jcs-full",
    "ob3-ed25519signature2020",
    "set-two-suites",
    "ecdsa-sd-derived.json",
    "chain-of-two",
    "presentation.json",
    "did-web.json",
    "https-issuer",
    "endorsed.json",
    "status-not-evaluated",
    "language-region",
    "dataintegrityproof-didkey",
    "both",
    "ed25519",
    "simple",
    "clr",
];

/// One credential of each kind; all that the filter picks, if there is one.
pub fn distinct() -> Vec<Fixture> {
    let mut all = authentic();
    if std::env::var_os("LER_MUTATIONS_FILTER").is_some() {
        return all;
    }
    let mut chosen = Vec::new();
    for prefix in DISTINCT {
        if let Some(index) = all.iter().position(|fixture| fixture.name.starts_with(prefix)) {
            chosen.push(all.remove(index));
        }
    }
    chosen
}

/// A verifier that demands no issuer.
pub fn verifier() -> Verifier {
    Verifier::new(Policy::accepting(Issuers::Anyone)).unwrap()
}

/// The instant of all tests.
pub fn occasion() -> Occasion {
    Occasion::at(Timestamp::parse("2026-11-21T12:00:00Z").unwrap())
}

/// Every identifier document at hand.
pub fn resources() -> Resources {
    let resources = Resources::new();
    let mut files = json_files(&own().join("resources"));
    if let Some(vectors) = super::vectors() {
        files.extend(json_files(&vectors.join("dcc-vc-test-fixtures/dids")));
    }
    for file in files {
        let bytes = fs::read(&file).unwrap();
        let Ok(Value::Object(document)) = serde_json::from_slice(&bytes) else { continue };
        if let Some(id) = document.get("id").and_then(Value::as_str) {
            resources.insert(ResourceKind::ControlledIdentifierDocument, id, Resource::new(bytes));
        }
    }
    resources
}

/// Every `.json` below a folder, sorted.
pub fn json_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "json") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}
