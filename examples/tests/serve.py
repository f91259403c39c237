"""serve.py BEHAVIOUR DOCUMENT CERTIFICATE KEY: an https server for tests of the examples that fetch. It prints its port.

BEHAVIOUR: `document` gives DOCUMENT, `redirect` says that it is elsewhere on the same server, `large` gives three megabytes.
"""
import http.server
import ssl
import sys

behaviour, path, certificate, key = sys.argv[1:]
with open(path, "rb") as file:
    DOCUMENT = file.read()


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        redirects = behaviour == "redirect" and self.path != "/elsewhere"
        body = b" " * 3_000_000 if behaviour == "large" else DOCUMENT
        self.send_response(302 if redirects else 200)
        if redirects:
            self.send_header("Location", "/elsewhere")
        self.send_header("Content-Type", "application/did+json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(certificate, key)
server.socket = context.wrap_socket(server.socket, server_side=True)
print(server.server_address[1], flush=True)
server.serve_forever()
