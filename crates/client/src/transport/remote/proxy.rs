//! The way through a proxy.

use base64::prelude::{BASE64_STANDARD, Engine};
use imsdk_types::{Code, Error};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_socks::tcp::Socks5Stream;

use super::connect::Stream;
use crate::config::{Proxy, ProxyKind};

/// The longest answer that is taken from a proxy.
const ANSWER: usize = 16 << 10;

fn failed(why: impl std::fmt::Display) -> Error {
    Error::new(Code::SdkNetDisconnect, format!("proxy: {why}"))
}

/// Asks a proxy that was reached for the way to a host.
pub(super) async fn open(
    proxy: &Proxy,
    stream: TcpStream,
    host: &str,
    port: u16,
) -> Result<Box<dyn Stream>, Error> {
    match proxy.kind {
        ProxyKind::Socks5 => {
            let target = (host, port);
            let opened = match &proxy.account {
                Some((name, password)) => {
                    Socks5Stream::connect_with_password_and_socket(stream, target, name, password)
                        .await
                }
                None => Socks5Stream::connect_with_socket(stream, target).await,
            };
            Ok(Box::new(opened.map_err(failed)?))
        }
        ProxyKind::Http => tunnel(proxy, stream, host, port).await,
    }
}

/// CONNECT (RFC 9110, 9.3.6).
async fn tunnel(
    proxy: &Proxy,
    mut stream: TcpStream,
    host: &str,
    port: u16,
) -> Result<Box<dyn Stream>, Error> {
    let host = if host.contains(':') { format!("[{host}]") } else { host.to_owned() };
    let mut request = format!("CONNECT {host}:{port} HTTP/1.1\r\nHost: {host}:{port}\r\n");
    if let Some((name, password)) = &proxy.account {
        let account = BASE64_STANDARD.encode(format!("{name}:{password}"));
        request += &format!("Proxy-Authorization: Basic {account}\r\n");
    }
    request += "\r\n";
    stream.write_all(request.as_bytes()).await.map_err(failed)?;
    let mut answer = Vec::new();
    // Byte by byte: what follows is not for us. A server speaks second in TLS, so nothing is waiting behind it.
    while !answer.ends_with(b"\r\n\r\n") {
        if answer.len() >= ANSWER {
            return Err(failed("its answer has no end"));
        }
        answer.push(stream.read_u8().await.map_err(failed)?);
    }
    let line = answer.split(|byte| *byte == b'\r').next().unwrap_or_default();
    let line = String::from_utf8_lossy(line);
    match line.split(' ').nth(1) {
        Some(status) if status.starts_with('2') => Ok(Box::new(stream)),
        _ => Err(failed(line)),
    }
}
