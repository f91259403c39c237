/* ler_verify.h: verifies Learning and Employment Records: bytes in, a report out, no I/O.
 *
 * Generated from ffi/src by `cargo xtask-build header`; do not edit.
 *
 *   ler_verifier *verifier = ler_verifier_new(policy, policy_len, &error);
 *   ler_report *report = ler_verify(verifier, document, document_len, occasion, occasion_len, resources, &error);
 *   if (ler_report_is_verified(report)) { ... ler_report_record_json(report, NULL) ... }
 *   ler_report_free(report);
 *
 * What holds of every function (docs/c/conventions.md says more):
 *
 * - Arguments are (pointer, length) pairs, copied where they are needed after the call. Nothing has to end with NUL.
 * - A text that is returned is UTF-8, ends with NUL and has none in it (one in a document becomes U+FFFD). It is a view
 *   into the handle that gave it and lives as long as that handle. `len_out`, which may be NULL, gets its length.
 * - NULL is answered: with NULL, 0 or false, and with an error where there is a place for one. Freeing NULL is nothing.
 * - A handle is freed once, by the function of its type, when no other thread uses it. Nothing else is freed.
 * - There are no callbacks, no state of a thread or process, no hidden network access, file access or clock.
 * - A defect of the library ends in LER_ERROR_INTERNAL, not in the end of the program. A handle that was in use then
 *   answers as NULL does from then on: it is never verified.
 */

#ifndef LER_VERIFY_H
#define LER_VERIFY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * The version of the binary interface. It changes when a program has to be compiled anew; functions and constants are
 * added without a change.
 */
#define LER_ABI_VERSION 1

/**
 * The version of the library that this header belongs to: MAJOR.MINOR.PATCH.
 */
#define LER_VERSION_MAJOR 0

/**
 * See LER_VERSION_MAJOR.
 */
#define LER_VERSION_MINOR 1

/**
 * See LER_VERSION_MAJOR.
 */
#define LER_VERSION_PATCH 0

/**
 * The same as one number that can be compared: 0xMMmmpp.
 */
#define LER_VERSION_NUMBER 256

/**
 * An argument that must not be NULL was NULL, or its length is one that no object has.
 */
#define LER_ERROR_NULL 1

/**
 * The policy cannot be read or cannot be followed.
 */
#define LER_ERROR_POLICY 2

/**
 * The occasion cannot be read.
 */
#define LER_ERROR_OCCASION 3

/**
 * The resources cannot be read.
 */
#define LER_ERROR_RESOURCES 4

/**
 * There is no request with that index, or no such kind of resource.
 */
#define LER_ERROR_INDEX 5

/**
 * A text is not UTF-8.
 */
#define LER_ERROR_UTF8 6

/**
 * The library had a defect earlier while it used this handle. Free it and make a new one.
 */
#define LER_ERROR_POISONED 254

/**
 * A defect of the library. Nothing was decided, and the handles that took part answer no more.
 */
#define LER_ERROR_INTERNAL 255

/**
 * Every required check passed.
 */
#define LER_VERDICT_VERIFIED 1

/**
 * There is evidence against the record.
 */
#define LER_VERDICT_NOT_VERIFIED 2

/**
 * It could not be found out. Neither a yes nor a no: show it as such, and try again when more is known.
 */
#define LER_VERDICT_INDETERMINATE 3

/**
 * Is it what the issuer signed, and was it the issuer who signed?
 */
#define LER_AXIS_AUTHENTIC 1

/**
 * Is it valid now?
 */
#define LER_AXIS_CURRENT 2

/**
 * Is it meant for this person and occasion?
 */
#define LER_AXIS_ADDRESSED 3

/**
 * Is its issuer one whom the policy accepts?
 */
#define LER_AXIS_TRUSTED 4

/**
 * Nothing is wrong with it.
 */
#define LER_OUTCOME_PASSED 1

/**
 * There is evidence against it.
 */
#define LER_OUTCOME_FAILED 2

/**
 * It could not be found out.
 */
#define LER_OUTCOME_INDETERMINATE 3

