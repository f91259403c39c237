//! The network: names become addresses, and one request goes to addresses that were checked.
//!
//! Two seams, so that the rules in `fetch.rs` can be tested without a network.

use std::io::Read;
use std::net::{SocketAddr, ToSocketAddrs};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use ureq::config::{AutoHeaderValue, Config};
use ureq::http::{Response, Uri};
use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{Connector, NextTimeout, RustlsConnector, TcpConnector};
use ureq::{Agent, Error};

/// How long a connection may take to come about.
const CONNECT: Duration = Duration::from_secs(10);

/// Names to addresses.
pub(crate) trait Lookup {
    /// The addresses of a host (an IPv6 literal in brackets).
    ///
    /// # Errors
    /// Why there are none.
    fn addresses(&self, host: &str, port: u16, timeout: Duration) -> Result<Vec<SocketAddr>, String>;
}

/// One request, which follows no redirect.
pub(crate) trait Transport {
    /// Sends it.
    ///
    /// # Errors
    /// Why there is no response.
    fn get(&self, get: &Get<'_>) -> Result<Response<Box<dyn Read>>, String>;
}

/// A GET.
#[derive(Debug)]
pub(crate) struct Get<'a> {
    /// What.
    pub(crate) uri: &'a Uri,
    /// Where: no other address may be connected to.
    pub(crate) addresses: &'a [SocketAddr],
    /// The `Accept` header.
    pub(crate) accept: &'a str,
    /// How long everything may take, reading the body included.
    pub(crate) timeout: Duration,
}

/// The system's resolver.
#[derive(Debug)]
pub(crate) struct System;

impl Lookup for System {
    fn addresses(&self, host: &str, port: u16, timeout: Duration) -> Result<Vec<SocketAddr>, String> {
        let name = format!("{host}:{port}");
        let (sender, receiver) = mpsc::sync_channel(1);
        // The system's resolver cannot be interrupted; a thread that is still waiting ends by itself.
        thread::spawn(move || sender.send(name.to_socket_addrs().map(Iterator::collect)));
        match receiver.recv_timeout(timeout.min(CONNECT)) {
            Ok(Ok(addresses)) => Ok(addresses),
            Ok(Err(_)) => Err("the host name cannot be resolved".to_owned()),
            Err(_) => Err("resolving the host name took too long".to_owned()),
        }
    }
}

/// HTTPS.
#[derive(Debug)]
pub(crate) struct Https;

/// The addresses that were checked, whatever the name would resolve to by now.
#[derive(Debug)]
struct Pinned(Vec<SocketAddr>);

impl Resolver for Pinned {
    fn resolve(&self, _: &Uri, _: &Config, _: NextTimeout) -> Result<ResolvedSocketAddrs, Error> {
        let mut addresses = self.empty();
        for address in self.0.iter().take(16) {
            addresses.push(*address);
        }
        if addresses.is_empty() { Err(Error::HostNotFound) } else { Ok(addresses) }
    }
}

impl Transport for Https {
    fn get(&self, get: &Get<'_>) -> Result<Response<Box<dyn Read>>, String> {
        let config = Agent::config_builder()
            .https_only(true)
            // A proxy of the environment would resolve the name once more, itself.
            .proxy(None)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .timeout_connect(Some(CONNECT))
            .timeout_global(Some(get.timeout))
            .max_response_header_size(32 * 1024)
            .max_idle_connections(0)
            .accept_encoding(AutoHeaderValue::None)
            .user_agent(concat!("ler-verify/", env!("CARGO_PKG_VERSION")))
            .build();
        let connector = ().chain(TcpConnector::default()).chain(RustlsConnector::default());
        let agent = Agent::with_parts(config, connector, Pinned(get.addresses.to_vec()));
        let response =
            agent.get(get.uri).header("accept", get.accept).call().map_err(|error| reason(&error))?;
        Ok(response.map(|body| Box::new(body.into_reader()) as Box<dyn Read>))
    }
}

/// What went wrong, in words of our own where the host could have chosen them.
fn reason(error: &Error) -> String {
    match error {
        Error::Timeout(_) => "it took too long".to_owned(),
        Error::Io(error) => format!("the connection failed ({})", error.kind()),
        Error::Rustls(error) => format!("TLS failed: {error}"),
        Error::Tls(error) => format!("TLS failed: {error}"),
        Error::HostNotFound | Error::ConnectionFailed => "no connection could be made".to_owned(),
        _ => "the server does not speak HTTP properly".to_owned(),
    }
}
