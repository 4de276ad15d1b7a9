//! A connection to the server: name, TCP, perhaps a proxy, TLS, WebSocket.

use std::io::{self, ErrorKind};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use imsdk_types::wire::frame;
use imsdk_types::{Code, Error};
use parking_lot::RwLock;
use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpStream, lookup_host};
use tokio::time::{Instant, timeout, timeout_at};
use tokio_rustls::TlsConnector;
use tokio_tungstenite::tungstenite::client::ClientRequestBuilder;
use tokio_tungstenite::tungstenite::error::{Error as SocketError, ProtocolError};
use tokio_tungstenite::tungstenite::http::{HeaderMap, StatusCode, Uri, header};
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::{WebSocketStream, client_async_with_config};

use super::{proxy, tls};
use crate::config::{Proxies, ServerAddress};

/// How long a try may take, from the name to the WebSocket.
const TRY: Duration = Duration::from_secs(10);

/// The longest frame that is taken from a server.
const LONGEST: usize = 16 << 20;

/// Bytes that are read at once. They are there as long as the connection, so not many.
const READ: usize = 16 << 10;

/// What a connection is made of.
pub trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

/// A connection as far as the WebSocket.
pub type Socket = WebSocketStream<Box<dyn Stream>>;

/// Where to, and how.
pub struct Way {
    pub(super) address: ServerAddress,
    pub(super) app_id: u64,
    /// For addresses with TLS.
    pub(super) tls: Option<Arc<ClientConfig>>,
    pub(super) proxies: Arc<RwLock<Proxies>>,
}

/// Why there is no connection.
#[derive(Debug)]
pub struct Refusal {
    /// The code, and what was seen.
    pub error: Error,
    /// The server wants no other try for so long.
    pub retry_after: Option<Duration>,
    /// Another try would end the same way, until somebody changes something.
    pub is_final: bool,
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        Self { error, retry_after: None, is_final: false }
    }
}

fn failed(error: &io::Error) -> Error {
    let code = match error.kind() {
        ErrorKind::ConnectionRefused => Code::SdkNetConnRefuse,
        ErrorKind::TimedOut => Code::SdkNetConnTimeout,
        ErrorKind::ConnectionReset | ErrorKind::ConnectionAborted | ErrorKind::UnexpectedEof => {
            Code::SdkNetConnectReset
        }
        ErrorKind::NetworkUnreachable
        | ErrorKind::HostUnreachable
        | ErrorKind::NetworkDown
        | ErrorKind::AddrNotAvailable => Code::SdkNetNetUnreach,
        _ => Code::SdkNetDisconnect,
    };
    Error::new(code, error.to_string())
}

impl Way {
    /// A way without proxies.
    ///
    /// # Errors
    /// 6017 if nobody can be trusted: neither `ca_file` nor, without it, the system has an authority.
    pub fn new(address: ServerAddress, app_id: u64, ca_file: Option<&Path>) -> Result<Self, Error> {
        let tls = tls::config_for(address.tls, &tls::trusted(address.tls, ca_file)?)?;
        Ok(Self { address, app_id, tls, proxies: Arc::default() })
    }

    /// Goes it once.
    ///
    /// # Errors
    /// See [`Refusal`].
    pub async fn connect(&self) -> Result<Socket, Refusal> {
        match timeout(TRY, self.try_connect()).await {
            Ok(result) => result,
            Err(_) => Err(Error::from(Code::SdkNetConnTimeout).into()),
        }
    }

    async fn try_connect(&self) -> Result<Socket, Refusal> {
        let stream = self.stream().await?;
        let address = &self.address;
        let uri = format!("{address}{}", frame::socket_path(self.app_id));
        let uri: Uri = uri
            .parse()
            .map_err(|_| Error::new(Code::SdkInternalError, "the address makes no URL"))?;
        let request = frame::PROTOCOLS
            .iter()
            .fold(ClientRequestBuilder::new(uri), |request, it| request.with_sub_protocol(*it));
        let config = WebSocketConfig::default()
            .read_buffer_size(READ)
            .max_message_size(Some(LONGEST))
            .max_frame_size(Some(LONGEST));
        match client_async_with_config(request, stream, Some(config)).await {
            Ok((socket, _)) => Ok(socket),
            Err(SocketError::Http(answer)) => {
                Err(refused(self.app_id, answer.status(), answer.headers()))
            }
            Err(SocketError::Io(error)) => Err(failed(&error).into()),
            // The connection was cut before the server had answered.
            Err(SocketError::Protocol(ProtocolError::HandshakeIncomplete)) => {
                Err(Error::from(Code::SdkNetConnectReset).into())
            }
            Err(error) => {
                // It answers, but not in any of our ways.
                let error = Error::new(Code::SdkInterfaceNotSupport, error.to_string());
                Err(Refusal { is_final: true, ..error.into() })
            }
        }
    }

