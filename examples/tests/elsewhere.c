/* For tests of the examples that fetch: loaded before the C library (LD_PRELOAD), it puts university.example at
 * ELSEWHERE_ADDRESS, leads connections to that address to port ELSEWHERE_PORT of this machine, and makes ELSEWHERE_CERTIFICATE
 * the only one that is trusted.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dlfcn.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

int getaddrinfo(const char *node, const char *service, const struct addrinfo *hints, struct addrinfo **found) {
    int (*next)(const char *, const char *, const struct addrinfo *, struct addrinfo **) = NULL;
    *(void **)&next = dlsym(RTLD_NEXT, "getaddrinfo");
    if (node != NULL && strcmp(node, "university.example") == 0) node = getenv("ELSEWHERE_ADDRESS");
    return next(node, service, hints, found);
}

int connect(int socket, const struct sockaddr *address, socklen_t len) {
    int (*next)(int, const struct sockaddr *, socklen_t) = NULL;
    *(void **)&next = dlsym(RTLD_NEXT, "connect");
    const char *port = getenv("ELSEWHERE_PORT");
    if (port == NULL || address->sa_family != AF_INET) return next(socket, address, len);
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(port))};
    here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return next(socket, (const struct sockaddr *)&here, sizeof here);
}

static const char *certificate(const char *path) {
    const char *other = getenv("ELSEWHERE_CERTIFICATE");
    return other != NULL && strcmp(path, "/etc/ssl/certs/ca-certificates.crt") == 0 ? other : path;
}

FILE *fopen(const char *path, const char *mode) {
    FILE *(*next)(const char *, const char *) = NULL;
    *(void **)&next = dlsym(RTLD_NEXT, "fopen");
    return next(certificate(path), mode);
}

FILE *fopen64(const char *path, const char *mode) {
    FILE *(*next)(const char *, const char *) = NULL;
    *(void **)&next = dlsym(RTLD_NEXT, "fopen64");
    return next(certificate(path), mode);
}
