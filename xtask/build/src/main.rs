//! Builds what the repository ships beside the crates, and runs all of its checks.
//!
//! `cargo xtask-build header [--check]` · `readme [--check]` · `wasm` · `sizes` · `measured` · `install --prefix DIR` · `archive` ·
//! `examples [--release]` ·
//! `test`
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command line tool")]

mod everything;
mod examples;
mod header;
mod install;
mod order;
mod readme;
mod schema;
mod types;
mod wasm;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use install::Profile;

type Failure = Box<dyn std::error::Error>;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match arguments.as_slice() {
        ["header"] => header::run(Mode::Write),
        ["header", "--check"] => header::run(Mode::Check),
        ["readme"] => readme::run(Mode::Write),
        ["readme", "--check"] => readme::run(Mode::Check),
        ["wasm"] => wasm::run(),
        ["sizes"] => wasm::sizes(),
        ["measured"] => wasm::measured(),
        ["install", "--prefix", prefix] => install::run(Path::new(prefix), Profile::Release),
        ["archive"] => install::archive(Profile::Release).map(drop),
        ["examples"] => examples::run(Profile::Dev).map(drop),
        ["examples", "--release"] => examples::run(Profile::Release).map(drop),
        ["test"] => everything::run(),
        _ => {
            eprintln!(
                "usage: cargo xtask-build header [--check] | readme [--check] | wasm | sizes | measured | install --prefix DIR | archive | examples [--release] | \
                 test"
            );
            return ExitCode::from(2);
        }
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::FAILURE
        }
    }
}

/// Whether a generated file is written or compared.
#[derive(Clone, Copy, PartialEq)]
enum Mode {
    Write,
    Check,
}

/// The root of the workspace.
fn root() -> PathBuf {
    // xtask/build stands two below it.
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap_or(Path::new(".")).to_owned()
}

/// Where cargo builds.
fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// Writes a generated file, or says that the one that is checked in differs and how to make it anew.
fn deliver(mode: Mode, path: &Path, text: &str, command: &str) -> Result<(), Failure> {
    if mode == Mode::Write {
        return Ok(std::fs::write(path, text)?);
    }
    let present = std::fs::read_to_string(path)?;
    if present == text {
        return Ok(());
    }
    let line = present.lines().zip(text.lines()).take_while(|(a, b)| a == b).count() + 1;
    Err(format!("{} differs from its source at line {line}: run `{command}`", path.display()).into())
}