    async fn stream(&self) -> Result<Box<dyn Stream>, Error> {
        let ServerAddress { tls, host, port } = &self.address;
        if !tls {
            return Ok(Box::new(reach(host, *port, true).await?));
        }
        let config = self.tls.clone().ok_or_else(|| Error::from(Code::SdkInternalError))?;
        let name = ServerName::try_from(host.clone())
            .map_err(|error| Error::new(Code::SdkNetHostGetaddrinfoFailed, error.to_string()))?;
        let through = self.proxies.read().for_connection(host).cloned();
        let stream = match through {
            Some(through) => {
                let stream = reach(&through.host, through.port, false).await?;
                proxy::open(&through, stream, host, *port).await?
            }
            None => Box::new(reach(host, *port, false).await?),
        };
        match TlsConnector::from(config).connect(name, stream).await {
            Ok(stream) => Ok(Box::new(stream)),
            // What the library for TLS has to say about the other side is wrapped in this kind.
            Err(error) if error.kind() == ErrorKind::InvalidData => {
                let inner = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>());
                let unknown =
                    rustls::Error::InvalidCertificate(rustls::CertificateError::UnknownIssuer);
                let hint = match inner {
                    Some(inner) if *inner == unknown => {
                        " (whom to trust says ca_file, or IMSDK_CA_FILE)"
                    }
                    _ => "",
                };
                Err(Error::new(Code::SdkNetAuthInvalid, format!("{error}{hint}")))
            }
            Err(error) => Err(failed(&error)),
        }
    }
}

/// Connects to the first address of a host that answers.
async fn reach(host: &str, port: u16, only_here: bool) -> Result<TcpStream, Error> {
    let found = lookup_host((host, port)).await.map_err(|error| {
        Error::new(Code::SdkNetHostGetaddrinfoFailed, format!("{host}: {error}"))
    })?;
    let found: Vec<_> = found.filter(|at| !only_here || at.ip().is_loopback()).collect();
    let mut why = Error::new(Code::SdkNetHostGetaddrinfoFailed, format!("{host}: no address"));
    let end = Instant::now() + TRY;
    for (tried, at) in found.iter().enumerate() {
        // One that does not answer leaves time for the others.
        let share = (end - Instant::now()) / (found.len() - tried) as u32;
        match timeout_at(Instant::now() + share, TcpStream::connect(at)).await {
            Ok(Ok(stream)) => {
                // Frames are written whole.
                let _ = stream.set_nodelay(true);
                return Ok(stream);
            }
            Ok(Err(error)) => {
                why = failed(&error);
                why.desc = format!("{at}: {error}").into();
            }
            Err(_) => why = Error::new(Code::SdkNetConnTimeout, format!("{at} does not answer")),
        }
    }
    Err(why)
}

/// The server, or something before it, answers by HTTP that it wants no connection.
fn refused(app_id: u64, status: StatusCode, headers: &HeaderMap) -> Refusal {
    let seconds = headers
        .get(header::RETRY_AFTER)
        .and_then(|value| value.to_str().ok()?.trim().parse().ok())
        .map(Duration::from_secs);
    let (code, is_final) = match status {
        StatusCode::NOT_FOUND => (Code::SvrAccountSdkappidNotFound, true),
        StatusCode::BAD_REQUEST => (Code::SdkInterfaceNotSupport, true),
        _ => (Code::SdkNetDisconnect, false),
    };
    let mut text = format!("the server answers {status}");
    if status == StatusCode::NOT_FOUND {
        text += &format!(": it has no application {app_id}, the sdk_app_id of TIMInit");
    }
    let error = Error::new(code, text);
    Refusal { error, retry_after: seconds, is_final }
}

#[cfg(test)]
mod tests;
