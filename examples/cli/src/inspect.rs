//! `inspect`: what a file is and what would be hashed and signed. It judges nothing.

use std::fmt::Write;

use anstyle::Style;
use ler_verify::Report;
use ler_verify::jsonld::{ContextUse, Origin};
use ler_verify::report::{Explanation, ProofReport};
use serde_json::{Value, json};

use crate::escape::{bounded, shown};
use crate::output::{family, kind_in_words};
use crate::page::{BOLD, DIM, Page};
use crate::rounds::Missed;

/// The members of a report that say what a document is, not what it is worth.
const DESCRIBING: [&str; 5] = ["format", "issuer", "validity", "proofs", "contexts"];

/// As JSON: what the report's JSON says about the document, without any verdict.
pub(crate) fn to_json(report: &Report) -> String {
    let whole: Value = serde_json::from_str(&report.to_json()).unwrap_or_default();
    let mut described = describing(&whole);
    described["inputDigest"] = whole["inputDigest"].clone();
    described.to_string()
}

/// The depth of records inside each other is limited by the library.
fn describing(report: &Value) -> Value {
    let mut out = json!({});
    for name in DESCRIBING {
        if let Some(value) = report.get(name) {
            out[name] = value.clone();
        }
    }
    if let Some(validity) = out["validity"].as_object_mut() {
        validity.remove("judgedAt");
    }
    for proof in out["proofs"].as_array_mut().into_iter().flatten() {
        if let Some(proof) = proof.as_object_mut() {
            proof.remove("outcome");
            proof.remove("role");
        }
    }
    let parts = report["embedded"].as_array().map(Vec::as_slice).unwrap_or_default();
    if !parts.is_empty() {
        let part = |part: &Value| {
            let mut described = describing(&part["report"]);
            described["pointer"] = part["pointer"].clone();
            described["relation"] = part["relation"].clone();
            described
        };
        out["embedded"] = parts.iter().map(part).collect();
    }
    out
}

/// For people.
pub(crate) fn write(page: &mut Page, name: &str, report: &Report, missed: &[Missed]) {
    page.line(&format!("{BOLD}{name}{BOLD:#}"));
    document(page, report, 2);
    if !missed.is_empty() {
        page.heading("What could not be obtained");
        for missed in missed {
            let text =
                format!("{} {}: {}", kind_in_words(missed.kind), shown(&missed.identifier), missed.reason);
            page.text(2, &text, DIM);
        }
    }
}

/// The depth of records inside each other is limited by the library.
fn document(page: &mut Page, report: &Report, indent: usize) {
    let mut field = |name: &str, text: &str| {
        let label = format!("{:indent$}{DIM}{name:<20}{DIM:#} ", "");
        page.entry(&label, indent + 21, text, Style::new(), None);
    };
    match report.format() {
        Some(format) => {
            field("format", &format!("{} {} ({})", family(format.family), format.version, format.carrier));
        }
        None => field("format", "nothing that this program knows"),
    }
    if let Some(issuer) = report.issuer() {
        field("issuer", &shown(&issuer.id));
    }
    if let Some(from) = report.validity().from {
        field("valid from", &from.to_string());
    }
    if let Some(until) = report.validity().until {
        field("valid until", &until.to_string());
    }
    for used in report.contexts() {
        context(page, used, indent);
    }
    for found in report.proofs() {
        proof(page, found, indent);
    }
    for part in report.embedded() {
        page.blank();
        page.line(&format!("{:indent$}{BOLD}inside, at {}{BOLD:#}", "", shown(&part.pointer)));
        document(page, &part.report, indent + 2);
    }
}

fn context(page: &mut Page, used: &ContextUse, indent: usize) {
    let label = format!("{:indent$}{DIM}{:<20}{DIM:#} ", "", "context");
    page.entry(&label, indent + 21, &shown(&used.url), Style::new(), None);
    let origin = match used.origin {
        Origin::Embedded => "known to this program",
        Origin::Pinned => "pinned by the policy",
        Origin::Supplied => "supplied",
        Origin::Inline => "in the document itself",
    };
    let date = used.date.map(|date| format!(", version of {date}")).unwrap_or_default();
    let unused = if used.used { "" } else { ", nothing was read through it" };
    page.text(indent + 21, &format!("{origin}{date}{unused}"), DIM);
    page.text(indent + 21, &format!("sha256 {}", hex(&used.sha256)), DIM);
}

fn proof(page: &mut Page, proof: &ProofReport, indent: usize) {
    page.blank();
    page.line(&format!("{:indent$}{BOLD}proof at {}{BOLD:#}", "", shown(&proof.pointer)));
    let mut field = |name: &str, text: Option<&str>| {
        if let Some(text) = text {
            let label = format!("{:indent$}{DIM}{name:<20}{DIM:#} ", "");
            page.entry(&label, indent + 21, &shown(text), Style::new(), None);
        }
    };
    field("suite", proof.suite.as_deref());
    field("verification method", proof.verification_method.as_deref());
    field("controller", proof.controller.as_deref());
    field("created", proof.created.as_deref());
    field("kind of key", proof.key_type);
    match &proof.explanation {
        Some(explanation) => explain(page, explanation, indent),
        None => field("canonical form", Some("could not be made: `verify --explain` says why")),
    }
}

fn explain(page: &mut Page, explanation: &Explanation, indent: usize) {
    form(page, "canonical document", &explanation.canonical_document, indent);
    form(page, "canonical proof options", &explanation.canonical_proof_options, indent);
    for (name, hash) in [
        ("document hash", &explanation.document_hash),
        ("proof options hash", &explanation.proof_options_hash),
        ("signed hash data", &explanation.hash_data),
    ] {
        let label = format!("{:indent$}{DIM}{name:<20}{DIM:#} ", "");
        page.entry(&label, indent + 21, hash, Style::new(), None);
    }
}

/// A canonical form, whole, a line for a line: it is what was asked for.
fn form(page: &mut Page, name: &str, form: &str, indent: usize) {
    let lines = match form.lines().count() {
        1 => String::new(),
        lines => format!(" ({lines} lines)"),
    };
    page.line(&format!("{:indent$}{DIM}{name}{lines}{DIM:#}", ""));
    for line in form.lines() {
        page.line(&format!("{:indent$}  {}", "", bounded(line, usize::MAX)));
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
