//! How keys are written: PEM and SubjectPublicKeyInfo, JWK Sets, thumbprints.
#![cfg(feature = "algorithms")]
#![allow(clippy::disallowed_methods, clippy::print_stdout)] // a test reads files

mod support;

use ler_verify::codes::{Code, Finding};
use ler_verify::encoding::base64url;
use ler_verify::json::Tree;
use ler_verify::keys::jwk_set::{self, MAX_KEYS, SetKey};
use ler_verify::keys::{Algorithm, PublicKey};
use ler_verify::limits::Limits;

/// The generators of the curves, that is, the public keys of 1, and the Ed25519 key of 32 zero bytes, as OpenSSL writes
/// them.
const P256: &str = "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEaxfR8uEsQkf4vOblY6RA8ncDfYEt\
                    6zOg9KE5RdiYwpZP40Li/hp/m47n60p8D54WK84zV2sxXs7LtkBoN79R9Q==";
const P384: &str = "MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEqofKIr6LBTeOscce8yCtdG4dO2KLp5uY\
                    WfdB4IJUKjhVAvJdv1UpbDpUXjhydgq3NhfeSpYmLG9dnpi/kpLcKfj0Hb0omhR8\
                    6doxE7XwuMAKYLHOHX6BnXpDHXyQ6g5f";
const P521: &str = "MIGbMBAGByqGSM49AgEGBSuBBAAjA4GGAAQAxoWOBrcEBOnNnj7LZiOVtEKcZIE5\
                    BT+1Ifgor2BrTT26oUted+/nWSj+HcEnov+o3jNIs8GFakKb+X5+McLlvWYBGDkp\
                    aniaO8AEXIpftCx9G9mY9URJV5tEaBevvRcnPmYsl+5ymV70JkDFULkBP60HYTU8\
                    cIaicsJAiL6Udp/RZlA=";
const SECP256K1: &str = "MFYwEAYHKoZIzj0CAQYFK4EEAAoDQgAEeb5mfvncu6xVoGKVzocLBwKb/NstzijZ\
                         WfKBWxb4F5hIOtp3JqPEZV2k+/wOEQio/Re0SKaFVBmcR9CP+xDUuA==";
const ED25519: &str = "MCowBQYDK2VwAyEAO2onvM62pC1io6jQKm8Nc2UyFXcd4kOmOsBIoYtZ2ik=";
const X25519: &str = "MCowBQYDK2VuAyEAL+V9o0fNYkMVKNqsX7spBzD/9oSvxM/C7ZCZX1jLO3Q=";
const ED448: &str =
    "MEMwBQYDK2VxAzoAWzr+A4eKSbKCMtTxpEKuveEJ+Aes7339mn9luWL+UtZUcxLKzs/wQzdQj50lKajxZpFpshwyxIAA";
const P224: &str = "ME4wEAYHKoZIzj0CAQYFK4EEACEDOgAEtw4MvWu0v38yE5C5SgPB01bCESI0MoDW\
                    EVwdIb03Y4i19yP7TCLf5s1DdaBaB0dkRNWBmYUAfjQ=";

fn der(base64: &str) -> Vec<u8> {
    base64url::decode(base64.replace('+', "-").replace('/', "_").trim_end_matches('=')).unwrap()
}

fn pem(label: &str, body: &str) -> String {
    format!("-----BEGIN {label}-----\n{body}\n-----END {label}-----\n")
}

fn code<T>(read: Result<T, Finding>) -> Result<T, Code> {
    read.map_err(|finding| finding.code)
}

fn jwk(text: &str) -> Result<PublicKey, Finding> {
    let tree = Tree::parse(text.as_bytes(), &Limits::default()).unwrap();
    PublicKey::from_jwk(tree.root())
}

fn set(text: &str) -> Result<Vec<SetKey>, Finding> {
    let tree = Tree::parse(text.as_bytes(), &Limits::default()).unwrap();
    jwk_set::read(tree.root())
}

// SubjectPublicKeyInfo

#[test]
fn the_key_of_a_subject_public_key_info() {
    for (base64, name) in
        [(P256, "P-256"), (P384, "P-384"), (P521, "P-521"), (SECP256K1, "secp256k1"), (ED25519, "Ed25519")]
    {
        let read = PublicKey::from_spki(&der(base64)).unwrap();
        assert_eq!(read.key_type(), name);
        assert_eq!(PublicKey::from_bytes(read.kind(), read.bytes()).as_ref(), Ok(&read));
        assert_eq!(PublicKey::from_pem(&pem("PUBLIC KEY", base64)), Ok(read));
    }
    // The first example of did:key is the Ed25519 key of 32 zero bytes, too.
    let same = PublicKey::from_multikey("z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp");
    assert_eq!(PublicKey::from_spki(&der(ED25519)), same);
    assert_eq!(code(PublicKey::from_spki(&der(X25519))), Err(Code::KeyType));
    assert_eq!(code(PublicKey::from_spki(&der(ED448))), Err(Code::KeyUnsupported));
    assert_eq!(code(PublicKey::from_spki(&der(P224))), Err(Code::KeyUnsupported));
}

