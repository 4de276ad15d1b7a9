//! Friend groups.

use std::collections::HashSet;

use imsdk_types::wire::friendship::Response as Answer;
use imsdk_types::{
    Code, CreateFriendGroupParam, Error, FriendChangeElem, FriendChangeType, FriendGroupInfo,
    FriendshipModifyFriendGroupParam, limits,
};

use super::{Outcome, result, results, unfit};
use crate::store::{FriendGroup, Store};
use crate::{Clock, News, Service, Session};

/// What programs are told about a user who cannot be put into a group.
const NO_FRIEND: &str = "Err_SNS_GroupUpdate_Friend_Not_Exist";

/// What happens to a user's membership.
#[derive(Clone, Copy)]
enum Step {
    Join,
    Leave,
}

impl<C: Clock> Service<C> {
    /// Makes friend groups, and puts every friend who is named into every one of them.
    ///
    /// # Errors
    /// 9005 for a name, 30001 for one that is taken, 30011. Then nothing is made.
    pub(super) async fn create_groups<S: Store>(
        &self,
        store: &mut S,
        session: &Session,
        mut param: CreateFriendGroupParam,
        news: &mut News,
    ) -> Result<Answer, Error> {
        let me = session.account;
        unique(&mut param.name_array);
        if param.name_array.is_empty() {
            return Err(Error::from(Code::SdkFriendshipFriendGroupEmpty));
        }
        param.name_array.iter().try_for_each(|name| check_name(name))?;
        let known = store.friend_groups(me).await?;
        if known.iter().any(|group| param.name_array.contains(&group.name)) {
            return Err(taken());
        }
        if known.len() + param.name_array.len() > limits::FRIEND_GROUPS {
            return Err(Error::from(Code::SvrFriendshipGroupCountLimit));
        }
        let mut groups = Vec::with_capacity(param.name_array.len());
        for name in &param.name_array {
            groups.push(store.create_friend_group(me, name).await?);
        }
        let mut list = Vec::with_capacity(param.identifier_array.len());
        for user in param.identifier_array {
            let outcome = put(store, me, &groups, &user, Step::Join).await?;
            list.push(result(user, outcome, ""));
        }
        self.tell_groups(
            store,
            session,
            me,
            FriendChangeType::FriendGroupAdd,
            (param.name_array, news),
        )
        .await?;
        Ok(results(list))
    }

    /// Renames a friend group, puts friends in, takes friends out: in this order, all in one call.
    ///
    /// # Errors
    /// 30001 for a group that is not there and for a name that is taken, 9005 for a name.
    pub(super) async fn modify_friend_group<S: Store>(
        &self,
        store: &mut S,
        session: &Session,
        param: FriendshipModifyFriendGroupParam,
        news: &mut News,
    ) -> Result<Answer, Error> {
        let me = session.account;
        let known = store.friend_groups(me).await?;
        let Some(group) = known.iter().find(|group| group.name == param.name) else {
            let text = "no such friend group";
            return Err(Error::new(Code::SvrFriendshipInvalidParameters, text));
        };
        let mut changed = vec![param.name.clone()];
        if !param.new_name.is_empty() && param.new_name != param.name {
            check_name(&param.new_name)?;
            if known.iter().any(|other| other.name == param.new_name) {
                return Err(taken());
            }
            store.rename_friend_group(group.no, &param.new_name).await?;
            changed.push(param.new_name);
        }
        let steps = [
            (param.add_identifier_array, Step::Join),
            (param.delete_identifier_array, Step::Leave),
        ];
        let mut list = Vec::new();
        for (users, step) in steps {
            for user in users {
                let outcome = put(store, me, &[group.no], &user, step).await?;
                list.push(result(user, outcome, ""));
            }
        }
        let kind = FriendChangeType::FriendGroupModify;
        self.tell_groups(store, session, me, kind, (changed, news)).await?;
        Ok(results(list))
    }

    /// Deletes friend groups; their members stay friends. Names that are not there are no error.
    pub(super) async fn delete_groups<S: Store>(
        &self,
        store: &mut S,
        session: &Session,
        names: Vec<String>,
        news: &mut News,
    ) -> Result<(), Error> {
        let me = session.account;
        let mut deleted = Vec::new();
        for group in store.friend_groups(me).await? {
            if names.contains(&group.name) {
                store.delete_friend_group(group.no).await?;
                deleted.push(group.name);
            }
        }
        if !deleted.is_empty() {
            let kind = FriendChangeType::FriendGroupDel;
            self.tell_groups(store, session, me, kind, (deleted, news)).await?;
        }
        Ok(())
    }

