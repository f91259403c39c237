//! Assertions and Endorsements of Open Badges 2.0, 2.1, 1.1, 1.0 and 0.5 (Open Badges 2.0 §Assertion, §Endorsement; 1.1
//! §Assertion; 1.0 and 0.5 as §Backwards compatibility describes them).
//!
//! Nothing is rewritten into another version: each is held against the rules of its own.

use super::Format;
use super::hosted::{self, Class};
use super::rules::{Defects, Found, Is, Rule, Times};
use crate::codes::Code;
use crate::document::{Relation, items};
use crate::json::{Kind, Value};
use Times::{Any, Maybe, One};

/// The contexts, with the version that each stands for.
const CONTEXTS: &[(&str, &str)] = &[
    ("https://w3id.org/openbadges/v2", "2.0"),
    ("https://purl.imsglobal.org/spec/ob/v2p1/ob_v2p1.jsonld", "2.1"),
    ("https://purl.imsglobal.org/spec/ob/v2p1/context/ob_v2p1.jsonld", "2.1"),
    ("https://w3id.org/openbadges/v1", "1.1"),
];

/// An Assertion: by its context, or by the members that only Assertions of 1.0 and 0.5 have together.
pub(super) fn detect(root: Value<'_>) -> Option<Format> {
    let version_of = |context: Value<'_>| {
        let url = context.as_str()?;
        CONTEXTS.iter().find(|(known, _)| *known == url).map(|(_, version)| *version)
    };
    if let Some(version) = items(root, "@context").find_map(version_of) {
        return Some(Format::OpenBadges(version));
    }
    // Another context may give these members another meaning.
    if root.get("@context").is_some() {
        return None;
    }
    let kind = |member: &str| root.get(member).map(|value| value.kind());
    match (kind("badge"), kind("recipient"), kind("verify")) {
        (Some(_), Some(_), Some(_)) | (Some(_), Some(Kind::Object), _) => Some(Format::OpenBadges("1.0")),
        (Some(Kind::Object), Some(Kind::String), None) => Some(Format::OpenBadges("0.5")),
        _ => None,
    }
}

const IDENTITY: &[Rule] = &[
    ("identity", One, Is::Text),
    ("type", One, Is::Text),
    ("hashed", One, Is::Bool),
    ("salt", Maybe, Is::Text),
];
const IMAGE: &[Rule] = &[("id", Maybe, Is::Url), ("caption", Maybe, Is::Text), ("author", Maybe, Is::Url)];
const EVIDENCE: &[Rule] = &[
    ("id", Maybe, Is::Url),
    ("narrative", Maybe, Is::Text),
    ("name", Maybe, Is::Text),
    ("description", Maybe, Is::Text),
    ("genre", Maybe, Is::Text),
    ("audience", Maybe, Is::Text),
];
const CRITERIA: &[Rule] = &[("id", Maybe, Is::Url), ("narrative", Maybe, Is::Text)];
const ALIGNMENT: &[Rule] = &[
    ("targetName", One, Is::Text),
    ("targetUrl", One, Is::Url),
    ("targetDescription", Maybe, Is::Text),
    ("targetFramework", Maybe, Is::Text),
    ("targetCode", Maybe, Is::Text),
];
const VERIFICATION: &[Rule] =
    &[("type", Any, Is::Text), ("creator", Maybe, Is::Url), ("url", Maybe, Is::Url)];
const SCOPE: &[Rule] = &[
    ("type", Any, Is::Text),
    ("verificationProperty", Maybe, Is::Text),
    ("startsWith", Any, Is::Text),
    ("allowedOrigins", Any, Is::Text),
];
const KEY: &[Rule] = &[("id", Maybe, Is::Url), ("owner", Maybe, Is::Url), ("publicKeyPem", Maybe, Is::Text)];
const ENDORSEMENT_HERE: &[Rule] = &[];
const PROFILE: &[Rule] = &[
    ("id", One, Is::Url),
    ("name", One, Is::Text),
    ("url", One, Is::Url),
    ("email", One, Is::Text),
    ("description", Maybe, Is::Text),
    ("telephone", Maybe, Is::Text),
    ("image", Maybe, Is::UrlOr(IMAGE)),
    ("publicKey", Any, Is::UrlOr(KEY)),
    ("verification", Maybe, Is::A(SCOPE)),
    ("revocationList", Maybe, Is::Url),
    ("endorsement", Any, Is::TextOr(ENDORSEMENT_HERE)),
];
const BADGE_CLASS: &[Rule] = &[
    ("id", One, Is::Url),
    ("name", One, Is::Text),
    ("description", One, Is::Text),
    ("image", Maybe, Is::UrlOr(IMAGE)),
    ("criteria", One, Is::UrlOr(CRITERIA)),
    ("issuer", One, Is::UrlOr(PROFILE)),
    ("alignment", Any, Is::A(ALIGNMENT)),
    ("tags", Any, Is::Text),
    ("endorsement", Any, Is::TextOr(ENDORSEMENT_HERE)),
];
const ASSERTION: &[Rule] = &[
    ("id", One, Is::Url),
    ("recipient", One, Is::A(IDENTITY)),
    ("badge", One, Is::UrlOr(BADGE_CLASS)),
    ("verification", One, Is::A(VERIFICATION)),
    ("issuedOn", One, Is::Date),
    ("image", Maybe, Is::UrlOr(IMAGE)),
    ("evidence", Any, Is::UrlOr(EVIDENCE)),
    ("narrative", Maybe, Is::Text),
    ("expires", Maybe, Is::Date),
    ("revoked", Maybe, Is::Bool),
    ("revocationReason", Maybe, Is::Text),
    ("endorsement", Any, Is::TextOr(ENDORSEMENT_HERE)),
];
const CLAIM: &[Rule] = &[("id", One, Is::Url), ("endorsementComment", Maybe, Is::Text)];
const ENDORSEMENT: &[Rule] = &[
    ("id", One, Is::Url),
    ("claim", One, Is::A(CLAIM)),
    ("issuer", One, Is::UrlOr(PROFILE)),
    ("issuedOn", One, Is::Date),
    ("verification", One, Is::A(VERIFICATION)),
    ("expires", Maybe, Is::Date),
    ("revoked", Maybe, Is::Bool),
];

