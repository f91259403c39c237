//! SD-JWT (RFC 9901): a JWT whose claims the holder discloses one by one; SD-JWT VC (draft-ietf-oauth-sd-jwt-vc) and
//! credentials of the W3C data model in an SD-JWT (VC-JOSE-COSE §3.2).

mod disclosures;
mod key_binding;
#[cfg(test)]
mod tests;

use super::envelope::Envelope;
use super::jose::{self, Form, Part};
use super::verified::Cover;
use crate::carrier::jws::{self, Compact};
use crate::carrier::sd_jwt::SdJwt;
use crate::codes::{Code, Finding};
use crate::document::{self, Detected, Family};
use crate::encoding::base64url;
use crate::json::{Object, Tree, Value};
use crate::limits::Limits;
use disclosures::Hash;
pub(crate) use key_binding::KeyBinding;

/// Claims that decide whether a token is authentic and valid: no holder may be able to withhold them (RFC 9901 §9.7).
const DECISIVE: [&str; 5] = ["iss", "aud", "exp", "nbf", "cnf"];
/// The same of an SD-JWT VC (draft-ietf-oauth-sd-jwt-vc §2.2.2.2).
const DECISIVE_VC: [&str; 8] = ["iss", "aud", "exp", "nbf", "cnf", "vct", "vct#integrity", "status"];

/// Opens an SD-JWT, with or without a key binding (RFC 9901 §7.1, §7.3).
///
/// # Errors
/// `sdjwt.*` for what breaks a rule of processing, `json.*` and `limits.*` for the header, the payload and disclosures.
pub(super) fn open(bytes: &[u8], limits: &Limits) -> Result<Envelope, Finding> {
    read(&SdJwt::parse(bytes)?, None, limits)
}

/// Opens an SD-JWT in a JSON serialization of JWS: the disclosures and the key binding stand in the unprotected header
/// (RFC 9901 §8). `None` if the object is none. It is read as its compact form, which `sd_hash` is about in any case;
/// one with several signatures, which has no compact form, is not supported.
pub(super) fn open_json(root: Value<'_>, limits: &Limits) -> Option<Result<Envelope, Finding>> {
    let first = root.get("signatures").and_then(|signatures| signatures.one_or_many().next()).unwrap_or(root);
    let disclosures = first.get("header")?.get("disclosures").filter(|_| crate::carrier::is_jws(root))?;
    Some(json(root, disclosures, limits))
}

fn json(root: Value<'_>, disclosures: Value<'_>, limits: &Limits) -> Result<Envelope, Finding> {
    let wrong = |value: Value<'_>| Finding::at(Code::SdJwtFormat, value.pointer());
    let jws::Json { payload, signatures } = jws::Json::parse(root, limits)?;
    let [signed] = signatures.as_slice() else {
        return Err(Finding::at(Code::SecuringNotBuilt, "/signatures"));
    };
    let mut text = format!("{}.{payload}.{}~", signed.protected, base64url::encode(&signed.signature));
    let mut stated = Vec::new();
    for disclosure in disclosures.as_array().ok_or_else(|| wrong(disclosures))?.iter() {
        let disclosure = disclosure.as_str().ok_or_else(|| wrong(disclosure))?;
        stated.push(disclosure);
        text.push_str(disclosure);
        text.push('~');
    }
    let key_binding = match signed.unprotected.and_then(|header| header.get("kb_jwt")) {
        None => None,
        Some(value) => Some(value.as_str().ok_or_else(|| wrong(value))?),
    };
    text.push_str(key_binding.unwrap_or(""));
    let token = SdJwt::parse(text.as_bytes())?;
    // No tilde inside of a part makes two of it.
    if token.disclosures != stated || token.key_binding != key_binding {
        return Err(wrong(disclosures));
    }
    read(&token, signed.unprotected.and_then(|header| header.as_object()), limits)
}

