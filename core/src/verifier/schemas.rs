//! Step 9: the schemas that records name, once it is known who made the records. A schema that comes in a credential counts
//! if that is authentic and in force; who issued it is said, and need not be an issuer whom the policy accepts: whose record
//! names it has chosen it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::apart::Apart;
use super::lists::obstacles;
use super::part::Part;
use super::{Job, Verifier};
use crate::checks::schema::{self, Entry, Mechanism};
use crate::codes::{CheckId, Code, Finding, Outcome, Requirement};
use crate::json::Tree;
use crate::json_schema::{self, BUILT, Budget, Document};
use crate::limits::{Limits, SCHEMA, SCHEMAS, reached};
use crate::occasion::Occasion;
use crate::report::Report;
use crate::resources::{Answer, Item, Request, ResourceKind};
use crate::securing::verified::{Cover, Found};
use crate::workshop::Workshop;

/// What the records of one verification share.
#[derive(Default)]
struct Shared {
    /// The credentials that were verified, by their URL.
    credentials: BTreeMap<String, Apart>,
    /// The texts that records stand in, read, by where they are in memory, which holds them all meanwhile: reading a text
    /// again for each of its records would cost the square of their number.
    texts: BTreeMap<*const u8, Result<Arc<Tree<'static>>, Finding>>,
    /// What is left of the work, once some was needed.
    budget: Option<Budget>,
}

impl Shared {
    /// The text of a record, read.
    fn text(&mut self, source: &Arc<[u8]>, limits: &Limits) -> Result<Arc<Tree<'static>>, Finding> {
        let read = || Tree::parse(source, limits).map(|tree| Arc::new(tree.into_owned()));
        self.texts.entry(source.as_ptr()).or_insert_with(read).clone()
    }
}

/// Why nothing can be said yet.
enum Short {
    Finding(Finding),
    /// Documents that the host has to be asked for.
    Needed(Vec<String>),
}

impl From<Finding> for Short {
    fn from(finding: Finding) -> Self {
        Short::Finding(finding)
    }
}

impl Verifier {
    /// Looks at every schema of every record.
    pub(super) fn schemas(&self, jobs: &mut [Job], workshop: &Workshop<'_>) {
        let mut shared = Shared::default();
        for job in jobs {
            let entries = std::mem::take(&mut job.part.schemas);
            if !entries.is_empty() {
                self.schemas_of(&mut job.part, entries, &mut shared, workshop);
            }
        }
    }

    fn schemas_of(
        &self,
        part: &mut Part,
        entries: Vec<Result<Entry, Finding>>,
        shared: &mut Shared,
        workshop: &Workshop<'_>,
    ) {
        let policy = &self.policy;
        let requirement = policy.requirement(CheckId::Schema);
        let obstacles = obstacles(part);
        for (index, entry) in entries.into_iter().enumerate() {
            let entry = match entry {
                Ok(entry) => entry,
                Err(finding) => {
                    part.push(policy, finding);
                    continue;
                }
            };
            if requirement == Requirement::Skip {
                part.push(policy, entry.said(Finding::new(Code::SchemaNotEvaluated)));
            } else if !BUILT {
                part.push(policy, entry.said(Finding::new(Code::SchemaNotBuilt)));
            } else if index >= SCHEMAS {
                part.push(policy, entry.said(reached(Code::SchemaTooComplex, SCHEMAS)));
            } else if let Some(because) = obstacles.clone() {
                let finding = entry.said(Finding::new(Code::SchemaBlocked));
                part.found(policy, Found { finding, because });
            } else {
                let finding = match self.schema(&entry, part, shared, workshop) {
                    Ok(finding) => finding,
                    Err(Short::Finding(finding)) => entry.said(finding),
                    Err(Short::Needed(urls)) => {
                        let wanted = policy.fetches_for(CheckId::Schema);
                        let budget = shared.budget.get_or_insert_with(Budget::new);
                        // Many records may name the same schemas, and those long names.
                        let named = urls.iter().map(String::len).fold(0, usize::saturating_add);
                        match budget.spend(named) {
                            Ok(()) if wanted => {
                                part.requests.extend(urls.iter().map(|url| request(url, &entry)));
                                entry.said(Finding::new(Code::SchemaNeeded))
                            }
                            Ok(()) => entry.said(Finding::new(Code::SchemaNeeded)),
                            Err(finding) => entry.said(finding),
                        }
                    }
                };
                part.push(policy, finding);
            }
        }
    }

