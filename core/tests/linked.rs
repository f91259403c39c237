//! Related resources, images and evidence with digests (VCDM 2.0 §5.3).

#[path = "support/signing.rs"]
mod signing;
mod support;

use base64ct::{Base64, Encoding};
use ler_verify::encoding::multibase;
use ler_verify::encoding::multihash::HashFunction;
use ler_verify::{
    Answer, Check, CheckId, Code, Issuers, Outcome, Policy, Report, Requirement, Resource, ResourceKind,
    Resources, Verdict, Verifier,
};
use serde_json::{Value, json};
use signing::Party;
use support::fixtures;

const V2: &str = "https://www.w3.org/ns/credentials/v2";
const PICTURE: &[u8] = b"the picture that the issuer meant";
const URL: &str = "https://university.example/transcript.pdf";

fn sri(name: &str, function: HashFunction, bytes: &[u8]) -> String {
    format!("{name}-{}", Base64::encode_string(&function.digest(bytes)))
}

fn sri384(bytes: &[u8]) -> String {
    sri("sha384", HashFunction::Sha384, bytes)
}

fn multihash(bytes: &[u8]) -> String {
    multibase::encode_z(&[&[0x12, 32][..], &HashFunction::Sha256.digest(bytes)].concat())
}

fn data_url(bytes: &[u8]) -> String {
    format!("data:image/png;base64,{}", Base64::encode_string(bytes))
}

/// A credential with this evidence.
fn with_evidence(evidence: Value) -> Value {
    changed("evidence", evidence)
}

fn changed(member: &str, value: Value) -> Value {
    let mut credential = json!({
        "@context": [V2],
        "id": "urn:uuid:1",
        "type": ["VerifiableCredential"],
        "issuer": Party::new(1).did(),
        "credentialSubject": {"id": "did:example:ada", "name": "Ada"}
    });
    credential[member] = value;
    Party::new(1).secure(&credential, "assertionMethod", json!({}))
}

fn evidence(id: &str, digest: Value) -> Value {
    let mut evidence = json!({"id": id, "type": ["Evidence"]});
    for (member, value) in digest.as_object().unwrap() {
        evidence[member] = value.clone();
    }
    with_evidence(evidence)
}

fn asking() -> Policy {
    let mut policy = Policy::accepting(Issuers::Anyone);
    policy.request_reported = true;
    policy
}

fn verify(document: &Value, policy: Policy, resources: &Resources) -> Report {
    let verifier = Verifier::new(policy).unwrap();
    verifier.verify(document.to_string().as_bytes(), resources, &fixtures::occasion())
}

fn supplied(answer: impl Into<Answer>) -> Resources {
    let resources = Resources::new();
    resources.insert(ResourceKind::LinkedResource, URL, answer);
    resources
}

fn found(report: &Report) -> Vec<Code> {
    let of_it = |check: &&Check| check.id == CheckId::LinkedResource;
    report.checks().iter().filter(of_it).map(|check| check.code).collect()
}

fn at_once(id: &str, digest: Value) -> Vec<Code> {
    let report = verify(&evidence(id, digest), Policy::accepting(Issuers::Anyone), &Resources::new());
    assert!(matches!(report.verdict(), Verdict::Verified(_)), "{}", report.to_json());
    found(&report)
}

#[test]
fn without_digests_there_is_nothing_to_compare() {
    assert_eq!(at_once(&data_url(PICTURE), json!({})), [Code::LinkedResourceNone]);
}

