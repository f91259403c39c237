//! Reading values into the record: each with its origin, each that has no place counted.

use std::collections::BTreeSet;

use super::model::*;
use crate::document::{self, Detected, Relation, items};
use crate::json::{Kind as Json, Value};
use crate::time::Timestamp;

/// This many members without a place, claims and parts are named, the rest are counted.
const MOST: usize = 1_000;

/// A document, and what is known of its objects.
pub(crate) struct Source<'t> {
    root: Value<'t>,
    pub(super) detected: Detected,
    /// Objects that share their `id` with others, by their position in the tree.
    graph_only: BTreeSet<u32>,
    /// The origin of everything else.
    own: Origin,
    completeness: Completeness,
}

impl<'t> Source<'t> {
    /// `graph_only` are the pointers of objects that share their `id` with others (`jsonld.node.merged`), from the root
    /// of the whole document.
    pub(crate) fn new(root: Value<'t>, detected: &Detected, graph_only: &BTreeSet<String>) -> Self {
        let issuer = document::issuer_id(root);
        let of_itself = issuer.is_some() && document::subject_ids(root).any(|id| Some(id) == issuer);
        Source {
            root,
            detected: *detected,
            graph_only: positions(root, graph_only),
            own: if of_itself { Origin::SelfAsserted } else { Origin::Issuer },
            completeness: Completeness::default(),
        }
    }

    /// Who said what is in this object. What hangs on an object whose place is not signed has no signed place either.
    pub(super) fn origin(&self, object: Value<'_>) -> Origin {
        let mut at = Some(object);
        while let Some(value) = at.filter(|_| !self.graph_only.is_empty()) {
            if self.graph_only.contains(&value.position()) {
                return Origin::GraphOnly;
            }
            at = value.parent();
        }
        self.own
    }

    /// A value that has no place in the record.
    pub(super) fn not_mapped(&mut self, value: Value<'_>) {
        // The cost of a pointer grows with the arrays that it goes through, so only few are made.
        if self.completeness.not_mapped.len() < MOST / 10 {
            self.completeness.not_mapped.push(value.pointer());
        } else {
            self.more(1);
        }
    }

    fn more(&mut self, number: u64) {
        self.completeness.more = self.completeness.more.saturating_add(number);
    }

    /// Counts the members of an object that are not among `known` as having no place.
    pub(super) fn known(&mut self, object: Value<'_>, known: &[&str]) {
        let members = object.as_object().into_iter().flat_map(|object| object.iter());
        for (_, value) in members.filter(|(key, value)| !known.contains(key) && !value.is_empty_member()) {
            self.not_mapped(value);
        }
    }

    /// A single string.
    pub(super) fn string(&mut self, object: Value<'_>, member: &str) -> Option<String> {
        let value = object.get(member).filter(|value| !value.is_empty_member())?;
        let mut all = value.one_or_many();
        match (all.next().and_then(|item| item.as_str()), all.next()) {
            (Some(text), None) => Some(text.to_owned()),
            _ => {
                self.not_mapped(value);
                None
            }
        }
    }

    /// Strings, one or many.
    pub(super) fn strings(&mut self, object: Value<'_>, member: &str) -> Vec<String> {
        let mut strings = Vec::new();
        for item in items(object, member).filter(|item| !item.is_null()) {
            match item.as_str() {
                Some(text) => strings.push(text.to_owned()),
                None => self.not_mapped(item),
            }
        }
        strings
    }

    /// Texts: strings, language value objects (VCDM 2.0 §11.1), or a map from languages to strings.
    pub(super) fn texts(&mut self, object: Value<'_>, member: &str) -> Vec<Text> {
        let origin = self.origin(object);
        let mut texts = Vec::new();
        let plain = |text: &str, language: Option<&str>, direction: Option<&str>| Text {
            value: text.to_owned(),
            language: language.map(str::to_owned),
            direction: direction.map(str::to_owned),
            origin,
        };
        for item in items(object, member).filter(|item| !item.is_null()) {
            let text_of = |name| item.get(name).and_then(|value| value.as_str());
            if let Some(text) = item.as_str() {
                texts.push(plain(text, None, None));
            } else if let Some(text) = text_of("@value") {
                texts.push(plain(text, text_of("@language"), text_of("@direction")));
            } else if let Some(map) = item.as_object().filter(|map| is_language_map(map.as_value())) {
                texts.extend(
                    map.iter().filter_map(|(tag, text)| Some(plain(text.as_str()?, Some(tag), None))),
                );
            } else {
                self.not_mapped(item);
            }
        }
        texts
    }

    /// A number.
    pub(super) fn quantity(&mut self, object: Value<'_>, member: &str) -> Option<Quantity> {
        let value = object.get(member).filter(|value| !value.is_empty_member())?;
        let Some(number) = value.as_number() else {
            self.not_mapped(value);
            return None;
        };
        Some(Quantity { value: number.as_f64(), origin: self.origin(object) })
    }

    /// A date.
    pub(super) fn date(&mut self, object: Value<'_>, member: &str) -> Option<Date> {
        self.date_of(object.get(member)?)
    }

