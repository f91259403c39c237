//! Objects: what they are, and the statements of nodes.

use std::sync::Arc;

use super::{ByMap, Element, Graph, Made, Place, Target, Walk};
use crate::codes::{CheckId, Code};
use crate::json::{Kind, Member, Value};
use crate::jsonld::error::{Error, REPORTED, Result};
use crate::jsonld::iri::{self, As};
use crate::jsonld::local::{Container, is_keyword};
use crate::jsonld::state::{Definition, Flags, Keyword, State, StateId};
use crate::rdf::Term;

/// An object whose contexts have been applied.
#[derive(Clone, Copy)]
pub(super) struct Entered<'t> {
    pub(super) state: StateId,
    /// The state before type-scoped contexts: types are expanded in it.
    pub(super) type_state: StateId,
    pub(super) shape: Shape,
    pub(super) id: Option<Value<'t>>,
}

/// The keywords that an object has.
#[derive(Clone, Copy, Default)]
pub(super) struct Shape(u32);

impl Shape {
    pub(super) fn has(self, keyword: Keyword) -> bool {
        self.0 & Shape::bit(keyword) != 0
    }

    const fn bit(keyword: Keyword) -> u32 {
        1 << (keyword as u32)
    }

    fn add(&mut self, keyword: Keyword) {
        self.0 |= Shape::bit(keyword);
    }

    pub(super) fn is_only(self, keyword: Keyword) -> bool {
        self.0 & !Shape::bit(Keyword::Context) == Shape::bit(keyword)
    }
}

/// A node whose statements are being made.
#[derive(Clone, Copy)]
pub(super) struct Node {
    pub(super) subject: Option<Term>,
    pub(super) state: StateId,
    type_state: StateId,
    pub(super) graph: Graph,
    credential: bool,
    /// The document says nothing but `@graph`: that is the default graph.
    only_graph: bool,
    /// Its members stand in a `@reverse` map.
    reversed: bool,
}

/// What a key stands for: its definition, if it has one, and its IRI, if that can be written.
type Predicate<'s> = (Option<&'s Arc<Definition>>, Option<Term>);

impl<'w> Walk<'w> {
    /// §5.1.2 steps 7 to 20.
    pub(in crate::jsonld) fn object(
        &mut self,
        element: Element<'_, '_>,
        property: Option<&Arc<Definition>>,
        place: Place<'_>,
    ) -> Result<()> {
        let entered = self.enter(element, property, place)?;
        let shape = entered.shape;
        if shape.has(Keyword::Value) {
            return self.value_object(element, entered, property, place);
        }
        if shape.has(Keyword::List) || shape.has(Keyword::Set) {
            return self.list_or_set(element, entered, property, place);
        }
        if shape.is_only(Keyword::Language)
            && element.members().all(|(key, _)| self.is_language(&entered, key))
        {
            return Ok(());
        }
        let node = self.begin_node(element, &entered, place)?;
        let state = self.state(node.state);
        for (key, member) in element.members() {
            self.member(node, &state, key, member, element)?;
        }
        Ok(())
    }

    fn is_language(&self, entered: &Entered<'_>, key: &str) -> bool {
        let state = self.processor.states.get(entered.state);
        matches!(state.keyword(key), Some(Keyword::Language | Keyword::Context))
    }

