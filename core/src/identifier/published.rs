//! Key sets: what an https issuer publishes beside, or instead of, verification methods (RFC 7517 §5).
//!
//! Three places, in this order: the document at the issuer's own identifier (a JWK Set, or a profile with `jwks` or
//! `jwks_uri`), the set that `jwks_uri` names, and JWT VC Issuer Metadata (draft-ietf-oauth-sd-jwt-vc §4), which is looked
//! for only where the first says nothing of keys. Each place is asked for only after the one before it was answered.

use super::controlled_identifier_document::place;
use super::{Identifier, Need, Supplied};
use crate::codes::{Code, Finding};
use crate::json::{Kind, Object, Value};
use crate::keys::jwk_set::{self, SetKey};

/// Members of a document that say which keys are its subject's: a document that has one of them has said it.
const SAYS_KEYS: [&str; 6] =
    ["verificationMethod", "assertionMethod", "authentication", "publicKey", "jwks", "jwks_uri"];

const WELL_KNOWN: &str = "/.well-known/jwt-vc-issuer";

/// The keys of a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeySet {
    /// The kind of place: `jwks`, `jwtVcIssuer`.
    pub source: &'static str,
    /// The URL of the document that they stand in.
    pub document: String,
    /// The keys, readable or not.
    pub keys: Vec<SetKey>,
}

/// The key sets of an issuer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Published {
    /// Those that could be read.
    pub sets: Vec<KeySet>,
    /// Why others could not.
    pub unknown: Vec<Finding>,
    /// The documents that are missing.
    pub needs: Vec<Need>,
    /// Whether a document says which keys are the issuer's, or where they are.
    pub said: bool,
    /// Whether something that such a document names could not be read.
    pub unread: bool,
    /// Whether the document at the issuer's identifier is one that bears it, with verification methods or without.
    pub profile: bool,
}

impl Published {
    /// Whether everything was read that says which keys are the issuer's, so that a key which is not there is not its.
    pub fn is_complete(&self) -> bool {
        self.said && !self.unread
    }

    /// The one key of this `kid`, and the set that it is in.
    ///
    /// # Errors
    /// [`Code::KeyAmbiguous`] if several have it: which of them is meant would be anybody's choice.
    pub fn named(&self, wanted: &dyn Fn(&str) -> bool) -> Result<Option<(&KeySet, &SetKey)>, Finding> {
        let all = self.sets.iter().flat_map(|set| set.keys.iter().map(move |key| (set, key)));
        let mut found = all.filter(|(_, key)| key.kid.as_deref().is_some_and(wanted));
        match (found.next(), found.next()) {
            (Some((set, _)), Some(_)) => Err(place(Finding::new(Code::KeyAmbiguous), &set.document)),
            (one, _) => Ok(one),
        }
    }

    /// Whatever stands at `url`: a JWK Set or a single JWK. `None` if it is neither.
    pub fn at(url: &str, root: Value<'_>) -> Option<Self> {
        let object = root.as_object()?;
        let set = match (object.get("id"), object.get("keys"), object.get("kty")) {
            (None, Some(_), None) => jwk_set::read(root),
            (None, None, Some(_)) => Ok(vec![jwk_set::one(root)]),
            _ => return None,
        };
        let mut published = Published::default();
        published.add("jwks", url, set);
        Some(published)
    }

    fn add(&mut self, source: &'static str, document: &str, keys: Result<Vec<SetKey>, Finding>) {
        match keys {
            Ok(keys) => {
                self.said = true;
                self.sets.push(KeySet { source, document: document.to_owned(), keys });
            }
            Err(finding) => self.fail(place(finding, document)),
        }
    }

    fn fail(&mut self, why: Finding) {
        self.unread = true;
        self.unknown.push(why);
    }

