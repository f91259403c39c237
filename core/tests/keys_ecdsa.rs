//! ECDSA keys and their signatures: which are accepted, which are refused and as what.
#![cfg(feature = "algorithms")]

mod support;

use std::path::Path;

use ler_verify::codes::{Code, Finding};
use ler_verify::encoding::{base64url, multibase};
use ler_verify::json::Tree;
use ler_verify::keys::{Algorithm, Curve, EcdsaKey, PublicKey};
use ler_verify::limits::Limits;
use p256::ecdsa::signature::hazmat::PrehashVerifier;
use sha2::Digest;

/// RFC 6979 appendix A.2.5: a key, and its signature over "sample" with SHA-256.
const P256_X: &str = "60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6";
const P256_Y: &str = "7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299";
const P256_R: &str = "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716";
const P256_S: &str = "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8";
/// RFC 6979 appendix A.2.6: the same for P-384 with SHA-384.
const P384_X: &str = "ec3a4e415b4e19a4568618029f427fa5da9a8bc4ae92e02e06aae5286b300c64\
                      def8f0ea9055866064a254515480bc13";
const P384_Y: &str = "8015d9b72d7d57244ea8ef9ac0c621896708a59367f9dfb9f54ca84b3f1c9db1\
                      288b231c3ae0d4fe7344fd2533264720";
const P384_R: &str = "94edbb92a5ecb8aad4736e56c691916b3f88140666ce9fa73d64c4ea95ad133c\
                      81a648152e44acf96e36dd1e80fabe46";
const P384_S: &str = "99ef4aeb15f178cea1fe40db2603138f130e740a19624526203b6351d0a3a94f\
                      a329c145786e679e7b82c71a38628ac8";
/// The orders of the groups (SP 800-186 §3.2.1.3, §3.2.1.4).
const P256_N: &str = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";
const P384_N: &str = "ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf\
                      581a0db248b0a77aecec196accc52973";
/// The primes of the fields.
const P256_P: &str = "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff";
const P384_P: &str = "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe\
                      ffffffff0000000000000000ffffffff";

/// RFC 6979 appendix A.2.7: the same for P-521 with SHA-512.
const P521_X: &str = "01894550d0785932e00eaa23b694f213f8c3121f86dc97a04e5a7167db4e5bcd371123d46e45db6b5d5370a7f20fb633\
                      155d38ffa16d2bd761dcac474b9a2f5023a4";
const P521_Y: &str = "00493101c962cd4d2fddf782285e64584139c2f91b47f87ff82354d6630f746a28a0db25741b5b34a828008b22acc23f\
                      924faafbd4d33f81ea66956dfeaa2bfdfcf5";
const P521_R: &str = "00c328fafcbd79dd77850370c46325d987cb525569fb63c5d3bc53950e6d4c5f174e25a1ee9017b5d450606add152b53\
                      4931d7d4e8455cc91f9b15bf05ec36e377fa";
const P521_S: &str = "00617cce7cf5064806c467f678d3b4080d6f1cc50af26ca209417308281b68af282623eaa63e5b5c0723d8b8c37ff077\
                      7b1a20f8ccb1dccc43997f1ee0e44da4a67a";
const P521_N: &str = "01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709\
                      a5d03bb5c9b8899c47aebb6fb71e91386409";
const P521_P: &str = "01ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff\
                      ffffffffffffffffffffffffffffffffffff";
/// secp256k1 (SEC 2 §2.4.1): the generator is the public key of 1. RFC 6979 has no examples for it; this is the one that
/// its implementations share.
const SECP256K1_X: &str = "79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798";
const SECP256K1_Y: &str = "483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8";
const SECP256K1_R: &str = "934b1ea10a4b3c1757e2b0c017d0b6143ce3c9a7e6a4a49860d7a6ab210ee3d8";
const SECP256K1_S: &str = "2442ce9d2b916064108014783e923ec36b49743e2ffa1c4496f01a512aafd9e5";
const SECP256K1_N: &str = "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141";
const SECP256K1_P: &str = "fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f";

/// A curve with its example.
struct Example {
    curve: Curve,
    message: &'static [u8],
    prefix: [u8; 2],
    crv: &'static str,
    alg: &'static str,
    x: Vec<u8>,
    y: Vec<u8>,
    r: Vec<u8>,
    s: Vec<u8>,
    order: Vec<u8>,
    prime: Vec<u8>,
}

