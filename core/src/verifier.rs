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
mod proofs;
mod questions;
mod schemas;
mod statement;
mod types;

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::carrier::image::{self, Baked};
use crate::carrier::{self, Carrier};
use crate::checks::endorsement::{Endorsed, Hangs};
use crate::checks::{holder, issuer, withheld};
use crate::codes::{Axis, Code, Finding, Outcome, shortened};
use crate::document::{self, DataModel, Detected, Family};
use crate::error::PolicyError;
use crate::formats as other;
use crate::json::{Kind, Tree, Value};
use crate::jsonld::Contexts;
use crate::keys::PublicKey;
use crate::limits;
use crate::occasion::Occasion;
use crate::policy::{Issuers, Policy};
use crate::report::{self, Embedded, Format, Place, Relation, Report, Secured};
use crate::resources::{Request, Resources};
use crate::securing::envelope::Envelope;
use crate::securing::open::{self, Enclosed};
use crate::securing::verified::Cover;
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
        hold_back(&mut jobs);
        let mut report = self.put_together(jobs, &input);
        // What is beyond is asked for in the next round, if it is still wanted then.
        report.requests.truncate(limits::REQUESTS);
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
            let at_root = value.parent().is_none();
            let Some(job) = jobs.get_mut(index) else { continue };
            job.fetched |= at_root && text.is_fetched();
            let (stands, endorsed) = (job.stands, job.endorsed.clone());
            let of_list = || workshop.list_of.and_then(|_| document::detect_status_list(value));
            let detected = document::detect(value).or_else(of_list);
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

    /// What is said of every document before it is looked at: what kind it is, by family and version, or that it is none.
    fn begun(&self, site: &Site<'_>, format: Option<(&'static str, &'static str)>) -> Part {
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
        if let Some((family, version)) = format {
            let carrier = site.envelope.map_or("json", |envelope| envelope.carrier);
            part.format = Some(Format { family, version, carrier });
            part.push(policy, Finding::at(Code::FormatRecognised, root.pointer()));
        } else {
            part.push(policy, other::not_recognised(root));
        }
        part
    }

    /// Steps 3 to 9 for one document.
    fn document(&self, site: &Site<'_>, detected: Option<&Detected>, workshop: &Workshop<'_>) -> Part {
        let policy = &self.policy;
        let root = site.value;
        let mut part = self.begun(site, detected.map(|detected| (detected.family.name(), detected.version)));
        let Some(detected) = detected else { return part };

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
            let for_endorsement = inside.relation == Relation::Endorsement;
            part.requests.extend(inside.report.requests.iter().cloned().map(|mut request| {
                request.for_endorsement |= for_endorsement;
                request
            }));
        }
        if part.mute && !part.bundle {
            part.requests.clear();
        }
        in_order(&mut part.requests);
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

/// Lets nothing be requested for endorsements in a record until it is known whose record it is: its writer chose how many
/// there are and where, and before the proof is good that is anybody. Those that came beside it are the host's own choice.
///
/// What is wanted then, for them and for the record's status and schema, goes in one round. So do endorsements of
/// endorsements, however deep, if their bytes stand in the record: its proof covers them all, and hosts do not go on for
/// as many rounds as somebody nests. What stands in an endorsement that came from an address waits for that one.
fn hold_back(jobs: &mut [Job]) {
    // Of each document the one whose proof covers its bytes.
    let mut covered_by: Vec<usize> = Vec::with_capacity(jobs.len());
    // Parents come before their children in the list.
    for index in 0..jobs.len() {
        let Some(job) = jobs.get(index) else { continue };
        let in_it = matches!(job.endorsed, Some(Endorsed { hangs: Hangs::In(_), .. }));
        let parent = job.stands.map(|stands| stands.parent);
        let covers = parent.and_then(|parent| covered_by.get(parent).copied());
        covered_by.push(covers.filter(|_| in_it && !job.fetched).unwrap_or(index));
        let part = |index: Option<usize>| index.and_then(|index| jobs.get(index)).map(|job| &job.part);
        let muted = part(parent).is_some_and(|parent| parent.mute && !parent.bundle);
        let anybodys = in_it && part(covers).is_some_and(|covers| !lists::is_known(covers));
        if (muted || anybodys)
            && let Some(Job { part, .. }) = jobs.get_mut(index)
        {
            (part.mute, part.bundle) = (true, false);
        }
    }
}

/// Each request once, and those for endorsements last: who wrote a record chose how many there are, and what is beyond a
/// host's budget or [`limits::REQUESTS`] must not be what the record itself needs.
fn in_order(requests: &mut Vec<Request>) {
    // Of several for one thing the first in the order is kept.
    requests.sort_by(|a, b| {
        let rank = |it: &Request| (it.for_endorsement, it.stage);
        (a.kind, &a.identifier, rank(a)).cmp(&(b.kind, &b.identifier, rank(b)))
    });
    requests.dedup_by(|a, b| (a.kind, &a.identifier) == (b.kind, &b.identifier));
    // Stable: those of one rank stay in the order of what they are for.
    requests.sort_by_key(|it| (it.for_endorsement, it.stage));
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
