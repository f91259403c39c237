//! Whether the policy accepts the issuer, and what registries say of it.

#[cfg(feature = "jose")]
mod federation;
mod list;
pub(crate) mod names;
mod registered;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use crate::codes::{Code, Finding};
use crate::keys::PublicKey;
use crate::policy::{Issuers, Registry, RegistryKind};
use crate::resources::{Item, Memory};
use crate::time::Timestamp;
use names::Names;
pub use registered::Registered;

/// What a registry came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum RegistryOutcome {
    /// It lists the issuer.
    Listed,
    /// It answered, and does not list the issuer.
    NotListed,
    /// It has yet to be asked: see the requests.
    Missing,
    /// It could not be obtained.
    Unavailable,
    /// What was obtained is not what such a registry publishes, or about something else.
    Unreadable,
    /// Its statement is not signed with a key of the trust anchor.
    NotVerified,
    /// Its statement is not in force.
    NotInForce,
    /// Its statement has rules that are not evaluated here.
    NotUnderstood,
    /// What it says was obtained longer ago than the policy allows, or it is not known when.
    Stale,
}

impl RegistryOutcome {
    /// Whether it answered: everything else is no word on the issuer.
    pub const fn is_answer(self) -> bool {
        matches!(self, RegistryOutcome::Listed | RegistryOutcome::NotListed)
    }
}

/// What a registry that the policy names says of the issuer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct RegistryReport {
    /// The registry, as the policy names it.
    pub url: String,
    /// What kind of registry.
    pub kind: RegistryKind,
    /// What it came to.
    pub outcome: RegistryOutcome,
    /// Who it says that the issuer is.
    #[serde(flatten)]
    pub registered: Registered,
}

/// What came of looking an issuer up in one registry.
#[derive(Clone, Debug)]
pub(crate) struct Lookup {
    outcome: RegistryOutcome,
    registered: Registered,
    /// What has to be asked for.
    need: Option<String>,
}

impl Lookup {
    fn of(outcome: RegistryOutcome) -> Self {
        Lookup { outcome, registered: Registered::default(), need: None }
    }

    fn listed(registered: Registered) -> Self {
        Lookup { registered, ..Lookup::of(RegistryOutcome::Listed) }
    }

    fn missing(identifier: String) -> Self {
        Lookup { need: Some(identifier), ..Lookup::of(RegistryOutcome::Missing) }
    }
}

/// Resources of the kind `issuerRegistry`, by identifier.
pub(crate) type Supplied<'s, 'r> = &'s dyn Fn(&str) -> Option<&'r Item>;

/// What is demanded of what registries say.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Demands {
    /// What time it is: whether a registry is in force is asked now, whenever a record was signed.
    pub(crate) now: Timestamp,
    /// Seconds by which clocks may differ.
    pub(crate) skew: u32,
    /// Seconds since it was obtained.
    pub(crate) max_age: Option<u64>,
}

impl Demands {
    fn is_stale(&self, item: &Item) -> bool {
        self.max_age.is_some_and(|most| !item.is_fresh(most, self.now, self.skew))
    }
}

/// What one verification found in registries: each is read, and each statement verified, once for all records inside.
#[derive(Debug)]
pub(crate) struct Registries<'v> {
    /// The keys of the trust anchors, by the URL of the registry.
    anchors: &'v BTreeMap<String, Vec<PublicKey>>,
    demands: Demands,
    memory: &'v Remembered,
    lookups: RefCell<BTreeMap<(String, String), Lookup>>,
}

/// What a verifier remembers of registries.
#[derive(Debug, Default)]
pub(crate) struct Remembered {
    #[cfg(feature = "jose")]
    statements: federation::Statements,
    /// The names in lists, by the item that each list is in.
    names: Memory<u64, Arc<Names>>,
}

impl<'v> Registries<'v> {
    pub(crate) fn new(
        anchors: &'v BTreeMap<String, Vec<PublicKey>>,
        memory: &'v Remembered,
        demands: Demands,
    ) -> Self {
        Registries { anchors, demands, memory, lookups: RefCell::default() }
    }

