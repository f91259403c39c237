//! The test vectors of Data Integrity EdDSA Cryptosuites 1.0 (Appendix B), with every intermediate value.
#![allow(clippy::disallowed_methods)] // a test reads files

mod support;
#[path = "support/w3c.rs"]
mod w3c;

use std::fs;

use ler_verify::{CheckId, Code};
use w3c::{codes, verify};

/// folder, signed document, and the endings of the files with intermediate values
const SINGLE: [(&str, &str, &str); 4] = [
    ("Ed25519Signature2020", "signedEdSig.json", "EdSig"),
    ("eddsa-rdfc-2022", "signedDataInt.json", "DataInt"),
    ("eddsa-rdfc-2022/employ", "signedDataInt.json", "DataInt"),
    ("eddsa-jcs-2022", "signedJCS.json", "JCS"),
];

#[test]
fn every_intermediate_value_is_that_of_the_specification() {
    let Some(source) = support::source("w3c_eddsa", "w3c-vc-di-eddsa") else { return };
    let mut ran = 0;
    for (folder, signed, ending) in SINGLE {
        let folder = source.join("TestVectors").join(folder);
        let text = |name: &str| fs::read_to_string(folder.join(format!("{name}{ending}.txt"))).unwrap();
        let document = fs::read(folder.join(signed)).unwrap();
        let report = verify(&document, &source);
        let name = folder.display();
        let explanation =
            report.proofs()[0].explanation.as_ref().unwrap_or_else(|| panic!("{name}: {}", report.to_json()));
        assert_eq!(explanation.canonical_document.trim_end(), text("canonDoc").trim_end(), "{name}");
        assert_eq!(explanation.document_hash, text("docHash").trim(), "{name}");
        assert_eq!(explanation.canonical_proof_options.trim_end(), text("proofCanon").trim_end(), "{name}");
        assert_eq!(explanation.proof_options_hash, text("proofHash").trim(), "{name}");
        assert_eq!(explanation.hash_data, text("combinedHash").trim(), "{name}");
        assert_eq!(
            codes(&report, CheckId::ProofSignature),
            [Code::SignatureGood],
            "{name}: {}",
            report.to_json()
        );
        ran += 1;
    }
    assert_eq!(ran, SINGLE.len());
}

#[test]
fn sets_and_chains_verify_proof_by_proof() {
    let Some(source) = support::source("w3c_eddsa", "w3c-vc-di-eddsa") else { return };
    for (name, proofs, chained) in [
        ("signedProofSet1.json", 1, 0),
        ("signedProofSet2.json", 2, 0),
        ("proofChainTempDoc1.json", 0, 0),
        ("signedProofChain1.json", 3, 1),
        ("signedProofChain2.json", 4, 2),
    ] {
        let document = fs::read(source.join("TestVectors/proof-set-chain").join(name)).unwrap();
        let report = verify(&document, &source);
        let good = codes(&report, CheckId::ProofSignature)
            .iter()
            .filter(|code| **code == Code::SignatureGood)
            .count();
        let links =
            codes(&report, CheckId::ProofChain).iter().filter(|code| **code == Code::ProofChainOk).count();
        if name.contains("Temp") {
            // An intermediate file: a document with the proofs that the next one builds on.
            continue;
        }
        assert_eq!((good, links), (proofs, chained), "{name}: {}", report.to_json());
    }
}

#[test]
fn every_mutation_of_a_vector_fails() {
    let Some(source) = support::source("w3c_eddsa", "w3c-vc-di-eddsa") else { return };
    for (folder, signed, _) in SINGLE {
        let document = fs::read_to_string(source.join("TestVectors").join(folder).join(signed)).unwrap();
        for (from, to) in [("58172aac", "58172aad"), ("alumni", "alumna"), ("2023-01-01", "2023-01-02")] {
            let changed = document.replacen(from, to, 1);
            if changed == document {
                continue;
            }
            let report = verify(changed.as_bytes(), &source);
            assert_ne!(codes(&report, CheckId::ProofSignature), [Code::SignatureGood], "{folder} {from}");
        }
    }
}
