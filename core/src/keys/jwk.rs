//! JSON Web Keys (RFC 7517; RFC 7518 §6; RFC 8037 §2; RFC 8812 §3.1; CID 1.0 §2.2.3), public ones.

use super::{Algorithm, Curve, EcdsaKey, Ed25519Key, KeyType, PublicKey, RsaKey, encoding};
use crate::codes::{Code, Finding};
use crate::encoding::base64url;
use crate::json::{Kind, Object, Value};

/// Members that only private or symmetric keys have (RFC 7518 §6.2.2, §6.3.2, §6.4.1; `priv` of the AKP keys).
const PRIVATE: [&str; 9] = ["d", "p", "q", "dp", "dq", "qi", "oth", "k", "priv"];

/// See [`PublicKey::from_jwk`].
pub(super) fn parse(value: Value<'_>) -> Result<PublicKey, Finding> {
    let jwk = value.as_object().ok_or_else(|| wrong(value))?;
    if let Some((_, private)) = jwk.iter().find(|(name, _)| PRIVATE.contains(name)) {
        return Err(Finding::at(Code::KeyPrivate, private.pointer()));
    }
    let kty = required(jwk, "kty")?;
    let crv = if matches!(kty, "OKP" | "EC") { Some(required(jwk, "crv")?) } else { text(jwk, "crv")? };
    text(jwk, "kid")?;
    let alg = text(jwk, "alg")?;
    may_verify(jwk)?;
    let key_type = kind(kty, crv).ok_or_else(|| Finding::at(Code::KeyUnsupported, value.pointer()))?;
    let here = |finding: Finding| finding.moved(Some(value.pointer()));
    let point = |curve| {
        let (x, y) = (bytes(jwk, "x")?, bytes(jwk, "y")?);
        EcdsaKey::from_coordinates(curve, &x, &y).map(PublicKey::Ecdsa).map_err(here)
    };
    let key = match key_type {
        KeyType::Ed25519 => Ed25519Key::from_bytes(&bytes(jwk, "x")?)
            .map(PublicKey::Ed25519)
            .map_err(|finding| at(jwk, "x", finding))?,
        KeyType::P256 => point(Curve::P256)?,
        KeyType::P384 => point(Curve::P384)?,
        KeyType::P521 => point(Curve::P521)?,
        KeyType::Secp256k1 => point(Curve::Secp256k1)?,
        KeyType::Rsa => {
            let (n, e) = (bytes(jwk, "n")?, bytes(jwk, "e")?);
            PublicKey::Rsa(RsaKey::from_numbers(&n, &e).map_err(here)?)
        }
        other => return Err(here(other.refused())),
    };
    match (alg, jwk.get("alg")) {
        (Some(alg), Some(member)) => only(key, alg).ok_or_else(|| wrong(member)),
        _ => Ok(key),
    }
}

/// The key with the one algorithm that it says it is for (RFC 7517 §4.4); none if that is not one of its own: another
/// algorithm would be a second reading of the same key.
fn only(key: PublicKey, alg: &str) -> Option<PublicKey> {
    let algorithm = Algorithm::named(alg).filter(|algorithm| key.algorithms().contains(algorithm))?;
    Some(match key {
        PublicKey::Rsa(key) => PublicKey::Rsa(key.only(algorithm)),
        key => key,
    })
}

/// Whether the key says of itself that it verifies signatures: `use` (RFC 7517 §4.2) is `sig`, `key_ops` (§4.3) has
/// `verify`; either may be absent.
fn may_verify(jwk: Object<'_>) -> Result<(), Finding> {
    let forbids = |member: Value<'_>| Finding::at(Code::KeyRelationship, member.pointer());
    if let (Some(usage), Some(member)) = (text(jwk, "use")?, jwk.get("use"))
        && usage != "sig"
    {
        return Err(forbids(member));
    }
    let Some(member) = jwk.get("key_ops") else { return Ok(()) };
    let mut operations = Vec::new();
    for operation in member.as_array().ok_or_else(|| wrong(member))?.iter() {
        operations.push(operation.as_str().ok_or_else(|| wrong(operation))?);
    }
    let verifies = operations.contains(&"verify");
    operations.sort_unstable();
    if operations.windows(2).any(|pair| matches!(pair, [a, b] if a == b)) {
        return Err(wrong(member));
    }
    if verifies { Ok(()) } else { Err(forbids(member)) }
}

/// The kind of key: `kty` and, where the type has curves, `crv` (exact, as registered with IANA).
fn kind(kty: &str, crv: Option<&str>) -> Option<KeyType> {
    Some(match (kty, crv) {
        ("OKP", Some("Ed25519")) => KeyType::Ed25519,
        ("OKP", Some("Ed448")) => KeyType::Ed448,
        ("OKP", Some("X25519")) => KeyType::X25519,
        ("OKP", Some("X448")) => KeyType::X448,
        ("EC", Some("P-256")) => KeyType::P256,
        ("EC", Some("P-384")) => KeyType::P384,
        ("EC", Some("P-521")) => KeyType::P521,
        ("EC", Some("secp256k1")) => KeyType::Secp256k1,
        ("RSA", _) => KeyType::Rsa,
        _ => return None,
    })
}

/// The bytes of a coordinate or a number, in base64url.
fn bytes(jwk: Object<'_>, name: &'static str) -> Result<Vec<u8>, Finding> {
    base64url::decode(required(jwk, name)?).map_err(|why| at(jwk, name, encoding(&why)))
}

/// A finding about a member.
fn at(jwk: Object<'_>, name: &str, finding: Finding) -> Finding {
    finding.moved(jwk.get(name).map(|member| member.pointer()))
}

/// A member that is a string if it is there.
fn text<'t>(jwk: Object<'t>, name: &str) -> Result<Option<&'t str>, Finding> {
    match jwk.get(name) {
        None => Ok(None),
        Some(member) if member.kind() == Kind::String => Ok(member.as_str()),
        Some(member) => Err(wrong(member)),
    }
}

/// A string that has to be there.
fn required<'t>(jwk: Object<'t>, name: &'static str) -> Result<&'t str, Finding> {
    text(jwk, name)?
        .ok_or_else(|| Finding::at(Code::KeyEncoding, jwk.as_value().pointer()).with("member", name))
}

fn wrong(value: Value<'_>) -> Finding {
    Finding::at(Code::KeyEncoding, value.pointer())
}
