//! In place of SD-JWT, where it is not part of the build.

use super::envelope::Envelope;
use super::verified::Verified;
use super::{Subject, Tools};
use crate::codes::{Code, Finding};
use crate::json::Value;
use crate::limits::Limits;

/// There is none.
#[derive(Debug)]
pub(crate) enum KeyBinding {}

impl KeyBinding {
    pub(crate) fn verify(&self, _: &Subject<'_>, _: &mut Verified, _: &mut Tools<'_>) {
        match *self {}
    }
}

/// Recognises nothing.
pub(super) fn open_json(_: Value<'_>, _: &Limits) -> Option<Result<Envelope, Finding>> {
    None
}

/// Opens nothing.
///
/// # Errors
/// [`Code::SecuringNotBuilt`].
pub(super) fn open(_: &[u8], _: &Limits) -> Result<Envelope, Finding> {
    Err(Finding::at(Code::SecuringNotBuilt, ""))
}