fn examples() -> [Example; 4] {
    [
        Example {
            curve: Curve::P256,
            message: b"sample",
            prefix: [0x80, 0x24],
            crv: "P-256",
            alg: "ES256",
            x: hex(P256_X),
            y: hex(P256_Y),
            r: hex(P256_R),
            s: hex(P256_S),
            order: hex(P256_N),
            prime: hex(P256_P),
        },
        Example {
            curve: Curve::P384,
            message: b"sample",
            prefix: [0x81, 0x24],
            crv: "P-384",
            alg: "ES384",
            x: hex(P384_X),
            y: hex(P384_Y),
            r: hex(P384_R),
            s: hex(P384_S),
            order: hex(P384_N),
            prime: hex(P384_P),
        },
        Example {
            curve: Curve::P521,
            message: b"sample",
            prefix: [0x82, 0x24],
            crv: "P-521",
            alg: "ES512",
            x: hex(P521_X),
            y: hex(P521_Y),
            r: hex(P521_R),
            s: hex(P521_S),
            order: hex(P521_N),
            prime: hex(P521_P),
        },
        Example {
            curve: Curve::Secp256k1,
            message: b"Satoshi Nakamoto",
            prefix: [0xE7, 0x01],
            crv: "secp256k1",
            alg: "ES256K",
            x: hex(SECP256K1_X),
            y: hex(SECP256K1_Y),
            r: hex(SECP256K1_R),
            s: hex(SECP256K1_S),
            order: hex(SECP256K1_N),
            prime: hex(SECP256K1_P),
        },
    ]
}

impl Example {
    fn key(&self) -> EcdsaKey {
        EcdsaKey::from_coordinates(self.curve, &self.x, &self.y).unwrap()
    }

    fn compressed(&self) -> Vec<u8> {
        [&[2 + (self.y.last().unwrap() & 1)], &self.x[..]].concat()
    }

    fn signature(&self) -> Vec<u8> {
        [&self.r[..], &self.s].concat()
    }

    fn multikey(&self, bytes: &[u8]) -> Result<PublicKey, Code> {
        PublicKey::from_multikey(&multibase::encode_z(&[&self.prefix, bytes].concat())).map_err(|f| f.code)
    }

