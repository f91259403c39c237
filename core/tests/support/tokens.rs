//! Tokens signed for a test, by keys that everybody knows.
#![allow(dead_code, unreachable_pub)]

#[path = "answers.rs"]
#[allow(clippy::duplicate_mod)] // some tests have the other helpers, too
mod answers;

#[allow(unused_imports)]
pub use answers::{codes, with};
use base64ct::{Base64UrlUnpadded, Encoding};
use ed25519_dalek::{Signer, SigningKey};
use ler_verify::{Check, Code, Issuers, Occasion, Policy, Report, Resources, Timestamp, Verifier};
use serde_json::{Value, json};

/// Somebody who signs.
pub struct Party(SigningKey);

/// The issuer of all records here, its did:key.
pub fn issuer() -> Party {
    Party(SigningKey::from_bytes(&[7; 32]))
}

/// The owner of the key with this number.
pub fn party(number: u8) -> Party {
    Party(SigningKey::from_bytes(&[number; 32]))
}

/// Somebody else.
pub fn attacker() -> Party {
    Party(SigningKey::from_bytes(&[66; 32]))
}

impl Party {
    pub fn did(&self) -> String {
        format!("did:key:{}", self.multikey())
    }

    pub fn kid(&self) -> String {
        format!("{}#{}", self.did(), self.multikey())
    }

    pub fn jwk(&self) -> Value {
        json!({"kty": "OKP", "crv": "Ed25519", "x": encode(self.0.verifying_key().as_bytes())})
    }

    fn multikey(&self) -> String {
        let key = self.0.verifying_key();
        format!("z{}", bs58::encode([&[0xED, 0x01], key.as_bytes().as_slice()].concat()).into_string())
    }

    pub fn signature(&self, message: &str) -> String {
        encode(&self.0.sign(message.as_bytes()).to_bytes())
    }

    /// A compact JWS of exactly these texts.
    pub fn sign(&self, header: &str, payload: &str) -> String {
        let input = format!("{}.{}", encode(header.as_bytes()), encode(payload.as_bytes()));
        format!("{input}.{}", self.signature(&input))
    }

    /// A token whose header has, besides `alg` and `kid`, these members.
    pub fn token(&self, header: Value, payload: &Value) -> String {
        let mut all = json!({"alg": "EdDSA", "kid": self.kid()});
        for (name, value) in header.as_object().unwrap() {
            if value.is_null() {
                all.as_object_mut().unwrap().remove(name);
            } else {
                all[name] = value.clone();
            }
        }
        self.sign(&all.to_string(), &payload.to_string())
    }
}

pub fn encode(bytes: &[u8]) -> String {
    Base64UrlUnpadded::encode_string(bytes)
}

pub const V1: &str = "https://www.w3.org/2018/credentials/v1";
pub const V2: &str = "https://www.w3.org/ns/credentials/v2";
pub const BADGES: &str = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";
pub const ID: &str = "urn:uuid:0d0a4c0e-0f6b-4b6c-8a33-6a6b4c3d2e1f";
pub const SUBJECT: &str = "did:example:ada";
/// 2024-01-01T00:00:00Z.
pub const FROM: i64 = 1_704_067_200;
/// 2034-01-01T00:00:00Z.
pub const UNTIL: i64 = 2_019_686_400;

/// A credential of VCDM 1.1.
pub fn vcdm1() -> Value {
    json!({
        "@context": [V1], "id": ID, "type": ["VerifiableCredential"],
        "issuer": issuer().did(), "issuanceDate": "2024-01-01T00:00:00Z",
        "credentialSubject": {"id": SUBJECT, "name": "Ada"}
    })
}

/// The claims of a token that has it in `vc`.
pub fn vc_jwt(credential: &Value) -> Value {
    json!({"iss": issuer().did(), "jti": ID, "sub": SUBJECT, "nbf": FROM, "vc": credential})
}

/// A credential of VCDM 2.0.
pub fn vcdm2() -> Value {
    json!({
        "@context": [V2], "id": ID, "type": ["VerifiableCredential"],
        "issuer": issuer().did(), "validFrom": "2024-01-01T00:00:00Z",
        "credentialSubject": {"id": SUBJECT, "name": "Ada"}
    })
}

/// A presentation of a credential in a token, by the issuer itself; without `holder`.
pub fn presentation1() -> Value {
    let token = issuer().token(json!({"typ": "JWT"}), &vc_jwt(&vcdm1()));
    json!({"@context": [V1], "type": ["VerifiablePresentation"], "verifiableCredential": [token]})
}

/// The same in VCDM 2.0, with `holder`.
pub fn presentation2() -> Value {
    let url = format!("data:application/vc+jwt,{}", issuer().token(json!({"typ": "vc+jwt"}), &vcdm2()));
    json!({
        "@context": [V2], "type": ["VerifiablePresentation"], "holder": issuer().did(),
        "verifiableCredential": [{"@context": [V2], "id": url, "type": ["EnvelopedVerifiableCredential"]}]
    })
}

/// An Open Badge with the claims that its JWT must have.
pub fn badge() -> Value {
    json!({
        "@context": [V2, BADGES], "id": ID, "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {"id": issuer().did(), "type": ["Profile"], "name": "College"},
        "validFrom": "2024-01-01T00:00:00Z", "name": "Badge",
        "credentialSubject": {
            "id": SUBJECT, "type": ["AchievementSubject"],
            "achievement": {
                "id": "https://college.example/a/1", "type": ["Achievement"], "name": "Swimming",
                "criteria": {"narrative": "Swims."}, "description": "Can swim."
            }
        },
        "iss": issuer().did(), "jti": ID, "sub": SUBJECT, "nbf": FROM
    })
}

pub fn occasion() -> Occasion {
    Occasion::at(Timestamp::parse("2026-11-21T12:00:00Z").unwrap())
}

pub fn verify(document: &str) -> Report {
    verify_with(document, Policy::accepting(Issuers::Anyone), &Resources::new(), &occasion())
}

pub fn verify_with(document: &str, policy: Policy, resources: &Resources, occasion: &Occasion) -> Report {
    Verifier::new(policy).unwrap().verify(document.as_bytes(), resources, occasion)
}

pub fn has(report: &Report, code: Code) -> bool {
    report.checks().iter().any(|check| check.code == code)
}

/// The claim or header parameter that a code is about.
pub fn about(report: &Report, code: Code, detail: &str) -> Vec<String> {
    let found = report.checks().iter().filter(|check| check.code == code);
    let text = |check: &Check| match check.details.get(detail) {
        Some(ler_verify::codes::Detail::Text(text)) => Some(text.clone()),
        _ => None,
    };
    found.filter_map(text).collect()
}
