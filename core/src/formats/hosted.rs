//! What Open Badges before 3.0 and CLR 1.0 have in common: a record names its issuer by a profile at an address, and is
//! either published at an address of its own (hosted) or signed with a key that the profile lists (Open Badges 2.0
//! §Verification, CLR 1.0 §Verification).

use super::Format;
use crate::document::items;
use crate::json::{Kind, Value};
use crate::time::Timestamp;

/// What kind of object a record is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// An Assertion of Open Badges: of the issuer of its BadgeClass.
    Assertion,
    /// An Assertion of CLR: of the issuer of its Achievement.
    ClrAssertion,
    /// A CLR: of its publisher.
    Clr,
    /// An Endorsement of either: of its issuer.
    Endorsement,
}

impl Class {
    /// What kind of object it is, by its type; what has none of the others is an Assertion.
    pub fn of(root: Value<'_>, format: Format) -> Class {
        let is = |names: &[&str]| {
            items(root, "type").any(|name| name.as_str().is_some_and(|n| names.contains(&n)))
        };
        match format {
            _ if is(&["Endorsement"]) => Class::Endorsement,
            Format::Clr if is(&["Assertion"]) || root.get("achievement").is_some() => Class::ClrAssertion,
            Format::Clr => Class::Clr,
            _ => Class::Assertion,
        }
    }

    /// The members that lead from the record to the profile of who vouches for it.
    pub const fn path(self) -> &'static [&'static str] {
        match self {
            Class::Assertion => &["badge", "issuer"],
            Class::ClrAssertion => &["achievement", "issuer"],
            Class::Clr => &["publisher"],
            Class::Endorsement => &["issuer"],
        }
    }
}

/// The profile of who vouches for the record: an object, or its identifier.
pub fn profile<'t>(root: Value<'t>, class: Class) -> Option<Value<'t>> {
    class.path().iter().try_fold(root, |at, member| at.get(member))
}

/// The identifier of who vouches for the record: the address of the profile. In Open Badges 0.5 issuers are origins.
pub fn issuer_id<'t>(root: Value<'t>, class: Class) -> Option<&'t str> {
    let profile = profile(root, class)?;
    profile.as_str().or_else(|| profile.get("id").or_else(|| profile.get("origin"))?.as_str())
}

/// How a record says it is secured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Means<'t> {
    /// By what is at its address.
    Hosted(Option<&'t str>),
    /// By a JWS: with the key of this identifier, if it names one; in Open Badges 1.1 and before it is the address of the
    /// key itself.
    Signed {
        /// `creator`, or `verify.url`.
        key: Option<&'t str>,
        /// Whether `key` is the address of a mere PEM text.
        pem: bool,
    },
    /// It does not say, or not in one way.
    Unstated,
}

/// Whether a version of Open Badges is from before 2.0.
pub fn is_first(format: Format) -> bool {
    matches!(format, Format::OpenBadges("0.5" | "1.0" | "1.1"))
}

/// The object that says how a record is secured.
pub fn verification<'t>(root: Value<'t>, format: Format) -> Option<Value<'t>> {
    let old = root.get("verify").filter(|_| is_first(format));
    old.or_else(|| root.get("verification"))
}

/// How the record says it is secured (Open Badges 2.0 §VerificationObject, 1.1 §VerificationObject).
pub fn means<'t>(root: Value<'t>, format: Format) -> Means<'t> {
    let old = is_first(format);
    let id = root.get("id").and_then(|id| id.as_str());
    let Some(verification) = verification(root, format).filter(|value| !value.is_null()) else {
        // 0.5 knows nothing but copies, and does not say where they are.
        return if matches!(format, Format::OpenBadges("0.5")) {
            Means::Hosted(None)
        } else {
            Means::Unstated
        };
    };
    let types = || items(verification, "type").filter_map(|name| name.as_str());
    let hosted = types().any(|name| matches!(name, "hosted" | "HostedBadge" | "Hosted"));
    let signed = types().any(|name| matches!(name, "signed" | "SignedBadge" | "Signed"));
    let url = verification.get("url").filter(|_| old).and_then(|url| url.as_str());
    let creator = verification.get("creator").and_then(|creator| creator.as_str());
    match (hosted, signed) {
        (true, false) => Means::Hosted(url.or(id)),
        (false, true) if creator.is_none() && old => Means::Signed { key: url, pem: true },
        (false, true) => Means::Signed { key: creator, pem: false },
        _ => Means::Unstated,
    }
}

/// The addresses that a copy says it is at: one of them has to be where it was found. None: it does not say.
pub fn stated_addresses<'t>(root: Value<'t>, format: Format) -> Vec<&'t str> {
    let url = verification(root, format)
        .filter(|_| is_first(format))
        .and_then(|verification| verification.get("url"));
    [url, root.get("id")].into_iter().flatten().filter_map(|value| value.as_str()).collect()
}

