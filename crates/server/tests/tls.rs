//! TLS: the server's own certificate, one that is changed, and what is refused.

mod support;

use std::io::Write;
use std::net::{IpAddr, SocketAddr, TcpStream, UdpSocket};
use std::path::Path;
use std::sync::Arc;

use imsdk_server::{Config, Identity, Server};
use imsdk_testkit::until;
use imsdk_types::wire::frame::socket_path;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};
use tungstenite::client::IntoClientRequest;

/// Connects to a server as one that trusts an authority alone.
fn connect(server: &Server, authority: &Path, name: &str) -> Result<(), String> {
    reach(server.addr(), authority, name)
}

fn reach(addr: SocketAddr, authority: &Path, name: &str) -> Result<(), String> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(authority).unwrap()).unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = ServerName::try_from(name.to_owned()).unwrap();
    let tls = ClientConnection::new(Arc::new(config), name).unwrap();
    let stream = TcpStream::connect(addr).unwrap();
    stream.set_read_timeout(Some(support::SOON)).unwrap();
    let url = format!("ws://localhost{}", socket_path(support::APP));
    let mut request = url.into_client_request().unwrap();
    request.headers_mut().insert("Sec-WebSocket-Protocol", "imsdk.v1".parse().unwrap());
    let (mut socket, _) = tungstenite::client(request, StreamOwned::new(tls, stream))
        .map_err(|error| error.to_string())?;
    let welcome = socket.read().map_err(|error| error.to_string())?;
    assert!(welcome.to_text().unwrap().contains("Welcome"));
    Ok(())
}

fn encrypted(dir: &Path) -> Config {
    Config { plain: false, ..Config::local(dir) }
}

#[test]
fn a_server_without_a_certificate_makes_one_that_its_clients_can_trust() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(encrypted(dir.path())).unwrap();
    let authority = server.authority().unwrap().to_owned();
    for name in ["localhost", "127.0.0.1"] {
        connect(&server, &authority, name).unwrap();
    }
    assert!(connect(&server, &authority, "example.com").unwrap_err().contains("certificate"));
    let before = std::fs::read(&authority).unwrap();
    server.shutdown();
    let server = Server::start(encrypted(dir.path())).unwrap();
    assert_eq!(std::fs::read(&authority).unwrap(), before, "it stays the same");
    connect(&server, &authority, "localhost").unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let key = std::fs::metadata(dir.path().join("tls/key.pem")).unwrap();
        assert_eq!(key.permissions().mode() & 0o777, 0o600);
    }
    let other = tempfile::tempdir().unwrap();
    let stranger = Server::start(encrypted(other.path())).unwrap();
    assert!(connect(&stranger, &authority, "localhost").is_err(), "it is somebody else");
}

#[test]
fn a_certificate_is_changed_without_a_restart() {
    let (first, second) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let made = |dir: &Path| {
        let server = Server::start(encrypted(dir)).unwrap();
        server.authority().unwrap().parent().unwrap().to_owned()
    };
    let (old, new) = (made(first.path()), made(second.path()));
    let dir = tempfile::tempdir().unwrap();
    let file = |name: &str| dir.path().join(name);
    let copy = |from: &Path| {
        for name in ["cert.pem", "key.pem"] {
            std::fs::copy(from.join(name), file(name)).unwrap();
        }
    };
    copy(&old);
    let identity = Identity { certificate: file("cert.pem"), key: file("key.pem") };
    let config = Config { identity: Some(identity), ..encrypted(&dir.path().join("data")) };
    let server = Server::start(config).unwrap();
    assert_eq!(server.authority(), None);
    connect(&server, &old.join("ca.pem"), "localhost").unwrap();
    copy(&new);
    server.reload().unwrap();
    connect(&server, &new.join("ca.pem"), "localhost").unwrap();
    assert!(connect(&server, &old.join("ca.pem"), "localhost").is_err());
    std::fs::write(file("cert.pem"), "nothing").unwrap();
    let error = server.reload().unwrap_err();
    assert!(error.desc.contains("cert.pem"), "{}", error.desc);
    connect(&server, &new.join("ca.pem"), "localhost").unwrap();
}

#[test]
fn handshakes_that_come_to_no_end_are_ended_and_disturb_nobody() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(encrypted(dir.path())).unwrap();
    let authority = server.authority().unwrap().to_owned();
    // The beginning of a ClientHello that is said to be long.
    let begun = [22, 3, 1, 2, 0, 1, 0, 1, 0xfc, 3, 3];
    let begin = |length: usize| {
        let mut stream = TcpStream::connect(server.addr()).unwrap();
        stream.write_all(&begun[..length]).unwrap();
        stream
    };
    let _silent: Vec<TcpStream> = (0..60).map(|number| begin(number % begun.len())).collect();
    let mut drips: Vec<TcpStream> = (0..20).map(|_| begin(begun.len())).collect();
    for _ in 0..10 {
        connect(&server, &authority, "localhost").unwrap();
    }
    // Who says a little again and again has no more time than who says nothing.
    until("the end of all handshakes", || {
        drips.iter_mut().for_each(|stream| drop(stream.write_all(&[0])));
        server.connections() == 0
    });
}

