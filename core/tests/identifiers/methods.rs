//! did:key, did:jwk, did:web and https: what an identifier says without any document.

use ler_verify::codes::Code;
use ler_verify::encoding::{base64url, multibase};
use ler_verify::identifier::{Did, Relationship, did_key, locations};
use ler_verify::keys::KeyType;

use crate::helpers::*;
use crate::support;

// did:key

/// The compressed point or the bytes of a JWK of the vectors.
fn jwk_bytes(jwk: &serde_json::Value) -> Vec<u8> {
    let member = |name: &str| base64url::decode(jwk[name].as_str().unwrap()).unwrap();
    match jwk["kty"].as_str().unwrap() {
        "EC" if jwk.get("y").is_some() => {
            let sign = 2 + (member("y").last().unwrap() & 1);
            [&[sign], &member("x")[..]].concat()
        }
        "OKP" | "EC" => member("x"),
        // PKCS #1 RSAPublicKey: SEQUENCE of two INTEGERs, both positive.
        "RSA" => {
            let integer = |bytes: Vec<u8>| {
                let bytes = if bytes[0] & 0x80 == 0 { bytes } else { [&[0], &bytes[..]].concat() };
                der(2, &bytes)
            };
            der(0x30, &[integer(member("n")), integer(member("e"))].concat())
        }
        other => panic!("{other}"),
    }
}

fn der(tag: u8, content: &[u8]) -> Vec<u8> {
    let len = u16::try_from(content.len()).unwrap().to_be_bytes();
    let header = match content.len() {
        0..=127 => vec![tag, len[1]],
        128..=255 => vec![tag, 0x81, len[1]],
        _ => vec![tag, 0x82, len[0], len[1]],
    };
    [&header[..], content].concat()
}

/// Every kind of key gives its bytes and its id; those for signatures are found and may sign, but for BLS12-381.
#[test]
fn did_key_vectors() {
    let Some(folder) = support::source("did_key_vectors", "did-key") else { return };
    let files = [
        ("ed25519-x25519.json", 5, KeyType::Ed25519),
        ("nist-curves.json", 7, KeyType::P256),
        ("rsa.json", 2, KeyType::Rsa),
        ("secp256k1.json", 6, KeyType::Secp256k1),
        ("x25519.json", 4, KeyType::X25519),
        ("bls12381.json", 6, KeyType::Bls12381G2),
    ];
    let mut compared = 0;
    for (file, count, kind) in files {
        let vectors: serde_json::Value =
            serde_json::from_str(&std::fs::read_to_string(folder.join(file)).unwrap()).unwrap();
        // Those of X25519 alone are documents by DID, under one member.
        let vectors = vectors.get("didDocument").unwrap_or(&vectors).as_object().unwrap();
        assert_eq!(vectors.len(), count, "{file}");
        for (did, vector) in vectors {
            let document = vector.get("didDocument").unwrap_or(vector);
            let raw = did_key::key(Did::parse(did).unwrap()).unwrap();
            let url = format!("{did}#{}", did.strip_prefix("did:key:").unwrap());
            match file {
                "nist-curves.json" => {
                    assert!(matches!(raw.key_type, KeyType::P256 | KeyType::P384 | KeyType::P521), "{did}");
                }
                "bls12381.json" => {
                    assert!(matches!(raw.key_type, KeyType::Bls12381G2 | KeyType::Bls12381G1G2), "{did}");
                }
                _ => assert_eq!(raw.key_type, kind, "{did}"),
            }
            let methods = ["verificationMethod", "keyAgreement"].map(|name| document.get(name));
            let methods = methods.into_iter().flatten().flat_map(|member| member.as_array().unwrap());
            for method in methods.filter(|method| method["id"].as_str() == Some(&url)) {
                if raw.key_type == KeyType::Bls12381G1G2 {
                    continue;
                }
                let expected = match (method.get("publicKeyBase58"), method.get("publicKeyJwk")) {
                    (Some(text), _) => multibase::decode_base58btc(text.as_str().unwrap(), 144).unwrap(),
                    (_, Some(jwk)) => jwk_bytes(jwk),
                    _ => panic!("{method}"),
                };
                assert_eq!(raw.bytes, expected, "{did}");
                compared += 1;
            }
            let retrieval = alone(&url, Relationship::AssertionMethod);
            match raw.key_type {
                KeyType::Ed25519
                | KeyType::P256
                | KeyType::P384
                | KeyType::P521
                | KeyType::Secp256k1
                | KeyType::Rsa => {
                    assert_found(&retrieval, did.strip_prefix("did:key:").unwrap());
                    let method = retrieval.method.unwrap();
                    assert_eq!((&method.id, &method.controller), (&url, did));
                    assert_eq!(method.key.bytes(), raw.bytes);
                }
                KeyType::X25519 => assert_stopped(&retrieval, Code::KeyType),
                KeyType::Bls12381G2 if cfg!(feature = "bbs") => {
                    assert_found(&retrieval, did.strip_prefix("did:key:").unwrap());
                    assert_eq!(retrieval.method.unwrap().key.bytes(), raw.bytes);
                }
                KeyType::Bls12381G2 => assert_stopped(&retrieval, Code::KeyNotBuilt),
                other => {
                    assert_stopped(&retrieval, Code::KeyUnsupported);
                    assert_eq!(text(&retrieval.resolved, "keyType"), other.name());
                }
            }
        }
    }
    assert_eq!(compared, 29, "every vector but the one of BLS12-381 G1 and G2, which splits its key in two");
}

