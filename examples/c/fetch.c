/* fetch DOCUMENT ISSUER NOW: like verify, but what the report asks for is fetched, by the rules of docs/c/conventions.md.
 *
 *   cc -D_GNU_SOURCE fetch.c $(pkg-config --cflags --libs ler_verify libcurl)
 */
#include <ler_verify.h>
#include <stdio.h>
#include <time.h>

#include "download.h"

enum { ROUNDS = 8, LOCATIONS = 4, FETCHES = 40, PATIENCE = 60 }; /* The last two: for one record in all, in seconds. */
static int fetches;
static time_t end;

static uint8_t document[8 * 1024 * 1024 + 1], bytes[2 * 1024 * 1024];

/* A hosted record that was taken back is gone, and what a federation does not know is not found: both are answers. */
static bool is_answer(uint32_t kind, const char *accept, const download *got) {
    return got->refusal == NULL && (got->status == 200 || (got->status == 410 && kind == LER_RESOURCE_HOSTED_DOCUMENT) ||
                                    (got->status == 404 && kind == LER_RESOURCE_ISSUER_REGISTRY &&
                                     strstr(accept, "application/entity-statement+jwt") != NULL));
}

static void obtain(CURL *curl, ler_resources *resources, const ler_report *report, size_t i) {
    const char *accept = ler_report_request_accept(report, i, NULL);
    uint32_t kind = ler_report_request_kind(report, i);
    size_t most = ler_report_request_max_bytes(report, i);
    long redirects = kind == LER_RESOURCE_CONTEXT || kind == LER_RESOURCE_CREDENTIAL_SCHEMA ? 3 : 0;
    download got = {bytes, 0, most < sizeof bytes ? most : sizeof bytes, "it has no https location", 0, NULL};
    fetches++;
    for (size_t j = 0; j < ler_report_request_location_count(report, i) && j < LOCATIONS; j++) {
        const char *url = ler_report_request_location(report, i, j, NULL);
        long seconds = (long)(end - time(NULL));
        if (fetches > FETCHES || seconds <= 0) {
            got.refusal = "the record asks for too much";
            break;
        }
        get(curl, url, accept, redirects, seconds < 20 ? seconds : 20, &got);
        if (is_answer(kind, accept, &got)) {
            size_t type_len = got.media_type ? strlen(got.media_type) : 0;
            ler_resources_answer(resources, report, i, bytes, got.len, got.media_type, type_len, (uint16_t)got.status,
                                 (int64_t)time(NULL), NULL);
            return;
        }
        if (got.refusal == NULL) got.refusal = "the server has no answer";
    }
    printf("unavailable %s: %s\n", ler_report_request_identifier(report, i, NULL), got.refusal);
    ler_resources_unavailable(resources, report, i, got.refusal, strlen(got.refusal), NULL);
}

int main(int argc, char **argv) {
    FILE *file = argc == 4 ? fopen(argv[1], "rb") : NULL;
    if (file == NULL) return 66;
    size_t len = fread(document, 1, sizeof document, file);
    fclose(file);
    char policy[1024], occasion[128]; /* ISSUER and NOW are ours: nothing in them needs to be escaped. */
    snprintf(policy, sizeof policy, "{\"acceptedIssuers\":{\"oneOf\":[\"%s\"]}}", argv[2]);
    snprintf(occasion, sizeof occasion, "{\"now\":\"%s\"}", argv[3]);
    ler_verifier *verifier = ler_verifier_new((const uint8_t *)policy, strlen(policy), NULL);
    ler_resources *resources = ler_resources_new(); /* In a server: one for all records, and all threads. */
    CURL *curl = curl_easy_init();

    ler_report *report = NULL;
    end = time(NULL) + PATIENCE;
    for (int round = 0; round < ROUNDS; round++) {
        ler_report_free(report);
        report = ler_verify(verifier, document, len, (const uint8_t *)occasion, strlen(occasion), resources, NULL);
        if (ler_report_is_verified(report) || ler_report_request_count(report) == 0) break;
        for (size_t i = 0; i < ler_report_request_count(report); i++) obtain(curl, resources, report, i);
    }
    bool verified = ler_report_is_verified(report);
    const char *verdict = ler_verdict_name(ler_report_verdict(report));
    printf("verified: %s (%s)\n", verified ? "yes" : "no", verdict ? verdict : "wrong policy or occasion");

    curl_easy_cleanup(curl);
    ler_report_free(report);
    ler_resources_free(resources);
    ler_verifier_free(verifier);
    return verified ? 0 : 1;
}
