//! The contexts of a verifier: compiled in, pinned by policy, supplied by the host, or from the document.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use sha2::{Digest as _, Sha256, Sha384};

use super::error::{Error, REPORTED, Result};
use super::local::{Definitions, Item, LocalContext, Reader, Target};
use super::process::{Loaded, Loader};
use super::state::{Memo, Source, State, States, TRANSIENT};
use super::tables::reserved::Reserved;
use super::tables::{self, Embedded, TABLES};
use super::{ContextUse, InlineContexts, Origin, Rules, Supplied};
use crate::codes::{Code, Finding};
use crate::json::{Value, jcs};
use crate::limits;

/// Pinned contexts have numbers from here on.
const PINNED: Source = 1 << 16;

/// Pinned contexts that are kept; a policy has a handful.
const MAX_PINNED: usize = 256;

/// How many dates are tried at most.
const ATTEMPTS: usize = 4;

/// The compiled contexts and everything that was worked out from them; shared by the threads of a verifier.
#[derive(Debug)]
pub struct Contexts {
    /// Tables are read when they are first used; none that is compiled in is unreadable (tests read them all).
    embedded: Vec<OnceLock<Option<Arc<LocalContext>>>>,
    pinned: RwLock<BTreeMap<[u8; 32], Loaded>>,
    memo: RwLock<Arc<Memo>>,
}

impl Default for Contexts {
    fn default() -> Self {
        Contexts {
            embedded: TABLES.iter().map(|_| OnceLock::new()).collect(),
            pinned: RwLock::default(),
            memo: RwLock::new(Arc::new(Memo::new(State::default()))),
        }
    }
}

impl Contexts {
    pub(super) fn states(&self) -> States {
        States::new(self.memo.read().unwrap_or_else(PoisonError::into_inner).clone())
    }

    /// Keeps what a call worked out, unless another was quicker: then it will be worked out again.
    pub(super) fn keep(&self, states: &States) {
        let Some((before, grown)) = states.grown() else { return };
        let mut memo = self.memo.write().unwrap_or_else(PoisonError::into_inner);
        if Arc::ptr_eq(&memo, &before) {
            *memo = Arc::new(grown);
        }
    }

    fn table(&self, index: usize) -> Option<Loaded> {
        let context = self.embedded.get(index)?.get_or_init(|| {
            let embedded = TABLES.get(index)?;
            tables::read(embedded.text).ok().map(|table| Arc::new(table.context))
        });
        Some(Loaded { source: Source::try_from(index).ok()?, context: context.clone()? })
    }

    fn pinned(&self, sha256: &[u8; 32]) -> Option<Loaded> {
        self.pinned.read().unwrap_or_else(PoisonError::into_inner).get(sha256).cloned()
    }

    fn pin(&self, sha256: [u8; 32], context: LocalContext) -> Option<Loaded> {
        let mut pinned = self.pinned.write().unwrap_or_else(PoisonError::into_inner);
        let source = PINNED.checked_add(u32::try_from(pinned.len()).ok()?)?;
        if pinned.len() >= MAX_PINNED {
            return None;
        }
        Some(pinned.entry(sha256).or_insert(Loaded { source, context: Arc::new(context) }).clone())
    }
}

/// The versions of an embedded context, with their numbers, newest first.
fn versions(url: &str) -> impl Iterator<Item = (usize, &'static Embedded)> {
    static BY_URL: OnceLock<BTreeMap<&str, Vec<usize>>> = OnceLock::new();
    let by_url = BY_URL.get_or_init(|| {
        let mut by_url: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (index, table) in TABLES.iter().enumerate() {
            for url in table.aliases.iter().filter(|alias| **alias != table.url).chain([&table.url]) {
                by_url.entry(url).or_default().push(index);
            }
        }
        by_url
    });
    let indexes = by_url.get(url).into_iter().flatten();
    indexes.filter_map(|index| TABLES.get(*index).map(|table| (*index, table)))
}

/// Whether there is more than one version.
fn is_dated(url: &str) -> bool {
    versions(url).nth(1).is_some()
}

/// The version that stood at the URL on a date: the newest that is not younger, or else the oldest.
fn version(url: &str, as_of: Option<&str>) -> Option<(usize, &'static Embedded)> {
    let Some(date) = as_of else { return versions(url).next() };
    versions(url).find(|(_, table)| table.date <= date).or_else(|| versions(url).last())
}

