//! Credentials of T3's HR context (`https://w3id.org/hr/v1`) → record: claims of skills, and what somebody issues about
//! themselves.

use super::frameworks;
use super::model::*;
use super::read::{CREDENTIAL, MOST, Source};
use crate::document::{has_type, ler_rs};
use crate::json::{Kind as Json, Value};

/// Whether a credential says that its issuer is its subject.
pub(super) fn is_self_issued(root: Value<'_>, context: Option<Value<'_>>) -> bool {
    has_type(root, "SelfIssuedCredential") && ler_rs::is_named(context)
}

/// Whether it is a claim of skills.
pub(super) fn is_skill_claim(root: Value<'_>, context: Option<Value<'_>>) -> bool {
    has_type(root, "SkillClaimCredential") && ler_rs::is_named(context)
}

/// The record of a claim of skills: `skill` is stated, `inferredSkill` was concluded by somebody or something.
pub(super) fn from_skill_claim<'t>(root: Value<'t>, mut source: Source<'t>) -> Record {
    let mut record = source.record(Kind::SkillClaim);
    source.known(root, CREDENTIAL);
    for subject in source.objects(root, "credentialSubject") {
        source.known(subject, &["id", "type", "person", "narrative", "skill", "inferredSkill"]);
        let mut holder =
            Holder { id: source.string(subject, "id"), ..Holder::nobody(source.origin(subject)) };
        if let Some(person) = source.object(subject, "person") {
            source.known(person, &["id", "type", "name", "email"]);
            holder.id = holder.id.or_else(|| source.string(person, "id"));
            holder.name = source.texts(person, "name");
            if let Some(value) = source.string(person, "email") {
                let kind = Some("emailAddress".to_owned());
                let blank = HolderIdentifier::blank(source.origin(person));
                holder.identifiers.push(HolderIdentifier { kind, value: Some(value), ..blank });
            }
        }
        record.holders.push(holder);
        record.narrative.extend(super::ler_rs::texts(&mut source, subject, &["narrative"]));
        let own = source.origin(subject) == Origin::SelfAsserted;
        let stated = if own { SkillBasis::SelfAsserted } else { SkillBasis::Stated };
        for (member, basis) in [("skill", stated), ("inferredSkill", SkillBasis::Inferred)] {
            let claimed = super::forms::nodes(subject, member);
            source.more(u64::try_from(claimed.len().saturating_sub(MOST)).unwrap_or(u64::MAX));
            for item in claimed.into_iter().take(MOST) {
                let skill = skill(&mut source, subject, item, basis);
                record.skills.extend(skill);
            }
        }
    }
    record.completeness = source.completeness(None);
    record
}

/// A skill: a reference, or an object with what is known of it.
fn skill<'t>(
    source: &mut Source<'t>,
    subject: Value<'t>,
    item: Value<'t>,
    basis: SkillBasis,
) -> Option<Skill> {
    let recognised = |url: &str| frameworks::recognise(Some(url), None, None);
    if let Some(url) = item.as_str() {
        let blank = Skill::blank(basis, source.origin(subject));
        return Some(Skill { url: Some(url.to_owned()), framework: recognised(url), ..blank });
    }
    if item.kind() != Json::Object {
        source.not_mapped(item);
        return None;
    }
    source.known(item, &["id", "type", "name", "description", "framework", "socCode"]);
    let url = source.string(item, "id");
    Some(Skill {
        name: source.texts(item, "name"),
        framework: url.as_deref().and_then(recognised),
        url,
        code: source.string(item, "socCode"),
        framework_name: super::ler_rs::texts(source, item, &["framework"]),
        description: source.texts(item, "description"),
        ..Skill::blank(basis, source.origin(item))
    })
}
