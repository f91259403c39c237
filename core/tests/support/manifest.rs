//! `test-vectors/manifest.json`: one list of documents and what is to be said of them, for Rust, C and WebAssembly.
#![allow(dead_code, unreachable_pub, clippy::print_stdout)]
#![allow(clippy::disallowed_methods)] // a test reads files

use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};

/// One entry of the manifest.
pub struct Entry {
    /// The name.
    pub id: String,
    /// The bytes of the document.
    pub document: Vec<u8>,
    /// The policy, as JSON text.
    pub policy: String,
    /// The occasion, as JSON text.
    pub occasion: String,
    /// The resources, as JSON text.
    pub resources: String,
    /// What the report has to say.
    pub expect: Map<String, Value>,
}

/// The root of the workspace.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    // Used by the tests of core/ and of ffi/, which stand side by side.
    here.parent().unwrap_or(here).to_owned()
}

/// Reads every entry; those whose files are not there are named in the second list.
///
/// # Panics
/// If the manifest is not what this file says it is.
pub fn read() -> (Vec<Entry>, Vec<String>) {
    let folder = root().join("test-vectors");
    let text = std::fs::read(folder.join("manifest.json")).expect("test-vectors/manifest.json");
    let manifest: Vec<Value> = serde_json::from_slice(&text).expect("the manifest is an array");
    let (mut entries, mut skipped) = (Vec::new(), Vec::new());
    for value in manifest {
        let id = text_of(&value, "id");
        match entry(&folder, &id, &value) {
            Some(entry) => entries.push(entry),
            None => skipped.push(id),
        }
    }
    (entries, skipped)
}

fn entry(folder: &Path, id: &str, value: &Value) -> Option<Entry> {
    Some(Entry {
        id: id.to_owned(),
        document: bytes(folder, id, &text_of(value, "input"))?,
        policy: value["policy"].to_string(),
        occasion: value["occasion"].to_string(),
        resources: Value::Array(resources(folder, id, value)?).to_string(),
        expect: value["expect"].as_object().expect("expect").clone(),
    })
}

/// The resources as `Resources::from_json` reads them.
fn resources(folder: &Path, id: &str, value: &Value) -> Option<Vec<Value>> {
    let listed = value.get("resources").and_then(Value::as_array).into_iter().flatten();
    listed
        .map(|resource| {
            let mut entry = json!({ "kind": resource["kind"], "id": resource["id"] });
            if let Some(reason) = resource.get("unavailable") {
                entry["unavailable"] = reason.clone();
            } else {
                let bytes = bytes(folder, id, &text_of(resource, "file"))?;
                entry["text"] = String::from_utf8(bytes).expect("a resource in UTF-8").into();
            }
            for member in ["mediaType", "retrievedAt", "httpStatus"] {
                if let Some(value) = resource.get(member) {
                    entry[member] = value.clone();
                }
            }
            Some(entry)
        })
        .collect()
}

/// A file of the project, or `shared:` one of the vectors of others, which may not be there.
fn bytes(folder: &Path, id: &str, name: &str) -> Option<Vec<u8>> {
    let path = match name.strip_prefix("shared:") {
        None => folder.join(name),
        Some(path) => match super::vectors::vectors() {
            Some(vectors) => vectors.join(path),
            None => {
                println!("skipped: manifest {id}: no vectors {path}");
                return None;
            }
        },
    };
    Some(std::fs::read(&path).unwrap_or_else(|error| panic!("{id}: {}: {error}", path.display())))
}

fn text_of(value: &Value, member: &str) -> String {
    value[member].as_str().unwrap_or_else(|| panic!("{member} of {value}")).to_owned()
}
