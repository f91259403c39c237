//! The records of a batch, one after the other: files, and the lines of JSON Lines.

use std::collections::VecDeque;
use std::ffi::OsString;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::escape::shown;
use crate::input::{Failure, Source, sources};

/// The endings of JSON Lines.
const LINES: [&str; 2] = ["jsonl", "ndjson"];
/// What a line may have beside its record: a name, and white space.
const BESIDE: usize = 64 * 1024;

/// What a record is called in the output.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Name {
    pub(super) source: String,
    /// The file and the line, where the name says something else: whoever made the line chose that, and may have chosen
    /// one that others have.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) line: Option<String>,
}

impl From<String> for Name {
    fn from(source: String) -> Self {
        Name { source, line: None }
    }
}

/// What is to be verified.
pub(super) struct Piece {
    pub(super) name: Name,
    pub(super) document: Result<Unread, Failure>,
}

/// Read by whoever verifies it, so that reading is done by several, too.
pub(super) enum Unread {
    Source(Source),
    Bytes(Vec<u8>),
}

/// All that is to be verified, in order.
pub(super) struct Feed {
    sources: VecDeque<Source>,
    lines: Option<Lines>,
    max_bytes: usize,
}

/// A file of which every line is a record.
struct Lines {
    name: String,
    reader: Box<dyn BufRead + Send>,
    number: usize,
}

/// A record with a name.
#[derive(Deserialize)]
struct Named<'l> {
    source: String,
    #[serde(borrow)]
    record: &'l RawValue,
    /// Then the line is a record itself.
    #[serde(rename = "@context")]
    context: Option<IgnoredAny>,
}

impl Feed {
    /// # Errors
    /// If there is nothing, or a folder cannot be read.
    pub(super) fn new(arguments: &[OsString], max_bytes: usize) -> Result<Self, Failure> {
        let (sources, _) = sources(arguments)?;
        Ok(Feed { sources: sources.into(), lines: None, max_bytes })
    }

    /// How many there are; not known where there are lines.
    pub(super) fn len(&self) -> Option<usize> {
        (!self.sources.iter().any(is_lines)).then_some(self.sources.len())
    }

    pub(super) fn next(&mut self) -> Option<Piece> {
        loop {
            if let Some(lines) = &mut self.lines {
                match lines.next(self.max_bytes) {
                    Some(piece) => return Some(piece),
                    None => self.lines = None,
                }
            }
            let source = self.sources.pop_front()?;
            if !is_lines(&source) {
                return Some(Piece { name: source.raw_name().into(), document: Ok(Unread::Source(source)) });
            }
            match Lines::open(&source) {
                Ok(lines) => self.lines = Some(lines),
                Err(error) => {
                    let error = Failure::Unreadable(format!("{}: {error}", source.name()));
                    return Some(Piece { name: source.raw_name().into(), document: Err(error) });
                }
            }
        }
    }
}

fn is_lines(source: &Source) -> bool {
    let has_ending = |path: &Path| {
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        LINES.iter().any(|known| known.eq_ignore_ascii_case(ending))
    };
    match source {
        Source::Stdin => true,
        Source::File(path) => has_ending(path),
        Source::Url(_) => false,
    }
}

impl Lines {
    fn open(source: &Source) -> io::Result<Self> {
        let reader: Box<dyn BufRead + Send> = match source {
            Source::File(path) => Box::new(BufReader::new(File::open(path)?)),
            _ => Box::new(BufReader::new(io::stdin())),
        };
        Ok(Lines { name: source.raw_name(), reader, number: 0 })
    }

    /// The next line that is not empty.
    fn next(&mut self, max_bytes: usize) -> Option<Piece> {
        loop {
            self.number += 1;
            let source = format!("{}:{}", self.name, self.number);
            let unreadable = |reason: &str| {
                let error = Failure::Unreadable(format!("{}: {reason}", shown(&source)));
                Some(Piece { name: source.clone().into(), document: Err(error) })
            };
            match self.line(max_bytes.saturating_add(BESIDE)) {
                Ok(None) => return None,
                Ok(Some(line)) if line.trim_ascii().is_empty() => {}
                Ok(Some(line)) => return Some(piece(source, self.without_mark(&line))),
                Err(error) if error.kind() == io::ErrorKind::FileTooLarge => {
                    return unreadable("the line is too long");
                }
                Err(error) => {
                    // There is no telling where the next line begins.
                    self.reader = Box::new(io::empty());
                    return unreadable(&error.kind().to_string());
                }
            }
        }
    }

