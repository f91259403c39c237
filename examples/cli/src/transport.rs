//! The network: names become addresses, and one request goes to addresses that were checked.
//!
//! Two seams, so that the rules in `fetch.rs` can be tested without a network.

use std::io::{ErrorKind, Read};
use std::net::{SocketAddr, ToSocketAddrs};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use ureq::config::{AutoHeaderValue, Config};
use ureq::http::{Response, Uri};
use ureq::tls::{RootCerts, TlsConfig};
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
pub(crate) struct Https {
    roots: RootCerts,
}

impl Https {
    /// With the roots that Mozilla trusts, as they were when this program was built.
    pub(crate) fn new() -> Self {
        Https { roots: RootCerts::WebPki }
    }
}

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
            .tls_config(TlsConfig::builder().root_certs(self.roots.clone()).build())
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

/// What went wrong, in words of our own: a certificate, for one, can hold any text.
fn reason(error: &Error) -> String {
    match error {
        Error::Timeout(_) => "it took too long".to_owned(),
        Error::Rustls(_) | Error::Tls(_) => TLS.to_owned(),
        // rustls speaks through the stream: an alert or a bad certificate is data that is not valid.
        Error::Io(error) if error.kind() == ErrorKind::InvalidData => TLS.to_owned(),
        Error::Io(error) => format!("the connection failed ({})", error.kind()),
        Error::HostNotFound | Error::ConnectionFailed => "no connection could be made".to_owned(),
        _ => "the server does not speak HTTP properly".to_owned(),
    }
}

const TLS: &str = "TLS failed: no certificate for this name that is trusted";

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::net::{TcpListener, TcpStream};
    use std::sync::Arc;
    use std::time::Instant;

    use rustls::pki_types::PrivateKeyDer;
    use rustls::{ServerConfig, ServerConnection, StreamOwned};
    use ureq::tls::Certificate;

    use super::*;

    type Talk = StreamOwned<ServerConnection, TcpStream>;

    /// A server on this machine that calls itself server.example and answers once.
    fn server(
        answer: impl FnOnce(&mut Talk) + Send + 'static,
    ) -> (SocketAddr, Https, mpsc::Receiver<String>) {
        let made = rcgen::generate_simple_self_signed(["server.example".to_owned()]).unwrap();
        let (certificate, key) = (made.cert.der().clone(), made.signing_key.serialize_der());
        let roots = RootCerts::new_with_certs(&[Certificate::from_der(&certificate).to_owned()]);
        let config = ServerConfig::builder()
            .with_no_client_auth()
            .with_single_cert(vec![certificate], PrivateKeyDer::try_from(key).unwrap())
            .unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let (sender, heard) = mpsc::channel();
        thread::spawn(move || {
            let (stream, _) = listener.accept().unwrap();
            let connection = ServerConnection::new(Arc::new(config)).unwrap();
            let mut talk = StreamOwned::new(connection, stream);
            let mut request = Vec::new();
            let mut byte = [0];
            while !request.ends_with(b"\r\n\r\n") && talk.read_exact(&mut byte).is_ok() {
                request.extend(byte);
            }
            let _ = sender.send(String::from_utf8_lossy(&request).to_ascii_lowercase());
            answer(&mut talk);
        });
        (address, Https { roots }, heard)
    }

    fn get(https: &Https, url: &str, address: SocketAddr) -> Result<Response<Box<dyn Read>>, String> {
        get_within(Duration::from_secs(10), https, url, address)
    }

    fn get_within(
        timeout: Duration,
        https: &Https,
        url: &str,
        address: SocketAddr,
    ) -> Result<Response<Box<dyn Read>>, String> {
        let uri = url.parse().unwrap();
        https.get(&Get { uri: &uri, addresses: &[address], accept: "application/did", timeout })
    }

    /// server.example has no address: the connection can only go where it was pinned to.
    #[test]
    fn a_connection_goes_to_the_checked_address_and_speaks_tls_with_the_name() {
        let (address, https, heard) = server(|talk| {
            let _ = talk.write_all(
                b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-type: application/did\r\n\r\n{}",
            );
        });
        let response = get(&https, "https://server.example/did.json", address).unwrap();
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "application/did");
        let mut body = String::new();
        response.into_body().read_to_string(&mut body).unwrap();
        assert_eq!(body, "{}");
        let request = heard.recv().unwrap();
        assert!(request.starts_with("get /did.json http/1.1\r\n"), "{request}");
        assert!(request.contains("host: server.example\r\n"), "{request}");
        assert!(request.contains("accept: application/did\r\n"), "{request}");
        for header in ["accept-encoding", "cookie", "referer", "authorization"] {
            assert!(!request.contains(header), "{request}");
        }
    }

    #[test]
    fn a_certificate_of_another_name_is_refused() {
        let (address, https, heard) = server(|_| {});
        let reason = get(&https, "https://other.example/", address).err().unwrap();
        assert_eq!(reason, TLS);
        assert_eq!(heard.recv().unwrap(), "", "nothing was asked");
    }

    #[test]
    fn a_certificate_of_nobody_is_refused() {
        let (address, _, heard) = server(|_| {});
        let reason = get(&Https::new(), "https://server.example/", address).err().unwrap();
        assert_eq!(reason, TLS);
        assert_eq!(heard.recv().unwrap(), "", "nothing was asked");
    }

    #[test]
    fn a_redirect_is_handed_back_and_not_followed() {
        let (address, https, _heard) = server(|talk| {
            let _ = talk.write_all(
                b"HTTP/1.1 302 Found\r\nlocation: https://127.0.0.1/\r\ncontent-length: 0\r\n\r\n",
            );
        });
        let response = get(&https, "https://server.example/", address).unwrap();
        assert_eq!(response.status(), 302);
        assert_eq!(response.headers()["location"], "https://127.0.0.1/");
    }

    /// A body that drips counts against the same time limit as everything else.
    #[test]
    fn slow_servers_are_given_up() {
        let second = Duration::from_secs(1);
        let (address, https, _heard) = server(|_| thread::sleep(Duration::from_secs(30)));
        let reason = get_within(second, &https, "https://server.example/", address).err().unwrap();
        assert_eq!(reason, "it took too long");
        let (address, https, _heard) = server(|talk| {
            let _ = talk.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n");
            for _ in 0..300 {
                let _ = talk.write_all(b" ").and_then(|()| talk.flush());
                thread::sleep(Duration::from_millis(100));
            }
        });
        let begun = Instant::now();
        let read = get_within(second * 3, &https, "https://server.example/", address).and_then(|response| {
            response.into_body().read_to_end(&mut Vec::new()).map_err(|error| error.to_string())
        });
        assert!(read.is_err());
        assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
    }

    #[test]
    fn a_server_that_speaks_no_tls_hears_nothing() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let heard = thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut first = [0; 5];
            stream.read_exact(&mut first).unwrap();
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}");
            first
        });
        assert!(get(&Https::new(), "https://server.example/", address).is_err());
        let first = heard.join().unwrap();
        assert_eq!(first[0], 0x16, "a TLS handshake (RFC 8446 §5.1) and no request");
    }
}
