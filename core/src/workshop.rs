//! What one verification works with: the verifier's tables, the resources as they were when it began, its budgets.

use std::cell::RefCell;
use std::collections::BTreeMap;

use crate::checks::issuer::names::Namesake;
use crate::checks::issuer::{Answers, Demands, Registries};
use crate::codes::CheckId;
use crate::document;
use crate::identifier::{self, Need};
use crate::json::Value;
use crate::jsonld::{self, Rules};
use crate::limits::{Limits, NEWER_VERSIONS, STATUS_LISTS};
use crate::occasion::Occasion;
use crate::policy::RegistryKind;
use crate::rdf::canonical::Budget;
use crate::report::ResourceUse;
use crate::resources::{Answer, Item, Request, ResourceKind, Store, location};
use crate::securing::canonical::Canonicalizer;
use crate::securing::envelope::Envelope;
use crate::securing::{self, Securing, Subject, Tools};
use crate::verifier::Verifier;

/// What was looked up, and which item was there, if any.
pub(crate) type LookedUp = BTreeMap<(ResourceKind, String), Option<u64>>;

/// One verification.
pub(crate) struct Workshop<'v> {
    verifier: &'v Verifier,
    pub(crate) occasion: &'v Occasion,
    /// Where a status list is verified and no record: whose records it is about.
    pub(crate) list_of: Option<&'v str>,
    /// Whether the newer version of a record is verified.
    pub(crate) newer: bool,
    /// Whether it is a schema in a credential that is verified, and no record.
    pub(crate) of_schema: bool,
    store: Store,
    looked_up: RefCell<LookedUp>,
    /// Work that all documents of one input share.
    budget: RefCell<Budget>,
    signatures: RefCell<usize>,
    registries: Registries<'v>,
}

impl<'v> Workshop<'v> {
    pub(crate) fn new(verifier: &'v Verifier, store: Store, occasion: &'v Occasion) -> Self {
        Workshop::with_part(verifier, store, occasion, 1)
    }

    /// With one of so many `parts` of the budget.
    fn with_part(verifier: &'v Verifier, store: Store, occasion: &'v Occasion, parts: usize) -> Self {
        let limits = &verifier.policy.limits;
        let share = |limit: usize| limit.div_ceil(parts);
        let budget = Limits { hash_n_degree_calls: share(limits.hash_n_degree_calls), ..limits.clone() };
        Workshop {
            verifier,
            occasion,
            list_of: None,
            newer: false,
            of_schema: false,
            store,
            looked_up: RefCell::default(),
            budget: RefCell::new(Budget::new(&budget)),
            signatures: RefCell::new(share(limits.signatures)),
            registries: Registries::new(
                &verifier.anchor_keys,
                &verifier.registries,
                Demands {
                    now: occasion.now,
                    skew: verifier.policy.clock_skew,
                    max_age: verifier.policy.registry_max_age,
                },
            ),
        }
    }

