//! Open Badges before 3.0 and CLR 1.0: what a record is made of is gathered from its addresses and put together, before it is
//! looked at (Open Badges 2.0 §Verification).
//!
//! Of a hosted record nothing is believed but its address: what is verified is what stands there. A BadgeClass that is
//! given as a URL is put where the URL was, and so is the profile of the issuer, always: what a record itself says of its
//! issuer (its keys, what it answers for) is nobody's word. Pointers of the report are into the record thus put together.

use std::collections::VecDeque;

use super::Verifier;
use super::inside::{Job, Unopened};
use crate::codes::{CheckId, Code, Finding};
use crate::document::items;
use crate::formats::address::Address;
use crate::formats::hosted::{self, Class, Means};
use crate::formats::{self, Format};
use crate::json::{Kind, Value, quoted};
use crate::resources::{Answer, Request, ResourceKind, location};
use crate::securing::envelope::Envelope;
use crate::workshop::Workshop;

/// How a record turned out to be secured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum How {
    /// By nothing.
    #[default]
    Nothing,
    /// By its signature.
    Signed,
    /// By standing at its address, and here is what stands there.
    Hosted,
    /// By what stands at its address, which could not be had: what was shown is nobody's word.
    Absent,
}

/// What came of gathering a record.
#[derive(Clone, Debug, Default)]
pub(super) struct Gathered {
    pub(super) how: How,
    /// The record as it was put together.
    pub(super) bytes: Option<Vec<u8>>,
    /// Its address.
    pub(super) address: Option<String>,
    /// Whether the profile of its issuer is the one at its address.
    pub(super) profile: bool,
    /// The places in the record of what was fetched: the record itself does not say what stands there.
    pub(super) fetched: Vec<String>,
    pub(super) findings: Vec<Finding>,
    pub(super) requests: Vec<Request>,
}

/// What stands at an address.
enum Found<'r> {
    Object(Value<'r>),
    /// The server says that there was something, and is no more (RFC 9110 §15.5.11).
    Gone,
    /// It could not be had: it was said why.
    Nothing,
}

impl Gathered {
    /// Whether what was gathered is what stands at the address, and not what was shown.
    pub(super) fn is_copy(&self) -> bool {
        self.how == How::Hosted
    }

    fn say(&mut self, code: Code, place: &str, url: &str) {
        // An address is as long as who wrote it liked.
        let url: String = url.chars().take(200).collect();
        self.findings.push(Finding::at(code, place).with("url", url));
    }

    fn obtain<'r>(
        &mut self,
        kind: ResourceKind,
        url: &str,
        place: &str,
        workshop: &'r Workshop<'_>,
        max_bytes: usize,
    ) -> Found<'r> {
        if Address::parse(url).is_none() {
            self.say(Code::HostedAddress, place, url);
            return Found::Nothing;
        }
        let Some(item) = workshop.item(kind, url) else {
            self.say(Code::HostedNeeded, place, url);
            self.requests.push(Request {
                kind,
                identifier: url.to_owned(),
                locations: location(url),
                accept: &["application/ld+json", "application/json"],
                max_bytes,
                why: CheckId::HostedDocuments,
                stage: 1,
                from_unverified: true,
                for_endorsement: false,
            });
            return Found::Nothing;
        };
        match (&item.answer, item.document()) {
            (Answer::Found(resource), _) if resource.http_status == Some(410) => Found::Gone,
            (Answer::Found(resource), Some(Ok(tree)))
                if matches!(resource.http_status, None | Some(200)) && tree.root().kind() == Kind::Object =>
            {
                Found::Object(tree.root())
            }
            (Answer::Found(resource), _) if matches!(resource.http_status, None | Some(200)) => {
                self.say(Code::HostedUnreadable, place, url);
                Found::Nothing
            }
            _ => {
                self.say(Code::HostedUnavailable, place, url);
                Found::Nothing
            }
        }
    }

    /// A part of the record, which says where it belongs, if it says so; before 2.0 it need not.
    fn part<'r>(
        &mut self,
        kind: ResourceKind,
        url: &str,
        place: &str,
        workshop: &'r Workshop<'_>,
        (old, max_bytes): (bool, usize),
    ) -> Option<Value<'r>> {
        match self.obtain(kind, url, place, workshop, max_bytes) {
            Found::Object(part) => match part.get("id") {
                id if id.map_or(old, |id| id.as_str() == Some(url)) => {
                    self.fetched.push(place.to_owned());
                    Some(part)
                }
                _ => {
                    self.say(Code::HostedOther, place, url);
                    None
                }
            },
            Found::Gone => {
                self.say(Code::HostedUnavailable, place, url);
                None
            }
            Found::Nothing => None,
        }
    }
}