// Before 2.0: parts are URLs that need no `id`, `issuer` is an IssuerOrganization.
const OLD_PROFILE: &[Rule] = &[
    ("id", Maybe, Is::Url),
    ("name", One, Is::Text),
    ("url", One, Is::Url),
    ("email", Maybe, Is::Text),
    ("image", Maybe, Is::UrlOr(IMAGE)),
    ("revocationList", Maybe, Is::Url),
    ("verification", Maybe, Is::A(SCOPE)),
    ("publicKey", Any, Is::UrlOr(KEY)),
];
const OLD_ALIGNMENT: &[Rule] = &[
    ("name", Maybe, Is::Text),
    ("url", Maybe, Is::Url),
    ("description", Maybe, Is::Text),
    ("targetName", Maybe, Is::Text),
    ("targetUrl", Maybe, Is::Url),
];
const OLD_BADGE: &[Rule] = &[
    ("id", Maybe, Is::Url),
    ("name", One, Is::Text),
    ("description", One, Is::Text),
    ("image", Maybe, Is::UrlOr(IMAGE)),
    ("criteria", One, Is::UrlOr(CRITERIA)),
    ("issuer", One, Is::UrlOr(OLD_PROFILE)),
    ("alignment", Any, Is::A(OLD_ALIGNMENT)),
    ("tags", Any, Is::Text),
];
const OLD_ASSERTION: &[Rule] = &[
    ("id", Maybe, Is::Url),
    ("uid", Maybe, Is::Text),
    ("recipient", One, Is::A(IDENTITY)),
    ("badge", One, Is::UrlOr(OLD_BADGE)),
    ("verify", Maybe, Is::A(VERIFICATION)),
    ("verification", Maybe, Is::A(VERIFICATION)),
    ("issuedOn", One, Is::Date),
    ("image", Maybe, Is::UrlOr(IMAGE)),
    ("evidence", Any, Is::UrlOr(EVIDENCE)),
    ("expires", Maybe, Is::Date),
    ("revoked", Maybe, Is::Bool),
];
const ORIGIN: &[Rule] = &[("origin", One, Is::Url), ("name", One, Is::Text), ("contact", Maybe, Is::Text)];
const FIRST_BADGE: &[Rule] = &[
    ("version", Maybe, Is::Text),
    ("name", One, Is::Text),
    ("image", One, Is::Text),
    ("description", One, Is::Text),
    ("criteria", One, Is::Text),
    ("issuer", One, Is::A(ORIGIN)),
];
const FIRST_ASSERTION: &[Rule] = &[
    ("recipient", One, Is::Text),
    ("salt", Maybe, Is::Text),
    ("badge", One, Is::A(FIRST_BADGE)),
    ("evidence", Maybe, Is::Text),
    ("expires", Maybe, Is::Date),
    ("issued_on", Maybe, Is::Date),
];

/// What an Assertion or Endorsement must have, and the parts of it that stand in it.
pub(super) fn conformance(root: Value<'_>, version: &'static str, fetched: &[String]) -> Found {
    let format = Format::OpenBadges(version);
    let mut defects = Defects::new(root, format, fetched);
    let class = Class::of(root, format);
    let new = !hosted::is_first(format);
    match (class, version) {
        (Class::Endorsement, _) => {
            defects.types(root, &["Endorsement"], true);
            defects.object(root, ENDORSEMENT);
        }
        (_, "0.5") => defects.object(root, FIRST_ASSERTION),
        (_, "1.0" | "1.1") => {
            defects.types(root, &["Assertion"], version == "1.1");
            defects.object(root, OLD_ASSERTION);
            if root.get("uid").or_else(|| root.get("id")).is_none() {
                defects.missing(root, "uid");
            }
            if hosted::verification(root, format).is_none() {
                defects.missing(root, "verify");
            }
        }
        _ => {
            defects.types(root, &["Assertion"], true);
            defects.object(root, ASSERTION);
        }
    }
    if let Some(badge) = root.get("badge").filter(|badge| badge.kind() == Kind::Object) {
        defects.types(badge, &["BadgeClass"], new);
    }
    if let Some(profile) = hosted::profile(root, class).filter(|profile| profile.kind() == Kind::Object) {
        defects.types(profile, &["Issuer", "Profile", "IssuerOrg", "IssuerOrganization"], new);
    }
    // §Assertion: an image with the Assertion baked in; a data URL would have to hold itself.
    if let Some(image) =
        root.get("image").filter(|image| image.as_str().is_some_and(|url| url.starts_with("data:")))
    {
        defects.add(Code::DocumentMemberValue, image);
    }
    defects.order(root);
    defects.finish()
}

/// The endorsements of the Assertion, its BadgeClass and its issuer.
pub(super) fn embedded(root: Value<'_>) -> Vec<(Value<'_>, Relation)> {
    let badge = root.get("badge");
    let parts = [Some(root), badge, badge.and_then(|badge| badge.get("issuer"))];
    let found = hosted::endorsements(parts.into_iter().flatten());
    found.into_iter().map(|endorsement| (endorsement, Relation::Endorsement)).collect()
}
