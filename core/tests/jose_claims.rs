//! What a token says against what the record in it says: threats K13-K18 (RFC 7519, VCDM 1.1 §6.3.1, VC-JOSE-COSE §3.1.3,
//! Open Badges 3.0 §8.2).
#![cfg(feature = "jose")]

#[path = "support/tokens.rs"]
mod tokens;

use ler_verify::{CheckId, Code, Issuers, Policy, Report, Resources, Timestamp, Verdict};
use serde_json::{Value, json};
use tokens::{
    FROM, ID, SUBJECT, UNTIL, about, attacker, badge, codes, has, issuer, occasion, presentation1,
    presentation2, vc_jwt, vcdm1, vcdm2, verify, verify_with, with,
};

/// A JWT of these claims by the issuer.
fn jwt(claims: &Value) -> Report {
    verify(&issuer().token(json!({"typ": "JWT"}), claims))
}

fn refused(report: &Report, code: Code, claim: &str) {
    assert!(matches!(report.verdict(), Verdict::NotVerified), "{}", report.to_json());
    assert_eq!(about(report, code, "claim"), [claim], "{}", report.to_json());
}

fn verified(report: &Report) -> Value {
    let Verdict::Verified(secured) = report.verdict() else { panic!("{}", report.to_json()) };
    serde_json::from_str(secured.document()).unwrap()
}

#[test]
fn vcdm_1_1_claims_that_say_it_again_agree() {
    let claims = vc_jwt(&vcdm1());
    assert_eq!(verified(&jwt(&claims)), vcdm1());
    // An issuer that is an object has its identifier in `id`.
    let named = with(&vcdm1(), "/issuer", json!({"id": issuer().did(), "name": "College"}));
    assert_eq!(verified(&jwt(&vc_jwt(&named))), named);
    // Dates are compared in seconds: a date with a fraction, a number with a fraction, another offset.
    for date in ["2024-01-01T00:00:00.999Z", "2023-12-31T19:00:00-05:00", "2023-12-31T23:59:59.500Z"] {
        verified(&jwt(&vc_jwt(&with(&vcdm1(), "/issuanceDate", json!(date)))));
    }
    verified(&jwt(&with(&claims, "/nbf", json!(FROM as f64 + 0.5))));
    let until = with(&vcdm1(), "/expirationDate", json!("2034-01-01T00:00:00Z"));
    verified(&jwt(&with(&vc_jwt(&until), "/exp", json!(UNTIL))));
}

#[test]
fn vcdm_1_1_what_only_the_claims_say_is_put_where_the_model_has_it() {
    let bare = json!({
        "@context": [tokens::V1], "type": ["VerifiableCredential"], "credentialSubject": {"name": "Ada \"A\" \u{e9}"}
    });
    let claims = with(&vc_jwt(&bare), "/exp", json!(UNTIL));
    let report = jwt(&claims);
    let document = verified(&report);
    assert_eq!(document["issuer"], issuer().did());
    assert_eq!(document["id"], ID);
    assert_eq!(document["issuanceDate"], "2024-01-01T00:00:00Z");
    assert_eq!(document["expirationDate"], "2034-01-01T00:00:00Z");
    assert_eq!(document["credentialSubject"], json!({"id": SUBJECT, "name": "Ada \"A\" \u{e9}"}));
    assert_eq!(document.as_object().unwrap().len(), 7);
    // Within an issuer or subject that is an object, in an array of one, or not there at all.
    let named = with(&vcdm1(), "/issuer", json!({"name": "College"}));
    assert_eq!(verified(&jwt(&vc_jwt(&named)))["issuer"], json!({"id": issuer().did(), "name": "College"}));
    let one = with(&vcdm1(), "/credentialSubject", json!([{"name": "Ada"}]));
    assert_eq!(verified(&jwt(&vc_jwt(&one)))["credentialSubject"]["id"], SUBJECT);
    let none = with(&vcdm1(), "/credentialSubject", Value::Null);
    assert_eq!(verified(&jwt(&vc_jwt(&none)))["credentialSubject"], json!({"id": SUBJECT}));
    // What is filled in counts: the credential has expired.
    let report = jwt(&with(&vc_jwt(&bare), "/exp", json!(FROM + 1)));
    assert_eq!(codes(&report, CheckId::ValidityUntil), [Code::ValidityExpired]);
}

