//! Profiles of users.

mod told;

use imsdk_types::wire::profile::{Card, Notice, Request, Response as Answer};
use imsdk_types::wire::{self, Response};
use imsdk_types::{
    Code, Error, GenderType, ProfileAddPermission, UserProfile, UserProfileItem, limits,
};

use crate::store::{Friend, Store};
use crate::sync::{Filled, tell};
use crate::{Clock, News, Service, Session, custom};

pub(crate) use told::Told;

/// How many profiles are read at a time.
const AT_ONCE: usize = 500;

/// How many accounts are told at a time.
const PAGE: u32 = 500;

impl<C: Clock> Service<C> {
    /// Answers a request of this area.
    pub(crate) async fn profile<S: Store>(
        &self,
        store: &mut S,
        session: &Session,
        request: Request,
        news: &mut News,
    ) -> Result<Response, Error> {
        if let Request::Get { users } | Request::Cards { users } = &request
            && users.len() > limits::USERS
        {
            let text = "too many users in one request";
            return Err(Error::new(Code::SvrProfileInvalidParameters, text));
        }
        match request {
            Request::Get { users } => {
                let list = profiles(store, users).await?;
                Ok(Response::Profile(Answer::Profiles(list)))
            }
            Request::Cards { users } => {
                let list = cards(store, session.account, users).await?;
                Ok(Response::Profile(Answer::Cards(list)))
            }
            Request::Modify(item) => self.modify_profile(store, session, *item, news).await,
        }
    }

    /// Changes the own profile; tells the account's devices and those who have it as a friend.
    async fn modify_profile<S: Store>(
        &self,
        store: &mut S,
        session: &Session,
        mut item: UserProfileItem,
        news: &mut News,
    ) -> Result<Response, Error> {
        check(&mut item)?;
        if item.is_empty() {
            return Ok(Response::Done);
        }
        let now = self.clock.now();
        if !self.told.admits(session.account, now) {
            let text = "friends were told of too many changes in this hour";
            return Err(Error::new(Code::SvrCommReqFreqLimit, text));
        }
        let body = store.profile(session.account).await?;
        let mut stored = read(body.as_deref().unwrap_or_default())?;
        stored.merge(&item);
        let fields = stored.custom_string_array.as_ref().map_or(0, Vec::len);
        if fields > limits::CUSTOM_FIELDS {
            return Err(Error::new(Code::SvrProfileTagNotFound, "too many custom fields"));
        }
        let body = serde_json::to_string(&stored)
            .map_err(|error| Error::new(Code::SerializeReqFailed, error.to_string()))?;
        store.put_profile(session.account, &body).await?;
        let notice = wire::Notice::Profile(Notice::Changed {
            user: session.user.clone(),
            item: Box::new(item),
            time: now,
            by: session.session,
        });
        tell(store, session.account, &notice, news).await?;
        let length = serde_json::to_string(&notice).map_or(0, |text| text.len() as u64);
        let mut after = 0;
        loop {
            let page = store.friend_of(session.account, after, PAGE).await?;
            for account in &page {
                tell(store, *account, &notice, news).await?;
            }
            let bytes = page.len() as u64 * length;
            self.told.add(session.account, now, bytes);
            match page.last() {
                Some(last) if page.len() == PAGE as usize => after = *last,
                _ => return Ok(Response::Done),
            }
        }
    }
}

/// What an account has set.
fn read(body: &str) -> Result<UserProfileItem, Error> {
    match body {
        "" => Ok(UserProfileItem::default()),
        body => serde_json::from_str(body)
            .map_err(|error| Error::new(Code::DatabaseOperateFailed, error.to_string())),
    }
}

/// A user, and what was set, as it is kept.
pub(crate) struct Stored {
    user: String,
    body: String,
}

impl Stored {
    /// The profile, with what was never set empty or 0, for an answer.
    pub(crate) fn profile(self, filled: &mut Filled) -> Result<UserProfile, Error> {
        let item = read(&self.body)?;
        match item.custom_string_array {
            Some(_) => filled.add_fields(&self.body),
            None => filled.add(&self.body),
        }
        let mut profile = UserProfile { identifier: self.user, ..UserProfile::default() };
        profile.apply(&item);
        Ok(profile)
    }
}

/// The profile of an account, with what it never set empty or 0.
pub(crate) async fn profile_of<S: Store>(
    store: &mut S,
    account: u64,
) -> Result<UserProfile, Error> {
    let mut list = stored(store, &[account]).await?;
    list.pop().map_or_else(|| Ok(UserProfile::default()), |it| it.profile(&mut Filled::default()))
}

