/* manifest: reads cases from standard input and writes what the library says of each to standard output.
 *
 * A case is four texts: policy, document, occasion, resources. An answer is nine: the report, the record, the document,
 * the authentic record, four views, and everything that the accessors give. A text is its length (32 bits, little endian)
 * and its bytes. Exit: 0, or 2 if the library contradicts itself.
 */
#include "support.h"

static int read_text(buffer *text) {
    uint8_t head[4];
    if (fread(head, 1, 4, stdin) != 4) return 0;
    text->len = 0;
    size_t len = (size_t)head[0] | (size_t)head[1] << 8 | (size_t)head[2] << 16 | (size_t)head[3] << 24;
    if (text->room < len) {
        text->room = len;
        text->data = realloc(text->data, len);
        if (text->data == NULL) exit(3);
    }
    text->len = fread(text->data, 1, len, stdin);
    return text->len == len;
}

static void write_text(const void *data, size_t len) {
    uint8_t head[4] = {(uint8_t)len, (uint8_t)(len >> 8), (uint8_t)(len >> 16), (uint8_t)(len >> 24)};
    fwrite(head, 1, 4, stdout);
    fwrite(data, 1, len, stdout);
}

static void contradiction(const char *what) {
    fprintf(stderr, "contradiction: %s\n", what);
    exit(2);
}

static void number(buffer *to, uint64_t value) {
    char text[24];
    int len = snprintf(text, sizeof text, "%" PRIu64 " ", value);
    append(to, text, (size_t)len);
}

/* A text that an accessor gave, with a line to itself; the length has to be that of strlen. */
static void line(buffer *to, const char *text, size_t len) {
    if (text == NULL) {
        append(to, "-\n", 2);
        return;
    }
    if (strlen(text) != len) contradiction("the length of a text");
    append(to, "=", 1);
    append(to, text, len);
    append(to, "\n", 1);
}

typedef const char *(*accessor)(const ler_report *, size_t, size_t *);

static void walk(const ler_report *report, buffer *to) {
    bool verified = ler_report_is_verified(report);
    if (verified != (ler_report_verdict(report) == LER_VERDICT_VERIFIED)) contradiction("the verdict");
    if (!verified && strcmp(ler_report_record_json(report, NULL), "null") != 0) contradiction("a record");
    if (!verified && strcmp(ler_report_document_json(report, NULL), "null") != 0) contradiction("a document");
    number(to, ler_report_verdict(report));
    for (uint32_t axis = LER_AXIS_AUTHENTIC; axis <= LER_AXIS_TRUSTED; axis++) number(to, ler_report_axis(report, axis));

    static const accessor check_texts[] = {ler_report_check_id,      ler_report_check_code,    ler_report_check_question,
                                           ler_report_check_message, ler_report_check_pointer, ler_report_check_spec,
                                           ler_report_check_details_json};
    number(to, ler_report_check_count(report));
    for (size_t i = 0; i < ler_report_check_count(report); i++) {
        number(to, ler_report_check_outcome(report, i));
        number(to, ler_report_check_requirement(report, i));
        for (size_t j = 0; j < sizeof check_texts / sizeof check_texts[0]; j++) {
            size_t len = 0;
            const char *text = check_texts[j](report, i, &len);
            line(to, text, len);
        }
    }

    static const accessor request_texts[] = {ler_report_request_identifier, ler_report_request_accept,
                                             ler_report_request_why};
    number(to, ler_report_request_count(report));
    for (size_t i = 0; i < ler_report_request_count(report); i++) {
        number(to, ler_report_request_kind(report, i));
        number(to, ler_report_request_max_bytes(report, i));
        number(to, ler_report_request_stage(report, i));
        number(to, ler_report_request_from_unverified(report, i));
        size_t len = 0;
        for (size_t j = 0; j < sizeof request_texts / sizeof request_texts[0]; j++) {
            const char *text = request_texts[j](report, i, &len);
            line(to, text, len);
        }
        number(to, ler_report_request_location_count(report, i));
        for (size_t j = 0; j < ler_report_request_location_count(report, i); j++) {
            const char *text = ler_report_request_location(report, i, j, &len);
            line(to, text, len);
        }
    }

    number(to, ler_report_embedded_count(report));
    for (size_t i = 0; i < ler_report_embedded_count(report); i++) {
        size_t len = 0;
        const char *pointer = ler_report_embedded_pointer(report, i, &len);
        number(to, ler_report_embedded_relation(report, i));
        line(to, pointer, len);
        walk(ler_report_embedded(report, i), to);
    }
}

int main(void) {
    buffer policy = {NULL, 0, 0}, document = policy, occasion = policy, stock = policy, said = policy;
    while (read_text(&policy) && read_text(&document) && read_text(&occasion) && read_text(&stock)) {
        ler_error *error = NULL;
        ler_verifier *verifier = ler_verifier_new(policy.data, policy.len, &error);
        ler_resources *resources = verifier ? ler_resources_from_json(stock.data, stock.len, &error) : NULL;
        ler_report *report = ler_verify(verifier, document.data, document.len, occasion.data, occasion.len, resources,
                                        error ? NULL : &error);
        if (report == NULL) {
            fprintf(stderr, "%s\n", ler_error_message(error, NULL));
            return 2;
        }
        /* A report does not need what it was made of. */
        ler_verifier_free(verifier);
        ler_resources_free(resources);

        said.len = 0;
        walk(report, &said);
        size_t len = 0;
        const char *text = ler_report_json(report, &len);
        write_text(text, len);
        text = ler_report_record_json(report, &len);
        write_text(text, len);
        text = ler_report_document_json(report, &len);
        write_text(text, len);
        text = ler_report_authentic_record_json(report, &len);
        write_text(text, len);
        for (uint32_t view = LER_VIEW_VERIFIER_CORE; view <= LER_VIEW_W3C; view++) {
            text = ler_report_view_json(report, view, &len);
            write_text(text, len);
        }
        write_text(said.data, said.len);
        ler_report_free(report);
    }
    free(policy.data);
    free(document.data);
    free(occasion.data);
    free(stock.data);
    free(said.data);
    return fflush(stdout) == 0 ? 0 : 3;
}
