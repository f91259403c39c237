//! Ed25519 (RFC 8032 §5.1): stricter than the RFC where it leaves verifiers room to disagree.
//!
//! A key must be canonical (one text for each key, or one issuer has two names) and must not be of small order (it
//! would accept signatures that anybody can make). A signature must have a canonical S < L and R, an R that is not
//! of small order, and fulfil the equation without cofactor. Signatures are verified one by one: batches decide
//! otherwise.

use ed25519_dalek::{Signature, VerifyingKey};

use crate::codes::{Code, Finding};

/// Bytes of a public key.
pub const KEY_LEN: usize = 32;

/// Bytes of a signature.
pub const SIGNATURE_LEN: usize = 64;

/// A public key, decompressed once.
#[derive(Clone, Debug)]
pub struct Ed25519Key {
    key: VerifyingKey,
}

impl Ed25519Key {
    /// Reads a key (RFC 8032 §5.1.3).
    ///
    /// # Errors
    /// [`Code::KeyEncoding`] for another length than 32 bytes, y ≥ 2^255 − 19, x = 0 with a sign, no point of the
    /// curve; [`Code::KeyWeak`] for a point of small order.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Finding> {
        let refused = |code| Finding::new(code).with("keyType", "Ed25519");
        let bytes = <&[u8; KEY_LEN]>::try_from(bytes).map_err(|_| refused(Code::KeyEncoding))?;
        if !is_canonical(bytes) {
            return Err(refused(Code::KeyEncoding));
        }
        let key = VerifyingKey::from_bytes(bytes).map_err(|_| refused(Code::KeyEncoding))?;
        if key.is_weak() { Err(refused(Code::KeyWeak)) } else { Ok(Ed25519Key { key }) }
    }

    /// The 32 bytes.
    pub fn bytes(&self) -> &[u8] {
        self.key.as_bytes()
    }

    /// Whether `signature`, exactly 64 bytes, is one of this key over `message` (RFC 8032 §5.1.7, PureEdDSA).
    pub fn verify(&self, message: &[u8], signature: &[u8]) -> bool {
        Signature::from_slice(signature)
            .is_ok_and(|signature| self.key.verify_strict(message, &signature).is_ok())
    }
}

impl PartialEq for Ed25519Key {
    fn eq(&self, other: &Self) -> bool {
        self.bytes() == other.bytes()
    }
}

impl Eq for Ed25519Key {}

/// Whether it is the only encoding of its point: y < p = 2^255 − 19 (little-endian below the sign bit), and no sign
/// where x = 0, which is where y is 1 or p − 1 (RFC 8032 §5.1.3 steps 1 and 4).
fn is_canonical(bytes: &[u8; KEY_LEN]) -> bool {
    let [low, middle @ .., high] = bytes;
    let y_high = high & 0x7F;
    let all_ones = y_high == 0x7F && middle.iter().all(|byte| *byte == 0xFF);
    let is_one = y_high == 0 && *low == 1 && middle.iter().all(|byte| *byte == 0);
    let is_minus_one = all_ones && *low == 0xEC;
    let signed = high & 0x80 != 0;
    !(all_ones && *low >= 0xED) && !(signed && (is_one || is_minus_one))
}
