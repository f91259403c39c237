//! The examples of the COSE working group and the COSE inputs of the W3C suite, as far as bytes, headers and signatures go:
//! the examples sign a text that is no record.

#[path = "../../tests/support/vectors.rs"]
mod vectors;

use std::path::Path;

use super::*;
use crate::encoding::{base64, base64url};
use crate::keys::{Algorithm, PublicKey};

fn text(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}

fn bytes(hex: &str) -> Vec<u8> {
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
}

fn key(jwk: &str) -> Result<PublicKey, Finding> {
    let tree = Tree::parse(jwk.as_bytes(), &Limits::default()).unwrap();
    PublicKey::from_jwk(tree.root())
}

/// The public part of the key of an example. Some write their coordinates in hexadecimal.
fn example_key(example: &serde_json::Value) -> Result<PublicKey, Finding> {
    let mut jwk = serde_json::Map::new();
    for (name, value) in example["input"]["sign0"]["key"].as_object().unwrap() {
        match (name.strip_suffix("_hex").unwrap_or(name), value.as_str().unwrap()) {
            ("d", _) => {}
            (short, hex) if short != name => {
                jwk.insert(short.to_owned(), base64url::encode(&bytes(hex)).into());
            }
            (name, text) => {
                jwk.insert(name.to_owned(), text.into());
            }
        }
    }
    key(&serde_json::Value::Object(jwk).to_string())
}

/// What came of an example: good, bad, or the code of what stood in the way.
fn verify(example: &serde_json::Value) -> Result<bool, Code> {
    let bytes = bytes(example["output"]["cbor"].as_str().unwrap());
    let sign1 = Sign1::read(&bytes).map_err(|finding| finding.code)?;
    if example["input"]["sign0"].get("external").is_none() && example["input"]["failures"].is_null() {
        let signed = example["intermediates"]["ToBeSign_hex"].as_str().unwrap();
        assert_eq!(crate::encoding::hex(&sign1.message), signed.to_ascii_lowercase());
    }
    let name = algorithm(&sign1.protected).ok_or(Code::CoseAlg)?;
    let algorithm = Algorithm::named(&name).ok_or(Code::ProofSuiteUnsupported)?;
    let key = example_key(example).map_err(|finding| finding.code)?;
    key.verify(algorithm, &sign1.message, sign1.signature).map_err(|finding| finding.code)
}

#[test]
fn the_examples_of_the_working_group() {
    let Some(folder) = vectors::source("the_examples_of_the_working_group", "cose-examples") else { return };
    for (file, expected) in [
        ("ecdsa-examples/ecdsa-sig-01.json", Ok(true)),
        ("ecdsa-examples/ecdsa-sig-02.json", Ok(true)),
        ("ecdsa-examples/ecdsa-sig-03.json", Ok(true)),
        // ES512 with a key on P-256: here as in JOSE, an algorithm goes with one curve.
        ("ecdsa-examples/ecdsa-sig-04.json", Err(Code::KeyType)),
        ("eddsa-examples/eddsa-sig-01.json", Ok(true)),
        // Ed448.
        ("eddsa-examples/eddsa-sig-02.json", Err(Code::KeyUnsupported)),
        // Another tag, signature, algorithm, header.
        ("sign1-tests/sign-fail-01.json", Err(Code::CoseEncoding)),
        ("sign1-tests/sign-fail-02.json", Ok(false)),
        ("sign1-tests/sign-fail-03.json", Err(Code::ProofSuiteUnsupported)),
        ("sign1-tests/sign-fail-04.json", Err(Code::ProofSuiteUnsupported)),
        ("sign1-tests/sign-fail-06.json", Ok(false)),
        ("sign1-tests/sign-fail-07.json", Ok(false)),
        // The algorithm stands in the header that nobody signs.
        ("sign1-tests/sign-pass-01.json", Err(Code::CoseAlg)),
        // External data, which no record has (VC-JOSE-COSE §3.3 names none).
        ("sign1-tests/sign-pass-02.json", Ok(false)),
        // No tag.
        ("sign1-tests/sign-pass-03.json", Ok(true)),
    ] {
        let example: serde_json::Value = serde_json::from_str(&text(&folder.join(file))).unwrap();
        assert_eq!(verify(&example), expected, "{file}");
    }
    // The others are COSE_Sign, for several signers.
    let sign = text(&folder.join("ecdsa-examples/ecdsa-01.json"));
    let sign: serde_json::Value = serde_json::from_str(&sign).unwrap();
    assert!(sign["output"]["cbor"].as_str().unwrap().starts_with("D862"));
}

