//! What the project does for itself: compiling the published contexts into the tables that the library embeds, and
//! asking an independent JSON-LD implementation whether it reads them in the same way.
#![allow(clippy::print_stdout, clippy::print_stderr)]

pub mod canonical;
pub mod contexts;
pub mod fixtures;
pub mod generate;
pub mod oracle;
pub mod ours;
pub mod published;
pub mod rows;
pub mod table_json;
