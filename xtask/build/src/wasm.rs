//! The WebAssembly module and its JavaScript, for Node and for the web: what the wasm-bindgen command does, as a
//! library, so that nothing has to be installed and the version always fits.

use std::io::Write;
use std::path::Path;
use std::process::Command;

use wasm_bindgen_cli_support::Bindgen;

use crate::{Failure, root, target};

const NAME: &str = "ler_verify";

pub(crate) fn run() -> Result<(), Failure> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let status = Command::new(cargo)
        .args(["build", "--package", "ler-verify-wasm", "--target", "wasm32-unknown-unknown"])
        .args(["--profile", "wasm"])
        .current_dir(root())
        .status()?;
    if !status.success() {
        return Err("the module does not build".into());
    }
    let module = target().join("wasm32-unknown-unknown/wasm/ler_verify_wasm.wasm");
    let package = root().join("wasm/pkg");
    if package.exists() {
        std::fs::remove_dir_all(&package)?;
    }
    let node = package.join("node");
    Bindgen::new().input_path(&module).nodejs(true)?.out_name(NAME).typescript(true).generate(&node)?;
    // The folder is CommonJS, whatever package stands above it.
    std::fs::write(node.join("package.json"), "{\"type\":\"commonjs\"}\n")?;
    let web = package.join("web");
    Bindgen::new().input_path(&module).web(true)?.out_name(NAME).typescript(true).generate(&web)?;
    std::fs::write(web.join("package.json"), "{\"type\":\"module\"}\n")?;
    for folder in [&node, &web] {
        let module = folder.join(format!("{NAME}_bg.wasm"));
        let optimised = optimise(&module)?;
        report(&module, optimised)?;
    }
    Ok(())
}

/// Runs `wasm-opt -Oz` if `npm ci --prefix wasm` has installed it; whether it did.
fn optimise(module: &Path) -> Result<bool, Failure> {
    let tool = root().join("wasm/node_modules/.bin/wasm-opt");
    if !tool.exists() {
        return Ok(false);
    }
    let status = Command::new(tool)
        .args(["-Oz", "--enable-bulk-memory", "--enable-nontrapping-float-to-int", "--enable-sign-ext"])
        .args(["--enable-mutable-globals", "--enable-reference-types", "--enable-multivalue", "-o"])
        .args([module, module])
        .status()?;
    if status.success() { Ok(true) } else { Err("wasm-opt failed".into()) }
}

/// Says how large the module is, and how large it is on the wire.
fn report(module: &Path, optimised: bool) -> Result<(), Failure> {
    let bytes = std::fs::read(module)?;
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    gzip.write_all(&bytes)?;
    let note = if optimised { "" } else { " (without wasm-opt)" };
    println!("{}: {} bytes, gzip {}{note}", module.display(), bytes.len(), gzip.finish()?.len());
    Ok(())
}
