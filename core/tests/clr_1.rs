//! Comprehensive Learner Records 1.0, hosted and signed, with signed Assertions and Endorsements inside (CLR 1.0 §Verification).
#![cfg(all(feature = "formats", feature = "jose"))]

#[path = "support/hosted.rs"]
mod hosted;

use hosted::{Web, changed, codes, failed, occasion, open, pem, sign, verified};
use ler_verify::record::Origin;
use ler_verify::report::Relation;
use ler_verify::{CheckId, Code, Recipient, Verdict};
use serde_json::{Value, json};

const CONTEXT: &str = "https://purl.imsglobal.org/spec/clr/v1p0/context/clr_v1p0.jsonld";
const PUBLISHER: &str = "https://college.example/publisher";
const TEACHER: &str = "https://academy.example/profile";
const AT: &str = "https://college.example/clr/1";

fn profile(id: &str, number: u8) -> Value {
    json!({"@context": CONTEXT, "type": "Profile", "id": id, "name": "College",
        "publicKey": {"type": "CryptographicKey", "id": format!("{id}#key"), "owner": id, "publicKeyPem": pem(number)}})
}

fn achievement(id: &str, name: &str, issuer: Value) -> Value {
    json!({"type": "Achievement", "id": id, "achievementType": "Course", "name": name, "issuer": issuer, "humanCode": "M1",
        "alignments": [{"targetName": "Proof", "targetUrl": "https://skills.example/1"}]})
}

fn clr() -> Value {
    json!({"@context": CONTEXT, "type": "Clr", "id": AT, "name": "Transcript", "issuedOn": "2024-01-01T00:00:00Z", "partial": true,
        "learner": {"type": "Profile", "id": "urn:uuid:ada", "name": "Ada", "email": "ada@example.org"},
        "publisher": PUBLISHER,
        "achievements": [achievement("urn:uuid:math", "Mathematics", json!(TEACHER))],
        "assertions": [{"type": "Assertion", "id": "urn:uuid:a1", "achievement": "urn:uuid:math", "issuedOn": "2023-06-01T00:00:00Z",
            "recipient": {"type": "email", "hashed": false, "identity": "ada@example.org"}, "creditsEarned": 3,
            "results": [{"type": "Result", "value": "A", "resultDescription": "urn:uuid:grade"}]}],
        "verification": {"type": "Hosted"}})
}

fn signed() -> Value {
    changed(&clr(), |it| {
        it["id"] = json!("urn:uuid:clr");
        it["verification"] = json!({"type": "Signed", "creator": format!("{PUBLISHER}#key")});
    })
}

fn inner() -> Value {
    json!({"type": "Assertion", "id": "urn:uuid:s1", "achievement": achievement("urn:uuid:logic", "Logic", json!(TEACHER)),
        "recipient": {"type": "email", "hashed": false, "identity": "ada@example.org"}, "issuedOn": "2023-07-01T00:00:00Z",
        "verification": {"type": "Signed"}})
}

fn web() -> Web {
    Web::default().with(&clr()).with(&profile(PUBLISHER, 1)).with(&profile(TEACHER, 2))
}

#[test]
fn a_hosted_clr_is_what_stands_at_its_address() {
    for input in [clr().to_string(), AT.to_owned()] {
        let (report, asked) = web().verify_asked(input);
        verified(&report);
        assert_eq!(asked, [AT, PUBLISHER]);
        let format = report.format().unwrap();
        assert_eq!((format.family, format.version), ("clr", "1.0"));
        assert_eq!(report.issuer().unwrap().id, PUBLISHER);
    }
    let elsewhere = changed(&clr(), |it| it["id"] = json!("https://evil.example/1"));
    failed(&web().with(&elsewhere).verify("https://evil.example/1"), Code::IssuerOutOfScope);
    failed(&web().status(AT, 410).verify(AT), Code::StatusGone);
}

#[test]
fn a_signed_clr_is_signed_by_its_publisher() {
    verified(&web().verify(sign(1, &signed())));
    failed(&web().verify(sign(2, &signed())), Code::SignatureInvalid);
    let other = changed(&signed(), |it| it["verification"]["creator"] = json!(format!("{TEACHER}#key")));
    failed(&web().verify(sign(2, &other)), Code::KeyNotListed);
    failed(&web().verify(signed().to_string()), Code::SecuringMissing);
    let inline = changed(&signed(), |it| it["publisher"] = profile(PUBLISHER, 9));
    failed(&web().verify(sign(9, &inline)), Code::SignatureInvalid);
}

#[test]
fn a_revocation_list_covers_clrs_and_assertions() {
    let list = "https://college.example/revoked";
    let listed = |id: &str, number| changed(&profile(id, number), |it| it["revocationList"] = json!(list));
    let revoking =
        |id: &str| json!({"type": "RevocationList", "id": list, "revokedAssertions": [{"id": id}]});
    let report =
        web().with(&listed(PUBLISHER, 1)).at(list, &revoking("urn:uuid:clr")).verify(sign(1, &signed()));
    failed(&report, Code::StatusRevoked);
    let with = changed(&signed(), |it| it["signedAssertions"] = json!([sign(2, &inner())]));
    let report = web().with(&listed(TEACHER, 2)).at(list, &revoking("urn:uuid:s1")).verify(sign(1, &with));
    failed(&report, Code::EmbeddedNotVerified);
    failed(&report.embedded()[0].report, Code::StatusRevoked);
}

