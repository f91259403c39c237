//! From the payload of the issuer and the disclosures to the claims (RFC 9901 §7.1).
//!
//! Every digest that stands in the payload is looked up among those of the disclosures; what is found is written in its
//! place and searched in turn. As a digest counts once, so does a disclosure, and the work is linear in the text. Open
//! arrays and objects stand on an explicit stack.

use std::collections::BTreeSet;

use sha2::{Digest, Sha256, Sha384, Sha512};

use crate::codes::{Code, Finding};
use crate::document;
use crate::encoding::base64url;
use crate::json::{Children, Kind, Tree, Value, jcs};
use crate::limits::{self, Limits};

/// Members that hold digests, and their names in arrays.
const SD: &str = "_sd";
const ITEM: &str = "...";
const HASH: &str = "_sd_alg";

/// The hash function of digests (`_sd_alg`, RFC 9901 §4.1.1): those of the IANA registry that are not cut short.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hash {
    Sha256,
    Sha384,
    Sha512,
}

impl Hash {
    /// The one that the payload names; SHA-256 if it names none.
    fn of(payload: Value<'_>) -> Result<Self, Finding> {
        let Some(named) = payload.get(HASH) else { return Ok(Hash::Sha256) };
        match named.as_str() {
            Some("sha-256") => Ok(Hash::Sha256),
            Some("sha-384") => Ok(Hash::Sha384),
            Some("sha-512") => Ok(Hash::Sha512),
            Some(_) => Err(Finding::new(Code::SdJwtHashUnsupported)),
            None => Err(Finding::new(Code::SdJwtStructure).with("member", HASH)),
        }
    }

    /// The digest of a text as it is written (RFC 9901 §4.2.3, §4.3.1), in base64url.
    pub(super) fn digest(self, text: &str) -> String {
        let mut digest = String::new();
        self.digest_to(&mut digest, text);
        digest
    }

    /// Appends it.
    fn digest_to(self, digests: &mut String, text: &str) {
        match self {
            Hash::Sha256 => base64url::encode_to(digests, &Sha256::digest(text)),
            Hash::Sha384 => base64url::encode_to(digests, &Sha384::digest(text)),
            Hash::Sha512 => base64url::encode_to(digests, &Sha512::digest(text)),
        }
    }

    /// How many characters it has.
    const fn length(self) -> usize {
        match self {
            Hash::Sha256 => 43,
            Hash::Sha384 => 64,
            Hash::Sha512 => 86,
        }
    }
}

/// The processed payload.
#[derive(Debug)]
pub(super) struct Claims {
    /// As JSON text.
    pub(super) text: String,
    pub(super) hash: Hash,
    pub(super) withheld: Withheld,
}

/// Where there are digests of which nothing is disclosed; they may be decoys (RFC 9901 §4.2.5).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Withheld {
    /// Among the members of the whole.
    pub(super) members: bool,
    /// In `credentialStatus`.
    pub(super) status: bool,
}

impl Withheld {
    pub(super) fn any(self) -> bool {
        self.members || self.status
    }
}

/// Puts what is disclosed in its places and takes all digests away. No member of the whole that is named in
/// `never_disclosed` may have come from a disclosure, wholly or in part (RFC 9901 §9.7).
///
/// # Errors
/// The rules of RFC 9901 §7.1, step 3 to 5; `json.*` for a disclosure that is no JSON; `limits.*`.
pub(super) fn process(
    payload: Value<'_>,
    disclosures: &[&str],
    never_disclosed: &[&str],
    limits: &Limits,
) -> Result<Claims, Finding> {
    if disclosures.len() > limits.disclosures {
        return Err(limits::reached(Code::LimitDisclosures, limits.disclosures));
    }
    let hash = Hash::of(payload)?;
    for name in never_disclosed {
        payload.get(name).map_or(Ok(()), |value| whole(name, value))?;
    }
    // Small texts, and many of them: they stand one behind the other.
    let mut texts = Vec::with_capacity(disclosures.iter().map(|text| text.len()).sum());
    let mut lengths = Vec::with_capacity(disclosures.len());
    let mut digests = String::with_capacity(disclosures.len().saturating_mul(hash.length()));
    for disclosure in disclosures {
        let before = texts.len();
        base64url::decode_to(&mut texts, disclosure).map_err(|_| Finding::new(Code::DisclosureShape))?;
        lengths.push(texts.len().saturating_sub(before));
        hash.digest_to(&mut digests, disclosure);
    }
    let mut trees = Vec::with_capacity(disclosures.len());
    let mut rest = texts.as_slice();
    for length in lengths {
        let (text, others) = rest.split_at_checked(length).unwrap_or((rest, &[]));
        // A pointer would lead into the disclosure, which no reader of the report has.
        trees.push(Tree::parse(text, limits).map_err(|finding| finding.moved(None))?);
        rest = others;
    }
    let digests = digests.as_bytes().chunks(hash.length());
    let disclosure = |(digest, tree)| Disclosed { digest, value: Tree::root(tree), used: false };
    let mut disclosed: Vec<Disclosed<'_>> = digests.zip(&trees).map(disclosure).collect();
    disclosed.sort_unstable_by(|a, b| a.digest.cmp(b.digest));
    if disclosed.windows(2).any(|pair| matches!(pair, [a, b] if a.digest == b.digest)) {
        return Err(Finding::new(Code::DisclosureUnused));
    }
    let mut writer = Writer {
        text: String::with_capacity(payload.to_text().len().saturating_add(texts.len())),
        open: Vec::new(),
        disclosed,
        withheld_digests: BTreeSet::new(),
        withheld: Withheld::default(),
        in_status: false,
        never_disclosed,
        limits,
    };
    writer.write(payload)?;
    if !writer.disclosed.iter().all(|disclosed| disclosed.used) {
        return Err(Finding::new(Code::DisclosureUnused));
    }
    Ok(Claims { text: writer.text, hash, withheld: writer.withheld })
}

