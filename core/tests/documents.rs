//! What makes a conforming document, rule by rule: code and pointer of each defect.

use ler_verify::codes::Code;
use ler_verify::document::{
    DataModel, Family, Relation, conformance, detect, embedded, empty_members, validity,
};
use ler_verify::json::Tree;
use ler_verify::limits::Limits;
use serde_json::{Value, json};

fn vcdm2() -> Value {
    json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": "urn:uuid:1",
        "type": ["VerifiableCredential"],
        "name": "A badge",
        "issuer": {"id": "did:example:issuer", "name": [{"@value": "School", "@language": "en"}]},
        "validFrom": "2020-01-01T00:00:00Z",
        "validUntil": "2030-01-01T00:00:00Z",
        "credentialSubject": {"id": "did:example:ada", "degree": "BSc"},
        "credentialStatus": {"type": "BitstringStatusListEntry"},
        "credentialSchema": {"id": "https://example.org/s.json", "type": "JsonSchema"},
        "relatedResource": {"id": "https://example.org/r", "digestSRI": "sha256-x"},
        "refreshService": {"type": "X"}, "termsOfUse": {"type": "X"}, "evidence": {"type": "X"},
        "proof": {"type": "DataIntegrityProof"}
    })
}

fn vcdm1() -> Value {
    json!({
        "@context": ["https://www.w3.org/2018/credentials/v1"],
        "id": "urn:uuid:1",
        "type": "VerifiableCredential",
        "issuer": "did:example:issuer",
        "issuanceDate": "2020-01-01T00:00:00",
        "expirationDate": "2030-01-01T00:00:00Z",
        "credentialSubject": [{"id": "did:example:ada"}, {"degree": "BSc"}],
        "credentialStatus": {"id": "https://example.org/1#2", "type": "StatusList2021Entry"},
        "credentialSchema": {"id": "https://example.org/s.json", "type": "JsonSchema"},
        "refreshService": {"id": "https://example.org/r", "type": "X"},
        "termsOfUse": {"type": "X"}, "evidence": {"type": "X"},
        "proof": [{"type": "A"}, {"type": "B"}]
    })
}

fn presentation() -> Value {
    json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": "VerifiablePresentation",
        "holder": "did:example:ada",
        "verifiableCredential": [
            vcdm2(),
            {"@context": "https://www.w3.org/ns/credentials/v2", "type": "EnvelopedVerifiableCredential",
             "id": "data:application/vc+jwt,eyJ.e30.AA"}
        ]
    })
}

/// The document with `value` at the pointer.
fn with(mut document: Value, pointer: &str, value: Value) -> Value {
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    match document.pointer_mut(parent).unwrap() {
        Value::Object(object) => drop(object.insert(key.to_owned(), value)),
        Value::Array(array) => array[key.parse::<usize>().unwrap()] = value,
        _ => panic!("{pointer}"),
    }
    document
}

fn without(mut document: Value, pointer: &str) -> Value {
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    document.pointer_mut(parent).unwrap().as_object_mut().unwrap().remove(key).unwrap();
    document
}

/// The defects as (code, pointer).
fn defects(document: &Value) -> Vec<(Code, String)> {
    let text = document.to_string();
    let tree = Tree::parse(text.as_bytes(), &Limits::default()).unwrap();
    let detected = detect(tree.root()).unwrap();
    conformance(tree.root(), &detected).into_iter().map(|f| (f.code, f.pointer.clone().unwrap())).collect()
}

fn assert_defect(document: Value, code: Code, pointer: &str) {
    assert_eq!(defects(&document), [(code, pointer.to_owned())], "{document}");
}

#[test]
fn whole_documents_conform() {
    for document in [vcdm2(), vcdm1(), presentation()] {
        assert_eq!(defects(&document), [], "{document}");
    }
}

