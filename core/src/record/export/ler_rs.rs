//! A document of the shape of HR Open LER-RS 4.4, for programs that exchange it: values are as the record has them, and
//! steer nobody in JSON.
//!
//! `verifications` stay empty: they are for whole signed documents, which an export cannot make. Who says what is in
//! `lerVerify`, which LER-RS does not know and leaves room for.

use super::node::{Node, Object};
use super::{Entry, Exported, Item, What, about, given, items, of_skill, origin_of, origin_of_skill};
use crate::record::model::*;

/// The value that the schema of 4.4 and that of 4.5 demand.
const TYPE: &str = "http://schema.hropenstandards.org/4.4/recruiting/json/ler-rs/LER-RSType.json";

pub(super) fn document(exported: &Exported<'_>) -> Node {
    let (items, left_out) = items(exported);
    let [mut certifications, mut licenses, mut education, mut employment, mut skills] =
        [const { Vec::new() }; 5];
    for item in &items {
        let entry = Entry::new(exported, item.state);
        match item.what {
            What::Employment(position) => employment.extend(of_position(entry, item, position)),
            What::Education(learning) => education.extend(of_learning(entry, item, learning)),
            What::Qualification(held) => {
                let list = if held.kind == Kind::License { &mut licenses } else { &mut certifications };
                list.extend(of_qualification(entry, item, held));
            }
            What::Skill(skill) => skills.extend(of_a_skill(entry, item, skill)),
            // There is no place for the word of others.
            What::Endorsed => {}
            What::Achieved => match item.record.kind {
                Kind::Employment => employment.extend(of_employment(entry, item)),
                Kind::Degree | Kind::Diploma | Kind::Course | Kind::LearningProgram => {
                    education.extend(of_study(entry, item));
                }
                Kind::License => licenses.extend(of_achievement(entry, item)),
                _ => certifications.extend(of_achievement(entry, item)),
            },
        }
    }
    let mut document = Object::default();
    document.put("type", TYPE);
    person(exported, &mut document);
    document.list("certifications", certifications);
    document.list("educationAndLearnings", education);
    document.list("employmentHistories", employment);
    document.list("licenses", licenses);
    document.list("skills", skills);
    document.put("lerVerify", about(exported, &left_out));
    document.into()
}

fn as_it_is(text: &str) -> String {
    text.to_owned()
}

/// The person, and how to reach them. Of several holders none is picked.
fn person(exported: &Exported<'_>, document: &mut Object) {
    let [holder] = exported.record.holders.as_slice() else { return };
    let (record, origin) = (exported.record, holder.origin);
    let mut person = Entry::new(exported, exported.state);
    within(&mut person, "name", "name", |names| {
        names.text("formattedName", &holder.name, as_it_is);
        names.text("given", &holder.given_name, as_it_is);
        names.text("family", &holder.family_name, as_it_is);
    });
    person.date("birthDate", holder.birth_date.as_ref());
    document
        .opt("person", person.done(record.issuer.as_ref(), &record.raw_pointer, origin, Object::default()));

    let mut communication = Object::default();
    for (member, part, kinds) in [
        ("email", "address", ["emailAddress", "email"]),
        ("phone", "formattedNumber", ["phone", "telephone"]),
    ] {
        let of_kind = holder
            .identifiers
            .iter()
            .filter(|found| found.kind.as_deref().is_some_and(|kind| kinds.contains(&kind)));
        let entries = of_kind.filter_map(|found| {
            let mut entry = Entry::new(exported, exported.state);
            entry.opt(part, found.value.as_deref(), found.origin);
            entry.done(record.issuer.as_ref(), &record.raw_pointer, found.origin, Object::default())
        });
        communication.list(member, entries.collect());
    }
    document.object("communication", communication);
}

/// A member that is an object with members of its own. They count in what may be believed of the entry.
fn within(
    entry: &mut Entry<'_, '_>,
    member: &'static str,
    label: &'static str,
    put: impl FnOnce(&mut Entry<'_, '_>),
) {
    let mut inner = Entry::new(entry.of, entry.state);
    put(&mut inner);
    if !inner.members.is_empty() {
        entry.worst = entry.worst.max(inner.worst);
        if !inner.others.is_empty() {
            entry.others.put(label, inner.others);
        }
        entry.members.put(member, inner.members);
    }
}

