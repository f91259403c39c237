//! The report as VCDM 2.0 §7.1 and RFC 9457 have it.

use serde_json::{Map, Value, json};

use super::compat::{is_obstacle, is_warning, title};
use super::{Check, ProofRole, Report, Verdict};
use crate::codes::{Axis, CheckId, Outcome};

/// The type of problem that stands for every way in which securing can fail (VCDM 2.0 §7.1, §7.2).
const CRYPTOGRAPHIC_SECURITY_ERROR: &str = "https://www.w3.org/TR/vc-data-model#CRYPTOGRAPHIC_SECURITY_ERROR";

/// `status`, `document`, `mediaType`, `controller`, `warnings`, `errors` (VCDM 2.0 §5.13, §7.1). What could not be found
/// out is an error there, for that shape has no third answer. `document`, `mediaType` and `controller` are there with
/// `status` true only; `controlledIdentifierDocument` never is: a report knows the digests of what was used, not the bytes.
pub(super) fn to_w3c(report: &Report) -> Value {
    let problems = |which: fn(&Check) -> bool| -> Vec<Value> {
        report.checks.iter().filter(|check| which(check)).map(problem).collect()
    };
    let (mut errors, warnings) = (problems(is_obstacle), problems(is_warning));
    let mut result = Map::new();
    let verified = match report.verdict() {
        Verdict::Verified(secured) => Some(secured),
        Verdict::NotVerified | Verdict::Indeterminate => None,
    };
    result.insert("status".to_owned(), json!(verified.is_some()));
    match verified {
        Some(secured) => {
            let document = serde_json::from_slice(secured.document().as_bytes()).unwrap_or(Value::Null);
            result.insert("document".to_owned(), document);
            if let Some(media_type) = media_type(report) {
                result.insert("mediaType".to_owned(), json!(media_type));
            }
            let counts = report
                .proofs
                .iter()
                .find(|proof| proof.role == ProofRole::Issuer && proof.outcome == Outcome::Passed);
            if let Some(controller) = counts.and_then(|proof| proof.controller.as_ref()) {
                result.insert("controller".to_owned(), json!(controller));
            }
        }
        None if errors.is_empty() || is_insecure(report) => {
            let named = |error: &Value| {
                error.get("type").and_then(Value::as_str) == Some(CRYPTOGRAPHIC_SECURITY_ERROR)
            };
            if !errors.iter().any(named) {
                errors.push(json!({
                    "type": CRYPTOGRAPHIC_SECURITY_ERROR,
                    "title": "The securing mechanism was not verified.",
                    "detail": "The document is not known to be what its issuer secured.",
                }));
            }
        }
        None => {}
    }
    result.insert("warnings".to_owned(), Value::Array(warnings));
    result.insert("errors".to_owned(), Value::Array(errors));
    Value::Object(result)
}

/// Whether `verifyProof` has not succeeded: §7.1 then demands an error of its own. That the document is not a
/// conforming one is another matter.
fn is_insecure(report: &Report) -> bool {
    let about_form = [CheckId::DocumentFormat, CheckId::DocumentJson, CheckId::DocumentConformance];
    report.checks.iter().any(|check| {
        check.id.axis() == Some(Axis::Authentic)
            && !about_form.contains(&check.id)
            && matches!(check.outcome, Outcome::Failed | Outcome::Indeterminate)
    })
}

/// The media type of the document, where it is one of the data model: Open Badges and Comprehensive Learner Records
/// before it are not.
fn media_type(report: &Report) -> Option<&'static str> {
    let format = report.format.as_ref()?;
    match (format.family, format.version) {
        ("verifiablePresentation", _) => Some("application/vp"),
        ("verifiableCredential" | "endorsement", _) => Some("application/vc"),
        ("openBadges", version) if version.starts_with('3') => Some("application/vc"),
        ("clr", version) if version.starts_with('2') => Some("application/vc"),
        _ => None,
    }
}

/// Problem details (RFC 9457 §3): the type of the standard where it gives one, else the page of the rule.
fn problem(check: &Check) -> Value {
    let code = check.code;
    let place = check.pointer.as_deref().map_or_else(String::new, |pointer| format!(" At {pointer:?}."));
    json!({
        "type": code.problem_type().unwrap_or(code.spec()),
        "title": title(check),
        "detail": format!("{} ({}).{place}", check.id.title(), code.name()),
        "code": code.name(),
    })
}
