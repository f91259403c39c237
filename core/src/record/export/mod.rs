//! The record in shapes that other programs read, each value with how far it may be believed.
//!
//! Such a program may not know what a proof is. So nothing is put where a reader would take it for earned that the record
//! says was not (`Failed`, `InProgress`), nor anything of a record inside that was not verified: what is left out is
//! named. What one says of oneself is marked so, whatever the verdict on the signature is. Every entry has a member
//! `lerVerify`:
//!
//! ```json
//! { "state": "verified", "origin": "issuer", "issuer": { "id": "did:web:university.example" }, "pointer": "" }
//! ```
//!
//! `state` is a [`State`], the worst of all values of the entry; `issuer` is who signed; `pointer` is where the entry
//! stands in the document of that issuer. The whole document has one too, with what is `leftOut` and why, and with
//! `issuerAccepted`: if it is false the policy accepts anyone, or not this one, and issuers are called by their identifiers.

mod ler_rs;
mod node;
mod resume;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use serde::Serialize;

use self::node::{Node, Object};
use super::model::*;
use crate::json::printable;

/// How far a value may be believed. From the best to the worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum State {
    /// Every required check of the record that it stands in passed.
    Verified,
    /// As verified, but several objects describe the node that it is of: that it stands here is not signed.
    PlaceNotSigned,
    /// It is what the issuer signed; something else could not be found out.
    Indeterminate,
    /// It is what the issuer signed, and meant for somebody or something else than expected.
    AuthenticNotAddressed,
    /// It is what the issuer signed, and this issuer is not accepted.
    AuthenticNotAccepted,
    /// It is what the issuer signed, and has expired, is not valid yet, or was revoked.
    AuthenticNotCurrent,
    /// It is what the issuer signed, and something else is against it: a record inside it, for instance.
    AuthenticNotVerified,
    /// The subject says it of itself.
    SelfAsserted,
}

impl State {
    /// Of a value that stands in a record of this state.
    fn of(self, origin: Origin) -> State {
        match origin {
            Origin::SelfAsserted => State::SelfAsserted,
            Origin::GraphOnly => self.max(State::PlaceNotSigned),
            Origin::Issuer => self,
            // What another issuer says stands in that issuer's record.
            Origin::NestedIssuer => self.max(State::AuthenticNotVerified),
        }
    }
}

/// A record with what its report says of it.
pub(crate) struct Exported<'r> {
    pub(crate) record: &'r Record,
    pub(crate) state: State,
    /// Whether the issuer of the whole is one whom the policy accepts by name, and not as anyone.
    pub(crate) issuer_accepted: bool,
    /// The language that is preferred where there are several.
    pub(crate) language: Option<&'r str>,
}

impl Exported<'_> {
    pub(crate) fn to_resume_json(&self) -> String {
        printable(serde_json::to_string(&resume::document(self)).unwrap_or_default())
    }

    pub(crate) fn to_ler_rs(&self) -> String {
        printable(serde_json::to_string(&ler_rs::document(self)).unwrap_or_default())
    }
}

/// Something that an export has an entry for.
struct Item<'r> {
    /// The record that it stands in, and the state of that.
    record: &'r Record,
    state: State,
    /// Whose proof covers it: of a part without a proof of its own that is who signed the whole, whoever is named there.
    signer: Option<&'r Party>,
    what: What<'r>,
}

