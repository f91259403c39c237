//! The protocol of the library: call, obtain what the report asks for, call again until it asks for nothing.

use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
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
    missed: Mutex<BTreeMap<Key, String>>,
    asked: Mutex<BTreeMap<Key, Asked>>,
    answered: Condvar,
}

/// What names a document.
type Key = (ResourceKind, String);

/// How far a question has come, that others may ask at the same time.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asked {
    Now,
    Done,
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
        let (missed, asked, answered) = (Mutex::default(), Mutex::default(), Condvar::new());
        Host { resources, fetcher, cache, missed, asked, answered }
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
        // What only this document needs is forgotten with it: a million of them would fill the memory.
        let mut own: Vec<(Request, Answer)> = Vec::new();
        let mut report = verifier.verify(document, &self.resources, occasion);
        for _ in 0..ROUNDS {
            let mut answered = false;
            for request in report.requests().iter().filter(|request| request.stage <= stage) {
                let in_time = fetches < FETCHES && begun.elapsed() < PATIENCE;
                if matches!(
                    request.kind,
                    ResourceKind::LinkedResource
                        | ResourceKind::NewerVersion
                        | ResourceKind::HostedDocument
                        | ResourceKind::Attachment
                ) {
                    if let Some(answer) = self.obtain(request, in_time) {
                        fetches += 1;
                        answered = true;
                        own.push((request.clone(), answer));
                    }
                } else if !self.ask((request.kind, request.identifier.clone())) {
                    answered = true;
                } else {
                    let answer = self.obtain(request, in_time);
                    let obtained = answer.is_some();
                    if let Some(answer) = answer {
                        fetches += 1;
                        answered = true;
                        self.resources.answer(request, answer);
                    }
                    self.have_asked((request.kind, request.identifier.clone()), obtained);
                }
            }
            if !answered {
                break;
            }
            let with_own = (!own.is_empty()).then(|| self.resources.clone());
            let resources = with_own.as_ref().unwrap_or(&self.resources);
            for (request, answer) in &own {
                resources.answer(request, answer.clone());
            }
            report = verifier.verify(document, resources, occasion);
        }
        report
    }

    /// Whether the caller has to obtain it: not where another thread did, which is waited for.
    fn ask(&self, key: Key) -> bool {
        let mut asked = lock(&self.asked);
        loop {
            match asked.get(&key) {
                None => {
                    asked.insert(key, Asked::Now);
                    return true;
                }
                Some(Asked::Done) => return false,
                Some(Asked::Now) => {
                    asked = self.answered.wait(asked).unwrap_or_else(PoisonError::into_inner);
                }
            }
        }
    }

    /// It was obtained and is in the resources, or was not and may be asked for again.
    fn have_asked(&self, key: Key, obtained: bool) {
        let mut asked = lock(&self.asked);
        if obtained {
            asked.insert(key, Asked::Done);
        } else {
            asked.remove(&key);
        }
        self.answered.notify_all();
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
                if let Some(cache) = self.cache.as_ref().filter(|_| fetched.status == 200) {
                    cache.put(kind, id, &fetched);
                }
                let mut resource = Resource::new(fetched.bytes);
                resource.http_status = (fetched.status != 200).then_some(fetched.status);
                resource.media_type = fetched.media_type;
                resource.retrieved_at = crate::timestamp(fetched.at);
                Some(Answer::Found(resource))
            }
            Err(reason) => {
                lock(&self.missed).insert((kind, id.to_owned()), reason.clone());
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
        let reasons = lock(&self.missed);
        for used in report.resources_used().iter().filter(|used| used.sha256.is_none()) {
            let key = (used.kind, used.id.clone());
            let reason = reasons.get(&key).cloned().unwrap_or_default();
            missed.insert(key, reason);
        }
        let each = missed.into_iter();
        each.map(|((kind, identifier), reason)| Missed { kind, identifier, reason }).collect()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
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

    /// A hosted Open Badge by its address alone, to its end.
    #[test]
    fn a_record_that_is_gone_is_revoked() {
        let badge = "https://school.example/badges/1";
        let net = Net::default().name("school.example", &[PUBLIC]).answers(badge, 410, &[]);
        let host = Host::new(Resources::new(), Some(net.fetcher()), None);
        let verifier = Verifier::new(Policy::accepting(Issuers::Anyone)).unwrap();
        let occasion = Occasion::at(Timestamp::parse("2026-11-21T12:00:00Z").unwrap());
        let report = host.verify(&verifier, badge.as_bytes(), &occasion, 2);
        assert!(report.checks().iter().any(|check| check.code == Code::StatusGone), "{}", report.to_json());
        assert_eq!(net.connected(), [badge]);
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
