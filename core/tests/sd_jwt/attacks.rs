//! Changes that anybody can make: none of them is ever verified.

use ler_verify::{CheckId, Code, Verdict};
use serde_json::json;

use super::tokens::{credential, disclosure, issuer, licence, party, presented, token};
use super::{codes, is_verified, occasion, presentation, troubles, verify};

/// A token with every kind of place in it, presented.
fn example() -> String {
    let (city, in_city) = disclosure(&json!(["s1", "city", "Porto"]));
    let (item, in_item) = disclosure(&json!(["s2", { "_sd": [in_city] }]));
    let (name, in_name) = disclosure(&json!(["s3", "name", "Ada"]));
    let mut payload = licence();
    payload["_sd"] = json!([in_name, "decoy"]);
    payload["places"] = json!([{ "...": in_item }, { "...": "decoy2" }]);
    presented(&token("dc+sd-jwt", &payload, &[&city, &item, &name]))
}

#[test]
fn no_byte_can_be_changed() {
    let text = example();
    assert!(is_verified(&verify(&text, &presentation())));
    for at in 0..text.len() {
        let mut bytes = text.clone().into_bytes();
        bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
        let changed = String::from_utf8(bytes).unwrap();
        assert!(!is_verified(&verify(&changed, &presentation())), "{at}");
    }
}

#[test]
fn no_byte_of_a_disclosure_can_be_changed_without_a_key_binding_either() {
    let text = example();
    let text = text.get(..=text.rfind('~').unwrap()).unwrap();
    assert!(is_verified(&verify(text, &occasion())));
    let first = text.find('~').unwrap();
    for at in first..text.len() {
        for byte in [b'A', b'B', b'_', b'~', b'.', b'='] {
            let mut bytes = text.as_bytes().to_vec();
            if bytes[at] == byte {
                continue;
            }
            bytes[at] = byte;
            let changed = String::from_utf8(bytes).unwrap();
            let report = verify(&changed, &occasion());
            assert!(!is_verified(&report), "{at} {}", char::from(byte));
        }
    }
}

#[test]
fn no_end_can_be_cut_off() {
    let text = example();
    for end in 0..text.len() {
        let report = verify(text.get(..end).unwrap(), &presentation());
        assert!(!is_verified(&report), "{end}");
    }
}

#[test]
fn s14_separators_are_exact() {
    let good = token("dc+sd-jwt", &licence(), &[]);
    let jwt = good.trim_end_matches('~');
    for text in [
        format!("{jwt}~~"),
        format!("~{jwt}~"),
        format!("{jwt}~\r\n~"),
        format!("{jwt} ~"),
        format!("{jwt}~ ~"),
    ] {
        let report = verify(&text, &occasion());
        assert!(matches!(report.verdict(), Verdict::NotVerified | Verdict::Indeterminate), "{text:?}");
    }
    assert!(!is_verified(&verify(jwt, &occasion())), "without a tilde it is another kind of token");
    assert!(is_verified(&verify(&format!("{good}\n"), &occasion())), "a file ends in a line break");
}

#[test]
fn disclosures_of_another_token_do_not_count() {
    let (name, digest) = disclosure(&json!(["s", "name", "Ada"]));
    let (other, _) = disclosure(&json!(["s", "name", "Eve"]));
    let mut payload = licence();
    payload["_sd"] = json!([digest]);
    assert!(is_verified(&verify(&token("dc+sd-jwt", &payload, &[&name]), &occasion())));
    for disclosures in [&[&other][..], &[&name, &other], &[&name, &name]] {
        let disclosures: Vec<&str> = disclosures.iter().map(|text| text.as_str()).collect();
        let report = verify(&token("dc+sd-jwt", &payload, &disclosures), &occasion());
        assert!(matches!(report.verdict(), Verdict::NotVerified));
        assert_eq!(codes(&report, CheckId::Disclosures), [Code::DisclosureUnused]);
    }
}

#[test]
fn s08_a_claim_that_verification_depends_on_cannot_be_withheld() {
    for name in ["iss", "nbf", "exp", "cnf", "aud"] {
        for (typ, payload) in [("dc+sd-jwt", licence()), ("vc+sd-jwt", credential())] {
            let mut payload = payload;
            let value = payload.as_object_mut().unwrap().remove(name).unwrap_or(json!(1));
            let (hidden, digest) = disclosure(&json!(["s", name, value]));
            payload["_sd"] = json!([digest]);
            let report = verify(&token(typ, &payload, &[&hidden]), &occasion());
            assert!(matches!(report.verdict(), Verdict::NotVerified), "{typ} {name}");
            assert_eq!(codes(&report, CheckId::Disclosures), [Code::DisclosureForbidden], "{typ} {name}");
        }
    }
    for name in ["vct", "status", "vct#integrity"] {
        let mut payload = licence();
        payload.as_object_mut().unwrap().remove(name);
        let (hidden, digest) = disclosure(&json!(["s", name, {}]));
        payload["_sd"] = json!([digest]);
        let report = verify(&token("dc+sd-jwt", &payload, &[&hidden]), &occasion());
        assert_eq!(codes(&report, CheckId::Disclosures), [Code::DisclosureForbidden], "{name}");
    }
}

#[test]
fn a_status_that_may_have_been_left_out_is_said() {
    let (name, digest) = disclosure(&json!(["s", "name", "Welder"]));
    let mut payload = credential();
    payload["_sd"] = json!([digest, "perhaps a status"]);
    let report = verify(&token("vc+sd-jwt", &payload, &[&name]), &occasion());
    assert!(is_verified(&report), "{:?}", troubles(&report));
    assert_eq!(codes(&report, CheckId::StatusEntry), [Code::StatusNotShown]);
    assert_eq!(codes(&report, CheckId::Withheld), [Code::WithheldPossible]);
    // A status that is shown is one of which there may be more.
    let mut payload = credential();
    payload["validUntil"] = json!("2030-01-01T00:00:00Z");
    payload["credentialStatus"] = json!([{ "...": "more" }, { "type": "ExampleStatus" }]);
    let report = verify(&token("vc+sd-jwt", &payload, &[]), &occasion());
    assert_eq!(codes(&report, CheckId::Withheld), [Code::WithheldPossible]);
}

#[test]
fn who_did_not_sign_is_not_the_issuer() {
    let evil = party(9);
    let header = json!({ "alg": "EdDSA", "typ": "dc+sd-jwt", "kid": evil.kid });
    let report = verify(&(evil.sign(&header, &licence()) + "~"), &occasion());
    assert!(matches!(report.verdict(), Verdict::NotVerified));
    assert_eq!(codes(&report, CheckId::IssuerBound), [Code::IssuerNotBound]);
    let header = json!({ "alg": "EdDSA", "typ": "dc+sd-jwt", "kid": issuer().kid });
    let report = verify(&(evil.sign(&header, &licence()) + "~"), &occasion());
    assert_eq!(codes(&report, CheckId::ProofSignature), [Code::SignatureInvalid]);
}

#[test]
fn claims_without_a_signature_are_nobodys() {
    let report = verify(&licence().to_string(), &occasion());
    assert!(matches!(report.verdict(), Verdict::NotVerified));
    assert_eq!(codes(&report, CheckId::SecuringPresent), [Code::SecuringMissing]);
    for alg in ["none", "None", "HS256"] {
        let header = json!({ "alg": alg, "typ": "dc+sd-jwt", "kid": issuer().kid });
        assert!(!is_verified(&verify(&(issuer().sign(&header, &licence()) + "~"), &occasion())), "{alg}");
    }
}
