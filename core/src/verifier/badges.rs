//! Open Badges before 3.0 and CLR 1.0, once their parts have been gathered: is it the issuer's, and the questions that all
//! records are asked (Open Badges 2.0 §Verification, CLR 1.0 §Verification).

use std::sync::Arc;

use super::gather::{self, Gathered, How, extensions};
use super::inside::{Queue, Unopened};
use super::lists::obstacles;
use super::part::Part;
use super::{Site, Verifier};
use crate::carrier::is_token;
use crate::checks::endorsement::{Endorsed, Hangs};
use crate::checks::status::revoked_assertions;
use crate::checks::{endorsement, holder, recipient, schema};
use crate::codes::{Axis, CheckId, Code, Finding, Outcome, Requirement};
use crate::document::{is_absolute_url, items};
use crate::formats::address::{self, Address, Scope};
use crate::formats::hosted::{self, Class, Means};
use crate::formats::{self, Format};
use crate::json::Value;
use crate::limits;
use crate::occasion::Occasion;
use crate::policy::Issuers;
use crate::report::{IssuerReport, ProofReport, ProofRole, Relation, Validity};
use crate::resources::{Request, ResourceKind};
use crate::securing::profile_keys::{ProfileKeys, Signed};
use crate::securing::proof_set::State;
use crate::securing::verified::Found;
use crate::time::Timestamp;
use crate::workshop::Workshop;

impl Verifier {
    /// Steps 3 to 9 for a record that was gathered.
    pub(super) fn hosted_format(
        &self,
        site: &Site<'_>,
        format: Format,
        gathered: &Gathered,
        workshop: &Workshop<'_>,
        part: &mut Part,
    ) {
        let policy = &self.policy;
        let root = site.value;
        let class = Class::of(root, format);
        part.push_all(policy, gathered.findings.iter().cloned());
        if gathered.how != How::Absent {
            let defects = formats::conformance_of_parts(root, format, &gathered.fetched);
            part.extend(policy, defects.own, Finding::at(Code::DocumentConforms, ""));
            part.push_all(policy, defects.fetched.into_iter().map(of_part));
        }
        let short = part.checks.iter().any(|check| check.id == CheckId::HostedDocuments);
        if !short && matches!(gathered.how, How::Signed | How::Hosted) {
            part.push(policy, Finding::at(Code::HostedObtained, ""));
        }
        part.requests.extend(gathered.requests.iter().cloned());
        if site.stands.is_none() {
            self.presentation_of_none(root, workshop, part);
        }
        let issuer = issuer_of(root, class, gathered);
        let refused = matches!(&policy.accepted_issuers, Issuers::OneOf(ids)
            if issuer.is_some_and(|issuer| !ids.iter().any(|id| id == issuer)));
        // What was shown of a record that stands elsewhere is not asked anything; nor is anything asked for on behalf of an
        // issuer who is not accepted.
        if gathered.how == How::Absent {
            part.mute |= refused;
            return;
        }
        part.issuer =
            issuer.map(|id| IssuerReport { id: id.to_owned(), bound_by: None, registries: Vec::new() });
        match gathered.how {
            How::Signed => self.signed(site, format, gathered, workshop, part),
            How::Hosted => self.in_scope(root, class, gathered, part),
            How::Nothing | How::Absent => {}
        }
        part.id = root.get("id").and_then(|id| id.as_str()).map(str::to_owned);
        self.dates(site, format, workshop, part);
        self.revocation(root, format, gathered, part);
        self.extensions_of(root, class, workshop, part);
        if site.stands.is_none_or(|stands| stands.relation != Relation::Endorsement) {
            part.push(policy, recipient::check_identity(root, format, &workshop.occasion.recipients));
        }
        self.trust(hosted::profile(root, class), issuer, workshop, part);
        part.mute |= refused;
    }

