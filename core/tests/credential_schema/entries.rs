//! Where schemas come from: when they are asked for, what they must be, what they refer to.

use ler_verify::{
    Answer, CheckId, Code, Issuers, Occasion, Policy, Requirement, Resource, ResourceKind, Resources,
    Timestamp, Verifier,
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256, Sha384};

use crate::records::*;
use crate::signing::Party;
use crate::support::fixtures;

const CREDENTIAL: &str = "https://schemas.example/credential";

fn numbers() -> Value {
    about_x("2020-12", json!({ "type": "number" }), None)
}

fn in_credential(schema: Value) -> Value {
    json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": CREDENTIAL,
        "type": ["VerifiableCredential", "JsonSchemaCredential"],
        "issuer": Party::new(9).did(),
        "validFrom": "2025-01-01T00:00:00Z",
        "credentialSchema": { "id": "https://www.w3.org/ns/credentials/json-schema/v2.json", "type": "JsonSchema" },
        "credentialSubject": { "id": SCHEMA, "type": "JsonSchema", "jsonSchema": schema }
    })
}

fn sign(credential: &Value) -> Value {
    Party::new(9).secure(credential, "assertionMethod", json!({}))
}

fn by_credential() -> String {
    record(json!(1), json!({ "id": CREDENTIAL, "type": "JsonSchemaCredential" }))
}

#[test]
fn a_schema_is_asked_for_once_the_proof_passed() {
    let report = verify(&record(json!(1), entry()), &Resources::new());
    let [request] = report.requests() else { panic!("{}", report.to_json()) };
    assert_eq!((request.kind, request.identifier.as_str()), (ResourceKind::CredentialSchema, SCHEMA));
    assert_eq!(request.locations, [SCHEMA]);
    assert_eq!((request.stage, request.from_unverified, request.why), (2, false, CheckId::Schema));
    assert_eq!((answer(&report), report.verdict().name()), (Code::SchemaNeeded, "indeterminate"));

    let mut forged: Value = serde_json::from_str(&record(json!(1), entry())).unwrap();
    forged["credentialSubject"]["x"] = json!(2);
    for document in [forged, unsigned(json!(1), entry())] {
        for resources in [Resources::new(), supplied(&[(SCHEMA, &numbers())])] {
            let report = verify(&document.to_string(), &resources);
            assert_eq!((answer(&report), report.requests().len()), (Code::SchemaBlocked, 0));
            assert!(!answers(&report)[0].because.is_empty());
        }
    }
}

#[test]
fn only_https_is_fetched_and_only_for_a_policy_that_wants_it() {
    let http = record(json!(1), json!({ "id": "http://schemas.example/a", "type": "JsonSchema" }));
    assert_eq!(verify(&http, &Resources::new()).requests()[0].locations, [] as [&str; 0]);

    let with = |requirement, request_reported, resources: &Resources| {
        let mut policy = Policy::accepting(Issuers::Anyone);
        policy.checks.insert("schema".to_owned(), requirement);
        policy.request_reported = request_reported;
        let verifier = Verifier::new(policy).unwrap();
        let report = verifier.verify(record(json!(""), entry()).as_bytes(), resources, &fixtures::occasion());
        (answer(&report), report.requests().len(), report.verdict().name())
    };
    let none = Resources::new();
    assert_eq!(with(Requirement::Report, false, &none), (Code::SchemaNeeded, 0, "verified"));
    assert_eq!(with(Requirement::Report, true, &none), (Code::SchemaNeeded, 1, "verified"));
    assert_eq!(with(Requirement::Skip, true, &none), (Code::SchemaNotEvaluated, 0, "verified"));
    let numbers = supplied(&[(SCHEMA, &numbers())]);
    assert_eq!(with(Requirement::Report, false, &numbers), (Code::SchemaViolated, 0, "verified"));
    assert_eq!(with(Requirement::Require, false, &numbers), (Code::SchemaViolated, 0, "notVerified"));
}

