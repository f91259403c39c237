//! CBOR (RFC 8949), strict: one sequence of bytes for each value.
//!
//! What is read is what a deterministic encoder writes (§4.2.1): definite lengths, the shortest form of every integer
//! and length, no key twice in a map, nothing after the value. Maps keep the order in which they were written. Integers
//! are those between −2^63 and 2^63 − 1; floating-point numbers and simple values other than `false`, `true` and `null`
//! are in none of the standards that need CBOR here, and are refused. So are tags, unless they are asked for.

use std::collections::BTreeSet;

use minicbor::Decoder;
use minicbor::data::Type;

use super::DecodeError;

/// How much is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// Values inside each other, counting the outermost. At most [`MAX_DEPTH`] is ever read.
    pub depth: usize,
    /// Values, all together: keys of maps are values, too.
    pub values: usize,
}

/// The deepest that [`Bounds::depth`] takes: reading recurses, and everything runs on a small stack.
pub const MAX_DEPTH: usize = 16;

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'b> {
    /// An integer (major types 0 and 1).
    Int(i64),
    /// A byte string.
    Bytes(&'b [u8]),
    /// A text string.
    Text(&'b str),
    /// An array.
    Array(Vec<Value<'b>>),
    /// A map: keys and values as they were written.
    Map(Vec<(Value<'b>, Value<'b>)>),
    /// A tag and what it is on.
    Tag(u64, Box<Value<'b>>),
    /// `false` or `true`.
    Bool(bool),
    /// `null`.
    Null,
}

impl<'b> Value<'b> {
    /// The integer.
    pub fn as_int(&self) -> Option<i64> {
        if let Value::Int(number) = self { Some(*number) } else { None }
    }

    /// The byte string.
    pub fn as_bytes(&self) -> Option<&'b [u8]> {
        if let Value::Bytes(bytes) = self { Some(bytes) } else { None }
    }

    /// The byte string, if it has exactly this many bytes.
    pub fn as_bytes_of<const N: usize>(&self) -> Option<&'b [u8; N]> {
        self.as_bytes()?.try_into().ok()
    }

    /// The text.
    pub fn as_text(&self) -> Option<&'b str> {
        if let Value::Text(text) = self { Some(text) } else { None }
    }

    /// The array.
    pub fn as_array(&self) -> Option<&[Value<'b>]> {
        if let Value::Array(items) = self { Some(items) } else { None }
    }

    /// The map.
    pub fn as_map(&self) -> Option<&[(Value<'b>, Value<'b>)]> {
        if let Value::Map(entries) = self { Some(entries) } else { None }
    }
}

/// The one value that these bytes are. `tags` are the tags that may stand in it, anywhere.
///
/// # Errors
/// [`DecodeError::TooLong`] for more values than `bounds` allow; [`DecodeError::Repeated`]; [`DecodeError::Malformed`] for everything else that is
/// refused, values too deep inside each other among it.
pub fn read<'b>(bytes: &'b [u8], bounds: Bounds, tags: &[u64]) -> Result<Value<'b>, DecodeError> {
    let mut reader = Reader { decoder: Decoder::new(bytes), left: bounds.values, limit: bounds.values, tags };
    let value = reader.value(bounds.depth.min(MAX_DEPTH))?;
    if reader.decoder.position() == bytes.len() { Ok(value) } else { Err(DecodeError::Malformed) }
}

struct Reader<'b, 't> {
    decoder: Decoder<'b>,
    left: usize,
    limit: usize,
    tags: &'t [u64],
}

