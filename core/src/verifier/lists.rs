//! Step 8: the status lists that records name. Each is verified as a credential, in a worklist of its own, once all that
//! stands in the input has been: a list is asked for only after the record's proof passed. A list names no lists.
//!
//! What came of a list depends on its bytes, on whose it should be, on the instant, on the other resources and on the
//! policy. The same of all of them gives the same, so a verifier remembers a few: a million records with one list and one
//! instant cost one signature check more, not a million.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::part::Part;
use super::{Job, Verifier};
use crate::checks::status::{self, Demands, Entry, List, Mechanism, Obtained};
use crate::codes::{Axis, CheckId, Code, Finding, Outcome, Requirement, shortened};
use crate::limits::{self, STATUS_LIST, STATUS_LISTS};
use crate::occasion::Occasion;
use crate::report::{Embedded, Relation, Report};
use crate::resources::{Answer, Item, Memory, Request, ResourceKind};
use crate::securing::verified::Found;
use crate::time::Timestamp;
use crate::workshop::{LookedUp, Workshop};

/// A list as a credential.
#[derive(Debug)]
pub(super) struct Verified {
    report: Arc<Report>,
    list: Result<List, Finding>,
    /// What stands in its way, if anything does.
    good: Result<(), Finding>,
    looked_up: LookedUp,
}

/// What a verification of a list depends on besides the policy and the other resources.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Inputs {
    item: u64,
    issuer: String,
    now: Timestamp,
}

/// The lists that were verified lately.
pub(super) type Lists = Memory<Inputs, Arc<Verified>>;

/// What a report takes beside the list that it is about, in bytes.
const REPORT: usize = 16 * 1024;

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
                    if policy.fetches_for(CheckId::StatusEntry) {
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
                Some(item)
                    if matches!(entry.mechanism, Mechanism::OneEdTech | Mechanism::RevokedAssertions) =>
                {
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
        if !shown
            && self.policy.fetches_for(CheckId::StatusEntry)
            && status::fits(entry, list, demands).is_ok()
        {
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
        let inputs = Inputs { item: item.serial(), issuer: issuer.to_owned(), now: workshop.occasion.now };
        // A list is kept as it came, and once more in what was read of it.
        let size = item.bytes().len().saturating_mul(2).saturating_add(REPORT);
        let verified = self.lists.recall(
            &inputs,
            size,
            |known| workshop.is_as_looked_up(&known.looked_up),
            || Arc::new(self.verify_list(item, issuer, workshop)),
        );
        workshop.has_looked_up(&verified.looked_up);
        lists.insert(key, Arc::clone(&verified));
        Some(verified)
    }

    /// Verifies a list as what it is: a credential, or a Status List Token.
    fn verify_list(&self, item: &Item, issuer: &str, workshop: &Workshop<'_>) -> Verified {
        // Nobody presents it, and it is about nobody.
        let occasion = Arc::new(Occasion::at(workshop.occasion.now));
        let apart = self.apart(item, &occasion, &workshop.for_list(&occasion, issuer));
        Verified {
            good: good(&apart.report),
            report: Arc::new(apart.report),
            list: apart.list.unwrap_or_else(|| Err(Finding::new(Code::StatusListUnreadable))),
            looked_up: apart.looked_up,
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

/// Whether it is known whose the record is, and that something may be looked up for it.
pub(super) fn is_known(part: &Part) -> bool {
    part.authenticated.is_some() && !part.has_failed(Axis::Authentic) && !part.mute
}

/// The checks for which nothing may be looked up; `None` if there are none.
pub(super) fn obstacles(part: &Part) -> Option<Vec<CheckId>> {
    if is_known(part) {
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
    let accept: &[&str] = match entry.mechanism {
        Mechanism::TokenStatusList => &["application/statuslist+jwt"],
        Mechanism::OneEdTech => &["application/json"],
        Mechanism::RevokedAssertions => &["application/ld+json", "application/json"],
        _ => &[
            "application/vc",
            "application/vc+jwt",
            "application/vc+sd-jwt",
            "application/ld+json",
            "application/json",
        ],
    };
    Request::for_check(CheckId::StatusEntry, ResourceKind::StatusList, &entry.list, accept, STATUS_LIST)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::{Issuers, Policy};
    use crate::resources::{Resource, Resources};

    /// What was inflated for one record is there for the next, which inflates nothing.
    #[test]
    fn records_share_the_bits_of_their_list() {
        const LIST: &str = "https://university.example/status/4";
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../test-vectors");
        #[allow(clippy::disallowed_methods)] // a test reads files
        let read = |path: &str| std::fs::read(folder.join(path)).unwrap();
        let resources = Resources::new();
        let list = Resource::new(read("resources/status-revocation.json"));
        resources.insert(ResourceKind::StatusList, LIST, list);
        let verifier = Verifier::new(Policy::accepting(Issuers::Anyone)).unwrap();
        let occasion = Occasion::at(Timestamp::parse("2026-11-21T12:00:00Z").unwrap());
        let mut places = Vec::new();
        for (name, code) in [
            ("unset", Code::StatusUnset),
            ("revoked-0", Code::StatusRevoked),
            ("revoked-7", Code::StatusRevoked),
            ("revoked-94567", Code::StatusRevoked),
        ] {
            let record = read(&format!("credentials/status-{name}.json"));
            let report = verifier.verify(&record, &resources, &occasion);
            assert!(report.checks.iter().any(|check| check.code == code), "{name}");
            let store = resources.snapshot();
            let item = store.get(ResourceKind::StatusList, LIST).unwrap();
            places.push(item.status_bits(|| panic!("{name}: it is not there")).unwrap().as_ptr());
        }
        places.dedup();
        assert_eq!(places.len(), 1, "the same bits, in one place");
    }
}
