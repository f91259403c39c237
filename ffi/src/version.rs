//! Versions. A program compares what it was compiled with (the constants) with what it runs with (the functions).

use std::ffi::c_char;

/// The version of the binary interface. It changes when a program has to be compiled anew; functions and constants are
/// added without a change.
pub const LER_ABI_VERSION: u32 = 1;
/// The version of the library that this header belongs to: MAJOR.MINOR.PATCH.
pub const LER_VERSION_MAJOR: u32 = 0;
/// See LER_VERSION_MAJOR.
pub const LER_VERSION_MINOR: u32 = 1;
/// See LER_VERSION_MAJOR.
pub const LER_VERSION_PATCH: u32 = 0;
/// The same as one number that can be compared: 0xMMmmpp.
pub const LER_VERSION_NUMBER: u32 = 0x00_01_00;

/// The version of the library that was loaded, "0.1.0": NUL-terminated ASCII that lives as long as the library is loaded.
#[unsafe(no_mangle)]
pub extern "C" fn ler_version() -> *const c_char {
    const VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), "\0");
    VERSION.as_ptr().cast()
}

/// The version of the binary interface of the library that was loaded, to be compared with LER_ABI_VERSION.
#[unsafe(no_mangle)]
pub extern "C" fn ler_abi_version() -> u32 {
    LER_ABI_VERSION
}
