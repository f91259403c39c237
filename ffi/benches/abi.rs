//! `cargo bench -p ler-verify-ffi`: what a call through the C ABI costs beside the same call in Rust.
//!
//! Both in one process and by turns, so that whatever else the machine does hits both; the fastest of each round counts.
#![cfg(target_os = "linux")]
#![allow(clippy::print_stdout)]

use std::ffi::{CStr, c_char, c_int, c_void};
use std::hint::black_box;
use std::path::Path;
use std::process::Command;
use std::ptr::{null, null_mut};
use std::time::{Duration, Instant};

use verifier::{Occasion, Policy, Resources, Verdict, Verifier};

const POLICY: &[u8] =
    br#"{"acceptedIssuers":{"oneOf":["did:key:z6Mku3PhBLJstYskJUpBE2kmNxXYQrWTHCBtLee5w5xPvu1Q"]}}"#;
const OCCASION: &[u8] = br#"{"now":"2026-11-21T12:00:00Z"}"#;
const ROUNDS: usize = 1_000;
/// Few, so that some rounds fall between the work of others.
const CALLS: u32 = 4;

type New = unsafe extern "C" fn(*const u8, usize, *mut *mut c_void) -> *mut c_void;
type Verify = unsafe extern "C" fn(
    *const c_void,
    *const u8,
    usize,
    *const u8,
    usize,
    *const c_void,
    *mut *mut c_void,
) -> *mut c_void;
type IsVerified = unsafe extern "C" fn(*const c_void) -> bool;
type Json = unsafe extern "C" fn(*const c_void, *mut usize) -> *const c_char;
type Free = unsafe extern "C" fn(*mut c_void);

unsafe extern "C" {
    fn dlopen(file: *const c_char, mode: c_int) -> *mut c_void;
    fn dlsym(library: *mut c_void, name: *const c_char) -> *mut c_void;
}

/// The shared library of this profile, as a program would load it.
fn library() -> *mut c_void {
    let built =
        Command::new(env!("CARGO")).args(["build", "--release", "--quiet", "-p", "ler-verify-ffi"]).status();
    assert!(built.is_ok_and(|status| status.success()), "the library builds");
    let bench = std::env::current_exe().expect("a path");
    let folder = bench.parent().and_then(Path::parent).expect("target/release");
    let file = format!("{}\0", folder.join("libler_verify.so").display());
    // SAFETY: the text ends with NUL; 2 is RTLD_NOW.
    let library = unsafe { dlopen(file.as_ptr().cast(), 2) };
    assert!(!library.is_null(), "{file}");
    library
}

/// A function of the library.
///
/// # Safety
/// `F` has to be its type.
unsafe fn function<F: Copy>(library: *mut c_void, name: &CStr) -> F {
    // SAFETY: the name ends with NUL.
    let symbol = unsafe { dlsym(library, name.as_ptr()) };
    assert!(!symbol.is_null(), "{name:?}");
    // SAFETY: a pointer to a function is as large as any pointer, and `F` is its type, as the caller vouches.
    unsafe { std::mem::transmute_copy(&symbol) }
}

fn main() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../test-vectors/credentials/ob3-typical.json");
    let document = std::fs::read(path).expect("a record");
    let library = library();
    // SAFETY: the types are those of the header.
    let (new, verify, is_verified, json, free) = unsafe {
        (
            function::<New>(library, c"ler_verifier_new"),
            function::<Verify>(library, c"ler_verify"),
            function::<IsVerified>(library, c"ler_report_is_verified"),
            function::<Json>(library, c"ler_report_json"),
            function::<Free>(library, c"ler_report_free"),
        )
    };
    // SAFETY: slices, and no place for an error.
    let handle = unsafe { new(POLICY.as_ptr(), POLICY.len(), null_mut()) };
    let verifier = Verifier::new(Policy::from_json(POLICY).expect("a policy")).expect("a verifier");
    let occasion = Occasion::from_json(OCCASION).expect("an occasion");
    let resources = Resources::new();

    let in_rust = |with_json: bool| {
        let report = verifier.verify(black_box(&document), &resources, &occasion);
        assert!(matches!(report.verdict(), Verdict::Verified(_)));
        if with_json { report.to_json().len() } else { 0 }
    };
    // SAFETY: slices and live handles; the report is freed once.
    let in_c = |with_json: bool| unsafe {
        let (data, when) = (black_box(document.as_ptr()), OCCASION.as_ptr());
        let report = verify(handle, data, document.len(), when, OCCASION.len(), null(), null_mut());
        assert!(is_verified(report));
        let mut len = 0;
        if with_json {
            black_box(json(report, &raw mut len));
        }
        free(report);
        len
    };
    assert_eq!(in_rust(true), in_c(true));
    for with_json in [false, true] {
        let time = |call: &dyn Fn(bool) -> usize| {
            let begun = Instant::now();
            for _ in 0..CALLS {
                black_box(call(with_json));
            }
            begun.elapsed() / CALLS
        };
        let (mut rust, mut c) = (Duration::MAX, Duration::MAX);
        for round in 0..ROUNDS {
            // Neither is always the first.
            if round % 2 == 0 {
                rust = rust.min(time(&in_rust));
                c = c.min(time(&in_c));
            } else {
                c = c.min(time(&in_c));
                rust = rust.min(time(&in_rust));
            }
        }
        let more = (c.as_secs_f64() / rust.as_secs_f64() - 1.0) * 100.0;
        let what = if with_json { "verdict and JSON" } else { "verdict" };
        println!("{what}, {} bytes: Rust {rust:?}, C {c:?}: {more:+.1} %", document.len());
    }
}
