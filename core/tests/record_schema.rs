//! The published JSON Schema of the record (`core/schemas/record.schema.json`): it names what the model has, no more and
//! no less, and every record at hand fits it.
#![allow(clippy::disallowed_methods, clippy::print_stdout)] // a test reads files

#[path = "support/schema.rs"]
mod schema;
mod support;

use std::collections::BTreeMap;
use std::path::Path;

use ler_verify::Report;
use schema::Schemas;
use serde_json::Value;
use support::fixtures;

const SCHEMA: &str = "record.schema.json";

/// The members of each struct and the values of each enum of the model, as their sources name them in JSON; of members
/// whether they are always there.
fn model() -> BTreeMap<String, Vec<(String, bool)>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/record");
    let mut files = vec![folder.join("model.rs")];
    files.extend(std::fs::read_dir(folder.join("model")).unwrap().map(|entry| entry.unwrap().path()));
    let mut found = BTreeMap::new();
    for file in files {
        let text = std::fs::read_to_string(file).unwrap();
        let (mut current, mut camel, mut attributes) = (None, false, String::new());
        for line in text.lines() {
            let words: Vec<&str> = line.trim().split(' ').collect();
            match words.as_slice() {
                ["pub", "struct" | "enum", name, "{"] => {
                    current = Some((*name).to_owned());
                    found.insert((*name).to_owned(), Vec::new());
                    camel = attributes.contains("rename_all = \"camelCase\"");
                    attributes.clear();
                }
                ["}"] => current = None,
                [word, ..] if word.starts_with("#[") => attributes.push_str(line),
                [word, ..] if word.starts_with("//") || word.is_empty() => {}
                words => {
                    if let Some(members) = current.as_ref().and_then(|name| found.get_mut(name)) {
                        let name = words.iter().find(|word| **word != "pub").unwrap();
                        let name = name.trim_end_matches([':', ',']);
                        let renamed = attributes.split("rename = \"").nth(1);
                        let name = match renamed {
                            Some(rest) => rest.split('"').next().unwrap().to_owned(),
                            None if camel => camel_case(name),
                            None => name.to_owned(),
                        };
                        members.push((name, !attributes.contains("skip_serializing_if")));
                    }
                    attributes.clear();
                }
            }
        }
    }
    found
}

/// As serde does it, for members and for variants.
fn camel_case(name: &str) -> String {
    let mut out = String::new();
    for (index, word) in name.split('_').enumerate() {
        let (first, rest) = word.split_at(1);
        out += &if index == 0 { first.to_lowercase() } else { first.to_uppercase() };
        out += rest;
    }
    out
}

#[test]
fn the_schema_names_what_the_model_has() {
    let schemas = Schemas::read();
    let schema = schemas.get(SCHEMA);
    let mut seen = 0;
    for (name, members) in model() {
        let place = if name == "Record" { schema } else { &schema["$defs"][camel_case(&name)] };
        let names = |list: &Value| -> Vec<String> {
            let mut names: Vec<String> =
                list.as_array().unwrap().iter().map(|name| name.as_str().unwrap().to_owned()).collect();
            names.sort_unstable();
            names
        };
        let sorted = |always: bool| {
            let mut names: Vec<String> = members
                .iter()
                .filter(|(_, required)| *required || !always)
                .map(|(name, _)| name.clone())
                .collect();
            names.sort_unstable();
            names
        };
        if name == "Scalar" {
            assert_eq!(names(&place["type"]), ["boolean", "number", "string"]);
        } else if let Some(properties) = place["properties"].as_object() {
            let mut listed: Vec<String> = properties.keys().cloned().collect();
            listed.sort_unstable();
            assert_eq!(listed, sorted(false), "{name}");
            assert_eq!(names(&place["required"]), sorted(true), "{name}");
            assert_eq!(place["additionalProperties"], false, "{name}");
            assert!(properties.values().all(|member| !member["description"].as_str().unwrap().is_empty()));
        } else {
            assert_eq!(names(&place["enum"]), sorted(false), "{name}");
        }
        seen += 1;
    }
    assert_eq!(schema["$defs"].as_object().unwrap().len() + 1, seen, "the schema has definitions of nothing");
}

/// Every authentic document at hand, with all that stands in it.
#[test]
fn every_record_fits_the_schema() {
    let schemas = Schemas::read();
    let mut seen = 0;
    let mut check = |name: &str, report: &Report| {
        let mut open = vec![report];
        while let Some(report) = open.pop() {
            if let Some(shown) = report.authentic_record() {
                let complaints = schemas.complaints(SCHEMA, &shown.record.to_json());
                assert!(complaints.is_empty(), "{name}: {complaints:#?}");
                seen += 1;
            }
            open.extend(report.embedded().iter().map(|inside| &*inside.report));
        }
    };
    let (verifier, resources) = (fixtures::verifier(), fixtures::resources());
    for fixture in fixtures::authentic() {
        let bytes = fixture.json.to_string();
        check(&fixture.name, &verifier.verify(bytes.as_bytes(), &resources, &fixtures::occasion()));
    }
    assert!(seen >= 20, "only {seen} records were found");
}
