//! Statuses in a string of bits: how it is packed, in which order it is read.

use crate::codes::{Code, Finding};
use crate::encoding::{DecodeError, base64url, inflate, multibase};
use crate::limits::{self, STATUS_LIST, STATUS_LIST_EXPANDED};

/// Which bits of a byte come first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// The most significant ones ("left-most", Bitstring Status List 1.0 §3.4).
    MostSignificantFirst,
    /// The least significant ones (draft-ietf-oauth-status-list §4.1).
    LeastSignificantFirst,
}

/// How the bits are written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Packing {
    /// GZIP in multibase `u` (Bitstring Status List 1.0 §2.2).
    Multibase,
    /// GZIP in base64: its text says base64 and its example is base64url without padding (StatusList2021 §3.2).
    Base64,
    /// ZLIB by its text, GZIP by its example (RevocationList2020).
    Base64OfEither,
    /// ZLIB in base64url (draft-ietf-oauth-status-list §4.2).
    Zlib,
}

impl Packing {
    pub(super) fn order(self) -> Order {
        match self {
            Packing::Zlib => Order::LeastSignificantFirst,
            Packing::Multibase | Packing::Base64 | Packing::Base64OfEither => Order::MostSignificantFirst,
        }
    }

    /// The bits that a text stands for.
    ///
    /// # Errors
    /// [`Code::StatusListEncoding`], [`Code::LimitStatusList`].
    pub(super) fn inflate(self, text: &str) -> Result<Vec<u8>, Finding> {
        let unpack = || {
            let bytes = match self {
                // `z` is no way to write a list.
                Packing::Multibase if !text.starts_with('u') => return Err(DecodeError::Unknown),
                Packing::Multibase => multibase::decode(text, STATUS_LIST)?,
                Packing::Base64 | Packing::Base64OfEither => either_base64(text)?,
                Packing::Zlib => base64url::decode(text)?,
            };
            let is_zlib = self == Packing::Zlib
                || self == Packing::Base64OfEither && !bytes.starts_with(&inflate::GZIP);
            let inflate = if is_zlib { inflate::zlib } else { inflate::gzip };
            inflate(&bytes, STATUS_LIST_EXPANDED)
        };
        unpack().map_err(|error| match error {
            DecodeError::TooLong { limit } => limits::reached(Code::LimitStatusList, limit),
            _ => Finding::new(Code::StatusListEncoding),
        })
    }
}

/// base64 in either alphabet, padded or not.
fn either_base64(text: &str) -> Result<Vec<u8>, DecodeError> {
    let body = text.trim_end_matches('=');
    let padding = text.len().saturating_sub(body.len());
    if padding > 2 || (padding > 0 && !text.len().is_multiple_of(4)) {
        return Err(DecodeError::Malformed);
    }
    base64url::decode(&body.replace('+', "-").replace('/', "_"))
}

/// How many statuses of `size` bits there are.
pub(super) fn count(bits: &[u8], size: u8) -> u64 {
    let bits = u64::try_from(bits.len()).unwrap_or(u64::MAX).saturating_mul(8);
    bits.checked_div(u64::from(size)).unwrap_or(0)
}