#[derive(Clone, Copy)]
enum What<'r> {
    /// What the record as a whole is about, and is completed.
    Achieved,
    /// The record is an endorsement.
    Endorsed,
    Employment(&'r Employment),
    Education(&'r Education),
    Qualification(&'r Qualification),
    Skill(&'r Skill),
}

/// A part that has no entry.
struct LeftOut<'r> {
    pointer: &'r str,
    reason: &'static str,
}

/// Everything in a record and in those inside it. The records inside are at most as deep as [`crate::Secured::record`]
/// puts them there.
fn items<'r>(exported: &Exported<'r>) -> (Vec<Item<'r>>, Vec<LeftOut<'r>>) {
    let (mut items, mut left_out) = (Vec::new(), Vec::new());
    let mut open = vec![(exported.record, exported.state, exported.record.issuer.as_ref())];
    while let Some((record, state, signer)) = open.pop() {
        let completed = is_completed(record);
        let mut push = |what| items.push(Item { record, state, signer, what });
        match (record.kind, completed) {
            // They consist of others.
            (Kind::Transcript | Kind::Resume | Kind::SkillClaim, _) => {}
            (Kind::Endorsement, _) => push(What::Endorsed),
            (_, Err(reason)) => left_out.push(LeftOut { pointer: &record.raw_pointer, reason }),
            (_, Ok(())) if record.title.is_empty() => {
                left_out.push(LeftOut { pointer: &record.raw_pointer, reason: "noTitle" });
            }
            (_, Ok(())) => push(What::Achieved),
        }
        record.employment.iter().for_each(|position| push(What::Employment(position)));
        record.education.iter().for_each(|learning| push(What::Education(learning)));
        record.qualifications.iter().for_each(|qualification| push(What::Qualification(qualification)));
        // What was not completed shows no skill.
        record.skills.iter().filter(|_| completed.is_ok()).for_each(|skill| push(What::Skill(skill)));
        for part in record.children.iter().chain(&record.endorsements).rev() {
            match (&part.record, part.same_proof, part.verdict) {
                (Some(inside), true, _) => open.push((inside, state.of(part.origin), signer)),
                (Some(inside), false, Some(PartVerdict::Verified)) if of_another(exported.record, inside) => {
                    left_out.push(LeftOut { pointer: &part.pointer, reason: "otherSubject" });
                }
                (Some(inside), false, Some(PartVerdict::Verified)) => {
                    open.push((inside, State::Verified, inside.issuer.as_ref()));
                }
                (_, _, verdict) => {
                    let reason = match verdict {
                        Some(PartVerdict::Verified) => "tooDeep",
                        Some(PartVerdict::NotVerified) => "notVerified",
                        Some(PartVerdict::Indeterminate) => "indeterminate",
                        None => "notLookedAt",
                    };
                    left_out.push(LeftOut { pointer: &part.pointer, reason });
                }
            }
        }
    }
    (items, left_out)
}

/// Whether a record inside is known to be about somebody else than the whole: what others achieved is nobody's résumé. An
/// endorsement is about a thing.
fn of_another(whole: &Record, inside: &Record) -> bool {
    let ids = |record: &Record| -> BTreeSet<String> {
        record.holders.iter().filter_map(|holder| holder.id.clone()).collect()
    };
    let (whole, about) = (ids(whole), ids(inside));
    inside.kind != Kind::Endorsement && !whole.is_empty() && !about.is_empty() && whole.is_disjoint(&about)
}

/// Whether what the record is about was completed and passed. Any other status may be of a failure, or of something that
/// goes on (Open Badges 3.0, B.1.32): readers of an export would not see the difference.
fn is_completed(record: &Record) -> Result<(), &'static str> {
    if record.completion.iter().any(|completion| completion.status != "Completed") {
        return Err("notCompleted");
    }
    if record.results.iter().any(|result| result.passed == Some(false)) {
        return Err("notPassed");
    }
    Ok(())
}

/// An entry while it is made: its members, and how far they may be believed.
struct Entry<'e, 'r> {
    of: &'e Exported<'r>,
    members: Object,
    state: State,
    worst: State,
    /// The texts that were not chosen.
    others: Object,
}

impl<'e, 'r> Entry<'e, 'r> {
    /// An entry from a record of this state.
    fn new(of: &'e Exported<'r>, state: State) -> Self {
        Entry { of, members: Object::default(), state, worst: State::Verified, others: Object::default() }
    }

    /// A value goes in: it counts in what may be believed of the whole.
    fn count(&mut self, origin: Origin) {
        self.worst = self.worst.max(self.state.of(origin));
    }

    fn put(&mut self, name: &'static str, value: impl Into<Node>, origin: Origin) {
        self.count(origin);
        self.members.put(name, value);
    }

    fn opt(&mut self, name: &'static str, value: Option<impl Into<Node>>, origin: Origin) {
        if let Some(value) = value {
            self.put(name, value, origin);
        }
    }

    /// One of several texts, as `show` shows it; the others are kept beside the state.
    fn text(&mut self, name: &'static str, texts: &[Text], show: fn(&str) -> String) {
        let Some(text) = self.choose(name, texts) else { return };
        self.put(name, show(&text.value), text.origin);
    }

    /// The text in the language that is preferred, else without a language, else in the first by its tag. Which of
    /// several in one language comes first is not signed, so that it is the least.
    fn choose<'t>(&mut self, name: &'static str, texts: &'t [Text]) -> Option<&'t Text> {
        let language = self.of.language.map(str::to_ascii_lowercase);
        let rank = |text: &Text| match (&language, &text.language) {
            (Some(wanted), Some(tag)) if wanted == tag => 0,
            (Some(wanted), Some(tag)) if tag.split('-').next() == wanted.split('-').next() => 1,
            (_, None) => 2,
            _ => 3,
        };
        let key = |text: &&Text| (rank(text), text.language.clone(), text.value.clone());
        let chosen = texts.iter().min_by_key(key)?;
        let others: Vec<Node> = texts
            .iter()
            .filter(|text| *text != chosen)
            .map(|text| {
                let mut other = Object::default();
                other.put("value", text.value.as_str());
                other.opt("language", text.language.as_deref());
                other.into()
            })
            .collect();
        self.others.list(name, others);
        Some(chosen)
    }

