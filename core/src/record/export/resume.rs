//! A document of the shape of JSON Resume 1.0.0, for readers who show it: names and narratives are plain text of bounded
//! length, links lead only where a link may lead ([`crate::record::display`]).

use super::node::{Node, Object};
use super::{Entry, Exported, Item, What, about, given, items, of_skill, origin_of, origin_of_skill};
use crate::record::display;
use crate::record::model::*;

/// The longest name and the longest narrative, in characters.
const NAME: usize = 300;
const NARRATIVE: usize = 5_000;

fn name(text: &str) -> String {
    display::line(text, NAME)
}

fn narrative(text: &str) -> String {
    display::paragraphs(text, NARRATIVE)
}

pub(super) fn document(exported: &Exported<'_>) -> Node {
    let (items, left_out) = items(exported);
    let [mut work, mut education, mut awards, mut certificates, mut skills, mut references] =
        [const { Vec::new() }; 6];
    for item in &items {
        let entry = Entry::new(exported, item.state);
        match item.what {
            What::Employment(position) => work.extend(of_position(entry, item, position)),
            What::Education(learning) => education.extend(of_learning(entry, item, learning)),
            What::Qualification(held) if held.kind == Kind::Award => {
                awards.extend(of_qualification(entry, item, held, ["title", "awarder"]));
            }
            What::Qualification(held) => {
                certificates.extend(of_qualification(entry, item, held, ["name", "issuer"]));
            }
            What::Skill(skill) => skills.extend(of_a_skill(entry, item, skill)),
            What::Endorsed => references.extend(of_endorsement(entry, item)),
            What::Achieved => match item.record.kind {
                Kind::Employment => work.extend(of_employment(entry, item)),
                Kind::Degree | Kind::Diploma | Kind::Course | Kind::LearningProgram => {
                    education.extend(of_study(entry, item));
                }
                Kind::Award => awards.extend(of_achievement(entry, item, ["title", "awarder"])),
                _ => certificates.extend(of_achievement(entry, item, ["name", "issuer"])),
            },
        }
    }
    let mut document = Object::default();
    document.put("$schema", "https://jsonresume.org/schema/1.0.0");
    if let Some(basics) = basics(exported) {
        document.put("basics", basics);
    }
    document.list("work", work);
    document.list("education", education);
    document.list("awards", awards);
    document.list("certificates", certificates);
    document.list("skills", skills);
    document.list("references", references);
    let mut meta = Object::default();
    meta.put("version", "v1.0.0");
    meta.put("lerVerify", about(exported, &left_out));
    document.put("meta", meta);
    document.into()
}

/// The person. Of several holders none is picked.
fn basics(exported: &Exported<'_>) -> Option<Node> {
    let [holder] = exported.record.holders.as_slice() else { return None };
    let mut entry = Entry::new(exported, exported.state);
    entry.text("name", &holder.name, name);
    for (member, kinds) in [("email", ["emailAddress", "email"]), ("phone", ["phone", "telephone"])] {
        let is_one =
            |found: &&HolderIdentifier| found.kind.as_deref().is_some_and(|kind| kinds.contains(&kind));
        if let Some(found) = holder.identifiers.iter().filter(is_one).find(|found| found.value.is_some()) {
            entry.opt(member, found.value.as_deref().map(name), found.origin);
        }
    }
    entry.done(
        exported.record.issuer.as_ref(),
        &exported.record.raw_pointer,
        holder.origin,
        Object::default(),
    )
}

fn of_position(mut entry: Entry<'_, '_>, item: &Item<'_>, position: &Employment) -> Option<Node> {
    entry.named("name", position.organization.as_ref(), name);
    entry.text("position", &position.title, name);
    entry.text("location", &position.location, name);
    entry.date("startDate", position.start.as_ref());
    entry.date("endDate", position.end.as_ref());
    entry.text("summary", &position.description, narrative);
    entry.done(item.signer, &position.pointer, position.origin, given(&position.verifications))
}

fn of_learning(mut entry: Entry<'_, '_>, item: &Item<'_>, learning: &Education) -> Option<Node> {
    entry.named("institution", learning.institution.as_ref(), name);
    entry.text("area", &learning.majors, name);
    // A degree is named where it was conferred: readers of this shape know no other.
    let completed = learning.status.as_deref().is_none_or(|status| status.eq_ignore_ascii_case("completed"));
    let degree = if learning.degree.is_empty() || !completed { &learning.program } else { &learning.degree };
    entry.text("studyType", degree, name);
    entry.date("startDate", learning.start.as_ref());
    entry.date("endDate", learning.end.as_ref().or(learning.awarded.as_ref()));
    let gpa = learning.gpa.as_ref();
    entry.opt("score", gpa.map(|gpa| name(&gpa.value)), gpa.map_or(learning.origin, |gpa| gpa.origin));
    let mut more = given(&learning.verifications);
    more.opt("status", learning.status.as_deref());
    entry.done(item.signer, &learning.pointer, learning.origin, more)
}

