//! Compiles the programs in `tests/c` against the header and the library, as a C programmer would.
#![allow(dead_code, unreachable_pub, clippy::print_stdout)]

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

/// The folder with `libler_verify.so` and `libler_verify.a`. Cargo builds such libraries for nobody's test, so they are
/// built here, once.
pub fn libraries() -> &'static Path {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let status = Command::new(env!("CARGO"))
            .args(["build", "--quiet", "--locked", "--package", "ler-verify-ffi"])
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .status();
        assert!(status.unwrap().success());
        // This test stands in target/debug/deps.
        let folder = std::env::current_exe().unwrap().parent().and_then(Path::parent).unwrap().to_owned();
        // A program asks for the SONAME; an installation has this link too. Another test may have made it just now.
        let _ = std::os::unix::fs::symlink("libler_verify.so", folder.join("libler_verify.so.0.1"));
        folder
    })
}

/// Compiles `tests/c/SOURCE` with the shared library; every warning is an error.
pub fn compile(source: &str, name: &str, arguments: &[&str]) -> PathBuf {
    build(source, name, &[arguments, &["-ller_verify"]].concat())
}

/// The same with the static library. What rustc says a static library of the standard library needs on Linux.
pub fn compile_static(source: &str, name: &str) -> PathBuf {
    let library = libraries().join("libler_verify.a");
    let native = ["-lgcc_s", "-lutil", "-lrt", "-lpthread", "-lm", "-ldl"];
    build(source, name, &[&[library.to_str().unwrap()], &native[..]].concat())
}

fn build(source: &str, name: &str, arguments: &[&str]) -> PathBuf {
    let program = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let (compiler, standard) =
        if source.ends_with(".cpp") { ("c++", "-std=c++17") } else { ("cc", "-std=c11") };
    let status = Command::new(compiler)
        .args([standard, "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-g", "-O1", "-pthread"])
        .args(["-D_POSIX_C_SOURCE=200809L", "-Iinclude"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .arg(Path::new("tests/c").join(source))
        .arg("-L")
        .arg(libraries())
        .arg(format!("-Wl,-rpath,{}", libraries().display()))
        .args(arguments)
        .arg("-o")
        .arg(&program)
        .status()
        .expect("a compiler for C and C++");
    assert!(status.success(), "{source}");
    program
}

/// A program under Valgrind, where it is installed: an error or a leak is exit code 99. What is still reachable at the end
/// is no leak: it is the tables that the library keeps as long as it is loaded.
pub fn valgrind(test: &str, program: &Path) -> Option<Command> {
    let installed = Command::new("valgrind").arg("--version").output().is_ok();
    if !installed {
        println!("skipped: {test}: Valgrind is not installed");
        return None;
    }
    let mut command = Command::new("valgrind");
    command.args(["--quiet", "--leak-check=full", "--error-exitcode=99"]).arg(program);
    Some(command)
}

/// Runs a program to its end, which has to be a success.
pub fn succeed(command: &mut Command) -> Output {
    let output = command.output().unwrap();
    let (said, complained) =
        (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{command:?}: {}\n{said:.4000}\n{complained:.4000}", output.status);
    output
}

/// Runs a program on this input, which it reads while it writes.
pub fn converse(command: &mut Command, input: Vec<u8>) -> Vec<u8> {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    // A program that ends early closes the pipe; its exit code says why.
    let writer = std::thread::spawn(move || {
        let _ = std::io::Write::write_all(&mut stdin, &input);
    });
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    assert!(output.status.success(), "{command:?}: {}", output.status);
    output.stdout
}