/**
 * There was nothing to check.
 */
#define LER_OUTCOME_NOT_APPLICABLE 4

/**
 * The policy switched it off.
 */
#define LER_OUTCOME_SKIPPED 5

/**
 * The check counts for the verdict.
 */
#define LER_REQUIREMENT_REQUIRE 1

/**
 * The check is only reported.
 */
#define LER_REQUIREMENT_REPORT 2

/**
 * The policy switched the check off.
 */
#define LER_REQUIREMENT_SKIP 3

/**
 * A JSON-LD context.
 */
#define LER_RESOURCE_CONTEXT 1

/**
 * The document of a DID or another identifier, which lists its keys.
 */
#define LER_RESOURCE_CONTROLLED_IDENTIFIER_DOCUMENT 2

/**
 * A registry of issuers. A federation's answer under status 404 is an answer: give its body.
 */
#define LER_RESOURCE_ISSUER_REGISTRY 3

/**
 * A JSON Schema, or the credential that it is in.
 */
#define LER_RESOURCE_CREDENTIAL_SCHEMA 4

/**
 * A list in which the status of records is published.
 */
#define LER_RESOURCE_STATUS_LIST 5

/**
 * An image, a document or other evidence that a record gives a digest of.
 */
#define LER_RESOURCE_LINKED_RESOURCE 6

/**
 * The record as its issuer would make it out today.
 */
#define LER_RESOURCE_NEWER_VERSION 7

/**
 * What the issuer has at the address of a hosted record. Status 410 is an answer: give it with its status.
 */
#define LER_RESOURCE_HOSTED_DOCUMENT 8

/**
 * The bytes that an attachment of a statement is the digest of.
 */
#define LER_RESOURCE_ATTACHMENT 9

/**
 * What says how records of one `vct` are to be read.
 */
#define LER_RESOURCE_TYPE_METADATA 10

/**
 * A credential in a presentation.
 */
#define LER_RELATION_PRESENTED 1

/**
 * A credential in a subject, as in a Comprehensive Learner Record.
 */
#define LER_RELATION_NESTED 2

/**
 * An endorsement.
 */
#define LER_RELATION_ENDORSEMENT 3

/**
 * A list that a status entry names.
 */
#define LER_RELATION_STATUS_LIST 4

/**
 * What the issuer offers as the newest version.
 */
#define LER_RELATION_NEWER_VERSION 5

/**
 * `@digitalcredentials/verifier-core` 1.0: `{log, …}` or `{errors}`.
 */
#define LER_VIEW_VERIFIER_CORE 1

/**
 * DIDKit 0.x: `{checks, warnings, errors}`.
 */
#define LER_VIEW_DIDKIT 2

/**
 * Velocity Network: an array of `{credentialChecks, credential}`.
 */
#define LER_VIEW_VELOCITY 3

/**
 * The result map of VCDM 2.0 §7.1, with RFC 9457 problem details.
 */
#define LER_VIEW_W3C 4

/**
 * What the caller did wrong. Immutable: any thread may read it.
 */
typedef struct ler_error ler_error;

/**
 * What was found out about a document. Immutable: any number of threads may read one at once.
 */
typedef struct ler_report ler_report;

/**
 * What was fetched so far. Any number of threads may use one and add to it at once.
 */
typedef struct ler_resources ler_resources;

/**
 * What is demanded of records. Immutable: any number of threads may use one at once.
 */
typedef struct ler_verifier ler_verifier;

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

/* --------------------------------------------------------------------------------------------------------------
 * Versions. A program compares what it was compiled with (the constants) with what it runs with (the functions).
 */

/**
 * The version of the library that was loaded, "0.1.0": NUL-terminated ASCII that lives as long as the library is loaded.
 */
const char *ler_version(void);

/**
 * The version of the binary interface of the library that was loaded, to be compared with LER_ABI_VERSION.
 */
uint32_t ler_abi_version(void);

