//! Retrieve Verification Method (CID 1.0 §3.3), and what ties a key to an issuer that is not its controller.

use super::controlled_identifier_document::{ControlledIdentifierDocument, Reference, place};
use super::verification_method::{self, Read};
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

/// The verification methods of an identifier that count for a relationship.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Methods {
    /// Those that can be read.
    pub methods: Vec<VerificationMethod>,
    /// Why there may be more.
    pub unknown: Option<Finding>,
    /// The document that is missing.
    pub need: Option<Need>,
}

impl From<Finding> for NoDocument {
    fn from(finding: Finding) -> Self {
        NoDocument { finding, need: None }
    }
}

/// Where the verification methods of an identifier are.
enum Source<'i, 'r> {
    /// In the identifier itself: one method, which has every relationship that its key has. It cannot be revoked and
    /// does not expire.
    Itself { fragment: &'i str, key: Result<PublicKey, Finding> },
    /// In a document.
    Document(ControlledIdentifierDocument<'r>),
}

/// Finds the verification method `method_url` and whether its controller authorises it for `relationship` (CID 1.0
/// §3.3, all steps). did:key and did:jwk are read from the identifier, never from a supplied document; a key in the
/// fragment of any other identifier means nothing until the controller's document lists it.
///
/// `supplied` says what the host has for an identifier as written.
pub fn retrieve<'r>(
    method_url: &str,
    relationship: Relationship,
    supplied: &dyn Fn(&str) -> Supplied<'r>,
) -> Retrieval {
    match method(method_url, relationship, supplied) {
        Ok(retrieval) => retrieval,
        Err(NoDocument { finding, need }) => {
            let none = Retrieval { method: None, resolved: finding, authorized: None, dates: None, need };
            if none.resolved.code.check() != CheckId::KeyAuthorized {
                return none;
            }
            // A key that says of itself that it does not verify signatures: it was found, and is not authorised.
            let resolved = none.resolved.clone().coded(Code::KeyFound).moved(None);
            Retrieval { authorized: Some(none.resolved), resolved, ..none }
        }
    }
}

fn method<'r>(
    method_url: &str,
    relationship: Relationship,
    supplied: &dyn Fn(&str) -> Supplied<'r>,
) -> Result<Retrieval, NoDocument> {
    // Steps 1 and 2.
    let no_url = || Finding::new(Code::KeyMethodUrl);
    let (identifier, fragment) = method_url.split_once('#').ok_or_else(no_url)?;
    let parsed = Identifier::parse(identifier)?;
    if fragment.is_empty() || oxiri::Iri::parse(method_url).is_err() {
        return Err(no_url().into());
    }
    // Steps 3 to 9.
    let (read, authorized) = match source(identifier, &parsed, supplied)? {
        Source::Itself { fragment: only, .. } if only != fragment => {
            return Err(place(Finding::new(Code::KeyNotListed), identifier).into());
        }
        Source::Itself { key, .. } => {
            let key = key.map_err(|finding| place(finding, identifier))?;
            (Read { key, revoked: None, expires: None, dates: None }, true)
        }
        Source::Document(document) => {
            let reference = document.reference(method_url);
            let read = verification_method::read(&document, document.find(reference)?)?;
            (read, document.authorized(relationship).contains(&reference))
        }
    };
    // Step 10.
    let code = if authorized { Code::KeyMay } else { Code::KeyRelationship };
    let finding = |code| place(Finding::new(code), identifier);
    let Read { key, revoked, expires, dates } = read;
    let (id, controller) = (method_url.to_owned(), identifier.to_owned());
    Ok(Retrieval {
        method: Some(VerificationMethod { id, controller, key, revoked, expires }),
        resolved: finding(Code::KeyFound),
        authorized: Some(finding(code).with("relationship", relationship.name())),
        dates,
        need: None,
    })
}

/// Whether the document of `issuer` lists this key under `relationship`, by the method's id or with an equal key of its
/// own. For issuers whose key has another controller.
pub fn lists<'r>(
    issuer: &str,
    method: &VerificationMethod,
    relationship: Relationship,
    supplied: &dyn Fn(&str) -> Supplied<'r>,
) -> Listing {
    let source = Identifier::parse(issuer)
        .map_err(NoDocument::from)
        .and_then(|parsed| source(issuer, &parsed, supplied));
    let document = match source {
        Err(NoDocument { finding, need }) => return Listing::Unknown { finding, need },
        Ok(Source::Itself { key: Ok(key), .. }) if key == method.key => {
            return Listing::Yes { revoked: None, expires: None };
        }
        Ok(Source::Itself { key, .. }) => {
            return key.err().and_then(maybe_equal).map_or(Listing::No, Listing::unknown);
        }
        Ok(Source::Document(document)) => document,
    };
    let by_id = document.reference(&method.id);
    let mut yes: Option<(Option<Timestamp>, Option<Timestamp>)> = None;
    let mut unknown = None;
    for reference in document.authorized(relationship) {
        let read = document.find(reference).and_then(|value| verification_method::read(&document, value));
        match read {
            Ok(own) if own.key != method.key => {}
            Ok(Read { dates: Some(dates), .. }) => {
                return Listing::unknown(dates.coded(Code::KeyDocumentInvalid));
            }
            Ok(own) => {
                let (revoked, expires) = yes.unwrap_or_default();
                yes = Some((earliest(revoked, own.revoked), earliest(expires, own.expires)));
            }
            // A reference into another document: to this method, or to one that is of no interest.
            Err(finding) if finding.code == Code::KeyNotListed => {
                if reference == by_id {
                    yes = yes.or(Some((None, None)));
                }
            }
            Err(finding) => unknown = unknown.or(maybe_equal(finding)),
        }
    }
    match (yes, unknown) {
        (Some((revoked, expires)), _) => Listing::Yes { revoked, expires },
        (None, Some(finding)) => Listing::unknown(finding),
        (None, None) => Listing::No,
    }
}

