//! The credentials and lists of the Digital Credentials Consortium, with the outcome that they were made for.
#![allow(clippy::disallowed_methods, clippy::print_stdout)] // a test reads files

use ler_verify::{CheckId, Code, Resource, ResourceKind};

use serde_json::{Value, json};

use crate::lists::*;
use crate::support::{fixtures, vectors};

/// Who signs all their lists.
const LISTS: &str = "did:key:z6MknNQD1WHLGGraFi6zcbGevuAgkVfdyCdtZnQTGWVVvR5Q";

/// It brings a context of its own, which is refused: whose it is is not known, so its status is not looked up.
const INLINE: &str = "twoOIDF-revoked-notExpired-badSchema.json";

/// Their lists have 100,000 entries, the one in use bears another identifier than its address, and another DID than those
/// of the credentials signs them: without a policy that names it for those, they say nothing.
#[test]
fn the_lists_of_the_digital_credentials_consortium() {
    let Some(vectors) = vectors() else {
        println!("skipped: the_lists_of_the_digital_credentials_consortium: no vectors");
        return;
    };
    let folder = vectors.join("dcc-vc-test-fixtures");
    let expectations = std::fs::read_to_string(folder.join("expectations.tsv")).unwrap();
    let mut counts = [0_usize; 2];
    for line in expectations.lines().skip(1) {
        let columns: Vec<&str> = line.split('\t').collect();
        let [file, _, signature, _, status] = columns[..] else { panic!("{line}") };
        let document = std::fs::read_to_string(folder.join(file)).unwrap();
        let resources = fixtures::resources();
        for name in ["e5WK8CbZ1GjycuPombrj", "expired", "missingBitStringType", "notYetValid", "tampered"] {
            let list =
                std::fs::read(folder.join("statusLists/didkey-ed25519Signature2020").join(name)).unwrap();
            for base in [
                "https://raw.githubusercontent.com/digitalcredentials/verifier-core/refs/heads/main/src/test-fixtures/status",
                "https://digitalcredentials.github.io/vc-test-fixtures/statusLists/didkey-ed25519Signature2020",
            ] {
                let url = format!("{base}/{name}");
                resources.insert(ResourceKind::StatusList, &url, Resource::new(list.clone()));
            }
        }
        let issuer = serde_json::from_str::<Value>(&document).unwrap()["issuer"].clone();
        let issuer = issuer["id"].as_str().or(issuer.as_str()).unwrap().to_owned();
        let mut policy = policy();
        if file.ends_with(INLINE) {
            assert_eq!(answers(&verify_with(&document, policy, &resources)), [Code::StatusBlocked]);
            continue;
        }
        if status != "none" && signature == "valid" && issuer != LISTS {
            let alone = answers(&verify_with(&document, policy.clone(), &resources));
            assert!(
                matches!(alone[..], [Code::StatusListIssuer | Code::StatusListType]),
                "{file}: {alone:?}"
            );
            let status_issuer = json!([{"issuer": issuer, "statusIssuer": LISTS}]);
            policy.status_issuers = serde_json::from_value(status_issuer).unwrap();
        }
        let report = verify_with(&document, policy, &resources);
        let expected = match status.split(" (").next().unwrap() {
            "none" => Code::StatusNone,
            "revoked" => Code::StatusRevoked,
            "not-revoked" => Code::StatusUnset,
            "status-list-expired" => Code::StatusListExpired,
            "status-list-not-yet-valid" => Code::StatusListNotYetValid,
            "status-list-wrong-type" => Code::StatusListType,
            "status-list-bad-signature+encoding" => Code::StatusListNotAuthentic,
            other => panic!("{other}"),
        };
        if signature == "valid" {
            assert_eq!(answers(&report), [expected], "{file}: {}", report.to_json());
        }
        counts[usize::from(expected != Code::StatusNone)] += 1;
        if matches!(expected, Code::StatusRevoked | Code::StatusUnset) {
            assert_eq!(codes(&report, CheckId::StatusListLength), [Code::StatusListShort], "{file}");
            assert_eq!(codes(&report, CheckId::StatusListId), [Code::StatusListNamedOtherwise], "{file}");
        }
    }
    assert_eq!(counts, [25, 20], "credentials without and with a status");
}
