//! RSA keys and their signatures: which are accepted, which are refused and as what.
#![cfg(feature = "algorithms")]
#![allow(clippy::disallowed_methods, clippy::print_stdout)] // a test reads files

#[path = "../support/mod.rs"]
mod support;

use std::path::Path;

use ler_verify::codes::{Code, Finding};
use ler_verify::encoding::{base64url, multibase};
use ler_verify::json::Tree;
use ler_verify::keys::{Algorithm, KeyType, PublicKey, RsaKey};
use ler_verify::limits::Limits;
use serde_json::Value;

const RSA: [Algorithm; 6] = [
    Algorithm::Rs256,
    Algorithm::Rs384,
    Algorithm::Rs512,
    Algorithm::Ps256,
    Algorithm::Ps384,
    Algorithm::Ps512,
];

/// What `make.py` made.
fn made() -> Value {
    serde_json::from_str(include_str!("signatures.json")).unwrap()
}

fn json(path: &Path) -> Value {
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn text<'v>(value: &'v Value, member: &str) -> &'v str {
    value[member].as_str().unwrap()
}

fn bytes(value: &Value, member: &str) -> Vec<u8> {
    base64url::decode(text(value, member)).unwrap()
}

fn hex(text: &str) -> Vec<u8> {
    assert!(text.len().is_multiple_of(2));
    (0..text.len()).step_by(2).map(|i| u8::from_str_radix(&text[i..i + 2], 16).unwrap()).collect()
}

fn jwk(text: &str) -> Result<PublicKey, Finding> {
    let tree = Tree::parse(text.as_bytes(), &Limits::default()).unwrap();
    PublicKey::from_jwk(tree.root())
}

