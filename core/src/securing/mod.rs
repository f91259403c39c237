//! How records are secured: Data Integrity proofs, one file per suite, and the rule for several proofs together.

pub(crate) mod canonical;
pub(crate) mod data_integrity;
pub(crate) mod proof_set;
mod suites;
pub(crate) mod verification;

pub use suites::{Canonicalization, SUITES, Suite};
