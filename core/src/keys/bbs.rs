//! BBS proofs over BLS12-381 (draft-irtf-cfrg-bbs-signatures-08): keys in G2, and that the holder of a proof knows a
//! signature of that key over messages of which some are shown.
//!
//! This file is the seam to the provider of the pairing: another one is chosen here and in `bbs/`, and no suite changes.
//! Nothing here is secret, so nothing here needs constant time. Work is bounded by [`MAX_MESSAGES`].

mod encoding;
mod generators;
mod multiply;

use core::fmt;

use bls12_381::{G1Affine, G2Affine, G2Prepared, Gt, Scalar, multi_miller_loop};

use self::encoding::{Proof, integer};
use self::generators::Generators;
use self::multiply::sum_of_products;
use crate::codes::{Code, Finding};
use crate::limits;

pub use self::generators::Ciphersuite;

/// Bytes of a public key: a compressed point of G2 (§3.4.2 of the draft).
pub const KEY_LEN: usize = 96;

/// Bytes of a signature, which only holders have: a point of G1 and a scalar (§4.2.4.2).
pub const SIGNATURE_LEN: usize = 80;

/// Messages of a signature, shown or not, that a proof may be about. Each costs a point of the curve: the length of a
/// proof, which anybody can choose, says how many there are.
pub const MAX_MESSAGES: usize = 1_024;

/// A public key, decompressed once.
#[derive(Clone)]
pub struct BbsKey {
    bytes: [u8; KEY_LEN],
    /// 200 bytes, more than all other kinds of key have.
    point: Box<G2Affine>,
}

impl BbsKey {
    /// Reads a compressed point of G2 (§4.2.4.6, octets_to_pubkey).
    ///
    /// # Errors
    /// [`Code::KeyEncoding`] for another length than 96 bytes, another form than the compressed one, a coordinate that is
    /// not below the prime, no point of the curve, a point outside of the group of prime order; [`Code::KeyWeak`] for the
    /// identity, under which anybody can make proofs.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Finding> {
        let refused = |code| Finding::new(code).with("keyType", "BLS12-381 G2");
        let bytes = <[u8; KEY_LEN]>::try_from(bytes).map_err(|_| refused(Code::KeyEncoding))?;
        let point = Option::<G2Affine>::from(G2Affine::from_compressed(&bytes));
        let point = point.ok_or_else(|| refused(Code::KeyEncoding))?;
        if bool::from(point.is_identity()) {
            return Err(refused(Code::KeyWeak));
        }
        Ok(BbsKey { bytes, point: Box::new(point) })
    }

    /// The compressed point: 96 bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

impl PartialEq for BbsKey {
    fn eq(&self, other: &Self) -> bool {
        self.bytes == other.bytes
    }
}

impl Eq for BbsKey {}

impl fmt::Debug for BbsKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BbsKey({})", crate::encoding::hex(&self.bytes))
    }
}

/// What a proof says of the signed messages, and what it is bound to (§3.5.4 of the draft, ProofVerify).
#[derive(Clone, Copy, Debug)]
pub struct Presentation<'m> {
    /// What issuer and holder agree about: signed, always shown.
    pub header: &'m [u8],
    /// What the holder bound the proof to.
    pub presentation_header: &'m [u8],
    /// The messages that are shown.
    pub disclosed_messages: &'m [&'m [u8]],
    /// Where they stand among all messages that were signed: ascending, one for each.
    pub disclosed_indexes: &'m [usize],
}

/// How many messages were signed, if `proof` is about that many which are shown: its length says how many it hides. `None`
/// for a length that no proof has.
pub fn messages(proof: &[u8], disclosed: usize) -> Option<usize> {
    Proof::undisclosed(proof)?.checked_add(disclosed)
}