/// threats.md J18: a member of the wrong JSON type is a defect, never an absence.
#[test]
fn every_wrong_json_type_is_a_defect() {
    // What each member may be: s string, o object, a array of its items; the rest fails.
    #[rustfmt::skip]
    let credential = [
        ("/@context", "so"), ("/id", "s"), ("/type", "s"), ("/issuer", "so"), ("/credentialSubject", "o"),
        ("/credentialStatus", "o"), ("/credentialSchema", "o"), ("/refreshService", "o"), ("/termsOfUse", "o"),
        ("/evidence", "o"), ("/proof", "o"), ("/credentialStatus/id", "s"), ("/credentialStatus/type", "s"),
        ("/credentialSchema/id", "s"), ("/credentialSchema/type", "s"), ("/refreshService/id", "s"),
        ("/refreshService/type", "s"), ("/termsOfUse/id", "s"), ("/termsOfUse/type", "s"), ("/evidence/id", "s"),
        ("/evidence/type", "s"),
    ];
    let only2 = [
        ("/validFrom", "s"),
        ("/validUntil", "s"),
        ("/name", "so"),
        ("/description", "so"),
        ("/relatedResource", "o"),
        ("/relatedResource/id", "s"),
        ("/relatedResource/digestSRI", "s"),
        ("/relatedResource/digestMultibase", "s"),
        ("/relatedResource/mediaType", "s"),
        ("/issuer/id", "s"),
        ("/issuer/name", "so"),
        ("/issuer/name/0/@value", "s"),
        ("/issuer/name/0/@language", "s"),
        ("/issuer/name/0/@direction", "s"),
        ("/credentialSubject/id", "s"),
        ("/proof/type", "s"),
    ];
    let only1 = [
        ("/issuanceDate", "s"),
        ("/expirationDate", "s"),
        ("/validFrom", "s"),
        ("/validUntil", "s"),
        ("/credentialSubject/0/id", "s"),
        ("/proof/0/type", "s"),
    ];
    let of_presentation = [
        ("/@context", "so"),
        ("/id", "s"),
        ("/type", "s"),
        ("/holder", "so"),
        ("/verifiableCredential", "o"),
        ("/verifiableCredential/0", "o"),
        ("/proof", "o"),
        ("/termsOfUse", "o"),
    ];
    let wrong =
        [("b", json!(true)), ("n", json!(5)), ("s", json!("x")), ("o", json!({"x": 1})), ("a", json!([[]]))];
    let cases = credential
        .iter()
        .chain(&only2)
        .map(|case| (vcdm2(), case))
        .chain(credential.iter().chain(&only1).map(|case| (vcdm1(), case)))
        .chain(of_presentation.iter().map(|case| (presentation(), case)));
    let mut tried = 0;
    for (document, (pointer, allowed)) in cases {
        for (kind, value) in wrong.iter().filter(|(kind, _)| !allowed.contains(kind)) {
            let found = defects(&with(document.clone(), pointer, value.clone()));
            assert!(
                found.iter().any(|(code, at)| *code == Code::DocumentMemberType && at.starts_with(pointer)),
                "{pointer} as {kind}: {found:?}"
            );
            tried += 1;
        }
    }
    assert_eq!(tried, 279);
}

/// threats.md J21: reserved members that are `null` or empty are defects, others are reported.
#[test]
fn null_is_a_defect_where_verification_depends_on_it() {
    for member in [
        "@context",
        "id",
        "type",
        "issuer",
        "credentialSubject",
        "credentialStatus",
        "proof",
        "validFrom",
        "validUntil",
    ] {
        for nothing in [json!(null), json!([])] {
            let pointer = format!("/{member}");
            let found = defects(&with(vcdm2(), &pointer, nothing));
            assert_eq!(found[0], (Code::DocumentMemberType, pointer.clone()));
            // Without types it is no credential either.
            assert_eq!(found.len(), if member == "type" { 2 } else { 1 }, "{found:?}");
        }
    }
    for member in ["issuanceDate", "expirationDate"] {
        let pointer = format!("/{member}");
        assert_defect(with(vcdm1(), &pointer, json!(null)), Code::DocumentMemberType, &pointer);
    }
    for member in ["holder", "verifiableCredential"] {
        let pointer = format!("/{member}");
        assert_defect(with(presentation(), &pointer, json!(null)), Code::DocumentMemberType, &pointer);
        assert_defect(with(presentation(), &pointer, json!([])), Code::DocumentMemberType, &pointer);
    }
    for member in ["name", "evidence", "termsOfUse", "refreshService", "relatedResource", "credentialSchema"]
    {
        assert_eq!(defects(&with(vcdm2(), &format!("/{member}"), json!(null))), []);
        assert_eq!(defects(&with(vcdm2(), &format!("/{member}"), json!([]))), []);
    }
}

