//! The test vectors of Data Integrity ECDSA Cryptosuites 1.0 (Appendix A), with every intermediate value.
//!
//! The two sets of `ecdsa-sd-2023` are in `w3c_ecdsa_sd.rs`.
#![allow(clippy::disallowed_methods)] // a test reads files

mod support;
#[path = "support/w3c.rs"]
mod w3c;

use std::fs;

use ler_verify::encoding::{hex, multibase};
use ler_verify::{CheckId, Code};
use w3c::{codes, verify};

/// Folder, suffix of its files, kind of key, bytes of a digest.
const VECTORS: [(&str, &str, &str, usize); 6] = [
    ("ecdsa-rdfc-2019-p256", "ECDSAP256", "P-256", 32),
    ("ecdsa-rdfc-2019-p256/employ", "ECDSAP256", "P-256", 32),
    ("ecdsa-rdfc-2019-p384", "ECDSAP384", "P-384", 48),
    // This one fails where RDFC-1.0 names blank nodes by SHA-256.
    ("ecdsa-rdfc-2019-p384/employ", "ECDSAP384", "P-384", 48),
    ("ecdsa-jcs-2019-p256", "JCSECDSAP256", "P-256", 32),
    ("ecdsa-jcs-2019-p384", "JCSECDSAP384", "P-384", 48),
];

#[test]
fn every_intermediate_value_is_that_of_the_specification() {
    let Some(source) = support::source("w3c_ecdsa", "w3c-vc-di-ecdsa") else { return };
    for (folder, ending, key_type, digest) in VECTORS {
        let path = source.join("TestVectors").join(folder);
        let text = |name: &str| fs::read_to_string(path.join(format!("{name}{ending}.txt"))).unwrap();
        let document = fs::read(path.join(format!("signed{ending}.json"))).unwrap();
        let report = verify(&document, &source);
        let proof = &report.proofs()[0];
        let explanation =
            proof.explanation.as_ref().unwrap_or_else(|| panic!("{folder}: {}", report.to_json()));
        assert_eq!(explanation.canonical_document.trim_end(), text("canonDoc").trim_end(), "{folder}");
        assert_eq!(explanation.document_hash, text("docHash").trim(), "{folder}");
        assert_eq!(explanation.canonical_proof_options.trim_end(), text("proofCanon").trim_end(), "{folder}");
        assert_eq!(explanation.proof_options_hash, text("proofHash").trim(), "{folder}");
        assert_eq!(explanation.hash_data, text("combinedHash").trim(), "{folder}");
        assert_eq!(explanation.document_hash.len(), 2 * digest, "{folder}");
        assert_eq!(proof.key_type, Some(key_type), "{folder}");
        assert_eq!(codes(&report, CheckId::ProofSuite), [Code::ProofSuiteKnown], "{folder}");
        let signature = codes(&report, CheckId::ProofSignature);
        assert_eq!(signature, [Code::SignatureGood], "{folder}: {}", report.to_json());
    }
}

/// The signature of each vector is the same bytes in hexadecimal and in base58btc: r ‖ s.
#[test]
fn a_proof_value_is_r_and_s_in_base58btc() {
    let Some(source) = support::source("w3c_ecdsa", "w3c-vc-di-ecdsa") else { return };
    for (folder, ending, _, digest) in VECTORS {
        let path = source.join("TestVectors").join(folder);
        let text = |name: &str| fs::read_to_string(path.join(format!("{name}{ending}.txt"))).unwrap();
        let bytes = multibase::decode_z(text("sigBTC58").trim(), 96).unwrap();
        assert_eq!((hex(&bytes).as_str(), bytes.len()), (text("sigHex").trim(), 2 * digest), "{folder}");
    }
}

/// Each signature under the other suite, and under the other hash.
#[test]
fn r08_d16_a_signature_is_of_one_suite_and_one_key() {
    let Some(source) = support::source("w3c_ecdsa", "w3c-vc-di-ecdsa") else { return };
    for (folder, ending, key_type, _) in VECTORS {
        let path = source.join("TestVectors").join(folder).join(format!("signed{ending}.json"));
        let document = fs::read_to_string(path).unwrap();
        let (this, other) = if folder.contains("jcs") {
            ("ecdsa-jcs-2019", "ecdsa-rdfc-2019")
        } else {
            ("ecdsa-rdfc-2019", "ecdsa-jcs-2019")
        };
        let with_suite = |suite: &str| verify(document.replace(this, suite).as_bytes(), &source);
        assert_eq!(codes(&with_suite(other), CheckId::ProofSignature), [Code::SignatureInvalid], "{folder}");
        // The pre-standard name is another text that is signed, so the signature does not fit.
        let renamed = with_suite("ecdsa-2019");
        assert_eq!(codes(&renamed, CheckId::ProofSuite), [Code::ProofSuitePreStandard], "{folder}");
        assert_eq!(codes(&renamed, CheckId::ProofSignature), [Code::SignatureInvalid], "{folder}");
        for suite in ["eddsa-rdfc-2022", "eddsa-jcs-2022"] {
            let report = with_suite(suite);
            assert_eq!(codes(&report, CheckId::KeyResolved), [Code::KeyType], "{folder}: {key_type}");
            assert_eq!(codes(&report, CheckId::ProofSignature), [Code::SignatureBlocked], "{folder}");
        }
    }
}

#[test]
fn every_mutation_of_a_vector_fails() {
    let Some(source) = support::source("w3c_ecdsa", "w3c-vc-di-ecdsa") else { return };
    let mut changes = 0;
    for (folder, ending, _, _) in VECTORS {
        let path = source.join("TestVectors").join(folder).join(format!("signed{ending}.json"));
        let document = fs::read_to_string(path).unwrap();
        for (from, to) in [
            ("58172aac", "58172aad"),
            ("Alumni", "Alumna"),
            ("2023-", "2022-"),
            ("SMITH", "SMYTH"),
            ("C09", "C10"),
        ] {
            let changed = document.replacen(from, to, 1);
            if changed == document {
                continue;
            }
            changes += 1;
            let report = verify(changed.as_bytes(), &source);
            assert_ne!(codes(&report, CheckId::ProofSignature), [Code::SignatureGood], "{folder} {from}");
        }
    }
    assert!(changes >= 16, "{changes}");
}
