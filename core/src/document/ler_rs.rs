//! Learning and Employment Records of HR Open Standards (LER-RS 4.4, 4.5) and the résumés of the T3 Innovation Network:
//! what makes one, what must be in it, and the documents that stand in it.
//!
//! A record stands alone, with `type` as the URL of its schema; or in a credential, a *wrapper* (`LER-RS VC`), as its
//! subject or as `lerrsType` in it; or in part, in one of the "provisional" credentials for a single position, course,
//! certification or licence. T3's Resume Author has a type of its own (`LERRSCredential`) and other member names.
//!
//! Nothing that a record says of education, work or licences is more than the word of whoever wrote it. What shows more
//! stands in `verifications`: each item is a credential with a proof of its own, or names an organisation to ask, or a
//! place to look. Only credentials can be verified, each on its own, whatever secures the record around them.
//!
//! The URLs in the place of contexts are those of JSON Schemas: no JSON-LD processor can read them as contexts, so that a
//! wrapper under them has no canonical form ([`is_schema`]).

use std::collections::BTreeSet;

use super::{Defects, contexts, has_type, items, walk};
use crate::carrier;
use crate::codes::{Code, Finding};
use crate::json::{Kind, Value};

/// Members whose values are, or hold, what shows that something in the record is so: `verifications` of HR Open; the
/// others of T3's Resume Author and of the packaging profile for Open Badges.
const CONTAINERS: [&str; 4] =
    ["verifications", "verifiedCredentials", "verifiableCredential", "credentialLink"];

/// The types of a wrapper: that of HR Open has a space in it.
const WRAPPERS: [&str; 2] = ["LER-RS VC", "LERRSCredential"];

/// The members of a record that are arrays of objects (LER-RSType).
const LISTS: [&str; 9] = [
    "narratives",
    "certifications",
    "educationAndLearnings",
    "employmentHistories",
    "licenses",
    "skills",
    "employmentPreferences",
    "positionPreferences",
    "attachments",
];

/// The members of a record that are objects (LER-RSType).
const OBJECTS: [&str; 4] = ["documentId", "person", "communication", "job"];

/// What an item must have if it has no `verifications` (LER-RSType, definitions).
const REQUIRED: [(&str, &[&str]); 6] = [
    ("narratives", &["name", "texts"]),
    ("certifications", &["issuingAuthority"]),
    ("educationAndLearnings", &["institution"]),
    ("employmentHistories", &["organization"]),
    ("licenses", &["issuingAuthority"]),
    ("skills", &["name"]),
];

/// The path of a URL of HR Open Standards.
fn path(url: &str) -> Option<&str> {
    let rest = url.strip_prefix("http://").or_else(|| url.strip_prefix("https://"))?;
    let (host, path) = rest.split_once('/')?;
    matches!(host, "schema.hropenstandards.org" | "www.hropenstandards.org" | "hropenstandards.org")
        .then_some(path)
}

/// Whether the URL is that of a JSON Schema of HR Open Standards. It may stand where contexts do, and is none.
pub fn is_schema(url: &str) -> bool {
    path(url).is_some_and(|path| path.trim_end_matches('#').ends_with(".json"))
}

/// Whether the URL is the type of a record.
pub(crate) fn is_record_type(url: &str) -> bool {
    path(url).is_some_and(|path| path.rsplit('/').next() == Some("LER-RSType.json"))
}

/// The version that a URL of HR Open Standards names.
pub(crate) fn version_of(url: &str) -> Option<&'static str> {
    let path = path(url)?;
    ["4.4", "4.5"].into_iter().find(|version| path.starts_with(version))
}

/// Whether the contexts are those of HR Open Standards or of T3: then the members may be read as theirs.
pub(crate) fn is_named(context: Option<Value<'_>>) -> bool {
    let ours = |url: &str| {
        path(url).is_some() || url == "https://w3id.org/hr" || url.starts_with("https://w3id.org/hr/")
    };
    let mut named = context.into_iter().flat_map(|context| context.one_or_many());
    // An inline context says it by its vocabulary or by what its terms stand for.
    named.any(|item| match item.as_object() {
        Some(inline) => inline.iter().any(|(_, meaning)| meaning.as_str().is_some_and(ours)),
        None => item.as_str().is_some_and(ours),
    })
}

