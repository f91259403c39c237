/* misuse DOCUMENT: everything that a caller can do wrong and that has a documented answer. Prints "ok: " or "WRONG: " lines.
 * The document is by did:web:university.example and asks for its DID document.
 */
#include "support.h"

static int wrong = 0;

static void expect(bool condition, const char *what) {
    printf("%s: %s\n", condition ? "ok" : "WRONG", what);
    if (!condition) wrong = 1;
}

static const char POLICY[] = "{\"acceptedIssuers\":\"anyone\"}";
static const char OCCASION[] = "{\"now\":\"2026-11-21T12:00:00Z\"}";
/* The error must be this one, with a message; it is freed. */
static void refused(bool nothing, ler_error **error, uint32_t code, const char *what) {
    size_t len = 0;
    const char *message = ler_error_message(*error, &len);
    bool said = message != NULL && len > 0 && len == strlen(message);
    expect(nothing && said && ler_error_code(*error) == code, what);
    ler_error_free(*error);
    *error = NULL;
}

static void versions(void) {
    char version[32];
    snprintf(version, sizeof version, "%d.%d.%d", LER_VERSION_MAJOR, LER_VERSION_MINOR, LER_VERSION_PATCH);
    expect(strcmp(ler_version(), version) == 0, "the library has the version of the header");
    expect(ler_abi_version() == LER_ABI_VERSION, "the library has the ABI of the header");
    expect(LER_VERSION_NUMBER == (LER_VERSION_MAJOR << 16 | LER_VERSION_MINOR << 8 | LER_VERSION_PATCH), "the number");
}

static void null_handles(void) {
    size_t len = 7;
    expect(!ler_report_is_verified(NULL), "no report is not verified");
    expect(ler_report_verdict(NULL) == 0, "no report has no verdict");
    expect(ler_report_axis(NULL, LER_AXIS_AUTHENTIC) == 0, "no report has no axis");
    expect(!ler_report_json(NULL, &len) && !ler_report_record_json(NULL, &len) && !ler_report_document_json(NULL, &len) &&
               !ler_report_authentic_record_json(NULL, &len) && !ler_report_view_json(NULL, LER_VIEW_W3C, &len),
           "no report has no JSON");
    expect(!ler_report_check_count(NULL) && !ler_report_request_count(NULL) && !ler_report_embedded_count(NULL),
           "nothing is in no report");
    expect(!ler_report_check_outcome(NULL, 0) && !ler_report_check_requirement(NULL, 0) &&
               !ler_report_check_id(NULL, 0, &len) && !ler_report_check_code(NULL, 0, &len) &&
               !ler_report_check_question(NULL, 0, &len) && !ler_report_check_message(NULL, 0, &len) &&
               !ler_report_check_pointer(NULL, 0, &len) && !ler_report_check_spec(NULL, 0, &len) &&
               !ler_report_check_details_json(NULL, 0, &len),
           "no check");
    expect(!ler_report_request_kind(NULL, 0) && !ler_report_request_identifier(NULL, 0, &len) &&
               !ler_report_request_location_count(NULL, 0) && !ler_report_request_location(NULL, 0, 0, &len) &&
               !ler_report_request_accept(NULL, 0, &len) && !ler_report_request_why(NULL, 0, &len) &&
               !ler_report_request_max_bytes(NULL, 0) && !ler_report_request_stage(NULL, 0) &&
               !ler_report_request_from_unverified(NULL, 0),
           "no request");
    expect(!ler_report_embedded(NULL, 0) && !ler_report_embedded_relation(NULL, 0) &&
               !ler_report_embedded_pointer(NULL, 0, &len),
           "no embedded report");
    expect(!ler_verifier_policy_json(NULL, &len) && ler_verifier_max_document_bytes(NULL) == 0, "no verifier");
    expect(ler_resources_clone(NULL) == NULL, "no resources have no clone");
    expect(ler_error_code(NULL) == 0 && !ler_error_message(NULL, &len), "no error has no code and no message");
    expect(len == 7, "a length is written only where there is a text");
    ler_report_free(NULL);
    ler_verifier_free(NULL);
    ler_resources_free(NULL);
    ler_error_free(NULL);
    expect(true, "freeing NULL is nothing");
}

