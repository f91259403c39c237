//! Whom a credential is about (Open Badges 3.0 §9.1.5, §9.3, §B.7 IdentityHash).

use sha2::{Digest, Sha256};

use crate::codes::{Code, Finding};
use crate::document::{self, DataModel};
use crate::json::Value;
use crate::occasion::Recipient;

/// Compares the subjects with the expected identities: any one that matches is enough; what differs counts only if
/// it is of an expected kind. Plain identifiers are compared character by character; hashes are SHA-256.
pub(crate) fn check(root: Value<'_>, model: DataModel, expected: &[Recipient]) -> Finding {
    if expected.is_empty() {
        return Finding::new(Code::RecipientNotExpected);
    }
    if model == DataModel::SdJwtVc {
        return by_claim(root, expected);
    }
    let mut compared = None;
    for subject in document::items(root, "credentialSubject") {
        let id = subject.get("id").and_then(|id| Some((id, id.as_str()?)));
        for recipient in expected {
            if let Some((place, id)) = id.filter(|_| recipient.identity_type == "id") {
                if id == recipient.value {
                    return Finding::at(Code::RecipientMatches, place.pointer());
                }
                compared = Some(place);
            }
            for identity in document::items(subject, "identifier") {
                match compare(identity, recipient) {
                    Some(true) => {
                        return Finding::at(Code::RecipientMatches, identity.pointer())
                            .with("identityType", recipient.identity_type.as_str());
                    }
                    Some(false) => compared = Some(identity),
                    None => {}
                }
            }
        }
    }
    match compared {
        Some(place) => Finding::at(Code::RecipientDiffers, place.pointer()),
        None => {
            Finding::at(Code::RecipientNotStated, root.get("credentialSubject").unwrap_or(root).pointer())
        }
    }
}

/// Compares the subject of a token (`sub`, RFC 7519 §4.1.2), or where it names none the DID whose key it names (`cnf`, RFC
/// 7800 §3.4), with the expected identifiers. Other claims may look like an identity; what they are, no standard says.
fn by_claim(root: Value<'_>, expected: &[Recipient]) -> Finding {
    let ids = || expected.iter().filter(|recipient| recipient.identity_type == "id");
    let is_expected = |id: &str| ids().any(|recipient| recipient.value == id);
    let sub = root.get("sub").filter(|sub| sub.as_str().is_some());
    let key = root.get("cnf").and_then(|cnf| cnf.get("kid"));
    let did = key.and_then(|kid| Some(kid.as_str()?.split_once('#')?.0));
    let (code, place) = match (sub, key) {
        (Some(sub), _) if sub.as_str().is_some_and(is_expected) => (Code::RecipientMatches, sub),
        (None, Some(kid)) if did.is_some_and(is_expected) => (Code::RecipientMatches, kid),
        (Some(sub), _) if ids().next().is_some() => (Code::RecipientDiffers, sub),
        _ => (Code::RecipientNotStated, root),
    };
    Finding::at(code, place.pointer())
}

/// Whether an IdentityObject is the expected identity; `None` if it is of another kind, or cannot be compared.
fn compare(identity: Value<'_>, recipient: &Recipient) -> Option<bool> {
    if identity.get("identityType")?.as_str()? != recipient.identity_type {
        return None;
    }
    let stated = identity.get("identityHash")?.as_str()?;
    if !identity.get("hashed")?.as_bool()? {
        return Some(stated == recipient.value);
    }
    let digits = stated.strip_prefix("sha256$")?;
    let salt = match identity.get("salt") {
        Some(salt) => salt.as_str()?,
        None => "",
    };
    let mut hasher = Sha256::new();
    hasher.update(recipient.value.as_bytes());
    hasher.update(salt.as_bytes());
    let hash = crate::encoding::hex(&hasher.finalize());
    Some(digits.eq_ignore_ascii_case(&hash))
}
