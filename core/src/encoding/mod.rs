//! Texts that stand for bytes: multibase, base58btc, base64, base64url, varints, multihashes; and CBOR and DEFLATE.
//! Thin, over libraries, and strict: one text for one sequence of bytes. And `scan`, which finds what a text has to escape.

pub mod base64;
pub mod base64url;
pub mod cbor;
mod hex;
pub mod inflate;
pub mod multibase;
pub mod multihash;
pub(crate) mod scan;
pub mod varint;

pub use hex::{from_hex, hex};

/// Why a text or a sequence of bytes could not be decoded. Which code that is depends on what was to be decoded, so
/// the caller chooses it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// It is longer than anything that is expected in this place; it was not looked at.
    #[error("longer than {limit} bytes")]
    TooLong {
        /// Bytes, decoded.
        limit: usize,
    },
    /// The base or the algorithm is not one that is known.
    #[error("unknown base or algorithm")]
    Unknown,
    /// A map has the same key twice.
    #[error("the same key twice")]
    Repeated,
    /// It breaks the rules of its encoding, or is not the one text for these bytes.
    #[error("malformed")]
    Malformed,
}
