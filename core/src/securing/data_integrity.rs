//! Data Integrity proofs as they stand in a document (Verifiable Credential Data Integrity 1.0 §2.1).

use super::suites::{self, Suite};
use crate::codes::{Code, Finding};
use crate::json::{Kind, Value};
use crate::time::Timestamp;

/// A proof: what of it could be read, and what is wrong with the rest.
#[derive(Debug)]
pub(crate) struct Proof<'t> {
    pub(crate) value: Value<'t>,
    pub(crate) proof_type: Option<&'t str>,
    pub(crate) cryptosuite: Option<&'t str>,
    pub(crate) suite: Option<&'static Suite>,
    pub(crate) purpose: Option<&'t str>,
    pub(crate) method: Option<&'t str>,
    /// The signature as it is written.
    pub(crate) proof_value: Option<&'t str>,
    pub(crate) created: Option<&'t str>,
    pub(crate) expires: Option<&'t str>,
    pub(crate) domains: Vec<&'t str>,
    pub(crate) challenge: Option<&'t str>,
    pub(crate) id: Option<&'t str>,
    pub(crate) previous: Vec<&'t str>,
    pub(crate) defects: Vec<Finding>,
}

impl<'t> Proof<'t> {
    /// Reads a proof. A member of the wrong type is a defect, never absent.
    pub(crate) fn read(value: Value<'t>) -> Self {
        let mut defects = Vec::new();
        if value.kind() != Kind::Object {
            defects.push(Finding::at(Code::ProofMalformed, value.pointer()));
        }
        let mut text = |name: &'static str| match value.get(name) {
            None => None,
            Some(member) => {
                let text = member.as_str();
                if text.is_none() {
                    defects.push(malformed(member, name));
                }
                text
            }
        };
        let proof_type = text("type");
        let cryptosuite = text("cryptosuite");
        let suite = proof_type.and_then(|name| suites::find(name, cryptosuite));
        let signature_member = suite.map_or("proofValue", Suite::signature_member);
        let proof_value = text(signature_member);
        let purpose = text("proofPurpose");
        let method = text("verificationMethod");
        let created = text("created");
        let expires = text("expires");
        let challenge = text("challenge");
        let id = text("id");
        text("nonce");
        let domains = texts(value, "domain", &mut defects);
        let previous = texts(value, "previousProof", &mut defects);
        // §4.4 step 2. A proof of a type that is not known here need not be one of Data Integrity: what it must have, its
        // own standard says.
        let mut required = vec![("type", proof_type)];
        if suite.is_some() || proof_type == Some("DataIntegrityProof") {
            required.extend([("verificationMethod", method), ("proofPurpose", purpose)]);
        }
        if suite.is_some() {
            required.push((signature_member, proof_value));
        } else if proof_type == Some("DataIntegrityProof") {
            required.push(("cryptosuite", cryptosuite));
        }
        for (name, member) in required {
            if member.is_none() && value.get(name).is_none() {
                defects.push(malformed(value, name));
            }
        }
        Proof {
            value,
            proof_type,
            cryptosuite,
            suite,
            purpose,
            method,
            proof_value,
            created,
            expires,
            domains,
            challenge,
            id,
            previous,
            defects,
        }
    }

    /// The name of the suite as it is written.
    pub(crate) fn suite_name(&self) -> Option<&'t str> {
        match (self.proof_type, self.cryptosuite) {
            (Some("DataIntegrityProof"), Some(cryptosuite)) => Some(cryptosuite),
            (proof_type, _) => proof_type,
        }
    }

    /// §4.4 step 3: the purpose.
    pub(crate) fn check_purpose(&self, expected: &'static str) -> Finding {
        let code =
            if self.purpose == Some(expected) { Code::ProofPurposeOk } else { Code::ProofPurposeWrong };
        self.at("proofPurpose", code).with("expected", expected)
    }

    /// §2.1: `created` is a date and time; without an offset it is UTC. Clocks may differ by `skew` seconds.
    pub(crate) fn check_created(&self, now: Timestamp, skew: i64) -> Finding {
        match self.created.map(Timestamp::parse_lenient_utc) {
            None => self.at("created", Code::ProofCreatedAbsent),
            Some(Err(_)) => self.at("created", Code::ProofCreatedFormat),
            Some(Ok(created)) => {
                let future = created.instant > now.plus_seconds(skew);
                let code = if future { Code::ProofCreatedFuture } else { Code::ProofCreatedOk };
                self.at("created", code).with("instant", created.instant.to_string())
            }
        }
    }

    /// §2.1: a proof is not valid from the instant of `expires` on.
    pub(crate) fn check_expires(&self, now: Timestamp, skew: i64) -> Finding {
        match self.expires.map(Timestamp::parse_lenient_utc) {
            None => self.at("expires", Code::ProofExpiresAbsent),
            Some(Err(_)) => self.at("expires", Code::ProofExpiresFormat),
            Some(Ok(expires)) => {
                // A proof that had ended when it was made was never in force, whatever the clocks.
                let reversed = self.signed_at().is_some_and(|created| expires.instant < created);
                let over = reversed || expires.instant.plus_seconds(skew) <= now;
                let code = if over { Code::ProofExpired } else { Code::ProofExpiresOk };
                self.at("expires", code).with("instant", expires.instant.to_string())
            }
        }
    }

    /// §4.4 step 4: the domains of the proof are exactly the expected one.
    pub(crate) fn check_domain(&self, expected: Option<&str>) -> Finding {
        let Some(expected) = expected else {
            return self.at("domain", Code::ProofDomainNotExpected);
        };
        let same = !self.domains.is_empty() && self.domains.iter().all(|domain| *domain == expected);
        let code = if same { Code::ProofDomainOk } else { Code::ProofDomainWrong };
        self.at("domain", code).with("expected", expected)
    }

    /// §4.4 step 5: the challenge, character by character.
    pub(crate) fn check_challenge(&self, expected: Option<&str>) -> Finding {
        let Some(expected) = expected else {
            return self.at("challenge", Code::ProofChallengeNotExpected);
        };
        let code =
            if self.challenge == Some(expected) { Code::ProofChallengeOk } else { Code::ProofChallengeWrong };
        self.at("challenge", code)
    }

    /// When the signer says to have signed.
    pub(crate) fn signed_at(&self) -> Option<Timestamp> {
        Some(Timestamp::parse_lenient_utc(self.created?).ok()?.instant)
    }

    /// A finding about a member, or about the proof where the member is absent.
    fn at(&self, member: &str, code: Code) -> Finding {
        Finding::at(code, self.value.get(member).unwrap_or(self.value).pointer())
    }
}

/// A string or an array of strings.
fn texts<'t>(value: Value<'t>, name: &'static str, defects: &mut Vec<Finding>) -> Vec<&'t str> {
    let mut texts = Vec::new();
    for item in value.get(name).into_iter().flat_map(|member| member.one_or_many()) {
        match item.as_str() {
            Some(text) => texts.push(text),
            None => defects.push(malformed(item, name)),
        }
    }
    texts
}

fn malformed(value: Value<'_>, member: &'static str) -> Finding {
    Finding::at(Code::ProofMalformed, value.pointer()).with("member", member)
}
