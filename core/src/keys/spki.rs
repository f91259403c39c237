//! SubjectPublicKeyInfo (RFC 5280 §4.1.2.7) and PEM (RFC 7468 §13): keys of certificates and of `publicKeyPem`.

use base64ct::{Base64, Encoding as _};
use der::asn1::{AnyRef, BitStringRef, ObjectIdentifier};
use der::{Decode as _, Reader as _, SliceReader, Tag, Tagged as _};

use super::{Curve, EcdsaKey, Ed25519Key, KeyType, PublicKey, RsaKey};
use crate::codes::{Code, Finding};

/// Characters of the longest PEM text that is looked at: a key of 8,192 bits has some 1,500.
const MAX_PEM: usize = 16 * 1024;

/// RFC 3279 §2.3.1.
const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
/// RFC 5480 §2.1.1.
const EC: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");

/// The named curves (RFC 5480 §2.1.1.1, SEC 2 §A.2).
const CURVES: [(ObjectIdentifier, Curve); 4] = [
    (ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7"), Curve::P256),
    (ObjectIdentifier::new_unwrap("1.3.132.0.34"), Curve::P384),
    (ObjectIdentifier::new_unwrap("1.3.132.0.35"), Curve::P521),
    (ObjectIdentifier::new_unwrap("1.3.132.0.10"), Curve::Secp256k1),
];

/// Keys whose algorithm identifier says everything (RFC 8410 §3).
const WITHOUT_PARAMETERS: [(ObjectIdentifier, KeyType); 4] = [
    (ObjectIdentifier::new_unwrap("1.3.101.110"), KeyType::X25519),
    (ObjectIdentifier::new_unwrap("1.3.101.111"), KeyType::X448),
    (ObjectIdentifier::new_unwrap("1.3.101.112"), KeyType::Ed25519),
    (ObjectIdentifier::new_unwrap("1.3.101.113"), KeyType::Ed448),
];

impl PublicKey {
    /// Reads a PEM text: one `PUBLIC KEY` (SubjectPublicKeyInfo) or `RSA PUBLIC KEY` (RSAPublicKey), and nothing else.
    /// Line ends and lengths are free, as RFC 7468 §2 recommends.
    ///
    /// # Errors
    /// [`Code::KeyPrivate`] for the label of a private key; [`Code::KeyUnsupported`] if it is longer than any key;
    /// [`Code::KeyEncoding`] for another label or anything that is not PEM; otherwise as [`PublicKey::from_spki`].
    pub fn from_pem(text: &str) -> Result<Self, Finding> {
        if text.len() > MAX_PEM {
            return Err(Finding::new(Code::KeyUnsupported).with("limit", MAX_PEM));
        }
        if text.contains("PRIVATE KEY-----") {
            return Err(Finding::new(Code::KeyPrivate));
        }
        let malformed = || Finding::new(Code::KeyEncoding).with("reason", "PEM");
        let (label, rest) = text
            .trim_ascii()
            .strip_prefix("-----BEGIN ")
            .and_then(|rest| rest.split_once("-----"))
            .ok_or_else(malformed)?;
        let body = rest
            .strip_suffix("-----")
            .and_then(|rest| rest.strip_suffix(label))
            .and_then(|rest| rest.strip_suffix("-----END "))
            .ok_or_else(malformed)?;
        let body: String = body.chars().filter(|character| !character.is_ascii_whitespace()).collect();
        let bytes = Base64::decode_vec(&body).map_err(|_| malformed())?;
        match label {
            "PUBLIC KEY" => PublicKey::from_spki(&bytes),
            "RSA PUBLIC KEY" => RsaKey::from_der(&bytes).map(PublicKey::Rsa),
            _ => Err(malformed()),
        }
    }

    /// Reads a SubjectPublicKeyInfo in DER.
    ///
    /// # Errors
    /// [`Code::KeyEncoding`] if it is not DER or its parameters are not those of its algorithm, [`Code::KeyType`] for a
    /// key agreement key, [`Code::KeyUnsupported`] for another algorithm or curve; otherwise as
    /// [`PublicKey::from_bytes`].
    pub fn from_spki(bytes: &[u8]) -> Result<Self, Finding> {
        let malformed = || Finding::new(Code::KeyEncoding).with("reason", "DER");
        let info = Info::read(bytes).map_err(|_| malformed())?;
        if info.algorithm == RSA {
            // RFC 3279 §2.3.1: the parameters are NULL.
            return match info.parameters {
                Some(parameters) if parameters.tag() == Tag::Null && parameters.value().is_empty() => {
                    RsaKey::from_der(info.key).map(PublicKey::Rsa)
                }
                _ => Err(malformed()),
            };
        }
        if info.algorithm == EC {
            // RFC 5480 §2.1.1: a named curve; one that is spelled out could be any.
            let curve =
                info.parameters.and_then(|parameters| parameters.decode_as::<ObjectIdentifier>().ok());
            let curve = curve.ok_or_else(malformed)?;
            return match CURVES.iter().find(|(name, _)| *name == curve) {
                Some((_, curve)) => EcdsaKey::from_point(*curve, info.key).map(PublicKey::Ecdsa),
                None => Err(Finding::new(Code::KeyUnsupported)),
            };
        }
        match WITHOUT_PARAMETERS.iter().find(|(name, _)| *name == info.algorithm) {
            Some(_) if info.parameters.is_some() => Err(malformed()),
            Some((_, KeyType::Ed25519)) => Ed25519Key::from_bytes(info.key).map(PublicKey::Ed25519),
            Some((_, other)) => Err(other.refused()),
            None => Err(Finding::new(Code::KeyUnsupported)),
        }
    }
}

/// A SubjectPublicKeyInfo, taken apart.
struct Info<'a> {
    algorithm: ObjectIdentifier,
    parameters: Option<AnyRef<'a>>,
    key: &'a [u8],
}

impl<'a> Info<'a> {
    fn read(bytes: &'a [u8]) -> der::Result<Self> {
        let mut reader = SliceReader::new(bytes)?;
        let info = reader.sequence(|info| {
            let (algorithm, parameters) = info.sequence(|identifier| {
                let algorithm = ObjectIdentifier::decode(identifier)?;
                let parameters = Option::<AnyRef<'a>>::decode(identifier)?;
                Ok::<_, der::Error>((algorithm, parameters))
            })?;
            // A BIT STRING of whole bytes.
            let key = BitStringRef::decode(info)?.as_bytes().ok_or(der::ErrorKind::Failed)?;
            Ok::<_, der::Error>(Info { algorithm, parameters, key })
        })?;
        reader.finish()?;
        Ok(info)
    }
}
