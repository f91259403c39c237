//! Open Badges before 3.0 → record (Open Badges 2.0 §Assertion, §BadgeClass, §Profile, §Endorsement; the members of 1.1, 1.0 and
//! 0.5 as §Backwards compatibility has them).
//!
//! What is read is the record as it was put together: the BadgeClass in its Assertion, the profile in the BadgeClass.

use super::model::*;
use super::open_badges::{Aligned, aligned, criteria};
use super::read::{MOST, Source, numeric_date};
use crate::document::{self, DataModel, Detected, Family};
use crate::formats::{self, Format, hosted};
use crate::json::{Kind as Json, Value};

const ASSERTION: &[&str] = &[
    "@context",
    "id",
    "uid",
    "type",
    "recipient",
    "salt",
    "badge",
    "issuedOn",
    "issued_on",
    "expires",
    "verification",
    "verify",
    "image",
    "evidence",
    "narrative",
    "revoked",
    "revocationReason",
    "endorsement",
];
const BADGE: &[&str] = &[
    "@context",
    "id",
    "type",
    "name",
    "description",
    "image",
    "criteria",
    "issuer",
    "alignment",
    "tags",
    "version",
    "endorsement",
];

/// A record of one of these formats: its objects have no `id`s that others could share, what is read is what was verified, in
/// its place.
pub(super) fn source<'t>(root: Value<'t>, format: Format) -> Source<'t> {
    let detected = Detected {
        family: Family::VerifiableCredential,
        version: format.version(),
        model: DataModel::Vcdm2,
        presentation: false,
        enveloped: false,
    };
    Source::new(root, None, &detected, &Default::default(), false)
}

/// The record of an Assertion or an Endorsement.
pub(super) fn from_record(root: Value<'_>, format: Format) -> Record {
    let mut source = source(root, format);
    let mut record = match hosted::Class::of(root, format) {
        hosted::Class::Endorsement => endorsement(root, &mut source),
        _ => assertion(root, &mut source),
    };
    (record.family, record.version) = (format.name(), format.version());
    record.endorsements = parts(root, format, document::Relation::Endorsement, &mut source);
    record.completeness = source.completeness(None);
    record
}

/// An Endorsement, of either standard: what it endorses, and what it says.
pub(super) fn endorsement<'t>(root: Value<'t>, source: &mut Source<'t>) -> Record {
    let mut record = source.nothing(Kind::Endorsement);
    source.known(
        root,
        &["@context", "id", "type", "claim", "issuer", "issuedOn", "expires", "verification", "revoked"],
    );
    record.id = source.string(root, "id");
    record.kind_raw = source.strings(root, "type");
    record.issuer = source.party(root, "issuer");
    record.dates = dates(root, source);
    if let Some(claim) = source.object(root, "claim") {
        record.endorses = source.string(claim, "id");
        record.narrative = source.texts(claim, "endorsementComment");
    }
    record
}

fn assertion<'t>(root: Value<'t>, source: &mut Source<'t>) -> Record {
    let mut record = source.nothing(Kind::Badge);
    source.known(root, ASSERTION);
    record.id = source.string(root, "id").or_else(|| source.string(root, "uid"));
    record.kind_raw = source.strings(root, "type");
    record.holders.extend(root.get("recipient").and_then(|recipient| holder(root, recipient, source)));
    record.narrative = source.texts(root, "narrative");
    record.evidence = evidence(root, source);
    record.dates = dates(root, source);
    let Some(badge) = root.get("badge").filter(|badge| badge.kind() == Json::Object) else {
        // Its address alone says nothing about it.
        let id = root.get("badge").and_then(|badge| badge.as_str()).map(str::to_owned);
        record.achievement =
            id.map(|id| Achievement { id: Some(id), ..Achievement::blank(source.origin(root)) });
        return record;
    };
    source.known(badge, BADGE);
    record.title = source.texts(badge, "name");
    record.description = source.texts(badge, "description");
    record.issuer = source.party(badge, "issuer");
    if let Some(issuer) = &mut record.issuer
        && issuer.id.is_none()
    {
        issuer.id = badge.get("issuer").and_then(|issuer| issuer.get("origin")?.as_str()).map(str::to_owned);
    }
    let mut achievement = Achievement {
        id: source.string(badge, "id"),
        name: record.title.clone(),
        description: record.description.clone(),
        criteria: criteria(source, badge),
        version: source.string(badge, "version"),
        image: source.image(badge),
        tags: source.texts(badge, "tags"),
        ..Achievement::blank(source.origin(badge))
    };
    for alignment in aligned(source, badge, "alignment", SkillBasis::Alignment) {
        match alignment {
            Aligned::Skill(skill) => record.skills.push(skill),
            Aligned::Credential(skill) | Aligned::Other(skill) => achievement.alignments.push(skill),
        }
    }
    // Before 2.0 an alignment has a name and a URL.
    let old = source.objects(badge, "alignment").into_iter().filter(|one| one.get("targetName").is_none());
    achievement.alignments.retain(|skill| !skill.name.is_empty() || skill.url.is_some());
    for alignment in old.collect::<Vec<_>>() {
        achievement.alignments.push(Skill {
            name: source.texts(alignment, "name"),
            url: source.url(alignment, "url"),
            description: source.texts(alignment, "description"),
            ..Skill::blank(SkillBasis::Alignment, source.origin(alignment))
        });
    }
    record.achievement = Some(achievement);
    record
}

