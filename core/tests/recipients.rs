//! Whom a record is about, against whom the host expects (Open Badges 3.0 §9.3, §B.7; threats O09 to O11): what matches,
//! what differs, and what neither shows. The digests were made with another implementation of the hashes.

#![allow(clippy::disallowed_methods, clippy::print_stdout)] // a test reads files

#[path = "support/signing.rs"]
mod signing;
mod support;

use ler_verify::codes::Detail;
use ler_verify::{
    Check, CheckId, Code, Issuers, Occasion, Outcome, Policy, Recipient, Report, Resources, Timestamp,
    Verdict, Verifier,
};
use serde_json::{Value, json};
use signing::Party;

const EMAIL: &str = "a@example.com";
/// The vector of the specification: `a@example.com`, salt `Kosher`.
const SALTED: &str = "sha256$b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399";
const SUBJECT: &str = "did:example:ada";

fn occasion(recipients: &[Recipient]) -> Occasion {
    let now = Occasion::at(Timestamp::parse("2026-11-21T12:00:00Z").unwrap());
    recipients.iter().cloned().fold(now, Occasion::recipient)
}

/// The report on a record about this subject.
fn verify(subject: Value, recipients: &[Recipient]) -> Report {
    let issuer = Party::new(7);
    let document = json!({
        "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
        "id": "urn:uuid:0d0a4c0e-0f6b-4b6c-8a33-6a6b4c3d2e1f", "type": ["VerifiableCredential"],
        "issuer": issuer.did(), "credentialSubject": subject
    });
    let document = issuer.secure(&document, "assertionMethod", json!({}));
    let verifier = Verifier::new(Policy::accepting(Issuers::Anyone)).unwrap();
    let report = verifier.verify(document.to_string().as_bytes(), &Resources::new(), &occasion(recipients));
    assert_eq!(report.axes().authentic, Outcome::Passed, "{}", report.to_json());
    report
}

fn check(report: &Report) -> &Check {
    let mut checks = report.checks().iter().filter(|check| check.id == CheckId::Recipient);
    let check = checks.next().unwrap();
    assert!(checks.next().is_none());
    check
}

fn code(subject: Value, recipients: &[Recipient]) -> Code {
    check(&verify(subject, recipients)).code
}

/// A record with one IdentityObject.
fn hashed(hash: &str, salt: Option<&str>) -> Value {
    let mut identity = json!({
        "type": "IdentityObject", "hashed": true, "identityType": "emailAddress", "identityHash": hash
    });
    if let Some(salt) = salt {
        identity["salt"] = json!(salt);
    }
    json!({"type": "AchievementSubject", "identifier": [identity]})
}

fn plain(kind: &str, value: &str) -> Value {
    json!({"type": "IdentityObject", "hashed": false, "identityType": kind, "identityHash": value, "salt": "not-used"})
}

fn about(identifiers: Value) -> Value {
    json!({"identifier": identifiers})
}

fn details<'r>(check: &'r Check, name: &str) -> Vec<&'r str> {
    match check.details.get(name) {
        Some(Detail::Texts(texts)) => texts.iter().map(String::as_str).collect(),
        Some(Detail::Text(text)) => vec![text],
        Some(Detail::Number(_)) => panic!("{name} is a number"),
        None => Vec::new(),
    }
}

