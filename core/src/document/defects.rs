//! A list of defects that cannot grow without bound.

use crate::codes::{Code, Detail, Finding};
use crate::json::Value;

/// A document may have a defect in each of a million values. This many are named, the rest are counted.
const MOST: usize = 100;

/// The defects found so far.
pub(crate) struct Defects {
    findings: Vec<Finding>,
    more: u64,
}

impl Defects {
    pub(crate) fn new() -> Self {
        Defects { findings: Vec::new(), more: 0 }
    }

    /// A defect at this value.
    pub(crate) fn add(&mut self, code: Code, at: Value<'_>) {
        self.push(code, at, None);
    }

    /// A defect at this value, with one detail.
    pub(crate) fn add_with(&mut self, code: Code, at: Value<'_>, name: &'static str, detail: &str) {
        self.push(code, at, Some((name, detail)));
    }

    /// A member that this object must have.
    pub(crate) fn missing(&mut self, code: Code, object: Value<'_>, member: &str) {
        self.push(code, object, Some(("member", member)));
    }

    // The pointer is made only for what is kept: it costs time in proportion to the length of the array it is in.
    fn push(&mut self, code: Code, at: Value<'_>, detail: Option<(&'static str, &str)>) {
        if self.findings.len() >= MOST {
            self.more = self.more.saturating_add(1);
            return;
        }
        let finding = Finding::at(code, at.pointer());
        self.findings.push(match detail {
            Some((name, detail)) => finding.with(name, detail),
            None => finding,
        });
    }

    /// The findings; the last says how many `more` there are, if not all are named.
    pub(crate) fn finish(mut self) -> Vec<Finding> {
        if let Some(last) = self.findings.last_mut().filter(|_| self.more > 0) {
            last.details.insert("more", Detail::Number(self.more));
        }
        self.findings
    }
}