impl Verifier {
    /// Gathers what a record is made of. `found_at` is the address at which it was found, if it was.
    pub(super) fn gather(
        &self,
        shown: Value<'_>,
        format: Format,
        envelope: Option<&Envelope>,
        found_at: Option<&str>,
        workshop: &Workshop<'_>,
    ) -> Gathered {
        let mut gathered = Gathered::default();
        let means = match hosted::means(shown, format) {
            Means::Hosted(None) => Means::Hosted(found_at),
            means => means,
        };
        match (envelope, means) {
            // Open Badges 0.5 knows no signatures: nothing says whose the key would be.
            (Some(envelope), _) if envelope.carrier != "jws" || format == Format::OpenBadges("0.5") => {
                let finding = Finding::at(Code::FormatNotRecognised, "").with("carrier", envelope.carrier);
                gathered.findings.push(finding);
                gathered.how = How::Absent;
            }
            (Some(_), means) => {
                gathered.how = How::Signed;
                gathered.findings.push(Finding::at(Code::SecuringPresent, ""));
                gathered.findings.push(Finding::new(Code::HostedCopyNone));
                if matches!(means, Means::Hosted(_)) {
                    // It would be believed for its signature and revoked where nobody looks.
                    gathered.findings.push(Finding::at(Code::DocumentMemberValue, "/verification/type"));
                }
                self.put_together_from(shown, format, workshop, &mut gathered);
            }
            (None, Means::Hosted(Some(address))) => {
                gathered.address = Some(address.to_owned());
                gathered.how = How::Absent;
                if let Some((copy, format)) =
                    self.copy(shown, format, address, found_at, workshop, &mut gathered)
                {
                    gathered.how = How::Hosted;
                    let hosted = Finding::at(Code::SecuringHosted, "").with("evidence", "transport");
                    gathered.findings.push(hosted.with("url", address));
                    self.put_together_from(copy, format, workshop, &mut gathered);
                } else {
                    gathered.findings.push(Finding::at(Code::SecuringHostedUndecided, ""));
                }
            }
            (None, Means::Hosted(None) | Means::Signed { .. } | Means::Unstated) => {
                gathered.findings.push(Finding::at(Code::SecuringMissing, ""));
            }
        }
        gathered
    }

    /// A record that was shown as nothing but its address: what stands there is opened as if it had been shown.
    ///
    /// # Errors
    /// [`Code::FormatNotRecognised`] if it is no address, or if what stands there is but another.
    pub(super) fn at_address(
        &self,
        text: &Unopened,
        jobs: &mut [Job],
        unopened: &mut VecDeque<Unopened>,
        workshop: &Workshop<'_>,
    ) -> Result<(), Finding> {
        // Nothing but a record is shown by its address.
        let is_record = workshop.list_of.is_none() && !workshop.of_schema && text.found_at.is_none();
        let url = address(&text.bytes).filter(|_| is_record);
        let url = url.ok_or_else(|| Finding::new(Code::FormatNotRecognised).with("carrier", "url"))?;
        let kind = ResourceKind::HostedDocument;
        let item = workshop.item(kind, url).map(|item| &item.answer);
        if let Some(Answer::Found(resource)) = item
            && matches!(resource.http_status, None | Some(200))
        {
            let found = Unopened::of(text.job, &resource.bytes);
            unopened.push_back(Unopened {
                found_at: Some(url.to_owned()),
                outside: text.outside.clone(),
                image: text.image,
                ..found
            });
            return Ok(());
        }
        let mut gathered = Gathered::default();
        if let Found::Gone = gathered.obtain(kind, url, "", workshop, self.policy.limits.resource_bytes) {
            gathered.findings.push(Finding::new(Code::StatusGone).with("url", url));
        }
        gathered.findings.push(Finding::new(Code::SecuringHostedUndecided));
        if let Some(job) = jobs.get_mut(text.job) {
            job.part.push_all(&self.policy, text.outside.iter().cloned().chain(gathered.findings));
            job.part.requests.extend(gathered.requests);
        }
        Ok(())
    }

