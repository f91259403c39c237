//! Comprehensive Learner Records 1.0 (1EdTech CLR 1.0), and the signed Assertions and Endorsements in them.

use std::collections::BTreeSet;

use super::Format;
use super::hosted::{self, Class};
use super::rules::{Defects, Found, Is, Rule, Times};
use crate::codes::Code;
use crate::document::{Relation, items};
use crate::json::{Kind, Value};
use Times::{Any, Maybe, One};

/// The context.
const CONTEXT: &str = "https://purl.imsglobal.org/spec/clr/v1p0/context/clr_v1p0.jsonld";

/// A record: by its context; one of the Assertions that are signed for themselves, and have none, by its Achievement.
pub(super) fn detect(root: Value<'_>) -> Option<Format> {
    if items(root, "@context").any(|context| context.as_str() == Some(CONTEXT)) {
        return Some(Format::Clr);
    }
    let has = |member: &str, kind: Kind| root.get(member).is_some_and(|value| value.kind() == kind);
    let of_assertion = has("achievement", Kind::Object) && has("recipient", Kind::Object);
    let of_endorsement = has("claim", Kind::Object) && root.get("issuer").is_some();
    let own = root.get("@context").is_none() && has("verification", Kind::Object);
    (own && (of_assertion || of_endorsement)).then_some(Format::Clr)
}

const VERIFICATION: &[Rule] = &[
    ("type", Any, Is::Text),
    ("creator", Maybe, Is::Url),
    ("allowedOrigins", Any, Is::Text),
    ("startsWith", Any, Is::Text),
    ("verificationProperty", Maybe, Is::Text),
];
const KEY: &[Rule] = &[("id", Maybe, Is::Url), ("owner", Maybe, Is::Url), ("publicKeyPem", Maybe, Is::Text)];
const ENDORSEMENT_CLAIM: &[Rule] = &[("id", One, Is::Url), ("endorsementComment", Maybe, Is::Text)];
const PROFILE: &[Rule] = &[
    ("id", One, Is::Url),
    ("name", Maybe, Is::Text),
    ("url", Maybe, Is::Url),
    ("email", Maybe, Is::Text),
    ("publicKey", Any, Is::UrlOr(KEY)),
    ("verification", Maybe, Is::A(VERIFICATION)),
    ("revocationList", Maybe, Is::Url),
    ("signedEndorsements", Any, Is::Jws),
];
const ENDORSEMENT: &[Rule] = &[
    ("id", One, Is::Url),
    ("claim", One, Is::A(ENDORSEMENT_CLAIM)),
    ("issuer", One, Is::UrlOr(PROFILE)),
    ("issuedOn", One, Is::Date),
    ("verification", One, Is::A(VERIFICATION)),
    ("revoked", Maybe, Is::Bool),
];
const ALIGNMENT: &[Rule] = &[
    ("targetName", One, Is::Text),
    ("targetUrl", One, Is::Text),
    ("frameworkName", Maybe, Is::Text),
    ("targetCode", Maybe, Is::Text),
    ("targetDescription", Maybe, Is::Text),
];
const ACHIEVEMENT: &[Rule] = &[
    ("id", One, Is::Url),
    ("achievementType", Maybe, Is::Text),
    ("name", One, Is::Text),
    ("issuer", One, Is::UrlOr(PROFILE)),
    ("description", Maybe, Is::Text),
    ("humanCode", Maybe, Is::Text),
    ("creditsAvailable", Maybe, Is::Number),
    ("alignments", Any, Is::A(ALIGNMENT)),
    ("tags", Any, Is::Text),
    ("signedEndorsements", Any, Is::Jws),
];
const IDENTITY: &[Rule] = &[
    ("id", Maybe, Is::Url),
    ("identity", One, Is::Text),
    ("type", One, Is::Text),
    ("hashed", One, Is::Bool),
    ("salt", Maybe, Is::Text),
];
const RESULT: &[Rule] =
    &[("value", Maybe, Is::Text), ("resultDescription", Maybe, Is::Text), ("achievedLevel", Maybe, Is::Text)];
