//! Published contexts and their term tables say the same.

#![allow(clippy::disallowed_methods, clippy::print_stdout)] // a test reads files and says what it did

use std::path::PathBuf;

use ler_verify::jsonld::tables;

mod support;

/// Published versions that JSON-LD does not allow, so that there can be no table of them.
const INVALID: [(&str, &str); 5] = [
    // A scoped context has `id` and `type` where `@id` and `@type` belong.
    ("w3c-credentials-v2.2023-08-09.46c3156a.json", "invalid scoped context"),
    ("w3c-credentials-v2.2023-08-09.731a1417.json", "invalid scoped context"),
    ("w3c-credentials-v2.2023-08-09.bb762478.json", "invalid scoped context"),
    ("w3c-credentials-v2.2023-08-09.e377c027.json", "invalid scoped context"),
    ("w3c-credentials-v2.2023-08-09.ed8ba2f6.json", "invalid scoped context"),
];

fn contexts() -> Option<Vec<(PathBuf, Vec<u8>)>> {
    let root = support::vectors()?.parent()?.join("contexts");
    let mut found = Vec::new();
    for folder in ["", "history", "extensions"] {
        for entry in std::fs::read_dir(root.join(folder)).ok()? {
            let path = entry.ok()?.path();
            if path.extension().is_some_and(|e| e == "json" || e == "jsonld") {
                found.push((path.clone(), std::fs::read(path).ok()?));
            }
        }
    }
    found.sort();
    Some(found)
}

/// What is written is read back as it was.
#[test]
fn a_table_survives_its_text() {
    let Some(contexts) = contexts() else {
        println!("skipped: a_table_survives_its_text: no vectors");
        return;
    };
    assert!(contexts.len() > 100);
    for (path, bytes) in contexts {
        let table = match tables::compile(&bytes, "https://example.org/c", "2024-05-06", &|_| None) {
            Ok(table) => table,
            Err(error) => {
                let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                assert!(INVALID.contains(&(name.as_str(), error.code)), "{name}: {error}");
                continue;
            }
        };
        let text = tables::write(&table);
        let read = tables::read(&text).unwrap_or_else(|e| panic!("{}: {e}\n{text}", path.display()));
        assert!(read == table, "{}", path.display());
        assert_eq!(tables::write(&read), text);
    }
}
