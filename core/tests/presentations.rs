//! Presentations: who presents, what is in them, in which envelopes (VCDM 2.0 §4.13, VCDM 1.1 §4.10, VC-JOSE-COSE §3).
//!
//! It is one file because it is one question: what may be believed of a record because of how it was presented. Threats
//! K19, K20, P07 to P10.
#![cfg(feature = "jose")]

#[path = "support/signing.rs"]
mod signing;
mod support;

use ler_verify::{
    CheckId, Code, Issuers, Occasion, Outcome, Policy, Report, Requirement, Resource, ResourceKind,
    Resources, Verdict, Verifier,
};
use serde_json::{Value, json};
use signing::Party;
use support::answers::codes;
use support::fixtures;

const V2: &str = "https://www.w3.org/ns/credentials/v2";

fn issuer() -> Party {
    Party::new(1)
}

fn ada() -> Party {
    Party::new(2)
}

fn policy() -> Policy {
    Policy::accepting(Issuers::Anyone)
}

fn verify_as(document: &str, policy: Policy, occasion: &Occasion) -> Report {
    Verifier::new(policy).unwrap().verify(document.as_bytes(), &Resources::new(), occasion)
}

fn verify(document: &Value) -> Report {
    verify_as(&document.to_string(), policy(), &fixtures::occasion())
}

fn has(report: &Report, code: Code) -> bool {
    report.checks().iter().any(|check| check.code == code)
}

fn place(report: &Report, code: Code) -> Option<String> {
    report.checks().iter().find(|check| check.code == code)?.pointer.clone()
}

fn verdict(report: &Report) -> &'static str {
    report.verdict().name()
}

#[track_caller]
fn assert_verified(report: &Report) {
    assert_eq!(verdict(report), "verified", "{}", report.to_json());
}

/// A credential about Ada, without a proof.
fn about(subject: &str, by: &str) -> Value {
    json!({
        "@context": [V2],
        "type": ["VerifiableCredential"],
        "issuer": by,
        "credentialSubject": {"id": subject, "name": "Ada"}
    })
}

/// A credential about Ada by the issuer, without a proof.
fn unsigned_credential() -> Value {
    about(&ada().did(), &issuer().did())
}

fn credential() -> Value {
    issuer().secure(&unsigned_credential(), "assertionMethod", json!({}))
}

fn credential_jwt() -> String {
    issuer().jwt(json!({"typ": "vc+jwt", "cty": "vc"}), &unsigned_credential())
}

/// A presentation by Ada, without a proof.
fn presentation(of: Value) -> Value {
    json!({"@context": [V2], "type": ["VerifiablePresentation"], "holder": ada().did(), "verifiableCredential": of})
}

fn signed(presentation: &Value) -> Value {
    ada().secure(presentation, "authentication", json!({}))
}

fn envelope(url: &str) -> Value {
    json!({"@context": V2, "type": "EnvelopedVerifiableCredential", "id": url})
}

mod unsigned {
    use super::*;

    #[test]
    fn it_is_a_bundle_and_says_nothing_about_who_presents() {
        let report = verify(&presentation(json!([credential()])));
        assert_verified(&report);
        assert_eq!(codes(&report, CheckId::SecuringPresent), [Code::SecuringUnsignedPresentation]);
        let inside = &report.embedded()[0].report;
        assert_verified(inside);
        assert_eq!(codes(inside, CheckId::Presenter), [Code::PresenterUnknown]);
    }

    #[test]
    fn where_a_presenter_is_expected_it_fails() {
        let now = fixtures::occasion();
        for occasion in
            [now.clone().holder(ada().did()), now.clone().challenge("c"), now.domain("https://a.example")]
        {
            let report = verify_as(&presentation(json!([credential()])).to_string(), policy(), &occasion);
            assert_eq!(verdict(&report), "notVerified");
            assert_eq!(codes(&report, CheckId::SecuringPresent), [Code::SecuringPresentationUnsigned]);
            assert_verified(&report.embedded()[0].report);
        }
    }

    #[test]
    fn of_nothing_it_is_nothing() {
        for nothing in [json!([]), json!(null)] {
            let report = verify(&presentation(nothing));
            assert_eq!(codes(&report, CheckId::SecuringPresent), [Code::SecuringMissing]);
            assert_eq!(verdict(&report), "notVerified");
        }
    }
}

mod signed {
    use super::*;

    #[test]
    fn it_answers_a_challenge_for_a_domain() {
        let more = json!({"challenge": "c-1", "domain": "https://a.example"});
        let document = ada().secure(&presentation(json!([credential()])), "authentication", more).to_string();
        let now = fixtures::occasion();
        let right = now.clone().challenge("c-1").domain("https://a.example").holder(ada().did());
        let report = verify_as(&document, policy(), &right);
        assert_verified(&report);
        assert_eq!(report.axes().addressed, Outcome::Passed);
        assert_eq!(codes(&report.embedded()[0].report, CheckId::Presenter), [Code::PresenterIsSubject]);
        for wrong in [
            now.clone().challenge("c-2"),
            now.clone().domain("https://b.example"),
            now.clone().holder(issuer().did()),
        ] {
            let report = verify_as(&document, policy(), &wrong);
            assert_eq!(report.axes().addressed, Outcome::Failed);
            assert_eq!(verdict(&report), "notVerified");
            // What is in it was verified all the same, and nobody is known to present it.
            let inside = &report.embedded()[0].report;
            assert_verified(inside);
            assert_eq!(codes(inside, CheckId::Presenter), [Code::PresenterUnknown]);
        }
        let report = verify_as(&document, policy(), &now);
        assert_eq!(codes(&report, CheckId::ProofChallenge), [Code::ProofChallengeNotExpected]);
    }

