//! The signature of a statement of the Experience API: a JWS whose payload is the statement as it was before it was signed
//! (xAPI-Data §2.6.2). It is no token: its payload has no claims.

use super::claims::Content;
use super::header::{self, Header};
use super::{Compact, Envelope, Form, Signature};
use crate::codes::{Code, Finding};
use crate::limits::Limits;

/// What statements are signed with (§2.6.2); no other algorithm will do.
const ALGORITHMS: [&str; 3] = ["RS256", "RS384", "RS512"];

/// Opens the bytes of an attachment that is a signature. The document in the envelope is the payload, which nobody has
/// read yet.
///
/// # Errors
/// As [`Compact::parse`]; `json.*` and `limits.*` of the header.
pub(crate) fn open(bytes: &[u8], limits: &Limits) -> Result<Envelope, Finding> {
    let Compact { header, payload, signature, signing_input } = Compact::parse(bytes)?;
    let tree = header::parse(&header, limits)?;
    let protected = tree.root().as_object();
    let mut header = Header::read(protected, None, Form::Compact, !signature.is_empty());
    header.defects.extend(header.contradicts(protected, Content::Unknown));
    let named = header.algorithm.as_deref();
    if header.defects.iter().all(|defect| defect.code != Code::JoseAlg)
        && named.is_none_or(|name| !ALGORITHMS.contains(&name))
    {
        header.defects.push(Finding::at(Code::StatementAlgorithm, ""));
    }
    let mut findings = header.notes;
    if findings.is_empty() {
        findings.push(Finding::at(Code::JoseConventional, ""));
    }
    findings.append(&mut header.not_evaluated);
    let signature = Signature {
        algorithm: header.algorithm,
        message: signing_input.to_vec(),
        signature,
        key: header.key,
        defects: header.defects,
        created: header.signed_at.map(|instant| instant.to_string()),
        signed_at: header.signed_at,
        sealed: header.signed_at.is_some(),
    };
    Ok(Envelope {
        carrier: "jws",
        document: payload,
        findings,
        signatures: vec![signature],
        ..Envelope::default()
    })
}
