//! A report for people: the verdict and what it rests on first, then the four questions, then what was wrong.
//!
//! Of a record's claims only the title is shown, and that only of a verified one. It, identifiers, pointers and details
//! come from documents: they pass through `escape`.

use std::collections::BTreeMap;

use anstyle::Style;
use ler_verify::codes::{Detail, Details};
use ler_verify::report::{Embedded, Relation};
use ler_verify::{
    Axis, Check, CheckId, Code, Issuers, Outcome, Policy, Report, Requirement, ResourceKind, Verdict,
};

use crate::args::Demanded;
use crate::escape::{bounded, shown};
use crate::page::{BOLD, DIM, GREEN, Page, RED, YELLOW};
use crate::rounds::Missed;

/// Titles that are shown of a record.
const TITLES: usize = 3;
/// Places that are shown of a matter that does not count.
const PLACES: usize = 3;
/// Problems and records inside that are shown without `--explain`.
const MANY: usize = 20;

/// The verdict in words, and what it rests on.
pub(crate) struct Headline {
    pub(crate) word: &'static str,
    pub(crate) style: Style,
    pub(crate) because: String,
    /// The same, for a line of a table.
    pub(crate) brief: String,
}

/// What the first line of a report says.
pub(crate) fn headline(report: &Report, policy: &Policy, demanded: Demanded) -> Headline {
    match report.verdict() {
        Verdict::Verified(_) => {
            let whose = match report.issuer() {
                Some(issuer) => format!("issued by {}", shown(&issuer.id)),
                None => "every record in it verified".to_owned(),
            };
            let (because, brief) = match (&policy.accepted_issuers, demanded) {
                (_, Demanded::Nobody) => (
                    format!("{whose}; you named no issuer: anyone could have made this"),
                    format!("by anyone: no issuer was named; {whose}"),
                ),
                (Issuers::Anyone, _) => (
                    format!("{whose}; you accept anyone: anyone could have made this"),
                    format!("by anyone; {whose}"),
                ),
                (Issuers::Registered(_), _) => {
                    (format!("{whose}; a registry that you named lists the issuer"), whose)
                }
                _ => (format!("{whose}; you accept this issuer"), whose),
            };
            let style = if demanded == Demanded::Said { GREEN.bold() } else { YELLOW.bold() };
            Headline { word: "VERIFIED", style, because, brief }
        }
        Verdict::NotVerified => {
            let because = first_reason(report, Outcome::Failed);
            Headline { word: "NOT VERIFIED", style: RED.bold(), brief: because.clone(), because }
        }
        Verdict::Indeterminate => {
            let because = first_reason(report, Outcome::Indeterminate);
            Headline { word: "INDETERMINATE", style: YELLOW.bold(), brief: because.clone(), because }
        }
    }
}

/// The first required check with this outcome that is a cause and not a consequence.
fn first_reason(report: &Report, outcome: Outcome) -> String {
    let required = |check: &&Check| check.requirement == Requirement::Require && check.outcome == outcome;
    let causes = || report.checks().iter().filter(required).filter(|check| !is_blocked(check));
    let cause = causes().find(|check| !is_sum(check)).or_else(|| causes().next());
    match cause {
        Some(check) if check.id == CheckId::EmbeddedVerdict => {
            let reason = report.embedded().iter().filter(|part| counts(part)).find_map(|part| {
                let wanted = matches!(
                    (part.report.verdict(), outcome),
                    (Verdict::NotVerified, Outcome::Failed)
                        | (Verdict::Indeterminate, Outcome::Indeterminate)
                );
                wanted.then(|| first_reason(&part.report, outcome))
            });
            format!("{} {}", check.code.title(), reason.unwrap_or_default()).trim_end().to_owned()
        }
        Some(check) => check.code.title().to_owned(),
        None => "Nothing could be checked.".to_owned(),
    }
}

fn counts(part: &Embedded) -> bool {
    !matches!(part.relation, Relation::Endorsement | Relation::StatusList | Relation::NewerVersion)
}

