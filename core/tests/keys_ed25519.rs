//! Ed25519 keys and signatures: which are accepted, which are refused and as what.

mod support;

use std::collections::BTreeMap;
use std::path::Path;

use ler_verify::codes::{Code, Finding};
use ler_verify::encoding::{base64url, multibase};
use ler_verify::json::Tree;
use ler_verify::keys::{Ed25519Key, KeyType, Multikey, PublicKey};
use ler_verify::limits::Limits;

/// The public key of RFC 8032 §7.1 test 1, and its signature over the empty message.
const KEY: &str = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
const SIGNATURE: &str = "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155\
                         5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b";
/// L, little-endian: the order of the group.
const ORDER: &str = "edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010";

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

/// A key's 32 bytes, by what they are refused as.
fn key(bytes: &[u8]) -> Result<Ed25519Key, Code> {
    Ed25519Key::from_bytes(bytes).map_err(|finding| finding.code)
}

fn multikey(prefix: &[u8], bytes: &[u8]) -> Result<PublicKey, Code> {
    PublicKey::from_multikey(&multibase::encode_z(&[prefix, bytes].concat())).map_err(|finding| finding.code)
}

fn jwk(text: &str) -> Result<PublicKey, Finding> {
    let tree = Tree::parse(text.as_bytes(), &Limits::default()).unwrap();
    PublicKey::from_jwk(tree.root())
}

/// Whether the signature is accepted by the key; a key that is refused accepts none.
fn accepts(bytes: &str, message: &[u8], signature: &str) -> bool {
    key(&hex(bytes)).is_ok_and(|key| key.verify(message, &hex(signature)))
}

/// y + `add` for p = 2^255 − 19, little-endian, with or without sign.
fn p_plus(add: u8, sign: bool) -> [u8; 32] {
    let mut bytes = [0xFF; 32];
    bytes[0] = 0xED + add;
    bytes[31] = if sign { 0xFF } else { 0x7F };
    bytes
}

// Signatures.

#[test]
fn a_signature_is_64_bytes_over_exactly_this_message() {
    let key = key(&hex(KEY)).unwrap();
    let signature = hex(SIGNATURE);
    assert!(key.verify(b"", &signature));
    assert!(!key.verify(b"\0", &signature));
    assert!(!key.verify(b"", &signature[..63]));
    assert!(!key.verify(b"", &[&signature[..], &[0]].concat()));
    assert!(!key.verify(b"", &[]));
    for bit in 0..512 {
        let mut changed = signature.clone();
        changed[bit / 8] ^= 1 << (bit % 8);
        assert!(!key.verify(b"", &changed), "bit {bit}");
    }
}

#[test]
fn wycheproof() {
    let Some(folder) = support::source("wycheproof", "wycheproof") else { return };
    let suite = json(&folder.join("ed25519_test.json"));
    let (mut valid, mut invalid) = (0, 0);
    for group in suite["testGroups"].as_array().unwrap() {
        let key = key(&hex(text(&group["publicKey"], "pk"))).unwrap();
        for test in group["tests"].as_array().unwrap() {
            let good = key.verify(&hex(text(test, "msg")), &hex(text(test, "sig")));
            match text(test, "result") {
                "valid" => valid += 1,
                "invalid" => invalid += 1,
                other => panic!("{other}"),
            }
            assert_eq!(good, text(test, "result") == "valid", "tcId {}", test["tcId"]);
        }
    }
    assert_eq!((valid, invalid), (88, 63));
}

