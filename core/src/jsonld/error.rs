//! Errors of JSON-LD processing, by the codes of the standard.

use crate::codes::Finding;

/// Why a document or context cannot be processed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// The error code (JSON-LD 1.1 API §9.6), for example `cyclic IRI mapping`.
    pub code: &'static str,
    /// The term of the context that it is about.
    pub term: Option<String>,
    /// What stopped the processing instead, where it is not an error of the language: a limit.
    pub limit: Option<Box<Finding>>,
}

/// What went wrong has been reported already.
pub(crate) const REPORTED: &str = "reported";

pub(crate) type Result<T> = std::result::Result<T, Error>;

impl Error {
    pub(crate) const fn new(code: &'static str) -> Self {
        Error { code, term: None, limit: None }
    }

    /// The innermost term is named.
    pub(crate) fn about(self, term: &str) -> Self {
        Error { term: self.term.or_else(|| Some(term.to_owned())), ..self }
    }

    pub(crate) fn limit(finding: Finding) -> Self {
        Error { code: "limit", term: None, limit: Some(Box::new(finding)) }
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.term {
            Some(term) => write!(f, "{}: {term}", self.code),
            None => f.write_str(self.code),
        }
    }
}

impl std::error::Error for Error {}
