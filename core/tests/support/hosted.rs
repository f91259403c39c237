//! A web of hosted records: what stands at which address, and a host that fetches as the protocol says.
#![allow(dead_code, unreachable_pub)]

use std::collections::BTreeMap;

use base64ct::{Base64, Base64UrlUnpadded, Encoding as _};
use ed25519_dalek::{Signer as _, SigningKey};
use ler_verify::{
    Answer, Check, CheckId, Code, Issuers, Occasion, Outcome, Policy, Report, Resource, ResourceKind,
    Resources, Timestamp, Verdict, Verifier,
};
use serde_json::{Value, json};

pub const NOW: &str = "2024-06-01T12:00:00Z";

/// What stands where.
#[derive(Clone, Default)]
pub struct Web {
    pages: BTreeMap<String, (u16, Vec<u8>)>,
    pub policy: Option<Policy>,
    pub occasion: Option<Occasion>,
}

impl Web {
    /// A JSON document at its own `id`.
    pub fn with(self, document: &Value) -> Self {
        let id = document["id"].as_str().unwrap().to_owned();
        self.at(&id, document)
    }

    pub fn at(self, url: &str, document: &Value) -> Self {
        self.bytes(url, document.to_string().as_bytes())
    }

    pub fn bytes(mut self, url: &str, bytes: &[u8]) -> Self {
        self.pages.insert(url.to_owned(), (200, bytes.to_vec()));
        self
    }

    pub fn status(mut self, url: &str, status: u16) -> Self {
        self.pages.insert(url.to_owned(), (status, b"{}".to_vec()));
        self
    }

    pub fn policy(mut self, policy: Policy) -> Self {
        self.policy = Some(policy);
        self
    }

    pub fn occasion(mut self, occasion: Occasion) -> Self {
        self.occasion = Some(occasion);
        self
    }

    fn parts(&self) -> (Verifier, Occasion) {
        let policy = self.policy.clone().unwrap_or_else(|| Policy::accepting(Issuers::Anyone));
        (Verifier::new(policy).unwrap(), self.occasion.clone().unwrap_or_else(occasion))
    }

    /// What the report says before anything was fetched.
    pub fn first(&self, input: &[u8]) -> Report {
        let (verifier, occasion) = self.parts();
        verifier.verify(input, &Resources::new(), &occasion)
    }

    /// The protocol to its end: what is asked for is answered, what stands nowhere is unavailable.
    pub fn verify(&self, input: impl AsRef<[u8]>) -> Report {
        self.verify_asked(input).0
    }

    /// The same, with all that was asked for: identifiers that had no https location in brackets.
    pub fn verify_asked(&self, input: impl AsRef<[u8]>) -> (Report, Vec<String>) {
        let (report, rounds) = self.rounds(input);
        (report, rounds.concat())
    }

    /// The same, round by round.
    pub fn rounds(&self, input: impl AsRef<[u8]>) -> (Report, Vec<Vec<String>>) {
        let (verifier, occasion) = self.parts();
        let resources = Resources::new();
        let mut rounds = Vec::new();
        let mut refused = false;
        for _ in 0..8 {
            let report = verifier.verify(input.as_ref(), &resources, &occasion);
            // What is refused stays so, whatever is found (design.md §3).
            assert!(!(refused && matches!(report.verdict(), Verdict::Verified(_))), "{}", report.to_json());
            refused |= matches!(report.verdict(), Verdict::NotVerified);
            if report.requests().is_empty() {
                return (report, rounds);
            }
            let mut asked = Vec::new();
            for request in report.requests() {
                let id = &request.identifier;
                asked.push(if request.locations.is_empty() { format!("({id})") } else { id.clone() });
                let answer = match self.pages.get(id) {
                    Some((200, bytes)) => Resource::new(bytes.clone()).into(),
                    Some((410, bytes)) if request.kind == ResourceKind::HostedDocument => {
                        Resource::new(bytes.clone()).http_status(410).into()
                    }
                    _ => Answer::Unavailable("nothing there".to_owned()),
                };
                resources.answer(request, answer);
            }
            rounds.push(asked);
        }
        panic!("the protocol does not end");
    }
}

pub fn occasion() -> Occasion {
    Occasion::at(Timestamp::parse(NOW).unwrap())
}

pub fn codes(report: &Report, check: CheckId) -> Vec<Code> {
    report.checks().iter().filter(|one| one.id == check).map(|one| one.code).collect()
}

pub fn find(report: &Report, code: Code) -> &Check {
    report
        .checks()
        .iter()
        .find(|check| check.code == code)
        .unwrap_or_else(|| panic!("no {code} in {}", report.to_json()))
}

pub fn verified(report: &Report) {
    assert!(matches!(report.verdict(), Verdict::Verified(_)), "{}", report.to_json());
}

/// Not verified, for this reason.
pub fn failed(report: &Report, code: Code) {
    assert!(matches!(report.verdict(), Verdict::NotVerified), "{code}: {}", report.to_json());
    assert_eq!(find(report, code).outcome, Outcome::Failed, "{}", report.to_json());
}

/// Undecided, for this reason.
pub fn open(report: &Report, code: Code) {
    assert!(matches!(report.verdict(), Verdict::Indeterminate), "{code}: {}", report.to_json());
    assert_eq!(find(report, code).outcome, Outcome::Indeterminate, "{}", report.to_json());
}

/// A key of somebody, as a number, in the form of Open Badges 2.0.
pub fn pem(number: u8) -> String {
    let public = SigningKey::from_bytes(&[number; 32]).verifying_key();
    let mut der = vec![0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];
    der.extend(public.as_bytes());
    format!("-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n", Base64::encode_string(&der))
}

/// A JWS of a record, made with that key.
pub fn sign(number: u8, record: &Value) -> String {
    sign_as(number, &json!({"alg": "EdDSA"}), record)
}

pub fn sign_as(number: u8, header: &Value, record: &Value) -> String {
    let part = |json: &Value| Base64UrlUnpadded::encode_string(json.to_string().as_bytes());
    let input = format!("{}.{}", part(header), part(record));
    let signature = SigningKey::from_bytes(&[number; 32]).sign(input.as_bytes());
    format!("{input}.{}", Base64UrlUnpadded::encode_string(&signature.to_bytes()))
}

pub fn changed(value: &Value, change: impl FnOnce(&mut Value)) -> Value {
    let mut value = value.clone();
    change(&mut value);
    value
}
