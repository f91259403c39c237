//! Credential mode: nothing is lost, the JSON reads as it is signed, nothing is displaced. Each test names its line of
//! the attack catalogue (L01 to L31) where it has one; it is as long as that catalogue.

use std::collections::BTreeMap;

use ler_verify::codes::{Code, Detail};
use ler_verify::json::{Tree, View};
use ler_verify::jsonld::{
    Contexts, Graph, InlineContexts, Origin, Rules, Supplied, credential_to_rdf, dated_attempts, tables,
};
use ler_verify::limits::Limits;
use ler_verify::rdf::canonical::{Budget, Hash, canonicalize};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

const V2: &str = "https://www.w3.org/ns/credentials/v2";
const V1: &str = "https://www.w3.org/2018/credentials/v1";
const OB: &str = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";
const CREDENTIALS: &str = "https://www.w3.org/2018/credentials#";
const OWN: &str = "https://example.org/own/v1";

/// What a host and a policy bring.
#[derive(Default)]
struct Setting {
    limits: Limits,
    inline: InlineContexts,
    supplied: BTreeMap<String, String>,
    unavailable: bool,
    pinned: BTreeMap<String, [u8; 32]>,
    digests: BTreeMap<String, Vec<u8>>,
    as_of: Option<String>,
    asked: std::cell::RefCell<Vec<String>>,
}

impl Setting {
    fn supplying(url: &str, context: &Value) -> Self {
        let mut setting = Setting::default();
        setting.supplied.insert(url.to_owned(), json!({ "@context": context }).to_string());
        setting
    }

    fn pinning(mut self) -> Self {
        for (url, text) in &self.supplied {
            self.pinned.insert(url.clone(), Sha256::digest(text).into());
        }
        self
    }

    fn inline(inline: InlineContexts) -> Self {
        Setting { inline, ..Setting::default() }
    }

    fn read_with(&self, contexts: &Contexts, document: &str) -> Graph {
        let tree = Tree::parse(document.as_bytes(), &self.limits).unwrap();
        let view = View { without: &["proof"], ..View::whole(tree.root().as_object().unwrap()) };
        let supplied = |url: &str| {
            self.asked.borrow_mut().push(url.to_owned());
            match self.supplied.get(url) {
                Some(text) => Supplied::Bytes(text.as_bytes()),
                None if self.unavailable => Supplied::Unavailable,
                None => Supplied::Missing,
            }
        };
        let rules = Rules {
            limits: &self.limits,
            pinned: &self.pinned,
            inline: self.inline,
            supplied: &supplied,
            as_of: self.as_of.clone(),
            digests: &self.digests,
        };
        credential_to_rdf(&view, contexts, &rules)
    }

    fn read(&self, document: &Value) -> Graph {
        // In one order, whatever features of serde_json are on: findings come in the order of the document.
        let mut document = document.clone();
        document.sort_all_objects();
        self.read_with(&Contexts::default(), &document.to_string())
    }
}

/// A badge as real ones are.
fn badge() -> Value {
    json!({
        "@context": [V2, OB],
        "id": "urn:uuid:a63a60be-f4af-491c-87fc-2c8fd3007a58",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": "Robotics badge",
        "issuer": { "id": "did:example:school", "type": ["Profile"], "name": "School" },
        "validFrom": "2024-01-01T00:00:00Z",
        "validUntil": "2025-01-01T00:00:00Z",
        "credentialStatus": {
            "id": "https://school.example/list#1",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": "1",
            "statusListCredential": "https://school.example/list"
        },
        "credentialSubject": {
            "id": "did:example:ada",
            "type": ["AchievementSubject"],
            "creditsEarned": 2.5,
            "achievement": {
                "id": "https://school.example/robotics",
                "type": ["Achievement"],
                "name": "Robotics",
                "description": "Builds robots",
                "criteria": { "narrative": "Build one" }
            }
        }
    })
}

/// The badge after a change.
fn changed(change: impl FnOnce(&mut Value)) -> Value {
    let mut badge = badge();
    change(&mut badge);
    badge
}

fn quads(graph: &Graph) -> String {
    canonicalize(&graph.dataset, Hash::Sha256, &mut Budget::new(&Limits::default())).unwrap().nquads
}

fn has(graph: &Graph, code: Code) -> bool {
    graph.findings.iter().any(|finding| finding.code == code)
}

fn codes(graph: &Graph) -> Vec<(&'static str, &str)> {
    graph.findings.iter().map(|f| (f.code.name(), f.pointer.as_deref().unwrap_or("-"))).collect()
}

/// Exactly these findings, at these places.
#[track_caller]
fn finds(document: &Value, expected: &[(&str, &str)]) {
    let graph = Setting::default().read(document);
    assert_eq!(codes(&graph), expected);
}

