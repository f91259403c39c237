//! Images made for a test: what a chunk and an element are made of, written down once more than in the library.
#![allow(dead_code, unreachable_pub)]

pub const SVG: &str = "http://www.w3.org/2000/svg";
pub const OB3: &str = "https://purl.imsglobal.org/ob/v3p0";
pub const CLR: &str = "https://purl.imsglobal.org/clr/v2p0";
pub const OB2: &str = "http://openbadges.org";

/// The checksum of PNG, bit by bit (PNG 3rd edition §5.5, Annex D).
pub fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xEDB8_8320 * (crc & 1)))
    })
}

pub fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let covered = [kind, data].concat();
    let length = u32::try_from(data.len()).unwrap().to_be_bytes();
    [&length, &covered[..], &crc32(&covered).to_be_bytes()].concat()
}

pub fn ihdr() -> Vec<u8> {
    chunk(b"IHDR", &[0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0])
}

/// One grey pixel.
pub fn idat() -> Vec<u8> {
    chunk(b"IDAT", &zlib(&[0, 128]))
}

pub fn iend() -> Vec<u8> {
    chunk(b"IEND", &[])
}

pub fn zlib(bytes: &[u8]) -> Vec<u8> {
    miniz_oxide::deflate::compress_to_vec_zlib(bytes, 9)
}

/// The signature and these chunks.
pub fn file(chunks: &[Vec<u8>]) -> Vec<u8> {
    [b"\x89PNG\r\n\x1a\n".to_vec(), chunks.concat()].concat()
}

/// An image with these chunks before its pixels.
pub fn png(chunks: &[Vec<u8>]) -> Vec<u8> {
    file(&[ihdr(), chunks.concat(), idat(), iend()])
}

pub fn itxt(keyword: &str, text: &[u8]) -> Vec<u8> {
    chunk(b"iTXt", &[keyword.as_bytes(), b"\0\0\0en\0a badge\0", text].concat())
}

pub fn itxt_compressed(keyword: &str, text: &[u8]) -> Vec<u8> {
    chunk(b"iTXt", &[keyword.as_bytes(), b"\0\x01\0\0\0", &zlib(text)].concat())
}

pub fn text(keyword: &str, text: &[u8]) -> Vec<u8> {
    chunk(b"tEXt", &[keyword.as_bytes(), b"\0", text].concat())
}

pub fn ztxt(keyword: &str, text: &[u8]) -> Vec<u8> {
    chunk(b"zTXt", &[keyword.as_bytes(), b"\0\0", &zlib(text)].concat())
}

/// An SVG with this inside.
pub fn svg(inside: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"{SVG}\" xmlns:b=\"{OB3}\">\n{inside}<g><path d=\"M0 0\"/></g></svg>\n"
    )
}

/// The element of Open Badges 3.0 with a token.
pub fn attribute(token: &str) -> String {
    format!("<b:credential verify=\"{token}\"/>")
}

/// The same with JSON.
pub fn cdata(json: &str) -> String {
    format!("<b:credential><![CDATA[{json}]]></b:credential>")
}
