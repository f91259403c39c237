//! Reports on the records inside: those of a presentation, of a Comprehensive Learner Record, endorsements, status lists.
//!
//! Each is a report like any other, with a verdict and a record of its own, so that the good items can be taken out of a
//! whole that is not verified. It belongs to its parent: it is const, is never freed, and lives as long as the parent.

use std::ffi::c_char;
use std::sync::Arc;

use crate::boundary::{Text, ask, view};
use crate::names;
use crate::report::ler_report;

fn children(report: &ler_report) -> &[(Text, ler_report)] {
    report.embedded.get_or_init(|| {
        let embedded = report.report.embedded().iter();
        embedded
            .map(|part| (Text::new(part.pointer.as_str()), ler_report::new(Arc::clone(&part.report))))
            .collect()
    })
}

/// How many reports are directly in it. 0 for NULL.
///
/// # Safety
/// report: NULL or a live report.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ler_report_embedded_count(report: *const ler_report) -> usize {
    // SAFETY: the caller vouches for it.
    ask(unsafe { report.as_ref() }, |this| Some(this.report.embedded().len()))
}

/// One of them. NULL for NULL and for an index that does not exist. Do not free it.
///
/// # Safety
/// report: NULL or a live report.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ler_report_embedded(report: *const ler_report, index: usize) -> *const ler_report {
    // SAFETY: the caller vouches for it.
    ask(unsafe { report.as_ref() }, |this| {
        children(this).get(index).map(|(_, child)| std::ptr::from_ref(child))
    })
}

/// How its record stands to that of the parent: one of LER_RELATION_…; 0 for NULL and for an index that does not exist.
///
/// # Safety
/// report: NULL or a live report.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ler_report_embedded_relation(report: *const ler_report, index: usize) -> u32 {
    // SAFETY: the caller vouches for it.
    ask(unsafe { report.as_ref() }, |this| {
        this.report.embedded().get(index).map(|part| names::relation(part.relation.name()))
    })
}

/// Where its record stands: an RFC 6901 pointer into the document as received. NULL for NULL and for an index that does
/// not exist.
///
/// # Safety
/// report: NULL or a live report. len_out: NULL or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ler_report_embedded_pointer(
    report: *const ler_report,
    index: usize,
    len_out: *mut usize,
) -> *const c_char {
    // SAFETY: the caller vouches for both.
    unsafe { view(report.as_ref(), len_out, |this| children(this).get(index).map(|(pointer, _)| pointer)) }
}