/// Checks that only sum up others: what they mean stands better in those.
fn is_sum(check: &Check) -> bool {
    matches!(check.id, CheckId::EmbeddedVerdict | CheckId::SecuringProofs)
}

fn is_blocked(check: &Check) -> bool {
    check.code == Code::SignatureBlocked || !check.because.is_empty()
}

/// What is known about a report besides what is in it.
pub(crate) struct Shown<'a> {
    pub(crate) name: &'a str,
    pub(crate) report: &'a Report,
    pub(crate) policy: &'a Policy,
    pub(crate) demanded: Demanded,
    pub(crate) missed: &'a [Missed],
    pub(crate) explain: bool,
}

/// Writes a whole report.
pub(crate) fn report(page: &mut Page, shown: &Shown<'_>) {
    let headline = headline(shown.report, shown.policy, shown.demanded);
    let Headline { word, style, because, .. } = &headline;
    let label = format!("{style}{word}{style:#}  {BOLD}{}{BOLD:#}", shown.name);
    let width = word.chars().count() + 2 + shown.name.chars().count();
    page.entry(&format!("{label} "), width + 1, &format!("— {because}"), Style::new(), Some(2));
    what_it_is(page, shown.report);
    title(page, shown.report);
    axes(page, shown.report);
    if shown.explain {
        page.heading("Checks");
        every_check(page, shown.report);
    } else {
        problems(page, shown.report);
    }
    inside(page, shown.report, shown.explain, 2);
    missed(page, shown.missed);
    let warned = shown.report.checks().iter().any(|check| check.code == Code::DangerSkipped);
    if warned {
        page.blank();
        page.text(2, "The policy switched off checks that protect against forgery (danger.skip).", RED);
    }
}

fn what_it_is(page: &mut Page, report: &Report) {
    let Some(format) = report.format() else { return };
    let mut parts = vec![format!("{} {} ({})", family(format.family), format.version, format.carrier)];
    for proof in report.proofs() {
        parts.extend(proof.suite.as_deref().map(shown));
    }
    page.text(2, &parts.join(" · "), DIM);
}

/// What the record is called, in every language that it says it in; only of a verified one. Nothing else of a
/// record is shown.
fn title(page: &mut Page, report: &Report) {
    let Verdict::Verified(secured) = report.verdict() else { return };
    for text in secured.record().iter().flat_map(|record| &record.title).take(TITLES) {
        let language =
            text.language.as_deref().map(|tag| format!(" ({})", bounded(tag, 20))).unwrap_or_default();
        page.text(2, &format!("“{}”{language}", bounded(&text.value, 100)), Style::new());
    }
}

