//! The response of `@digitalcredentials/verifier-core` 1.0: a log of steps, or fatal errors and no log.

mod names;
mod registries;

use serde::Serialize;
use serde_json::Value;

use super::{NOTHING, checks, credential, foremost, is_obstacle, is_presentation, is_verified, title, worst};
use crate::codes::{Axis, CheckId, Code, Detail, Outcome};
use crate::report::verdict::rank;
use crate::report::{Check, Relation, Report};
use names::{fatal_name, status_name};
use registries::Registries;

#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Response {
    Presentation(PresentationResponse),
    Credential(Box<CredentialResponse>),
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PresentationResponse {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<Error>,
    presentation_result: PresentationResult,
    credential_results: Vec<CredentialResponse>,
}

#[derive(Serialize)]
struct PresentationResult {
    /// `valid`, `invalid` or `unsigned`.
    signature: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<Error>,
}

/// Either `errors`, which are fatal, or `log`.
#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct CredentialResponse {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<Error>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    log: Vec<Step>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    additional_information: Vec<SchemaCheck>,
    #[serde(skip_serializing_if = "Option::is_none")]
    credential: Option<Value>,
}

#[derive(Serialize)]
struct Error {
    name: &'static str,
    message: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    details: Option<Details>,
}

/// What the shape has no words for: the check as it is in the report.
#[derive(Serialize)]
struct Details {
    check: &'static str,
    code: &'static str,
    outcome: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pointer: Option<String>,
}

/// `error`: it could not be found out. `valid` is always there, so that neither its absence nor `undefined` is taken for
/// an answer.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Step {
    id: &'static str,
    valid: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<Error>,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    registries: Option<Registries>,
}

#[derive(Serialize)]
struct SchemaCheck {
    id: &'static str,
    results: SchemaResults,
}

#[derive(Serialize)]
#[serde(untagged)]
enum SchemaResults {
    None(&'static str),
    Each(Vec<SchemaResult>),
}

#[derive(Serialize)]
struct SchemaResult {
    schema: String,
    result: Validation,
    source: &'static str,
}

#[derive(Serialize)]
struct Validation {
    valid: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<Error>,
}

/// A holder who chose what to show may have left out the end.
const VALIDITY: &[CheckId] =
    &[CheckId::ValidityFrom, CheckId::ValidityUntil, CheckId::ProofExpires, CheckId::Withheld];
const STATUS: &[CheckId] = &[CheckId::StatusEntry, CheckId::StatusListId];
const ISSUER: &[CheckId] = &[CheckId::IssuerAccepted];

pub(super) fn response(report: &Report) -> Response {
    if is_presentation(report) {
        Response::Presentation(presentation(report))
    } else {
        Response::Credential(Box::new(credential_response(report)))
    }
}

fn presentation(report: &Report) -> PresentationResponse {
    let of_records = |check: &Check| check.id == CheckId::EmbeddedVerdict;
    let own = || report.checks.iter().filter(|check| !of_records(check));
    let presented = || report.embedded.iter().filter(|part| part.relation == Relation::Presented);
    let obstacle = foremost(own().filter(|check| is_obstacle(check)));
    let unsigned = own().any(|check| check.code == Code::SecuringUnsignedPresentation);
    let authentic = own().filter(|check| check.id.axis() == Some(Axis::Authentic));
    let passed = authentic.map(|check| check.outcome).fold(Outcome::NotApplicable, rank);
    let signature = match (obstacle, passed) {
        (None, Outcome::Passed) if unsigned => "unsigned",
        (None, Outcome::Passed) => "valid",
        _ => "invalid",
    };
    let name = "presentation_error";
    let mut errors = Vec::new();
    if obstacle.is_none() && !is_verified(report) && presented().all(|part| is_verified(&part.report)) {
        errors.push(Error { name, message: NOTHING, details: None });
    }
    PresentationResponse {
        errors,
        presentation_result: PresentationResult {
            signature,
            errors: obstacle.map(|check| error(name, check)).into_iter().collect(),
        },
        credential_results: presented().map(|part| credential_response(&part.report)).collect(),
    }
}

fn credential_response(report: &Report) -> CredentialResponse {
    let fatal = |error| CredentialResponse { errors: vec![error], ..CredentialResponse::default() };
    // What the log has no step for is fatal: nobody could see it there.
    let in_log = |check: &Check| [VALIDITY, STATUS, ISSUER].iter().any(|step| step.contains(&check.id));
    let obstacles = || report.checks.iter().filter(|check| is_obstacle(check));
    let of_signature = |check: &&Check| check.id.axis() == Some(Axis::Authentic);
    let first = foremost(obstacles().filter(of_signature))
        .or_else(|| foremost(obstacles().filter(|check| !in_log(check))));
    if let Some(check) = first {
        return fatal(error(fatal_name(report, check), check));
    }
    let checks = checks(report);
    if report.axes.authentic != Outcome::Passed {
        // A policy that switched off what protects against forgery.
        let check =
            checks.iter().copied().filter(of_signature).find(|check| check.outcome != Outcome::Passed);
        return fatal(check.map_or_else(unknown, |check| error("unknown_error", check)));
    }
    let log = log(report, &checks);
    if !is_verified(report) && log.iter().all(|step| step.valid) {
        return fatal(unknown());
    }
    CredentialResponse {
        errors: Vec::new(),
        log,
        additional_information: vec![schema_check(report)],
        credential: credential(report),
    }
}

/// The steps in the order that they have there: a status that could not be found out stands behind the dates.
fn log(report: &Report, checks: &[&Check]) -> Vec<Step> {
    let mut statuses = Vec::new();
    for (id, meant) in [
        ("revocation_status", "revocation"),
        ("suspension_status", "suspension"),
        ("refresh_status", "refresh"),
        ("message_status", "message"),
    ] {
        let of_purpose: Vec<&Check> =
            checks.iter().copied().filter(|check| purpose(check) == meant).collect();
        if worst(&of_purpose, STATUS) != Outcome::NotApplicable {
            statuses.push(step(id, &of_purpose, STATUS));
        }
    }
    let (answered, open): (Vec<Step>, Vec<Step>) =
        statuses.into_iter().partition(|step| step.error.is_none());
    let mut registered = step("registered_issuer", checks, ISSUER);
    // Not applicable is good for a date, not for trust.
    registered.valid &= worst(checks, ISSUER) == Outcome::Passed;
    registered.registries = Some(Registries::of(report));
    let mut log = vec![Step { id: "valid_signature", valid: true, error: None, registries: None }];
    log.extend(answered);
    log.push(step("expiration", checks, VALIDITY));
    log.extend(open);
    log.push(registered);
    log
}

/// The purpose of a status; what could not be looked up may be a revocation.
fn purpose(check: &Check) -> &'static str {
    let stated = match check.details.get("purpose") {
        Some(Detail::Text(purpose)) => purpose.as_str(),
        _ => "",
    };
    match (check.code, stated) {
        (Code::StatusSuspended, _) | (_, "suspension") => "suspension",
        (Code::StatusRefresh, _) | (_, "refresh") => "refresh",
        (Code::StatusMessage, _) | (_, "message") => "message",
        _ => "revocation",
    }
}

