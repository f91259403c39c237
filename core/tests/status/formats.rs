//! What a good list says, in every format and every delivery.

use ler_verify::report::Relation;
use ler_verify::{Code, Outcome, Policy, Verdict};
use serde_json::{Value, json};

use crate::lists::*;

#[test]
fn a_status_that_is_not_set_verifies_and_one_that_is_does_not() {
    let list = signed(&bitstring(&bits(&[94_567])));
    for (index, code, verdict) in
        [("94567", Code::StatusRevoked, "notVerified"), ("94566", Code::StatusUnset, "verified")]
    {
        let report = verify(&record(entry(index)), &list);
        assert_eq!(answers(&report), [code]);
        assert_eq!(report.verdict().name(), verdict, "{}", report.to_json());
        assert!(report.requests().is_empty());
        let current = if verdict == "verified" { Outcome::Passed } else { Outcome::Failed };
        assert_eq!(report.axes().current, current);
        assert_eq!(report.axes().authentic, Outcome::Passed);
    }
}

/// The report on the list is part of the report, at the entry, and the list counts through the entry's check alone.
#[test]
fn the_list_has_a_report_of_its_own() {
    let report = verify(&record(entry("7")), &signed(&bitstring(&bits(&[]))));
    let [list] = report.embedded() else { panic!("{}", report.to_json()) };
    assert_eq!((list.relation, list.pointer.as_str()), (Relation::StatusList, "/credentialStatus"));
    assert!(matches!(list.report.verdict(), Verdict::Verified(_)), "{}", list.report.to_json());
    assert_eq!(report.resources_used()[0].id, LIST);
    assert!(report.resources_used()[0].sha256.is_some());
}

/// threats.md T09, T08: index 0 is the left-most bit, and the last is the last.
#[test]
fn the_first_and_the_last_index() {
    let list = bitstring(&bits(&[0, 1, ENTRIES - 1]));
    for (index, code) in [
        (0, Code::StatusRevoked),
        (1, Code::StatusRevoked),
        (6, Code::StatusUnset),
        (7, Code::StatusUnset),
        (ENTRIES - 2, Code::StatusUnset),
        (ENTRIES - 1, Code::StatusRevoked),
        (ENTRIES, Code::StatusIndexRange),
    ] {
        assert_eq!(judged(entry(&index.to_string()), &list), [code], "{index}");
    }
}

/// threats.md T15: every entry counts, and revocation is said before suspension.
#[test]
fn every_entry_and_every_purpose() {
    let list = with(
        &bitstring(&bits(&[3, 4])),
        "/credentialSubject/statusPurpose",
        json!(["revocation", "suspension", "refresh", "https://issuer.example/audited"]),
    );
    let of = |index: &str, purpose: &str| with(&entry(index), "/statusPurpose", json!(purpose));
    for (entries, expected, verdict) in [
        (json!([of("1", "revocation"), of("2", "suspension")]), vec![Code::StatusUnset; 2], "verified"),
        (
            json!([of("1", "revocation"), of("3", "suspension")]),
            vec![Code::StatusUnset, Code::StatusSuspended],
            "notVerified",
        ),
        (
            json!([of("3", "suspension"), of("4", "revocation")]),
            vec![Code::StatusRevoked, Code::StatusSuspended],
            "notVerified",
        ),
        (json!(of("3", "refresh")), vec![Code::StatusRefresh], "verified"),
        (json!(of("3", "https://issuer.example/audited")), vec![Code::StatusPurposeUnknown], "indeterminate"),
        (json!(of("5", "https://issuer.example/audited")), vec![Code::StatusUnset], "verified"),
    ] {
        let report = verify(&record(entries), &signed(&list));
        assert_eq!(answers(&report), expected);
        assert_eq!(report.verdict().name(), verdict);
        assert_eq!(report.embedded().len(), 1, "one list, one report");
    }
}

