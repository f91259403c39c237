//! Certificates as what ties a key to an issuer (RFC 5280 §6.1, RFC 7515 §4.1.6): every rule of a path, every name, and
//! what comes of it in a report.
#![cfg(all(feature = "x509", feature = "jose"))]
#![allow(clippy::cloned_ref_to_slice_refs)] // a list of one reads as such

#[path = "support/certificates.rs"]
mod certificates;
mod support;
#[path = "support/tokens.rs"]
mod tokens;

use base64ct::{Base64, Encoding};
use certificates::*;
use ler_verify::identifier::x509::names::Match;
use ler_verify::identifier::x509::path::{Problem, validate};
use ler_verify::identifier::x509::{Certificate, MAX_CERTIFICATES};
use ler_verify::json::Tree;
use ler_verify::{CheckId, Code, Issuers, Limits, Policy, Report, Resources, Timestamp, Verdict};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tokens::{attacker, codes, encode, issuer, occasion, vcdm2, verify_with, with};

const DIGITAL_SIGNATURE: u8 = 0x80;
const CONTENT_COMMITMENT: u8 = 0x40;
const KEY_ENCIPHERMENT: u8 = 0x20;
const KEY_CERT_SIGN: u8 = 0x04;
const CRL_SIGN: u8 = 0x02;
const DID: &str = "did:web:college.example";

fn root() -> Owner {
    Owner::Ed25519([1; 32])
}
fn middle() -> Owner {
    Owner::P256([2; 32])
}
/// The owner of the key that signs tokens here.
fn signer() -> Owner {
    Owner::Ed25519([7; 32])
}
fn dn(common: &str) -> Vec<u8> {
    name(common, "", "")
}
fn root_spec() -> Spec {
    Spec::new(&dn("root"), &dn("root"), &root(), &[authority(None), key_usage(KEY_CERT_SIGN | CRL_SIGN)])
}
fn middle_spec() -> Spec {
    Spec::new(&dn("root"), &dn("middle"), &middle(), &[authority(Some(0)), key_usage(KEY_CERT_SIGN)])
}
fn leaf_spec() -> Spec {
    let names = alternative(&[(6, DID), (2, "college.example")]);
    Spec::new(
        &dn("middle"),
        &name("Seal", "College", "VATXX-1"),
        &signer(),
        &[key_usage(CONTENT_COMMITMENT), names],
    )
}
/// The signer's certificate, that of the authority in between, and the anchor.
fn chain() -> [Vec<u8>; 3] {
    [leaf_spec().sign(&middle()), middle_spec().sign(&root()), root_spec().sign(&root())]
}

fn read(ders: &[Vec<u8>]) -> Vec<Certificate> {
    ders.iter().map(|der| Certificate::parse(der).unwrap()).collect()
}
fn now() -> Timestamp {
    Timestamp::parse("2026-11-21T12:00:00Z").unwrap()
}
fn path_at(chain: &[Vec<u8>], anchors: &[Vec<u8>], instant: Timestamp) -> Result<(), Problem> {
    validate(&read(chain), &read(anchors), instant, None, &mut || true)
}
fn path(chain: &[Vec<u8>], anchors: &[Vec<u8>]) -> Result<(), Problem> {
    path_at(chain, anchors, now())
}
fn broken(rule: &'static str, certificate: usize) -> Result<(), Problem> {
    Err(Problem::Broken { rule, certificate })
}
fn not_understood(rule: &'static str, certificate: usize) -> Result<(), Problem> {
    Err(Problem::NotUnderstood { rule, certificate })
}

// Paths (RFC 5280 §6.1)

#[test]
fn a_path_leads_from_the_signer_to_an_anchor() {
    let [leaf, middle, root] = chain();
    let anchors = [root.clone()];
    assert_eq!(path(&[leaf.clone(), middle.clone()], &anchors), Ok(()));
    // The anchor may stand in the chain, and so may what nobody needs any more.
    assert_eq!(path(&[leaf.clone(), middle.clone(), root.clone()], &anchors), Ok(()));
    let other = [Spec::new(&dn("x"), &dn("x"), &Owner::Ed25519([9; 32]), &[authority(None)])
        .sign(&Owner::Ed25519([9; 32]))];
    assert_eq!(path(&[leaf.clone(), middle.clone(), root.clone(), other[0].clone()], &anchors), Ok(()));
    // An anchor anywhere on the way ends it; the signer's own certificate is one, too.
    assert_eq!(path(&[leaf.clone(), middle.clone()], &[middle.clone()]), Ok(()));
    assert_eq!(path(&[leaf.clone()], &[middle.clone()]), Ok(()));
    assert_eq!(path(&[leaf.clone()], &[leaf.clone()]), Ok(()));
    assert_eq!(path(&[leaf.clone(), middle], &[other[0].clone(), root]), Ok(()));
}

