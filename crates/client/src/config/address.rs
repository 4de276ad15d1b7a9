//! Where a server is.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

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

impl ServerAddress {
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
    use super::*;

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
