//! JSON pointers (RFC 6901).

use std::borrow::Cow;

use super::{Kind, Value};

/// A reference token, escaped (RFC 6901 §3).
pub fn escape(token: &str) -> Cow<'_, str> {
    if token.bytes().any(|byte| matches!(byte, b'~' | b'/')) {
        Cow::Owned(token.replace('~', "~0").replace('/', "~1"))
    } else {
        Cow::Borrowed(token)
    }
}

/// The pointer of a value in its document.
pub(super) fn of(value: Value<'_>) -> String {
    let mut pointer = String::new();
    push(&mut pointer, value, 0);
    pointer
}

/// Appends the pointer of a value that will be followed by `more` bytes. Recurses as deep as the JSON does.
fn push(pointer: &mut String, value: Value<'_>, more: usize) {
    let Some(parent) = value.parent() else { return pointer.reserve_exact(more) };
    match (value.key(), value.place()) {
        (Some(key), _) => {
            let key = escape(key);
            push(pointer, parent, more.saturating_add(key.len()).saturating_add(1));
            pointer.push('/');
            pointer.push_str(&key);
        }
        (None, place) => {
            let place = place.unwrap_or(0).to_string();
            push(pointer, parent, more.saturating_add(place.len()).saturating_add(1));
            pointer.push('/');
            pointer.push_str(&place);
        }
    }
}

/// The value at a pointer (RFC 6901 §4).
pub(super) fn resolve<'t>(root: Value<'t>, pointer: &str) -> Option<Value<'t>> {
    let mut at = root;
    let Some(tokens) = pointer.strip_prefix('/') else {
        return pointer.is_empty().then_some(root);
    };
    for token in tokens.split('/') {
        at = match at.kind() {
            Kind::Array => at.one_or_many().nth(token.parse().ok()?)?,
            _ => at.get(&token.replace("~1", "/").replace("~0", "~"))?,
        };
    }
    Some(at)
}

#[cfg(test)]
mod tests {
    use crate::{json::Tree, limits::Limits};

    #[test]
    fn every_value_knows_its_pointer() {
        let text = r#"{"a":[1,{"b/c":2,"m~n":[[3]]}],"":4}"#;
        let tree = Tree::parse(text.as_bytes(), &Limits::default()).unwrap();
        let root = tree.root();
        assert_eq!(root.pointer(), "");
        let second = root.get("a").unwrap().one_or_many().nth(1).unwrap();
        assert_eq!(second.pointer(), "/a/1");
        assert_eq!(second.get("b/c").unwrap().pointer(), "/a/1/b~1c");
        assert_eq!(second.get("m~n").unwrap().one_or_many().next().unwrap().pointer(), "/a/1/m~0n/0");
        assert_eq!(root.get("").unwrap().pointer(), "/");
        for pointer in ["", "/a/1", "/a/1/b~1c", "/a/1/m~0n/0", "/"] {
            assert_eq!(tree.at(pointer).unwrap().pointer(), pointer);
        }
        assert!(tree.at("/a/9").is_none() && tree.at("a").is_none());
    }
}
