//! Numbers and names. Every enumeration is a uint32_t; 0 is never a value of any, and only NULL or a bad index gives it.
//!
//! A verdict is no truth value: all three are not zero. Ask ler_report_is_verified.

use std::ffi::{CStr, c_char};

use verifier::{CompatView, Outcome, Requirement, ResourceKind, Verdict};

/// Every required check passed.
pub const LER_VERDICT_VERIFIED: u32 = 1;
/// There is evidence against the record.
pub const LER_VERDICT_NOT_VERIFIED: u32 = 2;
/// It could not be found out. Neither a yes nor a no: show it as such, and try again when more is known.
pub const LER_VERDICT_INDETERMINATE: u32 = 3;

/// Is it what the issuer signed, and was it the issuer who signed?
pub const LER_AXIS_AUTHENTIC: u32 = 1;
/// Is it valid now?
pub const LER_AXIS_CURRENT: u32 = 2;
/// Is it meant for this person and occasion?
pub const LER_AXIS_ADDRESSED: u32 = 3;
/// Is its issuer one whom the policy accepts?
pub const LER_AXIS_TRUSTED: u32 = 4;

/// Nothing is wrong with it.
pub const LER_OUTCOME_PASSED: u32 = 1;
/// There is evidence against it.
pub const LER_OUTCOME_FAILED: u32 = 2;
/// It could not be found out.
pub const LER_OUTCOME_INDETERMINATE: u32 = 3;
/// There was nothing to check.
pub const LER_OUTCOME_NOT_APPLICABLE: u32 = 4;
/// The policy switched it off.
pub const LER_OUTCOME_SKIPPED: u32 = 5;

/// The check counts for the verdict.
pub const LER_REQUIREMENT_REQUIRE: u32 = 1;
/// The check is only reported.
pub const LER_REQUIREMENT_REPORT: u32 = 2;
/// The policy switched the check off.
pub const LER_REQUIREMENT_SKIP: u32 = 3;

/// A JSON-LD context.
pub const LER_RESOURCE_CONTEXT: u32 = 1;
/// The document of a DID or another identifier, which lists its keys.
pub const LER_RESOURCE_CONTROLLED_IDENTIFIER_DOCUMENT: u32 = 2;
/// A registry of issuers. A federation's answer under status 404 is an answer: give its body.
pub const LER_RESOURCE_ISSUER_REGISTRY: u32 = 3;
/// A JSON Schema, or the credential that it is in.
pub const LER_RESOURCE_CREDENTIAL_SCHEMA: u32 = 4;
/// A list in which the status of records is published.
pub const LER_RESOURCE_STATUS_LIST: u32 = 5;
/// An image, a document or other evidence that a record gives a digest of.
pub const LER_RESOURCE_LINKED_RESOURCE: u32 = 6;
/// The record as its issuer would make it out today.
pub const LER_RESOURCE_NEWER_VERSION: u32 = 7;
/// What the issuer has at the address of a hosted record. Status 410 is an answer: give it with its status.
pub const LER_RESOURCE_HOSTED_DOCUMENT: u32 = 8;
/// The bytes that an attachment of a statement is the digest of.
pub const LER_RESOURCE_ATTACHMENT: u32 = 9;
/// What says how records of one `vct` are to be read.
pub const LER_RESOURCE_TYPE_METADATA: u32 = 10;

/// A credential in a presentation.
pub const LER_RELATION_PRESENTED: u32 = 1;
/// A credential in a subject, as in a Comprehensive Learner Record.
pub const LER_RELATION_NESTED: u32 = 2;
/// An endorsement.
pub const LER_RELATION_ENDORSEMENT: u32 = 3;
/// A list that a status entry names.
pub const LER_RELATION_STATUS_LIST: u32 = 4;
/// What the issuer offers as the newest version.
pub const LER_RELATION_NEWER_VERSION: u32 = 5;

/// `@digitalcredentials/verifier-core` 1.0: `{log, …}` or `{errors}`.
pub const LER_VIEW_VERIFIER_CORE: u32 = 1;
/// DIDKit 0.x: `{checks, warnings, errors}`.
pub const LER_VIEW_DIDKIT: u32 = 2;
/// Velocity Network: an array of `{credentialChecks, credential}`.
pub const LER_VIEW_VELOCITY: u32 = 3;
/// The result map of VCDM 2.0 §7.1, with RFC 9457 problem details.
pub const LER_VIEW_W3C: u32 = 4;

