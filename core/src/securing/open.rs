//! Opens envelopes: which kind it is, its first bytes or its members say; what is in it, the file of the kind.

use super::envelope::Envelope;
use super::{cose, jose, sd_jwt};
use crate::carrier::media_type::MediaType;
use crate::carrier::{self, Carrier, data_url};
use crate::codes::{Code, Finding};
use crate::json::Value;
use crate::limits::Limits;

/// Opens an envelope that is no JSON.
///
/// # Errors
/// What is wrong with it.
pub(crate) fn open(carrier: Carrier, bytes: &[u8], limits: &Limits) -> Result<Envelope, Finding> {
    match carrier {
        Carrier::Jws => jose::open(bytes, limits),
        Carrier::SdJwt => sd_jwt::open(bytes, limits),
        Carrier::Json => Err(Finding::new(Code::FormatNotRecognised)),
        Carrier::Cose => cose::open(bytes, limits),
        // An image stands in nothing, least of all in an image: where it may stand, `verifier.rs` has opened it.
        Carrier::Png => Err(Finding::new(Code::FormatNotRecognised).with("carrier", "png")),
        Carrier::Svg => Err(Finding::new(Code::FormatNotRecognised).with("carrier", "xml")),
        #[cfg(not(feature = "formats"))]
        Carrier::Other("url") => Err(Finding::new(Code::SecuringNotBuilt).with("carrier", "url")),
        Carrier::Other(name) => Err(Finding::new(Code::FormatNotRecognised).with("carrier", name)),
    }
}

/// Opens an envelope that is a JSON object (RFC 7515 §7.2), `None` if the object is none.
pub(crate) fn open_json(root: Value<'_>, limits: &Limits) -> Option<Result<Envelope, Finding>> {
    sd_jwt::open_json(root, limits).or_else(|| jose::open_json(root, limits))
}

/// Opens the signature of a statement (xAPI-Data §2.6): it stands beside the statement, which has to be compared with what is
/// in it.
///
/// # Errors
/// What is wrong with it.
pub(crate) fn statement(bytes: &[u8], limits: &Limits) -> Result<Envelope, Finding> {
    jose::statement::open(bytes, limits)
}

/// What an object whose `id` is a `data:` URL holds (VCDM 2.0 §4.13).
#[derive(Debug)]
pub(crate) struct Enclosed {
    pub(crate) bytes: Vec<u8>,
    pub(crate) media_type: MediaType,
}

/// Opens an object that is a mere envelope, of a presentation if its type says so, as far as its URL goes. What is wrong
/// is added to `findings`; with `None` it is too much.
pub(crate) fn enveloped(
    envelope: Value<'_>,
    presentation: bool,
    findings: &mut Vec<Finding>,
) -> Option<Enclosed> {
    let url = envelope.get("id")?;
    let mut find = |code| findings.push(Finding::at(code, url.pointer()));
    let data = match data_url::read(url.as_str()?)? {
        Ok(data) => data,
        Err(_) => {
            find(Code::EnvelopeUrl);
            return None;
        }
    };
    let Some(media_type) = MediaType::of(&data) else {
        find(Code::EnvelopeMediaType);
        return None;
    };
    let fits = media_type.fits(&data.bytes);
    if !fits || media_type.presentation != presentation {
        find(Code::EnvelopeContent);
    }
    fits.then_some(Enclosed { bytes: data.bytes, media_type })
}

/// The token that stands as a string where a document may (VCDM 1.1 §6.3.1; `endorsementJwt`, Open Badges 3.0 §B.1).
///
/// # Errors
/// [`Code::FormatNotRecognised`] for another text, [`Code::DocumentMemberType`] for what is no text.
pub(crate) fn token<'t>(value: Value<'t>) -> Result<&'t [u8], Finding> {
    match value.as_str() {
        Some(text) if carrier::is_token(text.as_bytes()) => Ok(text.as_bytes()),
        Some(_) => Err(Finding::at(Code::FormatNotRecognised, value.pointer())),
        None => Err(Finding::at(Code::DocumentMemberType, value.pointer())),
    }
}
