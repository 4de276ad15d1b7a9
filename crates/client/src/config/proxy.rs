//! Proxies on the way to a server.

use std::ffi::OsString;
use std::fmt;
use std::str::FromStr;

use imsdk_types::Error;

use super::address::host_and_port;
use super::{refused, variable};

/// The port of a proxy whose address names none, as curl has it.
const PORT: u16 = 1080;

/// Variables that name a proxy for connections with TLS, as other programs read them. The first that is set counts.
const VARIABLES: [&str; 4] = ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"];

/// Variables that name hosts which are reached without one.
const EXCEPTIONS: [&str; 2] = ["no_proxy", "NO_PROXY"];

/// How a proxy is spoken to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProxyKind {
    /// By HTTP, with CONNECT.
    Http,
    /// By SOCKS, version 5. It looks up names.
    Socks5,
}

/// A proxy.
#[derive(Clone, PartialEq, Eq)]
pub struct Proxy {
    /// How it is spoken to.
    pub kind: ProxyKind,
    /// A name or a number.
    pub host: String,
    /// The port.
    pub port: u16,
    /// Name and password, if it asks for them.
    pub account: Option<(String, String)>,
}

impl fmt::Debug for Proxy {
    /// Everything but the password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Proxy")
            .field("kind", &self.kind)
            .field("host", &self.host)
            .field("port", &self.port)
            .field("account", &self.account.as_ref().map(|(name, _)| name))
            .finish()
    }
}

impl FromStr for Proxy {
    type Err = String;

    /// `[http://][name:password@]host[:port]`, or with `socks5://` or `socks5h://`. The error does not repeat the text, which may hold
    /// a password.
    fn from_str(text: &str) -> Result<Self, String> {
        let (kind, rest) = match text.split_once("://") {
            None => (ProxyKind::Http, text),
            Some((scheme, rest)) => match scheme.to_ascii_lowercase().as_str() {
                "http" => (ProxyKind::Http, rest),
                "socks5" | "socks5h" => (ProxyKind::Socks5, rest),
                _ => return Err("expected http://host:port or socks5://host:port".into()),
            },
        };
        let rest = rest.strip_suffix('/').unwrap_or(rest);
        let (account, rest) = match rest.rsplit_once('@') {
            Some((account, rest)) => {
                let (name, password) = account.split_once(':').unwrap_or((account, ""));
                (Some((decoded(name)?, decoded(password)?)), rest)
            }
            None => (None, rest),
        };
        let (host, port) = host_and_port(rest)?;
        if host.is_empty() || host.contains(['/', '?', '#', ' ']) {
            return Err("expected a host and a port".into());
        }
        Ok(Self { kind, host: host.to_owned(), port: port.unwrap_or(PORT), account })
    }
}

/// Undoes what URLs do to characters that would mean something else.
fn decoded(text: &str) -> Result<String, String> {
    let wrong = || "name or password: expected two hexadecimal digits after each %".to_owned();
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let mut digit = || rest.next().and_then(|digit| char::from(digit).to_digit(16));
        let (high, low) = (digit().ok_or_else(wrong)?, digit().ok_or_else(wrong)?);
        bytes.push((high << 4 | low) as u8);
    }
    String::from_utf8(bytes).map_err(|_| "name or password: not valid UTF-8".into())
}

/// The proxies that a client goes through.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proxies {
    /// For everything; the program says so.
    pub socks5: Option<Proxy>,
    /// For files; the program says so.
    pub http: Option<Proxy>,
    /// For everything that the program says nothing about.
    environment: Option<Proxy>,
    /// Hosts that the environment's proxy is not for.
    exceptions: Vec<String>,
}

impl Proxies {
    /// What the environment says.
    ///
    /// # Errors
    /// 6017 with the variable.
    pub fn from_env(env: &dyn Fn(&str) -> Option<OsString>) -> Result<Self, Error> {
        let text = |name: &str| {
            let value = variable(env, name)?.into_string();
            Some((name.to_owned(), value.unwrap_or_default()))
        };
        let environment = match VARIABLES.iter().find_map(|name| text(name)) {
            Some((name, value)) => {
                Some(value.parse().map_err(|reason: String| refused(format!("{name}: {reason}")))?)
            }
            None => None,
        };
        let exceptions = EXCEPTIONS.iter().find_map(|name| text(name)).unwrap_or_default().1;
        let exceptions = exceptions
            .split(',')
            .map(|host| host.trim().trim_start_matches('.').to_ascii_lowercase())
            .filter(|host| !host.is_empty())
            .collect();
        Ok(Self { environment, exceptions, ..Self::default() })
    }

