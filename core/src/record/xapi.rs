//! Statement of the Experience API → record (xAPI-Data §2.4).
//!
//! What is read is the statement as it was signed. A verb says what somebody did; that it was learned, or that anybody
//! vouches for it beyond having signed the sentence, it does not say. So a statement stays a statement, whatever its
//! verb and activity: the verbs of cmi5 that decide something are read as the completion that they state, and nothing is
//! made a degree or a skill.
//!
//! Who issues it is who signed it. The authority is whom the signer *says* to vouch for it (§2.4.9): its name is the issuer's
//! only if both have one identifier. Otherwise anybody could sign in a famous name; what the signer says of somebody else is
//! a claim like others.

use super::model::*;
use super::read::{MOST, Source};
use crate::document::{self, DataModel, Detected, Family};
use crate::formats::{Format, xapi};
use crate::json::Value;

/// Verbs that say how something ended, of the vocabularies of ADL and cmi5, with the completion that they state.
const VERBS: [(&str, &str); 6] = [
    ("http://adlnet.gov/expapi/verbs/passed", "Passed"),
    ("http://adlnet.gov/expapi/verbs/failed", "Failed"),
    ("http://adlnet.gov/expapi/verbs/completed", "Completed"),
    ("https://w3id.org/xapi/adl/verbs/satisfied", "Satisfied"),
    ("https://w3id.org/xapi/adl/verbs/waived", "Waived"),
    ("https://w3id.org/xapi/adl/verbs/abandoned", "Abandoned"),
];

/// The activity that marks statements as defined by cmi5 (cmi5 §9.6.2.1).
const CMI5: &str = "https://w3id.org/xapi/cmi5/context/categories/cmi5";

/// `signer` is who signed it, by the name under which the key is known to be theirs.
pub(super) fn from_statement(root: Value<'_>, format: Format, signer: Option<&str>) -> Record {
    // Its objects have no `id`s that others could share: what is read is what is signed, in its place.
    let detected = Detected {
        family: Family::VerifiableCredential,
        version: format.version(),
        model: DataModel::Vcdm2,
        presentation: false,
        enveloped: false,
    };
    let mut source = Source::new(root, None, &detected, &Default::default(), false);
    let mut record = Record { family: format.name(), ..source.nothing(Kind::Statement) };
    let origin = source.origin(root);
    record.id = source.string(root, "id");
    record.profile = is_cmi5(root).then_some("cmi5");
    let authority = root.get("authority").filter(|authority| is_signer(*authority, signer));
    record.issuer = signer.map(|signer| {
        let blank = Party::nobody(origin);
        let party = authority.map_or(blank, |authority| party(authority, &mut source));
        Party { id: Some(signer.to_owned()), ..party }
    });
    record.holders = root.get("actor").map(|actor| holders(actor, &mut source)).unwrap_or_default();
    record.dates.awarded = source.date(root, "timestamp");
    let verb = root.get("verb").and_then(|verb| verb.get("id")?.as_str());
    record.kind_raw.extend(verb.map(str::to_owned));
    if let Some(object) = root.get("object").filter(|object| is_activity(*object)) {
        activity(object, &mut record, &mut source);
    }
    if let Some(result) = root.get("result") {
        self::result(result, &mut record, &mut source);
    }
    let stated = VERBS.iter().find(|(id, _)| Some(*id) == verb).map(|(_, status)| *status);
    let status = |status: &str| Completion { status: status.to_owned(), origin: Some(origin) };
    record.completion.extend(stated.map(status));
    if stated.is_none()
        && root.get("result").and_then(|result| result.get("completion")?.as_bool()) == Some(true)
    {
        record.completion.push(status("Completed"));
    }
    record.attachments = attachments(root, &mut source);
    record.claims = source.claims(match authority {
        Some(_) => |root, value| is_authority(root, value) || is_elsewhere(root, value),
        None => is_elsewhere,
    });
    record.completeness = source.completeness(None);
    record
}

fn is_cmi5(root: Value<'_>) -> bool {
    let categories =
        root.get("context").and_then(|context| context.get("contextActivities")?.get("category"));
    let mut items = categories.into_iter().flat_map(|categories| categories.one_or_many());
    items.any(|activity| activity.get("id").and_then(|id| id.as_str()) == Some(CMI5))
}

/// Without `objectType` it is one (§2.4.4).
fn is_activity(object: Value<'_>) -> bool {
    object.get("objectType").is_none_or(|kind| kind.as_str() == Some("Activity"))
}

fn activity<'t>(object: Value<'t>, record: &mut Record, source: &mut Source<'t>) {
    let mut achievement = Achievement::blank(source.origin(object));
    achievement.id = source.string(object, "id");
    if let Some(definition) = object.get("definition") {
        achievement.name = source.texts(definition, "name");
        achievement.description = source.texts(definition, "description");
        record.title.clone_from(&achievement.name);
        record.kind_raw.extend(source.string(definition, "type"));
    }
    record.achievement = Some(achievement);
}

fn result<'t>(result: Value<'t>, record: &mut Record, source: &mut Source<'t>) {
    let origin = source.origin(result);
    let duration = result.get("duration").and_then(|duration| duration.as_str());
    record.duration.extend(duration.map(|duration| source.text_of(result, duration)));
    let mut entry = ResultEntry { passed: source.truth(result, "success"), ..ResultEntry::blank(origin) };
    if let Some(score) = result.get("score") {
        entry.value = source.written(score, "raw");
        entry.scaled = source.written(score, "scaled");
        entry.min = source.written(score, "min");
        entry.max = source.written(score, "max");
    }
    if entry != ResultEntry::blank(origin) {
        record.results.push(entry);
    }
}