    #[test]
    fn the_purpose_is_authentication() {
        let document = ada().secure(&presentation(json!([credential()])), "assertionMethod", json!({}));
        assert!(has(&verify(&document), Code::ProofPurposeWrong));
    }

    #[test]
    fn the_key_is_the_holders() {
        // In a string and in an object.
        for holder in [json!(ada().did()), json!({"id": ada().did(), "name": "Ada"})] {
            let mut document = presentation(json!([credential()]));
            document["holder"] = holder;
            assert_verified(&verify(&signed(&document)));
        }
        for holder in [json!(issuer().did()), json!({"id": issuer().did()})] {
            let mut document = presentation(json!([credential()]));
            document["holder"] = holder;
            let report = verify(&signed(&document));
            assert_eq!(codes(&report, CheckId::IssuerBound), [Code::IssuerNotBound]);
            assert_eq!(verdict(&report), "notVerified");
        }
    }

    #[test]
    fn without_a_holder_it_is_who_signed() {
        let mut document = presentation(json!([credential()]));
        document.as_object_mut().unwrap().remove("holder");
        let document = signed(&document).to_string();
        assert_verified(&verify_as(&document, policy(), &fixtures::occasion().holder(ada().did())));
        let other = fixtures::occasion().holder(issuer().did());
        assert_eq!(codes(&verify_as(&document, policy(), &other), CheckId::Holder), [Code::HolderDiffers]);
    }

    #[test]
    fn a_holder_that_cannot_be_read_is_not_absent() {
        for holder in [json!(7), json!([ada().did()]), json!({"name": "Ada"}), json!(null)] {
            let mut document = presentation(json!([credential()]));
            document["holder"] = holder;
            let document = signed(&document).to_string();
            let report = verify_as(&document, policy(), &fixtures::occasion().holder(ada().did()));
            assert_eq!(codes(&report, CheckId::Holder), [Code::HolderNotStated]);
            assert_eq!(verdict(&report), "notVerified");
        }
    }

    #[test]
    fn of_nothing_it_says_who_presents_and_nothing_else() {
        let mut empty = presentation(json!([]));
        empty.as_object_mut().unwrap().remove("verifiableCredential");
        let report = verify(&signed(&empty));
        assert_eq!(codes(&report, CheckId::EmbeddedAny), [Code::EmbeddedNone]);
        assert_eq!((verdict(&report), report.axes().authentic), ("indeterminate", Outcome::Passed));
        // Who only wants to know who it is says so.
        let mut policy = policy();
        policy.checks.insert("embedded.any".to_owned(), Requirement::Report);
        assert_verified(&verify_as(&signed(&empty).to_string(), policy, &fixtures::occasion()));
    }

    #[test]
    fn a_good_record_can_be_taken_out_of_a_failed_whole() {
        let mut forged = credential();
        forged["credentialSubject"]["name"] = json!("Eve");
        let report = verify(&signed(&presentation(json!([forged, credential()]))));
        assert_eq!(verdict(&report), "notVerified");
        assert_eq!(
            codes(&report, CheckId::EmbeddedVerdict),
            [Code::EmbeddedNotVerified, Code::EmbeddedVerified]
        );
        assert_eq!(place(&report, Code::EmbeddedNotVerified).unwrap(), "/verifiableCredential/0");
        let Verdict::Verified(secured) = report.embedded()[1].report.verdict() else { panic!() };
        assert_eq!(secured.record().unwrap().issuer.as_ref().unwrap().id, Some(issuer().did()));
    }

    #[test]
    fn what_is_neither_object_nor_text_fails() {
        for item in [json!(7), json!(true), json!([credential()])] {
            let report = verify(&signed(&presentation(json!([item, credential()]))));
            assert_eq!(verdict(&report), "notVerified");
            assert_eq!(place(&report, Code::DocumentMemberType).unwrap(), "/verifiableCredential/0");
            let inside = &report.embedded()[0].report;
            assert_eq!(codes(inside, CheckId::DocumentConformance), [Code::DocumentMemberType]);
            assert_verified(&report.embedded()[1].report);
        }
        // In VCDM 2.0, nor are texts.
        let report = verify(&signed(&presentation(json!([credential_jwt()]))));
        assert!(has(&report, Code::DocumentMemberType));
    }

    #[test]
    fn no_context_reaches_into_the_credentials_of_vcdm_2() {
        let mut without = unsigned_credential();
        without.as_object_mut().unwrap().remove("@context");
        let credential = issuer().secure(&without, "assertionMethod", json!({"@context": [V2]}));
        let report = verify(&signed(&presentation(json!([credential]))));
        assert_eq!(verdict(&report), "notVerified");
        let inside = &report.embedded()[0].report;
        assert_eq!(place(inside, Code::DocumentMemberMissing).unwrap(), "/verifiableCredential/0");
    }

    #[test]
    fn a_presentation_is_no_credential() {
        let inner = signed(&presentation(json!([credential()])));
        let report = verify(&signed(&presentation(json!([inner]))));
        assert_eq!(verdict(&report), "notVerified");
        assert!(has(&report, Code::DocumentType));
        let inside = &report.embedded()[0].report;
        assert!(has(inside, Code::DocumentType));
        // The credential in it has a report all the same.
        assert_verified(&inside.embedded()[0].report);
    }

