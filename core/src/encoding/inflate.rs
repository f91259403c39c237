//! DEFLATE in its two wrappings: GZIP (RFC 1952) and ZLIB (RFC 1950), up to a limit.
//!
//! A few kilobytes can stand for gigabytes, so nothing is written beyond the limit, and memory grows with what is really
//! there. One member, its checksum and length right, nothing behind it: whoever may add bytes that one reader sees and
//! another does not can show two lists.

use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::inflate_flags::{
    TINFL_FLAG_COMPUTE_ADLER32, TINFL_FLAG_PARSE_ZLIB_HEADER, TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF,
};
use miniz_oxide::inflate::core::{DecompressorOxide, decompress};

use super::DecodeError;

/// The first two bytes of GZIP.
pub const GZIP: [u8; 2] = [0x1F, 0x8B];

/// Of the flags of a GZIP header (RFC 1952 §2.3.1).
const FTEXT: u8 = 1;
const FHCRC: u8 = 2;
const FEXTRA: u8 = 4;
const FNAME: u8 = 8;
const FCOMMENT: u8 = 16;

/// Inflates GZIP: exactly one member.
///
/// # Errors
/// [`DecodeError::Malformed`]; [`DecodeError::TooLong`] for more than `limit` bytes.
pub fn gzip(bytes: &[u8], limit: usize) -> Result<Vec<u8>, DecodeError> {
    let body = gzip_body(bytes).ok_or(DecodeError::Malformed)?;
    let (inflated, rest) = inflate(body, 0, limit)?;
    let trailer: &[u8; 8] = rest.try_into().map_err(|_| DecodeError::Malformed)?;
    let [a, b, c, d, e, f, g, h] = *trailer;
    let length = u32::try_from(inflated.len()).map_err(|_| DecodeError::Malformed)?;
    let right =
        crc32(&inflated) == u32::from_le_bytes([a, b, c, d]) && length == u32::from_le_bytes([e, f, g, h]);
    if right { Ok(inflated) } else { Err(DecodeError::Malformed) }
}

/// Inflates ZLIB.
///
/// # Errors
/// As [`gzip`].
pub fn zlib(bytes: &[u8], limit: usize) -> Result<Vec<u8>, DecodeError> {
    let (inflated, rest) = inflate(bytes, TINFL_FLAG_PARSE_ZLIB_HEADER | TINFL_FLAG_COMPUTE_ADLER32, limit)?;
    if rest.is_empty() { Ok(inflated) } else { Err(DecodeError::Malformed) }
}

/// What follows the header of a GZIP member (RFC 1952 §2.3).
fn gzip_body(bytes: &[u8]) -> Option<&[u8]> {
    let (head, mut rest) = bytes.split_at_checked(10)?;
    let [magic_1, magic_2, method, flags, ..] = *head else { return None };
    if [magic_1, magic_2] != GZIP || method != 8 {
        return None;
    }
    if flags & !(FTEXT | FHCRC | FEXTRA | FNAME | FCOMMENT) != 0 {
        return None;
    }
    if flags & FEXTRA != 0 {
        let (length, after) = rest.split_first_chunk::<2>()?;
        rest = after.get(usize::from(u16::from_le_bytes(*length))..)?;
    }
    for flag in [FNAME, FCOMMENT] {
        if flags & flag != 0 {
            let end = rest.iter().position(|byte| *byte == 0)?;
            rest = rest.get(end.checked_add(1)?..)?;
        }
    }
    if flags & FHCRC != 0 {
        let header = bytes.get(..bytes.len().checked_sub(rest.len())?)?;
        let (stated, after) = rest.split_first_chunk::<2>()?;
        if crc32(header).to_le_bytes().first_chunk::<2>() != Some(stated) {
            return None;
        }
        rest = after;
    }
    Some(rest)
}

/// The bytes that a DEFLATE stream stands for, and what follows the stream.
fn inflate(bytes: &[u8], flags: u32, limit: usize) -> Result<(Vec<u8>, &[u8]), DecodeError> {
    /// What nearly every status list fits into.
    const FIRST: usize = 64 * 1024;
    let mut state = Box::<DecompressorOxide>::default();
    // One byte more tells a stream that ends at the limit from one that goes on.
    let most = limit.saturating_add(1);
    let mut inflated = vec![0; FIRST.min(most)];
    let (mut read, mut written) = (0_usize, 0_usize);
    loop {
        let rest = bytes.get(read..).unwrap_or(&[]);
        let flags = flags | TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
        let (status, used, made) = decompress(&mut state, rest, &mut inflated, written, flags);
        read = read.saturating_add(used);
        written = written.saturating_add(made);
        if written > limit {
            return Err(DecodeError::TooLong { limit });
        }
        match status {
            TINFLStatus::Done => break,
            TINFLStatus::HasMoreOutput => {
                let larger = inflated.len().saturating_mul(2).min(most);
                if larger == inflated.len() {
                    return Err(DecodeError::TooLong { limit });
                }
                inflated.resize(larger, 0);
            }
            _ => return Err(DecodeError::Malformed),
        }
    }
    inflated.truncate(written);
    Ok((inflated, bytes.get(read..).unwrap_or(&[])))
}

/// CRC-32 (RFC 1952 §8; PNG 3rd edition §5.5).
pub(crate) fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32, byte: &u8| {
        let index = (crc ^ u32::from(*byte)) & 0xFF;
        (crc >> 8) ^ TABLE.get(index as usize).copied().unwrap_or(0)
    };
    !bytes.iter().fold(u32::MAX, step)
}

