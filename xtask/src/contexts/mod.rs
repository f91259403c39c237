//! `cargo xtask contexts`: from the published documents to the tables that the library embeds.

pub mod choice;
pub mod history;
