//! What the host has fetched so far. Resources are not trust: each is checked by whoever uses it.

mod interchange;
mod memory;
mod store;

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::codes::{CheckId, Finding};
use crate::encoding::multihash::HashFunction;
use crate::json::Tree;
use crate::json_schema;
use crate::limits::Limits;
use crate::time::Timestamp;
pub(crate) use memory::Memory;
pub(crate) use store::Store;

/// What kind of thing a resource is. Together with the identifier it is the key of a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum ResourceKind {
    /// A JSON-LD context.
    Context,
    /// The document of a DID or another identifier, which lists its keys (Controlled Identifiers 1.0).
    ControlledIdentifierDocument,
    /// A registry of issuers: a list, or what a federation says of itself or of one issuer. A federation that does not know
    /// an issuer says so in the JSON body of a response with status 404 (OpenID Federation 1.0 §8.9): that body is the
    /// answer. Any other such response is none: the resource is unavailable.
    IssuerRegistry,
    /// A JSON Schema, or the credential that it is in.
    CredentialSchema,
    /// A list in which the status of records is published.
    StatusList,
    /// An image, a document or other evidence that a record gives a digest of.
    LinkedResource,
    /// What a record's refresh service offers: the record as its issuer would make it out today.
    NewerVersion,
    /// What the issuer has at the address of a hosted record (Open Badges 2.0 and before, CLR 1.0): the record itself, or a
    /// part of it that is given as a URL. A response with status 410 is an answer, with [`Resource::http_status`].
    HostedDocument,
    /// The bytes of an attachment of a statement (xAPI-Data §2.4.11); the identifier is their `sha2`, in lower-case
    /// hexadecimal. A store hands them out with the statement as `multipart/mixed`: the host splits that, verifies the first
    /// part, and supplies the part whose `X-Experience-API-Hash` is the identifier.
    Attachment,
    /// What describes a type of records (SD-JWT VC §5, Type Metadata); the identifier is the `vct`, as written.
    TypeMetadata,
}

impl ResourceKind {
    /// The name in requests and reports.
    pub const fn name(self) -> &'static str {
        match self {
            ResourceKind::Context => "context",
            ResourceKind::ControlledIdentifierDocument => "controlledIdentifierDocument",
            ResourceKind::IssuerRegistry => "issuerRegistry",
            ResourceKind::CredentialSchema => "credentialSchema",
            ResourceKind::StatusList => "statusList",
            ResourceKind::LinkedResource => "linkedResource",
            ResourceKind::NewerVersion => "newerVersion",
            ResourceKind::HostedDocument => "hostedDocument",
            ResourceKind::Attachment => "attachment",
            ResourceKind::TypeMetadata => "typeMetadata",
        }
    }
}

/// Something the verifier needs to know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Request {
    /// What kind of thing.
    pub kind: ResourceKind,
    /// The identifier as written.
    pub identifier: String,
    /// https URLs to GET, any one of them; empty where the identifier has none of its own, then the host supplies the
    /// document by other means or says that it cannot.
    pub locations: Vec<String>,
    /// Acceptable media types, best first.
    pub accept: &'static [&'static str],
    /// More bytes than this are not used.
    pub max_bytes: usize,
    /// The check that needs it.
    #[serde(serialize_with = "check_name")]
    pub why: CheckId,
    /// 1: needed for the proof. 2: needed after the proof passed.
    pub stage: u8,
    /// Whether the identifier comes from a document whose signature has not been verified.
    pub from_unverified: bool,
    /// Whether nothing but an endorsement needs it: a host that fetches only so much should fetch the rest first.
    #[serde(skip)]
    pub(crate) for_endorsement: bool,
}

impl Request {
    /// For what is looked up once the proof has passed: it is fetched from where it says it is, over https only.
    pub(crate) fn for_check(
        why: CheckId,
        kind: ResourceKind,
        identifier: &str,
        accept: &'static [&'static str],
        max_bytes: usize,
    ) -> Self {
        Request {
            kind,
            identifier: identifier.to_owned(),
            locations: location(identifier),
            accept,
            max_bytes,
            why,
            stage: 2,
            from_unverified: false,
            for_endorsement: false,
        }
    }
}

