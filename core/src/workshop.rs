//! What one verification works with: the verifier's tables, the resources as they were when it began, its budgets.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::sync::Arc;

use crate::checks::issuer::names::Namesake;
use crate::checks::issuer::{Answers, Registries};
use crate::codes::CheckId;
use crate::document;
use crate::identifier::{self, Need};
use crate::json::Value;
use crate::jsonld::{self, Rules};
use crate::limits::Limits;
use crate::occasion::Occasion;
use crate::policy::RegistryKind;
use crate::rdf::canonical::Budget;
use crate::report::ResourceUse;
use crate::resources::{Answer, Item, Request, ResourceKind, Store};
use crate::securing::canonical::Canonicalizer;
use crate::securing::envelope::Envelope;
use crate::securing::{self, Securing, Subject, Tools};
use crate::verifier::Verifier;

/// One verification.
pub(crate) struct Workshop<'v> {
    verifier: &'v Verifier,
    pub(crate) occasion: &'v Occasion,
    store: Arc<Store>,
    /// The resources that were looked at.
    used: RefCell<BTreeSet<(ResourceKind, String)>>,
    /// Work that all documents of one input share.
    budget: RefCell<Budget>,
    signatures: RefCell<usize>,
    registries: Registries<'v>,
}

impl<'v> Workshop<'v> {
    pub(crate) fn new(verifier: &'v Verifier, store: Arc<Store>, occasion: &'v Occasion) -> Self {
        let limits = &verifier.policy.limits;
        Workshop {
            verifier,
            occasion,
            store,
            used: RefCell::default(),
            budget: RefCell::new(Budget::new(limits)),
            signatures: RefCell::new(limits.signatures),
            registries: Registries::new(&verifier.anchor_keys, occasion.now, verifier.policy.clock_skew),
        }
    }