/* --------------------------------------------------------------------------------------------------------------
 * Errors: what the caller did wrong. A record that does not verify is no error: it has a report.
 *
 * An error is a handle of its own, not the state of a thread: it can be asked from any thread, at any time, until it
 * is freed. Functions that can fail take a last argument `error_out`; it may be NULL if the reason is of no interest,
 * and is written only when the function fails.
 */

/**
 * What kind of error it is: one of LER_ERROR_…; 0 for NULL.
 *
 * Required of the caller:
 * error: NULL or a live error.
 */
uint32_t ler_error_code(const ler_error *error);

/**
 * What was wrong: one English sentence for a developer, which may quote the policy. A view that lives as long as the
 * error; NULL for NULL.
 *
 * Required of the caller:
 * error: NULL or a live error. len_out: NULL or writable.
 */
const char *ler_error_message(const ler_error *error,
                              size_t *len_out);

/**
 * Frees an error. NULL is allowed.
 *
 * Required of the caller:
 * error: NULL or a live error; it must not be used again.
 */
void ler_error_free(ler_error *error);

/* --------------------------------------------------------------------------------------------------------------
 * Numbers and names. Every enumeration is a uint32_t; 0 is never a value of any, and only NULL or a bad index gives it.
 *
 * A verdict is no truth value: all three are not zero. Ask ler_report_is_verified.
 */

/**
 * The name of a verdict in reports: "verified", "notVerified", "indeterminate"; NULL for any other number. It lives as
 * long as the library is loaded.
 */
const char *ler_verdict_name(uint32_t verdict);

/**
 * The name of an outcome in reports: "passed", "failed" …; NULL for any other number. It lives as long as the library is
 * loaded.
 */
const char *ler_outcome_name(uint32_t outcome);

/**
 * The name of a kind of resource in reports: "context", "statusList" …; NULL for any other number. It lives as long as
 * the library is loaded.
 */
const char *ler_resource_kind_name(uint32_t kind);

/* --------------------------------------------------------------------------------------------------------------
 * The verifier: a policy, ready for use.
 *
 * A ler_verifier is immutable: any number of threads may verify with one at once, and should, because it remembers
 * contexts and status lists that it has worked out.
 */

/**
 * Makes a verifier from a policy as JSON, for example {"acceptedIssuers":{"oneOf":["did:web:university.example"]}}.
 *
 * There is no default policy: whose records are accepted has to be written, so NULL is an error.
 *
 * Returns a verifier to be freed with ler_verifier_free; NULL with LER_ERROR_NULL or LER_ERROR_POLICY.
 *
 * Required of the caller:
 * policy_json: NULL, or readable for policy_json_len bytes. error_out: NULL or writable.
 */
ler_verifier *ler_verifier_new(const uint8_t *policy_json,
                               size_t policy_json_len,
                               ler_error **error_out);

/**
 * The policy in full, with every default and every limit, as JSON. A view that lives as long as the verifier; NULL for
 * NULL. The policyDigest of a report is the SHA-256 of these bytes.
 *
 * Required of the caller:
 * verifier: NULL or a live verifier. len_out: NULL or writable.
 */
const char *ler_verifier_policy_json(const ler_verifier *verifier,
                                     size_t *len_out);

/**
 * The bytes of the longest document that the verifier looks at, so that an upload can be refused before it is read.
 * A longer one has an indeterminate report. 0 for NULL.
 *
 * Required of the caller:
 * verifier: NULL or a live verifier.
 */
size_t ler_verifier_max_document_bytes(const ler_verifier *verifier);

/**
 * Verifies a document and gives the report on it, to be freed with ler_report_free.
 *
 * Pure: no network, no clock, no files; the same arguments give the same report, byte for byte.
 *
 * document: the bytes of the record exactly as received: JSON, a token, an image. NULL with length 0 is an empty one.
 * occasion_json: this one verification, for example {"now":"2026-11-21T12:00:00Z"}.
 * resources: what was fetched so far; NULL is nothing. What the report requests, fetch and answer, then call again.
 *
 * Returns NULL, and sets *error_out, only if the caller did something wrong: LER_ERROR_NULL, LER_ERROR_OCCASION,
 * LER_ERROR_POISONED, LER_ERROR_INTERNAL. That a report was returned does NOT mean that the record is verified: ask
 * ler_report_is_verified.
 *
 * Required of the caller:
 * verifier, resources: NULL or live handles. document, occasion_json: NULL, or readable for the length that follows and
 * not changed during the call. error_out: NULL or writable.
 */
