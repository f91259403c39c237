//! Every proof of one document, each by the steps of Verify Proof (vc-data-integrity §4.4), then the binding of its key.

use super::canonical::{Canonicalizer, Form, covered};
use super::data_integrity::Proof;
use super::proof_set::{self, State};
use super::suites::Canonicalization;
use crate::codes::{Axis, CheckId, Code, Detail, Finding, Outcome, Requirement};
use crate::encoding::hex;
use crate::identifier::{self, Listing, Need, Relationship, Retrieval, Supplied, VerificationMethod};
use crate::json::{Object, Value};
use crate::jsonld;
use crate::keys::PublicKey;
use crate::limits;
use crate::occasion::Occasion;
use crate::policy::{JudgedAt, Policy};
use crate::rdf::canonical::Hash;
use crate::time::Timestamp;

/// A finding, and for one that could not be made the checks that were in the way.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub(crate) finding: Finding,
    pub(crate) because: Vec<CheckId>,
}

impl From<Finding> for Found {
    fn from(finding: Finding) -> Self {
        Found { finding, because: Vec::new() }
    }
}

/// What the proofs should cover, and who should have made them.
pub(crate) struct Subject<'t> {
    pub(crate) document: Object<'t>,
    /// The context that holds in it, its own or that of the document it stands in.
    pub(crate) context: Option<Value<'t>>,
    /// The issuer of a credential, the holder of a presentation.
    pub(crate) principal: Option<&'t str>,
    pub(crate) presentation: bool,
    /// The domain and the challenge that are expected of this document.
    pub(crate) domain: Option<&'t str>,
    pub(crate) challenge: Option<&'t str>,
}

/// What a verification works with.
pub(crate) struct Tools<'v> {
    pub(crate) policy: &'v Policy,
    pub(crate) occasion: &'v Occasion,
    pub(crate) canonicalizer: Canonicalizer<'v>,
    pub(crate) documents: &'v dyn Fn(&str) -> Supplied<'v>,
    /// The keys that the policy pins, by issuer.
    pub(crate) pinned: &'v [(String, PublicKey)],
    /// Signature checks that are left.
    pub(crate) signatures: &'v mut usize,
}

/// The intermediate values of a Data Integrity proof.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Explanation {
    /// The canonical form of the document.
    pub canonical_document: String,
    /// Its hash, in hexadecimal.
    pub document_hash: String,
    /// The canonical form of the proof options.
    pub canonical_proof_options: String,
    /// Their hash, in hexadecimal.
    pub proof_options_hash: String,
    /// What is signed, in hexadecimal: the hash of the options, then that of the document.
    pub hash_data: String,
}

/// What came of one proof.
pub(crate) struct Verified<'t> {
    pub(crate) proof: Proof<'t>,
    pub(crate) state: State,
    pub(crate) findings: Vec<Found>,
    /// `issuer.bound`, if there is a principal to be bound to.
    pub(crate) bound: Option<Finding>,
    pub(crate) bound_by: Option<&'static str>,
    pub(crate) controller: Option<String>,
    pub(crate) key_type: Option<&'static str>,
    pub(crate) explanation: Option<Explanation>,
    /// The dated version of the contexts under which the signature is good.
    pub(crate) as_of: Option<String>,
    pub(crate) needs: Vec<Need>,
    method: Option<VerificationMethod>,
}

/// What came of all of them.
pub(crate) struct Securing<'t> {
    pub(crate) proofs: Vec<Verified<'t>>,
    pub(crate) outcome: Outcome,
    /// The form of the document under the contexts that fit, and its findings, if a suite needed one.
    pub(crate) form: Option<Form>,
    pub(crate) as_of: Option<String>,
}

