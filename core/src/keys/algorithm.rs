//! Signature algorithms by their JOSE names (RFC 7518 §3.1, RFC 8037 §3.1, RFC 8812 §3.2, RFC 9864 §2.2), and which of
//! them belong to a key.
//!
//! The key decides: an algorithm that is not one of the key's own is refused before a byte of the signature is looked
//! at, so nobody can choose another by naming it.

use super::{Curve, PublicKey};
use crate::codes::{Code, Finding};

/// A signature algorithm, its hash function included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Algorithm {
    /// Ed25519 (RFC 8037 §3.1; Ed448, which has the same JOSE name, is none of ours).
    EdDsa,
    /// ECDSA over P-256 with SHA-256 (RFC 7518 §3.4).
    Es256,
    /// ECDSA over P-384 with SHA-384 (RFC 7518 §3.4).
    Es384,
    /// ECDSA over P-521 with SHA-512 (RFC 7518 §3.4).
    Es512,
    /// ECDSA over secp256k1 with SHA-256 (RFC 8812 §3.2).
    Es256k,
    /// RSASSA-PKCS1-v1_5 with SHA-256 (RFC 7518 §3.3).
    Rs256,
    /// RSASSA-PKCS1-v1_5 with SHA-384 (RFC 7518 §3.3).
    Rs384,
    /// RSASSA-PKCS1-v1_5 with SHA-512 (RFC 7518 §3.3).
    Rs512,
    /// RSASSA-PSS with SHA-256 and MGF1 with SHA-256, 32 bytes of salt (RFC 7518 §3.5).
    Ps256,
    /// RSASSA-PSS with SHA-384 and MGF1 with SHA-384, 48 bytes of salt (RFC 7518 §3.5).
    Ps384,
    /// RSASSA-PSS with SHA-512 and MGF1 with SHA-512, 64 bytes of salt (RFC 7518 §3.5).
    Ps512,
}

impl Algorithm {
    /// Every algorithm there is.
    pub const ALL: [Algorithm; 11] = [
        Algorithm::EdDsa,
        Algorithm::Es256,
        Algorithm::Es384,
        Algorithm::Es512,
        Algorithm::Es256k,
        Algorithm::Rs256,
        Algorithm::Rs384,
        Algorithm::Rs512,
        Algorithm::Ps256,
        Algorithm::Ps384,
        Algorithm::Ps512,
    ];

    /// The algorithm of a JOSE `alg`, exactly as registered with IANA. `Ed25519` (RFC 9864 §2.2) is the younger name of
    /// what `EdDSA` means with an Ed25519 key. `none`, MACs and everything else are no algorithm.
    pub fn named(jose_name: &str) -> Option<Self> {
        if jose_name == "Ed25519" {
            return Some(Algorithm::EdDsa);
        }
        Algorithm::ALL.into_iter().find(|algorithm| algorithm.name() == jose_name)
    }

    /// Its JOSE name.
    pub const fn name(self) -> &'static str {
        match self {
            Algorithm::EdDsa => "EdDSA",
            Algorithm::Es256 => "ES256",
            Algorithm::Es384 => "ES384",
            Algorithm::Es512 => "ES512",
            Algorithm::Es256k => "ES256K",
            Algorithm::Rs256 => "RS256",
            Algorithm::Rs384 => "RS384",
            Algorithm::Rs512 => "RS512",
            Algorithm::Ps256 => "PS256",
            Algorithm::Ps384 => "PS384",
            Algorithm::Ps512 => "PS512",
        }
    }
}

impl Algorithm {
    /// The kinds of key that it goes with, as [`PublicKey::key_type`] has them.
    pub const fn key_types(self) -> &'static [&'static str] {
        match self {
            Algorithm::EdDsa => &["Ed25519"],
            Algorithm::Es256 => &["P-256"],
            Algorithm::Es384 => &["P-384"],
            Algorithm::Es512 => &["P-521"],
            Algorithm::Es256k => &["secp256k1"],
            Algorithm::Rs256
            | Algorithm::Rs384
            | Algorithm::Rs512
            | Algorithm::Ps256
            | Algorithm::Ps384
            | Algorithm::Ps512 => &["RSA"],
        }
    }
}

impl PublicKey {
    /// The algorithms that its signatures can be made with. An RSA key read from a JSON Web Key with `alg` has that one
    /// only; a key of BBS has none, because it signs lists of messages (`bbs::verify_proof`).
    pub fn algorithms(&self) -> &'static [Algorithm] {
        match self {
            PublicKey::Ed25519(_) => &[Algorithm::EdDsa],
            PublicKey::Ecdsa(key) => match key.curve() {
                Curve::P256 => &[Algorithm::Es256],
                Curve::P384 => &[Algorithm::Es384],
                Curve::P521 => &[Algorithm::Es512],
                Curve::Secp256k1 => &[Algorithm::Es256k],
            },
            PublicKey::Rsa(key) => key.algorithms(),
            #[cfg(feature = "bbs")]
            PublicKey::Bbs(_) => &[],
        }
    }

    /// Whether `signature` is one of this key over `message` (the bytes themselves, not their digest), made with
    /// `algorithm`.
    ///
    /// # Errors
    /// [`Code::KeyType`] for an algorithm that is not one of [`PublicKey::algorithms`]; [`Code::SignatureEncoding`]
    /// for a signature that has not exactly the length which this key's signatures have.
    pub fn verify(&self, algorithm: Algorithm, message: &[u8], signature: &[u8]) -> Result<bool, Finding> {
        if !self.algorithms().contains(&algorithm) {
            let finding = Finding::new(Code::KeyType).with("algorithm", algorithm.name());
            return Err(finding.with("keyType", self.key_type()));
        }
        if signature.len() != self.signature_len() {
            return Err(Finding::new(Code::SignatureEncoding).with("length", signature.len()));
        }
        Ok(match self {
            PublicKey::Ed25519(key) => key.verify(message, signature),
            PublicKey::Ecdsa(key) => key.verify(message, signature),
            PublicKey::Rsa(key) => key.verify(algorithm, message, signature),
            #[cfg(feature = "bbs")]
            PublicKey::Bbs(_) => false,
        })
    }

    /// Bytes of each of its signatures: 64 for Ed25519, twice the field's length for a curve, the modulus' for RSA.
    pub fn signature_len(&self) -> usize {
        match self {
            PublicKey::Ed25519(_) => super::ed25519::SIGNATURE_LEN,
            PublicKey::Ecdsa(key) => key.curve().signature_len(),
            PublicKey::Rsa(key) => key.signature_len(),
            #[cfg(feature = "bbs")]
            PublicKey::Bbs(_) => super::bbs::SIGNATURE_LEN,
        }
    }
}
