//! Key binding (RFC 9901 §7.3): threats S09, S10, S11, S15.

use ler_verify::encoding::base64url;
use ler_verify::{CheckId, Code, Outcome, Verdict};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha512};

use super::tokens::{
    AUDIENCE, NONCE, NOW, Party, binding_claims, binding_header, credential, digest, disclosure, holder,
    licence, party, presented, token,
};
use super::{codes, is_verified, occasion, presentation, troubles, verify};

fn bare() -> String {
    token("dc+sd-jwt", &licence(), &[])
}

/// The code of a key binding with this header and these claims, by this party.
fn code_of(by: &Party, header: &Value, claims: &Value) -> Code {
    let report = verify(&(bare() + &by.sign(header, claims)), &presentation());
    assert!(!is_verified(&report), "{header} {claims}");
    codes(&report, CheckId::KeyBinding)[0]
}

fn with(mut object: Value, name: &str, value: Value) -> Value {
    object[name] = value;
    object
}

fn without(mut object: Value, name: &str) -> Value {
    object.as_object_mut().unwrap().remove(name);
    object
}

#[test]
fn a_good_one_says_who_presents_it_to_whom_and_when() {
    let report = verify(&presented(&bare()), &presentation());
    assert!(is_verified(&report), "{:?}", troubles(&report));
    assert_eq!(codes(&report, CheckId::KeyBinding), [Code::KeyBindingGood]);
}

#[test]
fn s09_the_caller_says_whether_there_has_to_be_one() {
    for occasion in
        [occasion().challenge(NONCE), occasion().domain(AUDIENCE), occasion().holder(holder().did)]
    {
        let report = verify(&bare(), &occasion);
        assert!(matches!(report.verdict(), Verdict::NotVerified));
        assert_eq!(codes(&report, CheckId::KeyBinding), [Code::KeyBindingMissing]);
        assert_eq!(report.axes().addressed, Outcome::Failed);
        assert_eq!(report.axes().authentic, Outcome::Passed);
    }
    assert!(is_verified(&verify(&bare(), &occasion())));
}

#[test]
fn s10_only_the_key_that_the_issuer_named_counts() {
    let claims = binding_claims(&bare());
    assert_eq!(code_of(&party(3), &binding_header(), &claims), Code::KeyBindingSignature);
    // Not the issuer's, and none that the key binding brings.
    assert_eq!(code_of(&party(1), &binding_header(), &claims), Code::KeyBindingSignature);
    let own = with(binding_header(), "jwk", party(3).jwk);
    assert_eq!(code_of(&party(3), &own, &claims), Code::KeyBindingMalformed);
}

#[test]
fn s10_where_the_issuer_named_none_nobody_is_the_holder() {
    let code = |cnf: Option<Value>| {
        let payload = match cnf {
            Some(cnf) => with(licence(), "cnf", cnf),
            None => without(licence(), "cnf"),
        };
        let report = verify(&presented(&token("dc+sd-jwt", &payload, &[])), &presentation());
        assert!(!is_verified(&report));
        codes(&report, CheckId::KeyBinding)[0]
    };
    assert_eq!(code(None), Code::KeyBindingNoKey);
    assert_eq!(code(Some(json!({}))), Code::KeyBindingNoKey);
    assert_eq!(code(Some(json!({ "jwk": "x" }))), Code::KeyBindingNoKey);
    assert_eq!(code(Some(json!({ "kid": 1 }))), Code::KeyBindingNoKey);
    assert_eq!(code(Some(json!({ "jwk": with(holder().jwk, "d", json!("AAAA")) }))), Code::KeyBindingNoKey);
    assert_eq!(code(Some(json!({ "jku": "https://evil.example/keys" }))), Code::KeyBindingKeyUnknown);
    assert_eq!(code(Some(json!({ "kid": "key-1" }))), Code::KeyBindingKeyUnknown);
    assert_eq!(code(Some(json!({ "kid": "did:example:1#key-1" }))), Code::KeyBindingKeyUnknown);
}

#[test]
fn the_key_may_be_named_by_its_did() {
    let text = presented(&token("dc+sd-jwt", &with(licence(), "cnf", json!({ "kid": holder().kid })), &[]));
    let report = verify(&text, &presentation().holder(holder().did));
    assert!(is_verified(&report), "{:?}", troubles(&report));
    // Whose document is not at hand is asked for.
    let text = presented(&token(
        "dc+sd-jwt",
        &with(licence(), "cnf", json!({ "kid": "did:web:ada.example#k" })),
        &[],
    ));
    let report = verify(&text, &presentation());
    assert_eq!(codes(&report, CheckId::KeyBinding), [Code::KeyBindingKeyUnknown]);
    assert_eq!(report.requests().len(), 1);
}

