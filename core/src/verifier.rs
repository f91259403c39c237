//! The way through, in order: the only file that knows it.
//!
//! A document and the records inside it are a worklist: each is verified on its own, then the reports are put
//! together from the innermost out. Nothing recurses.

use std::collections::BTreeMap;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::carrier::{self, Carrier};
use crate::checks::{holder, issuer, recipient, validity};
use crate::codes::{Axis, CheckId, Code, Detail, Finding, Outcome, Requirement};
use crate::document::{self, Detected, Family};
use crate::error::PolicyError;
use crate::json::{Kind, Tree, Value};
use crate::jsonld::Contexts;
use crate::keys::PublicKey;
use crate::limits;
use crate::occasion::Occasion;
use crate::policy::{Issuers, JudgedAt, Policy};
use crate::report::{
    self, Check, Embedded, Format, IssuerReport, Place, ProofReport, ProofRole, Relation, Report, Secured,
    Validity,
};
use crate::resources::{Request, Resources};
use crate::securing::proof_set::State;
use crate::securing::verification::{self, Found, Securing, Subject, Verified};
use crate::workshop::Workshop;

/// Verifies records against one policy. Reusable, shared by threads.
#[derive(Debug)]
pub struct Verifier {
    pub(crate) policy: Policy,
    pub(crate) contexts: Contexts,
    pub(crate) pinned_contexts: BTreeMap<String, [u8; 32]>,
    pub(crate) pinned_keys: Vec<(String, PublicKey)>,
    policy_digest: [u8; 32],
}

impl Verifier {
    /// A verifier that demands what `policy` says.
    ///
    /// # Errors
    /// If the policy cannot be followed.
    pub fn new(policy: Policy) -> Result<Self, PolicyError> {
        policy.validate()?;
        Ok(Verifier {
            contexts: Contexts::default(),
            pinned_contexts: policy.pinned_contexts()?,
            pinned_keys: policy.pinned_keys()?,
            policy_digest: Sha256::digest(policy.to_json()).into(),
            policy,
        })
    }

    /// The policy.
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// Verifies a document. Pure: the same arguments give the same report, byte for byte.
    ///
    /// Where [`Report::requests`] is not empty, fetch what it names, put it into `resources` and call again.
    pub fn verify(&self, document: &[u8], resources: &Resources, occasion: &Occasion) -> Report {
        // What is too large is not kept: nothing of it will be read.
        let kept = if document.len() > self.policy.limits.input_bytes { &[] } else { document };
        let source: Arc<[u8]> = Arc::from(kept);
        let input =
            Input { digest: Sha256::digest(document).into(), source, occasion: Arc::new(occasion.clone()) };
        let close = |part: Part, embedded| self.report(part, embedded, &input);
        let (tree, carrier) = match self.read(document) {
            Ok(read) => read,
            Err(finding) => {
                let mut part = Part::default();
                part.push(&self.policy, finding);
                return close(part, Vec::new());
            }
        };
        let workshop = Workshop::new(self, resources.snapshot(), occasion);
        let (jobs, parts) = self.worklist(tree.root(), carrier, &workshop);
        // Children come after their parents in the list, so that from its end every record is complete when its
        // parent is put together.
        let mut children: Vec<Vec<Embedded>> = Vec::new();
        children.resize_with(jobs.len(), Vec::new);
        let mut whole = None;
        for (index, (job, part)) in jobs.iter().zip(parts).enumerate().rev() {
            let mut embedded = children.get_mut(index).map(std::mem::take).unwrap_or_default();
            embedded.reverse();
            let report = close(part, embedded);
            match (job.parent.and_then(|parent| children.get_mut(parent)), job.relation) {
                (Some(siblings), Some(relation)) => {
                    siblings.push(Embedded { pointer: job.value.pointer(), relation, report });
                }
                _ => whole = Some(report),
            }
        }
        let mut report = whole.unwrap_or_else(|| close(Part::default(), Vec::new()));
        report.resources = workshop.used();
        if self.policy.reveal_values {
            reveal(&mut report, &tree);
        }
        report
    }

