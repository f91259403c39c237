//! The two ciphersuites (draft-irtf-cfrg-bbs-signatures-08 §7.2): how they hash, and the points that messages are bound to.

use bls12_381::hash_to_curve::{HashToField, MapToCurve};
use bls12_381::{G1Affine, G1Projective, Scalar};
use sha2::{Digest, Sha256};
use shake::Shake256;
use shake::digest::{ExtendableOutput, Update, XofReader};

use super::encoding::integer;

/// How a BBS signature hashes. Its identifier goes into every hash, so that a proof of one suite is none of the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ciphersuite {
    /// BLS12-381-SHA-256 (§7.2.2 of the draft), which `bbs-2023` uses.
    Sha256,
    /// BLS12-381-SHAKE-256 (§7.2.1 of the draft).
    Shake256,
}

/// Bytes that one scalar or seed is made of (expand_len of both suites).
const EXPAND_LEN: usize = 48;

impl Ciphersuite {
    /// The identifier of the suite with that of the interface (§3.5: `H2G_HM2S_`), which is what signatures depend on.
    pub(super) const fn api_id(self) -> &'static [u8] {
        match self {
            Ciphersuite::Sha256 => b"BBS_BLS12381G1_XMD:SHA-256_SSWU_RO_H2G_HM2S_",
            Ciphersuite::Shake256 => b"BBS_BLS12381G1_XOF:SHAKE-256_SSWU_RO_H2G_HM2S_",
        }
    }

    /// P1, the fixed point of the suite (§7.2.1, §7.2.2): made as the generators are, from `BP_MESSAGE_GENERATOR_SEED`.
    fn base(self) -> G1Affine {
        self.points(b"BP_MESSAGE_GENERATOR_SEED", 1).into_iter().next().unwrap_or_else(G1Affine::identity)
    }

    /// §4.1.2, messages_to_scalars, for one.
    pub(super) fn message_to_scalar(self, message: &[u8]) -> Scalar {
        self.scalar(message, b"MAP_MSG_TO_SCALAR_AS_HASH_")
    }

    /// §4.2.2, hash_to_scalar, for domains and challenges.
    pub(super) fn hash_to_scalar(self, message: &[u8]) -> Scalar {
        self.scalar(message, b"H2S_")
    }

    fn scalar(self, message: &[u8], purpose: &[u8]) -> Scalar {
        let uniform: [u8; EXPAND_LEN] = self.expand_message(message, &[self.api_id(), purpose].concat());
        // OS2IP(uniform) mod r; the provider reads 64 bytes, little-endian.
        let mut wide = [0; 64];
        wide.iter_mut().zip(uniform.iter().rev()).for_each(|(to, from)| *to = *from);
        Scalar::from_bytes_wide(&wide)
    }

    /// §4.1.1, create_generators: a chain of seeds, and a point of each.
    fn points(self, seed: &[u8], count: usize) -> Vec<G1Affine> {
        let seed_dst = [self.api_id(), b"SIG_GENERATOR_SEED_"].concat();
        let point_dst = [self.api_id(), b"SIG_GENERATOR_DST_"].concat();
        let mut state: [u8; EXPAND_LEN] = self.expand_message(&[self.api_id(), seed].concat(), &seed_dst);
        let points: Vec<G1Projective> = (1..=count)
            .map(|number| {
                state = self.expand_message(&[&state[..], &integer(number)].concat(), &seed_dst);
                hash_to_curve(&self.expand_message(&state, &point_dst))
            })
            .collect();
        let mut affine = vec![G1Affine::identity(); points.len()];
        G1Projective::batch_normalize(&points, &mut affine);
        affine
    }

    /// expand_message (RFC 9380 §5.3), for tags of at most 255 bytes; all of ours are shorter.
    fn expand_message<const N: usize>(self, message: &[u8], tag: &[u8]) -> [u8; N] {
        match self {
            Ciphersuite::Sha256 => expand_message_xmd(message, tag),
            Ciphersuite::Shake256 => expand_message_xof(message, tag),
        }
    }
}

/// The points that the messages of a signature are bound to.
pub(super) struct Generators {
    /// P1.
    pub(super) base: G1Affine,
    /// Q_1, of the domain.
    pub(super) q_1: G1Affine,
    /// H_1 to H_L, one for each message.
    pub(super) messages: Vec<G1Affine>,
}

impl Generators {
    /// Those of `messages` messages. The work is linear in them.
    pub(super) fn new(suite: Ciphersuite, messages: usize) -> Self {
        let mut points = suite.points(b"MESSAGE_GENERATOR_SEED", messages.saturating_add(1)).into_iter();
        let q_1 = points.next().unwrap_or_else(G1Affine::identity);
        Generators { base: suite.base(), q_1, messages: points.collect() }
    }
}

/// hash_to_curve of BLS12381G1 (RFC 9380 §3, §8.8.1) from its uniform bytes: two field elements, mapped and added.
fn hash_to_curve(uniform: &[u8; 128]) -> G1Projective {
    let mapped = |bytes: &[u8]| {
        let bytes = <[u8; 64]>::try_from(bytes).unwrap_or([0; 64]);
        G1Projective::map_to_curve(&HashToField::from_okm(&bytes.into()))
    };
    let (left, right) = uniform.split_at(64);
    mapped(left).add(&mapped(right)).clear_h()
}

/// RFC 9380 §5.3.1 with SHA-256.
fn expand_message_xmd<const N: usize>(message: &[u8], tag: &[u8]) -> [u8; N] {
    let tag_len = [u8::try_from(tag.len()).unwrap_or(u8::MAX)];
    let hash = |parts: &[&[u8]]| -> [u8; 32] {
        let mut hasher = Sha256::new();
        for part in parts.iter().chain([&tag, &&tag_len[..]]) {
            Digest::update(&mut hasher, part);
        }
        hasher.finalize().into()
    };
    let first = hash(&[&[0; 64], message, &length::<N>(), &[0]]);
    let mut block = [0; 32];
    let mut uniform = [0; N];
    for (chunk, number) in uniform.chunks_mut(32).zip(1_u8..) {
        let mixed: Vec<u8> = first.iter().zip(block).map(|(a, b)| a ^ b).collect();
        block = hash(&[&mixed, &[number]]);
        chunk.iter_mut().zip(block).for_each(|(to, from)| *to = from);
    }
    uniform
}

/// RFC 9380 §5.3.2 with SHAKE-256.
fn expand_message_xof<const N: usize>(message: &[u8], tag: &[u8]) -> [u8; N] {
    let mut hasher = Shake256::default();
    for part in [message, &length::<N>(), tag, &[u8::try_from(tag.len()).unwrap_or(u8::MAX)]] {
        Update::update(&mut hasher, part);
    }
    let mut uniform = [0; N];
    hasher.finalize_xof().read(&mut uniform);
    uniform
}

/// The number of bytes that are wanted, as two bytes.
fn length<const N: usize>() -> [u8; 2] {
    u16::try_from(N).unwrap_or(u16::MAX).to_be_bytes()
}
