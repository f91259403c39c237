//! Whom a credential is about (Open Badges 3.0 §9.1.5, §9.3, §B.7 IdentityObject, IdentityHash).
//!
//! Plain identifiers are compared character by character, hashes are those of the exact identifier with the salt behind
//! it. What only nearly fits is neither the expected person nor somebody else: that is said, with the reason.

pub(crate) mod actor;

use md5::Md5;
use sha2::{Digest, Sha256};

use crate::codes::{Code, Finding};
use crate::document::{self, DataModel};
use crate::encoding::from_hex;
#[cfg(feature = "formats")]
use crate::formats::Format;
use crate::json::Value;
use crate::occasion::Recipient;

/// The terms of IdentifierTypeEnum (Open Badges 3.0 §B.7). Other types are the issuer's own words, which reports do not
/// repeat.
const TYPES: [&str; 19] = [
    "name",
    "sourcedId",
    "systemId",
    "productId",
    "userName",
    "accountId",
    "emailAddress",
    "nationalIdentityNumber",
    "isbn",
    "issn",
    "lisSourcedId",
    "oneRosterSourcedId",
    "sisSourcedId",
    "ltiContextId",
    "ltiDeploymentId",
    "ltiToolId",
    "ltiPlatformId",
    "ltiUserId",
    "identifier",
];

/// What one identifier of the record comes to, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Answer {
    Matches,
    /// By a broken hash alone (MD5, SHA-1), in which other identities can be made to fit.
    MatchesLegacy(&'static str),
    /// It would match if the standard forgave this.
    Nearly(&'static str),
    /// It is of an expected type, and cannot be compared.
    NotComparable,
    Differs,
    /// Nothing of its type was expected.
    NotExpected,
}

impl Answer {
    /// The detail under which the types with this answer are listed.
    fn detail(self) -> &'static str {
        match self {
            Answer::Matches => "matched",
            Answer::MatchesLegacy(_) => "matchedLegacy",
            Answer::Nearly(_) => "nearlyMatched",
            Answer::NotComparable => "notComparable",
            Answer::Differs => "differed",
            Answer::NotExpected => "notExpected",
        }
    }
}

/// An identifier of the record, with what came of it.
struct Compared<'t> {
    answer: Answer,
    name: &'static str,
    place: Value<'t>,
}

/// Compares the subjects with the expected identities: any one that matches is enough; what differs counts only if
/// it is of an expected type. The details name the type of every identifier of the record under what came of it.
pub(crate) fn check(root: Value<'_>, model: DataModel, expected: &[Recipient]) -> Finding {
    if expected.is_empty() {
        return Finding::new(Code::RecipientNotExpected);
    }
    if model == DataModel::SdJwtVc {
        return by_claim(root, expected);
    }
    let mut compared = Vec::new();
    for subject in document::items(root, "credentialSubject") {
        if let Some(id) = subject.get("id") {
            let of_id = expected.iter().filter(|recipient| recipient.identity_type == "id");
            let answer = of_id.map(|recipient| match id.as_str() {
                Some(id) if id == recipient.value => Answer::Matches,
                Some(_) => Answer::Differs,
                None => Answer::NotComparable,
            });
            compared.push(Compared { answer: best(answer), name: "id", place: id });
        }
        for identity in document::items(subject, "identifier") {
            let stated = identity.get("identityType").and_then(|stated| stated.as_str());
            let of_type =
                expected.iter().filter(|recipient| Some(recipient.identity_type.as_str()) == stated);
            let mut answer = best(of_type.map(|recipient| compare(identity, recipient)));
            if stated.is_none() {
                answer = Answer::NotComparable;
            }
            let name = TYPES.into_iter().find(|name| Some(*name) == stated).unwrap_or("other");
            compared.push(Compared { answer, name, place: identity });
        }
    }
    conclude(root.get("credentialSubject").unwrap_or(root), &compared)
}

fn best(answers: impl Iterator<Item = Answer>) -> Answer {
    answers.min().unwrap_or(Answer::NotExpected)
}