/// A key of `make.py` as a JWK with more members.
fn made_jwk(bits: &str, members: &str) -> Result<PublicKey, (Code, Option<String>)> {
    let key = &made()["keys"][bits];
    let (n, e) = (text(key, "n"), text(key, "e"));
    jwk(&format!(r#"{{"kty":"RSA","n":"{n}","e":"{e}"{members}}}"#))
        .map_err(|found| (found.code, found.pointer.clone()))
}

/// An odd number of so many bits, without the fingerprint of ROCA.
fn modulus(bits: usize) -> Vec<u8> {
    let mut bytes = vec![0xC5; bits.div_ceil(8)];
    let unused = bytes.len() * 8 - bits;
    bytes[0] = (0xFF >> unused) & 0xF5 | (0x80 >> unused);
    bytes
}

fn numbers(n: &[u8], e: &[u8]) -> Result<RsaKey, Code> {
    RsaKey::from_numbers(n, e).map_err(|finding| finding.code)
}

const E: &[u8] = &[1, 0, 1];

// Signatures.

#[test]
fn signatures_of_every_algorithm_and_those_of_a_careless_verifier() {
    let made = made();
    let (mut good, mut bad) = (0, 0);
    for case in made["signatures"].as_array().unwrap() {
        let key = made_jwk(text(case, "key"), "").unwrap();
        let algorithm = Algorithm::named(text(case, "alg")).unwrap();
        let signature = bytes(case, "signature");
        let verified = key.verify(algorithm, b"sample", &signature);
        assert_eq!(verified, Ok(case["good"].as_bool().unwrap()), "{} {}", case["alg"], case["title"]);
        if verified == Ok(true) {
            good += 1;
            assert_eq!(key.verify(algorithm, b"sample\0", &signature), Ok(false));
            // RSA has six algorithms for one key: a signature is of one of them.
            for other in RSA.into_iter().filter(|other| *other != algorithm) {
                assert_eq!(key.verify(other, b"sample", &signature), Ok(false), "{algorithm:?} as {other:?}");
            }
        } else {
            bad += 1;
        }
    }
    assert_eq!((good, bad), (27, 17));
}

#[test]
fn a_signature_is_as_long_as_the_modulus() {
    for case in made()["signatures"].as_array().unwrap().iter().filter(|case| case["title"] == "good") {
        let key = made_jwk(text(case, "key"), "").unwrap();
        let algorithm = Algorithm::named(text(case, "alg")).unwrap();
        let signature = bytes(case, "signature");
        assert_eq!(signature.len(), text(case, "key").parse::<usize>().unwrap().div_ceil(8));
        assert_eq!(key.signature_len(), signature.len());
        for wrong in [
            &signature[1..],
            &signature[..signature.len() - 1],
            &[&signature[..], &[0]].concat(),
            &[&[0], &signature[..]].concat(),
            &[],
        ] {
            let refused = key.verify(algorithm, b"sample", wrong).unwrap_err();
            assert_eq!(refused.code, Code::SignatureEncoding, "{} bytes", wrong.len());
        }
        // 0, 1, n − 1, n and above: numbers whose power everybody knows, and such as are none modulo n.
        let PublicKey::Rsa(rsa) = &key else { panic!("{key:?}") };
        let n = rsa.modulus();
        let last = |of: &[u8], byte: u8| [&of[..of.len() - 1], &[byte]].concat();
        let zeros = vec![0; n.len()];
        for known in
            [&zeros, &last(&zeros, 1), &last(n, n[n.len() - 1] - 1), &n.to_vec(), &vec![0xFF; n.len()]]
        {
            assert_eq!(key.verify(algorithm, b"sample", known), Ok(false), "{algorithm:?}");
        }
    }
}

#[test]
fn c12_wycheproof() {
    let Some(folder) = support::source("wycheproof_rsa", "wycheproof") else { return };
    for (file, algorithm, expected) in [
        ("rsa_signature_2048_sha256_test.json", Algorithm::Rs256, (7, 250)),
        ("rsa_signature_3072_sha256_test.json", Algorithm::Rs256, (7, 251)),
        ("rsa_signature_4096_sha256_test.json", Algorithm::Rs256, (7, 251)),
        ("rsa_pss_2048_sha256_mgf1_32_test.json", Algorithm::Ps256, (63, 45)),
    ] {
        let (mut valid, mut invalid, mut small_keys) = (0, 0, 0);
        for group in json(&folder.join(file))["testGroups"].as_array().unwrap() {
            let key = RsaKey::from_der(&hex(text(group, "publicKeyAsn")));
            let tests = group["tests"].as_array().unwrap();
            // The one exclusion: keys with the exponent 3 are not used, whatever they sign.
            if tests
                .iter()
                .all(|test| test["flags"].as_array().unwrap().iter().any(|f| f == "SmallPublicKey"))
            {
                assert_eq!(key.map_err(|finding| finding.code), Err(Code::KeyWeak));
                small_keys += tests.len();
                continue;
            }
            let key = PublicKey::Rsa(key.unwrap());
            assert_eq!(PublicKey::from_pem(text(group, "publicKeyPem")).as_ref(), Ok(&key));
            assert_eq!(PublicKey::from_spki(&hex(text(group, "publicKeyDer"))).as_ref(), Ok(&key));
            let written = group.get("keyJwk").or_else(|| group.get("publicKeyJwk")).unwrap();
            let restricted = jwk(&written.to_string()).unwrap();
            assert_eq!((&restricted, restricted.algorithms()), (&key, &[algorithm][..]));
            for test in tests {
                let verified = key.verify(algorithm, &hex(text(test, "msg")), &hex(text(test, "sig")));
                // `acceptable`: a DigestInfo without NULL, which RFC 8017 §8.2.2 note allows to refuse.
                let good = text(test, "result") == "valid";
                match verified {
                    Ok(verified) => assert_eq!(verified, good, "{file} tcId {}", test["tcId"]),
                    Err(refused) => {
                        assert!(
                            refused.code == Code::SignatureEncoding && !good,
                            "{file} tcId {}",
                            test["tcId"]
                        );
                    }
                }
                if good { valid += 1 } else { invalid += 1 }
            }
        }
        println!("{file}: {valid} valid, {invalid} not, {small_keys} of keys with a small exponent");
        assert_eq!((valid, invalid), expected, "{file}");
    }
}

// Keys.

#[test]
fn c11_the_size_of_a_modulus() {
    let weak = Err(Code::KeyWeak);
    for bits in [64, 512, 1_024, 2_040, 2_047] {
        assert_eq!(numbers(&modulus(bits), E), weak, "{bits}");
    }
    for bits in [2_048, 2_049, 2_056, 3_000, 3_072, 4_095, 4_096] {
        let key = numbers(&modulus(bits), E).unwrap();
        assert_eq!((key.signature_len(), key.exponent()), (bits.div_ceil(8), E));
        assert_eq!(RsaKey::from_der(key.bytes()), Ok(key), "{bits}");
    }
    // Larger ones may be good: this version cannot tell.
    for bits in [4_097, 8_192] {
        assert_eq!(numbers(&modulus(bits), E), Err(Code::KeyUnsupported), "{bits}");
    }
}

#[test]
fn c11_the_exponent() {
    let n = modulus(2_048);
    for weak in [&[1][..], &[2], &[3], &[17], &[0xFF, 0xFF], &[1, 0, 0]] {
        assert_eq!(numbers(&n, weak), Err(Code::KeyWeak), "{weak:?}");
    }
    for even in [&[1, 0, 2][..], &[0xFF, 0xFF, 0xFF, 0xFE]] {
        assert_eq!(numbers(&n, even), Err(Code::KeyEncoding), "{even:?}");
    }
    for good in [&[1, 0, 1][..], &[1, 0, 3], &[0xFF, 0xFF, 0xFF, 0xFF]] {
        assert!(numbers(&n, good).is_ok(), "{good:?}");
    }
    let mut even = n.clone();
    even[255] ^= 1;
    assert_eq!(numbers(&even, E), Err(Code::KeyEncoding));
}

/// Sizes are looked at before anything is computed with the numbers.
#[test]
fn c13_numbers_that_would_cost_much() {
    let n = modulus(2_048);
    assert_eq!(numbers(&n, &[1, 0, 0, 0, 1]), Err(Code::KeyUnsupported));
    assert_eq!(numbers(&n, &modulus(4_096)), Err(Code::KeyUnsupported));
    assert_eq!(numbers(&modulus(16_384), E), Err(Code::KeyUnsupported));
    assert_eq!(numbers(&modulus(8_000_000), &modulus(8_000_000)), Err(Code::KeyUnsupported));
}

#[test]
fn c14_keys_of_a_broken_generator() {
    let Some(folder) = support::source("roca", "wycheproof") else { return };
    let suite = json(&folder.join("json_web_key_test.json"));
    let group = suite["testGroups"].as_array().unwrap().iter().find(|g| g["comment"] == "jws_rsa_roca_key");
    let key = &group.unwrap()["public"]["keys"][0];
    let n = bytes(key, "n");
    let refused = RsaKey::from_numbers(&n, E).unwrap_err();
    assert_eq!((refused.code, refused.details.get("reason")), (Code::KeyWeak, Some(&"ROCA".into())));
    // Other keys do not have the fingerprint.
    for bits in ["2048", "2049", "3072", "4096"] {
        assert!(made_jwk(bits, "").is_ok());
    }
}

#[test]
fn numbers_have_no_leading_zeros() {
    let n = modulus(2_048);
    let longer = |bytes: &[u8]| [&[0], bytes].concat();
    assert_eq!(numbers(&longer(&n), E), Err(Code::KeyEncoding));
    assert_eq!(numbers(&n, &longer(E)), Err(Code::KeyEncoding));
    assert_eq!(numbers(&[], E), Err(Code::KeyEncoding));
    assert_eq!(numbers(&n, &[]), Err(Code::KeyEncoding));
    assert_eq!(numbers(&[0; 256], E), Err(Code::KeyEncoding));
}

#[test]
fn one_key_in_every_form() {
    let made = made();
    for (bits, key) in made["keys"].as_object().unwrap() {
        let same = made_jwk(bits, "").unwrap();
        assert_eq!((same.kind(), same.key_type(), same.algorithms()), (KeyType::Rsa, "RSA", &RSA[..]));
        assert_eq!(PublicKey::from_pem(text(key, "spki")), Ok(same.clone()));
        assert_eq!(PublicKey::from_pem(text(key, "pkcs1")), Ok(same.clone()));
        assert_eq!(PublicKey::from_bytes(KeyType::Rsa, same.bytes()), Ok(same.clone()));
        let multikey = multibase::encode_z(&[&[0x85, 0x24], same.bytes()].concat());
        assert_eq!(PublicKey::from_multikey(&multikey), Ok(same.clone()));
        // Not the SubjectPublicKeyInfo, which is no Multikey.
        let spki: String = text(key, "spki").lines().filter(|line| !line.starts_with('-')).collect();
        let spki = base64url::decode(spki.replace('+', "-").replace('/', "_").trim_end_matches('=')).unwrap();
        assert_eq!(PublicKey::from_spki(&spki), Ok(same));
        let refused = PublicKey::from_multikey(&multibase::encode_z(&[&[0x85, 0x24], &spki[..]].concat()));
        assert_eq!(refused.unwrap_err().code, Code::KeyEncoding);
    }
}

#[test]
fn der_is_the_one_form() {
    let key = made_jwk("2048", "").unwrap();
    let der = key.bytes();
    let refused = |bytes: &[u8]| RsaKey::from_der(bytes).map_err(|finding| finding.code);
    assert_eq!(der[..4], [0x30, 0x82, 0x01, 0x0A]);
    assert_eq!(der[4..9], [0x02, 0x82, 0x01, 0x01, 0x00]);
    let mut set = der.to_vec();
    set[0] = 0x31;
    let mut negative = der.to_vec();
    negative[8] = 0x80;
    let mut longer = der.to_vec();
    longer[3] += 1;
    let trailing = [der, &[0]].concat();
    let indefinite = [&[0x30, 0x80], &der[4..], &[0, 0]].concat();
    let long_form = [&[0x30, 0x83, 0x00], &der[2..]].concat();
    let third_number = [&[0x30, 0x82, 0x01, 0x0D], &der[4..], &[0x02, 0x01, 0x03]].concat();
    // 65537 with a zero too many.
    let wide = [&[0x30, 0x82, 0x01, 0x0B], &der[4..265], &[0x02, 0x04, 0, 1, 0, 1]].concat();
    for wrong in [
        &set[..],
        &negative,
        &longer,
        &trailing,
        &indefinite,
        &long_form,
        &third_number,
        &wide,
        &der[..der.len() - 1],
        &der[..1],
        &[],
        &[0x30, 0],
        &[0x30, 0x84, 0xFF, 0xFF, 0xFF, 0xFF],
    ] {
        assert_eq!(refused(wrong), Err(Code::KeyEncoding), "{:02x?}", &wrong[..wrong.len().min(12)]);
    }
}

#[test]
fn every_bit_of_a_key_counts() {
    let key = made_jwk("2048", "").unwrap();
    for at in 0..key.bytes().len() {
        for bit in 0..8 {
            let mut changed = key.bytes().to_vec();
            changed[at] ^= 1 << bit;
            // Another key at best.
            let read = PublicKey::from_bytes(KeyType::Rsa, &changed);
            assert_ne!(read.as_ref(), Ok(&key), "byte {at}, bit {bit}");
        }
    }
}

/// RUSTSEC-2023-0071 is about private keys: none is ever computed with.
#[test]
fn c20_nothing_here_signs() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let manifest = std::fs::read_to_string(root.join("Cargo.toml")).unwrap();
    let rsa = manifest.lines().find(|line| line.starts_with("rsa = ")).unwrap();
    assert!(rsa.contains("default-features = false") && !rsa.contains("features = ["), "{rsa}");
    for entry in std::fs::read_dir(root.join("src/keys")).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            let source = std::fs::read_to_string(&path).unwrap();
            for word in ["RsaPrivateKey", "SigningKey", "SecretKey", "hazmat", "Signer"] {
                assert!(!source.contains(word), "{word} in {}", path.display());
            }
        }
    }
}

