//! One bare Ed25519 check: what the time of a verification is told as a multiple of.

use ed25519_dalek::{Signature, VerifyingKey};
use wasm_bindgen::prelude::wasm_bindgen;

/// A public key, decompressed before anything is measured.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Ed25519(VerifyingKey);

#[wasm_bindgen]
impl Ed25519 {
    /// Reads a key of 32 bytes; `undefined` if it is none.
    pub fn key(bytes: &[u8]) -> Option<Self> {
        VerifyingKey::try_from(bytes).ok().map(Self)
    }

    /// Whether a signature is one of this key, decided as for a record.
    pub fn verify(&self, message: &[u8], signature: &[u8]) -> bool {
        Signature::from_slice(signature)
            .is_ok_and(|signature| self.0.verify_strict(message, &signature).is_ok())
    }
}
