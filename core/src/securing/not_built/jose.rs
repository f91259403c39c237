//! JSON Web Signatures in a build without them: seen, and not opened.

use super::envelope::Envelope;
use crate::carrier;
use crate::codes::{Code, Finding};
use crate::json::Value;
use crate::limits::Limits;

/// Says of a JWS in its compact serialization that this build does not open it.
///
/// # Errors
/// [`Code::SecuringNotBuilt`], always.
pub(crate) fn open(_bytes: &[u8], _limits: &Limits) -> Result<Envelope, Finding> {
    Err(Finding::at(Code::SecuringNotBuilt, ""))
}

/// The same of one of its JSON serializations. `None` if the object is none.
pub(crate) fn open_json(root: Value<'_>, limits: &Limits) -> Option<Result<Envelope, Finding>> {
    carrier::is_jws(root).then(|| open(&[], limits))
}
