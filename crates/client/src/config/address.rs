//! Where a server is.

use std::fmt;
use std::net::{IpAddr, Ipv6Addr};
use std::str::FromStr;

use imsdk_types::CustomServerInfo;
use rustls::pki_types::ServerName;

/// The ports of addresses that name none: those of HTTP.
const TLS_PORT: u16 = 443;
const PLAIN_PORT: u16 = 80;

/// The address of a server: `wss://host[:port]`, or `ws://host[:port]` for one on this machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerAddress {
    /// Whether it is reached over TLS. Without, it is on this machine.
    pub tls: bool,
    /// A name or a number, that of version 6 without brackets.
    pub host: String,
    /// The port.
    pub port: u16,
}

/// Where the servers of a service are: one address or several, with commas between them. Any of them will do; they are tried in this
/// order, beginning with the one that did last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerAddresses(Vec<ServerAddress>);

impl ServerAddresses {
    /// Where a program's own servers are: all addresses that are not for QUIC, with TLS unless they say otherwise.
    ///
    /// # Errors
    /// What is expected, without what was given.
    pub fn of_custom(info: &CustomServerInfo) -> Result<Self, String> {
        let addresses = info.longconnection_addresses.iter().filter(|address| !address.is_quic);
        let addresses: Vec<_> =
            addresses.map(ServerAddress::of_custom).collect::<Result<_, _>>()?;
        match addresses.is_empty() {
            true => {
                Err("expected an address that is not for QUIC in longconnection_address_array"
                    .into())
            }
            false => Ok(Self(addresses)),
        }
    }

    /// Each of them; there is one at least.
    pub fn iter(&self) -> std::slice::Iter<'_, ServerAddress> {
        self.0.iter()
    }

    /// Whether one of them is reached over TLS.
    pub(crate) fn use_tls(&self) -> bool {
        self.iter().any(|address| address.tls)
    }
}

impl From<ServerAddress> for ServerAddresses {
    fn from(one: ServerAddress) -> Self {
        Self(vec![one])
    }
}

impl fmt::Display for ServerAddresses {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, address) in self.iter().enumerate() {
            write!(f, "{}{address}", if number > 0 { "," } else { "" })?;
        }
        Ok(())
    }
}

impl FromStr for ServerAddresses {
    type Err = String;

    /// The error is that of the first address that is none.
    fn from_str(text: &str) -> Result<Self, String> {
        text.split(',').map(|address| address.trim().parse()).collect::<Result<_, _>>().map(Self)
    }
}

impl ServerAddress {
    fn of_custom(address: &imsdk_types::ServerAddress) -> Result<Self, String> {
        let port = u16::try_from(address.port).ok().filter(|port| *port != 0);
        let port = port.ok_or("expected a port from 1 to 65535 in server_address_port")?;
        let (scheme, host) = address.ip.split_once("://").unwrap_or(("wss", &address.ip));
        let is_bare = host.parse::<Ipv6Addr>().is_ok();
        let text = match is_bare {
            true => format!("{scheme}://[{host}]:{port}"),
            false => format!("{scheme}://{host}:{port}"),
        };
        text.parse().map_err(|reason| format!("server_address_ip: {reason}"))
    }

    /// The host as it stands in a URL.
    pub(crate) fn url_host(&self) -> String {
        match self.host.contains(':') {
            true => format!("[{}]", self.host),
            false => self.host.clone(),
        }
    }
}

impl fmt::Display for ServerAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = if self.tls { "wss" } else { "ws" };
        write!(f, "{scheme}://{}:{}", self.url_host(), self.port)
    }
}

impl FromStr for ServerAddress {
    type Err = String;

    /// The error says what is expected, and does not repeat the text.
    fn from_str(text: &str) -> Result<Self, String> {
        let (tls, rest) = match text.split_once("://") {
            Some((scheme, rest)) if scheme.eq_ignore_ascii_case("wss") => (true, rest),
            Some((scheme, rest)) if scheme.eq_ignore_ascii_case("ws") => (false, rest),
            _ => return Err("expected wss://host[:port]".into()),
        };
        let (host, port) = host_and_port(rest.strip_suffix('/').unwrap_or(rest))?;
        let port = port.unwrap_or(if tls { TLS_PORT } else { PLAIN_PORT });
        if ServerName::try_from(host).is_err() {
            return Err("expected a host name or an IP address after wss://".into());
        }
        let host = host.to_owned();
        if !tls && !is_loopback(&host) {
            return Err(
                "without TLS a server is reached on this machine only: expected wss://host[:port]"
                    .into(),
            );
        }
        Ok(Self { tls, host, port })
    }
}

