//! Records of kinds that nothing secures.

use super::{Report, Verdict};
use crate::record::Record;

/// What a record says that nothing secures, by its kind: a résumé of HR Open Standards without a wrapper. Everything in it
/// is its writer's own word ([`crate::record::Origin::SelfAsserted`]), and the verdict is never
/// [`Verified`](Verdict::Verified).
///
/// What others have said stands in the records inside, each with a report of its own
/// ([`Report::embedded`](super::Report::embedded)): those that are verified stand in their places in this record, of others
/// only the place is named, with the verdict.
#[derive(Clone, Copy, Debug)]
pub struct UnsecuredRecord<'r> {
    /// The record.
    pub record: &'r Record,
    /// The verdict, which goes with it wherever it is shown.
    pub verdict: Verdict<'r>,
}

impl Report {
    /// The record, if it is of a kind that nothing secures: for showing what somebody says of themselves, beside the
    /// records inside that are verified. A record that could have been signed and is not, or whose signature is wrong, is
    /// not given.
    pub fn unsecured_record(&self) -> Option<UnsecuredRecord<'_>> {
        let record = self.secured.record().filter(|_| self.secured.place.unsecured)?;
        Some(UnsecuredRecord { record, verdict: self.verdict() })
    }
}
