//! Local contexts: what stands at `@context`, read once into one form.
//!
//! Two front ends make it: [`from_json`](LocalContext::from_json) here, from a JSON value, and
//! [`tables`](super::tables), from a compiled table. One algorithm (`process.rs`) applies it. Everything that can be
//! said without an active context is checked here, in the order of JSON-LD 1.1 API §4.1.2 and §4.2.2.

use std::sync::Arc;

use super::error::{Error, Result};
use super::iri;
use crate::json::{Kind, Object, Value};

/// The value of `@context`: contexts that are applied one after the other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LocalContext {
    /// In order of application.
    pub items: Vec<Item>,
}

/// One context.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// `null`: back to the initial context.
    Null,
    /// A reference to another document, as written.
    Reference(Arc<str>),
    /// Definitions.
    Definitions(Arc<Definitions>),
}

/// A member that may be absent, `null` or a string.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Entry {
    /// There is no such member.
    #[default]
    Absent,
    /// It is `null`.
    Null,
    /// It is this text.
    Text(Arc<str>),
}

/// A base direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// `ltr`
    LeftToRight,
    /// `rtl`
    RightToLeft,
}

impl Direction {
    /// As it is written.
    pub const fn name(self) -> &'static str {
        match self {
            Direction::LeftToRight => "ltr",
            Direction::RightToLeft => "rtl",
        }
    }

    /// From what is written.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "ltr" => Some(Direction::LeftToRight),
            "rtl" => Some(Direction::RightToLeft),
            _ => None,
        }
    }
}

/// A context definition (JSON-LD 1.1 §9.15).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Definitions {
    /// `@base`
    pub base: Entry,
    /// `@vocab`
    pub vocab: Entry,
    /// `@language`
    pub language: Entry,
    /// `@direction`
    pub direction: Option<Option<Direction>>,
    /// `@propagate`
    pub propagate: Option<bool>,
    /// `@protected`
    pub protected: bool,
    /// `@version` is 1.1.
    pub version: bool,
    /// The terms, sorted by name, each at most once.
    pub terms: Vec<Term>,
}

/// An IRI of a term definition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Iri {
    /// As it is written: to be expanded when it is applied.
    Open(Arc<str>),
    /// Expanded already; nothing outside its file can change it.
    Resolved(Arc<str>),
}

impl Iri {
    /// As it is written, or as it was resolved.
    pub fn text(&self) -> &Arc<str> {
        match self {
            Iri::Open(text) | Iri::Resolved(text) => text,
        }
    }
}

/// What a term stands for, before it is expanded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Target {
    /// There is no `@id`: the term itself is expanded.
    #[default]
    Itself,
    /// `null`: the term is decoupled.
    Null,
    /// The definition says something that is ignored (an `@id` in the form of a keyword).
    Ignored,
    /// `@id`
    Iri(Iri),
    /// `@reverse`
    Reverse(Iri),
}

/// A term definition (JSON-LD 1.1 §9.15.1) before it is applied.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Term {
    /// The term.
    pub name: Arc<str>,
    /// What it stands for.
    pub target: Target,
    /// Whether it was written as a string (a *simple term*): only those can become prefixes by themselves.
    pub simple: bool,
    /// `@type`
    pub kind: Option<Iri>,
    /// `@container`
    pub container: Container,
    /// `@language`
    pub language: Entry,
    /// `@direction`
    pub direction: Option<Option<Direction>>,
    /// `@protected`
    pub protected: Option<bool>,
    /// `@prefix`
    pub prefix: Option<bool>,
    /// `@nest`
    pub nest: Option<Arc<str>>,
    /// `@index`
    pub index: Option<Arc<str>>,
    /// `@context`
    pub context: Option<Arc<LocalContext>>,
}

/// A set of container keywords.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Container(u8);

impl Container {
    /// `@list`
    pub const LIST: Container = Container(1);
    /// `@set`
    pub const SET: Container = Container(2);
    /// `@index`
    pub const INDEX: Container = Container(4);
    /// `@language`
    pub const LANGUAGE: Container = Container(8);
    /// `@id`
    pub const ID: Container = Container(16);
    /// `@type`
    pub const TYPE: Container = Container(32);
    /// `@graph`
    pub const GRAPH: Container = Container(64);

