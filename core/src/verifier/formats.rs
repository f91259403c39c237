//! Records that are not Verifiable Credentials: what secures each kind, and the questions that all records are asked.

use std::collections::VecDeque;
use std::sync::Arc;

use super::inside::{Job, Unopened};
use super::part::Part;
use super::{Site, Verifier};
use crate::codes::{Code, Finding};
#[cfg(feature = "formats")]
use crate::formats;
use crate::formats::Format;
use crate::json::Tree;
use crate::securing::envelope::Envelope;
use crate::workshop::Workshop;

impl Verifier {
    /// A record whose parts are elsewhere is put together first.
    #[allow(clippy::too_many_arguments)] // as of what it goes on with
    pub(super) fn put_and_read(
        &self,
        text: &Unopened,
        source: &Arc<[u8]>,
        tree: &Tree<'_>,
        envelope: Option<&Envelope>,
        jobs: &mut Vec<Job>,
        unopened: &mut VecDeque<Unopened>,
        workshop: &Workshop<'_>,
    ) -> Result<(), Finding> {
        #[cfg(feature = "formats")]
        if workshop.list_of.is_none()
            && !workshop.of_schema
            && let Some(format) = formats::of_record(tree.root()).filter(|format| format.is_hosted())
        {
            let mut gathered = self.gather(tree.root(), format, envelope, text.found_at.as_deref(), workshop);
            let bytes = gathered.bytes.take();
            let text = &Unopened { gathered: Some(gathered), ..text.clone() };
            if let Some(bytes) = bytes {
                let source: Arc<[u8]> = Arc::from(bytes);
                let tree = Tree::parse(&source, &self.policy.limits)?;
                return self.records(text, &source, &tree, envelope, jobs, unopened, workshop);
            }
            return self.records(text, source, tree, envelope, jobs, unopened, workshop);
        }
        self.records(text, source, tree, envelope, jobs, unopened, workshop)
    }

    /// Steps 3 to 9 for a record that is no Verifiable Credential.
    pub(super) fn other_format(&self, site: &Site<'_>, format: Format, workshop: &Workshop<'_>) -> Part {
        let mut part = self.begun(site, Some((format.name(), format.version())));
        self.of_format(site, format, workshop, &mut part);
        part
    }

    /// The part that differs.
    #[cfg(feature = "formats")]
    fn of_format(&self, site: &Site<'_>, format: Format, workshop: &Workshop<'_>, part: &mut Part) {
        let (policy, root) = (&self.policy, site.value);
        if let Some(gathered) = site.gathered.filter(|_| format.is_hosted()) {
            return self.hosted_format(site, format, gathered, workshop, part);
        }
        let defects = formats::conformance(root, format);
        part.extend(policy, defects, Finding::at(Code::DocumentConforms, root.pointer()));
        match format {
            Format::LerRs(_) => self.resume_alone(site, part),
            Format::Statement => self.statement(site, workshop, part),
            // They were gathered, always.
            Format::OpenBadges(_) | Format::Clr => {
                part.push(policy, Finding::at(Code::SecuringMissing, root.pointer()));
            }
        }
    }

    /// A build that knows none of them names them all the same.
    #[cfg(not(feature = "formats"))]
    fn of_format(&self, site: &Site<'_>, format: Format, _workshop: &Workshop<'_>, part: &mut Part) {
        let finding = Finding::at(Code::SecuringNotBuilt, site.value.pointer());
        part.push(&self.policy, finding.with("format", format.name()));
    }
}
