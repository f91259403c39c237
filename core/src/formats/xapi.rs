//! Statements of the Experience API (xAPI-Data §2; IEEE 9274.1.1), the cmi5 profile among them.

mod conformance;
pub mod equivalence;

use super::Format;
use crate::codes::Finding;
use crate::document::items;
use crate::encoding::from_hex;
use crate::encoding::multihash::{HashFunction, Multihash};
use crate::json::{Kind, Value};

/// What an attachment is for that is a signature of its statement (xAPI-Data §2.6).
pub const SIGNATURE: &str = "http://adlnet.gov/expapi/attachments/signature";

/// The verb of statements that void others (xAPI-Data §2.3.2).
pub const VOIDED: &str = "http://adlnet.gov/expapi/verbs/voided";

/// A statement: an actor, a verb and an object.
pub(super) fn detect(root: Value<'_>) -> Option<Format> {
    let is_object = |member: &str| root.get(member).is_some_and(|value| value.kind() == Kind::Object);
    ["actor", "verb", "object"].into_iter().all(is_object).then_some(Format::Statement)
}

/// What a statement must have (xAPI-Data §2.4).
pub(super) fn conformance(root: Value<'_>) -> Vec<Finding> {
    conformance::of(root)
}

/// Whether an attachment is a signature of its statement.
pub fn is_signature(attachment: Value<'_>) -> bool {
    attachment.get("usageType").and_then(|usage| usage.as_str()) == Some(SIGNATURE)
}

/// The attachments of a statement that are its signatures. Their bytes stand elsewhere.
pub fn signatures(root: Value<'_>) -> impl Iterator<Item = Value<'_>> {
    items(root, "attachments").filter(|attachment| is_signature(*attachment))
}

/// The digest of an attachment (`sha2`, xAPI-Data §2.4.11): which function of SHA-2 made it, its length says. `None` if it is
/// no digest, or one by a function that is not known here (SHA-224).
pub fn digest(attachment: Value<'_>) -> Option<Multihash> {
    let text = attachment.get("sha2")?.as_str()?;
    let (function, digest) = match text.len() {
        64 => (HashFunction::Sha256, from_hex::<32>(text)?.to_vec()),
        96 => (HashFunction::Sha384, from_hex::<48>(text)?.to_vec()),
        128 => (HashFunction::Sha512, from_hex::<64>(text)?.to_vec()),
        _ => return None,
    };
    Some(Multihash { function, digest })
}
