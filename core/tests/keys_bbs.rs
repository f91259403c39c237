//! BLS12-381 keys in G2 and BBS proofs: which are accepted, which are refused and as what.
#![cfg(feature = "bbs")]
#![allow(clippy::disallowed_methods, clippy::print_stdout)] // a test reads files

mod support;

use std::path::{Path, PathBuf};

use ler_verify::codes::{Code, Finding};
use ler_verify::encoding::multibase;
use ler_verify::keys::bbs::{self, Ciphersuite, MAX_MESSAGES, Presentation};
use ler_verify::keys::{Algorithm, BbsKey, PublicKey};

const SUITES: [(Ciphersuite, &str); 2] =
    [(Ciphersuite::Sha256, "bls12-381-sha-256"), (Ciphersuite::Shake256, "bls12-381-shake-256")];

/// Bytes of a point of G1, and of a scalar.
const POINT: usize = 48;
const SCALAR: usize = 32;
/// The order r of the groups.
const ORDER: &str = "73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001";
/// The prime p of the field.
const PRIME: &str =
    "1a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaaab";

/// A proof, and everything that it is verified with.
#[derive(Clone)]
struct Case {
    suite: Ciphersuite,
    key: Vec<u8>,
    proof: Vec<u8>,
    header: Vec<u8>,
    presentation_header: Vec<u8>,
    messages: Vec<Vec<u8>>,
    indexes: Vec<usize>,
}

impl Case {
    fn read(suite: Ciphersuite, path: &Path) -> (Self, serde_json::Value) {
        let value: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        let bytes = |member: &str| hex(value[member].as_str().unwrap());
        let list = |member: &str| value[member].as_array().unwrap().clone();
        let all: Vec<Vec<u8>> =
            list("messages").iter().map(|message| hex(message.as_str().unwrap())).collect();
        let indexes: Vec<usize> = list("disclosedIndexes")
            .iter()
            .map(|index| usize::try_from(index.as_u64().unwrap()).unwrap())
            .collect();
        let case = Case {
            suite,
            key: bytes("signerPublicKey"),
            proof: bytes("proof"),
            header: bytes("header"),
            presentation_header: bytes("presentationHeader"),
            messages: indexes.iter().map(|index| all[*index].clone()).collect(),
            indexes,
        };
        (case, value)
    }

    /// The example that mutations start from: 10 messages, of which 0, 2, 4 and 6 are shown.
    fn example(suite: Ciphersuite, folder: &Path) -> Self {
        let case = Case::read(suite, &folder.join("proof/proof003.json")).0;
        assert_eq!(case.verify(), Ok(true));
        case
    }

    fn verify(&self) -> Result<bool, Code> {
        let key = BbsKey::from_bytes(&self.key).map_err(|finding| finding.code)?;
        let messages: Vec<&[u8]> = self.messages.iter().map(Vec::as_slice).collect();
        let presentation = Presentation {
            header: &self.header,
            presentation_header: &self.presentation_header,
            disclosed_messages: &messages,
            disclosed_indexes: &self.indexes,
        };
        bbs::verify_proof(self.suite, &key, &self.proof, &presentation).map_err(|finding| finding.code)
    }

    fn with(&self, change: impl FnOnce(&mut Case)) -> Result<bool, Code> {
        let mut case = self.clone();
        change(&mut case);
        case.verify()
    }
}

fn hex(text: &str) -> Vec<u8> {
    assert!(text.len().is_multiple_of(2));
    (0..text.len()).step_by(2).map(|i| u8::from_str_radix(&text[i..i + 2], 16).unwrap()).collect()
}

/// The folders of the fixtures of both suites.
fn folders(test: &str) -> Option<[(Ciphersuite, PathBuf); 2]> {
    let Some(vectors) = support::vectors() else {
        println!("skipped: {test}: no vectors");
        return None;
    };
    Some(SUITES.map(|(suite, folder)| (suite, vectors.join("dif-bbs-signature").join(folder))))
}

/// A key that verifies, of the fixtures of the first suite.
fn example_key() -> Vec<u8> {
    hex("a820f230f6ae38503b86c70dc50b61c58a77e45c39ab25c0652bbaa8fa136f2851bd4781c9dcde39fc9d1d52c9e60268\
         061e7d7632171d91aa8d460acee0e96f1e7c4cfb12d3ff9ab5d5dc91c277db75c845d649ef3c4f63aebc364cd55ded0c")
}

fn refused(bytes: &[u8]) -> Code {
    BbsKey::from_bytes(bytes).unwrap_err().code
}

