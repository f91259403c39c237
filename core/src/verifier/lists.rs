//! Step 8: the status lists that records name. Each is verified as a credential, in a worklist of its own, once all that
//! stands in the input has been: a list is asked for only after the record's proof passed. A list names no lists.
//!
//! What came of a list depends on its bytes, on whose it should be, on the instant, on the other resources and on the
//! policy. The same of all of them gives the same, so a verifier remembers a few: a million records with one list and one
//! instant cost one signature check more, not a million.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use super::part::Part;
use super::{Input, Job, Verifier};
use crate::checks::status::{self, Demands, Entry, List, Mechanism, Obtained};
use crate::codes::{Axis, CheckId, Code, Finding, Outcome, Requirement, shortened};
use crate::limits::{self, STATUS_LIST, STATUS_LISTS};
use crate::occasion::Occasion;
use crate::report::{Embedded, Relation, Report};
use crate::resources::{Answer, Item, Request, ResourceKind};
use crate::securing::verified::Found;
use crate::time::Timestamp;
use crate::workshop::Workshop;

/// A list as a credential.
#[derive(Debug)]
struct Verified {
    report: Arc<Report>,
    list: Result<List, Finding>,
    /// What stands in its way, if anything does.
    good: Result<(), Finding>,
    used: BTreeSet<(ResourceKind, String)>,
}

/// What a verification of a list depends on besides the policy.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Inputs {
    url: String,
    /// Which state of the resources, the list among them.
    revision: u64,
    issuer: String,
    now: Timestamp,
}

/// The lists that were verified lately.
#[derive(Debug, Default)]
pub(super) struct Memory(Mutex<Remembered>);

#[derive(Debug, Default)]
struct Remembered {
    lists: BTreeMap<Inputs, Arc<Verified>>,
    /// What they take, about, in bytes.
    size: usize,
}

impl Memory {
    /// Bytes that are remembered: a thousand real lists, and few of those that somebody made large on purpose.
    const MOST: usize = 32 * 1024 * 1024;
    /// What a report takes beside the list that it is about.
    const REPORT: usize = 16 * 1024;

    fn get(&self, inputs: &Inputs) -> Option<Arc<Verified>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).lists.get(inputs).cloned()
    }

    fn put(&self, inputs: Inputs, verified: &Arc<Verified>, list: &[u8]) {
        // A list is kept as it came, and once more in what was read of it.
        let size = list.len().saturating_mul(2).saturating_add(Self::REPORT);
        let mut remembered = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if remembered.size.saturating_add(size) > Self::MOST {
            *remembered = Remembered::default();
        }
        remembered.size = remembered.size.saturating_add(size);
        remembered.lists.insert(inputs, Arc::clone(verified));
    }
}

impl Verifier {
    /// Looks up every status of every record.
    pub(super) fn statuses(&self, jobs: &mut [Job], workshop: &Workshop<'_>) {
        let mut lists = BTreeMap::new();
        for job in jobs {
            let entries = std::mem::take(&mut job.part.statuses);
            if !entries.is_empty() {
                self.statuses_of(&mut job.part, entries, &mut lists, workshop);
            }
        }
    }

