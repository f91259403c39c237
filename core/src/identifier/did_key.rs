//! did:key (W3C CCG did:key v0.7 §3): the identifier is the Multikey. No document is read, and none is believed.

use super::Did;
use crate::codes::{Code, Finding};
use crate::keys::Multikey;

/// The key that the identifier is.
///
/// # Errors
/// [`Code::DidSyntax`] if it is not one multibase value in base58btc (a version before it, another base), otherwise as
/// [`Multikey::parse`].
pub fn key(did: Did<'_>) -> Result<Multikey, Finding> {
    if !did.id.starts_with('z') || did.id.contains([':', '%', '.', '-', '_']) {
        return Err(Finding::new(Code::DidSyntax));
    }
    Multikey::parse(did.id)
}

/// The fragment of its one verification method for signatures: the identifier again (§3.1.2).
pub const fn fragment<'a>(did: &Did<'a>) -> &'a str {
    did.id
}
