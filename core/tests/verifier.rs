//! What holds for every verification, whatever the record: purity, stages, stack, limits, privacy.

mod support;

use std::collections::BTreeSet;

use ler_verify::{
    Answer, CheckId, Code, Issuers, Limits, Occasion, Outcome, Policy, Recipient, Report, Resource,
    ResourceKind, Resources, Timestamp, Verdict, Verifier,
};
use serde_json::json;
use support::answers::codes;
use support::fixtures;

fn has(report: &Report, code: Code) -> bool {
    report.checks().iter().any(|check| check.code == code)
}

fn verify(policy: Policy, document: &str) -> Report {
    let verifier = Verifier::new(policy).unwrap();
    verifier.verify(document.as_bytes(), &Resources::new(), &fixtures::occasion())
}

/// A credential by a DID whose document is on the web, with a proof that is well-formed.
fn by_did_web() -> serde_json::Value {
    json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": "urn:uuid:5d7a7ab1-4a1c-4e9f-a4ab-0d5c0c5d1b67",
        "type": ["VerifiableCredential"],
        "issuer": "did:web:issuer.example",
        "validFrom": "2024-01-01T00:00:00Z",
        "credentialSubject": { "id": "did:example:subject" },
        "proof": {
            "type": "DataIntegrityProof",
            "cryptosuite": "eddsa-jcs-2022",
            "created": "2024-01-01T00:00:00Z",
            "verificationMethod": "did:web:issuer.example#key-1",
            "proofPurpose": "assertionMethod",
            "proofValue": "z2HnFSSPPBzR36zdDgK8PbEHeXbR56YF24jwMpt3R1eHXQzJDMWS93FCzpvJpwTWd3GAVFuUfjoJdcnTMuVor51aX"
        }
    })
}

#[test]
fn what_the_proof_needs_is_requested_once_with_its_location() {
    let report = verify(Policy::accepting(Issuers::Anyone), &by_did_web().to_string());
    let [request] = report.requests() else { panic!("{}", report.to_json()) };
    assert_eq!(request.kind, ResourceKind::ControlledIdentifierDocument);
    assert_eq!(request.identifier, "did:web:issuer.example");
    assert_eq!(request.locations, ["https://issuer.example/.well-known/did.json"]);
    assert_eq!((request.stage, request.from_unverified), (1, true));
    assert!(matches!(report.verdict(), Verdict::Indeterminate));
    assert_eq!(codes(&report, CheckId::KeyResolved), [Code::KeyDocumentNeeded]);
}

#[test]
fn what_cannot_be_obtained_is_indeterminate_and_not_asked_for_again() {
    let verifier = fixtures::verifier();
    let resources = Resources::new();
    let document = by_did_web().to_string();
    let report = verifier.verify(document.as_bytes(), &resources, &fixtures::occasion());
    resources.answer(&report.requests()[0], Answer::Unavailable("HTTP 503".to_owned()));
    let report = verifier.verify(document.as_bytes(), &resources, &fixtures::occasion());
    assert!(report.requests().is_empty());
    assert!(matches!(report.verdict(), Verdict::Indeterminate));
    assert_eq!(codes(&report, CheckId::KeyResolved), [Code::KeyDocumentUnavailable]);
}

#[test]
fn more_bytes_than_were_asked_for_are_unavailable() {
    let verifier = fixtures::verifier();
    let resources = Resources::new();
    let document = by_did_web().to_string();
    let report = verifier.verify(document.as_bytes(), &resources, &fixtures::occasion());
    let request = &report.requests()[0];
    resources.answer(request, Resource::new(vec![b' '; request.max_bytes + 1]));
    let report = verifier.verify(document.as_bytes(), &resources, &fixtures::occasion());
    assert_eq!(codes(&report, CheckId::KeyResolved), [Code::KeyDocumentUnavailable]);
}

#[test]
fn nothing_is_requested_for_an_issuer_whom_nobody_wants() {
    let report =
        verify(Policy::accepting(Issuers::one_of(["did:web:other.example"])), &by_did_web().to_string());
    assert!(report.requests().is_empty());
    assert!(matches!(report.verdict(), Verdict::NotVerified));
    assert_eq!(codes(&report, CheckId::IssuerAccepted), [Code::IssuerNotAccepted]);
}

