//! Generated records in envelopes: a JWS around a badge (VC-JOSE-COSE §3.1), an SD-JWT of which everything is disclosed
//! (RFC 9901 §4). They give a verifier something to accept and prove nothing about it.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::sign::{self, Suite};

/// base64url without padding (RFC 7515 §2).
fn base64url(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let bits =
            group.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - group.len()));
        for index in 0..=group.len() {
            text.push(ALPHABET[(bits >> (18 - 6 * index)) as usize & 63] as char);
        }
    }
    text
}

/// The payload signed with the key of the seed, which the suite names: Ed25519 or P-256.
pub fn jws(payload: &str, media_type: &str, seed: [u8; 32], suite: Suite) -> String {
    let did = sign::did(seed, suite);
    let fragment = did.trim_start_matches("did:key:");
    let algorithm = if suite == Suite::EcdsaRdfc2019P256 { "ES256" } else { "EdDSA" };
    let header = json!({ "alg": algorithm, "typ": media_type, "kid": format!("{did}#{fragment}") });
    let input = format!("{}.{}", base64url(header.to_string().as_bytes()), base64url(payload.as_bytes()));
    let signature = suite.sign(seed, input.as_bytes());
    format!("{input}.{}", base64url(&signature))
}

/// A badge as an SD-JWT with this many members of its subject, each in a disclosure of its own.
pub fn sd_jwt(badge: &str, disclosures: usize, seed: [u8; 32], suite: Suite) -> String {
    let mut badge: Value = serde_json::from_str(badge).expect("JSON");
    let mut texts = Vec::new();
    let mut digests = Vec::new();
    for number in 0..disclosures {
        let disclosure =
            json!([format!("salt-{number:017}"), format!("note{number}"), "Sampled the tidal zone."]);
        let text = base64url(disclosure.to_string().as_bytes());
        digests.push(Value::from(base64url(&Sha256::digest(text.as_bytes()))));
        texts.push(text);
    }
    badge["credentialSubject"]["_sd"] = Value::from(digests);
    badge["_sd_alg"] = Value::from("sha-256");
    format!("{}~{}~", jws(&badge.to_string(), "vc+sd-jwt", seed, suite), texts.join("~"))
}
