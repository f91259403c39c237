//! Addresses at which issuers publish records, and which of them a profile answers for (Open Badges 2.0 §VerificationObject,
//! §HostedBadge).
//!
//! Addresses are compared by what they name: scheme, host, port, then whole segments of the path. Texts that merely begin
//! alike are not (`https://a.example` and `https://a.example.evil`).

use crate::json::Value;

/// The address of a hosted document, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address<'a> {
    scheme: &'a str,
    host: String,
    port: Option<u16>,
    /// The path and what is behind it.
    rest: &'a str,
}

impl<'a> Address<'a> {
    /// Reads an address of the web: `https` or `http`, a registered name as host, nothing before it, no fragment behind it,
    /// no dot segments in between. `None` for everything else: numbers in place of a name are nobody's word for who answers.
    pub fn parse(text: &'a str) -> Option<Self> {
        let url = oxiri::Iri::parse(text).ok()?;
        let scheme = ["https", "http"].into_iter().find(|scheme| *scheme == url.scheme())?;
        let authority = url.authority()?;
        if !text.is_ascii() || url.fragment().is_some() || authority.contains(['@', '[', '%']) {
            return None;
        }
        let (host, port) = match authority.split_once(':') {
            Some((host, port)) => (host, Some(port.parse().ok().filter(|port| *port != 0)?)),
            None => (authority, None),
        };
        let host = host.to_ascii_lowercase();
        let host = host.strip_suffix('.').unwrap_or(&host);
        let last = host.rsplit('.').next().unwrap_or("");
        // What ends in a number is read as an IPv4 address, in whatever notation.
        if host.is_empty() || last.starts_with(|c: char| c.is_ascii_digit()) || last.is_empty() {
            return None;
        }
        let start = scheme.len().checked_add(3)?.checked_add(authority.len())?;
        let rest = text.get(start..)?;
        let path = rest.split(['?']).next().unwrap_or("").to_ascii_lowercase().replace("%2e", ".");
        if path.split('/').any(|segment| matches!(segment, "." | "..")) {
            return None;
        }
        let default = if scheme == "https" { 443 } else { 80 };
        Some(Address { scheme, host: host.to_owned(), port: port.filter(|port| *port != default), rest })
    }

    /// Whether what is there can be fetched over a connection that says who answers.
    pub fn is_https(&self) -> bool {
        self.scheme == "https"
    }

    /// Whether the same server answers at both (RFC 6454 §5).
    pub fn same_origin(&self, other: &Address<'_>) -> bool {
        (self.scheme, &self.host, self.port) == (other.scheme, &other.host, other.port)
    }

    /// Whether it is below `prefix`, in whole segments of its path.
    fn is_below(&self, prefix: &Address<'_>) -> bool {
        let below = self.rest.strip_prefix(prefix.rest);
        self.same_origin(prefix)
            && below.is_some_and(|rest| {
                rest.is_empty() || prefix.rest.ends_with('/') || rest.starts_with(['/', '?'])
            })
    }

    /// Whether an entry of `allowedOrigins` names its host: a registered name, perhaps with a port, and nothing else.
    fn is_at(&self, host: &str) -> bool {
        let (name, port) = match host.split_once(':') {
            Some((name, port)) => (name, port.parse::<u16>().ok()),
            None => (host, Some(443)),
        };
        let default = if self.is_https() { 443 } else { 80 };
        let own = self.port.unwrap_or(default);
        let plain = !name.is_empty() && !name.contains(['/', '*', '@', '?', '#']);
        // A name alone is that of the usual port of either scheme.
        let port_fits = port == Some(own) || !host.contains(':') && self.port.is_none();
        plain && port_fits && name.eq_ignore_ascii_case(&self.host)
    }
}

/// Whether a profile answers for what is at an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// It does.
    Inside,
    /// It does not.
    Outside,
    /// It says so by a rule that is not known here, or that cannot be read.
    Unknown,
}

