//! The keys of an issuer change: DID documents of different dates give different answers about one credential, and each says
//! which instant counted (design §5.6; CID 1.0 §2.2, `revoked` and `expires`; threat I11).
#![cfg(feature = "jose")]

#[path = "support/tokens.rs"]
mod tokens;

use ler_verify::codes::Detail;
use ler_verify::{
    Check, CheckId, Code, Issuers, Outcome, Policy, Report, Resource, ResourceKind, Resources, Timestamp,
    Verdict,
};
use serde_json::{Value, json};
use tokens::{Party, issuer, occasion, party, vcdm2, verify_with, with};

const DID: &str = "did:web:college.example";
/// 2025-01-01T00:00:00Z, when the credential says that it was signed.
const SIGNED: i64 = 1_735_689_600;
const SIGNED_TEXT: &str = "2025-01-01T00:00:00Z";
const NOW: &str = "2026-11-21T12:00:00Z";

/// A credential that the owner of a key signed as `DID#key-1`.
fn credential(signer: &Party, iat: Option<i64>) -> String {
    let mut claims = with(&vcdm2(), "/issuer", json!(DID));
    if let Some(iat) = iat {
        claims["iat"] = json!(iat);
    }
    signer.token(json!({"typ": "vc+jwt", "kid": format!("{DID}#key-1")}), &claims)
}

fn method(number: u8, party: &Party) -> Value {
    json!({"id": format!("{DID}#key-{number}"), "type": "JsonWebKey", "controller": DID, "publicKeyJwk": party.jwk()})
}

fn document(methods: &[Value]) -> Value {
    let ids: Vec<&Value> = methods.iter().map(|method| &method["id"]).collect();
    json!({"id": DID, "verificationMethod": methods, "assertionMethod": ids})
}

/// The key with these dates.
fn dated(dates: Value) -> Value {
    let mut method = method(1, &issuer());
    for (name, value) in dates.as_object().unwrap() {
        method[name] = value.clone();
    }
    document(&[method])
}

fn now() -> Policy {
    Policy::accepting(Issuers::one_of([DID]))
}

fn at_signing_time() -> Policy {
    now().at_signing_time()
}

fn verify(token: &str, policy: Policy, document: &Value, retrieved: &str) -> Report {
    let resources = Resources::new();
    let resource = Resource::new(document.to_string()).retrieved_at(Timestamp::parse(retrieved).unwrap());
    resources.insert(ResourceKind::ControlledIdentifierDocument, DID, resource);
    verify_with(token, policy, &resources, &occasion())
}

fn current(report: &Report) -> &Check {
    let mut checks = report.checks().iter().filter(|check| check.id == CheckId::KeyCurrent);
    checks.next().unwrap_or_else(|| panic!("{}", report.to_json()))
}

fn detail<'r>(check: &'r Check, name: &str) -> Option<&'r str> {
    match check.details.get(name) {
        Some(Detail::Text(text)) => Some(text),
        _ => None,
    }
}

#[test]
fn i11_documents_of_different_dates_give_different_answers_that_say_why() {
    let token = credential(&issuer(), Some(SIGNED));
    let first = document(&[method(1, &issuer())]);
    let mut retired = method(1, &issuer());
    retired["revoked"] = json!("2025-06-01T00:00:00Z");
    let rotated = document(&[retired, method(2, &party(9))]);
    let removed = document(&[method(2, &party(9))]);
    let replaced = document(&[method(1, &party(9))]);

    let report = verify(&token, now(), &first, "2025-02-01T00:00:00Z");
    assert!(matches!(report.verdict(), Verdict::Verified(_)), "{}", report.to_json());
    assert_eq!((current(&report).code, detail(current(&report), "instant")), (Code::KeyInForce, Some(NOW)));

    let report = verify(&token, now(), &rotated, "2025-07-01T00:00:00Z");
    assert!(matches!(report.verdict(), Verdict::NotVerified));
    let check = current(&report);
    assert_eq!(check.code, Code::KeyRevoked);
    assert_eq!(
        [
            detail(check, "revoked"),
            detail(check, "instant"),
            detail(check, "judgedAt"),
            detail(check, "expires")
        ],
        [Some("2025-06-01T00:00:00Z"), Some(NOW), Some("now"), None]
    );

    let report = verify(&token, at_signing_time(), &rotated, "2025-07-01T00:00:00Z");
    assert!(matches!(report.verdict(), Verdict::Verified(_)), "{}", report.to_json());
    let check = current(&report);
    assert_eq!(
        [detail(check, "revoked"), detail(check, "instant"), detail(check, "judgedAt")],
        [Some("2025-06-01T00:00:00Z"), Some(SIGNED_TEXT), Some("signingTime")]
    );

    // A key that is gone is not the issuer's any more, whenever it signed; one that was exchanged under its name does not fit.
    for (document, code) in [(&removed, Code::KeyNotListed), (&replaced, Code::SignatureInvalid)] {
        for policy in [now(), at_signing_time()] {
            let report = verify(&token, policy, document, "2026-01-01T00:00:00Z");
            assert!(matches!(report.verdict(), Verdict::NotVerified));
            assert!(report.checks().iter().any(|check| check.code == code), "{}", report.to_json());
        }
    }
}

