//! One way, left to right: a module uses only what stands before it. This reads the sources and fails on an import
//! against the arrow, so that the order is a fact of the code and not of a picture.
#![allow(clippy::disallowed_methods, clippy::print_stdout)] // a test reads files

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Every module, in order, with what it may use and why. A module may use only modules above it.
const LAYERS: &[(&str, &str, &str)] = &[
    ("codes", "", "what can be said; everybody says it"),
    ("limits", "codes", "a limit that is reached is a finding"),
    ("time", "codes", "instants; a bad one is a finding"),
    ("error", "codes", "misuse names codes"),
    ("encoding", "codes limits", "base58, base64url, multibase …: bytes in text"),
    ("json", "codes limits encoding", "bytes to a tree"),
    ("json_schema", "codes limits json", "whether a tree follows a schema; knows no credentials"),
    ("carrier", "codes limits encoding json", "a file to the bytes of one document"),
    (
        "document",
        "codes limits time encoding json carrier",
        "which data model, and is it a conforming document",
    ),
    (
        "formats",
        "codes limits time encoding json carrier document",
        "records that are no credentials: which they are, and do they conform",
    ),
    ("rdf", "codes limits encoding", "statements and their canonical form; knows no JSON"),
    ("jsonld", "codes limits encoding json rdf", "a tree to statements"),
    (
        "resources",
        "codes limits time error encoding json json_schema",
        "what the host has fetched, read once",
    ),
    ("keys", "codes limits time encoding json", "public keys; knows not whose they are"),
    (
        "identifier",
        "codes limits time encoding json resources keys",
        "whose keys; the document of a did:key is made from its key",
    ),
    (
        "suites",
        "codes limits encoding json rdf keys",
        "the table of suites, which policies name; a suite names its hash and reads its signature",
    ),
    ("occasion", "error time", "this one verification"),
    (
        "policy",
        "codes error limits encoding json jsonld keys identifier suites",
        "what is demanded; names suites, keys, authorities and inline contexts",
    ),
    (
        "securing",
        "codes limits time encoding json carrier document formats rdf jsonld resources keys identifier suites occasion policy",
        "proofs, alone and together",
    ),
    (
        "checks",
        "codes limits time encoding json json_schema carrier document formats resources keys identifier occasion policy",
        "one question each; knows not how a record is secured, but statements of registries are JWS",
    ),
    ("record", "codes limits time encoding json document formats", "one shape for what was verified"),
    (
        "report",
        "codes limits time encoding json jsonld document formats resources occasion policy record securing checks",
        "what was found, as API and as bytes; shows what a proof signs, and what registries say",
    ),
    (
        "verifier",
        "codes limits time error encoding json json_schema carrier document formats rdf jsonld resources keys identifier suites occasion policy securing checks record report",
        "the only one that knows the order",
    ),
];

/// Folders and files that stand elsewhere in the order than their place says, with what they stand for.
const ELSEWHERE: [(&str, &str); 2] = [
    // A policy names suites, so their table comes before it.
    ("securing/suites", "suites"),
    // The other half of `verifier.rs`.
    ("workshop", "verifier"),
];

#[test]
fn the_table_goes_one_way() {
    let mut above = BTreeSet::new();
    for (module, uses, reason) in LAYERS {
        for used in uses.split_whitespace() {
            assert!(above.contains(used), "{module} may use {used}, which does not stand above it");
        }
        assert!(!reason.is_empty() && above.insert(*module), "{module} stands there twice");
    }
}

#[test]
fn the_table_names_the_modules_of_the_library() {
    let root = std::fs::read_to_string(sources().join("lib.rs")).unwrap();
    let declared = root
        .lines()
        .filter_map(|line| line.trim_start_matches("pub ").strip_prefix("mod ")?.strip_suffix(';'))
        .map(|module| ELSEWHERE.iter().find(|(place, _)| *place == module).map_or(module, |(_, name)| name))
        .chain(["suites"]);
    let declared: BTreeSet<&str> = declared.collect();
    assert_eq!(declared, LAYERS.iter().map(|(module, ..)| *module).collect());
}

