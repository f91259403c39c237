//! The report: what was found out. Every check is in it, whatever failed before it.
//!
//! A ler_report is immutable: any number of threads may read one at once. Every text that it gives is a view that lives
//! as long as it. The report and its JSON hold no claim of the record and may be logged; the record and the views may not.

use std::ffi::c_char;
use std::sync::{Arc, OnceLock};

use verifier::{CompatView, Report, Verdict};

use crate::boundary::{Handle, Poison, Text, ask, take_back, view};
use crate::checks::CheckTexts;
use crate::names;
use crate::requests::RequestTexts;

/// What was found out about a document. Immutable: any number of threads may read one at once.
#[derive(Debug)]
pub struct ler_report {
    pub(crate) report: Arc<Report>,
    /// What C reads is made when it is first asked for.
    json: OnceLock<Text>,
    views: [OnceLock<Text>; CompatView::ALL.len()],
    pub(crate) record: OnceLock<Text>,
    pub(crate) authentic_record: OnceLock<Text>,
    pub(crate) document: OnceLock<Text>,
    pub(crate) checks: OnceLock<Vec<CheckTexts>>,
    pub(crate) requests: OnceLock<Vec<RequestTexts>>,
    pub(crate) embedded: OnceLock<Vec<(Text, ler_report)>>,
    pub(crate) poison: Poison,
}

impl ler_report {
    pub(crate) fn new(report: Arc<Report>) -> Self {
        ler_report {
            report,
            json: OnceLock::new(),
            views: [const { OnceLock::new() }; CompatView::ALL.len()],
            record: OnceLock::new(),
            authentic_record: OnceLock::new(),
            document: OnceLock::new(),
            checks: OnceLock::new(),
            requests: OnceLock::new(),
            embedded: OnceLock::new(),
            poison: Poison::default(),
        }
    }
}

impl Handle for ler_report {
    fn poison(&self) -> &Poison {
        &self.poison
    }
}

/// Whether the record is verified: every check that the policy requires passed. False for NULL.
///
/// This is the first thing to ask a report, and the only answer that means yes.
///
/// # Safety
/// report: NULL or a live report.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ler_report_is_verified(report: *const ler_report) -> bool {
    // SAFETY: the caller vouches for it.
    ask(unsafe { report.as_ref() }, |this| Some(matches!(this.report.verdict(), Verdict::Verified(_))))
}

/// The verdict: one of LER_VERDICT_…, to tell "there is evidence against it" from "it could not be found out". It is no
/// truth value: none of the three is 0. 0 for NULL.
///
/// # Safety
/// report: NULL or a live report.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ler_report_verdict(report: *const ler_report) -> u32 {
    // SAFETY: the caller vouches for it.
    ask(unsafe { report.as_ref() }, |this| Some(names::verdict(&this.report.verdict())))
}

/// The answer to one of the four questions LER_AXIS_…, whatever the policy requires: one of LER_OUTCOME_…. 0 for NULL and
/// for an axis that does not exist.
///
/// # Safety
/// report: NULL or a live report.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ler_report_axis(report: *const ler_report, axis: u32) -> u32 {
    // SAFETY: the caller vouches for it.
    ask(unsafe { report.as_ref() }, |this| {
        let axes = this.report.axes();
        let outcome = match axis {
            names::LER_AXIS_AUTHENTIC => axes.authentic,
            names::LER_AXIS_CURRENT => axes.current,
            names::LER_AXIS_ADDRESSED => axes.addressed,
            names::LER_AXIS_TRUSTED => axes.trusted,
            _ => return None,
        };
        Some(names::outcome(outcome))
    })
}

/// The whole report as JSON, the same bytes as in Rust and WebAssembly; core/schemas/report.schema.json describes it.
/// NULL for NULL.
///
/// # Safety
/// report: NULL or a live report. len_out: NULL or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ler_report_json(report: *const ler_report, len_out: *mut usize) -> *const c_char {
    let json = |this: &ler_report| Text::new(this.report.to_json());
    // SAFETY: the caller vouches for both.
    unsafe { view(report.as_ref(), len_out, |this| Some(this.json.get_or_init(|| json(this)))) }
}

/// The report as JSON in the shape that users of another system read: LER_VIEW_…. Such shapes have two answers, so
/// indeterminate is failure there; of a verified record they hold its claims. NULL for NULL and for a view that does not
/// exist.
///
/// # Safety
/// report: NULL or a live report. len_out: NULL or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ler_report_view_json(
    report: *const ler_report,
    view_number: u32,
    len_out: *mut usize,
) -> *const c_char {
    let text = |this: &ler_report, compat| Text::new(this.report.to_compat(compat));
    // SAFETY: the caller vouches for both.
    unsafe {
        view(report.as_ref(), len_out, |this| {
            let compat = names::compat_view(view_number)?;
            let place = CompatView::ALL.iter().position(|known| *known == compat)?;
            Some(this.views.get(place)?.get_or_init(|| text(this, compat)))
        })
    }
}

/// Frees a report, and with it every text and every embedded report that it gave. NULL is allowed.
///
/// # Safety
/// report: NULL or a live report from ler_verify that no other thread uses; it must not be used again. Never one from
/// ler_report_embedded, which belongs to its parent.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ler_report_free(report: *mut ler_report) {
    // SAFETY: the caller vouches for it.
    unsafe { take_back(report) };
}
