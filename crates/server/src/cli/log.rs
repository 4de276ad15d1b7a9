//! The log of the program: to standard error, without anything that users wrote.

use imsdk_server::LogFormat;
use imsdk_types::{Code, Error};
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::{Layer, SubscriberExt};
use tracing_subscriber::{Registry, fmt};

/// Starts it.
///
/// # Errors
/// 6017 for a level that there is not.
pub(crate) fn start(level: &str, format: LogFormat) -> Result<(), Error> {
    let refused =
        |reason: String| Error::new(Code::InvalidParameters, format!("log = {level:?}: {reason}"));
    // A word that is no level would count as the name of a module.
    let mut words = level.split(',').filter(|word| !word.contains('='));
    if let Some(word) = words.find(|word| word.trim().parse::<LevelFilter>().is_err()) {
        return Err(refused(format!("{word:?} is no level")));
    }
    let targets: Targets = level.parse().map_err(|error| refused(format!("{error}")))?;
    let lines = fmt::layer().with_writer(std::io::stderr).with_ansi(false);
    let lines = match format {
        LogFormat::Text => lines.boxed(),
        LogFormat::Json => lines.json().flatten_event(true).boxed(),
    };
    let log = Registry::default().with(lines.with_filter(targets));
    tracing::subscriber::set_global_default(log)
        .map_err(|error| Error::new(Code::SdkInternalError, error.to_string()))
}
