//! What users of other systems see: the truth table of each view over cases of the manifest, the exact shapes, and that no
//! view says success of anything but a verified record.
//!
//! The shapes were compared with what `@digitalcredentials/verifier-core` 1.0.0-beta.11 and `@spruceid/didkit-wasm-node`
//! 0.1.0 return; where a view differs on purpose, `docs/migration` says so.
#![cfg(all(feature = "jose", feature = "sd-jwt"))] // cases of both are in the table
#![allow(clippy::disallowed_methods, clippy::print_stdout)] // a test reads files

#[path = "support/manifest.rs"]
mod manifest;
#[path = "support/vectors.rs"]
mod vectors;

use std::collections::BTreeSet;
use std::sync::OnceLock;

use ler_verify::{CompatView, Occasion, Outcome, Policy, Report, Resources, Verdict, Verifier};
use manifest::Entry;
use serde_json::{Value, json};

fn verify(entry: &Entry) -> Report {
    let verifier = Verifier::new(Policy::from_json(entry.policy.as_bytes()).unwrap()).unwrap();
    let occasion = Occasion::from_json(entry.occasion.as_bytes()).unwrap();
    let resources = Resources::from_json(entry.resources.as_bytes()).unwrap();
    verifier.verify(&entry.document, &resources, &occasion)
}

/// The manifest, read once for all tests.
fn entries() -> &'static [Entry] {
    static ENTRIES: OnceLock<Vec<Entry>> = OnceLock::new();
    ENTRIES.get_or_init(|| manifest::read().0)
}

fn case(id: &str) -> Report {
    verify(entries().iter().find(|entry| entry.id == id).unwrap_or_else(|| panic!("no entry {id}")))
}

fn view(report: &Report, view: CompatView) -> Value {
    serde_json::from_str(&report.to_compat(view)).unwrap()
}

// What users of each system take for success.

/// No errors, and every step of the log valid; of a presentation, that and its signature.
fn core_says_success(response: &Value) -> bool {
    if response.get("errors").is_some() {
        return false;
    }
    if let Some(presentation) = response.get("presentationResult") {
        let records = response["credentialResults"].as_array().unwrap();
        return presentation["signature"] != "invalid"
            && presentation.get("errors").is_none()
            && records.iter().all(core_says_success);
    }
    response["log"].as_array().is_some_and(|log| log.iter().all(|step| step["valid"] == true))
}

/// The same where an issuer in no registry is only pointed out.
fn core_says_success_but_for_the_issuer(response: &Value) -> bool {
    response.get("errors").is_none()
        && response["log"].as_array().is_some_and(|log| {
            log.iter().all(|step| step["valid"] == true || step["id"] == "registered_issuer")
        })
}

fn didkit_says_success(result: &Value) -> bool {
    result["errors"].as_array().unwrap().is_empty()
}

/// No check that failed or was not carried out.
fn velocity_says_success(results: &Value) -> bool {
    results.as_array().unwrap().iter().all(|checked| {
        let checks = checked["credentialChecks"].as_object().unwrap();
        checks.values().all(|found| found == "PASS" || found == "NOT_APPLICABLE" || found == "SELF_SIGNED")
    })
}

fn success(report: &Report, which: CompatView) -> bool {
    let view = view(report, which);
    match which {
        CompatView::VerifierCore => core_says_success(&view),
        CompatView::DidKit => didkit_says_success(&view),
        CompatView::Velocity => velocity_says_success(&view),
        CompatView::W3c => view["status"] == true,
        _ => panic!("{which:?}"),
    }
}

// The truth table.

