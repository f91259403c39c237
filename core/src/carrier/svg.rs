//! Records in SVG (Open Badges 3.0 §5.3.2; Open Badges 2.0 "baking"): one element, by its namespace and not by its
//! prefix, that has the record in `verify` or, where that is absent, as its text.
//!
//! What a DTD declares is not read, external or not: entities are those of XML alone (XML 1.0 §4.6). A mere reference to
//! the DTD of SVG declares nothing here and is what many drawing programs write. Scripts, styles and pictures are never
//! looked at.

use std::borrow::Cow;

use quick_xml::XmlVersion;
use quick_xml::escape::{EscapeError, resolve_predefined_entity};
use quick_xml::events::{BytesDecl, BytesRef, BytesStart, Event};
use quick_xml::name::{NamespaceError, ResolveResult};
use quick_xml::reader::NsReader;

use super::image::Read;
use crate::codes::{Code, Finding};
use crate::limits::{self, IMAGE_ATTRIBUTES, IMAGE_DEPTH, IMAGE_NAMESPACES};

const SVG: &str = "http://www.w3.org/2000/svg";

/// Whose standard an element is of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standard {
    /// Open Badges 3.0 and CLR 2.0: `verify` or a body, never both.
    Credential,
    /// Open Badges 2: `verify`, and perhaps a copy of the assertion as the body.
    Assertion,
}

impl Standard {
    fn of(namespace: &str, name: &str) -> Option<Self> {
        match (namespace, name) {
            ("https://purl.imsglobal.org/ob/v3p0" | "https://purl.imsglobal.org/clr/v2p0", "credential") => {
                Some(Standard::Credential)
            }
            ("http://openbadges.org", "assertion") => Some(Standard::Assertion),
            _ => None,
        }
    }
}

/// The element that holds the record.
struct Found {
    standard: Standard,
    verify: Option<String>,
    body: String,
    /// Whether it is the first in the image, where its standard wants it.
    first: bool,
}

/// Where the walk is.
#[derive(Default)]
struct Walk {
    depth: usize,
    /// Elements so far.
    elements: usize,
    /// The depth of the element that holds the record, while the walk is in that.
    inside: Option<usize>,
    found: Option<Found>,
    doctype: bool,
}

/// The text of the one element that holds a record, and what about that is not as its standard says.
///
/// # Errors
/// As [`super::image::open`]; [`Code::FormatNotRecognised`] for XML that is no SVG.
pub(super) fn read(bytes: &[u8]) -> Read<'_> {
    let bytes = bytes.strip_prefix(super::UTF8_BOM).unwrap_or(bytes);
    let Ok(text) = std::str::from_utf8(bytes) else { return Err(encoding("utf8")) };
    // Characters that XML does not have (§2.2), among them the halves of UTF-16.
    if text.bytes().any(|byte| byte < b' ' && !byte.is_ascii_whitespace() || byte == 0x0C) {
        let utf_16 = text.starts_with("<\0") || text.starts_with('\0');
        return Err(if utf_16 { encoding("utf16") } else { structure("character") });
    }
    let mut reader = NsReader::from_str(text);
    reader.config_mut().check_comments = true;
    reader.resolver_mut().set_max_namespace_bindings(IMAGE_NAMESPACES);
    let mut walk = Walk::default();
    loop {
        let start = reader.buffer_position();
        let event = match reader.read_event() {
            Ok(event) => event,
            // What is not well-formed before it is an image is no image.
            Err(_) if walk.elements == 0 => return Err(no_svg()),
            Err(error) => return Err(refused(error)),
        };
        match event {
            Event::Start(element) => walk.start(&element, &reader)?,
            Event::Empty(element) => {
                walk.start(&element, &reader)?;
                walk.end();
            }
            Event::End(_) => walk.end(),
            Event::Text(text) => walk.text(&text.xml10_content())?,
            Event::CData(text) if walk.depth > 0 => walk.text(&text.xml10_content())?,
            Event::GeneralRef(reference) => walk.reference(&reference)?,
            Event::Decl(declaration) if start == 0 => declared(&declaration)?,
            Event::DocType(doctype) if walk.elements == 0 && !walk.doctype => {
                walk.doctype = true;
                if doctype.contains('[') {
                    return Err(dtd("declarations"));
                }
            }
            Event::Comment(_) | Event::PI(_) => {}
            Event::Eof if walk.elements == 0 => return Err(no_svg()),
            Event::Eof if walk.depth > 0 => return Err(structure("truncated")),
            Event::Eof => break,
            Event::CData(_) | Event::Decl(_) | Event::DocType(_) => return Err(structure("misplaced")),
        }
    }
    taken(walk.found)
}

impl Walk {
    fn start(&mut self, element: &BytesStart<'_>, reader: &NsReader<&[u8]>) -> Result<(), Finding> {
        self.elements = self.elements.saturating_add(1);
        let (namespace, name) = reader.resolver().resolve_element(element.name());
        let namespace = match &namespace {
            ResolveResult::Bound(namespace) => namespace.0,
            ResolveResult::Unbound => "",
            ResolveResult::Unknown(_) => return Err(structure("prefix")),
        };
        if self.depth == 0 && (namespace, name.as_ref()) != (SVG, "svg") {
            return Err(if self.elements == 1 { no_svg() } else { structure("misplaced") });
        }
        if self.depth == 0 && self.elements > 1 {
            return Err(structure("misplaced"));
        }
        if self.depth >= IMAGE_DEPTH {
            return Err(limits::reached(Code::LimitImage, IMAGE_DEPTH).with("unit", "depth"));
        }
        self.depth = self.depth.saturating_add(1);
        let verify = verify(element)?;
        let Some(standard) = Standard::of(namespace, name.as_ref()) else {
            // What else stands in a record would be read by some and not by others.
            return if self.inside.is_some() { Err(text("element")) } else { Ok(()) };
        };
        let found = Found { standard, verify, body: String::new(), first: self.elements == 2 };
        if self.found.replace(found).is_some() {
            return Err(multiple("elements"));
        }
        self.inside = Some(self.depth);
        Ok(())
    }