#[test]
fn o09_a_hash_is_that_of_the_exact_address_with_the_salt_behind_it() {
    let unsalted = "sha256$b97b82e93ec4f4b3a0ec2b2a9f3c0d3a";
    for (hash, salt, expected, code_expected) in [
        (SALTED, Some("Kosher"), EMAIL, Code::RecipientMatches),
        (&SALTED.to_uppercase().replace("SHA256", "sha256"), Some("Kosher"), EMAIL, Code::RecipientMatches),
        (SALTED, Some("Kosher"), "b@example.com", Code::RecipientDiffers),
        (SALTED, Some("kosher"), EMAIL, Code::RecipientDiffers),
        (SALTED, None, EMAIL, Code::RecipientDiffers),
        // An address with a tag is another address.
        (SALTED, Some("Kosher"), "a+jobs@example.com", Code::RecipientDiffers),
        ("sha256$UNSALTED", None, EMAIL, Code::RecipientMatches),
        ("sha256$UNSALTED", Some(""), EMAIL, Code::RecipientMatches),
        ("sha256$UTF8", None, "zoë@exämple.org", Code::RecipientMatches),
        // Digests that are none.
        (unsalted, None, EMAIL, Code::RecipientNotComparable),
    ] {
        let hash = hash.replace("UNSALTED", UNSALTED).replace("UTF8", UTF8);
        assert_eq!(
            code(hashed(&hash, salt), &[Recipient::email(expected)]),
            code_expected,
            "{hash} {salt:?} {expected}"
        );
    }
}

const UNSALTED: &str = "08168cd80dfd534ab0f10af10f1303fe00af2d43ab5c1432360d137f8197e17a";
const UTF8: &str = "7de58d4261800f402947fc9284cfdad599fbe1786a0bfcac8208a8fca456b11e";

#[test]
fn o09_what_the_standard_does_not_forgive_is_neither_the_person_nor_somebody_else() {
    let email = || [Recipient::email(EMAIL)];
    for (subject, recipients, pitfall) in [
        // The salt in front.
        (
            hashed("sha256$fcdb4d3442e93bdb75d9ac0ba3f08efdcc0c95b3901a01e1b881c2fade01a375", Some("Kosher")),
            email(),
            "saltOrder",
        ),
        // A salt that was not used.
        (hashed(&format!("sha256${UNSALTED}"), Some("Kosher")), email(), "saltNotUsed"),
        // The host has the address in another spelling than the issuer.
        (hashed(SALTED, Some("Kosher")), [Recipient::email("A@Example.com")], "case"),
        (hashed(SALTED, Some("Kosher")), [Recipient::email("a@example.com ")], "space"),
        (about(json!([plain("emailAddress", "A@X.org ")])), [Recipient::email("a@x.org")], "case"),
        (about(json!([plain("emailAddress", "a@x.org ")])), [Recipient::email("a@x.org")], "space"),
    ] {
        let report = verify(subject.clone(), &recipients);
        let check = check(&report);
        assert_eq!(
            (check.code, details(check, "pitfall")),
            (Code::RecipientNearly, vec![pitfall]),
            "{subject}"
        );
        assert_eq!(details(check, "nearlyMatched"), ["emailAddress"]);
        assert!(matches!(report.verdict(), Verdict::Indeterminate));
    }
    // What is no address is not looked at so: user names differ in their case.
    for (kind, value) in [("userName", "ADA"), ("userName", "ada "), ("emailAddress", "xada")] {
        let recipients = [Recipient::identifier(kind, "ada")];
        assert_eq!(code(about(json!([plain(kind, value)])), &recipients), Code::RecipientDiffers);
    }
}

#[test]
fn o09_md5_is_computed_and_called_legacy_and_never_passes() {
    let good = hashed("md5$ddd142639a792e74751ee7e129237efa", Some("Kosher"));
    let report = verify(good.clone(), &[Recipient::email(EMAIL)]);
    let found = check(&report);
    assert_eq!((found.code, found.outcome), (Code::RecipientMatchesLegacy, Outcome::Indeterminate));
    assert_eq!(details(found, "algorithm"), ["md5"]);
    assert_eq!(details(found, "matchedLegacy"), ["emailAddress"]);
    assert!(matches!(report.verdict(), Verdict::Indeterminate));
    // Somebody else's it can be, though.
    assert_eq!(code(good, &[Recipient::email("b@example.com")]), Code::RecipientDiffers);
    // A better one beside it counts.
    let both = about(json!([
        {"type": "IdentityObject", "hashed": true, "identityType": "emailAddress", "identityHash": "md5$ddd142639a792e74751ee7e129237efa", "salt": "Kosher"},
        {"type": "IdentityObject", "hashed": true, "identityType": "emailAddress", "identityHash": SALTED, "salt": "Kosher"}
    ]));
    assert_eq!(code(both, &[Recipient::email(EMAIL)]), Code::RecipientMatches);
}

