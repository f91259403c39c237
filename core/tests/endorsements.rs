//! Endorsements: each is verified on its own, must be about what it hangs on, and counts for nothing but itself (Open
//! Badges 3.0 §9.2, B.1.7, B.1.8). threats.md O13, O14.
#![cfg(feature = "jose")]

#[path = "support/signing.rs"]
mod signing;
mod support;

use ler_verify::report::Relation;
use ler_verify::{
    CheckId, Code, Issuers, Occasion, Outcome, Policy, Report, Requirement, Resources, Verdict, Verifier,
};
use serde_json::{Value, json};
use signing::Party;
use support::answers::codes;
use support::fixtures;

const V2: &str = "https://www.w3.org/ns/credentials/v2";
const OB3: &str = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";
const BADGE: &str = "urn:uuid:1";
const ACHIEVEMENT: &str = "https://university.example/achievements/1";

fn university() -> Party {
    Party::new(1)
}

fn accreditor() -> Party {
    Party::new(2)
}

fn unsigned(by: &str, about: &str) -> Value {
    json!({
        "@context": [V2, OB3],
        "id": "urn:uuid:2",
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "name": "Endorsement",
        "issuer": {"id": by, "type": "Profile"},
        "validFrom": "2025-01-01T00:00:00Z",
        "credentialSubject": {"id": about, "type": "EndorsementSubject", "endorsementComment": "Good."}
    })
}

fn by(party: &Party, about: &str) -> Value {
    party.secure(&unsigned(&party.did(), about), "assertionMethod", json!({}))
}

fn endorsement(about: &str) -> Value {
    by(&accreditor(), about)
}

fn unsigned_badge() -> Value {
    json!({
        "@context": [V2, OB3],
        "id": BADGE,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {"id": university().did(), "type": "Profile", "name": "University"},
        "validFrom": "2025-01-01T00:00:00Z",
        "credentialSubject": {
            "id": "did:example:ada",
            "type": "AchievementSubject",
            "achievement": {
                "id": ACHIEVEMENT, "type": "Achievement", "name": "Course", "description": "A course",
                "criteria": {"narrative": "Pass."}
            }
        }
    })
}

fn badge(change: impl FnOnce(&mut Value)) -> Value {
    let mut badge = unsigned_badge();
    change(&mut badge);
    university().secure(&badge, "assertionMethod", json!({}))
}

fn verify_as(document: &Value, policy: Policy, occasion: &Occasion) -> Report {
    let verifier = Verifier::new(policy).unwrap();
    verifier.verify(document.to_string().as_bytes(), &Resources::new(), occasion)
}

fn verify(document: &Value) -> Report {
    verify_as(document, Policy::accepting(Issuers::Anyone), &fixtures::occasion())
}

/// The badge is verified whatever its endorsement is; what the badge says of it, and it of its subject and its maker.
fn one(report: &Report) -> (Code, Code, Code) {
    assert!(matches!(report.verdict(), Verdict::Verified(_)), "{}", report.to_json());
    let [inside] = report.embedded() else { panic!("{}", report.to_json()) };
    assert_eq!(inside.relation, Relation::Endorsement);
    let [answer] = codes(report, CheckId::EmbeddedEndorsement)[..] else { panic!("one answer") };
    let [about] = codes(&inside.report, CheckId::EndorsementSubject)[..] else { panic!("one answer") };
    let [maker] = codes(&inside.report, CheckId::EndorsementIndependence)[..] else { panic!("one answer") };
    (answer, about, maker)
}

const GOOD: (Code, Code, Code) =
    (Code::EndorsementVerified, Code::EndorsementAboutThis, Code::EndorsementIndependent);
const OF_ANOTHER: (Code, Code, Code) =
    (Code::EndorsementNotVerified, Code::EndorsementAboutOther, Code::EndorsementIndependent);