#[test]
fn nothing_is_requested_for_what_failed_to_be_authentic() {
    let mut document = by_did_web();
    document["proof"]["proofPurpose"] = json!("authentication");
    let report = verify(Policy::accepting(Issuers::Anyone), &document.to_string());
    assert!(report.requests().is_empty());
    assert_eq!(codes(&report, CheckId::ProofPurpose), [Code::ProofPurposeWrong]);
}

#[test]
fn a_registry_is_asked_only_about_an_issuer_that_is_known_to_be_one() {
    let policy = Policy::accepting(Issuers::registered(["https://registry.example/issuers.json"]));
    let report = verify(policy.clone(), &by_did_web().to_string());
    assert!(report.requests().iter().all(|request| request.stage == 1));

    let Some(good) = fixtures::authentic().into_iter().find(|fixture| {
        fixture.json["issuer"].to_string().contains("did:key")
            && fixture.json.get("credentialStatus").is_none()
    }) else {
        return;
    };
    let verifier = Verifier::new(policy).unwrap();
    let resources = Resources::new();
    let document = good.json.to_string();
    let report = verifier.verify(document.as_bytes(), &resources, &fixtures::occasion());
    let [request] = report.requests() else { panic!("{}", report.to_json()) };
    assert_eq!(
        (request.kind, request.stage, request.from_unverified),
        (ResourceKind::IssuerRegistry, 2, false)
    );
    let issuer = report.issuer().unwrap().id.clone();
    for (registry, outcome) in [
        (json!({ "registry": { issuer.as_str(): { "name": "x" } } }), Outcome::Passed),
        (json!({ "registry": { format!("{issuer}x"): {} } }), Outcome::Failed),
        (json!({ "registry": [issuer] }), Outcome::Indeterminate),
        (json!([]), Outcome::Indeterminate),
    ] {
        let resources = Resources::new();
        resources.answer(request, Resource::new(registry.to_string()));
        let report = verifier.verify(document.as_bytes(), &resources, &fixtures::occasion());
        assert_eq!(report.axes().trusted, outcome, "{registry}");
        assert!(report.requests().is_empty());
    }
}

#[test]
fn the_same_arguments_give_the_same_bytes_on_every_thread() {
    let verifier = fixtures::verifier();
    let resources = fixtures::resources();
    let fixtures = fixtures::authentic();
    let all = || -> Vec<String> {
        let verify = |fixture: &fixtures::Fixture| {
            verifier.verify(fixture.json.to_string().as_bytes(), &resources, &fixtures::occasion()).to_json()
        };
        fixtures.iter().map(verify).collect()
    };
    let first = all();
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(all)).collect();
        for thread in threads {
            assert!(thread.join().unwrap() == first);
        }
    });
}

