//! Controlled identifier documents (CID 1.0 §2): DID documents, and the profiles at https issuer ids.

use std::collections::{BTreeMap, BTreeSet};

use super::Relationship;
use crate::codes::{Code, Finding};
use crate::json::{Kind, Object, Tree, Value};

/// The relationships of CID 1.0 §2.3: members that refer to verification methods or hold them.
const RELATIONSHIPS: [&str; 5] =
    ["authentication", "assertionMethod", "keyAgreement", "capabilityInvocation", "capabilityDelegation"];

/// Verification methods or references in one member. The largest real documents have some dozens.
const MAX_METHODS: usize = 1_000;

/// The members in which a verification method can stand: as many times can one method be written out in full.
const PLACES: usize = 7;

/// What a reference in a document, or from outside, stands for. Two are equal if their absolute URLs are; none is
/// written out, because a long identifier times many references would be a bomb.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reference<'t> {
    /// The document's own identifier, `#` and this.
    Fragment(&'t str),
    /// Another URL, or the document's own identifier alone.
    Url(&'t str),
}

/// A document that bears the identifier it was obtained for.
#[derive(Debug)]
pub struct ControlledIdentifierDocument<'t> {
    id: &'t str,
    root: Object<'t>,
    /// Every map with an `id`; of those with the same, one more than can be one method.
    by_id: BTreeMap<Reference<'t>, Vec<Value<'t>>>,
}

impl<'t> ControlledIdentifierDocument<'t> {
    /// Reads the document of `identifier` (CID 1.0 §3.3 steps 4 to 6).
    ///
    /// # Errors
    /// [`Code::KeyDocumentInvalid`] if it is not a conforming one as far as keys are concerned, or has more methods
    /// than anybody reads (`limit`); [`Code::KeyDocumentId`] if it bears another identifier. Nothing is normalised.
    pub fn open(identifier: &str, tree: &'t Tree<'t>) -> Result<Self, Finding> {
        let invalid =
            |value: Value<'_>| place(Finding::at(Code::KeyDocumentInvalid, value.pointer()), identifier);
        let root = tree.root().as_object().ok_or_else(|| invalid(tree.root()))?;
        let id = root.get("id").unwrap_or(tree.root());
        let id = id.as_str().ok_or_else(|| invalid(id))?;
        if id != identifier {
            return Err(place(Finding::new(Code::KeyDocumentId), identifier));
        }
        for (name, member) in root.iter() {
            let references = RELATIONSHIPS.contains(&name) || name == "publicKey";
            if !references && name != "verificationMethod" {
                continue;
            }
            for (index, item) in items(member).enumerate() {
                let conforms = match item.kind() {
                    Kind::String => references,
                    Kind::Object => item.get("id").is_none_or(|id| id.kind() == Kind::String),
                    _ => false,
                };
                if !conforms {
                    return Err(invalid(item));
                }
                if index >= MAX_METHODS {
                    return Err(invalid(member).with("limit", MAX_METHODS));
                }
            }
        }
        let mut document = ControlledIdentifierDocument { id, root, by_id: BTreeMap::new() };
        document.index();
        Ok(document)
    }

    /// Fills `by_id`: any nested map can be what a fragment means (CID 1.0 §3.4).
    fn index(&mut self) {
        let mut open = vec![self.root.as_value()];
        while let Some(value) = open.pop() {
            if let Some(object) = value.as_object() {
                if let Some(id) = object.get("id").and_then(|id| id.as_str()) {
                    let maps = self.by_id.entry(self.reference(id)).or_default();
                    if maps.len() <= PLACES {
                        maps.push(value);
                    }
                }
                open.extend(object.iter().map(|(_, member)| member));
            } else if let Some(array) = value.as_array() {
                open.extend(array.iter());
            }
        }
    }

