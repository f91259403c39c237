//! What makes a conforming presentation (VCDM 2.0 §4.13, VCDM 1.1 §4.10).

use super::shape::{self, present};
use super::{DataModel, Defects, credential, has_type};
use crate::codes::Code;
use crate::json::{Kind, Value};

/// The rules of a presentation. The credentials in it are for their own reports; here, that they are credentials.
pub(super) fn rules(defects: &mut Defects, root: Value<'_>, model: DataModel) {
    shape::context(defects, root, model);
    shape::id(defects, root, false);
    shape::types(defects, root);
    if !has_type(root, "VerifiablePresentation") {
        defects.add(Code::DocumentType, root.get("type").unwrap_or(root));
    }
    if let Some(holder) = root.get("holder") {
        shape::party(defects, holder, model);
    }
    if let Some(value) = root.get("verifiableCredential") {
        if value.is_empty_member() {
            defects.add(Code::DocumentMemberType, value);
        }
        for item in value.one_or_many().filter(|_| !value.is_empty_member()) {
            presented(defects, item, model);
        }
    }
    if let Some(terms) = present(root, "termsOfUse") {
        credential::typed_objects(defects, terms, false);
    }
    shape::proofs(defects, root);
}

/// An object that is a credential or holds one. VCDM 2.0 forbids strings; in 1.1 they are JWTs.
fn presented(defects: &mut Defects, item: Value<'_>, model: DataModel) {
    match item.kind() {
        Kind::Object if has_type(item, "EnvelopedVerifiableCredential") => shape::envelope(defects, item),
        Kind::Object if has_type(item, "VerifiableCredential") => {}
        Kind::Object => defects.add(Code::DocumentType, item),
        Kind::String if model == DataModel::Vcdm1 => {}
        _ => defects.add(Code::DocumentMemberType, item),
    }
}
