//! Every defect of an entry and of a list leaves the answer open: it speaks neither for the record nor against it.

use ler_verify::{CheckId, Code, Outcome, Policy, Requirement, Resource, ResourceKind, Timestamp};
use serde_json::{Value, json};

use crate::lists::*;

/// threats.md T07: an index is a string of digits; nothing else becomes one.
#[test]
fn indexes_of_every_wrong_kind() {
    let list = signed(&bitstring(&bits(&[0])));
    for index in [
        json!(0),
        json!(0.5),
        json!(null),
        json!(true),
        json!([]),
        json!(["0"]),
        json!({}),
        json!(""),
        json!(" "),
        json!("abc"),
        json!("-1"),
        json!("+1"),
        json!("07"),
        json!("0x0"),
        json!("1e0"),
        json!("0.0"),
        json!(" 0"),
        json!("0 "),
        json!("٠"),
    ] {
        let mut entry = entry("0");
        entry["statusListIndex"] = index.clone();
        let report = verify(&record(entry), &list);
        assert_eq!(answers(&report), [Code::StatusIndex], "{index}");
        assert_eq!(report.verdict().name(), "indeterminate");
    }
    // 2^32 + 7, 2^63, 2^64, and more than any integer has.
    for index in ["4294967303", "9223372036854775808", "18446744073709551616", &"9".repeat(400)] {
        assert_eq!(answers(&verify(&record(entry(index)), &list)), [Code::StatusIndexRange], "{index}");
    }
}

/// threats.md T10.
#[test]
fn sizes_and_messages() {
    let list = signed(&bitstring(&bits(&[])));
    for size in [json!(0), json!(33), json!(-1), json!("1"), json!(1.5), json!([1])] {
        let answer = answers(&verify(&record(with(&entry("0"), "/statusSize", size.clone())), &list));
        assert_eq!(answer, [Code::StatusSize], "{size}");
    }
    let one = |status: &str| json!({"status": status, "message": "m"});
    for (size, messages) in [
        (2, Value::Null),
        (1, json!([one("0x0")])),
        (1, json!([one("0x0"), one("0x0")])),
        (1, json!([one("0x0"), one("0x2")])),
        (1, json!([one("0"), one("1")])),
        (1, json!([one("0x0"), {"status": "0x1"}])),
        (1, json!({"0x0": "m"})),
        (2, json!([one("0x0"), one("0x1")])),
    ] {
        let mut entry = entry("0");
        entry["statusSize"] = json!(size);
        if !messages.is_null() {
            entry["statusMessage"] = messages.clone();
        }
        assert_eq!(answers(&verify(&record(entry), &list)), [Code::StatusEntryMalformed], "{messages}");
    }
    let other = with(&bitstring(&bits(&[])), "/credentialSubject/statusSize", json!(2));
    assert_eq!(judged(entry("0"), &other), [Code::StatusSize]);
}

/// threats.md T01.
#[test]
fn the_members_of_an_entry() {
    let list = signed(&bitstring(&bits(&[])));
    for (member, value, code) in [
        ("/type", json!("StatusList2030Entry"), Code::StatusTypeUnknown),
        ("/type", json!(["BitstringStatusListEntry", "StatusList2021Entry"]), Code::StatusEntryMalformed),
        ("/statusPurpose", Value::Null, Code::StatusEntryMalformed),
        ("/statusPurpose", json!(["revocation"]), Code::StatusEntryMalformed),
        ("/statusListCredential", Value::Null, Code::StatusEntryMalformed),
        ("/statusListCredential", json!([LIST]), Code::StatusEntryMalformed),
        ("/statusListCredential", json!("http://issuer.example/status/1"), Code::StatusListLocation),
        ("/statusListCredential", json!("did:web:issuer.example"), Code::StatusListLocation),
        ("/statusListCredential", json!("https:// /"), Code::StatusListLocation),
        ("/id", json!(LIST), Code::StatusEntryMalformed),
    ] {
        let report = verify(&record(with(&entry("0"), member, value.clone())), &list);
        assert_eq!(answers(&report), [code], "{member} {value}");
        assert!(report.requests().is_empty());
        assert_eq!(report.verdict().name(), "indeterminate");
    }
}

