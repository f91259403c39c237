//! Finding what was stored before: a hash table in front, an ordered map behind.
//!
//! The keys come from documents of strangers, who can choose them so that they crowd into a few slots. So a key is
//! looked for in a short window of slots only, and what finds no room there goes into an ordered map: flooding
//! costs a factor of log n and no randomness is needed. What is found never depends on the hash.

use std::borrow::Borrow;
use std::collections::BTreeMap;

/// How many slots a key may stand away from its own.
const WINDOW: u32 = 16;

#[derive(Clone, Copy, Debug)]
struct Slot {
    hash: u32,
    entry: u32,
}

const FREE: Slot = Slot { hash: 0, entry: u32::MAX };

/// Which entry of a list has this key? The list itself belongs to the caller.
#[derive(Debug)]
pub(super) struct Table<K> {
    slots: Vec<Slot>,
    used: usize,
    crowded: BTreeMap<K, u32>,
}

impl<K: Ord> Table<K> {
    pub(super) fn new() -> Self {
        Table { slots: Vec::new(), used: 0, crowded: BTreeMap::new() }
    }

    /// The entry with this key; or nothing, and from now on that is `entry`. `key_of` gives the key of an entry.
    pub(super) fn find_or_add<'q, Q>(
        &mut self,
        hash: u32,
        key: &Q,
        entry: u32,
        key_of: impl Fn(u32) -> Option<&'q Q>,
    ) -> Option<u32>
    where
        K: Borrow<Q>,
        Q: Ord + ToOwned<Owned = K> + ?Sized + 'q,
    {
        if self.used.saturating_mul(2) >= self.slots.len() {
            self.grow(&key_of);
        }
        let mask = self.mask();
        let mut free = None;
        for step in 0..WINDOW {
            let at = (hash.wrapping_add(step) & mask) as usize;
            let Some(slot) = self.slots.get(at) else { break };
            if slot.entry == u32::MAX {
                free = Some(at);
                break;
            }
            if slot.hash == hash && key_of(slot.entry).is_some_and(|other| other == key) {
                return Some(slot.entry);
            }
        }
        // It may have found no room before the table grew.
        if let Some(found) = self.crowded.get(key) {
            return Some(*found);
        }
        match free.and_then(|at| self.slots.get_mut(at)) {
            Some(slot) => {
                *slot = Slot { hash, entry };
                self.used = self.used.saturating_add(1);
            }
            None => {
                self.crowded.insert(key.to_owned(), entry);
            }
        }
        None
    }

    /// Slots are a power of two.
    fn mask(&self) -> u32 {
        u32::try_from(self.slots.len()).unwrap_or(u32::MAX).saturating_sub(1)
    }

    /// Nothing is ever taken out, so an entry stands in the first slot of its window that was free; moving the
    /// entries keeps that true.
    fn grow<'q, Q>(&mut self, key_of: &impl Fn(u32) -> Option<&'q Q>)
    where
        Q: ToOwned<Owned = K> + ?Sized + 'q,
    {
        let size = self.slots.len().saturating_mul(2).max(256);
        let old = std::mem::replace(&mut self.slots, vec![FREE; size]);
        let mask = self.mask();
        for moved in old.into_iter().filter(|slot| slot.entry != u32::MAX) {
            let place = (0..WINDOW)
                .map(|step| (moved.hash.wrapping_add(step) & mask) as usize)
                .find(|at| self.slots.get(*at).is_some_and(|slot| slot.entry == u32::MAX));
            match place.and_then(|at| self.slots.get_mut(at)) {
                Some(slot) => *slot = moved,
                None => {
                    self.used = self.used.saturating_sub(1);
                    if let Some(key) = key_of(moved.entry) {
                        self.crowded.insert(key.to_owned(), moved.entry);
                    }
                }
            }
        }
    }
}

/// A quick hash: sixteen bytes at a time, folded by a wide multiplication; the last sixteen may overlap.
pub(super) fn hash_bytes(bytes: &[u8]) -> u32 {
    let mut state = bytes.len() as u64;
    if let Some(last) = bytes.last_chunk::<16>() {
        for pair in bytes.as_chunks::<16>().0 {
            state = fold(state, u128::from_le_bytes(*pair));
        }
        return finish(fold(state, u128::from_le_bytes(*last)));
    }
    let short = bytes.iter().fold(0_u128, |word, byte| word << 8 | u128::from(*byte));
    finish(fold(state, short))
}

/// The same for four small numbers.
pub(super) fn hash_words(words: [u32; 4]) -> u32 {
    let [a, b, c, d] = words.map(u128::from);
    finish(fold(0, a | b << 32 | c << 64 | d << 96))
}

#[allow(clippy::cast_possible_truncation)] // the halves are what is wanted
fn fold(state: u64, pair: u128) -> u64 {
    let a = (pair as u64) ^ state ^ 0x9E37_79B9_7F4A_7C15;
    let b = ((pair >> 64) as u64) ^ 0xD1B5_4A32_D192_ED03;
    let product = u128::from(a).wrapping_mul(u128::from(b));
    (product as u64) ^ ((product >> 64) as u64) ^ state.rotate_left(29)
}

#[allow(clippy::cast_possible_truncation)]
fn finish(state: u64) -> u32 {
    (state ^ (state >> 32)) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fill(hash: impl Fn(&str) -> u32) {
        let keys: Vec<String> = (0..3_000).map(|i| format!("key {i}")).collect();
        let mut table: Table<String> = Table::new();
        let key_of = |entry: u32| keys.get(entry as usize).map(String::as_str);
        for (i, key) in keys.iter().enumerate() {
            assert_eq!(table.find_or_add(hash(key), key.as_str(), i as u32, key_of), None);
        }
        for (i, key) in keys.iter().enumerate() {
            assert_eq!(table.find_or_add(hash(key), key.as_str(), 9_999, key_of), Some(i as u32));
        }
    }

    #[test]
    fn what_was_added_is_found_again() {
        fill(|key| hash_bytes(key.as_bytes()));
    }

    #[test]
    fn keys_that_crowd_into_one_slot_are_found_all_the_same() {
        fill(|_| 7);
        fill(|key| key.len() as u32);
    }

    #[test]
    fn an_entry_is_found_after_the_table_has_grown_around_it() {
        // Equal low bits: the window of a small table is full, that of a larger one is not.
        fill(|key| hash_bytes(key.as_bytes()) << 6);
    }
}
