/* What the test programs share. */
#ifndef SUPPORT_H
#define SUPPORT_H

#include "ler_verify.h"

#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    uint8_t *data;
    size_t len;
    size_t room;
} buffer;

static inline void append(buffer *to, const void *data, size_t len) {
    if (to->room - to->len < len) {
        to->room = (to->len + len) * 2;
        to->data = realloc(to->data, to->room);
        if (to->data == NULL) exit(3);
    }
    if (len > 0) memcpy(to->data + to->len, data, len);
    to->len += len;
}

static inline buffer read_file(const char *path) {
    buffer content = {NULL, 0, 0};
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        perror(path);
        exit(3);
    }
    char block[4096];
    size_t got;
    while ((got = fread(block, 1, sizeof block, file)) > 0) append(&content, block, got);
    fclose(file);
    return content;
}

static inline const uint8_t *octets(const char *text) {
    return (const uint8_t *)text;
}

#endif
