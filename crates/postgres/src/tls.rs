//! TLS to the database, as its URL asks for.
//!
//! `sslmode`, `sslrootcert`, `sslcert` and `sslkey` are those of libpq, but there are only two ways: without TLS, or with a certificate that is checked, name
//! and all. What libpq has between them would encrypt for whoever answers, or not encrypt at all where that is not offered.

use std::borrow::Cow;
use std::sync::Arc;

use imsdk_types::{Code, Error};
use rustls::crypto::ring;
use rustls::pki_types::pem::{self, PemObject};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ClientConfig, RootCertStore};
use tokio_postgres::Config;
use tokio_postgres::config::{Host, SslMode};

/// Where the system's authorities are meant.
const SYSTEM: &str = "system";

fn refused(reason: impl std::fmt::Display) -> Error {
    Error::new(Code::InvalidParameters, format!("the URL of the database: {reason}"))
}

/// The files that TLS begins with.
pub(crate) struct Files {
    authorities: String,
    /// Of the own certificate and its key.
    own: Option<(String, String)>,
}

/// What a URL or connection string says, and with what TLS begins if it asks for it.
///
/// # Errors
/// 6017 for one that cannot be read, or asks for what there is not.
pub(crate) fn read(url: &str) -> Result<(Config, Option<ClientConfig>), Error> {
    let (config, files) = parse(url)?;
    Ok((config, files.map(|files| trusting(&files)).transpose()?))
}

/// The same; the files are only named, and nobody has looked at them.
///
/// # Errors
/// 6017 for one that cannot be read.
pub(crate) fn parse(url: &str) -> Result<(Config, Option<Files>), Error> {
    let (mut mode, mut authorities) = (None, None);
    let (mut certificate, mut key) = (None, None);
    let rest = without(url, |name, value| {
        match name {
            "sslmode" => mode = Some(value.into_owned()),
            "sslrootcert" => authorities = Some(value.into_owned()),
            "sslcert" => certificate = Some(value.into_owned()),
            "sslkey" => key = Some(value.into_owned()),
            _ => return false,
        }
        true
    });
    let scheme = url.split_once("://").map(|(scheme, _)| scheme);
    let word = |scheme: &str| scheme.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if scheme.is_some_and(|it| word(it) && !["postgres", "postgresql"].contains(&it)) {
        return Err(refused("expected a postgres:// URL"));
    }
    let mut config: Config = rest.parse().map_err(|error: tokio_postgres::Error| {
        // The text of the error is about names and values of settings, never the whole URL.
        let reason = std::error::Error::source(&error).map(ToString::to_string);
        refused(reason.unwrap_or_else(|| error.to_string()))
    })?;
    if config.get_hosts().is_empty() && config.get_hostaddrs().is_empty() {
        return Err(refused("it names no host"));
    }
    let tls = match mode.as_deref() {
        None | Some("disable") => {
            for (name, value) in
                [("sslrootcert", authorities), ("sslcert", certificate), ("sslkey", key)]
            {
                if value.is_some() {
                    return Err(refused(format!("{name} counts only with sslmode=verify-full")));
                }
            }
            if mode.is_none() && config.get_hosts().iter().any(is_far) {
                tracing::warn!(
                    "the connection to the database is not encrypted: sslmode=verify-full in its URL does that"
                );
            }
            None
        }
        Some("require" | "verify-ca" | "verify-full") => {
            if certificate.is_some() != key.is_some() {
                return Err(refused("sslcert and sslkey: one needs the other"));
            }
            let authorities = authorities.unwrap_or_else(|| SYSTEM.to_owned());
            Some(Files { authorities, own: certificate.zip(key) })
        }
        Some(mode) => {
            let text = "disable, or verify-full (require and verify-ca are the same here)";
            return Err(refused(format!("sslmode={mode}: it must be {text}")));
        }
    };
    config.ssl_mode(if tls.is_some() { SslMode::Require } else { SslMode::Disable });
    Ok((config, tls))
}

