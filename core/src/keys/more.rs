//! The seam to the providers of P-521, secp256k1 and RSA. Where feature `algorithms` is off, `not_built.rs` stands here,
//! with the same types, of which there is no value.

use k256::ecdsa::signature::Verifier as _;
use rsa::pkcs1v15::Pkcs1v15Sign;
use rsa::pss::Pss;
use rsa::{BoxedUint, RsaPublicKey};
use sha2::{Digest, Sha256, Sha384, Sha512};

use super::{Algorithm, KeyType};
use crate::codes::{Code, Finding};

/// A point of P-521.
#[derive(Clone, Debug)]
pub(super) struct P521(p521::ecdsa::VerifyingKey);

impl P521 {
    /// Reads a point in a form of SEC 1 §2.3.3 that the caller has chosen.
    pub(super) fn read(point: &[u8]) -> Result<Self, Finding> {
        p521::ecdsa::VerifyingKey::from_sec1_bytes(point).map(P521).map_err(|_| refused(KeyType::P521))
    }

    /// Verifies r ‖ s over `message`, with SHA-512.
    pub(super) fn verify(&self, message: &[u8], signature: &[u8]) -> bool {
        p521::ecdsa::Signature::from_slice(signature)
            .is_ok_and(|signature| self.0.verify(message, &signature).is_ok())
    }

    /// The uncompressed form: 04, x, y.
    pub(super) fn uncompressed(&self) -> Vec<u8> {
        self.0.to_sec1_point(false).as_bytes().to_vec()
    }
}

/// A point of secp256k1.
#[derive(Clone, Debug)]
pub(super) struct Secp256k1(k256::ecdsa::VerifyingKey);

impl Secp256k1 {
    /// Reads a point in a form of SEC 1 §2.3.3 that the caller has chosen.
    pub(super) fn read(point: &[u8]) -> Result<Self, Finding> {
        let key = k256::ecdsa::VerifyingKey::from_sec1_bytes(point);
        key.map(Secp256k1).map_err(|_| refused(KeyType::Secp256k1))
    }

    /// Verifies r ‖ s over `message`, with SHA-256. The provider takes only the lower of s and n − s, a rule of
    /// blockchains that ES256K (RFC 8812 §3.2) does not have.
    pub(super) fn verify(&self, message: &[u8], signature: &[u8]) -> bool {
        k256::ecdsa::Signature::from_slice(signature)
            .is_ok_and(|signature| self.0.verify(message, &signature.normalize_s()).is_ok())
    }

    /// The uncompressed form: 04, x, y.
    pub(super) fn uncompressed(&self) -> Vec<u8> {
        self.0.to_sec1_point(false).as_bytes().to_vec()
    }
}

/// An RSA key of a size and an exponent that the caller has checked.
#[derive(Clone, Debug)]
pub(super) struct Rsa(RsaPublicKey);

impl Rsa {
    /// The key of a modulus (big-endian) and a public exponent.
    pub(super) fn read(modulus: &[u8], exponent: u32) -> Result<Self, Finding> {
        let (n, e) = (BoxedUint::from_be_slice_vartime(modulus), BoxedUint::from(u64::from(exponent)));
        RsaPublicKey::new(n, e).map(Rsa).map_err(|_| refused(KeyType::Rsa))
    }

    /// RSASSA-PKCS1-v1_5 (RFC 8017 §8.2.2) and RSASSA-PSS with a salt as long as the hash (§8.1.2; RFC 7518 §3.5). The
    /// encoded message is compared as a whole; nothing in it is parsed.
    pub(super) fn verify(&self, algorithm: Algorithm, message: &[u8], signature: &[u8]) -> bool {
        let key = &self.0;
        let sha256 = || Sha256::digest(message);
        let sha384 = || Sha384::digest(message);
        let sha512 = || Sha512::digest(message);
        let verified = match algorithm {
            Algorithm::Rs256 => key.verify(Pkcs1v15Sign::new::<Sha256>(), &sha256(), signature),
            Algorithm::Rs384 => key.verify(Pkcs1v15Sign::new::<Sha384>(), &sha384(), signature),
            Algorithm::Rs512 => key.verify(Pkcs1v15Sign::new::<Sha512>(), &sha512(), signature),
            Algorithm::Ps256 => key.verify(Pss::<Sha256>::new(), &sha256(), signature),
            Algorithm::Ps384 => key.verify(Pss::<Sha384>::new(), &sha384(), signature),
            Algorithm::Ps512 => key.verify(Pss::<Sha512>::new(), &sha512(), signature),
            _ => return false,
        };
        verified.is_ok()
    }
}

fn refused(kind: KeyType) -> Finding {
    Finding::new(Code::KeyEncoding).with("keyType", kind.name())
}