#[test]
fn s11_it_is_for_one_verifier_one_challenge_and_now() {
    let claims = binding_claims(&bare());
    let report =
        |claims: &Value| verify(&(bare() + &holder().sign(&binding_header(), claims)), &presentation());
    for aud in [json!("https://other.example"), json!("https://hire.example/"), json!("")] {
        let report = report(&with(claims.clone(), "aud", aud));
        assert_eq!(codes(&report, CheckId::ProofDomain), [Code::ProofDomainWrong]);
        assert!(matches!(report.verdict(), Verdict::NotVerified));
    }
    let stale = report(&with(claims.clone(), "nonce", json!("n-2")));
    assert_eq!(codes(&stale, CheckId::ProofChallenge), [Code::ProofChallengeWrong]);
    assert!(matches!(stale.verdict(), Verdict::NotVerified));
    // Five minutes, and as many for the difference of clocks; the future only for that.
    for (iat, code) in [
        (NOW - 600, Code::KeyBindingGood),
        (NOW - 601, Code::KeyBindingTime),
        (NOW + 300, Code::KeyBindingGood),
        (NOW + 301, Code::KeyBindingTime),
    ] {
        assert_eq!(
            codes(&report(&with(claims.clone(), "iat", json!(iat))), CheckId::KeyBinding),
            [code],
            "{iat}"
        );
    }
}

#[test]
fn s11_what_is_missing_or_of_another_type_is_malformed() {
    let claims = binding_claims(&bare());
    for name in ["aud", "nonce", "iat", "sd_hash"] {
        assert_eq!(
            code_of(&holder(), &binding_header(), &without(claims.clone(), name)),
            Code::KeyBindingMalformed
        );
        for value in [json!(null), json!(["x"]), json!({}), json!(true)] {
            let wrong = with(claims.clone(), name, value);
            assert_eq!(code_of(&holder(), &binding_header(), &wrong), Code::KeyBindingMalformed);
        }
    }
    for iat in [json!("1795262400"), json!(-1), json!(1e20), json!(NOW * 1000)] {
        assert_eq!(
            code_of(&holder(), &binding_header(), &with(claims.clone(), "iat", iat)),
            Code::KeyBindingMalformed
        );
    }
    assert_eq!(
        code_of(&holder(), &binding_header(), &with(claims.clone(), "aud", json!([AUDIENCE]))),
        Code::KeyBindingMalformed
    );
}

#[test]
fn s11_the_header_says_that_it_is_a_key_binding() {
    let claims = binding_claims(&bare());
    for typ in [json!("JWT"), json!("dc+sd-jwt"), json!("KB+JWT"), json!(""), json!(1), json!(null)] {
        assert_eq!(
            code_of(&holder(), &with(binding_header(), "typ", typ), &claims),
            Code::KeyBindingMalformed
        );
    }
    for alg in ["none", "None", "nOnE", "HS256", "HS512"] {
        assert_eq!(
            code_of(&holder(), &with(binding_header(), "alg", json!(alg)), &claims),
            Code::KeyBindingMalformed
        );
    }
    assert_eq!(
        code_of(&holder(), &with(binding_header(), "alg", json!("ES256")), &claims),
        Code::KeyBindingSignature
    );
    assert_eq!(
        code_of(&holder(), &with(binding_header(), "alg", json!("XX256")), &claims),
        Code::KeyBindingUnsupported
    );
    assert_eq!(code_of(&holder(), &without(binding_header(), "alg"), &claims), Code::KeyBindingMalformed);
    let unknown = with(with(binding_header(), "crit", json!(["x"])), "x", json!(1));
    assert_eq!(code_of(&holder(), &unknown, &claims), Code::KeyBindingUnsupported);
    for name in ["crit", "b64", "jku", "x5u", "x5c"] {
        assert_eq!(
            code_of(&holder(), &with(binding_header(), name, json!(["x"])), &claims),
            Code::KeyBindingMalformed
        );
    }
}

#[test]
fn s11_no_signature_is_none() {
    let bound = presented(&bare());
    let (start, _) = bound.rsplit_once('.').unwrap();
    for end in ["", ".", ".AAAA"] {
        assert!(!is_verified(&verify(&format!("{start}{end}"), &presentation())), "{end}");
    }
}