#[test]
fn i11_the_report_says_which_document_of_which_date_it_rests_on() {
    let token = credential(&issuer(), Some(SIGNED));
    let document = document(&[method(1, &issuer())]);
    let report = verify(&token, now(), &document, "2025-02-01T00:00:00Z");
    let [used] = report.resources_used() else { panic!("{}", report.to_json()) };
    assert_eq!((used.id.as_str(), used.sha256.is_some()), (DID, true));
    assert_eq!(used.retrieved_at.unwrap().to_string(), "2025-02-01T00:00:00Z");
}

#[test]
fn the_instant_itself_is_too_late() {
    let token = credential(&issuer(), Some(SIGNED));
    for (name, over) in [("revoked", Code::KeyRevoked), ("expires", Code::KeyExpired)] {
        for (end, code_now, code_then) in [
            (NOW, over, Code::KeyInForce),
            ("2026-11-21T12:00:01Z", Code::KeyInForce, Code::KeyInForce),
            ("2026-11-21T13:00:00+01:00", over, Code::KeyInForce),
            (SIGNED_TEXT, over, over),
            ("2025-01-01T00:00:01Z", over, Code::KeyInForce),
            ("2024-12-31T23:59:59Z", over, over),
        ] {
            let document = dated(json!({name: end}));
            for (policy, code) in [(now(), code_now), (at_signing_time(), code_then)] {
                let report = verify(&token, policy, &document, NOW);
                assert_eq!(current(&report).code, code, "{name} {end}");
                assert!(detail(current(&report), name).is_some());
                assert_eq!(report.axes().authentic == Outcome::Passed, code == Code::KeyInForce);
            }
        }
    }
    // Both dates count, and a revocation says more.
    let both = dated(json!({"revoked": "2024-06-01T00:00:00Z", "expires": "2024-05-01T00:00:00Z"}));
    assert_eq!(current(&verify(&token, now(), &both, NOW)).code, Code::KeyRevoked);
    let later = dated(json!({"revoked": "2030-01-01T00:00:00Z", "expires": "2024-05-01T00:00:00Z"}));
    assert_eq!(current(&verify(&token, now(), &later, NOW)).code, Code::KeyExpired);
}

#[test]
fn who_does_not_say_when_they_signed_is_judged_now() {
    let document = dated(json!({"revoked": "2025-06-01T00:00:00Z"}));
    let report = verify(&credential(&issuer(), None), at_signing_time(), &document, NOW);
    let check = current(&report);
    assert_eq!((check.code, detail(check, "judgedAt")), (Code::KeyRevoked, Some("now")));
}

#[test]
fn a_date_that_cannot_be_read_is_no_date_in_the_future() {
    let token = credential(&issuer(), Some(SIGNED));
    for value in
        [json!("2025"), json!("yesterday"), json!(0), json!(true), json!(["2030-01-01T00:00:00Z"]), json!({})]
    {
        for name in ["revoked", "expires"] {
            for policy in [now(), at_signing_time()] {
                let report = verify(&token, policy, &dated(json!({name: value})), NOW);
                assert_eq!(current(&report).code, Code::KeyDates, "{name} {value}");
                assert!(matches!(report.verdict(), Verdict::NotVerified));
            }
        }
    }
}