    fn statuses_of(
        &self,
        part: &mut Part,
        entries: Vec<Result<Entry, Finding>>,
        lists: &mut BTreeMap<(String, String), Arc<Verified>>,
        workshop: &Workshop<'_>,
    ) {
        let policy = &self.policy;
        let issuer = part.issuer.as_ref().map(|issuer| issuer.id.clone()).unwrap_or_default();
        let delegates = policy.status_issuers.iter().filter(|pair| pair.issuer == issuer);
        let demands = Demands {
            now: workshop.occasion.now,
            skew: policy.clock_skew,
            issuers: delegates.map(|pair| pair.status_issuer.as_str()).chain([issuer.as_str()]).collect(),
            max_age: policy.status_max_age,
            minimum_entries: policy.minimum_status_list_entries,
        };
        let obstacles = obstacles(part);
        let requirement = policy.requirement(CheckId::StatusEntry);
        let mut findings = Vec::with_capacity(entries.len());
        for entry in entries {
            let entry = match entry {
                Ok(entry) => entry,
                Err(finding) => {
                    findings.push(finding);
                    continue;
                }
            };
            let at = |code| Finding::at(code, entry.pointer.as_str());
            if requirement == Requirement::Skip {
                findings.push(at(Code::StatusNotEvaluated));
                continue;
            }
            if let Some(because) = &obstacles {
                part.found(policy, Found { finding: at(Code::StatusBlocked), because: because.clone() });
                continue;
            }
            let named = |code| at(code).with("url", entry.list.as_str());
            match workshop.status_list(&entry.list) {
                None => {
                    findings.push(named(Code::StatusListNeeded));
                    if self.status_is_wanted() {
                        part.requests.push(request(&entry));
                    }
                }
                Some(Item { answer: Answer::Unavailable(_), .. }) => {
                    findings.push(named(Code::StatusListUnavailable));
                }
                Some(Item { answer: Answer::Found(resource), .. }) if resource.bytes.len() > STATUS_LIST => {
                    let limit = limits::reached(Code::LimitStatusList, STATUS_LIST);
                    findings.push(limit.moved(Some(entry.pointer.clone())));
                }
                Some(item) if entry.mechanism == Mechanism::OneEdTech => {
                    findings.extend(status::evaluate_unsigned(&entry, item, &demands));
                }
                Some(item) => {
                    let Some(verified) = self.list(&entry.list, item, &issuer, lists, workshop) else {
                        let limit = limits::reached(Code::LimitStatusLists, STATUS_LISTS);
                        findings.push(limit.moved(Some(entry.pointer.clone())));
                        continue;
                    };
                    findings.extend(self.entry(&entry, &verified, item, &demands, part));
                }
            }
        }
        // A suspension may end; who reads no further than the first reason should read this one.
        findings.sort_by_key(|finding| finding.code != Code::StatusRevoked);
        part.push_all(policy, findings);
    }

    /// Whether the host is to fetch anything for it.
    fn status_is_wanted(&self) -> bool {
        match self.policy.requirement(CheckId::StatusEntry) {
            Requirement::Require => true,
            Requirement::Report => self.policy.request_reported,
            Requirement::Skip => false,
        }
    }

    /// One entry, against the list that it names.
    fn entry(
        &self,
        entry: &Entry,
        verified: &Verified,
        item: &Item,
        demands: &Demands<'_>,
        part: &mut Part,
    ) -> Vec<Finding> {
        let shown = part.lists.iter().any(|list| Arc::ptr_eq(&list.report, &verified.report));
        if !shown {
            part.lists.push(Embedded {
                pointer: shortened(entry.pointer.clone()),
                relation: Relation::StatusList,
                report: Arc::clone(&verified.report),
            });
        }
        let list = match &verified.list {
            Ok(list) => list,
            Err(finding) => {
                let finding = finding.clone().moved(Some(entry.pointer.clone()));
                return vec![finding.with("url", entry.list.as_str())];
            }
        };
        // What a list of somebody else names is none of the host's business.
        if !shown && self.status_is_wanted() && status::fits(entry, list, demands).is_ok() {
            part.requests.extend(verified.report.requests.iter().cloned());
        }
        status::evaluate(entry, &Obtained { list, verified: verified.good.clone(), item }, demands)
    }

