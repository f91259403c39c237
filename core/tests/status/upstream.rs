//! The credentials and lists of the Digital Credentials Consortium, and the samples with a status of 1EdTech's validator,
//! with the outcome that they were made for.
#![allow(clippy::disallowed_methods, clippy::print_stdout)] // a test reads files

use ler_verify::{Answer, CheckId, Code, Resource, ResourceKind, Resources};

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
        // Of a forged record nothing is looked up; the one there is names no list.
        let expected = if signature == "invalid" { Code::StatusNone } else { expected };
        assert_eq!(answers(&report), [expected], "{file}: {}", report.to_json());
        let current = match expected {
            Code::StatusRevoked => Some("notVerified"),
            Code::StatusListExpired
            | Code::StatusListNotYetValid
            | Code::StatusListType
            | Code::StatusListNotAuthentic => Some("indeterminate"),
            _ => None,
        };
        assert!(current.is_none_or(|verdict| report.verdict().name() == verdict), "{file}");
        counts[usize::from(expected != Code::StatusNone)] += 1;
        if matches!(expected, Code::StatusRevoked | Code::StatusUnset) {
            assert_eq!(codes(&report, CheckId::StatusListLength), [Code::StatusListShort], "{file}");
            assert_eq!(codes(&report, CheckId::StatusListId), [Code::StatusListNamedOtherwise], "{file}");
        }
    }
    assert_eq!(counts, [25, 20], "credentials without and with a status");
}

/// The lists are credentials like others. (file, its verdict, the check and code that decide)
const AS_CREDENTIALS: [(&str, &str, CheckId, Code); 5] = [
    ("e5WK8CbZ1GjycuPombrj", "verified", CheckId::ProofSignature, Code::SignatureGood),
    ("expired", "notVerified", CheckId::ValidityUntil, Code::ValidityExpired),
    // It lacks the type of a list, which only an entry asks for.
    ("missingBitStringType", "verified", CheckId::ProofSignature, Code::SignatureGood),
    ("notYetValid", "notVerified", CheckId::ValidityFrom, Code::ValidityNotYet),
    ("tampered", "notVerified", CheckId::ProofSignature, Code::SignatureInvalid),
];

#[test]
fn the_lists_of_the_digital_credentials_consortium_as_credentials() {
    let Some(vectors) = vectors() else {
        println!("skipped: the_lists_of_the_digital_credentials_consortium_as_credentials: no vectors");
        return;
    };
    let folder = vectors.join("dcc-vc-test-fixtures/statusLists/didkey-ed25519Signature2020");
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), AS_CREDENTIALS.len());
    for (name, verdict, check, code) in AS_CREDENTIALS {
        let list = std::fs::read_to_string(folder.join(name)).unwrap();
        let report = verify_with(&list, policy(), &fixtures::resources());
        assert_eq!(report.verdict().name(), verdict, "{name}: {}", report.to_json());
        assert_eq!(codes(&report, check), [code], "{name}");
    }
}

const TESTLIST: &str = "https://raw.githubusercontent.com/1EdTech/digital-credentials-public-validator/refs/heads/main/inspector-vc/src/test/resources/ob30/bit-string-list/testlist";
const PORTAL: &str = "https://dc.1edtech.org/wellspring2022/wellspring-portal/api/revocations/da1e96e9-afcc-4eed-b9a2-2ddf7353214c";
const OF_1EDTECH: &str = "https://1edtech.edu/credentials/3732/revocations";
const OF_STATE: &str = "https://state.gov/credentials/3732/revocations";

