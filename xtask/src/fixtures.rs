//! The records at hand: which contexts they combine, and the documents themselves.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::published;

/// Folders of test data of others that hold no linked data of their own, or whole suites that have runners.
const NOT_RECORDS: [&str; 4] = ["json-test-suite", "w3c-json-ld-api", "w3c-rdf-canon", "contexts"];

/// Every JSON document of the vectors of others (`LER_VECTORS`, or `vectors` in the shared folder) and of the
/// project's own `test-vectors`, with its path; `None` where there are none.
pub fn documents() -> Option<Vec<(PathBuf, String)>> {
    let vectors =
        std::env::var_os("LER_VECTORS").map_or_else(|| published::shared().join("vectors"), PathBuf::from);
    if !vectors.is_dir() {
        return None;
    }
    let mut files = Vec::new();
    for entry in std::fs::read_dir(&vectors).ok()?.flatten() {
        if !NOT_RECORDS.contains(&entry.file_name().to_string_lossy().as_ref()) {
            collect(&entry.path(), &mut files);
        }
    }
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../test-vectors"), &mut files);
    files.sort();
    let text = |path: PathBuf| Some((path.clone(), std::fs::read_to_string(path).ok()?));
    let is_json = |(_, text): &(PathBuf, String)| serde_json::from_str::<Value>(text).is_ok();
    Some(files.into_iter().filter_map(text).filter(is_json).collect())
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) {
    if path.file_name().is_some_and(|name| name == "node_modules") {
        return;
    }
    match std::fs::read_dir(path) {
        Ok(entries) => entries.flatten().for_each(|entry| collect(&entry.path(), files)),
        Err(_) if path.is_file() => files.push(path.to_owned()),
        Err(_) => {}
    }
}

/// Every object with `@context` that is no part of another such object.
pub fn records(value: &Value) -> Vec<&Value> {
    match value {
        Value::Object(object) if object.contains_key("@context") => vec![value],
        Value::Object(object) => object.values().flat_map(records).collect(),
        Value::Array(items) => items.iter().flat_map(records).collect(),
        _ => Vec::new(),
    }
}

/// Every list of contexts that stands in the value, at any depth, without those that are not in `known`.
pub fn context_lists(value: &Value, known: &BTreeSet<String>, lists: &mut BTreeSet<Vec<String>>) {
    match value {
        Value::Object(object) => {
            let contexts = match object.get("@context") {
                Some(Value::Array(items)) => items.iter().collect(),
                Some(one) => vec![one],
                None => Vec::new(),
            };
            let urls = contexts.into_iter().filter_map(Value::as_str).filter(|url| known.contains(*url));
            let urls: Vec<String> = urls.map(str::to_owned).collect();
            if !urls.is_empty() {
                lists.insert(urls);
            }
            object.values().for_each(|value| context_lists(value, known, lists));
        }
        Value::Array(items) => items.iter().for_each(|value| context_lists(value, known, lists)),
        _ => {}
    }
}

/// The list itself, and every pair and triple of it in its order.
pub fn pairs_and_triples(list: &[String], all: &mut BTreeSet<Vec<String>>) {
    all.insert(list.to_vec());
    for (i, first) in list.iter().enumerate() {
        for (j, second) in list.iter().enumerate().skip(i + 1) {
            all.insert(vec![first.clone(), second.clone()]);
            for third in list.iter().skip(j + 1) {
                all.insert(vec![first.clone(), second.clone(), third.clone()]);
            }
        }
    }
}
