//! Step 9, the type of an SD-JWT VC: what describes it (Type Metadata, draft-ietf-oauth-sd-jwt-vc §5) against the digests that
//! the issuer, and whoever describes a type that extends another, gave for it (§6).
//!
//! A description says how a type is called and shown, and what its claims mean to people. It decides nothing: no claim is
//! read differently because of it, and a policy that does not want it is not made to fetch anything. The issuer chose the
//! address, so it is looked up only once it is known that the record is the issuer's.

use super::Verifier;
use super::lists::obstacles;
use super::part::Part;
use crate::codes::{CheckId, Code, Finding, Requirement};
use crate::document::related_resource::strongest;
use crate::json::Value;
use crate::resources::{Answer, Item};
use crate::securing::verified::Found;
use crate::workshop::{Workshop, request_for_type_metadata};

/// Types one behind the other, the record's own among them.
const MOST: usize = 8;

impl Verifier {
    /// Looks at the description of the type, and of those that it extends.
    pub(super) fn type_metadata(&self, root: Value<'_>, workshop: &Workshop<'_>, part: &mut Part) {
        let policy = &self.policy;
        let Some(place) = root.get("vct") else { return };
        let Some(vct) = place.as_str() else { return };
        let integrity = root.get("vct#integrity");
        let known = workshop.type_metadata(vct).is_some();
        let requirement = policy.requirement(CheckId::TypeMetadata);
        if !known && integrity.is_none() && !vct.starts_with("https://") {
            part.push(policy, Finding::new(Code::TypeMetadataNone));
            return;
        }
        let at = |code| Finding::at(code, place.pointer());
        if requirement == Requirement::Skip {
            part.push(policy, at(Code::TypeMetadataNeeded));
        } else if let Some(because) = obstacles(part) {
            part.found(policy, Found { finding: at(Code::TypeMetadataBlocked), because });
        } else {
            match described(vct, integrity.map(|value| value.as_str().unwrap_or("")), workshop) {
                Ok(code) => part.push(policy, at(code)),
                Err((code, of)) => {
                    let wanted = requirement == Requirement::Require || policy.request_reported;
                    if code == Code::TypeMetadataNeeded && wanted {
                        part.requests.push(request_for_type_metadata(&of, &policy.limits));
                    }
                    // Whose description it is, is its address.
                    part.push(policy, at(code).with("type", of.chars().take(200).collect::<String>()));
                }
            }
        }
    }
}

/// What the descriptions come to, or what is the matter with which.
fn described(vct: &str, integrity: Option<&str>, workshop: &Workshop<'_>) -> Result<Code, (Code, String)> {
    let (mut name, mut integrity) = (vct.to_owned(), integrity.map(str::to_owned));
    let (mut seen, mut pinned) = (Vec::new(), true);
    loop {
        if seen.contains(&name) || seen.len() >= MOST {
            return Err((Code::TypeMetadataLoop, name));
        }
        let wrong = |code| (code, name.clone());
        let item = workshop.type_metadata(&name).ok_or_else(|| wrong(Code::TypeMetadataNeeded))?;
        if matches!(item.answer, Answer::Unavailable(_)) {
            return Err(wrong(Code::TypeMetadataUnavailable));
        }
        match &integrity {
            Some(metadata) => compared(item, metadata).map_err(wrong)?,
            None => pinned = false,
        }
        let tree = item.document().and_then(Result::ok).ok_or_else(|| wrong(Code::TypeMetadataUnreadable))?;
        let text = |member: &str| match tree.root().get(member) {
            None => Ok(None),
            Some(value) => value.as_str().map(str::to_owned).map(Some).ok_or(Code::TypeMetadataUnreadable),
        };
        match text("vct").map_err(wrong)? {
            Some(own) if own == name => {}
            Some(_) => return Err(wrong(Code::TypeMetadataOther)),
            None => return Err(wrong(Code::TypeMetadataUnreadable)),
        }
        let (base, digest) = (text("extends").map_err(wrong)?, text("extends#integrity").map_err(wrong)?);
        seen.push(name);
        let Some(base) = base else {
            return Ok(if pinned { Code::TypeMetadataPinned } else { Code::TypeMetadataFound });
        };
        (name, integrity) = (base, digest);
    }
}

/// Subresource Integrity §3.3.4: any of the strongest.
fn compared(item: &Item, metadata: &str) -> Result<(), Code> {
    let (hashes, _) = strongest(metadata);
    if hashes.is_empty() {
        return Err(Code::TypeMetadataDigestUnknown);
    }
    let fits = hashes.iter().any(|hash| item.digest(hash.function) == hash.digest);
    if fits { Ok(()) } else { Err(Code::TypeMetadataDigest) }
}