/// Verifies every proof.
pub(crate) fn verify<'t: 'v, 'v>(
    subject: &Subject<'t>,
    values: Vec<Value<'t>>,
    tools: &mut Tools<'v>,
) -> Securing<'t> {
    let proofs: Vec<Proof<'t>> = values.into_iter().map(Proof::read).collect();
    let chains = proof_set::chains(&proofs);
    let order = proof_set::order(&chains);
    let objects: Vec<Value<'t>> = proofs.iter().map(|proof| proof.value).collect();
    let mut slots: Vec<Option<Verified<'t>>> = Vec::new();
    slots.resize_with(proofs.len(), || None);
    let mut unread: Vec<Option<Proof<'t>>> = proofs.into_iter().map(Some).collect();
    let mut forms = Forms { known: Vec::new() };
    for index in order {
        let Some(proof) = unread.get_mut(index).and_then(Option::take) else { continue };
        let chain = match chains.get(index) {
            Some(Ok(links)) => chain_finding(&proof, links, &slots),
            Some(Err(finding)) => finding.clone(),
            None => continue,
        };
        let builds_on: Vec<Value<'t>> = match chains.get(index) {
            Some(Ok(links)) => links.iter().filter_map(|link| objects.get(*link).copied()).collect(),
            _ => Vec::new(),
        };
        let verified = one(subject, proof, chain, &builds_on, &mut forms, tools);
        if let Some(slot) = slots.get_mut(index) {
            *slot = Some(verified);
        }
    }
    let proofs: Vec<Verified<'t>> = slots.into_iter().flatten().collect();
    let states: Vec<State> = proofs.iter().map(|verified| verified.state).collect();
    let outcome = proof_set::decide(tools.policy.proof_set, &states);
    let as_of = proofs
        .iter()
        .find(|verified| matches!(verified.state, State::Good { bound: Outcome::Passed }))
        .and_then(|verified| verified.as_of.clone());
    // The findings about the document are those of its newest form, or of the dated one that the issuer signed.
    let form = forms.take(as_of.as_deref());
    Securing { proofs, outcome, form, as_of }
}

/// §4.5: a chained proof is as good as those that it builds on.
fn chain_finding(proof: &Proof<'_>, links: &[usize], done: &[Option<Verified<'_>>]) -> Finding {
    let mut code = if links.is_empty() { Code::ProofChainNone } else { Code::ProofChainOk };
    for link in links {
        match done.get(*link).and_then(Option::as_ref).map(|verified| verified.state) {
            Some(State::Good { .. }) => {}
            Some(State::Wrong) => {
                code = Code::ProofChainBroken;
                break;
            }
            Some(State::Undecided | State::Ignored) | None => code = Code::ProofChainUndecided,
        }
    }
    Finding::at(code, proof.value.get("previousProof").unwrap_or(proof.value).pointer())
}

/// The canonical forms of the document that were made already.
struct Forms {
    known: Vec<(FormKey, Form)>,
}

/// What a canonical form depends on: the proofs put back into the document, the date of the contexts, the hash.
#[derive(PartialEq)]
struct FormKey {
    builds_on: Vec<u32>,
    as_of: Option<String>,
    hash: Hash,
}

impl Forms {
    fn of<'t>(
        &mut self,
        subject: &Subject<'t>,
        builds_on: &[Value<'t>],
        hash: Hash,
        as_of: Option<&str>,
        canonicalizer: &mut Canonicalizer<'_>,
    ) -> &Form {
        let positions = builds_on.iter().map(Value::position).collect();
        let key = FormKey { builds_on: positions, as_of: as_of.map(str::to_owned), hash };
        let known = self.known.iter().position(|(other, _)| *other == key);
        let index = known.unwrap_or_else(|| {
            let view = crate::json::View {
                object: subject.document,
                without: &["proof"],
                context: if subject.document.get("@context").is_some() { None } else { subject.context },
                proofs: builds_on.to_vec(),
            };
            let form = canonicalizer.rdfc(&view, hash, as_of);
            self.known.push((key, form));
            self.known.len().saturating_sub(1)
        });
        match self.known.get(index) {
            Some((_, form)) => form,
            None => NO_FORM,
        }
    }

    /// The form without other proofs at that date, or any. Its findings are the same under every hash.
    fn take(mut self, as_of: Option<&str>) -> Option<Form> {
        let wanted = |(key, _): &(FormKey, Form)| key.builds_on.is_empty() && key.as_of.as_deref() == as_of;
        let index = self.known.iter().position(wanted).or((!self.known.is_empty()).then_some(0))?;
        Some(self.known.swap_remove(index).1)
    }
}

