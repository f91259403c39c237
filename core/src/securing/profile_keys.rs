//! Signed records of Open Badges before 3.0 and CLR 1.0 (Open Badges 2.0 §SignedBadge, CLR 1.0 §Signed): a compact JWS, made
//! with a key that the issuer's profile lists. What the header of the JWS says about keys shows nothing and is not looked
//! at; a key that is not linked from the profile is nobody's.

use super::envelope::{self, Envelope, Signature};
use super::proof_set::State;
use super::verified::Verified;
use crate::codes::{CheckId, Code, Finding};
use crate::document::is_absolute_url;
use crate::formats::address::Address;
use crate::identifier::Need;
use crate::json::{Kind, Value};
use crate::keys::{Algorithm, PublicKey};
use crate::limits;
use crate::occasion::Occasion;
use crate::policy::Policy;
use crate::resources::{Answer, Item, Resource};

/// So many keys of a profile are looked at.
const MOST: usize = 16;

/// Resources of the kind `controlledIdentifierDocument`.
pub(crate) type Documents<'s, 'r> = &'s dyn Fn(&str) -> Option<&'r Item>;

/// What a profile lists.
#[derive(Debug, Default)]
pub(crate) struct ProfileKeys {
    /// The keys that could be had, with their identifiers.
    keys: Vec<(String, PublicKey)>,
    /// Where they come from, as reports name it.
    source: &'static str,
    /// Why there may be more.
    open: Vec<Finding>,
    /// What is wrong with those that count for nothing.
    wrong: Vec<Finding>,
    needs: Vec<Need>,
}

