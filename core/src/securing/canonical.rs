//! From a document and the options of a proof to the bytes that are signed.
//!
//! Suites that cover the whole document hash alike: the hash of the canonical proof options, then the hash of the
//! canonical document (vc-di-eddsa §3.2.4, §3.3.4, vc-di-ecdsa §3.2.4, §3.3.4). Which hash, the suite and its key say.
//! Those with selective disclosure take the statements one by one.

use std::sync::LazyLock;

use super::suites::{Canonicalization, OptionsContext, Suite};
use crate::codes::{CheckId, Code, Finding, Outcome};
use crate::json::{Object, Tree, Value, View, jcs};
use crate::jsonld::{self, ContextUse, Contexts, Rules};
use crate::limits::Limits;
use crate::rdf::Dataset;
use crate::rdf::canonical::{self, Budget, Digest, Hash, Labels};

/// The contexts of the libraries of 2018, as values that can stand at `@context`.
static SECURITY_V2: LazyLock<Result<Tree<'static>, Finding>> =
    LazyLock::new(|| Tree::parse(br#""https://w3id.org/security/v2""#, &Limits::default()));
static SECURITY_V3: LazyLock<Result<Tree<'static>, Finding>> =
    LazyLock::new(|| Tree::parse(br#""https://w3id.org/security/v3-unstable""#, &Limits::default()));

/// What was worked out of one view of the document.
#[derive(Debug, Default)]
pub(crate) struct Form {
    /// The hash of the canonical form; absent where there is none.
    pub(crate) hash: Option<Digest>,
    /// The canonical form, where it was asked for.
    pub(crate) text: Option<String>,
    pub(crate) findings: Vec<Finding>,
    pub(crate) contexts: Vec<ContextUse>,
    pub(crate) missing: Vec<String>,
    /// The statements and the names of their blank nodes, where they were asked for.
    pub(crate) graph: Option<(Dataset, Labels)>,
}

impl Form {
    /// The checks that stand between the document and a canonical form of it.
    pub(crate) fn obstacles(&self) -> Vec<CheckId> {
        let mut checks: Vec<CheckId> =
            self.findings.iter().filter(|finding| is_obstacle(finding)).map(|f| f.code.check()).collect();
        checks.sort_unstable();
        checks.dedup();
        checks
    }
}

/// Whether nothing complete can be hashed after this finding. What only reads otherwise than it is signed can.
fn is_obstacle(finding: &Finding) -> bool {
    matches!(finding.code.check(), CheckId::ContextsAvailable | CheckId::JsonldLossless | CheckId::Limits)
        && matches!(finding.code.outcome(), Outcome::Failed | Outcome::Indeterminate)
}

/// Makes canonical forms within one verification.
pub(crate) struct Canonicalizer<'v> {
    pub(crate) contexts: &'v Contexts,
    pub(crate) rules: Rules<'v>,
    pub(crate) budget: &'v mut Budget,
    /// Whether the texts are wanted, too.
    pub(crate) explain: bool,
}

impl Canonicalizer<'_> {
    /// JSON-LD, RDFC-1.0 with one hash inside and over its result, the contexts as they stood at `as_of`. The
    /// statements are kept where something is said about each of them.
    pub(crate) fn rdfc(&mut self, view: &View<'_>, hash: Hash, as_of: Option<&str>, keep: bool) -> Form {
        let rules = Rules {
            as_of: as_of.map(str::to_owned),
            limits: self.rules.limits,
            pinned: self.rules.pinned,
            inline: self.rules.inline,
            supplied: self.rules.supplied,
            digests: self.rules.digests,
        };
        let graph = jsonld::credential_to_rdf(view, self.contexts, &rules);
        let mut form = Form {
            hash: None,
            text: None,
            findings: graph.findings,
            contexts: graph.contexts,
            missing: graph.missing,
            graph: None,
        };
        if form.findings.iter().any(is_obstacle) {
            return form;
        }
        let digest = if self.explain || keep {
            canonical::canonicalize(&graph.dataset, hash, self.budget).map(|canonical| {
                let digest = hash.of(canonical.nquads.as_bytes());
                form.text = self.explain.then_some(canonical.nquads);
                form.graph = keep.then_some((graph.dataset, canonical.labels));
                digest
            })
        } else {
            canonical::hash_canonical(&graph.dataset, hash, self.budget)
        };
        match digest {
            Ok(digest) => form.hash = Some(digest),
            Err(finding) => form.findings.push(finding),
        }
        form
    }

    /// RFC 8785, then the hash.
    pub(crate) fn jcs(&mut self, view: &View<'_>, hash: Hash) -> Form {
        let text = jcs::canonical_view(view);
        let hash = Some(hash.of(text.as_bytes()));
        Form { hash, text: self.explain.then_some(text), ..Form::default() }
    }

    /// The form of the options of a proof: the proof without its signature, for RDFC under one of the suite's
    /// `contexts` for it, mostly the document's own (vc-di-eddsa §3.2.5, §3.3.5; vc-di-ecdsa likewise).
    pub(crate) fn options(
        &mut self,
        proof: Object<'_>,
        context: Option<Value<'_>>,
        options: OptionsContext,
        suite: &Suite,
        hash: Hash,
        as_of: Option<&str>,
    ) -> Form {
        let mut view = View { without: suite.signature, ..View::whole(proof) };
        match suite.canonicalization {
            Canonicalization::Rdfc => {
                let root = |tree: &'static Result<Tree<'static>, Finding>| tree.as_ref().ok().map(Tree::root);
                view.context = match options {
                    OptionsContext::Document => context,
                    OptionsContext::SecurityV2 => root(&SECURITY_V2),
                    OptionsContext::SecurityV2WithoutType => {
                        view.without = &["type", "jws", "proofValue", "signatureValue"];
                        root(&SECURITY_V2)
                    }
                    OptionsContext::SecurityV3 => root(&SECURITY_V3),
                };
                self.rdfc(&view, hash, as_of, false)
            }
            Canonicalization::Jcs => self.jcs(&view, hash),
        }
    }
}

/// What a JCS proof covers of a document (vc-di-eddsa §3.3.2 step 4): the context of the proof stands in place of the
/// document's, which may only have more at its end; what is behind that is not signed.
///
/// # Errors
/// `proof.signature.context`.
pub(crate) fn covered<'t>(
    document: Object<'t>,
    proof: Object<'t>,
    builds_on: Vec<Value<'t>>,
) -> Result<View<'t>, Finding> {
    let mut view = View { object: document, without: &["proof"], context: None, proofs: builds_on };
    if let Some(signed) = proof.get("@context") {
        if !document.get("@context").is_some_and(|context| begins_with(context, signed)) {
            return Err(Finding::at(Code::SignatureContext, signed.pointer()));
        }
        view.context = Some(signed);
    }
    Ok(view)
}

fn begins_with(context: Value<'_>, signed: Value<'_>) -> bool {
    let mut all = context.one_or_many();
    signed.one_or_many().all(|item| all.next().is_some_and(|other| other.same_json(item)))
}
