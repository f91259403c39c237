//! RDF datasets, N-Quads and their canonical form.

pub mod canonical;
mod dataset;
pub mod nquads;
mod table;

pub use dataset::{Dataset, Quad, Term};
