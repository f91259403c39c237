//! Whose achievement it is that somebody awards: anyone can put anyone's into a badge (Open Badges 3.0 §B.1.1, `creator`).
//! The signature says that the issuer awards it, never that it was the issuer's to award.

use crate::codes::{Code, Finding};
use crate::document::{self, items};
use crate::identifier::host_of;
use crate::json::Value;

/// For every achievement, whether the issuer is who made it.
pub(crate) fn check(root: Value<'_>) -> Vec<Finding> {
    let issuer = document::issuer_id(root);
    let achievements = items(root, "credentialSubject").flat_map(|subject| items(subject, "achievement"));
    achievements.map(|achievement| of(achievement, issuer)).collect()
}

fn of(achievement: Value<'_>, issuer: Option<&str>) -> Finding {
    let creator = achievement.get("creator").filter(|creator| !creator.is_empty_member());
    if let Some(creator) = creator {
        let id = creator.as_str().or_else(|| creator.get("id")?.as_str());
        let code = if id.is_some() && id == issuer { Code::CreatorIssuer } else { Code::CreatorOther };
        return Finding::at(code, creator.pointer());
    }
    let Some(id) = achievement.get("id") else {
        return Finding::at(Code::CreatorNotNamed, achievement.pointer());
    };
    // Where nobody is named, the name of the host says at whose place the achievement is described.
    let code = match (id.as_str().and_then(host_of), issuer.and_then(host_of)) {
        (None, _) => Code::CreatorNotNamed,
        (at, of) if at == of => Code::CreatorSameHost,
        _ => Code::CreatorOtherHost,
    };
    Finding::at(code, id.pointer())
}