/// Whether the profile with this identifier answers for an address (Open Badges 2.0 §VerificationObject): each rule that it
/// states must be satisfied; without one, what is at its own origin is its.
pub fn scope(address: &str, profile: Value<'_>, id: &str) -> Scope {
    let (Some(address), Some(own)) = (Address::parse(address), Address::parse(id)) else {
        return Scope::Outside;
    };
    let rules = profile.get("verification").filter(|rules| !rules.is_empty_member());
    let stated = |member: &str| rules.and_then(|rules| rules.get(member)).filter(|v| !v.is_empty_member());
    if rules.is_some_and(|rules| rules.as_object().is_none()) {
        return Scope::Unknown;
    }
    if let Some(property) = stated("verificationProperty")
        && !matches!(property.as_str(), Some("id" | "@id"))
    {
        return Scope::Unknown;
    }
    let (prefixes, hosts) = (stated("startsWith"), stated("allowedOrigins"));
    if prefixes.is_none() && hosts.is_none() {
        return if address.same_origin(&own) { Scope::Inside } else { Scope::Outside };
    }
    let mut all = true;
    for (rule, fits) in [
        (
            prefixes,
            (|address, text| Address::parse(text).is_some_and(|prefix| address.is_below(&prefix)))
                as fn(&Address<'_>, &str) -> bool,
        ),
        (hosts, |address, text| address.is_at(text)),
    ] {
        let Some(rule) = rule else { continue };
        let texts: Option<Vec<&str>> = rule.one_or_many().map(|item| item.as_str()).collect();
        let Some(texts) = texts else { return Scope::Unknown };
        all &= texts.into_iter().any(|text| fits(&address, text));
    }
    if all { Scope::Inside } else { Scope::Outside }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::Tree;
    use crate::limits::Limits;

    fn judge(address: &str, rules: &str) -> Scope {
        let text = format!(r#"{{"id":"https://a.example/issuer","verification":{rules}}}"#);
        let tree = Tree::parse(text.as_bytes(), &Limits::default()).unwrap();
        scope(address, tree.root(), "https://a.example/issuer")
    }

    #[test]
    fn without_a_rule_the_origin_of_the_profile_counts() {
        for (address, expected) in [
            ("https://a.example/1", Scope::Inside),
            ("https://A.example:443/1", Scope::Inside),
            ("https://a.example:8443/1", Scope::Outside),
            ("http://a.example/1", Scope::Outside),
            ("https://a.example.evil/1", Scope::Outside),
            ("https://evil/https://a.example/1", Scope::Outside),
            ("https://b.a.example/1", Scope::Outside),
            ("https://a.example@evil/1", Scope::Outside),
            ("https://a.example/1#https://evil", Scope::Outside),
        ] {
            assert_eq!(judge(address, "{}"), expected, "{address}");
            assert_eq!(judge(address, "null"), expected, "{address}");
        }
    }

    /// threats.md O02.
    #[test]
    fn a_prefix_is_one_of_whole_segments() {
        for (address, prefix, expected) in [
            ("https://a.example/x", "https://a.example", Scope::Inside),
            ("https://a.example.evil/x", "https://a.example", Scope::Outside),
            ("https://a.example@evil/x", "https://a.example", Scope::Outside),
            ("https://a.example:444/x", "https://a.example", Scope::Outside),
            ("https://a.example/b/1", "https://a.example/b", Scope::Inside),
            ("https://a.example/b/1", "https://a.example/b/", Scope::Inside),
            ("https://a.example/b?id=1", "https://a.example/b", Scope::Inside),
            ("https://a.example/bad/1", "https://a.example/b", Scope::Outside),
            ("https://a.example/b/../c", "https://a.example/b", Scope::Outside),
            ("https://a.example/b/%2E%2e/c", "https://a.example/b", Scope::Outside),
            ("https://c.example/x", "https://c.example/", Scope::Inside),
        ] {
            assert_eq!(
                judge(address, &format!(r#"{{"startsWith":"{prefix}"}}"#)),
                expected,
                "{address} {prefix}"
            );
            let several = format!(r#"{{"startsWith":["https://z.example/","{prefix}"]}}"#);
            assert_eq!(judge(address, &several), expected, "{address} {prefix}");
        }
    }

    /// threats.md O04.
    #[test]
    fn an_allowed_origin_is_a_host() {
        for (address, host, expected) in [
            ("https://b.example/1", "b.example", Scope::Inside),
            ("https://b.example/1", "B.EXAMPLE", Scope::Inside),
            ("https://b.example/1", "b.example:443", Scope::Inside),
            ("https://b.example:8443/1", "b.example", Scope::Outside),
            ("https://b.example:8443/1", "b.example:8443", Scope::Inside),
            ("https://b.example/1", "https://b.example", Scope::Outside),
            ("https://b.example/1", "*.example", Scope::Outside),
            ("https://b.example/1", "example", Scope::Outside),
            ("https://a.example/1", "b.example", Scope::Outside),
        ] {
            assert_eq!(
                judge(address, &format!(r#"{{"allowedOrigins":"{host}"}}"#)),
                expected,
                "{address} {host}"
            );
        }
    }

    #[test]
    fn every_rule_that_is_stated_counts() {
        let both = r#"{"startsWith":"https://a.example/b/","allowedOrigins":["a.example"]}"#;
        assert_eq!(judge("https://a.example/b/1", both), Scope::Inside);
        assert_eq!(judge("https://a.example/c/1", both), Scope::Outside);
        for unknown in [
            r#"{"verificationProperty":"url"}"#,
            r#"{"startsWith":1}"#,
            r#"{"allowedOrigins":[{}]}"#,
            "[1]",
            "7",
        ] {
            assert_eq!(judge("https://a.example/1", unknown), Scope::Unknown, "{unknown}");
        }
        assert_eq!(judge("https://a.example/1", r#"{"verificationProperty":"id"}"#), Scope::Inside);
    }

    #[test]
    fn an_address_has_a_name_for_a_host() {
        for bad in [
            "https://10.0.0.1/x",
            "https://[::1]/x",
            "https://2130706433/",
            "https://127.1/",
            "https://0x7f.1/",
            "https://u@a.example/",
            "https://a.example/#x",
            "ftp://a.example/",
            "HTTPS://a.example/x",
            "https:///x",
            "https://a.example:0/",
            "https://a.example:x/",
            "urn:uuid:1",
            "did:web:a.example",
            "https://ä.example/",
            "https://a%2eexample/",
            "",
            "https://./",
        ] {
            assert!(Address::parse(bad).is_none(), "{bad}");
        }
        assert!(Address::parse("https://a.example").is_some_and(|address| address.is_https()));
        assert!(Address::parse("http://a.example/x?y=../z").is_some_and(|address| !address.is_https()));
    }
}
