//! The hash function as a parameter (RDFC-1.0 §4.1), and how digests and numbers stand in what is hashed.

use sha2::{Digest as _, Sha256, Sha384};

/// The hash function, inside RDFC-1.0 and over its result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hash {
    /// SHA-256, the default.
    Sha256,
    /// SHA-384, for P-384 keys.
    Sha384,
}

impl Hash {
    /// The digest of these bytes.
    pub fn of(self, bytes: &[u8]) -> Digest {
        let mut hasher = Hasher::new(self);
        hasher.update(bytes);
        hasher.finish()
    }
}

/// A digest of 32 or 48 bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Digest {
    /// Zero beyond `len`, so that the order is that of the digests.
    bytes: [u8; 48],
    len: u8,
}

impl Default for Digest {
    fn default() -> Self {
        Digest { bytes: [0; 48], len: 0 }
    }
}

impl AsRef<[u8]> for Digest {
    fn as_ref(&self) -> &[u8] {
        self.bytes.get(..usize::from(self.len)).unwrap_or(&[])
    }
}

impl std::fmt::Debug for Digest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.as_ref().iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl Digest {
    fn new(digest: &[u8]) -> Self {
        let mut bytes = [0; 48];
        for (to, from) in bytes.iter_mut().zip(digest) {
            *to = *from;
        }
        Digest { bytes, len: u8::try_from(digest.len().min(48)).unwrap_or(0) }
    }

    /// Lowercase hexadecimal: how hashes stand in the input of other hashes.
    pub(super) fn push_hex(&self, text: &mut String) {
        // Without a branch, so that many are done at once.
        let digit =
            |half: u8| half.wrapping_add(b'0').wrapping_add(u8::from(half > 9).wrapping_mul(b'a' - b'9' - 1));
        let mut hex = [0_u8; 96];
        let mut len = 0_usize;
        for (pair, byte) in hex.as_chunks_mut::<2>().0.iter_mut().zip(self.as_ref()) {
            *pair = [digit(byte >> 4), digit(byte & 15)];
            len = len.saturating_add(2);
        }
        text.push_str(hex.get(..len).and_then(|hex| std::str::from_utf8(hex).ok()).unwrap_or(""));
    }
}

/// A hash that is being computed.
#[derive(Clone)]
#[allow(clippy::large_enum_variant)] // few, short-lived
pub(super) enum Hasher {
    Sha256(Sha256),
    Sha384(Sha384),
}

impl Hasher {
    pub(super) fn new(hash: Hash) -> Self {
        match hash {
            Hash::Sha256 => Hasher::Sha256(Sha256::new()),
            Hash::Sha384 => Hasher::Sha384(Sha384::new()),
        }
    }

    pub(super) fn update(&mut self, bytes: &[u8]) {
        match self {
            Hasher::Sha256(hasher) => hasher.update(bytes),
            Hasher::Sha384(hasher) => hasher.update(bytes),
        }
    }

    pub(super) fn finish(self) -> Digest {
        match self {
            Hasher::Sha256(hasher) => Digest::new(&hasher.finalize()),
            Hasher::Sha384(hasher) => Digest::new(&hasher.finalize()),
        }
    }
}

/// A number in decimal.
pub(super) fn push_number(text: &mut String, number: u32) {
    let mut digits = [0_u8; 10];
    let mut rest = number;
    let mut len = 0_usize;
    for digit in digits.iter_mut().rev() {
        *digit = b'0'.wrapping_add((rest % 10) as u8);
        rest /= 10;
        len = len.saturating_add(1);
        if rest == 0 {
            break;
        }
    }
    let digits = digits.get(digits.len().saturating_sub(len)..).unwrap_or(&[]);
    text.push_str(std::str::from_utf8(digits).unwrap_or_default());
}
