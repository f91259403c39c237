//! COSE: `vc+cose` and `vp+cose` (VC-JOSE-COSE §3.3): a COSE_Sign1 whose payload is the record as JSON.
//!
//! What decides anything comes from the protected header. From the other, which anybody can rewrite, only hints at the key
//! are read, which show nothing.

use super::envelope::{Addressed, Envelope, KeyHint, Period, Signature};
use crate::carrier::cose::{Header, Sign1};
use crate::carrier::media_type::{Form, MediaType};
use crate::codes::{Code, Finding};
use crate::document;
use crate::encoding::cbor::Value;
use crate::json::{self, Tree};
use crate::limits::Limits;
use crate::time::Timestamp;

/// Header parameters (RFC 9052 §3.1, RFC 9596, RFC 9597, RFC 9360) by their labels.
const ALG: i64 = 1;
const CRIT: i64 = 2;
const CONTENT_TYPE: i64 = 3;
const KID: i64 = 4;
const CWT_CLAIMS: i64 = 15;
const TYP: i64 = 16;
const X5CHAIN: i64 = 33;
const X5T: i64 = 34;

/// Parameters that may be critical, because they are processed.
const UNDERSTOOD: [i64; 8] = [ALG, CRIT, CONTENT_TYPE, KID, CWT_CLAIMS, TYP, X5CHAIN, X5T];

/// Algorithms by their COSE numbers (RFC 9053 §2, RFC 8812 §3, RFC 8230 §2, RFC 9864 §2.1, §2.2), with the JOSE names of
/// what they are. A number that goes with any curve here is that of one (RFC 8725 §3.1): the one that JOSE gives it.
const ALGORITHMS: [(i64, &str); 16] = [
    (-7, "ES256"),
    (-8, "EdDSA"),
    (-9, "ES256"),
    (-19, "Ed25519"),
    (-35, "ES384"),
    (-36, "ES512"),
    (-37, "PS256"),
    (-38, "PS384"),
    (-39, "PS512"),
    (-47, "ES256K"),
    (-51, "ES384"),
    (-52, "ES512"),
    (-53, "Ed448"),
    (-257, "RS256"),
    (-258, "RS384"),
    (-259, "RS512"),
];

/// MACs (RFC 9053 §3): whoever can check one can make it.
const MACS: [i64; 8] = [4, 5, 6, 7, 14, 15, 25, 26];

/// Opens a COSE_Sign1 (RFC 9052 §4.4).
///
/// # Errors
/// As [`Sign1::read`]; `json.*` and `limits.*` of its payload.
pub(crate) fn open(bytes: &[u8], limits: &Limits) -> Result<Envelope, Finding> {
    let sign1 = Sign1::read(bytes)?;
    let tree = Tree::parse(sign1.payload, limits)?;
    let presentation = document::detect(tree.root()).map(|detected| detected.presentation);
    let claims = Claims::of(&sign1.protected, tree.root(), presentation == Some(true));
    let algorithm = algorithm(&sign1.protected);
    let mut defects = defects(&sign1, presentation);
    if algorithm.is_none() {
        defects.push(Finding::at(Code::CoseAlg, ""));
    }
    let signature = Signature {
        algorithm,
        message: sign1.message,
        signature: sign1.signature.to_vec(),
        key: key_hint(&sign1.protected, &sign1.unprotected, claims.issuer),
        defects,
        created: claims.signed_at.map(|instant| instant.to_string()),
        signed_at: claims.signed_at,
        sealed: false,
    };
    Ok(Envelope {
        carrier: "cose",
        document: sign1.payload.to_vec(),
        parsed: Some(tree.into_owned()),
        findings: claims.findings,
        signatures: vec![signature],
        period: claims.period,
        addressed: claims.addressed,
        ..Envelope::default()
    })
}

fn get<'h, 'b>(header: &'h Header<'b>, label: i64) -> Option<&'h Value<'b>> {
    header.iter().find(|(name, _)| *name == Value::Int(label)).map(|(_, value)| value)
}

/// The JOSE name of the algorithm in the protected header; its number or name as written for one that is not known. `None`
/// where there is none, or one that anybody can sign with.
fn algorithm(protected: &Header<'_>) -> Option<String> {
    match get(protected, ALG)? {
        Value::Int(number) if *number == 0 || MACS.contains(number) => None,
        Value::Int(number) => {
            let known = ALGORITHMS.iter().find(|(other, _)| other == number);
            Some(known.map_or_else(|| number.to_string(), |(_, name)| (*name).to_owned()))
        }
        // No algorithm is registered by a name; one that reads as an algorithm of JOSE is none of COSE.
        Value::Text(name) => Some(format!("\"{name}\"")),
        _ => None,
    }
}