impl ProfileKeys {
    /// Keys that the policy pins for the issuer.
    pub(crate) fn pinned<'p>(
        issuer: &str,
        pinned: impl IntoIterator<Item = &'p (String, PublicKey)>,
    ) -> Self {
        let keys = pinned.into_iter().filter(|(of, _)| of == issuer).cloned().collect();
        ProfileKeys { keys, source: "issuerKeys", ..ProfileKeys::default() }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// None, because the profile could not be had.
    pub(crate) fn unknown(finding: Finding) -> Self {
        ProfileKeys { open: vec![finding], ..ProfileKeys::default() }
    }

    /// The keys in `publicKey` of the profile with the identifier `owner`; if the record names one, that alone. The profile is
    /// the one at the issuer's address.
    pub(crate) fn listed(
        profile: Value<'_>,
        owner: &str,
        named: Option<&str>,
        documents: Documents<'_, '_>,
    ) -> Self {
        let mut found = ProfileKeys { source: "issuerProfile", ..ProfileKeys::default() };
        let id_of = |key: Value<'_>| key.as_str().or_else(|| key.get("id")?.as_str()).map(str::to_owned);
        let fits = |key: &Value<'_>| named.is_none() || id_of(*key).as_deref() == named;
        let listed = profile.get("publicKey").filter(|listed| !listed.is_null());
        let listed = || listed.into_iter().flat_map(|listed| listed.one_or_many());
        let keys: Vec<Value<'_>> = listed().filter(|key| is_well_formed(*key) && fits(key)).collect();
        // What is malformed may have been meant for the key that is looked for: that is no evidence against it.
        if listed().any(|key| !is_well_formed(key) && (keys.is_empty() || fits(&key))) {
            found.open.push(Finding::new(Code::KeyDocumentInvalid));
        } else if keys.is_empty() {
            found.wrong.push(Finding::new(Code::KeyNotListed));
        }
        if keys.len() > MOST {
            found.open.push(limits::reached(Code::KeyUnsupported, MOST));
        }
        for key in keys.into_iter().take(MOST) {
            let id = id_of(key).unwrap_or_default();
            if key.get("publicKeyPem").is_some() {
                // It stands in the profile of its owner; who says that another owns it, contradicts that.
                let owned = key.get("owner").is_none_or(|stated| stated.as_str() == Some(owner));
                found.add(id, if owned { pem_of(key) } else { Err(Finding::new(Code::KeyController)) });
            } else if let Some(tree) = found.obtain(&id, documents).and_then(|item| item.document()) {
                found.published(id, tree.map(|tree| tree.root()), owner);
            }
        }
        found
    }

    /// The key at an address that the record names, before Open Badges 2.0: a PEM text. Profiles list none there, so it is the
    /// issuer's if it is at the issuer's origin.
    pub(crate) fn at(url: Option<&str>, owner: &str, documents: Documents<'_, '_>) -> Self {
        let mut found = ProfileKeys { source: "issuerOrigin", ..ProfileKeys::default() };
        let address = |text| Address::parse(text).filter(Address::is_https);
        let same = url.and_then(address).zip(address(owner)).is_some_and(|(key, own)| key.same_origin(&own));
        let Some(url) = url.filter(|_| same) else {
            found.wrong.push(Finding::new(Code::KeyNotListed));
            return found;
        };
        if let Some(item) = found.obtain(url, documents) {
            // What is no key at all says nothing of the issuer's: a page that asks for patience, for instance.
            let text = std::str::from_utf8(item.bytes()).ok();
            let text = text.filter(|text| text.trim_start().starts_with("-----BEGIN "));
            let key =
                text.ok_or_else(|| Finding::new(Code::KeyDocumentInvalid)).and_then(PublicKey::from_pem);
            found.add(url.to_owned(), key);
        }
        found
    }

    fn add(&mut self, id: String, key: Result<PublicKey, Finding>) {
        match key {
            Ok(key) => self.keys.push((id, key)),
            Err(finding) if finding.code.outcome() == crate::codes::Outcome::Failed => {
                self.wrong.push(finding)
            }
            Err(finding) => self.open.push(finding),
        }
    }

    /// What stands at the address of a key; `None` if it has to be asked for, or cannot be had.
    fn obtain<'r>(&mut self, url: &str, documents: Documents<'_, 'r>) -> Option<&'r Item> {
        let document = |code| Finding::new(code).with("url", url.chars().take(200).collect::<String>());
        let Some(address) = Address::parse(url) else {
            self.open.push(document(Code::KeyDocumentInvalid));
            return None;
        };
        match documents(url) {
            None => {
                let locations = if address.is_https() { vec![url.to_owned()] } else { Vec::new() };
                self.needs.push(Need { identifier: url.to_owned(), locations });
                self.open.push(document(Code::KeyDocumentNeeded));
                None
            }
            Some(Item { answer: Answer::Found(Resource { http_status: Some(status), .. }), .. })
                if *status != 200 =>
            {
                self.open.push(document(Code::KeyDocumentUnavailable));
                None
            }
            Some(Item { answer: Answer::Unavailable(_), .. }) => {
                self.open.push(document(Code::KeyDocumentUnavailable));
                None
            }
            Some(item) => Some(item),
        }
    }

    /// A CryptographicKey at an address of its own: it bears that address, and names its owner (§CryptographicKey).
    fn published(&mut self, url: String, document: Result<Value<'_>, &Finding>, owner: &str) {
        let at = |code| Err(Finding::new(code).with("url", url.as_str()));
        let key = match document {
            // What has no key is no such document.
            Ok(key) if key.get("publicKeyPem").is_some() => {
                match (key.get("id"), key.get("owner").and_then(|o| o.as_str())) {
                    (Some(id), _) if id.as_str() != Some(&url) => at(Code::KeyDocumentId),
                    (_, Some(stated)) if stated == owner => pem_of(key),
                    (_, Some(_)) => at(Code::KeyController),
                    (_, None) => at(Code::KeyMethodInvalid),
                }
            }
            Ok(_) | Err(_) => at(Code::KeyDocumentInvalid),
        };
        self.add(url, key);
    }
}

/// Whether it is what `publicKey` lists: the address of a key, or a key, which says by texts what it is and by URLs whose
/// (§CryptographicKey). An `id` of `null` is none.
fn is_well_formed(key: Value<'_>) -> bool {
    let is_url =
        |value: Value<'_>| value.as_str().is_some_and(|url| is_absolute_url(url) || url.starts_with("_:"));
    let id = key.get("id").filter(|id| !id.is_null());
    let (owner, pem) = (key.get("owner"), key.get("publicKeyPem"));
    match key.kind() {
        Kind::Object => {
            id.is_none_or(is_url)
                && owner.is_none_or(is_url)
                && pem.is_none_or(|pem| pem.as_str().is_some())
                && (id.is_some() || pem.is_some())
        }
        _ => is_url(key),
    }
}

fn pem_of(key: Value<'_>) -> Result<PublicKey, Finding> {
    let pem = key.get("publicKeyPem").and_then(|pem| pem.as_str());
    PublicKey::from_pem(pem.ok_or_else(|| Finding::new(Code::KeyMethodInvalid))?)
}

