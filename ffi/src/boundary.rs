//! What stands between C and Rust: pointers become slices, texts become views, panics become answers.

use std::ffi::c_char;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};

use crate::error::{LER_ERROR_INTERNAL, LER_ERROR_NULL, LER_ERROR_POISONED, ler_error};

/// A text that C can read: UTF-8, with a NUL behind it and none in it.
///
/// A NUL in the middle becomes U+FFFD. Texts come out of documents: one that ends earlier for `strlen` than for its
/// author could pass for the name of somebody else.
#[derive(Debug)]
pub(crate) struct Text(String);

impl Text {
    pub(crate) fn new(text: impl Into<String>) -> Self {
        let mut text: String = text.into();
        if text.contains('\0') {
            text = text.replace('\0', "\u{fffd}");
        }
        text.reserve_exact(1);
        text.push('\0');
        Text(text)
    }

    fn len(&self) -> usize {
        self.0.len().saturating_sub(1)
    }

    #[cfg(test)]
    pub(crate) fn as_str(&self) -> &str {
        &self.0[..self.len()]
    }
}

/// Whether something panicked while it used a handle. What the handle holds may then be half changed: it is not used
/// again, and answers as NULL does.
#[derive(Debug, Default)]
pub(crate) struct Poison(AtomicBool);

impl Poison {
    pub(crate) fn is_set(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }

    pub(crate) fn set(&self) {
        self.0.store(true, Ordering::Release);
    }
}

/// What C holds a pointer to.
pub(crate) trait Handle {
    fn poison(&self) -> &Poison;
}

/// What an accessor answers where there is nothing: the same value as for NULL.
pub(crate) trait Nothing {
    const NOTHING: Self;
}

impl Nothing for bool {
    const NOTHING: Self = false;
}
impl Nothing for u32 {
    const NOTHING: Self = 0;
}
impl Nothing for usize {
    const NOTHING: Self = 0;
}
impl<T> Nothing for *const T {
    const NOTHING: Self = std::ptr::null();
}
impl<T> Nothing for *mut T {
    const NOTHING: Self = std::ptr::null_mut();
}

/// Asks a handle for a value; NULL, a poisoned handle and a panic have none.
pub(crate) fn ask<H: Handle, T: Nothing>(handle: Option<&H>, question: impl FnOnce(&H) -> Option<T>) -> T {
    let Some(handle) = handle.filter(|handle| !handle.poison().is_set()) else { return T::NOTHING };
    match contain(|| question(handle)) {
        Ok(answer) => answer.unwrap_or(T::NOTHING),
        Err(_) => {
            handle.poison().set();
            T::NOTHING
        }
    }
}

/// Asks a handle for a text: gives where it begins, and writes its length if there is one.
///
/// # Safety
/// `len_out` must be NULL or writable.
pub(crate) unsafe fn view<H: Handle>(
    handle: Option<&H>,
    len_out: *mut usize,
    question: impl FnOnce(&H) -> Option<&Text>,
) -> *const c_char {
    ask(handle, |handle| {
        let text = question(handle)?;
        if !len_out.is_null() {
            // SAFETY: not NULL, and writable, as the caller vouches.
            unsafe { len_out.write(text.len()) };
        }
        Some(text.0.as_ptr().cast())
    })
}

/// Does something that the caller may have got wrong. A panic becomes an error and poisons every handle that was used.
///
/// # Safety
/// `error_out` must be NULL or writable.
pub(crate) unsafe fn attempt<T>(
    used: &[Option<&dyn Handle>],
    error_out: *mut *mut ler_error,
    body: impl FnOnce() -> Result<T, ler_error>,
) -> Option<T> {
    let used = || used.iter().flatten().map(|handle| handle.poison());
    let result = if used().any(Poison::is_set) {
        Err(ler_error::new(LER_ERROR_POISONED, "the library had a defect while it used this handle: free it"))
    } else {
        contain(body).unwrap_or_else(|reason| {
            used().for_each(Poison::set);
            Err(ler_error::new(LER_ERROR_INTERNAL, format!("a defect of the library: {reason}")))
        })
    };
    match result {
        Ok(value) => Some(value),
        Err(error) => {
            if !error_out.is_null() {
                // SAFETY: not NULL, and writable, as the caller vouches.
                unsafe { error_out.write(Box::into_raw(Box::new(error))) };
            }
            None
        }
    }
}

