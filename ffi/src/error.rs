//! Errors: what the caller did wrong. A record that does not verify is no error: it has a report.
//!
//! An error is a handle of its own, not the state of a thread: it can be asked from any thread, at any time, until it
//! is freed. Functions that can fail take a last argument `error_out`; it may be NULL if the reason is of no interest,
//! and is written only when the function fails.

use std::ffi::c_char;

use crate::boundary::{Handle, Poison, Text, ask, take_back, view};

/// An argument that must not be NULL was NULL, or its length is one that no object has.
pub const LER_ERROR_NULL: u32 = 1;
/// The policy cannot be read or cannot be followed.
pub const LER_ERROR_POLICY: u32 = 2;
/// The occasion cannot be read.
pub const LER_ERROR_OCCASION: u32 = 3;
/// The resources cannot be read.
pub const LER_ERROR_RESOURCES: u32 = 4;
/// There is no request with that index, or no such kind of resource.
pub const LER_ERROR_INDEX: u32 = 5;
/// A text is not UTF-8.
pub const LER_ERROR_UTF8: u32 = 6;
/// The library had a defect earlier while it used this handle. Free it and make a new one.
pub const LER_ERROR_POISONED: u32 = 254;
/// A defect of the library. Nothing was decided, and the handles that took part answer no more.
pub const LER_ERROR_INTERNAL: u32 = 255;

/// What the caller did wrong. Immutable: any thread may read it.
#[derive(Debug)]
pub struct ler_error {
    code: u32,
    message: Text,
    poison: Poison,
}

impl ler_error {
    pub(crate) fn new(code: u32, message: impl std::fmt::Display) -> Self {
        ler_error { code, message: Text::new(message.to_string()), poison: Poison::default() }
    }

    pub(crate) fn null(name: &str) -> Self {
        ler_error::new(LER_ERROR_NULL, format!("`{name}` is NULL"))
    }

    pub(crate) fn not_utf8(name: &str) -> Self {
        ler_error::new(LER_ERROR_UTF8, format!("`{name}` is not UTF-8"))
    }
}

impl Handle for ler_error {
    fn poison(&self) -> &Poison {
        &self.poison
    }
}

/// What kind of error it is: one of LER_ERROR_…; 0 for NULL.
///
/// # Safety
/// error: NULL or a live error.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ler_error_code(error: *const ler_error) -> u32 {
    // SAFETY: the caller vouches that it is NULL or a live error.
    ask(unsafe { error.as_ref() }, |error| Some(error.code))
}

/// What was wrong: one English sentence for a developer, which may quote the policy. A view that lives as long as the
/// error; NULL for NULL.
///
/// # Safety
/// error: NULL or a live error. len_out: NULL or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ler_error_message(error: *const ler_error, len_out: *mut usize) -> *const c_char {
    // SAFETY: the caller vouches for both.
    unsafe { view(error.as_ref(), len_out, |error| Some(&error.message)) }
}

/// Frees an error. NULL is allowed.
///
/// # Safety
/// error: NULL or a live error; it must not be used again.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ler_error_free(error: *mut ler_error) {
    // SAFETY: the caller vouches for it.
    unsafe { take_back(error) };
}
