//! The rules of the chat service: who may do what, what it changes, and who learns of it.
//!
//! [`Service`] answers each [`Request`] inside one unit of work of a [`Store`]. It does no I/O of its own: the
//! transaction is begun and committed by whoever runs it (the embedded transport for a batch of requests,
//! the server for its connections), who then rings the doorbell of the accounts in [`News`].

#![forbid(unsafe_code)]

mod account;
pub mod blobs;
mod conversation;
mod custom;
#[cfg(feature = "sqlite")]
pub mod database;
#[cfg_attr(unix, path = "disk/unix.rs")]
#[cfg_attr(windows, path = "disk/windows.rs")]
pub mod disk;
#[cfg_attr(unix, path = "fork/unix.rs")]
#[cfg_attr(windows, path = "fork/windows.rs")]
pub mod fork;
mod friendship;
mod group;
mod message;
mod news;
mod profile;
mod scope;
pub mod store;
mod sync;
pub mod usersig;

pub use disk::private_dir;
pub use group::{GroupPolicy, Tip, TipFamily, TipSwitches};
use imsdk_types::wire::{LoggedIn, Request, Response};
use imsdk_types::{Code, Error, limits};
pub use message::body_text;
pub use news::{News, Stretch, Written};
pub use scope::scope;
use store::Store;

/// The clock of a service.
pub trait Clock: Send + Sync {
    /// Unix time in seconds.
    fn now(&self) -> u64;
}

/// The machine's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> u64 {
        std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .map_or(0, |since| since.as_secs())
    }
}

/// What the owner of a service decides.
#[derive(Clone, Debug)]
pub struct Policy {
    /// The application that this service serves.
    pub sdk_app_id: u64,
    /// How signatures are verified.
    pub keys: Keys,
    /// Whether the first login of an unknown user id makes the account.
    pub create_accounts: bool,
    /// On how many devices an account may be logged in.
    pub devices: DevicePolicy,
    /// What friendship means in this application.
    pub relations: RelationPolicy,
    /// What groups are like in this application.
    pub groups: GroupPolicy,
    /// For how many seconds a message may be taken back.
    pub revoke_seconds: u64,
    /// Bytes of files that an account may bring to a server. What others have brought before costs nothing.
    pub file_bytes: u64,
}

/// How the signatures of an application are verified.
#[derive(Clone, PartialEq, Eq)]
pub enum Keys {
    /// Any signature that is not empty is good.
    Any,
    /// One of these keys has made it. With an old and a new one, keys change while programs go on with the tickets that they have.
    OneOf(Vec<String>),
}

impl Keys {
    /// The only key, or none.
    pub fn only(key: Option<String>) -> Self {
        key.map_or(Self::Any, |key| Self::OneOf(vec![key]))
    }
}

impl std::fmt::Debug for Keys {
    /// Everything but the keys.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Any => f.write_str("Any"),
            Self::OneOf(keys) => write!(f, "OneOf({})", keys.len()),
        }
    }
}

/// On how many devices an account may be logged in at once. A login beyond that ends the oldest sessions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DevicePolicy {
    /// Of one platform.
    pub per_platform: u32,
    /// Of all platforms.
    pub in_all: u32,
}

impl Default for DevicePolicy {
    fn default() -> Self {
        Self { per_platform: 1, in_all: limits::DEVICES as u32 }
    }
}

/// What friendship means in an application.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RelationPolicy {
    /// Whether only friends may send messages to each other.
    pub friends_only: bool,
    /// Whether a message to a user who has blocked the sender seems to succeed; otherwise it is refused.
    pub hide_blocks: bool,
    /// Friends of an account at most.
    pub max_friends: u64,
}

impl Default for RelationPolicy {
    fn default() -> Self {
        Self { friends_only: false, hide_blocks: false, max_friends: limits::FRIENDS }
    }
}

/// Who is asking: an account on a device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// The account's number.
    pub account: u64,
    /// The user id.
    pub user: String,
    /// The device.
    pub device: u64,
    /// The platform of the device.
    pub platform: u8,
    /// The number of the session.
    pub session: u64,
}

/// A service: its rules with their settings.
pub struct Service<C> {
    clock: C,
    policy: Policy,
    passing: group::Passing,
    told: profile::Told,
}

impl<C: Clock> Service<C> {
    /// A service with these settings.
    pub fn new(clock: C, policy: Policy) -> Self {
        Self { clock, policy, passing: group::Passing::default(), told: profile::Told::default() }
    }

    /// Answers a request other than [`Request::Login`].
    ///
    /// # Errors
    /// The documented code of the rule that was broken, or of a store that failed. A store failure leaves the unit of
    /// work unfit for a commit.
    pub async fn handle<S: Store>(
        &self,
        store: &mut S,
        session: &Session,
        request: Request,
        news: &mut News,
    ) -> Result<Response, Error> {
        store.hold(scope::of(session, &request)).await?;
        match request {
            Request::Service => Ok(Response::Service(store.service_id().await?)),
            Request::Login(_) => Err(Error::from(Code::InvalidParameters)),
            Request::Logout { cursor } => self.logout(store, session, cursor, news).await,
            Request::Passed { cursor } => self.passed(store, session, cursor).await,
            Request::Send(outgoing) => {
                self.send(store, session, outgoing, news).await.map(Response::Accepted)
            }
            Request::Pull { after, own } => {
                self.pull(store, session, after, own).await.map(Response::Page)
            }
            Request::History { conv, before, count } => {
                self.history(store, session, &conv, before, count).await
            }
            Request::ReportRead { conv, time, upto } => {
                self.report_read(store, session, &conv, (time, upto), news).await
            }
            Request::Unread { conv, before, after, without_tips } => {
                self.unread(store, session, &conv, (after, before), without_tips).await
            }
            Request::DeleteConv { conv, upto } => {
                self.delete_conv(store, session, &conv, upto).await
            }
            Request::RecentConvs | Request::RecentConvsWithoutTips => {
                let without_tips = matches!(request, Request::RecentConvsWithoutTips);
                let list = self.recent_convs(store, session, without_tips).await?;
                Ok(Response::RecentConvs(list))
            }
            Request::Group(request) => self.group(store, session, request, news).await,
            Request::Friendship(request) => self.friendship(store, session, request, news).await,
            Request::Message(request) => self.message(store, session, request, news).await,
            Request::Profile(request) => self.profile(store, session, request, news).await,
            // Contents are no matter of the rules: who answers has to do with where they lie.
            Request::File(_) => Err(Error::from(Code::SdkInterfaceNotSupport)),
        }
    }
}

impl Session {
    /// The session that a login was granted.
    pub fn new(login: &imsdk_types::wire::Login, granted: &LoggedIn) -> Self {
        Self {
            account: granted.account,
            user: login.user.clone(),
            device: login.device,
            platform: login.platform,
            session: granted.session,
        }
    }
}
