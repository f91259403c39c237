//! Whose key signed a token: every kind of hint against every state of the issuer's documents (design §5.6; threats K03 to
//! K06, K22 and the identifiers I01 to I13 as far as tokens reach them). What is asked of the host is part of the answer.
#![cfg(feature = "jose")]

mod support;
#[path = "support/tokens.rs"]
mod tokens;

use ler_verify::{
    Answer, CheckId, Code, IssuerKey, Issuers, Outcome, Policy, Report, Resource, ResourceKind, Resources,
    Verdict,
};
use serde_json::{Value, json};
use tokens::{Party, attacker, codes, issuer, occasion, vcdm2, verify_with, with};

/// An issuer with a profile, and one with a DID document.
const PROFILE: &str = "https://college.example/issuers/1";
const WELL_KNOWN: &str = "https://college.example/.well-known/jwt-vc-issuer/issuers/1";
const JWKS: &str = "https://college.example/jwks.json";
const DID: &str = "did:web:college.example";

/// What the host has, by identifier; `null` stands for what cannot be had.
fn resources(documents: &[(&str, Value)]) -> Resources {
    let resources = Resources::new();
    for (identifier, document) in documents {
        let answer = match document {
            Value::Null => Answer::Unavailable("HTTP 404".to_owned()),
            Value::String(text) => Resource::new(text.as_bytes()).into(),
            document => Resource::new(document.to_string().into_bytes()).into(),
        };
        resources.insert(ResourceKind::ControlledIdentifierDocument, identifier, answer);
    }
    resources
}

fn verify_as(token: &str, policy: Policy, documents: &[(&str, Value)]) -> Report {
    verify_with(token, policy, &resources(documents), &occasion())
}

/// The report on a token of `signer` with these header parameters, in which `id` says to be the issuer.
fn by(id: &str, signer: &Party, header: Value, documents: &[(&str, Value)]) -> Report {
    verify_as(&token(id, signer, header), Policy::accepting(Issuers::Anyone), documents)
}

fn token(id: &str, signer: &Party, header: Value) -> String {
    let mut header = header;
    if header.get("kid").is_none() {
        header["kid"] = Value::Null;
    }
    signer.token(header, &with(&vcdm2(), "/issuer", json!(id)))
}

/// The identifiers of what is asked for.
fn asked(report: &Report) -> Vec<&str> {
    report.requests().iter().map(|request| request.identifier.as_str()).collect()
}

/// How `issuer.bound`, or, where it came to none, `key.resolved` was answered; what the report names as the reason.
fn bound(report: &Report) -> (Code, Option<&'static str>) {
    let code = match codes(report, CheckId::IssuerBound).as_slice() {
        [code] => *code,
        other => panic!("{other:?} {}", report.to_json()),
    };
    (code, report.issuer().and_then(|issuer| issuer.bound_by))
}

fn verified(report: &Report, by: &'static str) {
    assert_eq!(bound(report), (Code::IssuerIsBound, Some(by)), "{}", report.to_json());
    assert!(matches!(report.verdict(), Verdict::Verified(_)), "{}", report.to_json());
    assert!(report.requests().is_empty());
}

/// The verdict that a code of the table stands for, nothing else being wrong.
fn comes_to(report: &Report, code: Code) {
    assert!(report.checks().iter().any(|check| check.code == code), "{code}: {}", report.to_json());
    let expected = match code.outcome() {
        Outcome::Failed => matches!(report.verdict(), Verdict::NotVerified),
        _ => matches!(report.verdict(), Verdict::Indeterminate),
    };
    assert!(expected, "{code}: {}", report.to_json());
    if code.outcome() == Outcome::Failed {
        assert_eq!(asked(report), Vec::<&str>::new(), "after a failure nothing is asked for");
    }
}

fn jwk(party: &Party, kid: &str) -> Value {
    let mut jwk = party.jwk();
    jwk["kid"] = json!(kid);
    jwk
}

fn set(keys: &[Value]) -> Value {
    json!({"keys": keys})
}

/// A document with one method of this key, under these relationships.
fn document(id: &str, party: &Party, relationships: &[&str]) -> Value {
    let mut document = json!({
        "id": id,
        "verificationMethod": [
            {"id": format!("{id}#key-1"), "type": "JsonWebKey", "controller": id, "publicKeyJwk": party.jwk()}
        ]
    });
    for name in relationships {
        document[*name] = json!([format!("{id}#key-1")]);
    }
    document
}

fn assertion(id: &str, party: &Party) -> Value {
    document(id, party, &["assertionMethod"])
}

// A key in the header: `jwk` (K03, K04)

#[test]
fn k03_a_key_in_the_header_is_the_issuers_if_its_document_lists_it() {
    for id in [PROFILE, DID] {
        let header = json!({"jwk": issuer().jwk()});
        // The signature can be verified at once; whose it is has to be asked.
        let report = by(id, &issuer(), header.clone(), &[]);
        assert_eq!(codes(&report, CheckId::ProofSignature), [Code::SignatureGood]);
        comes_to(&report, Code::IssuerBindingUnknown);
        assert_eq!(asked(&report), [id]);
        verified(
            &by(id, &issuer(), header.clone(), &[(id, assertion(id, &issuer()))]),
            "controlledIdentifierDocument",
        );
        // Under another relationship, or another key: somebody else signed.
        for other in [document(id, &issuer(), &["authentication"]), assertion(id, &attacker())] {
            comes_to(&by(id, &issuer(), header.clone(), &[(id, other)]), Code::IssuerNotBound);
        }
    }
}