/// What is asked of the signature of such a record.
pub(crate) struct Signed<'s> {
    /// Who vouches for the record.
    pub(crate) issuer: Option<&'s str>,
    pub(crate) keys: ProfileKeys,
    /// Where in the record findings about keys belong: its issuer.
    pub(crate) place: String,
    pub(crate) policy: &'s Policy,
    pub(crate) occasion: &'s Occasion,
}

impl Signed<'_> {
    /// Verifies the signature of an envelope. Each try is a signature check of the budget.
    pub(crate) fn verify(self, envelope: &Envelope, budget: &mut usize) -> Vec<Verified> {
        envelope.signatures.iter().map(|signature| self.one(envelope, signature, budget)).collect()
    }

    fn one(&self, envelope: &Envelope, signature: &Signature, budget: &mut usize) -> Verified {
        let mut verified = Verified::at(String::new());
        verified.suite = signature.algorithm.clone();
        verified.created = signature.created.clone();
        let about = |check: CheckId| signature.defects.iter().any(|defect| defect.code.check() == check);
        if !about(CheckId::ProofStructure) {
            verified.push(Finding::at(Code::ProofWellFormed, ""));
        }
        for finding in signature.defects.iter().chain(&envelope.findings) {
            verified.push(finding.clone());
        }
        let algorithm = signature.algorithm.as_deref().and_then(Algorithm::named);
        if !about(CheckId::ProofSuite) {
            verified.push(envelope::algorithm_finding(signature, algorithm));
            if algorithm.is_none() && signature.defects.is_empty() {
                verified.state = State::Ignored;
                return verified;
            }
        }
        if algorithm.is_some_and(|algorithm| algorithm != Algorithm::Rs256) {
            verified.push(Finding::at(Code::JoseAlgUnusual, ""));
        }
        let skew = self.policy.clock_skew;
        verified.push(envelope::created(signature, self.occasion.now, skew));
        self.keys(signature, algorithm, &mut verified, budget);
        verified.needs.clone_from(&self.keys.needs);
        verified.settle(self.policy);
        verified
    }

    /// The first of the keys that made the signature. Where none did, one that could not be had may have.
    fn keys(
        &self,
        signature: &Signature,
        algorithm: Option<Algorithm>,
        verified: &mut Verified,
        budget: &mut usize,
    ) {
        let obstacles = verified.obstacles(&[CheckId::ProofStructure, CheckId::ProofSuite]);
        let ProfileKeys { keys, source, open, wrong, .. } = &self.keys;
        let at_issuer = |finding: &Finding| finding.clone().moved(Some(self.place.clone()));
        let mut found = None;
        if let Some(algorithm) = algorithm.filter(|_| obstacles.is_empty()) {
            for (id, key) in keys {
                if let Err(limit) =
                    limits::spend(budget, 1, Code::LimitSignatures, self.policy.limits.signatures)
                {
                    verified.push(limit);
                    break;
                }
                match key.verify(algorithm, &signature.message, &signature.signature) {
                    Ok(true) => {
                        verified.method = Some(id.clone());
                        verified.describe_key(self.issuer, key);
                        let named = |code| at_issuer(&Finding::new(code)).with("source", *source);
                        verified.push(named(Code::KeyFound));
                        verified.push(named(Code::KeyMay));
                        verified.push(Finding::at(Code::SignatureGood, ""));
                        verified.bound = Some(at_issuer(&Finding::new(Code::IssuerIsBound)));
                        verified.bound_by = Some(*source);
                        return;
                    }
                    Ok(false) => found = Some(Finding::new(Code::SignatureInvalid)),
                    Err(finding) => found = found.or(Some(finding)),
                }
            }
        }
        let unknown = match (open.is_empty(), keys.is_empty()) {
            (false, _) => open,
            (true, true) => wrong,
            (true, false) => &Vec::new(),
        };
        unknown.iter().for_each(|finding| verified.push(at_issuer(finding)));
        match found.filter(|_| unknown.is_empty()) {
            Some(finding) if finding.code.check() == CheckId::KeyResolved => {
                verified.push(at_issuer(&finding));
                verified.blocked(Code::SignatureBlocked, vec![CheckId::KeyResolved]);
            }
            Some(finding) => verified.push(finding.moved(Some(String::new()))),
            None => {
                let mut because = obstacles;
                because.extend(verified.obstacles(&[CheckId::KeyResolved, CheckId::Limits]));
                verified.blocked(Code::SignatureBlocked, because);
            }
        }
        verified.bound = Some(at_issuer(&Finding::new(Code::IssuerBindingUnknown)));
    }
}
