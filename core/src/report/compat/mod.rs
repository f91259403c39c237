//! Views of a report in the shapes that users of other systems parse.
//!
//! Those shapes have two answers where a report has three. In every view what could not be found out is that system's
//! failure, and a view says success only of a verified record. Where a shape has an answer for each question
//! (verifier-core, Velocity), what the policy switched off is not answered with yes; where it has one for all (DIDKit, the
//! result map), that is the verdict, with a warning. The claims of a record are in a view only where it is verified, and
//! then as its proof covers them.

mod didkit;
mod velocity;
mod verifier_core;

use serde::Serialize;
use serde_json::Value;

use super::{Check, Relation, Report, Verdict, w3c};
use crate::codes::{CheckId, Code, Outcome, Requirement};
use crate::json::printable;

/// The shape of another system's result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CompatView {
    /// `@digitalcredentials/verifier-core` 1.0: `{log, additionalInformation, credential}` or `{errors}` for a
    /// credential, `{presentationResult, credentialResults}` for a presentation.
    VerifierCore,
    /// DIDKit 0.x: `{checks, warnings, errors}`; success is an empty `errors`.
    DidKit,
    /// Velocity Network: an array with `{credentialChecks, credential}` for each credential.
    Velocity,
    /// The result map of VCDM 2.0 §7.1, as [`Report::to_w3c`] gives it.
    W3c,
}

impl CompatView {
    /// Every view.
    pub const ALL: &'static [CompatView] =
        &[CompatView::VerifierCore, CompatView::DidKit, CompatView::Velocity, CompatView::W3c];

    /// The name on command lines and in bindings.
    pub const fn name(self) -> &'static str {
        match self {
            CompatView::VerifierCore => "verifier-core",
            CompatView::DidKit => "didkit",
            CompatView::Velocity => "velocity",
            CompatView::W3c => "w3c",
        }
    }
}

/// The view as JSON text.
pub(super) fn to_compat(report: &Report, view: CompatView) -> String {
    match view {
        CompatView::VerifierCore => text(&verifier_core::response(report)),
        CompatView::DidKit => text(&didkit::result(report)),
        CompatView::Velocity => text(&velocity::results(report)),
        CompatView::W3c => text(&w3c::to_w3c(report)),
    }
}

fn text(view: &impl Serialize) -> String {
    serde_json::to_string(view).map(printable).unwrap_or_default()
}

fn is_verified(report: &Report) -> bool {
    matches!(report.verdict(), Verdict::Verified(_))
}

fn is_presentation(report: &Report) -> bool {
    report.format.as_ref().is_some_and(|format| format.family == "verifiablePresentation")
}

/// The credential as its proof covers it; only of a verified record, so that nobody takes claims from any other.
fn credential(report: &Report) -> Option<Value> {
    match report.verdict() {
        Verdict::Verified(secured) => serde_json::from_slice(secured.document().as_bytes()).ok(),
        Verdict::NotVerified | Verdict::Indeterminate => None,
    }
}

/// The checks of a record and of those that are part of it. Their depth is limited (`limits.embeddedDepth`), so this
/// recursion is.
fn checks(report: &Report) -> Vec<&Check> {
    fn gather<'r>(report: &'r Report, into: &mut Vec<&'r Check>) {
        into.extend(&report.checks);
        for part in &report.embedded {
            if matches!(part.relation, Relation::Presented | Relation::Nested) {
                gather(&part.report, into);
            }
        }
    }
    let mut found = Vec::new();
    gather(report, &mut found);
    found
}

/// The worst answer to any of these questions.
fn worst(checks: &[&Check], ids: &[CheckId]) -> Outcome {
    let own = checks.iter().filter(|check| ids.contains(&check.id)).map(|check| check.outcome);
    own.fold(Outcome::NotApplicable, super::verdict::rank)
}

/// Whether a check keeps the record from being verified.
pub(super) fn is_obstacle(check: &Check) -> bool {
    check.requirement == Requirement::Require
        && matches!(check.outcome, Outcome::Failed | Outcome::Indeterminate)
}

/// Whether it only follows from other checks, which say it better.
fn is_consequence(check: &Check) -> bool {
    !check.because.is_empty() || check.id == CheckId::SecuringProofs
}

/// Of several obstacles the one to name: evidence before doubt, a cause before what follows from it.
fn foremost<'r>(obstacles: impl Iterator<Item = &'r Check>) -> Option<&'r Check> {
    obstacles.min_by_key(|check| (is_consequence(check), std::cmp::Reverse(check.outcome)))
}

/// A check as a line of text: what is the case, under which code, and where.
fn line(check: &Check) -> String {
    let place = check.pointer.as_deref().filter(|pointer| !pointer.is_empty());
    let place = place.map_or_else(String::new, |pointer| format!(" At {pointer}."));
    format!("{}: {}{place}", check.code.name(), title(check))
}

/// What is the case, in English.
pub(super) fn title(check: &Check) -> &'static str {
    match check.outcome {
        Outcome::Skipped if check.code != Code::IssuerAnyone => "The policy switched this check off.",
        _ => check.code.title(),
    }
}

/// What is worth knowing although it keeps nothing from being verified.
pub(super) fn is_warning(check: &Check) -> bool {
    !is_obstacle(check)
        && matches!(check.outcome, Outcome::Failed | Outcome::Indeterminate | Outcome::Skipped)
}

/// Said where nothing passed and nothing stands in the way: an unsigned bundle of nothing, say.
const NOTHING: &str = "Nothing was found out.";
