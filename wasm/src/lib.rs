//! `ler-verify` for the browser and Node: JSON text and bytes across the border, nothing else.
//!
//! JSON text, not objects: a report is then byte for byte the one that Rust and C get, and no name in it can become a
//! property of anything (`__proto__`). What people use is the shell around this, in `wasm/js`: it has the types, gives
//! errors their codes and makes a new instance after a trap.
#![forbid(unsafe_code)]

mod catalogue;
#[cfg(feature = "measure")]
mod measure;

use ler_verify::{Answer, CompatView, Occasion, Policy, Report, Resource, ResourceKind, Timestamp, Verdict};
use serde::Deserialize as _;
use serde::de::IntoDeserializer as _;
use serde::de::value::{Error as NameError, StrDeserializer};
use wasm_bindgen::JsError;
use wasm_bindgen::prelude::wasm_bindgen;

/// What has been fetched so far.
#[wasm_bindgen]
#[derive(Debug, Default)]
pub struct Resources(ler_verify::Resources);

#[wasm_bindgen]
impl Resources {
    /// Nothing yet.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// Supplies the bytes of a resource.
    ///
    /// # Errors
    /// There is no such kind, or the instant is none.
    pub fn found(
        &self,
        kind: &str,
        id: &str,
        bytes: Vec<u8>,
        media_type: Option<String>,
        retrieved_at: Option<String>,
        http_status: Option<u16>,
    ) -> Result<(), JsError> {
        let mut resource = Resource::new(bytes);
        resource.media_type = media_type;
        resource.http_status = http_status;
        if let Some(instant) = retrieved_at {
            let instant =
                Timestamp::parse(&instant).map_err(|_| JsError::new("`retrievedAt` is no instant"))?;
            resource.retrieved_at = Some(instant);
        }
        self.0.insert(kind_of(kind)?, id, resource);
        Ok(())
    }

    /// Says that a resource cannot be obtained, and why.
    ///
    /// # Errors
    /// There is no such kind.
    pub fn unavailable(&self, kind: &str, id: &str, reason: String) -> Result<(), JsError> {
        self.0.insert(kind_of(kind)?, id, Answer::Unavailable(reason));
        Ok(())
    }
}

fn kind_of(name: &str) -> Result<ResourceKind, JsError> {
    let name: StrDeserializer<'_, NameError> = name.into_deserializer();
    ResourceKind::deserialize(name).map_err(|_| JsError::new("there is no such `kind` of resource"))
}

/// A verifier with its policy.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Verifier(ler_verify::Verifier);

#[wasm_bindgen]
impl Verifier {
    /// With a policy as JSON text; `acceptedIssuers` must be written.
    ///
    /// # Errors
    /// One sentence: the policy cannot be read, or not be followed.
    #[wasm_bindgen(constructor)]
    pub fn new(policy_json: &str) -> Result<Verifier, JsError> {
        let policy = Policy::from_json(policy_json.as_bytes())?;
        Ok(Verifier(ler_verify::Verifier::new(policy)?))
    }

    /// Verifies a record: the bytes as received.
    ///
    /// # Errors
    /// One sentence: the occasion cannot be read. A record that does not verify is no error.
    pub fn verify(
        &self,
        document: &[u8],
        occasion_json: &str,
        resources: &Resources,
    ) -> Result<Verification, JsError> {
        let occasion = Occasion::from_json(occasion_json.as_bytes())?;
        Ok(Verification(self.0.verify(document, &resources.0, &occasion)))
    }
}

/// What came of one verification.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Verification(Report);

#[wasm_bindgen]
impl Verification {
    /// The report as JSON text.
    pub fn report(&self) -> String {
        self.0.to_json()
    }

    /// What the record says, and what those inside it say, as JSON text:
    /// `{"record"?: …, "document"?: …, "embedded": […]}`, `embedded` in the order of the report.
    pub fn records(&self) -> String {
        let mut text = String::new();
        records(&self.0, &mut text);
        text
    }

    /// The report in the shape that users of another system parse, as JSON text; nothing if there is no such view.
    pub fn view(&self, name: &str) -> Option<String> {
        let view = CompatView::ALL.iter().find(|view| view.name() == name)?;
        Some(self.0.to_compat(*view))
    }
}

/// `record` only where it is authentic, `document` only where it is verified. The depth of embedded reports is limited
/// (`limits.embeddedDepth`), so this recursion is.
fn records(report: &Report, text: &mut String) {
    text.push('{');
    if let Verdict::Verified(secured) = report.verdict() {
        push_member(text, "document", secured.document());
        if let Some(record) = secured.record() {
            push_member(text, "record", &record.to_json());
        }
    } else if let Some(authentic) = report.authentic_record() {
        push_member(text, "record", &authentic.record.to_json());
    }
    text.push_str("\"embedded\":[");
    for (index, part) in report.embedded().iter().enumerate() {
        if index > 0 {
            text.push(',');
        }
        records(&part.report, text);
    }
    text.push_str("]}");
}

fn push_member(text: &mut String, name: &str, json: &str) {
    if !json.is_empty() {
        text.extend(["\"", name, "\":", json, ","]);
    }
}

/// Every check and every code, with their English titles and where their rules stand, as JSON text.
#[wasm_bindgen]
pub fn catalogue() -> String {
    catalogue::json()
}

/// The version of the library.
#[wasm_bindgen]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}
