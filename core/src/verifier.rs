//! The way through, in order: the only file that knows it.
//!
//! A document and the records inside it are a worklist: each is verified on its own, then the reports are put
//! together from the innermost out. A record in an envelope is a text of its own, opened when it is come to. Nothing
//! recurses.

mod apart;
#[cfg(feature = "formats")]
mod badges;
mod formats;
#[cfg(feature = "formats")]
mod gather;
mod inside;
mod ler_rs;
mod linked;
mod lists;
mod newer;
mod part;
mod presenter;
mod schemas;
mod statement;
mod types;

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::carrier::image::{self, Baked};
use crate::carrier::{self, Carrier};
use crate::checks::status::{self, Entry, List};
use crate::checks::{creator, holder, issuer, schema, validity, withheld};
use crate::codes::{Axis, CheckId, Code, Finding, Outcome, shortened};
use crate::document::{self, DataModel, Detected, Family};
use crate::error::PolicyError;
use crate::formats as other;
use crate::json::{Kind, Tree, Value};
use crate::jsonld::Contexts;
use crate::keys::PublicKey;
use crate::limits;
use crate::occasion::Occasion;
use crate::policy::{Issuers, JudgedAt, Policy};
use crate::report::{
    self, Embedded, Format, IssuerReport, Place, ProofRole, Relation, Report, Secured, Validity,
};
use crate::resources::Resources;
use crate::securing::envelope::Envelope;
use crate::securing::open::{self, Enclosed};
use crate::securing::proof_set::State;
use crate::securing::verified::{Cover, Verified};
use crate::securing::{Securing, Subject};
use crate::workshop::Workshop;
use inside::{Job, Queue, Stands, Unopened, misplaced};
use part::Part;
use presenter::Presenter;