#[test]
fn unavailable_is_not_asked_for_again() {
    let resources = Resources::new();
    let document = record(json!(1), entry());
    resources.answer(&verify(&document, &resources).requests()[0], Answer::Unavailable("404".to_owned()));
    let report = verify(&document, &resources);
    assert_eq!((answer(&report), report.requests().len()), (Code::SchemaUnavailable, 0));

    resources.insert(ResourceKind::CredentialSchema, SCHEMA, Resource::new(vec![b' '; 1024 * 1024 + 1]));
    assert_eq!(answer(&verify(&document, &resources)), Code::SchemaTooComplex);
    for text in ["", "<html>", "{\"$schema\": 1, \"$schema\": 2}", "{} {}"] {
        resources.insert(ResourceKind::CredentialSchema, SCHEMA, Resource::new(text));
        assert_eq!(answer(&verify(&document, &resources)), Code::SchemaUnreadable, "{text}");
    }
}

#[test]
fn every_schema_is_followed_on_its_own() {
    let other = "https://schemas.example/other";
    let mut texts = about_x("7", json!({ "type": "string" }), None);
    texts["$id"] = json!(other);
    let entries =
        json!([entry(), { "id": other, "type": ["JsonSchema", "Other"] }, { "id": SCHEMA, "type": "Shacl" }]);
    let report = verify(&record(json!(1), entries), &supplied(&[(SCHEMA, &numbers()), (other, &texts)]));
    let found: Vec<_> =
        answers(&report).iter().map(|check| (check.code, check.pointer.clone().unwrap())).collect();
    assert_eq!(found.len(), 3);
    for expected in [
        (Code::SchemaFollowed, "/credentialSchema/0".to_owned()),
        (Code::SchemaViolated, "/credentialSchema/1".to_owned()),
        (Code::SchemaNotEvaluated, "/credentialSchema/2".to_owned()),
    ] {
        assert!(found.contains(&expected), "{found:?}");
    }
    let many = json!(vec![entry(); 17]);
    let report = verify(&record(json!(1), many), &supplied(&[(SCHEMA, &numbers())]));
    let count = |code| answers(&report).iter().filter(|check| check.code == code).count();
    assert_eq!((count(Code::SchemaFollowed), count(Code::SchemaTooComplex)), (16, 1));
}

#[test]
fn a_schema_says_that_it_is_the_one() {
    let mut schema = numbers();
    for id in [Some("https://schemas.example/Schema.json"), None] {
        match id {
            Some(id) => schema["$id"] = json!(id),
            None => drop(schema.as_object_mut().unwrap().remove("$id")),
        }
        assert_eq!(code_of(&schema, json!(1)), Code::SchemaId);
        // Those of 1EdTech are published at several addresses.
        let document = record(json!(1), json!({ "id": SCHEMA, "type": "1EdTechJsonSchemaValidator2019" }));
        assert_eq!(answer(&verify(&document, &supplied(&[(SCHEMA, &schema)]))), Code::SchemaFollowed);
    }
}

#[test]
fn digests_say_which_bytes_are_meant() {
    use base64ct::{Base64, Encoding};
    let schema = numbers();
    let bytes = schema.to_string();
    let sri = |bytes: &str| format!("sha384-{}", Base64::encode_string(&Sha384::digest(bytes)));
    let multibase = |bytes: &str| {
        let multihash = [&[0x12, 0x20][..], &Sha256::digest(bytes)].concat();
        format!("z{}", bs58::encode(multihash).into_string())
    };
    let with = |members: Value| {
        let mut entry = entry();
        entry.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
        answer(&verify(&record(json!(1), entry), &supplied(&[(SCHEMA, &schema)])))
    };
    let (good, other) = (bytes.as_str(), "{}");
    assert_eq!(
        with(json!({ "digestSRI": sri(good), "digestMultibase": multibase(good) })),
        Code::SchemaFollowed
    );
    assert_eq!(with(json!({ "digestSRI": format!("{} {}", sri(other), sri(good)) })), Code::SchemaFollowed);
    assert_eq!(with(json!({ "digestSRI": sri(other) })), Code::SchemaDigest);
    assert_eq!(
        with(json!({ "digestSRI": sri(good), "digestMultibase": multibase(other) })),
        Code::SchemaDigest
    );
    for bad in [json!("sha384-"), json!("md5-AAAA"), json!(""), json!(5), json!(null)] {
        assert_eq!(with(json!({ "digestSRI": bad })), Code::SchemaDigestUnknown);
        assert_eq!(with(json!({ "digestMultibase": bad })), Code::SchemaDigestUnknown);
    }
}

