//! Digests that a document gives for its contexts (VCDM 2.0 §5.3): they say which bytes the issuer meant.

use std::collections::BTreeMap;

use base64ct::{Base64, Encoding};

use super::related_resources;
use crate::encoding::{multibase, multihash::Multihash};
use crate::json::Value;

/// The digests by resource identifier: 32 bytes are SHA-256, 48 are SHA-384. What is malformed is a finding of the
/// conformance check and selects nothing.
pub fn digests(root: Value<'_>) -> BTreeMap<String, Vec<u8>> {
    let mut digests = BTreeMap::new();
    for resource in related_resources(root) {
        let Some(id) = resource.get("id").and_then(|id| id.as_str()) else { continue };
        let sri = resource.get("digestSRI").and_then(|sri| sri.as_str()).and_then(sri_digest);
        let multibase = resource.get("digestMultibase").and_then(|text| text.as_str());
        let digest = sri.or_else(|| {
            let bytes = multibase::decode(multibase?, 64).ok()?;
            Some(Multihash::read(&bytes).ok()?.digest)
        });
        if let Some(digest) = digest {
            digests.insert(id.to_owned(), digest);
        }
    }
    digests
}

/// Subresource Integrity §3.5: the strongest of the metadata that is known here.
fn sri_digest(metadata: &str) -> Option<Vec<u8>> {
    let digest = |prefix: &str, len: usize| {
        let text = metadata.split_ascii_whitespace().find_map(|item| item.strip_prefix(prefix))?;
        let bytes = Base64::decode_vec(text.split('?').next()?).ok()?;
        (bytes.len() == len).then_some(bytes)
    };
    digest("sha384-", 48).or_else(|| digest("sha256-", 32))
}