    /// Verifies a list, or remembers; `None` if there are too many.
    fn list(
        &self,
        url: &str,
        item: &Item,
        issuer: &str,
        lists: &mut BTreeMap<(String, String), Arc<Verified>>,
        workshop: &Workshop<'_>,
    ) -> Option<Arc<Verified>> {
        let key = (url.to_owned(), issuer.to_owned());
        if let Some(known) = lists.get(&key) {
            return Some(Arc::clone(known));
        }
        if lists.len() >= STATUS_LISTS {
            return None;
        }
        let inputs = Inputs {
            url: url.to_owned(),
            revision: workshop.revision(),
            issuer: issuer.to_owned(),
            now: workshop.occasion.now,
        };
        let verified = self.lists.get(&inputs).unwrap_or_else(|| {
            let verified = Arc::new(self.verify_list(item, issuer, workshop));
            self.lists.put(inputs, &verified, item.bytes());
            verified
        });
        workshop.has_used(&verified.used);
        lists.insert(key, Arc::clone(&verified));
        Some(verified)
    }

    /// Verifies a list as what it is: a credential, or a Status List Token.
    fn verify_list(&self, item: &Item, issuer: &str, workshop: &Workshop<'_>) -> Verified {
        let input = Input {
            digest: item.sha256().unwrap_or_default(),
            // Nobody presents it, and it is about nobody.
            occasion: Arc::new(Occasion::at(workshop.occasion.now)),
        };
        let workshop = workshop.for_list(&input.occasion, issuer);
        let mut jobs = self.worklist(item.bytes(), &workshop);
        let list = jobs.first_mut().and_then(|job| job.part.list.take());
        let report = self.put_together(jobs, &input);
        let good = good(&report);
        Verified {
            report: Arc::new(report),
            list: list.unwrap_or_else(|| Err(Finding::new(Code::StatusListUnreadable))),
            good,
            used: workshop.used_keys(),
        }
    }
}

/// Whether a list counts. The period of a list is not the period of a record: whatever a policy makes of records that have
/// expired, a list that has says nothing.
fn good(report: &Report) -> Result<(), Finding> {
    let period = [CheckId::ValidityFrom, CheckId::ValidityUntil, CheckId::ProofExpires];
    let short = |outcome| matches!(outcome, Outcome::Failed | Outcome::Indeterminate);
    let out =
        report.checks.iter().find(|check| period.contains(&check.id) && short(check.code.outcome())).map(
            |check| match check.code {
                Code::ValidityNotYet => Code::StatusListNotYetValid,
                code if code.outcome() == Outcome::Failed => Code::StatusListExpired,
                _ => Code::StatusListUndecided,
            },
        );
    let code = match (report.axes.authentic, report.verdict, out) {
        (Outcome::Failed, ..) => Code::StatusListNotAuthentic,
        (_, _, Some(out)) if report.axes.authentic == Outcome::Passed => out,
        (_, Outcome::Passed, None) => return Ok(()),
        _ => Code::StatusListUndecided,
    };
    Err(Finding::new(code))
}

/// The checks for which nothing may be looked up; `None` if there are none.
pub(super) fn obstacles(part: &Part) -> Option<Vec<CheckId>> {
    if part.authenticated.is_some() && !part.has_failed(Axis::Authentic) && !part.mute {
        return None;
    }
    let short = |outcome| matches!(outcome, Outcome::Failed | Outcome::Indeterminate);
    let counts = |axis| matches!(axis, Some(Axis::Authentic | Axis::Trusted));
    let mut because: Vec<CheckId> = part
        .checks
        .iter()
        .filter(|check| counts(check.id.axis()) && short(check.outcome))
        .map(|check| check.id)
        .collect();
    because.sort_unstable();
    because.dedup();
    Some(because)
}

fn request(entry: &Entry) -> Request {
    Request {
        kind: ResourceKind::StatusList,
        identifier: entry.list.clone(),
        locations: vec![entry.list.clone()],
        accept: match entry.mechanism {
            Mechanism::TokenStatusList => &["application/statuslist+jwt"],
            Mechanism::OneEdTech => &["application/json"],
            _ => &[
                "application/vc",
                "application/vc+jwt",
                "application/vc+sd-jwt",
                "application/ld+json",
                "application/json",
            ],
        },
        max_bytes: STATUS_LIST,
        why: CheckId::StatusEntry,
        stage: 2,
        from_unverified: false,
    }
}
