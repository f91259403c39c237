//! What came of one proof or signature, however the record is secured: proofs of Data Integrity and signatures of
//! envelopes are reported in the same way.

use super::proof_set::State;
use super::suites::Disclosed;
use crate::codes::{Axis, CheckId, Code, Finding, Outcome, Requirement};
use crate::encoding::hex;
use crate::identifier::Need;
use crate::keys::PublicKey;
use crate::policy::Policy;
use crate::time::Timestamp;

/// A finding, and for one that could not be made the checks that were in the way.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub(crate) finding: Finding,
    pub(crate) because: Vec<CheckId>,
}

impl From<Finding> for Found {
    fn from(finding: Finding) -> Self {
        Found { finding, because: Vec::new() }
    }
}

/// How much of the document a proof covers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Cover {
    /// All that the issuer signed.
    #[default]
    Whole,
    /// What the holder chose to show; what limits it in time could not be left out.
    #[cfg_attr(not(feature = "sd-jwt"), allow(dead_code))] // of SD-JWTs alone
    Limited,
    /// What the holder chose to show.
    Selective {
        /// Whether what is shown of its status could have been left out, so that there may be more.
        optional_status: bool,
    },
}

/// The intermediate values of a Data Integrity proof.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Explanation {
    /// The canonical form of the document; with selective disclosure under the names that the issuer gave to blank
    /// nodes.
    pub canonical_document: String,
    /// Its hash, in hexadecimal; with selective disclosure that of the mandatory statements.
    pub document_hash: String,
    /// The canonical form of the proof options.
    pub canonical_proof_options: String,
    /// Their hash, in hexadecimal.
    pub proof_options_hash: String,
    /// What is signed, in hexadecimal: the hash of the options, with selective disclosure what else the suite has
    /// signed, then the hash of the document.
    pub hash_data: String,
}

impl Explanation {
    /// The same of a document whose statements are signed one by one.
    pub(super) fn of_statements(self, disclosed: &Disclosed) -> Self {
        Explanation {
            canonical_document: disclosed.statements.text().to_owned(),
            document_hash: hex(disclosed.mandatory_hash.as_ref()),
            hash_data: hex(&disclosed.signed),
            ..self
        }
    }
}

/// What came of one proof, or of one signature of an envelope.
#[derive(Debug)]
pub(crate) struct Verified {
    /// Where the proof stands; an envelope's signature stands outside of the document: `""`.
    pub(crate) place: String,
    /// The suite or the algorithm, as written.
    pub(crate) suite: Option<String>,
    /// The verification method or `kid`, as written.
    pub(crate) method: Option<String>,
    /// When it says it was made, as written.
    pub(crate) created: Option<String>,
    pub(crate) signed_at: Option<Timestamp>,
    pub(crate) state: State,
    /// What it would be if the policy accepted its suite.
    pub(crate) computed: Option<Outcome>,
    pub(crate) findings: Vec<Found>,
    /// `issuer.bound`, if there is a principal to be bound to.
    pub(crate) bound: Option<Finding>,
    pub(crate) bound_by: Option<&'static str>,
    pub(crate) controller: Option<String>,
    pub(crate) key_type: Option<&'static str>,
    pub(crate) cover: Cover,
    pub(crate) explanation: Option<Explanation>,
    /// The dated version of the contexts under which the signature is good.
    pub(crate) as_of: Option<String>,
    /// Where the context stands that is signed in place of the document's (JCS suites).
    pub(crate) signed_context: Option<String>,
    pub(crate) needs: Vec<Need>,
}

impl Verified {
    /// Nothing is known of it yet, so it is not good.
    pub(crate) fn at(place: String) -> Self {
        Verified {
            place,
            suite: None,
            method: None,
            created: None,
            signed_at: None,
            state: State::Wrong,
            computed: None,
            findings: Vec::with_capacity(16),
            bound: None,
            bound_by: None,
            controller: None,
            key_type: None,
            cover: Cover::Whole,
            explanation: None,
            as_of: None,
            signed_context: None,
            needs: Vec::new(),
        }
    }

    pub(crate) fn push(&mut self, finding: Finding) {
        self.findings.push(finding.into());
    }

    /// A check that could not be made because of others.
    pub(crate) fn blocked(&mut self, code: Code, because: Vec<CheckId>) {
        let finding = Finding::at(code, self.place.clone());
        self.findings.push(Found { finding, because });
    }

    pub(crate) fn describe_key(&mut self, controller: Option<&str>, key: &PublicKey) {
        self.controller = controller.map(str::to_owned);
        self.key_type = Some(key.key_type());
    }

    /// The checks of these among its findings that did not pass.
    pub(crate) fn obstacles(&self, checks: &[CheckId]) -> Vec<CheckId> {
        let stands = |found: &&Found| {
            checks.contains(&found.finding.code.check())
                && matches!(found.finding.code.outcome(), Outcome::Failed | Outcome::Indeterminate)
        };
        let mut obstacles: Vec<CheckId> =
            self.findings.iter().filter(stands).map(|found| found.finding.code.check()).collect();
        obstacles.dedup();
        obstacles
    }

    /// The worst of what counts for authenticity and was not switched off.
    pub(crate) fn settle(&mut self, policy: &Policy) {
        let mut worst = Outcome::Passed;
        for found in &self.findings {
            let check = found.finding.code.check();
            let outcome = found.finding.code.outcome();
            if check.axis() == Some(Axis::Authentic)
                && policy.requirement(check) != Requirement::Skip
                && matches!(outcome, Outcome::Failed | Outcome::Indeterminate)
            {
                worst = worst.max(outcome);
            }
        }
        let bound = match &self.bound {
            Some(_) if policy.requirement(CheckId::IssuerBound) == Requirement::Skip => Outcome::Passed,
            Some(finding) => finding.code.outcome(),
            None => Outcome::Passed,
        };
        self.state = match worst {
            Outcome::Failed => State::Wrong,
            Outcome::Indeterminate => State::Undecided,
            _ => State::Good { bound },
        };
    }
}