    pub(super) fn date_of(&mut self, value: Value<'_>) -> Option<Date> {
        let Some(text) = value.as_str() else {
            if !value.is_empty_member() {
                self.not_mapped(value);
            }
            return None;
        };
        let (precision, instant, utc_assumed) = read_date(text);
        Some(Date { value: text.to_owned(), instant, precision, utc_assumed, origin: self.origin(value) })
    }

    /// The URL of a picture: a string, or the `id` of an object.
    pub(super) fn image(&mut self, object: Value<'_>) -> Option<String> {
        let image = object.get("image").filter(|value| !value.is_empty_member())?;
        if image.kind() == Json::Object { self.string(image, "id") } else { self.string(object, "image") }
    }

    /// Objects, one or many.
    pub(super) fn objects(&mut self, object: Value<'t>, member: &str) -> Vec<Value<'t>> {
        let (objects, others): (Vec<_>, Vec<_>) = items(object, member)
            .filter(|item| !item.is_null())
            .partition(|item| item.kind() == Json::Object);
        for other in others {
            self.not_mapped(other);
        }
        objects
    }

    /// A party: an identifier, or a profile (Open Badges 3.0, Profile).
    pub(super) fn party(&mut self, object: Value<'t>, member: &str) -> Option<Party> {
        let value = object.get(member).filter(|value| !value.is_empty_member())?;
        let profile = match value.kind() {
            Json::Object => Some(value),
            Json::String => None,
            _ => {
                self.not_mapped(value);
                return None;
            }
        };
        let address = profile.and_then(|profile| profile.get("address"));
        let country = address.and_then(|address| {
            self.string(address, "addressCountryCode").or_else(|| self.string(address, "addressCountry"))
        });
        let Some(profile) = profile else {
            return Some(Party { id: self.string(object, member), ..Party::nobody(self.origin(object)) });
        };
        Some(Party {
            id: self.string(profile, "id"),
            claimed_name: self.texts(profile, "name"),
            registered_name: None,
            description: self.texts(profile, "description"),
            url: self.string(profile, "url"),
            email: self.string(profile, "email"),
            phone: self.string(profile, "phone"),
            country,
            image: self.image(profile),
            identifiers: self.identifiers(profile),
            parents: self.parents(profile),
            origin: self.origin(profile),
        })
    }

    /// The organisations it is part of; a document is at most as deep as the limits allow.
    fn parents(&mut self, profile: Value<'t>) -> Vec<ParentOrganization> {
        let mut parents = Vec::new();
        let mut at = profile.get("parentOrg");
        while let Some(parent) = at.filter(|value| value.kind() == Json::Object) {
            let (id, claimed_name) = (self.string(parent, "id"), self.texts(parent, "name"));
            parents.push(ParentOrganization { id, claimed_name });
            at = parent.get("parentOrg");
        }
        parents
    }

    /// `otherIdentifier` (Open Badges 3.0, IdentifierEntry).
    pub(super) fn identifiers(&mut self, object: Value<'t>) -> Vec<Identifier> {
        let mut identifiers = Vec::new();
        for entry in self.objects(object, "otherIdentifier") {
            let (kind, origin) = (self.string(entry, "identifierType"), self.origin(entry));
            if let Some(value) = self.string(entry, "identifier") {
                identifiers.push(Identifier { kind, value, origin });
            }
        }
        identifiers
    }

    /// `evidence` of a credential (VCDM 2.0 §5.6; Open Badges 3.0, Evidence).
    pub(super) fn evidence(&mut self, root: Value<'t>) -> Vec<Evidence> {
        let objects = self.objects(root, "evidence");
        objects
            .into_iter()
            .map(|item| Evidence {
                url: self.string(item, "id"),
                kind: self.strings(item, "type"),
                name: self.texts(item, "name"),
                narrative: self.texts(item, "narrative"),
                description: self.texts(item, "description"),
                genre: self.texts(item, "genre"),
                audience: self.texts(item, "audience"),
                digest: self.string(item, "digestSRI").or_else(|| self.string(item, "digestMultibase")),
                origin: self.origin(item),
            })
            .collect()
    }

    /// The scalars of the document as claims, each with its pointer, in document order. `skip` says what is elsewhere.
    pub(super) fn claims(&mut self, skip: fn(root: Value<'_>, value: Value<'_>) -> bool) -> Vec<Claim> {
        let mut claims = Vec::new();
        let mut more = 0;
        document::walk_with_pointers(self.root, &mut |value, pointer| {
            if skip(self.root, value) {
                return false;
            }
            let scalar = match value.kind() {
                Json::Object | Json::Array => return true,
                Json::Null => None,
                Json::String => value.as_str().map(|text| Scalar::Text(text.to_owned())),
                Json::Number => value.as_number().map(|number| Scalar::Number(number.as_f64())),
                Json::Bool => value.as_bool().map(Scalar::Bool),
            };
            match scalar {
                Some(scalar) if claims.len() < MOST => {
                    let origin = self.origin(value);
                    claims.push(Claim { pointer: pointer.to_owned(), value: scalar, origin });
                }
                Some(_) => more = u64::saturating_add(more, 1),
                None => {}
            }
            false
        });
        self.more(more);
        claims
    }

    /// The documents inside, as (children, endorsements).
    fn parts(&mut self) -> (Vec<Part>, Vec<Part>) {
        let (mut children, mut endorsements) = (Vec::new(), Vec::new());
        let mut found = document::embedded(self.root, &self.detected);
        self.more(u64::try_from(found.len().saturating_sub(MOST)).unwrap_or(u64::MAX));
        found.truncate(MOST);
        // They are in document order, as the walk is: their pointers are made on the way.
        let mut found = found.into_iter().peekable();
        document::walk_with_pointers(self.root, &mut |value, pointer| {
            let Some((_, relation)) = found.next_if(|(embedded, _)| *embedded == value) else {
                return found.peek().is_some();
            };
            let part = Part {
                pointer: pointer.to_owned(),
                id: value.get("id").and_then(|id| id.as_str()).filter(|id| !is_data(id)).map(str::to_owned),
                kind: items(value, "type").filter_map(|item| item.as_str().map(str::to_owned)).collect(),
                origin: Origin::NestedIssuer,
                record: None,
            };
            match relation {
                Relation::Endorsement => endorsements.push(part),
                Relation::Nested | Relation::Presented => children.push(part),
            }
            false
        });
        (children, endorsements)
    }

    /// The members that every credential has; the rest is for the mappings.
    pub(super) fn record(&mut self, kind: Kind) -> Record {
        let (root, model) = (self.root, self.detected.model);
        let period = document::validity(root, model);
        let valid_from = period.from.and_then(|value| self.date_of(value));
        let valid_until = period.until.and_then(|value| self.date_of(value));
        let (children, endorsements) = self.parts();
        Record {
            family: self.detected.family.name(),
            version: self.detected.version,
            id: self.string(root, "id"),
            kind,
            degree_level: None,
            kind_raw: self.strings(root, "type"),
            title: self.texts(root, "name"),
            description: self.texts(root, "description"),
            issuer: self.party(root, "issuer"),
            creator: None,
            assessor: None,
            holders: Vec::new(),
            achievement: None,
            completion: Vec::new(),
            skills: Vec::new(),
            results: Vec::new(),
            credits_earned: None,
            term: Vec::new(),
            role: Vec::new(),
            license_number: Vec::new(),
            narrative: Vec::new(),
            evidence: self.evidence(root),
            dates: Dates {
                awarded: self.date(root, "awardedDate").or_else(|| valid_from.clone()),
                valid_from,
                valid_until,
                activity_start: None,
                activity_end: None,
            },
            endorses: None,
            endorsements,
            children,
            relations: Vec::new(),
            claims: Vec::new(),
            completeness: Completeness::default(),
        }
    }

    /// What was left out while reading.
    pub(super) fn completeness(self, children_complete: Option<bool>) -> Completeness {
        Completeness { children_complete, ..self.completeness }
    }
}

impl Party {
    fn nobody(origin: Origin) -> Self {
        Party {
            id: None,
            claimed_name: Vec::new(),
            registered_name: None,
            description: Vec::new(),
            url: None,
            email: None,
            phone: None,
            country: None,
            image: None,
            identifiers: Vec::new(),
            parents: Vec::new(),
            origin,
        }
    }
}

fn is_data(id: &str) -> bool {
    id.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("data:"))
}