    /// For a status list: the same tables and resources, and a budget of its own, so that what comes of a list does not
    /// depend on the record that names it. It is so small that all lists together have no more than one record.
    pub(crate) fn for_list<'w>(&'w self, occasion: &'w Occasion, issuer: &'w str) -> Workshop<'w> {
        Workshop { list_of: Some(issuer), ..self.apart(occasion, STATUS_LISTS) }
    }

    /// For the newer version of a record: it names no newer one, and all of them together have a budget like one record.
    pub(crate) fn for_newer_version<'w>(&'w self, occasion: &'w Occasion) -> Workshop<'w> {
        Workshop { newer: true, ..self.apart(occasion, NEWER_VERSIONS) }
    }

    /// The same tables and resources, with one of so many `parts` of the budget.
    fn apart<'w>(&'w self, occasion: &'w Occasion, parts: usize) -> Workshop<'w> {
        let fresh = Workshop::with_part(self.verifier, self.store.clone(), occasion, parts);
        Workshop { newer: self.newer, of_schema: self.of_schema, ..fresh }
    }

    /// For the credential that a schema is in: likewise.
    pub(crate) fn for_schema<'w>(&'w self, occasion: &'w Occasion) -> Workshop<'w> {
        Workshop { of_schema: true, ..self.apart(occasion, STATUS_LISTS) }
    }

    /// What the host has for the address of a schema.
    pub(crate) fn schema(&self, url: &str) -> Option<&Item> {
        self.item(ResourceKind::CredentialSchema, url)
    }

    /// What the host has for the address of a status list.
    pub(crate) fn status_list(&self, url: &str) -> Option<&Item> {
        self.item(ResourceKind::StatusList, url)
    }

    /// What the host has for a resource that a record gives a digest of.
    pub(crate) fn linked_resource(&self, id: &str) -> Option<&Item> {
        self.item(ResourceKind::LinkedResource, id)
    }

    /// What the host has for the digest of an attachment.
    pub(crate) fn attachment(&self, digest: &str) -> Option<&Item> {
        self.item(ResourceKind::Attachment, digest)
    }

    /// What the host has for the type of a record.
    pub(crate) fn type_metadata(&self, vct: &str) -> Option<&Item> {
        self.item(ResourceKind::TypeMetadata, vct)
    }

    /// What the host has for the address of a refresh service.
    pub(crate) fn newer_version(&self, url: &str) -> Option<&Item> {
        self.item(ResourceKind::NewerVersion, url)
    }

    /// What was looked up on its behalf elsewhere.
    pub(crate) fn has_looked_up(&self, elsewhere: &LookedUp) {
        self.looked_up.borrow_mut().extend(elsewhere.iter().map(|(key, item)| (key.clone(), *item)));
    }

    /// What was looked up, to be remembered with what came of it.
    pub(crate) fn looked_up(&self) -> LookedUp {
        self.looked_up.borrow().clone()
    }

    /// Whether all that was looked up then is the same now.
    pub(crate) fn is_as_looked_up(&self, then: &LookedUp) -> bool {
        let now = |kind: &ResourceKind, id: &String| self.store.get(*kind, id).map(Item::serial);
        then.iter().all(|((kind, id), item)| now(kind, id) == *item)
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
            // A policy that pins bytes to it says that it is a context after all.
            None if document::ler_rs::is_schema(url) && !self.verifier.pinned_contexts.contains_key(url) => {
                jsonld::Supplied::JsonSchema
            }
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

    /// Verifies the signature of a record with the keys that its issuer's profile lists.
    #[cfg(feature = "formats")]
    pub(crate) fn verify_signed(
        &self,
        signed: securing::profile_keys::Signed<'_>,
        envelope: &Envelope,
    ) -> Securing {
        let proofs = signed.verify(envelope, &mut self.signatures.borrow_mut());
        Securing::of(proofs, self.verifier.policy.proof_set)
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

    pub(crate) fn item(&self, kind: ResourceKind, identifier: &str) -> Option<&Item> {
        let item = self.store.get(kind, identifier);
        self.looked_up.borrow_mut().insert((kind, identifier.to_owned()), item.map(Item::serial));
        item
    }

    /// The resources that were used.
    pub(crate) fn used(&self) -> Vec<ResourceUse> {
        let report = |(kind, id): &(ResourceKind, String)| {
            let item = self.store.get(*kind, id)?;
            let (id, retrieved_at) = (id.clone(), item.retrieved_at());
            Some(ResourceUse { kind: *kind, id, sha256: item.sha256(), retrieved_at })
        };
        self.looked_up.borrow().keys().filter_map(report).collect()
    }

    /// What to ask the host for, so that keys can be found.
    pub(crate) fn requests_for_keys(&self, needs: &[Need]) -> Vec<Request> {
        let missing =
            |need: &&Need| self.item(ResourceKind::ControlledIdentifierDocument, &need.identifier).is_none();
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
            for_endorsement: false,
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
        for_endorsement: false,
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
        Request::for_check(
            CheckId::IssuerAccepted,
            ResourceKind::IssuerRegistry,
            identifier,
            accept,
            max_bytes,
        )
    };
    needs.iter().map(request).collect()
}

/// What to ask the host for, so that a resource can be compared with its digest.
pub(crate) fn request_for_linked_resource(id: &str, limits: &Limits) -> Request {
    let max_bytes = limits.resource_bytes.saturating_mul(10);
    Request::for_check(CheckId::LinkedResource, ResourceKind::LinkedResource, id, &["*/*"], max_bytes)
}

/// What to ask the host for, so that a newer version of a record is found.
pub(crate) fn request_for_newer_version(url: &str, limits: &Limits) -> Request {
    let accept =
        &["application/vc", "application/ld+json", "application/json", "application/vc+jwt", "text/plain"];
    Request::for_check(CheckId::NewerVersion, ResourceKind::NewerVersion, url, accept, limits.input_bytes)
}

/// What to ask the host for, so that the signature of a statement can be verified. Mostly it has it already: a store hands
/// statements out as `multipart/mixed`, whose first part is the statement, and the part whose header
/// `X-Experience-API-Hash` is the identifier has the bytes. Only where the statement says that the file is published
/// elsewhere (`fileUrl`) there is something to fetch.
pub(crate) fn request_for_attachment(digest: &str, file_url: Option<&str>, limits: &Limits) -> Request {
    Request {
        kind: ResourceKind::Attachment,
        identifier: digest.to_owned(),
        locations: file_url.map(location).unwrap_or_default(),
        accept: &["application/octet-stream"],
        max_bytes: limits.input_bytes,
        why: CheckId::StatementSignature,
        stage: 1,
        from_unverified: true,
        for_endorsement: false,
    }
}

/// What to ask the host for, so that the description of a type can be compared with its digest.
pub(crate) fn request_for_type_metadata(vct: &str, limits: &Limits) -> Request {
    let (accept, max_bytes) = (&["application/json"], limits.resource_bytes);
    Request::for_check(CheckId::TypeMetadata, ResourceKind::TypeMetadata, vct, accept, max_bytes)
}