#[test]
fn k03_what_cannot_be_obtained_is_not_evidence() {
    let header = json!({"jwk": issuer().jwk()});
    for (document, code) in [
        (Value::Null, Code::IssuerBindingUnknown),
        (json!("<html>"), Code::IssuerBindingUnknown),
        (assertion("did:web:other.example", &issuer()), Code::IssuerBindingUnknown),
        (json!({}), Code::IssuerBindingUnknown),
    ] {
        let report = by(DID, &issuer(), header.clone(), &[(DID, document)]);
        comes_to(&report, code);
        assert!(report.requests().is_empty(), "asked for once");
    }
}

#[test]
fn k03_the_key_of_an_attacker_is_nobody_elses() {
    let header = json!({"jwk": attacker().jwk()});
    comes_to(
        &by(DID, &attacker(), header.clone(), &[(DID, assertion(DID, &issuer()))]),
        Code::IssuerNotBound,
    );
    // The identifier is the key: nothing has to be asked.
    let report = by(&issuer().did(), &attacker(), header.clone(), &[]);
    comes_to(&report, Code::IssuerNotBound);
    verified(&by(&attacker().did(), &attacker(), header, &[]), "didKey");
}

#[test]
fn k04_a_header_names_one_key() {
    let documents = [(DID, assertion(DID, &issuer()))];
    let kid = format!("{DID}#key-1");
    for kid in [kid.as_str(), "#key-1", "key-1"] {
        for signer in [issuer(), attacker()] {
            let report = by(DID, &signer, json!({"kid": kid, "jwk": attacker().jwk()}), &documents);
            comes_to(&report, Code::KeyConflict);
        }
        let report = by(DID, &issuer(), json!({"kid": kid, "jwk": issuer().jwk()}), &documents);
        verified(&report, "controlledIdentifierDocument");
    }
    // A `kid` that is the address of a key is asked, whatever stands beside it.
    let report = by(DID, &issuer(), json!({"kid": kid, "jwk": issuer().jwk()}), &[]);
    comes_to(&report, Code::KeyDocumentNeeded);
    assert_eq!(asked(&report), [DID]);
    // A name that the issuer's document does not know is just a name.
    let report = by(DID, &issuer(), json!({"kid": "2024", "jwk": issuer().jwk()}), &documents);
    verified(&report, "controlledIdentifierDocument");
}

#[test]
fn a_key_in_the_header_that_is_none_is_refused() {
    let mut private = issuer().jwk();
    private["d"] = json!("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A");
    let mut encryption = issuer().jwk();
    encryption["use"] = json!("enc");
    for (jwk, code) in [
        (private, Code::KeyPrivate),
        (encryption, Code::KeyRelationship),
        (json!({"kty": "OKP"}), Code::KeyEncoding),
        (json!("x"), Code::KeyEncoding),
    ] {
        comes_to(&by(DID, &issuer(), json!({"jwk": jwk}), &[]), code);
    }
}

// `kid` (K06)

#[test]
fn a_kid_relative_to_the_issuer_is_one_of_its_keys() {
    for id in [PROFILE, DID] {
        for kid in ["#key-1", "key-1"] {
            let report = by(id, &issuer(), json!({"kid": kid}), &[]);
            comes_to(&report, Code::KeyDocumentNeeded);
            assert_eq!(asked(&report), [id]);
            let documents = [(id, assertion(id, &issuer()))];
            verified(&by(id, &issuer(), json!({"kid": kid}), &documents), "controlledIdentifierDocument");
            comes_to(&by(id, &attacker(), json!({"kid": kid}), &documents), Code::SignatureInvalid);
            let documents = [(id, document(id, &issuer(), &["authentication"]))];
            comes_to(&by(id, &issuer(), json!({"kid": kid}), &documents), Code::KeyRelationship);
            let documents = [(id, assertion("https://other.example/", &issuer()))];
            let metadata_missing = [documents[0].clone(), (WELL_KNOWN, Value::Null)];
            comes_to(&by(id, &issuer(), json!({"kid": kid}), &metadata_missing), Code::KeyDocumentId);
        }
    }
    // In the identifier itself.
    let own = issuer().kid();
    let (id, fragment) = own.split_once('#').unwrap();
    verified(&by(id, &issuer(), json!({"kid": fragment}), &[]), "didKey");
    verified(&by(id, &issuer(), json!({"kid": format!("#{fragment}")}), &[]), "didKey");
    comes_to(&by(id, &issuer(), json!({"kid": "key-1"}), &[]), Code::KeyNotListed);
}

