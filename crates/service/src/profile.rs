//! Profiles of users.

mod told;

use imsdk_types::wire::profile::{Card, Notice, Request, Response as Answer};
use imsdk_types::wire::{self, Response};
use imsdk_types::{
    Code, Error, GenderType, ProfileAddPermission, UserProfile, UserProfileItem, limits,
};

use crate::store::Store;
use crate::sync::{Filled, tell};
use crate::{Clock, News, Service, Session, custom};

pub(crate) use told::Told;

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
        let (mut stored, _) = stored(store, session.account).await?;
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

/// What an account has set, and as what it is kept.
async fn stored<S: Store>(store: &mut S, account: u64) -> Result<(UserProfileItem, String), Error> {
    let body = store.profile(account).await?.unwrap_or_default();
    let item = match body.as_str() {
        "" => UserProfileItem::default(),
        body => serde_json::from_str(body)
            .map_err(|error| Error::new(Code::DatabaseOperateFailed, error.to_string()))?,
    };
    Ok((item, body))
}

/// The profile of an account, with what it never set empty or 0.
pub(crate) async fn profile_of<S: Store>(
    store: &mut S,
    account: u64,
) -> Result<UserProfile, Error> {
    add_profile(store, account, &mut Filled::default()).await
}

/// The same, for an answer with many.
pub(crate) async fn add_profile<S: Store>(
    store: &mut S,
    account: u64,
    filled: &mut Filled,
) -> Result<UserProfile, Error> {
    let mut profile =
        UserProfile { identifier: store.account_id(account).await?, ..UserProfile::default() };
    let (item, body) = stored(store, account).await?;
    filled.add_fields(&body);
    profile.apply(&item);
    Ok(profile)
}

/// 80002: whoever asked asks for fewer at a time.
fn has_room(filled: &Filled) -> Result<(), Error> {
    match filled.is_full() {
        false => Ok(()),
        true => {
            let text = "the profiles of so many users are too long for one answer";
            Err(Error::new(Code::SvrCommBodySizeLimit, text))
        }
    }
}

async fn profiles<S: Store>(store: &mut S, users: Vec<String>) -> Result<Vec<UserProfile>, Error> {
    if users.is_empty() {
        return Err(Error::from(Code::SvrProfileAccountMiss));
    }
    let (mut list, mut filled) = (Vec::with_capacity(users.len()), Filled::default());
    for user in users {
        if let Some(account) = store.account(&user).await? {
            has_room(&filled)?;
            list.push(add_profile(store, account, &mut filled).await?);
        }
    }
    if list.is_empty() {
        return Err(Error::from(Code::SvrProfileAccountNotFound));
    }
    Ok(list)
}

async fn cards<S: Store>(
    store: &mut S,
    account: u64,
    users: Vec<String>,
) -> Result<Vec<Card>, Error> {
    let (mut list, mut filled) = (Vec::with_capacity(users.len()), Filled::default());
    for user in users {
        if let Some(peer) = store.account(&user).await? {
            has_room(&filled)?;
            let friend = store.friend(account, peer).await?;
            list.push(Card {
                profile: add_profile(store, peer, &mut filled).await?,
                remark: friend.map(|friend| friend.remark),
            });
        }
    }
    Ok(list)
}

/// Checks the values and gives the custom fields their full names.
fn check(item: &mut UserProfileItem) -> Result<(), Error> {
    let location = item.location.as_ref().map_or(0, |location| location.0.len());
    let texts = [&item.nick_name, &item.face_url, &item.self_signature];
    if texts.into_iter().flatten().any(|text| text.len() > limits::PROFILE_VALUE)
        || location > limits::PROFILE_VALUE
    {
        return Err(Error::from(Code::SvrProfileSizeLimit));
    }
    let bad = location > limits::PROFILE_LOCATION
        || item.gender.is_some_and(|it| GenderType::try_from(it).is_err())
        || item.add_permission.is_some_and(|it| ProfileAddPermission::try_from(it).is_err());
    if bad {
        return Err(Error::from(Code::SvrProfileValueError));
    }
    if item.custom_string_array.as_ref().is_some_and(|list| list.len() > limits::CUSTOM_FIELDS) {
        return Err(Error::new(Code::SvrProfileTagNotFound, "too many custom fields"));
    }
    for field in item.custom_string_array.iter_mut().flatten() {
        field.key = custom::check(custom::PROFILE, &field.key, &field.value)?;
    }
    Ok(())
}
