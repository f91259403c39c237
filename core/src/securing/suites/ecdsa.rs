//! Data Integrity ECDSA Cryptosuites v1.0: `ecdsa-rdfc-2019` (§3.2), `ecdsa-jcs-2019` (§3.3), and a name from before the
//! standard for the first.

use super::{Canonicalization, OptionsContext, Standing, Suite, Way};
use crate::codes::{Code, Finding};
use crate::encoding::multibase;
use crate::keys::{Algorithm, Curve, KeyType, PublicKey};
use crate::rdf::canonical::Hash;

pub(super) const ECDSA_RDFC_2019: Suite = Suite {
    name: "ecdsa-rdfc-2019",
    proof_type: "DataIntegrityProof",
    cryptosuite: Some("ecdsa-rdfc-2019"),
    canonicalization: Canonicalization::Rdfc,
    standing: Standing::Standard,
    spec: "https://www.w3.org/TR/vc-di-ecdsa/",
    key_types: &["P-256", "P-384"],
    hash,
    way: Way::Whole(verify),
    signature: &["proofValue"],
    options: &[OptionsContext::Document],
};

pub(super) const ECDSA_JCS_2019: Suite = Suite {
    name: "ecdsa-jcs-2019",
    cryptosuite: Some("ecdsa-jcs-2019"),
    canonicalization: Canonicalization::Jcs,
    ..ECDSA_RDFC_2019
};

/// The name in drafts until 2023, and of the first libraries.
pub(super) const ECDSA_2019: Suite = Suite {
    name: "ecdsa-2019",
    cryptosuite: Some("ecdsa-2019"),
    standing: Standing::PreStandard,
    ..ECDSA_RDFC_2019
};

/// §3.2.3, §3.2.4: the hash function goes with the curve of the key, inside RDFC-1.0, too.
fn hash(key: &PublicKey) -> Hash {
    if key.kind() == KeyType::P384 { Hash::Sha384 } else { Hash::Sha256 }
}

/// §3.2.7: `proofValue` is base58btc multibase of exactly 64 bytes for P-256, 96 for P-384 (r ‖ s, §2.2.1).
fn verify(key: &PublicKey, proof_value: &str, hash_data: &[u8]) -> Result<bool, Finding> {
    let signature = multibase::decode_z(proof_value, Curve::P384.signature_len())
        .map_err(|_| Finding::new(Code::SignatureEncoding))?;
    let algorithm = if key.kind() == KeyType::P384 { Algorithm::Es384 } else { Algorithm::Es256 };
    key.verify(algorithm, hash_data, &signature)
}
