//! JSON pointers (RFC 6901).

use std::borrow::Cow;

use super::{Kind, Value};

/// A reference token, escaped (RFC 6901 §3).
pub fn escape(token: &str) -> Cow<'_, str> {
    if token.contains(['~', '/']) {
        Cow::Owned(token.replace('~', "~0").replace('/', "~1"))
    } else {
        Cow::Borrowed(token)
    }
}

/// The pointer of a value in its document.
pub(super) fn of(value: Value<'_>) -> String {
    let mut tokens: Vec<Cow<'_, str>> = Vec::new();
    let mut at = value;
    while let Some(parent) = at.parent() {
        tokens.push(match (parent.kind(), at.key()) {
            (Kind::Object, Some(key)) => escape(key),
            _ => {
                let index = parent.one_or_many().take_while(|sibling| *sibling != at).count();
                Cow::Owned(index.to_string())
            }
        });
        at = parent;
    }
    let mut pointer = String::new();
    for token in tokens.iter().rev() {
        pointer.push('/');
        pointer.push_str(token);
    }
    pointer
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
    }
}