#[test]
fn a_point_may_be_compressed_and_of_no_other_form() {
    let full = der(P256);
    let (head, point) = full.split_at(full.len() - 65);
    let with = |point: &[u8]| {
        let mut bytes = [head, point].concat();
        // The lengths of the sequence, and of the bit string with its byte of unused bits.
        bytes[1] = u8::try_from(bytes.len() - 2).unwrap();
        bytes[head.len() - 2] = u8::try_from(point.len() + 1).unwrap();
        code(PublicKey::from_spki(&bytes))
    };
    let key = with(point).unwrap();
    assert_eq!(with(key.bytes()), Ok(key.clone()));
    let tagged = |tag: u8| [&[tag], &point[1..]].concat();
    for wrong in
        [&tagged(2)[..], &tagged(5), &tagged(6), &tagged(7), &point[..64], &point[1..], &[0], &[4], &[]]
    {
        assert_eq!(with(wrong), Err(Code::KeyEncoding), "{wrong:02x?}");
    }
}

#[test]
fn every_byte_of_a_subject_public_key_info_counts() {
    for base64 in [P256, P384, P521, SECP256K1, ED25519] {
        let bytes = der(base64);
        let key = PublicKey::from_spki(&bytes).unwrap();
        for at in 0..bytes.len() {
            for bit in 0..8 {
                let mut changed = bytes.clone();
                changed[at] ^= 1 << bit;
                // Another key at best.
                assert_ne!(PublicKey::from_spki(&changed).ok().as_ref(), Some(&key), "byte {at}, bit {bit}");
            }
            assert_eq!(code(PublicKey::from_spki(&bytes[..at])), Err(Code::KeyEncoding));
        }
        assert_eq!(code(PublicKey::from_spki(&[&bytes[..], &[0]].concat())), Err(Code::KeyEncoding));
    }
}

#[test]
fn parameters_are_those_of_the_algorithm() {
    let bytes = der(ED25519);
    // Ed25519 has none: here is NULL, and the lengths with it.
    let with_null = [&[0x30, 0x2C, 0x30, 0x07], &bytes[4..9], &[0x05, 0x00], &bytes[9..]].concat();
    assert_eq!(code(PublicKey::from_spki(&with_null)), Err(Code::KeyEncoding));
    let rsa: serde_json::Value = serde_json::from_str(include_str!("keys_rsa/signatures.json")).unwrap();
    let text = rsa["keys"]["2048"]["spki"].as_str().unwrap();
    let bytes = der(&text.lines().filter(|line| !line.starts_with('-')).collect::<String>());
    assert!(PublicKey::from_spki(&bytes).is_ok());
    // RFC 3279 §2.3.1: rsaEncryption has NULL. Without it, and with something else.
    let without = [&[0x30, 0x82, 0x01, 0x20, 0x30, 0x0B], &bytes[6..17], &bytes[19..]].concat();
    assert_eq!(code(PublicKey::from_spki(&without)), Err(Code::KeyEncoding));
    let mut other = bytes.clone();
    assert_eq!(other[17..19], [0x05, 0x00]);
    other[17] = 0x04;
    assert_eq!(code(PublicKey::from_spki(&other)), Err(Code::KeyEncoding));
    // id-RSASSA-PSS (…1.10) restricts what a key may sign in ways that are not evaluated.
    let mut pss = bytes.clone();
    assert_eq!(pss[16], 1);
    pss[16] = 10;
    assert_eq!(code(PublicKey::from_spki(&pss)), Err(Code::KeyUnsupported));
    // A curve that is spelled out instead of named.
    let bytes = der(P256);
    let spelled = [&[0x30, 0x51, 0x30, 0x0B], &bytes[4..13], &[0x30, 0x00], &bytes[23..]].concat();
    assert_eq!(code(PublicKey::from_spki(&spelled)), Err(Code::KeyEncoding));
}

// PEM

