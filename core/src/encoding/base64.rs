//! base64 with padding (RFC 4648 §4), which JOSE uses for certificates only (RFC 7515 §4.1.6), and `data:` URLs (RFC 2397).

use base64ct::{Base64, Encoding};

use super::DecodeError;

/// The bytes of `text`. Missing padding, white space, the alphabet of base64url and trailing bits that are not zero are
/// refused. Linear in the length of `text`.
///
/// # Errors
/// [`DecodeError::Malformed`].
pub fn decode(text: &str) -> Result<Vec<u8>, DecodeError> {
    Base64::decode_vec(text).map_err(|_| DecodeError::Malformed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_one_text_for_each_value() {
        assert_eq!(decode("+/8=").as_deref(), Ok(&[0xFB, 0xFF][..]));
        for text in ["+/8", "-_8=", "+/9=", "+/8=\n", " +/8=", "+/8==", "+"] {
            assert_eq!(decode(text), Err(DecodeError::Malformed), "{text:?}");
        }
    }
}
