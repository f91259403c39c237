//! Data Integrity EdDSA Cryptosuites v1.0: `eddsa-rdfc-2022` (§3.2), `eddsa-jcs-2022` (§3.3), `Ed25519Signature2020`
//! (Appendix A), and two names from before the standard for the first.

use super::{Canonicalization, OptionsContext, Standing, Suite, Way};
use crate::codes::{Code, Finding};
use crate::encoding::multibase;
use crate::keys::ed25519::SIGNATURE_LEN;
use crate::keys::{Algorithm, PublicKey};
use crate::rdf::canonical::Hash;

const SPEC: &str = "https://www.w3.org/TR/vc-di-eddsa/";
const DATA_INTEGRITY: &str = "DataIntegrityProof";

pub(super) const EDDSA_RDFC_2022: Suite = Suite {
    name: "eddsa-rdfc-2022",
    proof_type: DATA_INTEGRITY,
    cryptosuite: Some("eddsa-rdfc-2022"),
    canonicalization: Canonicalization::Rdfc,
    standing: Standing::Standard,
    spec: SPEC,
    key_types: &["Ed25519"],
    hash: |_| Hash::Sha256,
    way: Way::Whole(verify),
    signature: &["proofValue"],
    options: &[OptionsContext::Document],
};

pub(super) const EDDSA_JCS_2022: Suite = Suite {
    name: "eddsa-jcs-2022",
    cryptosuite: Some("eddsa-jcs-2022"),
    canonicalization: Canonicalization::Jcs,
    ..EDDSA_RDFC_2022
};

pub(super) const ED25519_SIGNATURE_2020: Suite = Suite {
    name: "Ed25519Signature2020",
    proof_type: "Ed25519Signature2020",
    cryptosuite: None,
    ..EDDSA_RDFC_2022
};

/// The name in 1EdTech's early tools.
pub(super) const EDDSA_2022: Suite = Suite {
    name: "eddsa-2022",
    cryptosuite: Some("eddsa-2022"),
    standing: Standing::PreStandard,
    ..EDDSA_RDFC_2022
};

/// The name in early drafts.
pub(super) const EDDSA_RDF_2022: Suite = Suite {
    name: "eddsa-rdf-2022",
    cryptosuite: Some("eddsa-rdf-2022"),
    standing: Standing::PreStandard,
    ..EDDSA_RDFC_2022
};

/// §3.2.7: `proofValue` is base58btc multibase of exactly 64 bytes.
fn verify(key: &PublicKey, proof_value: &str, hash_data: &[u8]) -> Result<bool, Finding> {
    let signature =
        multibase::decode_z(proof_value, SIGNATURE_LEN).map_err(|_| Finding::new(Code::SignatureEncoding))?;
    key.verify(Algorithm::EdDsa, hash_data, &signature)
}
