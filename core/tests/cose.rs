//! `vc+cose` and `vp+cose` (VC-JOSE-COSE §3.3; RFC 9052): what a header may say, what is signed, and every way to be wrong.
#![cfg(feature = "cose")]

#[path = "support/signing.rs"]
mod signing;
mod support;

use ler_verify::encoding::base64url;
use ler_verify::{CheckId, Code, Issuers, Occasion, Outcome, Policy, Report, Resources, Verdict, Verifier};
use serde_json::{Value, json};
use signing::Party;
use signing::cbor::{array, bytes, int, map, tag, text};
use support::answers::codes;
use support::fixtures;

const V2: &str = "https://www.w3.org/ns/credentials/v2";

fn issuer() -> Party {
    Party::new(1)
}

fn verify_as(document: &[u8], occasion: &Occasion) -> Report {
    Verifier::new(Policy::accepting(Issuers::Anyone)).unwrap().verify(document, &Resources::new(), occasion)
}

fn verify(document: &[u8]) -> Report {
    verify_as(document, &fixtures::occasion())
}

fn has(report: &Report, code: Code) -> bool {
    report.checks().iter().any(|check| check.code == code)
}

fn credential_by(did: &str) -> Value {
    json!({
        "@context": [V2],
        "type": ["VerifiableCredential"],
        "issuer": did,
        "credentialSubject": {"id": "did:example:ada", "name": "Ada"}
    })
}

/// A header: entries already encoded.
type Entries = Vec<(Vec<u8>, Vec<u8>)>;

fn usual() -> Entries {
    vec![
        (int(1), int(-8)),
        (int(3), text("application/vc")),
        (int(4), bytes(issuer().key().as_bytes())),
        (int(16), text("application/vc+cose")),
    ]
}

/// The usual header with these entries instead of theirs, or without them.
fn with(changes: &[(i64, Option<Vec<u8>>)]) -> Entries {
    let mut entries = usual();
    for (label, value) in changes {
        entries.retain(|(name, _)| *name != int(*label));
        entries.extend(value.clone().map(|value| (int(*label), value)));
    }
    entries
}

/// A COSE_Sign1 over exactly these bytes.
fn sign1(protected: &[u8], unprotected: &[(Vec<u8>, Vec<u8>)], payload: &[u8]) -> Vec<u8> {
    let signed = array(&[text("Signature1"), bytes(protected), bytes(&[]), bytes(payload)]);
    let signature = issuer().sign(&signed);
    tag(18, &array(&[bytes(protected), map(unprotected), bytes(payload), bytes(&signature)]))
}

fn token(protected: &Entries, unprotected: &Entries) -> Vec<u8> {
    let payload = credential_by(&issuer().did()).to_string();
    sign1(&map(protected), unprotected, payload.as_bytes())
}

fn good() -> Vec<u8> {
    token(&usual(), &vec![])
}

#[track_caller]
fn assert_verified(report: &Report) {
    assert_eq!(report.verdict().name(), "verified", "{}", report.to_json());
}

#[track_caller]
fn assert_found(document: &[u8], code: Code) {
    let report = verify(document);
    assert!(has(&report, code), "{code}: {}", report.to_json());
    let expected = if code.outcome() == Outcome::Failed { "notVerified" } else { "indeterminate" };
    assert_eq!(report.verdict().name(), expected, "{}", report.to_json());
}

#[test]
fn a_credential_with_its_tag_and_without() {
    let report = verify(&good());
    assert_verified(&report);
    assert_eq!(report.format().unwrap().carrier, "cose");
    assert_eq!(report.proofs()[0].suite.as_deref(), Some("EdDSA"));
    assert_eq!(report.issuer().unwrap().bound_by, Some("didKey"));
    let Verdict::Verified(secured) = report.verdict() else { panic!() };
    assert!(secured.record().unwrap().to_json().contains("Ada"));
    let untagged = &good()[1..];
    assert_verified(&verify(untagged));
    assert_verified(&verify_as(untagged, &fixtures::occasion().media_type("application/vc+cose")));
}