/// A value of which nothing can be withheld.
fn whole(name: &str, value: Value<'_>) -> Result<(), Finding> {
    let mut digests = false;
    document::walk(value, &mut |inside| {
        digests |= matches!(inside.key(), Some(SD | ITEM));
        !digests
    });
    if digests { Err(Finding::new(Code::DisclosureForbidden).with("member", name)) } else { Ok(()) }
}

/// An array or object that is being written.
enum Open<'t> {
    Array(Children<'t>),
    /// The object's own members, then those that are disclosed, last one first.
    Object(Children<'t>, Vec<(&'t str, Value<'t>)>),
}

/// A disclosure and the digest that stands for it.
struct Disclosed<'t> {
    digest: &'t [u8],
    value: Value<'t>,
    /// Whether its digest has been found.
    used: bool,
}

struct Writer<'t, 'l> {
    text: String,
    open: Vec<Open<'t>>,
    /// In the order of their digests.
    disclosed: Vec<Disclosed<'t>>,
    /// The digests found so far that stand for nothing that is disclosed.
    withheld_digests: BTreeSet<&'t str>,
    withheld: Withheld,
    /// Whether what is being written belongs to `credentialStatus` of the whole.
    in_status: bool,
    never_disclosed: &'l [&'l str],
    limits: &'l Limits,
}