fn read(token: &SdJwt<'_>, unprotected: Option<Object<'_>>, limits: &Limits) -> Result<Envelope, Finding> {
    let compact = Compact::parse(token.issuer_jwt.as_bytes())?;
    let header = jose::header::parse(&compact.header, limits)?;
    let payload = Tree::parse(&compact.payload, limits)?;
    let never_disclosed = match document::detect(payload.root()) {
        Some(Detected { family, .. }) if family != Family::SdJwtVc => &DECISIVE[..],
        _ => &DECISIVE_VC,
    };
    let claims = disclosures::process(payload.root(), &token.disclosures, never_disclosed, limits)?;
    let part = Part {
        protected: header.root().as_object(),
        unprotected,
        message: compact.signing_input.to_vec(),
        signature: compact.signature,
    };
    let mut envelope = jose::assemble(Form::SdJwt, claims.text.clone().into_bytes(), vec![part], limits)?;
    // Where a proof stands in the claims, the document is without some of them.
    let reread = match &envelope.parsed {
        Some(_) => None,
        None => Some(Tree::parse(claims.text.as_bytes(), limits)?),
    };
    let Some(root) = envelope.parsed.as_ref().or(reread.as_ref()).map(Tree::root) else {
        return Err(Finding::at(Code::JsonShape, ""));
    };
    let detected = document::detect(root);
    if let (None, Some(claim)) = (detected, ["vc", "vp"].into_iter().find(|name| root.get(name).is_some())) {
        // The record is the payload, not in it (VC-JOSE-COSE §3.1.3).
        return Err(Finding::at(Code::JoseClaimsForbidden, "").with("claim", claim));
    }
    if detected.is_none() && says(header.root()).as_deref() == Some("dc+sd-jwt") {
        return Err(Finding::at(Code::DocumentMemberMissing, "").with("member", "vct"));
    }
    let key_binding = KeyBinding::open(token.key_binding, token.presented, claims.hash, root, limits);
    let typ = typ(header.root(), root, detected.as_ref());

    envelope.findings.push(Finding::at(Code::DisclosuresOk, ""));
    if let Some(signature) = envelope.signatures.first_mut() {
        signature.key.metadata_first = detected.is_some_and(|detected| detected.family == Family::SdJwtVc);
        signature.defects.extend(typ);
    }
    // A presentation says itself for whom it is made; a credential is made for nobody until it is presented.
    if !detected.is_some_and(|detected| detected.presentation) {
        envelope.addressed = key_binding.addressed();
    }
    envelope.cover = match detected {
        Some(Detected { family, .. }) if family != Family::SdJwtVc && claims.withheld.any() => {
            Cover::Selective { optional_status: claims.withheld.status }
        }
        _ => Cover::Limited,
    };
    envelope.key_binding = Some(key_binding);
    Ok(envelope)
}

/// `typ`, a media type of which `application/` may be left out (RFC 7515 §4.1.9). One that is no text is a defect by
/// itself.
fn says(header: Value<'_>) -> Option<String> {
    let typ = header.get("typ")?.as_str()?.to_ascii_lowercase();
    Some(typ.strip_prefix("application/").map(str::to_owned).unwrap_or(typ))
}

/// `typ` must say what the token holds, so that no token is taken for one of another kind (RFC 8725 §3.11):
/// `dc+sd-jwt` an SD-JWT VC (draft-ietf-oauth-sd-jwt-vc §2.2.1); `vc+sd-jwt` one of before 2025, or a credential of the
/// W3C data model, where it may be absent (VC-JOSE-COSE §3.2.1); `vp+sd-jwt` a presentation (§3.2.2).
fn typ(header: Value<'_>, claims: Value<'_>, detected: Option<&Detected>) -> Option<Finding> {
    let wrong = Some(Finding::at(Code::JoseTyp, "").with("header", "typ"));
    let typ = says(header);
    let fits = match (detected, typ.as_deref()) {
        // What is no record is said elsewhere.
        (None, _) => true,
        (Some(Detected { family: Family::SdJwtVc, .. }), Some("dc+sd-jwt" | "vc+sd-jwt")) => true,
        (Some(Detected { family: Family::SdJwtVc, .. }), _) => false,
        (Some(Detected { presentation: true, .. }), typ) => {
            matches!(typ, None | Some("vp+sd-jwt" | "vp+ld+json+sd-jwt"))
        }
        // A token with the marks of both kinds would be read in two ways.
        (Some(_), Some("vc+sd-jwt")) => claims.get("vct").is_none(),
        (Some(_), typ) => matches!(typ, None | Some("vc+ld+json+sd-jwt")),
    };
    if fits { None } else { wrong }
}
