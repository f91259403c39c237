//! Retrieve Verification Method (CID 1.0 §3.3), and what ties a key to an issuer that is not its controller.

use super::controlled_identifier_document::{ControlledIdentifierDocument, place};
use super::{Identifier, Need, Relationship, Supplied, VerificationMethod, did_jwk, did_key};
use crate::codes::{CheckId, Code, Finding};
use crate::keys::PublicKey;
use crate::time::Timestamp;

/// What was found out about a verification method.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retrieval {
    /// The method, if its key could be read, whether or not it is authorised.
    pub method: Option<VerificationMethod>,
    /// Answers the check `key.resolved`.
    pub resolved: Finding,
    /// Answers the check `key.authorized`; `None` if there was nothing to ask.
    pub authorized: Option<Finding>,
    /// [`Code::KeyDates`] if a date of the method cannot be read: then it must count as neither revoked nor in force.
    pub dates: Option<Finding>,
    /// The document that is missing.
    pub need: Option<Need>,
}

/// Whether an issuer's own document lists a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Listing {
    /// It does. If it has an entry of its own for the key, the earliest dates of those entries count too.
    Yes {
        /// Since when the issuer does not use the key any more.
        revoked: Option<Timestamp>,
        /// Until when the issuer uses the key.
        expires: Option<Timestamp>,
    },
    /// The document was read and does not.
    No,
    /// It could not be found out.
    Unknown {
        /// Why; not necessarily about the key that was asked for.
        finding: Finding,
        /// The document that is missing.
        need: Option<Need>,
    },
}

/// Why there is no document.
struct NoDocument {
    finding: Finding,
    need: Option<Need>,
}

impl From<Finding> for NoDocument {
    fn from(finding: Finding) -> Self {
        NoDocument { finding, need: None }
    }
}

/// Where the verification methods of an identifier are.
enum Source<'r> {
    /// In the identifier itself: one method, with every relationship that its key has.
    Itself { fragment: &'r str, key: Result<PublicKey, Finding> },
    /// In a document.
    Document(ControlledIdentifierDocument<'r>),
}

/// Finds the verification method `method_url` and whether its controller authorises it for `relationship` (CID 1.0
/// §3.3, all steps). did:key and did:jwk are read from the identifier, never from a supplied document; a key in the
/// fragment of any other identifier means nothing until the controller's document lists it.
///
/// `supplied` says what the host has for an identifier as written.
pub fn retrieve<'r>(
    method_url: &'r str,
    relationship: Relationship,
    supplied: &dyn Fn(&str) -> Supplied<'r>,
) -> Retrieval {
    // Steps 1 and 2.
    let (identifier, fragment) = match method_url.split_once('#') {
        Some((identifier, fragment))
            if !fragment.is_empty() && (is_url(method_url) || is_did_like(method_url)) =>
        {
            (identifier, fragment)
        }
        _ => return stopped(Finding::new(Code::KeyMethodUrl).into()),
    };
    let document = match source(identifier, supplied) {
        Err(none) => return stopped(none),
        Ok(Source::Itself { fragment: only, .. }) if only != fragment => {
            return stopped(place(Finding::new(Code::KeyNotListed), identifier).into());
        }
        Ok(Source::Itself { key, .. }) => {
            return match key {
                Ok(key) => {
                    found(VerificationMethod::of_itself(identifier, fragment, key), None, true, relationship)
                }
                Err(finding) => stopped(place(finding, identifier).into()),
            };
        }
        Ok(Source::Document(document)) => document,
    };
    // Steps 6 to 10.
    let method =
        document.find(method_url).and_then(|value| VerificationMethod::read(&document, method_url, value));
    match method {
        Err(finding) => stopped(finding.into()),
        Ok((method, dates)) => {
            let authorized = document.authorized(relationship).any(|id| id == method_url);
            found(method, dates, authorized, relationship)
        }
    }
}

