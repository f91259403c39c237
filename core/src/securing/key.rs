//! The key of a proof or of an envelope: found, authorised, in force, and the issuer's own.

use super::verified::{Found, Verified};
use super::{Subject, Tools};
use crate::codes::{CheckId, Code, Detail, Finding, Outcome};
use crate::identifier::{self, Listing, Relationship, Retrieval, VerificationMethod};
use crate::keys::PublicKey;
use crate::policy::JudgedAt;
use crate::time::Timestamp;

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
    /// The kinds of key that the suite or algorithm takes.
    pub(crate) key_types: &'q [&'q str],
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
        let instant = match tools.policy.judged_at {
            JudgedAt::Now => tools.occasion.now,
            JudgedAt::SigningTime => signed_at.unwrap_or(tools.occasion.now),
        };
        Question {
            place,
            principal: subject.principal,
            presentation: subject.presentation,
            instant,
            key_types,
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
    let place = || question.place.to_owned();
    let Retrieval { method, mut resolved, authorized, dates, need } =
        identifier::retrieve(url, question.relationship(), tools.documents);
    resolved.pointer.get_or_insert_with(place);
    let pinned = tools.pinned.iter().find(|(issuer, _)| Some(issuer.as_str()) == question.principal);
    if let (None, Some((_, key)), Some(issuer)) = (&method, pinned, question.principal)
        && resolved.code.outcome() == Outcome::Indeterminate
    {
        verified.push(question.found(Code::KeyFound).with("source", "issuerKeys"));
        verified.push(question.found(Code::KeyMay).with("source", "issuerKeys"));
        verified.describe_key(Some(issuer), key);
        let (id, controller) = (url.to_owned(), issuer.to_owned());
        return Some(VerificationMethod { id, controller, key: key.clone(), revoked: None, expires: None });
    }
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

fn dates_finding(question: &Question<'_>, revoked: Option<Timestamp>, expires: Option<Timestamp>) -> Finding {
    let over = |end: Option<Timestamp>| end.is_some_and(|end| end <= question.instant);
    let code = match (over(revoked), over(expires)) {
        (true, _) => Code::KeyRevoked,
        (false, true) => Code::KeyExpired,
        (false, false) => Code::KeyInForce,
    };
    question.found(code).with("instant", question.instant.to_string())
}

/// Whether the key belongs to the issuer: its own document lists it, or the policy pins it (VCDM 2.0 §4.7; nothing in
/// the credential itself can show it).
pub(crate) fn binding<'v>(
    question: &Question<'_>,
    method: Option<&VerificationMethod>,
    verified: &mut Verified,
    tools: &Tools<'v>,
) {
    if question.presentation && question.principal.is_none() {
        return;
    }
    let (Some(principal), Some(method)) = (question.principal, method) else {
        verified.bound = Some(question.found(Code::IssuerBindingUnknown));
        return;
    };
    let is_pinned = |(issuer, key): &(String, PublicKey)| issuer == principal && *key == method.key;
    let (code, by) = if tools.pinned.iter().any(is_pinned) {
        (Code::IssuerIsBound, Some("issuerKeys"))
    } else if method.controller == principal {
        let by = if principal.starts_with("did:key:") {
            "didKey"
        } else if principal.starts_with("did:jwk:") {
            "didJwk"
        } else {
            "controlledIdentifierDocument"
        };
        (Code::IssuerIsBound, Some(by))
    } else {
        match identifier::lists(principal, method, question.relationship(), tools.documents) {
            Listing::Yes { revoked, expires } => {
                let dates = dates_finding(question, revoked, expires);
                if dates.code.check() == CheckId::KeyCurrent && dates.code != Code::KeyInForce {
                    verified.push(dates);
                }
                (Code::IssuerIsBound, Some("controlledIdentifierDocument"))
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
