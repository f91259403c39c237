//! As much of JSON Schema 2020-12 as the schemas of this project use. A keyword that is not here is a panic, so that no
//! rule in a schema goes unchecked.
#![allow(unreachable_pub, clippy::disallowed_methods)] // a test reads files

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

/// The published schemas, by file name.
pub struct Schemas(BTreeMap<String, Value>);

impl Schemas {
    /// Reads `core/schemas`.
    pub fn read() -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas");
        let read = |entry: std::io::Result<std::fs::DirEntry>| {
            let entry = entry.unwrap();
            let schema: Value = serde_json::from_slice(&std::fs::read(entry.path()).unwrap()).unwrap();
            let name = entry.file_name().into_string().unwrap();
            assert_eq!(schema["$id"], name.as_str());
            (name, schema)
        };
        Schemas(std::fs::read_dir(folder).unwrap().map(read).collect())
    }

    /// A schema.
    pub fn get(&self, file: &str) -> &Value {
        &self.0[file]
    }

    /// What of a JSON text is not as the schema says: pointer and rule.
    pub fn complaints(&self, file: &str, json: &str) -> Vec<String> {
        let mut found = Vec::new();
        let value = serde_json::from_str(json).unwrap();
        self.walk(file, self.get(file), &value, "", &mut found);
        found
    }

    fn walk(&self, file: &str, schema: &Value, value: &Value, at: &str, found: &mut Vec<String>) {
        let mut rule = |kept: bool, what: String| {
            if !kept {
                found.push(format!("{at}: {what}"));
            }
        };
        let keywords = schema.as_object().unwrap_or_else(|| panic!("{file}: {schema} is no schema"));
        for (keyword, says) in keywords {
            match keyword.as_str() {
                "$schema" | "$id" | "$defs" | "title" | "description" | "default" | "format" => {}
                "type" => rule(has_type(value, says), format!("is not of type {says}")),
                "const" => rule(value == says, format!("is not {says}")),
                "enum" => rule(says.as_array().unwrap().contains(value), format!("{value} is not listed")),
                "minItems" => {
                    rule(
                        value.as_array().is_none_or(|items| items.len() as u64 >= says.as_u64().unwrap()),
                        "short".into(),
                    );
                }
                "maxItems" => {
                    rule(
                        value.as_array().is_none_or(|items| items.len() as u64 <= says.as_u64().unwrap()),
                        "long".into(),
                    );
                }
                "minimum" => {
                    rule(value.as_f64().is_none_or(|n| n >= says.as_f64().unwrap()), "too small".into())
                }
                "maximum" => {
                    rule(value.as_f64().is_none_or(|n| n <= says.as_f64().unwrap()), "too great".into())
                }
                "pattern" => {
                    assert_eq!(says, "^[0-9a-f]{64}$");
                    let is_digest = |text: &str| {
                        text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
                    };
                    rule(value.as_str().is_none_or(is_digest), "is no SHA-256".into());
                }
                "required" => {
                    for name in says.as_array().unwrap() {
                        let name = name.as_str().unwrap();
                        rule(
                            value.as_object().is_none_or(|object| object.contains_key(name)),
                            format!("{name} is missing"),
                        );
                    }
                }
                "oneOf" => {
                    let fits = says.as_array().unwrap().iter().filter(|choice| {
                        let mut complaints = Vec::new();
                        self.walk(file, choice, value, at, &mut complaints);
                        complaints.is_empty()
                    });
                    let fits = fits.count();
                    rule(fits == 1, format!("fits {fits} of the choices"));
                }
                "$ref" | "properties" | "additionalProperties" | "propertyNames" | "items" => {}
                other => panic!("{file}: the keyword {other} is not checked"),
            }
        }
        self.below(file, schema, value, at, found);
    }

    /// The keywords that lead to other schemas.
    fn below(&self, file: &str, schema: &Value, value: &Value, at: &str, found: &mut Vec<String>) {
        if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
            let (other, pointer) = reference.split_once('#').unwrap();
            let other = if other.is_empty() { file } else { other };
            let target = self
                .get(other)
                .pointer(pointer)
                .unwrap_or_else(|| panic!("{file}: {reference} leads nowhere"));
            self.walk(other, target, value, at, found);
        }
        if let (Some(items), Some(values)) = (schema.get("items"), value.as_array()) {
            for (index, value) in values.iter().enumerate() {
                self.walk(file, items, value, &format!("{at}/{index}"), found);
            }
        }
        for (name, value) in value.as_object().into_iter().flatten() {
            let at = format!("{at}/{name}");
            if let Some(names) = schema.get("propertyNames") {
                self.walk(file, names, &Value::from(name.as_str()), &at, found);
            }
            match (
                schema.get("properties").and_then(|named| named.get(name)),
                schema.get("additionalProperties"),
            ) {
                (Some(named), _) => self.walk(file, named, value, &at, found),
                (None, Some(Value::Bool(false))) => found.push(format!("{at}: is not in the schema")),
                (None, Some(others)) => self.walk(file, others, value, &at, found),
                (None, None) => {}
            }
        }
    }
}

fn has_type(value: &Value, says: &Value) -> bool {
    let is = |name: &Value| match name.as_str().unwrap() {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        "number" => value.is_number(),
        "integer" => value.is_i64() || value.is_u64(),
        other => panic!("the type {other} is not checked"),
    };
    says.as_array().map_or_else(|| is(says), |names| names.iter().any(is))
}
