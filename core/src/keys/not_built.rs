//! What stands in the place of `more.rs` where feature `algorithms` is off: the same types, of which there is no value.
//! A key of these kinds cannot be read, and says why.

use super::{Algorithm, KeyType};
use crate::codes::{Code, Finding};

/// A point of P-521.
#[derive(Clone, Debug)]
pub(super) enum P521 {}

impl P521 {
    pub(super) fn read(_: &[u8]) -> Result<Self, Finding> {
        Err(not_built(KeyType::P521))
    }

    pub(super) fn verify(&self, _: &[u8], _: &[u8]) -> bool {
        match *self {}
    }

    pub(super) fn uncompressed(&self) -> Vec<u8> {
        match *self {}
    }
}

/// A point of secp256k1.
#[derive(Clone, Debug)]
pub(super) enum Secp256k1 {}

impl Secp256k1 {
    pub(super) fn read(_: &[u8]) -> Result<Self, Finding> {
        Err(not_built(KeyType::Secp256k1))
    }

    pub(super) fn verify(&self, _: &[u8], _: &[u8]) -> bool {
        match *self {}
    }

    pub(super) fn uncompressed(&self) -> Vec<u8> {
        match *self {}
    }
}

/// An RSA key.
#[derive(Clone, Debug)]
pub(super) enum Rsa {}

impl Rsa {
    pub(super) fn read(_: &[u8], _: u32) -> Result<Self, Finding> {
        Err(not_built(KeyType::Rsa))
    }

    pub(super) fn verify(&self, _: Algorithm, _: &[u8], _: &[u8]) -> bool {
        match *self {}
    }
}

fn not_built(kind: KeyType) -> Finding {
    Finding::new(Code::KeyNotBuilt).with("keyType", kind.name())
}
