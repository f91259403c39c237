//! The Data Integrity proofs of one document, each by the steps of Verify Proof (vc-data-integrity §4.4).

use super::canonical::{Canonicalizer, Form, covered};
use super::data_integrity::Proof;
use super::key::{self, Question};
use super::proof_set::{self, State};
use super::suites::{self, Canonicalization, Kind, OptionsContext, Presented, Standing, Suite, Way};
use super::verified::{Cover, Explanation, Found, Verified};
use super::{Subject, Tools};
use crate::codes::{CheckId, Code, Finding, Outcome};
use crate::encoding::hex;
use crate::identifier::VerificationMethod;
use crate::json::Value;
use crate::jsonld;
use crate::limits;
use crate::policy::Policy;
use crate::rdf::canonical::Hash;

/// A proof on its way through the steps.
struct Work<'t> {
    proof: Proof<'t>,
    method: Option<VerificationMethod>,
    verified: Verified,
}

/// What came of the proofs, and the canonical forms of the document that were made for them.
pub(crate) struct Proofs {
    pub(crate) verified: Vec<Verified>,
    pub(crate) forms: Forms,
}

/// Verifies every proof.
pub(crate) fn verify<'t: 'v, 'v>(
    subject: &Subject<'t>,
    values: Vec<Value<'t>>,
    tools: &mut Tools<'v>,
) -> Proofs {
    let proofs: Vec<Proof<'t>> = values.into_iter().map(Proof::read).collect();
    let chains = proof_set::chains(&proofs);
    let order = proof_set::order(&chains);
    let objects: Vec<Value<'t>> = proofs.iter().map(|proof| proof.value).collect();
    let mut slots: Vec<Option<Verified>> = Vec::new();
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
    Proofs { verified: slots.into_iter().flatten().collect(), forms }
}

/// §4.5: a chained proof is as good as those that it builds on.
fn chain_finding(proof: &Proof<'_>, links: &[usize], done: &[Option<Verified>]) -> Finding {
    let mut code = if links.is_empty() { Code::ProofChainNone } else { Code::ProofChainOk };
    for link in links {
        match done.get(*link).and_then(Option::as_ref).map(|verified| verified.state) {
            Some(State::Good { .. }) => {}
            Some(State::Wrong) => {
                code = Code::ProofChainBroken;
                break;
            }
            Some(State::Undecided | State::Ignored | State::Base) | None => code = Code::ProofChainUndecided,
        }
    }
    Finding::at(code, proof.value.get("previousProof").unwrap_or(proof.value).pointer())
}

/// The canonical forms of the document that were made already.
pub(crate) struct Forms {
    known: Vec<(FormKey, Form)>,
}

/// What a canonical form depends on: the proofs put back into the document, the date of the contexts, the hash, and
/// whether its statements are kept.
#[derive(PartialEq)]
struct FormKey {
    builds_on: Vec<u32>,
    as_of: Option<String>,
    hash: Hash,
    keep: bool,
}

impl Forms {
    fn of<'t>(
        &mut self,
        subject: &Subject<'t>,
        builds_on: &[Value<'t>],
        hash: Hash,
        keep: bool,
        as_of: Option<&str>,
        canonicalizer: &mut Canonicalizer<'_>,
    ) -> &Form {
        let positions = builds_on.iter().map(Value::position).collect();
        let key = FormKey { builds_on: positions, as_of: as_of.map(str::to_owned), hash, keep };
        let known = self.known.iter().position(|(other, _)| *other == key);
        let index = known.unwrap_or_else(|| {
            let view = crate::json::View {
                object: subject.document,
                without: &["proof"],
                context: if subject.document.get("@context").is_some() { None } else { subject.context },
                proofs: builds_on.to_vec(),
            };
            let form = canonicalizer.rdfc(&view, hash, as_of, keep);
            self.known.push((key, form));
            self.known.len().saturating_sub(1)
        });
        match self.known.get(index) {
            Some((_, form)) => form,
            None => NO_FORM,
        }
    }

