//! The type of an SD-JWT VC: what describes it is compared with the digests that were given for it, and decides nothing
//! (draft-ietf-oauth-sd-jwt-vc §5, §6); what few types mean by their claims is read.
#![cfg(feature = "sd-jwt")]

#[path = "support/tokens.rs"]
mod tokens;

use base64ct::{Base64, Encoding};
use ler_verify::{
    Answer, CheckId, Code, Issuers, Policy, Report, Requirement, Resource, ResourceKind, Resources, Verdict,
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256, Sha512};
use tokens::{codes, issuer, occasion, verify_with, with};

const VCT: &str = "https://college.example/types/course";
const BASE: &str = "https://college.example/types/base";

fn claims() -> Value {
    json!({"iss": issuer().did(), "sub": "did:example:ada", "vct": VCT, "course": "Welding", "given_name": "Ada"})
}

fn token(claims: &Value) -> String {
    format!("{}~", issuer().token(json!({"typ": "dc+sd-jwt"}), claims))
}

fn description() -> Value {
    json!({"vct": VCT, "name": "Course", "display": [{"locale": "en", "name": "Doctor of Medicine"}]})
}

fn sri(text: &str) -> String {
    format!("sha256-{}", Base64::encode_string(&Sha256::digest(text)))
}

fn holding(types: &[(&str, &str)]) -> Resources {
    let resources = Resources::new();
    for (vct, text) in types {
        resources.insert(ResourceKind::TypeMetadata, vct, Resource::new(*text));
    }
    resources
}

fn asking() -> Policy {
    let mut policy = Policy::accepting(Issuers::Anyone);
    policy.request_reported = true;
    policy
}

fn judge(claims: &Value, resources: &Resources) -> Report {
    verify_with(&token(claims), asking(), resources, &occasion())
}

fn found(claims: &Value, types: &[(&str, &str)]) -> Code {
    let report = judge(claims, &holding(types));
    // Whatever comes of it: it is reported, and no more.
    assert!(matches!(report.verdict(), Verdict::Verified(_)), "{}", report.to_json());
    codes(&report, CheckId::TypeMetadata)[0]
}

#[test]
fn a_description_is_asked_for_only_where_the_policy_wants_it() {
    let report =
        verify_with(&token(&claims()), Policy::accepting(Issuers::Anyone), &Resources::new(), &occasion());
    assert!(matches!(report.verdict(), Verdict::Verified(_)));
    assert_eq!(codes(&report, CheckId::TypeMetadata), [Code::TypeMetadataNeeded]);
    assert!(report.requests().is_empty());
    let report = judge(&claims(), &Resources::new());
    let [request] = report.requests() else { panic!("{}", report.to_json()) };
    assert_eq!(
        (request.kind, request.stage, request.from_unverified),
        (ResourceKind::TypeMetadata, 2, false)
    );
    assert_eq!((request.identifier.as_str(), request.locations.as_slice()), (VCT, &[VCT.to_owned()][..]));
    // What cannot be had is not asked for again.
    let resources = Resources::new();
    resources.answer(request, Answer::Unavailable("gone".to_owned()));
    let report = judge(&claims(), &resources);
    assert_eq!(codes(&report, CheckId::TypeMetadata), [Code::TypeMetadataUnavailable]);
    assert!(report.requests().is_empty() && matches!(report.verdict(), Verdict::Verified(_)));
    // Who demands it does not get a verdict without it.
    let mut strict = asking();
    strict.checks.insert("typeMetadata".to_owned(), Requirement::Require);
    let report = verify_with(&token(&claims()), strict, &resources, &occasion());
    assert!(matches!(report.verdict(), Verdict::Indeterminate));
}

#[test]
fn nothing_is_asked_for_a_record_that_may_be_anybodys() {
    let (input, _) = issuer()
        .token(json!({"typ": "dc+sd-jwt"}), &claims())
        .rsplit_once('.')
        .map(|(a, b)| (a.to_owned(), b.to_owned()))
        .unwrap();
    let forged = format!("{input}.{}~", tokens::attacker().signature(&input));
    let report = verify_with(&forged, asking(), &Resources::new(), &occasion());
    assert_eq!(codes(&report, CheckId::TypeMetadata), [Code::TypeMetadataBlocked]);
    assert!(report.requests().is_empty());
}

