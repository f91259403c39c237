//! Envelopes: what signs stands outside of the document (VCDM 2.0 §4.12, "enveloping proof"). JOSE, SD-JWT and COSE differ
//! in how they are opened; what comes out is verified in one way, here.

use super::key::{self, Keys, Question};
use super::proof_set::State;
use super::sd_jwt::KeyBinding;
use super::verified::{Cover, Verified};
use super::{Subject, Tools};
use crate::codes::{CheckId, Code, Finding};
use crate::json::Tree;
use crate::keys::{Algorithm, PublicKey};
use crate::limits;
use crate::policy::JudgedAt;
use crate::time::Timestamp;

/// An opened envelope. Opening verifies nothing: the document in it is what a signature has yet to be found good for.
#[derive(Debug, Default)]
pub(crate) struct Envelope {
    /// How it is named in reports: `jws`, `jwsJson`, `sdJwt`, `cose`.
    pub(crate) carrier: &'static str,
    /// The document inside, as JSON: the payload, with what the claims of a token say put where the data model has it.
    /// Pointers of the report point into it.
    pub(crate) document: Vec<u8>,
    /// The same, where it has been read already.
    pub(crate) parsed: Option<Tree<'static>>,
    /// What is to be said of the envelope as a whole, whoever signed it: its claims against the document.
    pub(crate) findings: Vec<Finding>,
    /// What is signed by whom; never empty.
    pub(crate) signatures: Vec<Signature>,
    /// The bounds that a token states for itself.
    pub(crate) period: Period,
    /// For whom and in answer to what a token was made (`aud`, `nonce`).
    pub(crate) addressed: Addressed,
    /// The claim `status` of a token whose record stands in another claim, as JSON.
    pub(crate) status: Option<String>,
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
    /// Whether that is the claimed signing time of a seal (JAdES), at which its certificates are judged.
    pub(crate) sealed: bool,
}

/// What a header says about the key (RFC 7515 §4.1). None of it shows whose key it is: `jku` and `x5u` are not even looked
/// at, because who signs would choose where to look.
#[derive(Debug, Default)]
pub(crate) struct KeyHint {
    /// `kid`, as written.
    pub(crate) kid: Option<String>,
    /// `iss` of the token, where there is one: says where an issuer that signs without `kid` has its keys.
    pub(crate) issuer: Option<String>,
    /// Whether tokens of this kind have their issuer's keys in JWT VC Issuer Metadata in the first place (SD-JWT VC).
    pub(crate) metadata_first: bool,
    /// `jwk`, or what is wrong with it.
    pub(crate) jwk: Option<Result<PublicKey, Finding>>,
    /// `x5c`, decoded: certificates in DER, the signer's first. Empty where there is none.
    pub(crate) x5c: Vec<Vec<u8>>,
    /// `x5t#S256`: the SHA-256 of the signer's certificate.
    pub(crate) x5t_s256: Option<[u8; 32]>,
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
    let about = |check: CheckId| signature.defects.iter().any(|defect| defect.code.check() == check);
    if !about(CheckId::ProofStructure) {
        verified.push(Finding::at(Code::ProofWellFormed, ""));
    }
    for defect in signature.defects.iter().chain(&envelope.findings) {
        verified.push(defect.clone());
    }
    let algorithm = signature.algorithm.as_deref().and_then(Algorithm::named);
    if !about(CheckId::ProofSuite) {
        verified.push(algorithm_finding(signature, algorithm));
        if algorithm.is_none() && signature.defects.is_empty() {
            verified.state = State::Ignored;
            return verified;
        }
    }
    verified.push(created(signature, tools.occasion.now, tools.policy.clock_skew));
    addressed(subject, envelope, &mut verified);
    if let Some(key_binding) = &envelope.key_binding {
        key_binding.verify(subject, &mut verified, tools);
    }
    let key_types = algorithm.map_or(&[][..], Algorithm::key_types);
    let sets = Some(signature.key.metadata_first);
    let mut question =
        Question { sets, algorithm, ..Question::new(subject, "", signature.signed_at, key_types, tools) };
    // A seal outlives its certificate, and is judged at the time that it claims; that only it says so is said.
    let sealed_at = signature.signed_at.filter(|_| signature.sealed && !signature.key.x5c.is_empty());
    question.instant = sealed_at.unwrap_or(question.instant);
    let keys = key::hinted(&signature.key, &question, &mut verified, tools);
    let mut obstacles =
        verified.obstacles(&[CheckId::ProofStructure, CheckId::ProofSuite, CheckId::KeyResolved]);
    if keys.methods.is_empty() && obstacles.is_empty() {
        obstacles = verified.obstacles(&[CheckId::KeyAuthorized, CheckId::Limits]);
    }
    let signer = match algorithm {
        // There is none that could be tried.
        _ if about(CheckId::ProofSignature) => None,
        Some(algorithm) if obstacles.is_empty() && !keys.methods.is_empty() => {
            let (finding, signer) = signer(signature, algorithm, &keys, tools);
            if finding.code.check() == CheckId::KeyResolved {
                verified.blocked(Code::SignatureBlocked, vec![CheckId::KeyResolved]);
            }
            verified.push(finding.moved(Some(String::new())));
            signer
        }
        _ => {
            verified.blocked(Code::SignatureBlocked, obstacles);
            None
        }
    };
    keys.bind(signer, &question, &mut verified, tools);
    let by_policy = tools.policy.judged_at == JudgedAt::SigningTime && signature.signed_at.is_some();
    if by_policy || sealed_at.is_some() {
        verified.push(Finding::at(Code::SealSigningTime, ""));
    }
    if verified.findings.iter().all(|found| found.finding.code.check() != CheckId::ProofEvidence) {
        verified.push(Finding::at(Code::SealNone, ""));
    }
    verified.settle(tools.policy);
    verified
}

