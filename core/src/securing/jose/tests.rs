//! JSON Web Signatures whose payload is no record: the suites of others know only those. What is tried is what tokens go
//! through too: serialization, header, the key that `kid` names, its algorithms, its signature.
#![allow(clippy::disallowed_methods, clippy::print_stdout)] // a test reads files

use std::path::PathBuf;

use serde_json::Value as Json;

use super::header::{self, Header};
use super::{Form, Limits, Tree};
use crate::carrier::jws::{self, Compact};
use crate::keys::{Algorithm, jwk_set};

/// One signature of a JWS, as the envelope has it.
struct One {
    header: Header,
    message: Vec<u8>,
    signature: Vec<u8>,
}

fn read(text: &str) -> Result<Vec<One>, String> {
    let limits = Limits::default();
    let why = |finding: crate::codes::Finding| finding.code.name().to_owned();
    if !text.starts_with('{') {
        let compact = Compact::parse(text.as_bytes()).map_err(why)?;
        let tree = header::parse(&compact.header, &limits).map_err(why)?;
        let signed = !compact.signature.is_empty();
        let header = Header::read(tree.root().as_object(), None, Form::Compact, signed);
        return Ok(vec![One {
            header,
            message: compact.signing_input.to_vec(),
            signature: compact.signature,
        }]);
    }
    let tree = Tree::parse(text.as_bytes(), &limits).map_err(why)?;
    let parsed = jws::Json::parse(tree.root(), &limits).map_err(why)?;
    let one = |signed: &jws::Signed<'_>| {
        let protected = match signed.header.as_slice() {
            [] => None,
            bytes => Some(header::parse(bytes, &limits).map_err(why)?),
        };
        let header = Header::read(
            protected.as_ref().and_then(|tree| tree.root().as_object()),
            signed.unprotected.and_then(|header| header.as_object()),
            Form::Json,
            !signed.signature.is_empty(),
        );
        let message = [signed.protected.as_bytes(), b".", parsed.payload.as_bytes()].concat();
        Ok(One { header, message, signature: signed.signature.clone() })
    };
    parsed.signatures.iter().map(one).collect()
}

/// Whether every signature is good with one of the keys; why not.
fn verify(text: &str, keys: &[Json]) -> Result<(), String> {
    let set = serde_json::json!({ "keys": keys }).to_string();
    let tree = Tree::parse(set.as_bytes(), &Limits::default()).unwrap();
    let keys = jwk_set::read(tree.root()).map_err(|finding| finding.code.name().to_owned())?;
    for one in read(text)? {
        if let Some(defect) = one.header.defects.first() {
            return Err(defect.code.name().to_owned());
        }
        let algorithm = one.header.algorithm.as_deref().and_then(Algorithm::named).ok_or("algorithm")?;
        let kid = one.header.key.kid;
        let mut named = keys.iter().filter(|key| kid.is_none() || key.kid == kid);
        let key = named.next().ok_or("no key")?;
        if named.next().is_some() {
            return Err("two keys".to_owned());
        }
        let key = key.key.as_ref().map_err(|finding| finding.code.name().to_owned())?;
        match key.verify(algorithm, &one.message, &one.signature) {
            Ok(true) => {}
            Ok(false) => return Err("signature".to_owned()),
            Err(finding) => return Err(finding.code.name().to_owned()),
        }
    }
    Ok(())
}

fn vectors(test: &str, name: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("LER_VECTORS").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/vectors"),
        PathBuf::from,
    );
    let folder = folder.join(name);
    if !folder.is_dir() {
        println!("skipped: {test}: no vectors {name}");
        return None;
    }
    Some(folder)
}