/// threats.md O25: a picture in the record is compared where it stands, without asking for anything.
#[test]
fn what_stands_in_the_record_is_compared_at_once() {
    for digest in [
        json!({"digestSRI": sri384(PICTURE)}),
        json!({"digestSRI": sri("sha256", HashFunction::Sha256, PICTURE)}),
        json!({"digestSRI": sri("sha512", HashFunction::Sha512, PICTURE)}),
        json!({"digestMultibase": multihash(PICTURE)}),
        json!({"digestSRI": sri384(PICTURE), "digestMultibase": multihash(PICTURE)}),
        json!({"digestSRI": format!("{}?ct=image/png", sri384(PICTURE))}),
    ] {
        assert_eq!(at_once(&data_url(PICTURE), digest.clone()), [Code::LinkedResourceMatches], "{digest}");
        assert_eq!(at_once(&data_url(b"PhD"), digest.clone()), [Code::LinkedResourceDiffers], "{digest}");
    }
    let malformed = at_once("data:image/png;base64,=", json!({"digestSRI": sri384(PICTURE)}));
    assert_eq!(malformed, [Code::LinkedResourceUnreadable]);
}

#[test]
fn wherever_in_the_record_it_stands() {
    let image = json!({"id": data_url(PICTURE), "type": "Image", "digestSRI": sri384(b"another")});
    let subject = json!({"id": "did:example:ada", "achievement": [{"badge": {"image": image}}]});
    let report = verify(&changed("credentialSubject", subject), asking(), &Resources::new());
    assert_eq!(found(&report), [Code::LinkedResourceDiffers]);
    let check = report.checks().iter().find(|check| check.id == CheckId::LinkedResource).unwrap();
    assert_eq!(check.pointer.as_deref(), Some("/credentialSubject/achievement/0/badge/image/id"));
}

#[test]
fn a_name_written_with_escapes_is_the_same_name() {
    let document = evidence(&data_url(PICTURE), json!({"digestSRI": sri384(b"another")})).to_string();
    let escaped = document.replace("digestSRI", "\\u0064igestSRI");
    assert_ne!(document, escaped);
    let verifier = Verifier::new(Policy::accepting(Issuers::Anyone)).unwrap();
    let report = verifier.verify(escaped.as_bytes(), &Resources::new(), &fixtures::occasion());
    assert_eq!(found(&report), [Code::LinkedResourceDiffers]);
}

#[test]
fn both_digests_must_fit_and_the_strongest_of_one_decides() {
    let (good, bad) = (sri384(PICTURE), sri384(b"another"));
    let weak = sri("sha256", HashFunction::Sha256, b"another");
    for (digest, code) in [
        (json!({"digestSRI": good, "digestMultibase": multihash(b"another")}), Code::LinkedResourceDiffers),
        (json!({"digestSRI": bad, "digestMultibase": multihash(PICTURE)}), Code::LinkedResourceDiffers),
        (
            json!({"digestMultibase": [multihash(PICTURE), multihash(b"another")]}),
            Code::LinkedResourceDiffers,
        ),
        // Subresource Integrity §3.3.4: one of the strongest is enough, weaker ones are not looked at.
        (json!({"digestSRI": format!("{bad} {good}")}), Code::LinkedResourceMatches),
        (json!({"digestSRI": format!("{weak} {good}")}), Code::LinkedResourceMatches),
        (
            json!({"digestSRI": format!("{} {bad}", sri("sha256", HashFunction::Sha256, PICTURE))}),
            Code::LinkedResourceDiffers,
        ),
    ] {
        assert_eq!(at_once(&data_url(PICTURE), digest.clone()), [code], "{digest}");
    }
}

