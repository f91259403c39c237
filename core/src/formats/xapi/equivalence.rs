//! Whether a statement is the one that was signed (xAPI-Data §2.6.3: "logically equivalent", §2.3.1).
//!
//! A Learning Record Store hands a statement out with what it added, and in another form than it got it. What it may
//! change, §2.3.1 says, and nothing else is passed over here: what it assigns (`id`, `authority`, `stored`, `timestamp`,
//! `version`), the definitions of activities, the display of verbs, the zone of a timestamp, the order of the members of
//! a group, the attachments that are signatures, and what is not case-sensitive (UUIDs, language tags, media types,
//! digits of digests). What is assigned is not changed: a signed `id`, `timestamp` or `version` must be there as it was
//! signed. A duration is a text: `PT1M` is not `PT60S`.

use std::collections::BTreeMap;

use super::is_signature;
use crate::json::{Kind, Value, jcs};
use crate::time::Timestamp;

/// This many places that are not signed are named, the rest are counted.
const MOST: usize = 100;

/// How two statements compare.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// Where in the received statement the first difference is that nothing explains.
    pub difference: Option<String>,
    /// What stands in the received statement and is not signed, in the order in which it was come to.
    pub unsigned: Vec<String>,
    /// How many more such places there are.
    pub more: u64,
}

/// What a value is, and so how it is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rule {
    /// Whatever it is: as JSON.
    Same,
    Statement,
    SubStatement,
    Actor,
    /// The members of a group, in any order.
    Members,
    Verb,
    /// What a statement is about: its `objectType` says what that is.
    Object,
    Activity,
    Reference,
    Context,
    ContextActivities,
    Activities,
    Attachments,
    Attachment,
    /// A map from language tags to texts.
    LanguageMap,
    /// A text whose case does not matter.
    AnyCase,
    Instant,
}

/// What may be the matter with a member.
#[derive(Clone, Copy, Debug)]
enum Member {
    /// It is signed, and compared.
    Signed(Rule),
    /// The store assigns it, where it was not signed.
    Assigned(Rule),
    /// It is not part of the statement, whether it was signed or not.
    Apart,
}

impl Rule {
    /// What the member of an object is. `object` is the signed one.
    fn member(self, object: Value<'_>, name: &str) -> Member {
        use Member::{Apart, Assigned, Signed};
        let signed = match (self, name) {
            (Rule::Statement, "authority" | "stored") => return Apart,
            (Rule::Statement, "id") => return Assigned(Rule::AnyCase),
            (Rule::Statement, "timestamp") => return Assigned(Rule::Instant),
            (Rule::Statement, "version") => return Assigned(Rule::Same),
            (Rule::Verb, "display") | (Rule::Activity, "definition") => return Apart,
            (Rule::SubStatement, "timestamp") => Rule::Instant,
            (Rule::Statement | Rule::SubStatement, "actor") => Rule::Actor,
            (Rule::Statement | Rule::SubStatement, "verb") => Rule::Verb,
            (Rule::Statement | Rule::SubStatement, "object") => Rule::Object,
            (Rule::Statement | Rule::SubStatement, "context") => Rule::Context,
            (Rule::Statement | Rule::SubStatement, "attachments") => Rule::Attachments,
            (Rule::Context, "instructor" | "team") => Rule::Actor,
            (Rule::Context, "contextActivities") => Rule::ContextActivities,
            (Rule::Context, "statement") => Rule::Reference,
            (Rule::Context, "registration" | "language") => Rule::AnyCase,
            (Rule::ContextActivities, _) => Rule::Activities,
            (Rule::Actor, "member") => Rule::Members,
            (Rule::Actor, "mbox_sha1sum") => Rule::AnyCase,
            (Rule::Reference, "id") => Rule::AnyCase,
            (Rule::Attachment, "display" | "description") => Rule::LanguageMap,
            (Rule::Attachment, "contentType" | "sha2") => Rule::AnyCase,
            (Rule::Object, _) => return Rule::of_object(object).member(object, name),
            _ => Rule::Same,
        };
        Signed(signed)
    }

    /// xAPI-Data §2.4.4: without `objectType` it is an activity.
    fn of_object(object: Value<'_>) -> Rule {
        match object.get("objectType").map(|kind| kind.as_str()) {
            None | Some(Some("Activity")) => Rule::Activity,
            Some(Some("Agent" | "Group")) => Rule::Actor,
            Some(Some("StatementRef")) => Rule::Reference,
            Some(Some("SubStatement")) => Rule::SubStatement,
            Some(_) => Rule::Same,
        }
    }

    /// What the items of an array are.
    fn item(self) -> Rule {
        match self {
            Rule::Members => Rule::Actor,
            Rule::Activities => Rule::Activity,
            Rule::Attachments => Rule::Attachment,
            _ => Rule::Same,
        }
    }
}

