//! Elements of DER, one after the other: the library says where each ends and that it is DER, here is said which it must
//! be.

use ::der::{Reader as _, SliceReader};

pub(super) const BOOLEAN: u8 = 0x01;
pub(super) const INTEGER: u8 = 0x02;
pub(super) const BIT_STRING: u8 = 0x03;
pub(super) const OCTET_STRING: u8 = 0x04;
pub(super) const NULL: u8 = 0x05;
pub(super) const OBJECT_IDENTIFIER: u8 = 0x06;
pub(super) const UTF8_STRING: u8 = 0x0C;
pub(super) const PRINTABLE_STRING: u8 = 0x13;
pub(super) const IA5_STRING: u8 = 0x16;
pub(super) const UTC_TIME: u8 = 0x17;
pub(super) const GENERALIZED_TIME: u8 = 0x18;
pub(super) const SEQUENCE: u8 = 0x30;
pub(super) const SET: u8 = 0x31;

/// A constructed element with a tag of its context.
pub(super) const fn context(number: u8) -> u8 {
    0xA0 | number
}

/// A primitive element with a tag of its context.
pub(super) const fn context_primitive(number: u8) -> u8 {
    0x80 | number
}

/// What stands in an element. Everything gives `None` for what is not as it must be.
pub(super) struct Fields<'a> {
    reader: SliceReader<'a>,
}

impl<'a> Fields<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Option<Self> {
        Some(Fields { reader: SliceReader::new(bytes).ok()? })
    }

    /// The next element, which must have this tag: its content.
    pub(super) fn take(&mut self, tag: u8) -> Option<&'a [u8]> {
        let (found, content) = self.any()?;
        (found == tag).then_some(content)
    }

    /// The next element, whatever it is: its tag and its content.
    pub(super) fn any(&mut self) -> Option<(u8, &'a [u8])> {
        let tag = self.reader.peek_byte()?;
        let element: ::der::asn1::AnyRef<'a> = self.reader.decode().ok()?;
        Some((tag, element.value()))
    }

    /// The next element, which must have this tag: tag, length and content.
    pub(super) fn element(&mut self, tag: u8) -> Option<&'a [u8]> {
        if self.reader.peek_byte()? != tag {
            return None;
        }
        self.reader.tlv_bytes().ok()
    }

    /// The content of the next element if it has this tag.
    pub(super) fn optional(&mut self, tag: u8) -> Option<Option<&'a [u8]>> {
        if self.reader.peek_byte() == Some(tag) { self.take(tag).map(Some) } else { Some(None) }
    }

    pub(super) fn is_end(&self) -> bool {
        self.reader.is_finished()
    }

    /// Nothing follows.
    pub(super) fn end(self) -> Option<()> {
        self.reader.finish().ok()
    }
}

/// The content of the one element that there is.
pub(super) fn only(bytes: &[u8], tag: u8) -> Option<&[u8]> {
    let mut fields = Fields::new(bytes)?;
    let content = fields.take(tag)?;
    fields.end().map(|()| content)
}

/// The content of a BIT STRING of whole bytes.
pub(super) fn whole_bits(content: &[u8]) -> Option<&[u8]> {
    content.split_first().filter(|(unused, _)| **unused == 0).map(|(_, bits)| bits)
}