#[test]
fn a_path_that_leads_to_no_anchor_says_nothing() {
    let [leaf, middle, root] = chain();
    let foreign = Owner::Ed25519([9; 32]);
    let other = Spec::new(&dn("other"), &dn("other"), &foreign, &[authority(None)]).sign(&foreign);
    // A certificate of the same name with another key: an attacker's anchor is not ours, nor ours the attacker's.
    let namesake = Spec::new(&dn("root"), &dn("root"), &foreign, &[authority(None)]).sign(&foreign);
    for anchors in [vec![], vec![other], vec![namesake]] {
        for chain in [
            vec![leaf.clone()],
            vec![leaf.clone(), middle.clone()],
            vec![leaf.clone(), middle.clone(), root.clone()],
        ] {
            assert_eq!(path(&chain, &anchors), Err(Problem::NoAnchor));
        }
    }
    assert_eq!(path(&[leaf], &[root]), Err(Problem::NoAnchor));
    // Nor does what is wrong with it, as long as no authority is known that stands for it.
    let mut spec = leaf_spec();
    spec.not_after = utc("250101000000Z");
    assert_eq!(path(&[spec.sign(&self::middle())], &[]), Err(Problem::NoAnchor));
}

#[test]
fn each_certificate_is_certified_by_the_next() {
    let [leaf, middle, root] = chain();
    let anchors = [root.clone()];
    // Signed by another key of the same name.
    let forged = leaf_spec().sign(&Owner::P256([9; 32]));
    assert_eq!(path(&[forged.clone(), middle.clone()], &anchors), broken("signature", 0));
    let forged_middle = middle_spec().sign(&Owner::Ed25519([9; 32]));
    assert_eq!(
        path(&[leaf.clone(), forged_middle, root.clone()], &[leaf_spec().sign(&self::root()), root.clone()]),
        broken("signature", 1)
    );
    // Out of order, or with one left out.
    assert_eq!(path(&[leaf.clone(), root.clone()], &anchors), broken("order", 0));
    assert_eq!(path(&[leaf.clone(), root.clone(), middle.clone()], &anchors), broken("order", 0));
    assert_eq!(path(&[leaf.clone(), leaf.clone(), middle.clone()], &anchors), broken("order", 0));
    // Every byte that is signed is signed.
    let signed = Certificate::parse(&leaf).unwrap();
    let mut changed = 0;
    for position in 8..leaf.len() {
        let mut other = leaf.clone();
        other[position] ^= 1;
        let Ok(read) = Certificate::parse(&other) else { continue };
        assert_ne!(read, signed);
        changed += 1;
        let result = validate(
            &[read, Certificate::parse(&middle).unwrap()],
            &self::read(&anchors),
            now(),
            None,
            &mut || true,
        );
        assert!(result.is_err(), "byte {position}");
    }
    assert!(changed > 100, "{changed}");
}

#[test]
fn every_certificate_is_in_force_at_the_instant() {
    let specs = || [leaf_spec(), middle_spec(), root_spec()];
    for place in 0..3 {
        for (before, after, rule) in
            [("260101000000Z", "261121115959Z", "expired"), ("261121120001Z", "340101000000Z", "notYetValid")]
        {
            let mut specs = specs();
            specs[place].not_before = utc(before);
            specs[place].not_after = utc(after);
            let [leaf, middle, root] = specs;
            let anchors = [root.sign(&self::root())];
            let chain = [leaf.sign(&self::middle()), middle.sign(&self::root())];
            assert_eq!(path(&chain, &anchors), broken(rule, place), "{place}");
        }
        // The first and the last second are within.
        let mut specs = specs();
        specs[place].not_before = utc("261121120000Z");
        specs[place].not_after = element(0x18, b"20261121120000Z");
        let [leaf, middle, root] = specs;
        let chain = [leaf.sign(&self::middle()), middle.sign(&self::root())];
        assert_eq!(path(&chain, &[root.sign(&self::root())]), Ok(()));
    }
    // The signer's own was there when it was used, whatever instant counts.
    let [leaf, middle, root] = chain();
    let (chain_read, anchors) = (read(&[leaf.clone(), middle.clone()]), read(&[root.clone()]));
    for (signed_at, expected) in
        [("2024-01-01T00:00:00Z", Ok(())), ("2023-12-31T23:59:59Z", broken("notYetValid", 0))]
    {
        let signed_at = Timestamp::parse(signed_at).ok();
        assert_eq!(validate(&chain_read, &anchors, now(), signed_at, &mut || true), expected);
    }
    let then = Timestamp::parse("2023-12-31T23:59:59Z").unwrap();
    assert_eq!(path_at(&[leaf, middle], &[root], then), broken("notYetValid", 0));
}