/// Where a URL is to be fetched: only over https.
pub(crate) fn location(url: &str) -> Vec<String> {
    url.starts_with("https://").then(|| url.to_owned()).into_iter().collect()
}

fn check_name<S: serde::Serializer>(check: &CheckId, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(check.name())
}

/// A resource as it was obtained.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Resource {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// The media type, where one came with it.
    pub media_type: Option<String>,
    /// When it was obtained.
    pub retrieved_at: Option<Timestamp>,
    /// The HTTP status that it came with, where that is part of the answer: 410 for a hosted record that is revoked.
    pub http_status: Option<u16>,
}

impl Resource {
    /// A resource of these bytes.
    pub fn new(bytes: impl Into<Vec<u8>>) -> Self {
        Resource { bytes: bytes.into(), media_type: None, retrieved_at: None, http_status: None }
    }

    /// With the media type that came with it.
    #[must_use]
    pub fn media_type(mut self, media_type: impl Into<String>) -> Self {
        self.media_type = Some(media_type.into());
        self
    }

    /// With the instant at which it was obtained.
    #[must_use]
    pub fn retrieved_at(mut self, instant: Timestamp) -> Self {
        self.retrieved_at = Some(instant);
        self
    }

    /// With the HTTP status that it came with.
    #[must_use]
    pub fn http_status(mut self, status: u16) -> Self {
        self.http_status = Some(status);
        self
    }
}

/// What came of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It was obtained.
    Found(Resource),
    /// It could not be obtained, for this reason. It is not asked for again, and what needs it is indeterminate.
    Unavailable(String),
}

impl From<Resource> for Answer {
    fn from(resource: Resource) -> Self {
        Answer::Found(resource)
    }
}

/// A stored answer, and what is worked out from it once.
#[derive(Debug)]
pub(crate) struct Item {
    pub(crate) answer: Answer,
    /// No two items have the same, so that what was worked out from one can be remembered.
    serial: u64,
    sha256: OnceLock<[u8; 32]>,
    sha384: OnceLock<Vec<u8>>,
    sha512: OnceLock<Vec<u8>>,
    document: OnceLock<Result<Tree<'static>, Finding>>,
    status_bits: OnceLock<Result<Vec<u8>, Finding>>,
    schema: OnceLock<Result<json_schema::Document, Finding>>,
}

static NEXT_SERIAL: AtomicU64 = AtomicU64::new(0);

impl Item {
    fn new(answer: Answer) -> Self {
        Item {
            answer,
            serial: NEXT_SERIAL.fetch_add(1, Ordering::Relaxed),
            sha256: OnceLock::new(),
            sha384: OnceLock::new(),
            sha512: OnceLock::new(),
            document: OnceLock::new(),
            status_bits: OnceLock::new(),
            schema: OnceLock::new(),
        }
    }

    /// What tells it from every other item, whatever the two hold.
    pub(crate) fn serial(&self) -> u64 {
        self.serial
    }

    /// The bits of a status list, inflated once for all that ask: `inflate` depends on nothing but the bytes.
    pub(crate) fn status_bits(
        &self,
        inflate: impl FnOnce() -> Result<Vec<u8>, Finding>,
    ) -> Result<&[u8], Finding> {
        self.status_bits.get_or_init(inflate).as_deref().map_err(Clone::clone)
    }

    /// The digest of the bytes, worked out once for all that ask.
    pub(crate) fn digest(&self, function: HashFunction) -> &[u8] {
        let digest = || function.digest(self.bytes());
        match function {
            HashFunction::Sha256 => self.sha256.get_or_init(|| Sha256::digest(self.bytes()).into()),
            HashFunction::Sha384 => self.sha384.get_or_init(digest),
            HashFunction::Sha512 => self.sha512.get_or_init(digest),
        }
    }

