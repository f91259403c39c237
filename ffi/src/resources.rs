//! Resources: what the program has fetched so far. Nothing here is trusted: each is checked by whoever uses it.
//!
//! A ler_resources may be used and added to by any number of threads at once: a verification sees what was there when
//! it began. One for a whole program, so that a status list is fetched and read once, is a good choice.

use std::ffi::c_char;

use verifier::{Answer, Request, Resource, Resources, Timestamp};

use crate::boundary::{Handle, Poison, attempt, bytes, give, required, take_back, text};
use crate::error::{LER_ERROR_INDEX, LER_ERROR_NULL, LER_ERROR_RESOURCES, ler_error};
use crate::names;
use crate::report::ler_report;

/// What was fetched so far. Any number of threads may use one and add to it at once.
#[derive(Debug)]
pub struct ler_resources {
    pub(crate) resources: Resources,
    pub(crate) poison: Poison,
}

impl ler_resources {
    fn new(resources: Resources) -> Self {
        ler_resources { resources, poison: Poison::default() }
    }
}

impl Handle for ler_resources {
    fn poison(&self) -> &Poison {
        &self.poison
    }
}

/// Nothing yet. To be freed with ler_resources_free.
#[unsafe(no_mangle)]
pub extern "C" fn ler_resources_new() -> *mut ler_resources {
    // SAFETY: there is no place for an error.
    give(unsafe { attempt(&[], std::ptr::null_mut(), || Ok(ler_resources::new(Resources::new()))) })
}

/// Reads resources from JSON: an array of {"kind", "id", "text" | "base64" | "unavailable", "mediaType"?, "retrievedAt"?,
/// "httpStatus"?}, with kind and id as the requests in the JSON of a report have them.
///
/// Returns resources to be freed with ler_resources_free; NULL with LER_ERROR_NULL or LER_ERROR_RESOURCES.
///
/// # Safety
/// json: NULL, or readable for json_len bytes. error_out: NULL or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ler_resources_from_json(
    json: *const u8,
    json_len: usize,
    error_out: *mut *mut ler_error,
) -> *mut ler_resources {
    let read = || {
        // SAFETY: the caller vouches for the pair.
        let json = unsafe { required("json", json, json_len) }?;
        let resources = Resources::from_json(json);
        resources.map(ler_resources::new).map_err(|error| ler_error::new(LER_ERROR_RESOURCES, error))
    };
    // SAFETY: the caller vouches for `error_out`.
    give(unsafe { attempt(&[], error_out, read) })
}

/// A set of its own with what is in these resources now: cheap, nothing is copied. For what only one record needs, so
/// that it is forgotten with it. To be freed with ler_resources_free; NULL for NULL.
///
/// # Safety
/// resources: NULL or live resources.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ler_resources_clone(resources: *const ler_resources) -> *mut ler_resources {
    // SAFETY: the caller vouches for it.
    crate::boundary::ask(unsafe { resources.as_ref() }, |this| {
        Some(give(Some(ler_resources::new(this.resources.clone()))))
    })
}

/// Answers a request of a report with what was fetched. The request is named by its index, so that kinds and identifiers
/// cannot be mixed up. The bytes are copied. More bytes than the request allows count as unavailable.
///
/// media_type: as the server gave it; NULL if it gave none.
/// http_status: 200, or another status where that is the answer (410 for a hosted document that is gone); 0 if unknown.
/// retrieved_at: when, in seconds since 1970-01-01T00:00:00Z; 0 if unknown.
///
/// Returns whether it was added, which says nothing about any record; false with LER_ERROR_NULL, LER_ERROR_INDEX,
/// LER_ERROR_UTF8, LER_ERROR_POISONED.
///
/// # Safety
/// resources, report: NULL or live handles. bytes, media_type: NULL, or readable for the length that follows.
/// error_out: NULL or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ler_resources_answer(
    resources: *mut ler_resources,
    report: *const ler_report,
    request_index: usize,
    bytes: *const u8,
    bytes_len: usize,
    media_type: *const c_char,
    media_type_len: usize,
    http_status: u16,
    retrieved_at: i64,
    error_out: *mut *mut ler_error,
) -> bool {
    // SAFETY: the caller vouches for every argument.
    unsafe {
        let found = || found((bytes, bytes_len), (media_type, media_type_len), http_status, retrieved_at);
        answer(resources, report, request_index, error_out, || found().map(Answer::Found))
    }
}

/// Says that what a request asks for cannot be had, so that it is not asked for again. What needs it stays
/// indeterminate.
///
/// reason: one sentence, for the report ("the server answered 404"); NULL if unknown.
///
/// Returns whether it was noted; false with LER_ERROR_NULL, LER_ERROR_INDEX, LER_ERROR_UTF8, LER_ERROR_POISONED.
///
/// # Safety
/// resources, report: NULL or live handles. reason: NULL, or readable for reason_len bytes. error_out: NULL or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ler_resources_unavailable(
    resources: *mut ler_resources,
    report: *const ler_report,
    request_index: usize,
    reason: *const c_char,
    reason_len: usize,
    error_out: *mut *mut ler_error,
) -> bool {
    // SAFETY: the caller vouches for every argument.
    unsafe {
        answer(resources, report, request_index, error_out, || {
            let reason = text("reason", reason, reason_len)?.unwrap_or("it could not be obtained");
            Ok(Answer::Unavailable(reason.to_owned()))
        })
    }
}

