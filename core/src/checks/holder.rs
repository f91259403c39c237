//! Who presents it (VCDM 2.0 §4.13): a presentation alone is no evidence that its presenter is the subject.

use crate::codes::{Code, Finding};
use crate::document::{self, DataModel};
use crate::json::Value;
use crate::occasion::Occasion;

/// Compares the expected holder with the one who signed the presentation. `authenticated` is the controller of the
/// key of its proof, if the proof is good.
pub(crate) fn check(
    root: Value<'_>,
    presentation: bool,
    authenticated: Option<&str>,
    occasion: &Occasion,
) -> Finding {
    let Some(expected) = occasion.holder.as_deref() else {
        return Finding::new(Code::HolderNotExpected);
    };
    if !presentation {
        return Finding::at(Code::HolderNotStated, root.pointer());
    }
    let place = root.get("holder").unwrap_or(root).pointer();
    let code = match (document::holder_id(root), authenticated) {
        (None, _) if root.get("holder").is_some() => Code::HolderNotStated,
        (Some(stated), _) if stated != expected => Code::HolderDiffers,
        (_, Some(signer)) if signer == expected => Code::HolderMatches,
        (_, Some(_)) => Code::HolderDiffers,
        (_, None) => Code::HolderNotStated,
    };
    Finding::at(code, place)
}

/// Compares whom a credential is about with who presents it: everybody whom it is about must be the presenter, since
/// others might present it too. That it is not so is no defect (a parent presents a child's record); a policy that wants
/// nobody else's records requires the check.
pub(crate) fn is_subject(root: Value<'_>, model: DataModel, presenter: Option<&str>) -> Finding {
    // In an SD-JWT VC the claim `sub` says whom it is about (RFC 7519 §4.1.2).
    let member = if model == DataModel::SdJwtVc { "sub" } else { "credentialSubject" };
    let subjects: Vec<Option<&str>> = document::items(root, member)
        .map(|subject| match model {
            DataModel::SdJwtVc => subject.as_str(),
            DataModel::Vcdm1 | DataModel::Vcdm2 => subject.get("id").and_then(|id| id.as_str()),
        })
        .collect();
    let unnamed = subjects.is_empty() || subjects.contains(&None);
    let code = match presenter {
        None => Code::PresenterUnknown,
        Some(presenter) if subjects.iter().flatten().any(|id| *id != presenter) => Code::PresenterIsOther,
        Some(_) if unnamed => Code::PresenterSubjectUnnamed,
        Some(_) => Code::PresenterIsSubject,
    };
    Finding::at(code, root.get(member).unwrap_or(root).pointer())
}
