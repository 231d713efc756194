//! Whether a text says where a validator is reached.

use std::net::{Ipv6Addr, SocketAddr};

/// Longest location, in bytes.
const BYTES_MAX: usize = 128;
/// Longest label of a name: RFC 1035, section 2.3.4.
const LABEL_MAX: usize = 63;

/// Whether it is `address:port`, `[address]:port` or `name:port`, with a port other than 0.
pub(super) fn is_location(text: &str) -> bool {
    if text.len() > BYTES_MAX {
        return false;
    }
    let Some((host, port)) = text.rsplit_once(':') else {
        return false;
    };
    let is_port = !port.starts_with('0')
        && port.bytes().all(|byte| byte.is_ascii_digit())
        && port.parse::<u16>().is_ok();
    is_port && (is_address(host, text) || is_name(host))
}

fn is_address(host: &str, text: &str) -> bool {
    let is_plain_v6 = host.parse::<Ipv6Addr>().is_ok();
    !is_plain_v6 && text.parse::<SocketAddr>().is_ok()
}

/// A name has letters, and no label of it is empty, too long or begins or ends with a hyphen.
fn is_name(host: &str) -> bool {
    let is_label = |label: &str| {
        (1..=LABEL_MAX).contains(&label.len())
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    host.split('.').all(is_label) && host.bytes().any(|byte| byte.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_names_with_a_port_are_locations() {
        for text in [
            "10.0.0.1:9000",
            "[2001:db8::1]:9000",
            "node.hospital.example:1",
            "localhost:65535",
            "a-1:80",
        ] {
            assert!(is_location(text), "{text}");
        }
    }

    #[test]
    fn anything_else_is_no_location() {
        let long = format!("{}:9000", ["x"; 65].join("."));
        let label = format!("{}:9000", "x".repeat(64));
        for text in [
            "",
            ":9000",
            "10.0.0.1",
            "10.0.0.1:",
            "10.0.0.1:0",
            "10.0.0.1:09",
            "10.0.0.1:65536",
            "10.0.0.1:+9",
            "10.0.0:9000",
            "2001:db8::1:9000",
            "[::1]",
            "node_1:9000",
            "-a:9000",
            "a-:9000",
            "a..b:9000",
            "a b:9000",
            "\u{e9}:9000",
            "http://a:9000",
            &long,
            &label,
        ] {
            assert!(!is_location(text), "{text}");
        }
    }
}