#[test]
fn only_authorities_certify() {
    let [leaf, middle, root] = chain();
    let no_authority = extension(BASIC_CONSTRAINTS, true, &sequence(&[]));
    for (extensions, rule) in [
        (vec![], "authority"),
        (vec![no_authority], "authority"),
        (vec![key_usage(KEY_CERT_SIGN)], "authority"),
        (vec![authority(None), key_usage(DIGITAL_SIGNATURE | CRL_SIGN)], "keyUsage"),
        (vec![authority(None), purposes(&[&[0x2B, 6, 1, 5, 5, 7, 3, 1]])], "extendedKeyUsage"),
    ] {
        let mut spec = middle_spec();
        spec.extensions = extensions.clone();
        let chain = [leaf.clone(), spec.sign(&self::root())];
        assert_eq!(path(&chain, std::slice::from_ref(&root)), broken(rule, 1));
        // An anchor that is no authority is none, either.
        let mut spec = root_spec();
        spec.extensions = extensions;
        let chain = [leaf.clone(), middle.clone()];
        assert_eq!(path(&chain, &[spec.sign(&self::root())]), broken(rule, 2));
    }
    // The oldest certificates have no extensions, so they are no authorities.
    let mut spec = middle_spec();
    spec.version = Vec::new();
    spec.extensions = Vec::new();
    assert_eq!(path(&[leaf, spec.sign(&self::root())], &[root]), broken("authority", 1));
}

#[test]
fn an_authority_says_how_many_may_follow() {
    // The signer, three authorities, and an anchor with and without a limit.
    let owners: Vec<Owner> = (10..14).map(|number| Owner::Ed25519([number; 32])).collect();
    let authority_named = |index: usize, limit| {
        let issuer = if index == 3 { dn("root") } else { dn(&format!("a{}", index + 1)) };
        Spec::new(&issuer, &dn(&format!("a{index}")), &owners[index], &[authority(limit)])
    };
    let sign = |limits: [Option<u8>; 3], anchor: Option<u8>| {
        let leaf = Spec::new(&dn("a1"), &dn("leaf"), &signer(), &[]).sign(&owners[1]);
        let mut chain = vec![leaf];
        for (index, limit) in (1..4).zip(limits) {
            let by = if index == 3 { root() } else { owners[index + 1].clone() };
            chain.push(authority_named(index, limit).sign(&by));
        }
        let anchor = Spec::new(&dn("root"), &dn("root"), &root(), &[authority(anchor)]).sign(&root());
        path(&chain, &[anchor])
    };
    assert_eq!(sign([None, None, None], None), Ok(()));
    assert_eq!(sign([Some(0), Some(1), Some(2)], Some(3)), Ok(()));
    assert_eq!(sign([Some(0), Some(0), Some(2)], Some(3)), broken("pathLength", 2));
    assert_eq!(sign([None, None, Some(1)], None), broken("pathLength", 3));
    assert_eq!(sign([None, None, None], Some(2)), broken("pathLength", 4));
}

