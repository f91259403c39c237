//! Records in PNG (PNG 3rd edition §5, §11.3.3; Open Badges 3.0 §5.3.1; Open Badges 2.0 "baking").
//!
//! The chunks are walked by hand: each is a length, a type, its data and a checksum, and no pixel is ever decoded. A
//! library for PNG adds 41 KB to the WASM module, because it decodes pixels; what inflates is here for status lists.

use std::borrow::Cow;

use super::image::Read;
use crate::codes::{Code, Finding};
use crate::encoding::DecodeError;
use crate::encoding::inflate::{crc32, zlib};
use crate::limits::{self, IMAGE_CHUNKS, Limits};

/// The keywords of records: of Open Badges 3.0, CLR 2.0 and Open Badges 2.
const KEYWORDS: [&str; 3] = ["openbadgecredential", "clrcredential", "openbadges"];

/// The longest data of a chunk (§5.3): lengths are positive in 31 bits.
const LONGEST: u32 = 0x7FFF_FFFF;

const IHDR: [u8; 4] = *b"IHDR";
const IDAT: [u8; 4] = *b"IDAT";
const IEND: [u8; 4] = *b"IEND";
/// Frames of an animated image after the first (§11.3.6.3): pixels, as in IDAT.
const FDAT: [u8; 4] = *b"fdAT";

/// A chunk (§5.3).
struct Chunk<'b> {
    kind: [u8; 4],
    data: &'b [u8],
    /// Whether its checksum is that of its type and data.
    whole: bool,
}

/// The text of the one chunk that holds a record, and what about that is not as its standard says. An animated image is a
/// PNG like others.
///
/// # Errors
/// As [`super::image::open`].
pub(super) fn read<'b>(bytes: &'b [u8], limits: &Limits) -> Read<'b> {
    let mut rest = bytes.strip_prefix(super::PNG).unwrap_or(bytes);
    let mut found = None;
    let mut pixels = false;
    for index in 0.. {
        if index == IMAGE_CHUNKS {
            return Err(limits::reached(Code::LimitImage, IMAGE_CHUNKS).with("unit", "chunks"));
        }
        let offset = bytes.len().saturating_sub(rest.len());
        let at = |code, reason: &str| Finding::new(code).with("reason", reason).with("offset", offset);
        let (chunk, after) = split(rest).map_err(|reason| at(Code::ImageStructure, reason))?;
        if !chunk.whole {
            return Err(at(Code::ImageChecksum, "checksum"));
        }
        // IHDR is the first, and only the first (§5.6).
        if (chunk.kind == IHDR) != (index == 0) || (index == 0 && chunk.data.len() != 13) {
            return Err(at(Code::ImageStructure, "header"));
        }
        pixels |= chunk.kind == IDAT;
        if let Some(text) = Text::of(&chunk) {
            let text = text.map_err(|reason| at(Code::ImageText, reason))?;
            if found.replace((text, offset)).is_some() {
                return Err(at(Code::ImageMultiple, "chunks"));
            }
        }
        rest = after;
        if chunk.kind == IEND {
            if !rest.is_empty() {
                return Err(at(Code::ImageStructure, "afterEnd"));
            }
            if !pixels {
                return Err(at(Code::ImageStructure, "noPixels"));
            }
            break;
        }
    }
    let (text, offset) = found.ok_or_else(|| Finding::new(Code::ImageEmpty).with("carrier", "png"))?;
    text.read(limits).map_err(|finding| finding.with("offset", offset))
}

