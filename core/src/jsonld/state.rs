//! Processed contexts as numbered states.
//!
//! An active context (JSON-LD 1.1 API §4) never changes once it is made. So it is a *state*, and applying a local
//! context is a transition between states, made once and looked up afterwards. States that come only from embedded
//! or pinned contexts are shared by the threads of a verifier; the others live for one call.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::local::{Container, Direction, LocalContext};

/// At most so many states are kept.
const KEPT: usize = 4_096;

/// The number of a state. From [`TRANSIENT`] on they belong to one call.
pub(super) type StateId = u32;

/// The number of a context document, to say where a definition comes from. From [`TRANSIENT`] on for one call.
pub(super) type Source = u32;

pub(super) const TRANSIENT: u32 = 1 << 31;

/// No source: the initial context.
pub(super) const NOWHERE: Source = u32::MAX;

/// A keyword that a key or an `@id` can stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Keyword {
    Context,
    Direction,
    Graph,
    Id,
    Included,
    Index,
    Json,
    Language,
    List,
    Nest,
    None,
    Reverse,
    Set,
    Type,
    Value,
    Vocab,
    /// One that means nothing in a document.
    Other,
}

impl Keyword {
    pub(super) fn named(name: &str) -> Option<Keyword> {
        if !name.starts_with('@') {
            return None;
        }
        Some(match name {
            "@context" => Keyword::Context,
            "@direction" => Keyword::Direction,
            "@graph" => Keyword::Graph,
            "@id" => Keyword::Id,
            "@included" => Keyword::Included,
            "@index" => Keyword::Index,
            "@json" => Keyword::Json,
            "@language" => Keyword::Language,
            "@list" => Keyword::List,
            "@nest" => Keyword::Nest,
            "@none" => Keyword::None,
            "@reverse" => Keyword::Reverse,
            "@set" => Keyword::Set,
            "@type" => Keyword::Type,
            "@value" => Keyword::Value,
            "@vocab" => Keyword::Vocab,
            name if super::local::is_keyword(name) => Keyword::Other,
            _ => return None,
        })
    }
}

/// A type mapping.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Coercion {
    #[default]
    None,
    Id,
    Vocab,
    Json,
    /// `@none`: as it stands.
    Nothing,
    Iri(Arc<str>),
}

/// What the verifier's rules say about a definition; worked out once (`faithful.rs`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Rulings {
    /// The term and the IRI do not belong together: one of them is reserved.
    pub(super) respelled_property: bool,
    /// The same where it is a type.
    pub(super) respelled_type: bool,
    /// It may stand only at credentials.
    pub(super) of_credentials: bool,
    /// Its values are credentials.
    pub(super) leads_to_credentials: bool,
}

/// A term definition of an active context.
#[derive(Clone, Debug)]
pub(super) struct Definition {
    pub(super) name: Arc<str>,
    /// `None`: the term is decoupled.
    pub(super) iri: Option<Arc<str>>,
    pub(super) keyword: Option<Keyword>,
    pub(super) prefix: bool,
    pub(super) protected: bool,
    pub(super) reverse: bool,
    pub(super) kind: Coercion,
    pub(super) container: Container,
    pub(super) language: Option<Option<Arc<str>>>,
    pub(super) direction: Option<Option<Direction>>,
    pub(super) nest: Option<Arc<str>>,
    pub(super) index: Option<Arc<str>>,
    pub(super) context: Option<Arc<LocalContext>>,
    /// The document that defines it.
    pub(super) source: Source,
    /// Another document that its IRIs depend on.
    pub(super) via: Source,
    pub(super) rulings: Rulings,
    /// The IRI is one as it stands (`iri.rs`, `Quality::Ordinary`).
    pub(super) ordinary: bool,
    /// So is that of the type mapping.
    pub(super) ordinary_type: bool,
}

impl Definition {
    /// JSON-LD 1.1 API §4.2.2 step 27.1: the same apart from being protected.
    pub(super) fn means_the_same(&self, other: &Definition) -> bool {
        self.iri == other.iri
            && self.prefix == other.prefix
            && self.reverse == other.reverse
            && self.kind == other.kind
            && self.container == other.container
            && self.language == other.language
            && self.direction == other.direction
            && self.nest == other.nest
            && self.index == other.index
            && match (&self.context, &other.context) {
                (Some(a), Some(b)) => Arc::ptr_eq(a, b) || a == b,
                (None, None) => true,
                _ => false,
            }
    }
}