#[test]
fn signed_assertions_are_verified_with_the_key_of_who_issues_the_achievement() {
    let with = |token: String| changed(&signed(), |it| it["signedAssertions"] = json!([token]));
    let report = web().verify(sign(1, &with(sign(2, &inner()))));
    verified(&report);
    let inside = &report.embedded()[0];
    assert_eq!((inside.relation, inside.pointer.as_str()), (Relation::Nested, "/signedAssertions/0"));
    assert_eq!(inside.report.issuer().unwrap().id, TEACHER);
    // The publisher's key is not the teacher's.
    let report = web().verify(sign(1, &with(sign(1, &inner()))));
    failed(&report, Code::EmbeddedNotVerified);
    failed(&report.embedded()[0].report, Code::SignatureInvalid);
    // Its issuer cannot be reached.
    let lost = Web::default().with(&profile(PUBLISHER, 1));
    open(&lost.verify(sign(1, &with(sign(2, &inner())))), Code::EmbeddedIndeterminate);
    // What is no JWS.
    failed(&web().verify(sign(1, &with("https://academy.example/1".to_owned()))), Code::DocumentMemberValue);
}

#[test]
fn signed_endorsements_are_about_what_they_hang_on() {
    let endorsement = |about: &str| {
        json!({"type": "Endorsement", "id": "urn:uuid:e1", "issuer": TEACHER, "issuedOn": "2024-01-01T00:00:00Z",
        "claim": {"id": about, "endorsementComment": "Good."}, "verification": {"type": "Signed"}})
    };
    let with = |about: &str| {
        changed(&signed(), |it| it["signedEndorsements"] = json!([sign(2, &endorsement(about))]))
    };
    let report = web().verify(sign(1, &with("urn:uuid:clr")));
    verified(&report);
    assert_eq!(codes(&report, CheckId::EmbeddedEndorsement), [Code::EndorsementVerified]);
    let report = web().verify(sign(1, &with("urn:uuid:other")));
    assert_eq!(codes(&report, CheckId::EmbeddedEndorsement), [Code::EndorsementNotVerified]);
}

#[test]
fn it_is_about_its_learner() {
    let about =
        |recipient| codes(&web().occasion(occasion().recipient(recipient)).verify(AT), CheckId::Recipient);
    assert_eq!(about(Recipient::email("ada@example.org")), [Code::RecipientMatches]);
    assert_eq!(about(Recipient::id("urn:uuid:ada")), [Code::RecipientMatches]);
    assert_eq!(about(Recipient::email("eve@example.org")), [Code::RecipientDiffers]);
}

#[test]
fn wrong_types_fail() {
    for (member, bad) in [
        ("type", json!("Transcript")),
        ("partial", json!("yes")),
        ("learner", json!("Ada")),
        ("publisher", json!(7)),
        ("issuedOn", json!("2024")),
        ("assertions", json!([{}])),
        ("signedAssertions", json!([{}])),
        ("achievements", json!([7])),
        (
            "assertions",
            json!([{"id": "urn:x", "achievement": "urn:uuid:none", "recipient": {"type": "id", "hashed": false, "identity": "x"}}]),
        ),
    ] {
        let copy = changed(&clr(), |it| it[member] = bad.clone());
        let report = web().with(&copy).verify(AT);
        assert!(matches!(report.verdict(), Verdict::NotVerified), "{member} {bad}: {}", report.to_json());
    }
}

#[test]
fn the_record_says_who_says_what() {
    let with = changed(&signed(), |it| it["signedAssertions"] = json!([sign(2, &inner())]));
    let report = web().verify(sign(1, &with));
    let Verdict::Verified(secured) = report.verdict() else { panic!("{}", report.to_json()) };
    let record = secured.record().unwrap();
    assert_eq!((record.family, record.version), ("clr", "1.0"));
    assert_eq!(record.title[0].value, "Transcript");
    assert_eq!(record.issuer.as_ref().unwrap().id.as_deref(), Some(PUBLISHER));
    assert_eq!(record.completeness.children_complete, Some(false));
    assert_eq!(record.holders[0].name[0].value, "Ada");
    let [nested, plain] = &record.children[..] else { panic!("{}", record.to_json()) };
    assert_eq!((nested.origin, nested.same_proof), (Origin::NestedIssuer, false));
    assert_eq!((plain.origin, plain.same_proof), (Origin::Issuer, true));
    let plain = plain.record.as_ref().unwrap();
    assert_eq!(plain.title[0].value, "Mathematics");
    assert_eq!(plain.issuer.as_ref().unwrap().id.as_deref(), Some(PUBLISHER), "only the publisher says so");
    assert_eq!(plain.creator.as_ref().unwrap().id.as_deref(), Some(TEACHER));
    assert_eq!(plain.credits_earned.as_ref().unwrap().value, 3.0);
    assert_eq!(plain.results[0].value.as_deref(), Some("A"));
    assert_eq!(plain.achievement.as_ref().unwrap().code.as_deref(), Some("M1"));
}