    /// Looks an issuer up in every registry. Identifiers are compared character by character: a prefix, a host or another
    /// spelling is another issuer.
    pub(crate) fn ask(&self, registries: &[Registry], issuer: &str, supplied: Supplied<'_, '_>) -> Answers {
        let mut answers = Answers::default();
        for registry in registries {
            let key = (registry.url.clone(), issuer.to_owned());
            let mut lookups = self.lookups.borrow_mut();
            let lookup = lookups.entry(key).or_insert_with(|| self.look_up(registry, issuer, supplied));
            answers.needs.extend(lookup.need.clone().map(|identifier| (registry.kind, identifier)));
            answers.reports.push(RegistryReport {
                url: registry.url.clone(),
                kind: registry.kind,
                outcome: lookup.outcome,
                registered: lookup.registered.clone(),
            });
        }
        // One that lists the issuer is enough: the others need not be asked.
        if answers.listing().next().is_some() {
            answers.needs.clear();
        }
        answers
    }

    fn look_up(&self, registry: &Registry, issuer: &str, supplied: Supplied<'_, '_>) -> Lookup {
        match registry.kind {
            RegistryKind::List => list::look_up(&registry.url, issuer, &self.demands, supplied),
            #[cfg(feature = "jose")]
            RegistryKind::OpenidFederation => {
                let keys = self.anchors.get(&registry.url).map(Vec::as_slice).unwrap_or_default();
                let statements = &self.memory.statements;
                let demands = self.demands;
                let anchor = federation::Anchor { id: &registry.url, keys, demands, statements };
                anchor.look_up(issuer, supplied)
            }
            // A policy that names one is refused.
            #[cfg(not(feature = "jose"))]
            RegistryKind::OpenidFederation => {
                let _ = self.anchors;
                Lookup::of(RegistryOutcome::NotUnderstood)
            }
        }
    }

    /// The registered issuer with another identifier that has this name, or one that looks like it.
    pub(crate) fn namesake(
        &self,
        registries: &[Registry],
        issuer: &str,
        name: &str,
        supplied: Supplied<'_, '_>,
    ) -> Option<names::Namesake> {
        let lists = registries.iter().filter(|registry| registry.kind == RegistryKind::List);
        let found = lists.filter_map(|registry| {
            let item = supplied(&registry.url)?;
            // A name is kept in two forms, with the identifier.
            let size = item.bytes().len().saturating_mul(2);
            let work_out = || Arc::new(list::names(item));
            let names = self.memory.names.recall(&item.serial(), size, |_| true, work_out);
            names.namesake(name, issuer, &registry.url)
        });
        // The same name says more than one that looks like it.
        found.min_by_key(|namesake| namesake.looks_like)
    }
}

/// What the registries of a policy say of one issuer.
#[derive(Debug, Default)]
pub(crate) struct Answers {
    pub(crate) reports: Vec<RegistryReport>,
    /// Identifiers of what has to be asked for.
    pub(crate) needs: Vec<(RegistryKind, String)>,
}

impl Answers {
    fn listing(&self) -> impl Iterator<Item = &RegistryReport> {
        self.reports.iter().filter(|report| report.outcome == RegistryOutcome::Listed)
    }

    /// The name under which the first registry that has one lists the issuer.
    pub(crate) fn registered_name(&self) -> Option<&str> {
        let named = |report: &'_ RegistryReport| {
            report.registered.name.is_some() || report.registered.legal_name.is_some()
        };
        let registered = &self.listing().find(|report| named(report))?.registered;
        registered.name.as_deref().or(registered.legal_name.as_deref())
    }
}

/// Whether `issuer` is one of those accepted.
pub(crate) fn accepted(accepted: &Issuers, issuer: Option<&str>, answers: &Answers) -> Finding {
    match (accepted, issuer) {
        (Issuers::Anyone, _) => Finding::new(Code::IssuerAnyone),
        (_, None) => Finding::new(Code::IssuerUnknown),
        (Issuers::OneOf(ids), Some(issuer)) if ids.iter().any(|id| id == issuer) => {
            Finding::new(Code::IssuerListed)
        }
        (Issuers::OneOf(_), Some(_)) => Finding::new(Code::IssuerNotAccepted),
        (Issuers::Registered(registries), Some(_)) => {
            if let Some(listing) = answers.listing().next() {
                return Finding::new(Code::IssuerListed).with("registry", listing.url.as_str());
            }
            let answered = |registry: &&Registry| {
                let of =
                    |report: &&RegistryReport| report.url == registry.url && report.kind == registry.kind;
                answers.reports.iter().find(of).is_some_and(|report| report.outcome.is_answer())
            };
            let unanswered: Vec<String> =
                registries.iter().filter(|r| !answered(r)).map(|registry| registry.url.clone()).collect();
            match unanswered.is_empty() {
                true => Finding::new(Code::IssuerNotAccepted),
                false => Finding::new(Code::IssuerUnknown).with("unanswered", unanswered),
            }
        }
    }
}
