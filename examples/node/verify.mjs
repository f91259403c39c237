// verify.mjs DOCUMENT ISSUER NOW: is this record verified, and if not, why? Exit: 0 yes, 1 no, 2 it could not be found out.
//
// The native library, for a server that wants its speed; in a browser, and usually, take the package `ler-verify`.
import { readFileSync } from "node:fs";
import koffi from "koffi";

const REQUIRE = 1, PASSED = 1, NOT_APPLICABLE = 4, NOT_VERIFIED = 2;

const library = koffi.load("libler_verify.so.0.1");
for (const name of ["ler_error", "ler_verifier", "ler_resources", "ler_report"]) koffi.opaque(name);
// A `const char *` that is returned is copied into a string.
const [verifierNew, verifierFree, verify, isVerified, verdictOf, recordJson, checkCount, checkOutcome, checkRequirement,
  checkCode, checkPointer, checkMessage, reportFree, verdictName, outcomeName, errorMessage, errorFree] = [
  "ler_verifier *ler_verifier_new(const uint8_t *policy, size_t policy_len, _Out_ ler_error **error_out)",
  "void ler_verifier_free(ler_verifier *verifier)",
  "ler_report *ler_verify(ler_verifier *verifier, const uint8_t *document, size_t document_len, const uint8_t *occasion, "
    + "size_t occasion_len, ler_resources *resources, _Out_ ler_error **error_out)",
  "bool ler_report_is_verified(ler_report *report)",
  "uint32_t ler_report_verdict(ler_report *report)",
  "const char *ler_report_record_json(ler_report *report, size_t *len_out)",
  "size_t ler_report_check_count(ler_report *report)",
  "uint32_t ler_report_check_outcome(ler_report *report, size_t index)",
  "uint32_t ler_report_check_requirement(ler_report *report, size_t index)",
  "const char *ler_report_check_code(ler_report *report, size_t index, size_t *len_out)",
  "const char *ler_report_check_pointer(ler_report *report, size_t index, size_t *len_out)",
  "const char *ler_report_check_message(ler_report *report, size_t index, size_t *len_out)",
  "void ler_report_free(ler_report *report)",
  "const char *ler_verdict_name(uint32_t verdict)",
  "const char *ler_outcome_name(uint32_t outcome)",
  "const char *ler_error_message(ler_error *error, size_t *len_out)",
  "void ler_error_free(ler_error *error)",
].map((declaration) => library.func(declaration));

/** Calls a function whose last argument is the place for an error. */
function checked(call, ...given) {
  const error = [null];
  const result = call(...given, error);
  if (result !== null) return result;
  const message = errorMessage(error[0], null);
  errorFree(error[0]);
  throw new Error(message);
}

const [path, issuer, now] = process.argv.slice(2);
const document = readFileSync(path);
const policy = Buffer.from(JSON.stringify({ acceptedIssuers: { oneOf: [issuer] } }));
const occasion = Buffer.from(JSON.stringify({ now }));
const verifier = checked(verifierNew, policy, policy.length);
const report = checked(verify, verifier, document, document.length, occasion, occasion.length, null);

const verified = isVerified(report);
const verdict = verdictOf(report);
console.log(`verified: ${verified ? "yes" : "no"} (${verdictName(verdict)})`);
for (let i = 0; i < checkCount(report); i++) {
  const outcome = checkOutcome(report, i);
  if (checkRequirement(report, i) !== REQUIRE || outcome === PASSED || outcome === NOT_APPLICABLE) continue;
  const pointer = checkPointer(report, i, null);
  const place = pointer === null ? "" : ` at ${pointer}`;
  console.log(`${outcomeName(outcome)} ${checkCode(report, i, null)}${place}: ${checkMessage(report, i, null)}`);
}
console.log(`record: ${recordJson(report, null)}`); // "null" if it is not verified
reportFree(report);
verifierFree(verifier);
process.exitCode = verified ? 0 : verdict === NOT_VERIFIED ? 1 : 2;