#[test]
fn vcdm_1_1_what_neither_says_is_missing() {
    let bare = with(&vcdm1(), "/issuer", Value::Null);
    let report = jwt(&with(&vc_jwt(&bare), "/iss", Value::Null));
    assert!(matches!(report.verdict(), Verdict::NotVerified));
    assert_eq!(codes(&report, CheckId::DocumentConformance), [Code::DocumentMemberMissing]);
    // A bearer credential says of no-one what it says.
    let bearer = with(&vcdm1(), "/credentialSubject", json!({"name": "Ada"}));
    verified(&jwt(&with(&vc_jwt(&bearer), "/sub", Value::Null)));
}

#[test]
fn k13_k14_vcdm_1_1_each_claim_that_contradicts_its_member() {
    let until = with(&vcdm1(), "/expirationDate", json!("2034-01-01T00:00:00Z"));
    let claims = with(&vc_jwt(&until), "/exp", json!(UNTIL));
    for (claim, value, pointer) in [
        ("iss", json!("did:example:other"), "/issuer"),
        ("jti", json!("urn:uuid:other"), "/id"),
        ("sub", json!("did:example:eve"), "/credentialSubject/id"),
        ("nbf", json!(FROM + 1), "/issuanceDate"),
        ("nbf", json!(FROM - 1), "/issuanceDate"),
        ("exp", json!(UNTIL + 1), "/expirationDate"),
        ("exp", json!(UNTIL - 1), "/expirationDate"),
    ] {
        let report = jwt(&with(&claims, &format!("/{claim}"), value));
        refused(&report, Code::JoseClaimsDiffer, claim);
        let check = report.checks().iter().find(|check| check.code == Code::JoseClaimsDiffer).unwrap();
        assert_eq!(check.pointer.as_deref(), Some(pointer));
    }
    let named = with(&vcdm1(), "/issuer", json!({"id": attacker().did()}));
    refused(&jwt(&vc_jwt(&named)), Code::JoseClaimsDiffer, "iss");
    let one = with(&vcdm1(), "/credentialSubject", json!([{"id": "did:example:eve"}]));
    refused(&jwt(&vc_jwt(&one)), Code::JoseClaimsDiffer, "sub");
    // One token is about one subject.
    let two = with(&vcdm1(), "/credentialSubject", json!([{"id": SUBJECT}, {"id": "did:example:eve"}]));
    refused(&jwt(&vc_jwt(&two)), Code::JoseClaimsDiffer, "sub");
}

#[test]
fn an_issuer_in_the_header_is_the_issuer() {
    for (claim, other) in [("iss", attacker().did()), ("sub", "did:example:eve".to_owned())] {
        for payload in [vc_jwt(&vcdm1()), vcdm2(), badge()] {
            let report = verify(&issuer().token(json!({claim: other}), &payload));
            assert!(matches!(report.verdict(), Verdict::NotVerified));
            assert!(about(&report, Code::JoseClaimsDiffer, "claim").iter().all(|name| name == claim));
            assert!(has(&report, Code::JoseClaimsDiffer), "{}", report.to_json());
        }
    }
    let same = json!({"iss": issuer().did(), "sub": SUBJECT});
    verified(&verify(&issuer().token(same.clone(), &vcdm2())));
    verified(&verify(&issuer().token(same, &vc_jwt(&vcdm1()))));
}

