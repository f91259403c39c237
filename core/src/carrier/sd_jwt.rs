//! SD-JWTs as bytes (RFC 9901 §4): a JWT, disclosures and perhaps the JWT of a key binding, with tildes between them.

use crate::codes::{Code, Finding};

/// An SD-JWT in its compact serialization, split and not decoded.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct SdJwt<'a> {
    /// The JWT of the issuer.
    pub(crate) issuer_jwt: &'a str,
    /// The disclosures, in base64url.
    pub(crate) disclosures: Vec<&'a str>,
    /// The JWT of the key binding.
    pub(crate) key_binding: Option<&'a str>,
    /// What a key binding is about (`sd_hash`): all up to the last tilde and with it (RFC 9901 §4.3.1).
    pub(crate) presented: &'a str,
}

impl<'a> SdJwt<'a> {
    /// Splits the text. White space around it is none of the text, as for a JWS; inside there is none.
    ///
    /// # Errors
    /// [`Code::SdJwtFormat`] for a part that is missing, empty or no base64url, and for what stands behind the last
    /// tilde and is no JWT.
    pub(crate) fn parse(bytes: &'a [u8]) -> Result<Self, Finding> {
        let wrong = || Finding::at(Code::SdJwtFormat, "");
        let text = std::str::from_utf8(bytes).map_err(|_| wrong())?.trim_ascii();
        let presented = text.rfind('~').and_then(|tilde| text.get(..=tilde)).ok_or_else(wrong)?;
        let key_binding = text.get(presented.len()..).filter(|jwt| !jwt.is_empty());
        let mut parts = presented.strip_suffix('~').unwrap_or(presented).split('~');
        let issuer_jwt = parts.next().filter(|jwt| is_jwt(jwt)).ok_or_else(wrong)?;
        let disclosures: Vec<&str> = parts.collect();
        if !disclosures.iter().all(|part| is_base64url(part)) || !key_binding.is_none_or(is_jwt) {
            return Err(wrong());
        }
        Ok(SdJwt { issuer_jwt, disclosures, key_binding, presented })
    }
}

fn is_jwt(text: &str) -> bool {
    let mut parts = text.split('.');
    parts.by_ref().take(3).filter(|part| is_base64url(part)).count() == 3 && parts.next().is_none()
}

fn is_base64url(text: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() | (byte == b'-') | (byte == b'_');
    // Without an early end, many bytes are looked at in one step.
    !text.is_empty() && text.bytes().fold(true, |all, byte| all & fits(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_are_those_of_the_text() {
        let plain = SdJwt::parse(b"a.b.c~").unwrap();
        assert_eq!((plain.issuer_jwt, plain.disclosures.len(), plain.key_binding), ("a.b.c", 0, None));
        let bound = SdJwt::parse(b"a.b.c~d1~d2~x.y.z\n").unwrap();
        assert_eq!(bound.disclosures, ["d1", "d2"]);
        assert_eq!((bound.key_binding, bound.presented), (Some("x.y.z"), "a.b.c~d1~d2~"));
    }

    #[test]
    fn separators_are_exact() {
        for text in [
            "",
            "~",
            "a.b.c",
            "a.b~",
            "a.b.c.d~",
            "a..c~",
            "a.b.~",
            "~a.b.c~",
            "a.b.c~~",
            "a.b.c~d1",
            "a.b.c~d1~~",
            "a.b.c~~x.y.z",
            "a.b.c~d 1~",
            "a.b.c~d1\r\n~d2~",
            "a.b.c~d1=~",
            "a.b.c~d1+~",
            "a.b.c~x.y.z~",
            "a.b.c~d1~x.y",
            "a.b.c~d1~x.y.z.w",
            "a.b.c~d1~x..z",
            "a.b.c~d\u{e9}~",
        ] {
            assert_eq!(SdJwt::parse(text.as_bytes()).unwrap_err().code, Code::SdJwtFormat, "{text:?}");
        }
        assert!(SdJwt::parse(b"a.b.c~\xff~").is_err());
    }
}
