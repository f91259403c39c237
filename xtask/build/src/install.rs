//! The C library as C programmers expect it: headers, static and shared library, pkg-config file, CMake package, in a
//! folder that can be moved. An own 150 lines and not cargo-c: that takes minutes to build, and its version would have to
//! be kept in step with that of cargo.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::{Failure, root, target};

const VERSION: &str = env!("CARGO_PKG_VERSION");
/// What a program was linked with finds: before 1.0 each minor version may break it, then each major one.
const ABI: &str = "0.1";
const LIBRARY: &str = "libler_verify";

/// Where everything lies below the prefix.
const LIB: &str = "lib";
const INCLUDE: &str = "include";
const DOC: &str = "share/doc/ler-verify";

/// How the library is optimised: for release, or not, which is quick to build and good enough to test an installation.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Profile {
    Release,
    Dev,
}

/// `install --prefix DIR`.
pub(crate) fn run(prefix: &Path, profile: Profile) -> Result<(), Failure> {
    install(prefix, profile)?;
    let library = prefix.join(LIB).join(shared().file);
    println!(
        "installed in {}; {} has {} bytes",
        prefix.display(),
        shared().file,
        std::fs::metadata(library)?.len()
    );
    Ok(())
}

/// `archive`: the same as `target/archive/ler-verify-VERSION-TARGET.tar.gz`, with one folder of that name in it.
pub(crate) fn archive(profile: Profile) -> Result<PathBuf, Failure> {
    let name =
        format!("ler-verify-{VERSION}-{}{}", host()?, if profile == Profile::Dev { "-dev" } else { "" });
    let folder = target().join("archive");
    let tree = folder.join(&name);
    if tree.exists() {
        std::fs::remove_dir_all(&tree)?;
    }
    run(&tree, profile)?;
    let archive = folder.join(format!("{name}.tar.gz"));
    // The same bytes whoever makes it: names in order, no owner, no time.
    let same = ["--sort=name", "--owner=0", "--group=0", "--numeric-owner", "--mtime=@0"];
    let tar = if cfg!(target_os = "linux") { &same[..] } else { &[] };
    let status =
        Command::new("tar").args(tar).arg("-czf").arg(&archive).arg("-C").arg(&folder).arg(&name).status()?;
    if !status.success() {
        return Err("tar failed".into());
    }
    println!("{}: {} bytes", archive.display(), std::fs::metadata(&archive)?.len());
    Ok(archive)
}

/// The names of the shared library on this system.
struct Shared {
    /// The file that cargo makes.
    built: String,
    /// The file that is installed.
    file: String,
    /// The name that a program asks for, a link to the file.
    soname: String,
    /// The name that a linker looks for, a link too.
    link: String,
}

fn shared() -> Shared {
    let built = format!("{}ler_verify{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    if cfg!(target_os = "macos") {
        let versioned = |version| format!("{LIBRARY}.{version}.dylib");
        Shared { link: built.clone(), built, file: versioned(VERSION), soname: versioned(ABI) }
    } else if cfg!(windows) {
        Shared { link: built.clone(), file: built.clone(), soname: built.clone(), built }
    } else {
        let versioned = |version| format!("{LIBRARY}.so.{version}");
        Shared { link: built.clone(), built, file: versioned(VERSION), soname: versioned(ABI) }
    }
}