    #[test]
    fn somebody_else_may_present_unless_the_policy_forbids_it() {
        let mut unnamed = unsigned_credential();
        unnamed["credentialSubject"].as_object_mut().unwrap().remove("id");
        let mut both = unsigned_credential();
        both["credentialSubject"] = json!([{"id": ada().did()}, {"id": issuer().did()}]);
        for (credential, code, required) in [
            (unsigned_credential(), Code::PresenterIsSubject, "verified"),
            (about(&issuer().did(), &issuer().did()), Code::PresenterIsOther, "notVerified"),
            (both, Code::PresenterIsOther, "notVerified"),
            (unnamed, Code::PresenterSubjectUnnamed, "indeterminate"),
        ] {
            let credential = issuer().secure(&credential, "assertionMethod", json!({}));
            let document = signed(&presentation(json!([credential]))).to_string();
            let report = verify_as(&document, policy(), &fixtures::occasion());
            assert_verified(&report);
            assert_eq!(codes(&report.embedded()[0].report, CheckId::Presenter), [code]);
            let mut strict = policy();
            strict.checks.insert("presenter".to_owned(), Requirement::Require);
            assert_eq!(verdict(&verify_as(&document, strict, &fixtures::occasion())), required, "{code}");
        }
    }
}

mod tokens {
    use super::*;

    fn vp_jwt(presentation: &Value, claims: Value) -> String {
        let mut all = presentation.clone();
        for (name, value) in claims.as_object().unwrap() {
            all[name] = value.clone();
        }
        ada().jwt(json!({"typ": "vp+jwt", "cty": "vp"}), &all)
    }

    fn enveloped() -> Value {
        envelope(&format!("data:application/vc+jwt,{}", credential_jwt()))
    }

    #[test]
    fn a_presentation_as_jwt_of_an_enveloped_credential() {
        let report = verify_as(
            &vp_jwt(&presentation(json!([enveloped()])), json!({})),
            policy(),
            &fixtures::occasion(),
        );
        assert_verified(&report);
        let inside = &report.embedded()[0];
        assert_eq!(inside.pointer, "/verifiableCredential/0");
        assert_eq!(inside.report.format().unwrap().carrier, "jws");
        assert_eq!(codes(&inside.report, CheckId::Presenter), [Code::PresenterIsSubject]);
        let Verdict::Verified(secured) = inside.report.verdict() else { panic!() };
        assert!(secured.document().contains("Ada"));
    }

    #[test]
    fn the_audience_contains_the_domain_and_the_nonce_is_the_challenge() {
        let domain = "https://a.example";
        let expected = || fixtures::occasion().domain(domain).challenge("n-1");
        for (claims, domain, challenge) in [
            (json!({"aud": domain, "nonce": "n-1"}), Code::ProofDomainOk, Code::ProofChallengeOk),
            // RFC 7519 §4.1.3: one of several.
            (
                json!({"aud": ["https://b.example", domain], "nonce": "n-1"}),
                Code::ProofDomainOk,
                Code::ProofChallengeOk,
            ),
            (
                json!({"aud": "https://b.example", "nonce": "n-2"}),
                Code::ProofDomainWrong,
                Code::ProofChallengeWrong,
            ),
            (
                json!({"aud": "https://a.example/", "nonce": "N-1"}),
                Code::ProofDomainWrong,
                Code::ProofChallengeWrong,
            ),
            (json!({}), Code::ProofDomainWrong, Code::ProofChallengeWrong),
        ] {
            let document = vp_jwt(&presentation(json!([enveloped()])), claims.clone());
            let report = verify_as(&document, policy(), &expected());
            assert_eq!(codes(&report, CheckId::ProofDomain), [domain], "{claims}");
            assert_eq!(codes(&report, CheckId::ProofChallenge), [challenge], "{claims}");
            let good = domain == Code::ProofDomainOk;
            assert_eq!(verdict(&report), if good { "verified" } else { "notVerified" }, "{claims}");
        }
    }

    #[test]
    fn the_holder_is_who_signed_the_token() {
        let mut document = presentation(json!([enveloped()]));
        document["holder"] = json!(issuer().did());
        let report = verify_as(&vp_jwt(&document, json!({})), policy(), &fixtures::occasion());
        assert_eq!(codes(&report, CheckId::IssuerBound), [Code::IssuerNotBound]);
    }

    #[test]
    fn in_vcdm_1_credentials_are_tokens_as_texts() {
        let old = json!({
            "@context": ["https://www.w3.org/2018/credentials/v1"],
            "type": ["VerifiablePresentation"],
            "holder": ada().did(),
            "verifiableCredential": [credential_jwt()]
        });
        let report = verify(&signed(&old));
        assert_verified(&report);
        assert_eq!(report.embedded()[0].report.format().unwrap().carrier, "jws");
        let mut other = old;
        other["verifiableCredential"] = json!(["https://a.example/credentials/1"]);
        let report = verify(&signed(&other));
        assert_eq!(codes(&report, CheckId::EmbeddedVerdict), [Code::EmbeddedIndeterminate]);
        let inside = &report.embedded()[0].report;
        assert_eq!(place(inside, Code::FormatNotRecognised).unwrap(), "/verifiableCredential/0");
    }

