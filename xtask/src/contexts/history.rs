//! Dated versions: which snapshots of contexts that were edited in place are embedded, and why the others are not.
//!
//! A record signed under an older version verifies under the newest one unless a term it uses means something else
//! today. So a version is embedded only if it gives other quads for the vocabulary that records use (design §6). Each
//! reason is a claim about the snapshot; [`check`] computes whether it is true.

use std::collections::{BTreeMap, BTreeSet};

use crate::oracle::Oracle;
use crate::published::Published;
use crate::rows::{Row, walk};

/// What was decided about a snapshot.
#[derive(Clone, Copy, Debug)]
pub enum Decision {
    /// Embedded, because these terms give other quads.
    Embed(&'static [&'static str]),
    /// It is the current version, in the same bytes or the same JSON.
    Current,
    /// It has `@vocab`, which the current version has not: under it every misspelt key would be a claim.
    Vocab,
    /// It cannot be processed: the published document was broken.
    Broken,
    /// Another version replaced it on the day of its publication.
    SameDay,
    /// It lacks terms that were added later, and agrees on all others: what it defines, the newest defines alike.
    Subset,
    /// It differs only in these terms, which no learning or employment record uses.
    Unused(&'static [&'static str]),
}

use Decision::{Broken, Current, Embed, SameDay, Subset, Unused, Vocab};

/// At most so many versions of one URL besides the current one.
pub const MOST: usize = 4;

/// In 2024 a status list carried its messages itself; they moved to the entries. The lists at hand are of one bit,
/// which have none.
const LIST_MESSAGES: &[&str] = &["statusMessage", "statusReference", "statusSize"];

