//! The C ABI of `ler-verify`. Its documentation is the header, `include/ler_verify.h`, which is generated from here.
//!
//! Rules that every function keeps: arguments are (pointer, length) pairs and are copied, NULL is answered and never
//! followed, handles are opaque, strings are views into a handle, nothing panics across the border.
#![allow(non_camel_case_types)]

mod boundary;

use std::ffi::{CString, c_char};

use boundary::{guarded, slice, write_length, write_out};
use verifier::{Occasion, Policy, Resources, Verdict, Verifier};

/// The version of the binary interface: it changes when a program has to be compiled anew.
pub const LER_ABI_VERSION: u32 = 1;

/// An argument that must not be NULL was NULL, or its length is one that no object has.
pub const LER_ERROR_NULL: u32 = 1;
/// The policy cannot be read or cannot be followed.
pub const LER_ERROR_POLICY: u32 = 2;
/// The occasion cannot be read.
pub const LER_ERROR_OCCASION: u32 = 3;
/// The resources cannot be read.
pub const LER_ERROR_RESOURCES: u32 = 4;
/// A defect of the library. Nothing was decided.
pub const LER_ERROR_INTERNAL: u32 = 255;

/// What was found out about a document. Immutable; any thread may read it.
pub struct ler_report {
    verified: bool,
    json: CString,
}

/// What the caller did wrong. A record that does not verify is no error: it has a report. Immutable; any thread may
/// read it.
#[derive(Debug)]
pub struct ler_error {
    code: u32,
    message: CString,
}

impl ler_error {
    fn new(code: u32, message: impl std::fmt::Display) -> Self {
        // A message that quotes a policy may quote a NUL of it.
        let message = message.to_string().replace('\0', "\u{fffd}");
        ler_error { code, message: CString::new(message).unwrap_or_default() }
    }
}

/// The version of the library, `"0.1.0"`: NUL-terminated ASCII that lives as long as the library is loaded.
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

/// Verifies a document and gives the report on it, to be freed with ler_report_free.
///
/// Pure: no network, no clock, no files; the same arguments give the same report. Threads may call it at once.
///
/// policy_json: what is demanded, for example {"acceptedIssuers":{"oneOf":["did:web:university.example"]}}.
/// document: the bytes of the record, exactly as received. May be NULL if document_len is 0.
/// occasion_json: this one verification, for example {"now":"2026-11-21T12:00:00Z"}.
/// resources_json: what was fetched so far, a JSON array; NULL and 0 is none. What is missing stands under "requests" in
/// the report: fetch it, add it, call again.
/// error_out: where to put an error, to be freed with ler_error_free; NULL if the reason is of no interest.
///
/// NULL is returned, and *error_out set, only if the caller did something wrong (LER_ERROR_…). Otherwise *error_out
/// is not touched. That a report was returned does not mean that the record is verified: ask ler_report_is_verified.
///
/// # Safety
/// Every pointer that is not NULL must be readable for the length that follows it; error_out must be writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ler_verify_json(
    policy_json: *const u8,
    policy_json_len: usize,
    document: *const u8,
    document_len: usize,
    occasion_json: *const u8,
    occasion_json_len: usize,
    resources_json: *const u8,
    resources_json_len: usize,
    error_out: *mut *mut ler_error,
) -> *mut ler_report {
    let result = guarded(|| {
        // SAFETY: the caller vouches for each (pointer, length) pair, for the duration of this call.
        let (policy, document, occasion, resources) = unsafe {
            (
                slice(policy_json, policy_json_len),
                slice(document, document_len),
                slice(occasion_json, occasion_json_len),
                slice(resources_json, resources_json_len),
            )
        };
        let null =
            |name| ler_error::new(LER_ERROR_NULL, format_args!("`{name}` is NULL, or no object is as long"));
        for (name, bytes, len) in
            [("document", document, document_len), ("resources_json", resources, resources_json_len)]
        {
            if bytes.is_none() && len != 0 {
                return Err(null(name));
            }
        }
        verify(
            policy.ok_or_else(|| null("policy_json"))?,
            document.unwrap_or_default(),
            occasion.ok_or_else(|| null("occasion_json"))?,
            resources,
        )
    });
    match result {
        Ok(report) => Box::into_raw(Box::new(report)),
        Err(error) => {
            // SAFETY: the caller vouches that `error_out` is NULL or writable.
            unsafe { write_out(error_out, error) };
            std::ptr::null_mut()
        }
    }
}