    #[test]
    fn a_presentation_as_token_is_no_credential() {
        let token = vp_jwt(&presentation(json!([enveloped()])), json!({}));
        let old = json!({
            "@context": ["https://www.w3.org/2018/credentials/v1"],
            "type": ["VerifiablePresentation"],
            "holder": ada().did(),
            "verifiableCredential": [token]
        });
        let report = verify(&signed(&old));
        assert_eq!(verdict(&report), "notVerified");
        assert!(has(&report.embedded()[0].report, Code::DocumentType));
    }
}

mod envelopes {
    use super::*;

    /// The report on a signed presentation of this.
    fn presenting(item: Value) -> Report {
        verify(&signed(&presentation(json!([item]))))
    }

    fn base64(bytes: &[u8]) -> String {
        use base64ct::{Base64, Encoding};
        Base64::encode_string(bytes)
    }

    #[test]
    fn the_same_token_in_every_spelling_of_the_url() {
        let token = credential_jwt();
        let escaped: String = token.bytes().map(|byte| format!("%{byte:02X}")).collect();
        for url in [
            format!("data:application/vc+jwt,{token}"),
            format!("DATA:Application/VC+JWT,{token}"),
            format!("data:application/vc+jwt;charset=utf-8,{token}"),
            format!("data:application/vc+jwt,{escaped}"),
            format!("data:application/vc+jwt;base64,{}", base64(token.as_bytes())),
            format!("data:application/vc+ld+jwt,{token}"),
            format!("data:application/vc+ld+json+jwt,{token}"),
        ] {
            let report = presenting(envelope(&url));
            assert_verified(&report);
            assert_verified(&report.embedded()[0].report);
        }
    }

    #[cfg(feature = "sd-jwt")]
    #[test]
    fn an_sd_jwt_and_an_sd_jwt_vc() {
        let credential = issuer().jwt(json!({"typ": "vc+sd-jwt"}), &unsigned_credential());
        let report = presenting(envelope(&format!("data:application/vc+sd-jwt,{credential}~")));
        assert_verified(&report);
        assert_eq!(report.embedded()[0].report.format().unwrap().carrier, "sdJwt");
        let claims = json!({"iss": issuer().did(), "vct": "https://a.example/types/1", "sub": ada().did()});
        let token = issuer().jwt(json!({"typ": "dc+sd-jwt"}), &claims);
        for media_type in ["dc+sd-jwt", "vc+sd-jwt"] {
            let report = presenting(envelope(&format!("data:application/{media_type},{token}~")));
            let inside = &report.embedded()[0].report;
            assert_eq!((verdict(inside), inside.format().unwrap().family), ("verified", "sdJwtVc"));
            assert_eq!(codes(inside, CheckId::Presenter), [Code::PresenterIsSubject]);
        }
        let report = presenting(envelope(&format!("data:application/dc+sd-jwt,{credential}~")));
        assert!(has(&report.embedded()[0].report, Code::EnvelopeContent));
        // A presentation in one, under the type of a credential.
        let token = ada().jwt(json!({"typ": "vp+sd-jwt"}), &presentation(json!([envelope("data:,")])));
        let report = presenting(envelope(&format!("data:application/vc+sd-jwt,{token}~")));
        assert!(has(&report.embedded()[0].report, Code::EnvelopeContent));
    }

    #[test]
    fn the_media_type_is_one_of_a_list_and_that_of_what_is_in_it() {
        use Outcome::{Failed, Indeterminate};
        let token = credential_jwt();
        let vp = ada().jwt(json!({"typ": "vp+jwt"}), &presentation(json!([credential()])));
        for (url, code, outcome, opened) in [
            // Unknown: it may be anything.
            ("data:text/html,<p>".replace(['<', '>'], ""), Code::EnvelopeMediaType, Indeterminate, false),
            (format!("data:application/jwt,{token}"), Code::EnvelopeMediaType, Indeterminate, false),
            (
                format!("data:application/vc+jwt;charset=utf-16,{token}"),
                Code::EnvelopeMediaType,
                Indeterminate,
                false,
            ),
            (
                format!("data:application/vc+jwt;base64url,{token}"),
                Code::EnvelopeMediaType,
                Indeterminate,
                false,
            ),
            // Malformed.
            (format!("data:application/vc+jwt,{token}%2"), Code::EnvelopeUrl, Failed, false),
            (format!("data:application/vc+jwt,{token}#x"), Code::EnvelopeUrl, Failed, false),
            (format!("data:application/vc+jwt;base64,{token}"), Code::EnvelopeUrl, Failed, false),
            (
                format!("data:application/vc+jwt;base64,{}x", base64(token.as_bytes())),
                Code::EnvelopeUrl,
                Failed,
                false,
            ),
            // Something else than it says.
            ("data:application/vc+jwt,".to_owned(), Code::EnvelopeContent, Failed, false),
            (format!("data:application/vc+jwt,%20{token}"), Code::EnvelopeContent, Failed, false),
            (format!("data:application/vc+jwt,{token}~"), Code::EnvelopeContent, Failed, false),
            (format!("data:application/vc+sd-jwt,{token}"), Code::EnvelopeContent, Failed, false),
            (format!("data:application/vc+cose,{token}"), Code::EnvelopeContent, Failed, false),
            (
                format!("data:application/vc+jwt;base64,{}", base64(b"{}")),
                Code::EnvelopeContent,
                Failed,
                false,
            ),
            // A presentation said to be a credential, and the other way round.
            (format!("data:application/vc+jwt,{vp}"), Code::EnvelopeContent, Failed, true),
            (format!("data:application/vp+jwt,{vp}"), Code::EnvelopeContent, Failed, true),
            (format!("data:application/vp+jwt,{token}"), Code::EnvelopeContent, Failed, true),
        ] {
            let report = presenting(envelope(&url));
            let inside = &report.embedded()[0].report;
            assert!(has(inside, code), "{url}: {}", inside.to_json());
            assert_eq!(code.outcome(), outcome);
            let expected = if outcome == Failed { "notVerified" } else { "indeterminate" };
            assert_eq!((verdict(inside), verdict(&report)), (expected, expected), "{url}");
            assert_eq!(inside.format().is_some(), opened, "{url}");
            if !opened {
                assert_eq!(place(inside, code).unwrap(), "/verifiableCredential/0/id", "{url}");
            }
        }
    }