    /// The schema, read once for all that ask: `read` depends on nothing but the bytes and the address.
    pub(crate) fn schema(
        &self,
        read: impl FnOnce() -> Result<json_schema::Document, Finding>,
    ) -> Result<&json_schema::Document, Finding> {
        self.schema.get_or_init(read).as_ref().map_err(Clone::clone)
    }

    /// The bytes; none if it could not be obtained.
    pub(crate) fn bytes(&self) -> &[u8] {
        match &self.answer {
            Answer::Found(resource) => &resource.bytes,
            Answer::Unavailable(_) => &[],
        }
    }

    /// When it was obtained, if the host said so.
    pub(crate) fn retrieved_at(&self) -> Option<Timestamp> {
        match &self.answer {
            Answer::Found(resource) => resource.retrieved_at,
            Answer::Unavailable(_) => None,
        }
    }

    /// Seconds since it was obtained, if the host said when; fewer than none where its clock is ahead.
    pub(crate) fn age(&self, now: Timestamp) -> Option<i64> {
        Some(now.unix().saturating_sub(self.retrieved_at()?.unix()))
    }

    /// Whether it was obtained at most so many seconds ago, clocks apart. Not if nobody says when.
    pub(crate) fn is_fresh(&self, most: u64, now: Timestamp, skew: u32) -> bool {
        let most = most.saturating_add(u64::from(skew));
        self.age(now).is_some_and(|age| u64::try_from(age).unwrap_or(0) <= most)
    }

    /// The resource as JSON, read once; `None` if it could not be obtained.
    pub(crate) fn document(&self) -> Option<Result<&Tree<'static>, &Finding>> {
        let Answer::Found(resource) = &self.answer else { return None };
        let limits = || Limits { input_bytes: resource.bytes.len(), ..Limits::default() };
        let read = || Tree::parse(&resource.bytes, &limits()).map(Tree::into_owned);
        Some(self.document.get_or_init(read).as_ref())
    }

    /// The SHA-256 of the bytes, if there are any.
    pub(crate) fn sha256(&self) -> Option<[u8; 32]> {
        match &self.answer {
            Answer::Found(resource) => {
                Some(*self.sha256.get_or_init(|| Sha256::digest(&resource.bytes).into()))
            }
            Answer::Unavailable(_) => None,
        }
    }
}

/// What the host has fetched so far.
///
/// Adding while other threads verify is safe: a verification sees what was there when it began. Cloning is cheap and
/// gives an independent set.
#[derive(Debug, Default)]
pub struct Resources {
    store: RwLock<Store>,
}

impl Clone for Resources {
    fn clone(&self) -> Self {
        Resources { store: RwLock::new(self.snapshot()) }
    }
}

impl Resources {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Answers a request.
    pub fn answer(&self, request: &Request, answer: impl Into<Answer>) {
        let answer = match answer.into() {
            Answer::Found(resource) if resource.bytes.len() > request.max_bytes => {
                Answer::Unavailable(format!("larger than {} bytes", request.max_bytes))
            }
            answer => answer,
        };
        self.insert(request.kind, &request.identifier, answer);
    }

    /// Supplies a resource that was not asked for yet: a DID document on disk, a context of one's own.
    pub fn insert(&self, kind: ResourceKind, identifier: &str, answer: impl Into<Answer>) {
        let item = Arc::new(Item::new(answer.into()));
        let mut store = self.store.write().unwrap_or_else(PoisonError::into_inner);
        store.insert(kind, identifier, item);
    }

    /// What is there now.
    pub(crate) fn snapshot(&self) -> Store {
        self.store.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicUsize;

    use super::*;

    #[test]
    fn a_status_list_is_inflated_once_for_all_threads() {
        let item = Item::new(Answer::Found(Resource::new("list")));
        let inflated = AtomicUsize::new(0);
        let inflate = || {
            inflated.fetch_add(1, Ordering::Relaxed);
            std::thread::yield_now();
            Ok(vec![1, 2, 3])
        };
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| assert_eq!(item.status_bits(inflate).unwrap(), [1, 2, 3]));
            }
        });
        assert_eq!(inflated.into_inner(), 1);
    }
}