#[test]
fn algorithms_by_their_numbers() {
    use p256::ecdsa::signature::Signer;
    let by = |algorithm: i64, did: String, sign: &dyn Fn(&[u8]) -> Vec<u8>| {
        let kid = format!("{did}#{}", did.trim_start_matches("did:key:"));
        let protected = map(&with(&[(1, Some(int(algorithm))), (4, Some(bytes(kid.as_bytes())))]));
        let payload = credential_by(&did).to_string();
        let signed = array(&[text("Signature1"), bytes(&protected), bytes(&[]), bytes(payload.as_bytes())]);
        let parts = [bytes(&protected), map(&[]), bytes(payload.as_bytes()), bytes(&sign(&signed))];
        verify(&tag(18, &array(&parts)))
    };
    let did = |prefix: [u8; 2], point: &[u8]| {
        format!("did:key:z{}", bs58::encode([&prefix, point].concat()).into_string())
    };
    let p256 = p256::ecdsa::SigningKey::from_slice(&[7; 32]).unwrap();
    let p256_did = did([0x80, 0x24], p256.verifying_key().to_sec1_point(true).as_bytes());
    let p384 = p384::ecdsa::SigningKey::from_slice(&[7; 48]).unwrap();
    let p384_did = did([0x81, 0x24], p384.verifying_key().to_sec1_point(true).as_bytes());
    let sign_256 = |message: &[u8]| -> Vec<u8> {
        let signature: p256::ecdsa::Signature = p256.sign(message);
        signature.to_bytes().to_vec()
    };
    let sign_384 = |message: &[u8]| -> Vec<u8> {
        let signature: p384::ecdsa::Signature = p384.sign(message);
        signature.to_bytes().to_vec()
    };
    let ed = |message: &[u8]| issuer().sign(message);
    // ES256 and ESP256, ES384 and ESP384, EdDSA and Ed25519 (RFC 9864).
    for algorithm in [-7, -9] {
        assert_verified(&by(algorithm, p256_did.clone(), &sign_256));
    }
    for algorithm in [-35, -51] {
        assert_verified(&by(algorithm, p384_did.clone(), &sign_384));
    }
    for algorithm in [-8, -19] {
        assert_verified(&by(algorithm, issuer().did(), &ed));
    }
    // The key decides, not the header.
    for algorithm in [-35, -36, -47, -8, -257, -37] {
        let report = by(algorithm, p256_did.clone(), &sign_256);
        assert!(has(&report, Code::KeyType), "{algorithm}: {}", report.to_json());
        assert_eq!(report.verdict().name(), "notVerified");
    }
}

#[test]
fn the_algorithm_is_protected_and_no_mac() {
    let alg = |value: Vec<u8>| token(&with(&[(1, Some(value))]), &vec![]);
    let none = with(&[(1, None)]);
    assert_found(&token(&none, &vec![]), Code::CoseAlg);
    assert_found(&token(&none, &vec![(int(1), int(-8))]), Code::CoseAlg);
    assert_found(&token(&vec![], &usual()), Code::CoseAlg);
    for mac in [0, 4, 5, 6, 7, 14, 15, 25, 26] {
        assert_found(&alg(int(mac)), Code::CoseAlg);
    }
    for odd in [bytes(b"EdDSA"), array(&[int(-8)]), vec![0xF6]] {
        assert_found(&alg(odd), Code::CoseAlg);
    }
    for unknown in [int(-999), int(-53), int(-65535), int(1), text("EdDSA"), text("none")] {
        let report = verify(&alg(unknown));
        assert_eq!(codes(&report, CheckId::ProofSuite), [Code::ProofSuiteUnsupported]);
        assert_eq!(report.verdict().name(), "indeterminate");
    }
}

#[test]
fn a_label_stands_once() {
    // In both headers.
    let twice = vec![(int(4), bytes(issuer().key().as_bytes()))];
    assert_found(&token(&usual(), &twice), Code::CoseHeader);
    // Twice in one.
    let mut doubled = usual();
    doubled.push((int(1), int(-8)));
    assert_found(&token(&doubled, &vec![]), Code::CoseFormat);
    // As something else than a number or a text.
    let mut odd = usual();
    odd.push((bytes(b"x"), int(1)));
    assert_found(&token(&odd, &vec![]), Code::CoseHeader);
}

