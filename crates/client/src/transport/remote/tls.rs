//! Whom a connection trusts: the system's authorities, or those of a file in their place.

use std::path::Path;
use std::sync::Arc;

use imsdk_types::{Code, Error};
use rustls::crypto::ring;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};

/// The certificates of authorities in a file (PEM).
///
/// # Errors
/// Why there are none.
pub(crate) fn certificates(file: &Path) -> Result<Vec<CertificateDer<'static>>, String> {
    let place = file.display();
    let read: Result<Vec<_>, _> = CertificateDer::pem_file_iter(file)
        .and_then(Iterator::collect)
        .map_err(|error| format!("{place}: {error}"));
    match read {
        Ok(found) if found.is_empty() => Err(format!("{place}: there is no certificate in it")),
        read => read,
    }
}

/// The system's authorities.
pub(super) fn system() -> Result<Vec<CertificateDer<'static>>, String> {
    let found = rustls_native_certs::load_native_certs();
    match (found.certs.is_empty(), found.errors.first()) {
        (false, _) => Ok(found.certs),
        (true, Some(error)) => Err(format!("the system's certificates: {error}")),
        (true, None) => Err("this system has no certificates: name a file of them".into()),
    }
}

fn refused(reason: String) -> Error {
    Error::new(Code::InvalidParameters, reason)
}

/// Whom to trust: nobody where there is no `tls`.
///
/// # Errors
/// 6017 if nobody can be trusted.
pub(super) fn trusted(
    tls: bool,
    ca_file: Option<&Path>,
) -> Result<Vec<CertificateDer<'static>>, Error> {
    match (ca_file, tls) {
        (_, false) => Ok(Vec::new()),
        (Some(file), true) => certificates(file).map_err(refused),
        (None, true) => system().map_err(refused),
    }
}

/// [`config`] where there is `tls`.
///
/// # Errors
/// 6017 if nobody can be trusted.
pub(super) fn config_for(
    tls: bool,
    trusted: &[CertificateDer<'static>],
) -> Result<Option<Arc<ClientConfig>>, Error> {
    tls.then(|| config(trusted)).transpose().map_err(refused)
}

/// Trusts these authorities, and nobody without a certificate of theirs.
pub(super) fn config(trusted: &[CertificateDer<'static>]) -> Result<Arc<ClientConfig>, String> {
    let mut roots = RootCertStore::empty();
    // A system may have old ones that cannot be read.
    roots.add_parsable_certificates(trusted.iter().cloned());
    if roots.is_empty() {
        return Err("none of the certificates is that of an authority".into());
    }
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(Arc::new(config))
}
