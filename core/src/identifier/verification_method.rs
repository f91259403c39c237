//! Verification methods (CID 1.0 §2.2): a key, its controller, and until when it counts.

use super::controlled_identifier_document::{ControlledIdentifierDocument, Reference, place};
use crate::codes::{Code, Finding};
use crate::json::{Kind, Object, Value};
use crate::keys::{KeyType, Multikey, PublicKey};
use crate::time::Timestamp;

/// A key of a controller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerificationMethod {
    /// Its absolute URL.
    pub id: String,
    /// The identifier of the document it stands in, which is its controller.
    pub controller: String,
    /// The key.
    pub key: PublicKey,
    /// Since when it must not be used any more.
    pub revoked: Option<Timestamp>,
    /// Until when it may be used.
    pub expires: Option<Timestamp>,
}

/// Members that publish a private key.
const PRIVATE: [&str; 7] = [
    "secretKeyMultibase",
    "secretKeyJwk",
    "privateKeyMultibase",
    "privateKeyJwk",
    "privateKeyBase58",
    "privateKeyPem",
    "privateKeyHex",
];

/// Members that hold a public key. A method has one: two could be two keys.
const MATERIAL: [&str; 6] = [
    "publicKeyMultibase",
    "publicKeyJwk",
    "publicKeyBase58",
    "publicKeyPem",
    "publicKeyHex",
    "publicKeyBase64",
];

/// What a map of a document says, checked, without its id.
pub(super) struct Read {
    pub(super) key: PublicKey,
    pub(super) revoked: Option<Timestamp>,
    pub(super) expires: Option<Timestamp>,
    /// [`Code::KeyDates`], if one of the dates cannot be read and was left out.
    pub(super) dates: Option<Finding>,
}

/// Reads a method of a document (CID 1.0 §2.2, §3.3 steps 7 and 9).
///
/// # Errors
/// [`Code::KeyPrivate`], [`Code::KeyMethodInvalid`], [`Code::KeyController`]; [`Code::KeyUnsupported`] for an unknown
/// type (`methodType`); otherwise as [`PublicKey::from_multikey`] and [`PublicKey::from_jwk`].
pub(super) fn read(document: &ControlledIdentifierDocument<'_>, value: Value<'_>) -> Result<Read, Finding> {
    let at = |finding: Finding| place(finding, document.id());
    let method = value.as_object().ok_or_else(|| at(invalid(value)))?;
    if let Some((_, private)) = method.iter().find(|(name, _)| PRIVATE.contains(name)) {
        return Err(at(Finding::at(Code::KeyPrivate, private.pointer())));
    }
    let controller = string(method, "controller").map_err(at)?;
    if document.reference(controller) != Reference::Url(document.id()) {
        return Err(at(Finding::at(Code::KeyController, value.pointer())));
    }
    if method.iter().filter(|(name, _)| MATERIAL.contains(name)).count() > 1 {
        return Err(at(invalid(value)));
    }
    let key = key(method).map_err(at)?;
    let (revoked, expires) = (date(method, "revoked"), date(method, "expires"));
    let dates = revoked.as_ref().err().or(expires.as_ref().err()).cloned().map(at);
    Ok(Read { key, revoked: revoked.unwrap_or(None), expires: expires.unwrap_or(None), dates })
}

/// The key, from the one member that the method's type has it in (CID 1.0 §2.2.2, §2.2.3; the suites' own types).
fn key(method: Object<'_>) -> Result<PublicKey, Finding> {
    let multikey = || {
        let text = string(method, "publicKeyMultibase")?;
        PublicKey::from_multikey(text).map_err(|finding| at_member(finding, method, "publicKeyMultibase"))
    };
    match string(method, "type")? {
        "Multikey" => multikey(),
        "Ed25519VerificationKey2020" => {
            let text = string(method, "publicKeyMultibase")?;
            match Multikey::parse(text) {
                Ok(key) if key.key_type != KeyType::Ed25519 => {
                    Err(at_member(Finding::new(Code::KeyMethodInvalid), method, "publicKeyMultibase"))
                }
                _ => multikey(),
            }
        }
        "Ed25519VerificationKey2018" => {
            let text = string(method, "publicKeyBase58")?;
            PublicKey::from_base58(text).map_err(|finding| at_member(finding, method, "publicKeyBase58"))
        }
        "JsonWebKey" | "JsonWebKey2020" => {
            PublicKey::from_jwk(method.get("publicKeyJwk").ok_or_else(|| invalid(method.as_value()))?)
        }
        other => {
            // The name of a type is short; what is not is no name.
            let name: String = other.chars().take(80).collect();
            Err(at_member(Finding::new(Code::KeyUnsupported), method, "type").with("methodType", name))
        }
    }
}

/// A date of the method (xsd:dateTimeStamp), if it has one.
fn date(method: Object<'_>, name: &str) -> Result<Option<Timestamp>, Finding> {
    let Some(member) = method.get(name) else { return Ok(None) };
    match member.as_str().map(Timestamp::parse) {
        Some(Ok(instant)) => Ok(Some(instant)),
        _ => Err(Finding::at(Code::KeyDates, member.pointer())),
    }
}

/// A string that has to be there.
fn string<'t>(method: Object<'t>, name: &str) -> Result<&'t str, Finding> {
    let member = method.get(name).unwrap_or(method.as_value());
    if member.kind() == Kind::String { Ok(member.as_str().unwrap_or_default()) } else { Err(invalid(member)) }
}

fn invalid(value: Value<'_>) -> Finding {
    Finding::at(Code::KeyMethodInvalid, value.pointer())
}

fn at_member(finding: Finding, method: Object<'_>, name: &str) -> Finding {
    Finding { pointer: method.get(name).map(|member| member.pointer()), ..finding }
}
