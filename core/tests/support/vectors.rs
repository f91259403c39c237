//! Where the vectors of others are.
#![allow(dead_code, unreachable_pub, clippy::print_stdout)]

use std::path::PathBuf;

/// The folder with the official suites and real credentials: `LER_VECTORS`, or `../shared/vectors` beside the
/// workspace. Where it is absent, the caller says which test was skipped and returns.
pub fn vectors() -> Option<PathBuf> {
    let folder = std::env::var_os("LER_VECTORS").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/vectors"),
        PathBuf::from,
    );
    folder.is_dir().then_some(folder)
}

/// The same for one source, saying which test is skipped where it is absent.
pub fn source(test: &str, name: &str) -> Option<PathBuf> {
    let folder = vectors().map(|folder| folder.join(name)).filter(|folder| folder.is_dir());
    if folder.is_none() {
        println!("skipped: {test}: no vectors {name}");
    }
    folder
}
