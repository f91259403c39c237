//! Key binding (RFC 9901 §4.3, §7.3): the holder of the key that the issuer named (`cnf`, RFC 7800) signs what is
//! presented, for one verifier.
//!
//! Whether there has to be one is for the caller to say, by expecting a challenge, a domain or a holder; never for the
//! token, from which anybody can take it away. One that is there and wrong is wrong in any case.

use super::Hash;
use crate::carrier::jws::Compact;
use crate::codes::{Code, Finding, Outcome};
use crate::document;
use crate::identifier::{self, Listing, Relationship, VerificationMethod};
use crate::json::{Tree, Value};
use crate::keys::{Algorithm, PublicKey};
use crate::limits::{self, Limits};
use crate::securing::envelope::Addressed;
use crate::securing::jose::Form;
use crate::securing::jose::claims::numeric_date;
use crate::securing::jose::header::{self, Header};
use crate::securing::verified::Verified;
use crate::securing::{Subject, Tools};

/// So many seconds may lie between its making and its verification, besides the difference of clocks.
const FRESH: i64 = 300;

/// The key binding of an SD-JWT, if it has one, and the key that it should be made with.
#[derive(Debug)]
pub(crate) struct KeyBinding {
    token: Option<Result<Token, Finding>>,
    confirmation: Confirmation,
}

/// A KB-JWT. Nothing of it has been verified.
#[derive(Debug)]
struct Token {
    algorithm: String,
    /// Whether its header demands an extension that is not supported.
    extended: bool,
    message: Vec<u8>,
    signature: Vec<u8>,
    audience: String,
    nonce: String,
    /// Seconds since 1970.
    made_at: i64,
    /// Whether it is about exactly what is presented.
    is_about_this: bool,
}

/// Whose key the issuer says it is (RFC 7800 §3).
#[derive(Debug)]
enum Confirmation {
    /// Nobody's.
    None,
    /// The key itself.
    Jwk(Box<Result<PublicKey, Finding>>),
    /// The name of the key; one of a DID can be looked up.
    Kid(String),
    /// It is given in another way.
    Other,
}

impl KeyBinding {
    /// Reads the key binding of a presentation whose processed claims are these.
    pub(super) fn open(
        jwt: Option<&str>,
        presented: &str,
        hash: Hash,
        claims: Value<'_>,
        limits: &Limits,
    ) -> Self {
        let is_about_this = |stated: &str| stated == hash.digest(presented);
        KeyBinding {
            token: jwt.map(|jwt| Token::read(jwt, &is_about_this, limits)),
            confirmation: Confirmation::of(claims),
        }
    }

    /// For whom it says to be made, and in answer to what.
    pub(super) fn addressed(&self) -> Addressed {
        match &self.token {
            Some(Ok(token)) => {
                Addressed { audience: vec![token.audience.clone()], nonce: Some(token.nonce.clone()) }
            }
            Some(Err(_)) | None => Addressed::default(),
        }
    }

    /// Answers `keyBinding` and `holder`.
    pub(crate) fn verify(&self, subject: &Subject<'_>, verified: &mut Verified, tools: &mut Tools<'_>) {
        let expected = subject.domain.is_some() || subject.challenge.is_some() || subject.holder.is_some();
        if self.token.is_none() && subject.presentation {
            // A presentation is signed by its holder as it is.
            return;
        }
        let (finding, key) = match &self.token {
            None if expected => (Finding::at(Code::KeyBindingMissing, ""), None),
            None => (Finding::at(Code::KeyBindingNotExpected, ""), None),
            Some(Err(finding)) => (finding.clone(), None),
            Some(Ok(token)) => self.judge(token, expected, verified, tools),
        };
        let good = finding.code == Code::KeyBindingGood;
        verified.push(finding);
        let holder = match (subject.holder, key.filter(|_| good)) {
            (None, _) => Code::HolderNotExpected,
            (Some(_), None) => Code::HolderNotStated,
            (Some(holder), Some(key)) => is_held_by(holder, &key, subject, verified, tools),
        };
        verified.push(Finding::at(holder, ""));
    }

    fn judge(
        &self,
        token: &Token,
        expected: bool,
        verified: &mut Verified,
        tools: &mut Tools<'_>,
    ) -> (Finding, Option<VerificationMethod>) {
        let key = match self.confirmation.key(verified, tools) {
            Ok(key) => key,
            Err(code) => return (Finding::at(code, ""), None),
        };
        let code = match Algorithm::named(&token.algorithm) {
            None => Code::KeyBindingUnsupported,
            Some(_) if token.extended => Code::KeyBindingUnsupported,
            Some(_) if !token.is_about_this => Code::KeyBindingOther,
            Some(algorithm) => match tools.signatures.checked_sub(1) {
                None => {
                    return (limits::reached(Code::LimitSignatures, tools.policy.limits.signatures), None);
                }
                Some(left) => {
                    *tools.signatures = left;
                    match key.key.verify(algorithm, &token.message, &token.signature) {
                        Ok(true) => fresh(token.made_at, expected, tools),
                        Ok(false) | Err(_) => Code::KeyBindingSignature,
                    }
                }
            },
        };
        (Finding::at(code, ""), Some(key))
    }
}

/// Whether it was made just now. Where no presentation is expected now, one that was made earlier is no evidence against
/// the record: it was kept together with it.
fn fresh(made_at: i64, expected: bool, tools: &Tools<'_>) -> Code {
    let now = tools.occasion.now.unix();
    let skew = i64::from(tools.policy.clock_skew);
    let oldest = now.saturating_sub(FRESH).saturating_sub(skew);
    if made_at > now.saturating_add(skew) || made_at < oldest && expected {
        Code::KeyBindingTime
    } else if made_at < oldest {
        Code::KeyBindingEarlier
    } else {
        Code::KeyBindingGood
    }
}