fn install(prefix: &Path, profile: Profile) -> Result<(), Failure> {
    let names = shared();
    build(profile)?;
    let built = target().join(if profile == Profile::Release { "release" } else { "debug" });
    let (lib, include) = (prefix.join(LIB), prefix.join(INCLUDE));
    copy(&built.join(&names.built), &lib.join(&names.file))?;
    strip(&lib.join(&names.file), "--strip-unneeded")?;
    for link in [&names.soname, &names.link] {
        link_to(&names.file, &lib.join(link))?;
    }
    let archive = if cfg!(windows) { "ler_verify.lib" } else { "libler_verify.a" };
    copy(&built.join(archive), &lib.join(archive))?;
    strip(&lib.join(archive), "--strip-debug")?;
    for header in ["ler_verify.h", "ler_verify.hpp"] {
        copy(&root().join("ffi/include").join(header), &include.join(header))?;
    }
    for licence in ["LICENSE-APACHE", "LICENSE-MIT"] {
        copy(&root().join(licence), &prefix.join(DOC).join(licence))?;
    }
    write(&lib.join("pkgconfig/ler_verify.pc"), &pkg_config(prefix)?)?;
    let cmake = lib.join("cmake/ler_verify");
    write(&cmake.join("ler_verify-config.cmake"), &cmake_config(&names))?;
    write(&cmake.join("ler_verify-config-version.cmake"), &cmake_version())
}

/// Builds both libraries.
fn build(profile: Profile) -> Result<(), Failure> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let release = if profile == Profile::Release { &["--release"][..] } else { &[] };
    let build = ["build", "--locked", "--package", "ler-verify-ffi"];
    match Command::new(cargo).args(build).args(release).current_dir(root()).status()?.success() {
        true => Ok(()),
        false => Err("the library does not build".into()),
    }
}

/// Takes what only a debugger reads out of a library, where binutils are there.
fn strip(library: &Path, option: &str) -> Result<(), Failure> {
    if !cfg!(target_os = "linux") {
        return Ok(());
    }
    match Command::new("strip").arg(option).arg(library).status() {
        Ok(status) if status.success() => Ok(()),
        _ => Err("`strip` (binutils) failed, or is not installed".into()),
    }
}

/// What a static library of Rust's standard library needs besides, as rustc says with `--print native-static-libs`.
fn system_libraries() -> &'static [&'static str] {
    match std::env::consts::OS {
        "linux" => &["gcc_s", "util", "rt", "pthread", "m", "dl", "c"],
        "macos" => &["System", "c", "m"],
        "windows" => &["kernel32", "ntdll", "userenv", "ws2_32", "dbghelp"],
        _ => &["pthread", "m", "c"],
    }
}

/// Relocatable: the folder of the file says where the rest is.
fn pkg_config(prefix: &Path) -> Result<String, Failure> {
    let private: Vec<String> = system_libraries().iter().map(|name| format!("-l{name}")).collect();
    let depth = "/..".repeat(Path::new(LIB).join("pkgconfig").components().count());
    if !prefix.is_absolute() {
        return Err("--prefix has to be an absolute path".into());
    }
    let mut text = String::new();
    writeln!(text, "prefix=${{pcfiledir}}{depth}")?;
    writeln!(text, "libdir=${{prefix}}/{LIB}\nincludedir=${{prefix}}/{INCLUDE}\n")?;
    writeln!(text, "Name: ler_verify")?;
    writeln!(text, "Description: Verifies Learning and Employment Records: bytes in, a report out")?;
    writeln!(text, "Version: {VERSION}")?;
    writeln!(text, "Cflags: -I${{includedir}}\nLibs: -L${{libdir}} -ller_verify")?;
    writeln!(text, "Libs.private: {}", private.join(" "))?;
    Ok(text)
}

