//! What was obtained and is a document itself, a status list or a newer version: verified as what it is, in a worklist of
//! its own.

use std::sync::Arc;

use super::{Input, Verifier, hold_back};
use crate::checks::status::List;
use crate::codes::Finding;
use crate::occasion::Occasion;
use crate::report::Report;
use crate::resources::Item;
use crate::workshop::{LookedUp, Workshop};

/// A document that was verified on its own.
#[derive(Debug)]
pub(super) struct Apart {
    pub(super) report: Report,
    /// Its `id`.
    pub(super) id: Option<String>,
    /// What it says as a status list, if it was to be one.
    pub(super) list: Option<Result<List, Finding>>,
    /// Its text, out of its envelope.
    pub(super) source: Arc<[u8]>,
    pub(super) looked_up: LookedUp,
}

impl Verifier {
    /// Verifies what was obtained, on this occasion and in this workshop.
    pub(super) fn apart(&self, item: &Item, occasion: &Arc<Occasion>, workshop: &Workshop<'_>) -> Apart {
        let input = Input { digest: item.sha256().unwrap_or_default(), occasion: Arc::clone(occasion) };
        let mut jobs = self.worklist(item.bytes(), workshop);
        self.statuses(&mut jobs, workshop);
        hold_back(&mut jobs);
        let first = jobs.first_mut().map(|job| &mut job.part);
        let (id, list, source) = match first {
            Some(part) => (part.id.take(), part.list.take(), Arc::clone(&part.source)),
            None => Default::default(),
        };
        let report = self.put_together(jobs, &input);
        Apart { report, id, list, source, looked_up: workshop.looked_up() }
    }
}
