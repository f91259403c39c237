//! When lists are asked for, and that they are worked through once.

use ler_verify::{
    Answer, CheckId, Code, Issuers, Occasion, Policy, Requirement, Resource, ResourceKind, Resources,
    Timestamp, Verifier,
};
use serde_json::{Value, json};

use crate::lists::*;
use crate::support::fixtures;

#[test]
fn a_list_is_asked_for_once_the_proof_passed() {
    let report = verify_with(&record(entry("5")), policy(), &Resources::new());
    let [request] = report.requests() else { panic!("{}", report.to_json()) };
    assert_eq!((request.kind, request.identifier.as_str()), (ResourceKind::StatusList, LIST));
    assert_eq!(request.locations, [LIST]);
    assert_eq!((request.stage, request.from_unverified, request.why), (2, false, CheckId::StatusEntry));
    assert_eq!(request.max_bytes, 2 * 1024 * 1024);
    assert_eq!(answers(&report), [Code::StatusListNeeded]);
    assert_eq!(report.verdict().name(), "indeterminate");
}

#[test]
fn what_is_not_the_issuers_makes_the_host_fetch_nothing() {
    let mut forged: Value = serde_json::from_str(&record(entry("5"))).unwrap();
    forged["credentialSubject"]["name"] = json!("Eve");
    let mut unsigned = unsigned(entry("5"));
    unsigned["issuer"] = json!("did:web:issuer.example");
    let by_others = Policy::accepting(Issuers::one_of(["did:web:other.example"]));
    for (document, policy) in
        [(forged.to_string(), policy()), (unsigned.to_string(), policy()), (record(entry("5")), by_others)]
    {
        for resources in [Resources::new(), supplied(&signed(&bitstring(&bits(&[5]))))] {
            let report = verify_with(&document, policy.clone(), &resources);
            assert!(report.requests().iter().all(|request| request.kind != ResourceKind::StatusList));
            assert_eq!(answers(&report), [Code::StatusBlocked]);
            assert!(report.embedded().is_empty());
            let check = report.checks().iter().find(|check| check.code == Code::StatusBlocked).unwrap();
            assert!(!check.because.is_empty());
        }
    }
}

#[test]
fn a_policy_that_does_not_require_it_asks_for_nothing() {
    let with = |requirement, request_reported| {
        let mut policy = policy();
        policy.checks.insert("status.entry".to_owned(), requirement);
        policy.request_reported = request_reported;
        let report = verify_with(&record(entry("5")), policy, &Resources::new());
        (answers(&report)[0], report.requests().len(), report.verdict().name())
    };
    assert_eq!(with(Requirement::Report, false), (Code::StatusListNeeded, 0, "verified"));
    assert_eq!(with(Requirement::Report, true), (Code::StatusListNeeded, 1, "verified"));
    assert_eq!(with(Requirement::Skip, true), (Code::StatusNotEvaluated, 0, "verified"));
}

#[test]
fn unavailable_is_not_asked_for_again() {
    let resources = Resources::new();
    let verifier = Verifier::new(policy()).unwrap();
    let document = record(entry("5"));
    let report = verifier.verify(document.as_bytes(), &resources, &fixtures::occasion());
    resources.answer(&report.requests()[0], Answer::Unavailable("404".to_owned()));
    let report = verifier.verify(document.as_bytes(), &resources, &fixtures::occasion());
    assert_eq!(answers(&report), [Code::StatusListUnavailable]);
    assert!(report.requests().is_empty());
    assert_eq!(report.verdict().name(), "indeterminate");
}

/// The keys of a list are asked for if it is a list of the issuer's; a list of somebody else fetches nothing.
#[test]
fn a_list_asks_for_its_own_keys_only_if_it_fits() {
    let mut policy = policy();
    policy.status_issuers =
        serde_json::from_value(json!([{"issuer": issuer().did(), "statusIssuer": "did:web:status.example"}]))
            .unwrap();
    let list = |issuer: &str| {
        let mut list = bitstring(&bits(&[]));
        list["issuer"] = json!(issuer);
        let mut list: Value = serde_json::from_str(&signed(&list)).unwrap();
        list["proof"]["verificationMethod"] = json!(format!("{issuer}#key-1"));
        list.to_string()
    };
    let requests = |issuer: &str| -> Vec<String> {
        let report = verify_with(&record(entry("5")), policy.clone(), &supplied(&list(issuer)));
        assert_eq!(report.verdict().name(), "indeterminate");
        report.requests().iter().map(|request| request.identifier.clone()).collect()
    };
    assert_eq!(requests("did:web:status.example"), ["did:web:status.example"]);
    assert_eq!(requests("did:web:attacker.example"), [] as [&str; 0]);
}