#[test]
fn lines_of_pem_are_free_and_its_frame_is_not() {
    let good = pem("PUBLIC KEY", P256);
    let key = PublicKey::from_pem(&good).unwrap();
    let lines: String =
        P256.as_bytes().chunks(8).map(|line| format!("{}\r\n", str::from_utf8(line).unwrap())).collect();
    for same in [
        good.trim().to_owned(),
        format!("\n {good}\n\n"),
        good.replace('\n', "\r\n"),
        good.replace('\n', ""),
        pem("PUBLIC KEY", &lines),
    ] {
        assert_eq!(PublicKey::from_pem(&same).as_ref(), Ok(&key), "{same}");
    }
    for wrong in [
        String::new(),
        P256.to_owned(),
        pem("RSA PUBLIC KEY", P256),
        pem("EC PUBLIC KEY", P256),
        pem("CERTIFICATE", P256),
        pem("public key", P256),
        pem("", P256),
        good.replace("END PUBLIC", "END RSA PUBLIC"),
        good.replacen("-----BEGIN", "----BEGIN", 1),
        good.replacen("BEGIN PUBLIC KEY-----", "BEGIN PUBLIC KEY----", 1),
        good.trim().trim_end_matches('-').to_owned(),
        format!("{good}{good}"),
        format!("{good}x"),
        format!("A key:\n{good}"),
        pem("PUBLIC KEY", ""),
        pem("PUBLIC KEY", &P256.replace('=', "")),
        pem("PUBLIC KEY", &format!("{P256}=")),
        pem("PUBLIC KEY", &P256.replace('/', "_")),
        pem("PUBLIC KEY", &format!("Proc-Type: 4\n\n{P256}")),
        pem("PUBLIC KEY", &P256.replace("9Q==", "9R==")),
        pem("PUBLIC KEY", &P256.replacen('M', "М", 1)),
    ] {
        assert_eq!(code(PublicKey::from_pem(&wrong)), Err(Code::KeyEncoding), "{wrong}");
    }
    let long = pem("PUBLIC KEY", &"A".repeat(1_000_000));
    assert_eq!(code(PublicKey::from_pem(&long)), Err(Code::KeyUnsupported));
}