    #[test]
    fn a_malformed_token_fails_in_its_own_report() {
        for token in ["eyJ", "eyJ.e30.AA", "eyJhbGciOiJFZERTQSJ9.e30", "eyJhbGciOiJFZERTQSJ9.W10.AA"] {
            let report = presenting(envelope(&format!("data:application/vc+jwt,{token}")));
            assert_eq!(verdict(&report.embedded()[0].report), "notVerified", "{token}");
        }
    }

    #[test]
    fn an_envelope_has_nothing_besides_what_is_in_it() {
        let good = envelope(&format!("data:application/vc+jwt,{}", credential_jwt()));
        for (member, value, code, at) in [
            ("name", json!("Doctor"), Code::DocumentMemberForbidden, "/name"),
            ("proof", json!({"type": "X"}), Code::DocumentMemberForbidden, "/proof"),
            ("issuer", json!("did:example:mit"), Code::DocumentMemberForbidden, "/issuer"),
            (
                "type",
                json!(["EnvelopedVerifiableCredential", "VerifiableCredential"]),
                Code::DocumentType,
                "",
            ),
            ("type", json!(["EnvelopedVerifiableCredential", "Doctor"]), Code::DocumentType, ""),
            ("@context", json!(["https://example.org/x"]), Code::DocumentContextOrder, "/@context/0"),
            ("id", json!("https://example.org/x"), Code::DocumentUrl, "/id"),
            ("id", json!(7), Code::DocumentMemberType, "/id"),
        ] {
            let mut item = good.clone();
            item[member] = value;
            let report = presenting(item);
            let at = format!("/verifiableCredential/0{at}");
            let found = |report: &Report| {
                report.checks().iter().any(|c| c.code == code && c.pointer.as_deref() == Some(&at))
            };
            assert!(found(&report) && found(&report.embedded()[0].report), "{member}: {}", report.to_json());
            assert_eq!(verdict(&report.embedded()[0].report), "notVerified");
        }
    }

    #[test]
    fn an_enveloped_presentation_is_a_presentation() {
        let vp = ada().jwt(json!({"typ": "vp+jwt"}), &presentation(json!([credential()])));
        let mut document = envelope(&format!("data:application/vp+jwt,{vp}"));
        document["type"] = json!("EnvelopedVerifiablePresentation");
        let report = verify_as(&document.to_string(), policy(), &fixtures::occasion().holder(ada().did()));
        assert_verified(&report);
        assert_eq!(report.format().unwrap().family, "verifiablePresentation");
        assert_eq!(report.embedded().len(), 1);
        // Its type says what it is, not only its media type.
        document["type"] = json!("EnvelopedVerifiableCredential");
        let report = verify(&document);
        assert_eq!(verdict(&report), "notVerified");
        assert_eq!(place(&report, Code::EnvelopeContent).unwrap(), "/id");
    }

    #[test]
    fn what_is_signed_is_a_document_and_no_envelope() {
        let token = issuer().jwt(
            json!({"typ": "vc+jwt"}),
            &envelope(&format!("data:application/vc+jwt,{}", credential_jwt())),
        );
        for document in [token.clone(), envelope(&format!("data:application/vc+jwt,{token}")).to_string()] {
            let report = verify_as(&document, policy(), &fixtures::occasion());
            assert_eq!(verdict(&report), "notVerified");
            assert!(has(&report, Code::DocumentType), "{}", report.to_json());
        }
    }
}

mod inside_credentials {
    use super::*;

    /// A record of records, each of them as `wrap` writes it.
    fn record_of(parts: Value) -> Value {
        let mut record = unsigned_credential();
        record["credentialSubject"]["verifiableCredential"] = parts;
        record
    }

    #[test]
    fn the_parts_of_a_record_are_objects_tokens_or_envelopes() {
        let jwt = credential_jwt();
        let parts = json!([credential(), jwt, envelope(&format!("data:application/vc+jwt,{jwt}"))]);
        let report = verify(&issuer().secure(&record_of(parts), "assertionMethod", json!({})));
        assert_verified(&report);
        let carriers: Vec<&str> =
            report.embedded().iter().map(|part| part.report.format().unwrap().carrier).collect();
        assert_eq!(carriers, ["json", "jws", "jws"]);
        assert_eq!(report.embedded()[2].pointer, "/credentialSubject/verifiableCredential/2");
        // Nobody presents them.
        assert_eq!(codes(&report.embedded()[0].report, CheckId::Presenter), []);
    }

