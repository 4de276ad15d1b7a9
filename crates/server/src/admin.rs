//! Administration of a running server: commands as JSON, over a socket in its data directory that only its owner can open.
//!
//! One `POST /` carries a [`Command`] and is answered with a `Result` of a JSON value and a failure.

#[cfg(unix)]
mod local;

use std::sync::Arc;

use imsdk_types::wire::frame::Failure;
use imsdk_types::{Code, CreateGroupParam, Error, GroupModifyInfoParam};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::app::{App, random_key};
use crate::apps::absent;
use crate::engine::Operator;
use crate::server::Shared;

#[cfg(unix)]
pub use local::send;
#[cfg(unix)]
pub(crate) use local::{listen, serve};

/// What the operator wants. `app`: `None` for the only application.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the fields are what their names say")]
pub enum Command {
    /// How the server does.
    Status,
    /// The applications with their settings, without keys.
    Apps,
    /// Make an application with a random key, or bring back one that was removed; for all servers that share the database.
    CreateApp { app: u64 },
    /// Remove an application from all of them; what it has stays.
    RemoveApp { app: u64 },
    /// Change settings of an application: names with values as in TOML.
    Set { app: Option<u64>, settings: Vec<(String, String)> },
    /// The keys of an application.
    Keys { app: Option<u64> },
    /// From now on a key is good too, and signs what is signed here; a random one if none is given.
    AddKey { app: Option<u64>, key: Option<String> },
    /// A key is good no more. Sessions that there are go on.
    RemoveKey { app: Option<u64>, key: String },
    /// End the sessions of a user, of all platforms or one.
    Kick { app: Option<u64>, user: String, platform: Option<u8> },
    /// Keep a user out, also before the first login; or let in again.
    Block { app: Option<u64>, user: String, blocked: bool },
    /// Make a group of whatever kind, which has no owner.
    CreateGroup { app: Option<u64>, group: Box<CreateGroupParam> },
    /// Change a group of whatever kind.
    ModifyGroup { app: Option<u64>, group: Box<GroupModifyInfoParam> },
    /// Take a group back.
    Dissolve { app: Option<u64>, group: String },
    /// Read certificate and settings again.
    Reload,
}

/// How a command ends.
pub type Outcome = Result<Value, Failure>;

impl Shared {
    /// Does what the operator wants.
    pub(crate) async fn command(self: &Arc<Self>, command: Command) -> Result<Value, Error> {
        match command {
            Command::Status => {
                let apps: Vec<Value> = self
                    .apps()
                    .iter()
                    .map(|app| {
                        let counts = app.hub.counts();
                        json!({
                            "app": app.id,
                            "connections": counts.connections,
                            "sessions": counts.sessions,
                        })
                    })
                    .collect();
                Ok(json!({ "connections": self.connections(), "apps": apps }))
            }
            Command::Apps => {
                let show = |app: &Arc<App>| {
                    let settings = app.settings();
                    let (keys, groups) = (settings.keys.len(), settings.max_groups);
                    let rate = settings.group_rate;
                    let mut value = serde_json::to_value(settings).unwrap_or_default();
                    value["keys"] = json!(keys);
                    // As they may be set, those without a limit too.
                    value["max_groups"] = json!(groups.unwrap_or_default());
                    value["group_rate"] = json!(rate.unwrap_or_default());
                    json!({ "app": app.id, "settings": value })
                };
                Ok(self.apps().iter().map(show).collect())
            }
            Command::CreateApp { app } => {
                let made = self.apps.create(app).await?;
                tracing::info!(app, "an application was made");
                Ok(json!({ "app": app, "key": made.keys().first() }))
            }
            Command::RemoveApp { app } => {
                // Perhaps another server has made it just now.
                drop(self.named(Some(app)).await?);
                self.apps.remove(app).await.map(|()| Value::Null)
            }
            Command::Set { app, settings } => {
                let app = self.named(app).await?;
                app.change(|known| known.changed(&settings)).await?;
                let names: Vec<&str> = settings.iter().map(|(name, _)| name.as_str()).collect();
                tracing::info!(app = app.id, "settings were changed: {}", names.join(", "));
                Ok(Value::Null)
            }
            Command::Keys { app } => Ok(json!(self.named(app).await?.keys())),
            Command::AddKey { app, key } => {
                let app = self.named(app).await?;
                let key = key.map_or_else(random_key, Ok)?;
                app.change(|known| {
                    let mut settings = known.clone();
                    if key.is_empty() || settings.keys.contains(&key) {
                        let text = "the key is empty, or there already";
                        return Err(Error::new(Code::InvalidParameters, text));
                    }
                    settings.keys.insert(0, key.clone());
                    Ok(settings)
                })
                .await?;
                tracing::info!(app = app.id, "a key was added");
                Ok(json!(key))
            }
            Command::RemoveKey { app, key } => {
                let app = self.named(app).await?;
                app.change(|known| {
                    let mut settings = known.clone();
                    settings.keys.retain(|it| *it != key);
                    if settings.keys.len() == known.keys.len() {
                        return Err(Error::new(Code::InvalidParameters, "there is no such key"));
                    }
                    Ok(settings)
                })
                .await?;
                match app.keys().is_empty() {
                    true => {
                        tracing::warn!(
                            app = app.id,
                            "the last key was removed: no signature is good"
                        )
                    }
                    false => tracing::info!(app = app.id, "a key was removed"),
                }
                Ok(Value::Null)
            }
            Command::Kick { app, user, platform } => {
                let app = self.named(app).await?;
                let ended = operate(&app, Operator::Kick { user, platform }).await?;
                tracing::info!(app = app.id, %ended, "a user was kicked");
                Ok(ended)
            }
            Command::Block { app, user, blocked } => {
                let app = self.named(app).await?;
                operate(&app, Operator::Block { user, blocked }).await?;
                tracing::info!(app = app.id, blocked, "a user was blocked or let in again");
                Ok(Value::Null)
            }
            Command::CreateGroup { app, group } => {
                let app = self.named(app).await?;
                let id = operate(&app, Operator::CreateGroup(group)).await?;
                tracing::info!(app = app.id, "a group was made");
                Ok(id)
            }
            Command::ModifyGroup { app, group } => {
                let app = self.named(app).await?;
                operate(&app, Operator::ModifyGroup(group)).await?;
                tracing::info!(app = app.id, "a group was changed");
                Ok(Value::Null)
            }
            Command::Dissolve { app, group } => {
                let app = self.named(app).await?;
                operate(&app, Operator::ReclaimGroup { group }).await?;
                tracing::info!(app = app.id, "a group was taken back");
                Ok(Value::Null)
            }
            Command::Reload => self.reload().await.map(|()| Value::Null),
        }
    }

    async fn named(&self, app: Option<u64>) -> Result<Arc<App>, Error> {
        let Some(id) = app else {
            let mut apps = self.apps();
            return match (apps.pop(), apps.is_empty()) {
                (Some(app), true) => Ok(app),
                _ => Err(Error::new(
                    Code::InvalidParameters,
                    "there are several applications: --app says which",
                )),
            };
        };
        self.apps.named(id).await?.ok_or_else(|| absent(id))
    }
}

async fn operate(app: &App, what: Operator) -> Result<Value, Error> {
    what.done(|work| app.submit(work)).await
}
