//! The record: one shape for all formats, in which every value keeps who said it.
//!
//! A record is read from the object at its position, never from the graph: what other objects with the same `id` say is
//! not gathered, and where there are such objects the values are marked `graphOnly`. Records inside the record are
//! named and point at their own reports, which alone say whether their claims hold.

mod blank;
#[cfg(feature = "formats")]
mod clr_1;
mod credential;
pub mod display;
mod elm;
mod export;
mod forms;
mod frameworks;
mod ler_rs;
mod ler_rs_career;
mod ler_rs_person;
mod markup;
mod model;
mod open_badges;
#[cfg(feature = "formats")]
mod open_badges_2;
mod parts;
mod read;
mod sd_jwt_vc;
mod t3;
#[cfg(test)]
mod tests;
mod xapi;

use crate::json::printable;
use std::collections::BTreeSet;

use crate::document::{self, Detected, Family};
use crate::formats::Format;
use crate::json::Value;

pub(crate) use export::Exported;
pub use export::State;
pub use model::*;
pub(crate) use read::Source;

/// The record of a credential; a presentation has none of its own.
///
/// `context` is the one that was signed: behind it anybody may have added others.
///
/// The mapping of a profile is used where the document names the profile's context: otherwise its terms could mean
/// anything, and the document is read as a plain credential.
///
/// `self_asserted`: nobody but the holder who presents it says so.
pub(crate) fn of(
    root: Value<'_>,
    context: Option<Value<'_>>,
    detected: &Detected,
    graph_only: &BTreeSet<String>,
    self_asserted: bool,
) -> Option<Record> {
    let self_asserted = self_asserted || t3::is_self_issued(root, context);
    let source = Source::new(root, context, detected, graph_only, self_asserted);
    let profiled = document::open_badges::context_versions(context).next().is_some();
    match detected.family {
        Family::VerifiablePresentation => None,
        _ if detected.enveloped => None,
        Family::OpenBadges if profiled => Some(open_badges::from_open_badge(root, source)),
        Family::Endorsement if profiled => Some(open_badges::from_endorsement(root, source)),
        Family::SdJwtVc => Some(sd_jwt_vc::from_claims(root, source)),
        Family::LerRs if document::ler_rs::is_named(context) => Some(ler_rs::from_wrapper(root, source)),
        Family::LerRs => Some(ler_rs::unread(root, source)),
        Family::VerifiableCredential if t3::is_skill_claim(root, context) => {
            Some(t3::from_skill_claim(root, source))
        }
        Family::Clr => Some(credential::from_clr(root, source)),
        Family::EuropeanDigitalCredential if document::elm::has_context(context) => {
            Some(elm::from_credential(root, source))
        }
        _ => Some(credential::from_credential(root, source)),
    }
}

/// The record of what is no Verifiable Credential; `None` where there is no mapping. `signer` is who signed what does not
/// say who issues it.
pub(crate) fn of_format(root: Value<'_>, format: Format, signer: Option<&str>) -> Option<Record> {
    match format {
        #[cfg(feature = "formats")]
        Format::OpenBadges(_) => Some(open_badges_2::from_record(root, format)),
        #[cfg(feature = "formats")]
        Format::Clr => Some(clr_1::from_record(root, format)),
        #[cfg(not(feature = "formats"))]
        Format::OpenBadges(_) | Format::Clr => None,
        Format::LerRs(version) => Some(ler_rs::from_alone(root, version)),
        Format::Statement => Some(xapi::from_statement(root, format, signer)),
    }
}

impl Record {
    /// The record as JSON: members in a fixed order, nothing that is absent.
    pub fn to_json(&self) -> String {
        printable(serde_json::to_string(self).unwrap_or_default())
    }

    /// Puts the verdicts and records of documents inside in their places: `find` is given the pointer of each. A record is
    /// for a verified one only.
    pub(crate) fn put_parts(&mut self, find: impl Fn(&str) -> Option<(PartVerdict, Option<Record>)>) {
        let parts = self.children.iter_mut().chain(self.endorsements.iter_mut());
        for part in parts.filter(|part| !part.same_proof) {
            if let Some((verdict, record)) = find(&part.pointer) {
                part.verdict = Some(verdict);
                part.record = record.filter(|_| verdict == PartVerdict::Verified).map(Box::new);
            }
        }
    }
}
