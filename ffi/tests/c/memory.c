/* memory POLICY DOCUMENT OCCASION count|fail: how often a document is copied, and what happens when there is no memory.
 *
 * The document is verified with four megabytes of white space behind it. `count`: two blocks of that size are asked for, the
 * one copy of the document and the index of the parser, which is reserved by the length. `fail`: there are none, and the
 * process ends by abort instead of going on with a broken heap.
 */
#define _GNU_SOURCE
#include "support.h"

#include <dlfcn.h>

enum { LARGE = 4 * 1024 * 1024 };

static int counting, failing, large;

static bool refuse(size_t size) {
    if (!counting || size < LARGE) return false;
    large++;
    return failing;
}

void *malloc(size_t size) {
    static void *(*next)(size_t);
    if (next == NULL) *(void **)&next = dlsym(RTLD_NEXT, "malloc");
    return refuse(size) ? NULL : next(size);
}

void *realloc(void *block, size_t size) {
    static void *(*next)(void *, size_t);
    if (next == NULL) *(void **)&next = dlsym(RTLD_NEXT, "realloc");
    return refuse(size) ? NULL : next(block, size);
}

int main(int argc, char **argv) {
    if (argc != 5) return 3;
    buffer policy = read_file(argv[1]), document = read_file(argv[2]), occasion = read_file(argv[3]);
    char *space = malloc(LARGE);
    if (space == NULL) return 3;
    memset(space, ' ', LARGE);
    append(&document, space, LARGE);
    free(space);

    failing = strcmp(argv[4], "fail") == 0;
    ler_verifier *verifier = ler_verifier_new(policy.data, policy.len, NULL);
    counting = 1;
    ler_report *report = ler_verify(verifier, document.data, document.len, occasion.data, occasion.len, NULL, NULL);
    ler_report_json(report, NULL);
    counting = 0;
    bool verified = ler_report_is_verified(report);
    printf("verified: %d, blocks as large as the document: %d\n", verified, large);
    ler_report_free(report);
    ler_verifier_free(verifier);
    free(policy.data);
    free(document.data);
    free(occasion.data);
    return verified && large == 2 && !failing ? 0 : 1;
}