/// Whether an object is a map from languages to strings, as the later texts of Open Badges 3.0 allow.
fn is_language_map(object: Value<'_>) -> bool {
    let mut any = false;
    for value in object.children() {
        if value.kind() != Json::String || value.key().is_none_or(|key| key.starts_with('@')) {
            return false;
        }
        any = true;
    }
    any
}

/// Precision, instant, whether UTC was assumed.
fn read_date(text: &str) -> (Precision, Option<Timestamp>, bool) {
    if let Ok(read) = Timestamp::parse_lenient_utc(text) {
        return (Precision::Second, Some(read.instant), read.offset_missing);
    }
    if text.len() > 10 {
        return (Precision::Unknown, None, false);
    }
    for (precision, rest) in [(Precision::Day, ""), (Precision::Month, "-01"), (Precision::Year, "-01-01")] {
        if let Ok(instant) = Timestamp::parse_date(&format!("{text}{rest}")) {
            return (precision, Some(instant), false);
        }
    }
    (Precision::Unknown, None, false)
}

/// The positions of the objects at these pointers, in one pass over the document that `root` is in.
fn positions(root: Value<'_>, pointers: &BTreeSet<String>) -> BTreeSet<u32> {
    let mut found = BTreeSet::new();
    if pointers.is_empty() {
        return found;
    }
    let mut top = root;
    while let Some(parent) = top.parent() {
        top = parent;
    }
    if pointers.contains("") {
        found.insert(top.position());
    }
    document::walk_with_pointers(top, &mut |value, pointer| {
        if pointers.contains(pointer) {
            found.insert(value.position());
        }
        true
    });
    found
}
