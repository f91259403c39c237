//! Rules about members, as tables: what a class of a standard must have, and of what type each member is.
//!
//! A member of the wrong JSON type is a defect wherever it stands; one that no table names is somebody's own.

use super::Format;
use super::hosted;
use crate::codes::{Code, Finding};
use crate::document::is_absolute_url;
use crate::json::{Kind, Value};

/// What a value is.
#[derive(Clone, Copy)]
pub(super) enum Is {
    /// A string.
    Text,
    /// An absolute URL.
    Url,
    /// A date.
    Date,
    /// `true` or `false`.
    Bool,
    /// A number, or a string that says one.
    Number,
    /// An object with these members.
    A(&'static [Rule]),
    /// A URL, or an object with these members.
    UrlOr(&'static [Rule]),
    /// A text, or an object with these members.
    TextOr(&'static [Rule]),
    /// A compact JWS.
    Jws,
}

/// A member: its name, how many there may be, what it is.
pub(super) type Rule = (&'static str, Times, Is);

/// How many values a member has.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Times {
    /// One.
    One,
    /// None or one.
    Maybe,
    /// Any number, in an array or alone.
    Any,
}

/// What is wrong so far; as of other documents only so much is named: of the record's own defects, and of those of the parts
/// that were fetched. Neither leaves the other unnamed.
pub(super) struct Defects<'t> {
    format: Format,
    parts: Vec<Value<'t>>,
    found: Found,
}

/// What is wrong with a record that was put together.
#[derive(Default)]
pub(crate) struct Found {
    /// With the record itself.
    pub(crate) own: Vec<Finding>,
    /// With the parts that were fetched.
    pub(crate) fetched: Vec<Finding>,
}

/// So many defects of either are named.
const MOST: usize = 100;

impl<'t> Defects<'t> {
    /// `places` are the pointers of the parts that were fetched.
    pub(super) fn new(root: Value<'t>, format: Format, places: &[String]) -> Self {
        let parts = places.iter().filter_map(|place| root.at_root(place)).collect();
        Defects { format, parts, found: Found::default() }
    }

    pub(super) fn add(&mut self, code: Code, at: Value<'t>) {
        self.push(at, || Finding::at(code, at.pointer()));
    }

    pub(super) fn missing(&mut self, object: Value<'t>, member: &'static str) {
        let finding = || Finding::at(Code::DocumentMemberMissing, object.pointer());
        self.push(object, || finding().with("member", member));
    }

    fn push(&mut self, at: Value<'t>, finding: impl FnOnce() -> Finding) {
        let mut around = std::iter::successors(Some(at), |value| value.parent());
        let is_fetched = !self.parts.is_empty() && around.any(|value| self.parts.contains(&value));
        let found = if is_fetched { &mut self.found.fetched } else { &mut self.found.own };
        if found.len() < MOST {
            found.push(finding());
        }
    }

    pub(super) fn finish(self) -> Found {
        self.found
    }

    /// Holds an object against its table. The tables are nested a few deep, and so is this.
    pub(super) fn object(&mut self, object: Value<'t>, rules: &'static [Rule]) {
        if object.kind() != Kind::Object {
            return self.add(Code::DocumentMemberType, object);
        }
        for (member, times, is) in rules {
            let Some(value) = object.get(member).filter(|value| !value.is_null()) else {
                if *times == Times::One {
                    self.missing(object, member);
                }
                continue;
            };
            match (value.as_array(), times) {
                (Some(_), Times::One | Times::Maybe) => self.add(Code::DocumentMemberType, value),
                (Some(items), Times::Any) => items.iter().for_each(|item| self.value(item, *is)),
                (None, _) => self.value(value, *is),
            }
        }
    }

    fn value(&mut self, value: Value<'t>, is: Is) {
        let text = value.as_str();
        match is {
            Is::A(rules) => self.object(value, rules),
            Is::UrlOr(rules) | Is::TextOr(rules) if text.is_none() => self.object(value, rules),
            Is::Bool if value.as_bool().is_some() => {}
            Is::Number if value.as_number().is_some() => {}
            Is::Date => match hosted::instant(value, self.format) {
                Err(_) if text.is_none() && value.as_number().is_none() => {
                    self.add(Code::DocumentMemberType, value);
                }
                Err(_) => self.add(Code::DocumentDate, value),
                Ok(_) => {}
            },
            _ => match (is, text) {
                (Is::Bool, _) | (_, None) => self.add(Code::DocumentMemberType, value),
                (Is::Url | Is::UrlOr(_), Some(url)) if !is_absolute_url(url) && !url.starts_with("_:") => {
                    self.add(Code::DocumentUrl, value);
                }
                (Is::Number, Some(number)) if number.trim().parse::<f64>().is_err() => {
                    self.add(Code::DocumentMemberValue, value);
                }
                (Is::Jws, Some(jws)) if !crate::carrier::is_token(jws.as_bytes()) => {
                    self.add(Code::DocumentMemberValue, value);
                }
                _ => {}
            },
        }
    }

    /// One of these must be among the types. Without `required` there may be none.
    pub(super) fn types(&mut self, object: Value<'t>, names: &[&str], required: bool) {
        let Some(stated) = object.get("type").filter(|value| !value.is_null()) else {
            if required && object.kind() == Kind::Object {
                self.missing(object, "type");
            }
            return;
        };
        if let Some(wrong) = stated.one_or_many().find(|name| name.as_str().is_none()) {
            return self.add(Code::DocumentMemberType, wrong);
        }
        if !stated.one_or_many().any(|name| name.as_str().is_some_and(|name| names.contains(&name))) {
            self.add(Code::DocumentType, stated);
        }
    }

    /// What is issued expires afterwards.
    pub(super) fn order(&mut self, root: Value<'t>) {
        let [issued, expires] = hosted::period(root).map(|value| hosted::instant(value?, self.format).ok());
        if let (Some(issued), Some(expires), Some(at)) = (issued, expires, root.get("expires"))
            && expires < issued
        {
            self.add(Code::DocumentDateOrder, at);
        }
    }
}
