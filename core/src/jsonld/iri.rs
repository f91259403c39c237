//! IRI expansion (JSON-LD 1.1 API §5.2) and what an IRI looks like.

use std::borrow::Cow;

use super::local;
use super::state::{Definition, NOWHERE, Source, State};

/// A compact IRI: prefix and suffix, divided by a colon after the first character.
pub(super) fn split(value: &str) -> Option<(&str, &str)> {
    let at = value.bytes().skip(1).position(|byte| byte == b':')?.checked_add(1)?;
    Some((value.get(..at)?, value.get(at.checked_add(1)?..)?))
}

/// Whether it begins with a scheme: the form of an IRI.
pub(super) fn has_scheme(value: &str) -> bool {
    split(value).is_some_and(|(scheme, _)| is_scheme(scheme))
}

/// RFC 3986 §3.1.
fn is_scheme(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'))
}

/// RFC 3986 §5: a reference resolved against a base; as it is where that cannot be done.
pub(super) fn resolve(base: &str, reference: &str) -> String {
    oxiri::Iri::parse(base)
        .ok()
        .and_then(|base| base.resolve(&oxiri::IriRef::parse_unchecked(reference)).ok())
        .map_or_else(|| reference.to_owned(), oxiri::Iri::into_inner)
}

/// What expansion takes a text for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Expanded<'a> {
    /// An IRI, a blank node identifier, a keyword, or what remained relative.
    pub(super) text: Cow<'a, str>,
    /// The document whose prefix or `@vocab` was used.
    pub(super) via: Source,
}

impl<'a> Expanded<'a> {
    fn of(text: impl Into<Cow<'a, str>>, via: Source) -> Self {
        Expanded { text: text.into(), via }
    }
}

/// How a text is expanded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum As {
    /// A term or relative to `@vocab`.
    Vocab,
    /// An IRI relative to the document.
    Document,
    /// Both, in this order.
    VocabOrDocument,
}

/// Expands a text under a state; `None` is null.
pub(super) fn expand<'a>(state: &'a State, value: &'a str, how: As) -> Option<Expanded<'a>> {
    let find = |name: &str| state.find(name).map(|definition| &**definition);
    // As an identifier of a document only a keyword's alias is more than it looks.
    if how == As::Document && !value.starts_with('@') && state.keyword(value).is_none() {
        return expand_iri(state, &find, value, how);
    }
    expand_with(state, &find, value, how)
}

/// The same where a context is being processed and `find` already sees its new terms.
pub(super) fn expand_with<'a>(
    state: &'a State,
    find: &dyn Fn(&str) -> Option<&'a Definition>,
    value: &'a str,
    how: As,
) -> Option<Expanded<'a>> {
    if value.starts_with('@') {
        if local::is_keyword(value) {
            return Some(Expanded::of(value, NOWHERE));
        }
        if local::is_keyword_like(value) {
            return None;
        }
    }
    let vocab = how != As::Document;
    if let Some(definition) = find(value)
        && (vocab || definition.keyword.is_some())
    {
        let iri = definition.iri.as_deref()?;
        return Some(Expanded::of(iri, definition.source));
    }
    expand_iri(state, find, value, how)
}

/// The steps of §5.2.2 for what is neither keyword nor term.
fn expand_iri<'a>(
    state: &'a State,
    find: &dyn Fn(&str) -> Option<&'a Definition>,
    value: &'a str,
    how: As,
) -> Option<Expanded<'a>> {
    let vocab = how != As::Document;
    if let Some((prefix, suffix)) = split(value) {
        if prefix == "_" || suffix.starts_with("//") {
            return Some(Expanded::of(value, NOWHERE));
        }
        if let Some(definition) = find(prefix).filter(|definition| definition.prefix)
            && let Some(iri) = &definition.iri
        {
            return Some(Expanded::of(format!("{iri}{suffix}"), definition.source));
        }
        if is_scheme(prefix) {
            return Some(Expanded::of(value, NOWHERE));
        }
    }
    if vocab && let Some((vocabulary, source)) = &state.vocab {
        return Some(Expanded::of(format!("{vocabulary}{value}"), *source));
    }
    if how != As::Vocab
        && let Some(base) = &state.base
    {
        return Some(Expanded::of(resolve(base, value), NOWHERE));
    }
    Some(Expanded::of(value, NOWHERE))
}

/// What a text is as an IRI.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quality {
    /// A well-formed IRI (RFC 3987).
    Ordinary,
    /// Absolute, and N-Quads can carry it, but it is not well-formed.
    Odd,
    /// N-Quads cannot carry it.
    Unwritable,
    /// A blank node identifier.
    Blank,
    /// It has no scheme.
    Relative,
}

/// What N-Quads cannot carry in an IRI.
const UNWRITABLE: u8 = 1;
/// What RFC 3987 does not allow everywhere.
const SPECIAL: u8 = 2;
/// It may stand in an IRI once.
const HASH: u8 = 4;

/// What each byte is in an IRI.
#[allow(clippy::indexing_slicing)] // done by the compiler
static CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        classes[byte] = match byte as u8 {
            0..=0x20 | b'<' | b'>' | b'"' | b'{' | b'}' | b'|' | b'^' | b'`' | b'\\' => UNWRITABLE,
            b'%' | b'[' | b']' | 0x7F.. => SPECIAL,
            b'#' => HASH,
            _ => 0,
        };
        byte += 1;
    }
    classes
};

/// Looks at an IRI.
pub(super) fn quality(iri: &str) -> Quality {
    if iri.starts_with("_:") {
        return Quality::Blank;
    }
    let seen = iri.bytes().fold(0, |seen, byte| seen | CLASSES.get(usize::from(byte)).unwrap_or(&UNWRITABLE));
    let Some((_, rest)) = split(iri).filter(|(scheme, _)| is_scheme(scheme)) else {
        return Quality::Relative;
    };
    if seen & UNWRITABLE != 0 {
        return Quality::Unwritable;
    }
    let authority =
        rest.strip_prefix("//").unwrap_or("").bytes().take_while(|b| !matches!(b, b'/' | b'?' | b'#'));
    let plain = seen & SPECIAL == 0
        && (seen & HASH == 0 || iri.bytes().filter(|byte| *byte == b'#').count() < 2)
        && !authority.into_iter().any(|byte| matches!(byte, b':' | b'@'));
    if plain || oxiri::Iri::parse(iri).is_ok() {
        Quality::Ordinary
    } else if iri.chars().any(|c| c.is_control() || c.is_whitespace()) {
        Quality::Unwritable
    } else {
        Quality::Odd
    }
}