    const NAMES: [(Container, &'static str); 7] = [
        (Container::GRAPH, "@graph"),
        (Container::ID, "@id"),
        (Container::INDEX, "@index"),
        (Container::LANGUAGE, "@language"),
        (Container::LIST, "@list"),
        (Container::SET, "@set"),
        (Container::TYPE, "@type"),
    ];

    /// Whether all of `other` are in it.
    pub const fn has(self, other: Container) -> bool {
        self.0 & other.0 == other.0
    }

    /// Whether there are none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Both together.
    #[must_use]
    pub const fn and(self, other: Container) -> Container {
        Container(self.0 | other.0)
    }

    const fn without(self, other: Container) -> Container {
        Container(self.0 & !other.0)
    }

    /// The set that has only this keyword.
    pub fn named(name: &str) -> Option<Container> {
        Container::NAMES.iter().find(|(_, n)| *n == name).map(|(container, _)| *container)
    }

    /// The keywords, sorted.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        Container::NAMES.into_iter().filter(move |(container, _)| self.has(*container)).map(|(_, name)| name)
    }

    /// JSON-LD 1.1 API §4.2.2 step 19.1: which combinations there are.
    fn is_valid(self) -> bool {
        let map = self.without(Container::SET);
        match map {
            Container(0) | Container::ID | Container::INDEX | Container::LANGUAGE | Container::TYPE => true,
            Container::LIST => !self.has(Container::SET),
            _ => {
                let rest = map.without(Container::GRAPH);
                map.has(Container::GRAPH) && matches!(rest, Container(0) | Container::ID | Container::INDEX)
            }
        }
    }
}

/// The keywords of JSON-LD 1.1 (§1.7).
pub fn is_keyword(text: &str) -> bool {
    matches!(
        text,
        "@base"
            | "@container"
            | "@context"
            | "@default"
            | "@direction"
            | "@embed"
            | "@explicit"
            | "@graph"
            | "@id"
            | "@included"
            | "@index"
            | "@json"
            | "@language"
            | "@list"
            | "@nest"
            | "@none"
            | "@null"
            | "@omitDefault"
            | "@prefix"
            | "@preserve"
            | "@propagate"
            | "@protected"
            | "@requireAll"
            | "@reverse"
            | "@set"
            | "@type"
            | "@value"
            | "@version"
            | "@vocab"
    )
}

/// Whether it has the form of a keyword: `@` and letters.
pub fn is_keyword_like(text: &str) -> bool {
    text.strip_prefix('@')
        .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_alphabetic()))
}

/// How a context in JSON is read.
pub struct Reader<'r> {
    /// The processing mode is `json-ld-1.0`.
    pub mode_1_0: bool,
    /// The URL of the document that the context stands in: references are relative to it.
    pub base: Option<&'r str>,
    /// Gets what `@import` names.
    pub import: &'r dyn Fn(&str) -> Result<Definitions>,
}

impl LocalContext {
    /// Reads the value of `@context`.
    ///
    /// # Errors
    /// The error code that JSON-LD 1.1 API §9.6 gives.
    pub fn from_json(value: Value<'_>, reader: &Reader<'_>) -> Result<LocalContext> {
        let items = value.one_or_many().map(|item| reader.item(item)).collect::<Result<Vec<_>>>()?;
        Ok(LocalContext { items })
    }

    /// Reads a document that has a `@context`, as it is published under a URL (§4.1.2 step 5.2.5).
    ///
    /// # Errors
    /// `invalid remote context`, or what is wrong in it.
    pub fn from_document(document: Value<'_>, reader: &Reader<'_>) -> Result<LocalContext> {
        let context = document.get("@context").ok_or(Error::new("invalid remote context"))?;
        LocalContext::from_json(context, reader)
    }
}

