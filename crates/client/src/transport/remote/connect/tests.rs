//! Connections to a server of TLS on loopback, direct and through proxies.

use std::net::SocketAddr;
use std::path::PathBuf;

use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::PrivatePkcs8KeyDer;
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_tungstenite::accept_hdr_async;
use tokio_tungstenite::tungstenite::handshake::server::{Request, Response};

use super::super::tls;
use super::*;
use crate::config::{Proxy, ProxyKind};

/// A server whose certificate is good for `localhost`, and the file to trust it by.
struct Server {
    addr: SocketAddr,
    file: PathBuf,
    _dir: TempDir,
}

async fn server() -> Server {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let dir = TempDir::new().unwrap();
    let file = dir.path().join("ca.pem");
    std::fs::write(&file, made.cert.pem()).unwrap();
    let key = PrivatePkcs8KeyDer::from(made.signing_key.serialize_der());
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key.into())
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let addr = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let Ok(stream) = acceptor.accept(stream).await else { continue };
            #[allow(clippy::result_large_err, reason = "the library wants it so")]
            let check = |request: &Request, mut answer: Response| {
                assert_eq!(request.uri().path(), "/apps/7/socket");
                let asked = &request.headers()[header::SEC_WEBSOCKET_PROTOCOL];
                answer.headers_mut().insert(header::SEC_WEBSOCKET_PROTOCOL, asked.clone());
                Ok(answer)
            };
            // Kept, or it would be closed.
            if let Ok(socket) = accept_hdr_async(stream, check).await {
                std::mem::forget(socket);
            }
        }
    });
    Server { addr, file, _dir: dir }
}

/// A proxy that asks for name and password, and gives away nothing but the way to `localhost`.
async fn proxy(kind: ProxyKind, to: SocketAddr) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let addr = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let opened = match kind {
                ProxyKind::Http => http_proxy(&mut stream, to.port()).await,
                ProxyKind::Socks5 => socks5_proxy(&mut stream, to.port()).await,
            };
            if opened {
                let mut server = TcpStream::connect(to).await.unwrap();
                tokio::spawn(async move { copy_bidirectional(&mut stream, &mut server).await });
            }
        }
    });
    addr
}

async fn http_proxy(stream: &mut TcpStream, port: u16) -> bool {
    let mut asked = Vec::new();
    while !asked.ends_with(b"\r\n\r\n") {
        asked.push(stream.read_u8().await.unwrap());
    }
    let asked = String::from_utf8(asked).unwrap();
    assert!(asked.starts_with(&format!("CONNECT localhost:{port} HTTP/1.1\r\n")), "{asked}");
    // me:secret
    let known = asked.contains("\r\nProxy-Authorization: Basic bWU6c2VjcmV0\r\n");
    let answer = match known {
        true => "HTTP/1.1 200 Connection established\r\nVia: test\r\n\r\n",
        false => "HTTP/1.1 407 Proxy Authentication Required\r\n\r\n",
    };
    stream.write_all(answer.as_bytes()).await.unwrap();
    known
}

/// RFC 1928 and 1929.
async fn socks5_proxy(stream: &mut TcpStream, port: u16) -> bool {
    async fn take(stream: &mut TcpStream, length: u8) -> Vec<u8> {
        let mut bytes = vec![0; usize::from(length)];
        stream.read_exact(&mut bytes).await.unwrap();
        bytes
    }
    assert_eq!(stream.read_u8().await.unwrap(), 5);
    let count = stream.read_u8().await.unwrap();
    if !take(stream, count).await.contains(&2) {
        stream.write_all(&[5, 0xff]).await.unwrap();
        return false;
    }
    stream.write_all(&[5, 2]).await.unwrap();
    assert_eq!(stream.read_u8().await.unwrap(), 1);
    let length = stream.read_u8().await.unwrap();
    let name = take(stream, length).await;
    let length = stream.read_u8().await.unwrap();
    let known = (&name[..], &take(stream, length).await[..]) == (b"me", b"secret");
    stream.write_all(&[1, u8::from(!known)]).await.unwrap();
    if !known {
        return false;
    }
    // The proxy looks up the name.
    assert_eq!(take(stream, 4).await, [5, 1, 0, 3]);
    let length = stream.read_u8().await.unwrap();
    assert_eq!(take(stream, length).await, b"localhost");
    assert_eq!(stream.read_u16().await.unwrap(), port);
    stream.write_all(&[5, 0, 0, 1, 127, 0, 0, 1, 0, 0]).await.unwrap();
    true
}