/// The status at an index; `None` if there is none (which must never read as "not set").
pub(super) fn get(bits: &[u8], index: u64, size: u8, order: Order) -> Option<u64> {
    if index >= count(bits, size) {
        return None;
    }
    let start = index.checked_mul(u64::from(size))?;
    (0..u64::from(size)).try_fold(0_u64, |value, offset| {
        let at = start.checked_add(offset)?;
        let byte = *bits.get(usize::try_from(at / 8).ok()?)?;
        let bit = |place: u64| u64::from((byte >> place) & 1);
        Some(match order {
            Order::MostSignificantFirst => (value << 1) | bit(7_u64.saturating_sub(at % 8)),
            Order::LeastSignificantFirst => value | (bit(at % 8) << offset),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use Order::{LeastSignificantFirst, MostSignificantFirst};

    /// threats.md T09, T17: index 0 is the left-most bit there and the right-most here.
    #[test]
    fn the_two_orders() {
        let set = |order| -> Vec<u64> {
            (0..16).filter(|index| get(&[0b1100_0000, 0], *index, 1, order) == Some(1)).collect()
        };
        assert_eq!(set(MostSignificantFirst), [0, 1]);
        assert_eq!(set(LeastSignificantFirst), [6, 7]);
    }

    /// The example of draft-ietf-oauth-status-list §4.1: one bit each, then two bits each.
    #[test]
    fn the_examples_of_the_token_status_list() {
        let one: Vec<u64> =
            (0..16).map(|index| get(&[0xB9, 0xA3], index, 1, LeastSignificantFirst).unwrap()).collect();
        assert_eq!(one, [1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1]);
        let two: Vec<u64> =
            (0..12).map(|index| get(&[0xC9, 0x44, 0xF9], index, 2, LeastSignificantFirst).unwrap()).collect();
        assert_eq!(two, [1, 2, 0, 3, 0, 1, 0, 1, 1, 2, 3, 3]);
    }

    /// threats.md T10: statuses of any size, also across bytes.
    #[test]
    fn statuses_of_several_bits() {
        let bits = [0b0001_1011, 0b1010_0101, 0xFF];
        let all = |size| -> Vec<u64> {
            (0..count(&bits, size)).map(|i| get(&bits, i, size, MostSignificantFirst).unwrap()).collect()
        };
        assert_eq!(all(2), [0, 1, 2, 3, 2, 2, 1, 1, 3, 3, 3, 3]);
        assert_eq!(all(3), [0, 6, 7, 2, 2, 7, 7, 7]);
        assert_eq!(all(8), [0x1B, 0xA5, 0xFF]);
        assert_eq!(all(24), [0x1B_A5_FF]);
        assert_eq!(all(32), [] as [u64; 0]);
        assert_eq!(get(&bits, 0, 8, LeastSignificantFirst), Some(0x1B));
    }

    /// threats.md T08: what is beyond the end is not 0.
    #[test]
    fn beyond_the_end_there_is_nothing() {
        for order in [MostSignificantFirst, LeastSignificantFirst] {
            for (index, size) in [(16, 1), (8, 2), (u64::MAX, 1), (u64::MAX / 8, 8), (5, 3), (0, 17), (0, 0)]
            {
                assert_eq!(get(&[0xFF, 0xFF], index, size, order), None, "{index} {size}");
            }
            assert_eq!(get(&[0xFF, 0xFF], 15, 1, order), Some(1));
            assert_eq!(get(&[], 0, 1, order), None);
        }
    }

    /// threats.md T13, T17: each format has its packing.
    #[test]
    fn each_packing_reads_its_own() {
        let encoding = |packing: Packing, text: &str| packing.inflate(text).map_err(|finding| finding.code);
        // "abc" in GZIP and in ZLIB.
        let (gzip, zlib) = ("H4sIAAAAAAAAA0tMSgYAwkEkNQMAAAA", "eJxLTEoGAAJNASc");
        let abc = Ok(b"abc".to_vec());
        let wrong = Err(Code::StatusListEncoding);
        assert_eq!(encoding(Packing::Multibase, &format!("u{gzip}")), abc);
        assert_eq!(encoding(Packing::Base64, gzip), abc);
        assert_eq!(encoding(Packing::Base64, &format!("{gzip}=")), abc);
        assert_eq!(encoding(Packing::Base64OfEither, gzip), abc);
        assert_eq!(encoding(Packing::Base64OfEither, zlib), abc);
        assert_eq!(encoding(Packing::Zlib, zlib), abc);
        for (packing, text) in [
            (Packing::Multibase, gzip.to_owned()),
            (Packing::Multibase, format!("u{gzip}=")),
            (Packing::Multibase, format!("u{zlib}")),
            (Packing::Multibase, format!("m{gzip}")),
            (Packing::Multibase, "u".to_owned()),
            (Packing::Base64, format!("{gzip}==")),
            (Packing::Base64, zlib.to_owned()),
            (Packing::Zlib, gzip.to_owned()),
            (Packing::Zlib, format!("u{zlib}")),
            (Packing::Zlib, String::new()),
        ] {
            assert_eq!(encoding(packing, &text), wrong, "{packing:?} {text}");
        }
    }

    #[test]
    fn both_alphabets() {
        assert_eq!(either_base64("+/8="), Ok(vec![0xFB, 0xFF]));
        assert_eq!(either_base64("-_8"), Ok(vec![0xFB, 0xFF]));
        for bad in ["-_8==", "-_9=", "=", "A===", "ab=c", "a b"] {
            assert_eq!(either_base64(bad), Err(DecodeError::Malformed), "{bad}");
        }
    }
}