/// Every record inside has its own status, and one list serves all of them.
#[test]
fn records_inside_share_a_list() {
    let list = signed(&bitstring(&bits(&[5])));
    let inside: Vec<Value> =
        ["4", "5", "6"].iter().map(|index| serde_json::from_str(&record(entry(index))).unwrap()).collect();
    let presentation =
        json!({"@context": [V2], "type": ["VerifiablePresentation"], "verifiableCredential": inside});
    let report = verify_with(&presentation.to_string(), policy(), &Resources::new());
    assert_eq!(report.requests().len(), 1, "each at most once");
    let report = verify_with(&presentation.to_string(), policy(), &supplied(&list));
    let each: Vec<Code> = report.embedded().iter().map(|inside| answers(&inside.report)[0]).collect();
    assert_eq!(each, [Code::StatusUnset, Code::StatusRevoked, Code::StatusUnset]);
    assert_eq!(report.verdict().name(), "notVerified");
}

/// threats.md §4: at most a hundred lists for one input.
#[test]
fn too_many_lists() {
    let entries = |count: usize| -> (Value, Resources) {
        let resources = Resources::new();
        let mut entries = Vec::new();
        for number in 0..count {
            let url = format!("https://issuer.example/status/{number}/list");
            resources.insert(ResourceKind::StatusList, &url, Resource::new("{}"));
            let mut entry = entry("5");
            entry["statusListCredential"] = json!(url);
            entries.push(entry);
        }
        (json!(entries), resources)
    };
    for (count, above) in [(100, 0), (101, 1)] {
        let (entries, resources) = entries(count);
        let report = verify_with(&record(entries), policy(), &resources);
        let too_many = answers(&report).iter().filter(|code| **code == Code::LimitStatusLists).count();
        assert_eq!((answers(&report).len(), too_many), (count, above));
    }
}

/// A verifier remembers what came of a list; nobody can tell.
#[test]
fn what_is_remembered_changes_nothing() {
    let verifier = Verifier::new(policy()).unwrap();
    let fresh = || Verifier::new(policy()).unwrap();
    let good = signed(&bitstring(&bits(&[5])));
    let expired = signed(&with(&bitstring(&bits(&[])), "/validUntil", json!("2026-11-21T12:00:00Z")));
    let resources = Resources::new();
    let at = |text| Occasion::at(Timestamp::parse(text).unwrap());
    for list in [&good, &expired, &good] {
        resources.insert(ResourceKind::StatusList, LIST, Resource::new(list.as_str()));
        for index in ["5", "6", "5"] {
            for occasion in
                [at("2026-11-21T12:00:00Z"), at("2026-11-21T13:00:00Z"), at("2024-01-01T00:00:00Z")]
            {
                let document = record(entry(index));
                let report = verifier.verify(document.as_bytes(), &resources, &occasion);
                let again = fresh().verify(document.as_bytes(), &resources, &occasion);
                assert_eq!(report.to_json(), again.to_json());
            }
        }
    }
}

#[test]
fn a_list_is_worked_through_on_a_small_stack() {
    let list = signed(&bitstring(&bits(&[5])));
    let linked = issuer().secure_rdfc(&bitstring(&bits(&[5])), "assertionMethod").to_string();
    let document = record(entry("5"));
    let small = std::thread::Builder::new().stack_size(256 * 1024);
    let done = small.spawn(move || {
        for list in [list, linked] {
            assert_eq!(answers(&verify(&document, &list)), [Code::StatusRevoked]);
        }
    });
    done.unwrap().join().unwrap();
}

#[test]
fn many_threads_share_a_list() {
    let verifier = Verifier::new(policy()).unwrap();
    let resources = supplied(&signed(&bitstring(&bits(&[5]))));
    let documents = [record(entry("5")), record(entry("6"))];
    std::thread::scope(|scope| {
        for number in 0..8 {
            let (verifier, resources, documents) = (&verifier, &resources, &documents);
            scope.spawn(move || {
                let expected = [Code::StatusRevoked, Code::StatusUnset][number % 2];
                let document = documents[number % 2].as_bytes();
                let report = verifier.verify(document, resources, &fixtures::occasion());
                assert_eq!(answers(&report), [expected]);
            });
        }
    });
}
