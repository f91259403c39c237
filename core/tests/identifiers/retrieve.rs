//! Retrieve Verification Method (CID 1.0 §3.3), step by step, and what an issuer's document lists.

use ler_verify::codes::{Code, Detail, Finding, Outcome};
use ler_verify::encoding::{base64url, multibase};
use ler_verify::identifier::{Listing, Relationship, Supplied, lists, retrieve};
use ler_verify::json::Tree;
use ler_verify::time::Timestamp;

use crate::helpers::*;

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
    assert_found(&with_document(&method_url(), &one_method(&multikey(P256))), P256);
    assert_found(&with_document(&method_url(), &one_method(&multikey(SECP256K1))), SECP256K1);
    let ed448 = multibase::encode_z(&[&[0x83, 0x24][..], &[2; 57]].concat());
    let retrieval = with_document(&method_url(), &one_method(&multikey(&ed448)));
    assert_stopped(&retrieval, Code::KeyUnsupported);
    assert_eq!(text(&retrieval.resolved, "keyType"), "Ed448");
    assert_eq!(text(&retrieval.resolved, "documentPointer"), "/verificationMethod/0/publicKeyMultibase");
    let members = multikey(P256).replace("Multikey\"", "Ed25519VerificationKey2020\"");
    assert_stopped(&with_document(&method_url(), &one_method(&members)), Code::KeyMethodInvalid);
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
