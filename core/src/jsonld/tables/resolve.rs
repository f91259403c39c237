//! Which IRIs of a context nothing outside it can change (JSON-LD 1.1 API §5.2, with what one file defines).

use std::sync::Arc;

use super::super::local::{self, Definitions, Entry, Iri, LocalContext, Target, Term};
use super::for_each_definitions;

/// How many terms may lead from one to the next; published contexts need three.
const CHAIN: u8 = 8;

/// Resolves what each context definition resolves by itself.
pub(crate) fn resolve(context: &mut LocalContext) {
    for_each_definitions(context, &mut definitions);
}

fn definitions(definitions: &mut Definitions) {
    let resolved: Vec<Term> = definitions.terms.iter().map(|term| resolved(definitions, term)).collect();
    definitions.terms = resolved;
}

fn resolved(all: &Definitions, term: &Term) -> Term {
    let mut term = term.clone();
    if let Some(Iri::Open(kind)) = &term.kind
        && let Some(iri) = expand(all, kind, CHAIN)
    {
        term.kind = Some(Iri::Resolved(iri));
    }
    match &term.target {
        Target::Iri(Iri::Open(_)) | Target::Itself => {
            if let Some(iri) = target(all, &term, CHAIN) {
                // From here on it does not matter how the definition was written.
                if is_prefix(&term, &iri) {
                    term.prefix = Some(true);
                }
                term.simple = false;
                term.target = Target::Iri(Iri::Resolved(iri));
            }
        }
        Target::Reverse(Iri::Open(iri)) => {
            if let Some(iri) = expand(all, iri, CHAIN) {
                term.target = Target::Reverse(Iri::Resolved(iri));
            }
        }
        _ => {}
    }
    term
}

/// JSON-LD 1.1 API §4.2.2 step 14.2.5 and step 25.
fn is_prefix(term: &Term, iri: &str) -> bool {
    term.prefix.unwrap_or_else(|| {
        term.simple
            && matches!(term.target, Target::Iri(_))
            && !term.name.contains([':', '/'])
            && iri.ends_with([':', '/', '?', '#', '[', ']', '@'])
    })
}

fn target(all: &Definitions, term: &Term, chain: u8) -> Option<Arc<str>> {
    let chain = chain.checked_sub(1)?;
    match &term.target {
        Target::Iri(Iri::Resolved(iri)) => Some(iri.clone()),
        Target::Iri(Iri::Open(iri)) => {
            let plain = !term.name.contains([':', '/']);
            expand(all, iri, chain).filter(|_| plain)
        }
        Target::Itself => match split(&term.name) {
            Some((prefix, suffix)) => {
                let prefix = find(all, prefix)?;
                text(&target(all, prefix, chain)?, suffix)
            }
            None if term.name.contains(['/', ':', '@']) => None,
            None => vocabulary(all, &term.name),
        },
        Target::Null | Target::Ignored | Target::Reverse(_) => None,
    }
}

fn expand(all: &Definitions, value: &Arc<str>, chain: u8) -> Option<Arc<str>> {
    let chain = chain.checked_sub(1)?;
    if local::is_keyword(value) {
        return Some(value.clone());
    }
    if local::is_keyword_like(value) {
        return None;
    }
    if let Some(term) = find(all, value) {
        return target(all, term, chain);
    }
    match split(value) {
        Some((_, suffix)) if suffix.starts_with("//") => text(value, ""),
        Some((prefix, suffix)) => {
            let term = find(all, prefix)?;
            let iri = target(all, term, chain)?;
            if is_prefix(term, &iri) { text(&iri, suffix) } else { text(value, "") }
        }
        // Another context may define it as a term; only then `@vocab` would count.
        None => None,
    }
}

/// §4.2.2 step 18. Prefixes in `@vocab` are those of the contexts before this one (§4.1.2 step 5.8.3).
fn vocabulary(all: &Definitions, value: &str) -> Option<Arc<str>> {
    match &all.vocab {
        Entry::Text(vocab) if split(vocab)?.1.starts_with("//") => text(vocab, value),
        _ => None,
    }
}

fn find<'d>(all: &'d Definitions, name: &str) -> Option<&'d Term> {
    let at = all.terms.binary_search_by(|term| (*term.name).cmp(name)).ok()?;
    all.terms.get(at)
}

/// A compact IRI has a colon after its first character.
fn split(value: &str) -> Option<(&str, &str)> {
    let at = value.char_indices().skip(1).find(|(_, c)| *c == ':')?.0;
    Some((value.get(..at)?, value.get(at.saturating_add(1)..)?))
}

/// The two together, if that can be written between angle brackets.
fn text(start: &str, rest: &str) -> Option<Arc<str>> {
    let iri = format!("{start}{rest}");
    let written = !iri.is_empty()
        && !iri.starts_with("_:")
        && iri.chars().all(|c| !c.is_whitespace() && !c.is_control() && !matches!(c, '<' | '>' | '"' | '\\'));
    written.then(|| iri.into())
}
