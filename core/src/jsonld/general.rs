//! General mode: JSON-LD 1.1 to RDF as the standard has it (JSON-LD 1.1 API §9.2 `toRdf`).

use std::sync::Arc;

use super::error::{Error, Result};
use super::local::{Definitions, LocalContext, Reader};
use super::process::{Loaded, Loader, Processor};
use super::state::{Flags, Memo, State, States, TRANSIENT};
use super::walk::{Graph, Place, RdfDirection, Target, Walk};
use crate::json::{Kind, Tree, Value};
use crate::limits::Limits;
use crate::rdf::Dataset;

/// The options of the standard (JSON-LD 1.1 API §9.3), and what gets other documents.
pub struct Options<'o> {
    /// `base`: what relative IRIs are relative to.
    pub base: Option<&'o str>,
    /// `expandContext`: a context that is applied before the document's own.
    pub expand_context: Option<Value<'o>>,
    /// `processingMode` is `json-ld-1.0`.
    pub mode_1_0: bool,
    /// `rdfDirection`
    pub rdf_direction: Option<RdfDirection>,
    /// `produceGeneralizedRdf`
    pub generalized: bool,
    /// Gets a context document.
    pub loader: &'o dyn Fn(&str) -> Option<Vec<u8>>,
}

struct Documents<'o> {
    options: &'o Options<'o>,
    limits: &'o Limits,
}

impl Documents<'_> {
    fn reader<'r>(
        &'r self,
        base: Option<&'r str>,
        import: &'r dyn Fn(&str) -> Result<Definitions>,
    ) -> Reader<'r> {
        Reader { mode_1_0: self.options.mode_1_0, base, import }
    }

    fn import(&self, url: &str) -> Result<Definitions> {
        let bytes = (self.options.loader)(url).ok_or(Error::new("loading remote context failed"))?;
        let tree =
            Tree::parse(&bytes, self.limits).map_err(|_| Error::new("loading remote context failed"))?;
        let again = |_: &str| Err(Error::new("invalid context entry"));
        let reader = self.reader(Some(url), &again);
        let object = tree.root().get("@context").and_then(|context| context.as_object());
        reader.definitions(object.ok_or(Error::new("invalid remote context"))?)
    }
}

impl Loader for Documents<'_> {
    fn load(&mut self, url: &str) -> Result<Loaded> {
        let bytes = (self.options.loader)(url).ok_or(Error::new("loading remote context failed"))?;
        let tree =
            Tree::parse(&bytes, self.limits).map_err(|_| Error::new("loading remote context failed"))?;
        let import = |url: &str| self.import(url);
        let reader = self.reader(Some(url), &import);
        if tree.root().kind() != Kind::Object {
            return Err(Error::new("invalid remote context"));
        }
        Ok(Loaded {
            source: TRANSIENT,
            context: Arc::new(LocalContext::from_document(tree.root(), &reader)?),
        })
    }

    fn inline(&mut self, context: Value<'_>) -> Result<Loaded> {
        let import = |url: &str| self.import(url);
        let reader = self.reader(self.options.base, &import);
        Ok(Loaded { source: TRANSIENT, context: Arc::new(LocalContext::from_json(context, &reader)?) })
    }
}

/// The RDF dataset of a JSON-LD document.
///
/// # Errors
/// The error code of the standard, or the limit that was reached.
pub fn to_rdf(
    document: Value<'_>,
    options: &Options<'_>,
    limits: &Limits,
) -> std::result::Result<Dataset, Error> {
    let initial = State { base: options.base.map(Arc::from), ..State::default() };
    let states = States::new(Arc::new(Memo::new(initial)));
    let mut documents = Documents { options, limits };
    let mut processor = Processor::new(states, &mut documents, limits);
    processor.validate_scoped = true;
    processor.mode_1_0 = options.mode_1_0;
    let mut walk = Walk::new(processor, Dataset::new(limits), false);
    walk.rdf_direction = options.rdf_direction;
    walk.generalized = options.generalized;
    let mut state = 0;
    if let Some(context) = options.expand_context {
        let context = context.get("@context").unwrap_or(context);
        let local = walk.processor.loader.inline(context)?;
        walk.processor.alive.push(local.context.clone());
        state = walk.processor.apply(state, &local.context, local.source, Flags::default())?;
    }
    let target = Target::Root;
    let place =
        Place { state, graph: Graph::Default, target, credential: false, from_map: false, by_map: None };
    walk.value(document, None, place)?;
    Ok(walk.out)
}
