//! Whatever is changed in a credential with a good proof, it is not authentic any more, or nothing that a reader sees
//! has changed (design §12).
#![allow(clippy::disallowed_methods, clippy::print_stdout)] // a test reads files and says how much it tried

mod support;

use ler_verify::{Code, Outcome, Report};
use serde_json::{Map, Value, json};
use support::fixtures::{self, Fixture};

/// Verifies documents against one set of resources.
struct Bench {
    verifier: ler_verify::Verifier,
    resources: ler_verify::Resources,
}

impl Bench {
    fn new() -> Self {
        Bench { verifier: fixtures::verifier(), resources: fixtures::resources() }
    }

    fn verify(&self, text: &str) -> Report {
        self.verifier.verify(text.as_bytes(), &self.resources, &fixtures::occasion())
    }

    /// What a reader gets to see: the verdict's axes, the validity, the issuer, and the record; and the records inside it,
    /// which stand there only while their own reports say that they are verified.
    fn seen(&self, report: &Report) -> (String, Vec<String>) {
        let mut inside = Vec::new();
        let record = report.authentic_record().map(|authentic| {
            let mut record: Value = serde_json::from_str(&authentic.record.to_json()).unwrap();
            without_indices(&mut record);
            take_parts(&mut record, &mut inside);
            record.to_string()
        });
        let alone = format!("{:?} {:?} {:?} {record:?}", report.axes(), report.validity(), report.issuer());
        (alone, inside)
    }
}

/// Takes the records inside out of a record, with where they stand; that they are there is left.
fn take_parts(record: &mut Value, taken: &mut Vec<String>) {
    for member in ["children", "endorsements"] {
        for part in record[member].as_array_mut().into_iter().flatten() {
            let members = part.as_object_mut().unwrap();
            members.remove("verdict");
            if let Some(inside) = members.remove("record") {
                taken.push(format!("{} {inside}", members["pointer"]));
            }
        }
    }
    taken.sort();
}

/// Pointers say where in the text something stands, and a value in an array of its own stands one index further.
fn without_indices(record: &mut Value) {
    let Value::Object(members) = record else {
        return record.as_array_mut().into_iter().flatten().for_each(without_indices);
    };
    for (key, value) in members {
        let pointers: Vec<&mut Value> = match (key.as_str(), &mut *value) {
            ("notMapped", Value::Array(pointers)) => pointers.iter_mut().collect(),
            ("pointer", pointer) => vec![pointer],
            (_, value) => {
                without_indices(value);
                continue;
            }
        };
        for pointer in pointers {
            let tokens = pointer.as_str().unwrap().split('/');
            let names: Vec<&str> = tokens.filter(|token| token.parse::<u32>().is_err()).collect();
            *pointer = json!(names.join("/"));
        }
    }
}

/// The JSON pointers of all values below the root, but for the proof values themselves.
fn places(json: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![(String::new(), json)];
    while let Some((pointer, value)) = open.pop() {
        let children: Vec<(String, &Value)> = match value {
            Value::Object(members) => members
                .iter()
                .map(|(key, value)| (key.replace('~', "~0").replace('/', "~1"), value))
                .collect(),
            Value::Array(items) => items.iter().enumerate().map(|(i, v)| (i.to_string(), v)).collect(),
            _ => Vec::new(),
        };
        for (token, child) in children {
            let pointer = format!("{pointer}/{token}");
            found.push(pointer.clone());
            open.push((pointer, child));
        }
    }
    found.sort();
    found
}

fn with(json: &Value, pointer: &str, change: impl FnOnce(&mut Value)) -> Value {
    let mut changed = json.clone();
    change(changed.pointer_mut(pointer).unwrap());
    changed
}

fn without(json: &Value, pointer: &str) -> Value {
    let (parent, token) = pointer.rsplit_once('/').unwrap();
    with(json, parent, |parent| match parent {
        Value::Object(members) => drop(members.remove(&token.replace("~1", "/").replace("~0", "~"))),
        Value::Array(items) => drop(items.remove(token.parse().unwrap())),
        _ => {}
    })
}

/// The same kind of value, but another one; and values of other kinds.
fn others(value: &Value) -> Vec<Value> {
    match value {
        Value::String(text) => {
            vec![json!(format!("{text}x")), json!(7), json!({ "id": "urn:x:y" }), json!(true)]
        }
        Value::Number(number) => vec![json!(number.as_f64().unwrap_or(0.0) + 1.0), json!("7"), json!({})],
        Value::Bool(value) => vec![json!(!value), json!("true"), json!(1)],
        Value::Null => vec![json!("x")],
        Value::Array(_) => vec![json!("x"), json!([])],
        Value::Object(_) => vec![json!("x"), json!({}), json!([])],
    }
}