#[test]
fn of_the_badge_the_achievement_and_the_issuer() {
    let of_badge = badge(|badge| badge["endorsement"] = json!([endorsement(BADGE)]));
    assert_eq!(one(&verify(&of_badge)), GOOD);
    let of_achievement = badge(|badge| {
        badge["credentialSubject"]["achievement"]["endorsement"] = endorsement(ACHIEVEMENT);
    });
    assert_eq!(one(&verify(&of_achievement)), GOOD);
    let of_issuer = badge(|badge| badge["issuer"]["endorsement"] = json!([endorsement(&university().did())]));
    assert_eq!(one(&verify(&of_issuer)), GOOD);
}

#[test]
fn as_a_token() {
    let token = |about: &str| {
        let mut claims = unsigned(&accreditor().did(), about);
        claims["iss"] = json!(accreditor().did());
        accreditor().jwt(json!({"typ": "vc+jwt"}), &claims)
    };
    let good = badge(|badge| badge["endorsementJwt"] = json!([token(BADGE)]));
    assert_eq!(one(&verify(&good)), GOOD);
    let of_achievement = badge(|badge| badge["endorsementJwt"] = json!([token(ACHIEVEMENT)]));
    assert_eq!(one(&verify(&of_achievement)), OF_ANOTHER);
    let no_token = badge(|badge| badge["endorsementJwt"] = json!(["Well done!"]));
    let report = verify(&no_token);
    assert!(matches!(report.verdict(), Verdict::Verified(_)));
    assert_eq!(codes(&report, CheckId::EmbeddedEndorsement), [Code::EndorsementIndeterminate]);
}

#[test]
fn of_something_else_it_is_none_of_this() {
    let achievement_s = badge(|badge| badge["endorsement"] = json!([endorsement(ACHIEVEMENT)]));
    assert_eq!(one(&verify(&achievement_s)), OF_ANOTHER);
    let another_s = badge(|badge| badge["endorsement"] = json!([endorsement("urn:uuid:3")]));
    assert_eq!(one(&verify(&another_s)), OF_ANOTHER);
    // Of two subjects one would be endorsed unseen.
    let of_two = badge(|badge| {
        let mut both = unsigned(&accreditor().did(), BADGE);
        both["credentialSubject"] = json!([{"id": BADGE}, {"id": "urn:uuid:3"}]);
        badge["endorsement"] = json!([accreditor().secure(&both, "assertionMethod", json!({}))]);
    });
    assert_eq!(one(&verify(&of_two)), OF_ANOTHER);
}

#[test]
fn what_has_no_identifier_cannot_be_told_from_others() {
    let unnamed = badge(|badge| {
        badge.as_object_mut().unwrap().remove("id");
        badge["endorsement"] = json!([endorsement(BADGE)]);
    });
    let expected =
        (Code::EndorsementIndeterminate, Code::EndorsementAboutUnnamed, Code::EndorsementIndependent);
    assert_eq!(one(&verify(&unnamed)), expected);
}

#[test]
fn another_credential_is_no_endorsement() {
    let other = badge(|badge| {
        let mut other = unsigned(&accreditor().did(), BADGE);
        other["type"] = json!(["VerifiableCredential"]);
        badge["endorsement"] = json!([accreditor().secure(&other, "assertionMethod", json!({}))]);
    });
    let expected = (Code::EndorsementNotVerified, Code::EndorsementType, Code::EndorsementIndependent);
    assert_eq!(one(&verify(&other)), expected);
}

#[test]
fn praise_of_oneself_is_said() {
    let expected = (Code::EndorsementVerified, Code::EndorsementAboutThis, Code::EndorsementBySelf);
    let by_issuer = badge(|badge| badge["endorsement"] = json!([by(&university(), BADGE)]));
    assert_eq!(one(&verify(&by_issuer)), expected);
    let ada = Party::new(3);
    let by_recipient = badge(|badge| {
        badge["credentialSubject"]["id"] = json!(ada.did());
        badge["endorsement"] = json!([by(&ada, BADGE)]);
    });
    assert_eq!(one(&verify(&by_recipient)), expected);
    let creator = accreditor().did();
    let by_creator = badge(|badge| {
        let praise = by(&accreditor(), &creator);
        badge["credentialSubject"]["achievement"]["creator"] =
            json!({"id": creator, "type": "Profile", "endorsement": [praise]});
    });
    assert_eq!(one(&verify(&by_creator)), expected);
}

