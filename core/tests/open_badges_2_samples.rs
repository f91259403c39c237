//! The samples of both validators of 1EdTech, each with what comes of it here, and why that differs from what its own tests
//! assert where it does. Nothing is at http: who answers there, nobody can tell. So a host that has such a document may supply
//! it, and none is fetched; the samples are judged in both ways.
#![cfg(all(feature = "formats", feature = "jose"))]
#![allow(clippy::disallowed_methods)] // a test reads files

#[path = "support/hosted.rs"]
mod hosted;
mod support;

use std::fs;
use std::path::{Path, PathBuf};

use hosted::Web;
use ler_verify::{Code, Outcome, Report, Verdict};
use serde_json::Value;

const VALIDATOR: &str = "1edtech-public-validator";
const CORE: &str = "1edtech-ob-validator-core";

/// Verdict, and a code that says why: `None` for verified.
type Expected = Option<(Outcome, Code)>;

use Code::*;
use Outcome::{Failed, Indeterminate};

fn judge(report: &Report) -> Outcome {
    match report.verdict() {
        Verdict::Verified(_) => Outcome::Passed,
        Verdict::NotVerified => Failed,
        _ => Indeterminate,
    }
}

fn expect(name: &str, report: &Report, expected: Expected) {
    let json = report.to_json();
    let Some((outcome, code)) = expected else {
        assert_eq!(judge(report), Outcome::Passed, "{name}: {json}");
        return;
    };
    assert_eq!(judge(report), outcome, "{name}: {json}");
    assert!(
        report.checks().iter().any(|check| check.code == code && check.outcome == outcome),
        "{name}: no {code}: {json}"
    );
}

/// All that the runner of the validator serves: each asset under its file name, at http as at https, and under its own `id`.
fn served(folder: &Path, with_http: bool) -> Web {
    let mut web = Web::default();
    for file in files(&folder.join("assets")).into_iter().chain(files(folder)) {
        let bytes = fs::read(&file).unwrap();
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let schemes: &[&str] = if with_http { &["https", "http"] } else { &["https"] };
        for scheme in schemes {
            web = web.bytes(&format!("{scheme}://example.org/{name}"), &bytes);
        }
        let id = serde_json::from_slice::<Value>(&bytes)
            .ok()
            .and_then(|json| Some(json.get("id")?.as_str()?.to_owned()));
        if let Some(id) =
            id.filter(|id| file.parent() != Some(folder) && (with_http || id.starts_with("https:")))
        {
            web = web.bytes(&id, &bytes);
        }
    }
    web
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let all = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> = all.filter(|path| path.extension().is_some_and(|e| e == "json")).collect();
    files.sort();
    files
}

/// Shown and standing at its `id`.
fn hosted_report(web: &Web, bytes: &[u8]) -> Report {
    let id = serde_json::from_slice::<Value>(bytes).unwrap()["id"].as_str().unwrap_or_default().to_owned();
    web.clone().bytes(&id, bytes).verify(bytes)
}

#[test]
fn the_assertions_of_the_public_validator() {
    let Some(folder) = support::source("the_assertions_of_the_public_validator", VALIDATOR) else { return };
    let folder = folder.join("ob20");
    // The asset, then what comes of it where http documents are supplied.
    let expected: &[(&str, Expected)] = &[
        ("basic-assertion.json", None),
        ("basic-assertion-no-public-key.json", None),
        ("basic-assertion-with-language.json", None),
        ("assertion-with-endorsements.json", None),
        ("basic-assertion-expired.json", Some((Failed, ValidityExpired))),
        ("basic-assertion-expired-before-issued.json", Some((Failed, DocumentDateOrder))),
        ("basic-assertion-in-future.json", Some((Failed, ValidityNotYet))),
        // Their tests: fatal. Under a context that is not known nothing means anything.
        ("basic-assertion-invalid-context.json", Some((Indeterminate, FormatNotRecognised))),
        ("basic-assertion-invalid-type.json", Some((Failed, DocumentType))),
        ("assertion-with-data-image.json", Some((Failed, DocumentMemberValue))),
        // Their tests: valid, by a redirect. What stands at an address has to say that it belongs there.
        ("warning-with-redirection.json", Some((Indeterminate, HostedOther))),
        // Their tests: a warning. An issuer that is at no address publishes nothing (threats.md O03); here the badge class at
        // http already says that its issuer is at an address where another profile stands.
        ("warning-issuer-non-http.json", Some((Indeterminate, HostedOther))),
        // Their tests ask a server for http addresses and take what says that it is at others: a host's profile
        // `issuer-with-allowed-origins.json` says that it is `issuer-with-allowed-origins`.
        ("basic-assertion-with-allowed-origins.json", Some((Indeterminate, HostedOther))),
        ("basic-assertion-with-allowed-origins-valid-starts-with.json", Some((Indeterminate, HostedOther))),
        (
            "basic-assertion-with-allowed-origins-valid-multiple-starts-with.json",
            Some((Indeterminate, HostedOther)),
        ),
        ("basic-assertion-with-allowed-origins-invalid-starts-with.json", Some((Indeterminate, HostedOther))),
        (
            "basic-assertion-with-allowed-origins-invalid-multiple-starts-with.json",
            Some((Indeterminate, HostedOther)),
        ),
        // They stand at http, their issuer at https: it does not answer for them.
        ("assertion-with-extension-node-basic.json", Some((Failed, IssuerOutOfScope))),
        ("assertion-with-multiple-extensions.json", Some((Failed, IssuerOutOfScope))),
        ("assertion-with-extension-node-invalid.json", Some((Failed, IssuerOutOfScope))),
        // Not Assertions: what describes a badge or an issuer says nothing of anybody.
        ("issuer-compact-iri-validation.json", Some((Failed, SecuringMissing))),
        ("badge-class-with-language.json", Some((Failed, SecuringMissing))),
    ];
    let web = served(&folder, true);
    for (name, expected) in expected {
        let bytes = fs::read(folder.join(name)).unwrap();
        expect(name, &hosted_report(&web, &bytes), *expected);
    }
    let told: Vec<&str> =
        expected.iter().map(|(name, _)| *name).chain(["redirected-validation-subject.json"]).collect();
    for file in files(&folder) {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        assert!(told.contains(&name.as_str()), "{name} has no expected outcome");
    }
    // It is no JSON: there are comments in it.
    let bytes = fs::read(folder.join("redirected-validation-subject.json")).unwrap();
    expect("redirected", &web.verify(bytes), Some((Failed, JsonSyntax)));
}

