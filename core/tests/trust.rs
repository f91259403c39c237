//! Whether an issuer is who it says: registries of both kinds, several at once, what they say of it, and names that are
//! not its own (design §4, §8; threats P01 to P04, P06).
#![cfg(feature = "jose")]

#[path = "support/tokens.rs"]
mod tokens;

use ler_verify::report::{RegistryOutcome, RegistryReport};
use ler_verify::{
    Answer, CheckId, Code, Issuers, Outcome, Policy, PolicyError, Registry, RegistryKind, Report,
    Requirement, Resource, ResourceKind, Resources, Verdict, Verifier,
};
use p256::ecdsa::signature::Signer as _;
use serde_json::{Value, json};
use tokens::{FROM, Party, attacker, codes, encode, issuer, occasion, party, vcdm2, verify_with, with};

const LIST: &str = "https://registry.example/issuers.json";
const SECOND: &str = "https://second.example/issuers.json";
const ANCHOR: &str = "https://federation.example";
const CONFIGURATION: &str = "https://federation.example/.well-known/openid-federation";
/// 2026-11-21T12:00:00Z, the instant of the occasion.
const NOW: i64 = 1_795_262_400;

fn anchor() -> Party {
    party(90)
}

fn federation() -> Registry {
    Registry::openid_federation(ANCHOR, [anchor().jwk().to_string()])
}

/// Where the anchor is asked about this issuer.
fn question(issuer: &str) -> String {
    format!("https://federation.example/fetch?sub={}", issuer.replace(':', "%3A"))
}

fn configuration() -> Value {
    json!({
        "iss": ANCHOR, "sub": ANCHOR, "iat": NOW - 60, "exp": NOW + 86_400, "jwks": {"keys": [anchor().jwk()]},
        "metadata": {"federation_entity": {
            "organization_name": "Consortium", "federation_fetch_endpoint": "https://federation.example/fetch"
        }}
    })
}

/// As the Digital Credentials Consortium publishes it: the subject is a DID, and there are no `jwks`.
fn statement(subject: &str) -> Value {
    json!({
        "iss": ANCHOR, "sub": subject, "iat": NOW - 60, "exp": NOW + 86_400, "jti": "1f0c",
        "metadata": {
            "federation_entity": {
                "organization_name": "College", "homepage_uri": "https://college.example",
                "logo_uri": "data:image/png;base64,iVBORw0KGgo="
            },
            "institution_additional_information": {"legal_name": "College of Example, Inc."},
            "credential_registry_entity": {"ctid": "ce-00000000-0000-4000-8000-000000000001"},
            "ror_entity": {"rorid": "00aaaaa00"}
        }
    })
}

fn signed(by: &Party, claims: &Value) -> String {
    by.token(json!({"typ": "entity-statement+jwt", "kid": "key1"}), claims)
}

fn supply(answers: &[(&str, Option<String>)]) -> Resources {
    let resources = Resources::new();
    for (id, text) in answers {
        let answer = match text {
            Some(text) => Resource::new(text.as_bytes()).into(),
            None => Answer::Unavailable("HTTP 503".to_owned()),
        };
        resources.insert(ResourceKind::IssuerRegistry, id, answer);
    }
    resources
}

/// A record whose issuer calls itself this.
fn record(name: &Value) -> String {
    record_by(&issuer(), name)
}

fn record_by(issuer: &Party, name: &Value) -> String {
    let record = with(&vcdm2(), "/issuer", json!({"id": issuer.did(), "name": name}));
    issuer.token(json!({"typ": "vc+jwt"}), &record)
}

fn ask(registries: &[Registry], answers: &[(&str, Option<String>)]) -> Report {
    ask_about(&json!("College"), registries, answers)
}

fn ask_about(name: &Value, registries: &[Registry], answers: &[(&str, Option<String>)]) -> Report {
    let policy = Policy::accepting(Issuers::registered(registries.iter().cloned()));
    verify_with(&record(name), policy, &supply(answers), &occasion())
}

fn list(entries: &[(&str, &str)]) -> Option<String> {
    let entries: serde_json::Map<String, Value> =
        entries.iter().map(|(id, name)| ((*id).to_owned(), json!({"name": name}))).collect();
    Some(json!({"meta": {"created": "2024-01-01T00:00:00Z", "updated": "2026-01-01T00:00:00Z"}, "registry": entries}).to_string())
}

