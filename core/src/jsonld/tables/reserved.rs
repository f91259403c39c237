//! The reserved vocabularies: which terms stand for which IRI.
//!
//! `reserved.txt` is written by `cargo xtask contexts` from the newest contexts of the credentials, security, status,
//! Open Badges and CLR vocabularies, what their older versions add, and where else embedded contexts give a meaning to
//! these terms: a namespace, below it the local names, each with its terms where they differ from it. An IRI has at most one property and one type, with one pair that the
//! Open Badges specification declares to be the same (`OpenBadgeCredential`, `AchievementCredential`).

use std::collections::BTreeMap;
use std::sync::OnceLock;

/// The table that is compiled in.
pub static RESERVED: &str = include_str!("reserved.txt");

/// What is reserved, both ways.
#[derive(Debug, Default)]
pub struct Reserved {
    terms: BTreeMap<String, Vec<&'static str>>,
    iris: BTreeMap<&'static str, Vec<String>>,
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
            let Some(entry) = line.strip_prefix("  ") else {
                namespace = line;
                continue;
            };
            let mut words = entry.split(' ');
            let local = words.next().unwrap_or_default();
            let iri = format!("{namespace}{local}");
            let mut terms: Vec<&str> = words.collect();
            if terms.is_empty() {
                terms.push(local);
            }
            for term in &terms {
                all.iris.entry(term).or_default().push(iri.clone());
            }
            all.terms.insert(iri, terms);
        }
        all
    }

    /// The terms that stand for an IRI; none if it is not reserved.
    pub fn terms(&self, iri: &str) -> &[&'static str] {
        self.terms.get(iri).map_or(&[], Vec::as_slice)
    }

    /// Whether a term stands for a reserved IRI.
    pub fn is_term(&self, term: &str) -> bool {
        self.iris.contains_key(term)
    }

    /// Whether the term may stand for the IRI: the IRI is not reserved or the term is one of its own.
    pub fn allows(&self, term: &str, iri: &str) -> bool {
        let terms = self.terms(iri);
        terms.is_empty() || terms.contains(&term)
    }

    /// Whether a reserved term stands for one of its IRIs; true for every other term.
    pub fn is_at_home(&self, term: &str, iri: &str) -> bool {
        self.iris.get(term).is_none_or(|iris| iris.iter().any(|home| home == iri))
    }
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
        assert!(reserved.terms.len() > 400);
        for terms in reserved.terms.values() {
            let types = terms.iter().filter(|term| is_type_name(term));
            let same = terms.as_slice() == ["AchievementCredential", "OpenBadgeCredential"];
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
