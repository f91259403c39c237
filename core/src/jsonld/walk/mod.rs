//! The walk from JSON to quads.
//!
//! Expansion (JSON-LD 1.1 API §5.1), node map generation (§7.2) and deserialization to RDF (§8) in one pass: every
//! object is a node, a value, a list or a set as soon as its context is known, and its statements go straight into the
//! dataset. The order of statements is not that of the standard, which a dataset does not have.
//!
//! The functions recurse as deep as the JSON does, which the parser limits to 32.

mod container;
mod form;
mod node;
mod value;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::error::{Error, Result};
use super::faithful::Faith;
use super::iri::{self, As, Expanded, Quality};
use super::process::Processor;
use super::state::{Definition, Flags, State, StateId};
use crate::codes::Code;
use crate::json::{Kind, Member, Object, Value};
use crate::rdf::{Dataset, Quad, Term};

pub(super) const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
const XSD: &str = "http://www.w3.org/2001/XMLSchema#";

/// How base directions are written (JSON-LD 1.1 API §9.3, `rdfDirection`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RdfDirection {
    /// As a datatype that names language and direction.
    I18nDatatype,
    /// As a node with value, language and direction.
    CompoundLiteral,
}

/// The graph that statements go to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Graph {
    Default,
    Named(Term),
    /// Its name cannot be written, so nothing in it is.
    Unwritable,
}

/// What a value is a value of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// The document.
    Root,
    /// Nothing: it only says what it says itself (members of `@graph` and `@included`).
    Free,
    /// The object of a statement; `None` is what cannot be written.
    Statement(Option<Term>, Option<Term>),
    /// The subject of a statement: object and predicate are given.
    Reverse(Option<Term>, Option<Term>),
    /// An item of the innermost open list.
    List,
}

/// Where a value stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place<'p> {
    pub(super) state: StateId,
    pub(super) graph: Graph,
    pub(super) target: Target,
    /// Where it stands, credentials stand (`faithful.rs`).
    pub(super) credential: bool,
    /// It is a value of an index, id or type map: the context is not reverted.
    pub(super) from_map: bool,
    /// What a map says about it.
    pub(super) by_map: Option<ByMap<'p>>,
}

/// What the key of a map says about the values under it.
#[derive(Clone, Copy, Debug)]
pub(super) enum ByMap<'p> {
    /// Their identifier, unless they have one.
    Id(&'p str, StateId),
    /// One of their types.
    Type(Option<Term>),
    /// A statement about them: predicate and object.
    Statement(Option<Term>, Option<Term>),
}

/// A term that is an item of a graph, or `None` if it cannot be written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Made {
    term: Option<Term>,
    is_node: bool,
}

/// The members of an object, or of what a proof sees of the document.
#[derive(Clone, Copy)]
pub(super) enum Element<'v, 't> {
    Object(Object<'t>),
    Listed(Object<'t>, &'v [(&'t str, Member<'v, 't>)]),
}

enum Either<A, B> {
    One(A),
    Other(B),
}

impl<T, A: Iterator<Item = T>, B: Iterator<Item = T>> Iterator for Either<A, B> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        match self {
            Either::One(iterator) => iterator.next(),
            Either::Other(iterator) => iterator.next(),
        }
    }
}

impl<'v, 't> Element<'v, 't> {
    fn members(self) -> impl Iterator<Item = (&'t str, Member<'v, 't>)> {
        match self {
            Element::Object(object) => {
                Either::One(object.iter().map(|(key, value)| (key, Member::Value(value))))
            }
            Element::Listed(_, members) => Either::Other(members.iter().copied()),
        }
    }

    fn value(self) -> Value<'t> {
        match self {
            Element::Object(object) | Element::Listed(object, _) => object.as_value(),
        }
    }
}

/// Terms that were interned for a definition: most documents use a few definitions many times.
const CACHED: usize = 128;

pub(super) struct Walk<'w> {
    pub(super) processor: Processor<'w>,
    pub(super) out: Dataset,
    pub(super) faith: Faith,
    /// Credential mode.
    pub(super) strict: bool,
    pub(super) rdf_direction: Option<RdfDirection>,
    pub(super) generalized: bool,
    pub(super) rdf_type: Term,
    pub(super) blanks: BTreeMap<String, Term>,
    pub(super) indexes: BTreeMap<Term, String>,
    pub(super) lists: Vec<Vec<Option<Term>>>,
    pub(super) cache: Vec<(usize, Term)>,
}

impl<'w> Walk<'w> {
    pub(super) fn new(processor: Processor<'w>, mut out: Dataset, strict: bool) -> Self {
        let rdf_type = out.iri("http://www.w3.org/1999/02/22-rdf-syntax-ns#type");
        Walk {
            processor,
            out,
            faith: Faith::default(),
            strict,
            rdf_direction: None,
            generalized: false,
            rdf_type,
            blanks: BTreeMap::new(),
            indexes: BTreeMap::new(),
            lists: Vec::new(),
            cache: vec![(0, rdf_type); CACHED],
        }
    }

    pub(super) fn state(&self, id: StateId) -> Arc<State> {
        self.processor.states.get(id).clone()
    }

    /// §5.1.2 steps 1 to 5.
    pub(super) fn value(
        &mut self,
        value: Value<'_>,
        property: Option<&Arc<Definition>>,
        place: Place<'_>,
    ) -> Result<()> {
        match value.kind() {
            Kind::Null => Ok(()),
            Kind::Object => match value.as_object() {
                Some(object) => self.object(Element::Object(object), property, place),
                None => Ok(()),
            },
            Kind::Array => self.array(value, property, place),
            _ => self.scalar(value, property, place),
        }
    }