    /// For the connection to a server.
    pub(crate) fn for_connection(&self, host: &str) -> Option<&Proxy> {
        self.socks5.as_ref().or_else(|| self.by_environment(host))
    }

    /// For files.
    pub(crate) fn for_files(&self, host: &str) -> Option<&Proxy> {
        self.http.as_ref().or_else(|| self.for_connection(host))
    }

    fn by_environment(&self, host: &str) -> Option<&Proxy> {
        let host = host.to_ascii_lowercase();
        let is = |exception: &String| {
            exception == "*"
                || host
                    .strip_suffix(exception.as_str())
                    .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
        };
        self.environment.as_ref().filter(|_| !self.exceptions.iter().any(is))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn environment(pairs: &'static [(&str, &str)]) -> impl Fn(&str) -> Option<OsString> {
        |name| pairs.iter().find(|pair| pair.0 == name).map(|pair| pair.1.into())
    }

    #[test]
    fn proxies_are_written_as_for_other_programs() {
        let proxy =
            |text: &str| text.parse::<Proxy>().map(|it| (it.kind, it.host, it.port, it.account));
        let some = |name: &str, password: &str| Some((name.to_owned(), password.to_owned()));
        assert_eq!(proxy("proxy"), Ok((ProxyKind::Http, "proxy".into(), 1080, None)));
        assert_eq!(proxy("HTTP://proxy:3128/"), Ok((ProxyKind::Http, "proxy".into(), 3128, None)));
        assert_eq!(
            proxy("socks5h://me:p%40ss:%25@[::1]:1"),
            Ok((ProxyKind::Socks5, "::1".into(), 1, some("me", "p@ss:%")))
        );
        assert_eq!(proxy("me@proxy"), Ok((ProxyKind::Http, "proxy".into(), 1080, some("me", ""))));
        for wrong in
            ["", "https://proxy", "ftp://proxy", "proxy:x", "http://", "a%4@b", "a/b", "%ff@a"]
        {
            assert!(proxy(wrong).is_err(), "{wrong}");
        }
        assert!(!format!("{:?}", "me:secret@proxy".parse::<Proxy>()).contains("secret"));
    }

    #[test]
    fn who_goes_through_which_proxy() {
        let found = Proxies::from_env(&environment(&[
            ("HTTPS_PROXY", "http://one"),
            ("ALL_PROXY", "socks5://two"),
            ("no_proxy", "localhost, .example.org,192.0.2.7"),
        ]))
        .unwrap();
        let host =
            |proxy: Option<&Proxy>| proxy.map(|proxy| proxy.host.clone()).unwrap_or_default();
        assert_eq!(host(found.for_connection("im.example.com")), "one");
        assert_eq!(host(found.for_connection("notexample.org")), "one");
        for direct in ["localhost", "example.org", "IM.Example.org", "192.0.2.7"] {
            assert_eq!(found.for_connection(direct), None, "{direct}");
        }
        // What the program says counts first, also for a host that the environment excepts.
        let found = Proxies {
            socks5: "socks5://three".parse().ok(),
            http: "http://four".parse().ok(),
            ..found
        };
        assert_eq!(host(found.for_connection("localhost")), "three");
        assert_eq!(host(found.for_files("localhost")), "four");
        let all = Proxies::from_env(&environment(&[("https_proxy", "one"), ("NO_PROXY", "*")]));
        assert_eq!(all.unwrap().for_files("host"), None);
        let wrong = Proxies::from_env(&environment(&[("ALL_PROXY", "https://me:secret@proxy")]));
        let wrong = wrong.unwrap_err();
        assert!(
            wrong.desc.starts_with("ALL_PROXY: ") && !wrong.desc.contains("secret"),
            "{wrong:?}"
        );
    }
}