#[test]
fn vcdm_1_1_a_presentation_in_a_token() {
    let presentation = presentation1();
    let claims = json!({
        "iss": issuer().did(), "jti": ID, "aud": "https://verifier.example", "nonce": "n-1", "nbf": FROM,
        "exp": UNTIL, "vp": presentation
    });
    let expected = occasion().domain("https://verifier.example").challenge("n-1").holder(issuer().did());
    let at = |claims: &Value| {
        let token = issuer().token(json!({"typ": "JWT"}), claims);
        verify_with(&token, Policy::accepting(Issuers::Anyone), &Resources::new(), &expected)
    };
    let document = verified(&at(&claims));
    assert_eq!((&document["holder"], &document["id"]), (&json!(issuer().did()), &json!(ID)));
    assert!(document.get("issuer").is_none());
    for (claim, value, code) in [
        ("aud", json!("https://other.example"), Code::ProofDomainWrong),
        ("aud", Value::Null, Code::ProofDomainWrong),
        ("aud", json!([]), Code::ProofDomainWrong),
        ("nonce", json!("n-2"), Code::ProofChallengeWrong),
        ("nonce", Value::Null, Code::ProofChallengeWrong),
        ("exp", json!(FROM), Code::ValidityExpired),
        ("nbf", json!(UNTIL - 1), Code::ValidityNotYet),
    ] {
        let report = at(&with(&claims, &format!("/{claim}"), value));
        assert!(matches!(report.verdict(), Verdict::NotVerified));
        assert!(has(&report, code), "{claim}: {}", report.to_json());
    }
    let held = with(&presentation, "/holder", json!(attacker().did()));
    refused(&at(&with(&claims, "/vp", held)), Code::JoseClaimsDiffer, "iss");
}

#[test]
fn vc_jose_cose_the_payload_is_the_record() {
    let report = verify(&issuer().token(json!({"typ": "vc+jwt"}), &vcdm2()));
    assert_eq!(verified(&report), vcdm2());
    // With claims that agree; they are signed with it, and stay.
    let mut claims = vcdm2();
    for (name, value) in [("iss", json!(issuer().did())), ("jti", json!(ID)), ("sub", json!(SUBJECT))] {
        claims[name] = value;
    }
    assert_eq!(verified(&verify(&issuer().token(json!({"typ": "vc+jwt"}), &claims))), claims);
    for (claim, value) in
        [("iss", attacker().did()), ("jti", "urn:x:1".into()), ("sub", "did:example:eve".into())]
    {
        let report = verify(
            &issuer().token(json!({"typ": "vc+jwt"}), &with(&vcdm2(), &format!("/{claim}"), json!(value))),
        );
        refused(&report, Code::JoseClaimsDiffer, claim);
    }
    // Members that nobody knows are ignored (VC-JOSE-COSE §3.1.3).
    verified(&verify(&issuer().token(json!({"typ": "vc+jwt"}), &with(&vcdm2(), "/azp", json!(1)))));
}

#[test]
fn vc_jose_cose_the_holder_is_who_signed() {
    let presentation = presentation2();
    let token = |claims: &Value| verify(&issuer().token(json!({"typ": "vp+jwt"}), claims));
    verified(&token(&with(&presentation, "/iss", json!(issuer().did()))));
    refused(&token(&with(&presentation, "/iss", json!(attacker().did()))), Code::JoseClaimsDiffer, "iss");
}

#[test]
fn k14_both_bounds_apply_and_the_narrower_wins() {
    let token = |claims: &Value| verify(&issuer().token(json!({"typ": "vc+jwt"}), claims));
    let lasting = with(&vcdm2(), "/validUntil", json!("2034-01-01T00:00:00Z"));
    verified(&token(&with(&lasting, "/exp", json!(UNTIL + 1))));
    let report = token(&with(&lasting, "/exp", json!(FROM + 1)));
    assert_eq!(codes(&report, CheckId::ValidityUntil), [Code::ValidityExpired]);
    let expired = with(&vcdm2(), "/validUntil", json!("2025-01-01T00:00:00Z"));
    let report = token(&with(&expired, "/exp", json!(UNTIL)));
    assert_eq!(codes(&report, CheckId::ValidityUntil), [Code::ValidityExpired]);
    // A badge likewise, whose `exp` may be narrower.
    let report =
        jwt(&with(&with(&badge(), "/validUntil", json!("2034-01-01T00:00:00Z")), "/exp", json!(FROM + 1)));
    assert_eq!(codes(&report, CheckId::ValidityUntil), [Code::ValidityExpired]);
    assert!(has(&report, Code::JoseClaimsAgree));
}

