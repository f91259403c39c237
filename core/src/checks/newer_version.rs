//! Whether what an issuer offers as the newest version of a record is a newer version of it (Open Badges 3.0 §10).

use crate::codes::{Code, Outcome};
use crate::time::Timestamp;

/// What tells one version of a record from another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Version<'v> {
    pub(crate) id: Option<&'v str>,
    pub(crate) issuer: Option<&'v str>,
    pub(crate) from: Option<Timestamp>,
}

/// What was found, as far as its own verification went.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Found<'v> {
    pub(crate) version: Version<'v>,
    pub(crate) authentic: Outcome,
    pub(crate) revoked: bool,
}

/// The answer, and whether what was found claims to be the same record. Identifiers are compared character by character,
/// though Open Badges 3.0 §10.1 would have them decoded and trimmed first: another spelling may be another's.
pub(crate) fn compare(original: &Version<'_>, found: &Found<'_>) -> (Code, bool) {
    let version = &found.version;
    let same = original.id.is_some()
        && original.issuer.is_some()
        && (original.id, original.issuer) == (version.id, version.issuer);
    let code = match (found.authentic, original.from, version.from) {
        (Outcome::Failed, ..) => Code::NewerVersionNotAuthentic,
        _ if !same => Code::NewerVersionOther,
        (Outcome::Passed, ..) if found.revoked => Code::NewerVersionRevoked,
        (Outcome::Passed, Some(own), Some(other)) if other > own => Code::NewerVersionExists,
        (Outcome::Passed, Some(_), Some(_)) => Code::NewerVersionNone,
        _ => Code::NewerVersionUndecided,
    };
    (code, same)
}
