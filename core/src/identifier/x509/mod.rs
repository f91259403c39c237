//! X.509 certificates (RFC 5280): what of them says whose key it is. Strict DER; nothing that is not understood is passed
//! over.

mod der;
pub mod names;
pub mod path;
mod signature;

use self::der::Fields;
use crate::keys::PublicKey;
use crate::time::Timestamp;
use names::Names;
use signature::Algorithm;

/// Certificates of the longest chain that is looked at, the signer's own among them.
pub const MAX_CERTIFICATES: usize = 8;

/// What may be done with a certified key (RFC 5280 §4.2.1.3): bits, counted from the first.
mod usage {
    pub(super) const DIGITAL_SIGNATURE: usize = 0;
    pub(super) const CONTENT_COMMITMENT: usize = 1;
    pub(super) const KEY_CERT_SIGN: usize = 5;
}

/// Extensions by their object identifiers (RFC 5280 §4.2.1), as bytes of the DER.
mod oid {
    pub(super) const SUBJECT_KEY_IDENTIFIER: &[u8] = &[0x55, 0x1D, 0x0E];
    pub(super) const KEY_USAGE: &[u8] = &[0x55, 0x1D, 0x0F];
    pub(super) const SUBJECT_ALT_NAME: &[u8] = &[0x55, 0x1D, 0x11];
    pub(super) const BASIC_CONSTRAINTS: &[u8] = &[0x55, 0x1D, 0x13];
    pub(super) const NAME_CONSTRAINTS: &[u8] = &[0x55, 0x1D, 0x1E];
    pub(super) const CRL_DISTRIBUTION_POINTS: &[u8] = &[0x55, 0x1D, 0x1F];
    pub(super) const CERTIFICATE_POLICIES: &[u8] = &[0x55, 0x1D, 0x20];
    pub(super) const AUTHORITY_KEY_IDENTIFIER: &[u8] = &[0x55, 0x1D, 0x23];
    pub(super) const EXTENDED_KEY_USAGE: &[u8] = &[0x55, 0x1D, 0x25];
}

/// Extensions that may be critical without being refused, beside those that are evaluated: they identify, or concern a
/// revocation that is not looked up here and is said not to be, or name policies of which any is accepted (RFC 5280 §6.1.1
/// c, with `any-policy`).
const HARMLESS: [&[u8]; 4] = [
    oid::SUBJECT_KEY_IDENTIFIER,
    oid::CRL_DISTRIBUTION_POINTS,
    oid::CERTIFICATE_POLICIES,
    oid::AUTHORITY_KEY_IDENTIFIER,
];

/// Purposes (RFC 5280 §4.2.1.12) with which a certificate may sign documents: any, client authentication, e-mail
/// protection, document signing (RFC 9336) and its older name. One for servers, code or time-stamps alone is for those.
const PURPOSES: [&[u8]; 5] = [
    &[0x55, 0x1D, 0x25, 0x00],
    &[0x2B, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x02],
    &[0x2B, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x04],
    &[0x2B, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x24],
    &[0x2B, 0x06, 0x01, 0x04, 0x01, 0x82, 0x37, 0x0A, 0x03, 0x0C],
];

/// The bytes are no certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an X.509 certificate in DER")]
pub struct Malformed;

/// A certificate, read and not yet believed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    der: Vec<u8>,
    /// What is signed.
    signed: Vec<u8>,
    algorithm: Option<Algorithm>,
    signature: Vec<u8>,
    issuer: Vec<u8>,
    subject: Vec<u8>,
    not_before: Timestamp,
    not_after: Timestamp,
    subject_public_key_info: Vec<u8>,
    extensions: Extensions,
    /// What it says about its subject.
    pub names: Names,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Extensions {
    /// `basicConstraints`: whether it is an authority's, and how many more may follow.
    authority: bool,
    path_len: Option<usize>,
    /// The bytes of `keyUsage`, bit 0 first.
    key_usage: Option<Vec<u8>>,
    /// Whether `extKeyUsage`, if it is there, has a purpose that fits.
    purpose_fits: Option<bool>,
    /// Whether one stands there that has to be understood, and is not.
    not_understood: bool,
}

impl Certificate {
    /// Reads a certificate (RFC 5280 §4.1).
    ///
    /// # Errors
    /// [`Malformed`].
    pub fn parse(bytes: &[u8]) -> Result<Self, Malformed> {
        read(bytes).ok_or(Malformed)
    }

    /// Its bytes.
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// The certified key.
    ///
    /// # Errors
    /// As [`PublicKey::from_spki`].
    pub fn key(&self) -> Result<PublicKey, crate::codes::Finding> {
        PublicKey::from_spki(&self.subject_public_key_info)
    }

    /// Whether it allows its key what the bit says; one that says nothing allows everything.
    fn allows(&self, bits: &[usize]) -> bool {
        let Some(usage) = &self.extensions.key_usage else { return true };
        bits.iter().any(|bit| {
            let byte = usage.get(bit / 8).copied().unwrap_or(0);
            byte & (0x80 >> (bit % 8)) != 0
        })
    }
}

