//! An object as a proof sees it: without the signature itself, perhaps with another context or other proofs.

use super::{Object, Value};

/// What a proof covers. Data Integrity signs a document without its `proof`, or with just the proofs that this one
/// builds on (vc-data-integrity §4.5), and the proof without its `proofValue`, under the document's `@context`.
#[derive(Clone, Debug)]
pub struct View<'t> {
    /// The object of the document.
    pub object: Object<'t>,
    /// The members that are left out.
    pub without: &'static [&'static str],
    /// What stands at `@context` instead of the object's own.
    pub context: Option<Value<'t>>,
    /// What stands at `proof` (always as an array) where it is left out and this is not empty.
    pub proofs: Vec<Value<'t>>,
}

/// A member of a [`View`].
#[derive(Clone, Copy, Debug)]
pub enum Member<'v, 't> {
    /// A value of the document.
    Value(Value<'t>),
    /// An array of values of the document.
    Array(&'v [Value<'t>]),
}

impl<'t> View<'t> {
    /// The whole object.
    pub fn whole(object: Object<'t>) -> Self {
        View { object, without: &[], context: None, proofs: Vec::new() }
    }

    /// The members, in no particular order.
    pub fn members(&self) -> impl Iterator<Item = (&'t str, Member<'_, 't>)> {
        let own = self.object.iter().filter(|(key, _)| {
            !(self.without.contains(key) || (self.context.is_some() && *key == "@context"))
        });
        let context = self.context.map(|value| ("@context", Member::Value(value)));
        let proofs = (!self.proofs.is_empty()).then_some(("proof", Member::Array(self.proofs.as_slice())));
        own.map(|(key, value)| (key, Member::Value(value))).chain(context).chain(proofs)
    }
}
