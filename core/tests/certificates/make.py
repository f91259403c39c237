"""Makes chains.pem with the command line of OpenSSL 3: for each way to sign a certificate one chain, the signer's
certificate first and the anchor last. The keys are thrown away."""

import pathlib
import subprocess
import tempfile

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


def chain(kind, signing):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder)
        for who, extensions in [("root", AUTHORITY), ("middle", AUTHORITY), ("leaf", SIGNER)]:
            run("genpkey", *kind, "-out", f"{who}.key", cwd=path)
            (path / f"{who}.cnf").write_text(extensions)
            run("req", "-new", "-key", f"{who}.key", "-subj", f"/C=XX/O=College/CN={who}", "-out", f"{who}.csr", cwd=path)
        for who, by in [("root", "root"), ("middle", "root"), ("leaf", "middle")]:
            signer = ["-signkey", "root.key"] if who == by else ["-CA", f"{by}.crt", "-CAkey", f"{by}.key", "-CAcreateserial"]
            run("x509", "-req", "-in", f"{who}.csr", *signer, *signing, "-days", "7300", "-extfile", f"{who}.cnf",
                "-out", f"{who}.crt", cwd=path)
        return "".join((path / f"{who}.crt").read_text() for who in ["leaf", "middle", "root"])


text = "".join(f"# {name}\n{chain(kind, signing)}" for name, kind, signing in WAYS)
pathlib.Path(__file__).with_name("chains.pem").write_text(text)