/// Whether a credential is a wrapper, or one for a part of a record: by its type, by its contexts or by what it is about.
pub(super) fn is_wrapper(root: Value<'_>) -> bool {
    let is_type =
        |object: Value<'_>| items(object, "type").any(|name| name.as_str().is_some_and(is_record_type));
    WRAPPERS.into_iter().any(|name| has_type(root, name))
        || is_type(root)
        || contexts(root).any(|context| context.as_str().is_some_and(is_schema))
        || items(root, "credentialSubject").any(|subject| is_type(record_in(subject)))
}

/// The version that a wrapper names, if any.
pub(super) fn version(root: Value<'_>) -> Option<&'static str> {
    let named = |value: Value<'_>| value.as_str().and_then(version_of);
    let types = |object: Value<'_>| items(object, "type").find_map(named);
    let context = || contexts(root).find_map(|item| named(item).or_else(|| named(item.get("@vocab")?)));
    let subject = || items(root, "credentialSubject").find_map(|subject| types(record_in(subject)));
    context().or_else(|| types(root)).or_else(subject)
}

/// The record that a subject is: its schema puts it into `lerrsType`, its samples do not.
pub(crate) fn record_in(subject: Value<'_>) -> Value<'_> {
    subject.get("lerrsType").unwrap_or(subject)
}

/// Every value of the wrong JSON type in a record; in one that stands alone (`alone`) also every required member that is
/// missing. Whether it follows its schema in all else is not looked at.
fn rules(defects: &mut Defects, record: Value<'_>, alone: bool) {
    let wrong = |value: &Value<'_>, kind: Kind| !value.is_null() && value.kind() != kind;
    for value in OBJECTS.into_iter().filter_map(|member| record.get(member)) {
        if wrong(&value, Kind::Object) {
            defects.add(Code::DocumentMemberType, value);
        }
    }
    for member in LISTS {
        let Some(list) = record.get(member) else { continue };
        if wrong(&list, Kind::Array) {
            defects.add(Code::DocumentMemberType, list);
            continue;
        }
        for item in list.children() {
            if item.kind() != Kind::Object {
                defects.add(Code::DocumentMemberType, item);
                continue;
            }
            if member == "employmentHistories"
                && let Some(positions) = item.get("positionHistories")
            {
                array_of_objects(defects, positions);
            }
            let required = REQUIRED.iter().find(|(name, _)| *name == member);
            let required = required.filter(|_| alone && item.get("verifications").is_none());
            for name in required.into_iter().flat_map(|(_, names)| *names) {
                if item.get(name).is_none() {
                    defects.missing(Code::DocumentMemberMissing, item, name);
                }
            }
        }
    }
    if alone && record.get("type").is_none() {
        defects.missing(Code::DocumentMemberMissing, record, "type");
    }
    walk(record, &mut |value| {
        if value.key() == Some("verifications") {
            match value.kind() {
                Kind::Array => value
                    .children()
                    .filter(|item| item.kind() != Kind::Object && !is_token(*item))
                    .for_each(|item| defects.add(Code::DocumentMemberType, item)),
                _ => defects.add(Code::DocumentMemberType, value),
            }
        }
        !is_document(value)
    });
}

fn array_of_objects(defects: &mut Defects, value: Value<'_>) {
    match value.kind() {
        Kind::Null => {}
        Kind::Array => value
            .children()
            .filter(|item| item.kind() != Kind::Object)
            .for_each(|item| defects.add(Code::DocumentMemberType, item)),
        _ => defects.add(Code::DocumentMemberType, value),
    }
}

/// The same for the records in a wrapper. What T3's Resume Author writes has no schema.
pub(super) fn wrapper_rules(defects: &mut Defects, root: Value<'_>) {
    let of_hr_open = |record: &Value<'_>| {
        !has_type(root, "LERRSCredential")
            || items(*record, "type").any(|name| name.as_str().is_some_and(is_record_type))
    };
    records(root).filter(of_hr_open).for_each(|record| rules(defects, record, false));
}

/// What is wrong with a record that stands alone.
pub(crate) fn conformance(record: Value<'_>) -> Vec<Finding> {
    let mut defects = Defects::new();
    rules(&mut defects, record, true);
    defects.finish()
}

/// The documents in a record or wrapper, in document order: wherever they stand, under whatever name. What is in one of
/// them is its own matter.
pub(crate) fn documents(root: Value<'_>) -> Vec<Value<'_>> {
    let mut found = Vec::new();
    walk(root, &mut |value| {
        let own = value.parent() == Some(root) && matches!(value.key(), Some("@context" | "proof"));
        let document = !own && is_document(value);
        if document {
            found.push(value);
        }
        !own && !document
    });
    found
}

/// Whether a value is a document of its own: an object that says so by a type of credentials; where documents are
/// expected, also one with a context or proof of its own, and a token.
pub(crate) fn is_document(value: Value<'_>) -> bool {
    const TYPES: [&str; 4] = [
        "VerifiableCredential",
        "VerifiablePresentation",
        "EnvelopedVerifiableCredential",
        "EnvelopedVerifiablePresentation",
    ];
    match value.kind() {
        Kind::Object => {
            TYPES.into_iter().any(|name| has_type(value, name))
                || (value.get("@context").is_some() || value.get("proof").is_some()) && is_contained(value)
        }
        Kind::String => is_token(value) && is_contained(value),
        _ => false,
    }
}

/// A token begins with the encoding of `{` and of `"` or a space of JSON: more than [`carrier::is_token`] asks for, since
/// names of organisations stand here too.
fn is_token(value: Value<'_>) -> bool {
    let begins =
        |text: &str| ["eyJ", "eyA", "ewo", "ew0", "ewk"].into_iter().any(|start| text.starts_with(start));
    value.as_str().is_some_and(|text| carrier::is_token(text.as_bytes()) && begins(text))
}

/// Whether it stands in a member that holds documents. A document is at most as deep as the limits allow.
fn is_contained(value: Value<'_>) -> bool {
    let mut at = Some(value);
    while let Some(value) = at {
        if value.key().is_some_and(|key| CONTAINERS.contains(&key)) {
            return true;
        }
        at = value.parent();
    }
    false
}

/// What is given to show something and is no document: an organisation to ask, a place to look. In document order.
pub(crate) fn contacts(root: Value<'_>) -> Vec<Value<'_>> {
    let mut holding = BTreeSet::new();
    for document in documents(root) {
        let mut at = Some(document);
        while let Some(value) = at.filter(|value| holding.insert(value.position())) {
            at = value.parent();
        }
    }
    let mut found = Vec::new();
    walk(root, &mut |value| {
        let own = value.parent() == Some(root) && matches!(value.key(), Some("@context" | "proof"));
        if own || is_document(value) {
            return false;
        }
        if !value.key().is_some_and(|key| CONTAINERS.contains(&key)) {
            return true;
        }
        let is_contact = |item: &Value<'_>| {
            matches!(item.kind(), Kind::Object | Kind::String) && !holding.contains(&item.position())
        };
        found.extend(value.one_or_many().filter(is_contact));
        false
    });
    found
}

/// [`contacts`] as findings, so many as are named of any defects.
pub(crate) fn unverified(root: Value<'_>) -> Vec<Finding> {
    let mut findings = Defects::new();
    for contact in contacts(root) {
        findings.add(Code::LerRsContactOnly, contact);
    }
    findings.finish()
}

/// The records that a document holds: itself if it is one that stands alone, else those in its subjects.
pub(crate) fn records(root: Value<'_>) -> impl Iterator<Item = Value<'_>> {
    let alone = (root.get("credentialSubject").is_none()).then_some(root);
    alone.into_iter().chain(items(root, "credentialSubject").map(record_in))
}