/// The name of a family of formats as its standard writes it.
pub(crate) fn family(family: &'static str) -> &'static str {
    match family {
        "openBadges" => "Open Badges",
        "clr" => "Comprehensive Learner Record",
        "endorsement" => "Endorsement",
        "lerRs" => "HR Open LER-RS",
        "xapi" => "xAPI statement",
        "elm" => "European Digital Credential, ELM",
        "sdJwtVc" => "SD-JWT VC",
        "tokenStatusList" => "Status List Token",
        "verifiableCredential" => "Verifiable Credential",
        "verifiablePresentation" => "Verifiable Presentation",
        other => other,
    }
}

fn axes(page: &mut Page, report: &Report) {
    page.blank();
    let axes = report.axes();
    for (axis, outcome) in [
        (Axis::Authentic, axes.authentic),
        (Axis::Current, axes.current),
        (Axis::Addressed, axes.addressed),
        (Axis::Trusted, axes.trusted),
    ] {
        let (mark, style) = mark(outcome);
        let word = match outcome {
            Outcome::Skipped | Outcome::NotApplicable => "not asked",
            outcome => outcome.name(),
        };
        let label = format!(
            "  {style}{mark}{style:#} {BOLD}{:<9}{BOLD:#}  {style}{word:<13}{style:#}  ",
            axis.name()
        );
        page.entry(&label, 30, &axis_reason(report, axis, outcome), Style::new(), None);
    }
}

/// Marks differ in shape as well as in colour.
fn mark(outcome: Outcome) -> (char, Style) {
    match outcome {
        Outcome::Passed => ('✓', GREEN),
        Outcome::Failed => ('✗', RED),
        Outcome::Indeterminate => ('?', YELLOW),
        Outcome::Skipped | Outcome::NotApplicable => ('-', DIM),
    }
}

/// Why an axis is what it is, in a sentence or two.
fn axis_reason(report: &Report, axis: Axis, outcome: Outcome) -> String {
    let mut checks = Vec::new();
    gather(report, axis, outcome, &mut checks);
    match (axis, outcome) {
        (Axis::Authentic, Outcome::Passed) => {
            titles(&checks, &[CheckId::ProofSignature, CheckId::IssuerBound])
        }
        (Axis::Current, Outcome::Passed) => period(report, &checks),
        (Axis::Addressed, Outcome::Passed) => titles(
            &checks,
            &[CheckId::Recipient, CheckId::Holder, CheckId::ProofChallenge, CheckId::ProofDomain],
        ),
        (Axis::Trusted, Outcome::Passed) => titles(&checks, &[CheckId::IssuerAccepted]),
        (Axis::Addressed, Outcome::NotApplicable) => {
            "No recipient, holder, challenge or domain was expected.".to_owned()
        }
        (_, Outcome::NotApplicable) if checks.is_empty() => "It did not come to that.".to_owned(),
        _ => {
            let mut causes: Vec<&str> = Vec::new();
            checks.retain(|check| !is_blocked(check));
            if checks.iter().any(|check| !is_sum(check)) {
                checks.retain(|check| !is_sum(check));
            }
            for check in checks {
                let title = match check.outcome {
                    Outcome::Skipped if check.code != Code::IssuerAnyone => {
                        "The policy switched a check off."
                    }
                    _ => check.code.title(),
                };
                if !causes.contains(&title) {
                    causes.push(title);
                }
            }
            match causes.as_slice() {
                [] => "It could not be checked, because something else is in the way.".to_owned(),
                [only] => (*only).to_owned(),
                [first, others @ ..] if matches!(outcome, Outcome::Failed | Outcome::Indeterminate) => {
                    format!("{first} And {} more, below.", others.len())
                }
                [first, ..] => (*first).to_owned(),
            }
        }
    }
}

/// The checks of an axis with an outcome, those of records inside included.
fn gather<'r>(report: &'r Report, axis: Axis, outcome: Outcome, into: &mut Vec<&'r Check>) {
    into.extend(
        report.checks().iter().filter(|check| check.id.axis() == Some(axis) && check.outcome == outcome),
    );
    for part in report.embedded().iter().filter(|part| counts(part)) {
        gather(&part.report, axis, outcome, into);
    }
}

fn titles(checks: &[&Check], ids: &[CheckId]) -> String {
    let mut titles: Vec<&str> = Vec::new();
    for check in ids.iter().flat_map(|id| checks.iter().filter(move |check| check.id == *id)) {
        if !titles.contains(&check.code.title()) {
            titles.push(check.code.title());
        }
    }
    if titles.is_empty() { "Nothing spoke against it.".to_owned() } else { titles.join(" ") }
}

fn period(report: &Report, checks: &[&Check]) -> String {
    let validity = report.validity();
    let mut text = match (validity.from, validity.until) {
        (Some(from), Some(until)) => format!("Valid from {from} until {until}."),
        (Some(from), None) => format!("Valid since {from}, without end."),
        (None, Some(until)) => format!("Valid until {until}."),
        (None, None) => String::new(),
    };
    for check in checks.iter().filter(|check| check.id == CheckId::StatusEntry) {
        if !text.contains(check.code.title()) {
            text = format!("{text} {}", check.code.title());
        }
    }
    if text.is_empty() { titles(checks, &[CheckId::ValidityFrom, CheckId::ValidityUntil]) } else { text }
}

