//! Revocation lists of Open Badges before 3.0 and of CLR 1.0 (Open Badges 2.0 §RevocationList, 1.1 §Revocation list): a JSON
//! document at the address that the issuer's profile gives. Nobody signs it, so what it says is as good as the connection
//! that the host fetched it over.

use super::{Demands, Entry, Mechanism, Place, bad_list, text};
use crate::codes::{Code, Finding};
use crate::document::items;
use crate::json::Value;
use crate::resources::{Answer, Item};

/// The list that a profile names, and the names of the record in it: `id` and, before 2.0, `uid`. `old` is whether the list
/// may be a mere object of identifiers and reasons (1.1 and before).
///
/// # Errors
/// [`Code::StatusEntryMalformed`] if the address of the list is no text, or the record has no name.
pub(crate) fn entry(list: Value<'_>, record: Value<'_>, old: bool) -> Result<Entry, Finding> {
    let pointer = list.pointer();
    let names = ["id", "uid"].into_iter().filter_map(|member| text(record, member));
    let names: Vec<String> = names.map(str::to_owned).collect();
    match list.as_str().filter(|_| !names.is_empty()) {
        Some(url) => Ok(Entry {
            pointer,
            mechanism: Mechanism::RevokedAssertions,
            list: url.to_owned(),
            place: Place::Names { names, old },
        }),
        None => Err(Finding::at(Code::StatusEntryMalformed, pointer).with("member", "revocationList")),
    }
}

/// Looks the record up. Identifiers are compared character by character.
///
/// # Errors
/// What is wrong with the list: then nothing is known.
pub(super) fn look_up(entry: &Entry, item: &Item, demands: &Demands<'_>) -> Result<Finding, Finding> {
    let Place::Names { names: sought, old } = &entry.place else {
        return Err(Finding::new(Code::StatusListType));
    };
    let is_answer =
        matches!(&item.answer, Answer::Found(resource) if matches!(resource.http_status, None | Some(200)));
    let tree = item.document().filter(|_| is_answer);
    let Some(Ok(tree)) = tree else { return Err(Finding::new(Code::StatusListUnreadable)) };
    let list = tree.root();
    let object = list.as_object().ok_or_else(|| Finding::new(Code::StatusListUnreadable))?;
    let Some(revoked) = list.get("revokedAssertions") else {
        if !old || list.get("@context").is_some() {
            return Err(bad_list("revokedAssertions"));
        }
        // That it is revoked, one member says; that it is not, a list alone.
        let is_revoked =
            |name: &String| object.get(name).is_some_and(|reason| is_name_and_reason((name, reason)));
        if sought.iter().any(is_revoked) {
            return Ok(said(true));
        }
        if !object.iter().all(is_name_and_reason) {
            return Err(Finding::new(Code::StatusListUnreadable));
        }
        return Ok(said(false));
    };
    if list.get("type").is_some() && !items(list, "type").any(|name| name.as_str() == Some("RevocationList"))
    {
        return Err(Finding::new(Code::StatusListType));
    }
    if list.get("id").is_some_and(|id| id.as_str() != Some(&entry.list)) {
        return Err(Finding::new(Code::StatusListMismatch));
    }
    if let Some(issuer) = list.get("issuer").filter(|issuer| !issuer.is_null()) {
        let id = issuer.as_str().or_else(|| text(issuer, "id"));
        if !id.is_some_and(|id| demands.issuers.contains(&id)) {
            return Err(Finding::new(Code::StatusListIssuer));
        }
    }
    let mut found = false;
    for entry in revoked.one_or_many() {
        found |= is_named(entry, sought)?;
    }
    Ok(said(found))
}

/// Whether a member can be one of a list of 1.1 or before: its name the identifier of what was revoked, its value the
/// reason (1.1 §Revocation list).
///
/// Nothing marks such a list as one, and a server that has none answers with an object too: with a message, an error
/// (RFC 9457 §3.1), or another document of Open Badges. Whose members have such names, or anything but reasons in them, is
/// no list. An identifier that is one of these words is lost with it: then nothing is known, and nothing passes.
fn is_name_and_reason((name, reason): (&str, Value<'_>)) -> bool {
    const BEGIN: [&str; 5] = ["error", "exception", "http", "message", "status"];
    const WORDS: &[&str] = &[
        "cause",
        "code",
        "data",
        "description",
        "detail",
        "details",
        "email",
        "err",
        "fault",
        "hint",
        "id",
        "info",
        "instance",
        "issuer",
        "msg",
        "name",
        "ok",
        "path",
        "reason",
        "reasonphrase",
        "request",
        "response",
        "result",
        "success",
        "text",
        "timestamp",
        "title",
        "type",
        "uid",
        "url",
    ];
    // URLs, which have other signs, are no words.
    let is_word = name.chars().all(|c| c.is_ascii_alphanumeric() || "_-@".contains(c));
    let word: String =
        name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    let is_other = name.starts_with('@')
        || is_word && (WORDS.contains(&word.as_str()) || BEGIN.iter().any(|begin| word.starts_with(begin)));
    reason.as_str().is_some() && !is_other
}

/// Whether an entry says that the record was revoked.
fn is_named(entry: Value<'_>, sought: &[String]) -> Result<bool, Finding> {
    if let Some(id) = entry.as_str() {
        return Ok(sought.iter().any(|name| name == id));
    }
    let malformed = || bad_list("revokedAssertions");
    entry.as_object().ok_or_else(malformed)?;
    let mut stated = Vec::new();
    for member in ["id", "uid"] {
        if let Some(value) = entry.get(member) {
            stated.push(value.as_str().ok_or_else(malformed)?);
        }
    }
    if stated.is_empty() {
        return Err(malformed());
    }
    let revoked = match entry.get("revoked") {
        None => true,
        Some(revoked) => revoked.as_bool().ok_or_else(malformed)?,
    };
    Ok(revoked && sought.iter().any(|name| stated.contains(&name.as_str())))
}

fn said(revoked: bool) -> Finding {
    Finding::new(if revoked { Code::StatusRevoked } else { Code::StatusUnset })
}
