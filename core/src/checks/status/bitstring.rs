//! Bitstring Status List 1.0, and the two drafts that it came from: StatusList2021 and RevocationList2020. They differ in
//! names and packing. The drafts' algorithms never say that the list's own proof is verified; it is.

use super::{
    Entry, List, Mechanism, Packing, Place, bad_list, is_https, malformed, natural, single, text, texts,
};
use crate::codes::{Code, Finding};
use crate::document::has_type;
use crate::json::Value;

/// The types of lists and of their subjects, what they are read as, and how they are packed.
const LISTS: [(&str, &str, Mechanism, Packing); 3] = [
    ("BitstringStatusListCredential", "BitstringStatusList", Mechanism::Bitstring, Packing::Multibase),
    ("StatusList2021Credential", "StatusList2021", Mechanism::StatusList2021, Packing::Base64),
    (
        "RevocationList2020Credential",
        "RevocationList2020",
        Mechanism::RevocationList2020,
        Packing::Base64OfEither,
    ),
];

/// Statuses that the standard gives a meaning (§2.1). The names of others may be anything.
const PURPOSES: [&str; 4] = ["revocation", "suspension", "refresh", "message"];

/// The largest `statusSize`: with a message for each value, more would not fit into any record.
const LARGEST: u64 = 32;

/// An entry (§2.1).
pub(super) fn entry(entry: Value<'_>, mechanism: Mechanism) -> Result<Entry, Finding> {
    let (list_member, index_member) = match mechanism {
        Mechanism::RevocationList2020 => ("revocationListCredential", "revocationListIndex"),
        _ => ("statusListCredential", "statusListIndex"),
    };
    let list = text(entry, list_member).ok_or_else(|| malformed(entry, list_member))?;
    if !is_https(list) {
        return Err(Finding::at(Code::StatusListLocation, entry.pointer()).with("url", list));
    }
    // §2.1: it must not be the address of the list.
    if entry.get("id").is_some_and(|id| id.as_str().is_none_or(|id| id == list)) {
        return Err(malformed(entry, "id"));
    }
    let purpose = match mechanism {
        Mechanism::RevocationList2020 => None,
        _ => Some(text(entry, "statusPurpose").ok_or_else(|| malformed(entry, "statusPurpose"))?),
    };
    let (size, messages) = match mechanism {
        Mechanism::Bitstring => sized(entry, purpose)?,
        _ => (1, Vec::new()),
    };
    let index = index(entry.get(index_member)).map_err(|code| Finding::at(code, entry.pointer()))?;
    Ok(Entry {
        pointer: entry.pointer(),
        mechanism,
        list: list.to_owned(),
        place: Place::Index { index, size: Some(size), purpose: purpose.map(str::to_owned), messages },
    })
}

/// An integer of arbitrary size, not negative, in base 10, as a string: digits, and one way to write each.
fn index(value: Option<Value<'_>>) -> Result<u64, Code> {
    let digits = value.and_then(|value| value.as_str()).ok_or(Code::StatusIndex)?;
    let canonical = digits == "0" || !digits.is_empty() && !digits.starts_with('0');
    if !canonical || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Code::StatusIndex);
    }
    // One that does not fit is beyond the end of every list.
    digits.parse().map_err(|_| Code::StatusIndexRange)
}

/// `statusSize`, and the values in `statusMessage`, of which there must be one for each possible status.
fn sized(entry: Value<'_>, purpose: Option<&str>) -> Result<(u8, Vec<u64>), Finding> {
    let wrong = || Finding::at(Code::StatusSize, entry.pointer());
    let size = match entry.get("statusSize") {
        None => 1,
        Some(size) => natural(size).filter(|size| (1..=LARGEST).contains(size)).ok_or_else(wrong)?,
    };
    let size = u8::try_from(size).map_err(|_| wrong())?;
    let bad = || malformed(entry, "statusMessage");
    let Some(messages) = entry.get("statusMessage") else {
        // §2.1: without them nobody knows what the values mean.
        return if size > 1 || purpose == Some("message") { Err(bad()) } else { Ok((size, Vec::new())) };
    };
    let value = |message: Value<'_>| {
        text(message, "message")?;
        u64::from_str_radix(text(message, "status")?.strip_prefix("0x")?, 16).ok()
    };
    let values: Option<Vec<u64>> =
        messages.as_array().and_then(|messages| messages.iter().map(value).collect());
    let values = values.ok_or_else(bad)?;
    let mut distinct = values.clone();
    distinct.sort_unstable();
    distinct.dedup();
    let all = 1_u64.checked_shl(u32::from(size));
    let complete = u64::try_from(distinct.len()).ok() == all
        && values.len() == distinct.len()
        && distinct.last().copied().and_then(|last| last.checked_add(1)) == all;
    if complete { Ok((size, values)) } else { Err(bad()) }
}

/// A list (§2.2).
pub(super) fn list(root: Value<'_>) -> Result<List, Finding> {
    let other = || Finding::new(Code::StatusListType);
    let subject = root.get("credentialSubject").and_then(single).ok_or_else(other)?;
    let is = |row: &&(&str, &str, Mechanism, Packing)| has_type(root, row.0) && has_type(subject, row.1);
    let mut rows = LISTS.iter().filter(is);
    let (Some((_, _, mechanism, packing)), None) = (rows.next(), rows.next()) else { return Err(other()) };
    let number = |member: &'static str| match subject.get(member) {
        None => Ok(None),
        Some(value) => natural(value).map(Some).ok_or_else(|| bad_list(member)),
    };
    let size = number("statusSize")?.map(u8::try_from).transpose().map_err(|_| bad_list("statusSize"))?;
    Ok(List {
        mechanism: *mechanism,
        id: root.get("id").and_then(|id| id.as_str()).map(str::to_owned),
        issuer: None,
        purposes: texts(subject, "statusPurpose").ok_or_else(|| bad_list("statusPurpose"))?,
        size,
        ttl: number("ttl")?,
        has_status: root.get("credentialStatus").is_some(),
        encoded: text(subject, "encodedList").ok_or_else(|| bad_list("encodedList"))?.to_owned(),
        packing: *packing,
    })
}

/// What a status means (§2.1, §3.2). `refresh` and `message` inform; they make no record invalid.
pub(super) fn meaning(value: u64, purpose: Option<&str>, messages: &[u64], pointer: &str) -> Finding {
    let purpose = purpose.unwrap_or("revocation");
    let code = match (value, purpose) {
        (0, "message") => Code::StatusMessage,
        (0, _) => Code::StatusUnset,
        (_, "revocation") => Code::StatusRevoked,
        (_, "suspension") => Code::StatusSuspended,
        (_, "refresh") => Code::StatusRefresh,
        (_, "message") => Code::StatusMessage,
        (_, _) => Code::StatusPurposeUnknown,
    };
    let mut finding = Finding::new(code);
    if PURPOSES.contains(&purpose) {
        finding = finding.with("purpose", purpose);
    }
    if value != 0 || code == Code::StatusMessage {
        finding = finding.with("value", value);
    }
    // The message is the issuer's text: where it stands, not what it says.
    match messages.iter().position(|message| *message == value) {
        Some(at) if finding.code != Code::StatusUnset => {
            finding.moved(Some(format!("{pointer}/statusMessage/{at}")))
        }
        _ => finding,
    }
}