#[test]
fn s15_it_is_about_exactly_these_bytes() {
    let (text, hidden) = disclosure(&json!(["s", "name", "Ada"]));
    let (other, another) = disclosure(&json!(["t", "age", 30]));
    let payload = with(licence(), "_sd", json!([hidden, another]));
    let (all, one) = (token("dc+sd-jwt", &payload, &[&text, &other]), token("dc+sd-jwt", &payload, &[&text]));
    let swapped = token("dc+sd-jwt", &payload, &[&other, &text]);
    for (made_for, presented) in [(&all, &one), (&one, &all), (&all, &swapped)] {
        let report = verify(
            &format!("{presented}{}", holder().sign(&binding_header(), &binding_claims(made_for))),
            &presentation(),
        );
        assert_eq!(codes(&report, CheckId::KeyBinding), [Code::KeyBindingOther]);
        assert!(matches!(report.verdict(), Verdict::NotVerified));
    }
    let claims = |sd_hash: String| with(binding_claims(&all), "sd_hash", json!(sd_hash));
    for sd_hash in [
        digest(all.trim_end_matches('~')),
        base64url::encode(&Sha512::digest(&all)),
        digest(&all) + "=",
        digest(&all).to_lowercase(),
        String::new(),
    ] {
        let report =
            verify(&format!("{all}{}", holder().sign(&binding_header(), &claims(sd_hash))), &presentation());
        assert_eq!(codes(&report, CheckId::KeyBinding), [Code::KeyBindingOther]);
    }
    // The hash is the one that the issuer chose for the digests.
    let payload = with(licence(), "_sd_alg", json!("sha-512"));
    let text = token("dc+sd-jwt", &payload, &[]);
    let bound = |sd_hash: String| {
        let claims = with(binding_claims(&text), "sd_hash", json!(sd_hash));
        codes(
            &verify(&format!("{text}{}", holder().sign(&binding_header(), &claims)), &presentation()),
            CheckId::KeyBinding,
        )
    };
    assert_eq!(bound(base64url::encode(&Sha512::digest(&text))), [Code::KeyBindingGood]);
    assert_eq!(bound(digest(&text)), [Code::KeyBindingOther]);
}

#[test]
fn what_was_presented_earlier_is_no_evidence_against_a_record() {
    let old = with(binding_claims(&bare()), "iat", json!(NOW - 86_400));
    let text = bare() + &holder().sign(&binding_header(), &old);
    let report = verify(&text, &occasion());
    assert!(is_verified(&report), "{:?}", troubles(&report));
    assert_eq!(codes(&report, CheckId::KeyBinding), [Code::KeyBindingEarlier]);
    assert_eq!(codes(&verify(&text, &presentation()), CheckId::KeyBinding), [Code::KeyBindingTime]);
}

#[test]
fn one_that_is_wrong_counts_even_where_none_is_expected() {
    let text = bare() + &party(3).sign(&binding_header(), &binding_claims(&bare()));
    let report = verify(&text, &occasion());
    assert!(matches!(report.verdict(), Verdict::NotVerified));
    assert_eq!(codes(&report, CheckId::KeyBinding), [Code::KeyBindingSignature]);
}

#[test]
fn the_expected_holder_is_the_one_who_presents_it() {
    let code = |payload: &Value, expected: &str| {
        let report = verify(&presented(&token("dc+sd-jwt", payload, &[])), &presentation().holder(expected));
        codes(&report, CheckId::Holder)[0]
    };
    let nobody = without(licence(), "sub");
    assert_eq!(code(&licence(), &holder().did), Code::HolderMatches);
    // The key of the holder's DID is the one that the issuer named.
    assert_eq!(code(&nobody, &holder().did), Code::HolderMatches);
    assert_eq!(code(&nobody, &party(3).did), Code::HolderDiffers);
    assert_eq!(code(&nobody, "did:web:ada.example"), Code::HolderNotStated);
    let badge = presented(&token("vc+sd-jwt", &credential(), &[]));
    let report = verify(&badge, &presentation().holder(holder().did));
    assert_eq!(codes(&report, CheckId::Holder), [Code::HolderMatches]);
    // Who made a key binding that is wrong is nobody.
    let forged = bare() + &party(3).sign(&binding_header(), &binding_claims(&bare()));
    let report = verify(&forged, &presentation().holder(holder().did));
    assert_eq!(codes(&report, CheckId::Holder), [Code::HolderNotStated]);
}