#[test]
fn a_type_without_an_address_has_no_description() {
    let named = with(&claims(), "/vct", json!("urn:example:course"));
    let report = judge(&named, &Resources::new());
    assert_eq!(codes(&report, CheckId::TypeMetadata), [Code::TypeMetadataNone]);
    // Unless the host has one, or the issuer gave a digest of one: then it is asked for, and has no location.
    let text = json!({"vct": "urn:example:course"}).to_string();
    assert_eq!(found(&named, &[("urn:example:course", &text)]), Code::TypeMetadataFound);
    let pinned = with(&named, "/vct#integrity", json!(sri(&text)));
    assert_eq!(found(&pinned, &[("urn:example:course", &text)]), Code::TypeMetadataPinned);
    let report = judge(&pinned, &Resources::new());
    assert!(report.requests()[0].locations.is_empty());
}

#[test]
fn the_digest_is_that_of_the_description() {
    let text = description().to_string();
    let pinned = |integrity: &str| with(&claims(), "/vct#integrity", json!(integrity));
    let wrong = sri("another");
    let longer = format!("sha512-{}", Base64::encode_string(&Sha512::digest(&text)));
    for (integrity, code) in [
        (sri(&text), Code::TypeMetadataPinned),
        (longer.clone(), Code::TypeMetadataPinned),
        (format!("{wrong} {}", sri(&text)), Code::TypeMetadataPinned),
        // The strongest counts.
        (format!("{wrong} {longer}"), Code::TypeMetadataPinned),
        (
            format!("{} sha512-{}", sri(&text), Base64::encode_string(&Sha512::digest("another"))),
            Code::TypeMetadataDigest,
        ),
        (wrong.clone(), Code::TypeMetadataDigest),
        ("md5-AAAA".to_owned(), Code::TypeMetadataDigestUnknown),
        ("sha256-AAAA".to_owned(), Code::TypeMetadataDigestUnknown),
        ("digest".to_owned(), Code::TypeMetadataDigestUnknown),
    ] {
        assert_eq!(found(&pinned(&integrity), &[(VCT, &text)]), code, "{integrity}");
    }
    assert_eq!(found(&claims(), &[(VCT, &text)]), Code::TypeMetadataFound);
    // White space is in the digest.
    assert_eq!(found(&pinned(&sri(&text)), &[(VCT, &format!("{text}\n"))]), Code::TypeMetadataDigest);
}

#[test]
fn what_was_obtained_describes_this_type() {
    for (text, code) in [
        (json!({"vct": "https://other.example/type"}).to_string(), Code::TypeMetadataOther),
        (json!({"name": "Course"}).to_string(), Code::TypeMetadataUnreadable),
        (json!({"vct": [VCT]}).to_string(), Code::TypeMetadataUnreadable),
        (json!({"vct": VCT, "extends": 1}).to_string(), Code::TypeMetadataUnreadable),
        (json!([VCT]).to_string(), Code::TypeMetadataUnreadable),
        ("<html>".to_owned(), Code::TypeMetadataUnreadable),
        (format!("{{\"vct\": \"{VCT}\", \"vct\": \"{VCT}\"}}"), Code::TypeMetadataUnreadable),
    ] {
        assert_eq!(found(&claims(), &[(VCT, &text)]), code, "{text}");
    }
}

#[test]
fn types_that_are_extended_are_looked_up_likewise() {
    let base = json!({"vct": BASE, "name": "Anything"}).to_string();
    let extending = |integrity: Value| {
        let text = with(&description(), "/extends", json!(BASE));
        with(&text, "/extends#integrity", integrity).to_string()
    };
    let plain = extending(Value::Null);
    let report = judge(&claims(), &holding(&[(VCT, &plain)]));
    assert_eq!(codes(&report, CheckId::TypeMetadata), [Code::TypeMetadataNeeded]);
    assert_eq!(report.requests()[0].identifier, BASE);
    assert_eq!(found(&claims(), &[(VCT, &plain), (BASE, &base)]), Code::TypeMetadataFound);
    let pinned = extending(json!(sri(&base)));
    let whole = with(&claims(), "/vct#integrity", json!(sri(&pinned)));
    assert_eq!(found(&whole, &[(VCT, &pinned), (BASE, &base)]), Code::TypeMetadataPinned);
    // A digest on the way alone does not pin the whole.
    assert_eq!(found(&claims(), &[(VCT, &pinned), (BASE, &base)]), Code::TypeMetadataFound);
    let other = extending(json!(sri("another")));
    assert_eq!(found(&claims(), &[(VCT, &other), (BASE, &base)]), Code::TypeMetadataDigest);
}

