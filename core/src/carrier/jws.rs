//! JSON Web Signatures as bytes (RFC 7515 §7): strict, so that one signature has one text. What a header says, and what a
//! payload is, is for others.

use crate::codes::{Code, Finding};
use crate::encoding::base64url;
use crate::json::{Kind, Value};
use crate::limits::{self, JADES_HEADER, JWS_HEADER, Limits};

/// A JWS in its compact serialization (RFC 7515 §7.1).
#[derive(Debug)]
pub(crate) struct Compact<'a> {
    /// The protected header, decoded.
    pub(crate) header: Vec<u8>,
    /// The payload, decoded.
    pub(crate) payload: Vec<u8>,
    /// The signature, decoded. Empty where there is none.
    pub(crate) signature: Vec<u8>,
    /// What is signed: the first two parts as they stand.
    pub(crate) signing_input: &'a [u8],
}

impl<'a> Compact<'a> {
    /// Exactly three parts of base64url without padding. White space around the whole is that of a text file.
    ///
    /// # Errors
    /// [`Code::JoseFormat`]; [`Code::JoseEncrypted`] for the five parts of a JWE (RFC 7516 §7.1); [`Code::LimitHeader`].
    pub(crate) fn parse(bytes: &'a [u8]) -> Result<Self, Finding> {
        let wrong = || Finding::new(Code::JoseFormat);
        let text = std::str::from_utf8(bytes).map_err(|_| wrong())?.trim_ascii();
        let decode = |part: &str| base64url::decode(part).map_err(|_| wrong());
        let mut parts = text.split('.');
        let (Some(header), Some(payload), Some(signature)) = (parts.next(), parts.next(), parts.next())
        else {
            return Err(wrong());
        };
        match parts.count() {
            0 => {}
            2 if text.split('.').all(|part| decode(part).is_ok()) => {
                return Err(Finding::new(Code::JoseEncrypted));
            }
            _ => return Err(wrong()),
        }
        let signed = text.len().saturating_sub(signature.len()).saturating_sub(1);
        Ok(Compact {
            header: within(decode(header)?, JWS_HEADER)?,
            payload: decode(payload)?,
            signature: decode(signature)?,
            signing_input: text.as_bytes().get(..signed).unwrap_or(&[]),
        })
    }
}

/// A JWS in one of its JSON serializations (RFC 7515 §7.2).
#[derive(Debug)]
pub(crate) struct Json<'t> {
    /// The payload as it stands: base64url, or the very text that is signed where the headers say `b64: false` (RFC 7797).
    pub(crate) payload: &'t str,
    /// Who signed it; at least one.
    pub(crate) signatures: Vec<Signed<'t>>,
}

/// One signature of a JWS in JSON.
#[derive(Debug)]
pub(crate) struct Signed<'t> {
    /// `protected` as it stands, which is what is signed; empty if there is none.
    pub(crate) protected: &'t str,
    /// The same, decoded.
    pub(crate) header: Vec<u8>,
    /// `header`: an object that nothing protects.
    pub(crate) unprotected: Option<Value<'t>>,
    /// The signature, decoded. Empty where there is none.
    pub(crate) signature: Vec<u8>,
}

impl<'t> Json<'t> {
    /// Reads the general (§7.2.1) or the flattened syntax (§7.2.2); members that neither has are ignored, as §7.2 says.
    ///
    /// # Errors
    /// [`Code::JoseFormat`] at the member; [`Code::LimitProofs`], [`Code::LimitHeader`].
    pub(crate) fn parse(root: Value<'t>, limits: &Limits) -> Result<Self, Finding> {
        let payload = string(root, "payload")?.ok_or_else(|| wrong(root))?;
        let signatures = match (root.get("signatures"), root.get("signature")) {
            (None, Some(_)) => vec![signed(root)?],
            (Some(signatures), None) => {
                // The members of the flattened syntax must not stand beside it.
                if let Some(member) = root.get("protected").or(root.get("header")) {
                    return Err(wrong(member));
                }
                let items = signatures.as_array().filter(|items| !items.is_empty());
                let items = items.ok_or_else(|| wrong(signatures))?;
                if items.len() > limits.proofs {
                    return Err(limits::reached(Code::LimitProofs, limits.proofs));
                }
                items.iter().map(signed).collect::<Result<Vec<_>, _>>()?
            }
            _ => return Err(wrong(root)),
        };
        Ok(Json { payload, signatures })
    }
}

fn signed(object: Value<'_>) -> Result<Signed<'_>, Finding> {
    let signature = string(object, "signature")?.ok_or_else(|| wrong(object))?;
    let protected = string(object, "protected")?;
    let unprotected = object.get("header");
    match (protected, unprotected) {
        // A member is absent where it would be empty, and one of the two has to be there.
        (Some(""), _) | (None, None) => return Err(wrong(object)),
        (_, Some(header)) if header.as_object().is_none_or(|header| header.is_empty()) => {
            return Err(wrong(header));
        }
        _ => {}
    }
    let decode = |text: &str| base64url::decode(text).map_err(|_| wrong(object));
    Ok(Signed {
        protected: protected.unwrap_or(""),
        header: within(decode(protected.unwrap_or(""))?, JADES_HEADER)?,
        unprotected,
        signature: decode(signature)?,
    })
}

/// A member that is a string if it is there.
fn string<'t>(object: Value<'t>, name: &str) -> Result<Option<&'t str>, Finding> {
    match object.get(name) {
        None => Ok(None),
        Some(value) if value.kind() == Kind::String => Ok(value.as_str()),
        Some(value) => Err(wrong(value)),
    }
}

fn wrong(value: Value<'_>) -> Finding {
    Finding::at(Code::JoseFormat, value.pointer())
}

fn within(header: Vec<u8>, limit: usize) -> Result<Vec<u8>, Finding> {
    if header.len() > limit { Err(limits::reached(Code::LimitHeader, limit)) } else { Ok(header) }
}
