//! Our implementation, as the comparisons want it.

use ler_verify::json::Tree;
use ler_verify::jsonld::explore::Explorer;
use ler_verify::jsonld::{Options, to_rdf};
use ler_verify::limits::Limits;

use crate::canonical;
use crate::rows::{Entry, Processor, Row, Rows};

/// The embedded tables under our processor.
#[allow(missing_debug_implementations)]
pub struct Ours<'r, 'e>(pub &'r Explorer<'e>);

impl Processor for Ours<'_, '_> {
    type State = u32;

    fn start(&self, urls: &[String]) -> Result<u32, String> {
        self.0.start(urls).map_err(|error| error.to_string())
    }

    fn enter(&self, active: &u32, term: &str, entry: Entry) -> Result<u32, String> {
        self.0.enter(*active, term, entry == Entry::Property).map_err(|error| error.to_string())
    }

    fn rows(&self, active: &u32) -> Rows {
        let or_null = |text: Option<String>| text.unwrap_or_else(|| "null".to_owned());
        let mut rows = Rows::new();
        for row in self.0.rows(*active) {
            let converted = Row {
                iri: row.iri,
                coercion: row.coercion,
                container: row.container.into_iter().map(str::to_owned).collect(),
                language: row.language.map(or_null),
                direction: row.direction.map(|direction| or_null(direction.map(str::to_owned))),
                protected: row.protected,
                prefix: row.prefix,
                reverse: row.reverse,
                nest: row.nest,
                index: row.index,
                scoped: row.scoped,
            };
            rows.insert(row.term, converted);
        }
        let (vocab, language, direction) = self.0.defaults(*active);
        let defaults =
            [("@vocab", vocab), ("@language", language), ("@direction", direction.map(str::to_owned))];
        for (name, value) in defaults {
            if value.is_some() {
                rows.insert(name.to_owned(), Row { iri: value, ..Row::default() });
            }
        }
        rows
    }

    /// Not kept as written: where nothing else changed, it is the same for us.
    fn same_scoped(&self, one: &u32, other: &u32, _: &str) -> bool {
        one == other
    }
}

/// General mode: the canonical N-Quads of a document, with contexts from `loader` and no base IRI.
///
/// # Errors
/// What JSON-LD, or a limit, says against it.
pub fn canonical_nquads(text: &str, loader: &dyn Fn(&str) -> Option<Vec<u8>>) -> Result<String, String> {
    let limits = Limits::default();
    let tree = Tree::parse(text.as_bytes(), &limits).map_err(|finding| format!("{finding:?}"))?;
    let options = Options {
        base: None,
        expand_context: None,
        mode_1_0: false,
        rdf_direction: None,
        generalized: false,
        loader,
    };
    let dataset = to_rdf(tree.root(), &options, &limits).map_err(|error| error.to_string())?;
    canonical::of_dataset(&dataset, &limits).map_err(|finding| format!("{finding:?}"))
}
