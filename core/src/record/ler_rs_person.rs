//! The person of a LER-RS, how to reach them, what they tell; and organisations.

use super::ler_rs::{claims_in, first, texts};
use super::model::*;
use super::read::{MOST, Source};
use crate::json::{Kind as Json, Value};

/// The members of a person that have a place; all others are claims, as are the purposes of addresses.
const PERSON: &[&str] = &["id", "type", "name", "birthDate", "legalId"];

const ORGANIZATION: &[&str] = &[
    "id",
    "type",
    "name",
    "tradeName",
    "legalName",
    "descriptions",
    "description",
    "domainName",
    "communication",
];

/// The holder with all addresses, and the narratives.
pub(super) fn of<'t>(record: &mut Record, source: &mut Source<'t>, object: Value<'t>, id: Option<String>) {
    narratives(record, source, object);
    let person = source.object(object, "person");
    let mut holder = Holder { id, ..Holder::nobody(source.origin(object)) };
    if let Some(person) = person {
        let name = source.node(person, "name");
        holder.id = holder.id.or_else(|| source.string(person, "id"));
        if let Some(name) = name.filter(|name| name.kind() == Json::Object) {
            source.known(name, &["type", "formattedName", "formatted", "given", "family"]);
            holder.name = texts(source, name, &["formattedName", "formatted"]);
            holder.given_name = texts(source, name, &["given"]);
            holder.family_name = texts(source, name, &["family"]);
        } else {
            holder.name = texts(source, person, &["name"]);
        }
        holder.birth_date = first(person, &["birthDate"]).and_then(|member| source.date(person, member));
        if let Some(legal) = source.object(person, "legalId") {
            let value = source.written(legal, "value");
            identify(&mut holder, "legalId", value);
        }
        let members = person.as_object().into_iter().flat_map(|object| object.iter());
        for (_, value) in members.filter(|(member, _)| !PERSON.contains(member)) {
            claims_in(record, source, value);
        }
        if let Some(contact) = source.object(person, "contact") {
            if holder.name.is_empty() {
                holder.name = texts(source, contact, &["fullName"]);
            }
            for (member, kind) in [("email", "emailAddress"), ("phone", "telephone")] {
                let value = first(contact, &[member]).and_then(|member| source.string(contact, member));
                identify(&mut holder, kind, value);
            }
        }
    }
    let inner = person.and_then(|person| source.object(person, "communication"));
    let outer = source.object(object, "communication");
    for communication in [outer, inner].into_iter().flatten() {
        for (member, value, kind) in [
            ("email", "address", "emailAddress"),
            ("phone", "formattedNumber", "telephone"),
            ("web", "url", "url"),
        ] {
            for channel in source.objects(communication, member).into_iter().take(MOST) {
                let value = source.string(channel, value);
                identify(&mut holder, kind, value);
            }
        }
    }
    if let Some(communication) = outer {
        // With what each address is for.
        claims_in(record, source, communication);
    }
    if holder != Holder::nobody(holder.origin) {
        record.holders.push(holder);
    }
}

fn identify(holder: &mut Holder, kind: &str, value: Option<String>) {
    if let Some(value) = value.filter(|value| !value.trim().is_empty()) {
        let (kind, value) = (Some(kind.to_owned()), Some(value));
        holder.identifiers.push(HolderIdentifier { kind, value, ..HolderIdentifier::blank(holder.origin) });
    }
}

/// `narratives[].texts[].lines[]`; the narrative or summary of a résumé of T3.
fn narratives<'t>(record: &mut Record, source: &mut Source<'t>, object: Value<'t>) {
    for narrative in source.objects(object, "narratives").into_iter().take(MOST) {
        source.known(narrative, &["type", "name", "texts"]);
        for text in source.objects(narrative, "texts").into_iter().take(MOST) {
            source.known(text, &["type", "name", "lines"]);
            let lines = texts(source, text, &["lines"]);
            record.narrative.extend(lines);
        }
    }
    let told = texts(source, object, &["narrative", "professionalSummary"]);
    record.narrative.extend(told);
}

/// An organisation as the record describes it: an object, or just a name.
pub(super) fn organization<'t>(
    source: &mut Source<'t>,
    object: Value<'t>,
    members: &[&str],
) -> Option<Party> {
    let member = first(object, members)?;
    let value = source.node(object, member)?;
    let nobody = Party::nobody(source.origin(value));
    if value.kind() != Json::Object {
        return Some(Party { claimed_name: texts(source, object, &[member]), ..nobody });
    }
    source.known(value, ORGANIZATION);
    let mut party = Party {
        claimed_name: texts(source, value, &["name", "tradeName", "legalName"]),
        description: texts(source, value, &["description", "descriptions"]),
        ..nobody
    };
    if let Some(domain) = source.string(value, "domainName") {
        let kind = Some("domainName".to_owned());
        party.identifiers.push(Identifier { kind, value: domain, origin: party.origin });
    }
    party.identifiers.extend(identifier(source, value, None));
    if let Some(communication) = source.object(value, "communication") {
        let country = |source: &mut Source<'t>, address| source.string(address, "countryCode");
        party.country = only(source, communication, "address", country);
        party.url = only(source, communication, "web", |source, web| source.url(web, "url"));
        party.email = only(source, communication, "email", |source, email| source.string(email, "address"));
        party.phone =
            only(source, communication, "phone", |source, phone| source.string(phone, "formattedNumber"));
    }
    Some(party)
}

/// What the only channel of a kind says; of several none is picked.
fn only<'t>(
    source: &mut Source<'t>,
    communication: Value<'t>,
    member: &str,
    read: impl Fn(&mut Source<'t>, Value<'t>) -> Option<String>,
) -> Option<String> {
    match source.objects(communication, member).as_slice() {
        [] => None,
        [channel] => read(source, *channel),
        [channel, ..] => {
            source.not_mapped(*channel);
            None
        }
    }
}

/// `id` of HR Open (IdentifierType): an object with a value and a scheme. `kind` where the standard says what it is.
pub(super) fn identifier<'t>(
    source: &mut Source<'t>,
    object: Value<'t>,
    kind: Option<&str>,
) -> Option<Identifier> {
    let id = source.node(object, "id")?;
    let (value, scheme) = match id.as_str() {
        Some(text) => (text.to_owned(), None),
        None => (source.written(id, "value")?, source.string(id, "schemeId")),
    };
    Some(Identifier { kind: kind.map(str::to_owned).or(scheme), value, origin: source.origin(object) })
}

/// Who vouches for a skill, as the record says: a person or an organisation.
pub(super) fn endorser<'t>(source: &mut Source<'t>, endorser: Value<'t>) -> Option<Party> {
    source.known(endorser, &["type", "person", "organization", "comments"]);
    if let Some(organization) = organization(source, endorser, &["organization"]) {
        return Some(organization);
    }
    let person = source.object(endorser, "person")?;
    let name = source.object(person, "name")?;
    Some(Party {
        claimed_name: texts(source, name, &["formattedName", "formatted"]),
        description: texts(source, endorser, &["comments"]),
        ..Party::nobody(source.origin(person))
    })
}
