//! The rules of a statement (xAPI-Data §2.2, §2.4). What a store must refuse does not conform: wrong types, members that
//! the standard does not name, `null`. Extensions are free, under names that are IRIs.

use crate::codes::{Code, Finding};
use crate::document::defects::Defects;
use crate::json::{Kind, Value};
use crate::time::Timestamp;

/// What a value has to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Text,
    /// An absolute IRI.
    Iri,
    Bool,
    Number,
    /// A number of bytes.
    Length,
    Uuid,
    /// RFC 3339 (§4.3); not `-00:00`.
    Instant,
    /// An ISO 8601 duration (§4.6).
    Duration,
    /// `mailto:` and an address.
    Mailbox,
    /// 40 digits.
    Sha1,
    /// As many digits as a function of SHA-2 makes.
    Sha2,
    /// `1.0` or what begins with `1.0.`, `2.0` likewise (§2.4.10).
    Version,
    /// A language tag (RFC 5646).
    Language,
    LanguageMap,
    Extensions,
    Actor,
    /// The agents of a group.
    Members,
    Group,
    Account,
    Verb,
    Object,
    Activity,
    Definition,
    Reference,
    SubStatement,
    Result,
    Score,
    Context,
    ContextActivities,
    Activities,
    Attachments,
    Attachment,
    Statement,
    /// Lists of what an interaction was about, in the forms of §2.4.4.1; read by nobody here.
    List,
}

/// The members of an object: name, shape, whether it has to be there. `None`: it is no object, or a free one.
fn members(shape: Shape) -> Option<&'static [(&'static str, Shape, bool)]> {
    use Shape::*;
    Some(match shape {
        Statement => &[
            ("id", Uuid, false),
            ("actor", Actor, true),
            ("verb", Verb, true),
            ("object", Object, true),
            ("result", Result, false),
            ("context", Context, false),
            ("timestamp", Instant, false),
            ("stored", Instant, false),
            ("authority", Actor, false),
            ("version", Version, false),
            ("attachments", Attachments, false),
        ],
        SubStatement => &[
            ("objectType", Text, true),
            ("actor", Actor, true),
            ("verb", Verb, true),
            ("object", Object, true),
            ("result", Result, false),
            ("context", Context, false),
            ("timestamp", Instant, false),
            ("attachments", Attachments, false),
        ],
        Actor | Group => &[
            ("objectType", Text, false),
            ("name", Text, false),
            ("mbox", Mailbox, false),
            ("mbox_sha1sum", Sha1, false),
            ("openid", Iri, false),
            ("account", Account, false),
            ("member", Members, false),
        ],
        Account => &[("homePage", Iri, true), ("name", Text, true)],
        Verb => &[("id", Iri, true), ("display", LanguageMap, false)],
        Activity => &[("objectType", Text, false), ("id", Iri, true), ("definition", Definition, false)],
        Definition => &[
            ("name", LanguageMap, false),
            ("description", LanguageMap, false),
            ("type", Iri, false),
            ("moreInfo", Iri, false),
            ("extensions", Extensions, false),
            ("interactionType", Text, false),
            ("correctResponsesPattern", List, false),
            ("choices", List, false),
            ("scale", List, false),
            ("source", List, false),
            ("target", List, false),
            ("steps", List, false),
        ],
        Reference => &[("objectType", Text, true), ("id", Uuid, true)],
        Result => &[
            ("score", Score, false),
            ("success", Bool, false),
            ("completion", Bool, false),
            ("response", Text, false),
            ("duration", Duration, false),
            ("extensions", Extensions, false),
        ],
        Score => &[
            ("scaled", Number, false),
            ("raw", Number, false),
            ("min", Number, false),
            ("max", Number, false),
        ],
        Context => &[
            ("registration", Uuid, false),
            ("instructor", Actor, false),
            ("team", Group, false),
            ("contextActivities", ContextActivities, false),
            // Of version 2.0 (IEEE 9274.1.1 §4.2.2.7).
            ("contextAgents", List, false),
            ("contextGroups", List, false),
            ("revision", Text, false),
            ("platform", Text, false),
            ("language", Language, false),
            ("statement", Reference, false),
            ("extensions", Extensions, false),
        ],
        ContextActivities => &[
            ("parent", Activities, false),
            ("grouping", Activities, false),
            ("category", Activities, false),
            ("other", Activities, false),
        ],
        Attachment => &[
            ("usageType", Iri, true),
            ("display", LanguageMap, true),
            ("description", LanguageMap, false),
            ("contentType", Text, true),
            ("length", Length, true),
            ("sha2", Sha2, true),
            ("fileUrl", Iri, false),
        ],
        _ => return None,
    })
}

