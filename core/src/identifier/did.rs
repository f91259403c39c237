//! DIDs (DID 1.0 §3.1).

use crate::codes::{Code, Finding};

/// A DID, without path, query or fragment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Did<'a> {
    /// The method's name.
    pub method: &'a str,
    /// What follows the method: `id` of `did:method:id`, colons and all.
    pub id: &'a str,
}

impl<'a> Did<'a> {
    /// Reads a DID.
    ///
    /// # Errors
    /// [`Code::DidSyntax`].
    pub fn parse(text: &'a str) -> Result<Self, Finding> {
        let split = text.strip_prefix("did:").and_then(|rest| rest.split_once(':'));
        match split {
            Some((method, id)) if is_method_name(method) && is_method_specific_id(id) => {
                Ok(Did { method, id })
            }
            _ => Err(Finding::new(Code::DidSyntax)),
        }
    }
}

/// `1*method-char`
fn is_method_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
}

/// `*( *idchar ":" ) 1*idchar`
fn is_method_specific_id(text: &str) -> bool {
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        let well_formed = match byte {
            b'%' => {
                let mut digit = || bytes.next().is_some_and(|b| b.is_ascii_hexdigit());
                digit() && digit()
            }
            byte => byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b':'),
        };
        if !well_formed {
            return false;
        }
    }
    !text.is_empty() && !text.ends_with(':')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_syntax_of_did_1_0_section_3_1() {
        for (text, method, id) in [
            ("did:example:123456789abcdefghi", "example", "123456789abcdefghi"),
            ("did:web:example.com%3A3000:user:alice", "web", "example.com%3A3000:user:alice"),
            ("did:a1:A-_.%2f", "a1", "A-_.%2f"),
            ("did:x::y", "x", ":y"),
        ] {
            assert_eq!(Did::parse(text), Ok(Did { method, id }), "{text}");
        }
        for text in [
            "",
            "did",
            "did:",
            "did:a",
            "did:a:",
            "did::a",
            "did:a:b:",
            "DID:a:b",
            "did:A:b",
            "did:a-b:c",
            "did:a:b/c",
            "did:a:b?c",
            "did:a:b#c",
            "did:a:b c",
            "did:a:é",
            "did:a:%",
            "did:a:%4",
            "did:a:%4g",
            "did:a:b%",
            " did:a:b",
            "did:a:b\n",
            "urn:a:b",
            "did:a:b@c",
            "did:a:b\\c",
            "did:a:b\0",
        ] {
            assert_eq!(Did::parse(text).unwrap_err().code, Code::DidSyntax, "{text:?}");
        }
    }
}
