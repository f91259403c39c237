//! Reading values into the record: each with its origin, each that has no place counted.
//!
//! All forms in which a value is one statement are read alike ([`super::forms`]).

use std::collections::{BTreeMap, BTreeSet};

use super::forms;
use super::model::*;
use super::parts::Inside;
use crate::document::{self, DataModel, Detected, open_badges};
use crate::json::{Kind as Json, Value};
use crate::time::Timestamp;

/// Members of every credential that have a place in the record, or that are for the report on it.
pub(super) const CREDENTIAL: &[&str] = &[
    "@context",
    "id",
    "type",
    "name",
    "description",
    "issuer",
    "credentialSubject",
    "validFrom",
    "validUntil",
    "issuanceDate",
    "expirationDate",
    "awardedDate",
    "evidence",
    "endorsement",
    "endorsementJwt",
    "credentialStatus",
    "credentialSchema",
    "refreshService",
    "termsOfUse",
    "relatedResource",
    "renderMethod",
    "proof",
];

/// This many members without a place, claims and parts are named, the rest are counted.
pub(super) const MOST: usize = 1_000;

/// A document, and what is known of its objects.
pub(crate) struct Source<'t> {
    pub(super) root: Value<'t>,
    pub(super) detected: Detected,
    /// Objects that share their `id` with others, by their position in the tree.
    graph_only: BTreeSet<u32>,
    /// The origin of everything else.
    own: Origin,
    /// Whether the contexts make `allowedValue` a list, so that its order is signed.
    pub(super) ordered: bool,
    /// What is named as not mapped, by its position in the tree.
    named: BTreeSet<u32>,
    /// The pointers of the documents inside, with the objects that each stands in, by their position in the tree.
    pub(super) inside: Option<Inside>,
    completeness: Completeness,
}