fn verify(
    policy: &[u8],
    document: &[u8],
    occasion: &[u8],
    resources: Option<&[u8]>,
) -> Result<ler_report, ler_error> {
    let policy = Policy::from_json(policy).map_err(|error| ler_error::new(LER_ERROR_POLICY, error))?;
    let verifier = Verifier::new(policy).map_err(|error| ler_error::new(LER_ERROR_POLICY, error))?;
    let occasion =
        Occasion::from_json(occasion).map_err(|error| ler_error::new(LER_ERROR_OCCASION, error))?;
    let resources = match resources {
        Some(json) => {
            Resources::from_json(json).map_err(|error| ler_error::new(LER_ERROR_RESOURCES, error))?
        }
        None => Resources::new(),
    };
    let report = verifier.verify(document, &resources, &occasion);
    let verified = matches!(report.verdict(), Verdict::Verified(_));
    // JSON escapes NUL, so there is none to find.
    let json = CString::new(report.to_json()).map_err(|error| ler_error::new(LER_ERROR_INTERNAL, error))?;
    Ok(ler_report { verified, json })
}

/// Whether the record is verified: every check that the policy requires passed. False for NULL.
///
/// # Safety
/// report must be NULL or come from ler_verify_json and not be freed yet.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ler_report_is_verified(report: *const ler_report) -> bool {
    // SAFETY: the caller vouches that `report` is NULL or a live report.
    unsafe { report.as_ref() }.is_some_and(|report| report.verified)
}

/// The report as JSON: UTF-8, NUL-terminated, the same bytes as in Rust and WASM. It belongs to the report and lives
/// as long as it. NULL for NULL.
///
/// len_out: where to put the length without the NUL; may be NULL.
///
/// # Safety
/// report must be NULL or come from ler_verify_json and not be freed yet; len_out must be NULL or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ler_report_json(report: *const ler_report, len_out: *mut usize) -> *const c_char {
    // SAFETY: the caller vouches that `report` is NULL or a live report.
    let Some(report) = (unsafe { report.as_ref() }) else { return std::ptr::null() };
    // SAFETY: the caller vouches that `len_out` is NULL or writable.
    unsafe { write_length(len_out, &report.json) };
    report.json.as_ptr()
}

/// Frees a report. NULL is allowed.
///
/// # Safety
/// report must be NULL or come from ler_verify_json and not be freed yet.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ler_report_free(report: *mut ler_report) {
    if !report.is_null() {
        // SAFETY: the caller vouches that this is a live report, which `ler_verify_json` made with `Box::into_raw`.
        drop(unsafe { Box::from_raw(report) });
    }
}

/// What kind of error it is: one of LER_ERROR_…; 0 for NULL.
///
/// # Safety
/// error must be NULL or come from this library and not be freed yet.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ler_error_code(error: *const ler_error) -> u32 {
    // SAFETY: the caller vouches that `error` is NULL or a live error.
    unsafe { error.as_ref() }.map_or(0, |error| error.code)
}

/// What was wrong, one English sentence for a developer: UTF-8, NUL-terminated. It belongs to the error and lives as
/// long as it. NULL for NULL.
///
/// len_out: where to put the length without the NUL; may be NULL.
///
/// # Safety
/// error must be NULL or come from this library and not be freed yet; len_out must be NULL or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ler_error_message(error: *const ler_error, len_out: *mut usize) -> *const c_char {
    // SAFETY: the caller vouches that `error` is NULL or a live error.
    let Some(error) = (unsafe { error.as_ref() }) else { return std::ptr::null() };
    // SAFETY: the caller vouches that `len_out` is NULL or writable.
    unsafe { write_length(len_out, &error.message) };
    error.message.as_ptr()
}

/// Frees an error. NULL is allowed.
///
/// # Safety
/// error must be NULL or come from this library and not be freed yet.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ler_error_free(error: *mut ler_error) {
    if !error.is_null() {
        // SAFETY: the caller vouches that this is a live error, which `write_out` made with `Box::into_raw`.
        drop(unsafe { Box::from_raw(error) });
    }
}
