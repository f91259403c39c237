//! Finding the next byte that matters, eight bytes at a time.

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x8080_8080_8080_8080;

/// How many bytes there are before the first quotation mark, backslash, control character (below U+0020) or one of
/// `also`: what JSON and N-Quads can take as it is.
///
/// A zero byte is found by the borrow that subtracting one takes (and a small one by that of subtracting 32). The
/// borrow may spill into greater bytes, never into smaller ones, so the first that is found is right.
pub(crate) fn plain<const N: usize>(bytes: &[u8], also: [u8; N]) -> usize {
    let (words, rest) = bytes.as_chunks::<8>();
    let mut at = 0_usize;
    for word in words {
        let word = u64::from_le_bytes(*word);
        let equal = |byte: u8| {
            let zero = word ^ ONES.wrapping_mul(u64::from(byte));
            zero.wrapping_sub(ONES) & !zero
        };
        let mut found = equal(b'"') | equal(b'\\') | (word.wrapping_sub(ONES.wrapping_mul(0x20)) & !word);
        for byte in also {
            found |= equal(byte);
        }
        found &= HIGH;
        if found != 0 {
            return at.saturating_add((found.trailing_zeros() / 8) as usize);
        }
        at = at.saturating_add(8);
    }
    let special = |byte: &u8| matches!(byte, 0..=0x1F | b'"' | b'\\') || also.contains(byte);
    at.saturating_add(rest.iter().position(special).unwrap_or(rest.len()))
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn every_byte_in_every_place_is_judged_alone() {
        for byte in 0..=u8::MAX {
            let special = byte < 0x20 || byte == b'"' || byte == b'\\';
            for before in 0..20 {
                for neighbour in [b'a', 0x7F, 0x80, 0xFF, 0x20, b'#', b']'] {
                    let mut bytes = vec![neighbour; 24];
                    bytes[before] = byte;
                    assert_eq!(plain(&bytes, []), if special { before } else { 24 }, "{byte} {before}");
                    let more = special || byte == 0xEF;
                    assert_eq!(plain(&bytes, [0xEF]), if more { before } else { 24 }, "{byte} {before}");
                }
            }
        }
        assert_eq!(plain(b"", []), 0);
    }
}
