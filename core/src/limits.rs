//! How much of anything is processed. A limit that is reached is *indeterminate: too complex*, never "invalid".

use serde::{Deserialize, Serialize};

use crate::codes::{Code, Finding};

/// Bytes of the header of a JWS, decoded.
pub(crate) const JWS_HEADER: usize = 8 * 1024;
/// The same in the JSON serializations, where JAdES has certificates and time-stamps in it.
pub(crate) const JADES_HEADER: usize = 64 * 1024;

/// Chunks of a PNG.
pub(crate) const IMAGE_CHUNKS: usize = 10_000;
/// Elements of an SVG inside each other.
pub(crate) const IMAGE_DEPTH: usize = 256;
/// Attributes of one element of an SVG.
pub(crate) const IMAGE_ATTRIBUTES: usize = 256;
/// Namespaces that are declared in one place of an SVG, around it or at it.
pub(crate) const IMAGE_NAMESPACES: usize = 64;

/// Bytes of a status list as it is fetched.
pub(crate) const STATUS_LIST: usize = 2 * 1024 * 1024;
/// Bytes of a status list, inflated.
pub(crate) const STATUS_LIST_EXPANDED: usize = 16 * 1024 * 1024;
/// Status lists that one record, and the records in it, may depend on.
pub(crate) const STATUS_LISTS: usize = 100;

/// Objects of one record whose digests are compared with what they name.
pub(crate) const LINKED_RESOURCES: usize = 100;
/// Newer versions that are looked at for one record and the records in it.
pub(crate) const NEWER_VERSIONS: usize = 8;
/// Bytes of a schema.
pub(crate) const SCHEMA: usize = 1024 * 1024;
/// Entries of `credentialSchema` in one record that are looked at, and credentials with schemas in one verification.
pub(crate) const SCHEMAS: usize = 16;

/// What one report asks for: nobody's record makes a host reach out to a thousand places at once.
pub(crate) const REQUESTS: usize = 250;

/// The limits of one verification. All counters are deterministic on every platform.
///
/// The defaults leave real records a factor of ten or more: the largest samples at hand have 151 KB, depth 14
/// and about 1,000 values. Values above the hard maximum of a member make the policy impossible.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase", default)]
#[non_exhaustive]
pub struct Limits {
    /// Bytes of a document. A string may be as long.
    pub input_bytes: usize,
    /// Arrays and objects inside each other. At most 32: everything accepted runs on a 256 KiB stack.
    pub depth: usize,
    /// JSON values in a document.
    pub values: usize,
    /// Contexts that a document names or brings.
    pub contexts: usize,
    /// Term definitions made while processing contexts, counted as if nothing were cached.
    pub terms: usize,
    /// Statements (quads) of a document.
    pub quads: usize,
    /// Nodes without an identifier.
    pub blank_nodes: usize,
    /// Calls of Hash N-Degree Quads (RDFC-1.0 §4.8). Every positive test of the W3C suite needs at most 468.
    pub hash_n_degree_calls: usize,
    /// Disclosures of one SD-JWT.
    pub disclosures: usize,
    /// Proofs of one document.
    pub proofs: usize,
    /// Signature checks of one verification.
    pub signatures: usize,
    /// Records inside records, all together.
    pub embedded: usize,
    /// How deep records may stand in records.
    pub embedded_depth: usize,
    /// Bytes of a controlled identifier document or another supplied resource.
    pub resource_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            input_bytes: 8 * 1024 * 1024,
            depth: 32,
            values: 1_000_000,
            contexts: 32,
            terms: 500_000,
            quads: 200_000,
            blank_nodes: 20_000,
            hash_n_degree_calls: 10_000,
            disclosures: 1_000,
            proofs: 32,
            signatures: 1_000,
            embedded: 1_000,
            embedded_depth: 4,
            resource_bytes: 1024 * 1024,
        }
    }
}

/// Takes `count` from what is `left` of a limit.
///
/// # Errors
/// That the limit was reached; nothing is taken.
pub(crate) fn spend(left: &mut usize, count: usize, code: Code, limit: usize) -> Result<(), Finding> {
    *left = left.checked_sub(count).ok_or_else(|| reached(code, limit))?;
    Ok(())
}

/// The finding that a limit was reached.
pub(crate) fn reached(code: Code, limit: usize) -> Finding {
    Finding::new(code).with("limit", limit)
}