#[test]
fn k06_a_kid_does_not_lead_out_of_the_issuers_document() {
    let documents = [(DID, assertion(DID, &issuer()))];
    for kid in [
        "../../etc/passwd",
        "/key-1",
        "key-1\0",
        "key-1' OR '1'='1",
        "file:///etc/passwd",
        "http://college.example/key",
        "KEY-1",
        "key%2D1",
        "##key-1",
        "data:application/json,{}",
    ] {
        let report = by(DID, &issuer(), json!({"kid": kid}), &documents);
        comes_to(&report, Code::KeyNotListed);
    }
    for empty in ["", "#"] {
        comes_to(&by(DID, &issuer(), json!({"kid": empty}), &documents), Code::KeyMethodUrl);
    }
}

#[test]
fn k06_a_foreign_kid_holds_the_record_together_and_the_issuer_is_asked() {
    // A DID that is its own key.
    let kid = attacker().kid();
    let report = by(DID, &attacker(), json!({"kid": kid}), &[]);
    assert_eq!(codes(&report, CheckId::ProofSignature), [Code::SignatureGood]);
    comes_to(&report, Code::IssuerBindingUnknown);
    assert_eq!(asked(&report), [DID]);
    comes_to(
        &by(DID, &attacker(), json!({"kid": kid}), &[(DID, assertion(DID, &issuer()))]),
        Code::IssuerNotBound,
    );
    // The issuer's document may list the key all the same.
    let documents = [(DID, assertion(DID, &attacker()))];
    verified(&by(DID, &attacker(), json!({"kid": kid}), &documents), "controlledIdentifierDocument");
    // An https URL of somebody else: first its document, then the issuer's.
    let evil = "https://evil.example/keys";
    let report = by(DID, &attacker(), json!({"kid": evil}), &[]);
    assert!(asked(&report).contains(&evil), "{}", report.to_json());
    let documents = [(evil, set(&[attacker().jwk()])), (DID, assertion(DID, &issuer()))];
    let report = by(DID, &attacker(), json!({"kid": evil}), &documents[..1]);
    comes_to(&report, Code::IssuerBindingUnknown);
    assert_eq!(asked(&report), [DID]);
    comes_to(&by(DID, &attacker(), json!({"kid": evil}), &documents), Code::IssuerNotBound);
}

#[test]
fn a_kid_is_the_url_of_a_key() {
    let url = "https://college.example/keys/1";
    let profile = json!({"id": PROFILE, "jwks_uri": url});
    for at_url in [issuer().jwk(), jwk(&issuer(), "1"), set(&[issuer().jwk()]), set(&[jwk(&issuer(), "x")])] {
        let report = by(PROFILE, &issuer(), json!({"kid": url}), &[]);
        comes_to(&report, Code::KeyDocumentNeeded);
        assert!(asked(&report).contains(&url));
        let report = by(PROFILE, &issuer(), json!({"kid": url}), &[(url, at_url.clone())]);
        comes_to(&report, Code::IssuerBindingUnknown);
        assert_eq!(asked(&report), [PROFILE]);
        let documents = [(url, at_url), (PROFILE, profile.clone())];
        if documents[0].1.get("keys").is_some() {
            verified(&by(PROFILE, &issuer(), json!({"kid": url}), &documents), "jwks");
        } else {
            // A single key is no set, and `jwks_uri` names one: what it says cannot be read.
            let report = by(PROFILE, &issuer(), json!({"kid": url}), &documents);
            comes_to(&report, Code::IssuerBindingUnknown);
        }
    }
}

#[test]
fn a_kid_is_the_url_of_a_key_in_a_set() {
    let keys = |first: &str, second: &str| set(&[jwk(&attacker(), first), jwk(&issuer(), second)]);
    let full = format!("{JWKS}#two");
    let profile = (PROFILE, json!({"id": PROFILE, "jwks_uri": JWKS}));
    for (second, code) in [
        ("two", None),
        (full.as_str(), None),
        ("Two", Some(Code::KeyNotListed)),
        ("", Some(Code::KeyNotListed)),
    ] {
        let documents = [profile.clone(), (JWKS, keys("one", second))];
        let report = by(PROFILE, &issuer(), json!({"kid": full}), &documents);
        match code {
            None => verified(&report, "jwks"),
            Some(code) => comes_to(&report, code),
        }
    }
    // Without fragment no key of two is meant.
    let documents = [profile.clone(), (JWKS, keys("one", "two"))];
    comes_to(&by(PROFILE, &issuer(), json!({"kid": JWKS}), &documents), Code::KeyNotListed);
    for (there, code) in [
        (Value::Null, Code::KeyDocumentUnavailable),
        (json!("<html>"), Code::KeyDocumentInvalid),
        (json!({"keys": 1}), Code::KeyDocumentInvalid),
        (json!({"keys": [1]}), Code::KeyEncoding),
        (set(&[]), Code::KeyNotListed),
    ] {
        let kid = if there == json!({"keys": [1]}) { JWKS } else { full.as_str() };
        comes_to(&by(PROFILE, &issuer(), json!({"kid": kid}), &[(JWKS, there)]), code);
    }
}

