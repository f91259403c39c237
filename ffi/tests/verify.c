/* verify POLICY DOCUMENT OCCASION RESOURCES: prints the report on a document.
 *
 * Exit: 0 verified, 1 not, 2 misuse. `verify --misuse` exercises what a caller can do wrong.
 */
#include "ler_verify.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    uint8_t *data;
    size_t len;
} bytes;

static bytes read_file(const char *path) {
    bytes content = {NULL, 0};
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        perror(path);
        exit(2);
    }
    size_t room = 0;
    for (;;) {
        if (content.len == room) {
            room = room == 0 ? 4096 : room * 2;
            content.data = realloc(content.data, room);
            if (content.data == NULL) exit(2);
        }
        size_t got = fread(content.data + content.len, 1, room - content.len, file);
        if (got == 0) break;
        content.len += got;
    }
    fclose(file);
    return content;
}

static int verify_files(char **paths) {
    bytes policy = read_file(paths[0]);
    bytes document = read_file(paths[1]);
    bytes occasion = read_file(paths[2]);
    bytes resources = read_file(paths[3]);

    ler_error *error = NULL;
    ler_report *report = ler_verify_json(policy.data, policy.len, document.data, document.len, occasion.data,
                                         occasion.len, resources.data, resources.len, &error);
    /* Every argument was copied. */
    free(policy.data);
    free(document.data);
    free(occasion.data);
    free(resources.data);

    if (report == NULL) {
        fprintf(stderr, "%s\n", ler_error_message(error, NULL));
        ler_error_free(error);
        return 2;
    }
    int verified = ler_report_is_verified(report);
    size_t len = 0;
    const char *json = ler_report_json(report, &len);
    fwrite(json, 1, len, stdout);
    ler_report_free(report);
    return verified ? 0 : 1;
}

static int wrong = 0;

static void expect(int condition, const char *what) {
    printf("%s: %s\n", condition ? "ok" : "WRONG", what);
    if (!condition) wrong = 1;
}

static const char POLICY[] = "{\"acceptedIssuers\":\"anyone\"}";
static const char OCCASION[] = "{\"now\":\"2026-11-21T12:00:00Z\"}";

/* A call with these texts must be refused with this code and a message. */
static void refused(const char *policy, const char *document, size_t document_len, const char *occasion,
                    const char *resources, size_t resources_len, uint32_t code, const char *what) {
    ler_error *error = NULL;
    ler_report *report = ler_verify_json((const uint8_t *)policy, policy ? strlen(policy) : 0,
                                         (const uint8_t *)document, document_len, (const uint8_t *)occasion,
                                         occasion ? strlen(occasion) : 0, (const uint8_t *)resources, resources_len,
                                         &error);
    size_t len = 0;
    const char *message = ler_error_message(error, &len);
    expect(report == NULL && ler_error_code(error) == code && message != NULL && len == strlen(message) && len > 0,
           what);
    ler_error_free(error);
}

static int misuse(void) {
    expect(ler_abi_version() == LER_ABI_VERSION, "the library has the ABI of the header");
    expect(strlen(ler_version()) >= 5, "the version has three numbers");

    size_t len = 7;
    expect(!ler_report_is_verified(NULL), "no report is not verified");
    expect(ler_report_json(NULL, &len) == NULL && len == 7, "no report has no JSON");
    expect(ler_error_code(NULL) == 0, "no error has no code");
    expect(ler_error_message(NULL, &len) == NULL && len == 7, "no error has no message");
    ler_report_free(NULL);
    ler_error_free(NULL);

    refused(NULL, "{}", 2, OCCASION, NULL, 0, LER_ERROR_NULL, "no policy");
    refused(POLICY, "{}", 2, NULL, NULL, 0, LER_ERROR_NULL, "no occasion");
    refused(POLICY, NULL, 2, OCCASION, NULL, 0, LER_ERROR_NULL, "no document although it has a length");
    refused(POLICY, "{}", (size_t)-1, OCCASION, NULL, 0, LER_ERROR_NULL, "a length of -1");
    refused(POLICY, "{}", 2, OCCASION, NULL, 2, LER_ERROR_NULL, "no resources although they have a length");
    refused("{}", "{}", 2, OCCASION, NULL, 0, LER_ERROR_POLICY, "a policy without issuers");
    refused("{\"acceptedIssuers\":{\"oneOf\":[]}}", "{}", 2, OCCASION, NULL, 0, LER_ERROR_POLICY,
            "a policy that accepts nobody");
    refused("{\"acceptedIssuers\":\"anyone\",\"checks\":{\"a\\u0000b\":\"skip\"}}", "{}", 2, OCCASION, NULL, 0,
            LER_ERROR_POLICY, "a message that would quote a NUL");
    refused(POLICY, "{}", 2, "{}", NULL, 0, LER_ERROR_OCCASION, "an occasion without an instant");
    refused(POLICY, "{}", 2, OCCASION, "{}", 2, LER_ERROR_RESOURCES, "resources that are no array");
    refused(POLICY, "{}", 2, OCCASION, "\xff", 1, LER_ERROR_RESOURCES, "resources that are not UTF-8");
    expect(ler_verify_json(NULL, 0, NULL, 0, NULL, 0, NULL, 0, NULL) == NULL, "nobody asks for the error");

    ler_error *untouched = (ler_error *)&wrong;
    ler_report *report = ler_verify_json((const uint8_t *)POLICY, strlen(POLICY), NULL, 0, (const uint8_t *)OCCASION,
                                         strlen(OCCASION), NULL, 0, &untouched);
    expect(report != NULL && untouched == (ler_error *)&wrong, "an empty document has a report and no error");
    expect(!ler_report_is_verified(report), "an empty document is not verified");
    const char *json = ler_report_json(report, NULL);
    expect(json != NULL && json[0] == '{' && json == ler_report_json(report, &len) && len == strlen(json),
           "the JSON is one view of the report");
    ler_report_free(report);
    return wrong;
}

int main(int argc, char **argv) {
    if (argc == 2 && strcmp(argv[1], "--misuse") == 0) return misuse();
    if (argc == 5) return verify_files(argv + 1);
    fprintf(stderr, "usage: verify POLICY DOCUMENT OCCASION RESOURCES | --misuse\n");
    return 2;
}
