//! Processed contexts, term by term: what tests compare with another implementation.
//!
//! Nothing in the library uses this; `xtask` does.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::error::{Error, Result};
use super::local::{Direction, Item, LocalContext};
use super::process::{Loaded, Loader, Processor};
use super::state::{Coercion, Definition, Flags, Memo, NOWHERE, State, StateId, States};
use super::tables::{self, TABLES};
use crate::json::Value;
use crate::limits::Limits;

/// One term of a processed context, as text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// The term.
    pub term: String,
    /// What it stands for: an IRI or a keyword; `None` is decoupled.
    pub iri: Option<String>,
    /// `@type`
    pub coercion: Option<String>,
    /// `@container`
    pub container: Vec<&'static str>,
    /// `@language`; the inner `None` is `null`.
    pub language: Option<Option<String>>,
    /// `@direction`; the inner `None` is `null`.
    pub direction: Option<Option<&'static str>>,
    /// `@protected`
    pub protected: bool,
    /// Whether it may be the prefix of compact IRIs.
    pub prefix: bool,
    /// `@reverse`
    pub reverse: bool,
    /// `@nest`
    pub nest: Option<String>,
    /// `@index`
    pub index: Option<String>,
    /// Whether it has a scoped context.
    pub scoped: bool,
}

/// The defaults of a processed context: `@vocab`, `@language` and `@direction`.
pub type Defaults = (Option<String>, Option<String>, Option<&'static str>);

/// Applies embedded contexts one after the other. A dated version has the date as the fragment of its URL here.
pub fn explore<T>(work: impl FnOnce(&Explorer<'_>) -> T) -> T {
    let mut embedded = Tables::default();
    let states = States::new(Arc::new(Memo::new(State::default())));
    work(&Explorer { processor: RefCell::new(Processor::new(states, &mut embedded, &Limits::default())) })
}

/// See [`explore`].
pub struct Explorer<'e> {
    processor: RefCell<Processor<'e>>,
}

impl Explorer<'_> {
    /// The number of the state that these contexts make of the initial one.
    ///
    /// # Errors
    /// They cannot be processed together.
    pub fn start(&self, urls: &[String]) -> Result<u32> {
        let items = urls.iter().map(|url| Item::Reference(url.as_str().into())).collect();
        self.apply(0, &Arc::new(LocalContext { items }), NOWHERE, Flags::default())
    }

    /// Enters the scoped context of a term that is a property (§5.1.2 step 8), or of one that is a type (step 11).
    ///
    /// # Errors
    /// There is none, or it cannot be processed.
    pub fn enter(&self, state: u32, term: &str, is_property: bool) -> Result<u32> {
        let active = self.processor.borrow().states.get(state).clone();
        let definition = active.find(term).ok_or(Error::new("undefined"))?;
        let context = definition.context.as_ref().ok_or(Error::new("not scoped"))?;
        let from = if is_property { active.previous.unwrap_or(state) } else { state };
        let flags =
            Flags { override_protected: is_property, does_not_propagate: !is_property, ..Flags::default() };
        self.apply(from, context, definition.source, flags)
    }

    fn apply(&self, from: StateId, context: &Arc<LocalContext>, source: u32, flags: Flags) -> Result<u32> {
        let mut processor = self.processor.borrow_mut();
        processor.alive.push(context.clone());
        processor.apply(from, context, source, flags)
    }

    /// The terms of a state.
    pub fn rows(&self, state: u32) -> Vec<Row> {
        self.processor.borrow().states.get(state).definitions().map(|definition| row(definition)).collect()
    }

    /// The defaults of a state.
    pub fn defaults(&self, state: u32) -> Defaults {
        let processor = self.processor.borrow();
        let state = processor.states.get(state);
        let text = |entry: &Option<(Arc<str>, u32)>| entry.as_ref().map(|(text, _)| text.to_string());
        (text(&state.vocab), text(&state.language), state.direction.map(Direction::name))
    }
}

fn row(definition: &Definition) -> Row {
    let text = |text: &Option<Arc<str>>| text.as_deref().map(str::to_owned);
    Row {
        term: definition.name.to_string(),
        iri: text(&definition.iri),
        coercion: match &definition.kind {
            Coercion::None => None,
            Coercion::Id => Some("@id".to_owned()),
            Coercion::Vocab => Some("@vocab".to_owned()),
            Coercion::Json => Some("@json".to_owned()),
            Coercion::Nothing => Some("@none".to_owned()),
            Coercion::Iri(iri) => Some(iri.to_string()),
        },
        container: definition.container.names().collect(),
        language: definition.language.as_ref().map(text),
        direction: definition.direction.map(|direction| direction.map(Direction::name)),
        protected: definition.protected,
        prefix: definition.prefix,
        reverse: definition.reverse,
        nest: text(&definition.nest),
        index: text(&definition.index),
        scoped: definition.context.is_some(),
    }
}

/// The embedded tables as documents.
#[derive(Default)]
struct Tables {
    read: BTreeMap<String, Loaded>,
}

impl Loader for Tables {
    fn load(&mut self, url: &str) -> Result<Loaded> {
        if let Some(loaded) = self.read.get(url) {
            return Ok(loaded.clone());
        }
        let (name, date) = url.split_once('#').map_or((url, None), |(name, date)| (name, Some(date)));
        let named = |table: &&tables::Embedded| table.url == name || table.aliases.contains(&name);
        let dated = |table: &&tables::Embedded| date.is_none_or(|date| table.date == date);
        let found =
            TABLES.iter().enumerate().filter(|(_, table)| named(table)).find(|(_, table)| dated(table));
        let (index, table) = found.ok_or(Error::new("loading remote context failed"))?;
        let table = tables::read(table.text).map_err(|_| Error::new("loading remote context failed"))?;
        let loaded =
            Loaded { source: u32::try_from(index).unwrap_or(NOWHERE), context: Arc::new(table.context) };
        self.read.insert(url.to_owned(), loaded.clone());
        Ok(loaded)
    }

    fn inline(&mut self, _: Value<'_>) -> Result<Loaded> {
        Err(Error::new("invalid local context"))
    }
}