#[test]
fn a_signers_certificate_is_for_signing_documents() {
    let [_, middle, root] = chain();
    let sign = |extensions: Vec<Vec<u8>>| {
        let mut spec = leaf_spec();
        spec.extensions = extensions;
        path(&[spec.sign(&self::middle()), middle.clone()], std::slice::from_ref(&root))
    };
    for usage in [DIGITAL_SIGNATURE, CONTENT_COMMITMENT, DIGITAL_SIGNATURE | KEY_ENCIPHERMENT] {
        assert_eq!(sign(vec![key_usage(usage)]), Ok(()));
    }
    for usage in [KEY_ENCIPHERMENT, KEY_CERT_SIGN, 0] {
        assert_eq!(sign(vec![key_usage(usage)]), broken("keyUsage", 0));
    }
    assert_eq!(sign(vec![]), Ok(()), "one that says nothing allows everything");
    let oid = |last: u8| [0x2B, 6, 1, 5, 5, 7, 3, last];
    let (server, client, code, mail, stamps, documents) = (oid(1), oid(2), oid(3), oid(4), oid(8), oid(36));
    for good in [&client, &mail, &documents] {
        assert_eq!(sign(vec![purposes(&[&server, good])]), Ok(()));
    }
    assert_eq!(sign(vec![purposes(&[&[0x55, 0x1D, 0x25, 0]])]), Ok(()));
    for bad in [&server, &code, &stamps] {
        assert_eq!(sign(vec![purposes(&[bad])]), broken("extendedKeyUsage", 0));
    }
}

#[test]
fn what_has_to_be_understood_and_is_not_leaves_the_path_open() {
    let constraints = [0x55, 0x1D, 0x1E];
    let [leaf, middle, root] = chain();
    for (unknown, understood) in [
        (extension(&[0x2A, 3], true, &[5, 0]), false),
        (extension(&[0x2A, 3], false, &[5, 0]), true),
        // Constraints on names, whether or not they are critical.
        (extension(&constraints, true, &sequence(&[])), false),
        (extension(&constraints, false, &sequence(&[])), false),
        // Policies: any will do. Constraints on policies: not evaluated.
        (extension(&[0x55, 0x1D, 0x20], true, &sequence(&[])), true),
        (extension(&[0x55, 0x1D, 0x24], true, &sequence(&[])), false),
    ] {
        for place in 0..3 {
            let mut specs = [leaf_spec(), middle_spec(), root_spec()];
            specs[place].extensions.push(unknown.clone());
            let [leaf, middle, root] = specs;
            let chain = [leaf.sign(&self::middle()), middle.sign(&self::root())];
            let expected = if understood { Ok(()) } else { not_understood("criticalExtension", place) };
            assert_eq!(path(&chain, &[root.sign(&self::root())]), expected);
        }
    }
    // A way to sign that is not supported: SHA-1, another hash than the curve's.
    for algorithm in [
        sequence(&[&element(6, &[0x2A, 0x86, 0x48, 0xCE, 0x3D, 4, 1])]),
        sequence(&[&element(6, &[0x2A, 0x86, 0x48, 0xCE, 0x3D, 4, 3, 3])]),
        sequence(&[&element(6, &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 1, 5]), &[5, 0]]),
    ] {
        let mut spec = leaf_spec();
        spec.outer_algorithm = Some(algorithm);
        let chain = [spec.sign(&self::middle()), middle.clone()];
        assert_eq!(path(&chain, std::slice::from_ref(&root)), not_understood("algorithm", 0));
    }
    // A key that is not supported.
    let mut spec = middle_spec();
    spec.spki = sequence(&[&sequence(&[&element(6, &[0x2B, 0x65, 0x71])]), &element(3, &[0; 58])]);
    assert_eq!(path(&[leaf, spec.sign(&self::root())], &[root]), not_understood("algorithm", 0));
}

#[test]
fn every_signature_check_is_asked_for_first() {
    let [leaf, middle, root] = chain();
    let (chain, anchors) = (read(&[leaf, middle]), read(&[root]));
    for allowed in 0..3 {
        let mut left = allowed;
        let mut budget = || {
            let some = left > 0;
            left -= usize::from(some);
            some
        };
        let expected = if allowed < 2 { Err(Problem::Budget) } else { Ok(()) };
        assert_eq!(validate(&chain, &anchors, now(), None, &mut budget), expected);
    }
}

#[test]
fn paths_of_every_algorithm() {
    // Made by another implementation (certificates/make.py): RSA with PKCS #1 and PSS, P-256, P-384, P-521, Ed25519.
    let at = Timestamp::parse("2030-01-01T00:00:00Z").unwrap();
    let pem = |text: &str| {
        let parts = text
            .split("-----END CERTIFICATE-----")
            .filter_map(|part| part.split_once("-----BEGIN CERTIFICATE-----"));
        parts
            .map(|(_, body)| Base64::decode_vec(&body.replace(['\n', '\r'], "")).unwrap())
            .collect::<Vec<_>>()
    };
    let mut ways = 0;
    for text in include_str!("certificates/chains.pem").split("# ").skip(1) {
        let ders = pem(text);
        let (anchor, chain) = ders.split_last().unwrap();
        let name = text.lines().next().unwrap();
        assert_eq!(path_at(chain, std::slice::from_ref(anchor), at), Ok(()), "{name}");
        // With another signature it is none.
        let mut forged = chain.to_vec();
        let last = forged[0].len() - 1;
        forged[0][last] ^= 1;
        assert!(path_at(&forged, std::slice::from_ref(anchor), at).is_err(), "{name}");
        ways += 1;
    }
    assert_eq!(ways, 8);
}

