//! The header of a JWS (RFC 7515 §4): which algorithm, hints at the key, and every rule that it may break.
//!
//! What decides anything comes from the protected header: from the other, which anybody can rewrite, only `kid` is read,
//! a hint that shows nothing.

use super::claims::Content;
use super::{Form, JWT_TYPES};
use crate::codes::{Code, Finding};
use crate::encoding::{base64, base64url};
use crate::json::{self, Object, Value};
use crate::keys::PublicKey;
use crate::securing::envelope::KeyHint;
use crate::securing::jades;
use crate::time::Timestamp;

/// Extensions that a header may call critical because they are processed.
const UNDERSTOOD: [&str; 2] = ["b64", jades::UNDERSTOOD];

/// Parameters that are no extensions (RFC 7515 §4.1, RFC 7516 §4.1, RFC 7518 §4): `crit` must not name them (RFC 7515
/// §4.1.11).
const REGISTERED: [&str; 20] = [
    "alg", "jku", "jwk", "kid", "x5u", "x5c", "x5t", "x5t#S256", "typ", "cty", "crit", "enc", "zip", "epk",
    "apu", "apv", "iv", "tag", "p2s", "p2c",
];

/// Parameters that count for nothing unless they are protected.
const PROTECTED: [&str; 5] = ["alg", "typ", "cty", "crit", "b64"];

/// Parameters that are strings (RFC 7515 §4.1; RFC 7519 §5.3).
const STRINGS: [&str; 9] = ["alg", "typ", "cty", "kid", "jku", "x5u", "x5t", "iss", "sub"];

/// Addresses of keys, and key material where nothing protects it.
const ADDRESSES: [&str; 2] = ["jku", "x5u"];

/// What a header says.
#[derive(Debug, Default)]
pub(crate) struct Header {
    /// `alg`, as written.
    pub(crate) algorithm: Option<String>,
    pub(crate) key: KeyHint,
    /// `iss` and `sub`, replicated from the claims (RFC 7519 §5.3, VC-JOSE-COSE §4.1.2).
    pub(crate) issuer: Option<String>,
    pub(crate) subject: Option<String>,
    /// Whether the payload is signed as it is (`b64: false`, RFC 7797).
    pub(crate) unencoded: bool,
    /// Whether `typ` says nothing but that it is a JWT, or nothing at all.
    pub(crate) plain_jwt: bool,
    /// Whether `typ` says that it is a Status List Token (draft-ietf-oauth-status-list §5.1).
    pub(crate) status_list: bool,
    /// Rules that it breaks.
    pub(crate) defects: Vec<Finding>,
    /// What should be otherwise and decides nothing.
    pub(crate) notes: Vec<Finding>,
    /// What nobody has looked at.
    pub(crate) not_evaluated: Vec<Finding>,
    /// When it says it was signed (`sigT`).
    pub(crate) signed_at: Option<Timestamp>,
}

impl Header {
    /// Reads the protected header and the one that is not. `form` is how they were written down, `signed` whether there is
    /// a signature at all.
    pub(crate) fn read(
        protected: Option<Object<'_>>,
        unprotected: Option<Object<'_>>,
        form: Form,
        signed: bool,
    ) -> Header {
        let mut header = Header::default();
        let Some(object) = protected else {
            header.defect(Code::JoseAlg, "alg");
            header.key.kid = text(unprotected, "kid");
            return header;
        };
        for name in STRINGS {
            if object.get(name).is_some_and(|value| value.as_str().is_none()) {
                header.defect(Code::JoseHeader, name);
            }
        }
        header.algorithm = text(protected, "alg");
        header.alg(signed);
        header.crit(object);
        header.b64(object, form);
        header.typ(object, form);
        // A payload that had to be inflated first could be anything.
        if object.get("zip").is_some() {
            header.defect(Code::JoseCritUnsupported, "zip");
        }
        header.key = KeyHint { kid: text(protected, "kid"), ..KeyHint::default() };
        header.issuer = text(protected, "iss");
        header.subject = text(protected, "sub");
        header.keys(object);
        match jades::signing_time(object) {
            Some(Ok(instant)) => header.signed_at = Some(instant),
            Some(Err(malformed)) => header.defects.push(malformed),
            None => {}
        }
        header.not_evaluated = jades::not_evaluated(object, unprotected);
        for name in ADDRESSES {
            if object.get(name).is_some() {
                header.note(Code::JoseHeaderIgnored, name);
            }
        }
        if let Some(unprotected) = unprotected {
            header.unprotected(object, unprotected);
        }
        header
    }