fn way(server: &Server, host: &str, trusted: Option<&PathBuf>, proxies: Proxies) -> Way {
    let trusted = trusted.map_or_else(tls::system, |file| tls::certificates(file));
    Way {
        address: ServerAddress { tls: true, host: host.into(), port: server.addr.port() },
        app_id: 7,
        tls: trusted.ok().map(|trusted| tls::config(&trusted).unwrap()),
        proxies: Arc::new(RwLock::new(proxies)),
    }
}

#[tokio::test]
async fn nobody_is_believed_without_a_certificate() {
    let server = server().await;
    let trusted = way(&server, "localhost", Some(&server.file), Proxies::default());
    trusted.connect().await.map(drop).unwrap();
    // The same server under a name that the certificate does not have.
    let named = way(&server, "127.0.0.1", Some(&server.file), Proxies::default());
    let refusal = named.connect().await.map(drop).unwrap_err();
    assert_eq!((refusal.error.code, refusal.is_final), (9503, false), "{refusal:?}");
    // And one of an authority that nobody trusts.
    let other = self::server().await;
    let unknown = way(&server, "localhost", Some(&other.file), Proxies::default());
    assert_eq!(unknown.connect().await.map(drop).unwrap_err().error.code, 9503);
    let system = way(&server, "localhost", None, Proxies::default());
    if system.tls.is_some() {
        assert_eq!(system.connect().await.map(drop).unwrap_err().error.code, 9503);
    }
}

#[tokio::test]
async fn through_proxies() {
    let server = server().await;
    for kind in [ProxyKind::Http, ProxyKind::Socks5] {
        let addr = proxy(kind, server.addr).await;
        let connect = async |account: Option<(&str, &str)>| {
            let account = account.map(|(name, password)| (name.to_owned(), password.to_owned()));
            let through = Proxy { kind, host: addr.ip().to_string(), port: addr.port(), account };
            let mut proxies = Proxies::default();
            proxies.socks5 = Some(through);
            let way = way(&server, "localhost", Some(&server.file), proxies);
            way.connect().await.map(drop)
        };
        connect(Some(("me", "secret"))).await.unwrap_or_else(|error| panic!("{kind:?}: {error:?}"));
        for wrong in [None, Some(("me", "wrong"))] {
            let refusal = connect(wrong).await.unwrap_err();
            assert_eq!(refusal.error.code, 9508, "{kind:?}");
            assert!(refusal.error.desc.starts_with("proxy: "), "{refusal:?}");
        }
    }
}

#[tokio::test]
async fn what_cannot_be_reached() {
    let nobody = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    for (host, code) in [("127.0.0.1", 9511), ("no such host.invalid", 9516)] {
        let way = Way {
            address: ServerAddress { tls: false, host: host.into(), port: nobody.port() },
            app_id: 7,
            tls: None,
            proxies: Arc::default(),
        };
        let refusal = way.connect().await.map(drop).unwrap_err();
        assert_eq!((refusal.error.code, refusal.is_final), (code, false), "{refusal:?}");
    }
}

/// What such a connection was for can be asked over the next one.
#[tokio::test]
async fn a_connection_that_is_cut_before_it_is_open() {
    for part in ["", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: webs"] {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let way = Way {
            address: ServerAddress { tls: false, host: "127.0.0.1".into(), port },
            app_id: 7,
            tls: None,
            proxies: Arc::default(),
        };
        let server = async {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut asked = Vec::new();
            while !asked.ends_with(b"\r\n\r\n") {
                asked.push(stream.read_u8().await.unwrap());
            }
            stream.write_all(part.as_bytes()).await.unwrap();
        };
        let (connected, ()) = tokio::join!(way.connect(), server);
        let refusal = connected.map(drop).unwrap_err();
        assert_eq!((refusal.error.code, refusal.is_final), (9517, false), "{part}: {refusal:?}");
    }
}

#[test]
fn refusals_by_http() {
    let mut headers = HeaderMap::new();
    let missing = refused(7, StatusCode::NOT_FOUND, &headers);
    assert!(missing.is_final && missing.error.code == 70020, "{missing:?}");
    assert!(missing.error.desc.contains("application 7,"), "{missing:?}");
    assert!(refused(7, StatusCode::BAD_REQUEST, &headers).is_final);
    headers.insert(header::RETRY_AFTER, "7".parse().unwrap());
    let busy = refused(7, StatusCode::SERVICE_UNAVAILABLE, &headers);
    assert!(!busy.is_final, "{busy:?}");
    assert_eq!(busy.retry_after, Some(Duration::from_secs(7)));
}
