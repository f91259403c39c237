//! The checks of Velocity Network, under the names that applicant tracking systems show.

use serde::Serialize;
use serde_json::Value;

use super::{checks, credential, is_obstacle, is_presentation, is_verified, worst};
use crate::codes::{CheckId, Code, Outcome};
use crate::report::{Check, Relation, Report};

/// What was found of one credential.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Checked {
    credential_checks: CredentialChecks,
    #[serde(skip_serializing_if = "Option::is_none")]
    credential: Option<Value>,
}

#[derive(Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
struct CredentialChecks {
    untampered: Found,
    trusted_issuer: Found,
    trusted_holder: Found,
    unrevoked: Found,
    unexpired: Found,
}

#[derive(Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum Found {
    Pass,
    Fail,
    NotApplicable,
    NotChecked,
    SelfSigned,
}

impl CredentialChecks {
    /// Where it may have been tampered with, nothing else about it is worth saying.
    const TAMPERED: CredentialChecks = CredentialChecks {
        untampered: Found::Fail,
        trusted_issuer: Found::NotChecked,
        trusted_holder: Found::NotChecked,
        unrevoked: Found::NotChecked,
        unexpired: Found::NotChecked,
    };
}

const HOLDER: &[CheckId] = &[
    CheckId::Recipient,
    CheckId::KeyBinding,
    CheckId::Holder,
    CheckId::ProofDomain,
    CheckId::ProofChallenge,
];
const STATUS: &[CheckId] = &[CheckId::StatusEntry, CheckId::StatusListId];
const ISSUER: &[CheckId] = &[CheckId::IssuerAccepted];
/// What can only spoil it: that it has begun is no proof that it lasts, and a holder who chose what to show may have left
/// out the end.
const BEGINNING: &[CheckId] = &[CheckId::ValidityFrom, CheckId::Withheld];
const END: &[CheckId] = &[CheckId::ValidityUntil, CheckId::ProofExpires];

/// One for each credential; a presentation is several. What is wrong with a presentation is wrong with all that it
/// presents, for the shape has no place of its own for it.
pub(super) fn results(report: &Report) -> Vec<Checked> {
    if !is_presentation(report) {
        return vec![checked(report)];
    }
    let own = |check: &&Check| is_obstacle(check) && check.id != CheckId::EmbeddedVerdict;
    let presented = || report.embedded.iter().filter(|part| part.relation == Relation::Presented);
    let spoilt = report.checks.iter().any(|check| own(&check))
        || (!is_verified(report) && presented().all(|part| is_verified(&part.report)));
    let tampered = || Checked { credential_checks: CredentialChecks::TAMPERED, credential: None };
    let mut results: Vec<Checked> =
        presented().map(|part| if spoilt { tampered() } else { checked(&part.report) }).collect();
    // Nobody is to take an empty array for good news.
    if results.is_empty() {
        results.push(tampered());
    }
    results
}

fn checked(report: &Report) -> Checked {
    let credential_checks = credential_checks(report);
    let untampered = credential_checks.untampered == Found::Pass;
    Checked { credential_checks, credential: credential(report).filter(|_| untampered) }
}

fn credential_checks(report: &Report) -> CredentialChecks {
    let checks = checks(report);
    let has_name = |check: &Check| {
        [HOLDER, STATUS, ISSUER, BEGINNING, END].iter().any(|group| group.contains(&check.id))
    };
    // The verdicts of records inside are the sum of their checks, which are here.
    let nameless =
        |check: &&Check| is_obstacle(check) && !has_name(check) && check.id != CheckId::EmbeddedVerdict;
    if report.axes.authentic != Outcome::Passed || checks.iter().any(nameless) {
        return CredentialChecks::TAMPERED;
    }
    let is_self_signed = report.checks.iter().any(|check| check.code == Code::SecuringSelfAsserted);
    let found = CredentialChecks {
        untampered: Found::Pass,
        trusted_issuer: match found(worst(&checks, ISSUER)) {
            Found::Pass | Found::NotChecked if is_self_signed => Found::SelfSigned,
            found => found,
        },
        trusted_holder: found(worst(&checks, HOLDER)),
        unrevoked: found(worst(&checks, STATUS)),
        unexpired: match found(worst(&checks, BEGINNING)) {
            bad @ (Found::Fail | Found::NotChecked) => bad,
            _ => found(worst(&checks, END)),
        },
    };
    if is_verified(report) || found.has_failure() { found } else { CredentialChecks::TAMPERED }
}

impl CredentialChecks {
    fn has_failure(&self) -> bool {
        [self.trusted_issuer, self.trusted_holder, self.unrevoked, self.unexpired].contains(&Found::Fail)
    }
}

fn found(outcome: Outcome) -> Found {
    match outcome {
        Outcome::Passed => Found::Pass,
        Outcome::Failed | Outcome::Indeterminate => Found::Fail,
        Outcome::NotApplicable => Found::NotApplicable,
        Outcome::Skipped => Found::NotChecked,
    }
}