#[test]
fn the_tokens_of_the_public_validator() {
    let Some(folder) = support::source("the_tokens_of_the_public_validator", VALIDATOR) else { return };
    let folder = folder.join("ob20");
    for (name, supplied, fetched) in [
        ("simple.jwt", None, Some((Indeterminate, KeyDocumentUnavailable))),
        ("simple-not-revoked.jwt", None, Some((Indeterminate, KeyDocumentUnavailable))),
        ("simple-revoked.jwt", Some((Failed, StatusRevoked)), Some((Indeterminate, KeyDocumentUnavailable))),
    ] {
        let token = fs::read(folder.join(name)).unwrap();
        let report = served(&folder, true).verify(&token);
        expect(name, &report, supplied);
        assert!(report.checks().iter().any(|check| check.code == SignatureGood), "{name}");
        assert!(report.checks().iter().all(|check| check.code != JoseAlgUnusual), "{name}: it is RS256");
        // Its keys are at http.
        expect(name, &served(&folder, false).verify(&token), fetched);
        // Another's key, a changed payload.
        let text = String::from_utf8(token).unwrap();
        let parts: Vec<&str> = text.trim().split('.').collect();
        let other = fs::read_to_string(folder.join(if name == "simple.jwt" {
            "simple-revoked.jwt"
        } else {
            "simple.jwt"
        }))
        .unwrap();
        let signature = other.trim().rsplit('.').next().unwrap().to_owned();
        let report = served(&folder, true).verify(format!("{}.{}.{signature}", parts[0], parts[1]));
        expect(name, &report, Some((Failed, SignatureInvalid)));
    }
}

#[test]
#[cfg(feature = "images")]
fn the_image_of_the_public_validator() {
    let Some(folder) = support::source("the_image_of_the_public_validator", VALIDATOR) else { return };
    let folder = folder.join("ob20");
    let image = fs::read(folder.join("simple-badge.png")).unwrap();
    let basic = fs::read(folder.join("basic-assertion.json")).unwrap();
    let web = served(&folder, true).bytes("https://example.org/beths-robotics-badge.json", &basic);
    let report = web.verify(image);
    assert!(report.format().is_some_and(|format| format.carrier.contains("png")), "{}", report.to_json());
    expect("simple-badge.png", &report, None);
}

