//! What a processed context says, in rows that two implementations can be compared by.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// The definition of one term, or one of the defaults of a context (`@vocab`, `@language`, `@direction`).
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Row {
    /// What it stands for: an IRI, a keyword, or nothing (the term is mapped to `null`).
    pub iri: Option<String>,
    /// `@type`: an IRI or a keyword.
    pub coercion: Option<String>,
    /// `@container`, without order.
    pub container: BTreeSet<String>,
    /// `@language`; `"null"` switches the default off.
    pub language: Option<String>,
    /// `@direction`; `"null"` switches the default off.
    pub direction: Option<String>,
    /// `@protected`.
    pub protected: bool,
    /// Whether it may be the prefix of compact IRIs.
    pub prefix: bool,
    /// `@reverse`.
    pub reverse: bool,
    /// `@nest`.
    pub nest: Option<String>,
    /// `@index`.
    pub index: Option<String>,
    /// Whether it has a scoped context.
    pub scoped: bool,
}

impl Row {
    /// Whether values under both rows give the same quads, as far as these rows decide it. `@protected`, `prefix`
    /// (which the terms of the same context have used already) and `@set` do not reach the graph.
    pub fn same_quads(&self, other: &Row) -> bool {
        let graph = |row: &Row| {
            let mut row = row.clone();
            row.protected = false;
            row.prefix = false;
            row.container.remove("@set");
            row
        };
        graph(self) == graph(other)
    }
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.iri.as_deref().unwrap_or("null"))?;
        let mut word = |name: &str, value: &Option<String>| match value {
            Some(value) => write!(f, " {name}={value}"),
            None => Ok(()),
        };
        word("type", &self.coercion)?;
        word("language", &self.language)?;
        word("direction", &self.direction)?;
        word("nest", &self.nest)?;
        word("index", &self.index)?;
        for container in &self.container {
            write!(f, " {container}")?;
        }
        for (flag, name) in [
            (self.protected, "protected"),
            (self.prefix, "prefix"),
            (self.reverse, "reverse"),
            (self.scoped, "scoped"),
        ] {
            if flag {
                write!(f, " {name}")?;
            }
        }
        Ok(())
    }
}

/// Term to definition.
pub type Rows = BTreeMap<String, Row>;

/// How a scoped context is entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Entry {
    /// The term is the property whose value is processed (JSON-LD 1.1 API §5.1.2 step 8): protected terms may be
    /// overridden.
    Property,
    /// The term is a type of the node that is processed (§5.1.2 step 11): not propagated.
    Type,
}

/// A JSON-LD context processor.
pub trait Processor {
    /// An active context.
    type State: Clone;

    /// Processes the contexts in this order, from the initial one.
    ///
    /// # Errors
    /// The context cannot be processed: the error code of the JSON-LD 1.1 API.
    fn start(&self, urls: &[String]) -> Result<Self::State, String>;

    /// Enters the scoped context of `term`. As a property it leaves a context that is not propagated first.
    ///
    /// # Errors
    /// The context cannot be processed.
    fn enter(&self, active: &Self::State, term: &str, entry: Entry) -> Result<Self::State, String>;

    /// What the active context says.
    fn rows(&self, active: &Self::State) -> Rows;

    /// Whether a term has the same scoped context in both, as it was written. Only the leader of a [`walk`] is asked.
    fn same_scoped(&self, one: &Self::State, other: &Self::State, term: &str) -> bool;
}

/// A path of terms, each entered as property (`/proof`) or as type (`^Proof`).
pub type Path = String;

/// Scoped contexts inside each other that are followed; the published ones have at most five.
const DEPTH: usize = 8;

/// Everything that is reachable from a list of contexts: at the root all rows, below only those that a scoped
/// context changed. `Err` where it was refused.
///
/// Two processors are walked side by side: the first one leads (it tells which scoped contexts are new), the second
/// one has to follow.
pub fn walk<A: Processor, B: Processor>(leader: &A, follower: &B, urls: &[String], visit: &mut Visit<'_>) {
    let (first, second) = (leader.start(urls), follower.start(urls));
    visit_both(leader, follower, "", &first, &second, visit);
    let (Ok(first), Ok(second)) = (first, second) else { return };
    let mut stack = vec![(Path::new(), 0_usize, None, first, second)];
    while let Some((path, depth, parent, first, second)) = stack.pop() {
        if depth == DEPTH {
            continue;
        }
        let rows = leader.rows(&first);
        let before: Option<(Rows, A::State)> = parent.map(|parent| (leader.rows(&parent), parent));
        let is_new = |term: &str, row: &Row| {
            before.as_ref().is_none_or(|(rows, parent)| {
                rows.get(term) != Some(row) || !leader.same_scoped(parent, &first, term)
            })
        };
        for (term, _) in rows.iter().filter(|(term, row)| row.scoped && is_new(term, row)) {
            for entry in [Entry::Property, Entry::Type] {
                let sign = if entry == Entry::Property { '/' } else { '^' };
                let path = format!("{path}{sign}{term}");
                let (one, other) = (leader.enter(&first, term, entry), follower.enter(&second, term, entry));
                visit_both(leader, follower, &path, &one, &other, visit);
                if let (Ok(one), Ok(other)) = (one, other) {
                    stack.push((path, depth + 1, Some(first.clone()), one, other));
                }
            }
        }
    }
}

type Visit<'v> = dyn FnMut(&str, Result<&Rows, &str>, Result<&Rows, &str>) + 'v;

fn visit_both<A: Processor, B: Processor>(
    leader: &A,
    follower: &B,
    path: &str,
    one: &Result<A::State, String>,
    other: &Result<B::State, String>,
    visit: &mut Visit<'_>,
) {
    let one = one.as_ref().map(|state| leader.rows(state));
    let other = other.as_ref().map(|state| follower.rows(state));
    visit(path, one.as_ref().map_err(|error| error.as_str()), other.as_ref().map_err(|error| error.as_str()));
}

/// Where two processors differ, in words; empty when they agree on every row or both refuse.
pub fn differences<A: Processor, B: Processor>(leader: &A, follower: &B, urls: &[String]) -> Vec<String> {
    let mut found = Vec::new();
    walk(leader, follower, urls, &mut |path, one, other| match (one, other) {
        (Ok(one), Ok(other)) => {
            for term in one.keys().chain(other.keys()).collect::<BTreeSet<_>>() {
                let (one, other) = (one.get(term), other.get(term));
                if one != other {
                    let word = |row: Option<&Row>| row.map_or("undefined".to_owned(), Row::to_string);
                    found.push(format!("{path} {term}: {} | {}", word(one), word(other)));
                }
            }
        }
        (Err(_), Err(_)) => {}
        (Err(error), Ok(_)) => found.push(format!("{path}: only the first refuses: {error}")),
        (Ok(_), Err(error)) => found.push(format!("{path}: only the second refuses: {error}")),
    });
    found
}
