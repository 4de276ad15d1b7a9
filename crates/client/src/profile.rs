//! Profiles of users.

use imsdk_types::wire::profile::{Notice, Request, Response as Answer};
use imsdk_types::wire::{self, Response};
use imsdk_types::{
    Code, Elem, Error, FriendProfileItem, FriendProfileUpdate, ProfileChangeElem,
    ProfileChangeType, UserProfile, UserProfileItem,
};
use serde_json::Value;

use crate::Client;
use crate::client::Reply;
use crate::core::Core;

/// §8.4: the first generation of the interface that hears of a friend's profile as of what is stored about the friend. Before, it is told
/// as a message.
const FRIEND_UPDATES: u8 = 5;

impl Client {
    /// The profiles of users, in the order asked for; unknown users are left out.
    ///
    /// What is stored here is taken of friends, whom the log keeps right, and of others where the service can't be asked. With
    /// `force_update` the service is asked for all, or the call fails.
    pub fn profiles(&self, users: Vec<String>, force_update: bool, reply: Reply<Vec<UserProfile>>) {
        self.call(self.stored(reply), move |core, reply| {
            let wanted = match force_update {
                true => users.clone(),
                false => users.iter().filter(|user| !core.is_friend(user)).cloned().collect(),
            };
            if wanted.is_empty() && !users.is_empty() {
                let list = core.known_profiles(&users);
                return core.out.reply(|| reply(Ok(list)));
            }
            let all = wanted.len() == users.len();
            let then = move |core: &mut Core, answer: Result<Vec<UserProfile>, Error>| {
                for profile in answer.iter().flatten() {
                    let user = profile.identifier.clone();
                    let fresh = core.relearn(&user, |known| known.profile.clone_from(profile));
                    if let Err(error) = fresh {
                        tracing::error!("{}", error.desc);
                    }
                }
                let answer = match answer {
                    Ok(list) if all => Ok(list),
                    Ok(list) => Ok(core.completed(&users, list)),
                    Err(error) if error.is(Code::SvrProfileAccountNotFound) && !all => {
                        Ok(core.completed(&users, Vec::new()))
                    }
                    Err(error) if !force_update && is_unreachable(&error) => {
                        let known = core.known_profiles(&users);
                        if known.is_empty() { Err(error) } else { Ok(known) }
                    }
                    Err(error) => Err(error),
                };
                core.out.reply(|| reply(answer));
            };
            core.ask_profiles(wanted, Vec::new(), Vec::new(), Box::new(then));
        });
    }

    /// Changes the profile of the user who is logged in: the fields that are given.
    pub fn modify_profile(&self, item: UserProfileItem, reply: Reply<()>) {
        self.call(reply, |core, reply| {
            let request = wire::Request::Profile(Request::Modify(Box::new(item)));
            core.change(request, |core, answer| {
                core.out.reply(|| reply(answer.map(drop)));
            });
        });
    }
}

/// Whether the service did not answer at all.
pub(crate) fn is_unreachable(error: &Error) -> bool {
    (9501..=9525).contains(&error.code) || error.is(Code::RequestTimeOut)
}

/// What happens with profiles that the service was asked for.
type Then = Box<dyn FnOnce(&mut Core, Result<Vec<UserProfile>, Error>) + Send>;

impl Core {
    /// Asks the service for the profiles of users, and of `rest` after them; of fewer at a time where they are too long for one answer.
    /// `told` are those that it has.
    fn ask_profiles(
        &mut self,
        users: Vec<String>,
        mut rest: Vec<String>,
        mut told: Vec<UserProfile>,
        then: Then,
    ) {
        let request = wire::Request::Profile(Request::Get { users: users.clone() });
        self.request(request, move |core, answer| {
            let mut users = users;
            let absent = |error: &Error| error.is(Code::SvrProfileAccountNotFound);
            match answer {
                Ok(Response::Profile(Answer::Profiles(list))) => told.extend(list),
                Ok(_) => return then(core, Err(Error::from(Code::SdkInternalError))),
                Err(error) if error.is(Code::SvrCommBodySizeLimit) && users.len() > 1 => {
                    let mut others = users.split_off(users.len() / 2);
                    others.append(&mut rest);
                    return core.ask_profiles(users, others, told, then);
                }
                // Not all of them: others were asked for as well.
                Err(error) if absent(&error) && !(rest.is_empty() && told.is_empty()) => {}
                Err(error) => return then(core, Err(error)),
            }
            match rest.is_empty() {
                true => then(core, Ok(told)),
                false => core.ask_profiles(rest, Vec::new(), told, then),
            }
        });
    }

    /// Whether the log keeps right what is stored about a user.
    fn is_friend(&self, user: &str) -> bool {
        let known = self.local.as_ref().and_then(|local| local.user(user).ok().flatten());
        known.is_some_and(|known| known.remark.is_some())
    }

    /// What is stored of these users.
    fn known_profiles(&self, users: &[String]) -> Vec<UserProfile> {
        let known = |user: &String| self.local.as_ref()?.user(user).ok().flatten();
        users.iter().filter_map(known).map(|known| known.profile.clone()).collect()
    }

    /// What the service has told, and of friends what is stored, in the order asked for.
    fn completed(&self, users: &[String], told: Vec<UserProfile>) -> Vec<UserProfile> {
        let mut told = told.into_iter().peekable();
        let mut list = Vec::with_capacity(users.len());
        for user in users {
            if told.peek().is_some_and(|next| next.identifier == *user) {
                list.extend(told.next());
            } else if self.is_friend(user) {
                list.extend(self.known_profiles(std::slice::from_ref(user)));
            }
        }
        list
    }

    /// What the account's log tells about this area.
    pub(crate) fn profile_notice(&mut self, notice: Notice) -> Result<(), Error> {
        let Notice::Changed { user, item, time, by } = notice;
        self.relearn(&user, |known| known.profile.apply(&item))?;
        let own_device = self.local.as_ref().is_some_and(|local| local.is_own_session(by));
        if user != self.owner && self.shared.generation() >= FRIEND_UPDATES {
            let item = FriendProfileItem { extra: fields(&item), ..FriendProfileItem::default() };
            self.out.friend_updated(FriendProfileUpdate { identifier: user, item });
            return Ok(());
        }
        if user == self.owner && own_device {
            return Ok(());
        }
        let change = ProfileChangeElem {
            change_type: ProfileChangeType::Profile as u32,
            from_identifier: user,
            user_profile_item: Some(item),
            ..ProfileChangeElem::default()
        };
        let message = self.service_message(Elem::ProfileChange(Box::new(change)), time);
        self.out.messages.push(message);
        Ok(())
    }
}

/// The fields that changed, under their keys.
fn fields(item: &UserProfileItem) -> serde_json::Map<String, Value> {
    serde_json::from_str(&imsdk_types::json::to_string(item)).unwrap_or_default()
}
