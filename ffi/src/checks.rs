//! The checks of a report, in the order of the report: what was asked, what was found, and what that means. Those whose
//! outcome is failed or indeterminate and whose requirement is to count are the reasons of a verdict.
//!
//! An index counts from 0. A text is a view that lives as long as the report. For NULL and for an index that does not
//! exist a number is 0 and a text is NULL.

use std::ffi::c_char;

use verifier::Check;

use crate::boundary::{Text, ask, view};
use crate::names;
use crate::report::ler_report;

/// What C reads of one check.
#[derive(Debug)]
pub(crate) struct CheckTexts {
    id: Text,
    code: Text,
    question: Text,
    message: Text,
    spec: Text,
    pointer: Option<Text>,
    details: Text,
}

impl CheckTexts {
    fn new(check: &Check) -> Self {
        CheckTexts {
            id: Text::new(check.id.name()),
            code: Text::new(check.code.name()),
            question: Text::new(check.id.title()),
            message: Text::new(check.code.title()),
            spec: Text::new(check.code.spec()),
            pointer: check.pointer.as_deref().map(Text::new),
            details: Text::new(serde_json::to_string(&check.details).unwrap_or_else(|_| "{}".to_owned())),
        }
    }
}

fn texts(report: &ler_report, index: usize) -> Option<&CheckTexts> {
    let all = || report.report.checks().iter().map(CheckTexts::new).collect();
    report.checks.get_or_init(all).get(index)
}

/// How many checks there are.
///
/// # Safety
/// report: NULL or a live report.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ler_report_check_count(report: *const ler_report) -> usize {
    // SAFETY: the caller vouches for it.
    ask(unsafe { report.as_ref() }, |this| Some(this.report.checks().len()))
}

/// What the answer means: one of LER_OUTCOME_….
///
/// # Safety
/// report: NULL or a live report.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ler_report_check_outcome(report: *const ler_report, index: usize) -> u32 {
    // SAFETY: the caller vouches for it.
    ask(unsafe { report.as_ref() }, |this| {
        this.report.checks().get(index).map(|check| names::outcome(check.outcome))
    })
}

/// What the policy makes of the check: one of LER_REQUIREMENT_….
///
/// # Safety
/// report: NULL or a live report.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ler_report_check_requirement(report: *const ler_report, index: usize) -> u32 {
    // SAFETY: the caller vouches for it.
    ask(unsafe { report.as_ref() }, |this| {
        this.report.checks().get(index).map(|check| names::requirement(check.requirement))
    })
}

/// What was asked, as an identifier: "validity.until".
///
/// # Safety
/// report: NULL or a live report. len_out: NULL or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ler_report_check_id(
    report: *const ler_report,
    index: usize,
    len_out: *mut usize,
) -> *const c_char {
    // SAFETY: the caller vouches for both.
    unsafe { view(report.as_ref(), len_out, |this| texts(this, index).map(|check| &check.id)) }
}

/// What was found, as a code: "validity.until.passed". Codes are the thing to decide by in a program; README.md lists them.
///
/// # Safety
/// report: NULL or a live report. len_out: NULL or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ler_report_check_code(
    report: *const ler_report,
    index: usize,
    len_out: *mut usize,
) -> *const c_char {
    // SAFETY: the caller vouches for both.
    unsafe { view(report.as_ref(), len_out, |this| texts(this, index).map(|check| &check.code)) }
}

/// What was asked, in English.
///
/// # Safety
/// report: NULL or a live report. len_out: NULL or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ler_report_check_question(
    report: *const ler_report,
    index: usize,
    len_out: *mut usize,
) -> *const c_char {
    // SAFETY: the caller vouches for both.
    unsafe { view(report.as_ref(), len_out, |this| texts(this, index).map(|check| &check.question)) }
}

/// What was found, in English. Translate by the code.
///
/// # Safety
/// report: NULL or a live report. len_out: NULL or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ler_report_check_message(
    report: *const ler_report,
    index: usize,
    len_out: *mut usize,
) -> *const c_char {
    // SAFETY: the caller vouches for both.
    unsafe { view(report.as_ref(), len_out, |this| texts(this, index).map(|check| &check.message)) }
}

/// Where: an RFC 6901 pointer into the document as received. NULL also where the check has no place.
///
/// # Safety
/// report: NULL or a live report. len_out: NULL or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ler_report_check_pointer(
    report: *const ler_report,
    index: usize,
    len_out: *mut usize,
) -> *const c_char {
    // SAFETY: the caller vouches for both.
    unsafe {
        view(report.as_ref(), len_out, |this| texts(this, index).and_then(|check| check.pointer.as_ref()))
    }
}

/// The URL of the rule that the check applies.
///
/// # Safety
/// report: NULL or a live report. len_out: NULL or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ler_report_check_spec(
    report: *const ler_report,
    index: usize,
    len_out: *mut usize,
) -> *const c_char {
    // SAFETY: the caller vouches for both.
    unsafe { view(report.as_ref(), len_out, |this| texts(this, index).map(|check| &check.spec)) }
}

/// Typed details as a JSON object, "{}" if there are none: {"instant":"2025-01-01T00:00:00Z"}.
///
/// # Safety
/// report: NULL or a live report. len_out: NULL or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ler_report_check_details_json(
    report: *const ler_report,
    index: usize,
    len_out: *mut usize,
) -> *const c_char {
    // SAFETY: the caller vouches for both.
    unsafe { view(report.as_ref(), len_out, |this| texts(this, index).map(|check| &check.details)) }
}
