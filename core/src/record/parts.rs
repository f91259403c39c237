//! What stands inside a document: documents of their own, and parts of this one.

use std::collections::BTreeMap;

use super::forms;
use super::model::*;
use super::read::{MOST, Source};
use crate::document::{self, Relation};
use crate::json::{Kind, Value};

/// The pointers of the documents inside, and which of them each object around them holds, by its position in the tree.
#[derive(Default)]
pub(super) struct Inside {
    pointers: Vec<String>,
    held: BTreeMap<u32, Vec<usize>>,
}

impl<'t> Source<'t> {
    /// The documents inside, as (children, endorsements).
    pub(super) fn parts(&mut self) -> (Vec<Part>, Vec<Part>) {
        let (mut children, mut endorsements) = (Vec::new(), Vec::new());
        let mut found = document::embedded(self.root, &self.detected);
        self.more(u64::try_from(found.len().saturating_sub(MOST)).unwrap_or(u64::MAX));
        found.truncate(MOST);
        // They are in document order, as the walk is: their pointers are made on the way.
        let mut found = found.into_iter().peekable();
        document::walk_with_pointers(self.root, &mut |value, pointer| {
            let Some((_, relation)) = found.next_if(|(embedded, _)| *embedded == value) else {
                return found.peek().is_some();
            };
            let part = Part {
                pointer: pointer.to_owned(),
                id: value.get("id").and_then(|id| id.as_str()).filter(|id| !is_data(id)).map(str::to_owned),
                kind: forms::types(value),
                origin: Origin::NestedIssuer,
                same_proof: false,
                verdict: None,
                record: None,
            };
            match relation {
                Relation::Endorsement => endorsements.push(part),
                Relation::Nested | Relation::Presented => children.push(part),
                // It stands in no document.
                Relation::StatusList | Relation::NewerVersion => {}
            }
            false
        });
        (children, endorsements)
    }

    /// A part of the document that has no proof of its own, as a record inside the record. It comes after the documents
    /// inside, which [`Source::record`] has already put into `children`; beyond the bound parts are counted.
    pub(super) fn child(&mut self, children: &mut Vec<Part>, place: Value<'t>, record: Record) {
        if children.len() >= MOST {
            return self.more(1);
        }
        children.push(Part {
            pointer: place.pointer(),
            id: record.id.clone(),
            kind: record.kind_raw.clone(),
            origin: self.origin(place),
            same_proof: true,
            verdict: None,
            record: Some(Box::new(record)),
        });
    }

    /// How the issuer would have it drawn (VCDM 2.0 §5.7, Render Methods 1.0). A template that stands in an object of its own
    /// has its digest and media type there.
    pub(super) fn render_methods(&mut self, object: Value<'t>, member: &str) -> Vec<RenderMethod> {
        let methods = self.objects(object, member);
        let read = |method: Value<'t>| {
            let template = self.node(method, "template").filter(|template| template.kind() == Kind::Object);
            let mut both = |member: &str| {
                self.string(method, member)
                    .or_else(|| template.and_then(|template| self.string(template, member)))
            };
            RenderMethod {
                id: both("id").filter(|id| !is_data(id)),
                media_type: both("mediaType"),
                media_query: both("css3MediaQuery"),
                suite: both("renderSuite"),
                digest: both("digestMultibase").or_else(|| both("digestSRI")),
                kind: self.strings(method, "type"),
                name: self.texts(method, "name"),
                ..RenderMethod::blank(method.pointer(), self.origin(method))
            }
        };
        methods.into_iter().take(MOST).map(read).collect()
    }

    /// The pointers of the documents that stand somewhere in this object: what is given for it to show that it holds.
    pub(super) fn verifications(&mut self, object: Value<'t>) -> Vec<String> {
        if self.inside.is_none() {
            self.inside = Some(self.look_inside());
        }
        let Some(inside) = &self.inside else { return Vec::new() };
        let held = inside.held.get(&object.position()).into_iter().flatten();
        held.filter_map(|index| inside.pointers.get(*index).cloned()).collect()
    }

    /// A document is at most as deep as the limits allow, so few objects are around each.
    fn look_inside(&self) -> Inside {
        let mut inside = Inside::default();
        for (embedded, _) in document::embedded(self.root, &self.detected).into_iter().take(MOST) {
            let mut at = embedded.parent();
            while let Some(object) = at {
                inside.held.entry(object.position()).or_default().push(inside.pointers.len());
                at = object.parent();
            }
            inside.pointers.push(embedded.pointer());
        }
        inside
    }
}

fn is_data(id: &str) -> bool {
    id.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("data:"))
}