#[test]
fn no_module_uses_what_stands_after_it() {
    let mut wrong = Vec::new();
    let mut edges = 0;
    for (path, text) in files(&sources()) {
        let Some((module, depth)) = place(&path) else { continue };
        let layer = LAYERS.iter().find(|(name, ..)| *name == module);
        let allowed: Vec<&str> =
            layer.map(|(_, uses, _)| uses.split_whitespace().collect()).unwrap_or_default();
        for used in imports(&text, depth) {
            edges += 1;
            if used != module && !allowed.contains(&used.as_str()) {
                wrong.push(format!("{}: {module} uses {used}", path.display()));
            }
        }
    }
    assert!(edges > 20, "only {edges} imports were found: this test reads the sources wrongly");
    assert!(wrong.is_empty(), "against the arrow:\n{}", wrong.join("\n"));
}

#[test]
fn imports_are_found_in_every_form() {
    let text = "//! [`crate::policy`]\nuse crate::{codes::{Code, Finding}, json::View};\nuse crate::time::Timestamp;\n\
                fn a() { crate::limits::reached() } // crate::report\nuse super::super::record::Record;\n\
                use crate::Axis;\n#[cfg(test)]\nmod tests { use crate::verifier::Verifier; }\n";
    let found: Vec<String> = imports(text, 2).into_iter().collect();
    assert_eq!(found, ["Axis", "codes", "json", "limits", "record", "time"]);
}

fn sources() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// Every Rust file below a folder, by its path from there.
fn files(folder: &Path) -> BTreeMap<PathBuf, String> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                found.insert(path.strip_prefix(folder).unwrap().to_owned(), text);
            }
        }
    }
    found
}

/// The top module that a file belongs to, and how many modules deep it is; none for the root.
fn place(path: &Path) -> Option<(String, usize)> {
    let mut parts: Vec<String> =
        path.with_extension("").iter().map(|part| part.to_string_lossy().into_owned()).collect();
    if parts.last().is_some_and(|last| last == "mod") {
        parts.pop();
    }
    let first = parts.first().filter(|first| *first != "lib")?;
    let elsewhere = ELSEWHERE.iter().find(|(place, _)| path.starts_with(place) || first == place);
    Some((elsewhere.map_or(first.as_str(), |(_, name)| name).to_owned(), parts.len()))
}

/// The top modules (or re-exported names) that a file of some depth uses, its own unit tests left aside.
fn imports(text: &str, depth: usize) -> BTreeSet<String> {
    let code = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    let code: String =
        code.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n");
    // The table of suites is a layer of its own.
    let code = code.replace("crate::securing::suites", "crate::suites");
    let mut found = BTreeSet::new();
    for prefix in ["crate::".to_owned(), "super::".repeat(depth)] {
        for (at, _) in code.match_indices(&prefix) {
            // `pub(crate)::` is no path, and `super::super::` is found once.
            let before = code[..at].chars().next_back();
            if before
                .is_some_and(|character| character.is_alphanumeric() || character == '_' || character == ':')
            {
                continue;
            }
            found.extend(heads(&code[at + prefix.len()..]).into_iter().map(|head| layer_of(&head)));
        }
    }
    found
}

/// The layer that a top module is part of.
fn layer_of(module: &str) -> String {
    ELSEWHERE.iter().find(|(place, _)| *place == module).map_or(module, |(_, layer)| layer).to_owned()
}

/// The first segments of a path, or of each path of a group in braces.
fn heads(path: &str) -> Vec<String> {
    let name =
        |text: &str| text.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let Some(group) = path.strip_prefix('{') else { return vec![name(path)] };
    let mut depth = 1_usize;
    let mut start = 0;
    let mut found = Vec::new();
    for (at, character) in group.char_indices() {
        match character {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 || (depth == 1 && character == ',') {
            found.push(name(&group[start..at]));
            start = at + 1;
        }
        if depth == 0 {
            break;
        }
    }
    found.retain(|name| !name.is_empty());
    found
}
