//! What may be fetched, and how: https only, public addresses only, few redirects or none, so many bytes, so long.
//!
//! A document that nobody has verified yet decides what is asked for here. Whatever goes wrong is a reason, never an
//! error: what could not be fetched makes a verdict indeterminate, not wrong.

use std::io::Read;
use std::net::SocketAddr;
use std::time::{Duration, Instant, SystemTime};

use ler_verify::{Request, ResourceKind};
use ureq::http::{HeaderMap, Uri};

use crate::address::is_public;
use crate::transport::{Get, Https, Lookup, System, Transport};

/// How long one document may take, redirects included.
const TOTAL: Duration = Duration::from_secs(20);
/// How many locations of one request are tried.
const LOCATIONS: usize = 4;

/// The media type of what a federation says of an issuer (OpenID Federation 1.0 §8.1.2).
const ENTITY_STATEMENT: &str = "application/entity-statement+jwt";

/// How many redirects are followed. What says whose keys are whose must be where its identifier says, and so must a record
/// that is the issuer's because it stands at the issuer's address (Open Badges 2.0 allows redirects there: whoever may
/// redirect on the issuer's server could then publish in its name).
pub(crate) const fn redirects(kind: ResourceKind) -> usize {
    match kind {
        ResourceKind::Context | ResourceKind::CredentialSchema => 3,
        _ => 0,
    }
}

/// A document that was fetched.
#[derive(Debug)]
pub(crate) struct Fetched {
    pub(crate) bytes: Vec<u8>,
    pub(crate) media_type: Option<String>,
    pub(crate) headers: HeaderMap,
    pub(crate) at: SystemTime,
    /// The status of the response: 200 where nothing else is an answer too.
    pub(crate) status: u16,
}

/// Fetches by these rules.
pub(crate) struct Fetcher {
    lookup: Box<dyn Lookup + Send + Sync>,
    transport: Box<dyn Transport + Send + Sync>,
}

impl Fetcher {
    /// A fetcher that uses the network.
    pub(crate) fn new() -> Self {
        Fetcher { lookup: Box::new(System), transport: Box::new(Https::new()) }
    }

    #[cfg(test)]
    pub(crate) fn with(
        lookup: impl Lookup + Send + Sync + 'static,
        transport: impl Transport + Send + Sync + 'static,
    ) -> Self {
        Fetcher { lookup: Box::new(lookup), transport: Box::new(transport) }
    }

    /// What a request asks for, from the first of its locations that has it.
    ///
    /// # Errors
    /// Why it cannot be had.
    pub(crate) fn answer(&self, request: &Request) -> Result<Fetched, String> {
        let accept = request.accept.join(", ");
        let mut reasons = Vec::new();
        for location in request.locations.iter().take(LOCATIONS) {
            let gone = request.kind == ResourceKind::HostedDocument;
            match self.fetch_or_gone(location, &accept, request.max_bytes, redirects(request.kind), gone) {
                Ok(fetched) => return Ok(fetched),
                Err(reason) if !reasons.contains(&reason) => reasons.push(reason),
                Err(_) => {}
            }
        }
        match reasons.is_empty() {
            true => Err("it has no https location of its own: supply it with --resources ID=FILE".to_owned()),
            false => Err(reasons.join("; ")),
        }
    }

    /// What stands at a URL.
    ///
    /// # Errors
    /// Why it cannot be had.
    pub(crate) fn fetch(
        &self,
        url: &str,
        accept: &str,
        max_bytes: usize,
        redirects: usize,
    ) -> Result<Fetched, String> {
        self.fetch_or_gone(url, accept, max_bytes, redirects, false)
    }