    fn end(&mut self) {
        if self.inside == Some(self.depth) {
            self.inside = None;
        }
        self.depth = self.depth.saturating_sub(1);
    }

    fn text(&mut self, text: &str) -> Result<(), Finding> {
        if let (Some(_), Some(found)) = (self.inside, &mut self.found) {
            found.body.push_str(text);
        } else if self.depth == 0 && !text.trim_ascii().is_empty() {
            return Err(if self.elements == 0 { no_svg() } else { structure("misplaced") });
        }
        Ok(())
    }

    /// A reference in a text: to a character, or to one of the five entities of XML.
    fn reference(&mut self, reference: &BytesRef<'_>) -> Result<(), Finding> {
        if self.depth == 0 {
            return Err(structure("misplaced"));
        }
        match reference.resolve_char_ref().map_err(refused)? {
            Some(character) => self.text(character.encode_utf8(&mut [0; 4])),
            None => self.text(resolve_predefined_entity(reference).ok_or_else(|| dtd("entity"))?),
        }
    }
}

/// The value of `verify`. Every attribute is looked at: what is not well-formed is not read in part.
fn verify(element: &BytesStart<'_>) -> Result<Option<String>, Finding> {
    let mut verify = None;
    for (index, attribute) in element.attributes().enumerate() {
        if index == IMAGE_ATTRIBUTES {
            return Err(limits::reached(Code::LimitImage, IMAGE_ATTRIBUTES).with("unit", "attributes"));
        }
        let attribute = attribute.map_err(|error| refused(error.into()))?;
        if attribute.value.contains('<') {
            return Err(structure("attribute"));
        }
        // A namespace that is spelled with references would be one here and another elsewhere.
        if attribute.key.as_namespace_binding().is_some() && attribute.value.contains('&') {
            return Err(dtd("namespace"));
        }
        if attribute.key.as_ref() == "verify" {
            let value = attribute.normalized_value(XmlVersion::Explicit1_0).map_err(refused)?;
            verify = Some(value.into_owned());
        }
    }
    Ok(verify)
}

/// What is read is XML 1.0 in UTF-8.
fn declared(declaration: &BytesDecl<'_>) -> Result<(), Finding> {
    let version = declaration.xml_version().map_err(|_| structure("declaration"))?;
    if version == XmlVersion::Explicit1_1 {
        return Err(encoding("xml11"));
    }
    match declaration.encoding() {
        None => Ok(()),
        Some(Ok(name)) if name.eq_ignore_ascii_case("utf-8") => Ok(()),
        Some(Ok(_)) => Err(encoding("declared")),
        Some(Err(_)) => Err(structure("declaration")),
    }
}

/// What the element says.
fn taken<'b>(found: Option<Found>) -> Read<'b> {
    let empty = || Finding::new(Code::ImageEmpty).with("carrier", "svg");
    let Found { standard, verify, body, first } = found.ok_or_else(empty)?;
    let mut unusual = Vec::new();
    if !first {
        unusual.push(Finding::new(Code::ImagePlace));
    }
    let text = match verify {
        None => body,
        Some(verify) => {
            if !body.trim_ascii().is_empty() {
                // The body is a copy by the standard of Open Badges 2. Elsewhere it is a second record.
                if standard == Standard::Credential {
                    return Err(multiple("verifyAndBody"));
                }
                unusual.push(Finding::new(Code::ImageCopy));
            }
            verify
        }
    };
    Ok((Cow::Owned(text.into_bytes()), unusual))
}

/// What the library that reads XML refuses.
#[allow(clippy::needless_pass_by_value)] // a function for map_err
fn refused(error: quick_xml::Error) -> Finding {
    match error {
        quick_xml::Error::Namespace(NamespaceError::TooManyBindings(limit)) => {
            limits::reached(Code::LimitImage, limit).with("unit", "namespaces")
        }
        quick_xml::Error::Escape(EscapeError::UnrecognizedEntity(..)) => dtd("entity"),
        quick_xml::Error::InvalidAttr(_) => structure("attribute"),
        _ => structure("xml"),
    }
}

fn no_svg() -> Finding {
    Finding::new(Code::FormatNotRecognised).with("carrier", "xml")
}

fn encoding(reason: &str) -> Finding {
    Finding::new(Code::ImageEncoding).with("reason", reason)
}

fn dtd(reason: &str) -> Finding {
    Finding::new(Code::ImageDtd).with("reason", reason)
}

fn structure(reason: &str) -> Finding {
    Finding::new(Code::ImageStructure).with("reason", reason)
}

fn text(reason: &str) -> Finding {
    Finding::new(Code::ImageText).with("reason", reason)
}

fn multiple(reason: &str) -> Finding {
    Finding::new(Code::ImageMultiple).with("reason", reason)
}