#[test]
fn every_changed_removed_or_retyped_value_is_noticed() {
    let bench = Bench::new();
    let mut tried = 0;
    let mut survivors = Vec::new();
    for Fixture { name, json } in fixtures::distinct() {
        let original = bench.verify(&json.to_string());
        let seen = bench.seen(&original);
        for pointer in places(&json) {
            let value = json.pointer(&pointer).unwrap();
            let mut changes: Vec<(&str, Value)> = vec![("removed", without(&json, &pointer))];
            for other in others(value) {
                changes.push(("changed", with(&json, &pointer, |place| *place = other)));
            }
            for (how, changed) in changes {
                tried += 1;
                let report = bench.verify(&changed.to_string());
                if report.axes().authentic == Outcome::Passed
                    && !harmless(&report, &original, bench.seen(&report) == seen)
                {
                    survivors.push(format!("{name} {pointer} {how}"));
                }
            }
        }
    }
    println!("{tried} mutations tried");
    assert!(tried > 1_000 || support::vectors().is_none(), "only {tried} mutations: where are the fixtures?");
    assert!(survivors.is_empty(), "{} survivors of {tried}:\n{}", survivors.len(), survivors.join("\n"));
}

/// Changes after which the credential may still be authentic.
fn harmless(changed: &Report, original: &Report, same_reading: bool) -> bool {
    let reports = |code| changed.checks().iter().any(|check| check.code == code);
    // Nothing that a reader sees has changed: a context that said nothing is gone, or one statement of two that are one.
    same_reading
        // One of several proofs is another one now; a set says nothing about its completeness.
        || changed.proofs().len() > 1 && original.proofs().len() > 1
        // Several objects are one node, and the report says so: the signature does not say which of them says what.
        || reports(Code::JsonldNodeMerged)
        // A presentation that nobody signed is a bundle: what is left of it is as good as before.
        || reports(Code::SecuringUnsignedPresentation)
}

/// Arrays are sets, and two terms of Open Badges are one type (design §6).
fn as_set(value: &Value) -> Vec<String> {
    let items = value.as_array().cloned().unwrap_or_else(|| vec![value.clone()]);
    let mut texts: Vec<String> = items
        .iter()
        .map(|item| item.to_string().replace("AchievementCredential", "OpenBadgeCredential"))
        .collect();
    texts.sort();
    texts.dedup();
    texts
}

#[test]
fn nothing_can_be_spliced_from_one_credential_into_another() {
    let bench = Bench::new();
    let fixtures = fixtures::distinct();
    for (a, b) in fixtures.iter().zip(fixtures.iter().skip(1)) {
        let (Value::Object(from), Value::Object(into)) = (&a.json, &b.json) else { continue };
        let original = bench.seen(&bench.verify(&b.json.to_string()));
        for (key, value) in from {
            if into.get(key).map(as_set) == Some(as_set(value)) {
                continue;
            }
            let mut spliced: Map<String, Value> = into.clone();
            spliced.insert(key.clone(), value.clone());
            let report = bench.verify(&Value::Object(spliced).to_string());
            // Proofs of the same document are as good there as here, and a context may be there for nothing.
            let harmless = report.axes().authentic != Outcome::Passed
                || bench.seen(&report) == original
                || report.checks().iter().any(|check| check.code == Code::SecuringUnsignedPresentation);
            assert!(harmless, "{} of {} in {}", key, a.name, b.name);
        }
    }
}

