//! The rules, through the seams: no test uses the network.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::sync::{Arc, Mutex};

use ureq::http::Response;

use super::*;

pub(crate) const PUBLIC: &str = "93.184.215.14";

/// Status, headers, body.
type Page = (u16, Vec<(&'static str, &'static str)>, Vec<u8>);

/// A network of names and pages that writes down whom it connected to.
#[derive(Clone, Default)]
pub(crate) struct Net {
    names: BTreeMap<&'static str, Vec<&'static str>>,
    pages: BTreeMap<&'static str, Page>,
    connected: Arc<Mutex<Vec<String>>>,
}

impl Net {
    pub(crate) fn name(mut self, name: &'static str, addresses: &[&'static str]) -> Self {
        self.names.insert(name, addresses.to_vec());
        self
    }

    pub(crate) fn page(mut self, url: &'static str, body: &str) -> Self {
        self.pages.insert(url, (200, vec![("content-type", "application/json")], body.into()));
        self
    }

    pub(crate) fn answers(
        mut self,
        url: &'static str,
        status: u16,
        headers: &[(&'static str, &'static str)],
    ) -> Self {
        self.pages.insert(url, (status, headers.to_vec(), b"{}".to_vec()));
        self
    }

    pub(crate) fn fetcher(&self) -> Fetcher {
        Fetcher::with(self.clone(), self.clone())
    }

    fn fetch(&self, url: &str, redirects: usize) -> Result<Fetched, String> {
        self.fetcher().fetch(url, "", 64, redirects)
    }

    pub(crate) fn connected(&self) -> Vec<String> {
        self.connected.lock().unwrap().clone()
    }
}

impl Lookup for Net {
    fn addresses(&self, host: &str, port: u16, _: Duration) -> Result<Vec<SocketAddr>, String> {
        if let Ok(address) = format!("{host}:{port}").parse() {
            return Ok(vec![address]);
        }
        let addresses = self.names.get(host).ok_or("no such host")?;
        Ok(addresses.iter().map(|text| SocketAddr::new(text.parse().unwrap(), port)).collect())
    }
}

impl Transport for Net {
    fn get(&self, get: &Get<'_>) -> Result<Response<Box<dyn Read>>, String> {
        assert!(get.addresses.iter().all(|address| is_public(address.ip())), "{get:?}");
        self.connected.lock().unwrap().push(get.uri.to_string());
        let (status, headers, body) = self.pages.get(get.uri.to_string().as_str()).ok_or("no such page")?;
        let mut response = Response::builder().status(*status);
        for (name, value) in headers {
            response = response.header(*name, *value);
        }
        Ok(response.body(Box::new(Cursor::new(body.clone())) as Box<dyn Read>).unwrap())
    }
}

#[test]
fn a_page_of_a_public_host_is_fetched() {
    let net = Net::default().name("example.org", &[PUBLIC]).page("https://example.org/did.json", "{}");
    let fetched = net.fetch("https://example.org/did.json#key-1", 0).unwrap();
    assert_eq!(fetched.bytes, b"{}");
    assert_eq!(fetched.media_type.as_deref(), Some("application/json"));
}

#[test]
fn addresses_that_are_not_public_are_never_connected_to() {
    for url in [
        "https://127.0.0.1/",
        "https://127.0.0.1:8443/",
        "https://[::1]/",
        "https://10.1.2.3/",
        "https://169.254.169.254/latest/meta-data/",
        "https://[::ffff:127.0.0.1]/",
        "https://[64:ff9b::7f00:1]/",
        "https://[fd00::1]/",
    ] {
        let net = Net::default();
        assert_eq!(net.fetch(url, 3).unwrap_err(), "its host is not on the public internet", "{url}");
        assert!(net.connected().is_empty(), "{url}");
    }
}

#[test]
fn a_name_is_judged_by_what_it_resolves_to() {
    for addresses in [
        &["127.0.0.1"][..],
        &["::1"],
        &["10.0.0.7"],
        &["169.254.169.254"],
        &["::ffff:127.0.0.1"],
        &[PUBLIC, "192.168.0.1"],
    ] {
        let net = Net::default().name("evil.example", addresses).page("https://evil.example/", "{}");
        let reason = net.fetch("https://evil.example/", 0).unwrap_err();
        assert_eq!(reason, "its host is not on the public internet", "{addresses:?}");
        assert!(net.connected().is_empty());
    }
}

/// Forms of 127.0.0.1 that filters of text miss and the system's own parser reads.
#[test]
fn odd_spellings_of_loopback_are_loopback() {
    for host in ["2130706433", "0x7f000001", "127.1", "0177.0.0.1", "localhost", "localhost."] {
        let net = Net::default();
        let fetcher = Fetcher::with(System, net.clone());
        assert!(fetcher.fetch(&format!("https://{host}/"), "", 64, 3).is_err(), "{host}");
        assert!(net.connected().is_empty(), "{host}");
    }
}

#[test]
fn only_https() {
    let net = Net::default().name("example.org", &[PUBLIC]);
    for url in ["http://example.org/", "ftp://example.org/", "file:///etc/passwd", "HTTP://example.org/"] {
        assert!(net.fetch(url, 3).is_err(), "{url}");
    }
    assert_eq!(net.fetch("http://example.org/", 0).unwrap_err(), "only https is fetched");
    assert_eq!(
        net.fetch("https://example.org@127.0.0.1/", 0).unwrap_err(),
        "its host is not written plainly",
    );
    assert!(net.connected().is_empty());
}

