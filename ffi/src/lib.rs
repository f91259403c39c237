//! The C ABI of `ler-verify`. Its documentation is the header, `include/ler_verify.h`, which is generated from here:
//! the head of each file is a section of it.
//!
//! Rules that every function keeps: arguments are (pointer, length) pairs and are not needed after the call, NULL is
//! answered and never followed, handles are opaque, texts are views into a handle, no panic crosses the border.
//! This crate is the only one with `unsafe`, and it has no logic beside these rules.
#![allow(non_camel_case_types)]
#![deny(unsafe_op_in_unsafe_fn, clippy::undocumented_unsafe_blocks)]

mod boundary;

pub mod checks;
pub mod embedded;
pub mod error;
pub mod names;
pub mod record;
pub mod report;
pub mod requests;
pub mod resources;
pub mod verification;
pub mod version;

#[cfg(test)]
mod tests;