#[test]
fn empty_members_are_reported_where_they_stand() {
    let text = r#"{
        "@context": ["https://www.w3.org/ns/credentials/v2", {"x": null}],
        "type": "VerifiableCredential", "issuer": null,
        "credentialSubject": {"a": [1, null, {"b": []}], "id": null},
        "evidence": [], "proof": {"x": null}
    }"#;
    let tree = Tree::parse(text.as_bytes(), &Limits::default()).unwrap();
    let found: Vec<_> =
        empty_members(tree.root()).into_iter().map(|f| (f.code, f.pointer.clone().unwrap())).collect();
    let expected =
        ["/credentialSubject/a/1", "/credentialSubject/a/2/b", "/credentialSubject/id", "/evidence"];
    assert_eq!(found, expected.map(|pointer| (Code::DocumentEmpty, pointer.to_owned())));
}

#[test]
fn a_million_defects_are_counted_not_listed() {
    let text = format!(
        r#"{{"@context":["https://www.w3.org/ns/credentials/v2"],"type":"VerifiableCredential","x":[{}null]}}"#,
        "null,".repeat(99_999)
    );
    let tree = Tree::parse(text.as_bytes(), &Limits::default()).unwrap();
    let found = empty_members(tree.root());
    assert_eq!(found.len(), 100);
    assert_eq!(found[99].details["more"], ler_verify::codes::Detail::Number(99_900));
}

#[test]
fn required_members_are_required() {
    for pointer in ["/type", "/issuer", "/credentialSubject", "/@context"] {
        for document in [vcdm1(), vcdm2()] {
            let found = defects(&without(document, pointer));
            assert!(found.contains(&(Code::DocumentMemberMissing, String::new())), "{pointer}: {found:?}");
        }
    }
    assert_defect(without(vcdm1(), "/issuanceDate"), Code::DocumentMemberMissing, "");
    assert_eq!(defects(&without(without(vcdm2(), "/validFrom"), "/validUntil")), []);
    for member in ["credentialStatus", "credentialSchema", "refreshService", "termsOfUse", "evidence"] {
        let place = format!("/{member}");
        for document in [vcdm1(), vcdm2()] {
            let found = defects(&without(document, &format!("{place}/type")));
            assert_eq!(found, [(Code::DocumentMemberMissing, place.clone())]);
        }
    }
    for member in ["credentialStatus", "refreshService"] {
        // 1.1 demands an id, 2.0 does not.
        assert_defect(
            without(vcdm1(), &format!("/{member}/id")),
            Code::DocumentMemberMissing,
            &format!("/{member}"),
        );
    }
    assert_defect(without(vcdm2(), "/credentialSchema/id"), Code::DocumentMemberMissing, "/credentialSchema");
    assert_defect(without(vcdm2(), "/issuer/id"), Code::DocumentMemberMissing, "/issuer");
    assert_defect(without(vcdm2(), "/proof/type"), Code::DocumentMemberMissing, "/proof");
    assert_defect(
        with(vcdm2(), "/credentialSubject", json!({})),
        Code::DocumentMemberValue,
        "/credentialSubject",
    );
    let no_claims = json!([{"id": "did:example:ada"}, {"degree": null}]);
    assert_defect(
        with(vcdm2(), "/credentialSubject", no_claims),
        Code::DocumentMemberValue,
        "/credentialSubject/1",
    );
}

#[test]
fn identifiers_are_absolute_urls() {
    for pointer in ["/id", "/issuer/id", "/credentialSubject/id", "/credentialStatus/id", "/evidence/id"] {
        for bad in ["ada", "https ://example.org", "#x", "//example.org", "did:a b", ""] {
            assert_defect(with(vcdm2(), pointer, json!(bad)), Code::DocumentUrl, pointer);
        }
    }
    assert_defect(with(presentation(), "/holder", json!("z6Mk")), Code::DocumentUrl, "/holder");
}

