//! The rules that several members share: what a URL, a type, a date, a language value is.

use super::{DataModel, Defects, context_of, items};
use crate::codes::Code;
use crate::json::{Kind, Value};

/// A member that is there and says something: neither `null` nor an empty array.
pub(super) fn present<'t>(object: Value<'t>, member: &str) -> Option<Value<'t>> {
    object.get(member).filter(|value| !value.is_empty_member())
}

/// Whether the text is an absolute URL that linked data can carry: a scheme (RFC 3986 §3.1), something after it, for
/// http and https a host, and nothing that an IRI of RDF cannot hold (RDF 1.1 N-Quads, IRIREF). Whether it is
/// well-formed in all its parts is a reported matter.
pub(crate) fn is_absolute_url(text: &str) -> bool {
    let Some(colon) = text.bytes().position(|byte| byte == b':') else { return false };
    let (scheme, rest) = text.split_at(colon);
    let rest = rest.get(1..).unwrap_or("");
    let mut letters = scheme.bytes();
    let scheme_ok = letters.next().is_some_and(|b| b.is_ascii_alphabetic())
        && letters.all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'));
    let web = scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http");
    let host_ok =
        !web || rest.strip_prefix("//").is_some_and(|r| !r.is_empty() && !r.starts_with(['/', '?', '#']));
    let carried =
        |b: u8| !matches!(b, b'<' | b'>' | b'"' | b'{' | b'}' | b'|' | b'^' | b'`' | b'\\' | b'\0'..=b' ');
    // Without an early end, many bytes are looked at in one step.
    scheme_ok && !rest.is_empty() && host_ok && rest.bytes().fold(true, |all, byte| all & carried(byte))
}

/// A single string that is an absolute URL.
pub(super) fn url(defects: &mut Defects, value: Value<'_>) {
    match value.as_str() {
        None => defects.add(Code::DocumentMemberType, value),
        Some(text) if !is_absolute_url(text) => defects.add(Code::DocumentUrl, value),
        Some(_) => {}
    }
}

/// `id` of an object (VCDM 2.0 §4.4, VCDM 1.1 §4.2).
pub(super) fn id(defects: &mut Defects, object: Value<'_>, required: bool) {
    match object.get("id") {
        Some(value) => url(defects, value),
        None if required => defects.missing(Code::DocumentMemberMissing, object, "id"),
        None => {}
    }
}

/// `type` of an object: one or more strings (VCDM 2.0 §4.5, VCDM 1.1 §4.3).
pub(super) fn types(defects: &mut Defects, object: Value<'_>) {
    let Some(value) = object.get("type") else {
        return defects.missing(Code::DocumentMemberMissing, object, "type");
    };
    if value.is_empty_member() {
        return defects.add(Code::DocumentMemberType, value);
    }
    for item in value.one_or_many() {
        match item.as_str() {
            None => defects.add(Code::DocumentMemberType, item),
            Some("") => defects.add(Code::DocumentMemberValue, item),
            Some(_) => {}
        }
    }
}

/// The `@context` that holds for the document.
pub(super) fn context(defects: &mut Defects, root: Value<'_>, model: DataModel) {
    match context_of(root) {
        Some(value) => context_value(defects, value, model),
        None => defects.missing(Code::DocumentMemberMissing, root, "@context"),
    }
}

/// The base context of the model first, then URLs and objects (VCDM 2.0 §4.3, VCDM 1.1 §4.1).
fn context_value(defects: &mut Defects, value: Value<'_>, model: DataModel) {
    if value.is_empty_member() {
        return defects.add(Code::DocumentMemberType, value);
    }
    for (index, item) in value.one_or_many().enumerate() {
        match (item.kind(), item.as_str()) {
            (Kind::String, text) if index == 0 && text != Some(model.context()) => {
                defects.add(Code::DocumentContextOrder, item);
            }
            (Kind::String, Some(text)) if !is_absolute_url(text) => defects.add(Code::DocumentUrl, item),
            (Kind::Object, _) if index == 0 => defects.add(Code::DocumentContextOrder, item),
            (Kind::String | Kind::Object, _) => {}
            _ => defects.add(Code::DocumentMemberType, item),
        }
    }
}

/// One or more objects, each of which follows `rule`. Anything else is a defect.
pub(super) fn objects(defects: &mut Defects, value: Value<'_>, rule: &dyn Fn(&mut Defects, Value<'_>)) {
    for item in value.one_or_many() {
        match item.kind() {
            Kind::Object => rule(defects, item),
            _ => defects.add(Code::DocumentMemberType, item),
        }
    }
}

/// A date of the data model.
pub(super) fn date(defects: &mut Defects, value: Value<'_>, model: DataModel) {
    match value.as_str().map(|text| model.instant(text)) {
        None => defects.add(Code::DocumentMemberType, value),
        Some(Err(why)) => defects.add_with(Code::DocumentDate, value, "why", why),
        Some(Ok(_)) => {}
    }
}

