//! A record as it may be shown and passed on: with what its report says of it.

use super::{Axes, Verdict};
use crate::codes::Outcome;
use crate::record::{Exported, Record, State};

/// A record that is authentic but perhaps expired, not accepted or of unknown status: for showing, with its verdict. Only
/// a report makes one.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct AuthenticRecord<'r> {
    /// The record.
    pub record: &'r Record,
    /// The verdict, which goes with it wherever it is shown.
    pub verdict: Verdict<'r>,
    pub(super) axes: Axes,
}

impl AuthenticRecord<'_> {
    /// How far what the issuer says in it may be believed. What one says of oneself is
    /// [`SelfAsserted`](State::SelfAsserted) all the same: see [`Origin`](crate::record::Origin).
    pub fn state(&self) -> State {
        match self.verdict {
            Verdict::Verified(_) => State::Verified,
            _ if self.axes.current == Outcome::Failed => State::AuthenticNotCurrent,
            _ if self.axes.trusted == Outcome::Failed => State::AuthenticNotAccepted,
            _ if self.axes.addressed == Outcome::Failed => State::AuthenticNotAddressed,
            Verdict::NotVerified => State::AuthenticNotVerified,
            Verdict::Indeterminate => State::Indeterminate,
        }
    }

    /// The record and those inside it as a document of the shape of [JSON Resume](https://jsonresume.org/schema) 1.0.0:
    /// `basics`, `work`, `education`, `awards`, `certificates`, `skills`, `references`. Each entry has a member
    /// `lerVerify` with its [`State`], its origin and its issuer; `meta.lerVerify` has that of the whole, and what was
    /// left out: what was not completed, and records inside that are not verified or about somebody else.
    ///
    /// Names and narratives are plain text, links lead only where a link may lead ([`crate::record::display`]).
    ///
    /// `language` (BCP 47) is preferred where a text is there in several; else one without a language is taken, or the
    /// first by its tag. The others are in `lerVerify.otherTexts`.
    pub fn to_resume_json(&self, language: Option<&str>) -> String {
        self.exported(language).to_resume_json()
    }

    /// The record and those inside it as a document of the shape of HR Open LER-RS 4.4, with the same members `lerVerify`.
    /// Values are as the record has them. `language` as in [`AuthenticRecord::to_resume_json`].
    pub fn to_ler_rs(&self, language: Option<&str>) -> String {
        self.exported(language).to_ler_rs()
    }

    fn exported<'e>(&'e self, language: Option<&'e str>) -> Exported<'e> {
        let issuer_accepted = self.axes.trusted == Outcome::Passed;
        Exported { record: self.record, state: self.state(), issuer_accepted, language }
    }
}
