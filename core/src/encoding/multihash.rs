//! Multihash (CID 1.0 §2.5): which hash function, how long, the digest.

use sha2::{Digest, Sha256, Sha384, Sha512};

use super::{DecodeError, varint};

/// A hash function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum HashFunction {
    /// SHA-256, multihash code 0x12.
    Sha256,
    /// SHA-384, multihash code 0x20.
    Sha384,
    /// SHA-512, multihash code 0x13.
    Sha512,
}

impl HashFunction {
    /// The length of a digest in bytes.
    pub const fn digest_len(self) -> usize {
        match self {
            HashFunction::Sha256 => 32,
            HashFunction::Sha384 => 48,
            HashFunction::Sha512 => 64,
        }
    }

    /// The digest of `bytes`.
    pub fn digest(self, bytes: &[u8]) -> Vec<u8> {
        match self {
            HashFunction::Sha256 => Sha256::digest(bytes).to_vec(),
            HashFunction::Sha384 => Sha384::digest(bytes).to_vec(),
            HashFunction::Sha512 => Sha512::digest(bytes).to_vec(),
        }
    }
}

/// A digest that says how it was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Multihash {
    /// The hash function.
    pub function: HashFunction,
    /// The digest, whole.
    pub digest: Vec<u8>,
}

impl Multihash {
    /// Reads a multihash.
    ///
    /// # Errors
    /// [`DecodeError::Unknown`] for another hash function; [`DecodeError::Malformed`] if the digest is not whole (a
    /// truncated one is easier to hit), or followed by something.
    pub fn read(bytes: &[u8]) -> Result<Self, DecodeError> {
        let (code, rest) = varint::read(bytes)?;
        let (len, digest) = varint::read(rest)?;
        let function = match code {
            0x12 => HashFunction::Sha256,
            0x13 => HashFunction::Sha512,
            0x20 => HashFunction::Sha384,
            _ => return Err(DecodeError::Unknown),
        };
        let whole = function.digest_len();
        if len != whole as u64 || digest.len() != whole {
            return Err(DecodeError::Malformed);
        }
        Ok(Multihash { function, digest: digest.to_vec() })
    }

    /// Whether it is the digest of `bytes`.
    pub fn is_of(&self, bytes: &[u8]) -> bool {
        self.function.digest(bytes) == self.digest
    }
}

#[cfg(test)]
mod tests {
    use super::super::multibase;
    use super::*;

    #[test]
    fn a_digest_says_how_it_was_made() {
        for (prefix, function) in [
            ([0x12, 32], HashFunction::Sha256),
            ([0x20, 48], HashFunction::Sha384),
            ([0x13, 64], HashFunction::Sha512),
        ] {
            let bytes = [&prefix[..], &function.digest(b"Hello World!")].concat();
            let multihash = Multihash::read(&bytes).unwrap();
            assert_eq!(multihash.function, function);
            assert!(multihash.is_of(b"Hello World!"));
            assert!(!multihash.is_of(b"Hello World"));
        }
        // SHA-256 of "abc" (FIPS 180-2 appendix B.1).
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        let hex: String = HashFunction::Sha256.digest(b"abc").iter().map(|b| format!("{b:02x}")).collect();
        assert_eq!(hex, abc);
    }

    #[test]
    fn truncated_long_and_unknown_digests_are_refused() {
        let digest = HashFunction::Sha256.digest(b"");
        let malformed: [Vec<u8>; 7] = [
            vec![],
            vec![0x12],
            [&[0x12, 31][..], &digest[..31]].concat(),
            [&[0x12, 32][..], &digest[..31]].concat(),
            [&[0x12, 31][..], &digest].concat(),
            [&[0x12, 32][..], &digest, &[0]].concat(),
            [&[0x92, 0x00, 32][..], &digest].concat(),
        ];
        for bytes in malformed {
            assert_eq!(Multihash::read(&bytes), Err(DecodeError::Malformed), "{bytes:?}");
        }
        // The identity function, SHA-1 and SHA3-256.
        for code in [0x00, 0x11, 0x16] {
            let bytes = [&[code, 32][..], &digest].concat();
            assert_eq!(Multihash::read(&bytes), Err(DecodeError::Unknown));
        }
        assert!(
            multibase::decode("zQmdfTbBqBPQ7VNxZEYEj14VmRuZBkqFbiwReogJgS1zR1n", 34)
                .is_ok_and(|bytes| Multihash::read(&bytes).is_ok_and(|hash| hash.is_of(b"")))
        );
    }
}