    /// Its identifier.
    pub fn id(&self) -> &'t str {
        self.id
    }

    /// What a text refers to: `#fragment` and the empty reference are relative to the document, others stand for
    /// themselves.
    pub fn reference<'x>(&self, text: &'x str) -> Reference<'x>
    where
        't: 'x,
    {
        if text.is_empty() {
            return Reference::Url(self.id);
        }
        match text.strip_prefix(self.id).unwrap_or(text).strip_prefix('#') {
            Some(fragment) => Reference::Fragment(fragment),
            None => Reference::Url(text),
        }
    }

    /// The verification method that this refers to (CID 1.0 §3.4), not yet looked into.
    ///
    /// Several maps with this id, anywhere in the document, could be read as several methods, unless all stand as
    /// methods and say the same: issuers write a method out under `verificationMethod` and again under its
    /// relationship.
    ///
    /// # Errors
    /// [`Code::KeyNotListed`], [`Code::KeyAmbiguous`]; [`Code::KeyMethodInvalid`] if it does not stand where
    /// verification methods do.
    pub fn find(&self, reference: Reference<'_>) -> Result<Value<'t>, Finding> {
        let Some((method, more)) = self.by_id.get(&reference).and_then(|maps| maps.split_first()) else {
            return Err(place(Finding::new(Code::KeyNotListed), self.id));
        };
        if more.is_empty() && !self.is_method(*method) {
            return Err(place(Finding::at(Code::KeyMethodInvalid, method.pointer()), self.id));
        }
        let same = more.len() < PLACES
            && self.is_method(*method)
            && more.iter().all(|other| self.is_method(*other) && other.same_json(*method));
        if same { Ok(*method) } else { Err(place(Finding::new(Code::KeyAmbiguous), self.id)) }
    }

    /// The URL of the verification method whose `publicKeyJwk` calls itself this (RFC 7517 §4.5); `None` if there is none
    /// that has an `id`.
    ///
    /// # Errors
    /// [`Code::KeyAmbiguous`] if several do.
    pub fn method_of_jwk(&self, kid: &str) -> Result<Option<String>, Finding> {
        let is_meant = |value: &Value<'t>| {
            let jwk = value.get("publicKeyJwk");
            self.is_method(*value) && jwk.and_then(|jwk| jwk.get("kid")?.as_str()) == Some(kid)
        };
        let mut meant = self.by_id.iter().filter(|(_, maps)| maps.iter().any(is_meant));
        match (meant.next(), meant.next()) {
            (Some(_), Some(_)) => Err(place(Finding::new(Code::KeyAmbiguous), self.id)),
            (Some((Reference::Fragment(fragment), _)), None) => Ok(Some(format!("{}#{fragment}", self.id))),
            (Some((Reference::Url(url), _)), None) => Ok(Some((*url).to_owned())),
            (None, _) => Ok(None),
        }
    }

    /// Whether the value stands where verification methods do.
    fn is_method(&self, value: Value<'t>) -> bool {
        self.member_of(value).is_some_and(|name| {
            matches!(name, "verificationMethod" | "publicKey") || RELATIONSHIPS.contains(&name)
        })
    }

    /// The member of the document that this value is, or is an item of.
    fn member_of(&self, value: Value<'t>) -> Option<&'t str> {
        let root = self.root.as_value();
        let parent = value.parent()?;
        if parent == root {
            value.key()
        } else if parent.kind() == Kind::Array && parent.parent() == Some(root) {
            parent.key()
        } else {
            None
        }
    }

    /// The methods that the document authorises (CID 1.0 §2.3), held or referred to, each once.
    ///
    /// A profile at an https URL that has no `assertionMethod` at all means by `publicKey` the keys that the issuer
    /// signs its badges with (Open Badges 2.0, Profile). DID documents never meant that.
    pub fn authorized(&self, relationship: Relationship) -> BTreeSet<Reference<'t>> {
        let profile = relationship == Relationship::AssertionMethod && self.id.starts_with("https:");
        let member = match self.root.get(relationship.name()) {
            None if profile => self.root.get("publicKey"),
            member => member,
        };
        let references = member.into_iter().flat_map(items).filter_map(|item| {
            let id = if item.kind() == Kind::Object { item.get("id")?.as_str() } else { item.as_str() };
            id.map(|id| self.reference(id))
        });
        references.collect()
    }
}

/// The items of a member: one or many; `null` is none.
fn items(member: Value<'_>) -> impl Iterator<Item = Value<'_>> {
    member.one_or_many().filter(move |_| !member.is_null())
}

/// A finding about the document of `identifier`: its pointer does not point into the record, so it becomes a detail.
pub(crate) fn place(finding: Finding, identifier: &str) -> Finding {
    let mut finding = finding;
    if let Some(pointer) = finding.pointer.take().filter(|pointer| !pointer.is_empty()) {
        finding.details.insert("documentPointer", pointer.into());
    }
    finding.with("document", identifier)
}
