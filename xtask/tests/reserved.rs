//! The reserved vocabularies against every embedded context.
#![allow(clippy::print_stdout)]

use std::collections::BTreeSet;

use ler_verify::jsonld::tables::reserved::{RESERVED, Reserved};
use xtask::contexts::{self, reserved};
use xtask::oracle::with_stack;

/// Terms of embedded contexts that are another spelling of a reserved IRI: refused in credential mode.
const RESPELLED: &[(&str, &str)] = &[
    // openbadges#revoked, which is `revoked` in Blockcerts; Open Badges 2.0 are not secured as RDF.
    ("1edtech-openbadges-v2.json", "revokedAssertions"),
    // dcterms:created, which is `created` in proofs; European credentials are not secured as RDF.
    ("elm-edc-ap-context.jsonld", "dateCreated"),
    // schema:keywords, which is `tag` in Open Badges 3.0.
    ("jff-vc-edu-plugfest-1-context.json", "tags"),
    // The end of a proof's validity, which a verifier reads at `expires`.
    ("w3id-security-v1.jsonld", "expiration"),
    ("w3id-security-v2.jsonld", "expiration"),
    ("w3id-security-v3-unstable.jsonld", "expiration"),
];

#[test]
fn the_other_spellings_in_embedded_contexts_are_known_by_name() {
    let test = "the_other_spellings_in_embedded_contexts_are_known_by_name";
    let Ok(versions) = contexts::versions().inspect_err(|error| println!("skipped: {test}: {error}")) else {
        return;
    };
    let table = Reserved::read(RESERVED);
    with_stack(|| {
        let oracle = reserved::current(&versions).expect("JSON");
        let mut found = BTreeSet::new();
        for version in &versions {
            // Two documents refer to or rest on what is not here.
            for (term, iri) in reserved::pairs(version, &oracle).unwrap_or_default() {
                let in_credentials = [reserved::is_newest, reserved::is_older, reserved::stands_beside];
                let elsewhere = !table.is_at_home(&term, &iri) && in_credentials.iter().any(|is| is(version));
                if !table.allows(&term, &iri) || elsewhere {
                    found.insert((version.document.name().to_owned(), term.clone()));
                }
            }
        }
        let known = RESPELLED.iter().map(|(file, term)| ((*file).to_owned(), (*term).to_owned())).collect();
        assert_eq!(found, known);
    });
}
