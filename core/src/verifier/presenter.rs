//! Who presents what stands in a presentation, and what of it is their own word.

use super::part::Part;
use super::{Site, Verifier};
use crate::codes::{Code, Finding, Outcome};
use crate::document::{self, DataModel, Detected};
use crate::json::Value;
use crate::occasion::Occasion;
use crate::report::{self, Relation};

/// Who presents, as far as the presentation itself shows.
#[derive(Debug)]
pub(super) struct Presenter {
    /// The holder that the presentation names.
    stated: Option<String>,
    /// Who signed it, once that is known.
    signer: Option<String>,
    /// What the presentation comes to, without the records in it.
    outcome: Outcome,
}

impl Default for Presenter {
    /// Nobody.
    fn default() -> Self {
        Presenter { stated: None, signer: None, outcome: Outcome::Failed }
    }
}

impl Presenter {
    /// Of a presentation all of whose own checks were made. What is not good for this occasion, a replay for instance,
    /// shows nothing about who presents.
    pub(super) fn of(presentation: &Part, stated: Option<&str>) -> Self {
        let secured = presentation.checks.iter().any(|check| check.code == Code::SecuringPresent);
        Presenter {
            stated: stated.map(str::to_owned),
            signer: presentation.authenticated.clone(),
            outcome: if secured { report::fold(&presentation.checks) } else { Outcome::Failed },
        }
    }

    /// Whoever is known to present.
    pub(super) fn known(&self) -> Option<&str> {
        self.signer.as_deref().filter(|_| self.outcome == Outcome::Passed)
    }

    /// Whether a credential of this issuer that has no proof of its own is what the presenter says themselves (VCDM 2.0
    /// §4.13, Presentations Including Holder Claims): the issuer is the holder whom the presentation names. `None` if it
    /// is not, and nobody's; passed only where the presentation is good.
    pub(super) fn asserts(&self, issuer: Option<&str>) -> Option<Outcome> {
        match (issuer, self.stated.as_deref(), self.outcome) {
            (None, _, _) | (_, None, _) | (_, _, Outcome::Failed) => None,
            (Some(issuer), Some(holder), _) if issuer != holder => None,
            (Some(_), Some(holder), Outcome::Passed) if self.known() == Some(holder) => Some(Outcome::Passed),
            (Some(_), Some(_), _) => Some(Outcome::Indeterminate),
        }
    }
}

impl Part {
    /// What the proof of the presentation shows is shown of a record in it that has no other.
    pub(super) fn take_from(&mut self, presentation: &Part, root: Value<'_>) {
        let inside = |pointer: &&String| {
            pointer
                .strip_prefix(&self.place.pointer)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        self.place.merged = presentation.place.merged.iter().filter(inside).cloned().collect();
        if root.get("@context").is_none() {
            self.place.proof_context = presentation.place.proof_context.clone();
        }
        self.place.self_asserted = true;
        self.cover = presentation.cover;
        self.contexts = crate::jsonld::named(document::context_of(root));
        self.authenticated = presentation.authenticated.clone();
        if let Some(issuer) = &mut self.issuer {
            issuer.bound_by = Some("presentation");
        }
    }
}

impl Verifier {
    /// A document that has no proof and came in no envelope: a bundle, a statement of the presenter's own, or nothing.
    pub(super) fn unsecured(
        &self,
        site: &Site<'_>,
        detected: &Detected,
        principal: Option<&str>,
        occasion: &Occasion,
        part: &mut Part,
    ) {
        let (policy, root) = (&self.policy, site.value);
        let place = root.pointer();
        let expected = site.stands.is_none()
            && (occasion.challenge.is_some() || occasion.domain.is_some() || occasion.holder.is_some());
        let bundle = detected.presentation
            && document::embedded(root, detected)
                .iter()
                .any(|(_, relation)| *relation == Relation::Presented);
        let asserted = match (site.presented_by, detected.model) {
            (Some(by), DataModel::Vcdm2) if !detected.presentation => {
                by.presenter.asserts(principal).map(|outcome| (by, outcome))
            }
            _ => None,
        };
        let code = match (detected.presentation, expected) {
            (true, true) => Code::SecuringPresentationUnsigned,
            (true, false) if bundle => Code::SecuringUnsignedPresentation,
            (_, _) => match asserted {
                Some((_, Outcome::Passed)) => Code::SecuringSelfAsserted,
                Some((_, _)) => Code::SecuringSelfAssertedUndecided,
                None => Code::SecuringMissing,
            },
        };
        part.push(policy, Finding::at(code, place.as_str()));
        if let Some((by, Outcome::Passed)) = asserted {
            part.take_from(by, root);
            part.push(policy, Finding::at(Code::IssuerIsBound, place));
        }
    }
}