/// Imported targets `ler_verify::ler_verify` (shared) and `ler_verify::static`.
fn cmake_config(names: &Shared) -> String {
    let archive = if cfg!(windows) { "ler_verify.lib" } else { "libler_verify.a" };
    let (file, soname, system) = (&names.file, &names.soname, system_libraries().join(";"));
    format!(
        "\
get_filename_component(_ler_prefix \"${{CMAKE_CURRENT_LIST_DIR}}/../../..\" ABSOLUTE)

if(NOT TARGET ler_verify::ler_verify)
  add_library(ler_verify::ler_verify SHARED IMPORTED)
  set_target_properties(ler_verify::ler_verify PROPERTIES
    IMPORTED_LOCATION \"${{_ler_prefix}}/{LIB}/{file}\"
    IMPORTED_SONAME \"{soname}\"
    INTERFACE_INCLUDE_DIRECTORIES \"${{_ler_prefix}}/{INCLUDE}\")
endif()

if(NOT TARGET ler_verify::static)
  add_library(ler_verify::static STATIC IMPORTED)
  set_target_properties(ler_verify::static PROPERTIES
    IMPORTED_LOCATION \"${{_ler_prefix}}/{LIB}/{archive}\"
    IMPORTED_LINK_INTERFACE_LANGUAGES \"C\"
    INTERFACE_INCLUDE_DIRECTORIES \"${{_ler_prefix}}/{INCLUDE}\"
    INTERFACE_LINK_LIBRARIES \"{system}\")
endif()

unset(_ler_prefix)
"
    )
}

/// Before 1.0 a program fits the minor version it asked for.
fn cmake_version() -> String {
    format!(
        "\
set(PACKAGE_VERSION \"{VERSION}\")
if(PACKAGE_FIND_VERSION VERSION_GREATER PACKAGE_VERSION OR
   NOT \"${{PACKAGE_FIND_VERSION_MAJOR}}.${{PACKAGE_FIND_VERSION_MINOR}}\" VERSION_EQUAL \"{ABI}\")
  set(PACKAGE_VERSION_COMPATIBLE FALSE)
else()
  set(PACKAGE_VERSION_COMPATIBLE TRUE)
  if(PACKAGE_FIND_VERSION VERSION_EQUAL PACKAGE_VERSION)
    set(PACKAGE_VERSION_EXACT TRUE)
  endif()
endif()
"
    )
}

/// The target that rustc builds for.
fn host() -> Result<String, Failure> {
    let output = Command::new("rustc").args(["--version", "--verbose"]).output()?;
    let text = String::from_utf8(output.stdout)?;
    let host = text.lines().find_map(|line| line.strip_prefix("host: "));
    Ok(host.ok_or("rustc does not say its host")?.to_owned())
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    make_folder(path)?;
    Ok(std::fs::write(path, text)?)
}

fn copy(from: &Path, to: &Path) -> Result<(), Failure> {
    make_folder(to)?;
    // Never into a file that a running program has open.
    if to.exists() {
        std::fs::remove_file(to)?;
    }
    std::fs::copy(from, to).map_err(|error| format!("{}: {error}", from.display()))?;
    Ok(())
}

fn make_folder(of: &Path) -> Result<(), Failure> {
    Ok(std::fs::create_dir_all(of.parent().unwrap_or(Path::new("/")))?)
}

#[cfg(unix)]
fn link_to(file: &str, link: &Path) -> Result<(), Failure> {
    if link.symlink_metadata().is_ok() {
        std::fs::remove_file(link)?;
    }
    Ok(std::os::unix::fs::symlink(file, link)?)
}

#[cfg(not(unix))]
fn link_to(_file: &str, _link: &Path) -> Result<(), Failure> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn before_1_0_each_minor_version_has_an_abi_of_its_own() {
        let [major, minor] = [env!("CARGO_PKG_VERSION_MAJOR"), env!("CARGO_PKG_VERSION_MINOR")];
        let expected = if major == "0" { format!("0.{minor}") } else { major.to_owned() };
        assert_eq!(ABI, expected);
    }

    /// A static library that is linked without one of these does not link; rustc says which they are.
    #[test]
    #[cfg(target_os = "linux")]
    fn the_system_libraries_are_those_that_rustc_names() {
        let file = target().join("empty.rs");
        std::fs::write(&file, "").unwrap();
        let output = Command::new("rustc")
            .args(["--crate-type", "staticlib", "--print", "native-static-libs", "-o"])
            .args([target().join("libempty.a"), file])
            .output()
            .unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        let (_, list) = said.split_once("native-static-libs: ").expect("rustc names them");
        let named: Vec<&str> = list.lines().next().unwrap().split(' ').map(|name| &name[2..]).collect();
        assert_eq!(system_libraries(), named);
    }
}