static void names(void) {
    expect(strcmp(ler_verdict_name(LER_VERDICT_VERIFIED), "verified") == 0, "the name of a verdict");
    expect(strcmp(ler_outcome_name(LER_OUTCOME_SKIPPED), "skipped") == 0, "the name of an outcome");
    expect(strcmp(ler_resource_kind_name(LER_RESOURCE_TYPE_METADATA), "typeMetadata") == 0, "the name of a kind");
    expect(!ler_verdict_name(0) && !ler_verdict_name(4) && !ler_outcome_name(0) && !ler_outcome_name(UINT32_MAX) &&
               !ler_resource_kind_name(0) && !ler_resource_kind_name(11),
           "what is no number of a name has none");
}

static void policies(void) {
    static const struct {
        const char *policy;
        const char *what;
    } bad[] = {
        {"", "an empty policy"},
        {"{}", "a policy without issuers"},
        {"{\"acceptedIssuers\":{\"oneOf\":[]}}", "a policy that accepts nobody"},
        {"{\"acceptedIssuers\":\"anyone\",\"checks\":{\"a\\u0000b\":\"skip\"}}", "a message that would quote a NUL"},
        {"{\"acceptedIssuers\":\"anyone\",\"x\":1}", "a policy with an unknown member"},
        {"\xff", "a policy that is not UTF-8"},
    };
    ler_error *error = NULL;
    ler_verifier *verifier = ler_verifier_new(NULL, 0, &error);
    expect(error != NULL && strstr(ler_error_message(error, NULL), "acceptedIssuers") != NULL, "it says what is missing");
    refused(!verifier, &error, LER_ERROR_NULL, "no policy");
    verifier = ler_verifier_new(NULL, 9, &error);
    refused(!verifier, &error, LER_ERROR_NULL, "no policy although it has a length");
    verifier = ler_verifier_new(octets(POLICY), SIZE_MAX, &error);
    refused(!verifier, &error, LER_ERROR_NULL, "a policy with a length of -1");
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        verifier = ler_verifier_new(octets(bad[i].policy), strlen(bad[i].policy), &error);
        refused(!verifier, &error, LER_ERROR_POLICY, bad[i].what);
    }
    expect(!ler_verifier_new(NULL, 0, NULL), "nobody asks for the error");
}

static ler_report *verify(const ler_verifier *verifier, buffer document, const ler_resources *resources) {
    return ler_verify(verifier, document.data, document.len, octets(OCCASION), strlen(OCCASION), resources, NULL);
}

