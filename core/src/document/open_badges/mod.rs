//! The rules of Open Badges 3.0 on top of the data model (Open Badges 3.0, Appendix B.1). They are reported: what the
//! data model requires is [`super::conformance`].

pub(super) mod classes;
mod results;

use std::collections::BTreeSet;

use super::{
    Defects, Relation, VCDM2_CONTEXT, contexts, detect, embedded, has_type, issuer_id, items, proofs,
    subject_ids, validity,
};
use crate::codes::{Code, Finding};
use crate::json::{Kind, Value};

/// Where the contexts of Open Badges 3.0 are published.
const CONTEXTS: &str = "https://purl.imsglobal.org/spec/ob/v3p0/context";

const CODES: classes::Codes = classes::Codes {
    kind: Code::ProfileOpenBadgesType,
    missing: Code::ProfileOpenBadgesMissing,
    value: Code::ProfileOpenBadgesValue,
};

/// The version of the Open Badges 3.0 context that the document names, if it names one (`3.0.3`).
pub fn context_version(root: Value<'_>) -> Option<&str> {
    context_versions(super::context_of(root)).next()
}

/// The versions of all contexts of Open Badges 3.0 in an `@context`.
pub(crate) fn context_versions(context: Option<Value<'_>>) -> impl Iterator<Item = &str> {
    let items = context.into_iter().flat_map(|context| context.one_or_many());
    items.filter_map(|item| version_of(item.as_str()?))
}

/// `context.json` is 3.0.0, `context-3.0.3.json` is 3.0.3 (Open Badges 3.0, context.md).
pub(super) fn version_of(url: &str) -> Option<&str> {
    match url.strip_prefix(CONTEXTS)?.strip_suffix(".json")? {
        "" => Some("3.0.0"),
        other => other.strip_prefix('-').filter(|version| version.starts_with("3.0.")),
    }
}

/// Every rule of Open Badges 3.0 that the document breaks (`profile.openBadges.*`). None: it follows them, or is
/// neither a badge nor an endorsement.
pub fn profile(root: Value<'_>) -> Vec<Finding> {
    let mut defects = Defects::new();
    let badge = has_type(root, "OpenBadgeCredential") || has_type(root, "AchievementCredential");
    if badge {
        classes::follow(&mut defects, root, &classes::ACHIEVEMENT_CREDENTIAL, CODES);
        one_subject(&mut defects, root);
        for subject in items(root, "credentialSubject") {
            results::rules(&mut defects, subject);
        }
    } else if has_type(root, "EndorsementCredential") {
        classes::follow(&mut defects, root, &classes::ENDORSEMENT_CREDENTIAL, CODES);
    } else {
        return Vec::new();
    }
    context(&mut defects, root);
    if let Some(detected) = detect(root)
        && validity(root, detected.model).from.is_none()
    {
        defects.missing(Code::ProfileOpenBadgesMissing, root, "validFrom");
    }
    purposes(&mut defects, root);
    endorsements(&mut defects, root);
    defects.finish()
}

/// B.1.2: the context of the data model, then one of Open Badges. Those before 3.0.2 redefine protected terms of the
/// VCDM 2.0 context, so that no processor can combine them.
fn context(defects: &mut Defects, root: Value<'_>) {
    let of_badges = contexts(root).nth(1).and_then(|item| version_of(item.as_str()?));
    let version2 = contexts(root).next().and_then(|item| item.as_str()) == Some(VCDM2_CONTEXT);
    if of_badges.is_none() || version2 && matches!(of_badges, Some("3.0.0" | "3.0.1")) {
        defects.add(Code::ProfileOpenBadgesContext, root.get("@context").unwrap_or(root));
    }
}

/// B.1.3: one subject, which an id or identifiers name.
fn one_subject(defects: &mut Defects, root: Value<'_>) {
    let Some(value) = root.get("credentialSubject") else { return };
    if value.one_or_many().nth(1).is_some() {
        defects.add(Code::ProfileOpenBadgesValue, value);
    }
    for subject in value.one_or_many() {
        let named = |member| subject.get(member).is_some_and(|value| !value.is_empty_member());
        if !named("id") && !named("identifier") {
            defects.add(Code::ProfileOpenBadgesSubject, subject);
        }
    }
}

/// B.1.24.
fn purposes(defects: &mut Defects, root: Value<'_>) {
    for proof in proofs(root).into_iter().flatten() {
        let purpose = proof.get("proofPurpose");
        if purpose.and_then(|value| value.as_str()) != Some("assertionMethod") {
            defects.add(Code::ProfileOpenBadgesPurpose, purpose.unwrap_or(proof));
        }
    }
}

/// §9.2, B.1.8: an endorsement of something else, or by those who gain from it, would lend credit that it does not
/// have.
fn endorsements(defects: &mut Defects, root: Value<'_>) {
    let Some(detected) = detect(root) else { return };
    let interested: BTreeSet<&str> = subject_ids(root).chain(issuer_id(root)).collect();
    let is_object = |(value, relation): &(Value<'_>, Relation)| {
        *relation == Relation::Endorsement && value.kind() == Kind::Object
    };
    // Those of one object stand together, so its id is looked up once.
    let (mut place, mut endorsed) = (None, None);
    for (endorsement, _) in embedded(root, &detected).into_iter().filter(is_object) {
        let hangs_on = endorsement.parent().and_then(|parent| match parent.kind() {
            Kind::Array => parent.parent(),
            _ => Some(parent),
        });
        if hangs_on != place {
            place = hangs_on;
            endorsed = place.and_then(|place| place.get("id")?.as_str());
        }
        if endorsed.is_none() || subject_ids(endorsement).next() != endorsed {
            defects.add(Code::ProfileOpenBadgesEndorsement, endorsement);
        }
        if issuer_id(endorsement).is_some_and(|id| interested.contains(id)) {
            defects.add(Code::ProfileOpenBadgesSelfEndorsement, endorsement);
        }
    }
}