#[test]
fn each_has_an_answer_and_a_bad_one_fails_the_badge_only_if_the_policy_says_so() {
    let mut tampered = endorsement(BADGE);
    tampered["credentialSubject"]["endorsementComment"] = json!("Excellent.");
    let badge = badge(|badge| badge["endorsement"] = json!([endorsement(BADGE), tampered]));
    let report = verify(&badge);
    assert!(matches!(report.verdict(), Verdict::Verified(_)));
    assert_eq!(report.axes().authentic, Outcome::Passed);
    let expected = [Code::EndorsementVerified, Code::EndorsementNotVerified];
    assert_eq!(codes(&report, CheckId::EmbeddedEndorsement), expected);
    let pointers: Vec<&str> = report.embedded().iter().map(|inside| inside.pointer.as_str()).collect();
    assert_eq!(pointers, ["/endorsement/0", "/endorsement/1"]);

    let mut policy = Policy::accepting(Issuers::Anyone);
    policy.checks.insert("embedded.endorsement".to_owned(), Requirement::Require);
    let report = verify_as(&badge, policy, &fixtures::occasion());
    assert!(matches!(report.verdict(), Verdict::NotVerified));
}

#[test]
fn a_policy_may_let_one_stand_that_is_about_something_else() {
    let badge = badge(|badge| badge["endorsement"] = json!([endorsement("urn:uuid:3")]));
    let mut policy = Policy::accepting(Issuers::Anyone);
    policy.checks.insert("endorsement.subject".to_owned(), Requirement::Report);
    let report = verify_as(&badge, policy, &fixtures::occasion());
    assert_eq!(
        one(&report),
        (Code::EndorsementVerified, Code::EndorsementAboutOther, Code::EndorsementIndependent)
    );
}

#[test]
fn one_about_something_else_makes_the_host_fetch_nothing() {
    let by_web = |about: &str| {
        let mut praise = endorsement(about);
        praise["issuer"] = json!({"id": "did:web:accreditor.example", "type": "Profile"});
        praise["proof"]["verificationMethod"] = json!("did:web:accreditor.example#key");
        badge(|badge| badge["endorsement"] = json!([praise]))
    };
    assert_eq!(verify(&by_web(BADGE)).requests().len(), 1);
    assert!(verify(&by_web("urn:uuid:3")).requests().is_empty());
}

fn by_web(document: &mut Value, host: &str) {
    document["issuer"] = json!({"id": format!("did:web:{host}"), "type": "Profile", "name": "N"});
    document["proof"]["verificationMethod"] = json!(format!("did:web:{host}#key"));
}

/// Endorsements whose keys have to be fetched.
fn many(count: usize) -> impl Iterator<Item = Value> {
    (0..count).map(|number| {
        let mut praise = endorsement(BADGE);
        by_web(&mut praise, &format!("accreditor-{number}.example"));
        praise
    })
}

fn asked(report: &Report) -> Vec<&str> {
    report.requests().iter().map(|request| request.identifier.as_str()).collect()
}

/// One more round where the record's own key has to be fetched, and none where it is in hand: what is wanted for endorsements
/// is wanted for a record of somebody's, not for a text of anybody's.
#[test]
fn one_in_a_record_waits_until_it_is_known_whose_record_that_is() {
    let mut unknown = badge(|badge| badge["endorsement"] = many(40).collect());
    let known = unknown.clone();
    by_web(&mut unknown, "university.example");
    let report = verify(&unknown);
    assert_eq!(asked(&report), ["did:web:university.example"]);
    assert!(report.embedded().iter().all(|inside| inside.report.requests().is_empty()));
    assert_eq!(verify(&known).requests().len(), 40);
    let tampered = changed_name(known);
    let report = verify(&tampered);
    assert!(matches!(report.verdict(), Verdict::NotVerified) && report.requests().is_empty());
    // What came beside the record is the choice of the host.
    let mut occasion = fixtures::occasion();
    for praise in many(2) {
        occasion = occasion.endorsement(praise.to_string());
    }
    let mut alone = badge(|_| {});
    by_web(&mut alone, "university.example");
    assert_eq!(verify_as(&alone, Policy::accepting(Issuers::Anyone), &occasion).requests().len(), 3);
}