    /// One entry.
    fn schema(
        &self,
        entry: &Entry,
        part: &mut Part,
        shared: &mut Shared,
        workshop: &Workshop<'_>,
    ) -> Result<Finding, Short> {
        let item = obtained(&entry.url, workshop)?;
        entry.agrees(|function| item.digest(function))?;
        let mut issuer = None;
        let document = match entry.mechanism {
            Mechanism::JsonSchema | Mechanism::OneEdTech => schema_at(item, &entry.url)?,
            Mechanism::JsonSchemaCredential => {
                let credential = self.credential_of(entry, item, &mut shared.credentials, workshop)?;
                if self.policy.fetches_for(CheckId::Schema) {
                    part.requests.extend(credential.report.requests.iter().cloned());
                }
                good(&credential.report)?;
                issuer = credential.report.issuer.as_ref().map(|issuer| issuer.id.clone());
                item.schema(|| {
                    let tree = read(&credential.source)?;
                    let pointer = schema::in_credential(tree.root(), &entry.url)?;
                    // It has a URI of its own.
                    Document::read(tree, &pointer, "")
                })?
            }
        };
        entry.identifies(document)?;
        let documents = with_references(document, &entry.url, workshop)?;
        let record = shared.text(&part.source, &self.policy.limits)?;
        let subject = entry.subject.as_deref().unwrap_or(&part.place.pointer);
        let root = record.at(subject).ok_or_else(|| Finding::new(Code::SchemaNotEvaluated))?;
        let budget = shared.budget.get_or_insert_with(Budget::new);
        let outcome = json_schema::validate(&documents, root, budget)?;
        let finding = entry.judged(outcome, part.cover == Cover::Whole);
        Ok(match issuer {
            Some(issuer) => finding.with("issuer", issuer),
            None => finding,
        })
    }

    /// The credential that a schema is in, verified, or remembered.
    fn credential_of<'c>(
        &self,
        entry: &Entry,
        item: &Item,
        known: &'c mut BTreeMap<String, Apart>,
        workshop: &Workshop<'_>,
    ) -> Result<&'c Apart, Finding> {
        if !known.contains_key(&entry.url) && known.len() >= SCHEMAS {
            return Err(reached(Code::SchemaTooComplex, SCHEMAS));
        }
        Ok(known.entry(entry.url.clone()).or_insert_with(|| {
            // Nobody presents it, and it is about nobody.
            let occasion = Arc::new(Occasion::at(workshop.occasion.now));
            let credential = self.apart(item, &occasion, &workshop.for_schema(&occasion));
            workshop.has_looked_up(&credential.looked_up);
            credential
        }))
    }
}

/// Whether a credential that a schema is in counts.
fn good(report: &Report) -> Result<(), Finding> {
    let counts = |outcome| matches!(outcome, Outcome::Passed | Outcome::NotApplicable);
    if report.axes.authentic == Outcome::Passed && counts(report.axes.current) {
        return Ok(());
    }
    let finding = Finding::new(Code::SchemaCredentialUnverified);
    Err(finding.with("authentic", report.axes.authentic.name()).with("current", report.axes.current.name()))
}

/// What the host has for a URL.
fn obtained<'w>(url: &str, workshop: &'w Workshop<'_>) -> Result<&'w Item, Short> {
    match workshop.schema(url) {
        None => Err(Short::Needed(vec![url.to_owned()])),
        Some(Item { answer: Answer::Unavailable(_), .. }) => {
            Err(Finding::new(Code::SchemaUnavailable).with("missing", url).into())
        }
        Some(item) if item.bytes().len() > SCHEMA => Err(reached(Code::SchemaTooComplex, SCHEMA).into()),
        Some(item) => Ok(item),
    }
}

fn read(bytes: &[u8]) -> Result<Tree<'static>, Finding> {
    let limits = Limits { input_bytes: bytes.len(), ..Limits::default() };
    let unreadable =
        |finding: Finding| Finding::new(Code::SchemaUnreadable).with("reason", finding.code.name());
    Tree::parse(bytes, &limits).map(Tree::into_owned).map_err(unreadable)
}

fn schema_at<'w>(item: &'w Item, url: &str) -> Result<&'w Document, Finding> {
    item.schema(|| Document::read(read(item.bytes())?, "", url))
}

/// A schema, and all that it refers to, directly or not.
fn with_references<'w>(
    schema: &'w Document,
    url: &str,
    workshop: &'w Workshop<'_>,
) -> Result<Vec<&'w Document>, Short> {
    let mut documents = vec![schema];
    let mut known: Vec<&str> = vec![url];
    let mut needed = Vec::new();
    let mut next = 0;
    while let Some(document) = documents.get(next).copied() {
        next = next.saturating_add(1);
        for url in document.outside().iter().map(String::as_str) {
            if known.contains(&url) {
                continue;
            }
            if known.len() >= json_schema::DOCUMENTS {
                return Err(reached(Code::SchemaTooComplex, json_schema::DOCUMENTS).into());
            }
            known.push(url);
            match obtained(url, workshop) {
                Ok(item) => documents.push(schema_at(item, url)?),
                Err(Short::Needed(urls)) => needed.extend(urls),
                Err(short) => return Err(short),
            }
        }
    }
    if needed.is_empty() { Ok(documents) } else { Err(Short::Needed(needed)) }
}

/// A schema to be asked for.
fn request(url: &str, entry: &Entry) -> Request {
    let credential = entry.mechanism == Mechanism::JsonSchemaCredential && url == entry.url;
    let accept: &[&str] = if credential {
        &["application/vc", "application/vc+jwt", "application/ld+json", "application/json"]
    } else {
        &["application/schema+json", "application/json"]
    };
    Request::for_check(CheckId::Schema, ResourceKind::CredentialSchema, url, accept, SCHEMA)
}