/// threats.md T02 to T06, T11, T13, T14, T16.
#[test]
fn what_a_list_must_be() {
    let good = bitstring(&bits(&[5]));
    let encoded = |bytes: &[u8]| json!(format!("u{}", ler_verify::encoding::base64url::encode(bytes)));
    let subject = |member: &str| format!("/credentialSubject/{member}");
    for (pointer, value, code) in [
        ("/type".to_owned(), json!(["VerifiableCredential"]), Code::StatusListType),
        (subject("type"), json!("StatusList2021"), Code::StatusListType),
        (subject("statusPurpose"), json!("suspension"), Code::StatusListPurpose),
        (subject("statusPurpose"), Value::Null, Code::StatusListPurpose),
        (subject("statusPurpose"), json!(7), Code::StatusListMalformed),
        (subject("encodedList"), Value::Null, Code::StatusListMalformed),
        (subject("encodedList"), json!([1]), Code::StatusListMalformed),
        (subject("ttl"), json!("1"), Code::StatusListMalformed),
        (subject("encodedList"), json!("u"), Code::StatusListEncoding),
        (subject("encodedList"), json!("z2NEpo7TZRRrLZSi2U"), Code::StatusListEncoding),
        (subject("encodedList"), encoded(&zlib(&bits(&[5]))), Code::StatusListEncoding),
        (subject("encodedList"), encoded(&gzip(&bits(&[5]))[..40]), Code::StatusListEncoding),
        (
            subject("encodedList"),
            encoded(&[gzip(&bits(&[5])), gzip(&[0])].concat()),
            Code::StatusListEncoding,
        ),
        ("/validUntil".to_owned(), json!("2025-06-01T00:00:00Z"), Code::StatusListExpired),
        ("/validFrom".to_owned(), json!("2027-01-01T00:00:00Z"), Code::StatusListNotYetValid),
        ("/issuer".to_owned(), json!(stranger().did()), Code::StatusListIssuer),
        ("/credentialStatus".to_owned(), entry("5"), Code::StatusListNested),
    ] {
        let report = verify(&record(entry("5")), &signed(&with(&good, &pointer, value.clone())));
        assert_eq!(answers(&report), [code], "{pointer} {value}");
        assert_eq!(report.verdict().name(), "indeterminate", "never failed: {pointer}");
        assert_eq!(report.axes().authentic, Outcome::Passed);
        assert!(report.requests().is_empty());
    }
}

/// A list that is not authentic is not even inflated, and says nothing, in whatever way it is not.
#[test]
fn lists_that_are_not_authentic() {
    let good: Value = serde_json::from_str(&signed(&bitstring(&bits(&[5])))).unwrap();
    let tampered = with(&good, "/credentialSubject/encodedList", json!(multibase(&bits(&[]))));
    let unsigned = with(&good, "/proof", Value::Null);
    let forged = stranger().secure(&bitstring(&bits(&[])), "assertionMethod", json!({}));
    let presented =
        json!({"@context": [V2], "type": ["VerifiablePresentation"], "verifiableCredential": [good]});
    for (list, expected) in [
        (tampered, &[Code::StatusListNotAuthentic][..]),
        (unsigned, &[Code::StatusListNotAuthentic]),
        (forged, &[Code::StatusListNotAuthentic, Code::StatusListUndecided]),
        (presented, &[Code::StatusListUnreadable]),
        (json!({}), &[Code::StatusListUnreadable]),
        (json!([]), &[Code::StatusListUnreadable]),
        (json!("list"), &[Code::StatusListUnreadable]),
    ] {
        let report = verify(&record(entry("5")), &list.to_string());
        let [answer] = answers(&report)[..] else { panic!() };
        assert!(expected.contains(&answer), "{answer} {list}");
        assert_eq!(report.verdict().name(), "indeterminate");
    }
    for text in ["", "<html><body>500</body></html>", "{", "\u{FEFF}{}", "eyJ", "404: Not Found"] {
        assert_eq!(answers(&verify(&record(entry("5")), text)), [Code::StatusListUnreadable], "{text}");
    }
}