fn append(list: &mut Value, item: Value) {
    list.as_array_mut().unwrap().push(item);
}

fn moved_to(value: &mut Value, from: &str, to: &str) {
    let member = value.as_object_mut().unwrap().remove(from).unwrap();
    value[to] = member;
}

#[test]
fn a_badge_as_issued_has_nothing_against_it() {
    let graph = Setting::default().read(&badge());
    assert_eq!(codes(&graph), []);
    assert_eq!(graph.missing, [""; 0]);
    assert_eq!(graph.dataset.quads().len(), 22);
    let uses: Vec<_> = graph.contexts.iter().map(|c| (c.url.as_str(), c.origin, c.used)).collect();
    assert_eq!(uses, [(V2, Origin::Embedded, true), (OB, Origin::Embedded, true)]);
}

// --- the JSON reads as it is signed

#[test]
fn l01_a_property_written_as_an_iri_is_refused() {
    let document = changed(|badge| {
        moved_to(badge, "validUntil", &format!("{CREDENTIALS}validUntil"));
        moved_to(badge, "credentialStatus", "https://www.w3.org/2018/credentials#credentialStatus");
    });
    finds(
        &document,
        &[
            ("jsonld.notCompact", "/https:~1~1www.w3.org~12018~1credentials#credentialStatus"),
            ("jsonld.notCompact", "/https:~1~1www.w3.org~12018~1credentials#validUntil"),
        ],
    );
}

#[test]
fn l02_nesting_is_refused() {
    let document = changed(|badge| {
        moved_to(badge, "validUntil", "inner");
        let inner = badge.as_object_mut().unwrap().remove("inner").unwrap();
        badge["@nest"] = json!({ "validUntil": inner });
    });
    finds(&document, &[("jsonld.keyword", "/@nest")]);
}

#[test]
fn l03_included_graph_and_reverse_are_refused() {
    for keyword in ["@included", "@graph", "@reverse"] {
        let document = changed(|badge| badge[keyword] = json!({ "id": "urn:x", "type": "Profile" }));
        finds(&document, &[("jsonld.keyword", &format!("/{keyword}"))]);
    }
}

#[test]
fn l04_keywords_do_not_replace_id_and_type() {
    let document = changed(|badge| moved_to(&mut badge["credentialSubject"], "id", "@id"));
    finds(&document, &[("jsonld.alias", "/credentialSubject/@id")]);
    let document = changed(|badge| moved_to(badge, "type", "@type"));
    assert!(codes(&Setting::default().read(&document)).contains(&("jsonld.alias", "/@type")));
}

/// What wraps a value leaves the quads alone. One in an array is ordinary JSON-LD: the shape of a member is the
/// document's concern (`document/`). A value object that says no more than the plain value, other keywords and arrays
/// in arrays are refused here.
#[test]
fn l05_wrapping_changes_no_quad_and_lists_or_sets_are_refused() {
    let plain = quads(&Setting::default().read(&badge()));
    let graph =
        Setting::default().read(&changed(|badge| badge["validUntil"] = json!(["2025-01-01T00:00:00Z"])));
    assert_eq!((codes(&graph), quads(&graph)), (vec![], plain));
    let typed =
        json!({ "@value": "2025-01-01T00:00:00Z", "@type": "http://www.w3.org/2001/XMLSchema#dateTime" });
    let document = changed(|badge| badge["validUntil"] = typed);
    finds(&document, &[("jsonld.literal.form", "/validUntil/@value")]);
    let document = changed(|badge| badge["validUntil"] = json!({ "@set": ["2025-01-01T00:00:00Z"] }));
    finds(&document, &[("jsonld.keyword", "/validUntil")]);
    let document = changed(|badge| badge["validUntil"] = json!([["2025-01-01T00:00:00Z"]]));
    finds(&document, &[("jsonld.notCompact", "/validUntil/0")]);
}

#[test]
fn l06_an_inline_alias_of_a_reserved_property_is_refused_by_every_policy() {
    let document = changed(|badge| {
        append(&mut badge["@context"], json!({ "notAfter": { "@id": format!("{CREDENTIALS}validUntil") } }));
        moved_to(badge, "validUntil", "notAfter");
    });
    finds(&document, &[("context.inline.refused", "/@context")]);
    for inline in [InlineContexts::AllowUnreserved, InlineContexts::AllowUnreservedWithVocab] {
        let graph = Setting::inline(inline).read(&document);
        assert_eq!(codes(&graph), [("context.redefinesReserved", "/@context")]);
    }
}

#[test]
fn l07_a_supplied_context_cannot_swap_terms() {
    let swap = json!({ "validUntil": { "@id": format!("{CREDENTIALS}validFrom") } });
    let document = changed(|badge| badge["@context"] = json!([OWN, V2, OB]));
    assert_eq!(
        codes(&Setting::supplying(OWN, &swap).read(&document)),
        [("context.redefinesReserved", "/@context/0")]
    );
}

