//! The reserved vocabularies: which term stands for which IRI (design §6, "one spelling per reserved IRI").
//!
//! A signature covers the graph, and a graph has no keys: `expires` and `expiration` are the same statement where both
//! are defined. So each IRI of the vocabularies that decide about a record has one property and one type that stand
//! for it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use ler_verify::jsonld::tables::reserved::is_type_name as is_type;

use super::{Version, history};
use crate::oracle::Oracle;

/// The newest contexts of the reserved vocabularies, by file. Their spellings stand first.
pub const NEWEST: &[&str] = &[
    "w3c-credentials-v2.jsonld",
    "w3c-credentials-v1.jsonld",
    "w3id-data-integrity-v2.jsonld",
    "w3c-cid-v1.jsonld",
    "w3id-multikey-v1.jsonld",
    "w3id-jwk-v1.jsonld",
    "w3c-bitstring-status-v1.jsonld",
    "w3id-status-list-2021-v1.jsonld",
    "w3id-vc-revocation-list-2020-v1.jsonld",
    "w3id-ed25519-2020-v1.jsonld",
    "w3id-ed25519-2018-v1.jsonld",
    "w3id-jws-2020-v1.jsonld",
    "w3id-secp256k1-2019-v1.jsonld",
    "w3id-bbs-v1.jsonld",
    "w3id-x25519-2019-v1.jsonld",
    "w3id-x25519-2020-v1.jsonld",
    "1edtech-ob-v3p0-context-3.0.3.json",
    "1edtech-ob-v3p0-extensions.json",
    "1edtech-clr-v2p0-context-2.0.1.json",
];

/// Their older versions, by the start of the file name: they add the IRIs that only they have, and the property of an
/// IRI that is a mere type today (Open Badges 3.0.2 calls an image `…#Image`), but no second spelling.
pub const OLDER: &[&str] = &[
    "1edtech-ob-v3p0-context-3.0.",
    "1edtech-openbadges-v3-prerelease",
    "1edtech-clr-v2p0-context-2.0.",
    "jff-vc-edu-plugfest-",
    "ob-3.0.",
    "clr-2.0.",
    "bsl-v1.",
    "w3id-data-integrity-v1",
    "w3id-security-v1",
    "w3id-security-v2",
];

/// Contexts that stand beside these in credentials and give some of the terms another meaning (`source` of T3,
/// `identifier` of DCC), by the start of the file name: there the terms are at home too. (Those of Open Badges 2 and
/// CLR 1.0 do not stand in credentials.)
pub const BESIDE: &[&str] = &[
    "blockcerts-",
    "dcc-",
    "elm-",
    "jff-",
    "t3-hr-",
    "w3c-credentials-examples-",
    "w3c-did-",
    "w3c-odrl",
    "w3id-",
];

/// Two types that are the same by the specification itself (Open Badges 3.0 §B.1.1, `AchievementCredential`).
pub const SAME_TYPE: [&str; 2] = ["AchievementCredential", "OpenBadgeCredential"];

/// IRI to the terms that stand for it.
pub type Spellings = BTreeMap<String, BTreeSet<String>>;

/// What a context says by itself: the pairs of term and IRI.
///
/// # Errors
/// The oracle refuses it.
pub fn pairs(version: &Version, oracle: &Oracle) -> Result<BTreeSet<(String, String)>, String> {
    let lines = history::lines(&version.document, oracle)
        .ok_or_else(|| format!("{}: refused", version.document.name()))?;
    let pair = |(line, row): (String, crate::rows::Row)| {
        let term = line.rsplit_once(' ')?.1.to_owned();
        let iri = row.iri.filter(|iri| !iri.starts_with('@') && !row.prefix && !term.starts_with('@'))?;
        Some((term, iri))
    };
    Ok(lines.into_iter().filter_map(pair).collect())
}

/// The oracle with the current versions.
///
/// # Errors
/// A document is not JSON.
pub fn current(versions: &[Version]) -> Result<Oracle, String> {
    let mut oracle = Oracle::default();
    for version in versions.iter().filter(|version| !version.dated) {
        oracle.publish(&version.document.url, &version.document.bytes)?;
    }
    Ok(oracle)
}

/// The table, from the embedded contexts.
///
/// # Errors
/// A context is refused, or two of the newest contexts spell an IRI differently.
pub fn spellings(versions: &[Version]) -> Result<Spellings, String> {
    let oracle = current(versions)?;
    let mut all = Spellings::new();
    for file in NEWEST {
        let version = versions.iter().find(|version| version.document.name() == *file);
        let version = version.ok_or_else(|| format!("{file}: not embedded"))?;
        for (term, iri) in pairs(version, &oracle)? {
            let terms = all.entry(iri.clone()).or_default();
            if let Some(other) = terms.iter().find(|other| is_another_spelling(&term, other)) {
                return Err(format!("{file}: {term} is another spelling of {other} ({iri})"));
            }
            terms.insert(term);
        }
    }
    for version in versions.iter().filter(|version| is_older(version)) {
        for (term, iri) in pairs(version, &oracle)? {
            add(&mut all, term, iri);
        }
    }
    let reserved: BTreeSet<String> = all.values().flatten().cloned().collect();
    for version in versions.iter().filter(|version| stands_beside(version)) {
        for (term, iri) in pairs(version, &oracle)? {
            if reserved.contains(&term) {
                add(&mut all, term, iri);
            }
        }
    }
    Ok(all)
}

/// Whether it is one of [`NEWEST`].
pub fn is_newest(version: &Version) -> bool {
    NEWEST.contains(&version.document.name())
}

/// Whether it is one of [`OLDER`].
pub fn is_older(version: &Version) -> bool {
    let file = version.document.name();
    !is_newest(version) && OLDER.iter().any(|start| file.starts_with(start))
}

/// Whether it is one of [`BESIDE`] and none of the others.
pub fn stands_beside(version: &Version) -> bool {
    let file = version.document.name();
    !is_newest(version) && !is_older(version) && BESIDE.iter().any(|start| file.starts_with(start))
}

/// Adds a term that is no second spelling.
fn add(all: &mut Spellings, term: String, iri: String) {
    let terms = all.entry(iri).or_default();
    if !terms.iter().any(|other| is_another_spelling(&term, other)) {
        terms.insert(term);
    }
}

fn is_another_spelling(term: &str, other: &str) -> bool {
    let same = SAME_TYPE.contains(&term) && SAME_TYPE.contains(&other);
    term != other && is_type(term) == is_type(other) && !same
}

/// The text of the table: a namespace, below it the local names, each with its terms where they differ from it.
pub fn write(spellings: &Spellings) -> String {
    let mut text = String::new();
    let mut namespace = "";
    for (iri, terms) in spellings {
        let end = iri.rfind(['#', '/', ':']).map_or(0, |at| at + 1);
        let (space, local) = iri.split_at(end);
        if space != namespace {
            namespace = space;
            // Writing to a string cannot fail.
            let _ = writeln!(text, "{space}");
        }
        let _ = write!(text, "  {local}");
        if terms.iter().any(|term| term != local) {
            terms.iter().for_each(|term| {
                let _ = write!(text, " {term}");
            });
        }
        text.push('\n');
    }
    text
}
