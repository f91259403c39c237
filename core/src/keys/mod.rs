//! Public keys: how standards write them down, and what their signatures prove.
//!
//! A key is parsed once, completely: canonical encoding, exact length, on the curve, not weak, no private parts beside
//! it. Whoever holds a [`PublicKey`] need not check anything again. Every text has one key, and every key one
//! [`PublicKey`]: keys are compared as keys, whatever they were written in.

pub mod algorithm;
#[cfg(feature = "bbs")]
pub mod bbs;
pub mod ecdsa;
pub mod ed25519;
pub mod jwk;
pub mod jwk_set;
pub mod multikey;
pub mod rsa;
mod spki;
mod thumbprint;

#[cfg(feature = "algorithms")]
mod more;
#[cfg(not(feature = "algorithms"))]
#[path = "not_built.rs"]
mod more;

use crate::codes::{Code, Finding};
use crate::encoding::{DecodeError, multibase};
use crate::json;

pub use algorithm::Algorithm;
#[cfg(feature = "bbs")]
pub use bbs::BbsKey;
pub use ecdsa::{Curve, EcdsaKey};
pub use ed25519::Ed25519Key;
pub use jwk_set::SetKey;
pub use multikey::Multikey;
pub use rsa::RsaKey;

/// What a key is made for. Kinds beyond those that this version verifies with are told apart too, so that a report can
/// say which one it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum KeyType {
    /// Ed25519 (RFC 8032).
    Ed25519,
    /// Ed448 (RFC 8032).
    Ed448,
    /// ECDSA over P-256 (FIPS 186-5).
    P256,
    /// ECDSA over P-384 (FIPS 186-5).
    P384,
    /// ECDSA over P-521 (FIPS 186-5).
    P521,
    /// ECDSA over secp256k1 (SEC 2).
    Secp256k1,
    /// RSA (RFC 8017).
    Rsa,
    /// BBS over BLS12-381, the key in G1.
    Bls12381G1,
    /// BBS over BLS12-381, the key in G2.
    Bls12381G2,
    /// BLS12-381, points of both groups.
    Bls12381G1G2,
    /// SM2 (GB/T 32918).
    Sm2,
    /// X25519 (RFC 7748): key agreement, never a signature.
    X25519,
    /// X448 (RFC 7748): key agreement, never a signature.
    X448,
}

impl KeyType {
    /// The name in reports.
    pub const fn name(self) -> &'static str {
        match self {
            KeyType::Ed25519 => "Ed25519",
            KeyType::Ed448 => "Ed448",
            KeyType::P256 => "P-256",
            KeyType::P384 => "P-384",
            KeyType::P521 => "P-521",
            KeyType::Secp256k1 => "secp256k1",
            KeyType::Rsa => "RSA",
            KeyType::Bls12381G1 => "BLS12-381 G1",
            KeyType::Bls12381G2 => "BLS12-381 G2",
            KeyType::Bls12381G1G2 => "BLS12-381 G1 and G2",
            KeyType::Sm2 => "SM2",
            KeyType::X25519 => "X25519",
            KeyType::X448 => "X448",
        }
    }

    /// Why there is no [`PublicKey`] for it: a signature by a key agreement key proves that something is wrong, one by
    /// a key of another kind only that this version cannot tell.
    fn refused(self) -> Finding {
        let code = match self {
            KeyType::X25519 | KeyType::X448 => Code::KeyType,
            KeyType::Bls12381G2 if !cfg!(feature = "bbs") => Code::KeyNotBuilt,
            _ => Code::KeyUnsupported,
        };
        Finding::new(code).with("keyType", self.name())
    }
}

/// A key that signatures are verified with.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PublicKey {
    /// Ed25519 (RFC 8032).
    Ed25519(Ed25519Key),
    /// ECDSA over P-256, P-384, P-521 (FIPS 186-5) or secp256k1 (RFC 8812).
    Ecdsa(EcdsaKey),
    /// RSA (RFC 8017), of PKCS #1 v1.5 and PSS signatures.
    Rsa(RsaKey),
    /// BBS over BLS12-381, the key in G2 (draft-irtf-cfrg-bbs-signatures).
    #[cfg(feature = "bbs")]
    Bbs(BbsKey),
}

