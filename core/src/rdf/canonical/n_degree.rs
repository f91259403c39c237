//! Hash N-Degree Quads (RDFC-1.0 §4.8), without recursion and within a budget.
//!
//! The algorithm copies an identifier issuer for every permutation and keeps the best copy. All those copies go
//! back to one issuer and only ever grow, so there is one list of issued nodes here: a copy is its length, going
//! back is cutting it, and the best is kept as the nodes after that length.

use super::{Budget, Dataset, Digest, Hash, Hasher, Index, Labels, Quad, Term, push_number};
use crate::codes::Finding;

/// The canonicalization state (RDFC-1.0 §4.2) and the one issuer of temporary identifiers.
pub(super) struct State<'d, 'b> {
    dataset: &'d Dataset,
    hash: Hash,
    index: &'d Index,
    first: &'d [Digest],
    budget: &'b mut Budget,
    pub(super) labels: Labels,
    /// Nodes with a temporary identifier, in the order of issue.
    issued: Vec<u32>,
    /// By node: its temporary number plus one, or 0.
    temporary: Vec<u32>,
    text: String,
}

/// One call that has not returned yet.
struct Call {
    /// Step 3: blank nodes by related hash, in reverse order of the hashes.
    groups: Vec<(Digest, Vec<u32>)>,
    /// Data to hash.
    data: Hasher,
    /// The group at work (step 5), as the permutation at work.
    nodes: Vec<u32>,
    /// How many identifiers were issued when the group began.
    from: usize,
    /// Chosen path and what the chosen issuer issued after `from`.
    chosen: Option<(String, Vec<u32>)>,
    path: String,
    /// The recursion list, and how much of it is done.
    recursion: Vec<u32>,
    done: usize,
}

enum Next {
    Descend(u32),
    Return(Digest),
}

impl<'d, 'b> State<'d, 'b> {
    pub(super) fn new(
        dataset: &'d Dataset,
        hash: Hash,
        index: &'d Index,
        first: &'d [Digest],
        budget: &'b mut Budget,
        labels: Labels,
    ) -> Self {
        let temporary = vec![0; first.len()];
        State {
            dataset,
            hash,
            index,
            first,
            budget,
            labels,
            issued: Vec::new(),
            temporary,
            text: String::new(),
        }
    }

    /// RDFC-1.0 §4.4.3 step 5: names nodes that have the same first degree hash.
    pub(super) fn label_alike(&mut self, nodes: impl Iterator<Item = u32>) -> Result<(), Finding> {
        let mut paths = Vec::new();
        for node in nodes {
            if self.labels.of(node).is_some() {
                continue;
            }
            self.issue(node);
            let digest = self.hash_n_degree(node)?;
            paths.push((digest, self.issued.clone()));
            self.go_back(0);
        }
        // Nodes with equal paths can be exchanged without changing the result.
        paths.sort_unstable();
        for node in paths.iter().flat_map(|(_, issued)| issued) {
            self.labels.issue(*node);
        }
        Ok(())
    }

    fn hash_n_degree(&mut self, node: u32) -> Result<Digest, Finding> {
        let mut calls = vec![self.call(node)?];
        let mut returned = None;
        loop {
            let Some(call) = calls.last_mut() else { return Ok(returned.unwrap_or_default()) };
            match self.go_on(call, returned.take())? {
                Next::Descend(related) => {
                    let call = self.call(related)?;
                    calls.push(call);
                }
                Next::Return(digest) => {
                    returned = Some(digest);
                    calls.pop();
                }
            }
        }
    }

    /// Steps 1 to 3: the related blank nodes by their hashes.
    fn call(&mut self, node: u32) -> Result<Call, Finding> {
        self.budget.call()?;
        let mut related = Vec::new();
        for number in self.index.quads_of(node) {
            let Some(quad) = self.dataset.quads().get(*number as usize) else { continue };
            for (position, term) in [("s", Some(quad.subject)), ("o", Some(quad.object)), ("g", quad.graph)] {
                if let Some(other) = term.and_then(Term::blank).filter(|other| *other != node) {
                    related.push((self.hash_related(other, quad, position)?, other));
                }
            }
        }
        related.sort_unstable();
        let groups = related
            .chunk_by(|(a, _), (b, _)| a == b)
            .rev()
            .filter_map(|group| Some((group.first()?.0, group.iter().map(|(_, node)| *node).collect())))
            .collect();
        Ok(Call {
            groups,
            data: Hasher::new(self.hash),
            nodes: Vec::new(),
            from: self.issued.len(),
            chosen: None,
            path: String::new(),
            recursion: Vec::new(),
            done: 0,
        })
    }

