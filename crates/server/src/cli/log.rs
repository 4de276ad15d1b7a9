//! The log of the program: to standard error, without anything that users wrote.

use imsdk_server::LogFormat;
use imsdk_types::{Code, Error};
use tracing_subscriber::layer::{Layer, SubscriberExt};
use tracing_subscriber::{Registry, fmt};

/// Starts it.
///
/// # Errors
/// 6017 for a level that there is not.
pub(crate) fn start(level: &str, format: LogFormat) -> Result<(), Error> {
    let levels = imsdk_server::config::levels(level).map_err(|reason| {
        Error::new(Code::InvalidParameters, format!("log = {level:?}: {reason}"))
    })?;
    let lines = fmt::layer().with_writer(std::io::stderr).with_ansi(false);
    let lines = match format {
        LogFormat::Text => lines.boxed(),
        LogFormat::Json => lines.json().flatten_event(true).boxed(),
    };
    let log = Registry::default().with(lines.with_filter(levels));
    tracing::subscriber::set_global_default(log)
        .map_err(|error| Error::new(Code::SdkInternalError, error.to_string()))
}
