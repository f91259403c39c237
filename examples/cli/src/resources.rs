//! `--resources`: documents supplied by hand, so that nothing has to be fetched.

use std::path::Path;

use ler_verify::{Resource, ResourceKind, Resources};
use serde_json::Value;

use crate::escape::shown;
use crate::input::{Failure, files_below, read_file};

/// No supplied document may be larger.
const MOST: usize = 64 * 1024 * 1024;

/// Supplies what one `--resources` names: a directory, `ID=FILE`, or a file that has an `id`.
///
/// # Errors
/// If it can be neither, or a file cannot be read.
pub(crate) fn supply(argument: &str, resources: &Resources) -> Result<(), Failure> {
    let path = Path::new(argument);
    if path.is_dir() {
        return supply_directory(path, resources);
    }
    // Identifiers may have a `=`, so the last one decides.
    if let Some((id, file)) = argument.rsplit_once('=').filter(|_| !path.is_file()) {
        let bytes = read_file(Path::new(file), MOST)?;
        let Ok(document) = serde_json::from_slice::<Value>(&bytes) else {
            return Err(Failure::Unreadable(format!("{} is not JSON", shown(file))));
        };
        resources.insert(kind_of(id, &document), id, Resource::new(bytes));
        return Ok(());
    }
    let bytes = read_file(path, MOST)?;
    match described(&bytes) {
        Some((kind, id)) => resources.insert(kind, &id, Resource::new(bytes)),
        None => {
            let file = shown(argument);
            return Err(Failure::Usage(format!(
                "{file} has no id: say whose it is with --resources ID={file}"
            )));
        }
    }
    Ok(())
}

/// Every file below it whose JSON has an `id`; others are passed over.
fn supply_directory(directory: &Path, resources: &Resources) -> Result<(), Failure> {
    for path in files_below(directory, |_| true)? {
        let bytes = read_file(&path, MOST)?;
        if let Some((kind, id)) = described(&bytes) {
            resources.insert(kind, &id, Resource::new(bytes));
        }
    }
    Ok(())
}

/// What a document with an `id` is, and under which identifier.
fn described(bytes: &[u8]) -> Option<(ResourceKind, String)> {
    let document: Value = serde_json::from_slice(bytes).ok()?;
    let id = document.get("id").or_else(|| document.get("$id"))?.as_str()?;
    Some((kind_of(id, &document), id.to_owned()))
}

/// What a document supplied under an identifier is. It is not trusted for that: each is checked by whoever uses it.
fn kind_of(id: &str, document: &Value) -> ResourceKind {
    let has = |name| document.get(name).is_some();
    let is_list = |name: &Value| {
        let name = name.as_str().unwrap_or_default();
        name.ends_with("StatusListCredential") || name.contains("List20") && name.ends_with("Credential")
    };
    let types = document.get("type");
    let is_schema = |name: &Value| name == "JsonSchemaCredential";
    if has("$schema") || types.and_then(Value::as_array).is_some_and(|all| all.iter().any(is_schema)) {
        ResourceKind::CredentialSchema
    } else if types
        .is_some_and(|types| types.as_array().map_or_else(|| is_list(types), |all| all.iter().any(is_list)))
    {
        ResourceKind::StatusList
    } else if document.get("registry").is_some_and(Value::is_object) {
        ResourceKind::IssuerRegistry
    } else if has("@context") && !has("id") && !id.starts_with("did:") {
        ResourceKind::Context
    } else {
        ResourceKind::ControlledIdentifierDocument
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kind_is_told_by_content() {
        let kind = |id, text| kind_of(id, &serde_json::from_str(text).unwrap());
        let did = r#"{"@context": "https://www.w3.org/ns/did/v1", "id": "did:web:example.org"}"#;
        assert_eq!(kind("did:web:example.org", did), ResourceKind::ControlledIdentifierDocument);
        assert_eq!(kind("https://example.org/c", r#"{"@context": {}}"#), ResourceKind::Context);
        assert_eq!(
            kind("did:web:example.org", r#"{"@context": {}}"#),
            ResourceKind::ControlledIdentifierDocument
        );
        assert_eq!(kind("https://example.org/r", r#"{"registry": {}}"#), ResourceKind::IssuerRegistry);
        for list in [
            r#"{"type": ["VerifiableCredential", "BitstringStatusListCredential"]}"#,
            r#"{"type": ["VerifiableCredential", "StatusList2021Credential"]}"#,
            r#"{"type": "RevocationList2020Credential"}"#,
        ] {
            assert_eq!(kind("https://example.org/s", list), ResourceKind::StatusList);
        }
        for schema in [
            r#"{"$schema": "https://json-schema.org/draft/2020-12/schema"}"#,
            r#"{"type": ["VerifiableCredential", "JsonSchemaCredential"]}"#,
        ] {
            assert_eq!(kind("https://example.org/s", schema), ResourceKind::CredentialSchema);
        }
        assert_eq!(
            kind("https://example.org/i", r#"{"registry": "x", "id": "y"}"#),
            ResourceKind::ControlledIdentifierDocument
        );
    }
}
