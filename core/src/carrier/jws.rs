//! JSON Web Signatures as bytes (RFC 7515 §7): strict, so that one signature has one text.

use crate::codes::{Code, Finding};
use crate::encoding::base64url;

/// A JWS in its compact serialization (RFC 7515 §7.1).
#[derive(Debug)]
pub(crate) struct Compact<'a> {
    /// The protected header, decoded.
    pub(crate) header: Vec<u8>,
    /// The payload, decoded.
    pub(crate) payload: Vec<u8>,
    pub(crate) signature: Vec<u8>,
    /// What is signed: the first two parts as they stand.
    pub(crate) signing_input: &'a [u8],
}

impl<'a> Compact<'a> {
    /// Exactly three parts of base64url without padding.
    ///
    /// # Errors
    /// [`Code::JsonSyntax`].
    pub(crate) fn parse(bytes: &'a [u8]) -> Result<Self, Finding> {
        let wrong = || Finding::at(Code::JsonSyntax, "");
        let text = std::str::from_utf8(bytes).map_err(|_| wrong())?.trim_ascii();
        let (signing_input, signature) = text.rsplit_once('.').ok_or_else(wrong)?;
        let (header, payload) = signing_input.split_once('.').ok_or_else(wrong)?;
        let decode = |part: &str| base64url::decode(part).map_err(|_| wrong());
        Ok(Compact {
            header: decode(header)?,
            payload: decode(payload)?,
            signature: decode(signature)?,
            signing_input: signing_input.as_bytes(),
        })
    }
}