#[test]
fn did_key_signs_and_authenticates() {
    for relationship in [Relationship::AssertionMethod, Relationship::Authentication] {
        let retrieval = alone(&format!("did:key:{KEY}#{KEY}"), relationship);
        assert_found(&retrieval, KEY);
        assert_eq!(text(&retrieval.authorized.unwrap(), "relationship"), relationship.name());
    }
}

// did:jwk, did:web

#[test]
fn did_jwk_vectors() {
    let Some(folder) = support::source("did_jwk_vectors", "did-jwk-web") else { return };
    let read = |name: &str| -> serde_json::Value {
        serde_json::from_str(&std::fs::read_to_string(folder.join(name)).unwrap()).unwrap()
    };
    let mut codes = Vec::new();
    for vector in read("did_jwk/resolve.json")["vectors"].as_array().unwrap() {
        let did = vector["input"].as_str().unwrap();
        let retrieval = alone(&format!("{did}#0"), Relationship::AssertionMethod);
        if let Some(method) = &retrieval.method {
            let expected = &vector["output"]["didDocument"]["verificationMethod"][0];
            assert_eq!(Some(method.id.as_str()), expected["id"].as_str());
            assert_eq!(Some(method.controller.as_str()), expected["controller"].as_str());
            assert_eq!(method.key.bytes(), jwk_bytes(&expected["publicKeyJwk"]));
            assert_eq!(authorized(&retrieval), Some(Code::KeyMay));
        }
        codes.push(retrieval.resolved.code);
    }
    // secp256k1, Ed25519, no base64url of JSON.
    assert_eq!(codes, [Code::KeyFound, Code::KeyFound, Code::DidSyntax]);
    let examples = read("did-jwk-spec-examples.json");
    let codes: Vec<_> = examples["examples"]
        .as_array()
        .unwrap()
        .iter()
        .map(|example| {
            let did = example["did"].as_str().unwrap();
            let retrieval = alone(&format!("{did}#0"), Relationship::AssertionMethod);
            (retrieval.resolved.code, authorized(&retrieval))
        })
        .collect();
    // P-256, and a key that says `use: enc`.
    assert_eq!(codes, [(Code::KeyFound, Some(Code::KeyMay)), (Code::KeyFound, Some(Code::KeyRelationship))]);
}

