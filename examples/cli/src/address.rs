//! Which addresses a document may make this machine talk to: public ones, and no others.
//!
//! The registries of special-purpose addresses (RFC 6890, as kept by IANA) decide. Where an IPv6 address holds an
//! IPv4 one (mapped, NAT64, 6to4, Teredo) it is refused whole: nobody publishes records there, and every such form
//! has been used to get past a filter.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Whether an address is on the public internet.
pub(crate) fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    !matches!(
        (a, b, c),
        (0, ..)                       // this network, RFC 791
            | (10, ..)                // private, RFC 1918
            | (100, 64..=127, _)      // shared by carriers' NAT, RFC 6598
            | (127, ..)               // loopback
            | (169, 254, _)           // link-local, where clouds keep their credentials, RFC 3927
            | (172, 16..=31, _)       // private
            | (192, 0, 0)             // protocol assignments, RFC 6890
            | (192, 0, 2)             // documentation, RFC 5737
            | (192, 88, 99)           // 6to4 relays, RFC 7526
            | (192, 168, _)           // private
            | (198, 18..=19, _)       // benchmarks, RFC 2544
            | (198, 51, 100)          // documentation
            | (203, 0, 113)           // documentation
            | (224..=255, ..) // multicast, reserved, broadcast
    )
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let [a, b, ..] = address.segments();
    // Global unicast is 2000::/3 (RFC 4291 §2.4); all else (loopback, mapped, NAT64, local, multicast) is not.
    (0x2000..=0x3fff).contains(&a)
        && !(a == 0x2001 && b < 0x0200) // protocol assignments: Teredo, ORCHID, benchmarks, RFC 2928
        && !(a == 0x2001 && b == 0x0db8) // documentation, RFC 3849
        && a != 0x2002 // 6to4, RFC 3056
        && !(a == 0x3fff && b < 0x1000) // documentation, RFC 9637
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn public_addresses_are_public() {
        for text in [
            "1.1.1.1",
            "8.8.8.8",
            "100.63.255.255",
            "100.128.0.1",
            "172.15.0.1",
            "172.32.0.1",
            "192.0.1.1",
            "198.17.255.255",
            "198.20.0.1",
            "223.255.255.255",
            "2606:4700:4700::1111",
            "2001:4860:4860::8888",
            "2a00:1450:4001:80b::200e",
        ] {
            assert!(is_public(text.parse().unwrap()), "{text}");
        }
    }

    #[test]
    fn all_others_are_not() {
        for text in [
            "0.0.0.0",
            "0.1.2.3",
            "10.0.0.1",
            "10.255.255.255",
            "100.64.0.1",
            "100.127.255.255",
            "127.0.0.1",
            "127.255.255.254",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.8",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.19.255.255",
            "198.51.100.7",
            "203.0.113.9",
            "224.0.0.1",
            "239.255.255.255",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::127.0.0.1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::ffff:8.8.8.8",
            "64:ff9b::7f00:1",
            "64:ff9b::808:808",
            "64:ff9b:1::1",
            "100::1",
            "2001::1",
            "2001:10::1",
            "2001:20::1",
            "2001:db8::1",
            "2002:7f00:1::1",
            "3fff::1",
            "5f00::1",
            "fc00::1",
            "fd12:3456:789a::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
        ] {
            assert!(!is_public(text.parse().unwrap()), "{text}");
        }
    }
}
