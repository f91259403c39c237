//! Scalars and value objects: literals and references (JSON-LD 1.1 API §5.3 and §8.2).

use std::sync::Arc;

use super::form;
use super::node::Entered;
use super::{Element, Graph, Made, Place, RDF, RdfDirection, Target, Walk, XSD};
use crate::codes::Code;
use crate::json::{Kind, Member, Number, Value, jcs};
use crate::jsonld::error::{Error, Result};
use crate::jsonld::iri::{self, As, Quality};
use crate::jsonld::local::Direction;
use crate::jsonld::state::{Coercion, Definition, Keyword};
use crate::rdf::Term;

/// What a literal is made of.
#[derive(Clone, Copy, Default)]
struct Parts<'p> {
    datatype: Option<&'p str>,
    /// The datatype was looked at before.
    ordinary: bool,
    json: bool,
    language: Option<&'p str>,
    direction: Option<Direction>,
}

/// The members of a value object.
#[derive(Clone, Copy, Default)]
struct Members<'t> {
    value: Option<Value<'t>>,
    kind: Option<Value<'t>>,
    language: Option<Value<'t>>,
    direction: Option<Value<'t>>,
}

impl<'w> Walk<'w> {
    /// §5.1.2 step 4 and §5.3 Value Expansion.
    pub(super) fn scalar(
        &mut self,
        value: Value<'_>,
        property: Option<&Arc<Definition>>,
        place: Place<'_>,
    ) -> Result<()> {
        if matches!(place.target, Target::Root | Target::Free) {
            return Ok(());
        }
        let state_id = self.property_scoped(place.state, property)?;
        let kind = property.map_or(&Coercion::None, |property| &property.kind);
        match (kind, value.as_str()) {
            (Coercion::Id, Some(text)) => {
                let term = self.reference(value, text, state_id, As::Document)?;
                self.deliver(place, Made { term, is_node: true })?;
                self.said_by_map(place, term)
            }
            (Coercion::Vocab, Some(text)) => {
                let term = self.reference(value, text, state_id, As::VocabOrDocument)?;
                self.deliver(place, Made { term, is_node: true })?;
                self.said_by_map(place, term)
            }
            _ => self.plain(value, property, place, state_id),
        }
    }

    fn plain(
        &mut self,
        value: Value<'_>,
        property: Option<&Arc<Definition>>,
        place: Place<'_>,
        state: u32,
    ) -> Result<()> {
        if matches!(place.by_map, Some(super::ByMap::Statement(..))) {
            return Err(Error::new("invalid value object"));
        }
        let mut parts = Parts::default();
        let defaults;
        match (property, property.map(|property| &property.kind)) {
            (Some(property), Some(Coercion::Iri(datatype))) => {
                parts.datatype = Some(datatype);
                parts.ordinary = property.ordinary_type;
            }
            (_, Some(Coercion::Json)) => parts.json = true,
            _ if value.kind() == Kind::String && self.has_defaults(state, property) => {
                defaults = self.state(state);
                (parts.language, parts.direction) = self.defaults(&defaults, property);
            }
            _ => {}
        }
        if self.strict && parts.datatype.is_some_and(|datatype| !form::is_own(value, datatype)) {
            self.faith.find(Code::JsonldLiteralForm, value);
        }
        let term = self.literal(value, parts, place.graph)?;
        self.deliver(place, Made { term, is_node: false })
    }

    /// Whether a string has a language or a direction without saying so.
    fn has_defaults(&self, state: u32, property: Option<&Arc<Definition>>) -> bool {
        let state = self.processor.states.get(state);
        let own = |property: &Arc<Definition>| property.language.is_some() || property.direction.is_some();
        state.language.is_some() || state.direction.is_some() || property.is_some_and(own)
    }

