//! This one verification: when, about whom, in answer to what.

use serde::{Deserialize, Serialize};

use crate::error::OccasionError;
use crate::time::Timestamp;

/// An identity that the host knows the candidate by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Recipient {
    /// The kind of identifier: `id` for the subject's own identifier, or a term of Open Badges 3.0 §B.7
    /// (`emailAddress`, `sourcedId`, `name` …).
    #[serde(rename = "type")]
    pub identity_type: String,
    /// The identifier, exactly.
    pub value: String,
}

impl Recipient {
    /// An e-mail address.
    pub fn email(address: impl Into<String>) -> Self {
        Recipient { identity_type: "emailAddress".to_owned(), value: address.into() }
    }

    /// The subject's own identifier, a DID or another URL.
    pub fn id(id: impl Into<String>) -> Self {
        Recipient { identity_type: "id".to_owned(), value: id.into() }
    }

    /// An identifier of another kind.
    pub fn identifier(identity_type: impl Into<String>, value: impl Into<String>) -> Self {
        Recipient { identity_type: identity_type.into(), value: value.into() }
    }
}

/// This one verification.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[non_exhaustive]
pub struct Occasion {
    /// What time it is.
    pub now: Timestamp,
    /// Whom the record should be about: any one of these identities.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recipients: Vec<Recipient>,
    /// Who should have presented it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holder: Option<String>,
    /// The challenge that a presentation must answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub challenge: Option<String>,
    /// The domain that a presentation must be made for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub domain: Option<String>,
    /// The media type that came with the bytes, where one did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub media_type: Option<String>,
    /// Endorsements that came with the record and do not stand in it: each a text of JSON, or a token.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub endorsements: Vec<String>,
}

impl Occasion {
    /// A verification at this instant, with nothing else expected.
    pub fn at(now: Timestamp) -> Self {
        Occasion {
            now,
            recipients: Vec::new(),
            holder: None,
            challenge: None,
            domain: None,
            media_type: None,
            endorsements: Vec::new(),
        }
    }

    /// Expects the record to be about this person; several calls give alternatives.
    #[must_use]
    pub fn recipient(mut self, recipient: Recipient) -> Self {
        self.recipients.push(recipient);
        self
    }

    /// Expects a presentation by this holder.
    #[must_use]
    pub fn holder(mut self, holder: impl Into<String>) -> Self {
        self.holder = Some(holder.into());
        self
    }

    /// Expects the answer to this challenge.
    #[must_use]
    pub fn challenge(mut self, challenge: impl Into<String>) -> Self {
        self.challenge = Some(challenge.into());
        self
    }

    /// Expects a presentation for this domain.
    #[must_use]
    pub fn domain(mut self, domain: impl Into<String>) -> Self {
        self.domain = Some(domain.into());
        self
    }

    /// Says what media type came with the bytes.
    #[must_use]
    pub fn media_type(mut self, media_type: impl Into<String>) -> Self {
        self.media_type = Some(media_type.into());
        self
    }

    /// Brings an endorsement that does not stand in the record: a text of JSON, or a token.
    #[must_use]
    pub fn endorsement(mut self, text: impl Into<String>) -> Self {
        self.endorsements.push(text.into());
        self
    }

    /// Reads an occasion.
    ///
    /// # Errors
    /// Where and why it cannot be read.
    pub fn from_json(json: &[u8]) -> Result<Self, OccasionError> {
        serde_json::from_slice(json).map_err(|error| OccasionError(error.to_string()))
    }

    /// The occasion as JSON.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}