    /// Steps 1 and 2: one JSON object out of the bytes.
    fn read<'s>(&self, bytes: &'s [u8]) -> Result<(Tree<'s>, &'static str), Finding> {
        if bytes.len() > self.policy.limits.input_bytes {
            return Err(limits::reached(Code::LimitBytes, self.policy.limits.input_bytes));
        }
        if let Carrier::Other(name) = carrier::detect(bytes) {
            return Err(Finding::new(Code::FormatNotRecognised).with("carrier", name));
        }
        let tree = Tree::parse(bytes, &self.policy.limits)?;
        if tree.root().kind() != Kind::Object {
            return Err(Finding::at(Code::JsonShape, ""));
        }
        Ok((tree, "json"))
    }

    /// The document and every record inside it, each verified on its own.
    fn worklist<'t>(
        &self,
        root: Value<'t>,
        carrier: &'static str,
        workshop: &Workshop<'_>,
    ) -> (Vec<Job<'t>>, Vec<Part>) {
        let limits = &self.policy.limits;
        let mut jobs = vec![Job { value: root, relation: None, parent: None, depth: 0 }];
        let mut parts: Vec<Part> = Vec::new();
        while let Some(job) = jobs.get(parts.len()).cloned() {
            let detected = document::detect(job.value);
            let mut part = self.document(&job, detected.as_ref(), carrier, workshop);
            for (value, relation) in
                detected.iter().flat_map(|detected| document::embedded(job.value, detected))
            {
                if job.depth >= limits.embedded_depth || jobs.len() > limits.embedded {
                    let limit = if job.depth >= limits.embedded_depth {
                        limits.embedded_depth
                    } else {
                        limits.embedded
                    };
                    part.push(&self.policy, limits::reached(Code::LimitEmbedded, limit));
                    break;
                }
                let parent = Some(parts.len());
                jobs.push(Job {
                    value,
                    relation: Some(relation),
                    parent,
                    depth: job.depth.saturating_add(1),
                });
            }
            // What failed to be authentic makes the host fetch nothing, nor does what stands in it.
            let parent = job.parent.and_then(|parent| parts.get(parent));
            part.mute |= parent.is_some_and(|parent| parent.mute) || part.has_failed(Axis::Authentic);
            if part.mute {
                part.requests.clear();
            }
            parts.push(part);
        }
        (jobs, parts)
    }

    /// Steps 3 to 9 for one document.
    fn document(
        &self,
        job: &Job<'_>,
        detected: Option<&Detected>,
        carrier: &'static str,
        workshop: &Workshop<'_>,
    ) -> Part {
        let policy = &self.policy;
        let root = job.value;
        let place = Place { pointer: root.pointer(), ..Place::default() };
        // Nearly all documents have so many checks, or a few less.
        let mut part = Part { place, checks: Vec::with_capacity(64), ..Part::default() };
        if job.relation.is_none() {
            part.push(policy, Finding::new(Code::JsonOk));
            if !policy.danger.skip.is_empty() {
                let skipped = policy.danger.skip.clone();
                part.push(policy, Finding::new(Code::DangerSkipped).with("checks", skipped));
            }
        }
        let Some(detected) = detected else {
            let code =
                if root.kind() == Kind::String { Code::SecuringNotBuilt } else { Code::FormatNotRecognised };
            part.push(policy, Finding::at(code, root.pointer()));
            return part;
        };
        let (family, version) = (detected.family.name(), detected.version);
        part.format = Some(Format { family, version, carrier });
        part.push(policy, Finding::at(Code::FormatRecognised, root.pointer()));

        let defects = document::conformance(root, detected);
        part.extend(policy, defects, Finding::at(Code::DocumentConforms, root.pointer()));
        part.extend(policy, document::empty_members(root), None);
        if detected.enveloped {
            part.push(policy, Finding::at(Code::SecuringNotBuilt, root.pointer()));
            return part;
        }

        // The issuer of a credential, the holder of a presentation: who should have signed.
        let principal =
            if detected.presentation { document::holder_id(root) } else { document::issuer_id(root) };
        let refused = !detected.presentation
            && matches!(&policy.accepted_issuers, Issuers::OneOf(ids) if !ids.iter().any(|id| Some(id.as_str()) == principal));
        let signed_at = self.proofs(job, detected, principal, workshop, &mut part);
        if !detected.presentation {
            self.credential(job, detected, principal, signed_at, workshop, &mut part);
        }
        if job.relation.is_none() {
            let authenticated = part.authenticated.as_deref();
            let finding = holder::check(root, detected.presentation, authenticated, workshop.occasion);
            part.push(policy, finding);
        }
        part.mute = refused;
        part
    }

    /// Steps 4 to 6: contexts, canonical form, every proof, and whose it is.
    fn proofs(
        &self,
        job: &Job<'_>,
        detected: &Detected,
        principal: Option<&str>,
        workshop: &Workshop<'_>,
        part: &mut Part,
    ) -> Option<crate::time::Timestamp> {
        let policy = &self.policy;
        let (root, occasion) = (job.value, workshop.occasion);
        let object = root.as_object()?;
        if !detected.presentation {
            part.issuer = principal.map(|id| IssuerReport { id: id.to_owned(), bound_by: None });
        }
        let values: Vec<Value<'_>> = document::proofs(root).into_iter().flatten().collect();
        if values.is_empty() {
            let top = job.relation.is_none();
            let expected = top
                && (occasion.challenge.is_some() || occasion.domain.is_some() || occasion.holder.is_some());
            let bundle = detected.presentation
                && document::embedded(root, detected)
                    .iter()
                    .any(|(_, relation)| *relation == Relation::Presented);
            let code = match (detected.presentation, expected) {
                (true, true) => Code::SecuringPresentationUnsigned,
                (true, false) if bundle => Code::SecuringUnsignedPresentation,
                (_, _) => Code::SecuringMissing,
            };
            part.push(policy, Finding::at(code, root.pointer()));
            return None;
        }
        part.push(policy, Finding::at(Code::SecuringPresent, root.pointer()));
        if values.len() > policy.limits.proofs {
            part.push(policy, limits::reached(Code::LimitProofs, policy.limits.proofs));
            return None;
        }
        let expects = |value: &'static fn(&Occasion) -> Option<&str>| {
            if job.relation.is_none() { value(occasion) } else { None }
        };
        const DOMAIN: fn(&Occasion) -> Option<&str> = |occasion| occasion.domain.as_deref();
        const CHALLENGE: fn(&Occasion) -> Option<&str> = |occasion| occasion.challenge.as_deref();
        let subject = Subject {
            document: object,
            context: document::context_of(root),
            principal,
            presentation: detected.presentation,
            domain: expects(&DOMAIN),
            challenge: expects(&CHALLENGE),
        };
        let mut securing = workshop.verify_proofs(&subject, values);
        self.canonical_form(root, &mut securing, part);
        self.proof_checks(&mut securing, part);

        let first =
            securing.proofs.iter().find(|v| matches!(v.state, State::Good { bound: Outcome::Passed }));
        if let (Some(issuer), Some(first)) = (&mut part.issuer, first) {
            issuer.bound_by = first.bound_by;
        }
        part.authenticated = first.and_then(|first| first.controller.clone());
        let signed_context = first.and_then(verification::signed_context);
        part.place.proof_context = signed_context.map(|context| context.pointer());
        if securing.form.is_none() {
            part.contexts = crate::jsonld::named(signed_context.or(subject.context));
        }
        for verified in &securing.proofs {
            part.requests.extend(workshop.requests_for_keys(&verified.needs));
        }
        first.and_then(|first| first.proof.signed_at())
    }

    /// What the way to the canonical form showed.
    fn canonical_form(&self, root: Value<'_>, securing: &mut Securing<'_>, part: &mut Part) {
        let policy = &self.policy;
        let Some(form) = securing.form.take() else { return };
        part.place.merged = form.findings.iter().filter_map(merged).flatten().cloned().collect();
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
    fn proof_checks(&self, securing: &mut Securing<'_>, part: &mut Part) {
        let policy = &self.policy;
        let states: Vec<State> = securing.proofs.iter().map(|verified| verified.state).collect();
        let issuers = states.iter().any(|state| matches!(state, State::Good { bound: Outcome::Passed }));
        let all_ignored = states.iter().all(|state| *state == State::Ignored);
        let open = states.iter().any(|state| matches!(state, State::Undecided | State::Ignored));
        for verified in &mut securing.proofs {
            let any_proof = policy.proof_set == crate::policy::ProofSetRule::AnyProof && issuers;
            let (role, instead) = match verified.state {
                State::Ignored if !all_ignored => (ProofRole::Ignored, Some(Code::ProofOtherIgnored)),
                State::Ignored => (ProofRole::Ignored, None),
                State::Wrong if any_proof => (ProofRole::Cosignature, Some(Code::ProofOtherWrong)),
                State::Undecided if any_proof => (ProofRole::Cosignature, Some(Code::ProofOtherUndecided)),
                State::Good { bound } if bound != Outcome::Passed && (issuers || open) => {
                    (ProofRole::Cosignature, None)
                }
                _ => (ProofRole::Issuer, None),
            };
            part.proofs.push(proof_report(verified, role));
            if let Some(code) = instead {
                let finding = Finding::at(code, verified.proof.value.pointer());
                let suite = verified.proof.suite_name().unwrap_or("");
                part.push(policy, finding.with("suite", suite));
                continue;
            }
            for found in std::mem::take(&mut verified.findings) {
                part.found(policy, found);
            }
            match (verified.bound.take(), role) {
                (Some(_), ProofRole::Cosignature) => {
                    part.push(policy, Finding::at(Code::ProofCosignature, verified.proof.value.pointer()));
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

    /// Steps 7 to 9: is it valid now, about this person, from an accepted issuer.
    fn credential(
        &self,
        job: &Job<'_>,
        detected: &Detected,
        principal: Option<&str>,
        signed_at: Option<crate::time::Timestamp>,
        workshop: &Workshop<'_>,
        part: &mut Part,
    ) {
        let policy = &self.policy;
        let (root, occasion) = (job.value, workshop.occasion);
        let judged_at = match policy.judged_at {
            JudgedAt::Now => occasion.now,
            JudgedAt::SigningTime => signed_at.unwrap_or(occasion.now),
        };
        part.push_all(
            policy,
            validity::validity(root, detected.model, judged_at, i64::from(policy.clock_skew)),
        );
        let period = document::validity(root, detected.model);
        let instant = |value: Option<Value<'_>>| detected.model.instant(value?.as_str()?).ok();
        part.validity =
            Validity { from: instant(period.from), until: instant(period.until), judged_at: Some(judged_at) };

        let mut each = |values: Vec<Value<'_>>, some: Code, none: Code| {
            let empty = values.is_empty();
            part.push_all(policy, values.iter().map(|value| Finding::at(some, value.pointer())));
            if empty {
                part.push(policy, Finding::new(none));
            }
        };
        each(document::statuses(root).collect(), Code::StatusNotEvaluated, Code::StatusNone);
        each(document::schemas(root).collect(), Code::SchemaNotEvaluated, Code::SchemaNone);
        each(document::refresh(root).collect(), Code::RefreshNamed, Code::RefreshNone);

        if detected.family == Family::OpenBadges {
            let defects = document::open_badges::profile(root);
            part.extend(policy, defects, Finding::at(Code::ProfileOpenBadgesFollowed, root.pointer()));
        }
        if job.relation != Some(Relation::Endorsement) {
            part.push(policy, recipient::check(root, &occasion.recipients));
        }
        // A registry is asked about an issuer only once it is known to be the issuer.
        let authentic = !part.has_failed(Axis::Authentic) && part.authenticated.is_some();
        let acceptance =
            issuer::accepted(&policy.accepted_issuers, principal, &|url| workshop.registry(url, authentic));
        part.push(policy, acceptance.finding);
        let wanted = match policy.requirement(CheckId::IssuerAccepted) {
            Requirement::Require => true,
            Requirement::Report => policy.request_reported,
            Requirement::Skip => false,
        };
        if authentic && wanted {
            part.requests
                .extend(crate::workshop::requests_for_registries(&acceptance.missing, &policy.limits));
        }
    }

    /// Puts a report together: what the records inside come to, the axes, the verdict.
    fn report(&self, mut part: Part, embedded: Vec<Embedded>, input: &Input) -> Report {
        for inside in &embedded {
            let code = match (inside.relation, inside.report.verdict) {
                (Relation::Endorsement, Outcome::Passed) => Code::EndorsementVerified,
                (Relation::Endorsement, Outcome::Failed) => Code::EndorsementNotVerified,
                (Relation::Endorsement, _) => Code::EndorsementIndeterminate,
                (_, Outcome::Passed) => Code::EmbeddedVerified,
                (_, Outcome::Failed) => Code::EmbeddedNotVerified,
                (_, _) => Code::EmbeddedIndeterminate,
            };
            part.push(&self.policy, Finding::at(code, inside.pointer.as_str()));
            for request in &inside.report.requests {
                part.requests.push(request.clone());
            }
        }
        if part.mute {
            part.requests.clear();
        }
        part.requests.sort_by(|a, b| (a.stage, a.kind, &a.identifier).cmp(&(b.stage, b.kind, &b.identifier)));
        part.requests.dedup_by(|a, b| (a.kind, &a.identifier) == (b.kind, &b.identifier));
        part.checks.sort_by_key(|check| check.id);
        let axes = report::axes(&part.checks, &embedded);
        let verdict = report::fold(&part.checks);
        Report {
            checks: part.checks,
            requests: part.requests,
            proofs: part.proofs,
            contexts: part.contexts,
            resources: Vec::new(),
            embedded,
            format: part.format,
            issuer: part.issuer,
            validity: part.validity,
            axes,
            verdict,
            secured: Secured::new(Arc::clone(&input.source), part.place),
            occasion: Arc::clone(&input.occasion),
            policy_digest: self.policy_digest,
            input_digest: input.digest,
        }
    }
}

/// What all reports on one input share.
struct Input {
    source: Arc<[u8]>,
    digest: [u8; 32],
    occasion: Arc<Occasion>,
}

/// A document to be verified.
#[derive(Clone, Debug)]
struct Job<'t> {
    value: Value<'t>,
    /// How it stands in its parent; the whole input has none.
    relation: Option<Relation>,
    parent: Option<usize>,
    depth: usize,
}

/// What was found out about one document, before the records inside it are counted in.
#[derive(Debug, Default)]
struct Part {
    checks: Vec<Check>,
    requests: Vec<Request>,
    proofs: Vec<ProofReport>,
    contexts: Vec<crate::jsonld::ContextUse>,
    format: Option<Format>,
    issuer: Option<IssuerReport>,
    validity: Validity,
    place: Place,
    /// The controller whose proof is good and bound.
    authenticated: Option<String>,
    /// Whether nothing may be requested on its behalf.
    mute: bool,
}

impl Part {
    fn found(&mut self, policy: &Policy, found: Found) {
        let requirement = policy.requirement(found.finding.code.check());
        let mut check = Check::new(found.finding, requirement);
        check.because = found.because;
        self.checks.push(check);
    }

    fn push(&mut self, policy: &Policy, finding: Finding) {
        self.found(policy, finding.into());
    }

    fn push_all(&mut self, policy: &Policy, findings: impl IntoIterator<Item = Finding>) {
        for finding in findings {
            self.push(policy, finding);
        }
    }

    /// The defects, or that there are none.
    fn extend(&mut self, policy: &Policy, defects: Vec<Finding>, none: impl Into<Option<Finding>>) {
        if defects.is_empty() {
            self.push_all(policy, none.into());
        } else {
            self.push_all(policy, defects);
        }
    }

    fn has_failed(&self, axis: Axis) -> bool {
        let failed = |check: &Check| check.id.axis() == Some(axis) && check.outcome == Outcome::Failed;
        self.checks.iter().any(failed)
    }
}

/// Puts the texts, numbers and booleans at which checks point into their details, where the policy wants that. Reports
/// stand in reports no deeper than the limit.
fn reveal(report: &mut Report, tree: &Tree<'_>) {
    const LONGEST: usize = 64;
    for check in &mut report.checks {
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
    for inside in &mut report.embedded {
        reveal(&mut inside.report, tree);
    }
}

/// The objects that a finding says to be one node.
fn merged(finding: &Finding) -> Option<&Vec<String>> {
    match (finding.code, finding.details.get("pointers")) {
        (Code::JsonldNodeMerged, Some(Detail::Texts(pointers))) => Some(pointers),
        _ => None,
    }
}

fn proof_report(verified: &Verified<'_>, role: ProofRole) -> ProofReport {
    let proof = &verified.proof;
    let owned = |text: Option<&str>| text.map(str::to_owned);
    ProofReport {
        pointer: proof.value.pointer(),
        suite: owned(proof.suite_name()),
        verification_method: owned(proof.method),
        controller: verified.controller.clone(),
        created: owned(proof.created),
        key_type: verified.key_type,
        outcome: match verified.state {
            State::Good { .. } => Outcome::Passed,
            State::Wrong => Outcome::Failed,
            State::Undecided | State::Ignored => Outcome::Indeterminate,
        },
        role,
        explanation: verified.explanation.clone(),
    }
}
