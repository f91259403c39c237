//! HR Open LER-RS 4.4 and 4.5, alone or in a wrapper, and résumés of T3's Resume Author → record (standards.md §16, §22.3).
//!
//! Who says it all is the issuer of the wrapper, the subject itself if that is the issuer, and nobody but the writer where
//! there is no wrapper. What others say stands in the documents inside, which are parts of the record with reports of
//! their own; each position, course, certification, licence and skill names those that are given for it. What is given
//! besides (whom to ask, where to look) is evidence at which nobody has looked.
//!
//! The résumés of T3 have other names for the same things, and texts where HR Open has objects; both are read here.
//! Members of a record without a place of their own are claims.

use super::ler_rs_career as career;
use super::ler_rs_person as person;
use super::model::*;
use super::read::{CREDENTIAL, MOST, Source};
use crate::document::{self, ler_rs};
use crate::encoding::base64;
use crate::formats;
use crate::json::{Kind as Json, Value};
use sha2::{Digest, Sha256};

/// Members of a record that have a place; all others are claims.
const MAPPED: &[&str] = &[
    "@context",
    "id",
    "type",
    "proof",
    "documentId",
    "lerrsType",
    "person",
    "communication",
    "narratives",
    "narrative",
    "professionalSummary",
    "employmentHistories",
    "employmentHistory",
    "experience",
    "educationAndLearnings",
    "educationAndLearning",
    "certifications",
    "certification",
    "licenses",
    "license",
    "awards",
    "professionalAffiliations",
    "skills",
    "skill",
    "attachments",
];

/// A record that stands alone: nobody but its writer says what it says.
pub(crate) fn from_alone<'t>(root: Value<'t>, version: &'static str) -> Record {
    let detected = formats::ler_rs::as_document(version);
    let mut source = Source::new(root, None, &detected, &Default::default(), true);
    let mut record = source.nothing(Kind::Resume);
    (record.children, record.endorsements) = source.parts();
    record.kind_raw = source.strings(root, "type");
    record.id = source.object(root, "documentId").and_then(|id| source.written(id, "value"));
    of_record(&mut record, &mut source, root, None);
    contacts(&mut record, &mut source, root);
    record.completeness = source.completeness(None);
    record
}

/// The record of a wrapper, or of a credential for a part of a record.
pub(crate) fn from_wrapper<'t>(root: Value<'t>, mut source: Source<'t>) -> Record {
    let mut record = source.record(Kind::Resume);
    source.known(root, CREDENTIAL);
    for subject in source.objects(root, "credentialSubject") {
        let id = source.string(subject, "id");
        let inner = ler_rs::record_in(subject);
        if inner != subject {
            source.known(subject, &["id", "type", "lerrsType"]);
        }
        of_record(&mut record, &mut source, inner, id);
    }
    record.kind = kind_of(root, &record);
    contacts(&mut record, &mut source, root);
    record.completeness = source.completeness(None);
    record
}

/// The record of a wrapper whose contexts do not say that its members are those of HR Open Standards: they could mean
/// anything.
pub(crate) fn unread<'t>(root: Value<'t>, mut source: Source<'t>) -> Record {
    let mut record = source.record(Kind::Other);
    let without: Vec<&str> = CREDENTIAL.iter().copied().filter(|name| *name != "credentialSubject").collect();
    source.known(root, &without);
    record.completeness = source.completeness(None);
    record
}

/// A credential for one position, certification or licence is that.
fn kind_of(root: Value<'_>, record: &Record) -> Kind {
    let has = |member: &str| document::items(root, "credentialSubject").any(|s| s.get(member).is_some());
    if has("person") || has("lerrsType") {
        return Kind::Resume;
    }
    let one_kind = match (record.employment.len(), record.education.len(), record.qualifications.as_slice()) {
        (1.., 0, []) => Some(Kind::Employment),
        (0, 0, [first, ..]) => Some(first.kind),
        (0, 1.., []) => Some(Kind::Other),
        _ => None,
    };
    one_kind.unwrap_or(Kind::Resume)
}

