//! JSON Schema (drafts 7, 2019-09 and 2020-12) over the trees of this library; knows no credentials.
//!
//! A schema comes from anywhere, so nothing here recurses, and every piece of work is counted: a schema that doubles at
//! every reference, leads back to itself or has a costly pattern ends at [`WORK`], not in a hung host. No library at hand
//! counts: the best kept one took 84 ms for twenty doublings (each further one twice as long), says that a record follows a
//! schema that is nothing but a reference to itself, matches patterns by backtracking, and brings some 50 crates, one that
//! draws random numbers among them.
//!
//! Nothing is fetched: a document says which others it refers to ([`Document::outside`]). `format` and `content…` are
//! annotations (2020-12 Validation §7.2.1, §8), as they are by default everywhere.

mod assertions;
mod document;
mod evaluate;
mod keywords;
mod pattern;

pub(crate) use document::Document;
pub(crate) use evaluate::{Violation, validate};

use crate::codes::{Code, Finding};

/// Whether this build evaluates schemas.
pub(crate) const BUILT: bool = true;
/// Pieces of work of one verification, or of reading one schema: about a keyword looked at, a member compared or eight
/// bytes read. A badge takes 3,000 under the schema of Open Badges 3.0.
const WORK: usize = 4_000_000;
/// Schemas that are being evaluated inside each other.
const NESTED: usize = 512;
/// Schema resources (`$id`) and references of one document, and the length of a resolved one.
const RESOURCES: usize = 256;
const REFERENCES: usize = 4_096;
const URI: usize = 2_048;
/// Documents that a schema may refer to, all together with itself.
pub(crate) const DOCUMENTS: usize = 16;

/// What is left of the work.
#[derive(Debug)]
pub(crate) struct Budget(usize);

impl Budget {
    pub(crate) fn new() -> Self {
        Budget(WORK)
    }

    /// # Errors
    /// [`Code::SchemaTooComplex`], once nothing is left.
    pub(crate) fn spend(&mut self, work: usize) -> Result<(), Finding> {
        // Whatever it is, looking costs something.
        let left = self.0.checked_sub(work.saturating_add(1));
        self.0 = left.ok_or_else(|| too_complex(WORK))?;
        Ok(())
    }
}

fn too_complex(limit: usize) -> Finding {
    crate::limits::reached(Code::SchemaTooComplex, limit)
}