#[test]
fn k17_a_token_from_the_future_is_not_valid_yet() {
    for claims in [
        with(&vcdm2(), "/nbf", json!(UNTIL)),
        with(&vc_jwt(&with(&vcdm1(), "/issuanceDate", Value::Null)), "/nbf", json!(UNTIL)),
    ] {
        let report = jwt(&claims);
        assert!(matches!(report.verdict(), Verdict::NotVerified));
        assert_eq!(codes(&report, CheckId::ValidityFrom), [Code::ValidityNotYet]);
    }
    let report = jwt(&with(&vcdm2(), "/iat", json!(UNTIL)));
    assert_eq!(codes(&report, CheckId::ProofCreated), [Code::ProofCreatedFuture]);
    assert!(matches!(report.verdict(), Verdict::NotVerified));
}

#[test]
fn k14_a_badge_in_a_token_has_the_four_claims() {
    assert_eq!(verified(&jwt(&badge())), badge());
    for claim in ["iss", "jti", "nbf", "sub"] {
        let without = jwt(&with(&badge(), &format!("/{claim}"), Value::Null));
        if claim == "sub" {
            // The standard's own samples leave it out: whom the badge is about is signed in the badge.
            verified(&without);
            assert_eq!(about(&without, Code::JoseClaimsUnusual, "claim"), [claim]);
        } else {
            refused(&without, Code::JoseClaimsMissing, claim);
        }
        // By its type the token follows VC-JOSE-COSE, which asks for none.
        let token =
            issuer().token(json!({"typ": "vc+jwt"}), &with(&badge(), &format!("/{claim}"), Value::Null));
        let report = verify(&token);
        verified(&report);
        assert_eq!(about(&report, Code::JoseClaimsUnusual, "claim"), [claim]);
    }
    for (claim, value) in [
        ("iss", json!("https://other.example")),
        ("jti", json!("urn:uuid:other")),
        ("sub", json!("did:example:eve")),
        ("nbf", json!(FROM + 1)),
    ] {
        for typ in ["JWT", "vc+jwt"] {
            let token =
                issuer().token(json!({"typ": typ}), &with(&badge(), &format!("/{claim}"), value.clone()));
            refused(&verify(&token), Code::JoseClaimsDiffer, claim);
        }
    }
    // The same in the record's other guise, and for endorsements and records of badges.
    let old = with(&vcdm1(), "/type", json!(["VerifiableCredential", "OpenBadgeCredential"]));
    refused(&jwt(&with(&vc_jwt(&old), "/jti", Value::Null)), Code::JoseClaimsMissing, "jti");
    for kind in ["EndorsementCredential", "ClrCredential"] {
        let other = with(&vcdm2(), "/type", json!(["VerifiableCredential", kind]));
        assert!(has(&jwt(&other), Code::JoseClaimsMissing));
    }
}

#[test]
fn a_badge_about_an_address_has_no_subject_to_name() {
    let subject = json!({
        "type": ["AchievementSubject"],
        "identifier": [{"type": "IdentityObject", "identityType": "emailAddress", "hashed": false,
                        "identityHash": "ada@example.org"}],
        "achievement": badge()["credentialSubject"]["achievement"]
    });
    let badge = with(&with(&badge(), "/credentialSubject", subject), "/sub", Value::Null);
    let report = jwt(&badge);
    verified(&report);
    assert_eq!(about(&report, Code::JoseClaimsUnusual, "claim"), ["sub"]);
}

#[test]
fn a_claim_of_a_badge_has_a_member_to_agree_with() {
    for (claim, pointer) in [("jti", "/id"), ("nbf", "/validFrom"), ("sub", "/credentialSubject/id")] {
        let report = jwt(&with(&badge(), pointer, Value::Null));
        assert_eq!(about(&report, Code::JoseClaimsUnusual, "claim"), [claim], "{}", report.to_json());
        // The claim is not taken for the member, which the record does not have.
        assert!(has(&report, Code::JoseClaimsAgree));
    }
}

