//! What a holder may do, and what nobody may: statements left out, added, moved, signed anew (threats D24 to D27).

use ler_verify::Code;
use p256::ecdsa::SigningKey;
use serde_json::{Value as Json, json};

use super::proof::{Derived, multikey, reissued, statements};
use super::{badge, badges, signature};

fn attacker() -> SigningKey {
    SigningKey::from_slice(&[7; 32]).unwrap()
}

/// The place of a statement among those that are not mandatory, and among all.
fn place(badge: &Json, part: &str) -> (usize, usize) {
    let at =
        |statements: Vec<String>| statements.iter().position(|statement| statement.contains(part)).unwrap();
    (at(Derived::of(badge).optional(badge)), at(statements(badge)))
}

#[test]
fn what_is_taken_apart_and_put_together_again_is_the_same() {
    for badge in badges().into_iter().filter(|(name, _)| name != "base").map(|(_, badge)| badge) {
        let again = Derived::of(&badge).on(&badge);
        assert_eq!(again, badge);
    }
}

/// This is what the suite is for: a statement that is not mandatory goes together with its signature. A holder needs
/// nobody's help for that, and it is no forgery.
#[test]
fn a_holder_may_leave_out_what_is_not_mandatory_with_its_signature() {
    let badge = badge();
    // The name of the badge itself; it stands once, about a node with an identifier.
    let (optional, all) = place(&badge, "f0e-7f37-4a3a-9c53-5f0a8f9ce0d1> <https://schema.org/name>");
    let mut less = badge.clone();
    less.as_object_mut().unwrap().remove("name").unwrap();
    let mut derived = Derived::of(&badge);
    derived.signatures.remove(optional);
    let all = i64::try_from(all).unwrap();
    for index in derived.mandatory.iter_mut().filter(|index| **index > all) {
        *index -= 1;
    }
    assert_eq!(signature(&derived.on(&less)), Code::SignatureGood);
    // Without the one, or without the other.
    assert_eq!(signature(&less), Code::SignatureStatements);
    let mut unsigned = Derived::of(&badge);
    unsigned.signatures.remove(optional);
    assert_eq!(signature(&unsigned.on(&badge)), Code::SignatureStatements);
    // Without its signature, and another statement's signature twice.
    let mut twice = Derived::of(&badge);
    twice.signatures[optional] = twice.signatures[optional + 1].clone();
    assert_eq!(signature(&twice.on(&badge)), Code::SignatureInvalid);
}

#[test]
fn a_holder_may_not_leave_out_what_is_mandatory() {
    for (member, part) in [
        ("validUntil", "<https://www.w3.org/2018/credentials#validUntil>"),
        ("validFrom", "<https://www.w3.org/2018/credentials#validFrom>"),
    ] {
        let badge = badge();
        let statements = statements(&badge);
        let at = statements.iter().position(|statement| statement.contains(part)).unwrap();
        let at = i64::try_from(at).unwrap();
        let mut less = badge.clone();
        less.as_object_mut().unwrap().remove(member).unwrap();
        let mut derived = Derived::of(&badge);
        assert!(derived.mandatory.contains(&at));
        derived.mandatory.retain(|index| *index != at);
        for index in derived.mandatory.iter_mut().filter(|index| **index > at) {
            *index -= 1;
        }
        // The number of signatures fits, the hash of the mandatory statements does not.
        assert_eq!(signature(&derived.on(&less)), Code::SignatureInvalid, "{member}");
        assert_eq!(signature(&less), Code::SignatureStatements, "{member}");
    }
}

#[test]
fn nothing_can_be_added() {
    let badge = badge();
    let mut more = badge.clone();
    more["description"] = json!("With distinction.");
    assert_eq!(signature(&more), Code::SignatureStatements);
    let derived = Derived::of(&badge);
    // The statement is the first after those about the badge's own name; whatever it is signed with, it was not signed.
    for at in 0..=derived.signatures.len() {
        let mut longer = derived.clone();
        longer.signatures.insert(at, derived.signatures[at.min(derived.signatures.len() - 1)].clone());
        let code = signature(&longer.on(&more));
        assert!(matches!(code, Code::SignatureInvalid | Code::SignatureStatements), "{at}: {code}");
        // As mandatory.
        let mut longer = derived.clone();
        let at = i64::try_from(at).unwrap();
        if !longer.mandatory.contains(&at) {
            longer.mandatory.push(at);
            longer.mandatory.sort_unstable();
            assert_eq!(signature(&longer.on(&more)), Code::SignatureInvalid, "{at}");
        }
    }
}