#[test]
fn what_a_schema_refers_to_is_asked_for_too() {
    let schema = about_x("2020-12", json!({ "$ref": "parts/a.json#/$defs/n" }), None);
    let a = "https://schemas.example/parts/a.json";
    let b = "https://schemas.example/parts/b.json";
    let part = json!({ "$schema": D2020, "$defs": { "n": { "$ref": "b.json#n" } } });
    let last = json!({ "$schema": D2020, "$id": "https://elsewhere.example/b", "$defs": { "n": { "$anchor": "n", "type": "number" } } });
    let ask = |documents: &[(&str, &Value)]| {
        let report = verify(&record(json!(1), entry()), &supplied(documents));
        let asked: Vec<String> = report.requests().iter().map(|request| request.identifier.clone()).collect();
        (answer(&report), asked)
    };
    assert_eq!(ask(&[(SCHEMA, &schema)]), (Code::SchemaNeeded, vec![a.to_owned()]));
    assert_eq!(ask(&[(SCHEMA, &schema), (a, &part)]), (Code::SchemaNeeded, vec![b.to_owned()]));
    assert_eq!(ask(&[(SCHEMA, &schema), (a, &part), (b, &last)]), (Code::SchemaFollowed, vec![]));
    let texts = json!({ "$schema": D2020, "$defs": { "n": { "$anchor": "n", "type": "string" } } });
    assert_eq!(ask(&[(SCHEMA, &schema), (a, &part), (b, &texts)]).0, Code::SchemaViolated);
    // The other is no schema, names no draft, or has not that place.
    for (bad, code) in [
        (json!([]), Code::SchemaMalformed),
        (json!({ "$defs": { "n": true } }), Code::SchemaDraft),
        (json!({ "$schema": D2020 }), Code::SchemaReference),
    ] {
        assert_eq!(ask(&[(SCHEMA, &schema), (a, &bad)]).0, code, "{bad}");
    }
}

#[test]
fn a_schema_refers_to_so_many_others() {
    let all = |count: usize| {
        let all: Vec<Value> =
            (0..count).map(|index| json!({ "$ref": format!("https://a.example/{index}") })).collect();
        let schema = about_x("2020-12", json!({ "allOf": all }), None);
        let report = verify(&record(json!(1), entry()), &supplied(&[(SCHEMA, &schema)]));
        (answer(&report), report.requests().len())
    };
    assert_eq!(all(15), (Code::SchemaNeeded, 15));
    assert_eq!(all(16), (Code::SchemaTooComplex, 0));
}

#[test]
fn a_schema_in_a_credential_counts_if_that_is_verified() {
    let good = sign(&in_credential(numbers()));
    let answer_to =
        |credential: &Value| answer(&verify(&by_credential(), &supplied(&[(CREDENTIAL, credential)])));
    let report = verify(&by_credential(), &supplied(&[(CREDENTIAL, &good)]));
    assert_eq!((answer(&report), report.verdict().name()), (Code::SchemaFollowed, "verified"));
    // Who made the schema is said.
    let details = serde_json::to_value(&answers(&report)[0].details).unwrap();
    assert_eq!(details["issuer"], json!(Party::new(9).did()));

    let mut tampered = good.clone();
    tampered["credentialSubject"]["jsonSchema"]["definitions"]["case"] = json!(true);
    let mut unsigned = good.clone();
    unsigned.as_object_mut().unwrap().remove("proof");
    let mut expired = in_credential(numbers());
    expired["validUntil"] = json!("2025-06-01T00:00:00Z");
    for bad in [tampered, unsigned, sign(&expired), numbers(), json!([])] {
        assert_eq!(answer_to(&bad), Code::SchemaCredentialUnverified, "{bad}");
    }
    let texts = about_x("2020-12", json!({ "type": "string" }), None);
    assert_eq!(answer_to(&sign(&in_credential(texts))), Code::SchemaViolated);
    assert_eq!(answer_to(&sign(&in_credential(json!({ "$id": SCHEMA })))), Code::SchemaDraft);
}

