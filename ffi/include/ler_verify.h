/* ler_verify.h: verifies Learning and Employment Records: bytes in, a report out, no I/O.
 *
 * Generated from ffi/src by `cargo xtask-build header`; do not edit.
 *
 *   ler_report *report = ler_verify_json(policy, policy_len, document, document_len,
 *                                        occasion, occasion_len, NULL, 0, &error);
 *   if (ler_report_is_verified(report)) { ... }
 *   ler_report_free(report);
 *
 * Every argument is copied during the call. Every string is a view into a handle. NULL is always answered.
 */

#ifndef LER_VERIFY_H
#define LER_VERIFY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * The version of the binary interface: it changes when a program has to be compiled anew.
 */
#define LER_ABI_VERSION 1

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
 * A defect of the library. Nothing was decided.
 */
#define LER_ERROR_INTERNAL 255

/**
 * What the caller did wrong. A record that does not verify is no error: it has a report. Immutable; any thread may
 * read it.
 */
typedef struct ler_error ler_error;

/**
 * What was found out about a document. Immutable; any thread may read it.
 */
typedef struct ler_report ler_report;

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

/**
 * The version of the library, `"0.1.0"`: NUL-terminated ASCII that lives as long as the library is loaded.
 */
const char *ler_version(void);

/**
 * The version of the binary interface of the library that was loaded, to be compared with LER_ABI_VERSION.
 */
uint32_t ler_abi_version(void);

/**
 * Verifies a document and gives the report on it, to be freed with ler_report_free.
 *
 * Pure: no network, no clock, no files; the same arguments give the same report. Threads may call it at once.
 *
 * policy_json: what is demanded, for example {"acceptedIssuers":{"oneOf":["did:web:university.example"]}}.
 * document: the bytes of the record, exactly as received. May be NULL if document_len is 0.
 * occasion_json: this one verification, for example {"now":"2026-11-21T12:00:00Z"}.
 * resources_json: what was fetched so far, a JSON array; NULL and 0 is none. What is missing stands under "requests" in
 * the report: fetch it, add it, call again.
 * error_out: where to put an error, to be freed with ler_error_free; NULL if the reason is of no interest.
 *
 * NULL is returned, and *error_out set, only if the caller did something wrong (LER_ERROR_…). Otherwise *error_out
 * is not touched. That a report was returned does not mean that the record is verified: ask ler_report_is_verified.
 *
 * # Safety
 * Every pointer that is not NULL must be readable for the length that follows it; error_out must be writable.
 */
ler_report *ler_verify_json(const uint8_t *policy_json,
                            size_t policy_json_len,
                            const uint8_t *document,
                            size_t document_len,
                            const uint8_t *occasion_json,
                            size_t occasion_json_len,
                            const uint8_t *resources_json,
                            size_t resources_json_len,
                            ler_error **error_out);

/**
 * Whether the record is verified: every check that the policy requires passed. False for NULL.
 *
 * # Safety
 * report must be NULL or come from ler_verify_json and not be freed yet.
 */
bool ler_report_is_verified(const ler_report *report);

/**
 * The report as JSON: UTF-8, NUL-terminated, the same bytes as in Rust and WASM. It belongs to the report and lives
 * as long as it. NULL for NULL.
 *
 * len_out: where to put the length without the NUL; may be NULL.
 *
 * # Safety
 * report must be NULL or come from ler_verify_json and not be freed yet; len_out must be NULL or writable.
 */
const char *ler_report_json(const ler_report *report,
                            size_t *len_out);

/**
 * Frees a report. NULL is allowed.
 *
 * # Safety
 * report must be NULL or come from ler_verify_json and not be freed yet.
 */
void ler_report_free(ler_report *report);

/**
 * What kind of error it is: one of LER_ERROR_…; 0 for NULL.
 *
 * # Safety
 * error must be NULL or come from this library and not be freed yet.
 */
uint32_t ler_error_code(const ler_error *error);

/**
 * What was wrong, one English sentence for a developer: UTF-8, NUL-terminated. It belongs to the error and lives as
 * long as it. NULL for NULL.
 *
 * len_out: where to put the length without the NUL; may be NULL.
 *
 * # Safety
 * error must be NULL or come from this library and not be freed yet; len_out must be NULL or writable.
 */
const char *ler_error_message(const ler_error *error,
                              size_t *len_out);

/**
 * Frees an error. NULL is allowed.
 *
 * # Safety
 * error must be NULL or come from this library and not be freed yet.
 */
void ler_error_free(ler_error *error);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

#endif  /* LER_VERIFY_H */
