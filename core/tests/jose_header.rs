//! What a JWS is written like and what its header says: threats K01, K02, K05, K07-K12, K21 (RFC 7515, RFC 7797, RFC 8725).
#![cfg(feature = "jose")]

#[path = "support/tokens.rs"]
mod tokens;

use ler_verify::{CheckId, Code, Outcome, Report, Verdict};
use serde_json::{Value, json};
use tokens::{about, attacker, badge, codes, encode, has, issuer, vc_jwt, vcdm1, vcdm2, verify};

/// A token of VC-JOSE-COSE whose header has these members besides.
fn headed(header: Value) -> Report {
    verify(&issuer().token(header, &vcdm2()))
}

fn refused(report: &Report, code: Code, header: &str) {
    assert!(matches!(report.verdict(), Verdict::NotVerified), "{}", report.to_json());
    assert!(about(report, code, "header").iter().any(|name| name == header), "{}", report.to_json());
    assert_ne!(codes(report, CheckId::ProofSignature), [Code::SignatureGood]);
}

#[test]
fn a_good_token_is_verified() {
    for token in [
        issuer().token(json!({}), &vcdm2()),
        issuer().token(json!({"typ": "vc+jwt", "cty": "vc"}), &vcdm2()),
        issuer().token(json!({"typ": "JWT"}), &vc_jwt(&vcdm1())),
        issuer().token(json!({"typ": "JWT"}), &badge()),
        issuer().token(json!({"alg": "Ed25519"}), &vcdm2()),
    ] {
        let report = verify(&token);
        assert!(matches!(report.verdict(), Verdict::Verified(_)), "{}", report.to_json());
        assert_eq!(codes(&report, CheckId::ProofStructure), [Code::ProofWellFormed]);
        assert_eq!(codes(&report, CheckId::ProofClaims), [Code::JoseClaimsAgree]);
        assert_eq!(codes(&report, CheckId::ProofConventions), [Code::JoseConventional]);
        assert_eq!(report.issuer().map(|issuer| issuer.id.clone()), Some(issuer().did()));
    }
}

