//! One set of resources for very many records: threads that verify while another adds answers, many issuers, one status
//! list (design §2, §5).

#[path = "support/signing.rs"]
mod signing;
#[path = "support/mod.rs"]
mod support;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use ler_verify::report::Relation;
use ler_verify::{Issuers, Policy, Report, Resource, ResourceKind, Resources, Verifier};
use serde_json::{Value, json};
use signing::Party;
use support::fixtures::occasion;

const LIST: &str = "https://issuer.example/status/1";
const RECORDS: usize = 48;
const THREADS: usize = 6;

/// An issuer whose keys are in a document of its own.
fn did(number: usize) -> String {
    format!("did:web:issuer{number}.example")
}

/// The key of all of them.
fn party() -> Party {
    Party::new(1)
}

/// Its document.
fn document(number: usize) -> String {
    let (did, key) = (did(number), party().key());
    json!({
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"], "id": did,
        "verificationMethod": [{
            "id": format!("{did}#key"), "type": "Multikey", "controller": did,
            "publicKeyMultibase": key.rsplit('#').next()
        }],
        "assertionMethod": [format!("{did}#key")]
    })
    .to_string()
}

/// A record of this issuer with a place in the one list, whose issuer the policy believes.
fn record(number: usize) -> String {
    let document = json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"], "type": ["VerifiableCredential"],
        "issuer": did(number), "validFrom": "2025-01-01T00:00:00Z",
        "credentialSubject": {"id": "did:example:ada", "name": "Ada"},
        "credentialStatus": {
            "type": "BitstringStatusListEntry", "statusPurpose": "revocation",
            "statusListIndex": number.to_string(), "statusListCredential": LIST
        }
    });
    let method = json!({"verificationMethod": format!("{}#key", did(number))});
    party().secure(&document, "assertionMethod", method).to_string()
}

/// The list, in which every seventh is set.
fn list() -> String {
    let mut bits = vec![0_u8; 16 * 1024];
    for index in (0..RECORDS).step_by(7) {
        bits[index / 8] |= 0x80 >> (index % 8);
    }
    let crc = bits.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xEDB8_8320 & (crc & 1).wrapping_neg()))
    });
    let mut gzip = vec![0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3];
    gzip.extend(miniz_oxide::deflate::compress_to_vec(&bits, 6));
    gzip.extend((!crc).to_le_bytes());
    gzip.extend((bits.len() as u32).to_le_bytes());
    let list = json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"], "id": LIST,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"], "issuer": party().did(),
        "validFrom": "2025-01-01T00:00:00Z",
        "credentialSubject": {
            "id": format!("{LIST}#list"), "type": "BitstringStatusList", "statusPurpose": "revocation",
            "encodedList": format!("u{}", ler_verify::encoding::base64url::encode(&gzip))
        }
    });
    party().secure(&list, "assertionMethod", json!({})).to_string()
}

fn verifier() -> Verifier {
    let mut policy = Policy::accepting(Issuers::Anyone);
    let pair = |number| json!({"issuer": did(number), "statusIssuer": party().did()});
    policy.status_issuers = serde_json::from_value((0..RECORDS).map(pair).collect::<Value>()).unwrap();
    Verifier::new(policy).unwrap()
}

fn supply(resources: &Resources, number: usize) {
    let id = did(number);
    resources.insert(ResourceKind::ControlledIdentifierDocument, &id, Resource::new(document(number)));
}

fn supply_list(resources: &Resources) {
    resources.insert(ResourceKind::StatusList, LIST, Resource::new(list()));
}

fn complete() -> Resources {
    let resources = Resources::new();
    supply_list(&resources);
    (0..RECORDS).for_each(|number| supply(&resources, number));
    resources
}

fn list_report(report: &Report) -> Arc<Report> {
    let lists = report.embedded().iter().filter(|inside| inside.relation == Relation::StatusList);
    let [list] = lists.collect::<Vec<_>>()[..] else { panic!("{}", report.to_json()) };
    Arc::clone(&list.report)
}