#[test]
fn a_pinned_context_that_swaps_terms_is_respelled() {
    let swap = json!({
        "beginsWith": { "@id": format!("{CREDENTIALS}validUntil"), "@type": "http://www.w3.org/2001/XMLSchema#dateTime" }
    });
    let document = changed(|badge| {
        append(&mut badge["@context"], json!(OWN));
        moved_to(badge, "validUntil", "beginsWith");
    });
    let graph = Setting::supplying(OWN, &swap).pinning().read(&document);
    assert_eq!(codes(&graph), [("jsonld.term.respelled", "/beginsWith")]);
}

#[test]
fn l08_a_context_with_other_bytes_than_pinned_is_not_used() {
    let mut setting = Setting::supplying(OWN, &json!({ "motto": "https://example.org/motto" })).pinning();
    let document = changed(|badge| {
        append(&mut badge["@context"], json!(OWN));
        badge["motto"] = json!("Onwards");
    });
    assert_eq!(codes(&setting.read(&document)), []);
    setting
        .supplied
        .insert(OWN.to_owned(), json!({ "@context": { "motto": "https://evil.example/m" } }).to_string());
    assert_eq!(codes(&setting.read(&document)), [("context.digest", "/@context/2")]);
}

#[test]
fn l09_an_unknown_context_is_asked_for_and_nothing_else_is() {
    let other = "https://example.org/other";
    let document = changed(|badge| {
        badge["@context"] = json!([V2, OWN, OB]);
        badge["credentialSubject"]["@context"] = json!(other);
    });
    let setting = Setting::default();
    let graph = setting.read(&document);
    let expected = [("context.unknown", "/@context/1"), ("context.unknown", "/credentialSubject/@context")];
    assert_eq!(codes(&graph), expected);
    assert_eq!(graph.missing, [OWN, other]);
    assert_eq!(*setting.asked.borrow(), [OWN, other]);
    let unavailable = Setting { unavailable: true, ..Setting::default() }.read(&document);
    assert!(unavailable.missing.is_empty() && has(&unavailable, Code::ContextUnavailable));
}

// --- nothing is lost

#[test]
fn l10_an_undefined_term_is_an_error() {
    let document = changed(|badge| {
        badge["@context"] = json!([V1]);
        badge["type"] = json!(["VerifiableCredential"]);
        for member in ["name", "credentialStatus", "credentialSubject", "validFrom", "validUntil"] {
            badge.as_object_mut().unwrap().remove(member);
        }
        badge["issuer"] = json!("did:example:school");
        badge["degree"] = json!("PhD");
    });
    finds(&document, &[("jsonld.term.undefined", "/degree")]);
}

#[test]
fn an_undefined_term_under_a_context_that_is_edited_in_place_is_indeterminate() {
    let document = changed(|badge| badge["degree"] = json!("PhD"));
    finds(&document, &[("jsonld.term.undefinedUnpinned", "/degree")]);
}

#[test]
fn l11_identifiers_that_are_no_iris_lose_their_nodes() {
    for id in ["abc", "not a url", "https://x.example/<>", "https://x.example/a b", "", "//x.example/y"] {
        let document = changed(|badge| badge["credentialSubject"]["achievement"]["id"] = json!(id));
        finds(&document, &[("jsonld.iri", "/credentialSubject/achievement/id")]);
        let document = changed(|badge| badge["id"] = json!(id));
        finds(&document, &[("jsonld.iri", "/id")]);
    }
}

#[test]
fn l12_relative_references_and_types_are_errors() {
    let document = changed(|badge| badge["credentialSubject"]["achievement"]["image"] = json!("logo.png"));
    finds(&document, &[("jsonld.iri", "/credentialSubject/achievement/image")]);
    let document = changed(|badge| badge["issuer"]["type"] = json!(["Profile", "School"]));
    finds(&document, &[("jsonld.term.undefinedUnpinned", "/issuer/type/1")]);
}

#[test]
fn l13_a_base_is_refused() {
    let document =
        changed(|badge| append(&mut badge["@context"], json!({ "@base": "https://example.org/" })));
    let graph = Setting::inline(InlineContexts::AllowUnreservedWithVocab).read(&document);
    assert_eq!(codes(&graph), [("context.forbiddenKeyword", "/@context")]);
}

#[test]
fn l14_keys_in_the_form_of_keywords_are_errors() {
    let document = changed(|badge| badge["@note"] = json!("PhD"));
    finds(&document, &[("jsonld.keywordLike", "/@note")]);
}