/// The parts that the validator tests by themselves, as parts of an Assertion that names them.
#[test]
fn the_classes_of_the_public_validator() {
    let Some(folder) = support::source("the_classes_of_the_public_validator", VALIDATOR) else { return };
    let folder = folder.join("ob20");
    let read = |name: &str| serde_json::from_slice::<Value>(&fs::read(folder.join(name)).unwrap()).unwrap();
    let at = "http://example.org/a.json";
    let assertion = |badge: &Value| {
        serde_json::json!({"@context": "https://w3id.org/openbadges/v2", "type": "Assertion", "id": at, "badge": badge,
            "issuedOn": "2020-01-01T00:00:00Z", "recipient": {"type": "email", "hashed": false, "identity": "a@example.org"},
            "verification": {"type": "hosted"}})
    };
    let web = served(&folder, true);
    for (name, expected) in [
        ("assets/badgeclass-with-complex-image.json", None),
        // Their runner does not mind that it has the identifier of another badge class; inline that is nobody's concern. Its
        // issuer is at https, it stands at http.
        ("assets/badge-with-data-image.json", Some((Failed, IssuerOutOfScope))),
        ("assets/badgeclass1.json", None),
        ("assets/badgeclass-with-language.json", Some((Failed, IssuerOutOfScope))),
        ("rdf-validation/valid-badge-class.json", Some((Failed, IssuerOutOfScope))),
        ("rdf-validation/valid-badge-class-empty-criteria-type.json", Some((Failed, IssuerOutOfScope))),
        ("rdf-validation/badge-class-invalid-issuer-type.json", Some((Indeterminate, HostedOther))),
        ("rdf-validation/invalid-class.json", Some((Failed, DocumentType))),
        ("rdf-validation/invalid-empty-type.json", Some((Failed, DocumentType))),
        ("rdf-validation/invalid-one-invalid-class.json", Some((Failed, DocumentType))),
        // Valid as what they are; no badge classes.
        ("rdf-validation/valid-alignment-object.json", Some((Failed, DocumentType))),
        ("rdf-validation/valid-cool-class.json", Some((Failed, DocumentType))),
        ("rdf-validation/valid-issuer-extension.json", Some((Failed, DocumentType))),
    ] {
        let whole = assertion(&read(name)).to_string();
        expect(name, &web.clone().bytes(at, whole.as_bytes()).verify(whole), expected);
    }
}

#[test]
fn the_components_of_the_validator_core() {
    let Some(folder) = support::source("the_components_of_the_validator_core", CORE) else { return };
    let folder = folder.join("components");
    let read = |name: &str| fs::read(folder.join(name)).unwrap();
    let web = Web::default()
        .bytes("http://a.com/instance", &read("1_0_basic_assertion.json"))
        .bytes("http://a.com/instance3", &read("1_0_basic_assertion_with_extra_properties.json"))
        .bytes("http://a.com/badgeclass", &read("1_0_basic_badgeclass.json"))
        .bytes("http://a.com/issuer", &read("1_0_basic_issuer.json"))
        .bytes("https://example.org/beths-robotics-badge.json", &read("2_0_basic_assertion.json"))
        .bytes("https://example.org/robotics-badge.json", &read("2_0_basic_badgeclass.json"))
        .bytes("https://example.org/organization.json", &read("2_0_basic_issuer.json"));
    let first = web
        .clone()
        .bytes("https://example.org/beths-robotics-badge.json", &read("1_1_basic_assertion.json"))
        .bytes("https://example.org/robotics-badge.json", &read("1_1_basic_badgeclass.json"))
        .bytes("https://example.org/organization.json", &read("1_1_basic_issuer.json"));
    let table: &[(&str, &Web, &str, Expected)] = &[
        ("2_0_basic_assertion.json", &web, "2.0", None),
        ("1_1_basic_assertion.json", &first, "1.1", None),
        ("1_0_basic_assertion.json", &web, "1.0", None),
        ("1_0_basic_assertion_with_extra_properties.json", &web, "1.0", None),
        // Alone they do not say where they stand.
        ("0_5_assertion.json", &web, "0.5", Some((Failed, SecuringMissing))),
        ("0_5_1_assertion.json", &web, "0.5", Some((Failed, SecuringMissing))),
        // A badge class, or an issuer, is a record of nobody; of 1.0 nothing says what it is.
        ("2_0_basic_badgeclass.json", &web, "2.0", Some((Failed, SecuringMissing))),
        ("2_0_basic_issuer.json", &web, "2.0", Some((Failed, SecuringMissing))),
        ("1_1_basic_badgeclass.json", &web, "1.1", Some((Failed, SecuringMissing))),
        ("1_1_basic_issuer.json", &web, "1.1", Some((Failed, SecuringMissing))),
        ("1_0_basic_badgeclass.json", &web, "", Some((Indeterminate, FormatNotRecognised))),
        ("1_0_basic_issuer.json", &web, "", Some((Indeterminate, FormatNotRecognised))),
        // Contexts are no records.
        ("openbadges_context.json", &web, "", Some((Indeterminate, FormatNotRecognised))),
        ("openbadges_context_v1.json", &web, "", Some((Indeterminate, FormatNotRecognised))),
    ];
    for (name, web, version, expected) in table {
        let report = web.verify(read(name));
        expect(name, &report, *expected);
        assert_eq!(report.format().map_or("", |format| format.version), *version, "{name}");
    }
    // The recipient is a mere text in the copy as well.
    let bad = read("1_0_assertion_with_errors.json");
    let report = web.clone().bytes("http://a.com/instance", &bad).verify(&bad);
    expect("1_0_assertion_with_errors.json", &report, Some((Failed, DocumentMemberType)));
    // At an address of their origin; that the origin is at http is the host's to judge.
    for name in ["0_5_assertion.json", "0_5_1_assertion.json"] {
        let at = "http://oldstyle.com/instance";
        expect(name, &web.clone().bytes(at, &read(name)).verify(at), None);
    }
    assert_eq!(table.len() + 1, fs::read_dir(&folder).unwrap().count());
}