    /// `jwks` or `jwks_uri`, never both: they could be two answers.
    fn members<'r>(
        &mut self,
        source: &'static str,
        document: &str,
        object: Object<'_>,
        supplied: &dyn Fn(&str) -> Supplied<'r>,
    ) {
        let invalid =
            |value: Value<'_>| place(Finding::at(Code::KeyDocumentInvalid, value.pointer()), document);
        match (object.get("jwks"), object.get("jwks_uri")) {
            (None, None) => {}
            (Some(jwks), None) => self.add(source, document, jwk_set::read(jwks)),
            (None, Some(uri)) => match uri.as_str().map(|text| (text, Identifier::parse(text))) {
                Some((text, Ok(Identifier::Https(_)))) => match self.document(text, supplied) {
                    Some(set) => self.add(source, text, jwk_set::read(set)),
                    None => self.unread = true,
                },
                _ => self.fail(invalid(uri)),
            },
            (Some(_), Some(uri)) => self.fail(invalid(uri)),
        }
    }

    /// What the host has for an https URL.
    pub(super) fn document<'r>(
        &mut self,
        url: &str,
        supplied: &dyn Fn(&str) -> Supplied<'r>,
    ) -> Option<Value<'r>> {
        let none = |code| place(Finding::new(code), url);
        let finding = match supplied(url) {
            Supplied::Document(tree) => return Some(tree.root()),
            Supplied::Unreadable(why) => none(Code::KeyDocumentInvalid).with("reason", why.code.name()),
            Supplied::Unavailable => none(Code::KeyDocumentUnavailable),
            Supplied::Missing => {
                let locations = vec![url.to_owned()];
                self.needs.push(Need { identifier: url.to_owned(), locations });
                none(Code::KeyDocumentNeeded)
            }
        };
        self.unknown.push(finding);
        None
    }
}

/// The key sets of `issuer`; none for what is no https URL. `metadata_first` where the kind of token has its keys in JWT
/// VC Issuer Metadata by its own standard (SD-JWT VC): then the document at the issuer's identifier comes second.
///
/// `supplied` says what the host has for an identifier as written.
pub fn published<'r>(
    issuer: &str,
    metadata_first: bool,
    supplied: &dyn Fn(&str) -> Supplied<'r>,
) -> Published {
    let mut published = Published::default();
    if !matches!(Identifier::parse(issuer), Ok(Identifier::Https(_))) {
        return published;
    }
    for at_well_known in [metadata_first, !metadata_first] {
        if at_well_known {
            metadata(&mut published, issuer, supplied);
        } else {
            own(&mut published, issuer, supplied);
        }
        // What has been said is not asked again elsewhere, and nothing is asked before there was an answer.
        if published.said || !published.needs.is_empty() {
            break;
        }
    }
    published
}

/// The document at the issuer's own identifier.
fn own<'r>(published: &mut Published, issuer: &str, supplied: &dyn Fn(&str) -> Supplied<'r>) {
    let Some(root) = published.document(issuer, supplied) else { return };
    if let Some(set) = Published::at(issuer, root) {
        published.unknown.extend(set.unknown);
        published.sets.extend(set.sets);
        published.said |= set.said;
        published.unread |= set.unread;
        return;
    }
    match root.get("id").map(|id| id.as_str()) {
        Some(Some(id)) if id == issuer => {}
        Some(Some(_)) => return published.unknown.push(place(Finding::new(Code::KeyDocumentId), issuer)),
        _ => return published.unknown.push(place(Finding::new(Code::KeyDocumentInvalid), issuer)),
    }
    let Some(object) = root.as_object() else { return };
    published.profile = true;
    published.said |= SAYS_KEYS.iter().any(|name| object.get(name).is_some_and(|member| !member.is_null()));
    published.members("jwks", issuer, object, supplied);
}

/// JWT VC Issuer Metadata: `issuer` is the issuer, exactly, and its keys are there or where it says.
fn metadata<'r>(published: &mut Published, issuer: &str, supplied: &dyn Fn(&str) -> Supplied<'r>) {
    let Some(url) = metadata_url(issuer) else { return };
    let Some(root) = published.document(&url, supplied) else { return };
    let problem = |code| place(Finding::new(code), &url);
    let Some(object) = root.as_object() else {
        return published.unknown.push(problem(Code::KeyDocumentInvalid));
    };
    match object.get("issuer").and_then(|issuer| issuer.as_str()) {
        Some(named) if named == issuer => {}
        Some(_) => return published.unknown.push(problem(Code::KeyDocumentId)),
        None => return published.unknown.push(problem(Code::KeyDocumentInvalid)),
    }
    let present = |name| object.get(name).is_some_and(|member| member.kind() != Kind::Null);
    if !present("jwks") && !present("jwks_uri") {
        return published.unknown.push(problem(Code::KeyDocumentInvalid));
    }
    published.said = true;
    published.members("jwtVcIssuer", &url, object, supplied);
}

/// The well-known path goes between the host and the path of the issuer's identifier, which loses a `/` at its end
/// (draft-ietf-oauth-sd-jwt-vc §4.1). None for an identifier with a query.
fn metadata_url(issuer: &str) -> Option<String> {
    let rest = issuer.strip_prefix("https://")?;
    if rest.contains(['?', '#']) {
        return None;
    }
    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    Some(format!("https://{host}{WELL_KNOWN}{}", path.strip_suffix('/').unwrap_or(path)))
}
