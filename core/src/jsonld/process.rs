//! Context processing (JSON-LD 1.1 API §4.1) and term definitions (§4.2).

use std::sync::Arc;

use super::error::{Error, Result};
use super::faithful;
use super::iri::{self, As, Expanded, Quality};
use super::local::{self, Container, Definitions, Entry, Iri, Item, LocalContext, Target, Term};
use super::state::{
    Coercion, Definition, Flags, Keyword, NOWHERE, Source, State, StateId, States, Step, TRANSIENT,
};
use crate::codes::Code;
use crate::json::Value;
use crate::limits::{self, Limits};

/// A context document that was found.
#[derive(Clone, Debug)]
pub(super) struct Loaded {
    pub(super) source: Source,
    pub(super) context: Arc<LocalContext>,
}

/// Where context documents come from.
pub(super) trait Loader {
    /// The document under a URL.
    fn load(&mut self, url: &str) -> Result<Loaded>;

    /// A context in the document itself.
    fn inline(&mut self, context: Value<'_>) -> Result<Loaded>;
}

/// Applies local contexts to states.
pub(super) struct Processor<'p> {
    pub(super) states: States,
    pub(super) loader: &'p mut dyn Loader,
    /// Scoped contexts are tried where they are defined, as the standard says. A verifier tries them where they are
    /// used: that is what signatures depend on.
    pub(super) validate_scoped: bool,
    pub(super) mode_1_0: bool,
    /// Local contexts of this call, kept alive because their addresses name them.
    pub(super) alive: Vec<Arc<LocalContext>>,
    terms: usize,
    max_terms: usize,
    max_contexts: usize,
}

impl Flags {
    /// A context that is not in a list may say itself whether it propagates.
    fn for_only(self, only: &Definitions) -> Flags {
        let does_not_propagate = only.propagate.map_or(self.does_not_propagate, |propagate| !propagate);
        Flags { does_not_propagate, ..self }
    }
}

/// What the states remember. Whether a context came from elsewhere only matters to `@base`.
fn step(from: StateId, local: &Arc<Definitions>, flags: Flags) -> Step {
    let flags = Flags { remote: flags.remote && local.base != Entry::Absent, ..flags };
    (from, Arc::as_ptr(local).addr(), flags)
}

/// What is being applied: a context and how far it was applied.
struct Open {
    context: Arc<LocalContext>,
    next: usize,
    source: Source,
    remote: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Progress {
    Untouched,
    Begun,
    Done,
}

impl<'p> Processor<'p> {
    pub(super) fn new(states: States, loader: &'p mut dyn Loader, limits: &Limits) -> Self {
        Processor {
            states,
            loader,
            validate_scoped: false,
            mode_1_0: false,
            alive: Vec::new(),
            terms: 0,
            max_terms: limits.terms,
            max_contexts: limits.contexts,
        }
    }

    /// §4.1: the state after `context` was applied to `state`.
    pub(super) fn apply(
        &mut self,
        state: StateId,
        context: &Arc<LocalContext>,
        source: Source,
        flags: Flags,
    ) -> Result<StateId> {
        // Nearly all are single, and known.
        if let [Item::Definitions(only)] = context.items.as_slice()
            && let Some((next, terms)) = self.states.effect(&step(state, only, flags.for_only(only)))
        {
            self.count(terms)?;
            return Ok(next);
        }
        self.apply_within(state, context, source, flags, &[])
    }