/// While answers arrive, a record without what it needs is the one report and with it is the other: nothing in between.
#[test]
fn threads_verify_while_answers_arrive() {
    let records: Vec<String> = (0..RECORDS).map(record).collect();
    let (all, none, only_list) = (complete(), Resources::new(), Resources::new());
    supply_list(&only_list);
    let only_keys = |number| {
        let resources = none.clone();
        supply(&resources, number);
        resources
    };
    // One thread, a verifier that remembers nothing.
    let alone = |record: &str, resources: &Resources| {
        verifier().verify(record.as_bytes(), resources, &occasion()).to_json()
    };
    let expected: Vec<[String; 4]> = records
        .iter()
        .enumerate()
        .map(|(number, record)| {
            let keys = only_keys(number);
            [alone(record, &none), alone(record, &keys), alone(record, &only_list), alone(record, &all)]
        })
        .collect();

    let (shared, resources) = (verifier(), Resources::new());
    let complete = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for number in 0..RECORDS {
                if number == RECORDS / 2 {
                    supply_list(&resources);
                }
                supply(&resources, number);
                std::thread::yield_now();
            }
            complete.store(1, Ordering::Release);
        });
        for thread in 0..THREADS {
            let (records, expected, complete, shared, resources) =
                (&records, &expected, &complete, &shared, &resources);
            scope.spawn(move || {
                loop {
                    let last = complete.load(Ordering::Acquire) == 1;
                    for number in (0..RECORDS).map(|number| (number + thread * 7) % RECORDS) {
                        let report = shared.verify(records[number].as_bytes(), resources, &occasion());
                        let json = report.to_json();
                        let known = expected[number].iter().position(|expected| *expected == json);
                        assert!(known.is_some(), "no report of one thread is like this: {json}");
                        assert!(!last || known == Some(3), "all answers are there: {json}");
                    }
                    if last {
                        break;
                    }
                }
            });
        }
    });
    let set = (0..RECORDS).filter(|number| expected[*number][3].contains("status.revoked")).count();
    assert_eq!(set, RECORDS.div_ceil(7), "the list says something");
}

/// All records of an issuer show the same report on the list, not one like it: it was made once. Documents of issuers, which
/// arrive all the time, do not change that; a new list does.
#[test]
fn a_list_is_verified_once_for_all_records() {
    let (verifier, resources) = (verifier(), Resources::new());
    supply_list(&resources);
    let verify = |number: usize| {
        supply(&resources, number);
        list_report(&verifier.verify(record(number).as_bytes(), &resources, &occasion()))
    };
    let first = verify(0);
    std::thread::scope(|scope| {
        for thread in 0..THREADS {
            let (verify, first) = (&verify, &first);
            scope.spawn(move || {
                for number in (thread..RECORDS).step_by(THREADS) {
                    // Whose records a list is about is part of what it is verified for.
                    assert_eq!(verify(number).to_json(), first.to_json());
                    assert!(Arc::ptr_eq(&verify(number), &verify(number)));
                }
            });
        }
    });
    let before = verify(0);
    assert!(Arc::ptr_eq(&before, &first));
    supply_list(&resources);
    assert!(!Arc::ptr_eq(&verify(0), &first), "other bytes may say something else");
}

/// Each costs what it is worth, also while somebody holds what was there before: twice as many, about twice the time.
/// Copying all of them for each would take minutes here.
#[test]
fn very_many_issuers() {
    let resources = Resources::new();
    let mut held = resources.clone();
    for number in 0..100_000 {
        let answer = Resource::new("{}");
        resources.insert(ResourceKind::ControlledIdentifierDocument, &did(number), answer);
        held = resources.clone();
    }
    supply(&held, 0);
    let report = verifier().verify(record(0).as_bytes(), &held, &occasion());
    assert!(report.requests().iter().all(|request| request.kind == ResourceKind::StatusList));
    assert_eq!(report.resources_used().len(), 1);
}