/// Keys as JWKs, with the signatures of RFC 8032 §7.1 and tampered ones.
#[test]
fn web5_verify_vectors() {
    let Some(folder) = support::source("web5_verify_vectors", "did-jwk-web") else { return };
    let mut outputs = Vec::new();
    for vector in json(&folder.join("crypto_ed25519/verify.json"))["vectors"].as_array().unwrap() {
        let input = &vector["input"];
        let PublicKey::Ed25519(key) = jwk(&input["key"].to_string()).unwrap() else { panic!("{vector}") };
        let good = key.verify(&hex(text(input, "data")), &hex(text(input, "signature")));
        assert_eq!(Some(good), vector["output"].as_bool(), "{}", vector["description"]);
        outputs.push(good);
    }
    assert_eq!(outputs, [true, true, true, true, false, false, false]);
    // The signing vectors have private keys: they are refused, and the same keys without `d` verify the outputs.
    let mut private = 0;
    for vector in json(&folder.join("crypto_ed25519/sign.json"))["vectors"].as_array().unwrap() {
        let mut parameters = vector["input"]["key"].clone();
        let Some(signature) = vector["output"].as_str() else { continue };
        assert_eq!(jwk(&parameters.to_string()).unwrap_err().code, Code::KeyPrivate);
        parameters.as_object_mut().unwrap().remove("d");
        let PublicKey::Ed25519(key) = jwk(&parameters.to_string()).unwrap() else { panic!("{vector}") };
        assert!(key.verify(&hex(text(&vector["input"], "data")), &hex(signature)));
        private += 1;
    }
    assert_eq!(private, 4, "the fifth vector is a signer's error");
}

/// The 12 vectors of ed25519-speccheck: (the key is refused as, the signature is accepted). Our row is that of dalek's
/// strict verification, X X X V X X X X X X X X; five of the refusals come from the key already.
#[test]
fn c03_speccheck_row() {
    let Some(folder) = support::source("c03_speccheck_row", "ed25519-edge-cases") else { return };
    let cases = json(&folder.join("speccheck-cases.json"));
    let row: Vec<_> = cases
        .as_array()
        .unwrap()
        .iter()
        .map(|case| {
            let refused = key(&hex(text(case, "pub_key"))).err();
            (refused, accepts(text(case, "pub_key"), &hex(text(case, "message")), text(case, "signature")))
        })
        .collect();
    let weak = (Some(Code::KeyWeak), false);
    let not_canonical = (Some(Code::KeyEncoding), false);
    let refused = (None, false);
    let accepted = (None, true);
    let expected = [
        weak,          // 0: small order A and R, S = 0
        weak,          // 1: small order A, mixed order R
        refused,       // 2: mixed order A, small order R
        accepted,      // 3: mixed order A and R, both equations hold
        refused,       // 4: only the equation with cofactor holds
        refused,       // 5: the same, with the cofactor applied late
        refused,       // 6: S > L
        refused,       // 7: S far above L
        refused,       // 8: R is not canonical
        refused,       // 9: the same, reduced for the hash
        not_canonical, // 10: A is not canonical
        not_canonical, // 11: the same, reduced for the hash
    ];
    assert_eq!(row, expected);
}

/// The 914 vectors of CCTV by their flags: the equation without cofactor leaves exactly those without a residue of
/// small order, and of these we accept only canonical encodings and no point of small order itself.
#[test]
fn cctv_by_flags() {
    let Some(folder) = support::source("cctv_by_flags", "ed25519-edge-cases") else { return };
    let mut accepted: BTreeMap<String, usize> = BTreeMap::new();
    let mut refused = 0;
    let mut by_key: BTreeMap<Option<Code>, usize> = BTreeMap::new();
    for case in json(&folder.join("cctv-ed25519vectors.json")).as_array().unwrap() {
        let flags: Vec<_> =
            case["flags"].as_array().into_iter().flatten().map(|flag| flag.as_str().unwrap()).collect();
        let refused_as = match () {
            () if flags.contains(&"non_canonical_A") => Some(Code::KeyEncoding),
            () if flags.contains(&"low_order_A") => Some(Code::KeyWeak),
            () => None,
        };
        assert_eq!(key(&hex(text(case, "key"))).err(), refused_as, "number {}", case["number"]);
        *by_key.entry(refused_as).or_default() += 1;
        let good = accepts(text(case, "key"), text(case, "msg").as_bytes(), text(case, "sig"));
        let ours = ["low_order_A", "low_order_R", "low_order_residue", "non_canonical_A", "non_canonical_R"];
        assert_eq!(good, !flags.iter().any(|flag| ours.contains(flag)), "number {}", case["number"]);
        if good {
            *accepted.entry(flags.join(" ")).or_default() += 1;
        } else {
            refused += 1;
        }
    }
    let expected =
        [("", 1), ("low_order_component_A", 7), ("low_order_component_R low_order_component_A", 35)];
    assert_eq!(accepted, expected.map(|(flags, count)| (flags.to_owned(), count)).into());
    assert_eq!(refused, 871);
    let expected = [(None, 388), (Some(Code::KeyEncoding), 226), (Some(Code::KeyWeak), 300)];
    assert_eq!(by_key, expected.into());
}

