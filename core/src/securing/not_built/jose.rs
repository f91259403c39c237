//! In place of JOSE, where it is not part of the build.

use super::envelope::Envelope;
use crate::codes::{Code, Finding};
use crate::json::Value;
use crate::limits::Limits;

/// Opens nothing.
///
/// # Errors
/// [`Code::SecuringNotBuilt`].
pub(super) fn open(_: &[u8], _: &Limits) -> Result<Envelope, Finding> {
    Err(Finding::at(Code::SecuringNotBuilt, ""))
}

/// Opens nothing: an object with a payload and signatures is a JWS (RFC 7515 §7.2), and no document of any data model.
pub(super) fn open_json(root: Value<'_>, _: &Limits) -> Option<Result<Envelope, Finding>> {
    let signed = root.get("payload").is_some()
        && (root.get("signature").is_some() || root.get("signatures").is_some());
    signed.then(|| Err(Finding::at(Code::SecuringNotBuilt, "")))
}
