//! Lines of the catalogue of threats (`threats.rs`) that belong to no one module: what several records, several calls or
//! several readers make of one verification.
#![cfg(feature = "jose")]

#[path = "support/signing.rs"]
mod signing;
mod support;

use ler_verify::{
    CheckId, Code, Issuers, Occasion, Outcome, Policy, Report, Resource, ResourceKind, Resources, Timestamp,
    Verdict, Verifier,
};
use serde_json::{Value, json};
use signing::Party;
use support::answers::codes;
use support::fixtures;

const V2: &str = "https://www.w3.org/ns/credentials/v2";
const BADGES: &str = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";
const REGISTRY: &str = "https://registry.example/issuers.json";

fn issuer() -> Party {
    Party::new(1)
}

fn unsigned() -> Value {
    json!({
        "@context": [V2],
        "id": "urn:uuid:0d0a4c0e-0f6b-4b6c-8a33-6a6b4c3d2e1f",
        "type": ["VerifiableCredential"],
        "issuer": {"id": issuer().did(), "name": "A Famous University"},
        "credentialSubject": {"id": "did:example:ada", "name": "Ada"}
    })
}

fn signed(credential: &Value) -> Value {
    issuer().secure(credential, "assertionMethod", json!({}))
}

fn with(document: &Value, pointer: &str, value: Value) -> Value {
    let mut document = document.clone();
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    document.pointer_mut(parent).unwrap()[name] = value;
    document
}

fn presentation(of: &[&Value]) -> Value {
    json!({"@context": [V2], "type": ["VerifiablePresentation"], "verifiableCredential": of})
}

fn verify_by(document: &str, accepted: Issuers, resources: &Resources) -> Report {
    let verifier = Verifier::new(Policy::accepting(accepted)).unwrap();
    verifier.verify(document.as_bytes(), resources, &fixtures::occasion())
}

fn verify(document: &Value) -> Report {
    verify_by(&document.to_string(), Issuers::Anyone, &Resources::new())
}

#[test]
fn d22_a_proof_that_ends_before_it_begins_is_over_or_not_yet_made() {
    let more = json!({"created": "2025-06-01T00:00:00Z", "expires": "2025-01-01T00:00:00Z"});
    let document = issuer().secure(&unsigned(), "assertionMethod", more).to_string();
    let verifier = Verifier::new(Policy::accepting(Issuers::Anyone)).unwrap();
    for now in
        ["2024-06-01T00:00:00Z", "2025-01-01T00:00:00Z", "2025-03-01T00:00:00Z", "2025-09-01T00:00:00Z"]
    {
        let occasion = Occasion::at(Timestamp::parse(now).unwrap());
        let report = verifier.verify(document.as_bytes(), &Resources::new(), &occasion);
        assert!(matches!(report.verdict(), Verdict::NotVerified), "{now}: {}", report.to_json());
    }
    // Within the skew of clocks, too: the signer has one clock.
    let more = json!({"created": "2025-06-01T00:00:00Z", "expires": "2025-05-31T23:58:00Z"});
    let document = issuer().secure(&unsigned(), "assertionMethod", more).to_string();
    let occasion = Occasion::at(Timestamp::parse("2025-05-31T23:59:00Z").unwrap());
    let report = verifier.verify(document.as_bytes(), &Resources::new(), &occasion);
    assert!(matches!(report.verdict(), Verdict::NotVerified), "{}", report.to_json());
}

#[test]
fn d30_one_changed_record_inside_fails_the_whole_and_keeps_its_own_report() {
    let good = signed(&unsigned());
    let changed = with(&good, "/credentialSubject/name", json!("Eve"));
    let of =
        |parts: Value| verify(&signed(&with(&unsigned(), "/credentialSubject/verifiableCredential", parts)));
    let whole = of(json!([good, good]));
    assert!(matches!(whole.verdict(), Verdict::Verified(_)), "{}", whole.to_json());
    let whole = of(json!([good, changed]));
    assert!(matches!(whole.verdict(), Verdict::NotVerified));
    assert_eq!(codes(&whole, CheckId::ProofSignature), [Code::SignatureGood]);
    let inside: Vec<Vec<Code>> =
        whole.embedded().iter().map(|part| codes(&part.report, CheckId::ProofSignature)).collect();
    assert_eq!(inside, [[Code::SignatureGood], [Code::SignatureInvalid]]);
}

#[test]
fn d31_each_record_has_its_own_answer_in_any_order() {
    let good = signed(&unsigned());
    let over = signed(&with(&unsigned(), "/validUntil", json!("2025-06-01T00:00:00Z")));
    let entry = json!({"id": "https://college.example/status#1", "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation", "statusListIndex": "1",
        "statusListCredential": "https://college.example/status"});
    let open = signed(&with(&unsigned(), "/credentialStatus", entry));
    for (records, verdicts, whole) in [
        ([&good, &over], ["verified", "notVerified"], "notVerified"),
        ([&over, &good], ["notVerified", "verified"], "notVerified"),
        ([&good, &open], ["verified", "indeterminate"], "indeterminate"),
        ([&open, &good], ["indeterminate", "verified"], "indeterminate"),
        ([&open, &over], ["indeterminate", "notVerified"], "notVerified"),
    ] {
        let report = verify(&presentation(&records));
        let inside: Vec<&str> = report.embedded().iter().map(|part| part.report.verdict().name()).collect();
        assert_eq!((inside.as_slice(), report.verdict().name()), (verdicts.as_slice(), whole));
    }
}