ler_report *ler_verify(const ler_verifier *verifier,
                       const uint8_t *document,
                       size_t document_len,
                       const uint8_t *occasion_json,
                       size_t occasion_json_len,
                       const ler_resources *resources,
                       ler_error **error_out);

/**
 * Frees a verifier. Reports that it gave stay. NULL is allowed.
 *
 * Required of the caller:
 * verifier: NULL or a live verifier that no other thread uses; it must not be used again.
 */
void ler_verifier_free(ler_verifier *verifier);

/* --------------------------------------------------------------------------------------------------------------
 * Resources: what the program has fetched so far. Nothing here is trusted: each is checked by whoever uses it.
 *
 * A ler_resources may be used and added to by any number of threads at once: a verification sees what was there when
 * it began. One for a whole program, so that a status list is fetched and read once, is a good choice.
 */

/**
 * Nothing yet. To be freed with ler_resources_free.
 */
ler_resources *ler_resources_new(void);

/**
 * Reads resources from JSON: an array of {"kind", "id", "text" | "base64" | "unavailable", "mediaType"?, "retrievedAt"?,
 * "httpStatus"?}, with kind and id as the requests in the JSON of a report have them.
 *
 * Returns resources to be freed with ler_resources_free; NULL with LER_ERROR_NULL or LER_ERROR_RESOURCES.
 *
 * Required of the caller:
 * json: NULL, or readable for json_len bytes. error_out: NULL or writable.
 */
ler_resources *ler_resources_from_json(const uint8_t *json,
                                       size_t json_len,
                                       ler_error **error_out);

/**
 * A set of its own with what is in these resources now: cheap, nothing is copied. For what only one record needs, so
 * that it is forgotten with it. To be freed with ler_resources_free; NULL for NULL.
 *
 * Required of the caller:
 * resources: NULL or live resources.
 */
ler_resources *ler_resources_clone(const ler_resources *resources);

/**
 * Answers a request of a report with what was fetched. The request is named by its index, so that kinds and identifiers
 * cannot be mixed up. The bytes are copied. More bytes than the request allows count as unavailable.
 *
 * media_type: as the server gave it; NULL if it gave none.
 * http_status: 200, or another status where that is the answer (410 for a hosted document that is gone); 0 if unknown.
 * retrieved_at: when, in seconds since 1970-01-01T00:00:00Z; 0 if unknown.
 *
 * Returns whether it was added, which says nothing about any record; false with LER_ERROR_NULL, LER_ERROR_INDEX,
 * LER_ERROR_UTF8, LER_ERROR_POISONED.
 *
 * Required of the caller:
 * resources, report: NULL or live handles. bytes, media_type: NULL, or readable for the length that follows.
 * error_out: NULL or writable.
 */
bool ler_resources_answer(ler_resources *resources,
                          const ler_report *report,
                          size_t request_index,
                          const uint8_t *bytes,
                          size_t bytes_len,
                          const char *media_type,
                          size_t media_type_len,
                          uint16_t http_status,
                          int64_t retrieved_at,
                          ler_error **error_out);

/**
 * Says that what a request asks for cannot be had, so that it is not asked for again. What needs it stays
 * indeterminate.
 *
 * reason: one sentence, for the report ("the server answered 404"); NULL if unknown.
 *
 * Returns whether it was noted; false with LER_ERROR_NULL, LER_ERROR_INDEX, LER_ERROR_UTF8, LER_ERROR_POISONED.
 *
 * Required of the caller:
 * resources, report: NULL or live handles. reason: NULL, or readable for reason_len bytes. error_out: NULL or writable.
 */
bool ler_resources_unavailable(ler_resources *resources,
                               const ler_report *report,
                               size_t request_index,
                               const char *reason,
                               size_t reason_len,
                               ler_error **error_out);