impl<'b> Reader<'b, '_> {
    /// The value that comes next; `depth` values may stand inside each other.
    fn value(&mut self, depth: usize) -> Result<Value<'b>, DecodeError> {
        let depth = depth.checked_sub(1).ok_or(DecodeError::Malformed)?;
        self.left = self.left.checked_sub(1).ok_or(DecodeError::TooLong { limit: self.limit })?;
        let start = self.decoder.position();
        Ok(match self.decoder.datatype().map_err(malformed)? {
            Type::U8 | Type::U16 | Type::U32 | Type::U64 | Type::I8 | Type::I16 | Type::I32 | Type::I64 => {
                let number = self.decoder.i64().map_err(malformed)?;
                // −1 − n is written as n, and `!n` is −1 − n.
                let written = if number < 0 { !number } else { number };
                self.shortest(start, written.unsigned_abs(), 0)?;
                Value::Int(number)
            }
            Type::Bytes => {
                let bytes = self.decoder.bytes().map_err(malformed)?;
                self.shortest(start, bytes.len() as u64, bytes.len())?;
                Value::Bytes(bytes)
            }
            Type::String => {
                let text = self.decoder.str().map_err(malformed)?;
                self.shortest(start, text.len() as u64, text.len())?;
                Value::Text(text)
            }
            Type::Array => {
                let len = self.decoder.array().map_err(malformed)?.ok_or(DecodeError::Malformed)?;
                self.shortest(start, len, 0)?;
                // Nothing is set aside for a length that the bytes may not have.
                let mut items = Vec::new();
                for _ in 0..len {
                    items.push(self.value(depth)?);
                }
                Value::Array(items)
            }
            Type::Map => {
                let len = self.decoder.map().map_err(malformed)?.ok_or(DecodeError::Malformed)?;
                self.shortest(start, len, 0)?;
                self.entries(len, depth)?
            }
            Type::Tag => {
                let tag = self.decoder.tag().map_err(malformed)?.as_u64();
                self.shortest(start, tag, 0)?;
                if !self.tags.contains(&tag) {
                    return Err(DecodeError::Malformed);
                }
                Value::Tag(tag, Box::new(self.value(depth)?))
            }
            Type::Bool => Value::Bool(self.decoder.bool().map_err(malformed)?),
            Type::Null => {
                self.decoder.null().map_err(malformed)?;
                Value::Null
            }
            _ => return Err(DecodeError::Malformed),
        })
    }

    /// The entries of a map. As every value has one form, keys are the same where their bytes are.
    fn entries(&mut self, len: u64, depth: usize) -> Result<Value<'b>, DecodeError> {
        let mut entries = Vec::new();
        let mut keys = BTreeSet::new();
        for _ in 0..len {
            let start = self.decoder.position();
            let key = self.value(depth)?;
            let written = self.decoder.input().get(start..self.decoder.position());
            if !keys.insert(written) {
                return Err(DecodeError::Repeated);
            }
            entries.push((key, self.value(depth)?));
        }
        Ok(Value::Map(entries))
    }

    /// Whether the head that was read from `start` on, with `content` bytes after it, is the shortest one for its
    /// argument (RFC 8949 §4.2.1).
    fn shortest(&self, start: usize, argument: u64, content: usize) -> Result<(), DecodeError> {
        let head = match argument {
            0..=23 => 1,
            24..=0xFF => 2,
            0x100..=0xFFFF => 3,
            0x1_0000..=0xFFFF_FFFF => 5,
            _ => 9_usize,
        };
        let read = self.decoder.position().checked_sub(start);
        if read == head.checked_add(content) { Ok(()) } else { Err(DecodeError::Malformed) }
    }
}