/// Every snapshot of `history/`, by file name, in the order of publication.
pub const DECISIONS: &[(&str, Decision)] = &[
    ("w3c-credentials-v2.2023-03-04.d26ae76f.json", Vocab),
    ("w3c-credentials-v2.2023-03-04.ff1fdfa8.json", Vocab),
    ("w3c-credentials-v2.2023-04-03.65837190.json", Vocab),
    ("w3c-credentials-v2.2023-04-07.fa5de92b.json", Vocab),
    ("w3c-credentials-v2.2023-04-10.ac9187c8.json", Vocab),
    ("w3c-credentials-v2.2023-05-31.dc28cf86.json", Vocab),
    ("w3c-credentials-v2.2023-07-10.95af3574.json", Vocab),
    ("w3c-credentials-v2.2023-07-23.cae9d94b.json", Vocab),
    ("w3c-credentials-v2.2023-08-03.722f99f6.json", Vocab),
    ("w3c-credentials-v2.2023-08-09.bb762478.json", Broken),
    ("w3c-credentials-v2.2023-08-09.ed8ba2f6.json", Broken),
    ("w3c-credentials-v2.2023-08-09.731a1417.json", Broken),
    ("w3c-credentials-v2.2023-08-09.e377c027.json", Broken),
    ("w3c-credentials-v2.2023-08-09.46c3156a.json", Broken),
    ("w3c-credentials-v2.2023-08-11.8f85c94e.json", Vocab),
    ("w3c-credentials-v2.2023-08-21.ec499489.json", Vocab),
    ("w3c-credentials-v2.2023-08-31.965020e7.json", Vocab),
    ("w3c-credentials-v2.2023-08-31.cf4e6292.json", Vocab),
    ("w3c-credentials-v2.2023-09-11.a6b7f3d1.json", Vocab),
    ("w3c-credentials-v2.2023-09-11.a73d9ae6.json", Vocab),
    ("w3c-credentials-v2.2023-09-26.fc730a9b.json", Vocab),
    ("w3c-credentials-v2.2023-10-16.20f3e036.json", Vocab),
    ("w3c-credentials-v2.2023-12-06.507d7119.json", Vocab),
    ("w3c-credentials-v2.2023-12-15.4ebc5a2e.json", Vocab),
    ("w3c-credentials-v2.2023-12-26.a3abacc8.json", Vocab),
    ("w3c-credentials-v2.2023-12-26.1527ed00.json", Vocab),
    ("w3c-credentials-v2.2024-01-06.244fcc9f.json", Vocab),
    ("w3c-credentials-v2.2024-01-06.8692fcee.json", Vocab),
    ("w3c-credentials-v2.2024-01-14.8e974b07.json", Vocab),
    ("w3c-credentials-v2.2024-02-10.1e05d67b.json", Vocab),
    ("w3c-credentials-v2.2024-02-10.d37f2af1.json", Vocab),
    ("w3c-credentials-v2.2024-02-10.95997d01.json", Vocab),
    ("w3c-credentials-v2.2024-04-16.b80302b6.json", Vocab),
    ("w3c-credentials-v2.2024-05-27.b7acd6eb.json", Vocab),
    ("w3c-credentials-v2.2024-06-26.2ccb0f3a.json", Vocab),
    ("w3c-credentials-v2.2024-06-26.c14413bc.json", Vocab),
    ("w3c-credentials-v2.2024-07-06.1807d962.json", Vocab),
    ("w3c-credentials-v2.2024-07-20.24a18c90.json", Unused(LIST_MESSAGES)),
    ("w3c-credentials-v2.2025-02-24.38a45430.json", SameDay),
    ("w3c-credentials-v2.2025-02-24.59955ced.json", Current),
    ("ob-3.0.3.2023-10-11.7f6ae065.json", Embed(&["achievement", "image"])),
    ("ob-3.0.3.2023-10-26.c3ce8c08.json", Subset),
    ("ob-3.0.3.2023-10-27.10e3d834.json", Subset),
    ("ob-3.0.3.2024-01-24.dea144f0.json", Subset),
    ("ob-3.0.3.2024-03-04.ef2fa9c7.json", Subset),
    ("ob-3.0.3.2025-11-06.01d87cc8.json", Subset),
    ("ob-3.0.3.2026-06-29.3d34f4d4.json", Current),
    (
        "ob-3.0.2.2023-05-25.efa77d5e.json",
        Embed(&["achievementType", "description", "identityHash", "image", "name", "narrative"]),
    ),
    ("ob-3.0.2.2023-07-14.cd5cf89a.json", SameDay),
    ("ob-3.0.2.2023-07-14.00666ad0.json", Current),
    ("ob-3.0.1.2023-01-16.7e972304.json", SameDay),
    ("ob-3.0.1.2023-01-16.78fc4d36.json", Embed(&["Alignment"])),
    ("ob-3.0.1.2023-02-06.dfbb0740.json", Subset),
    ("ob-3.0.1.2023-05-23.efa77d5e.json", SameDay),
    ("ob-3.0.1.2023-05-23.d582f356.json", Current),
    ("ob-3.0.0.2022-06-07.a5e00029.json", SameDay),
    (
        "ob-3.0.0.2022-06-07.798f8159.json",
        Embed(&["Achievement", "AchievementSubject", "Profile", "criteria", "narrative"]),
    ),
    ("ob-3.0.0.2022-09-08.e41a5c58.json", SameDay),
    (
        "ob-3.0.0.2022-09-08.514f289c.json",
        Embed(&["Achievement", "AchievementSubject", "Profile", "criteria", "narrative"]),
    ),
    ("ob-3.0.0.2022-10-12.b077fa13.json", Current),
    (
        "ob-3.0.0.2022-11-03.b8ba91eb.json",
        Embed(&["Achievement", "AchievementSubject", "Profile", "criteria", "narrative"]),
    ),
    (
        "clr-2.0.0.2022-09-09.80a2bcb3.json",
        Embed(&["ClrCredential", "ClrSubject", "association", "verifiableCredential"]),
    ),
    ("clr-2.0.0.2024-02-19.e198d7b5.json", Current),
    ("clr-2.0.1.2024-02-19.30e8c666.json", Subset),
    ("clr-2.0.1.2025-03-24.880f1902.json", Current),
    ("di-v1.2022-10-16.bff3ce23.json", Current),
    ("di-v1.2024-06-09.2f570832.json", Unused(&["digestMultibase"])),
    ("di-v2.2023-08-31.5a6e0ed1.json", Subset),
    ("di-v2.2023-09-25.67f21e6e.json", Current),
    ("bsl-v1.2024-01-13.406817d4.json", SameDay),
    ("bsl-v1.2024-01-13.71a80906.json", SameDay),
    ("bsl-v1.2024-01-13.8d14195b.json", SameDay),
    ("bsl-v1.2024-01-13.dffd5988.json", Embed(&["encodedList"])),
    ("bsl-v1.2024-01-21.22ce92d6.json", Unused(LIST_MESSAGES)),
    ("bsl-v1.2025-02-24.ec55b9d0.json", SameDay),
    ("bsl-v1.2025-02-24.fda5add3.json", Current),
];