/// threats.md T20.
#[test]
fn dates_are_dates_in_order() {
    assert_defect(with(vcdm2(), "/validFrom", json!("2020-01-01")), Code::DocumentDate, "/validFrom");
    assert_defect(
        with(vcdm2(), "/validFrom", json!("2020-01-01T00:00:00")),
        Code::DocumentDate,
        "/validFrom",
    );
    assert_defect(with(vcdm1(), "/issuanceDate", json!("2020-01-01")), Code::DocumentDate, "/issuanceDate");
    assert_defect(
        with(vcdm2(), "/validUntil", json!("2019-12-31T23:59:59Z")),
        Code::DocumentDateOrder,
        "/validUntil",
    );
    assert_defect(
        with(vcdm1(), "/expirationDate", json!("2019-12-31T23:59:59Z")),
        Code::DocumentDateOrder,
        "/expirationDate",
    );
    assert_eq!(defects(&with(vcdm2(), "/validUntil", json!("2020-01-01T01:00:00+01:00"))), []);
}

/// threats.md T23: the dates of 1.1 are members like others in 2.0 and bound nothing; those of 2.0 are reserved in 1.1
/// and narrow the period.
#[test]
fn the_dates_of_the_other_model() {
    for member in ["/issuanceDate", "/expirationDate"] {
        assert_eq!(defects(&with(vcdm2(), member, json!("2020-01-01T00:00:00Z"))), []);
    }
    let both = with(
        with(vcdm1(), "/validFrom", json!("2021-01-01T00:00:00Z")),
        "/validUntil",
        json!("2025-01-01T00:00:00Z"),
    );
    assert_eq!(defects(&both), []);
    let read = |document: &Value| {
        let text = document.to_string();
        let tree = Tree::parse(text.as_bytes(), &Limits::default()).unwrap();
        let period = validity(tree.root(), DataModel::Vcdm1);
        (period.from.map(|v| v.pointer()), period.until.map(|v| v.pointer()))
    };
    let names = |from: &str, until: &str| (Some(from.to_owned()), Some(until.to_owned()));
    assert_eq!(read(&vcdm1()), names("/issuanceDate", "/expirationDate"));
    assert_eq!(read(&both), names("/validFrom", "/validUntil"));
    let wider = with(
        with(vcdm1(), "/validFrom", json!("2019-01-01T00:00:00Z")),
        "/validUntil",
        json!("2035-01-01T00:00:00Z"),
    );
    assert_eq!(read(&wider), names("/issuanceDate", "/expirationDate"));
    assert_eq!(read(&with(vcdm1(), "/validUntil", json!(5))), names("/issuanceDate", "/validUntil"));
    let reversed = with(vcdm1(), "/validUntil", json!("2019-01-01T00:00:00Z"));
    assert_defect(reversed, Code::DocumentDateOrder, "/validUntil");
}

#[test]
fn the_base_context_is_first() {
    let v2 = "https://www.w3.org/ns/credentials/v2";
    let other = "https://example.org/context";
    assert_defect(with(vcdm2(), "/@context", json!([other, v2])), Code::DocumentContextOrder, "/@context/0");
    assert_defect(
        with(vcdm2(), "/@context", json!([{"a": "b:c"}, v2])),
        Code::DocumentContextOrder,
        "/@context/0",
    );
    assert_defect(with(vcdm2(), "/@context", json!([other])), Code::DocumentContextOrder, "/@context/0");
    assert_defect(with(vcdm2(), "/@context", json!([v2, "x"])), Code::DocumentUrl, "/@context/1");
    assert_eq!(defects(&with(vcdm2(), "/@context", json!([v2, other, {"a": "b:c"}]))), []);
}

#[test]
fn types_are_those_of_the_model() {
    assert_defect(with(vcdm2(), "/type", json!(["OpenBadgeCredential"])), Code::DocumentType, "/type");
    assert_defect(
        with(vcdm2(), "/type", json!(["VerifiableCredential", ""])),
        Code::DocumentMemberValue,
        "/type/1",
    );
    assert_defect(
        with(vcdm2(), "/type", json!(["VerifiableCredential", null])),
        Code::DocumentMemberType,
        "/type/1",
    );
    // Who claims to be both is a credential, which must be secured, and no conforming one.
    let both = with(vcdm2(), "/type", json!(["VerifiablePresentation", "VerifiableCredential"]));
    assert_defect(both, Code::DocumentType, "/type");
}