#[test]
fn everything_accepted_runs_on_a_small_stack() {
    let run = || {
        let verifier = fixtures::verifier();
        let resources = fixtures::resources();
        for fixture in fixtures::authentic() {
            let report =
                verifier.verify(fixture.json.to_string().as_bytes(), &resources, &fixtures::occasion());
            assert_eq!(report.axes().authentic, Outcome::Passed);
            let _ =
                (report.to_json(), report.to_w3c(), report.authentic_record().map(|a| a.record.to_json()));
        }
        // The deepest documents that are read, of every kind of nesting.
        for (open, close) in [("[", "]"), (r#"{"a":"#, "}"), (r#"{"evidence":"#, "}"), (r#"{"@graph":"#, "}")]
        {
            let deep = format!("{}1{}", open.repeat(28), close.repeat(28));
            let mut document = by_did_web();
            document["proof"]["cryptosuite"] = json!("eddsa-rdfc-2022");
            let text = document.to_string().replace("\"did:example:subject\"", &deep);
            let _ = verifier.verify(text.as_bytes(), &resources, &fixtures::occasion()).to_json();
        }
    };
    let thread = std::thread::Builder::new().stack_size(256 * 1024).spawn(run).unwrap();
    thread.join().unwrap();
}

#[test]
fn no_bytes_make_it_panic() {
    let verifier = fixtures::verifier();
    let resources = fixtures::resources();
    let mut seeds: Vec<Vec<u8>> =
        fixtures::authentic().iter().map(|fixture| fixture.json.to_string().into_bytes()).collect();
    seeds.push(by_did_web().to_string().into_bytes());
    // xorshift: the same bytes in every run.
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    let mut next = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % below.max(1) as u64).unwrap()
    };
    for round in 0..2_000 {
        let mut bytes = seeds[next(seeds.len())].clone();
        for _ in 0..=next(4) {
            let at = next(bytes.len());
            match next(5) {
                0 => bytes[at] = u8::try_from(next(256)).unwrap(),
                1 => drop(bytes.remove(at)),
                2 => bytes.insert(at, b"{}[]\",:0eE-\\"[next(12)]),
                3 => bytes.truncate(at.max(1)),
                _ => {
                    let end = (at + next(40)).min(bytes.len());
                    let piece = bytes[at..end].to_vec();
                    let to = next(bytes.len());
                    bytes.splice(to..to, piece);
                }
            }
            if bytes.is_empty() {
                bytes.push(b'{');
            }
        }
        let report = verifier.verify(&bytes, &resources, &fixtures::occasion());
        let json: serde_json::Value = serde_json::from_str(&report.to_json()).unwrap();
        assert!(json["checks"].as_array().is_some_and(|checks| !checks.is_empty()), "round {round}");
        let _ = report.to_w3c();
    }
}

#[test]
fn the_report_holds_no_value_of_the_record() {
    let verifier = fixtures::verifier();
    let resources = fixtures::resources();
    for fixture in fixtures::authentic() {
        let report =
            verifier.verify(fixture.json.to_string().as_bytes(), &resources, &fixtures::occasion()).to_json();
        let subject = &fixture.json["credentialSubject"];
        for value in
            [&subject["name"], &subject["achievement"]["name"], &subject["achievement"]["description"]]
        {
            if let Some(text) = value.as_str().filter(|text| text.len() > 8) {
                assert!(!report.contains(text), "{}: {text}", fixture.name);
            }
        }
    }
    let mut document = by_did_web();
    document["validFrom"] = json!("CANARY-DATE");
    document["credentialSubject"]["name"] = json!(["CANARY-NAME", 7]);
    document["evidence"] = json!("CANARY-EVIDENCE");
    let report = verify(Policy::accepting(Issuers::Anyone), &document.to_string());
    assert!(!report.to_json().contains("CANARY"), "{}", report.to_json());
    assert!(!report.to_w3c().to_string().contains("CANARY"));
    assert!(!format!("{report:?}").contains("CANARY"), "{report:?}");
}

#[test]
fn a_policy_that_reveals_values_shows_what_checks_point_at() {
    let mut document = by_did_web();
    document["validFrom"] = json!("x".repeat(100));
    let mut policy = Policy::accepting(Issuers::Anyone);
    policy.reveal_values = true;
    let report: serde_json::Value =
        serde_json::from_str(&verify(policy, &document.to_string()).to_json()).unwrap();
    let checks = report["checks"].as_array().unwrap();
    let date = checks.iter().find(|check| check["code"] == "document.date").unwrap();
    assert_eq!(date["details"]["value"], json!("x".repeat(64)));
}

#[test]
fn the_contexts_that_a_jcs_record_is_read_by_are_in_the_report() {
    let report = verify(Policy::accepting(Issuers::Anyone), &by_did_web().to_string());
    let urls: Vec<&str> = report.contexts().iter().map(|context| context.url.as_str()).collect();
    assert_eq!(urls, ["https://www.w3.org/ns/credentials/v2"]);
}

#[test]
fn a_bundle_of_nothing_is_nothing() {
    let empty = json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiablePresentation"],
        "holder": "did:example:anybody"
    });
    let report = verify(Policy::accepting(Issuers::Anyone), &empty.to_string());
    assert_eq!(codes(&report, CheckId::SecuringPresent), [Code::SecuringMissing]);
    assert!(matches!(report.verdict(), Verdict::NotVerified));
}

