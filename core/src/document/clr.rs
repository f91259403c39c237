//! The rules of Comprehensive Learner Records 2.0 on top of the data model (CLR 2.0, ClrCredential, ClrSubject,
//! Association). They are reported: what the data model requires is [`super::conformance`], and each credential inside
//! has a report of its own.

use std::collections::{BTreeMap, BTreeSet};

use super::open_badges::classes::{self, CLR_CREDENTIAL, Codes};
use super::{
    Defects, Relation, VCDM1_CONTEXT, VCDM2_CONTEXT, contexts, detect, embedded, has_type, items,
    open_badges, validity,
};
use crate::codes::{Code, Finding};
use crate::json::{Kind, Value};

/// Where the contexts of CLR 2.0 are published.
const CONTEXTS: &str = "https://purl.imsglobal.org/spec/clr/v2p0/context";

const CODES: Codes =
    Codes { kind: Code::ProfileClrType, missing: Code::ProfileClrMissing, value: Code::ProfileClrValue };

/// Every rule of CLR 2.0 that the document breaks (`profile.clr.*`). None: it follows them, or is no such record.
pub fn profile(root: Value<'_>) -> Vec<Finding> {
    let mut defects = Defects::new();
    if !has_type(root, "ClrCredential") {
        return Vec::new();
    }
    classes::follow(&mut defects, root, &CLR_CREDENTIAL, CODES);
    context(&mut defects, root);
    if let Some(detected) = detect(root) {
        if validity(root, detected.model).from.is_none() {
            defects.missing(Code::ProfileClrMissing, root, "validFrom");
        }
        let nested: Vec<Value<'_>> = embedded(root, &detected)
            .into_iter()
            .filter(|(_, relation)| *relation == Relation::Nested)
            .map(|(credential, _)| credential)
            .collect();
        subjects(&mut defects, root, &nested);
        for credential in nested.iter().filter(|nested| is_read(**nested) && nested.get("@context").is_none())
        {
            defects.add(Code::ProfileClrContextInherited, *credential);
        }
        for subject in items(root, "credentialSubject") {
            associations(&mut defects, subject, &nested);
        }
    }
    defects.finish()
}

/// The context of the data model, then one of CLR, then one of Open Badges.
fn context(defects: &mut Defects, root: Value<'_>) {
    let mut urls = contexts(root).map(|context| context.as_str().unwrap_or(""));
    let model = urls.next().is_some_and(|url| [VCDM1_CONTEXT, VCDM2_CONTEXT].contains(&url));
    let clr = urls.next().and_then(|url| url.strip_prefix(CONTEXTS)?.strip_suffix(".json"));
    let clr = clr.is_some_and(|version| version.is_empty() || version.starts_with("-2."));
    let badges = urls.next().is_some_and(|url| open_badges::version_of(url).is_some());
    if !(model && clr && badges) {
        defects.add(Code::ProfileClrContext, root.get("@context").unwrap_or(root));
    }
}

/// Whose record it is, and whose the credentials inside are: a record may hold what others achieved, and does not say so.
fn subjects(defects: &mut Defects, root: Value<'_>, nested: &[Value<'_>]) {
    for subject in items(root, "credentialSubject") {
        let named = |member| subject.get(member).is_some_and(|value| !value.is_empty_member());
        if !named("id") && !named("identifier") {
            defects.add(Code::ProfileClrSubject, subject);
        }
    }
    let ids: BTreeSet<&str> = super::subject_ids(root).collect();
    for subject in nested.iter().flat_map(|credential| items(*credential, "credentialSubject")) {
        let id = subject.get("id").and_then(|id| id.as_str());
        if id.is_some_and(|id| !ids.is_empty() && !ids.contains(id)) {
            defects.add(Code::ProfileClrOtherSubject, subject);
        }
    }
}

/// Whether what is in it can be read here; a token or an envelope has its claims elsewhere.
fn is_read(nested: Value<'_>) -> bool {
    nested.kind() == Kind::Object && !has_type(nested, "EnvelopedVerifiableCredential")
}

/// Associations are between achievements of this record, and what comes before something does not come after it.
fn associations(defects: &mut Defects, subject: Value<'_>, nested: &[Value<'_>]) {
    let associations: Vec<Association<'_>> =
        items(subject, "association").filter_map(Association::read).collect();
    if associations.is_empty() {
        return;
    }
    let inside = nested.iter().flat_map(|credential| items(*credential, "credentialSubject"));
    let achievements =
        std::iter::once(subject).chain(inside).flat_map(|subject| items(subject, "achievement"));
    let known: BTreeSet<&str> =
        achievements.filter_map(|achievement| achievement.get("id")?.as_str()).collect();
    // What is in an envelope may be what is meant.
    let all_read = nested.iter().all(|nested| is_read(*nested));
    for association in associations.iter().filter(|_| all_read) {
        for member in ["sourceId", "targetId"] {
            let id = association.value.get(member);
            if let Some(id) = id.filter(|id| id.as_str().is_some_and(|id| !known.contains(id))) {
                defects.add(Code::ProfileClrAssociation, id);
            }
        }
    }
    for association in circular(&associations) {
        defects.add(Code::ProfileClrAssociationCircular, association);
    }
}

/// An association that leads from one achievement to another.
struct Association<'t> {
    value: Value<'t>,
    /// What sort of way it is: parents and children are the two ends of one.
    way: Option<&'static str>,
    from: &'t str,
    to: &'t str,
}

impl<'t> Association<'t> {
    fn read(value: Value<'t>) -> Option<Self> {
        let text = |member: &str| value.get(member).and_then(|value| value.as_str());
        let (source, target) = (text("sourceId")?, text("targetId")?);
        let (way, from, to) = match text("associationType")? {
            "isChildOf" => (Some("isChildOf"), source, target),
            "isParentOf" => (Some("isChildOf"), target, source),
            "isPartOf" => (Some("isPartOf"), source, target),
            "precedes" => (Some("precedes"), source, target),
            "replacedBy" => (Some("replacedBy"), source, target),
            // These go both ways.
            _ => (None, source, target),
        };
        Some(Association { value, way, from, to })
    }
}

/// The associations that are part of a circle, or lead to one. What nothing leads to, or leads from to nothing, is
/// taken away until there is no such thing (Kahn's algorithm, towards the ends); the cost is linear.
fn circular<'t>(associations: &[Association<'t>]) -> Vec<Value<'t>> {
    let directed = || associations.iter().filter_map(|one| Some((one, one.way?)));
    let mut leading: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let mut into: BTreeMap<(&str, &str), Vec<&str>> = BTreeMap::new();
    for (one, way) in directed() {
        let count = leading.entry((way, one.from)).or_default();
        *count = count.saturating_add(1);
        leading.entry((way, one.to)).or_default();
        into.entry((way, one.to)).or_default().push(one.from);
    }
    let mut ends: Vec<(&str, &str)> =
        leading.iter().filter(|(_, count)| **count == 0).map(|(end, _)| *end).collect();
    while let Some(end) = ends.pop() {
        leading.remove(&end);
        for from in into.remove(&end).unwrap_or_default() {
            let Some(count) = leading.get_mut(&(end.0, from)) else { continue };
            *count = count.saturating_sub(1);
            if *count == 0 {
                ends.push((end.0, from));
            }
        }
    }
    let left = |one: &Association<'_>, way| {
        leading.contains_key(&(way, one.from)) && leading.contains_key(&(way, one.to))
    };
    directed().filter(|(one, way)| left(one, *way)).map(|(one, _)| one.value).collect()
}