#[test]
fn language_values_have_nothing_besides() {
    assert_defect(
        with(vcdm2(), "/name", json!({"@value": "x", "url": "y"})),
        Code::DocumentMemberForbidden,
        "/name/url",
    );
    assert_defect(with(vcdm2(), "/name", json!({"@language": "en"})), Code::DocumentMemberMissing, "/name");
    let sideways = json!({"@value": "x", "@direction": "up"});
    assert_defect(
        with(vcdm2(), "/issuer/description", sideways),
        Code::DocumentMemberValue,
        "/issuer/description/@direction",
    );
}

#[test]
fn related_resources_are_distinct_and_have_a_digest() {
    let a = json!({"id": "https://example.org/r", "digestMultibase": "uEiAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"});
    assert_defect(
        with(vcdm2(), "/relatedResource", json!([a, a])),
        Code::DocumentMemberValue,
        "/relatedResource/1/id",
    );
    let none = json!([{"id": "https://example.org/r"}]);
    assert_defect(with(vcdm2(), "/relatedResource", none), Code::DocumentMemberMissing, "/relatedResource/0");
}

#[test]
fn a_presentation_holds_credentials() {
    let at = "/verifiableCredential/1";
    let jwt = json!("eyJ.e30.AA");
    assert_defect(with(presentation(), at, jwt.clone()), Code::DocumentMemberType, at);
    assert_defect(with(presentation(), at, json!({"type": "Thing"})), Code::DocumentType, at);
    let id = format!("{at}/id");
    assert_defect(with(presentation(), &id, json!("https://example.org/vc")), Code::DocumentUrl, &id);
    // In 1.1 a string is a JWT.
    let old =
        with(with(presentation(), "/@context/0", json!("https://www.w3.org/2018/credentials/v1")), at, jwt);
    assert_eq!(defects(&old), []);
}

#[test]
fn an_envelope_alone_is_a_document() {
    let envelope = presentation()["verifiableCredential"][1].clone();
    assert_eq!(defects(&envelope), []);
    assert_defect(without(envelope.clone(), "/id"), Code::DocumentMemberMissing, "");
    let text = envelope.to_string();
    let tree = Tree::parse(text.as_bytes(), &Limits::default()).unwrap();
    assert!(detect(tree.root()).unwrap().enveloped);
}

#[test]
fn the_kind_of_record_is_told_by_context_and_type() {
    let tell = |document: Value| {
        let text = document.to_string();
        let tree = Tree::parse(text.as_bytes(), &Limits::default()).unwrap();
        detect(tree.root()).map(|d| (d.family, d.version, d.model, d.presentation))
    };
    let typed = |name: &str| with(vcdm2(), "/type", json!(["VerifiableCredential", name]));
    use DataModel::{Vcdm1, Vcdm2};
    assert_eq!(tell(vcdm2()), Some((Family::VerifiableCredential, "2.0", Vcdm2, false)));
    assert_eq!(tell(vcdm1()), Some((Family::VerifiableCredential, "1.1", Vcdm1, false)));
    assert_eq!(tell(typed("OpenBadgeCredential")), Some((Family::OpenBadges, "3.0", Vcdm2, false)));
    assert_eq!(tell(typed("AchievementCredential")), Some((Family::OpenBadges, "3.0", Vcdm2, false)));
    assert_eq!(tell(typed("ClrCredential")), Some((Family::Clr, "2.0", Vcdm2, false)));
    assert_eq!(tell(typed("EndorsementCredential")), Some((Family::Endorsement, "3.0", Vcdm2, false)));
    assert_eq!(tell(presentation()), Some((Family::VerifiablePresentation, "2.0", Vcdm2, true)));
    assert_eq!(
        tell(without(vcdm1(), "/@context")),
        Some((Family::VerifiableCredential, "1.1", Vcdm1, false))
    );
    assert_eq!(tell(json!({"@context": "https://w3id.org/openbadges/v2", "type": "Assertion"})), None);
    assert_eq!(tell(json!({"actor": {}, "verb": {}, "object": {}})), None);
    assert_eq!(tell(json!([])), None);
    assert_eq!(tell(json!("VerifiableCredential")), None);
}

