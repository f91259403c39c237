//! How the vectors of the W3C are verified: explained, with the contexts that they need beyond the embedded ones.
#![allow(dead_code, unreachable_pub, clippy::disallowed_methods)] // a test reads files

pub use crate::support::answers::codes;
use std::fs;
use std::path::Path;

use ler_verify::encoding::hex;
use ler_verify::{
    Issuers, Occasion, PinnedContext, Policy, Report, Resource, ResourceKind, Resources, Timestamp, Verifier,
};
use sha2::{Digest, Sha256};

/// What the vectors need beyond the embedded contexts, by URL and file.
const CONTEXTS: [(&str, &str); 1] =
    [("https://w3id.org/citizenship/v4rc1", "w3id.org_citizenship_v4rc1.jsonld")];

/// Verifies a document of the folder `vectors`, for anyone.
pub fn verify(document: &[u8], vectors: &Path) -> Report {
    let resources = Resources::new();
    let mut policy = Policy::accepting(Issuers::Anyone);
    policy.explain = true;
    for (url, file) in CONTEXTS {
        let bytes = fs::read(vectors.join("../contexts").join(file)).unwrap();
        policy.contexts.push(PinnedContext { url: url.into(), sha256: hex(&Sha256::digest(&bytes)) });
        resources.insert(ResourceKind::Context, url, Resource::new(bytes));
    }
    let occasion = Occasion::at(Timestamp::parse("2026-11-21T12:00:00Z").unwrap());
    Verifier::new(policy).unwrap().verify(document, &resources, &occasion)
}