/// The address of this machine in its network, if it is in one: nothing is sent.
fn own_address() -> Option<IpAddr> {
    let socket = UdpSocket::bind("0.0.0.0:0").ok()?;
    socket.connect("192.0.2.1:9").ok()?;
    Some(socket.local_addr().ok()?.ip()).filter(|address| !address.is_loopback())
}

#[test]
fn one_address_has_its_share_and_this_machine_has_all() {
    let dir = tempfile::tempdir().unwrap();
    let mut config = Config { listen: "0.0.0.0:0".parse().unwrap(), ..encrypted(dir.path()) };
    config.limits.connections_per_address = 3;
    let server = Server::start(config).unwrap();
    let port = server.addr().port();
    let authority = server.authority().unwrap().to_owned();
    let hold = |address: IpAddr| [(); 3].map(|()| TcpStream::connect((address, port)).unwrap());
    let here = IpAddr::from([127, 0, 0, 1]);
    let _local = hold(here);
    let reach = |address| reach((address, port).into(), &authority, "localhost");
    reach(here).unwrap();
    let Some(address) = own_address() else { return };
    let held = hold(address);
    until("all of them", || server.connections() == 6);
    assert!(reach(address).unwrap_err().contains("503"));
    reach(here).unwrap();
    drop(held);
    until("room", || reach(address).is_ok());
}

#[test]
fn without_tls_a_server_listens_on_loopback_alone() {
    let dir = tempfile::tempdir().unwrap();
    let config = Config { listen: "0.0.0.0:0".parse().unwrap(), ..Config::local(dir.path()) };
    let error = Server::start(config).err().unwrap();
    assert!(error.code == 6017 && error.desc.contains("loopback"), "{}", error.desc);
}

#[test]
fn a_key_that_does_not_belong_to_the_certificate_is_refused() {
    let (first, second) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    drop(Server::start(encrypted(first.path())).unwrap());
    drop(Server::start(encrypted(second.path())).unwrap());
    let identity = Identity {
        certificate: first.path().join("tls/cert.pem"),
        key: second.path().join("tls/key.pem"),
    };
    let dir = tempfile::tempdir().unwrap();
    let refused = |identity: &Identity| {
        let config = Config { identity: Some(identity.clone()), ..encrypted(dir.path()) };
        let error = Server::start(config).err().unwrap();
        assert_eq!(error.code, 6017);
        error.desc
    };
    let told = |setting: &str, file: &Path| format!("{setting}: {}: ", file.display());
    let error = refused(&identity);
    assert!(error.starts_with(&told("certificate", &identity.certificate)), "{error}");
    let nowhere = dir.path().join("key.pem");
    let error = refused(&Identity { key: nowhere.clone(), ..identity });
    assert!(error.starts_with(&told("private_key", &nowhere)), "{error}");
}

#[cfg(unix)]
#[test]
fn a_client_is_pointed_at_a_name_that_the_certificate_is_for() {
    use support::process::{greeted, im_server};
    let dir = tempfile::tempdir().unwrap();
    let serve = |names: &[&str]| {
        let log = dir.path().join("log");
        let mut process = im_server(dir.path());
        process.args(["--listen", "127.0.0.1:0", "--metrics", "off", "--log", "warn"]);
        process.args(names).stderr(std::fs::File::create(&log).unwrap());
        let (running, said) = greeted(&mut process);
        let told = |start: &str| {
            said.iter().find_map(|line| line.strip_prefix(start)).expect(start).to_owned()
        };
        let addr: SocketAddr = told("listening on wss://").parse().unwrap();
        let server = told("IMSDK_SERVER=wss://");
        let host = server.strip_suffix(&format!(":{}", addr.port())).unwrap().to_owned();
        let name = host.trim_matches(['[', ']']);
        let reached = reach(addr, Path::new(&told("IMSDK_CA_FILE=")), name);
        drop(running);
        (host, reached, std::fs::read_to_string(log).unwrap())
    };
    let remade = |names: &[&str]| {
        let _ = std::fs::remove_dir_all(dir.path().join("tls"));
        let (host, reached, log) = serve(names);
        reached.unwrap();
        assert_eq!(log, "");
        host
    };
    assert_eq!(remade(&[]), "localhost");
    assert_eq!(remade(&["--names", "::1"]), "[::1]");
    assert_eq!(remade(&["--names", "chat.example.com,*.example.org"]), "chat.example.com");
    // It stays as it is, and that is told.
    let (_, reached, log) = serve(&["--names", "im.example.org,chat.example.com"]);
    assert!(reached.is_ok() && log.is_empty(), "{log}");
    let (_, reached, log) = serve(&["--names", "chat.example.net,chat.example.com"]);
    assert!(reached.unwrap_err().contains("certificate"));
    assert!(log.contains("chat.example.net") && !log.contains("than chat.example.com"), "{log}");
}
