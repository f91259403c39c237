//! base64url without padding (RFC 4648 §5, RFC 7515 §2): the one text for each sequence of bytes.

use base64ct::{Base64UrlUnpadded, Encoding};

use super::DecodeError;

/// The bytes of `text`. Padding, white space, the alphabet of plain base64 and trailing bits that are not zero are
/// refused (RFC 4648 §3.5), so that no two texts are one value. Linear in the length of `text`.
///
/// # Errors
/// [`DecodeError::Malformed`].
pub fn decode(text: &str) -> Result<Vec<u8>, DecodeError> {
    Base64UrlUnpadded::decode_vec(text).map_err(|_| DecodeError::Malformed)
}

/// The text of `bytes`.
pub fn encode(bytes: &[u8]) -> String {
    Base64UrlUnpadded::encode_string(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rfc_4648_section_10_without_padding() {
        for (bytes, text) in [
            (&b""[..], ""),
            (b"f", "Zg"),
            (b"fo", "Zm8"),
            (b"foo", "Zm9v"),
            (b"foob", "Zm9vYg"),
            (b"fooba", "Zm9vYmE"),
            (b"foobar", "Zm9vYmFy"),
            (&[0xFB, 0xFF], "-_8"),
        ] {
            assert_eq!(decode(text).as_deref(), Ok(bytes));
            assert_eq!(encode(bytes), text);
        }
    }

    #[test]
    fn only_one_text_for_each_value() {
        // Padding, trailing bits, the other alphabet, white space, an impossible length, beyond ASCII.
        for text in
            ["Zg==", "Zg=", "Zh", "Zm9", "+/8", " Zg", "Zg\n", "Z g", "Z", "Zm9vY", "Zm9ü", "\0\0\0\0"]
        {
            assert_eq!(decode(text), Err(DecodeError::Malformed), "{text:?}");
        }
        // Every last character with bits beyond the last byte.
        let canonical = (0..=255u8).map(|byte| encode(&[byte])).collect::<Vec<_>>();
        let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        for first in alphabet.chars() {
            for last in alphabet.chars() {
                let text = format!("{first}{last}");
                assert_eq!(decode(&text).is_ok(), canonical.contains(&text), "{text}");
            }
        }
    }
}