// The bytes

#[test]
fn a_certificate_is_exactly_its_der() {
    let [leaf, ..] = chain();
    assert_eq!(Certificate::parse(&leaf).unwrap().der(), leaf);
    for end in 0..leaf.len() {
        assert!(Certificate::parse(&leaf[..end]).is_err(), "{end}");
    }
    let longer = [leaf.as_slice(), &[0]].concat();
    assert!(Certificate::parse(&longer).is_err());
    // A length in more bytes than it needs, and one that is not said.
    let long = [&[0x30, 0x83, 0], &leaf[2..]].concat();
    assert!(Certificate::parse(&long).is_err());
    let indefinite = [&[0x30, 0x80], &leaf[4..], &[0, 0]].concat();
    assert!(Certificate::parse(&indefinite).is_err());
    assert!(Certificate::parse(b"-----BEGIN CERTIFICATE-----").is_err());
}

#[test]
fn a_certificate_does_not_say_two_things() {
    let sign = |change: &dyn Fn(&mut Spec)| {
        let mut spec = leaf_spec();
        change(&mut spec);
        Certificate::parse(&spec.sign(&middle()))
    };
    assert!(sign(&|_| {}).is_ok());
    let wrong: [&dyn Fn(&mut Spec); 14] = [
        &|spec| spec.extensions.push(key_usage(DIGITAL_SIGNATURE)),
        &|spec| spec.inner_algorithm = Some(signer().algorithm()),
        &|spec| spec.version = element(0xA0, &[2, 1, 1]),
        &|spec| spec.version = element(0xA0, &[2, 1, 3]),
        &|spec| spec.version = Vec::new(),
        &|spec| spec.version = element(0xA0, &[2, 2, 0, 2]),
        &|spec| spec.not_before = utc("2401010000Z"),
        &|spec| spec.not_before = utc("240101000000+0000"),
        &|spec| spec.not_before = utc("240230000000Z"),
        &|spec| spec.not_after = element(0x18, b"20340101000000.5Z"),
        &|spec| spec.extensions.push(sequence(&[&element(6, &[0x2A, 3]), &[1, 1, 1], &element(4, &[])])),
        &|spec| spec.extensions.push(sequence(&[&element(6, &[0x2A, 3]), &[1, 1, 0], &element(4, &[])])),
        &|spec| spec.extensions = vec![extension(BASIC_CONSTRAINTS, true, &[0x30, 0, 0])],
        &|spec| spec.extensions = vec![alternative(&[(6, "did:web:a\0b")])],
    ];
    for (index, change) in wrong.iter().enumerate() {
        assert!(sign(*change).is_err(), "{index}");
    }
}

// Names

