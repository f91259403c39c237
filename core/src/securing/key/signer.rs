//! Who may have signed what does not say who should have: a statement of the Experience API names its actor, and perhaps
//! an authority, but no issuer (xAPI-Data §2.6). Then whoever signed is the issuer, under the name that the policy, a
//! certificate or the address of the key gives. Whether the key is theirs is asked as always (design §5.6).

use super::x509;
use crate::keys::PublicKey;
use crate::securing::envelope::KeyHint;

/// Issuers of pinned keys that are tried where the header says nothing about the key.
const MOST: usize = 16;

/// The identifiers that the signer may go by, best first: who the policy says has the certified key; the names in the
/// certificate; whose document the key is named in; or else everybody for whom the policy pins a key.
pub(crate) fn signers(hint: &KeyHint, pinned: &[(String, PublicKey)]) -> Vec<String> {
    if !hint.x5c.is_empty() {
        let (key, names) = x509::certified(&hint.x5c);
        let owners =
            pinned.iter().filter(|(_, own)| Some(own) == key.as_ref()).map(|(owner, _)| owner.clone());
        return owners.chain(names).collect();
    }
    if let Some(document) = document(hint) {
        return vec![document.to_owned()];
    }
    let mut owners: Vec<String> = Vec::new();
    for (owner, _) in pinned.iter().filter(|(_, key)| key.key_type() == "RSA") {
        if owners.len() < MOST && !owners.contains(owner) {
            owners.push(owner.clone());
        }
    }
    owners
}

/// Whether the token says in whose document its key is.
pub(crate) fn names_document(hint: &KeyHint) -> bool {
    document(hint).is_some()
}

fn document(hint: &KeyHint) -> Option<&str> {
    let (document, _) = hint.kid.as_deref()?.split_once('#')?;
    super::hint::is_address(document).then_some(document)
}