    #[test]
    fn a_forged_part_fails_the_whole() {
        let forged = Party::new(9).jwt(json!({"typ": "vc+jwt"}), &unsigned_credential());
        let report = verify(&issuer().secure(&record_of(json!([forged])), "assertionMethod", json!({})));
        assert_eq!(verdict(&report), "notVerified");
        assert!(has(&report.embedded()[0].report, Code::IssuerNotBound));
    }

    #[test]
    fn an_endorsement_as_token_has_its_report_and_does_not_count() {
        let mut endorsement = unsigned_credential();
        endorsement["type"] = json!(["VerifiableCredential", "EndorsementCredential"]);
        endorsement["credentialSubject"]["id"] = json!("urn:uuid:badge");
        let mut badge = unsigned_credential();
        badge["id"] = json!("urn:uuid:badge");
        badge["type"] = json!(["VerifiableCredential", "OpenBadgeCredential"]);
        for (signer, code) in
            [(issuer(), Code::EndorsementVerified), (Party::new(9), Code::EndorsementNotVerified)]
        {
            badge["endorsementJwt"] = json!([signer.jwt(json!({"typ": "vc+jwt"}), &endorsement)]);
            let report = verify(&issuer().secure(&badge, "assertionMethod", json!({})));
            assert_eq!(codes(&report, CheckId::EmbeddedEndorsement), [code]);
            assert_verified(&report);
        }
    }

    #[test]
    fn tokens_in_tokens_go_as_deep_as_records_in_records() {
        let deep = |levels: usize| {
            let mut token = credential_jwt();
            for _ in 0..levels {
                token = issuer().jwt(json!({"typ": "vc+jwt"}), &record_of(json!([token])));
            }
            token
        };
        let run = move |levels: usize| {
            let thread = std::thread::Builder::new().stack_size(256 * 1024);
            thread
                .spawn(move || {
                    let report = verify_as(&deep(levels), policy(), &fixtures::occasion());
                    fn any(report: &Report) -> bool {
                        has(report, Code::LimitEmbedded)
                            || report.embedded().iter().any(|part| any(&part.report))
                    }
                    (verdict(&report), any(&report))
                })
                .unwrap()
                .join()
                .unwrap()
        };
        assert_eq!(run(4), ("verified", false));
        assert_eq!(run(5), ("indeterminate", true));
        assert_eq!(run(12), ("indeterminate", true));
    }
}

mod self_asserted {
    use super::*;

    fn own_words() -> Value {
        about(&issuer().did(), &ada().did())
    }

    /// The report on the one record of a presentation, by value of its securing check.
    fn securing(document: &Value) -> (Vec<Code>, &'static str) {
        let report = verify(document);
        let inside = &report.embedded()[0].report;
        (codes(inside, CheckId::SecuringPresent), verdict(inside))
    }

