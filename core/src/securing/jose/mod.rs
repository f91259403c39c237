//! JOSE: JSON Web Signatures around a record (RFC 7515): VC-JWT (VCDM 1.1 §6.3.1), `vc+jwt` and `vp+jwt` (VC-JOSE-COSE §3.1),
//! the JWTs of Open Badges and CLR (Open Badges 3.0 §8.2), and the JSON serializations, which European credentials use.

mod agreement;
pub(super) mod claims;
pub(crate) mod header;
pub(crate) mod statement;
#[cfg(test)]
mod tests;

use super::envelope::{Envelope, Signature};
use crate::carrier::jws::{Compact, Json};
use crate::codes::{Code, Finding};
use crate::encoding::base64url;
use crate::json::{Object, Tree, Value};
use crate::limits::Limits;
use claims::{Rules, Token};
use header::Header;

/// How a JWS is written down. Only a compact one is a JWT (RFC 7519 §1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Compact,
    Json,
    /// With disclosures behind it: its claims are those that are disclosed (RFC 9901 §4).
    SdJwt,
}

/// The types of tokens that hold a credential or a presentation, without `application/`: those of VC-JOSE-COSE §6.1, then
/// as they were called before.
pub(crate) const JWT_TYPES: [&str; 6] =
    ["vc+jwt", "vp+jwt", "vc+ld+jwt", "vp+ld+jwt", "vc+ld+json+jwt", "vp+ld+json+jwt"];

/// Opens a JWS in its compact serialization (RFC 7515 §5.2).
///
/// # Errors
/// As [`Compact::parse`]; `json.*` and `limits.*` of its header and payload; `jose.claims.*` where the record in the token
/// cannot be told.
pub(crate) fn open(bytes: &[u8], limits: &Limits) -> Result<Envelope, Finding> {
    let Compact { header, payload, signature, signing_input } = Compact::parse(bytes)?;
    let header = header::parse(&header, limits)?;
    let part = Part {
        protected: header.root().as_object(),
        unprotected: None,
        message: signing_input.to_vec(),
        signature,
    };
    assemble(Form::Compact, payload, vec![part], limits)
}

/// Opens a JWS in one of its JSON serializations. `None` if the object is none.
pub(crate) fn open_json(root: Value<'_>, limits: &Limits) -> Option<Result<Envelope, Finding>> {
    crate::carrier::is_jws(root).then(|| json(root, limits))
}

fn json(root: Value<'_>, limits: &Limits) -> Result<Envelope, Finding> {
    let Json { payload, signatures } = Json::parse(root, limits)?;
    let headers = signatures.iter().map(|signed| match signed.header.as_slice() {
        [] => Ok(None),
        bytes => header::parse(bytes, limits).map(Some),
    });
    let headers = headers.collect::<Result<Vec<_>, _>>()?;
    let encoded = |header: &Option<Tree<'_>>| {
        let b64 = header.as_ref().and_then(|header| header.root().get("b64")?.as_bool());
        b64 != Some(false)
    };
    // RFC 7797 §3: one payload is signed in one form.
    let decode = headers.iter().any(encoded);
    if decode && !headers.iter().all(encoded) {
        return Err(Finding::new(Code::JoseB64));
    }
    let wrong = |_| Finding::at(Code::JoseFormat, "/payload");
    let bytes = if decode { base64url::decode(payload).map_err(wrong)? } else { payload.as_bytes().to_vec() };
    let mut parts = Vec::with_capacity(headers.len());
    for (signed, header) in signatures.iter().zip(&headers) {
        parts.push(Part {
            protected: header.as_ref().and_then(|header| header.root().as_object()),
            unprotected: signed.unprotected.and_then(|header| header.as_object()),
            message: [signed.protected.as_bytes(), b".", payload.as_bytes()].concat(),
            signature: signed.signature.clone(),
        });
    }
    assemble(Form::Json, bytes, parts, limits)
}

/// One signature, its headers read as JSON.
pub(super) struct Part<'h> {
    pub(super) protected: Option<Object<'h>>,
    pub(super) unprotected: Option<Object<'h>>,
    pub(super) message: Vec<u8>,
    pub(super) signature: Vec<u8>,
}

/// Puts headers, claims and the record together.
///
/// # Errors
/// As [`open`], for the payload.
pub(super) fn assemble(
    form: Form,
    payload: Vec<u8>,
    parts: Vec<Part<'_>>,
    limits: &Limits,
) -> Result<Envelope, Finding> {
    let mut headers: Vec<Header> = parts
        .iter()
        .map(|part| Header::read(part.protected, part.unprotected, form, !part.signature.is_empty()))
        .collect();
    let tree = match Tree::parse(&payload, limits) {
        Ok(tree) => tree,
        // What is compressed is no JSON, and that is not what is wrong with it.
        Err(finding) => {
            let mut defects = headers.iter().flat_map(|header| &header.defects);
            let zip = defects.find(|defect| defect.code == Code::JoseCritUnsupported);
            return Err(zip.cloned().unwrap_or(finding));
        }
    };
    let token = Token::of(tree.root())?;
    for (header, part) in headers.iter_mut().zip(&parts) {
        let contradictions = header.contradicts(part.protected, token.content);
        header.defects.extend(contradictions);
    }
    let rules = Rules {
        issuers: headers.iter().filter_map(|header| header.issuer.as_deref()).collect(),
        subjects: headers.iter().filter_map(|header| header.subject.as_deref()).collect(),
        badge_jwt: headers.iter().all(|header| header.plain_jwt),
    };
    let mut read = token.read(&rules);
    let notes = headers.iter_mut().flat_map(|header| std::mem::take(&mut header.notes));
    read.notes.extend(notes);
    if read.notes.is_empty() {
        read.notes.push(Finding::at(Code::JoseConventional, ""));
    }
    read.findings.append(&mut read.notes);
    for header in &mut headers {
        read.findings.append(&mut header.not_evaluated);
    }
    let signature = |(header, part): (Header, Part<'_>)| {
        let mut key = header.key;
        key.issuer = read.issuer.clone().or(header.issuer);
        let sealed = header.signed_at.is_some();
        let signed_at = header.signed_at.or(read.signed_at);
        key.metadata_first = header.status_list;
        Signature {
            algorithm: header.algorithm,
            message: part.message,
            signature: part.signature,
            key,
            defects: header.defects,
            created: signed_at.map(|instant| instant.to_string()),
            signed_at,
            sealed,
        }
    };
    let signatures = headers.into_iter().zip(parts).map(signature).collect();
    let parsed = read.document.is_none().then(|| tree.into_owned());
    Ok(Envelope {
        carrier: match form {
            Form::Compact => "jws",
            Form::Json => "jwsJson",
            Form::SdJwt => "sdJwt",
        },
        document: read.document.unwrap_or(payload),
        parsed,
        findings: read.findings,
        signatures,
        period: read.period,
        addressed: read.addressed,
        status: read.status,
        ..Envelope::default()
    })
}