/// `valid_signature+ expiration- …`, `?` where a step has an error; `!name` for fatal errors.
fn core_in_short(response: &Value) -> String {
    let names = |errors: &Value| -> Vec<String> {
        errors
            .as_array()
            .unwrap()
            .iter()
            .map(|error| format!("!{}", error["name"].as_str().unwrap()))
            .collect()
    };
    if let Some(errors) = response.get("errors") {
        return names(errors).join(" ");
    }
    if let Some(presentation) = response.get("presentationResult") {
        let records = response["credentialResults"].as_array().unwrap().iter().map(core_in_short);
        let all: Vec<String> = records.map(|record| format!("[{record}]")).collect();
        return format!("{} {}", presentation["signature"].as_str().unwrap(), all.join(" "));
    }
    let step = |step: &Value| {
        let mark = match (step.get("error"), step["valid"].as_bool().unwrap()) {
            (None, true) => '+',
            (None, false) => '-',
            (Some(error), false) => {
                assert!(error["message"].is_string() && error["name"].is_string());
                '?'
            }
            (Some(_), true) => panic!("valid and in error: {step}"),
        };
        let id = step["id"].as_str().unwrap();
        let short = match id {
            "valid_signature" => "signature",
            "revocation_status" => "revocation",
            "suspension_status" => "suspension",
            "registered_issuer" => "registered",
            id => id,
        };
        format!("{short}{mark}")
    };
    response["log"].as_array().unwrap().iter().map(step).collect::<Vec<_>>().join(" ")
}

/// The checks, then the code of each error.
fn didkit_in_short(result: &Value) -> String {
    let texts = |member: &str| -> Vec<&str> {
        result[member].as_array().unwrap().iter().map(|text| text.as_str().unwrap()).collect()
    };
    let codes: Vec<&str> = texts("errors").iter().map(|text| text.split(':').next().unwrap()).collect();
    format!("{} | {}", texts("checks").join(" "), codes.join(" "))
}

/// A letter for UNTAMPERED, TRUSTED_ISSUER, TRUSTED_HOLDER, UNREVOKED, UNEXPIRED: pass, FAIL, - not applicable,
/// ? not checked, s self-signed.
fn velocity_in_short(results: &Value) -> String {
    let letters = |checked: &Value| -> String {
        ["UNTAMPERED", "TRUSTED_ISSUER", "TRUSTED_HOLDER", "UNREVOKED", "UNEXPIRED"]
            .iter()
            .map(|name| match checked["credentialChecks"][name].as_str().unwrap() {
                "PASS" => 'p',
                "FAIL" => 'F',
                "NOT_APPLICABLE" => '-',
                "NOT_CHECKED" => '?',
                "SELF_SIGNED" => 's',
                other => panic!("{other}"),
            })
            .collect()
    };
    results.as_array().unwrap().iter().map(letters).collect::<Vec<_>>().join(" ")
}

/// `true`, or the last part of the type of each problem of the standards.
fn w3c_in_short(result: &Value) -> String {
    if result["status"] == true {
        return "true".to_owned();
    }
    let mut types: Vec<&str> = result["errors"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|error| {
            error["type"].as_str().unwrap().strip_prefix("https://www.w3.org/TR/vc-data-model#")
        })
        .collect();
    types.dedup();
    format!("false {}", types.join(" ")).trim_end().to_owned()
}

