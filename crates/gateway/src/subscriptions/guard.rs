//! Where notifications may go. A subscriber names a URL, and the gateway stands inside an organisation: without this guard it
//! would post to what only the inside can reach.

use crate::config::Webhooks;
use hyper::Uri;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use thiserror::Error;
use tokio::net::lookup_host;

/// The longest URL, in bytes.
const MOST: usize = 2_048;

/// A URL that notifications are sent to.
#[derive(Clone, Debug)]
pub(crate) struct Destination {
    pub(crate) uri: Uri,
    pub(crate) host: String,
    port: u16,
    pub(crate) is_tls: bool,
    /// Listed in the configuration, so that any address will do.
    inside: bool,
}

/// A URL to which nothing is sent.
#[derive(Debug, Error)]
pub(crate) enum Guarded {
    #[error(
        "dest: expected an absolute URL of http or https, of at most 2048 bytes and without user or fragment"
    )]
    NotAUrl,
    #[error("dest: expected https")]
    Plain,
    #[error("dest: it leads inside, where this gateway does not send")]
    Inside,
    #[error("dest: its name has no address")]
    Unknown(#[source] std::io::Error),
}

impl Destination {
    /// Reads a URL. A host given as an address is judged here, a name when its addresses are known.
    ///
    /// # Errors
    /// See [`Guarded`].
    pub(crate) fn read(text: &str, webhooks: &Webhooks) -> Result<Self, Guarded> {
        let plain = |byte: u8| (b'!'..=b'~').contains(&byte);
        if text.len() > MOST || !text.bytes().all(plain) || text.contains('#') {
            return Err(Guarded::NotAUrl);
        }
        let uri: Uri = text.parse().map_err(|_| Guarded::NotAUrl)?;
        let authority = uri.authority().ok_or(Guarded::NotAUrl)?;
        let host = authority.host().to_owned();
        if authority.as_str().contains('@') || host.is_empty() {
            return Err(Guarded::NotAUrl);
        }
        let inside = webhooks.allows_inside(&host);
        let is_tls = match uri.scheme_str() {
            Some("https") => true,
            Some("http") if inside || webhooks.plain => false,
            Some("http") => return Err(Guarded::Plain),
            _ => return Err(Guarded::NotAUrl),
        };
        let port = match authority.port() {
            Some(port) => port.as_u16(),
            None if is_tls => 443,
            None => 80,
        };
        let destination = Self {
            host,
            port,
            is_tls,
            inside,
            uri,
        };
        match destination.address() {
            Some(address) if !inside && !is_outside(address) => Err(Guarded::Inside),
            Some(_) | None => Ok(destination),
        }
    }

    fn bare_host(&self) -> &str {
        self.host.trim_start_matches('[').trim_end_matches(']')
    }

    fn address(&self) -> Option<IpAddr> {
        self.bare_host().parse().ok()
    }

    /// The addresses that may be connected to. The connection goes to one of these, so that a name which is asked twice
    /// and answers otherwise gains nothing.
    ///
    /// # Errors
    /// There are none.
    pub(crate) async fn addresses(&self) -> Result<Vec<SocketAddr>, Guarded> {
        let found = lookup_host((self.bare_host(), self.port)).await;
        let found: Vec<_> = found.map_err(Guarded::Unknown)?.collect();
        let outside = found
            .into_iter()
            .filter(|address| self.inside || is_outside(address.ip()));
        let outside: Vec<_> = outside.collect();
        match outside.is_empty() {
            true => Err(Guarded::Inside),
            false => Ok(outside),
        }
    }
}

/// Whether an address is one of the public Internet (IANA special-purpose address registries).
pub(crate) fn is_outside(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_outside_v4(address),
        IpAddr::V6(address) => is_outside_v6(address),
    }
}

fn is_outside_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let special = address.is_loopback()
        || address.is_private()
        || address.is_link_local()
        || address.is_multicast()
        || address.is_documentation()
        || a == 0
        || a >= 240
        // Shared between carriers and their customers; protocol assignments; 6to4 relays; benchmarks.
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 192 && b == 88 && c == 99)
        || (a == 198 && (18..20).contains(&b));
    !special
}

