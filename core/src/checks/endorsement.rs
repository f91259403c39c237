//! What an endorsement says about whom, and who says it (Open Badges 3.0 §9.2, B.1.7, B.1.8): a valid endorsement of
//! something else, or by those who gain from it, would lend credit that it does not have.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::codes::{Code, Finding};
use crate::document::{self, Detected, Relation};
#[cfg(feature = "formats")]
use crate::formats;
use crate::json::{Kind, Value};

/// What an endorsement hangs on.
#[derive(Clone, Debug)]
pub(crate) enum Hangs {
    /// It stands in an object, which has this identifier.
    In(Option<String>),
    /// It came with the record: on the object that has the identifier which it is about.
    Beside(Arc<Objects>),
}

/// The identified objects of a record and where they stand.
#[derive(Debug)]
pub(crate) struct Objects {
    places: BTreeMap<String, String>,
    /// Whether all of the record could be looked through: what is in envelopes could not.
    whole: bool,
}

/// An endorsement's place in a record, as far as the record tells.
#[derive(Clone, Debug)]
pub(crate) struct Endorsed {
    pub(crate) hangs: Hangs,
    /// The issuer and the recipients of the record.
    pub(crate) interested: Arc<BTreeSet<String>>,
}

/// Those who gain from an endorsement of a record: its issuer and its recipients, of a presentation those of all records
/// in it.
pub(crate) fn interested(root: Value<'_>, detected: &Detected) -> Arc<BTreeSet<String>> {
    let of = |root| document::subject_ids(root).chain(document::issuer_id(root)).map(str::to_owned);
    let mut found: BTreeSet<String> = of(root).collect();
    if detected.presentation {
        found.extend(document::holder_id(root).map(str::to_owned));
        for (record, relation) in document::embedded(root, detected) {
            if relation == Relation::Presented {
                found.extend(of(record));
            }
        }
    }
    Arc::new(found)
}

/// The identifier of the object in which an endorsement stands.
pub(crate) fn hangs_in(endorsement: Value<'_>) -> Option<String> {
    let object = endorsement.parent().and_then(|parent| match parent.kind() {
        Kind::Array => parent.parent(),
        _ => Some(parent),
    });
    Some(object?.get("id")?.as_str()?.to_owned())
}

/// All that has an identifier, contexts and proofs left aside; of several objects with one identifier the first.
pub(crate) fn objects(root: Value<'_>) -> Arc<Objects> {
    let mut places = BTreeMap::new();
    let mut whole = true;
    let mut note = |value: Value<'_>, pointer: &str| {
        whole &= !document::has_type(value, "EnvelopedVerifiableCredential");
        if let Some(id) = value.get("id").and_then(|id| id.as_str()) {
            places.entry(id.to_owned()).or_insert_with(|| pointer.to_owned());
        }
    };
    note(root, &root.pointer());
    document::walk_with_pointers(root, &mut |value, pointer| {
        match (value.kind(), value.key()) {
            (_, Some("@context" | "proof")) => return false,
            (Kind::Object, _) => note(value, pointer),
            _ => {}
        }
        true
    });
    // In VCDM 1.1 a record in a presentation may be a token.
    whole &= document::items(root, "verifiableCredential").all(|record| record.kind() == Kind::Object);
    Arc::new(Objects { places, whole })
}

/// Where in the record the endorsement belongs, and what is to be said about it.
pub(crate) fn check(root: Value<'_>, endorsed: &Endorsed) -> (Option<String>, [Finding; 2]) {
    let stated = Stated {
        subjects: document::subject_ids(root).collect(),
        subject: document::items(root, "credentialSubject").next().unwrap_or(root),
        // Of two subjects one would be endorsed unseen.
        one: document::items(root, "credentialSubject").count() == 1,
        issuer: document::issuer_id(root),
        is_endorsement: document::has_type(root, "EndorsementCredential"),
    };
    stated.check(root, endorsed)
}

/// The same of an Endorsement of Open Badges 2.0 or CLR 1.0 (Open Badges 2.0 §Endorsement).
#[cfg(feature = "formats")]
pub(crate) fn check_claim(root: Value<'_>, endorsed: &Endorsed) -> (Option<String>, [Finding; 2]) {
    let claim = root.get("claim").unwrap_or(root);
    let stated = Stated {
        subjects: claim.get("id").and_then(|id| id.as_str()).into_iter().collect(),
        subject: claim,
        one: true,
        issuer: formats::hosted::issuer_id(root, formats::hosted::Class::Endorsement),
        is_endorsement: document::has_type(root, "Endorsement"),
    };
    stated.check(root, endorsed)
}

/// Those who gain from an endorsement of such a record: who vouches for it, and whom it is about.
#[cfg(feature = "formats")]
pub(crate) fn interested_in(root: Value<'_>, class: formats::hosted::Class) -> Arc<BTreeSet<String>> {
    let learner = root.get("learner").and_then(|learner| learner.get("id")?.as_str());
    let identity = root.get("recipient").and_then(|recipient| recipient.get("identity")?.as_str());
    let issuer = formats::hosted::issuer_id(root, class);
    Arc::new([issuer, learner, identity].into_iter().flatten().map(str::to_owned).collect())
}

/// What an endorsement says.
struct Stated<'t> {
    /// The identifiers of what it is about.
    subjects: BTreeSet<&'t str>,
    /// Where it says so.
    subject: Value<'t>,
    /// Whether it is about one thing.
    one: bool,
    issuer: Option<&'t str>,
    /// Whether it says that it is one.
    is_endorsement: bool,
}

impl Stated<'_> {
    fn check(self, root: Value<'_>, endorsed: &Endorsed) -> (Option<String>, [Finding; 2]) {
        let Stated { subjects, subject, .. } = &self;
        let at = |code| Finding::at(code, subject.get("id").unwrap_or(*subject).pointer());
        let one = subjects.first().copied().filter(|_| self.one);
        let mut place = None;
        let about = if !self.is_endorsement {
            Finding::at(Code::EndorsementType, root.get("type").unwrap_or(root).pointer())
        } else {
            match &endorsed.hangs {
                Hangs::In(None) => at(Code::EndorsementAboutUnnamed),
                Hangs::In(Some(id)) if one == Some(id) => at(Code::EndorsementAboutThis),
                Hangs::In(Some(_)) => at(Code::EndorsementAboutOther),
                Hangs::Beside(objects) => {
                    place = one.and_then(|id| objects.places.get(id)).cloned();
                    match place {
                        Some(_) => at(Code::EndorsementAboutThis),
                        None if objects.whole => at(Code::EndorsementAboutOther),
                        None => at(Code::EndorsementAboutUnnamed),
                    }
                }
            }
        };
        let by = match self.issuer {
            None => Code::EndorsementByUnknown,
            Some(issuer) if endorsed.interested.contains(issuer) || subjects.contains(issuer) => {
                Code::EndorsementBySelf
            }
            Some(_) => Code::EndorsementIndependent,
        };
        (place, [about, Finding::at(by, root.get("issuer").unwrap_or(root).pointer())])
    }
}
