//! Verification methods (CID 1.0 §2.2): a key, its controller, and until when it counts.

use super::controlled_identifier_document::{ControlledIdentifierDocument, Reference, place};
use crate::codes::{Code, Finding};
use crate::encoding::from_hex;
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

/// A type of verification method.
struct MethodType {
    name: &'static str,
    /// The kind of its keys, where it has one.
    kind: Option<KeyType>,
    /// The members that can hold its key.
    members: &'static [&'static str],
}

/// The types that are known: those of CID 1.0 §2.2.2 and §2.2.3, and those of the suites from before.
const TYPES: [MethodType; 9] = [
    MethodType { name: "Multikey", kind: None, members: &["publicKeyMultibase"] },
    MethodType { name: "JsonWebKey", kind: None, members: &["publicKeyJwk"] },
    MethodType { name: "JsonWebKey2020", kind: None, members: &["publicKeyJwk"] },
    MethodType {
        name: "Ed25519VerificationKey2020",
        kind: Some(KeyType::Ed25519),
        members: &["publicKeyMultibase"],
    },
    MethodType {
        name: "Ed25519VerificationKey2018",
        kind: Some(KeyType::Ed25519),
        members: &["publicKeyBase58"],
    },
    MethodType {
        name: "EcdsaSecp256k1VerificationKey2019",
        kind: Some(KeyType::Secp256k1),
        members: OF_2019,
    },
    MethodType { name: "EcdsaSecp256r1VerificationKey2019", kind: Some(KeyType::P256), members: OF_2019 },
    MethodType {
        name: "RsaVerificationKey2018",
        kind: Some(KeyType::Rsa),
        members: &["publicKeyPem", "publicKeyJwk"],
    },
    MethodType { name: CRYPTOGRAPHIC_KEY, kind: None, members: &["publicKeyPem"] },
];

/// The members of the two types of 2019; their compressed points have 33 bytes.
const OF_2019: &[&str] = &["publicKeyJwk", "publicKeyMultibase", "publicKeyBase58", "publicKeyHex"];

/// The type of Open Badges 2.0 (CryptographicKey), which calls its controller `owner`.
const CRYPTOGRAPHIC_KEY: &str = "CryptographicKey";

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
    let kind = string(method, "type").map_err(at)?;
    let owned = kind == CRYPTOGRAPHIC_KEY && method.get("controller").is_none();
    let controller = string(method, if owned { "owner" } else { "controller" }).map_err(at)?;
    if document.reference(controller) != Reference::Url(document.id()) {
        return Err(at(Finding::at(Code::KeyController, value.pointer())));
    }
    if method.iter().filter(|(name, _)| MATERIAL.contains(name)).count() > 1 {
        return Err(at(invalid(value)));
    }
    let key = key(method, kind).map_err(at)?;
    let (revoked, expires) = (date(method, "revoked"), date(method, "expires"));
    let dates = revoked.as_ref().err().or(expires.as_ref().err()).cloned().map(at);
    Ok(Read { key, revoked: revoked.unwrap_or(None), expires: expires.unwrap_or(None), dates })
}

/// The key, from the one member that the method's type has it in.
fn key(method: Object<'_>, name: &str) -> Result<PublicKey, Finding> {
    let Some(MethodType { kind, members, .. }) = TYPES.iter().find(|known| known.name == name) else {
        // The name of a type is short; what is not is no name.
        let name: String = name.chars().take(80).collect();
        return Err(at_member(Finding::new(Code::KeyUnsupported), method, "type").with("methodType", name));
    };
    let member = members.iter().find(|member| method.get(member).is_some());
    let member = *member.ok_or_else(|| invalid(method.as_value()))?;
    let of_another_kind = |found: KeyType| kind.is_some_and(|kind| kind != found);
    if member == "publicKeyJwk" {
        let value = method.get(member).unwrap_or(method.as_value());
        let key = PublicKey::from_jwk(value)?;
        return if of_another_kind(key.kind()) { Err(invalid(value)) } else { Ok(key) };
    }
    let text = string(method, member)?;
    let key = match (member, kind) {
        ("publicKeyMultibase", _) => match Multikey::parse(text) {
            Ok(key) if of_another_kind(key.key_type) => Err(Finding::new(Code::KeyMethodInvalid)),
            key => key.and_then(|key| PublicKey::try_from(&key)),
        },
        ("publicKeyBase58", Some(kind)) => PublicKey::from_base58(*kind, text),
        ("publicKeyHex", Some(kind)) => match from_hex::<33>(text) {
            Some(point) => PublicKey::from_bytes(*kind, &point),
            None => Err(Finding::new(Code::KeyEncoding)),
        },
        _ => match PublicKey::from_pem(text) {
            Ok(key) if of_another_kind(key.kind()) => Err(Finding::new(Code::KeyMethodInvalid)),
            key => key,
        },
    };
    key.map_err(|finding| at_member(finding, method, member))
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
    finding.moved(method.get(name).map(|member| member.pointer()))
}