/// Runs `body`; the error is the message of its panic. The library has no known panic: this is the second wall,
/// because a program must not die of one bad document.
fn contain<T>(body: impl FnOnce() -> T) -> Result<T, String> {
    // What is borrowed and might be half changed is poisoned by whoever calls this.
    catch_unwind(AssertUnwindSafe(body)).map_err(|payload| {
        let reason = payload
            .downcast_ref::<&str>()
            .map(|reason| (*reason).to_owned())
            .or_else(|| payload.downcast_ref::<String>().cloned());
        // The payload may panic when it is dropped; what comes of that is leaked, which is the lesser evil.
        if let Err(again) = catch_unwind(AssertUnwindSafe(|| drop(payload))) {
            std::mem::forget(again);
        }
        reason.unwrap_or_else(|| "it panicked".to_owned())
    })
}

/// The bytes at `data`. NULL is none, which is only right where the length is 0.
///
/// # Errors
/// NULL with a length, and a length that no object can have: a mistake of the caller (a negative int) that is not
/// followed.
///
/// # Safety
/// If `data` is not NULL it must be readable for `len` bytes, which must not change for as long as `'a`.
pub(crate) unsafe fn bytes<'a>(
    name: &str,
    data: *const u8,
    len: usize,
) -> Result<Option<&'a [u8]>, ler_error> {
    if data.is_null() && len == 0 {
        return Ok(None);
    }
    if data.is_null() {
        return Err(ler_error::new(LER_ERROR_NULL, format!("`{name}` is NULL and has a length")));
    }
    if isize::try_from(len).is_err() {
        return Err(ler_error::new(LER_ERROR_NULL, format!("`{name}` has a length that no object has")));
    }
    // SAFETY: not NULL, not longer than an object can be, and readable, as the caller vouches.
    Ok(Some(unsafe { std::slice::from_raw_parts(data, len) }))
}

/// The same where there has to be something.
///
/// # Errors
/// Those of [`bytes`], and NULL.
///
/// # Safety
/// That of [`bytes`].
pub(crate) unsafe fn required<'a>(name: &str, data: *const u8, len: usize) -> Result<&'a [u8], ler_error> {
    // SAFETY: as the caller vouches.
    unsafe { bytes(name, data, len) }?.ok_or_else(|| ler_error::null(name))
}

/// A text at `data`.
///
/// # Errors
/// Those of [`bytes`], and bytes that are not UTF-8.
///
/// # Safety
/// That of [`bytes`].
pub(crate) unsafe fn text<'a>(
    name: &str,
    data: *const c_char,
    len: usize,
) -> Result<Option<&'a str>, ler_error> {
    // SAFETY: as the caller vouches.
    let bytes = unsafe { bytes(name, data.cast(), len) }?;
    bytes.map(str::from_utf8).transpose().map_err(|_| ler_error::not_utf8(name))
}

/// Gives a value to C, which frees it with [`take_back`].
pub(crate) fn give<T>(value: Option<T>) -> *mut T {
    value.map_or(std::ptr::null_mut(), |value| Box::into_raw(Box::new(value)))
}

/// Drops what was given to C; NULL is nothing.
///
/// # Safety
/// `handle` must be NULL or come from [`give`], and not be used or freed again.
pub(crate) unsafe fn take_back<T>(handle: *mut T) {
    if handle.is_null() {
        return;
    }
    // SAFETY: the caller vouches that it is a live value that `give` boxed.
    let value = unsafe { Box::from_raw(handle) };
    // Nobody can be told of a panic here, and nothing is left that it could have harmed.
    let _ = contain(move || drop(value));
}