/// `stands` is where the record says whom it is about.
fn conclude(stands: Value<'_>, compared: &[Compared<'_>]) -> Finding {
    let first = compared.iter().min_by_key(|one| one.answer);
    let place = first.map_or(stands, |first| first.place);
    let answer = first.map_or(Answer::NotExpected, |first| first.answer);
    let mut finding = match answer {
        Answer::Matches => Finding::new(Code::RecipientMatches),
        Answer::MatchesLegacy(name) => Finding::new(Code::RecipientMatchesLegacy).with("algorithm", name),
        Answer::Nearly(pitfall) => Finding::new(Code::RecipientNearly).with("pitfall", pitfall),
        Answer::NotComparable => Finding::new(Code::RecipientNotComparable),
        Answer::Differs => Finding::new(Code::RecipientDiffers),
        Answer::NotExpected => Finding::new(Code::RecipientNotStated),
    };
    finding.pointer = Some(match answer {
        Answer::NotExpected => stands.pointer(),
        _ => place.pointer(),
    });
    let mut types = std::collections::BTreeMap::<&'static str, Vec<String>>::new();
    for one in compared {
        let names = types.entry(one.answer.detail()).or_default();
        if !names.iter().any(|name| name == one.name) {
            names.push(one.name.to_owned());
        }
    }
    types.into_iter().fold(finding, |finding, (detail, names)| finding.with(detail, names))
}

/// Compares the recipient of an Open Badge before 3.0, or of an Assertion of CLR 1.0 (Open Badges 2.0 §IdentityObject), or the
/// learner of a CLR 1.0, with the expected identities.
#[cfg(feature = "formats")]
pub(crate) fn check_identity(root: Value<'_>, format: Format, expected: &[Recipient]) -> Finding {
    if expected.is_empty() {
        return Finding::new(Code::RecipientNotExpected);
    }
    let mut compared = Vec::new();
    let stands = root.get("recipient").or_else(|| root.get("learner")).unwrap_or(root);
    let plain_or_hash = |text: &str, salt: &str, recipient: &Recipient| match Hash::parse(text) {
        Some(hash) => hash.compare(salt, recipient),
        None => plain(text, recipient),
    };
    if format == Format::OpenBadges("0.5") {
        // It has the address of a mailbox, or its hash, and the salt beside it.
        let salt = root.get("salt").map_or(Some(""), |salt| salt.as_str());
        let of_type = expected.iter().filter(|recipient| recipient.identity_type == "emailAddress");
        let answer = match (stands.as_str(), salt) {
            (Some(text), Some(salt)) => best(of_type.map(|recipient| plain_or_hash(text, salt, recipient))),
            _ => Answer::NotComparable,
        };
        compared.push(Compared { answer, name: "emailAddress", place: stands });
    } else if root.get("recipient").is_some() {
        let stated = stands.get("type").map(|value| value.one_or_many().filter_map(|name| name.as_str()));
        let names: Vec<&str> = stated.into_iter().flatten().flat_map(identity_types).copied().collect();
        let fits = |recipient: &&Recipient| names.contains(&recipient.identity_type.as_str());
        let of_type = expected.iter().filter(fits);
        let answer = if names.is_empty() {
            Answer::NotComparable
        } else {
            best(of_type.map(|recipient| compare_as(stands, "identity", recipient)))
        };
        compared.push(Compared {
            answer,
            name: names.first().and_then(|n| listed(n)).unwrap_or("other"),
            place: stands,
        });
    } else if root.get("learner").is_some() {
        for (member, name) in
            [("id", "id"), ("email", "emailAddress"), ("studentId", "systemId"), ("sourcedId", "sourcedId")]
        {
            let Some(value) = stands.get(member) else { continue };
            let of_type = expected.iter().filter(|recipient| recipient.identity_type == name);
            let answer = best(of_type.map(|recipient| match value.as_str() {
                Some(text) => plain(text, recipient),
                None => Answer::NotComparable,
            }));
            compared.push(Compared { answer, name, place: value });
        }
    }
    conclude(stands, &compared)
}

/// What a type of IdentityObject is called in an occasion; a type that is not known here has no name there.
#[cfg(feature = "formats")]
fn identity_types(stated: &str) -> &'static [&'static str] {
    match stated {
        "email" | "schema:email" => &["emailAddress"],
        "url" | "id" => &["id", "url"],
        "telephone" => &["telephone"],
        "sourcedId" => &["sourcedId"],
        "studentId" => &["systemId"],
        _ => &[],
    }
}

#[cfg(feature = "formats")]
fn listed(name: &str) -> Option<&'static str> {
    TYPES.into_iter().chain(["id", "telephone"]).find(|known| *known == name)
}

/// Compares the subject of a token (`sub`, RFC 7519 §4.1.2), or where it names none the DID whose key it names (`cnf`, RFC
/// 7800 §3.4), with the expected identifiers. Other claims may look like an identity; what they are, no standard says.
fn by_claim(root: Value<'_>, expected: &[Recipient]) -> Finding {
    let ids = || expected.iter().filter(|recipient| recipient.identity_type == "id");
    let is_expected = |id: &str| ids().any(|recipient| recipient.value == id);
    let sub = root.get("sub").filter(|sub| sub.as_str().is_some());
    let key = root.get("cnf").and_then(|cnf| cnf.get("kid"));
    let did = key.and_then(|kid| Some(kid.as_str()?.split_once('#')?.0));
    let (code, place) = match (sub, key) {
        (Some(sub), _) if sub.as_str().is_some_and(is_expected) => (Code::RecipientMatches, sub),
        (None, Some(kid)) if did.is_some_and(is_expected) => (Code::RecipientMatches, kid),
        (Some(sub), _) if ids().next().is_some() => (Code::RecipientDiffers, sub),
        _ => (Code::RecipientNotStated, root),
    };
    Finding::at(code, place.pointer())
}