/// threats.md T05: another list of the same issuer, in whatever way it came to stand there. What is set in it counts, what
/// is not set does not.
#[test]
fn a_list_with_another_identifier() {
    for id in [json!("https://issuer.example/status/2"), Value::Null] {
        let list = signed(&with(&bitstring(&bits(&[5])), "/id", id));
        for (index, code, verdict) in
            [("5", Code::StatusRevoked, "notVerified"), ("6", Code::StatusUnset, "indeterminate")]
        {
            let report = verify(&record(entry(index)), &list);
            assert_eq!(answers(&report), [code]);
            assert_eq!(codes(&report, CheckId::StatusListId), [Code::StatusListNamedOtherwise]);
            assert_eq!(report.verdict().name(), verdict);
        }
    }
}

/// threats.md T11: reported, because real lists are shorter; a policy may require it or name another minimum.
#[test]
fn short_lists() {
    let list = supplied(&signed(&bitstring(&[0; 16_383])));
    let report = verify_with(&record(entry("5")), policy(), &list);
    assert_eq!(codes(&report, CheckId::StatusListLength), [Code::StatusListShort]);
    assert_eq!(report.verdict().name(), "verified");
    let mut strict = policy();
    strict.checks.insert("status.listLength".to_owned(), Requirement::Require);
    assert_eq!(verify_with(&record(entry("5")), strict.clone(), &list).verdict().name(), "indeterminate");
    strict.minimum_status_list_entries = 131_064;
    assert_eq!(verify_with(&record(entry("5")), strict.clone(), &list).verdict().name(), "verified");
    strict.minimum_status_list_entries = 131_065;
    assert_eq!(verify_with(&record(entry("5")), strict, &list).verdict().name(), "indeterminate");
}

/// threats.md T12: 16 MiB are inflated, a byte more is not; what is fetched may have 2 MiB.
#[test]
fn bombs() {
    const MOST: usize = 16 * 1024 * 1024;
    let mut largest = vec![0; MOST];
    largest[MOST - 1] = 1;
    let last = (MOST * 8 - 1).to_string();
    assert_eq!(judged(entry(&last), &bitstring(&largest)), [Code::StatusRevoked]);
    largest.push(0);
    let report = verify(&record(entry("5")), &signed(&bitstring(&largest)));
    assert_eq!(answers(&report), [Code::LimitStatusList]);
    let limit = report.checks().iter().find(|check| check.code == Code::LimitStatusList).unwrap();
    assert_eq!(limit.details["limit"], MOST.into());
    assert_eq!(report.verdict().name(), "indeterminate");

    let list = signed(&bitstring(&bits(&[5])));
    let padded = |length: usize| format!("{list}{}", " ".repeat(length - list.len()));
    assert_eq!(answers(&verify(&record(entry("5")), &padded(2 * 1024 * 1024))), [Code::StatusRevoked]);
    let above = padded(2 * 1024 * 1024 + 1);
    assert_eq!(answers(&verify(&record(entry("5")), &above)), [Code::LimitStatusList]);
}

