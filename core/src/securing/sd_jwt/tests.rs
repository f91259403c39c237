//! Processing, rule by rule, over payloads that need not be records (RFC 9901 §7.1).

use super::disclosures::{Withheld, process};
use super::*;
use sha2::{Digest, Sha256};

/// A disclosure as it is sent.
fn disclosure(json: &str) -> String {
    base64url::encode(json.as_bytes())
}

fn digest(disclosure: &str) -> String {
    base64url::encode(&Sha256::digest(disclosure))
}

fn processed(payload: &str, disclosures: &[&str]) -> Result<(String, Withheld), Code> {
    let limits = Limits::default();
    let tree = Tree::parse(payload.as_bytes(), &limits).unwrap();
    process(tree.root(), disclosures, &DECISIVE_VC, &limits)
        .map(|claims| (claims.text, claims.withheld))
        .map_err(|finding| finding.code)
}

fn text(payload: &str, disclosures: &[&str]) -> String {
    processed(payload, disclosures).unwrap().0
}

fn refused(payload: &str, disclosures: &[&str]) -> Code {
    processed(payload, disclosures).unwrap_err()
}

#[test]
fn members_and_items_take_the_places_of_their_digests() {
    let name = disclosure(r#"["s1","name","Ada"]"#);
    let item = disclosure(r#"["s2",{"b":[1.50,null]}]"#);
    let payload = format!(
        r#"{{"_sd_alg":"sha-256","a":1e0,"_sd":["{}","decoy"],"items":["x",{{"...":"{}"}},{{"...":"decoy2"}}]}}"#,
        digest(&name),
        digest(&item)
    );
    assert_eq!(text(&payload, &[&item, &name]), r#"{"a":1e0,"items":["x",{"b":[1.50,null]}],"name":"Ada"}"#);
    assert_eq!(text(&payload, &[]), r#"{"a":1e0,"items":["x"]}"#);
}

#[test]
fn disclosures_may_hold_digests_of_others() {
    let inner = disclosure(r#"["s1","city","Porto"]"#);
    let middle = disclosure(&format!(r#"["s2",{{"_sd":["{}"]}}]"#, digest(&inner)));
    let outer = disclosure(&format!(r#"["s3","addresses",[{{"...":"{}"}}]]"#, digest(&middle)));
    let payload = format!(r#"{{"_sd":["{}"]}}"#, digest(&outer));
    assert_eq!(text(&payload, &[&inner, &middle, &outer]), r#"{"addresses":[{"city":"Porto"}]}"#);
    assert_eq!(text(&payload, &[&outer]), r#"{"addresses":[]}"#);
    // S01: what hangs on a disclosure that is not there hangs on nothing.
    assert_eq!(refused(&payload, &[&inner, &outer]), Code::DisclosureUnused);
}

#[test]
fn s01_a_disclosure_without_a_digest_is_refused() {
    let extra = disclosure(r#"["s","name","Eve"]"#);
    assert_eq!(refused(r#"{"a":1}"#, &[&extra]), Code::DisclosureUnused);
    let payload = format!(r#"{{"_sd":["{}"]}}"#, digest(&extra));
    assert_eq!(refused(&payload, &[&extra, &extra]), Code::DisclosureUnused);
}

#[test]
fn s02_a_digest_stands_once() {
    let name = disclosure(r#"["s","name","Ada"]"#);
    let twice = digest(&name);
    for payload in [
        format!(r#"{{"_sd":["{twice}","{twice}"]}}"#),
        format!(r#"{{"_sd":["{twice}"],"a":{{"_sd":["{twice}"]}}}}"#),
        format!(r#"{{"_sd":["{twice}"],"a":[{{"...":"{twice}"}}]}}"#),
    ] {
        assert_eq!(refused(&payload, &[&name]), Code::SdJwtDigestTwice, "{payload}");
        assert_eq!(refused(&payload, &[]), Code::SdJwtDigestTwice, "{payload}");
    }
    let outer = disclosure(&format!(r#"["s2","o",{{"_sd":["{twice}"]}}]"#));
    let payload = format!(r#"{{"_sd":["{twice}","{}"]}}"#, digest(&outer));
    assert_eq!(refused(&payload, &[&outer]), Code::SdJwtDigestTwice);
}

#[test]
fn s03_names_that_are_reserved_for_digests_are_not_disclosed() {
    for name in ["_sd", "...", "_sd_alg"] {
        let hidden = disclosure(&format!(r#"["s","{name}",["x"]]"#));
        assert_eq!(
            refused(&format!(r#"{{"_sd":["{}"]}}"#, digest(&hidden)), &[&hidden]),
            Code::DisclosureName
        );
    }
}

#[test]
fn s04_a_name_that_is_there_already_is_not_disclosed() {
    let name = disclosure(r#"["s","name","Eve"]"#);
    let again = disclosure(r#"["t","name","Eve"]"#);
    let (a, b) = (digest(&name), digest(&again));
    for payload in [
        format!(r#"{{"name":"Ada","_sd":["{a}"]}}"#),
        format!(r#"{{"_sd":["{a}"],"name":"Ada"}}"#),
        format!(r#"{{"o":{{"_sd":["{a}"],"n\u0061me":"Ada"}}}}"#),
    ] {
        assert_eq!(refused(&payload, &[&name]), Code::DisclosureCollision, "{payload}");
    }
    let both = format!(r#"{{"_sd":["{a}","{b}"]}}"#);
    assert_eq!(refused(&both, &[&name, &again]), Code::DisclosureCollision);
    // At another level it is another claim.
    assert_eq!(
        text(&format!(r#"{{"name":"Ada","o":{{"_sd":["{a}"]}}}}"#), &[&name]),
        r#"{"name":"Ada","o":{"name":"Eve"}}"#
    );
}

#[test]
fn s05_a_disclosure_has_one_shape_for_each_place() {
    for json in [
        r#"["s","v"]"#,
        r#"["s","n","v","w"]"#,
        r#"["s",1,"v"]"#,
        r#"["s",null,"v"]"#,
        r#"[1,"n","v"]"#,
        r#"{"s":"n"}"#,
        r#""s""#,
        "[]",
        r#"["s"]"#,
        "null",
    ] {
        let wrong = disclosure(json);
        let payload = format!(r#"{{"_sd":["{}"]}}"#, digest(&wrong));
        assert_eq!(refused(&payload, &[&wrong]), Code::DisclosureShape, "{json}");
    }
    for json in [r#"["s","n","v"]"#, r#"["s"]"#, r#"[1,"v"]"#, r#"{"a":"b"}"#, "[]"] {
        let wrong = disclosure(json);
        let payload = format!(r#"{{"a":[{{"...":"{}"}}]}}"#, digest(&wrong));
        assert_eq!(refused(&payload, &[&wrong]), Code::DisclosureShape, "{json}");
    }
    assert_eq!(refused(r#"{"a":1}"#, &["A"]), Code::DisclosureShape);
    assert_eq!(refused(r#"{"a":1}"#, &[&disclosure("[1,")]), Code::JsonSyntax);
}

#[test]
fn s06_a_digest_is_over_the_text_as_it_is_sent() {
    let sent = disclosure(r#"["s","name","Ada"]"#);
    let payload = format!(r#"{{"_sd":["{}"]}}"#, digest(&sent));
    for json in [r#"["s", "name", "Ada"]"#, r#"["s","name","Eve"]"#, r#"["s","n\u0061me","Ada"]"#] {
        assert_eq!(refused(&payload, &[&disclosure(json)]), Code::DisclosureUnused, "{json}");
    }
}

#[test]
fn s07_the_hash_is_a_whole_one_and_named_at_the_top() {
    let name = disclosure(r#"["s","name","Ada"]"#);
    for (alg, digest) in [
        ("sha-256", base64url::encode(&Sha256::digest(&name))),
        ("sha-384", base64url::encode(&sha2::Sha384::digest(&name))),
        ("sha-512", base64url::encode(&sha2::Sha512::digest(&name))),
    ] {
        assert_eq!(
            text(&format!(r#"{{"_sd_alg":"{alg}","_sd":["{digest}"]}}"#), &[&name]),
            r#"{"name":"Ada"}"#
        );
    }
    for alg in ["sha-256-32", "md5", "sha-1", "SHA-256", "sha256", "", "sha3-256"] {
        assert_eq!(refused(&format!(r#"{{"_sd_alg":"{alg}"}}"#), &[]), Code::SdJwtHashUnsupported, "{alg}");
    }
    for payload in [
        r#"{"_sd_alg":256}"#,
        r#"{"_sd_alg":null}"#,
        r#"{"_sd_alg":["sha-256"]}"#,
        r#"{"a":{"_sd_alg":"sha-256"}}"#,
        r#"{"a":[{"_sd_alg":"sha-512"}]}"#,
    ] {
        assert_eq!(refused(payload, &[]), Code::SdJwtStructure, "{payload}");
    }
    let deep = disclosure(r#"["s","o",{"_sd_alg":"sha-256"}]"#);
    assert_eq!(refused(&format!(r#"{{"_sd":["{}"]}}"#, digest(&deep)), &[&deep]), Code::SdJwtStructure);
}

#[test]
fn what_is_reserved_for_digests_holds_digests() {
    for payload in [
        r#"{"_sd":"x"}"#,
        r#"{"_sd":{}}"#,
        r#"{"_sd":null}"#,
        r#"{"_sd":[1]}"#,
        r#"{"_sd":[["x"]]}"#,
        r#"{"...":"x"}"#,
        r#"{"a":{"...":"x"}}"#,
        r#"{"a":[{"...":1}]}"#,
        r#"{"a":[{"...":null}]}"#,
        r#"{"a":[{"...":"x","b":1}]}"#,
        r#"{"a":[{"b":1,"...":"x"}]}"#,
    ] {
        assert_eq!(refused(payload, &[]), Code::SdJwtStructure, "{payload}");
    }
}

#[test]
fn s08_what_verification_depends_on_is_not_disclosed_and_nothing_in_it() {
    for name in DECISIVE_VC {
        let hidden = disclosure(&format!(r#"["s","{name}",1]"#));
        let payload = format!(r#"{{"_sd":["{}"]}}"#, digest(&hidden));
        assert_eq!(refused(&payload, &[&hidden]), Code::DisclosureForbidden, "{name}");
    }
    // The holder would say which list counts, or with which key presentations are made.
    for payload in [
        r#"{"status":{"_sd":["x"]}}"#,
        r#"{"status":{"status_list":{"_sd":[]}}}"#,
        r#"{"aud":["a",{"...":"x"}]}"#,
        r#"{"cnf":{"jwk":{"kty":"EC","_sd":["x"]}}}"#,
    ] {
        assert_eq!(refused(payload, &[]), Code::DisclosureForbidden, "{payload}");
    }
    // Elsewhere the names are names.
    let inside = disclosure(r#"["s","exp","never"]"#);
    assert_eq!(
        text(&format!(r#"{{"a":{{"_sd":["{}"]}}}}"#, digest(&inside)), &[&inside]),
        r#"{"a":{"exp":"never"}}"#
    );
}

#[test]
fn what_may_have_been_withheld_is_known_by_its_place() {
    let name = disclosure(r#"["s","name","Ada"]"#);
    let withheld = |payload: &str| processed(payload, &[&name]).unwrap().1;
    let digest = digest(&name);
    let at = |members, status| Withheld { members, status };
    assert_eq!(withheld(&format!(r#"{{"_sd":["{digest}"]}}"#)), at(false, false));
    assert_eq!(withheld(&format!(r#"{{"_sd":["x","{digest}"]}}"#)), at(true, false));
    assert_eq!(
        withheld(&format!(r#"{{"_sd":["{digest}"],"credentialSubject":{{"_sd":["x"]}}}}"#)),
        at(false, false)
    );
    assert_eq!(
        withheld(&format!(r#"{{"_sd":["{digest}"],"credentialStatus":[{{"...":"x"}}]}}"#)),
        at(false, true)
    );
    assert_eq!(
        withheld(&format!(r#"{{"_sd":["{digest}"],"credentialStatus":{{"_sd":["x"]}}}}"#)),
        at(false, true)
    );
}

#[test]
fn s12_decoys_are_nothing() {
    let decoys: Vec<String> = (0..100).map(|n| format!(r#""{}""#, digest(&n.to_string()))).collect();
    assert_eq!(text(&format!(r#"{{"a":1,"_sd":[{}]}}"#, decoys.join(",")), &[]), r#"{"a":1}"#);
}

#[test]
fn s13_disclosures_in_disclosures_end_at_the_limit_of_depth() {
    let nested = |levels: usize| {
        let mut disclosures = vec![disclosure(r#"["s","x",1]"#)];
        for _ in 1..levels {
            let inside = digest(disclosures.last().unwrap());
            disclosures.push(disclosure(&format!(r#"["s","x",{{"_sd":["{inside}"]}}]"#)));
        }
        let payload = format!(r#"{{"_sd":["{}"]}}"#, digest(disclosures.last().unwrap()));
        let texts: Vec<&str> = disclosures.iter().map(String::as_str).collect();
        processed(&payload, &texts).map(|(text, _)| text.matches('{').count())
    };
    // The depth is that of the objects which come out: one for each level.
    assert_eq!(nested(32), Ok(32));
    assert_eq!(nested(33), Err(Code::LimitDepth));
    assert_eq!(nested(64), Err(Code::LimitDepth));
    let small = std::thread::Builder::new().stack_size(256 * 1024);
    small.spawn(move || assert_eq!(nested(800), Err(Code::LimitDepth))).unwrap().join().unwrap();
}

#[test]
fn the_number_of_disclosures_is_limited() {
    let many: Vec<String> = (0..1_001).map(|n| disclosure(&format!(r#"["s","n{n}",{n}]"#))).collect();
    let payload = |count: usize| {
        let digests: Vec<String> =
            many.iter().take(count).map(|text| format!(r#""{}""#, digest(text))).collect();
        format!(r#"{{"_sd":[{}]}}"#, digests.join(","))
    };
    let texts: Vec<&str> = many.iter().map(String::as_str).collect();
    assert!(text(&payload(1_000), &texts[..1_000]).contains(r#""n999":999"#));
    assert_eq!(refused(&payload(1_001), &texts), Code::LimitDisclosures);
}

#[test]
fn s16_a_disclosure_has_no_key_twice() {
    let twice = disclosure(r#"["s","o",{"a":1,"\u0061":2}]"#);
    assert_eq!(refused(&format!(r#"{{"_sd":["{}"]}}"#, digest(&twice)), &[&twice]), Code::JsonDuplicateKey);
}

/// The 35 cases of the reference implementation (RFC 9901, SD-JWT VC): what comes out is what they say.
#[test]
#[allow(clippy::disallowed_methods, clippy::print_stdout)] // a test reads files
fn the_cases_of_the_reference_implementation_come_out_as_they_say() {
    let folder = std::env::var_os("LER_VECTORS").map_or_else(
        || std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/vectors"),
        std::path::PathBuf::from,
    );
    let folder = folder.join("sd-jwt");
    if !folder.is_dir() {
        println!(
            "skipped: the_cases_of_the_reference_implementation_come_out_as_they_say: no vectors sd-jwt"
        );
        return;
    }
    let mut cases = 0;
    for suite in ["testcases", "rfc9901-examples", "sd-jwt-vc-examples"] {
        let entries = std::fs::read_dir(folder.join(suite)).unwrap();
        for case in entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()) {
            let read = |name: &str| std::fs::read_to_string(case.join(name));
            let compact = match read("sd_jwt_presentation.txt") {
                Ok(text) => text,
                Err(_) => compact(&read("sd_jwt_presentation.json").unwrap()),
            };
            let token = SdJwt::parse(compact.as_bytes()).unwrap();
            let jwt = Compact::parse(token.issuer_jwt.as_bytes()).unwrap();
            let limits = Limits::default();
            let payload = Tree::parse(&jwt.payload, &limits).unwrap();
            let claims = process(payload.root(), &token.disclosures, &DECISIVE_VC, &limits).unwrap();
            let value: serde_json::Value = serde_json::from_str(&claims.text).unwrap();
            let expected: serde_json::Value =
                serde_json::from_str(&read("verified_contents.json").unwrap()).unwrap();
            assert_eq!(value, expected, "{}", case.display());
            // S15: the binding is about these bytes. (Of the four in JSON the hash is over something else than the
            // compact form, which RFC 9901 §4.3.1 wants.)
            let is_compact = case.join("sd_jwt_presentation.txt").exists();
            if let (Ok(binding), Some(jwt)) =
                (read("kb_jwt_payload.json"), token.key_binding.filter(|_| is_compact))
            {
                let stated: serde_json::Value = serde_json::from_str(&binding).unwrap();
                assert_eq!(stated["sd_hash"], claims.hash.digest(token.presented), "{}", case.display());
                assert!(!jwt.is_empty());
            }
            cases += 1;
        }
    }
    assert_eq!(cases, 35);
}

/// The compact form of one in JSON, as drafts before RFC 9901 §8 had it.
fn compact(json: &str) -> String {
    let mut token: serde_json::Value = serde_json::from_str(json).unwrap();
    if let Some(text) = token.as_str() {
        token = serde_json::from_str(text).unwrap();
    }
    let text = |name: &str| token[name].as_str().unwrap_or_default();
    let mut compact = format!("{}.{}.{}~", text("protected"), text("payload"), text("signature"));
    for disclosure in token["disclosures"].as_array().unwrap() {
        compact.push_str(disclosure.as_str().unwrap());
        compact.push('~');
    }
    compact + text("kb_jwt")
}