/// Whether the document of `issuer` lists this key under `relationship`, by the method's id or with an equal key of its
/// own. For issuers whose key has another controller.
pub fn lists<'r>(
    issuer: &'r str,
    method: &VerificationMethod,
    relationship: Relationship,
    supplied: &dyn Fn(&str) -> Supplied<'r>,
) -> Listing {
    let document = match source(issuer, supplied) {
        Err(NoDocument { finding, need }) => return Listing::Unknown { finding, need },
        Ok(Source::Itself { key, .. }) => {
            return match key {
                Ok(key) if key == method.key => Listing::Yes { revoked: None, expires: None },
                Ok(_) => Listing::No,
                Err(finding) => not_equal(finding).map_or(Listing::No, Listing::unknown),
            };
        }
        Ok(Source::Document(document)) => document,
    };
    let mut unknown = None;
    let mut yes: Option<(Option<Timestamp>, Option<Timestamp>)> = None;
    for id in document.authorized(relationship) {
        let by_id = id == method.id;
        match document.find(&id).and_then(|value| VerificationMethod::read(&document, &id, value)) {
            Ok((own, dates)) if own.key == method.key => {
                if let Some(dates) = dates {
                    return Listing::unknown(Finding { code: Code::KeyDocumentInvalid, ..dates });
                }
                let (revoked, expires) = yes.unwrap_or_default();
                yes = Some((earliest(revoked, own.revoked), earliest(expires, own.expires)));
            }
            Ok(_) => {}
            // A reference to a method of another document: this method, or one that is of no interest.
            Err(finding) if finding.code == Code::KeyNotListed => {
                if by_id {
                    yes = yes.or(Some((None, None)));
                }
            }
            Err(finding) => unknown = unknown.or(not_equal(finding)),
        }
    }
    match (yes, unknown) {
        (Some((revoked, expires)), _) => Listing::Yes { revoked, expires },
        (None, Some(finding)) => Listing::unknown(finding),
        (None, None) => Listing::No,
    }
}

impl Listing {
    fn unknown(finding: Finding) -> Self {
        Listing::Unknown { finding, need: None }
    }
}

/// Step 3 to 5: what the identifier says of itself, or the document that bears it.
fn source<'r>(
    identifier: &'r str,
    supplied: &dyn Fn(&str) -> Supplied<'r>,
) -> Result<Source<'r>, NoDocument> {
    let parsed = Identifier::parse(identifier)?;
    match parsed {
        Identifier::Key(did) => {
            let multikey = did_key::key(did).map_err(|finding| place(finding, identifier))?;
            let key = PublicKey::try_from(&multikey);
            return Ok(Source::Itself { fragment: did_key::fragment(&did), key });
        }
        Identifier::Jwk(did) => {
            let key = did_jwk::key(did);
            return match key {
                Err(finding) if matches!(finding.code, Code::DidSyntax | Code::KeyDocumentInvalid) => {
                    Err(place(finding, identifier).into())
                }
                key => Ok(Source::Itself { fragment: did_jwk::FRAGMENT, key }),
            };
        }
        Identifier::Web(_) | Identifier::Https(_) | Identifier::OtherDid(_) | Identifier::Other(_) => {}
    }
    let no_document = |code| place(Finding::new(code), identifier);
    match supplied(identifier) {
        Supplied::Document(tree) => {
            Ok(Source::Document(ControlledIdentifierDocument::open(identifier, tree)?))
        }
        Supplied::Unreadable(why) => {
            Err(no_document(Code::KeyDocumentInvalid).with("reason", why.code.name()).into())
        }
        Supplied::Unavailable => Err(no_document(Code::KeyDocumentUnavailable).into()),
        Supplied::Missing => {
            let code = match parsed {
                Identifier::OtherDid(_) => Code::DidMethodUnsupported,
                _ => Code::KeyDocumentNeeded,
            };
            let need = Need { identifier: identifier.to_owned(), locations: parsed.locations() };
            Err(NoDocument { finding: no_document(code), need: Some(need) })
        }
    }
}

fn found(
    method: VerificationMethod,
    dates: Option<Finding>,
    authorized: bool,
    relationship: Relationship,
) -> Retrieval {
    let code = if authorized { Code::KeyMay } else { Code::KeyRelationship };
    let finding = place(Finding::new(code), &method.controller).with("relationship", relationship.name());
    Retrieval {
        resolved: place(Finding::new(Code::KeyFound), &method.controller),
        method: Some(method),
        authorized: Some(finding),
        dates,
        need: None,
    }
}

/// No method. A key that says of itself that it does not verify signatures was found, and is not authorised.
fn stopped(NoDocument { finding, need }: NoDocument) -> Retrieval {
    let none = Retrieval { method: None, resolved: finding, authorized: None, dates: None, need };
    if none.resolved.code.check() == CheckId::KeyAuthorized {
        let resolved =
            Finding { code: Code::KeyFound, pointer: None, details: none.resolved.details.clone() };
        Retrieval { authorized: Some(none.resolved), resolved, ..none }
    } else {
        none
    }
}

/// What could not be read might be the key, unless it is known to be of another kind or is not a key at all.
fn not_equal(finding: Finding) -> Option<Finding> {
    let unknown_kind = finding.code == Code::KeyUnsupported && !finding.details.contains_key("keyType");
    unknown_kind.then_some(finding)
}

fn earliest(a: Option<Timestamp>, b: Option<Timestamp>) -> Option<Timestamp> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

/// Whether the whole is an absolute URL, the fragment too.
fn is_url(text: &str) -> bool {
    oxiri::Iri::parse(text).is_ok()
}

/// Whether the rules of DIDs say more exactly what is wrong with it.
fn is_did_like(text: &str) -> bool {
    text.get(..4).is_some_and(|scheme| scheme.eq_ignore_ascii_case("did:"))
}
