"""GET by the rules for records that nobody has verified yet: https, public addresses, few redirects, so many bytes, so long."""
import http.client
import ipaddress
import socket
import ssl
import time
import urllib.error
import urllib.parse
import urllib.request

TIMEOUT = 20
REDIRECTS = {"context": 3, "credentialSchema": 3}
# A hosted record that was taken back is gone, and what a federation does not know is not found: both are answers.
ANSWERS = {("hostedDocument", 410, False), ("issuerRegistry", 404, True)}


def is_public(text):
    """A record that nobody has verified yet must not make this machine talk to its own network."""
    address = ipaddress.ip_address(text.split("%")[0])
    if address.version == 6:  # Global unicast, and nothing that holds an IPv4 address.
        return address.is_global and address in ipaddress.ip_network("2000::/3") and not (address.sixtofour or address.teredo)
    return address.is_global and not address.is_multicast and address not in ipaddress.ip_network("192.88.99.0/24")


class Socket(ssl.SSLSocket):
    def recv_into(self, *arguments):  # However slowly headers and body drip in, they end when the time is up.
        self.settimeout(max(self.end - time.monotonic(), 0.001))
        return super().recv_into(*arguments)


class Connection(http.client.HTTPSConnection):
    """Connects to the address that was looked at: there is no second look-up that could say something else."""

    def connect(self):
        found = [entry[4] for entry in socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)]
        if not all(is_public(address[0]) for address in found):
            raise OSError("its host is not on the public internet")
        end, self._context.sslsocket_class = time.monotonic() + self.timeout, Socket
        self.sock = self._context.wrap_socket(socket.create_connection(found[0][:2], self.timeout), server_hostname=self.host)
        self.sock.end = end


class Https(urllib.request.HTTPSHandler):
    def https_open(self, request):
        if "@" in urllib.parse.urlsplit(request.full_url).netloc:
            raise OSError("its host is not written plainly")
        return self.do_open(Connection, request, context=self._context)


class Redirects(urllib.request.HTTPRedirectHandler):
    def __init__(self, left):
        self.left = left

    def redirect_request(self, *arguments):
        self.left -= 1
        return super().redirect_request(*arguments) if self.left >= 0 else None


def get(url, request, seconds):
    """The bytes, media type and status; only these handlers: no proxies, files or other schemes."""
    opener = urllib.request.OpenerDirector()
    for handler in (Https(), Redirects(REDIRECTS.get(request["kind"], 0)), urllib.request.HTTPDefaultErrorHandler(),
                    urllib.request.HTTPErrorProcessor()):
        opener.add_handler(handler)
    end = time.monotonic() + (seconds := min(seconds, TIMEOUT))
    headers = {"Accept": ", ".join(request["accept"]) or "*/*", "Accept-Encoding": "identity"}
    try:
        response = opener.open(urllib.request.Request(url, headers=headers), timeout=seconds)
    except urllib.error.HTTPError as error:
        if (request["kind"], error.code, "application/entity-statement+jwt" in request["accept"]) not in ANSWERS:
            raise OSError(f"the server answered {error.code}") from None
        response = error
    if response is None:
        raise OSError("only https is fetched")
    data = b""
    while block := response.read1(64 * 1024):
        data += block
        if len(data) > request["maxBytes"] or time.monotonic() > end:
            raise OSError("it is too large or took too long")
    return data, response.headers.get("Content-Type", "").encode(), response.status