#[test]
fn parameters_have_their_types() {
    for (label, value) in [
        (4, text("did:key:x")),
        (4, int(7)),
        (33, text("x")),
        (33, array(&[])),
        (33, array(&[int(1)])),
        (33, bytes(&[])),
    ] {
        assert_found(&token(&with(&[(label, Some(value))]), &vec![]), Code::CoseHeader);
    }
    // Parameters that nobody called critical are none of ours.
    let mut more = usual();
    more.push((text("https://example.org/x"), array(&[int(1)])));
    more.push((int(-70000), map(&[(int(1), int(2))])));
    assert_verified(&verify(&token(&more, &vec![(int(99), int(1))])));
}

#[test]
fn the_key_may_be_named_where_nothing_protects_it() {
    let kid = (int(4), bytes(issuer().key().as_bytes()));
    assert_verified(&verify(&token(&with(&[(4, None)]), &vec![kid])));
    // It names another's key: whoever rewrites it gains nothing.
    let other = (int(4), bytes(Party::new(2).key().as_bytes()));
    assert_found(&token(&with(&[(4, None)]), &vec![other]), Code::SignatureInvalid);
}

#[test]
fn critical_parameters_are_processed_or_the_record_is_not_supported() {
    let crit = |value: Vec<u8>| token(&with(&[(2, Some(value))]), &vec![]);
    assert_verified(&verify(&crit(array(&[int(1), int(4), int(16)]))));
    for wrong in [array(&[]), int(1), text("x"), array(&[int(33)]), array(&[text("x")]), map(&[])] {
        let report = verify(&crit(wrong));
        assert!(has(&report, Code::CoseCrit), "{}", report.to_json());
        assert_eq!(report.verdict().name(), "notVerified");
    }
    assert_found(&token(&usual(), &vec![(int(2), array(&[int(1)]))]), Code::CoseCrit);
    let mut extended = with(&[(2, Some(array(&[text("x")])))]);
    extended.push((text("x"), int(1)));
    assert_found(&token(&extended, &vec![]), Code::CoseCritUnsupported);
}

#[test]
fn the_types_say_what_is_in_it() {
    for (label, value) in [
        (16, text("vc+cose")),
        (16, text("Application/VC+COSE")),
        (16, text("application/vc+ld+cose")),
        (3, text("application/vc+ld+json")),
        (3, text("application/json")),
        (3, int(50)),
    ] {
        assert_verified(&verify(&token(&with(&[(label, Some(value))]), &vec![])));
    }
    assert_verified(&verify(&token(&with(&[(3, None), (16, None)]), &vec![])));
    for (label, value) in [
        (16, text("application/vp+cose")),
        (16, text("application/vc+jwt")),
        (16, text("application/statuslist+cwt")),
        (16, text("")),
        (16, int(50)),
        (16, bytes(b"application/vc+cose")),
        (3, text("application/vp")),
        (3, text("text/html")),
        (3, int(0)),
        (3, bytes(b"application/vc")),
    ] {
        assert_found(&token(&with(&[(label, Some(value.clone()))]), &vec![]), Code::CoseTyp);
        assert_found(&token(&with(&[(label, None)]), &vec![(int(label), value)]), Code::CoseTyp);
    }
}

#[test]
fn claims_beside_the_record_agree_with_it_and_bound_it() {
    let now = fixtures::occasion().now.unix();
    let claims = |entries: &[(Vec<u8>, Vec<u8>)]| verify(&token(&with(&[(15, Some(map(entries)))]), &vec![]));
    assert_verified(&claims(&[
        (int(1), text(&issuer().did())),
        (int(2), text("did:example:ada")),
        (int(4), int(now + 60)),
        (int(5), int(now - 60)),
        (int(6), int(now - 60)),
        (int(7), bytes(b"id")),
    ]));
    for (label, value, code) in [
        (1, text("did:example:mit"), Code::CoseClaimsDiffer),
        (2, text("did:example:eve"), Code::CoseClaimsDiffer),
        (1, int(1), Code::CoseClaimsMalformed),
        (3, int(1), Code::CoseClaimsMalformed),
        (4, text("tomorrow"), Code::CoseClaimsMalformed),
        (4, int(-1), Code::CoseClaimsMalformed),
        (5, int(now * 1_000), Code::CoseClaimsMalformed),
        (10, int(1), Code::CoseClaimsMalformed),
        (4, int(now - 3_600), Code::ValidityExpired),
        (5, int(now + 3_600), Code::ValidityNotYet),
        (6, int(now + 3_600), Code::ProofCreatedFuture),
    ] {
        let report = claims(&[(int(label), value)]);
        assert!(has(&report, code), "{label} {code}: {}", report.to_json());
        assert_eq!(report.verdict().name(), "notVerified");
    }
    assert_found(&token(&with(&[(15, Some(int(1)))]), &vec![]), Code::CoseClaimsMalformed);
}

