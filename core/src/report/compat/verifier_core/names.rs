//! The names that verifier-core has for errors.

use crate::codes::{CheckId, Code, Outcome};
use crate::report::{Check, Report};

/// The name that verifier-core has for a fatal error.
pub(super) fn fatal_name(report: &Report, check: &Check) -> &'static str {
    let is_did_web = report.issuer.as_ref().is_some_and(|issuer| issuer.id.starts_with("did:web:"));
    match (check.id, check.code) {
        (CheckId::DocumentJson, _) => "invalid_jsonld",
        (_, Code::FormatNotRecognised | Code::DocumentContextOrder) => "no_vc_context",
        (_, Code::DocumentUrl) if check.pointer.as_deref() == Some("/id") => "invalid_credential_id",
        (_, Code::SecuringMissing) => "no_proof",
        (
            CheckId::ContextsAvailable
            | CheckId::JsonldLossless
            | CheckId::JsonldReadsAsSigned
            | CheckId::JsonldPositions,
            _,
        ) => "jsonld.ValidationError",
        (_, Code::KeyDocumentNeeded | Code::KeyDocumentUnavailable) if is_did_web => "did_web_unresolved",
        (_, Code::KeyDocumentNeeded | Code::KeyDocumentUnavailable) => "http_error_with_signature_check",
        (
            CheckId::SecuringProofs
            | CheckId::ProofStructure
            | CheckId::ProofSuite
            | CheckId::ProofPurpose
            | CheckId::ProofCreated
            | CheckId::ProofClaims
            | CheckId::ProofChain
            | CheckId::ProofSignature
            | CheckId::Disclosures
            | CheckId::KeyResolved
            | CheckId::KeyAuthorized
            | CheckId::KeyCurrent
            | CheckId::IssuerBound,
            _,
        ) if check.outcome == Outcome::Failed => "invalid_signature",
        _ => "unknown_error",
    }
}

/// The name that verifier-core has for what is wrong with a status list.
pub(super) fn status_name(check: &Check) -> &'static str {
    match check.code {
        _ if !super::STATUS.contains(&check.id) => "unknown_error",
        Code::StatusListNeeded | Code::StatusListUnavailable | Code::StatusListLocation => {
            "status_list_not_found"
        }
        Code::StatusListExpired | Code::StatusListStale => "status_list_expired",
        Code::StatusListNotAuthentic => "status_list_signature_error",
        Code::StatusListType => "status_list_type_error",
        Code::StatusListNotYetValid => "status_list_not_yet_valid",
        _ => "status_list_error",
    }
}
