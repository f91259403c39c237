//! The JSON forms of one statement (JSON-LD 1.1 §4.2.4, §4.3.2, §9): the signature is over statements, so whoever can
//! rewrite the text without touching them must not change what is read.
//!
//! A value, `{"@value": …}`, an array of one and an array that repeats it are the same; so are a reference and an object
//! with an `id` only. Forms that are refused on the way to the statements (`@set`, `@nest`, keys that are IRIs) are not
//! read here.

use std::collections::{BTreeMap, BTreeSet};

use crate::document;
use crate::json::{Children, Kind, Value};

/// The values of a member: arrays in arrays are one set, `null` says nothing.
pub(super) fn items<'t>(object: Value<'t>, member: &str) -> Vec<Value<'t>> {
    object.get(member).map(flat).unwrap_or_default()
}

fn flat(value: Value<'_>) -> Vec<Value<'_>> {
    let mut values = Vec::new();
    let mut open: Vec<Children<'_>> = vec![value.one_or_many()];
    while let Some(last) = open.last_mut() {
        match last.next() {
            Some(item) if item.kind() == Kind::Array => open.push(item.children()),
            Some(item) if item.is_null() => {}
            Some(item) => values.push(item),
            None => drop(open.pop()),
        }
    }
    values
}

/// The values of a member whose values are objects. Of one node with an `id`, a description that is repeated word for
/// word and a reference besides the description say nothing more. Objects without an `id` are each a node of their own,
/// and so a description that has such objects in it says more each time.
pub(super) fn nodes<'t>(object: Value<'t>, member: &str) -> Vec<Value<'t>> {
    let all = items(object, member);
    if all.len() < 2 {
        return all;
    }
    let mut described = BTreeMap::new();
    for item in all.iter().filter(|item| !is_reference(**item)) {
        if let Some(id) = id_of(*item) {
            described.entry(id).or_insert(*item);
        }
    }
    let mut referred = BTreeSet::new();
    let says_more = |item: &Value<'t>| match (is_reference(*item), id_of(*item)) {
        (true, Some(id)) => !described.contains_key(id) && referred.insert(id),
        (false, Some(id)) => described
            .get(id)
            .is_none_or(|first| first == item || !first.same_json(*item) || has_anonymous(*item)),
        (_, None) => true,
    };
    all.into_iter().filter(says_more).collect()
}

fn id_of(value: Value<'_>) -> Option<&str> {
    value.get("id").map_or_else(|| value.as_str(), |id| id.as_str())
}

/// A string, or an object that has an `id` and nothing else.
fn is_reference(value: Value<'_>) -> bool {
    value.as_object().map_or(value.kind() == Kind::String, |object| object.len() == 1)
}

/// Whether there are objects without an `id` in the description of a node.
fn has_anonymous(node: Value<'_>) -> bool {
    let mut found = false;
    document::walk(node, &mut |value| {
        found |= value.kind() == Kind::Object && value.get("id").or_else(|| value.get("@value")).is_none();
        !found
    });
    found
}

/// Whether these descriptions of one node are one, repeated word for word where it stands: then there is no doubt what
/// is said in this place.
pub(super) fn is_repetition(objects: &[Value<'_>]) -> bool {
    let Some((first, others)) = objects.split_first() else { return false };
    let place = member(*first);
    !others.is_empty()
        && !has_anonymous(*first)
        && others.iter().all(|other| member(*other) == place && other.same_json(*first))
}

/// What a value object holds; any other value as it is. Its type is for the signature.
pub(super) fn literal(value: Value<'_>) -> Value<'_> {
    value.get("@value").unwrap_or(value)
}

/// The text of a string or value object, or the `id` of an object.
pub(super) fn reference(value: Value<'_>) -> Option<&str> {
    literal(value).as_str().or_else(|| value.get("id")?.as_str())
}

/// A value object without a language is its value, a reference its `id`; any other value is as it is.
pub(super) fn plain(value: Value<'_>) -> Value<'_> {
    let only = value.as_object().filter(|object| object.len() == 1);
    only.and_then(|object| object.get("@value").or_else(|| object.get("id"))).unwrap_or(value)
}

/// A number. There is one zero.
pub(super) fn number(value: Value<'_>) -> Option<f64> {
    let number = literal(value).as_number()?.as_f64();
    Some(if number == 0.0 { 0.0 } else { number })
}

/// The texts of a value with their languages and directions; none if it has another form.
pub(super) fn texts(value: Value<'_>) -> Vec<(&str, Option<&str>, Option<&str>)> {
    let part = |name| value.get(name).and_then(|part: Value<'_>| part.as_str());
    if let Some(text) = literal(value).as_str() {
        return vec![(text, part("@language"), part("@direction"))];
    }
    // A map from languages to strings, as the later texts of Open Badges 3.0 allow. `@none` is no language.
    let mut found = Vec::new();
    for (tag, texts) in value.as_object().into_iter().flat_map(|object| object.iter()) {
        if tag.starts_with('@') && tag != "@none" {
            return Vec::new();
        }
        for text in flat(texts) {
            let Some(text) = text.as_str() else { return Vec::new() };
            found.push((text, Some(tag).filter(|tag| *tag != "@none"), None));
        }
    }
    found
}

/// The types of an object.
pub(super) fn types(object: Value<'_>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let types = items(object, "type").into_iter().filter_map(|item| item.as_str());
    types.filter(|name| seen.insert(*name)).map(str::to_owned).collect()
}

/// The member that a value is of: for an item, the array it is in, or the array that this is in.
pub(super) fn member(value: Value<'_>) -> Value<'_> {
    let mut at = value;
    while let Some(parent) = at.parent().filter(|_| at.key().is_none()) {
        at = parent;
    }
    at
}
