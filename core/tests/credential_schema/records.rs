//! Records with schemas.

use ler_verify::{
    Check, CheckId, Code, Issuers, Policy, Report, Requirement, Resource, ResourceKind, Resources, Verifier,
};
use serde_json::{Value, json};

use crate::signing::Party;
use crate::support::fixtures;

pub const SCHEMA: &str = "https://schemas.example/schema.json";
const V2: &str = "https://www.w3.org/ns/credentials/v2";
pub const D2020: &str = "https://json-schema.org/draft/2020-12/schema";

pub fn issuer() -> Party {
    Party::new(7)
}

/// A policy that requires what schemas say.
pub fn policy() -> Policy {
    let mut policy = Policy::accepting(Issuers::Anyone);
    policy.checks.insert("schema".to_owned(), Requirement::Require);
    policy
}

/// A record with this value in its subject and these schemas, not signed.
pub fn unsigned(x: Value, schemas: Value) -> Value {
    json!({
        "@context": [V2],
        "id": "urn:uuid:7a0c8f7e-0a1b-4f6e-9c7d-2b1f4f3f4a55",
        "type": ["VerifiableCredential"],
        "issuer": issuer().did(),
        "validFrom": "2025-01-01T00:00:00Z",
        "credentialSubject": { "id": "did:example:subject", "x": x },
        "credentialSchema": schemas
    })
}

pub fn record(x: Value, schemas: Value) -> String {
    // `1.0` is signed as `1` (RFC 8785 §3.2.2.3).
    let signed = unsigned(canonical(&x), schemas);
    let mut record = issuer().secure(&signed, "assertionMethod", json!({}));
    record["credentialSubject"]["x"] = x;
    record.to_string()
}

fn canonical(value: &Value) -> Value {
    match value {
        Value::Number(number) => match number.as_f64() {
            Some(whole) if whole.fract() == 0.0 => json!(whole as i64),
            _ => value.clone(),
        },
        Value::Array(items) => items.iter().map(canonical).collect(),
        Value::Object(members) => {
            members.iter().map(|(key, value)| (key.clone(), canonical(value))).collect()
        }
        _ => value.clone(),
    }
}

pub fn entry() -> Value {
    json!({ "id": SCHEMA, "type": "JsonSchema" })
}

/// A schema of which this is about `x` of the subject.
pub fn about_x(draft: &str, schema: Value, other: Option<&Value>) -> Value {
    let draft = match draft {
        "7" => "http://json-schema.org/draft-07/schema#",
        "2019-09" => "https://json-schema.org/draft/2019-09/schema",
        _ => D2020,
    };
    json!({
        "$schema": draft,
        "$id": SCHEMA,
        "definitions": { "case": schema, "other": other.unwrap_or(&json!(true)) },
        "properties": { "credentialSubject": { "properties": { "x": { "$ref": "#/definitions/case" } } } }
    })
}

pub fn supplied(documents: &[(&str, &Value)]) -> Resources {
    let resources = Resources::new();
    for (url, document) in documents {
        resources.insert(ResourceKind::CredentialSchema, url, Resource::new(document.to_string()));
    }
    resources
}

pub fn verify(document: &str, resources: &Resources) -> Report {
    Verifier::new(policy()).unwrap().verify(document.as_bytes(), resources, &fixtures::occasion())
}

pub fn answers(report: &Report) -> Vec<&Check> {
    report.checks().iter().filter(|check| check.id == CheckId::Schema).collect()
}

/// The one answer about a record with one schema.
pub fn answer(report: &Report) -> Code {
    let [check] = answers(report)[..] else { panic!("{}", report.to_json()) };
    check.code
}

/// What is said about `x` under a schema for the whole record.
pub fn code_of(schema: &Value, x: Value) -> Code {
    answer(&verify(&record(x, entry()), &supplied(&[(SCHEMA, schema)])))
}