    /// What stands at the address of a hosted record, if it is that record (§HostedBadge).
    fn copy<'r>(
        &self,
        shown: Value<'_>,
        format: Format,
        address: &str,
        found_at: Option<&str>,
        workshop: &'r Workshop<'_>,
        gathered: &mut Gathered,
    ) -> Option<(Value<'r>, Format)> {
        let max_bytes = self.policy.limits.resource_bytes;
        let copy = match gathered.obtain(ResourceKind::HostedDocument, address, "", workshop, max_bytes) {
            Found::Object(copy) => copy,
            Found::Gone => {
                gathered.findings.push(Finding::at(Code::StatusGone, "").with("url", address));
                return None;
            }
            Found::Nothing => return None,
        };
        let detected = formats::detect(copy).filter(|detected| detected.is_hosted());
        let stated = hosted::stated_addresses(copy, detected.unwrap_or(format));
        let nowhere = stated.is_empty() && detected == Some(Format::OpenBadges("0.5"));
        if !stated.contains(&address) && !nowhere {
            gathered.say(Code::HostedOther, "", address);
            return None;
        }
        // What was revoked need not say more (§Assertion, revoked).
        if copy.get("revoked").and_then(|revoked| revoked.as_bool()) == Some(true) {
            let revoked = Finding::at(Code::StatusRevoked, "/revoked").with("url", address);
            gathered.findings.push(revoked.with("evidence", "transport"));
        }
        let Some(detected) =
            detected.filter(|f| nowhere || matches!(hosted::means(copy, *f), Means::Hosted(_)))
        else {
            gathered.say(Code::HostedOther, "", address);
            return None;
        };
        gathered.findings.push(if found_at == Some(address) {
            Finding::new(Code::HostedCopyNone)
        } else {
            compared(shown, copy)
        });
        Some((copy, detected))
    }

    /// Puts the parts of a record in their places.
    fn put_together_from(
        &self,
        record: Value<'_>,
        format: Format,
        workshop: &Workshop<'_>,
        gathered: &mut Gathered,
    ) {
        let class = Class::of(record, format);
        let rule = (hosted::is_first(format), self.policy.limits.resource_bytes);
        let (middle, last) = match class.path() {
            [middle, last] => (Some(*middle), *last),
            [last] => (None, *last),
            _ => return,
        };
        let place = |parts: &[&str]| parts.iter().map(|part| format!("/{part}")).collect::<String>();
        let stated = middle.and_then(|middle| record.get(middle));
        let holder = match (middle, stated) {
            (None, _) => Some(record),
            (Some(middle), Some(value)) => match value.as_str() {
                Some(url) => {
                    gathered.part(ResourceKind::HostedDocument, url, &place(&[middle]), workshop, rule)
                }
                None => Some(value),
            },
            (Some(_), None) => None,
        };
        let profile = holder.and_then(|holder| holder.get(last)).and_then(|profile| {
            if format == Format::OpenBadges("0.5") {
                // An origin has no profile: of what the record says of its issuer nothing is kept that only a profile at the
                // issuer's own address may say (keys, scope, revocation lists).
                const OF_AN_ORIGIN: [&str; 4] = ["origin", "name", "org", "contact"];
                profile.as_object()?;
                gathered.profile = true;
                return Some(with_members(profile, &OF_AN_ORIGIN, &[]));
            }
            let id = profile.as_str().or_else(|| profile.get("id")?.as_str())?;
            if Address::parse(id).is_none() && self.pinned_keys.iter().any(|(issuer, _)| issuer == id) {
                return None;
            }
            let kind = ResourceKind::ControlledIdentifierDocument;
            let found = gathered.part(kind, id, &place(class.path()), workshop, rule)?;
            gathered.profile = true;
            // The identifier is the address, whether or not the profile repeats it.
            let text = match found.get("id") {
                Some(_) => found.to_text().into_owned(),
                None => with_members(found, ALL, &[("id", &quoted(id))]),
            };
            Some(text)
        });
        // A part that was found at an address is that of the address, whether or not it repeats it.
        let own = stated.and_then(|stated| stated.as_str()).map(quoted);
        let inner = holder.map(|holder| {
            let mut changed: Vec<(&str, &str)> =
                profile.iter().map(|profile| (last, profile.as_str())).collect();
            changed.extend(own.iter().map(|id| ("id", id.as_str())));
            if changed.is_empty() {
                holder.to_text().into_owned()
            } else {
                with_members(holder, ALL, &changed)
            }
        });
        gathered.bytes = Some(match (middle, inner) {
            (None, Some(whole)) => whole.into_bytes(),
            (Some(middle), Some(inner)) => with_members(record, ALL, &[(middle, &inner)]).into_bytes(),
            (_, None) => record.to_text().into_owned().into_bytes(),
        });
    }
}

