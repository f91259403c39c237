//! The suites from before Data Integrity, whose signature is a detached JWS (RFC 7797) in the member `jws`:
//! `Ed25519Signature2018`, `JsonWebSignature2020`, `RsaSignature2018`, `EcdsaSecp256k1Signature2019`,
//! `EcdsaSecp256r1Signature2019` (the W3C Credentials Community Group's reports of these names).
//!
//! None counts unless the policy names it: their texts leave open what later ones settle, and their options were
//! canonicalized in two ways.

use super::{Canonicalization, OptionsContext, Standing, Suite, Way};
use crate::codes::{Code, Finding};
use crate::encoding::base64url;
use crate::json::Tree;
use crate::keys::{Algorithm, PublicKey};
use crate::limits::Limits;
use crate::rdf::canonical::Hash;

pub(super) const ED25519_SIGNATURE_2018: Suite = Suite {
    name: "Ed25519Signature2018",
    proof_type: "Ed25519Signature2018",
    cryptosuite: None,
    canonicalization: Canonicalization::Rdfc,
    standing: Standing::Legacy,
    spec: "https://w3c-ccg.github.io/ld-cryptosuite-registry/",
    key_types: &["Ed25519"],
    hash: |_| Hash::Sha256,
    way: Way::Whole(|key, jws, data| verify(key, jws, data, &[Algorithm::EdDsa])),
    signature: &["jws", "proofValue", "signatureValue"],
    options: &[OptionsContext::SecurityV2],
};

/// §4 of its report says that the options are under the context of the document; libraries that were made from those of
/// 2018 put a context of security there, of which v2 does not know this type.
pub(super) const JSON_WEB_SIGNATURE_2020: Suite = Suite {
    name: "JsonWebSignature2020",
    proof_type: "JsonWebSignature2020",
    spec: "https://www.w3.org/TR/vc-jws-2020/",
    key_types: &["Ed25519", "secp256k1", "P-256", "P-384", "RSA"],
    way: Way::Whole(|key, jws, data| {
        // §2.2, the table of keys and algorithms.
        const TABLE: [Algorithm; 5] =
            [Algorithm::EdDsa, Algorithm::Es256k, Algorithm::Es256, Algorithm::Es384, Algorithm::Ps256];
        verify(key, jws, data, &TABLE)
    }),
    options: &[OptionsContext::Document, OptionsContext::SecurityV2WithoutType, OptionsContext::SecurityV3],
    ..ED25519_SIGNATURE_2018
};

pub(super) const RSA_SIGNATURE_2018: Suite = Suite {
    name: "RsaSignature2018",
    proof_type: "RsaSignature2018",
    key_types: &["RSA"],
    way: Way::Whole(|key, jws, data| verify(key, jws, data, &[Algorithm::Rs256, Algorithm::Ps256])),
    ..ED25519_SIGNATURE_2018
};

pub(super) const ECDSA_SECP256K1_SIGNATURE_2019: Suite = Suite {
    name: "EcdsaSecp256k1Signature2019",
    proof_type: "EcdsaSecp256k1Signature2019",
    key_types: &["secp256k1"],
    way: Way::Whole(|key, jws, data| verify(key, jws, data, &[Algorithm::Es256k])),
    ..ED25519_SIGNATURE_2018
};

pub(super) const ECDSA_SECP256R1_SIGNATURE_2019: Suite = Suite {
    name: "EcdsaSecp256r1Signature2019",
    proof_type: "EcdsaSecp256r1Signature2019",
    key_types: &["P-256"],
    way: Way::Whole(|key, jws, data| verify(key, jws, data, &[Algorithm::Es256])),
    ..ED25519_SIGNATURE_2018
};

/// The header of a detached JWS is short.
const HEADER: usize = 1_024;

/// `header..signature`, the payload being the hash data as it is (RFC 7797 §5.1): `b64` is false, and critical. Which
/// algorithm it is, the suite allows and the key decides; the header has only to say the same.
fn verify(key: &PublicKey, jws: &str, hash_data: &[u8], allowed: &[Algorithm]) -> Result<bool, Finding> {
    let encoding = || Finding::new(Code::SignatureEncoding);
    let (protected, signature) = jws.split_once("..").ok_or_else(encoding)?;
    let limits = Limits { input_bytes: HEADER, ..Limits::default() };
    let header = base64url::decode(protected).map_err(|_| encoding())?;
    let header = Tree::parse(&header, &limits).map_err(|_| encoding())?;
    let signature = base64url::decode(signature).map_err(|_| encoding())?;
    let member = |name: &str| header.root().get(name);
    let unencoded = member("b64").and_then(|value| value.as_bool()) == Some(false);
    let mut critical =
        member("crit").and_then(|value| value.as_array()).into_iter().flat_map(|crit| crit.iter());
    let only_b64 = critical.next().and_then(|name| name.as_str()) == Some("b64") && critical.next().is_none();
    if !unencoded || !only_b64 {
        return Err(encoding());
    }
    let named =
        member("alg").and_then(|name| name.as_str()).and_then(Algorithm::named).ok_or_else(encoding)?;
    if !allowed.contains(&named) {
        return Err(Finding::new(Code::KeyType).with("algorithm", named.name()));
    }
    let mut message = Vec::with_capacity(protected.len().saturating_add(hash_data.len()).saturating_add(1));
    message.extend_from_slice(protected.as_bytes());
    message.push(b'.');
    message.extend_from_slice(hash_data);
    key.verify(named, &message, &signature)
}
