//! Data Integrity BBS Cryptosuites v1.0 (Candidate Recommendation), `bbs-2023` (§3.4): derived proofs, as a holder presents
//! them.
//!
//! The issuer signs the statements of a credential as a list of messages, with the proof options and the mandatory
//! statements as its header. A holder shows the mandatory statements and some of the others, and proves to know the
//! signature over all of them without showing it, so that two presentations have nothing in common but what they show.
//! What the options "anonymous holder binding" and "pseudonyms" add stands on drafts that still move: such proofs are
//! named as unsupported.

use super::selective::{Disclosed, Kind, Presented, encoding, has_status, indexes, names, unfit};
use super::{Canonicalization, OptionsContext, Standing, Suite, Way};
use crate::codes::{Code, Finding};
use crate::encoding::cbor::Value;
use crate::keys::PublicKey;
use crate::keys::bbs::{self, Ciphersuite, Presentation};
use crate::limits;
use crate::rdf::canonical::Hash;

pub(super) const BBS_2023: Suite = Suite {
    name: "bbs-2023",
    proof_type: "DataIntegrityProof",
    cryptosuite: Some("bbs-2023"),
    canonicalization: Canonicalization::Rdfc,
    standing: Standing::Standard,
    spec: "https://www.w3.org/TR/vc-di-bbs/",
    key_types: &["BLS12-381 G2"],
    hash: |_| Hash::Sha256,
    way: Way::Selective { kind, verify },
    signature: &["proofValue"],
    options: &[OptionsContext::Document],
};

/// The header of a derived proof without options (§3.3.6 serializeDerivedProofValue).
const DERIVED: [u8; 3] = [0xD9, 0x5D, 0x03];

/// What a proof costs of the signatures that are left, in the work of a check of an ECDSA signature: the two pairings, and
/// a point for every message.
const PAIRINGS: usize = 16;
const MESSAGES_EACH: usize = 4;

/// What the header says (§3.3.1 serializeBaseProofValue, §3.3.6 serializeDerivedProofValue). Three bytes are four
/// characters, and no other characters are these bytes.
fn kind(proof_value: &str) -> Kind {
    match proof_value.get(..5) {
        Some("u2V0C" | "u2V0E" | "u2V0G" | "u2V0I") => Kind::Base,
        Some("u2V0F") => Kind::Unsupported("anonymous_holder_binding"),
        Some("u2V0H") => Kind::Unsupported("pseudonym"),
        Some("u2V0J") => Kind::Unsupported("holder_binding_pseudonym"),
        _ => Kind::Derived,
    }
}

/// A derived proof value (§3.3.7 parseDerivedProofValue).
struct Derived<'b> {
    bbs_proof: &'b [u8],
    /// The names of blank nodes, in the order of their canonical numbers (§3.3.5 decompressLabelMap).
    names: Vec<String>,
    mandatory: Vec<usize>,
    /// The places of the shown messages among all that were signed.
    selective: Vec<usize>,
    presentation_header: &'b [u8],
}

/// §3.3.7 parseDerivedProofValue.
fn parse<'b>(components: &[Value<'b>; 5]) -> Result<Derived<'b>, Finding> {
    let [bbs_proof, label_map, mandatory, selective, presentation_header] = components;
    Ok(Derived {
        bbs_proof: bbs_proof.as_bytes().ok_or_else(encoding)?,
        names: names(label_map, |value| {
            let number = value.as_int().and_then(|number| u32::try_from(number).ok())?;
            Some(format!("b{number}"))
        })?,
        mandatory: indexes(mandatory)?,
        selective: indexes(selective)?,
        presentation_header: presentation_header.as_bytes().ok_or_else(encoding)?,
    })
}

/// §3.3.8 createVerifyData and §3.4.7 Verify Derived Proof.
fn verify(presented: &Presented<'_>, signatures: &mut usize) -> Result<Disclosed, Finding> {
    let PublicKey::Bbs(key) = presented.key else { return Err(Finding::new(Code::KeyType)) };
    let bytes = presented.bytes()?;
    let derived = parse(&presented.components(&bytes, DERIVED)?)?;

    let statements = presented.statements(&derived.names)?;
    let (mandatory, others) = statements.split(&derived.mandatory).ok_or_else(unfit)?;
    if others.len() != derived.selective.len() {
        return Err(unfit());
    }
    let mandatory_hash = Hash::Sha256.of(mandatory.concat().as_bytes());
    let signed = [presented.options_hash.as_ref(), mandatory_hash.as_ref()].concat();

    let messages = bbs::messages(derived.bbs_proof, others.len()).ok_or_else(encoding)?;
    let cost = (messages.min(bbs::MAX_MESSAGES) / MESSAGES_EACH).saturating_add(PAIRINGS);
    limits::spend(signatures, cost, Code::LimitSignatures, presented.limits.signatures)?;
    let disclosed: Vec<&[u8]> = others.iter().map(|statement| statement.as_bytes()).collect();
    let presentation = Presentation {
        header: &signed,
        presentation_header: derived.presentation_header,
        disclosed_messages: &disclosed,
        disclosed_indexes: &derived.selective,
    };
    let good = bbs::verify_proof(Ciphersuite::Sha256, key, derived.bbs_proof, &presentation)?;
    let optional_status = has_status(&others);
    Ok(Disclosed { good, statements, mandatory_hash, signed, optional_status })
}