// The attack catalogue.

/// A = the identity, R = B, S = 1 is a signature over everything.
#[test]
fn c01_weak_keys_are_refused() {
    let mut small_order: Vec<Vec<u8>> = vec![
        hex("0100000000000000000000000000000000000000000000000000000000000000"),
        hex("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
    ];
    for y in [
        "0000000000000000000000000000000000000000000000000000000000000000",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    ] {
        let mut signed = hex(y);
        signed[31] |= 0x80;
        small_order.extend([hex(y), signed]);
    }
    assert_eq!(small_order.len(), 8);
    for bytes in small_order {
        assert_eq!(key(&bytes).err(), Some(Code::KeyWeak), "{bytes:?}");
        assert_eq!(multikey(&[0xED, 0x01], &bytes).err(), Some(Code::KeyWeak));
    }
}

#[test]
fn c02_a_second_signature_for_one_message_is_refused() {
    let mut malleable = hex(SIGNATURE);
    let mut carry = 0;
    for (byte, order) in malleable[32..].iter_mut().zip(hex(ORDER)) {
        let sum = u16::from(*byte) + u16::from(order) + carry;
        *byte = sum as u8;
        carry = sum >> 8;
    }
    assert_eq!(carry, 0);
    let key = key(&hex(KEY)).unwrap();
    assert!(key.verify(b"", &hex(SIGNATURE)));
    assert!(!key.verify(b"", &malleable));
}

#[test]
fn c04_every_key_has_one_encoding() {
    for add in 0..=18 {
        for sign in [false, true] {
            assert_eq!(key(&p_plus(add, sign)).err(), Some(Code::KeyEncoding), "p + {add}, sign {sign}");
        }
    }
    // x = 0 has no sign: y = 1 and y = p − 1.
    let mut one = [0u8; 32];
    one[0] = 1;
    one[31] = 0x80;
    assert_eq!(key(&one).err(), Some(Code::KeyEncoding));
    let mut minus_one = p_plus(0, true);
    minus_one[0] = 0xEC;
    assert_eq!(key(&minus_one).err(), Some(Code::KeyEncoding));
    // The largest y of a point: p − 4 is none, p − 3 is one, and canonical with and without sign.
    let below = |low: u8, sign| {
        let mut bytes = p_plus(0, sign);
        bytes[0] = low;
        key(&bytes).err()
    };
    let decoded: Vec<_> = (0xE0..=0xEC).filter(|low| below(*low, false).is_none()).collect();
    assert!(!decoded.is_empty(), "canonical keys just below p are accepted");
    for low in decoded {
        assert_eq!(below(low, true), None);
    }
}

#[test]
fn c05_no_batch_verification() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let manifest = std::fs::read_to_string(root.join("Cargo.toml")).unwrap();
    let dalek = manifest.lines().find(|line| line.starts_with("ed25519-dalek")).unwrap();
    assert!(dalek.contains("default-features = false"));
    for feature in ["batch", "legacy_compatibility", "hazmat"] {
        assert!(!dalek.contains(feature), "{feature}");
    }
    let source = std::fs::read_to_string(root.join("src/keys/ed25519.rs")).unwrap();
    assert!(source.contains("verify_strict(") && !source.contains("verify_batch"));
}