    /// Such a record is made for no domain, answers no challenge, and is presented by nobody: what is expected of that is
    /// not met.
    fn presentation_of_none(&self, root: Value<'_>, workshop: &Workshop<'_>, part: &mut Part) {
        let occasion = workshop.occasion;
        let domain = match &occasion.domain {
            None => Finding::at(Code::ProofDomainNotExpected, ""),
            Some(expected) => Finding::at(Code::ProofDomainWrong, "").with("expected", expected.as_str()),
        };
        let challenge = if occasion.challenge.is_none() {
            Code::ProofChallengeNotExpected
        } else {
            Code::ProofChallengeWrong
        };
        part.push_all(&self.policy, [domain, Finding::at(challenge, "")]);
        part.push(&self.policy, holder::check(root, false, None, occasion));
    }

    /// Step 6 of a signed record (§SignedBadge): the keys of the profile at the issuer's address, and no others.
    fn signed(
        &self,
        site: &Site<'_>,
        format: Format,
        gathered: &Gathered,
        workshop: &Workshop<'_>,
        part: &mut Part,
    ) {
        let (root, class) = (site.value, Class::of(site.value, format));
        let Some(envelope) = site.envelope else { return };
        let issuer = issuer_of(root, class, gathered);
        let profile = hosted::profile(root, class);
        let place = profile.map_or_else(String::new, |profile| profile.pointer());
        let keys = match (issuer, profile.filter(|_| gathered.profile)) {
            (None, _) => ProfileKeys::unknown(Finding::new(Code::KeyBlocked)),
            (Some(issuer), profile) => {
                let pinned = ProfileKeys::pinned(issuer, &self.pinned_keys);
                let kind = ResourceKind::ControlledIdentifierDocument;
                let documents = |url: &str| workshop.item(kind, url);
                match (profile, hosted::means(root, format)) {
                    _ if !pinned.is_empty() => pinned,
                    (None, _) => ProfileKeys::unknown(Finding::new(Code::KeyBlocked)),
                    (Some(_), Means::Signed { key, pem: true }) => ProfileKeys::at(key, issuer, &documents),
                    (Some(profile), Means::Signed { key, .. }) => {
                        ProfileKeys::listed(profile, issuer, key, &documents)
                    }
                    (Some(profile), _) => ProfileKeys::listed(profile, issuer, None, &documents),
                }
            }
        };
        let signed = Signed { issuer, keys, place, policy: &self.policy, occasion: workshop.occasion };
        let mut securing = workshop.verify_signed(signed, envelope);
        self.proof_checks(&mut securing, part);
        let good = |state| matches!(state, State::Good { bound: Outcome::Passed });
        let first = securing.proofs.iter().find(|verified| good(verified.state));
        if let (Some(issuer), Some(first)) = (&mut part.issuer, first) {
            issuer.bound_by = first.bound_by;
            part.authenticated = Some(issuer.id.clone());
        }
        for verified in &securing.proofs {
            let mut requests = workshop.requests_for_keys(&verified.needs);
            for request in &mut requests {
                request.accept =
                    &["application/ld+json", "application/json", "application/x-pem-file", "text/plain"];
            }
            part.requests.extend(requests);
        }
        // A BadgeClass that is found elsewhere is somebody else's, unless the profile says otherwise.
        if let Some(issuer) = issuer.filter(|_| gathered.profile)
            && let Some(scope @ (Scope::Outside | Scope::Unknown)) = self.badge_scope(root, class, issuer)
        {
            let place = root.get("badge").map_or_else(String::new, |badge| badge.pointer());
            let url = root.get("badge").and_then(|badge| badge.get("id")?.as_str()).unwrap_or_default();
            // A rule that cannot be read says nothing against it.
            let outside = scope == Scope::Outside;
            let code = if outside { Code::IssuerOutOfScope } else { Code::IssuerScopeUnknown };
            let finding = Finding::at(code, place).with("issuer", issuer);
            part.push(&self.policy, finding.with("url", url.chars().take(200).collect::<String>()));
            part.authenticated = None;
        }
    }

