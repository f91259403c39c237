//! The npm package: both WebAssembly modules, the JavaScript that wasm-bindgen writes for them, and the shell around it.
//!
//! What the wasm-bindgen command does is done by its library, so that nothing has to be installed and the version always
//! fits; `wasm-opt` and `tsc` come with `npm ci --prefix wasm --ignore-scripts`.

use std::ffi::OsStr;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use base64ct::{Base64, Encoding};
use wasm_bindgen_cli_support::Bindgen;

use crate::{Failure, Mode, order, root, target, types};

/// A module of the package.
struct Module {
    /// The name of the file without `.wasm`.
    name: &'static str,
    /// The name of its glue.
    glue: &'static str,
    features: &'static [&'static str],
    /// How large it may be on the wire (gzip, in bytes), so that it grows only on purpose.
    budget: usize,
}

const MODULES: [Module; 2] = [
    Module { name: "ler_verify", glue: "glue", features: &[], budget: 643_000 },
    Module { name: "ler_verify_full", glue: "glue-full", features: &["--features", "full"], budget: 708_000 },
];

/// What a module may use: all browsers of the last years have it.
const WASM_FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// An instance never has more memory than 512 MiB: its pages are never given back. A panic, which only a fault of this
/// library can be, is a trap without a text.
const RUSTFLAGS: &str = "-C link-arg=--max-memory=536870912 -Z unstable-options -C panic=immediate-abort";

/// The standard library is compiled along, for size and without the texts of panics: a sixth of the module is that. The
/// compiler is the same stable one; it takes these two options, which are not stable yet, with `RUSTC_BOOTSTRAP`.
const OWN_STD: [&str; 2] = ["-Zbuild-std=std,panic_abort", "-Zbuild-std-features=optimize_for_size"];

/// What is called in one place only stays a function of its own if it is large. A browser compiles a function when it is
/// first called, and a very large one takes longer than its parts: with this the first verdict takes a sixth less of the
/// processor, and the module is no larger.
const KEEP_APART: &str = "--one-caller-inline-max-function-size=200";

pub(crate) fn run() -> Result<(), Failure> {
    types::run(Mode::Write)?;
    let package = root().join("wasm");
    if !package.join("node_modules").exists() {
        return Err("run `npm ci --prefix wasm --ignore-scripts` first".into());
    }
    let folder = package.join("dist");
    if folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    std::fs::create_dir_all(&folder)?;
    for module in &MODULES {
        let file = build(module.name, module.glue, module.features, &folder)?;
        measure(module, &file)?;
    }
    inline(&folder)?;
    tool("tsc", &["--project", "wasm"])
}

/// Prints what each feature costs: how much larger a module with it alone is than one without any.
pub(crate) fn sizes() -> Result<(), Failure> {
    const FEATURES: [&str; 10] =
        ["history", "jose", "sd-jwt", "cose", "legacy", "x509", "images", "formats", "schema", "bbs"];
    let folder = target().join("wasm-sizes");
    std::fs::create_dir_all(&folder)?;
    let weigh = |features: &str| -> Result<usize, Failure> {
        let file = build("weighed", "glue", &["--no-default-features", "--features", features], &folder)?;
        Ok(gzip(&std::fs::read(file)?)?.len())
    };
    let none = weigh("")?;
    println!("| none | {none} |");
    for feature in FEATURES {
        println!("| `{feature}` | +{} |", weigh(feature)?.saturating_sub(none));
    }
    Ok(())
}

/// The small module with a bare Ed25519 check beside it, in `target/wasm-measured`, for `wasm/tests/speed.mjs`.
pub(crate) fn measured() -> Result<(), Failure> {
    let folder = target().join("wasm-measured");
    std::fs::create_dir_all(&folder)?;
    build("measured", "glue", &["--features", "measure"], &folder).map(drop)
}

/// Compiles a module and writes `NAME.wasm` and its glue.
fn build(name: &str, glue: &str, features: &[&str], folder: &Path) -> Result<PathBuf, Failure> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let status = Command::new(cargo)
        .args(["build", "--package", "ler-verify-wasm", "--target", "wasm32-unknown-unknown"])
        .args(["--profile", "wasm"])
        .args(features)
        .args(OWN_STD)
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", RUSTFLAGS)
        .current_dir(root())
        .status()?;
    if !status.success() {
        return Err("the module does not build; it needs `rustup component add rust-src`".into());
    }
    let compiled = target().join("wasm32-unknown-unknown/wasm/ler_verify_wasm.wasm");
    Bindgen::new()
        .input_path(&compiled)
        .web(true)?
        .out_name(glue)
        .typescript(false)
        .omit_default_module_path(true)
        .reset_state_function(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(folder)?;
    let bound = folder.join(format!("{glue}_bg.wasm"));
    let file = folder.join(format!("{name}.wasm"));
    let paths = [bound.as_os_str(), "-o".as_ref(), file.as_os_str()];
    let options = ["-Oz", KEEP_APART, "--strip-target-features"].iter().chain(&WASM_FEATURES).map(OsStr::new);
    tool("wasm-opt", &options.chain(paths).collect::<Vec<_>>())?;
    std::fs::remove_file(bound)?;
    std::fs::write(&file, order::reorder(&std::fs::read(&file)?)?)?;
    Ok(file)
}

/// Runs a tool of `wasm/package.json`.
fn tool(name: &str, arguments: &[impl AsRef<OsStr>]) -> Result<(), Failure> {
    let path = root().join("wasm/node_modules/.bin").join(name);
    let status = Command::new(path).args(arguments).current_dir(root()).status()?;
    if status.success() { Ok(()) } else { Err(format!("{name} failed").into()) }
}

/// Says how large a module is, and how large it is on the wire.
fn measure(module: &Module, file: &Path) -> Result<(), Failure> {
    let bytes = std::fs::read(file)?;
    let (gzip, budget) = (gzip(&bytes)?.len(), module.budget);
    println!("{}.wasm: {} bytes, gzip {gzip} of {budget}", module.name, bytes.len());
    if gzip > budget {
        return Err(format!("{}.wasm has {gzip} bytes (gzip); its budget is {budget}", module.name).into());
    }
    Ok(())
}

fn gzip(bytes: &[u8]) -> Result<Vec<u8>, Failure> {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    gzip.write_all(bytes)?;
    Ok(gzip.finish()?)
}

/// The module of `./inline`, as text.
fn inline(folder: &Path) -> Result<(), Failure> {
    let bytes = std::fs::read(folder.join("ler_verify.wasm"))?;
    let text = Base64::encode_string(&gzip(&bytes)?);
    std::fs::write(folder.join("inline-bytes.js"), format!("export default \"{text}\";\n"))?;
    let types = root().join("wasm/js/inline-bytes.d.ts");
    std::fs::copy(types, folder.join("inline-bytes.d.ts"))?;
    Ok(())
}