static NO_FORM: &Form =
    &Form { hash: None, text: None, findings: Vec::new(), contexts: Vec::new(), missing: Vec::new() };

fn one<'t: 'v, 'v>(
    subject: &Subject<'t>,
    proof: Proof<'t>,
    chain: Finding,
    builds_on: &[Value<'t>],
    forms: &mut Forms,
    tools: &mut Tools<'v>,
) -> Verified<'t> {
    let now = tools.occasion.now;
    let skew = i64::from(tools.policy.clock_skew);
    let (purpose, relationship) = if subject.presentation {
        ("authentication", Relationship::Authentication)
    } else {
        ("assertionMethod", Relationship::AssertionMethod)
    };
    let mut findings: Vec<Found> = Vec::with_capacity(16);
    if proof.defects.is_empty() {
        findings.push(Finding::at(Code::ProofWellFormed, proof.value.pointer()).into());
    } else {
        findings.extend(proof.defects.iter().cloned().map(Found::from));
    }
    let suite = suite_finding(&proof, tools.policy);
    let ignored = suite.code.outcome() == Outcome::Indeterminate;
    findings.push(suite.into());
    let mut verified = Verified {
        proof,
        state: State::Wrong,
        findings,
        bound: None,
        bound_by: None,
        controller: None,
        key_type: None,
        explanation: None,
        as_of: None,
        needs: Vec::new(),
        method: None,
    };
    if ignored {
        if verified.proof.defects.is_empty() {
            verified.state = State::Ignored;
        }
        return verified;
    }
    let proof = &verified.proof;
    for finding in [
        proof.check_purpose(purpose),
        proof.check_created(now, skew),
        proof.check_expires(now, skew),
        proof.check_domain(subject.domain),
        proof.check_challenge(subject.challenge),
        chain,
    ] {
        verified.findings.push(finding.into());
    }
    let instant = match tools.policy.judged_at {
        JudgedAt::Now => now,
        JudgedAt::SigningTime => proof.signed_at().unwrap_or(now),
    };
    key(subject, &mut verified, relationship, instant, tools);
    signature(subject, &mut verified, builds_on, forms, tools);
    binding(subject, &mut verified, relationship, instant, tools);
    verified.state = state(&verified, tools.policy);
    verified
}

fn suite_finding(proof: &Proof<'_>, policy: &Policy) -> Finding {
    let code = match proof.suite {
        None => Code::ProofSuiteUnsupported,
        Some(suite) if !policy.accepted_suites.iter().any(|name| name == suite.name) => {
            Code::ProofSuiteNotAccepted
        }
        Some(suite) if suite.standard => Code::ProofSuiteKnown,
        Some(_) => Code::ProofSuitePreStandard,
    };
    let finding = Finding::at(code, proof.value.pointer());
    match proof.suite_name() {
        Some(name) => finding.with("suite", name),
        None => finding,
    }
}