    /// Steps 7 to 12: the contexts of an object.
    fn enter<'t>(
        &mut self,
        element: Element<'_, 't>,
        property: Option<&Arc<Definition>>,
        place: Place<'_>,
    ) -> Result<Entered<'t>> {
        let mut state = place.state;
        if let Some(previous) = self.processor.states.get(state).previous
            && !place.from_map
            && self.reverts(element, state)
        {
            state = previous;
        }
        state = self.property_scoped(state, property)?;
        if let Some((_, Member::Value(context))) = element.members().find(|(key, _)| *key == "@context") {
            state = self.local_context(state, context)?;
        }
        let type_state = state;
        state = self.type_scoped(element, type_state)?;
        let mut entered = Entered { state, type_state, shape: Shape::default(), id: None };
        let current = self.processor.states.get(state);
        for (key, member) in element.members() {
            let Some(keyword) = current.keyword(key) else { continue };
            let many = matches!(keyword, Keyword::Included | Keyword::Type | Keyword::Nest | Keyword::Other);
            if entered.shape.has(keyword) && !many {
                return Err(Error::new("colliding keywords"));
            }
            entered.shape.add(keyword);
            if let (Keyword::Id, Member::Value(value)) = (keyword, member) {
                entered.id = Some(value);
            }
        }
        if !self.strict && entered.shape.has(Keyword::Nest) {
            let current = current.clone();
            self.shape_of_nests(element, &current, &mut entered)?;
        }
        Ok(entered)
    }

    /// Members of `@nest` count as the object's own.
    fn shape_of_nests<'t>(
        &self,
        element: Element<'_, 't>,
        state: &State,
        entered: &mut Entered<'t>,
    ) -> Result<()> {
        let mut nests: Vec<Value<'t>> = element.members().filter_map(|member| nest(state, member)).collect();
        while let Some(nested) = nests.pop() {
            for item in nested.one_or_many() {
                let object = item.as_object().ok_or(Error::new("invalid @nest value"))?;
                for (key, value) in object.iter() {
                    match state.keyword(key) {
                        Some(Keyword::Value) => return Err(Error::new("invalid @nest value")),
                        Some(Keyword::Id) if entered.shape.has(Keyword::Id) => {
                            return Err(Error::new("colliding keywords"));
                        }
                        Some(Keyword::Id) => {
                            entered.shape.add(Keyword::Id);
                            entered.id = Some(value);
                        }
                        Some(Keyword::Nest) => nests.push(value),
                        _ => {}
                    }
                }
            }
        }
        Ok(())
    }

    /// Step 7: a type-scoped context ends with its object, but values and mere references are still in it.
    fn reverts(&self, element: Element<'_, '_>, state: StateId) -> bool {
        let state = self.processor.states.get(state);
        let mut members = 0_u32;
        let mut has_id = false;
        for (key, _) in element.members() {
            match state.keyword(key) {
                Some(Keyword::Value) => return false,
                Some(Keyword::Id) => has_id = true,
                _ => {}
            }
            members = members.saturating_add(1);
        }
        !(has_id && members == 1)
    }

    /// Step 9.
    fn local_context(&mut self, state: StateId, context: Value<'_>) -> Result<StateId> {
        let local = self.processor.loader.inline(context)?;
        self.processor.alive.push(local.context.clone());
        match self.processor.apply(state, &local.context, local.source, Flags::default()) {
            Err(error) if self.strict && error.limit.is_none() => {
                self.faith.context(&error, context);
                Err(Error::new(REPORTED))
            }
            other => other,
        }
    }

    /// Step 11.
    fn type_scoped(&mut self, element: Element<'_, '_>, type_state: StateId) -> Result<StateId> {
        let types = self.processor.states.get(type_state);
        let mut scoped: Vec<(&str, Arc<Definition>)> = Vec::new();
        for (key, member) in element.members() {
            let (Some(Keyword::Type), Member::Value(value)) = (types.keyword(key), member) else { continue };
            let definitions = value.one_or_many().filter_map(|name| types.find(name.as_str()?));
            let definitions = definitions.filter(|definition| definition.context.is_some());
            scoped.extend(definitions.map(|definition| (key, definition.clone())));
        }
        scoped.sort_unstable_by(|(key, a), (other, b)| (key, &a.name).cmp(&(other, &b.name)));
        scoped.dedup_by(|(key, a), (other, b)| key == other && Arc::ptr_eq(a, b));
        let mut state = type_state;
        for (_, definition) in scoped {
            let Some(context) = &definition.context else { continue };
            let flags = Flags { does_not_propagate: true, ..Flags::default() };
            state = self.processor.apply(state, context, definition.source, flags)?;
        }
        Ok(state)
    }

    /// Steps 13.4.11, 13.4.12 and 17.
    fn list_or_set(
        &mut self,
        element: Element<'_, '_>,
        entered: Entered<'_>,
        property: Option<&Arc<Definition>>,
        place: Place<'_>,
    ) -> Result<()> {
        let state = self.state(entered.state);
        if self.strict {
            self.faith.find(Code::JsonldKeyword, element.value());
        }
        for (key, member) in element.members() {
            let Member::Value(value) = member else { continue };
            let allowed = match state.keyword(key) {
                Some(Keyword::Context | Keyword::Index | Keyword::List | Keyword::Set) => true,
                Some(_) => false,
                None => {
                    value.is_null()
                        || !iri::expand(&state, key, As::Vocab).is_some_and(|e| e.text.contains(':'))
                }
            };
            if !allowed || (entered.shape.has(Keyword::List) && entered.shape.has(Keyword::Set)) {
                return Err(Error::new("invalid set or list object"));
            }
        }
        // The active context decides what the property does to values, and it may have changed on the way in: a
        // type-scoped context ended, or there is one of its own.
        let property = property.and_then(|property| state.find(&property.name));
        for (key, member) in element.members() {
            let Member::Value(value) = member else { continue };
            let place = Place { state: entered.state, ..place };
            match state.keyword(key) {
                Some(Keyword::Set) => self.value(value, property, place)?,
                Some(Keyword::List) if !matches!(place.target, Target::Root | Target::Free) => {
                    self.list(value, property, place)?;
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// A list of its own.
    pub(super) fn list(
        &mut self,
        value: Value<'_>,
        property: Option<&Arc<Definition>>,
        place: Place<'_>,
    ) -> Result<()> {
        self.lists.push(Vec::new());
        self.value(value, property, Place { target: Target::List, by_map: None, ..place })?;
        if matches!(
            place.target,
            Target::Root | Target::Free | Target::Statement(None, _) | Target::Statement(_, None)
        ) {
            // §8.2 converts a list only for a statement that can be made; what its nodes say is said.
            self.lists.pop();
            return Ok(());
        }
        let list = self.close_list(place.graph)?;
        self.deliver(place, Made { term: Some(list), is_node: false })
    }

    /// The node itself: its identifier and what its place says about it.
    fn begin_node(
        &mut self,
        element: Element<'_, '_>,
        entered: &Entered<'_>,
        place: Place<'_>,
    ) -> Result<Node> {
        let subject = match (entered.id, place.by_map) {
            (Some(id), _) => self.identifier(id, entered.state)?,
            (None, Some(ByMap::Id(id, state))) => {
                let state = self.state(state);
                match self.expand(&state, id, As::Document) {
                    Some(expanded) => self.resource(&expanded.text)?,
                    None => None,
                }
            }
            (None, _) => Some(self.blank()?),
        };
        if self.strict && entered.id.is_some() && entered.shape.is_more_than_id(element) {
            self.faith.describes(subject, element.value());
        }
        self.deliver(place, Made { term: subject, is_node: true })?;
        self.said_by_map(place, subject)?;
        if !self.strict && entered.shape.has(Keyword::Index) {
            self.check_index(element, entered, subject)?;
        }
        let only_graph = place.target == Target::Root
            && entered.shape.has(Keyword::Graph)
            && !element.members().any(|member| self.survives(entered, member));
        Ok(Node {
            subject,
            state: entered.state,
            type_state: entered.type_state,
            graph: place.graph,
            credential: place.credential,
            only_graph,
            reversed: false,
        })
    }

    /// What a map key says about the node (steps 13.8.3.7.2 and 13.8.3.7.5).
    pub(super) fn said_by_map(&mut self, place: Place<'_>, node: Option<Term>) -> Result<()> {
        match place.by_map {
            Some(ByMap::Type(kind)) => {
                let rdf_type = self.rdf_type;
                self.emit(place.graph, node, Some(rdf_type), kind)
            }
            Some(ByMap::Statement(predicate, object)) => self.emit(place.graph, node, predicate, object),
            _ => Ok(()),
        }
    }

    /// §7.2.2 step 6.8: one node has one index.
    fn check_index(
        &mut self,
        element: Element<'_, '_>,
        entered: &Entered<'_>,
        subject: Option<Term>,
    ) -> Result<()> {
        let state = self.state(entered.state);
        for (key, member) in element.members() {
            let (Some(Keyword::Index), Member::Value(value)) = (state.keyword(key), member) else { continue };
            let index = value.as_str().ok_or(Error::new("invalid @index value"))?;
            let Some(subject) = subject else { continue };
            match self.indexes.get(&subject) {
                Some(other) if other != index => return Err(Error::new("conflicting indexes")),
                Some(_) => {}
                None => {
                    self.indexes.insert(subject, index.to_owned());
                }
            }
        }
        Ok(())
    }

    /// Whether a member of the document leaves anything but `@graph` in its expansion.
    fn survives(&self, entered: &Entered<'_>, (key, member): (&str, Member<'_, '_>)) -> bool {
        let state = self.processor.states.get(entered.state);
        match state.keyword(key) {
            Some(Keyword::Context | Keyword::Graph | Keyword::Nest) => false,
            Some(_) => true,
            None => {
                let null = matches!(member, Member::Value(value) if value.is_null());
                !null && iri::expand(state, key, As::Vocab).is_some_and(|e| e.text.contains(':'))
            }
        }
    }

    /// Step 13.4.3.
    fn identifier(&mut self, id: Value<'_>, state: StateId) -> Result<Option<Term>> {
        let text = id.as_str().ok_or(Error::new("invalid @id value"))?;
        self.reference(id, text, state, As::Document)
    }

    /// The node that a text names.
    pub(super) fn reference(
        &mut self,
        at: Value<'_>,
        text: &str,
        state: StateId,
        how: As,
    ) -> Result<Option<Term>> {
        if !self.strict {
            let state = self.state(state);
            return match self.expand(&state, text, how) {
                Some(expanded) => self.resource(&expanded.text),
                None => Ok(None),
            };
        }
        let state = self.processor.states.get(state);
        let Some(expanded) = iri::expand(state, text, how) else {
            self.faith.find(Code::JsonldIri, at);
            return Ok(None);
        };
        self.faith.used(expanded.via);
        let good = self.faith.reference(at, text, &expanded, state, how);
        Ok(good.then(|| self.out.iri(&expanded.text)))
    }

    /// Step 13 for one member.
    pub(super) fn member(
        &mut self,
        node: Node,
        state: &Arc<State>,
        key: &str,
        member: Member<'_, '_>,
        element: Element<'_, '_>,
    ) -> Result<()> {
        if let Some(keyword) = state.keyword(key) {
            return self.keyword(node, state, key, keyword, member);
        }
        let Some((definition, predicate)) = self.predicate(state, key, member, element)? else {
            return Ok(());
        };
        let reverse = definition.is_some_and(|definition| definition.reverse) != node.reversed;
        let target = if reverse {
            Target::Reverse(node.subject, predicate)
        } else {
            Target::Statement(node.subject, predicate)
        };
        let credential = self.strict && self.position(&node, definition, key, member, element);
        let place =
            Place { state: node.state, graph: node.graph, target, credential, from_map: false, by_map: None };
        match member {
            Member::Value(value) => self.lenient(value, definition, place),
            Member::Array(values) => {
                for value in values {
                    self.lenient(*value, definition, place)?;
                }
                Ok(())
            }
        }
    }

    /// Credential mode collects errors and goes on.
    fn lenient(
        &mut self,
        value: Value<'_>,
        definition: Option<&Arc<Definition>>,
        place: Place<'_>,
    ) -> Result<()> {
        let open = self.lists.len();
        match self.property(value, definition, place) {
            Err(error) if self.strict && error.limit.is_none() => {
                self.lists.truncate(open);
                self.faith.error(&error, value);
                Ok(())
            }
            other => other,
        }
    }

    /// Whether the values of a member are credentials; a member that may not stand here is noted.
    fn position(
        &mut self,
        node: &Node,
        definition: Option<&Arc<Definition>>,
        key: &str,
        member: Member<'_, '_>,
        element: Element<'_, '_>,
    ) -> bool {
        let Some(rulings) = definition.map(|definition| definition.rulings) else { return false };
        if rulings.of_credentials && !node.credential {
            self.faith.member(Code::JsonldDisplaced, key, member, element.value());
        }
        rulings.leads_to_credentials
    }

    /// Steps 13.2 and 13.3: the definition and the IRI of a key; `None` if it is dropped.
    fn predicate<'s>(
        &mut self,
        state: &'s State,
        key: &str,
        member: Member<'_, '_>,
        element: Element<'_, '_>,
    ) -> Result<Option<Predicate<'s>>> {
        if let Some(definition) = state.find(key)
            && definition.iri.is_some()
        {
            self.faith.used(definition.source);
            self.faith.used(definition.via);
            if self.strict && definition.rulings.respelled_property {
                self.faith.member(Code::JsonldRespelled, key, member, element.value());
            }
            let absolute = |iri: &str| iri.contains(':');
            if !definition.ordinary && !definition.iri.as_deref().is_some_and(absolute) {
                return Ok(None);
            }
            let term = self.resource_of(definition)?;
            return Ok(Some((Some(definition), self.writable_predicate(term))));
        }
        let expanded = self.expand(state, key, As::Vocab);
        if self.strict {
            let code = self.faith.key(key, expanded.as_ref(), state);
            if let Some(code) = code {
                self.faith.member(code, key, member, element.value());
                // What is lost is no statement. What only reads otherwise than it is signed is one.
                if code.check() == CheckId::JsonldLossless {
                    return Ok(None);
                }
            }
        }
        match expanded {
            Some(expanded) if expanded.text.contains(':') && !is_keyword(&expanded.text) => {
                let term = self.resource(&expanded.text)?;
                Ok(Some((None, self.writable_predicate(term))))
            }
            _ => Ok(None),
        }
    }

    /// Blank nodes are predicates only in generalized RDF.
    fn writable_predicate(&self, term: Option<Term>) -> Option<Term> {
        term.filter(|term| self.generalized || !term.is_blank())
    }

    /// Step 13.4.
    fn keyword(
        &mut self,
        node: Node,
        state: &Arc<State>,
        key: &str,
        keyword: Keyword,
        member: Member<'_, '_>,
    ) -> Result<()> {
        let Member::Value(value) = member else { return Ok(()) };
        if keyword == Keyword::Context {
            return Ok(());
        }
        if node.reversed {
            return Err(Error::new("invalid reverse property map"));
        }
        if self.strict && !self.faith.node_keyword(key, keyword, value, state) {
            return Ok(());
        }
        match keyword {
            Keyword::Type if node.type_state == node.state => self.types(node, state, value),
            Keyword::Type => self.types(node, &self.state(node.type_state), value),
            Keyword::Graph => {
                let graph = match (node.only_graph, node.subject) {
                    (true, _) => node.graph,
                    (false, Some(name)) => Graph::Named(name),
                    (false, None) => Graph::Unwritable,
                };
                self.free(value, node.state, graph)
            }
            Keyword::Included => {
                for item in value.one_or_many() {
                    let included = item.as_object().is_some_and(|object| {
                        !object.iter().any(|(key, _)| {
                            matches!(state.keyword(key), Some(Keyword::Value | Keyword::List | Keyword::Set))
                        })
                    });
                    if !included {
                        return Err(Error::new("invalid @included value"));
                    }
                }
                self.free(value, node.state, node.graph)
            }
            Keyword::Reverse => {
                let map = value.as_object().ok_or(Error::new("invalid @reverse value"))?;
                let node = Node { reversed: true, ..node };
                for (key, value) in map.iter() {
                    self.member(node, state, key, Member::Value(value), Element::Object(map))?;
                }
                Ok(())
            }
            Keyword::Nest => self.nest(node, key, value, state),
            _ => Ok(()),
        }
    }

    /// Nodes that are not values of anything.
    fn free(&mut self, value: Value<'_>, state: StateId, graph: Graph) -> Result<()> {
        let place =
            Place { state, graph, target: Target::Free, credential: false, from_map: false, by_map: None };
        self.value(value, None, place)
    }

    /// Step 14.
    fn nest(&mut self, node: Node, key: &str, value: Value<'_>, state: &State) -> Result<()> {
        // Errata of the standard: the nesting property may have a context of its own.
        let scoped = self.property_scoped(node.state, state.find(key))?;
        let node = Node { state: scoped, ..node };
        let state = self.state(scoped);
        for item in value.one_or_many() {
            let object = item.as_object().ok_or(Error::new("invalid @nest value"))?;
            for (key, value) in object.iter() {
                self.member(node, &state, key, Member::Value(value), Element::Object(object))?;
            }
        }
        Ok(())
    }

    /// Step 13.4.4.
    fn types(&mut self, node: Node, state: &State, value: Value<'_>) -> Result<()> {
        for item in value.one_or_many() {
            let name = item.as_str().ok_or(Error::new("invalid type value"))?;
            let term = match state.find(name) {
                Some(definition) if definition.keyword.is_none() && definition.iri.is_some() => {
                    self.faith.used(definition.source);
                    self.faith.used(definition.via);
                    if self.strict && definition.rulings.respelled_type {
                        self.faith.find_term(Code::JsonldRespelled, item, name);
                    }
                    self.resource_of(definition)?
                }
                _ => self.type_by_iri(state, item, name)?,
            };
            let rdf_type = self.rdf_type;
            self.emit(node.graph, node.subject, Some(rdf_type), term)?;
        }
        Ok(())
    }

    fn type_by_iri(&mut self, state: &State, item: Value<'_>, name: &str) -> Result<Option<Term>> {
        let Some(expanded) = self.expand(state, name, As::VocabOrDocument) else {
            if self.strict {
                self.faith.find_term(Code::JsonldUndefinedTerm, item, name);
            }
            return Ok(None);
        };
        if self.strict && !self.faith.type_iri(item, name, &expanded, state) {
            return Ok(None);
        }
        self.resource(&expanded.text)
    }
}

impl Shape {
    fn is_more_than_id(self, element: Element<'_, '_>) -> bool {
        element.members().filter(|(key, _)| *key != "@context").nth(1).is_some()
    }
}

/// The value of a member that is `@nest` or stands for it.
fn nest<'t>(state: &State, (key, member): (&str, Member<'_, 't>)) -> Option<Value<'t>> {
    match (state.keyword(key), member) {
        (Some(Keyword::Nest), Member::Value(value)) => Some(value),
        _ => None,
    }
}

/// Whether it is an object with this keyword.
pub(super) fn object_with(state: &State, value: Value<'_>, keyword: Keyword) -> bool {
    value.kind() == Kind::Object
        && value
            .as_object()
            .is_some_and(|object| object.iter().any(|(key, _)| state.keyword(key) == Some(keyword)))
}

/// Whether its expansion is a graph object: `@graph`, and besides at most `@id`, `@index` and `@context`.
pub(super) fn is_graph_object(state: &State, value: Value<'_>) -> bool {
    object_with(state, value, Keyword::Graph)
        && value.as_object().is_some_and(|object| {
            object.iter().all(|(key, _)| match state.keyword(key) {
                Some(keyword) => {
                    matches!(keyword, Keyword::Graph | Keyword::Id | Keyword::Index | Keyword::Context)
                }
                None => !iri::expand(state, key, As::Vocab).is_some_and(|e| e.text.contains(':')),
            })
        })
}

/// Containers that make an object a map.
pub(super) const MAPS: [Container; 3] = [Container::INDEX, Container::ID, Container::TYPE];