/// Where a term stands in the order of a state. Hashes only speed the search up: with equal ones it is still a binary
/// search. So the ends of a name are enough.
#[allow(clippy::cast_possible_truncation)] // both halves are used
fn hash(name: &str) -> u64 {
    let bytes = name.as_bytes();
    let (first, last) = match (bytes.first_chunk(), bytes.last_chunk()) {
        (Some(first), Some(last)) => (u64::from_le_bytes(*first), u64::from_le_bytes(*last)),
        _ => (bytes.iter().fold(0, |word, byte| word << 8 | u64::from(*byte)), 0),
    };
    let length = (bytes.len() as u64).rotate_right(8);
    let product = u128::from(first ^ length ^ 0x9E37_79B9_7F4A_7C15)
        .wrapping_mul(u128::from(last ^ 0xD1B5_4A32_D192_ED03));
    (product as u64) ^ ((product >> 64) as u64)
}

/// The first bits of a hash; there are 1 to 16 of them, or no terms at all.
fn bucket(hash: u64, bits: u32) -> usize {
    (hash >> u64::BITS.saturating_sub(bits.max(1))) as usize
}

fn length_bit(name: &str) -> u64 {
    1 << name.len().min(63)
}

/// An active context.
#[derive(Clone, Debug, Default)]
pub(super) struct State {
    /// Sorted by hash, then name.
    pub(super) terms: Vec<(u64, Arc<Definition>)>,
    /// Where the terms begin whose hashes begin with each number of `bits` bits.
    pub(super) starts: Vec<u32>,
    pub(super) bits: u32,
    /// The terms that stand for keywords.
    pub(super) aliases: Vec<(Arc<str>, Keyword)>,
    /// Their lengths, each as a bit; those from 63 on share the last.
    pub(super) lengths: u64,
    pub(super) base: Option<Arc<str>>,
    pub(super) vocab: Option<(Arc<str>, Source)>,
    pub(super) language: Option<(Arc<str>, Source)>,
    pub(super) direction: Option<Direction>,
    pub(super) previous: Option<StateId>,
    pub(super) has_protected: bool,
}

impl State {
    /// The definition of a term.
    pub(super) fn find(&self, name: &str) -> Option<&Arc<Definition>> {
        let hash = hash(name);
        let bucket = bucket(hash, self.bits);
        let (start, end) = (self.starts.get(bucket)?, self.starts.get(bucket.saturating_add(1))?);
        let terms = self.terms.get(*start as usize..*end as usize)?;
        let at = terms
            .binary_search_by(|(other, definition)| {
                other.cmp(&hash).then_with(|| (*definition.name).cmp(name))
            })
            .ok()?;
        terms.get(at).map(|(_, definition)| definition)
    }

    /// The keyword that a key is or stands for.
    pub(super) fn keyword(&self, key: &str) -> Option<Keyword> {
        if key.starts_with('@')
            && let Some(keyword) = Keyword::named(key)
        {
            return Some(keyword);
        }
        if self.lengths & length_bit(key) == 0 {
            return None;
        }
        self.aliases.iter().find(|(alias, _)| **alias == *key).map(|(_, keyword)| *keyword)
    }

    /// Every definition.
    pub(super) fn definitions(&self) -> impl Iterator<Item = &Arc<Definition>> {
        self.terms.iter().map(|(_, definition)| definition)
    }

    /// The same with other terms: `None` takes one away.
    pub(super) fn with(&self, changes: Vec<(Arc<str>, Option<Arc<Definition>>)>) -> State {
        let mut changes: Vec<(u64, Arc<str>, Option<Arc<Definition>>)> =
            changes.into_iter().map(|(name, change)| (hash(&name), name, change)).collect();
        changes.sort_unstable_by(|a, b| (a.0, &*a.1).cmp(&(b.0, &*b.1)));
        let mut terms = Vec::with_capacity(self.terms.len().saturating_add(changes.len()));
        let mut changes = changes.into_iter().peekable();
        for (hash, old) in &self.terms {
            while let Some((hash, _, change)) =
                changes.next_if(|change| (change.0, &*change.1) < (*hash, &*old.name))
            {
                terms.extend(change.map(|definition| (hash, definition)));
            }
            match changes.next_if(|change| change.0 == *hash && *change.1 == *old.name) {
                Some((hash, _, change)) => terms.extend(change.map(|definition| (hash, definition))),
                None => terms.push((*hash, old.clone())),
            }
        }
        terms.extend(changes.filter_map(|(hash, _, change)| change.map(|definition| (hash, definition))));
        let bits = terms.len().next_power_of_two().trailing_zeros().clamp(1, 16);
        let mut starts = vec![0_u32; (1_usize << bits).saturating_add(1)];
        for (hash, _) in &terms {
            if let Some(count) = starts.get_mut(bucket(*hash, bits).saturating_add(1)) {
                *count = count.saturating_add(1);
            }
        }
        let mut before = 0_u32;
        for start in &mut starts {
            before = before.saturating_add(*start);
            *start = before;
        }
        let mut state = State { terms, starts, bits, ..self.without_terms() };
        for (_, definition) in &state.terms {
            state.has_protected |= definition.protected;
            if let Some(keyword) = definition.keyword {
                state.aliases.push((definition.name.clone(), keyword));
                state.lengths |= length_bit(&definition.name);
            }
        }
        state
    }

