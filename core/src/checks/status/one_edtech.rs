//! 1EdTechRevocationList: a JSON document that names the credentials that its issuer has revoked. Nobody signs it, so what
//! it says is as good as the connection that the host fetched it over.

use super::{Demands, Entry, Mechanism, Place, bad_list, is_https, malformed, text};
use crate::codes::{Code, Finding};
use crate::document;
use crate::json::Value;
use crate::resources::Item;

/// An entry: its `id` is the address of the list; a fragment is none of it.
pub(super) fn entry(entry: Value<'_>, root: Value<'_>) -> Result<Entry, Finding> {
    let id = text(entry, "id").ok_or_else(|| malformed(entry, "id"))?;
    let list = id.split_once('#').map_or(id, |(list, _)| list);
    if !is_https(list) {
        return Err(Finding::at(Code::StatusListLocation, entry.pointer()).with("url", list));
    }
    // The list names credentials by their identifiers: one without cannot be found in it.
    let credential = text(root, "id").ok_or_else(|| malformed(root, "id"))?;
    Ok(Entry {
        pointer: entry.pointer(),
        mechanism: Mechanism::OneEdTech,
        list: list.to_owned(),
        place: Place::Identifier(credential.to_owned()),
    })
}

/// Looks the credential up. Identifiers are compared character by character.
pub(super) fn look_up(entry: &Entry, item: &Item, demands: &Demands<'_>) -> Result<Finding, Finding> {
    let tree = match item.document() {
        Some(Ok(tree)) => tree,
        Some(Err(_)) | None => return Err(Finding::new(Code::StatusListUnreadable)),
    };
    let list = tree.root();
    let Place::Identifier(credential) = &entry.place else { return Err(Finding::new(Code::StatusListType)) };
    if !document::issuer_id(list).is_some_and(|issuer| demands.issuers.contains(&issuer)) {
        return Err(Finding::new(Code::StatusListIssuer));
    }
    if text(list, "id") != Some(&entry.list) {
        return Err(Finding::new(Code::StatusListMismatch));
    }
    // The name of the member differs between its texts.
    let revoked = match (list.get("revokedCredential"), list.get("revokedCredentials")) {
        (Some(revoked), None) | (None, Some(revoked)) => revoked,
        _ => return Err(bad_list("revokedCredential")),
    };
    let mut found = false;
    for item in revoked.one_or_many() {
        let id = text(item, "id").ok_or_else(|| bad_list("revokedCredential"))?;
        let revoked = match item.get("revoked") {
            None => true,
            Some(revoked) => revoked.as_bool().ok_or_else(|| bad_list("revoked"))?,
        };
        found |= revoked && id == credential;
    }
    Ok(Finding::new(if found { Code::StatusRevoked } else { Code::StatusUnset }))
}