#[test]
fn l15_index_and_direction_are_in_no_quad() {
    let document = changed(|badge| badge["name"] = json!({ "@value": "n", "@index": "EVIL" }));
    finds(&document, &[("jsonld.keyword", "/name/@index")]);
    let document = changed(|badge| badge["@index"] = json!("EVIL"));
    finds(&document, &[("jsonld.keyword", "/@index")]);
    let document = changed(|badge| badge["name"] = json!({ "@value": "n", "@direction": "rtl" }));
    finds(&document, &[("jsonld.value.dropped", "/name/@value")]);
}

#[test]
fn l16_a_catch_all_is_refused_unless_the_policy_allows_it_and_never_takes_a_reserved_name() {
    let document = changed(|badge| {
        append(&mut badge["@context"], json!({ "@vocab": "https://example.org/#" }));
        badge["degree"] = json!("PhD");
    });
    assert_eq!(
        codes(&Setting::inline(InlineContexts::AllowUnreserved).read(&document)),
        [("context.forbiddenKeyword", "/@context")]
    );
    let graph = Setting::inline(InlineContexts::AllowUnreservedWithVocab).read(&document);
    assert_eq!(codes(&graph), []);
    assert!(quads(&graph).contains("<https://example.org/#degree> \"PhD\""));
    let document = changed(|badge| {
        badge["@context"] = json!([V2, { "@vocab": CREDENTIALS }]);
        badge["type"] = json!(["VerifiableCredential"]);
        badge["credentialSubject"] =
            json!({ "id": "did:example:ada", "issuanceDate": "2020-01-01T00:00:00Z" });
        badge["issuer"] = json!("did:example:school");
    });
    let graph = Setting::inline(InlineContexts::AllowUnreservedWithVocab).read(&document);
    assert!(graph.findings.is_empty(), "the term and its meaning are the reserved ones: {:?}", codes(&graph));
    let document = changed(|badge| {
        badge["@context"] = json!([V2, { "@vocab": "https://example.org/#" }]);
        badge["type"] = json!(["VerifiableCredential"]);
        badge["credentialSubject"] =
            json!({ "id": "did:example:ada", "issuanceDate": "2020-01-01T00:00:00Z" });
        badge["issuer"] = json!("did:example:school");
    });
    let graph = Setting::inline(InlineContexts::AllowUnreservedWithVocab).read(&document);
    assert_eq!(codes(&graph), [("jsonld.reads.unpinned", "/credentialSubject/issuanceDate")]);
}

#[test]
fn l17_a_property_scoped_context_cannot_override_reserved_terms() {
    let own = json!({
        "motto": { "@id": "https://example.org/motto", "@context": { "issuer": "https://evil.example/issuer" } }
    });
    let document = changed(|badge| {
        append(&mut badge["@context"], json!(OWN));
        badge["motto"] = json!({ "issuer": "x" });
    });
    assert_eq!(
        codes(&Setting::supplying(OWN, &own).read(&document)),
        [("context.redefinesReserved", "/@context/2")]
    );
    let pinned = Setting::supplying(OWN, &own).pinning().read(&document);
    assert_eq!(codes(&pinned), [("jsonld.term.respelled", "/motto/issuer")]);
}

#[test]
fn l18_contexts_that_do_not_go_together_are_an_error() {
    let document = changed(|badge| {
        badge["@context"] = json!([V2, "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json"]);
    });
    let graph = Setting::default().read(&document);
    assert_eq!(codes(&graph), [("context.invalid", "/@context")]);
    assert_eq!(graph.findings[0].details["error"], Detail::from("protected term redefinition"));
}

#[test]
fn l19_blank_node_identifiers_are_refused() {
    let document = changed(|badge| badge["credentialSubject"]["id"] = json!("_:b0"));
    finds(&document, &[("jsonld.blankId", "/credentialSubject/id")]);
}

#[test]
fn l20_order_and_repetition_change_nothing() {
    let plain = Setting::default().read(&badge());
    let document = changed(|badge| {
        badge["type"] = json!(["OpenBadgeCredential", "VerifiableCredential", "OpenBadgeCredential"]);
    });
    let graph = Setting::default().read(&document);
    assert_eq!((codes(&graph), quads(&graph)), (vec![], quads(&plain)));
}

/// Signatures in the field cover tags in lower case.
#[test]
fn l21_language_tags_are_well_formed_and_in_lower_case() {
    let tagged =
        |tag: &str| changed(|badge| badge["name"] = json!({ "@value": "Robotics", "@language": tag }));
    finds(&tagged("a b"), &[("jsonld.language", "/name/@value")]);
    let graph = Setting::default().read(&tagged("en-US"));
    assert_eq!(codes(&graph), []);
    assert!(quads(&graph).contains("\"Robotics\"@en-us"));
}