impl PublicKey {
    /// Reads a `publicKeyMultibase` (CID 1.0 §2.2.2, vc-di-eddsa §2.1.1, vc-di-ecdsa §2.1.1), or the identifier of a did:key.
    ///
    /// # Errors
    /// [`Code::KeyEncoding`] (base, prefix, length, not canonical), [`Code::KeyWeak`], [`Code::KeyPrivate`],
    /// [`Code::KeyType`] for a key agreement key, [`Code::KeyUnsupported`], [`Code::KeyNotBuilt`], the last three with
    /// detail `keyType`.
    pub fn from_multikey(text: &str) -> Result<Self, Finding> {
        PublicKey::try_from(&Multikey::parse(text)?)
    }

    /// Reads a public JSON Web Key (RFC 7517, RFC 7518 §6.2 and §6.3, RFC 8037 §2, RFC 8812 §3.1, CID 1.0 §2.2.3) that
    /// is to verify signatures. Its `alg`, if it has one, is the only algorithm of the key; keys are equal all the same.
    ///
    /// # Errors
    /// As [`PublicKey::from_multikey`], at the member's pointer; and [`Code::KeyRelationship`] (of the check
    /// `key.authorized`) where the key's own `use` or `key_ops` forbid it to verify signatures.
    pub fn from_jwk(value: json::Value<'_>) -> Result<Self, Finding> {
        jwk::parse(value)
    }

    /// Reads a `publicKeyBase58` of a verification method from before Multikey, whose type says the kind of key: the
    /// canonical bytes alone, in base58btc.
    ///
    /// # Errors
    /// As [`PublicKey::from_bytes`].
    pub fn from_base58(kind: KeyType, text: &str) -> Result<Self, Finding> {
        let bytes = multibase::decode_base58btc(text, multikey::MAX_LEN).map_err(|e| encoding(&e))?;
        PublicKey::from_bytes(kind, &bytes)
    }

    /// Reads the canonical bytes of a key ([`PublicKey::bytes`]).
    ///
    /// # Errors
    /// [`Code::KeyEncoding`], [`Code::KeyWeak`], [`Code::KeyType`], [`Code::KeyUnsupported`], [`Code::KeyNotBuilt`].
    pub fn from_bytes(kind: KeyType, bytes: &[u8]) -> Result<Self, Finding> {
        let point = |curve| EcdsaKey::from_compressed(curve, bytes).map(PublicKey::Ecdsa);
        match kind {
            KeyType::Ed25519 => Ed25519Key::from_bytes(bytes).map(PublicKey::Ed25519),
            KeyType::P256 => point(Curve::P256),
            KeyType::P384 => point(Curve::P384),
            KeyType::P521 => point(Curve::P521),
            KeyType::Secp256k1 => point(Curve::Secp256k1),
            KeyType::Rsa => RsaKey::from_der(bytes).map(PublicKey::Rsa),
            #[cfg(feature = "bbs")]
            KeyType::Bls12381G2 => BbsKey::from_bytes(bytes).map(PublicKey::Bbs),
            other => Err(other.refused()),
        }
    }

    /// Its kind.
    pub const fn kind(&self) -> KeyType {
        match self {
            PublicKey::Ed25519(_) => KeyType::Ed25519,
            PublicKey::Ecdsa(key) => key.curve().key_type(),
            PublicKey::Rsa(_) => KeyType::Rsa,
            #[cfg(feature = "bbs")]
            PublicKey::Bbs(_) => KeyType::Bls12381G2,
        }
    }

    /// The name of its kind in reports (`proofs[].keyType`).
    pub const fn key_type(&self) -> &'static str {
        self.kind().name()
    }

    /// Its canonical bytes: those of the Multikey without prefix (32 bytes; a compressed point; RSAPublicKey in DER).
    pub fn bytes(&self) -> &[u8] {
        match self {
            PublicKey::Ed25519(key) => key.bytes(),
            PublicKey::Ecdsa(key) => key.bytes(),
            PublicKey::Rsa(key) => key.bytes(),
            #[cfg(feature = "bbs")]
            PublicKey::Bbs(key) => key.bytes(),
        }
    }
}

impl TryFrom<&Multikey> for PublicKey {
    type Error = Finding;

    fn try_from(key: &Multikey) -> Result<Self, Finding> {
        PublicKey::from_bytes(key.key_type, &key.bytes)
    }
}

/// The finding that a key's text is not what its standard demands, and why.
fn encoding(why: &DecodeError) -> Finding {
    Finding::new(Code::KeyEncoding).with("reason", why.to_string())
}
