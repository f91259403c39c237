//! Identifiers and their keys: the vectors of did:key, did:jwk and did:web, Retrieve Verification Method (CID 1.0 §3.3)
//! step by step, and the attacks on them.

mod support;

use ler_verify::codes::{CheckId, Code, Detail, Finding, Outcome};
use ler_verify::encoding::{base64url, multibase};
use ler_verify::identifier::{
    Did, Identifier, Listing, Relationship, Retrieval, Supplied, VerificationMethod, did_jwk, did_key, lists,
    locations, retrieve,
};
use ler_verify::json::Tree;
use ler_verify::keys::{KeyType, PublicKey};
use ler_verify::limits::Limits;
use ler_verify::time::Timestamp;

const ISSUER: &str = "did:web:issuer.example";
const URL: &str = "https://issuer.example/profile";
/// Two keys of the did:key specification, as Multikeys.
const KEY: &str = "z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp";
const OTHER_KEY: &str = "z6MkjchhfUsD6mmvni8mCdXHw216Xrm9bQe2mBH1P5RDjVJG";
/// A P-256 key, also from there: this version does not verify with it.
const P256: &str = "zDnaerx9CtbPJ1q36T5Ln5wYt3MQYeGRG5ehnPAmxcf5mDZpv";

fn limits() -> Limits {
    Limits::default()
}

/// What `retrieve` finds with these documents by identifier.
fn with_documents(method: &str, documents: &[(&str, &str)]) -> Retrieval {
    let trees: Vec<_> = documents
        .iter()
        .map(|(id, text)| (*id, Tree::parse(text.as_bytes(), &limits()).expect("test documents are JSON")))
        .collect();
    retrieve(method, Relationship::AssertionMethod, &|id| {
        trees
            .iter()
            .find(|(known, _)| *known == id)
            .map_or(Supplied::Missing, |(_, tree)| Supplied::Document(tree))
    })
}

/// The same with one document, for the identifier before the fragment.
fn with_document(method: &str, document: &str) -> Retrieval {
    with_documents(method, &[(method.split('#').next().unwrap(), document)])
}

/// Without any document; supplying one is a failure of the test.
fn alone(method: &str, relationship: Relationship) -> Retrieval {
    retrieve(method, relationship, &|id| panic!("{id} needs no document"))
}

/// Asked for a document, the host has none yet.
fn missing(method: &str) -> Retrieval {
    with_documents(method, &[])
}

