//! Resources as JSON, for hosts that call across a language border.

use base64ct::{Base64, Encoding};
use serde::Deserialize;

use super::{Answer, Resource, ResourceKind, Resources};
use crate::error::ResourcesError;
use crate::time::Timestamp;

/// One entry: exactly one of `text`, `base64` and `unavailable`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Entry {
    kind: ResourceKind,
    id: String,
    text: Option<String>,
    base64: Option<String>,
    unavailable: Option<String>,
    media_type: Option<String>,
    retrieved_at: Option<Timestamp>,
    http_status: Option<u16>,
}

impl Resources {
    /// Reads resources: an array of
    /// `{"kind": …, "id": …, "text" | "base64" | "unavailable": …, "mediaType"?: …, "retrievedAt"?: …, "httpStatus"?: …}`.
    ///
    /// `text` is for what is UTF-8 (nearly everything), `base64` (RFC 4648 §4, padded) for the exact bytes of
    /// anything, and `unavailable` says why there are none. Of two entries for one kind and identifier the later
    /// counts.
    ///
    /// # Errors
    /// Where and why it cannot be read.
    pub fn from_json(json: &[u8]) -> Result<Self, ResourcesError> {
        let entries: Vec<Entry> =
            serde_json::from_slice(json).map_err(|error| ResourcesError(error.to_string()))?;
        let resources = Resources::new();
        for entry in entries {
            let (kind, id) = (entry.kind, entry.id.clone());
            resources.insert(kind, &id, entry.answer()?);
        }
        Ok(resources)
    }
}

impl Entry {
    fn answer(self) -> Result<Answer, ResourcesError> {
        let bytes = match (self.text, self.base64, self.unavailable) {
            (Some(text), None, None) => text.into_bytes(),
            (None, Some(text), None) => Base64::decode_vec(&text).map_err(|_| {
                ResourcesError(format!("\"{}\" has a `base64` that is no padded base64", self.id))
            })?,
            (None, None, Some(reason)) => return Ok(Answer::Unavailable(reason)),
            _ => {
                let id = self.id;
                return Err(ResourcesError(format!(
                    "\"{id}\" needs exactly one of `text`, `base64` and `unavailable`"
                )));
            }
        };
        let (media_type, retrieved_at, http_status) = (self.media_type, self.retrieved_at, self.http_status);
        Ok(Answer::Found(Resource { bytes, media_type, retrieved_at, http_status }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(json: &str) -> Answer {
        let store = Resources::from_json(json.as_bytes()).unwrap().snapshot();
        store.get(ResourceKind::ControlledIdentifierDocument, "did:web:a.example").unwrap().answer.clone()
    }

    fn refusal(json: &str) -> String {
        Resources::from_json(json.as_bytes()).unwrap_err().to_string()
    }

    const KEY: &str = r#""kind":"controlledIdentifierDocument","id":"did:web:a.example""#;

    #[test]
    fn text_and_base64_are_the_same_bytes() {
        let found = Answer::Found(Resource::new("{}"));
        assert_eq!(answer(&format!(r#"[{{{KEY},"text":"{{}}"}}]"#)), found);
        assert_eq!(answer(&format!(r#"[{{{KEY},"base64":"e30="}}]"#)), found);
    }

    #[test]
    fn what_could_not_be_obtained_says_why() {
        let json = format!(r#"[{{{KEY},"unavailable":"404"}}]"#);
        assert_eq!(answer(&json), Answer::Unavailable("404".to_owned()));
    }

    #[test]
    fn media_type_and_instant_are_kept() {
        let json = format!(
            r#"[{{{KEY},"text":"","mediaType":"application/did+json","retrievedAt":"2026-01-01T00:00:00Z"}}]"#
        );
        let Answer::Found(resource) = answer(&json) else { panic!("found") };
        assert_eq!(resource.media_type.as_deref(), Some("application/did+json"));
        assert!(resource.retrieved_at.is_some());
    }

    #[test]
    fn an_entry_says_exactly_one_thing() {
        assert!(refusal(&format!("[{{{KEY}}}]")).contains("exactly one of"));
        assert!(refusal(&format!(r#"[{{{KEY},"text":"","unavailable":"404"}}]"#)).contains("exactly one of"));
        assert!(refusal(&format!(r#"[{{{KEY},"base64":"e30"}}]"#)).contains("padded base64"));
        assert!(refusal(&format!(r#"[{{{KEY},"body":""}}]"#)).contains("unknown field"));
        assert!(refusal(r#"[{"kind":"diploma","id":"a","text":""}]"#).contains("unknown variant"));
        assert!(refusal("{}").contains("expected a sequence"));
    }
}