/// A case of the manifest, and the four views of it.
#[rustfmt::skip]
const TABLE: &[(&str, &str, &str, &str, &str)] = &[
    ("ob3-small", "signature+ expiration+ registered+", "proof | ", "pp---", "true"),
    ("status-unset", "signature+ revocation+ expiration+ registered+", "proof credentialStatus | ", "pp-p-", "true"),
    ("registry-lists", "signature+ expiration+ registered+", "proof | ", "pp---", "true"),
    ("issuer-anyone", "signature+ expiration+ registered?", "proof | ", "p?---", "true"),
    ("recipient-hashed-email", "signature+ expiration+ registered+", "proof | ", "ppp-p", "true"),
    ("tampered-name", "!invalid_signature", "proof | proof.signature.invalid", "F????", "false CRYPTOGRAPHIC_SECURITY_ERROR"),
    ("tampered-proof-method", "!invalid_signature", "proof | proof.signature.invalid issuer.notBound", "F????", "false CRYPTOGRAPHIC_SECURITY_ERROR"),
    ("tampered-no-proof", "!no_proof", " | securing.missing", "F????", "false CRYPTOGRAPHIC_SECURITY_ERROR"),
    ("json-text", "!invalid_jsonld", " | json.syntax", "F????", "false PARSING_ERROR"),
    ("json-array", "!invalid_jsonld", " | json.shape", "F????", "false PARSING_ERROR"),
    ("json-prototype", "!jsonld.ValidationError", " | jsonld.term.undefinedUnpinned", "F????", "false CRYPTOGRAPHIC_SECURITY_ERROR"),
    ("tampered-issuer-id", "!invalid_signature", "proof | proof.signature.invalid issuer.notBound", "F????", "false CRYPTOGRAPHIC_SECURITY_ERROR"),
    ("key-document-relationship", "!invalid_signature", "proof | key.relationship", "F????", "false CRYPTOGRAPHIC_SECURITY_ERROR"),
    ("key-document-needed", "!did_web_unresolved", " | key.document.needed issuer.bindingUnknown", "F????", "false CRYPTOGRAPHIC_SECURITY_ERROR"),
    ("key-document-unavailable", "!did_web_unresolved", " | key.document.unavailable issuer.bindingUnknown", "F????", "false CRYPTOGRAPHIC_SECURITY_ERROR"),
    ("key-document-not-json", "!unknown_error", " | key.document.invalid issuer.bindingUnknown", "F????", "false CRYPTOGRAPHIC_SECURITY_ERROR"),
    ("suite-unknown", "!unknown_error", " | proof.suite.unsupported", "F????", "false CRYPTOGRAPHIC_SECURITY_ERROR"),
    ("context-inline-unreserved", "!jsonld.ValidationError", " | context.inline.refused", "F????", "false CRYPTOGRAPHIC_SECURITY_ERROR"),
    ("expired", "signature+ expiration- registered+", "proof | validity.expired", "pp--F", "false RANGE_ERROR"),
    ("not-yet-valid", "signature+ expiration- registered+", "proof | validity.notYet", "pp--F", "false RANGE_ERROR"),
    ("status-revoked-7", "signature+ revocation- expiration+ registered+", "proof credentialStatus | status.revoked", "pp-F-", "false"),
    ("status-suspended", "signature+ revocation+ suspension- expiration+ registered+", "proof credentialStatus | status.suspended", "pp-F-", "false"),
    ("status-unavailable", "signature+ expiration+ revocation? registered+", "proof | status.list.unavailable", "pp-F-", "false"),
    ("status-expired-list", "signature+ expiration+ revocation? registered+", "proof | status.list.expired", "pp-F-", "false"),
    ("status-undecided", "signature+ expiration+ revocation? registered+", "proof | status.list.undecided", "pp-F-", "false"),
    ("status-other-purpose", "signature+ expiration+ revocation? registered+", "proof | status.purposeUnknown", "pp-F-", "false"),
    ("status-not-required", "signature+ expiration+ revocation? registered+", "proof | ", "pp-F-", "true"),
    ("status-skipped", "signature+ expiration+ revocation? registered+", "proof | ", "pp-?-", "true"),
    ("registry-lists-other", "signature+ expiration+ registered-", "proof | issuer.notAccepted", "pF---", "false"),
    ("registry-missing", "signature+ expiration+ registered?", "proof | issuer.unknown", "pF---", "false"),
    ("registry-unavailable", "signature+ expiration+ registered?", "proof | issuer.unknown", "pF---", "false"),
    ("recipient-differs", "!unknown_error", "proof | recipient.differs", "ppF-p", "false"),
    ("recipient-bearer-expected", "!unknown_error", "proof | recipient.notStated", "ppF--", "false"),
    ("schema-required", "!unknown_error", "proof | schema.needed", "F????", "false"),
    ("danger-skipped", "!unknown_error", "proof | ", "F????", "true"),
    ("presentation", "valid [signature+ expiration+ registered+]", "proof | ", "pp---", "true"),
    ("presentation-unsigned", "unsigned [signature+ expiration+ registered+]", " | ", "pp---", "true"),
    ("presentation-unsigned-expected", "invalid [signature+ expiration+ registered+]", " | securing.presentation.unsigned", "F????", "false CRYPTOGRAPHIC_SECURITY_ERROR"),
    ("presentation-wrong-challenge", "invalid [signature+ expiration+ registered+]", "proof | proof.challenge.wrong", "F????", "false"),
    ("presentation-changed", "invalid [signature+ expiration+ registered+] [!invalid_signature]", "proof | proof.signature.invalid holder.notStated embedded.notVerified", "F???? F????", "false CRYPTOGRAPHIC_SECURITY_ERROR"),
    ("presentation-one-bad", "valid [signature+ expiration+ registered+] [!invalid_signature]", "proof | embedded.notVerified", "pp--- F????", "false"),
    ("presentation-one-unknown", "unsigned [signature+ expiration+ registered+] [!did_web_unresolved]", " | embedded.indeterminate", "pp--- F????", "false"),
    ("enveloped-self-token", "valid [signature+ expiration+ registered+]", "JWS | ", "ps---", "true"),
    ("enveloped-self-not-accepted", "valid [signature+ expiration+ registered-]", "JWS | embedded.notVerified", "pF---", "false"),
    ("enveloped-vp-empty", "invalid ", "JWS | document.member.type embedded.none", "F????", "false MALFORMED_VALUE_ERROR"),
    ("jwt-vcdm1-eddsa", "signature+ expiration+ registered+", "JWS | ", "pp--p", "true"),
    ("sd-jwt-ob-expired-withheld", "signature+ expiration? registered+", "JWS | ", "pp--F", "true"),
];