#[test]
fn c16_a_private_key_in_pem() {
    for label in
        ["PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "OPENSSH PRIVATE KEY"]
    {
        assert_eq!(code(PublicKey::from_pem(&pem(label, P256))), Err(Code::KeyPrivate));
        // Beside the public one, too.
        let both = format!("{}{}", pem("PUBLIC KEY", P256), pem(label, P256));
        assert_eq!(code(PublicKey::from_pem(&both)), Err(Code::KeyPrivate));
    }
}

// Thumbprints

/// RFC 8037 appendix A.3 prints this one; that of RFC 7638 is in `keys_rsa`.
#[test]
fn the_thumbprint_of_rfc_8037() {
    let key =
        jwk(r#"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#).unwrap();
    assert_eq!(base64url::encode(&key.thumbprint()), "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
}

/// It is that of RFC 7638 §3: of these members, whatever form the key was in, for every curve.
#[test]
fn the_thumbprint_of_a_point() {
    use sha2::Digest;
    for (base64, crv, len) in
        [(P256, "P-256", 32), (P384, "P-384", 48), (P521, "P-521", 66), (SECP256K1, "secp256k1", 32)]
    {
        let bytes = der(base64);
        let (x, y) = bytes[bytes.len() - 2 * len..].split_at(len);
        let (x, y) = (base64url::encode(x), base64url::encode(y));
        let members = format!(r#"{{"crv":"{crv}","kty":"EC","x":"{x}","y":"{y}"}}"#);
        let key = PublicKey::from_spki(&bytes).unwrap();
        assert_eq!(key.thumbprint()[..], sha2::Sha256::digest(&members)[..]);
        assert_eq!(jwk(&members), Ok(key.clone()));
        assert_eq!(
            jwk(&members.replace('}', r#","kid":"a","use":"sig"}"#)).unwrap().thumbprint(),
            key.thumbprint()
        );
    }
}

// JWK Sets

const KEY: &str = r#""kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo""#;

#[test]
fn a_set_has_its_keys_in_order_with_their_kid() {
    let keys = set(&format!(
        r#"{{"keys":[{{{KEY},"kid":"one"}},{{{KEY},"alg":"EdDSA"}},{{{KEY},"kid":"one"}}],"other":1}}"#
    ))
    .unwrap();
    let key = jwk(&format!("{{{KEY}}}")).unwrap();
    let expected = [(Some("one"), "/keys/0"), (None, "/keys/1"), (Some("one"), "/keys/2")];
    assert_eq!(keys.len(), expected.len());
    for (read, (kid, pointer)) in keys.iter().zip(expected) {
        assert_eq!((read.kid.as_deref(), read.pointer.as_str()), (kid, pointer), "K22: both are visible");
        assert_eq!(read.key.as_ref(), Ok(&key));
    }
    assert_eq!(set(r#"{"keys":[]}"#), Ok(vec![]));
}

#[test]
fn a_key_that_cannot_be_used_hides_no_other() {
    let keys = set(&format!(
        r#"{{"keys":[{{"kty":"new","kid":"a"}},{{"kty":"oct","k":"AA","kid":"b"}},{{"kty":"oct","kid":"c"}},
            {{{KEY},"use":"enc"}},{{{KEY},"kid":1}},{{{KEY},"d":"AA"}},{{}},1,null,[],"x",{{"kty":"RSA"}},{{{KEY}}}]}}"#
    ))
    .unwrap();
    let codes: Vec<_> = keys.iter().map(|read| read.key.as_ref().err().map(|finding| finding.code)).collect();
    let expected = [
        Some(Code::KeyUnsupported),
        Some(Code::KeyPrivate),
        Some(Code::KeyUnsupported),
        Some(Code::KeyRelationship),
        Some(Code::KeyEncoding),
        Some(Code::KeyPrivate),
        Some(Code::KeyEncoding),
        Some(Code::KeyEncoding),
        Some(Code::KeyEncoding),
        Some(Code::KeyEncoding),
        Some(Code::KeyEncoding),
        Some(Code::KeyEncoding),
        None,
    ];
    assert_eq!(codes, expected);
    assert_eq!(keys[4].kid, None, "a kid that is no string is none");
    assert_eq!(keys[1].key.as_ref().unwrap_err().pointer.as_deref(), Some("/keys/1/k"));
}

#[test]
fn what_is_no_set() {
    for text in [
        "[]",
        "null",
        "\"\"",
        "{}",
        r#"{"keys":{}}"#,
        r#"{"keys":null}"#,
        r#"{"keys":"a"}"#,
        &format!("{{{KEY}}}"),
    ] {
        assert_eq!(code(set(text)), Err(Code::KeyDocumentInvalid), "{text}");
    }
    let many = |count: usize| format!(r#"{{"keys":[{}]}}"#, vec![format!("{{{KEY}}}"); count].join(","));
    assert_eq!(set(&many(MAX_KEYS)).unwrap().len(), MAX_KEYS);
    let refused = set(&many(MAX_KEYS + 1)).unwrap_err();
    assert_eq!((refused.code, refused.pointer.as_deref()), (Code::KeyDocumentInvalid, Some("/keys")));
    assert_eq!(refused.details.get("limit"), Some(&MAX_KEYS.into()));
}

/// Every set of Wycheproof's suite, its outcome by comment. Those with HMAC and AES keys are never read as keys, also
/// where the suite calls the signature valid.
#[test]
fn wycheproof_json_web_keys() {
    let Some(folder) = support::source("wycheproof_json_web_keys", "wycheproof") else { return };
    let text = std::fs::read_to_string(folder.join("json_web_key_test.json")).unwrap();
    let suite: serde_json::Value = serde_json::from_str(&text).unwrap();
    let (mut outcomes, mut symmetric) = (Vec::new(), 0);
    for group in suite["testGroups"].as_array().unwrap() {
        let published = group.get("public").unwrap_or(&group["private"]);
        let published = if published.get("keys").is_some() {
            published.clone()
        } else {
            serde_json::json!({"keys": [published]})
        };
        for (read, text) in
            set(&published.to_string()).unwrap().into_iter().zip(published["keys"].as_array().unwrap())
        {
            if text["kty"] == "oct" {
                assert_eq!(code(read.key), Err(Code::KeyPrivate));
                symmetric += 1;
            } else {
                let algorithms = read.key.map(|key| key.algorithms()).map_err(|finding| finding.code);
                outcomes.push((group["comment"].as_str().unwrap().to_owned(), algorithms));
            }
        }
    }
    let expected = [
        // The set that mixes HMAC and ECDSA keys: the second can be used, the first not.
        ("jws_mixedSymmetryKeyset", Ok(&[Algorithm::Es256][..])),
        ("rs256", Ok(&[Algorithm::Rs256][..])),
        ("rs256", Err(Code::KeyRelationship)),
        ("jws_rsa_roca_key", Err(Code::KeyWeak)),
        ("keysize_too_small", Err(Code::KeyWeak)),
        ("exponentOne", Err(Code::KeyWeak)),
        ("wrong_algorithm", Err(Code::KeyEncoding)),
        ("invalid_algorithm", Err(Code::KeyEncoding)),
        ("invalid_use", Err(Code::KeyRelationship)),
        ("invalid_point", Err(Code::KeyEncoding)),
        ("wrong_curve", Err(Code::KeyEncoding)),
        // An RSA key without modulus.
        ("wrong_kty", Err(Code::KeyEncoding)),
    ];
    assert_eq!(outcomes, expected.map(|(comment, outcome)| (comment.to_owned(), outcome)));
    assert_eq!(symmetric, 16);
}