/// Every rule that the statement breaks. Nothing recurses.
pub(super) fn of(root: Value<'_>) -> Vec<Finding> {
    let mut defects = Defects::new();
    let mut open = vec![(root, Shape::Statement)];
    while let Some((value, shape)) = open.pop() {
        one(value, shape, &mut defects, &mut open);
    }
    defects.finish()
}

fn one<'t>(value: Value<'t>, shape: Shape, defects: &mut Defects, open: &mut Vec<(Value<'t>, Shape)>) {
    let shape = if shape == Shape::Object { of_object(value) } else { shape };
    let kind = match shape {
        Shape::Bool => Kind::Bool,
        Shape::Number | Shape::Length => Kind::Number,
        Shape::Members | Shape::Attachments | Shape::List => Kind::Array,
        // One activity is a list of one (§2.4.6.2, for older versions).
        Shape::Activities if value.kind() == Kind::Object => Kind::Object,
        Shape::Activities => Kind::Array,
        Shape::LanguageMap | Shape::Extensions => Kind::Object,
        _ if members(shape).is_some() => Kind::Object,
        _ => Kind::String,
    };
    if value.kind() != kind {
        return defects.add(Code::DocumentMemberType, value);
    }
    match shape {
        Shape::Members => open.extend(value.children().map(|item| (item, Shape::Actor))),
        Shape::Attachments => open.extend(value.children().map(|item| (item, Shape::Attachment))),
        Shape::Activities => open.extend(value.one_or_many().map(|item| (item, Shape::Activity))),
        Shape::LanguageMap => {
            let tags = value.children().filter(|text| !text.key().is_some_and(is_language));
            tags.for_each(|text| defects.add(Code::DocumentMemberValue, text));
            open.extend(value.children().map(|text| (text, Shape::Text)));
        }
        Shape::Extensions => {
            let names = value.children().filter(|item| !item.key().is_some_and(is_iri));
            names.for_each(|item| defects.add(Code::DocumentUrl, item));
        }
        _ => {}
    }
    if let Some(members) = members(shape) {
        for (name, _, required) in members.iter().filter(|(name, ..)| value.get(name).is_none()) {
            if *required {
                defects.missing(Code::DocumentMemberMissing, value, name);
            }
        }
        for member in value.children() {
            match members.iter().find(|(name, ..)| Some(*name) == member.key()) {
                Some((_, shape, _)) => open.push((member, *shape)),
                None => defects.add(Code::DocumentMemberForbidden, member),
            }
        }
        together(value, shape, defects);
    } else if let Some(text) = value.as_str() {
        let code = match shape {
            Shape::Iri if !is_iri(text) => Code::DocumentUrl,
            Shape::Instant if Timestamp::parse(text).is_err() || text.ends_with("-00:00") => {
                Code::DocumentDate
            }
            _ if is_value(shape, text) => return,
            _ => Code::DocumentMemberValue,
        };
        defects.add(code, value);
    } else if let (Shape::Length, Some(number)) = (shape, value.as_number())
        && number.as_i64().is_none_or(|length| length < 0)
    {
        defects.add(Code::DocumentMemberValue, value);
    }
}

/// What a statement is about (§2.4.4): without `objectType` an activity.
fn of_object(value: Value<'_>) -> Shape {
    match value.get("objectType").and_then(|kind| kind.as_str()) {
        Some("Agent" | "Group") => Shape::Actor,
        Some("StatementRef") => Shape::Reference,
        Some("SubStatement") => Shape::SubStatement,
        _ => Shape::Activity,
    }
}