/// The embedded contexts that an `@context` names, where no canonicalization reads them (JCS): by them the JSON is to be
/// read.
pub fn named(context: Option<Value<'_>>) -> Vec<ContextUse> {
    let urls = context.into_iter().flat_map(|context| context.one_or_many()).filter_map(|url| url.as_str());
    let embedded = |url: &str| {
        let (_, table) = version(url, None)?;
        let dated = versions(url).nth(1).is_some();
        Some(ContextUse {
            url: url.to_owned(),
            sha256: table.sha256,
            date: dated.then_some(table.date),
            origin: Origin::Embedded,
            used: true,
        })
    };
    urls.filter_map(embedded).collect()
}

/// Dates for [`Rules::as_of`] under which these contexts differ from their newest versions: at most four, the nearest
/// to `created` (an instant of which the first ten characters are the date) first.
pub fn dated_attempts<'u>(urls: impl Iterator<Item = &'u str>, created: Option<&str>) -> Vec<String> {
    let mut dates: Vec<&'static str> = Vec::new();
    for url in urls {
        dates.extend(versions(url).skip(1).map(|(_, table)| table.date));
    }
    dates.sort_unstable();
    dates.dedup();
    // A signature was made with what stood there then: the last date before it comes first, then the others by
    // distance.
    let created = created.and_then(|created| created.get(..10));
    let day = |date: &str| -> i64 {
        let mut parts = date.split('-').map(|part| part.parse::<i64>().unwrap_or(0));
        let (year, month, day) = (parts.next(), parts.next(), parts.next());
        let year = year.unwrap_or(0).saturating_mul(372);
        year.saturating_add(month.unwrap_or(0).saturating_mul(31)).saturating_add(day.unwrap_or(0))
    };
    match created {
        Some(created) => {
            let then = dates.iter().rev().find(|date| **date <= created).copied();
            dates.sort_by_key(|date| (Some(*date) != then, day(date).abs_diff(day(created))));
        }
        None => dates.reverse(),
    }
    dates.into_iter().take(ATTEMPTS).map(str::to_owned).collect()
}

/// The contexts of one call.
pub(super) struct Sources<'c, 'r> {
    contexts: &'c Contexts,
    rules: &'c Rules<'r>,
    /// Where the URL that is being loaded stands.
    at: Option<String>,
    found: BTreeMap<String, Option<Loaded>>,
    own: u32,
    pub(super) uses: Vec<(Source, ContextUse)>,
    pub(super) findings: Vec<Finding>,
    pub(super) missing: Vec<String>,
    /// A context is used whose bytes are known to change, or are not pinned.
    pub(super) unpinned: bool,
    /// A context was supplied and is not pinned.
    pub(super) supplied: bool,
}

impl<'c, 'r> Sources<'c, 'r> {
    pub(super) fn new(contexts: &'c Contexts, rules: &'c Rules<'r>) -> Self {
        Sources {
            contexts,
            rules,
            at: None,
            found: BTreeMap::new(),
            own: 0,
            uses: Vec::new(),
            findings: Vec::new(),
            missing: Vec::new(),
            unpinned: false,
            supplied: false,
        }
    }

    fn find(&mut self, code: Code, url: &str) {
        let mut finding = Finding::new(code).with("url", url);
        finding.pointer = self.at.clone();
        self.findings.push(finding);
    }

    /// A context that is only good for this call.
    fn transient(&mut self, context: LocalContext) -> Loaded {
        let source = TRANSIENT | self.own;
        self.own = self.own.saturating_add(1);
        Loaded { source, context: Arc::new(context) }
    }

    fn note(
        &mut self,
        loaded: &Loaded,
        url: &str,
        sha256: [u8; 32],
        date: Option<&'static str>,
        origin: Origin,
    ) {
        let used = ContextUse { url: url.to_owned(), sha256, date, origin, used: false };
        self.uses.push((loaded.source, used));
    }

    fn count(&mut self) -> Result<()> {
        let limit = self.rules.limits.contexts;
        if self.uses.len() >= limit {
            return Err(Error::limit(limits::reached(Code::LimitContexts, limit)));
        }
        Ok(())
    }

    fn get(&mut self, url: &str) -> Result<Option<Loaded>> {
        self.count()?;
        if let Some(sha256) = self.rules.pinned.get(url).copied() {
            return Ok(self.get_exactly(url, Digest::Sha256(sha256), Origin::Pinned));
        }
        if let Some(digest) = self.rules.digests.get(url).and_then(|digest| Digest::of(digest)) {
            return Ok(self.get_exactly(url, digest, Origin::Supplied));
        }
        if let Some((index, table)) = version(url, self.rules.as_of.as_deref()) {
            let dated = is_dated(url);
            self.unpinned |= dated;
            return Ok(self.embedded(url, index, table, dated));
        }
        let Some((bytes, sha256)) = self.bytes(url) else { return Ok(None) };
        let Some(context) = self.read(url, bytes, true) else { return Ok(None) };
        self.unpinned = true;
        self.supplied = true;
        let loaded = self.transient(context);
        self.note(&loaded, url, sha256, None, Origin::Supplied);
        Ok(Some(loaded))
    }