/// A double is signed to 16 digits (JSON-LD 1.1 API §8.6): what two numbers have in common there, a grade or a number of
/// credits, no reader takes for another. Integers that readers round differently are refused.
#[test]
fn l22_doubles_have_the_form_of_the_specification() {
    let credits = |text: &str| {
        let document = badge().to_string().replace("2.5", text);
        let graph = Setting::default().read_with(&Contexts::default(), &document);
        let literal = quads(&graph)
            .lines()
            .find(|line| line.contains("creditsEarned"))
            .map(|line| line.split('"').nth(1).unwrap().to_owned());
        (codes(&graph).first().map(|(code, _)| code.to_string()), literal)
    };
    let number = Some("jsonld.number".to_owned());
    assert_eq!(credits("0.1"), (None, Some("1.0E-1".to_owned())));
    assert_eq!(credits("123456.789"), (None, Some("1.23456789E5".to_owned())));
    assert_eq!(credits("3.0"), (None, Some("3".to_owned())));
    assert_eq!(credits("3e0"), (None, Some("3".to_owned())));
    assert_eq!(credits("0.30000000000000004"), (None, Some("3.0E-1".to_owned())));
    assert_eq!(credits("9007199254740991"), (None, Some("9007199254740991".to_owned())));
    assert_eq!(credits("9007199254740992").0, number);
    assert_eq!(credits("9007199254740993").0, number);
    assert_eq!(credits("-9007199254740992").0, number);
}

#[test]
fn l23_a_number_keeps_the_datatype_of_its_term() {
    let own = json!({
        "whole": { "@id": "https://example.org/i", "@type": "http://www.w3.org/2001/XMLSchema#integer" },
        "real": { "@id": "https://example.org/d", "@type": "http://www.w3.org/2001/XMLSchema#double" }
    });
    let document = changed(|badge| {
        append(&mut badge["@context"], json!(OWN));
        badge["whole"] = json!([1, 1.5]);
        badge["real"] = json!([1, 1.5]);
    });
    let graph = Setting::supplying(OWN, &own).pinning().read(&document);
    assert_eq!(codes(&graph), []);
    let quads = quads(&graph);
    let schema = "http://www.w3.org/2001/XMLSchema#";
    for (term, lexical, datatype) in
        [("i", "1", "integer"), ("i", "1.5E0", "integer"), ("d", "1.0E0", "double"), ("d", "1.5E0", "double")]
    {
        let object = format!("<https://example.org/{term}> \"{lexical}\"^^<{schema}{datatype}> .");
        assert!(quads.contains(&object), "{object}\n{quads}");
    }
}

#[test]
fn l24_json_literals_are_canonical_json() {
    let own = json!({ "data": { "@id": "https://example.org/data", "@type": "@json" } });
    let document = changed(|badge| {
        append(&mut badge["@context"], json!(OWN));
        badge["data"] = json!({ "b": [1.0, { "@id": "x" }], "a": null });
    });
    let graph = Setting::supplying(OWN, &own).pinning().read(&document);
    assert_eq!(codes(&graph), []);
    let literal =
        r#""{\"a\":null,\"b\":[1,{\"@id\":\"x\"}]}"^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON>"#;
    assert!(quads(&graph).contains(literal), "{}", quads(&graph));
}

// --- bombs

fn chain(terms: usize) -> Value {
    let members = (0..terms).map(|i| {
        let next =
            if i + 1 == terms { "https://example.org/end".to_owned() } else { format!("t{}:x", i + 1) };
        (format!("t{i}"), json!({ "@id": next, "@prefix": true }))
    });
    Value::Object(members.collect())
}

#[test]
fn l26_chained_terms_cost_no_stack() {
    on_a_small_stack(|| {
        for terms in [300, 600, 2_500] {
            let document = changed(|badge| append(&mut badge["@context"], chain(terms)));
            let graph = Setting::inline(InlineContexts::AllowUnreserved).read(&document);
            assert_eq!(codes(&graph), [], "{terms}");
        }
    });
}

#[test]
fn l27_contexts_count_as_if_nothing_were_cached() {
    let terms = 200;
    let scoped: serde_json::Map<String, Value> =
        (0..terms).map(|i| (format!("t{i}"), json!(format!("https://example.org/t{i}")))).collect();
    let own = json!({ "part": { "@id": "https://example.org/part", "@context": scoped } });
    let document = changed(|badge| {
        append(&mut badge["@context"], json!(OWN));
        badge["part"] = (0..10_000).map(|i| json!({ "t0": i })).collect();
    });
    let graph = Setting::supplying(OWN, &own).pinning().read(&document);
    assert!(has(&graph, Code::LimitTerms));
}

#[test]
fn the_limit_of_terms_is_exact_whether_or_not_contexts_are_known() {
    let contexts = Contexts::default();
    let document = badge().to_string();
    let with = |terms: usize| {
        let mut setting = Setting::default();
        setting.limits.terms = terms;
        has(&setting.read_with(&contexts, &document), Code::LimitTerms)
    };
    let cold = (1..2_000).find(|terms| !with(*terms)).unwrap();
    let warm = (1..2_000).find(|terms| !with(*terms)).unwrap();
    assert_eq!(cold, warm);
    assert!(cold > 100 && with(cold - 1) && !with(cold));
}