#[test]
fn only_what_is_behind_https_is_asked_for() {
    for kid in
        ["http://college.example/keys#1", "ftp://college.example/k#1", "https://user@college.example/k#1"]
    {
        let report = by(PROFILE, &issuer(), json!({"kid": kid}), &[]);
        assert!(report.requests().iter().all(|request| request.locations.is_empty()), "{}", report.to_json());
        assert!(!matches!(report.verdict(), Verdict::Verified(_)));
    }
    for uri in [
        "http://college.example/jwks.json",
        "data:application/json,{}",
        "https://u@college.example/",
        "/jwks",
    ] {
        let documents = [(PROFILE, json!({"id": PROFILE, "jwks_uri": uri})), (WELL_KNOWN, Value::Null)];
        let report = by(PROFILE, &issuer(), json!({"kid": "key-1"}), &documents);
        comes_to(&report, Code::KeyDocumentInvalid);
        assert!(report.requests().is_empty(), "{uri}");
    }
}

// Key sets (K22)

#[test]
fn k22_a_kid_that_stands_twice_names_no_key() {
    let twice = set(&[jwk(&issuer(), "a"), jwk(&attacker(), "a"), jwk(&issuer(), "b")]);
    for kid in ["a".to_owned(), format!("{JWKS}#a")] {
        for signer in [issuer(), attacker()] {
            let documents = [(PROFILE, json!({"id": PROFILE, "jwks_uri": JWKS})), (JWKS, twice.clone())];
            comes_to(&by(PROFILE, &signer, json!({"kid": kid}), &documents), Code::KeyAmbiguous);
        }
    }
    let documents = [(PROFILE, json!({"id": PROFILE, "jwks": twice}))];
    verified(&by(PROFILE, &issuer(), json!({"kid": "b"}), &documents), "jwks");
    // A verification method and a key of a set that both answer to the name.
    let mut both = assertion(PROFILE, &issuer());
    both["jwks"] = set(&[jwk(&attacker(), "key-1")]);
    comes_to(&by(PROFILE, &issuer(), json!({"kid": "key-1"}), &[(PROFILE, both)]), Code::KeyAmbiguous);
}

#[test]
fn k22_a_key_says_what_it_is_for() {
    for (member, value, code) in [
        ("use", json!("enc"), Code::KeyRelationship),
        ("key_ops", json!(["encrypt"]), Code::KeyRelationship),
        ("key_ops", json!(["verify", "verify"]), Code::KeyEncoding),
        ("alg", json!("ES256"), Code::KeyEncoding),
    ] {
        let mut key = jwk(&issuer(), "a");
        key[member] = value;
        for jwks in [json!({"id": PROFILE, "jwks": set(&[key.clone()])}), set(&[key.clone()])] {
            let documents = [(PROFILE, jwks)];
            comes_to(&by(PROFILE, &issuer(), json!({"kid": "a"}), &documents), code);
            // Nor is the signer of a key in the header the issuer because of it.
            let report = by(PROFILE, &issuer(), json!({"jwk": issuer().jwk()}), &documents);
            comes_to(&report, Code::IssuerNotBound);
            // Nor is it tried where the header says nothing.
            comes_to(&by(PROFILE, &issuer(), json!({}), &documents), Code::KeyNotListed);
        }
    }
}

#[test]
fn a_key_for_another_algorithm_is_another_key() {
    // RSA alone has several: the key of RFC 7515 §A.2, whose token there is signed with RS256.
    const N: &str = "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMs\
        D1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdV\
        MTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ";
    let key = |alg: Option<&str>| {
        let mut key = json!({"kty": "RSA", "n": N, "e": "AQAB"});
        if let Some(alg) = alg {
            key["alg"] = json!(alg);
        }
        key
    };
    let credential = with(&vcdm2(), "/issuer", json!(PROFILE)).to_string();
    let header = json!({"alg": "RS256", "jwk": key(None)}).to_string();
    let token = issuer().sign(&header, &credential);
    for (alg, code) in [
        (None, Code::IssuerIsBound),
        (Some("RS256"), Code::IssuerIsBound),
        (Some("PS256"), Code::IssuerNotBound),
    ] {
        let documents = [(PROFILE, json!({"id": PROFILE, "jwks": set(&[key(alg)])}))];
        let report = verify_as(&token, Policy::accepting(Issuers::Anyone), &documents);
        assert_eq!(bound(&report).0, code, "{alg:?}");
    }
}

#[test]
fn a_profile_has_its_keys_in_it_or_says_where() {
    for kid in [json!({"kid": "a"}), json!({"jwk": issuer().jwk()}), json!({})] {
        let keys = set(&[jwk(&attacker(), "b"), jwk(&issuer(), "a")]);
        let inside = json!({"id": PROFILE, "jwks": keys});
        verified(&by(PROFILE, &issuer(), kid.clone(), &[(PROFILE, inside)]), "jwks");
        let elsewhere = (PROFILE, json!({"id": PROFILE, "jwks_uri": JWKS}));
        // The second document is asked for when the first has been read, and not before.
        let report = by(PROFILE, &issuer(), kid.clone(), &[]);
        assert_eq!(asked(&report), [PROFILE]);
        let report = by(PROFILE, &issuer(), kid.clone(), std::slice::from_ref(&elsewhere));
        assert_eq!(asked(&report), [JWKS], "{}", report.to_json());
        assert!(matches!(report.verdict(), Verdict::Indeterminate));
        verified(&by(PROFILE, &issuer(), kid.clone(), &[elsewhere.clone(), (JWKS, keys.clone())]), "jwks");
        verified(&by(PROFILE, &issuer(), kid.clone(), &[(PROFILE, keys.clone())]), "jwks");
        // Not obtainable: nobody knows.
        let documents = [elsewhere.clone(), (JWKS, Value::Null), (WELL_KNOWN, Value::Null)];
        let report = by(PROFILE, &issuer(), kid.clone(), &documents);
        assert!(matches!(report.verdict(), Verdict::Indeterminate), "{}", report.to_json());
        assert!(report.requests().is_empty());
        // Two answers are none.
        let both = json!({"id": PROFILE, "jwks": keys, "jwks_uri": JWKS});
        let documents = [(PROFILE, both), (JWKS, keys), (WELL_KNOWN, Value::Null)];
        let report = by(PROFILE, &issuer(), kid, &documents);
        assert!(matches!(report.verdict(), Verdict::Indeterminate), "{}", report.to_json());
    }
}

