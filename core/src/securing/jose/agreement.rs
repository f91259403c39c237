//! Members of a record against what the claims of its token say of them, and members that only the claims have.

use crate::codes::{Code, Finding};
use crate::document::DataModel;
use crate::json::{Object, Value, quoted};
use crate::time::Timestamp;

/// What the comparison came to.
pub(super) struct Against {
    /// Where the record stands in the payload.
    root: String,
    pub(super) differ: Vec<Finding>,
    pub(super) filled: Filled,
}

impl Against {
    /// Nothing has been compared yet. `record` is the root of the document.
    pub(super) fn of(record: Value<'_>) -> Self {
        Against { root: record.pointer(), differ: Vec::new(), filled: Filled::default() }
    }

    /// Pointers are into the document, whose root is the record.
    fn differs(&mut self, claim: &'static str, value: Value<'_>) {
        let pointer = value.pointer();
        let pointer = pointer.strip_prefix(&self.root).unwrap_or("");
        self.differ.push(Finding::at(Code::JoseClaimsDiffer, pointer).with("claim", claim));
    }

    /// What a claim says and the headers say again (RFC 7519 §5.3).
    pub(super) fn one<'s>(
        &mut self,
        claim: &'static str,
        own: Option<&'s str>,
        again: &[&'s str],
    ) -> Option<&'s str> {
        let said = own.or(again.first().copied())?;
        if again.iter().any(|other| *other != said) {
            self.differ.push(Finding::at(Code::JoseClaimsDiffer, "").with("claim", claim));
        }
        Some(said)
    }

    /// A member that is a string. One of another type is a defect of the record, and found there.
    pub(super) fn text(
        &mut self,
        object: Object<'_>,
        name: &'static str,
        claim: &'static str,
        said: &str,
        fill: bool,
    ) {
        match object.get(name) {
            None if fill => self.filled.set(name, quoted(said)),
            None => {}
            Some(value) if value.as_str().is_some_and(|text| text != said) => {
                self.differs(claim, value);
            }
            Some(_) => {}
        }
    }

    /// `issuer` or `holder`: an identifier, or an object that has one.
    pub(super) fn party(
        &mut self,
        object: Object<'_>,
        name: &'static str,
        claim: &'static str,
        said: &str,
        fill: bool,
    ) {
        match object.get(name).and_then(|value| value.as_object()) {
            Some(party) => self.identified(party, name, claim, said, fill),
            None => self.text(object, name, claim, said, fill),
        }
    }

    /// `credentialSubject`: a credential in a token is about one (VCDM 1.1 §6.3.1).
    pub(super) fn subject(&mut self, object: Object<'_>, said: &str, fill: bool) {
        const NAME: &str = "credentialSubject";
        let Some(value) = object.get(NAME) else {
            if fill {
                self.filled.set(NAME, format!("{{\"id\":{}}}", quoted(said)));
            }
            return;
        };
        let mut subjects = value.one_or_many();
        match (subjects.next(), subjects.next()) {
            (Some(subject), None) => {
                if let Some(subject) = subject.as_object() {
                    self.identified(subject, NAME, "sub", said, fill);
                }
            }
            (Some(_), Some(_)) => self.differs("sub", value),
            (None, _) => {}
        }
    }

    fn identified(
        &mut self,
        object: Object<'_>,
        name: &'static str,
        claim: &'static str,
        said: &str,
        fill: bool,
    ) {
        match object.get("id") {
            None if fill => self.filled.identify(name, object, said),
            Some(id) if id.as_str().is_some_and(|id| id != said) => {
                self.differs(claim, id);
            }
            _ => {}
        }
    }

    /// A date and a NumericDate are the same if they are less than a second apart.
    pub(super) fn date(
        &mut self,
        object: Object<'_>,
        name: &'static str,
        claim: &'static str,
        said: Timestamp,
        model: DataModel,
        fill: bool,
    ) {
        match object.get(name) {
            None if fill => self.filled.set(name, quoted(&said.to_string())),
            None => {}
            Some(value) => {
                let apart = |stated: Timestamp| {
                    let (early, late) = if stated < said { (stated, said) } else { (said, stated) };
                    early.plus_seconds(1) <= late
                };
                let stated = value.as_str().and_then(|text| model.instant(text).ok());
                if stated.is_some_and(apart) {
                    self.differs(claim, value);
                }
            }
        }
    }
}

/// Members that only the claims have.
#[derive(Debug, Default)]
pub(super) struct Filled {
    /// Member and JSON text: new ones, or in place of what stands there.
    members: Vec<(&'static str, String)>,
}

impl Filled {
    pub(super) fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    fn set(&mut self, name: &'static str, text: String) {
        self.members.push((name, text));
    }

    /// The same object with an `id`.
    fn identify(&mut self, name: &'static str, object: Object<'_>, id: &str) {
        let whole = object.as_value().to_text();
        let rest = whole.strip_prefix('{').unwrap_or("}").trim_ascii_start();
        let comma = if rest == "}" { "" } else { "," };
        self.set(name, format!("{{\"id\":{}{comma}{rest}", quoted(id)));
    }

    /// The object with these members, and without some of its own.
    pub(super) fn write(&self, object: Object<'_>, without: &[&str]) -> String {
        let mut text = String::from("{");
        let mut member = |name: &str, value: &str| {
            if text.len() > 1 {
                text.push(',');
            }
            text.push_str(&quoted(name));
            text.push(':');
            text.push_str(value);
        };
        for (name, value) in object.iter().filter(|(name, _)| !without.contains(name)) {
            match self.members.iter().find(|(filled, _)| *filled == name) {
                Some((_, filled)) => member(name, filled),
                None => member(name, &value.to_text()),
            }
        }
        for (name, value) in self.members.iter().filter(|(name, _)| object.get(name).is_none()) {
            member(name, value);
        }
        text.push('}');
        text
    }
}
