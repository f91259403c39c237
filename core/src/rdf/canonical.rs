//! RDF Dataset Canonicalization (RDFC-1.0): the same text for the same statements, whatever blank nodes are called.

mod hash;
mod n_degree;
mod statements;
mod write;

pub use hash::{Digest, Hash};
pub use statements::{Statements, statements};

use self::hash::{Hasher, push_number};
use super::{Dataset, Quad, Term};
use crate::codes::{Code, Finding};
use crate::limits::{self, Limits};

/// The canonical form may take this many bytes. Real records take three times their JSON; only a document whose
/// few very long identifiers stand in very many statements takes more than the longest document times eight.
const MAX_CANONICAL: usize = 64 * 1024 * 1024;

/// Steps of work that one call of Hash N-Degree Quads stands for: related blank nodes that are hashed, and blank
/// nodes that a permutation arranges. The W3C suite needs at most 14 for each call that it makes.
const STEPS_PER_CALL: usize = 32;

/// How much work naming blank nodes may take: deterministic, and shared by everything that one verification
/// canonicalizes.
#[derive(Clone, Debug)]
pub struct Budget {
    limit: usize,
    calls: usize,
    steps: usize,
}

impl Budget {
    /// What the limits allow: [`Limits::hash_n_degree_calls`].
    pub fn new(limits: &Limits) -> Self {
        let limit = limits.hash_n_degree_calls;
        Budget { limit, calls: limit, steps: limit.saturating_mul(STEPS_PER_CALL) }
    }

    /// Calls of Hash N-Degree Quads that are left.
    pub fn calls_left(&self) -> usize {
        self.calls
    }

    fn reached(&self) -> Finding {
        limits::reached(Code::LimitCanonicalization, self.limit)
    }

    fn call(&mut self) -> Result<(), Finding> {
        self.calls = self.calls.checked_sub(1).ok_or_else(|| self.reached())?;
        Ok(())
    }

    fn work(&mut self, steps: usize) -> Result<(), Finding> {
        self.steps = self.steps.checked_sub(steps).ok_or_else(|| self.reached())?;
        Ok(())
    }
}

/// A canonicalized dataset (RDFC-1.0 §4.2).
#[derive(Clone, Debug)]
pub struct Canonical {
    /// The canonical N-Quads document.
    pub nquads: String,
    /// The canonical names of the blank nodes.
    pub labels: Labels,
}

/// The issued identifiers map (RDFC-1.0 §4.2): the canonical names of a dataset's blank nodes.
#[derive(Clone, Debug)]
pub struct Labels {
    /// By blank node; `u32::MAX` has none.
    numbers: Vec<u32>,
    /// By number.
    nodes: Vec<u32>,
}

impl Labels {
    /// The number in the canonical name: 0 for `c14n0`. `None` for terms that are no blank node of a statement.
    pub fn number(&self, term: Term) -> Option<u32> {
        self.of(term.blank()?)
    }

    /// The canonical name without `_:` (`c14n0`).
    pub fn name(&self, term: Term) -> Option<String> {
        self.number(term).map(|number| format!("c14n{number}"))
    }

    /// How many blank nodes have one: their numbers are those below.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether the dataset has no blank nodes.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// The blank nodes in the order of their canonical numbers.
    pub fn nodes(&self) -> impl Iterator<Item = Term> + '_ {
        self.nodes.iter().map(|node| Term::from_blank(*node))
    }

    fn of(&self, node: u32) -> Option<u32> {
        self.numbers.get(node as usize).copied().filter(|number| *number != u32::MAX)
    }

    /// Issue Identifier (RDFC-1.0 §4.5) for the canonical issuer.
    fn issue(&mut self, node: u32) {
        if let Some(number) = self.numbers.get_mut(node as usize)
            && *number == u32::MAX
        {
            *number = u32::try_from(self.nodes.len()).unwrap_or(u32::MAX);
            self.nodes.push(node);
        }
    }
}

/// The canonical form of a dataset.
///
/// # Errors
/// `limits.canonicalization`.
pub fn canonicalize(dataset: &Dataset, hash: Hash, budget: &mut Budget) -> Result<Canonical, Finding> {
    let labels = label(dataset, hash, budget)?;
    let mut nquads = String::new();
    write::sorted(dataset, &labels, &write::Canonical, &mut nquads, |_| ());
    Ok(Canonical { nquads, labels })
}

/// The digest of the canonical form, with the same hash function inside and outside; the text is not built.
///
/// # Errors
/// `limits.canonicalization`.
pub fn hash_canonical(dataset: &Dataset, hash: Hash, budget: &mut Budget) -> Result<Digest, Finding> {
    const BUFFER: usize = 16 * 1024;
    let labels = label(dataset, hash, budget)?;
    let mut hasher = Hasher::new(hash);
    // Statements of real records take about 130 bytes.
    let mut buffer =
        String::with_capacity(dataset.quads().len().saturating_mul(192).min(BUFFER + BUFFER / 4));
    write::sorted(dataset, &labels, &write::Canonical, &mut buffer, |buffer| {
        if buffer.len() > BUFFER {
            hasher.update(buffer.as_bytes());
            buffer.clear();
        }
    });
    hasher.update(buffer.as_bytes());
    Ok(hasher.finish())
}

