//! The strict parser: one pass over the bytes, no recursion, limits before anything grows.

use std::borrow::Cow;

use super::{Kind, NOWHERE, Node, Text, Tree};
use crate::codes::{Code, Finding};
use crate::encoding::scan::plain;
use crate::limits::{self, Limits};

/// Longer number tokens are refused: no double needs more than 24 characters, no standard's example more than 80.
const MAX_NUMBER: usize = 1_024;

/// Objects with more members are checked for duplicate keys by sorting, smaller ones by comparing pairs.
const SMALL_OBJECT: usize = 24;

impl<'s> Tree<'s> {
    /// Reads a document.
    ///
    /// # Errors
    /// A finding with the code, the pointer of the innermost array or object that had been opened, and the byte
    /// `offset`.
    pub fn parse(bytes: &'s [u8], limits: &Limits) -> Result<Tree<'s>, Finding> {
        if bytes.len() > limits.input_bytes.min(u32::MAX as usize) {
            return Err(limits::reached(Code::LimitBytes, limits.input_bytes));
        }
        if bytes.starts_with(&[0xEF, 0xBB, 0xBF]) {
            return Err(Finding::new(Code::JsonBom));
        }
        let source = std::str::from_utf8(bytes)
            .map_err(|e| Finding::new(Code::JsonUtf8).with("offset", e.valid_up_to()))?;
        let tree = Tree {
            source: Cow::Borrowed(source),
            unescaped: String::new(),
            // Values of real records take some more, small texts too.
            nodes: Vec::with_capacity((bytes.len() / 20).saturating_add(6)),
        };
        let mut parser =
            Parser { tree, bytes: source.as_bytes(), at: 0, open: None, depth: 0, keys: Vec::new(), limits };
        match parser.document() {
            Ok(()) => Ok(parser.tree),
            Err(stop) => Err(parser.finding(stop)),
        }
    }
}

/// Why reading stopped.
enum Stop {
    Json(Code),
    Limit(Code, usize),
}

impl From<Code> for Stop {
    fn from(code: Code) -> Self {
        Stop::Json(code)
    }
}

struct Parser<'s, 'l> {
    tree: Tree<'s>,
    bytes: &'s [u8],
    at: usize,
    /// The innermost array or object that is still open.
    open: Option<u32>,
    depth: usize,
    /// Scratch for finding duplicate keys.
    keys: Vec<(Text, u32)>,
    limits: &'l Limits,
}

impl Parser<'_, '_> {
    fn finding(&self, stop: Stop) -> Finding {
        let finding = match stop {
            Stop::Json(code) => Finding::new(code).with("offset", self.at),
            Stop::Limit(code, limit) => limits::reached(code, limit),
        };
        match self.open {
            Some(index) => finding.moved(Some(super::Value { tree: &self.tree, index }.pointer())),
            None => finding,
        }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn advance(&mut self) {
        self.at = self.at.saturating_add(1);
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.advance();
        }
    }

    fn expect(&mut self, byte: u8) -> Result<(), Stop> {
        if self.peek() == Some(byte) {
            self.advance();
            Ok(())
        } else {
            Err(Code::JsonSyntax.into())
        }
    }

    fn document(&mut self) -> Result<(), Stop> {
        self.space();
        let mut key = Text::default();
        loop {
            // One value: a scalar is complete, an array or object has been opened.
            if self.value(key)? {
                self.space();
                match (self.open_kind(), self.peek()) {
                    (Kind::Array, Some(b']')) | (Kind::Object, Some(b'}')) => {}
                    (Kind::Object, _) => {
                        key = self.key()?;
                        continue;
                    }
                    _ => {
                        key = Text::default();
                        continue;
                    }
                }
            }
            // Close whatever ends here, then go on to the next value or to the end of the text.
            loop {
                self.space();
                let Some(open) = self.open else {
                    return if self.at == self.bytes.len() { Ok(()) } else { Err(Code::JsonTrailing.into()) };
                };
                match (self.open_kind(), self.peek()) {
                    (Kind::Array, Some(b']')) | (Kind::Object, Some(b'}')) => {
                        self.advance();
                        self.close(open)?;
                    }
                    (Kind::Array, Some(b',')) => {
                        self.advance();
                        self.space();
                        key = Text::default();
                        break;
                    }
                    (Kind::Object, Some(b',')) => {
                        self.advance();
                        self.space();
                        key = self.key()?;
                        break;
                    }
                    _ => return Err(Code::JsonSyntax.into()),
                }
            }
        }
    }

