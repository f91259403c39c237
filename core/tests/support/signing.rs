//! Signs what the tests need signed. Keys are made of one byte, and every key is a did:key.
#![allow(dead_code, unreachable_pub, clippy::disallowed_methods)]

use ed25519_dalek::{Signer as _, SigningKey};
use ler_verify::encoding::base64url;
use ler_verify::json::{Tree, jcs};
use ler_verify::{Issuers, Limits, Occasion, Policy, Resources, Timestamp, Verifier};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// Somebody with an Ed25519 key.
pub struct Party(SigningKey);

impl Party {
    pub fn new(seed: u8) -> Self {
        Party(SigningKey::from_bytes(&[seed; 32]))
    }

    fn multikey(&self) -> String {
        let mut key = vec![0xED, 0x01];
        key.extend_from_slice(self.0.verifying_key().as_bytes());
        format!("z{}", bs58::encode(key).into_string())
    }

    /// Its DID.
    pub fn did(&self) -> String {
        format!("did:key:{}", self.multikey())
    }

    /// The URL of its key.
    pub fn key(&self) -> String {
        format!("{}#{}", self.did(), self.multikey())
    }

    pub fn sign(&self, message: &[u8]) -> Vec<u8> {
        self.0.sign(message).to_bytes().to_vec()
    }

    /// A JWT with this header, `alg` and `kid` added.
    pub fn jwt(&self, header: Value, claims: &Value) -> String {
        let mut header = header;
        header["alg"] = json!("EdDSA");
        header["kid"] = json!(self.key());
        let part = |value: &Value| base64url::encode(value.to_string().as_bytes());
        let input = format!("{}.{}", part(&header), part(claims));
        let signature = base64url::encode(&self.sign(input.as_bytes()));
        format!("{input}.{signature}")
    }

    /// The document with a proof of the suite eddsa-jcs-2022 put behind those that it has; `more` are further members of
    /// the proof.
    pub fn secure(&self, document: &Value, purpose: &str, more: Value) -> Value {
        let mut document = document.clone();
        let others = document.as_object_mut().unwrap().remove("proof");
        let mut proof = json!({
            "type": "DataIntegrityProof",
            "cryptosuite": "eddsa-jcs-2022",
            "created": "2025-01-01T00:00:00Z",
            "verificationMethod": self.key(),
            "proofPurpose": purpose,
            "@context": document["@context"]
        });
        for (key, value) in more.as_object().unwrap() {
            proof[key] = value.clone();
        }
        // What a proof builds on is signed with the document (vc-data-integrity §4.3).
        let mut signed = document.clone();
        let previous: Vec<&Value> = match (&proof["previousProof"], &others) {
            (Value::String(id), Some(others)) => {
                let others = others.as_array().map_or(std::slice::from_ref(others), Vec::as_slice);
                others.iter().filter(|other| other["id"] == json!(id)).collect()
            }
            _ => Vec::new(),
        };
        if !previous.is_empty() {
            signed["proof"] = json!(previous);
        }
        let hash = |value: &Value| {
            let text = value.to_string();
            let tree = Tree::parse(text.as_bytes(), &Limits::default()).unwrap();
            Sha256::digest(jcs::canonical(tree.root())).to_vec()
        };
        let signature = self.sign(&[hash(&proof), hash(&signed)].concat());
        proof["proofValue"] = json!(format!("z{}", bs58::encode(signature).into_string()));
        document["proof"] = match others {
            None => proof,
            Some(Value::Array(mut all)) => {
                all.push(proof);
                json!(all)
            }
            Some(other) => json!([other, proof]),
        };
        document
    }

    /// The document with one proof of the suite eddsa-rdfc-2022. What is to be signed the library says itself
    /// (`explain`): the suites' own tests show that it is right.
    pub fn secure_rdfc(&self, document: &Value, purpose: &str) -> Value {
        let mut document = document.clone();
        document["proof"] = json!({
            "type": "DataIntegrityProof",
            "cryptosuite": "eddsa-rdfc-2022",
            "created": "2025-01-01T00:00:00Z",
            "verificationMethod": self.key(),
            "proofPurpose": purpose,
            "proofValue": format!("z{}", bs58::encode([1; 64]).into_string())
        });
        let mut policy = Policy::accepting(Issuers::Anyone);
        policy.explain = true;
        let occasion = Occasion::at(Timestamp::parse("2026-11-21T12:00:00Z").unwrap());
        let verifier = Verifier::new(policy).unwrap();
        let report = verifier.verify(document.to_string().as_bytes(), &Resources::new(), &occasion);
        let hash = &report.proofs()[0]
            .explanation
            .as_ref()
            .unwrap_or_else(|| panic!("no canonical form: {}", report.to_json()))
            .hash_data;
        let bytes: Vec<u8> =
            (0..hash.len()).step_by(2).map(|at| u8::from_str_radix(&hash[at..at + 2], 16).unwrap()).collect();
        let signature = bs58::encode(self.sign(&bytes)).into_string();
        document["proof"]["proofValue"] = json!(format!("z{signature}"));
        document
    }
}

/// Deterministic CBOR (RFC 8949 §4.2.1), written by hand.
pub mod cbor {
    fn head(major: u8, argument: u64) -> Vec<u8> {
        let major = major << 5;
        let be = argument.to_be_bytes();
        match argument {
            0..=23 => vec![major | be[7]],
            24..=0xFF => vec![major | 24, be[7]],
            0x100..=0xFFFF => [&[major | 25], &be[6..]].concat(),
            0x1_0000..=0xFFFF_FFFF => [&[major | 26], &be[4..]].concat(),
            _ => [&[major | 27], &be[..]].concat(),
        }
    }

    pub fn int(number: i64) -> Vec<u8> {
        if number < 0 { head(1, !number as u64) } else { head(0, number as u64) }
    }

    pub fn bytes(bytes: &[u8]) -> Vec<u8> {
        [head(2, bytes.len() as u64), bytes.to_vec()].concat()
    }

    pub fn text(text: &str) -> Vec<u8> {
        [head(3, text.len() as u64), text.as_bytes().to_vec()].concat()
    }

    pub fn array(items: &[Vec<u8>]) -> Vec<u8> {
        [head(4, items.len() as u64), items.concat()].concat()
    }

    pub fn map(entries: &[(Vec<u8>, Vec<u8>)]) -> Vec<u8> {
        let pairs = entries.iter().flat_map(|(key, value)| [key.clone(), value.clone()]);
        [head(5, entries.len() as u64), pairs.collect::<Vec<_>>().concat()].concat()
    }

    pub fn tag(tag: u64, value: &[u8]) -> Vec<u8> {
        [head(6, tag), value.to_vec()].concat()
    }
}
