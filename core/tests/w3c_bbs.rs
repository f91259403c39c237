//! `bbs-2023` (Data Integrity BBS Cryptosuites 1.0): the test vectors of the draft, with every intermediate value, and
//! everything that a derived proof could be changed to.
//!
//! Not verified: the folders `HolderBinding`, `Pseudonym` and `PseudonymHB`, whose options stand on drafts that still move;
//! they are named as unsupported. Left out: keys, pointers and other inputs of issuers and holders, which a verifier has
//! not.
#![cfg(feature = "bbs")]
#![allow(clippy::disallowed_methods)] // a test reads files

mod support;

use std::path::{Path, PathBuf};

use ler_verify::encoding::{base64url, cbor, hex, multibase};
use ler_verify::{
    CheckId, Code, InlineContexts, IssuerKey, Issuers, Occasion, PinnedContext, Policy, Report, Resource,
    ResourceKind, Resources, Timestamp, Verdict, Verifier,
};
use serde_json::Value;
use sha2::{Digest, Sha256};
use support::answers::codes;

/// The folders of the baseline, with the inline vocabulary of a regatta and with the context of a residence card.
const BASELINE: [&str; 2] = ["", "prc"];
/// The folders of the options, with the option that the header says. The vectors of a pseudonym alone have the header of a
/// pseudonym with holder binding.
const OPTIONS: [(&str, &str); 3] = [
    ("HolderBinding", "anonymous_holder_binding"),
    ("Pseudonym", "holder_binding_pseudonym"),
    ("PseudonymHB", "holder_binding_pseudonym"),
];

const CITIZENSHIP: (&str, &str) = ("https://w3id.org/citizenship/v4rc1", "w3id.org_citizenship_v4rc1.jsonld");

/// The vectors and a verifier that accepts what they need: the key as that of both issuers, whose identifiers have nothing to
/// do with it, the one further context, and a vocabulary inside a document.
struct Bench {
    folder: PathBuf,
    verifier: Verifier,
    resources: Resources,
}

impl Bench {
    fn new() -> Option<Self> {
        let source = support::source("w3c_bbs", "w3c-vc-di-bbs")?;
        let folder = source.join("TestVectors");
        let resources = Resources::new();
        let mut policy = Policy::accepting(Issuers::Anyone);
        policy.explain = true;
        policy.inline_contexts = InlineContexts::AllowUnreservedWithVocab;
        let context = std::fs::read(source.join("../contexts").join(CITIZENSHIP.1)).unwrap();
        let sha256 = hex(&Sha256::digest(&context));
        policy.contexts.push(PinnedContext { url: CITIZENSHIP.0.into(), sha256 });
        resources.insert(ResourceKind::Context, CITIZENSHIP.0, Resource::new(context));
        for example in BASELINE {
            let document = json(&folder.join(example).join("derivedRevealDocument.json"));
            let method = text(&document["proof"]["verificationMethod"]);
            let issuer =
                document["issuer"].as_str().or(document["issuer"]["id"].as_str()).unwrap().to_owned();
            policy.issuer_keys.push(IssuerKey { issuer, key: method.rsplit_once('#').unwrap().1.to_owned() });
        }
        Some(Bench { folder, verifier: Verifier::new(policy).unwrap(), resources })
    }

    /// The derived credential of an example.
    fn derived(&self, example: &str) -> Value {
        json(&self.folder.join(example).join("derivedRevealDocument.json"))
    }

    fn verify(&self, document: &Value) -> Report {
        let occasion = Occasion::at(Timestamp::parse("2025-06-01T12:00:00Z").unwrap());
        self.verifier.verify(document.to_string().as_bytes(), &self.resources, &occasion)
    }