    /// Without the byte order mark that some programs write at the beginning of a file: it belongs to no record.
    fn without_mark<'l>(&self, line: &'l [u8]) -> &'l [u8] {
        line.strip_prefix(b"\xEF\xBB\xBF").filter(|_| self.number == 1).unwrap_or(line)
    }

    /// One line without its end. Of one that is too long no more is kept than that.
    fn line(&mut self, most: usize) -> io::Result<Option<Vec<u8>>> {
        let mut line = Vec::new();
        let limit = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
        if self.reader.by_ref().take(limit).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        if line.last() != Some(&b'\n') && line.len() > most {
            self.reader.skip_until(b'\n')?;
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        Ok(Some(line))
    }
}

/// The record of a line: with a name of its own, as a string that is a token, or as it stands there.
fn piece(place: String, line: &[u8]) -> Piece {
    let named = serde_json::from_slice::<Named<'_>>(line).ok().filter(|named| named.context.is_none());
    let (name, record) = match &named {
        Some(named) => {
            let name = Name { source: named.source.clone(), line: Some(place) };
            (name, named.record.get().as_bytes())
        }
        None => (place.into(), line.trim_ascii()),
    };
    let bytes = serde_json::from_slice::<String>(record).map_or_else(|_| record.to_vec(), String::into_bytes);
    Piece { name, document: Ok(Unread::Bytes(bytes)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> (String, Vec<u8>) {
        let piece = piece("lines:1".to_owned(), line.as_bytes());
        match piece.document {
            Ok(Unread::Bytes(bytes)) => (piece.name.source, bytes),
            _ => panic!("bytes"),
        }
    }

    #[test]
    fn a_record_keeps_its_bytes() {
        let record = r#"{"b": 1.0,  "a":1, "a":2}"#;
        assert_eq!(read(record), ("lines:1".to_owned(), record.as_bytes().to_vec()));
        let named = format!(r#"{{"record": {record}, "source": "4711"}}"#);
        assert_eq!(read(&named), ("4711".to_owned(), record.as_bytes().to_vec()));
    }

    #[test]
    fn a_token_is_a_string() {
        assert_eq!(read("\"eyJ.eyJ.AA\"\r\n"), ("lines:1".to_owned(), b"eyJ.eyJ.AA".to_vec()));
        assert_eq!(read(r#"{"source": "x", "record": "eyJ.e"}"#), ("x".to_owned(), b"eyJ.e".to_vec()));
    }

    /// Else one line could be taken for another, and pass over it when the batch goes on.
    #[test]
    fn a_name_does_not_hide_the_place() {
        let name = |line: &str| piece("lines:2".to_owned(), line.as_bytes()).name;
        let named = name(r#"{"source": "lines:1", "record": {}}"#);
        assert_eq!((named.source.as_str(), named.line.as_deref()), ("lines:1", Some("lines:2")));
        assert_eq!(name("{}"), Name::from("lines:2".to_owned()));
    }

    #[test]
    fn a_byte_order_mark_belongs_to_the_file() {
        let text = "\u{FEFF}{}\n\u{FEFF}{}";
        let mut lines = Lines { name: "l".to_owned(), reader: Box::new(io::Cursor::new(text)), number: 0 };
        let bytes = std::iter::from_fn(|| lines.next(10)).map(|piece| match piece.document {
            Ok(Unread::Bytes(bytes)) => bytes,
            _ => panic!("bytes"),
        });
        assert_eq!(bytes.collect::<Vec<_>>(), [b"{}".to_vec(), "\u{FEFF}{}".into()]);
    }

    #[test]
    fn a_record_that_has_a_member_record_is_a_record() {
        let record = r#"{"@context": [], "source": "x", "record": {}}"#;
        assert_eq!(read(record).1, record.as_bytes());
    }

    #[test]
    fn a_long_line_is_passed_over_and_the_next_is_read() {
        let text = format!("{}\n\n\"b\"\n\"c\"", "a".repeat(40));
        let mut lines = Lines { name: "l".to_owned(), reader: Box::new(io::Cursor::new(text)), number: 0 };
        assert_eq!(lines.line(40).unwrap().unwrap().len(), 41);
        let text = format!("{}\n\n\"b\"\n\"c\"", "a".repeat(BESIDE + 11));
        lines = Lines { name: "l".to_owned(), reader: Box::new(io::Cursor::new(text)), number: 0 };
        let pieces: Vec<(String, bool)> = std::iter::from_fn(|| lines.next(10))
            .map(|piece| (piece.name.source, piece.document.is_ok()))
            .collect();
        assert_eq!(pieces, [("l:1".to_owned(), false), ("l:3".to_owned(), true), ("l:4".to_owned(), true)]);
    }
}