#[test]
fn a_certificate_names_an_issuer() {
    use Match::{Identifier, Organization, Other, Unknown};
    let of = |names: &[(u8, &str)], id: &str, claims: Value| {
        let mut spec = leaf_spec();
        spec.extensions = vec![alternative(names)];
        let read = Certificate::parse(&spec.sign(&middle())).unwrap();
        let text = claims.to_string();
        let tree = Tree::parse(text.as_bytes(), &Limits::default()).unwrap();
        read.names.of_issuer(id, tree.root().as_object())
    };
    let no = json!({});
    let url = "https://college.example/issuers/1";
    for (names, id, expected) in [
        (&[(6, DID)][..], DID, Identifier("uri")),
        (&[(6, url)], url, Identifier("uri")),
        (&[(6, "did:key:z6Mk")], "did:key:z6Mk", Identifier("uri")),
        (&[(6, "urn:x:1")], "urn:x:1", Identifier("uri")),
        (&[(6, "did:web:other.example"), (6, DID)], DID, Identifier("uri")),
        (&[(6, "did:web:college.example.evil.example")], DID, Unknown),
        (&[(6, "DID:web:college.example")], DID, Unknown),
        (&[(6, "https://college.example/issuers")], url, Unknown),
        (&[(2, "college.example")], DID, Identifier("host")),
        (&[(2, "COLLEGE.example")], url, Identifier("host")),
        (&[(2, "college.example")], "https://college.example:8443/", Identifier("host")),
        (&[(2, "college.example")], "did:web:college.example%3A8443:a", Identifier("host")),
        (&[(2, "other.example"), (2, "college.example")], DID, Identifier("host")),
        (&[(2, "other.example")], DID, Other),
        (&[(2, "example")], DID, Other),
        (&[(2, "college.example.")], DID, Other),
        (&[(2, "*.example")], DID, Unknown),
        (&[(2, "college.example")], "http://college.example/", Unknown),
        (&[(2, "college.example")], "did:example:college.example", Unknown),
        (&[(2, "college.example")], "urn:college.example", Unknown),
        (&[(1, "a@college.example")], DID, Unknown),
        (&[], DID, Unknown),
    ] {
        assert_eq!(of(names, id, no.clone()), expected, "{names:?} {id}");
    }
    // Legal persons, whose identifier in the record is nobody's.
    let urn = "urn:epass:org:1";
    for (claims, expected) in [
        (json!({"eIDASLegalIdentifier": "VATXX-1"}), Organization("organizationIdentifier")),
        (json!({"eIDASLegalIdentifier": {"notation": "VATXX-1"}}), Organization("organizationIdentifier")),
        (json!({"eIDASLegalIdentifier": "VATXX-2", "legalName": "College"}), Other),
        (json!({"eIDASLegalIdentifier": ["VATXX-1", "VATXX-2"]}), Other),
        (json!({"legalName": "College"}), Organization("organization")),
        (json!({"legalName": {"en": "College", "de": "Hochschule"}}), Organization("organization")),
        (json!({"legalName": {"en": ["College"]}}), Organization("organization")),
        (json!({"legalName": "The College"}), Unknown),
        (json!({"legalName": 1, "eIDASLegalIdentifier": 1}), Unknown),
        (json!({"name": "College"}), Unknown),
    ] {
        assert_eq!(of(&[], urn, claims.clone()), expected, "{claims}");
        // Who can be asked is asked: what a signer calls itself does not make it the owner of a DID.
        for id in [DID, url, "http://college.example/", "did:key:z6Mk"] {
            assert_eq!(of(&[], id, claims.clone()), Unknown, "{claims} {id}");
        }
    }
}

// Tokens

/// A token of the owner of the signer's key, with these certificates.
fn token(id: &Value, x5c: &[Vec<u8>], header: Value) -> String {
    let mut header = header;
    header["x5c"] = json!(x5c.iter().map(|der| Base64::encode_string(der)).collect::<Vec<_>>());
    if header.get("kid").is_none() {
        header["kid"] = Value::Null;
    }
    issuer().token(header, &with(&vcdm2(), "/issuer", id.clone()))
}

fn knowing(anchors: &[Vec<u8>]) -> Policy {
    let mut policy = Policy::accepting(Issuers::Anyone);
    policy.x509_anchors = anchors.iter().map(|der| Base64::encode_string(der)).collect();
    policy
}

fn report(token: &str, policy: Policy) -> Report {
    verify_with(token, policy, &Resources::new(), &occasion())
}

fn bound(report: &Report) -> (Vec<Code>, Option<&'static str>) {
    (codes(report, CheckId::IssuerBound), report.issuer().and_then(|issuer| issuer.bound_by))
}

#[test]
fn a_certificate_of_a_known_authority_ties_the_key_to_the_issuer() {
    let [leaf, middle, root] = chain();
    for id in [DID, "https://college.example/issuers/1"] {
        let report =
            report(&token(&json!(id), &[leaf.clone(), middle.clone()], json!({})), knowing(&[root.clone()]));
        assert_eq!(bound(&report), (vec![Code::IssuerIsBound], Some("x509")), "{}", report.to_json());
        assert!(matches!(report.verdict(), Verdict::Verified(_)), "{}", report.to_json());
        assert!(report.requests().is_empty());
    }
}