#[test]
fn c15_prefix_and_length_are_exact() {
    let bytes = hex(KEY);
    let good = multikey(&[0xED, 0x01], &bytes).unwrap();
    assert_eq!((good.key_type(), good.bytes()), ("Ed25519", &bytes[..]));
    // One byte too few, too many; none.
    assert_eq!(multikey(&[0xED, 0x01], &bytes[..31]).err(), Some(Code::KeyEncoding));
    assert_eq!(multikey(&[0xED, 0x01], &[&bytes[..], &[0]].concat()).err(), Some(Code::KeyEncoding));
    assert_eq!(multikey(&[0xED, 0x01], &[]).err(), Some(Code::KeyEncoding));
    assert_eq!(multikey(&[], &[]).err(), Some(Code::KeyEncoding));
    // A prefix that is not the shortest, does not end, or is the code without varint.
    assert_eq!(multikey(&[0xED, 0x81, 0x00], &bytes).err(), Some(Code::KeyEncoding));
    assert_eq!(multikey(&[0xED, 0x81, 0x80, 0x00], &bytes).err(), Some(Code::KeyEncoding));
    assert_eq!(multikey(&[0xFF; 12], &bytes).err(), Some(Code::KeyEncoding));
    assert_eq!(multikey(&[0xED], &bytes).err(), Some(Code::KeyUnsupported));
    // A prefix that nobody knows, the raw bytes without any.
    assert_eq!(multikey(&[0x55], &bytes).err(), Some(Code::KeyUnsupported));
    assert_eq!(multikey(&[], &[&[0x01], &bytes[1..]].concat()).err(), Some(Code::KeyUnsupported));
}

/// Kinds that this version does not verify with: prefix, length of the key, name.
const OTHER_KINDS: [(&[u8], usize, &str); 7] = [
    (&[0xEA, 0x01], 48, "BLS12-381 G1"),
    (&[0xEB, 0x01], 96, "BLS12-381 G2"),
    (&[0xEE, 0x01], 144, "BLS12-381 G1 and G2"),
    (&[0x83, 0x24], 57, "Ed448"),
    (&[0x86, 0x24], 33, "SM2"),
    (&[0xEC, 0x01], 32, "X25519"),
    (&[0x84, 0x24], 56, "X448"),
];

#[test]
fn c15_other_kinds_are_recognised_and_not_understood() {
    for (prefix, len, name) in OTHER_KINDS {
        let bytes = vec![2; len];
        let refused = PublicKey::from_multikey(&multibase::encode_z(&[prefix, &bytes].concat())).unwrap_err();
        // A key agreement key can never have signed anything; of the others this version cannot tell.
        let agreement = matches!(name, "X25519" | "X448");
        let expected = match name {
            _ if agreement => Code::KeyType,
            // These bytes are no point of the group.
            "BLS12-381 G2" if cfg!(feature = "bbs") => Code::KeyEncoding,
            "BLS12-381 G2" => Code::KeyNotBuilt,
            _ => Code::KeyUnsupported,
        };
        assert_eq!(refused.code, expected);
        assert_eq!(refused.details.get("keyType"), Some(&name.into()));
        for other in [&bytes[1..], &[&bytes[..], &[2]].concat()] {
            assert_eq!(multikey(prefix, other).err(), Some(Code::KeyEncoding), "{name}");
        }
        let raw = Multikey::parse(&multibase::encode_z(&[prefix, &bytes].concat())).unwrap();
        assert_eq!((raw.key_type.name(), raw.bytes), (name, bytes));
    }
}

#[test]
fn c15_the_text_of_a_multikey_is_exact() {
    let good = multibase::encode_z(&[&[0xED, 0x01], &hex(KEY)[..]].concat());
    assert!(good.starts_with("z6Mk") && PublicKey::from_multikey(&good).is_ok());
    let bytes = [&[0xED, 0x01], &hex(KEY)[..]].concat();
    let hexadecimal: String = bytes.iter().map(|b| format!("{b:02x}")).collect();
    for text in [
        String::new(),
        good[1..].to_owned(),
        format!("u{}", base64url::encode(&bytes)),
        format!("f{hexadecimal}"),
        format!(" {good}"),
        format!("{good}\n"),
        good.replace('M', "0"),
        good.to_uppercase(),
        format!("{good}#{good}"),
    ] {
        assert_eq!(PublicKey::from_multikey(&text).unwrap_err().code, Code::KeyEncoding, "{text:?}");
    }
    let too_long = PublicKey::from_multikey(&format!("z{}", "2".repeat(1_000_000))).unwrap_err();
    assert_eq!(
        (too_long.code, too_long.details.get("limit")),
        (Code::KeyUnsupported, Some(&1_100usize.into()))
    );
}