fn asked(report: &Report) -> Vec<&str> {
    report.requests().iter().map(|request| request.identifier.as_str()).collect()
}

fn registries(report: &Report) -> &[RegistryReport] {
    &report.issuer().unwrap().registries
}

fn outcomes(report: &Report) -> Vec<RegistryOutcome> {
    registries(report).iter().map(|registry| registry.outcome).collect()
}

fn accepted(report: &Report) -> Code {
    codes(report, CheckId::IssuerAccepted)[0]
}

/// A federation in which these are the texts of the configuration and of the statement.
fn federated(configuration: Option<String>, statement: Option<String>) -> Report {
    let question = question(&issuer().did());
    ask(&[federation()], &[(CONFIGURATION, configuration), (&question, statement)])
}

#[test]
fn a_list_says_who_the_issuer_is() {
    let did = issuer().did();
    let entry = json!({"name": "College", "location": "Here", "url": "https://college.example"});
    let registry = json!({"meta": {"updated": "2026-01-01T00:00:00Z"}, "registry": {&did: entry}});
    let report = ask(&[LIST.into()], &[(LIST, Some(registry.to_string()))]);
    assert_eq!(accepted(&report), Code::IssuerListed);
    let [found] = registries(&report) else { panic!("{}", report.to_json()) };
    assert_eq!(
        (found.url.as_str(), found.kind, found.outcome),
        (LIST, RegistryKind::List, RegistryOutcome::Listed)
    );
    let registered = &found.registered;
    assert_eq!(registered.name.as_deref(), Some("College"));
    assert_eq!(registered.location.as_deref(), Some("Here"));
    assert_eq!(registered.homepage.as_deref(), Some("https://college.example"));
    assert_eq!(registered.stated_at.unwrap().to_string(), "2026-01-01T00:00:00Z");
}

#[test]
fn p01_the_record_has_the_registered_name_beside_the_claimed_one() {
    let did = issuer().did();
    let report =
        ask_about(&json!("The Famous College"), &[LIST.into()], &[(LIST, list(&[(&did, "College")]))]);
    assert_eq!(codes(&report, CheckId::IssuerName), [Code::IssuerNameOther]);
    let Verdict::Verified(secured) = report.verdict() else { panic!("{}", report.to_json()) };
    let party = secured.record().unwrap().issuer.as_ref().unwrap();
    assert_eq!(party.claimed_name[0].value, "The Famous College");
    assert_eq!(party.registered_name.as_deref(), Some("College"));
    // Of an issuer that nobody registered there is none.
    let report = verify_with(
        &record(&json!("College")),
        Policy::accepting(Issuers::Anyone),
        &supply(&[]),
        &occasion(),
    );
    let Verdict::Verified(secured) = report.verdict() else { panic!("{}", report.to_json()) };
    assert_eq!(secured.record().unwrap().issuer.as_ref().unwrap().registered_name, None);
}

#[test]
fn p03_only_the_very_identifier_is_the_issuer() {
    let did = issuer().did();
    for other in [
        format!("{did}x"),
        did[..did.len() - 1].to_owned(),
        did.to_uppercase(),
        format!(" {did}"),
        format!("{did}#key"),
    ] {
        let report = ask(&[LIST.into()], &[(LIST, list(&[(&other, "Other")]))]);
        assert_eq!(
            (accepted(&report), report.axes().trusted),
            (Code::IssuerNotAccepted, Outcome::Failed),
            "{other}"
        );
    }
}