/// What is wrong with the headers, for a payload that is a presentation, a credential or neither.
fn defects(sign1: &Sign1<'_>, presentation: Option<bool>) -> Vec<Finding> {
    let Sign1 { protected, unprotected, .. } = sign1;
    let mut defects = Vec::new();
    let mut find = |code, parameter: &'static str| {
        defects.push(Finding::at(code, "").with("header", parameter));
    };
    let label = |value: &Value<'_>| matches!(value, Value::Int(_) | Value::Text(_));
    let twice = |(name, _): &(Value<'_>, Value<'_>)| protected.iter().any(|(other, _)| other == name);
    if protected.iter().chain(unprotected).any(|(name, _)| !label(name)) || unprotected.iter().any(twice) {
        find(Code::CoseHeader, "label");
    }
    if get(protected, CRIT).is_some_and(|value| !well_formed_crit(value, protected))
        || get(unprotected, CRIT).is_some()
    {
        find(Code::CoseCrit, "crit");
    }
    let critical = get(protected, CRIT).and_then(Value::as_array).unwrap_or(&[]);
    if critical.iter().any(|name| !name.as_int().is_some_and(|name| UNDERSTOOD.contains(&name))) {
        find(Code::CoseCritUnsupported, "crit");
    }
    for header in [protected, unprotected] {
        if get(header, KID).is_some_and(|kid| kid.as_bytes().is_none()) {
            find(Code::CoseHeader, "kid");
        }
        if get(header, X5CHAIN).is_some_and(|chain| certificates(chain).is_none()) {
            find(Code::CoseHeader, "x5chain");
        }
        if get(header, TYP).is_some_and(|value| !is_typ(value, presentation)) {
            find(Code::CoseTyp, "typ");
        }
        if get(header, CONTENT_TYPE).is_some_and(|value| !is_content_type(value, presentation)) {
            find(Code::CoseTyp, "content type");
        }
    }
    defects
}

/// RFC 9052 §3.1: an array of labels, not empty, all of which are protected.
fn well_formed_crit(value: &Value<'_>, protected: &Header<'_>) -> bool {
    let present = |name: &Value<'_>| protected.iter().any(|(other, _)| other == name);
    value.as_array().is_some_and(|names| !names.is_empty() && names.iter().all(present))
}

/// `application/vc+cose` or `application/vp+cose`, or a draft's name for it (VC-JOSE-COSE §3.3.1, §3.3.2; RFC 9596).
fn is_typ(value: &Value<'_>, presentation: Option<bool>) -> bool {
    let named = value.as_text().and_then(|name| {
        // RFC 9596 §2 lets `application/` be left out, as JOSE does.
        if name.contains('/') {
            MediaType::named(name)
        } else {
            MediaType::named(&format!("application/{name}"))
        }
    });
    named.is_some_and(|media| {
        media.form == Form::Cose && presentation.is_none_or(|is| is == media.presentation)
    })
}

/// `application/vc` or `application/vp` (VC-JOSE-COSE §3.3.1, §3.3.2), or what says no more than that it is JSON: by name, or
/// by its number among the content formats of CoAP.
fn is_content_type(value: &Value<'_>, presentation: Option<bool>) -> bool {
    const JSON: i64 = 50;
    let name = match value {
        Value::Int(number) => return *number == JSON,
        Value::Text(name) => name.to_ascii_lowercase(),
        _ => return false,
    };
    match name.strip_prefix("application/").unwrap_or(&name) {
        "json" | "ld+json" => true,
        "vc" | "vc+ld+json" => presentation != Some(true),
        "vp" | "vp+ld+json" => presentation != Some(false),
        _ => false,
    }
}

/// `kid`, `x5chain`, `x5t` of either header, and the issuer of the claims.
fn key_hint(protected: &Header<'_>, unprotected: &Header<'_>, issuer: Option<String>) -> KeyHint {
    let hint = |label| get(protected, label).or_else(|| get(unprotected, label));
    let kid = hint(KID).and_then(Value::as_bytes).and_then(|kid| std::str::from_utf8(kid).ok());
    KeyHint {
        kid: kid.map(str::to_owned),
        issuer,
        x5c: hint(X5CHAIN).and_then(certificates).unwrap_or_default(),
        x5t_s256: hint(X5T).and_then(thumbprint),
        ..KeyHint::default()
    }
}

