//! In place of JOSE, where it is not part of the build.

use super::envelope::Envelope;
use crate::carrier;
use crate::codes::{Code, Finding};
use crate::json::Value;
use crate::limits::Limits;

/// Opens nothing.
///
/// # Errors
/// [`Code::SecuringNotBuilt`].
pub(crate) fn open(_: &[u8], _: &Limits) -> Result<Envelope, Finding> {
    Err(Finding::at(Code::SecuringNotBuilt, ""))
}

/// Opens nothing.
pub(super) mod statement {
    pub(crate) use super::open;
}

/// Opens nothing; `None` if the object is no JWS.
pub(super) fn open_json(root: Value<'_>, _: &Limits) -> Option<Result<Envelope, Finding>> {
    carrier::is_jws(root).then(|| Err(Finding::at(Code::SecuringNotBuilt, "")))
}