/// The rewrites that leave every signed statement as it is. Each gives a document, if it applies.
fn rewrites(json: &Value) -> Vec<(String, String)> {
    let mut all: Vec<(String, Value)> = Vec::new();
    for pointer in places(json) {
        let value = json.pointer(&pointer).unwrap();
        if pointer.starts_with("/@context") {
            continue;
        }
        let (parent, token) = pointer.rsplit_once('/').unwrap();
        let in_object = json.pointer(parent).is_some_and(Value::is_object);
        if in_object {
            let rename = |to: &str| {
                let mut renamed = without(json, &pointer);
                if let Some(Value::Object(members)) = renamed.pointer_mut(parent) {
                    members.insert(to.to_owned(), value.clone());
                }
                renamed
            };
            match token {
                "id" => all.push((format!("{pointer} as @id"), rename("@id"))),
                "type" => all.push((format!("{pointer} as @type"), rename("@type"))),
                _ => {
                    for namespace in [
                        "https://www.w3.org/2018/credentials#",
                        "https://w3id.org/security#",
                        "https://purl.imsglobal.org/spec/vc/ob/vocab.html#",
                        "https://schema.org/",
                    ] {
                        all.push((format!("{pointer} as IRI"), rename(&format!("{namespace}{token}"))));
                    }
                }
            }
            let mut nested = without(json, &pointer);
            if let Some(Value::Object(members)) = nested.pointer_mut(parent) {
                members.insert("@nest".to_owned(), json!({ token: value }));
            }
            all.push((format!("{pointer} under @nest"), nested));
        }
        if value.is_string() || value.is_number() || value.is_boolean() {
            all.push((
                format!("{pointer} as @value"),
                with(json, &pointer, |v| *v = json!({ "@value": v.take() })),
            ));
            all.push((
                format!("{pointer} as @id"),
                with(json, &pointer, |v| *v = json!({ "@id": v.take() })),
            ));
            all.push((format!("{pointer} as id"), with(json, &pointer, |v| *v = json!({ "id": v.take() }))));
        }
        if in_object && !value.is_array() {
            all.push((format!("{pointer} in an array"), with(json, &pointer, |v| *v = json!([v.take()]))));
            all.push((
                format!("{pointer} as @set"),
                with(json, &pointer, |v| *v = json!({ "@set": [v.take()] })),
            ));
            all.push((
                format!("{pointer} twice"),
                with(json, &pointer, |v| *v = json!([v.clone(), v.take()])),
            ));
        }
        if value.is_object() {
            for (key, addition) in [
                ("@index", json!("EVIL")),
                ("@note", json!("PhD")),
                ("image", Value::Null),
                ("evidence", json!([])),
                ("@included", json!([])),
                ("@reverse", json!({})),
            ] {
                if value.get(key).is_none() {
                    let add =
                        |v: &mut Value| drop(v.as_object_mut().unwrap().insert(key.to_owned(), addition));
                    all.push((format!("{pointer} with {key}"), with(json, &pointer, add)));
                }
            }
        }
    }
    if let Some(contexts) = json.get("@context").and_then(Value::as_array) {
        let mut urls: Vec<&str> = ler_verify::jsonld::tables::TABLES.iter().map(|table| table.url).collect();
        urls.dedup();
        for url in urls {
            if !contexts.contains(&json!(url)) {
                let append = |v: &mut Value| v.as_array_mut().unwrap().push(json!(url));
                all.push((format!("{url} appended"), with(json, "/@context", append)));
            }
        }
    }
    for key in ["validUntil", "validFrom", "credentialStatus", "evidence", "credentialSchema"] {
        // The same statement on another object of the same id.
        let Some(value) = json.get(key) else { continue };
        let Some(id) = json.get("id") else { continue };
        for pointer in places(json) {
            if json.pointer(&pointer) == Some(id) && pointer != "/id" {
                let mut moved = without(json, &format!("/{key}"));
                let place = moved.pointer_mut(&pointer).unwrap();
                *place = json!({ "id": id, key: value });
                all.push((format!("{key} displaced to {pointer}"), moved));
            }
        }
    }
    all.into_iter().map(|(name, json)| (name, json.to_string())).collect()
}

#[test]
fn what_rewrites_keep_signed_a_reader_sees_unchanged() {
    let bench = Bench::new();
    let mut tried = 0;
    let mut survivors = Vec::new();
    for Fixture { name, json } in fixtures::distinct() {
        let original = bench.seen(&bench.verify(&json.to_string()));
        for (rewrite, text) in rewrites(&json) {
            tried += 1;
            let report = bench.verify(&text);
            if report.axes().authentic != Outcome::Passed {
                continue;
            }
            let (alone, inside) = bench.seen(&report);
            if alone != original.0 || inside.iter().any(|record| !original.1.contains(record)) {
                survivors.push(format!("{name}: {rewrite}"));
            }
        }
    }
    println!("{tried} rewrites tried");
    assert!(
        survivors.is_empty(),
        "{} of {tried} show something else:\n{}",
        survivors.len(),
        survivors.join("\n")
    );
}

#[test]
fn a_duplicated_member_is_refused_wherever_it_stands() {
    let bench = Bench::new();
    for Fixture { name, json } in fixtures::distinct() {
        let text = json.to_string();
        for key in ["\"name\":", "\"id\":", "\"type\":", "\"validFrom\":", "\"proofValue\":"] {
            let Some(at) = text.find(key) else { continue };
            let doubled = format!("{}{key}\"forged\",{}", &text[..at], &text[at..]);
            let report = bench.verify(&doubled);
            assert_eq!(report.axes().authentic, Outcome::Failed, "{name} {key}");
        }
    }
}