/// A date of these formats: ISO 8601 with a time and its offset, seconds perhaps left out; before 2.0 also a mere date, a
/// time without offset, or seconds since 1970 (Open Badges 2.0 §DateTime, 1.1 §Primitive types).
///
/// # Errors
/// What is wrong, in English.
pub fn instant(value: Value<'_>, format: Format) -> Result<Timestamp, &'static str> {
    let old = is_first(format);
    if let Some(number) = value.as_number().filter(|_| old) {
        return number
            .as_i64()
            .filter(|seconds| *seconds >= 0)
            .map(Timestamp::from_unix)
            .ok_or("it is no number of seconds");
    }
    let text = value.as_str().ok_or("it is no text")?;
    if old && !text.is_empty() && text.len() <= 12 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.parse().map(Timestamp::from_unix).map_err(|_| "it is no number of seconds");
    }
    let read = |text: &str| match Timestamp::parse_lenient_utc(text) {
        Ok(read) if read.offset_missing && !old => Err("the offset from UTC is missing"),
        Ok(read) => Ok(read.instant),
        Err(why) => Err(why),
    };
    let minutes = || {
        let (date, time) = text.split_once('T')?;
        let (clock, offset) = time.split_at_checked(5)?;
        let is_offset = offset.is_empty() || offset.starts_with(['Z', '+', '-']);
        is_offset.then(|| format!("{date}T{clock}:00{offset}"))
    };
    read(text)
        .or_else(|why| minutes().ok_or(why).and_then(|text| read(&text)))
        .or_else(|why| if old { Timestamp::parse_date(text) } else { Err(why) })
}

/// When the record was issued and when it expires, as stated.
pub fn period<'t>(root: Value<'t>) -> [Option<Value<'t>>; 2] {
    let stated = |member: &str| root.get(member).filter(|value| !value.is_null());
    [stated("issuedOn").or_else(|| stated("issued_on")), stated("expires")]
}

/// Endorsements that hang on the record or a part of it: objects and addresses, and those that are signed.
pub(super) fn endorsements<'t>(parts: impl IntoIterator<Item = Value<'t>>) -> Vec<Value<'t>> {
    let of = |part: Value<'t>| {
        let members = ["endorsement", "endorsements", "signedEndorsements"];
        members.into_iter().flat_map(move |member| items(part, member))
    };
    let stands = |value: &Value<'t>| matches!(value.kind(), Kind::Object | Kind::String);
    parts.into_iter().flat_map(of).filter(stands).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::Tree;
    use crate::limits::Limits;

    #[test]
    fn dates_are_those_of_their_version() {
        let at = |json: &str, version| {
            let tree = Tree::parse(json.as_bytes(), &Limits::default()).unwrap();
            instant(tree.root(), Format::OpenBadges(version)).ok().map(|instant| instant.to_string())
        };
        for (json, first, second) in [
            (r#""2016-12-31T23:59:59Z""#, Some("2016-12-31T23:59:59Z"), Some("2016-12-31T23:59:59Z")),
            (r#""2017-10-01T00:00Z""#, Some("2017-10-01T00:00:00Z"), Some("2017-10-01T00:00:00Z")),
            (r#""2017-10-01T02:00+02:00""#, Some("2017-10-01T00:00:00Z"), Some("2017-10-01T00:00:00Z")),
            (r#""2015-04-30""#, Some("2015-04-30T00:00:00Z"), None),
            (r#""2015-04-30T10:00:00""#, Some("2015-04-30T10:00:00Z"), None),
            ("1400000000", Some("2014-05-13T16:53:20Z"), None),
            (r#""1400000000""#, Some("2014-05-13T16:53:20Z"), None),
            ("-1", None, None),
            ("1.5", None, None),
            (r#""yesterday""#, None, None),
            (r#""""#, None, None),
            ("true", None, None),
        ] {
            assert_eq!(at(json, "1.1").as_deref(), first, "{json}");
            assert_eq!(at(json, "2.0").as_deref(), second, "{json}");
        }
    }

    #[test]
    fn a_record_says_in_one_way_how_it_is_secured() {
        let of = |json: &str, version, expected: Means<'_>| {
            let tree = Tree::parse(json.as_bytes(), &Limits::default()).unwrap();
            assert_eq!(means(tree.root(), Format::OpenBadges(version)), expected, "{json}");
        };
        of(
            r#"{"id":"https://a.example/1","verification":{"type":"HostedBadge"}}"#,
            "2.0",
            Means::Hosted(Some("https://a.example/1")),
        );
        of(r#"{"id":"https://a.example/1","verify":{"type":"hosted"}}"#, "2.0", Means::Unstated);
        of(
            r#"{"uid":"1","verify":{"type":"hosted","url":"https://a.example/1"}}"#,
            "1.0",
            Means::Hosted(Some("https://a.example/1")),
        );
        of(
            r#"{"uid":"1","verify":{"type":"signed","url":"https://a.example/k"}}"#,
            "1.1",
            Means::Signed { key: Some("https://a.example/k"), pem: true },
        );
        of(
            r#"{"verification":{"type":"SignedBadge","creator":"https://a.example/k"}}"#,
            "2.0",
            Means::Signed { key: Some("https://a.example/k"), pem: false },
        );
        of(r#"{"verification":{"type":["hosted","signed"]}}"#, "2.0", Means::Unstated);
        of(r#"{"verification":{"type":7}}"#, "2.0", Means::Unstated);
        of(r#"{"verification":null}"#, "2.0", Means::Unstated);
        of(r#"{"badge":{}}"#, "0.5", Means::Hosted(None));
        of(r#"{"badge":{}}"#, "1.0", Means::Unstated);
    }
}