/// What stands at the address of a list.
enum At {
    /// Their file.
    Testlist,
    /// A list of ours in their form, which is not in their repository: by this issuer, revoking these.
    Unsigned(&'static str, &'static [&'static str]),
    /// It cannot be obtained.
    Nothing,
}

const WELLSPRING: &str =
    "did:web:dc.1edtech.org:wellspring2022:wellspring-portal:org:da1e96e9-afcc-4eed-b9a2-2ddf7353214c";
const BADGE: &str =
    "https://dc.1edtech.org/wellspring2022/wellspring-portal/credential/54418d3f-ec01-4652-800a-861c890a51a1";

/// The samples of 1EdTech that have a status: file, address of the list, what is there, what the record comes to.
const SAMPLES: [(&str, &str, At, &str, Code); 9] = [
    (
        "credential-status-revoked.json",
        PORTAL,
        At::Unsigned(WELLSPRING, &[BADGE]),
        "notVerified",
        Code::StatusRevoked,
    ),
    (
        "credential-status-revoked.json",
        PORTAL,
        At::Unsigned(WELLSPRING, &["urn:uuid:other"]),
        "verified",
        Code::StatusUnset,
    ),
    (
        "credential-status-revoked.json",
        PORTAL,
        At::Unsigned("https://other.example/", &[BADGE]),
        "indeterminate",
        Code::StatusListIssuer,
    ),
    ("credential-status-revoked.json", PORTAL, At::Nothing, "indeterminate", Code::StatusListUnavailable),
    // Its index is a number, where the standard wants a string. Their validator reads it; what else it would read so, and
    // differently from others, is unknown. See the next test for what the list says.
    (
        "bit-string-list/credential-status-revoked.json",
        TESTLIST,
        At::Testlist,
        "indeterminate",
        Code::StatusIndex,
    ),
    (
        "complete.json",
        OF_1EDTECH,
        At::Unsigned("https://1edtech.edu/issuers/565049", &[]),
        "verified",
        Code::StatusUnset,
    ),
    ("complete.json", OF_1EDTECH, At::Nothing, "indeterminate", Code::StatusListUnavailable),
    // It has expired, and its signature does not fit either.
    (
        "complete_v1.json",
        OF_1EDTECH,
        At::Unsigned("https://1edtech.edu/issuers/565049", &[]),
        "notVerified",
        Code::StatusBlocked,
    ),
    // A forgery: nothing is looked up.
    ("endorsement-err-schema-status-refresh.json", OF_STATE, At::Nothing, "notVerified", Code::StatusBlocked),
];

#[test]
fn the_samples_of_1edtech_with_their_lists() {
    let Some(vectors) = vectors() else {
        println!("skipped: the_samples_of_1edtech_with_their_lists: no vectors");
        return;
    };
    let folder = vectors.join("1edtech-public-validator/ob30");
    for (file, url, at, verdict, code) in SAMPLES {
        let document = std::fs::read_to_string(folder.join(file)).unwrap();
        let resources = Resources::new();
        let (issuer, list) = keys_from_fragments(&document);
        resources.insert(ResourceKind::ControlledIdentifierDocument, &issuer, Resource::new(list));
        resources.insert(ResourceKind::StatusList, url, answer(&folder, &at, url));
        let report = verify_with(&document, policy(), &resources);
        assert_eq!(answers(&report), [code], "{file}: {}", report.to_json());
        assert_eq!(report.verdict().name(), verdict, "{file}: {}", report.to_json());
    }
}

/// The list has its 23rd bit set. A record of ours in it, written as the standard wants, is revoked; the next one is not.
/// That the list bears another identifier than its address keeps either from being more than that.
#[test]
fn the_list_of_1edtech_says_what_it_was_made_to_say() {
    let Some(vectors) = vectors() else {
        println!("skipped: the_list_of_1edtech_says_what_it_was_made_to_say: no vectors");
        return;
    };
    let folder = vectors.join("1edtech-public-validator/ob30");
    let list = std::fs::read_to_string(folder.join("bit-string-list/testlist")).unwrap();
    let (lists, keys) = keys_from_fragments(&list);
    let resources = Resources::new();
    resources.insert(ResourceKind::ControlledIdentifierDocument, &lists, Resource::new(keys));
    resources.insert(ResourceKind::StatusList, TESTLIST, Resource::new(list));
    let mut policy = policy();
    policy.status_issuers =
        serde_json::from_value(json!([{"issuer": issuer().did(), "statusIssuer": lists}])).unwrap();
    for (index, code, verdict) in [
        ("23", Code::StatusRevoked, "notVerified"),
        ("22", Code::StatusUnset, "indeterminate"),
        ("131072", Code::StatusIndexRange, "indeterminate"),
    ] {
        let entry = json!({
            "id": format!("{TESTLIST}#{index}"), "type": "BitstringStatusListEntry", "statusPurpose": "revocation",
            "statusListIndex": index, "statusListCredential": TESTLIST
        });
        let report = verify_with(&record(entry), policy.clone(), &resources);
        assert_eq!(
            (answers(&report), report.verdict().name()),
            (vec![code], verdict),
            "{}",
            report.to_json()
        );
        assert_eq!(codes(&report, CheckId::StatusListId), [Code::StatusListNamedOtherwise]);
        assert_eq!(codes(&report, CheckId::StatusListLength), [Code::StatusListLong]);
    }
}

/// Their samples have the key in the fragment of the issuer's address: a document of ours that lists it.
fn keys_from_fragments(document: &str) -> (String, String) {
    let document: Value = serde_json::from_str(document).unwrap();
    let proof = document["proof"].get(0).unwrap_or(&document["proof"]);
    let method = proof["verificationMethod"].as_str().unwrap();
    let (id, key) = method.split_once('#').unwrap();
    let method = json!({"id": method, "type": "Multikey", "controller": id, "publicKeyMultibase": key});
    (id.to_owned(), json!({"id": id, "assertionMethod": [method]}).to_string())
}

fn answer(folder: &std::path::Path, at: &At, url: &str) -> Answer {
    match at {
        At::Testlist => Resource::new(std::fs::read(folder.join("bit-string-list/testlist")).unwrap()).into(),
        At::Unsigned(issuer, revoked) => {
            let revoked: Vec<Value> = revoked.iter().map(|id| json!({"id": id})).collect();
            Resource::new(json!({"id": url, "issuer": issuer, "revokedCredential": revoked}).to_string())
                .into()
        }
        At::Nothing => Answer::Unavailable("HTTP 404".to_owned()),
    }
}
