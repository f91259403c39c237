//! JSON as this library reads it: a tree that borrows from the text.
//!
//! Strict RFC 8259 within I-JSON (RFC 7493): UTF-8 without byte order mark, no duplicate keys at any depth
//! (compared after unescaping), no lone surrogates, nothing after the value, finite numbers. Number *tokens* are
//! kept, because integers and doubles are signed differently (JSON-LD 1.1 API §8.6, RFC 8785 §3.2.2.3). Every value
//! knows where it stands, so that a finding can point at it. Nothing here recurses.

use std::borrow::Cow;

pub mod jcs;
mod parse;
mod pointer;
mod printable;
mod view;

pub use pointer::escape as escape_pointer_token;
pub(crate) use printable::printable;
pub use view::{Member, View};

/// What kind of JSON value it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `null`
    Null,
    /// `true`, `false`
    Bool,
    /// A number token.
    Number,
    /// A string.
    String,
    /// An array.
    Array,
    /// An object.
    Object,
}

/// A piece of text: of the source, or of what had to be unescaped.
#[derive(Clone, Copy, Debug, Default)]
struct Text {
    start: u32,
    len: u32,
    unescaped: bool,
}

/// A value in document order; its children follow it, and `end` is the index after the last of them.
#[derive(Clone, Copy, Debug)]
struct Node {
    kind: Kind,
    /// The member name, where the parent is an object; where it is an array, `start` is the place in it.
    key: Text,
    /// A string's content, a number's token, an array's or object's whole text.
    text: Text,
    parent: u32,
    end: u32,
    /// The number of children.
    len: u32,
}

const NOWHERE: Node = Node {
    kind: Kind::Null,
    key: Text { start: 0, len: 0, unescaped: false },
    text: Text { start: 0, len: 0, unescaped: false },
    parent: u32::MAX,
    end: 0,
    len: 0,
};

/// A parsed document.
#[derive(Debug)]
pub struct Tree<'s> {
    source: Cow<'s, str>,
    unescaped: String,
    nodes: Vec<Node>,
}

impl<'s> Tree<'s> {
    /// The whole document.
    pub fn root(&self) -> Value<'_> {
        Value { tree: self, index: 0 }
    }

    /// The same document with a text of its own, to be kept.
    pub fn into_owned(self) -> Tree<'static> {
        Tree { source: Cow::Owned(self.source.into_owned()), unescaped: self.unescaped, nodes: self.nodes }
    }

    /// The value at an RFC 6901 pointer.
    pub fn at(&self, pointer: &str) -> Option<Value<'_>> {
        pointer::resolve(self.root(), pointer)
    }

    fn text(&self, text: Text) -> &str {
        let from: &str = if text.unescaped { &self.unescaped } else { &self.source };
        let start = text.start as usize;
        from.get(start..start.saturating_add(text.len as usize)).unwrap_or("")
    }
}

/// One value of a [`Tree`]: a handle that is cheap to copy.
#[derive(Clone, Copy)]
pub struct Value<'t> {
    tree: &'t Tree<'t>,
    index: u32,
}

/// A string as JSON text (RFC 8259 §7).
pub(crate) fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

impl std::fmt::Debug for Value<'_> {
    /// Kind and place, never the content: records are personal data.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?} at {:?}", self.kind(), self.pointer())
    }
}

impl PartialEq for Value<'_> {
    /// Whether it is the same value of the same tree. For equality of content see [`Value::same_json`].
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.tree, other.tree) && self.index == other.index
    }
}

