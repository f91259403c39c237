//! SD-JWT VC → record (draft-ietf-oauth-sd-jwt-vc §2.2.2).
//!
//! `vct` says by a name what it is; what the name means, and what the claims mean under it, no standard of learning
//! records says. So nothing is made a title, a degree or a skill here: who, whom, when, and the claims as they stand. Of the
//! few types whose claims are defined by those who own the name, what they say of the holder is read ([`person`]).

use super::model::*;
use super::read::{MOST, Source, date_of, numeric_date};
use crate::document;
use crate::json::{Kind as Json, Value};

/// Claims that are elsewhere in the record, or that are for the report on it.
const ELSEWHERE: [&str; 11] =
    ["vct", "vct#integrity", "aka_vcts", "iss", "sub", "jti", "iat", "nbf", "exp", "cnf", "status"];

/// Person identification data of the European Digital Identity Wallet (PID Rulebook §4), and as it was called before. Exactly
/// these types: what extends them may mean something else by its claims.
const PERSON: [&str; 2] = ["urn:eudi:pid:1", "urn:eu.europa.ec.eudi:pid:1"];

/// The names and the date of birth of a person, where the type defines them; and which claims those were.
fn person<'t>(root: Value<'t>, source: &Source<'t>, holder: &mut Holder) -> Vec<&'static str> {
    let text = |claim: &str| root.get(claim).and_then(|value| value.as_str());
    if !text("vct").is_some_and(|vct| PERSON.contains(&vct)) {
        return Vec::new();
    }
    let name = |claim| text(claim).map(|name| source.text_of(root, name));
    holder.given_name.extend(name("given_name"));
    holder.family_name.extend(name("family_name"));
    holder.birth_date = text("birthdate").map(|date| date_of(date.to_owned(), source.origin(root)));
    ["given_name", "family_name", "birthdate"].into_iter().filter(|claim| text(claim).is_some()).collect()
}

pub(crate) fn from_claims<'t>(root: Value<'t>, mut source: Source<'t>) -> Record {
    let origin = source.origin(root);
    let mut record = source.nothing(Kind::Other);
    record.id = source.string(root, "jti");
    record.kind_raw = source.strings(root, "vct");
    record.kind_raw.extend(source.strings(root, "aka_vcts"));
    record.issuer = source.string(root, "iss").map(|iss| Party { id: Some(iss), ..Party::nobody(origin) });
    let mut holder = Holder { id: source.string(root, "sub"), ..Holder::nobody(origin) };
    let read = person(root, &source, &mut holder);
    record.holders.extend(Some(holder).filter(|holder| *holder != Holder::nobody(origin)));
    // `iat` is when the token was signed, not when something was awarded.
    record.dates.valid_from = root.get("nbf").and_then(|nbf| numeric_date(nbf, origin));
    record.dates.valid_until = root.get("exp").and_then(|exp| numeric_date(exp, origin));
    record.claims = claims(root, &read, &mut source);
    record.completeness = source.completeness(None);
    record
}

/// Every scalar with its place. Unlike in linked data, an array is a list and an object has no other forms.
fn claims<'t>(root: Value<'t>, read: &[&str], source: &mut Source<'t>) -> Vec<Claim> {
    let (mut claims, mut more) = (Vec::new(), 0_u64);
    document::walk_with_pointers(root, &mut |value, pointer| {
        let elsewhere = |key: &str| ELSEWHERE.contains(&key) || read.contains(&key);
        if value.parent() == Some(root) && value.key().is_some_and(elsewhere) {
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