#[test]
fn a_credential_with_a_schema_is_what_its_standard_says() {
    let change = |change: &dyn Fn(&mut Value)| {
        let mut credential = in_credential(numbers());
        change(&mut credential);
        answer(&verify(&by_credential(), &supplied(&[(CREDENTIAL, &sign(&credential))])))
    };
    assert_eq!(change(&|_| {}), Code::SchemaFollowed);
    assert_eq!(change(&|credential| credential["id"] = json!("https://schemas.example/x")), Code::SchemaId);
    assert_eq!(
        change(&|credential| credential["credentialSubject"]["jsonSchema"]["$id"] = json!("x")),
        Code::SchemaId
    );
    assert_eq!(
        change(&|credential| credential["type"] = json!(["VerifiableCredential"])),
        Code::SchemaCredential
    );
    let (meta, subject) = ("credentialSchema", "credentialSubject");
    assert_eq!(change(&|credential| credential[meta]["id"] = json!(SCHEMA)), Code::SchemaCredential);
    assert_eq!(change(&|credential| credential[meta]["type"] = json!("Other")), Code::SchemaCredential);
    assert_eq!(change(&|credential| credential[subject]["type"] = json!("Other")), Code::SchemaCredential);
    assert_eq!(change(&|credential| credential[subject]["jsonSchema"] = json!("{}")), Code::SchemaCredential);
}

/// It asks for the keys of its own issuer, whom the policy need not accept.
#[test]
fn a_credential_with_a_schema_asks_for_its_keys() {
    let mut credential = in_credential(numbers());
    credential["issuer"] = json!("did:web:schemas.example");
    let mut credential = sign(&credential);
    credential["proof"]["verificationMethod"] = json!("did:web:schemas.example#key-1");
    let mut policy = policy();
    policy.accepted_issuers = Issuers::one_of([issuer().did()]);
    let verifier = Verifier::new(policy).unwrap();
    let resources = supplied(&[(CREDENTIAL, &credential)]);
    let report = verifier.verify(by_credential().as_bytes(), &resources, &fixtures::occasion());
    let [request] = report.requests() else { panic!("{}", report.to_json()) };
    assert_eq!(request.identifier, "did:web:schemas.example");
    assert_eq!(answer(&report), Code::SchemaCredentialUnverified);
}

/// Nobody is asked about endorsements in it before it is known who made it: the proof of the record does not cover it.
#[test]
fn endorsements_in_a_credential_with_a_schema_wait() {
    let endorser = "did:web:endorser.example";
    let mut credential = in_credential(numbers());
    let contexts = [
        "https://www.w3.org/ns/credentials/v2",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    ];
    credential["@context"] = json!(contexts);
    credential["endorsement"] = json!([{
        "@context": contexts,
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "issuer": { "id": endorser, "type": "Profile" },
        "validFrom": "2025-01-01T00:00:00Z",
        "credentialSubject": { "id": CREDENTIAL, "type": "EndorsementSubject" }
    }]);
    let endorsement = &mut credential["endorsement"][0];
    *endorsement = sign(endorsement);
    endorsement["proof"]["verificationMethod"] = json!(format!("{endorser}#key"));
    let asked = |credential: &Value| {
        let report = verify(&by_credential(), &supplied(&[(CREDENTIAL, credential)]));
        report.requests().iter().map(|request| request.identifier.clone()).collect::<Vec<_>>()
    };
    assert_eq!(asked(&sign(&credential)), [endorser]);
    let mut unknown = sign(&credential);
    unknown["proof"]["verificationMethod"] = json!("did:web:schemas.example#key-1");
    assert_eq!(asked(&unknown), ["did:web:schemas.example"]);
}