/// Verifies records against one policy. Reusable, shared by threads.
#[derive(Debug)]
pub struct Verifier {
    pub(crate) policy: Policy,
    pub(crate) contexts: Contexts,
    pub(crate) pinned_contexts: BTreeMap<String, [u8; 32]>,
    pub(crate) pinned_keys: Vec<(String, PublicKey)>,
    pub(crate) anchors: Vec<crate::identifier::x509::Certificate>,
    pub(crate) anchor_keys: BTreeMap<String, Vec<PublicKey>>,
    policy_digest: [u8; 32],
    lists: lists::Lists,
    pub(crate) registries: issuer::Remembered,
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
            anchors: policy.anchors()?,
            anchor_keys: policy.anchor_keys()?,
            policy_digest: Sha256::digest(policy.to_json()).into(),
            lists: lists::Lists::default(),
            registries: issuer::Remembered::default(),
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
        let input = Input { digest: Sha256::digest(document).into(), occasion: Arc::new(occasion.clone()) };
        let workshop = Workshop::new(self, resources.snapshot(), occasion);
        let mut jobs = self.worklist(document, &workshop);
        self.statuses(&mut jobs, &workshop);
        self.newer_versions(&mut jobs, &workshop);
        self.schemas(&mut jobs, &workshop);
        let mut report = self.put_together(jobs, &input);
        report.resources = workshop.used();
        report
    }

    /// The reports of all documents, each with those inside it.
    fn put_together(&self, jobs: Vec<Job>, input: &Input) -> Report {
        // Children come after their parents in the list, so that from its end every record is complete when its
        // parent is put together.
        let mut children: Vec<Vec<Embedded>> = Vec::new();
        children.resize_with(jobs.len(), Vec::new);
        let mut whole = None;
        for (index, mut job) in jobs.into_iter().enumerate().rev() {
            let mut embedded = children.get_mut(index).map(std::mem::take).unwrap_or_default();
            embedded.reverse();
            embedded.append(&mut job.part.lists);
            embedded.append(&mut job.part.newer);
            let report = self.report(job.part, embedded, input);
            match job.stands.and_then(|stands| Some((children.get_mut(stands.parent)?, stands.relation))) {
                Some((siblings, relation)) => {
                    let (pointer, report) = (shortened(job.pointer), Arc::new(report));
                    siblings.push(Embedded { pointer, relation, report });
                }
                None => whole = Some(report),
            }
        }
        whole.unwrap_or_else(|| self.report(Part::default(), Vec::new(), input))
    }

    /// The document and every record inside it, each verified on its own.
    fn worklist(&self, document: &[u8], workshop: &Workshop<'_>) -> Vec<Job> {
        let mut jobs = vec![Job::default()];
        let mut unopened = VecDeque::new();
        if document.len() > self.policy.limits.input_bytes {
            // What is too large is not kept: nothing of it will be read.
            let finding = limits::reached(Code::LimitBytes, self.policy.limits.input_bytes);
            self.give_up(&mut jobs, 0, [finding]);
        } else {
            match self.unbaked(document, workshop) {
                Ok(text) => unopened.push_back(text),
                Err(finding) => self.give_up(&mut jobs, 0, [finding]),
            }
        }
        while let Some(next) = unopened.pop_front() {
            if let Err(finding) = self.text(&next, &mut jobs, &mut unopened, workshop) {
                self.give_up(&mut jobs, next.job, next.outside.into_iter().chain([finding]));
            }
        }
        jobs
    }

    /// The input, or what is baked into it: only records are, and nothing else that is fetched.
    fn unbaked(&self, document: &[u8], workshop: &Workshop<'_>) -> Result<Unopened, Finding> {
        let is_record = workshop.list_of.is_none() && !workshop.of_schema;
        Ok(match image::open(document, &self.policy.limits).filter(|_| is_record).transpose()? {
            None => Unopened::of(0, document),
            Some(Baked { image, text, findings }) => {
                Unopened { outside: findings, image: Some(image), ..Unopened::of(0, &text) }
            }
        })
    }

    /// All that can be said of a record that cannot be read.
    fn give_up(&self, jobs: &mut [Job], job: usize, findings: impl IntoIterator<Item = Finding>) {
        if let Some(job) = jobs.get_mut(job) {
            job.part.push_all(&self.policy, findings);
        }
    }

    /// Steps 1 and 2: one JSON object out of the bytes, and out of the envelope that they may be.
    fn text(
        &self,
        text: &Unopened,
        jobs: &mut Vec<Job>,
        unopened: &mut VecDeque<Unopened>,
        workshop: &Workshop<'_>,
    ) -> Result<(), Finding> {
        let limits = &self.policy.limits;
        let bytes = Arc::clone(&text.bytes);
        let envelope = match carrier::detect(&bytes) {
            Carrier::Json => {
                let tree = Tree::parse(&bytes, limits)?;
                match open::open_json(tree.root(), limits) {
                    Some(opened) => opened?,
                    None => return self.put_and_read(text, &bytes, &tree, None, jobs, unopened, workshop),
                }
            }
            #[cfg(feature = "formats")]
            Carrier::Other("url") => return self.at_address(text, jobs, unopened, workshop),
            carrier => open::open(carrier, &bytes, limits)?,
        };
        let source: Arc<[u8]> = Arc::from(envelope.document.as_slice());
        let read;
        let tree = match &envelope.parsed {
            Some(parsed) => parsed,
            None => {
                read = Tree::parse(&source, limits)?;
                &read
            }
        };
        self.put_and_read(text, &source, tree, Some(&envelope), jobs, unopened, workshop)
    }

    /// The record of one text, and the records in it that stand there as they are; those in envelopes are put behind.
    #[allow(clippy::too_many_arguments)] // the worklist's two ends, and what is read
    fn records(
        &self,
        text: &Unopened,
        source: &Arc<[u8]>,
        tree: &Tree<'_>,
        envelope: Option<&Envelope>,
        jobs: &mut Vec<Job>,
        unopened: &mut VecDeque<Unopened>,
        workshop: &Workshop<'_>,
    ) -> Result<(), Finding> {
        let policy = &self.policy;
        if tree.root().kind() != Kind::Object {
            return Err(Finding::at(Code::JsonShape, ""));
        }
        let mut pending = VecDeque::from([(text.job, tree.root())]);
        while let Some((index, value)) = pending.pop_front() {
            let Some(job) = jobs.get(index) else { continue };
            let (stands, endorsed) = (job.stands, job.endorsed.clone());
            let of_list = || workshop.list_of.and_then(|_| document::detect_status_list(value));
            let detected = document::detect(value).or_else(of_list);
            let at_root = value.parent().is_none();
            let envelope = envelope.filter(|_| at_root);
            // An envelope that is an object of the data model: what is in it takes its place.
            if let (Some(detected), None) = (&detected, envelope)
                && detected.enveloped
            {
                let mut outside = document::conformance(value, detected);
                match open::enveloped(value, detected.presentation, &mut outside) {
                    Some(Enclosed { bytes, media_type }) => unopened.push_back(Unopened {
                        media_type: Some(media_type),
                        outside,
                        ..Unopened::of(index, &bytes)
                    }),
                    None => self.give_up(jobs, index, outside),
                }
                continue;
            }
            let parent = stands.and_then(|stands| Some((&jobs.get(stands.parent)?.part, stands.relation)));
            let presented_by =
                parent.filter(|(_, relation)| *relation == Relation::Presented).map(|(by, _)| by);
            #[cfg(feature = "formats")]
            let gathered = text.gathered.as_ref().filter(|_| at_root);
            let site = Site {
                value,
                stands,
                envelope,
                presented_by,
                #[cfg(feature = "formats")]
                gathered,
            };
            let format = if detected.is_none() { other::detect(value) } else { None };
            let mut part = match format {
                Some(format) => self.other_format(&site, format, workshop),
                None => self.document(&site, detected.as_ref(), workshop),
            };
            self.resume(value, detected.as_ref(), format, parent, &mut part);
            let place = detected
                .as_ref()
                .and_then(|detected| self.endorsement(value, detected, endorsed.as_ref(), &mut part));
            #[cfg(feature = "formats")]
            let place = place.or_else(|| self.claim(&site, endorsed.as_ref(), &mut part));
            if at_root {
                part.push_all(policy, text.outside.iter().cloned());
                if let (Some(image), Some(format)) = (text.image, &mut part.format) {
                    format.carrier = image.around(format.carrier);
                }
            }
            if let Some(detected) = &detected {
                part.push_all(
                    policy,
                    misplaced(value, detected, stands, text.media_type.filter(|_| at_root)),
                );
            }
            if part.source.is_empty() {
                part.source = Arc::clone(source);
            }
            // What stands in a status list is no record.
            if workshop.list_of.is_none() {
                let mut queue = Queue { jobs, pending: &mut pending, unopened };
                let inside = match (&detected, format) {
                    (Some(detected), _) => self.inside(value, detected, index, &mut queue, workshop.occasion),
                    #[cfg(feature = "formats")]
                    (None, Some(format)) if gathered.is_some() => {
                        self.inside_gathered(value, format, gathered, (index, workshop.occasion), &mut queue)
                    }
                    (None, Some(format)) => {
                        self.enqueue(other::embedded(value, format), index, &mut queue, None)
                    }
                    (None, None) => Ok(()),
                };
                if let Err(limit) = inside {
                    part.push(policy, limit);
                }
            }
            // What failed to be authentic makes the host fetch nothing, nor does what stands in it.
            let parent = stands.and_then(|stands| jobs.get(stands.parent));
            let muted = parent.is_some_and(|parent| parent.part.mute && !parent.part.bundle);
            let failed = part.has_failed(Axis::Authentic);
            part.bundle &= !muted && (format.is_some() || !failed);
            part.mute |= muted || failed && !part.bundle;
            if part.mute {
                part.requests.clear();
            }
            if policy.reveal_values {
                part::reveal(&mut part.checks, tree);
            }
            if let Some(job) = jobs.get_mut(index) {
                job.part = part;
                job.pointer = place.unwrap_or(std::mem::take(&mut job.pointer));
            }
        }
        Ok(())
    }

    /// Steps 3 to 9 for one document.
    fn document(&self, site: &Site<'_>, detected: Option<&Detected>, workshop: &Workshop<'_>) -> Part {
        let policy = &self.policy;
        let root = site.value;
        let place = Place { pointer: root.pointer(), ..Place::default() };
        // Nearly all documents have so many checks, or a few less.
        let mut part = Part { place, checks: Vec::with_capacity(64), ..Part::default() };
        if site.stands.is_none() {
            part.push(policy, Finding::new(Code::JsonOk));
            if !policy.danger.skip.is_empty() {
                let skipped = policy.danger.skip.clone();
                part.push(policy, Finding::new(Code::DangerSkipped).with("checks", skipped));
            }
        }
        let Some(detected) = detected else {
            part.push(policy, Finding::at(Code::FormatNotRecognised, root.pointer()));
            return part;
        };
        let (family, version) = (detected.family.name(), detected.version);
        let carrier = site.envelope.map_or("json", |envelope| envelope.carrier);
        part.format = Some(Format { family, version, carrier });
        part.push(policy, Finding::at(Code::FormatRecognised, root.pointer()));

        let defects = document::conformance(root, detected);
        part.extend(policy, defects, Finding::at(Code::DocumentConforms, root.pointer()));
        if detected.model != DataModel::SdJwtVc {
            // Elsewhere they say what they say, and are signed.
            part.extend(policy, document::empty_members(root), None);
        }
        if detected.enveloped {
            // What is signed is to be a document, not a mere envelope of one (VC-JOSE-COSE §3.1, §3.3).
            part.push(policy, Finding::at(Code::DocumentType, root.pointer()));
            return part;
        }

        // The issuer of a credential, the holder of a presentation: who should have signed.
        // A Status List Token need not say whose it is: then it has to be of the issuer whose records it is about.
        let principal = document::principal(root, detected)
            .or(workshop.list_of.filter(|_| detected.family == Family::TokenStatusList));
        let refused = !detected.presentation
            && workshop.list_of.is_none()
            && !workshop.of_schema
            && matches!(&policy.accepted_issuers, Issuers::OneOf(ids) if !ids.iter().any(|id| Some(id.as_str()) == principal));
        let signed_at = self.proofs(site, detected, principal, workshop, &mut part);
        if !detected.presentation {
            self.credential(site, detected, principal, signed_at, workshop, &mut part);
        } else if site.envelope.is_some() {
            self.validity(site, detected, signed_at, workshop, &mut part);
        }
        // Who presents a token with a key binding was found out with that.
        let bound = site.envelope.is_some_and(|envelope| envelope.key_binding.is_some());
        if site.stands.is_none() && (detected.presentation || !bound) {
            let authenticated = part.authenticated.as_deref();
            let finding = holder::check(root, detected.presentation, authenticated, workshop.occasion);
            part.push(policy, finding);
        }
        if detected.presentation {
            part.presenter = Presenter::of(&part, principal);
        }
        part.mute = refused;
        // Most résumés are issued by whoever wrote them: what accepted issuers say in one is asked about all the same.
        part.bundle = refused && detected.family == Family::LerRs;
        part
    }

    /// Steps 4 to 6: contexts, canonical form, every proof, and whose it is.
    fn proofs(
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
    fn canonical_form(&self, root: Value<'_>, securing: &mut Securing, part: &mut Part) {
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
    fn proof_checks(&self, securing: &mut Securing, part: &mut Part) {
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

    /// Steps 7 to 9: is it valid now, about this person, from an accepted issuer.
    fn credential(
        &self,
        site: &Site<'_>,
        detected: &Detected,
        principal: Option<&str>,
        signed_at: Option<crate::time::Timestamp>,
        workshop: &Workshop<'_>,
        part: &mut Part,
    ) {
        let policy = &self.policy;
        let (root, occasion) = (site.value, workshop.occasion);
        self.validity(site, detected, signed_at, workshop, part);
        if workshop.list_of.is_some() {
            part.list = Some(List::read(root, principal));
            return;
        }
        part.statuses = status::entries(root, detected.model, site.envelope.is_some());
        let claim = site.envelope.and_then(|envelope| envelope.status.as_deref());
        if let Some(Ok(claim)) = claim.map(|text| Tree::parse(text.as_bytes(), &policy.limits)) {
            // It was part of a text that has been read, and stands in no document.
            let outside = |mut entry: Entry| {
                entry.pointer = root.pointer();
                entry
            };
            part.statuses.extend(status::of_claim(claim.root()).map(|entry| entry.map(outside)));
        }
        if part.statuses.is_empty() {
            // The credential that a schema is in is no record.
            let missing = policy.status_required && !workshop.of_schema;
            let code = if missing { Code::StatusMissing } else { Code::StatusNone };
            part.push(policy, shown(part.cover)(Finding::new(code)));
        }

        // That of a schema's own credential says what every such credential looks like.
        part.schemas = if workshop.of_schema { Vec::new() } else { schema::entries(root) };
        if part.schemas.is_empty() {
            part.push(policy, shown(part.cover)(Finding::new(Code::SchemaNone)));
        }

        let mut each = |values: Vec<Value<'_>>, some: Code, none: Code| {
            let empty = values.is_empty();
            part.push_all(policy, values.iter().map(|value| Finding::at(some, value.pointer())));
            if empty {
                part.push(policy, shown(part.cover)(Finding::new(none)));
            }
        };
        each(document::refresh(root).collect(), Code::RefreshNamed, Code::RefreshNone);
        part.id = root.get("id").and_then(|id| id.as_str()).map(str::to_owned);
        let services = newer::services(root);
        if services.is_empty() {
            part.push(policy, shown(part.cover)(Finding::new(Code::NewerVersionNotNamed)));
        } else if workshop.newer {
            part.push(policy, Finding::new(Code::NewerVersionNotFollowed));
        } else {
            part.services = services;
        }
        self.linked_resources(root, detected, workshop, part);
        if detected.family == Family::SdJwtVc {
            self.type_metadata(root, workshop, part);
        }
        part.push(
            policy,
            match part.cover {
                Cover::Whole => Finding::new(Code::WithheldNotSelective),
                Cover::Limited => Finding::at(Code::WithheldNothing, root.pointer()),
                Cover::Selective { optional_status } => {
                    withheld::check(root, detected.model, optional_status)
                }
            },
        );

        if detected.family == Family::OpenBadges {
            let defects = document::open_badges::profile(root);
            part.extend(policy, defects, Finding::at(Code::ProfileOpenBadgesFollowed, root.pointer()));
            part.push_all(policy, creator::check(root));
        }
        if detected.family == Family::Clr {
            let defects = document::clr::profile(root);
            part.extend(policy, defects, Finding::at(Code::ProfileClrFollowed, root.pointer()));
        }
        if detected.family == Family::EuropeanDigitalCredential {
            let defects = document::elm::profile(root);
            part.extend(policy, defects, Finding::at(Code::ProfileElmFollowed, root.pointer()));
        }
        if site.stands.is_none_or(|stands| stands.relation != Relation::Endorsement) {
            part.push(policy, ler_rs::recipient(root, detected, &occasion.recipients));
        }
        if let Some(by) = site.presented_by {
            part.push(policy, holder::is_subject(root, detected.model, by.presenter.known()));
        }
        self.trust(root, detected.model, principal, workshop, part);
    }

    /// Step 9: whether the policy accepts the issuer. A registry is asked about an issuer only once it is known to be the
    /// issuer.
    fn trust(
        &self,
        root: Value<'_>,
        model: DataModel,
        principal: Option<&str>,
        workshop: &Workshop<'_>,
        part: &mut Part,
    ) {
        let policy = &self.policy;
        let authentic = !part.has_failed(Axis::Authentic) && part.authenticated.is_some();
        let answers =
            principal.filter(|_| authentic).map(|issuer| workshop.ask_registries(issuer)).unwrap_or_default();
        part.push(policy, issuer::accepted(&policy.accepted_issuers, principal, &answers));
        let asked = Some(&answers).filter(|answers| !answers.reports.is_empty());
        let namesake = |name: &str| asked.and_then(|_| workshop.namesake(principal?, name));
        part.push_all(policy, issuer::names::check(root, model, asked, &namesake));
        part.place.registered_name = answers.registered_name().map(str::to_owned);
        if policy.fetches_for(CheckId::IssuerAccepted) {
            part.requests.extend(crate::workshop::requests_for_registries(&answers.needs, &policy.limits));
        }
        if let Some(issuer) = &mut part.issuer {
            issuer.registries = answers.reports;
        }
    }

    /// Step 7: the dates of the record, and those of the token that it came in.
    fn validity(
        &self,
        site: &Site<'_>,
        detected: &Detected,
        signed_at: Option<crate::time::Timestamp>,
        workshop: &Workshop<'_>,
        part: &mut Part,
    ) {
        let (root, occasion, policy) = (site.value, workshop.occasion, &self.policy);
        let judged_at = match policy.judged_at {
            JudgedAt::Now => occasion.now,
            // An old list says nothing about today, however good it was.
            JudgedAt::SigningTime if workshop.list_of.is_some() => occasion.now,
            JudgedAt::SigningTime => signed_at.unwrap_or(occasion.now),
        };
        let stated = site.envelope.map(|envelope| envelope.period).unwrap_or_default();
        let token = [(stated.not_before, "nbf"), (stated.expires, "exp")]
            .map(|(instant, claim)| Some(validity::Bound { instant: instant?, claim }));
        let skew = i64::from(policy.clock_skew);
        let validity = validity::validity(root, detected.model, token, judged_at, skew);
        part.push_all(policy, validity.map(shown(part.cover)));
        let period = document::validity(root, detected.model);
        let instant = |value: Option<Value<'_>>| detected.model.instant(value?.as_str()?).ok();
        // Both the document and the token may bound it: the narrower counts.
        part.validity = Validity {
            from: instant(period.from).into_iter().chain(stated.not_before).max(),
            until: instant(period.until).into_iter().chain(stated.expires).min(),
            judged_at: Some(judged_at),
        };
    }

    /// Puts a report together: what the records inside come to, the axes, the verdict.
    fn report(&self, mut part: Part, embedded: Vec<Embedded>, input: &Input) -> Report {
        if part.mute {
            part.requests.clear();
        }
        // What stands elsewhere counts through the check that used it.
        let elsewhere = |relation| matches!(relation, Relation::StatusList | Relation::NewerVersion);
        for inside in embedded.iter().filter(|inside| !elsewhere(inside.relation)) {
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
        if part.mute && !part.bundle {
            part.requests.clear();
        }
        part.requests.sort_by(|a, b| (a.stage, a.kind, &a.identifier).cmp(&(b.stage, b.kind, &b.identifier)));
        part.requests.dedup_by(|a, b| (a.kind, &a.identifier) == (b.kind, &b.identifier));
        part.checks.sort_by_key(|check| check.id);
        let axes = report::axes(&part.checks, &embedded);
        let verdict = report::fold(&part.checks);
        let stands_here = embedded.iter().filter(|inside| !elsewhere(inside.relation));
        let inside = stands_here.map(|inside| (inside.pointer.clone(), Arc::clone(&inside.report))).collect();
        part.place.selective = part.cover != Cover::Whole;
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
            secured: Secured::new(part.source, part.place, inside),
            occasion: Arc::clone(&input.occasion),
            policy_digest: self.policy_digest,
            input_digest: input.digest,
        }
    }
}

/// What is absent may be what the holder left out.
fn shown(cover: Cover) -> fn(Finding) -> Finding {
    match cover {
        Cover::Whole | Cover::Limited => |finding| finding,
        Cover::Selective { .. } => withheld::not_shown,
    }
}

/// What all reports on one input share.
struct Input {
    digest: [u8; 32],
    occasion: Arc<Occasion>,
}

/// A document where it stands, in a text that has been read.
struct Site<'t> {
    value: Value<'t>,
    stands: Option<Stands>,
    /// The envelope that it came in, if it is what that holds.
    envelope: Option<&'t Envelope>,
    /// The presentation that it stands in.
    presented_by: Option<&'t Part>,
    /// What came of gathering it, if its parts were elsewhere.
    #[cfg(feature = "formats")]
    gathered: Option<&'t gather::Gathered>,
}