    /// A date to the day, month or year that is known; one that cannot be read is left out.
    fn date(&mut self, name: &'static str, date: Option<&Date>) {
        let Some(date) = date else { return };
        let length = match date.precision {
            Precision::Year => 4,
            Precision::Month => 7,
            Precision::Day | Precision::Second => 10,
            Precision::Unknown => return,
        };
        let text = date.instant.map(|instant| instant.to_string());
        self.opt(name, text.as_deref().and_then(|text| text.get(..length)), date.origin);
    }

    /// The name of a party, or its identifier. A signer is called by a name that it gives itself only if the policy
    /// accepts it (threats.md P01).
    fn party(&mut self, name: &'static str, party: &Party, show: fn(&str) -> String) {
        match (&party.registered_name, self.of.issuer_accepted) {
            (Some(registered), _) => self.put(name, show(registered), party.origin),
            (None, true) if !party.claimed_name.is_empty() => self.text(name, &party.claimed_name, show),
            _ => self.opt(name, party.id.as_deref().map(show), party.origin),
        }
    }

    /// The name that a record gives to somebody who did not sign it: an employer, a school, an authority.
    fn named(&mut self, name: &'static str, party: Option<&Party>, show: fn(&str) -> String) {
        let Some(party) = party else { return };
        if party.claimed_name.is_empty() {
            self.opt(name, party.id.as_deref().map(show), party.origin);
        } else {
            self.text(name, &party.claimed_name, show);
        }
    }

    /// The entry with its state; `None` if nothing stands in it.
    fn done(mut self, signer: Option<&Party>, pointer: &str, origin: Origin, more: Object) -> Option<Node> {
        if self.members.is_empty() {
            return None;
        }
        self.count(origin);
        let mut verification = Object::default();
        verification.put("state", self.worst);
        verification.put("origin", origin);
        if let Some(signer) = signer {
            let mut issuer = Object::default();
            issuer.opt("id", signer.id.as_deref());
            issuer.opt("registeredName", signer.registered_name.as_deref());
            verification.put("issuer", issuer);
        }
        verification.put("pointer", pointer);
        verification.append(more);
        if !self.others.is_empty() {
            verification.put("otherTexts", self.others);
        }
        self.members.put("lerVerify", verification);
        Some(self.members.into())
    }
}

/// What the whole document says of itself.
fn about(exported: &Exported<'_>, left_out: &[LeftOut<'_>]) -> Object {
    let mut about = Object::default();
    about.put("state", exported.state);
    about.put("issuerAccepted", exported.issuer_accepted);
    let issuers: BTreeSet<&str> =
        exported.record.issuer.iter().filter_map(|issuer| issuer.id.as_deref()).collect();
    about.list("issuers", issuers.into_iter().map(Node::from).collect());
    let of_part = |part: &LeftOut<'_>| {
        let mut node = Object::default();
        node.put("pointer", part.pointer);
        node.put("reason", part.reason);
        Node::from(node)
    };
    about.list("leftOut", left_out.iter().map(of_part).collect());
    about
}

/// The origin of what a record as a whole says: its signer's word. Without one it is nobody's but the subject's.
fn origin_of(item: &Item<'_>) -> Origin {
    item.signer.map_or(Origin::SelfAsserted, |signer| signer.origin)
}

/// Of a skill: what an export has no place for.
fn of_skill(skill: &Skill) -> Object {
    let mut more = Object::default();
    more.put("basis", skill.basis);
    more.opt("framework", skill.framework);
    more.opt("code", skill.code.as_deref());
    more.opt("url", skill.url.as_deref());
    more
}

/// A skill of which only the subject says that it has it.
fn origin_of_skill(skill: &Skill) -> Origin {
    if skill.basis == SkillBasis::SelfAsserted { Origin::SelfAsserted } else { skill.origin }
}

/// The documents that are given for an entry; each has its own entry if it was verified.
fn given(verifications: &[String]) -> Object {
    let mut more = Object::default();
    more.list("documents", verifications.iter().map(|pointer| pointer.as_str().into()).collect());
    more
}
