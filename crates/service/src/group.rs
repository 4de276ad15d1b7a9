//! Groups: life, members, roles, requests to join, messages.
//!
//! What happens in a group stands once in its conversation; what concerns one account stands in that account's log.

mod info;
mod life;
mod log;
mod member;
mod notice;
mod operator;
mod pendency;
mod policy;
mod rate;
mod rules;
mod send;

pub use policy::{GroupPolicy, Tip, TipFamily, TipSwitches};
pub(crate) use rate::Passing;
pub(crate) use send::may_revoke;

use imsdk_types::wire::Response;
use imsdk_types::wire::group::{Request, Response as Answer};
use imsdk_types::{Code, Error, GroupInfoCustomString, limits};

use crate::store::{Custom, Group, GroupMember, Store};
use crate::{Clock, News, Service, Session};

impl<C: Clock> Service<C> {
    /// Answers a request of this area.
    pub(crate) async fn group<S: Store>(
        &self,
        store: &mut S,
        session: &Session,
        request: Request,
        news: &mut News,
    ) -> Result<Response, Error> {
        let answer = match request {
            Request::Create(param) => {
                Answer::Created(self.create_own_group(store, session, *param, news).await?)
            }
            Request::Delete { group } => {
                self.delete_group(store, session, &group, news).await?;
                return Ok(Response::Done);
            }
            Request::Join { group, hello } => {
                self.join_group(store, session, &group, hello, news).await?;
                return Ok(Response::Done);
            }
            Request::Quit { group } => {
                self.quit_group(store, session, &group, news).await?;
                return Ok(Response::Done);
            }
            Request::Invite(param) => {
                Answer::Invited(self.invite(store, session, &param, news).await?)
            }
            Request::Remove(param) => {
                Answer::Removed(self.remove(store, session, &param, news).await?)
            }
            Request::LeaveLive => {
                self.leave_live(store, session, news).await?;
                return Ok(Response::Done);
            }
            Request::Joined => Answer::Joined(self.joined_groups(store, session, false).await?),
            Request::JoinedWithoutTips => {
                Answer::Joined(self.joined_groups(store, session, true).await?)
            }
            Request::Infos(ids) => Answer::Infos(self.group_infos(store, session, ids).await?),
            Request::ModifyInfo(param) => {
                self.modify_group_info(store, session, *param, news).await?;
                return Ok(Response::Done);
            }
            Request::Members(param) => Answer::Members(self.members(store, session, &param).await?),
            Request::ModifyMember(param) => {
                self.modify_member(store, session, &param, news).await?;
                return Ok(Response::Done);
            }
            Request::Pendencies(option) => {
                Answer::Pendencies(self.pendencies(store, session, &option).await?)
            }
            Request::PendencyRead { time } => {
                self.pendency_read(store, session, time).await?;
                return Ok(Response::Done);
            }
            Request::HandlePendency(param) => {
                self.handle_pendency(store, session, &param, news).await?;
                return Ok(Response::Done);
            }
            Request::Heads => Answer::Heads(self.heads(store, session).await?),
            Request::Pull { group, after } => {
                Answer::Page(self.pull_group(store, session, group, after).await?)
            }
            Request::Got(list) => {
                self.got(store, session, &list).await?;
                return Ok(Response::Done);
            }
        };
        Ok(Response::Group(answer))
    }
}

/// 10015 for what can be no group id, 10010 for what is none.
async fn find<S: Store>(store: &mut S, id: &str) -> Result<Group, Error> {
    if !limits::is_group_id(id) {
        return Err(Error::from(Code::SvrGroupInvalidGroupid));
    }
    store.group(id).await?.ok_or_else(|| Error::from(Code::SvrGroupNotFound))
}

/// The group and the own membership; 10007 without one.
async fn find_own<S: Store>(
    store: &mut S,
    session: &Session,
    id: &str,
) -> Result<(Group, GroupMember), Error> {
    let group = find(store, id).await?;
    match store.group_member(group.no, session.account).await? {
        Some(member) => Ok((group, member)),
        None => Err(denied("not a member of the group")),
    }
}

fn denied(reason: &'static str) -> Error {
    Error::new(Code::SvrGroupPermissionDeny, reason)
}

fn invalid(reason: &'static str) -> Error {
    Error::new(Code::SvrGroupInvalidParameters, reason)
}

/// What users write along with a request: no longer than a message.
fn check_words(words: &str) -> Result<(), Error> {
    match words.len() > limits::MESSAGE_BODY {
        true => Err(invalid("the text or data that goes with the request is too long")),
        false => Ok(()),
    }
}

/// Custom fields: how many, how long their values.
#[derive(Clone, Copy)]
struct FieldLimits {
    count: usize,
    value: usize,
}

const GROUP_FIELDS: FieldLimits =
    FieldLimits { count: limits::GROUP_FIELDS, value: limits::GROUP_FIELD_VALUE };
const MEMBER_FIELDS: FieldLimits =
    FieldLimits { count: limits::MEMBER_FIELDS, value: limits::MEMBER_FIELD_VALUE };

/// Custom fields with changes; an empty value takes a field away.
fn changed_fields<'a>(
    old: &Custom,
    changes: impl Iterator<Item = (&'a str, &'a str)>,
    limit: FieldLimits,
) -> Result<Custom, Error> {
    let mut fields = old.clone();
    for (number, (key, value)) in changes.enumerate() {
        // All of them may go, and as many come.
        if number >= 2 * limit.count {
            return Err(invalid("too many custom fields in one request"));
        }
        let named = (1..=limits::GROUP_FIELD_KEY).contains(&key.len())
            && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        if !named || value.len() > limit.value {
            let (name, most) = (limits::GROUP_FIELD_KEY, limit.value);
            let text = format!(
                "custom field {key:.80}: 1 to {name} letters, digits and _, a value up to {most} bytes"
            );
            return Err(Error::new(Code::SvrGroupInvalidParameters, text));
        }
        match value {
            "" => fields.remove(key),
            value => fields.insert(key.to_owned(), value.to_owned()),
        };
    }
    if fields.len() > limit.count {
        return Err(invalid("too many custom fields"));
    }
    Ok(fields)
}

fn group_fields(list: &[GroupInfoCustomString]) -> impl Iterator<Item = (&str, &str)> {
    list.iter().map(|field| (field.key.as_str(), field.value.as_str()))
}
