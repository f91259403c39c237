//! What comes out of tokens that are good.

use ler_verify::{CheckId, Code, Outcome, Recipient, Verdict};
use serde_json::{Value, json};

use super::tokens::{self, credential, disclosure, holder, issuer, licence, presented, token};
use super::{codes, is_verified, occasion, presentation, troubles, verify};

const BADGE: &str = include_str!("issued/badge.txt");
const BADGE_WITHOUT_END: &str = include_str!("issued/badge-without-end.txt");
const BADGE_PRESENTED: &str = include_str!("issued/badge-presented.txt");
const LICENCE: &str = include_str!("issued/licence.txt");
const LICENCE_PRESENTED: &str = include_str!("issued/licence-presented.txt");
/// Who issued those, and for whom.
const ISSUER: &str = "did:key:z6MkivfF3QQg6HCFPNfBrZ6GwVNw12zkWcCjP6knrwCt5vnt";
const HOLDER: &str = "did:key:z6Mkvbk5UZGhGA2dUVprWjr1GD54i5BaQmHLvamTacjJpPmL";

fn record(document: &str) -> Value {
    let report = verify(document, &occasion());
    match report.verdict() {
        Verdict::Verified(secured) => serde_json::from_str(&secured.record().unwrap().to_json()).unwrap(),
        _ => panic!("{:?}", troubles(&report)),
    }
}

