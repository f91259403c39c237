//! Multikey (CID 1.0 §2.2.2): `z`, base58btc of a multicodec prefix and the key's bytes. did:key uses the same.

use super::{KeyType, encoding};
use crate::codes::{Code, Finding};
use crate::encoding::{DecodeError, multibase, varint};

/// Bytes of the longest key that is looked at: RSA of 8,192 bits has 1,038, with prefix 1,040. Base58 is quadratic.
pub(super) const MAX_LEN: usize = 1_100;

/// A key as it is written, its prefix and length checked, its bytes not yet understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Multikey {
    /// What the prefix says.
    pub key_type: KeyType,
    /// The bytes after the prefix.
    pub bytes: Vec<u8>,
}

impl Multikey {
    /// Reads a Multikey.
    ///
    /// # Errors
    /// [`Code::KeyEncoding`] for another base than `z`, a prefix that is not the shortest form, a wrong length;
    /// [`Code::KeyPrivate`] for the prefix of a private key; [`Code::KeyUnsupported`] for another prefix, or a key
    /// longer than any of the known kinds.
    pub fn parse(text: &str) -> Result<Self, Finding> {
        let all = multibase::decode_z(text, MAX_LEN).map_err(|why| match why {
            DecodeError::TooLong { limit } => Finding::new(Code::KeyUnsupported).with("limit", limit),
            why => encoding(&why),
        })?;
        let (codec, bytes) = varint::read(&all).map_err(|why| encoding(&why))?;
        // The multicodec table keeps this range for private keys: never look at what follows.
        if (0x1300..=0x131F).contains(&codec) {
            return Err(Finding::new(Code::KeyPrivate));
        }
        let (key_type, len) = kind(codec).ok_or_else(|| Finding::new(Code::KeyUnsupported))?;
        if len.is_some_and(|len| len != bytes.len()) {
            return Err(Finding::new(Code::KeyEncoding)
                .with("keyType", key_type.name())
                .with("length", bytes.len()));
        }
        Ok(Multikey { key_type, bytes: bytes.to_vec() })
    }
}

/// The kind of key of a multicodec, and the length that its bytes must have (CID 1.0 §2.2.2, did:key §3.1.2; elliptic
/// curve points are compressed). An RSA key (PKCS #1 DER) has no one length.
const fn kind(codec: u64) -> Option<(KeyType, Option<usize>)> {
    Some(match codec {
        0xE7 => (KeyType::Secp256k1, Some(33)),
        0xEA => (KeyType::Bls12381G1, Some(48)),
        0xEB => (KeyType::Bls12381G2, Some(96)),
        0xEC => (KeyType::X25519, Some(32)),
        0xED => (KeyType::Ed25519, Some(32)),
        0xEE => (KeyType::Bls12381G1G2, Some(144)),
        0x1200 => (KeyType::P256, Some(33)),
        0x1201 => (KeyType::P384, Some(49)),
        0x1202 => (KeyType::P521, Some(67)),
        0x1203 => (KeyType::Ed448, Some(57)),
        0x1204 => (KeyType::X448, Some(56)),
        0x1205 => (KeyType::Rsa, None),
        0x1206 => (KeyType::Sm2, Some(33)),
        _ => return None,
    })
}