const ASSERTION: &[Rule] = &[
    ("id", One, Is::Url),
    ("achievement", Maybe, Is::UrlOr(ACHIEVEMENT)),
    ("recipient", One, Is::A(IDENTITY)),
    ("issuedOn", Maybe, Is::Date),
    ("expires", Maybe, Is::Date),
    ("activityStartDate", Maybe, Is::Date),
    ("activityEndDate", Maybe, Is::Date),
    ("creditsEarned", Maybe, Is::Number),
    ("licenseNumber", Maybe, Is::Text),
    ("role", Maybe, Is::Text),
    ("term", Maybe, Is::Text),
    ("narrative", Maybe, Is::Text),
    ("results", Any, Is::A(RESULT)),
    ("revoked", Maybe, Is::Bool),
    ("revocationReason", Maybe, Is::Text),
    ("verification", Maybe, Is::A(VERIFICATION)),
    ("signedEndorsements", Any, Is::Jws),
];
const LEARNER: &[Rule] = &[
    ("id", One, Is::Url),
    ("name", Maybe, Is::Text),
    ("givenName", Maybe, Is::Text),
    ("familyName", Maybe, Is::Text),
    ("email", Maybe, Is::Text),
    ("studentId", Maybe, Is::Text),
    ("sourcedId", Maybe, Is::Text),
];
const CLR: &[Rule] = &[
    ("id", One, Is::Url),
    ("issuedOn", One, Is::Date),
    ("learner", One, Is::A(LEARNER)),
    ("publisher", One, Is::UrlOr(PROFILE)),
    ("name", Maybe, Is::Text),
    ("partial", Maybe, Is::Bool),
    ("revoked", Maybe, Is::Bool),
    ("revocationReason", Maybe, Is::Text),
    ("achievements", Any, Is::A(ACHIEVEMENT)),
    ("assertions", Any, Is::A(ASSERTION)),
    ("signedAssertions", Any, Is::Jws),
    ("signedEndorsements", Any, Is::Jws),
    ("verification", One, Is::A(VERIFICATION)),
];

/// What a record must have.
pub(super) fn conformance(root: Value<'_>, fetched: &[String]) -> Found {
    let mut defects = Defects::new(root, Format::Clr, fetched);
    let (names, required, rules): (&[&str], _, _) = match Class::of(root, Format::Clr) {
        Class::Endorsement => (&["Endorsement"], false, ENDORSEMENT),
        Class::Assertion | Class::ClrAssertion => (&["Assertion"], false, ASSERTION),
        Class::Clr => (&["Clr", "CLR"], true, CLR),
    };
    defects.types(root, names, required);
    defects.object(root, rules);
    if Class::of(root, Format::Clr) == Class::ClrAssertion {
        // Signed for itself it has to say how, and what was achieved (CLR 1.0 §Assertion).
        for member in ["verification", "achievement"] {
            if root.get(member).is_none() {
                defects.missing(root, member);
            }
        }
    }
    // An Assertion in the record is of one of its Achievements.
    let known: BTreeSet<&str> =
        items(root, "achievements").filter_map(|one| one.get("id")?.as_str()).collect();
    for assertion in items(root, "assertions") {
        if let Some(named) =
            assertion.get("achievement").filter(|named| named.as_str().is_some_and(|id| !known.contains(id)))
        {
            defects.add(Code::DocumentMemberValue, named);
        }
    }
    defects.order(root);
    defects.finish()
}

/// The signed Assertions in it, and the signed Endorsements of it and its parts. What stands in it unsigned, the publisher
/// says, and nobody else.
pub(super) fn embedded(root: Value<'_>) -> Vec<(Value<'_>, Relation)> {
    let signed = |value: Value<'_>| crate::carrier::is_token(value.as_str().unwrap_or_default().as_bytes());
    let nested = items(root, "signedAssertions").map(|assertion| (assertion, Relation::Nested));
    let members = ["achievements", "assertions", "publisher", "learner", "achievement", "issuer"];
    let parts =
        members.into_iter().flat_map(|member| items(root, member)).filter(|part| part.kind() == Kind::Object);
    let endorsements = hosted::endorsements(std::iter::once(root).chain(parts));
    let endorsements = endorsements.into_iter().filter(|value| signed(*value));
    nested.chain(endorsements.map(|endorsement| (endorsement, Relation::Endorsement))).collect()
}