#[test]
fn nothing_that_is_shown_can_be_changed() {
    for name in ["all", "one-result", "status-one-of-two", "no-mandatory"] {
        let badge = badges().remove(name).unwrap();
        for (pointer, value) in [
            ("/validUntil", json!("2036-01-01T00:00:00Z")),
            ("/validFrom", json!("2024-01-01T00:00:00Z")),
            ("/name", json!("C++ Programming")),
            ("/issuer/name", json!("Another University")),
            ("/credentialSubject/identifier/0/identityHash", json!("eve@example.org")),
            ("/credentialSubject/identifier/0/hashed", json!(true)),
            ("/credentialSubject/achievement/name", json!("C++")),
            ("/credentialSubject/result/0/value", json!("A+")),
            ("/credentialStatus/0/statusListIndex", json!("94568")),
            ("/proof/created", json!("2025-01-02T03:04:06Z")),
        ] {
            let mut changed = badge.clone();
            let Some(place) = changed.pointer_mut(pointer) else { continue };
            *place = value;
            assert_ne!(signature(&changed), Code::SignatureGood, "{name} {pointer}");
        }
    }
}

#[test]
fn signatures_belong_to_their_statements() {
    let badge = badge();
    let derived = Derived::of(&badge);
    for at in 1..derived.signatures.len() {
        let mut swapped = derived.clone();
        swapped.signatures.swap(at - 1, at);
        assert_eq!(signature(&swapped.on(&badge)), Code::SignatureInvalid, "{at}");
    }
    // Of another badge by the same issuer: the key that signs statements is used for one badge.
    let other = Derived::of(&badges()["status-one-of-two"]);
    let mut spliced = derived.clone();
    spliced.signatures[0] = other.signatures[0].clone();
    assert_eq!(signature(&spliced.on(&badge)), Code::SignatureInvalid);
}

#[test]
fn every_component_counts() {
    let badge = badge();
    let derived = Derived::of(&badge);
    let other = Derived::of(&badges()["no-mandatory"]);
    let changed = |change: &dyn Fn(&mut Derived)| {
        let mut changed = derived.clone();
        change(&mut changed);
        signature(&changed.on(&badge))
    };
    assert_eq!(changed(&|d| d.base_signature.clone_from(&other.base_signature)), Code::SignatureInvalid);
    assert_eq!(changed(&|d| d.base_signature[5] ^= 1), Code::SignatureInvalid);
    assert_eq!(changed(&|d| d.base_signature = vec![0; 64]), Code::SignatureInvalid);
    assert_eq!(changed(&|d| d.public_key.clone_from(&other.public_key)), Code::SignatureInvalid);
    assert_eq!(changed(&|d| d.public_key = multikey(&attacker())), Code::SignatureInvalid);
    for at in 0..derived.signatures.len() {
        assert_eq!(changed(&|d| d.signatures[at][40] ^= 1), Code::SignatureInvalid, "{at}");
        assert_eq!(changed(&|d| d.signatures[at] = vec![0; 64]), Code::SignatureInvalid, "{at}");
    }
    assert_eq!(changed(&|d| drop(d.signatures.pop())), Code::SignatureStatements);
    assert_eq!(changed(&|d| d.signatures.clear()), Code::SignatureStatements);
    for at in 0..derived.labels.len() {
        assert_eq!(changed(&|d| d.labels[at].1[0] ^= 1), Code::SignatureInvalid, "{at}");
    }
    for at in 0..derived.mandatory.len() {
        assert_eq!(
            changed(&|d| d.mandatory.retain(|index| *index != derived.mandatory[at])),
            Code::SignatureStatements,
            "{at}"
        );
    }
}

/// D25: who makes the proof chooses the key in it. A suite that verified the base signature with that key would take
/// this for the issuer's.
#[test]
fn d25_a_proof_signed_by_its_own_key_is_nobodys() {
    let badge = badge();
    let forged = Derived::of(&badge).signed_by(&badge, &attacker(), &attacker());
    assert_eq!(signature(&forged.on(&badge)), Code::SignatureInvalid);
    // The badge itself changed, and everything signed to fit.
    let mut changed = badge.clone();
    changed["credentialSubject"]["identifier"][0]["identityHash"] = json!("eve@example.org");
    let forged = Derived::of(&badge).signed_by(&changed, &attacker(), &attacker());
    assert_eq!(signature(&forged.on(&changed)), Code::SignatureInvalid);
}