/// Whether the way to a host may lead out of this machine.
fn is_far(host: &Host) -> bool {
    match host {
        Host::Tcp(name) => {
            let ip = name.parse::<std::net::IpAddr>();
            name != "localhost" && !ip.is_ok_and(|ip| ip.is_loopback())
        }
        #[cfg(unix)]
        Host::Unix(_) => false,
    }
}

/// Trusts whom the authorities in a file (PEM) vouch for, or those of the system; `own` are the files (PEM) of the certificate, with those
/// that lead to its authority, and the key that it shows itself with.
fn trusting(Files { authorities, own }: &Files) -> Result<ClientConfig, Error> {
    let failed = |reason: &dyn std::fmt::Display| refused(format!("sslrootcert: {reason}"));
    let certificates: Vec<CertificateDer<'static>> = if authorities == SYSTEM {
        rustls_native_certs::load_native_certs().certs
    } else {
        CertificateDer::pem_file_iter(authorities)
            .and_then(Iterator::collect)
            .map_err(|error| failed(&format!("{authorities}: {error}")))?
    };
    let mut roots = RootCertStore::empty();
    // A system may have old ones that cannot be read.
    roots.add_parsable_certificates(certificates);
    if roots.is_empty() {
        return Err(failed(&format!("{authorities}: no certificate of an authority")));
    }
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| failed(&error))?
        .with_root_certificates(roots);
    let mut config = match own {
        None => config.with_no_client_auth(),
        Some((certificate, key)) => {
            let (chain, secret) = (chain(certificate)?, secret(key)?);
            config.with_client_auth_cert(chain, secret).map_err(|error| {
                let text = match error {
                    rustls::Error::InconsistentKeys(_) => {
                        format!("{key} is not the key of {certificate}")
                    }
                    error => format!("{certificate}, {key}: {error}"),
                };
                refused(format!("sslcert, sslkey: {text}"))
            })?
        }
    };
    // For sslnegotiation=direct; a server that begins otherwise does not look.
    config.alpn_protocols = vec![b"postgresql".to_vec()];
    Ok(config)
}

/// The certificates in a file, the own one first.
fn chain(file: &str) -> Result<Vec<CertificateDer<'static>>, Error> {
    let failed = |reason: &dyn std::fmt::Display| refused(format!("sslcert: {file}: {reason}"));
    let chain: Vec<_> = CertificateDer::pem_file_iter(file)
        .and_then(Iterator::collect)
        .map_err(|error| failed(&error))?;
    if chain.is_empty() { Err(failed(&"there is no certificate in it")) } else { Ok(chain) }
}

/// The key in a file.
fn secret(file: &str) -> Result<PrivateKeyDer<'static>, Error> {
    PrivateKeyDer::from_pem_file(file).map_err(|error| {
        let reason = match error {
            pem::Error::NoItemsFound => "there is no key without a password in it".to_owned(),
            error => error.to_string(),
        };
        refused(format!("sslkey: {file}: {reason}"))
    })
}

