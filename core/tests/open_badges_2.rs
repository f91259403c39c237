//! Open Badges 2.0, 1.1, 1.0, 0.5, hosted and signed: what is verified, and every attack that is known on it (threats.md
//! O01-O10; Open Badges 2.0 §Verification).
#![cfg(all(feature = "formats", feature = "jose"))]

#[path = "support/hosted.rs"]
mod hosted;

use hosted::{Web, changed, codes, failed, find, occasion, open, pem, sign, sign_as, verified};
use ler_verify::{CheckId, Code, IssuerKey, Issuers, Outcome, Policy, Recipient, Verdict};
use serde_json::{Value, json};

const CONTEXT: &str = "https://w3id.org/openbadges/v2";
const ISSUER: &str = "https://school.example/issuer";
const BADGE: &str = "https://school.example/badges/robotics";
const AT: &str = "https://school.example/assertions/1";
const KEY: &str = "https://school.example/keys/1";
const LIST: &str = "https://school.example/revoked";

fn profile() -> Value {
    json!({"@context": CONTEXT, "type": "Profile", "id": ISSUER, "name": "School", "url": "https://school.example",
        "email": "badges@school.example", "publicKey": KEY})
}

fn badge() -> Value {
    json!({"@context": CONTEXT, "type": "BadgeClass", "id": BADGE, "name": "Robotics", "description": "Built a robot.",
        "image": "https://school.example/robotics.png", "criteria": {"narrative": "Build a robot."}, "issuer": ISSUER,
        "tags": ["robots"], "alignment": [{"targetName": "Robotics", "targetUrl": "https://skills.example/1"}]})
}

fn assertion() -> Value {
    json!({"@context": CONTEXT, "type": "Assertion", "id": AT, "badge": BADGE, "issuedOn": "2024-01-01T00:00:00Z",
        "recipient": {"type": "email", "hashed": false, "identity": "ada@example.org"},
        "verification": {"type": "HostedBadge"}})
}

fn signed() -> Value {
    changed(&assertion(), |it| {
        it["id"] = json!("urn:uuid:1");
        it["verification"] = json!({"type": "SignedBadge", "creator": KEY});
    })
}

fn key() -> Value {
    json!({"@context": CONTEXT, "type": "CryptographicKey", "id": KEY, "owner": ISSUER, "publicKeyPem": pem(1)})
}

/// Everything where it should be.
fn web() -> Web {
    Web::default().with(&assertion()).with(&badge()).with(&profile()).with(&key())
}

fn hosted_with(change: impl FnOnce(&mut Value)) -> (Web, String) {
    let copy = changed(&assertion(), change);
    (web().with(&copy), copy.to_string())
}

#[test]
fn a_hosted_badge_is_what_stands_at_its_address() {
    let (report, asked) = web().verify_asked(assertion().to_string());
    verified(&report);
    assert_eq!(asked, [AT, BADGE, ISSUER]);
    let hosted = find(&report, Code::SecuringHosted);
    assert_eq!(hosted.details["evidence"], "transport".into());
    assert_eq!(codes(&report, CheckId::StatusEntry), [Code::StatusHosted]);
    assert_eq!(codes(&report, CheckId::IssuerBound), [Code::IssuerInScope]);
    assert_eq!(codes(&report, CheckId::HostedCopy), [Code::HostedCopySame]);
    let issuer = report.issuer().unwrap();
    assert_eq!((issuer.id.as_str(), issuer.bound_by), (ISSUER, Some("hosted")));
    assert_eq!(report.proofs()[0].suite.as_deref(), Some("hosted"));
    assert_eq!(report.format().unwrap().version, "2.0");
    // No signature is claimed where there is none.
    assert!(codes(&report, CheckId::ProofSignature).is_empty());
}

#[test]
fn an_address_alone_is_enough() {
    for input in [AT.to_owned(), format!("\n {AT} \n")] {
        let (report, asked) = web().verify_asked(input);
        verified(&report);
        assert_eq!(asked, [AT, BADGE, ISSUER]);
        assert!(report.checks().iter().all(|check| check.code != Code::HostedCopySame));
    }
}

#[test]
fn a_signed_badge_is_signed_with_a_key_that_its_issuer_lists() {
    let (report, asked) = web().verify_asked(sign(1, &signed()));
    verified(&report);
    assert_eq!(asked, [BADGE, ISSUER, KEY]);
    assert_eq!(codes(&report, CheckId::ProofSignature), [Code::SignatureGood]);
    assert_eq!(codes(&report, CheckId::StatusEntry), [Code::StatusNone]);
    assert_eq!(report.issuer().unwrap().bound_by, Some("issuerProfile"));
    assert_eq!(report.proofs()[0].verification_method.as_deref(), Some(KEY));
    // RS256 is what is recommended; others that cannot be forged are accepted, and that is said.
    assert_eq!(find(&report, Code::JoseAlgUnusual).outcome, Outcome::Failed);
    // Without `creator` every key of the profile may have made it.
    let nameless = changed(&signed(), |it| it["verification"] = json!({"type": "signed"}));
    verified(&web().verify(sign(1, &nameless)));
    // The key may stand in the profile.
    let inline = changed(&profile(), |it| {
        it["publicKey"] =
            json!([{"id": "https://school.example/old", "owner": ISSUER, "publicKeyPem": pem(7)}, key()])
    });
    let (report, asked) = web().with(&inline).verify_asked(sign(1, &signed()));
    verified(&report);
    assert_eq!(asked, [BADGE, ISSUER]);
}

#[test]
fn parts_may_stand_in_what_is_signed_and_the_profile_never_counts_there() {
    // threats.md O05: an attacker's inline issuer with the attacker's own key.
    let evil = changed(&profile(), |it| {
        it["publicKey"] = json!({"id": KEY, "owner": ISSUER, "publicKeyPem": pem(9)})
    });
    let inline = |issuer: &Value| changed(&badge(), |it| it["issuer"] = issuer.clone());
    let attack = changed(&signed(), |it| it["badge"] = inline(&evil));
    failed(&web().verify(sign(9, &attack)), Code::SignatureInvalid);
    // Unreachable, it is no better.
    let report = Web::default().verify(sign(9, &attack));
    open(&report, Code::HostedUnavailable);
    assert!(report.authentic_record().is_none());
    // The same with the real key is fine, whatever the inline profile says.
    verified(&web().verify(sign(1, &attack)));
}

#[test]
fn o05_keys_that_are_not_linked_from_the_profile_are_nobodys() {
    let other = "https://evil.example/key";
    let evil_key = json!({"id": other, "owner": ISSUER, "publicKeyPem": pem(9)});
    let attack = changed(&signed(), |it| it["verification"]["creator"] = json!(other));
    let (report, asked) = web().with(&evil_key).verify_asked(sign(9, &attack));
    failed(&report, Code::KeyNotListed);
    assert!(!asked.contains(&other.to_owned()), "a key that nobody lists is not fetched");
    // A profile without keys.
    let none = changed(&profile(), |it| drop(it.as_object_mut().unwrap().remove("publicKey")));
    failed(&web().with(&none).verify(sign(1, &signed())), Code::KeyNotListed);
    // Listed, and of somebody else.
    let owned = changed(&key(), |it| it["owner"] = json!("https://evil.example/issuer"));
    failed(&web().with(&owned).verify(sign(1, &signed())), Code::KeyController);
    let nobodys = changed(&key(), |it| drop(it.as_object_mut().unwrap().remove("owner")));
    failed(&web().with(&nobodys).verify(sign(1, &signed())), Code::KeyMethodInvalid);
    // At its address stands another key.
    let moved = changed(&key(), |it| it["id"] = json!("https://school.example/keys/2"));
    open(&web().at(KEY, &moved).verify(sign(1, &signed())), Code::KeyDocumentId);
    open(&web().status(KEY, 404).verify(sign(1, &signed())), Code::KeyDocumentUnavailable);
    // What stands there is no key at all, but a message, for instance.
    let message = json!({"id": KEY, "owner": ISSUER, "message": "try again later"});
    open(&web().at(KEY, &message).verify(sign(1, &signed())), Code::KeyDocumentInvalid);
    for bad in [
        json!({"id": KEY, "owner": ISSUER, "publicKeyPem": 7}),
        json!({"id": KEY, "owner": ISSUER, "publicKeyPem": "AAAA"}),
    ] {
        let report = web().at(KEY, &bad).verify(sign(1, &signed()));
        assert!(matches!(report.verdict(), Verdict::NotVerified), "{}", report.to_json());
    }
}