/// What one version defines: path and term to row.
pub type Lines = BTreeMap<String, Row>;

/// Everything that is reachable from one document; `None` if it is refused. What it refers to, `oracle` has.
pub fn lines(document: &Published, oracle: &Oracle) -> Option<Lines> {
    let mut oracle = oracle.clone();
    oracle.publish(&document.url, &document.bytes).ok()?;
    let mut lines = Lines::new();
    let mut refused = false;
    walk(&oracle, &oracle, std::slice::from_ref(&document.url), &mut |path, rows, _| match rows {
        Ok(rows) => lines.extend(rows.iter().map(|(term, row)| (format!("{path} {term}"), row.clone()))),
        Err(_) => refused |= path.is_empty(),
    });
    (!refused).then_some(lines)
}

/// Terms that mean something else in `old`, or that only `old` defines. What stands in a scoped context that only
/// `old` has is counted by the term that has it.
fn other_quads(old: &Lines, new: &Lines) -> BTreeSet<String> {
    let split = |line: &str| {
        line.rsplit_once(' ').map_or_else(Default::default, |(a, b)| (a.to_owned(), b.to_owned()))
    };
    let places: BTreeSet<String> = new.keys().map(|line| split(line).0).collect();
    old.iter()
        .filter(|(line, row)| new.get(*line).is_none_or(|new| !new.same_quads(row)))
        .map(|(line, _)| split(line))
        .filter(|(place, _)| places.contains(place))
        .map(|(_, term)| term)
        .collect()
}

/// Whether the reason for a decision is true; what is wrong, in words.
///
/// # Errors
/// The claim that [`DECISIONS`] makes about this snapshot is false.
pub fn check(old: &Published, all: &[Published], decision: Decision) -> Result<(), String> {
    let current = all.iter().find(|other| !other.is_history() && other.url == old.url);
    let current = current.ok_or_else(|| format!("{}: no current version", old.name()))?;
    let wrong = |why: String| Err(format!("{}: {why}", old.name()));
    let alone = Oracle::default();
    let (then, now) = (lines(old, &alone), lines(current, &alone));
    let now = now.ok_or_else(|| format!("{}: is refused", current.name()))?;
    let Some(then) = then else {
        return if matches!(decision, Broken) { Ok(()) } else { wrong("is refused".to_owned()) };
    };
    let vocab = |lines: &Lines| lines.keys().any(|line| line.ends_with(" @vocab"));
    let other = other_quads(&then, &now);
    match decision {
        Embed(terms) => {
            if vocab(&then) && !vocab(&now) {
                return wrong("has @vocab".to_owned());
            }
            match terms.iter().find(|term| !other.contains(**term)) {
                Some(term) => wrong(format!("gives the same quads for {term}")),
                None if terms.is_empty() => wrong("names no term".to_owned()),
                None => Ok(()),
            }
        }
        Current if json(old) == json(current) => Ok(()),
        Current => wrong("is not the current version".to_owned()),
        Vocab if vocab(&then) && !vocab(&now) => Ok(()),
        Vocab => wrong("has no @vocab, or the current version has it too".to_owned()),
        Broken => wrong("can be processed".to_owned()),
        SameDay => {
            let later = all.iter().rev().take_while(|other| other.file != old.file);
            match later.into_iter().find(|other| other.url == old.url && other.date == old.date) {
                Some(_) => Ok(()),
                None => wrong("was not replaced on its day".to_owned()),
            }
        }
        Subset if other.is_empty() => Ok(()),
        Subset => wrong(format!("gives other quads for {other:?}")),
        Unused(terms) => match other.iter().find(|term| !terms.contains(&term.as_str())) {
            Some(term) => wrong(format!("also differs in {term}")),
            None => Ok(()),
        },
    }
}

fn json(document: &Published) -> Option<serde_json::Value> {
    serde_json::from_slice(&document.bytes).ok()
}