#[test]
fn without_anchors_certificates_prove_nothing_for_or_against() {
    let [leaf, middle, _] = chain();
    let mut old = leaf_spec();
    old.not_after = utc("250101000000Z");
    for x5c in [
        vec![leaf.clone()],
        vec![leaf.clone(), middle.clone()],
        vec![old.sign(&self::middle()), middle],
        vec![leaf.clone(), leaf],
    ] {
        for id in [DID, "did:web:other.example", "urn:x:1"] {
            let report = report(&token(&json!(id), &x5c, json!({})), Policy::accepting(Issuers::Anyone));
            assert_eq!(codes(&report, CheckId::ProofSignature), [Code::SignatureGood]);
            assert_eq!(bound(&report), (vec![Code::IssuerNoAnchor], None));
            assert!(matches!(report.verdict(), Verdict::Indeterminate), "{}", report.to_json());
            assert!(report.requests().is_empty());
        }
    }
}

#[test]
fn what_comes_of_a_path_is_in_the_report() {
    let [leaf, middle, root] = chain();
    let change = |change: &dyn Fn(&mut Spec)| {
        let mut spec = leaf_spec();
        change(&mut spec);
        vec![spec.sign(&self::middle()), middle.clone()]
    };
    for (id, x5c, code) in [
        ("did:web:other.example", vec![leaf.clone(), middle.clone()], Code::IssuerNotBound),
        ("did:example:1", vec![leaf.clone(), middle.clone()], Code::IssuerNotNamed),
        (DID, change(&|spec| spec.not_after = utc("250101000000Z")), Code::IssuerPathBroken),
        (DID, change(&|spec| spec.extensions.push(key_usage_of_others())), Code::IssuerPathNotUnderstood),
        (DID, vec![leaf.clone()], Code::IssuerNoAnchor),
    ] {
        let report = report(&token(&json!(id), &x5c, json!({})), knowing(&[root.clone()]));
        assert_eq!(bound(&report), (vec![code], None), "{}", report.to_json());
        assert!(!matches!(report.verdict(), Verdict::Verified(_)));
        assert!(report.requests().is_empty());
    }
}

fn key_usage_of_others() -> Vec<u8> {
    extension(&[0x2A, 3], true, &[5, 0])
}

#[test]
fn an_organisation_is_not_an_identifier() {
    let [leaf, middle, root] = chain();
    let id = json!({"id": "urn:epass:org:1", "legalName": "College", "eIDASLegalIdentifier": "VATXX-1"});
    let token = token(&id, &[leaf, middle], json!({}));
    let report = report(&token, knowing(&[root.clone()]));
    assert_eq!(bound(&report), (vec![Code::IssuerIsBound], Some("x509")), "{}", report.to_json());
    // Whoever else has a certificate could write the same identifier into a record.
    let mut policy = knowing(&[root]);
    policy.accepted_issuers = Issuers::one_of(["urn:epass:org:1"]);
    let report = self::report(&token, policy);
    assert_eq!(bound(&report), (vec![Code::IssuerNotNamed], None), "{}", report.to_json());
}

#[test]
fn the_signers_certificate_is_the_first() {
    let [leaf, middle, root] = chain();
    // The key of the second did not sign, and the first is not certified by what follows.
    let report =
        report(&token(&json!(DID), &[middle.clone(), leaf.clone()], json!({})), knowing(&[root.clone()]));
    assert_eq!(
        codes(&report, CheckId::KeyResolved),
        [Code::KeyType],
        "the authority has another kind of key"
    );
    // Certificates of somebody else, copied from a token of theirs.
    let stolen = attacker().token(
        json!({"kid": null, "x5c": [Base64::encode_string(&leaf), Base64::encode_string(&middle)]}),
        &with(&vcdm2(), "/issuer", json!(DID)),
    );
    let report = self::report(&stolen, knowing(&[root]));
    assert_eq!(codes(&report, CheckId::ProofSignature), [Code::SignatureInvalid]);
    assert!(matches!(report.verdict(), Verdict::NotVerified));
}

