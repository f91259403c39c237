//! ECDSA over P-256 and P-384 (FIPS 186-5 §6): keys and signatures in the one form that the suites allow.
//!
//! This file is the seam to the provider of the arithmetic: another one is chosen here, and no suite changes.
//!
//! A signature is r ‖ s of exactly two field lengths (IEEE P1363, RFC 4754 §7; never DER), each from 1 to n − 1. A
//! curve signs with one hash: P-256 with SHA-256, P-384 with SHA-384. Both s and n − s are accepted, as FIPS 186-5 does:
//! whoever has one signature can make the other, so the bytes of a signature identify nothing.

use p256::ecdsa::signature::Verifier as _;

use super::KeyType;
use crate::codes::{Code, Finding};

/// Bytes of the longest signature, that of P-384.
pub const MAX_SIGNATURE_LEN: usize = 96;

/// Bytes of the longest key: the compressed point of P-384.
const MAX_KEY_LEN: usize = 49;

/// A curve of FIPS 186-5, with its hash function.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Curve {
    /// P-256 with SHA-256.
    P256,
    /// P-384 with SHA-384.
    P384,
}

impl Curve {
    /// Bytes of a coordinate, of r and of s.
    pub const fn field_len(self) -> usize {
        match self {
            Curve::P256 => 32,
            Curve::P384 => 48,
        }
    }

    /// Bytes of a signature.
    pub const fn signature_len(self) -> usize {
        match self {
            Curve::P256 => 64,
            Curve::P384 => MAX_SIGNATURE_LEN,
        }
    }

    /// The kind of its keys.
    pub const fn key_type(self) -> KeyType {
        match self {
            Curve::P256 => KeyType::P256,
            Curve::P384 => KeyType::P384,
        }
    }
}

/// A public key, its point decompressed once.
#[derive(Clone, Debug)]
pub struct EcdsaKey {
    /// The compressed point; zero beyond its length.
    compressed: [u8; MAX_KEY_LEN],
    point: Point,
}

#[derive(Clone, Debug)]
enum Point {
    P256(p256::ecdsa::VerifyingKey),
    P384(p384::ecdsa::VerifyingKey),
}

impl EcdsaKey {
    /// Reads the compressed form (SEC 1 §2.3.4), the only one of a Multikey (vc-di-ecdsa §2.1.1): 02 or 03, then x.
    ///
    /// # Errors
    /// [`Code::KeyEncoding`] for another length or form, an x that is not below the field's prime, no point of the
    /// curve. The identity has no compressed form.
    pub fn from_compressed(curve: Curve, bytes: &[u8]) -> Result<Self, Finding> {
        match bytes.split_first() {
            Some((2 | 3, x)) if x.len() == curve.field_len() => EcdsaKey::new(curve, bytes, bytes),
            _ => Err(refused(curve)),
        }
    }

    /// Reads the coordinates of a JSON Web Key (RFC 7518 §6.2.1.2, §6.2.1.3): both of exactly the field's length.
    ///
    /// # Errors
    /// As [`EcdsaKey::from_compressed`].
    pub fn from_coordinates(curve: Curve, x: &[u8], y: &[u8]) -> Result<Self, Finding> {
        let len = curve.field_len();
        match y.last() {
            Some(last) if x.len() == len && y.len() == len => {
                let compressed = [&[2 | (last & 1)], x].concat();
                EcdsaKey::new(curve, &compressed, &[&[4], x, y].concat())
            }
            _ => Err(refused(curve)),
        }
    }

    /// The key of a point that is written in two ways; `point` is what is checked.
    fn new(curve: Curve, compressed: &[u8], point: &[u8]) -> Result<Self, Finding> {
        let mut bytes = [0; MAX_KEY_LEN];
        bytes.iter_mut().zip(compressed).for_each(|(to, from)| *to = *from);
        let point = match curve {
            Curve::P256 => p256::ecdsa::VerifyingKey::from_sec1_bytes(point).map(Point::P256),
            Curve::P384 => p384::ecdsa::VerifyingKey::from_sec1_bytes(point).map(Point::P384),
        };
        Ok(EcdsaKey { compressed: bytes, point: point.map_err(|_| refused(curve))? })
    }

    /// The curve.
    pub const fn curve(&self) -> Curve {
        match self.point {
            Point::P256(_) => Curve::P256,
            Point::P384(_) => Curve::P384,
        }
    }

    /// The compressed point: 33 or 49 bytes.
    pub fn bytes(&self) -> &[u8] {
        self.compressed.get(..=self.curve().field_len()).unwrap_or(&[])
    }

    /// Whether `signature`, exactly 64 or 96 bytes, is one of this key over `message`, which is hashed with the
    /// curve's function (FIPS 186-5 §6.4.2).
    pub fn verify(&self, message: &[u8], signature: &[u8]) -> bool {
        match &self.point {
            Point::P256(key) => p256::ecdsa::Signature::from_slice(signature)
                .is_ok_and(|signature| key.verify(message, &signature).is_ok()),
            Point::P384(key) => p384::ecdsa::Signature::from_slice(signature)
                .is_ok_and(|signature| key.verify(message, &signature).is_ok()),
        }
    }
}

impl PartialEq for EcdsaKey {
    fn eq(&self, other: &Self) -> bool {
        self.curve() == other.curve() && self.bytes() == other.bytes()
    }
}

impl Eq for EcdsaKey {}

fn refused(curve: Curve) -> Finding {
    Finding::new(Code::KeyEncoding).with("keyType", curve.key_type().name())
}