#[test]
fn every_proof_of_the_fixtures_is_decided_as_they_say() {
    let Some(folders) = folders("every_proof_of_the_fixtures_is_decided_as_they_say") else { return };
    for (suite, folder) in folders {
        let (mut valid, mut invalid) = (0, 0);
        for number in 1..=15 {
            let (case, value) = Case::read(suite, &folder.join(format!("proof/proof{number:03}.json")));
            let outcome = case.verify();
            if value["result"]["valid"].as_bool().unwrap() {
                assert_eq!(outcome, Ok(true), "{}", value["caseName"]);
                valid += 1;
                continue;
            }
            invalid += 1;
            let reason = value["result"]["reason"].as_str().unwrap();
            let expected = match reason {
                // Its indexes are 4, 2, 4, 6: refused before anything is computed.
                "re-ordered messages" => Err(Code::SignatureEncoding),
                "different presentation header"
                | "wrong public key"
                | "modified messages"
                | "extra message un-revealed in proof"
                | "extra message invalid message un-revealed in proof"
                | "missing message revealed in proof"
                | "extra valid message, modified total message count"
                | "truncated proof, one less undisclosed message"
                | "different header" => Ok(false),
                other => panic!("a new reason: {other}"),
            };
            assert_eq!(outcome, expected, "{suite:?} {reason}");
        }
        assert_eq!((valid, invalid), (5, 10), "{suite:?}");
    }
}

#[test]
fn a_proof_of_one_suite_is_none_of_the_other() {
    let Some(folders) = folders("a_proof_of_one_suite_is_none_of_the_other") else { return };
    for (suite, folder) in folders {
        let other = if suite == Ciphersuite::Sha256 { Ciphersuite::Shake256 } else { Ciphersuite::Sha256 };
        assert_eq!(Case::example(suite, &folder).with(|case| case.suite = other), Ok(false));
    }
}

#[test]
fn no_byte_of_a_proof_can_be_changed() {
    let Some(folders) = folders("no_byte_of_a_proof_can_be_changed") else { return };
    for (suite, folder) in folders {
        let case = Case::example(suite, &folder);
        let mut differs = 0;
        for at in 0..case.proof.len() {
            let outcome = case.with(|case| case.proof[at] ^= 1 << (at % 8));
            assert!(matches!(outcome, Ok(false) | Err(Code::SignatureEncoding)), "byte {at}: {outcome:?}");
            differs += usize::from(outcome == Ok(false));
        }
        // Most changes of a scalar make another scalar, most changes of a point none.
        assert!(differs > 7 * SCALAR, "{differs}");
    }
}

#[test]
fn a_proof_has_one_encoding() {
    let Some([(suite, folder), _]) = folders("a_proof_has_one_encoding") else { return };
    let case = Case::example(suite, &folder);
    let malformed = |change: &dyn Fn(&mut Vec<u8>)| {
        assert_eq!(case.with(|case| change(&mut case.proof)), Err(Code::SignatureEncoding));
    };
    malformed(&Vec::clear);
    malformed(&|proof| proof.truncate(3 * POINT + 4 * SCALAR - 1));
    malformed(&|proof| proof.truncate(3 * POINT + 3 * SCALAR));
    malformed(&|proof| proof.truncate(proof.len() - 1));
    malformed(&|proof| proof.push(0));
    // A scalar of zero, of r, and beyond.
    for scalar in [vec![0; SCALAR], hex(ORDER), vec![0xFF; SCALAR]] {
        for index in 0..(case.proof.len() - 3 * POINT) / SCALAR {
            let at = 3 * POINT + index * SCALAR;
            malformed(&|proof| drop(proof.splice(at..at + SCALAR, scalar.clone())));
        }
    }
    for index in 0..3 {
        let at = index * POINT;
        let replaced = |point: Vec<u8>| malformed(&|proof| drop(proof.splice(at..at + POINT, point.clone())));
        // The identity; an uncompressed form; x not below p.
        let mut identity = vec![0; POINT];
        identity[0] = 0xC0;
        replaced(identity);
        malformed(&|proof| proof[at] &= 0x7F);
        let mut prime = hex(PRIME);
        prime[0] |= 0x80;
        replaced(prime);
        // Points of the curve outside of the group: nearly all of those with a small coordinate.
        let mut points = 0;
        for x in 0..=20 {
            let mut bytes = [0; POINT];
            bytes[0] = 0x80;
            bytes[POINT - 1] = x;
            let on_curve = bls12_381::G1Affine::from_compressed_unchecked(&bytes);
            if bool::from(on_curve.is_some()) {
                points += 1;
                assert!(!bool::from(on_curve.unwrap().is_torsion_free()));
                replaced(bytes.to_vec());
            }
        }
        assert!(points > 5, "{points}");
    }
}