fn of_qualification(
    mut entry: Entry<'_, '_>,
    item: &Item<'_>,
    held: &Qualification,
    [title, authority]: [&'static str; 2],
) -> Option<Node> {
    entry.text(title, &held.name, name);
    entry.date("date", held.issued.as_ref().or(held.first_issued.as_ref()));
    entry.named(authority, held.authority.as_ref(), name);
    let mut more = given(&held.verifications);
    more.opt("status", held.status.as_deref());
    entry.done(item.signer, &held.pointer, held.origin, more)
}

fn of_a_skill(mut entry: Entry<'_, '_>, item: &Item<'_>, skill: &Skill) -> Option<Node> {
    entry.text("name", &skill.name, name);
    entry.text("level", &skill.proficiency, name);
    let framework = skill.framework.map(Node::from);
    let keywords: Vec<Node> =
        framework.into_iter().chain(skill.code.as_deref().map(|code| name(code).into())).collect();
    if !keywords.is_empty() {
        entry.put("keywords", Node::List(keywords), skill.origin);
    }
    let mut more = given(&skill.verifications);
    more.append(of_skill(skill));
    entry.done(item.signer, &item.record.raw_pointer, origin_of_skill(skill), more)
}

fn of_endorsement(mut entry: Entry<'_, '_>, item: &Item<'_>) -> Option<Node> {
    let record = item.record;
    if let Some(issuer) = item.signer {
        entry.party("name", issuer, name);
    }
    entry.text("reference", &record.narrative, narrative);
    let mut more = Object::default();
    more.opt("endorses", record.endorses.as_deref());
    entry.done(item.signer, &record.raw_pointer, origin_of(item), more)
}

/// The signer employs, or says so.
fn of_employment(mut entry: Entry<'_, '_>, item: &Item<'_>) -> Option<Node> {
    let record = item.record;
    if let Some(issuer) = item.signer {
        entry.party("name", issuer, name);
    }
    entry.text("position", if record.role.is_empty() { &record.title } else { &record.role }, name);
    entry.date("startDate", record.dates.activity_start.as_ref());
    entry.date("endDate", record.dates.activity_end.as_ref());
    entry.text("summary", &record.narrative, narrative);
    entry.done(item.signer, &record.raw_pointer, origin_of(item), Object::default())
}

fn of_study(mut entry: Entry<'_, '_>, item: &Item<'_>) -> Option<Node> {
    let record = item.record;
    if let Some(issuer) = item.signer {
        entry.party("institution", issuer, name);
    }
    if let Some(achievement) = &record.achievement {
        entry.opt("url", achievement.id.as_deref().and_then(display::link), achievement.origin);
        entry.text("area", &achievement.field_of_study, name);
    }
    entry.text("studyType", &record.title, name);
    entry.date("startDate", record.dates.activity_start.as_ref());
    entry.date("endDate", record.dates.activity_end.as_ref().or(record.dates.awarded.as_ref()));
    // Of several results none is the score.
    if let [result] = record.results.as_slice() {
        entry.opt("score", result.value.as_deref().map(name), result.origin);
    }
    entry.done(item.signer, &record.raw_pointer, origin_of(item), Object::default())
}

fn of_achievement(
    mut entry: Entry<'_, '_>,
    item: &Item<'_>,
    [title, giver]: [&'static str; 2],
) -> Option<Node> {
    let record = item.record;
    entry.text(title, &record.title, name);
    entry.date("date", record.dates.awarded.as_ref());
    if let Some(issuer) = item.signer {
        entry.party(giver, issuer, name);
    }
    if record.kind == Kind::Award {
        let description = record.achievement.as_ref().map(|achievement| achievement.description.as_slice());
        entry.text("summary", description.unwrap_or(&record.description), narrative);
    } else if let Some(achievement) = &record.achievement {
        entry.opt("url", achievement.id.as_deref().and_then(display::link), achievement.origin);
    }
    let mut more = Object::default();
    more.put("kind", record.kind);
    entry.done(item.signer, &record.raw_pointer, origin_of(item), more)
}
