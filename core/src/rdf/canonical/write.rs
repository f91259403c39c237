//! The serialised canonical form: canonical N-Quads in code point order (RDFC-1.0 §5).
//!
//! No term is the beginning of another except where the line goes on with a character below all that may follow
//! (space before `@`, `^` and digits; `.` before `<` and `_`). So lines have the order of their terms, terms get
//! their place in that order once, and the lines are sorted as numbers.

use super::{Labels, push_number};
use crate::rdf::{Dataset, Term};

/// How blank nodes are written, by their canonical numbers.
pub(super) trait Names {
    /// The numbers below `count` in the order of the names.
    fn in_order(&self, count: usize) -> Vec<u32>;
    /// Writes a name, without `_:`.
    fn push(&self, text: &mut String, number: u32);
}

/// Their canonical names: `c14n0`.
pub(super) struct Canonical;

impl Names for Canonical {
    fn in_order(&self, count: usize) -> Vec<u32> {
        decimal_order(count)
    }

    fn push(&self, text: &mut String, number: u32) {
        text.push_str("c14n");
        push_number(text, number);
    }
}

/// The names of a label map, none of them twice.
impl Names for [String] {
    fn in_order(&self, count: usize) -> Vec<u32> {
        let mut order: Vec<u32> = (0..u32::try_from(count).unwrap_or(u32::MAX)).collect();
        order.sort_unstable_by_key(|number| self.get(*number as usize));
        order
    }

    fn push(&self, text: &mut String, number: u32) {
        text.push_str(self.get(number as usize).map_or("", String::as_str));
    }
}

/// Writes the lines in order into `text`; `line` is called after each and may empty it.
pub(super) fn sorted(
    dataset: &Dataset,
    labels: &Labels,
    names: &(impl Names + ?Sized),
    text: &mut String,
    mut line: impl FnMut(&mut String),
) {
    // Literals and IRIs come before blank nodes: `"` < `<` < `_`.
    let named = dataset.terms();
    let terms = in_order(dataset, named);
    let mut places = vec![0_u32; terms.len()];
    for (place, term) in (1..).zip(&terms) {
        if let Some(slot) = places.get_mut(term.number as usize) {
            *slot = place;
        }
    }
    let blanks = names.in_order(labels.nodes.len());
    let mut blank_places = vec![0_u32; blanks.len()];
    for (place, number) in (named.saturating_add(1)..).zip(&blanks) {
        if let Some(slot) = blank_places.get_mut(*number as usize) {
            *slot = place;
        }
    }
    let place = |term: Term| -> u128 {
        let place = match term.blank() {
            Some(node) => labels.of(node).and_then(|number| blank_places.get(number as usize)),
            None => places.get(term.named() as usize),
        };
        u128::from(place.copied().unwrap_or(0))
    };
    let mut lines: Vec<u128> = dataset
        .quads()
        .iter()
        .map(|quad| {
            place(quad.subject) << 96
                | place(quad.predicate) << 64
                | place(quad.object) << 32
                | quad.graph.map_or(0, place)
        })
        .collect();
    lines.sort_unstable();
    for key in lines {
        for shift in [96, 64, 32, 0] {
            let place = ((key >> shift) & 0xFFFF_FFFF) as usize;
            let Some(at) = place.checked_sub(1) else { continue };
            match at.checked_sub(terms.len()) {
                None => text.push_str(terms.get(at).map_or("", |term| term.written)),
                Some(blank) => {
                    text.push_str("_:");
                    names.push(text, blanks.get(blank).copied().unwrap_or(0));
                }
            }
            text.push(' ');
        }
        text.push_str(".\n");
        line(text);
    }
}

/// A term on its way to its place.
#[derive(Clone, Copy)]
struct Sorted<'d> {
    /// Eight of its bytes, as a number: those after the ones that are known to be equal; zeros after its end.
    word: u64,
    number: u32,
    written: &'d str,
}

/// The terms that are no blank nodes, in code point order.
///
/// Identifiers of one document begin alike, so comparing them from the start again and again is most of the work.
/// Here every group of terms that are equal so far is sorted by its next eight bytes.
fn in_order(dataset: &Dataset, count: u32) -> Vec<Sorted<'_>> {
    let mut terms: Vec<Sorted<'_>> = (0..count)
        .map(|number| Sorted { word: 0, number, written: dataset.written(Term::from_named(number)) })
        .collect();
    let mut groups = vec![(0, terms.len(), 0_usize)];
    while let Some((start, end, depth)) = groups.pop() {
        let Some(group) = terms.get_mut(start..end) else { continue };
        for term in &mut *group {
            term.word = word(term.written.as_bytes().get(depth..).unwrap_or(&[]));
        }
        group.sort_unstable_by_key(|term| term.word);
        let mut start = start;
        for alike in group.chunk_by(|a, b| a.word == b.word) {
            let end = start.saturating_add(alike.len());
            let next = depth.saturating_add(8);
            if alike.len() > 1 && alike.iter().any(|term| term.written.len() > next) {
                groups.push((start, end, next));
            }
            start = end;
        }
    }
    terms
}

fn word(bytes: &[u8]) -> u64 {
    if let Some(word) = bytes.first_chunk() {
        return u64::from_be_bytes(*word);
    }
    let mut word = [0; 8];
    for (to, from) in word.iter_mut().zip(bytes) {
        *to = *from;
    }
    u64::from_be_bytes(word)
}

/// The numbers below `count` in the order of their decimal texts: 0, 1, 10, 11, …, 2, 20, …
fn decimal_order(count: usize) -> Vec<u32> {
    let count = u32::try_from(count).unwrap_or(u32::MAX);
    let mut order = Vec::with_capacity(count as usize);
    let mut todo: Vec<u32> = (0..count.min(10)).rev().collect();
    while let Some(number) = todo.pop() {
        order.push(number);
        if number != 0 {
            let first = number.saturating_mul(10);
            todo.extend((first..first.saturating_add(10).min(count)).rev());
        }
    }
    order
}

#[cfg(test)]
mod tests {
    use super::{decimal_order, in_order};
    use crate::{limits::Limits, rdf::Dataset};

    #[test]
    fn terms_are_ordered_as_texts() {
        let mut dataset = Dataset::new(&Limits::default());
        let stem = "https://example.org/a/long/common/beginning";
        for i in 0..300_usize {
            dataset.iri(&format!("{stem}/{}", i % 17));
            dataset.iri(&stem[..i % stem.len()]);
            dataset.literal(&format!("{}{}", "é".repeat(i % 19), i % 3), stem, [None, Some("en")][i % 2]);
        }
        let order: Vec<&str> = in_order(&dataset, dataset.terms()).iter().map(|term| term.written).collect();
        let mut sorted = order.clone();
        sorted.sort_unstable();
        assert_eq!(order, sorted);
        assert_eq!(order.len(), dataset.terms() as usize);
    }

    #[test]
    fn numbers_are_ordered_as_texts() {
        for count in [0, 1, 9, 10, 11, 99, 100, 101, 1_234] {
            let mut texts: Vec<String> = (0..count).map(|n: u32| n.to_string()).collect();
            texts.sort();
            let numbers: Vec<String> = decimal_order(count as usize).iter().map(u32::to_string).collect();
            assert_eq!(numbers, texts);
        }
    }
}
