//! Credentials without a mapping of their own, and the frame of Comprehensive Learner Records → record.

use super::model::*;
use super::open_badges::holder;
use super::read::{CREDENTIAL, Source};
use crate::json::Value;

/// The record of a credential of no known kind: who, whom, when, and its claims as they stand (VCDM 2.0 §4). What its
/// terms mean is for its contexts to say: nothing is made a degree or a skill here.
pub(crate) fn from_credential<'t>(root: Value<'t>, mut source: Source<'t>) -> Record {
    let mut record = source.record(Kind::Other);
    for subject in source.objects(root, "credentialSubject") {
        // `identifier` and `name` may mean anything here: they are claims like the others.
        record
            .holders
            .push(Holder { id: source.string(subject, "id"), ..Holder::nobody(source.origin(subject)) });
    }
    record.claims = source.claims(is_elsewhere);
    record.completeness = source.completeness(None);
    record
}

/// Whether a value is no claim, or stands in the record already.
fn is_elsewhere(root: Value<'_>, value: Value<'_>) -> bool {
    let Some(key) = value.key() else { return false };
    if value.parent() == Some(root) {
        return key != "credentialSubject" && CREDENTIAL.contains(&key);
    }
    let holder = value
        .parent()
        .map(|parent| if parent.key().is_some() { parent } else { parent.parent().unwrap_or(root) });
    let of_subject = holder.is_some_and(|h| h.key() == Some("credentialSubject") && h.parent() == Some(root));
    of_subject && matches!(key, "id" | "type" | "verifiableCredential" | "endorsement")
}

/// The frame of a Comprehensive Learner Record (CLR 2.0, ClrCredential, ClrSubject). What was achieved stands in the
/// records inside, each with a report of its own.
pub(crate) fn from_clr<'t>(root: Value<'t>, mut source: Source<'t>) -> Record {
    let mut record = source.record(Kind::Transcript);
    let mut known = CREDENTIAL.to_vec();
    known.push("partial");
    source.known(root, &known);
    for subject in source.objects(root, "credentialSubject") {
        source.known(subject, &["id", "type", "name", "identifier", "verifiableCredential", "association"]);
        let named = holder(&mut source, subject);
        record.holders.push(named);
        for association in source.objects(subject, "association") {
            record.relations.push(AchievementRelation {
                kind: source.string(association, "associationType"),
                source_id: source.url(association, "sourceId"),
                target_id: source.url(association, "targetId"),
                origin: source.origin(association),
            });
        }
    }
    let partial = source.truth(root, "partial");
    record.completeness = source.completeness(partial.map(|partial| !partial));
    record
}
