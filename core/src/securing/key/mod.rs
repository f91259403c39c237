//! The key of a proof or of an envelope: found, authorised, in force, and the issuer's own.

mod hint;
pub(crate) mod signer;
#[cfg(feature = "x509")]
mod x509;
#[cfg(not(feature = "x509"))]
#[path = "../not_built/x509.rs"]
mod x509;

use super::verified::{Found, Verified};
use super::{Subject, Tools};
use crate::codes::{CheckId, Code, Detail, Finding, Outcome};
use crate::identifier::{self, Bearer, Listing, Relationship, Retrieval, VerificationMethod};
use crate::json::Object;
use crate::keys::{Algorithm, PublicKey};
use crate::policy::JudgedAt;
use crate::time::Timestamp;

use hint::Origin;
pub(crate) use hint::{Keys, hinted};

/// What is asked of a key.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Question<'q> {
    /// Where it is named: a pointer.
    pub(crate) place: &'q str,
    /// The issuer of the credential, the holder of the presentation.
    pub(crate) principal: Option<&'q str>,
    pub(crate) presentation: bool,
    /// The instant that counts for its dates.
    pub(crate) instant: Timestamp,
    /// Whether that is the instant at which the signer says to have signed.
    pub(crate) at_signing: bool,
    /// The kinds of key that the suite or algorithm takes.
    pub(crate) key_types: &'q [&'q str],
    /// Whether key sets count as the issuer's beside its verification methods, and which come first (JOSE, COSE; see
    /// [`identifier::published`]).
    pub(crate) sets: Option<bool>,
    /// The algorithm of a signature whose suite does not say it.
    pub(crate) algorithm: Option<Algorithm>,
    /// When the signature was made, by the signer's word.
    pub(crate) signed_at: Option<Timestamp>,
    /// What the record says of its issuer or holder.
    pub(crate) claims: Option<Object<'q>>,
}

impl<'q> Question<'q> {
    /// About the key of a proof on `subject` that was made at `signed_at`, by its own word.
    pub(crate) fn new(
        subject: &Subject<'q>,
        place: &'q str,
        signed_at: Option<Timestamp>,
        key_types: &'q [&'q str],
        tools: &Tools<'_>,
    ) -> Self {
        let signing_time = signed_at.filter(|_| tools.policy.judged_at == JudgedAt::SigningTime);
        Question {
            place,
            principal: subject.principal,
            presentation: subject.presentation,
            instant: signing_time.unwrap_or(tools.occasion.now),
            at_signing: signing_time.is_some(),
            key_types,
            sets: None,
            algorithm: None,
            signed_at,
            claims: subject
                .document
                .get(if subject.presentation { "holder" } else { "issuer" })
                .and_then(|value| value.as_object()),
        }
    }

    /// What the key must be for: credentials are claims, presentations show who presents (vc-data-integrity §2.3).
    pub(crate) fn relationship(&self) -> Relationship {
        if self.presentation { Relationship::Authentication } else { Relationship::AssertionMethod }
    }

    fn found(&self, code: Code) -> Finding {
        Finding::at(code, self.place)
    }
}

/// The verification method at a URL (CID 1.0 §3.3): found, authorised, in force. A key that the policy pins for the
/// issuer stands in where the issuer's document cannot be had.
pub(crate) fn method<'v>(
    url: &str,
    question: &Question<'_>,
    verified: &mut Verified,
    tools: &Tools<'v>,
) -> Option<VerificationMethod> {
    let retrieval = identifier::retrieve(url, question.relationship(), tools.documents);
    if let (None, Some(key), Some(issuer)) =
        (&retrieval.method, pinned(question, tools).next(), question.principal)
        && retrieval.resolved.code.outcome() == Outcome::Indeterminate
    {
        verified.push(question.found(Code::KeyFound).with("source", "issuerKeys"));
        verified.push(question.found(Code::KeyMay).with("source", "issuerKeys"));
        verified.describe_key(Some(issuer), key);
        let (id, controller) = (url.to_owned(), issuer.to_owned());
        return Some(VerificationMethod { id, controller, key: key.clone(), revoked: None, expires: None });
    }
    method_found(retrieval, question, verified)
}

/// The keys that the policy pins for the issuer, of the kinds that fit.
fn pinned<'q, 'v>(
    question: &'q Question<'_>,
    tools: &Tools<'v>,
) -> impl Iterator<Item = &'v PublicKey> + use<'q, 'v> {
    let (principal, key_types) = (question.principal, question.key_types);
    let keys = tools.pinned.iter().filter(move |(issuer, _)| Some(issuer.as_str()) == principal);
    keys.map(|(_, key)| key).filter(move |key| key_types.contains(&key.key_type()))
}