/// What failed or could not be found out: first what counts.
fn problems(page: &mut Page, report: &Report) {
    let bad = |check: &&Check| matches!(check.outcome, Outcome::Failed | Outcome::Indeterminate);
    let required = |check: &&Check| check.requirement == Requirement::Require;
    let all = || report.checks().iter().filter(bad);
    let mut counting: Vec<&Check> = all().filter(required).filter(|check| !is_blocked(check)).collect();
    counting.sort_by_key(|check| (std::cmp::Reverse(check.outcome), is_sum(check)));
    let blocked: Vec<&str> =
        all().filter(required).filter(|check| is_blocked(check)).map(|check| check.id.name()).collect();
    let reported: Vec<&Check> = all().filter(|check| !required(check)).collect();
    if !counting.is_empty() {
        page.heading("What is in the way");
        list(page, &counting);
    }
    if !blocked.is_empty() {
        page.blank();
        page.text(2, &format!("Not checked because of this: {}", blocked.join(", ")), DIM);
    }
    if !reported.is_empty() {
        page.heading("Also noticed (does not count)");
        noticed(page, &reported);
    }
}

fn list(page: &mut Page, checks: &[&Check]) {
    for check in checks.iter().take(MANY) {
        one(page, check, false);
    }
    if let Some(more) = checks.len().checked_sub(MANY).filter(|more| *more > 0) {
        page.text(4, &format!("… and {more} more: --explain shows all"), DIM);
    }
}

/// Where a check points: a member, or the claim or header of a token, which are outside of the record.
fn place_of(check: &Check) -> Option<String> {
    let pointer = check.pointer.as_deref()?;
    let outside = ["claim", "header"].into_iter().find_map(|kind| match check.details.get(kind) {
        Some(Detail::Text(name)) if pointer.is_empty() => Some(format!("{kind} {}", shown(name))),
        _ => None,
    });
    Some(outside.unwrap_or_else(|| place(pointer)))
}

/// Each code once, with the places where it was found.
fn noticed(page: &mut Page, checks: &[&Check]) {
    let mut places: BTreeMap<Code, Vec<String>> = BTreeMap::new();
    for check in checks {
        let places = places.entry(check.code).or_default();
        places.extend(place_of(check).filter(|place| !places.contains(place)));
    }
    for (code, places) in places {
        let mark = if code.outcome() == Outcome::Failed { '!' } else { '?' };
        let mut text = places.iter().take(PLACES).map(String::as_str).collect::<Vec<_>>().join(", ");
        if let Some(more) = places.len().checked_sub(PLACES).filter(|more| *more > 0) {
            text = format!("{text} … and {more} more");
        }
        let label = format!("  {YELLOW}{mark}{YELLOW:#} {BOLD}{code}{BOLD:#}  ");
        page.entry(&label, 6 + code.name().chars().count(), &text, DIM, Some(6));
        page.text(4, code.title(), Style::new());
    }
}

/// A pointer as it can be shown.
fn place(pointer: &str) -> String {
    if pointer.is_empty() { "the whole document".to_owned() } else { shown(pointer) }
}

fn every_check(page: &mut Page, report: &Report) {
    for check in report.checks() {
        one(page, check, true);
    }
}

/// A check: mark, code, place; then what is the case.
fn one(page: &mut Page, check: &Check, explain: bool) {
    let (mark, style) = mark(check.outcome);
    let code = check.code.name();
    let mut places = Vec::from_iter(place_of(check));
    if explain && check.requirement != Requirement::Require {
        places.push(format!(
            "({})",
            if check.requirement == Requirement::Skip { "switched off" } else { "reported" }
        ));
    }
    let label = format!("  {style}{mark}{style:#} {BOLD}{code}{BOLD:#}  ");
    page.entry(&label, 6 + code.chars().count(), &places.join(" "), DIM, Some(6));
    if explain {
        page.text(4, &format!("{} {}", check.id.title(), answer(check)), Style::new());
    } else {
        page.text(4, check.code.title(), Style::new());
    }
    if !check.details.is_empty() {
        page.text(4, &details(&check.details), DIM);
    }
    if explain {
        if !check.because.is_empty() {
            let because: Vec<&str> = check.because.iter().map(|id| id.name()).collect();
            page.text(4, &format!("in the way: {}", because.join(", ")), DIM);
        }
        page.text(4, check.code.spec(), DIM);
    }
}

