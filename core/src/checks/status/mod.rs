//! What the status lists of a record say (VCDM 2.0 §4.10).
//!
//! An entry of the record says which list, which place in it, and what a set status means. The list is a document of its
//! own, verified as a credential before anything in it is inflated. Every defect of an entry or a list leaves the answer
//! open: nothing but a status that is set in a list that verified speaks against a record, and nothing but one that is not
//! set speaks for it.

mod bits;
mod bitstring;
mod one_edtech;
#[cfg(feature = "formats")]
pub(crate) mod revoked_assertions;
mod token_status_list;

use crate::codes::{Code, Finding, Outcome};
use crate::document::{self, DataModel};
use crate::json::{Kind, Value};
use crate::resources::Item;
use crate::time::Timestamp;
use bits::Packing;

/// How a status is published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mechanism {
    /// Bitstring Status List 1.0.
    Bitstring,
    /// Its draft of 2021, which still is in use.
    StatusList2021,
    /// The draft before that.
    RevocationList2020,
    /// The list of revoked credentials of 1EdTech, which nobody signs.
    OneEdTech,
    /// Token Status List of the IETF.
    TokenStatusList,
    /// The list of revoked records of Open Badges before 3.0 and CLR 1.0, which nobody signs.
    #[cfg_attr(not(feature = "formats"), allow(dead_code))] // of those formats alone
    RevokedAssertions,
}

/// The types of entries, and what they are read as.
const ENTRY_TYPES: [(&str, Mechanism); 4] = [
    ("BitstringStatusListEntry", Mechanism::Bitstring),
    ("StatusList2021Entry", Mechanism::StatusList2021),
    ("RevocationList2020Status", Mechanism::RevocationList2020),
    ("1EdTechRevocationList", Mechanism::OneEdTech),
];

/// An entry of a record.
#[derive(Debug)]
pub(crate) struct Entry {
    /// Where it stands.
    pub(crate) pointer: String,
    pub(crate) mechanism: Mechanism,
    /// Where the list is, as written; without the fragment where that is of the entry.
    pub(crate) list: String,
    place: Place,
}

/// Where in the list the record has its status.
#[derive(Debug)]
enum Place {
    /// At an index.
    Index {
        index: u64,
        /// Bits of one status; in a Token Status List the list says how many.
        size: Option<u8>,
        purpose: Option<String>,
        /// The values in `statusMessage`, in its order.
        messages: Vec<u64>,
    },
    /// Under the identifier of the record.
    Identifier(String),
    /// Under one of the names of the record; `old` lists may be mere objects.
    #[cfg_attr(not(feature = "formats"), allow(dead_code))] // of those formats alone
    Names { names: Vec<String>, old: bool },
}

/// What a list says of itself, as far as it could be read. Nothing in it is inflated yet.
#[derive(Debug)]
pub(crate) struct List {
    mechanism: Mechanism,
    /// `id`, or `sub` of a token.
    id: Option<String>,
    pub(crate) issuer: Option<String>,
    /// What a status in it means; a Token Status List has a registry of its own for that.
    purposes: Vec<String>,
    /// Bits of one status, if it says so.
    size: Option<u8>,
    /// Milliseconds before it should be fetched anew.
    ttl: Option<u64>,
    /// Whether it has a status of its own.
    has_status: bool,
    encoded: String,
    packing: Packing,
}

/// What a list was obtained for, and how.
pub(crate) struct Obtained<'l> {
    pub(crate) list: &'l List,
    /// What stands in its way as a credential, if anything does.
    pub(crate) verified: Result<(), Finding>,
    /// The bytes, in which the list is inflated once.
    pub(crate) item: &'l Item,
}

/// What is demanded of lists.
pub(crate) struct Demands<'p> {
    pub(crate) now: Timestamp,
    pub(crate) skew: u32,
    /// The identifiers whose lists are believed: the issuer's, and those whom the policy names.
    pub(crate) issuers: Vec<&'p str>,
    /// Seconds.
    pub(crate) max_age: Option<u64>,
    pub(crate) minimum_entries: u64,
}

/// The entries of a record, each as far as it can be read. An entry that cannot be is a finding. `token` if it came in one.
pub(crate) fn entries(root: Value<'_>, model: DataModel, token: bool) -> Vec<Result<Entry, Finding>> {
    if model == DataModel::SdJwtVc {
        return document::statuses(root, model).map(token_status_list::entry).collect();
    }
    let mut found: Vec<_> = document::statuses(root, model).map(|entry| self::entry(entry, root)).collect();
    if let Some(status) = root.get("status").filter(|_| token) {
        found.extend(of_claim(status));
    }
    found
}