    /// The same inside other documents: a scoped context that names one of them is not followed (step 5.2.2).
    fn apply_within(
        &mut self,
        mut state: StateId,
        context: &Arc<LocalContext>,
        source: Source,
        mut flags: Flags,
        within: &[Arc<str>],
    ) -> Result<StateId> {
        if let [Item::Definitions(only)] = context.items.as_slice() {
            // What scoped contexts usually are.
            return self.define_all(state, only, source, flags.for_only(only), within);
        }
        let mut documents: Vec<Arc<str>> = within.to_vec();
        let mut open = vec![Open { context: context.clone(), next: 0, source, remote: flags.remote }];
        while let Some(top) = open.last_mut() {
            let Some(item) = top.context.items.get(top.next).cloned() else {
                open.pop();
                if documents.len() > within.len() {
                    documents.pop();
                }
                continue;
            };
            top.next = top.next.saturating_add(1);
            let (source, remote) = (top.source, top.remote);
            match item {
                Item::Reference(url) => {
                    if !within.is_empty() && documents.contains(&url) {
                        continue;
                    }
                    if documents.len() >= self.max_contexts {
                        return Err(Error::new("context overflow"));
                    }
                    let loaded = self.loader.load(&url)?;
                    self.alive.push(loaded.context.clone());
                    documents.push(url);
                    open.push(Open { context: loaded.context, next: 0, source: loaded.source, remote: true });
                    continue;
                }
                Item::Null => state = self.nullify(state, Flags { remote, ..flags })?,
                Item::Definitions(local) => {
                    let flags = Flags { remote, ..flags };
                    state = self.define_all(state, &local, source, flags, &documents)?;
                }
            }
            flags.does_not_propagate = false;
        }
        Ok(state)
    }

    /// Step 5.1.
    fn nullify(&mut self, from: StateId, flags: Flags) -> Result<StateId> {
        if !flags.override_protected && self.states.get(from).has_protected {
            return Err(Error::new("invalid context nullification"));
        }
        if !flags.does_not_propagate {
            return Ok(0);
        }
        let step = (from, 0, flags);
        if let Some((state, _)) = self.states.effect(&step) {
            return Ok(state);
        }
        let state = State { previous: Some(from), ..State::clone(self.states.get(0)) };
        Ok(self.states.add(step, state, 0, true))
    }

    fn count(&mut self, terms: usize) -> Result<()> {
        self.terms = self.terms.saturating_add(terms);
        if self.terms > self.max_terms {
            return Err(Error::limit(limits::reached(Code::LimitTerms, self.max_terms)));
        }
        Ok(())
    }

    /// Steps 5.5 to 5.13.
    fn define_all(
        &mut self,
        from: StateId,
        local: &Arc<Definitions>,
        source: Source,
        flags: Flags,
        documents: &[Arc<str>],
    ) -> Result<StateId> {
        let step = step(from, local, flags);
        let flags = step.2;
        if let Some((state, terms)) = self.states.effect(&step) {
            self.count(terms)?;
            return Ok(state);
        }
        self.count(local.terms.len())?;
        let active = self.states.get(from).clone();
        let next = self.head(&active, from, local, source, flags)?;
        let changes = {
            let mut maker = Maker {
                active: &next,
                local,
                source,
                override_protected: flags.override_protected,
                mode_1_0: self.mode_1_0,
                progress: vec![Progress::Untouched; local.terms.len()],
                made: vec![None; local.terms.len()],
            };
            maker.make_all()?;
            local.terms.iter().map(|term| term.name.clone()).zip(maker.made).collect()
        };
        let next = next.with(changes);
        let id = self.states.add(step, next, local.terms.len(), source < TRANSIENT);
        if self.validate_scoped {
            self.try_scoped(id, local, source, documents)?;
        }
        Ok(id)
    }

    /// §4.2.2 step 21.3.
    fn try_scoped(
        &mut self,
        state: StateId,
        local: &Arc<Definitions>,
        source: Source,
        documents: &[Arc<str>],
    ) -> Result<()> {
        let flags = Flags { override_protected: true, ..Flags::default() };
        let mut within = documents.to_vec();
        if within.is_empty() {
            // Only says that this is not the document's own context.
            within.push("".into());
        }
        for term in &local.terms {
            let Some(scoped) = &term.context else { continue };
            if within.len() >= self.max_contexts {
                return Ok(());
            }
            self.apply_within(state, scoped, source, flags, &within).map_err(|error| match error.limit {
                None => Error::new("invalid scoped context").about(&term.name),
                Some(_) => error,
            })?;
        }
        Ok(())
    }