/// Whether the key is that of the expected holder: it is named by the holder's DID, confirmed by the issuer for this
/// subject, or listed in the holder's own document.
fn is_held_by(
    holder: &str,
    key: &VerificationMethod,
    subject: &Subject<'_>,
    verified: &mut Verified,
    tools: &Tools<'_>,
) -> Code {
    let document = subject.document.as_value();
    let mut named = document::subject_ids(document)
        .chain(document.get("sub").and_then(|sub| sub.as_str()))
        .chain(Some(key.controller.as_str()));
    if named.any(|name| name == holder) {
        return Code::HolderMatches;
    }
    match identifier::lists(holder, key, Relationship::Authentication, tools.documents) {
        Listing::Yes { .. } => Code::HolderMatches,
        Listing::No => Code::HolderDiffers,
        Listing::Unknown { need, .. } => {
            verified.needs.extend(need);
            Code::HolderNotStated
        }
    }
}

impl Confirmation {
    fn of(claims: Value<'_>) -> Self {
        let Some(confirmation) = claims.get("cnf") else { return Confirmation::None };
        match (confirmation.get("jwk"), confirmation.get("kid")) {
            (Some(jwk), _) => Confirmation::Jwk(Box::new(PublicKey::from_jwk(jwk))),
            (None, Some(kid)) => {
                kid.as_str().map_or(Confirmation::None, |kid| Confirmation::Kid(kid.to_owned()))
            }
            (None, None) if confirmation.as_object().is_some_and(|members| !members.is_empty()) => {
                Confirmation::Other
            }
            (None, None) => Confirmation::None,
        }
    }

    /// The key. Its controller is known where it is named, not where it is given.
    fn key(&self, verified: &mut Verified, tools: &Tools<'_>) -> Result<VerificationMethod, Code> {
        match self {
            Confirmation::None => Err(Code::KeyBindingNoKey),
            Confirmation::Other => Err(Code::KeyBindingKeyUnknown),
            Confirmation::Jwk(key) => match key.as_ref() {
                Err(finding) => Err(unusable(finding)),
                Ok(key) => Ok(VerificationMethod {
                    id: String::new(),
                    controller: String::new(),
                    key: key.clone(),
                    revoked: None,
                    expires: None,
                }),
            },
            Confirmation::Kid(url) => {
                let found = identifier::retrieve(url, Relationship::Authentication, tools.documents);
                verified.needs.extend(found.need);
                let Some(method) = found.method else { return Err(unusable(&found.resolved)) };
                let over =
                    |end: Option<crate::time::Timestamp>| end.is_some_and(|end| end <= tools.occasion.now);
                let refused = found.authorized.is_some_and(|finding| finding.code != Code::KeyMay);
                if refused || found.dates.is_some() || over(method.revoked) || over(method.expires) {
                    return Err(Code::KeyBindingNoKey);
                }
                Ok(method)
            }
        }
    }
}

/// A key that cannot be used: it is none, or it could not be found out. A `kid` that is no URL may mean a key that both
/// sides know (RFC 7800 §3.4).
fn unusable(finding: &Finding) -> Code {
    match (finding.code, finding.code.outcome()) {
        (Code::KeyMethodUrl, _) | (_, Outcome::Indeterminate) => Code::KeyBindingKeyUnknown,
        (_, _) => Code::KeyBindingNoKey,
    }
}

impl Token {
    /// Reads a KB-JWT (RFC 9901 §4.3): its header says `kb+jwt` and how it is signed; the four claims are there.
    fn read(jwt: &str, is_about_this: &dyn Fn(&str) -> bool, limits: &Limits) -> Result<Self, Finding> {
        let wrong = |member: &'static str| Finding::at(Code::KeyBindingMalformed, "").with("member", member);
        let compact = Compact::parse(jwt.as_bytes()).map_err(|_| wrong("jwt"))?;
        let header = header::parse(&compact.header, limits).map_err(|_| wrong("header"))?;
        let claims = Tree::parse(&compact.payload, limits).map_err(|_| wrong("payload"))?;
        let text = |object: Value<'_>, name: &'static str| {
            object.get(name).and_then(|value| value.as_str()).map(str::to_owned).ok_or_else(|| wrong(name))
        };
        let algorithm = text(header.root(), "alg")?;
        // No extension, no key of its own, a signature that not everybody could make who can check it.
        let rules = Header::read(header.root().as_object(), None, Form::SdJwt, !compact.signature.is_empty());
        let unsupported = |defect: &Finding| defect.code == Code::JoseCritUnsupported;
        if !rules.defects.iter().all(unsupported) || rules.key.jwk.is_some() || !rules.key.x5c.is_empty() {
            return Err(wrong("header"));
        }
        if text(header.root(), "typ")? != "kb+jwt" {
            return Err(wrong("typ"));
        }
        let made_at = claims.root().get("iat").and_then(|value| value.as_number()).and_then(numeric_date);
        Ok(Token {
            algorithm,
            extended: !rules.defects.is_empty(),
            message: compact.signing_input.to_vec(),
            signature: compact.signature,
            audience: text(claims.root(), "aud")?,
            nonce: text(claims.root(), "nonce")?,
            made_at: made_at.ok_or_else(|| wrong("iat"))?.unix(),
            is_about_this: is_about_this(&text(claims.root(), "sd_hash")?),
        })
    }
}