    /// The form without other proofs at that date, or any. Its findings are the same under every hash.
    pub(crate) fn take(mut self, as_of: Option<&str>) -> Option<Form> {
        let wanted = |(key, _): &(FormKey, Form)| key.builds_on.is_empty() && key.as_of.as_deref() == as_of;
        let index = self.known.iter().position(wanted).or((!self.known.is_empty()).then_some(0))?;
        Some(self.known.swap_remove(index).1)
    }
}

static NO_FORM: &Form = &Form {
    hash: None,
    text: None,
    findings: Vec::new(),
    contexts: Vec::new(),
    missing: Vec::new(),
    graph: None,
};

fn one<'t: 'v, 'v>(
    subject: &Subject<'t>,
    proof: Proof<'t>,
    chain: Finding,
    builds_on: &[Value<'t>],
    forms: &mut Forms,
    tools: &mut Tools<'v>,
) -> Verified {
    let now = tools.occasion.now;
    let skew = i64::from(tools.policy.clock_skew);
    let purpose = if subject.presentation { "authentication" } else { "assertionMethod" };
    let owned = |text: Option<&str>| text.map(str::to_owned);
    let mut verified = Verified::at(proof.value.pointer());
    verified.suite = owned(proof.suite_name());
    verified.method = owned(proof.method);
    verified.created = owned(proof.created);
    verified.signed_at = proof.signed_at();
    verified.signed_context = signed_context(&proof).map(|context| context.pointer());
    if proof.defects.is_empty() {
        verified.push(Finding::at(Code::ProofWellFormed, proof.value.pointer()));
    } else {
        verified.findings.extend(proof.defects.iter().cloned().map(Found::from));
    }
    let suite = suite_finding(&proof, tools.policy);
    let not_accepted = suite.code == Code::ProofSuiteNotAccepted;
    let not_counted = match suite.code {
        Code::ProofBase => Some(State::Base),
        code => (code.outcome() == Outcome::Indeterminate).then_some(State::Ignored),
    };
    verified.push(suite);
    if let Some(state) = not_counted
        && !not_accepted
    {
        if proof.defects.is_empty() {
            verified.state = state;
        }
        return verified;
    }
    if let Some(Suite { way: Way::Selective { .. }, .. }) = proof.suite {
        verified.cover = Cover::Selective { optional_status: true };
    }
    for finding in [
        proof.check_purpose(purpose),
        proof.check_created(now, skew),
        proof.check_expires(now, skew),
        proof.check_domain(subject.domain),
        proof.check_challenge(subject.challenge),
        chain,
    ] {
        verified.push(finding);
    }
    let place = proof.value.get("verificationMethod").unwrap_or(proof.value).pointer();
    let key_types = proof.suite.map_or(&[][..], |suite| suite.key_types);
    let question = Question::new(subject, &place, verified.signed_at, key_types, tools);
    let method = match proof.method {
        Some(url) => key::method(url, &question, &mut verified, tools),
        None => {
            verified.blocked(Code::KeyBlocked, vec![CheckId::ProofStructure]);
            None
        }
    };
    let mut work = Work { proof, method, verified };
    signature(subject, &mut work, builds_on, forms, tools);
    let Work { method, mut verified, .. } = work;
    key::binding(&question, method.as_ref(), &mut verified, tools);
    verified.settle(tools.policy);
    if not_accepted {
        // What came of it is shown; whatever that is, it does not count, for it or against it.
        verified.computed = Some(verified.state.outcome());
        verified.state = State::Ignored;
        verified.findings.retain(|found| found.finding.code.outcome() != Outcome::Failed);
        verified.bound = verified.bound.take().filter(|bound| bound.code.outcome() != Outcome::Failed);
    }
    verified
}

