//! What stands between C and Rust: pointers become slices, panics become errors.

use std::ffi::CString;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::{LER_ERROR_INTERNAL, ler_error};

/// Runs `body`; a panic becomes an error. The library has no known panic: this is the second wall, because a program
/// must not die of one bad document.
pub(crate) fn guarded<T>(body: impl FnOnce() -> Result<T, ler_error>) -> Result<T, ler_error> {
    // Nothing that `body` borrows outlives a panic: the arguments are read only, the results are dropped.
    catch_unwind(AssertUnwindSafe(body)).unwrap_or_else(|payload| {
        let reason = payload.downcast_ref::<&str>().copied().map(str::to_owned);
        // The payload may panic when it is dropped; leaking it is the lesser evil.
        std::mem::forget(payload);
        Err(ler_error::new(
            LER_ERROR_INTERNAL,
            format_args!("a defect of the library: {}", reason.as_deref().unwrap_or("it panicked")),
        ))
    })
}

/// The bytes at `data`; none if it is NULL.
///
/// # Safety
/// If `data` is not NULL it must be readable for `len` bytes, which must not change for as long as `'a`.
pub(crate) unsafe fn slice<'a>(data: *const u8, len: usize) -> Option<&'a [u8]> {
    // A length that no object can have is a mistake of the caller (a negative int): it is not followed.
    if data.is_null() || isize::try_from(len).is_err() {
        return None;
    }
    // SAFETY: not NULL, not longer than an object can be, and readable, as the caller vouches.
    Some(unsafe { std::slice::from_raw_parts(data, len) })
}

/// Puts an error where the caller wants it, or drops it.
///
/// # Safety
/// `out` must be NULL or writable.
pub(crate) unsafe fn write_out(out: *mut *mut ler_error, error: ler_error) {
    if !out.is_null() {
        // SAFETY: not NULL, and writable, as the caller vouches.
        unsafe { out.write(Box::into_raw(Box::new(error))) };
    }
}

/// Puts a length where the caller wants it.
///
/// # Safety
/// `out` must be NULL or writable.
pub(crate) unsafe fn write_length(out: *mut usize, text: &CString) {
    if !out.is_null() {
        // SAFETY: not NULL, and writable, as the caller vouches.
        unsafe { out.write(text.as_bytes().len()) };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_an_error() {
        let hook = std::panic::take_hook();
        std::panic::set_hook(Box::new(|_| {}));
        let error = guarded::<()>(|| panic!("on purpose")).unwrap_err();
        std::panic::set_hook(hook);
        assert_eq!(error.code, LER_ERROR_INTERNAL);
        assert!(error.message.to_str().unwrap().contains("on purpose"));
    }

    #[test]
    fn a_length_that_no_object_has_is_not_followed() {
        let byte = 0_u8;
        // SAFETY: neither pointer is followed.
        unsafe {
            assert!(slice(std::ptr::null(), 1).is_none());
            assert!(slice(&raw const byte, usize::MAX).is_none());
        }
    }
}
