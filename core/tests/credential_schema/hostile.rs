//! Schemas that want to hang, crash or mislead a host. Nothing here is timed: the work is counted, so each of these ends,
//! and a test that hangs has failed.

use ler_verify::Code;
use serde_json::{Map, Value, json};

use crate::records::*;

fn x(schema: Value) -> Value {
    about_x("2020-12", schema, None)
}

#[test]
fn a_schema_that_leads_back_to_itself_says_nothing() {
    for schema in [
        json!({ "$ref": "#/definitions/case" }),
        json!({ "allOf": [{ "anyOf": [true, { "$ref": "#/definitions/case" }] }], "unevaluatedProperties": true }),
        json!({ "not": { "$ref": "#/definitions/case" } }),
        json!({ "$dynamicRef": "#a", "$dynamicAnchor": "a" }),
        json!({ "if": { "$ref": "#/definitions/case" } }),
    ] {
        assert_eq!(code_of(&x(schema.clone()), json!({})), Code::SchemaLoop, "{schema}");
    }
    // Back to itself, but one value deeper: that ends with the record.
    let list = json!({ "properties": { "next": { "$ref": "#/definitions/case" } } });
    assert_eq!(code_of(&x(list), json!({ "next": { "next": {} } })), Code::SchemaFollowed);
}

/// Sixty doublings are 2^60 questions about one value.
#[test]
fn a_schema_that_doubles_ends_at_the_limit() {
    let mut schemas = Map::new();
    for index in 0..60 {
        let next = json!({ "$ref": format!("#/definitions/case/{}", index + 1) });
        schemas.insert(index.to_string(), json!({ "allOf": [next, next] }));
    }
    schemas.insert("60".to_owned(), json!({ "type": "number" }));
    schemas.insert("$ref".to_owned(), json!("#/definitions/case/0"));
    assert_eq!(code_of(&x(Value::Object(schemas)), json!(1)), Code::SchemaTooComplex);
}

/// Two questions at every level of a value are 2^20 about the innermost.
#[test]
fn a_schema_that_doubles_with_the_depth_ends_at_the_limit() {
    let schema =
        json!({ "items": { "allOf": [{ "$ref": "#/definitions/case" }, { "$ref": "#/definitions/case" }] } });
    let deep = (0..24).fold(json!(1), |inside, _| json!([inside]));
    assert_eq!(code_of(&x(schema), deep), Code::SchemaTooComplex);
}

#[test]
fn a_chain_is_followed_only_so_far() {
    let chain = |length: usize| {
        let mut schemas = Map::new();
        for index in 0..length {
            schemas.insert(index.to_string(), json!({ "$ref": format!("#/definitions/case/{}", index + 1) }));
        }
        schemas.insert(length.to_string(), json!({ "type": "number" }));
        schemas.insert("$ref".to_owned(), json!("#/definitions/case/0"));
        x(Value::Object(schemas))
    };
    // The record, its subject and `case` itself stand below it.
    assert_eq!(code_of(&chain(507), json!(1)), Code::SchemaFollowed);
    assert_eq!(code_of(&chain(508), json!(1)), Code::SchemaTooComplex);
}

#[test]
fn a_pattern_costs_its_size_times_the_text() {
    // Exponential where one goes back.
    let evil = x(json!({ "pattern": "^(a+)+$" }));
    assert_eq!(code_of(&evil, json!(format!("{}!", "a".repeat(50_000)))), Code::SchemaViolated);
    for pattern in ["(?=a)b", r"(a)\1", "((a{60}){60}){60}", "(", "(?i)a", r"\p{L}"] {
        assert_eq!(code_of(&x(json!({ "pattern": pattern })), json!("a")), Code::SchemaPattern, "{pattern}");
        let named = json!({ "patternProperties": { pattern: true } });
        assert_eq!(code_of(&x(named), json!("a")), Code::SchemaPattern, "{pattern}");
    }
    // Large, and asked of much.
    let patterns: Vec<Value> =
        (0..50).map(|index| json!({ "pattern": format!("^(a?){{1200}}b{index}$") })).collect();
    let texts = vec!["a".repeat(1_000); 50];
    let many = json!({ "items": { "not": { "anyOf": patterns } } });
    assert_eq!(code_of(&x(many), json!(texts)), Code::SchemaTooComplex);
}

#[test]
fn a_reference_leads_to_one_place() {
    for schema in [
        json!({ "$ref": "#/definitions/nothing" }),
        json!({ "$ref": "#nothing" }),
        json!({ "$ref": "#/definitions/case/%zz" }),
        json!({ "$ref": "#/definitions/case/%ff" }),
        json!({ "$ref": "http://[" }),
        json!({ "allOf": [{ "$anchor": "a" }, { "$anchor": "a" }] }),
        json!({ "allOf": [{ "$id": "https://a.example" }, { "$id": "https://a.example" }] }),
    ] {
        assert_eq!(code_of(&x(schema.clone()), json!(1)), Code::SchemaReference, "{schema}");
    }
    for schema in [json!({ "$ref": "#/$schema" }), json!({ "$id": "https://a.example/#b" })] {
        assert_eq!(code_of(&x(schema.clone()), json!(1)), Code::SchemaMalformed, "{schema}");
    }
}

