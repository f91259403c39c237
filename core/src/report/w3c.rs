//! The report as VCDM 2.0 §7.1 and RFC 9457 have it.

use serde_json::{Map, Value, json};

use super::{Check, Report, Verdict};
use crate::codes::Outcome;

/// `status`, `document`, `mediaType`, `controller`, `warnings`, `errors` (VCDM 2.0 §7.1). What could not be found out
/// is an error there, for that shape has no third answer.
pub(super) fn to_w3c(report: &Report) -> Value {
    let status = matches!(report.verdict(), Verdict::Verified(_));
    let mut errors = Vec::new();
    let mut warnings = Vec::new();
    for check in &report.checks {
        if !matches!(check.outcome, Outcome::Failed | Outcome::Indeterminate) {
            continue;
        }
        let required = check.requirement == crate::codes::Requirement::Require;
        if required { &mut errors } else { &mut warnings }.push(problem(check));
    }
    let mut result = Map::new();
    result.insert("status".to_owned(), json!(status));
    let document = match report.verdict() {
        Verdict::Verified(secured) => serde_json::from_str(secured.document()).unwrap_or(Value::Null),
        _ => Value::Null,
    };
    result.insert("document".to_owned(), document);
    let media_type = report.format.as_ref().map(|format| {
        if format.family == "verifiablePresentation" { "application/vp" } else { "application/vc" }
    });
    result.insert("mediaType".to_owned(), json!(media_type));
    let controller = report.proofs.iter().find_map(|proof| proof.controller.clone());
    result.insert("controller".to_owned(), json!(controller));
    result.insert("warnings".to_owned(), Value::Array(warnings));
    result.insert("errors".to_owned(), Value::Array(errors));
    Value::Object(result)
}

/// Problem details (RFC 9457 §3): the type of the standard where it gives one, else the page of the rule.
fn problem(check: &Check) -> Value {
    let code = check.code;
    let place = check.pointer.as_deref().map_or_else(String::new, |pointer| format!(" At {pointer:?}."));
    json!({
        "type": code.problem_type().unwrap_or(code.spec()),
        "title": code.title(),
        "detail": format!("{} ({}).{place}", check.id.title(), code.name()),
        "code": code.name(),
    })
}
