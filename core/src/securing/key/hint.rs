//! The key of an envelope, by what its header says about it (RFC 7515 §4.1, design §5.6). What a header brings along
//! proves that one and the same key signed; whose key it is, only the issuer's own document, a certificate of a known
//! authority or the policy can say.

use super::x509::Chain;
use super::{Question, method_found, pinned};
use crate::codes::{Code, Finding, Outcome};
use crate::identifier::{self, Bearer, Names, Need, Retrieval, VerificationMethod};
use crate::keys::PublicKey;
use crate::limits;
use crate::securing::Tools;
use crate::securing::envelope::KeyHint;
use crate::securing::verified::Verified;

/// Keys that are tried where a header says nothing about them. Issuers have a few in force at a time.
const MAX_TRIES: usize = 16;

/// Where keys come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// A verification method.
    Method,
    /// A key set, by its kind.
    Set(&'static str),
    /// The header itself: `jwk`.
    Header,
    /// The signer's certificate in the header: `x5c`.
    Certificates(Chain),
}

/// The keys that may have made a signature.
#[derive(Debug)]
pub(crate) struct Keys {
    /// Each with where it stands; empty if none was found.
    pub(crate) methods: Vec<VerificationMethod>,
    origins: Vec<Origin>,
    /// Why there may be others, if it is not known that there are none.
    pub(crate) more: Option<Finding>,
    /// Where the others would be found.
    needs: Vec<Need>,
}

impl Keys {
    fn none() -> Self {
        Keys { methods: Vec::new(), origins: Vec::new(), more: None, needs: Vec::new() }
    }

    fn one(method: VerificationMethod, origin: Origin) -> Self {
        Keys { methods: vec![method], origins: vec![origin], ..Keys::none() }
    }

    /// Says whose key it is that signed (`signer`), or whose the only one in question is.
    pub(crate) fn bind(
        &self,
        signer: Option<usize>,
        question: &Question<'_>,
        verified: &mut Verified,
        tools: &mut Tools<'_>,
    ) {
        let only = (self.methods.len() == 1).then_some(0);
        let index = signer.or(only);
        let method = index.and_then(|index| self.methods.get(index));
        let origin = index.and_then(|index| self.origins.get(index)).unwrap_or(&Origin::Method);
        if signer.is_none() {
            verified.needs.extend(self.needs.iter().cloned());
        }
        if let Some(method) = method
            && verified.controller.is_none()
        {
            let controller = (!method.controller.is_empty()).then_some(method.controller.as_str());
            verified.describe_key(controller, &method.key);
            verified.push(super::dates_finding(question, method.revoked, method.expires));
        }
        if matches!(origin, Origin::Certificates(_)) {
            verified.push(question.found(Code::SealRevocation));
            verified.push(question.found(Code::SealQualified));
        }
        super::binding_of(question, method, origin, verified, tools);
    }
}

/// The keys that the header of an envelope hints at.
pub(crate) fn hinted(
    hint: &KeyHint,
    question: &Question<'_>,
    verified: &mut Verified,
    tools: &mut Tools<'_>,
) -> Keys {
    let carried = match carried(hint, question) {
        Ok(carried) => carried,
        Err(finding) => {
            verified.push(finding);
            return Keys::none();
        }
    };
    let bearer = question.principal.or(hint.issuer.as_deref()).map(|id| Bearer {
        id,
        metadata_first: hint.metadata_first,
        relationship: question.relationship(),
    });
    let Some((key, origin)) = carried else {
        return match (&hint.kid, bearer) {
            (Some(kid), bearer) => {
                found(kid, identifier::named(kid, bearer, tools.documents), question, verified, tools)
            }
            (None, Some(bearer)) => by_issuer(bearer, question, verified, tools),
            (None, None) => {
                verified.push(question.found(Code::KeyMethodUrl));
                Keys::none()
            }
        };
    };
    // A `kid` beside a key in the header must not mean another one (a name that means none is just a name).
    if let Some(kid) = &hint.kid {
        let Names { retrieval, source } = identifier::named(kid, bearer, tools.documents);
        match &retrieval.method {
            Some(method) if method.key != key => {
                verified.push(question.found(Code::KeyConflict));
                return Keys::none();
            }
            // The document of a URL says more about the key than the key does.
            Some(_) => return found(kid, Names { retrieval, source }, question, verified, tools),
            // Whose document cannot be had is not asked any more where an authority says whose the key is.
            None if is_address(kid) && !(gone(&retrieval) && matches!(origin, Origin::Certificates(_))) => {
                return found(kid, Names { retrieval, source }, question, verified, tools);
            }
            None => {}
        }
    }
    let name = if origin == Origin::Header { "jwk" } else { "x5c" };
    let finding = if question.key_types.contains(&key.key_type()) {
        question.found(Code::KeyFound).with("source", name)
    } else {
        let expected = question.key_types.join(", ");
        question.found(Code::KeyType).with("keyType", key.key_type()).with("expected", expected)
    };
    verified.push(finding);
    let id = hint.kid.clone().unwrap_or_default();
    // It has no controller that anybody could know of.
    let method = VerificationMethod { id, controller: String::new(), key, revoked: None, expires: None };
    Keys::one(method, origin)
}

