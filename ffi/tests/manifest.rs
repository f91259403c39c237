//! Every entry of `test-vectors/manifest.json` through a C program: the report, the record, the views and everything that
//! the accessors give have to be the same bytes as in Rust.
#![cfg(target_os = "linux")]
#![allow(clippy::print_stdout)]

#[path = "support/compile.rs"]
mod compile;
#[path = "../../core/tests/support/manifest.rs"]
mod manifest;
#[path = "../../core/tests/support/vectors.rs"]
mod vectors;

use std::fmt::Write;
use std::process::Command;
use std::time::Instant;

use verifier::{
    CompatView, Occasion, Outcome, Policy, Report, Requirement, ResourceKind, Resources, Verdict, Verifier,
};

/// What `manifest.c` says of one entry.
const TEXTS: [&str; 9] = [
    "report",
    "record",
    "document",
    "authentic record",
    "verifier-core",
    "didkit",
    "velocity",
    "w3c",
    "accessors",
];

fn put(to: &mut Vec<u8>, text: &[u8]) {
    to.extend(u32::try_from(text.len()).unwrap().to_le_bytes());
    to.extend(text);
}

fn take<'t>(from: &mut &'t [u8]) -> &'t [u8] {
    let (head, rest) = from.split_at(4);
    let (text, rest) = rest.split_at(u32::from_le_bytes(head.try_into().unwrap()) as usize);
    *from = rest;
    text
}

fn input<'e>(entries: impl IntoIterator<Item = &'e manifest::Entry>) -> Vec<u8> {
    let mut input = Vec::new();
    for entry in entries {
        for text in
            [entry.policy.as_bytes(), &entry.document, entry.occasion.as_bytes(), entry.resources.as_bytes()]
        {
            put(&mut input, text);
        }
    }
    input
}

fn in_rust(entry: &manifest::Entry) -> Report {
    let policy = Policy::from_json(entry.policy.as_bytes()).unwrap();
    let occasion = Occasion::from_json(entry.occasion.as_bytes()).unwrap();
    let resources = Resources::from_json(entry.resources.as_bytes()).unwrap();
    Verifier::new(policy).unwrap().verify(&entry.document, &resources, &occasion)
}

/// The same texts from Rust.
fn texts(report: &Report) -> [String; 9] {
    let null = || "null".to_owned();
    let (record, document) = match report.verdict() {
        Verdict::Verified(secured) => {
            (secured.record().map(|record| record.to_json()), secured.document().to_owned())
        }
        Verdict::NotVerified | Verdict::Indeterminate => (None, null()),
    };
    let authentic = report
        .authentic_record()
        .map(|it| format!("{{\"verdict\":\"{}\",\"record\":{}}}", it.verdict.name(), it.record.to_json()));
    let mut said = String::new();
    walk(report, &mut said);
    [
        report.to_json(),
        record.unwrap_or_else(null),
        document,
        authentic.unwrap_or_else(null),
        report.to_compat(CompatView::VerifierCore),
        report.to_compat(CompatView::DidKit),
        report.to_compat(CompatView::Velocity),
        report.to_compat(CompatView::W3c),
        said,
    ]
}

fn outcome(outcome: Outcome) -> u32 {
    match outcome {
        Outcome::Passed => 1,
        Outcome::Failed => 2,
        Outcome::Indeterminate => 3,
        Outcome::NotApplicable => 4,
        Outcome::Skipped => 5,
    }
}

fn kind(kind: ResourceKind) -> usize {
    let kinds = [
        ResourceKind::Context,
        ResourceKind::ControlledIdentifierDocument,
        ResourceKind::IssuerRegistry,
        ResourceKind::CredentialSchema,
        ResourceKind::StatusList,
        ResourceKind::LinkedResource,
        ResourceKind::NewerVersion,
        ResourceKind::HostedDocument,
        ResourceKind::Attachment,
        ResourceKind::TypeMetadata,
    ];
    kinds.iter().position(|known| *known == kind).unwrap() + 1
}

fn line(to: &mut String, text: &str) {
    writeln!(to, "={}", text.replace('\0', "\u{fffd}")).unwrap();
}