fn of_position(mut entry: Entry<'_, '_>, item: &Item<'_>, position: &Employment) -> Option<Node> {
    within(&mut entry, "organization", "organization", |inner| {
        inner.named("tradeName", position.organization.as_ref(), as_it_is);
    });
    let mut held = Entry::new(entry.of, entry.state);
    held.text("title", &position.title, as_it_is);
    held.opt("resourceRelationshipCode", position.kind.as_deref(), position.origin);
    within(&mut held, "organization", "department", |inner| {
        inner.text("name", &position.department, as_it_is);
        if !inner.members.is_empty() {
            inner.put("responsibilityCode", "Unit", position.origin);
        }
    });
    let description: Vec<Node> = position.description.iter().map(|text| text.value.as_str().into()).collect();
    if !description.is_empty() {
        held.put("descriptions", Node::List(description), position.origin);
    }
    period(&mut held, position.start.as_ref(), position.end.as_ref(), position.current, position.origin);
    add_position(&mut entry, held);
    entry.done(item.signer, &position.pointer, position.origin, given(&position.verifications))
}

fn add_position(entry: &mut Entry<'_, '_>, position: Entry<'_, '_>) {
    if !position.members.is_empty() {
        entry.worst = entry.worst.max(position.worst);
        entry.others.append(position.others);
        entry.members.list("positionHistories", vec![position.members.into()]);
    }
}

fn period(
    entry: &mut Entry<'_, '_>,
    start: Option<&Date>,
    end: Option<&Date>,
    current: Option<bool>,
    origin: Origin,
) {
    entry.date("start", start);
    entry.date("end", end);
    entry.opt("current", current, origin);
}

fn of_learning(mut entry: Entry<'_, '_>, item: &Item<'_>, learning: &Education) -> Option<Node> {
    within(&mut entry, "institution", "institution", |inner| {
        inner.named("name", learning.institution.as_ref(), as_it_is);
    });
    let programs: Vec<Node> = learning.program.iter().map(|text| text.value.as_str().into()).collect();
    if !programs.is_empty() {
        entry.put("programs", Node::List(programs), learning.origin);
    }
    let mut degree = Entry::new(entry.of, entry.state);
    degree.text("name", &learning.degree, as_it_is);
    let isced = learning.levels.iter().find(|level| level.scheme == LevelScheme::Isced);
    if let Some(level) = isced {
        degree.put("iscedEducationLevelCode", level.value.as_str(), level.origin);
    }
    degree.opt("degreeGrantedStatus", learning.status.as_deref(), learning.origin);
    let fields = learning.majors.iter().map(|text| (text, "major"));
    let fields = fields.chain(learning.minors.iter().map(|text| (text, "minor")));
    let fields: Vec<Node> = fields.map(|(text, kind)| specialization(&text.value, kind)).collect();
    if !fields.is_empty() {
        degree.put("specializations", Node::List(fields), learning.origin);
    }
    if let Some(gpa) = &learning.gpa {
        degree.put("score", score(&gpa.value), gpa.origin);
    }
    add_degree(&mut entry, degree);
    period(&mut entry, learning.start.as_ref(), learning.end.as_ref(), learning.current, learning.origin);
    entry.done(item.signer, &learning.pointer, learning.origin, given(&learning.verifications))
}

fn add_degree(entry: &mut Entry<'_, '_>, degree: Entry<'_, '_>) {
    if !degree.members.is_empty() {
        entry.worst = entry.worst.max(degree.worst);
        entry.others.append(degree.others);
        entry.members.list("educationDegrees", vec![degree.members.into()]);
    }
}

fn specialization(name: &str, kind: &str) -> Node {
    let mut node = Object::default();
    node.put("name", name);
    node.put("type", kind);
    node.into()
}

fn score(value: &str) -> Node {
    let mut text = Object::default();
    text.put("value", value);
    let mut score = Object::default();
    score.list("scoresText", vec![text.into()]);
    score.into()
}