/// The actor, and the members of a group.
fn holders<'t>(actor: Value<'t>, source: &mut Source<'t>) -> Vec<Holder> {
    let mut holders = vec![holder(actor, source)];
    for (index, member) in document::items(actor, "member").enumerate() {
        if index < MOST {
            holders.push(holder(member, source));
        } else {
            source.more(1);
        }
    }
    let nobody = Holder::nobody(source.origin(actor));
    holders.retain(|holder| *holder != nobody);
    holders
}

fn holder<'t>(agent: Value<'t>, source: &mut Source<'t>) -> Holder {
    let origin = source.origin(agent);
    let mut identifiers: Vec<HolderIdentifier> = identifiers(agent, source)
        .into_iter()
        .map(|(kind, value)| HolderIdentifier {
            kind: Some(kind),
            value: Some(value),
            ..HolderIdentifier::blank(origin)
        })
        .collect();
    identifiers.extend(source.string(agent, "mbox_sha1sum").map(|hash| HolderIdentifier {
        kind: Some("emailAddress".to_owned()),
        hash: Some(hash),
        algorithm: Some("sha1".to_owned()),
        ..HolderIdentifier::blank(origin)
    }));
    Holder {
        id: source.string(agent, "openid"),
        name: source.texts(agent, "name"),
        identifiers,
        ..Holder::nobody(origin)
    }
}

/// Kind and value: an address, or a name in a system, whose home page is the kind.
fn identifiers<'t>(agent: Value<'t>, source: &mut Source<'t>) -> Vec<(String, String)> {
    let mut found = Vec::new();
    if let Some(mbox) = source.string(agent, "mbox") {
        let address = mbox.strip_prefix("mailto:").map(str::to_owned).unwrap_or(mbox);
        found.push(("emailAddress".to_owned(), address));
    }
    if let Some(account) = agent.get("account") {
        let (system, name) = (source.string(account, "homePage"), source.string(account, "name"));
        found.extend(system.zip(name));
    }
    found
}

/// Whether an authority is who signed: one agent with the signer's identifier. An account is a name in a system, and not
/// the system; a group is an application and its user (§2.4.9), and neither of them alone, also if it names no members.
fn is_signer(authority: Value<'_>, signer: Option<&str>) -> bool {
    let has = |member: &str| {
        let stated = authority.get(member).and_then(|value| value.as_str());
        stated.is_some() && stated == signer
    };
    // Without `objectType` it is an agent (§2.4.2.1).
    let one = authority.get("objectType").is_none_or(|kind| kind.as_str() == Some("Agent"));
    one && authority.get("member").is_none() && (has("openid") || has("mbox"))
}

/// What the signer says of itself.
fn party<'t>(agent: Value<'t>, source: &mut Source<'t>) -> Party {
    let origin = source.origin(agent);
    let mut all = identifiers(agent, source);
    all.extend(source.string(agent, "openid").map(|id| ("openid".to_owned(), id)));
    let identifier = |(kind, value)| Identifier { kind: Some(kind), value, origin };
    Party {
        claimed_name: source.texts(agent, "name"),
        identifiers: all.into_iter().map(identifier).collect(),
        ..Party::nobody(origin)
    }
}

/// The attachments that are no signatures.
fn attachments<'t>(root: Value<'t>, source: &mut Source<'t>) -> Vec<Attachment> {
    let mut found = Vec::new();
    for item in document::items(root, "attachments").filter(|item| !xapi::is_signature(*item)) {
        if found.len() >= MOST {
            source.more(1);
            continue;
        }
        let size = item.get("length").and_then(|length| length.as_number()?.as_i64());
        let digest = source.string(item, "sha2").filter(|digest| digest.len() == 64);
        found.push(Attachment {
            name: source.texts(item, "display"),
            description: source.texts(item, "description"),
            url: source.string(item, "fileUrl"),
            media_type: source.string(item, "contentType"),
            size: size.and_then(|size| size.try_into().ok()),
            sha256: digest.map(|digest| digest.to_ascii_lowercase()),
            ..Attachment::blank(item.pointer(), source.origin(item))
        });
    }
    found
}

fn is_authority(root: Value<'_>, value: Value<'_>) -> bool {
    value.key() == Some("authority") && value.parent() == Some(root)
}

/// Whether a value stands in the record already.
fn is_elsewhere(root: Value<'_>, value: Value<'_>) -> bool {
    let Some(key) = value.key() else { return false };
    let Some(parent) = value.parent() else { return false };
    if parent == root {
        return matches!(key, "id" | "actor" | "timestamp" | "attachments" | "version");
    }
    let below = |name: &str| parent.key() == Some(name) && parent.parent() == Some(root);
    let in_object = |name: &str| {
        let object = parent.parent().filter(|object| object.key() == Some("object"));
        parent.key() == Some(name) && object.is_some_and(|object| object.parent() == Some(root))
    };
    match key {
        "id" => below("verb") || below("object") && is_activity(parent),
        "objectType" => below("object"),
        "name" | "description" | "type" => in_object("definition"),
        "score" | "success" | "duration" => below("result"),
        _ => false,
    }
}
