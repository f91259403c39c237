//! What the bytes come in.

#[cfg(feature = "cose")]
pub(crate) mod cose;
pub(crate) mod data_url;
#[cfg(feature = "jose")]
pub(crate) mod jws;
pub(crate) mod media_type;
#[cfg(feature = "sd-jwt")]
pub(crate) mod sd_jwt;

use crate::json::Value;
use media_type::{ARRAY_OF_FOUR, TAG_COSE_SIGN1};

/// A carrier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Carrier {
    /// A JSON text, or what has to be read as one to say what is wrong with it.
    Json,
    /// A JWS in its compact serialization (RFC 7515 §3.1).
    Jws,
    /// An SD-JWT, perhaps with a key binding, in its compact serialization (RFC 9901 §4).
    SdJwt,
    /// A COSE_Sign1, with its tag or without (RFC 9052 §4.2). No text begins so.
    Cose,
    /// Something else that records travel in, by name.
    Other(&'static str),
}

/// Recognises the carrier by its first bytes; a media type is a hint that bytes outrank.
pub(crate) fn detect(bytes: &[u8]) -> Carrier {
    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";
    let start = bytes.iter().position(|byte| !byte.is_ascii_whitespace()).unwrap_or(0);
    let text = bytes.get(start..).unwrap_or(&[]);
    if bytes.starts_with(PNG) {
        Carrier::Other("png")
    } else if text.starts_with(b"<") {
        Carrier::Other("xml")
    } else if is_token(text) {
        if text.contains(&b'~') { Carrier::SdJwt } else { Carrier::Jws }
    } else if text.starts_with(b"https://") || text.starts_with(b"http://") {
        Carrier::Other("url")
    } else if bytes.starts_with(&[TAG_COSE_SIGN1]) || bytes.starts_with(&[ARRAY_OF_FOUR]) {
        Carrier::Cose
    } else {
        Carrier::Json
    }
}

/// Whether it begins as a JWS or SD-JWT does: with a header that begins with a brace, whatever white space or quote follows
/// it.
pub(crate) fn is_token(text: &[u8]) -> bool {
    text.starts_with(b"ey") || text.starts_with(b"ew")
}

/// Whether an object is meant to be a JWS in one of its JSON serializations (RFC 7515 §7.2): a payload with a signature
/// beside it, and no linked data.
pub(crate) fn is_jws(root: Value<'_>) -> bool {
    root.get("payload").is_some()
        && (root.get("signature").is_some() || root.get("signatures").is_some())
        && root.get("@context").is_none()
}
