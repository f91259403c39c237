//! `data:` URLs (RFC 2397), read strictly: what two readers could read as two things is malformed.

use base64ct::{Base64Unpadded, Encoding};

use crate::encoding::{DecodeError, base64, from_hex};

/// What a `data:` URL holds.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct DataUrl<'u> {
    /// The media type without parameters, as written; empty where none is named.
    pub(crate) media_type: &'u str,
    /// Its parameters, `base64` not among them, as written.
    pub(crate) parameters: Vec<&'u str>,
    /// The bytes.
    pub(crate) bytes: Vec<u8>,
}

/// Reads a `data:` URL, `None` if it has another scheme.
///
/// # Errors
/// [`DecodeError::Malformed`]: no comma, a character that a URL cannot carry unescaped (RFC 3986 §3.3; a `#` would end
/// the URL), a `%` without two hexadecimal digits, base64 that is not the one text of its bytes (RFC 4648 §4).
pub(crate) fn read(url: &str) -> Option<Result<DataUrl<'_>, DecodeError>> {
    let (scheme, rest) = url.split_once(':')?;
    scheme.eq_ignore_ascii_case("data").then(|| decode(rest))
}

fn decode(rest: &str) -> Result<DataUrl<'_>, DecodeError> {
    let (head, data) = rest.split_once(',').ok_or(DecodeError::Malformed)?;
    let mut parts = head.split(';');
    let media_type = parts.next().unwrap_or("");
    let mut parameters: Vec<&str> = parts.collect();
    let in_base64 = parameters.pop_if(|last| last.eq_ignore_ascii_case("base64")).is_some();
    let bytes = unescape(data)?;
    let bytes = if in_base64 {
        let text = std::str::from_utf8(&bytes).map_err(|_| DecodeError::Malformed)?;
        // Padding says nothing, and not everybody writes it (Fetch §7, forgiving-base64).
        base64::decode(text)
            .or_else(|_| Base64Unpadded::decode_vec(text).map_err(|_| DecodeError::Malformed))?
    } else {
        bytes
    };
    Ok(DataUrl { media_type, parameters, bytes })
}

/// Undoes percent-encoding (RFC 3986 §2.1).
fn unescape(data: &str) -> Result<Vec<u8>, DecodeError> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/?".contains(&byte);
    let mut bytes = Vec::with_capacity(data.len());
    let mut rest = data;
    while let Some((before, after)) = rest.split_once('%') {
        bytes.extend_from_slice(before.as_bytes());
        let escaped = after.get(..2).and_then(from_hex::<1>).ok_or(DecodeError::Malformed)?;
        bytes.extend(escaped);
        rest = after.get(2..).unwrap_or("");
    }
    bytes.extend_from_slice(rest.as_bytes());
    let carried = data.bytes().all(|byte| byte == b'%' || plain(byte));
    if carried { Ok(bytes) } else { Err(DecodeError::Malformed) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(url: &str) -> Result<Vec<u8>, DecodeError> {
        read(url).unwrap().map(|url| url.bytes)
    }

    #[test]
    fn text_escapes_and_base64() {
        let read = read("data:application/vc+jwt;charset=utf-8;BASE64,ZXlKLi4u").unwrap().unwrap();
        assert_eq!((read.media_type, &read.parameters[..]), ("application/vc+jwt", &["charset=utf-8"][..]));
        assert_eq!(read.bytes, b"eyJ...");
        assert_eq!(bytes("DATA:a/b,eyJ%2E%2e~").unwrap(), b"eyJ..~");
        assert_eq!(bytes("data:,%00%ff").unwrap(), [0, 0xFF]);
        assert_eq!(bytes("data:a/b;base64,0oQ%3D").unwrap(), [0xD2, 0x84]);
        assert_eq!(bytes("data:a/b;base64,0oQ").unwrap(), [0xD2, 0x84]);
    }

    #[test]
    fn what_could_be_read_in_two_ways_is_malformed() {
        for url in [
            "data:a/b",
            "data:a/b,%",
            "data:a/b,%4",
            "data:a/b,%4g",
            "data:a/b,%+4",
            "data:a/b,%é",
            "data:a/b,a b",
            "data:a/b,a#b",
            "data:a/b,a\nb",
            "data:a/b,é",
            "data:a/b,a\"b",
            "data:a/b;base64,0oQ==",
            "data:a/b;base64,0oR=",
            "data:a/b;base64,-_8=",
            "data:a/b;base64, 0oQ=",
            "data:a/b;base64,%ff",
        ] {
            assert_eq!(bytes(url), Err(DecodeError::Malformed), "{url}");
        }
        // Only the last one says how the data is written.
        assert_eq!(read("data:a/b;base64;x=y,0oQ").unwrap().unwrap().parameters, ["base64", "x=y"]);
    }

    #[test]
    fn other_schemes_are_none_of_ours() {
        for url in ["https://a.example/b,c", "datax:,", ":,", "data", ""] {
            assert_eq!(read(url), None, "{url}");
        }
    }
}
