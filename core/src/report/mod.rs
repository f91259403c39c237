//! What was found out.
//!
//! Every check is in the report, whatever failed before it. The report holds no value of the record (reports go to
//! logs, records are personal data): it points at places.

mod authentic;
mod compat;
mod secured;
mod unsecured;
mod verdict;
mod w3c;
mod wire;

use std::sync::Arc;

use crate::codes::{CheckId, Code, Detail, Details, Finding, Outcome, Requirement, shortened};
use crate::jsonld::ContextUse;
use crate::occasion::Occasion;
use crate::resources::{Request, ResourceKind};
use crate::time::Timestamp;

pub use crate::checks::issuer::{Registered, RegistryOutcome, RegistryReport};
pub use crate::document::Relation;
pub use crate::securing::verified::Explanation;
pub use authentic::AuthenticRecord;
pub use compat::CompatView;
pub(crate) use secured::Place;
pub use secured::Secured;
pub use unsecured::UnsecuredRecord;
pub use verdict::Axes;
pub(crate) use verdict::{axes, fold};

/// One check of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Check {
    /// What was asked.
    pub id: CheckId,
    /// What was found.
    pub code: Code,
    /// What that means.
    pub outcome: Outcome,
    /// What the policy makes of it.
    pub requirement: Requirement,
    /// Where: an RFC 6901 pointer into the document as received.
    pub pointer: Option<String>,
    /// Typed details, never a value of the record.
    pub details: Details,
    /// For `check.blocked`: the checks that were in the way.
    pub because: Vec<CheckId>,
}

impl Check {
    pub(crate) fn new(finding: Finding, requirement: Requirement) -> Self {
        let mut finding = finding.into_body();
        for detail in finding.details.values_mut() {
            shorten(detail);
        }
        Check {
            id: finding.code.check(),
            code: finding.code,
            outcome: if requirement == Requirement::Skip { Outcome::Skipped } else { finding.code.outcome() },
            requirement,
            pointer: finding.pointer.map(shortened),
            details: finding.details,
            because: Vec::new(),
        }
    }
}

/// The longest text of a detail, in bytes.
const LONGEST_DETAIL: usize = 1_024;

/// Cuts texts that are as long as their document: there can be many of them.
fn shorten(detail: &mut Detail) {
    let cut = |text: &mut String| {
        if text.len() > LONGEST_DETAIL {
            let end = (0..=LONGEST_DETAIL).rev().find(|end| text.is_char_boundary(*end));
            text.truncate(end.unwrap_or(0));
            text.push('…');
            text.shrink_to_fit();
        }
    };
    match detail {
        Detail::Text(text) => cut(text),
        Detail::Texts(texts) => texts.iter_mut().for_each(cut),
        _ => {}
    }
}

/// The verdict on one document. It does not convert to `bool` or `Result`: there are three answers.
#[derive(Clone, Copy, Debug)]
pub enum Verdict<'r> {
    /// Every required check passed. This is the only way to accepted claims.
    Verified(&'r Secured),
    /// There is evidence against it.
    NotVerified,
    /// It could not be found out.
    Indeterminate,
}

impl Verdict<'_> {
    /// The name in reports.
    pub const fn name(&self) -> &'static str {
        match self {
            Verdict::Verified(_) => "verified",
            Verdict::NotVerified => "notVerified",
            Verdict::Indeterminate => "indeterminate",
        }
    }
}

/// The role of a proof in the verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProofRole {
    /// It is the issuer's (or presenter's) and counts.
    Issuer,
    /// Somebody else made it.
    Cosignature,
    /// It does not count, because its suite is not supported or not accepted.
    Ignored,
}

/// One proof of the document.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ProofReport {
    /// Where it stands.
    pub pointer: String,
    /// The suite as written (`eddsa-rdfc-2022`, `Ed25519Signature2020`); `hosted` where there is no signature, and the record
    /// counts because it stands at its address.
    pub suite: Option<String>,
    /// The verification method as written, or that address.
    pub verification_method: Option<String>,
    /// The controller of the method, where it was found.
    pub controller: Option<String>,
    /// When it says it was made, as written.
    pub created: Option<String>,
    /// The kind of key.
    pub key_type: Option<&'static str>,
    /// The worst of its checks.
    pub outcome: Outcome,
    /// Its role.
    pub role: ProofRole,
    /// Canonical forms and hashes, where the policy says `explain`.
    pub explanation: Option<Explanation>,
}

/// What the record is.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Format {
    /// `openBadges`, `verifiableCredential`, `verifiablePresentation` …
    pub family: &'static str,
    /// The version of the family's standard.
    pub version: &'static str,
    /// What it came in: `json`, `jws`, `jwsJson`, `sdJwt` or `cose`; in an image `png+json`, `svg+jws` …
    pub carrier: &'static str,
}

