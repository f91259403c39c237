//! What the bytes come in.

pub(crate) mod jws;

/// A carrier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Carrier {
    /// A JSON text, or what has to be read as one to say what is wrong with it.
    Json,
    /// A JWS in its compact serialization (RFC 7515 §3.1).
    Jws,
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
    } else if [b"ey", b"ew"].iter().any(|brace| text.starts_with(*brace)) {
        // A header that begins with a brace, whatever white space or quote follows it.
        if text.contains(&b'~') { Carrier::Other("sd-jwt") } else { Carrier::Jws }
    } else if text.starts_with(b"https://") || text.starts_with(b"http://") {
        Carrier::Other("url")
    } else if bytes.starts_with(&[0xD2]) {
        Carrier::Other("cose")
    } else {
        Carrier::Json
    }
}
