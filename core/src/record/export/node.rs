//! JSON while it is made: members keep the order in which they were put, in whatever way serde_json was built.

use serde::{Serialize, Serializer};

use super::State;
use crate::record::model::{Framework, Kind, Origin, SkillBasis};

/// A value.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Node {
    Text(String),
    Number(f64),
    Truth(bool),
    List(Vec<Node>),
    Object(Object),
    State(State),
    Origin(Origin),
    Kind(Kind),
    Basis(SkillBasis),
    Framework(Framework),
}

/// An object: what is absent or empty is left out.
#[derive(Default)]
pub(super) struct Object(Vec<(&'static str, Node)>);

impl Object {
    pub(super) fn put(&mut self, name: &'static str, value: impl Into<Node>) {
        self.0.push((name, value.into()));
    }

    pub(super) fn opt(&mut self, name: &'static str, value: Option<impl Into<Node>>) {
        if let Some(value) = value {
            self.put(name, value);
        }
    }

    pub(super) fn list(&mut self, name: &'static str, items: Vec<Node>) {
        if !items.is_empty() {
            self.put(name, Node::List(items));
        }
    }

    pub(super) fn object(&mut self, name: &'static str, object: Object) {
        if !object.is_empty() {
            self.put(name, object);
        }
    }

    pub(super) fn append(&mut self, mut others: Object) {
        self.0.append(&mut others.0);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Serialize for Object {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

impl From<&str> for Node {
    fn from(text: &str) -> Self {
        Node::Text(text.to_owned())
    }
}

impl From<String> for Node {
    fn from(text: String) -> Self {
        Node::Text(text)
    }
}

impl From<f64> for Node {
    fn from(number: f64) -> Self {
        Node::Number(number)
    }
}

impl From<bool> for Node {
    fn from(truth: bool) -> Self {
        Node::Truth(truth)
    }
}

impl From<Object> for Node {
    fn from(object: Object) -> Self {
        Node::Object(object)
    }
}

impl From<State> for Node {
    fn from(name: State) -> Self {
        Node::State(name)
    }
}

impl From<Origin> for Node {
    fn from(name: Origin) -> Self {
        Node::Origin(name)
    }
}

impl From<Kind> for Node {
    fn from(name: Kind) -> Self {
        Node::Kind(name)
    }
}

impl From<SkillBasis> for Node {
    fn from(name: SkillBasis) -> Self {
        Node::Basis(name)
    }
}

impl From<Framework> for Node {
    fn from(name: Framework) -> Self {
        Node::Framework(name)
    }
}
