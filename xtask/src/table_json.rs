//! A term table as the JSON-LD context that says the same, so that the oracle can read what we compiled.

use ler_verify::jsonld::local::{Definitions, Entry, Iri, Item, LocalContext, Target, Term};
use serde_json::{Map, Value, json};

/// A document `{"@context": …}`.
pub fn document(context: &LocalContext) -> Value {
    json!({ "@context": context_value(context) })
}

fn context_value(context: &LocalContext) -> Value {
    let mut items: Vec<Value> = context.items.iter().map(item).collect();
    if items.len() == 1 { items.remove(0) } else { Value::Array(items) }
}

fn item(item: &Item) -> Value {
    match item {
        Item::Null => Value::Null,
        Item::Reference(url) => json!(**url),
        Item::Definitions(definitions) => Value::Object(definitions_object(definitions)),
    }
}

fn definitions_object(all: &Definitions) -> Map<String, Value> {
    let mut object = Map::new();
    for (name, entry) in [("@base", &all.base), ("@vocab", &all.vocab), ("@language", &all.language)] {
        insert_entry(&mut object, name, entry);
    }
    if let Some(direction) = all.direction {
        object.insert("@direction".into(), json!(direction.map(|direction| direction.name())));
    }
    if let Some(propagate) = all.propagate {
        object.insert("@propagate".into(), json!(propagate));
    }
    if all.protected {
        object.insert("@protected".into(), json!(true));
    }
    if all.version {
        object.insert("@version".into(), json!(1.1));
    }
    for term in &all.terms {
        object.insert(term.name.to_string(), definition(term));
    }
    object
}

fn insert_entry(object: &mut Map<String, Value>, name: &str, entry: &Entry) {
    match entry {
        Entry::Absent => None,
        Entry::Null => object.insert(name.into(), Value::Null),
        Entry::Text(text) => object.insert(name.into(), json!(**text)),
    };
}

fn definition(term: &Term) -> Value {
    let text = |iri: &Iri| json!(**iri.text());
    if let (true, Target::Iri(iri)) = (term.simple, &term.target) {
        return text(iri);
    }
    let mut object = Map::new();
    match &term.target {
        Target::Itself => None,
        Target::Null => object.insert("@id".into(), Value::Null),
        Target::Ignored => object.insert("@id".into(), json!("@ignored")),
        Target::Iri(iri) => object.insert("@id".into(), text(iri)),
        Target::Reverse(iri) => object.insert("@reverse".into(), text(iri)),
    };
    if let Some(kind) = &term.kind {
        object.insert("@type".into(), text(kind));
    }
    if !term.container.is_empty() {
        object.insert("@container".into(), json!(term.container.names().collect::<Vec<_>>()));
    }
    insert_entry(&mut object, "@language", &term.language);
    if let Some(direction) = term.direction {
        object.insert("@direction".into(), json!(direction.map(|direction| direction.name())));
    }
    for (name, flag) in [("@protected", term.protected), ("@prefix", term.prefix)] {
        if let Some(flag) = flag {
            object.insert(name.into(), json!(flag));
        }
    }
    for (name, value) in [("@nest", &term.nest), ("@index", &term.index)] {
        if let Some(value) = value {
            object.insert(name.into(), json!(**value));
        }
    }
    if let Some(scoped) = &term.context {
        object.insert("@context".into(), context_value(scoped));
    }
    Value::Object(object)
}
