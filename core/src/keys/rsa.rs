//! RSA public keys (RFC 8017 §3.1), only such as FIPS 186-5 §5.1 and §5.4 allow, and of a size that costs little to use.
//!
//! Everything about the numbers is checked before anything is computed with them. Whether a modulus is a product of two
//! large primes nobody can see; one that shows the fingerprint of a broken generator is refused.

use der::asn1::UintRef;
use der::{Decode as _, Reader as _, SliceReader};

use super::{Algorithm, KeyType, more};
use crate::codes::{Code, Finding};

/// Bits of the smallest modulus that still gives 112 bits of security (FIPS 186-5 §5.1, RFC 7518 §3.3).
pub const MIN_BITS: usize = 2_048;

/// Bits of the largest modulus that is computed with. Verifying costs the square of it.
pub const MAX_BITS: usize = 4_096;

/// The smallest exponent (FIPS 186-5 §5.4 d): smaller ones forgive a careless padding check anywhere.
const MIN_EXPONENT: u32 = 65_537;

/// Every algorithm of an RSA key.
const ALGORITHMS: &[Algorithm] = &[
    Algorithm::Rs256,
    Algorithm::Rs384,
    Algorithm::Rs512,
    Algorithm::Ps256,
    Algorithm::Ps384,
    Algorithm::Ps512,
];

/// A public key. Two are equal if modulus and exponent are.
#[derive(Clone, Debug)]
pub struct RsaKey {
    /// RSAPublicKey of RFC 8017 §A.1.1, in DER: the one form for each key.
    der: Vec<u8>,
    modulus: Vec<u8>,
    exponent: Vec<u8>,
    /// The one algorithm that the key's own text allows (`alg`, RFC 7517 §4.4).
    only: Option<Algorithm>,
    key: more::Rsa,
}

impl RsaKey {
    /// Reads an RSAPublicKey (RFC 8017 §A.1.1) in DER: what a Multikey and a SubjectPublicKeyInfo hold.
    ///
    /// # Errors
    /// [`Code::KeyEncoding`] if it is not DER, otherwise as [`RsaKey::from_numbers`].
    pub fn from_der(bytes: &[u8]) -> Result<Self, Finding> {
        let (modulus, exponent) = numbers(bytes).map_err(|_| refused(Code::KeyEncoding))?;
        RsaKey::from_numbers(modulus, exponent)
    }

    /// The key of a modulus and an exponent, both big-endian without leading zeros (RFC 7518 §6.3.1).
    ///
    /// # Errors
    /// [`Code::KeyEncoding`] for leading zeros or an even number, which no RSA key has; [`Code::KeyWeak`] for a modulus
    /// below 2048 bits, an exponent below 65537, or a modulus with the fingerprint of ROCA (CVE-2017-15361);
    /// [`Code::KeyUnsupported`] for a modulus above 4096 bits or an exponent above 32; [`Code::KeyNotBuilt`] in a build
    /// without RSA.
    pub fn from_numbers(modulus: &[u8], exponent: &[u8]) -> Result<Self, Finding> {
        let bits = bits(modulus).ok_or_else(|| refused(Code::KeyEncoding))?;
        let exponent_bits = self::bits(exponent).ok_or_else(|| refused(Code::KeyEncoding))?;
        if bits > MAX_BITS {
            return Err(refused(Code::KeyUnsupported).with("bits", bits));
        }
        if bits < MIN_BITS {
            return Err(refused(Code::KeyWeak).with("bits", bits));
        }
        if exponent_bits > 32 {
            return Err(refused(Code::KeyUnsupported).with("exponentBits", exponent_bits));
        }
        let e = exponent.iter().fold(0_u32, |number, byte| number << 8 | u32::from(*byte));
        if e < MIN_EXPONENT {
            return Err(refused(Code::KeyWeak).with("exponent", u64::from(e)));
        }
        if e % 2 == 0 || modulus.last().is_none_or(|last| last % 2 == 0) {
            return Err(refused(Code::KeyEncoding));
        }
        if has_roca_fingerprint(modulus) {
            return Err(refused(Code::KeyWeak).with("reason", "ROCA"));
        }
        let key = more::Rsa::read(modulus, e)?;
        let der = element(0x30, &[integer(modulus), integer(exponent)].concat());
        Ok(RsaKey { der, modulus: modulus.to_vec(), exponent: exponent.to_vec(), only: None, key })
    }