/// The verification method (CID 1.0 §3.3): found, authorised, in force. A key that the policy pins for the issuer
/// stands in where the issuer's document cannot be had.
fn key<'t: 'v, 'v>(
    subject: &Subject<'t>,
    verified: &mut Verified<'t>,
    relationship: Relationship,
    instant: Timestamp,
    tools: &Tools<'v>,
) {
    let Some(url) = verified.proof.method else {
        return verified.blocked(Code::KeyBlocked, vec![CheckId::ProofStructure]);
    };
    let place = || verified.proof.value.get("verificationMethod").unwrap_or(verified.proof.value).pointer();
    let Retrieval { method, mut resolved, authorized, dates, need } =
        identifier::retrieve(url, relationship, tools.documents);
    resolved.pointer.get_or_insert_with(place);
    let pinned = tools.pinned.iter().find(|(issuer, _)| Some(issuer.as_str()) == subject.principal);
    let method = match (method, pinned, subject.principal) {
        (None, Some((_, key)), Some(issuer)) if resolved.code.outcome() == Outcome::Indeterminate => {
            let (id, controller) = (url.to_owned(), issuer.to_owned());
            verified.findings.push(Finding::at(Code::KeyFound, place()).with("source", "issuerKeys").into());
            verified.findings.push(Finding::at(Code::KeyMay, place()).with("source", "issuerKeys").into());
            verified.method =
                Some(VerificationMethod { id, controller, key: key.clone(), revoked: None, expires: None });
            verified.describe_key();
            return;
        }
        (method, _, _) => method,
    };
    verified.needs.extend(need);
    let mut found = vec![resolved];
    found.extend(authorized.map(|mut finding| {
        finding.pointer.get_or_insert_with(place);
        finding
    }));
    let dates = match (dates, &method) {
        (Some(mut malformed), _) => {
            malformed.pointer.get_or_insert_with(place);
            Some(malformed)
        }
        (None, Some(method)) => {
            let over = |end: Option<Timestamp>| end.is_some_and(|end| end <= instant);
            let code = match method {
                VerificationMethod { revoked, .. } if over(*revoked) => Code::KeyRevoked,
                VerificationMethod { expires, .. } if over(*expires) => Code::KeyExpired,
                _ => Code::KeyInForce,
            };
            Some(Finding::at(code, place()).with("instant", instant.to_string()))
        }
        (None, None) => None,
    };
    found.extend(dates);
    // A key that another suite would take is wrong here, whether or not this library knows that suite.
    let key_type = match (&method, found.first().and_then(|finding| finding.details.get("keyType"))) {
        (Some(method), _) => Some(method.key.key_type().to_owned()),
        (None, Some(Detail::Text(name))) => Some(name.clone()),
        (None, _) => None,
    };
    if let (Some(suite), Some(key_type), Some(resolved)) = (verified.proof.suite, key_type, found.first_mut())
        && matches!(resolved.code, Code::KeyFound | Code::KeyUnsupported)
        && !suite.key_types.contains(&key_type.as_str())
    {
        let expected = suite.key_types.join(", ");
        *resolved = Finding::at(Code::KeyType, place()).with("keyType", key_type).with("expected", expected);
    }
    verified.findings.extend(found.into_iter().map(Found::from));
    verified.method = method;
    verified.describe_key();
}

impl Verified<'_> {
    fn describe_key(&mut self) {
        if let Some(method) = &self.method {
            self.controller = Some(method.controller.clone());
            self.key_type = Some(method.key.key_type());
        }
    }

    fn blocked(&mut self, code: Code, because: Vec<CheckId>) {
        let finding = Finding::at(code, self.proof.value.pointer());
        self.findings.push(Found { finding, because });
    }

    /// The checks of these among its findings that did not pass.
    fn obstacles(&self, checks: &[CheckId]) -> Vec<CheckId> {
        let stands = |found: &&Found| {
            checks.contains(&found.finding.code.check())
                && matches!(found.finding.code.outcome(), Outcome::Failed | Outcome::Indeterminate)
        };
        let mut obstacles: Vec<CheckId> =
            self.findings.iter().filter(stands).map(|found| found.finding.code.check()).collect();
        obstacles.dedup();
        obstacles
    }
}

