//! European Learning Model 3 → record (application profile EDC).
//!
//! One credential has one or more claims about a person: achievements, activities, assessments, entitlements. A single one
//! is the record; several, and the parts of each, are its children, flat and in document order, under the one seal. How they
//! stand to each other say the relations.
//!
//! What is meant to be seen (`displayParameter`) is not what is claimed: pictures and texts in it may show anything. It is
//! among the render methods, and no value of the record comes from it.

mod parties;
mod specification;

use base64ct::{Base64, Encoding};
use sha2::{Digest, Sha256};

use super::forms;
use super::model::*;
use super::read::{MOST, Source};
use crate::document;
use crate::encoding::hex;
use crate::json::Value;

/// Members of the credential that the record has, or that are for the report on it.
const CREDENTIAL: &[&str] = &[
    "@context",
    "id",
    "type",
    "attachment",
    "credentialProfiles",
    "credentialSchema",
    "credentialStatus",
    "credentialSubject",
    "displayParameter",
    "evidence",
    "expirationDate",
    "issuanceDate",
    "issued",
    "issuer",
    "proof",
    "termsOfUse",
    "validFrom",
    "validUntil",
];

const CLAIM: &[&str] = &[
    "id",
    "type",
    "title",
    "description",
    "dcType",
    "identifier",
    "awardedBy",
    "specifiedBy",
    "provenBy",
    "influencedBy",
    "entitlesTo",
    "hasPart",
    "isPartOf",
    "creditReceived",
    "temporal",
    "workload",
    "supplementaryDocument",
];

/// Members of a claim under which further claims stand.
const PARTS: [&str; 3] = ["hasPart", "influencedBy", "entitlesTo"];

pub(crate) fn from_credential<'t>(root: Value<'t>, mut source: Source<'t>) -> Record {
    let mut record = source.record(Kind::Other);
    source.known(root, CREDENTIAL);
    record.issuer = source.object(root, "issuer").map(|issuer| parties::organisation(issuer, &mut source));
    record.dates.issued = source.date(root, "issued");
    record.attachments = files(root, "attachment", &mut source);
    record.render_methods = displays(root, &mut source);
    let mut claims = Vec::new();
    for subject in source.objects(root, "credentialSubject") {
        record.holders.push(parties::person(subject, &mut source));
        claims.extend(source.objects(subject, "hasClaim"));
    }
    let only = if claims.len() == 1 { claims.first().copied() } else { None };
    let mut children = std::mem::take(&mut record.children);
    let mut all = Claims::of(claims, &mut source);
    record.relations = std::mem::take(&mut all.relations);
    for claim in all.claims {
        if Some(claim) == only {
            fill(claim, &mut record, &mut source);
        } else {
            let mut part = source.nothing_at(claim, Kind::Other);
            fill(claim, &mut part, &mut source);
            source.child(&mut children, claim, part);
        }
    }
    record.children = children;
    record.completeness = source.completeness(None);
    record
}

/// The claims of a credential, those in others among them.
#[derive(Default)]
struct Claims<'t> {
    claims: Vec<Value<'t>>,
    relations: Vec<AchievementRelation>,
}

impl<'t> Claims<'t> {
    /// Each comes before its parts. Nothing recurses; what stands in the document is no deeper than that, and no more.
    fn of(mut open: Vec<Value<'t>>, source: &mut Source<'t>) -> Self {
        let mut found = Claims::default();
        open.reverse();
        while let Some(claim) = open.pop() {
            if found.claims.len() >= MOST {
                source.more(1);
                continue;
            }
            found.claims.push(claim);
            let id = forms::reference(claim);
            let mut parts = Vec::new();
            for member in PARTS {
                for part in source.objects(claim, member) {
                    found.relations.push(AchievementRelation {
                        kind: Some(member.to_owned()),
                        source_id: id.map(str::to_owned),
                        target_id: forms::reference(part).map(str::to_owned),
                        origin: source.origin(claim),
                    });
                    parts.push(part);
                }
            }
            open.extend(parts.into_iter().rev());
        }
        found
    }
}