/// Whether `proof` shows knowledge of a signature of `key` over messages with these among them (§3.5.4 ProofVerify,
/// §3.6.4 CoreProofVerify of the draft).
///
/// # Errors
/// [`Code::SignatureEncoding`] for bytes that are no proof (§4.2.4.5, octets_to_proof: length, points outside of the
/// group, the identity, scalars that are zero or not below the order), and for indexes that are not ascending, beyond the
/// messages, or not as many as are shown; [`Code::LimitMessages`] for more messages than [`MAX_MESSAGES`].
pub fn verify_proof(
    suite: Ciphersuite,
    key: &BbsKey,
    proof: &[u8],
    presentation: &Presentation<'_>,
) -> Result<bool, Finding> {
    let Presentation { header, presentation_header, disclosed_messages, disclosed_indexes } = *presentation;
    let malformed = || Finding::new(Code::SignatureEncoding);
    // Only lengths are looked at before the work is known to be bounded.
    let messages = messages(proof, disclosed_messages.len()).ok_or_else(malformed)?;
    if messages > MAX_MESSAGES {
        return Err(limits::reached(Code::LimitMessages, MAX_MESSAGES));
    }
    let ascending = disclosed_indexes.windows(2).all(|pair| matches!(pair, [a, b] if a < b));
    let within = disclosed_indexes.last().is_none_or(|last| *last < messages);
    if !ascending || !within || disclosed_indexes.len() != disclosed_messages.len() {
        return Err(malformed());
    }
    let proof = Proof::read(proof).ok_or_else(malformed)?;

    let generators = Generators::new(suite, messages);
    let domain = domain(suite, key, &generators, header);
    // §3.7.3 ProofVerifyInit. Bv is what the signature is over, as far as it is shown.
    let mut shown = vec![(generators.base, Scalar::one()), (generators.q_1, domain)];
    let mut hidden = vec![(proof.d, proof.r3)];
    let mut disclosed = disclosed_indexes.iter().zip(disclosed_messages).peekable();
    let mut responses = proof.messages.iter();
    for (index, point) in generators.messages.iter().enumerate() {
        if let Some((_, message)) = disclosed.next_if(|(at, _)| **at == index) {
            shown.push((*point, suite.message_to_scalar(message)));
        } else if let Some(response) = responses.next() {
            hidden.push((*point, *response));
        }
    }
    let t_1 = sum_of_products(&[(proof.b_bar, proof.challenge), (proof.a_bar, proof.e), (proof.d, proof.r1)]);
    // T2 = Bv · c + D · r3 + Σ H_j · m_j, with the product by c taken into each summand.
    hidden.extend(shown.iter().map(|(point, scalar)| (*point, scalar.mul(&proof.challenge))));
    let t_2 = sum_of_products(&hidden);

    // §3.7.4 ProofChallengeCalculate.
    let mut octets = integer(disclosed_indexes.len()).to_vec();
    for ((_, scalar), index) in shown.iter().skip(2).zip(disclosed_indexes) {
        octets.extend(integer(*index));
        octets.extend(encoding::scalar(scalar));
    }
    for point in [proof.a_bar, proof.b_bar, proof.d, G1Affine::from(t_1), G1Affine::from(t_2)] {
        octets.extend(point.to_compressed());
    }
    octets.extend(encoding::scalar(&domain));
    octets.extend(integer(presentation_header.len()));
    octets.extend(presentation_header);
    if suite.hash_to_scalar(&octets) != proof.challenge {
        return Ok(false);
    }
    Ok(pairs(&[(proof.a_bar, *key.point), (proof.b_bar, minus_generator())]))
}

/// What binds a signature to the key, the number of messages and the header (§4.2.3, calculate_domain).
fn domain(suite: Ciphersuite, key: &BbsKey, generators: &Generators, header: &[u8]) -> Scalar {
    let mut octets = key.bytes.to_vec();
    octets.extend(integer(generators.messages.len()));
    octets.extend(generators.q_1.to_compressed());
    for point in &generators.messages {
        octets.extend(point.to_compressed());
    }
    octets.extend(suite.api_id());
    octets.extend(integer(header.len()));
    octets.extend(header);
    suite.hash_to_scalar(&octets)
}

/// −BP2, the negated generator of G2.
fn minus_generator() -> G2Affine {
    core::ops::Neg::neg(G2Affine::generator())
}

/// Whether the product of these pairings is one.
fn pairs(terms: &[(G1Affine, G2Affine)]) -> bool {
    let prepared: Vec<(G1Affine, G2Prepared)> =
        terms.iter().map(|(left, right)| (*left, G2Prepared::from(*right))).collect();
    let terms: Vec<(&G1Affine, &G2Prepared)> = prepared.iter().map(|(left, right)| (left, right)).collect();
    multi_miller_loop(&terms).final_exponentiation() == Gt::identity()
}
