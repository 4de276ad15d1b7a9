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

impl Client {
    /// The profiles of users, in the order asked for; unknown users are left out.
    pub fn profiles(&self, users: Vec<String>, reply: Reply<Vec<UserProfile>>) {
        self.call(reply, |core, reply| {
            let request = wire::Request::Profile(Request::Get { users });
            core.request(request, |core, answer| {
                let answer = match answer {
                    Ok(Response::Profile(Answer::Profiles(list))) => Ok(list),
                    Ok(_) => Err(Error::from(Code::SdkInternalError)),
                    Err(error) => Err(error),
                };
                for profile in answer.iter().flatten() {
                    let user = profile.identifier.clone();
                    let fresh = core.relearn(&user, |known| known.profile.clone_from(profile));
                    if let Err(error) = fresh {
                        tracing::error!("{}", error.desc);
                    }
                }
                core.out.reply(|| reply(answer));
            });
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

impl Core {
    /// What the account's log tells about this area.
    pub(crate) fn profile_notice(&mut self, notice: Notice) -> Result<(), Error> {
        let Notice::Changed { user, item, time, by } = notice;
        self.relearn(&user, |known| known.profile.apply(&item))?;
        let own_device = self.local.as_ref().is_some_and(|local| local.is_own_session(by));
        if user != self.owner {
            let item = FriendProfileItem { extra: fields(&item), ..FriendProfileItem::default() };
            self.out.friend_updated(FriendProfileUpdate { identifier: user.clone(), item });
        } else if own_device {
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
    match serde_json::to_value(item) {
        Ok(Value::Object(fields)) => fields,
        _ => serde_json::Map::new(),
    }
}
