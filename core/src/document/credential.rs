//! What makes a conforming credential (VCDM 2.0 §4, §5; VCDM 1.1 §4, §5).

use std::collections::BTreeSet;

use super::related_resource::{is_sri, may_be_multihash};
use super::shape::{self, present};
use super::{DataModel, Defects, has_type, validity};
use crate::codes::Code;
use crate::json::{Kind, Value};

/// Members that verification depends on. `null` or an empty array there is a defect, not an absence.
pub(super) const RESERVED: &[&str] = &[
    "@context",
    "id",
    "type",
    "issuer",
    "credentialSubject",
    "validFrom",
    "validUntil",
    "issuanceDate",
    "expirationDate",
    "credentialStatus",
    "proof",
    "verifiableCredential",
    "holder",
];

/// The rules of a credential.
pub(super) fn rules(defects: &mut Defects, root: Value<'_>, model: DataModel) {
    shape::context(defects, root, model);
    shape::id(defects, root, false);
    shape::types(defects, root);
    // Two sets of rules cannot both hold: a presentation may be unsigned, a credential may not.
    if !has_type(root, "VerifiableCredential") || has_type(root, "VerifiablePresentation") {
        defects.add(Code::DocumentType, root.get("type").unwrap_or(root));
    }
    if model == DataModel::Vcdm2 {
        shape::texts(defects, root);
    }
    match root.get("issuer") {
        Some(issuer) => shape::party(defects, issuer, model),
        None => defects.missing(Code::DocumentMemberMissing, root, "issuer"),
    }
    match root.get("credentialSubject") {
        Some(value) if value.is_empty_member() => defects.add(Code::DocumentMemberType, value),
        Some(value) => shape::objects(defects, value, &subject),
        None => defects.missing(Code::DocumentMemberMissing, root, "credentialSubject"),
    }
    dates(defects, root, model);
    statuses(defects, root, model);
    additions(defects, root, model);
    shape::proofs(defects, root);
}

/// VCDM 2.0 §4.8: at least one claim, and `id` is a single URL.
fn subject(defects: &mut Defects, subject: Value<'_>) {
    let claims =
        subject.as_object().is_some_and(|object| object.iter().any(|(_, value)| !value.is_empty_member()));
    if !claims {
        defects.add(Code::DocumentMemberValue, subject);
    }
    shape::id(defects, subject, false);
}

/// VCDM 2.0 §4.9; VCDM 1.1 §4.6, §4.8.
fn dates(defects: &mut Defects, root: Value<'_>, model: DataModel) {
    for member in ["validFrom", "validUntil", "issuanceDate", "expirationDate"] {
        // VCDM 2.0 gives `issuanceDate` and `expirationDate` no meaning, nor forbids them: there they are members like
        // others, which contexts may define.
        let of_the_model = model == DataModel::Vcdm1 || !member.ends_with("Date");
        if let Some(value) = root.get(member).filter(|_| of_the_model) {
            shape::date(defects, value, model);
        }
    }
    if model == DataModel::Vcdm1 && root.get("issuanceDate").is_none() {
        defects.missing(Code::DocumentMemberMissing, root, "issuanceDate");
    }
    let period = validity(root, model);
    let read = |value: Option<Value<'_>>| value.and_then(|v| v.as_str()).and_then(|t| model.instant(t).ok());
    if let (Some(from), Some(until), Some(value)) = (read(period.from), read(period.until), period.until)
        && until < from
    {
        defects.add(Code::DocumentDateOrder, value);
    }
}

/// VCDM 2.0 §4.10: `type`, and perhaps `id`; VCDM 1.1 §4.9: both.
fn statuses(defects: &mut Defects, root: Value<'_>, model: DataModel) {
    match root.get("credentialStatus") {
        Some(value) if value.is_empty_member() => defects.add(Code::DocumentMemberType, value),
        Some(value) => typed_objects(defects, value, model == DataModel::Vcdm1),
        None => {}
    }
}

/// The members that a credential may have besides.
fn additions(defects: &mut Defects, root: Value<'_>, model: DataModel) {
    // credentialSchema: VCDM 2.0 §4.11, VCDM 1.1 §5.4. refreshService: §5.4 and §5.5. termsOfUse: §5.5 and §5.6.
    // evidence: §5.6 and §5.7.
    let id_required = [
        ("credentialSchema", true),
        ("refreshService", model == DataModel::Vcdm1),
        ("termsOfUse", false),
        ("evidence", false),
    ];
    for (member, id_required) in id_required {
        if let Some(value) = present(root, member) {
            typed_objects(defects, value, id_required);
        }
    }
    if model == DataModel::Vcdm2
        && let Some(value) = present(root, "relatedResource")
    {
        related_resources(defects, value);
    }
}

pub(super) fn typed_objects(defects: &mut Defects, value: Value<'_>, id_required: bool) {
    shape::objects(defects, value, &|defects, object| {
        shape::types(defects, object);
        shape::id(defects, object, id_required);
    });
}

/// VCDM 2.0 §5.3: each has an `id` that no other has, and a digest.
fn related_resources(defects: &mut Defects, value: Value<'_>) {
    let mut seen = BTreeSet::new();
    for item in value.one_or_many() {
        if item.kind() != Kind::Object {
            defects.add(Code::DocumentMemberType, item);
            continue;
        }
        shape::id(defects, item, true);
        if let Some(id) = item.get("id").filter(|id| id.as_str().is_some_and(|text| !seen.insert(text))) {
            defects.add(Code::DocumentMemberValue, id);
        }
        if present(item, "digestSRI").or(present(item, "digestMultibase")).is_none() {
            defects.missing(Code::DocumentMemberMissing, item, "digestSRI");
        }
        for member in ["digestSRI", "digestMultibase", "mediaType"] {
            let fits = |text: &str| match member {
                "digestSRI" => is_sri(text),
                "digestMultibase" => may_be_multihash(text),
                _ => true,
            };
            for text in present(item, member).into_iter().flat_map(|value| value.one_or_many()) {
                match text.as_str() {
                    None => defects.add(Code::DocumentMemberType, text),
                    Some(written) if !fits(written) => defects.add(Code::DocumentMemberValue, text),
                    Some(_) => {}
                }
            }
        }
    }
}