    /// The key as a JWK, with these coordinates and more members.
    fn jwk(&self, x: &[u8], y: &[u8], members: &str) -> Result<PublicKey, (Code, Option<String>)> {
        let (x, y) = (base64url::encode(x), base64url::encode(y));
        jwk(&format!(r#"{{"kty":"EC","crv":"{}","x":"{x}","y":"{y}"{members}}}"#, self.crv))
            .map_err(|finding| (finding.code, finding.pointer.clone()))
    }
}

fn hex(text: &str) -> Vec<u8> {
    assert!(text.len().is_multiple_of(2));
    (0..text.len()).step_by(2).map(|i| u8::from_str_radix(&text[i..i + 2], 16).unwrap()).collect()
}

fn json(path: &Path) -> serde_json::Value {
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn text<'v>(value: &'v serde_json::Value, member: &str) -> &'v str {
    value[member].as_str().unwrap()
}

fn jwk(text: &str) -> Result<PublicKey, Finding> {
    let tree = Tree::parse(text.as_bytes(), &Limits::default()).unwrap();
    PublicKey::from_jwk(tree.root())
}

/// a + b of the same length, big-endian; the carry must be none.
fn plus(a: &[u8], b: &[u8]) -> Vec<u8> {
    let mut carry = 0;
    let mut sum: Vec<u8> = a
        .iter()
        .rev()
        .zip(b.iter().rev())
        .map(|(a, b)| {
            let digit = u16::from(*a) + u16::from(*b) + carry;
            carry = digit >> 8;
            digit as u8
        })
        .collect();
    assert_eq!(carry, 0);
    sum.reverse();
    sum
}

/// a − b of the same length, big-endian, for a > b.
fn minus(a: &[u8], b: &[u8]) -> Vec<u8> {
    let mut borrow = 0;
    let mut difference: Vec<u8> = a
        .iter()
        .rev()
        .zip(b.iter().rev())
        .map(|(a, b)| {
            let digit = i16::from(*a) - i16::from(*b) - borrow;
            borrow = i16::from(digit < 0);
            digit as u8
        })
        .collect();
    assert_eq!(borrow, 0);
    difference.reverse();
    difference
}

fn small(len: usize, value: u8) -> Vec<u8> {
    let mut bytes = vec![0; len];
    bytes[len - 1] = value;
    bytes
}

// Signatures.

#[test]
fn a_signature_is_r_and_s_over_exactly_this_message() {
    for example in examples() {
        let (key, signature) = (example.key(), example.signature());
        assert_eq!(signature.len(), example.curve.signature_len());
        assert!(key.verify(example.message, &signature));
        assert!(!key.verify(&[example.message, &[0]].concat(), &signature));
        assert!(!key.verify(b"", &signature));
        for bit in (0..signature.len() * 8).step_by(7) {
            let mut changed = signature.clone();
            changed[bit / 8] ^= 1 << (bit % 8);
            assert!(!key.verify(example.message, &changed), "bit {bit}");
        }
        for wrong in [
            &signature[1..],
            &signature[..signature.len() - 1],
            &[&signature[..], &[0]].concat(),
            &[&[0], &signature[..]].concat(),
            &signature[..0],
        ] {
            assert!(!key.verify(example.message, wrong), "{} bytes", wrong.len());
        }
    }
}

#[test]
fn wycheproof() {
    let Some(folder) = support::source("wycheproof", "wycheproof") else { return };
    for (file, curve, expected) in [
        ("ecdsa_secp256r1_sha256_p1363_test.json", Curve::P256, (173, 89)),
        ("ecdsa_secp384r1_sha384_p1363_test.json", Curve::P384, (193, 87)),
        ("ecdsa_secp521r1_sha512_p1363_test.json", Curve::P521, (231, 87)),
        ("ecdsa_secp256k1_sha256_p1363_test.json", Curve::Secp256k1, (167, 85)),
    ] {
        let suite = json(&folder.join(file));
        let (mut valid, mut invalid, mut jwks) = (0, 0, 0);
        for group in suite["testGroups"].as_array().unwrap() {
            let point = hex(text(&group["publicKey"], "uncompressed"));
            let (x, y) = point[1..].split_at(curve.field_len());
            let key = EcdsaKey::from_coordinates(curve, x, y).unwrap();
            assert_eq!(EcdsaKey::from_compressed(curve, key.bytes()).as_ref(), Ok(&key));
            assert_eq!(key.coordinates(), point[1..]);
            let same = PublicKey::Ecdsa(key.clone());
            assert_eq!(PublicKey::from_pem(text(group, "publicKeyPem")).as_ref(), Ok(&same));
            assert_eq!(PublicKey::from_spki(&hex(text(group, "publicKeyDer"))).as_ref(), Ok(&same));
            // Some of the keys have no such form there.
            if let Some(form) = group.get("publicKeyJwk") {
                assert_eq!(jwk(&form.to_string()).as_ref(), Ok(&same));
                jwks += 1;
            }
            for test in group["tests"].as_array().unwrap() {
                let good = key.verify(&hex(text(test, "msg")), &hex(text(test, "sig")));
                match text(test, "result") {
                    "valid" => valid += 1,
                    "invalid" => invalid += 1,
                    other => panic!("{other}"),
                }
                assert_eq!(good, text(test, "result") == "valid", "{file} tcId {}", test["tcId"]);
            }
        }
        assert_eq!((valid, invalid), expected, "{file}");
        assert!(jwks >= 95, "{jwks}");
    }
}

// The attack catalogue.

#[test]
fn c06_r_and_s_are_from_1_to_n_minus_1() {
    for example in examples() {
        let key = example.key();
        let len = example.curve.field_len();
        let (zero, one) = (small(len, 0), small(len, 1));
        let n = &example.order;
        let above = plus(n, &one);
        let highest = vec![0xFF; len];
        for (r, s) in [
            (&zero, &zero),
            (&zero, &example.s),
            (&example.r, &zero),
            (n, &example.s),
            (&example.r, n),
            (n, n),
            (&zero, n),
            (&above, &example.s),
            (&example.r, &above),
            (&highest, &highest),
            (&one, &one),
        ] {
            let signature = [&r[..], s].concat();
            assert!(!key.verify(example.message, &signature));
            assert!(!key.verify(b"", &signature));
        }
    }
}

/// FIPS 186-5 has both, so a signature's bytes are no identity.
#[test]
fn c07_a_high_s_is_as_good_as_a_low_one() {
    for example in examples() {
        let other = minus(&example.order, &example.s);
        assert_ne!(other, example.s);
        let high = other.clone().max(example.s.clone());
        assert!(high > minus(&example.order, &high), "one of the two is above n / 2");
        assert!(example.key().verify(example.message, &[&example.r[..], &other].concat()));
        assert!(example.key().verify(example.message, &[&example.r[..], &example.s].concat()));
    }
}

#[test]
fn c08_a_point_is_on_the_curve_and_not_the_identity() {
    for example in examples() {
        let curve = example.curve;
        let len = curve.field_len();
        let refused = |x: &[u8], y: &[u8]| EcdsaKey::from_coordinates(curve, x, y).map_err(|f| f.code);
        let off = |bytes: &[u8]| {
            let mut bytes = bytes.to_vec();
            bytes[len - 1] ^= 1;
            bytes
        };
        assert_eq!(refused(&example.x, &off(&example.y)), Err(Code::KeyEncoding));
        assert_eq!(refused(&off(&example.x), &example.y), Err(Code::KeyEncoding));
        assert_eq!(refused(&example.y, &example.x), Err(Code::KeyEncoding));
        let zero = small(len, 0);
        assert_eq!(refused(&zero, &zero), Err(Code::KeyEncoding), "no point, and often the identity");
        // The same point with a coordinate that is not reduced; x + p where that fits is also refused.
        assert_eq!(refused(&example.prime, &example.y), Err(Code::KeyEncoding));
        assert_eq!(refused(&example.x, &vec![0xFF; len]), Err(Code::KeyEncoding));
        // The identity is written as one zero byte.
        assert_eq!(example.multikey(&[0]), Err(Code::KeyEncoding));
        assert_eq!(example.multikey(&vec![0; len + 1]), Err(Code::KeyEncoding));
        // An x is of a point or not: about half are; those at or above p never.
        let x_of_a_point = |x: &[u8]| EcdsaKey::from_compressed(curve, &[&[2], x].concat()).is_ok();
        let below: Vec<bool> = (0..64).map(|x| x_of_a_point(&small(len, x))).collect();
        let points = below.iter().filter(|is| **is).count();
        assert!((16..48).contains(&points), "{points} of 64");
        for (x, is) in (0..64).zip(below) {
            let not_reduced = plus(&example.prime, &small(len, x));
            assert!(!x_of_a_point(&not_reduced), "p + {x}, where {x} is {is}");
        }
    }
}

#[test]
fn c09_a_multikey_is_compressed() {
    for example in examples() {
        let len = example.curve.field_len();
        let compressed = example.compressed();
        let key = example.multikey(&compressed).unwrap();
        assert_eq!((key.key_type(), key.bytes()), (example.crv, &compressed[..]));
        assert_eq!(key, PublicKey::Ecdsa(example.key()));
        // The other sign is another key.
        let mut negated = compressed.clone();
        negated[0] ^= 1;
        assert_ne!(example.multikey(&negated).unwrap(), key);
        let tagged = |tag: u8, rest: &[u8]| [&[tag], rest].concat();
        for tag in (0..=255).filter(|tag| !matches!(tag, 2 | 3)) {
            assert_eq!(example.multikey(&tagged(tag, &example.x)), Err(Code::KeyEncoding), "{tag:02x}");
        }
        let both = [&example.x[..], &example.y].concat();
        for tag in [4, 6, 7] {
            assert_eq!(example.multikey(&tagged(tag, &both)), Err(Code::KeyEncoding), "{tag:02x}");
            assert!(EcdsaKey::from_compressed(example.curve, &tagged(tag, &both)).is_err());
        }
        for wrong in [&compressed[..len], &compressed[1..], &[&compressed[..], &[0]].concat(), &both, &[]] {
            assert_eq!(example.multikey(wrong), Err(Code::KeyEncoding), "{} bytes", wrong.len());
            assert!(EcdsaKey::from_compressed(example.curve, wrong).is_err());
        }
    }
}

#[test]
fn c10_a_curve_has_one_hash_and_one_length() {
    let [p256, p384, ..] = examples();
    // RFC 6979 appendix A.2: the same keys over "sample" with the other hash, (r, s).
    let p256_with_sha384 = hex("0eafea039b20e9b42309fb1d89e213057cbf973dc0cfc8f129edddc800ef7719\
         4861f0491e6998b9455193e34e7b0d284ddd7149a74b95b9261f13abde940954");
    let p384_with_sha256 = hex(
        "21b13d1e013c7fa1392d03c5f99af8b30c570c6f98d4ea8e354b63a21d3daa33bde1e888e63355d92fa2b3c36d8fb2cd\
         f3aa443fb107745bf4bd77cb3891674632068a10ca67e3d45db2266fa7d1feebefdc63eccd1ac42ec0cb8668a4fa0ab0",
    );
    // They are signatures, with the other hash.
    let digest = sha2::Sha384::digest(b"sample");
    let point = p256::ecdsa::VerifyingKey::from_sec1_bytes(p256.key().bytes()).unwrap();
    let signature = p256::ecdsa::Signature::from_slice(&p256_with_sha384).unwrap();
    assert!(point.verify_prehash(&digest, &signature).is_ok());
    let digest = sha2::Sha256::digest(b"sample");
    let point = p384::ecdsa::VerifyingKey::from_sec1_bytes(p384.key().bytes()).unwrap();
    let signature = p384::ecdsa::Signature::from_slice(&p384_with_sha256).unwrap();
    assert!(point.verify_prehash(&digest, &signature).is_ok());
    // Not here.
    assert!(!p256.key().verify(b"sample", &p256_with_sha384));
    assert!(!p384.key().verify(b"sample", &p384_with_sha256));
    assert!(!p256.key().verify(b"sample", &p384.signature()));
    assert!(!p384.key().verify(b"sample", &p256.signature()));
    // The key of one curve under the name of the other.
    assert_eq!(p256.multikey(&p384.compressed()), Err(Code::KeyEncoding));
    assert_eq!(p384.multikey(&p256.compressed()), Err(Code::KeyEncoding));
}

#[test]
fn c10_the_point_of_one_curve_is_none_of_another() {
    let examples = examples();
    let pairs = examples.iter().flat_map(|a| examples.iter().map(move |b| (a, b)));
    for (example, other) in pairs.filter(|(a, b)| a.crv != b.crv) {
        let encoding = |pointer: &str| Err((Code::KeyEncoding, Some(pointer.to_owned())));
        assert!(!example.key().verify(other.message, &other.signature()));
        assert_eq!(example.jwk(&other.x, &other.y, ""), encoding(""));
        assert_eq!(
            example.jwk(&example.x, &example.y, &format!(r#","alg":"{}""#, other.alg)),
            encoding("/alg")
        );
    }
}

// JSON Web Keys.

#[test]
fn a_jwk_is_the_same_key_as_its_multikey() {
    for example in examples() {
        let same = example.multikey(&example.compressed()).unwrap();
        let members = format!(r#","kid":"a","alg":"{}","use":"sig","key_ops":["verify"]"#, example.alg);
        assert_eq!(example.jwk(&example.x, &example.y, ""), Ok(same.clone()));
        assert_eq!(example.jwk(&example.x, &example.y, &members), Ok(same.clone()));
        // The point with the other sign.
        let negated = minus(&example.prime, &example.y);
        assert_ne!(example.jwk(&example.x, &negated, ""), Ok(same));
        for alg in ["ES521", "ES256K1", "RS256", "PS256", "EdDSA", "es256", "HS256", "none", ""] {
            let refused = example.jwk(&example.x, &example.y, &format!(r#","alg":"{alg}""#));
            assert_eq!(refused, Err((Code::KeyEncoding, Some("/alg".to_owned()))), "{alg}");
        }
        for member in ["d", "k"] {
            let refused = example.jwk(&example.x, &example.y, &format!(r#","{member}":"AA""#));
            assert_eq!(refused, Err((Code::KeyPrivate, Some(format!("/{member}")))));
        }
    }
}

#[test]
fn coordinates_are_exact() {
    for example in examples() {
        let (x, y) = (&example.x, &example.y);
        let longer = |bytes: &[u8]| [&[0], bytes].concat();
        for (x, y) in [
            (&x[1..], &y[..]),
            (&x[..], &y[1..]),
            (&longer(x)[..], &y[..]),
            (&x[..], &longer(y)[..]),
            (&[], &y[..]),
            (&x[..], &[]),
        ] {
            assert_eq!(example.jwk(x, y, ""), Err((Code::KeyEncoding, Some(String::new()))));
        }
        let (x, y) = (base64url::encode(x), base64url::encode(y));
        let code = |members: &str| {
            let refused = jwk(&format!(r#"{{"kty":"EC","crv":"{}"{members}}}"#, example.crv)).unwrap_err();
            (refused.code, refused.pointer.clone().unwrap())
        };
        let encoding = |pointer: &str| (Code::KeyEncoding, pointer.to_owned());
        assert_eq!(code(""), encoding(""));
        assert_eq!(code(&format!(r#","x":"{x}""#)), encoding(""));
        assert_eq!(code(&format!(r#","y":"{y}""#)), encoding(""));
        assert_eq!(code(&format!(r#","x":"{x}=","y":"{y}""#)), encoding("/x"));
        assert_eq!(code(&format!(r#","x":"{x}","y":"{y}=""#)), encoding("/y"));
        for wrong in ["null", "1", "true", "[]"] {
            assert_eq!(code(&format!(r#","x":{wrong},"y":"{y}""#)), encoding("/x"));
            assert_eq!(code(&format!(r#","x":"{x}","y":{wrong}"#)), encoding("/y"));
        }
    }
}

// Algorithms.

#[test]
fn c10_c17_a_key_has_one_algorithm_and_the_key_decides() {
    for example in examples() {
        let key = PublicKey::Ecdsa(example.key());
        let own = Algorithm::named(example.alg).unwrap();
        assert_eq!((key.algorithms(), key.signature_len()), (&[own][..], example.curve.signature_len()));
        let signature = example.signature();
        assert_eq!(key.verify(own, example.message, &signature), Ok(true));
        assert_eq!(key.verify(own, b"another", &signature), Ok(false));
        for other in Algorithm::ALL.into_iter().filter(|other| *other != own) {
            let refused = key.verify(other, example.message, &signature).unwrap_err();
            assert_eq!(refused.code, Code::KeyType, "{other:?} with {}", example.crv);
        }
        for wrong in [&signature[1..], &[&signature[..], &[0]].concat(), &[]] {
            let refused = key.verify(own, example.message, wrong).unwrap_err();
            assert_eq!(refused.code, Code::SignatureEncoding);
        }
    }
}

#[test]
fn c18_a_signature_over_another_hash_is_none() {
    // The algorithm has one hash: no second try with the one of another ledger or library (RFC 6979 appendix A.2.7,
    // "sample" with SHA-384, and with SHA-256).
    let [_, _, p521, _] = examples();
    for (r, s) in [
        (
            "01ea842a0e17d2de4f92c15315c63ddf72685c18195c2bb95e572b9c5136ca4b4b576ad712a52be9730627d16054ba40cc0b\
             8d3ff035b12ae75168397f5d50c67451",
            "01f21a3cee066e1961025fb048bd5fe2b7924d0cd797babe0a83b66f1e35eeaf5fde143fa85dc394a7dee766523393784484\
             bdf3e00114a1c857cde1aa203db65d61",
        ),
        (
            "01511bb4d675114fe266fc4372b87682baecc01d3cc62cf2303c92b3526012659d16876e25c7c1e57648f23b73564d67f61c\
             6f14d527d54972810421e7d87589e1a7",
            "004a171143a83163d6df460aaf61522695f207a58b95c0644d87e52aa1a347916e4f7a72930b1bc06dbe22ce3f58264afd23\
             704cbb63b29b931f7de6c9d949a7ecfc",
        ),
    ] {
        let (r, s) = (hex(r), hex(s));
        assert!(!p521.key().verify(p521.message, &[&r[..], &s].concat()));
        let point = p521::ecdsa::VerifyingKey::from_sec1_bytes(p521.key().bytes()).unwrap();
        let signature = p521::ecdsa::Signature::from_slice(&[&r[..], &s].concat()).unwrap();
        let digests = [sha2::Sha384::digest(b"sample").to_vec(), sha2::Sha256::digest(b"sample").to_vec()];
        assert!(digests.iter().any(|digest| point.verify_prehash(digest, &signature).is_ok()));
    }
}

#[test]
fn names_are_exact() {
    for algorithm in Algorithm::ALL {
        assert_eq!(Algorithm::named(algorithm.name()), Some(algorithm));
        let changed = [
            algorithm.name().to_lowercase(),
            format!("{} ", algorithm.name()),
            format!("{}\0", algorithm.name()),
        ];
        assert!(changed.iter().all(|name| Algorithm::named(name).is_none()), "{changed:?}");
    }
    assert_eq!(Algorithm::named("Ed25519"), Some(Algorithm::EdDsa));
    for name in ["", "none", "HS256", "Ed448", "ES256K-R", "RS1", "ES521", "ES224", "PS1", "Bitcoin"] {
        assert_eq!(Algorithm::named(name), None, "{name}");
    }
}

/// The arithmetic needs little stack, also where nothing is optimised.
#[test]
fn a_signature_is_verified_on_a_small_stack() {
    for example in examples() {
        let check = move || example.key().verify(example.message, &example.signature());
        let thread = std::thread::Builder::new().stack_size(256 * 1024).spawn(check).unwrap();
        assert!(thread.join().unwrap());
    }
}
