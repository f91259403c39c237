//! Certification paths (RFC 5280 §6.1), for chains that stand in the order of RFC 7515 §4.1.6: each certificate is
//! certified by the next, the last of them, or an earlier one, by an anchor. No path is searched for, so a chain costs
//! at most one signature check for each certificate and each anchor of the same name.
//!
//! Not evaluated: whether a certificate has been revoked. Whoever reports a path says so.

use super::{Certificate, usage};
use crate::keys::PublicKey;
use crate::time::Timestamp;

/// Why there is no path. `certificate` is the place in the chain, the signer's own is 0; an anchor comes after the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// It leads to none of the anchors, which says nothing about it.
    NoAnchor,
    /// A certificate does not do what it must: evidence against.
    Broken {
        /// `notYetValid`, `expired`, `authority`, `pathLength`, `keyUsage`, `extendedKeyUsage`, `order`, `signature`.
        rule: &'static str,
        /// Which.
        certificate: usize,
    },
    /// A certificate demands something that is not evaluated here, or is signed in a way that is not supported.
    NotUnderstood {
        /// `criticalExtension`, `algorithm`.
        rule: &'static str,
        /// Which.
        certificate: usize,
    },
    /// There was no signature check left.
    Budget,
}

/// Whether `chain` leads to one of `anchors` at `instant`. `budget` is asked before every signature check.
///
/// Where the signer says when it signed (`signed_at`), its own certificate must not be younger than that: nobody signs
/// with a certificate that there is not yet.
///
/// An anchor may also be a certificate of the chain itself, even the signer's. Anchors are judged like other
/// certificates: one that has expired, or is no authority, certifies nothing.
///
/// # Errors
/// [`Problem`]: broken rules only of a chain that leads to an anchor, or that is not the chain it claims to be.
pub fn validate(
    chain: &[Certificate],
    anchors: &[Certificate],
    instant: Timestamp,
    signed_at: Option<Timestamp>,
    budget: &mut dyn FnMut() -> bool,
) -> Result<(), Problem> {
    if anchors.is_empty() {
        return Err(Problem::NoAnchor);
    }
    let too_young = |signer: &Certificate| signed_at.is_some_and(|signed_at| signed_at < signer.not_before);
    let mut broken = chain
        .first()
        .filter(|signer| too_young(signer))
        .map(|_| Problem::Broken { rule: "notYetValid", certificate: 0 });
    // Authorities below the one that is looked at which are not their own issuers (RFC 5280 §6.1.4 l).
    let mut below = 0_usize;
    for (index, certificate) in chain.iter().enumerate() {
        let next = index.saturating_add(1);
        broken = broken.or(rules(certificate, index, below, instant).err());
        if anchors.iter().any(|anchor| anchor.der == certificate.der) {
            return broken.map_or(Ok(()), Err);
        }
        if index > 0 && certificate.issuer != certificate.subject {
            below = below.saturating_add(1);
        }
        for anchor in anchors.iter().filter(|anchor| anchor.subject == certificate.issuer) {
            // Of several anchors with one name, another may have the key.
            match certified(certificate, index, anchor, budget) {
                Ok(()) => {
                    let own = rules(anchor, next, below, instant);
                    return broken.map_or(own, Err);
                }
                Err(Problem::Budget) => return Err(Problem::Budget),
                Err(Problem::NotUnderstood { rule, certificate }) => {
                    broken = broken.or(Some(Problem::NotUnderstood { rule, certificate }));
                }
                Err(_) => {}
            }
        }
        let Some(issuer) = chain.get(next) else { break };
        if issuer.subject != certificate.issuer {
            return Err(Problem::Broken { rule: "order", certificate: index });
        }
        certified(certificate, index, issuer, budget)?;
    }
    Err(match broken {
        // What has no anchor is unknown for more than one reason; what is not understood is the better one.
        Some(problem @ Problem::NotUnderstood { .. }) => problem,
        _ => Problem::NoAnchor,
    })
}

/// What a certificate must do on its own: the first is the signer's, the others are authorities' (RFC 5280 §6.1.3,
/// §6.1.4).
fn rules(certificate: &Certificate, index: usize, below: usize, instant: Timestamp) -> Result<(), Problem> {
    let broken = |rule| Err(Problem::Broken { rule, certificate: index });
    if instant < certificate.not_before {
        return broken("notYetValid");
    }
    if certificate.not_after < instant {
        return broken("expired");
    }
    let extensions = &certificate.extensions;
    if index == 0 {
        if !certificate.allows(&[usage::DIGITAL_SIGNATURE, usage::CONTENT_COMMITMENT]) {
            return broken("keyUsage");
        }
    } else {
        if !extensions.authority {
            return broken("authority");
        }
        if extensions.path_len.is_some_and(|most| below > most) {
            return broken("pathLength");
        }
        if !certificate.allows(&[usage::KEY_CERT_SIGN]) {
            return broken("keyUsage");
        }
    }
    if extensions.purpose_fits == Some(false) {
        return broken("extendedKeyUsage");
    }
    if extensions.not_understood {
        return Err(Problem::NotUnderstood { rule: "criticalExtension", certificate: index });
    }
    Ok(())
}

/// Whether `issuer` signed `certificate`.
fn certified(
    certificate: &Certificate,
    index: usize,
    issuer: &Certificate,
    budget: &mut dyn FnMut() -> bool,
) -> Result<(), Problem> {
    let unknown = Problem::NotUnderstood { rule: "algorithm", certificate: index };
    let algorithm = certificate.algorithm.ok_or(unknown)?;
    let key: PublicKey = issuer.key().map_err(|_| unknown)?;
    if !budget() {
        return Err(Problem::Budget);
    }
    match algorithm.verifies(&key, &certificate.signed, &certificate.signature) {
        Some(true) => Ok(()),
        Some(false) => Err(Problem::Broken { rule: "signature", certificate: index }),
        None => Err(unknown),
    }
}
