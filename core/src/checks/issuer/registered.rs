//! Who a registry says that an issuer is.

use serde::Serialize;

use crate::json::Value;
use crate::time::Timestamp;

/// Longer texts are left out. A picture in a `data:` URL may be as long as [`LONGEST_LOGO`].
const LONGEST: usize = 512;
const LONGEST_LOGO: usize = 16 * 1024;

/// Who a registry says that an issuer is: each as published, none looked up.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Registered {
    /// When the registry said so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stated_at: Option<Timestamp>,
    /// The name to show.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The name in law.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub legal_name: Option<String>,
    /// The home page: an https URL.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub homepage: Option<String>,
    /// The logo: an https URL, or a picture in a `data:` URL.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub logo: Option<String>,
    /// Where it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<String>,
    /// The identifier in the Research Organization Registry (ROR).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ror: Option<String>,
    /// The Credential Transparency Identifier (CTID).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ctid: Option<String>,
}

/// A text to show: of a string that is short and has no control characters.
pub(super) fn text(object: Value<'_>, member: &str) -> Option<String> {
    let text = object.get(member)?.as_str()?;
    let shown = !text.is_empty() && text.len() <= LONGEST && !text.chars().any(char::is_control);
    shown.then(|| text.to_owned())
}

/// An https URL.
pub(super) fn page(object: Value<'_>, member: &str) -> Option<String> {
    text(object, member).filter(|url| url.starts_with("https://") && oxiri::Iri::parse(url.as_str()).is_ok())
}

/// An https URL, or a picture in a `data:` URL that cannot hold a script.
pub(super) fn logo(object: Value<'_>, member: &str) -> Option<String> {
    let picture = |url: &&str| {
        let harmless = ["data:image/png;", "data:image/jpeg;", "data:image/gif;", "data:image/webp;"];
        url.len() <= LONGEST_LOGO
            && harmless.iter().any(|start| url.starts_with(start))
            && oxiri::Iri::parse(*url).is_ok()
    };
    let data = object.get(member)?.as_str().filter(picture).map(str::to_owned);
    data.or_else(|| page(object, member))
}