#[test]
fn l28_many_contexts_self_reference_and_import() {
    let urls: Vec<String> = (0..33).map(|i| format!("https://example.org/{i}")).collect();
    let document = changed(|badge| badge["@context"] = json!(urls));
    let graph = Setting { unavailable: true, ..Setting::default() }.read(&document);
    assert!(has(&graph, Code::LimitContexts));
    let again = changed(|badge| badge["@context"] = json!(vec![V2; 33]));
    assert!(has(&Setting::default().read(&again), Code::LimitContexts));
    let many = |count: usize| {
        let mut setting = Setting::default();
        for url in urls.iter().take(count) {
            setting.supplied.insert(url.clone(), json!({ "@context": {} }).to_string());
        }
        let contexts: Vec<&str> =
            [V2, OB].into_iter().chain(urls.iter().take(count).map(String::as_str)).collect();
        has(&setting.read(&changed(|badge| badge["@context"] = json!(contexts))), Code::LimitContexts)
    };
    assert_eq!((many(30), many(31)), (false, true));
    let document = changed(|badge| append(&mut badge["@context"], json!(OWN)));
    let graph = Setting::supplying(OWN, &json!([OWN])).pinning().read(&document);
    assert_eq!(graph.findings[0].details["error"], Detail::from("context overflow"));
    let graph = Setting::supplying(OWN, &json!({ "@import": OWN })).read(&document);
    assert_eq!(codes(&graph), [("context.unreadable", "/@context/2")]);
}

fn on_a_small_stack(test: impl FnOnce() + Send + 'static) {
    std::thread::Builder::new().stack_size(256 * 1024).spawn(test).unwrap().join().unwrap();
}

#[test]
fn l29_the_greatest_depth_runs_on_a_small_stack() {
    let own = json!({
        "in": { "@id": "https://example.org/in", "@context": { "deep": "https://example.org/deep" } },
        "many": { "@id": "https://example.org/many", "@container": "@list" },
        "graph": { "@id": "https://example.org/graph", "@container": "@graph" }
    });
    on_a_small_stack(move || {
        let setting = Setting::supplying(OWN, &own).pinning();
        // Each way to nest, as deep as the parser allows.
        for (open, close, per_level) in [
            ("{\"type\":\"Profile\",\"in\":", "}", 1),
            ("{\"graph\":", "}", 1),
            ("{\"many\":[", "]}", 2),
            ("{\"in\":[", "]}", 2),
        ] {
            let levels = 31 / per_level;
            let inner = format!("{}\"x\"{}", open.repeat(levels), close.repeat(levels));
            let document = format!("{{\"@context\":[{V2:?},{OB:?},{OWN:?}],\"in\":{inner}}}");
            let graph = setting.read_with(&Contexts::default(), &document);
            let against = codes(&graph).into_iter().filter(|(code, _)| *code != "context.unused").count();
            assert_eq!(against, 0, "{open}: {:?}", codes(&graph));
            assert!(graph.dataset.quads().len() > levels, "{open}");
        }
    });
}

#[test]
fn l30_a_nested_credential_reads_the_same_alone_and_inside() {
    let alone = Setting::default().read(&badge());
    let presentation = json!({
        "@context": [V2],
        "type": ["VerifiablePresentation"],
        "holder": "did:example:ada",
        "verifiableCredential": [badge()]
    });
    let graph = Setting::default().read(&presentation);
    assert_eq!(codes(&graph), []);
    // Each statement of the credential stands in a graph of its own, with the same terms.
    assert_eq!(graph.dataset.quads().len(), alone.dataset.quads().len() + 3);
    assert!(
        graph.dataset.quads().iter().filter(|quad| quad.graph.is_some()).count()
            == alone.dataset.quads().len()
    );
}

#[test]
fn l31_control_characters_are_written_as_rdfc_has_them() {
    let document = changed(|badge| badge["name"] = json!("a\u{7F}\u{1}\tb"));
    let graph = Setting::default().read(&document);
    assert!(quads(&graph).contains("\"a\\u007F\\u0001\\tb\""), "{}", quads(&graph));
}

// --- nothing is displaced