    /// Everything but the terms.
    fn head(
        &self,
        active: &State,
        from: StateId,
        local: &Definitions,
        source: Source,
        flags: Flags,
    ) -> Result<State> {
        let mut next = active.clone();
        if flags.does_not_propagate && next.previous.is_none() {
            next.previous = Some(from);
        }
        match &local.base {
            _ if flags.remote => {}
            Entry::Absent => {}
            Entry::Null => next.base = None,
            Entry::Text(base) if iri::has_scheme(base) => next.base = Some(base.clone()),
            Entry::Text(base) => match &active.base {
                Some(old) => next.base = Some(iri::resolve(old, base).into()),
                None => return Err(Error::new("invalid base IRI")),
            },
        }
        match &local.vocab {
            Entry::Absent => {}
            Entry::Null => next.vocab = None,
            Entry::Text(vocab) => {
                let absolute = iri::split(vocab).is_some();
                if self.mode_1_0 && !absolute {
                    return Err(Error::new("invalid vocab mapping"));
                }
                let expanded = iri::expand(&next, vocab, As::VocabOrDocument);
                let text = expanded.map(|expanded| expanded.text.into_owned());
                next.vocab = Some((text.ok_or(Error::new("invalid vocab mapping"))?.into(), source));
            }
        }
        match &local.language {
            Entry::Absent => {}
            Entry::Null => next.language = None,
            Entry::Text(language) => next.language = Some((language.clone(), source)),
        }
        if let Some(direction) = local.direction {
            next.direction = direction;
        }
        Ok(next)
    }
}

fn is_ordinary(iri: &str) -> bool {
    iri::quality(iri) == Quality::Ordinary
}

/// Makes the term definitions of one local context.
struct Maker<'m> {
    active: &'m State,
    local: &'m Definitions,
    source: Source,
    override_protected: bool,
    mode_1_0: bool,
    progress: Vec<Progress>,
    made: Vec<Option<Arc<Definition>>>,
}

