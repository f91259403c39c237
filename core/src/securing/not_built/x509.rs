//! A build without certificates: what is signed with one is neither verified nor refused.

use super::Question;
use crate::codes::{Code, Finding};
use crate::keys::PublicKey;
use crate::securing::Tools;

/// There is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Chain {}

impl Chain {
    pub(super) fn read(_: &[Vec<u8>], _: Option<[u8; 32]>) -> Result<Self, Finding> {
        Err(Finding::new(Code::KeyNotBuilt).with("source", "x5c"))
    }

    pub(super) fn key(&self) -> Result<PublicKey, Finding> {
        match *self {}
    }
}

/// Nothing is read.
pub(super) fn certified(_: &[Vec<u8>]) -> (Option<PublicKey>, Vec<String>) {
    (None, Vec::new())
}

pub(super) fn binding(
    chain: &Chain,
    _: &str,
    question: &Question<'_>,
    tools: &mut Tools<'_>,
) -> (Finding, Option<&'static str>) {
    // What only certificates ask for.
    let _ = (question.claims, question.signed_at, tools.anchors);
    match *chain {}
}