#[test]
fn a_presentation_answers_in_its_claims() {
    let ada = issuer().did();
    let inner = Party::new(3).secure(&credential_by(&Party::new(3).did()), "assertionMethod", json!({}));
    let presentation = json!({
        "@context": [V2], "type": ["VerifiablePresentation"], "holder": ada, "verifiableCredential": [inner]
    });
    let claims = map(&[(int(3), text("https://a.example")), (int(10), bytes(b"n-1"))]);
    let header = with(&[
        (3, Some(text("application/vp"))),
        (16, Some(text("application/vp+cose"))),
        (15, Some(claims)),
    ]);
    let document = sign1(&map(&header), &[], presentation.to_string().as_bytes());
    let right = fixtures::occasion().domain("https://a.example").challenge("n-1").holder(ada);
    let report = verify_as(&document, &right);
    assert_verified(&report);
    assert_eq!(report.axes().addressed, Outcome::Passed);
    for wrong in [right.clone().domain("https://b.example"), right.challenge("n-2")] {
        assert_eq!(verify_as(&document, &wrong).axes().addressed, Outcome::Failed);
    }
}

#[test]
fn in_an_envelope_it_is_base64() {
    use base64ct::{Base64, Encoding};
    let holder = Party::new(2);
    let present = |url: String| {
        let presentation = json!({
            "@context": [V2],
            "type": ["VerifiablePresentation"],
            "holder": holder.did(),
            "verifiableCredential": [{"@context": V2, "type": "EnvelopedVerifiableCredential", "id": url}]
        });
        verify(holder.secure(&presentation, "authentication", json!({})).to_string().as_bytes())
    };
    let report = present(format!("data:application/vc+cose;base64,{}", Base64::encode_string(&good())));
    assert_verified(&report);
    assert_eq!(report.embedded()[0].report.format().unwrap().carrier, "cose");
    let untagged = Base64::encode_string(&good()[1..]);
    assert_verified(&present(format!("data:application/vc+cose;base64,{untagged}")));
    let escaped: String = good().iter().map(|byte| format!("%{byte:02x}")).collect();
    assert_verified(&present(format!("data:application/vc+cose,{escaped}")));
    for (url, code) in [
        (format!("data:application/vc+cose;base64,{}", base64url::encode(&[0xFB, 0xFF])), Code::EnvelopeUrl),
        (
            format!("data:application/vp+cose;base64,{}", Base64::encode_string(&good())),
            Code::EnvelopeContent,
        ),
        (format!("data:application/vc+jwt;base64,{}", Base64::encode_string(&good())), Code::EnvelopeContent),
    ] {
        let report = present(url);
        assert!(has(&report.embedded()[0].report, code), "{code}");
        assert_eq!(report.verdict().name(), "notVerified");
    }
}

#[test]
fn what_is_no_sign1_with_its_payload_is_refused() {
    let payload = credential_by(&issuer().did()).to_string();
    let protected = map(&usual());
    let (head, body, signature) = (bytes(&protected), bytes(payload.as_bytes()), bytes(&[1; 64]));
    let null = vec![0xF6];
    for parts in [
        vec![head.clone(), map(&[]), null, signature.clone()],
        vec![head.clone(), map(&[]), text(&payload), signature.clone()],
        vec![head.clone(), array(&[]), body.clone(), signature.clone()],
        vec![map(&usual()), map(&[]), body.clone(), signature.clone()],
        vec![head.clone(), map(&[]), body.clone(), text("x")],
        vec![bytes(&array(&[])), map(&[]), body.clone(), signature.clone()],
        vec![bytes(&[0xFF]), map(&[]), body, signature.clone()],
        vec![head, map(&[]), signature],
    ] {
        assert_found(&tag(18, &array(&parts)), Code::CoseFormat);
    }
    let mut trailing = good();
    trailing.push(0);
    assert_found(&trailing, Code::CoseFormat);
    for cut in [1, 2, 10, good().len() - 1] {
        assert_found(&good()[..cut], Code::CoseFormat);
    }
    // A tag on the tag.
    assert_found(&tag(18, &good()), Code::CoseFormat);
    // Other messages: COSE_Sign (98), COSE_Mac0 (17), a CWT (61).
    for other in [98, 17, 61] {
        let report = verify(&tag(other, &good()[1..]));
        assert!(!matches!(report.verdict(), Verdict::Verified(_)));
    }
    // What is signed is JSON.
    assert_found(&sign1(&protected, &[], b"This is the content."), Code::JsonSyntax);
    assert_found(&sign1(&protected, &[], &map(&[])), Code::JsonUtf8);
}