    fn without_terms(&self) -> State {
        State {
            terms: Vec::new(),
            starts: Vec::new(),
            bits: 0,
            aliases: Vec::new(),
            lengths: 0,
            base: self.base.clone(),
            vocab: self.vocab.clone(),
            language: self.language.clone(),
            direction: self.direction,
            previous: self.previous,
            has_protected: false,
        }
    }
}

/// How a local context is applied (§4.1.1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Flags {
    /// Protected terms may be overridden.
    pub(super) override_protected: bool,
    /// The context does not reach into nested objects.
    pub(super) does_not_propagate: bool,
    /// It comes from another document.
    pub(super) remote: bool,
}

/// A state, the address of the local context (which lives as long as the transition), and how it is applied.
pub(super) type Step = (StateId, usize, Flags);

/// What applying it gives: a state, and how many terms were defined.
pub(super) type Effect = (StateId, usize);

/// States and transitions that are kept.
#[derive(Debug)]
pub(super) struct Memo {
    states: Vec<Arc<State>>,
    transitions: BTreeMap<Step, Effect>,
}

impl Memo {
    /// Only the initial context, state 0.
    pub(super) fn new(initial: State) -> Self {
        Memo { states: vec![Arc::new(initial)], transitions: BTreeMap::new() }
    }
}

/// The states that one call sees: what is kept, and what it adds.
#[derive(Debug)]
pub(super) struct States {
    kept: Arc<Memo>,
    new: Vec<Arc<State>>,
    new_transitions: BTreeMap<Step, Effect>,
    own: Vec<Arc<State>>,
    own_transitions: BTreeMap<Step, Effect>,
    nothing: Arc<State>,
}

impl States {
    pub(super) fn new(kept: Arc<Memo>) -> Self {
        States {
            kept,
            new: Vec::new(),
            new_transitions: BTreeMap::new(),
            own: Vec::new(),
            own_transitions: BTreeMap::new(),
            nothing: Arc::default(),
        }
    }

    pub(super) fn get(&self, id: StateId) -> &Arc<State> {
        let index = (id & !TRANSIENT) as usize;
        let state = if id >= TRANSIENT {
            self.own.get(index)
        } else {
            let known = self.kept.states.len();
            self.kept.states.get(index).or_else(|| self.new.get(index.checked_sub(known)?))
        };
        state.unwrap_or(&self.nothing)
    }

    pub(super) fn effect(&self, step: &Step) -> Option<Effect> {
        self.kept
            .transitions
            .get(step)
            .or_else(|| self.new_transitions.get(step))
            .or_else(|| self.own_transitions.get(step))
            .copied()
    }

    /// A new state; `keep` if it and the step to it depend on nothing that belongs to this call.
    pub(super) fn add(&mut self, step: Step, state: State, terms: usize, keep: bool) -> StateId {
        let known = self.kept.states.len().saturating_add(self.new.len());
        let keep = keep && step.0 < TRANSIENT && known < KEPT;
        let (list, transitions, id) = if keep {
            (&mut self.new, &mut self.new_transitions, known)
        } else {
            let own = self.own.len();
            (&mut self.own, &mut self.own_transitions, own | TRANSIENT as usize)
        };
        let id = u32::try_from(id).unwrap_or(u32::MAX);
        list.push(Arc::new(state));
        transitions.insert(step, (id, terms));
        id
    }

    /// What is kept together with what this call added to it; `None` if it added nothing.
    pub(super) fn grown(&self) -> Option<(Arc<Memo>, Memo)> {
        if self.new_transitions.is_empty() {
            return None;
        }
        let states = self.kept.states.iter().chain(&self.new).cloned().collect();
        let transitions = self.kept.transitions.iter().chain(&self.new_transitions);
        Some((
            self.kept.clone(),
            Memo { states, transitions: transitions.map(|(step, effect)| (*step, *effect)).collect() },
        ))
    }
}