/// Every method that `identifier` authorises for `relationship`: for tokens that do not say which of the issuer's keys
/// signed them.
pub fn authorized<'r>(
    identifier: &str,
    relationship: Relationship,
    supplied: &dyn Fn(&str) -> Supplied<'r>,
) -> Methods {
    let mut found = Methods::default();
    let controlled = |id: String, read: Read| {
        let Read { key, revoked, expires, .. } = read;
        VerificationMethod { id, controller: identifier.to_owned(), key, revoked, expires }
    };
    let parsed = Identifier::parse(identifier).map_err(NoDocument::from);
    match parsed.and_then(|parsed| source(identifier, &parsed, supplied)) {
        Err(NoDocument { finding, need }) => {
            found.unknown = Some(finding);
            found.need = need;
        }
        Ok(Source::Itself { fragment, key: Ok(key) }) => {
            let read = Read { key, revoked: None, expires: None, dates: None };
            found.methods.push(controlled(format!("{identifier}#{fragment}"), read));
        }
        Ok(Source::Itself { key: Err(finding), .. }) => found.unknown = Some(place(finding, identifier)),
        Ok(Source::Document(document)) => {
            for reference in document.authorized(relationship) {
                let id = match reference {
                    Reference::Fragment(fragment) => format!("{identifier}#{fragment}"),
                    Reference::Url(url) => url.to_owned(),
                };
                let read =
                    document.find(reference).and_then(|value| verification_method::read(&document, value));
                match read {
                    // A key whose dates cannot be read counts as neither in force nor revoked.
                    Ok(Read { dates: Some(dates), .. }) => found.unknown = Some(dates),
                    Ok(read) => found.methods.push(controlled(id, read)),
                    Err(finding) => found.unknown = found.unknown.or(maybe_equal(finding)),
                }
            }
        }
    }
    found
}

impl Listing {
    fn unknown(finding: Finding) -> Self {
        Listing::Unknown { finding, need: None }
    }
}

/// Steps 3 to 5: what the identifier says of itself, or the document that bears it.
fn source<'i, 'r>(
    identifier: &'i str,
    parsed: &Identifier<'i>,
    supplied: &dyn Fn(&str) -> Supplied<'r>,
) -> Result<Source<'i, 'r>, NoDocument> {
    let at = |finding| place(finding, identifier);
    match parsed {
        Identifier::Key(did) => {
            let key = PublicKey::try_from(&did_key::key(*did).map_err(at)?);
            return Ok(Source::Itself { fragment: did_key::fragment(did), key });
        }
        Identifier::Jwk(did) => {
            return match did_jwk::key(*did) {
                Err(finding) if matches!(finding.code, Code::DidSyntax | Code::KeyDocumentInvalid) => {
                    Err(at(finding).into())
                }
                key => Ok(Source::Itself { fragment: did_jwk::FRAGMENT, key }),
            };
        }
        Identifier::Web(_) | Identifier::Https(_) | Identifier::OtherDid(_) | Identifier::Other(_) => {}
    }
    let none = |code| at(Finding::new(code));
    match supplied(identifier) {
        Supplied::Document(tree) => {
            Ok(Source::Document(ControlledIdentifierDocument::open(identifier, tree)?))
        }
        Supplied::Unreadable(why) => {
            Err(none(Code::KeyDocumentInvalid).with("reason", why.code.name()).into())
        }
        Supplied::Unavailable => Err(none(Code::KeyDocumentUnavailable).into()),
        Supplied::Missing => {
            let code = match parsed {
                Identifier::OtherDid(_) => Code::DidMethodUnsupported,
                _ => Code::KeyDocumentNeeded,
            };
            let need = Need { identifier: identifier.to_owned(), locations: parsed.locations() };
            Err(NoDocument { finding: none(code), need: Some(need) })
        }
    }
}

/// What could not be read might be the key, unless it is known to be of another kind or is not a key at all.
pub(crate) fn maybe_equal(finding: Finding) -> Option<Finding> {
    let unknown_kind = finding.code == Code::KeyUnsupported && !finding.details.contains_key("keyType");
    unknown_kind.then_some(finding)
}

fn earliest(a: Option<Timestamp>, b: Option<Timestamp>) -> Option<Timestamp> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}
