//! What the record says. JSON, and always JSON: "null" where there is nothing, so that a program that parses it cannot
//! mistake an error for an answer. This is personal data: it does not belong in logs.

use std::ffi::c_char;

use verifier::Verdict;

use crate::boundary::{Text, view};
use crate::report::ler_report;

/// The claims of a verified record, in the one shape that all formats have. The JSON text "null" if the record is not
/// verified, or has no claims of its own (a presentation: ask its embedded reports). NULL only for NULL.
///
/// # Safety
/// report: NULL or a live report. len_out: NULL or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ler_report_record_json(
    report: *const ler_report,
    len_out: *mut usize,
) -> *const c_char {
    let json = |this: &ler_report| match this.report.verdict() {
        Verdict::Verified(secured) => secured.record().map(verifier::Record::to_json),
        Verdict::NotVerified | Verdict::Indeterminate => None,
    };
    // SAFETY: the caller vouches for both.
    unsafe { view(report.as_ref(), len_out, |this| Some(this.record.get_or_init(|| or_null(json(this))))) }
}

/// The document of a verified record as its proof covers it, as canonical JSON without the proof. The JSON text "null" if
/// the record is not verified. NULL only for NULL.
///
/// # Safety
/// report: NULL or a live report. len_out: NULL or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ler_report_document_json(
    report: *const ler_report,
    len_out: *mut usize,
) -> *const c_char {
    let json = |this: &ler_report| match this.report.verdict() {
        Verdict::Verified(secured) => Some(secured.document().to_owned()).filter(|json| !json.is_empty()),
        Verdict::NotVerified | Verdict::Indeterminate => None,
    };
    // SAFETY: the caller vouches for both.
    unsafe { view(report.as_ref(), len_out, |this| Some(this.document.get_or_init(|| or_null(json(this))))) }
}

/// For showing, not for accepting: {"verdict": …, "record": …} of a record that its issuer did sign, even if it has
/// expired, was revoked or is of an issuer who is not accepted. The verdict goes with it wherever it is shown. The JSON
/// text "null" if it is not authentic. NULL only for NULL.
///
/// # Safety
/// report: NULL or a live report. len_out: NULL or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ler_report_authentic_record_json(
    report: *const ler_report,
    len_out: *mut usize,
) -> *const c_char {
    let json = |this: &ler_report| {
        let authentic = this.report.authentic_record()?;
        let (verdict, record) = (authentic.verdict.name(), authentic.record.to_json());
        Some(format!("{{\"verdict\":\"{verdict}\",\"record\":{record}}}"))
    };
    // SAFETY: the caller vouches for both.
    unsafe {
        view(report.as_ref(), len_out, |this| Some(this.authentic_record.get_or_init(|| or_null(json(this)))))
    }
}

fn or_null(json: Option<String>) -> Text {
    Text::new(json.unwrap_or_else(|| "null".to_owned()))
}
