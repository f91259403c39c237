//! JWK Sets (RFC 7517 §5).

use super::PublicKey;
use crate::codes::{Code, Finding};
use crate::json::Value;

/// Keys of the largest set that is read.
pub const MAX_KEYS: usize = 100;

/// A key of a set. One that cannot be read, is of an unknown kind or not for signatures is no reason to refuse the
/// others; its finding says why it is not counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetKey {
    /// Its `kid` (RFC 7517 §4.5). Several keys may have the same: whoever looks for one has to say what that means.
    pub kid: Option<String>,
    /// The key, or why there is none (as [`PublicKey::from_jwk`]); a symmetric key is [`Code::KeyPrivate`].
    pub key: Result<PublicKey, Finding>,
    /// Where it stands in the set's document.
    pub pointer: String,
}

/// Reads a set: an object whose `keys` are JSON Web Keys. All keys are there, in their order.
///
/// # Errors
/// [`Code::KeyDocumentInvalid`] if it is no such object, or has more than [`MAX_KEYS`] keys (`limit`).
pub fn read(value: Value<'_>) -> Result<Vec<SetKey>, Finding> {
    let invalid = |value: Value<'_>| Finding::at(Code::KeyDocumentInvalid, value.pointer());
    let set = value.as_object().ok_or_else(|| invalid(value))?;
    let keys = set.get("keys").ok_or_else(|| invalid(value))?;
    let mut read = Vec::new();
    for key in keys.as_array().ok_or_else(|| invalid(keys))?.iter() {
        if read.len() >= MAX_KEYS {
            return Err(invalid(keys).with("limit", MAX_KEYS));
        }
        read.push(one(key));
    }
    Ok(read)
}

/// Reads a single JSON Web Key, where one stands instead of a set.
pub fn one(key: Value<'_>) -> SetKey {
    SetKey {
        kid: key.get("kid").and_then(|kid| kid.as_str()).map(str::to_owned),
        key: PublicKey::from_jwk(key),
        pointer: key.pointer(),
    }
}