    /// Step 6 of a hosted record (§HostedBadge): the profile at the issuer's address answers for the record's.
    fn in_scope(&self, root: Value<'_>, class: Class, gathered: &Gathered, part: &mut Part) {
        let place = hosted::profile(root, class).unwrap_or(root);
        let issuer = issuer_of(root, class, gathered);
        let address = gathered.address.as_deref().unwrap_or_default();
        let scope = match (issuer, gathered.profile) {
            (None, _) => Scope::Unknown,
            // Who is at no address answers for none.
            (Some(issuer), _) if Address::parse(issuer).is_none() => Scope::Outside,
            (Some(_), false) => Scope::Unknown,
            (Some(issuer), true) => match address::scope(address, place, issuer) {
                Scope::Inside => self.badge_scope(root, class, issuer).unwrap_or(Scope::Inside),
                scope => scope,
            },
        };
        let code = match scope {
            Scope::Inside => Code::IssuerInScope,
            Scope::Outside => Code::IssuerOutOfScope,
            Scope::Unknown => Code::IssuerScopeUnknown,
        };
        part.push(&self.policy, Finding::at(code, place.pointer()).with("evidence", "transport"));
        let outcome = if part.has_failed(Axis::Authentic) { Outcome::Failed } else { code.outcome() };
        if outcome == Outcome::Passed {
            part.authenticated = issuer.map(str::to_owned);
            if let Some(issuer) = &mut part.issuer {
                issuer.bound_by = Some("hosted");
            }
        }
        part.proofs.push(ProofReport {
            pointer: String::new(),
            suite: Some("hosted".to_owned()),
            verification_method: Some(address.to_owned()),
            controller: issuer.map(str::to_owned),
            created: None,
            key_type: None,
            outcome,
            role: ProofRole::Issuer,
            explanation: None,
        });
    }

    /// Whether a BadgeClass at an address of the web is its issuer's: at its origin, or where it says that its records are.
    /// `None` for one that has no such address.
    fn badge_scope(&self, root: Value<'_>, class: Class, issuer: &str) -> Option<Scope> {
        if class != Class::Assertion {
            return None;
        }
        let id = root.get("badge")?.get("id")?.as_str()?;
        if !id.starts_with("https:") && !id.starts_with("http:") {
            return None;
        }
        let own =
            Address::parse(id).zip(Address::parse(issuer)).is_some_and(|(id, own)| id.same_origin(&own));
        if own {
            return Some(Scope::Inside);
        }
        let profile = hosted::profile(root, class)?;
        // Without a rule only its own origin is an issuer's.
        Some(address::scope(id, profile, issuer))
    }