/// The document of `ISSUER` with these members.
fn document(members: &str) -> String {
    format!(r#"{{"id":"{ISSUER}",{members}}}"#)
}

/// A document with one method of these members, authorised.
fn one_method(members: &str) -> String {
    document(&format!(r##""verificationMethod":[{{"id":"#key",{members}}}],"assertionMethod":["#key"]"##))
}

/// The members of an ordinary method of `ISSUER`.
fn multikey(key: &str) -> String {
    format!(r#""type":"Multikey","controller":"{ISSUER}","publicKeyMultibase":"{key}""#)
}

fn method_url() -> String {
    format!("{ISSUER}#key")
}

fn authorized(retrieval: &Retrieval) -> Option<Code> {
    retrieval.authorized.as_ref().map(|finding| finding.code)
}

/// The method was found, with this key, and is authorised.
fn assert_found(retrieval: &Retrieval, key: &str) {
    assert_eq!(retrieval.resolved.code, Code::KeyFound, "{retrieval:?}");
    assert_eq!(authorized(retrieval), Some(Code::KeyMay));
    assert_eq!(
        retrieval.method.as_ref().map(|method| &method.key),
        Some(&PublicKey::from_multikey(key).unwrap())
    );
    assert_eq!((&retrieval.dates, &retrieval.need), (&None, &None));
}

/// No method, because of `code`; nothing else is said.
fn assert_stopped(retrieval: &Retrieval, code: Code) {
    assert_eq!(retrieval.resolved.code, code, "{retrieval:?}");
    assert_eq!(code.check(), CheckId::KeyResolved);
    assert_ne!(code.outcome(), Outcome::Passed);
    assert_eq!((&retrieval.method, &retrieval.authorized, &retrieval.dates), (&None, &None, &None));
}

fn text(finding: &Finding, detail: &str) -> String {
    match finding.details.get(detail) {
        Some(Detail::Text(text)) => text.clone(),
        other => panic!("{detail}: {other:?} in {finding:?}"),
    }
}

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

/// Every kind of key gives its bytes and its id; those of Ed25519 are found and may sign.
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
                KeyType::Ed25519 => {
                    assert_found(&retrieval, did.strip_prefix("did:key:").unwrap());
                    let method = retrieval.method.unwrap();
                    assert_eq!((&method.id, &method.controller), (&url, did));
                    assert_eq!(method.key.bytes(), raw.bytes);
                }
                KeyType::X25519 => assert_stopped(&retrieval, Code::KeyType),
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
    assert_eq!(codes, [Code::KeyUnsupported, Code::KeyFound, Code::DidSyntax]);
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
    assert_eq!(codes, [(Code::KeyUnsupported, None), (Code::KeyFound, Some(Code::KeyRelationship))]);
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

// Retrieve Verification Method, CID 1.0 §3.3, step by step

#[test]
fn step_1_the_method_is_a_url() {
    for no_url in [
        "",
        "#",
        "#key",
        "key",
        "//e.com/#k",
        "https://e.com/a b#k",
        "https://e.com/#a#b",
        "https://e.com/#a b",
    ] {
        assert_stopped(&missing(no_url), Code::KeyMethodUrl);
    }
}

#[test]
fn step_2_it_has_a_fragment() {
    for whole in [ISSUER, URL, "did:web:issuer.example#", "https://issuer.example/profile#"] {
        assert_stopped(&missing(whole), Code::KeyMethodUrl);
    }
    assert_stopped(&missing(&format!("did:key:{KEY}")), Code::KeyMethodUrl);
}

#[test]
fn step_3_the_document_is_asked_for() {
    let retrieval = missing(&method_url());
    assert_stopped(&retrieval, Code::KeyDocumentNeeded);
    let need = retrieval.need.unwrap();
    assert_eq!((need.identifier.as_str(), need.locations.len()), (ISSUER, 1));
    assert_eq!(need.locations[0], "https://issuer.example/.well-known/did.json");
    assert_eq!(text(&retrieval.resolved, "document"), ISSUER);
    // https: the URL itself.
    let need = missing(&format!("{URL}#key")).need.unwrap();
    assert_eq!((need.identifier.as_str(), need.locations), (URL, vec![URL.to_owned()]));
}

#[test]
fn step_3_unavailable_and_unreadable_are_not_evidence() {
    let url = method_url();
    let retrieval = retrieve(&url, Relationship::AssertionMethod, &|_| Supplied::Unavailable);
    assert_stopped(&retrieval, Code::KeyDocumentUnavailable);
    assert_eq!((retrieval.resolved.code.outcome(), retrieval.need), (Outcome::Indeterminate, None));
    let unreadable = |_: &str| Supplied::Unreadable(Finding::new(Code::JsonDuplicateKey));
    let retrieval = retrieve(&url, Relationship::AssertionMethod, &unreadable);
    assert_stopped(&retrieval, Code::KeyDocumentInvalid);
    assert_eq!(retrieval.resolved.code.outcome(), Outcome::Indeterminate);
    assert_eq!(text(&retrieval.resolved, "reason"), "json.duplicateKey");
}

#[test]
fn step_4_the_document_conforms() {
    let method = format!(r##"{{"id":"#key",{}}}"##, multikey(KEY));
    for (text, pointer) in [
        ("[]".to_owned(), None),
        ("1".to_owned(), None),
        ("{}".to_owned(), None),
        (r#"{"id":null}"#.to_owned(), Some("/id")),
        (r#"{"id":["did:web:issuer.example"]}"#.to_owned(), Some("/id")),
        (document(r#""verificationMethod":"did:web:issuer.example#key""#), Some("/verificationMethod")),
        (document(r#""verificationMethod":[1]"#), Some("/verificationMethod/0")),
        (document(&format!(r#""verificationMethod":[{method},null]"#)), Some("/verificationMethod/1")),
        (document(&format!(r#""verificationMethod":[[{method}]]"#)), Some("/verificationMethod/0")),
        (document(&format!(r#""verificationMethod":[{method},{{"id":1}}]"#)), Some("/verificationMethod/1")),
        (
            document(&format!(r#""verificationMethod":[{method}],"assertionMethod":true"#)),
            Some("/assertionMethod"),
        ),
        (
            document(&format!(r#""verificationMethod":[{method}],"keyAgreement":[["x"]]"#)),
            Some("/keyAgreement/0"),
        ),
    ] {
        let retrieval = with_document(&method_url(), &text);
        assert_stopped(&retrieval, Code::KeyDocumentInvalid);
        let found = retrieval.resolved.details.get("documentPointer").cloned();
        assert_eq!(found, pointer.map(Detail::from), "{text}");
        assert_eq!(retrieval.resolved.pointer, None, "pointers of findings point into the record");
    }
    // A `null` says nothing.
    assert_stopped(
        &with_document(&method_url(), &document(r#""verificationMethod":null"#)),
        Code::KeyNotListed,
    );
}

#[test]
fn step_5_the_document_is_that_of_the_identifier() {
    for id in [
        "did:web:Issuer.example",
        "did:web:issuer.example/",
        "did:web:issuer.example#key",
        "did:web:issuer.exampl%65",
        "did:web:other.example",
        "",
    ] {
        let text = one_method(&multikey(KEY)).replacen(ISSUER, id, 1);
        let retrieval = with_document(&method_url(), &text);
        assert_stopped(&retrieval, Code::KeyDocumentId);
        assert_eq!(retrieval.resolved.code.outcome(), Outcome::Indeterminate);
    }
}

#[test]
fn step_6_the_fragment_is_in_the_document() {
    for text in [
        document(r#""verificationMethod":[]"#),
        document(r#""service":[]"#),
        document(r##""assertionMethod":["#key"]"##),
    ] {
        assert_stopped(&with_document(&method_url(), &text), Code::KeyNotListed);
    }
    let text = one_method(&multikey(KEY));
    for other in ["KEY", "key%20", "ke", "key2", "%6Bey"] {
        assert_stopped(&with_document(&format!("{ISSUER}#{other}"), &text), Code::KeyNotListed);
    }
}

#[test]
fn step_6_what_stands_elsewhere_is_no_verification_method() {
    let method = format!(r##"{{"id":"#key",{}}}"##, multikey(KEY));
    for place in [
        format!(r##""service":[{method}],"assertionMethod":["#key"]"##),
        format!(r##""x":{{"verificationMethod":[{method}]}},"assertionMethod":["#key"]"##),
        format!(r##""verificationMethod":[{{"id":"#a","x":{method}}}],"assertionMethod":["#key"]"##),
    ] {
        assert_stopped(&with_document(&method_url(), &document(&place)), Code::KeyMethodInvalid);
    }
}

#[test]
fn step_7_the_method_conforms() {
    let jwk = format!(r#"{{"kty":"OKP","crv":"Ed25519","x":"{}"}}"#, base64url::encode(&raw(KEY)));
    let controller = format!(r#""controller":"{ISSUER}""#);
    for members in [
        // No type, no controller, no key; wrong JSON types.
        format!(r#"{controller},"publicKeyMultibase":"{KEY}""#),
        format!(r#""type":"Multikey","publicKeyMultibase":"{KEY}""#),
        format!(r#""type":"Multikey",{controller}"#),
        format!(r#""type":["Multikey"],{controller},"publicKeyMultibase":"{KEY}""#),
        format!(r#""type":"Multikey","controller":["{ISSUER}"],"publicKeyMultibase":"{KEY}""#),
        format!(r#""type":"Multikey","controller":null,"publicKeyMultibase":"{KEY}""#),
        format!(r#""type":"Multikey",{controller},"publicKeyMultibase":["{KEY}"]"#),
        // The key in a member of another type.
        format!(r#""type":"Multikey",{controller},"publicKeyJwk":{jwk}"#),
        format!(r#""type":"JsonWebKey",{controller},"publicKeyMultibase":"{KEY}""#),
        format!(r#""type":"Ed25519VerificationKey2018",{controller},"publicKeyMultibase":"{KEY}""#),
        // Two materials, even if they are the same key.
        format!(r#""type":"Multikey",{controller},"publicKeyMultibase":"{KEY}","publicKeyJwk":{jwk}"#),
        format!(
            r#""type":"JsonWebKey2020",{controller},"publicKeyBase58":"{}","publicKeyJwk":{jwk}"#,
            &KEY[1..]
        ),
    ] {
        let retrieval = with_document(&method_url(), &one_method(&members));
        assert_stopped(&retrieval, Code::KeyMethodInvalid);
        assert!(
            text(&retrieval.resolved, "documentPointer").starts_with("/verificationMethod/0"),
            "{members}"
        );
    }
}

fn raw(key: &str) -> Vec<u8> {
    PublicKey::from_multikey(key).unwrap().bytes().to_vec()
}

#[test]
fn step_7_the_types_of_methods() {
    let jwk = format!(r#"{{"kty":"OKP","crv":"Ed25519","x":"{}"}}"#, base64url::encode(&raw(KEY)));
    let base58 = multibase::encode_z(&raw(KEY)).split_off(1);
    for (kind, material) in [
        ("Multikey", format!(r#""publicKeyMultibase":"{KEY}""#)),
        ("Ed25519VerificationKey2020", format!(r#""publicKeyMultibase":"{KEY}""#)),
        ("Ed25519VerificationKey2018", format!(r#""publicKeyBase58":"{base58}""#)),
        ("JsonWebKey", format!(r#""publicKeyJwk":{jwk}"#)),
        ("JsonWebKey2020", format!(r#""publicKeyJwk":{jwk}"#)),
    ] {
        let members = format!(r#""type":"{kind}","controller":"{ISSUER}",{material}"#);
        assert_found(&with_document(&method_url(), &one_method(&members)), KEY);
        // In another document the same bytes would be another's.
        for unknown in [kind.to_lowercase(), format!("{kind} ")] {
            let retrieval = with_document(&method_url(), &one_method(&members.replace(kind, &unknown)));
            assert_stopped(&retrieval, Code::KeyUnsupported);
            assert_eq!(text(&retrieval.resolved, "methodType"), unknown);
        }
    }
    // What a type does not allow, and what this version does not know.
    let retrieval = with_document(&method_url(), &one_method(&multikey(P256)));
    assert_stopped(&retrieval, Code::KeyUnsupported);
    assert_eq!(text(&retrieval.resolved, "keyType"), "P-256");
    assert_eq!(text(&retrieval.resolved, "documentPointer"), "/verificationMethod/0/publicKeyMultibase");
    let short = multibase::encode_z(&[&[0xED, 0x01], &raw(KEY)[1..]].concat());
    assert_stopped(&with_document(&method_url(), &one_method(&multikey(&short))), Code::KeyEncoding);
}

#[test]
fn step_8_the_id_is_the_one_asked_for_relative_or_absolute() {
    for id in ["#key".to_owned(), method_url()] {
        for reference in ["#key".to_owned(), method_url()] {
            let text = document(&format!(
                r#""verificationMethod":[{{"id":"{id}",{}}}],"assertionMethod":["{reference}"]"#,
                multikey(KEY)
            ));
            let retrieval = with_document(&method_url(), &text);
            assert_found(&retrieval, KEY);
            assert_eq!(retrieval.method.unwrap().id, method_url());
        }
    }
    // Of another document, or not absolute in any way that CID knows.
    for id in ["did:web:other.example#key", "key", "/key", "?#key"] {
        let text = document(&format!(
            r#""verificationMethod":[{{"id":"{id}",{}}}],"assertionMethod":["{id}"]"#,
            multikey(KEY)
        ));
        assert_stopped(&with_document(&method_url(), &text), Code::KeyNotListed);
    }
}

#[test]
fn step_9_the_controller_is_the_document() {
    for controller in
        ["did:web:other.example", "did:web:issuer.example#key", "#key", "did:web:ISSUER.example"]
    {
        let members = multikey(KEY).replace(ISSUER, controller);
        assert_stopped(&with_document(&method_url(), &one_method(&members)), Code::KeyController);
    }
    // The empty reference is the document.
    let members = multikey(KEY).replace(ISSUER, "");
    let retrieval = with_document(&method_url(), &one_method(&members));
    assert_found(&retrieval, KEY);
    assert_eq!(retrieval.method.unwrap().controller, ISSUER);
}

#[test]
fn step_10_the_relationship_refers_to_the_method_or_holds_it() {
    let method = format!(r##"{{"id":"#key",{}}}"##, multikey(KEY));
    for members in [
        format!(r##""verificationMethod":[{method}],"assertionMethod":["#other","#key"]"##),
        format!(r##""verificationMethod":{method},"assertionMethod":"#key""##),
        format!(r#""assertionMethod":[{method}]"#),
        format!(r##""authentication":[{method}],"assertionMethod":["#key"]"##),
    ] {
        assert_found(&with_document(&method_url(), &document(&members)), KEY);
    }
    for members in [
        format!(r#""verificationMethod":[{method}]"#),
        format!(r#""verificationMethod":[{method}],"assertionMethod":[]"#),
        format!(r#""verificationMethod":[{method}],"assertionMethod":null"#),
        format!(r##""verificationMethod":[{method}],"authentication":["#key"],"keyAgreement":["#key"]"##),
        format!(
            r##""verificationMethod":[{method}],"assertionMethod":["#Key","did:web:other.example#key"]"##
        ),
        format!(r##""verificationMethod":[{method}],"AssertionMethod":["#key"]"##),
        format!(r#""authentication":[{method}]"#),
        format!(r#""publicKey":[{method}]"#),
    ] {
        let retrieval = with_document(&method_url(), &document(&members));
        assert_eq!(retrieval.resolved.code, Code::KeyFound, "{members}");
        assert_eq!(authorized(&retrieval), Some(Code::KeyRelationship), "{members}");
        assert_eq!(text(retrieval.authorized.as_ref().unwrap(), "relationship"), "assertionMethod");
        assert!(retrieval.method.is_some(), "whether the signature is good can still be told");
    }
}

/// Authentication is asked for by presentations, and is not what credentials are signed under.
#[test]
fn step_10_the_relationships_are_not_exchanged() {
    let text = document(&format!(
        r##""verificationMethod":[{{"id":"#key",{}}}],"authentication":["#key"]"##,
        multikey(KEY)
    ));
    let tree = Tree::parse(text.as_bytes(), &limits()).unwrap();
    for (relationship, code) in
        [(Relationship::Authentication, Code::KeyMay), (Relationship::AssertionMethod, Code::KeyRelationship)]
    {
        let retrieval = retrieve(&method_url(), relationship, &|_| Supplied::Document(&tree));
        assert_eq!(authorized(&retrieval), Some(code));
    }
}

// https issuers

fn profile(members: &str) -> String {
    format!(r#"{{"id":"{URL}","type":"Profile","name":"Issuer",{members}}}"#)
}

fn profile_method(id: &str) -> String {
    format!(r#"{{"id":"{id}","type":"Multikey","controller":"{URL}","publicKeyMultibase":"{KEY}"}}"#)
}

#[test]
fn an_https_issuer_has_its_keys_in_its_profile() {
    let method = profile_method("#key");
    for members in [
        format!(r##""verificationMethod":[{method}],"assertionMethod":["#key"]"##),
        format!(r#""verificationMethod":[{method}],"assertionMethod":"{URL}#key""#),
        format!(r#""assertionMethod":{method}"#),
        format!(r##""publicKey":[{method}],"assertionMethod":["#key"]"##),
        // Open Badges 2.0: `publicKey` is what the issuer signs with.
        format!(r#""publicKey":{method}"#),
        format!(r##""verificationMethod":[{method}],"publicKey":"#key""##),
    ] {
        assert_found(&with_document(&format!("{URL}#key"), &profile(&members)), KEY);
    }
    // With `assertionMethod`, that one counts; `verificationMethod` alone authorises nothing.
    for members in [
        format!(r#""publicKey":[{method}],"assertionMethod":[]"#),
        format!(r#""verificationMethod":[{method}]"#),
    ] {
        let retrieval = with_document(&format!("{URL}#key"), &profile(&members));
        assert_eq!(authorized(&retrieval), Some(Code::KeyRelationship), "{members}");
    }
}

#[test]
fn a_profile_does_not_authenticate_with_its_public_key() {
    let text = profile(&format!(r#""publicKey":{}"#, profile_method("#key")));
    let tree = Tree::parse(text.as_bytes(), &limits()).unwrap();
    let retrieval =
        retrieve(&format!("{URL}#key"), Relationship::Authentication, &|_| Supplied::Document(&tree));
    assert_eq!(authorized(&retrieval), Some(Code::KeyRelationship));
}

// Who else may sign for an issuer

fn a_method() -> VerificationMethod {
    alone(&format!("did:key:{KEY}#{KEY}"), Relationship::AssertionMethod).method.unwrap()
}

fn listing(issuer: &str, document: &str) -> Listing {
    let tree = Tree::parse(document.as_bytes(), &limits()).unwrap();
    lists(issuer, &a_method(), Relationship::AssertionMethod, &|_| Supplied::Document(&tree))
}

const YES: Listing = Listing::Yes { revoked: None, expires: None };

#[test]
fn an_issuer_lists_a_key_by_the_methods_id() {
    let reference = format!(r#""assertionMethod":["did:key:{KEY}#{KEY}"]"#);
    assert_eq!(listing(ISSUER, &document(&reference)), YES);
    for members in [
        format!(r#""assertionMethod":["did:key:{OTHER_KEY}#{OTHER_KEY}"]"#),
        format!(r##""assertionMethod":["#{KEY}","did:key:{KEY}","{KEY}"]"##),
        format!(r#""authentication":["did:key:{KEY}#{KEY}"]"#),
        format!(r#""alsoKnownAs":["did:key:{KEY}#{KEY}"],"controller":"did:key:{KEY}""#),
    ] {
        assert_eq!(listing(ISSUER, &document(&members)), Listing::No, "{members}");
    }
}

#[test]
fn an_issuer_lists_a_key_by_an_equal_key() {
    let jwk = format!(r#"{{"kty":"OKP","crv":"Ed25519","x":"{}"}}"#, base64url::encode(&raw(KEY)));
    let as_jwk = format!(r#""type":"JsonWebKey","controller":"{ISSUER}","publicKeyJwk":{jwk}"#);
    assert_eq!(listing(ISSUER, &one_method(&multikey(KEY))), YES);
    assert_eq!(listing(ISSUER, &one_method(&as_jwk)), YES);
    assert_eq!(listing(ISSUER, &one_method(&multikey(OTHER_KEY))), Listing::No);
    // Of another kind, not conforming, of another controller, not authorised.
    assert_eq!(listing(ISSUER, &one_method(&multikey(P256))), Listing::No);
    assert_eq!(
        listing(ISSUER, &one_method(&multikey(KEY).replace(ISSUER, "did:web:a.example"))),
        Listing::No
    );
    let unauthorised = one_method(&multikey(KEY)).replace("assertionMethod", "authentication");
    assert_eq!(listing(ISSUER, &unauthorised), Listing::No);
    // An issuer that is a key.
    let itself = |did: &str| lists(did, &a_method(), Relationship::AssertionMethod, &|id| panic!("{id}"));
    assert_eq!(itself(&format!("did:jwk:{}", base64url::encode(jwk.as_bytes()))), YES);
    assert_eq!(itself(&format!("did:key:{KEY}")), YES);
    assert_eq!(itself(&format!("did:key:{OTHER_KEY}")), Listing::No);
    assert_eq!(itself(&format!("did:key:{P256}")), Listing::No);
}

#[test]
fn what_cannot_be_read_is_not_a_no() {
    let asked = |supplied: &dyn Fn(&str) -> Supplied<'static>| match lists(
        ISSUER,
        &a_method(),
        Relationship::AssertionMethod,
        supplied,
    ) {
        Listing::Unknown { finding, need } => (finding.code, need.map(|need| need.locations.len())),
        other => panic!("{other:?}"),
    };
    assert_eq!(asked(&|_| Supplied::Missing), (Code::KeyDocumentNeeded, Some(1)));
    assert_eq!(asked(&|_| Supplied::Unavailable), (Code::KeyDocumentUnavailable, None));
    let unreadable = Finding::new(Code::JsonSyntax);
    assert_eq!(asked(&|_| Supplied::Unreadable(unreadable.clone())), (Code::KeyDocumentInvalid, None));
    for (text, code) in [
        (one_method(&multikey(KEY)).replacen(ISSUER, "did:web:a.example", 1), Code::KeyDocumentId),
        // A kind of method that is not known might hold the key.
        (one_method(&multikey(KEY).replace("Multikey", "NewKey2030")), Code::KeyUnsupported),
        (one_method(&format!(r#"{},"expires":"soon""#, multikey(KEY))), Code::KeyDocumentInvalid),
    ] {
        match listing(ISSUER, &text) {
            Listing::Unknown { finding, need: None } => assert_eq!(finding.code, code, "{text}"),
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn the_issuers_own_dates_for_a_key_count() {
    let entry = |fragment: &str, more: &str| format!(r##"{{"id":"#{fragment}",{}{more}}}"##, multikey(KEY));
    let text = document(&format!(
        r##""assertionMethod":["did:key:{KEY}#{KEY}",{},{},{}]"##,
        entry("a", r#","revoked":"2025-01-01T00:00:00Z""#),
        entry("b", r#","revoked":"2024-01-01T00:00:00Z","expires":"2030-01-01T00:00:00Z""#),
        entry("c", ""),
    ));
    let instant = |text: &str| Timestamp::parse(text).ok();
    let expected =
        Listing::Yes { revoked: instant("2024-01-01T00:00:00Z"), expires: instant("2030-01-01T00:00:00Z") };
    assert_ne!(expected, YES);
    assert_eq!(listing(ISSUER, &text), expected);
}

// The attack catalogue: Data Integrity

/// Any did:key signs for any issuer: the issuer's document has to say so.
#[test]
fn d09_a_foreign_key_is_not_the_issuers() {
    let method =
        alone(&format!("did:key:{OTHER_KEY}#{OTHER_KEY}"), Relationship::AssertionMethod).method.unwrap();
    assert_ne!(method.controller, ISSUER);
    let text = one_method(&multikey(KEY));
    let tree = Tree::parse(text.as_bytes(), &limits()).unwrap();
    let issuer = |_: &str| Supplied::Document(&tree);
    assert_eq!(lists(ISSUER, &method, Relationship::AssertionMethod, &issuer), Listing::No);
}

#[test]
fn d10_i02_a_key_in_a_fragment_proves_nothing() {
    // did:key: the fragment is the identifier, or no method.
    for fragment in [OTHER_KEY, "0", "key", &KEY[1..], &format!("{KEY}%20")] {
        assert_stopped(
            &alone(&format!("did:key:{KEY}#{fragment}"), Relationship::AssertionMethod),
            Code::KeyNotListed,
        );
    }
    // An unsupported key does not hide it.
    assert_stopped(
        &alone(&format!("did:key:{P256}#{KEY}"), Relationship::AssertionMethod),
        Code::KeyNotListed,
    );
    // did:jwk has the method #0.
    let jwk = base64url::encode(
        format!(r#"{{"kty":"OKP","crv":"Ed25519","x":"{}"}}"#, base64url::encode(&raw(KEY))).as_bytes(),
    );
    for fragment in [KEY, "1", "00"] {
        assert_stopped(
            &alone(&format!("did:jwk:{jwk}#{fragment}"), Relationship::AssertionMethod),
            Code::KeyNotListed,
        );
    }
    // https and did:web: the issuer's document is needed, and if it does not list the key, that is the answer.
    for issuer in [URL, ISSUER] {
        let url = format!("{issuer}#{KEY}");
        let retrieval = missing(&url);
        assert_stopped(&retrieval, Code::KeyDocumentNeeded);
        assert_eq!(retrieval.need.map(|need| need.identifier), Some(issuer.to_owned()));
        let retrieval = with_document(&url, &format!(r#"{{"id":"{issuer}"}}"#));
        assert_stopped(&retrieval, Code::KeyNotListed);
        assert_eq!(retrieval.resolved.code.outcome(), Outcome::Failed);
    }
}

/// See steps 8 and 10.
#[test]
fn d11_a_method_of_another_document_or_relationship() {
    let text = document(&format!(
        r#""verificationMethod":[{{"id":"did:web:other.example#key",{}}}],"assertionMethod":["did:web:other.example#key"]"#,
        multikey(KEY)
    ));
    assert_stopped(&with_document(&method_url(), &text), Code::KeyNotListed);
    let needed = with_documents("did:web:other.example#key", &[(ISSUER, &text)]);
    assert_eq!(needed.need.unwrap().identifier, "did:web:other.example");
    for relationship in ["authentication", "keyAgreement", "capabilityInvocation", "capabilityDelegation"] {
        let text = one_method(&multikey(KEY)).replace("assertionMethod", relationship);
        assert_eq!(authorized(&with_document(&method_url(), &text)), Some(Code::KeyRelationship));
    }
}

/// The attacker's document says that it holds the victim's method.
#[test]
fn d12_a_document_cannot_speak_for_another() {
    let victim = "did:web:victim.example";
    let attackers = document(&format!(
        r#""verificationMethod":[{{"id":"{victim}#key","type":"Multikey","controller":"{victim}","publicKeyMultibase":"{KEY}"}}],
           "assertionMethod":["{victim}#key"]"#
    ));
    let url = format!("{victim}#key");
    // Supplied for itself it is not looked at, supplied for the victim it bears another id.
    assert_stopped(&with_documents(&url, &[(ISSUER, &attackers)]), Code::KeyDocumentNeeded);
    assert_stopped(&with_documents(&url, &[(victim, &attackers)]), Code::KeyDocumentId);
    // It does not become the attacker's by being listed there with another controller.
    let method = VerificationMethod { id: url, controller: victim.to_owned(), ..a_method() };
    let tree = Tree::parse(attackers.as_bytes(), &limits()).unwrap();
    let supplied = |_: &str| Supplied::Document(&tree);
    assert_eq!(lists(ISSUER, &method, Relationship::AssertionMethod, &supplied), Listing::No);
}

#[test]
fn d13_dates_of_a_key() {
    let members = format!(
        r#"{},"revoked":"2025-01-01T00:00:00Z","expires":"2026-01-01T00:00:00+02:00""#,
        multikey(KEY)
    );
    let retrieval = with_document(&method_url(), &one_method(&members));
    assert_found(&retrieval, KEY);
    let method = retrieval.method.unwrap();
    assert_eq!(method.revoked, Some(Timestamp::from_unix(1_735_689_600)));
    assert_eq!(method.expires, Some(Timestamp::from_unix(1_767_225_600 - 7_200)));
    for date in ["revoked", "expires"] {
        for value in [
            r#""soon""#,
            r#""2025-01-01""#,
            r#""2025-01-01T00:00:00""#,
            "0",
            "null",
            "true",
            r#"["2025-01-01T00:00:00Z"]"#,
        ] {
            let members = format!(r#"{},"{date}":{value}"#, multikey(KEY));
            let retrieval = with_document(&method_url(), &one_method(&members));
            assert_eq!(retrieval.resolved.code, Code::KeyFound);
            let dates = retrieval.dates.unwrap();
            assert_eq!(
                (dates.code, dates.code.outcome()),
                (Code::KeyDates, Outcome::Failed),
                "{date}: {value}"
            );
            assert_eq!(text(&dates, "documentPointer"), format!("/verificationMethod/0/{date}"));
        }
    }
}

#[test]
fn d16_a_key_of_another_kind_is_named() {
    for (key, name) in [(P256, "P-256"), ("zUC7", ""), (KEY, "Ed25519")] {
        let retrieval = alone(&format!("did:key:{key}#{key}"), Relationship::AssertionMethod);
        match name {
            "" => assert_stopped(&retrieval, Code::KeyUnsupported),
            "Ed25519" => assert_eq!(retrieval.method.unwrap().key.key_type(), name),
            name => assert_eq!(text(&retrieval.resolved, "keyType"), name),
        }
    }
}

// The attack catalogue: DIDs and keys

#[test]
fn i01_did_key_malformed() {
    let retrieval = |did: &str| alone(&format!("{did}#{KEY}"), Relationship::AssertionMethod).resolved.code;
    for did in [
        format!("did:key:{}", &KEY[1..]),
        format!("did:key:u{}", base64url::encode(&[&[0xED, 0x01], &raw(KEY)[..]].concat())),
        format!("did:key:1.1:{KEY}"),
        format!("did:key:{KEY}/path"),
        format!("did:key:{KEY}?versionId=1"),
        format!("did:key:{KEY}:{KEY}"),
        "did:key:".to_owned(),
        "did:key".to_owned(),
        format!("did:key:{KEY}%20"),
        format!("did:key: {KEY}"),
    ] {
        assert_eq!(retrieval(&did), Code::DidSyntax, "{did}");
    }
    let with_bytes = |bytes: &[u8]| retrieval(&format!("did:key:{}", multibase::encode_z(bytes)));
    // Too short, too long, another prefix, not canonical, weak, private; not base58.
    assert_eq!(with_bytes(&[&[0xED, 0x01], &raw(KEY)[1..]].concat()), Code::KeyEncoding);
    assert_eq!(with_bytes(&[&[0xED, 0x01], &raw(KEY)[..], &[0]].concat()), Code::KeyEncoding);
    assert_eq!(with_bytes(&[&[0xED, 0x81, 0x00], &raw(KEY)[..]].concat()), Code::KeyEncoding);
    assert_eq!(with_bytes(&[&[0x80, 0x26], &raw(KEY)[..]].concat()), Code::KeyPrivate);
    assert_eq!(retrieval(&format!("did:key:{}0", &KEY[..47])), Code::KeyEncoding);
    // The fragment is compared before the key is understood, so these need their own.
    for (bytes, code) in [([0xFF; 32], Code::KeyEncoding), ([0; 32], Code::KeyWeak)] {
        let text = multibase::encode_z(&[&[0xED, 0x01], &bytes[..]].concat());
        assert_stopped(&alone(&format!("did:key:{text}#{text}"), Relationship::AssertionMethod), code);
    }
}

#[test]
fn i03_did_web_path_traversal() {
    for path in [
        "%2E%2E:admin",
        "%2e%2e",
        "..",
        ".",
        "a:..:b",
        "a%2Fb",
        "a%2fb",
        "a%5Cb",
        "a%5cb",
        "",
        ":a",
        "a::b",
        "a:",
        "%00",
        "%0A",
        "%7F",
        "%252E%252E",
        "a%25",
        "%",
        "%2",
        "%zz",
        "a/b",
        "a\\b",
        "a%3Fb",
        "a%23b",
    ] {
        let did = format!("did:web:e.com:{path}");
        let code = locations(&did).unwrap_err().code;
        assert!(matches!(code, Code::DidSyntax), "{did}: {code}");
        assert_stopped(&missing(&format!("{did}#key")), Code::DidSyntax);
    }
}

#[test]
fn i04_did_web_host_tricks() {
    for host in [
        // IP addresses in every notation, and what readers take for them.
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f.1",
        "0x7f000001",
        "0177.0.0.1",
        "1.2.3.4",
        "e.com.1",
        "e.0x1",
        "%5B%3A%3A1%5D",
        "[::1]",
        "169.254.169.254",
        // Users, ports otherwise than as %3A, other separators.
        "e.com%40evil.example",
        "user@e.com",
        "user%3Apass%40e.com",
        "e.com%3a80",
        "e.com%3A",
        "e.com%3A0",
        "e.com%3A00080",
        "e.com%3A+80",
        "e.com%3A65536",
        "e.com%3A80%3A80",
        "e.com%3Aadmin",
        "e.com%2F",
        "e.com%23",
        "e.com%3F",
        "e.com%5C",
        "e.com%00",
        "e%2Ecom",
        "%65.com",
        // Names that are not public, or not in one spelling.
        "localhost",
        "localhost%3A8080",
        "a.localhost",
        "intranet",
        "e.com.",
        ".e.com",
        "e..com",
        "E.com",
        "e.COM",
        "-e.com",
        "e-.com",
        "e_.com",
        "xn--example-.org",
        "xn--.org",
        "bücher.example",
        "e.com ",
        "",
    ] {
        let did = format!("did:web:{host}");
        assert_eq!(locations(&did).map_err(|finding| finding.code), Err(Code::DidSyntax), "{did}");
    }
    let label = "a".repeat(63);
    let longest = format!("{label}.{label}.{label}.{}", "a".repeat(61));
    assert_eq!(longest.len(), 253);
    assert!(locations(&format!("did:web:{longest}")).is_ok());
    assert!(locations(&format!("did:web:{longest}a")).is_err());
    assert!(locations(&format!("did:web:{label}a.example")).is_err());
}

/// The host fetches; the core names https URLs on the identifier's own host, and nothing else.
#[test]
fn i05_only_the_identifiers_own_host_is_asked() {
    let document = document(r##""service":[{"id":"#s","serviceEndpoint":"http://169.254.169.254/"}]"##);
    let retrieval = with_document(&method_url(), &document);
    assert_eq!((retrieval.resolved.code, retrieval.need), (Code::KeyNotListed, None));
    for need in [missing(&method_url()), missing(&format!("{URL}#key"))] {
        assert!(need.need.unwrap().locations.iter().all(|url| url.starts_with("https://issuer.example/")));
    }
}

#[test]
fn i06_the_document_of_another_did() {
    let text = one_method(&multikey(KEY));
    let retrieval = with_documents("did:web:victim.example#key", &[("did:web:victim.example", &text)]);
    assert_stopped(&retrieval, Code::KeyDocumentId);
    assert_eq!(text_of_issuer(&retrieval), "did:web:victim.example");
}

fn text_of_issuer(retrieval: &Retrieval) -> String {
    text(&retrieval.resolved, "document")
}

/// See step 8; a fragment is compared as it is written.
#[test]
fn i07_relative_ids() {
    let text = one_method(&multikey(KEY));
    assert_found(&with_document(&method_url(), &text), KEY);
    assert_found(&with_document(&method_url(), &text.replace("#key", &method_url())), KEY);
    assert_stopped(&with_document(&format!("{ISSUER}#KEY"), &text), Code::KeyNotListed);
}

#[test]
fn i08_duplicate_ids_anywhere() {
    let a = format!(r##"{{"id":"#key",{}}}"##, multikey(KEY));
    let b = format!(r#"{{"id":"{ISSUER}#key",{}}}"#, multikey(OTHER_KEY));
    for members in [
        format!(r##""verificationMethod":[{a},{b}],"assertionMethod":["#key"]"##),
        format!(r##""verificationMethod":[{b},{a}],"assertionMethod":["#key"]"##),
        format!(r#""verificationMethod":[{a}],"assertionMethod":[{b}]"#),
        format!(r##""verificationMethod":[{a}],"publicKey":[{b}],"assertionMethod":["#key"]"##),
        format!(r##""verificationMethod":[{a}],"service":[{{"id":"#key"}}],"assertionMethod":["#key"]"##),
        format!(r##""verificationMethod":[{a},{a},{a}],"assertionMethod":["#key"]"##),
        format!(r##""x":[[{{"y":{b}}}]],"verificationMethod":[{a}],"assertionMethod":["#key"]"##),
    ] {
        assert_stopped(&with_document(&method_url(), &document(&members)), Code::KeyAmbiguous);
        assert_eq!(listing(ISSUER, &document(&members)), Listing::No, "{members}");
    }
}

#[test]
fn i09_did_jwk() {
    let x = base64url::encode(&raw(KEY));
    let jwk = |text: &str| {
        let did = format!("did:jwk:{}", base64url::encode(text.as_bytes()));
        let retrieval = alone(&format!("{did}#0"), Relationship::AssertionMethod);
        assert_eq!(
            retrieval.method.is_some(),
            retrieval.resolved.code == Code::KeyFound && authorized(&retrieval) == Some(Code::KeyMay)
        );
        (retrieval.resolved.code, authorized(&retrieval))
    };
    let good = format!(r#"{{"kty":"OKP","crv":"Ed25519","x":"{x}"}}"#);
    assert_eq!(jwk(&good), (Code::KeyFound, Some(Code::KeyMay)));
    let with = |members: &str| jwk(&good.replace('}', &format!(",{members}}}")));
    assert_eq!(with(r#""use":"sig""#), (Code::KeyFound, Some(Code::KeyMay)));
    assert_eq!(with(r#""use":"enc""#), (Code::KeyFound, Some(Code::KeyRelationship)));
    assert_eq!(with(r#""key_ops":["encrypt"]"#), (Code::KeyFound, Some(Code::KeyRelationship)));
    assert_eq!(with(r#""use":null"#), (Code::KeyEncoding, None));
    assert_eq!(with(r#""d":"AA""#), (Code::KeyPrivate, None));
    // JSON that has two readings, or none.
    assert_eq!(with(r#""x":"AA""#), (Code::DidSyntax, None));
    assert_eq!(jwk(""), (Code::DidSyntax, None));
    assert_eq!(jwk(&format!("{good} {good}")), (Code::DidSyntax, None));
    assert_eq!(jwk("[]"), (Code::KeyEncoding, None));
    let deep = good.replace('}', &format!(",\"a\":{}{}}}", "[".repeat(20), "]".repeat(20)));
    assert_eq!(jwk(&deep), (Code::KeyDocumentInvalid, None));
    assert_eq!(
        jwk(&good.replace('{', &format!("{{{}", " ".repeat(20_000)))),
        (Code::KeyDocumentInvalid, None)
    );
    // Two texts of one key are one key and two identifiers.
    let (a, b) = (base64url::encode(good.as_bytes()), base64url::encode(good.replace(':', ": ").as_bytes()));
    let method =
        |jwk: &str| alone(&format!("did:jwk:{jwk}#0"), Relationship::AssertionMethod).method.unwrap();
    assert_eq!(method(&a).key, method(&b).key);
    assert_ne!(method(&a).controller, method(&b).controller);
    // Padding, and bits that belong to no byte.
    assert_stopped(&alone(&format!("did:jwk:{a}=#0"), Relationship::AssertionMethod), Code::DidSyntax);
}

#[test]
fn i10_case_and_percent_encoding() {
    for did in ["DID:key", "did:KEY", "Did:Key", "DID:KEY"] {
        let retrieval = alone(&format!("{did}:{KEY}#{KEY}"), Relationship::AssertionMethod);
        assert_stopped(&retrieval, Code::DidSyntax);
    }
    let lower = KEY.to_lowercase();
    assert_ne!(
        alone(&format!("did:key:{lower}#{lower}"), Relationship::AssertionMethod).resolved.code,
        Code::KeyFound
    );
    assert_stopped(
        &alone(&format!("did:key:%7A{}#{KEY}", &KEY[1..]), Relationship::AssertionMethod),
        Code::DidSyntax,
    );
}

/// The key of a rotated document is not the key that signed; which document it was, the finding says.
#[test]
fn i11_key_history() {
    let (old, new) = (one_method(&multikey(KEY)), one_method(&multikey(OTHER_KEY)));
    assert_found(&with_document(&method_url(), &old), KEY);
    let retrieval = with_document(&method_url(), &new);
    assert_found(&retrieval, OTHER_KEY);
    assert_eq!(text_of_issuer(&retrieval), ISSUER);
}

#[test]
fn i12_a_document_as_attack() {
    // As many methods as are read, and one more.
    let method = |index: usize| format!(r##"{{"id":"#{index}",{}}}"##, multikey(KEY));
    let methods = |count: usize| (0..count).map(method).collect::<Vec<_>>().join(",");
    let text =
        |count| document(&format!(r##""verificationMethod":[{}],"assertionMethod":["#7"]"##, methods(count)));
    assert_found(&with_document(&format!("{ISSUER}#7"), &text(1_000)), KEY);
    let retrieval = with_document(&format!("{ISSUER}#7"), &text(1_001));
    assert_stopped(&retrieval, Code::KeyDocumentInvalid);
    assert_eq!(retrieval.resolved.code.outcome(), Outcome::Indeterminate);
    assert_eq!(retrieval.resolved.details.get("limit"), Some(&Detail::Number(1_000)));
    // A long identifier times many references: nothing is written out, so this takes neither memory nor time.
    let long = format!("did:web:issuer.example:{}", "a".repeat(400_000));
    let references =
        (0..50_000).map(|index| format!(r##"{{"id":"#{index}"}}"##)).collect::<Vec<_>>().join(",");
    let text = format!(r#"{{"id":"{long}","service":[{references}]}}"#);
    assert_stopped(&with_document(&format!("{long}#key"), &text), Code::KeyNotListed);
    // Keys that are long: base58 is quadratic.
    let members = multikey(&format!("z{}", "2".repeat(1_000_000)));
    assert_stopped(&with_document(&method_url(), &one_method(&members)), Code::KeyUnsupported);
}

/// A whole document as nested as the parser allows, on the stack of a small thread.
#[test]
fn i12_runs_on_a_small_stack() {
    let nested = format!("{}{}{}", r#"{"a":["#.repeat(15), 1, "]}".repeat(15));
    let text = document(&format!(
        r##""x":{nested},"verificationMethod":[{{"id":"#key",{}}}],"assertionMethod":["#key"]"##,
        multikey(KEY)
    ));
    let thread = std::thread::Builder::new().stack_size(256 * 1024);
    let handle = thread.spawn(move || {
        let retrieval = with_document(&method_url(), &text);
        assert_found(&retrieval, KEY);
        let key = retrieval.method.unwrap().key;
        assert!(matches!(&key, PublicKey::Ed25519(key) if !key.verify(b"", &[0; 64])));
        assert_ne!(listing(ISSUER, &text), Listing::No);
    });
    handle.unwrap().join().unwrap();
}

#[test]
fn i13_unsupported_methods_are_never_skipped() {
    let did = "did:ion:EiClkZMDxPKqC9c";
    let retrieval = missing(&format!("{did}#key-1"));
    assert_stopped(&retrieval, Code::DidMethodUnsupported);
    assert_eq!(retrieval.resolved.code.outcome(), Outcome::Indeterminate);
    let need = retrieval.need.unwrap();
    assert_eq!((need.identifier.as_str(), need.locations), (did, vec![]));
    // The host knows how: then its document counts like any other.
    let text = one_method(&multikey(KEY)).replace(ISSUER, did);
    assert_found(&with_document(&format!("{did}#key"), &text), KEY);
    // DID parameters are not understood, and not ignored.
    assert_stopped(&missing(&format!("{did}?versionId=1#key")), Code::DidMethodUnsupported);
    assert_stopped(&missing("did:web:e.com?versionId=1#key"), Code::DidSyntax);
    assert!(matches!(Identifier::parse(did), Ok(Identifier::OtherDid(Did { method: "ion", .. }))));
    assert!(did_jwk::key(Did::parse("did:jwk:e30").unwrap()).is_err());
}

/// A private key that was published is nobody's any more.
#[test]
fn c16_a_private_key_in_a_document() {
    for member in
        ["secretKeyMultibase", "secretKeyJwk", "privateKeyBase58", "privateKeyMultibase", "privateKeyJwk"]
    {
        for value in [r#""z1""#, "{}", "null"] {
            let retrieval = with_document(
                &method_url(),
                &one_method(&format!(r#"{},"{member}":{value}"#, multikey(KEY))),
            );
            assert_stopped(&retrieval, Code::KeyPrivate);
            assert_eq!(
                text(&retrieval.resolved, "documentPointer"),
                format!("/verificationMethod/0/{member}")
            );
        }
    }
    let jwk = format!(r#"{{"kty":"OKP","crv":"Ed25519","x":"{}","d":"AA"}}"#, base64url::encode(&raw(KEY)));
    let members = format!(r#""type":"JsonWebKey","controller":"{ISSUER}","publicKeyJwk":{jwk}"#);
    let retrieval = with_document(&method_url(), &one_method(&members));
    assert_stopped(&retrieval, Code::KeyPrivate);
    assert_eq!(text(&retrieval.resolved, "documentPointer"), "/verificationMethod/0/publicKeyJwk/d");
}