/// A URL or connection string without the settings that `takes` takes. What cannot be read stays, for others to complain of.
fn without(url: &str, mut takes: impl FnMut(&str, Cow<'_, str>) -> bool) -> String {
    if !url.starts_with("postgres://") && !url.starts_with("postgresql://") {
        return pairs(url)
            .into_iter()
            .filter(|(text, name, value)| {
                name.is_empty() || !takes(name, value.into()) || text.is_empty()
            })
            .map(|(text, ..)| text)
            .collect::<Vec<_>>()
            .join(" ");
    }
    let Some((place, settings)) = url.split_once('?') else { return url.to_owned() };
    let kept: Vec<&str> = settings
        .split('&')
        .filter(|setting| match setting.split_once('=') {
            Some((name, value)) => {
                let value = percent_encoding::percent_decode_str(value).decode_utf8_lossy();
                !takes(name, value)
            }
            None => true,
        })
        .collect();
    match kept.is_empty() {
        true => place.to_owned(),
        false => format!("{place}?{}", kept.join("&")),
    }
}

/// The settings of a connection string (`name = 'value'`, with backslashes before what is meant as it is): text, name and value.
fn pairs(text: &str) -> Vec<(&str, &str, String)> {
    let mut pairs = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let Some((name, after)) = rest.split_once('=') else {
            pairs.push((rest, "", String::new()));
            break;
        };
        let value_at = rest.len() - after.trim_start().len();
        let (mut value, mut quoted, mut escaped) = (String::new(), false, false);
        let mut end = rest.len();
        for (at, char) in rest[value_at..].char_indices() {
            match char {
                char if escaped => {
                    escaped = false;
                    value.push(char);
                }
                '\\' => escaped = true,
                '\'' if at == 0 => quoted = true,
                '\'' if quoted => {
                    end = value_at + at + 1;
                    break;
                }
                char if char.is_whitespace() && !quoted => {
                    end = value_at + at;
                    break;
                }
                char => value.push(char),
            }
        }
        pairs.push((&rest[..end], name.trim(), value));
        rest = rest[end..].trim_start();
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(url: &str) -> (String, Vec<(String, String)>) {
        let mut found = Vec::new();
        let rest = without(url, |name, value| {
            let ours = name.starts_with("ssl");
            if ours {
                found.push((name.to_owned(), value.into_owned()));
            }
            ours
        });
        (rest, found)
    }

    #[test]
    fn what_is_about_tls_is_taken_out_of_a_url() {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(
            taken(
                "postgres://im:a%3Fb@db/im?sslmode=verify-full&connect_timeout=3&sslrootcert=/a%20b"
            ),
            (
                "postgres://im:a%3Fb@db/im?connect_timeout=3".to_owned(),
                vec![pair("sslmode", "verify-full"), pair("sslrootcert", "/a b")]
            )
        );
        assert_eq!(taken("postgresql://db?sslmode=disable").0, "postgresql://db");
        assert_eq!(taken("postgres://db/im"), ("postgres://db/im".to_owned(), vec![]));
        assert_eq!(
            taken(
                r"host=db password='it\'s sslmode=x' sslmode = require  sslrootcert='/a b' user=im\ m"
            ),
            (
                r"host=db password='it\'s sslmode=x' user=im\ m".to_owned(),
                vec![pair("sslmode", "require"), pair("sslrootcert", "/a b")]
            )
        );
        for broken in ["host", "host=", "=", "host='", "a=b c", "\\", "host=a \\"] {
            assert_eq!(taken(broken).0, broken);
        }
    }

    #[test]
    fn nothing_is_encrypted_by_halves() {
        for url in ["host=db", "host=db sslmode=disable", "postgres://db/im?sslmode=disable"] {
            let (config, tls) = read(url).unwrap();
            assert!(tls.is_none() && config.get_ssl_mode() == SslMode::Disable, "{url}");
        }
        for url in [
            "host=db sslmode=prefer",
            "host=db sslmode=allow",
            "host=db sslmode=Disable",
            "postgres://db?sslmode=",
            "host=db sslrootcert=/nowhere",
            "host=db sslmode=require sslrootcert=/nowhere",
            "host=db sslmode=verify-full sslrootcert=/dev/null",
            "host=db sslcert=/a sslkey=/b",
            "host=db sslmode=verify-full sslcert=/a",
            "host=db sslmode=verify-full sslkey=/a",
            "host=db sslmode=verify-full sslcert=/nowhere sslkey=/nowhere",
        ] {
            let error = read(url).map(drop).unwrap_err();
            assert_eq!(error.code, Code::InvalidParameters.value(), "{url}");
        }
        for url in ["", "user=im dbname=im"] {
            let error = read(url).map(drop).unwrap_err();
            assert_eq!(error.desc, "the URL of the database: it names no host");
        }
        let error = read("postgres://im:secret@db/im?sslcert=x").map(drop).unwrap_err();
        assert!(error.desc.contains("sslcert") && !error.desc.contains("secret"), "{}", error.desc);
    }
}