#[test]
fn k15_there_is_one_record_in_a_token() {
    let both = with(&vcdm2(), "/vc", vcdm1());
    refused(&jwt(&both), Code::JoseClaimsForbidden, "vc");
    refused(&jwt(&with(&vcdm2(), "/vc", json!("oops"))), Code::JoseClaimsForbidden, "vc");
    refused(&jwt(&with(&vcdm2(), "/vp", json!({}))), Code::JoseClaimsForbidden, "vp");
    let presentation = json!({"@context": [tokens::V1], "type": "VerifiablePresentation"});
    refused(&jwt(&with(&vc_jwt(&vcdm1()), "/vp", presentation.clone())), Code::JoseClaimsForbidden, "vp");
    // A claim holds what its name says.
    for (claim, value) in [
        ("vc", json!("x")),
        ("vc", json!(null)),
        ("vc", json!([vcdm1()])),
        ("vc", presentation),
        ("vp", vcdm1()),
        ("vp", json!(7)),
    ] {
        let token = issuer().token(json!({}), &json!({"iss": issuer().did(), claim: value}));
        refused(&verify(&token), Code::JoseClaimsMalformed, claim);
    }
}

#[test]
fn k15_a_record_of_vcdm_2_0_in_a_claim_is_from_before_its_standard() {
    let report = jwt(&vc_jwt(&vcdm2()));
    assert_eq!(verified(&report), vcdm2());
    assert_eq!(codes(&report, CheckId::ProofClaims), [Code::JoseClaimsPreStandard]);
    // The claims are mapped to the members of its own model.
    let bare = with(&vcdm2(), "/validFrom", Value::Null);
    let document = verified(&jwt(&with(&vc_jwt(&bare), "/exp", json!(UNTIL))));
    assert_eq!(document["validFrom"], "2024-01-01T00:00:00Z");
    assert_eq!(document["validUntil"], "2034-01-01T00:00:00Z");
    refused(&jwt(&with(&vc_jwt(&vcdm2()), "/nbf", json!(FROM + 1))), Code::JoseClaimsDiffer, "nbf");
}

#[test]
fn k16_instants_are_numbers_of_seconds() {
    let wrong = [
        json!("1704067200"),
        json!("2024-01-01T00:00:00Z"),
        json!(FROM * 1000),
        json!(-1),
        json!(-0.5),
        json!(1e20),
        json!(253_402_300_800_i64),
        json!(true),
        json!([FROM]),
        json!({}),
    ];
    for claim in ["nbf", "exp"] {
        for value in &wrong {
            for payload in [vcdm2(), vc_jwt(&vcdm1()), badge()] {
                let report = jwt(&with(&payload, &format!("/{claim}"), value.clone()));
                refused(&report, Code::JoseClaimsMalformed, claim);
            }
        }
        let text = vcdm2().to_string().replacen('{', &format!("{{\"{claim}\":null,"), 1);
        let header = json!({"alg": "EdDSA", "kid": issuer().kid()}).to_string();
        refused(&verify(&issuer().sign(&header, &text)), Code::JoseClaimsMalformed, claim);
    }
    for value in [json!(253_402_300_799_i64), json!(253_402_300_799.5), json!(2.0196864e9)] {
        let report = jwt(&with(&vcdm2(), "/exp", value));
        assert_eq!(codes(&report, CheckId::ProofClaims), [Code::JoseClaimsAgree]);
        assert!(matches!(report.verdict(), Verdict::Verified(_)), "{}", report.to_json());
    }
    let report = jwt(&with(&vcdm2(), "/nbf", json!(0)));
    assert!(matches!(report.verdict(), Verdict::Verified(_)));
}

#[test]
fn other_claims_have_their_types_too() {
    for (claim, value) in [
        ("iss", json!(1)),
        ("iss", json!({"id": issuer().did()})),
        ("sub", json!([SUBJECT])),
        ("jti", json!(7)),
        ("aud", json!(1)),
        ("aud", json!(["a", 1])),
        ("aud", json!({})),
        ("nonce", json!(5)),
    ] {
        for payload in [vcdm2(), vc_jwt(&vcdm1()), badge()] {
            refused(
                &jwt(&with(&payload, &format!("/{claim}"), value.clone())),
                Code::JoseClaimsMalformed,
                claim,
            );
        }
    }
}