    /// The friend groups of these names, which differ: made where they are not there, and told once. There must be room for them.
    pub(super) async fn open_groups<S: Store>(
        &self,
        store: &mut S,
        session: &Session,
        account: u64,
        names: &[&str],
        news: &mut News,
    ) -> Result<Vec<u64>, Error> {
        let known = store.friend_groups(account).await?;
        let (mut groups, mut made) = (Vec::with_capacity(names.len()), Vec::new());
        for name in names {
            groups.push(match known.iter().find(|group| group.name == *name) {
                Some(group) => group.no,
                None => {
                    made.push((*name).to_owned());
                    store.create_friend_group(account, name).await?
                }
            });
        }
        if !made.is_empty() {
            let kind = FriendChangeType::FriendGroupAdd;
            self.tell_groups(store, session, account, kind, (made, news)).await?;
        }
        Ok(groups)
    }

    async fn tell_groups<S: Store>(
        &self,
        store: &mut S,
        session: &Session,
        account: u64,
        kind: FriendChangeType,
        (names, news): (Vec<String>, &mut News),
    ) -> Result<(), Error> {
        let mut change =
            FriendChangeElem { change_type: kind as u32, ..FriendChangeElem::default() };
        match kind {
            FriendChangeType::FriendGroupAdd => change.friend_group_add_array = names,
            FriendChangeType::FriendGroupDel => change.friend_group_del_array = names,
            _ => change.friend_group_update_array = names,
        }
        self.tell_change(store, session, account, change, news).await
    }
}

/// Puts a friend into groups, or takes them out.
async fn put<S: Store>(
    store: &mut S,
    account: u64,
    groups: &[u64],
    user: &str,
    step: Step,
) -> Outcome {
    let peer = match store.account(user).await? {
        Some(peer) if store.has_friend(account, peer).await? => peer,
        Some(_) | None => return unfit(NO_FRIEND),
    };
    for group in groups {
        match step {
            Step::Join => store.join_friend_group(account, *group, peer).await?,
            Step::Leave => store.leave_friend_group(*group, peer).await?,
        };
    }
    Ok(Ok(()))
}

fn taken() -> Error {
    Error::new(Code::SvrFriendshipInvalidParameters, "there is a friend group of this name")
}

/// 9005: empty or too long.
pub(super) fn check_name(name: &str) -> Result<(), Error> {
    match name.len() {
        1..=limits::FRIEND_GROUP_NAME => Ok(()),
        _ => Err(Error::from(Code::SdkFriendshipFriendGroupEmpty)),
    }
}

/// Drops names that come again; the order stays.
pub(super) fn unique(names: &mut Vec<String>) {
    let mut seen = HashSet::new();
    names.retain(|name| seen.insert(name.clone()));
}

/// Whether the account may have these groups besides those that it has. An empty name is no group.
pub(super) async fn has_room<S: Store>(
    store: &mut S,
    account: u64,
    names: &[&str],
) -> Result<bool, Error> {
    if names.iter().all(|name| name.is_empty()) {
        return Ok(true);
    }
    let known = store.friend_groups(account).await?;
    let new = |name: &&&str| !name.is_empty() && !known.iter().any(|group| group.name == **name);
    Ok(known.len() + names.iter().filter(new).count() <= limits::FRIEND_GROUPS)
}

/// Groups with their members: those that are named, or all. Names that are not there are left out.
pub(super) async fn list<S: Store>(
    store: &mut S,
    account: u64,
    names: Vec<String>,
) -> Result<Answer, Error> {
    let known = store.friend_groups(account).await?;
    let wanted: Vec<&FriendGroup> = match names.is_empty() {
        true => known.iter().collect(),
        false => {
            names.iter().filter_map(|name| known.iter().find(|group| group.name == *name)).collect()
        }
    };
    let mut list = Vec::with_capacity(wanted.len());
    for group in wanted {
        let members = store.friend_group_members(group.no).await?;
        let mut identifier_array = Vec::with_capacity(members.len());
        for member in members {
            identifier_array.push(store.account_id(member).await?);
        }
        list.push(FriendGroupInfo {
            name: group.name.clone(),
            count: identifier_array.len() as u64,
            identifier_array,
        });
    }
    Ok(Answer::Groups(list))
}