#[test]
fn the_truth_table() {
    let entries = entries();
    let mut wrong = String::new();
    for (id, core, didkit, velocity, w3c) in TABLE {
        let entry = entries.iter().find(|entry| entry.id == *id).unwrap_or_else(|| panic!("no entry {id}"));
        let report = verify(entry);
        let found = [
            core_in_short(&view(&report, CompatView::VerifierCore)),
            didkit_in_short(&view(&report, CompatView::DidKit)),
            velocity_in_short(&view(&report, CompatView::Velocity)),
            w3c_in_short(&view(&report, CompatView::W3c)),
        ];
        if found != [*core, *didkit, *velocity, *w3c] {
            wrong +=
                &format!("    ({id:?}, {:?}, {:?}, {:?}, {:?}),\n", found[0], found[1], found[2], found[3]);
        }
    }
    assert!(wrong.is_empty(), "found:\n{wrong}");
}

// The shapes, to the letter.

#[test]
fn verifier_core_of_a_registered_issuer() {
    let report = case("registry-lists");
    let Verdict::Verified(secured) = report.verdict() else { panic!("{}", report.to_json()) };
    let registry = "https://registry.example/issuers.json";
    let expected = json!({
        "log": [
            {"id": "valid_signature", "valid": true},
            {"id": "expiration", "valid": true},
            {
                "id": "registered_issuer", "valid": true,
                "matchingIssuers": [{
                    "issuer": {"federation_entity": {"organization_name": "Example University"}},
                    "registry": {
                        "type": "dcc-legacy",
                        "federation_entity": {"organization_name": registry},
                        "institution_additional_information": {"legacy_list": registry}
                    }
                }],
                "uncheckedRegistries": []
            }
        ],
        "additionalInformation": [{"id": "schema_check", "results": "NO_SCHEMA"}],
        "credential": serde_json::from_str::<Value>(secured.document()).unwrap()
    });
    assert_eq!(view(&report, CompatView::VerifierCore), expected);
}

