//! An issuer, its document, and what is expected of it.

use ler_verify::codes::{CheckId, Code, Detail, Finding, Outcome};
use ler_verify::identifier::{
    Listing, Relationship, Retrieval, Supplied, VerificationMethod, lists, retrieve,
};
use ler_verify::json::Tree;
use ler_verify::keys::PublicKey;
use ler_verify::limits::Limits;

pub(crate) const ISSUER: &str = "did:web:issuer.example";
pub(crate) const URL: &str = "https://issuer.example/profile";
/// Two keys of the did:key specification, as Multikeys.
pub(crate) const KEY: &str = "z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp";
pub(crate) const OTHER_KEY: &str = "z6MkjchhfUsD6mmvni8mCdXHw216Xrm9bQe2mBH1P5RDjVJG";
/// A P-256 key and a secp256k1 key, also from there.
pub(crate) const P256: &str = "zDnaerx9CtbPJ1q36T5Ln5wYt3MQYeGRG5ehnPAmxcf5mDZpv";
pub(crate) const SECP256K1: &str = "zQ3shokFTS3brHcDQrn82RUDfCZESWL1ZdCEJwekUDPQiYBme";

pub(crate) fn limits() -> Limits {
    Limits::default()
}

/// What `retrieve` finds with these documents by identifier.
pub(crate) fn with_documents(method: &str, documents: &[(&str, &str)]) -> Retrieval {
    let trees: Vec<_> = documents
        .iter()
        .map(|(id, text)| (*id, Tree::parse(text.as_bytes(), &limits()).expect("test documents are JSON")))
        .collect();
    retrieve(method, Relationship::AssertionMethod, &|id| {
        trees
            .iter()
            .find(|(known, _)| *known == id)
            .map_or(Supplied::Missing, |(_, tree)| Supplied::Document(tree))
    })
}

/// The same with one document, for the identifier before the fragment.
pub(crate) fn with_document(method: &str, document: &str) -> Retrieval {
    with_documents(method, &[(method.split('#').next().unwrap(), document)])
}

/// Without any document; supplying one is a failure of the test.
pub(crate) fn alone(method: &str, relationship: Relationship) -> Retrieval {
    retrieve(method, relationship, &|id| panic!("{id} needs no document"))
}

/// Asked for a document, the host has none yet.
pub(crate) fn missing(method: &str) -> Retrieval {
    with_documents(method, &[])
}

/// The document of `ISSUER` with these members.
pub(crate) fn document(members: &str) -> String {
    format!(r#"{{"id":"{ISSUER}",{members}}}"#)
}

/// A document with one method of these members, authorised.
pub(crate) fn one_method(members: &str) -> String {
    document(&format!(r##""verificationMethod":[{{"id":"#key",{members}}}],"assertionMethod":["#key"]"##))
}

/// The members of an ordinary method of `ISSUER`.
pub(crate) fn multikey(key: &str) -> String {
    format!(r#""type":"Multikey","controller":"{ISSUER}","publicKeyMultibase":"{key}""#)
}

pub(crate) fn method_url() -> String {
    format!("{ISSUER}#key")
}

pub(crate) fn authorized(retrieval: &Retrieval) -> Option<Code> {
    retrieval.authorized.as_ref().map(|finding| finding.code)
}

/// The method was found, with this key, and is authorised.
pub(crate) fn assert_found(retrieval: &Retrieval, key: &str) {
    assert_eq!(retrieval.resolved.code, Code::KeyFound, "{retrieval:?}");
    assert_eq!(authorized(retrieval), Some(Code::KeyMay));
    assert_eq!(
        retrieval.method.as_ref().map(|method| &method.key),
        Some(&PublicKey::from_multikey(key).unwrap())
    );
    assert_eq!((&retrieval.dates, &retrieval.need), (&None, &None));
}

/// No method, because of `code`; nothing else is said.
pub(crate) fn assert_stopped(retrieval: &Retrieval, code: Code) {
    assert_eq!(retrieval.resolved.code, code, "{retrieval:?}");
    assert_eq!(code.check(), CheckId::KeyResolved);
    assert_ne!(code.outcome(), Outcome::Passed);
    assert_eq!((&retrieval.method, &retrieval.authorized, &retrieval.dates), (&None, &None, &None));
}

pub(crate) fn text(finding: &Finding, detail: &str) -> String {
    match finding.details.get(detail) {
        Some(Detail::Text(text)) => text.clone(),
        other => panic!("{detail}: {other:?} in {finding:?}"),
    }
}

pub(crate) fn raw(key: &str) -> Vec<u8> {
    PublicKey::from_multikey(key).unwrap().bytes().to_vec()
}

pub(crate) fn a_method() -> VerificationMethod {
    alone(&format!("did:key:{KEY}#{KEY}"), Relationship::AssertionMethod).method.unwrap()
}

pub(crate) fn listing(issuer: &str, document: &str) -> Listing {
    let tree = Tree::parse(document.as_bytes(), &limits()).unwrap();
    lists(issuer, &a_method(), Relationship::AssertionMethod, &|_| Supplied::Document(&tree))
}

/// It does, without dates of its own.
pub(crate) const YES: Listing = Listing::Yes { revoked: None, expires: None };

/// The identifier whose document was read.
pub(crate) fn text_of_issuer(retrieval: &Retrieval) -> String {
    text(&retrieval.resolved, "document")
}
