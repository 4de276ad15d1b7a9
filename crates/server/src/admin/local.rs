//! The socket of the administration: a Unix socket in the data directory.

use std::convert::Infallible;
use std::io::{self, Read, Write};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use http_body_util::{BodyExt, Full, Limited};
use hyper::Response;
use hyper::body::Bytes;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use imsdk_types::wire::frame::Failure;
use imsdk_types::{Code, Error};
use tokio::net::UnixListener;

use super::{Command, Outcome};
use crate::server::Shared;

/// Name of the socket in the data directory.
const SOCKET: &str = "admin.sock";

/// Bytes of a command.
const COMMAND: usize = 1 << 20;

/// How long a command may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// Opens the socket. The data directory is this server's alone: what lies there is of one that has died.
pub(crate) fn listen(data: &Path) -> io::Result<UnixListener> {
    use std::os::unix::fs::PermissionsExt;
    let path = data.join(SOCKET);
    let _ = std::fs::remove_file(&path);
    let listener = UnixListener::bind(&path)?;
    std::fs::set_permissions(&path, PermissionsExt::from_mode(0o600))?;
    Ok(listener)
}

/// Answers commands.
pub(crate) async fn serve(listener: UnixListener, server: Arc<Shared>) {
    while let Ok((stream, _)) = listener.accept().await {
        let server = Arc::clone(&server);
        tokio::spawn(async move {
            let service = service_fn(|request: hyper::Request<hyper::body::Incoming>| async {
                let body = Limited::new(request.into_body(), COMMAND).collect().await;
                let outcome = match body.map(|body| serde_json::from_slice(&body.to_bytes())) {
                    Ok(Ok(command)) => server.command(command).await.map_err(Failure::from),
                    Ok(Err(error)) => Err(refused(&error.to_string())),
                    Err(error) => Err(refused(&error.to_string())),
                };
                let text = serde_json::to_vec(&outcome).unwrap_or_default();
                Ok::<_, Infallible>(Response::new(Full::new(Bytes::from(text))))
            });
            let served = http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(PATIENCE)
                .serve_connection(TokioIo::new(stream), service);
            if let Err(error) = served.await {
                tracing::debug!("administration: {error}");
            }
        });
    }
}

fn refused(text: &str) -> Failure {
    Failure::from(Error::new(Code::InvalidParameters, text.to_owned()))
}

/// Gives a command to the server that runs on a data directory.
///
/// # Errors
/// 6022 if none runs there, or it takes too long; otherwise what the server answers.
pub fn send(data: &Path, command: &Command) -> Result<serde_json::Value, Error> {
    let path = data.join(SOCKET);
    let failed = |error: io::Error| {
        let is_late = matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut);
        if is_late {
            let seconds = PATIENCE.as_secs();
            let text = format!("no answer within {seconds} seconds; it may be done all the same");
            return Error::new(Code::IoOperationFailed, text);
        }
        let text = format!(
            "{}: {error} (does im-server run there? --data DIR, or IM_SERVER_DATA, names its data directory)",
            path.display()
        );
        Error::new(Code::IoOperationFailed, text)
    };
    let mut stream = UnixStream::connect(&path).map_err(failed)?;
    stream.set_read_timeout(Some(PATIENCE)).map_err(failed)?;
    let body = serde_json::to_string(command)
        .map_err(|error| Error::new(Code::SdkInternalError, error.to_string()))?;
    let head = "POST / HTTP/1.1\r\nHost: im-server\r\nConnection: close\r\nContent-Length";
    write!(stream, "{head}: {}\r\n\r\n{body}", body.len()).map_err(failed)?;
    let mut reply = String::new();
    stream.read_to_string(&mut reply).map_err(failed)?;
    let body = reply.split_once("\r\n\r\n").map_or("", |(_, body)| body);
    let outcome: Outcome = serde_json::from_str(body)
        .map_err(|error| Error::new(Code::ParseResponseFailed, error.to_string()))?;
    outcome.map_err(Error::from)
}
