//! The reserved vocabularies: which terms stand for which IRI.
//!
//! `reserved.txt` is written by `cargo xtask contexts` from the newest contexts of the credentials, security, status,
//! Open Badges and CLR vocabularies, what their older versions add, and where else embedded contexts give a meaning to
//! these terms: a namespace, below it the local names, each with its terms where they differ from it. An IRI has at most
//! one property and one type, with one pair that the Open Badges specification declares to be the same
//! (`OpenBadgeCredential`, `AchievementCredential`).

use std::sync::OnceLock;

/// The table that is compiled in.
pub static RESERVED: &str = include_str!("reserved.txt");

/// What is reserved, both ways. It is read before the first verdict of a process, so it takes no text apart that it can
/// point at.
#[derive(Debug, Default)]
pub struct Reserved {
    entries: Vec<Entry>,
    /// The terms of all entries, one after the other.
    terms: Vec<&'static str>,
    /// Entries by IRI.
    by_iri: Index,
    /// The numbers of entries by term, and the entries.
    by_term: Index,
    homes: Vec<(&'static str, usize)>,
}

#[derive(Debug)]
struct Entry {
    namespace: &'static str,
    local: &'static str,
    /// Its first term and the one after its last.
    terms: (usize, usize),
}

impl Entry {
    fn is(&self, iri: &str) -> bool {
        iri.strip_prefix(self.namespace) == Some(self.local)
    }
}

impl Reserved {
    /// What is compiled in, read once.
    pub fn get() -> &'static Reserved {
        static TABLE: OnceLock<Reserved> = OnceLock::new();
        TABLE.get_or_init(|| Reserved::read(RESERVED))
    }

    /// Reads the table; the text is ours, so there is nothing to refuse.
    pub fn read(text: &'static str) -> Self {
        let mut all = Reserved::default();
        let mut namespace = "";
        for line in text.lines() {
            let Some(words) = line.strip_prefix("  ") else {
                namespace = line;
                continue;
            };
            let (local, others) = words.split_once(' ').unwrap_or((words, words));
            let entry = all.entries.len();
            let first = all.terms.len();
            for term in others.split(' ') {
                all.by_term.add(&[term], all.homes.len());
                all.homes.push((term, entry));
                all.terms.push(term);
            }
            all.by_iri.add(&[namespace, local], entry);
            all.entries.push(Entry { namespace, local, terms: (first, all.terms.len()) });
        }
        all
    }

    /// The terms that stand for an IRI; none if it is not reserved.
    pub fn terms(&self, iri: &str) -> &[&'static str] {
        let mut entries = self.by_iri.of(iri).filter_map(|entry| self.entries.get(entry));
        entries
            .find(|entry| entry.is(iri))
            .and_then(|entry| self.terms.get(entry.terms.0..entry.terms.1))
            .unwrap_or(&[])
    }

    /// Whether a term stands for a reserved IRI.
    pub fn is_term(&self, term: &str) -> bool {
        self.homes(term).next().is_some()
    }

    /// Whether the term may stand for the IRI: the IRI is not reserved or the term is one of its own.
    pub fn allows(&self, term: &str, iri: &str) -> bool {
        let terms = self.terms(iri);
        terms.is_empty() || terms.contains(&term)
    }

    /// Whether a reserved term stands for one of its IRIs; true for every other term.
    pub fn is_at_home(&self, term: &str, iri: &str) -> bool {
        let mut homes = self.homes(term).peekable();
        homes.peek().is_none() || homes.any(|home| home.is(iri))
    }

    fn homes<'r>(&'r self, term: &'r str) -> impl Iterator<Item = &'r Entry> {
        let same = self.by_term.of(term).filter_map(|home| self.homes.get(home));
        same.filter(move |(other, _)| *other == term).filter_map(|(_, entry)| self.entries.get(*entry))
    }
}

/// Numbers by text: chains of those whose texts have the same hash. The texts are ours, so no chain is long.
#[derive(Debug)]
struct Index {
    /// The last number of each chain, plus one.
    heads: Vec<usize>,
    /// For each number the one before it in its chain, plus one.
    before: Vec<usize>,
}

const CHAINS: usize = 1_024;

impl Default for Index {
    fn default() -> Self {
        Index { heads: vec![0; CHAINS], before: Vec::new() }
    }
}

impl Index {
    /// Numbers are added in their order, from 0.
    fn add(&mut self, text: &[&str], number: usize) {
        if let Some(head) = self.heads.get_mut(chain(text)) {
            self.before.push(*head);
            *head = number.saturating_add(1);
        }
    }

    /// The numbers whose text may be this one.
    fn of(&self, text: &str) -> impl Iterator<Item = usize> {
        let head = self.heads.get(chain(&[text])).copied().unwrap_or(0);
        std::iter::successors(head.checked_sub(1), |number| {
            self.before.get(*number).and_then(|before| before.checked_sub(1))
        })
    }
}

/// FNV-1a over the parts as if they were one.
fn chain(parts: &[&str]) -> usize {
    let bytes = parts.iter().flat_map(|part| part.bytes());
    let hash = bytes.fold(0x811C_9DC5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    (hash ^ (hash >> 16)) as usize % CHAINS
}

/// In the reserved vocabularies the names of types begin with a capital letter or a digit, those of properties do
/// not. So `Image` is no key, although `image` may stand for the same IRI.
pub fn is_type_name(term: &str) -> bool {
    term.starts_with(|first: char| first.is_ascii_uppercase() || first.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    const CREDENTIALS: &str = "https://www.w3.org/2018/credentials#";
    const BADGES: &str = "https://purl.imsglobal.org/spec/vc/ob/vocab.html#";

    #[test]
    fn an_iri_has_one_property_and_one_type() {
        let reserved = Reserved::read(RESERVED);
        assert!(reserved.entries.len() > 400);
        for entry in &reserved.entries {
            let terms = reserved.terms(&format!("{}{}", entry.namespace, entry.local));
            assert!(!terms.is_empty() && entry.terms.1 - entry.terms.0 == terms.len());
            let types = terms.iter().filter(|term| is_type_name(term));
            let same = terms == ["AchievementCredential", "OpenBadgeCredential"];
            assert!(types.clone().count() <= if same { 2 } else { 1 }, "{terms:?}");
            assert!(terms.len() - types.count() <= 1, "{terms:?}");
        }
    }

    #[test]
    fn another_spelling_is_told_from_another_meaning() {
        let reserved = Reserved::read(RESERVED);
        let expiration = "https://w3id.org/security#expiration";
        assert_eq!(reserved.terms(expiration), ["expires"]);
        assert!(reserved.allows("expires", expiration));
        assert!(!reserved.allows("expiration", expiration));
        assert!(reserved.allows("anything", "https://example.org/anything"));
        assert!(reserved.is_at_home("issuer", &format!("{CREDENTIALS}issuer")));
        assert!(!reserved.is_at_home("issuer", "https://example.org/issuer"));
        assert!(reserved.is_at_home("unheardOf", "https://example.org/issuer"));
        assert!(reserved.is_term("validUntil") && !reserved.is_term("unheardOf"));
    }

    #[test]
    fn the_older_names_of_open_badges_are_known() {
        let reserved = Reserved::read(RESERVED);
        assert_eq!(reserved.terms(&format!("{BADGES}Image")), ["Image", "image"]);
        assert_eq!(reserved.terms(&format!("{BADGES}image-1")), ["image"]);
        assert_eq!(
            reserved.terms(&format!("{BADGES}OpenBadgeCredential")),
            ["AchievementCredential", "OpenBadgeCredential"]
        );
    }
}