fn suite_finding(proof: &Proof<'_>, policy: &Policy) -> Finding {
    let kind = match proof.suite {
        Some(Suite { way: Way::Selective { kind, .. }, .. }) => proof.proof_value.map(kind),
        _ => None,
    };
    let code = match proof.suite {
        None if proof.suite_name().is_some_and(|name| suites::NOT_BUILT.contains(&name)) => {
            Code::ProofSuiteNotBuilt
        }
        None => Code::ProofSuiteUnsupported,
        Some(suite) if !policy.accepted_suites.iter().any(|name| name == suite.name) => {
            Code::ProofSuiteNotAccepted
        }
        Some(_) if kind == Some(Kind::Base) => Code::ProofBase,
        Some(_) if matches!(kind, Some(Kind::Unsupported(_))) => Code::ProofSuiteUnsupported,
        Some(Suite { standing: Standing::Standard, .. }) => Code::ProofSuiteKnown,
        Some(Suite { standing: Standing::PreStandard, .. }) => Code::ProofSuitePreStandard,
        Some(Suite { standing: Standing::Legacy, .. }) => Code::ProofSuiteLegacy,
    };
    let mut finding = Finding::at(code, proof.value.pointer());
    if let Some(name) = proof.suite_name() {
        finding = finding.with("suite", name);
    }
    match kind {
        Some(Kind::Unsupported(option)) => finding.with("option", option),
        _ => finding,
    }
}

