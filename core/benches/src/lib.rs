//! Generated records, their signatures, and a way to measure that does not depend on the machine: every figure is
//! the ratio to one bare Ed25519 check in the same round of the same run.

pub mod datasets;
pub mod documents;
pub mod rounds;
pub mod sign;
pub mod tokens;