    fn open_kind(&self) -> Kind {
        self.open.and_then(|i| self.tree.nodes.get(i as usize)).map_or(Kind::Null, |node| node.kind)
    }

    fn key(&mut self) -> Result<Text, Stop> {
        let key = self.string()?;
        self.space();
        self.expect(b':')?;
        self.space();
        Ok(key)
    }

    /// Reads the beginning of a value; whether an array or object was opened.
    fn value(&mut self, key: Text) -> Result<bool, Stop> {
        let mut node = Node { key, parent: self.open.unwrap_or(u32::MAX), ..NOWHERE };
        match self.peek() {
            Some(b'{') => (node.kind, node.text) = (Kind::Object, text(self.at, self.at, false)),
            Some(b'[') => (node.kind, node.text) = (Kind::Array, text(self.at, self.at, false)),
            Some(b'"') => {
                node.kind = Kind::String;
                node.text = self.string()?;
            }
            Some(b'-' | b'0'..=b'9') => {
                node.kind = Kind::Number;
                node.text = self.number()?;
            }
            Some(b't') => {
                self.literal(b"true")?;
                (node.kind, node.len) = (Kind::Bool, 1);
            }
            Some(b'f') => {
                self.literal(b"false")?;
                node.kind = Kind::Bool;
            }
            Some(b'n') => self.literal(b"null")?,
            _ => return Err(Code::JsonSyntax.into()),
        }
        let index = self.tree.nodes.len();
        if index >= self.limits.values {
            return Err(Stop::Limit(Code::LimitValues, self.limits.values));
        }
        // Texts are limited to u32::MAX bytes, and a value takes at least one.
        let index = u32::try_from(index).map_err(|_| Stop::Limit(Code::LimitValues, self.limits.values))?;
        node.end = index.saturating_add(1);
        if let Some(parent) = self.open.and_then(|open| self.tree.nodes.get_mut(open as usize)) {
            if parent.kind == Kind::Array {
                node.key.start = parent.len;
            }
            parent.len = parent.len.saturating_add(1);
        }
        self.tree.nodes.push(node);
        if !matches!(node.kind, Kind::Array | Kind::Object) {
            return Ok(false);
        }
        if self.depth >= self.limits.depth {
            return Err(Stop::Limit(Code::LimitDepth, self.limits.depth));
        }
        self.depth = self.depth.saturating_add(1);
        self.open = Some(index);
        self.advance();
        Ok(true)
    }

    fn close(&mut self, index: u32) -> Result<(), Stop> {
        let end = u32::try_from(self.tree.nodes.len()).unwrap_or(u32::MAX);
        let Some(node) = self.tree.nodes.get_mut(index as usize) else { return Ok(()) };
        node.end = end;
        node.text = text(node.text.start as usize, self.at, false);
        let node = *node;
        if node.kind == Kind::Object {
            self.distinct_keys(index, node)?;
        }
        self.depth = self.depth.saturating_sub(1);
        self.open = (node.parent != u32::MAX).then_some(node.parent);
        Ok(())
    }

    /// RFC 7493 §2.3: keys are compared after unescaping. Sorting keeps the cost at n log n.
    fn distinct_keys(&mut self, object: u32, node: Node) -> Result<(), Stop> {
        self.keys.clear();
        self.keys.reserve(node.len as usize);
        let mut child = object.saturating_add(1);
        while child < node.end {
            let Some(member) = self.tree.nodes.get(child as usize) else { break };
            self.keys.push((member.key, child));
            child = member.end.max(child.saturating_add(1));
        }
        let tree = &self.tree;
        if self.keys.len() <= SMALL_OBJECT {
            // Two keys that are one share a bit; the few that share one by chance are looked at.
            let mut seen = 0_u64;
            for (at, (key, _)) in self.keys.iter().enumerate() {
                let text = tree.text(*key);
                let end = |byte: Option<&u8>| byte.map_or(0, |byte| u32::from(*byte));
                let (first, last) = (end(text.as_bytes().first()), end(text.as_bytes().last()));
                // Odd factors: names that differ in a last digit alone get different bits.
                let bit = 1_u64.rotate_left(
                    first.wrapping_add(last.wrapping_mul(7)).wrapping_add(key.len.wrapping_mul(13)),
                );
                let same = |(other, _): &(Text, u32)| other.len == key.len && tree.text(*other) == text;
                if seen & bit != 0 && self.keys.iter().take(at).any(same) {
                    return Err(Code::JsonDuplicateKey.into());
                }
                seen |= bit;
            }
            return Ok(());
        }
        self.keys.sort_unstable_by(|(a, _), (b, _)| tree.text(*a).cmp(tree.text(*b)));
        let duplicate = self.keys.windows(2).any(|pair| match pair {
            [(a, _), (b, _)] => tree.text(*a) == tree.text(*b),
            _ => false,
        });
        if duplicate { Err(Code::JsonDuplicateKey.into()) } else { Ok(()) }
    }

