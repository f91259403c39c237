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
// What only one way of securing uses is idle in a build that leaves it out.
#![cfg_attr(
    not(all(
        feature = "jose",
        feature = "sd-jwt",
        feature = "cose",
        feature = "legacy",
        feature = "x509",
        feature = "images",
        feature = "schema"
    )),
    allow(dead_code)
)]

pub mod codes;
pub mod document;
pub mod encoding;
pub mod formats;
pub mod identifier;
pub mod json;
pub mod jsonld;
pub mod keys;
pub mod limits;
pub mod rdf;
pub mod record;
pub mod report;
pub mod time;

mod carrier;
mod checks;
mod error;
#[cfg_attr(not(feature = "schema"), path = "json_schema/not_built.rs")]
mod json_schema;
mod occasion;
mod policy;
mod resources;
mod securing;
mod verifier;
mod workshop;

pub use codes::{Axis, CheckId, Code, Outcome, Requirement};
pub use error::{OccasionError, PolicyError, ResourcesError};
pub use jsonld::InlineContexts;
pub use limits::Limits;
pub use occasion::{Occasion, Recipient};
pub use policy::{
    Danger, IssuerKey, Issuers, JudgedAt, PinnedContext, Policy, ProofSetRule, Registry, RegistryKind,
    StatusIssuer,
};
pub use record::Record;
pub use report::{Axes, Check, CompatView, Report, Secured, Verdict};
pub use resources::{Answer, Request, Resource, ResourceKind, Resources};
pub use securing::{Canonicalization, SUITES, Standing, Suite};
pub use time::Timestamp;
pub use verifier::Verifier;

/// The Rust of the README compiles.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;

/// So does that of the other pages.
#[cfg(doctest)]
mod docs {
    #[doc = include_str!("../../docs/README.md")]
    struct Index;
    #[doc = include_str!("../../docs/migration/verifier-core.md")]
    struct VerifierCore;
    #[doc = include_str!("../../docs/migration/didkit.md")]
    struct DidKit;
    #[doc = include_str!("../../docs/migration/velocity.md")]
    struct Velocity;
    #[doc = include_str!("../../docs/migration/w3c.md")]
    struct W3c;
}