#[test]
fn metadata_at_the_well_known_place_is_the_issuers_too() {
    let keys = set(&[jwk(&issuer(), "a")]);
    for header in [json!({"kid": "a"}), json!({"jwk": issuer().jwk()}), json!({})] {
        // What stands at the identifier says nothing of keys: a page for people, a profile without any.
        for own in [Value::Null, json!("<html>"), json!({"id": PROFILE, "name": "College"})] {
            let report = by(PROFILE, &issuer(), header.clone(), &[(PROFILE, own.clone())]);
            assert_eq!(asked(&report), [WELL_KNOWN], "{}", report.to_json());
            assert_eq!(report.requests()[0].locations, [WELL_KNOWN]);
            let with_metadata = |metadata: Value| {
                by(PROFILE, &issuer(), header.clone(), &[(PROFILE, own.clone()), (WELL_KNOWN, metadata)])
            };
            verified(&with_metadata(json!({"issuer": PROFILE, "jwks": keys})), "jwtVcIssuer");
            let report = with_metadata(json!({"issuer": PROFILE, "jwks_uri": JWKS}));
            assert_eq!(asked(&report), [JWKS], "{}", report.to_json());
            for metadata in [
                Value::Null,
                json!({"issuer": "https://college.example/issuers/2", "jwks": keys}),
                json!({"issuer": format!("{PROFILE}/"), "jwks": keys}),
                json!({"jwks": keys}),
                json!({"issuer": [PROFILE], "jwks": keys}),
                json!({"issuer": PROFILE}),
                json!({"issuer": PROFILE, "jwks": keys, "jwks_uri": JWKS}),
                json!({"issuer": PROFILE, "jwks": []}),
                json!([PROFILE]),
            ] {
                let report = with_metadata(metadata);
                assert!(matches!(report.verdict(), Verdict::Indeterminate), "{}", report.to_json());
                assert!(report.requests().is_empty());
            }
            // Read, and the key is not there.
            let report = with_metadata(json!({"issuer": PROFILE, "jwks": set(&[jwk(&attacker(), "b")])}));
            assert!(matches!(report.verdict(), Verdict::NotVerified), "{}", report.to_json());
        }
    }
    // A document that says which keys are the issuer's has said it.
    let report =
        by(PROFILE, &issuer(), json!({"jwk": issuer().jwk()}), &[(PROFILE, assertion(PROFILE, &attacker()))]);
    comes_to(&report, Code::IssuerNotBound);
}

#[test]
fn the_well_known_place_goes_between_host_and_path() {
    for (id, url) in [
        ("https://college.example", Some("https://college.example/.well-known/jwt-vc-issuer")),
        ("https://college.example/", Some("https://college.example/.well-known/jwt-vc-issuer")),
        (
            "https://college.example:8443/a/b/",
            Some("https://college.example:8443/.well-known/jwt-vc-issuer/a/b"),
        ),
        ("https://college.example/a?b=c", None),
    ] {
        let report = by(id, &issuer(), json!({"kid": "a"}), &[(id, Value::Null)]);
        assert_eq!(asked(&report), Vec::from_iter(url), "{id}");
    }
}

#[cfg(feature = "sd-jwt")]
#[test]
fn an_sd_jwt_vc_has_its_issuers_metadata_first() {
    let claims = json!({"iss": PROFILE, "vct": "https://college.example/types/1", "sub": "did:example:ada"});
    let header = json!({"alg": "EdDSA", "typ": "dc+sd-jwt", "kid": "a"});
    let token = format!("{}~", issuer().sign(&header.to_string(), &claims.to_string()));
    let report =
        |documents: &[(&str, Value)]| verify_as(&token, Policy::accepting(Issuers::Anyone), documents);
    let keys = set(&[jwk(&issuer(), "a")]);
    assert_eq!(asked(&report(&[])), [WELL_KNOWN]);
    let metadata = json!({"issuer": PROFILE, "jwks": keys});
    assert_eq!(bound(&report(&[(WELL_KNOWN, metadata)])), (Code::IssuerIsBound, Some("jwtVcIssuer")));
    // Where there is none, the document at the issuer's own identifier says it as always.
    assert_eq!(asked(&report(&[(WELL_KNOWN, Value::Null)])), [PROFILE]);
    let profile = json!({"id": PROFILE, "jwks": keys});
    let documents = [(WELL_KNOWN, Value::Null), (PROFILE, profile)];
    assert_eq!(bound(&report(&documents)), (Code::IssuerIsBound, Some("jwks")));
    // Metadata without the key is the issuer's word that it is not its own.
    let metadata = json!({"issuer": PROFILE, "jwks": set(&[jwk(&attacker(), "b")])});
    comes_to(&report(&[(WELL_KNOWN, metadata)]), Code::KeyNotListed);
}