#[test]
fn o06_the_algorithm_is_that_of_the_key() {
    for alg in ["none", "HS256", "hs256", "None"] {
        failed(&web().verify(sign_as(1, &json!({"alg": alg}), &signed())), Code::JoseAlg);
    }
    // The signature of a key that is used as if it were one of another kind.
    failed(&web().verify(sign_as(1, &json!({"alg": "RS256"}), &signed())), Code::KeyType);
    failed(&web().verify(sign_as(1, &json!({"alg": "ES256"}), &signed())), Code::KeyType);
    // Keys of the header show nothing.
    let header = json!({"alg": "EdDSA", "kid": KEY, "jku": "https://evil.example/keys"});
    let report = web().verify(sign_as(9, &header, &signed()));
    failed(&report, Code::SignatureInvalid);
    find(&report, Code::JoseHeaderIgnored);
}

/// threats.md O08.
#[test]
fn o08_a_bad_signature_makes_the_host_fetch_nothing_but_keys() {
    let listed = changed(&profile(), |it| it["revocationList"] = json!(LIST));
    let (report, asked) = web().with(&listed).verify_asked(sign(9, &signed()));
    failed(&report, Code::SignatureInvalid);
    assert_eq!(asked, [BADGE, ISSUER, KEY]);
    assert_eq!(codes(&report, CheckId::StatusEntry), [Code::StatusBlocked]);
}

#[test]
fn a_jws_of_a_hosted_badge_and_a_text_of_a_signed_one_are_refused() {
    let report = web().verify(sign(1, &assertion()));
    failed(&report, Code::DocumentMemberValue);
    failed(&web().verify(signed().to_string()), Code::SecuringMissing);
    let silent = changed(&assertion(), |it| drop(it.as_object_mut().unwrap().remove("verification")));
    failed(&web().verify(silent.to_string()), Code::SecuringMissing);
    let both = changed(&assertion(), |it| it["verification"]["type"] = json!(["hosted", "signed"]));
    failed(&web().verify(both.to_string()), Code::SecuringMissing);
}

/// threats.md O01: of what is shown only the address is believed.
#[test]
fn o01_what_was_shown_counts_for_nothing() {
    let shown = changed(&assertion(), |it| {
        it["recipient"]["identity"] = json!("eve@example.org");
        it["badge"] =
            json!({"id": "https://evil.example/badge", "issuer": {"id": "https://evil.example/issuer"}});
        it["expires"] = json!("2100-01-01T00:00:00Z");
        it.sort_all_objects(); // what differs is told in the order of the text
    });
    let about = |address: &str| occasion().recipient(Recipient::email(address));
    let web = web().with(&changed(&assertion(), |it| it["expires"] = json!("2024-02-01T00:00:00Z")));
    let (report, asked) = web.clone().occasion(about("eve@example.org")).verify_asked(shown.to_string());
    assert_eq!(asked, [AT, BADGE, ISSUER], "nothing that was shown is fetched");
    failed(&report, Code::RecipientDiffers);
    failed(&report, Code::ValidityExpired);
    let differs = find(&report, Code::HostedCopyDiffers);
    assert_eq!(
        differs.details["members"],
        vec!["badge".to_owned(), "expires".to_owned(), "recipient".to_owned()].into()
    );
    assert_eq!(find(&report, Code::RecipientDiffers).pointer.as_deref(), Some("/recipient"));
    let report = web.occasion(about("ada@example.org")).verify(shown.to_string());
    assert_eq!(codes(&report, CheckId::Recipient), [Code::RecipientMatches]);
    assert_eq!(report.issuer().unwrap().id, ISSUER);
}

#[test]
fn until_the_copy_is_there_nothing_is_said() {
    let report = web().first(assertion().to_string().as_bytes());
    open(&report, Code::HostedNeeded);
    assert!(report.issuer().is_none());
    assert!(report.requests()[0].from_unverified);
    let lost = Web::default().verify(assertion().to_string());
    open(&lost, Code::HostedUnavailable);
    assert!(lost.authentic_record().is_none());
    for (address, code) in
        [(AT, Code::HostedUnavailable), (BADGE, Code::HostedUnavailable), (ISSUER, Code::HostedUnavailable)]
    {
        open(&web().status(address, 404).verify(assertion().to_string()), code);
        open(&web().bytes(address, b"<html>").verify(assertion().to_string()), Code::HostedUnreadable);
        open(&web().bytes(address, b"[1]").verify(assertion().to_string()), Code::HostedUnreadable);
    }
}

#[test]
fn what_says_that_it_belongs_elsewhere_is_not_what_was_looked_for() {
    let elsewhere = |document: Value, at: &str| changed(&document, |it| it["id"] = json!(format!("{at}x")));
    for (document, at) in [(assertion(), AT), (badge(), BADGE), (profile(), ISSUER)] {
        let web = web().at(at, &elsewhere(document.clone(), at));
        open(&web.verify(assertion().to_string()), Code::HostedOther);
        let nameless = changed(&document, |it| drop(it.as_object_mut().unwrap().remove("id")));
        let web = Web::clone(&web).at(at, &nameless);
        open(&web.verify(assertion().to_string()), Code::HostedOther);
    }
    // Another spelling is another address.
    let spelled = changed(&assertion(), |it| it["id"] = json!("https://school.example/assertions/%31"));
    open(&web().at(AT, &spelled).verify(AT), Code::HostedUnavailable);
    // At the address stands a badge that says it is signed.
    let other = changed(&signed(), |it| it["id"] = json!(AT));
    open(&web().at(AT, &other).verify(assertion().to_string()), Code::HostedOther);
}

#[test]
fn o07_what_the_issuer_withdrew_is_revoked() {
    let report = web().status(AT, 410).verify(assertion().to_string());
    failed(&report, Code::StatusGone);
    failed(&web().status(AT, 410).verify(AT), Code::StatusGone);
    let (web_1, text) = hosted_with(|it| it["revoked"] = json!(true));
    failed(&web_1.verify(text), Code::StatusRevoked);
    // `id` and `revoked` are enough.
    let short = json!({"id": AT, "revoked": true});
    failed(&web().at(AT, &short).verify(assertion().to_string()), Code::StatusRevoked);
    let other = json!({"id": BADGE, "revoked": true});
    open(&web().at(AT, &other).verify(assertion().to_string()), Code::HostedOther);
    let (web_2, text) = hosted_with(|it| it["revoked"] = json!(false));
    verified(&web_2.verify(text));
    let (web_3, text) = hosted_with(|it| it["revoked"] = json!("true"));
    failed(&web_3.verify(text), Code::DocumentMemberType);
}

#[test]
fn o07_lists_name_signed_badges_by_id_and_by_uid() {
    let listing = |list: &Value| {
        web().with(&changed(&profile(), |it| it["revocationList"] = json!(LIST))).at(LIST, list)
    };
    let list = |entries: Value| json!({"@context": CONTEXT, "type": "RevocationList", "id": LIST, "issuer": ISSUER, "revokedAssertions": entries});
    let token = sign(1, &signed());
    for entries in [
        json!(["urn:uuid:1"]),
        json!("urn:uuid:1"),
        json!([{"id": "urn:uuid:1", "revocationReason": "A mistake"}]),
        json!([{"uid": "urn:uuid:1"}]),
        json!(["urn:uuid:2", {"id": "urn:uuid:1", "revoked": true}]),
    ] {
        let (report, asked) = listing(&list(entries)).verify_asked(&token);
        failed(&report, Code::StatusRevoked);
        assert_eq!(find(&report, Code::StatusRevoked).details["evidence"], "transport".into());
        assert_eq!(asked, [BADGE, ISSUER, KEY, LIST]);
    }
    for entries in [json!([]), json!(["urn:uuid:11"]), json!([{"id": "urn:uuid:1", "revoked": false}])] {
        let report = listing(&list(entries)).verify(&token);
        verified(&report);
        assert_eq!(codes(&report, CheckId::StatusEntry), [Code::StatusUnset]);
    }
    for entries in
        [json!([7]), json!([{}]), json!([{"id": 7}]), json!([{"id": "urn:uuid:2", "revoked": "no"}])]
    {
        open(&listing(&list(entries)).verify(&token), Code::StatusListMalformed);
    }
    open(&listing(&json!({"id": LIST})).verify(&token), Code::StatusListMalformed);
    let of_other = changed(&list(json!([])), |it| it["issuer"] = json!("https://evil.example/issuer"));
    open(&listing(&of_other).verify(&token), Code::StatusListIssuer);
    let other = changed(&list(json!([])), |it| it["id"] = json!("https://school.example/other"));
    open(&listing(&other).verify(&token), Code::StatusListMismatch);
    let typed = changed(&list(json!([])), |it| it["type"] = json!("Profile"));
    open(&listing(&typed).verify(&token), Code::StatusListType);
    open(&listing(&json!([])).verify(&token), Code::StatusListUnreadable);
    let gone = web().with(&changed(&profile(), |it| it["revocationList"] = json!(LIST)));
    open(&gone.verify(&token), Code::StatusListUnavailable);
    let wrong = web().with(&changed(&profile(), |it| it["revocationList"] = json!(7)));
    assert!(!matches!(wrong.verify(&token).verdict(), Verdict::Verified(_)));
}