    /// Step 7: nothing is issued in the future, and what has expired is over; so it is with the bounds of a token that states
    /// them (RFC 7519 §4.1.4, §4.1.5), which no standard of these formats asks for.
    fn dates(&self, site: &Site<'_>, format: Format, workshop: &Workshop<'_>, part: &mut Part) {
        let now = workshop.occasion.now;
        let skew = i64::from(self.policy.clock_skew);
        let [issued, expires] = hosted::period(site.value);
        let instant = |value: Option<Value<'_>>| hosted::instant(value?, format).ok();
        let side = |value: Option<Value<'_>>,
                    absent,
                    unreadable,
                    within,
                    outside,
                    holds: &dyn Fn(Timestamp) -> bool| {
            let Some(value) = value else { return Finding::new(absent) };
            match instant(Some(value)) {
                None => Finding::at(unreadable, value.pointer()),
                Some(instant) => {
                    let code = if holds(instant) { within } else { outside };
                    Finding::at(code, value.pointer()).with("instant", instant.to_string())
                }
            }
        };
        let from = side(
            issued,
            Code::ValidityNoBeginning,
            Code::ValidityFromUnknown,
            Code::ValidityBegun,
            Code::ValidityNotYet,
            &|begin| now.plus_seconds(skew) >= begin,
        );
        let until = side(
            expires,
            Code::ValidityNoEnd,
            Code::ValidityUntilUnknown,
            Code::ValidityLasts,
            Code::ValidityExpired,
            &|end| now.plus_seconds(skew.saturating_neg()) <= end,
        );
        let token = site.envelope.map(|envelope| envelope.period).unwrap_or_default();
        let stated = |finding: Finding, code, claim: &'static str, bound: Option<Timestamp>, holds: bool| {
            match bound {
                Some(instant) if !holds => {
                    Finding::at(code, "").with("claim", claim).with("instant", instant.to_string())
                }
                _ => finding,
            }
        };
        let holds = token.not_before.is_none_or(|begin| now.plus_seconds(skew) >= begin);
        let from = stated(from, Code::ValidityNotYet, "nbf", token.not_before, holds);
        let holds = token.expires.is_none_or(|end| now.plus_seconds(skew.saturating_neg()) <= end);
        let until = stated(until, Code::ValidityExpired, "exp", token.expires, holds);
        part.push_all(&self.policy, [from, until]);
        part.validity = Validity {
            from: instant(issued).into_iter().chain(token.not_before).max(),
            until: instant(expires).into_iter().chain(token.expires).min(),
            judged_at: Some(now),
        };
    }

    /// Step 8: of a hosted record its copy says whether it was revoked, of a signed one the list that the profile names
    /// (§RevocationList).
    fn revocation(&self, root: Value<'_>, format: Format, gathered: &Gathered, part: &mut Part) {
        let revoked = root.get("revoked").and_then(|revoked| revoked.as_bool()) == Some(true);
        let said = part.checks.iter().any(|check| check.id == CheckId::StatusEntry);
        if said {
            return;
        }
        if revoked {
            // It says so of itself, and nobody would without reason.
            return part.push(&self.policy, Finding::at(Code::StatusRevoked, "/revoked"));
        }
        if gathered.how == How::Hosted {
            return part.push(&self.policy, Finding::new(Code::StatusHosted).with("evidence", "transport"));
        }
        let list = hosted::profile(root, Class::of(root, format))
            .and_then(|profile| profile.get("revocationList"))
            .filter(|list| !list.is_null());
        match list {
            // Without the profile it is not known whether there is a list.
            None if !gathered.profile && gathered.how == How::Signed => {
                part.push(&self.policy, Finding::new(Code::StatusBlocked));
            }
            None => part.push(&self.policy, Finding::new(Code::StatusNone)),
            Some(list) => part.statuses.push(revoked_assertions::entry(list, root, hosted::is_first(format))),
        }
    }

    /// Extensions (§Extensions): an object that says by its type what it is, and by its context which schema such objects
    /// follow. The schema is looked at like one that a record names.
    fn extensions_of(&self, root: Value<'_>, class: Class, workshop: &Workshop<'_>, part: &mut Part) {
        let policy = &self.policy;
        let middle = class.path().first().and_then(|first| root.get(first));
        let profile = hosted::profile(root, class).filter(|profile| Some(*profile) != middle);
        let extensions = extensions([Some(root), middle, profile].into_iter().flatten());
        if extensions.is_empty() {
            return part.push(policy, Finding::new(Code::SchemaNone));
        }
        let because = obstacles(part);
        for (index, extension) in extensions.into_iter().enumerate() {
            let at = |code| Finding::at(code, extension.pointer());
            if index >= limits::SCHEMAS || part.schemas.len() > limits::SCHEMAS {
                part.push(policy, limits::reached(Code::SchemaTooComplex, limits::SCHEMAS));
                break;
            }
            if policy.requirement(CheckId::Schema) == Requirement::Skip {
                part.push(policy, at(Code::SchemaNotEvaluated));
                continue;
            }
            if let Some(because) = &because {
                part.found(policy, Found { finding: at(Code::SchemaBlocked), because: because.clone() });
                continue;
            }
            let types: Vec<&str> = items(extension, "type").filter_map(|name| name.as_str()).collect();
            let own = items(extension, "@context").filter_map(|context| context.as_str());
            let (mut known, mut needed) = (0_usize, false);
            for url in own.take(policy.limits.contexts) {
                match workshop.item(ResourceKind::Context, url) {
                    None => {
                        needed = true;
                        part.push(policy, at(Code::SchemaNeeded).with("url", url));
                        if policy.fetches_for(CheckId::Schema) {
                            let accept = &["application/ld+json", "application/json"];
                            let (kind, bytes) = (ResourceKind::Context, policy.limits.resource_bytes);
                            part.requests.push(Request::for_check(CheckId::Schema, kind, url, accept, bytes));
                        }
                    }
                    Some(item) => {
                        let Some(Ok(tree)) = item.document() else { continue };
                        // One more than are looked at, so that it is said that there are more.
                        let room = limits::SCHEMAS.saturating_add(1).saturating_sub(part.schemas.len());
                        for schema in schema::of_types(tree.root(), &types).into_iter().take(room) {
                            known = known.saturating_add(1);
                            part.schemas.push(Ok(schema::Entry::of_extension(extension.pointer(), schema)));
                        }
                    }
                }
            }
            if known == 0 && !needed {
                part.push(policy, at(Code::SchemaNotEvaluated));
            }
        }
    }

    /// Whether an Endorsement is about what it hangs on, and who made it; nothing of one that was not found.
    pub(super) fn claim(
        &self,
        site: &Site<'_>,
        endorsed: Option<&Endorsed>,
        part: &mut Part,
    ) -> Option<String> {
        site.gathered.filter(|gathered| gathered.how != How::Absent)?;
        let (place, findings) = endorsement::check_claim(site.value, endorsed?);
        part.mute |= findings.iter().any(|finding| finding.code == Code::EndorsementAboutOther);
        part.push_all(&self.policy, findings);
        place
    }

    /// Puts what stands in the record into the worklist: signed records, Endorsements as objects, and those of which it has
    /// only the address; then those that came with it.
    ///
    /// # Errors
    /// The limit that was reached; what is beyond it is not looked at.
    pub(super) fn inside_gathered(
        &self,
        root: Value<'_>,
        format: Format,
        gathered: Option<&Gathered>,
        (parent, occasion): (usize, &Occasion),
        queue: &mut Queue<'_, '_>,
    ) -> Result<(), Finding> {
        if gathered.is_none_or(|gathered| gathered.how == How::Absent) {
            return Ok(());
        }
        let interested = endorsement::interested_in(root, Class::of(root, format));
        for (child, relation) in formats::embedded(root, format) {
            self.room(parent, queue.jobs)?;
            let endorsed = (relation == Relation::Endorsement).then(|| Endorsed {
                hangs: Hangs::In(endorsement::hangs_in(child)),
                interested: Arc::clone(&interested),
            });
            let index = queue.push(parent, relation, child.pointer(), endorsed);
            let text = child.as_str().unwrap_or_default().as_bytes();
            match child.as_str() {
                None => queue.unopened.push_back(Unopened::of(index, child.to_text().as_bytes())),
                Some(_) if is_token(text) || gather::address(text).is_some() => {
                    queue.unopened.push_back(Unopened::of(index, text));
                }
                Some(_) => {
                    self.give_up(
                        queue.jobs,
                        index,
                        [Finding::at(Code::FormatNotRecognised, child.pointer())],
                    );
                }
            }
        }
        if parent != 0 || occasion.endorsements.is_empty() {
            return Ok(());
        }
        let hangs = Hangs::Beside(endorsement::objects(root));
        for text in &occasion.endorsements {
            self.room(parent, queue.jobs)?;
            let endorsed = Endorsed { hangs: hangs.clone(), interested: Arc::clone(&interested) };
            let index = queue.push(parent, Relation::Endorsement, root.pointer(), Some(endorsed));
            queue.unopened.push_back(Unopened::of(index, text.as_bytes()));
        }
        Ok(())
    }
}

/// The identifier of who vouches for the record. A part that was fetched and names by no URL who does, does not say it.
fn issuer_of<'t>(root: Value<'t>, class: Class, gathered: &Gathered) -> Option<&'t str> {
    let issuer = hosted::issuer_id(root, class)?;
    let part = class.path().split_last().map(|(_, path)| path.iter().map(|part| format!("/{part}")));
    let is_fetched = part.is_some_and(|part| gathered.fetched.contains(&part.collect::<String>()));
    (!is_fetched || is_absolute_url(issuer)).then_some(issuer)
}

/// A defect of a document that stands in the record because the record names its address.
///
/// Who made the record did not write it, and a server that answers badly is no evidence against a record: with such a part
/// it cannot be judged. What it says against the record (another issuer, another scope, other keys) counts where that is
/// asked.
fn of_part(mut defect: Finding) -> Finding {
    let reason = defect.code.name();
    defect.code = Code::HostedDefective;
    defect.with("reason", reason)
}
