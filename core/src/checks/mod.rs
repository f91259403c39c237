//! What is checked of a document besides its proofs.

pub(crate) mod validity;