#[test]
fn properties_of_the_credential_stand_only_at_credentials() {
    // An expired, revoked badge that hides it in the subject of its endorsement.
    let document = changed(|badge| {
        let until = badge.as_object_mut().unwrap().remove("validUntil").unwrap();
        let status = badge.as_object_mut().unwrap().remove("credentialStatus").unwrap();
        badge["endorsement"] = json!([{
            "@context": [V2, OB],
            "id": "urn:uuid:e",
            "type": ["VerifiableCredential", "EndorsementCredential"],
            "issuer": { "id": "did:example:friend", "type": "Profile" },
            "validFrom": "2024-01-01T00:00:00Z",
            "credentialSubject": {
                "id": badge["id"],
                "type": ["EndorsementSubject", "VerifiableCredential"],
                "endorsementComment": "good",
                "validUntil": until,
                "credentialStatus": status
            }
        }]);
    });
    let subject = "/endorsement/0/credentialSubject";
    let graph = Setting::default().read(&document);
    let merged = graph.findings.iter().find(|finding| finding.code == Code::JsonldNodeMerged).unwrap();
    assert_eq!(merged.details["pointers"], Detail::Texts(vec![String::new(), subject.to_owned()]));
    let (status, until) = (format!("{subject}/credentialStatus"), format!("{subject}/validUntil"));
    let mut found = codes(&graph);
    found.retain(|(code, _)| *code == "jsonld.property.displaced");
    let expected = [("jsonld.property.displaced", &*status), ("jsonld.property.displaced", &*until)];
    assert_eq!(found, expected);
}

#[test]
fn endorsements_and_credentials_in_presentations_are_credential_positions() {
    let document = changed(|badge| {
        badge["endorsement"] = json!([{
            "@context": [V2, OB],
            "id": "urn:uuid:e",
            "type": ["VerifiableCredential", "EndorsementCredential"],
            "issuer": { "id": "did:example:friend", "type": "Profile" },
            "validFrom": "2024-01-01T00:00:00Z",
            "credentialSubject": { "id": "did:example:x", "type": "EndorsementSubject", "endorsementComment": "good" }
        }]);
    });
    finds(&document, &[]);
}

#[test]
fn an_object_that_only_refers_is_not_merged() {
    let document = changed(|badge| {
        let creator = badge["issuer"]["id"].clone();
        badge["credentialSubject"]["achievement"]["creator"] = json!({ "id": creator, "type": "Profile" });
    });
    let graph = Setting::default().read(&document);
    assert_eq!(codes(&graph), [("jsonld.node.merged", "/credentialSubject/achievement/creator")]);
    let document =
        changed(|badge| badge["credentialSubject"]["achievement"]["creator"] = json!("did:example:school"));
    assert!(!has(&Setting::default().read(&document), Code::JsonldNodeMerged));
}

// --- types, references, contexts

#[test]
fn a_type_that_has_a_term_is_not_written_as_an_iri() {
    let document = changed(|badge| {
        badge["type"][1] = json!("https://purl.imsglobal.org/spec/vc/ob/vocab.html#OpenBadgeCredential")
    });
    let graph = Setting::default().read(&document);
    assert!(codes(&graph).contains(&("jsonld.type.iri", "/type/1")), "{:?}", codes(&graph));
    let document = changed(|badge| append(&mut badge["type"], json!("https://example.org/SpecialBadge")));
    finds(&document, &[]);
}

#[test]
fn both_names_of_an_open_badge_are_one_type() {
    let plain = quads(&Setting::default().read(&badge()));
    let graph = Setting::default().read(&changed(|badge| badge["type"][1] = json!("AchievementCredential")));
    assert_eq!((codes(&graph), quads(&graph)), (vec![], plain));
}

#[test]
fn odd_iris_are_reported_and_signed_as_they_are() {
    let document = changed(|badge| badge["credentialSubject"]["id"] = json!("https://x.example:port/a"));
    let graph = Setting::default().read(&document);
    assert_eq!(codes(&graph), [("jsonld.iri.odd", "/credentialSubject/id")]);
    assert!(quads(&graph).contains("<https://x.example:port/a>"));
}

#[test]
fn a_context_that_contributes_nothing_is_reported() {
    let unused = "https://w3id.org/security/suites/ed25519-2020/v1";
    let plain = quads(&Setting::default().read(&badge()));
    let graph = Setting::default().read(&changed(|badge| append(&mut badge["@context"], json!(unused))));
    assert_eq!(codes(&graph), [("context.unused", "-")]);
    assert_eq!(graph.findings[0].details["url"], Detail::from(unused));
    assert_eq!(quads(&graph), plain);
}

#[test]
fn null_and_empty_members_say_nothing() {
    let plain = quads(&Setting::default().read(&badge()));
    let document = changed(|badge| {
        badge["description"] = Value::Null;
        badge["evidence"] = json!([]);
    });
    let graph = Setting::default().read(&document);
    assert_eq!((codes(&graph), quads(&graph)), (vec![], plain));
}

/// `document.emptyMembers` reports it, as it does a null member.
#[test]
fn a_null_among_values_says_nothing() {
    let tags = |tags| changed(|badge| badge["credentialSubject"]["achievement"]["tag"] = tags);
    let plain = quads(&Setting::default().read(&tags(json!(["statistics"]))));
    let graph = Setting::default().read(&tags(json!([null, "statistics"])));
    assert_eq!((codes(&graph), quads(&graph)), (vec![], plain));
}