#[test]
fn freshness() {
    let now = Timestamp::parse("2026-11-21T12:00:00Z").unwrap();
    let list = signed(&with(&bitstring(&bits(&[])), "/credentialSubject/ttl", json!(3_600_000)));
    let judge = |age: Option<i64>, most: Option<u64>| {
        let mut policy = policy();
        (policy.status_max_age, policy.clock_skew) = (most, 0);
        let resources = supplied("");
        let mut resource = Resource::new(list.as_str());
        resource.retrieved_at = age.map(|age| now.plus_seconds(-age));
        resources.insert(ResourceKind::StatusList, LIST, resource);
        let report = verify_with(&record(entry("5")), policy, &resources);
        let freshness = codes(&report, CheckId::StatusListFreshness);
        (answers(&report)[0], freshness.first().copied(), report.verdict().name())
    };
    use Code::*;
    for (age, most, expected) in [
        (None, None, (StatusUnset, Some(StatusListAgeUnknown), "verified")),
        (Some(3600), None, (StatusUnset, Some(StatusListFresh), "verified")),
        (Some(3601), None, (StatusUnset, Some(StatusListTtlOver), "verified")),
        // From the future: the host's clocks differ, the list is as new as can be.
        (Some(-60), Some(0), (StatusUnset, Some(StatusListFresh), "verified")),
        (Some(86_400), Some(86_400), (StatusUnset, Some(StatusListTtlOver), "verified")),
        (Some(86_401), Some(86_400), (StatusListStale, Some(StatusListTtlOver), "indeterminate")),
        (None, Some(86_400), (StatusListStale, Some(StatusListAgeUnknown), "indeterminate")),
    ] {
        assert_eq!(judge(age, most), expected, "{age:?} {most:?}");
    }
    let without = verify(&record(entry("5")), &signed(&bitstring(&bits(&[]))));
    assert_eq!(codes(&without, CheckId::StatusListFreshness), [StatusListNoTtl]);
}

/// The period of a list is not that of a record: no policy makes an expired list say anything.
#[test]
fn policies_do_not_lengthen_the_life_of_a_list() {
    let list = with(&bitstring(&bits(&[])), "/validUntil", json!("2025-06-01T00:00:00Z"));
    let resources = supplied(&signed(&list));
    let mut lax = policy().at_signing_time();
    assert_eq!(
        answers(&verify_with(&record(entry("5")), lax.clone(), &resources)),
        [Code::StatusListExpired]
    );
    lax.checks.insert("validity.until".to_owned(), Requirement::Report);
    assert_eq!(answers(&verify_with(&record(entry("5")), lax, &resources)), [Code::StatusListExpired]);
}

/// T18: a policy may demand that every record can be withdrawn. One that names no list fails nothing: it is not known.
#[test]
fn t18_a_status_may_be_demanded() {
    let mut demanding = policy();
    demanding.status_required = true;
    let read = Policy::from_json(br#"{"acceptedIssuers":"anyone","statusRequired":true}"#).unwrap();
    assert_eq!(read, demanding);
    let none = signed(&with(&unsigned(entry("5")), "/credentialStatus", json!(null)));
    let list = supplied(&signed(&bitstring(&bits(&[]))));
    let judge = |document: &str, policy: &Policy| {
        let report = verify_with(document, policy.clone(), &list);
        (answers(&report), report.axes().current.name(), report.verdict().name())
    };
    assert_eq!(judge(&none, &policy()), (vec![Code::StatusNone], "passed", "verified"));
    assert_eq!(judge(&none, &demanding), (vec![Code::StatusMissing], "indeterminate", "indeterminate"));
    assert_eq!(judge(&record(entry("5")), &demanding), (vec![Code::StatusUnset], "passed", "verified"));
    // Inside a presentation every record has to have one, and the presentation need not.
    let presented = |record: &str| {
        let record: Value = serde_json::from_str(record).unwrap();
        json!({"@context": [V2], "type": ["VerifiablePresentation"], "verifiableCredential": [record]})
            .to_string()
    };
    for (document, verdict) in [(none.clone(), "indeterminate"), (record(entry("5")), "verified")] {
        let report = verify_with(&presented(&document), demanding.clone(), &list);
        assert_eq!(report.embedded()[0].report.verdict().name(), verdict);
        assert!(answers(&report).is_empty());
    }
    // A list is no record: that it names none is as it should be (the last case but one). Who only wants it said reads it.
    demanding.checks.insert("status.entry".to_owned(), Requirement::Report);
    assert_eq!(judge(&none, &demanding), (vec![Code::StatusMissing], "indeterminate", "verified"));
}
