//! What is set for an application in a database that servers share, which need not be of one version.

use std::path::PathBuf;

use imsdk_types::{Code, Error};
use serde::{Deserialize, Serialize};
use toml::{Table, Value};

use super::AppSettings;

/// As the database has them.
#[derive(Serialize, Deserialize)]
pub(crate) struct SharedSettings {
    #[serde(flatten)]
    pub(crate) settings: AppSettings,
    /// What a newer server has set: it stays as it is, and must not keep a key from being taken away.
    #[serde(flatten)]
    others: Table,
}

impl SharedSettings {
    /// Reads what the database has for an application.
    ///
    /// # Errors
    /// 6017 with the name and the reason, for a value that this server cannot take.
    pub(crate) fn read(app: u64, text: &str) -> Result<Self, Error> {
        let place = PathBuf::from(format!("settings of application {app} in the database"));
        let table: Table = crate::config::parse(&place, text)?;
        let wrong = |name: &str, reason: &str| {
            let text = format!("{}: {name}{reason}", place.display());
            Error::new(Code::InvalidParameters, text)
        };
        for (name, value) in &table {
            // Each by itself, so that the error names it.
            let one = Table::from_iter([(name.clone(), value.clone())]);
            let read = one.try_into::<Self>();
            read.map_err(|error| wrong(name, &format!(": {}", error.message())))?;
        }
        Value::Table(table).try_into().map_err(|error| wrong("", error.message()))
    }

    /// With other settings, but what this server does not know.
    pub(crate) fn with(self, settings: AppSettings) -> Self {
        Self { settings, ..self }
    }

    /// Names that this server does not know, if there are any.
    pub(crate) fn unknown(&self) -> Option<String> {
        let names: Vec<&str> = self.others.keys().map(String::as_str).collect();
        (!names.is_empty()).then(|| names.join(", "))
    }

    /// For the database.
    ///
    /// # Errors
    /// 7012; never seen.
    pub(crate) fn text(&self) -> Result<String, Error> {
        toml::to_string(self).map_err(|error| Error::new(Code::SdkInternalError, error.to_string()))
    }
}