/// One certificate, or several in an array (RFC 9360 §2).
fn certificates(value: &Value<'_>) -> Option<Vec<Vec<u8>>> {
    let all: Option<Vec<Vec<u8>>> = match value {
        Value::Bytes(one) => Some(vec![one.to_vec()]),
        Value::Array(items) => items.iter().map(|item| item.as_bytes().map(<[u8]>::to_vec)).collect(),
        _ => None,
    };
    all.filter(|all| !all.is_empty() && all.iter().all(|certificate| !certificate.is_empty()))
}

/// A SHA-256 thumbprint (RFC 9360 §2; −16 is SHA-256, RFC 9054 §2.1).
fn thumbprint(value: &Value<'_>) -> Option<[u8; 32]> {
    match value.as_array()? {
        [Value::Int(-16), digest] => digest.as_bytes_of().copied(),
        _ => None,
    }
}

/// The CWT claims of the protected header (RFC 8392 §3.1, RFC 9597) against the record.
#[derive(Default)]
struct Claims {
    findings: Vec<Finding>,
    issuer: Option<String>,
    period: Period,
    addressed: Addressed,
    signed_at: Option<Timestamp>,
}

impl Claims {
    fn of(protected: &Header<'_>, record: json::Value<'_>, presentation: bool) -> Self {
        let mut claims = Claims::default();
        match get(protected, CWT_CLAIMS) {
            None => {}
            Some(Value::Map(entries)) => claims.read(entries, record, presentation),
            Some(_) => claims.find(Code::CoseClaimsMalformed, "CWT Claims"),
        }
        if claims.findings.is_empty() {
            claims.findings.push(Finding::at(Code::CoseClaimsAgree, ""));
        }
        claims
    }

    fn find(&mut self, code: Code, claim: &'static str) {
        self.findings.push(Finding::at(code, "").with("claim", claim));
    }

    fn read(&mut self, entries: &Header<'_>, record: json::Value<'_>, presentation: bool) {
        const LAST: i64 = 253_402_300_799;
        self.issuer = self.text(entries, 1, "iss");
        let principal = if presentation { document::holder_id(record) } else { document::issuer_id(record) };
        if self.issuer.is_some() && self.issuer.as_deref() != principal {
            self.find(Code::CoseClaimsDiffer, "iss");
        }
        let subject = self.text(entries, 2, "sub");
        let known = |subject: &String| document::subject_ids(record).any(|id| id == subject);
        if !presentation && subject.as_ref().is_some_and(|subject| !known(subject)) {
            self.find(Code::CoseClaimsDiffer, "sub");
        }
        self.addressed.audience = self.text(entries, 3, "aud").into_iter().collect();
        let mut instant = |label, claim| {
            let seconds = get(entries, label)?.as_int().filter(|seconds| (0..=LAST).contains(seconds));
            if seconds.is_none() {
                self.findings.push(Finding::at(Code::CoseClaimsMalformed, "").with("claim", claim));
            }
            seconds.map(Timestamp::from_unix)
        };
        let (expires, not_before) = (instant(4, "exp"), instant(5, "nbf"));
        self.signed_at = instant(6, "iat");
        self.period = Period { not_before, expires };
        // RFC 9711 §4.1: bytes; a challenge is a text.
        if let Some(value) = get(entries, 10) {
            let bytes = value.as_bytes().or_else(|| value.as_text().map(str::as_bytes));
            match bytes.map(std::str::from_utf8) {
                Some(Ok(nonce)) => self.addressed.nonce = Some(nonce.to_owned()),
                // Not the text of any challenge.
                Some(Err(_)) => {}
                None => self.find(Code::CoseClaimsMalformed, "nonce"),
            }
        }
    }

    fn text(&mut self, entries: &Header<'_>, label: i64, claim: &'static str) -> Option<String> {
        let value = get(entries, label)?;
        let text = value.as_text().map(str::to_owned);
        if text.is_none() {
            self.find(Code::CoseClaimsMalformed, claim);
        }
        text
    }
}

#[cfg(test)]
#[path = "cose_tests.rs"]
mod tests;
