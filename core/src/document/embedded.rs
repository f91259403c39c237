//! Documents inside a document, and how they stand to it.

use super::{Detected, Family, has_type, items, ler_rs, walk};
use crate::json::{Kind, Value};

/// How an embedded document stands to the one it is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// A credential in a presentation (VCDM 2.0 §4.13).
    Presented,
    /// A credential in a subject: what a Comprehensive Learner Record is made of (CLR 2.0, ClrSubject).
    Nested,
    /// An endorsement of the credential, the achievement or a profile (Open Badges 3.0 §9.2).
    Endorsement,
    /// A list that a status entry of the credential names. It stands elsewhere; the place is that of the entry.
    StatusList,
    /// What the issuer offers as the newest version of the credential. It stands elsewhere; the place is that of the
    /// refresh service.
    NewerVersion,
}

impl Relation {
    /// The name in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Relation::Presented => "presented",
            Relation::Nested => "nested",
            Relation::Endorsement => "endorsement",
            Relation::StatusList => "statusList",
            Relation::NewerVersion => "newerVersion",
        }
    }
}

/// The documents directly inside `root`, in document order: objects, enveloped ones among them, and strings that
/// should be compact JWS. What stands where a document should and is something else is returned too: it must not pass
/// unseen.
pub fn embedded<'t>(root: Value<'t>, detected: &Detected) -> Vec<(Value<'t>, Relation)> {
    if detected.presentation {
        return items(root, "verifiableCredential")
            .filter(|item| !item.is_null())
            .map(|item| (item, Relation::Presented))
            .collect();
    }
    if detected.model == super::DataModel::SdJwtVc {
        return Vec::new();
    }
    if detected.family == Family::LerRs {
        return ler_rs::documents(root).into_iter().map(|document| (document, Relation::Nested)).collect();
    }
    // In a plain credential `endorsement` may be anything, a class of a driving licence for instance.
    let profiled =
        !matches!(detected.family, Family::VerifiableCredential | Family::EuropeanDigitalCredential);
    let mut found = Vec::new();
    walk(root, &mut |value| {
        let relation = match value.key() {
            Some("@context" | "proof") => return false,
            Some("verifiableCredential") if in_subject(root, value) => Relation::Nested,
            Some("endorsement" | "endorsementJwt") => Relation::Endorsement,
            _ => return true,
        };
        let is_document = |item: &Value<'_>| {
            relation == Relation::Nested
                || profiled
                || has_type(*item, "EndorsementCredential")
                || has_type(*item, "VerifiableCredential")
        };
        let before = found.len();
        found.extend(
            value
                .one_or_many()
                .filter(|item| !item.is_null() && is_document(item))
                .map(|item| (item, relation)),
        );
        // What is inside an embedded document is for that document's own report.
        found.len() == before
    });
    found
}

/// Whether it is a member of a subject of this credential.
fn in_subject(root: Value<'_>, member: Value<'_>) -> bool {
    let Some(subject) = member.parent().filter(|parent| parent.kind() == Kind::Object) else { return false };
    let holder = match subject.parent() {
        Some(array) if array.kind() == Kind::Array => Some(array),
        _ => Some(subject),
    };
    holder.is_some_and(|value| value.key() == Some("credentialSubject") && value.parent() == Some(root))
}
