//! Records of kinds that nothing secures.

use super::{Axes, Report, Verdict};
use crate::codes::Outcome;
use crate::record::{Exported, Record, State};

/// What a record says that nothing secures, by its kind: a résumé of HR Open Standards without a wrapper. Everything in it
/// is its writer's own word ([`crate::record::Origin::SelfAsserted`]), and the verdict is never
/// [`Verified`](Verdict::Verified).
///
/// What others have said stands in the records inside, each with a report of its own
/// ([`Report::embedded`](super::Report::embedded)): those that are verified stand in their places in this record, of others
/// only the place is named, with the verdict.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct UnsecuredRecord<'r> {
    /// The record.
    pub record: &'r Record,
    /// The verdict, which goes with it wherever it is shown.
    pub verdict: Verdict<'r>,
    axes: Axes,
}

impl UnsecuredRecord<'_> {
    /// As [`AuthenticRecord::to_resume_json`](super::AuthenticRecord::to_resume_json): what stands in the record itself is
    /// [`SelfAsserted`](State::SelfAsserted), what stands in verified records inside it is not.
    pub fn to_resume_json(&self, language: Option<&str>) -> String {
        self.exported(language).to_resume_json()
    }

    /// As [`AuthenticRecord::to_ler_rs`](super::AuthenticRecord::to_ler_rs), with states as in
    /// [`UnsecuredRecord::to_resume_json`].
    pub fn to_ler_rs(&self, language: Option<&str>) -> String {
        self.exported(language).to_ler_rs()
    }

    fn exported<'e>(&'e self, language: Option<&'e str>) -> Exported<'e> {
        let issuer_accepted = self.axes.trusted == Outcome::Passed;
        Exported { record: self.record, state: State::SelfAsserted, issuer_accepted, language }
    }
}

impl Report {
    /// The record, if it is of a kind that nothing secures: for showing what somebody says of themselves, beside the
    /// records inside that are verified. A record that could have been signed and is not, or whose signature is wrong, is
    /// not given.
    pub fn unsecured_record(&self) -> Option<UnsecuredRecord<'_>> {
        let record = self.secured.record().filter(|_| self.secured.place.unsecured)?;
        Some(UnsecuredRecord { record, verdict: self.verdict(), axes: self.axes })
    }
}
