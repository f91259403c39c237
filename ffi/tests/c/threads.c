/* threads POLICY DOCUMENT OCCASION ANSWER ROUNDS: many threads verify with one verifier and one set of resources while
 * another adds to it, then all read one report. Each thread has a stack of 256 KiB. The document asks for one thing, and is
 * verified with ANSWER.
 */
#include "support.h"

#include <pthread.h>

enum { THREADS = 6, STACK = 256 * 1024 };

static ler_verifier *verifier;
static ler_resources *resources;
static ler_report *first;
static buffer policy, document, occasion, answer;
static long rounds;

static ler_report *verify(void) {
    return ler_verify(verifier, document.data, document.len, occasion.data, occasion.len, resources, NULL);
}

/* What is wrong with a report that is neither verified nor asks for what is missing; NULL is nothing. */
static void *verify_often(void *unused) {
    (void)unused;
    for (long i = 0; i < rounds; i++) {
        ler_report *report = verify();
        bool asks = ler_report_verdict(report) == LER_VERDICT_INDETERMINATE && ler_report_request_count(report) == 1;
        bool good = ler_report_is_verified(report) || asks;
        ler_report_free(report);
        if (!good) return "a verdict";
    }
    return NULL;
}

static void *add(void *unused) {
    (void)unused;
    for (long i = 0; i < rounds; i++) {
        char identifier[64];
        int len = snprintf(identifier, sizeof identifier, "https://lists.example/%ld", i);
        if (!ler_resources_insert(resources, LER_RESOURCE_STATUS_LIST, identifier, (size_t)len, octets("{}"), 2, NULL, 0, 200,
                                  1, NULL))
            return "an insertion";
    }
    return ler_resources_answer(resources, first, 0, answer.data, answer.len, NULL, 0, 200, 1, NULL) ? NULL : "an answer";
}

/* Everything of a report that is made when it is first asked for. */
static void *read_all(void *report) {
    size_t read = strlen(ler_report_json(report, NULL)) + strlen(ler_report_record_json(report, NULL)) +
                  strlen(ler_report_document_json(report, NULL)) + strlen(ler_report_authentic_record_json(report, NULL)) +
                  strlen(ler_report_view_json(report, LER_VIEW_W3C, NULL)) + strlen(ler_verifier_policy_json(verifier, NULL));
    for (size_t i = 0; i < ler_report_check_count(report); i++) read += strlen(ler_report_check_message(report, i, NULL));
    for (size_t i = 0; i < ler_report_embedded_count(report); i++)
        read += strlen(ler_report_json(ler_report_embedded(report, i), NULL));
    return read > 1000 ? NULL : "a text";
}

static int wrong = 0;

static void together(void *(*last)(void *), void *(*others)(void *), void *argument) {
    pthread_t threads[THREADS];
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, STACK);
    for (int i = 0; i < THREADS; i++)
        if (pthread_create(&threads[i], &attributes, i == THREADS - 1 ? last : others, argument) != 0) exit(3);
    for (int i = 0; i < THREADS; i++) {
        void *result = NULL;
        pthread_join(threads[i], &result);
        if (result != NULL) {
            fprintf(stderr, "wrong: %s\n", (const char *)result);
            wrong = 1;
        }
    }
    pthread_attr_destroy(&attributes);
}

int main(int argc, char **argv) {
    if (argc != 6) return 3;
    policy = read_file(argv[1]);
    document = read_file(argv[2]);
    occasion = read_file(argv[3]);
    answer = read_file(argv[4]);
    rounds = atol(argv[5]);
    verifier = ler_verifier_new(policy.data, policy.len, NULL);
    resources = ler_resources_new();
    first = verify();
    if (ler_report_request_count(first) != 1) return 2;

    together(add, verify_often, NULL);
    ler_report *report = verify();
    if (!ler_report_is_verified(report)) wrong = 1;
    together(read_all, read_all, report);

    ler_report_free(report);
    ler_report_free(first);
    ler_resources_free(resources);
    ler_verifier_free(verifier);
    free(policy.data);
    free(document.data);
    free(occasion.data);
    free(answer.data);
    return wrong;
}