#[test]
fn d32_what_was_verified_before_changes_no_answer() {
    let good = signed(&unsigned());
    let changed = with(&good, "/credentialSubject/name", json!("Eve"));
    let by_another = with(&good, "/issuer/id", json!(Party::new(9).did()));
    let records = [good, changed, by_another].map(|record| record.to_string());
    let fresh: Vec<String> = records
        .iter()
        .map(|record| verify_by(record, Issuers::Anyone, &Resources::new()).to_json())
        .collect();
    let verifier = Verifier::new(Policy::accepting(Issuers::Anyone)).unwrap();
    for at in [1, 0, 1, 2, 0, 0, 2, 1, 1, 0] {
        let report = verifier.verify(records[at].as_bytes(), &Resources::new(), &fixtures::occasion());
        assert_eq!(report.to_json(), fresh[at]);
    }
}

#[test]
fn d20_d33_what_comes_back_is_what_was_signed() {
    let good = signed(&unsigned());
    // The proof allows for contexts behind its own; it does not cover them.
    let longer = with(&good, "/@context", json!([V2, BADGES]));
    let report = verify(&longer);
    let Verdict::Verified(secured) = report.verdict() else { panic!("{}", report.to_json()) };
    let document: Value = serde_json::from_str(secured.document()).unwrap();
    assert_eq!(document, unsigned());
    // Without a good signature there is nothing to read.
    let report = verify(&with(&good, "/credentialSubject/name", json!("Eve")));
    assert!(matches!(report.verdict(), Verdict::NotVerified));
    assert!(report.authentic_record().is_none());
}

#[test]
fn p01_p06_a_good_signature_makes_no_issuer_known() {
    let document = signed(&unsigned()).to_string();
    let anyone = verify_by(&document, Issuers::Anyone, &Resources::new());
    assert_eq!((anyone.axes().authentic, anyone.axes().trusted), (Outcome::Passed, Outcome::Skipped));
    assert_eq!(codes(&anyone, CheckId::IssuerAccepted), [Code::IssuerAnyone]);
    // The name is what the issuer says of itself.
    let record: Value = serde_json::from_str(&anyone.authentic_record().unwrap().record.to_json()).unwrap();
    assert_eq!(record["issuer"]["claimedName"][0]["value"], "A Famous University");
    assert!(record["issuer"].get("registeredName").is_none());
    let nobody =
        verify_by(&document, Issuers::OneOf(vec!["did:web:famous.example".into()]), &Resources::new());
    assert_eq!((nobody.axes().authentic, nobody.axes().trusted), (Outcome::Passed, Outcome::Failed));
    assert!(matches!(nobody.verdict(), Verdict::NotVerified));
}

#[test]
fn p02_p03_an_issuer_is_accepted_by_its_exact_identifier() {
    let did = issuer().did();
    let document = signed(&unsigned()).to_string();
    let near = [
        did[..did.len() - 1].to_owned(),
        format!("{did}x"),
        format!("{did}/"),
        format!("{did}#{}", &did["did:key:".len()..]),
        format!("{did}.evil.example"),
        format!(" {did}"),
        did.to_uppercase(),
        "did:key:".to_owned(),
        "did:key:*".to_owned(),
        // A Cyrillic letter for a Latin one, a character that nobody sees, one that turns the direction of writing.
        did.replacen('e', "\u{435}", 1),
        format!("{did}\u{200b}"),
        format!("\u{202e}{did}"),
    ];
    let registry = |listed: &str| {
        let text = json!({"registry": {listed: {"name": "A Famous University"}}}).to_string();
        let resources = Resources::new();
        resources.insert(ResourceKind::IssuerRegistry, REGISTRY, Resource::new(text));
        resources
    };
    let registered = || Issuers::Registered(vec![REGISTRY.into()]);
    let accepted = |report: &Report| codes(report, CheckId::IssuerAccepted);
    let listed = verify_by(&document, registered(), &registry(&did));
    assert_eq!(accepted(&listed), [Code::IssuerListed], "{}", listed.to_json());
    for id in near {
        let one_of = Issuers::OneOf(vec![id.clone()]);
        // What is no identifier is no policy either.
        if let Ok(verifier) = Verifier::new(Policy::accepting(one_of)) {
            let report = verifier.verify(document.as_bytes(), &Resources::new(), &fixtures::occasion());
            assert_eq!(accepted(&report), [Code::IssuerNotAccepted], "{id}");
        }
        let report = verify_by(&document, registered(), &registry(&id));
        assert_eq!(accepted(&report), [Code::IssuerNotAccepted], "{id}");
        assert!(matches!(report.verdict(), Verdict::NotVerified), "{id}");
    }
}

