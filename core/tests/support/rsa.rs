//! An RSA key that everybody knows (made with the command line of OpenSSL 3), and what is signed with it.
#![allow(dead_code, unreachable_pub)]

use base64ct::{Base64, Base64UrlUnpadded, Encoding};
use rsa::traits::PublicKeyParts;
use rsa::{BoxedUint, Pkcs1v15Sign, RsaPrivateKey};
use sha2::{Digest, Sha256, Sha384, Sha512};

use super::certificates::{element, sequence};

const P: &str = "d5e9e9b32ccf229f7aee47a8a411032f9ea3a1d2640ec36f2392e0dde2a1dd20443417b076e90e53d8914179d689ab06485048762b8fef7840c931858be9cca9ab52ff1d26c88c38409658240fb4fb5efabfcf6ca5fa1a57c1592e490d34f2ca78e21216936388693f7e8709b03579d9a707bc1ae385ed0ff8ff914e8cf01eb3";
const Q: &str = "c248f0911f2d26c62ff081e7571cdd777bdb7246c4d3d65ce2a3138738470cbe6fec9e4950ea0c87441a492ca236aef6cb27728ae20f2ba0bb5d02159fd0c32cc29da423156b25a7beab80224b9bda185e35a10926cc7cdeb18fc9c5cdc9f9d56c784f9a2b97b1ef512d5039dcd66a7f99e9fdf01e44355ad1ed627061597ab5";

/// The key.
pub fn key() -> &'static RsaPrivateKey {
    static KEY: std::sync::OnceLock<RsaPrivateKey> = std::sync::OnceLock::new();
    KEY.get_or_init(|| {
        let number = |hex: &str| BoxedUint::from_be_hex(hex, 1024).unwrap();
        RsaPrivateKey::from_p_q(number(P), number(Q), BoxedUint::from(65_537_u64)).unwrap()
    })
}

/// RSASSA-PKCS1-v1_5 (RFC 8017 §8.2) with the hash of this algorithm.
pub fn signature(algorithm: &str, message: &[u8]) -> Vec<u8> {
    // RFC 8017 §9.2 note 1.
    let (last, length, digest) = match algorithm {
        "RS384" => (2, 48, Sha384::digest(message).to_vec()),
        "RS512" => (3, 64, Sha512::digest(message).to_vec()),
        _ => (1, 32, Sha256::digest(message).to_vec()),
    };
    let oid = element(6, &[0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, last]);
    let info = sequence(&[&sequence(&[&oid, &[5, 0]]), &element(4, &digest)]);
    assert_eq!(info.len(), 19 + length);
    key().sign(Pkcs1v15Sign::new_unprefixed(), &info).unwrap()
}

/// Its modulus.
pub fn modulus() -> Vec<u8> {
    key().n().to_be_bytes().iter().copied().skip_while(|byte| *byte == 0).collect()
}

/// The key as SubjectPublicKeyInfo (RFC 8017 §A.1.1).
pub fn spki() -> Vec<u8> {
    let integer = |bytes: &[u8]| {
        let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
        let sign: &[u8] = if bytes[zeros] >= 0x80 { &[0] } else { &[] };
        element(2, &[sign, &bytes[zeros..]].concat())
    };
    let n = key().n().to_be_bytes();
    let public = sequence(&[&integer(&n), &integer(&[1, 0, 1])]);
    let algorithm = sequence(&[&element(6, &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 1, 1]), &[5, 0]]);
    sequence(&[&algorithm, &element(3, &[&[0], public.as_slice()].concat())])
}

/// The same as PEM.
pub fn pem() -> String {
    format!("-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n", Base64::encode_string(&spki()))
}

/// A compact JWS of exactly these texts, signed by the algorithm that the header names, or else by RS256.
pub fn jws(header: &str, payload: &str) -> String {
    let encode = Base64UrlUnpadded::encode_string;
    let input = format!("{}.{}", encode(header.as_bytes()), encode(payload.as_bytes()));
    let named = ["RS384", "RS512"].into_iter().find(|name| header.contains(name));
    let signature = signature(named.unwrap_or("RS256"), input.as_bytes());
    format!("{input}.{}", encode(&signature))
}