/**
 * Adds a resource before anything asks for it: the DID document of an issuer, a status list that is fetched every
 * night. The bytes are copied; what was there for that kind and identifier is replaced.
 *
 * kind: one of LER_RESOURCE_…. identifier: as the records write it: "did:web:university.example".
 * The other arguments and the result are those of ler_resources_answer; LER_ERROR_INDEX is a kind that does not exist.
 *
 * Required of the caller:
 * resources: NULL or live resources. identifier, bytes, media_type: NULL, or readable for the length that follows.
 * error_out: NULL or writable.
 */
bool ler_resources_insert(ler_resources *resources,
                          uint32_t kind,
                          const char *identifier,
                          size_t identifier_len,
                          const uint8_t *bytes,
                          size_t bytes_len,
                          const char *media_type,
                          size_t media_type_len,
                          uint16_t http_status,
                          int64_t retrieved_at,
                          ler_error **error_out);

/**
 * Frees resources. Reports that used them stay. NULL is allowed.
 *
 * Required of the caller:
 * resources: NULL or live resources that no other thread uses; they must not be used again.
 */
void ler_resources_free(ler_resources *resources);

/* --------------------------------------------------------------------------------------------------------------
 * The report: what was found out. Every check is in it, whatever failed before it.
 *
 * A ler_report is immutable: any number of threads may read one at once. Every text that it gives is a view that lives
 * as long as it. The report and its JSON hold no claim of the record and may be logged; the record and the views may not.
 */

/**
 * Whether the record is verified: every check that the policy requires passed. False for NULL.
 *
 * This is the first thing to ask a report, and the only answer that means yes.
 *
 * Required of the caller:
 * report: NULL or a live report.
 */
bool ler_report_is_verified(const ler_report *report);

/**
 * The verdict: one of LER_VERDICT_…, to tell "there is evidence against it" from "it could not be found out". It is no
 * truth value: none of the three is 0. 0 for NULL.
 *
 * Required of the caller:
 * report: NULL or a live report.
 */
uint32_t ler_report_verdict(const ler_report *report);

/**
 * The answer to one of the four questions LER_AXIS_…, whatever the policy requires: one of LER_OUTCOME_…. 0 for NULL and
 * for an axis that does not exist.
 *
 * Required of the caller:
 * report: NULL or a live report.
 */
uint32_t ler_report_axis(const ler_report *report,
                         uint32_t axis);

/**
 * The whole report as JSON, the same bytes as in Rust and WebAssembly; core/schemas/report.schema.json describes it.
 * NULL for NULL.
 *
 * Required of the caller:
 * report: NULL or a live report. len_out: NULL or writable.
 */
const char *ler_report_json(const ler_report *report,
                            size_t *len_out);

/**
 * The report as JSON in the shape that users of another system read: LER_VIEW_…. Such shapes have two answers, so
 * indeterminate is failure there; of a verified record they hold its claims. NULL for NULL and for a view that does not
 * exist.
 *
 * Required of the caller:
 * report: NULL or a live report. len_out: NULL or writable.
 */
const char *ler_report_view_json(const ler_report *report,
                                 uint32_t view_number,
                                 size_t *len_out);

/**
 * Frees a report, and with it every text and every embedded report that it gave. NULL is allowed.
 *
 * Required of the caller:
 * report: NULL or a live report from ler_verify that no other thread uses; it must not be used again. Never one from
 * ler_report_embedded, which belongs to its parent.
 */
void ler_report_free(ler_report *report);

/* --------------------------------------------------------------------------------------------------------------
 * What the record says. JSON, and always JSON: "null" where there is nothing, so that a program that parses it cannot
 * mistake an error for an answer. This is personal data: it does not belong in logs.
 */

/**
 * The claims of a verified record, in the one shape that all formats have. The JSON text "null" if the record is not
 * verified, or has no claims of its own (a presentation: ask its embedded reports). NULL only for NULL.
 *
 * Required of the caller:
 * report: NULL or a live report. len_out: NULL or writable.
 */
const char *ler_report_record_json(const ler_report *report,
                                   size_t *len_out);