/// The next chunk, and what follows it.
fn split(bytes: &[u8]) -> Result<(Chunk<'_>, &[u8]), &'static str> {
    const TRUNCATED: &str = "truncated";
    let (length, rest) = bytes.split_first_chunk::<4>().ok_or(TRUNCATED)?;
    let length = u32::from_be_bytes(*length);
    if length > LONGEST {
        return Err("length");
    }
    let covered = usize::try_from(length).ok().and_then(|length| length.checked_add(4));
    let (covered, rest) = covered.and_then(|end| rest.split_at_checked(end)).ok_or(TRUNCATED)?;
    let (checksum, rest) = rest.split_first_chunk::<4>().ok_or(TRUNCATED)?;
    let (kind, data) = covered.split_first_chunk::<4>().ok_or(TRUNCATED)?;
    if !kind.iter().all(u8::is_ascii_alphabetic) {
        return Err("chunkType");
    }
    // Pixels are nearly all of the file, and say nothing.
    let whole = [IDAT, FDAT].contains(kind) || crc32(covered) == u32::from_be_bytes(*checksum);
    Ok((Chunk { kind: *kind, data, whole }, rest))
}

/// The text of a chunk whose keyword is one of records.
struct Text<'b> {
    keyword: &'static str,
    kind: Kind,
    compressed: bool,
    text: &'b [u8],
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// iTXt (§11.3.3.4): UTF-8.
    International,
    /// tEXt and zTXt (§11.3.3.2, §11.3.3.3): Latin-1.
    Plain(&'static str),
}

impl<'b> Text<'b> {
    /// `None` for a chunk that holds no record.
    fn of(chunk: &Chunk<'b>) -> Option<Result<Self, &'static str>> {
        let kind = match &chunk.kind {
            b"iTXt" => Kind::International,
            b"tEXt" => Kind::Plain("tEXt"),
            b"zTXt" => Kind::Plain("zTXt"),
            _ => return None,
        };
        let keyword = KEYWORDS.into_iter().find(|keyword| until_null(chunk.data).0 == keyword.as_bytes())?;
        let fields = until_null(chunk.data).1.and_then(|rest| Self::fields(kind, rest));
        Some(match fields {
            None => Err("fields"),
            Some((compressed, text)) => Ok(Text { keyword, kind, compressed, text }),
        })
    }

    /// What stands behind the keyword: whether the text is compressed, and the text. There is one method of compression.
    fn fields(kind: Kind, rest: &'b [u8]) -> Option<(bool, &'b [u8])> {
        match (kind, rest) {
            (Kind::International, [flag @ (0 | 1), 0, rest @ ..]) => {
                // The language, and the keyword in that.
                let text = until_null(until_null(rest).1?).1?;
                Some((*flag == 1, text))
            }
            (Kind::Plain("zTXt"), [0, text @ ..]) => Some((true, text)),
            (Kind::Plain("tEXt"), text) => Some((false, text)),
            _ => None,
        }
    }

    fn read(self, limits: &Limits) -> Read<'b> {
        let wrong = |code, reason: &str| Finding::new(code).with("reason", reason);
        let text = if self.compressed {
            Cow::Owned(zlib(self.text, limits.input_bytes).map_err(|error| match error {
                DecodeError::TooLong { limit } => limits::reached(Code::LimitBytes, limit),
                _ => wrong(Code::ImageText, "compression"),
            })?)
        } else {
            Cow::Borrowed(self.text)
        };
        match self.kind {
            Kind::International if std::str::from_utf8(&text).is_err() => {
                return Err(wrong(Code::ImageText, "utf8"));
            }
            // Latin-1 by the standard, UTF-8 by the habit of those who write it: two readers would read two texts.
            Kind::Plain(name) if !text.is_ascii() => return Err(wrong(Code::ImageEncoding, name)),
            _ => {}
        }
        let mut unusual = Vec::new();
        if self.compressed {
            unusual.push(Finding::new(Code::ImageCompressed).with("keyword", self.keyword));
        }
        if let Kind::Plain(name) = self.kind {
            unusual.push(Finding::new(Code::ImageChunk).with("keyword", self.keyword).with("value", name));
        }
        Ok((text, unusual))
    }
}

/// What stands before the first null, and what behind it.
fn until_null(bytes: &[u8]) -> (&[u8], Option<&[u8]>) {
    match bytes.iter().position(|byte| *byte == 0) {
        Some(end) => (bytes.get(..end).unwrap_or(&[]), bytes.get(end.saturating_add(1)..)),
        None => (bytes, None),
    }
}