/// The canonicalization algorithm up to the names (RDFC-1.0 §4.4.3, steps 1 to 5).
///
/// # Errors
/// `limits.canonicalization`.
pub fn label(dataset: &Dataset, hash: Hash, budget: &mut Budget) -> Result<Labels, Finding> {
    if too_long(dataset) {
        return Err(limits::reached(Code::LimitCanonicalization, MAX_CANONICAL).with("unit", "bytes"));
    }
    let mut labels = Labels { numbers: vec![u32::MAX; dataset.blanks()], nodes: Vec::new() };
    if dataset.blanks() == 0 {
        return Ok(labels);
    }
    let index = Index::new(dataset);
    // Step 3: the hashes, in order.
    let mut scratch = Scratch { text: String::with_capacity(2_048), lines: Vec::with_capacity(16) };
    let mut first = vec![Digest::default(); dataset.blanks()];
    let mut order = Vec::with_capacity(dataset.blanks());
    for (node, digest) in (0..).zip(first.iter_mut()) {
        if !index.quads_of(node).is_empty() {
            *digest = first_degree(dataset, hash, &index, node, &mut scratch);
            order.push((*digest, node));
        }
    }
    order.sort_unstable();
    // Step 4: hashes that only one node has.
    let alike = || order.chunk_by(|(a, _), (b, _)| a == b);
    for same in alike() {
        if let [(_, node)] = same {
            labels.issue(*node);
        }
    }
    // Step 5: the others.
    if labels.nodes.len() < order.len() {
        let mut state = n_degree::State::new(dataset, hash, &index, &first, budget, labels);
        for same in alike().filter(|same| same.len() > 1) {
            state.label_alike(same.iter().map(|(_, node)| *node))?;
        }
        labels = state.labels;
    }
    Ok(labels)
}

/// Whether the canonical form is too long; the terms are only counted where they could be.
fn too_long(dataset: &Dataset) -> bool {
    let quads = dataset.quads();
    if quads.len().saturating_mul(4).saturating_mul(dataset.longest()) <= MAX_CANONICAL {
        return false;
    }
    let len = |term: Option<Term>| term.map_or(0, |term| dataset.written(term).len());
    let sum = quads.iter().fold(0, |sum: usize, quad| {
        [Some(quad.subject), Some(quad.predicate), Some(quad.object), quad.graph]
            .map(len)
            .into_iter()
            .fold(sum, usize::saturating_add)
    });
    sum > MAX_CANONICAL
}

/// Blank node to quads map (RDFC-1.0 §4.2), built once: the quads of node n are `quads[starts[n]..starts[n + 1]]`.
struct Index {
    starts: Vec<u32>,
    quads: Vec<u32>,
}

impl Index {
    fn new(dataset: &Dataset) -> Self {
        let mut starts = vec![0_u32; dataset.blanks().saturating_add(1)];
        for quad in dataset.quads() {
            for node in nodes_of(quad) {
                if let Some(count) = starts.get_mut(node as usize) {
                    *count = count.saturating_add(1);
                }
            }
        }
        // Counts become ends; filling from the back turns ends into starts.
        let mut end = 0_u32;
        for start in &mut starts {
            end = end.saturating_add(*start);
            *start = end;
        }
        let mut quads = vec![0; end as usize];
        for (number, quad) in dataset.quads().iter().enumerate().rev() {
            let number = u32::try_from(number).unwrap_or(u32::MAX);
            for node in nodes_of(quad) {
                if let Some(start) = starts.get_mut(node as usize) {
                    *start = start.saturating_sub(1);
                    if let Some(place) = quads.get_mut(*start as usize) {
                        *place = number;
                    }
                }
            }
        }
        Index { starts, quads }
    }

    fn quads_of(&self, node: u32) -> &[u32] {
        let node = node as usize;
        let (Some(start), Some(end)) = (self.starts.get(node), self.starts.get(node.saturating_add(1)))
        else {
            return &[];
        };
        self.quads.get(*start as usize..*end as usize).unwrap_or(&[])
    }
}

/// The blank nodes of a quad, each once.
fn nodes_of(quad: &Quad) -> impl Iterator<Item = u32> {
    let (subject, object, graph) =
        (quad.subject.blank(), quad.object.blank(), quad.graph.and_then(Term::blank));
    let object = object.filter(|object| Some(*object) != subject);
    let graph = graph.filter(|graph| Some(*graph) != subject && Some(*graph) != object);
    subject.into_iter().chain(object).chain(graph)
}

struct Scratch {
    text: String,
    lines: Vec<(u32, u32)>,
}

/// Hash First Degree Quads (RDFC-1.0 §4.6.3).
fn first_degree(dataset: &Dataset, hash: Hash, index: &Index, node: u32, scratch: &mut Scratch) -> Digest {
    let Scratch { text, lines } = scratch;
    text.clear();
    lines.clear();
    let position = |text: &String| u32::try_from(text.len()).unwrap_or(u32::MAX);
    for number in index.quads_of(node) {
        let Some(quad) = dataset.quads().get(*number as usize) else { continue };
        let start = position(text);
        for term in
            [Some(quad.subject), Some(quad.predicate), Some(quad.object), quad.graph].into_iter().flatten()
        {
            text.push_str(match term.blank() {
                Some(own) if own == node => "_:a",
                Some(_) => "_:z",
                None => dataset.written(term),
            });
            text.push(' ');
        }
        text.push_str(".\n");
        lines.push((start, position(text)));
    }
    let line = |(start, end): &(u32, u32)| text.get(*start as usize..*end as usize).unwrap_or("");
    lines.sort_unstable_by(|a, b| line(a).cmp(line(b)));
    let mut hasher = Hasher::new(hash);
    for range in lines.iter() {
        hasher.update(line(range).as_bytes());
    }
    hasher.finish()
}