#[test]
fn what_is_not_known_or_no_digest_never_passes() {
    let long = "z".repeat(100_000);
    for (digest, code) in [
        (json!({"digestSRI": "md5-rL0Y20zC+Fzt72VPzMSk2A=="}), Code::LinkedResourceAlgorithm),
        (json!({"digestSRI": "sha3-384-AAAA"}), Code::LinkedResourceAlgorithm),
        (json!({"digestMultibase": "f1220aa"}), Code::LinkedResourceAlgorithm),
        (json!({"digestSRI": ""}), Code::LinkedResourceMalformed),
        (json!({"digestSRI": "sha384"}), Code::LinkedResourceMalformed),
        (json!({"digestSRI": "sha384-AAAA"}), Code::LinkedResourceMalformed),
        (json!({"digestSRI": 5}), Code::LinkedResourceMalformed),
        (json!({"digestSRI": []}), Code::LinkedResourceAlgorithm),
        (json!({"digestMultibase": {"@value": "z"}}), Code::LinkedResourceMalformed),
        (json!({"digestMultibase": long}), Code::LinkedResourceMalformed),
        // A part that fits does not make up for the rest.
        (json!({"digestSRI": sri384(PICTURE), "digestMultibase": "f1220aa"}), Code::LinkedResourceAlgorithm),
        (json!({"digestSRI": sri384(PICTURE), "digestMultibase": "zQ"}), Code::LinkedResourceMalformed),
        (json!({"digestSRI": sri384(b"another"), "digestMultibase": "f1220aa"}), Code::LinkedResourceDiffers),
    ] {
        assert_eq!(at_once(&data_url(PICTURE), digest.clone()), [code], "{digest}");
    }
}

#[test]
fn an_object_without_identifier_names_nothing() {
    let report = verify(
        &with_evidence(json!({"type": ["Evidence"], "digestSRI": sri384(PICTURE)})),
        asking(),
        &Resources::new(),
    );
    assert_eq!(found(&report), [Code::LinkedResourceUnnamed]);
    assert!(report.requests().is_empty());
}

#[test]
fn others_are_requested_only_if_the_policy_wants_that() {
    let document = evidence(URL, json!({"digestSRI": sri384(PICTURE)}));
    let silent = verify(&document, Policy::accepting(Issuers::Anyone), &Resources::new());
    assert_eq!((found(&silent), silent.requests().len()), (vec![Code::LinkedResourceNeeded], 0));
    assert!(matches!(silent.verdict(), Verdict::Verified(_)));

    let mut requiring = Policy::accepting(Issuers::Anyone);
    requiring.checks.insert("linkedResource".to_owned(), Requirement::Require);
    for policy in [asking(), requiring.clone()] {
        let report = verify(&document, policy, &Resources::new());
        let [request] = report.requests() else { panic!("{}", report.to_json()) };
        assert_eq!(
            (request.kind, request.stage, request.from_unverified),
            (ResourceKind::LinkedResource, 2, false)
        );
        assert_eq!((request.identifier.as_str(), &request.locations[..]), (URL, &[URL.to_owned()][..]));
    }
    let open = verify(&document, requiring.clone(), &Resources::new());
    assert!(matches!(open.verdict(), Verdict::Indeterminate));
    let good = verify(&document, requiring.clone(), &supplied(Resource::new(PICTURE)));
    assert!(matches!(good.verdict(), Verdict::Verified(_)), "{}", good.to_json());
    assert!(good.requests().is_empty());
    let bad = verify(&document, requiring, &supplied(Resource::new(b"PhD".as_slice())));
    assert!(matches!(bad.verdict(), Verdict::NotVerified));

    let mut skipping = asking();
    skipping.checks.insert("linkedResource".to_owned(), Requirement::Skip);
    let report = verify(&document, skipping, &supplied(Resource::new(b"PhD".as_slice())));
    assert!(report.requests().is_empty());
    assert!(
        report
            .checks()
            .iter()
            .all(|check| check.id != CheckId::LinkedResource || check.outcome == Outcome::Skipped)
    );
}

#[test]
fn unreachable_is_never_different() {
    let document = evidence(URL, json!({"digestSRI": sri384(PICTURE)}));
    let report = verify(&document, asking(), &supplied(Answer::Unavailable("404".to_owned())));
    assert_eq!(found(&report), [Code::LinkedResourceUnavailable]);
    assert!(report.requests().is_empty());
}

#[test]
fn what_has_no_https_address_is_for_the_host_to_find() {
    for id in ["ipfs://bafy", "urn:uuid:2", "http://university.example/a"] {
        let document = evidence(id, json!({"digestSRI": sri384(PICTURE)}));
        let report = verify(&document, asking(), &Resources::new());
        let [request] = report.requests() else { panic!("{}", report.to_json()) };
        assert!(request.locations.is_empty(), "{id}");
    }
}