fn of_qualification(mut entry: Entry<'_, '_>, item: &Item<'_>, held: &Qualification) -> Option<Node> {
    entry.text("name", &held.name, as_it_is);
    within(&mut entry, "issuingAuthority", "issuingAuthority", |inner| {
        inner.named("name", held.authority.as_ref(), as_it_is);
    });
    entry.date("firstIssued", held.first_issued.as_ref());
    entry.date("issued", held.issued.as_ref());
    validity(&mut entry, held.valid_from.as_ref(), held.valid_until.as_ref());
    entry.opt("status", held.status.as_deref(), held.origin);
    entry.done(item.signer, &held.pointer, held.origin, given(&held.verifications))
}

fn validity(entry: &mut Entry<'_, '_>, from: Option<&Date>, until: Option<&Date>) {
    let mut period = Entry::new(entry.of, entry.state);
    period.date("validFrom", from);
    period.date("validTo", until);
    if !period.members.is_empty() {
        entry.worst = entry.worst.max(period.worst);
        entry.members.put("effectiveTimePeriod", period.members);
    }
}

fn of_a_skill(mut entry: Entry<'_, '_>, item: &Item<'_>, skill: &Skill) -> Option<Node> {
    entry.text("name", &skill.name, as_it_is);
    if let Some(years) = &skill.years_of_experience {
        entry.put("yearsOfExperience", years.value, years.origin);
    }
    let mut more = given(&skill.verifications);
    more.append(of_skill(skill));
    entry.done(item.signer, &item.record.raw_pointer, origin_of_skill(skill), more)
}

fn of_employment(mut entry: Entry<'_, '_>, item: &Item<'_>) -> Option<Node> {
    let (record, origin) = (item.record, origin_of(item));
    within(&mut entry, "organization", "organization", |inner| {
        item.signer.into_iter().for_each(|issuer| inner.party("tradeName", issuer, as_it_is));
    });
    let mut held = Entry::new(entry.of, entry.state);
    held.text("title", if record.role.is_empty() { &record.title } else { &record.role }, as_it_is);
    period(&mut held, record.dates.activity_start.as_ref(), record.dates.activity_end.as_ref(), None, origin);
    add_position(&mut entry, held);
    entry.done(item.signer, &record.raw_pointer, origin, Object::default())
}

fn of_study(mut entry: Entry<'_, '_>, item: &Item<'_>) -> Option<Node> {
    let (record, origin) = (item.record, origin_of(item));
    within(&mut entry, "institution", "institution", |inner| {
        item.signer.into_iter().for_each(|issuer| inner.party("name", issuer, as_it_is));
    });
    if matches!(record.kind, Kind::Degree | Kind::Diploma) {
        let mut degree = Entry::new(entry.of, entry.state);
        degree.text("name", &record.title, as_it_is);
        let fields = record.achievement.iter().flat_map(|achievement| &achievement.field_of_study);
        let fields: Vec<Node> = fields.map(|text| specialization(&text.value, "major")).collect();
        if !fields.is_empty() {
            degree.put("specializations", Node::List(fields), origin);
        }
        add_degree(&mut entry, degree);
    } else {
        let programs: Vec<Node> = record.title.iter().map(|text| text.value.as_str().into()).collect();
        for text in &record.title {
            entry.count(text.origin);
        }
        entry.members.list("programs", programs);
    }
    let end = record.dates.activity_end.as_ref().or(record.dates.awarded.as_ref());
    period(&mut entry, record.dates.activity_start.as_ref(), end, None, origin);
    entry.done(item.signer, &record.raw_pointer, origin, Object::default())
}

fn of_achievement(mut entry: Entry<'_, '_>, item: &Item<'_>) -> Option<Node> {
    let (record, origin) = (item.record, origin_of(item));
    entry.text("name", &record.title, as_it_is);
    within(&mut entry, "issuingAuthority", "issuingAuthority", |inner| {
        item.signer.into_iter().for_each(|issuer| inner.party("name", issuer, as_it_is));
    });
    entry.date("issued", record.dates.awarded.as_ref());
    validity(&mut entry, record.dates.valid_from.as_ref(), record.dates.valid_until.as_ref());
    let mut more = Object::default();
    more.put("kind", record.kind);
    entry.done(item.signer, &record.raw_pointer, origin, more)
}