#[test]
fn a_presentation_is_signed_with_a_key_for_authentication() {
    let presentation = json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"], "type": ["VerifiablePresentation"], "holder": DID,
        "verifiableCredential": []
    });
    for header in [
        json!({"kid": "key-1"}),
        json!({"kid": format!("{DID}#key-1")}),
        json!({"jwk": issuer().jwk()}),
        json!({}),
    ] {
        let mut all = json!({"alg": "EdDSA", "typ": "vp+jwt"});
        all.as_object_mut().unwrap().extend(header.as_object().unwrap().clone());
        let token = issuer().sign(&all.to_string(), &presentation.to_string());
        let report = |relationships: &[&str]| {
            let documents = [(DID, document(DID, &issuer(), relationships))];
            codes(&verify_as(&token, Policy::accepting(Issuers::Anyone), &documents), CheckId::IssuerBound)
        };
        assert_eq!(report(&["authentication"]), [Code::IssuerIsBound], "{header}");
        let report = {
            let documents = [(DID, assertion(DID, &issuer()))];
            verify_as(&token, Policy::accepting(Issuers::Anyone), &documents)
        };
        assert!(matches!(report.verdict(), Verdict::NotVerified), "{header} {}", report.to_json());
    }
}

#[test]
fn a_registry_is_asked_once_the_issuer_is_known_to_be_the_issuer() {
    let registry = "https://registry.example/issuers.json";
    for header in [json!({"kid": "key-1"}), json!({"jwk": issuer().jwk()}), json!({})] {
        let policy = || Policy::accepting(Issuers::registered([registry]));
        let token = token(DID, &issuer(), header);
        assert_eq!(asked(&verify_as(&token, policy(), &[])), [DID]);
        let report = verify_as(&token, policy(), &[(DID, assertion(DID, &issuer()))]);
        assert_eq!(asked(&report), [registry], "{}", report.to_json());
        assert_eq!(report.requests()[0].stage, 2);
        let report = verify_as(&token, policy(), &[(DID, assertion(DID, &attacker()))]);
        assert_eq!(asked(&report), Vec::<&str>::new());
    }
}

// No hint at all

#[test]
fn a_token_that_names_no_key_is_signed_by_one_of_the_issuers() {
    for id in [PROFILE, DID] {
        let report = by(id, &issuer(), json!({}), &[]);
        comes_to(&report, Code::KeyDocumentNeeded);
        assert_eq!(asked(&report), [id]);
        let documents = [(id, assertion(id, &issuer()))];
        verified(&by(id, &issuer(), json!({}), &documents), "controlledIdentifierDocument");
        comes_to(&by(id, &attacker(), json!({}), &documents), Code::SignatureInvalid);
        let documents = [(id, document(id, &issuer(), &["authentication"]))];
        comes_to(&by(id, &issuer(), json!({}), &documents), Code::KeyNotListed);
    }
    verified(&by(&issuer().did(), &issuer(), json!({}), &[]), "didKey");
    comes_to(&by(&issuer().did(), &attacker(), json!({}), &[]), Code::SignatureInvalid);
}

#[test]
fn a_revoked_key_is_tried_and_found_revoked() {
    let mut revoked = assertion(DID, &issuer());
    revoked["verificationMethod"][0]["revoked"] = json!("2025-01-01T00:00:00Z");
    let mut two = revoked.clone();
    let method =
        json!({"id": "#key-2", "type": "JsonWebKey", "controller": DID, "publicKeyJwk": attacker().jwk()});
    two["verificationMethod"].as_array_mut().unwrap().push(method);
    two["assertionMethod"].as_array_mut().unwrap().push(json!("#key-2"));
    for document in [revoked, two.clone()] {
        comes_to(&by(DID, &issuer(), json!({}), &[(DID, document)]), Code::KeyRevoked);
    }
    verified(&by(DID, &attacker(), json!({}), &[(DID, two)]), "controlledIdentifierDocument");
}