fn json(path: PathBuf) -> Json {
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

/// Runs a Wycheproof file; `divergences` are the tests whose result differs, and why. How many agree, and how many are
/// refused because they are MACs.
fn wycheproof(file: &Json, divergences: &[(u64, &str)]) -> (usize, usize) {
    let (mut agreed, mut macs, mut wrong) = (0, 0, Vec::new());
    for group in file["testGroups"].as_array().unwrap() {
        let key = group.get("public").unwrap_or(&group["private"]);
        let keys: Vec<Json> = key["keys"].as_array().cloned().unwrap_or_else(|| vec![key.clone()]);
        // A verifier knows no secrets: the keys of MACs are refused whatever was made with them.
        let symmetric = group.get("public").is_none();
        for test in group["tests"].as_array().unwrap() {
            let id = test["tcId"].as_u64().unwrap();
            let jws = test["jws"].as_str().map_or_else(|| test["jws"].to_string(), str::to_owned);
            let found = verify(&jws, &keys);
            let expected = test["result"] == "valid" && !symmetric;
            macs += usize::from(test["result"] == "valid" && symmetric && found.is_err());
            match (found.is_ok() == expected, divergences.iter().find(|(diverges, _)| *diverges == id)) {
                (true, None) => agreed += 1,
                (false, Some((_, reason))) => println!("diverges: {id}: {reason}"),
                (true, Some(_)) => wrong.push(format!("{id} is listed as a divergence and agrees")),
                (false, None) => wrong.push(format!("{id} {}: {found:?}", test["comment"])),
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    (agreed, macs)
}

#[test]
fn wycheproof_json_web_signature() {
    let Some(folder) = vectors("wycheproof_json_web_signature", "wycheproof") else { return };
    const OTHER: &str = "the key says it is for PS256, the signature is PS384";
    const NO_NAME: &str = "the key says it is for ES521, which is no algorithm";
    let divergences = [(346, OTHER), (347, NO_NAME), (350, OTHER), (351, NO_NAME)];
    let counts = wycheproof(&json(folder.join("json_web_signature_test.json")), &divergences);
    assert_eq!(counts, (397, 10));
}

#[test]
fn wycheproof_json_web_key() {
    let Some(folder) = vectors("wycheproof_json_web_key", "wycheproof") else { return };
    let counts = wycheproof(&json(folder.join("json_web_key_test.json")), &[]);
    assert_eq!(counts, (26, 4));
}

/// RFC 7520 §4, RFC 8037 appendix A.4, and further examples of RFC 7797: each serialization of each.
#[test]
fn jose_cookbook() {
    let Some(folder) = vectors("jose_cookbook", "jose-cookbook") else { return };
    const MAC: &str = "jose.alg";
    let expected: [(&str, &str, Option<&str>); 22] = [
        ("curve25519/jws.json", "compact", None),
        ("curve25519/jws.json", "json", None),
        ("curve25519/jws.json", "json_flat", None),
        ("jws/4_1.rsa_v15_signature.json", "compact", None),
        ("jws/4_1.rsa_v15_signature.json", "json", None),
        ("jws/4_1.rsa_v15_signature.json", "json_flat", None),
        ("jws/4_2.rsa-pss_signature.json", "compact", None),
        ("jws/4_2.rsa-pss_signature.json", "json_flat", None),
        ("jws/4_3.ecdsa_signature.json", "compact", None),
        ("jws/4_3.ecdsa_signature.json", "json", None),
        ("jws/4_4.hmac-sha2_integrity_protection.json", "compact", Some(MAC)),
        ("jws/4_4.hmac-sha2_integrity_protection.json", "json", Some(MAC)),
        // A record that is not in the token is none of a verifier of records.
        ("jws/4_5.signature_with_detached_content.json", "compact", Some(MAC)),
        ("jws/4_5.signature_with_detached_content.json", "json", Some("jose.format")),
        ("jws/4_6.protecting_specific_header_fields.json", "json", Some(MAC)),
        // Nothing protects the algorithm.
        ("jws/4_7.protecting_content_only.json", "json", Some(MAC)),
        ("jws/4_7.protecting_content_only.json", "json_flat", Some(MAC)),
        // Two keys of one name; see below.
        ("jws/4_8.multiple_signatures.json", "json", Some("two keys")),
        // In a compact token a payload is encoded, which this one's white space shows it is not.
        ("rfc7797/hmac-sha2_b64_false.json", "compact", Some("jose.format")),
        ("rfc7797/hmac-sha2_b64_false.json", "json", Some(MAC)),
        ("rfc7797/hmac-sha2_b64_false.json", "json_flat", Some(MAC)),
        ("rfc7797/4.2.hmac-sha2_b64_false.json", "json", Some(MAC)),
    ];
    for (file, form, refused) in expected {
        let example = json(folder.join(file));
        let output = &example["output"][form];
        let jws = output.as_str().map_or_else(|| output.to_string(), str::to_owned);
        let mut keys = match &example["input"]["key"] {
            Json::Array(keys) => keys.clone(),
            key => vec![key.clone()],
        };
        for key in &mut keys {
            for private in ["d", "p", "q", "dp", "dq", "qi"] {
                key.as_object_mut().unwrap().remove(private);
            }
        }
        let found = verify(&jws, &keys);
        assert_eq!(found.err().as_deref(), refused, "{file} {form}");
    }
    // Of three signatures the first is good, the second has its algorithm where nothing protects it, the third is a MAC.
    let example = json(folder.join("jws/4_8.multiple_signatures.json"));
    for (index, refused) in [None, Some(MAC), Some(MAC)].into_iter().enumerate() {
        let mut jws = example["output"]["json"].clone();
        let signatures = jws["signatures"].as_array_mut().unwrap();
        *signatures = vec![signatures[index].clone()];
        let mut key = example["input"]["key"][index].clone();
        for private in ["d", "p", "q", "dp", "dq", "qi"] {
            key.as_object_mut().unwrap().remove(private);
        }
        assert_eq!(verify(&jws.to_string(), &[key]).err().as_deref(), refused, "signature {index}");
    }
}