/// threats.md O02, O03, O04.
#[test]
fn a_profile_answers_for_what_is_in_its_scope() {
    let elsewhere = "https://badges.example/1";
    let copy = changed(&assertion(), |it| it["id"] = json!(elsewhere));
    let ruled = |rules: Value| web().with(&copy).with(&changed(&profile(), |it| it["verification"] = rules));
    failed(&web().with(&copy).verify(elsewhere), Code::IssuerOutOfScope);
    verified(&ruled(json!({"allowedOrigins": ["badges.example"]})).verify(elsewhere));
    verified(&ruled(json!({"startsWith": "https://badges.example/"})).verify(elsewhere));
    for rules in [
        json!({"allowedOrigins": "https://badges.example"}),
        json!({"allowedOrigins": ["*"]}),
        json!({"startsWith": "https://badges.exam"}),
        json!({"startsWith": "https://badges.example/2"}),
        json!({"startsWith": "https://badges.example/", "allowedOrigins": "school.example"}),
    ] {
        failed(&ruled(rules).verify(elsewhere), Code::IssuerOutOfScope);
    }
    open(&ruled(json!({"verificationProperty": "url"})).verify(elsewhere), Code::IssuerScopeUnknown);
    // `https://school.example` is no prefix of this.
    let evil = "https://school.example.evil/1";
    let attack = changed(&assertion(), |it| it["id"] = json!(evil));
    let rules =
        changed(&profile(), |it| it["verification"] = json!({"startsWith": "https://school.example"}));
    failed(&web().with(&rules).with(&attack).verify(evil), Code::IssuerOutOfScope);
    // A profile that stands nowhere answers for nothing.
    let urn = changed(&badge(), |it| {
        it["issuer"] = json!(changed(&profile(), |it| it["id"] = json!("urn:uuid:9")))
    });
    let (web, text) = hosted_with(|it| it["badge"] = urn);
    failed(&web.verify(text), Code::IssuerOutOfScope);
}

#[test]
fn an_attacker_cannot_issue_in_anothers_name() {
    // On the attacker's own server, with the school as issuer.
    let at = "https://evil.example/1";
    let copy = changed(&assertion(), |it| it["id"] = json!(at));
    failed(&web().with(&copy).verify(copy.to_string()), Code::IssuerOutOfScope);
    // With an inline profile that answers for everything: the one at the address counts.
    let lax = changed(&profile(), |it| it["verification"] = json!({"startsWith": "https://evil.example/"}));
    let inline = changed(&copy, |it| it["badge"] = changed(&badge(), |badge| badge["issuer"] = lax));
    failed(&web().with(&inline).verify(at), Code::IssuerOutOfScope);
    // On the issuer's own server, where users may put files: its profile says which records are its.
    let upload = "https://school.example/users/eve/1";
    let copy = changed(&assertion(), |it| it["id"] = json!(upload));
    let strict = changed(&profile(), |it| {
        it["verification"] = json!({"startsWith": "https://school.example/assertions/"})
    });
    failed(&web().with(&copy).with(&strict).verify(upload), Code::IssuerOutOfScope);
    // A badge class of the school, with the attacker as issuer.
    let evil = json!({"type": "Profile", "id": "https://evil.example/issuer", "name": "School", "url": "https://evil.example", "email": "a@evil.example"});
    let stolen = changed(&copy, |it| {
        it["id"] = json!(at);
        it["badge"] = changed(&badge(), |badge| badge["issuer"] = evil["id"].clone());
    });
    failed(&web().with(&evil).with(&stolen).verify(at), Code::IssuerOutOfScope);
    let resigned = changed(&stolen, |it| it["verification"] = json!({"type": "signed"}));
    let keyed = changed(&evil, |it| {
        it["publicKey"] = json!({"id": "https://evil.example/k", "owner": evil["id"], "publicKeyPem": pem(9)})
    });
    failed(&web().with(&keyed).verify(sign(9, &resigned)), Code::IssuerOutOfScope);
    // A badge class that stands on somebody else's server.
    let foreign = changed(&badge(), |it| it["id"] = json!("https://evil.example/badge"));
    let (web, text) = hosted_with(|it| it["badge"] = json!("https://evil.example/badge"));
    failed(&web.with(&foreign).verify(text), Code::IssuerOutOfScope);
}

#[test]
fn only_accepted_issuers_make_the_host_go_on() {
    let accept = |id: &str| web().policy(Policy::accepting(Issuers::one_of([id])));
    verified(&accept(ISSUER).verify(AT));
    let (report, asked) = accept("https://other.example/issuer").verify_asked(AT);
    failed(&report, Code::IssuerNotAccepted);
    assert_eq!(asked, [AT, BADGE], "the profile of an issuer that is not accepted is not fetched");
    failed(&accept("https://school.example/").verify(AT), Code::IssuerNotAccepted);
}

#[test]
fn only_plain_addresses_of_named_servers_are_asked_for() {
    let locations = |id: &str| {
        let input = changed(&assertion(), |it| it["id"] = json!(id));
        let report = Web::default().first(input.to_string().as_bytes());
        assert!(matches!(report.verdict(), Verdict::Indeterminate | Verdict::NotVerified), "{id}");
        report.requests().iter().map(|request| request.locations.clone()).collect::<Vec<_>>()
    };
    assert_eq!(locations(AT), [[AT]]);
    // The host may have it; nobody fetches it.
    assert_eq!(locations("http://school.example/1"), [Vec::<String>::new()]);
    for id in [
        "https://eve@school.example/1",
        "https://school.example/1#x",
        "https://10.0.0.1/1",
        "https://169.254.169.254/latest",
        "https://[::1]/1",
        "https://2130706433/",
        "file:///etc/passwd",
        "ftp://school.example/1",
        "urn:uuid:1",
        "x",
        "",
        "https://school.example/a/../1",
    ] {
        assert!(locations(id).is_empty(), "{id}");
    }
    for url in
        ["https://eve@school.example/1", "http://10.0.0.1/", "https://school.example/1#x", "https://a b/"]
    {
        let report = Web::default().first(url.as_bytes());
        assert!(report.requests().is_empty() && matches!(report.verdict(), Verdict::Indeterminate), "{url}");
    }
    // An address that leads to an address leads nowhere.
    let (report, asked) =
        Web::default().bytes("https://a.example/", b"https://b.example/").verify_asked("https://a.example/");
    open(&report, Code::FormatNotRecognised);
    assert_eq!(asked, ["https://a.example/"]);
}

/// What the profile allows is known when it has been fetched, and nothing is refused before.
#[test]
fn a_signed_badge_may_name_a_class_where_its_issuer_allows_it() {
    let elsewhere = "https://badges.example/robotics";
    let class = changed(&badge(), |it| it["id"] = json!(elsewhere));
    let allowing = changed(&profile(), |it| {
        it["verification"] = json!({"allowedOrigins": ["badges.example", "school.example"]})
    });
    for named in [json!(elsewhere), class.clone()] {
        let token = sign(1, &changed(&signed(), |it| it["badge"] = named));
        verified(&web().with(&class).with(&allowing).verify(&token));
        failed(&web().with(&class).verify(&token), Code::IssuerOutOfScope);
    }
}

#[test]
fn the_bounds_of_a_token_count_beside_those_of_the_badge() {
    let until = |member: &str, seconds: i64| sign(1, &changed(&signed(), |it| it[member] = json!(seconds)));
    verified(&web().verify(until("exp", 1_800_000_000)));
    failed(&web().verify(until("exp", 1_700_000_000)), Code::ValidityExpired);
    failed(&web().verify(until("nbf", 1_800_000_000)), Code::ValidityNotYet);
}

#[test]
fn what_is_issued_tomorrow_and_what_has_expired() {
    let with = |member: &str, value: Value| hosted_with(|it| it[member] = value);
    let (web, text) = with("issuedOn", json!("2024-06-02T00:00:00Z"));
    failed(&web.verify(text), Code::ValidityNotYet);
    let (web, text) = with("expires", json!("2024-05-31T00:00:00Z"));
    failed(&web.verify(text), Code::ValidityExpired);
    let (web, text) = with("expires", json!("2023-05-31T00:00:00Z"));
    failed(&web.verify(text), Code::DocumentDateOrder);
    let (web, text) = with("expires", json!("2025-05-31T00:00Z"));
    verified(&web.verify(text));
    for bad in [json!("2024-01-01"), json!("soon"), json!(""), json!(1_700_000_000)] {
        let (web, text) = with("issuedOn", bad);
        failed(&web.verify(text), Code::DocumentDate);
    }
}