    fn embedded(&mut self, url: &str, index: usize, table: &Embedded, dated: bool) -> Option<Loaded> {
        if table.text.is_empty() {
            self.find(Code::ContextUnavailable, url);
            return None;
        }
        let loaded = self.contexts.table(index);
        let Some(loaded) = loaded else {
            self.find(Code::ContextUnreadable, url);
            return None;
        };
        let date = TABLES.get(index).map(|table| table.date).filter(|_| dated);
        self.note(&loaded, url, table.sha256, date, Origin::Embedded);
        Some(loaded)
    }

    /// The context with exactly these bytes.
    fn get_exactly(&mut self, url: &str, digest: Digest, origin: Origin) -> Option<Loaded> {
        if let Some((index, table)) = versions(url).find(|(_, table)| digest.is_of_table(table)) {
            return self.embedded(url, index, table, is_dated(url));
        }
        if let Digest::Sha256(sha256) = digest
            && let Some(loaded) = self.contexts.pinned(&sha256).filter(|_| origin == Origin::Pinned)
        {
            self.note(&loaded, url, sha256, None, Origin::Pinned);
            return Some(loaded);
        }
        let (bytes, sha256) = self.bytes(url)?;
        if !digest.is_of(bytes) {
            self.find(Code::ContextDigest, url);
            return None;
        }
        let context = self.read(url, bytes, origin != Origin::Pinned)?;
        let loaded = match origin {
            Origin::Pinned => self.contexts.pin(sha256, context.clone()),
            _ => None,
        };
        let loaded = loaded.unwrap_or_else(|| self.transient(context));
        // The document's own word for the digest does not make a context one that the policy knows.
        self.supplied |= origin != Origin::Pinned;
        self.unpinned |= origin != Origin::Pinned;
        self.note(&loaded, url, sha256, None, origin);
        Some(loaded)
    }

    fn bytes(&mut self, url: &str) -> Option<(&'r [u8], [u8; 32])> {
        match (self.rules.supplied)(url) {
            Supplied::Bytes(bytes) => Some((bytes, Sha256::digest(bytes).into())),
            Supplied::Unavailable => {
                self.find(Code::ContextUnavailable, url);
                None
            }
            Supplied::JsonSchema => {
                self.find(Code::ContextJsonSchema, url);
                None
            }
            Supplied::Missing => {
                self.find(Code::ContextUnknown, url);
                if !self.missing.iter().any(|missing| missing == url) {
                    self.missing.push(url.to_owned());
                }
                None
            }
        }
    }

    /// Reads a supplied document; `check` applies the rules for contexts that nobody pinned.
    fn read(&mut self, url: &str, bytes: &[u8], check: bool) -> Option<LocalContext> {
        let context = match tables::read_published(bytes, self.rules.limits, &|_| None) {
            Ok(context) => context,
            Err(_) => {
                self.find(Code::ContextUnreadable, url);
                return None;
            }
        };
        (!check || self.is_allowed(&context, url, true)).then_some(context)
    }

    /// What contexts that nobody pinned may not do: redefine what is reserved, or catch everything.
    fn is_allowed(&mut self, context: &LocalContext, url: &str, vocab: bool) -> bool {
        let mut open = vec![context.clone()];
        while let Some(context) = open.pop() {
            for item in &context.items {
                match item {
                    Item::Null | Item::Reference(_) => {}
                    Item::Definitions(definitions) => {
                        if is_catch_all(definitions, vocab) {
                            self.find(Code::ContextForbiddenKeyword, url);
                            return false;
                        }
                        if let Some(term) = redefined(definitions) {
                            let mut finding = Finding::new(Code::ContextRedefinesReserved)
                                .with("url", url)
                                .with("term", term.to_string());
                            finding.pointer = self.at.clone();
                            self.findings.push(finding);
                            return false;
                        }
                        let scoped = definitions.terms.iter().filter_map(|term| term.context.as_deref());
                        open.extend(scoped.cloned());
                    }
                }
            }
        }
        true
    }