/// Puts a claim into a record.
fn fill<'t>(claim: Value<'t>, record: &mut Record, source: &mut Source<'t>) {
    let assessment = document::has_type(claim, "LearningAssessment");
    let known: Vec<&str> =
        CLAIM.iter().copied().chain(["grade", "gradingScheme"].into_iter().filter(|_| assessment)).collect();
    source.known(claim, &known);
    let types = forms::types(claim);
    record.kind = types.iter().find_map(|name| kind(name)).unwrap_or(Kind::Other);
    if record.raw_pointer.is_empty() {
        record.kind_raw.extend(types);
    } else {
        record.id = source.string(claim, "id");
        record.kind_raw = types;
    }
    for concept in source.objects(claim, "dcType") {
        record.kind_raw.extend(source.string(concept, "id"));
    }
    record.title = source.texts(claim, "title");
    record.description = source.texts(claim, "description");
    if let Some(award) = source.object(claim, "awardedBy") {
        source.known(award, &["id", "type", "awardingBody", "awardingDate"]);
        // Who awards it, the issuer says; it is no signer.
        record.creator = source.object(award, "awardingBody").map(|body| parties::organisation(body, source));
        record.dates.awarded = source.date(award, "awardingDate").or(record.dates.awarded.take());
    }
    let achievement = specification::achievement(claim, record, source);
    record.achievement = Some(achievement);
    for assessment in source.objects(claim, "provenBy") {
        specification::result(assessment, record, source);
    }
    if assessment {
        specification::grade(claim, record, source);
    }
    let credits: Vec<Quantity> = source
        .objects(claim, "creditReceived")
        .into_iter()
        .filter_map(|c| specification::credit(c, source))
        .collect();
    record.credits_earned = only(credits, claim, "creditReceived", source);
    if let Some(period) = source.object(claim, "temporal") {
        record.dates.activity_start = source.date(period, "startDate");
        record.dates.activity_end = source.date(period, "endDate");
    }
    if let Some(workload) = source.string(claim, "workload") {
        record.duration.push(source.text_of(claim, &workload));
    }
    record.attachments.extend(files(claim, "supplementaryDocument", source));
}

/// The classes of claims. A qualification is an achievement: that it is a degree, no class says.
fn kind(class: &str) -> Option<Kind> {
    Some(match class {
        "LearningAchievement" => Kind::Achievement,
        "LearningAssessment" => Kind::Assessment,
        "LearningEntitlement" => Kind::LearningEntitlement,
        _ => return None,
    })
}

/// The only one; of several none is picked.
fn only<'t, T>(mut all: Vec<T>, object: Value<'t>, member: &str, source: &mut Source<'t>) -> Option<T> {
    if all.len() > 1 {
        object.get(member).into_iter().for_each(|value| source.not_mapped(value));
        return None;
    }
    all.pop()
}

/// Files that stand in the credential or are named in it (MediaObject).
fn files<'t>(object: Value<'t>, member: &str, source: &mut Source<'t>) -> Vec<Attachment> {
    let mut found = Vec::new();
    for item in source.objects(object, member) {
        source.known(
            item,
            &[
                "id",
                "type",
                "title",
                "description",
                "contentType",
                "contentEncoding",
                "content",
                "contentURL",
                "contentSize",
            ],
        );
        let content = item.get("content").and_then(|content| content.as_str());
        let bytes = content.and_then(|content| Base64::decode_vec(content).ok());
        let kind = source.object(item, "contentType");
        found.push(Attachment {
            name: source.texts(item, "title"),
            description: source.texts(item, "description"),
            url: source.url(item, "contentURL"),
            media_type: kind.and_then(|kind| source.string(kind, "id")),
            size: bytes.as_ref().and_then(|bytes| u64::try_from(bytes.len()).ok()),
            sha256: bytes.map(|bytes| hex(&Sha256::digest(bytes))),
            ..Attachment::blank(item.pointer(), source.origin(item))
        });
    }
    found
}

/// How the issuer would have it shown.
fn displays<'t>(root: Value<'t>, source: &mut Source<'t>) -> Vec<RenderMethod> {
    let items = source.objects(root, "displayParameter");
    let display = |item: Value<'t>| RenderMethod {
        id: source.string(item, "id"),
        kind: forms::types(item),
        name: source.texts(item, "title"),
        ..RenderMethod::blank(item.pointer(), source.origin(item))
    };
    items.into_iter().map(display).collect()
}