/// Takes `host`, `host:port`, `[number]` or `[number]:port` apart.
pub(super) fn host_and_port(text: &str) -> Result<(&str, Option<u16>), String> {
    let (host, rest) = match text.strip_prefix('[') {
        Some(inner) => inner.split_once(']').ok_or("a bracket is not closed")?,
        None => match text.find(':') {
            Some(colon) => text.split_at(colon),
            None => (text, ""),
        },
    };
    let port = match rest.strip_prefix(':') {
        Some(port) => Some(port.parse().ok().filter(|port| *port != 0).ok_or(
            "expected a port from 1 to 65535, and nothing after it; a number of version 6 stands in brackets",
        )?),
        None if rest.is_empty() => None,
        None => return Err("expected nothing after the host but a port".into()),
    };
    Ok((host, port))
}

/// Whether a host is this machine, by what it is called.
pub(crate) fn is_loopback(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost")
        || host.parse::<IpAddr>().is_ok_and(|number| number.is_loopback())
}

#[cfg(test)]
mod tests {
    use imsdk_types as types;

    use super::*;

    fn custom(addresses: &[(&str, i32, bool)]) -> Result<String, String> {
        let address = |(ip, port, is_quic): &(&str, i32, bool)| types::ServerAddress {
            ip: (*ip).to_owned(),
            port: *port,
            is_quic: *is_quic,
            ..types::ServerAddress::default()
        };
        let info = CustomServerInfo {
            longconnection_addresses: addresses.iter().map(address).collect(),
            ..CustomServerInfo::default()
        };
        ServerAddresses::of_custom(&info).map(|addresses| addresses.to_string())
    }

    #[test]
    fn servers_that_a_program_names() {
        for (ip, full) in [
            ("im.example.org", "wss://im.example.org:7443"),
            ("192.0.2.7", "wss://192.0.2.7:7443"),
            ("2001:db8::1", "wss://[2001:db8::1]:7443"),
            ("[2001:db8::1]", "wss://[2001:db8::1]:7443"),
            ("wss://im.example.org", "wss://im.example.org:7443"),
            ("ws://localhost", "ws://localhost:7443"),
            ("ws://::1", "ws://[::1]:7443"),
            // TLS, unless it is asked to go without.
            ("127.0.0.1", "wss://127.0.0.1:7443"),
        ] {
            assert_eq!(custom(&[(ip, 7443, false)]).as_deref(), Ok(full), "{ip}");
        }
        let several = [("quic", 1, true), ("one", 2, false), ("two", 3, false)];
        assert_eq!(custom(&several).as_deref(), Ok("wss://one:2,wss://two:3"));
        assert!(custom(&[("one", 2, false), ("two", 0, false)]).is_err(), "all or none");
        for (addresses, start) in [
            (&[][..], "expected an address"),
            (&[("quic", 1, true)], "expected an address"),
            (&[("host", 0, false)], "expected a port"),
            (&[("host", -1, false)], "expected a port"),
            (&[("host", 65536, false)], "expected a port"),
            (&[("", 1, false)], "server_address_ip: "),
            (&[("host:9", 1, false)], "server_address_ip: "),
            (&[("host/path", 1, false)], "server_address_ip: "),
            (&[("user@host", 1, false)], "server_address_ip: "),
            (&[("https://host", 1, false)], "server_address_ip: expected wss://"),
            (&[("ws://im.example.org", 1, false)], "server_address_ip: without TLS"),
        ] {
            let refused = custom(addresses).unwrap_err();
            assert!(refused.starts_with(start), "{addresses:?}: {refused}");
        }
    }

    #[test]
    fn several_servers() {
        let several: ServerAddresses = "wss://one, wss://two:9000,ws://localhost".parse().unwrap();
        assert_eq!(several.to_string(), "wss://one:443,wss://two:9000,ws://localhost:80");
        assert!(several.use_tls());
        for text in ["", ",", "wss://one,", "wss://one wss://two", "wss://one,ws://two"] {
            assert!(text.parse::<ServerAddresses>().is_err(), "{text}");
        }
    }

    #[test]
    fn addresses_of_servers() {
        for (text, full) in [
            ("wss://im.example.org", "wss://im.example.org:443"),
            ("WSS://im.example.org:9000/", "wss://im.example.org:9000"),
            ("wss://192.0.2.7:1", "wss://192.0.2.7:1"),
            ("wss://[2001:db8::1]", "wss://[2001:db8::1]:443"),
            ("ws://localhost:9000", "ws://localhost:9000"),
            ("ws://127.0.0.2", "ws://127.0.0.2:80"),
            ("ws://[::1]:9000", "ws://[::1]:9000"),
        ] {
            let address: ServerAddress = text.parse().unwrap_or_else(|e| panic!("{text}: {e}"));
            assert_eq!(address.to_string(), full);
        }
        for text in [
            "",
            "im.example.org",
            "https://im.example.org",
            "wss://",
            "wss://:9000",
            "wss://a b",
            "wss://host:0",
            "wss://host:65536",
            "wss://host:9000x",
            "wss://host:1:2",
            "wss://2001:db8::1",
            "wss://[::1",
            "wss://[::1]x",
            "wss://user@host",
            "wss://host/path",
            "wss://host?query",
            "ws://im.example.org",
            "ws://192.0.2.7:80",
        ] {
            assert!(text.parse::<ServerAddress>().is_err(), "{text}");
        }
    }
}
