//! Steps 4 to 6: contexts, canonical form, every proof, and whose it is.

use super::part::{self, Part};
use super::{Site, Verifier};
use crate::codes::{CheckId, Code, Finding, Outcome};
use crate::document::{self, DataModel, Detected};
use crate::json::Value;
use crate::limits;
use crate::occasion::Occasion;
use crate::report::{IssuerReport, ProofRole};
use crate::securing::proof_set::State;
use crate::securing::verified::Verified;
use crate::securing::{Securing, Subject};
use crate::workshop::Workshop;

impl Verifier {
    /// Steps 4 to 6: contexts, canonical form, every proof, and whose it is.
    pub(super) fn proofs(
        &self,
        site: &Site<'_>,
        detected: &Detected,
        principal: Option<&str>,
        workshop: &Workshop<'_>,
        part: &mut Part,
    ) -> Option<crate::time::Timestamp> {
        let policy = &self.policy;
        let (root, occasion) = (site.value, workshop.occasion);
        let object = root.as_object()?;
        if !detected.presentation {
            part.issuer = principal.map(|id| IssuerReport {
                id: id.to_owned(),
                bound_by: None,
                registries: Vec::new(),
            });
        }
        // In an SD-JWT VC `proof` is a claim like others.
        let proofs = document::proofs(root).filter(|_| detected.model != DataModel::SdJwtVc);
        let values: Vec<Value<'_>> = proofs.into_iter().flatten().collect();
        if values.is_empty() && site.envelope.is_none() {
            self.unsecured(site, detected, principal, occasion, part);
            return None;
        }
        part.push(policy, Finding::at(Code::SecuringPresent, root.pointer()));
        if detected.presentation {
            let empty = document::embedded(root, detected).is_empty();
            let code = if empty { Code::EmbeddedNone } else { Code::EmbeddedSome };
            part.push(policy, Finding::at(code, root.pointer()));
        }
        if values.len() > policy.limits.proofs {
            part.push(policy, limits::reached(Code::LimitProofs, policy.limits.proofs));
            return None;
        }
        let expects = |value: &'static fn(&Occasion) -> Option<&str>| {
            if site.stands.is_none() { value(occasion) } else { None }
        };
        const DOMAIN: fn(&Occasion) -> Option<&str> = |occasion| occasion.domain.as_deref();
        const HOLDER: fn(&Occasion) -> Option<&str> = |occasion| occasion.holder.as_deref();
        const CHALLENGE: fn(&Occasion) -> Option<&str> = |occasion| occasion.challenge.as_deref();
        let subject = Subject {
            document: object,
            context: document::context_of(root),
            principal,
            presentation: detected.presentation,
            domain: expects(&DOMAIN),
            challenge: expects(&CHALLENGE),
            holder: expects(&HOLDER),
        };
        let mut securing = workshop.verify_proofs(&subject, site.envelope, values);
        part.cover = securing.cover();
        self.canonical_form(root, &mut securing, part);
        self.proof_checks(&mut securing, part);

        let first =
            securing.proofs.iter().find(|v| matches!(v.state, State::Good { bound: Outcome::Passed }));
        if let (Some(issuer), Some(first)) = (&mut part.issuer, first) {
            issuer.bound_by = first.bound_by;
        }
        // A key that the holder's document lists is the holder's, whoever controls it.
        let signer = |first: &Verified| principal.map(str::to_owned).or_else(|| first.controller.clone());
        part.authenticated = first.and_then(signer);
        part.place.proof_context = first.and_then(|first| first.signed_context.clone());
        if securing.form.is_none() {
            let signed = part.place.proof_context.as_deref().and_then(|pointer| root.at_root(pointer));
            part.contexts = crate::jsonld::named(signed.or(subject.context));
        }
        for verified in &securing.proofs {
            part.requests.extend(workshop.requests_for_keys(&verified.needs));
        }
        first.and_then(|first| first.signed_at)
    }

    /// What the way to the canonical form showed.
    pub(super) fn canonical_form(&self, root: Value<'_>, securing: &mut Securing, part: &mut Part) {
        let policy = &self.policy;
        let Some(form) = securing.form.take() else { return };
        part.place.merged = form.findings.iter().filter_map(part::merged).flatten().cloned().collect();
        let shown: Vec<CheckId> = form.findings.iter().map(|finding| finding.code.check()).collect();
        part.push_all(policy, form.findings);
        for passed in [
            Code::ContextsOk,
            Code::ContextsAllUsed,
            Code::JsonldOk,
            Code::JsonldReads,
            Code::JsonldInPlace,
            Code::JsonldNodesSeparate,
            Code::JsonldIrisOrdinary,
        ] {
            // A form that was never complete shows nothing but what stood in the way.
            if form.hash.is_some() && !shown.contains(&passed.check()) {
                part.push(policy, Finding::at(passed, root.pointer()));
            }
        }
        if let Some(date) = &securing.as_of {
            part.push(policy, Finding::new(Code::ContextVersionDated).with("date", date.as_str()));
        } else if securing.outcome == Outcome::Passed {
            part.push(policy, Finding::new(Code::ContextVersionNewest));
        }
        part.contexts = form.contexts;
        part.requests.extend(crate::workshop::requests_for_contexts(&form.missing, &policy.limits));
    }

    /// The checks of every proof that counts, a line on every other, and what they come to together.
    pub(super) fn proof_checks(&self, securing: &mut Securing, part: &mut Part) {
        let policy = &self.policy;
        let states: Vec<State> = securing.proofs.iter().map(|verified| verified.state).collect();
        let issuers = states.iter().any(|state| matches!(state, State::Good { bound: Outcome::Passed }));
        let not_counted = |state: &State| matches!(state, State::Ignored | State::Base);
        let all_ignored = states.iter().all(not_counted);
        let open = states.iter().any(|state| *state == State::Undecided || not_counted(state));
        for verified in &mut securing.proofs {
            let any_proof = policy.proof_set == crate::policy::ProofSetRule::AnyProof && issuers;
            let (role, instead) = match verified.state {
                State::Ignored if !all_ignored => (ProofRole::Ignored, Some(Code::ProofOtherIgnored)),
                State::Base if !all_ignored => (ProofRole::Ignored, Some(Code::ProofOtherBase)),
                State::Ignored | State::Base => (ProofRole::Ignored, None),
                State::Wrong if any_proof => (ProofRole::Cosignature, Some(Code::ProofOtherWrong)),
                State::Undecided if any_proof => (ProofRole::Cosignature, Some(Code::ProofOtherUndecided)),
                State::Good { bound } if bound != Outcome::Passed && (issuers || open) => {
                    (ProofRole::Cosignature, None)
                }
                _ => (ProofRole::Issuer, None),
            };
            part.proofs.push(part::proof_report(verified, role));
            if let Some(code) = instead {
                let finding = Finding::at(code, verified.place.clone());
                let suite = verified.suite.as_deref().unwrap_or("");
                part.push(policy, finding.with("suite", suite));
                continue;
            }
            for found in std::mem::take(&mut verified.findings) {
                part.found(policy, found);
            }
            match (verified.bound.take(), role) {
                (Some(_), ProofRole::Cosignature) => {
                    part.push(policy, Finding::at(Code::ProofCosignature, verified.place.clone()));
                }
                (Some(bound), _) => part.push(policy, bound),
                (None, _) => {}
            }
        }
        let code = match securing.outcome {
            Outcome::Passed => Code::ProofsSatisfied,
            Outcome::Failed => Code::ProofsFailed,
            _ => Code::ProofsUndecided,
        };
        part.push(policy, Finding::new(code));
    }
}
