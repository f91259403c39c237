//! What the bytes come in.

#[cfg(feature = "cose")]
pub(crate) mod cose;
pub(crate) mod data_url;
pub(crate) mod image;
#[cfg(feature = "jose")]
pub(crate) mod jws;
pub(crate) mod media_type;
#[cfg(feature = "images")]
mod png;
#[cfg(feature = "sd-jwt")]
pub(crate) mod sd_jwt;
#[cfg(feature = "images")]
mod svg;

use crate::encoding::inflate::GZIP;
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
    /// A PNG image, which a record may be baked into.
    Png,
    /// An SVG image, likewise, or other XML.
    Svg,
    /// Something else that records travel in, by name.
    Other(&'static str),
}

/// What a PNG begins with (PNG 3rd edition §5.2).
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";
/// What a text in UTF-8 may begin with (Unicode §23.8).
const UTF8_BOM: &[u8] = b"\xEF\xBB\xBF";

/// Files that people take for records, or put records into, by their first bytes.
const OTHERS: [(&str, &[u8]); 8] = [
    ("pdf", b"%PDF-"),
    ("jpeg", b"\xFF\xD8\xFF"),
    ("gif", b"GIF87a"),
    ("gif", b"GIF89a"),
    ("zip", b"PK\x03\x04"),
    ("zip", b"PK\x05\x06"),
    ("gzip", &GZIP),
    ("webp", b"RIFF"),
];

/// Recognises the carrier by its first bytes; a media type is a hint that bytes outrank.
pub(crate) fn detect(bytes: &[u8]) -> Carrier {
    let start = bytes.iter().position(|byte| !byte.is_ascii_whitespace()).unwrap_or(0);
    let text = bytes.get(start..).unwrap_or(&[]);
    if bytes.starts_with(PNG) {
        Carrier::Png
    } else if is_xml(text) {
        Carrier::Svg
    } else if is_token(text) {
        if text.contains(&b'~') { Carrier::SdJwt } else { Carrier::Jws }
    } else if text.starts_with(b"https://") || text.starts_with(b"http://") {
        Carrier::Other("url")
    } else if bytes.starts_with(&[TAG_COSE_SIGN1]) || bytes.starts_with(&[ARRAY_OF_FOUR]) {
        Carrier::Cose
    } else {
        let webp = |name: &str| name != "webp" || bytes.get(8..12) == Some(b"WEBP");
        let other = OTHERS.iter().find(|(name, magic)| bytes.starts_with(magic) && webp(name));
        other.map_or(Carrier::Json, |(name, _)| Carrier::Other(name))
    }
}

/// Whether it begins with a `<` in UTF-8 or in UTF-16, with a byte order mark or without (XML 1.0 §F.1).
fn is_xml(text: &[u8]) -> bool {
    const UTF_16: [&[u8]; 3] = [b"\xFF\xFE<\0", b"\xFE\xFF\0<", b"\0<"];
    text.strip_prefix(UTF8_BOM).unwrap_or(text).trim_ascii_start().starts_with(b"<")
        || UTF_16.iter().any(|start| text.starts_with(start))
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
