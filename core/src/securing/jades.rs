//! JAdES (ETSI TS 119 182-1): electronic seals as JWS, as European credentials bear them. What a seal is as a signature,
//! JOSE says; here is read what JAdES adds, and said what of it nobody has looked at.
//!
//! Verified: integrity, the signer's certificate and its path, at the signing time that the signer claims, if it claims
//! one (seals are made to outlive certificates), or else at the occasion's instant. That it is only claimed, the report
//! says (`seal.signingTime.claimed`). Not evaluated: time-stamps, revocation of certificates, and whether the seal is a
//! qualified one: that takes the trusted lists of the member states, and their word at that time.

use crate::codes::{Code, Finding};
use crate::json::Object;
use crate::time::Timestamp;

/// Parameters that may be critical because they are processed here: the claimed signing time (§5.2.1).
pub(super) const UNDERSTOOD: &str = "sigT";

/// Time-stamps that are signed with the payload (§5.2.6) are tokens of another format (RFC 3161).
const SIGNED_TIME_STAMPS: &str = "adoTst";

/// What the header that is not protected has for the long term (§5.3): time-stamps, certificates, revocation data.
const UNSIGNED: &str = "etsiU";

/// When the signer says to have signed (§5.2.1): RFC 3339, in UTC. `None` if it does not say.
///
/// # Errors
/// [`Code::JoseHeader`].
pub(super) fn signing_time(protected: Object<'_>) -> Option<Result<Timestamp, Finding>> {
    let value = protected.get("sigT")?;
    let instant =
        value.as_str().filter(|text| text.ends_with('Z')).and_then(|text| Timestamp::parse(text).ok());
    Some(instant.ok_or_else(|| Finding::at(Code::JoseHeader, "").with("header", "sigT")))
}

/// What stands in the headers and is not evaluated.
pub(super) fn not_evaluated(protected: Object<'_>, unprotected: Option<Object<'_>>) -> Vec<Finding> {
    let signed = protected.get(SIGNED_TIME_STAMPS).map(|_| SIGNED_TIME_STAMPS);
    let unsigned = unprotected.and_then(|header| header.get(UNSIGNED)).map(|_| UNSIGNED);
    let note = |name: &'static str| Finding::at(Code::SealTimeStamps, "").with("header", name);
    signed.into_iter().chain(unsigned).map(note).collect()
}
