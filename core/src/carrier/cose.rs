//! COSE_Sign1 as bytes (RFC 9052 §4.2): the parts of one, and what is signed.

use crate::codes::{Code, Finding};
use crate::encoding::DecodeError;
use crate::encoding::cbor::{self, Bounds, Value};
use crate::limits;

/// The tag of a COSE_Sign1 (RFC 9052 §2).
const TAG: u64 = 18;
/// Values of a header: labels, values and what is in them. Certificates are one value each.
const BOUNDS: Bounds = Bounds { depth: 8, values: 1_000 };

/// Bytes of a protected header, which may have certificates in it.
const HEADER: usize = 64 * 1024;

/// A header: labels and their values.
pub(crate) type Header<'b> = Vec<(Value<'b>, Value<'b>)>;

/// A COSE_Sign1.
#[derive(Debug)]
pub(crate) struct Sign1<'b> {
    pub(crate) protected: Header<'b>,
    pub(crate) unprotected: Header<'b>,
    pub(crate) payload: &'b [u8],
    pub(crate) signature: &'b [u8],
    /// What is signed: the Sig_structure, without external data (§4.4).
    pub(crate) message: Vec<u8>,
}

impl<'b> Sign1<'b> {
    /// Reads one, with its tag or without. Only what a deterministic encoder writes is read (RFC 8949 §4.2.1), which COSE
    /// does not demand: other CBOR is not supported, rather than wrong.
    ///
    /// # Errors
    /// [`Code::CoseFormat`] for what is no CBOR or no COSE_Sign1, one without its payload (§4.1, "detached") among it;
    /// [`Code::CoseEncoding`] for CBOR that is not read here; [`Code::LimitHeader`].
    pub(crate) fn read(bytes: &'b [u8]) -> Result<Self, Finding> {
        let outer = read(bytes)?;
        let body = match &outer {
            Value::Tag(TAG, body) => body,
            other => other,
        };
        let wrong = || Finding::at(Code::CoseFormat, "");
        let Some([Value::Bytes(protected), Value::Map(unprotected), payload, Value::Bytes(signature)]) =
            body.as_array()
        else {
            return Err(wrong());
        };
        let payload = payload.as_bytes().ok_or_else(wrong)?;
        if protected.len() > HEADER {
            return Err(limits::reached(Code::LimitHeader, HEADER));
        }
        // An empty map is signed as no bytes at all (§3, §4.4).
        let header = match protected {
            [] => Vec::new(),
            bytes => match read(bytes)? {
                Value::Map(entries) => entries,
                _ => return Err(wrong()),
            },
        };
        let signed: &[u8] = if header.is_empty() { &[] } else { protected };
        let message = sig_structure(signed, payload);
        Ok(Sign1 { protected: header, unprotected: unprotected.clone(), payload, signature, message })
    }
}

fn read(bytes: &[u8]) -> Result<Value<'_>, Finding> {
    cbor::read(bytes, BOUNDS, &[TAG]).map_err(|error| match error {
        DecodeError::TooLong { limit } => limits::reached(Code::LimitHeader, limit),
        DecodeError::Malformed if is_cbor(bytes) => Finding::at(Code::CoseEncoding, ""),
        _ => Finding::at(Code::CoseFormat, ""),
    })
}

/// The end of something of indefinite length, which stands for nothing alone.
const BREAK: u8 = 0xFF;

/// Whether the bytes are well-formed CBOR (RFC 8949 §5.3.1), one value and nothing after it.
fn is_cbor(bytes: &[u8]) -> bool {
    let mut decoder = minicbor::Decoder::new(bytes);
    !bytes.starts_with(&[BREAK]) && decoder.skip().is_ok() && decoder.position() == bytes.len()
}

/// `["Signature1", protected, h'', payload]` in deterministic CBOR (§4.4, §9).
fn sig_structure(protected: &[u8], payload: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(payload.len().saturating_add(protected.len()).saturating_add(32));
    out.extend_from_slice(b"\x84\x6ASignature1");
    for part in [protected, &[], payload] {
        let length = part.len() as u64;
        let be = length.to_be_bytes();
        // A byte string with the shortest form of its length.
        let (head, width) = match length {
            0..=23 => (0x40 | be[7], 0),
            24..=0xFF => (0x58, 1),
            0x100..=0xFFFF => (0x59, 2),
            0x1_0000..=0xFFFF_FFFF => (0x5A, 4),
            _ => (0x5B, 8_usize),
        };
        out.push(head);
        out.extend_from_slice(be.get(8_usize.saturating_sub(width)..).unwrap_or(&[]));
        out.extend_from_slice(part);
    }
    out
}
