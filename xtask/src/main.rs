//! `cargo xtask`: what the project does for itself.

use std::process::ExitCode;

const HELP: &str = "usage: cargo xtask COMMAND

  contexts           compile the published contexts into core/src/jsonld/tables
  contexts --check   say which tables differ from the published contexts
  install --prefix DIR, archive, examples
                     the library for C: `cargo xtask-build`, which has what they need

The published contexts lie in ../shared beside the workspace, or where LER_SHARED says.";

#[allow(clippy::print_stdout, clippy::print_stderr)]
fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match arguments.as_slice() {
        ["contexts"] => xtask::contexts::run(false),
        ["contexts", "--check"] => xtask::contexts::run(true),
        ["install" | "archive" | "examples", ..] => build(&arguments),
        ["--help" | "-h" | "help"] => Ok(HELP.to_owned()),
        _ => Err(HELP.to_owned()),
    };
    match result {
        Ok(text) => {
            println!("{text}");
            ExitCode::SUCCESS
        }
        Err(text) => {
            eprintln!("{text}");
            ExitCode::FAILURE
        }
    }
}

/// Another tool, because what it needs takes a minute to compile that nobody else should wait for.
fn build(arguments: &[&str]) -> Result<String, String> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let run = ["run", "--quiet", "--package", "xtask-build", "--"];
    match std::process::Command::new(cargo).args(run).args(arguments).status() {
        Ok(status) if status.success() => Ok(String::new()),
        _ => Err(format!("`cargo xtask-build {}` failed", arguments.join(" "))),
    }
}
