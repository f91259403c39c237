//! The result of DIDKit's `verifyCredential` and `verifyPresentation` (0.x; C, WASM and command line alike).

use serde::Serialize;

use super::{NOTHING, is_consequence, is_obstacle, is_verified, is_warning, line};
use crate::codes::{CheckId, Outcome};
use crate::report::Report;

#[derive(Serialize)]
pub(super) struct VerificationResult {
    /// What was looked at and answered, well or badly.
    checks: Vec<&'static str>,
    warnings: Vec<String>,
    /// Empty is success.
    errors: Vec<String>,
}

pub(super) fn result(report: &Report) -> VerificationResult {
    let obstacles = || report.checks.iter().filter(|check| is_obstacle(check));
    let mut errors: Vec<String> = obstacles().filter(|check| !is_consequence(check)).map(line).collect();
    if errors.is_empty() {
        errors = obstacles().map(line).collect();
    }
    if errors.is_empty() && !is_verified(report) {
        errors.push(NOTHING.to_owned());
    }
    let warnings = report.checks.iter().filter(|check| is_warning(check)).map(line).collect();
    VerificationResult { checks: answered(report), warnings, errors }
}

/// The names that DIDKit has for what was answered.
fn answered(report: &Report) -> Vec<&'static str> {
    let is_token =
        report.format.as_ref().is_some_and(|format| matches!(format.carrier, "jws" | "jwsJson" | "sdJwt"));
    let proof = if is_token { "JWS" } else { "proof" };
    let names = [(CheckId::ProofSignature, proof), (CheckId::StatusEntry, "credentialStatus")];
    let answered = |id| {
        report
            .checks
            .iter()
            .any(|check| check.id == id && matches!(check.outcome, Outcome::Passed | Outcome::Failed))
    };
    names.into_iter().filter(|(id, _)| answered(*id)).map(|(_, name)| name).collect()
}