#[test]
fn cbor_that_is_not_deterministic_is_not_supported() {
    let payload = credential_by(&issuer().did()).to_string();
    let protected = map(&usual());
    let signed = array(&[text("Signature1"), bytes(&protected), bytes(&[]), bytes(payload.as_bytes())]);
    let signature = issuer().sign(&signed);
    let parts = [bytes(&protected), map(&[]), bytes(payload.as_bytes()), bytes(&signature)].concat();
    // An array without a length, a length in more bytes than it takes, a tag likewise, a fraction beside.
    assert_found(&[vec![0xD2, 0x9F], parts.clone(), vec![0xFF]].concat(), Code::CoseEncoding);
    assert_found(&[vec![0xD2, 0x98, 0x04], parts].concat(), Code::CoseEncoding);
    let fraction = vec![0xF9, 0x3C, 0x00];
    assert_found(&token(&usual(), &vec![(int(99), fraction)]), Code::CoseEncoding);
}

#[test]
fn a_header_has_a_limit() {
    let filled = |bytes_of_it: usize| {
        let mut header = usual();
        header.push((int(99), bytes(&vec![0; bytes_of_it])));
        header
    };
    let limit = 64 * 1024;
    let room = limit - map(&filled(60_000)).len() + 60_000;
    assert_eq!(map(&filled(room)).len(), limit);
    assert_verified(&verify(&token(&filled(room), &vec![])));
    assert_found(&token(&filled(room + 1), &vec![]), Code::LimitHeader);
}

#[test]
fn no_change_of_a_byte_is_verified() {
    let document = good();
    for at in 0..document.len() {
        let mut changed = document.clone();
        changed[at] ^= 1 << (at % 8);
        let report = verify(&changed);
        assert_ne!(report.verdict().name(), "verified", "{at}");
    }
}

#[test]
fn parts_of_two_good_ones_make_no_third() {
    let (a, b) = (credential_by(&issuer().did()), {
        let mut other = credential_by(&issuer().did());
        other["credentialSubject"]["name"] = json!("Eve");
        other
    });
    let make = |payload: &Value, header: &Entries| {
        let protected = map(header);
        let payload = payload.to_string();
        let signed = array(&[text("Signature1"), bytes(&protected), bytes(&[]), bytes(payload.as_bytes())]);
        [bytes(&protected), bytes(payload.as_bytes()), bytes(&issuer().sign(&signed))]
    };
    let one = make(&a, &usual());
    let two = make(&b, &with(&[(3, Some(text("application/json")))]));
    for mask in 1..7 {
        let pick = |part: usize| if mask & (1 << part) == 0 { &one[part] } else { &two[part] };
        let mixed = array(&[pick(0).clone(), map(&[]), pick(1).clone(), pick(2).clone()]);
        assert!(has(&verify(&tag(18, &mixed)), Code::SignatureInvalid), "{mask}");
    }
    // The bytes that are signed cannot be those of a JWS, nor of another structure of COSE.
    let protected = map(&usual());
    let payload = a.to_string();
    let other = array(&[text("Signature"), bytes(&protected), bytes(&[]), bytes(payload.as_bytes())]);
    let signature = issuer().sign(&other);
    let document =
        tag(18, &array(&[bytes(&protected), map(&[]), bytes(payload.as_bytes()), bytes(&signature)]));
    assert!(has(&verify(&document), Code::SignatureInvalid));
}

