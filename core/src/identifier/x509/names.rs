//! Whom a certificate names (RFC 5280 §4.1.2.6, §4.2.1.6; ETSI EN 319 412-3 §4.2.1 for legal persons), and whether that is
//! the issuer of a record.

use super::der::{self, Fields};
use crate::identifier::host_of;
use crate::json::{Kind, Object, Value};

/// Attributes of the subject by their object identifiers (X.520), as bytes of the DER.
const COMMON_NAME: &[u8] = &[0x55, 0x04, 0x03];
const ORGANIZATION: &[u8] = &[0x55, 0x04, 0x0A];
const ORGANIZATION_IDENTIFIER: &[u8] = &[0x55, 0x04, 0x61];

/// The names of a certificate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// `commonName`.
    pub common: Vec<String>,
    /// `organizationName`: the legal name.
    pub organization: Vec<String>,
    /// `organizationIdentifier` (`VATBE-0123456789`).
    pub organization_identifier: Vec<String>,
    /// `uniformResourceIdentifier` of the alternative names.
    pub uris: Vec<String>,
    /// `dNSName` of the alternative names.
    pub hosts: Vec<String>,
}

/// What the names of a certificate say about an issuer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Match {
    /// They name its identifier (`uri`) or the host that its identifier rests on (`host`).
    Identifier(&'static str),
    /// They name its organisation (`organizationIdentifier`, `organization`), not its identifier: an identifier that means
    /// nothing outside of the record, such as `urn:epass:org:1`, is nobody's.
    Organization(&'static str),
    /// They name somebody else: another host, another organisation.
    Other,
    /// Nothing of the one can be compared with anything of the other.
    Unknown,
}

impl Names {
    pub(super) fn of_subject(name: &[u8]) -> Option<Self> {
        let mut names = Names::default();
        let mut sets = Fields::new(der::only(name, der::SEQUENCE)?)?;
        while !sets.is_end() {
            let mut attributes = Fields::new(sets.take(der::SET)?)?;
            while !attributes.is_end() {
                let mut attribute = Fields::new(attributes.take(der::SEQUENCE)?)?;
                let kind = attribute.take(der::OBJECT_IDENTIFIER)?;
                let (tag, value) = attribute.any()?;
                attribute.end()?;
                let known = matches!(tag, der::UTF8_STRING | der::PRINTABLE_STRING | der::IA5_STRING);
                let text = std::str::from_utf8(value).ok().filter(|_| known);
                let list = match kind {
                    COMMON_NAME => &mut names.common,
                    ORGANIZATION => &mut names.organization,
                    ORGANIZATION_IDENTIFIER => &mut names.organization_identifier,
                    _ => continue,
                };
                list.extend(text.map(str::to_owned));
            }
        }
        Some(names)
    }

    pub(super) fn add_alternative(&mut self, value: &[u8]) -> Option<()> {
        let mut list = Fields::new(der::only(value, der::SEQUENCE)?)?;
        while !list.is_end() {
            let (tag, value) = list.any()?;
            let names = match tag {
                tag if tag == der::context_primitive(2) => &mut self.hosts,
                tag if tag == der::context_primitive(6) => &mut self.uris,
                _ => continue,
            };
            let text =
                std::str::from_utf8(value).ok().filter(|text| text.is_ascii() && !text.contains('\0'))?;
            names.push(text.to_owned());
        }
        Some(())
    }

    /// The names that may stand for an issuer of whom the record says nothing: identifiers first, then plain names.
    pub fn as_issuer(&self) -> Vec<String> {
        // A wildcard is no name of anybody.
        let hosts =
            self.hosts.iter().filter(|host| !host.contains('*')).map(|host| format!("https://{host}"));
        // What looks like an identifier of another kind is none here.
        let plain = self.organization_identifier.iter().chain(&self.organization).chain(&self.common);
        let plain = plain.filter(|name| !name.contains(':')).cloned();
        self.uris.iter().cloned().chain(hosts).chain(plain).collect()
    }

    /// What they say about an issuer who goes by a name that is no URL: a name at most.
    fn of_name(&self, name: &str) -> Match {
        let among = |names: &[String]| !name.contains(':') && names.iter().any(|own| own == name);
        if among(&self.organization_identifier) {
            Match::Organization("organizationIdentifier")
        } else if among(&self.organization) {
            Match::Organization("organization")
        } else if among(&self.common) {
            Match::Organization("commonName")
        } else {
            Match::Unknown
        }
    }

    /// What they say about the issuer with this identifier, of which the record says `claims`.
    pub fn of_issuer(&self, id: &str, claims: Option<Object<'_>>) -> Match {
        if self.uris.iter().any(|uri| uri == id) {
            return Match::Identifier("uri");
        }
        if let Some(host) = host_of(id) {
            // A wildcard names hosts that nobody has seen; it is no name of this one.
            let mut plain = self.hosts.iter().filter(|name| !name.contains('*')).peekable();
            let any = plain.peek().is_some();
            if plain.any(|name| name.eq_ignore_ascii_case(host)) {
                return Match::Identifier("host");
            }
            return if any { Match::Other } else { Match::Unknown };
        }
        // Who has an identifier that can be asked is asked; a name in the record is what the signer says of itself.
        if id.starts_with("did:") || id.starts_with("https:") || id.starts_with("http:") {
            return Match::Unknown;
        }
        let Some(claims) = claims else { return self.of_name(id) };
        let legal: Vec<&str> = claims
            .get("eIDASLegalIdentifier")
            .into_iter()
            .chain(claims.get("eIDASIdentifier"))
            .flat_map(|value| value.one_or_many())
            .filter_map(|value| value.as_str().or_else(|| value.get("notation")?.as_str()))
            .collect();
        if !legal.is_empty() && !self.organization_identifier.is_empty() {
            let same = legal.iter().all(|id| self.organization_identifier.iter().any(|own| own == id));
            return if same { Match::Organization("organizationIdentifier") } else { Match::Other };
        }
        let mut named = texts(claims.get("legalName"));
        // Names are spelled in many ways: one that differs is no evidence.
        if named.any(|name| self.organization.iter().any(|own| own == name)) {
            Match::Organization("organization")
        } else {
            Match::Unknown
        }
    }
}

/// The texts of a string, of a list of strings, or of a map from languages to either.
fn texts(value: Option<Value<'_>>) -> impl Iterator<Item = &str> {
    let maps = value.into_iter().flat_map(|value| match value.kind() {
        Kind::Object => value.children().collect::<Vec<_>>(),
        _ => vec![value],
    });
    maps.flat_map(|value| value.one_or_many()).filter_map(|value| value.as_str())
}
