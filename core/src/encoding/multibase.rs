//! Multibase (CID 1.0 §2.4): a first character says the base. The two that the standards use are known: `z`
//! (base58btc) and `u` (base64url without padding).

use super::{DecodeError, base64url};

/// The bytes of a multibase text of at most `limit` bytes, decoded.
///
/// # Errors
/// [`DecodeError::Unknown`] for another base (or none), [`DecodeError::TooLong`], [`DecodeError::Malformed`].
pub fn decode(text: &str, limit: usize) -> Result<Vec<u8>, DecodeError> {
    let bytes = match (text.strip_prefix('z'), text.strip_prefix('u')) {
        (Some(body), _) => return decode_base58btc(body, limit),
        (_, Some(body)) => {
            // Four characters for three bytes.
            if body.len() > limit.saturating_add(limit / 3).saturating_add(1) {
                return Err(DecodeError::TooLong { limit });
            }
            base64url::decode(body)?
        }
        _ => return Err(DecodeError::Unknown),
    };
    within(bytes, limit)
}

/// The same where only `z` is allowed: a Multikey and the `proofValue` of most cryptosuites.
///
/// # Errors
/// As [`decode`]; `u` is [`DecodeError::Unknown`] here.
pub fn decode_z(text: &str, limit: usize) -> Result<Vec<u8>, DecodeError> {
    decode_base58btc(text.strip_prefix('z').ok_or(DecodeError::Unknown)?, limit)
}

/// The bytes of a base58btc text without prefix, at most `limit` of them. The length is checked before anything is
/// decoded, because decoding is quadratic.
///
/// # Errors
/// [`DecodeError::TooLong`], [`DecodeError::Malformed`].
pub fn decode_base58btc(body: &str, limit: usize) -> Result<Vec<u8>, DecodeError> {
    // A byte needs log 256 / log 58 = 1.366 characters, and 11/8 = 1.375.
    if body.len() > limit.saturating_mul(11).div_euclid(8).saturating_add(1) {
        return Err(DecodeError::TooLong { limit });
    }
    within(base58(body).ok_or(DecodeError::Malformed)?, limit)
}

const BASE58: &[u8; 58] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

/// What each byte is worth; 58 is no digit.
#[allow(clippy::indexing_slicing)] // done by the compiler
static DIGITS: [u8; 256] = {
    let mut digits = [58; 256];
    let mut digit = 0;
    while digit < 58 {
        digits[BASE58[digit] as usize] = digit as u8;
        digit += 1;
    }
    digits
};

/// Five digits at a time (58^5 < 2^32): a signature takes a tenth of the time that it takes digit by digit.
#[allow(clippy::cast_possible_truncation)] // the low half is what is wanted
fn base58(body: &str) -> Option<Vec<u8>> {
    // Least significant first.
    let mut words: Vec<u32> = Vec::with_capacity((body.len() / 5).saturating_add(1));
    for digits in body.as_bytes().chunks(5) {
        let (mut factor, mut carry) = (1_u64, 0_u64);
        for byte in digits {
            let digit = DIGITS.get(usize::from(*byte)).copied().filter(|digit| *digit < 58)?;
            factor = factor.wrapping_mul(58);
            carry = carry.wrapping_mul(58).wrapping_add(u64::from(digit));
        }
        for word in &mut words {
            let product = u64::from(*word).wrapping_mul(factor).wrapping_add(carry);
            *word = product as u32;
            carry = product >> 32;
        }
        if carry != 0 {
            words.push(carry as u32);
        }
    }
    // Every leading 1 is a byte of its own.
    let mut bytes = vec![0; body.bytes().take_while(|byte| *byte == b'1').count()];
    bytes.reserve_exact(words.len().saturating_mul(4));
    for (at, word) in words.iter().rev().enumerate() {
        let word = word.to_be_bytes();
        let zeros = if at == 0 { word.iter().take_while(|byte| **byte == 0).count() } else { 0 };
        bytes.extend(word.get(zeros..).unwrap_or(&[]));
    }
    Some(bytes)
}

/// The multibase text of `bytes` in base58btc.
pub fn encode_z(bytes: &[u8]) -> String {
    format!("z{}", bs58::encode(bytes).into_string())
}

fn within(bytes: Vec<u8>, limit: usize) -> Result<Vec<u8>, DecodeError> {
    if bytes.len() > limit { Err(DecodeError::TooLong { limit }) } else { Ok(bytes) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_two_bases_of_the_standards() {
        // The examples of CID 1.0 §2.4.
        assert_eq!(decode("z2NEpo7TZRRrLZSi2U", 64).as_deref(), Ok(&b"Hello World!"[..]));
        assert_eq!(decode("uSGVsbG8gV29ybGQh", 64).as_deref(), Ok(&b"Hello World!"[..]));
        assert_eq!(encode_z(b"Hello World!"), "z2NEpo7TZRRrLZSi2U");
        assert_eq!(decode("z", 64).as_deref(), Ok(&b""[..]));
        assert_eq!(decode("z11", 64).as_deref(), Ok(&[0, 0][..]));
    }

    /// Against the library that encodes.
    #[test]
    fn base58_of_every_length() {
        let mut byte = 1_u8;
        for len in 0..80 {
            for zeros in 0..3 {
                let mut bytes = vec![0; zeros];
                bytes.resize_with(zeros + len, || {
                    byte = byte.wrapping_mul(181).wrapping_add(7);
                    byte
                });
                assert_eq!(base58(&bs58::encode(&bytes).into_string()), Some(bytes));
            }
        }
    }

    #[test]
    fn other_bases_are_unknown() {
        for text in ["", "f00", "Z2NEpo7TZRRrLZSi2U", "U00", "mSGVsbG8", "2NEpo7TZRRrLZSi2U", "\0"] {
            assert_eq!(decode(text, 64), Err(DecodeError::Unknown), "{text:?}");
            assert_eq!(decode_z(text, 64), Err(DecodeError::Unknown), "{text:?}");
        }
        assert_eq!(decode_z("uSGVsbG8", 64), Err(DecodeError::Unknown));
    }

    #[test]
    fn characters_outside_of_the_alphabet_are_refused() {
        for text in
            ["z0", "zO", "zI", "zl", "z 2", "z2\n", "z2=", "zé", "zz\u{0}", "uSGVsbG8=", "uSGVsbG9", "u+/8"]
        {
            let refused = decode(text, 64);
            // `SGVsbG9` ends in bits that are not zero.
            assert_eq!(refused, Err(DecodeError::Malformed), "{text:?}");
        }
    }

    #[test]
    fn the_limit_is_exact_and_comes_before_decoding() {
        for bytes in [[0u8; 64], [0xFF; 64], [1; 64]] {
            let text = encode_z(&bytes);
            assert_eq!(decode(&text, 64).as_deref(), Ok(&bytes[..]));
            assert_eq!(decode(&text, 63), Err(DecodeError::TooLong { limit: 63 }));
            let text = format!("u{}", base64url::encode(&bytes));
            assert_eq!(decode(&text, 64).as_deref(), Ok(&bytes[..]));
            assert_eq!(decode(&text, 63), Err(DecodeError::TooLong { limit: 63 }));
        }
        // A quadratic decoder would need minutes for this.
        let long = format!("z{}", "z".repeat(4_000_000));
        assert_eq!(decode(&long, 64), Err(DecodeError::TooLong { limit: 64 }));
    }
}