    /// What stands at a URL, or where `gone` says so, that it is gone (RFC 9110 §15.5.11).
    ///
    /// # Errors
    /// Why it cannot be had.
    pub(crate) fn fetch_or_gone(
        &self,
        url: &str,
        accept: &str,
        max_bytes: usize,
        redirects: usize,
        gone: bool,
    ) -> Result<Fetched, String> {
        let deadline = Instant::now() + TOTAL;
        let accept = if accept.is_empty() { "*/*" } else { accept };
        let mut url = url.to_owned();
        let mut followed = 0;
        loop {
            let uri = https(&url)?;
            let left = || match deadline.saturating_duration_since(Instant::now()) {
                Duration::ZERO => Err("it took too long".to_owned()),
                left => Ok(left),
            };
            let addresses = self.public_addresses(&uri, left()?)?;
            let get = Get { uri: &uri, addresses: &addresses, accept, timeout: left()? };
            let response = self.transport.get(&get)?;
            match response.status().as_u16() {
                // A federation says with a body under 404 that it does not know an issuer, which is an answer.
                status if status == 200 || status == 404 && accept == ENTITY_STATEMENT => {
                    let (parts, body) = response.into_parts();
                    let bytes = read(&parts.headers, body, max_bytes)?;
                    let media_type = header(&parts.headers, "content-type").map(str::to_owned);
                    let (headers, at) = (parts.headers, SystemTime::now());
                    return Ok(Fetched { bytes, media_type, headers, at, status: 200 });
                }
                // The issuer of a hosted record says so that it has been revoked; what else it says does not matter.
                410 if gone => {
                    let (headers, at) = (response.into_parts().0.headers, SystemTime::now());
                    return Ok(Fetched { bytes: Vec::new(), media_type: None, headers, at, status: 410 });
                }
                301 | 302 | 303 | 307 | 308 if redirects == 0 => {
                    return Err(
                        "it redirects elsewhere, which is not followed for such a document".to_owned()
                    );
                }
                301 | 302 | 303 | 307 | 308 if followed == redirects => {
                    return Err(format!("more than {redirects} redirects"));
                }
                301 | 302 | 303 | 307 | 308 => {
                    let location = header(response.headers(), "location").ok_or("a redirect to nowhere")?;
                    url = resolve(&url, location).ok_or("a redirect to something that is no URL")?;
                    followed += 1;
                }
                status => return Err(format!("the server answered {status}")),
            }
        }
    }

    /// The addresses of a host: all of them public. A name that has a private address besides is an attack or a
    /// mistake.
    fn public_addresses(&self, uri: &Uri, timeout: Duration) -> Result<Vec<SocketAddr>, String> {
        let host = uri.host().unwrap_or_default();
        let addresses = self.lookup.addresses(host, uri.port_u16().unwrap_or(443), timeout)?;
        if addresses.is_empty() {
            return Err("the host name has no address".to_owned());
        }
        match addresses.iter().all(|address| is_public(address.ip())) {
            true => Ok(addresses),
            false => Err("its host is not on the public internet".to_owned()),
        }
    }
}

/// An https URL with a host and nothing that could mislead about which host it is.
fn https(url: &str) -> Result<Uri, String> {
    let without_fragment = url.split('#').next().unwrap_or_default();
    let uri: Uri = without_fragment.parse().map_err(|_| "it is not a URL".to_owned())?;
    if uri.scheme_str() != Some("https") {
        return Err("only https is fetched".to_owned());
    }
    let authority = uri.authority().map(|authority| authority.as_str()).unwrap_or_default();
    if authority.contains('@') || uri.host().unwrap_or_default().is_empty() {
        return Err("its host is not written plainly".to_owned());
    }
    Ok(uri)
}

/// RFC 9110 §10.2.2: relative to the URL that redirected.
fn resolve(base: &str, location: &str) -> Option<String> {
    let base = oxiri::Iri::parse(base).ok()?;
    let location = oxiri::IriRef::parse(location).ok()?;
    base.resolve(&location).ok().map(oxiri::Iri::into_inner)
}

/// No more than `max_bytes` are read, whatever the headers promise.
fn read(headers: &HeaderMap, body: impl Read, max_bytes: usize) -> Result<Vec<u8>, String> {
    if header(headers, "content-encoding").is_some_and(|encoding| !encoding.eq_ignore_ascii_case("identity"))
    {
        return Err("it is compressed although that was not asked for".to_owned());
    }
    let too_large = || Err(format!("it is larger than {max_bytes} bytes"));
    let promised = header(headers, "content-length").and_then(|length| length.parse::<u64>().ok());
    let limit = u64::try_from(max_bytes).unwrap_or(u64::MAX);
    if promised.is_some_and(|promised| promised > limit) {
        return too_large();
    }
    let mut bytes = Vec::new();
    match body.take(limit.saturating_add(1)).read_to_end(&mut bytes) {
        Ok(_) if bytes.len() > max_bytes => too_large(),
        Ok(_) => Ok(bytes),
        Err(error) if error.kind() == std::io::ErrorKind::TimedOut => Err("it took too long".to_owned()),
        Err(_) => Err("the connection broke".to_owned()),
    }
}

pub(crate) fn header<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name)?.to_str().ok()
}

#[cfg(test)]
pub(crate) mod tests;
