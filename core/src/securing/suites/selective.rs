//! What the suites with selective disclosure share: the issuer signs statement by statement, the holder shows those that
//! the issuer made mandatory and some of the others.

use crate::codes::{Code, Finding};
use crate::encoding::base64url;
use crate::encoding::cbor::{self, Bounds, Value};
use crate::keys::PublicKey;
use crate::limits::{self, Limits};
use crate::rdf::Dataset;
use crate::rdf::canonical::{Digest, Labels, Statements, statements};

/// What a proof value is, by the header before its CBOR.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The issuer's own proof: the holder's copy, with all signatures and the secret that names blank nodes. It is not for
    /// verifiers.
    Base,
    /// What a holder made of it. What is neither is taken for one, and fails as one.
    Derived,
    /// A derived proof with an option of the suite that is not supported, by the option's name.
    #[cfg_attr(not(feature = "bbs"), expect(dead_code, reason = "options are those of bbs-2023"))]
    Unsupported(&'static str),
}

/// What a holder presents, as far as it is known before the proof value is read.
pub(crate) struct Presented<'a> {
    /// The key of the verification method.
    pub(crate) key: &'a PublicKey,
    pub(crate) proof_value: &'a str,
    pub(crate) options_hash: Digest,
    /// The document as statements, and the canonical names of its blank nodes.
    pub(crate) dataset: &'a Dataset,
    pub(crate) labels: &'a Labels,
    pub(crate) limits: &'a Limits,
}

/// What was worked out of it.
#[derive(Debug)]
pub(crate) struct Disclosed {
    /// Whether every signature is good.
    pub(crate) good: bool,
    /// The statements under the names that the issuer gave to blank nodes.
    pub(crate) statements: Statements,
    /// The hash of those that are mandatory.
    pub(crate) mandatory_hash: Digest,
    /// What the issuer signed of the whole: options and mandatory statements.
    pub(crate) signed: Vec<u8>,
    /// Whether a status is among the statements that the holder could have left out, so that there may be others.
    pub(crate) optional_status: bool,
}

impl<'a> Presented<'a> {
    /// The bytes of the proof value.
    ///
    /// # Errors
    /// [`Code::SignatureEncoding`] unless it is `u` and base64url without padding.
    pub(super) fn bytes(&self) -> Result<Vec<u8>, Finding> {
        let body = self.proof_value.strip_prefix('u').ok_or_else(encoding)?;
        base64url::decode(body).map_err(|_| encoding())
    }

    /// The CBOR array behind the `header` of derived proofs. No component may be tagged.
    ///
    /// # Errors
    /// [`Code::SignatureEncoding`]; a limit for more values than the largest document has statements and names for.
    pub(super) fn components<'b, const N: usize>(
        &self,
        bytes: &'b [u8],
        header: [u8; 3],
    ) -> Result<[Value<'b>; N], Finding> {
        let body = bytes.strip_prefix(&header).ok_or_else(encoding)?;
        let names = self.limits.blank_nodes.saturating_mul(2);
        let values = self.limits.quads.saturating_add(names).saturating_add(16);
        match cbor::read(body, Bounds { depth: 3, values }, &[]) {
            Ok(Value::Array(components)) => components.try_into().map_err(|_| encoding()),
            Err(crate::encoding::DecodeError::TooLong { limit }) => {
                Err(limits::reached(Code::LimitQuads, limit))
            }
            Ok(_) | Err(_) => Err(encoding()),
        }
    }

    /// The statements under the names of a label map, that of `c14n0` first.
    ///
    /// # Errors
    /// [`Code::SignatureStatements`] unless the map has exactly one name for each blank node.
    pub(super) fn statements(&self, names: &[String]) -> Result<Statements, Finding> {
        statements(self.dataset, self.labels, names).ok_or_else(unfit)
    }
}

/// A label map: the keys are the numbers of canonical names, all of them from 0 on.
///
/// # Errors
/// [`Code::SignatureEncoding`].
pub(super) fn names(
    map: &Value<'_>,
    name: impl Fn(&Value<'_>) -> Option<String>,
) -> Result<Vec<String>, Finding> {
    let entries = map.as_map().ok_or_else(encoding)?;
    let mut names = vec![String::new(); entries.len()];
    // No key comes twice, so that as many as there are places fill all of them.
    for (key, value) in entries {
        let number = key.as_int().and_then(|number| usize::try_from(number).ok());
        let place = number.and_then(|number| names.get_mut(number)).ok_or_else(encoding)?;
        *place = name(value).ok_or_else(encoding)?;
    }
    Ok(names)
}

/// An array of indexes.
///
/// # Errors
/// [`Code::SignatureEncoding`].
pub(super) fn indexes(array: &Value<'_>) -> Result<Vec<usize>, Finding> {
    let index = |item: &Value<'_>| item.as_int().and_then(|index| usize::try_from(index).ok());
    let indexes = array.as_array().and_then(|items| items.iter().map(index).collect());
    indexes.ok_or_else(encoding)
}

/// Whether one of these statements is that something has a status (VCDM 2.0 §4.10). Neither a subject nor a predicate
/// has a space inside.
pub(super) fn has_status(statements: &[&str]) -> bool {
    const STATUS: &str = "<https://www.w3.org/2018/credentials#credentialStatus>";
    statements.iter().any(|statement| statement.split(' ').nth(1) == Some(STATUS))
}

pub(super) fn encoding() -> Finding {
    Finding::new(Code::SignatureEncoding)
}

/// The proof is of other statements than these.
pub(super) fn unfit() -> Finding {
    Finding::new(Code::SignatureStatements)
}
