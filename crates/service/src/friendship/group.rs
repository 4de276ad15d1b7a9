//! Friend groups.

use std::collections::HashSet;

use imsdk_types::wire::friendship::Response as Answer;
use imsdk_types::{
    Code, CreateFriendGroupParam, Error, FriendChangeElem, FriendChangeType, FriendGroupInfo,
    FriendshipModifyFriendGroupParam, limits,
};

use super::{bad, results};
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
        let groups = store.create_friend_groups(me, &param.name_array).await?;
        let users = param.identifier_array;
        let outcomes = put(store, me, &groups, &users, Step::Join).await?;
        self.tell_groups(
            store,
            session,
            me,
            FriendChangeType::FriendGroupAdd,
            (param.name_array, news),
        )
        .await?;
        Ok(results(users, outcomes, ""))
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
        let mut users = param.add_identifier_array;
        let mut outcomes = put(store, me, &[group.no], &users, Step::Join).await?;
        let left = param.delete_identifier_array;
        outcomes.extend(put(store, me, &[group.no], &left, Step::Leave).await?);
        users.extend(left);
        let kind = FriendChangeType::FriendGroupModify;
        self.tell_groups(store, session, me, kind, (changed, news)).await?;
        Ok(results(users, outcomes, ""))
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
        let found = |name: &str| known.iter().find(|group| group.name == name);
        let made = names.iter().filter(|name| found(name).is_none());
        let made: Vec<String> = made.map(|name| (*name).to_owned()).collect();
        let mut groups: Vec<u64> =
            names.iter().filter_map(|name| found(name)).map(|group| group.no).collect();
        if !made.is_empty() {
            groups.extend(store.create_friend_groups(account, &made).await?);
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

/// Puts friends into groups, or takes them out. How it went for each of the users.
async fn put<S: Store>(
    store: &mut S,
    account: u64,
    groups: &[u64],
    users: &[String],
    step: Step,
) -> Result<Vec<Result<(), Error>>, Error> {
    let accounts = store.accounts(users).await?;
    let pairs: Vec<(u64, u64)> = accounts.iter().flatten().map(|peer| (account, *peer)).collect();
    let have = store.have_friends(&pairs).await?;
    let friends = pairs.iter().zip(&have).filter(|(_, has)| **has);
    let friends: Vec<u64> = friends.map(|((_, peer), _)| *peer).collect();
    if !friends.is_empty() {
        match step {
            Step::Join => store.join_friend_groups(account, groups, &friends).await?,
            Step::Leave => store.leave_friend_groups(groups, &friends).await?,
        }
    }
    let mut have = have.into_iter();
    let outcome = |account: Option<u64>| match account.and_then(|_| have.next()) {
        Some(true) => Ok(()),
        Some(false) | None => Err(bad(NO_FRIEND)),
    };
    Ok(accounts.into_iter().map(outcome).collect())
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
    let numbers: Vec<u64> = wanted.iter().map(|group| group.no).collect();
    let members = store.friend_group_members(&numbers).await?;
    let mut ids = store.account_ids(&members.concat()).await?.into_iter();
    let info = |(group, members): (&FriendGroup, Vec<u64>)| FriendGroupInfo {
        name: group.name.clone(),
        count: members.len() as u64,
        identifier_array: ids.by_ref().take(members.len()).collect(),
    };
    Ok(Answer::Groups(wanted.into_iter().zip(members).map(info).collect()))
}