#[test]
fn a_registry_that_does_not_count_is_asked_only_if_that_is_wanted() {
    let Some(good) = fixtures::authentic().into_iter().find(|fixture| fixture.name == "ob3-small.json")
    else {
        panic!("the project's own vectors are always there");
    };
    let mut policy = Policy::accepting(Issuers::registered(["https://registry.example/issuers.json"]));
    policy.checks.insert("issuer.accepted".to_owned(), ler_verify::Requirement::Report);
    assert!(verify(policy.clone(), &good.json.to_string()).requests().is_empty());
    policy.request_reported = true;
    assert_eq!(verify(policy, &good.json.to_string()).requests().len(), 1);
}

#[test]
fn more_resources_never_turn_not_verified_into_verified() {
    let verifier = fixtures::verifier();
    let all = fixtures::resources();
    for fixture in fixtures::authentic() {
        for pointer in ["/name", "/validFrom", "/credentialSubject/id", "/issuer/name"] {
            let mut json = fixture.json.clone();
            let Some(value) = json.pointer_mut(pointer) else { continue };
            *value = json!("https://changed.example/");
            let text = json.to_string();
            let without = verifier.verify(text.as_bytes(), &Resources::new(), &fixtures::occasion());
            let with = verifier.verify(text.as_bytes(), &all, &fixtures::occasion());
            if matches!(without.verdict(), Verdict::NotVerified) {
                assert!(!matches!(with.verdict(), Verdict::Verified(_)), "{} {pointer}", fixture.name);
            }
        }
    }
}

#[test]
fn every_limit_has_its_code_and_is_indeterminate() {
    let document = by_did_web().to_string();
    let limit = |change: fn(&mut Limits)| {
        let mut policy = Policy::accepting(Issuers::Anyone);
        change(&mut policy.limits);
        policy
    };
    let bytes = document.len();
    let mut exact = Policy::accepting(Issuers::Anyone);
    exact.limits.input_bytes = bytes;
    assert!(!has(&verify(exact.clone(), &document), Code::LimitBytes));
    exact.limits.input_bytes = bytes - 1;
    assert!(has(&verify(exact, &document), Code::LimitBytes));

    assert!(has(&verify(limit(|l| l.depth = 1), &document), Code::LimitDepth));
    assert!(!has(&verify(limit(|l| l.depth = 2), &document), Code::LimitDepth));
    assert!(has(&verify(limit(|l| l.values = 16), &document), Code::LimitValues));
    assert!(!has(&verify(limit(|l| l.values = 17), &document), Code::LimitValues));
    let mut two = by_did_web();
    two["proof"] = json!([two["proof"], two["proof"]]);
    assert!(has(&verify(limit(|l| l.proofs = 1), &two.to_string()), Code::LimitProofs));
    assert!(!has(&verify(limit(|l| l.proofs = 2), &two.to_string()), Code::LimitProofs));

    for code in Code::ALL.iter().filter(|code| code.check() == CheckId::Limits) {
        assert!(matches!(code.outcome(), Outcome::Indeterminate | Outcome::NotApplicable), "{code}");
    }
}

#[test]
fn records_inside_records_are_limited_in_number_and_depth() {
    let inner = by_did_web();
    let presentation = |credentials: serde_json::Value| {
        json!({
            "@context": ["https://www.w3.org/ns/credentials/v2"],
            "type": ["VerifiablePresentation"],
            "verifiableCredential": credentials
        })
        .to_string()
    };
    let mut policy = Policy::accepting(Issuers::Anyone);
    policy.limits.embedded = 2;
    let two = presentation(json!([inner, inner]));
    let three = presentation(json!([inner, inner, inner]));
    assert!(!has(&verify(policy.clone(), &two), Code::LimitEmbedded));
    assert!(has(&verify(policy, &three), Code::LimitEmbedded));
}

