//! Compiles `verify.c` against the header and the library, as a C programmer would, and runs the manifest through it:
//! the report has to be the same bytes as in Rust.
#![allow(clippy::print_stdout)]

#[path = "../../core/tests/support/manifest.rs"]
mod manifest;
#[path = "../../core/tests/support/vectors.rs"]
mod vectors;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use verifier::{Occasion, Policy, Resources, Verdict, Verifier};

/// The folder with `libler_verify.so` and `libler_verify.a`. Cargo builds such libraries for nobody's test, so they are
/// built here, once.
fn libraries() -> &'static Path {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let status = Command::new(env!("CARGO"))
            .args(["build", "--quiet", "--locked", "--package", "ler-verify-ffi"])
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .status();
        assert!(status.unwrap().success());
        // This test stands in target/debug/deps.
        std::env::current_exe().unwrap().parent().and_then(Path::parent).unwrap().to_owned()
    })
}

/// Compiles the program; every warning is an error.
fn compile(name: &str, arguments: &[&str]) -> PathBuf {
    let program = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let library = libraries();
    let status = Command::new("cc")
        .args(["-std=c11", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-g", "-Iinclude", "tests/verify.c"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .arg("-L")
        .arg(library)
        .arg(format!("-Wl,-rpath,{}", library.display()))
        .args(arguments)
        .arg("-o")
        .arg(&program)
        .status()
        .expect("a C compiler");
    assert!(status.success());
    program
}

fn shared() -> &'static [&'static str] {
    &["-ller_verify"]
}

/// Runs the program under Valgrind: an error or a leak is exit code 99.
fn valgrind(program: &Path, arguments: &[&Path]) -> Option<Output> {
    let output = Command::new("valgrind")
        .args(["--quiet", "--leak-check=full", "--show-leak-kinds=all", "--error-exitcode=99"])
        .arg(program)
        .args(arguments)
        .output();
    if output.is_err() {
        println!("skipped: ffi under Valgrind: it is not installed");
    }
    output.ok()
}

/// Writes the four arguments of the program.
fn files(entry: &manifest::Entry) -> [PathBuf; 4] {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(&entry.id);
    std::fs::create_dir_all(&folder).unwrap();
    let files: [(&str, &[u8]); 4] = [
        ("policy.json", entry.policy.as_bytes()),
        ("document", &entry.document),
        ("occasion.json", entry.occasion.as_bytes()),
        ("resources.json", entry.resources.as_bytes()),
    ];
    files.map(|(name, bytes)| {
        let path = folder.join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    })
}

/// What Rust says: whether it is verified, and the report.
fn in_rust(entry: &manifest::Entry) -> (bool, String) {
    let policy = Policy::from_json(entry.policy.as_bytes()).unwrap();
    let occasion = Occasion::from_json(entry.occasion.as_bytes()).unwrap();
    let resources = Resources::from_json(entry.resources.as_bytes()).unwrap();
    let report = Verifier::new(policy).unwrap().verify(&entry.document, &resources, &occasion);
    (matches!(report.verdict(), Verdict::Verified(_)), report.to_json())
}

#[test]
fn c_gets_the_same_report_as_rust() {
    let program = compile("verify", shared());
    let (entries, _) = manifest::read();
    assert!(!entries.is_empty());
    for entry in &entries {
        let output = Command::new(&program).args(files(entry)).output().unwrap();
        let (verified, report) = in_rust(entry);
        assert_eq!(output.status.code(), Some(if verified { 0 } else { 1 }), "{}", entry.id);
        assert_eq!(String::from_utf8(output.stdout).unwrap(), report, "{}", entry.id);
    }
    println!("manifest in C: {} entries", entries.len());
}

#[test]
fn a_program_that_brings_the_library_along_works_too() {
    let library = libraries().join("libler_verify.a");
    // What rustc says a static library of the standard library needs on Linux.
    let program = compile(
        "verify-static",
        &[library.to_str().unwrap(), "-lgcc_s", "-lutil", "-lrt", "-lpthread", "-lm", "-ldl"],
    );
    let output = Command::new(program).arg("--misuse").output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}

#[test]
fn misuse_is_answered() {
    let output = Command::new(compile("misuse", shared())).arg("--misuse").output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && said.matches("ok: ").count() >= 20, "{said}");
}

#[test]
fn nothing_leaks_and_nothing_is_read_after_it_was_freed() {
    let program = compile("verify-valgrind", shared());
    let (entries, _) = manifest::read();
    let files = files(&entries[0]);
    let arguments: Vec<&Path> = files.iter().map(PathBuf::as_path).collect();
    for arguments in [&arguments[..], &[Path::new("--misuse")]] {
        let Some(output) = valgrind(&program, arguments) else { return };
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(matches!(output.status.code(), Some(0 | 1)), "{said}");
    }
}

#[test]
fn every_exported_symbol_is_in_the_header_and_nothing_else_is() {
    let output = Command::new("nm")
        .args(["--dynamic", "--defined-only", "--format=just-symbols"])
        .arg(libraries().join("libler_verify.so"))
        .output()
        .unwrap();
    let header =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("include/ler_verify.h")).unwrap();
    let symbols = String::from_utf8(output.stdout).unwrap();
    let mut functions = 0;
    for symbol in symbols.lines() {
        assert!(symbol.starts_with("ler_"), "{symbol} is exported");
        assert!(header.contains(&format!("{symbol}(")), "{symbol} is not in the header");
        functions += 1;
    }
    assert_eq!(functions, 9);
}
