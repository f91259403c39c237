//! The rules of European Digital Credentials for learning on top of the data model (European Learning Model 3, application
//! profile EDC). They are reported: what the data model requires is [`super::conformance`]. The shapes that such credentials
//! name (`ShaclValidator2017`) are not evaluated; here is what a reader relies on.

use super::defects::Defects;
use super::{contexts, has_type, items};
use crate::codes::{Code, Finding};
use crate::json::{Kind, Value};

/// The context of the application profile.
const CONTEXT: &str = "http://data.europa.eu/snb/model/context/edc-ap";

/// Whether an `@context` names that of the European Learning Model.
pub(crate) fn has_context(context: Option<Value<'_>>) -> bool {
    context.into_iter().flat_map(|context| context.one_or_many()).any(|item| item.as_str() == Some(CONTEXT))
}

/// Every rule that the document breaks (`profile.elm.*`).
pub fn profile(root: Value<'_>) -> Vec<Finding> {
    let mut defects = Defects::new();
    if !contexts(root).any(|item| item.as_str() == Some(CONTEXT)) {
        defects.add(Code::ProfileElmContext, root.get("@context").unwrap_or(root));
    }
    let mut demand = |object: Value<'_>, member: &str| {
        if object.get(member).is_none_or(|value| value.is_empty_member()) {
            defects.missing(Code::ProfileElmMissing, object, member);
        }
    };
    demand(root, "issuer");
    demand(root, "displayParameter");
    for issuer in items(root, "issuer") {
        demand(issuer, "legalName");
    }
    for subject in items(root, "credentialSubject") {
        demand(subject, "hasClaim");
    }
    for subject in items(root, "credentialSubject").filter(|subject| !has_type(*subject, "Person")) {
        defects.add(Code::ProfileElmType, subject);
    }
    // A text, or the mere identifier of something that nobody sealed, says nothing about the person.
    let claims = items(root, "credentialSubject").flat_map(|subject| items(subject, "hasClaim"));
    for claim in claims.filter(|claim| claim.kind() != Kind::Object) {
        defects.add(Code::ProfileElmType, claim);
    }
    defects.finish()
}
