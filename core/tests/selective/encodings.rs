//! One way to write a derived proof: everything else is refused (threats D17, D26), and nothing of it panics.

use ler_verify::Code;
use ler_verify::encoding::base64url;

use super::proof::{Derived, bytes, head, int, with_bytes, with_text};
use super::{badge, signature};

const HEADER: [u8; 4] = [0xD9, 0x5D, 0x01, 0x85];

/// What is said of a proof value in which one component, by its number, is written so.
fn with_component(at: usize, written: Vec<u8>) -> Code {
    let badge = badge();
    let mut components = Derived::of(&badge).components();
    components[at] = written;
    signature(&with_bytes(&badge, &[&HEADER[..], &components.concat()].concat()))
}

#[test]
fn d17_the_proof_value_is_base64url_without_padding() {
    let badge = badge();
    let text = badge["proof"]["proofValue"].as_str().unwrap();
    let body = text.strip_prefix('u').unwrap();
    for wrong in [
        body.to_owned(),
        format!("z{body}"),
        format!("U{body}"),
        format!("m{body}"),
        format!("u{body}="),
        format!("u{body}=="),
        format!(" u{body}"),
        format!("u{body}\n"),
        format!("u {body}"),
        format!("u{}", body.replace('-', "+").replace('_', "/")),
        // One character too many for whole bytes, or bits that are not zero at the end.
        format!("u{body}A"),
        format!("u{}_", body.split_at(body.len() - 1).0),
        "u".into(),
        "uA".into(),
        "u2V0".into(),
        String::new(),
    ] {
        let code = signature(&with_text(&badge, &wrong));
        assert_eq!(code, Code::SignatureEncoding, "{}…", wrong.chars().take(12).collect::<String>());
    }
    let hex: String = base64url::decode(body).unwrap().iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(signature(&with_text(&badge, &format!("f{hex}"))), Code::SignatureEncoding);
}

#[test]
fn d26_the_header_is_that_of_a_derived_proof() {
    let badge = badge();
    let components = Derived::of(&badge).components().concat();
    for header in [
        &[0xD9, 0x5D, 0x02, 0x85][..],
        &[0xD9, 0x5D, 0x03, 0x85],
        &[0xD9, 0x5D, 0x09, 0x85],
        &[0xD9, 0x5D, 0x85],
        &[0xD9, 0x5E, 0x01, 0x85],
        &[0xDA, 0x00, 0x00, 0x5D, 0x01, 0x85],
        &[0x85],
        &[],
    ] {
        let changed = with_bytes(&badge, &[header, &components].concat());
        assert_eq!(signature(&changed), Code::SignatureEncoding, "{header:02x?}");
    }
}

#[test]
fn d26_the_array_has_five_components() {
    let badge = badge();
    let components = Derived::of(&badge).components();
    let with = |bytes: Vec<u8>| signature(&with_bytes(&badge, &[&HEADER[..3], &bytes].concat()));
    let all = components.concat();
    assert_eq!(with([head(4, 5), all.clone()].concat()), Code::SignatureGood);
    for wrong in [
        // Too few, too many, a map, an indefinite length, a longer form of the length, a tag.
        [head(4, 4), components[..4].concat()].concat(),
        [head(4, 6), all.clone(), int(0)].concat(),
        [head(5, 5), all.clone()].concat(),
        [vec![0x9F], all.clone(), vec![0xFF]].concat(),
        [vec![0x98, 0x05], all.clone()].concat(),
        [vec![0x99, 0x00, 0x05], all.clone()].concat(),
        [vec![0xC6], head(4, 5), all.clone()].concat(),
        // Something after it, something missing, nothing.
        [head(4, 5), all.clone(), vec![0x00]].concat(),
        [head(4, 5), all[..all.len() - 1].to_vec()].concat(),
        Vec::new(),
    ] {
        assert_eq!(with(wrong), Code::SignatureEncoding);
    }
    // Cut off anywhere.
    for len in 0..all.len() {
        assert_eq!(with([head(4, 5), all[..len].to_vec()].concat()), Code::SignatureEncoding, "{len}");
    }
}

