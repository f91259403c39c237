//! `x5c`: the signer's certificate as a source of the key, and its path to an anchor of the policy as what ties the key to
//! the issuer (RFC 7515 §4.1.6; design §5.6).

use sha2::{Digest as _, Sha256};

use super::Question;
use crate::codes::{Code, Finding};
use crate::identifier::x509::path::{self, Problem};
use crate::identifier::x509::{Certificate, MAX_CERTIFICATES, names::Match};
use crate::keys::PublicKey;
use crate::limits;
use crate::policy::Issuers;
use crate::securing::Tools;

/// The certificates of a header, the signer's first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Chain(Vec<Certificate>);

impl Chain {
    /// Reads `x5c`; `x5t#S256` must be the digest of the signer's certificate.
    pub(super) fn read(x5c: &[Vec<u8>], x5t_s256: Option<[u8; 32]>) -> Result<Self, Finding> {
        if x5c.len() > MAX_CERTIFICATES {
            return Err(limits::reached(Code::LimitCertificates, MAX_CERTIFICATES));
        }
        let digest = x5c.first().map(|der| <[u8; 32]>::from(Sha256::digest(der)));
        if x5t_s256.is_some() && x5t_s256 != digest {
            return Err(Finding::new(Code::KeyCertificateDigest));
        }
        let read: Result<Vec<Certificate>, _> = x5c.iter().map(|der| Certificate::parse(der)).collect();
        read.map(Chain).map_err(|_| Finding::new(Code::KeyCertificateInvalid))
    }

    /// The signer's key.
    pub(super) fn key(&self) -> Result<PublicKey, Finding> {
        match self.0.first() {
            Some(certificate) => certificate.key(),
            None => Err(Finding::new(Code::KeyCertificateInvalid)),
        }
    }
}

/// The key of the signer's certificate, if it is one that is supported, and the names in it that may stand for an issuer,
/// identifiers first. Read, and not believed.
pub(super) fn certified(x5c: &[Vec<u8>]) -> (Option<PublicKey>, Vec<String>) {
    let Some(Ok(certificate)) = x5c.first().map(|der| Certificate::parse(der)) else {
        return (None, Vec::new());
    };
    (certificate.key().ok(), certificate.names.as_issuer())
}

/// Whether the certificate leads to an anchor and names the issuer. Without an anchor it proves nothing, for or against.
pub(super) fn binding(
    chain: &Chain,
    principal: &str,
    question: &Question<'_>,
    tools: &mut Tools<'_>,
) -> (Finding, Option<&'static str>) {
    let signatures = &mut *tools.signatures;
    let mut budget = || match signatures.checked_sub(1) {
        Some(left) => {
            *signatures = left;
            true
        }
        None => false,
    };
    let rule = |code, rule: &str, certificate: usize| {
        question.found(code).with("rule", rule).with("certificate", certificate)
    };
    // Clocks differ.
    let skew = i64::from(tools.policy.clock_skew);
    let signed_at = question.signed_at.map(|instant| instant.plus_seconds(skew));
    let finding = match path::validate(&chain.0, tools.anchors, question.instant, signed_at, &mut budget) {
        Ok(()) => return named(chain, principal, question, tools),
        Err(Problem::NoAnchor) => question.found(Code::IssuerNoAnchor),
        Err(Problem::Broken { rule: broken, certificate }) => {
            rule(Code::IssuerPathBroken, broken, certificate)
        }
        Err(Problem::NotUnderstood { rule: unknown, certificate }) => {
            rule(Code::IssuerPathNotUnderstood, unknown, certificate)
        }
        Err(Problem::Budget) => limits::reached(Code::LimitSignatures, tools.policy.limits.signatures),
    };
    (finding, None)
}

fn named(
    chain: &Chain,
    principal: &str,
    question: &Question<'_>,
    tools: &Tools<'_>,
) -> (Finding, Option<&'static str>) {
    let names = chain.0.first().map(|certificate| &certificate.names);
    match names.map_or(Match::Unknown, |names| names.of_issuer(principal, question.claims)) {
        Match::Identifier(by) => {
            (question.found(Code::IssuerIsBound).with("certificateName", by), Some("x509"))
        }
        // The signer chose the identifier, and the certificate does not bear it: who accepts issuers by their identifiers
        // must not accept this one.
        Match::Organization(by) if tools.policy.accepted_issuers == Issuers::Anyone => {
            (question.found(Code::IssuerIsBound).with("certificateName", by), Some("x509"))
        }
        Match::Organization(_) | Match::Unknown => (question.found(Code::IssuerNotNamed), None),
        Match::Other => (question.found(Code::IssuerNotBound), None),
    }
}
