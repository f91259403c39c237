//! `ler-verify` for the browser and Node: one function, JSON text across the border.
//!
//! JSON text, not objects: the report is then byte for byte the one that Rust and C get.
#![forbid(unsafe_code)]

use ler_verify::{Occasion, Policy, Resources, Verifier};
use wasm_bindgen::prelude::wasm_bindgen;

/// Verifies a record and gives the report as JSON text.
///
/// A record that does not verify is no error: the report says so. Thrown (as an `Error` with one sentence) is only
/// what the caller did wrong: a policy, an occasion or resources that cannot be read.
///
/// * `policyJson`: what is demanded; `acceptedIssuers` must be written.
/// * `document`: the bytes of the record, exactly as received.
/// * `occasionJson`: this one verification; `now` must be written.
/// * `resourcesJson`: what was fetched so far, an array; `[]` to begin with.
#[wasm_bindgen]
pub fn verify(
    #[wasm_bindgen(js_name = policyJson)] policy_json: &str,
    document: &[u8],
    #[wasm_bindgen(js_name = occasionJson)] occasion_json: &str,
    #[wasm_bindgen(js_name = resourcesJson)] resources_json: &str,
) -> Result<String, wasm_bindgen::JsError> {
    let verifier = Verifier::new(Policy::from_json(policy_json.as_bytes())?)?;
    let occasion = Occasion::from_json(occasion_json.as_bytes())?;
    let resources = Resources::from_json(resources_json.as_bytes())?;
    Ok(verifier.verify(document, &resources, &occasion).to_json())
}

/// The version of the library.
#[wasm_bindgen]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}