#[test]
fn p04_a_registry_that_does_not_answer_is_no_answer() {
    let did = issuer().did();
    for (answer, outcome) in [
        (None, RegistryOutcome::Unavailable),
        (Some("<!doctype html>".to_owned()), RegistryOutcome::Unreadable),
        (Some("[]".to_owned()), RegistryOutcome::Unreadable),
        (Some(r#"{"registry": []}"#.to_owned()), RegistryOutcome::Unreadable),
        (Some(json!({"registry": {&did: "College"}}).to_string()), RegistryOutcome::Unreadable),
        (Some(json!({"registry": {&did: null}}).to_string()), RegistryOutcome::Unreadable),
        (Some(r#"{"registry": {}, "registry": {}}"#.to_owned()), RegistryOutcome::Unreadable),
    ] {
        let report = ask(&[LIST.into()], &[(LIST, answer.clone())]);
        assert_eq!(outcomes(&report), [outcome], "{answer:?}");
        assert_eq!((accepted(&report), report.axes().trusted), (Code::IssuerUnknown, Outcome::Indeterminate));
        assert!(report.requests().is_empty(), "it is not asked again");
    }
}

#[test]
fn several_registries_are_asked_at_once_and_each_has_its_answer() {
    let did = issuer().did();
    let all = [Registry::list(LIST), Registry::list(SECOND), federation()];
    assert_eq!(asked(&ask(&all, &[])), [CONFIGURATION, LIST, SECOND]);
    let nobody = || list(&[("did:example:other", "Other")]);
    // One lists it: that is enough, and who else could not be asked is said.
    let report = ask(&all, &[(LIST, nobody()), (SECOND, list(&[(&did, "College")])), (CONFIGURATION, None)]);
    assert_eq!(accepted(&report), Code::IssuerListed);
    assert_eq!(
        outcomes(&report),
        [RegistryOutcome::NotListed, RegistryOutcome::Listed, RegistryOutcome::Unavailable]
    );
    let report = ask(&all, &[(SECOND, list(&[(&did, "College")]))]);
    assert_eq!((accepted(&report), asked(&report)), (Code::IssuerListed, Vec::new()));
    // None does, and one could not be asked.
    let report = ask(&all, &[(LIST, nobody()), (SECOND, None), (CONFIGURATION, None)]);
    assert_eq!(accepted(&report), Code::IssuerUnknown);
    assert_eq!(outcomes(&report)[0], RegistryOutcome::NotListed);
    let check = report.checks().iter().find(|check| check.id == CheckId::IssuerAccepted).unwrap();
    assert_eq!(serde_json::to_value(&check.details).unwrap(), json!({"unanswered": [SECOND, ANCHOR]}));
    // All answered no.
    let no = Some(r#"{"error": "not_found", "error_description": "no such entity"}"#.to_owned());
    let question = question(&did);
    let configured = Some(signed(&anchor(), &configuration()));
    let report =
        ask(&all, &[(LIST, nobody()), (SECOND, nobody()), (CONFIGURATION, configured), (&question, no)]);
    assert_eq!((accepted(&report), report.axes().trusted), (Code::IssuerNotAccepted, Outcome::Failed));
    assert!(matches!(report.verdict(), Verdict::NotVerified));
}

#[test]
fn a_federation_is_asked_in_two_steps_over_https() {
    let did = issuer().did();
    let report = ask(&[federation()], &[]);
    let [request] = report.requests() else { panic!("{}", report.to_json()) };
    assert_eq!((request.kind, request.stage), (ResourceKind::IssuerRegistry, 2));
    assert_eq!(
        (request.identifier.as_str(), request.locations.as_slice()),
        (CONFIGURATION, &[CONFIGURATION.to_owned()][..])
    );
    assert_eq!(request.accept, ["application/entity-statement+jwt"]);
    let configured = Some(signed(&anchor(), &configuration()));
    let report = ask(&[federation()], &[(CONFIGURATION, configured.clone())]);
    assert_eq!(asked(&report), [question(&did)]);
    let question = question(&did);
    let report = ask(
        &[federation()],
        &[(CONFIGURATION, configured), (&question, Some(signed(&anchor(), &statement(&did))))],
    );
    assert!(matches!(report.verdict(), Verdict::Verified(_)), "{}", report.to_json());
    assert_eq!(codes(&report, CheckId::IssuerName), [Code::IssuerNameRegistered]);
    let json: Value = serde_json::from_str(&report.to_json()).unwrap();
    assert_eq!(
        json["issuer"]["registries"],
        json!([{
            "url": ANCHOR, "kind": "openidFederation", "outcome": "listed", "statedAt": "2026-11-21T11:59:00Z",
            "name": "College", "legalName": "College of Example, Inc.", "homepage": "https://college.example",
            "logo": "data:image/png;base64,iVBORw0KGgo=", "ror": "00aaaaa00", "ctid": "ce-00000000-0000-4000-8000-000000000001"
        }])
    );
}

#[test]
fn p04_a_statement_counts_only_if_the_anchors_own_key_signed_it() {
    let did = issuer().did();
    let configured = || Some(signed(&anchor(), &configuration()));
    let good = statement(&did);
    // Somebody else's signature, on either; the issuer's own; a key that the statement brings itself.
    for (configuration, statement) in [
        (Some(signed(&attacker(), &configuration())), Some(signed(&anchor(), &good))),
        (configured(), Some(signed(&attacker(), &good))),
        (configured(), Some(signed(&issuer(), &good))),
        (configured(), Some(signed(&attacker(), &with(&good, "/jwks", json!({"keys": [attacker().jwk()]}))))),
        (
            configured(),
            Some(attacker().token(json!({"typ": "entity-statement+jwt", "jwk": attacker().jwk()}), &good)),
        ),
    ] {
        let report = federated(configuration, statement);
        assert_eq!(outcomes(&report), [RegistryOutcome::NotVerified], "{}", report.to_json());
        assert_eq!(report.axes().trusted, Outcome::Indeterminate);
    }
    // Keys that the configuration lists are not those of the policy.
    let more = with(&configuration(), "/jwks", json!({"keys": [anchor().jwk(), attacker().jwk()]}));
    let report = federated(Some(signed(&anchor(), &more)), Some(signed(&attacker(), &good)));
    assert_eq!(outcomes(&report), [RegistryOutcome::NotVerified]);
    // A changed claim.
    let token = signed(&anchor(), &good);
    let parts: Vec<&str> = token.split('.').collect();
    let forged =
        format!("{}.{}.{}", parts[0], encode(statement("did:example:x").to_string().as_bytes()), parts[2]);
    assert_eq!(outcomes(&federated(configured(), Some(forged))), [RegistryOutcome::NotVerified]);
}

#[test]
fn a_statement_is_about_this_issuer_by_this_anchor_now_and_says_nothing_that_is_not_understood() {
    let did = issuer().did();
    for (member, value, outcome) in [
        ("/sub", json!("did:example:other"), RegistryOutcome::Unreadable),
        ("/sub", json!(format!("{did}x")), RegistryOutcome::Unreadable),
        ("/sub", json!([did]), RegistryOutcome::Unreadable),
        ("/iss", json!("https://federation.example.evil.example"), RegistryOutcome::Unreadable),
        ("/iss", json!("https://federation.example/"), RegistryOutcome::Unreadable),
        ("/iss", json!(null), RegistryOutcome::Unreadable),
        ("/iat", json!(null), RegistryOutcome::Unreadable),
        ("/iat", json!(NOW + 301), RegistryOutcome::NotInForce),
        ("/iat", json!(NOW + 300), RegistryOutcome::Listed),
        ("/exp", json!(null), RegistryOutcome::Unreadable),
        ("/exp", json!("tomorrow"), RegistryOutcome::Unreadable),
        ("/exp", json!(-1), RegistryOutcome::Unreadable),
        ("/exp", json!(i64::MAX), RegistryOutcome::Unreadable),
        ("/exp", json!(NOW - 300), RegistryOutcome::NotInForce),
        ("/exp", json!(NOW - 299), RegistryOutcome::Listed),
        ("/crit", json!(["jti"]), RegistryOutcome::NotUnderstood),
        ("/metadata_policy", json!({}), RegistryOutcome::NotUnderstood),
        ("/metadata_policy_crit", json!(["regexp"]), RegistryOutcome::NotUnderstood),
        // Whose keys it has is the DID's to say; what it says without metadata is that it knows the issuer.
        ("/metadata", json!(null), RegistryOutcome::Listed),
        ("/metadata", json!([1]), RegistryOutcome::Listed),
    ] {
        let claims = with(&statement(&did), member, value.clone());
        let report = federated(Some(signed(&anchor(), &configuration())), Some(signed(&anchor(), &claims)));
        assert_eq!(outcomes(&report), [outcome], "{member} {value}");
        assert_eq!(report.axes().trusted == Outcome::Passed, outcome == RegistryOutcome::Listed);
        assert_ne!(report.axes().trusted, Outcome::Failed);
    }
    for (header, outcome) in [
        (json!({"typ": "application/entity-statement+jwt", "kid": "a"}), RegistryOutcome::Listed),
        (json!({"typ": "JWT", "kid": "a"}), RegistryOutcome::Unreadable),
        (json!({"typ": "trust-mark+jwt", "kid": "a"}), RegistryOutcome::Unreadable),
        (json!({"kid": "a"}), RegistryOutcome::Unreadable),
        (json!({"typ": "entity-statement+jwt", "kid": null}), RegistryOutcome::Unreadable),
        (json!({"typ": "entity-statement+jwt", "kid": "a", "alg": "none"}), RegistryOutcome::NotVerified),
        (json!({"typ": "entity-statement+jwt", "kid": "a", "alg": "HS256"}), RegistryOutcome::NotVerified),
        (json!({"typ": "entity-statement+jwt", "kid": "a", "alg": "ES256"}), RegistryOutcome::NotVerified),
        (
            json!({"typ": "entity-statement+jwt", "kid": "a", "crit": ["x"], "x": 1}),
            RegistryOutcome::NotUnderstood,
        ),
        (json!({"typ": "entity-statement+jwt", "kid": "a", "b64": false}), RegistryOutcome::NotUnderstood),
    ] {
        let token = anchor().token(header.clone(), &statement(&did));
        assert_eq!(
            outcomes(&federated(Some(signed(&anchor(), &configuration())), Some(token))),
            [outcome],
            "{header}"
        );
    }
}

#[test]
fn a_configuration_names_an_https_place_to_ask() {
    for endpoint in [
        json!("http://federation.example/fetch"),
        json!("/fetch"),
        json!("https://federation.example/fetch#x"),
        json!("https://a b"),
        json!(1),
        json!(null),
        json!("javascript:alert(1)"),
        json!("file:///etc/passwd"),
    ] {
        let claims =
            with(&configuration(), "/metadata/federation_entity/federation_fetch_endpoint", endpoint.clone());
        let report = ask(&[federation()], &[(CONFIGURATION, Some(signed(&anchor(), &claims)))]);
        assert_eq!(outcomes(&report), [RegistryOutcome::Unreadable], "{endpoint}");
        assert!(report.requests().is_empty(), "{endpoint}");
    }
    // A query of its own stays.
    let claims = with(
        &configuration(),
        "/metadata/federation_entity/federation_fetch_endpoint",
        json!("https://f.example/?v=1"),
    );
    let report = ask(&[federation()], &[(CONFIGURATION, Some(signed(&anchor(), &claims)))]);
    assert_eq!(
        asked(&report),
        [format!("https://f.example/?v=1&sub={}", issuer().did().replace(':', "%3A"))]
    );
    // A statement about an issuer is no configuration of the anchor.
    let report = federated(Some(signed(&anchor(), &statement(&issuer().did()))), None);
    assert_eq!(outcomes(&report), [RegistryOutcome::Unreadable]);
    for answer in [
        None,
        Some(String::new()),
        Some("a.b".to_owned()),
        Some("{}".to_owned()),
        Some(r#"{"error":"server_error"}"#.to_owned()),
    ] {
        let report = federated(Some(signed(&anchor(), &configuration())), answer.clone());
        assert_eq!(accepted(&report), Code::IssuerUnknown, "{answer:?}");
    }
}

#[test]
fn the_dcc_signs_with_p_256() {
    let key = p256::ecdsa::SigningKey::from_slice(&[7; 32]).unwrap();
    let point = key.verifying_key().to_sec1_point(false);
    let (x, y) = (encode(point.x().unwrap()), encode(point.y().unwrap()));
    let jwk = json!({"kty": "EC", "crv": "P-256", "kid": "issuerregistry-key1", "x": x, "y": y});
    let sign = |claims: &Value| {
        let header = json!({"alg": "ES256", "typ": "entity-statement+jwt", "kid": "issuerregistry-key1"});
        let input =
            format!("{}.{}", encode(header.to_string().as_bytes()), encode(claims.to_string().as_bytes()));
        let signature: p256::ecdsa::Signature = key.sign(input.as_bytes());
        format!("{input}.{}", encode(&signature.to_bytes()))
    };
    let did = issuer().did();
    let question = question(&did);
    let answers = [(CONFIGURATION, Some(sign(&configuration()))), (&question, Some(sign(&statement(&did))))];
    for (keys, outcome) in [
        (vec![jwk.to_string()], RegistryOutcome::Listed),
        // The old and the new key of a rotation.
        (vec![anchor().jwk().to_string(), jwk.to_string()], RegistryOutcome::Listed),
        (vec![anchor().jwk().to_string()], RegistryOutcome::NotVerified),
    ] {
        let report = ask(&[Registry::openid_federation(ANCHOR, keys)], &answers);
        assert_eq!(outcomes(&report), [outcome]);
    }
}

#[test]
fn what_a_registry_shows_of_an_issuer_is_harmless() {
    let did = issuer().did();
    let entity = "/metadata/federation_entity";
    for (member, value) in [
        ("homepage_uri", json!("javascript:alert(1)")),
        ("homepage_uri", json!("http://college.example")),
        ("logo_uri", json!("data:text/html;base64,AAAA")),
        ("logo_uri", json!("data:image/svg+xml;base64,AAAA")),
        ("logo_uri", json!(format!("data:image/png;base64,{}", "A".repeat(20_000)))),
        ("organization_name", json!("a\u{1b}[2J")),
        ("organization_name", json!("a".repeat(513))),
        ("organization_name", json!({"en": "College"})),
    ] {
        let claims = with(&statement(&did), &format!("{entity}/{member}"), value.clone());
        let report = federated(Some(signed(&anchor(), &configuration())), Some(signed(&anchor(), &claims)));
        let registered = &registries(&report)[0].registered;
        let shown = match member {
            "homepage_uri" => &registered.homepage,
            "logo_uri" => &registered.logo,
            _ => &registered.name,
        };
        assert_eq!((outcomes(&report), shown), (vec![RegistryOutcome::Listed], &None), "{member} {value}");
    }
}

#[test]
fn p01_p02_the_name_of_another_is_called_out() {
    let famous = party(91).did();
    let listing = || [(LIST, list(&[(&famous, "MIT University"), ("did:web:other.example", "Other")]))];
    for (name, expected) in [
        ("MIT University", vec![Code::IssuerNameTaken]),
        ("mit  university", vec![Code::IssuerNameTaken]),
        ("MlT University", vec![Code::IssuerNameLooksLike]),
        ("MÍT University", vec![Code::IssuerNameLooksLike]),
        // The T is Cyrillic.
        ("MI\u{422} University", vec![Code::IssuerNameMisleading, Code::IssuerNameLooksLike]),
        ("MIT\u{200B} University", vec![Code::IssuerNameMisleading, Code::IssuerNameLooksLike]),
        ("\u{202E}ytisrevinU TIM", vec![Code::IssuerNameMisleading]),
        ("College", vec![Code::IssuerNameNotRegistered]),
    ] {
        let report = ask_about(&json!(name), &[LIST.into()], &listing());
        assert_eq!(codes(&report, CheckId::IssuerName), expected, "{name}");
        // It is said, and decides nothing.
        assert_eq!(accepted(&report), Code::IssuerNotAccepted);
        for check in report.checks().iter().filter(|check| check.id == CheckId::IssuerName) {
            assert_eq!(
                (check.requirement, check.pointer.as_deref()),
                (Requirement::Report, Some("/issuer/name"))
            );
        }
        // Details are what the registry says, never the name.
        assert!(!report.to_json().contains(name), "{name}");
    }
    // Every language counts.
    for name in [
        json!({"@value": "MIT University", "@language": "en"}),
        json!([{"@value": "Kolleg"}, {"@value": "MIT University"}]),
    ] {
        let report = ask_about(&name, &[LIST.into()], &listing());
        assert_eq!(codes(&report, CheckId::IssuerName), [Code::IssuerNameTaken], "{name}");
    }
    // Who bears the name itself is not accused.
    let policy = || Policy::accepting(Issuers::registered([LIST]));
    let own = record_by(&party(91), &json!("MIT University"));
    let report = verify_with(&own, policy(), &supply(&listing()), &occasion());
    assert_eq!(codes(&report, CheckId::IssuerName), [Code::IssuerNameRegistered]);
    // Nor is one of two who are both registered under it.
    let both = [(LIST, list(&[(&famous, "MIT University"), (&issuer().did(), "MIT University")]))];
    let report = ask_about(&json!("MIT University"), &[LIST.into()], &both);
    assert_eq!(codes(&report, CheckId::IssuerName), [Code::IssuerNameRegistered]);
    // One who is registered under another name is.
    let both = [(LIST, list(&[(&famous, "MIT University"), (&issuer().did(), "College")]))];
    let report = ask_about(&json!("MIT University"), &[LIST.into()], &both);
    assert_eq!(codes(&report, CheckId::IssuerName), [Code::IssuerNameTaken]);
    assert_eq!(accepted(&report), Code::IssuerListed);
}

#[test]
fn p02_without_a_registry_a_misleading_name_is_called_out_all_the_same() {
    for (name, expected) in [("MI\u{422}", Code::IssuerNameMisleading), ("MIT", Code::IssuerNameClaimed)] {
        let record = record(&json!(name));
        let report = verify_with(&record, Policy::accepting(Issuers::Anyone), &supply(&[]), &occasion());
        assert_eq!(codes(&report, CheckId::IssuerName), [expected]);
        // What is shown is valid and anybody's: the axes are apart (P06).
        assert_eq!((report.axes().authentic, report.axes().trusted), (Outcome::Passed, Outcome::Skipped));
    }
    let report = verify_with(
        &issuer().token(json!({"typ": "vc+jwt"}), &vcdm2()),
        Policy::accepting(Issuers::Anyone),
        &supply(&[]),
        &occasion(),
    );
    assert_eq!(codes(&report, CheckId::IssuerName), [Code::IssuerNameNone]);
}

#[test]
fn o08_nothing_is_asked_or_said_of_the_issuer_of_a_forgery() {
    let did = issuer().did();
    let record = with(&vcdm2(), "/issuer", json!({"id": did, "name": "College"}));
    let forged = attacker().token(json!({"typ": "vc+jwt", "kid": issuer().kid()}), &record);
    for answers in [vec![], vec![(LIST, list(&[(&did, "College")]))]] {
        let policy = Policy::accepting(Issuers::registered([LIST]));
        let report = verify_with(&forged, policy, &supply(&answers), &occasion());
        assert_eq!((asked(&report), outcomes(&report)), (Vec::new(), Vec::new()));
        assert_eq!(accepted(&report), Code::IssuerUnknown);
    }
}

#[test]
fn the_policy_names_registries_as_strings_or_objects() {
    let key = anchor().jwk().to_string();
    let read = |registered: Value| {
        Policy::from_json(json!({"acceptedIssuers": {"registered": registered}}).to_string().as_bytes())
    };
    let objects = json!([LIST, {"url": ANCHOR, "kind": "openidFederation", "anchorKeys": [key]}]);
    let policy = read(objects.clone()).unwrap();
    assert_eq!(policy.accepted_issuers, Issuers::registered([Registry::list(LIST), federation()]));
    let written: Value = serde_json::from_str(&policy.to_json()).unwrap();
    assert_eq!(written["acceptedIssuers"]["registered"], objects, "what is read is written");
    assert!(Verifier::new(policy).is_ok());
    let policy = read(json!([{"url": LIST}, {"url": SECOND, "kind": "list", "anchorKeys": []}])).unwrap();
    assert_eq!(policy.accepted_issuers, Issuers::registered([LIST, SECOND]));
    for wrong in [
        json!([{"kind": "list"}]),
        json!([{"url": LIST, "keys": []}]),
        json!([{"url": LIST, "kind": "blockchain"}]),
        json!([1]),
    ] {
        assert!(matches!(read(wrong.clone()), Err(PolicyError::Unreadable(_))), "{wrong}");
    }
    let refused = |registry: Value| Verifier::new(read(json!([registry])).unwrap()).unwrap_err();
    let too_many: Vec<&str> = vec![key.as_str(); 17];
    for registry in [
        json!({"url": ANCHOR, "kind": "openidFederation"}),
        json!({"url": ANCHOR, "kind": "openidFederation", "anchorKeys": too_many}),
        json!({"url": LIST, "kind": "list", "anchorKeys": [key]}),
    ] {
        assert_eq!(
            refused(registry.clone()),
            PolicyError::AnchorKeys(registry["url"].as_str().unwrap().to_owned())
        );
    }
    let registry = ANCHOR.to_owned();
    let wrong_key = json!({"url": ANCHOR, "kind": "openidFederation", "anchorKeys": ["z6Mk"]});
    assert_eq!(refused(wrong_key), PolicyError::AnchorKey { registry, code: "key.unsupported" });
    assert!(matches!(refused(json!("registry")), PolicyError::NotUrl { .. }));
}

#[test]
fn only_https_is_asked() {
    let report = ask(&["http://registry.example/issuers.json".into()], &[]);
    assert!(report.requests()[0].locations.is_empty());
}

#[test]
fn a_signature_of_long_ago_does_not_make_a_statement_of_long_ago_good() {
    let did = issuer().did();
    let question = question(&did);
    let old = |mut claims: Value| {
        claims["iat"] = json!(FROM);
        claims["exp"] = json!(FROM + 86_400);
        Some(signed(&anchor(), &claims))
    };
    let answers = [(CONFIGURATION, old(configuration())), (question.as_str(), old(statement(&did)))];
    let policy = Policy::accepting(Issuers::registered([federation()])).at_signing_time();
    let report = verify_with(&record(&json!("College")), policy, &supply(&answers), &occasion());
    assert_eq!(outcomes(&report), [RegistryOutcome::NotInForce]);
}

/// What a registry said long ago is no word on the issuer; nor is what nobody says the date of.
#[test]
fn a_registry_may_have_been_asked_too_long_ago() {
    let did = issuer().did();
    let configured = format!("{ANCHOR}/.well-known/openid-federation");
    let not_found = r#"{"error":"not_found"}"#.to_owned();
    let judge = |ages: [Option<i64>; 3], most: Option<u64>, statement: &str| {
        let registries = [Registry::list(LIST), federation()];
        let mut policy = Policy::accepting(Issuers::registered(registries));
        (policy.registry_max_age, policy.clock_skew) = (most, 0);
        let resources = Resources::new();
        let texts = [
            (LIST, list(&[("did:example:other", "Other")]).unwrap()),
            (configured.as_str(), signed(&anchor(), &configuration())),
            (question(&did).as_str(), statement.to_owned()),
        ]
        .map(|(id, text)| (id.to_owned(), text));
        for ((id, text), age) in texts.into_iter().zip(ages) {
            let mut resource = Resource::new(text);
            resource.retrieved_at = age.map(|age| occasion().now.plus_seconds(-age));
            resources.insert(ResourceKind::IssuerRegistry, &id, resource);
        }
        let report = verify_with(&record(&json!("College")), policy, &resources, &occasion());
        assert!(report.requests().is_empty(), "what is there is not asked for again");
        (outcomes(&report), accepted(&report), report.verdict().name())
    };
    let known = signed(&anchor(), &statement(&did));
    use Code::{IssuerListed, IssuerNotAccepted, IssuerUnknown};
    use RegistryOutcome::{Listed, NotListed, Stale};
    let (day, new, old) = (Some(86_400), Some(86_400), Some(86_401));
    for (ages, most, statement, expected) in [
        ([None; 3], None, &known, (vec![NotListed, Listed], IssuerListed, "verified")),
        ([new; 3], day, &known, (vec![NotListed, Listed], IssuerListed, "verified")),
        // A clock that is ahead.
        ([Some(-60); 3], Some(0), &known, (vec![NotListed, Listed], IssuerListed, "verified")),
        ([new, new, old], day, &known, (vec![NotListed, Stale], IssuerUnknown, "indeterminate")),
        ([new, old, new], day, &known, (vec![NotListed, Stale], IssuerUnknown, "indeterminate")),
        ([new, new, None], day, &known, (vec![NotListed, Stale], IssuerUnknown, "indeterminate")),
        // One that lists the issuer is enough, however old the others are.
        ([old, new, new], day, &known, (vec![Stale, Listed], IssuerListed, "verified")),
        ([new; 3], day, &not_found, (vec![NotListed, NotListed], IssuerNotAccepted, "notVerified")),
        ([old, new, new], day, &not_found, (vec![Stale, NotListed], IssuerUnknown, "indeterminate")),
        ([new, new, old], day, &not_found, (vec![NotListed, Stale], IssuerUnknown, "indeterminate")),
    ] {
        assert_eq!(judge(ages, most, statement), expected, "{ages:?} {most:?}");
    }
}