#[test]
fn verifier_core_of_a_registry_that_does_not_answer() {
    let registry = "https://registry.example/issuers.json";
    let log = &view(&case("registry-unavailable"), CompatView::VerifierCore)["log"];
    let step = log.as_array().unwrap().iter().find(|step| step["id"] == "registered_issuer").unwrap();
    assert_eq!(step["valid"], false);
    assert_eq!(step["matchingIssuers"], json!([]));
    assert_eq!(
        step["uncheckedRegistries"],
        json!([{"name": registry, "type": "dcc-legacy", "url": registry}])
    );
}

#[test]
fn verifier_core_of_a_changed_record_has_no_log() {
    let expected = json!({"errors": [{
        "name": "invalid_signature",
        "message": "The signature does not fit: the content was changed, or another key made it.",
        "details": {
            "check": "proof.signature", "code": "proof.signature.invalid", "outcome": "failed",
            "pointer": "/proof/proofValue"
        }
    }]});
    assert_eq!(view(&case("tampered-name"), CompatView::VerifierCore), expected);
}

#[test]
fn verifier_core_of_a_status_list_that_was_not_obtained() {
    let log = &view(&case("status-unavailable"), CompatView::VerifierCore)["log"];
    let step = log.as_array().unwrap().iter().find(|step| step["id"] == "revocation_status").unwrap();
    let expected = json!({
        "id": "revocation_status", "valid": false,
        "error": {
            "name": "status_list_not_found",
            "message": "The status list could not be obtained.",
            "details": {
                "check": "status.entry", "code": "status.list.unavailable", "outcome": "indeterminate",
                "pointer": "/credentialStatus"
            }
        }
    });
    assert_eq!(*step, expected);
}

#[test]
fn didkit_to_the_letter() {
    assert_eq!(
        case("vcdm2-minimal").to_compat(CompatView::DidKit),
        r#"{"checks":["proof"],"warnings":[],"errors":[]}"#
    );
    let invalid = "proof.signature.invalid: The signature does not fit: the content was changed, or another key made it. At /proof/proofValue.";
    assert_eq!(view(&case("tampered-name"), CompatView::DidKit)["errors"], json!([invalid]));
    let anyone = json!("issuer.anyone: No issuer was demanded: anyone could have made this.");
    let warnings = &view(&case("issuer-anyone"), CompatView::DidKit)["warnings"];
    assert!(warnings.as_array().unwrap().contains(&anyone), "{warnings}");
}

#[test]
fn velocity_to_the_letter() {
    assert_eq!(
        case("status-unavailable").to_compat(CompatView::Velocity),
        r#"[{"credentialChecks":{"UNTAMPERED":"PASS","TRUSTED_ISSUER":"PASS","TRUSTED_HOLDER":"NOT_APPLICABLE","UNREVOKED":"FAIL","UNEXPIRED":"NOT_APPLICABLE"}}]"#
    );
}

/// VCDM 2.0 §5.13 and §7.1: with `status` false there is no document; every problem has a type that is a URL.
#[test]
fn the_result_map_of_a_record_that_is_not_verified_has_no_document() {
    let result = view(&case("suite-unknown"), CompatView::W3c);
    let members: BTreeSet<&str> = result.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(members, BTreeSet::from(["errors", "status", "warnings"]));
    let types: Vec<&str> =
        result["errors"].as_array().unwrap().iter().map(|error| error["type"].as_str().unwrap()).collect();
    assert!(types.contains(&"https://www.w3.org/TR/vc-data-model#CRYPTOGRAPHIC_SECURITY_ERROR"));
    assert!(types.iter().all(|url| url.starts_with("https://")));
}

#[test]
fn the_result_map_has_the_document_that_the_proof_covers() {
    let report = case("set-cosigned");
    let Verdict::Verified(secured) = report.verdict() else { panic!("{}", report.to_json()) };
    let result = view(&report, CompatView::W3c);
    assert_eq!(result["document"], serde_json::from_str::<Value>(secured.document()).unwrap());
    assert_eq!(result["mediaType"], "application/vc");
    // Of two who signed, the issuer.
    assert_eq!(result["controller"], json!(report.issuer().unwrap().id));
}

