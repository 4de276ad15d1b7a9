//! Friends, requests, friend groups, the black list.

use imsdk_types::wire::friendship::{Notice, Request, Response as Answer};
use imsdk_types::wire::{self, Response};
use imsdk_types::{
    Code, CreateFriendGroupParam, Elem, Error, FriendGroupInfo, FriendProfile, FriendProfileUpdate,
    FriendResponse, FriendResult, FriendshipAddFriendParam, FriendshipCheckFriendTypeParam,
    FriendshipCheckFriendTypeResult, FriendshipDeleteFriendParam, FriendshipDeletePendencyParam,
    FriendshipGetPendencyListParam, FriendshipModifyFriendGroupParam,
    FriendshipModifyFriendProfileParam, PendencyPage,
};

use crate::client::Reply;
use crate::core::{Core, Outbound, now};
use crate::store::Known;
use crate::{Client, Event};

/// The first generation of the interface that has a code for it when a user to delete is no friend.
const NO_FRIEND: u8 = 5;

/// The first generation that has a code for it when a user to add is a friend already.
const ALREADY_FRIENDS: u8 = 8;

/// The first generation in which a change of a friend group is one of a name, of friends who come, and of friends who go: the first that is
/// given.
const ONE_CHANGE: u8 = 8;

/// What a call makes of the service's answer; `None` if that is another one.
type Pick<T> = fn(Answer) -> Option<T>;

fn one(answer: Answer) -> Option<FriendResult> {
    match answer {
        Answer::Result(result) => Some(result),
        _ => None,
    }
}

fn several(answer: Answer) -> Option<Vec<FriendResult>> {
    match answer {
        Answer::Results(results) => Some(results),
        _ => None,
    }
}

fn picked<T>(answer: Result<Response, Error>, pick: Pick<T>) -> Result<T, Error> {
    match answer? {
        Response::Friendship(answer) => {
            pick(answer).ok_or_else(|| Error::from(Code::SdkInternalError))
        }
        _ => Err(Error::from(Code::SdkInternalError)),
    }
}

impl Client {
    /// All friends.
    pub fn friends(&self, reply: Reply<Vec<FriendProfile>>) {
        self.call(self.stored(reply), |core, reply| {
            core.friend_pages(|after| Request::Friends { after }, 0, Vec::new(), reply);
        });
    }

    /// The users on the black list.
    pub fn black_list(&self, reply: Reply<Vec<FriendProfile>>) {
        self.call(reply, |core, reply| {
            core.friend_pages(|after| Request::Blocked { after }, 0, Vec::new(), reply);
        });
    }

    /// Adds a friend, or asks to.
    pub fn add_friend(&self, param: FriendshipAddFriendParam, reply: Reply<FriendResult>) {
        let told = self.without_code(Code::SvrFriendshipAlreadyFriends, ALREADY_FRIENDS);
        let reply = Box::new(move |answer: Result<FriendResult, Error>| {
            reply(answer.map(|mut result| {
                told(&mut result);
                result
            }));
        });
        self.friendship_change(Request::Add(Box::new(param)), one, reply);
    }

    /// Answers a friend request.
    pub fn respond_to_friend(&self, param: FriendResponse, reply: Reply<FriendResult>) {
        self.friendship_change(Request::Respond(param), one, reply);
    }

    /// Changes what is stored about a friend.
    pub fn modify_friend(&self, param: FriendshipModifyFriendProfileParam, reply: Reply<()>) {
        self.friendship_act(Request::Modify(Box::new(param)), reply);
    }

    /// Removes friends.
    pub fn delete_friends(
        &self,
        param: FriendshipDeleteFriendParam,
        reply: Reply<Vec<FriendResult>>,
    ) {
        let told = self.without_code(Code::SvrFriendshipDelNonfriend, NO_FRIEND);
        let reply = Box::new(move |answer: Result<Vec<FriendResult>, Error>| {
            reply(answer.map(|mut list| {
                list.iter_mut().for_each(told);
                list
            }));
        });
        self.friendship_change(Request::Delete(param), several, reply);
    }

    /// What a program sees where its generation has no code for something yet: 30001.
    fn without_code(&self, code: Code, since: u8) -> impl Fn(&mut FriendResult) + Send + use<> {
        let early = self.generation() < since;
        move |result| {
            if early && result.code == code as i32 {
                result.code = Code::SvrFriendshipInvalidParameters as i32;
            }
        }
    }

    /// Who has whom as friend.
    pub fn check_friends(
        &self,
        param: FriendshipCheckFriendTypeParam,
        reply: Reply<Vec<FriendshipCheckFriendTypeResult>>,
    ) {
        self.friendship_query(
            Request::Check(param),
            |answer| match answer {
                Answer::Relations(list) => Some(list),
                _ => None,
            },
            reply,
        );
    }

    /// Makes friend groups.
    pub fn create_friend_groups(
        &self,
        param: CreateFriendGroupParam,
        reply: Reply<Vec<FriendResult>>,
    ) {
        self.friendship_change(Request::CreateGroups(param), several, reply);
    }

    /// Friend groups by name; all without one.
    pub fn friend_groups(&self, names: Vec<String>, reply: Reply<Vec<FriendGroupInfo>>) {
        self.friendship_query(
            Request::Groups { names },
            |answer| match answer {
                Answer::Groups(list) => Some(list),
                _ => None,
            },
            reply,
        );
    }

