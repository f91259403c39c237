//! Status lists: what they say, and everything that keeps them from saying it. threats.md T01 to T18, G (limits);
//! Bitstring Status List 1.0, StatusList2021, RevocationList2020, 1EdTechRevocationList, Token Status List.
#![allow(unreachable_pub)] // one crate in several files

mod defects;
mod formats;
mod lists;
#[path = "../support/signing.rs"]
mod signing;
mod stages;
#[path = "../support/mod.rs"]
mod support;
mod upstream;
