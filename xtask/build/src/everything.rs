//! Every check of the repository, in one command: what CI runs, and what a change has to pass.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::sync::LazyLock;
use std::time::Instant;

use crate::install::Profile;
use crate::{Failure, Mode, examples, readme, root, wasm};

/// The features of serde_json that any other crate of a program can switch on for everyone, and what is not on by default.
const FORCED: &str = "serde_json/arbitrary_precision,serde_json/preserve_order,bbs";

static BEGUN: LazyLock<Instant> = LazyLock::new(Instant::now);

pub(crate) fn run() -> Result<(), Failure> {
    cargo(&["fmt", "--all", "--check"], &[])?;
    cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"], &[])?;
    for features in ["--no-default-features", "--all-features"] {
        cargo(&["clippy", "-p", "ler-verify", features, "--all-targets", "--", "-D", "warnings"], &[])?;
    }
    for features in ["--no-default-features", "--all-features"] {
        cargo(&["clippy", "-p", "ler-verify-wasm", features, "--", "-D", "warnings"], &[])?;
    }
    // Not the whole workspace: the library for C and the command line have the name of the core.
    let documented = ["-p", "ler-verify", "-p", "ler-verify-wasm", "-p", "xtask"];
    cargo(&[&["doc", "--no-deps"], &documented[..]].concat(), &[("RUSTDOCFLAGS", "-D warnings")])?;

    let mut notes = Vec::new();
    let less = [
        "-p",
        "ler-verify",
        "--no-default-features",
        "--lib",
        "--test",
        "features",
        "--test",
        "history",
        "--test",
        "keys_not_built",
        "--test",
        "w3c_eddsa",
    ];
    notes.extend(tests("no default features", &less)?);
    notes.extend(tests(
        "serde_json with forced features, and bbs",
        &["-p", "ler-verify", "--features", FORCED],
    )?);
    // It leaves the reports that the WebAssembly module is compared with.
    notes.extend(tests("workspace", &["--workspace"])?);
    announce("cargo xtask-build readme --check");
    readme::run(Mode::Check)?;
    announce("cargo xtask-build examples");
    notes.extend(examples::run(Profile::Dev)?);
    announce("cargo xtask-build wasm");
    wasm::run()?;
    npm("wasm", &["test"])?;
    npm("examples/web", &["ci", "--ignore-scripts", "--no-audit", "--no-fund"])?;
    npm("examples/web", &["run", "build"])?;
    npm("examples/web", &["test"])?;

    announce("everything passed");
    println!("Closing lines of the test runners, and every skipped test:");
    for note in notes {
        println!("{note}");
    }
    Ok(())
}

/// Runs `cargo test`, shows its output, and keeps the lines that close a runner or name a skipped test.
fn tests(title: &str, arguments: &[&str]) -> Result<Vec<String>, Failure> {
    let arguments = [&["test"], arguments, &["--", "--show-output"]].concat();
    announce(&format!("cargo {}", arguments.join(" ")));
    let mut child = command(&arguments).stdout(Stdio::piped()).spawn()?;
    let output = child.stdout.take().ok_or("no output")?;
    let mut notes = vec![format!("== {title}")];
    for line in BufReader::new(output).lines() {
        let line = line?;
        println!("{line}");
        if line.starts_with("test result: ") || line.starts_with("skipped: ") {
            notes.push(line);
        }
    }
    if child.wait()?.success() { Ok(notes) } else { Err(format!("tests failed ({title})").into()) }
}

fn cargo(arguments: &[&str], environment: &[(&str, &str)]) -> Result<(), Failure> {
    announce(&format!("cargo {}", arguments.join(" ")));
    let status = command(arguments).envs(environment.iter().copied()).status()?;
    if status.success() { Ok(()) } else { Err(format!("`cargo {}` failed", arguments.join(" ")).into()) }
}

fn npm(package: &str, arguments: &[&str]) -> Result<(), Failure> {
    announce(&format!("npm --prefix {package} {}", arguments.join(" ")));
    let status =
        Command::new("npm").args(["--prefix", package]).args(arguments).current_dir(root()).status()?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("`npm {}` failed in {package}", arguments.join(" ")).into())
    }
}

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned()));
    command.args(arguments).current_dir(root());
    command
}

fn announce(what: &str) {
    println!("\n>>> [{} s] {what}", BEGUN.elapsed().as_secs());
}