/**
 * The document of a verified record as its proof covers it, as canonical JSON without the proof. The JSON text "null" if
 * the record is not verified. NULL only for NULL.
 *
 * Required of the caller:
 * report: NULL or a live report. len_out: NULL or writable.
 */
const char *ler_report_document_json(const ler_report *report,
                                     size_t *len_out);

/**
 * For showing, not for accepting: {"verdict": …, "record": …} of a record that its issuer did sign, even if it has
 * expired, was revoked or is of an issuer who is not accepted. The verdict goes with it wherever it is shown. The JSON
 * text "null" if it is not authentic. NULL only for NULL.
 *
 * Required of the caller:
 * report: NULL or a live report. len_out: NULL or writable.
 */
const char *ler_report_authentic_record_json(const ler_report *report,
                                             size_t *len_out);

/* --------------------------------------------------------------------------------------------------------------
 * The checks of a report, in the order of the report: what was asked, what was found, and what that means. Those whose
 * outcome is failed or indeterminate and whose requirement is to count are the reasons of a verdict.
 *
 * An index counts from 0. A text is a view that lives as long as the report. For NULL and for an index that does not
 * exist a number is 0 and a text is NULL.
 */

/**
 * How many checks there are.
 *
 * Required of the caller:
 * report: NULL or a live report.
 */
size_t ler_report_check_count(const ler_report *report);

/**
 * What the answer means: one of LER_OUTCOME_….
 *
 * Required of the caller:
 * report: NULL or a live report.
 */
uint32_t ler_report_check_outcome(const ler_report *report, size_t index);

/**
 * What the policy makes of the check: one of LER_REQUIREMENT_….
 *
 * Required of the caller:
 * report: NULL or a live report.
 */
uint32_t ler_report_check_requirement(const ler_report *report, size_t index);

/**
 * What was asked, as an identifier: "validity.until".
 *
 * Required of the caller:
 * report: NULL or a live report. len_out: NULL or writable.
 */
const char *ler_report_check_id(const ler_report *report, size_t index, size_t *len_out);

/**
 * What was found, as a code: "validity.until.passed". Codes are the thing to decide by in a program; README.md lists them.
 *
 * Required of the caller:
 * report: NULL or a live report. len_out: NULL or writable.
 */
const char *ler_report_check_code(const ler_report *report,
                                  size_t index,
                                  size_t *len_out);

/**
 * What was asked, in English.
 *
 * Required of the caller:
 * report: NULL or a live report. len_out: NULL or writable.
 */
const char *ler_report_check_question(const ler_report *report, size_t index, size_t *len_out);

/**
 * What was found, in English. Translate by the code.
 *
 * Required of the caller:
 * report: NULL or a live report. len_out: NULL or writable.
 */
const char *ler_report_check_message(const ler_report *report, size_t index, size_t *len_out);

/**
 * Where: an RFC 6901 pointer into the document as received. NULL also where the check has no place.
 *
 * Required of the caller:
 * report: NULL or a live report. len_out: NULL or writable.
 */
const char *ler_report_check_pointer(const ler_report *report, size_t index, size_t *len_out);

/**
 * The URL of the rule that the check applies.
 *
 * Required of the caller:
 * report: NULL or a live report. len_out: NULL or writable.
 */
const char *ler_report_check_spec(const ler_report *report, size_t index, size_t *len_out);

/**
 * Typed details as a JSON object, "{}" if there are none: {"instant":"2025-01-01T00:00:00Z"}.
 *
 * Required of the caller:
 * report: NULL or a live report. len_out: NULL or writable.
 */
const char *ler_report_check_details_json(const ler_report *report, size_t index, size_t *len_out);

/* --------------------------------------------------------------------------------------------------------------
 * The requests of a report: what the verifier needs to know to say more. Fetch one of the locations of each, answer
 * with ler_resources_answer or ler_resources_unavailable, verify again, until there are none: at most 8 rounds.
 *
 * A document that nobody has verified yet decides what is asked for. Fetch by https only, from public addresses only,
 * no more bytes than the request allows, and follow redirects for contexts and schemas only: docs/c/conventions.md.
 *
 * An index counts from 0. A text is a view that lives as long as the report. For NULL and for an index that does not
 * exist a number is 0 and a text is NULL.
 */