/// Compares an IdentityObject with an identity of the same type.
fn compare(identity: Value<'_>, recipient: &Recipient) -> Answer {
    compare_as(identity, "identityHash", recipient)
}

/// The same, where the identity stands in `member`.
fn compare_as(identity: Value<'_>, member: &str, recipient: &Recipient) -> Answer {
    let text = |member: &str| identity.get(member).and_then(|value: Value<'_>| value.as_str());
    let (Some(stated), Some(hashed)) = (text(member), identity.get("hashed").and_then(|h| h.as_bool()))
    else {
        return Answer::NotComparable;
    };
    let salt = match identity.get("salt").filter(|salt| !salt.is_null()) {
        None => "",
        Some(salt) => match salt.as_str() {
            Some(salt) => salt,
            None => return Answer::NotComparable,
        },
    };
    match (hashed, Hash::parse(stated)) {
        // The salt of what is not hashed says nothing.
        (false, None) => plain(stated, recipient),
        (true, Some(hash)) => hash.compare(salt, recipient),
        // It is no hash that is known, or it is one and says that it is none.
        (true, None) | (false, Some(_)) => Answer::NotComparable,
    }
}

fn plain(stated: &str, recipient: &Recipient) -> Answer {
    if stated == recipient.value {
        return Answer::Matches;
    }
    for (pitfall, value) in forgiven(recipient) {
        let stated = if pitfall == "case" { stated.to_lowercase() } else { stated.to_owned() };
        if stated.trim() == value {
            return Answer::Nearly(pitfall);
        }
    }
    Answer::Differs
}

/// The spellings of an address that people take for the same. The standard does not.
fn forgiven(recipient: &Recipient) -> Vec<(&'static str, String)> {
    if recipient.identity_type != "emailAddress" {
        return Vec::new();
    }
    let trimmed = recipient.value.trim();
    vec![("space", trimmed.to_owned()), ("case", trimmed.to_lowercase())]
}

/// An IdentityHash: the algorithm and the digest (Open Badges 3.0 §B.7).
enum Hash {
    Sha256([u8; 32]),
    Md5([u8; 16]),
    /// Of Open Badges 0.5.
    #[cfg(feature = "formats")]
    Sha1([u8; 20]),
}

impl Hash {
    /// `sha256$`, `md5$` or `sha1$` and the digits, in either case.
    fn parse(text: &str) -> Option<Self> {
        match text.split_once('$')? {
            ("sha256", digits) => from_hex(digits).map(Hash::Sha256),
            ("md5", digits) => from_hex(digits).map(Hash::Md5),
            #[cfg(feature = "formats")]
            ("sha1", digits) => from_hex(digits).map(Hash::Sha1),
            _ => None,
        }
    }

    /// Whether it is the digest of these two texts, one behind the other.
    fn is_of(&self, first: &str, second: &str) -> bool {
        fn digest<D: Digest>(first: &str, second: &str) -> impl AsRef<[u8]> {
            D::new().chain_update(first).chain_update(second).finalize()
        }
        match self {
            Hash::Sha256(stated) => digest::<Sha256>(first, second).as_ref() == stated,
            Hash::Md5(stated) => digest::<Md5>(first, second).as_ref() == stated,
            #[cfg(feature = "formats")]
            Hash::Sha1(stated) => digest::<sha1::Sha1>(first, second).as_ref() == stated,
        }
    }

    fn compare(&self, salt: &str, recipient: &Recipient) -> Answer {
        let value = recipient.value.as_str();
        if self.is_of(value, salt) {
            return match self {
                Hash::Sha256(_) => Answer::Matches,
                Hash::Md5(_) => Answer::MatchesLegacy("md5"),
                #[cfg(feature = "formats")]
                Hash::Sha1(_) => Answer::MatchesLegacy("sha1"),
            };
        }
        for (pitfall, value) in [("", value.to_owned())].into_iter().chain(forgiven(recipient)) {
            for (order, first, second) in
                [(pitfall, value.as_str(), salt), ("saltOrder", salt, &value), ("saltNotUsed", &value, "")]
            {
                if self.is_of(first, second) {
                    return Answer::Nearly(order);
                }
            }
        }
        Answer::Differs
    }
}