/// Compares the statement that was signed with the one that was received. The cost is that of reading both, times the
/// logarithm of their width; nothing recurses.
pub fn compare(signed: Value<'_>, received: Value<'_>) -> Comparison {
    let mut comparison = Comparison::default();
    let mut open = vec![(signed, received, Rule::Statement)];
    while let Some((signed, received, rule)) = open.pop() {
        let difference = match (signed.kind(), received.kind()) {
            (Kind::Object, Kind::Object) => objects(signed, received, rule, &mut comparison, &mut open),
            (Kind::Array, Kind::Array) => items(signed, received, rule, &mut open),
            _ => (!same_scalar(signed, received, rule)).then_some(received),
        };
        if let Some(place) = difference {
            comparison.difference = Some(place.pointer());
            break;
        }
    }
    comparison
}

type Open<'s, 'r> = Vec<(Value<'s>, Value<'r>, Rule)>;

/// Pairs the members of two objects; the first that has no counterpart is the difference.
fn objects<'s, 'r>(
    signed: Value<'s>,
    received: Value<'r>,
    rule: Rule,
    comparison: &mut Comparison,
    open: &mut Open<'s, 'r>,
) -> Option<Value<'r>> {
    let (of_signed, mut of_received) = (members(signed, rule), members(received, rule));
    for (name, value) in of_signed {
        let other = of_received.remove(&name);
        match (rule.member(signed, &name), other) {
            (Member::Apart, Some(other)) => {
                if !value.same_json(other) {
                    comparison.note(other);
                }
            }
            (Member::Apart, None) => {}
            (Member::Signed(rule) | Member::Assigned(rule), Some(other)) => open.push((value, other, rule)),
            (Member::Signed(Rule::Attachments), None) if without_signatures(value).is_empty() => {}
            (Member::Signed(_) | Member::Assigned(_), None) => return Some(received),
        }
    }
    for (name, value) in of_received {
        match rule.member(signed, &name) {
            Member::Apart | Member::Assigned(_) => comparison.note(value),
            Member::Signed(Rule::Attachments) if without_signatures(value).is_empty() => {}
            Member::Signed(_) => return Some(value),
        }
    }
    None
}

/// The members by name; in a map of languages by the tag, whose case does not matter (RFC 5646 §2.1.1), unless two tags
/// would be one.
fn members(object: Value<'_>, rule: Rule) -> BTreeMap<String, Value<'_>> {
    let all = || object.as_object().into_iter().flat_map(|object| object.iter());
    if rule == Rule::LanguageMap {
        let folded: BTreeMap<_, _> = all().map(|(name, value)| (name.to_ascii_lowercase(), value)).collect();
        if folded.len() == all().count() {
            return folded;
        }
    }
    all().map(|(name, value)| (name.to_owned(), value)).collect()
}

/// Pairs the items of two arrays.
fn items<'s, 'r>(
    signed: Value<'s>,
    received: Value<'r>,
    rule: Rule,
    open: &mut Open<'s, 'r>,
) -> Option<Value<'r>> {
    let (mut own, mut others): (Vec<_>, Vec<_>) = match rule {
        Rule::Attachments => (without_signatures(signed), without_signatures(received)),
        _ => (signed.children().collect(), received.children().collect()),
    };
    if rule == Rule::Members {
        own.sort_by_cached_key(|member| order(*member));
        others.sort_by_cached_key(|member| order(*member));
    }
    if own.len() != others.len() {
        return Some(received);
    }
    open.extend(own.into_iter().zip(others).map(|(value, other)| (value, other, rule.item())));
    None
}

/// Something to sort by that does not depend on what may be written in another case.
fn order(member: Value<'_>) -> (String, String) {
    let text = jcs::canonical(member);
    (text.to_ascii_lowercase(), text)
}

/// The attachments that are no signatures: those were added after signing (§2.6.2).
fn without_signatures(attachments: Value<'_>) -> Vec<Value<'_>> {
    attachments.one_or_many().filter(|attachment| !is_signature(*attachment)).collect()
}

fn same_scalar(signed: Value<'_>, received: Value<'_>, rule: Rule) -> bool {
    if let (Some(own), Some(other)) = (signed.as_str(), received.as_str()) {
        return own == other
            || match rule {
                Rule::AnyCase => own.eq_ignore_ascii_case(other),
                Rule::Instant => matches!(
                    (Timestamp::parse(own), Timestamp::parse(other)),
                    (Ok(own), Ok(other)) if own == other
                ),
                _ => false,
            };
    }
    if let (Some(own), Some(other)) = (signed.as_number(), received.as_number()) {
        // Of integers every digit counts, beyond what a double holds, too.
        let integers = own.is_integer_token() && other.is_integer_token();
        return if integers { own.token() == other.token() } else { own.as_f64() == other.as_f64() };
    }
    signed.kind() == received.kind() && signed.as_bool() == received.as_bool() && is_plain(signed)
}

/// Neither of them is compared with anything else.
fn is_plain(value: Value<'_>) -> bool {
    matches!(value.kind(), Kind::Bool | Kind::Null)
}

impl Comparison {
    fn note(&mut self, place: Value<'_>) {
        if self.unsigned.len() < MOST {
            self.unsigned.push(place.pointer());
        } else {
            self.more = self.more.saturating_add(1);
        }
    }
}