impl<'t> Source<'t> {
    /// `graph_only` are the pointers of objects that share their `id` with others (`jsonld.node.merged`), from the root
    /// of the whole document. What only a presentation secures is `self_asserted`, whomever it is about.
    pub(crate) fn new(
        root: Value<'t>,
        context: Option<Value<'_>>,
        detected: &Detected,
        graph_only: &BTreeSet<String>,
        self_asserted: bool,
    ) -> Self {
        let issuer = document::principal(root, detected);
        let claimed = (detected.model == DataModel::SdJwtVc).then(|| root.get("sub")?.as_str()).flatten();
        let of_itself =
            issuer.is_some() && document::subject_ids(root).chain(claimed).any(|id| Some(id) == issuer);
        Source {
            root,
            detected: *detected,
            graph_only: positions(root, graph_only),
            // From Open Badges 3.0.2 on (context-3.0.2.json); before, it was a set.
            ordered: open_badges::context_versions(context).all(|version| version >= "3.0.2"),
            named: BTreeSet::new(),
            inside: None,
            own: if of_itself || self_asserted { Origin::SelfAsserted } else { Origin::Issuer },
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

    /// A value that has no place in the record. Of a member with several values the member is named, once.
    pub(super) fn not_mapped(&mut self, value: Value<'_>) {
        let value = if value.kind() == Json::Object { value } else { forms::member(value) };
        if !self.named.insert(value.position()) {
            return;
        }
        // The cost of a pointer grows with the arrays that it goes through, so only few are made.
        if self.completeness.not_mapped.len() < MOST / 10 {
            self.completeness.not_mapped.push(value.pointer());
        } else {
            self.more(1);
        }
    }

    pub(super) fn more(&mut self, number: u64) {
        self.completeness.more = self.completeness.more.saturating_add(number);
    }

    /// Counts the members of an object that are not among `known` as having no place.
    pub(super) fn known(&mut self, object: Value<'_>, known: &[&str]) {
        let members = object.as_object().into_iter().flat_map(|object| object.iter());
        for (_, value) in members.filter(|(key, value)| !known.contains(key) && !value.is_empty_member()) {
            self.not_mapped(value);
        }
    }

    /// The one value of a member. Several different ones have no place here, and none is picked: it is named as not
    /// mapped.
    fn one<T>(&mut self, object: Value<'t>, member: &str, mut all: Vec<T>) -> Option<T> {
        if all.len() > 1 {
            object.get(member).into_iter().for_each(|value| self.not_mapped(value));
            return None;
        }
        all.pop()
    }

    /// The different values of a member that `read` can read; those that it cannot are named as not mapped.
    fn values<T, K: Ord>(
        &mut self,
        object: Value<'t>,
        member: &str,
        read: impl Fn(Value<'t>) -> Option<T>,
        key: impl Fn(&T) -> K,
    ) -> Vec<T> {
        let (mut values, mut seen) = (Vec::new(), BTreeSet::new());
        for item in forms::items(object, member) {
            match read(item) {
                Some(value) if seen.insert(key(&value)) => values.push(value),
                Some(_) => {}
                None => self.not_mapped(item),
            }
        }
        values
    }

    /// A single string.
    pub(super) fn string(&mut self, object: Value<'t>, member: &str) -> Option<String> {
        let all = self.strings(object, member);
        self.one(object, member, all)
    }

    /// Strings, one or many.
    pub(super) fn strings(&mut self, object: Value<'t>, member: &str) -> Vec<String> {
        self.values(object, member, |item| forms::literal(item).as_str().map(str::to_owned), String::clone)
    }

    /// The strings of a list: their order and number are signed (JSON-LD 1.1 §4.3.1).
    pub(super) fn list(&mut self, object: Value<'t>, member: &str) -> Vec<String> {
        let mut strings = Vec::new();
        for item in forms::items(object, member) {
            match forms::literal(item).as_str() {
                Some(text) => strings.push(text.to_owned()),
                None => self.not_mapped(item),
            }
        }
        strings
    }

    /// A URL: a string, or the `id` of an object, which are the same in terms that contexts define as references.
    pub(super) fn url(&mut self, object: Value<'t>, member: &str) -> Option<String> {
        let read = |item| forms::reference(item).map(str::to_owned);
        let all = self.values(object, member, read, String::clone);
        self.one(object, member, all)
    }

    /// Texts: strings, language value objects (VCDM 2.0 §11.1), or a map from languages to strings. Language tags are
    /// in lower case, as they are signed.
    pub(super) fn texts(&mut self, object: Value<'t>, member: &str) -> Vec<Text> {
        let origin = self.origin(object);
        let (mut texts, mut seen) = (Vec::new(), BTreeSet::new());
        for item in forms::items(object, member) {
            let found = forms::texts(item);
            if found.is_empty() {
                self.not_mapped(item);
            }
            for (value, language, direction) in found {
                let language = language.map(str::to_ascii_lowercase);
                if seen.insert((value, language.clone(), direction)) {
                    let (value, direction) = (value.to_owned(), direction.map(str::to_owned));
                    texts.push(Text { value, language, direction, origin });
                }
            }
        }
        texts
    }

    /// A number.
    pub(super) fn quantity(&mut self, object: Value<'t>, member: &str) -> Option<Quantity> {
        let origin = self.origin(object);
        let all = self.values(object, member, forms::number, |value| value.to_bits());
        self.one(object, member, all).map(|value| Quantity { value, unit: None, origin })
    }

    /// `true` or `false`.
    pub(super) fn truth(&mut self, object: Value<'t>, member: &str) -> Option<bool> {
        let all = self.values(object, member, |item| forms::literal(item).as_bool(), |value| *value);
        self.one(object, member, all)
    }

    /// A date.
    pub(super) fn date(&mut self, object: Value<'t>, member: &str) -> Option<Date> {
        let value = self.string(object, member)?;
        Some(date_of(value, self.origin(object)))
    }

    /// Text that a mapping has in hand: of a member whose form is not that of linked data, or of several.
    pub(super) fn text_of(&self, object: Value<'t>, value: &str) -> Text {
        Text { value: value.to_owned(), language: None, direction: None, origin: self.origin(object) }
    }

    /// A string or number as it is written: grades and levels are either.
    pub(super) fn written(&mut self, object: Value<'t>, member: &str) -> Option<String> {
        let read = |item: Value<'t>| {
            let item = forms::literal(item);
            let number = || item.as_number().map(|number| number.token().to_owned());
            item.as_str().map(str::to_owned).or_else(number)
        };
        let all = self.values(object, member, read, String::clone);
        self.one(object, member, all)
    }

    /// The URL of a picture: a string, or the `id` of an object.
    pub(super) fn image(&mut self, object: Value<'t>) -> Option<String> {
        self.url(object, "image")
    }

    /// Objects, one or many.
    pub(super) fn objects(&mut self, object: Value<'t>, member: &str) -> Vec<Value<'t>> {
        let (objects, others): (Vec<_>, Vec<_>) =
            forms::nodes(object, member).into_iter().partition(|item| item.kind() == Json::Object);
        for other in others {
            self.not_mapped(other);
        }
        objects
    }

    /// A single object.
    pub(super) fn object(&mut self, object: Value<'t>, member: &str) -> Option<Value<'t>> {
        let all = self.objects(object, member);
        self.one(object, member, all)
    }

    /// A single node: an object, or the string that is its identifier.
    pub(super) fn node(&mut self, object: Value<'t>, member: &str) -> Option<Value<'t>> {
        let (nodes, others): (Vec<_>, Vec<_>) = forms::nodes(object, member)
            .into_iter()
            .partition(|item| matches!(item.kind(), Json::Object | Json::String));
        for other in others {
            self.not_mapped(other);
        }
        self.one(object, member, nodes)
    }

    /// A party: an identifier, or a profile (Open Badges 3.0, Profile).
    pub(super) fn party(&mut self, object: Value<'t>, member: &str) -> Option<Party> {
        let profile = self.node(object, member)?;
        if let Some(id) = profile.as_str() {
            return Some(Party { id: Some(id.to_owned()), ..Party::nobody(self.origin(object)) });
        }
        // An address that is a mere reference says no country.
        let address = self.node(profile, "address").filter(|address| address.kind() == Json::Object);
        let country = address.and_then(|address| {
            self.string(address, "addressCountryCode").or_else(|| self.string(address, "addressCountry"))
        });
        Some(Party {
            id: self.string(profile, "id"),
            claimed_name: self.texts(profile, "name"),
            registered_name: None,
            description: self.texts(profile, "description"),
            url: self.url(profile, "url"),
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
        let mut at = self.node(profile, "parentOrg");
        while let Some(parent) = at {
            let id = forms::reference(parent).map(str::to_owned);
            let claimed_name = self.texts(parent, "name");
            parents.push(ParentOrganization { id, claimed_name });
            at = self.node(parent, "parentOrg");
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
                ..Evidence::blank(self.origin(item))
            })
            .collect()
    }

    /// The scalars of the document as claims, each with its pointer, in document order: a bare value object is its
    /// value, a bare reference its `id`, and what an array says twice is one claim. `skip` says what is elsewhere.
    pub(super) fn claims(&mut self, skip: fn(root: Value<'_>, value: Value<'_>) -> bool) -> Vec<Claim> {
        let (mut claims, mut seen) = (Vec::new(), BTreeSet::new());
        let (mut more, root) = (0, self.root);
        document::walk_with_pointers(root, &mut |value, pointer| {
            if skip(root, value) {
                return false;
            }
            let plain = forms::plain(value);
            let (scalar, key) = match plain.kind() {
                Json::Object | Json::Array => return true,
                Json::Null => return false,
                // A reference that stands elsewhere, the `id` of a subject, is no claim.
                _ if plain != value && skip(root, plain) => return true,
                Json::String => {
                    let text = plain.as_str().unwrap_or_default();
                    (Scalar::Text(text.to_owned()), Key::Text(text))
                }
                Json::Number => {
                    let number = forms::number(plain).unwrap_or_default();
                    (Scalar::Number(number), Key::Number(number.to_bits()))
                }
                Json::Bool => {
                    let truth = plain.as_bool().unwrap_or_default();
                    (Scalar::Bool(truth), Key::Bool(truth))
                }
            };
            if !seen.insert((forms::member(value).position(), key)) {
                return false;
            }
            if claims.len() < MOST {
                let origin = self.origin(value);
                claims.push(Claim { pointer: pointer.to_owned(), value: scalar, origin });
            } else {
                more = u64::saturating_add(more, 1);
            }
            false
        });
        self.more(more);
        claims
    }

    /// The members that every credential has; the rest is for the mappings.
    pub(super) fn record(&mut self, kind: Kind) -> Record {
        let (root, model) = (self.root, self.detected.model);
        let period = document::validity(root, model);
        let mut bound = |value: Option<Value<'t>>| value.and_then(|value| self.date(root, value.key()?));
        let (valid_from, valid_until) = (bound(period.from), bound(period.until));
        if model == DataModel::Vcdm2 {
            // Dates that VCDM 2.0 gives no meaning: they bound nothing, and must not look as if they did.
            ["issuanceDate", "expirationDate"]
                .iter()
                .filter_map(|member| root.get(member).filter(|value| !value.is_empty_member()))
                .for_each(|value| self.not_mapped(value));
        }
        let (children, endorsements) = self.parts();
        Record {
            id: self.string(root, "id"),
            kind_raw: self.strings(root, "type"),
            title: self.texts(root, "name"),
            description: self.texts(root, "description"),
            issuer: self.party(root, "issuer"),
            evidence: self.evidence(root),
            dates: Dates {
                awarded: self.date(root, "awardedDate").or_else(|| valid_from.clone()),
                valid_from,
                valid_until,
                ..Dates::default()
            },
            endorsements,
            children,
            render_methods: self.render_methods(root, "renderMethod"),
            ..self.nothing(kind)
        }
    }

    /// A record in which nothing stands yet.
    pub(super) fn nothing(&self, kind: Kind) -> Record {
        self.nothing_at(self.root, kind)
    }

    /// A record of a part of the document ([`Source::child`]) in which nothing stands yet.
    pub(super) fn nothing_at(&self, place: Value<'t>, kind: Kind) -> Record {
        Record {
            family: self.detected.family.name(),
            version: self.detected.version,
            profile: None,
            raw_pointer: place.pointer(),
            id: None,
            kind,
            degree_level: None,
            kind_raw: Vec::new(),
            title: Vec::new(),
            description: Vec::new(),
            issuer: None,
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
            duration: Vec::new(),
            license_number: Vec::new(),
            narrative: Vec::new(),
            employment: Vec::new(),
            education: Vec::new(),
            qualifications: Vec::new(),
            evidence: Vec::new(),
            attachments: Vec::new(),
            dates: Dates::default(),
            endorses: None,
            endorsements: Vec::new(),
            children: Vec::new(),
            relations: Vec::new(),
            render_methods: Vec::new(),
            claims: Vec::new(),
            completeness: Completeness::default(),
        }
    }

    /// What was left out while reading.
    pub(super) fn completeness(self, children_complete: Option<bool>) -> Completeness {
        Completeness { children_complete, ..self.completeness }
    }
}

/// What makes two claims of one member the same.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Key<'t> {
    Text(&'t str),
    Number(u64),
    Bool(bool),
}

/// A date in any of the forms that records have: with a time, or a day, month or year.
pub(super) fn date_of(value: String, origin: Origin) -> Date {
    let (precision, instant, utc_assumed) = read_date(&value);
    Date { value, instant, precision, utc_assumed, origin }
}

/// A NumericDate (RFC 7519 §2).
pub(super) fn numeric_date(value: Value<'_>, origin: Origin) -> Option<Date> {
    let number = value.as_number()?;
    Some(Date {
        value: number.token().to_owned(),
        // To the second below; instants beyond all calendars end at the last one there is.
        instant: Some(Timestamp::from_unix(number.as_f64().floor() as i64)),
        precision: Precision::Second,
        utc_assumed: false,
        origin,
    })
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
    if pointers.is_empty() {
        return BTreeSet::new();
    }
    let (mut top, place) = (root, root.pointer());
    // A document is signed for itself, so that its own part of the text is enough.
    while let Some(parent) =
        top.parent().filter(|_| !pointers.iter().all(|pointer| pointer.starts_with(&place)))
    {
        top = parent;
    }
    let mut found: Vec<_> = pointers.contains(&top.pointer()).then_some(top).into_iter().collect();
    document::walk_with_pointers(top, &mut |value, pointer| {
        if pointers.contains(pointer) {
            found.push(value);
        }
        true
    });
    let (mut nodes, mut marked) = (BTreeMap::<_, Vec<_>>::new(), BTreeSet::new());
    for object in found {
        nodes.entry(object.get("id").and_then(|id| id.as_str())).or_default().push(object);
    }
    marked.extend(nodes.remove(&None).into_iter().flatten().map(|object| object.position()));
    // What is repeated where it stands is said once, with all that is in it.
    let repeated = nodes.values().filter(|objects| forms::is_repetition(objects));
    let copies: BTreeSet<u32> =
        repeated.flat_map(|objects| objects.iter().skip(1).map(|object| object.position())).collect();
    for objects in nodes.into_values() {
        let said: Vec<_> = objects.iter().copied().filter(|object| !is_inside(*object, &copies)).collect();
        if said.len() > 1 && !forms::is_repetition(&said) || objects.len() == 1 {
            marked.extend(objects.iter().map(|object| object.position()));
        }
    }
    marked
}

/// Whether a value is one of these or stands in one of them.
fn is_inside(value: Value<'_>, places: &BTreeSet<u32>) -> bool {
    let mut at = Some(value);
    while let Some(value) = at {
        if places.contains(&value.position()) {
            return true;
        }
        at = value.parent();
    }
    false
}