#[test]
fn when_it_says_it_was_made_decides_nothing_but_is_read_strictly() {
    let report = jwt(&with(&vcdm2(), "/iat", json!(FROM)));
    assert_eq!(report.proofs()[0].created.as_deref(), Some("2024-01-01T00:00:00Z"));
    assert_eq!(codes(&report, CheckId::ProofCreated), [Code::ProofCreatedOk]);
    for value in [json!("2024-01-01T00:00:00Z"), json!(FROM * 1000), json!(-1)] {
        let report = jwt(&with(&vcdm2(), "/iat", value));
        verified(&report);
        assert_eq!(about(&report, Code::JoseClaimsUnread, "claim"), ["iat"]);
        assert_eq!(report.proofs()[0].created, None);
    }
    // At the time of signing, where the policy says so and the token says when that was.
    let short = with(&with(&vcdm2(), "/validUntil", json!("2024-06-01T00:00:00Z")), "/iat", json!(FROM));
    let policy = Policy::accepting(Issuers::Anyone).at_signing_time();
    let at = |claims: &Value| {
        let token = issuer().token(json!({}), claims);
        verify_with(&token, policy.clone(), &Resources::new(), &occasion())
    };
    verified(&at(&short));
    let unread = at(&with(&short, "/iat", json!("2024-01-01T00:00:00Z")));
    assert_eq!(codes(&unread, CheckId::ValidityUntil), [Code::ValidityExpired]);
}

#[test]
fn k18_a_proof_inside_a_token_is_verified_too() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../test-vectors/credentials");
    let text = std::fs::read_to_string(folder.join("ob3-small.json")).unwrap();
    let proven: Value = serde_json::from_str(&text).unwrap();
    // Its issuer is another than that of these tests, so the token is somebody else's, which changes nothing for
    // the proof inside.
    let iss = proven["issuer"].as_str().or_else(|| proven["issuer"]["id"].as_str()).unwrap();
    let nbf = Timestamp::parse(proven["validFrom"].as_str().unwrap()).unwrap().unix();
    let mut claims = proven.clone();
    for (name, value) in [
        ("iss", json!(iss)),
        ("jti", proven["id"].clone()),
        ("sub", proven["credentialSubject"]["id"].clone()),
        ("nbf", json!(nbf)),
    ] {
        if !value.is_null() {
            claims[name] = value;
        }
    }
    let report = jwt(&claims);
    assert_eq!(
        codes(&report, CheckId::ProofSignature),
        [Code::SignatureGood, Code::SignatureGood],
        "{}",
        report.to_json()
    );
    assert_eq!(report.proofs().len(), 2);
    let mut changed = claims.clone();
    changed["name"] = json!("Doctor of Everything");
    let report = jwt(&changed);
    assert_eq!(codes(&report, CheckId::ProofSignature), [Code::SignatureGood, Code::SignatureInvalid]);
    assert!(matches!(report.verdict(), Verdict::NotVerified));
}

#[test]
fn what_is_no_record_is_no_record_and_says_nothing() {
    for claims in [
        json!({"iss": issuer().did(), "sub": "secret-subject", "scope": "secret-scope"}),
        json!({"iss": issuer().did(), "vc": {"member": "secret"}}),
        json!({}),
    ] {
        let report = jwt(&claims);
        assert!(matches!(report.verdict(), Verdict::Indeterminate), "{}", report.to_json());
        assert_eq!(codes(&report, CheckId::DocumentFormat), [Code::FormatNotRecognised]);
        assert!(!report.to_json().contains("secret"));
    }
    for payload in ["[]", "\"text\"", "1"] {
        let header = json!({"alg": "EdDSA", "kid": issuer().kid()}).to_string();
        let report = verify(&issuer().sign(&header, payload));
        assert_eq!(codes(&report, CheckId::DocumentJson), [Code::JsonShape]);
        assert!(matches!(report.verdict(), Verdict::NotVerified));
    }
}

#[test]
fn a_report_repeats_no_claim() {
    let report = jwt(&with(&vc_jwt(&vcdm1()), "/sub", json!("did:example:secret")));
    assert!(!report.to_json().contains("secret") && !report.to_json().contains("Ada"));
}