    fn literal(&mut self, word: &[u8]) -> Result<(), Stop> {
        let end = self.at.saturating_add(word.len());
        if self.bytes.get(self.at..end) != Some(word) {
            return Err(Code::JsonSyntax.into());
        }
        self.at = end;
        Ok(())
    }

    fn digits(&mut self) -> Result<(), Stop> {
        if !matches!(self.peek(), Some(b'0'..=b'9')) {
            return Err(Code::JsonSyntax.into());
        }
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.advance();
        }
        Ok(())
    }

    /// RFC 8259 §6.
    fn number(&mut self) -> Result<Text, Stop> {
        let start = self.at;
        let mut integer = true;
        if self.peek() == Some(b'-') {
            self.advance();
        }
        if self.peek() == Some(b'0') {
            self.advance();
        } else {
            self.digits()?;
        }
        if self.peek() == Some(b'.') {
            integer = false;
            self.advance();
            self.digits()?;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            integer = false;
            self.advance();
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.advance();
            }
            self.digits()?;
        }
        let len = self.at.saturating_sub(start);
        // Up to 300 digits are finite without looking.
        if len > MAX_NUMBER {
            return Err(Code::JsonNumberRange.into());
        }
        if !integer || len > 300 {
            let token = self.tree.source.get(start..self.at).unwrap_or("");
            if !token.parse::<f64>().is_ok_and(f64::is_finite) {
                return Err(Code::JsonNumberRange.into());
            }
        }
        Ok(text(start, self.at, false))
    }

    /// RFC 8259 §7. The text is UTF-8 already, so only quotes, escapes and control characters matter.
    fn string(&mut self) -> Result<Text, Stop> {
        self.expect(b'"')?;
        let start = self.at;
        self.skip_plain();
        match self.peek() {
            Some(b'"') => {
                let whole = text(start, self.at, false);
                self.advance();
                Ok(whole)
            }
            Some(b'\\') => self.escaped_string(start),
            _ => Err(Code::JsonSyntax.into()),
        }
    }

    fn escaped_string(&mut self, start: usize) -> Result<Text, Stop> {
        let begin = self.tree.unescaped.len();
        let mut copied = start;
        loop {
            match self.peek() {
                Some(b'"') => {
                    self.copy(copied);
                    self.advance();
                    return Ok(text(begin, self.tree.unescaped.len(), true));
                }
                Some(b'\\') => {
                    self.copy(copied);
                    self.advance();
                    let unescaped = self.escape()?;
                    self.tree.unescaped.push(unescaped);
                    copied = self.at;
                    self.skip_plain();
                }
                _ => return Err(Code::JsonSyntax.into()),
            }
        }
    }

    fn skip_plain(&mut self) {
        let plain = plain(self.bytes.get(self.at..).unwrap_or(&[]), []);
        self.at = self.at.saturating_add(plain);
    }

    fn copy(&mut self, from: usize) {
        let piece = self.tree.source.get(from..self.at).unwrap_or("");
        self.tree.unescaped.push_str(piece);
    }

    fn escape(&mut self) -> Result<char, Stop> {
        let byte = self.peek().ok_or(Code::JsonSyntax)?;
        self.advance();
        Ok(match byte {
            b'"' | b'\\' | b'/' => char::from(byte),
            b'b' => '\u{8}',
            b'f' => '\u{C}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let unit = self.hex4()?;
                match unit {
                    0xD800..=0xDBFF => {
                        if self.literal(b"\\u").is_err() {
                            return Err(Code::JsonSurrogate.into());
                        }
                        let low = self.hex4()?;
                        char::decode_utf16([unit, low])
                            .next()
                            .and_then(Result::ok)
                            .ok_or(Code::JsonSurrogate)?
                    }
                    unit => char::from_u32(u32::from(unit)).ok_or(Code::JsonSurrogate)?,
                }
            }
            _ => return Err(Code::JsonSyntax.into()),
        })
    }

    fn hex4(&mut self) -> Result<u16, Stop> {
        let end = self.at.saturating_add(4);
        let digits = self.tree.source.get(self.at..end).ok_or(Code::JsonSyntax)?;
        // `from_str_radix` would take a sign.
        if !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(Code::JsonSyntax.into());
        }
        self.at = end;
        u16::from_str_radix(digits, 16).map_err(|_| Code::JsonSyntax.into())
    }
}

