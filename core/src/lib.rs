//! Verifies Learning and Employment Records: bytes in, a report out.
#![forbid(unsafe_code)]
#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing,
        clippy::arithmetic_side_effects,
        clippy::unreachable
    )
)]

pub mod codes;
pub mod document;
pub mod encoding;
pub mod identifier;
pub mod json;
pub mod jsonld;
pub mod keys;
pub mod limits;
pub mod rdf;
pub mod record;
pub mod time;

mod carrier;
mod checks;
mod error;
mod occasion;
mod policy;
mod report;
mod resources;
mod securing;
mod verifier;
