//! The requests of a report: what the verifier needs to know to say more. Fetch one of the locations of each, answer
//! with ler_resources_answer or ler_resources_unavailable, verify again, until there are none: at most 8 rounds.
//!
//! A document that nobody has verified yet decides what is asked for. Fetch by https only, from public addresses only,
//! no more bytes than the request allows, and follow redirects for contexts and schemas only: docs/c/conventions.md.
//!
//! An index counts from 0. A text is a view that lives as long as the report. For NULL and for an index that does not
//! exist a number is 0 and a text is NULL.

use std::ffi::c_char;

use verifier::Request;

use crate::boundary::{Text, ask, view};
use crate::names;
use crate::report::ler_report;

/// What C reads of one request.
#[derive(Debug)]
pub(crate) struct RequestTexts {
    identifier: Text,
    locations: Vec<Text>,
    accept: Text,
    why: Text,
}

impl RequestTexts {
    fn new(request: &Request) -> Self {
        RequestTexts {
            identifier: Text::new(request.identifier.as_str()),
            locations: request.locations.iter().map(|url| Text::new(url.as_str())).collect(),
            accept: Text::new(request.accept.join(", ")),
            why: Text::new(request.why.name()),
        }
    }
}

fn texts(report: &ler_report, index: usize) -> Option<&RequestTexts> {
    let all = || report.report.requests().iter().map(RequestTexts::new).collect();
    report.requests.get_or_init(all).get(index)
}

fn request(report: &ler_report, index: usize) -> Option<&Request> {
    report.report.requests().get(index)
}

/// How many requests there are; those of embedded reports are among them. 0 when asking again changes nothing.
///
/// # Safety
/// report: NULL or a live report.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ler_report_request_count(report: *const ler_report) -> usize {
    // SAFETY: the caller vouches for it.
    ask(unsafe { report.as_ref() }, |this| Some(this.report.requests().len()))
}

/// What kind of thing: one of LER_RESOURCE_….
///
/// # Safety
/// report: NULL or a live report.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ler_report_request_kind(report: *const ler_report, index: usize) -> u32 {
    // SAFETY: the caller vouches for it.
    ask(unsafe { report.as_ref() }, |this| request(this, index).map(|request| names::kind(request.kind)))
}

/// The identifier as the document writes it.
///
/// # Safety
/// report: NULL or a live report. len_out: NULL or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ler_report_request_identifier(
    report: *const ler_report,
    index: usize,
    len_out: *mut usize,
) -> *const c_char {
    // SAFETY: the caller vouches for both.
    unsafe { view(report.as_ref(), len_out, |this| texts(this, index).map(|request| &request.identifier)) }
}

/// How many https URLs have it. 0 where the identifier has none of its own: supply it by other means, or say that it is
/// unavailable.
///
/// # Safety
/// report: NULL or a live report.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ler_report_request_location_count(report: *const ler_report, index: usize) -> usize {
    // SAFETY: the caller vouches for it.
    ask(unsafe { report.as_ref() }, |this| request(this, index).map(|request| request.locations.len()))
}

/// One of these URLs, to GET.
///
/// # Safety
/// report: NULL or a live report. len_out: NULL or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ler_report_request_location(
    report: *const ler_report,
    index: usize,
    location_index: usize,
    len_out: *mut usize,
) -> *const c_char {
    // SAFETY: the caller vouches for both.
    unsafe { view(report.as_ref(), len_out, |this| texts(this, index)?.locations.get(location_index)) }
}

/// The media types for the header Accept, best first, separated by commas; "" if any will do.
///
/// # Safety
/// report: NULL or a live report. len_out: NULL or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ler_report_request_accept(
    report: *const ler_report,
    index: usize,
    len_out: *mut usize,
) -> *const c_char {
    // SAFETY: the caller vouches for both.
    unsafe { view(report.as_ref(), len_out, |this| texts(this, index).map(|request| &request.accept)) }
}

/// The identifier of the check that needs it: "issuer.binding".
///
/// # Safety
/// report: NULL or a live report. len_out: NULL or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ler_report_request_why(
    report: *const ler_report,
    index: usize,
    len_out: *mut usize,
) -> *const c_char {
    // SAFETY: the caller vouches for both.
    unsafe { view(report.as_ref(), len_out, |this| texts(this, index).map(|request| &request.why)) }
}

/// More bytes than this are not used: stop reading.
///
/// # Safety
/// report: NULL or a live report.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ler_report_request_max_bytes(report: *const ler_report, index: usize) -> usize {
    // SAFETY: the caller vouches for it.
    ask(unsafe { report.as_ref() }, |this| request(this, index).map(|request| request.max_bytes))
}

/// 1: needed for the proof. 2: needed after the proof passed.
///
/// # Safety
/// report: NULL or a live report.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ler_report_request_stage(report: *const ler_report, index: usize) -> u32 {
    // SAFETY: the caller vouches for it.
    ask(unsafe { report.as_ref() }, |this| request(this, index).map(|request| u32::from(request.stage)))
}

/// Whether the identifier comes from a document whose signature has not been verified.
///
/// # Safety
/// report: NULL or a live report.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ler_report_request_from_unverified(report: *const ler_report, index: usize) -> bool {
    // SAFETY: the caller vouches for it.
    ask(unsafe { report.as_ref() }, |this| request(this, index).map(|request| request.from_unverified))
}