    /// Language and direction of a string that has none of its own.
    fn defaults<'s>(
        &mut self,
        state: &'s crate::jsonld::state::State,
        property: Option<&'s Arc<Definition>>,
    ) -> (Option<&'s str>, Option<Direction>) {
        let language = match property.and_then(|property| property.language.as_ref()) {
            Some(language) => language.as_deref(),
            None => state.language.as_ref().map(|(language, source)| {
                self.faith.used(*source);
                &**language
            }),
        };
        let direction = property.and_then(|property| property.direction).unwrap_or(state.direction);
        (language, direction)
    }

    /// §8.2 Object to RDF Conversion, of a value.
    fn literal(&mut self, value: Value<'_>, parts: Parts<'_>, graph: Graph) -> Result<Option<Term>> {
        if parts.json {
            let text = jcs::canonical(value);
            return Ok(Some(self.out.literal(
                &text,
                "http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON",
                None,
            )));
        }
        if let Some(datatype) = parts.datatype.filter(|_| !parts.ordinary) {
            match iri::quality(datatype) {
                Quality::Ordinary => {}
                Quality::Odd if self.strict => self.faith.odd(value),
                _ => {
                    if self.strict {
                        self.faith.find(Code::JsonldIri, value);
                    }
                    return Ok(None);
                }
            }
        }
        if let Some(language) = parts.language
            && oxilangtag::LanguageTag::parse(language).is_err()
        {
            if self.strict {
                self.faith.find(Code::JsonldLanguage, value);
            }
            return Ok(None);
        }
        if self.strict && parts.direction.is_some() {
            self.faith.find(Code::JsonldDroppedValue, value);
        }
        if let Some(text) = value.as_str() {
            return self.string(text, parts, graph);
        }
        if let Some(bool) = value.as_bool() {
            let lexical = if bool { "true" } else { "false" };
            let datatype = parts.datatype.unwrap_or("http://www.w3.org/2001/XMLSchema#boolean");
            return Ok(Some(self.out.literal(lexical, datatype, None)));
        }
        let Some(number) = value.as_number() else { return Ok(None) };
        Ok(Some(self.number(value, number, parts.datatype)))
    }

    fn string(&mut self, text: &str, parts: Parts<'_>, graph: Graph) -> Result<Option<Term>> {
        if let Some(datatype) = parts.datatype {
            return Ok(Some(self.out.literal(text, datatype, None)));
        }
        let string = "http://www.w3.org/2001/XMLSchema#string";
        // Tags are compared without case; lower case is their canonical form (RDF 1.1 Concepts §3.3).
        let lower = parts.language.filter(|_| self.strict).map(str::to_ascii_lowercase);
        let language = lower.as_deref().or(parts.language);
        match (self.rdf_direction, parts.direction) {
            (Some(RdfDirection::I18nDatatype), Some(direction)) => {
                let language = language.unwrap_or("").to_ascii_lowercase();
                let datatype = format!("https://www.w3.org/ns/i18n#{language}_{}", direction.name());
                Ok(Some(self.out.literal(text, &datatype, None)))
            }
            (Some(RdfDirection::CompoundLiteral), Some(direction)) => {
                let node = self.blank()?;
                let mut members =
                    vec![("value", text.to_owned()), ("direction", direction.name().to_owned())];
                members.extend(language.map(|language| ("language", language.to_ascii_lowercase())));
                for (name, text) in members {
                    let predicate = self.out.iri(&format!("{RDF}{name}"));
                    let object = self.out.literal(&text, string, None);
                    self.emit(graph, Some(node), Some(predicate), Some(object))?;
                }
                Ok(Some(node))
            }
            _ => Ok(Some(self.out.literal(text, string, language))),
        }
    }

    /// Steps 9 to 11 of §8.2.
    fn number(&mut self, value: Value<'_>, number: Number<'_>, datatype: Option<&str>) -> Term {
        let double = "http://www.w3.org/2001/XMLSchema#double";
        let as_f64 = number.as_f64();
        let is_double = as_f64.fract() != 0.0 || as_f64.abs() >= 1e21 || datatype == Some(double);
        let lexical = if is_double { canonical_double(as_f64) } else { canonical_integer(number, as_f64) };
        if self.strict {
            self.faith.number(value, number);
        }
        let name = if is_double { "double" } else { "integer" };
        match datatype {
            Some(datatype) => self.out.literal(&lexical, datatype, None),
            None => self.out.literal(&lexical, &format!("{XSD}{name}"), None),
        }
    }

    /// §5.1.2 steps 13.4.7 to 13.4.9 and 15.
    pub(super) fn value_object(
        &mut self,
        element: Element<'_, '_>,
        entered: Entered<'_>,
        property: Option<&Arc<Definition>>,
        place: Place<'_>,
    ) -> Result<()> {
        let state = self.state(entered.state);
        let members = self.members_of_value(element, &state)?;
        let Some(value) = members.value else { return Ok(()) };
        let types = self.state(entered.type_state);
        let kind = match members.kind.map(|kind| (kind, kind.as_str())) {
            None => None,
            Some((kind, _)) if kind.is_null() => None,
            Some((kind, None)) => {
                let strings =
                    kind.kind() == Kind::Array && kind.one_or_many().all(|item| item.as_str().is_some());
                return Err(Error::new(if strings { "invalid typed value" } else { "invalid type value" }));
            }
            Some((_, Some(name))) => match self.expand(&types, name, As::VocabOrDocument) {
                Some(expanded) => Some(expanded.text),
                None => return Err(Error::new("invalid typed value")),
            },
        };
        if kind.is_some() && (members.language.is_some() || members.direction.is_some()) {
            return Err(Error::new("invalid value object"));
        }
        if kind.as_deref() == Some("@json") {
            let term = self.literal(value, Parts { json: true, ..Parts::default() }, place.graph)?;
            return self.deliver(place, Made { term, is_node: false });
        }
        if matches!(value.kind(), Kind::Object | Kind::Array) {
            return Err(Error::new("invalid value object value"));
        }
        if value.is_null() {
            if self.strict {
                self.faith.find(Code::JsonldDroppedValue, value);
            }
            return Ok(());
        }
        if members.language.is_some() && value.as_str().is_none() {
            return Err(Error::new("invalid language-tagged value"));
        }
        let bad =
            |kind| matches!(iri::quality(kind), Quality::Blank | Quality::Relative | Quality::Unwritable);
        if kind.as_deref().is_some_and(bad) {
            return Err(Error::new("invalid typed value"));
        }
        if matches!(place.by_map, Some(super::ByMap::Statement(..))) {
            return Err(Error::new("invalid value object"));
        }
        if matches!(place.target, Target::Root | Target::Free) {
            return Ok(());
        }
        if self.strict {
            let coercion = property.and_then(|property| match &property.kind {
                Coercion::Iri(datatype) => Some(&**datatype),
                _ => None,
            });
            if value.as_str().is_none() || form::says_nothing(kind.as_deref(), coercion) {
                self.faith.find(Code::JsonldLiteralForm, value);
            }
        }
        let parts = Parts {
            datatype: kind.as_deref(),
            ordinary: false,
            json: false,
            language: members.language.and_then(|language| language.as_str()),
            direction: members.direction.and_then(|direction| Direction::named(direction.as_str()?)),
        };
        let term = self.literal(value, parts, place.graph)?;
        self.deliver(place, Made { term, is_node: false })
    }

    fn members_of_value<'t>(
        &mut self,
        element: Element<'_, 't>,
        state: &crate::jsonld::state::State,
    ) -> Result<Members<'t>> {
        let mut found = Members::default();
        for (key, member) in element.members() {
            let Member::Value(value) = member else { continue };
            let keyword = state.keyword(key);
            if self.strict {
                self.faith.value_keyword(key, keyword, value);
            }
            match keyword {
                Some(Keyword::Context) => {}
                Some(Keyword::Value) => found.value = Some(value),
                Some(Keyword::Type) => found.kind = Some(value),
                Some(Keyword::Language) => {
                    value.as_str().ok_or(Error::new("invalid language-tagged string"))?;
                    found.language = Some(value);
                }
                Some(Keyword::Direction) => {
                    value.as_str().and_then(Direction::named).ok_or(Error::new("invalid base direction"))?;
                    found.direction = Some(value);
                }
                Some(Keyword::Index) => {
                    value.as_str().ok_or(Error::new("invalid @index value"))?;
                }
                Some(_) => return Err(Error::new("invalid value object")),
                None => {
                    let expanded = iri::expand(state, key, As::Vocab);
                    if !value.is_null() && expanded.is_some_and(|e| e.text.contains(':')) {
                        return Err(Error::new("invalid value object"));
                    }
                }
            }
        }
        Ok(found)
    }

    /// A string of a language map (§5.1.2 step 13.7).
    pub(super) fn tagged(
        &mut self,
        value: Value<'_>,
        language: Option<&str>,
        direction: Option<Direction>,
        place: Place<'_>,
    ) -> Result<()> {
        let parts = Parts { language, direction, ..Parts::default() };
        let term = self.literal(value, parts, place.graph)?;
        self.deliver(place, Made { term, is_node: false })
    }

    /// A value that is taken as JSON.
    pub(super) fn json(&mut self, value: Value<'_>, place: Place<'_>) -> Result<()> {
        let term = self.literal(value, Parts { json: true, ..Parts::default() }, place.graph)?;
        self.deliver(place, Made { term, is_node: false })
    }

    /// The literal or node that a key of a property-valued index says (step 13.8.3.7.3).
    pub(super) fn index_value(
        &mut self,
        at: Value<'_>,
        key: &str,
        property: Option<&Arc<Definition>>,
        place: Place<'_>,
    ) -> Result<Option<Term>> {
        let state = self.state(place.state);
        match property.map(|property| &property.kind) {
            Some(Coercion::Id) => self.reference(at, key, place.state, As::Document),
            Some(Coercion::Vocab) => self.reference(at, key, place.state, As::VocabOrDocument),
            Some(Coercion::Iri(datatype)) => {
                let parts = Parts { datatype: Some(datatype), ..Parts::default() };
                self.string(key, parts, place.graph)
            }
            _ => {
                let (language, direction) = self.defaults(&state, property);
                self.string(key, Parts { language, direction, ..Parts::default() }, place.graph)
            }
        }
    }
}

/// The canonical form of `xsd:double` as JSON-LD has it (§8.6): at most 15 digits after the point.
pub(super) fn canonical_double(value: f64) -> String {
    let text = format!("{value:.15E}");
    let (mantissa, exponent) = text.split_once('E').unwrap_or((&text, "0"));
    let mantissa = mantissa.trim_end_matches('0');
    let point = if mantissa.ends_with('.') { "0" } else { "" };
    format!("{mantissa}{point}E{exponent}")
}

/// The canonical form of `xsd:integer`.
fn canonical_integer(number: Number<'_>, value: f64) -> String {
    match number.as_i64() {
        Some(integer) if number.is_safe_integer() => integer.to_string(),
        _ if value == 0.0 => "0".to_owned(),
        _ => format!("{value:.0}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doubles_have_one_form() {
        let forms = [
            (5.5, "5.5E0"),
            (0.1, "1.0E-1"),
            (0.30000000000000004, "3.0E-1"),
            (1e21, "1.0E21"),
            (-1.5e-7, "-1.5E-7"),
            (123456.789, "1.23456789E5"),
            (0.0, "0.0E0"),
        ];
        for (value, form) in forms {
            assert_eq!(canonical_double(value), form);
        }
    }
}
