//! did:jwk: the identifier is the base64url of the JSON text of a JSON Web Key. No document is read.

use super::Did;
use crate::codes::{CheckId, Code, Finding};
use crate::encoding::base64url;
use crate::json::Tree;
use crate::keys::PublicKey;
use crate::limits::Limits;

/// The fragment of its one verification method.
pub const FRAGMENT: &str = "0";

/// Bytes of the longest JWK that is looked at; an RSA key of 8,192 bits has about 1,500.
const MAX_LEN: usize = 16 * 1024;

/// The key that the identifier is. `use` and `key_ops` of the key decide what it may do.
///
/// # Errors
/// [`Code::DidSyntax`] if it is not the base64url of strict JSON, [`Code::KeyDocumentInvalid`] if that is beyond the
/// limits, otherwise as [`PublicKey::from_jwk`], without pointer.
pub fn key(did: Did<'_>) -> Result<PublicKey, Finding> {
    let text = base64url::decode(did.id).map_err(|_| Finding::new(Code::DidSyntax))?;
    let limits = Limits { input_bytes: MAX_LEN, depth: 8, ..Limits::default() };
    let tree = Tree::parse(&text, &limits).map_err(|finding| {
        let too_complex = finding.code.check() == CheckId::Limits;
        let code = if too_complex { Code::KeyDocumentInvalid } else { Code::DidSyntax };
        Finding::new(code).with("reason", finding.code.name())
    })?;
    PublicKey::from_jwk(tree.root()).map_err(|finding| finding.moved(None))
}
