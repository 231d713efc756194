//! Whether a text says where a validator is reached.

use std::net::SocketAddr;

/// Whether it is an IP address and a port that can be dialled, in the one way in which they are printed: `10.0.0.1:9000`,
/// `[2001:db8::1]:9000`. Consensus takes nothing else; a name would depend on who resolves it.
pub(super) fn is_location(text: &str) -> bool {
    let Ok(address) = text.parse::<SocketAddr>() else {
        return false;
    };
    let plain = SocketAddr::new(address.ip(), address.port());
    let can_be_dialled =
        plain.port() != 0 && !plain.ip().is_unspecified() && !plain.ip().is_multicast();
    can_be_dialled && plain.to_string() == text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_with_a_port_is_a_location_in_its_printed_form_alone() {
        for text in ["10.0.0.1:9000", "[2001:db8::1]:9000", "127.0.0.1:1"] {
            assert!(is_location(text), "{text}");
        }
        for text in [
            "",
            ":9000",
            "10.0.0.1",
            "10.0.0.1:",
            "10.0.0.1:0",
            "10.0.0.1:09000",
            "10.0.0.1:65536",
            "10.0.0.1:+9",
            "010.0.0.1:9000",
            " 10.0.0.1:9000",
            "10.0.0.1:9000 ",
            "0.0.0.0:9000",
            "[::]:9000",
            "224.0.0.1:9000",
            "[ff02::1]:9000",
            "2001:db8::1:9000",
            "[2001:DB8::1]:9000",
            "[2001:db8:0::1]:9000",
            "[fe80::1%3]:9000",
            "node.example:9000",
            "http://10.0.0.1:9000",
        ] {
            assert!(!is_location(text), "{text}");
        }
    }
}
