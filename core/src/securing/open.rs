//! Opens envelopes: which kind it is, its first bytes or its members say; what is in it, the file of the kind.

use super::envelope::Envelope;
use super::jose;
use crate::carrier::Carrier;
use crate::codes::{Code, Finding};
use crate::json::Value;
use crate::limits::Limits;

/// Opens an envelope that is no JSON.
///
/// # Errors
/// What is wrong with it.
pub(crate) fn open(carrier: Carrier, bytes: &[u8], limits: &Limits) -> Result<Envelope, Finding> {
    match carrier {
        Carrier::Jws => jose::open(bytes, limits),
        Carrier::Json => Err(Finding::new(Code::FormatNotRecognised)),
        Carrier::Other(name) => Err(Finding::new(Code::FormatNotRecognised).with("carrier", name)),
    }
}

/// Opens an envelope that is a JSON object (RFC 7515 §7.2), `None` if the object is none.
pub(crate) fn open_json(root: Value<'_>, limits: &Limits) -> Option<Result<Envelope, Finding>> {
    jose::open_json(root, limits)
}

/// The bytes of an envelope that stands in a document: a string (a compact JWS or an SD-JWT), or an object whose `id` is
/// a `data:` URL (VCDM 2.0 §4.13). `None` if it is neither.
pub(crate) fn embedded(value: Value<'_>) -> Option<Result<Vec<u8>, Finding>> {
    let text = match value.as_str() {
        Some(text) => text,
        None => value.get("id")?.as_str()?.strip_prefix("data:")?.split_once(',')?.1,
    };
    let known = text.starts_with("eyJ");
    Some(if known {
        Ok(text.as_bytes().to_vec())
    } else {
        Err(Finding::at(Code::SecuringNotBuilt, value.pointer()))
    })
}
