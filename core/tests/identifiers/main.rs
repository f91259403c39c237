//! Identifiers and their keys: the vectors of did:key, did:jwk and did:web, Retrieve Verification Method (CID 1.0 §3.3)
//! step by step, and the attacks on them.

#![cfg(feature = "algorithms")]

#[path = "../support/mod.rs"]
mod support;

mod attacks;
mod helpers;
mod legacy;
mod methods;
mod retrieve;
