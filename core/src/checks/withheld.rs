//! What a holder who chooses what to show may have left out (threats D27; RFC 9901 §9.7 says the same of SD-JWT).
//!
//! A verifier sees which of the statements before it are mandatory, and not which others there were. So an absent end of
//! validity may be one that the holder left out, and an absent status likewise. That makes no record invalid, and every
//! record with selective disclosure undecided would help nobody: it is one check, reported, which a policy may require.
//! It counts for the axis `current`: whether the record is current is then indeed not known.

use crate::codes::{Code, Finding};
use crate::document::{self, DataModel};
use crate::json::Value;

/// What is absent is not said to be so where the holder may have left it out.
pub(crate) fn not_shown(finding: Finding) -> Finding {
    let code = match finding.code {
        Code::ValidityNoBeginning => Code::ValidityFromNotShown,
        Code::ValidityNoEnd => Code::ValidityUntilNotShown,
        Code::StatusNone => Code::StatusNotShown,
        code => code,
    };
    finding.coded(code)
}

/// The answer to `withheld` where the holder chose what to show. `optional_status`: of the status that is shown, not all
/// is mandatory, so that there may be more of it.
pub(crate) fn check(root: Value<'_>, model: DataModel, optional_status: bool) -> Finding {
    let period = document::validity(root, model);
    let (from, until) = match model {
        DataModel::Vcdm1 => ("issuanceDate", "expirationDate"),
        DataModel::Vcdm2 => ("validFrom", "validUntil"),
        DataModel::SdJwtVc => ("nbf", "exp"),
    };
    let possible: Vec<String> = [
        (from, period.from.is_none()),
        (until, period.until.is_none()),
        ("credentialStatus", optional_status || document::statuses(root, model).next().is_none()),
    ]
    .into_iter()
    .filter(|(_, possible)| *possible)
    .map(|(member, _)| member.to_owned())
    .collect();
    if possible.is_empty() {
        Finding::at(Code::WithheldNothing, root.pointer())
    } else {
        Finding::at(Code::WithheldPossible, root.pointer()).with("members", possible)
    }
}
