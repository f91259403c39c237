//! Certificates made for a test, so that each can be wrong in exactly one way. DER by hand (X.690 §8, §10), signed with
//! Ed25519 or ECDSA P-256 keys that everybody knows.
#![allow(dead_code, unreachable_pub)]

use ed25519_dalek::{Signer, SigningKey};

pub fn element(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = content.len();
    let head = match length {
        0..=0x7F => vec![tag, length as u8],
        0x80..=0xFF => vec![tag, 0x81, length as u8],
        _ => vec![tag, 0x82, (length >> 8) as u8, length as u8],
    };
    [head.as_slice(), content].concat()
}

pub fn sequence(parts: &[&[u8]]) -> Vec<u8> {
    element(0x30, &parts.concat())
}

fn attribute(oid: &[u8], text: &str) -> Vec<u8> {
    element(0x31, &sequence(&[&element(6, oid), &element(0x0C, text.as_bytes())]))
}

/// A distinguished name: commonName and, where they are given, organizationName and organizationIdentifier.
pub fn name(common: &str, organization: &str, identifier: &str) -> Vec<u8> {
    let mut attributes = attribute(&[0x55, 4, 3], common);
    for (oid, text) in [(10, organization), (97, identifier)] {
        if !text.is_empty() {
            attributes.extend(attribute(&[0x55, 4, oid], text));
        }
    }
    element(0x30, &attributes)
}

/// Object identifiers of extensions.
pub const BASIC_CONSTRAINTS: &[u8] = &[0x55, 0x1D, 0x13];
pub const KEY_USAGE: &[u8] = &[0x55, 0x1D, 0x0F];
pub const EXTENDED_KEY_USAGE: &[u8] = &[0x55, 0x1D, 0x25];
pub const SUBJECT_ALT_NAME: &[u8] = &[0x55, 0x1D, 0x11];

pub fn extension(oid: &[u8], critical: bool, value: &[u8]) -> Vec<u8> {
    let critical: &[u8] = if critical { &[1, 1, 0xFF] } else { &[] };
    sequence(&[&element(6, oid), critical, &element(4, value)])
}

pub fn authority(path_len: Option<u8>) -> Vec<u8> {
    let limit = path_len.map_or(Vec::new(), |limit| element(2, &[limit]));
    extension(BASIC_CONSTRAINTS, true, &sequence(&[&[1, 1, 0xFF], &limit]))
}

/// `keyUsage` with these bits, the first is the highest of the byte.
pub fn key_usage(bits: u8) -> Vec<u8> {
    extension(KEY_USAGE, true, &element(3, &[0, bits]))
}

pub fn purposes(oids: &[&[u8]]) -> Vec<u8> {
    let list: Vec<u8> = oids.iter().flat_map(|oid| element(6, oid)).collect();
    extension(EXTENDED_KEY_USAGE, false, &element(0x30, &list))
}

/// Alternative names: (6, URI), (2, DNS name).
pub fn alternative(names: &[(u8, &str)]) -> Vec<u8> {
    let list: Vec<u8> = names.iter().flat_map(|(tag, text)| element(0x80 | tag, text.as_bytes())).collect();
    extension(SUBJECT_ALT_NAME, false, &element(0x30, &list))
}

/// Whoever certifies or is certified.
#[derive(Clone)]
pub enum Owner {
    Ed25519([u8; 32]),
    P256([u8; 32]),
}

impl Owner {
    pub fn spki(&self) -> Vec<u8> {
        match self {
            Owner::Ed25519(seed) => {
                let key = SigningKey::from_bytes(seed).verifying_key();
                let bits = [&[0], key.as_bytes().as_slice()].concat();
                sequence(&[&sequence(&[&element(6, &[0x2B, 0x65, 0x70])]), &element(3, &bits)])
            }
            Owner::P256(seed) => {
                let key = p256::ecdsa::SigningKey::from_slice(seed).unwrap();
                let point = key.verifying_key().to_sec1_point(false);
                let curve = element(6, &[0x2A, 0x86, 0x48, 0xCE, 0x3D, 3, 1, 7]);
                let algorithm = sequence(&[&element(6, &[0x2A, 0x86, 0x48, 0xCE, 0x3D, 2, 1]), &curve]);
                sequence(&[&algorithm, &element(3, &[&[0], point.as_bytes()].concat())])
            }
        }
    }

    /// The AlgorithmIdentifier of its signatures.
    pub fn algorithm(&self) -> Vec<u8> {
        match self {
            Owner::Ed25519(_) => sequence(&[&element(6, &[0x2B, 0x65, 0x70])]),
            Owner::P256(_) => sequence(&[&element(6, &[0x2A, 0x86, 0x48, 0xCE, 0x3D, 4, 3, 2])]),
        }
    }

    fn sign(&self, message: &[u8]) -> Vec<u8> {
        match self {
            Owner::Ed25519(seed) => SigningKey::from_bytes(seed).sign(message).to_bytes().to_vec(),
            Owner::P256(seed) => {
                let key = p256::ecdsa::SigningKey::from_slice(seed).unwrap();
                let signature: p256::ecdsa::Signature = key.sign(message);
                let bytes = signature.to_bytes();
                let integer = |half: &[u8]| {
                    let zeros = half.iter().take_while(|byte| **byte == 0).count();
                    let number = &half[zeros..];
                    let sign: &[u8] = if number[0] >= 0x80 { &[0] } else { &[] };
                    element(2, &[sign, number].concat())
                };
                sequence(&[&integer(&bytes[..32]), &integer(&bytes[32..])])
            }
        }
    }
}

/// What a certificate says.
#[derive(Clone)]
pub struct Spec {
    pub version: Vec<u8>,
    pub issuer: Vec<u8>,
    pub not_before: Vec<u8>,
    pub not_after: Vec<u8>,
    pub subject: Vec<u8>,
    pub spki: Vec<u8>,
    pub extensions: Vec<Vec<u8>>,
    /// The algorithm that is signed, where it is not the signer's.
    pub inner_algorithm: Option<Vec<u8>>,
    /// The algorithm that the certificate says to be signed with, where it is not the signer's.
    pub outer_algorithm: Option<Vec<u8>>,
}

pub fn utc(text: &str) -> Vec<u8> {
    element(0x17, text.as_bytes())
}

impl Spec {
    pub fn new(issuer: &[u8], subject: &[u8], owner: &Owner, extensions: &[Vec<u8>]) -> Self {
        Spec {
            version: element(0xA0, &[2, 1, 2]),
            issuer: issuer.to_vec(),
            not_before: utc("240101000000Z"),
            not_after: utc("340101000000Z"),
            subject: subject.to_vec(),
            spki: owner.spki(),
            extensions: extensions.to_vec(),
            inner_algorithm: None,
            outer_algorithm: None,
        }
    }

    /// The certificate.
    pub fn sign(&self, signer: &Owner) -> Vec<u8> {
        let outer = self.outer_algorithm.clone().unwrap_or_else(|| signer.algorithm());
        let inner = self.inner_algorithm.clone().unwrap_or_else(|| outer.clone());
        let extensions = match self.extensions.as_slice() {
            [] => Vec::new(),
            list => element(0xA3, &element(0x30, &list.concat())),
        };
        let signed = sequence(&[
            &self.version,
            &[2, 1, 7],
            &inner,
            &self.issuer,
            &sequence(&[&self.not_before, &self.not_after]),
            &self.subject,
            &self.spki,
            &extensions,
        ]);
        let signature = element(3, &[&[0], signer.sign(&signed).as_slice()].concat());
        sequence(&[&signed, &outer, &signature])
    }
}
