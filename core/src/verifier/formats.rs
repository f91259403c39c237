//! Records that are not Verifiable Credentials: what secures each kind, and the questions that all records are asked.

use super::part::Part;
use super::{Site, Verifier};
use crate::codes::{Code, Finding};
use crate::formats::{self, Format};
use crate::report::{self, Place};
use crate::workshop::Workshop;

impl Verifier {
    /// Steps 3 to 9 for a record that is no Verifiable Credential.
    pub(super) fn other_format(&self, site: &Site<'_>, format: Format, workshop: &Workshop<'_>) -> Part {
        let policy = &self.policy;
        let root = site.value;
        let place = Place { pointer: root.pointer(), ..Place::default() };
        let carrier = site.envelope.map_or("json", |envelope| envelope.carrier);
        let (family, version) = (format.name(), format.version());
        let format_report = report::Format { family, version, carrier };
        let mut part = Part { place, format: Some(format_report), ..Part::default() };
        if site.stands.is_none() {
            part.push(policy, Finding::new(Code::JsonOk));
        }
        part.push(policy, Finding::at(Code::FormatRecognised, root.pointer()));
        let defects = formats::conformance(root, format);
        part.extend(policy, defects, Finding::at(Code::DocumentConforms, root.pointer()));
        match format {
            Format::LerRs(_) => self.resume_alone(site, &mut part),
            Format::Statement => self.statement(site, workshop, &mut part),
            Format::OpenBadges(_) | Format::Clr => {
                part.push(policy, Finding::at(Code::SecuringNotBuilt, root.pointer()).with("format", family));
            }
        }
        part
    }
}
