//! The suites, one file each, and the table that finds them.
//!
//! A proof is matched exactly: `type`, and for `DataIntegrityProof` also `cryptosuite`. Nothing is guessed from a key
//! or from the length of a signature.

#[cfg(feature = "bbs")]
mod bbs;
mod ecdsa;
mod ecdsa_sd;
mod eddsa;
#[cfg(feature = "legacy")]
mod legacy;
mod selective;

use crate::codes::Finding;
use crate::keys::PublicKey;
use crate::rdf::canonical::Hash;

pub(crate) use selective::{Disclosed, Kind, Presented};

/// How a suite makes one canonical text of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Canonicalization {
    /// JSON-LD to RDF, RDFC-1.0.
    Rdfc,
    /// RFC 8785.
    Jcs,
}

/// How a suite stands to the standards of today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// A standard, under its own name.
    Standard,
    /// The same by a name from before it was one.
    PreStandard,
    /// From before Data Integrity: counts only where the policy names it.
    Legacy,
}

/// The context under which the options of a proof are canonicalized.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OptionsContext {
    /// That of the document (vc-di-eddsa §3.2.5).
    Document,
    /// `https://w3id.org/security/v2`, whatever the document has (the libraries of 2018).
    #[cfg_attr(not(feature = "legacy"), allow(dead_code))] // only legacy suites have it
    SecurityV2,
    /// The same for a suite that this context does not know: the type of the proof was lost on the way to the signature.
    #[cfg_attr(not(feature = "legacy"), allow(dead_code))]
    SecurityV2WithoutType,
    /// `https://w3id.org/security/v3-unstable`, which took its place in some of them.
    #[cfg_attr(not(feature = "legacy"), allow(dead_code))]
    SecurityV3,
}

/// A cryptographic suite of Data Integrity (vc-data-integrity §3).
#[derive(Clone, Copy, Debug)]
pub struct Suite {
    /// The name in policies and reports: the `cryptosuite`, or the `type` of a suite that has a type of its own.
    pub name: &'static str,
    /// The `type` of its proofs.
    pub proof_type: &'static str,
    /// The `cryptosuite` of its proofs.
    pub cryptosuite: Option<&'static str>,
    /// How documents are canonicalized.
    pub canonicalization: Canonicalization,
    /// Whether it is current.
    pub standing: Standing,
    /// Where it is specified.
    pub spec: &'static str,
    /// The kinds of key it takes, as [`PublicKey::key_type`] has them.
    pub key_types: &'static [&'static str],
    /// The hash function that goes with a key, of documents, of proof options and inside RDFC-1.0.
    pub(crate) hash: fn(&PublicKey) -> Hash,
    pub(crate) way: Way,
    /// The members of a proof that hold its signature, and are no part of the proof options. The first is read.
    pub(crate) signature: &'static [&'static str],
    /// The contexts of the proof options, in the order in which they are tried. JCS has none.
    pub(crate) options: &'static [OptionsContext],
}

impl Suite {
    /// The member of a proof that its signature is read from.
    pub(crate) fn signature_member(&self) -> &'static str {
        self.signature.first().copied().unwrap_or("proofValue")
    }
}

/// What is signed, and how that is checked once the key, the proof options and the document's canonical form are there.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Way {
    /// One signature over everything: the hash of the options, then that of the document. The function decodes the
    /// signature as it is written, and checks it over both hashes.
    Whole(fn(&PublicKey, &str, &[u8]) -> Result<bool, Finding>),
    /// Signatures over statements, of which a holder may have left some out.
    Selective {
        /// What a proof value is.
        kind: fn(&str) -> Kind,
        /// Checks a derived proof; every signature is taken from those that are left.
        verify: fn(&Presented<'_>, &mut usize) -> Result<Disclosed, Finding>,
    },
}

/// Every suite there is. Adding one is a file and a row.
pub static SUITES: &[Suite] = &[
    eddsa::EDDSA_RDFC_2022,
    eddsa::EDDSA_JCS_2022,
    eddsa::ED25519_SIGNATURE_2020,
    ecdsa::ECDSA_RDFC_2019,
    ecdsa::ECDSA_JCS_2019,
    ecdsa_sd::ECDSA_SD_2023,
    #[cfg(feature = "bbs")]
    bbs::BBS_2023,
    eddsa::EDDSA_2022,
    eddsa::EDDSA_RDF_2022,
    ecdsa::ECDSA_2019,
    #[cfg(feature = "legacy")]
    legacy::ED25519_SIGNATURE_2018,
    #[cfg(feature = "legacy")]
    legacy::JSON_WEB_SIGNATURE_2020,
    #[cfg(feature = "legacy")]
    legacy::RSA_SIGNATURE_2018,
    #[cfg(feature = "legacy")]
    legacy::ECDSA_SECP256K1_SIGNATURE_2019,
    #[cfg(feature = "legacy")]
    legacy::ECDSA_SECP256R1_SIGNATURE_2019,
];

/// Suites that this library knows and this build leaves out, by the name that a proof has.
pub(crate) const NOT_BUILT: &[&str] = &[
    #[cfg(not(feature = "legacy"))]
    "Ed25519Signature2018",
    #[cfg(not(feature = "legacy"))]
    "JsonWebSignature2020",
    #[cfg(not(feature = "legacy"))]
    "RsaSignature2018",
    #[cfg(not(feature = "legacy"))]
    "EcdsaSecp256k1Signature2019",
    #[cfg(not(feature = "legacy"))]
    "EcdsaSecp256r1Signature2019",
    #[cfg(not(feature = "bbs"))]
    "bbs-2023",
];

/// The suite of a proof.
pub(crate) fn find(proof_type: &str, cryptosuite: Option<&str>) -> Option<&'static Suite> {
    SUITES.iter().find(|suite| suite.proof_type == proof_type && suite.cryptosuite == cryptosuite)
}