/// The signature, under the newest contexts, then under dated ones: a context that was edited in place must not make an
/// honest record invalid.
fn signature<'t>(
    subject: &Subject<'t>,
    work: &mut Work<'t>,
    builds_on: &[Value<'t>],
    forms: &mut Forms,
    tools: &mut Tools<'_>,
) {
    let mut seen = Vec::new();
    let options = work.proof.suite.map_or(&[OptionsContext::Document][..], |suite| suite.options);
    let mut attempts = |as_of: Option<&str>, work: &mut Work<'t>| {
        let mut first = None;
        for options in options {
            let attempt = attempt(subject, work, builds_on, (as_of, *options), &mut seen, forms, tools);
            // Only a signature that is bad so far can be good under other options.
            let bad = matches!(attempt, Attempt::Bad);
            let good = matches!(attempt, Attempt::Good);
            if good || first.is_none() {
                first = Some(attempt);
            }
            if !bad {
                break;
            }
        }
        first.unwrap_or(Attempt::Bad)
    };
    let newest = attempts(None, work);
    // Only a term that was defined at another time, or otherwise, can be helped by other contexts.
    let retry = match &newest {
        Attempt::Good => false,
        Attempt::Stopped(found) => found.because == [CheckId::JsonldLossless],
        Attempt::Bad => true,
    };
    let rdfc = work.proof.suite.is_some_and(|suite| suite.canonicalization == Canonicalization::Rdfc);
    let mut good = matches!(newest, Attempt::Good);
    let mut not_built = false;
    if retry && rdfc {
        let urls = subject.context.into_iter().flat_map(|context| context.one_or_many());
        let urls = urls.filter_map(|url| url.as_str());
        let dates = jsonld::dated_attempts(urls, work.proof.created);
        for date in dates.into_iter().take(4) {
            match attempts(Some(&date), work) {
                Attempt::Good => {
                    work.verified.as_of = Some(date);
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
    let member = work.proof.suite.and_then(|suite| work.proof.value.get(suite.signature_member()));
    let place = || member.unwrap_or(work.proof.value).pointer();
    found.finding.pointer.get_or_insert_with(place);
    work.verified.findings.push(found);
}

/// What came of one attempt at a signature.
enum Attempt {
    Good,
    Bad,
    /// It could not be made, or the signature is not even well-formed.
    Stopped(Found),
}

/// One attempt, with the contexts as they stood at a date, and one of the suite's contexts for the options. Hash data that was `seen` is not verified again.
fn attempt<'t>(
    subject: &Subject<'t>,
    work: &mut Work<'t>,
    builds_on: &[Value<'t>],
    (as_of, options_context): (Option<&str>, OptionsContext),
    seen: &mut Vec<Vec<u8>>,
    forms: &mut Forms,
    tools: &mut Tools<'_>,
) -> Attempt {
    let blocked = |because: Vec<CheckId>| {
        Attempt::Stopped(Found { finding: Finding::new(Code::SignatureBlocked), because })
    };
    let (Some(suite), Some(object)) = (work.proof.suite, work.proof.value.as_object()) else {
        return blocked(vec![CheckId::ProofStructure]);
    };
    // Without a key nothing is verified, but what the document's form says about the document is wanted all the same.
    let hash = work.method.as_ref().map_or(Hash::Sha256, |method| (suite.hash)(&method.key));
    let canonicalizer = &mut tools.canonicalizer;
    let signed_by_jcs;
    let document = match suite.canonicalization {
        Canonicalization::Rdfc => {
            let keep = matches!(suite.way, Way::Selective { .. });
            forms.of(subject, builds_on, hash, keep, as_of, canonicalizer)
        }
        Canonicalization::Jcs => match covered(subject.document, object, builds_on.to_vec()) {
            Ok(view) => {
                signed_by_jcs = canonicalizer.jcs(&view, hash);
                &signed_by_jcs
            }
            Err(finding) => return Attempt::Stopped(finding.into()),
        },
    };
    let options = canonicalizer.options(object, subject.context, options_context, suite, hash, as_of);
    if as_of.is_none() && suite.options.first() == Some(&options_context) {
        // What is lost in the options is lost in the record. About the contexts the document says enough.
        let of_options = |finding: &&Finding| {
            let check = finding.code.check();
            matches!(check, CheckId::JsonldLossless | CheckId::JsonldReadsAsSigned | CheckId::JsonldPositions)
        };
        work.verified.findings.extend(options.findings.iter().filter(of_options).cloned().map(Found::from));
    }
    let mut because = document.obstacles();
    because.extend(options.obstacles());
    because.extend(work.verified.obstacles(&[CheckId::ProofStructure, CheckId::KeyResolved]));
    because.sort_unstable();
    because.dedup();
    let (Some(document_hash), Some(options_hash), Some(method), Some(value)) =
        (document.hash, options.hash, &work.method, work.proof.proof_value)
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
    let limits = &tools.policy.limits;
    let mut explanation = tools.canonicalizer.explain.then(|| Explanation {
        canonical_document: document.text.clone().unwrap_or_default(),
        document_hash: hex(document_hash.as_ref()),
        canonical_proof_options: options.text.unwrap_or_default(),
        proof_options_hash: hex(options_hash.as_ref()),
        hash_data: hex(&hash_data),
    });
    let outcome = match (suite.way, &document.graph) {
        (Way::Whole(verify), _) => {
            limits::spend(tools.signatures, 1, Code::LimitSignatures, limits.signatures)
                .and_then(|()| verify(&method.key, value, &hash_data))
        }
        (Way::Selective { verify, .. }, Some((dataset, labels))) => {
            let (key, proof_value) = (&method.key, value);
            let presented = Presented { key, proof_value, options_hash, dataset, labels, limits };
            let disclosed = verify(&presented, tools.signatures);
            explanation = match (explanation, &disclosed) {
                (Some(explanation), Ok(disclosed)) => Some(explanation.of_statements(disclosed)),
                (_, _) => None,
            };
            disclosed.map(|disclosed| {
                work.verified.cover = Cover::Selective { optional_status: disclosed.optional_status };
                disclosed.good
            })
        }
        (Way::Selective { .. }, None) => return blocked(because),
    };
    if outcome.is_ok() && (seen.is_empty() || outcome == Ok(true)) {
        work.verified.explanation = explanation.or(work.verified.explanation.take());
    }
    seen.push(hash_data);
    match outcome {
        Ok(true) => Attempt::Good,
        Ok(false) => Attempt::Bad,
        Err(finding) => Attempt::Stopped(finding.into()),
    }
}

/// The context of the proof itself, where that is the one that is signed (JCS suites).
fn signed_context<'t>(proof: &Proof<'t>) -> Option<Value<'t>> {
    let jcs = proof.suite.is_some_and(|suite| suite.canonicalization == Canonicalization::Jcs);
    if jcs { proof.value.get("@context") } else { None }
}