impl<'t> Writer<'t, '_> {
    fn write(&mut self, payload: Value<'t>) -> Result<(), Finding> {
        self.begin(payload)?;
        while let Some(open) = self.open.last_mut() {
            // What is there comes before what is disclosed, whatever the order of the digests says.
            let (key, value) = match open {
                Open::Array(items) => (None, items.next()),
                Open::Object(members, disclosed) => match members.next() {
                    Some(value) => (value.key(), Some(value)),
                    None => disclosed.pop().map_or((None, None), |(key, value)| (Some(key), Some(value))),
                },
            };
            match (key, value) {
                (_, None) => {
                    let end = if matches!(self.open.pop(), Some(Open::Array(_))) { ']' } else { '}' };
                    self.text.push(end);
                }
                (Some(key), Some(value)) => self.member(key, value)?,
                (None, Some(item)) => self.item(item)?,
            }
        }
        Ok(())
    }

    fn comma(&mut self) {
        if !self.text.ends_with(['[', '{']) {
            self.text.push(',');
        }
    }

    fn member(&mut self, key: &'t str, value: Value<'t>) -> Result<(), Finding> {
        match key {
            SD => return Ok(()),
            HASH if self.open.len() == 1 => return Ok(()),
            HASH | ITEM => return Err(Finding::new(Code::SdJwtStructure).with("member", key)),
            _ => {}
        }
        if self.open.len() == 1 {
            self.in_status = key == "credentialStatus";
        }
        self.comma();
        jcs::push_string(&mut self.text, key);
        self.text.push(':');
        self.begin(value)
    }

    /// An item, or `{"...": digest}` in place of one (RFC 9901 §4.2.4.2).
    fn item(&mut self, item: Value<'t>) -> Result<(), Finding> {
        let Some(digest) = item.get(ITEM) else {
            self.comma();
            return self.begin(item);
        };
        let alone = item.as_object().is_some_and(|object| object.len() == 1);
        match digest.as_str().filter(|_| alone) {
            None => Err(Finding::new(Code::SdJwtStructure).with("member", ITEM)),
            Some(digest) => match self.find(digest)? {
                None => Ok(()),
                Some(disclosure) => {
                    let [_, value] = salted(disclosure)?;
                    self.comma();
                    self.begin(value)
                }
            },
        }
    }

    /// Writes a scalar, or opens an array or object.
    fn begin(&mut self, value: Value<'t>) -> Result<(), Finding> {
        match value.kind() {
            Kind::Null => self.text.push_str("null"),
            Kind::Bool => self.text.push_str(if value.as_bool() == Some(true) { "true" } else { "false" }),
            // The token as it is written: what it means is for the reader.
            Kind::Number => self.text.push_str(value.as_number().map_or("0", |number| number.token())),
            Kind::String => value.push_string(&mut self.text),
            Kind::Array | Kind::Object if self.open.len() >= self.limits.depth => {
                return Err(limits::reached(Code::LimitDepth, self.limits.depth));
            }
            Kind::Array => {
                self.text.push('[');
                self.open.push(Open::Array(value.children()));
            }
            Kind::Object => {
                let disclosed = self.disclosed_members(value)?;
                self.text.push('{');
                self.open.push(Open::Object(value.children(), disclosed));
            }
        }
        Ok(())
    }

    /// The members that the digests of an object (`_sd`) stand for, as far as they are disclosed.
    fn disclosed_members(&mut self, object: Value<'t>) -> Result<Vec<(&'t str, Value<'t>)>, Finding> {
        let Some(digests) = object.get(SD) else { return Ok(Vec::new()) };
        let wrong = || Finding::new(Code::SdJwtStructure).with("member", SD);
        let at_top = self.open.is_empty();
        let mut found = Vec::with_capacity(
            digests.as_array().map_or(0, |digests| digests.len()).min(self.disclosed.len()),
        );
        for digest in digests.as_array().ok_or_else(wrong)?.iter() {
            let Some(disclosure) = self.find(digest.as_str().ok_or_else(wrong)?)? else {
                self.withheld.members |= at_top;
                continue;
            };
            let [_, name, value] = salted(disclosure)?;
            let name = name.as_str().ok_or_else(|| Finding::new(Code::DisclosureShape))?;
            if matches!(name, SD | ITEM | HASH) {
                return Err(Finding::new(Code::DisclosureName).with("member", name));
            }
            if at_top && self.never_disclosed.contains(&name) {
                return Err(Finding::new(Code::DisclosureForbidden).with("member", name));
            }
            found.push((name, value));
        }
        if !found.is_empty() {
            let own = object.children().filter_map(|member| member.key());
            let mut names: Vec<&str> = own.chain(found.iter().map(|(name, _)| *name)).collect();
            names.sort_unstable();
            if names.windows(2).any(|pair| matches!(pair, [a, b] if a == b)) {
                return Err(Finding::new(Code::DisclosureCollision));
            }
        }
        Ok(found)
    }

    /// What a digest stands for, if it is disclosed.
    fn find(&mut self, digest: &'t str) -> Result<Option<Value<'t>>, Finding> {
        let place = self.disclosed.binary_search_by(|disclosed| disclosed.digest.cmp(digest.as_bytes()));
        let disclosed = place.ok().and_then(|place| self.disclosed.get_mut(place));
        let (first, value) = match disclosed {
            Some(disclosed) => (!std::mem::replace(&mut disclosed.used, true), Some(disclosed.value)),
            None => (self.withheld_digests.insert(digest), None),
        };
        if !first {
            return Err(Finding::new(Code::SdJwtDigestTwice));
        }
        self.withheld.status |= self.in_status && value.is_none();
        Ok(value)
    }
}

/// The items of a disclosure (RFC 9901 §4.2): so many, of which the first is the salt, a string.
fn salted<const LENGTH: usize>(disclosure: Value<'_>) -> Result<[Value<'_>; LENGTH], Finding> {
    let wrong = || Finding::new(Code::DisclosureShape);
    let array = disclosure.as_array().filter(|array| array.len() == LENGTH).ok_or_else(wrong)?;
    let mut items = [disclosure; LENGTH];
    items.iter_mut().zip(array.iter()).for_each(|(place, item)| *place = item);
    match items.first() {
        Some(salt) if salt.kind() == Kind::String => Ok(items),
        _ => Err(wrong()),
    }
}