    fn array(
        &mut self,
        array: Value<'_>,
        property: Option<&Arc<Definition>>,
        place: Place<'_>,
    ) -> Result<()> {
        let target = if place.target == Target::Root { Target::Free } else { place.target };
        for item in array.one_or_many() {
            if item.kind() != Kind::Array {
                self.value(item, property, Place { target, ..place })?;
                continue;
            }
            if self.strict && target != Target::List {
                self.faith.find(Code::JsonldNotCompact, item);
            }
            if target == Target::List {
                // A list in a list.
                self.lists.push(Vec::new());
                self.value(item, property, Place { target, ..place })?;
                let list = self.close_list(place.graph)?;
                self.deliver(place, Made { term: Some(list), is_node: false })?;
            } else {
                self.value(item, property, Place { target, ..place })?;
            }
        }
        Ok(())
    }

    /// Puts a term where it belongs.
    pub(super) fn deliver(&mut self, place: Place<'_>, made: Made) -> Result<()> {
        match place.target {
            Target::Root | Target::Free => Ok(()),
            Target::List => {
                if let Some(list) = self.lists.last_mut() {
                    list.push(made.term);
                }
                Ok(())
            }
            Target::Statement(subject, predicate) => self.emit(place.graph, subject, predicate, made.term),
            Target::Reverse(object, predicate) if made.is_node => {
                self.emit(place.graph, made.term, predicate, object)
            }
            Target::Reverse(..) => Err(Error::new("invalid reverse property value")),
        }
    }

    /// A statement, if all of it can be written.
    pub(super) fn emit(
        &mut self,
        graph: Graph,
        subject: Option<Term>,
        predicate: Option<Term>,
        object: Option<Term>,
    ) -> Result<()> {
        let graph = match graph {
            Graph::Default => None,
            Graph::Named(name) => Some(name),
            Graph::Unwritable => return Ok(()),
        };
        let (Some(subject), Some(predicate), Some(object)) = (subject, predicate, object) else {
            return Ok(());
        };
        self.out.insert(Quad { subject, predicate, object, graph }).map_err(Error::limit)
    }

    /// §8.3 List to RDF Conversion, of the innermost list.
    pub(super) fn close_list(&mut self, graph: Graph) -> Result<Term> {
        let items = self.lists.pop().unwrap_or_default();
        let mut rest = self.out.iri("http://www.w3.org/1999/02/22-rdf-syntax-ns#nil");
        if items.is_empty() {
            return Ok(rest);
        }
        let first = self.out.iri("http://www.w3.org/1999/02/22-rdf-syntax-ns#first");
        let next = self.out.iri("http://www.w3.org/1999/02/22-rdf-syntax-ns#rest");
        for item in items.into_iter().rev() {
            let node = self.blank()?;
            self.emit(graph, Some(node), Some(first), item)?;
            self.emit(graph, Some(node), Some(next), Some(rest))?;
            rest = node;
        }
        Ok(rest)
    }

    pub(super) fn blank(&mut self) -> Result<Term> {
        self.out.blank().map_err(Error::limit)
    }

    /// The term of an IRI or blank node identifier; `None` if it cannot be written.
    pub(super) fn resource(&mut self, iri: &str) -> Result<Option<Term>> {
        match iri::quality(iri) {
            Quality::Ordinary => Ok(Some(self.out.iri(iri))),
            Quality::Blank => {
                if let Some(term) = self.blanks.get(iri) {
                    return Ok(Some(*term));
                }
                let term = self.blank()?;
                self.blanks.insert(iri.to_owned(), term);
                Ok(Some(term))
            }
            Quality::Odd if self.strict => Ok(Some(self.out.iri(iri))),
            Quality::Odd | Quality::Unwritable | Quality::Relative => Ok(None),
        }
    }

    /// The term of a definition's IRI, for predicates and types.
    pub(super) fn resource_of(&mut self, definition: &Arc<Definition>) -> Result<Option<Term>> {
        let address = Arc::as_ptr(definition).addr();
        let slot = (address / 16) % CACHED;
        if let Some((known, term)) = self.cache.get(slot)
            && *known == address
        {
            return Ok(Some(*term));
        }
        let Some(iri) = definition.iri.as_deref() else { return Ok(None) };
        let term = if definition.ordinary { Some(self.out.iri(iri)) } else { self.resource(iri)? };
        if let (Some(term), Some(slot)) = (term, self.cache.get_mut(slot)) {
            *slot = (address, term);
        }
        Ok(term)
    }

    /// §5.2 in the state of a value; what was used is noted.
    pub(super) fn expand<'a>(&mut self, state: &'a State, text: &'a str, how: As) -> Option<Expanded<'a>> {
        let expanded = iri::expand(state, text, how)?;
        self.faith.used(expanded.via);
        Some(expanded)
    }

    /// The state that a property gives its values.
    pub(super) fn property_scoped(
        &mut self,
        state: StateId,
        property: Option<&Arc<Definition>>,
    ) -> Result<StateId> {
        match property.and_then(|property| Some((property, property.context.as_ref()?))) {
            None => Ok(state),
            Some((property, context)) => {
                let flags = Flags { override_protected: true, ..Flags::default() };
                self.processor.apply(state, context, property.source, flags)
            }
        }
    }
}