/// The signature, under the newest contexts, then under dated ones: a context that was edited in place must not make an
/// honest record invalid.
fn signature<'t>(
    subject: &Subject<'t>,
    verified: &mut Verified<'t>,
    builds_on: &[Value<'t>],
    forms: &mut Forms,
    tools: &mut Tools<'_>,
) {
    let mut seen = Vec::new();
    let newest = attempt(subject, verified, builds_on, None, &mut seen, forms, tools);
    // Only a term that was defined at another time, or otherwise, can be helped by other contexts.
    let retry = match &newest {
        Attempt::Good => false,
        Attempt::Stopped(found) => found.because == [CheckId::JsonldLossless],
        Attempt::Bad => true,
    };
    let rdfc = verified.proof.suite.is_some_and(|suite| suite.canonicalization == Canonicalization::Rdfc);
    let mut good = matches!(newest, Attempt::Good);
    let mut not_built = false;
    if retry && rdfc {
        let urls = subject.context.into_iter().flat_map(|context| context.one_or_many());
        let urls = urls.filter_map(|url| url.as_str());
        let dates = jsonld::dated_attempts(urls, verified.proof.created);
        for date in dates.into_iter().take(4) {
            let attempt = attempt(subject, verified, builds_on, Some(&date), &mut seen, forms, tools);
            match attempt {
                Attempt::Good => {
                    verified.as_of = Some(date);
                    good = true;
                    break;
                }
                Attempt::Stopped(found) => not_built |= found.because.contains(&CheckId::ContextsAvailable),
                Attempt::Bad => {}
            }
        }
    }
    let mut found = match newest {
        _ if good => Found::from(Finding::new(Code::SignatureGood)),
        _ if not_built => Finding::new(Code::SignatureNotBuilt).into(),
        Attempt::Stopped(found) => found,
        Attempt::Bad | Attempt::Good => Finding::new(Code::SignatureInvalid).into(),
    };
    let place = || verified.proof.value.get("proofValue").unwrap_or(verified.proof.value).pointer();
    found.finding.pointer.get_or_insert_with(place);
    verified.findings.push(found);
}

/// What came of one attempt at a signature.
enum Attempt {
    Good,
    Bad,
    /// It could not be made, or the signature is not even well-formed.
    Stopped(Found),
}

/// One attempt, with the contexts as they stood at `as_of`. Hash data that was `seen` is not verified again.
fn attempt<'t>(
    subject: &Subject<'t>,
    verified: &mut Verified<'t>,
    builds_on: &[Value<'t>],
    as_of: Option<&str>,
    seen: &mut Vec<Vec<u8>>,
    forms: &mut Forms,
    tools: &mut Tools<'_>,
) -> Attempt {
    let blocked = |because: Vec<CheckId>| {
        Attempt::Stopped(Found { finding: Finding::new(Code::SignatureBlocked), because })
    };
    let (Some(suite), Some(object)) = (verified.proof.suite, verified.proof.value.as_object()) else {
        return blocked(vec![CheckId::ProofStructure]);
    };
    // Without a key nothing is verified, but what the document's form says about the document is wanted all the same.
    let hash = verified.method.as_ref().map_or(Hash::Sha256, |method| (suite.hash)(&method.key));
    let canonicalizer = &mut tools.canonicalizer;
    let signed_by_jcs;
    let document = match suite.canonicalization {
        Canonicalization::Rdfc => forms.of(subject, builds_on, hash, as_of, canonicalizer),
        Canonicalization::Jcs => match covered(subject.document, object, builds_on.to_vec()) {
            Ok(view) => {
                signed_by_jcs = canonicalizer.jcs(&view, hash);
                &signed_by_jcs
            }
            Err(finding) => return Attempt::Stopped(finding.into()),
        },
    };
    let options = canonicalizer.options(object, subject.context, suite.canonicalization, hash, as_of);
    if as_of.is_none() {
        // What is lost in the options is lost in the record. About the contexts the document says enough.
        let of_options = |finding: &&Finding| {
            let check = finding.code.check();
            matches!(check, CheckId::JsonldLossless | CheckId::JsonldReadsAsSigned | CheckId::JsonldPositions)
        };
        verified.findings.extend(options.findings.iter().filter(of_options).cloned().map(Found::from));
    }
    let mut because = document.obstacles();
    because.extend(options.obstacles());
    because.extend(verified.obstacles(&[CheckId::ProofStructure, CheckId::KeyResolved]));
    because.sort_unstable();
    because.dedup();
    let (Some(document_hash), Some(options_hash), Some(method), Some(value)) =
        (document.hash, options.hash, &verified.method, verified.proof.proof_value)
    else {
        return blocked(because);
    };
    if !because.is_empty() {
        return blocked(because);
    }
    let hash_data = [options_hash.as_ref(), document_hash.as_ref()].concat();
    if seen.contains(&hash_data) {
        return Attempt::Bad;
    }
    let Some(left) = tools.signatures.checked_sub(1) else {
        return Attempt::Stopped(
            limits::reached(Code::LimitSignatures, tools.policy.limits.signatures).into(),
        );
    };
    *tools.signatures = left;
    let outcome = (suite.verify)(&method.key, value, &hash_data);
    if let (Some(canonical_document), Some(canonical_proof_options)) = (&document.text, options.text)
        && (seen.is_empty() || outcome == Ok(true))
    {
        verified.explanation = Some(Explanation {
            canonical_document: canonical_document.clone(),
            document_hash: hex(document_hash.as_ref()),
            canonical_proof_options,
            proof_options_hash: hex(options_hash.as_ref()),
            hash_data: hex(&hash_data),
        });
    }
    seen.push(hash_data);
    match outcome {
        Ok(true) => Attempt::Good,
        Ok(false) => Attempt::Bad,
        Err(finding) => Attempt::Stopped(finding.into()),
    }
}