    /// The same key, which allows one algorithm only. Equality does not ask for it.
    pub fn only(self, algorithm: Algorithm) -> Self {
        RsaKey { only: Some(algorithm), ..self }
    }

    /// The algorithms that its signatures can be made with.
    pub fn algorithms(&self) -> &'static [Algorithm] {
        let only = self.only.and_then(|only| ALGORITHMS.iter().position(|algorithm| *algorithm == only));
        match only {
            Some(at) => ALGORITHMS.get(at..=at).unwrap_or_default(),
            None => ALGORITHMS,
        }
    }

    /// RSAPublicKey in DER.
    pub fn bytes(&self) -> &[u8] {
        &self.der
    }

    /// The modulus n, big-endian without leading zeros.
    pub fn modulus(&self) -> &[u8] {
        &self.modulus
    }

    /// The public exponent e, big-endian without leading zeros.
    pub fn exponent(&self) -> &[u8] {
        &self.exponent
    }

    /// Bytes of each of its signatures: as many as the modulus has.
    pub fn signature_len(&self) -> usize {
        self.modulus.len()
    }

    /// Whether `signature`, exactly as long as the modulus, is one of this key over `message` (RFC 8017 §8.1.2, §8.2.2),
    /// made with `algorithm`, one of RS* and PS*.
    pub fn verify(&self, algorithm: Algorithm, message: &[u8], signature: &[u8]) -> bool {
        self.key.verify(algorithm, message, signature)
    }
}

impl PartialEq for RsaKey {
    fn eq(&self, other: &Self) -> bool {
        self.der == other.der
    }
}

impl Eq for RsaKey {}

fn refused(code: Code) -> Finding {
    Finding::new(code).with("keyType", KeyType::Rsa.name())
}

/// How many bits a number has that is written without leading zeros; none if it is not, or is zero.
fn bits(bytes: &[u8]) -> Option<usize> {
    let first = bytes.first().filter(|first| **first != 0)?;
    let unused = usize::try_from(first.leading_zeros()).ok()?;
    bytes.len().checked_mul(8)?.checked_sub(unused)
}

/// Modulus and exponent out of `SEQUENCE { INTEGER, INTEGER }`.
fn numbers(bytes: &[u8]) -> der::Result<(&[u8], &[u8])> {
    let mut reader = SliceReader::new(bytes)?;
    let numbers = reader.sequence(|numbers| {
        let (modulus, exponent) = (UintRef::decode(numbers)?, UintRef::decode(numbers)?);
        Ok::<_, der::Error>((modulus.as_bytes(), exponent.as_bytes()))
    })?;
    reader.finish()?;
    Ok(numbers)
}

/// An INTEGER that is not negative.
fn integer(bytes: &[u8]) -> Vec<u8> {
    let sign: &[u8] = if bytes.first().is_some_and(|first| *first >= 0x80) { &[0] } else { &[] };
    element(0x02, &[sign, bytes].concat())
}

/// Tag, length (X.690 §10.1), contents of less than 65536 bytes.
fn element(tag: u8, contents: &[u8]) -> Vec<u8> {
    let [high, low] = u16::try_from(contents.len()).unwrap_or(u16::MAX).to_be_bytes();
    let head: &[u8] = match (high, low) {
        (0, 0..0x80) => &[tag, low],
        (0, _) => &[tag, 0x81, low],
        _ => &[tag, 0x82, high, low],
    };
    [head, contents].concat()
}

/// Whether a modulus is 65537^a modulo each of these primes, as those of one generator of smart cards are, and of other
/// keys one in 2^27 (M. Nemec et al., "The Return of Coppersmith's Attack", 2017, §2.3; CVE-2017-15361): the private
/// key can be computed. Primes below 168 of which 65537 generates everything would tell nothing.
fn has_roca_fingerprint(modulus: &[u8]) -> bool {
    const PRIMES: [u32; 17] = [11, 13, 17, 19, 37, 53, 61, 71, 73, 79, 97, 103, 107, 109, 127, 151, 157];
    PRIMES.into_iter().all(|prime| {
        let step = |number: u32, factor: u32, plus: u32| {
            // Below 157 · 65537 + 256.
            number.saturating_mul(factor).saturating_add(plus).checked_rem(prime).unwrap_or(0)
        };
        let residue = modulus.iter().fold(0, |residue, byte| step(residue, 256, u32::from(*byte)));
        let mut powers = (0..prime).scan(1, |power, _| {
            *power = step(*power, 65_537, 0);
            Some(*power)
        });
        powers.any(|power| power == residue)
    })
}
