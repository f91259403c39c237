//! What two implementations made of a document, in a form that can be compared: canonical N-Quads.

use std::collections::BTreeMap;

use ler_verify::codes::Finding;
use ler_verify::limits::Limits;
use ler_verify::rdf::canonical::{Budget, Hash, canonicalize};
use ler_verify::rdf::{Dataset, Quad, Term};

use crate::oracle::{Node, Statement};

/// The canonical N-Quads of what the oracle found. Its statements may name IRIs that N-Quads cannot carry; those
/// quads are left out here, as RDF demands.
///
/// # Errors
/// A limit of the canonicalization.
pub fn of_oracle(statements: &[Statement], limits: &Limits) -> Result<String, Finding> {
    let mut dataset = Dataset::new(limits);
    let mut blanks = BTreeMap::new();
    for (subject, predicate, object, graph) in statements {
        let mut term = |node: &Node| term(&mut dataset, &mut blanks, node);
        let quad = Quad {
            subject: term(subject)?,
            predicate: term(predicate)?,
            object: term(object)?,
            graph: graph.as_ref().map(term).transpose()?,
        };
        dataset.insert(quad)?;
    }
    of_dataset(&dataset, limits)
}

/// The canonical N-Quads of a dataset (RDFC-1.0 with SHA-256).
///
/// # Errors
/// A limit of the canonicalization.
pub fn of_dataset(dataset: &Dataset, limits: &Limits) -> Result<String, Finding> {
    canonicalize(dataset, Hash::Sha256, &mut Budget::new(limits)).map(|canonical| canonical.nquads)
}

fn term(dataset: &mut Dataset, blanks: &mut BTreeMap<String, Term>, node: &Node) -> Result<Term, Finding> {
    Ok(match node {
        Node::Iri(iri) => dataset.iri(iri),
        Node::Literal { lexical, datatype, language } => {
            dataset.literal(lexical, datatype, language.as_deref())
        }
        Node::Blank(label) => match blanks.get(label) {
            Some(term) => *term,
            None => {
                let term = dataset.blank()?;
                blanks.insert(label.clone(), term);
                term
            }
        },
    })
}
