//! A build without schemas: nothing is one.

use crate::codes::{Code, Finding};
use crate::json::{Tree, Value};

/// Whether this build evaluates schemas.
pub(crate) const BUILT: bool = false;
/// None is referred to by the one that there is not.
pub(crate) const DOCUMENTS: usize = 1;

/// There is none.
#[derive(Debug)]
pub(crate) enum Document {}

impl Document {
    /// Reads nothing.
    pub(crate) fn read(_: Tree<'static>, _: &str, _: &str) -> Result<Self, Finding> {
        Err(Finding::new(Code::SchemaNotBuilt))
    }

    pub(crate) fn id(&self) -> Option<&str> {
        match *self {}
    }

    pub(crate) fn outside(&self) -> &std::collections::BTreeSet<String> {
        match *self {}
    }
}

/// Of one evaluation; none takes place.
#[derive(Clone, Debug)]
pub(crate) struct Violation {
    pub(crate) pointer: String,
    pub(crate) keyword: &'static str,
}

/// None is done.
#[derive(Debug)]
pub(crate) struct Budget;

impl Budget {
    pub(crate) fn new() -> Self {
        Budget
    }

    pub(crate) fn spend(&mut self, _: usize) -> Result<(), Finding> {
        Ok(())
    }
}

/// Decides nothing.
pub(crate) fn validate(
    _: &[&Document],
    _: Value<'_>,
    _: &mut Budget,
) -> Result<Result<(), Vec<Violation>>, Finding> {
    Err(Finding::new(Code::SchemaNotBuilt))
}
