//! Records that are not Verifiable Credentials: what their standards call them, whether they follow those.
//!
//! They are recognised by contexts, types and members, as W3C documents are ([`detect`]); what secures each kind is for
//! the verifier, and differs: a copy at the issuer's (Open Badges 2.0 §Hosted), a JWS of the issuer's (Open Badges 2.0
//! §Signed, CLR 1.0), an attachment (xAPI §2.6), or nothing at all (HR Open LER-RS).

pub mod address;
pub mod clr_1;
pub mod hosted;
pub mod ler_rs;
pub mod open_badges_2;
mod rules;
pub mod xapi;

use self::rules::Found;
use crate::codes::{Code, Finding};
use crate::document::{Relation, items};
use crate::json::{Kind, Value};

/// What such a record claims to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// An Assertion of Open Badges before 3.0, with its version.
    OpenBadges(&'static str),
    /// A Comprehensive Learner Record 1.0.
    Clr,
    /// A Learning and Employment Record of HR Open Standards, with its version.
    LerRs(&'static str),
    /// A statement of the Experience API.
    Statement,
}

impl Format {
    /// Whether its records are published at an address or signed by who is named at one ([`hosted`]).
    pub const fn is_hosted(self) -> bool {
        matches!(self, Format::OpenBadges(_) | Format::Clr)
    }

    /// The name of the family in reports and records.
    pub const fn name(self) -> &'static str {
        match self {
            Format::OpenBadges(_) => "openBadges",
            Format::Clr => "clr",
            Format::LerRs(_) => "lerRs",
            Format::Statement => "xapi",
        }
    }

    /// The version of its standard.
    pub const fn version(self) -> &'static str {
        match self {
            Format::OpenBadges(version) | Format::LerRs(version) => version,
            Format::Clr | Format::Statement => "1.0",
        }
    }
}

/// What the document claims to be; `None` if it is none of these, or claims to be several. Whoever asks has found that it
/// is no W3C document.
pub fn detect(root: Value<'_>) -> Option<Format> {
    let mut claims = claims(root).into_iter().flatten();
    claims.next().filter(|_| claims.next().is_none())
}

/// Everything that the document claims to be.
fn claims(root: Value<'_>) -> [Option<Format>; 4] {
    if root.kind() != Kind::Object {
        return [None; 4];
    }
    [clr_1::detect(root), open_badges_2::detect(root), ler_rs::detect(root), xapi::detect(root)]
}

/// That it is no record, or no one knows which, with what was seen: the formats that it claims, its contexts, types and the
/// first of its members' names, as far as they read as names.
pub fn not_recognised(root: Value<'_>) -> Finding {
    const MOST: usize = 8;
    let named = |text: &str| {
        let is_name = |byte: u8| byte.is_ascii_alphanumeric() || b":/.#_@-".contains(&byte);
        (text.len() <= 100 && text.bytes().all(is_name)).then(|| text.to_owned())
    };
    let texts = |member: &str| -> Vec<String> {
        items(root, member).filter_map(|item| named(item.as_str()?)).take(MOST).collect()
    };
    let members = root.as_object().into_iter().flat_map(|object| object.iter());
    let seen = [
        ("formats", claims(root).into_iter().flatten().map(|format| format.name().to_owned()).collect()),
        ("contexts", texts("@context")),
        ("types", texts("type")),
        ("members", members.filter_map(|(name, _)| named(name)).take(MOST).collect()),
    ];
    seen.into_iter()
        .filter(|(_, names): &(_, Vec<String>)| !names.is_empty())
        .fold(Finding::at(Code::FormatNotRecognised, root.pointer()), |finding, (what, names)| {
            finding.with(what, names)
        })
}

/// The same of what may be a W3C document, which then is none of these.
pub fn of_record(root: Value<'_>) -> Option<Format> {
    if crate::document::detect(root).is_some() { None } else { detect(root) }
}

/// Every rule of its standard that the record breaks. None: it conforms.
pub fn conformance(root: Value<'_>, format: Format) -> Vec<Finding> {
    conformance_of_parts(root, format, &[]).own
}

/// The same of a record that was put together: `fetched` are the pointers of the parts that it only names.
pub(crate) fn conformance_of_parts(root: Value<'_>, format: Format, fetched: &[String]) -> Found {
    let alone = |own| Found { own, ..Found::default() };
    match format {
        Format::OpenBadges(version) => open_badges_2::conformance(root, version, fetched),
        Format::Clr => clr_1::conformance(root, fetched),
        Format::LerRs(_) => alone(ler_rs::conformance(root)),
        Format::Statement => alone(xapi::conformance(root)),
    }
}

/// The records directly inside, in document order: each is verified on its own.
pub fn embedded(root: Value<'_>, format: Format) -> Vec<(Value<'_>, Relation)> {
    match format {
        Format::Clr => clr_1::embedded(root),
        Format::LerRs(_) => ler_rs::embedded(root),
        Format::OpenBadges(_) => open_badges_2::embedded(root),
        Format::Statement => Vec::new(),
    }
}