fn of_record<'t>(record: &mut Record, source: &mut Source<'t>, object: Value<'t>, id: Option<String>) {
    person::of(record, source, object, id);
    for item in listed(source, object, &["employmentHistories", "employmentHistory", "experience"]) {
        career::employment(record, source, item);
    }
    for item in listed(source, object, &["educationAndLearnings", "educationAndLearning"]) {
        career::education(record, source, item);
    }
    for (members, kind) in [
        (["certifications", "certification"].as_slice(), Kind::Certification),
        (&["licenses", "license"], Kind::License),
        (&["awards"], Kind::Award),
        (&["professionalAffiliations"], Kind::Membership),
    ] {
        for item in listed(source, object, members) {
            career::qualification(record, source, item, kind);
        }
    }
    for member in ["skills", "skill"] {
        let items = super::forms::items(object, member);
        source.more(u64::try_from(items.len().saturating_sub(MOST)).unwrap_or(u64::MAX));
        for item in items.into_iter().take(MOST) {
            skill(record, source, object, item);
        }
    }
    for item in listed(source, object, &["attachments"]) {
        let attached = attachment(source, item);
        record.attachments.push(attached);
    }
    let others = object.as_object().into_iter().flat_map(|object| object.iter());
    for (_, value) in others.filter(|(member, value)| !MAPPED.contains(member) && !value.is_empty_member()) {
        claims_in(record, source, value);
    }
}

/// The objects of a member that has one of these names; no more than a record holds.
fn listed<'t>(source: &mut Source<'t>, object: Value<'t>, members: &[&str]) -> Vec<Value<'t>> {
    let mut all = Vec::new();
    for member in members {
        all.extend(source.objects(object, member));
    }
    source.more(u64::try_from(all.len().saturating_sub(MOST)).unwrap_or(u64::MAX));
    all.truncate(MOST);
    all
}

/// A skill: an object, or in résumés of T3 just its name.
fn skill<'t>(record: &mut Record, source: &mut Source<'t>, object: Value<'t>, item: Value<'t>) {
    let origin = source.origin(object);
    let basis = if origin == Origin::SelfAsserted { SkillBasis::SelfAsserted } else { SkillBasis::Stated };
    if let Some(name) = item.as_str() {
        let name = vec![source.text_of(object, name)];
        return record.skills.push(Skill { name, ..Skill::blank(basis, origin) });
    }
    if item.kind() != Json::Object || !says_something(item) {
        return;
    }
    const KNOWN: &[&str] = &[
        "id",
        "type",
        "name",
        "skills",
        "description",
        "comments",
        "yearsOfExperience",
        "schemeReference",
        "definitionReference",
        "endorsers",
        "proficiencyLevel",
        "proficiency",
        "verifications",
        "verifiedCredentials",
        "credentialLink",
    ];
    source.known(item, KNOWN);
    let mut reference = source.object(item, "schemeReference");
    reference = reference.or_else(|| source.object(item, "definitionReference"));
    let url = reference.and_then(|reference| source.url(reference, "reference"));
    let framework_name = reference.map(|reference| source.texts(reference, "scheme")).unwrap_or_default();
    let years = source.quantity(item, "yearsOfExperience");
    let endorsers = source.objects(item, "endorsers");
    let said = Skill {
        name: texts(source, item, &["name", "skills"]),
        framework: super::frameworks::recognise(url.as_deref(), None, None),
        url,
        framework_name,
        description: texts(source, item, &["description", "comments"]),
        years_of_experience: years.map(|years| Quantity { unit: Some("years".to_owned()), ..years }),
        proficiency: texts(source, item, &["proficiencyLevel", "proficiency"]),
        endorsers: endorsers.into_iter().filter_map(|endorser| person::endorser(source, endorser)).collect(),
        verifications: source.verifications(item),
        ..Skill::blank(basis, origin)
    };
    record.skills.push(said);
}

fn attachment<'t>(source: &mut Source<'t>, item: Value<'t>) -> Attachment {
    source.known(item, &["id", "type", "content", "description", "descriptions", "url", "name"]);
    let blank = Attachment::blank(item.pointer(), source.origin(item));
    let name = texts(source, item, &["name"]);
    let description = texts(source, item, &["description", "descriptions"]);
    let url = source.url(item, "url");
    let Some(content) = source.object(item, "content") else {
        return Attachment { name, description, url, ..blank };
    };
    source.known(content, &["value", "encoding", "mimeType", "filename", "url"]);
    let encoding = source.string(content, "encoding").unwrap_or_default();
    let bytes =
        source.string(content, "value").and_then(|text| match encoding.to_ascii_lowercase().as_str() {
            "base64" => base64::decode(&text).ok(),
            _ => None,
        });
    let filename = texts(source, content, &["filename"]);
    Attachment {
        name: if filename.is_empty() { name } else { filename },
        description,
        url: url.or_else(|| source.url(content, "url")),
        media_type: source.string(content, "mimeType"),
        sha256: bytes.map(|bytes| crate::encoding::hex(&Sha256::digest(bytes))),
        ..blank
    }
}