    /// What is wrong with it for a payload of this kind: `typ` and `cty` say what is in the token (RFC 8725 §3.11,
    /// VC-JOSE-COSE §3.1.1, §3.1.2).
    pub(crate) fn contradicts(&self, object: Option<Object<'_>>, content: Content) -> Vec<Finding> {
        // A Status List Token says so in both ways, and nothing else says it in either.
        let kind = (self.status_list != (content == Content::StatusList))
            .then(|| Finding::at(Code::JoseTyp, "").with("header", "typ"));
        let said = |name: &'static str| {
            let value = media_type(object?.get(name)?.as_str()?);
            let other = match content {
                Content::Credential => "vp",
                Content::Presentation => "vc",
                Content::StatusList | Content::Unknown => return None,
            };
            let is_other = value.split(['+', '/']).next() == Some(other);
            is_other.then(|| Finding::at(Code::JoseTyp, "").with("header", name))
        };
        ["typ", "cty"].into_iter().filter_map(said).chain(kind).collect()
    }

    fn defect(&mut self, code: Code, name: &str) {
        self.defects.push(Finding::at(code, "").with("header", name));
    }

    fn note(&mut self, code: Code, name: &str) {
        self.notes.push(Finding::at(code, "").with("header", name));
    }

    /// Neither `none`, in whatever case, nor a MAC (RFC 8725 §3.1, §3.2); and a signature that is not there is none of any
    /// other algorithm.
    fn alg(&mut self, signed: bool) {
        let unsigned = match self.algorithm.as_deref() {
            None => true,
            Some(name) => {
                let name = name.trim().to_ascii_lowercase();
                name.is_empty() || name == "none" || matches!(name.as_str(), "hs256" | "hs384" | "hs512")
            }
        };
        if unsigned {
            self.defect(Code::JoseAlg, "alg");
        } else if !signed {
            self.defects.push(Finding::at(Code::SignatureEncoding, "").with("length", 0_usize));
        }
    }

    /// RFC 7515 §4.1.11: an array of names, not empty, without repetition, of extensions that are in the header. One that
    /// is not understood makes the whole unsupported.
    fn crit(&mut self, object: Object<'_>) {
        let Some(value) = object.get("crit") else { return };
        let names: Option<Vec<&str>> =
            value.as_array().and_then(|items| items.iter().map(|item| item.as_str()).collect());
        let Some(names) = names.filter(|names| !names.is_empty()) else {
            return self.defect(Code::JoseCrit, "crit");
        };
        for (index, name) in names.iter().enumerate() {
            let repeated = names.iter().take(index).any(|earlier| earlier == name);
            if repeated || REGISTERED.contains(name) || object.get(name).is_none() {
                // The name is of the issuer's choosing, so it is not repeated here.
                self.defect(Code::JoseCrit, "crit");
            } else if !UNDERSTOOD.contains(name) {
                self.defect(Code::JoseCritUnsupported, "crit");
            }
        }
    }

    /// RFC 7797 §6, §7: `false` has to be critical; a JWT is always encoded.
    fn b64(&mut self, object: Object<'_>, form: Form) {
        let Some(value) = object.get("b64") else { return };
        let critical = object
            .get("crit")
            .and_then(|crit| crit.as_array())
            .is_some_and(|crit| crit.iter().any(|name| name.as_str() == Some("b64")));
        match value.as_bool() {
            None => self.defect(Code::JoseHeader, "b64"),
            Some(true) => {}
            Some(false) => {
                self.unencoded = true;
                if form != Form::Json || !critical {
                    self.defect(Code::JoseB64, "b64");
                }
            }
        }
    }

    /// `typ` and `cty` are one of those that records travel under, or absent.
    fn typ(&mut self, object: Object<'_>, form: Form) {
        let typ = object.get("typ").and_then(|value| value.as_str()).map(media_type);
        match typ.as_deref() {
            // What an SD-JWT is called depends on what is in it.
            _ if form == Form::SdJwt => {}
            None | Some("jwt") => self.plain_jwt = form == Form::Compact,
            Some("jose") if form == Form::Compact => {}
            Some("statuslist+jwt") if form == Form::Compact => self.status_list = true,
            Some("jose+json") if form == Form::Json => {}
            Some(name) if JWT_TYPES.contains(&name) => {
                if name.contains("+ld") {
                    self.note(Code::JoseTypPreStandard, "typ");
                }
            }
            Some(_) => self.defect(Code::JoseTyp, "typ"),
        }
        let token = |name: &str| name == "jwt" || JWT_TYPES.contains(&name);
        if self.unencoded && form == Form::Json && typ.as_deref().is_some_and(token) {
            self.defect(Code::JoseB64, "typ");
        }
        // `cty` is for applications; in a token only those that know records may say what it is.
        let cty = object.get("cty").and_then(|value| value.as_str()).map(media_type);
        let known = |name: &str| {
            matches!(
                name,
                "vc" | "vp" | "json" | "ld+json" | "vc+ld+json" | "vp+ld+json" | "vc+json" | "vp+json"
            )
        };
        if form != Form::Json && cty.as_deref().is_some_and(|name| !known(name)) {
            self.defect(Code::JoseTyp, "cty");
        }
    }

    /// `jwk`, `x5c`, `x5t#S256` (RFC 7515 §4.1.3, §4.1.6, §4.1.8). Whose they are is not for the header to say.
    fn keys(&mut self, object: Object<'_>) {
        self.key.jwk = object.get("jwk").map(|jwk| match PublicKey::from_jwk(jwk) {
            // Pointers are into the document, and the key stands beside it.
            Err(finding) => Err(finding.moved(Some(String::new())).with("header", "jwk")),
            key => key,
        });
        if let Some(value) = object.get("x5c") {
            let certificate =
                |item: Value<'_>| base64::decode(item.as_str()?).ok().filter(|der| !der.is_empty());
            let chain: Option<Vec<Vec<u8>>> =
                value.as_array().and_then(|items| items.iter().map(certificate).collect());
            match chain.filter(|chain| !chain.is_empty()) {
                Some(chain) => self.key.x5c = chain,
                None => self.defect(Code::JoseHeader, "x5c"),
            }
        }
        if let Some(value) = object.get("x5t#S256") {
            let digest = value.as_str().and_then(|text| base64url::decode(text).ok());
            match digest.and_then(|digest| digest.try_into().ok()) {
                Some(digest) => self.key.x5t_s256 = Some(digest),
                None => self.defect(Code::JoseHeader, "x5t#S256"),
            }
        }
    }

    /// RFC 7515 §7.2.1: no name stands in both headers.
    fn unprotected(&mut self, protected: Object<'_>, unprotected: Object<'_>) {
        for (name, value) in unprotected.iter() {
            if protected.get(name).is_some() || (STRINGS.contains(&name) && value.as_str().is_none()) {
                self.defect(Code::JoseHeader, known(name));
            } else if name == "crit" {
                self.defect(Code::JoseCrit, name);
            } else if PROTECTED.contains(&name) {
                self.defect(Code::JoseHeader, name);
            } else if name == "kid" {
                self.key.kid = value.as_str().map(str::to_owned);
            } else if ADDRESSES.contains(&name) || matches!(name, "jwk" | "x5c" | "x5t" | "x5t#S256") {
                self.note(Code::JoseHeaderIgnored, name);
            }
        }
    }
}

/// Names of parameters are repeated in reports where they are those of a standard.
fn known(name: &str) -> &str {
    if REGISTERED.contains(&name) || STRINGS.contains(&name) || name == "b64" { name } else { "" }
}

fn text(object: Option<Object<'_>>, name: &str) -> Option<String> {
    object?.get(name)?.as_str().map(str::to_owned)
}

/// A media type as `typ` and `cty` have it: in any case, `application/` perhaps left out (RFC 7515 §4.1.9).
fn media_type(text: &str) -> String {
    let name = text.to_ascii_lowercase();
    name.strip_prefix("application/").map(str::to_owned).unwrap_or(name)
}

/// The header as JSON: one object, read as strictly as a document.
///
/// # Errors
/// `json.*`, `limits.*`.
pub(crate) fn parse<'s>(bytes: &'s [u8], limits: &crate::limits::Limits) -> Result<json::Tree<'s>, Finding> {
    let of_header = |finding: Finding| finding.moved(None).with("part", "header");
    let tree = json::Tree::parse(bytes, limits).map_err(of_header)?;
    match tree.root().kind() {
        json::Kind::Object => Ok(tree),
        _ => Err(of_header(Finding::new(Code::JoseFormat))),
    }
}
