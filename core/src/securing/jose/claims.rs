//! The claims of a token against the record in it.
//!
//! Where the record stands, the payload says: in a claim `vc` or `vp` (VCDM 1.1 §6.3.1), or it is the payload itself
//! (VC-JOSE-COSE §3.1, Open Badges 3.0 §8.2). In the first case the claims say again what the record says, or say it instead
//! of it: what both say must agree, what only the claims say is put where the data model has it. In the second the
//! record is complete without them; they must not contradict it, and they bound the token in time (`nbf`, `exp`) beside
//! the record's own bounds.

use super::agreement::{Against, Filled};
use crate::codes::{Code, Finding};
use crate::document::{self, DataModel, Detected, Family};
use crate::json::{Kind, Number, Object, Value};
use crate::securing::envelope::{Addressed, Period};
use crate::time::Timestamp;

/// Claims that RFC 7519 §4.1, RFC 7800 §3.1 and OpenID Connect register and no data model has: a Data Integrity proof in the
/// token was made without them.
const REGISTERED: [&str; 9] = ["iss", "sub", "aud", "exp", "nbf", "iat", "jti", "nonce", "cnf"];

/// What is in a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Content {
    Credential,
    Presentation,
    /// The statuses of records.
    StatusList,
    /// No record of the W3C data model.
    Unknown,
}

/// The payload of a token, and the record in it.
pub(super) struct Token<'t> {
    claims: Value<'t>,
    record: Value<'t>,
    /// The claim that it stands in; it is the payload itself where there is none.
    claim: Option<&'static str>,
    detected: Option<Detected>,
    pub(super) content: Content,
}

/// What the headers have to do with the claims.
pub(super) struct Rules<'h> {
    /// `iss` and `sub` of the headers.
    pub(super) issuers: Vec<&'h str>,
    pub(super) subjects: Vec<&'h str>,
    /// Whether the headers claim no other rules than those of Open Badges for a badge in a JWT.
    pub(super) badge_jwt: bool,
}

/// What was read.
#[derive(Debug, Default)]
pub(super) struct Read {
    /// The record as JSON, where it is not the payload as it stands.
    pub(super) document: Option<Vec<u8>>,
    /// What the check `proof.claims` comes to; never empty.
    pub(super) findings: Vec<Finding>,
    /// What should be otherwise and decides nothing.
    pub(super) notes: Vec<Finding>,
    pub(super) issuer: Option<String>,
    pub(super) period: Period,
    pub(super) addressed: Addressed,
    /// `iat`.
    pub(super) signed_at: Option<Timestamp>,
    /// `status`, where it is none of the record's.
    pub(super) status: Option<String>,
}

impl<'t> Token<'t> {
    /// Finds the record in a payload.
    ///
    /// # Errors
    /// [`Code::JoseClaimsForbidden`] for two records, [`Code::JoseClaimsMalformed`] for a claim `vc` or `vp` that is no object
    /// or holds the other.
    pub(super) fn of(claims: Value<'t>) -> Result<Self, Finding> {
        let refused = |code, claim: &'static str| Err(Finding::new(code).with("claim", claim));
        let top = document::detect(claims);
        let (record, claim) = match (claims.get("vc"), claims.get("vp")) {
            (None, None) => (claims, None),
            // VC-JOSE-COSE §3.1.3: a payload that is a record has neither claim. It is read on, to show what it says.
            (_, _) if top.is_some() => (claims, None),
            (Some(_), Some(_)) => return refused(Code::JoseClaimsForbidden, "vp"),
            (Some(vc), None) => (vc, Some("vc")),
            (None, Some(vp)) => (vp, Some("vp")),
        };
        let detected = if claim.is_some() { document::detect(record) } else { top };
        let content = match detected {
            None if document::detect_status_list(record).is_some() => Content::StatusList,
            None => Content::Unknown,
            Some(Detected { presentation: true, .. }) => Content::Presentation,
            Some(_) => Content::Credential,
        };
        match (claim, content) {
            (Some(claim), _) if record.kind() != Kind::Object => refused(Code::JoseClaimsMalformed, claim),
            (Some("vc"), Content::Presentation) => refused(Code::JoseClaimsMalformed, "vc"),
            (Some("vp"), Content::Credential) => refused(Code::JoseClaimsMalformed, "vp"),
            _ => Ok(Token { claims, record, claim, detected, content }),
        }
    }

