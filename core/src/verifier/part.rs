//! What was found out about one document, before the records inside it are counted in.

use std::sync::Arc;

use crate::checks::schema;
use crate::checks::status::{Entry, List};
use crate::codes::{Axis, Code, Detail, Finding, Outcome, shortened};
use crate::json::{Kind, Tree};
use crate::occasion::Recipient;
use crate::policy::Policy;
use crate::report::{Check, Embedded, Format, IssuerReport, Place, ProofReport, ProofRole, Validity};
use crate::resources::Request;
use crate::securing::verified::{Cover, Found, Verified};

use super::newer::Service;
use super::presenter::Presenter;

#[derive(Debug, Default)]
pub(super) struct Part {
    pub(super) checks: Vec<Check>,
    pub(super) requests: Vec<Request>,
    pub(super) proofs: Vec<ProofReport>,
    pub(super) contexts: Vec<crate::jsonld::ContextUse>,
    pub(super) format: Option<Format>,
    pub(super) issuer: Option<IssuerReport>,
    pub(super) validity: Validity,
    /// The text that it is read from.
    pub(super) source: Arc<[u8]>,
    pub(super) place: Place,
    /// How much of what the issuer signed is here.
    pub(super) cover: Cover,
    /// The issuer or holder, once a proof is good and bound to them; of a presentation that names no holder, who signed.
    pub(super) authenticated: Option<String>,
    /// The statuses that have yet to be looked up.
    pub(super) statuses: Vec<Result<Entry, Finding>>,
    /// The schemas that have yet to be looked at.
    pub(super) schemas: Vec<Result<schema::Entry, Finding>>,
    /// The status lists that were.
    pub(super) lists: Vec<Embedded>,
    /// Where newer versions may be found, and those that were.
    pub(super) services: Vec<Service>,
    pub(super) newer: Vec<Embedded>,
    /// The identifier of the record.
    pub(super) id: Option<String>,
    /// Of a status list: what it says.
    pub(super) list: Option<Result<List, Finding>>,
    /// Of a presentation: who presents what is in it.
    pub(super) presenter: Presenter,
    /// Of a résumé: the person, as it says.
    pub(super) person: Option<Vec<Recipient>>,
    /// Whether it is a bundle: what stands in it does not depend on it, and may make requests though it may not.
    pub(super) bundle: bool,
    /// Whether nothing may be requested on its behalf.
    pub(super) mute: bool,
}

impl Part {
    pub(super) fn found(&mut self, policy: &Policy, found: Found) {
        let requirement = policy.requirement(found.finding.code.check());
        let mut check = Check::new(found.finding, requirement);
        check.because = found.because;
        self.checks.push(check);
    }

    pub(super) fn push(&mut self, policy: &Policy, finding: Finding) {
        self.found(policy, finding.into());
    }

    pub(super) fn push_all(&mut self, policy: &Policy, findings: impl IntoIterator<Item = Finding>) {
        for finding in findings {
            self.push(policy, finding);
        }
    }

    /// The defects, or that there are none.
    pub(super) fn extend(
        &mut self,
        policy: &Policy,
        defects: Vec<Finding>,
        none: impl Into<Option<Finding>>,
    ) {
        if defects.is_empty() {
            self.push_all(policy, none.into());
        } else {
            self.push_all(policy, defects);
        }
    }

    pub(super) fn has_failed(&self, axis: Axis) -> bool {
        let failed = |check: &Check| check.id.axis() == Some(axis) && check.outcome == Outcome::Failed;
        self.checks.iter().any(failed)
    }
}

/// Puts the texts, numbers and booleans at which checks point into their details, where the policy wants that.
pub(super) fn reveal(checks: &mut [Check], tree: &Tree<'_>) {
    const LONGEST: usize = 64;
    for check in checks {
        let Some(value) = check.pointer.as_deref().and_then(|pointer| tree.at(pointer)) else { continue };
        let text = match value.kind() {
            Kind::String => value.as_str().map(str::to_owned),
            Kind::Number => value.as_number().map(|number| number.token().to_owned()),
            Kind::Bool => value.as_bool().map(|truth| truth.to_string()),
            Kind::Null | Kind::Array | Kind::Object => None,
        };
        if let Some(text) = text {
            check.details.insert("value", Detail::Text(text.chars().take(LONGEST).collect()));
        }
    }
}

/// The objects that a finding says to be one node.
pub(super) fn merged(finding: &Finding) -> Option<&Vec<String>> {
    match (finding.code, finding.details.get("pointers")) {
        (Code::JsonldNodeMerged, Some(Detail::Texts(pointers))) => Some(pointers),
        _ => None,
    }
}

pub(super) fn proof_report(verified: &Verified, role: ProofRole) -> ProofReport {
    ProofReport {
        pointer: shortened(verified.place.clone()),
        suite: verified.suite.clone(),
        verification_method: verified.method.clone(),
        controller: verified.controller.clone(),
        created: verified.created.clone(),
        key_type: verified.key_type,
        outcome: verified.computed.unwrap_or(verified.state.outcome()),
        role,
        explanation: verified.explanation.clone(),
    }
}
