//! Derived proofs taken apart and put together again: what a holder, or somebody who wants to look like one, can do.

use ler_verify::encoding::cbor::{self, Bounds, Value};
use ler_verify::encoding::{base64url, multibase};
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use serde_json::{Value as Json, json};

use super::{badge, verify};

/// The components (§3.5.7), and the statements that they are about.
#[derive(Clone, Debug)]
pub struct Derived {
    pub base_signature: Vec<u8>,
    pub public_key: Vec<u8>,
    pub signatures: Vec<Vec<u8>>,
    pub labels: Vec<(i64, Vec<u8>)>,
    pub mandatory: Vec<i64>,
}

impl Derived {
    pub fn of(document: &Json) -> Self {
        let bytes = multibase::decode(document["proof"]["proofValue"].as_str().unwrap(), 100_000).unwrap();
        let value = cbor::read(&bytes[3..], Bounds { depth: 3, values: 1_000 }, &[]).unwrap();
        let Some([base_signature, public_key, signatures, labels, mandatory]) = value.as_array() else {
            panic!("{value:?}")
        };
        let bytes = |value: &Value<'_>| value.as_bytes().unwrap().to_vec();
        Derived {
            base_signature: bytes(base_signature),
            public_key: bytes(public_key),
            signatures: signatures.as_array().unwrap().iter().map(bytes).collect(),
            labels: labels
                .as_map()
                .unwrap()
                .iter()
                .map(|(number, name)| (number.as_int().unwrap(), bytes(name)))
                .collect(),
            mandatory: mandatory.as_array().unwrap().iter().map(|index| index.as_int().unwrap()).collect(),
        }
    }

    /// The five components, each in CBOR.
    pub fn components(&self) -> [Vec<u8>; 5] {
        let each = |items: &[Vec<u8>]| items.iter().flat_map(|item| bytes(item)).collect::<Vec<u8>>();
        let labels = self.labels.iter().flat_map(|(number, name)| [int(*number), bytes(name)].concat());
        let mandatory = self.mandatory.iter().flat_map(|index| int(*index));
        [
            bytes(&self.base_signature),
            bytes(&self.public_key),
            [head(4, self.signatures.len()), each(&self.signatures)].concat(),
            head(5, self.labels.len()).into_iter().chain(labels).collect(),
            head(4, self.mandatory.len()).into_iter().chain(mandatory).collect(),
        ]
    }

    /// The document with these components as its proof.
    pub fn on(&self, document: &Json) -> Json {
        with_bytes(document, &[&[0xD9, 0x5D, 0x01, 0x85][..], &self.components().concat()].concat())
    }

    /// Everything signed anew by other keys: the base signature by `issuer`, the statements by `pair`.
    pub fn signed_by(&self, document: &Json, issuer: &SigningKey, pair: &SigningKey) -> Self {
        let mut derived = self.clone();
        derived.public_key = multikey(pair);
        let report = verify(document);
        let explanation = report.proofs()[0].explanation.as_ref().unwrap();
        let options = from_hex(&explanation.proof_options_hash);
        let mandatory = from_hex(&explanation.document_hash);
        derived.base_signature = sign(issuer, &[options, derived.public_key.clone(), mandatory].concat());
        derived.signatures =
            self.optional(document).iter().map(|statement| sign(pair, statement.as_bytes())).collect();
        derived
    }

    /// The statements that are not mandatory, in the order of their signatures.
    pub fn optional(&self, document: &Json) -> Vec<String> {
        let is_mandatory = |index: usize| self.mandatory.contains(&i64::try_from(index).unwrap());
        let statements = statements(document).into_iter().enumerate();
        statements.filter(|(index, _)| !is_mandatory(*index)).map(|(_, statement)| statement).collect()
    }
}

/// The statements of a document with a proof that fits it, under the issuer's names.
pub fn statements(document: &Json) -> Vec<String> {
    let report = verify(document);
    let explanation = report.proofs()[0].explanation.as_ref().unwrap();
    explanation.canonical_document.split_inclusive('\n').map(str::to_owned).collect()
}

/// The document with these bytes as its proof value.
pub fn with_bytes(document: &Json, bytes: &[u8]) -> Json {
    with_text(document, &format!("u{}", base64url::encode(bytes)))
}

/// The document with this text as its proof value.
pub fn with_text(document: &Json, proof_value: &str) -> Json {
    let mut document = document.clone();
    document["proof"]["proofValue"] = json!(proof_value);
    document
}

pub fn multikey(key: &SigningKey) -> Vec<u8> {
    [&[0x80, 0x24], key.verifying_key().to_sec1_point(true).as_bytes()].concat()
}

/// The head of a value (RFC 8949 §3), in its shortest form.
pub fn head(major: u8, argument: usize) -> Vec<u8> {
    let major = major << 5;
    match argument {
        0..=23 => vec![major | argument as u8],
        24..=0xFF => vec![major | 24, argument as u8],
        _ => [vec![major | 25], (argument as u16).to_be_bytes().to_vec()].concat(),
    }
}

pub fn bytes(content: &[u8]) -> Vec<u8> {
    [head(2, content.len()), content.to_vec()].concat()
}

pub fn int(number: i64) -> Vec<u8> {
    usize::try_from(number).map_or_else(|_| head(1, (-1 - number) as usize), |number| head(0, number))
}

/// A signature as r ‖ s.
pub fn sign(key: &SigningKey, message: &[u8]) -> Vec<u8> {
    let signature: Signature = key.sign(message);
    signature.to_bytes().to_vec()
}

/// The badge, issued by somebody else: by the owner of the key that comes with it.
pub fn reissued() -> (Json, SigningKey) {
    let (issuer, pair) =
        (SigningKey::from_slice(&[7; 32]).unwrap(), SigningKey::from_slice(&[9; 32]).unwrap());
    let mut badge = badge();
    let key = multibase::encode_z(&multikey(&issuer));
    badge["issuer"]["id"] = json!(format!("did:key:{key}"));
    badge["proof"]["verificationMethod"] = json!(format!("did:key:{key}#{key}"));
    (Derived::of(&badge).signed_by(&badge, &issuer, &pair).on(&badge), issuer)
}

pub fn from_hex(text: &str) -> Vec<u8> {
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
}