#[test]
fn o09_recipients_are_compared_as_the_standard_says() {
    let judge = |recipient: Value, expected: Recipient| {
        let (web, text) = hosted_with(|it| it["recipient"] = recipient);
        codes(&web.occasion(occasion().recipient(expected)).verify(text), CheckId::Recipient)
    };
    let ada = || Recipient::email("ada@example.org");
    // sha256("a@example.comKosher"), the example of the standard.
    let hash = "sha256$b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399";
    let salted = json!({"type": "email", "hashed": true, "salt": "Kosher", "identity": hash});
    assert_eq!(judge(salted.clone(), Recipient::email("a@example.com")), [Code::RecipientMatches]);
    assert_eq!(judge(salted.clone(), Recipient::email("A@example.com ")), [Code::RecipientNearly]);
    assert_eq!(judge(salted, ada()), [Code::RecipientDiffers]);
    let plain = |kind: &str, identity: &str| json!({"type": kind, "hashed": false, "identity": identity});
    assert_eq!(judge(plain("email", "ada@example.org"), ada()), [Code::RecipientMatches]);
    assert_eq!(
        judge(plain("url", "https://ada.example"), Recipient::id("https://ada.example")),
        [Code::RecipientMatches]
    );
    assert_eq!(
        judge(plain("telephone", "+1"), Recipient::identifier("telephone", "+1")),
        [Code::RecipientMatches]
    );
    assert_eq!(judge(plain("url", "https://ada.example"), ada()), [Code::RecipientNotStated]);
    assert_eq!(judge(plain("x:own", "ada@example.org"), ada()), [Code::RecipientNotComparable]);
    // A hash that says it is none, and the reverse.
    assert_eq!(judge(plain("email", hash), ada()), [Code::RecipientNotComparable]);
    let claims = json!({"type": "email", "hashed": true, "identity": "ada@example.org"});
    assert_eq!(judge(claims, ada()), [Code::RecipientNotComparable]);
    // MD5 is good only to be called old.
    let hashed = |hash: &str| json!({"type": "email", "hashed": true, "identity": hash});
    assert_eq!(judge(hashed("md5$5bfcf2d8e394674550332640d72db509"), ada()), [Code::RecipientMatchesLegacy]);
    for other in ["md5$00000000000000000000000000000000", "sha1$0000000000000000000000000000000000000000"] {
        assert_eq!(judge(hashed(other), ada()), [Code::RecipientDiffers], "{other}");
    }
}

#[test]
fn wrong_types_fail_and_are_never_absent() {
    for (member, bad) in [
        ("type", json!("OtherAssertion")),
        ("type", json!(7)),
        ("recipient", json!("ada@example.org")),
        ("recipient", json!({"type": "email", "hashed": "no", "identity": "x"})),
        ("recipient", json!({"type": "email", "hashed": false})),
        ("issuedOn", json!([])),
        ("expires", json!(true)),
        ("narrative", json!({})),
        ("evidence", json!(7)),
        ("image", json!("data:image/png;base64,AAAA")),
        ("badge", json!(7)),
        ("badge", json!([BADGE])),
    ] {
        let (web, text) = hosted_with(|it| it[member] = bad.clone());
        let report = web.verify(text);
        assert!(matches!(report.verdict(), Verdict::NotVerified), "{member} {bad}: {}", report.to_json());
    }
    // Parts that stand in the record are the record.
    for (member, bad) in defects_of_a_class() {
        let (web, text) = hosted_with(|it| it["badge"] = changed(&badge(), |it| it[member] = bad.clone()));
        let report = web.verify(text);
        assert!(matches!(report.verdict(), Verdict::NotVerified), "{member} {bad}: {}", report.to_json());
        assert!(conformance_at(&report).starts_with("/badge"), "{member}");
    }
}