#[test]
fn no_headers_are_signed_as_no_bytes() {
    let Some(folder) = vectors::source("no_headers_are_signed_as_no_bytes", "cose-examples") else { return };
    let example = text(&folder.join("sign1-tests/sign-pass-01.json"));
    let example: serde_json::Value = serde_json::from_str(&example).unwrap();
    let bytes = bytes(example["output"]["cbor"].as_str().unwrap());
    let sign1 = Sign1::read(&bytes).unwrap();
    let signed = example["intermediates"]["ToBeSign_hex"].as_str().unwrap();
    assert_eq!(crate::encoding::hex(&sign1.message), signed.to_ascii_lowercase());
    let key = example_key(&example).unwrap();
    assert_eq!(key.verify(Algorithm::Es256, &sign1.message, sign1.signature), Ok(true));
}

#[test]
fn the_inputs_of_the_w3c_suite() {
    let test = "the_inputs_of_the_w3c_suite";
    let Some(folder) = vectors::source(test, "w3c-vc-jose-cose-test-suite") else { return };
    let input = |file: &str| text(&folder.join("input").join(file));
    for (file, signer, good, defects) in [
        ("credential-cose-minimal.txt", "vm-p256.json", true, vec![]),
        ("presentation-cose-single.txt", "vm-p384.json", true, vec![]),
        ("credential-cose-bad-signature.txt", "vm-ed25519.json", false, vec![]),
        ("credential-cose-bad-media-type.txt", "vm-p384.json", true, vec![Code::CoseTyp, Code::CoseTyp]),
        // Upstream pairs it with vm-p384.json, which did not sign it.
        ("presentation-cose-bad-media-type.txt", "vm-p256.json", true, vec![Code::CoseTyp, Code::CoseTyp]),
        // What is bad is the credential in it.
        ("presentation-cose-bad-credential.txt", "vm-p256.json", true, vec![]),
    ] {
        // The suite leaves the padding out.
        let text = input(file);
        let padding = "=".repeat(text.trim().len().wrapping_neg() % 4);
        let bytes = base64::decode(&format!("{}{padding}", text.trim())).unwrap();
        let envelope = open(&bytes, &Limits::default()).unwrap();
        let signature = &envelope.signatures[0];
        let codes: Vec<Code> = signature.defects.iter().map(|defect| defect.code).collect();
        assert_eq!(codes, defects, "{file}");
        let method: serde_json::Value = serde_json::from_str(&input(signer)).unwrap();
        let mut jwk = method.get("publicKeyJwk").unwrap_or(&method).clone();
        jwk.as_object_mut().unwrap().remove("d");
        let algorithm = Algorithm::named(signature.algorithm.as_deref().unwrap()).unwrap();
        let key = key(&jwk.to_string()).unwrap();
        assert_eq!(key.verify(algorithm, &signature.message, &signature.signature), Ok(good), "{file}");
        assert_eq!(signature.key.kid.as_deref().map(str::len), Some(43), "{file}");
    }
    // Hexadecimal digits where base64 is expected are no COSE_Sign1 either.
    let hex = input("credential-cose-minimal-not-base64.txt");
    let read = open(&base64::decode(hex.trim()).unwrap(), &Limits::default());
    assert_eq!(read.unwrap_err().code, Code::CoseFormat);
    assert_eq!(crate::carrier::detect(hex.as_bytes()), crate::carrier::Carrier::Json);
}
