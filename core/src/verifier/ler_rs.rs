//! Résumés: what stands in them besides records, and whether the records are those of the person.
//!
//! No schema ties a credential in a résumé to the person of the résumé (standards.md §16): anybody can put anybody's good
//! badge into theirs. Each record inside is compared with what the résumé says of its person; the answer is reported and
//! has no axis, since a résumé is no evidence of who somebody is. Whether the record is about the candidate says
//! `recipient`, of each record inside, with what the host knows.

use super::part::Part;
use super::{Site, Verifier};
use crate::checks::recipient;
use crate::codes::{Code, Finding};
use crate::document::{self, DataModel, Detected, Family, ler_rs};
use crate::formats::Format;
use crate::json::Value;
use crate::occasion::Recipient;
use crate::report::Relation;

/// So many addresses of a person are compared; a person has a handful.
const MOST: usize = 32;

impl Verifier {
    /// A record that stands alone: nothing secures it, and what stands in it does not depend on it.
    pub(super) fn resume_alone(&self, site: &Site<'_>, part: &mut Part) {
        let root = site.value;
        let finding = match site.envelope {
            None => Finding::at(Code::SecuringMissing, root.pointer()),
            // No standard says whose signature it would be.
            Some(_) => Finding::at(Code::SecuringNotBuilt, root.pointer()).with("format", "lerRs"),
        };
        part.push(&self.policy, finding);
        part.bundle = true;
        part.place.unsecured = site.envelope.is_none();
    }

    /// What is asked of a résumé, and of a record that stands in one.
    pub(super) fn resume(
        &self,
        root: Value<'_>,
        detected: Option<&Detected>,
        format: Option<Format>,
        parent: Option<(&Part, Relation)>,
        part: &mut Part,
    ) {
        if let Some((resume, Relation::Nested)) = parent
            && let Some(person) = &resume.person
        {
            part.push(&self.policy, is_about(root, detected, person));
        }
        let wrapper = detected.is_some_and(|detected| detected.family == Family::LerRs);
        if wrapper || matches!(format, Some(Format::LerRs(_))) {
            part.push_all(&self.policy, ler_rs::unverified(root));
            part.person = Some(person(root));
        }
    }
}

/// Whether a credential is about the expected person. A résumé that names no subject in the way of credentials may still
/// state an expected address of its person. One that states others is not about somebody else for that: people have many.
pub(super) fn recipient(root: Value<'_>, detected: &Detected, expected: &[Recipient]) -> Finding {
    let finding = recipient::check(root, detected.model, expected);
    if detected.family != Family::LerRs || finding.code != Code::RecipientNotStated {
        return finding;
    }
    match person(root).into_iter().find(|known| expected.contains(known)) {
        Some(known) => {
            Finding::at(Code::RecipientMatches, root.get("credentialSubject").unwrap_or(root).pointer())
                .with("matched", vec![known.identity_type])
        }
        None => finding,
    }
}

/// Whether a record is about the person, by any identifier that both state. The details name the kinds that were
/// compared: a name alone is weak.
fn is_about(root: Value<'_>, detected: Option<&Detected>, person: &[Recipient]) -> Finding {
    let place = root.get("credentialSubject").unwrap_or(root).pointer();
    let mut unknown = Finding::at(Code::LerRsPersonUnknown, place.as_str());
    let model = detected.filter(|detected| !detected.presentation).map(|detected| detected.model);
    let Some(model) = model.filter(|model| *model != DataModel::SdJwtVc && !person.is_empty()) else {
        return unknown;
    };
    let compared = recipient::check(root, model, person);
    let code = match compared.code {
        Code::RecipientMatches => Code::LerRsPersonMatches,
        Code::RecipientDiffers => Code::LerRsPersonDiffers,
        _ => {
            unknown.details = compared.into_body().details;
            return unknown;
        }
    };
    compared.coded(code)
}

/// What a résumé says of its person that a record inside may say too.
fn person(root: Value<'_>) -> Vec<Recipient> {
    let mut known = Vec::new();
    let mut know = |kind: &str, value: Option<Value<'_>>| {
        let text = value.and_then(|value| value.as_str()).filter(|text| !text.trim().is_empty());
        if let Some(text) = text.filter(|_| known.len() < MOST) {
            known.push(Recipient::identifier(kind, text));
        }
    };
    for subject in document::items(root, "credentialSubject") {
        know("id", subject.get("id"));
    }
    for record in ler_rs::records(root) {
        let Some(person) = record.get("person") else { continue };
        know("id", person.get("id"));
        let name = person.get("name");
        for member in ["formattedName", "formatted"] {
            know("name", name.and_then(|name| name.get(member)));
        }
        // In résumés of T3 the name is a text, and what else there is stands in `contact`.
        know("name", name);
        let contact = person.get("contact");
        know("name", contact.and_then(|contact| contact.get("fullName")));
        for holder in [Some(record), Some(person)].into_iter().flatten() {
            let emails = holder.get("communication").into_iter().flat_map(|c| document::items(c, "email"));
            for email in emails {
                know("emailAddress", email.get("address").or(Some(email)));
            }
        }
        for email in [contact.and_then(|contact| contact.get("email")), person.get("email")] {
            know("emailAddress", email);
        }
    }
    known
}
