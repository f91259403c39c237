//! The reserved vocabularies against every embedded context.
#![allow(clippy::print_stdout)]

use std::collections::{BTreeMap, BTreeSet};

use ler_verify::codes::Code;
use ler_verify::json::{Tree, View};
use ler_verify::jsonld::tables::reserved::{RESERVED, Reserved};
use ler_verify::jsonld::{Contexts, InlineContexts, Rules, Supplied, credential_to_rdf};
use ler_verify::limits::Limits;
use xtask::contexts::{self, reserved};
use xtask::fixtures;
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

#[test]
fn real_badges_and_learner_records_are_spelled_as_reserved() {
    let Some(documents) = fixtures::documents() else {
        println!("skipped: real_badges_and_learner_records_are_spelled_as_reserved: no vectors");
        return;
    };
    let real = [
        "dcc-vc-test-fixtures/verifiableCredentials",
        "1edtech-public-validator/ob30",
        "1edtech-public-validator/clr20",
    ];
    let (limits, pinned, digests) = (Limits::default(), BTreeMap::new(), BTreeMap::new());
    let contexts = Contexts::default();
    let mut read = 0;
    for (path, text) in &documents {
        let name = path.to_string_lossy();
        let Ok(tree) = Tree::parse(text.as_bytes(), &limits) else { continue };
        let Some(object) = tree.root().as_object().filter(|_| tree.root().get("@context").is_some()) else {
            continue;
        };
        if !real.iter().any(|folder| name.contains(folder)) {
            continue;
        }
        let rules = Rules {
            limits: &limits,
            pinned: &pinned,
            inline: InlineContexts::Refuse,
            supplied: &|_| Supplied::Unavailable,
            as_of: None,
            digests: &digests,
        };
        let graph = credential_to_rdf(&View::whole(object), &contexts, &rules);
        let respelled = graph.findings.iter().find(|finding| finding.code == Code::JsonldRespelled);
        assert!(respelled.is_none(), "{name}: {respelled:?}");
        read += 1;
    }
    assert!(read > 70, "{read}");
}