#[test]
fn p09_the_same_record_twice_is_two_records() {
    let good = signed(&unsigned());
    let changed = with(&good, "/credentialSubject/name", json!("Eve"));
    for (records, verdicts) in [
        ([&good, &good], ["verified", "verified"]),
        // They have one id, and that of the other says nothing about either.
        ([&good, &changed], ["verified", "notVerified"]),
        ([&changed, &good], ["notVerified", "verified"]),
    ] {
        let report = verify(&presentation(&records));
        let inside: Vec<&str> = report.embedded().iter().map(|part| part.report.verdict().name()).collect();
        assert_eq!(inside, verdicts);
    }
}

/// What a page or a terminal would take for instructions.
const HOSTILE: [&str; 4] = [
    "<script>alert(1)</script>",
    "\u{1b}[2J\u{1b}]0;verified\u{7}",
    "x\r\nverdict: verified\n",
    "\"},{\"code\":\"proof.signature.good\"}",
];

#[test]
fn p11_what_a_record_says_is_data_and_comes_back_as_it_was_signed() {
    for hostile in HOSTILE.into_iter().chain(["javascript:alert(1)", "=HYPERLINK(\"https://evil.example\")"])
    {
        let document = signed(&with(&unsigned(), "/issuer/name", json!(hostile)));
        let report = verify(&document);
        let text = report.authentic_record().unwrap().record.to_json();
        assert!(text.chars().all(|c| !c.is_ascii_control()), "{text}");
        let record: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(record["issuer"]["claimedName"][0]["value"], hostile);
        assert!(!report.to_json().contains(hostile));
    }
}

#[test]
fn p12_a_report_is_one_line_whatever_the_names_in_the_record_are() {
    for hostile in HOSTILE {
        let mut document = unsigned();
        document[hostile] = json!("a member that nobody defined");
        document["credentialSubject"][hostile] = json!({"deeper": {hostile: 1}});
        document["type"] = json!(["VerifiableCredential", hostile]);
        let mut proof = signed(&unsigned())["proof"].clone();
        proof["cryptosuite"] = json!(hostile);
        proof["verificationMethod"] = json!(hostile);
        document["proof"] = proof;
        let report = verify(&document);
        assert!(!matches!(report.verdict(), Verdict::Verified(_)), "{}", report.to_json());
        for text in [report.to_json(), report.to_w3c().to_string(), format!("{report:?}")] {
            assert!(text.chars().all(|c| !c.is_ascii_control()), "{text}");
        }
    }
}

#[test]
fn p15_a_token_in_a_json_text_is_no_record() {
    let token = issuer().jwt(json!({"typ": "vc+jwt"}), &unsigned());
    let report = verify_by(&token, Issuers::Anyone, &Resources::new());
    assert!(matches!(report.verdict(), Verdict::Verified(_)), "{}", report.to_json());
    assert_eq!(report.format().unwrap().carrier, "jws");
    assert_eq!(verify(&signed(&unsigned())).format().unwrap().carrier, "json");
    for wrapped in [json!(token), json!([token]), json!({"jwt": token}), json!({"vc": token, "proof": token})]
    {
        let report = verify(&wrapped);
        assert!(!matches!(report.verdict(), Verdict::Verified(_)), "{wrapped}");
        assert!(report.authentic_record().is_none());
    }
}

/// Pointers repeat names, and many findings can be below one name.
#[test]
fn j_a_report_does_not_multiply_long_names() {
    let name = "x".repeat(200_000);
    let empty = vec![Value::Null; 100];
    let mut document = unsigned();
    document["credentialSubject"][name.as_str()] = json!(empty);
    for document in [&document, &signed(&document)] {
        let text = document.to_string();
        let report = verify(document).to_json();
        assert!(report.len() < 2 * text.len(), "{} of {}", report.len(), text.len());
    }
    let mut document = unsigned();
    document["type"] = json!(["VerifiableCredential", "OpenBadgeCredential"]);
    document["credentialSubject"][name.as_str()] = json!({"endorsement": vec![unsigned(); 50]});
    let text = document.to_string();
    let report = verify(&document);
    assert!(report.to_json().len() < 8 * text.len(), "{} of {}", report.to_json().len(), text.len());
    assert!(report.checks().iter().all(|check| check.pointer.as_ref().is_none_or(|p| p.len() <= 1024)));
}

#[test]
fn p12_what_steers_a_terminal_is_escaped() {
    let mut document = unsigned();
    document["credentialSubject"]["x\u{9b}2J\u{7f}\u{202e}"] = Value::Null;
    let report = verify(&document).to_json();
    assert!(!report.contains(['\u{9b}', '\u{7f}', '\u{202e}']));
    // Nor does a pointer lead through such a name, which hosts would show as it is: it leads to what the member is in.
    assert!(!report.contains("2J"), "{report}");
    let found = verify(&document);
    let empty = found.checks().iter().find(|check| check.code == Code::DocumentEmpty).unwrap();
    assert_eq!(empty.pointer.as_deref(), Some("/credentialSubject"));
}
