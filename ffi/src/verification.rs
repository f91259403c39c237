//! The verifier: a policy, ready for use.
//!
//! A ler_verifier is immutable: any number of threads may verify with one at once, and should, because it remembers
//! contexts and status lists that it has worked out.

use std::ffi::c_char;
use std::sync::OnceLock;

use verifier::{Occasion, Policy, Resources, Verifier};

use crate::boundary::{Handle, Poison, Text, ask, attempt, bytes, give, required, take_back, view};
use crate::error::{LER_ERROR_OCCASION, LER_ERROR_POLICY, ler_error};
use crate::report::ler_report;
use crate::resources::ler_resources;

/// What is demanded of records. Immutable: any number of threads may use one at once.
#[derive(Debug)]
pub struct ler_verifier {
    pub(crate) verifier: Verifier,
    policy_json: OnceLock<Text>,
    pub(crate) poison: Poison,
}

impl Handle for ler_verifier {
    fn poison(&self) -> &Poison {
        &self.poison
    }
}

/// Makes a verifier from a policy as JSON, for example {"acceptedIssuers":{"oneOf":["did:web:university.example"]}}.
///
/// There is no default policy: whose records are accepted has to be written, so NULL is an error.
///
/// Returns a verifier to be freed with ler_verifier_free; NULL with LER_ERROR_NULL or LER_ERROR_POLICY.
///
/// # Safety
/// policy_json: NULL, or readable for policy_json_len bytes. error_out: NULL or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ler_verifier_new(
    policy_json: *const u8,
    policy_json_len: usize,
    error_out: *mut *mut ler_error,
) -> *mut ler_verifier {
    let make = || {
        // SAFETY: the caller vouches for the policy.
        let json = unsafe { bytes("policy_json", policy_json, policy_json_len) }?.ok_or_else(|| {
            ler_error::new(
                crate::error::LER_ERROR_NULL,
                "`policy_json` is NULL: a policy has to name the issuers that are accepted (`acceptedIssuers`)",
            )
        })?;
        let policy = Policy::from_json(json).and_then(Verifier::new);
        let verifier = policy.map_err(|error| ler_error::new(LER_ERROR_POLICY, error))?;
        Ok(ler_verifier { verifier, policy_json: OnceLock::new(), poison: Poison::default() })
    };
    // SAFETY: the caller vouches for `error_out`.
    give(unsafe { attempt(&[], error_out, make) })
}

/// The policy in full, with every default and every limit, as JSON. A view that lives as long as the verifier; NULL for
/// NULL. The policyDigest of a report is the SHA-256 of these bytes.
///
/// # Safety
/// verifier: NULL or a live verifier. len_out: NULL or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ler_verifier_policy_json(
    verifier: *const ler_verifier,
    len_out: *mut usize,
) -> *const c_char {
    let json = |verifier: &ler_verifier| Text::new(verifier.verifier.policy().to_json());
    // SAFETY: the caller vouches for both.
    unsafe { view(verifier.as_ref(), len_out, |this| Some(this.policy_json.get_or_init(|| json(this)))) }
}

/// The bytes of the longest document that the verifier looks at, so that an upload can be refused before it is read.
/// A longer one has an indeterminate report. 0 for NULL.
///
/// # Safety
/// verifier: NULL or a live verifier.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ler_verifier_max_document_bytes(verifier: *const ler_verifier) -> usize {
    // SAFETY: the caller vouches for it.
    ask(unsafe { verifier.as_ref() }, |this| Some(this.verifier.policy().limits.input_bytes))
}

/// Verifies a document and gives the report on it, to be freed with ler_report_free.
///
/// Pure: no network, no clock, no files; the same arguments give the same report, byte for byte.
///
/// document: the bytes of the record exactly as received: JSON, a token, an image. NULL with length 0 is an empty one.
/// occasion_json: this one verification, for example {"now":"2026-11-21T12:00:00Z"}.
/// resources: what was fetched so far; NULL is nothing. What the report requests, fetch and answer, then call again.
///
/// Returns NULL, and sets *error_out, only if the caller did something wrong: LER_ERROR_NULL, LER_ERROR_OCCASION,
/// LER_ERROR_POISONED, LER_ERROR_INTERNAL. That a report was returned does NOT mean that the record is verified: ask
/// ler_report_is_verified.
///
/// # Safety
/// verifier, resources: NULL or live handles. document, occasion_json: NULL, or readable for the length that follows and
/// not changed during the call. error_out: NULL or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ler_verify(
    verifier: *const ler_verifier,
    document: *const u8,
    document_len: usize,
    occasion_json: *const u8,
    occasion_json_len: usize,
    resources: *const ler_resources,
    error_out: *mut *mut ler_error,
) -> *mut ler_report {
    // SAFETY: the caller vouches that both are NULL or live.
    let (verifier, resources) = unsafe { (verifier.as_ref(), resources.as_ref()) };
    let used = [verifier.map(|it| it as &dyn Handle), resources.map(|it| it as &dyn Handle)];
    let verify = || {
        let verifier = verifier.ok_or_else(|| ler_error::null("verifier"))?;
        // SAFETY: the caller vouches for both (pointer, length) pairs, for the duration of this call.
        let (document, occasion) = unsafe {
            (
                bytes("document", document, document_len)?.unwrap_or_default(),
                required("occasion_json", occasion_json, occasion_json_len)?,
            )
        };
        let occasion =
            Occasion::from_json(occasion).map_err(|error| ler_error::new(LER_ERROR_OCCASION, error))?;
        let report = match resources {
            Some(resources) => verifier.verifier.verify(document, &resources.resources, &occasion),
            None => verifier.verifier.verify(document, &Resources::new(), &occasion),
        };
        Ok(ler_report::new(report.into()))
    };
    // SAFETY: the caller vouches for `error_out`.
    give(unsafe { attempt(&used, error_out, verify) })
}

/// Frees a verifier. Reports that it gave stay. NULL is allowed.
///
/// # Safety
/// verifier: NULL or a live verifier that no other thread uses; it must not be used again.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ler_verifier_free(verifier: *mut ler_verifier) {
    // SAFETY: the caller vouches for it.
    unsafe { take_back(verifier) };
}
