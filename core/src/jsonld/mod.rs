//! JSON-LD 1.1 to RDF, in one walk, with nothing lost.
//!
//! *General mode* is the whole language, as the W3C suite tests it. *Credential mode* adds what a verifier needs:
//! nothing is lost, the JSON reads as it is signed, nothing is displaced (see [`credential_to_rdf`]).

mod contexts;
mod credential;
mod error;
#[doc(hidden)]
pub mod explore;
mod faithful;
mod general;
mod iri;
#[doc(hidden)]
pub mod local;
mod process;
mod state;
#[doc(hidden)]
pub mod tables;
mod walk;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::codes::Finding;
use crate::limits::Limits;
use crate::rdf::Dataset;

pub use contexts::{Contexts, dated_attempts, named};
pub use credential::credential_to_rdf;
pub use error::Error;
pub use general::{Options, to_rdf};
pub use walk::RdfDirection;

/// What a policy makes of contexts that stand in the document itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum InlineContexts {
    /// They are not processed: indeterminate.
    #[default]
    Refuse,
    /// They may define terms that no reserved vocabulary has.
    AllowUnreserved,
    /// They may also have `@vocab`.
    AllowUnreservedWithVocab,
}

/// A context that is not embedded, as the host supplied it.
#[derive(Clone, Copy, Debug)]
pub enum Supplied<'r> {
    /// The bytes.
    Bytes(&'r [u8]),
    /// The host tried and could not get it.
    Unavailable,
    /// The host was not asked yet.
    Missing,
    /// The URL is known to be that of a JSON Schema: nobody need be asked.
    JsonSchema,
}

/// What the caller brings to credential mode.
pub struct Rules<'r> {
    /// The limits.
    pub limits: &'r Limits,
    /// Contexts that the policy admits with exactly these bytes: URL to SHA-256.
    pub pinned: &'r BTreeMap<String, [u8; 32]>,
    /// What to make of inline contexts.
    pub inline: InlineContexts,
    /// Contexts that the host supplied.
    pub supplied: &'r dyn Fn(&str) -> Supplied<'r>,
    /// Which versions of the embedded contexts to use; `None` is the newest of each.
    pub as_of: Option<String>,
    /// SHA-256 or SHA-384 digests that the document itself gives for contexts (`relatedResource`): they select a
    /// version.
    pub digests: &'r BTreeMap<String, Vec<u8>>,
}

/// Where the bytes of a context come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Origin {
    /// Compiled into the library.
    Embedded,
    /// Supplied by the host, with the digest that the policy demands.
    Pinned,
    /// Supplied by the host.
    Supplied,
    /// From the document.
    Inline,
}

/// A context that was used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContextUse {
    /// The URL, or the pointer of an inline context.
    pub url: String,
    /// The SHA-256 of the published or supplied bytes (of the canonical JSON of an inline context).
    pub sha256: [u8; 32],
    /// The date of an embedded version (`2026-06-29`), where the URL has several.
    pub date: Option<&'static str>,
    /// Where it comes from.
    pub origin: Origin,
    /// Whether anything in the document was read through it.
    pub used: bool,
}

/// What a document says, as RDF.
#[derive(Debug)]
pub struct Graph {
    /// The statements; complete only if no finding is failed or indeterminate.
    pub dataset: Dataset,
    /// Everything that was found, reported matters too.
    pub findings: Vec<Finding>,
    /// The contexts of the document.
    pub contexts: Vec<ContextUse>,
    /// Contexts that the host should be asked for.
    pub missing: Vec<String>,
}

/// A digest of all embedded tables: with the version, it says what a report was made with.
pub fn tables_digest() -> [u8; 32] {
    static DIGEST: std::sync::OnceLock<[u8; 32]> = std::sync::OnceLock::new();
    *DIGEST.get_or_init(tables::digest)
}
