//! `kid` (RFC 7515 §4.1.4): a hint, which standards read as a DID URL, as the URL of a key or of a key set, or as a name
//! among the issuer's keys. Nothing is tried that the text does not say: another reading could be another key.

use super::controlled_identifier_document::{ControlledIdentifierDocument, place};
use super::published::{KeySet, Published, published};
use super::retrieve::{self, Listing, Retrieval, retrieve};
use super::{Identifier, Need, Relationship, Supplied, VerificationMethod};
use crate::codes::{CheckId, Code, Finding};
use crate::keys::Algorithm;
use crate::keys::jwk_set::SetKey;

/// Who signed, by the token's own word, and where issuers of such tokens have their keys.
#[derive(Clone, Copy, Debug)]
pub struct Bearer<'q> {
    /// The issuer of a credential, the holder of a presentation.
    pub id: &'q str,
    /// See [`published`].
    pub metadata_first: bool,
    /// What the key must be for.
    pub relationship: Relationship,
}

/// What a `kid` names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Names {
    /// The key, or why there is none.
    pub retrieval: Retrieval,
    /// The kind of key set that it stands in; `None` for a verification method.
    pub source: Option<&'static str>,
}

impl From<Retrieval> for Names {
    fn from(retrieval: Retrieval) -> Self {
        Names { retrieval, source: None }
    }
}

/// Finds what `kid` names: a verification method (DID URL, URL of a controlled identifier document), a key at an https
/// URL (VC-JOSE-COSE §4.1.1, Open Badges 3.0 §8.5: a JWK or a JWK Set), or one of the issuer's own keys.
pub fn named<'r>(kid: &str, bearer: Option<Bearer<'_>>, supplied: &dyn Fn(&str) -> Supplied<'r>) -> Names {
    let relationship = bearer.map_or(Relationship::AssertionMethod, |bearer| bearer.relationship);
    let (base, fragment) = match kid.split_once('#') {
        Some((base, fragment)) => (base, Some(fragment)),
        None => (kid, None),
    };
    if kid.get(..4).is_some_and(|scheme| scheme.eq_ignore_ascii_case("did:")) {
        return retrieve(kid, relationship, supplied).into();
    }
    match Identifier::parse(base) {
        Ok(Identifier::Https(_)) => at_url(kid, base, fragment, relationship, bearer, supplied),
        Ok(_) if fragment.is_some() => retrieve(kid, relationship, supplied).into(),
        _ => match bearer {
            Some(bearer) => among(kid, bearer, supplied),
            None => stopped(Finding::new(Code::KeyMethodUrl), None),
        },
    }
}

/// A key at an https URL.
fn at_url<'r>(
    kid: &str,
    base: &str,
    fragment: Option<&str>,
    relationship: Relationship,
    bearer: Option<Bearer<'_>>,
    supplied: &dyn Fn(&str) -> Supplied<'r>,
) -> Names {
    // An issuer may call its keys by URLs where nothing else is. Of what it publishes only what is there already is
    // looked at: the URL says where to ask.
    if let Some(bearer) = bearer {
        match published(bearer.id, bearer.metadata_first, supplied).named(&|name| name == kid) {
            Ok(Some((set, key))) => return in_set(kid, bearer.id, set, key, relationship),
            Ok(None) => {}
            Err(ambiguous) => return stopped(ambiguous, None),
        }
    }
    if fragment == Some("") {
        return stopped(Finding::new(Code::KeyMethodUrl), None);
    }
    let mut there = Published::default();
    let Some(root) = there.document(base, supplied) else { return missing(there, base) };
    let set = match Published::at(base, root) {
        Some(set) => set,
        None => {
            let retrieval = retrieve(kid, relationship, supplied);
            if retrieval.resolved.code != Code::KeyNotListed {
                return retrieval.into();
            }
            let set = published(base, false, supplied);
            if set.sets.is_empty() && set.needs.is_empty() {
                return retrieval.into();
            }
            set
        }
    };
    if !set.needs.is_empty() || set.sets.is_empty() {
        return missing(set, base);
    }
    let meant = |name: &str| name == kid || Some(name) == fragment;
    match set.named(&meant) {
        Err(ambiguous) => stopped(ambiguous, None),
        Ok(Some((set, key))) => in_set(kid, base, set, key, relationship),
        // The only key at a URL is the key at that URL.
        Ok(None) => match set.sets.as_slice() {
            [only] => match only.keys.as_slice() {
                [key] if fragment.is_none() || key.kid.is_none() => {
                    in_set(kid, base, only, key, relationship)
                }
                _ => stopped(place(Finding::new(Code::KeyNotListed), base), None),
            },
            _ => stopped(place(Finding::new(Code::KeyNotListed), base), None),
        },
    }
}