/// A wrong type is never an absent keyword.
#[test]
fn a_keyword_of_the_wrong_type_is_a_defect() {
    for (keyword, value) in [
        ("type", json!("text")),
        ("type", json!([])),
        ("required", json!("a")),
        ("required", json!([1])),
        ("properties", json!([])),
        ("properties", json!({ "a": 1 })),
        ("patternProperties", json!({ "a": null })),
        ("additionalProperties", json!("no")),
        ("allOf", json!([])),
        ("anyOf", json!({})),
        ("oneOf", json!([1])),
        ("not", json!(null)),
        ("items", json!([true])),
        ("enum", json!("a")),
        ("minLength", json!(-1)),
        ("maxItems", json!(1.5)),
        ("minimum", json!("0")),
        ("multipleOf", json!(0)),
        ("uniqueItems", json!("true")),
        ("pattern", json!(1)),
        ("$ref", json!(1)),
        ("$id", json!(1)),
        ("dependentRequired", json!({ "a": "b" })),
        ("dependentSchemas", json!({ "a": [] })),
        ("$anchor", json!(1)),
    ] {
        assert_eq!(code_of(&x(json!({ keyword: value })), json!(1)), Code::SchemaMalformed, "{keyword}");
    }
}

#[test]
fn a_draft_is_named_and_supported() {
    for draft in [
        json!("http://json-schema.org/draft-04/schema#"),
        json!("http://json-schema.org/schema#"),
        json!("x"),
    ] {
        let mut schema = x(json!(true));
        schema["$schema"] = draft;
        assert_eq!(code_of(&schema, json!(1)), Code::SchemaDraft);
    }
    let mut schema = x(json!(true));
    schema.as_object_mut().unwrap().remove("$schema");
    assert_eq!(code_of(&schema, json!(1)), Code::SchemaDraft);
    schema["$schema"] = json!(2020);
    assert_eq!(code_of(&schema, json!(1)), Code::SchemaMalformed);
    // One inside that is written in another.
    let inner = json!({ "$id": "https://a.example", "$schema": "http://json-schema.org/draft-07/schema#" });
    assert_eq!(code_of(&x(inner), json!(1)), Code::SchemaDraft);
    for schema in [json!([]), json!(true), json!("x")] {
        assert_eq!(code_of(&schema, json!(1)), Code::SchemaMalformed);
    }
}

#[test]
fn what_a_schema_may_have_of_anything_is_limited() {
    let resources = |count: usize| -> Value {
        let all: Vec<Value> =
            (0..count).map(|index| json!({ "$id": format!("https://a.example/{index}") })).collect();
        x(json!({ "allOf": all }))
    };
    assert_eq!(code_of(&resources(255), json!(1)), Code::SchemaFollowed);
    assert_eq!(code_of(&resources(256), json!(1)), Code::SchemaTooComplex);
    // `case` is referred to as well.
    let references =
        |count: usize| x(json!({ "anyOf": vec![json!({ "$ref": "#/definitions/other" }); count] }));
    assert_eq!(code_of(&references(4_095), json!(1)), Code::SchemaFollowed);
    assert_eq!(code_of(&references(4_096), json!(1)), Code::SchemaTooComplex);
    let long = |length: usize| {
        let id = format!("https://a.example/{}", "a".repeat(length));
        x(json!({ "$id": id }))
    };
    assert_eq!(code_of(&long(1_900), json!(1)), Code::SchemaFollowed);
    assert_eq!(code_of(&long(2_100), json!(1)), Code::SchemaTooComplex);
    let deep = (0..40).fold(json!(true), |inside, _| json!({ "not": inside }));
    assert_eq!(code_of(&x(deep), json!(1)), Code::SchemaUnreadable);
}

/// The first sixteen are told.
#[test]
fn violations_are_told_as_pointers_into_the_record() {
    let report = |count: usize| {
        let schema = x(json!({ "items": { "type": "string" } }));
        verify(&record(json!(vec![1; count]), entry()), &supplied(&[(SCHEMA, &schema)]))
    };
    let details = |count: usize| {
        let report = report(count);
        let [check] = answers(&report)[..] else { panic!() };
        assert_eq!((check.code, check.pointer.as_deref()), (Code::SchemaViolated, Some("/credentialSchema")));
        serde_json::to_value(&check.details).unwrap()
    };
    assert_eq!(
        details(2),
        json!({
            "url": SCHEMA,
            "pointers": ["/credentialSubject/x/0", "/credentialSubject/x/1"],
            "keywords": ["type", "type"]
        })
    );
    assert_eq!(details(40)["pointers"].as_array().unwrap().len(), 16);
    // Of what was tried in vain the one that tried is told.
    let schema = x(json!({ "anyOf": [{ "type": "string" }, { "required": ["a"] }] }));
    let report = verify(&record(json!({}), entry()), &supplied(&[(SCHEMA, &schema)]));
    let details = serde_json::to_value(&answers(&report)[0].details).unwrap();
    assert_eq!(details["pointers"], json!(["/credentialSubject/x"]));
    assert_eq!(details["keywords"], json!(["anyOf"]));
}

/// Everything here runs where a thread of a host may run, in a debug build.
#[test]
fn a_small_stack_is_enough() {
    let run = || {
        a_chain_is_followed_only_so_far();
        a_schema_that_doubles_with_the_depth_ends_at_the_limit();
        assert_eq!(
            code_of(&x(json!({ "pattern": format!("{}a{}", "(".repeat(14), ")".repeat(14)) })), json!("a")),
            Code::SchemaFollowed
        );
    };
    std::thread::Builder::new().stack_size(256 * 1024).spawn(run).unwrap().join().unwrap();
}