/// The compiled schema is kept with the resource; what depends on the occasion is not.
#[test]
fn a_schema_is_read_once_and_its_credential_judged_each_time() {
    let mut credential = in_credential(numbers());
    credential["validUntil"] = json!("2027-01-01T00:00:00Z");
    let resources = supplied(&[(CREDENTIAL, &sign(&credential))]);
    let verifier = Verifier::new(policy()).unwrap();
    for (now, code) in [
        ("2026-11-21T12:00:00Z", Code::SchemaFollowed),
        ("2027-11-21T12:00:00Z", Code::SchemaCredentialUnverified),
        ("2026-11-21T12:00:00Z", Code::SchemaFollowed),
    ] {
        let occasion = Occasion::at(Timestamp::parse(now).unwrap());
        let report = verifier.verify(by_credential().as_bytes(), &resources, &occasion);
        assert_eq!(answer(&report), code);
        assert_eq!(report.resources_used().len(), 1);
    }
}

#[cfg(feature = "jose")]
#[test]
fn records_and_schemas_come_in_tokens_too() {
    let header = json!({ "typ": "vc+jwt", "iss": issuer().did() });
    let record = |x: Value| issuer().jwt(header.clone(), &unsigned(x, entry()));
    let resources = supplied(&[(SCHEMA, &numbers())]);
    assert_eq!(answer(&verify(&record(json!(1)), &resources)), Code::SchemaFollowed);
    let report = verify(&record(json!("")), &resources);
    assert_eq!(answer(&report), Code::SchemaViolated);
    let details = serde_json::to_value(&answers(&report)[0].details).unwrap();
    assert_eq!(details["pointers"], json!(["/credentialSubject/x"]));

    let header = json!({ "typ": "vc+jwt", "iss": Party::new(9).did() });
    let token = Party::new(9).jwt(header, &in_credential(numbers()));
    let resources = Resources::new();
    resources.insert(ResourceKind::CredentialSchema, CREDENTIAL, Resource::new(token));
    assert_eq!(answer(&verify(&by_credential(), &resources)), Code::SchemaFollowed);
}

/// What the schema demands may be what the holder left out.
#[cfg(feature = "sd-jwt")]
#[test]
fn what_was_withheld_is_no_violation() {
    let mut schema = numbers();
    schema["properties"]["credentialSubject"]["required"] = json!(["x"]);
    let mut record = unsigned(json!(1), entry());
    let subject = record["credentialSubject"].as_object_mut().unwrap();
    subject.remove("x");
    let digest = ler_verify::encoding::base64url::encode(&Sha256::digest("WyJzYWx0Il0"));
    subject.insert("_sd".to_owned(), json!([digest]));
    let token = issuer().jwt(json!({ "typ": "vc+sd-jwt", "iss": issuer().did() }), &record);
    let report = verify(&format!("{token}~"), &supplied(&[(SCHEMA, &schema)]));
    assert_eq!((answer(&report), report.verdict().name()), (Code::SchemaWithheld, "indeterminate"));
}

/// Every record inside has its own schemas, which are asked for once and read once.
#[test]
fn records_inside_share_a_schema() {
    let inside: Vec<Value> = [json!(1), json!("")]
        .into_iter()
        .map(|x| serde_json::from_str(&record(x, entry())).unwrap())
        .collect();
    let presentation = json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiablePresentation"],
        "verifiableCredential": inside
    })
    .to_string();
    assert_eq!(verify(&presentation, &Resources::new()).requests().len(), 1);
    let report = verify(&presentation, &supplied(&[(SCHEMA, &numbers())]));
    let each: Vec<Code> = report.embedded().iter().map(|inside| answer(&inside.report)).collect();
    assert_eq!(each, [Code::SchemaFollowed, Code::SchemaViolated]);
}