/// What members of one object have to do with each other, and which words they may be.
fn together(object: Value<'_>, shape: Shape, defects: &mut Defects) {
    let text = |name: &str| object.get(name).and_then(|value| value.as_str());
    let number = |name: &str| object.get(name)?.as_number().map(|number| number.as_f64());
    let kinds: &[&str] = match shape {
        Shape::Actor => &["Agent", "Group"],
        Shape::Group => &["Group"],
        Shape::Activity => &["Activity"],
        Shape::Reference => &["StatementRef"],
        Shape::SubStatement => &["SubStatement"],
        _ => &[],
    };
    if let Some(kind) = object.get("objectType")
        && kind.as_str().is_some_and(|kind| !kinds.contains(&kind))
    {
        defects.add(Code::DocumentMemberValue, kind);
    }
    match shape {
        Shape::Actor | Shape::Group => {
            let group = text("objectType") == Some("Group");
            let mut identifiers =
                ["mbox", "mbox_sha1sum", "openid", "account"].into_iter().filter_map(|name| object.get(name));
            let first = identifiers.next();
            // §2.4.2.3: exactly one.
            identifiers.for_each(|further| defects.add(Code::DocumentMemberForbidden, further));
            match object.get("member") {
                Some(member) if !group => defects.add(Code::DocumentMemberForbidden, member),
                None if first.is_none() => {
                    defects.missing(
                        Code::DocumentMemberMissing,
                        object,
                        if group { "member" } else { "mbox" },
                    );
                }
                member => {
                    let groups = member.into_iter().flat_map(|member| member.children()).filter(|item| {
                        item.get("objectType").and_then(|kind| kind.as_str()) == Some("Group")
                    });
                    groups.for_each(|nested| defects.add(Code::DocumentMemberForbidden, nested));
                }
            }
        }
        // §2.4.4.3: one level of statements in statements.
        Shape::SubStatement => {
            let nested = object.get("object").filter(|inner| of_object(*inner) == Shape::SubStatement);
            nested.into_iter().for_each(|inner| defects.add(Code::DocumentMemberForbidden, inner));
        }
        Shape::Score => {
            let out = |value: f64, low: Option<f64>, high: Option<f64>| {
                low.is_some_and(|low| value < low) || high.is_some_and(|high| value > high)
            };
            let (min, max) = (number("min"), number("max"));
            let bounds = [
                ("scaled", number("scaled").is_some_and(|value| out(value, Some(-1.0), Some(1.0)))),
                ("raw", number("raw").is_some_and(|value| out(value, min, max))),
                ("max", min.zip(max).is_some_and(|(min, max)| min >= max)),
            ];
            for (name, _) in bounds.into_iter().filter(|(_, wrong)| *wrong) {
                object.get(name).into_iter().for_each(|value| defects.add(Code::DocumentMemberValue, value));
            }
        }
        // §2.6.2: a signature is bytes.
        Shape::Attachment if super::is_signature(object) => {
            let other = object.get("contentType").filter(|kind| {
                kind.as_str().is_some_and(|kind| !kind.eq_ignore_ascii_case("application/octet-stream"))
            });
            other.into_iter().for_each(|kind| defects.add(Code::DocumentMemberValue, kind));
        }
        _ => {}
    }
}

fn is_value(shape: Shape, text: &str) -> bool {
    let digits = |lengths: &[usize]| {
        lengths.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_hexdigit())
    };
    match shape {
        Shape::Uuid => is_uuid(text),
        Shape::Duration => is_duration(text),
        Shape::Mailbox => text
            .strip_prefix("mailto:")
            .and_then(|address| address.split_once('@'))
            .is_some_and(|(local, host)| !local.is_empty() && !host.is_empty()),
        Shape::Sha1 => digits(&[40]),
        Shape::Sha2 => digits(&[56, 64, 96, 128]),
        Shape::Version => ["1.0", "2.0"].into_iter().any(|version| {
            text.strip_prefix(version).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        }),
        Shape::Language => is_language(text),
        _ => true,
    }
}

/// RFC 4122 §3, in either case.
fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(index, byte)| match index {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

fn is_language(text: &str) -> bool {
    oxilangtag::LanguageTag::parse(text).is_ok()
}

fn is_iri(text: &str) -> bool {
    oxiri::Iri::parse(text).is_ok()
}

/// ISO 8601-1 §5.5.2: `P`, then numbers with their units from the largest on, the last perhaps with a fraction; weeks stand
/// alone.
fn is_duration(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('P') else { return false };
    let (date, time) = match rest.split_once('T') {
        Some((_, "")) => return false,
        Some((date, time)) => (date, time),
        None => (rest, ""),
    };
    let weeks = date.strip_suffix('W').filter(|_| time.is_empty() && !rest.contains('T'));
    if let Some(number) = weeks {
        return is_number(number);
    }
    !rest.is_empty() && in_units(date, "YMD") && in_units(time, "HMS")
}

fn in_units(text: &str, units: &str) -> bool {
    let mut left = units.chars();
    let mut rest = text;
    while let Some(end) = rest.find(|letter: char| letter.is_ascii_uppercase()) {
        let (number, tail) = rest.split_at(end);
        let mut tail = tail.chars();
        let unit = tail.next();
        if !is_number(number) || !left.any(|known| Some(known) == unit) {
            return false;
        }
        rest = tail.as_str();
    }
    rest.is_empty()
}

fn is_number(text: &str) -> bool {
    let (whole, fraction) = text.split_once(['.', ',']).unwrap_or((text, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    digits(whole) && digits(fraction)
}