/// threats.md O08: nothing is looked up for a record that its issuer may not have made; what stands in it is compared all
/// the same.
#[test]
fn nothing_is_requested_before_the_proof_passed() {
    let mut document = evidence(URL, json!({"digestSRI": sri384(PICTURE)}));
    document["credentialSubject"]["name"] = json!("Eve");
    let report = verify(&document, asking(), &supplied(Resource::new(PICTURE)));
    assert_eq!(found(&report), [Code::LinkedResourceBlocked]);
    let check = report.checks().iter().find(|check| check.id == CheckId::LinkedResource).unwrap();
    assert!(check.because.contains(&CheckId::ProofSignature), "{:?}", check.because);
    assert!(report.requests().is_empty());
    assert!(report.resources_used().is_empty());
}

#[test]
fn the_digest_of_a_context_selects_it_and_is_not_compared_here() {
    let related = json!([
        {"id": V2, "digestSRI": "sha256-WZVc7WaX1h4D8rJVbvvltfMIqxYIQm9bWG9/et7JJzQ="},
        {"id": URL, "digestMultibase": multihash(PICTURE)}
    ]);
    let report = verify(&changed("relatedResource", related), asking(), &supplied(Resource::new(PICTURE)));
    assert_eq!(found(&report), [Code::LinkedResourceContext, Code::LinkedResourceMatches]);
}

/// VCDM 2.0 §5.3: what `relatedResource` must be is part of being a conforming document; whether a digest can be checked
/// is not.
#[test]
fn a_related_resource_must_have_what_is_a_digest() {
    let conforms = |digest: Value| {
        let mut resource = json!({"id": URL});
        for (member, value) in digest.as_object().unwrap() {
            resource[member] = value.clone();
        }
        let report = verify(&changed("relatedResource", resource), asking(), &Resources::new());
        let of = |check: &&Check| check.id == CheckId::DocumentConformance;
        report.checks().iter().find(of).unwrap().code == Code::DocumentConforms
    };
    for good in [
        json!({"digestSRI": sri384(PICTURE)}),
        json!({"digestSRI": "sha999-AAAA"}),
        json!({"digestSRI": "sha384-AAAA"}),
        json!({"digestMultibase": multihash(PICTURE)}),
        json!({"digestMultibase": "f1220aa"}),
    ] {
        assert!(conforms(good.clone()), "{good}");
    }
    for bad in [
        json!({"digestSRI": ""}),
        json!({"digestSRI": "abcdef"}),
        json!({"digestSRI": "sha384-"}),
        json!({"digestSRI": "sha384-a b"}),
        json!({"digestSRI": 5}),
        json!({"digestMultibase": ""}),
        json!({"digestMultibase": "zQ"}),
        json!({"digestMultibase": true}),
    ] {
        assert!(!conforms(bad.clone()), "{bad}");
    }
}

#[test]
fn so_many_and_no_more() {
    let some = |count: usize| {
        let each = |index: usize| json!({"id": format!("{URL}?{index}"), "type": "Evidence", "digestSRI": sri384(PICTURE)});
        let report = verify(&with_evidence((0..count).map(each).collect()), asking(), &Resources::new());
        assert!(matches!(report.verdict(), Verdict::Verified(_)));
        (report.requests().len(), found(&report).contains(&Code::LimitLinkedResources))
    };
    assert_eq!(some(100), (100, false));
    assert_eq!(some(101), (100, true));
}

#[test]
fn those_of_an_embedded_document_are_its_own_report_s() {
    let inner = evidence(&data_url(PICTURE), json!({"digestSRI": sri384(b"another")}));
    let subject = json!({"id": "did:example:ada", "verifiableCredential": [inner]});
    let report = verify(&changed("credentialSubject", subject), asking(), &Resources::new());
    assert_eq!(found(&report), [Code::LinkedResourceNone]);
    assert_eq!(found(&report.embedded()[0].report), [Code::LinkedResourceDiffers]);
}
