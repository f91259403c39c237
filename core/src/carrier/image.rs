//! Records baked into images (Open Badges 3.0 §5.3, Open Badges 2.0 "baking"): the text that stands in the image takes
//! the place of the input. What the image shows is not looked at, and nothing here makes it part of the record.

use std::borrow::Cow;

use super::Carrier;
use crate::codes::{Code, Finding};
use crate::limits::Limits;

/// An image that a record came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Image {
    /// Portable Network Graphics.
    Png,
    /// Scalable Vector Graphics.
    Svg,
}

/// What was found in an image.
#[derive(Debug)]
pub(crate) struct Baked<'b> {
    pub(crate) image: Image,
    /// The record, or where it is: what the input would be without the image.
    pub(crate) text: Cow<'b, [u8]>,
    /// That it stands there, and whether as its standard says.
    pub(crate) findings: Vec<Finding>,
}

/// Takes the record out of an image, `None` if the bytes are none.
///
/// # Errors
/// [`Code::ImageEmpty`] for an image without a record, [`Code::ImageMultiple`] for one with several, and what is wrong
/// with an image or the text in it: [`Code::ImageStructure`], [`Code::ImageChecksum`], [`Code::ImageText`],
/// [`Code::ImageEncoding`], [`Code::ImageDtd`]; [`Code::LimitImage`], [`Code::LimitBytes`]; [`Code::SecuringNotBuilt`].
pub(crate) fn open<'b>(bytes: &'b [u8], limits: &Limits) -> Option<Result<Baked<'b>, Finding>> {
    let image = match super::detect(bytes) {
        Carrier::Png => Image::Png,
        Carrier::Svg => Image::Svg,
        _ => return None,
    };
    Some(read(image, bytes, limits).and_then(|(text, mut findings)| {
        if text.trim_ascii().is_empty() {
            return Err(Finding::new(Code::ImageEmpty).with("carrier", image.name()));
        }
        if findings.is_empty() {
            findings.push(Finding::new(Code::ImageConventional));
        }
        findings.push(Finding::new(Code::ImageOk));
        Ok(Baked { image, text, findings })
    }))
}

/// The text, and what about it is not as its standard says.
pub(super) type Read<'b> = Result<(Cow<'b, [u8]>, Vec<Finding>), Finding>;

#[cfg(feature = "images")]
fn read<'b>(image: Image, bytes: &'b [u8], limits: &Limits) -> Read<'b> {
    match image {
        Image::Png => super::png::read(bytes, limits),
        Image::Svg => super::svg::read(bytes),
    }
}

/// A build without images opens none.
#[cfg(not(feature = "images"))]
fn read<'b>(image: Image, _: &'b [u8], _: &Limits) -> Read<'b> {
    Err(Finding::new(Code::SecuringNotBuilt).with("carrier", image.name()))
}

impl Image {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Image::Png => "png",
            Image::Svg => "svg",
        }
    }

    /// The name of a carrier that came in this image.
    pub(crate) fn around(self, carrier: &'static str) -> &'static str {
        let names = AROUND.iter().find(|(inside, ..)| *inside == carrier);
        match (self, names) {
            (_, None) => self.name(),
            (Image::Png, Some((_, png, _))) => png,
            (Image::Svg, Some((_, _, svg))) => svg,
        }
    }
}

/// The carriers that are text, and what they are called in an image.
const AROUND: [(&str, &str, &str); 5] = [
    ("json", "png+json", "svg+json"),
    ("jws", "png+jws", "svg+jws"),
    ("jwsJson", "png+jwsJson", "svg+jwsJson"),
    ("sdJwt", "png+sdJwt", "svg+sdJwt"),
    ("url", "png+url", "svg+url"),
];