    /// What is said of the signature of a document, which is not that it is good.
    fn refused(&self, document: &Value) -> Code {
        let report = self.verify(document);
        assert!(!matches!(report.verdict(), Verdict::Verified(_)), "{}", report.to_json());
        let codes = codes(&report, CheckId::ProofSignature);
        assert_eq!(codes.len(), 1, "{}", report.to_json());
        assert_ne!(codes[0], Code::SignatureGood, "{}", report.to_json());
        codes[0]
    }
}

fn json(path: &Path) -> Value {
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

/// The components of a derived proof value.
#[derive(Clone, Debug, PartialEq)]
struct Parts {
    bbs_proof: Vec<u8>,
    label_map: Vec<(i64, i64)>,
    mandatory: Vec<i64>,
    selective: Vec<i64>,
    presentation_header: Vec<u8>,
}

impl Parts {
    fn of(document: &Value) -> Self {
        let bytes = multibase::decode(text(&document["proof"]["proofValue"]), 10_000).unwrap();
        let value = cbor::read(&bytes[3..], cbor::Bounds { depth: 3, values: 1_000 }, &[]).unwrap();
        let [bbs_proof, label_map, mandatory, selective, presentation_header] = value.as_array().unwrap()
        else {
            panic!("{value:?}")
        };
        let int = |value: &cbor::Value<'_>| value.as_int().unwrap();
        let ints = |value: &cbor::Value<'_>| value.as_array().unwrap().iter().map(int).collect();
        Parts {
            bbs_proof: bbs_proof.as_bytes().unwrap().to_vec(),
            label_map: label_map
                .as_map()
                .unwrap()
                .iter()
                .map(|(key, value)| (int(key), int(value)))
                .collect(),
            mandatory: ints(mandatory),
            selective: ints(selective),
            presentation_header: presentation_header.as_bytes().unwrap().to_vec(),
        }
    }

    /// The five components, each encoded.
    fn components(&self) -> Vec<Vec<u8>> {
        let mut label_map = head(5, self.label_map.len() as u64);
        for (key, value) in &self.label_map {
            label_map.extend([integer(*key), integer(*value)].concat());
        }
        vec![
            byte_string(&self.bbs_proof),
            label_map,
            array(&self.mandatory.iter().copied().map(integer).collect::<Vec<_>>()),
            array(&self.selective.iter().copied().map(integer).collect::<Vec<_>>()),
            byte_string(&self.presentation_header),
        ]
    }
}

fn head(major: u8, argument: u64) -> Vec<u8> {
    let bytes = argument.to_be_bytes();
    match argument {
        0..=23 => vec![major << 5 | bytes[7]],
        24..=0xFF => vec![major << 5 | 24, bytes[7]],
        0x100..=0xFFFF => [&[major << 5 | 25][..], &bytes[6..]].concat(),
        0x1_0000..=0xFFFF_FFFF => [&[major << 5 | 26][..], &bytes[4..]].concat(),
        _ => [&[major << 5 | 27][..], &bytes].concat(),
    }
}

fn integer(number: i64) -> Vec<u8> {
    if number < 0 { head(1, !number as u64) } else { head(0, number as u64) }
}

fn byte_string(bytes: &[u8]) -> Vec<u8> {
    [head(2, bytes.len() as u64), bytes.to_vec()].concat()
}

fn array(items: &[Vec<u8>]) -> Vec<u8> {
    [head(4, items.len() as u64), items.concat()].concat()
}

/// The document with another proof value: a header and a body.
fn with_bytes(document: &Value, header: [u8; 3], body: &[u8]) -> Value {
    let mut document = document.clone();
    document["proof"]["proofValue"] = format!("u{}", base64url::encode(&[&header, body].concat())).into();
    document
}

const DERIVED: [u8; 3] = [0xD9, 0x5D, 0x03];

fn with_parts(document: &Value, change: impl FnOnce(&mut Parts)) -> Value {
    let mut parts = Parts::of(document);
    change(&mut parts);
    with_bytes(document, DERIVED, &array(&parts.components()))
}

fn with_components(document: &Value, change: impl FnOnce(&mut Vec<Vec<u8>>)) -> Value {
    let mut components = Parts::of(document).components();
    change(&mut components);
    with_bytes(document, DERIVED, &array(&components))
}

#[test]
fn every_intermediate_value_is_that_of_the_draft() {
    let Some(bench) = Bench::new() else { return };
    for example in BASELINE {
        let document = bench.derived(example);
        let folder = bench.folder.join(example);
        let report = bench.verify(&document);
        assert!(matches!(report.verdict(), Verdict::Verified(_)), "{}", report.to_json());
        assert_eq!(codes(&report, CheckId::ProofSuite), [Code::ProofSuiteKnown]);
        assert_eq!(codes(&report, CheckId::ProofSignature), [Code::SignatureGood]);
        let proof = &report.proofs()[0];
        assert_eq!(proof.key_type, Some("BLS12-381 G2"));

        // createVerifyData: both hashes, which are those that the issuer signed.
        let explanation = proof.explanation.as_ref().unwrap();
        let hashes = json(&folder.join("addHashData.json"));
        let (proof_hash, mandatory_hash) = (text(&hashes["proofHash"]), text(&hashes["mandatoryHash"]));
        assert_eq!(explanation.proof_options_hash, proof_hash, "{example}");
        assert_eq!(explanation.document_hash, mandatory_hash, "{example}");
        assert_eq!(explanation.hash_data, [proof_hash, mandatory_hash].concat(), "{example}");
        let options = std::fs::read_to_string(folder.join("addProofConfigCanon.txt")).unwrap();
        assert_eq!(explanation.canonical_proof_options.trim_end(), options.trim_end(), "{example}");

        // The statements under the issuer's names for blank nodes, and which of them are mandatory.
        let lines: Vec<String> =
            explanation.canonical_document.split_inclusive('\n').map(str::to_owned).collect();
        let parts = Parts::of(&document);
        let chosen = |mandatory: bool| -> Vec<Value> {
            let is = |index: usize| parts.mandatory.contains(&i64::try_from(index).unwrap());
            let lines = lines.iter().enumerate();
            lines.filter(|(index, _)| is(*index) == mandatory).map(|(_, line)| line.as_str().into()).collect()
        };
        let base = json(&folder.join("addBaseTransform.json"));
        let signed = |group: &str| -> Vec<Value> {
            base[group]["value"].as_array().unwrap().iter().map(|entry| entry[1].clone()).collect()
        };
        assert_eq!(chosen(true), signed("mandatory"), "{example}");
        let messages = signed("nonMandatory");
        let shown: Vec<Value> =
            parts.selective.iter().map(|index| messages[usize::try_from(*index).unwrap()].clone()).collect();
        assert_eq!(chosen(false), shown, "{example}");
        if example == "prc" {
            let expected = json(&folder.join("verifyNQuads.json"));
            assert_eq!(Value::from(lines), expected);
        }
    }
}

#[test]
fn the_components_of_a_proof_value_are_those_of_the_draft() {
    let Some(bench) = Bench::new() else { return };
    for (example, file, selective) in [
        ("", "derivedDisclosureData", "adjSelectiveIndexes"),
        ("prc", "verifyDerivedProofValue", "adjSelectedIndexes"),
    ] {
        let document = bench.derived(example);
        let expected = json(&bench.folder.join(example).join(format!("{file}.json")));
        let parts = Parts::of(&document);
        let map = expected["labelMap"].as_array().or(expected["labelMap"]["value"].as_array()).unwrap();
        let labels: Vec<String> =
            parts.label_map.iter().map(|(key, value)| format!(r#"["c14n{key}","b{value}"]"#)).collect();
        assert_eq!(Value::from(map.clone()).to_string(), format!("[{}]", labels.join(",")));
        assert_eq!(hex(&parts.bbs_proof), text(&expected["bbsProof"]));
        assert_eq!(Value::from(parts.mandatory.clone()), expected["mandatoryIndexes"]);
        assert_eq!(Value::from(parts.selective.clone()), expected[selective]);
        // The test's own encoder gives back what it read.
        assert_eq!(with_parts(&document, |_| ()), document);
    }
}

#[test]
fn a_base_proof_is_the_holders_own() {
    let Some(bench) = Bench::new() else { return };
    for folder in BASELINE.into_iter().chain(OPTIONS.map(|(folder, _)| folder)) {
        let report = bench.verify(&json(&bench.folder.join(folder).join("addSignedSDBase.json")));
        assert_eq!(codes(&report, CheckId::ProofSuite), [Code::ProofBase], "{folder}");
        assert!(matches!(report.verdict(), Verdict::Indeterminate), "{folder}");
    }
}

#[test]
fn options_are_named_as_unsupported() {
    let Some(bench) = Bench::new() else { return };
    for (folder, option) in OPTIONS {
        let report = bench.verify(&bench.derived(folder));
        let check = report.checks().iter().find(|check| check.id == CheckId::ProofSuite).unwrap();
        assert_eq!(check.code, Code::ProofSuiteUnsupported, "{folder}");
        let details = serde_json::to_value(&check.details).unwrap();
        assert_eq!(details, serde_json::json!({"suite": "bbs-2023", "option": option}), "{folder}");
        assert!(!matches!(report.verdict(), Verdict::Verified(_)), "{folder}");
    }
}

/// Every header, of this suite and of the other one with selective disclosure, before the components of a good proof.
#[test]
fn d29_only_the_header_of_a_derived_proof_is_taken() {
    let Some(bench) = Bench::new() else { return };
    let document = bench.derived("prc");
    let body = array(&Parts::of(&document).components());
    for last in 0..=0x10 {
        let report = bench.verify(&with_bytes(&document, [0xD9, 0x5D, last], &body));
        let (suite, signature) = match last {
            3 => (Code::ProofSuiteKnown, vec![Code::SignatureGood]),
            2 | 4 | 6 | 8 => (Code::ProofBase, vec![]),
            5 | 7 | 9 => (Code::ProofSuiteUnsupported, vec![]),
            _ => (Code::ProofSuiteKnown, vec![Code::SignatureEncoding]),
        };
        assert_eq!(codes(&report, CheckId::ProofSuite), [suite], "{last}");
        assert_eq!(codes(&report, CheckId::ProofSignature), signature, "{last}");
        assert_eq!(matches!(report.verdict(), Verdict::Verified(_)), last == 3);
    }
    for header in [[0xD8, 0x5D, 3], [0xD9, 0x5C, 3]] {
        assert_eq!(bench.refused(&with_bytes(&document, header, &body)), Code::SignatureEncoding);
    }
}

#[test]
fn d17_a_proof_value_has_one_spelling() {
    let Some(bench) = Bench::new() else { return };
    let document = bench.derived("prc");
    let value = text(&document["proof"]["proofValue"]).to_owned();
    let body = value.strip_prefix('u').unwrap();
    let bytes = multibase::decode(&value, 10_000).unwrap();
    assert_ne!(bytes.len() % 3, 0, "the last character has bits to spare");
    let last = body.chars().last().unwrap();
    let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let next = alphabet.chars().nth(alphabet.find(last).unwrap() + 1).unwrap();
    for spelling in [
        body.to_owned(),
        format!("m{body}"),
        format!("U{body}"),
        multibase::encode_z(&bytes),
        format!("f{}", hex(&bytes)),
        format!("u{body}="),
        format!("u{body}=="),
        format!("u {body}"),
        format!("{value}\n"),
        format!("u{}{next}", &body[..body.len() - 1]),
        String::from("u"),
        String::new(),
        value.replace('_', "/"),
    ] {
        assert_ne!(spelling, value);
        let mut changed = document.clone();
        changed["proof"]["proofValue"] = spelling.clone().into();
        assert_eq!(bench.refused(&changed), Code::SignatureEncoding, "{spelling}");
    }
}

#[test]
fn cbor_is_exactly_the_five_components() {
    let Some(bench) = Bench::new() else { return };
    let document = bench.derived("prc");
    let malformed =
        |changed: Value| assert_eq!(bench.refused(&changed), Code::SignatureEncoding, "{changed}");
    let components = Parts::of(&document).components();
    let body = array(&components);
    // Too few, too many, in another order, something after the last.
    malformed(with_components(&document, |all| drop(all.pop())));
    malformed(with_components(&document, |all| all.push(integer(1))));
    malformed(with_components(&document, Vec::clear));
    malformed(with_components(&document, |all| all.swap(0, 1)));
    malformed(with_bytes(&document, DERIVED, &[&body[..], &[0]].concat()));
    malformed(with_bytes(&document, DERIVED, &body[..body.len() - 1]));
    malformed(with_bytes(&document, DERIVED, &[]));
    // Each component of another type, tagged, or of an indefinite length.
    let others = [
        integer(0),
        integer(-1),
        vec![0xF6],
        vec![0x60],
        vec![0x80],
        vec![0xA0],
        vec![0x40],
        array(&[vec![0x40]]),
        array(&[integer(-1)]),
    ];
    for at in 0..components.len() {
        let kind = components[at][0] >> 5;
        for other in others.iter().filter(|other| other[0] >> 5 != kind || other.len() > 1) {
            malformed(with_components(&document, |all| all[at].clone_from(other)));
        }
        malformed(with_components(&document, |all| all[at].insert(0, 0xC1)));
        malformed(with_components(&document, |all| {
            let rest = all[at].split_off(1);
            all[at] = [&[(kind << 5) | 31][..], &rest, &[0xFF]].concat();
        }));
    }
    // Longer heads than are needed: of the array, of an index.
    malformed(with_bytes(&document, DERIVED, &[&[0x98, 5], &body[1..]].concat()));
    malformed(with_components(&document, |all| all[2] = vec![0x84, 0x18, 0, 4, 5, 7]));
    malformed(with_bytes(&document, DERIVED, &[&[0xD9, 0xD9, 0xF7], &body[..]].concat()));
}

#[test]
fn no_byte_of_a_proof_value_can_be_changed() {
    let Some(bench) = Bench::new() else { return };
    let document = bench.derived("prc");
    let body = array(&Parts::of(&document).components());
    let proof_ends = 4 + Parts::of(&document).bbs_proof.len();
    let mut outcomes = std::collections::BTreeMap::new();
    // Of the BBS proof itself every byte is changed in another test.
    for at in (0..4).chain((4..proof_ends).step_by(29)).chain(proof_ends..body.len()) {
        for bit in [0, 5] {
            let mut changed = body.clone();
            changed[at] ^= 1 << bit;
            let code = bench.refused(&with_bytes(&document, DERIVED, &changed));
            *outcomes.entry(format!("{code:?}")).or_insert(0) += 1;
        }
    }
    // Other lengths, other names and indexes, other values.
    for code in [Code::SignatureEncoding, Code::SignatureStatements, Code::SignatureInvalid] {
        assert!(outcomes.get(&format!("{code:?}")).is_some_and(|count| *count > 1), "{outcomes:?}");
    }
    assert_eq!(outcomes.len(), 3, "{outcomes:?}");
}

/// A change of a label map.
type MapChange<'c> = &'c dyn Fn(&mut Vec<(i64, i64)>);

#[test]
fn a_label_map_names_every_blank_node_once_as_the_issuer_did() {
    let Some(bench) = Bench::new() else { return };
    for example in BASELINE {
        let document = bench.derived(example);
        let map = |change: MapChange<'_>| {
            bench.refused(&with_parts(&document, |parts| change(&mut parts.label_map)))
        };
        // Another name, two exchanged: the statements are others, or stand in another order.
        let other_names: [MapChange<'_>; 3] = [
            &|map| map[0].1 = 99,
            &|map| {
                let first = map[0].1;
                map[0].1 = map[1].1;
                map[1].1 = first;
            },
            &|map| {
                map[0].0 = 1;
                map[1].0 = 0;
            },
        ];
        for change in other_names {
            assert_eq!(map(change), Code::SignatureInvalid, "{example}");
        }
        // One name for two nodes, one too few, one too many.
        let unfit: [MapChange<'_>; 4] = [
            &|map| map[1].1 = map[0].1,
            &|map| map.truncate(map.len() - 1),
            &|map| map.push((i64::try_from(map.len()).unwrap(), 50)),
            &Vec::clear,
        ];
        for change in unfit {
            assert_eq!(map(change), Code::SignatureStatements, "{example}");
        }
        // A key twice, a gap, numbers that are none.
        let malformed: [MapChange<'_>; 6] = [
            &|map| map.push(map[0]),
            &|map| map[0].0 = 70,
            &|map| map[0].0 = -1,
            &|map| map[0].1 = -1,
            &|map| map[0].1 = i64::MAX,
            &|map| map[0] = map.pop().unwrap(),
        ];
        for change in malformed {
            assert_eq!(map(change), Code::SignatureEncoding, "{example}");
        }
    }
}

#[test]
fn indexes_are_those_of_the_issuer_and_the_holder() {
    let Some(bench) = Bench::new() else { return };
    let document = bench.derived("prc");
    assert_eq!(Parts::of(&document).mandatory, [0, 4, 5, 7]);
    assert_eq!(Parts::of(&document).selective, [0, 1, 7, 17, 18, 19]);
    let mandatory =
        |indexes: &[i64]| bench.refused(&with_parts(&document, |parts| parts.mandatory = indexes.to_vec()));
    // As many, but others; beyond the statements; twice; not ascending; too few; too many.
    assert_eq!(mandatory(&[1, 4, 5, 7]), Code::SignatureInvalid);
    for indexes in [
        &[0, 4, 5, 10][..],
        &[0, 4, 5, i64::MAX],
        &[0, 4, 5, 5],
        &[0, 4, 5, 7, 7],
        &[7, 5, 4, 0],
        &[4, 0, 5, 7],
        &[0, 4, 5],
        &[],
        &[0, 4, 5, 7, 8],
    ] {
        assert_eq!(mandatory(indexes), Code::SignatureStatements, "{indexes:?}");
    }
    assert_eq!(mandatory(&[0, 4, 5, -1]), Code::SignatureEncoding);

    let selective =
        |indexes: &[i64]| bench.refused(&with_parts(&document, |parts| parts.selective = indexes.to_vec()));
    for indexes in
        [&[0, 1, 7, 17, 18, 16][..], &[0, 1, 7, 17, 18, 18], &[0, 1, 7, 17, 18, 20], &[19, 18, 17, 7, 1, 0]]
    {
        // Twice, not ascending, beyond the messages that the proof is about.
        assert_eq!(selective(indexes), Code::SignatureEncoding, "{indexes:?}");
    }
    assert_eq!(selective(&[0, 1, 7, 17, 18, i64::MAX]), Code::SignatureEncoding);
    assert_eq!(selective(&[0, 1, 7, 17, 18, -1]), Code::SignatureEncoding);
    assert_eq!(selective(&[0, 2, 7, 17, 18, 19]), Code::SignatureInvalid);
    for indexes in [&[0, 1, 7, 17, 18][..], &[0, 1, 2, 7, 17, 18, 19], &[]] {
        assert_eq!(selective(indexes), Code::SignatureStatements, "{indexes:?}");
    }
    // A shown statement said to be mandatory, a mandatory one said to be shown by choice.
    for (mandatory, selective) in
        [(&[0, 1, 4, 5, 7][..], &[1, 7, 16, 17, 18][..]), (&[0, 4, 5], &[0, 1, 2, 7, 17, 18, 19])]
    {
        let changed = with_parts(&document, |parts| {
            parts.mandatory = mandatory.to_vec();
            parts.selective = selective.to_vec();
        });
        assert_eq!(bench.refused(&changed), Code::SignatureInvalid, "{mandatory:?}");
    }
}

#[test]
fn the_presentation_header_is_what_the_holder_bound_the_proof_to() {
    let Some(bench) = Bench::new() else { return };
    let document = bench.derived("prc");
    for header in [vec![], vec![0x11], [&Parts::of(&document).presentation_header[..], &[0]].concat()] {
        let changed = with_parts(&document, |parts| parts.presentation_header = header);
        assert_eq!(bench.refused(&changed), Code::SignatureInvalid);
    }
}

#[test]
fn what_is_shown_is_neither_less_nor_more_nor_other() {
    let Some(bench) = Bench::new() else { return };
    let document = bench.derived("prc");
    let refused = |change: &dyn Fn(&mut Value)| {
        let mut changed = document.clone();
        change(&mut changed);
        assert_ne!(changed, document);
        bench.refused(&changed)
    };
    let drop = |value: &mut Value, member: &str| drop(value.as_object_mut().unwrap().remove(member).unwrap());
    // A statement dropped, with the indexes left as they were: one that was chosen, and one that is mandatory.
    assert_eq!(refused(&|d| drop(d, "validUntil")), Code::SignatureStatements);
    assert_eq!(refused(&|d| drop(&mut d["credentialSubject"], "birthCountry")), Code::SignatureStatements);
    assert_eq!(refused(&|d| drop(&mut d["issuer"], "image")), Code::SignatureStatements);
    // One added, of the same node and of a new one.
    assert_eq!(refused(&|d| d["credentialSubject"]["givenName"] = "JANE".into()), Code::SignatureStatements);
    assert_eq!(refused(&|d| d["name"] = "A card".into()), Code::SignatureStatements);
    assert_eq!(
        refused(&|d| d["termsOfUse"] = serde_json::json!({"type": "https://example.org/Terms"})),
        Code::SignatureStatements
    );
    // Other values: as many statements, and others.
    assert_eq!(
        refused(&|d| d["credentialSubject"]["birthCountry"] = "Utopia".into()),
        Code::SignatureInvalid
    );
    assert_eq!(refused(&|d| d["validUntil"] = "2035-12-16T23:59:59Z".into()), Code::SignatureInvalid);
    assert_eq!(refused(&|d| d["type"] = "VerifiableCredential".into()), Code::SignatureStatements);
    // A dropped statement with the indexes put right: the holder has no proof for that.
    let mut changed = with_parts(&document, |parts| {
        parts.selective.retain(|index| *index != 19);
    });
    drop(&mut changed, "validUntil");
    assert_eq!(bench.refused(&changed), Code::SignatureInvalid);
    // The options of the proof are signed, too.
    for (member, value) in
        [("created", "2023-08-15T23:36:39Z"), ("nonce", "again"), ("expires", "2030-01-01T00:00:00Z")]
    {
        assert_eq!(refused(&|d| d["proof"][member] = value.into()), Code::SignatureInvalid, "{member}");
    }
}

#[test]
fn a_proof_is_of_one_key_and_one_suite() {
    let Some(bench) = Bench::new() else { return };
    let document = bench.derived("prc");
    let other = hex_bytes(
        "a820f230f6ae38503b86c70dc50b61c58a77e45c39ab25c0652bbaa8fa136f2851bd4781c9dcde39fc9d1d52c9e60268\
         061e7d7632171d91aa8d460acee0e96f1e7c4cfb12d3ff9ab5d5dc91c277db75c845d649ef3c4f63aebc364cd55ded0c",
    );
    let mut identity = vec![0xC0];
    identity.resize(96, 0);
    let with_key = |bytes: &[u8]| {
        let key = multibase::encode_z(&[&[0xEB, 0x01], bytes].concat());
        let mut changed = document.clone();
        changed["proof"]["verificationMethod"] = format!("did:key:{key}#{key}").into();
        changed
    };
    assert_eq!(bench.refused(&with_key(&other)), Code::SignatureInvalid);
    for (bytes, code) in
        [(&identity[..], Code::KeyWeak), (&[0; 96], Code::KeyEncoding), (&other[1..], Code::KeyEncoding)]
    {
        let report = bench.verify(&with_key(bytes));
        assert_eq!(codes(&report, CheckId::KeyResolved), [code]);
        assert_eq!(codes(&report, CheckId::ProofSignature), [Code::SignatureBlocked]);
    }
    // A key of another kind with this suite, this kind of key with other suites.
    let mut changed = document.clone();
    let p256 = "did:key:zDnaeTHxNEBZoKaEo6PdA83fq98ebiFvo3X273Ydu4YmV96rg";
    changed["proof"]["verificationMethod"] = format!("{p256}#{}", &p256[8..]).into();
    assert_eq!(codes(&bench.verify(&changed), CheckId::KeyResolved), [Code::KeyType]);
    for suite in ["ecdsa-sd-2023", "ecdsa-rdfc-2019", "eddsa-rdfc-2022", "eddsa-jcs-2022"] {
        let mut changed = document.clone();
        changed["proof"]["cryptosuite"] = suite.into();
        let report = bench.verify(&changed);
        assert_eq!(codes(&report, CheckId::KeyResolved), [Code::KeyType], "{suite}");
        assert_eq!(codes(&report, CheckId::ProofSignature), [Code::SignatureBlocked], "{suite}");
    }
}

#[test]
fn d28_the_length_of_a_proof_does_not_choose_the_work() {
    let Some(bench) = Bench::new() else { return };
    let document = bench.derived("prc");
    // 4 MB of scalars: 131,072 hidden messages.
    let long = with_parts(&document, |parts| {
        let scalar = parts.bbs_proof[144..176].to_vec();
        parts.bbs_proof = [&parts.bbs_proof[..], &scalar.repeat(131_072)].concat();
    });
    let report = bench.verify(&long);
    assert!(matches!(report.verdict(), Verdict::Indeterminate));
    assert_eq!(codes(&report, CheckId::Limits), [Code::LimitMessages]);
    assert_eq!(codes(&report, CheckId::ProofSignature), []);
}

#[test]
fn every_proof_counts_by_its_messages_against_the_limit_of_signatures() {
    let Some(bench) = Bench::new() else { return };
    let document = bench.derived("prc");
    let messages = Parts::of(&document).selective.len() + (Parts::of(&document).bbs_proof.len() - 272) / 32;
    let cost = 16 + messages / 4;
    for (limit, expected) in [(cost, Code::SignatureGood), (cost - 1, Code::LimitSignatures)] {
        let mut policy = bench.verifier.policy().clone();
        policy.limits.signatures = limit;
        let occasion = Occasion::at(Timestamp::parse("2025-06-01T12:00:00Z").unwrap());
        let verifier = Verifier::new(policy).unwrap();
        let report = verifier.verify(document.to_string().as_bytes(), &bench.resources, &occasion);
        let found = report.checks().iter().any(|check| check.code == expected);
        assert!(found, "{limit}: {}", report.to_json());
    }
}

#[test]
fn it_runs_on_a_small_stack() {
    let Some(bench) = Bench::new() else { return };
    let thread = std::thread::Builder::new().stack_size(256 * 1024).spawn(move || {
        let report = bench.verify(&bench.derived(""));
        codes(&report, CheckId::ProofSignature)
    });
    assert_eq!(thread.unwrap().join().unwrap(), [Code::SignatureGood]);
}

fn hex_bytes(text: &str) -> Vec<u8> {
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
}
