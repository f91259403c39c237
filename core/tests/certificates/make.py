"""Makes chains.pem and seal.json with the command line of OpenSSL 3: for each way to sign a certificate one chain, the
signer's certificate first and the anchor last; and a JAdES baseline seal (ETSI TS 119 182-1) as European credentials
bear it, RS256 over a payload that is not encoded (RFC 7797). The keys are thrown away."""

import base64
import hashlib
import json
import pathlib
import subprocess
import tempfile
import time

WAYS = [
    # name, kind of the authority's key, how it signs
    ("RSA PKCS #1 SHA-256", ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"], ["-sha256"]),
    ("RSA PKCS #1 SHA-512", ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:3072"], ["-sha512"]),
    ("RSA PSS SHA-256", ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"],
     ["-sha256", "-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:32"]),
    ("RSA PSS SHA-384", ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"],
     ["-sha384", "-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:48"]),
    ("P-256", ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"], ["-sha256"]),
    ("P-384", ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384"], ["-sha384"]),
    ("P-521", ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-521"], ["-sha512"]),
    ("Ed25519", ["-algorithm", "ED25519"], []),
]

AUTHORITY = "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\n"
SIGNER = "keyUsage=critical,nonRepudiation\nsubjectAltName=URI:did:web:college.example\n"


def run(*arguments, cwd):
    subprocess.run(["openssl", *arguments], cwd=cwd, check=True, capture_output=True)


def issue(path, kind, signing):
    for who, extensions in [("root", AUTHORITY), ("middle", AUTHORITY), ("leaf", SIGNER)]:
        run("genpkey", *kind, "-out", f"{who}.key", cwd=path)
        (path / f"{who}.cnf").write_text(extensions)
        subject = f"/C=XX/O=College/organizationIdentifier=VATXX-1/CN={who}"
        run("req", "-new", "-key", f"{who}.key", "-subj", subject, "-out", f"{who}.csr", cwd=path)
    for who, by in [("root", "root"), ("middle", "root"), ("leaf", "middle")]:
        signer = ["-signkey", "root.key"] if who == by else ["-CA", f"{by}.crt", "-CAkey", f"{by}.key", "-CAcreateserial"]
        run("x509", "-req", "-in", f"{who}.csr", *signer, *signing, "-days", "7300", "-extfile", f"{who}.cnf",
            "-out", f"{who}.crt", cwd=path)
    return [(path / f"{who}.crt").read_text() for who in ["leaf", "middle", "root"]]


def chain(kind, signing):
    with tempfile.TemporaryDirectory() as folder:
        return "".join(issue(pathlib.Path(folder), kind, signing))


CREDENTIAL = {
    "@context": ["https://www.w3.org/2018/credentials/v1"],
    "id": "urn:credential:1",
    "type": ["VerifiableCredential"],
    "issuer": {"id": "urn:epass:org:1", "legalName": {"en": ["College"]}, "eIDASLegalIdentifier": {"notation": "VATXX-1"}},
    "issuanceDate": "2026-11-01T10:00:00+01:00",
    "credentialSubject": {"id": "urn:epass:person:1"},
}


def seal():
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder)
        leaf, middle, root = issue(path, *WAYS[0][1:])
        ders = ["".join(pem.splitlines()[1:-1]) for pem in [leaf, middle]]
        header = {
            "alg": "RS256", "b64": False, "crit": ["b64", "sigT"], "cty": "application/octet-stream",
            "kid": "MIGNMIGApH4wfDELMAkGA1UEBhMC", "typ": "jose+json", "x5c": ders,
            "x5t#S256": encode(hashlib.sha256(base64.b64decode(ders[0])).digest()), "sigT": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        }
        protected = encode(json.dumps(header).encode())
        # As it is, with white space and letters beyond ASCII.
        payload = json.dumps({**CREDENTIAL, "name": "Zeugnis für Ada"}, indent=1, ensure_ascii=False)
        (path / "input").write_bytes(protected.encode() + b"." + payload.encode())
        run("dgst", "-sha256", "-sign", "leaf.key", "-out", "signature", "input", cwd=path)
        signature = encode((path / "signature").read_bytes())
        document = {"payload": payload, "signatures": [{"protected": protected, "signature": signature}]}
        return json.dumps({"anchor": root, "seal": document}, indent=1, ensure_ascii=False)


def encode(octets):
    return base64.urlsafe_b64encode(octets).decode().rstrip("=")


text = "".join(f"# {name}\n{chain(kind, signing)}" for name, kind, signing in WAYS)
pathlib.Path(__file__).with_name("chains.pem").write_text(text)
pathlib.Path(__file__).with_name("seal.json").write_text(seal() + "\n")
