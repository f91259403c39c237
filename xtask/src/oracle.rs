//! The oracle: the `json-ld` crate, an implementation that shares nothing with ours.
//!
//! It is asked two things: what a context says ([`Oracle`] as a [`Processor`]) and what a document says
//! ([`Oracle::to_rdf`]). It recurses without a bound, so callers give it a large stack ([`with_stack`]).

use std::collections::HashMap;
use std::future::Future;
use std::pin::pin;
use std::task::{Context as Task, Poll, Waker};

use json_ld::context_processing::{Options, Process};
use json_ld::rdf_types::{self, generator};
use json_ld::syntax::{self, Parse, TryFromJson};
use json_ld::{IriBuf, JsonLdProcessor, Nullable, RemoteDocument, Term};

use crate::rows::{Entry, Processor, Row, Rows};

/// The processor with the documents that it may load.
#[derive(Clone, Default)]
pub struct Oracle {
    documents: HashMap<IriBuf, RemoteDocument>,
}

/// Its active context.
pub type State = json_ld::Context;

/// A term of a statement.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Node {
    /// An IRI.
    Iri(String),
    /// A blank node, by the label that the oracle gave it.
    Blank(String),
    /// A literal.
    Literal {
        /// Its lexical form.
        lexical: String,
        /// Its datatype; `rdf:langString` where it has a language.
        datatype: String,
        /// Its language tag as the document has it.
        language: Option<String>,
    },
}

/// Subject, predicate, object, graph.
pub type Statement = (Node, Node, Node, Option<Node>);

impl Oracle {
    /// Publishes a document under a URL.
    ///
    /// # Errors
    /// It is not JSON, or the URL is none.
    pub fn publish(&mut self, url: &str, bytes: &[u8]) -> Result<(), String> {
        let text = std::str::from_utf8(bytes).map_err(|error| format!("{url}: {error}"))?;
        let (value, _) = syntax::Value::parse_str(text).map_err(|error| format!("{url}: {error}"))?;
        let iri = IriBuf::new(url.to_owned()).map_err(|error| format!("{url}: {error}"))?;
        self.documents.insert(iri.clone(), RemoteDocument::new(Some(iri), None, value));
        Ok(())
    }

    /// Expands a document with base IRI `base` (or none) and serialises it to RDF.
    ///
    /// # Errors
    /// The error code of the JSON-LD 1.1 API, or what was wrong with the text.
    pub fn to_rdf(&self, text: &str, base: Option<&str>) -> Result<Vec<Statement>, String> {
        let (value, _) = syntax::Value::parse_str(text).map_err(|error| error.to_string())?;
        let base = base.map(|base| IriBuf::new(base.to_owned())).transpose().map_err(|e| e.to_string())?;
        let document = RemoteDocument::new(base.clone(), None, value);
        let options = json_ld::Options { base, ..json_ld::Options::default() };
        let generator = generator::Blank::new_with_prefix("b".to_owned());
        let mut rdf = ready(document.to_rdf_full((), generator, &self.documents, options, ()))
            .map_err(|error| error.code().to_string())?;
        Ok(rdf.cloned_quads().map(statement).collect())
    }
}

fn statement(quad: json_ld::rdf::Quad<IriBuf, rdf_types::BlankIdBuf, rdf_types::Literal>) -> Statement {
    let rdf_types::Quad(subject, predicate, object, graph) = quad;
    let id = |id: json_ld::ValidId| match id {
        json_ld::ValidId::Iri(iri) => Node::Iri(iri.into_string()),
        json_ld::ValidId::Blank(blank) => Node::Blank(blank.to_string()),
    };
    let object = match object {
        rdf_types::Term::Id(object) => id(object),
        rdf_types::Term::Literal(literal) => match literal.type_ {
            rdf_types::LiteralType::Any(datatype) => {
                Node::Literal { lexical: literal.value, datatype: datatype.into_string(), language: None }
            }
            rdf_types::LiteralType::LangString(tag) => Node::Literal {
                lexical: literal.value,
                datatype: "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString".to_owned(),
                language: Some(tag.to_string()),
            },
        },
    };
    (id(subject), id(predicate), object, graph.map(id))
}