// JSON Web Keys.

#[test]
fn the_alg_of_a_jwk_is_its_only_algorithm() {
    let made = made();
    let free = made_jwk("2048", "").unwrap();
    for only in RSA {
        let key = made_jwk("2048", &format!(r#","alg":"{}""#, only.name())).unwrap();
        assert_eq!(key.algorithms(), [only]);
        // It is the same key all the same.
        assert_eq!(key, free);
        let signatures = made["signatures"].as_array().unwrap().iter();
        for case in signatures.filter(|case| case["key"] == "2048" && case["title"] == "good") {
            let algorithm = Algorithm::named(text(case, "alg")).unwrap();
            let verified = key.verify(algorithm, b"sample", &bytes(case, "signature"));
            assert_eq!(
                verified.map_err(|f| f.code),
                if algorithm == only { Ok(true) } else { Err(Code::KeyType) }
            );
        }
    }
    for alg in ["RSA-OAEP", "RSA1_5", "RS1", "rs256", "ES256", "HS256", "EdDSA", "none", ""] {
        let refused = made_jwk("2048", &format!(r#","alg":"{alg}""#));
        assert_eq!(refused, Err((Code::KeyEncoding, Some("/alg".to_owned()))), "{alg}");
    }
}

#[test]
fn c17_an_rsa_key_has_the_algorithms_of_rsa() {
    let key = made_jwk("2048", "").unwrap();
    for algorithm in Algorithm::ALL.into_iter().filter(|algorithm| !RSA.contains(algorithm)) {
        let refused = key.verify(algorithm, b"", &[0; 256]).unwrap_err();
        assert_eq!(refused.code, Code::KeyType, "{algorithm:?}");
    }
}

#[test]
fn c16_private_members() {
    for member in ["d", "p", "q", "dp", "dq", "qi", "oth", "k", "priv"] {
        let refused = made_jwk("2048", &format!(r#","{member}":"AA""#));
        assert_eq!(refused, Err((Code::KeyPrivate, Some(format!("/{member}")))));
    }
}

#[test]
fn n_and_e_are_exact() {
    let made = made();
    let key = &made["keys"]["2048"];
    let (n, e) = (text(key, "n"), text(key, "e"));
    let code = |members: &str| {
        let refused = jwk(&format!(r#"{{"kty":"RSA"{members}}}"#)).unwrap_err();
        (refused.code, refused.pointer.clone().unwrap())
    };
    let encoding = |pointer: &str| (Code::KeyEncoding, pointer.to_owned());
    assert_eq!(code(""), encoding(""));
    assert_eq!(code(&format!(r#","n":"{n}""#)), encoding(""));
    assert_eq!(code(&format!(r#","e":"{e}""#)), encoding(""));
    assert_eq!(code(&format!(r#","n":"{n}=","e":"{e}""#)), encoding("/n"));
    assert_eq!(code(&format!(r#","n":"{n}","e":"AQAB=""#)), encoding("/e"));
    assert_eq!(code(&format!(r#","n":"{n}","e":"AAEAAQ""#)), encoding(""), "a leading zero");
    assert_eq!(code(&format!(r#","n":"{n}","e":"Aw""#)), (Code::KeyWeak, String::new()));
    for wrong in ["null", "65537", "true", "[]"] {
        assert_eq!(code(&format!(r#","n":{wrong},"e":"{e}""#)), encoding("/n"));
        assert_eq!(code(&format!(r#","n":"{n}","e":{wrong}"#)), encoding("/e"));
    }
}

/// RFC 7638 §3.1 prints a key and its thumbprint; the key has an `alg`, which is no part of it.
#[test]
fn the_thumbprint_of_rfc_7638() {
    let n = "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCi\
             FV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnY\
             b9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0\
             Ls1jF44-csFCur-kEgU8awapJzKnqDKgw";
    let key =
        jwk(&format!(r#"{{"kty":"RSA","n":"{n}","e":"AQAB","alg":"RS256","kid":"2011-04-29"}}"#)).unwrap();
    assert_eq!(base64url::encode(&key.thumbprint()), "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
}

/// The arithmetic needs little stack, also where nothing is optimised.
#[test]
fn signatures_are_verified_on_a_small_stack() {
    let check = || {
        let made = made();
        for case in made["signatures"].as_array().unwrap().iter().filter(|case| case["title"] == "good") {
            let key = made_jwk(text(case, "key"), "").unwrap();
            let algorithm = Algorithm::named(text(case, "alg")).unwrap();
            assert_eq!(key.verify(algorithm, b"sample", &bytes(case, "signature")), Ok(true));
            key.thumbprint();
        }
    };
    std::thread::Builder::new().stack_size(256 * 1024).spawn(check).unwrap().join().unwrap();
}
