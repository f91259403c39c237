/* GET by the rules for records that nobody has verified yet: https, public addresses, so many bytes, so long. */
#ifndef DOWNLOAD_H
#define DOWNLOAD_H

#include "public_address.h"

#include <curl/curl.h>
#include <string.h>

typedef struct {
    uint8_t *bytes; /* room for `most` */
    size_t len, most;
    const char *refusal; /* why there is nothing; NULL if there is */
    long status;
    const char *media_type; /* lives until the next download */
} download;

/* The address that is used is the one that was looked at: there is no second look-up that could say something else. */
static curl_socket_t open_public(void *to, curlsocktype purpose, struct curl_sockaddr *address) {
    (void)purpose;
    if (is_public(&address->addr)) return socket(address->family, address->socktype, address->protocol);
    ((download *)to)->refusal = "its host is not on the public internet";
    return CURL_SOCKET_BAD;
}

static size_t take(char *data, size_t size, size_t count, void *to) {
    download *got = to;
    if (size * count > got->most - got->len) {
        got->refusal = "it is too large";
        return 0;
    }
    memcpy(got->bytes + got->len, data, size * count);
    got->len += size * count;
    return size * count;
}

/* redirects: how many are followed; 0 for what says whose keys are whose, which must be where its identifier says. */
static void get(CURL *curl, const char *url, const char *accept, long redirects, long seconds, download *got) {
    char header[512];
    snprintf(header, sizeof header, "Accept: %s", *accept ? accept : "*/*");
    struct curl_slist *headers = curl_slist_append(NULL, header);
    curl_easy_reset(curl);
    curl_easy_setopt(curl, CURLOPT_URL, url);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "https");
    curl_easy_setopt(curl, CURLOPT_REDIR_PROTOCOLS_STR, "https");
    curl_easy_setopt(curl, CURLOPT_PROXY, ""); /* A proxy would hide the address. */
    curl_easy_setopt(curl, CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, redirects > 0 ? 1L : 0L);
    curl_easy_setopt(curl, CURLOPT_MAXREDIRS, redirects);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, seconds);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, open_public);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, got);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, got);
    got->len = 0;
    got->refusal = NULL;
    CURLcode code = curl_easy_perform(curl);
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &got->status);
    curl_easy_getinfo(curl, CURLINFO_CONTENT_TYPE, &got->media_type);
    if (code != CURLE_OK && got->refusal == NULL) got->refusal = curl_easy_strerror(code);
    curl_slist_free_all(headers);
}

#endif
