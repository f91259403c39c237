//! Gives the shared library its SONAME. Cargo has no word for it, and a linker that sees none writes down a file name.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    // Before 1.0 each minor version may break programs, then each major one.
    let [major, minor] = ["CARGO_PKG_VERSION_MAJOR", "CARGO_PKG_VERSION_MINOR"]
        .map(|name| std::env::var(name).unwrap_or_default());
    let abi = if major == "0" { format!("0.{minor}") } else { major };
    let option = match std::env::var("CARGO_CFG_TARGET_OS").as_deref() {
        Ok("macos") => format!("-Wl,-install_name,@rpath/libler_verify.{abi}.dylib"),
        Ok("windows") => return,
        _ => format!("-Wl,-soname,libler_verify.so.{abi}"),
    };
    println!("cargo:rustc-cdylib-link-arg={option}");
}