/// The checksums of all bytes.
static TABLE: [u32; 256] = table();

#[allow(clippy::indexing_slicing, clippy::arithmetic_side_effects)] // computed by the compiler, which would refuse it
const fn table() -> [u32; 256] {
    let mut table = [0; 256];
    let mut index = 0;
    while index < 256 {
        let mut crc = index as u32;
        let mut bit = 0;
        while bit < 8 {
            crc = (crc >> 1) ^ (0xEDB8_8320 & (crc & 1).wrapping_neg());
            bit += 1;
        }
        table[index] = crc;
        index += 1;
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use DecodeError::{Malformed, TooLong};

    /// `printf abc | gzip -n`.
    const ABC: &[u8] =
        &[0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 0x4B, 0x4C, 0x4A, 6, 0, 0xC2, 0x41, 0x24, 0x35, 3, 0, 0, 0];
    /// The same in ZLIB.
    const ABC_ZLIB: &[u8] = &[0x78, 0x9C, 0x4B, 0x4C, 0x4A, 6, 0, 2, 0x4D, 1, 0x27];

    fn zlib_of(bytes: &[u8]) -> Vec<u8> {
        miniz_oxide::deflate::compress_to_vec_zlib(bytes, 6)
    }

    fn gzip_of(bytes: &[u8]) -> Vec<u8> {
        let mut all = ABC[..10].to_vec();
        all.extend(miniz_oxide::deflate::compress_to_vec(bytes, 6));
        all.extend(crc32(bytes).to_le_bytes());
        all.extend(u32::try_from(bytes.len()).unwrap().to_le_bytes());
        all
    }

    #[test]
    fn both_wrappings() {
        assert_eq!(gzip(ABC, 3).as_deref(), Ok(&b"abc"[..]));
        assert_eq!(zlib(ABC_ZLIB, 3).as_deref(), Ok(&b"abc"[..]));
        assert_eq!(gzip(ABC_ZLIB, 3), Err(Malformed));
        assert_eq!(zlib(ABC, 3), Err(Malformed));
    }

    /// The check value of CRC-32.
    #[test]
    fn the_checksum() {
        assert_eq!(crc32(b"123456789"), 0xCBF4_3926);
        assert_eq!(crc32(b""), 0);
    }

    /// threats.md T12: the limit is exact and nothing is written beyond it, whatever the buffer has grown to.
    #[test]
    fn the_limit_is_exact() {
        for length in [0, 1, 65_535, 65_536, 65_537, 200_000] {
            let bytes: Vec<u8> = (0..length).map(|index: usize| (index % 251) as u8).collect();
            for (inflate, packed) in
                [(gzip as fn(&[u8], usize) -> _, gzip_of(&bytes)), (zlib, zlib_of(&bytes))]
            {
                assert_eq!(inflate(&packed, length).as_ref(), Ok(&bytes), "{length}");
                assert_eq!(inflate(&packed, length + 1).as_ref(), Ok(&bytes), "{length}");
                if let Some(less) = length.checked_sub(1) {
                    assert_eq!(inflate(&packed, less), Err(TooLong { limit: less }), "{length}");
                }
            }
        }
    }

    #[test]
    fn a_bomb_costs_its_limit() {
        // 16 MiB of zeros in 16 KiB.
        let bomb = zlib_of(&vec![0; 16 * 1024 * 1024]);
        assert!(bomb.len() < 100_000);
        assert_eq!(zlib(&bomb, 1 << 20), Err(TooLong { limit: 1 << 20 }));
    }

    /// threats.md T13: every byte counts, and nothing stands behind the last.
    #[test]
    fn what_is_cut_changed_or_added_is_malformed() {
        for (inflate, good) in [(gzip as fn(&[u8], usize) -> _, ABC), (zlib, ABC_ZLIB)] {
            for end in 0..good.len() {
                assert_eq!(inflate(&good[..end], 64), Err(Malformed), "{end}");
            }
            assert_eq!(inflate(&[good, &[0]].concat(), 64), Err(Malformed));
            assert_eq!(inflate(&[good, good].concat(), 64), Err(Malformed), "a second member");
            for changed in good.len() - 4..good.len() {
                let mut bad = good.to_vec();
                bad[changed] ^= 1;
                assert_eq!(inflate(&bad, 64), Err(Malformed), "{changed}");
            }
        }
    }

    #[test]
    fn the_optional_fields_of_a_gzip_header() {
        let with = |flags: u8, fields: &[u8]| {
            let mut bytes = ABC[..10].to_vec();
            bytes[3] = flags;
            bytes.extend_from_slice(fields);
            if flags & FHCRC != 0 {
                let crc = crc32(&bytes).to_le_bytes();
                bytes.extend_from_slice(&crc[..2]);
            }
            bytes.extend_from_slice(&ABC[10..]);
            gzip(&bytes, 64)
        };
        assert_eq!(with(FTEXT, b"").as_deref(), Ok(&b"abc"[..]));
        assert_eq!(with(FNAME, b"list\0").as_deref(), Ok(&b"abc"[..]));
        assert_eq!(with(FNAME | FCOMMENT, b"list\0of\0").as_deref(), Ok(&b"abc"[..]));
        assert_eq!(with(FEXTRA | FHCRC, b"\x02\0xy").as_deref(), Ok(&b"abc"[..]));
        assert_eq!(with(FEXTRA, b"\xFF\xFFxy"), Err(Malformed));
        assert_eq!(with(FNAME, &[b'x'; 4]), Err(Malformed));
        assert_eq!(with(0x20, b""), Err(Malformed), "a reserved flag");
    }
}
