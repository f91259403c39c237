//! Envelopes: what signs stands outside of the document (VCDM 2.0 §4.12, "enveloping proof"). JOSE, SD-JWT and COSE differ
//! in how they are opened; what comes out is verified in one way, here.

use super::key::{self, Question};
use super::sd_jwt::KeyBinding;
use super::verified::{Cover, Verified};
use super::{Subject, Tools};
use crate::codes::{CheckId, Code, Finding};
use crate::keys::Algorithm;
use crate::limits;
use crate::time::Timestamp;

/// An opened envelope. Opening verifies nothing: the document in it is what a signature has yet to be found good for.
#[derive(Debug, Default)]
pub(crate) struct Envelope {
    /// How it is named in reports: `jws`, `jwsJson`, `sdJwt`, `cose`.
    pub(crate) carrier: &'static str,
    /// The document inside, as JSON: the payload, with what the claims of a token say put where the data model has it.
    /// Pointers of the report point into it.
    pub(crate) document: Vec<u8>,
    /// What is to be said of the envelope as a whole, whoever signed it: its claims against the document.
    pub(crate) findings: Vec<Finding>,
    /// What is signed by whom; never empty.
    pub(crate) signatures: Vec<Signature>,
    /// The bounds that a token states for itself.
    pub(crate) period: Period,
    /// For whom and in answer to what a token was made (`aud`, `nonce`).
    pub(crate) addressed: Addressed,
    /// How much of what was signed is there.
    pub(crate) cover: Cover,
    /// How its presenter shows to be its holder, where the kind of envelope has a way for that.
    pub(crate) key_binding: Option<KeyBinding>,
}

/// `nbf` and `exp` (RFC 7519 §4.1.4, §4.1.5).
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Period {
    pub(crate) not_before: Option<Timestamp>,
    pub(crate) expires: Option<Timestamp>,
}

/// `aud` and `nonce` of a token.
#[derive(Clone, Debug, Default)]
pub(crate) struct Addressed {
    pub(crate) audience: Vec<String>,
    pub(crate) nonce: Option<String>,
}

/// One signature over the document.
#[derive(Debug)]
pub(crate) struct Signature {
    /// `alg` as written.
    pub(crate) algorithm: Option<String>,
    /// The bytes that are signed.
    pub(crate) message: Vec<u8>,
    pub(crate) signature: Vec<u8>,
    /// What the header says about the key.
    pub(crate) key: KeyHint,
    /// What is wrong with the header; empty if nothing is.
    pub(crate) defects: Vec<Finding>,
    /// When it says it was made (`iat`, `sigT`), as written and as an instant.
    pub(crate) created: Option<String>,
    pub(crate) signed_at: Option<Timestamp>,
}

/// What a header says about the key. None of it shows whose key it is.
#[derive(Debug, Default)]
pub(crate) struct KeyHint {
    /// `kid`, as written.
    pub(crate) kid: Option<String>,
    /// `iss` of the token, where there is one: says where an issuer that signs without `kid` has its keys.
    #[allow(dead_code)] // read by the binding of issuers with metadata
    pub(crate) issuer: Option<String>,
}

/// Verifies every signature of an envelope.
pub(crate) fn verify(subject: &Subject<'_>, envelope: &Envelope, tools: &mut Tools<'_>) -> Vec<Verified> {
    envelope.signatures.iter().map(|signature| one(subject, envelope, signature, tools)).collect()
}

fn one(subject: &Subject<'_>, envelope: &Envelope, signature: &Signature, tools: &mut Tools<'_>) -> Verified {
    let mut verified = Verified::at(String::new());
    verified.suite = signature.algorithm.clone();
    verified.method = signature.key.kid.clone();
    verified.created = signature.created.clone();
    verified.signed_at = signature.signed_at;
    verified.cover = envelope.cover;
    if signature.defects.is_empty() {
        verified.push(Finding::at(Code::ProofWellFormed, ""));
    }
    for defect in signature.defects.iter().chain(&envelope.findings) {
        verified.push(defect.clone());
    }
    let algorithm = signature.algorithm.as_deref().and_then(Algorithm::named);
    verified.push(algorithm_finding(signature, algorithm));
    addressed(subject, envelope, &mut verified);
    if let Some(key_binding) = &envelope.key_binding {
        key_binding.verify(subject, &mut verified, tools);
    }
    let key_types = algorithm.map_or(&[][..], Algorithm::key_types);
    let question = Question::new(subject, "", signature.signed_at, key_types, tools);
    let method = match &signature.key.kid {
        Some(url) => key::method(url, &question, &mut verified, tools),
        None => {
            verified.push(Finding::at(Code::KeyMethodUrl, ""));
            None
        }
    };
    let obstacles = verified.obstacles(&[CheckId::ProofStructure, CheckId::ProofSuite, CheckId::KeyResolved]);
    match (&method, algorithm) {
        (Some(method), Some(algorithm)) if obstacles.is_empty() => {
            let finding = match tools.signatures.checked_sub(1) {
                None => limits::reached(Code::LimitSignatures, tools.policy.limits.signatures),
                Some(left) => {
                    *tools.signatures = left;
                    match method.key.verify(algorithm, &signature.message, &signature.signature) {
                        Ok(true) => Finding::at(Code::SignatureGood, ""),
                        Ok(false) => Finding::at(Code::SignatureInvalid, ""),
                        Err(finding) => Finding { pointer: Some(String::new()), ..finding },
                    }
                }
            };
            verified.push(finding);
        }
        _ => verified.blocked(Code::SignatureBlocked, obstacles),
    }
    key::binding(&question, method.as_ref(), &mut verified, tools);
    verified.settle(tools.policy);
    verified
}

/// An algorithm that is none, or not known here.
fn algorithm_finding(signature: &Signature, algorithm: Option<Algorithm>) -> Finding {
    let code = if algorithm.is_some() { Code::ProofSuiteKnown } else { Code::ProofSuiteUnsupported };
    let finding = Finding::at(code, "");
    match &signature.algorithm {
        // The name of an algorithm is short; what is not is no name.
        Some(name) => finding.with("suite", name.chars().take(80).collect::<String>()),
        None => finding,
    }
}

/// `aud` is the domain and `nonce` the challenge of a token (VC-JOSE-COSE, VCDM 1.1 §6.3.1).
fn addressed(subject: &Subject<'_>, envelope: &Envelope, verified: &mut Verified) {
    let Addressed { audience, nonce } = &envelope.addressed;
    let domain = match subject.domain {
        None => Finding::at(Code::ProofDomainNotExpected, ""),
        Some(expected) => {
            let same = !audience.is_empty() && audience.iter().all(|audience| audience == expected);
            let code = if same { Code::ProofDomainOk } else { Code::ProofDomainWrong };
            Finding::at(code, "").with("expected", expected)
        }
    };
    verified.push(domain);
    let challenge = match subject.challenge {
        None => Code::ProofChallengeNotExpected,
        Some(expected) if nonce.as_deref() == Some(expected) => Code::ProofChallengeOk,
        Some(_) => Code::ProofChallengeWrong,
    };
    verified.push(Finding::at(challenge, ""));
}