/// Whose record it is.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct IssuerReport {
    /// The identifier.
    pub id: String,
    /// What binds the key to it: the identifier itself (`didKey`, `didJwk`), its document
    /// (`controlledIdentifierDocument`), a key set that this document names or is (`jwks`), JWT VC Issuer Metadata
    /// (`jwtVcIssuer`), a certificate of an authority that the policy knows (`x509`), the policy (`issuerKeys`), its profile
    /// (`issuerProfile`) or its origin alone (`issuerOrigin`, Open Badges 1.1 and before); of a record that is not signed,
    /// that it stands where its issuer's profile answers for it (`hosted`); absent if nothing does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bound_by: Option<&'static str>,
    /// What the registries that the policy names say of it, in their order; empty until it is known to be the issuer.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub registries: Vec<RegistryReport>,
}

/// When the record is valid.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Validity {
    /// Since when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Timestamp>,
    /// Until when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
    /// The instant that counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub judged_at: Option<Timestamp>,
}

/// A resource that was used.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ResourceUse {
    /// What kind of thing.
    pub kind: ResourceKind,
    /// The identifier as written.
    pub id: String,
    /// The SHA-256 of its bytes, if it was obtained.
    pub sha256: Option<[u8; 32]>,
    /// When it was obtained, if the host said so.
    pub retrieved_at: Option<Timestamp>,
}

/// A report on a record inside the record.
#[derive(Debug)]
#[non_exhaustive]
pub struct Embedded {
    /// Where it stands.
    pub pointer: String,
    /// How it stands there.
    pub relation: Relation,
    /// The report on it. That on a status list is shared by all that it is about.
    pub report: Arc<Report>,
}

/// What was found out about a document.
#[derive(Debug)]
#[must_use]
pub struct Report {
    pub(crate) checks: Vec<Check>,
    pub(crate) requests: Vec<Request>,
    pub(crate) proofs: Vec<ProofReport>,
    pub(crate) contexts: Vec<ContextUse>,
    pub(crate) resources: Vec<ResourceUse>,
    pub(crate) embedded: Vec<Embedded>,
    pub(crate) format: Option<Format>,
    pub(crate) issuer: Option<IssuerReport>,
    pub(crate) validity: Validity,
    pub(crate) axes: Axes,
    pub(crate) verdict: Outcome,
    pub(crate) secured: Secured,
    pub(crate) occasion: Arc<Occasion>,
    pub(crate) policy_digest: [u8; 32],
    pub(crate) input_digest: [u8; 32],
}

impl Report {
    /// The verdict: the fold of the required checks.
    pub fn verdict(&self) -> Verdict<'_> {
        match self.verdict {
            Outcome::Passed => Verdict::Verified(&self.secured),
            Outcome::Failed => Verdict::NotVerified,
            _ => Verdict::Indeterminate,
        }
    }

    /// The answer to each of the four questions, whatever the policy requires.
    pub fn axes(&self) -> Axes {
        self.axes
    }

    /// Every check, in the order of [`CheckId`].
    pub fn checks(&self) -> &[Check] {
        &self.checks
    }

    /// What the verifier needs to know to say more; empty when asking again changes nothing. Those of embedded
    /// reports are among them. Those of stage 1 come before those of stage 2, and what only endorsements need comes after
    /// both: a host that fetches no more than so much fetches first what decides about the record.
    pub fn requests(&self) -> &[Request] {
        &self.requests
    }

    /// Every proof.
    pub fn proofs(&self) -> &[ProofReport] {
        &self.proofs
    }

    /// The contexts that were used.
    pub fn contexts(&self) -> &[ContextUse] {
        &self.contexts
    }

    /// The resources that were used.
    pub fn resources_used(&self) -> &[ResourceUse] {
        &self.resources
    }

    /// Reports on the records inside.
    pub fn embedded(&self) -> &[Embedded] {
        &self.embedded
    }

    /// What it is, if that was recognised.
    pub fn format(&self) -> Option<&Format> {
        self.format.as_ref()
    }

    /// The issuer that the document names, if it is a credential.
    pub fn issuer(&self) -> Option<&IssuerReport> {
        self.issuer.as_ref()
    }

    /// The validity period.
    pub fn validity(&self) -> &Validity {
        &self.validity
    }

    /// The instant of the occasion.
    pub fn evaluated_at(&self) -> Timestamp {
        self.occasion.now
    }

    /// The record, if it is authentic: for showing one that has expired, or whose issuer is not accepted. It comes
    /// with its verdict.
    pub fn authentic_record(&self) -> Option<AuthenticRecord<'_>> {
        if self.axes.authentic != Outcome::Passed {
            return None;
        }
        let record = self.secured.record()?;
        Some(AuthenticRecord { record, verdict: self.verdict(), axes: self.axes })
    }

    /// The report as JSON: the same bytes in Rust, C and WASM.
    pub fn to_json(&self) -> String {
        wire::to_json(self)
    }

    /// The report in the shape that users of another system parse, as JSON text. That it could not be found out is that
    /// system's failure there; the claims of the record are in it only if it is verified.
    pub fn to_compat(&self, view: CompatView) -> String {
        compat::to_compat(self, view)
    }

    /// The result map of VCDM 2.0 §7.1 with RFC 9457 problem details.
    pub fn to_w3c(&self) -> serde_json::Value {
        w3c::to_w3c(self)
    }
}