/// Whether the key belongs to the issuer: its own document lists it, or the policy pins it (VCDM 2.0 §4.7; nothing in
/// the credential itself can show it).
fn binding<'t: 'v, 'v>(
    subject: &Subject<'t>,
    verified: &mut Verified<'t>,
    relationship: Relationship,
    instant: Timestamp,
    tools: &Tools<'v>,
) {
    if subject.presentation && subject.principal.is_none() {
        return;
    }
    let place = || verified.proof.value.get("verificationMethod").unwrap_or(verified.proof.value).pointer();
    let (Some(principal), Some(method)) = (subject.principal, &verified.method) else {
        verified.bound = Some(Finding::at(Code::IssuerBindingUnknown, place()));
        return;
    };
    let is_pinned = |(issuer, key): &(String, PublicKey)| issuer == principal && *key == method.key;
    let (code, by) = if tools.pinned.iter().any(is_pinned) {
        (Code::IssuerIsBound, Some("issuerKeys"))
    } else if method.controller == principal {
        let by = if principal.starts_with("did:key:") {
            "didKey"
        } else if principal.starts_with("did:jwk:") {
            "didJwk"
        } else {
            "controlledIdentifierDocument"
        };
        (Code::IssuerIsBound, Some(by))
    } else {
        match identifier::lists(principal, method, relationship, tools.documents) {
            Listing::Yes { revoked, expires } => {
                let over = |end: Option<Timestamp>| end.is_some_and(|end| end <= instant);
                for (end, code) in [(revoked, Code::KeyRevoked), (expires, Code::KeyExpired)] {
                    if over(end) {
                        let finding = Finding::at(code, place()).with("instant", instant.to_string());
                        verified.findings.push(finding.into());
                    }
                }
                (Code::IssuerIsBound, Some("controlledIdentifierDocument"))
            }
            Listing::No => (Code::IssuerNotBound, None),
            Listing::Unknown { need, .. } => {
                verified.needs.extend(need);
                (Code::IssuerBindingUnknown, None)
            }
        }
    };
    verified.bound = Some(Finding::at(code, place()));
    verified.bound_by = by;
}

/// The worst of what counts for authenticity and was not switched off.
fn state(verified: &Verified<'_>, policy: &Policy) -> State {
    let mut worst = Outcome::Passed;
    for found in &verified.findings {
        let check = found.finding.code.check();
        let outcome = found.finding.code.outcome();
        if check.axis() == Some(Axis::Authentic)
            && policy.requirement(check) != Requirement::Skip
            && matches!(outcome, Outcome::Failed | Outcome::Indeterminate)
        {
            worst = worst.max(outcome);
        }
    }
    let bound = match &verified.bound {
        Some(_) if policy.requirement(CheckId::IssuerBound) == Requirement::Skip => Outcome::Passed,
        Some(finding) => finding.code.outcome(),
        None => Outcome::Passed,
    };
    match worst {
        Outcome::Failed => State::Wrong,
        Outcome::Indeterminate => State::Undecided,
        _ => State::Good { bound },
    }
}

/// The context of the proof itself, where that is the one that is signed (JCS suites).
pub(crate) fn signed_context<'t>(verified: &Verified<'t>) -> Option<Value<'t>> {
    let jcs = verified.proof.suite.is_some_and(|suite| suite.canonicalization == Canonicalization::Jcs);
    if jcs { verified.proof.value.get("@context") } else { None }
}
