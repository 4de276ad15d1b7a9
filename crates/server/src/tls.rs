//! The server's certificate: the owner's, or one that the server makes for itself at its first start.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use imsdk_service::private_dir;
use imsdk_types::{Code, Error};
use parking_lot::RwLock;
use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, KeyUsagePurpose,
};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::client::verify_server_name;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use tokio_rustls::rustls::server::ParsedCertificate;

use crate::private;

/// Where a certificate and its key lie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The certificate, and those that lead to its authority, in PEM.
    pub certificate: PathBuf,
    /// Its key, in PEM.
    pub key: PathBuf,
}

/// The certificate that connections are made with.
pub(crate) struct Tls {
    identity: Identity,
    config: RwLock<Arc<ServerConfig>>,
}

/// What is wrong with the file of a setting.
fn refused(setting: &str, file: &Path, reason: &dyn std::fmt::Display) -> Error {
    Error::new(Code::InvalidParameters, format!("{setting}: {}: {reason}", file.display()))
}

impl Tls {
    /// Reads a certificate and its key.
    ///
    /// # Errors
    /// 6017 with the file and the reason.
    pub(crate) fn load(identity: Identity) -> Result<Self, Error> {
        let config = RwLock::new(read(&identity)?);
        Ok(Self { identity, config })
    }

    /// Reads them again. Connections that there are go on.
    ///
    /// # Errors
    /// As before; then the old ones stay in use.
    pub(crate) fn reload(&self) -> Result<(), Error> {
        let config = read(&self.identity)?;
        *self.config.write() = config;
        Ok(())
    }

    pub(crate) fn acceptor(&self) -> TlsAcceptor {
        TlsAcceptor::from(Arc::clone(&self.config.read()))
    }
}

fn read(Identity { certificate, key }: &Identity) -> Result<Arc<ServerConfig>, Error> {
    let wrong = |reason: &dyn std::fmt::Display| refused("certificate", certificate, reason);
    let wrong_key = |reason: &dyn std::fmt::Display| refused("private_key", key, reason);
    let chain = CertificateDer::pem_file_iter(certificate)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .map_err(|error| wrong(&error))?;
    if chain.is_empty() {
        return Err(wrong(&"there is no certificate in it"));
    }
    let private = PrivateKeyDer::from_pem_file(key).map_err(|error| wrong_key(&error))?;
    let provider = Arc::new(ring::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| wrong(&error))?
        .with_no_client_auth()
        .with_single_cert(chain, private)
        .map_err(|error| wrong(&error))?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    // Who comes back after a loss is spared half of the handshake, and the server keeps nothing for it.
    config.ticketer = ring::Ticketer::new().map_err(|error| wrong_key(&error))?;
    config.send_tls13_tickets = 1;
    Ok(Arc::new(config))
}

/// The certificate of a server whose owner has none: made at the first start, with an authority of its own that clients are pointed to,
/// and whose key nobody has.
///
/// # Errors
/// 6022 with the reason.
pub(crate) fn own(dir: &Path, names: &[String]) -> Result<(Identity, PathBuf), Error> {
    let authority = dir.join("ca.pem");
    let identity = Identity { certificate: dir.join("cert.pem"), key: dir.join("key.pem") };
    let whole = [&authority, &identity.certificate, &identity.key].iter().all(|it| it.exists());
    if whole {
        // Not made anew: no client would trust it until it has the new authority.
        for name in names.iter().filter(|name| !is_for(&identity.certificate, name)) {
            tracing::warn!(
                "{} was made for other names than {name}: whoever comes by that one refuses it. To have it made anew, remove {}, \
                 start again and give the clients its new ca.pem",
                identity.certificate.display(),
                dir.display(),
            );
        }
    } else {
        let (root, leaf, key) = make(names)
            .map_err(|error| Error::new(Code::InvalidParameters, format!("names: {error}")))?;
        let write = || {
            private_dir(dir)?;
            private::write(&identity.key, &key)?;
            private::write(&identity.certificate, &leaf)?;
            // The last one says that all are there.
            private::write(&authority, &root)
        };
        write().map_err(|error| {
            Error::new(Code::IoOperationFailed, format!("{}: {error}", dir.display()))
        })?;
    }
    Ok((identity, authority))
}

/// Whether a certificate is good for a name; what cannot be read is told of elsewhere.
fn is_for(certificate: &Path, name: &str) -> bool {
    let Ok(leaf) = CertificateDer::from_pem_file(certificate) else { return true };
    let Ok(leaf) = ParsedCertificate::try_from(&leaf) else { return true };
    host(name).is_some_and(|host| verify_server_name(&leaf, &host).is_ok())
}

/// What a certificate can be for: a host's name, or an address. One that is for all hosts of a domain is for each of them.
pub(crate) fn host(name: &str) -> Option<ServerName<'static>> {
    let one = name.strip_prefix("*.").map(|domain| format!("any.{domain}"));
    ServerName::try_from(one.unwrap_or_else(|| name.to_owned())).ok()
}

fn make(names: &[String]) -> Result<(String, String, String), rcgen::Error> {
    let mut root = CertificateParams::default();
    root.distinguished_name.push(DnType::CommonName, "im-server's own authority");
    root.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    root.key_usages = vec![KeyUsagePurpose::KeyCertSign];
    let root = CertifiedIssuer::self_signed(root, KeyPair::generate()?)?;
    let key = KeyPair::generate()?;
    let mut leaf = CertificateParams::new(names)?;
    let name = names.first().map_or("im-server", String::as_str);
    leaf.distinguished_name.push(DnType::CommonName, name);
    leaf.use_authority_key_identifier_extension = true;
    let leaf = leaf.signed_by(&key, &root)?;
    Ok((root.pem(), leaf.pem(), key.serialize_pem()))
}