#[test]
fn at_most_sixteen_keys_are_tried_and_each_is_counted() {
    let many = |others: usize| {
        let others = (0..others).map(|index| jwk(&tokens::party(100 + index as u8), &index.to_string()));
        set(&others.chain([jwk(&issuer(), "last")]).collect::<Vec<_>>())
    };
    verified(&by(PROFILE, &issuer(), json!({}), &[(PROFILE, many(15))]), "jwks");
    comes_to(&by(PROFILE, &issuer(), json!({}), &[(PROFILE, many(16))]), Code::LimitSignatures);
    // Named, the key is found among them.
    verified(&by(PROFILE, &issuer(), json!({"kid": "last"}), &[(PROFILE, many(16))]), "jwks");
    // Keys of another kind cost nothing.
    let p256 = json!({
        "kty": "EC", "crv": "P-256", "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
        "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"
    });
    let mut keys = vec![p256; 30];
    keys.push(jwk(&issuer(), "last"));
    verified(&by(PROFILE, &issuer(), json!({}), &[(PROFILE, set(&keys))]), "jwks");
    // The budget of the whole verification holds here too.
    for (left, code) in [(16, None), (15, Some(Code::LimitSignatures))] {
        let mut policy = Policy::accepting(Issuers::Anyone);
        policy.limits.signatures = left;
        let report = verify_as(&token(PROFILE, &issuer(), json!({})), policy, &[(PROFILE, many(15))]);
        match code {
            None => verified(&report, "jwks"),
            Some(code) => comes_to(&report, code),
        }
    }
}

#[test]
fn a_key_that_cannot_be_read_may_be_the_one() {
    let keys = set(&[json!({"kty": "AKP", "alg": "ML-DSA-44", "pub": "AA"}), jwk(&attacker(), "b")]);
    comes_to(&by(PROFILE, &issuer(), json!({}), &[(PROFILE, keys.clone())]), Code::KeyUnsupported);
    let report = by(PROFILE, &issuer(), json!({"jwk": issuer().jwk()}), &[(PROFILE, keys)]);
    comes_to(&report, Code::IssuerBindingUnknown);
}

#[test]
fn a_set_has_a_limit() {
    let keys = |count: usize| set(&vec![jwk(&issuer(), "a"); count]);
    for (count, code) in [(100, Code::KeyAmbiguous), (101, Code::KeyDocumentInvalid)] {
        let documents = [(PROFILE, keys(count)), (WELL_KNOWN, Value::Null)];
        comes_to(&by(PROFILE, &issuer(), json!({"kid": "a"}), &documents), code);
    }
}

// Keys that the policy knows

fn pinning(keys: &[(&str, String)]) -> Policy {
    let mut policy = Policy::accepting(Issuers::Anyone);
    policy.issuer_keys = keys
        .iter()
        .map(|(issuer, key)| IssuerKey { issuer: (*issuer).to_owned(), key: key.clone() })
        .collect();
    policy
}

#[test]
fn a_key_that_the_policy_pins_needs_no_document() {
    let (multikey, _) = (issuer().kid().split_once('#').unwrap().1.to_owned(), ());
    for key in [multikey.clone(), issuer().jwk().to_string()] {
        for header in [
            json!({}),
            json!({"jwk": issuer().jwk()}),
            json!({"kid": "any"}),
            json!({"kid": format!("{DID}#x")}),
        ] {
            let token = token(DID, &issuer(), header.clone());
            verified(&verify_as(&token, pinning(&[(DID, key.clone())]), &[]), "issuerKeys");
            // Of several, the one that signed.
            let other = attacker().jwk().to_string();
            let policy = pinning(&[(DID, other.clone()), (DID, key.clone())]);
            verified(&verify_as(&token, policy, &[]), "issuerKeys");
            // Somebody else's key pins nothing for this issuer, and the issuer may have more than are pinned.
            for policy in [pinning(&[(PROFILE, key.clone())]), pinning(&[(DID, other)])] {
                let report = verify_as(&token, policy, &[]);
                assert!(matches!(report.verdict(), Verdict::Indeterminate), "{}", report.to_json());
                assert_eq!(asked(&report), [DID]);
            }
        }
    }
}

#[test]
fn a_pinned_key_that_is_none_makes_the_policy_impossible() {
    for key in ["", "{", "{}", "-----BEGIN PUBLIC KEY-----", "z6Mk", "{\"kty\":\"oct\",\"k\":\"AA\"}"] {
        assert!(ler_verify::Verifier::new(pinning(&[(DID, key.to_owned())])).is_err(), "{key}");
    }
}

// Stages

#[test]
fn what_failed_makes_the_host_fetch_nothing() {
    // The signature is wrong, so nobody needs to know whose key it would be.
    let mut token = token(DID, &issuer(), json!({"jwk": issuer().jwk()}));
    token.truncate(token.rfind('.').unwrap() + 1);
    token.push_str(&attacker().signature("something else"));
    let report = verify_as(&token, Policy::accepting(Issuers::Anyone), &[]);
    comes_to(&report, Code::SignatureInvalid);
}

#[test]
fn an_issuer_that_is_not_accepted_makes_the_host_fetch_nothing() {
    for header in [
        json!({}),
        json!({"kid": "a"}),
        json!({"kid": "https://evil.example/k"}),
        json!({"jwk": issuer().jwk()}),
    ] {
        let policy = Policy::accepting(Issuers::one_of(["did:web:other.example"]));
        let report = verify_as(&token(PROFILE, &issuer(), header.clone()), policy, &[]);
        assert_eq!(asked(&report), Vec::<&str>::new(), "{header}");
        let policy = Policy::accepting(Issuers::one_of([PROFILE]));
        let report = verify_as(&token(PROFILE, &issuer(), header), policy, &[]);
        assert!(!report.requests().is_empty());
    }
}