impl Reader<'_> {
    fn item(&self, value: Value<'_>) -> Result<Item> {
        match (value.as_str(), value.as_object()) {
            (Some(url), _) => Ok(Item::Reference(self.url(url))),
            (_, Some(object)) => Ok(Item::Definitions(Arc::new(self.definitions(object)?))),
            _ if value.is_null() => Ok(Item::Null),
            _ => Err(Error::new("invalid local context")),
        }
    }

    /// §4.1.2 steps 5.5 to 5.13.
    pub(super) fn definitions(&self, object: Object<'_>) -> Result<Definitions> {
        let mut local = Definitions::default();
        if let Some(version) = object.get("@version") {
            if version.as_number().is_none_or(|number| number.as_f64() != 1.1) {
                return Err(Error::new("invalid @version value"));
            }
            self.only_1_1("processing mode conflict")?;
            local.version = true;
        }
        if let Some(import) = object.get("@import") {
            self.only_1_1("invalid context entry")?;
            let url = import.as_str().ok_or(Error::new("invalid @import value"))?;
            let version = local.version;
            local = (self.import)(&self.url(url))?;
            local.version |= version;
        }
        if let Some(value) = object.get("@base") {
            local.base = entry(value).ok_or(Error::new("invalid base IRI"))?;
        }
        if let Some(value) = object.get("@vocab") {
            local.vocab = entry(value).ok_or(Error::new("invalid vocab mapping"))?;
        }
        if let Some(value) = object.get("@language") {
            local.language = entry(value).ok_or(Error::new("invalid default language"))?;
        }
        if let Some(value) = object.get("@direction") {
            self.only_1_1("invalid context entry")?;
            local.direction = Some(direction(value).ok_or(Error::new("invalid base direction"))?);
        }
        if let Some(value) = object.get("@propagate") {
            self.only_1_1("invalid context entry")?;
            local.propagate = Some(value.as_bool().ok_or(Error::new("invalid @propagate value"))?);
        }
        if let Some(value) = object.get("@protected") {
            self.only_1_1("invalid context entry")?;
            local.protected = value.as_bool().ok_or(Error::new("invalid @protected value"))?;
        }
        let mut terms = Vec::with_capacity(object.len());
        for (name, value) in object.iter() {
            let of_the_context = matches!(
                name,
                "@base"
                    | "@direction"
                    | "@import"
                    | "@language"
                    | "@propagate"
                    | "@protected"
                    | "@version"
                    | "@vocab"
            );
            if of_the_context {
                continue;
            }
            if let Some(term) = self.term(name, value).map_err(|error| error.about(name))? {
                terms.push(term);
            }
        }
        // What is imported yields to what imports it.
        let imported = std::mem::take(&mut local.terms);
        terms.sort_unstable_by(|a, b| a.name.cmp(&b.name));
        let own = terms.len();
        for term in imported {
            if terms.get(..own).is_some_and(|own| own.binary_search_by(|t| t.name.cmp(&term.name)).is_err()) {
                terms.push(term);
            }
        }
        terms.sort_by(|a, b| a.name.cmp(&b.name));
        local.terms = terms;
        Ok(local)
    }

    fn url(&self, url: &str) -> Arc<str> {
        match self.base {
            Some(base) => iri::resolve(base, url).into(),
            None => url.into(),
        }
    }

    fn only_1_1(&self, code: &'static str) -> Result<()> {
        if self.mode_1_0 { Err(Error::new(code)) } else { Ok(()) }
    }

    /// §4.2.2, what can be said about a definition by itself.
    fn term(&self, name: &str, value: Value<'_>) -> Result<Option<Term>> {
        if name.is_empty() {
            return Err(Error::new("invalid term definition"));
        }
        if name == "@type" {
            self.only_1_1("keyword redefinition")?;
            let allowed = value.as_object().is_some_and(|object| {
                !object.is_empty()
                    && object.iter().all(|(key, value)| match key {
                        "@container" => value.as_str() == Some("@set"),
                        key => key == "@protected",
                    })
            });
            if !allowed {
                return Err(Error::new("keyword redefinition"));
            }
        } else if is_keyword(name) {
            return Err(Error::new("keyword redefinition"));
        } else if is_keyword_like(name) {
            return Ok(None);
        }
        let mut term = Term { name: name.into(), ..Term::default() };
        match (value.kind(), value.as_str(), value.as_object()) {
            (Kind::Null, ..) => term.target = Target::Null,
            (_, Some(iri), _) => {
                term.simple = true;
                term.target = id_target(name, iri);
            }
            (_, _, Some(object)) => {
                if !self.expanded_term(&mut term, object)? {
                    term.target = Target::Ignored;
                }
            }
            _ => return Err(Error::new("invalid term definition")),
        }
        Ok(Some(term))
    }

    /// An expanded term definition; `false` if it is to be ignored.
    fn expanded_term(&self, term: &mut Term, object: Object<'_>) -> Result<bool> {
        if let Some(value) = object.get("@protected") {
            self.only_1_1("invalid term definition")?;
            term.protected = Some(value.as_bool().ok_or(Error::new("invalid @protected value"))?);
        }
        if let Some(value) = object.get("@type") {
            let kind = value.as_str().ok_or(Error::new("invalid type mapping"))?;
            if matches!(kind, "@json" | "@none") {
                self.only_1_1("invalid type mapping")?;
            }
            term.kind = Some(Iri::Open(kind.into()));
        }
        if let Some(value) = object.get("@reverse") {
            return self.reverse(term, object, value);
        }
        if let Some(value) = object.get("@id") {
            term.target = match value.as_str() {
                Some(iri) => id_target(&term.name, iri),
                None if value.is_null() => Target::Null,
                None => return Err(Error::new("invalid IRI mapping")),
            };
            if term.target == Target::Ignored {
                return Ok(false);
            }
        }
        if let Some(value) = object.get("@container") {
            term.container = self.container(value)?;
        }
        if let Some(value) = object.get("@index") {
            self.only_1_1("invalid term definition")?;
            let index = value.as_str().ok_or(Error::new("invalid term definition"))?;
            if !term.container.has(Container::INDEX) {
                return Err(Error::new("invalid term definition"));
            }
            term.index = Some(index.into());
        }
        if let Some(value) = object.get("@context") {
            self.only_1_1("invalid term definition")?;
            let scoped =
                LocalContext::from_json(value, self).map_err(|_| Error::new("invalid scoped context"))?;
            term.context = Some(Arc::new(scoped));
        }
        if let Some(value) = object.get("@language") {
            term.language = entry(value).ok_or(Error::new("invalid language mapping"))?;
        }
        if let Some(value) = object.get("@direction") {
            term.direction = Some(direction(value).ok_or(Error::new("invalid base direction"))?);
        }
        if let Some(value) = object.get("@nest") {
            self.only_1_1("invalid term definition")?;
            let nest = value.as_str().filter(|nest| *nest == "@nest" || !is_keyword(nest));
            term.nest = Some(nest.ok_or(Error::new("invalid @nest value"))?.into());
        }
        if let Some(value) = object.get("@prefix") {
            self.only_1_1("invalid term definition")?;
            if term.name.contains([':', '/']) {
                return Err(Error::new("invalid term definition"));
            }
            term.prefix = Some(value.as_bool().ok_or(Error::new("invalid @prefix value"))?);
        }
        const MEMBERS: [&str; 11] = [
            "@id",
            "@reverse",
            "@container",
            "@context",
            "@direction",
            "@index",
            "@language",
            "@nest",
            "@prefix",
            "@protected",
            "@type",
        ];
        if object.iter().any(|(key, _)| !MEMBERS.contains(&key)) {
            return Err(Error::new("invalid term definition"));
        }
        Ok(true)
    }

    /// §4.2.2 step 13.
    fn reverse(&self, term: &mut Term, object: Object<'_>, value: Value<'_>) -> Result<bool> {
        if object.get("@id").is_some() || object.get("@nest").is_some() {
            return Err(Error::new("invalid reverse property"));
        }
        let iri = value.as_str().ok_or(Error::new("invalid IRI mapping"))?;
        if is_keyword_like(iri) {
            return Ok(false);
        }
        if let Some(value) = object.get("@container").filter(|value| !value.is_null()) {
            term.container = match value.as_str() {
                Some("@set") => Container::SET,
                Some("@index") => Container::INDEX,
                _ => return Err(Error::new("invalid reverse property")),
            };
        }
        term.target = Target::Reverse(Iri::Open(iri.into()));
        Ok(true)
    }

    fn container(&self, value: Value<'_>) -> Result<Container> {
        let invalid = Error::new("invalid container mapping");
        let mut container = Container::default();
        if value.is_null() {
            return Ok(container);
        }
        for item in value.one_or_many() {
            let keyword = item.as_str().and_then(Container::named).ok_or(invalid.clone())?;
            container = container.and(keyword);
        }
        let of_1_0 = value.as_str().is_some()
            && !matches!(container, Container::GRAPH | Container::ID | Container::TYPE);
        if !container.is_valid() || container.is_empty() || (self.mode_1_0 && !of_1_0) {
            return Err(invalid);
        }
        Ok(container)
    }
}

/// §4.2.2 step 14: `@id` that is the term itself counts as none.
fn id_target(name: &str, iri: &str) -> Target {
    if iri == name {
        Target::Itself
    } else if is_keyword_like(iri) && !is_keyword(iri) {
        Target::Ignored
    } else {
        Target::Iri(Iri::Open(iri.into()))
    }
}

fn entry(value: Value<'_>) -> Option<Entry> {
    match value.as_str() {
        Some(text) => Some(Entry::Text(text.into())),
        None => value.is_null().then_some(Entry::Null),
    }
}

fn direction(value: Value<'_>) -> Option<Option<Direction>> {
    match value.as_str() {
        Some(name) => Direction::named(name).map(Some),
        None => value.is_null().then_some(None),
    }
}