/// `walk` of `manifest.c`, from the Rust library.
fn walk(report: &Report, to: &mut String) {
    let verdict = match report.verdict() {
        Verdict::Verified(_) => 1,
        Verdict::NotVerified => 2,
        Verdict::Indeterminate => 3,
    };
    let axes = report.axes();
    write!(to, "{verdict} ").unwrap();
    for axis in [axes.authentic, axes.current, axes.addressed, axes.trusted] {
        write!(to, "{} ", outcome(axis)).unwrap();
    }
    write!(to, "{} ", report.checks().len()).unwrap();
    for check in report.checks() {
        let requirement = match check.requirement {
            Requirement::Require => 1,
            Requirement::Report => 2,
            Requirement::Skip => 3,
        };
        write!(to, "{} {requirement} ", outcome(check.outcome)).unwrap();
        for text in [check.id.name(), check.code.name(), check.id.title(), check.code.title()] {
            line(to, text);
        }
        match &check.pointer {
            Some(pointer) => line(to, pointer),
            None => to.push_str("-\n"),
        }
        line(to, check.code.spec());
        line(to, &serde_json::to_string(&check.details).unwrap());
    }
    write!(to, "{} ", report.requests().len()).unwrap();
    for request in report.requests() {
        let unverified = u8::from(request.from_unverified);
        write!(to, "{} {} {} {unverified} ", kind(request.kind), request.max_bytes, request.stage).unwrap();
        for text in [&request.identifier, &request.accept.join(", "), request.why.name()] {
            line(to, text);
        }
        write!(to, "{} ", request.locations.len()).unwrap();
        request.locations.iter().for_each(|location| line(to, location));
    }
    write!(to, "{} ", report.embedded().len()).unwrap();
    for part in report.embedded() {
        let relations = ["presented", "nested", "endorsement", "statusList", "newerVersion"];
        let relation = relations.iter().position(|known| *known == part.relation.name()).unwrap() + 1;
        write!(to, "{relation} ").unwrap();
        line(to, &part.pointer);
        walk(&part.report, to);
    }
}

#[test]
fn c_gets_the_same_as_rust() {
    let program = compile::compile("manifest.c", "manifest", &[]);
    let (entries, _) = manifest::read();
    assert!(!entries.is_empty());
    let begun = Instant::now();
    // Two at a time: C runs one half while Rust is asked about the other.
    let child = std::thread::spawn({
        let input = input(&entries);
        move || compile::converse(&mut Command::new(program), input)
    });
    let expected: Vec<[String; 9]> = entries.iter().map(|entry| texts(&in_rust(entry))).collect();
    let output = child.join().unwrap();
    let mut output = output.as_slice();
    for (entry, expected) in entries.iter().zip(&expected) {
        for (name, expected) in TEXTS.iter().zip(expected) {
            let said = take(&mut output);
            if said != expected.as_bytes() {
                let said = String::from_utf8_lossy(said);
                assert_eq!(said, *expected, "{}: {name}", entry.id);
            }
        }
    }
    assert!(output.is_empty());
    println!("manifest in C: {} entries in {} ms", entries.len(), begun.elapsed().as_millis());
}

/// One entry of each verdict and each kind of document that the project made: what all of them do with memory.
fn some(entries: &[manifest::Entry]) -> Vec<&manifest::Entry> {
    let mut seen = std::collections::BTreeSet::new();
    let key = |entry: &manifest::Entry| {
        let family = in_rust(entry).format().map(|format| (format.family, format.carrier));
        (family, entry.expect["verdict"].to_string())
    };
    entries.iter().filter(|entry| entry.document.len() < 64 * 1024 && seen.insert(key(entry))).collect()
}

#[test]
fn nothing_leaks_and_nothing_is_read_after_it_was_freed() {
    let (entries, _) = manifest::read();
    let some = some(&entries);
    let sanitizers = ["-fsanitize=address,undefined", "-fno-sanitize-recover=all", "-fno-omit-frame-pointer"];
    let program = compile::compile("manifest.c", "manifest-sanitized", &sanitizers);
    compile::converse(&mut Command::new(program), input(some.iter().copied()));

    let program = compile::compile("manifest.c", "manifest-valgrind", &[]);
    let test = "nothing_leaks_and_nothing_is_read_after_it_was_freed";
    let Some(mut valgrind) = compile::valgrind(test, &program) else { return };
    let begun = Instant::now();
    compile::converse(&mut valgrind, input(some.iter().copied().take(6)));
    println!("memory: {} entries sanitized, 6 in Valgrind: {} ms", some.len(), begun.elapsed().as_millis());
}