fn text(start: usize, end: usize, unescaped: bool) -> Text {
    // Both fit: texts are limited to u32::MAX bytes, and unescaping never makes them longer.
    Text {
        start: u32::try_from(start).unwrap_or(u32::MAX),
        len: u32::try_from(end.saturating_sub(start)).unwrap_or(0),
        unescaped,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &[u8]) -> Option<Code> {
        Tree::parse(text, &Limits::default()).err().map(|finding| finding.code)
    }

    #[test]
    fn duplicate_keys_are_found_at_every_depth_after_unescaping() {
        assert_eq!(code(br#"{"a":1,"a":1}"#), Some(Code::JsonDuplicateKey));
        assert_eq!(code(br#"{"x":[{"name":1,"\u006eame":2}]}"#), Some(Code::JsonDuplicateKey));
        assert_eq!(code("{\"\u{e9}\":1,\"e\u{301}\":2}".as_bytes()), None);
        let many: String = (0..100).map(|i| format!("\"k{i}\":0,")).collect();
        assert_eq!(code(format!("{{{many}\"z\":0}}").as_bytes()), None);
        assert_eq!(code(format!("{{{many}\"k57\":0}}").as_bytes()), Some(Code::JsonDuplicateKey));
    }

    #[test]
    fn findings_name_the_place() {
        let finding = Tree::parse(br#"{"a":{"b":[1,nul]}}"#, &Limits::default()).unwrap_err();
        assert_eq!(finding.code, Code::JsonSyntax);
        assert_eq!(finding.pointer.as_deref(), Some("/a/b"));
    }

    #[test]
    fn texts_with_two_readings_are_refused() {
        assert_eq!(code(b"\xEF\xBB\xBF{}"), Some(Code::JsonBom));
        assert_eq!(code(b"\"\xC0\xAF\""), Some(Code::JsonUtf8));
        assert_eq!(code(b"{\"a\":\"\\ud800\"}"), Some(Code::JsonSurrogate));
        assert_eq!(code(b"{\"a\":\"\\udc00\\ud800\"}"), Some(Code::JsonSurrogate));
        assert_eq!(code(b"{} {}"), Some(Code::JsonTrailing));
        assert_eq!(code(b"{\"a\":1e400}"), Some(Code::JsonNumberRange));
        assert_eq!(code(b"{\"a\":\"\\u+123\"}"), Some(Code::JsonSyntax));
    }

    #[test]
    fn the_limits_are_exact() {
        let limits = Limits { depth: 3, values: 5, input_bytes: 20, ..Limits::default() };
        let code = |text: &str| Tree::parse(text.as_bytes(), &limits).err().map(|finding| finding.code);
        assert_eq!(code("[[[1]]]"), None);
        assert_eq!(code("[[[[1]]]]"), Some(Code::LimitDepth));
        assert_eq!(code("[1,2,3,4]"), None);
        assert_eq!(code("[1,2,3,4,5]"), Some(Code::LimitValues));
        assert_eq!(code("[1                 ]"), None);
        assert_eq!(code("[1                   ]"), Some(Code::LimitBytes));
    }

    #[test]
    fn an_object_that_another_parser_takes_for_a_number_stays_an_object() {
        let text = br#"{"a":{"$serde_json::private::Number":"42"}}"#;
        let tree = Tree::parse(text, &Limits::default()).unwrap();
        assert_eq!(tree.root().get("a").unwrap().kind(), Kind::Object);
    }

    #[test]
    fn wide_and_deep_texts_cost_no_stack() {
        let bombs = ["[".repeat(100_000), "{\"a\":".repeat(100_000)];
        for bomb in bombs {
            assert_eq!(code(bomb.as_bytes()), Some(Code::LimitDepth));
        }
    }
}
