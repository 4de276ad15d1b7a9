//! Accounts, devices and sessions: who is logged in where, and who is kicked.

use imsdk_types::wire::{LoggedIn, Login, Response};
use imsdk_types::{Code, Error, limits};

use crate::blobs::no_room;
use crate::store::{Device, DeviceState, Scope, Store};
use crate::sync::is_lost;
use crate::{Clock, DevicePolicy, Keys, News, Service, Session, scope, usersig};

/// Entries that are removed at a time: at least, so that it is not done for a few; at most, so that nobody waits for it.
const TRIM: u64 = 256;
const TRIM_MOST: u64 = 10_000;

impl<C: Clock> Service<C> {
    /// Begins a session (LOGIN-1, LOGIN-2, KICK-1, KICK-2): verifies the signature, makes the account at its first login,
    /// and ends the sessions of other devices that are too many ([`DevicePolicy`]): by default those of the same platform.
    ///
    /// A device that was kicked while its program was not running is told so once, with 6208; the next try succeeds.
    ///
    /// # Errors
    /// 7003 for a malformed user id, 70001…70016 for the signature, 70051 for a blocked account, 6208, 6019 for a store that failed.
    /// **After 6208 the unit of work must be committed**: it remembers that the device was told.
    pub async fn login<S: Store>(
        &self,
        store: &mut S,
        login: &Login,
        news: &mut News,
    ) -> Result<LoggedIn, Error> {
        if !limits::is_user_id(&login.user) {
            return Err(Error::from(Code::SdkCommInvalidIdentifier));
        }
        if login.user_sig.is_empty() {
            return Err(Error::from(Code::SvrAccountUsersigEmpty));
        }
        let now = self.clock.now();
        let expires_at = self.verify(login, now)?;
        store.hold(scope::of_user(&login.user)).await?;
        let account = match store.account(&login.user).await? {
            Some(account) => account,
            None if self.policy.create_accounts => store.create_account(&login.user, now).await?,
            None => return Err(Error::from(Code::SvrAccountNotFound)),
        };
        if store.is_shut_out(account).await? {
            return Err(Error::from(Code::SvrAccountBlacklist));
        }
        let devices = store.devices(account).await?;
        let own = devices.iter().find(|device| device.device == login.device);
        if let Some(own) = own
            && own.state == DeviceState::Kicked
        {
            store.put_device(account, Device { state: DeviceState::Out, ..*own }).await?;
            return Err(Error::from(Code::LoginKickedOffByOther));
        }
        let others = devices.iter().filter(|other| other.device != login.device);
        for other in too_many(self.policy.devices, login.platform, others) {
            end(store, account, other, news).await?;
        }
        if let Some(own) = own
            && own.state == DeviceState::In
        {
            // The same device once more: if its old program still runs, it must learn that it was replaced.
            news.sessions.insert((account, own.session));
        }
        if own.is_none() && devices.len() >= limits::DEVICES {
            let idle = devices.iter().filter(|device| device.state != DeviceState::In);
            if let Some(oldest) = idle.min_by_key(|device| device.session) {
                store.remove_device(account, oldest.device).await?;
            }
        }
        let tail = store.log_tail(account).await?;
        let head = store.log_head(account).await?;
        let resync = login.cursor.is_some_and(|cursor| is_lost(cursor, tail, head));
        let cursor = match login.cursor.filter(|_| !resync) {
            Some(cursor) => {
                set_delivered(store, account, cursor).await?;
                cursor
            }
            // A new device gets what no other device has got yet; the rest is history.
            None => store.delivered(account).await?,
        };
        let session = store.next_session().await?;
        let device = Device {
            device: login.device,
            platform: login.platform,
            session,
            state: DeviceState::In,
            cursor,
            seen: now,
        };
        store.put_device(account, device).await?;
        trim(store, account, now).await?;
        Ok(LoggedIn { account, session, cursor, expires_at, server_time: now, resync })
    }

    /// Whether a login is signed, so that more than a refusal may come of it.
    pub fn is_signed(&self, login: &Login) -> bool {
        limits::is_user_id(&login.user) && self.verify(login, self.clock.now()).is_ok()
    }