impl<'t> Value<'t> {
    fn node(&self) -> &'t Node {
        self.tree.nodes.get(self.index as usize).unwrap_or(&NOWHERE)
    }

    /// What kind of value it is.
    pub fn kind(&self) -> Kind {
        self.node().kind
    }

    /// Whether it is `null`.
    pub fn is_null(&self) -> bool {
        self.kind() == Kind::Null
    }

    /// Whether it is `null` or an empty array: JSON-LD reads both as absent.
    pub fn is_empty_member(&self) -> bool {
        let node = self.node();
        node.kind == Kind::Null || (node.kind == Kind::Array && node.len == 0)
    }

    /// The boolean, if it is one.
    pub fn as_bool(&self) -> Option<bool> {
        let node = self.node();
        (node.kind == Kind::Bool).then_some(node.len == 1)
    }

    /// The string, unescaped, if it is one.
    pub fn as_str(&self) -> Option<&'t str> {
        let node = self.node();
        (node.kind == Kind::String).then(|| self.tree.text(node.text))
    }

    /// The number, if it is one.
    pub fn as_number(&self) -> Option<Number<'t>> {
        let node = self.node();
        (node.kind == Kind::Number).then(|| Number { token: self.tree.text(node.text) })
    }

    /// The value as JSON text: arrays, objects and numbers as they stand in the source, strings without needless escapes.
    pub(crate) fn to_text(self) -> Cow<'t, str> {
        let node = self.node();
        match node.kind {
            Kind::Array | Kind::Object | Kind::Number => Cow::Borrowed(self.tree.text(node.text)),
            Kind::String => Cow::Owned(quoted(self.tree.text(node.text))),
            Kind::Bool => Cow::Borrowed(if node.len == 1 { "true" } else { "false" }),
            Kind::Null => Cow::Borrowed("null"),
        }
    }

    /// The array, if it is one.
    pub fn as_array(&self) -> Option<Array<'t>> {
        (self.kind() == Kind::Array).then_some(Array { value: *self })
    }

    /// The object, if it is one.
    pub fn as_object(&self) -> Option<Object<'t>> {
        (self.kind() == Kind::Object).then_some(Object { value: *self })
    }

    /// The member of this name, if it is an object that has it.
    pub fn get(&self, key: &str) -> Option<Value<'t>> {
        self.as_object().and_then(|object| object.get(key))
    }

    /// The items of an array, or the value itself: how linked data reads one-or-many.
    pub fn one_or_many(&self) -> Children<'t> {
        let node = self.node();
        if node.kind == Kind::Array {
            Children { tree: self.tree, next: self.index.saturating_add(1), end: node.end }
        } else {
            Children { tree: self.tree, next: self.index, end: node.end }
        }
    }

    /// The value at an RFC 6901 pointer into the document that this value is part of.
    pub fn at_root(&self, pointer: &str) -> Option<Value<'t>> {
        pointer::resolve(Value { tree: self.tree, index: 0 }, pointer)
    }

    /// The items of an array or the values of the members of an object; other values have none.
    pub fn children(&self) -> Children<'t> {
        Children { tree: self.tree, next: self.index.saturating_add(1), end: self.node().end }
    }

    /// The RFC 6901 pointer of this value in its document (`""` for the whole).
    pub fn pointer(&self) -> String {
        pointer::of(*self)
    }

    /// The member name under which it stands, if its parent is an object.
    pub fn key(&self) -> Option<&'t str> {
        let parent = self.parent()?;
        (parent.kind() == Kind::Object).then(|| self.tree.text(self.node().key))
    }

    /// How many items of the array stand before it, if it is an item.
    fn place(&self) -> Option<u32> {
        let parent = self.parent()?;
        (parent.kind() == Kind::Array).then(|| self.node().key.start)
    }

    /// The array or object that holds it.
    pub fn parent(&self) -> Option<Value<'t>> {
        let parent = self.node().parent;
        (parent != u32::MAX).then_some(Value { tree: self.tree, index: parent })
    }

    /// A number that names this value within its tree: document order.
    pub fn position(&self) -> u32 {
        self.index
    }

    /// The value of the same tree that has this number.
    pub(crate) fn at_position(&self, position: u32) -> Value<'t> {
        Value { tree: self.tree, index: position }
    }

    /// Whether two values have the same JSON content. Members may be in another order; numbers must have the same
    /// double value.
    pub fn same_json(&self, other: Value<'_>) -> bool {
        jcs::canonical(*self) == jcs::canonical(other)
    }
}

/// A number as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Number<'t> {
    token: &'t str,
}

impl<'t> Number<'t> {
    /// The token in the text.
    pub fn token(&self) -> &'t str {
        self.token
    }

    /// The nearest double; always finite, for others are refused when the text is read.
    pub fn as_f64(&self) -> f64 {
        self.token.parse().unwrap_or(f64::NAN)
    }

    /// Whether the token has neither fraction nor exponent.
    pub fn is_integer_token(&self) -> bool {
        !self.token.bytes().any(|b| matches!(b, b'.' | b'e' | b'E'))
    }

    /// The integer, if it is an integer token that fits.
    pub fn as_i64(&self) -> Option<i64> {
        if self.is_integer_token() { self.token.parse().ok() } else { None }
    }

    /// Whether it is an integer token within ±(2^53−1): every reader reads those alike (RFC 7493 §2.2).
    pub fn is_safe_integer(&self) -> bool {
        const MAX: i64 = 9_007_199_254_740_991;
        self.as_i64().is_some_and(|n| (-MAX..=MAX).contains(&n))
    }
}

/// An array of a [`Tree`].
#[derive(Clone, Copy, Debug)]
pub struct Array<'t> {
    value: Value<'t>,
}

impl<'t> Array<'t> {
    /// The number of items.
    pub fn len(&self) -> usize {
        self.value.node().len as usize
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The items in order.
    pub fn iter(&self) -> Children<'t> {
        Children {
            tree: self.value.tree,
            next: self.value.index.saturating_add(1),
            end: self.value.node().end,
        }
    }

    /// The array as a value.
    pub fn as_value(&self) -> Value<'t> {
        self.value
    }
}

/// An object of a [`Tree`].
#[derive(Clone, Copy, Debug)]
pub struct Object<'t> {
    value: Value<'t>,
}

impl<'t> Object<'t> {
    /// The number of members.
    pub fn len(&self) -> usize {
        self.value.node().len as usize
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The members in document order.
    pub fn iter(&self) -> impl Iterator<Item = (&'t str, Value<'t>)> + use<'t> {
        let tree = self.value.tree;
        Array { value: self.value }.iter().map(move |value| (tree.text(value.node().key), value))
    }

    /// The member of this name.
    pub fn get(&self, key: &str) -> Option<Value<'t>> {
        let tree = self.value.tree;
        let is_it = |name: Text| name.len as usize == key.len() && tree.text(name) == key;
        self.value.children().find(|value| is_it(value.node().key))
    }

    /// The object as a value.
    pub fn as_value(&self) -> Value<'t> {
        self.value
    }
}

/// The children of an array or object, in document order.
#[derive(Clone, Debug)]
pub struct Children<'t> {
    tree: &'t Tree<'t>,
    next: u32,
    end: u32,
}

impl<'t> Iterator for Children<'t> {
    type Item = Value<'t>;

    fn next(&mut self) -> Option<Value<'t>> {
        if self.next >= self.end {
            return None;
        }
        let value = Value { tree: self.tree, index: self.next };
        self.next = value.node().end.max(self.next.saturating_add(1));
        Some(value)
    }
}