/// threats.md T10: several bits, each value with a message.
#[test]
fn messages() {
    let list = bitstring(&[vec![0b0001_1011], vec![0; 32_767]].concat());
    let list = with(&list, "/credentialSubject/statusPurpose", json!("message"));
    let messages: Vec<Value> = (0..4)
        .map(|value| json!({"status": format!("{value:#x}"), "message": format!("m{value}")}))
        .collect();
    for (index, place) in [("0", 0), ("1", 1), ("2", 2), ("3", 3)] {
        let mut entry = entry(index);
        entry["statusPurpose"] = json!("message");
        entry["statusSize"] = json!(2);
        entry["statusMessage"] = json!(messages);
        let report = verify(&record(entry), &signed(&list));
        let check = report.checks().iter().find(|check| check.code == Code::StatusMessage).unwrap();
        assert_eq!(check.pointer.as_deref(), Some(&*format!("/credentialStatus/statusMessage/{place}")));
        assert_eq!(report.verdict().name(), "verified");
        assert!(!report.to_json().contains("\"m1\""), "the text of the message is the issuer's");
    }
}

#[test]
fn a_list_signed_as_linked_data() {
    let list = issuer().secure_rdfc(&bitstring(&bits(&[5])), "assertionMethod").to_string();
    assert_eq!(answers(&verify(&record(entry("5")), &list)), [Code::StatusRevoked]);
    assert_eq!(answers(&verify(&record(entry("6")), &list)), [Code::StatusUnset]);
}

#[test]
fn a_list_as_jwt_and_as_sd_jwt() {
    let claims = bitstring(&bits(&[5]));
    let jwt = issuer().jwt(json!({"typ": "vc+jwt"}), &claims);
    let mut old = claims.clone();
    old["@context"] = json!([V1, "https://www.w3.org/ns/credentials/status/v1"]);
    old["issuanceDate"] = old.as_object_mut().unwrap().remove("validFrom").unwrap();
    let vc_jwt = issuer().jwt(json!({"typ": "JWT"}), &json!({"iss": issuer().did(), "vc": old}));
    let sd_jwt = format!("{}~", issuer().jwt(json!({"typ": "vc+sd-jwt"}), &claims));
    let enveloped = json!({
        "@context": [V2], "type": "EnvelopedVerifiableCredential", "id": format!("data:application/vc+jwt,{jwt}")
    });
    for list in [jwt, vc_jwt, sd_jwt, enveloped.to_string()] {
        for (index, code) in [("5", Code::StatusRevoked), ("6", Code::StatusUnset)] {
            let report = verify(&record(entry(index)), &list);
            assert_eq!(answers(&report), [code], "{}", report.to_json());
        }
    }
}

fn status_list_2021(encoded: &str) -> Value {
    json!({
        "@context": [V1, "https://w3id.org/vc/status-list/2021/v1"], "id": LIST,
        "type": ["VerifiableCredential", "StatusList2021Credential"], "issuer": issuer().did(),
        "issuanceDate": "2025-01-01T00:00:00Z",
        "credentialSubject": {
            "id": format!("{LIST}#list"), "type": "StatusList2021", "statusPurpose": "revocation",
            "encodedList": encoded
        }
    })
}

/// Its text says base64, its example is base64url without padding.
#[test]
fn status_list_2021_in_both_alphabets() {
    let mut entry = entry("5");
    entry["type"] = json!("StatusList2021Entry");
    // Random bits, so that both alphabets differ.
    let mut all = bits(&[]);
    let mut state = 7_u32;
    for byte in &mut all {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        *byte = (state >> 24) as u8;
    }
    for (set, code) in [(true, Code::StatusRevoked), (false, Code::StatusUnset)] {
        all[0] = if set { all[0] | 0b100 } else { all[0] & !0b100 };
        let url = ler_verify::encoding::base64url::encode(&gzip(&all));
        let plain = url.replace('-', "+").replace('_', "/");
        let padded = format!("{plain}{}", "=".repeat((4 - plain.len() % 4) % 4));
        assert_ne!(url, plain);
        for encoded in [url, plain, padded] {
            assert_eq!(judged(entry.clone(), &status_list_2021(&encoded)), [code]);
        }
    }
}