    /// When the signature of a login runs out.
    fn verify(&self, login: &Login, now: u64) -> Result<Option<u64>, Error> {
        let Keys::OneOf(keys) = &self.policy.keys else { return Ok(None) };
        let mut refused = Error::from(Code::SvrAccountUsersigPublickeyNotFound);
        for key in keys {
            let app = self.policy.sdk_app_id;
            match usersig::verify(key, app, &login.user, &login.user_sig, now) {
                Ok(verified) => return Ok(Some(verified.expires_at)),
                Err(error) => refused = error,
            }
            // Only this depends on the key.
            if !refused.is(Code::SvrAccountUsersigMismatchPublickey) {
                break;
            }
        }
        Err(refused)
    }

    /// Ends the sessions of a user, on all devices or on those of a platform; how many. Each device is told so as after a login
    /// elsewhere. For the operator.
    ///
    /// # Errors
    /// 70107 without such an account; 6019 for a store that failed.
    pub async fn kick<S: Store>(
        &self,
        store: &mut S,
        user: &str,
        platform: Option<u8>,
        news: &mut News,
    ) -> Result<usize, Error> {
        let account = hold(store, user).await?;
        let mut ended = 0;
        for device in store.devices(account).await? {
            if device.state == DeviceState::In && platform.is_none_or(|it| it == device.platform) {
                end(store, account, &device, news).await?;
                ended += 1;
            }
        }
        Ok(ended)
    }

    /// Keeps an account out, and ends its sessions; or lets it in again. For the operator.
    ///
    /// A user who has never logged in can be kept out too: that makes the account.
    ///
    /// # Errors
    /// 7003 for a malformed user id; 70107 without an account that could be let in again; 6019 for a store that failed.
    pub async fn set_blocked<S: Store>(
        &self,
        store: &mut S,
        user: &str,
        blocked: bool,
        news: &mut News,
    ) -> Result<(), Error> {
        if !limits::is_user_id(user) {
            return Err(Error::from(Code::SdkCommInvalidIdentifier));
        }
        store.hold(scope::of_user(user)).await?;
        let account = match store.account(user).await? {
            Some(account) => account,
            None if blocked => store.create_account(user, self.clock.now()).await?,
            None => return Err(Error::from(Code::SvrAccountNotFound)),
        };
        store.set_shut_out(account, blocked).await?;
        if blocked {
            self.kick(store, user, None, news).await?;
        }
        Ok(())
    }

    /// How many bytes of files an account may still bring.
    ///
    /// # Errors
    /// 6019 for a store that failed.
    pub async fn file_room<S: Store>(&self, store: &mut S, account: u64) -> Result<u64, Error> {
        let brought = store.file_bytes(account).await?;
        Ok(self.policy.file_bytes.saturating_sub(brought))
    }

    /// An account brings so many bytes of files, which count from now on.
    ///
    /// # Errors
    /// 6008 if those are too many; 6019 for a store that failed.
    pub async fn take_file_room<S: Store>(
        &self,
        store: &mut S,
        account: u64,
        bytes: u64,
    ) -> Result<(), Error> {
        match store.add_file_bytes(account, bytes, self.policy.file_bytes).await? {
            true => Ok(()),
            false => Err(no_room()),
        }
    }

    /// Whether a session is still the one of its device, without telling the device. A server asks now and then, since nothing but a
    /// pull asks by itself.
    ///
    /// # Errors
    /// 6019 for a store that failed.
    pub async fn is_current<S: Store>(
        &self,
        store: &mut S,
        session: &Session,
    ) -> Result<bool, Error> {
        let devices = store.devices(session.account).await?;
        let own = devices.iter().find(|device| device.device == session.device);
        Ok(own.is_some_and(|own| own.session == session.session && own.state == DeviceState::In))
    }

    /// Notes how far a device has come.
    pub(crate) async fn passed<S: Store>(
        &self,
        store: &mut S,
        session: &Session,
        cursor: u64,
    ) -> Result<Response, Error> {
        let cursor = set_delivered(store, session.account, cursor).await?;
        let now = self.clock.now();
        let devices = store.devices(session.account).await?;
        if let Some(own) = devices.into_iter().find(|device| device.session == session.session) {
            let cursor = cursor.max(own.cursor);
            store.put_device(session.account, Device { cursor, seen: now, ..own }).await?;
            trim(store, session.account, now).await?;
        }
        Ok(Response::Done)
    }

