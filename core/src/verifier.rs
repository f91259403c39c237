//! The way through, in order: the only file that knows it.

use std::sync::{Arc, OnceLock};

use sha2::{Digest, Sha256};

use crate::codes::{Code, Finding, Outcome, Requirement};
use crate::error::PolicyError;
use crate::occasion::Occasion;
use crate::policy::Policy;
use crate::report::{Axes, Check, Place, Report, Secured, Validity};
use crate::resources::Resources;

/// Verifies records against one policy. Reusable, shared by threads.
#[derive(Debug)]
pub struct Verifier {
    policy: Policy,
    policy_digest: [u8; 32],
}

impl Verifier {
    /// A verifier that demands what `policy` says.
    ///
    /// # Errors
    /// If the policy cannot be followed.
    pub fn new(policy: Policy) -> Result<Self, PolicyError> {
        policy.validate()?;
        let policy_digest = Sha256::digest(policy.to_json()).into();
        Ok(Verifier { policy, policy_digest })
    }

    /// The policy.
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// Verifies a document. Pure: the same arguments give the same report, byte for byte.
    pub fn verify(&self, document: &[u8], _resources: &Resources, occasion: &Occasion) -> Report {
        Report {
            checks: vec![Check::new(Finding::new(Code::FormatNotRecognised), Requirement::Require)],
            requests: Vec::new(),
            proofs: Vec::new(),
            contexts: Vec::new(),
            resources: Vec::new(),
            embedded: Vec::new(),
            format: None,
            issuer: None,
            validity: Validity::default(),
            axes: Axes {
                authentic: Outcome::Indeterminate,
                current: Outcome::NotApplicable,
                addressed: Outcome::NotApplicable,
                trusted: Outcome::NotApplicable,
            },
            verdict: Outcome::Indeterminate,
            secured: Secured {
                document: OnceLock::new(),
                record: OnceLock::new(),
                source: Arc::from(document),
                place: Place::default(),
            },
            occasion: Arc::new(occasion.clone()),
            policy_digest: self.policy_digest,
            input_digest: Sha256::digest(document).into(),
        }
    }
}
