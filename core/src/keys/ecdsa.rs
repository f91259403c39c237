//! ECDSA over P-256, P-384, P-521 (FIPS 186-5 §6) and secp256k1 (RFC 8812 §3.2): keys and signatures in the one form
//! that the suites and JOSE allow.
//!
//! This file is the seam to the provider of the arithmetic, with `more.rs` for the two rarer curves: another one is
//! chosen here, and no suite changes.
//!
//! A signature is r ‖ s of exactly two field lengths (IEEE P1363, RFC 4754 §7; never DER), each from 1 to n − 1. A
//! curve signs with one hash: P-256 and secp256k1 with SHA-256, P-384 with SHA-384, P-521 with SHA-512. Both s and n − s are accepted, as FIPS 186-5 does:
//! whoever has one signature can make the other, so the bytes of a signature identify nothing.

use p256::ecdsa::signature::Verifier as _;

use super::{KeyType, more};
use crate::codes::{Code, Finding};

/// Bytes of the longest key: the compressed point of P-521.
const MAX_KEY_LEN: usize = 67;

/// A curve with its hash function.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Curve {
    /// P-256 with SHA-256.
    P256,
    /// P-384 with SHA-384.
    P384,
    /// P-521 with SHA-512.
    P521,
    /// secp256k1 with SHA-256.
    Secp256k1,
}

impl Curve {
    /// Bytes of a coordinate, of r and of s.
    pub const fn field_len(self) -> usize {
        match self {
            Curve::P256 | Curve::Secp256k1 => 32,
            Curve::P384 => 48,
            Curve::P521 => 66,
        }
    }

    /// Bytes of a signature.
    pub const fn signature_len(self) -> usize {
        match self {
            Curve::P256 | Curve::Secp256k1 => 64,
            Curve::P384 => 96,
            Curve::P521 => 132,
        }
    }

    /// The kind of its keys, whose name is the `crv` of a JSON Web Key.
    pub const fn key_type(self) -> KeyType {
        match self {
            Curve::P256 => KeyType::P256,
            Curve::P384 => KeyType::P384,
            Curve::P521 => KeyType::P521,
            Curve::Secp256k1 => KeyType::Secp256k1,
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
    P521(more::P521),
    Secp256k1(more::Secp256k1),
}

impl EcdsaKey {
    /// Reads the compressed form (SEC 1 §2.3.4), the only one of a Multikey (vc-di-ecdsa §2.1.1): 02 or 03, then x.
    ///
    /// # Errors
    /// [`Code::KeyEncoding`] for another length or form, an x that is not below the field's prime, no point of the
    /// curve. The identity has no compressed form. [`Code::KeyNotBuilt`] for a curve that this build does not have.
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

    /// Reads a point of a certificate's or a PEM text's key (RFC 5480 §2.2): compressed, or 04 and both coordinates.
    ///
    /// # Errors
    /// As [`EcdsaKey::from_compressed`].
    pub fn from_point(curve: Curve, bytes: &[u8]) -> Result<Self, Finding> {
        match bytes.split_first() {
            Some((4, both)) => match both.split_at_checked(curve.field_len()) {
                Some((x, y)) => EcdsaKey::from_coordinates(curve, x, y),
                None => Err(refused(curve)),
            },
            _ => EcdsaKey::from_compressed(curve, bytes),
        }
    }

    /// The key of a point that is written in two ways; `point` is what is checked.
    fn new(curve: Curve, compressed: &[u8], point: &[u8]) -> Result<Self, Finding> {
        let mut bytes = [0; MAX_KEY_LEN];
        bytes.iter_mut().zip(compressed).for_each(|(to, from)| *to = *from);
        let point = match curve {
            Curve::P256 => p256::ecdsa::VerifyingKey::from_sec1_bytes(point)
                .map(Point::P256)
                .map_err(|_| refused(curve))?,
            Curve::P384 => p384::ecdsa::VerifyingKey::from_sec1_bytes(point)
                .map(Point::P384)
                .map_err(|_| refused(curve))?,
            Curve::P521 => more::P521::read(point).map(Point::P521)?,
            Curve::Secp256k1 => more::Secp256k1::read(point).map(Point::Secp256k1)?,
        };
        Ok(EcdsaKey { compressed: bytes, point })
    }

    /// The curve.
    pub const fn curve(&self) -> Curve {
        match self.point {
            Point::P256(_) => Curve::P256,
            Point::P384(_) => Curve::P384,
            Point::P521(_) => Curve::P521,
            Point::Secp256k1(_) => Curve::Secp256k1,
        }
    }

    /// The compressed point: one byte more than the field has.
    pub fn bytes(&self) -> &[u8] {
        self.compressed.get(..=self.curve().field_len()).unwrap_or(&[])
    }

    /// Both coordinates, x ‖ y.
    pub fn coordinates(&self) -> Vec<u8> {
        let mut point = match &self.point {
            Point::P256(key) => key.to_sec1_point(false).as_bytes().to_vec(),
            Point::P384(key) => key.to_sec1_point(false).as_bytes().to_vec(),
            Point::P521(key) => key.uncompressed(),
            Point::Secp256k1(key) => key.uncompressed(),
        };
        // The tag 04.
        point.drain(..point.len().min(1));
        point
    }

    /// Whether `signature`, exactly of the curve's length, is one of this key over `message`, which is hashed with the
    /// curve's function (FIPS 186-5 §6.4.2).
    pub fn verify(&self, message: &[u8], signature: &[u8]) -> bool {
        match &self.point {
            Point::P256(key) => p256::ecdsa::Signature::from_slice(signature)
                .is_ok_and(|signature| key.verify(message, &signature).is_ok()),
            Point::P384(key) => p384::ecdsa::Signature::from_slice(signature)
                .is_ok_and(|signature| key.verify(message, &signature).is_ok()),
            Point::P521(key) => key.verify(message, signature),
            Point::Secp256k1(key) => key.verify(message, signature),
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