impl Maker<'_> {
    /// Terms may be defined by other terms of the same context. Instead of recursing into those (§4.2.2 step 1), they
    /// are put on a stack and made first.
    fn make_all(&mut self) -> Result<()> {
        let mut stack = Vec::new();
        for first in 0..self.local.terms.len() {
            if self.progress.get(first) != Some(&Progress::Done) {
                stack.push(first);
            }
            while let Some(&index) = stack.last() {
                let Some(term) = self.local.terms.get(index) else { break };
                match self.needs(term) {
                    Some(other) if other == index || self.progress.get(other) == Some(&Progress::Begun) => {
                        return Err(Error::new("cyclic IRI mapping").about(&term.name));
                    }
                    Some(other) => {
                        self.set(index, Progress::Begun);
                        stack.push(other);
                    }
                    None => {
                        let made = self.make(term).map_err(|error| error.about(&term.name))?;
                        if let Some(slot) = self.made.get_mut(index) {
                            *slot = made.map(Arc::new);
                        }
                        self.set(index, Progress::Done);
                        stack.pop();
                    }
                }
            }
        }
        Ok(())
    }

    fn set(&mut self, index: usize, progress: Progress) {
        if let Some(slot) = self.progress.get_mut(index) {
            *slot = progress;
        }
    }

    fn position(&self, name: &str) -> Option<usize> {
        self.local.terms.binary_search_by(|term| (*term.name).cmp(name)).ok()
    }

    /// A term of this context that has to be defined before this one.
    fn needs(&self, term: &Term) -> Option<usize> {
        let open = |iri: &Iri| match iri {
            Iri::Open(text) => self.needs_text(text),
            Iri::Resolved(_) => None,
        };
        let of_target = match &term.target {
            Target::Iri(iri) => open(iri)
                .or_else(|| matches!(iri, Iri::Open(_)).then(|| self.needs_prefix(&term.name)).flatten()),
            Target::Reverse(iri) => open(iri),
            Target::Itself => self.needs_prefix(&term.name),
            Target::Null | Target::Ignored => None,
        };
        of_target
            .or_else(|| term.kind.as_ref().and_then(open))
            .or_else(|| term.index.as_ref().and_then(|index| self.needs_text(index)))
    }

    fn needs_text(&self, text: &str) -> Option<usize> {
        self.undone(text).or_else(|| self.needs_prefix(text))
    }

    fn needs_prefix(&self, text: &str) -> Option<usize> {
        let (prefix, suffix) = iri::split(text)?;
        if prefix == "_" || suffix.starts_with("//") { None } else { self.undone(prefix) }
    }

    fn undone(&self, name: &str) -> Option<usize> {
        self.position(name).filter(|index| self.progress.get(*index) != Some(&Progress::Done))
    }

    fn find(&self, name: &str) -> Option<&Definition> {
        match self.position(name) {
            Some(index) => self.made.get(index)?.as_deref(),
            None => self.active.find(name).map(|definition| &**definition),
        }
    }

    fn expand<'a>(&'a self, text: &'a str) -> Option<Expanded<'a>> {
        iri::expand_with(self.active, &|name| self.find(name), text, As::Vocab)
    }

    /// The IRI of a member, and the document that its prefix came from.
    fn iri(&self, iri: &Iri) -> Option<(Arc<str>, Source)> {
        match iri {
            Iri::Resolved(text) => Some((text.clone(), NOWHERE)),
            Iri::Open(text) => self.expand(text).map(|expanded| (expanded.text.into(), expanded.via)),
        }
    }

    /// §4.2.2; `None` where the definition is ignored.
    fn make(&self, term: &Term) -> Result<Option<Definition>> {
        let invalid_iri = Error::new("invalid IRI mapping");
        let mut via = NOWHERE;
        // Step 12.
        let kind = match &term.kind {
            None => Coercion::None,
            Some(kind) => {
                let (iri, used) = self.iri(kind).ok_or(Error::new("invalid type mapping"))?;
                via = used;
                match &*iri {
                    "@id" => Coercion::Id,
                    "@vocab" => Coercion::Vocab,
                    "@json" => Coercion::Json,
                    "@none" => Coercion::Nothing,
                    text if iri::has_scheme(text) => Coercion::Iri(iri),
                    _ => return Err(Error::new("invalid type mapping")),
                }
            }
        };
        let (iri, used, prefix, reverse) = match &term.target {
            Target::Ignored => return Ok(None),
            Target::Null => (None, NOWHERE, false, false),
            Target::Reverse(target) => {
                let (iri, used) = self.iri(target).ok_or(invalid_iri.clone())?;
                if iri::split(&iri).is_none() {
                    return Err(invalid_iri);
                }
                (Some(iri), used, false, true)
            }
            Target::Iri(target) => {
                let (iri, used) = self.iri(target).ok_or(invalid_iri.clone())?;
                let prefix = self.check_target(term, target, &iri)?;
                (Some(iri), used, prefix, false)
            }
            Target::Itself => {
                let (iri, used) = self.itself(&term.name)?;
                (Some(iri), used, false, false)
            }
        };
        let keyword = iri.as_deref().and_then(Keyword::named);
        let prefix = term.prefix.unwrap_or(prefix);
        if prefix && keyword.is_some() && term.prefix.is_some() {
            return Err(Error::new("invalid term definition"));
        }
        if let Some(index) = &term.index {
            let expanded =
                self.expand(index).filter(|e| !local::is_keyword(&e.text) && iri::has_scheme(&e.text));
            expanded.ok_or(Error::new("invalid term definition"))?;
        }
        let kind = self.kind_for_container(term.container, kind)?;
        let untyped = term.kind.is_none();
        let definition = Definition {
            name: term.name.clone(),
            rulings: faithful::rulings(&term.name, iri.as_deref()),
            ordinary: iri.as_deref().is_some_and(is_ordinary),
            ordinary_type: matches!(&kind, Coercion::Iri(iri) if is_ordinary(iri)),
            iri,
            keyword,
            prefix,
            protected: term.protected.unwrap_or(self.local.protected),
            reverse,
            kind,
            container: term.container,
            language: match &term.language {
                Entry::Text(language) if untyped => Some(Some(language.clone())),
                Entry::Null if untyped => Some(None),
                _ => None,
            },
            direction: term.direction.filter(|_| untyped),
            nest: term.nest.clone(),
            index: term.index.clone(),
            context: term.context.clone(),
            source: self.source,
            via: if used == NOWHERE || used == self.source { via } else { used },
        };
        self.keep_protected(definition).map(Some)
    }

    /// Steps 14.2.3 to 14.2.5; whether the term can be used as a prefix.
    fn check_target(&self, term: &Term, target: &Iri, iri: &str) -> Result<bool> {
        let invalid = || Error::new("invalid IRI mapping");
        if iri == "@context" {
            return Err(Error::new("invalid keyword alias"));
        }
        if !local::is_keyword(iri) && !iri::has_scheme(iri) && !iri.starts_with("_:") {
            return Err(invalid());
        }
        if iri == "@type" && term.name.starts_with('@') {
            return Ok(false);
        }
        let like_an_iri = term.name.trim_matches(':').contains(':') || term.name.contains('/');
        if like_an_iri && matches!(target, Iri::Open(_)) && !self.mode_1_0 {
            // The term is not defined yet: it expands by its prefix, or as it stands.
            let same = iri::expand_with(
                self.active,
                &|name| if *name == *term.name { None } else { self.find(name) },
                &term.name,
                As::Vocab,
            );
            if same.is_none_or(|expanded| *expanded.text != *iri) {
                return Err(invalid());
            }
        }
        let ends_like_a_prefix =
            iri.ends_with([':', '/', '?', '#', '[', ']', '@']) || iri.starts_with("_:") || self.mode_1_0;
        Ok(!term.name.contains([':', '/']) && term.simple && ends_like_a_prefix)
    }

    /// Steps 15 to 18.
    fn itself(&self, name: &str) -> Result<(Arc<str>, Source)> {
        let invalid = Error::new("invalid IRI mapping");
        if let Some((prefix, suffix)) = iri::split(name) {
            return match self.find(prefix).and_then(|definition| Some((definition, definition.iri.as_ref()?)))
            {
                Some((definition, iri)) => Ok((format!("{iri}{suffix}").into(), definition.source)),
                None if iri::has_scheme(name) || name.starts_with("_:") => Ok((name.into(), NOWHERE)),
                None => Err(invalid),
            };
        }
        if name == "@type" {
            return Ok((name.into(), NOWHERE));
        }
        let Some((vocab, source)) = &self.active.vocab else { return Err(invalid) };
        Ok((format!("{vocab}{name}").into(), *source))
    }

    /// Step 19.4.
    fn kind_for_container(&self, container: Container, kind: Coercion) -> Result<Coercion> {
        if !container.has(Container::TYPE) {
            return Ok(kind);
        }
        match kind {
            Coercion::None => Ok(Coercion::Id),
            Coercion::Id | Coercion::Vocab => Ok(kind),
            _ => Err(Error::new("invalid type mapping")),
        }
    }

    /// Step 27. A definition that repeats the one before it also leaves the credit to the document that made it.
    fn keep_protected(&self, definition: Definition) -> Result<Definition> {
        let Some(previous) = self.active.find(&definition.name) else { return Ok(definition) };
        let same = definition.means_the_same(previous);
        if previous.protected && !self.override_protected {
            return if same {
                Ok(Definition::clone(previous))
            } else {
                Err(Error::new("protected term redefinition"))
            };
        }
        if same {
            return Ok(Definition {
                source: previous.source,
                via: previous.via,
                context: previous.context.clone(),
                ..definition
            });
        }
        Ok(definition)
    }
}
