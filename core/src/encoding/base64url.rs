//! base64url without padding (RFC 4648 §5, RFC 7515 §2): the one text for each sequence of bytes.

use base64ct::{Base64UrlUnpadded, Encoding};

use super::DecodeError;

/// What a character stands for; [`NONE`] for those of no meaning.
#[allow(clippy::indexing_slicing)] // worked out by the compiler, who sees every index
const VALUES: [u8; 256] = {
    let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut values = [NONE; 256];
    let mut value = 0;
    while value < alphabet.len() {
        values[alphabet[value] as usize] = value as u8;
        value += 1;
    }
    values
};
const NONE: u8 = 0xFF;

/// The bytes of `text`. Padding, white space, the alphabet of plain base64 and trailing bits that are not zero are
/// refused (RFC 4648 §3.5), so that no two texts are one value. Linear in the length of `text`.
///
/// By a table: what is decoded here is public, and in constant time it takes a tenth of the time of a whole token.
///
/// # Errors
/// [`DecodeError::Malformed`].
pub fn decode(text: &str) -> Result<Vec<u8>, DecodeError> {
    let value = |byte: u8| VALUES.get(usize::from(byte)).copied().unwrap_or(NONE);
    let mut bytes = Vec::with_capacity(text.len());
    // The high bit is set once a character was none of the alphabet.
    let mut seen = 0;
    let mut push = |characters: [u8; 4], length: usize| {
        let [a, b, c, d] = characters.map(value);
        seen |= a | b | c | d;
        let bits = u32::from(a) << 18 | u32::from(b) << 12 | u32::from(c) << 6 | u32::from(d);
        let [_, decoded @ ..] = bits.to_be_bytes();
        bytes.extend(decoded.iter().take(length));
        // Those bits that make no byte.
        decoded.iter().skip(length).all(|rest| *rest == 0)
    };
    let mut quads = text.as_bytes().chunks_exact(4);
    for quad in &mut quads {
        if let [a, b, c, d] = *quad {
            push([a, b, c, d], 3);
        }
    }
    let exact = match *quads.remainder() {
        [] => true,
        [a, b] => push([a, b, b'A', b'A'], 1),
        [a, b, c] => push([a, b, c, b'A'], 2),
        _ => false,
    };
    if exact && seen < 0x80 { Ok(bytes) } else { Err(DecodeError::Malformed) }
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
