//! The published JSON Schemas (`core/schemas`) say what the library does: what it writes fits them, and what they
//! refuse it refuses.
#![allow(clippy::disallowed_methods, clippy::print_stdout)] // a test reads files

#[path = "support/manifest.rs"]
mod manifest;
#[path = "support/schema.rs"]
mod schema;
#[path = "support/vectors.rs"]
mod vectors;

use ler_verify::codes::{CheckId, Code};
use ler_verify::{Issuers, Limits, Occasion, Policy, Resources, Verifier};
use schema::Schemas;
use serde_json::{Value, json};

#[test]
fn the_schema_lists_every_check_and_every_code() {
    let schemas = Schemas::read();
    let listed = |name: &str| schemas.get("codes.schema.json")["$defs"][name]["enum"].clone();
    let checks: Vec<&str> = CheckId::ALL.iter().map(|check| check.name()).collect();
    let codes: Vec<&str> = Code::ALL.iter().map(|code| code.name()).collect();
    // `cargo xtask-build readme` makes them equal.
    assert!(listed("checkId") == json!(checks), "the schema lists other checks");
    assert!(listed("code") == json!(codes), "the schema lists other codes");
}

#[test]
fn every_report_of_the_manifest_fits_the_schema() {
    let schemas = Schemas::read();
    let (entries, _) = manifest::read();
    assert!(!entries.is_empty());
    for entry in entries {
        for explain in [false, true] {
            let mut policy = Policy::from_json(entry.policy.as_bytes()).unwrap();
            policy.explain |= explain;
            let occasion = Occasion::from_json(entry.occasion.as_bytes()).unwrap();
            let resources = Resources::from_json(entry.resources.as_bytes()).unwrap();
            let report = Verifier::new(policy).unwrap().verify(&entry.document, &resources, &occasion);
            let complaints = schemas.complaints("report.schema.json", &report.to_json());
            assert!(complaints.is_empty(), "{}: {complaints:#?}", entry.id);
        }
    }
}

#[test]
fn what_the_manifest_brings_fits_the_schemas() {
    let schemas = Schemas::read();
    for entry in manifest::read().0 {
        for (schema, json) in [
            ("policy.schema.json", &entry.policy),
            ("occasion.schema.json", &entry.occasion),
            ("resources.schema.json", &entry.resources),
        ] {
            let complaints = schemas.complaints(schema, json);
            assert!(complaints.is_empty(), "{}: {schema} {complaints:#?}", entry.id);
        }
    }
}

#[test]
fn every_member_of_a_policy_is_in_the_schema_with_its_default() {
    let schemas = Schemas::read();
    let schema = schemas.get("policy.schema.json");
    let json = Policy::accepting(Issuers::one_of(["did:web:university.example"])).to_json();
    assert_eq!(schemas.complaints("policy.schema.json", &json), Vec::<String>::new());
    let written: Value = serde_json::from_str(&json).unwrap();
    let names = |object: &Value| -> Vec<String> {
        let mut names: Vec<String> = object.as_object().unwrap().keys().cloned().collect();
        names.sort_unstable();
        names
    };
    assert_eq!(names(&written), names(&schema["properties"]));
    assert_eq!(names(&written["limits"]), names(&schema["properties"]["limits"]["properties"]));
    for (name, property) in schema["properties"].as_object().unwrap() {
        if let Some(default) = property.get("default") {
            assert_eq!(&written[name], default, "{name}");
        }
    }
}

/// The hard maximum of each limit is the schema's: at it the policy is possible, one above it is not.
#[test]
fn the_maxima_of_the_limits_are_those_of_the_schema() {
    let schemas = Schemas::read();
    let limits = &schemas.get("policy.schema.json")["properties"]["limits"]["properties"];
    for (name, property) in limits.as_object().unwrap() {
        let maximum = property["maximum"].as_u64().unwrap();
        assert!(accepts(&json!({"acceptedIssuers": "anyone", "limits": {name.as_str(): maximum}})), "{name}");
        assert!(
            !accepts(&json!({"acceptedIssuers": "anyone", "limits": {name.as_str(): maximum + 1}})),
            "{name}"
        );
    }
    assert!(limits.as_object().unwrap().len() >= 13 && Limits::default().depth == 32);
}

#[test]
fn what_the_schema_refuses_the_library_refuses() {
    let schemas = Schemas::read();
    for policy in [
        json!({}),
        json!({"acceptedIssuers": "anybody"}),
        json!({"acceptedIssuers": {"oneOf": []}}),
        json!({"acceptedIssuers": {"oneOf": ["did:a:b"], "registered": ["https://r.example"]}}),
        json!({"acceptedIssuers": "anyone", "acceptedSuites": []}),
        json!({"acceptedIssuers": "anyone", "unknown": true}),
        json!({"acceptedIssuers": "anyone", "clockSkew": -1}),
        json!({"acceptedIssuers": "anyone", "clockSkew": 4_294_967_296_u64}),
        json!({"acceptedIssuers": "anyone", "explain": "yes"}),
        json!({"acceptedIssuers": "anyone", "checks": {"no.such.check": "skip"}}),
        json!({"acceptedIssuers": "anyone", "checks": {"validity.until": "ignore"}}),
        json!({"acceptedIssuers": "anyone", "danger": {"skip": ["no.such.check"]}}),
        json!({"acceptedIssuers": "anyone", "contexts": [{"url": "https://c.example"}]}),
        json!({"acceptedIssuers": "anyone", "inlineContexts": "allow"}),
        json!({"acceptedIssuers": "anyone", "limits": {"depth": 33}}),
    ] {
        assert!(
            !schemas.complaints("policy.schema.json", &policy.to_string()).is_empty(),
            "schema: {policy}"
        );
        assert!(!accepts(&policy), "library: {policy}");
    }
    for occasion in [json!({}), json!({"now": 0}), json!({"now": "2026-01-01T00:00:00Z", "nonce": "a"})] {
        assert!(!schemas.complaints("occasion.schema.json", &occasion.to_string()).is_empty(), "{occasion}");
        assert!(Occasion::from_json(occasion.to_string().as_bytes()).is_err(), "{occasion}");
    }
    for resources in [
        json!({}),
        json!([{"kind": "context", "id": "https://c.example"}]),
        json!([{"kind": "context", "id": "https://c.example", "text": "", "unavailable": "404"}]),
        json!([{"kind": "diploma", "id": "https://c.example", "text": ""}]),
    ] {
        assert!(
            !schemas.complaints("resources.schema.json", &resources.to_string()).is_empty(),
            "{resources}"
        );
        assert!(Resources::from_json(resources.to_string().as_bytes()).is_err(), "{resources}");
    }
}

fn accepts(policy: &Value) -> bool {
    Policy::from_json(policy.to_string().as_bytes()).is_ok_and(|policy| Verifier::new(policy).is_ok())
}