fn defects_of_a_class() -> [(&'static str, Value); 6] {
    [
        ("name", json!(7)),
        ("criteria", json!(null)),
        ("alignment", json!([{"targetName": "x"}])),
        ("tags", json!([1])),
        ("type", json!("Assertion")),
        ("image", json!(false)),
    ]
}

fn conformance_at(report: &ler_verify::Report) -> String {
    let mut checks = report.checks().iter().filter(|check| check.id == CheckId::DocumentConformance);
    checks.find_map(|check| check.pointer.clone()).unwrap_or_default()
}

/// A BadgeClass or profile that was fetched is not what the bytes of the record say: a server that answers badly, or an
/// issuer who forgets its address years later, is no evidence that the record was forged (design.md §3: any defect of an
/// issuer's document is indeterminate). Nor is it nothing: of whom or of what the record is, is not known as its standard
/// demands, so it is not verified either. The record itself conforms, and that is said.
#[test]
fn what_is_wrong_with_a_fetched_part_decides_nothing() {
    let judge = |part: &Value, place: &str, reason: &str| {
        for input in [assertion().to_string(), sign(1, &signed())] {
            let report = web().with(part).verify(input);
            open(&report, Code::HostedDefective);
            let check = find(&report, Code::HostedDefective);
            assert_eq!(check.details["reason"], reason.into(), "{}", report.to_json());
            assert!(check.pointer.as_deref().is_some_and(|at| at.starts_with(place)), "{place}");
            assert_eq!(codes(&report, CheckId::DocumentConformance), [Code::DocumentConforms]);
            assert_eq!(codes(&report, CheckId::HostedDocuments), [Code::HostedDefective]);
            assert_eq!(report.axes().authentic, Outcome::Indeterminate);
            assert!(report.authentic_record().is_none());
        }
    };
    let reasons = ["type", "missing", "missing", "type", "", "type"];
    for ((member, bad), reason) in defects_of_a_class().into_iter().zip(reasons) {
        let reason =
            if reason.is_empty() { "document.type".to_owned() } else { format!("document.member.{reason}") };
        judge(&changed(&badge(), |it| it[member] = bad), "/badge", &reason);
    }
    for (member, bad, reason) in [
        ("type", json!("Criteria"), "document.type"),
        ("name", json!([]), "document.member.type"),
        ("url", json!("x"), "document.url"),
        ("email", json!(7), "document.member.type"),
        ("email", json!(null), "document.member.missing"),
    ] {
        judge(&changed(&profile(), |it| it[member] = bad), "/badge/issuer", reason);
    }
    let list = changed(&profile(), |it| it["revocationList"] = json!({}));
    open(&web().with(&list).verify(AT), Code::HostedDefective);
}

/// Nor do keys in a fetched profile of which cannot be said what they are; and nothing is verified by them.
#[test]
fn malformed_keys_of_a_fetched_profile_decide_nothing() {
    let inline = |member: &str, bad: Value| changed(&key(), |it| it[member] = bad);
    let nameless = changed(&signed(), |it| it["verification"] = json!({"type": "SignedBadge"}));
    for keys in [
        json!(7),
        json!([7]),
        json!([[KEY]]),
        json!([null]),
        json!("key"),
        json!({"id": 7}),
        json!({"owner": ISSUER}),
        inline("id", json!(7)),
        inline("id", json!("key")),
        inline("owner", json!(7)),
        inline("owner", json!(null)),
        inline("owner", json!("school")),
        inline("publicKeyPem", json!(7)),
        inline("publicKeyPem", json!(null)),
        json!([key()["publicKeyPem"], inline("owner", json!([]))]),
    ] {
        let issuer = changed(&profile(), |it| it["publicKey"] = keys.clone());
        for record in [signed(), nameless.clone()] {
            let report = web().with(&issuer).verify(sign(1, &record));
            open(&report, Code::KeyDocumentInvalid);
            assert_eq!(codes(&report, CheckId::ProofSignature), [Code::SignatureBlocked], "{keys}");
            assert!(report.authentic_record().is_none());
        }
    }
    // Beside a key of the name that the record names they are not that key: what it made is seen, and what it did not make.
    let beside = changed(&profile(), |it| it["publicKey"] = json!([7, key()]));
    let report = web().with(&beside).verify(sign(1, &signed()));
    open(&report, Code::HostedDefective);
    assert_eq!(codes(&report, CheckId::ProofSignature), [Code::SignatureGood]);
    failed(&web().with(&beside).verify(sign(9, &signed())), Code::SignatureInvalid);
    // A record that names none may be signed with any of them.
    open(&web().with(&beside).verify(sign(9, &nameless)), Code::KeyDocumentInvalid);
}

/// Nor does a class that says by no URL who issues it, whoever is accepted, or a profile whose rules cannot be read.
#[test]
fn who_is_not_said_in_a_fetched_part_is_unknown() {
    let accepting = |issuers| web().policy(Policy::accepting(issuers));
    for bad in
        [json!("x"), json!(""), json!(7), json!({"id": "x"}), json!({"id": 7}), json!([ISSUER]), json!(null)]
    {
        let class = changed(&badge(), |it| it["issuer"] = bad.clone());
        for (input, code) in
            [(assertion().to_string(), Code::IssuerScopeUnknown), (sign(1, &signed()), Code::KeyBlocked)]
        {
            open(&accepting(Issuers::Anyone).with(&class).verify(&input), code);
            let report = accepting(Issuers::one_of([ISSUER])).with(&class).verify(&input);
            assert_ne!(report.axes().authentic, Outcome::Failed, "{}", report.to_json());
            assert_ne!(report.axes().trusted, Outcome::Failed, "{}", report.to_json());
        }
        // Who writes it into the record says it.
        if bad.is_string() {
            let (web, text) = hosted_with(|it| it["badge"] = class);
            failed(&web.verify(text), Code::IssuerOutOfScope);
        }
    }
    let elsewhere = changed(&badge(), |it| it["id"] = json!("https://badges.example/robotics"));
    let token = sign(1, &changed(&signed(), |it| it["badge"] = elsewhere["id"].clone()));
    for rules in [json!(7), json!({"startsWith": 7}), json!({"allowedOrigins": [{}]})] {
        let issuer = changed(&profile(), |it| it["verification"] = rules);
        open(&web().with(&elsewhere).with(&issuer).verify(&token), Code::IssuerScopeUnknown);
    }
}

/// What a fetched part says against the record is evidence: another issuer, who does not answer for where the record stands
/// or whose keys did not sign it. A defect beside it does not take that away.
#[test]
fn what_a_fetched_part_says_against_the_record_counts() {
    let other = changed(&profile(), |it| {
        it["id"] = json!("https://other.example/issuer");
        it["publicKey"] =
            json!({"id": "https://other.example/key", "owner": it["id"], "publicKeyPem": pem(9)});
        it.as_object_mut().unwrap().remove("email");
    });
    let class = changed(&badge(), |it| it["issuer"] = other["id"].clone());
    let web = web().with(&class).with(&other);
    failed(&web.verify(AT), Code::IssuerOutOfScope);
    let report = web.verify(sign(1, &signed()));
    failed(&report, Code::KeyNotListed);
    assert_eq!(find(&report, Code::HostedDefective).pointer.as_deref(), Some("/badge/issuer"));
}

#[test]
fn nothing_is_presented_so_nothing_answers() {
    failed(&web().occasion(occasion().challenge("1")).verify(AT), Code::ProofChallengeWrong);
    failed(&web().occasion(occasion().domain("a.example")).verify(AT), Code::ProofDomainWrong);
    open(&web().occasion(occasion().holder("did:example:ada")).verify(AT), Code::HolderNotStated);
}

#[test]
fn a_pinned_key_stands_for_a_profile_that_is_at_no_address() {
    let issuer = changed(&profile(), |it| it["id"] = json!("urn:uuid:9"));
    let record = changed(&signed(), |it| {
        it["badge"] = changed(&badge(), |b| {
            b["issuer"] = issuer;
            b["id"] = json!("urn:uuid:8");
        })
    });
    failed_or_open(&Web::default().verify(sign(1, &record)));
    let mut policy = Policy::accepting(Issuers::Anyone);
    policy.issuer_keys = vec![IssuerKey { issuer: "urn:uuid:9".to_owned(), key: pem(1) }];
    let report = Web::default().policy(policy.clone()).verify(sign(1, &record));
    assert_eq!(codes(&report, CheckId::ProofSignature), [Code::SignatureGood]);
    assert_eq!(codes(&report, CheckId::IssuerBound), [Code::IssuerIsBound]);
    failed(&Web::default().policy(policy).verify(sign(9, &record)), Code::SignatureInvalid);
}

fn failed_or_open(report: &ler_verify::Report) {
    assert!(matches!(report.verdict(), Verdict::Indeterminate), "{}", report.to_json());
    assert!(report.requests().is_empty());
}

#[cfg(feature = "schema")]
mod extensions {
    use super::*;

    const EXTENSION: &str = "https://w3id.example/geo/context.json";
    const SCHEMA: &str = "https://w3id.example/geo/schema.json";

    fn extended(value: Value) -> Web {
        let copy = changed(&assertion(), |it| {
            it["extensions:geo"] =
                json!({"@context": EXTENSION, "type": ["Extension", "extensions:Geo"], "latitude": value});
        });
        let context = json!({"@context": {}, "obi:validation": [{"obi:validatesType": "extensions#Geo", "obi:validationSchema": SCHEMA}]});
        let schema = json!({"$schema": "http://json-schema.org/draft-07/schema#", "type": "object", "required": ["latitude"],
            "properties": {"latitude": {"type": "number"}}});
        web().with(&copy).at(EXTENSION, &context).at(SCHEMA, &schema)
    }

    fn judge(web: Web) -> (Vec<Code>, Vec<String>) {
        let mut policy = Policy::accepting(Issuers::Anyone);
        policy.request_reported = true;
        let (report, asked) = web.policy(policy).verify_asked(AT);
        verified(&report);
        (codes(&report, CheckId::Schema), asked)
    }

    #[test]
    fn an_extension_is_held_against_the_schema_of_its_context() {
        let (found, asked) = judge(extended(json!(51.5)));
        assert_eq!(found, [Code::SchemaFollowed]);
        assert!(asked.ends_with(&[EXTENSION.to_owned(), SCHEMA.to_owned()]), "{asked:?}");
        assert_eq!(judge(extended(json!("north"))).0, [Code::SchemaViolated]);
        assert_eq!(judge(extended(json!(1)).status(SCHEMA, 404)).0, [Code::SchemaUnavailable]);
        assert_eq!(judge(extended(json!(1)).status(EXTENSION, 404)).0, [Code::SchemaNotEvaluated]);
    }

    #[test]
    fn nothing_is_fetched_for_what_is_only_reported() {
        let (report, asked) = extended(json!(51.5)).verify_asked(AT);
        verified(&report);
        assert_eq!(codes(&report, CheckId::Schema), [Code::SchemaNeeded]);
        assert_eq!(asked, [AT, BADGE, ISSUER]);
    }
}

mod endorsements {
    use super::*;

    const ENDORSED: &str = "https://board.example/endorsements/1";
    const BOARD: &str = "https://board.example/profile";

    fn board() -> Value {
        json!({"type": "Profile", "id": BOARD, "name": "Board", "url": "https://board.example", "email": "a@board.example"})
    }

    fn endorsement(about: &str) -> Value {
        json!({"@context": CONTEXT, "type": "Endorsement", "id": ENDORSED, "issuer": BOARD, "issuedOn": "2024-01-02T00:00:00Z",
            "claim": {"id": about, "endorsementComment": "Good."}, "verification": {"type": "HostedBadge"}})
    }

    fn endorsed(by: Value) -> Web {
        web().with(&changed(&badge(), |it| it["endorsement"] = by)).with(&board())
    }

    #[test]
    fn an_endorsement_is_verified_where_it_stands() {
        for by in [json!(ENDORSED), json!([ENDORSED]), endorsement(BADGE)] {
            let report = endorsed(by).with(&endorsement(BADGE)).verify(AT);
            verified(&report);
            assert_eq!(codes(&report, CheckId::EmbeddedEndorsement), [Code::EndorsementVerified]);
            let inside = &report.embedded()[0].report;
            assert_eq!(inside.issuer().unwrap().id, BOARD);
            assert_eq!(codes(inside, CheckId::EndorsementSubject), [Code::EndorsementAboutThis]);
        }
    }

    #[test]
    fn one_that_comes_with_the_badge_belongs_where_it_says() {
        let mut with = occasion();
        with.endorsements = vec![ENDORSED.to_owned()];
        let report = web().with(&board()).with(&endorsement(BADGE)).occasion(with.clone()).verify(AT);
        verified(&report);
        assert_eq!(codes(&report, CheckId::EmbeddedEndorsement), [Code::EndorsementVerified]);
        assert_eq!(report.embedded()[0].pointer, "/badge");
        let report = web().with(&board()).with(&endorsement("urn:uuid:other")).occasion(with).verify(AT);
        assert_eq!(codes(&report, CheckId::EmbeddedEndorsement), [Code::EndorsementNotVerified]);
        // Alone it is an endorsement of something, and about nobody.
        let about = occasion().recipient(Recipient::id(ENDORSED));
        let report = web().with(&board()).with(&endorsement(BADGE)).occasion(about).verify(ENDORSED);
        assert_eq!(codes(&report, CheckId::Recipient), [Code::RecipientNotStated]);
        assert_eq!(report.issuer().unwrap().id, BOARD);
    }

    #[test]
    fn one_about_something_else_or_by_nobody_lends_no_credit() {
        let report = endorsed(json!(ENDORSED)).with(&endorsement("https://other.example/badge")).verify(AT);
        verified(&report);
        assert_eq!(codes(&report, CheckId::EmbeddedEndorsement), [Code::EndorsementNotVerified]);
        let report = endorsed(json!(ENDORSED)).verify(AT);
        assert_eq!(codes(&report, CheckId::EmbeddedEndorsement), [Code::EndorsementIndeterminate]);
        // On somebody else's server.
        let report = endorsed(json!(ENDORSED))
            .with(&changed(&endorsement(BADGE), |it| it["issuer"] = json!("https://famous.example/profile")))
            .with(&changed(&board(), |it| it["id"] = json!("https://famous.example/profile")))
            .verify(AT);
        assert_eq!(codes(&report, CheckId::EmbeddedEndorsement), [Code::EndorsementNotVerified]);
    }
}

#[test]
fn what_names_too_much_is_too_complex() {
    let many: Vec<String> = (0..1_100).map(|number| format!("https://board.example/{number}")).collect();
    let (web, text) = hosted_with(|it| it["endorsement"] = json!(many));
    let report = web.verify(text);
    open(&report, Code::LimitEmbedded);
    assert!(report.embedded().len() <= 1_000);
    let keys: Vec<String> =
        (100..140).map(|number| format!("https://school.example/keys/{number}")).collect();
    let profile = changed(&profile(), |it| it["publicKey"] = json!(keys));
    let nameless = changed(&signed(), |it| it["verification"] = json!({"type": "signed"}));
    let (report, asked) = self::web().with(&profile).verify_asked(sign(1, &nameless));
    open(&report, Code::KeyUnsupported);
    assert_eq!(asked.len(), 2 + 16);
}

/// Nobody's record makes a host reach out for an issuer who is not accepted, nor to a thousand places at once (design.md §2).
#[test]
fn requests_are_for_accepted_issuers_and_bounded() {
    let shown = |issuer: &str| {
        changed(&assertion(), |it| {
            it["badge"] = changed(&badge(), |it| it["issuer"] = json!({"id": issuer}));
        })
        .to_string()
    };
    let accepting = || Web::default().policy(Policy::accepting(Issuers::one_of([ISSUER])));
    assert!(accepting().first(shown("https://other.example/issuer").as_bytes()).requests().is_empty());
    assert_eq!(accepting().first(shown(ISSUER).as_bytes()).requests().len(), 1);
    let (_, rounds) = web().rounds(sign(1, &endorsed_by(900)));
    assert_eq!(rounds.iter().map(Vec::len).collect::<Vec<_>>(), [1, 1, 1, 250, 250, 250, 150]);
}

fn endorsed_by(number: usize) -> Value {
    let many: Vec<String> = (0..number).map(|number| format!("https://board.example/{number}")).collect();
    changed(&signed(), |it| it["endorsement"] = json!(many))
}

/// Who wrote a record chose how many endorsements it names, and where: until its proof is good that is anybody, who would
/// have a host ask 250 addresses in one round for a text that nobody signed. So first comes what the proof and the key need.
///
/// The price is a round more for an honest record with endorsements, and for no other: they are asked for together with its
/// status list. One whose key is in hand (`did:key`, a pinned key) does not pay it (`endorsements.rs`).
#[test]
fn endorsements_are_asked_for_once_the_proof_is_good() {
    let web = web().with(&changed(&profile(), |it| it["revocationList"] = json!(LIST)));
    let board = ["https://board.example/0", "https://board.example/1"];
    let (report, rounds) = web.rounds(sign(1, &endorsed_by(2)));
    open(&report, Code::StatusListUnavailable);
    assert_eq!(rounds, [vec![BADGE], vec![ISSUER], vec![KEY], vec![LIST, board[0], board[1]]]);
    // The proof failed, and the proof that cannot be judged.
    let (report, asked) = web.verify_asked(sign(9, &endorsed_by(900)));
    failed(&report, Code::SignatureInvalid);
    assert_eq!(asked, [BADGE, ISSUER, KEY]);
    let (report, asked) = web.clone().status(KEY, 404).verify_asked(sign(1, &endorsed_by(900)));
    open(&report, Code::KeyDocumentUnavailable);
    assert_eq!(asked, [BADGE, ISSUER, KEY]);
    assert!(report.embedded().iter().all(|inside| inside.report.requests().is_empty()));
    // Of a hosted record the address is the proof.
    let elsewhere = "https://evil.example/1";
    let at = |url: &str| {
        changed(&endorsed_by(2), |it| {
            it["id"] = json!(url);
            it["verification"] = json!({"type": "HostedBadge"});
        })
    };
    let (_, rounds) = web.clone().with(&at(AT)).rounds(AT);
    assert_eq!(rounds, [vec![AT], vec![BADGE], vec![ISSUER], board.to_vec()]);
    let (report, asked) = web.with(&at(elsewhere)).verify_asked(elsewhere);
    failed(&report, Code::IssuerOutOfScope);
    assert_eq!(asked, [elsewhere, BADGE, ISSUER]);
}

const BOARD: &str = "https://board.example/profile";
const BOARD_KEY: &str = "https://board.example/key";

/// An endorsement by the board, with more endorsements in it.
fn endorsement_with(id: &str, about: &str, means: &str, more: &Value) -> Value {
    json!({"@context": CONTEXT, "type": "Endorsement", "id": id, "issuer": BOARD, "issuedOn": "2024-01-02T00:00:00Z",
        "claim": {"id": about}, "verification": {"type": means}, "endorsement": more})
}

fn of_the_board(by: &str, key: &str) -> [Value; 2] {
    let of_board = json!({"@context": CONTEXT, "type": "Profile", "id": by, "name": "Board", "url": by,
        "email": "board@board.example", "publicKey": key});
    [of_board, json!({"type": "CryptographicKey", "id": key, "owner": by, "publicKeyPem": pem(2)})]
}

/// The proof of the record covers all that stands in it: what endorses an endorsement does not wait for that one, or a record
/// would need as many rounds as somebody nests endorsements. Those that came from an address were chosen by who is there.
#[test]
fn endorsements_of_one_that_waits_wait_for_the_record_only() {
    let (one, three) = ("https://board.example/1", "https://board.example/3");
    let inner = sign(9, &endorsement_with("https://board.example/2", one, "SignedBadge", &json!([three])));
    let outer = sign(9, &endorsement_with(one, "urn:uuid:1", "SignedBadge", &json!([inner])));
    let record = changed(&signed(), |it| it["endorsement"] = json!([outer]));
    let (_, rounds) = web().rounds(sign(1, &record));
    assert_eq!(rounds, [vec![BADGE], vec![ISSUER], vec![KEY], vec![BOARD, three]]);
    // Where the key of the record is not to be had, nobody is asked anything.
    let (_, rounds) = web().status(KEY, 404).rounds(sign(1, &record));
    assert_eq!(rounds, [[BADGE], [ISSUER], [KEY]]);

    let record = changed(&signed(), |it| it["endorsement"] = json!([one]));
    let hosted = endorsement_with(one, "urn:uuid:1", "HostedBadge", &json!([three]));
    let (_, rounds) = web().with(&hosted).rounds(sign(1, &record));
    assert_eq!(rounds, [[BADGE], [ISSUER], [KEY], [one], [BOARD]], "there is no such profile");
    let [board, _] = of_the_board(BOARD, BOARD_KEY);
    let (_, rounds) = web().with(&hosted).with(&board).rounds(sign(1, &record));
    assert_eq!(rounds, [[BADGE], [ISSUER], [KEY], [one], [BOARD], [three]]);
    // Signed, it came from an address all the same.
    let signed = sign(2, &endorsement_with(one, "urn:uuid:1", "SignedBadge", &json!([three])));
    let (_, rounds) = web().bytes(one, signed.as_bytes()).with(&board).rounds(sign(1, &record));
    assert_eq!(rounds, [[BADGE], [ISSUER], [KEY], [one], [BOARD], [BOARD_KEY]]);
}

/// However deep endorsements are nested, and though each is by somebody else, hosts go on for long enough.
#[test]
fn endorsements_in_endorsements_cost_no_more_rounds() {
    for depth in 1..=4 {
        let mut web = web();
        let mut inside = json!([]);
        for level in (1..=depth).rev() {
            let id = |level: usize| {
                if level == 0 { "urn:uuid:1".to_owned() } else { format!("urn:uuid:e{level}") }
            };
            let by = format!("https://board-{level}.example/profile");
            for document in of_the_board(&by, &format!("https://board-{level}.example/key")) {
                web = web.with(&document);
            }
            let mut praise = endorsement_with(&id(level), &id(level - 1), "SignedBadge", &inside);
            praise["issuer"] = json!(by);
            inside = json!([sign(2, &praise)]);
        }
        let record = changed(&signed(), |it| it["endorsement"] = inside);
        let (report, rounds) = web.rounds(sign(1, &record));
        let counts: Vec<usize> = rounds.iter().map(Vec::len).collect();
        assert_eq!(counts, [1, 1, 1, depth, depth], "{rounds:?}");
        verified(&report);
        let mut inner = &report;
        for _ in 0..depth {
            let [inside] = inner.embedded() else { panic!("{}", report.to_json()) };
            assert_eq!(
                codes(inner, CheckId::EmbeddedEndorsement),
                [Code::EndorsementVerified],
                "{}",
                report.to_json()
            );
            inner = &inside.report;
        }
        assert!(inner.embedded().is_empty());
    }
}

/// Extensions and the schemas of their contexts are looked at up to a number, not to the product of two.
#[test]
fn many_extensions_are_too_complex() {
    let context = "https://school.example/extension";
    let rule = |number: usize| json!({"validatesType": "Extension", "validationSchema": format!("https://school.example/schemas/{number}")});
    let rules: Vec<Value> = (0..500).map(rule).collect();
    let (web, text) = hosted_with(|it| {
        for number in 0..500 {
            it[format!("extensions:e{number}")] = json!({"@context": context, "type": ["Extension"]});
        }
    });
    let mut policy = Policy::accepting(Issuers::Anyone);
    policy.request_reported = true;
    let web = web.at(context, &json!({"validation": rules})).policy(policy);
    let report = web.verify(text);
    assert!(codes(&report, CheckId::Schema).contains(&Code::SchemaTooComplex), "{}", report.to_json());
    assert!(report.checks().len() < 200, "{}", report.checks().len());
}

/// Nothing that a report says gives away what the record says (design.md §3).
#[test]
fn a_report_holds_no_claim() {
    let secret = "CANARY-7c1";
    let (web, text) = hosted_with(|it| {
        it["narrative"] = json!(secret);
        it["recipient"]["identity"] = json!(format!("{secret}@example.org"));
        it[secret] = json!(secret);
        it["issuedOn"] = json!(secret);
    });
    let report = web.occasion(occasion().recipient(Recipient::email("ada@example.org"))).verify(text);
    assert!(!report.to_json().contains(secret), "{}", report.to_json());
}

mod before_2 {
    use super::*;

    const V1: &str = "https://w3id.org/openbadges/v1";

    fn organization() -> Value {
        json!({"name": "School", "url": "https://school.example", "revocationList": LIST})
    }

    fn old_badge() -> Value {
        json!({"name": "Robotics", "description": "Built a robot.", "image": "https://school.example/r.png",
            "criteria": "https://school.example/criteria", "issuer": ISSUER})
    }

    fn old() -> Value {
        json!({"uid": "abc", "recipient": {"type": "email", "hashed": false, "identity": "ada@example.org"}, "badge": BADGE,
            "issuedOn": 1_700_000_000, "verify": {"type": "hosted", "url": AT}})
    }

    fn web() -> Web {
        Web::default().at(AT, &old()).at(BADGE, &old_badge()).at(ISSUER, &organization())
    }

    #[test]
    fn version_1_0_and_1_1_are_verified_as_they_are() {
        let report = web().verify(old().to_string());
        verified(&report);
        assert_eq!(report.format().unwrap().version, "1.0");
        let new = changed(&old(), |it| {
            it["@context"] = json!(V1);
            it["type"] = json!("Assertion");
            it["id"] = json!(AT);
            it["issuedOn"] = json!("2015-04-30");
        });
        let report = web().at(AT, &new).verify(AT);
        verified(&report);
        assert_eq!(report.format().unwrap().version, "1.1");
        let other = changed(&old(), |it| it["verify"]["url"] = json!("https://school.example/2"));
        open(&web().at(AT, &other).verify(old().to_string()), Code::HostedOther);
        let foreign = changed(&old_badge(), |it| it["issuer"] = json!("https://famous.example/issuer"));
        let report =
            web().at(BADGE, &foreign).at("https://famous.example/issuer", &organization()).verify(AT);
        failed(&report, Code::IssuerOutOfScope);
    }

    #[test]
    fn a_signed_one_is_of_a_key_at_the_issuers_origin() {
        let signed = |url: &str| changed(&old(), |it| it["verify"] = json!({"type": "signed", "url": url}));
        let web = web()
            .bytes("https://school.example/key.pem", pem(1).as_bytes())
            .bytes("https://evil.example/key.pem", pem(9).as_bytes());
        let clean = web.clone().at(LIST, &json!({"other": "why"}));
        let report = clean.verify(sign(1, &signed("https://school.example/key.pem")));
        verified(&report);
        assert_eq!(report.issuer().unwrap().bound_by, Some("issuerOrigin"));
        assert_eq!(codes(&report, CheckId::StatusEntry), [Code::StatusUnset]);
        failed(&clean.verify(sign(9, &signed("https://evil.example/key.pem"))), Code::KeyNotListed);
        failed(&clean.verify(sign(9, &signed("https://school.example/key.pem"))), Code::SignatureInvalid);
        // Revoked by `uid`, in a list that is a mere object.
        let revoked = web.at(LIST, &json!({"abc": "A mistake"}));
        failed(&revoked.verify(sign(1, &signed("https://school.example/key.pem"))), Code::StatusRevoked);
    }

    /// Nothing marks a list of 1.1 as one. A server that has no list answers with an object too, and who is not named in
    /// that has not been found to be in force.
    #[test]
    fn what_is_no_list_says_nothing() {
        let signed = |uid: &str| {
            let record = changed(&old(), |it| {
                it["uid"] = json!(uid);
                it["verify"] = json!({"type": "signed", "url": "https://school.example/key.pem"});
            });
            sign(1, &record)
        };
        let web = web().bytes("https://school.example/key.pem", pem(1).as_bytes());
        for other in [
            json!({"error": "Not found"}),
            json!({"Error": "Not found", "ErrorCode": "404"}),
            json!({"error_description": "Not found"}),
            json!({"message": "Rate limit exceeded", "documentation_url": "https://school.example/docs"}),
            json!({"Message": "Forbidden"}),
            json!({"type": "about:blank", "title": "Not Found", "detail": "There is no such list."}),
            json!({"detail": "Not found."}),
            json!({"status": "ok"}),
            json!({"status_code": "404", "info": "none"}),
            json!({"httpStatus": "404"}),
            json!({"_error": "Not found"}),
            json!({"err": "Not found"}),
            json!({"response": "Not found"}),
            json!({"@type": "x"}),
            // Other documents of the issuer.
            organization(),
            json!({"uid": "abcd", "badge": BADGE}),
            // What is no reason: a list that is broken does not say what is not in it.
            json!({"abcd": 7}),
            json!({"abc": true}),
            json!({"abcd": "A mistake", "abce": {"reason": "A mistake"}}),
            json!({"revoked": []}),
        ] {
            open(&web.clone().at(LIST, &other).verify(signed("abc")), Code::StatusListUnreadable);
        }
        // A record that is called by such a word is not found to be in force, either.
        open(
            &web.clone().at(LIST, &json!({"error": "x"})).verify(signed("error")),
            Code::StatusListUnreadable,
        );
        for none in [
            json!({}),
            json!({"abcd": ""}),
            json!({"errand-1": "A mistake", "http://school.example/7": "Another"}),
        ] {
            verified(&web.clone().at(LIST, &none).verify(signed("abc")));
        }
        for revoked in [json!({"x": "", "abc": ""}), json!({"abc": "A mistake", "x": null, "error": "x"})] {
            failed(&web.clone().at(LIST, &revoked).verify(signed("abc")), Code::StatusRevoked);
        }
    }

    #[test]
    fn version_0_5_stands_at_the_origin_that_it_names() {
        let first = json!({"recipient": "sha256$b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399", "salt": "Kosher",
            "issued_on": "2011-06-01", "badge": {"version": "0.5.0", "name": "Robotics", "image": "/r.png", "description": "Built a robot.",
            "criteria": "/criteria", "issuer": {"origin": "https://school.example", "name": "School"}}});
        let web =
            Web::default().at(AT, &first).occasion(occasion().recipient(Recipient::email("a@example.com")));
        let report = web.verify(AT);
        verified(&report);
        assert_eq!(report.format().unwrap().version, "0.5");
        assert_eq!(report.issuer().unwrap().id, "https://school.example");
        assert_eq!(codes(&report, CheckId::Recipient), [Code::RecipientMatches]);
        // The text alone does not say where it stands.
        failed(&web.verify(first.to_string()), Code::SecuringMissing);
        failed(
            &web.at("https://evil.example/1", &first).verify("https://evil.example/1"),
            Code::IssuerOutOfScope,
        );
    }

    /// An issuer of 0.5 is an origin. Nothing else that a record says of it counts: there were no profiles, no rules and no
    /// signatures.
    #[test]
    fn version_0_5_brings_no_rules_and_no_keys_of_its_own() {
        let record = |more: Value| {
            let mut issuer = json!({"origin": "https://school.example", "name": "School"});
            issuer.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            json!({"recipient": "ada@example.org", "issued_on": "2020-06-01",
                "verification": {"type": "SignedBadge", "creator": "https://school.example/key"},
                "badge": {"version": "0.5.0", "name": "PhD", "image": "/r.png", "description": "D", "criteria": "/c",
                          "issuer": issuer}})
        };
        let evil = "https://evil.example/1";
        let accepting = || {
            Policy::accepting(Issuers::one_of([
                "https://school.example",
                "https://school.example/issuer",
                "did:web:school.example",
            ]))
        };
        for more in [
            json!({}),
            json!({"verification": {"allowedOrigins": "evil.example"}}),
            json!({"verification": {"startsWith": "https://evil.example/"}}),
            json!({"id": "https://school.example/issuer", "verification": {"allowedOrigins": "evil.example"}}),
            json!({"id": "did:web:school.example"}),
        ] {
            let mut hosted = record(more.clone());
            hosted.as_object_mut().unwrap().remove("verification");
            let report = Web::default().policy(accepting()).at(evil, &hosted).verify(evil);
            failed(&report, Code::IssuerOutOfScope);
            let key = json!({"id": "https://school.example/key", "owner": "https://school.example", "publicKeyPem": pem(9)});
            let mut signed = record(more);
            for owner in ["https://school.example", "https://school.example/issuer", "did:web:school.example"]
            {
                signed["badge"]["issuer"]["publicKey"] = key.clone();
                signed["badge"]["issuer"]["publicKey"]["owner"] = json!(owner);
                let report = Web::default().policy(accepting()).verify(sign(9, &signed));
                open(&report, Code::FormatNotRecognised);
                assert_ne!(report.axes().authentic, Outcome::Passed);
                // The same in a record that holds others.
                let inside = json!({"type": "http://schema.hropenstandards.org/4.4/recruiting/json/ler-rs/LER-RSType.json",
                    "person": {}, "certifications": [{"name": "PhD", "verifications": [sign(9, &signed)]}]});
                let report = Web::default().policy(accepting()).verify(inside.to_string());
                assert!(report.embedded().iter().all(|e| e.report.axes().authentic != Outcome::Passed));
            }
        }
    }

    #[test]
    fn sha_1_is_only_good_to_be_called_old() {
        // sha1("ada@example.orgsalt")
        let first = |hash: &str| {
            json!({"recipient": format!("sha1${hash}"), "salt": "salt", "badge": {"name": "R", "image": "/r.png", "description": "D",
            "criteria": "/c", "issuer": {"origin": "https://school.example", "name": "School"}}})
        };
        let judge = |hash: &str| {
            let web = Web::default()
                .at(AT, &first(hash))
                .occasion(occasion().recipient(Recipient::email("ada@example.org")));
            web.verify(AT)
        };
        open(&judge(SHA1), Code::RecipientMatchesLegacy);
        assert_eq!(find(&judge(SHA1), Code::RecipientMatchesLegacy).details["algorithm"], "sha1".into());
        failed(&judge("0000000000000000000000000000000000000000"), Code::RecipientDiffers);
    }

    const SHA1: &str = "9f99c0e9400580ac4fa1290cd3411239cde2a250";
}

#[test]
fn the_record_is_read_from_what_was_verified() {
    let copy = changed(&assertion(), |it| {
        it["expires"] = json!("2030-01-01T00:00:00Z");
        it["narrative"] = json!("She did it.");
        it["evidence"] = json!(["https://ada.example/robot", {"id": "https://ada.example/film", "narrative": "It walks."}]);
        it["recipient"] = json!({"type": "email", "hashed": true, "salt": "x", "identity": "sha256$00"});
    });
    let report = web().with(&copy).verify(assertion().to_string());
    let Verdict::Verified(secured) = report.verdict() else { panic!("{}", report.to_json()) };
    let record = secured.record().unwrap();
    assert_eq!((record.family, record.version, record.id.as_deref()), ("openBadges", "2.0", Some(AT)));
    assert_eq!(record.title[0].value, "Robotics");
    let issuer = record.issuer.as_ref().unwrap();
    assert_eq!(
        (issuer.id.as_deref(), issuer.email.as_deref()),
        (Some(ISSUER), Some("badges@school.example"))
    );
    let holder = &record.holders[0].identifiers[0];
    assert_eq!(
        (holder.algorithm.as_deref(), holder.hash.as_deref(), holder.salted),
        (Some("sha256"), Some("00"), true)
    );
    let achievement = record.achievement.as_ref().unwrap();
    assert_eq!(achievement.id.as_deref(), Some(BADGE));
    assert_eq!(achievement.criteria.as_ref().unwrap().text[0].value, "Build a robot.");
    assert_eq!(achievement.tags[0].value, "robots");
    assert_eq!(achievement.alignments[0].name[0].value, "Robotics");
    assert_eq!(
        record.evidence.iter().map(|e| e.url.as_deref()).collect::<Vec<_>>(),
        [Some("https://ada.example/robot"), Some("https://ada.example/film")]
    );
    assert_eq!(record.dates.awarded.as_ref().unwrap().value, "2024-01-01T00:00:00Z");
    assert_eq!(record.dates.valid_until.as_ref().unwrap().value, "2030-01-01T00:00:00Z");
    assert_eq!(record.narrative[0].value, "She did it.");
    assert!(record.completeness.not_mapped.is_empty(), "{:?}", record.completeness);
    // The document is the record as it was put together.
    let document: Value = serde_json::from_str(secured.document()).unwrap();
    assert_eq!(document["badge"]["issuer"]["name"], "School");
}

/// Of the defects of the record itself and of those of its fetched parts so many are named, and neither hides the other.
#[test]
fn a_fetched_part_does_not_hide_what_the_record_does_wrong() {
    use ler_verify::{Resource, ResourceKind, Resources, Verifier};
    // All is there from the beginning: for what is wrong itself nothing is asked for.
    let judge = |evidence: Value, tags: Vec<u8>| {
        let resources = Resources::new();
        let class = changed(&badge(), |it| it["tags"] = json!(tags));
        let controlled = ResourceKind::ControlledIdentifierDocument;
        for (kind, document) in
            [(ResourceKind::HostedDocument, class), (controlled, profile()), (controlled, key())]
        {
            let id = document["id"].as_str().unwrap();
            resources.insert(kind, id, Resource::new(document.to_string()));
        }
        let record = changed(&signed(), |it| it["evidence"] = evidence);
        let verifier = Verifier::new(Policy::accepting(Issuers::Anyone)).unwrap();
        let report = verifier.verify(sign(1, &record).as_bytes(), &resources, &occasion());
        failed(&report, Code::DocumentMemberType);
        let own = codes(&report, CheckId::DocumentConformance);
        assert!(own.iter().all(|code| *code == Code::DocumentMemberType), "{own:?}");
        let fetched = codes(&report, CheckId::HostedDocuments);
        let fetched = fetched.iter().filter(|code| **code == Code::HostedDefective);
        (find(&report, Code::DocumentMemberType).pointer.clone().unwrap(), own.len(), fetched.count())
    };
    for bad in [0, 99, 100, 250] {
        assert_eq!(judge(json!(7), vec![0; bad]), ("/evidence".to_owned(), 1, bad.min(100)));
    }
    // The other way round.
    assert_eq!(judge(json!(vec![7; 250]), vec![0]), ("/evidence/0".to_owned(), 100, 1));
}
