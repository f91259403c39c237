//! Signatures of certificates (RFC 5280 §4.1.1.2; RFC 4055, RFC 5758, RFC 8410), verified as JOSE's with the same keys.

use super::der::{self, Fields};
use crate::keys::{self, KeyType, PublicKey};

/// Hash functions of signatures; SHA-1 and older ones are none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hash {
    Sha256,
    Sha384,
    Sha512,
}

/// How a certificate is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Algorithm {
    Pkcs1(Hash),
    Pss(Hash),
    Ecdsa(Hash),
    Ed25519,
}

/// OIDs, as bytes of the DER.
const PKCS1: [(&[u8], Hash); 3] = [
    (&[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x0B], Hash::Sha256),
    (&[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x0C], Hash::Sha384),
    (&[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x0D], Hash::Sha512),
];
const ECDSA: [(&[u8], Hash); 3] = [
    (&[0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x02], Hash::Sha256),
    (&[0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x03], Hash::Sha384),
    (&[0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x04], Hash::Sha512),
];
const DIGESTS: [(&[u8], Hash, u8); 3] = [
    (&[0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01], Hash::Sha256, 32),
    (&[0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x02], Hash::Sha384, 48),
    (&[0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x03], Hash::Sha512, 64),
];
const PSS: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x0A];
const MGF1: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x08];
const ED25519: &[u8] = &[0x2B, 0x65, 0x70];

impl Algorithm {
    /// The algorithm of an AlgorithmIdentifier; `None` for every other.
    pub(super) fn read(identifier: &[u8]) -> Option<Self> {
        let mut fields = Fields::new(der::only(identifier, der::SEQUENCE)?)?;
        let name = fields.take(der::OBJECT_IDENTIFIER)?;
        let hash =
            |table: &[(&[u8], Hash)]| table.iter().find(|(oid, _)| *oid == name).map(|(_, hash)| *hash);
        let algorithm = if let Some(hash) = hash(&PKCS1) {
            // RFC 4055 §5: NULL, and some leave it out.
            fields.optional(der::NULL)?;
            Algorithm::Pkcs1(hash)
        } else if let Some(hash) = hash(&ECDSA) {
            Algorithm::Ecdsa(hash)
        } else if name == ED25519 {
            Algorithm::Ed25519
        } else if name == PSS {
            Algorithm::Pss(pss(fields.take(der::SEQUENCE)?)?)
        } else {
            return None;
        };
        fields.end()?;
        Some(algorithm)
    }

    /// Its name among those of JOSE for this key; none where hash and curve are no pair of JOSE's.
    fn for_key(self, key: &PublicKey) -> Option<keys::Algorithm> {
        use keys::Algorithm as Jose;
        Some(match (self, key.kind()) {
            (Algorithm::Pkcs1(Hash::Sha256), KeyType::Rsa) => Jose::Rs256,
            (Algorithm::Pkcs1(Hash::Sha384), KeyType::Rsa) => Jose::Rs384,
            (Algorithm::Pkcs1(Hash::Sha512), KeyType::Rsa) => Jose::Rs512,
            (Algorithm::Pss(Hash::Sha256), KeyType::Rsa) => Jose::Ps256,
            (Algorithm::Pss(Hash::Sha384), KeyType::Rsa) => Jose::Ps384,
            (Algorithm::Pss(Hash::Sha512), KeyType::Rsa) => Jose::Ps512,
            (Algorithm::Ecdsa(Hash::Sha256), KeyType::P256) => Jose::Es256,
            (Algorithm::Ecdsa(Hash::Sha256), KeyType::Secp256k1) => Jose::Es256k,
            (Algorithm::Ecdsa(Hash::Sha384), KeyType::P384) => Jose::Es384,
            (Algorithm::Ecdsa(Hash::Sha512), KeyType::P521) => Jose::Es512,
            (Algorithm::Ed25519, KeyType::Ed25519) => Jose::EdDsa,
            _ => return None,
        })
    }

    /// Whether `signature` is one by `key` over `message`; `None` if that cannot be computed here.
    pub(super) fn verifies(self, key: &PublicKey, message: &[u8], signature: &[u8]) -> Option<bool> {
        let algorithm = self.for_key(key)?;
        let fixed;
        let signature = match self {
            Algorithm::Ecdsa(_) => match fixed_length(signature, key.signature_len()) {
                Some(both) => {
                    fixed = both;
                    fixed.as_slice()
                }
                None => return Some(false),
            },
            _ => signature,
        };
        match key.verify(algorithm, message, signature) {
            Ok(good) => Some(good),
            Err(finding) => (finding.code.outcome() == crate::codes::Outcome::Failed).then_some(false),
        }
    }
}

/// RSASSA-PSS-params (RFC 4055 §3.1), of which only those count that JOSE has: one hash for everything, salt as long.
fn pss(parameters: &[u8]) -> Option<Hash> {
    let mut fields = Fields::new(parameters)?;
    let (hash, salt) = digest(fields.take(der::context(0))?)?;
    let mut mask = Fields::new(der::only(fields.take(der::context(1))?, der::SEQUENCE)?)?;
    if mask.take(der::OBJECT_IDENTIFIER)? != MGF1 || digest(mask.element(der::SEQUENCE)?)?.0 != hash {
        return None;
    }
    mask.end()?;
    if der::only(fields.take(der::context(2))?, der::INTEGER)? != [salt] {
        return None;
    }
    if let Some(trailer) = fields.optional(der::context(3))?
        && der::only(trailer, der::INTEGER)? != [1]
    {
        return None;
    }
    fields.end()?;
    Some(hash)
}

fn digest(identifier: &[u8]) -> Option<(Hash, u8)> {
    let mut fields = Fields::new(der::only(identifier, der::SEQUENCE)?)?;
    let name = fields.take(der::OBJECT_IDENTIFIER)?;
    fields.optional(der::NULL)?;
    fields.end()?;
    DIGESTS.iter().find(|(oid, ..)| *oid == name).map(|(_, hash, length)| (*hash, *length))
}

/// Ecdsa-Sig-Value (RFC 3279 §2.2.3) as JOSE has it (RFC 7518 §3.4): both numbers, each of the field's length.
fn fixed_length(signature: &[u8], length: usize) -> Option<Vec<u8>> {
    let half = length / 2;
    let mut fields = Fields::new(der::only(signature, der::SEQUENCE)?)?;
    let mut both = Vec::with_capacity(length);
    for _ in 0..2 {
        let number = match fields.take(der::INTEGER)? {
            // A leading zero is there exactly if the number would be negative without it.
            [0, rest @ ..] if rest.first().is_some_and(|first| *first >= 0x80) => rest,
            [first, ..] if *first == 0 || *first >= 0x80 => return None,
            number => number,
        };
        let zeros = half.checked_sub(number.len())?;
        both.resize(both.len().saturating_add(zeros), 0);
        both.extend_from_slice(number);
    }
    fields.end()?;
    Some(both)
}
