//! The protocol of the library: call, obtain what the report asks for, call again until it asks for nothing.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::time::{Duration, Instant, SystemTime};

use ler_verify::{Answer, Occasion, Report, Request, Resource, ResourceKind, Resources, Verifier};

use crate::cache::Cache;
use crate::fetch::Fetcher;

/// More rounds than this are never needed.
const ROUNDS: usize = 8;
/// How long one document may keep this machine fetching, and how often it may make it do so.
const PATIENCE: Duration = Duration::from_secs(60);
const FETCHES: usize = 40;

/// Where documents come from, and those that are there already. One for all files of a run.
pub(crate) struct Host {
    /// Supplied, cached and fetched documents.
    pub(crate) resources: Resources,
    /// `None` without network.
    pub(crate) fetcher: Option<Fetcher>,
    /// `None` without cache.
    pub(crate) cache: Option<Cache>,
    missed: RefCell<BTreeMap<(ResourceKind, String), String>>,
}

/// A document that a report needs and that is not there.
#[derive(Debug, Clone)]
pub(crate) struct Missed {
    pub(crate) kind: ResourceKind,
    pub(crate) identifier: String,
    pub(crate) reason: String,
}

impl Host {
    /// A host with these sources.
    pub(crate) fn new(resources: Resources, fetcher: Option<Fetcher>, cache: Option<Cache>) -> Self {
        Host { resources, fetcher, cache, missed: RefCell::default() }
    }

    /// Verifies a document, obtaining what is asked for in the stages up to `stage`.
    pub(crate) fn verify(
        &self,
        verifier: &Verifier,
        document: &[u8],
        occasion: &Occasion,
        stage: u8,
    ) -> Report {
        let begun = Instant::now();
        let mut fetches = 0;
        let mut report = verifier.verify(document, &self.resources, occasion);
        for _ in 0..ROUNDS {
            let mut answered = false;
            for request in report.requests().iter().filter(|request| request.stage <= stage) {
                let in_time = fetches < FETCHES && begun.elapsed() < PATIENCE;
                if let Some(answer) = self.obtain(request, in_time) {
                    fetches += 1;
                    answered = true;
                    self.resources.answer(request, answer);
                }
            }
            if !answered {
                break;
            }
            report = verifier.verify(document, &self.resources, occasion);
        }
        report
    }

    /// From the cache, else from the network; nothing where the question stays open.
    fn obtain(&self, request: &Request, in_time: bool) -> Option<Answer> {
        let (kind, id) = (request.kind, request.identifier.as_str());
        let cached =
            self.cache.as_ref().and_then(|cache| cache.get(kind, id, request.max_bytes, SystemTime::now()));
        if let Some(resource) = cached {
            return Some(Answer::Found(resource));
        }
        let fetcher = self.fetcher.as_ref().filter(|_| in_time)?;
        match fetcher.answer(request) {
            Ok(fetched) => {
                if let Some(cache) = &self.cache {
                    cache.put(kind, id, &fetched);
                }
                let mut resource = Resource::new(fetched.bytes);
                resource.media_type = fetched.media_type;
                resource.retrieved_at = crate::timestamp(fetched.at);
                Some(Answer::Found(resource))
            }
            Err(reason) => {
                self.missed.borrow_mut().insert((kind, id.to_owned()), reason.clone());
                Some(Answer::Unavailable(reason))
            }
        }
    }

    /// What a report needs and could not have, each once.
    pub(crate) fn missed(&self, report: &Report) -> Vec<Missed> {
        let mut missed = BTreeMap::new();
        for request in report.requests() {
            let reason = match &self.fetcher {
                None => "not fetched, because of --offline",
                Some(_) => "not fetched: this document asks for too much",
            };
            missed.insert((request.kind, request.identifier.clone()), reason.to_owned());
        }
        let reasons = self.missed.borrow();
        for used in report.resources_used().iter().filter(|used| used.sha256.is_none()) {
            let key = (used.kind, used.id.clone());
            let reason = reasons.get(&key).cloned().unwrap_or_default();
            missed.insert(key, reason);
        }
        let each = missed.into_iter();
        each.map(|((kind, identifier), reason)| Missed { kind, identifier, reason }).collect()
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use ler_verify::{Code, Issuers, Outcome, Policy, Timestamp};

    use super::*;
    use crate::fetch::tests::{Net, PUBLIC};

    const URL: &str = "https://university.example/.well-known/did.json";
    const DID: &str = "did:web:university.example";

    fn file(name: &str) -> String {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../test-vectors");
        std::fs::read_to_string(root.join(name)).unwrap()
    }

    fn judge(host: &Host) -> Report {
        let verifier = Verifier::new(Policy::accepting(Issuers::one_of([DID]))).unwrap();
        let occasion = Occasion::at(Timestamp::parse("2026-11-21T12:00:00Z").unwrap());
        host.verify(&verifier, file("credentials/did-web.json").as_bytes(), &occasion, u8::MAX)
    }

    fn code_of(report: &Report, check: ler_verify::CheckId) -> Code {
        report.checks().iter().find(|found| found.id == check).unwrap().code
    }

    #[test]
    fn what_is_asked_for_is_fetched_and_asked_for_once() {
        let net =
            Net::default().name("university.example", &[PUBLIC]).page(URL, &file("resources/did-web.json"));
        let host = Host::new(Resources::new(), Some(net.fetcher()), None);
        let report = judge(&host);
        assert!(report.requests().is_empty());
        assert!(host.missed(&report).is_empty());
        assert_eq!(code_of(&report, ler_verify::CheckId::KeyResolved), Code::KeyFound);
        assert_eq!(net.connected(), [URL]);
        let _ = judge(&host);
        assert_eq!(net.connected(), [URL], "the next file finds it there");
    }

    #[test]
    fn a_did_cannot_point_inside() {
        for address in ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "::ffff:127.0.0.1"] {
            let net = Net::default().name("university.example", &[address]);
            let host = Host::new(Resources::new(), Some(net.fetcher()), None);
            let report = judge(&host);
            assert_eq!(report.axes().authentic, Outcome::Indeterminate, "unreachable is not failed");
            assert_eq!(code_of(&report, ler_verify::CheckId::KeyResolved), Code::KeyDocumentUnavailable);
            let missed = host.missed(&report);
            assert_eq!(missed[0].identifier, DID);
            assert_eq!(missed[0].reason, "its host is not on the public internet");
            assert!(net.connected().is_empty(), "{address}");
        }
    }

    #[test]
    fn without_network_the_question_stays_open() {
        let host = Host::new(Resources::new(), None, None);
        let report = judge(&host);
        assert_eq!(report.requests().len(), 1);
        assert_eq!(host.missed(&report)[0].reason, "not fetched, because of --offline");
    }

    #[test]
    fn what_was_fetched_is_there_without_network_while_it_is_fresh() {
        let directory = std::env::temp_dir().join(format!("ler-verify-{}-rounds", std::process::id()));
        let cache = || Some(Cache::new(directory.clone()));
        let net =
            Net::default().name("university.example", &[PUBLIC]).page(URL, &file("resources/did-web.json"));
        let first = judge(&Host::new(Resources::new(), Some(net.fetcher()), cache()));
        let second = judge(&Host::new(Resources::new(), None, cache()));
        std::fs::remove_dir_all(&directory).unwrap();
        assert_eq!(code_of(&second, ler_verify::CheckId::KeyResolved), Code::KeyFound);
        assert_eq!(first.resources_used()[0].sha256, second.resources_used()[0].sha256);
    }
}
