//! The contexts that are compiled in. Written by `cargo xtask contexts`.

use super::Embedded;

/// Every embedded context version: sorted by URL, the newest version of a URL first.
pub static TABLES: &[Embedded] = &[];