static void verifications(const ler_verifier *verifier) {
    ler_error *error = NULL;
    const uint8_t *occasion = octets(OCCASION);
    size_t len = strlen(OCCASION);
    ler_report *report = ler_verify(NULL, octets("{}"), 2, occasion, len, NULL, &error);
    refused(!report, &error, LER_ERROR_NULL, "no verifier");
    report = ler_verify(verifier, octets("{}"), 2, NULL, 0, NULL, &error);
    refused(!report, &error, LER_ERROR_NULL, "no occasion");
    report = ler_verify(verifier, NULL, 2, occasion, len, NULL, &error);
    refused(!report, &error, LER_ERROR_NULL, "no document although it has a length");
    report = ler_verify(verifier, octets("{}"), (size_t)PTRDIFF_MAX + 1, occasion, len, NULL, &error);
    refused(!report, &error, LER_ERROR_NULL, "a document longer than any object");
    report = ler_verify(verifier, octets("{}"), 2, occasion, SIZE_MAX, NULL, &error);
    refused(!report, &error, LER_ERROR_NULL, "an occasion with a length of -1");
    report = ler_verify(verifier, octets("{}"), 2, octets("{}"), 2, NULL, &error);
    refused(!report, &error, LER_ERROR_OCCASION, "an occasion without an instant");
    report = ler_verify(verifier, octets("{}"), 2, octets("\xc3\x28"), 2, NULL, &error);
    refused(!report, &error, LER_ERROR_OCCASION, "an occasion that is not UTF-8");

    ler_error *untouched = (ler_error *)(uintptr_t)&wrong;
    report = ler_verify(verifier, NULL, 0, occasion, len, NULL, &untouched);
    expect(report && untouched == (ler_error *)(uintptr_t)&wrong, "an empty document has a report and no error");
    expect(!ler_report_is_verified(report) && ler_report_verdict(report) != LER_VERDICT_VERIFIED, "it is not verified");
    const char *json = ler_report_json(report, NULL);
    expect(json && json[0] == '{' && json == ler_report_json(report, &len) && len == strlen(json), "one view of the JSON");
    expect(strcmp(ler_report_record_json(report, &len), "null") == 0 && len == 4, "no record is the JSON text null");
    expect(strcmp(ler_report_document_json(report, NULL), "null") == 0, "no document is the JSON text null");
    expect(strcmp(ler_report_authentic_record_json(report, NULL), "null") == 0, "nothing authentic is null");
    expect(!ler_report_view_json(report, 0, NULL) && !ler_report_view_json(report, 5, NULL), "no such view");
    expect(!ler_report_axis(report, 0) && !ler_report_axis(report, 5), "no such axis");
    size_t count = ler_report_check_count(report);
    expect(count > 0 && !ler_report_check_outcome(report, count) && !ler_report_check_id(report, count, &len) &&
               !ler_report_check_code(report, SIZE_MAX, &len),
           "no such check");
    expect(!ler_report_request_kind(report, 0) && !ler_report_request_location(report, 0, 0, &len), "no such request");
    expect(!ler_report_embedded(report, 0), "no such embedded report");
    ler_report_free(report);

    report = ler_verify(verifier, octets("\xef\xbb\xbf\x00\xff"), 5, occasion, strlen(OCCASION), NULL, NULL);
    expect(report && !ler_report_is_verified(report), "a document that is no text has a report");
    ler_report_free(report);
}

