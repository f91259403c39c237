//! Data Integrity ECDSA Cryptosuites v1.0, `ecdsa-sd-2023` (§3.4 to §3.6): derived proofs, as a holder presents them.
//!
//! For each credential the issuer makes a key pair that is used once. The base signature, by the issuer's key, covers the
//! proof options, the public key of that pair and the mandatory statements; every other statement has a signature of its
//! own by the pair. A holder leaves out what is not mandatory, each statement with its signature.
//!
//! §3.6.7 as printed verifies the base signature with the key that stands in the proof. Whoever made the proof chose that
//! key, so everybody could sign for everybody; and the published test vectors do not verify so. Here, as in the vectors,
//! it is verified with the key of the verification method.

use super::selective::{Disclosed, Kind, Presented, encoding, has_status, indexes, names, unfit};
use super::{Canonicalization, OptionsContext, Standing, Suite, Way};
use crate::codes::{Code, Finding};
use crate::encoding::base64url;
use crate::encoding::cbor::Value;
use crate::keys::{Algorithm, Curve, EcdsaKey, PublicKey};
use crate::limits;
use crate::rdf::canonical::Hash;

pub(super) const ECDSA_SD_2023: Suite = Suite {
    name: "ecdsa-sd-2023",
    proof_type: "DataIntegrityProof",
    cryptosuite: Some("ecdsa-sd-2023"),
    canonicalization: Canonicalization::Rdfc,
    standing: Standing::Standard,
    spec: "https://www.w3.org/TR/vc-di-ecdsa/",
    key_types: &["P-256"],
    hash: |_| Hash::Sha256,
    way: Way::Selective { kind, verify },
    signature: &["proofValue"],
    options: &[OptionsContext::Document],
};

/// The header of a derived proof (§3.5.7).
const DERIVED: [u8; 3] = [0xD9, 0x5D, 0x01];

/// The prefix of a P-256 key as a Multikey (§2.1.1).
const P256: [u8; 2] = [0x80, 0x24];

/// What the header says: that of a base proof is d9 5d 00 (§3.5.2). Three bytes are four characters.
fn kind(proof_value: &str) -> Kind {
    if proof_value.starts_with("u2V0A") { Kind::Base } else { Kind::Derived }
}

/// A derived proof value (§3.5.7).
struct Derived<'b> {
    base_signature: &'b [u8; 64],
    /// A Multikey: §3.5.7 speaks of 36 bytes, the key and the vectors have 35.
    public_key: &'b [u8; 35],
    signatures: Vec<&'b [u8; 64]>,
    /// The names of blank nodes, in the order of their canonical numbers.
    names: Vec<String>,
    mandatory: Vec<usize>,
}

/// parseDerivedProofValue (§3.5.7).
fn parse<'b>(components: &[Value<'b>; 5]) -> Result<Derived<'b>, Finding> {
    let [base_signature, public_key, signatures, label_map, mandatory] = components;
    let each = |items: &[Value<'b>]| items.iter().map(Value::as_bytes_of).collect();
    Ok(Derived {
        base_signature: base_signature.as_bytes_of().ok_or_else(encoding)?,
        public_key: public_key.as_bytes_of().ok_or_else(encoding)?,
        signatures: signatures.as_array().and_then(each).ok_or_else(encoding)?,
        names: names(label_map, |value| Some(format!("u{}", base64url::encode(value.as_bytes_of::<32>()?))))?,
        mandatory: indexes(mandatory)?,
    })
}

/// createVerifyData (§3.5.8) and Verify Derived Proof (§3.6.7). Every signature counts: `signatures` are left.
fn verify(presented: &Presented<'_>, signatures: &mut usize) -> Result<Disclosed, Finding> {
    let bytes = presented.bytes()?;
    let derived = parse(&presented.components(&bytes, DERIVED)?)?;
    let point = derived.public_key.strip_prefix(&P256).ok_or_else(encoding)?;
    let ephemeral =
        EcdsaKey::from_compressed(Curve::P256, point).map(PublicKey::Ecdsa).map_err(|_| encoding())?;

    let statements = presented.statements(&derived.names)?;
    let (mandatory, others) = statements.split(&derived.mandatory).ok_or_else(unfit)?;
    if others.len() != derived.signatures.len() {
        return Err(unfit());
    }
    let mandatory_hash = Hash::Sha256.of(mandatory.concat().as_bytes());
    let signed = [presented.options_hash.as_ref(), derived.public_key, mandatory_hash.as_ref()].concat();

    let mut spend =
        |count| limits::spend(signatures, count, Code::LimitSignatures, presented.limits.signatures);
    spend(1)?;
    let mut good = presented.key.verify(Algorithm::Es256, &signed, derived.base_signature)?;
    if good {
        spend(others.len())?;
        for (statement, signature) in others.iter().zip(&derived.signatures) {
            good = good && ephemeral.verify(Algorithm::Es256, statement.as_bytes(), *signature)?;
        }
    }
    let optional_status = has_status(&others);
    Ok(Disclosed { good, statements, mandatory_hash, signed, optional_status })
}