#[test]
fn did_web_vectors() {
    let Some(folder) = support::source("did_web_vectors", "did-jwk-web") else { return };
    let text = std::fs::read_to_string(folder.join("did_web/resolve.json")).unwrap();
    let vectors: serde_json::Value = serde_json::from_str(&text).unwrap();
    let (mut resolved, mut refused) = (0, Vec::new());
    for vector in vectors["vectors"].as_array().unwrap() {
        let did = vector["input"]["didUri"].as_str().unwrap();
        let location = locations(did);
        if vector["errors"].as_bool() == Some(true) {
            refused.push(location.map_err(|finding| finding.code));
        } else {
            let (url, document) = vector["input"]["mockServer"].as_object().unwrap().iter().next().unwrap();
            assert_eq!(location, Ok(vec![url.clone()]));
            // The document bears the DID, and has no keys.
            assert_stopped(&with_document(&format!("{did}#key"), &document.to_string()), Code::KeyNotListed);
            resolved += 1;
        }
    }
    assert_eq!(resolved, 3);
    // Another method (no address of its own); a host that does not exist (the library cannot know); no DID.
    let not_found = Ok(vec!["https://doesnotexist.com/.well-known/did.json".to_owned()]);
    assert_eq!(refused, [Ok(vec![]), not_found, Err(Code::DidSyntax)]);
}

#[test]
fn did_web_becomes_an_https_url() {
    for (did, url) in [
        ("did:web:mit.edu", "https://mit.edu/.well-known/did.json"),
        ("did:web:a.b-c.example%3A8443", "https://a.b-c.example:8443/.well-known/did.json"),
        ("did:web:w3c-ccg.github.io:user:Alice_1", "https://w3c-ccg.github.io/user/Alice_1/did.json"),
        ("did:web:e.com%3A3000:a%20b:c", "https://e.com:3000/a%20b/c/did.json"),
        ("did:web:xn--mnchen-3ya.de", "https://xn--mnchen-3ya.de/.well-known/did.json"),
        ("did:web:e.com:...", "https://e.com/.../did.json"),
    ] {
        assert_eq!(locations(did), Ok(vec![url.to_owned()]), "{did}");
    }
}

#[test]
fn locations_are_https_or_none() {
    assert_eq!(locations(URL), Ok(vec![URL.to_owned()]));
    assert_eq!(locations("https://e.com:8443/a?b=c"), Ok(vec!["https://e.com:8443/a?b=c".to_owned()]));
    let itself = base64url::encode(b"{}");
    for none in [
        &format!("did:key:{KEY}"),
        &format!("did:jwk:{itself}"),
        "did:ion:abc",
        "http://e.com/",
        "urn:uuid:1",
        "HTTPS://e.com/",
        "https://user@e.com/",
        "https://e.com@evil.example/",
        "https:///path",
        "https://:80/",
        "https://bücher.example/",
        "file:///etc/passwd",
        "javascript:alert(1)",
    ] {
        assert_eq!(locations(none), Ok(vec![]), "{none}");
    }
    for no_url in ["", "e.com", "/a", "#key", "https://e.com/#key", "https://e.com/a b", "https://e.com\\a"] {
        assert_eq!(locations(no_url).unwrap_err().code, Code::KeyMethodUrl, "{no_url:?}");
    }
}

/// The did:web documents of the Digital Credentials Consortium, as they are published.
#[test]
fn documents_of_the_dcc() {
    let Some(folder) = support::source("documents_of_the_dcc", "dcc-vc-test-fixtures") else { return };
    for name in ["legacy", "oidf"] {
        let did = format!("did:web:digitalcredentials.github.io:vc-test-fixtures:dids:{name}");
        let path = format!("dids/{name}/did.json");
        let text = std::fs::read_to_string(folder.join(&path)).unwrap();
        let key = "z6MkjXe1vZvPRqFuc9nRBtZ3e1Y9XKDFSbjFAfzLfW2bD6cZ";
        let retrieval = with_document(&format!("{did}#{key}"), &text);
        assert_found(&retrieval, key);
        let url = format!("https://digitalcredentials.github.io/vc-test-fixtures/{path}");
        assert_eq!(locations(&did), Ok(vec![url]));
    }
}