static void answers(const ler_verifier *verifier, buffer record) {
    ler_error *error = NULL;
    ler_resources *resources = ler_resources_new();
    ler_report *report = verify(verifier, record, resources);
    expect(ler_report_request_count(report) == 1, "one document is asked for");
    expect(ler_report_request_kind(report, 0) == LER_RESOURCE_CONTROLLED_IDENTIFIER_DOCUMENT, "its kind");
    expect(strcmp(ler_report_request_identifier(report, 0, NULL), "did:web:university.example") == 0, "its identifier");
    expect(strcmp(ler_report_request_location(report, 0, 0, NULL), "https://university.example/.well-known/did.json") == 0,
           "its location");
    expect(!ler_report_request_location(report, 0, 1, NULL), "no such location");

    bool added = ler_resources_answer(NULL, report, 0, octets("{}"), 2, NULL, 0, 0, 0, &error);
    refused(!added, &error, LER_ERROR_NULL, "no resources to add to");
    added = ler_resources_answer(resources, NULL, 0, octets("{}"), 2, NULL, 0, 0, 0, &error);
    refused(!added, &error, LER_ERROR_NULL, "no report to answer");
    added = ler_resources_answer(resources, report, 1, octets("{}"), 2, NULL, 0, 0, 0, &error);
    refused(!added, &error, LER_ERROR_INDEX, "no request with that index");
    added = ler_resources_answer(resources, report, SIZE_MAX, octets("{}"), 2, NULL, 0, 0, 0, &error);
    refused(!added, &error, LER_ERROR_INDEX, "an index of -1");
    added = ler_resources_answer(resources, report, 0, NULL, 2, NULL, 0, 0, 0, &error);
    refused(!added, &error, LER_ERROR_NULL, "no bytes although they have a length");
    added = ler_resources_answer(resources, report, 0, octets("{}"), 2, "\xff", 1, 0, 0, &error);
    refused(!added, &error, LER_ERROR_UTF8, "a media type that is not UTF-8");
    added = ler_resources_unavailable(resources, report, 0, "\xff", 1, &error);
    refused(!added, &error, LER_ERROR_UTF8, "a reason that is not UTF-8");
    added = ler_resources_unavailable(resources, report, 7, NULL, 0, &error);
    refused(!added, &error, LER_ERROR_INDEX, "no request to be unavailable");
    added = ler_resources_insert(resources, 0, "a", 1, octets("{}"), 2, NULL, 0, 0, 0, &error);
    refused(!added, &error, LER_ERROR_INDEX, "a kind 0");
    added = ler_resources_insert(resources, 11, "a", 1, octets("{}"), 2, NULL, 0, 0, 0, &error);
    refused(!added, &error, LER_ERROR_INDEX, "a kind that does not exist");
    added = ler_resources_insert(resources, 1, NULL, 0, octets("{}"), 2, NULL, 0, 0, 0, &error);
    refused(!added, &error, LER_ERROR_NULL, "no identifier");
    expect(!ler_resources_insert(NULL, 1, "a", 1, octets("{}"), 2, NULL, 0, 0, 0, NULL), "nobody asks for the error");

    ler_report *again = verify(verifier, record, resources);
    expect(ler_report_request_count(again) == 1, "what was refused was not added");
    ler_report_free(again);

    ler_resources *clone = ler_resources_clone(resources);
    expect(ler_resources_unavailable(clone, report, 0, NULL, 0, &error) && error == NULL, "it cannot be had");
    again = verify(verifier, record, clone);
    expect(ler_report_request_count(again) == 0 && ler_report_verdict(again) == LER_VERDICT_INDETERMINATE,
           "what cannot be had is not asked for again and leaves it indeterminate");
    ler_report_free(again);
    again = verify(verifier, record, resources);
    expect(ler_report_request_count(again) == 1, "a clone is a set of its own");
    ler_report_free(again);
    ler_resources_free(clone);

    size_t most = ler_report_request_max_bytes(report, 0);
    uint8_t *large = calloc(most + 1, 1);
    if (large == NULL) exit(3);
    expect(ler_resources_answer(resources, report, 0, large, most + 1, NULL, 0, 200, 1, NULL), "too many bytes are taken");
    free(large);
    again = verify(verifier, record, resources);
    expect(ler_report_request_count(again) == 0 && ler_report_verdict(again) == LER_VERDICT_INDETERMINATE,
           "and count as unavailable");
    ler_report_free(again);
    ler_report_free(report);
    ler_resources_free(resources);

    resources = ler_resources_from_json(NULL, 0, &error);
    refused(!resources, &error, LER_ERROR_NULL, "no resources");
    resources = ler_resources_from_json(octets("{}"), 2, &error);
    refused(!resources, &error, LER_ERROR_RESOURCES, "resources that are no array");
    resources = ler_resources_from_json(octets("\xff"), 1, &error);
    refused(!resources, &error, LER_ERROR_RESOURCES, "resources that are not UTF-8");
}

int main(int argc, char **argv) {
    if (argc != 2) return 3;
    buffer record = read_file(argv[1]);
    versions();
    null_handles();
    names();
    policies();
    ler_verifier *verifier = ler_verifier_new(octets(POLICY), strlen(POLICY), NULL);
    expect(strstr(ler_verifier_policy_json(verifier, NULL), "\"inputBytes\":") != NULL, "the policy has every limit");
    expect(ler_verifier_max_document_bytes(verifier) == 8 * 1024 * 1024, "the longest document");
    verifications(verifier);
    answers(verifier, record);
    ler_verifier_free(verifier);
    free(record.data);
    return wrong;
}
