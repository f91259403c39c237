//! The resources as they are at one moment: a tree that shares with the moments before all that is the same.
//!
//! Adding one while somebody looks at an earlier moment copies the way to it and nothing else, so that very many issuers
//! cost each what it is worth. Where an item stands is told by the SHA-256 of its key: identifiers come from documents, and
//! nobody can choose them so that the tree grows deep on one side.

use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::{Item, ResourceKind};

/// Each has a number of hexadecimal digits of a key behind it.
#[derive(Clone, Debug, Default)]
enum Node {
    #[default]
    Empty,
    Leaf([u8; 32], Arc<Item>),
    Branch(Arc<[Node; 16]>),
}

/// The resources by kind and by identifier as written.
#[derive(Clone, Debug, Default)]
pub(crate) struct Store {
    root: Node,
}

impl Store {
    /// What is there under a key.
    pub(crate) fn get(&self, kind: ResourceKind, identifier: &str) -> Option<&Item> {
        let key = key(kind, identifier);
        let mut node = &self.root;
        for depth in 0.. {
            match node {
                Node::Branch(children) => node = children.get(digit(&key, depth))?,
                Node::Leaf(other, item) if *other == key => return Some(item),
                Node::Leaf(..) | Node::Empty => return None,
            }
        }
        None
    }

    /// Puts an item under a key, in place of one that is there.
    pub(super) fn insert(&mut self, kind: ResourceKind, identifier: &str, item: Arc<Item>) {
        let key = key(kind, identifier);
        let mut node = &mut self.root;
        for depth in 0.. {
            match node {
                Node::Branch(_) => {}
                Node::Leaf(other, _) if *other != key => {
                    // Both stand below, at the first digit in which they differ.
                    let (place, leaf) = (digit(other, depth), std::mem::take(node));
                    let mut children: [Node; 16] = Default::default();
                    if let Some(child) = children.get_mut(place) {
                        *child = leaf;
                    }
                    *node = Node::Branch(Arc::new(children));
                }
                Node::Leaf(..) | Node::Empty => {
                    *node = Node::Leaf(key, item);
                    return;
                }
            }
            let Node::Branch(children) = node else { return };
            let Some(child) = Arc::make_mut(children).get_mut(digit(&key, depth)) else { return };
            node = child;
        }
    }
}

fn key(kind: ResourceKind, identifier: &str) -> [u8; 32] {
    Sha256::new().chain_update(kind.name()).chain_update([0]).chain_update(identifier).finalize().into()
}

/// The hexadecimal digit of a key at this place; zero behind its end, where no two keys come.
fn digit(key: &[u8; 32], place: usize) -> usize {
    let byte = key.get(place / 2).copied().unwrap_or_default();
    usize::from(if place.is_multiple_of(2) { byte >> 4 } else { byte & 15 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resources::{Answer, Resource};

    fn item(text: &str) -> Arc<Item> {
        Arc::new(Item::new(Answer::Found(Resource::new(text))))
    }

    #[test]
    fn a_moment_stays_as_it_was() {
        let kind = ResourceKind::StatusList;
        let text = |store: &Store, id: &str| {
            store.get(kind, id).map(|item| String::from_utf8(item.bytes().to_vec()).unwrap())
        };
        let mut now = Store::default();
        let mut before = Vec::new();
        for number in 0..2_000 {
            before.push(now.clone());
            now.insert(kind, &number.to_string(), item(&number.to_string()));
        }
        let full = now.clone();
        now.insert(kind, "7", item("other"));
        for (number, moment) in before.iter().enumerate() {
            let id = number.to_string();
            assert_eq!(text(moment, &id), None);
            assert_eq!(text(&full, &id), Some(id.clone()));
            if let Some(last) = number.checked_sub(1) {
                assert_eq!(text(moment, &last.to_string()), Some(last.to_string()));
            }
        }
        assert_eq!(text(&now, "7").as_deref(), Some("other"));
        assert!(now.get(ResourceKind::Context, "7").is_none(), "the kind is part of the key");
    }

    /// What was not on the way is the same in memory.
    #[test]
    fn adding_copies_only_the_way() {
        let kind = ResourceKind::ControlledIdentifierDocument;
        let mut store = Store::default();
        for number in 0..4_096 {
            store.insert(kind, &number.to_string(), item(""));
        }
        let before = store.clone();
        store.insert(kind, "one more", item(""));
        let (Node::Branch(old), Node::Branch(new)) = (&before.root, &store.root) else { panic!("branches") };
        let same = |(old, new): (&Node, &Node)| match (old, new) {
            (Node::Branch(old), Node::Branch(new)) => Arc::ptr_eq(old, new),
            _ => panic!("4,096 keys have every first digit"),
        };
        assert_eq!(old.iter().zip(new.iter()).filter(|pair| same(*pair)).count(), 15);
    }
}