#[test]
fn what_cannot_be_compared_is_never_somebody_else() {
    let mut wrong = Vec::new();
    for (member, values) in [
        (
            "identityHash",
            vec![
                json!(1),
                json!([SALTED]),
                json!(null),
                json!("sha512$00"),
                json!("sha1$00"),
                json!("plain"),
                json!("SHA256$b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399"),
                json!("sha256$"),
                json!("md5$zz"),
            ],
        ),
        ("hashed", vec![json!("true"), json!(1), json!(null), json!(false)]),
        ("salt", vec![json!(1), json!(["Kosher"])]),
        ("identityType", vec![json!(1), json!(null), json!(["emailAddress"])]),
    ] {
        for value in values {
            let mut subject = hashed(SALTED, Some("Kosher"));
            subject["identifier"][0][member] = value;
            wrong.push(subject);
        }
    }
    wrong.push(about(json!(["a@example.com"])));
    for subject in wrong {
        let found = code(subject.clone(), &[Recipient::email(EMAIL)]);
        assert_eq!(found, Code::RecipientNotComparable, "{subject}");
    }
    assert_eq!(code(json!({"id": SUBJECT}), &[Recipient::email(EMAIL)]), Code::RecipientNotStated);
}

#[test]
fn an_absent_salt_is_null_or_not_there() {
    let mut subject = hashed(&format!("sha256${UNSALTED}"), None);
    subject["identifier"][0]["salt"] = json!(null);
    assert_eq!(code(subject, &[Recipient::email(EMAIL)]), Code::RecipientMatches);
}

#[test]
fn plain_identifiers_of_every_type_are_compared_character_by_character() {
    for kind in [
        "name",
        "sourcedId",
        "systemId",
        "productId",
        "userName",
        "accountId",
        "emailAddress",
        "nationalIdentityNumber",
        "isbn",
        "issn",
        "lisSourcedId",
        "oneRosterSourcedId",
        "sisSourcedId",
        "ltiContextId",
        "ltiDeploymentId",
        "ltiToolId",
        "ltiPlatformId",
        "ltiUserId",
        "identifier",
        "ext:campus",
    ] {
        let subject = about(json!([plain(kind, "Value 7")]));
        assert_eq!(
            code(subject.clone(), &[Recipient::identifier(kind, "Value 7")]),
            Code::RecipientMatches,
            "{kind}"
        );
        assert_eq!(
            code(subject.clone(), &[Recipient::identifier(kind, "Value 8")]),
            Code::RecipientDiffers,
            "{kind}"
        );
        assert_eq!(
            code(subject, &[Recipient::identifier("other", "Value 7")]),
            Code::RecipientNotStated,
            "{kind}"
        );
    }
    // One object instead of a list of one is the same (the DCC issues such).
    assert_eq!(
        code(about(plain("name", "Parker Pearl")), &[Recipient::identifier("name", "Parker Pearl")]),
        Code::RecipientMatches
    );
}

#[test]
fn a_candidate_has_several_addresses_and_one_is_enough() {
    let subject = hashed(SALTED, Some("Kosher"));
    let addresses = [Recipient::email("ada@work.example"), Recipient::email("ada@home.example")];
    assert_eq!(code(subject.clone(), &addresses), Code::RecipientDiffers);
    let [work, home] = addresses;
    let all = [work, home, Recipient::email(EMAIL), Recipient::id(SUBJECT)];
    assert_eq!(code(subject, &all), Code::RecipientMatches);
    assert_eq!(code(json!({"id": SUBJECT}), &all), Code::RecipientMatches);
    assert_eq!(code(json!([{"id": "did:example:eve"}, {"id": SUBJECT}]), &all), Code::RecipientMatches);
}

