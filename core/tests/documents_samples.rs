//! Real credentials conform: the rules are those of the standards, and not narrower than what is issued.

#[path = "support/documents.rs"]
mod documents;
mod support;

use ler_verify::codes::Code;
use ler_verify::document::{Family, Relation, detect, embedded};
use ler_verify::json::Tree;
use ler_verify::limits::Limits;

/// The samples that do not conform, and where.
const DEFECTS: &[(&str, Code, &str)] = &[
    ("simple-err-context.json", Code::DocumentContextOrder, "/@context/0"),
    ("simple-err-issuer.json", Code::DocumentMemberMissing, ""),
];

#[test]
fn credentials_of_others_conform() {
    let (mut seen, mut found) = (0, Vec::new());
    for (source, inner) in [
        ("dcc-vc-test-fixtures", "verifiableCredentials"),
        ("dcc-vc-test-fixtures", "statusLists"),
        ("1edtech-public-validator", "ob30"),
        ("1edtech-public-validator", "clr20"),
    ] {
        let Some(folder) = support::source("credentials_of_others_conform", source) else { return };
        let mut open = vec![folder.join(inner)];
        while let Some(folder) = open.pop() {
            for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
                if path.is_dir() {
                    open.push(path);
                    continue;
                }
                // The rest is images and JWS.
                let Ok(text) = std::fs::read_to_string(&path) else { continue };
                if text.trim_start().starts_with('{') {
                    let name = path.file_name().unwrap().to_str().unwrap().to_owned();
                    let places =
                        documents::defects(&text).into_iter().map(|f| (f.code, f.pointer.clone().unwrap()));
                    found.extend(places.map(|(code, at)| (name.clone(), code, at)));
                    seen += 1;
                }
            }
        }
    }
    found.sort();
    let found: Vec<_> = found.iter().map(|(name, code, at)| (name.as_str(), *code, at.as_str())).collect();
    assert_eq!(found, DEFECTS);
    assert_eq!(seen, 91);
}

#[test]
fn a_learner_record_and_the_records_in_it() {
    let test = "a_learner_record_and_the_records_in_it";
    let Some(folder) = support::source(test, "1edtech-public-validator") else { return };
    let text = std::fs::read_to_string(folder.join("clr20/simple_v1.json")).unwrap();
    let tree = Tree::parse(text.as_bytes(), &Limits::default()).unwrap();
    let detected = detect(tree.root()).unwrap();
    assert_eq!((detected.family, detected.version, detected.model.version()), (Family::Clr, "2.0", "1.1"));
    let inside = embedded(tree.root(), &detected);
    assert_eq!(inside.len(), 6);
    let mut endorsements = 0;
    for (value, relation) in inside {
        assert_eq!(relation, Relation::Nested);
        let detected = detect(value).unwrap();
        assert_eq!(detected.family, Family::OpenBadges);
        let found = embedded(value, &detected);
        endorsements += found.iter().filter(|(_, relation)| *relation == Relation::Endorsement).count();
    }
    assert_eq!(endorsements, 1);
}
