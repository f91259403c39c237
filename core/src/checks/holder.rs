//! Who presents it (VCDM 2.0 §4.13): a presentation alone is no evidence that its presenter is the subject.

use crate::codes::{Code, Finding};
use crate::document;
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
        (Some(stated), _) if stated != expected => Code::HolderDiffers,
        (_, Some(signer)) if signer == expected => Code::HolderMatches,
        (_, Some(_)) => Code::HolderDiffers,
        (_, None) => Code::HolderNotStated,
    };
    Finding::at(code, place)
}
