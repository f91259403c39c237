//! Step 9, newer versions: what stands where the record's refresh service says (VCDM 2.0 §5.4, Open Badges 3.0 §10). It is
//! verified on its own and takes nothing's place: a record that was presented stays the one that is judged (threats.md O17,
//! O18).

use std::sync::Arc;

use super::apart::Apart;
use super::lists::obstacles;
use super::part::Part;
use super::{Job, Verifier};
use crate::checks::newer_version::{self, Version};
use crate::codes::{CheckId, Code, Finding, Requirement};
use crate::document;
use crate::json::Value;
use crate::limits::{NEWER_VERSIONS, reached};
use crate::occasion::Occasion;
use crate::report::{Embedded, Relation, Report};
use crate::resources::{Answer, Item};
use crate::securing::verified::Found;
use crate::workshop::{Workshop, request_for_newer_version};

/// A place where a newer version may be found.
#[derive(Debug)]
pub(super) struct Service {
    pointer: String,
    /// Where to look, if it is known how.
    url: Option<String>,
}

/// The services that a record names. Of those known one only is asked by a plain GET (1EdTech Credential Refresh 1.0).
pub(super) fn services(root: Value<'_>) -> Vec<Service> {
    let service = |entry: Value<'_>| {
        let url = entry.get("id").and_then(|id| id.as_str()).filter(|url| url.starts_with("https://"));
        let known = document::has_type(entry, "1EdTechCredentialRefresh");
        Service { pointer: entry.pointer(), url: url.filter(|_| known).map(str::to_owned) }
    };
    // One more than are looked at, so that it shows.
    document::refresh(root).take(NEWER_VERSIONS.saturating_add(1)).map(service).collect()
}

impl Verifier {
    /// Looks at the newest version of every record.
    pub(super) fn newer_versions(&self, jobs: &mut [Job], workshop: &Workshop<'_>) {
        let mut left = NEWER_VERSIONS;
        for job in jobs {
            for service in std::mem::take(&mut job.part.services) {
                self.newer_version(&mut job.part, &service, &mut left, workshop);
            }
        }
    }

    fn newer_version(&self, part: &mut Part, service: &Service, left: &mut usize, workshop: &Workshop<'_>) {
        let policy = &self.policy;
        let requirement = policy.requirement(CheckId::NewerVersion);
        let at = |code| Finding::at(code, service.pointer.as_str());
        if requirement == Requirement::Skip {
            return part.push(policy, at(Code::NewerVersionNeeded));
        }
        let Some(url) = &service.url else { return part.push(policy, at(Code::NewerVersionService)) };
        if let Some(because) = obstacles(part) {
            return part.found(policy, Found { finding: at(Code::NewerVersionBlocked), because });
        }
        match workshop.newer_version(url) {
            None => {
                part.push(policy, at(Code::NewerVersionNeeded));
                if policy.fetches_for(CheckId::NewerVersion) {
                    part.requests.push(request_for_newer_version(url, &policy.limits));
                }
            }
            Some(Item { answer: Answer::Unavailable(_), .. }) => {
                part.push(policy, at(Code::NewerVersionUnavailable));
            }
            Some(item) => {
                let Some(rest) = left.checked_sub(1) else {
                    let limit = reached(Code::LimitNewerVersions, NEWER_VERSIONS);
                    return part.push(policy, limit.moved(Some(service.pointer.clone())));
                };
                *left = rest;
                let Apart { id, report, .. } = self.verify_newer(item, workshop);
                let original = Version {
                    id: part.id.as_deref(),
                    issuer: part.issuer.as_ref().map(|issuer| issuer.id.as_str()),
                    from: part.validity.from,
                };
                let (code, same) = newer_version::compare(&original, &found(id.as_deref(), &report));
                // What another record names is none of the host's business.
                if same {
                    part.requests.extend(report.requests.iter().cloned());
                }
                part.push(policy, at(code).with("verdict", report.verdict().name()));
                part.newer.push(Embedded {
                    pointer: service.pointer.clone(),
                    relation: Relation::NewerVersion,
                    report: Arc::new(report),
                });
            }
        }
    }

    /// Verifies what was found as the record that it is.
    fn verify_newer(&self, item: &Item, workshop: &Workshop<'_>) -> Apart {
        // Nobody presents it, but it is about the same person.
        let mut occasion = Occasion::at(workshop.occasion.now);
        occasion.recipients = workshop.occasion.recipients.clone();
        let occasion = Arc::new(occasion);
        let version = self.apart(item, &occasion, &workshop.for_newer_version(&occasion));
        workshop.has_looked_up(&version.looked_up);
        version
    }
}

/// What is to be known of the version that was found.
fn found<'r>(id: Option<&'r str>, report: &'r Report) -> newer_version::Found<'r> {
    newer_version::Found {
        version: Version {
            id,
            issuer: report.issuer.as_ref().map(|issuer| issuer.id.as_str()),
            from: report.validity.from,
        },
        authentic: report.axes.authentic,
        revoked: report.checks.iter().any(|check| check.code == Code::StatusRevoked),
    }
}
