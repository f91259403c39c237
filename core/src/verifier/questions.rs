//! Steps 7 to 9 for a credential: is it valid now, about this person, from an accepted issuer.

use super::part::Part;
use super::{Site, Verifier, ler_rs, newer, shown};
use crate::checks::status::{self, Entry, List};
use crate::checks::{creator, holder, issuer, schema, validity, withheld};
use crate::codes::{Axis, CheckId, Code, Finding};
use crate::document::{self, DataModel, Detected, Family};
use crate::json::{Tree, Value};
use crate::policy::JudgedAt;
use crate::report::{Relation, Validity};
use crate::securing::verified::Cover;
use crate::workshop::Workshop;

impl Verifier {
    /// Steps 7 to 9: is it valid now, about this person, from an accepted issuer.
    pub(super) fn credential(
        &self,
        site: &Site<'_>,
        detected: &Detected,
        principal: Option<&str>,
        signed_at: Option<crate::time::Timestamp>,
        workshop: &Workshop<'_>,
        part: &mut Part,
    ) {
        let policy = &self.policy;
        let (root, occasion) = (site.value, workshop.occasion);
        self.validity(site, detected, signed_at, workshop, part);
        if workshop.list_of.is_some() {
            part.list = Some(List::read(root, principal));
            return;
        }
        part.statuses = status::entries(root, detected.model, site.envelope.is_some());
        let claim = site.envelope.and_then(|envelope| envelope.status.as_deref());
        if let Some(Ok(claim)) = claim.map(|text| Tree::parse(text.as_bytes(), &policy.limits)) {
            // It was part of a text that has been read, and stands in no document.
            let outside = |mut entry: Entry| {
                entry.pointer = root.pointer();
                entry
            };
            part.statuses.extend(status::of_claim(claim.root()).map(|entry| entry.map(outside)));
        }
        if part.statuses.is_empty() {
            // The credential that a schema is in is no record.
            let missing = policy.status_required && !workshop.of_schema;
            let code = if missing { Code::StatusMissing } else { Code::StatusNone };
            part.push(policy, shown(part.cover)(Finding::new(code)));
        }

        // That of a schema's own credential says what every such credential looks like.
        part.schemas = if workshop.of_schema { Vec::new() } else { schema::entries(root) };
        if part.schemas.is_empty() {
            part.push(policy, shown(part.cover)(Finding::new(Code::SchemaNone)));
        }

        let mut each = |values: Vec<Value<'_>>, some: Code, none: Code| {
            let empty = values.is_empty();
            part.push_all(policy, values.iter().map(|value| Finding::at(some, value.pointer())));
            if empty {
                part.push(policy, shown(part.cover)(Finding::new(none)));
            }
        };
        each(document::refresh(root).collect(), Code::RefreshNamed, Code::RefreshNone);
        part.id = root.get("id").and_then(|id| id.as_str()).map(str::to_owned);
        let services = newer::services(root);
        if services.is_empty() {
            part.push(policy, shown(part.cover)(Finding::new(Code::NewerVersionNotNamed)));
        } else if workshop.newer {
            part.push(policy, Finding::new(Code::NewerVersionNotFollowed));
        } else {
            part.services = services;
        }
        self.linked_resources(root, detected, workshop, part);
        if detected.family == Family::SdJwtVc {
            self.type_metadata(root, workshop, part);
        }
        part.push(
            policy,
            match part.cover {
                Cover::Whole => Finding::new(Code::WithheldNotSelective),
                Cover::Limited => Finding::at(Code::WithheldNothing, root.pointer()),
                Cover::Selective { optional_status } => {
                    withheld::check(root, detected.model, optional_status)
                }
            },
        );

        if detected.family == Family::OpenBadges {
            let defects = document::open_badges::profile(root);
            part.extend(policy, defects, Finding::at(Code::ProfileOpenBadgesFollowed, root.pointer()));
            part.push_all(policy, creator::check(root));
        }
        if detected.family == Family::Clr {
            let defects = document::clr::profile(root);
            part.extend(policy, defects, Finding::at(Code::ProfileClrFollowed, root.pointer()));
        }
        if detected.family == Family::EuropeanDigitalCredential {
            let defects = document::elm::profile(root);
            part.extend(policy, defects, Finding::at(Code::ProfileElmFollowed, root.pointer()));
        }
        if site.stands.is_none_or(|stands| stands.relation != Relation::Endorsement) {
            part.push(policy, ler_rs::recipient(root, detected, &occasion.recipients));
        }
        if let Some(by) = site.presented_by {
            part.push(policy, holder::is_subject(root, detected.model, by.presenter.known()));
        }
        // In an SD-JWT VC nobody says what a claim `issuer` would mean.
        let issuer = root.get("issuer").filter(|_| detected.model != DataModel::SdJwtVc);
        self.trust(issuer, principal, workshop, part);
    }

    /// Step 9: whether the policy accepts the issuer. A registry is asked about an issuer only once it is known to be the
    /// issuer. `party` is where the issuer speaks of itself.
    pub(super) fn trust(
        &self,
        party: Option<Value<'_>>,
        principal: Option<&str>,
        workshop: &Workshop<'_>,
        part: &mut Part,
    ) {
        let policy = &self.policy;
        let authentic = !part.has_failed(Axis::Authentic) && part.authenticated.is_some();
        let answers =
            principal.filter(|_| authentic).map(|issuer| workshop.ask_registries(issuer)).unwrap_or_default();
        part.push(policy, issuer::accepted(&policy.accepted_issuers, principal, &answers));
        let asked = Some(&answers).filter(|answers| !answers.reports.is_empty());
        let namesake = |name: &str| asked.and_then(|_| workshop.namesake(principal?, name));
        part.push_all(policy, issuer::names::check(party, asked, &namesake));
        part.place.registered_name = answers.registered_name().map(str::to_owned);
        if policy.fetches_for(CheckId::IssuerAccepted) {
            part.requests.extend(crate::workshop::requests_for_registries(&answers.needs, &policy.limits));
        }
        if let Some(issuer) = &mut part.issuer {
            issuer.registries = answers.reports;
        }
    }

    /// Step 7: the dates of the record, and those of the token that it came in.
    pub(super) fn validity(
        &self,
        site: &Site<'_>,
        detected: &Detected,
        signed_at: Option<crate::time::Timestamp>,
        workshop: &Workshop<'_>,
        part: &mut Part,
    ) {
        let (root, occasion, policy) = (site.value, workshop.occasion, &self.policy);
        let judged_at = match policy.judged_at {
            JudgedAt::Now => occasion.now,
            // An old list says nothing about today, however good it was.
            JudgedAt::SigningTime if workshop.list_of.is_some() => occasion.now,
            JudgedAt::SigningTime => signed_at.unwrap_or(occasion.now),
        };
        let stated = site.envelope.map(|envelope| envelope.period).unwrap_or_default();
        let token = [(stated.not_before, "nbf"), (stated.expires, "exp")]
            .map(|(instant, claim)| Some(validity::Bound { instant: instant?, claim }));
        let skew = i64::from(policy.clock_skew);
        let validity = validity::validity(root, detected.model, token, judged_at, skew);
        part.push_all(policy, validity.map(shown(part.cover)));
        let period = document::validity(root, detected.model);
        let instant = |value: Option<Value<'_>>| detected.model.instant(value?.as_str()?).ok();
        // Both the document and the token may bound it: the narrower counts.
        part.validity = Validity {
            from: instant(period.from).into_iter().chain(stated.not_before).max(),
            until: instant(period.until).into_iter().chain(stated.expires).min(),
            judged_at: Some(judged_at),
        };
    }
}
