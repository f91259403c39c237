//! Credential mode: what a credential says, as RDF, or why that cannot be signed.

use super::contexts::{Contexts, Sources};
use super::error::{Error, REPORTED};
use super::process::{Loader, Processor};
use super::walk::{Element, Graph as Place_, Place, Target, Walk};
use super::{ContextUse, Graph, Origin, Rules};
use crate::codes::{CheckId, Code, Finding, Outcome};
use crate::json::{Member, Value, View};
use crate::rdf::Dataset;

/// Credential mode: what `view` says, or why that cannot be signed.
///
/// The base IRI is null. Rules that the document breaks are findings and do not stop the walk; where a context is
/// missing nothing is read, and `missing` names all that the host should get. A rule that is broken under a context
/// whose bytes nobody pinned is indeterminate: with other bytes it might not be.
pub fn credential_to_rdf(view: &View<'_>, contexts: &Contexts, rules: &Rules<'_>) -> Graph {
    let mut sources = Sources::new(contexts, rules);
    let root = view.object.as_value();
    let members: Vec<(&str, Member<'_, '_>)> = view.members().collect();
    let processor = Processor::new(contexts.states(), &mut sources, rules.limits);
    let mut walk = Walk::new(processor, Dataset::new(rules.limits), true);
    let place = Place {
        state: 0,
        graph: Place_::Default,
        target: Target::Root,
        credential: true,
        from_map: false,
        by_map: None,
    };
    let result = walk.object(Element::Listed(view.object, &members), None, place);
    if result.as_ref().is_err_and(|error| error.code == REPORTED) {
        look_for_contexts(root, walk.processor.loader);
    }
    match result {
        Err(Error { limit: Some(limit), .. }) => walk.faith.findings.push(*limit),
        Err(error) => walk.faith.error(&error, root),
        Ok(()) => {}
    }
    walk.faith.merged(root);
    contexts.keep(&walk.processor.states);
    let (dataset, mut faith) = (walk.out, walk.faith);
    let mut findings = std::mem::take(&mut sources.findings);
    findings.extend(std::mem::take(&mut faith.findings).into_iter().map(|finding| judged(finding, &sources)));
    let uses: Vec<ContextUse> = sources
        .uses
        .iter()
        .map(|(source, context)| ContextUse { used: faith.was_used(*source), ..context.clone() })
        .collect();
    let whole = !findings.iter().any(|finding| matches!(finding.code.check(), CheckId::ContextsAvailable));
    if whole && view.context.is_none() {
        let unused = uses.iter().filter(|context| !context.used && context.origin != Origin::Inline);
        findings.extend(
            unused.map(|context| Finding::new(Code::ContextUnused).with("url", context.url.as_str())),
        );
    }
    Graph { dataset, findings, contexts: uses, missing: sources.missing }
}

/// Where the contexts of the document itself are not there, those of the objects in it are looked for too.
fn look_for_contexts(root: Value<'_>, loader: &mut dyn Loader) {
    let mut open = vec![(root, true)];
    while let Some((value, is_root)) = open.pop() {
        if let Some(context) = value.get("@context").filter(|_| !is_root) {
            // What is wrong with it is in the findings.
            let _ = loader.inline(context);
        }
        open.extend(value.as_array().into_iter().flat_map(|array| array.iter()).map(|item| (item, false)));
        let members = value.as_object().into_iter().flat_map(|object| object.iter());
        open.extend(members.filter(|(key, _)| *key != "@context").map(|(_, value)| (value, false)));
    }
}

/// A rule is only broken for sure where every context is known and pinned.
fn judged(finding: Finding, sources: &Sources<'_, '_>) -> Finding {
    if finding.code == Code::JsonldUndefinedTerm && sources.unpinned {
        return finding.coded(Code::JsonldUndefinedTermUnpinned);
    }
    if !sources.supplied || finding.code.outcome() != Outcome::Failed {
        return finding;
    }
    let code = match finding.code.check() {
        CheckId::JsonldLossless => Code::JsonldLosslessUnpinned,
        CheckId::JsonldReadsAsSigned => Code::JsonldReadsUnpinned,
        CheckId::JsonldPositions => Code::JsonldPositionsUnpinned,
        CheckId::ContextsAvailable => Code::ContextInvalidUnpinned,
        _ => return finding,
    };
    let was = finding.code.name();
    finding.coded(code).with("code", was)
}
