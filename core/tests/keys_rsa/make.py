"""Makes signatures.json: RSA keys with good signatures, and with such as only a careless verifier takes.

Good ones, and those that differ by a parameter alone, are made by the library of PyPI `cryptography`; the others by the
private operation on an encoded message that breaks one rule of RFC 8017. Keys and salts are random: the file changes with
every run. Run: python3 make.py
"""

import base64
import hashlib
import json
import pathlib

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

MESSAGE = b"sample"
HASHES = {"256": hashes.SHA256(), "384": hashes.SHA384(), "512": hashes.SHA512()}
# RFC 8017 §9.2 note 1.
SHA256_INFO = bytes.fromhex("3031300d060960864801650304020105000420")
DIGEST = hashlib.sha256(MESSAGE).digest()


def text(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def number(value):
    return text(value.to_bytes((value.bit_length() + 7) // 8, "big"))


def raw(key, encoded):
    """The private operation on an encoded message."""
    numbers = key.private_numbers()
    n = numbers.public_numbers.n
    value = int.from_bytes(encoded, "big")
    assert value < n
    return pow(value, numbers.d, n).to_bytes((n.bit_length() + 7) // 8, "big")


def pkcs1(key, info, begin=b"\x00\x01", fill=0xFF, trailing=b""):
    size = (key.key_size + 7) // 8
    filler = bytes([fill]) * (size - len(begin) - 1 - len(info) - len(trailing))
    return raw(key, begin + filler + b"\x00" + info + trailing)


def mgf1(seed, length):
    blocks = (hashlib.sha256(seed + i.to_bytes(4, "big")).digest() for i in range(length // 32 + 1))
    return b"".join(blocks)[:length]


def pss(key, trailer=0xBC, first=0x01, zeros=bytes(8)):
    """EMSA-PSS of RFC 8017 §9.1.1 with a salt of 32 bytes, where one thing may be wrong."""
    bits = key.key_size - 1
    size = (bits + 7) // 8
    salt = bytes(range(32))
    h = hashlib.sha256(zeros + DIGEST + salt).digest()
    block = bytes(size - 32 - 32 - 2) + bytes([first]) + salt
    masked = bytearray(a ^ b for a, b in zip(block, mgf1(h, len(block))))
    masked[0] &= 0xFF >> (8 * size - bits)
    return raw(key, bytes(masked) + h + bytes([trailer]))


def of_2049_bits():
    """A key whose encoded message for PSS is one byte shorter than its modulus (RFC 8017 §8.1.2 step 2c)."""
    while True:
        p, q = (rsa.generate_private_key(65537, size).private_numbers().p for size in (2048, 2050))
        if (p * q).bit_length() == 2049:
            d = pow(65537, -1, (p - 1) * (q - 1))
            public = rsa.RSAPublicNumbers(65537, p * q)
            rest = rsa.rsa_crt_dmp1(d, p), rsa.rsa_crt_dmq1(d, q), rsa.rsa_crt_iqmp(p, q)
            return rsa.RSAPrivateNumbers(p, q, d, *rest, public).private_key()


def main():
    keys = {size: rsa.generate_private_key(65537, size) for size in (2048, 3072, 4096)}
    keys[2049] = of_2049_bits()
    signatures = []

    def add(size, alg, title, good, signature):
        signatures.append({"key": str(size), "alg": alg, "title": title, "good": good, "signature": text(signature)})

    for size, key in keys.items():
        for bits, function in HASHES.items():
            add(size, f"RS{bits}", "good", True, key.sign(MESSAGE, padding.PKCS1v15(), function))
            scheme = padding.PSS(padding.MGF1(function), function.digest_size)
            add(size, f"PS{bits}", "good", True, key.sign(MESSAGE, scheme, function))

    key = keys[2048]
    sha256 = HASHES["256"]
    for title, salt in (("no salt", 0), ("a salt of 20 bytes", 20), ("the longest salt", padding.PSS.MAX_LENGTH)):
        add(2048, "PS256", title, False, key.sign(MESSAGE, padding.PSS(padding.MGF1(sha256), salt), sha256))
    for title, mask in (("MGF1 with SHA-1", hashes.SHA1()), ("MGF1 with SHA-512", hashes.SHA512())):
        add(2048, "PS256", title, False, key.sign(MESSAGE, padding.PSS(padding.MGF1(mask), 32), sha256))
    add(2048, "PS256", "made by hand", True, pss(key))
    add(2048, "PS256", "the trailer of another standard", False, pss(key, trailer=0xCC))
    add(2048, "PS256", "no 01 before the salt", False, pss(key, first=0x02))
    add(2048, "PS256", "a prefix that is not zero", False, pss(key, zeros=b"\x01" * 8))

    n = key.public_key().public_numbers().n
    while True:
        s = int.from_bytes(key.sign(MESSAGE, padding.PSS(padding.MGF1(sha256), 32), sha256), "big")
        if s + n < 1 << 2048:
            break
    add(2048, "PS256", "s", True, s.to_bytes(256, "big"))
    add(2048, "PS256", "s + n", False, (s + n).to_bytes(256, "big"))

    add(2048, "RS256", "made by hand", True, pkcs1(key, SHA256_INFO + DIGEST))
    short = bytes.fromhex("302f300b0609608648016503040201") + bytes.fromhex("0420") + DIGEST
    add(2048, "RS256", "no NULL parameters", False, pkcs1(key, short))
    long = bytes.fromhex("308131300d060960864801650304020105000420") + DIGEST
    add(2048, "RS256", "a length in BER", False, pkcs1(key, long))
    add(2048, "RS256", "something after the digest", False, pkcs1(key, SHA256_INFO + DIGEST, trailing=bytes(100)))
    add(2048, "RS256", "block type 2", False, pkcs1(key, SHA256_INFO + DIGEST, begin=b"\x00\x02"))
    add(2048, "RS256", "block type 0", False, pkcs1(key, SHA256_INFO + DIGEST, begin=b"\x00\x00"))
    add(2048, "RS256", "padding that is not FF", False, pkcs1(key, SHA256_INFO + DIGEST, fill=0xFE))
    add(2048, "RS256", "the digest alone", False, pkcs1(key, DIGEST))
    sha1 = bytes.fromhex("3021300906052b0e03021a05000414") + hashlib.sha1(MESSAGE).digest()
    add(2048, "RS256", "SHA-1", False, pkcs1(key, sha1))

    published = {}
    for size, key in keys.items():
        numbers = key.public_key().public_numbers()

        def pem(form):
            return key.public_key().public_bytes(serialization.Encoding.PEM, form).decode()

        published[size] = {
            "n": number(numbers.n),
            "e": number(numbers.e),
            "spki": pem(serialization.PublicFormat.SubjectPublicKeyInfo),
            "pkcs1": pem(serialization.PublicFormat.PKCS1),
        }
    made = {"message": MESSAGE.decode(), "keys": published, "signatures": signatures}
    pathlib.Path(__file__).with_name("signatures.json").write_text(json.dumps(made, indent=1) + "\n")


main()
