//! Values by the container of their property: lists, graphs, and maps (JSON-LD 1.1 API §5.1.2 steps 13.6 to 13.12).

use std::sync::Arc;

use super::node::{MAPS, is_graph_object, object_with};
use super::{ByMap, Graph, Made, Place, Walk};
use crate::codes::Code;
use crate::json::{Kind, Object, Value};
use crate::jsonld::error::{Error, Result};
use crate::jsonld::iri::{self, As};
use crate::jsonld::local::Container;
use crate::jsonld::state::{Coercion, Definition, Flags, Keyword, State};
use crate::rdf::Term;

impl<'w> Walk<'w> {
    /// The value of a member.
    pub(super) fn property(
        &mut self,
        value: Value<'_>,
        definition: Option<&Arc<Definition>>,
        place: Place<'_>,
    ) -> Result<()> {
        let Some(property) = definition else { return self.value(value, None, place) };
        if property.kind == Coercion::Json {
            return self.json(value, place);
        }
        let container = property.container;
        if container.is_empty() || container == Container::SET {
            return self.value(value, definition, place);
        }
        self.contained(value, property, place)
    }

    fn contained(&mut self, value: Value<'_>, property: &Arc<Definition>, place: Place<'_>) -> Result<()> {
        let container = property.container;
        let map = MAPS.into_iter().find(|map| container.has(*map));
        match (value.as_object(), map) {
            (Some(object), _) if container.has(Container::LANGUAGE) => {
                self.language_map(object, property, place)
            }
            (Some(object), Some(map)) => self.map(object, map, property, place),
            _ if value.is_null() => Ok(()),
            _ if container.has(Container::LIST) => {
                let state = self.state(place.state);
                if object_with(&state, value, Keyword::List) {
                    self.value(value, Some(property), place)
                } else {
                    self.list(value, Some(property), place)
                }
            }
            _ if container.has(Container::GRAPH) && map.is_none() => {
                for item in value.one_or_many().filter(|item| !item.is_null()) {
                    self.graph(item, property, place, None)?;
                }
                Ok(())
            }
            _ => self.value(value, Some(property), place),
        }
    }

    /// A value that is a graph of its own.
    fn graph(
        &mut self,
        value: Value<'_>,
        property: &Arc<Definition>,
        place: Place<'_>,
        name: Option<Option<Term>>,
    ) -> Result<()> {
        let name = match name {
            Some(name) => name,
            None => Some(self.blank()?),
        };
        self.deliver(place, Made { term: name, is_node: true })?;
        self.said_by_map(place, name)?;
        let graph = name.map_or(Graph::Unwritable, Graph::Named);
        let target = super::Target::Free;
        self.value(value, Some(property), Place { graph, target, by_map: None, ..place })
    }

    /// Step 13.7.
    fn language_map(&mut self, map: Object<'_>, property: &Arc<Definition>, place: Place<'_>) -> Result<()> {
        let state = self.state(place.state);
        let direction = property.direction.unwrap_or(state.direction);
        for (key, values) in map.iter() {
            let none = iri::expand(&state, key, As::Vocab).is_some_and(|e| e.text == "@none");
            for value in values.one_or_many().filter(|value| !value.is_null()) {
                if value.kind() != Kind::String {
                    return Err(Error::new("invalid language map value"));
                }
                self.tagged(value, (!none).then_some(key), direction, place)?;
            }
        }
        Ok(())
    }

    /// Step 13.8.
    fn map(
        &mut self,
        object: Object<'_>,
        kind: Container,
        property: &Arc<Definition>,
        place: Place<'_>,
    ) -> Result<()> {
        let state = self.state(place.state);
        for (key, value) in object.iter() {
            let expanded = iri::expand(&state, key, As::Vocab);
            let none = expanded.as_ref().is_some_and(|e| e.text == "@none");
            let mut inner = Place { from_map: true, ..place };
            if kind != Container::INDEX
                && let Some(previous) = state.previous
            {
                inner.state = previous;
            }
            if kind == Container::TYPE {
                inner.state = self.type_map_state(inner.state, key)?;
            }
            if !none {
                inner.by_map = self.by_key(key, value, kind, property, place, &state)?;
            }
            for item in value.one_or_many().filter(|item| !item.is_null()) {
                self.map_item(item, property, inner)?;
            }
        }
        Ok(())
    }

    /// Step 13.8.3.2.
    fn type_map_state(&mut self, state: u32, key: &str) -> Result<u32> {
        let Some(definition) = self.state(state).find(key).cloned() else { return Ok(state) };
        let Some(context) = &definition.context else { return Ok(state) };
        let flags = Flags { does_not_propagate: true, ..Flags::default() };
        self.processor.apply(state, context, definition.source, flags)
    }

    fn by_key<'k>(
        &mut self,
        key: &'k str,
        value: Value<'_>,
        kind: Container,
        property: &Arc<Definition>,
        place: Place<'_>,
        state: &Arc<State>,
    ) -> Result<Option<ByMap<'k>>> {
        if kind == Container::ID {
            return Ok(Some(ByMap::Id(key, place.state)));
        }
        if kind == Container::TYPE {
            let term = self.reference(value, key, place.state, As::VocabOrDocument)?;
            return Ok(Some(ByMap::Type(term)));
        }
        let Some(index) = property.index.as_deref().filter(|index| *index != "@index") else {
            if self.strict {
                // The index is in no statement.
                self.faith.find(Code::JsonldDroppedValue, value);
            }
            return Ok(None);
        };
        let definition = state.find(index).cloned();
        let predicate = match self.expand(state, index, As::Vocab) {
            Some(expanded) => self.resource(&expanded.text)?,
            None => None,
        };
        let object = self.index_value(value, key, definition.as_ref(), place)?;
        Ok(Some(ByMap::Statement(predicate.filter(|predicate| !predicate.is_blank()), object)))
    }

    /// Step 13.8.3.7.
    fn map_item(&mut self, item: Value<'_>, property: &Arc<Definition>, place: Place<'_>) -> Result<()> {
        let state = self.state(place.state);
        if !property.container.has(Container::GRAPH) || is_graph_object(&state, item) {
            return self.value(item, Some(property), place);
        }
        let name = match place.by_map {
            Some(ByMap::Id(key, state)) => Some(self.reference(item, key, state, As::Document)?),
            _ => None,
        };
        self.graph(item, property, place, name)
    }
}