/// Whom to ask and where to look, as evidence.
fn contacts<'t>(record: &mut Record, source: &mut Source<'t>, root: Value<'t>) {
    let found = ler_rs::contacts(root);
    source.more(u64::try_from(found.len().saturating_sub(MOST)).unwrap_or(u64::MAX));
    for contact in found.into_iter().take(MOST) {
        let blank = Evidence::blank(source.origin(contact));
        if let Some(text) = contact.as_str() {
            if !text.trim().is_empty() {
                let kind = vec!["reference".to_owned()];
                record.evidence.push(Evidence { url: Some(text.to_owned()), kind, ..blank });
            }
            continue;
        }
        source.known(contact, &["reference", "scheme", "verifyingOrganization"]);
        let organization = person::organization(source, contact, &["verifyingOrganization"]);
        let url = source.url(contact, "reference");
        let kind = match (&url, &organization) {
            (Some(_), _) => "reference",
            (None, Some(_)) => "verifyingOrganization",
            (None, None) => continue,
        };
        record.evidence.push(Evidence {
            url: url.or_else(|| organization.as_ref().and_then(|asked| asked.url.clone())),
            kind: vec![kind.to_owned()],
            name: organization.map(|asked| asked.claimed_name).unwrap_or_default(),
            description: texts(source, contact, &["scheme"]),
            ..blank
        });
    }
}

/// The texts of the members that have one of these names; empty ones say nothing.
pub(super) fn texts<'t>(source: &mut Source<'t>, object: Value<'t>, members: &[&str]) -> Vec<Text> {
    let mut all = Vec::new();
    for member in members {
        // An object with a text in it is no map of languages.
        match object.get(member) {
            Some(inner) if inner.get("text").is_some() => all.extend(source.texts(inner, "text")),
            Some(inner) if inner.kind() == Json::Object => source.not_mapped(inner),
            _ => all.extend(source.texts(object, member)),
        }
    }
    all.retain(|text| !text.value.trim().is_empty());
    all
}

/// The first of these members that says something.
pub(super) fn first<'m>(object: Value<'_>, members: &[&'m str]) -> Option<&'m str> {
    let says = |value: Value<'_>| {
        !value.is_empty_member() && value.as_str().is_none_or(|text| !text.trim().is_empty())
    };
    members.iter().copied().find(|member| object.get(member).is_some_and(says))
}

/// Whether an item says more than what is given for it.
pub(super) fn says_something(item: Value<'_>) -> bool {
    let given = ["verifications", "verifiedCredentials", "verifiableCredential", "credentialLink"];
    let members = item.as_object().into_iter().flat_map(|object| object.iter());
    members.filter(|(member, _)| !given.contains(member)).any(|(_, value)| !value.is_empty_member())
}

/// The strings, numbers and booleans in a value as claims, each with its pointer.
pub(super) fn claims_in<'t>(record: &mut Record, source: &mut Source<'t>, value: Value<'t>) {
    let scalar = |value: Value<'_>| match value.kind() {
        Json::String => value.as_str().map(|text| Scalar::Text(text.to_owned())),
        Json::Number => value.as_number().map(|number| Scalar::Number(number.as_f64())),
        Json::Bool => value.as_bool().map(Scalar::Bool),
        Json::Null | Json::Array | Json::Object => None,
    };
    let mut found = Vec::new();
    let mut more = 0_u64;
    let room = MOST.saturating_sub(record.claims.len());
    let mut keep = |value: Value<'_>, pointer: &str| {
        let Some(scalar) = scalar(value) else { return };
        if found.len() < room {
            found.push((pointer.to_owned(), scalar));
        } else {
            more = more.saturating_add(1);
        }
    };
    if value.as_object().is_none() && value.as_array().is_none() {
        keep(value, &value.pointer());
    } else if !ler_rs::is_document(value) {
        document::walk_with_pointers(value, &mut |value, pointer| {
            keep(value, pointer);
            !ler_rs::is_document(value)
        });
    }
    let origin = source.origin(value);
    record.claims.extend(found.into_iter().map(|(pointer, value)| Claim { pointer, value, origin }));
    source.more(more);
}
