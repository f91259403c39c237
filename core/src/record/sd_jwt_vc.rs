//! SD-JWT VC → record (draft-ietf-oauth-sd-jwt-vc §2.2.2).
//!
//! `vct` says by a name what it is; what the name means, and what the claims mean under it, no standard of learning
//! records says. So nothing is made a title, a degree or a skill here: who, whom, when, and the claims as they stand.

use super::model::*;
use super::read::{MOST, Source, numeric_date};
use crate::document;
use crate::json::{Kind as Json, Value};

/// Claims that are elsewhere in the record, or that are for the report on it.
const ELSEWHERE: [&str; 11] =
    ["vct", "vct#integrity", "aka_vcts", "iss", "sub", "jti", "iat", "nbf", "exp", "cnf", "status"];

pub(crate) fn from_claims<'t>(root: Value<'t>, mut source: Source<'t>) -> Record {
    let origin = source.origin(root);
    let mut record = source.nothing(Kind::Other);
    record.id = source.string(root, "jti");
    record.kind_raw = source.strings(root, "vct");
    record.kind_raw.extend(source.strings(root, "aka_vcts"));
    record.issuer = source.string(root, "iss").map(|iss| Party { id: Some(iss), ..Party::nobody(origin) });
    record
        .holders
        .extend(source.string(root, "sub").map(|sub| Holder { id: Some(sub), ..Holder::nobody(origin) }));
    // `iat` is when the token was signed, not when something was awarded.
    record.dates.valid_from = root.get("nbf").and_then(|nbf| numeric_date(nbf, origin));
    record.dates.valid_until = root.get("exp").and_then(|exp| numeric_date(exp, origin));
    record.claims = claims(root, &mut source);
    record.completeness = source.completeness(None);
    record
}

/// Every scalar with its place. Unlike in linked data, an array is a list and an object has no other forms.
fn claims<'t>(root: Value<'t>, source: &mut Source<'t>) -> Vec<Claim> {
    let (mut claims, mut more) = (Vec::new(), 0_u64);
    document::walk_with_pointers(root, &mut |value, pointer| {
        if value.parent() == Some(root) && value.key().is_some_and(|key| ELSEWHERE.contains(&key)) {
            return false;
        }
        let value = match value.kind() {
            Json::Object | Json::Array => return true,
            Json::Null => return false,
            Json::String => Scalar::Text(value.as_str().unwrap_or_default().to_owned()),
            Json::Number => Scalar::Number(value.as_number().map_or(0.0, |number| number.as_f64())),
            Json::Bool => Scalar::Bool(value.as_bool().unwrap_or_default()),
        };
        if claims.len() < MOST {
            claims.push(Claim { pointer: pointer.to_owned(), value, origin: source.origin(root) });
        } else {
            more = more.saturating_add(1);
        }
        false
    });
    source.more(more);
    claims
}