    /// Verifies the proofs of one document, and the signatures of the envelope that it came in.
    pub(crate) fn verify_proofs<'t>(
        &'t self,
        subject: &Subject<'t>,
        envelope: Option<&Envelope>,
        values: Vec<Value<'t>>,
    ) -> Securing {
        let policy = &self.verifier.policy;
        let digests = document::related_resource::digests(subject.document.as_value());
        let supplied = |url: &str| match self.item(ResourceKind::Context, url).map(|item| &item.answer) {
            Some(Answer::Found(resource)) => jsonld::Supplied::Bytes(&resource.bytes),
            Some(Answer::Unavailable(_)) => jsonld::Supplied::Unavailable,
            None => jsonld::Supplied::Missing,
        };
        let rules = Rules {
            limits: &policy.limits,
            pinned: &self.verifier.pinned_contexts,
            inline: policy.inline_contexts,
            supplied: &supplied,
            as_of: None,
            digests: &digests,
        };
        let mut tools = Tools {
            policy,
            occasion: self.occasion,
            canonicalizer: Canonicalizer {
                contexts: &self.verifier.contexts,
                rules,
                budget: &mut self.budget.borrow_mut(),
                explain: policy.explain,
            },
            documents: &|identifier| self.identifier_document(identifier),
            pinned: &self.verifier.pinned_keys,
            anchors: &self.verifier.anchors,
            signatures: &mut self.signatures.borrow_mut(),
        };
        securing::verify(subject, envelope, values, &mut tools)
    }

    fn identifier_document(&self, identifier: &str) -> identifier::Supplied<'_> {
        match self.item(ResourceKind::ControlledIdentifierDocument, identifier) {
            None => identifier::Supplied::Missing,
            Some(item) => match item.document() {
                None => identifier::Supplied::Unavailable,
                Some(Ok(tree)) => identifier::Supplied::Document(tree),
                Some(Err(finding)) => identifier::Supplied::Unreadable(finding.clone()),
            },
        }
    }

    /// What the policy's registries say of an issuer.
    pub(crate) fn ask_registries(&self, issuer: &str) -> Answers {
        self.registries.ask(self.verifier.policy.registries(), issuer, &|id| self.registry(id))
    }

    /// The registered issuer with another identifier who has this name, or one that looks like it.
    pub(crate) fn namesake(&self, issuer: &str, name: &str) -> Option<Namesake> {
        self.registries.namesake(self.verifier.policy.registries(), issuer, name, &|id| self.registry(id))
    }

    fn registry(&self, identifier: &str) -> Option<&Item> {
        self.item(ResourceKind::IssuerRegistry, identifier)
    }

    fn item(&self, kind: ResourceKind, identifier: &str) -> Option<&Item> {
        let item = self.store.get(&kind)?.get(identifier)?;
        self.used.borrow_mut().insert((kind, identifier.to_owned()));
        Some(item)
    }

    /// The resources that were used.
    pub(crate) fn used(&self) -> Vec<ResourceUse> {
        let report = |(kind, id): &(ResourceKind, String)| {
            let item = self.store.get(kind).and_then(|items| items.get(id));
            let retrieved_at = item.and_then(|item| match &item.answer {
                Answer::Found(resource) => resource.retrieved_at,
                Answer::Unavailable(_) => None,
            });
            ResourceUse {
                kind: *kind,
                id: id.clone(),
                sha256: item.and_then(|item| item.sha256()),
                retrieved_at,
            }
        };
        self.used.borrow().iter().map(report).collect()
    }

    /// What to ask the host for, so that keys can be found.
    pub(crate) fn requests_for_keys(&self, needs: &[Need]) -> Vec<Request> {
        let missing = |need: &&Need| {
            let known = self.store.get(&ResourceKind::ControlledIdentifierDocument);
            !known.is_some_and(|known| known.contains_key(&need.identifier))
        };
        let request = |need: &Need| Request {
            kind: ResourceKind::ControlledIdentifierDocument,
            identifier: need.identifier.clone(),
            locations: need.locations.clone(),
            accept: &[
                "application/did+json",
                "application/did+ld+json",
                "application/ld+json",
                "application/jwk-set+json",
                "application/json",
            ],
            max_bytes: self.verifier.policy.limits.resource_bytes,
            why: CheckId::KeyResolved,
            stage: 1,
            from_unverified: true,
        };
        needs.iter().filter(missing).map(request).collect()
    }
}

/// What to ask the host for, so that contexts can be read.
pub(crate) fn requests_for_contexts(urls: &[String], limits: &Limits) -> Vec<Request> {
    let request = |url: &String| Request {
        kind: ResourceKind::Context,
        identifier: url.clone(),
        locations: location(url),
        accept: &["application/ld+json", "application/json"],
        max_bytes: limits.resource_bytes,
        why: CheckId::ContextsAvailable,
        stage: 1,
        from_unverified: true,
    };
    urls.iter().map(request).collect()
}

/// What to ask the host for, so that the issuer can be looked up.
pub(crate) fn requests_for_registries(needs: &[(RegistryKind, String)], limits: &Limits) -> Vec<Request> {
    let request = |(kind, identifier): &(RegistryKind, String)| {
        let (accept, max_bytes): (&[_], _) = match kind {
            RegistryKind::OpenidFederation => (&["application/entity-statement+jwt"], limits.resource_bytes),
            RegistryKind::List => (&["application/json"], limits.resource_bytes.saturating_mul(10)),
        };
        Request {
            kind: ResourceKind::IssuerRegistry,
            identifier: identifier.clone(),
            locations: location(identifier),
            accept,
            max_bytes,
            why: CheckId::IssuerAccepted,
            stage: 2,
            from_unverified: false,
        }
    };
    needs.iter().map(request).collect()
}

/// Where a URL is to be fetched: only over https.
fn location(url: &str) -> Vec<String> {
    url.starts_with("https://").then(|| url.to_owned()).into_iter().collect()
}
