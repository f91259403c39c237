//! did:web (W3C CCG did:web §3): a DID that is an https URL in other words.
//!
//! The identifier is attacker-controlled and becomes a request of the host, so only plain names are mapped: a lower
//! case domain name, no IP address, no user, a port only as `%3A`, no path segment that a server could read as
//! another path.

use super::Did;
use crate::codes::{Code, Finding};

/// The URL of the document of a did:web.
///
/// # Errors
/// [`Code::DidSyntax`].
pub fn location(did: Did<'_>) -> Result<String, Finding> {
    url(did.id).ok_or_else(|| Finding::new(Code::DidSyntax))
}

fn url(id: &str) -> Option<String> {
    let mut parts = id.split(':');
    let authority = parts.next()?;
    let (host, port) = match authority.split_once("%3A") {
        Some((host, port)) => (host, Some(port)),
        None => (authority, None),
    };
    let mut url = String::from("https://");
    if !is_domain_name(host) {
        return None;
    }
    url.push_str(host);
    if let Some(port) = port {
        // One text for each port: no sign, no leading zero.
        let number: u16 = port.parse().ok().filter(|number| *number != 0)?;
        if number.to_string() != port {
            return None;
        }
        url.push(':');
        url.push_str(port);
    }
    let path: Vec<&str> = parts.collect();
    if path.is_empty() {
        url.push_str("/.well-known");
    }
    for segment in path {
        if !is_segment(segment) {
            return None;
        }
        url.push('/');
        url.push_str(segment);
    }
    url.push_str("/did.json");
    Some(url)
}

/// Whether it is a name in the public DNS: at least two labels (RFC 1034 §3.5, lower case), the last of which no
/// reader takes for a number of an IP address, and none of which is punycode for plain ASCII, which would be another
/// spelling of a name without it (such a label ends in a hyphen).
fn is_domain_name(host: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let Some((_, last)) = host.rsplit_once('.') else { return false };
    host.len() <= 253
        && host.split('.').all(is_label)
        && last != "localhost"
        && last.starts_with(|c: char| c.is_ascii_lowercase())
}

/// Whether it is one segment of a path for every reader, however often it decodes it.
fn is_segment(segment: &str) -> bool {
    let Some(decoded) = percent_decode(segment) else { return false };
    !decoded.is_empty()
        && decoded != b"."
        && decoded != b".."
        && !decoded.iter().any(|b| b.is_ascii_control() || matches!(b, b'/' | b'\\' | b'%' | b'?' | b'#'))
}

fn percent_decode(text: &str) -> Option<Vec<u8>> {
    let mut decoded = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        rest = tail;
        decoded.push(match (first, rest) {
            (b'%', [high, low, tail @ ..]) => {
                rest = tail;
                let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|d| u8::try_from(d).ok());
                digit(*high)?.checked_mul(16)?.checked_add(digit(*low)?)?
            }
            (b'%', _) => return None,
            (byte, _) => *byte,
        });
    }
    Some(decoded)
}