    /// Changes a friend group.
    pub fn modify_friend_group(
        &self,
        mut param: FriendshipModifyFriendGroupParam,
        reply: Reply<Vec<FriendResult>>,
    ) {
        if self.generation() >= ONE_CHANGE {
            if !param.new_name.is_empty() {
                param.add_identifier_array.clear();
            }
            if !param.new_name.is_empty() || !param.add_identifier_array.is_empty() {
                param.delete_identifier_array.clear();
            }
        }
        self.friendship_change(Request::ModifyGroup(param), several, reply);
    }

    /// Deletes friend groups.
    pub fn delete_friend_groups(&self, names: Vec<String>, reply: Reply<()>) {
        self.friendship_act(Request::DeleteGroups { names }, reply);
    }

    /// Puts users on the black list.
    pub fn block(&self, users: Vec<String>, reply: Reply<Vec<FriendResult>>) {
        self.friendship_change(Request::Block { users }, several, reply);
    }

    /// Takes users off the black list.
    pub fn unblock(&self, users: Vec<String>, reply: Reply<Vec<FriendResult>>) {
        self.friendship_change(Request::Unblock { users }, several, reply);
    }

    /// A page of the friend requests.
    pub fn pendencies(&self, param: FriendshipGetPendencyListParam, reply: Reply<PendencyPage>) {
        self.friendship_query(
            Request::Pendencies(param),
            |answer| match answer {
                Answer::Pendencies(page) => Some(page),
                _ => None,
            },
            reply,
        );
    }

    /// Deletes friend requests.
    pub fn delete_pendencies(
        &self,
        param: FriendshipDeletePendencyParam,
        reply: Reply<Vec<FriendResult>>,
    ) {
        self.friendship_change(Request::DeletePendencies(param), several, reply);
    }

    /// Marks friend requests up to a Unix second as read; all with 0.
    pub fn read_pendencies(&self, time: u64, reply: Reply<()>) {
        self.friendship_act(Request::ReadPendencies { time }, reply);
    }

    fn friendship_query<T: Send + 'static>(
        &self,
        request: Request,
        pick: Pick<T>,
        reply: Reply<T>,
    ) {
        self.call(reply, move |core, reply| {
            core.request(wire::Request::Friendship(request), move |core, answer| {
                core.out.reply(move || reply(picked(answer, pick)));
            });
        });
    }

    fn friendship_change<T: Send + 'static>(
        &self,
        request: Request,
        pick: Pick<T>,
        reply: Reply<T>,
    ) {
        self.call(reply, move |core, reply| {
            core.change(wire::Request::Friendship(request), move |core, answer| {
                core.out.reply(move || reply(picked(answer, pick)));
            });
        });
    }

    fn friendship_act(&self, request: Request, reply: Reply<()>) {
        self.call(reply, move |core, reply| {
            core.change(wire::Request::Friendship(request), move |core, answer| {
                core.out.reply(move || reply(answer.map(drop)));
            });
        });
    }
}

impl Outbound {
    /// Notes what has changed about a friend. Changes that come together are told together.
    pub(crate) fn friend_updated(&mut self, update: FriendProfileUpdate) {
        match self.events.last_mut() {
            Some(Event::FriendsUpdated(list)) => list.push(update),
            _ => self.events.push(Event::FriendsUpdated(vec![update])),
        }
    }
}

impl Core {
    /// Collects a list page by page.
    fn friend_pages(
        &mut self,
        request: fn(u64) -> Request,
        after: u64,
        mut list: Vec<FriendProfile>,
        reply: Reply<Vec<FriendProfile>>,
    ) {
        self.request(wire::Request::Friendship(request(after)), move |core, answer| {
            let page = picked(answer, |answer| match answer {
                Answer::Friends { list, next } => Some((list, next)),
                _ => None,
            });
            match page {
                Ok((page, next)) => {
                    list.extend(page);
                    match next {
                        0 => core.out.reply(|| reply(Ok(list))),
                        next => core.friend_pages(request, next, list, reply),
                    }
                }
                Err(error) => core.out.reply(|| reply(Err(error))),
            }
        });
    }

    /// What the account's log tells about this area.
    pub(crate) fn friendship_notice(&mut self, notice: Notice) -> Result<(), Error> {
        match notice {
            Notice::Added(friend) => {
                let user = friend.identifier;
                self.try_learn(Known {
                    profile: friend.user_profile,
                    remark: Some(friend.remark),
                    asked: now(),
                })?;
                match self.out.events.last_mut() {
                    Some(Event::FriendsAdded(list)) => list.push(user),
                    _ => self.out.events.push(Event::FriendsAdded(vec![user])),
                }
            }
            Notice::Deleted { users } => {
                for user in &users {
                    self.relearn(user, |known| known.remark = None)?;
                }
                match self.out.events.last_mut() {
                    Some(Event::FriendsDeleted(list)) => list.extend(users),
                    _ => self.out.events.push(Event::FriendsDeleted(users)),
                }
            }
            Notice::Updated(update) => {
                if let Some(remark) = &update.item.remark {
                    self.relearn(&update.identifier, |known| known.remark = Some(remark.clone()))?;
                }
                self.out.friend_updated(*update);
            }
            Notice::Requested(request) => match self.out.events.last_mut() {
                Some(Event::FriendRequests(list)) => list.push(*request),
                _ => self.out.events.push(Event::FriendRequests(vec![*request])),
            },
            Notice::Changed { change, time, by } => {
                let local = self.local.as_ref();
                if !local.is_some_and(|local| local.is_own_session(by)) {
                    let message = self.service_message(Elem::FriendChange(change), time);
                    self.out.messages.push(message);
                }
            }
        }
        Ok(())
    }
}