/// Adds a resource before anything asks for it: the DID document of an issuer, a status list that is fetched every
/// night. The bytes are copied; what was there for that kind and identifier is replaced.
///
/// kind: one of LER_RESOURCE_…. identifier: as the records write it: "did:web:university.example".
/// The other arguments and the result are those of ler_resources_answer; LER_ERROR_INDEX is a kind that does not exist.
///
/// # Safety
/// resources: NULL or live resources. identifier, bytes, media_type: NULL, or readable for the length that follows.
/// error_out: NULL or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ler_resources_insert(
    resources: *mut ler_resources,
    kind: u32,
    identifier: *const c_char,
    identifier_len: usize,
    bytes: *const u8,
    bytes_len: usize,
    media_type: *const c_char,
    media_type_len: usize,
    http_status: u16,
    retrieved_at: i64,
    error_out: *mut *mut ler_error,
) -> bool {
    // SAFETY: the caller vouches for it.
    let resources = unsafe { resources.as_ref() };
    let insert = || {
        let resources = resources.ok_or_else(|| ler_error::null("resources"))?;
        let kind = names::resource_kind(kind)
            .ok_or_else(|| ler_error::new(LER_ERROR_INDEX, format!("there is no kind of resource {kind}")))?;
        // SAFETY: the caller vouches for each (pointer, length) pair.
        let (identifier, resource) = unsafe {
            (
                text("identifier", identifier, identifier_len)?,
                found((bytes, bytes_len), (media_type, media_type_len), http_status, retrieved_at)?,
            )
        };
        let identifier = identifier.ok_or_else(|| ler_error::null("identifier"))?;
        resources.resources.insert(kind, identifier, resource);
        Ok(())
    };
    // SAFETY: the caller vouches for `error_out`.
    unsafe { attempt(&[resources.map(|it| it as &dyn Handle)], error_out, insert) }.is_some()
}

/// Frees resources. Reports that used them stay. NULL is allowed.
///
/// # Safety
/// resources: NULL or live resources that no other thread uses; they must not be used again.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ler_resources_free(resources: *mut ler_resources) {
    // SAFETY: the caller vouches for it.
    unsafe { take_back(resources) };
}

/// A resource as C describes it.
///
/// # Safety
/// Each pointer is NULL, or readable for its length.
unsafe fn found(
    (data, len): (*const u8, usize),
    (media_type, media_type_len): (*const c_char, usize),
    http_status: u16,
    retrieved_at: i64,
) -> Result<Resource, ler_error> {
    // SAFETY: the caller vouches for each (pointer, length) pair.
    let (data, media_type) =
        unsafe { (bytes("bytes", data, len)?, text("media_type", media_type, media_type_len)?) };
    let mut resource = Resource::new(data.unwrap_or_default());
    if let Some(media_type) = media_type {
        resource = resource.media_type(media_type);
    }
    if http_status != 0 {
        resource = resource.http_status(http_status);
    }
    if retrieved_at != 0 {
        resource = resource.retrieved_at(Timestamp::from_unix(retrieved_at));
    }
    Ok(resource)
}

/// Answers the request with this index.
///
/// # Safety
/// `resources` and `report` are NULL or live; `error_out` is NULL or writable.
unsafe fn answer(
    resources: *const ler_resources,
    report: *const ler_report,
    index: usize,
    error_out: *mut *mut ler_error,
    answer: impl FnOnce() -> Result<Answer, ler_error>,
) -> bool {
    // SAFETY: the caller vouches that both are NULL or live.
    let (resources, report) = unsafe { (resources.as_ref(), report.as_ref()) };
    let used = [resources.map(|it| it as &dyn Handle), report.map(|it| it as &dyn Handle)];
    let add = || {
        let resources = resources.ok_or_else(|| ler_error::null("resources"))?;
        let request = request(report, index)?;
        resources.resources.answer(request, answer()?);
        Ok(())
    };
    // SAFETY: the caller vouches for `error_out`.
    unsafe { attempt(&used, error_out, add) }.is_some()
}

fn request(report: Option<&ler_report>, index: usize) -> Result<&Request, ler_error> {
    let report = report.ok_or_else(|| ler_error::new(LER_ERROR_NULL, "`report` is NULL"))?;
    let requests = report.report.requests();
    requests.get(index).ok_or_else(|| {
        ler_error::new(LER_ERROR_INDEX, format!("there is no request {index}: there are {}", requests.len()))
    })
}
