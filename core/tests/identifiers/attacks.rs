//! The attack catalogue on identifiers and their keys, by its numbers.

use ler_verify::codes::{Code, Detail, Outcome};
use ler_verify::encoding::{base64url, multibase};
use ler_verify::identifier::{
    Did, Identifier, Listing, Relationship, Supplied, VerificationMethod, did_jwk, lists, locations,
};
use ler_verify::json::Tree;
use ler_verify::keys::PublicKey;
use ler_verify::time::Timestamp;

use crate::helpers::*;

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
    // Nor do a key of another kind and an unsupported one hide it.
    for other in [P256, SECP256K1] {
        assert_stopped(
            &alone(&format!("did:key:{other}#{KEY}"), Relationship::AssertionMethod),
            Code::KeyNotListed,
        );
    }
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
    for (key, name) in [(P256, "P-256"), (SECP256K1, "secp256k1"), ("zUC7", ""), (KEY, "Ed25519")] {
        let retrieval = alone(&format!("did:key:{key}#{key}"), Relationship::AssertionMethod);
        match name {
            "" => assert_stopped(&retrieval, Code::KeyUnsupported),
            name => assert_eq!(retrieval.method.unwrap().key.key_type(), name),
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
        format!(r##""verificationMethod":[{a}],"service":[{a}],"assertionMethod":["#key"]"##),
        format!(r##""service":[{a}],"verificationMethod":[{a}],"assertionMethod":["#key"]"##),
        format!(r##""verificationMethod":[{a},{{"id":"#b","x":{a}}}],"assertionMethod":["#key"]"##),
        format!(r#""verificationMethod":[{a}],"assertionMethod":[{a},{{"id":"{ISSUER}#key"}}]"#),
        format!(r##""verificationMethod":[{}],"assertionMethod":["#key"]"##, [a.as_str(); 8].join(",")),
        format!(r##""x":[[{{"y":{b}}}]],"verificationMethod":[{a}],"assertionMethod":["#key"]"##),
    ] {
        assert_stopped(&with_document(&method_url(), &document(&members)), Code::KeyAmbiguous);
        assert_eq!(listing(ISSUER, &document(&members)), Listing::No, "{members}");
    }
}

/// Real documents write the same method out in several members.
#[test]
fn i08_one_method_written_out_several_times() {
    let a = format!(r##"{{"id":"#key",{}}}"##, multikey(KEY));
    for members in [
        format!(r#""verificationMethod":[{a}],"assertionMethod":[{a}]"#),
        format!(r#""verificationMethod":[{a}],"authentication":[{a}],"assertionMethod":[{a}]"#),
        format!(r##""verificationMethod":[{}],"assertionMethod":["#key"]"##, [a.as_str(); 7].join(",")),
    ] {
        assert_found(&with_document(&method_url(), &document(&members)), KEY);
        assert_eq!(listing(ISSUER, &document(&members)), YES);
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
