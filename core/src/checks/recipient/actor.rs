//! Whom a statement of the Experience API is about: its actor, or everybody in the group that is its actor (xAPI-Data
//! §2.4.2). Identifiers are compared exactly.

use sha1::Sha1;

use super::{Answer, Compared, Recipient, best, conclude, plain};
use crate::codes::{Code, Finding};
use crate::document;
use crate::encoding::from_hex;
use crate::json::Value;
use sha2::Digest;

/// Compares the actor with the expected identities: any one that matches is enough.
pub(crate) fn check(root: Value<'_>, expected: &[Recipient]) -> Finding {
    if expected.is_empty() {
        return Finding::new(Code::RecipientNotExpected);
    }
    let mut compared = Vec::new();
    if let Some(actor) = root.get("actor") {
        identifiers(actor, expected, &mut compared);
        for member in document::items(actor, "member") {
            identifiers(member, expected, &mut compared);
        }
    }
    let mut finding = conclude(root, &compared);
    if finding.code == Code::RecipientNotStated {
        finding.pointer = root.get("actor").map(|actor| actor.pointer());
    }
    finding
}

fn identifiers<'t>(actor: Value<'t>, expected: &[Recipient], compared: &mut Vec<Compared<'t>>) {
    let of = |kind: &'static str| expected.iter().filter(move |recipient| recipient.identity_type == kind);
    if let Some(place) = actor.get("mbox") {
        let stated = place.as_str().and_then(|mbox| mbox.strip_prefix("mailto:"));
        let answer = of("emailAddress").map(|recipient| match stated {
            Some(stated) => plain(stated, recipient),
            None => Answer::NotComparable,
        });
        compared.push(Compared { answer: best(answer), name: "emailAddress", place });
    }
    // §2.4.2.3: SHA-1 of the whole of what `mbox` would be, `mailto:` included.
    if let Some(place) = actor.get("mbox_sha1sum") {
        let stated = place.as_str().and_then(from_hex::<20>);
        let answer = of("emailAddress").map(|recipient| match stated {
            Some(stated) => {
                let digest = Sha1::new().chain_update("mailto:").chain_update(&recipient.value).finalize();
                if digest.as_slice() == stated { Answer::Matches } else { Answer::Differs }
            }
            None => Answer::NotComparable,
        });
        compared.push(Compared { answer: best(answer), name: "emailAddress", place });
    }
    if let Some(place) = actor.get("openid") {
        let answer = of("id").map(|recipient| match place.as_str() {
            Some(id) if id == recipient.value => Answer::Matches,
            Some(_) => Answer::Differs,
            None => Answer::NotComparable,
        });
        compared.push(Compared { answer: best(answer), name: "id", place });
    }
    // An account is a name in one system: the system is what kind of identifier it is.
    if let Some(place) = actor.get("account") {
        let text = |member: &str| place.get(member).and_then(|value| value.as_str());
        let (system, name) = (text("homePage"), text("name"));
        let answer = expected
            .iter()
            .filter(|recipient| Some(recipient.identity_type.as_str()) == system)
            .map(|recipient| if name == Some(&recipient.value) { Answer::Matches } else { Answer::Differs });
        compared.push(Compared { answer: best(answer), name: "accountId", place });
    }
}
