//! base64url without padding (RFC 4648 §5, RFC 7515 §2): the one text for each sequence of bytes.

use base64ct::{Base64UrlUnpadded, Encoding};

use super::DecodeError;

/// What a character stands for in each of the four places of a group; [`NONE`] for those of no meaning.
#[allow(clippy::indexing_slicing)] // when compiled: a wrong index is no panic
const VALUES: [[u32; 256]; 4] = {
    let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut values = [[NONE; 256]; 4];
    let mut value = 0;
    while value < alphabet.len() {
        let mut place = 0;
        while place < 4 {
            values[place][alphabet[value] as usize] = (value as u32) << (18 - 6 * place);
            place += 1;
        }
        value += 1;
    }
    values
};
/// Beyond the 24 bits of a group.
const NONE: u32 = 1 << 24;

/// The bytes of `text`. Padding, white space, the alphabet of plain base64 and trailing bits that are not zero are
/// refused (RFC 4648 §3.5), so that no two texts are one value. Linear in the length of `text`.
///
/// By a table: what is decoded here is public, and in constant time it takes a tenth of the time of a whole token.
///
/// # Errors
/// [`DecodeError::Malformed`].
pub fn decode(text: &str) -> Result<Vec<u8>, DecodeError> {
    let mut bytes = Vec::new();
    decode_to(&mut bytes, text)?;
    Ok(bytes)
}

/// The same, behind what is in `bytes` already. After an error they are of no use.
///
/// # Errors
/// As [`decode`].
pub(crate) fn decode_to(bytes: &mut Vec<u8>, text: &str) -> Result<(), DecodeError> {
    let [firsts, seconds, thirds, fourths] = &VALUES;
    let value = |values: &[u32; 256], byte: u8| values.get(usize::from(byte)).copied().unwrap_or(NONE);
    let mut seen = 0;
    let mut group = |[a, b, c, d]: [u8; 4]| {
        let bits = value(firsts, a) | value(seconds, b) | value(thirds, c) | value(fourths, d);
        seen |= bits;
        let [_, first, second, third] = bits.to_be_bytes();
        [first, second, third]
    };
    let (quads, rest) = text.as_bytes().as_chunks::<4>();
    let start = bytes.len();
    let length = quads.len().saturating_mul(3).saturating_add(rest.len().saturating_sub(1));
    bytes.resize(start.saturating_add(length), 0);
    let (triples, last) = bytes.get_mut(start..).unwrap_or_default().as_chunks_mut::<3>();
    for (triple, quad) in triples.iter_mut().zip(quads) {
        *triple = group(*quad);
    }
    // Those bits that make no byte are zero.
    let exact = match (rest, last) {
        ([], []) => true,
        ([a, b], [first]) => {
            let [decoded, beyond @ ..] = group([*a, *b, b'A', b'A']);
            *first = decoded;
            beyond == [0, 0]
        }
        ([a, b, c], [first, second]) => {
            let beyond;
            [*first, *second, beyond] = group([*a, *b, *c, b'A']);
            beyond == 0
        }
        _ => false,
    };
    if exact && seen < NONE { Ok(()) } else { Err(DecodeError::Malformed) }
}

/// The text of `bytes`.
pub fn encode(bytes: &[u8]) -> String {
    Base64UrlUnpadded::encode_string(bytes)
}

/// Appends the text of `bytes`.
pub(crate) fn encode_to(text: &mut String, bytes: &[u8]) {
    // 48 bytes are 64 characters, so that every piece but the last is whole groups.
    for piece in bytes.chunks(48) {
        text.push_str(Base64UrlUnpadded::encode(piece, &mut [0; 64]).unwrap_or(""));
    }
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
            let (mut longer, mut behind) = (b"x".to_vec(), String::from("x"));
            assert_eq!(decode_to(&mut longer, text), Ok(()));
            assert_eq!(longer, [b"x", bytes].concat());
            encode_to(&mut behind, bytes);
            assert_eq!(behind, format!("x{text}"));
        }
    }

    #[test]
    fn texts_of_every_length_come_back() {
        let bytes: Vec<u8> = (0..=255).collect();
        for length in 0..bytes.len() {
            let mut text = String::new();
            encode_to(&mut text, &bytes[..length]);
            assert_eq!(text, encode(&bytes[..length]));
            assert_eq!(decode(&text).as_deref(), Ok(&bytes[..length]));
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