/// What accounts have set, in their order.
pub(crate) async fn stored<S: Store>(
    store: &mut S,
    accounts: &[u64],
) -> Result<Vec<Stored>, Error> {
    let users = store.account_ids(accounts).await?;
    let bodies = store.profiles(accounts).await?;
    let stored =
        |(user, body): (String, Option<String>)| Stored { user, body: body.unwrap_or_default() };
    Ok(users.into_iter().zip(bodies).map(stored).collect())
}

/// A user as lists show it.
pub(crate) struct Named {
    pub(crate) user: String,
    pub(crate) nick_name: String,
    pub(crate) face_url: String,
}

/// Accounts as lists show them, in their order.
pub(crate) async fn named<S: Store>(store: &mut S, accounts: &[u64]) -> Result<Vec<Named>, Error> {
    let mut list = Vec::with_capacity(accounts.len());
    for accounts in accounts.chunks(AT_ONCE) {
        for Stored { user, body } in stored(store, accounts).await? {
            let UserProfileItem { nick_name, face_url, .. } = read(&body)?;
            let (nick_name, face_url) =
                (nick_name.unwrap_or_default(), face_url.unwrap_or_default());
            list.push(Named { user, nick_name, face_url });
        }
    }
    Ok(list)
}

/// Profiles of accounts, in their order. 80002 where they are too long for one answer: whoever asked asks for fewer at a time.
async fn profiles_of<S: Store>(store: &mut S, accounts: &[u64]) -> Result<Vec<UserProfile>, Error> {
    let (mut list, mut filled) = (Vec::with_capacity(accounts.len()), Filled::default());
    for accounts in accounts.chunks(AT_ONCE) {
        for stored in stored(store, accounts).await? {
            if filled.is_full() {
                let text = "the profiles of so many users are too long for one answer";
                return Err(Error::new(Code::SvrCommBodySizeLimit, text));
            }
            list.push(stored.profile(&mut filled)?);
        }
    }
    Ok(list)
}

async fn profiles<S: Store>(store: &mut S, users: Vec<String>) -> Result<Vec<UserProfile>, Error> {
    if users.is_empty() {
        return Err(Error::from(Code::SvrProfileAccountMiss));
    }
    let accounts: Vec<u64> = store.accounts(&users).await?.into_iter().flatten().collect();
    if accounts.is_empty() {
        return Err(Error::from(Code::SvrProfileAccountNotFound));
    }
    profiles_of(store, &accounts).await
}

async fn cards<S: Store>(
    store: &mut S,
    account: u64,
    users: Vec<String>,
) -> Result<Vec<Card>, Error> {
    let accounts: Vec<u64> = store.accounts(&users).await?.into_iter().flatten().collect();
    let profiles = profiles_of(store, &accounts).await?;
    let friends = store.friends_among(account, &accounts).await?;
    let card = |(profile, friend): (UserProfile, Option<Friend>)| Card {
        profile,
        remark: friend.map(|friend| friend.remark),
    };
    Ok(profiles.into_iter().zip(friends).map(card).collect())
}

/// Checks the values and gives the custom fields their full names.
fn check(item: &mut UserProfileItem) -> Result<(), Error> {
    let location = item.location.as_ref().map(|location| &location.0);
    for (key, text) in [
        ("user_profile_item_nick_name", item.nick_name.as_ref()),
        ("user_profile_item_face_url", item.face_url.as_ref()),
        ("user_profile_item_self_signature", item.self_signature.as_ref()),
        ("user_profile_item_location", location),
    ] {
        custom::check_length(key, text.map_or("", String::as_str))?;
    }
    let bad = |text: String| Err(Error::new(Code::SvrProfileValueError, text));
    if location.is_some_and(|location| location.len() > limits::PROFILE_LOCATION) {
        let most = limits::PROFILE_LOCATION;
        return bad(format!("user_profile_item_location: longer than {most} bytes"));
    }
    if let Some(gender) = item.gender.filter(|it| GenderType::try_from(*it).is_err()) {
        return bad(format!("user_profile_item_gender: there is no {gender}"));
    }
    let permission = item.add_permission.filter(|it| ProfileAddPermission::try_from(*it).is_err());
    if let Some(permission) = permission {
        return bad(format!("user_profile_item_add_permission: there is no {permission}"));
    }
    if item.custom_string_array.as_ref().is_some_and(|list| list.len() > limits::CUSTOM_FIELDS) {
        return Err(Error::new(Code::SvrProfileTagNotFound, "too many custom fields"));
    }
    for field in item.custom_string_array.iter_mut().flatten() {
        field.key = custom::check(custom::PROFILE, &field.key, &field.value)?;
    }
    Ok(())
}