#[test]
fn requests_come_in_few_rounds_and_each_once() {
    let all = [
        (PROFILE, json!({"id": PROFILE, "name": "College"})),
        (WELL_KNOWN, json!({"issuer": PROFILE, "jwks_uri": JWKS})),
        (JWKS, set(&[jwk(&issuer(), "a")])),
    ];
    let have = resources(&[]);
    let token = token(PROFILE, &issuer(), json!({"kid": "a"}));
    let mut order = Vec::new();
    let report = loop {
        let report = verify_with(&token, Policy::accepting(Issuers::Anyone), &have, &occasion());
        if report.requests().is_empty() {
            break report;
        }
        for request in report.requests() {
            assert_eq!((request.stage, request.from_unverified), (1, true));
            let (_, document) = all.iter().find(|(id, _)| *id == request.identifier).unwrap();
            order.push(request.identifier.clone());
            have.answer(request, Resource::new(document.to_string().into_bytes()));
        }
    };
    assert_eq!(order, [PROFILE, WELL_KNOWN, JWKS]);
    verified(&report, "jwtVcIssuer");
}

#[test]
fn more_documents_never_turn_a_failure_into_a_success() {
    let documents = [
        (PROFILE, assertion(PROFILE, &issuer())),
        (WELL_KNOWN, json!({"issuer": PROFILE, "jwks": set(&[jwk(&attacker(), "a")])})),
        (JWKS, set(&[jwk(&attacker(), "a")])),
        ("https://evil.example/k", set(&[jwk(&attacker(), "a")])),
    ];
    for header in [
        json!({}),
        json!({"kid": "a"}),
        json!({"kid": "https://evil.example/k"}),
        json!({"jwk": attacker().jwk()}),
    ] {
        let mut failed = false;
        for count in 0..=documents.len() {
            let report = by(PROFILE, &attacker(), header.clone(), &documents[..count]);
            let now = matches!(report.verdict(), Verdict::NotVerified);
            assert!(!failed || now, "{header} {count}");
            assert!(!matches!(report.verdict(), Verdict::Verified(_)), "{header} {count}");
            failed = now;
        }
        assert!(failed, "{header}");
    }
}

#[test]
fn every_way_runs_on_a_small_stack() {
    let documents =
        [(PROFILE, json!({"id": PROFILE, "jwks_uri": JWKS})), (JWKS, set(&vec![issuer().jwk(); 100]))];
    let all = resources(&documents);
    for header in [json!({}), json!({"kid": "a"}), json!({"kid": JWKS}), json!({"jwk": issuer().jwk()})] {
        let (token, all) = (token(PROFILE, &issuer(), header), all.clone());
        let run = move || {
            let report = verify_with(&token, Policy::accepting(Issuers::Anyone), &all, &occasion());
            assert!(!report.checks().is_empty());
        };
        std::thread::Builder::new().stack_size(256 * 1024).spawn(run).unwrap().join().unwrap();
    }
}

/// RFC 7517 §4.5: a bare `kid` may be the name that a key has in itself, where no method has it. It finds the key; whose
/// that is and what it is for is asked as of any other.
#[test]
fn a_bare_kid_may_be_that_of_a_key_in_a_did_document() {
    let named = |party: &Party, relationships: &[&str]| {
        let mut document = document(DID, party, relationships);
        document["verificationMethod"][0]["publicKeyJwk"] = jwk(party, "2026-signing");
        document
    };
    let judge = |document: Value, kid: &str| by(DID, &issuer(), json!({"kid": kid}), &[(DID, document)]);
    let good = named(&issuer(), &["assertionMethod"]);
    verified(&judge(good.clone(), "2026-signing"), "controlledIdentifierDocument");
    for other in ["2026", "2026-Signing", "#2026-signing"] {
        comes_to(&judge(good.clone(), other), Code::KeyNotListed);
    }
    // It is only a name: another key, or one that is for something else, stays what it is.
    comes_to(&judge(named(&attacker(), &["assertionMethod"]), "2026-signing"), Code::SignatureInvalid);
    comes_to(&judge(named(&issuer(), &["authentication"]), "2026-signing"), Code::KeyRelationship);
    // A method of this name comes first, and two keys of one name are none.
    let mut both = good.clone();
    both["verificationMethod"].as_array_mut().unwrap().push(json!({
        "id": format!("{DID}#2026-signing"), "type": "JsonWebKey", "controller": DID,
        "publicKeyJwk": attacker().jwk()
    }));
    comes_to(&judge(both.clone(), "2026-signing"), Code::SignatureInvalid);
    both["verificationMethod"][1]["id"] = json!(format!("{DID}#key-2"));
    both["verificationMethod"][1]["publicKeyJwk"]["kid"] = json!("2026-signing");
    comes_to(&judge(both, "2026-signing"), Code::KeyAmbiguous);
    // What merely looks like a method is none.
    let mut hidden = document(DID, &attacker(), &["assertionMethod"]);
    hidden["service"] = json!([{"id": format!("{DID}#s"), "publicKeyJwk": jwk(&issuer(), "2026-signing")}]);
    comes_to(&judge(hidden, "2026-signing"), Code::KeyNotListed);
}