/// The key pair replaced, every statement signed anew: the base signature covers the public key.
#[test]
fn the_key_pair_of_a_badge_cannot_be_replaced() {
    let badge = badge();
    let derived = Derived::of(&badge);
    let mut forged = derived.signed_by(&badge, &attacker(), &attacker());
    forged.base_signature.clone_from(&derived.base_signature);
    assert_eq!(signature(&forged.on(&badge)), Code::SignatureInvalid);
}

/// With the attacker as issuer the same proof is good: what makes it a forgery above is whose key it is.
#[test]
fn a_proof_that_is_signed_anew_is_good_for_its_own_issuer() {
    let (mut claimed, _) = reissued();
    assert_eq!(signature(&claimed), Code::SignatureGood);
    // And not for the one whom the badge named before.
    claimed["issuer"]["id"] = badge()["issuer"]["id"].clone();
    assert_ne!(signature(&claimed), Code::SignatureGood);
}

/// Two blank nodes of the document with one name would be one node to the issuer, and two to a reader.
#[test]
fn a_label_map_gives_every_blank_node_a_name_of_its_own() {
    let badge = badge();
    let derived = Derived::of(&badge);
    let count = i64::try_from(derived.labels.len()).unwrap();
    assert!(count > 3);
    let changed = |change: &dyn Fn(&mut Derived)| {
        let mut changed = derived.clone();
        change(&mut changed);
        signature(&changed.on(&badge))
    };
    // Twice the same name; one too few; one too many; one beyond.
    assert_eq!(changed(&|d| d.labels[1].1 = d.labels[0].1.clone()), Code::SignatureStatements);
    assert_eq!(changed(&|d| drop(d.labels.pop())), Code::SignatureStatements);
    assert_eq!(changed(&|d| d.labels.push((count, vec![9; 32]))), Code::SignatureStatements);
    assert_eq!(changed(&|d| d.labels[0].0 = count), Code::SignatureEncoding);
    assert_eq!(changed(&|d| d.labels[0].0 = -1), Code::SignatureEncoding);
    // Names swapped between nodes are other statements.
    for at in 1..derived.labels.len() {
        let swapped = changed(&|d| {
            let name = d.labels[at].1.clone();
            d.labels[at].1 = std::mem::replace(&mut d.labels[at - 1].1, name);
        });
        assert_eq!(swapped, Code::SignatureInvalid, "{at}");
    }
    // In which order they are written says nothing.
    assert_eq!(changed(&|d| d.labels.reverse()), Code::SignatureGood);
}

#[test]
fn mandatory_indexes_ascend_and_exist() {
    let badge = badge();
    let derived = Derived::of(&badge);
    let all = i64::try_from(statements(&badge).len()).unwrap();
    let with = |mandatory: Vec<i64>| {
        let mut changed = derived.clone();
        changed.mandatory = mandatory;
        signature(&changed.on(&badge))
    };
    let mandatory = || derived.mandatory.clone();
    let last = *derived.mandatory.last().unwrap();
    let reversed: Vec<i64> = mandatory().into_iter().rev().collect();
    assert_eq!(with(reversed), Code::SignatureStatements);
    assert_eq!(with([mandatory(), vec![last]].concat()), Code::SignatureStatements);
    assert_eq!(with([mandatory(), vec![all]].concat()), Code::SignatureStatements);
    assert_eq!(with([mandatory(), vec![i64::MAX]].concat()), Code::SignatureStatements);
    assert_eq!(with([vec![-1], mandatory()].concat()), Code::SignatureEncoding);
    assert_eq!(with(Vec::new()), Code::SignatureStatements);
    assert_eq!(with((0..all).collect()), Code::SignatureStatements);
}

/// A set member that is in order on its own says nothing about another document.
#[test]
fn a_proof_is_of_one_badge() {
    let all = badges();
    for (name, badge) in &all {
        for (other, from) in &all {
            if name != other && name != "base" && other != "base" {
                let mut spliced = badge.clone();
                spliced["proof"] = from["proof"].clone();
                assert_ne!(signature(&spliced), Code::SignatureGood, "{name} {other}");
            }
        }
    }
}
