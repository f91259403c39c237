//! What was worked out lately and depends on known things only.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// Bytes that are remembered: a thousand real status lists, and few of those that somebody made large on purpose.
const MOST: usize = 32 * 1024 * 1024;

/// Results by what they depend on. Threads that want the same one wait for whoever is at it. When it is full it forgets all.
#[derive(Debug)]
pub(crate) struct Memory<K, V>(Mutex<Known<K, V>>);

#[derive(Debug)]
struct Known<K, V> {
    results: BTreeMap<K, Arc<OnceLock<V>>>,
    /// What they take, about, in bytes.
    size: usize,
}

impl<K, V> Default for Memory<K, V> {
    fn default() -> Self {
        Memory(Mutex::new(Known { results: BTreeMap::new(), size: 0 }))
    }
}

impl<K: Ord + Clone, V: Clone> Memory<K, V> {
    /// The result under a key, if `holds` says that it does; otherwise what `work_out` gives, which takes about `size` bytes.
    pub(crate) fn recall(
        &self,
        key: &K,
        size: usize,
        holds: impl Fn(&V) -> bool,
        work_out: impl Fn() -> V,
    ) -> V {
        let known = self.place(key, size).get_or_init(&work_out).clone();
        if holds(&known) {
            return known;
        }
        let fresh = work_out();
        self.known().results.insert(key.clone(), Arc::new(OnceLock::from(fresh.clone())));
        fresh
    }

    fn place(&self, key: &K, size: usize) -> Arc<OnceLock<V>> {
        let mut known = self.known();
        if let Some(place) = known.results.get(key) {
            return Arc::clone(place);
        }
        if known.size.saturating_add(size) > MOST {
            *known = Known { results: BTreeMap::new(), size: 0 };
        }
        known.size = known.size.saturating_add(size);
        Arc::clone(known.results.entry(key.clone()).or_default())
    }

    fn known(&self) -> std::sync::MutexGuard<'_, Known<K, V>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn threads_that_want_the_same_work_it_out_once() {
        let memory = Memory::<&str, usize>::default();
        let count = AtomicUsize::new(0);
        let work_out = || {
            std::thread::yield_now();
            count.fetch_add(1, Ordering::Relaxed)
        };
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    (0..100).for_each(|_| assert_eq!(memory.recall(&"a", 1, |_| true, work_out), 0))
                });
            }
        });
        assert_eq!(count.into_inner(), 1);
    }

    #[test]
    fn what_no_longer_holds_is_worked_out_anew() {
        let memory = Memory::<&str, u8>::default();
        assert_eq!(memory.recall(&"a", 1, |_| true, || 1), 1);
        assert_eq!(memory.recall(&"a", 1, |known| *known == 2, || 2), 2);
        assert_eq!(memory.recall(&"a", 1, |known| *known == 2, || 3), 2);
    }

    #[test]
    fn it_never_takes_more_than_so_much() {
        let memory = Memory::<usize, ()>::default();
        for number in 0..1_000 {
            memory.recall(&number, MOST / 10, |_| true, || ());
            assert!(memory.known().results.len() <= 10);
        }
    }
}