#[test]
fn the_subjects_own_identifier_is_compared_as_it_stands() {
    let expected = [Recipient::id("https://example.org/people/1")];
    for (id, found) in [
        ("https://example.org/people/1", Code::RecipientMatches),
        ("https://example.org/people/1/", Code::RecipientDiffers),
        ("https://EXAMPLE.org/people/1", Code::RecipientDiffers),
        ("https://example.org/people/%31", Code::RecipientDiffers),
    ] {
        assert_eq!(code(json!({"id": id}), &expected), found, "{id}");
    }
}

#[test]
fn every_identifier_of_the_record_gets_an_answer_by_type_and_no_value() {
    let mut identifiers = vec![
        plain("name", "Ada Lovelace"),
        plain("userName", "ada"),
        plain("ext:secretClubNumber", "4711"),
        json!({"type": "IdentityObject", "hashed": true, "identityType": "sourcedId", "identityHash": "sha3$00"}),
    ];
    identifiers.push(hashed(SALTED, Some("Kosher"))["identifier"][0].clone());
    let subject = json!({"id": SUBJECT, "identifier": identifiers});
    let recipients = [
        Recipient::email(EMAIL),
        Recipient::id("did:example:grace"),
        Recipient::identifier("userName", "grace"),
        Recipient::identifier("sourcedId", "1"),
    ];
    let report = verify(subject, &recipients);
    let check = check(&report);
    assert_eq!(check.code, Code::RecipientMatches);
    assert_eq!(check.pointer.as_deref(), Some("/credentialSubject/identifier/4"));
    assert_eq!(details(check, "matched"), ["emailAddress"]);
    assert_eq!(details(check, "differed"), ["id", "userName"]);
    assert_eq!(details(check, "notComparable"), ["sourcedId"]);
    assert_eq!(details(check, "notExpected"), ["name", "other"]);
    let json = report.to_json();
    for value in ["Ada Lovelace", "4711", "secretClubNumber", EMAIL, "Kosher", "b5809d8a", SUBJECT] {
        assert!(!json.contains(value), "{value}");
    }
}

#[test]
fn o10_without_an_expected_recipient_nothing_is_claimed() {
    let report = verify(hashed(SALTED, Some("Kosher")), &[]);
    assert_eq!(
        (check(&report).code, report.axes().addressed),
        (Code::RecipientNotExpected, Outcome::NotApplicable)
    );
}

#[test]
fn o11_a_bearer_badge_is_nobodys_until_its_holder_is_known() {
    let report = verify(json!({"type": "AchievementSubject"}), &[Recipient::email(EMAIL)]);
    assert_eq!(check(&report).code, Code::RecipientNotStated);
    assert!(matches!(report.verdict(), Verdict::Indeterminate));
}

#[test]
fn the_named_recipient_of_the_dcc_is_found() {
    let Some(vectors) = support::vectors() else {
        println!("skipped: the_named_recipient_of_the_dcc_is_found: no vectors");
        return;
    };
    let folder = vectors.join("dcc-vc-test-fixtures/verifiableCredentials/v2/dataIntegrityProof/didKey");
    let document = std::fs::read(folder.join("legacyRegistry-noStatus-noExpiry-identityHash.json")).unwrap();
    let verifier = Verifier::new(Policy::accepting(Issuers::Anyone)).unwrap();
    for (recipient, found) in [
        (Recipient::identifier("name", "Parker Pearl"), Code::RecipientMatches),
        (Recipient::identifier("name", "Parker Perl"), Code::RecipientDiffers),
        (Recipient::email(EMAIL), Code::RecipientNotStated),
    ] {
        let report = verifier.verify(&document, &Resources::new(), &occasion(&[recipient]));
        assert_eq!(check(&report).code, found, "{}", report.to_json());
    }
}
