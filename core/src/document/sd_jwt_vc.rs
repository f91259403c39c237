//! SD-JWT VC: claims of a JWT with a type (`vct`), no W3C data model (draft-ietf-oauth-sd-jwt-vc §2.2.2, RFC 7519 §4.1).

use super::Defects;
use crate::codes::Code;
use crate::json::{Kind, Value};

/// What every SD-JWT VC may say, and as what JSON type.
const CLAIMS: [(&str, Kind); 11] = [
    ("vct", Kind::String),
    ("vct#integrity", Kind::String),
    ("iss", Kind::String),
    ("sub", Kind::String),
    ("jti", Kind::String),
    ("iat", Kind::Number),
    ("nbf", Kind::Number),
    ("exp", Kind::Number),
    ("cnf", Kind::Object),
    ("status", Kind::Object),
    ("aka_vcts", Kind::Array),
];

/// Seconds since 1970 up to the end of the year 9999.
const INSTANTS: std::ops::RangeInclusive<f64> = 0.0..=253_402_300_799.0;

/// The rules of its claims; `typed` if it must say which type of credential it is.
pub(super) fn rules(defects: &mut Defects, root: Value<'_>, typed: bool) {
    for (name, kind) in CLAIMS {
        let Some(value) = root.get(name) else { continue };
        if value.kind() != kind {
            defects.add(Code::DocumentMemberType, value);
        } else if value.as_str() == Some("")
            || value.as_number().is_some_and(|number| !INSTANTS.contains(&number.as_f64()))
        {
            defects.add(Code::DocumentMemberValue, value);
        }
    }
    if typed && root.get("vct").is_none() {
        defects.missing(Code::DocumentMemberMissing, root, "vct");
    }
    let bound = |name: &str| Some(root.get(name)?.as_number()?.as_f64());
    if let (Some(from), Some(until), Some(value)) = (bound("nbf"), bound("exp"), root.get("exp"))
        && until < from
    {
        defects.add(Code::DocumentDateOrder, value);
    }
}