/// The entries of the claim `status` of a token (draft-ietf-oauth-status-list §6.1). In linked data `status` is a term like
/// others, so it counts only if it is this.
pub(crate) fn of_claim(status: Value<'_>) -> impl Iterator<Item = Result<Entry, Finding>> {
    let mechanisms = status.get(document::STATUS_LIST).map(|_| status.children());
    mechanisms.into_iter().flatten().map(token_status_list::entry)
}

/// One entry of `credentialStatus`.
fn entry(entry: Value<'_>, root: Value<'_>) -> Result<Entry, Finding> {
    let mut known = ENTRY_TYPES.iter().filter(|(name, _)| document::has_type(entry, name));
    match (known.next(), known.next()) {
        (Some((_, Mechanism::OneEdTech)), None) => one_edtech::entry(entry, root),
        (Some((_, mechanism)), None) => bitstring::entry(entry, *mechanism),
        // An entry of two types would have two meanings.
        (Some(_), Some(_)) => Err(malformed(entry, "type")),
        (None, _) => Err(Finding::at(Code::StatusTypeUnknown, entry.pointer())),
    }
}

impl List {
    /// Reads what a document says as a list.
    ///
    /// # Errors
    /// [`Code::StatusListType`], [`Code::StatusListMalformed`].
    pub(crate) fn read(root: Value<'_>, issuer: Option<&str>) -> Result<List, Finding> {
        let list = if document::detect_status_list(root).is_some() {
            token_status_list::list(root)
        } else {
            bitstring::list(root)
        }?;
        Ok(List { issuer: issuer.map(str::to_owned), ..list })
    }
}

/// What an entry comes to.
pub(crate) fn evaluate(entry: &Entry, obtained: &Obtained<'_>, demands: &Demands<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let finding = match judge(entry, obtained, demands, &mut findings) {
        Ok(finding) | Err(finding) => finding,
    };
    let pointer = finding.pointer.clone().unwrap_or_else(|| entry.pointer.clone());
    findings.insert(0, finding.with("url", entry.list.as_str()).moved(Some(pointer)));
    findings
}

/// Whether it is a list that this entry may mean, by what it says of itself: what is not even that need not be verified.
///
/// # Errors
/// [`Code::StatusListType`], [`Code::StatusListIssuer`], [`Code::StatusListMismatch`].
pub(crate) fn fits(entry: &Entry, list: &List, demands: &Demands<'_>) -> Result<(), Finding> {
    if list.mechanism != entry.mechanism {
        return Err(Finding::new(Code::StatusListType));
    }
    if !list.issuer.as_deref().is_some_and(|issuer| demands.issuers.contains(&issuer)) {
        return Err(Finding::new(Code::StatusListIssuer));
    }
    // draft-ietf-oauth-status-list §8.3: `sub` must be the address.
    if list.mechanism == Mechanism::TokenStatusList && list.id.as_deref() != Some(&entry.list) {
        return Err(Finding::new(Code::StatusListMismatch));
    }
    Ok(())
}