/// The first of the keys that made the signature, if one did; each try is a signature check of the budget.
fn signer(
    signature: &Signature,
    algorithm: Algorithm,
    keys: &Keys,
    tools: &mut Tools<'_>,
) -> (Finding, Option<usize>) {
    let mut found = None;
    for (index, method) in keys.methods.iter().enumerate() {
        let Some(left) = tools.signatures.checked_sub(1) else {
            return (limits::reached(Code::LimitSignatures, tools.policy.limits.signatures), None);
        };
        *tools.signatures = left;
        match method.key.verify(algorithm, &signature.message, &signature.signature) {
            Ok(true) => return (Finding::new(Code::SignatureGood), Some(index)),
            Ok(false) => found = Some(Finding::new(Code::SignatureInvalid)),
            Err(finding) => found = found.or(Some(finding)),
        }
    }
    // Where not every key could be tried, one of the others may have made it.
    let found = keys.more.clone().or(found);
    (found.unwrap_or_else(|| Finding::new(Code::SignatureInvalid)), None)
}

/// An algorithm that is none, or not known here.
pub(super) fn algorithm_finding(signature: &Signature, algorithm: Option<Algorithm>) -> Finding {
    let code = if algorithm.is_some() { Code::ProofSuiteKnown } else { Code::ProofSuiteUnsupported };
    let finding = Finding::at(code, "");
    match &signature.algorithm {
        // The name of an algorithm is short; what is not is no name.
        Some(name) => finding.with("suite", name.chars().take(80).collect::<String>()),
        None => finding,
    }
}

/// Nothing is signed in the future, but clocks differ.
pub(super) fn created(signature: &Signature, now: Timestamp, skew: u32) -> Finding {
    let latest = now.plus_seconds(i64::from(skew));
    let code = match signature.signed_at {
        None => Code::ProofCreatedAbsent,
        Some(instant) if instant > latest => Code::ProofCreatedFuture,
        Some(_) => Code::ProofCreatedOk,
    };
    Finding::at(code, "")
}

/// `aud` is the domain and `nonce` the challenge of a token (VC-JOSE-COSE, VCDM 1.1 §6.3.1). A token may be meant for
/// several, each of whom it then tells so (RFC 7519 §4.1.3).
fn addressed(subject: &Subject<'_>, envelope: &Envelope, verified: &mut Verified) {
    let Addressed { audience, nonce } = &envelope.addressed;
    let domain = match subject.domain {
        None => Finding::at(Code::ProofDomainNotExpected, ""),
        Some(expected) => {
            let same = audience.iter().any(|audience| audience == expected);
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
