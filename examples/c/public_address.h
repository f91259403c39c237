/* Which addresses a record may make this machine talk to: public ones (RFC 6890, as kept by IANA), and no others.
 *
 * A record that nobody has verified yet says what is fetched. Without this it could make a server ask its own network, or
 * its cloud for credentials. Of IPv6 only global unicast counts, and nothing that holds an IPv4 address.
 */
#ifndef PUBLIC_ADDRESS_H
#define PUBLIC_ADDRESS_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>

static bool is_public(const struct sockaddr *address) {
    static const struct {
        uint8_t network[4];
        int bits;
    } reserved[] = {
        {{0, 0, 0, 0}, 8},      {{10, 0, 0, 0}, 8},      {{100, 64, 0, 0}, 10},  {{127, 0, 0, 0}, 8},
        {{169, 254, 0, 0}, 16}, {{172, 16, 0, 0}, 12},   {{192, 0, 0, 0}, 24},   {{192, 0, 2, 0}, 24},
        {{192, 88, 99, 0}, 24}, {{192, 168, 0, 0}, 16},  {{198, 18, 0, 0}, 15},  {{198, 51, 100, 0}, 24},
        {{203, 0, 113, 0}, 24}, {{224, 0, 0, 0}, 3},
    };
    if (address->sa_family == AF_INET) {
        uint32_t host = ntohl(((const struct sockaddr_in *)address)->sin_addr.s_addr);
        for (size_t i = 0; i < sizeof reserved / sizeof reserved[0]; i++) {
            const uint8_t *n = reserved[i].network;
            uint32_t network = (uint32_t)n[0] << 24 | (uint32_t)n[1] << 16 | (uint32_t)n[2] << 8 | n[3];
            if ((host ^ network) >> (32 - reserved[i].bits) == 0) return false;
        }
        return true;
    }
    if (address->sa_family != AF_INET6) return false;
    const uint8_t *bytes = ((const struct sockaddr_in6 *)address)->sin6_addr.s6_addr;
    unsigned first = (unsigned)bytes[0] << 8 | bytes[1], second = (unsigned)bytes[2] << 8 | bytes[3];
    return first >= 0x2000 && first <= 0x3fff && !(first == 0x2001 && (second < 0x0200 || second == 0x0db8)) &&
           first != 0x2002 && !(first == 0x3fff && second < 0x1000);
}

#endif
