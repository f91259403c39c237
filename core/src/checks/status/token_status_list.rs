//! Token Status List (draft-ietf-oauth-status-list), as a JWT: for tokens that have a claim `status`.

use super::{Entry, List, Mechanism, Packing, Place, bad_list, is_https, malformed, natural, text};
use crate::codes::{Code, Finding};
use crate::document;
use crate::json::Value;

/// Bits of one status (§4.2).
const SIZES: [u64; 4] = [1, 2, 4, 8];

/// The mechanism `status_list` in `status` (§6.2); others are not known.
pub(super) fn entry(mechanism: Value<'_>) -> Result<Entry, Finding> {
    if mechanism.key() != Some("status_list") {
        return Err(Finding::at(Code::StatusTypeUnknown, mechanism.pointer()));
    }
    let uri = text(mechanism, "uri").ok_or_else(|| malformed(mechanism, "uri"))?;
    if !is_https(uri) {
        return Err(Finding::at(Code::StatusListLocation, mechanism.pointer()).with("url", uri));
    }
    let idx = mechanism.get("idx").and_then(|idx| idx.as_number()).map(|number| number.token());
    let digits = idx.filter(|token| token.bytes().all(|byte| byte.is_ascii_digit()));
    let index = match digits.map(str::parse) {
        Some(Ok(index)) => index,
        // One that does not fit is beyond the end of every list.
        Some(Err(_)) => return Err(Finding::at(Code::StatusIndexRange, mechanism.pointer())),
        None => return Err(Finding::at(Code::StatusIndex, mechanism.pointer())),
    };
    Ok(Entry {
        pointer: mechanism.pointer(),
        mechanism: Mechanism::TokenStatusList,
        list: uri.to_owned(),
        place: Place::Index { index, size: None, purpose: None, messages: Vec::new() },
    })
}

/// The claims of a Status List Token (§5.1). Its header is `jose`'s, and so are the instants in its claims.
pub(super) fn list(root: Value<'_>) -> Result<List, Finding> {
    let claim = root.get(document::STATUS_LIST).ok_or_else(|| bad_list(document::STATUS_LIST))?;
    let bits = claim.get("bits").and_then(natural).filter(|bits| SIZES.contains(bits));
    let size = bits.and_then(|bits| u8::try_from(bits).ok()).ok_or_else(|| bad_list("bits"))?;
    root.get("iat").and_then(|iat| iat.as_number()).ok_or_else(|| bad_list("iat"))?;
    let ttl = match root.get("ttl") {
        None => None,
        Some(ttl) => Some(natural(ttl).filter(|ttl| *ttl > 0).ok_or_else(|| bad_list("ttl"))?),
    };
    Ok(List {
        mechanism: Mechanism::TokenStatusList,
        id: Some(text(root, "sub").ok_or_else(|| bad_list("sub"))?.to_owned()),
        issuer: None,
        purposes: Vec::new(),
        size: Some(size),
        ttl: ttl.map(|seconds| seconds.saturating_mul(1000)),
        has_status: root.get("status").is_some(),
        encoded: text(claim, "lst").ok_or_else(|| bad_list("lst"))?.to_owned(),
        packing: Packing::Zlib,
    })
}

/// The status types that are registered (§7.1); the others are the issuer's business.
pub(super) fn meaning(value: u64) -> Finding {
    match value {
        0 => Finding::new(Code::StatusUnset),
        1 => Finding::new(Code::StatusRevoked),
        2 => Finding::new(Code::StatusSuspended),
        _ => Finding::new(Code::StatusPurposeUnknown).with("value", value),
    }
}
