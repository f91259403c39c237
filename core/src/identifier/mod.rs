//! Identifiers of issuers and holders, and how their keys are found: DIDs and https URLs (DID 1.0, Controlled
//! Identifiers 1.0).
//!
//! Identifiers are compared as they are written, character by character: nothing is normalised, so nothing that looks
//! alike is taken for the same.

pub mod controlled_identifier_document;
pub mod did;
pub mod did_jwk;
pub mod did_key;
pub mod did_web;
pub mod kid;
pub mod published;
pub mod retrieve;
pub mod verification_method;
#[cfg(feature = "x509")]
pub mod x509;
#[cfg(not(feature = "x509"))]
#[path = "x509/not_built.rs"]
pub mod x509;

use crate::codes::{Code, Finding};
use crate::json;

pub use did::Did;
pub use kid::{Bearer, Names, lists_in_sets, named};
pub use published::{Published, published};
pub use retrieve::{Listing, Methods, Retrieval, authorized, lists, retrieve};
pub use verification_method::VerificationMethod;

pub(crate) use controlled_identifier_document::place;
pub(crate) use retrieve::maybe_equal;

/// What a key is used for (CID 1.0 §2.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relationship {
    /// Making claims: credentials.
    AssertionMethod,
    /// Proving who one is: presentations.
    Authentication,
}

impl Relationship {
    /// The member of a controlled identifier document.
    pub const fn name(self) -> &'static str {
        match self {
            Relationship::AssertionMethod => "assertionMethod",
            Relationship::Authentication => "authentication",
        }
    }
}

/// What the host supplied as the document of an identifier.
#[derive(Clone, Debug)]
pub enum Supplied<'r> {
    /// A JSON document; whose it is has yet to be seen.
    Document(&'r json::Tree<'r>),
    /// Something that is no JSON document.
    Unreadable(Finding),
    /// The host says that it cannot be obtained.
    Unavailable,
    /// Nothing yet.
    Missing,
}

/// A document that has to be obtained.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Need {
    /// The identifier that the document must bear.
    pub identifier: String,
    /// https URLs to GET, any one of them; empty where the identifier has none of its own.
    pub locations: Vec<String>,
}

/// An identifier, by how its document is obtained.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Identifier<'a> {
    /// did:key: the key is in it.
    Key(Did<'a>),
    /// did:jwk: the key is in it.
    Jwk(Did<'a>),
    /// did:web, with the URL of its document.
    Web(String),
    /// A DID of another method: the host may know how to resolve it.
    OtherDid(Did<'a>),
    /// An https URL: the document is there.
    Https(&'a str),
    /// Another URL, or one that nobody should be made to fetch: the host may have the document.
    Other(&'a str),
}

impl<'a> Identifier<'a> {
    /// Reads an identifier: a DID or another absolute URL, without fragment.
    ///
    /// # Errors
    /// [`Code::DidSyntax`] for what begins like a DID and is none, or not one of its method;
    /// [`Code::DidMethodUnsupported`] for a DID URL with path or query of another method; [`Code::KeyMethodUrl`] for
    /// what is no URL.
    pub fn parse(text: &'a str) -> Result<Self, Finding> {
        if text.get(..4).is_some_and(|scheme| scheme.eq_ignore_ascii_case("did:")) {
            let (whole, rest) = text.split_at(text.find(['/', '?']).unwrap_or(text.len()));
            let did = Did::parse(whole)?;
            return match (did.method, rest.is_empty()) {
                ("key", true) => Ok(Identifier::Key(did)),
                ("jwk", true) => Ok(Identifier::Jwk(did)),
                ("web", true) => Ok(Identifier::Web(did_web::location(did)?)),
                ("key" | "jwk" | "web", false) => Err(Finding::new(Code::DidSyntax)),
                (_, true) => Ok(Identifier::OtherDid(did)),
                (_, false) => Err(Finding::new(Code::DidMethodUnsupported)),
            };
        }
        let url = oxiri::Iri::parse(text).map_err(|_| Finding::new(Code::KeyMethodUrl))?;
        if url.fragment().is_some() {
            return Err(Finding::new(Code::KeyMethodUrl));
        }
        // Not fetched: other schemes, names that need interpretation, a user before the host.
        let host = url.authority().filter(|host| !host.is_empty() && !host.starts_with(':'));
        let plain =
            url.scheme() == "https" && text.is_ascii() && host.is_some_and(|host| !host.contains('@'));
        Ok(if plain { Identifier::Https(text) } else { Identifier::Other(text) })
    }

    /// https URLs to GET for its document.
    pub fn locations(&self) -> Vec<String> {
        match self {
            Identifier::Web(url) => vec![url.clone()],
            Identifier::Https(url) => vec![(*url).to_owned()],
            Identifier::Key(_) | Identifier::Jwk(_) | Identifier::OtherDid(_) | Identifier::Other(_) => {
                Vec::new()
            }
        }
    }
}

/// Where the document of an identifier is: its https URL for did:web and https; none for did:key and did:jwk, which
/// need none, and for others, which have none of their own.
///
/// # Errors
/// As [`Identifier::parse`].
pub fn locations(identifier: &str) -> Result<Vec<String>, Finding> {
    Identifier::parse(identifier).map(|identifier| identifier.locations())
}

/// The host that an identifier rests on: that of an https URL or of a did:web.
pub(crate) fn host_of(id: &str) -> Option<&str> {
    let authority = match Identifier::parse(id).ok()? {
        Identifier::Https(url) => url.strip_prefix("https://")?.split(['/', '?']).next()?,
        Identifier::Web(_) => id.strip_prefix("did:web:")?.split([':', '%']).next()?,
        _ => return None,
    };
    authority.split(':').next()
}