#[test]
fn a_presentation_asks_for_each_document_of_its_credentials_once() {
    let document = json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiablePresentation"],
        "verifiableCredential": [by_did_web(), by_did_web()]
    });
    let report = verify(Policy::accepting(Issuers::Anyone), &document.to_string());
    assert_eq!(report.requests().len(), 1);
    assert_eq!(report.embedded().len(), 2);
    assert_eq!(report.embedded()[1].pointer, "/verifiableCredential/1");
    assert_eq!(codes(&report, CheckId::SecuringPresent), [Code::SecuringUnsignedPresentation]);
}

#[test]
fn what_is_expected_and_not_stated_is_indeterminate_what_differs_fails() {
    let verifier = fixtures::verifier();
    let now = Timestamp::parse("2026-11-21T12:00:00Z").unwrap();
    let mut document = by_did_web();
    let axis = |document: &serde_json::Value, occasion: Occasion| {
        verifier.verify(document.to_string().as_bytes(), &Resources::new(), &occasion).axes().addressed
    };
    let id = Recipient::id("did:example:subject");
    assert_eq!(axis(&document, Occasion::at(now)), Outcome::NotApplicable);
    assert_eq!(axis(&document, Occasion::at(now).recipient(id.clone())), Outcome::Passed);
    assert_eq!(axis(&document, Occasion::at(now).recipient(Recipient::id("did:example:x"))), Outcome::Failed);
    let email = Occasion::at(now).recipient(Recipient::email("a@example.com"));
    assert_eq!(axis(&document, email.clone()), Outcome::Indeterminate);
    // Open Badges 3.0 §B.7: the vector of the specification's salted hash.
    document["credentialSubject"]["identifier"] = json!([{
        "type": "IdentityObject", "hashed": true, "salt": "Kosher", "identityType": "emailAddress",
        "identityHash": "sha256$b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399"
    }]);
    assert_eq!(axis(&document, email), Outcome::Passed);
    let other = Occasion::at(now).recipient(Recipient::email("b@example.com"));
    assert_eq!(axis(&document, other.clone()), Outcome::Failed);
    assert_eq!(axis(&document, other.recipient(id)), Outcome::Passed);
}

#[test]
fn an_impossible_policy_is_an_error_when_the_verifier_is_made() {
    for policy in [
        r#"{"acceptedIssuers":{"oneOf":[]}}"#,
        r#"{"acceptedIssuers":{"oneOf":["MIT"]}}"#,
        r#"{"acceptedIssuers":"anyone","acceptedSuites":[]}"#,
        r#"{"acceptedIssuers":"anyone","acceptedSuites":["md5"]}"#,
        r#"{"acceptedIssuers":"anyone","checks":{"proof.signature":"report"}}"#,
        r#"{"acceptedIssuers":"anyone","checks":{"no.such":"report"}}"#,
        r#"{"acceptedIssuers":"anyone","danger":{"skip":["securing.present"]}}"#,
        r#"{"acceptedIssuers":"anyone","limits":{"depth":33}}"#,
        r#"{"acceptedIssuers":"anyone","contexts":[{"url":"https://a.example/","sha256":"00"}]}"#,
        r#"{"acceptedIssuers":"anyone","issuerKeys":[{"issuer":"did:web:a.example","key":"z6Mk"}]}"#,
    ] {
        let policy = Policy::from_json(policy.as_bytes()).unwrap();
        assert!(Verifier::new(policy.clone()).is_err(), "{policy:?}");
    }
    assert!(Policy::from_json(b"{}").is_err(), "the accepted issuers have no default");
    assert!(Policy::from_json(br#"{"acceptedIssuers":"anyone","x":1}"#).is_err());
}

#[test]
fn a_dangerous_policy_is_named_in_every_report() {
    let policy = br#"{"acceptedIssuers":"anyone","danger":{"skip":["issuer.bound"]}}"#;
    let report = verify(Policy::from_json(policy).unwrap(), &by_did_web().to_string());
    assert!(has(&report, Code::DangerSkipped));
    let skipped: BTreeSet<Outcome> = report
        .checks()
        .iter()
        .filter(|check| check.id == CheckId::IssuerBound)
        .map(|check| check.outcome)
        .collect();
    assert_eq!(skipped, BTreeSet::from([Outcome::Skipped]));
}
