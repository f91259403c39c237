//! `credentialSchema`: JSON Schema in three drafts, where schemas come from, and what hostile ones can do. threats.md O27.
#![cfg(feature = "schema")]
#![allow(unreachable_pub, clippy::disallowed_methods, clippy::print_stdout)] // one crate in several files; a test reads files

mod entries;
mod hostile;
mod keywords;
mod records;
#[path = "../support/signing.rs"]
mod signing;
mod suite;
#[path = "../support/mod.rs"]
mod support;