#[test]
fn indexes_are_ascending_one_for_each_message_and_within_the_messages() {
    let Some([(suite, folder), _]) = folders("indexes_are_ascending_one_for_each_message") else { return };
    let case = Case::example(suite, &folder);
    for indexes in [
        vec![],
        vec![0, 2, 4],
        vec![0, 2, 4, 6, 7],
        vec![0, 2, 4, 4],
        vec![0, 0, 4, 6],
        vec![6, 4, 2, 0],
        vec![0, 2, 4, 10],
        vec![0, 2, 4, usize::MAX],
    ] {
        let outcome = case.with(|case| case.indexes.clone_from(&indexes));
        assert_eq!(outcome, Err(Code::SignatureEncoding), "{indexes:?}");
    }
    // Other places than those where the messages were signed.
    for indexes in [vec![1, 2, 4, 6], vec![0, 2, 4, 9], vec![0, 1, 2, 3]] {
        assert_eq!(case.with(|case| case.indexes.clone_from(&indexes)), Ok(false), "{indexes:?}");
    }
}

#[test]
fn what_is_shown_is_what_was_signed() {
    let Some([(suite, folder), _]) = folders("what_is_shown_is_what_was_signed") else { return };
    let case = Case::example(suite, &folder);
    assert_eq!(case.with(|case| case.messages.swap(0, 1)), Ok(false));
    assert_eq!(case.with(|case| case.messages[3].push(0)), Ok(false));
    assert_eq!(case.with(|case| case.messages[3].clear()), Ok(false));
    assert_eq!(case.with(|case| case.header.push(0)), Ok(false));
    assert_eq!(case.with(|case| case.header.clear()), Ok(false));
    assert_eq!(case.with(|case| case.presentation_header.clear()), Ok(false));
    // A byte moved from one of the two to the other.
    assert_eq!(
        case.with(|case| {
            let byte = case.header.pop().unwrap();
            case.presentation_header.insert(0, byte);
        }),
        Ok(false)
    );
    // A message shown less, one shown more, one counted as hidden.
    assert_eq!(
        case.with(|case| {
            case.messages.pop();
            case.indexes.pop();
        }),
        Ok(false)
    );
    assert_eq!(
        case.with(|case| {
            case.messages.push(b"more".to_vec());
            case.indexes.push(9);
        }),
        Ok(false)
    );
    assert_eq!(
        case.with(|case| {
            let scalar = case.proof[3 * POINT..3 * POINT + SCALAR].to_vec();
            case.proof.extend(scalar);
        }),
        Ok(false)
    );
}

#[test]
fn the_length_of_a_proof_does_not_choose_the_work() {
    // No key and no proof of such length is even looked at: the bytes are zeros, which are no points.
    let key = BbsKey::from_bytes(&example_key()).unwrap();
    let presentation = Presentation {
        header: b"",
        presentation_header: b"",
        disclosed_messages: &[],
        disclosed_indexes: &[],
    };
    let verify = |hidden: usize| {
        let proof = vec![0; 3 * POINT + (4 + hidden) * SCALAR];
        bbs::verify_proof(Ciphersuite::Sha256, &key, &proof, &presentation)
            .map_err(|f: Finding| (f.code, f.details.clone()))
    };
    assert_eq!(verify(MAX_MESSAGES).unwrap_err().0, Code::SignatureEncoding);
    for hidden in [MAX_MESSAGES + 1, 131_072] {
        let (code, details) = verify(hidden).unwrap_err();
        assert_eq!(code, Code::LimitMessages);
        assert_eq!(format!("{:?}", details.get("limit")), format!("Some(Number({MAX_MESSAGES}))"));
    }
    // Messages that are shown count too.
    let messages = vec![&b""[..]; MAX_MESSAGES + 1];
    let indexes: Vec<usize> = (0..messages.len()).collect();
    let presentation =
        Presentation { disclosed_messages: &messages, disclosed_indexes: &indexes, ..presentation };
    let outcome = bbs::verify_proof(Ciphersuite::Sha256, &key, &[0; 272], &presentation);
    assert_eq!(outcome.unwrap_err().code, Code::LimitMessages);
}

