//! Proofs and their parts as bytes (draft-irtf-cfrg-bbs-signatures-08 §4.2.4).

use bls12_381::{G1Affine, Scalar};

/// Bytes of a compressed point of G1.
const POINT_LEN: usize = 48;
/// Bytes of a scalar, big-endian.
const SCALAR_LEN: usize = 32;

/// The parts of a proof: points of the group, none of them the identity, and scalars from 1 to r − 1.
pub(super) struct Proof {
    pub(super) a_bar: G1Affine,
    pub(super) b_bar: G1Affine,
    pub(super) d: G1Affine,
    pub(super) e: Scalar,
    pub(super) r1: Scalar,
    pub(super) r3: Scalar,
    /// One for each message that is not shown.
    pub(super) messages: Vec<Scalar>,
    pub(super) challenge: Scalar,
}

impl Proof {
    /// How many messages are not shown, by the length alone.
    pub(super) fn undisclosed(bytes: &[u8]) -> Option<usize> {
        let rest = bytes.len().checked_sub(3 * POINT_LEN + 4 * SCALAR_LEN)?;
        rest.is_multiple_of(SCALAR_LEN).then_some(rest / SCALAR_LEN)
    }

    /// §4.2.4.5, octets_to_proof.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let (a_bar, bytes) = bytes.split_first_chunk()?;
        let (b_bar, bytes) = bytes.split_first_chunk()?;
        let (d, bytes) = bytes.split_first_chunk()?;
        let (scalars, rest) = bytes.as_chunks::<SCALAR_LEN>();
        let [e, r1, r3, messages @ .., challenge] = scalars else { return None };
        if !rest.is_empty() {
            return None;
        }
        Some(Proof {
            a_bar: read_point(a_bar)?,
            b_bar: read_point(b_bar)?,
            d: read_point(d)?,
            e: read_scalar(e)?,
            r1: read_scalar(r1)?,
            r3: read_scalar(r3)?,
            messages: messages.iter().map(read_scalar).collect::<Option<_>>()?,
            challenge: read_scalar(challenge)?,
        })
    }
}

/// A point of the group of prime order, not the identity, in its one compressed form.
pub(super) fn read_point(bytes: &[u8; POINT_LEN]) -> Option<G1Affine> {
    Option::from(G1Affine::from_compressed(bytes)).filter(|point: &G1Affine| !bool::from(point.is_identity()))
}

/// A scalar from 1 to r − 1.
fn read_scalar(bytes: &[u8; SCALAR_LEN]) -> Option<Scalar> {
    let mut little_endian = *bytes;
    little_endian.reverse();
    Option::from(Scalar::from_bytes(&little_endian)).filter(|scalar| *scalar != Scalar::zero())
}

/// A scalar as 32 bytes, big-endian (§4.2.4.1, serialize).
pub(super) fn scalar(scalar: &Scalar) -> [u8; SCALAR_LEN] {
    let mut bytes = scalar.to_bytes();
    bytes.reverse();
    bytes
}

/// An integer as 8 bytes, big-endian (§4.2.4.1, serialize; I2OSP).
pub(super) fn integer(value: usize) -> [u8; 8] {
    u64::try_from(value).unwrap_or(u64::MAX).to_be_bytes()
}
