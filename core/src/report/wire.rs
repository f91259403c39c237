//! The one wire shape of the report: member order is fixed, so the same report is the same bytes everywhere.

use serde::Serialize;
use sha2::{Digest, Sha256};

use super::{Embedded, ProofRole, Report};
use crate::codes::{Details, Outcome};
use crate::encoding::hex;
use crate::json::printable;
use crate::resources::Request;

pub(super) fn to_json(report: &Report) -> String {
    // A report on one badge has six kilobytes.
    let mut json = Vec::with_capacity(8 * 1024);
    match serde_json::to_writer(&mut json, &wire(report)) {
        Ok(()) => printable(String::from_utf8(json).unwrap_or_default()),
        Err(_) => String::new(),
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Wire<'r> {
    format_version: u32,
    verifier: Verifier,
    verdict: &'static str,
    axes: Axes,
    #[serde(skip_serializing_if = "Option::is_none")]
    format: Option<&'r super::Format>,
    #[serde(skip_serializing_if = "Option::is_none")]
    issuer: Option<&'r super::IssuerReport>,
    validity: &'r super::Validity,
    checks: Vec<Check<'r>>,
    requests: &'r [Request],
    proofs: Vec<Proof<'r>>,
    contexts: Vec<Context<'r>>,
    resources_used: Vec<Resource<'r>>,
    embedded: Vec<Part<'r>>,
    evaluated_at: crate::time::Timestamp,
    policy_digest: String,
    occasion_digest: String,
    input_digest: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Verifier {
    version: &'static str,
    tables_digest: String,
}

#[derive(Serialize)]
struct Axes {
    authentic: &'static str,
    current: &'static str,
    addressed: &'static str,
    trusted: &'static str,
}

#[derive(Serialize)]
struct Check<'r> {
    id: &'static str,
    code: &'static str,
    outcome: &'static str,
    requirement: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pointer: Option<&'r str>,
    #[serde(skip_serializing_if = "Details::is_empty")]
    details: &'r Details,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    because: Vec<&'static str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Proof<'r> {
    pointer: &'r str,
    #[serde(skip_serializing_if = "Option::is_none")]
    suite: Option<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    verification_method: Option<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    controller: Option<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    created: Option<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    key_type: Option<&'static str>,
    outcome: &'static str,
    role: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    explanation: Option<&'r super::Explanation>,
}

#[derive(Serialize)]
struct Context<'r> {
    url: &'r str,
    sha256: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<&'static str>,
    origin: crate::jsonld::Origin,
    used: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Resource<'r> {
    kind: &'static str,
    id: &'r str,
    #[serde(skip_serializing_if = "Option::is_none")]
    sha256: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    retrieved_at: Option<crate::time::Timestamp>,
}

#[derive(Serialize)]
struct Part<'r> {
    pointer: &'r str,
    relation: &'static str,
    report: Wire<'r>,
}

/// The depth of embedded reports is limited (`limits.embeddedDepth`), so this recursion is.
fn wire(report: &Report) -> Wire<'_> {
    Wire {
        format_version: 1,
        verifier: Verifier {
            version: env!("CARGO_PKG_VERSION"),
            tables_digest: hex(&crate::jsonld::tables_digest()),
        },
        verdict: report.verdict().name(),
        axes: Axes {
            authentic: report.axes.authentic.name(),
            current: report.axes.current.name(),
            addressed: report.axes.addressed.name(),
            trusted: report.axes.trusted.name(),
        },
        format: report.format.as_ref(),
        issuer: report.issuer.as_ref(),
        validity: &report.validity,
        checks: report
            .checks
            .iter()
            .filter(|check| check.outcome != Outcome::NotApplicable)
            .map(check)
            .collect(),
        requests: &report.requests,
        proofs: report.proofs.iter().map(proof).collect(),
        contexts: report.contexts.iter().map(context).collect(),
        resources_used: report.resources.iter().map(resource).collect(),
        embedded: report.embedded.iter().map(part).collect(),
        evaluated_at: report.occasion.now,
        policy_digest: hex(&report.policy_digest),
        occasion_digest: hex(&Sha256::digest(report.occasion.to_json())),
        input_digest: hex(&report.input_digest),
    }
}

fn check(check: &super::Check) -> Check<'_> {
    Check {
        id: check.id.name(),
        code: check.code.name(),
        outcome: check.outcome.name(),
        requirement: check.requirement.name(),
        pointer: check.pointer.as_deref(),
        details: &check.details,
        because: check.because.iter().map(|id| id.name()).collect(),
    }
}

fn proof(proof: &super::ProofReport) -> Proof<'_> {
    Proof {
        pointer: &proof.pointer,
        suite: proof.suite.as_deref(),
        verification_method: proof.verification_method.as_deref(),
        controller: proof.controller.as_deref(),
        created: proof.created.as_deref(),
        key_type: proof.key_type,
        outcome: proof.outcome.name(),
        role: match proof.role {
            ProofRole::Issuer => "issuer",
            ProofRole::Cosignature => "cosignature",
            ProofRole::Ignored => "ignored",
        },
        explanation: proof.explanation.as_ref(),
    }
}

fn context(context: &crate::jsonld::ContextUse) -> Context<'_> {
    Context {
        url: &context.url,
        sha256: hex(&context.sha256),
        date: context.date,
        origin: context.origin,
        used: context.used,
    }
}

fn resource(resource: &super::ResourceUse) -> Resource<'_> {
    Resource {
        kind: resource.kind.name(),
        id: &resource.id,
        sha256: resource.sha256.map(|digest| hex(&digest)),
        retrieved_at: resource.retrieved_at,
    }
}

fn part(embedded: &Embedded) -> Part<'_> {
    Part { pointer: &embedded.pointer, relation: embedded.relation.name(), report: wire(&embedded.report) }
}