/// One of the issuer's own keys, by the fragment of its verification method or by its `kid` in a set.
fn among<'r>(kid: &str, bearer: Bearer<'_>, supplied: &dyn Fn(&str) -> Supplied<'r>) -> Names {
    let name = kid.strip_prefix('#').unwrap_or(kid);
    if name.is_empty() {
        return stopped(Finding::new(Code::KeyMethodUrl), None);
    }
    let url = format!("{}#{name}", bearer.id);
    let sets = published(bearer.id, bearer.metadata_first, supplied);
    if !sets.needs.is_empty() {
        return missing(sets, bearer.id);
    }
    let in_sets = match sets.named(&|known| known == kid || known == name) {
        Ok(found) => found,
        Err(ambiguous) => return stopped(ambiguous, None),
    };
    let not_listed = || place(Finding::new(Code::KeyNotListed), bearer.id);
    let method = match oxiri::Iri::parse(url.as_str()) {
        Ok(_) => retrieve(&url, bearer.relationship, supplied),
        // No document can have a method of this name.
        Err(_) => none(not_listed(), None),
    };
    // Nothing has this name as its own: a key may have it (RFC 7517 §4.5). Whether it is the issuer's is asked as always.
    let method = match (&in_sets, by_jwk(kid, bearer, supplied)) {
        (None, Ok(Some(url))) if method.resolved.code == Code::KeyNotListed => {
            retrieve(&url, bearer.relationship, supplied)
        }
        (None, Err(ambiguous)) if method.resolved.code == Code::KeyNotListed => {
            return stopped(ambiguous, None);
        }
        _ => method,
    };
    match (in_sets, &method.method) {
        (Some((_, set_key)), Some(own)) if set_key.key.as_ref().ok() != Some(&own.key) => {
            stopped(place(Finding::new(Code::KeyAmbiguous), bearer.id), None)
        }
        (Some((set, key)), None) => in_set(&url, bearer.id, set, key, bearer.relationship),
        (_, Some(_)) => method.into(),
        (None, None) if sets.is_complete() && !sets.profile => stopped(not_listed(), None),
        (None, None) => match sets.unknown.first().cloned() {
            Some(unknown) if !sets.is_complete() && method.resolved.code == Code::KeyNotListed => {
                stopped(unknown, None)
            }
            _ => method.into(),
        },
    }
}

/// The verification method in the issuer's document whose key has this `kid`.
fn by_jwk<'r>(
    kid: &str,
    bearer: Bearer<'_>,
    supplied: &dyn Fn(&str) -> Supplied<'r>,
) -> Result<Option<String>, Finding> {
    let Supplied::Document(tree) = supplied(bearer.id) else { return Ok(None) };
    // What is wrong with the document has been said.
    let document = ControlledIdentifierDocument::open(bearer.id, tree);
    document.map_or(Ok(None), |document| document.method_of_jwk(kid))
}

/// Whether the key sets of an issuer have a key, beside what its verification methods say (`listing`). A key of a set that
/// is for other algorithms than the one that was used (RFC 7517 §4.4) is not that key.
pub fn lists_in_sets<'r>(
    bearer: Bearer<'_>,
    method: &VerificationMethod,
    algorithm: Option<Algorithm>,
    listing: Listing,
    supplied: &dyn Fn(&str) -> Supplied<'r>,
) -> (Listing, Option<&'static str>) {
    if matches!(listing, Listing::Yes { .. }) {
        return (listing, None);
    }
    let mut sets = published(bearer.id, bearer.metadata_first, supplied);
    let mut maybe = None;
    for set in &sets.sets {
        for key in &set.keys {
            match &key.key {
                Ok(key)
                    if *key == method.key
                        && algorithm.is_none_or(|algorithm| key.algorithms().contains(&algorithm)) =>
                {
                    return (Listing::Yes { revoked: None, expires: None }, Some(set.source));
                }
                Ok(_) => {}
                Err(finding) => maybe = maybe.or(retrieve::maybe_equal(finding.clone())),
            }
        }
    }
    if let Some(need) = sets.needs.pop() {
        let finding = place(Finding::new(Code::KeyDocumentNeeded), &need.identifier);
        return (Listing::Unknown { finding, need: Some(need) }, None);
    }
    if let Some(finding) = maybe {
        return (Listing::Unknown { finding, need: None }, None);
    }
    let listing = match (listing, sets.is_complete(), sets.unknown.pop()) {
        // What has verification methods was read as such; a key set was not, and is all that there is.
        (Listing::Unknown { .. }, true, _) if !sets.profile => Listing::No,
        (Listing::No, false, Some(finding)) => Listing::Unknown { finding, need: None },
        (listing, _, _) => listing,
    };
    (listing, None)
}

/// A key of a set as a verification method.
fn in_set(id: &str, controller: &str, set: &KeySet, key: &SetKey, relationship: Relationship) -> Names {
    let at = |code| place(Finding::at(code, key.pointer.clone()), &set.document);
    let may = |code| Some(at(code).with("relationship", relationship.name()));
    let (id, controller) = (id.to_owned(), controller.to_owned());
    let retrieval = match &key.key {
        Ok(key) => {
            let key = key.clone();
            Retrieval {
                method: Some(VerificationMethod { id, controller, key, revoked: None, expires: None }),
                resolved: at(Code::KeyFound),
                authorized: may(Code::KeyMay),
                dates: None,
                need: None,
            }
        }
        // A key that says of itself that it does not verify signatures: it was found, and is not authorised.
        Err(finding) if finding.code.check() == CheckId::KeyAuthorized => {
            Retrieval { authorized: may(finding.code), ..none(at(Code::KeyFound), None) }
        }
        Err(finding) => none(place(finding.clone(), &set.document), None),
    };
    Names { retrieval, source: Some(set.source) }
}

/// A document that is not there.
fn missing(mut there: Published, base: &str) -> Names {
    let unknown = there.unknown.into_iter().next_back();
    let finding = unknown.unwrap_or_else(|| place(Finding::new(Code::KeyDocumentUnavailable), base));
    stopped(finding, there.needs.pop())
}

fn stopped(resolved: Finding, need: Option<Need>) -> Names {
    none(resolved, need).into()
}

fn none(resolved: Finding, need: Option<Need>) -> Retrieval {
    Retrieval { method: None, resolved, authorized: None, dates: None, need }
}