/// What was found out about a method, as findings.
fn method_found(
    retrieval: Retrieval,
    question: &Question<'_>,
    verified: &mut Verified,
) -> Option<VerificationMethod> {
    let place = || question.place.to_owned();
    let Retrieval { method, resolved, authorized, dates, need } = retrieval;
    verified.needs.extend(need);
    let mut found = vec![resolved];
    found.extend(authorized);
    found.extend(match (dates, &method) {
        (Some(malformed), _) => Some(malformed),
        (None, Some(method)) => Some(dates_finding(question, method.revoked, method.expires)),
        (None, None) => None,
    });
    // A key that another suite would take is wrong here, whether or not this library knows that suite.
    let key_type = match (&method, found.first().and_then(|finding| finding.details.get("keyType"))) {
        (Some(method), _) => Some(method.key.key_type().to_owned()),
        (None, Some(Detail::Text(name))) => Some(name.clone()),
        (None, _) => None,
    };
    if let (Some(key_type), Some(resolved)) = (key_type, found.first_mut())
        && matches!(resolved.code, Code::KeyFound | Code::KeyUnsupported)
        && !question.key_types.contains(&key_type.as_str())
    {
        let expected = question.key_types.join(", ");
        *resolved = question.found(Code::KeyType).with("keyType", key_type).with("expected", expected);
    }
    for mut finding in found {
        finding.pointer.get_or_insert_with(place);
        verified.findings.push(Found::from(finding));
    }
    if let Some(method) = &method {
        verified.describe_key(Some(&method.controller), &method.key);
    }
    method
}

/// Whether a method is in force at the instant that counts (CID 1.0 §2.2, `revoked` and `expires`); which instant that is,
/// and what its document says, is part of the answer.
fn dates_finding(question: &Question<'_>, revoked: Option<Timestamp>, expires: Option<Timestamp>) -> Finding {
    let over = |end: Option<Timestamp>| end.is_some_and(|end| end <= question.instant);
    let code = match (over(revoked), over(expires)) {
        (true, _) => Code::KeyRevoked,
        (false, true) => Code::KeyExpired,
        (false, false) => Code::KeyInForce,
    };
    let mut finding = question
        .found(code)
        .with("instant", question.instant.to_string())
        .with("judgedAt", if question.at_signing { "signingTime" } else { "now" });
    for (name, end) in [("revoked", revoked), ("expires", expires)] {
        if let Some(end) = end {
            finding = finding.with(name, end.to_string());
        }
    }
    finding
}

/// Where an identifier has its verification methods.
fn own_document(identifier: &str) -> &'static str {
    if identifier.starts_with("did:key:") {
        "didKey"
    } else if identifier.starts_with("did:jwk:") {
        "didJwk"
    } else {
        "controlledIdentifierDocument"
    }
}

/// Whether the key belongs to the issuer: its own document lists it, or the policy pins it (VCDM 2.0 §4.7; nothing in
/// the credential itself can show it).
pub(crate) fn binding<'v>(
    question: &Question<'_>,
    method: Option<&VerificationMethod>,
    verified: &mut Verified,
    tools: &mut Tools<'v>,
) {
    binding_of(question, method, &Origin::Method, verified, tools);
}

fn binding_of<'v>(
    question: &Question<'_>,
    method: Option<&VerificationMethod>,
    origin: &Origin,
    verified: &mut Verified,
    tools: &mut Tools<'v>,
) {
    if question.presentation && question.principal.is_none() {
        return;
    }
    let (Some(principal), Some(method)) = (question.principal, method) else {
        verified.bound = Some(question.found(Code::IssuerBindingUnknown));
        return;
    };
    let is_pinned = |(issuer, key): &(String, PublicKey)| issuer == principal && *key == method.key;
    if let Origin::Certificates(chain) = origin
        && !tools.pinned.iter().any(is_pinned)
    {
        let (finding, by) = x509::binding(chain, principal, question, tools);
        verified.bound = Some(finding);
        verified.bound_by = by;
        return;
    }
    let (code, by) = if tools.pinned.iter().any(is_pinned) {
        (Code::IssuerIsBound, Some("issuerKeys"))
    } else if method.controller == principal {
        let by = match origin {
            Origin::Set(source) => source,
            _ => own_document(principal),
        };
        (Code::IssuerIsBound, Some(by))
    } else {
        let relationship = question.relationship();
        let mut listing = identifier::lists(principal, method, relationship, tools.documents);
        let mut by = own_document(principal);
        if let Some(metadata_first) = question.sets {
            let bearer = Bearer { id: principal, metadata_first, relationship };
            let in_sets =
                identifier::lists_in_sets(bearer, method, question.algorithm, listing, tools.documents);
            listing = in_sets.0;
            by = in_sets.1.unwrap_or(by);
        }
        match listing {
            Listing::Yes { revoked, expires } => {
                let dates = dates_finding(question, revoked, expires);
                if dates.code.check() == CheckId::KeyCurrent && dates.code != Code::KeyInForce {
                    verified.push(dates);
                }
                (Code::IssuerIsBound, Some(by))
            }
            Listing::No => (Code::IssuerNotBound, None),
            Listing::Unknown { need, .. } => {
                verified.needs.extend(need);
                (Code::IssuerBindingUnknown, None)
            }
        }
    };
    verified.bound = Some(question.found(code));
    verified.bound_by = by;
}