/// Every member is kept.
const ALL: &[&str] = &[];

/// The object as JSON with the members `kept` ([`ALL`] of them if none is named), and with other values for those that are
/// changed, which are added if they are not there.
fn with_members(object: Value<'_>, kept: &[&str], changed: &[(&str, &str)]) -> String {
    let more: usize = changed.iter().map(|(_, text)| text.len()).sum();
    let mut json = String::with_capacity(object.to_text().len().saturating_add(more));
    let mut member = |key: &str, text: &str| {
        json.push(if json.is_empty() { '{' } else { ',' });
        json.push_str(&quoted(key));
        json.push(':');
        json.push_str(text);
    };
    for (key, value) in object.as_object().into_iter().flat_map(|object| object.iter()) {
        let is_kept = kept.is_empty() || kept.contains(&key);
        if is_kept && !changed.iter().any(|(changed, _)| *changed == key) {
            member(key, &value.to_text());
        }
    }
    changed.iter().for_each(|(key, text)| member(key, text));
    json.push('}');
    json
}

/// What was shown against what stands at its address: that they differ decides nothing, but who shows it may not know.
fn compared(shown: Value<'_>, copy: Value<'_>) -> Finding {
    const MOST: usize = 20;
    const LONGEST: usize = 40;
    if shown.same_json(copy) {
        return Finding::at(Code::HostedCopySame, "");
    }
    let members_of = |value: Value<'_>| -> Vec<String> {
        value
            .as_object()
            .into_iter()
            .flat_map(|object| object.iter())
            .map(|(key, _)| key.to_owned())
            .collect()
    };
    let differs = |key: &String| match (shown.get(key), copy.get(key)) {
        (Some(one), Some(other)) => !one.same_json(other),
        _ => true,
    };
    let mut members: Vec<String> = Vec::new();
    for key in members_of(shown)
        .into_iter()
        .chain(members_of(copy))
        .filter(|key| key.len() <= LONGEST)
        .filter(differs)
    {
        if members.len() < MOST && !members.contains(&key) {
            members.push(key);
        }
    }
    Finding::at(Code::HostedCopyDiffers, "").with("members", members)
}

/// The address that is the whole text, if it is one of the web.
pub(super) fn address(text: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(text).ok()?.trim_ascii();
    Address::parse(text).map(|_| text)
}

/// The extensions of an object (Open Badges 2.0 §Extensions): members whose value is of the type `Extension`.
pub(super) fn extensions<'t>(parts: impl IntoIterator<Item = Value<'t>>) -> Vec<Value<'t>> {
    let is_extension =
        |value: &Value<'t>| items(*value, "type").any(|name| name.as_str() == Some("Extension"));
    let members = parts.into_iter().flat_map(|part| part.children());
    members.filter(|value| value.kind() == Kind::Object).filter(is_extension).collect()
}
