//! Errors of misuse. What is wrong with a *record* is never an error: it is in the report.

use crate::codes::Finding;

/// A policy that no verification could follow.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PolicyError {
    /// The text is not JSON, or not a policy.
    #[error("the policy cannot be read: {0}")]
    Unreadable(String),
    /// `oneOf` or `registered` without any entry accepts nobody.
    #[error("`acceptedIssuers` names nobody: list issuers, or write \"anyone\" if you mean it")]
    NoIssuer,
    /// An issuer or registry that is not an absolute URL.
    #[error("`{member}` has \"{value}\", which is not an absolute URL")]
    NotUrl {
        /// The member of the policy.
        member: &'static str,
        /// What stands there.
        value: String,
    },
    /// A check that does not exist.
    #[error("there is no check \"{0}\"; the list is in the README")]
    UnknownCheck(String),
    /// A protected check was to be reported or skipped.
    #[error("\"{0}\" protects against forgery: it can only be switched off under `danger.skip`")]
    Protected(String),
    /// A suite that does not exist.
    #[error("there is no suite \"{0}\" in this library")]
    UnknownSuite(String),
    /// No suite is accepted.
    #[error("`acceptedSuites` is empty: nothing could be verified")]
    NoSuite,
    /// A digest that is not SHA-256 in hexadecimal.
    #[error("`contexts` pins \"{0}\" with something that is no SHA-256 in 64 hexadecimal digits")]
    Digest(String),
    /// A pinned key that cannot be read.
    #[error("`issuerKeys` has a key for \"{issuer}\" that cannot be read: {code}")]
    Key {
        /// The issuer.
        issuer: String,
        /// Why, as a code of the table.
        code: &'static str,
    },
    /// A registry of a federation without the keys of its trust anchor, or with too many; a list with such keys.
    #[error(
        "`acceptedIssuers.registered`: a registry of the kind openidFederation needs 1 to 16 `anchorKeys`, a list has none (\"{0}\")"
    )]
    AnchorKeys(String),
    /// A key of a trust anchor that cannot be read.
    #[error("`acceptedIssuers.registered` has an anchor key for \"{registry}\" that cannot be read: {code}")]
    AnchorKey {
        /// The registry.
        registry: String,
        /// Why, as a code of the table.
        code: &'static str,
    },
    /// A federation in a build that knows no JSON Web Signatures.
    #[error("a registry of the kind openidFederation needs a build with the feature `jose`")]
    FederationNotBuilt,
    /// An anchor that is no certificate.
    #[error(
        "`x509Anchors` has something at {0} that is not one X.509 certificate, in PEM or as base64 of its DER"
    )]
    Anchor(usize),
    /// Anchors in a build that knows no certificates.
    #[error("`x509Anchors` needs a build with the feature `x509`")]
    AnchorsNotBuilt,
    /// A limit above what is safe.
    #[error("`limits.{member}` may be at most {maximum}")]
    Limit {
        /// The member.
        member: &'static str,
        /// The hard maximum.
        maximum: usize,
    },
}

impl PolicyError {
    pub(crate) fn key(issuer: &str, finding: &Finding) -> Self {
        PolicyError::Key { issuer: issuer.to_owned(), code: finding.code.name() }
    }

    pub(crate) fn anchor_key(registry: &str, finding: &Finding) -> Self {
        PolicyError::AnchorKey { registry: registry.to_owned(), code: finding.code.name() }
    }
}

/// An occasion that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the occasion cannot be read: {0}")]
pub struct OccasionError(pub(crate) String);

/// Resources in JSON that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the resources cannot be read: {0}")]
pub struct ResourcesError(pub(crate) String);
