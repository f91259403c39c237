//! RFC 8785: the files of its author, ten thousand numbers, and what is easily got wrong.

#![allow(clippy::disallowed_methods)] // a test reads files and takes the time

mod support;

use std::fs;

use ler_verify::json::{Tree, View, jcs};
use ler_verify::limits::Limits;

fn canonical(text: impl AsRef<[u8]>) -> String {
    jcs::canonical(Tree::parse(text.as_ref(), &Limits::default()).expect("JSON").root())
}

#[test]
fn the_files_of_rfc_8785() {
    let Some(folder) = support::source("the_files_of_rfc_8785", "jcs-rfc8785") else { return };
    let mut names: Vec<String> = fs::read_dir(folder.join("input"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(
        names,
        ["arrays.json", "french.json", "structures.json", "unicode.json", "values.json", "weird.json"]
    );
    for name in names {
        let result = canonical(fs::read(folder.join("input").join(&name)).unwrap());
        assert_eq!(result, fs::read_to_string(folder.join("output").join(&name)).unwrap(), "{name}");
        let hex = fs::read_to_string(folder.join("outhex").join(name.replace(".json", ".txt"))).unwrap();
        let bytes: Vec<u8> =
            hex.split_whitespace().map(|byte| u8::from_str_radix(byte, 16).unwrap()).collect();
        assert_eq!(result.as_bytes(), bytes, "{name}");
        assert_eq!(canonical(&result), result, "{name} again");
    }
}

#[test]
fn j09_ten_thousand_numbers() {
    let Some(folder) = support::source("ten_thousand_numbers", "jcs-rfc8785") else { return };
    let text = fs::read_to_string(folder.join("es6testfile10k.txt")).unwrap();
    let mut count = 0;
    for line in text.lines() {
        let (bits, expected) = line.split_once(',').unwrap();
        let number = f64::from_bits(u64::from_str_radix(bits, 16).unwrap());
        // As Rust writes it exactly, as ECMAScript writes it, and with all the digits a double can need.
        for token in [format!("{number}"), expected.to_owned(), format!("{number:.17e}")] {
            assert_eq!(canonical(&token), expected, "{bits} {token}");
        }
        count += 1;
    }
    assert_eq!(count, 10_000);
}

#[test]
fn j09_numbers_are_written_as_ecmascript_does() {
    for (token, expected) in [
        ("0", "0"),
        ("-0", "0"),
        ("-0.0", "0"),
        ("0e99", "0"),
        ("4.50", "4.5"),
        ("1E30", "1e+30"),
        ("1e21", "1e+21"),
        ("1e20", "100000000000000000000"),
        ("100000000000000000000", "100000000000000000000"),
        ("1000000000000000000000", "1e+21"),
        ("0.000001", "0.000001"),
        ("0.0000001", "1e-7"),
        ("2e-3", "0.002"),
        ("0.000000000000000000000000001", "1e-27"),
        ("333333333.33333329", "333333333.3333333"),
        ("1.7793937673082967", "1.7793937673082967"),
        ("9007199254740991", "9007199254740991"),
        ("9007199254740993", "9007199254740992"),
        ("-999999999999999", "-999999999999999"),
        ("5e-324", "5e-324"),
        ("1e-400", "0"),
        ("1.7976931348623157e308", "1.7976931348623157e+308"),
        ("10", "10"),
        ("1.0", "1"),
    ] {
        assert_eq!(canonical(token), expected, "{token}");
    }
}

#[test]
fn j08_keys_are_ordered_as_utf16() {
    let text = "{\"\u{FB33}\":1,\"\u{1F600}\":2,\"a\u{E000}\":3,\"a\u{10FFFF}\":4,\"a\":5,\"\u{D7FF}\":6,\"\":7,\"\u{80}\":8}";
    assert_eq!(
        canonical(text),
        "{\"\":7,\"a\":5,\"a\u{10FFFF}\":4,\"a\u{E000}\":3,\"\u{80}\":8,\"\u{D7FF}\":6,\"\u{1F600}\":2,\"\u{FB33}\":1}"
    );
}

#[test]
fn j08_the_order_is_that_of_encode_utf16() {
    let mut keys: Vec<String> = Vec::new();
    let chars = [
        'a',
        'z',
        '\u{7F}',
        '\u{80}',
        '\u{7FF}',
        '\u{800}',
        '\u{D7FF}',
        '\u{E000}',
        '\u{FFFF}',
        '\u{10000}',
        '\u{10FFFF}',
    ];
    for a in chars {
        keys.push(a.to_string());
        keys.extend(chars.iter().map(|b| format!("{a}{b}")));
    }
    let text = format!("{{{}}}", keys.iter().map(|key| format!("\"{key}\":0")).collect::<Vec<_>>().join(","));
    keys.sort_by(|a, b| a.encode_utf16().cmp(b.encode_utf16()));
    let sorted =
        format!("{{{}}}", keys.iter().map(|key| format!("\"{key}\":0")).collect::<Vec<_>>().join(","));
    assert_eq!(canonical(text), sorted);
}

#[test]
fn j06_the_nearest_double_is_taken() {
    assert_eq!(
        canonical("[1.7793937673082967,0.1,123456789012345680]"),
        "[1.7793937673082967,0.1,123456789012345680]"
    );
}

#[test]
fn strings_are_escaped_as_little_as_possible() {
    let text =
        r#"["\u0000\u0008\u0009\u000a\u000b\u000c\u000d\u001f\"\\\/\u007f\u0080\u2028\ud83d\ude00 é"]"#;
    assert_eq!(
        canonical(text),
        "[\"\\u0000\\b\\t\\n\\u000b\\f\\r\\u001f\\\"\\\\/\u{7f}\u{80}\u{2028}\u{1F600} é\"]"
    );
}

#[test]
fn strings_that_end_like_arrays_begin_do_not_disturb_the_commas() {
    assert_eq!(canonical(r#"["[","{",{},[],[[]],{"{":"["},1]"#), r#"["[","{",{},[],[[]],{"{":"["},1]"#);
}

#[test]
fn keys_are_sorted_at_every_depth_and_arrays_are_not() {
    let text = r#"{"b":[{"d":1,"c":[3,1,2]},null],"a":{"z":true,"y":{"x":false,"":{}}}}"#;
    assert_eq!(canonical(text), r#"{"a":{"y":{"":{},"x":false},"z":true},"b":[{"c":[3,1,2],"d":1},null]}"#);
}

#[test]
fn the_deepest_document_is_written_on_a_small_stack() {
    std::thread::Builder::new()
        .stack_size(64 * 1024)
        .spawn(|| {
            let text = "[{\"a\":".repeat(16) + "1" + &"}]".repeat(16);
            assert_eq!(canonical(&text), text);
        })
        .unwrap()
        .join()
        .unwrap();
}

#[test]
fn a_view_is_written_like_the_object_it_stands_for() {
    let text = br#"{"proof":[{"id":"a"},{"id":"b"}],"z":[1],"@context":"u","name":"x"}"#;
    let other = br#"{"@context":["v"]}"#;
    let tree = Tree::parse(text, &Limits::default()).unwrap();
    let other = Tree::parse(other, &Limits::default()).unwrap();
    let object = tree.root().as_object().unwrap();
    assert_eq!(jcs::canonical_view(&View::whole(object)), canonical(text));

    let mut view = View::whole(object);
    view.without = &["proof"];
    assert_eq!(jcs::canonical_view(&view), r#"{"@context":"u","name":"x","z":[1]}"#);
    view.context = other.root().get("@context");
    view.proofs = object.get("proof").unwrap().one_or_many().skip(1).collect();
    assert_eq!(jcs::canonical_view(&view), r#"{"@context":["v"],"name":"x","proof":[{"id":"b"}],"z":[1]}"#);
}