#[test]
fn whatever_it_is_it_runs_on_a_small_stack() {
    let deep = [vec![0x81; 100_000], vec![0x00]].concat();
    let tags = [vec![0xD2; 100_000], vec![0x00]].concat();
    let nested =
        tag(18, &array(&[bytes(&deep), map(&[(int(9), deep.clone())]), bytes(b"{}"), bytes(&[0; 64])]));
    let lengths = vec![0xD2, 0x84, 0x5B, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF];
    let entries = tag(18, &[vec![0x84, 0x40, 0xBA, 0x7F, 0xFF, 0xFF, 0xFF], vec![0x00; 1_000]].concat());
    let thread = std::thread::Builder::new().stack_size(256 * 1024);
    let verdicts = thread.spawn(move || {
        [good(), deep, tags, nested, lengths, entries].map(|document| verify(&document).verdict().name())
    });
    let verdicts = verdicts.unwrap().join().unwrap();
    assert_eq!(verdicts[0], "verified");
    assert!(verdicts[1..].iter().all(|verdict| *verdict != "verified"), "{verdicts:?}");
}

/// The suite's keys belong to nobody whose document could be had: the policy pins them.
#[test]
fn the_w3c_suite() {
    use base64ct::{Base64Unpadded, Encoding};
    let Some(folder) = support::source("the_w3c_suite", "w3c-vc-jose-cose-test-suite") else { return };
    let input = |file: &str| std::fs::read_to_string(folder.join("input").join(file)).unwrap();
    let multikey = |file: &str, prefix: [u8; 2]| {
        let method: Value = serde_json::from_str(&input(file)).unwrap();
        let part = |name: &str| base64url::decode(method["publicKeyJwk"][name].as_str().unwrap()).unwrap();
        let parity = part("y").last().unwrap() & 1;
        format!("z{}", bs58::encode([&prefix[..], &[2 | parity], &part("x")].concat()).into_string())
    };
    let verify = |file: &str, issuer: &str, key: String| {
        let policy = json!({"acceptedIssuers": "anyone", "issuerKeys": [{"issuer": issuer, "key": key}]});
        let policy = Policy::from_json(policy.to_string().as_bytes()).unwrap();
        let document = Base64Unpadded::decode_vec(input(file).trim()).unwrap();
        Verifier::new(policy).unwrap().verify(&document, &Resources::new(), &fixtures::occasion())
    };
    let p256 = || multikey("vm-p256.json", [0x80, 0x24]);
    let p384 = || multikey("vm-p384.json", [0x81, 0x24]);
    let ed25519 = || {
        let method: Value = serde_json::from_str(&input("vm-ed25519.json")).unwrap();
        let x = base64url::decode(method["publicKeyJwk"]["x"].as_str().unwrap()).unwrap();
        format!("z{}", bs58::encode([&[0xED, 0x01][..], &x].concat()).into_string())
    };
    const ISSUER: &str = "https://example.issuer/vc-jose-cose";
    const HOLDER: &str = "did:example:ebfeb1f712ebc6f1c276e12ec21";
    for (file, issuer, key, verdict, code) in [
        ("credential-cose-minimal.txt", ISSUER, p256(), "verified", Code::ProofsSatisfied),
        // The pinned key did not make it; another of the issuer's might have.
        ("credential-cose-bad-signature.txt", ISSUER, ed25519(), "indeterminate", Code::KeyDocumentNeeded),
        ("credential-cose-bad-media-type.txt", ISSUER, p384(), "notVerified", Code::CoseTyp),
        // The suite looks at the presentation only; the token in it is an abridged one, with dots for its middle.
        ("presentation-cose-single.txt", HOLDER, p384(), "notVerified", Code::ProofsSatisfied),
        ("presentation-cose-bad-media-type.txt", ISSUER, p256(), "notVerified", Code::CoseTyp),
        ("presentation-cose-bad-credential.txt", ISSUER, p256(), "notVerified", Code::DocumentUrl),
    ] {
        let report = verify(file, issuer, key);
        assert_eq!(report.verdict().name(), verdict, "{file}: {}", report.to_json());
        assert!(has(&report, code), "{file}: {}", report.to_json());
    }
}
