"""fetch.py DOCUMENT ISSUER NOW: like verify.py, but what the report asks for is fetched, by the rules of
docs/c/conventions.md, which download.py keeps.
"""
import http.client
import json
import sys
import time
from ctypes import POINTER, c_bool, c_char_p, c_int64, c_size_t, c_uint16, c_void_p

from download import get
from verify import call, ler

LOCATIONS, ROUNDS = 4, 8  # More rounds are never needed.
FETCHES, PATIENCE = 40, 60  # For one record in all; seconds.
FUNCTIONS = {
    "ler_resources_new": (c_void_p, []),
    "ler_resources_free": (None, [c_void_p]),
    "ler_resources_answer": (c_bool, [c_void_p, c_void_p, c_size_t, c_char_p, c_size_t, c_char_p, c_size_t, c_uint16, c_int64,
                                      POINTER(c_void_p)]),
    "ler_resources_unavailable": (c_bool, [c_void_p, c_void_p, c_size_t, c_char_p, c_size_t, POINTER(c_void_p)]),
    "ler_report_json": (c_char_p, [c_void_p, POINTER(c_size_t)]),
}
for name, (result, arguments) in FUNCTIONS.items():
    getattr(ler, name).restype, getattr(ler, name).argtypes = result, arguments


def obtain(resources, report, index, request, end):
    reason = "it has no https location"
    for url in request["locations"][:LOCATIONS]:
        try:
            if time.monotonic() >= end:
                raise OSError("the record asks for too much")
            data, media_type, status = get(url, request, end - time.monotonic() + 0.001)
        except (OSError, ValueError, http.client.HTTPException) as error:
            reason = str(getattr(error, "reason", error))
            continue
        call(ler.ler_resources_answer, resources, report, index, data, len(data), media_type, len(media_type), status,
             int(time.time()))
        return
    print(f"unavailable {request['identifier']}: {reason}")
    call(ler.ler_resources_unavailable, resources, report, index, reason.encode(), len(reason.encode()))


def main(path, issuer, now):
    with open(path, "rb") as file:
        document = file.read()
    policy = json.dumps({"acceptedIssuers": {"oneOf": [issuer]}}).encode()
    occasion = json.dumps({"now": now}).encode()
    verifier, resources = call(ler.ler_verifier_new, policy, len(policy)), ler.ler_resources_new()
    fetches, end = 0, time.monotonic() + PATIENCE
    for _ in range(ROUNDS):
        report = call(ler.ler_verify, verifier, document, len(document), occasion, len(occasion), resources)
        verified, verdict = ler.ler_report_is_verified(report), ler.ler_report_verdict(report)
        requests = [] if verified else json.loads(ler.ler_report_json(report, None))["requests"]
        for index, request in enumerate(requests):
            fetches += 1
            obtain(resources, report, index, request, end if fetches <= FETCHES else 0)
        ler.ler_report_free(report)
        if not requests:
            break
    print(f"verified: {'yes' if verified else 'no'} ({ler.ler_verdict_name(verdict).decode()})")
    ler.ler_resources_free(resources)
    ler.ler_verifier_free(verifier)
    return 0 if verified else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