/// Bitstring Status List 1.0 §3.2; the same for those that it came from.
fn judge(
    entry: &Entry,
    obtained: &Obtained<'_>,
    demands: &Demands<'_>,
    besides: &mut Vec<Finding>,
) -> Result<Finding, Finding> {
    let Obtained { list, verified, item } = obtained;
    let at = |code| Finding::at(code, entry.pointer.as_str());
    fits(entry, list, demands)?;
    verified.clone()?;
    if list.has_status {
        // Lists that depend on lists would never end.
        return Err(Finding::new(Code::StatusListNested));
    }
    let Place::Index { index, size, purpose, messages } = &entry.place else {
        return Err(Finding::new(Code::StatusListType));
    };
    if let Some(purpose) = purpose
        && !list.purposes.contains(purpose)
    {
        return Err(Finding::new(Code::StatusListPurpose));
    }
    let size = match (size, list.size) {
        (Some(size), Some(stated)) if *size != stated => return Err(Finding::new(Code::StatusSize)),
        (size, stated) => size.or(stated).unwrap_or(1),
    };
    let of_w3c = list.mechanism != Mechanism::TokenStatusList;
    if of_w3c {
        // §2.2 lets `id` be the address and does not demand it: a list with another is a list of the issuer all the same,
        // but perhaps not the one that was meant.
        let same = list.id.as_deref() == Some(&entry.list);
        besides.push(at(if same { Code::StatusListNamed } else { Code::StatusListNamedOtherwise }));
    }
    besides.push(at(fresh(list.ttl, item.age(demands.now))));
    stale(item, demands)?;

    let bits = item.status_bits(|| list.packing.inflate(&list.encoded))?;
    let entries = bits::count(bits, size);
    if of_w3c {
        let enough = entries >= demands.minimum_entries;
        let length = at(if enough { Code::StatusListLong } else { Code::StatusListShort });
        besides.push(length.with("value", entries).with("limit", demands.minimum_entries));
    }
    let value = bits::get(bits, *index, size, list.packing.order());
    let value = value.ok_or_else(|| Finding::new(Code::StatusIndexRange).with("limit", entries))?;
    Ok(if of_w3c {
        bitstring::meaning(value, purpose.as_deref(), messages, &entry.pointer)
    } else {
        token_status_list::meaning(value)
    })
}

/// A list that nobody signs: what it says is as good as the connection that it came over.
pub(crate) fn evaluate_unsigned(entry: &Entry, item: &Item, demands: &Demands<'_>) -> Vec<Finding> {
    let found = stale(item, demands).and_then(|()| match entry.mechanism {
        #[cfg(feature = "formats")]
        Mechanism::RevokedAssertions => revoked_assertions::look_up(entry, item, demands),
        _ => one_edtech::look_up(entry, item, demands),
    });
    let (Ok(finding) | Err(finding)) = found;
    let finding = match finding.code.outcome() {
        Outcome::Passed | Outcome::Failed => finding.with("evidence", "transport"),
        _ => finding,
    };
    vec![finding.with("url", entry.list.as_str()).moved(Some(entry.pointer.clone()))]
}

/// `ttl` says when to look again, not that what was seen is no longer so.
fn fresh(ttl: Option<u64>, age: Option<i64>) -> Code {
    match (ttl, age) {
        (None, _) => Code::StatusListNoTtl,
        (Some(_), None) => Code::StatusListAgeUnknown,
        (Some(ttl), Some(age)) if u64::try_from(age).unwrap_or(0).saturating_mul(1000) <= ttl => {
            Code::StatusListFresh
        }
        (Some(_), Some(_)) => Code::StatusListTtlOver,
    }
}

/// The age that the policy allows, clocks apart.
fn stale(item: &Item, demands: &Demands<'_>) -> Result<(), Finding> {
    match demands.max_age {
        Some(limit) if !item.is_fresh(limit, demands.now, demands.skew) => {
            Err(Finding::new(Code::StatusListStale).with("limit", limit))
        }
        _ => Ok(()),
    }
}

fn malformed(value: Value<'_>, member: &'static str) -> Finding {
    Finding::at(Code::StatusEntryMalformed, value.pointer()).with("member", member)
}

fn bad_list(member: &'static str) -> Finding {
    Finding::new(Code::StatusListMalformed).with("member", member)
}

/// A member that must be a string, not empty.
fn text<'t>(object: Value<'t>, member: &str) -> Option<&'t str> {
    object.get(member)?.as_str().filter(|text| !text.is_empty())
}

/// A number without sign, fraction or exponent.
fn natural(value: Value<'_>) -> Option<u64> {
    let token = value.as_number()?.token();
    token.bytes().all(|byte| byte.is_ascii_digit()).then(|| token.parse().ok())?
}

/// An address on the web, that is fetched only where nobody can listen.
fn is_https(url: &str) -> bool {
    url.starts_with("https://") && oxiri::Iri::parse(url).is_ok()
}

/// The texts of a member that is one or many; `None` where one of them is something else.
fn texts(object: Value<'_>, member: &str) -> Option<Vec<String>> {
    document::items(object, member).map(|item| item.as_str().map(str::to_owned)).collect()
}

/// Whether an object is what `value` is, or an array of one.
fn single(value: Value<'_>) -> Option<Value<'_>> {
    let mut items = value.one_or_many();
    let first = items.next().filter(|first| first.kind() == Kind::Object)?;
    items.next().is_none().then_some(first)
}