/// A URL, or an object whose `id` is one (`issuer`, VCDM 2.0 §4.7; `holder`, §4.13).
pub(super) fn party(defects: &mut Defects, value: Value<'_>, model: DataModel) {
    if value.kind() != Kind::Object {
        return url(defects, value);
    }
    id(defects, value, true);
    if model == DataModel::Vcdm2 {
        texts(defects, value);
    }
}

/// `name` and `description`: strings or language value objects, one or many (VCDM 2.0 §4.6, §11.1).
pub(super) fn texts(defects: &mut Defects, object: Value<'_>) {
    for value in ["name", "description"].into_iter().filter_map(|member| present(object, member)) {
        for item in value.one_or_many() {
            match item.kind() {
                Kind::String => {}
                Kind::Object => language_value(defects, item),
                _ => defects.add(Code::DocumentMemberType, item),
            }
        }
    }
}

/// `@value` and nothing besides but `@language` and `@direction`.
fn language_value(defects: &mut Defects, object: Value<'_>) {
    if object.get("@value").is_none() {
        defects.missing(Code::DocumentMemberMissing, object, "@value");
    }
    for (key, value) in object.as_object().into_iter().flat_map(|object| object.iter()) {
        match (key, value.as_str()) {
            ("@value" | "@language" | "@direction", None) => defects.add(Code::DocumentMemberType, value),
            ("@direction", Some(text)) if !matches!(text, "ltr" | "rtl") => {
                defects.add(Code::DocumentMemberValue, value);
            }
            ("@value" | "@language" | "@direction", Some(_)) => {}
            _ => defects.add(Code::DocumentMemberForbidden, value),
        }
    }
}

/// `proof`: one or more objects with a type (VCDM 2.0 §4.12, VCDM 1.1 §4.7). All else about proofs is their own check.
pub(super) fn proofs(defects: &mut Defects, root: Value<'_>) {
    let Some(value) = root.get("proof") else { return };
    if value.is_empty_member() {
        return defects.add(Code::DocumentMemberType, value);
    }
    objects(defects, value, &types);
}

/// An enveloped document: a `@context` of its own, its type, and a `data:` URL with a media type (VCDM 2.0 §4.13). Nothing
/// else: beside what is signed it would read as if it were.
pub(super) fn envelope(defects: &mut Defects, object: Value<'_>) {
    match object.get("@context") {
        Some(value) => context_value(defects, value, DataModel::Vcdm2),
        None => defects.missing(Code::DocumentMemberMissing, object, "@context"),
    }
    types(defects, object);
    if items(object, "type").count() > 1 {
        defects.add(Code::DocumentType, object);
    }
    for (key, value) in object.as_object().into_iter().flat_map(|object| object.iter()) {
        if !matches!(key, "@context" | "id" | "type") {
            defects.add(Code::DocumentMemberForbidden, value);
        }
    }
    let Some(value) = object.get("id") else {
        return defects.missing(Code::DocumentMemberMissing, object, "id");
    };
    match value.as_str() {
        None => defects.add(Code::DocumentMemberType, value),
        Some(text) if !is_data_url(text) => defects.add(Code::DocumentUrl, value),
        Some(_) => {}
    }
}

/// A `data:` URL (RFC 2397) that names its media type.
fn is_data_url(text: &str) -> bool {
    let media_type = text
        .split_once(':')
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("data"))
        .and_then(|(_, rest)| rest.split_once(','))
        .map(|(head, _)| head.split(';').next().unwrap_or(""));
    media_type.is_some_and(|name| name.split_once('/').is_some_and(|(a, b)| !a.is_empty() && !b.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::{is_absolute_url, is_data_url};

    #[test]
    fn a_url_has_a_scheme_and_is_carried_by_linked_data() {
        for good in [
            "https://a.example",
            "did:example:1",
            "urn:uuid:1",
            "mailto:ada@example.org",
            "HTTPS://ü.example/x",
        ] {
            assert!(is_absolute_url(good), "{good}");
        }
        for bad in [
            "",
            "x",
            ":x",
            "https:",
            "https://",
            "https:///x",
            "https ://x",
            "a b:c",
            "1a:b",
            "urn:a b",
            "urn:a<b",
            "#x",
            "/x",
            "urn:\u{1}",
        ] {
            assert!(!is_absolute_url(bad), "{bad}");
        }
    }

    #[test]
    fn a_data_url_names_its_media_type() {
        assert!(is_data_url("data:application/vc+jwt,eyJ"));
        assert!(is_data_url("data:application/vc+jwt;base64,eyJ"));
        for bad in ["data:,x", "data:application/vc+jwt", "https://x/y,z", "data:/x,y", "data:text/,y"] {
            assert!(!is_data_url(bad), "{bad}");
        }
    }
}