#[test]
fn d26_signatures_and_keys_have_one_length() {
    let derived = Derived::of(&badge());
    let base = derived.base_signature.clone();
    for wrong in [
        bytes(&base[..63]),
        bytes(&[&base[..], &[0]].concat()),
        bytes(&[]),
        // Tagged as a typed array (tag 64), as some libraries write bytes; a text; in parts; a longer form of the length.
        [vec![0xD8, 0x40], bytes(&base)].concat(),
        [vec![0x78, 0x40], vec![b'a'; 64]].concat(),
        [vec![0x5F], bytes(&base), vec![0xFF]].concat(),
        [vec![0x59, 0x00, 0x40], base.clone()].concat(),
        int(0),
        vec![0xF6],
    ] {
        assert_eq!(with_component(0, wrong), Code::SignatureEncoding);
    }
    let key = derived.public_key;
    let point = key[2..].to_vec();
    for wrong in [
        // The recommendation says 36 bytes; the key has 35.
        bytes(&[&key[..], &[0]].concat()),
        bytes(&key[..34]),
        bytes(&point),
        // Of another curve, of another kind, not compressed, not of the curve.
        bytes(&[&[0x81, 0x24][..], &point].concat()),
        bytes(&[&[0xED, 0x01][..], &point].concat()),
        bytes(&[&[0x80, 0x24, 0x04][..], &point[1..]].concat()),
        bytes(&[&[0x80, 0x24, 0x02][..], &[0xFF; 32]].concat()),
        bytes(&[0; 35]),
        [vec![0xD8, 0x40], bytes(&key)].concat(),
    ] {
        assert_eq!(with_component(1, wrong), Code::SignatureEncoding);
    }
    let signatures = derived.signatures;
    let array = |items: &[Vec<u8>]| [head(4, items.len()), items.concat()].concat();
    let good: Vec<Vec<u8>> = signatures.iter().map(|signature| bytes(signature)).collect();
    for wrong in [
        bytes(&signatures[0][..63]),
        int(1),
        vec![0xF6],
        vec![0xF7],
        vec![0x80],
        [vec![0xD8, 0x40], good[0].clone()].concat(),
    ] {
        let mut items = good.clone();
        items[0] = wrong;
        assert_eq!(with_component(2, array(&items)), Code::SignatureEncoding);
    }
    assert_eq!(with_component(2, bytes(&signatures.concat())), Code::SignatureEncoding);
    assert_eq!(with_component(2, [vec![0x9F], good.concat(), vec![0xFF]].concat()), Code::SignatureEncoding);
}

#[test]
fn d26_the_label_map_is_numbers_to_32_bytes() {
    let labels = Derived::of(&badge()).labels;
    let write = |entries: &[(Vec<u8>, Vec<u8>)]| {
        let entry = |(key, value): &(Vec<u8>, Vec<u8>)| [key.clone(), value.clone()].concat();
        [head(5, entries.len()), entries.iter().flat_map(entry).collect()].concat()
    };
    let good: Vec<(Vec<u8>, Vec<u8>)> =
        labels.iter().map(|(number, name)| (int(*number), bytes(name))).collect();
    assert_eq!(with_component(3, write(&good)), Code::SignatureGood);
    let with = |entry: (Vec<u8>, Vec<u8>)| {
        let mut entries = good.clone();
        entries[0] = entry;
        with_component(3, write(&entries))
    };
    let (key, name) = good[0].clone();
    for wrong in [
        // A key twice, as a text, in a longer form, as a float; a name that is shorter, longer, a text, tagged.
        (good[1].0.clone(), name.clone()),
        ([vec![0x65], b"c14n0".to_vec()].concat(), name.clone()),
        (vec![0x18, 0x00], name.clone()),
        (vec![0xF9, 0x00, 0x00], name.clone()),
        (key.clone(), bytes(&labels[0].1[..31])),
        (key.clone(), bytes(&[&labels[0].1[..], &[0]].concat())),
        (key.clone(), [vec![0x78, 0x20], vec![b'a'; 32]].concat()),
        (key, [vec![0xD8, 0x40], name].concat()),
    ] {
        assert_eq!(with(wrong), Code::SignatureEncoding);
    }
    let indefinite = [vec![0xBF], write(&good)[1..].to_vec(), vec![0xFF]].concat();
    assert_eq!(with_component(3, indefinite), Code::SignatureEncoding);
    let array = [head(4, 2 * good.len()), write(&good)[1..].to_vec()].concat();
    assert_eq!(with_component(3, array), Code::SignatureEncoding);
}

#[test]
fn d26_indexes_are_integers_in_their_shortest_form() {
    let mandatory = Derived::of(&badge()).mandatory;
    let write = |items: &[Vec<u8>]| [head(4, items.len()), items.concat()].concat();
    let good: Vec<Vec<u8>> = mandatory.iter().map(|index| int(*index)).collect();
    assert_eq!(with_component(4, write(&good)), Code::SignatureGood);
    for wrong in [
        vec![0x18, 0x00],
        vec![0x19, 0x00, 0x00],
        vec![0x20],
        vec![0xF9, 0x00, 0x00],
        vec![0x60],
        vec![0xF4],
        vec![0xC2, 0x41, 0x00],
    ] {
        let mut items = good.clone();
        items[0] = wrong;
        assert_eq!(with_component(4, write(&items)), Code::SignatureEncoding);
    }
    assert_eq!(with_component(4, [vec![0x9F], good.concat(), vec![0xFF]].concat()), Code::SignatureEncoding);
    assert_eq!(with_component(4, head(5, 0)), Code::SignatureEncoding);
}

/// More values than the largest document has statements and names for: that is too much to read, not evidence.
#[test]
fn d26_millions_of_values_are_a_limit() {
    let badge = badge();
    let mut components = Derived::of(&badge).components();
    components[4] = [vec![0x9A, 0x00, 0x10, 0x00, 0x00], vec![0x00; 0x10_0000]].concat();
    let report = super::verify(&with_bytes(&badge, &[&HEADER[..], &components.concat()].concat()));
    assert_eq!(super::codes(&report, ler_verify::CheckId::Limits), [Code::LimitQuads]);
    assert!(matches!(report.verdict(), ler_verify::Verdict::Indeterminate));
}