/// Whom an Assertion is about (§IdentityObject): in the clear, or as a hash.
pub(super) fn holder<'t>(root: Value<'t>, recipient: Value<'t>, source: &mut Source<'t>) -> Option<Holder> {
    let origin = source.origin(recipient);
    let blank = HolderIdentifier::blank(origin);
    let hashed = |text: &str, salted| {
        let (algorithm, hash) = text.split_once('$')?;
        let (algorithm, hash) = (Some(algorithm.to_owned()), Some(hash.to_owned()));
        Some(HolderIdentifier { hash, algorithm, salted, ..HolderIdentifier::blank(origin) })
    };
    let identifier = match recipient.as_str() {
        // 0.5: the address of a mailbox, or its hash.
        Some(text) => {
            let kind = Some("email".to_owned());
            let salted = root.get("salt").is_some();
            let plain =
                || HolderIdentifier { value: Some(text.to_owned()), ..HolderIdentifier::blank(origin) };
            HolderIdentifier { kind, ..hashed(text, salted).unwrap_or_else(plain) }
        }
        None => {
            let kind = source.string(recipient, "type");
            let text = source.string(recipient, "identity")?;
            let salted = recipient.get("salt").is_some();
            match source.truth(recipient, "hashed") {
                Some(false) => HolderIdentifier { kind, value: Some(text), ..blank },
                Some(true) if text.contains('$') => HolderIdentifier { kind, ..hashed(&text, salted)? },
                // A plain value that is taken for a hash, or the reverse, would name somebody else.
                _ => {
                    source.not_mapped(recipient);
                    return None;
                }
            }
        }
    };
    Some(Holder { identifiers: vec![identifier], ..Holder::nobody(origin) })
}

/// Evidence as addresses or objects.
pub(super) fn evidence<'t>(root: Value<'t>, source: &mut Source<'t>) -> Vec<Evidence> {
    let mut evidence = Vec::new();
    for item in document::items(root, "evidence") {
        let blank = Evidence::blank(source.origin(item));
        if let Some(url) = item.as_str() {
            evidence.push(Evidence { url: Some(url.to_owned()), ..blank });
        } else if item.kind() == Json::Object {
            evidence.push(Evidence {
                url: source.string(item, "id"),
                kind: source.strings(item, "type"),
                name: source.texts(item, "name"),
                narrative: source.texts(item, "narrative"),
                description: source.texts(item, "description"),
                genre: source.texts(item, "genre"),
                audience: source.texts(item, "audience"),
                ..blank
            });
        } else {
            source.not_mapped(item);
        }
    }
    evidence
}

/// When it was issued, and when it expires. That is the award, there is no other date for it.
pub(super) fn dates<'t>(root: Value<'t>, source: &mut Source<'t>) -> Dates {
    let mut date = |value: Option<Value<'t>>| {
        let value = value?;
        if value.as_number().is_some() {
            return numeric_date(value, source.origin(root));
        }
        source.date(root, value.key()?)
    };
    let [issued, expires] = hosted::period(root);
    Dates { awarded: date(issued), valid_until: date(expires), ..Dates::default() }
}

/// What stands in the record with a report of its own.
pub(super) fn parts<'t>(
    root: Value<'t>,
    format: Format,
    wanted: document::Relation,
    source: &mut Source<'t>,
) -> Vec<Part> {
    let mut found = formats::embedded(root, format);
    found.retain(|(_, relation)| *relation == wanted);
    source.more(u64::try_from(found.len().saturating_sub(MOST)).unwrap_or(u64::MAX));
    let of = |(value, _): (Value<'t>, _)| Part {
        pointer: value.pointer(),
        id: value.get("id").and_then(|id| id.as_str()).map(str::to_owned),
        kind: document::items(value, "type").filter_map(|name| Some(name.as_str()?.to_owned())).collect(),
        origin: Origin::NestedIssuer,
        same_proof: false,
        verdict: None,
        record: None,
    };
    found.into_iter().take(MOST).map(of).collect()
}
