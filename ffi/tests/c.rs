//! The library as a C programmer has it: compiled, linked, misused, shared by threads, under AddressSanitizer and
//! Valgrind. `manifest.rs` runs the test vectors through it.
#![cfg(target_os = "linux")]
#![allow(clippy::print_stdout)]

#[path = "support/compile.rs"]
mod compile;
#[path = "../../core/tests/support/manifest.rs"]
mod manifest;
#[path = "../../core/tests/support/vectors.rs"]
mod vectors;

use std::path::{Path, PathBuf};
use std::process::Command;

use compile::{compile, compile_static, libraries, succeed, valgrind};

/// The C side with both sanitizers; the memory that Rust allocates is watched too, because both use the same allocator.
const SANITIZED: [&str; 3] =
    ["-fsanitize=address,undefined", "-fno-sanitize-recover=all", "-fno-omit-frame-pointer"];

/// A program that checks itself: 60 or more answers, all of them right.
fn checks_itself(command: &mut Command) {
    let output = succeed(command.arg(&asking()[1]));
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(said.matches("ok: ").count() >= 60, "{said}");
}

#[test]
fn misuse_is_answered() {
    checks_itself(&mut Command::new(compile("misuse.c", "misuse", &[])));
}

#[test]
fn misuse_is_answered_by_the_static_library() {
    checks_itself(&mut Command::new(compile_static("misuse.c", "misuse-static")));
}

#[test]
fn misuse_does_no_harm() {
    let program = compile("misuse.c", "misuse-sanitized", &SANITIZED);
    let symbols = succeed(Command::new("nm").arg(&program)).stdout;
    assert!(String::from_utf8_lossy(&symbols).contains("__asan_init"), "it is not instrumented");
    checks_itself(&mut Command::new(program));
}

#[test]
fn misuse_leaks_nothing() {
    let program = compile("misuse.c", "misuse-valgrind", &[]);
    if let Some(mut command) = valgrind("misuse_leaks_nothing", &program) {
        checks_itself(&mut command);
    }
}

/// Files of the record that needs one answer to be verified.
fn asking() -> [PathBuf; 4] {
    let (entries, _) = manifest::read();
    let entry = entries.into_iter().find(|entry| entry.id == "did-web").unwrap();
    let resources: serde_json::Value = serde_json::from_str(&entry.resources).unwrap();
    let answer = resources[0]["text"].as_str().unwrap().as_bytes().to_vec();
    let files = [
        ("policy.json", entry.policy.into_bytes()),
        ("document.json", entry.document),
        ("occasion.json", entry.occasion.into_bytes()),
        ("answer.json", answer),
    ];
    files.map(|(name, bytes)| {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        // Tests run at once and write the same bytes: a file appears whole or not at all.
        let new = path.with_extension(format!("{:?}", std::thread::current().id()));
        std::fs::write(&new, bytes).unwrap();
        std::fs::rename(&new, &path).unwrap();
        path
    })
}

#[test]
fn threads_share_a_verifier_and_resources() {
    let program = compile("threads.c", "threads", &[]);
    succeed(Command::new(program).args(asking()).arg("40"));
}

#[test]
fn threads_leak_nothing() {
    let program = compile("threads.c", "threads-sanitized", &SANITIZED);
    succeed(Command::new(program).args(asking()).arg("5"));
}

#[test]
fn the_wrapper_for_cpp_does_the_same() {
    let program = compile("wrapper.cpp", "wrapper", &SANITIZED);
    succeed(Command::new(program).args(asking()));
}

/// Files of a record that is verified as it is.
fn verified() -> [PathBuf; 3] {
    let here = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let (entries, _) = manifest::read();
    let entry = entries.into_iter().find(|entry| entry.id == "ob3-typical").unwrap();
    let files = [
        ("verified-policy.json", entry.policy.into_bytes()),
        ("verified-document.json", entry.document),
        ("verified-occasion.json", entry.occasion.into_bytes()),
    ];
    files.map(|(name, bytes)| {
        std::fs::write(here.join(name), bytes).unwrap();
        here.join(name)
    })
}

#[test]
fn a_document_is_copied_once_and_without_memory_the_process_ends() {
    let program = compile("memory.c", "memory", &["-ldl"]);
    succeed(Command::new(&program).args(verified()).arg("count"));
    let output = Command::new(&program).args(verified()).arg("fail").output().unwrap();
    // SIGABRT, with a sentence: it does not go on with what it did not get.
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(std::os::unix::process::ExitStatusExt::signal(&output.status), Some(6), "{said}");
    assert!(said.contains("memory allocation of"), "{said}");
}

/// A function that is taken away or renamed breaks programs: this list only grows.
#[test]
fn the_symbols_are_those_of_the_snapshot_and_of_the_header() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let output = succeed(
        Command::new("nm")
            .args(["--dynamic", "--defined-only", "--format=just-symbols"])
            .arg(libraries().join("libler_verify.so")),
    );
    let mut symbols: Vec<String> =
        String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect();
    symbols.sort_unstable();
    let snapshot = std::fs::read_to_string(here.join("tests/symbols.txt")).unwrap();
    assert_eq!(symbols, snapshot.lines().collect::<Vec<_>>(), "tests/symbols.txt");

    let header = std::fs::read_to_string(here.join("include/ler_verify.h")).unwrap();
    for symbol in &symbols {
        assert!(symbol.starts_with("ler_"), "{symbol} is exported");
        assert!(header.contains(&format!("{symbol}(")), "{symbol} is not in the header");
    }
}