fn answer(check: &Check) -> &'static str {
    match check.outcome {
        Outcome::Skipped if check.code != Code::IssuerAnyone => "The policy switched this check off.",
        _ => check.code.title(),
    }
}

/// Details, as `name: value`.
fn details(details: &Details) -> String {
    let value = |detail: &Detail| match detail {
        Detail::Text(text) => shown(text),
        Detail::Number(number) => number.to_string(),
        Detail::Texts(texts) => {
            // An empty pointer is a place too: the whole document.
            let quoted = |text: &String| if text.is_empty() { "\"\"".to_owned() } else { bounded(text, 80) };
            let mut shown: Vec<String> = texts.iter().take(MANY).map(quoted).collect();
            if texts.len() > MANY {
                shown.push("…".to_owned());
            }
            shown.join(", ")
        }
    };
    let each: Vec<String> =
        details.iter().map(|(name, detail)| format!("{name}: {}", value(detail))).collect();
    each.join("; ")
}

/// The records inside, each with its own verdict. Their depth is limited by the library.
fn inside(page: &mut Page, report: &Report, explain: bool, indent: usize) {
    if report.embedded().is_empty() {
        return;
    }
    if indent == 2 {
        page.heading("Records inside");
    }
    let most = if explain { usize::MAX } else { MANY };
    for part in report.embedded().iter().take(most) {
        let (word, style, because) = match part.report.verdict() {
            Verdict::Verified(_) => ("verified", GREEN, String::new()),
            Verdict::NotVerified => ("not verified", RED, first_reason(&part.report, Outcome::Failed)),
            Verdict::Indeterminate => {
                ("indeterminate", YELLOW, first_reason(&part.report, Outcome::Indeterminate))
            }
        };
        let relation = part.relation.name();
        let label = format!("{:indent$}{style}{word:<13}{style:#} ", "");
        let issuer =
            part.report.issuer().map(|issuer| format!("by {}", shown(&issuer.id))).unwrap_or_default();
        let text = format!("{} ({relation}) {issuer}", shown(&part.pointer));
        page.entry(&label, indent + 14, &text, Style::new(), None);
        if !because.is_empty() {
            page.text(indent + 14, &because, DIM);
        }
        if explain {
            every_check(page, &part.report);
        }
        inside(page, &part.report, explain, indent + 2);
    }
    if let Some(more) = report.embedded().len().checked_sub(MANY).filter(|more| !explain && *more > 0) {
        page.text(indent, &format!("… and {more} more: --explain shows all"), DIM);
    }
}

/// What kind of thing a resource is, in words.
pub(crate) fn kind_in_words(kind: ResourceKind) -> &'static str {
    match kind {
        ResourceKind::Context => "the JSON-LD context",
        ResourceKind::ControlledIdentifierDocument => "the document of",
        ResourceKind::IssuerRegistry => "the registry",
        ResourceKind::CredentialSchema => "the schema",
        ResourceKind::StatusList => "the status list",
        ResourceKind::LinkedResource => "the resource",
        ResourceKind::NewerVersion => "the newest version at",
        ResourceKind::HostedDocument => "what the issuer has at",
        ResourceKind::Attachment => "the attachment with the digest",
        ResourceKind::TypeMetadata => "the description of the type",
        other => other.name(),
    }
}

/// What was needed and could not be had, and how to help.
fn missed(page: &mut Page, missed: &[Missed]) {
    if missed.is_empty() {
        return;
    }
    page.heading("What could not be obtained");
    for Missed { kind, identifier, reason } in missed.iter().take(MANY) {
        let label = format!("  {YELLOW}?{YELLOW:#} ");
        page.entry(&label, 4, &format!("{} {}", kind_in_words(*kind), shown(identifier)), Style::new(), None);
        if !reason.is_empty() {
            page.text(6, reason, DIM);
        }
    }
    page.text(4, "Supply one yourself with --resources ID=FILE.", DIM);
}