/// A step of the log: good where every check of it passed or had nothing to look at.
fn step(id: &'static str, checks: &[&Check], ids: &[CheckId]) -> Step {
    let outcome = worst(checks, ids);
    let unknown = matches!(outcome, Outcome::Indeterminate | Outcome::Skipped);
    let decisive = checks.iter().find(|check| ids.contains(&check.id) && check.outcome == outcome);
    Step {
        id,
        valid: matches!(outcome, Outcome::Passed | Outcome::NotApplicable),
        error: decisive.filter(|_| unknown).map(|check| error(status_name(check), check)),
        registries: None,
    }
}

fn error(name: &'static str, check: &Check) -> Error {
    let details = Details {
        check: check.id.name(),
        code: check.code.name(),
        outcome: check.outcome.name(),
        pointer: check.pointer.clone(),
    };
    Error { name, message: title(check), details: Some(details) }
}

fn unknown() -> Error {
    Error { name: "unknown_error", message: NOTHING, details: None }
}

/// Each schema that the record names. A schema that could not be used has its reason among the errors.
fn schema_check(report: &Report) -> SchemaCheck {
    let looked_at = report.checks.iter().filter(|check| {
        check.id == CheckId::Schema && !matches!(check.outcome, Outcome::NotApplicable | Outcome::Skipped)
    });
    let result = |check: &Check| {
        let valid = check.outcome == Outcome::Passed;
        let errors = if valid { Vec::new() } else { vec![error("schema_error", check)] };
        let schema = match check.details.get("url") {
            Some(Detail::Text(url)) => url.clone(),
            _ => String::new(),
        };
        SchemaResult { schema, result: Validation { valid, errors }, source: "credentialSchema" }
    };
    let results: Vec<SchemaResult> = looked_at.map(result).collect();
    SchemaCheck {
        id: "schema_check",
        results: if results.is_empty() {
            SchemaResults::None("NO_SCHEMA")
        } else {
            SchemaResults::Each(results)
        },
    }
}