    /// A context in the document, with what it names; all of it is looked at, so that a host can get all at once.
    fn of_document(&mut self, context: Value<'_>) -> Result<Loaded> {
        let limit = self.rules.limits.contexts;
        if context.one_or_many().nth(limit).is_some() {
            return Err(Error::limit(limits::reached(Code::LimitContexts, limit)));
        }
        let mut good = true;
        let mut brings = false;
        for item in context.one_or_many() {
            self.at = Some(item.pointer());
            match item.as_str() {
                Some(url) => good &= self.url(url)?.is_some(),
                None => brings = true,
            }
        }
        if brings {
            self.at = Some(context.pointer());
            self.count()?;
            if self.rules.inline == InlineContexts::Refuse {
                self.findings.push(Finding::at(Code::ContextInlineRefused, context.pointer()));
                return Err(Error::new(REPORTED));
            }
        }
        let import = |_: &str| -> Result<Definitions> { Err(Error::new("invalid context entry")) };
        let reader = Reader { mode_1_0: false, base: None, import: &import };
        let mut local = LocalContext::from_json(context, &reader).map_err(|error| {
            let mut finding = Finding::at(Code::ContextInvalid, context.pointer()).with("error", error.code);
            if let Some(term) = error.term {
                finding = finding.with("term", term);
            }
            self.findings.push(finding);
            Error::new(REPORTED)
        })?;
        tables::resolve(&mut local);
        let vocab = self.rules.inline != InlineContexts::AllowUnreservedWithVocab;
        if !good || (brings && !self.is_allowed(&local, &context.pointer(), vocab)) {
            return Err(Error::new(REPORTED));
        }
        let loaded = self.transient(local);
        if brings {
            self.supplied = true;
            let sha256 = Sha256::digest(jcs::canonical(context)).into();
            self.note(&loaded, &context.pointer(), sha256, None, Origin::Inline);
        }
        Ok(loaded)
    }

    fn url(&mut self, url: &str) -> Result<Option<Loaded>> {
        if let Some(found) = self.found.get(url) {
            return Ok(found.clone());
        }
        let found = self.get(url)?;
        self.found.insert(url.to_owned(), found.clone());
        Ok(found)
    }
}

impl Loader for Sources<'_, '_> {
    fn load(&mut self, url: &str) -> Result<Loaded> {
        self.url(url)?.ok_or(Error::new(REPORTED))
    }

    fn inline(&mut self, context: Value<'_>) -> Result<Loaded> {
        self.of_document(context)
    }
}

/// `@base`, and where it is not allowed `@vocab`; `@import` cannot be read at all.
fn is_catch_all(definitions: &Definitions, vocab: bool) -> bool {
    use super::local::Entry;
    definitions.base != Entry::Absent || (vocab && definitions.vocab != Entry::Absent)
}

/// A term that is reserved for something else, or that takes the place of a reserved one.
fn redefined(definitions: &Definitions) -> Option<Arc<str>> {
    let reserved = Reserved::get();
    let wrong = definitions.terms.iter().find(|term| match &term.target {
        Target::Iri(iri) => match &**iri.text() {
            "@id" => &*term.name != "id",
            "@type" => &*term.name != "type",
            iri => !(reserved.allows(&term.name, iri) && reserved.is_at_home(&term.name, iri)),
        },
        Target::Reverse(iri) => reserved.is_term(&term.name) || !reserved.terms(iri.text()).is_empty(),
        Target::Itself | Target::Null | Target::Ignored => reserved.is_term(&term.name),
    });
    wrong.map(|term| term.name.clone())
}

#[derive(Clone, Copy)]
enum Digest {
    Sha256([u8; 32]),
    Sha384([u8; 48]),
}

impl Digest {
    fn of(bytes: &[u8]) -> Option<Digest> {
        let sha256 = <[u8; 32]>::try_from(bytes).map(Digest::Sha256);
        sha256.or_else(|_| <[u8; 48]>::try_from(bytes).map(Digest::Sha384)).ok()
    }

    fn is_of(&self, bytes: &[u8]) -> bool {
        match self {
            Digest::Sha256(digest) => *digest == <[u8; 32]>::from(Sha256::digest(bytes)),
            Digest::Sha384(digest) => *digest == <[u8; 48]>::from(Sha384::digest(bytes)),
        }
    }

    fn is_of_table(&self, table: &Embedded) -> bool {
        match self {
            Digest::Sha256(digest) => *digest == table.sha256,
            Digest::Sha384(digest) => tables::read_sha384(table.text) == Some(*digest),
        }
    }
}
