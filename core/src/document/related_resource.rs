//! Digests that a document gives for what it names (VCDM 2.0 §5.3): they say which bytes the issuer meant. Those of its
//! contexts select the context; those of images, evidence and other resources are compared with what is found there.

use std::collections::{BTreeMap, BTreeSet};

use base64ct::{Base64, Encoding};

use super::{Detected, embedded, related_resources, walk};
use crate::encoding::multihash::{HashFunction, Multihash};
use crate::encoding::{DecodeError, multibase};
use crate::json::Value;

/// The members that hold digests.
const MEMBERS: [&str; 2] = ["digestSRI", "digestMultibase"];
/// A multihash of SHA-512 has 66 bytes; those of functions that are not known may be longer.
const MULTIHASH: usize = 256;

/// What an object says about the bytes of the resource that it names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Expected {
    /// Of each group one digest must fit (Subresource Integrity §3.3.4: any of the strongest); all groups must.
    pub groups: Vec<Vec<Multihash>>,
    /// Whether something besides is made by a function, or written in a base, that is not known here.
    pub unknown: bool,
    /// Whether something besides is no digest.
    pub malformed: bool,
}

impl Expected {
    /// Reads `digestSRI` and `digestMultibase`, each one or many. A wrong JSON type is malformed.
    pub fn of(object: Value<'_>) -> Self {
        let mut expected = Expected::default();
        for value in object.get("digestSRI").into_iter().flat_map(|value| value.one_or_many()) {
            expected.metadata(value.as_str().unwrap_or(""));
        }
        for value in object.get("digestMultibase").into_iter().flat_map(|value| value.one_or_many()) {
            match value.as_str().map_or(Err(DecodeError::Malformed), multihash) {
                Ok(multihash) => expected.groups.push(vec![multihash]),
                Err(error) => expected.note(error),
            }
        }
        expected
    }

    /// Subresource Integrity §3.3.2, §3.3.3: what is not known is left aside where something is that is.
    fn metadata(&mut self, text: &str) {
        let (group, errors) = strongest(text);
        if group.is_empty() && errors.is_empty() {
            self.malformed = true;
        }
        for error in errors {
            if group.is_empty() || error == DecodeError::Malformed {
                self.note(error);
            }
        }
        if !group.is_empty() {
            self.groups.push(group);
        }
    }

    fn note(&mut self, error: DecodeError) {
        match error {
            DecodeError::Unknown => self.unknown = true,
            _ => self.malformed = true,
        }
    }
}

/// The hashes by the strongest function of those that are known here, any of which will do (Subresource Integrity §3.3.3,
/// §3.3.4), and why others could not be read.
pub(crate) fn strongest(metadata: &str) -> (Vec<Multihash>, Vec<DecodeError>) {
    let (mut known, mut errors) = (Vec::new(), Vec::new());
    for item in metadata.split_ascii_whitespace() {
        match hash_expression(item) {
            Ok(hash) => known.push(hash),
            Err(error) => errors.push(error),
        }
    }
    let longest = known.iter().map(|hash| hash.function.digest_len()).max();
    known.retain(|hash| Some(hash.function.digest_len()) == longest);
    (known, errors)
}

/// One hash expression of Subresource Integrity §3.5, its options left aside.
fn hash_expression(text: &str) -> Result<Multihash, DecodeError> {
    let (algorithm, digest) = text.split_once('-').ok_or(DecodeError::Malformed)?;
    let digest = Base64::decode_vec(digest.split('?').next().unwrap_or(""));
    let function = match algorithm {
        "sha256" => HashFunction::Sha256,
        "sha384" => HashFunction::Sha384,
        "sha512" => HashFunction::Sha512,
        _ => return Err(DecodeError::Unknown),
    };
    let digest = digest.map_err(|_| DecodeError::Malformed)?;
    if digest.len() == function.digest_len() {
        Ok(Multihash { function, digest })
    } else {
        Err(DecodeError::Malformed)
    }
}

/// A multihash in multibase (vc-data-integrity §2.6).
pub(crate) fn multihash(text: &str) -> Result<Multihash, DecodeError> {
    Multihash::read(&multibase::decode(text, MULTIHASH)?)
}

/// Every object of the document that gives a digest: items of `relatedResource`, and any other (VCDM 2.0 §5.3). Contexts,
/// proofs and what is inside embedded documents are left aside: those have reports of their own.
pub fn linked<'t>(root: Value<'t>, detected: &Detected) -> Vec<Value<'t>> {
    // Nearly no record has a digest, and the walk costs more than a look at the text. A name may be written with escapes.
    let text = root.to_text();
    if !text.contains("digest") && !text.contains("\\u") {
        return Vec::new();
    }
    let embedded: BTreeSet<u32> =
        embedded(root, detected).into_iter().map(|(value, _)| value.position()).collect();
    let mut found: Vec<Value<'t>> = Vec::new();
    walk(root, &mut |value| {
        let key = value.key().unwrap_or("");
        let object = value.parent();
        if MEMBERS.contains(&key) && found.last() != object.as_ref() {
            found.extend(object);
        }
        let apart = key == "@context" || key == "proof" && object == Some(root);
        !apart && !embedded.contains(&value.position())
    });
    found.sort_by_key(Value::position);
    found.dedup();
    found
}

/// Whether the text is what `digestSRI` must be: hash expressions (VCDM 2.0 §5.3, Subresource Integrity §3.5). Which
/// function it names, and how long the digest is, is not asked.
pub(super) fn is_sri(text: &str) -> bool {
    let expression = |item: &str| {
        let Some((algorithm, digest)) = item.split_once('-') else { return false };
        let digest = digest.split('?').next().unwrap_or("").trim_end_matches('=');
        let in_base64 = |byte: u8| byte.is_ascii_alphanumeric() || b"+/-_".contains(&byte);
        !algorithm.is_empty() && !digest.is_empty() && digest.bytes().all(in_base64)
    };
    text.split_ascii_whitespace().next().is_some() && text.split_ascii_whitespace().all(expression)
}

/// Whether the text may be what `digestMultibase` must be: a multihash in multibase (VCDM 2.0 §5.3). Of a base or function
/// that is not known it cannot be told, so it may.
pub(super) fn may_be_multihash(text: &str) -> bool {
    !text.is_empty() && !matches!(multihash(text), Err(DecodeError::Malformed))
}

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