/// Its text says ZLIB, its example is GZIP.
#[test]
fn revocation_list_2020_in_both_wrappings() {
    let entry = |index: &str| {
        json!({
            "id": format!("{LIST}#{index}"), "type": "RevocationList2020Status", "revocationListIndex": index,
            "revocationListCredential": LIST
        })
    };
    for packed in [gzip(&bits(&[5])), zlib(&bits(&[5]))] {
        let mut list = status_list_2021(&ler_verify::encoding::base64url::encode(&packed));
        list["@context"] = json!([V1, "https://w3id.org/vc-revocation-list-2020/v1"]);
        list["type"] = json!(["VerifiableCredential", "RevocationList2020Credential"]);
        list["credentialSubject"]["type"] = json!("RevocationList2020");
        list["credentialSubject"].as_object_mut().unwrap().remove("statusPurpose");
        assert_eq!(judged(entry("5"), &list), [Code::StatusRevoked]);
        assert_eq!(judged(entry("6"), &list), [Code::StatusUnset]);
    }
}

/// Nobody signs it: what it says is as good as the connection, and the report says so.
#[test]
fn the_list_of_1edtech() {
    let entry = json!({"id": format!("{LIST}#list"), "type": "1EdTechRevocationList"});
    let me = "urn:uuid:0d0a4c0e-0f6b-4b6c-8a33-6a6b4c3d2e1f";
    let list = |member: &str, revoked: Value| {
        let mut list = json!({"id": LIST, "issuer": issuer().did()});
        list[member] = revoked;
        list.to_string()
    };
    for (member, revoked, code) in [
        ("revokedCredential", json!([]), Code::StatusUnset),
        ("revokedCredential", json!([{"id": "urn:uuid:other"}]), Code::StatusUnset),
        ("revokedCredential", json!([{"id": "urn:uuid:other"}, {"id": me}]), Code::StatusRevoked),
        ("revokedCredentials", json!([{"id": me, "revoked": true}]), Code::StatusRevoked),
        ("revokedCredential", json!([{"id": me, "revoked": false}]), Code::StatusUnset),
        ("revokedCredential", json!([{"id": me, "revoked": "yes"}]), Code::StatusListMalformed),
        ("revokedCredential", json!([me]), Code::StatusListMalformed),
        ("revokedCredential", json!("all"), Code::StatusListMalformed),
        ("revoked", json!([{"id": me}]), Code::StatusListMalformed),
    ] {
        let report = verify(&record(entry.clone()), &list(member, revoked));
        assert_eq!(answers(&report), [code]);
        let evidence = report.checks().iter().any(|check| check.details.contains_key("evidence"));
        assert_eq!(evidence, code != Code::StatusListMalformed);
        assert!(report.embedded().is_empty(), "there is nothing to verify");
    }
    let other = |list: Value| answers(&verify(&record(entry.clone()), &list.to_string()));
    let stranger = json!({"id": LIST, "issuer": {"id": stranger().did()}, "revokedCredential": [{"id": me}]});
    assert_eq!(other(stranger), [Code::StatusListIssuer]);
    let elsewhere =
        json!({"id": "https://a.example/", "issuer": {"id": issuer().did()}, "revokedCredential": []});
    assert_eq!(other(elsewhere), [Code::StatusListMismatch]);
    assert_eq!(other(json!([])), [Code::StatusListIssuer]);
    assert_eq!(answers(&verify(&record(entry.clone()), "<html>")), [Code::StatusListUnreadable]);
}

fn token_status_list(bits: u8, bytes: &[u8]) -> Value {
    json!({
        "sub": LIST, "iat": 1_735_689_600, "exp": 2_000_000_000,
        "status_list": {"bits": bits, "lst": ler_verify::encoding::base64url::encode(&zlib(bytes))}
    })
}

fn status_token(claims: &Value) -> String {
    issuer().jwt(json!({"typ": "statuslist+jwt"}), claims)
}

