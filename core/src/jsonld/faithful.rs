//! What credential mode adds to JSON-LD: nothing is lost, the JSON reads as it is signed, nothing is displaced.
//!
//! A signature over RDF covers statements, and a reader reads JSON. Each rule here closes a way to make the two say
//! different things under one signature (design §6; VCDM 2.0 §5.2, vc-data-integrity §2.4).

use super::error::{Error, REPORTED};
use super::iri::{self, As, Expanded, Quality};
use super::state::{Keyword, NOWHERE, Rulings, Source, State, TRANSIENT};
use super::tables::reserved::{Reserved, is_type_name};
use crate::codes::{Code, Finding};
use crate::json::{Member, Number, Value};
use crate::rdf::Term;

/// More findings of one document are not collected.
const FINDINGS: usize = 100;

/// Properties of a credential itself, in the namespace of credentials. A graph has no places: on any other object
/// with the same `id` they would be signed alike and read by nobody.
const OF_CREDENTIALS: [&str; 13] = [
    "credentialSchema",
    "credentialStatus",
    "credentialSubject",
    "evidence",
    "expirationDate",
    "issuanceDate",
    "issued",
    "issuer",
    "refreshService",
    "relatedResource",
    "termsOfUse",
    "validFrom",
    "validUntil",
];
const CREDENTIALS: &str = "https://www.w3.org/2018/credentials#";
const PROOF: &str = "https://w3id.org/security#proof";

/// Properties whose values are credentials, in all versions of their contexts.
const LEADS_TO_CREDENTIALS: [&str; 7] = [
    "https://imsglobal.github.io/openbadges-specification/ob_v3p0.html#endorsement",
    "https://purl.imsglobal.org/spec/clr/v2p0/vocab.html#verifiableCredential",
    "https://purl.imsglobal.org/spec/ob/v3p0/vocab.html#endorsement",
    "https://purl.imsglobal.org/spec/ob/vocab.html#endorsement",
    "https://www.w3.org/2018/credentials#verifiableCredential",
    "https://purl.imsglobal.org/spec/vc/clr/vocab.html#verifiableCredential",
    "https://purl.imsglobal.org/spec/vc/ob/vocab.html#endorsement",
];

/// What the rules say about a definition.
pub(super) fn rulings(term: &str, iri: Option<&str>) -> Rulings {
    let Some(iri) = iri else { return Rulings::default() };
    let own = iri.strip_prefix(CREDENTIALS).is_some_and(|name| OF_CREDENTIALS.contains(&name));
    let reserved = Reserved::get();
    let as_reserved = reserved.allows(term, iri) && reserved.is_at_home(term, iri);
    let respelled = !iri.starts_with('@') && !as_reserved;
    let is_reserved = !reserved.terms(iri).is_empty();
    Rulings {
        respelled_property: respelled || (is_reserved && is_type_name(term)),
        respelled_type: respelled || (is_reserved && !is_type_name(term)),
        of_credentials: own || iri == PROOF,
        leads_to_credentials: LEADS_TO_CREDENTIALS.contains(&iri),
    }
}

/// What was found on the walk.
#[derive(Debug, Default)]
pub(super) struct Faith {
    pub(super) findings: Vec<Finding>,
    /// Nodes with identifiers and the positions of the objects that describe them.
    nodes: Vec<(Term, u32)>,
    used: Vec<u64>,
    used_of_call: Vec<u64>,
}

impl Faith {
    fn push(&mut self, finding: Finding) {
        if self.findings.len() < FINDINGS && !self.findings.contains(&finding) {
            self.findings.push(finding);
        }
    }

    pub(super) fn find(&mut self, code: Code, value: Value<'_>) {
        self.push(Finding::at(code, value.pointer()));
    }

    pub(super) fn find_term(&mut self, code: Code, value: Value<'_>, term: &str) {
        self.push(Finding::at(code, value.pointer()).with("term", term));
    }

    /// A finding about a member; those that only the proof sees stand at the object.
    pub(super) fn member(&mut self, code: Code, key: &str, member: Member<'_, '_>, object: Value<'_>) {
        let at = match member {
            Member::Value(value) => value,
            Member::Array(values) => values.first().copied().unwrap_or(object),
        };
        self.find_term(code, at, key);
    }

    /// An error of JSON-LD itself.
    pub(super) fn error(&mut self, error: &Error, value: Value<'_>) {
        if error.code != REPORTED {
            self.push(Finding::at(Code::JsonldInvalid, value.pointer()).with("error", error.code));
        }
    }

    /// Contexts that cannot be processed together.
    pub(super) fn context(&mut self, error: &Error, value: Value<'_>) {
        if error.code != REPORTED {
            let finding = Finding::at(Code::ContextInvalid, value.pointer()).with("error", error.code);
            self.push(match &error.term {
                Some(term) => finding.with("term", term.as_str()),
                None => finding,
            });
        }
    }

    /// Something of this document was used.
    pub(super) fn used(&mut self, source: Source) {
        if source == NOWHERE {
            return;
        }
        let (bits, index) = if source < TRANSIENT {
            (&mut self.used, source)
        } else {
            (&mut self.used_of_call, source & !TRANSIENT)
        };
        let word = (index / 64) as usize;
        if word >= bits.len() {
            bits.resize(word.saturating_add(1), 0);
        }
        if let Some(bits) = bits.get_mut(word) {
            *bits |= 1 << (index % 64);
        }
    }

    pub(super) fn was_used(&self, source: Source) -> bool {
        let (bits, index) =
            if source < TRANSIENT { (&self.used, source) } else { (&self.used_of_call, source & !TRANSIENT) };
        bits.get((index / 64) as usize).is_some_and(|bits| bits & (1 << (index % 64)) != 0)
    }