#[test]
fn types_extend_each_other_within_bounds() {
    let itself = with(&description(), "/extends", json!(VCT)).to_string();
    assert_eq!(found(&claims(), &[(VCT, &itself)]), Code::TypeMetadataLoop);
    let (there, back) = (
        with(&description(), "/extends", json!(BASE)).to_string(),
        json!({"vct": BASE, "extends": VCT}).to_string(),
    );
    assert_eq!(found(&claims(), &[(VCT, &there), (BASE, &back)]), Code::TypeMetadataLoop);
    // Eight are looked at, a ninth is not.
    for (number, code) in [(8, Code::TypeMetadataFound), (9, Code::TypeMetadataLoop)] {
        let name = |index: usize| if index == 0 { VCT.to_owned() } else { format!("{BASE}/{index}") };
        let resources = Resources::new();
        for index in 0..number {
            let mut text = json!({"vct": name(index)});
            if index + 1 < number {
                text["extends"] = json!(name(index + 1));
            }
            resources.insert(ResourceKind::TypeMetadata, &name(index), Resource::new(text.to_string()));
        }
        assert_eq!(codes(&judge(&claims(), &resources), CheckId::TypeMetadata), [code]);
    }
}

#[test]
fn a_description_changes_nothing_of_the_record() {
    let text = description().to_string();
    let record = |resources: &Resources| match judge(&claims(), resources).verdict() {
        Verdict::Verified(secured) => secured.record().unwrap().to_json(),
        _ => panic!(),
    };
    let without = record(&Resources::new());
    assert_eq!(record(&holding(&[(VCT, &text)])), without);
    assert!(!without.contains("Doctor"));
}

#[test]
fn claims_are_read_by_their_type_where_that_defines_them() {
    let record = |claims: &Value| {
        let report = judge(claims, &Resources::new());
        let Verdict::Verified(secured) = report.verdict() else { panic!("{}", report.to_json()) };
        serde_json::from_str::<Value>(&secured.record().unwrap().to_json()).unwrap()
    };
    // Under another type a name is a claim like others, whatever it is called.
    let other = record(&claims());
    assert_eq!(other["holders"][0].get("givenName"), None);
    assert_eq!(other["claims"].as_array().map(Vec::len), Some(2));
    let person = json!({
        "iss": issuer().did(), "vct": "urn:eudi:pid:1", "given_name": "Ada", "family_name": "Lovelace",
        "birthdate": "1990-12-10", "nationalities": ["BE"]
    });
    let read = record(&person);
    let holder = &read["holders"][0];
    assert_eq!(holder["givenName"][0]["value"], "Ada");
    assert_eq!(holder["familyName"][0]["value"], "Lovelace");
    assert_eq!(holder["birthDate"]["precision"], "day");
    assert_eq!(read["kind"], "Other", "who somebody is, is nothing learned");
    let claims: Vec<&str> =
        read["claims"].as_array().unwrap().iter().map(|claim| claim["pointer"].as_str().unwrap()).collect();
    assert_eq!(claims, ["/nationalities/0"]);
    // Of another JSON type it stays a claim; a type that is nearly this one is another.
    let odd = record(&with(&person, "/birthdate", json!(19_901_210)));
    assert_eq!(odd["holders"][0].get("birthDate"), None);
    assert!(odd["claims"].to_string().contains("/birthdate"));
    let near = record(&with(&person, "/vct", json!("urn:eudi:pid:1:x")));
    assert_eq!(near.get("holders"), None);
}
