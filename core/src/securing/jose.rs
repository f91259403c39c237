//! JOSE: JSON Web Signatures around a document (RFC 7515, VC-JOSE-COSE §3.1, VCDM 1.1 §6.3).

use super::envelope::{Addressed, Envelope, KeyHint, Period, Signature};
use crate::carrier::jws::Compact;
use crate::codes::Finding;
use crate::json::{Tree, Value};
use crate::limits::Limits;
use crate::time::Timestamp;

/// Opens a JWS in its compact serialization (RFC 7515 §3.1, §5.2).
///
/// # Errors
/// `json.*` and `limits.*` of its header and payload, [`Code::JsonSyntax`] for what is no JWS.
pub(crate) fn open(bytes: &[u8], limits: &Limits) -> Result<Envelope, Finding> {
    let compact = Compact::parse(bytes)?;
    let header = Tree::parse(&compact.header, limits)?;
    let payload = Tree::parse(&compact.payload, limits)?;
    Ok(token(&compact, header.root(), payload.root()))
}

/// A token with these claims: those of its payload, or what disclosures make of them.
pub(super) fn token(compact: &Compact<'_>, header: Value<'_>, claims: Value<'_>) -> Envelope {
    let text =
        |object: Value<'_>, name: &str| object.get(name).and_then(|value| value.as_str()).map(str::to_owned);
    let instant = |name: &str| claims.get(name)?.as_number()?.as_i64().map(Timestamp::from_unix);
    let signature = Signature {
        algorithm: text(header, "alg"),
        message: compact.signing_input.to_vec(),
        signature: compact.signature.clone(),
        key: KeyHint { kid: text(header, "kid"), issuer: text(claims, "iss") },
        defects: Vec::new(),
        created: None,
        signed_at: instant("iat"),
    };
    let addressed =
        Addressed { audience: text(claims, "aud").into_iter().collect(), nonce: text(claims, "nonce") };
    let period = Period { not_before: instant("nbf"), expires: instant("exp") };
    let document = compact.payload.clone();
    Envelope {
        carrier: "jws",
        document,
        findings: Vec::new(),
        signatures: vec![signature],
        period,
        addressed,
        ..Envelope::default()
    }
}