#[test]
fn k01_no_algorithm_is_no_algorithm_in_any_case() {
    for name in ["none", "None", "NONE", "nOnE", " none", ""] {
        refused(&headed(json!({"alg": name})), Code::JoseAlg, "alg");
    }
    refused(&headed(json!({"alg": null})), Code::JoseAlg, "alg");
    // As an attacker sends it: nothing behind the last dot.
    let header = encode(br#"{"alg":"none"}"#);
    refused(&verify(&format!("{header}.{}.", encode(vcdm2().to_string().as_bytes()))), Code::JoseAlg, "alg");
}

#[test]
fn k01_a_signature_that_was_stripped_is_missing() {
    let token = issuer().token(json!({}), &vcdm2());
    let (signed, _) = token.rsplit_once('.').unwrap();
    let report = verify(&format!("{signed}."));
    assert!(matches!(report.verdict(), Verdict::NotVerified));
    assert_eq!(codes(&report, CheckId::ProofSignature), [Code::SignatureEncoding]);
    assert_eq!(codes(&report, CheckId::ProofSuite), [Code::ProofSuiteKnown]);
    assert!(report.requests().is_empty());
    let report = verify(signed);
    assert_eq!(codes(&report, CheckId::ProofStructure), [Code::JoseFormat]);
}

#[test]
fn k02_a_secret_shared_with_the_verifier_is_no_signature() {
    for name in ["HS256", "HS384", "HS512", "hs256"] {
        refused(&headed(json!({"alg": name})), Code::JoseAlg, "alg");
    }
}

#[test]
fn k02_the_key_decides_about_the_algorithm() {
    for name in ["ES256", "ES384", "ES512", "ES256K", "RS256", "PS256"] {
        let report = headed(json!({"alg": name}));
        assert!(matches!(report.verdict(), Verdict::NotVerified), "{}", report.to_json());
        assert_eq!(codes(&report, CheckId::KeyResolved), [Code::KeyType], "{name}");
    }
}

#[test]
fn an_algorithm_that_is_not_known_is_not_found_wrong() {
    for name in ["Ed448", "ML-DSA-65", "eddsa", "ESB256", "A128KW"] {
        let report = headed(json!({"alg": name}));
        assert!(matches!(report.verdict(), Verdict::Indeterminate), "{}", report.to_json());
        assert_eq!(codes(&report, CheckId::ProofSuite), [Code::ProofSuiteUnsupported]);
    }
}

#[test]
fn wrong_json_types_are_not_absences() {
    for name in ["typ", "cty", "kid", "jku", "x5u", "x5t", "iss", "sub"] {
        for value in [json!(1), json!(["x"]), json!({}), json!(true)] {
            refused(&headed(json!({name: value})), Code::JoseHeader, name);
        }
    }
    refused(&headed(json!({"alg": ["EdDSA"]})), Code::JoseAlg, "alg");
    for value in [json!("MA=="), json!([]), json!([1]), json!(["MA"]), json!(["M A=="]), json!([""])] {
        refused(&headed(json!({"x5c": value})), Code::JoseHeader, "x5c");
    }
    for value in [json!("AA"), json!(1), json!("=")] {
        refused(&headed(json!({"x5t#S256": value})), Code::JoseHeader, "x5t#S256");
    }
}

#[test]
fn k05_addresses_of_keys_are_reported_and_never_followed() {
    for name in ["jku", "x5u"] {
        let report = headed(json!({name: "https://evil.example/keys"}));
        assert!(matches!(report.verdict(), Verdict::Verified(_)), "{}", report.to_json());
        assert_eq!(about(&report, Code::JoseHeaderIgnored, "header"), [name]);
        // Without another hint at the key it is one of the issuer's own, and nothing is fetched either.
        let report = headed(json!({"kid": null, name: "https://evil.example/keys"}));
        assert_eq!(codes(&report, CheckId::IssuerBound), [Code::IssuerIsBound]);
        assert!(report.requests().iter().all(|request| !request.identifier.contains("evil.example")));
    }
}

#[test]
fn k07_critical_parameters_are_understood_or_the_token_is_not() {
    for crit in [
        json!([]),
        json!("exp"),
        json!({}),
        json!([1]),
        json!(["absent"]),
        json!(["alg"]),
        json!(["kid"]),
        json!(["crit"]),
        json!(["x", "x"]),
        json!(["b64"]),
    ] {
        refused(&headed(json!({"crit": crit, "x": 1})), Code::JoseCrit, "crit");
    }
    // Well-formed, and about something that this library cannot do: not passed, and not called wrong.
    let report = headed(json!({"crit": ["x"], "x": 1}));
    assert!(matches!(report.verdict(), Verdict::Indeterminate), "{}", report.to_json());
    assert_eq!(codes(&report, CheckId::ProofStructure), [Code::JoseCritUnsupported]);
    assert_eq!(codes(&report, CheckId::ProofSignature), [Code::SignatureBlocked]);
    // The names are the issuer's, so a report does not repeat them.
    assert!(!headed(json!({"crit": ["secret"], "secret": 1})).to_json().contains("secret"));
}

#[test]
fn k08_a_token_is_encoded() {
    let token = |header: Value, encoded: bool| {
        let payload = vcdm2().to_string();
        let header = encode(header.to_string().as_bytes());
        let body = if encoded { encode(payload.as_bytes()) } else { payload };
        let signature = issuer().signature(&format!("{header}.{body}"));
        verify(&format!("{header}.{body}.{signature}"))
    };
    let kid = issuer().kid();
    let unencoded = json!({"alg": "EdDSA", "kid": kid, "b64": false, "crit": ["b64"]});
    refused(&token(unencoded.clone(), true), Code::JoseB64, "b64");
    assert_eq!(codes(&token(unencoded, false), CheckId::ProofStructure), [Code::JoseFormat]);
    refused(&token(json!({"alg": "EdDSA", "kid": kid, "b64": false}), true), Code::JoseB64, "b64");
    refused(&token(json!({"alg": "EdDSA", "kid": kid, "b64": "false"}), true), Code::JoseHeader, "b64");
    let harmless = token(json!({"alg": "EdDSA", "kid": kid, "b64": true, "crit": ["b64"]}), true);
    assert!(matches!(harmless.verdict(), Verdict::Verified(_)));
}

#[test]
fn k09_a_token_of_another_kind_is_no_credential() {
    for typ in [
        "kb+jwt",
        "at+jwt",
        "application/at+jwt",
        "statuslist+jwt",
        "entity-statement+jwt",
        "dpop+jwt",
        "logout+jwt",
        "openid4vci-proof+jwt",
        "dc+sd-jwt",
        "JOSE+JSON",
        "bad+typ",
        "",
        "application/",
    ] {
        refused(&headed(json!({"typ": typ})), Code::JoseTyp, "typ");
    }
    // The credential as a presentation, and the other way round.
    refused(&headed(json!({"typ": "vp+jwt"})), Code::JoseTyp, "typ");
    refused(&headed(json!({"typ": "vc+jwt", "cty": "vp"})), Code::JoseTyp, "cty");
    refused(&headed(json!({"typ": "vc+jwt", "cty": "JWT"})), Code::JoseTyp, "cty");
    let presentation = tokens::presentation2();
    refused(&verify(&issuer().token(json!({"typ": "vc+jwt"}), &presentation)), Code::JoseTyp, "typ");
    let report = verify(&issuer().token(json!({"typ": "vp+jwt", "cty": "vp"}), &presentation));
    assert_eq!(report.axes().authentic, Outcome::Passed, "{}", report.to_json());
}

#[test]
fn k09_the_names_that_records_travel_under_are_read_in_any_case() {
    for typ in ["vc+jwt", "VC+JWT", "application/vc+jwt", "Application/VC+jwt", "JWT", "jwt", "JOSE"] {
        let report = headed(json!({"typ": typ}));
        assert!(matches!(report.verdict(), Verdict::Verified(_)), "{typ}: {}", report.to_json());
    }
    for typ in ["vc+ld+jwt", "vc+ld+json+jwt"] {
        let report = headed(json!({"typ": typ}));
        assert!(matches!(report.verdict(), Verdict::Verified(_)), "{typ}: {}", report.to_json());
        assert_eq!(codes(&report, CheckId::ProofConventions), [Code::JoseTypPreStandard]);
    }
}

/// The flattened JSON serialization of a credential.
fn flattened(protected: &Value, unprotected: Option<Value>) -> Value {
    let protected = encode(protected.to_string().as_bytes());
    let payload = encode(vcdm2().to_string().as_bytes());
    let signature = issuer().signature(&format!("{protected}.{payload}"));
    let mut jws = json!({"payload": payload, "protected": protected, "signature": signature});
    if let Some(header) = unprotected {
        jws["header"] = header;
    }
    jws
}

fn plain() -> Value {
    json!({"alg": "EdDSA", "kid": issuer().kid()})
}

#[test]
fn k10_both_json_serializations_are_read() {
    let flat = flattened(&plain(), None);
    let mut general = json!({"payload": flat["payload"], "signatures": [flat.clone()]});
    general["signatures"][0].as_object_mut().unwrap().remove("payload");
    for jws in [&flat, &general] {
        let report = verify(&jws.to_string());
        assert!(matches!(report.verdict(), Verdict::Verified(_)), "{}", report.to_json());
    }
    // A hint at the key may stand where nothing protects it.
    let hinted = flattened(&json!({"alg": "EdDSA"}), Some(json!({"kid": issuer().kid()})));
    assert!(matches!(verify(&hinted.to_string()).verdict(), Verdict::Verified(_)));
}

#[test]
fn k10_what_decides_is_protected() {
    for (name, value) in
        [("alg", json!("EdDSA")), ("typ", json!("vc+jwt")), ("cty", json!("vc")), ("b64", json!(true))]
    {
        let report = verify(&flattened(&plain(), Some(json!({name: value}))).to_string());
        refused(&report, Code::JoseHeader, name);
    }
    let report = verify(&flattened(&plain(), Some(json!({"crit": ["x"], "x": 1}))).to_string());
    refused(&report, Code::JoseCrit, "crit");
    // Not in both headers.
    let report = verify(&flattened(&plain(), Some(json!({"kid": attacker().kid()}))).to_string());
    refused(&report, Code::JoseHeader, "kid");
    // An algorithm that nothing protects is none.
    let payload = encode(vcdm2().to_string().as_bytes());
    let jws = json!({
        "payload": payload, "header": plain(), "signature": issuer().signature(&format!(".{payload}"))
    });
    refused(&verify(&jws.to_string()), Code::JoseAlg, "alg");
    let jwk = flattened(&plain(), Some(json!({"jwk": attacker().jwk()})));
    let report = verify(&jwk.to_string());
    assert_eq!(about(&report, Code::JoseHeaderIgnored, "header"), ["jwk"]);
}

#[test]
fn k10_two_signatures_are_two_proofs() {
    let good = flattened(&plain(), None);
    let other = json!({"alg": "EdDSA", "kid": attacker().kid()});
    let protected = encode(other.to_string().as_bytes());
    let input = format!("{protected}.{}", good["payload"].as_str().unwrap());
    let entry = |by: String| json!({"protected": protected, "signature": by});
    let first = json!({"protected": good["protected"], "signature": good["signature"]});
    let both = |second: Value| json!({"payload": good["payload"], "signatures": [first, second]});
    // Somebody else's good signature is a co-signature, a wrong one makes the whole wrong.
    let report = verify(&both(entry(attacker().signature(&input))).to_string());
    assert!(matches!(report.verdict(), Verdict::Verified(_)), "{}", report.to_json());
    assert!(has(&report, Code::ProofCosignature));
    let report = verify(&both(entry(issuer().signature(&input))).to_string());
    assert!(matches!(report.verdict(), Verdict::NotVerified));
    assert_eq!(report.proofs().len(), 2);
    // One that this version cannot verify is named, and does not stand in the way of the issuer's.
    let unknown = json!({"alg": "ML-DSA-44", "kid": attacker().kid()});
    let unknown = json!({"protected": encode(unknown.to_string().as_bytes()), "signature": "AAAA"});
    let report = verify(&both(unknown).to_string());
    assert!(matches!(report.verdict(), Verdict::Verified(_)), "{}", report.to_json());
    assert!(has(&report, Code::ProofOtherIgnored));
    // One that anybody could have made does.
    for name in ["none", "HS256"] {
        let anybodys = encode(json!({"alg": name}).to_string().as_bytes());
        let report = verify(&both(json!({"protected": anybodys, "signature": "AAAA"})).to_string());
        assert!(matches!(report.verdict(), Verdict::NotVerified), "{}", report.to_json());
    }
}

#[test]
fn k10_json_that_is_no_serialization_is_refused() {
    let good = flattened(&plain(), None);
    let change = |name: &str, value: Value| tokens::with(&good, &format!("/{name}"), value);
    for jws in [
        change("payload", json!({})),
        change("payload", json!("a b")),
        change("signature", json!(1)),
        change("signature", json!("A=")),
        change("protected", json!("")),
        change("protected", json!({})),
        change("protected", json!("!")),
        change("header", json!({})),
        change("header", json!("x")),
        change("signatures", json!([])),
        json!({"payload": good["payload"], "signatures": []}),
        json!({"payload": good["payload"], "signatures": {}}),
        json!({"payload": good["payload"], "signatures": ["x"]}),
        json!({"payload": good["payload"], "signatures": [{"protected": good["protected"]}]}),
        json!({"payload": good["payload"], "signatures": [{"signature": good["signature"]}]}),
        json!({"payload": good["payload"], "signatures": [good], "header": {"x": 1}}),
    ] {
        let report = verify(&jws.to_string());
        assert_eq!(codes(&report, CheckId::ProofStructure), [Code::JoseFormat], "{jws}");
        assert!(matches!(report.verdict(), Verdict::NotVerified));
    }
}

#[test]
fn rfc_7797_a_payload_that_is_signed_as_it_is() {
    let jws = |protected: Value| {
        let protected = encode(protected.to_string().as_bytes());
        let payload = vcdm2().to_string();
        let signature = issuer().signature(&format!("{protected}.{payload}"));
        verify(&json!({"payload": payload, "protected": protected, "signature": signature}).to_string())
    };
    let kid = issuer().kid();
    let report = jws(json!({"alg": "EdDSA", "kid": kid, "b64": false, "crit": ["b64"]}));
    assert!(matches!(report.verdict(), Verdict::Verified(_)), "{}", report.to_json());
    refused(&jws(json!({"alg": "EdDSA", "kid": kid, "b64": false})), Code::JoseB64, "b64");
    // A token is encoded, whatever it is written in.
    for typ in ["JWT", "vc+jwt"] {
        let header = json!({"alg": "EdDSA", "kid": kid, "typ": typ, "b64": false, "crit": ["b64"]});
        refused(&jws(header), Code::JoseB64, "typ");
    }
    // One payload, two readings of it.
    let good = flattened(&plain(), None);
    let other = encode(json!({"alg": "EdDSA", "b64": false, "crit": ["b64"]}).to_string().as_bytes());
    let mixed = json!({"payload": good["payload"], "signatures": [
        {"protected": good["protected"], "signature": good["signature"]},
        {"protected": other, "signature": good["signature"]}
    ]});
    assert_eq!(codes(&verify(&mixed.to_string()), CheckId::ProofStructure), [Code::JoseB64]);
}

#[test]
fn k11_one_signature_has_one_text() {
    let token = issuer().token(json!({}), &vcdm2());
    let parts: Vec<&str> = token.split('.').collect();
    let [header, payload, signature] = parts[..] else { panic!() };
    let mut last = signature.to_owned();
    // The last character carries four bits that are not part of the signature.
    let tail = last.pop().unwrap();
    let sibling = if tail == 'A' { 'B' } else { char::from(tail as u8 + 1) };
    for text in [
        format!("{header}.{payload}"),
        format!("{header}..{payload}.{signature}"),
        format!("{header}.{payload}.{signature}."),
        format!("{header}.{payload}.{signature}="),
        format!("{header}=.{payload}.{signature}"),
        format!("{header}.{payload} .{signature}"),
        format!("{header}.\n{payload}.{signature}"),
        format!("{header}.{payload}.{}", signature.replace('-', "+").replace('_', "/") + "+"),
        format!("{header}.{payload}.{last}{sibling}"),
        format!("{header}.{payload}.{last}"),
        format!("{header}.{payload}.{signature}\u{e9}"),
        format!("{header}.{payload}.{signature}%3D"),
    ] {
        let report = verify(&text);
        assert!(matches!(report.verdict(), Verdict::NotVerified), "{text}: {}", report.to_json());
        assert_eq!(codes(&report, CheckId::ProofStructure), [Code::JoseFormat], "{text}");
    }
    // What surrounds the token in a file is not part of it.
    assert!(matches!(verify(&format!("\n{token}\r\n")).verdict(), Verdict::Verified(_)));
}

#[test]
fn a_header_may_have_white_space_in_it() {
    for space in [" ", "\n  ", "\r\n ", "\t"] {
        let header = format!("{{{space}\"alg\":\"EdDSA\",{space}\"kid\":\"{}\"{space}}}", issuer().kid());
        let report = verify(&issuer().sign(&header, &vcdm2().to_string()));
        assert!(matches!(report.verdict(), Verdict::Verified(_)), "{space:?} {}", report.to_json());
    }
}

#[test]
fn k12_nothing_is_said_twice() {
    let kid = issuer().kid();
    let twice = format!(r#"{{"alg":"none","alg":"EdDSA","kid":"{kid}"}}"#);
    let report = verify(&issuer().sign(&twice, &vcdm2().to_string()));
    assert_eq!(codes(&report, CheckId::DocumentJson), [Code::JsonDuplicateKey]);
    assert!(matches!(report.verdict(), Verdict::NotVerified));
    let payload = vcdm2().to_string().replacen('{', r#"{"issuer":"did:example:other","#, 1);
    let report = verify(&issuer().sign(&plain().to_string(), &payload));
    assert_eq!(codes(&report, CheckId::DocumentJson), [Code::JsonDuplicateKey]);
    let jws = flattened(&plain(), None).to_string().replacen('{', r#"{"signature":"AA","#, 1);
    assert_eq!(codes(&verify(&jws), CheckId::DocumentJson), [Code::JsonDuplicateKey]);
}

#[test]
fn a_header_is_an_object() {
    for header in ["[]", "null", "\"EdDSA\"", "1"] {
        let report = verify(&format!(
            "eyJ.{}",
            issuer().sign(header, &vcdm2().to_string()).split_once('.').unwrap().1
        ));
        assert!(!matches!(report.verdict(), Verdict::Verified(_)));
    }
    // In JSON it is seen whatever its first byte is.
    let payload = encode(vcdm2().to_string().as_bytes());
    for header in ["[]", "null", "1"] {
        let jws = json!({"payload": payload, "protected": encode(header.as_bytes()), "signature": "AA"});
        assert_eq!(codes(&verify(&jws.to_string()), CheckId::ProofStructure), [Code::JoseFormat]);
    }
}

#[test]
fn k21_what_is_encrypted_or_compressed_is_not_read() {
    let report = verify("eyJhbGciOiJkaXIiLCJlbmMiOiJBMTI4R0NNIn0..AAAA.AAAA.AAAA");
    assert!(matches!(report.verdict(), Verdict::Indeterminate));
    assert_eq!(codes(&report, CheckId::DocumentFormat), [Code::JoseEncrypted]);
    let header = json!({"alg": "EdDSA", "kid": issuer().kid(), "zip": "DEF"});
    for payload in [vcdm2().to_string(), "\u{1}\u{2}".to_owned()] {
        let report = verify(&issuer().sign(&header.to_string(), &payload));
        assert!(matches!(report.verdict(), Verdict::Indeterminate), "{}", report.to_json());
        assert!(has(&report, Code::JoseCritUnsupported));
    }
}

#[test]
fn a_header_has_a_limit() {
    let token = |size: usize| {
        let empty = json!({"alg": "EdDSA", "kid": issuer().kid(), "note": ""}).to_string();
        let note = "x".repeat(size - empty.len());
        verify(&issuer().token(json!({"note": note}), &vcdm2()))
    };
    assert!(matches!(token(8 * 1024).verdict(), Verdict::Verified(_)));
    let report = token(8 * 1024 + 1);
    assert_eq!(codes(&report, CheckId::Limits), [Code::LimitHeader]);
    assert!(matches!(report.verdict(), Verdict::Indeterminate));
    // Certificates and time-stamps make those of JAdES longer.
    let jws = |size: usize| {
        let empty = json!({"alg": "EdDSA", "kid": issuer().kid(), "note": ""}).to_string();
        let note = "x".repeat(size - empty.len());
        verify(&flattened(&json!({"alg": "EdDSA", "kid": issuer().kid(), "note": note}), None).to_string())
    };
    assert!(matches!(jws(64 * 1024).verdict(), Verdict::Verified(_)));
    assert_eq!(codes(&jws(64 * 1024 + 1), CheckId::Limits), [Code::LimitHeader]);
}

#[test]
fn signatures_have_a_limit() {
    let good = flattened(&plain(), None);
    let entry = json!({"protected": good["protected"], "signature": good["signature"]});
    let jws =
        |count| json!({"payload": good["payload"], "signatures": vec![entry.clone(); count]}).to_string();
    assert!(matches!(verify(&jws(32)).verdict(), Verdict::Verified(_)));
    assert_eq!(codes(&verify(&jws(33)), CheckId::Limits), [Code::LimitProofs]);
}

#[test]
fn no_change_of_a_token_is_verified() {
    let tokens = [
        issuer().token(json!({"typ": "JWT"}), &vc_jwt(&vcdm1())),
        issuer().token(json!({"typ": "vc+jwt"}), &vcdm2()),
    ];
    for token in tokens {
        let bytes = token.as_bytes();
        // Every place of the header and the signature, every fifth of the payload.
        let first = token.find('.').unwrap();
        let second = token.rfind('.').unwrap();
        for at in (0..bytes.len()).filter(|at| *at <= first || *at >= second || at % 5 == 0) {
            for other in [b'A', b'_', b'.', bytes[at] ^ 1] {
                if other == bytes[at] {
                    continue;
                }
                let mut changed = bytes.to_vec();
                changed[at] = other;
                let Ok(changed) = String::from_utf8(changed) else { continue };
                let report = verify(&changed);
                assert!(!matches!(report.verdict(), Verdict::Verified(_)), "byte {at}: {changed}");
                assert_ne!(report.axes().authentic, Outcome::Passed);
            }
        }
    }
}

#[test]
fn parts_of_two_good_tokens_make_no_third() {
    let one = issuer().token(json!({"typ": "vc+jwt"}), &vcdm2());
    let two = issuer().token(json!({}), &tokens::with(&vcdm2(), "/credentialSubject/name", json!("Eve")));
    let split = |token: &str| token.split('.').map(str::to_owned).collect::<Vec<_>>();
    let (one, two) = (split(&one), split(&two));
    for pick in 1..7 {
        let part = |index: usize| if pick >> index & 1 == 0 { &one[index] } else { &two[index] };
        let report = verify(&format!("{}.{}.{}", part(0), part(1), part(2)));
        assert!(matches!(report.verdict(), Verdict::NotVerified), "{pick}");
    }
}