    #[test]
    fn what_the_holder_says_is_secured_by_the_presentation_and_marked() {
        let report = verify(&signed(&presentation(json!([own_words()]))));
        assert_verified(&report);
        let inside = &report.embedded()[0].report;
        assert_eq!(codes(inside, CheckId::SecuringPresent), [Code::SecuringSelfAsserted]);
        assert_eq!(codes(inside, CheckId::IssuerBound), [Code::IssuerIsBound]);
        assert_eq!(inside.issuer().unwrap().bound_by, Some("presentation"));
        assert!(inside.proofs().is_empty());
        // Whomever it is about: nobody else says so.
        let Verdict::Verified(secured) = inside.verdict() else { panic!() };
        let record = secured.record().unwrap();
        let json: Value = serde_json::from_str(&record.to_json()).unwrap();
        assert_eq!(json["issuer"]["origin"], "selfAsserted", "{json}");
        assert!(!record.to_json().contains(r#""origin":"issuer""#), "{json}");
        // In a token too.
        let token = ada().jwt(json!({"typ": "vp+jwt"}), &presentation(json!([own_words()])));
        let report = verify_as(&token, policy(), &fixtures::occasion());
        assert_verified(&report);
        assert!(has(&report.embedded()[0].report, Code::SecuringSelfAsserted));
    }

    #[test]
    fn an_accepted_issuer_is_demanded_all_the_same() {
        let document = signed(&presentation(json!([own_words(), credential()]))).to_string();
        let policy = Policy::accepting(Issuers::one_of([issuer().did()]));
        let report = verify_as(&document, policy, &fixtures::occasion());
        assert_eq!(verdict(&report), "notVerified");
        assert_eq!(report.embedded()[0].report.axes().trusted, Outcome::Failed);
        assert_verified(&report.embedded()[1].report);
    }

    #[test]
    fn only_of_the_holder_whom_the_presentation_names() {
        let missing = (vec![Code::SecuringMissing], "notVerified");
        // Somebody else's words.
        assert_eq!(securing(&signed(&presentation(json!([unsigned_credential()])))), missing);
        // No holder.
        let mut nobodys = presentation(json!([own_words()]));
        nobodys.as_object_mut().unwrap().remove("holder");
        assert_eq!(securing(&signed(&nobodys)), missing);
        // No issuer.
        let mut unsaid = own_words();
        unsaid.as_object_mut().unwrap().remove("issuer");
        assert_eq!(securing(&signed(&presentation(json!([unsaid])))), missing);
        // No proof.
        assert_eq!(securing(&presentation(json!([own_words()]))), missing);
        // Another's proof.
        let by_another = issuer().secure(&presentation(json!([own_words()])), "authentication", json!({}));
        assert_eq!(securing(&by_another), missing);
        // A proof for another purpose.
        let asserted = ada().secure(&presentation(json!([own_words()])), "assertionMethod", json!({}));
        assert_eq!(securing(&asserted), missing);
        // A changed word.
        let mut changed = signed(&presentation(json!([own_words()])));
        changed["verifiableCredential"][0]["credentialSubject"]["name"] = json!("Eve");
        assert_eq!(securing(&changed), missing);
        // An added one.
        let mut added = signed(&presentation(json!([credential()])));
        added["verifiableCredential"] = json!([own_words(), credential()]);
        assert_eq!(securing(&added), missing);
    }

    #[test]
    fn a_replay_asserts_nothing() {
        let more = json!({"challenge": "c-1"});
        let document = ada().secure(&presentation(json!([own_words()])), "authentication", more).to_string();
        let right = verify_as(&document, policy(), &fixtures::occasion().challenge("c-1"));
        assert_verified(&right);
        let replay = verify_as(&document, policy(), &fixtures::occasion().challenge("c-2"));
        assert_eq!(codes(&replay.embedded()[0].report, CheckId::SecuringPresent), [Code::SecuringMissing]);
    }

    #[test]
    fn a_limit_that_is_reached_leaves_it_open() {
        let document = signed(&signed(&presentation(json!([own_words()])))).to_string();
        let limited = |change: fn(&mut ler_verify::Limits)| {
            let mut policy = policy();
            change(&mut policy.limits);
            let report = verify_as(&document, policy, &fixtures::occasion());
            (codes(&report.embedded()[0].report, CheckId::SecuringPresent), verdict(&report))
        };
        assert_eq!(limited(|_| ()), (vec![Code::SecuringSelfAsserted], "verified"));
        let open = (vec![Code::SecuringSelfAssertedUndecided], "indeterminate");
        assert_eq!(limited(|limits| limits.proofs = 1), open);
        assert_eq!(limited(|limits| limits.signatures = 1), open);
    }

    #[test]
    fn a_proof_of_its_own_outranks_the_presentations() {
        let own = ada().secure(&own_words(), "assertionMethod", json!({}));
        let report = verify(&signed(&presentation(json!([own]))));
        assert_eq!(codes(&report.embedded()[0].report, CheckId::SecuringPresent), [Code::SecuringPresent]);
        // And one that is wrong is not mended by it.
        let wrong = issuer().secure(&own_words(), "assertionMethod", json!({}));
        let report = verify(&signed(&presentation(json!([wrong]))));
        assert_eq!(verdict(&report.embedded()[0].report), "notVerified");
        let mut empty = own_words();
        empty["proof"] = json!([]);
        let report = verify(&signed(&presentation(json!([empty]))));
        assert_eq!(verdict(&report.embedded()[0].report), "notVerified");
    }

    #[test]
    fn vcdm_1_knows_no_such_thing() {
        let mut old = presentation(json!([own_words()]));
        old["@context"] = json!(["https://www.w3.org/2018/credentials/v1"]);
        old["verifiableCredential"][0]["@context"] = old["@context"].clone();
        old["verifiableCredential"][0]["issuanceDate"] = json!("2025-01-01T00:00:00Z");
        assert_eq!(securing(&signed(&old)), (vec![Code::SecuringMissing], "notVerified"));
    }

    #[test]
    fn what_stands_in_it_needs_proofs_of_its_own() {
        let mut outer = own_words();
        outer["credentialSubject"]["verifiableCredential"] = json!([own_words()]);
        let report = verify(&signed(&presentation(json!([outer]))));
        let outer = &report.embedded()[0].report;
        assert!(has(outer, Code::SecuringSelfAsserted));
        assert!(has(&outer.embedded()[0].report, Code::SecuringMissing));
        assert_eq!(verdict(&report), "notVerified");
    }

    #[test]
    fn signed_as_linked_data_it_has_to_read_as_it_is_signed() {
        let sign = |words: Value| ada().secure_rdfc(&presentation(json!([words])), "authentication");
        let mut words = own_words();
        words["credentialSubject"].as_object_mut().unwrap().remove("name");
        words["name"] = json!("Driving licence");
        assert_verified(&verify(&sign(words.clone())));
        // A context of its own that is not the presentation's.
        words["@context"] = json!([V2, "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"]);
        assert_verified(&verify(&sign(words.clone())));
        // A term that no context defines is not signed.
        words["@context"] = json!([V2]);
        let mut lost = sign(words.clone());
        lost["verifiableCredential"][0]["grade"] = json!("A");
        assert_eq!(securing(&lost), (vec![Code::SecuringMissing], "notVerified"));
    }

    #[test]
    fn until_the_holders_document_is_there_it_is_open() {
        let did = "did:web:ada.example";
        let mut document = presentation(json!([about(&ada().did(), did)]));
        document["holder"] = json!(did);
        let key = format!("{did}#key-1");
        let more = json!({"verificationMethod": key});
        let document = ada().secure(&document, "authentication", more).to_string();
        let multikey = ada().did().replace("did:key:", "");
        let listed = |relationship: &str| {
            let document = json!({
                "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
                "id": did,
                "verificationMethod":
                    [{"id": key, "type": "Multikey", "controller": did, "publicKeyMultibase": multikey}],
                relationship: [key]
            });
            let resources = Resources::new();
            let bytes = document.to_string().into_bytes();
            resources.insert(ResourceKind::ControlledIdentifierDocument, did, Resource::new(bytes));
            resources
        };
        let verifier = Verifier::new(policy()).unwrap();
        let report = verifier.verify(document.as_bytes(), &Resources::new(), &fixtures::occasion());
        assert_eq!(report.requests().len(), 1);
        let inside = &report.embedded()[0].report;
        assert_eq!(codes(inside, CheckId::SecuringPresent), [Code::SecuringSelfAssertedUndecided]);
        assert_eq!((verdict(inside), verdict(&report)), ("indeterminate", "indeterminate"));
        let report = verifier.verify(document.as_bytes(), &listed("authentication"), &fixtures::occasion());
        assert_verified(&report);
        let report = verifier.verify(document.as_bytes(), &listed("assertionMethod"), &fixtures::occasion());
        assert_eq!(verdict(&report), "notVerified");
        assert!(has(&report.embedded()[0].report, Code::SecuringMissing));
    }

    #[test]
    fn the_files_of_the_w3c_suite() {
        let test = "the_files_of_the_w3c_suite";
        let Some(folder) = support::source(test, "w3c-vcdm2-test-suite") else { return };
        for (file, expected) in [
            ("presentation-self-asserted-vc-ok.json", "verified"),
            ("presentation-self-asserted-vc-holder-mismatch.json", "notVerified"),
            ("presentation-self-asserted-vc-issuer-mismatch.json", "notVerified"),
            ("presentation-self-asserted-vc-no-holder.json", "notVerified"),
        ] {
            // The suite's holder has a key that nobody else has.
            let text = std::fs::read_to_string(folder.join("input").join(file)).unwrap();
            let holder = "did:key:z6MkpJySvETLnxhQG9DzEdmKJtysBDjuuTeDfUj1uNNCUqcj";
            assert!(text.contains(holder));
            let document: Value = serde_json::from_str(&text.replace(holder, &ada().did())).unwrap();
            assert_eq!(verdict(&verify(&signed(&document))), expected, "{file}");
        }
    }
}

mod several_proofs {
    use super::*;

    /// A second proof by the same party that builds on the first.
    fn chain(document: &Value, by: &Party, purpose: &str) -> Value {
        let first = by.secure(document, purpose, json!({"id": "urn:uuid:1"}));
        by.secure(&first, purpose, json!({"id": "urn:uuid:2", "previousProof": "urn:uuid:1"}))
    }

    #[test]
    fn chains_in_presentations_and_in_what_they_hold() {
        let inner = chain(&unsigned_credential(), &issuer(), "assertionMethod");
        let good = chain(&presentation(json!([inner])), &ada(), "authentication");
        let report = verify(&good);
        assert_verified(&report);
        assert_eq!(report.proofs().len(), 2);
        assert_eq!(codes(&report, CheckId::ProofChain), [Code::ProofChainNone, Code::ProofChainOk]);
        assert_eq!(report.embedded()[0].report.proofs().len(), 2);
        // The first proof of either changed, or gone.
        for pointer in ["/proof", "/verifiableCredential/0/proof"] {
            let mut wrong = good.clone();
            wrong.pointer_mut(pointer).unwrap()[0]["created"] = json!("2025-01-02T00:00:00Z");
            assert_eq!(verdict(&verify(&wrong)), "notVerified", "{pointer}");
            let mut gone = good.clone();
            gone.pointer_mut(pointer).unwrap().as_array_mut().unwrap().remove(0);
            assert_eq!(verdict(&verify(&gone)), "notVerified", "{pointer}");
        }
    }

    #[test]
    fn a_second_presenter_is_a_cosigner() {
        let document = signed(&presentation(json!([credential()])));
        let both = issuer().secure(&document, "authentication", json!({}));
        let report = verify(&both);
        assert_verified(&report);
        assert!(has(&report, Code::ProofCosignature));
        assert_eq!(codes(&report.embedded()[0].report, CheckId::Presenter), [Code::PresenterIsSubject]);
        // And alone it is nobody's.
        let alone = issuer().secure(&presentation(json!([credential()])), "authentication", json!({}));
        assert_eq!(verdict(&verify(&alone)), "notVerified");
    }

    #[test]
    fn all_records_of_one_verification_share_the_signature_budget() {
        // One of the presentation, two of a chain, one of an envelope, one of a record in it, one of a bare credential.
        let mut record = unsigned_credential();
        record["credentialSubject"]["verifiableCredential"] = json!([credential_jwt()]);
        let token = issuer().jwt(json!({"typ": "vc+jwt"}), &record);
        let chained = chain(&unsigned_credential(), &issuer(), "assertionMethod");
        let items = json!([chained, envelope(&format!("data:application/vc+jwt,{token}")), credential()]);
        let document = signed(&presentation(items)).to_string();
        let limited = |signatures: usize| {
            let mut policy = policy();
            policy.limits.signatures = signatures;
            verify_as(&document, policy, &fixtures::occasion())
        };
        assert_verified(&limited(6));
        let short = limited(5);
        assert_eq!(verdict(&short), "indeterminate");
        fn reached(report: &Report) -> usize {
            let inside: usize = report.embedded().iter().map(|part| reached(&part.report)).sum();
            usize::from(has(report, Code::LimitSignatures)) + inside
        }
        assert_eq!(reached(&short), 1);
        assert_eq!(reached(&limited(1)), 5 - 1, "the chain's two are of one record");
    }
}