    /// Reads the claims and holds them against the record.
    pub(super) fn read(self, rules: &Rules<'_>) -> Read {
        let mut read = Read::default();
        let own = self.own(&mut read);
        read.issuer = own.iss.map(str::to_owned);
        let record = self.record.as_object();
        let mut found = Against::of(self.record);
        let own_names = self.detected.is_some_and(|detected| detected.model == DataModel::SdJwtVc);
        if own_names {
            // The claims are the record.
            found.one("iss", own.iss, &rules.issuers);
            found.one("sub", own.sub, &rules.subjects);
        } else if let (Some(record), Some(detected)) = (record, &self.detected) {
            let principal = if detected.presentation { "holder" } else { "issuer" };
            let fill = self.claim.is_some();
            if let Some(iss) = found.one("iss", own.iss, &rules.issuers) {
                found.party(record, principal, "iss", iss, fill);
            }
            if let Some(jti) = own.jti {
                found.text(record, "id", "jti", jti, fill);
            }
            if !detected.presentation {
                if let Some(sub) = found.one("sub", own.sub, &rules.subjects) {
                    found.subject(record, sub, fill);
                }
                self.dates(record, detected, &read.period, &mut found);
                self.badge(record, detected, &own, rules, &mut read);
            }
        }
        read.findings.append(&mut found.differ);
        if self.claim.is_none() {
            for claim in ["vc", "vp"] {
                if self.detected.is_some() && self.claims.get(claim).is_some() {
                    read.findings.push(Finding::at(Code::JoseClaimsForbidden, "").with("claim", claim));
                }
            }
        }
        if read.findings.is_empty() {
            let old = self.claim.is_some()
                && self.detected.is_some_and(|detected| detected.model == DataModel::Vcdm2);
            let code = if old { Code::JoseClaimsPreStandard } else { Code::JoseClaimsAgree };
            read.findings.push(Finding::at(code, ""));
        }
        let status = self.claims.get("status").filter(|_| self.claim.is_some());
        read.status = status.map(|status| status.to_text().into_owned());
        read.document = self.document(&found.filled);
        read
    }