#[test]
fn contexts_may_redirect_three_times_and_relatively() {
    let net = Net::default()
        .name("a.example", &[PUBLIC])
        .name("b.example", &[PUBLIC])
        .answers("https://a.example/1", 302, &[("location", "/2")])
        .answers("https://a.example/2", 301, &[("location", "https://b.example/3")])
        .answers("https://b.example/3", 308, &[("location", "4")])
        .page("https://b.example/4", "{\"@context\":{}}");
    assert_eq!(net.fetch("https://a.example/1", 3).unwrap().bytes, b"{\"@context\":{}}");
    assert_eq!(net.fetch("https://a.example/1", 2).unwrap_err(), "more than 2 redirects");
}

#[test]
fn documents_with_keys_may_not_redirect() {
    let net = Net::default()
        .name("a.example", &[PUBLIC])
        .answers("https://a.example/did.json", 302, &[("location", "https://a.example/other.json")])
        .page("https://a.example/other.json", "{}");
    assert_eq!(redirects(ResourceKind::ControlledIdentifierDocument), 0);
    assert_eq!(redirects(ResourceKind::IssuerRegistry), 0);
    assert_eq!(redirects(ResourceKind::HostedDocument), 0);
    assert_eq!(redirects(ResourceKind::Context), 3);
    assert_eq!(redirects(ResourceKind::CredentialSchema), 3);
    assert!(net.fetch("https://a.example/did.json", 0).unwrap_err().starts_with("it redirects elsewhere"));
    assert_eq!(net.connected(), ["https://a.example/did.json"]);
}

#[test]
fn every_hop_is_checked_again() {
    for (location, reason) in [
        ("https://10.0.0.1/", "its host is not on the public internet"),
        ("https://[::1]/", "its host is not on the public internet"),
        ("//169.254.169.254/", "its host is not on the public internet"),
        ("https://inside.example/", "its host is not on the public internet"),
        ("http://a.example/", "only https is fetched"),
        ("https://a.example@127.0.0.1/", "its host is not written plainly"),
    ] {
        let net = Net::default()
            .name("a.example", &[PUBLIC])
            .name("inside.example", &["192.168.0.10"])
            .answers("https://a.example/", 302, &[("location", location)]);
        assert_eq!(net.fetch("https://a.example/", 3).unwrap_err(), reason, "{location}");
        assert_eq!(net.connected(), ["https://a.example/"], "{location}");
    }
}

#[test]
fn a_circle_of_redirects_ends() {
    let net = Net::default().name("a.example", &[PUBLIC]).answers(
        "https://a.example/",
        302,
        &[("location", "https://a.example/")],
    );
    assert_eq!(net.fetch("https://a.example/", 3).unwrap_err(), "more than 3 redirects");
    assert_eq!(net.connected().len(), 4);
}

#[test]
fn sixty_four_bytes_are_read_and_no_sixty_fifth() {
    let net = Net::default()
        .name("a.example", &[PUBLIC])
        .page("https://a.example/64", &"x".repeat(64))
        .page("https://a.example/65", &"x".repeat(65))
        .answers("https://a.example/promise", 200, &[("content-length", "65")]);
    assert_eq!(net.fetch("https://a.example/64", 0).unwrap().bytes.len(), 64);
    assert_eq!(net.fetch("https://a.example/65", 0).unwrap_err(), "it is larger than 64 bytes");
    assert_eq!(net.fetch("https://a.example/promise", 0).unwrap_err(), "it is larger than 64 bytes");
}

/// The limit stops the reading itself: a body without an end must not be read to its end.
#[test]
fn an_endless_body_is_not_read_to_its_end() {
    let reason = read(&HeaderMap::new(), std::io::repeat(b' '), 1024).unwrap_err();
    assert_eq!(reason, "it is larger than 1024 bytes");
}

#[test]
fn that_a_federation_does_not_know_an_issuer_is_an_answer() {
    let net = Net::default().name("a.example", &[PUBLIC]).answers("https://a.example/404", 404, &[]);
    let fetcher = Fetcher::with(net.clone(), net);
    assert!(fetcher.fetch("https://a.example/404", ENTITY_STATEMENT, 64, 0).is_ok());
    let reason = fetcher.fetch("https://a.example/404", "application/json", 64, 0).unwrap_err();
    assert_eq!(reason, "the server answered 404");
}

#[test]
fn that_a_hosted_record_is_gone_is_an_answer() {
    let net = Net::default().name("a.example", &[PUBLIC]).answers("https://a.example/410", 410, &[]);
    let fetcher = net.fetcher();
    let gone = fetcher.fetch_or_gone("https://a.example/410", "", 64, 0, true).unwrap();
    assert_eq!((gone.status, gone.bytes.len()), (410, 0));
    assert_eq!(net.fetch("https://a.example/410", 0).unwrap_err(), "the server answered 410");
}

#[test]
fn whatever_else_is_answered_is_a_reason() {
    let net = Net::default()
        .name("a.example", &[PUBLIC])
        .answers("https://a.example/404", 404, &[])
        .answers("https://a.example/206", 206, &[])
        .answers("https://a.example/gzip", 200, &[("content-encoding", "gzip")])
        .answers("https://a.example/nowhere", 302, &[]);
    assert_eq!(net.fetch("https://a.example/404", 3).unwrap_err(), "the server answered 404");
    assert_eq!(net.fetch("https://a.example/206", 3).unwrap_err(), "the server answered 206");
    assert!(net.fetch("https://a.example/gzip", 3).unwrap_err().starts_with("it is compressed"));
    assert_eq!(net.fetch("https://a.example/nowhere", 3).unwrap_err(), "a redirect to nowhere");
}