#[test]
fn the_most_messages_are_verified_on_a_small_stack() {
    let Some([(suite, folder), _]) = folders("the_most_messages_are_verified_on_a_small_stack") else {
        return;
    };
    let case = Case::example(suite, &folder);
    let thread = std::thread::Builder::new().stack_size(256 * 1024).spawn(move || {
        assert_eq!(case.verify(), Ok(true));
        // As many hidden messages as there may be: every point is made, and the proof does not fit.
        let scalar = case.proof[3 * POINT..3 * POINT + SCALAR].to_vec();
        case.with(|case| {
            for _ in 10..MAX_MESSAGES {
                case.proof.extend(&scalar);
            }
        })
    });
    assert_eq!(thread.unwrap().join().unwrap(), Ok(false));
}

#[test]
fn a_key_is_a_multikey_of_96_bytes() {
    let bytes = example_key();
    let multikey = multibase::encode_z(&[&[0xEB, 0x01], &bytes[..]].concat());
    let key = PublicKey::from_multikey(&multikey).unwrap();
    assert_eq!(key.key_type(), "BLS12-381 G2");
    assert_eq!(key.bytes(), bytes);
    assert_eq!(key, PublicKey::Bbs(BbsKey::from_bytes(&bytes).unwrap()));
    for wrong in [&bytes[..95], &[&bytes[..], &[0]].concat()] {
        let multikey = multibase::encode_z(&[&[0xEB, 0x01], wrong].concat());
        assert_eq!(PublicKey::from_multikey(&multikey).unwrap_err().code, Code::KeyEncoding);
        assert_eq!(refused(wrong), Code::KeyEncoding);
    }
    // The same bytes under the prefix of G1 and of both groups are no key of this kind.
    for prefix in [0xEA, 0xEE] {
        let multikey = multibase::encode_z(&[&[prefix, 0x01], &bytes[..]].concat());
        assert_eq!(PublicKey::from_multikey(&multikey).unwrap_err().code, Code::KeyEncoding);
    }
}

#[test]
fn a_key_is_a_point_of_the_group_and_not_the_identity() {
    let mut identity = vec![0; 96];
    identity[0] = 0xC0;
    assert_eq!(refused(&identity), Code::KeyWeak);
    // The identity with a coordinate, or with a sign.
    for at in [0, 95] {
        let mut odd = identity.clone();
        odd[at] |= if at == 0 { 0x20 } else { 1 };
        assert_eq!(refused(&odd), Code::KeyEncoding);
    }
    assert_eq!(refused(&[0; 96]), Code::KeyEncoding);
    assert_eq!(refused(&[0xFF; 96]), Code::KeyEncoding);
    // Without the flag of the compressed form; with a coordinate that is p, or p more than that of the key.
    let key = example_key();
    let mut plain = key.clone();
    plain[0] &= 0x7F;
    assert_eq!(refused(&plain), Code::KeyEncoding);
    let mut beyond = key.clone();
    beyond[48..].copy_from_slice(&hex(PRIME));
    assert_eq!(refused(&beyond), Code::KeyEncoding);
    let mut carry = 0;
    let mut same = key.clone();
    for (byte, prime) in same[48..].iter_mut().zip(hex(PRIME)).rev() {
        let sum = u16::from(*byte) + u16::from(prime) + carry;
        *byte = sum.to_le_bytes()[0];
        carry = sum >> 8;
    }
    assert_eq!(carry, 0);
    assert_eq!(refused(&same), Code::KeyEncoding);
    // The other sign is another key.
    let mut negated = key.clone();
    negated[0] ^= 0x20;
    assert_ne!(BbsKey::from_bytes(&negated).unwrap(), BbsKey::from_bytes(&key).unwrap());
    // Points of the curve outside of the group of prime order: nearly all of those with a small coordinate.
    let mut points = 0;
    for x in 0..=40 {
        let mut bytes = [0; 96];
        bytes[0] = 0x80;
        bytes[95] = x;
        let on_curve = bls12_381::G2Affine::from_compressed_unchecked(&bytes);
        if bool::from(on_curve.is_some()) {
            points += 1;
            assert!(!bool::from(on_curve.unwrap().is_torsion_free()));
            assert_eq!(refused(&bytes), Code::KeyEncoding);
        }
    }
    assert!(points > 10, "{points}");
}

/// What is signed are lists of messages: no algorithm of JOSE or COSE goes with such a key.
#[test]
fn a_key_of_bbs_verifies_no_other_signatures() {
    let key = PublicKey::Bbs(BbsKey::from_bytes(&example_key()).unwrap());
    assert!(key.algorithms().is_empty());
    for algorithm in Algorithm::ALL {
        for len in [0, 64, 80, 96] {
            assert_eq!(key.verify(algorithm, b"message", &vec![1; len]).unwrap_err().code, Code::KeyType);
        }
    }
}