/// An SD-JWT VC with a status in a token.
fn sd_jwt_vc(status: Value) -> String {
    let claims = json!({
        "iss": issuer().did(), "iat": 1_735_689_600, "vct": "https://issuer.example/badge", "status": status
    });
    format!("{}~", issuer().jwt(json!({"typ": "dc+sd-jwt"}), &claims))
}

fn at(idx: u64) -> Value {
    json!({"status_list": {"idx": idx, "uri": LIST}})
}

/// The lists of draft-ietf-oauth-status-list §4.1: index 0 is the least significant bit.
#[test]
fn a_token_status_list() {
    let one = status_token(&token_status_list(1, &[0xB9, 0xA3]));
    let two = status_token(&token_status_list(2, &[0xC9, 0x44, 0xF9]));
    for (list, idx, code, verdict) in [
        (&one, 0, Code::StatusRevoked, "notVerified"),
        (&one, 1, Code::StatusUnset, "verified"),
        (&one, 15, Code::StatusRevoked, "notVerified"),
        (&one, 16, Code::StatusIndexRange, "indeterminate"),
        (&two, 0, Code::StatusRevoked, "notVerified"),
        (&two, 1, Code::StatusSuspended, "notVerified"),
        (&two, 2, Code::StatusUnset, "verified"),
        (&two, 3, Code::StatusPurposeUnknown, "indeterminate"),
        (&two, 12, Code::StatusIndexRange, "indeterminate"),
    ] {
        let report = verify(&sd_jwt_vc(at(idx)), list);
        assert_eq!(answers(&report), [code], "{idx} {}", report.to_json());
        assert_eq!(report.verdict().name(), verdict, "{}", report.to_json());
    }
}

/// A credential of the W3C in a token may have such a status, too.
#[test]
fn a_token_status_of_a_w3c_credential() {
    let list = status_token(&token_status_list(1, &[0b10]));
    let mut claims = unsigned(Value::Null);
    claims.as_object_mut().unwrap().remove("credentialStatus");
    claims["status"] = at(1);
    let report = verify(&issuer().jwt(json!({"typ": "vc+jwt"}), &claims), &list);
    assert_eq!(answers(&report), [Code::StatusRevoked]);

    // Beside the claim that the record stands in.
    let vc = json!({
        "@context": [V1], "type": ["VerifiableCredential"], "issuanceDate": "2025-01-01T00:00:00Z",
        "issuer": issuer().did(), "credentialSubject": {"id": "did:example:ada"}
    });
    for (idx, code) in [(0, Code::StatusUnset), (1, Code::StatusRevoked)] {
        let claims = json!({"iss": issuer().did(), "vc": vc, "status": at(idx)});
        let report = verify(&issuer().jwt(json!({"typ": "JWT"}), &claims), &list);
        assert_eq!(answers(&report), [code], "{}", report.to_json());
    }
}

/// threats.md T17: what says of itself that it is of one kind is not read as another.
#[test]
fn no_list_is_read_as_one_of_another_kind() {
    let token = status_token(&token_status_list(1, &[0xFF; 16_384]));
    assert_eq!(answers(&verify(&record(entry("0")), &token)), [Code::StatusListType]);
    let w3c = signed(&bitstring(&bits(&[0])));
    assert_eq!(answers(&verify(&sd_jwt_vc(at(0)), &w3c)), [Code::StatusListType]);
    let old = status_list_2021(&ler_verify::encoding::base64url::encode(&gzip(&bits(&[0]))));
    assert_eq!(judged(entry("0"), &old), [Code::StatusListType]);
}

/// What is no Status List Token by its header is none, and one is no record.
#[test]
fn a_status_list_token_says_that_it_is_one() {
    let claims = token_status_list(1, &[0]);
    for typ in ["JWT", "vc+jwt", "statuslist+cwt"] {
        let report = verify(&sd_jwt_vc(at(0)), &issuer().jwt(json!({"typ": typ}), &claims));
        assert_eq!(answers(&report), [Code::StatusListNotAuthentic], "{typ}");
    }
    let record = verify_with(&status_token(&claims), policy(), &ler_verify::Resources::new());
    assert_eq!(record.verdict().name(), "indeterminate");
    assert_eq!(record.format(), None);
}