#[test]
fn a_header_with_certificates_names_one_key() {
    let [leaf, middle, root] = chain();
    let x5c = [leaf.clone(), middle];
    let digest = |der: &[u8]| encode(&Sha256::digest(der));
    for (header, code) in [
        (json!({"x5t#S256": digest(&leaf)}), None),
        (json!({"x5t#S256": digest(&root)}), Some(Code::KeyCertificateDigest)),
        (json!({"jwk": issuer().jwk()}), None),
        (json!({"jwk": attacker().jwk()}), Some(Code::KeyConflict)),
        // A name, such as JAdES has it, and the address of another key.
        (json!({"kid": "MIGNMIGApH4wfDELMAkGA1UEBhMC"}), None),
        (json!({"kid": attacker().kid()}), Some(Code::KeyConflict)),
    ] {
        let report = report(&token(&json!(DID), &x5c, header.clone()), knowing(&[root.clone()]));
        match code {
            None => assert_eq!(bound(&report), (vec![Code::IssuerIsBound], Some("x509")), "{header}"),
            Some(code) => {
                assert_eq!(codes(&report, CheckId::KeyResolved), [code], "{}", report.to_json());
                assert!(matches!(report.verdict(), Verdict::NotVerified));
            }
        }
    }
    // A `kid` that is the address of the same key is asked as always: its document says whose it is.
    let report =
        report(&token(&json!(issuer().did()), &x5c, json!({"kid": issuer().kid()})), knowing(&[root]));
    assert_eq!(bound(&report), (vec![Code::IssuerIsBound], Some("didKey")));
}

#[test]
fn certificates_have_a_limit_and_must_be_some() {
    let [leaf, ..] = chain();
    let many = |count: usize| vec![leaf.clone(); count];
    let at =
        |x5c: &[Vec<u8>]| report(&token(&json!(DID), x5c, json!({})), Policy::accepting(Issuers::Anyone));
    assert_eq!(bound(&at(&many(MAX_CERTIFICATES))).0, [Code::IssuerNoAnchor]);
    let report = at(&many(MAX_CERTIFICATES + 1));
    assert_eq!(codes(&report, CheckId::Limits), [Code::LimitCertificates]);
    assert!(matches!(report.verdict(), Verdict::Indeterminate), "{}", report.to_json());
    for wrong in
        [vec![b"x".to_vec()], vec![leaf.clone(), vec![0x30, 0]], vec![[leaf.as_slice(), b"x"].concat()]]
    {
        let report = at(&wrong);
        assert_eq!(codes(&report, CheckId::KeyResolved), [Code::KeyCertificateInvalid]);
        assert!(matches!(report.verdict(), Verdict::NotVerified));
    }
}

#[test]
fn the_budget_of_signatures_holds_for_certificates() {
    let [leaf, middle, root] = chain();
    let token = token(&json!(DID), &[leaf, middle], json!({}));
    for (left, good) in [(3, true), (2, false), (1, false)] {
        let mut policy = knowing(&[root.clone()]);
        policy.limits.signatures = left;
        let report = report(&token, policy);
        assert_eq!(matches!(report.verdict(), Verdict::Verified(_)), good, "{left}");
        assert_eq!(matches!(report.verdict(), Verdict::Indeterminate), !good, "{left}");
    }
}

#[test]
fn anchors_are_certificates_or_the_policy_is_impossible() {
    let [_, _, root] = chain();
    let base64 = Base64::encode_string(&root);
    let pem = format!("-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n", &base64);
    for good in [base64.clone(), pem.clone(), format!("\n{pem}"), base64.replace('M', "\nM")] {
        let mut policy = Policy::accepting(Issuers::Anyone);
        policy.x509_anchors = vec![good];
        assert!(ler_verify::Verifier::new(policy.clone()).is_ok());
        assert_eq!(Policy::from_json(policy.to_json().as_bytes()), Ok(policy));
    }
    for bad in [
        "",
        "x",
        "MA==",
        &pem.replace("END", "STOP"),
        &format!("{pem}{pem}"),
        &base64[4..],
        &base64.replacen("M", "N", 1),
    ] {
        let mut policy = Policy::accepting(Issuers::Anyone);
        policy.x509_anchors = vec![base64.clone(), bad.to_owned()];
        let error = ler_verify::Verifier::new(policy).unwrap_err();
        assert_eq!(error, ler_verify::PolicyError::Anchor(1), "{bad}");
    }
}

#[test]
fn it_runs_on_a_small_stack() {
    let [leaf, middle, root] = chain();
    let run = move || {
        let mut x5c = vec![leaf, middle];
        x5c.extend(vec![root.clone(); MAX_CERTIFICATES - 2]);
        let report = report(&token(&json!(DID), &x5c, json!({})), knowing(&[root]));
        assert!(matches!(report.verdict(), Verdict::Verified(_)));
    };
    std::thread::Builder::new().stack_size(256 * 1024).spawn(run).unwrap().join().unwrap();
}
