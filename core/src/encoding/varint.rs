//! Unsigned varints (the multiformats' `unsigned-varint`, CID 1.0 §2.4 and §2.5): seven bits a byte, least significant
//! first, at most nine bytes.

use super::DecodeError;

/// The number at the beginning of `bytes`, and the bytes after it.
///
/// # Errors
/// [`DecodeError::Malformed`] if it does not end, has more than nine bytes, or could be written with fewer: a prefix
/// must have one form, or one key would have two identifiers.
pub fn read(bytes: &[u8]) -> Result<(u64, &[u8]), DecodeError> {
    let mut value = 0u64;
    for (index, byte) in bytes.iter().enumerate().take(9) {
        let bits = u64::from(byte & 0x7F);
        // At most 8 * 7 = 56: nothing is shifted out.
        let shift = u32::try_from(index).unwrap_or(0).saturating_mul(7);
        value |= bits.checked_shl(shift).unwrap_or(0);
        if byte & 0x80 == 0 {
            let minimal = bits != 0 || index == 0;
            let rest = bytes.get(index.saturating_add(1)..).unwrap_or(&[]);
            return if minimal { Ok((value, rest)) } else { Err(DecodeError::Malformed) };
        }
    }
    Err(DecodeError::Malformed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_every_length() {
        // The examples of the unsigned-varint specification, and the largest number.
        for (bytes, value) in [
            (&[0x00][..], 0),
            (&[0x01], 1),
            (&[0x7F], 127),
            (&[0x80, 0x01], 128),
            (&[0xFF, 0x01], 255),
            (&[0xAC, 0x02], 300),
            (&[0x80, 0x80, 0x01], 16_384),
            (&[0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F], (1 << 63) - 1),
        ] {
            assert_eq!(read(bytes), Ok((value, &[][..])));
            assert_eq!(read(&[bytes, &[0xAA]].concat()), Ok((value, &[0xAA][..])));
        }
    }

    #[test]
    fn only_the_shortest_form() {
        for bytes in [
            &[][..],
            &[0x80],
            &[0x80, 0x00],
            &[0xED, 0x81, 0x00],
            &[0x81, 0x80, 0x80, 0x00],
            &[0x80; 9],
            &[0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01],
        ] {
            assert_eq!(read(bytes), Err(DecodeError::Malformed), "{bytes:?}");
        }
    }
}
