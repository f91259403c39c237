//! The test vectors of `ecdsa-sd-2023` (Data Integrity ECDSA Cryptosuites 1.0, Appendices A.7 and A.8), with every
//! intermediate value that a verifier works out. What only an issuer or a holder works out (`add…`, and of `derived…` all
//! but the reveal document and what goes into its proof) is not tested: this library makes no proofs.
#![allow(clippy::disallowed_methods)] // a test reads files

mod support;
#[path = "support/w3c.rs"]
mod w3c;

use std::fs;
use std::path::{Path, PathBuf};

use ler_verify::encoding::cbor::{self, Bounds};
use ler_verify::encoding::{base64url, hex, multibase};
use ler_verify::keys::{Algorithm, PublicKey};
use ler_verify::{CheckId, Code, Outcome, Report};
use serde_json::Value as Json;
use w3c::{codes, verify};

const SETS: [&str; 2] = ["employ", "prc"];
const BOUNDS: Bounds = Bounds { depth: 8, values: 10_000 };

fn source() -> Option<PathBuf> {
    support::source("w3c_ecdsa_sd", "w3c-vc-di-ecdsa")
}

fn json(source: &Path, set: &str, name: &str) -> Json {
    let path = source.join("TestVectors/ecdsa-sd-2023").join(set).join(name);
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

/// The document as the holder presents it.
fn revealed(source: &Path, set: &str) -> Json {
    json(source, set, "derivedRevealDocument.json")
}

fn report(source: &Path, document: &Json) -> Report {
    verify(document.to_string().as_bytes(), source)
}

fn text(value: &Json) -> &str {
    value.as_str().unwrap()
}

fn texts(value: &Json) -> Vec<&str> {
    value.as_array().unwrap().iter().map(text).collect()
}

/// The CBOR behind the three bytes of the header.
fn proof_value(document: &Json) -> Vec<u8> {
    multibase::decode(text(&document["proof"]["proofValue"]), 1_000_000).unwrap()
}

#[test]
fn every_intermediate_value_is_that_of_the_specification() {
    let Some(source) = source() else { return };
    for set in SETS {
        let document = revealed(&source, set);
        let report = report(&source, &document);
        let signature = codes(&report, CheckId::ProofSignature);
        assert_eq!(signature, [Code::SignatureGood], "{set}: {}", report.to_json());
        assert_eq!(codes(&report, CheckId::ProofSuite), [Code::ProofSuiteKnown], "{set}");
        let explanation = report.proofs()[0].explanation.as_ref().unwrap();

        // §3.5.8: the statements under the issuer's names, the hash of the mandatory ones, what the issuer signed.
        let statements = json(&source, set, "verifyNQuads.json");
        assert_eq!(explanation.canonical_document, texts(&statements).concat(), "{set}");
        let data = json(&source, set, "verifyCreateVerifyData.json");
        assert_eq!(explanation.proof_options_hash, text(&data["proofHash"]), "{set}");
        assert_eq!(explanation.document_hash, text(&data["mandatoryHash"]), "{set}");
        let key = multibase::decode_z(text(&data["publicKey"]), 64).unwrap();
        let signed = [text(&data["proofHash"]), &hex(&key), text(&data["mandatoryHash"])].concat();
        assert_eq!(explanation.hash_data, signed, "{set}");
        // The options are those of the issuer's proof, so their canonical form is in the issuer's vectors.
        let path = source.join("TestVectors/ecdsa-sd-2023").join(set).join("addProofConfigCanon.txt");
        let canonical = fs::read_to_string(path).unwrap();
        assert_eq!(explanation.canonical_proof_options.trim_end(), canonical.trim_end(), "{set}");
    }
}

/// §3.5.7: what is in the proof value.
#[test]
fn the_components_of_a_derived_proof() {
    let Some(source) = source() else { return };
    for set in SETS {
        let bytes = proof_value(&revealed(&source, set));
        let body = bytes.strip_prefix(&[0xD9, 0x5D, 0x01]).unwrap();
        let value = cbor::read(body, BOUNDS, &[]).unwrap();
        let Some([base_signature, public_key, signatures, labels, mandatory]) = value.as_array() else {
            panic!("{set}")
        };
        let expected = json(&source, set, "verifyDerivedProofValue.json");
        assert_eq!(hex(base_signature.as_bytes().unwrap()), text(&expected["baseSignature"]), "{set}");
        let key = public_key.as_bytes_of::<35>().unwrap();
        assert_eq!(multibase::encode_z(key), text(&expected["publicKey"]), "{set}");
        let signatures: Vec<String> = signatures
            .as_array()
            .unwrap()
            .iter()
            .map(|signature| hex(signature.as_bytes_of::<64>().unwrap()))
            .collect();
        assert_eq!(signatures, texts(&expected["signatures"]), "{set}");
        let labels: Json = labels
            .as_map()
            .unwrap()
            .iter()
            .map(|(number, name)| {
                let name = base64url::encode(name.as_bytes_of::<32>().unwrap());
                serde_json::json!([format!("c14n{}", number.as_int().unwrap()), format!("u{name}")])
            })
            .collect();
        assert_eq!(labels, expected["labelMap"], "{set}");
        let mandatory: Json =
            mandatory.as_array().unwrap().iter().map(|index| Json::from(index.as_int().unwrap())).collect();
        assert_eq!(mandatory, expected["mandatoryIndexes"], "{set}");
    }
}

/// Standards hazard 2: the text of §3.6.7 names the key in the proof, the vectors were made with the issuer's.
#[test]
fn the_base_signature_is_the_issuers() {
    let Some(source) = source() else { return };
    let keys: Json = serde_json::from_slice(
        &fs::read(source.join("TestVectors/ecdsa-sd-2023/SDKeyMaterial.json")).unwrap(),
    )
    .unwrap();
    let key = |name: &str| PublicKey::from_multikey(text(&keys[name]["publicKeyMultibase"])).unwrap();
    for set in SETS {
        let document = revealed(&source, set);
        let report = report(&source, &document);
        let signed = &report.proofs()[0].explanation.as_ref().unwrap().hash_data;
        let signed: Vec<u8> = (0..signed.len())
            .step_by(2)
            .map(|at| u8::from_str_radix(&signed[at..at + 2], 16).unwrap())
            .collect();
        let bytes = proof_value(&document);
        let value = cbor::read(&bytes[3..], BOUNDS, &[]).unwrap();
        let base_signature = value.as_array().and_then(|items| items[0].as_bytes()).unwrap();
        let good = |name| key(name).verify(Algorithm::Es256, &signed, base_signature);
        assert_eq!((good("baseKeyPair"), good("proofKeyPair")), (Ok(true), Ok(false)), "{set}");
    }
}

/// Standards hazard 14: the issuer of the vectors is another identifier than the one whose key signed, so the proof is
/// good and the record is not.
#[test]
fn the_issuer_of_the_vectors_is_not_bound() {
    let Some(source) = source() else { return };
    for set in SETS {
        let report = report(&source, &revealed(&source, set));
        assert_eq!(codes(&report, CheckId::IssuerBound), [Code::IssuerNotBound], "{set}");
        assert_eq!(report.axes().authentic, Outcome::Failed, "{set}");
    }
}

#[test]
fn d24_the_base_proofs_are_not_for_verifiers() {
    let Some(source) = source() else { return };
    for set in SETS {
        let document = json(&source, set, "addSignedSDBase.json");
        assert!(proof_value(&document).starts_with(&[0xD9, 0x5D, 0x00]));
        let report = report(&source, &document);
        assert_eq!(codes(&report, CheckId::ProofSuite), [Code::ProofBase], "{set}");
        assert_eq!(codes(&report, CheckId::SecuringProofs), [Code::ProofsUndecided], "{set}");
        assert_eq!(report.axes().authentic, Outcome::Indeterminate, "{set}");
    }
}

/// Every byte of the proof value, one bit each: never good, never a panic.
#[test]
fn no_bit_of_a_proof_value_can_be_changed() {
    let Some(source) = source() else { return };
    let mut document = revealed(&source, "employ");
    let bytes = proof_value(&document);
    for at in 0..bytes.len() {
        // Every bit over every eight bytes.
        let mut changed = bytes.clone();
        changed[at] ^= 1 << (at % 8);
        document["proof"]["proofValue"] = format!("u{}", base64url::encode(&changed)).into();
        let report = report(&source, &document);
        assert_ne!(codes(&report, CheckId::ProofSignature), [Code::SignatureGood], "byte {at}");
    }
}

/// What is shown, changed: each of the texts in the document.
#[test]
fn no_claim_can_be_changed() {
    let Some(source) = source() else { return };
    for set in SETS {
        let document = revealed(&source, set);
        for (pointer, value) in [
            ("/validUntil", "2099-12-03T00:00:00Z"),
            ("/validFrom", "2009-12-03T00:00:00Z"),
            ("/credentialSubject/birthCountry", "Elsewhere"),
            ("/issuer/image", "data:,"),
            ("/proof/created", "2023-08-15T23:36:39Z"),
            ("/proof/proofPurpose", "authentication"),
        ] {
            let mut changed = document.clone();
            let Some(place) = changed.pointer_mut(pointer) else { continue };
            *place = value.into();
            let report = report(&source, &changed);
            assert_ne!(codes(&report, CheckId::ProofSignature), [Code::SignatureGood], "{set} {pointer}");
        }
    }
}
