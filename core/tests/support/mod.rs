//! What the tests share.
#![allow(dead_code, unreachable_pub, unused_imports, clippy::print_stdout, clippy::disallowed_methods)]

pub mod answers;
pub mod fixtures;
mod vectors;

pub use vectors::{source, vectors};