    /// An object says something about the node with this identifier.
    pub(super) fn describes(&mut self, node: Option<Term>, object: Value<'_>) {
        if let Some(node) = node {
            self.nodes.push((node, object.position()));
        }
    }

    pub(super) fn odd(&mut self, value: Value<'_>) {
        self.find(Code::JsonldOddIri, value);
    }

    /// A key that is no term: why it may not be, if it may not.
    pub(super) fn key(&self, key: &str, expanded: Option<&Expanded<'_>>, state: &State) -> Option<Code> {
        if key.starts_with('@') {
            return Some(Code::JsonldKeywordLike);
        }
        let Some(expanded) = expanded.filter(|_| state.find(key).is_none()) else {
            return Some(Code::JsonldUndefinedTerm);
        };
        if key.contains(':') {
            return Some(if iri::split(&expanded.text).is_some() {
                Code::JsonldNotCompact
            } else {
                Code::JsonldUndefinedTerm
            });
        }
        // Only `@vocab` is left: it must not make a reserved name or meaning.
        if iri::split(&expanded.text).is_none() {
            return Some(Code::JsonldUndefinedTerm);
        }
        rulings(key, Some(&expanded.text)).respelled_property.then_some(Code::JsonldRespelled)
    }

    /// Keywords of nodes: `id` and `type`, by these names. Whether to go on with it.
    pub(super) fn node_keyword(
        &mut self,
        key: &str,
        keyword: Keyword,
        value: Value<'_>,
        _state: &State,
    ) -> bool {
        let code = match (key, keyword) {
            ("id", Keyword::Id) | ("type", Keyword::Type) => return true,
            (_, Keyword::Id | Keyword::Type) => Code::JsonldAlias,
            _ => Code::JsonldKeyword,
        };
        self.find_term(code, value, key);
        matches!(keyword, Keyword::Id | Keyword::Type)
    }

    /// Keywords of value objects, by their own names.
    pub(super) fn value_keyword(&mut self, key: &str, keyword: Option<Keyword>, value: Value<'_>) {
        let code = match (key, keyword) {
            ("@value" | "@type" | "@language" | "@direction", _) => return,
            (_, Some(Keyword::Value | Keyword::Type | Keyword::Language | Keyword::Direction)) => {
                Code::JsonldAlias
            }
            (_, Some(_)) => Code::JsonldKeyword,
            (key, None) if key.starts_with('@') => Code::JsonldKeywordLike,
            (_, None) => Code::JsonldUndefinedTerm,
        };
        self.find_term(code, value, key);
    }

    /// A text that names a node. Whether it can be signed.
    pub(super) fn reference(
        &mut self,
        at: Value<'_>,
        text: &str,
        expanded: &Expanded<'_>,
        state: &State,
        how: As,
    ) -> bool {
        let code = match iri::quality(&expanded.text) {
            Quality::Blank => Code::JsonldBlankId,
            Quality::Relative | Quality::Unwritable => Code::JsonldIri,
            quality => {
                if quality == Quality::Odd {
                    self.odd(at);
                }
                // It reads as it is signed: as it stands, or by the one term for it.
                if expanded.text == text {
                    if how == As::VocabOrDocument && has_term(state, text) {
                        self.find(Code::JsonldTypeIri, at);
                    }
                } else if text.contains(':') {
                    self.find(Code::JsonldNotCompact, at);
                } else if how == As::Vocab && rulings(text, Some(&expanded.text)).respelled_type {
                    self.find(Code::JsonldRespelled, at);
                }
                return true;
            }
        };
        self.find(code, at);
        false
    }

    /// A type that is no term. Whether it can be signed.
    pub(super) fn type_iri(
        &mut self,
        at: Value<'_>,
        name: &str,
        expanded: &Expanded<'_>,
        state: &State,
    ) -> bool {
        if expanded.text.starts_with('@') {
            self.find_term(Code::JsonldKeyword, at, name);
            return false;
        }
        if !name.contains(':') && iri::split(&expanded.text).is_none() {
            self.find_term(Code::JsonldUndefinedTerm, at, name);
            return false;
        }
        self.reference(at, name, expanded, state, As::VocabOrDocument)
    }

    /// An integer token beyond ±(2^53−1) is rounded by some readers and not by others. What has a fraction or an
    /// exponent is a double to all of them; it is signed to 16 digits, and as an integer if it is one.
    pub(super) fn number(&mut self, at: Value<'_>, number: Number<'_>) {
        if number.is_integer_token() && !number.is_safe_integer() {
            self.find(Code::JsonldNumber, at);
        }
    }

    /// Nodes that several objects describe, as findings.
    pub(super) fn merged(&mut self, root: Value<'_>) {
        let mut nodes = std::mem::take(&mut self.nodes);
        nodes.sort_unstable();
        let merged = nodes.chunk_by(|(a, _), (b, _)| a == b).filter(|objects| objects.len() > 1);
        for objects in merged {
            let pointers: Vec<String> =
                objects.iter().map(|(_, position)| root.at_position(*position).pointer()).collect();
            if let Some(first) = pointers.first().cloned() {
                self.push(Finding::at(Code::JsonldNodeMerged, first).with("pointers", pointers));
            }
        }
    }
}

/// Whether the state or the reserved vocabularies have a term for an IRI.
fn has_term(state: &State, iri: &str) -> bool {
    !Reserved::get().terms(iri).is_empty()
        || state.definitions().any(|definition| definition.iri.as_deref() == Some(iri) && !definition.prefix)
}
