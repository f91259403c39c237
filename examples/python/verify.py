"""verify.py DOCUMENT ISSUER NOW: is this record verified, and if not, why? Exit: 0 yes, 1 no, 2 it could not be found out.

The library is found as the system finds libraries (LD_LIBRARY_PATH, ldconfig).
"""
import json
import sys
from ctypes import CDLL, POINTER, byref, c_bool, c_char_p, c_size_t, c_uint32, c_void_p

REQUIRE, PASSED, NOT_APPLICABLE, NOT_VERIFIED = 1, 1, 4, 2

ler = CDLL("libler_verify.so.0.1")
TEXT = [c_void_p, c_size_t, POINTER(c_size_t)]
# Every function needs its types: without them ctypes cuts pointers to 32 bits.
for name, result, arguments in [
    ("ler_verifier_new", c_void_p, [c_char_p, c_size_t, POINTER(c_void_p)]),
    ("ler_verifier_free", None, [c_void_p]),
    ("ler_verify", c_void_p, [c_void_p, c_char_p, c_size_t, c_char_p, c_size_t, c_void_p, POINTER(c_void_p)]),
    ("ler_report_is_verified", c_bool, [c_void_p]),
    ("ler_report_verdict", c_uint32, [c_void_p]),
    ("ler_report_record_json", c_char_p, [c_void_p, POINTER(c_size_t)]),
    ("ler_report_check_count", c_size_t, [c_void_p]),
    ("ler_report_check_outcome", c_uint32, [c_void_p, c_size_t]),
    ("ler_report_check_requirement", c_uint32, [c_void_p, c_size_t]),
    ("ler_report_check_code", c_char_p, TEXT),
    ("ler_report_check_pointer", c_char_p, TEXT),
    ("ler_report_check_message", c_char_p, TEXT),
    ("ler_report_free", None, [c_void_p]),
    ("ler_verdict_name", c_char_p, [c_uint32]),
    ("ler_outcome_name", c_char_p, [c_uint32]),
    ("ler_error_message", c_char_p, [c_void_p, POINTER(c_size_t)]),
    ("ler_error_free", None, [c_void_p]),
]:
    function = getattr(ler, name)
    function.restype, function.argtypes = result, arguments


def call(function, *arguments):
    """Calls a function whose last argument is the place for an error. A c_char_p that is returned is a copy."""
    error = c_void_p()
    result = function(*arguments, byref(error))
    if not result:
        message = ler.ler_error_message(error, None).decode()
        ler.ler_error_free(error)
        raise ValueError(message)
    return result


def main(path, issuer, now):
    with open(path, "rb") as file:
        document = file.read()
    policy = json.dumps({"acceptedIssuers": {"oneOf": [issuer]}}).encode()
    occasion = json.dumps({"now": now}).encode()
    verifier = call(ler.ler_verifier_new, policy, len(policy))
    report = call(ler.ler_verify, verifier, document, len(document), occasion, len(occasion), None)

    verified, verdict = ler.ler_report_is_verified(report), ler.ler_report_verdict(report)
    print(f"verified: {'yes' if verified else 'no'} ({ler.ler_verdict_name(verdict).decode()})")
    for i in range(ler.ler_report_check_count(report)):
        outcome = ler.ler_report_check_outcome(report, i)
        if ler.ler_report_check_requirement(report, i) != REQUIRE or outcome in (PASSED, NOT_APPLICABLE):
            continue
        code, pointer, message = (getattr(ler, f"ler_report_check_{name}")(report, i, None)
                                  for name in ("code", "pointer", "message"))
        place = " at " + pointer.decode() if pointer is not None else ""
        print(f"{ler.ler_outcome_name(outcome).decode()} {code.decode()}{place}: {message.decode()}")
    print("record: " + ler.ler_report_record_json(report, None).decode())  # "null" if it is not verified

    ler.ler_report_free(report)
    ler.ler_verifier_free(verifier)
    return 0 if verified else 1 if verdict == NOT_VERIFIED else 2


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