/// Whatever else stands in an endorsement that waits waits with it.
#[test]
fn a_record_in_an_endorsement_that_waits_waits_too() {
    let mut nested = unsigned(&accreditor().did(), "did:example:ada");
    nested["type"] = json!(["VerifiableCredential"]);
    let mut nested = accreditor().secure(&nested, "assertionMethod", json!({}));
    by_web(&mut nested, "nested.example");
    let mut praise = unsigned(&accreditor().did(), BADGE);
    praise["credentialSubject"]["verifiableCredential"] = json!([nested]);
    let praise = accreditor().secure(&praise, "assertionMethod", json!({}));
    let mut badge = badge(|badge| badge["endorsement"] = json!([praise]));
    let known = verify(&badge);
    assert_eq!(asked(&known), ["did:web:nested.example"]);
    let [held] = known.embedded() else { panic!("{}", known.to_json()) };
    assert_eq!(held.report.embedded()[0].relation, Relation::Nested);
    by_web(&mut badge, "university.example");
    let unknown = verify(&badge);
    assert_eq!(asked(&unknown), ["did:web:university.example"]);
    assert!(unknown.embedded()[0].report.embedded()[0].report.requests().is_empty());
}

/// A host fetches only so much: however many endorsements there are, in this record or in one that stands in it, what the
/// record itself needs is asked for first, and never left to a later round.
#[test]
fn what_the_record_needs_is_asked_for_before_what_its_endorsements_need() {
    const LIST: &str = "https://university.example/status/1";
    let with_status = |document: &mut Value, list: &str| {
        document["credentialStatus"] = json!({
            "type": "BitstringStatusListEntry", "statusPurpose": "revocation", "statusListIndex": "1", "statusListCredential": list
        });
    };
    for count in [40, 300] {
        let badge = badge(|badge| {
            with_status(badge, LIST);
            badge["endorsement"] = many(count).collect();
        });
        let report = verify(&badge);
        assert_eq!(report.requests().len(), (count + 1).min(250));
        assert_eq!(asked(&report)[..2], [LIST, "did:web:accreditor-0.example"]);
        let presentation =
            json!({"@context": [V2], "type": ["VerifiablePresentation"], "verifiableCredential": [badge]});
        assert_eq!(asked(&verify(&presentation)), asked(&report));
    }
    // What both need is what the record needs; what an endorsement of an endorsement needs comes last too.
    let deep = badge(|badge| {
        with_status(badge, LIST);
        let mut praise = unsigned(&accreditor().did(), BADGE);
        praise["endorsement"] = many(1).map(|it| changed_subject(it, "urn:uuid:2")).collect();
        let (mut own, mut same) = (praise.clone(), unsigned(&accreditor().did(), BADGE));
        with_status(&mut own, "https://accreditor.example/status/1");
        with_status(&mut same, LIST);
        let secured = [own, same].map(|it| accreditor().secure(&it, "assertionMethod", json!({})));
        badge["endorsement"] = json!(secured);
    });
    let expected = [LIST, "did:web:accreditor-0.example", "https://accreditor.example/status/1"];
    assert_eq!(asked(&verify(&deep)), expected);
}

fn changed_subject(mut document: Value, about: &str) -> Value {
    document["credentialSubject"]["id"] = json!(about);
    document
}

fn changed_name(mut document: Value) -> Value {
    document["credentialSubject"]["achievement"]["name"] = json!("Another course");
    document
}