#[test]
fn embedded_documents_are_found_with_their_relation() {
    let find = |document: Value| {
        let text = document.to_string();
        let tree = Tree::parse(text.as_bytes(), &Limits::default()).unwrap();
        let detected = detect(tree.root()).unwrap();
        let found = embedded(tree.root(), &detected);
        found.into_iter().map(|(value, relation)| (value.pointer(), relation)).collect::<Vec<_>>()
    };
    let at = |pointer: &str, relation| (pointer.to_owned(), relation);
    assert_eq!(
        find(presentation()),
        [
            at("/verifiableCredential/0", Relation::Presented),
            at("/verifiableCredential/1", Relation::Presented)
        ]
    );
    let endorsement =
        json!({"type": ["VerifiableCredential", "EndorsementCredential"], "issuer": {"endorsement": [1]}});
    let clr = json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiableCredential", "ClrCredential"],
        "credentialSubject": [{"verifiableCredential": [{"endorsement": endorsement}, "eyJ", null]}],
        "endorsement": [endorsement, 5],
        "endorsementJwt": ["eyJ"],
        "issuer": {"parentOrg": {"endorsement": endorsement}},
        "evidence": {"verifiableCredential": {}}
    });
    assert_eq!(
        find(clr.clone()),
        [
            at("/credentialSubject/0/verifiableCredential/0", Relation::Nested),
            at("/credentialSubject/0/verifiableCredential/1", Relation::Nested),
            at("/endorsement/0", Relation::Endorsement),
            at("/endorsement/1", Relation::Endorsement),
            at("/endorsementJwt/0", Relation::Endorsement),
            at("/issuer/parentOrg/endorsement", Relation::Endorsement),
        ]
    );
    // Outside of the profiles the word is free, unless the value says that it is a credential.
    let licence = json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiableCredential"],
        "credentialSubject": {"endorsement": ["H", endorsement]}
    });
    assert_eq!(find(licence), [at("/credentialSubject/endorsement/1", Relation::Endorsement)]);
}

/// What is no record, and what claims to be two, is not recognised, and what was seen is said.
#[test]
fn what_is_not_recognised_says_what_was_seen() {
    use ler_verify::{CheckId, Issuers, Occasion, Policy, Resources, Timestamp, Verdict, Verifier};
    let verifier = Verifier::new(Policy::accepting(Issuers::Anyone)).unwrap();
    let occasion = Occasion::at(Timestamp::parse("2026-11-21T12:00:00Z").unwrap());
    let seen = |document: Value| {
        let report = verifier.verify(document.to_string().as_bytes(), &Resources::new(), &occasion);
        assert!(matches!(report.verdict(), Verdict::Indeterminate), "{}", report.to_json());
        assert!(report.requests().is_empty());
        let check = report.checks().iter().find(|check| check.id == CheckId::DocumentFormat).unwrap();
        assert_eq!(check.code, Code::FormatNotRecognised);
        serde_json::to_value(&check.details).unwrap()
    };
    assert_eq!(seen(json!({})), json!({}));
    assert_eq!(
        seen(json!({"@context": "https://schema.org/", "name": "Ada Lovelace", "type": ["Person"]})),
        json!({"contexts": ["https://schema.org/"], "types": ["Person"], "members": ["@context", "name", "type"]})
    );
    // An Assertion that is a statement too: two readers may read two records.
    let both = json!({"@context": "https://w3id.org/openbadges/v2", "badge": "https://a.example/b",
                      "actor": {}, "verb": {}, "object": {}});
    assert_eq!(seen(both)["formats"], json!(["openBadges", "xapi"]));
    // What does not read as a name is not repeated.
    let spoofed = json!({"type": ["a\u{202e}b", "x".repeat(101), "two words"], "Ada's grades": 1});
    assert_eq!(seen(spoofed), json!({"members": ["type"]}));
}
