/* verify DOCUMENT ISSUER NOW: is this record verified, and if not, why? Exit: 0 yes, 1 no, 2 it could not be found out.
 *
 *   cc verify.c $(pkg-config --cflags --libs ler_verify)
 */
#include <ler_verify.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint8_t document[8 * 1024 * 1024 + 1]; /* One more than the library looks at: it says so. */

static size_t read_document(const char *path) {
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        perror(path);
        exit(66);
    }
    size_t len = fread(document, 1, sizeof document, file);
    fclose(file);
    return len;
}

/* What decided: required checks that did not pass. */
static void print_reasons(const ler_report *report) {
    for (size_t i = 0; i < ler_report_check_count(report); i++) {
        uint32_t outcome = ler_report_check_outcome(report, i);
        if (ler_report_check_requirement(report, i) != LER_REQUIREMENT_REQUIRE || outcome == LER_OUTCOME_PASSED ||
            outcome == LER_OUTCOME_NOT_APPLICABLE)
            continue;
        const char *pointer = ler_report_check_pointer(report, i, NULL);
        printf("%s %s%s%s: %s\n", ler_outcome_name(outcome), ler_report_check_code(report, i, NULL), pointer ? " at " : "",
               pointer ? pointer : "", ler_report_check_message(report, i, NULL));
    }
}

static int fail(ler_error *error) {
    fprintf(stderr, "%s\n", ler_error_message(error, NULL));
    ler_error_free(error);
    return 64;
}

int main(int argc, char **argv) {
    if (argc != 4) return 64;
    char policy[1024], occasion[128]; /* ISSUER and NOW are ours: nothing in them needs to be escaped. */
    snprintf(policy, sizeof policy, "{\"acceptedIssuers\":{\"oneOf\":[\"%s\"]}}", argv[2]);
    snprintf(occasion, sizeof occasion, "{\"now\":\"%s\"}", argv[3]);
    size_t len = read_document(argv[1]);

    ler_error *error = NULL;
    ler_verifier *verifier = ler_verifier_new((const uint8_t *)policy, strlen(policy), &error);
    if (verifier == NULL) return fail(error);
    ler_report *report =
        ler_verify(verifier, document, len, (const uint8_t *)occasion, strlen(occasion), NULL, &error);
    if (report == NULL) return fail(error);

    bool verified = ler_report_is_verified(report);
    uint32_t verdict = ler_report_verdict(report);
    printf("verified: %s (%s)\n", verified ? "yes" : "no", ler_verdict_name(verdict));
    print_reasons(report);
    printf("record: %s\n", ler_report_record_json(report, NULL)); /* "null" if it is not verified */

    ler_report_free(report);
    ler_verifier_free(verifier);
    return verified ? 0 : verdict == LER_VERDICT_NOT_VERIFIED ? 1 : 2;
}