    /// The claims that JWT registers, each of its type (RFC 7519 §4.1).
    fn own(&self, read: &mut Read) -> Own<'t> {
        let mut malformed = |claim: &'static str| {
            read.findings.push(Finding::at(Code::JoseClaimsMalformed, "").with("claim", claim));
        };
        let mut text = |claim: &'static str| {
            let value = self.claims.get(claim)?;
            let text = value.as_str();
            if text.is_none() {
                malformed(claim);
            }
            text
        };
        let own = Own { iss: text("iss"), sub: text("sub"), jti: text("jti") };
        let nonce = text("nonce").map(str::to_owned);
        let mut instant = |claim: &'static str| {
            let value = self.claims.get(claim)?;
            let instant = value.as_number().and_then(numeric_date);
            if instant.is_none() {
                malformed(claim);
            }
            instant
        };
        let period = Period { not_before: instant("nbf"), expires: instant("exp") };
        let audience = match self.claims.get("aud") {
            None => Some(Vec::new()),
            Some(aud) => aud.one_or_many().map(|item| item.as_str().map(str::to_owned)).collect(),
        };
        if audience.is_none() {
            malformed("aud");
        }
        read.period = period;
        read.addressed = Addressed { audience: audience.unwrap_or_default(), nonce };
        // Nothing depends on when it was signed but what the signer says of itself, and dates as text are met there.
        if let Some(value) = self.claims.get("iat") {
            read.signed_at = value.as_number().and_then(numeric_date);
            if read.signed_at.is_none() {
                read.notes.push(Finding::at(Code::JoseClaimsUnread, "").with("claim", "iat"));
            }
        }
        own
    }

    /// `nbf` and `exp` against the dates of the credential. In a claim `vc` they are its dates (VCDM 1.1 §6.3.1); in a badge
    /// `nbf` is (Open Badges 3.0 §8.2.6.1); otherwise they bound the token, and both bounds apply.
    fn dates(&self, record: Object<'_>, detected: &Detected, period: &Period, found: &mut Against) {
        let (from, until) = match detected.model {
            DataModel::Vcdm1 => ("issuanceDate", "expirationDate"),
            DataModel::Vcdm2 => ("validFrom", "validUntil"),
            DataModel::SdJwtVc => return,
        };
        let fill = self.claim.is_some();
        if let Some(nbf) = period.not_before
            && (fill || is_badge(detected))
        {
            found.date(record, from, "nbf", nbf, detected.model, fill);
        }
        if let Some(exp) = period.expires
            && fill
        {
            found.date(record, until, "exp", exp, detected.model, true);
        }
    }

    /// The claims that a badge in a JWT must have (Open Badges 3.0 §8.2.6.1). A token that says by its type that it follows
    /// VC-JOSE-COSE need not. `sub` only repeats what is signed in the badge: the standard's own samples leave it out and
    /// are held to be valid, so that it is not there is noted, and only that it differs is a fault.
    fn badge(
        &self,
        record: Object<'_>,
        detected: &Detected,
        own: &Own<'_>,
        rules: &Rules<'_>,
        read: &mut Read,
    ) {
        if !is_badge(detected) {
            return;
        }
        let identified = document::subject_ids(record.as_value()).next().is_some();
        // What a claim has to agree with is there; in a claim `vc` it is put there.
        let counterparts = [
            ("jti", own.jti.is_some(), record.get("id").is_some()),
            ("nbf", read.period.not_before.is_some(), record.get("validFrom").is_some()),
            ("sub", own.sub.is_some(), identified),
        ];
        for (claim, said, there) in counterparts {
            if self.claim.is_none() && said && !there {
                read.notes.push(Finding::at(Code::JoseClaimsUnusual, "").with("claim", claim));
            }
        }
        let required = [
            ("iss", own.iss.is_some(), true),
            ("jti", own.jti.is_some(), true),
            ("nbf", read.period.not_before.is_some(), true),
            ("sub", own.sub.is_some(), false),
        ];
        for (claim, _, strict) in required.into_iter().filter(|(claim, there, _)| {
            // One of the wrong type has been found already.
            !there && self.claims.get(claim).is_none()
        }) {
            let place = |code| Finding::at(code, "").with("claim", claim);
            if strict && rules.badge_jwt {
                read.findings.push(place(Code::JoseClaimsMissing));
            } else {
                read.notes.push(place(Code::JoseClaimsUnusual));
            }
        }
    }

    /// The record as JSON; `None` if it is the payload as it stands.
    ///
    /// A payload with a proof in it stands without the claims that are none of the record's, for the proof was made
    /// without them. Otherwise they stay: the payload is what is signed.
    fn document(&self, filled: &Filled) -> Option<Vec<u8>> {
        let record = self.record.as_object()?;
        let without: &[&str] = if self.claim.is_none() { &REGISTERED } else { &[] };
        if self.detected.is_some_and(|detected| detected.model == DataModel::SdJwtVc) {
            return None;
        }
        let has_claims = record.iter().any(|(name, _)| without.contains(&name));
        if self.claim.is_none() && !(has_claims && record.get("proof").is_some()) {
            return None;
        }
        if filled.is_empty() && self.claim.is_some() {
            return Some(self.record.to_text().into_owned().into_bytes());
        }
        Some(filled.write(record, without).into_bytes())
    }
}

/// Claims that are texts.
struct Own<'t> {
    iss: Option<&'t str>,
    sub: Option<&'t str>,
    jti: Option<&'t str>,
}

/// Whether the rules of Open Badges for JWTs are meant for it: badges, endorsements, and records of them (CLR 2.0).
fn is_badge(detected: &Detected) -> bool {
    matches!(detected.family, Family::OpenBadges | Family::Endorsement | Family::Clr)
}

/// A NumericDate (RFC 7519 §2): a number of seconds, perhaps with a fraction, from 1970 to the end of the year 9999. What
/// is beyond that is in other units.
pub(crate) fn numeric_date(number: Number<'_>) -> Option<Timestamp> {
    const LAST: i64 = 253_402_300_799;
    if let Some(seconds) = number.as_i64() {
        return (0..=LAST).contains(&seconds).then(|| Timestamp::from_unix(seconds));
    }
    let value = number.as_f64();
    if !(value >= 0.0 && value < LAST as f64 + 1.0) {
        return None;
    }
    // Both fit: the range has just been checked.
    Timestamp::from_unix_nanos(value as i64, ((value - value.floor()) * 1e9) as u32)
}
