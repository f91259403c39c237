//! The media types of secured documents (VC-JOSE-COSE §6.1, SD-JWT VC §6.1, and the names of their drafts): an exact
//! list, because a media type that is not known may mean anything.

use super::data_url::DataUrl;

/// How what has this media type is secured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// A JWT: a JWS in its compact serialization (RFC 7519 §3).
    Jwt,
    /// An SD-JWT (RFC 9901 §4).
    SdJwt,
    /// A COSE_Sign1 (RFC 9052 §4.2).
    Cose,
}

/// A media type that says how a document is secured, and which kind of document it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct MediaType {
    pub(crate) form: Form,
    /// A presentation; else a credential.
    pub(crate) presentation: bool,
    /// A credential that is an SD-JWT VC and nothing else (SD-JWT VC §6.1).
    pub(crate) sd_jwt_vc: bool,
}

/// `vc` stands for `vp` too.
const SECURED: [(&str, Form); 10] = [
    ("application/vc+jwt", Form::Jwt),
    ("application/vc+sd-jwt", Form::SdJwt),
    ("application/vc+cose", Form::Cose),
    // Drafts from before 2025.
    ("application/vc+ld+jwt", Form::Jwt),
    ("application/vc+ld+sd-jwt", Form::SdJwt),
    ("application/vc+ld+cose", Form::Cose),
    ("application/vc+ld+json+jwt", Form::Jwt),
    ("application/vc+ld+json+sd-jwt", Form::SdJwt),
    ("application/vc+ld+json+cose", Form::Cose),
    ("application/vc-ld+jwt", Form::Jwt),
];

impl MediaType {
    /// By its name, in letters of either case (RFC 6838 §4.2), parameters removed.
    pub(crate) fn named(name: &str) -> Option<Self> {
        let name = name.to_ascii_lowercase();
        if name == "application/dc+sd-jwt" {
            return Some(MediaType { form: Form::SdJwt, presentation: false, sd_jwt_vc: true });
        }
        let presentation = name.starts_with("application/vp");
        let credential = if presentation { name.replacen("/vp", "/vc", 1) } else { name };
        let (_, form) = SECURED.into_iter().find(|(name, _)| *name == credential)?;
        Some(MediaType { form, presentation, sd_jwt_vc: false })
    }

    /// That of a `data:` URL. None of these types has parameters; the character set of what is ASCII changes nothing.
    pub(crate) fn of(url: &DataUrl<'_>) -> Option<Self> {
        let harmless = |parameter: &&str| {
            ["charset=utf-8", "charset=us-ascii"].iter().any(|known| known.eq_ignore_ascii_case(parameter))
        };
        url.parameters.iter().all(harmless).then(|| MediaType::named(url.media_type))?
    }

    /// Whether the bytes begin as this form does. Texts have nothing around them.
    pub(crate) fn fits(self, bytes: &[u8]) -> bool {
        let token = super::is_token(bytes) && bytes.trim_ascii() == bytes;
        match self.form {
            Form::Jwt => token && !bytes.contains(&b'~'),
            Form::SdJwt => token && bytes.contains(&b'~'),
            Form::Cose => bytes.starts_with(&[TAG_COSE_SIGN1]) || bytes.starts_with(&[ARRAY_OF_FOUR]),
        }
    }
}

/// The CBOR tag 18 (RFC 9052 §2), and what it is on.
pub(crate) const TAG_COSE_SIGN1: u8 = 0xD2;
pub(crate) const ARRAY_OF_FOUR: u8 = 0x84;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::carrier::data_url;

    fn of(url: &str) -> Option<MediaType> {
        MediaType::of(&data_url::read(url).unwrap().unwrap())
    }

    #[test]
    fn the_list_is_exact() {
        for (name, form, presentation) in [
            ("application/vc+jwt", Form::Jwt, false),
            ("application/vp+jwt", Form::Jwt, true),
            ("Application/VC+SD-JWT", Form::SdJwt, false),
            ("application/vp+cose", Form::Cose, true),
            ("application/vp+ld+json+jwt", Form::Jwt, true),
        ] {
            let expected = MediaType { form, presentation, sd_jwt_vc: false };
            assert_eq!(MediaType::named(name), Some(expected), "{name}");
        }
        assert!(MediaType::named("application/dc+sd-jwt").is_some_and(|media| media.sd_jwt_vc));
        for name in [
            "",
            "text/html",
            "application/jwt",
            "application/vc",
            "application/vc+json",
            "application/dp+sd-jwt",
            "application/vc+jwt ",
            "application/vpvc+jwt",
            "application/x-vc+jwt",
        ] {
            assert_eq!(MediaType::named(name), None, "{name}");
        }
    }

    #[test]
    fn parameters_that_mean_something_are_not_known() {
        assert!(of("data:application/vc+jwt;charset=UTF-8,eyJ").is_some());
        for url in ["data:application/vc+jwt;charset=utf-16,eyJ", "data:application/vc+jwt;base64url,eyJ"] {
            assert_eq!(of(url), None, "{url}");
        }
    }
}