impl Processor for Oracle {
    type State = State;

    fn start(&self, urls: &[String]) -> Result<State, String> {
        let urls = urls.iter().map(|url| syntax::Value::String(url.as_str().into())).collect();
        let context = syntax::context::Context::try_from_json(syntax::Value::Array(urls))
            .map_err(|error| error.to_string())?;
        self.process(&context, &State::default(), None, Options::default())
    }

    fn enter(&self, active: &State, term: &str, entry: Entry) -> Result<State, String> {
        let Some(definition) = active.get(term) else { return Err(format!("{term}: undefined")) };
        let Some(scoped) = definition.context() else { return Err(format!("{term}: not scoped")) };
        let base = definition.base_url().cloned();
        match entry {
            Entry::Property => {
                let from = active.previous_context().unwrap_or(active);
                self.process(scoped, from, base, Options::default().with_override())
            }
            Entry::Type => self.process(scoped, active, base, Options::default().without_propagation()),
        }
    }

    fn rows(&self, active: &State) -> Rows {
        let mut rows: Rows = active
            .definitions()
            .iter()
            .map(|binding| (binding.term().as_str().to_owned(), row(binding.definition())))
            .collect();
        let mut default = |name: &str, value: Option<String>| {
            if let Some(iri) = value {
                rows.insert(name.to_owned(), Row { iri: Some(iri), ..Row::default() });
            }
        };
        default("@vocab", active.vocabulary().map(term_text));
        default("@language", active.default_language().map(|tag| tag.to_string()));
        default("@direction", active.default_base_direction().map(|direction| direction.to_string()));
        rows
    }

    fn same_scoped(&self, one: &State, other: &State, term: &str) -> bool {
        let context = |state: &State| state.get(term).and_then(|definition| definition.context().cloned());
        context(one) == context(other)
    }
}

impl Oracle {
    fn process(
        &self,
        context: &syntax::context::Context,
        active: &State,
        base: Option<IriBuf>,
        options: Options,
    ) -> Result<State, String> {
        ready(context.process_full(&mut (), active, &self.documents, base, options, ()))
            .map(|processed| processed.into_processed())
            .map_err(|error| error.code().to_string())
    }
}

fn row(definition: json_ld::context::TermDefinitionRef<'_>) -> Row {
    let nullable = |text: Nullable<String>| match text {
        Nullable::Null => "null".to_owned(),
        Nullable::Some(text) => text,
    };
    let is_type = matches!(definition, json_ld::context::TermDefinitionRef::Type(_));
    Row {
        iri: match definition.value() {
            _ if is_type => Some("@type".to_owned()),
            None | Some(Term::Null) => None,
            Some(term) => Some(term_text(term)),
        },
        coercion: definition.typ().map(|coercion| coercion.as_str().to_owned()),
        container: definition.container().iter().map(|kind| kind.keyword().into_str().to_owned()).collect(),
        language: definition.language().map(|tag| nullable(tag.map(|tag| tag.to_string()))),
        direction: definition.direction().map(|direction| nullable(direction.map(|d| d.to_string()))),
        protected: definition.protected(),
        prefix: definition.prefix(),
        reverse: definition.reverse_property(),
        nest: definition.nest().map(|nest| nest.as_str().to_owned()),
        index: definition.index().map(|index| index.as_str().to_owned()),
        scoped: definition.context().is_some(),
    }
}

fn term_text(term: &Term) -> String {
    term.as_str().to_owned()
}

/// Polls a future once. The loader is a map and never waits, so nothing else can be pending.
fn ready<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Task::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("the oracle waited although its loader is a map"),
    }
}

/// Runs on a stack on which the oracle can recurse through every document at hand.
pub fn with_stack<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(1 << 29).spawn_scoped(scope, work);
        match thread.map(|thread| thread.join()) {
            Ok(Ok(output)) => output,
            Ok(Err(panic)) => std::panic::resume_unwind(panic),
            Err(error) => panic!("no thread: {error}"),
        }
    })
}
