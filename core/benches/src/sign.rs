//! Signs generated records: Data Integrity with Ed25519 and ECDSA (vc-di-eddsa, vc-di-ecdsa), through our own canonicalizers. So these
//! signatures prove nothing about the canonicalizers; they only give a verifier something to accept.

use std::collections::BTreeMap;

use ed25519_dalek::{Signer as _, SigningKey};
use ler_verify::codes::{Code, Outcome, Requirement};
use ler_verify::json::{Tree, View, jcs};
use ler_verify::jsonld::{self, Contexts, InlineContexts, Rules, Supplied};
use ler_verify::limits::Limits;
use ler_verify::rdf::canonical::{Budget, Hash, hash_canonical};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// A cryptosuite that can sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Suite {
    /// `eddsa-rdfc-2022` (vc-di-eddsa §3.2)
    EddsaRdfc2022,
    /// `eddsa-jcs-2022` (vc-di-eddsa §3.3)
    EddsaJcs2022,
    /// `ecdsa-rdfc-2019` with a key over P-256 (vc-di-ecdsa §3.2)
    EcdsaRdfc2019P256,
    /// The same over P-384.
    EcdsaRdfc2019P384,
}

impl Suite {
    /// The name in a proof.
    pub const fn name(self) -> &'static str {
        match self {
            Suite::EddsaRdfc2022 => "eddsa-rdfc-2022",
            Suite::EddsaJcs2022 => "eddsa-jcs-2022",
            Suite::EcdsaRdfc2019P256 | Suite::EcdsaRdfc2019P384 => "ecdsa-rdfc-2019",
        }
    }

    const fn hash(self) -> Hash {
        match self {
            Suite::EcdsaRdfc2019P384 => Hash::Sha384,
            _ => Hash::Sha256,
        }
    }

    /// The Multikey of a seed (CID 1.0 §2.2.2).
    fn multikey(self, seed: [u8; 32]) -> String {
        let (prefix, key) = match self {
            Suite::EddsaRdfc2022 | Suite::EddsaJcs2022 => {
                ([0xED, 0x01], SigningKey::from_bytes(&seed).verifying_key().as_bytes().to_vec())
            }
            Suite::EcdsaRdfc2019P256 => {
                ([0x80, 0x24], p256_key(seed).verifying_key().to_sec1_point(true).as_bytes().to_vec())
            }
            Suite::EcdsaRdfc2019P384 => {
                ([0x81, 0x24], p384_key(seed).verifying_key().to_sec1_point(true).as_bytes().to_vec())
            }
        };
        format!("z{}", bs58::encode([&prefix[..], &key].concat()).into_string())
    }

    /// A signature of the seed's key over a message.
    pub fn sign(self, seed: [u8; 32], message: &[u8]) -> Vec<u8> {
        match self {
            Suite::EddsaRdfc2022 | Suite::EddsaJcs2022 => {
                SigningKey::from_bytes(&seed).sign(message).to_bytes().to_vec()
            }
            Suite::EcdsaRdfc2019P256 => {
                let signature: p256::ecdsa::Signature = p256_key(seed).sign(message);
                signature.to_bytes().to_vec()
            }
            Suite::EcdsaRdfc2019P384 => {
                let signature: p384::ecdsa::Signature = p384_key(seed).sign(message);
                signature.to_bytes().to_vec()
            }
        }
    }
}

fn p256_key(seed: [u8; 32]) -> p256::ecdsa::SigningKey {
    p256::ecdsa::SigningKey::from_slice(&seed).expect("a seed below the order of the group")
}

fn p384_key(seed: [u8; 32]) -> p384::ecdsa::SigningKey {
    p384::ecdsa::SigningKey::from_slice(&[&[0; 16][..], &seed].concat())
        .expect("a seed below the order of the group")
}

/// The did:key of a seed (did:key §3), as a key of the suite.
pub fn did(seed: [u8; 32], suite: Suite) -> String {
    format!("did:key:{}", suite.multikey(seed))
}

/// Signs a JSON object that has no proof.
///
/// # Errors
/// What cannot be signed without loss: the code of the first finding.
pub fn sign(document: &str, seed: [u8; 32], suite: Suite) -> Result<String, String> {
    let limits = Limits::default();
    let document = document.trim();
    let tree = Tree::parse(document.as_bytes(), &limits).map_err(|finding| finding.code.to_string())?;
    let object = tree.root().as_object().ok_or("no object")?;
    let context = object.get("@context").ok_or("no @context")?;

    let key = suite.multikey(seed);
    let mut proof = json!({
        "type": "DataIntegrityProof",
        "cryptosuite": suite.name(),
        "created": "2026-01-15T12:00:00Z",
        "verificationMethod": format!("did:key:{key}#{key}"),
        "proofPurpose": "assertionMethod",
    });
    if suite == Suite::EddsaJcs2022 {
        proof["@context"] = serde_json::from_str(&jcs::canonical(context)).map_err(|e| e.to_string())?;
    }
    let options = proof.to_string();
    let options = Tree::parse(options.as_bytes(), &limits).map_err(|finding| finding.code.to_string())?;
    let mut configuration = View::whole(options.root().as_object().ok_or("no object")?);
    configuration.context = Some(context);

    // Proof first, document second (vc-di-eddsa §3.2.4, §3.3.4).
    let contexts = Contexts::default();
    let mut hashes = digest(&configuration, suite, &contexts)?;
    hashes.extend(digest(&View::whole(object), suite, &contexts)?);
    let signature = suite.sign(seed, &hashes);
    proof["proofValue"] = Value::from(format!("z{}", bs58::encode(signature).into_string()));

    let open = document.strip_suffix('}').ok_or("no object")?;
    Ok(format!("{open},\"proof\":{proof}}}"))
}

/// The hash of what `view` says, in the suite's canonical form.
///
/// # Errors
/// What cannot be signed without loss: the code of the first finding.
pub fn digest(view: &View<'_>, suite: Suite, contexts: &Contexts) -> Result<Vec<u8>, String> {
    match suite {
        Suite::EddsaJcs2022 => Ok(Sha256::digest(jcs::canonical_view(view)).to_vec()),
        _ => {
            let (limits, none) = (Limits::default(), BTreeMap::new());
            let rules = Rules {
                limits: &limits,
                pinned: &none,
                inline: InlineContexts::Refuse,
                supplied: &|_| Supplied::Missing,
                as_of: None,
                digests: &BTreeMap::new(),
            };
            let graph = jsonld::credential_to_rdf(view, contexts, &rules);
            // What is only reported (the learner is described in several places) does not keep anybody from signing.
            let bad = |code: Code| {
                matches!(code.outcome(), Outcome::Failed | Outcome::Indeterminate)
                    && code.check().default_requirement() == Requirement::Require
            };
            if let Some(finding) = graph.findings.iter().find(|finding| bad(finding.code)) {
                return Err(format!("{} at {:?}", finding.code, finding.pointer));
            }
            if graph.dataset.quads().is_empty() {
                return Err("the document says nothing in RDF".to_owned());
            }
            hash_canonical(&graph.dataset, suite.hash(), &mut Budget::new(&limits))
                .map(|digest| digest.as_ref().to_vec())
                .map_err(|finding| finding.code.to_string())
        }
    }
}