    /// Hash Related Blank Node (RDFC-1.0 §4.7).
    fn hash_related(&mut self, related: u32, quad: &Quad, position: &str) -> Result<Digest, Finding> {
        let predicate = if position == "g" { "" } else { self.dataset.written(quad.predicate) };
        self.budget.work(1_usize.saturating_add(predicate.len() / 1024))?;
        self.text.clear();
        self.text.push_str(position);
        self.text.push_str(predicate);
        let mut text = std::mem::take(&mut self.text);
        if !self.push_identifier(&mut text, related)
            && let Some(first) = self.first.get(related as usize)
        {
            first.push_hex(&mut text);
        }
        let mut hasher = Hasher::new(self.hash);
        hasher.update(text.as_bytes());
        self.text = text;
        Ok(hasher.finish())
    }

    /// Steps 4 to 6, up to the next recursion or the end. `returned` is what the last recursion gave.
    fn go_on(&mut self, call: &mut Call, returned: Option<Digest>) -> Result<Next, Finding> {
        let mut at_work = !call.nodes.is_empty();
        if let Some(digest) = returned {
            // Step 5.4.5: the identifier, the hash; the issuer is the recursion's already.
            if let Some(related) = call.recursion.get(call.done) {
                self.push_identifier(&mut call.path, *related);
            }
            call.path.push('<');
            digest.push_hex(&mut call.path);
            call.path.push('>');
            call.done = call.done.saturating_add(1);
        }
        loop {
            if at_work {
                // A path that is greater already cannot become the least.
                let hopeless = call.chosen.as_ref().is_some_and(|(chosen, _)| call.path > *chosen);
                if !hopeless {
                    if let Some(related) = call.recursion.get(call.done) {
                        return Ok(Next::Descend(*related));
                    }
                    // Step 5.4.6.
                    if call.chosen.as_ref().is_none_or(|(chosen, _)| call.path < *chosen) {
                        let issued = self.issued.get(call.from..).unwrap_or(&[]).to_vec();
                        call.chosen = Some((call.path.clone(), issued));
                    }
                }
                self.go_back(call.from);
                if next_permutation(&mut call.nodes) {
                    self.begin_permutation(call)?;
                    continue;
                }
                // Steps 5.5, 5.6.
                if let Some((path, issued)) = call.chosen.take() {
                    call.data.update(path.as_bytes());
                    for node in issued {
                        self.issue(node);
                    }
                }
            }
            let Some((hash, nodes)) = call.groups.pop() else {
                return Ok(Next::Return(call.data.clone().finish()));
            };
            self.text.clear();
            hash.push_hex(&mut self.text);
            call.data.update(self.text.as_bytes());
            call.nodes = nodes;
            call.from = self.issued.len();
            self.begin_permutation(call)?;
            at_work = true;
        }
    }

    /// Step 5.4.4.
    fn begin_permutation(&mut self, call: &mut Call) -> Result<(), Finding> {
        self.budget.work(call.nodes.len())?;
        call.path.clear();
        call.recursion.clear();
        call.done = 0;
        for related in &call.nodes {
            if !self.push_identifier(&mut call.path, *related) {
                call.recursion.push(*related);
                self.issue(*related);
                self.push_identifier(&mut call.path, *related);
            }
        }
        Ok(())
    }

    /// Writes the canonical or else the temporary identifier, if there is one.
    fn push_identifier(&self, text: &mut String, node: u32) -> bool {
        if let Some(number) = self.labels.of(node) {
            text.push_str("_:c14n");
            push_number(text, number);
            return true;
        }
        let Some(number) = self.temporary.get(node as usize).and_then(|number| number.checked_sub(1)) else {
            return false;
        };
        text.push_str("_:b");
        push_number(text, number);
        true
    }

    /// Issue Identifier (RDFC-1.0 §4.5) for the temporary issuer.
    fn issue(&mut self, node: u32) {
        if let Some(number) = self.temporary.get_mut(node as usize)
            && *number == 0
        {
            self.issued.push(node);
            *number = u32::try_from(self.issued.len()).unwrap_or(u32::MAX);
        }
    }

    fn go_back(&mut self, len: usize) {
        for node in self.issued.drain(len.min(self.issued.len())..) {
            if let Some(number) = self.temporary.get_mut(node as usize) {
                *number = 0;
            }
        }
    }
}

/// The next permutation in lexicographic order, if any. Equal nodes are not exchanged: that gives the same path.
fn next_permutation(nodes: &mut [u32]) -> bool {
    let Some(pivot) = nodes.windows(2).rposition(|pair| matches!(pair, [a, b] if a < b)) else {
        return false;
    };
    let (head, tail) = nodes.split_at_mut(pivot.saturating_add(1));
    let Some(pivot) = head.last_mut() else { return false };
    if let Some(greater) = tail.iter_mut().rev().find(|node| **node > *pivot) {
        std::mem::swap(pivot, greater);
    }
    tail.reverse();
    true
}

#[cfg(test)]
mod tests {
    use super::next_permutation;

    #[test]
    fn every_permutation_comes_once() {
        let mut nodes = [1, 2, 2, 3];
        let mut all = vec![nodes];
        while next_permutation(&mut nodes) {
            all.push(nodes);
        }
        assert_eq!(all.len(), 12);
        assert!(all.windows(2).all(|pair| pair[0] < pair[1]));
    }
}
