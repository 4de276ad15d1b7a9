//! What only the operator of a service does with groups.

use imsdk_types::wire::{Conv, Delivered};
use imsdk_types::{
    CreateGroupParam, Elem, Error, GroupModifyInfoParam, GroupReportElem, GroupReportType, limits,
};

use super::life::kind_of;
use super::notice::body_of;
use super::rules::OPERATOR;
use super::{check_words, find};
use crate::store::{Scope, Store};
use crate::{Clock, News, Service, Session};

/// Whom the rules take the operator for: no account, and no member of any group.
fn nobody() -> Session {
    Session { account: 0, user: String::new(), device: 0, platform: 0, session: 0 }
}

impl<C: Clock> Service<C> {
    /// Makes a group, of whatever kind, that has no owner: the only way to a `BChatRoom` (§4.1). The answer is its id.
    ///
    /// # Errors
    /// As for users: 8501 to 8505, 8507, 8509, 10004, 10007, 10019, 10021, 10037; 6019 for a store that failed.
    pub async fn create_group<S: Store>(
        &self,
        store: &mut S,
        param: CreateGroupParam,
        news: &mut News,
    ) -> Result<String, Error> {
        let kind = kind_of(&param)?;
        let members = param.group_member_array.iter().map(|member| member.identifier.clone());
        let group_ids = [param.group_id.clone()].into();
        store.hold(Scope { group_ids, users: members.collect(), ..Scope::default() }).await?;
        self.make_group(store, &nobody(), (kind, param), news).await
    }

    /// Changes a group, of whatever kind, and tells its members as if its owner had. One that has no owner can be given to a member, but
    /// for a `BChatRoom`.
    ///
    /// # Errors
    /// As for owners: 6017, 8502 to 8505, 10004, 10007, 10010, 10015; 6019 for a store that failed.
    pub async fn modify_group<S: Store>(
        &self,
        store: &mut S,
        param: GroupModifyInfoParam,
        news: &mut News,
    ) -> Result<(), Error> {
        let group_ids = [param.group_id.clone()].into();
        store.hold(Scope { group_ids, ..Scope::default() }).await?;
        let group = find(store, &param.group_id).await?;
        self.change_group(store, &nobody(), (group, OPERATOR), &param, news).await
    }

    /// Takes a group back, of whatever kind: every member is told so (§3.3, report 11).
    ///
    /// # Errors
    /// 10010 and 10015 for what is no group; 6019 for a store that failed.
    pub async fn reclaim_group<S: Store>(
        &self,
        store: &mut S,
        group: &str,
        news: &mut News,
    ) -> Result<(), Error> {
        store.hold(Scope { group_ids: [group.to_owned()].into(), ..Scope::default() }).await?;
        let group = find(store, group).await?;
        let kind = GroupReportType::GroupRecycle;
        self.dissolve(store, &nobody(), &group, kind, news).await
    }

    /// Tells the members of a group who are online, or those of `users` who are members, what the application wants
    /// them to know (§3.3, report 16). It is kept nowhere.
    ///
    /// # Errors
    /// 10004 for data longer than a message, 10005 for too many users, 10010 and 10015 for what is no group.
    pub async fn notify_group<S: Store>(
        &self,
        store: &mut S,
        group: &str,
        (data, users): (&str, &[String]),
        news: &mut News,
    ) -> Result<(), Error> {
        check_words(data)?;
        if users.len() > limits::GROUP_BATCH {
            return Err(Error::from(imsdk_types::Code::SvrGroupAcountCountLimit));
        }
        let group = find(store, group).await?;
        let now = self.clock.now();
        let elem = GroupReportElem {
            report_type: GroupReportType::UserDefine.bits(),
            group_id: group.id.clone(),
            group_name: group.info.name.clone(),
            user_data: data.to_owned(),
            ..GroupReportElem::default()
        };
        let told = Delivered {
            conv: Conv::system(),
            sender: limits::SYSTEM_SENDER.to_owned(),
            account: 0,
            platform: 0,
            order: 0,
            time: now,
            client_time: now,
            // Sessions are numbered once and for all: no two of these are the same.
            rand: store.next_session().await? as u32,
            seq: 0,
            counts: false,
            becomes_last: false,
            origin: 0,
            listed: true,
            revoked: false,
            read: false,
            body: body_of(Elem::GroupReport(Box::new(elem)))?,
        };
        if users.is_empty() {
            news.group_online.push((group.no, told));
            return Ok(());
        }
        for user in users {
            if let Some(account) = store.account(user).await?
                && store.group_member(group.no, account).await?.is_some()
            {
                news.online.push((account, told.clone()));
            }
        }
        Ok(())
    }
}
