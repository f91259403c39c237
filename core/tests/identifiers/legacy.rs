//! Verification methods of the suites from before Data Integrity, and of Open Badges 2.0.

use ler_verify::codes::Code;
use ler_verify::encoding::{base64url, hex, multibase};

use crate::helpers::*;

/// RSA keys that `tests/keys_rsa/make.py` made.
fn rsa() -> serde_json::Value {
    let made: serde_json::Value = serde_json::from_str(include_str!("../keys_rsa/signatures.json")).unwrap();
    made["keys"]["2048"].clone()
}

/// A member and its value in JSON.
fn member(name: &str, value: &str) -> String {
    format!(r#""{name}":{value}"#)
}

fn string(value: &str) -> String {
    serde_json::Value::from(value).to_string()
}

/// The members of a method of this type.
fn method(kind: &str, material: &str) -> String {
    one_method(&format!(r#""type":"{kind}","controller":"{ISSUER}",{material}"#))
}

fn base58(bytes: &[u8]) -> String {
    string(&multibase::encode_z(bytes)[1..])
}

/// Coordinates as in the vectors of did:key, and the sign of y.
fn jwk(key: &str) -> String {
    use ler_verify::keys::PublicKey;
    let PublicKey::Ecdsa(key) = PublicKey::from_multikey(key).unwrap() else { panic!("{key}") };
    let both = key.coordinates();
    let (x, y) = both.split_at(both.len() / 2);
    let (crv, x, y) = (key.curve().key_type().name(), base64url::encode(x), base64url::encode(y));
    format!(r#"{{"kty":"EC","crv":"{crv}","x":"{x}","y":"{y}"}}"#)
}

const OF_2019: [(&str, &str, &str); 2] = [
    ("EcdsaSecp256k1VerificationKey2019", SECP256K1, P256),
    ("EcdsaSecp256r1VerificationKey2019", P256, SECP256K1),
];

#[test]
fn the_methods_of_2019_in_each_of_their_forms() {
    for (kind, key, other) in OF_2019 {
        let point = raw(key);
        for material in [
            member("publicKeyBase58", &base58(&point)),
            member("publicKeyHex", &string(&hex(&point))),
            member("publicKeyHex", &string(&hex(&point).to_uppercase())),
            member("publicKeyMultibase", &string(key)),
            member("publicKeyJwk", &jwk(key)),
        ] {
            assert_found(&with_document(&method_url(), &method(kind, &material)), key);
        }
        // The key of the other curve: its coordinates are none of this one.
        for material in [member("publicKeyMultibase", &string(other)), member("publicKeyJwk", &jwk(other))] {
            let retrieval = with_document(&method_url(), &method(kind, &material));
            assert_stopped(&retrieval, Code::KeyMethodInvalid);
        }
        let full = [&[4], &raw(other)[1..], &[0; 32]].concat();
        for material in [
            member("publicKeyHex", &string(&hex(&full))),
            member("publicKeyHex", &string(&hex(&point[1..]))),
            member("publicKeyHex", &string(&format!("0x{}", hex(&point)))),
            member("publicKeyHex", &string("")),
            member("publicKeyBase58", &base58(&full)),
            member("publicKeyBase58", &string(key)),
            member("publicKeyMultibase", &base58(&point)),
        ] {
            let retrieval = with_document(&method_url(), &method(kind, &material));
            assert_stopped(&retrieval, Code::KeyEncoding);
            let name = material.split('"').nth(1).unwrap();
            let pointer = text(&retrieval.resolved, "documentPointer");
            assert_eq!(pointer, format!("/verificationMethod/0/{name}"));
        }
    }
}

#[test]
fn the_methods_of_rsa() {
    let key = rsa();
    let (n, e) = (key["n"].as_str().unwrap(), key["e"].as_str().unwrap());
    let jwk = format!(r#"{{"kty":"RSA","n":"{n}","e":"{e}"}}"#);
    for (kind, material) in [
        ("RsaVerificationKey2018", member("publicKeyPem", &key["spki"].to_string())),
        ("RsaVerificationKey2018", member("publicKeyPem", &key["pkcs1"].to_string())),
        ("RsaVerificationKey2018", member("publicKeyJwk", &jwk)),
        ("JsonWebKey2020", member("publicKeyJwk", &jwk)),
        ("JsonWebKey", member("publicKeyJwk", &jwk)),
        ("CryptographicKey", member("publicKeyPem", &key["spki"].to_string())),
    ] {
        let retrieval = with_document(&method_url(), &method(kind, &material));
        assert_eq!((retrieval.resolved.code, authorized(&retrieval)), (Code::KeyFound, Some(Code::KeyMay)));
        assert_eq!(retrieval.method.unwrap().key.key_type(), "RSA", "{kind}");
    }
    // A key of another kind, well written.
    let ec = "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEaxfR8uEsQkf4vOblY6RA8ncDfYEt\n\
              6zOg9KE5RdiYwpZP40Li/hp/m47n60p8D54WK84zV2sxXs7LtkBoN79R9Q==\n-----END PUBLIC KEY-----";
    for material in [member("publicKeyPem", &string(ec)), member("publicKeyJwk", &self::jwk(P256))] {
        let retrieval = with_document(&method_url(), &method("RsaVerificationKey2018", &material));
        assert_stopped(&retrieval, Code::KeyMethodInvalid);
    }
}

#[test]
fn open_badges_2_calls_the_controller_owner() {
    let pem = rsa()["spki"].to_string();
    let profile = |members: &str| {
        format!(
            r##"{{"id":"{URL}","type":"Issuer","publicKey":{{"id":"{URL}#key","type":"CryptographicKey",{members}}}}}"##
        )
    };
    let found = |members: &str| with_document(&format!("{URL}#key"), &profile(members));
    let retrieval = found(&format!(r#""owner":"{URL}","publicKeyPem":{pem}"#));
    assert_eq!((retrieval.resolved.code, authorized(&retrieval)), (Code::KeyFound, Some(Code::KeyMay)));
    // Somebody else's, or nobody's.
    let another = format!(r#""owner":"https://other.example/","publicKeyPem":{pem}"#);
    assert_stopped(&found(&another), Code::KeyController);
    assert_stopped(&found(&format!(r#""publicKeyPem":{pem}"#)), Code::KeyMethodInvalid);
    assert_stopped(&found(&format!(r#""owner":["{URL}"],"publicKeyPem":{pem}"#)), Code::KeyMethodInvalid);
    // Where there is a controller, it counts; and other types have no owner.
    let both = format!(r#""controller":"https://other.example/","owner":"{URL}","publicKeyPem":{pem}"#);
    assert_stopped(&found(&both), Code::KeyController);
    let owner = format!(r#""type":"Multikey","owner":"{ISSUER}","publicKeyMultibase":"{KEY}""#);
    assert_stopped(&with_document(&method_url(), &one_method(&owner)), Code::KeyMethodInvalid);
}

#[test]
fn a_method_has_one_key_in_a_member_of_its_type() {
    let pem = rsa()["spki"].to_string();
    let jwk = jwk(SECP256K1);
    let point = raw(SECP256K1);
    for (kind, material) in [
        ("EcdsaSecp256k1VerificationKey2019", member("publicKeyPem", &pem)),
        ("EcdsaSecp256k1VerificationKey2019", member("publicKeyBase64", &string("AA"))),
        ("EcdsaSecp256k1VerificationKey2019", member("kid", "1")),
        ("RsaVerificationKey2018", member("publicKeyBase58", &base58(&point))),
        ("CryptographicKey", member("publicKeyJwk", &jwk)),
        ("JsonWebKey2020", member("publicKeyPem", &pem)),
        ("Multikey", member("publicKeyJwk", &jwk)),
        ("Ed25519VerificationKey2018", member("publicKeyHex", &string(&hex(&raw(KEY))))),
        (
            "EcdsaSecp256k1VerificationKey2019",
            format!(r#""publicKeyJwk":{jwk},"publicKeyHex":"{}""#, hex(&point)),
        ),
        ("RsaVerificationKey2018", member("publicKeyPem", "null")),
        ("RsaVerificationKey2018", member("publicKeyPem", "[]")),
    ] {
        let retrieval = with_document(&method_url(), &method(kind, &material));
        assert_stopped(&retrieval, Code::KeyMethodInvalid);
    }
}

#[test]
fn c16_private_keys_beside_public_ones() {
    let pem = rsa()["spki"].to_string();
    for name in ["privateKeyPem", "privateKeyJwk", "privateKeyHex", "privateKeyBase58", "secretKeyMultibase"]
    {
        let material = format!(r#""publicKeyPem":{pem},"{name}":"AA""#);
        let retrieval = with_document(&method_url(), &method("RsaVerificationKey2018", &material));
        assert_stopped(&retrieval, Code::KeyPrivate);
    }
    let private = string("-----BEGIN RSA PRIVATE KEY-----\nAA==\n-----END RSA PRIVATE KEY-----");
    let material = member("publicKeyPem", &private);
    assert_stopped(
        &with_document(&method_url(), &method("RsaVerificationKey2018", &material)),
        Code::KeyPrivate,
    );
}