#[test]
fn the_media_type_is_there_for_documents_of_the_data_model() {
    for (id, expected) in [
        ("vcdm2-minimal", json!("application/vc")),
        ("ob3-small", json!("application/vc")),
        ("endorsement", json!("application/vc")),
        ("clr-two", json!("application/vc")),
        ("presentation", json!("application/vp")),
        ("expired", Value::Null),
    ] {
        let result = view(&case(id), CompatView::W3c);
        assert_eq!(result["mediaType"], expected, "{id}: {}", result["errors"]);
    }
}

// What holds of every record of the manifest.

#[test]
fn no_view_says_success_of_what_is_not_verified() {
    let (entries, skipped) = manifest::read();
    let mut verified = 0;
    for entry in &entries {
        let report = verify(entry);
        let is_verified = matches!(report.verdict(), Verdict::Verified(_));
        let axes = report.axes();
        for which in CompatView::ALL {
            assert!(
                is_verified || !success(&report, *which),
                "{}: {} says success: {}",
                entry.id,
                which.name(),
                report.to_compat(*which)
            );
        }
        let core = view(&report, CompatView::VerifierCore);
        assert!(
            is_verified || axes.trusted != Outcome::Passed || !core_says_success_but_for_the_issuer(&core),
            "{}: {core}",
            entry.id
        );
        // And it does say so where every question was answered well: the views are of use.
        let good = |outcome| matches!(outcome, Outcome::Passed | Outcome::NotApplicable);
        let all = [axes.authentic, axes.current, axes.addressed];
        if is_verified && all.into_iter().all(good) && axes.trusted == Outcome::Passed {
            verified += 1;
            for which in CompatView::ALL {
                assert!(success(&report, *which), "{}: {}", entry.id, report.to_compat(*which));
            }
        }
    }
    println!(
        "{} entries, {} skipped for want of vectors, {verified} good in every way",
        entries.len(),
        skipped.len()
    );
    assert!(verified >= 100, "only {verified} entries are good in every way");
}

#[test]
fn an_issuer_that_nobody_asked_about_is_registered_in_no_view() {
    let entries = entries();
    let mut seen = 0;
    for entry in entries {
        let report = verify(entry);
        if report.axes().trusted != Outcome::Skipped {
            continue;
        }
        seen += 1;
        for which in [CompatView::VerifierCore, CompatView::Velocity] {
            let text = report.to_compat(which);
            assert!(!text.contains(r#""id":"registered_issuer","valid":true"#), "{}: {text}", entry.id);
            assert!(!text.contains(r#""TRUSTED_ISSUER":"PASS""#), "{}: {text}", entry.id);
        }
    }
    assert!(seen >= 10, "only {seen} entries demand no issuer");
}

#[test]
fn claims_are_only_in_views_of_verified_records() {
    for entry in entries() {
        let report = verify(entry);
        if matches!(report.verdict(), Verdict::Verified(_)) {
            continue;
        }
        assert!(view(&report, CompatView::W3c).get("document").is_none(), "{}", entry.id);
        assert!(view(&report, CompatView::VerifierCore).get("credential").is_none(), "{}", entry.id);
        // A presentation that is not verified may hold records that are.
        let presented =
            report.embedded().iter().filter(|part| matches!(part.report.verdict(), Verdict::Verified(_)));
        let velocity = view(&report, CompatView::Velocity);
        let shown = velocity.as_array().unwrap().iter().filter(|checked| checked.get("credential").is_some());
        assert!(shown.count() <= presented.count(), "{}: {velocity}", entry.id);
    }
}

#[test]
fn every_view_has_a_name_of_its_own() {
    let names: Vec<&str> = CompatView::ALL.iter().map(|view| view.name()).collect();
    assert_eq!(names, ["verifier-core", "didkit", "velocity", "w3c"]);
}