#[test]
fn alone_it_hangs_on_nothing() {
    let report = verify(&endorsement(BADGE));
    assert!(matches!(report.verdict(), Verdict::Verified(_)), "{}", report.to_json());
    assert_eq!(codes(&report, CheckId::EndorsementSubject), [Code::EndorsementAlone]);
}

mod beside_the_record {
    use super::*;

    fn with(document: &Value, endorsements: &[String]) -> Report {
        let mut occasion = fixtures::occasion();
        for text in endorsements {
            occasion = occasion.endorsement(text);
        }
        verify_as(document, Policy::accepting(Issuers::Anyone), &occasion)
    }

    #[test]
    fn it_belongs_where_its_subject_is() {
        let badge = badge(|_| {});
        let issuer = university().did();
        for (about, place) in
            [(BADGE, ""), (ACHIEVEMENT, "/credentialSubject/achievement"), (issuer.as_str(), "/issuer")]
        {
            let report = with(&badge, &[endorsement(about).to_string()]);
            assert_eq!(one(&report), GOOD);
            assert_eq!(report.embedded()[0].pointer, place);
        }
    }

    #[test]
    fn as_a_token_too() {
        let mut claims = unsigned(&accreditor().did(), BADGE);
        claims["iss"] = json!(accreditor().did());
        let token = accreditor().jwt(json!({"typ": "vc+jwt"}), &claims);
        assert_eq!(one(&with(&badge(|_| {}), &[token])), GOOD);
    }

    #[test]
    fn of_nothing_here_by_the_issuer_or_broken() {
        let badge = badge(|_| {});
        assert_eq!(one(&with(&badge, &[endorsement("urn:uuid:3").to_string()])), OF_ANOTHER);
        let own = with(&badge, &[by(&university(), BADGE).to_string()]);
        assert_eq!(
            one(&own),
            (Code::EndorsementVerified, Code::EndorsementAboutThis, Code::EndorsementBySelf)
        );
        let mut tampered = endorsement(BADGE);
        tampered["name"] = json!("Praise");
        let report = with(&badge, &[tampered.to_string(), "{".to_owned(), endorsement(BADGE).to_string()]);
        assert!(matches!(report.verdict(), Verdict::Verified(_)));
        let expected =
            [Code::EndorsementNotVerified, Code::EndorsementNotVerified, Code::EndorsementVerified];
        assert_eq!(codes(&report, CheckId::EmbeddedEndorsement), expected);
    }

    #[test]
    fn of_a_record_in_a_presentation() {
        let presentation = |record: Value| json!({"@context": [V2], "type": ["VerifiablePresentation"], "verifiableCredential": [record]});
        let endorsements = [endorsement(BADGE).to_string(), by(&university(), BADGE).to_string()];
        let report = with(&presentation(badge(|_| {})), &endorsements);
        assert!(matches!(report.verdict(), Verdict::Verified(_)), "{}", report.to_json());
        assert_eq!(report.embedded()[1].pointer, "/verifiableCredential/0");
        let makers: Vec<Code> = report.embedded()[1..]
            .iter()
            .flat_map(|inside| codes(&inside.report, CheckId::EndorsementIndependence))
            .collect();
        assert_eq!(makers, [Code::EndorsementIndependent, Code::EndorsementBySelf]);
        // What is in an envelope is not looked through: then it cannot be told.
        let envelope = json!({
            "@context": V2, "type": "EnvelopedVerifiableCredential", "id": "data:application/vc+jwt,eyJ.eyJ.eyJ"
        });
        let report = with(&presentation(envelope), &endorsements[..1]);
        let about = codes(&report.embedded()[1].report, CheckId::EndorsementSubject);
        assert_eq!(about, [Code::EndorsementAboutUnnamed]);
    }

    #[test]
    fn they_are_part_of_the_occasion() {
        let occasion = fixtures::occasion().endorsement("{}");
        assert_eq!(Occasion::from_json(occasion.to_json().as_bytes()).unwrap(), occasion);
        assert!(!fixtures::occasion().to_json().contains("endorsements"));
    }
}
