//! The suite of vc-json-schema: 30 cases in three drafts. Its credentials are not signed, so they are here, with what the
//! data model asks for besides.

use std::collections::BTreeMap;
use std::fs;

use ler_verify::{Code, Resource, ResourceKind, Resources};
use serde_json::{Value, json};

use crate::records::{answer, answers, issuer, record, verify};
use crate::signing::Party;
use crate::support;

/// What the suite calls a failure of the credential although it is a defect of the schema, or of what names it: not
/// evidence against the record (design §3), so it is indeterminate here, with the code.
fn defect(suite: &str, test: &str) -> Option<Code> {
    Some(match (suite, test) {
        // The URL identifies another schema (in 14 it is one that the record does not follow, too); `$id` is missing or
        // no URI.
        ("jsonschema", "2" | "9" | "10" | "14") | ("jsonschemacredential", "2" | "12" | "13") => {
            Code::SchemaId
        }
        // A type of schema that nobody defined.
        (_, "4") => Code::SchemaNotEvaluated,
        // `$schema` is missing.
        ("jsonschema", "12") | ("jsonschemacredential", "15") => Code::SchemaDraft,
        // The credential that the schema is in has not the members that it must have.
        ("jsonschemacredential", "6" | "7" | "8") => Code::SchemaCredential,
        // The `id` of its own schema is no URL, so it is no conforming document.
        ("jsonschemacredential", "10") => Code::SchemaCredentialUnverified,
        _ => return None,
    })
}

#[test]
fn the_suite_of_vc_json_schema() {
    let Some(vectors) = support::vectors() else {
        println!("skipped: the_suite_of_vc_json_schema: no vectors");
        return;
    };
    let root = vectors.join("w3c-vc-json-schema-test-suite");
    let table = fs::read_to_string(root.join("expectations.tsv")).unwrap();
    let mut counts = BTreeMap::new();
    for line in table.lines().skip(1) {
        let [suite, test, credential, schema, expected, _] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("{line}");
        };
        for draft in ["Draft-7", "2019-09", "2020-12"] {
            let read = |name: &str| -> Value {
                let path = root.join("input").join(suite).join(draft).join(name);
                serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
            };
            let credential = signed(read(credential), &issuer());
            let url = credential["credentialSchema"]["id"].as_str().unwrap().to_owned();
            let schema = match suite {
                "jsonschema" => read(schema),
                _ => signed(read(schema), &Party::new(9)),
            };
            let resources = Resources::new();
            resources.insert(ResourceKind::CredentialSchema, &url, Resource::new(schema.to_string()));
            let report = verify(&credential.to_string(), &resources);
            let code = match (defect(suite, test), expected) {
                (Some(code), "failure") => code,
                (None, "failure") => Code::SchemaViolated,
                (None, "success") => Code::SchemaFollowed,
                (None, "indeterminate") => Code::SchemaDraft,
                _ => panic!("{line}"),
            };
            assert_eq!(answer(&report), code, "{draft} {line}\n{}", report.to_json());
            *counts.entry(code.outcome().name()).or_insert(0) += 1;
        }
    }
    let expected = BTreeMap::from([("passed", 12 * 3), ("failed", 3), ("indeterminate", 17 * 3)]);
    assert_eq!(counts, expected);
}

fn signed(mut credential: Value, party: &Party) -> Value {
    let object = credential.as_object_mut().unwrap();
    object.insert("issuer".to_owned(), json!(party.did()));
    // That of the first data model, under the context of the second.
    let date = object.remove("issuanceDate").unwrap();
    object.insert("validFrom".to_owned(), date);
    if object["id"] == "bad" {
        // The data model forbids what is no URL. Where the case is about another member, it is the right one.
        let subject = &object["credentialSubject"];
        let about_id = subject.get("type").is_none();
        let id = if about_id { "https://example.com/other" } else { "https://example.com/credentials/3734" };
        object.insert("id".to_owned(), json!(id));
    }
    party.secure(&credential, "assertionMethod", json!({}))
}

/// The schemas that 1EdTech publishes, and the records at hand that name them.
#[test]
fn open_badges_follow_the_schemas_that_they_name() {
    let Some(vectors) = support::vectors() else {
        println!("skipped: open_badges_follow_the_schemas_that_they_name: no vectors");
        return;
    };
    let schemas = vectors.join("../schemas");
    let resources = support::fixtures::resources();
    for (family, file) in [
        ("ob/v3p0", "ob-v3p0/ob_v3p0_achievementcredential_schema.json"),
        ("ob/v3p0", "ob-v3p0/ob_v3p0_endorsementcredential_schema.json"),
        ("clr/v2p0", "clr-v2p0/clr_v2p0_clrcredential_schema.json"),
    ] {
        let name = file.split('/').next_back().unwrap();
        let url = format!("https://purl.imsglobal.org/spec/{family}/schema/json/{name}");
        let bytes = fs::read(schemas.join(file)).unwrap();
        resources.insert(ResourceKind::CredentialSchema, &url, Resource::new(bytes));
    }
    let mut found = BTreeMap::new();
    for folder in ["dcc-vc-test-fixtures/verifiableCredentials", "1edtech-public-validator"] {
        for file in support::fixtures::json_files(&vectors.join(folder)) {
            let bytes = fs::read(&file).unwrap();
            let text = String::from_utf8_lossy(&bytes);
            if text.contains("_schema.json") {
                let report = verify(&text, &resources);
                let name = file.file_name().unwrap().to_string_lossy().into_owned();
                let codes: Vec<Code> = answers(&report).iter().map(|check| check.code).collect();
                found.insert(name, codes);
            }
        }
    }
    let with = |code: Code| -> Vec<&str> {
        let all = found.iter().filter(|(_, codes)| codes.iter().all(|own| *own == code));
        all.map(|(name, _)| name.as_str()).collect()
    };
    let followed = [
        "endorsement-valid.json",
        "legacy-noStatus-notExpired-endorsement-withSchema.json",
        "legacyRegistry-noStatus-notExpired-withSchema.json",
        "simple.json",
    ];
    assert_eq!(with(Code::SchemaFollowed), followed);
    // Templates and samples whose proof is not good.
    assert_eq!(with(Code::SchemaBlocked).len() + followed.len(), found.len(), "{found:?}");

    // What is no badge does not follow the schema of badges.
    let url = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json";
    let entry = json!({ "id": url, "type": "1EdTechJsonSchemaValidator2019" });
    let report = verify(&record(json!(1), entry), &resources);
    assert_eq!(answer(&report), Code::SchemaViolated);
    let details = serde_json::to_value(&answers(&report)[0].details).unwrap();
    assert!(details["pointers"].as_array().unwrap().contains(&json!("/credentialSubject")), "{details}");
}
