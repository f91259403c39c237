//! Makes records and status lists as issuers would, and as they would not.

use ler_verify::encoding::base64url;
use ler_verify::{CheckId, Code, Issuers, Policy, Report, Resource, ResourceKind, Resources, Verifier};
use serde_json::{Value, json};

use crate::signing::Party;
pub use crate::support::answers::{codes, with};
use crate::support::fixtures;

pub const V1: &str = "https://www.w3.org/2018/credentials/v1";
pub const V2: &str = "https://www.w3.org/ns/credentials/v2";
/// Where the list is.
pub const LIST: &str = "https://issuer.example/status/1";
/// 16 KiB, the shortest list that W3C wants.
pub const ENTRIES: usize = 131_072;

pub fn issuer() -> Party {
    Party::new(1)
}

pub fn stranger() -> Party {
    Party::new(9)
}

/// A list of the shortest length in which these are set, the first index being the left-most bit.
pub fn bits(set: &[usize]) -> Vec<u8> {
    let mut bits = vec![0; ENTRIES / 8];
    for index in set {
        bits[index / 8] |= 0x80 >> (index % 8);
    }
    bits
}

pub fn zlib(bytes: &[u8]) -> Vec<u8> {
    miniz_oxide::deflate::compress_to_vec_zlib(bytes, 6)
}

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let crc = bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xEDB8_8320 & (crc & 1).wrapping_neg()))
    });
    let mut all = vec![0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3];
    all.extend(miniz_oxide::deflate::compress_to_vec(bytes, 6));
    all.extend((!crc).to_le_bytes());
    all.extend((bytes.len() as u32).to_le_bytes());
    all
}

/// As `encodedList` of a Bitstring Status List has it.
pub fn multibase(bytes: &[u8]) -> String {
    format!("u{}", base64url::encode(&gzip(bytes)))
}

/// A Bitstring Status List for revocation, before it is signed.
pub fn bitstring(bits: &[u8]) -> Value {
    json!({
        "@context": [V2], "id": LIST, "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer().did(), "validFrom": "2025-01-01T00:00:00Z",
        "credentialSubject": {
            "id": format!("{LIST}#list"), "type": "BitstringStatusList", "statusPurpose": "revocation",
            "encodedList": multibase(bits)
        }
    })
}

/// An entry in it.
pub fn entry(index: &str) -> Value {
    json!({
        "id": format!("{LIST}#{index}"), "type": "BitstringStatusListEntry", "statusPurpose": "revocation",
        "statusListIndex": index, "statusListCredential": LIST
    })
}

/// A record of the issuer with this status, before it is signed.
pub fn unsigned(status: Value) -> Value {
    json!({
        "@context": [V2], "id": "urn:uuid:0d0a4c0e-0f6b-4b6c-8a33-6a6b4c3d2e1f",
        "type": ["VerifiableCredential"], "issuer": issuer().did(), "validFrom": "2025-01-01T00:00:00Z",
        "credentialSubject": {"id": "did:example:ada", "name": "Ada"}, "credentialStatus": status
    })
}

/// The same, signed.
pub fn record(status: Value) -> String {
    signed(&unsigned(status))
}

/// Signed by the issuer.
pub fn signed(document: &Value) -> String {
    issuer().secure(document, "assertionMethod", json!({})).to_string()
}

pub fn policy() -> Policy {
    Policy::accepting(Issuers::Anyone)
}

pub fn supplied(list: &str) -> Resources {
    let resources = Resources::new();
    resources.insert(ResourceKind::StatusList, LIST, Resource::new(list));
    resources
}

pub fn verify_with(document: &str, policy: Policy, resources: &Resources) -> Report {
    Verifier::new(policy).unwrap().verify(document.as_bytes(), resources, &fixtures::occasion())
}

/// With the list at its place.
pub fn verify(document: &str, list: &str) -> Report {
    verify_with(document, policy(), &supplied(list))
}

/// What a record with this entry comes to with this list, which the issuer signs.
pub fn judged(entry: Value, list: &Value) -> Vec<Code> {
    answers(&verify(&record(entry), &signed(list)))
}

/// The answers about the status itself.
pub fn answers(report: &Report) -> Vec<Code> {
    codes(report, CheckId::StatusEntry)
}