fn malformed(_: minicbor::decode::Error) -> DecodeError {
    DecodeError::Malformed
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOUNDS: Bounds = Bounds { depth: 8, values: 1_000 };

    fn bytes(hex: &str) -> Vec<u8> {
        (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
    }

    fn refused(hex: &str) -> bool {
        matches!(read(&bytes(hex), BOUNDS, &[18]), Err(DecodeError::Malformed | DecodeError::Repeated))
    }

    /// RFC 8949, appendix A, the values that are read here.
    #[test]
    fn rfc_8949_appendix_a() {
        let int = |number| Value::Int(number);
        let array = |items: &[i64]| Value::Array(items.iter().map(|item| int(*item)).collect());
        for (hex, value) in [
            ("00", int(0)),
            ("01", int(1)),
            ("0a", int(10)),
            ("17", int(23)),
            ("1818", int(24)),
            ("1819", int(25)),
            ("1864", int(100)),
            ("1903e8", int(1_000)),
            ("1a000f4240", int(1_000_000)),
            ("1b000000e8d4a51000", int(1_000_000_000_000)),
            ("1b7fffffffffffffff", int(i64::MAX)),
            ("20", int(-1)),
            ("29", int(-10)),
            ("3863", int(-100)),
            ("3903e7", int(-1_000)),
            ("3b7fffffffffffffff", int(i64::MIN)),
            ("f4", Value::Bool(false)),
            ("f5", Value::Bool(true)),
            ("f6", Value::Null),
            ("40", Value::Bytes(&[])),
            ("4401020304", Value::Bytes(&[1, 2, 3, 4])),
            ("60", Value::Text("")),
            ("6449455446", Value::Text("IETF")),
            ("62c3bc", Value::Text("ü")),
            ("64f0908591", Value::Text("\u{10151}")),
            ("80", array(&[])),
            ("83010203", array(&[1, 2, 3])),
            ("8301820203820405", Value::Array(vec![int(1), array(&[2, 3]), array(&[4, 5])])),
            ("a0", Value::Map(Vec::new())),
            ("a201020304", Value::Map(vec![(int(1), int(2)), (int(3), int(4))])),
            (
                "a26161016162820203",
                Value::Map(vec![(Value::Text("a"), int(1)), (Value::Text("b"), array(&[2, 3]))]),
            ),
            // COSE's tag, and keys of both kinds in an order of their own.
            (
                "d281a2617801200a",
                Value::Tag(
                    18,
                    Box::new(Value::Array(vec![Value::Map(vec![
                        (Value::Text("x"), int(1)),
                        (int(-1), int(10)),
                    ])])),
                ),
            ),
        ] {
            assert_eq!(read(&bytes(hex), BOUNDS, &[18]), Ok(value), "{hex}");
        }
    }

    #[test]
    fn only_the_shortest_form() {
        for hex in [
            // Integers.
            "1800",
            "1817",
            "190000",
            "1900ff",
            "1a00000000",
            "1a0000ffff",
            "1b0000000000000000",
            "1b00000000ffffffff",
            "3800",
            "3817",
            "3900ff",
            "3b0000000000000000",
            // Lengths of a byte string, a text, an array, a map, and a tag.
            "5800",
            "580401020304",
            "59000401020304",
            "5b00000000000000020102",
            "780161",
            "9800",
            "980101",
            "b800",
            "b8010102",
            "d81200",
            "d9001200",
        ] {
            assert!(refused(hex), "{hex}");
        }
    }

    #[test]
    fn no_indefinite_lengths() {
        for hex in ["5f4101ff", "5fff", "7f6161ff", "9fff", "9f01ff", "bfff", "bf0102ff", "ff", "819fff"] {
            assert!(refused(hex), "{hex}");
        }
    }

    #[test]
    fn no_key_twice() {
        for hex in ["a201010102", "a2200120f6", "a2616101616102", "a2410101410102", "a281f50181f5f6"] {
            assert!(refused(hex), "{hex}");
        }
        // −1 and 1, 1 and "1" are different keys.
        assert!(read(&bytes("a301012001613101"), BOUNDS, &[]).is_ok());
    }

    #[test]
    fn nothing_missing_and_nothing_after() {
        for hex in ["", "0000", "8001", "4401020304ff", "8101f6"] {
            assert!(refused(hex), "{hex}");
        }
        for hex in ["18", "1b00", "44010203", "64494554", "8301", "a101", "a1", "d2"] {
            assert!(refused(hex), "{hex}");
        }
        // Lengths that no input has.
        for hex in ["5b7fffffffffffffff", "7bffffffffffffffff", "9bffffffffffffffff", "bb7fffffffffffffff"] {
            assert!(refused(hex), "{hex}");
        }
    }

    #[test]
    fn no_other_kinds_of_values() {
        // Floats, undefined, simple values, reserved heads, integers beyond 63 bits, text that is not UTF-8.
        for hex in [
            "f90000",
            "fa47c35000",
            "fb3ff199999999999a",
            "f97e00",
            "f7",
            "f0",
            "e0",
            "f818",
            "f8ff",
            "f814",
            "1c",
            "1f",
            "3f",
            "5c",
            "df",
            "fc",
            "1b8000000000000000",
            "1bffffffffffffffff",
            "3b8000000000000000",
            "61ff",
            "62eda0",
        ] {
            assert!(refused(hex), "{hex}");
        }
    }

    #[test]
    fn only_the_tags_that_are_asked_for() {
        for hex in ["c074323031332d30332d32315432303a30343a30305a", "c100", "d81900", "d9d9f700", "8111"] {
            assert_eq!(refused(hex), hex != "8111", "{hex}");
        }
        assert_eq!(read(&[0xD2, 0], BOUNDS, &[]), Err(DecodeError::Malformed));
    }

    #[test]
    fn the_bounds_are_exact() {
        let nested = |depth: usize| [vec![0x81; depth - 1], vec![0x00]].concat();
        for depth in [1, 2, MAX_DEPTH] {
            let bounds = Bounds { depth, values: 1_000 };
            assert!(read(&nested(depth), bounds, &[]).is_ok());
            assert_eq!(read(&nested(depth + 1), bounds, &[]), Err(DecodeError::Malformed));
        }
        // However deep the caller would go, and however deep the input goes.
        let bounds = Bounds { depth: usize::MAX, values: usize::MAX };
        assert_eq!(read(&nested(1_000_000), bounds, &[]), Err(DecodeError::Malformed));
        let bounds = Bounds { depth: 8, values: 4 };
        assert!(read(&[0x83, 1, 2, 3], bounds, &[]).is_ok());
        assert_eq!(read(&[0x84, 1, 2, 3, 4], bounds, &[]), Err(DecodeError::TooLong { limit: 4 }));
        assert_eq!(read(&[0xA2, 1, 2, 3, 4], bounds, &[]), Err(DecodeError::TooLong { limit: 4 }));
    }

    /// Whatever is read has no second form: each of its bytes changed, nothing that is read is equal.
    #[test]
    fn one_sequence_of_bytes_for_each_value() {
        let written = bytes("84440102030463616263a3010220f5617882f6f419012c");
        let value = read(&written, BOUNDS, &[18]);
        assert!(value.is_ok());
        for at in 0..written.len() {
            for byte in 0..=255 {
                let mut other = written.clone();
                other[at] = byte;
                assert_eq!(read(&other, BOUNDS, &[18]) == value, other == written, "{at}: {byte:02x}");
            }
        }
    }
}