/**
 * How many requests there are; those of embedded reports are among them. 0 when asking again changes nothing.
 *
 * Required of the caller:
 * report: NULL or a live report.
 */
size_t ler_report_request_count(const ler_report *report);

/**
 * What kind of thing: one of LER_RESOURCE_….
 *
 * Required of the caller:
 * report: NULL or a live report.
 */
uint32_t ler_report_request_kind(const ler_report *report, size_t index);

/**
 * The identifier as the document writes it.
 *
 * Required of the caller:
 * report: NULL or a live report. len_out: NULL or writable.
 */
const char *ler_report_request_identifier(const ler_report *report, size_t index, size_t *len_out);

/**
 * How many https URLs have it. 0 where the identifier has none of its own: supply it by other means, or say that it is
 * unavailable.
 *
 * Required of the caller:
 * report: NULL or a live report.
 */
size_t ler_report_request_location_count(const ler_report *report,
                                         size_t index);

/**
 * One of these URLs, to GET.
 *
 * Required of the caller:
 * report: NULL or a live report. len_out: NULL or writable.
 */
const char *ler_report_request_location(const ler_report *report,
                                        size_t index,
                                        size_t location_index,
                                        size_t *len_out);

/**
 * The media types for the header Accept, best first, separated by commas; "" if any will do.
 *
 * Required of the caller:
 * report: NULL or a live report. len_out: NULL or writable.
 */
const char *ler_report_request_accept(const ler_report *report, size_t index, size_t *len_out);

/**
 * The identifier of the check that needs it: "issuer.binding".
 *
 * Required of the caller:
 * report: NULL or a live report. len_out: NULL or writable.
 */
const char *ler_report_request_why(const ler_report *report, size_t index, size_t *len_out);

/**
 * More bytes than this are not used: stop reading.
 *
 * Required of the caller:
 * report: NULL or a live report.
 */
size_t ler_report_request_max_bytes(const ler_report *report, size_t index);

/**
 * 1: needed for the proof. 2: needed after the proof passed.
 *
 * Required of the caller:
 * report: NULL or a live report.
 */
uint32_t ler_report_request_stage(const ler_report *report, size_t index);

/**
 * Whether the identifier comes from a document whose signature has not been verified.
 *
 * Required of the caller:
 * report: NULL or a live report.
 */
bool ler_report_request_from_unverified(const ler_report *report, size_t index);

/* --------------------------------------------------------------------------------------------------------------
 * Reports on the records inside: those of a presentation, of a Comprehensive Learner Record, endorsements, status lists.
 *
 * Each is a report like any other, with a verdict and a record of its own, so that the good items can be taken out of a
 * whole that is not verified. It belongs to its parent: it is const, is never freed, and lives as long as the parent.
 */

/**
 * How many reports are directly in it. 0 for NULL.
 *
 * Required of the caller:
 * report: NULL or a live report.
 */
size_t ler_report_embedded_count(const ler_report *report);

/**
 * One of them. NULL for NULL and for an index that does not exist. Do not free it.
 *
 * Required of the caller:
 * report: NULL or a live report.
 */
const ler_report *ler_report_embedded(const ler_report *report, size_t index);

/**
 * How its record stands to that of the parent: one of LER_RELATION_…; 0 for NULL and for an index that does not exist.
 *
 * Required of the caller:
 * report: NULL or a live report.
 */
uint32_t ler_report_embedded_relation(const ler_report *report,
                                      size_t index);

/**
 * Where its record stands: an RFC 6901 pointer into the document as received. NULL for NULL and for an index that does
 * not exist.
 *
 * Required of the caller:
 * report: NULL or a live report. len_out: NULL or writable.
 */
const char *ler_report_embedded_pointer(const ler_report *report,
                                        size_t index,
                                        size_t *len_out);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

#endif  /* LER_VERIFY_H */