    /// Ends a session that has not been replaced meanwhile.
    pub(crate) async fn logout<S: Store>(
        &self,
        store: &mut S,
        session: &Session,
        cursor: u64,
        news: &mut News,
    ) -> Result<Response, Error> {
        self.passed(store, session, cursor).await?;
        let devices = store.devices(session.account).await?;
        if let Some(own) = devices.iter().find(|device| device.device == session.device)
            && own.session == session.session
        {
            store.put_device(session.account, Device { state: DeviceState::Out, ..*own }).await?;
            self.leave_live(store, session, news).await?;
        }
        Ok(Response::Done)
    }

    /// Whether another login took this session's place. A device that learns it here has been told, and has said with it how far it has
    /// come.
    pub(crate) async fn is_kicked<S: Store>(
        &self,
        store: &mut S,
        session: &Session,
        cursor: u64,
    ) -> Result<bool, Error> {
        let replaced = |own: &Device| own.session != session.session;
        let mut own = own_device(store, session).await?;
        if own.is_some_and(|own| !replaced(&own) && own.state == DeviceState::Kicked) {
            // It was only looked at so far; a login may come in between.
            store.hold(Scope::account(session.account)).await?;
            own = own_device(store, session).await?;
        }
        let Some(own) = own else { return Ok(true) };
        if !replaced(&own) && own.state == DeviceState::Kicked {
            let passed = set_delivered(store, session.account, cursor).await?;
            let cursor = passed.max(own.cursor);
            let state = DeviceState::Out;
            store.put_device(session.account, Device { state, cursor, ..own }).await?;
        }
        Ok(replaced(&own) || own.state != DeviceState::In)
    }
}

async fn own_device<S: Store>(store: &mut S, session: &Session) -> Result<Option<Device>, Error> {
    let devices = store.devices(session.account).await?;
    Ok(devices.into_iter().find(|device| device.device == session.device))
}

/// An account that the operator is about to change.
async fn hold<S: Store>(store: &mut S, user: &str) -> Result<u64, Error> {
    store.hold(scope::of_user(user)).await?;
    existing(store, user).await
}

async fn existing<S: Store>(store: &mut S, user: &str) -> Result<u64, Error> {
    let account = store.account(user).await?;
    account.ok_or_else(|| Error::from(Code::SvrAccountNotFound))
}

/// The devices that must make room for one more of a platform: those that logged in first.
fn too_many<'a>(
    policy: DevicePolicy,
    platform: u8,
    others: impl Iterator<Item = &'a Device>,
) -> Vec<&'a Device> {
    let mut there: Vec<_> = others.filter(|device| device.state == DeviceState::In).collect();
    there.sort_unstable_by_key(|device| std::cmp::Reverse(device.session));
    // With the one that comes.
    let (mut alike, mut all) = (1, 1);
    there.retain(|device| {
        let stays =
            all < policy.in_all && (device.platform != platform || alike < policy.per_platform);
        if stays {
            all += 1;
            alike += u32::from(device.platform == platform);
        }
        !stays
    });
    there
}

/// Ends the session of a device, which is told when it next asks.
async fn end<S: Store>(
    store: &mut S,
    account: u64,
    device: &Device,
    news: &mut News,
) -> Result<(), Error> {
    store.put_device(account, Device { state: DeviceState::Kicked, ..*device }).await?;
    news.sessions.insert((account, device.session));
    Ok(())
}

/// Nobody has got what is not there yet: the account's other devices would miss it. The place that is believed.
async fn set_delivered<S: Store>(store: &mut S, account: u64, cursor: u64) -> Result<u64, Error> {
    let cursor = cursor.min(store.log_head(account).await?);
    store.set_delivered(account, cursor).await?;
    Ok(cursor)
}

/// Removes what all devices that may be waited for have got.
async fn trim<S: Store>(store: &mut S, account: u64, now: u64) -> Result<(), Error> {
    let devices = store.devices(account).await?;
    let waited = |device: &&Device| now.saturating_sub(device.seen) <= limits::DEVICE_SECONDS;
    let Some(passed) = devices.iter().filter(waited).map(|device| device.cursor).min() else {
        return Ok(());
    };
    let upto = passed.min(store.delivered(account).await?);
    let tail = store.log_tail(account).await?;
    if upto >= tail + TRIM {
        store.trim_log(account, upto.min(tail + TRIM_MOST)).await?;
    }
    Ok(())
}
