//! Makes SD-JWTs as an issuer and a holder would, and as they would not.

use ed25519_dalek::{Signer as _, SigningKey};
use ler_verify::encoding::{base64url, multibase};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

/// When everything here happens: 2026-11-21T12:00:00Z.
pub const NOW: i64 = 1_795_262_400;
pub const AUDIENCE: &str = "https://hire.example";
pub const NONCE: &str = "n-1";

/// Somebody with an Ed25519 key and the did:key of it.
pub struct Party {
    key: SigningKey,
    pub did: String,
    pub kid: String,
    pub jwk: Value,
}

/// The party of a seed.
pub fn party(seed: u8) -> Party {
    let key = SigningKey::from_bytes(&[seed; 32]);
    let public = key.verifying_key();
    let multikey = multibase::encode_z(&[&[0xED, 0x01], &public.as_bytes()[..]].concat());
    Party {
        did: format!("did:key:{multikey}"),
        kid: format!("did:key:{multikey}#{multikey}"),
        jwk: json!({ "kty": "OKP", "crv": "Ed25519", "x": base64url::encode(public.as_bytes()) }),
        key,
    }
}

pub fn issuer() -> Party {
    party(1)
}

pub fn holder() -> Party {
    party(2)
}

impl Party {
    /// A JWT with this header and payload.
    pub fn sign(&self, header: &Value, payload: &Value) -> String {
        let part = |value: &Value| base64url::encode(value.to_string().as_bytes());
        let input = format!("{}.{}", part(header), part(payload));
        let signature = base64url::encode(&self.key.sign(input.as_bytes()).to_bytes());
        format!("{input}.{signature}")
    }
}

/// A disclosure and its digest.
pub fn disclosure(content: &Value) -> (String, String) {
    let text = base64url::encode(content.to_string().as_bytes());
    let digest = digest(&text);
    (text, digest)
}

pub fn digest(text: &str) -> String {
    base64url::encode(&Sha256::digest(text))
}

/// An SD-JWT VC of the issuer for the holder, before it is signed.
pub fn licence() -> Value {
    json!({
        "iss": issuer().did, "sub": holder().did, "iat": NOW - 1000, "nbf": NOW - 1000, "exp": NOW + 1_000_000,
        "vct": "https://credentials.example/licence", "class": "B", "cnf": { "jwk": holder().jwk },
    })
}

/// A credential of the W3C data model by the issuer for the holder, before it is signed.
pub fn credential() -> Value {
    json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiableCredential"],
        "issuer": issuer().did,
        "validFrom": "2026-01-01T00:00:00Z",
        "credentialSubject": { "id": holder().did, "skill": "welding" },
        "cnf": { "jwk": holder().jwk },
    })
}

/// The SD-JWT with the disclosures behind it.
pub fn token(typ: &str, payload: &Value, disclosures: &[&str]) -> String {
    let issuer = issuer();
    let jwt = issuer.sign(&json!({ "alg": "EdDSA", "typ": typ, "kid": issuer.kid }), payload);
    disclosures.iter().fold(jwt + "~", |text, disclosure| text + disclosure + "~")
}

pub fn binding_header() -> Value {
    json!({ "alg": "EdDSA", "typ": "kb+jwt" })
}

pub fn binding_claims(token: &str) -> Value {
    json!({ "iat": NOW, "aud": AUDIENCE, "nonce": NONCE, "sd_hash": digest(token) })
}

/// The SD-JWT with a good key binding.
pub fn presented(token: &str) -> String {
    token.to_owned() + &holder().sign(&binding_header(), &binding_claims(token))
}