/// Each datatype has its own JSON type: `"false"` is true in many languages.
#[test]
fn l05_texts_and_natives_do_not_stand_for_each_other() {
    let own = json!({
        "flag": { "@id": "https://example.org/f", "@type": "https://www.w3.org/2001/XMLSchema#boolean" },
        "count": { "@id": "https://example.org/c", "@type": "http://www.w3.org/2001/XMLSchema#integer" },
        "label": { "@id": "https://example.org/l", "@type": "xsd:string" },
        "free": "https://example.org/free"
    });
    let finding = |member: &str, value: Value| {
        let document = changed(|badge| {
            append(&mut badge["@context"], own.clone());
            badge[member] = value;
        });
        let setting = Setting { inline: InlineContexts::AllowUnreserved, ..Setting::default() };
        // What is found under a context of the document itself is indeterminate.
        codes(&setting.read(&document)).iter().any(|(code, _)| *code == "jsonld.reads.unpinned")
    };
    for (member, value, refused) in [
        ("flag", json!(true), false),
        ("flag", json!("true"), true),
        ("flag", json!("yes"), false),
        ("count", json!(7), false),
        ("count", json!("7"), true),
        ("count", json!("seven"), false),
        ("count", json!(true), true),
        ("label", json!("7"), false),
        ("label", json!(7), true),
        ("free", json!(7), false),
        ("free", json!("7"), false),
        ("free", json!({ "@value": false }), true),
        ("free", json!({ "@value": "x", "@type": "http://www.w3.org/2001/XMLSchema#string" }), true),
        ("free", json!({ "@value": "2025", "@type": "http://www.w3.org/2001/XMLSchema#gYear" }), false),
    ] {
        assert_eq!(finding(member, value.clone()), refused, "{member} {value}");
    }
}

#[test]
fn a_digest_in_the_document_selects_a_version() {
    let versions: Vec<_> = tables::TABLES.iter().filter(|table| table.url == OB).collect();
    assert!(versions.len() > 1, "Open Badges 3.0.3 was edited in place");
    let oldest = versions.last().unwrap();
    let mut setting = Setting::default();
    setting.digests.insert(OB.to_owned(), oldest.sha256.to_vec());
    let graph = setting.read(&badge());
    let used = graph.contexts.iter().find(|context| context.url == OB).unwrap();
    assert_eq!((used.sha256, used.date), (oldest.sha256, Some(oldest.date)));
    setting.digests.insert(OB.to_owned(), vec![7; 32]);
    let graph = setting.read(&badge());
    assert_eq!(
        (codes(&graph), graph.missing.clone()),
        (vec![("context.unknown", "/@context/1")], vec![OB.to_owned()])
    );
}

#[test]
fn dates_are_tried_the_nearest_first_and_four_at_most() {
    let dates = |created| dated_attempts([V2, OB].into_iter(), created);
    let oldest = tables::TABLES.iter().rfind(|table| table.url == OB).unwrap();
    assert_eq!(dates(Some("2023-10-20T00:00:00Z")).first().map(String::as_str), Some(oldest.date));
    assert!(dates(None).len() <= 4 && dates(None).contains(&oldest.date.to_owned()));
    assert_eq!(dated_attempts([V1].into_iter(), None), [""; 0]);
    let setting = Setting { as_of: Some(oldest.date.to_owned()), ..Setting::default() };
    let graph = setting.read(&badge());
    assert_eq!(graph.contexts.iter().find(|context| context.url == OB).unwrap().sha256, oldest.sha256);
}

#[test]
fn threads_share_what_they_work_out() {
    let contexts = Contexts::default();
    let document = badge().to_string();
    let expected = quads(&Setting::default().read_with(&contexts, &document));
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..20 {
                    assert_eq!(quads(&Setting::default().read_with(&contexts, &document)), expected);
                }
            });
        }
    });
}

#[test]
fn an_unpinned_context_makes_broken_rules_indeterminate() {
    let own = json!({ "motto": "https://example.org/motto" });
    let document = changed(|badge| {
        append(&mut badge["@context"], json!(OWN));
        badge["motto"] = json!("Onwards");
        badge["credentialSubject"]["@id"] = json!("x y");
        badge["credentialSubject"].as_object_mut().unwrap().remove("id");
    });
    let graph = Setting::supplying(OWN, &own).read(&document);
    assert_eq!(
        codes(&graph),
        [
            ("jsonld.lossless.unpinned", "/credentialSubject/@id"),
            ("jsonld.reads.unpinned", "/credentialSubject/@id")
        ]
    );
    assert_eq!(graph.findings[0].details["code"], Detail::from("jsonld.iri"));
}