#[test]
fn c16_private_keys_are_refused_as_such() {
    let seed = [7; 32];
    // Ed25519, secp256k1, X25519, RSA, P-256, P-384, P-521, BLS12-381 G2, SM2.
    for prefix in [0x00, 0x01, 0x02, 0x05, 0x06, 0x07, 0x08, 0x0A, 0x10] {
        assert_eq!(multikey(&[0x80 | prefix, 0x26], &seed).err(), Some(Code::KeyPrivate), "0x13{prefix:02x}");
        assert_eq!(multikey(&[0x80 | prefix, 0x26], &[]).err(), Some(Code::KeyPrivate), "0x13{prefix:02x}");
    }
    let x = base64url::encode(&hex(KEY));
    for member in ["d", "p", "q", "dp", "dq", "qi", "oth", "k", "priv"] {
        for value in ["\"AA\"", "null", "1", "[]"] {
            let text = format!(r#"{{"kty":"OKP","crv":"Ed25519","x":"{x}","{member}":{value}}}"#);
            let refused = jwk(&text).unwrap_err();
            assert_eq!(
                (refused.code, refused.pointer.clone()),
                (Code::KeyPrivate, Some(format!("/{member}")))
            );
        }
    }
}

// JSON Web Keys.

/// The key of RFC 8037 appendix A.2, with more or other members.
fn okp(members: &str) -> Result<PublicKey, (Code, Option<String>)> {
    let x = base64url::encode(&hex(KEY));
    jwk(&format!(r#"{{"kty":"OKP","crv":"Ed25519","x":"{x}"{members}}}"#))
        .map_err(|f| (f.code, f.pointer.clone()))
}

#[test]
fn a_jwk_is_the_same_key_as_its_multikey() {
    let same = multikey(&[0xED, 0x01], &hex(KEY)).unwrap();
    assert_eq!(okp(""), Ok(same.clone()));
    assert_eq!(
        okp(r#","kid":"a","alg":"EdDSA","use":"sig","key_ops":["verify"],"x5t":"ignored""#),
        Ok(same.clone())
    );
    assert_eq!(okp(r#","alg":"Ed25519""#), Ok(same.clone()));
    assert_eq!(okp(r#","key_ops":["sign","verify"]"#), Ok(same.clone()));
    assert_eq!(
        PublicKey::from_base58(KeyType::Ed25519, &multibase::encode_z(&hex(KEY))[1..]),
        Ok(same.clone())
    );
    assert_ne!(
        same,
        multikey(&[0xED, 0x01], &hex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"))
            .unwrap()
    );
}

#[test]
fn a_jwk_that_says_it_does_not_verify_is_not_used_for_it() {
    let forbidden = |pointer: &str| Err((Code::KeyRelationship, Some(pointer.to_owned())));
    assert_eq!(okp(r#","use":"enc""#), forbidden("/use"));
    assert_eq!(okp(r#","use":"SIG""#), forbidden("/use"));
    assert_eq!(okp(r#","key_ops":["sign"]"#), forbidden("/key_ops"));
    assert_eq!(okp(r#","key_ops":[]"#), forbidden("/key_ops"));
    assert_eq!(okp(r#","use":"enc","key_ops":["verify"]"#), forbidden("/use"));
}

#[test]
fn a_wrong_type_or_algorithm_is_never_absent() {
    let wrong = |pointer: &str| Err((Code::KeyEncoding, Some(pointer.to_owned())));
    for member in ["use", "alg", "kid", "key_ops"] {
        for value in ["null", "1", "true", "{}"] {
            assert_eq!(okp(&format!(r#","{member}":{value}"#)), wrong(&format!("/{member}")));
        }
    }
    assert_eq!(okp(r#","use":["sig"]"#), wrong("/use"));
    assert_eq!(okp(r#","key_ops":"verify""#), wrong("/key_ops"));
    assert_eq!(okp(r#","key_ops":["verify",1]"#), wrong("/key_ops/1"));
    assert_eq!(okp(r#","key_ops":["verify","verify"]"#), wrong("/key_ops"));
    for alg in ["ES256", "HS256", "none", "eddsa", ""] {
        assert_eq!(okp(&format!(r#","alg":"{alg}""#)), wrong("/alg"), "C17");
    }
}

#[test]
fn kty_crv_and_x_are_exact() {
    let x = base64url::encode(&hex(KEY));
    let code = |text: &str| jwk(text).unwrap_err().code;
    assert_eq!(code(r#""OKP""#), Code::KeyEncoding);
    assert_eq!(code("[]"), Code::KeyEncoding);
    assert_eq!(code("{}"), Code::KeyEncoding);
    assert_eq!(code(&format!(r#"{{"crv":"Ed25519","x":"{x}"}}"#)), Code::KeyEncoding);
    assert_eq!(code(&format!(r#"{{"kty":"OKP","x":"{x}"}}"#)), Code::KeyEncoding);
    assert_eq!(code(r#"{"kty":"OKP","crv":"Ed25519"}"#), Code::KeyEncoding);
    assert_eq!(code(r#"{"kty":["OKP"],"crv":"Ed25519","x":"AA"}"#), Code::KeyEncoding);
    assert_eq!(code(r#"{"kty":"OKP","crv":"Ed25519","x":1}"#), Code::KeyEncoding);
    for (kty, crv) in
        [("okp", "Ed25519"), ("OKP", "ed25519"), ("EC", "Ed25519"), ("OKP", "P-256"), ("oct", "")]
    {
        assert_eq!(code(&format!(r#"{{"kty":"{kty}","crv":"{crv}","x":"{x}"}}"#)), Code::KeyUnsupported);
    }
    let with_x = |x: &str| code(&format!(r#"{{"kty":"OKP","crv":"Ed25519","x":"{x}"}}"#));
    assert_eq!(with_x(""), Code::KeyEncoding);
    assert_eq!(with_x(&format!("{x}=")), Code::KeyEncoding);
    assert_eq!(with_x(&base64url::encode(&hex(KEY)[..31])), Code::KeyEncoding);
    assert_eq!(with_x(&base64url::encode(&[&hex(KEY)[..], &[0]].concat())), Code::KeyEncoding);
    assert_eq!(with_x(&base64url::encode(&p_plus(3, false))), Code::KeyEncoding);
    assert_eq!(with_x(&base64url::encode(&[0; 32])), Code::KeyWeak);
    // The last character has two bits that belong to no byte.
    let last = x.chars().last().unwrap();
    assert_eq!(last, 'o');
    for other in ["p", "q", "r"] {
        assert_eq!(with_x(&format!("{}{other}", &x[..42])), Code::KeyEncoding);
    }
}

#[test]
fn jwks_of_other_kinds_are_recognised() {
    for (kty, crv, key_type) in
        [("OKP", "Ed448", KeyType::Ed448), ("OKP", "X25519", KeyType::X25519), ("OKP", "X448", KeyType::X448)]
    {
        let refused = jwk(&format!(r#"{{"kty":"{kty}","crv":"{crv}","x":"AA","y":"AA"}}"#)).unwrap_err();
        let agreement = matches!(key_type, KeyType::X25519 | KeyType::X448);
        assert_eq!(refused.code, if agreement { Code::KeyType } else { Code::KeyUnsupported });
        assert_eq!(refused.details.get("keyType"), Some(&key_type.name().into()));
    }
}

#[test]
fn a_2018_key_is_32_bytes_in_base58() {
    let text = multibase::encode_z(&hex(KEY)).split_off(1);
    let code = |text: &str| PublicKey::from_base58(KeyType::Ed25519, text).map_err(|finding| finding.code);
    assert_eq!(code(&text).unwrap().bytes(), hex(KEY));
    for wrong in ["", &text[..42], &format!("1{text}"), &format!("{text}2"), "0OIl"] {
        assert_eq!(code(wrong), Err(Code::KeyEncoding), "{wrong}");
    }
    assert_eq!(code(&"1".repeat(32)), Err(Code::KeyWeak));
    assert_eq!(code(&"2".repeat(1_000_000)), Err(Code::KeyEncoding));
}