#[test]
fn an_open_badge_issued_by_an_independent_library_is_an_open_badge() {
    let report = verify(BADGE, &occasion());
    assert!(is_verified(&report), "{:?}", troubles(&report));
    let format = serde_json::to_value(report.to_json()).unwrap();
    assert!(
        format
            .as_str()
            .unwrap()
            .contains(r#""format":{"family":"openBadges","version":"3.0","carrier":"sdJwt"}"#)
    );
    assert_eq!(codes(&report, CheckId::Disclosures), [Code::DisclosuresOk]);
    assert_eq!(codes(&report, CheckId::KeyBinding), [Code::KeyBindingNotExpected]);
    assert_eq!(codes(&report, CheckId::ValidityUntil), [Code::ValidityLasts]);
    assert_eq!(codes(&report, CheckId::Withheld), [Code::WithheldNothing]);
    let record = record(BADGE);
    assert_eq!(record["title"][0]["value"], "Welding");
    assert_eq!(record["issuer"]["id"], ISSUER);
    assert_eq!(record["holders"][0]["id"], HOLDER);
    assert_eq!(record["achievement"]["description"][0]["value"], "Joins metals.");
}

#[test]
fn what_the_holder_leaves_out_is_not_in_the_record_and_is_said() {
    let report = verify(BADGE_WITHOUT_END, &occasion());
    assert!(is_verified(&report), "{:?}", troubles(&report));
    assert_eq!(codes(&report, CheckId::Withheld), [Code::WithheldPossible]);
    assert_eq!(codes(&report, CheckId::ValidityUntil), [Code::ValidityUntilNotShown]);
    assert_eq!(report.axes().current, Outcome::Indeterminate);
    let text = record(BADGE_WITHOUT_END).to_string();
    assert!(!text.contains("Joins metals") && !text.contains("2030"), "{text}");
    assert!(!text.contains("_sd"), "{text}");
}

#[test]
fn a_badge_is_presented_with_a_key_binding() {
    let report = verify(BADGE_PRESENTED, &presentation().holder(HOLDER));
    assert!(is_verified(&report), "{:?}", troubles(&report));
    assert_eq!(codes(&report, CheckId::KeyBinding), [Code::KeyBindingGood]);
    assert_eq!(codes(&report, CheckId::ProofDomain), [Code::ProofDomainOk]);
    assert_eq!(codes(&report, CheckId::ProofChallenge), [Code::ProofChallengeOk]);
    assert_eq!(codes(&report, CheckId::Holder), [Code::HolderMatches]);
    assert_eq!(report.axes().addressed, Outcome::Passed);
}

#[test]
fn an_sd_jwt_vc_is_a_format_of_its_own() {
    let report = verify(LICENCE, &occasion());
    assert!(is_verified(&report), "{:?}", troubles(&report));
    assert!(
        report.to_json().contains(r#""format":{"family":"sdJwtVc","version":"draft","carrier":"sdJwt"}"#)
    );
    assert_eq!(codes(&report, CheckId::DocumentConformance), [Code::DocumentConforms]);
    assert_eq!(codes(&report, CheckId::IssuerBound), [Code::IssuerIsBound]);
    assert_eq!(codes(&report, CheckId::ValidityFrom), [Code::ValidityBegun]);
    assert_eq!(codes(&report, CheckId::ValidityUntil), [Code::ValidityLasts]);
    assert_eq!(codes(&report, CheckId::StatusEntry), [Code::StatusNone]);
    assert_eq!(codes(&report, CheckId::Withheld), [Code::WithheldNothing]);
    assert_eq!(
        record(LICENCE),
        json!({
            "family": "sdJwtVc", "version": "draft", "kind": "Other", "kindRaw": ["https://credentials.example/licence"],
            "issuer": { "id": ISSUER, "origin": "issuer" },
            "holders": [{ "id": HOLDER, "origin": "issuer" }],
            "completeness": { "withheld": true }, "dates": {
                "validFrom": { "value": "1767225600", "instant": "2026-01-01T00:00:00Z", "precision": "second", "origin": "issuer" },
                "validUntil": { "value": "1893456000", "instant": "2030-01-01T00:00:00Z", "precision": "second", "origin": "issuer" },
            },
            "claims": [
                { "pointer": "/languages/0", "value": "en", "origin": "issuer" },
                { "pointer": "/languages/1", "value": "pt", "origin": "issuer" },
                { "pointer": "/given_name", "value": "Ada", "origin": "issuer" },
                { "pointer": "/class", "value": "B", "origin": "issuer" },
            ],
        })
    );
}

#[test]
fn an_sd_jwt_vc_is_presented_with_what_is_disclosed() {
    let report = verify(LICENCE_PRESENTED, &presentation().holder(HOLDER).recipient(Recipient::id(HOLDER)));
    assert!(is_verified(&report), "{:?}", troubles(&report));
    assert_eq!(codes(&report, CheckId::KeyBinding), [Code::KeyBindingGood]);
    assert_eq!(codes(&report, CheckId::Recipient), [Code::RecipientMatches]);
    let claims = record(LICENCE_PRESENTED)["claims"].clone();
    let values: Vec<&str> =
        claims.as_array().unwrap().iter().map(|claim| claim["value"].as_str().unwrap()).collect();
    assert_eq!(values, ["pt", "Ada"]);
}

#[test]
fn nbf_and_exp_of_an_sd_jwt_vc_are_its_validity() {
    let code = |name: &str, instant: i64, check| {
        let mut payload = licence();
        payload[name] = instant.into();
        codes(&verify(&token("dc+sd-jwt", &payload, &[]), &occasion()), check)
    };
    assert_eq!(code("exp", tokens::NOW - 301, CheckId::ValidityUntil), [Code::ValidityExpired]);
    assert_eq!(code("exp", tokens::NOW - 300, CheckId::ValidityUntil), [Code::ValidityLasts]);
    assert_eq!(code("nbf", tokens::NOW + 301, CheckId::ValidityFrom), [Code::ValidityNotYet]);
    assert_eq!(code("nbf", tokens::NOW + 300, CheckId::ValidityFrom), [Code::ValidityBegun]);
    let mut payload = licence();
    payload.as_object_mut().unwrap().retain(|name, _| name != "nbf" && name != "exp");
    let report = verify(&token("dc+sd-jwt", &payload, &[]), &occasion());
    assert_eq!(codes(&report, CheckId::ValidityFrom), [Code::ValidityNoBeginning]);
    assert_eq!(codes(&report, CheckId::ValidityUntil), [Code::ValidityNoEnd]);
}

#[test]
fn claims_of_an_sd_jwt_vc_have_their_json_types() {
    for (name, value) in [
        ("exp", json!("2030-01-01")),
        ("exp", json!(null)),
        ("exp", json!([1])),
        ("nbf", json!("1")),
        ("iat", json!(true)),
        ("iss", json!(["did:example:1"])),
        ("iss", json!(null)),
        ("sub", json!(1)),
        ("vct", json!(1)),
        ("vct", json!(["a"])),
        ("cnf", json!("key")),
        ("status", json!([])),
        ("status", json!("x")),
        ("jti", json!(1)),
        ("vct#integrity", json!({})),
    ] {
        let mut payload = licence();
        payload[name] = value;
        let report = verify(&token("dc+sd-jwt", &payload, &[]), &occasion());
        assert!(!is_verified(&report), "{name}");
        assert!(codes(&report, CheckId::DocumentConformance).contains(&Code::DocumentMemberType), "{name}");
    }
    for (name, value) in [
        ("vct", json!("")),
        ("iss", json!("")),
        ("exp", json!(1e20)),
        ("nbf", json!(-1)),
        ("exp", json!(1_795_262_400_000_000_i64)),
    ] {
        let mut payload = licence();
        payload[name] = value;
        let report = verify(&token("dc+sd-jwt", &payload, &[]), &occasion());
        assert!(!is_verified(&report), "{name}");
        assert!(codes(&report, CheckId::DocumentConformance).contains(&Code::DocumentMemberValue), "{name}");
    }
}

#[test]
fn a_status_that_is_not_looked_up_leaves_it_open() {
    let mut payload = licence();
    payload["status"] = json!({ "status_list": { "idx": 1, "uri": "https://issuer.example/list" } });
    let report = verify(&token("dc+sd-jwt", &payload, &[]), &occasion());
    assert!(matches!(report.verdict(), Verdict::Indeterminate));
    assert_eq!(codes(&report, CheckId::StatusEntry), [Code::StatusListNeeded]);
}

#[test]
fn the_subject_of_an_sd_jwt_vc_is_the_recipient() {
    let text = token("dc+sd-jwt", &licence(), &[]);
    let code = |occasion| codes(&verify(&text, &occasion), CheckId::Recipient);
    assert_eq!(code(occasion().recipient(Recipient::id(holder().did))), [Code::RecipientMatches]);
    assert_eq!(code(occasion().recipient(Recipient::id("did:example:other"))), [Code::RecipientDiffers]);
    assert_eq!(code(occasion().recipient(Recipient::email("ada@example.org"))), [Code::RecipientNotStated]);
    // Where nobody is named, a key of somebody's DID is.
    let mut payload = licence();
    payload.as_object_mut().unwrap().remove("sub");
    payload["cnf"] = json!({ "kid": holder().kid });
    let text = token("dc+sd-jwt", &payload, &[]);
    let code = |id: &str| codes(&verify(&text, &occasion().recipient(Recipient::id(id))), CheckId::Recipient);
    assert_eq!(code(&holder().did), [Code::RecipientMatches]);
    assert_eq!(code("did:example:other"), [Code::RecipientNotStated]);
}

#[test]
fn a_statement_about_oneself_is_said_to_be_one() {
    let mut payload = licence();
    payload["sub"] = issuer().did.into();
    assert_eq!(record(&token("dc+sd-jwt", &payload, &[]))["claims"][0]["origin"], "selfAsserted");
}

#[test]
fn proof_is_a_claim_where_claims_may_have_any_name() {
    let mut payload = licence();
    payload["proof"] = json!({ "type": "of residence" });
    let report = verify(&token("dc+sd-jwt", &payload, &[]), &occasion());
    let Verdict::Verified(secured) = report.verdict() else { panic!("{:?}", troubles(&report)) };
    assert!(secured.document().contains("of residence"));
}

#[test]
fn null_is_a_value_where_nothing_reads_it_as_absent() {
    let mut payload = licence();
    payload["middle_name"] = Value::Null;
    payload["others"] = json!([]);
    let report = verify(&token("dc+sd-jwt", &payload, &[]), &occasion());
    assert!(is_verified(&report), "{:?}", troubles(&report));
    assert!(codes(&report, CheckId::DocumentEmptyMembers).is_empty());
}

#[test]
fn typ_says_what_is_in_it() {
    let (vc, w3c) = (licence(), credential());
    let mut both = credential();
    both["vct"] = "https://credentials.example/licence".into();
    for (typ, payload, good) in [
        ("dc+sd-jwt", &vc, true),
        ("vc+sd-jwt", &vc, true),
        ("application/dc+sd-jwt", &vc, true),
        ("DC+SD-JWT", &vc, true),
        ("vc+sd-jwt", &w3c, true),
        ("vc+ld+json+sd-jwt", &w3c, true),
        ("dc+sd-jwt", &w3c, false),
        ("vc+ld+json+sd-jwt", &vc, false),
        ("vp+sd-jwt", &w3c, false),
        ("kb+jwt", &vc, false),
        ("kb+jwt", &w3c, false),
        ("JWT", &vc, false),
        ("vc+jwt", &w3c, false),
        ("example+sd-jwt", &vc, false),
        ("", &vc, false),
        ("vc+sd-jwt", &both, false),
        ("dc+sd-jwt", &both, false),
    ] {
        let report = verify(&token(typ, payload, &[]), &occasion());
        assert_eq!(is_verified(&report), good, "{typ} {:?}", troubles(&report));
    }
}

#[test]
fn a_token_may_stand_in_a_presentation() {
    let (text, digest) = disclosure(&json!(["s", "name", "Welder"]));
    let mut payload = credential();
    payload["_sd"] = json!([digest]);
    let token = token("vc+sd-jwt", &payload, &[&text]);
    let enveloped = json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiablePresentation"],
        "verifiableCredential": [{
            "@context": "https://www.w3.org/ns/credentials/v2",
            "type": "EnvelopedVerifiableCredential",
            "id": format!("data:application/vc+sd-jwt,{token}"),
        }],
    });
    let strings = json!({
        "@context": ["https://www.w3.org/2018/credentials/v1"],
        "type": ["VerifiablePresentation"],
        "verifiableCredential": [token],
    });
    for presentation in [enveloped, strings] {
        let report = verify(&presentation.to_string(), &occasion());
        assert!(
            is_verified(&report),
            "{:?} {:?}",
            troubles(&report),
            report.embedded().first().map(|e| troubles(&e.report))
        );
        let inside = &report.embedded().first().unwrap().report;
        assert!(inside.to_json().contains(r#""carrier":"sdJwt""#));
        let Verdict::Verified(secured) = inside.verdict() else { panic!("{:?}", troubles(inside)) };
        assert!(secured.document().contains(r#""name":"Welder""#));
    }
}

#[test]
fn what_is_expected_of_the_whole_is_not_expected_of_a_token_inside() {
    let inside = presented(&token("vc+sd-jwt", &credential(), &[]));
    let presentation = json!({
        "@context": ["https://www.w3.org/2018/credentials/v1"],
        "type": ["VerifiablePresentation"],
        "verifiableCredential": [inside],
    });
    let report = verify(&presentation.to_string(), &occasion());
    assert!(is_verified(&report), "{:?}", troubles(&report));
    assert_eq!(
        codes(&report.embedded().first().unwrap().report, CheckId::KeyBinding),
        [Code::KeyBindingGood]
    );
}

#[test]
fn everything_runs_on_a_small_stack() {
    let mut disclosures: Vec<String> = Vec::new();
    let mut inside = json!(["s", "x", 1]);
    for _ in 0..28 {
        let (text, digest) = disclosure(&inside);
        disclosures.push(text);
        inside = json!(["s", "x", { "_sd": [digest] }]);
    }
    let (text, digest) = disclosure(&inside);
    disclosures.push(text);
    let mut payload = licence();
    payload["_sd"] = json!([digest]);
    let disclosures: Vec<&str> = disclosures.iter().map(String::as_str).collect();
    let text = presented(&token("dc+sd-jwt", &payload, &disclosures));
    let run = move || {
        let report = verify(&text, &presentation());
        assert!(is_verified(&report), "{:?}", troubles(&report));
    };
    std::thread::Builder::new().stack_size(256 * 1024).spawn(run).unwrap().join().unwrap();
}

#[test]
fn what_says_to_be_an_sd_jwt_vc_has_a_type() {
    let mut payload = licence();
    payload.as_object_mut().unwrap().remove("vct");
    let report = verify(&token("dc+sd-jwt", &payload, &[]), &occasion());
    assert!(matches!(report.verdict(), Verdict::NotVerified));
    assert_eq!(codes(&report, CheckId::DocumentConformance), [Code::DocumentMemberMissing]);
    // Other tokens may be anything.
    let report = verify(&token("example+sd-jwt", &payload, &[]), &occasion());
    assert!(matches!(report.verdict(), Verdict::Indeterminate));
    assert_eq!(codes(&report, CheckId::DocumentFormat), [Code::FormatNotRecognised]);
}

/// The same token in the flattened and in the general JSON serialization (RFC 9901 §8).
fn in_json(compact: &str) -> [Value; 2] {
    let mut parts: Vec<&str> = compact.split('~').collect();
    let key_binding = parts.pop().unwrap();
    let jwt: Vec<&str> = parts.remove(0).split('.').collect();
    let mut header = json!({ "disclosures": parts });
    if !key_binding.is_empty() {
        header["kb_jwt"] = key_binding.into();
    }
    let signed = json!({ "protected": jwt[0], "header": header, "signature": jwt[2] });
    let mut flattened = signed.clone();
    flattened["payload"] = jwt[1].into();
    [flattened, json!({ "payload": jwt[1], "signatures": [signed] })]
}

#[test]
fn a_token_may_be_written_in_json() {
    for token in in_json(BADGE_PRESENTED.trim()).iter().chain(&in_json(LICENCE_PRESENTED.trim())) {
        let report = verify(&token.to_string(), &presentation().holder(HOLDER));
        assert!(is_verified(&report), "{:?}", troubles(&report));
        assert_eq!(codes(&report, CheckId::KeyBinding), [Code::KeyBindingGood]);
    }
    for token in in_json(BADGE.trim()) {
        assert!(is_verified(&verify(&token.to_string(), &occasion())));
        assert!(!is_verified(&verify(&token.to_string(), &presentation())), "without a key binding");
    }
}

#[test]
fn in_json_each_part_is_one_part() {
    let [good, general] = in_json(BADGE_PRESENTED.trim());
    let disclosures: Vec<&str> =
        good["header"]["disclosures"].as_array().unwrap().iter().map(|text| text.as_str().unwrap()).collect();
    let key_binding = good["header"]["kb_jwt"].as_str().unwrap();
    let (last, others) = disclosures.split_last().unwrap();
    for (name, value) in [
        ("disclosures", json!([disclosures.join("~")])),
        ("disclosures", json!(disclosures.join("~"))),
        ("disclosures", json!(others)),
        ("disclosures", json!([1])),
        ("disclosures", json!({})),
        ("disclosures", json!([disclosures.clone(), vec![""]].concat())),
        ("kb_jwt", json!(1)),
        ("kb_jwt", json!("")),
        ("kb_jwt", json!(format!("{last}~{key_binding}"))),
        ("alg", json!("none")),
        ("crit", json!(["disclosures"])),
    ] {
        let mut token = good.clone();
        token["header"][name] = value.clone();
        assert!(!is_verified(&verify(&token.to_string(), &presentation())), "{name} {value}");
    }
    let mut token = good.clone();
    token["header"]["disclosures"] = json!(others);
    token["header"]["kb_jwt"] = json!(format!("{last}~{key_binding}"));
    assert!(!is_verified(&verify(&token.to_string(), &presentation())));
    let mut token = general.clone();
    token["signatures"] = json!([general["signatures"][0], general["signatures"][0]]);
    let report = verify(&token.to_string(), &presentation());
    assert!(matches!(report.verdict(), Verdict::Indeterminate), "several signatures are not supported");
}
