//! Step 9, linked resources: what the record says about the bytes of images, evidence and other resources.

use std::collections::BTreeSet;

use super::Verifier;
use super::lists::obstacles;
use super::part::Part;
use crate::carrier::data_url;
use crate::checks::linked_resource::{Digests, compare};
use crate::codes::{CheckId, Code, Finding, Requirement};
use crate::document::related_resource::{Expected, linked};
use crate::document::{self, DataModel, Detected};
use crate::json::Value;
use crate::limits::{LINKED_RESOURCES, reached};
use crate::resources::{Answer, Item};
use crate::securing::verified::Found;
use crate::workshop::{Workshop, request_for_linked_resource};

impl Verifier {
    /// Compares every resource that the record gives a digest of. What stands in the record itself is compared at once;
    /// the rest is looked up only once it is known that the issuer names it.
    pub(super) fn linked_resources(
        &self,
        root: Value<'_>,
        detected: &Detected,
        workshop: &Workshop<'_>,
        part: &mut Part,
    ) {
        let policy = &self.policy;
        // The claims of an SD-JWT VC give these names no meaning.
        let objects = if detected.model == DataModel::SdJwtVc { Vec::new() } else { linked(root, detected) };
        if objects.is_empty() {
            part.push(policy, Finding::new(Code::LinkedResourceNone));
            return;
        }
        let requirement = policy.requirement(CheckId::LinkedResource);
        let wanted = policy.fetches_for(CheckId::LinkedResource);
        let obstacles = obstacles(part);
        let contexts: BTreeSet<&str> =
            document::contexts(root).filter_map(|context| context.as_str()).collect();
        let many = objects.len() > LINKED_RESOURCES;
        for object in objects.into_iter().take(LINKED_RESOURCES) {
            let place = object.get("id").unwrap_or(object).pointer();
            let at = |code| Finding::at(code, place.as_str());
            let Some(id) = object.get("id").and_then(|id| id.as_str()) else {
                part.push(policy, at(Code::LinkedResourceUnnamed));
                continue;
            };
            if contexts.contains(id) {
                part.push(policy, at(Code::LinkedResourceContext));
                continue;
            }
            let expected = Expected::of(object);
            if requirement == Requirement::Skip {
                part.push(policy, at(Code::LinkedResourceNeeded));
            } else if let Some(data) = data_url::read(id) {
                part.push(
                    policy,
                    at(match data {
                        Ok(data) => {
                            let mut digests = Digests::of(data.bytes);
                            compare(&expected, |function| digests.digest(function))
                        }
                        Err(_) => Code::LinkedResourceUnreadable,
                    }),
                );
            } else if let Some(because) = &obstacles {
                let finding = at(Code::LinkedResourceBlocked);
                part.found(policy, Found { finding, because: because.clone() });
            } else {
                let item = workshop.linked_resource(id);
                if item.is_none() && wanted {
                    part.requests.push(request_for_linked_resource(id, &policy.limits));
                }
                part.push(policy, at(looked_up(&expected, item)));
            }
        }
        if many {
            part.push(policy, reached(Code::LimitLinkedResources, LINKED_RESOURCES));
        }
    }
}

fn looked_up(expected: &Expected, item: Option<&Item>) -> Code {
    match item {
        None => Code::LinkedResourceNeeded,
        Some(Item { answer: Answer::Unavailable(_), .. }) => Code::LinkedResourceUnavailable,
        Some(item) => compare(expected, |function| item.digest(function)),
    }
}