fn read(bytes: &[u8]) -> Option<Certificate> {
    let mut certificate = Fields::new(der::only(bytes, der::SEQUENCE)?)?;
    let signed = certificate.element(der::SEQUENCE)?;
    let outer = certificate.element(der::SEQUENCE)?;
    let signature = der::whole_bits(certificate.take(der::BIT_STRING)?)?;
    certificate.end()?;

    let mut fields = Fields::new(der::only(signed, der::SEQUENCE)?)?;
    let version = match fields.optional(der::context(0))? {
        Some(version) => match der::only(version, der::INTEGER)? {
            [number @ 1..=2] => *number,
            _ => return None,
        },
        None => 0,
    };
    fields.take(der::INTEGER)?;
    // RFC 5280 §4.1.1.2: what is signed says the same algorithm.
    if fields.element(der::SEQUENCE)? != outer {
        return None;
    }
    let issuer = fields.element(der::SEQUENCE)?;
    let mut validity = Fields::new(fields.take(der::SEQUENCE)?)?;
    let (not_before, not_after) = (time(&mut validity)?, time(&mut validity)?);
    validity.end()?;
    let subject = fields.element(der::SEQUENCE)?;
    let subject_public_key_info = fields.element(der::SEQUENCE)?;
    // Unique identifiers, which nobody uses (RFC 5280 §4.1.2.8).
    fields.optional(der::context_primitive(1))?;
    fields.optional(der::context_primitive(2))?;
    let mut names = Names::of_subject(subject)?;
    let extensions = match fields.optional(der::context(3))? {
        Some(extensions) if version == 2 => read_extensions(extensions, &mut names)?,
        Some(_) => return None,
        None => Extensions::default(),
    };
    fields.end()?;
    Some(Certificate {
        der: bytes.to_vec(),
        signed: signed.to_vec(),
        algorithm: Algorithm::read(outer),
        signature: signature.to_vec(),
        issuer: issuer.to_vec(),
        subject: subject.to_vec(),
        not_before,
        not_after,
        subject_public_key_info: subject_public_key_info.to_vec(),
        extensions,
        names,
    })
}

/// RFC 5280 §4.2: each extension once.
fn read_extensions(bytes: &[u8], names: &mut Names) -> Option<Extensions> {
    let mut list = Fields::new(der::only(bytes, der::SEQUENCE)?)?;
    let mut read = Extensions::default();
    let mut seen: Vec<&[u8]> = Vec::new();
    while !list.is_end() {
        let mut extension = Fields::new(list.take(der::SEQUENCE)?)?;
        let name = extension.take(der::OBJECT_IDENTIFIER)?;
        let critical = match extension.optional(der::BOOLEAN)? {
            None => false,
            Some([0xFF]) => true,
            Some(_) => return None,
        };
        let value = extension.take(der::OCTET_STRING)?;
        extension.end()?;
        if seen.contains(&name) {
            return None;
        }
        seen.push(name);
        match name {
            oid::BASIC_CONSTRAINTS => basic_constraints(value, &mut read)?,
            oid::KEY_USAGE => {
                let (unused, bits) = der::only(value, der::BIT_STRING)?.split_first()?;
                if *unused > 7 {
                    return None;
                }
                read.key_usage = Some(bits.to_vec());
            }
            oid::EXTENDED_KEY_USAGE => {
                let mut purposes = Fields::new(der::only(value, der::SEQUENCE)?)?;
                let mut fits = false;
                while !purposes.is_end() {
                    fits |= PURPOSES.contains(&purposes.take(der::OBJECT_IDENTIFIER)?);
                }
                read.purpose_fits = Some(fits);
            }
            oid::SUBJECT_ALT_NAME => names.add_alternative(value)?,
            // Whoever passed over these, critical or not, would widen what an authority may vouch for.
            oid::NAME_CONSTRAINTS => read.not_understood = true,
            other => read.not_understood |= critical && !HARMLESS.contains(&other),
        }
    }
    Some(read)
}

/// RFC 5280 §4.2.1.9.
fn basic_constraints(value: &[u8], read: &mut Extensions) -> Option<()> {
    let mut constraints = Fields::new(der::only(value, der::SEQUENCE)?)?;
    read.authority = match constraints.optional(der::BOOLEAN)? {
        None => false,
        Some([0xFF]) => true,
        Some(_) => return None,
    };
    read.path_len = match constraints.optional(der::INTEGER)? {
        None => None,
        Some([number]) if *number < 0x80 => Some(usize::from(*number)),
        // Longer than any path that is looked at.
        Some([first, ..]) if *first < 0x80 => None,
        Some(_) => return None,
    };
    constraints.end()
}

/// RFC 5280 §4.1.2.5: UTCTime or GeneralizedTime, in seconds and UTC.
fn time(fields: &mut Fields<'_>) -> Option<Timestamp> {
    let (century, text) = match fields.optional(der::UTC_TIME)? {
        Some(text) => {
            let year: u8 = std::str::from_utf8(text.get(..2)?).ok()?.parse().ok()?;
            (if year >= 50 { "19" } else { "20" }, text)
        }
        None => ("", fields.take(der::GENERALIZED_TIME)?),
    };
    let text = format!("{century}{}", std::str::from_utf8(text).ok()?);
    let digits = text.strip_suffix('Z').filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
    if digits.len() != 14 {
        return None;
    }
    let part = |from: usize, to: usize| digits.get(from..to).unwrap_or_default();
    let (date, clock) =
        ([part(0, 4), part(4, 6), part(6, 8)].join("-"), [part(8, 10), part(10, 12), part(12, 14)].join(":"));
    Timestamp::parse(&format!("{date}T{clock}Z")).ok()
}