fn is_outside_v6(address: Ipv6Addr) -> bool {
    if let Some(inner) = address.to_ipv4_mapped() {
        return is_outside_v4(inner);
    }
    let [a, b, c, d, e, f, g, h] = address.segments();
    let embedded = |high: u16, low: u16| {
        let [one, two] = high.to_be_bytes();
        let [three, four] = low.to_be_bytes();
        is_outside_v4(Ipv4Addr::new(one, two, three, four))
    };
    match (a, b) {
        // Translated by NAT64 to the address in the last 32 bits.
        (0x64, 0xff9b) => (c, d, e, f) == (0, 0, 0, 0) && embedded(g, h),
        // 6to4 carries an address behind its prefix.
        (0x2002, _) => embedded(b, c),
        // Teredo, benchmarks and ORCHID, documentation.
        (0x2001, b) => b >= 0x200 && b != 0xdb8,
        (0x3fff, b) => b >= 0x1000,
        // Of the rest only what is global unicast.
        (a, _) => a & 0xe000 == 0x2000,
    }
}

#[cfg(test)]
mod tests {
    use super::{Destination, Guarded, is_outside};
    use crate::config::Webhooks;

    #[test]
    fn addresses_that_only_the_inside_reaches_are_refused() {
        let inside = [
            "127.0.0.1",
            "127.255.255.254",
            "10.0.0.1",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "0.1.2.3",
            "224.0.0.1",
            "239.255.255.255",
            "255.255.255.255",
            "240.0.0.1",
            "192.0.0.8",
            "192.0.2.1",
            "198.18.0.1",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::127.0.0.1",
            "64:ff9b::7f00:1",
            "64:ff9b:1::1",
            "2002:7f00:1::",
            "2002:a00:1::1",
            "2001::1",
            "2001:db8::1",
            "3fff::1",
            "fc00::1",
            "fd12:3456::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
            "100::1",
        ];
        for address in inside {
            assert!(!is_outside(address.parse().unwrap()), "{address}");
        }
        let outside = [
            "1.1.1.1",
            "172.32.0.1",
            "100.128.0.1",
            "192.0.1.1",
            "198.20.0.1",
            "223.255.255.255",
            "::ffff:8.8.8.8",
            "64:ff9b::808:808",
            "2002:808:808::1",
            "2606:4700::1",
            "2a00::1",
        ];
        for address in outside {
            assert!(is_outside(address.parse().unwrap()), "{address}");
        }
    }

    #[test]
    fn urls_that_are_none_or_lead_inside_are_refused() {
        let webhooks = Webhooks::default();
        let read = |text: &str| Destination::read(text, &webhooks);
        for text in [
            "",
            "client.example",
            "/path",
            "ftp://client.example/",
            "file:///etc/passwd",
            "https://user:word@client.example/",
            "https://client.example/#part",
            "https:///path",
            "https://client.example/a b",
        ] {
            assert!(matches!(read(text), Err(Guarded::NotAUrl)), "{text}");
        }
        let plain = read("http://client.example/");
        assert!(matches!(plain, Err(Guarded::Plain)));
        for text in [
            "https://127.0.0.1/",
            "https://[::1]:8443/x",
            "https://169.254.169.254/latest",
            "https://[::ffff:10.0.0.1]/",
        ] {
            assert!(matches!(read(text), Err(Guarded::Inside)), "{text}");
        }
        assert!(read("https://client.example:8443/events?x=1").is_ok());
        assert!(read("https://8.8.8.8/").is_ok());
    }

    #[test]
    fn a_listed_host_may_be_inside() {
        let webhooks = Webhooks {
            inside: vec!["127.0.0.1".to_owned(), "erp.hospital.example".to_owned()],
            ..Webhooks::default()
        };
        let read = |text: &str| Destination::read(text, &webhooks);
        assert!(read("http://127.0.0.1:9000/").is_ok());
        assert!(read("http://ERP.hospital.example/").is_ok());
        assert!(matches!(read("https://127.0.0.2/"), Err(Guarded::Inside)));
    }

    #[tokio::test]
    async fn a_name_that_stands_for_an_address_inside_is_refused_when_it_is_looked_up() {
        let webhooks = Webhooks::default();
        let destination = Destination::read("https://localhost/", &webhooks).unwrap();
        let addresses = destination.addresses().await;
        assert!(matches!(addresses, Err(Guarded::Inside)), "{addresses:?}");
    }
}