#[test]
fn the_claims_of_a_status_list_token() {
    let good = token_status_list(1, &[0]);
    for (pointer, value, code) in [
        ("/sub", json!("https://issuer.example/status/2"), Code::StatusListMismatch),
        ("/sub", Value::Null, Code::StatusListMalformed),
        ("/iat", Value::Null, Code::StatusListMalformed),
        ("/ttl", json!(-1), Code::StatusListMalformed),
        ("/ttl", json!("60"), Code::StatusListMalformed),
        ("/status_list/bits", json!(3), Code::StatusListMalformed),
        ("/status_list/bits", json!("1"), Code::StatusListMalformed),
        ("/status_list/lst", json!(7), Code::StatusListMalformed),
        ("/status_list/lst", json!("AAAA"), Code::StatusListEncoding),
        ("/exp", json!(1_740_000_000), Code::StatusListExpired),
        ("/nbf", json!(1_900_000_000), Code::StatusListNotYetValid),
        ("/iss", json!(stranger().did()), Code::StatusListIssuer),
        ("/status", at(0), Code::StatusListNested),
    ] {
        let report = verify(&sd_jwt_vc(at(0)), &status_token(&with(&good, pointer, value)));
        assert_eq!(answers(&report), [code], "{pointer}");
    }
    // Without `iss` it has to be the issuer of the record who signs.
    let forged = stranger().jwt(json!({"typ": "statuslist+jwt"}), &good);
    let report = verify(&sd_jwt_vc(at(0)), &forged);
    assert!(
        matches!(answers(&report)[..], [Code::StatusListNotAuthentic | Code::StatusListUndecided]),
        "{}",
        report.to_json()
    );
}

#[test]
fn the_entry_of_a_token() {
    let list = status_token(&token_status_list(1, &[0]));
    let status = |member: &str, value: Value| json!({"status_list": with(&at(0)["status_list"], &format!("/{member}"), value)});
    for (status, code) in [
        (status("idx", json!("0")), Code::StatusIndex),
        (status("idx", json!(-1)), Code::StatusIndex),
        (status("idx", json!(0.5)), Code::StatusIndex),
        (status("idx", Value::Null), Code::StatusIndex),
        (status("idx", json!(9_007_199_254_740_991_u64)), Code::StatusIndexRange),
        (status("uri", json!(7)), Code::StatusEntryMalformed),
        (status("uri", json!("http://issuer.example/status/1")), Code::StatusListLocation),
        (json!({"status_list": 7}), Code::StatusEntryMalformed),
        (json!({"other_list": {"idx": 0}}), Code::StatusTypeUnknown),
    ] {
        assert_eq!(answers(&verify(&sd_jwt_vc(status.clone()), &list)), [code], "{status}");
    }
}

/// threats.md T04: lists of others are believed where the policy names them for this issuer.
#[test]
fn a_delegate() {
    let list = with(&bitstring(&bits(&[5])), "/issuer", json!(stranger().did()));
    let list = stranger().secure(&list, "assertionMethod", json!({})).to_string();
    let delegating = |issuer: String| -> Policy {
        let json = json!({
            "acceptedIssuers": {"oneOf": [crate::lists::issuer().did()]},
            "statusIssuers": [{"issuer": issuer, "statusIssuer": stranger().did()}]
        });
        Policy::from_json(json.to_string().as_bytes()).unwrap()
    };
    let resources = supplied(&list);
    let judge = |policy, index| answers(&verify_with(&record(entry(index)), policy, &resources));
    assert_eq!(judge(policy(), "5"), [Code::StatusListIssuer]);
    assert_eq!(judge(delegating(issuer().did()), "5"), [Code::StatusRevoked]);
    assert_eq!(judge(delegating(issuer().did()), "6"), [Code::StatusUnset]);
    assert_eq!(judge(delegating("did:example:other".to_owned()), "5"), [Code::StatusListIssuer]);
}