/// The key in the header, if there is one. `jwk` and `x5c` must not be two.
fn carried(hint: &KeyHint, question: &Question<'_>) -> Result<Option<(PublicKey, Origin)>, Finding> {
    let here = |finding: Finding| finding.moved(Some(question.place.to_owned()));
    let jwk = hint.jwk.clone().transpose().map_err(here)?;
    if hint.x5c.is_empty() {
        return Ok(jwk.map(|key| (key, Origin::Header)));
    }
    let chain = Chain::read(&hint.x5c, hint.x5t_s256).map_err(here)?;
    let key = chain.key().map_err(here)?;
    if jwk.is_some_and(|jwk| jwk != key) {
        return Err(question.found(Code::KeyConflict));
    }
    Ok(Some((key, Origin::Certificates(chain))))
}

/// Whether the document of a key was asked for and cannot be had.
fn gone(retrieval: &Retrieval) -> bool {
    retrieval.need.is_none() && retrieval.resolved.code.outcome() == Outcome::Indeterminate
}

/// Whether a `kid` is the address of a key, and not just a name.
pub(super) fn is_address(kid: &str) -> bool {
    ["did:", "https://"].iter().any(|scheme| kid.starts_with(scheme))
}

/// What a `kid` was found to name; a key that the policy pins stands in where its document cannot be had.
fn found(
    kid: &str,
    names: Names,
    question: &Question<'_>,
    verified: &mut Verified,
    tools: &Tools<'_>,
) -> Keys {
    let Names { retrieval, source } = names;
    let stand_in = retrieval.method.is_none() && retrieval.resolved.code.outcome() == Outcome::Indeterminate;
    if stand_in {
        let mut pinned = pinned_keys(kid, question, tools);
        if !pinned.methods.is_empty() {
            verified.push(question.found(Code::KeyFound).with("source", "issuerKeys"));
            verified.push(question.found(Code::KeyMay).with("source", "issuerKeys"));
            pinned.needs.extend(retrieval.need);
            pinned.more = Some(retrieval.resolved);
            return pinned;
        }
    }
    match method_found(retrieval, question, verified) {
        Some(method) => Keys::one(method, source.map_or(Origin::Method, Origin::Set)),
        None => Keys::none(),
    }
}

/// The keys of the issuer that the policy pins and that fit.
fn pinned_keys(id: &str, question: &Question<'_>, tools: &Tools<'_>) -> Keys {
    let mut keys = Keys::none();
    for key in pinned(question, tools) {
        keys.methods.push(owned(id.to_owned(), question.principal.unwrap_or_default(), key));
        keys.origins.push(Origin::Method);
    }
    keys
}

/// Every key of the issuer that fits: the header does not say which it is.
fn by_issuer(
    bearer: Bearer<'_>,
    question: &Question<'_>,
    verified: &mut Verified,
    tools: &Tools<'_>,
) -> Keys {
    let mut keys = pinned_keys("", question, tools);
    let methods = identifier::authorized(bearer.id, bearer.relationship, tools.documents);
    let sets = identifier::published(bearer.id, bearer.metadata_first, tools.documents);
    keys.more = methods.unknown;
    keys.needs.extend(methods.need);
    if bearer.id.starts_with("https:") {
        // The sets say what is to be asked next, and whether what has been read is all that there is.
        keys.more = match keys.more {
            more if sets.is_complete() => more.filter(|_| sets.profile),
            _ => sets.unknown.first().cloned(),
        };
        keys.needs = sets.needs;
    }
    let mut candidates: Vec<(VerificationMethod, Origin)> =
        methods.methods.into_iter().map(|method| (method, Origin::Method)).collect();
    for set in &sets.sets {
        for set_key in &set.keys {
            let id = format!("{}#{}", set.document, set_key.kid.as_deref().unwrap_or_default());
            match &set_key.key {
                Ok(key) => candidates.push((owned(id, bearer.id, key), Origin::Set(set.source))),
                Err(finding) => keys.more = keys.more.or(identifier::maybe_equal(finding.clone())),
            }
        }
    }
    for (method, origin) in candidates {
        if !question.key_types.contains(&method.key.key_type()) {
            continue;
        }
        if keys.methods.len() >= MAX_TRIES {
            keys.more = Some(limits::reached(Code::LimitSignatures, MAX_TRIES));
            break;
        }
        keys.methods.push(method);
        keys.origins.push(origin);
    }
    if keys.methods.is_empty() {
        let none = identifier::place(Finding::new(Code::KeyNotListed), bearer.id);
        let finding = keys.more.take().unwrap_or(none);
        verified.push(finding.moved(Some(question.place.to_owned())));
        return keys;
    }
    verified.push(question.found(Code::KeyFound).with("source", "issuer"));
    verified.push(question.found(Code::KeyMay).with("relationship", bearer.relationship.name()));
    keys
}

/// A key of the issuer's.
fn owned(id: String, controller: &str, key: &PublicKey) -> VerificationMethod {
    let controller = controller.to_owned();
    VerificationMethod { id, controller, key: key.clone(), revoked: None, expires: None }
}