const OUTCOMES: [(Outcome, &CStr); 5] = [
    (Outcome::Passed, c"passed"),
    (Outcome::Failed, c"failed"),
    (Outcome::Indeterminate, c"indeterminate"),
    (Outcome::NotApplicable, c"notApplicable"),
    (Outcome::Skipped, c"skipped"),
];

const VERDICTS: [&CStr; 3] = [c"verified", c"notVerified", c"indeterminate"];

const KINDS: [(ResourceKind, &CStr); 10] = [
    (ResourceKind::Context, c"context"),
    (ResourceKind::ControlledIdentifierDocument, c"controlledIdentifierDocument"),
    (ResourceKind::IssuerRegistry, c"issuerRegistry"),
    (ResourceKind::CredentialSchema, c"credentialSchema"),
    (ResourceKind::StatusList, c"statusList"),
    (ResourceKind::LinkedResource, c"linkedResource"),
    (ResourceKind::NewerVersion, c"newerVersion"),
    (ResourceKind::HostedDocument, c"hostedDocument"),
    (ResourceKind::Attachment, c"attachment"),
    (ResourceKind::TypeMetadata, c"typeMetadata"),
];

/// What stands at the place of a number that counts from 1.
fn at<T>(table: &[T], number: u32) -> Option<&T> {
    table.get(usize::try_from(number).ok()?.checked_sub(1)?)
}

/// The number of what stands in a table; 0 for what this version of the ABI has no number for.
fn number<T>(table: &[T], is: impl Fn(&T) -> bool) -> u32 {
    let place = table.iter().position(is).and_then(|place| u32::try_from(place).ok());
    place.map_or(0, |place| place + 1)
}

pub(crate) fn verdict(verdict: &Verdict<'_>) -> u32 {
    match verdict {
        Verdict::Verified(_) => LER_VERDICT_VERIFIED,
        Verdict::NotVerified => LER_VERDICT_NOT_VERIFIED,
        Verdict::Indeterminate => LER_VERDICT_INDETERMINATE,
    }
}

pub(crate) fn outcome(outcome: Outcome) -> u32 {
    number(&OUTCOMES, |row| row.0 == outcome)
}

pub(crate) fn requirement(requirement: Requirement) -> u32 {
    match requirement {
        Requirement::Require => LER_REQUIREMENT_REQUIRE,
        Requirement::Report => LER_REQUIREMENT_REPORT,
        Requirement::Skip => LER_REQUIREMENT_SKIP,
    }
}

pub(crate) fn kind(kind: ResourceKind) -> u32 {
    number(&KINDS, |row| row.0 == kind)
}

pub(crate) fn resource_kind(number: u32) -> Option<ResourceKind> {
    at(&KINDS, number).map(|row| row.0)
}

/// By the names in reports, so that a relation that is new in the core has no wrong number here.
pub(crate) fn relation(name: &str) -> u32 {
    number(&["presented", "nested", "endorsement", "statusList", "newerVersion"], |known| *known == name)
}

pub(crate) const fn compat_view(number: u32) -> Option<CompatView> {
    match number {
        LER_VIEW_VERIFIER_CORE => Some(CompatView::VerifierCore),
        LER_VIEW_DIDKIT => Some(CompatView::DidKit),
        LER_VIEW_VELOCITY => Some(CompatView::Velocity),
        LER_VIEW_W3C => Some(CompatView::W3c),
        _ => None,
    }
}

fn name(text: Option<&CStr>) -> *const c_char {
    text.map_or(std::ptr::null(), CStr::as_ptr)
}

/// The name of a verdict in reports: "verified", "notVerified", "indeterminate"; NULL for any other number. It lives as
/// long as the library is loaded.
#[unsafe(no_mangle)]
pub extern "C" fn ler_verdict_name(verdict: u32) -> *const c_char {
    name(at(&VERDICTS, verdict).copied())
}

/// The name of an outcome in reports: "passed", "failed" …; NULL for any other number. It lives as long as the library is
/// loaded.
#[unsafe(no_mangle)]
pub extern "C" fn ler_outcome_name(outcome: u32) -> *const c_char {
    name(at(&OUTCOMES, outcome).map(|row| row.1))
}

/// The name of a kind of resource in reports: "context", "statusList" …; NULL for any other number. It lives as long as
/// the library is loaded.
#[unsafe(no_mangle)]
pub extern "C" fn ler_resource_kind_name(kind: u32) -> *const c_char {
    name(at(&KINDS, kind).map(|row| row.1))
}
