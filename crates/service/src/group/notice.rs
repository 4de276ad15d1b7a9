//! Who is told what: notices to all members, reports to one account, and what a membership is made of.

use imsdk_types::wire::group::{Card, Notice as GroupNotice};
use imsdk_types::wire::{MessageBody, Notice};
use imsdk_types::{
    Code, Elem, Error, GroupMemberInfo, GroupReportElem, GroupReportType, GroupTipGroupChangeFlag,
    GroupTipType, GroupTipsElem, limits,
};

use super::policy::{Tip, TipFamily};
use super::rules::{OWNER, Rules, rules};
use crate::store::{Entry, Group, GroupMember, Member, Message, Place, Stay, Store};
use crate::sync::tell;
use crate::{Clock, News, Service, Session};

/// So many reports come to an account between two looks for old ones.
const LOOK: u64 = 50;

/// What to tell one account.
pub(super) struct Report<'a> {
    pub(super) kind: GroupReportType,
    pub(super) msg: &'a str,
    pub(super) user_data: &'a str,
    /// For how many seconds the receiver is muted.
    pub(super) shut_up_time: u32,
    /// Who has done it, where that is not the session's user.
    pub(super) by: Option<&'a str>,
}

impl Report<'_> {
    pub(super) fn plain(kind: GroupReportType) -> Report<'static> {
        Report { kind, msg: "", user_data: "", shut_up_time: 0, by: None }
    }
}

/// A notice to all members: `op` did something to `users`.
pub(super) fn tip(kind: GroupTipType, op: &str, users: Vec<String>) -> GroupTipsElem {
    GroupTipsElem {
        tip_type: kind.bits(),
        op_user: op.to_owned(),
        user_array: users,
        ..GroupTipsElem::default()
    }
}

/// Whether a notice may stand in a history. ELEM-7: not if it is about custom fields only; nor one that programs may have no word for.
fn stands(tip: &GroupTipsElem) -> bool {
    use GroupTipGroupChangeFlag as Flag;

    let changes = &tip.group_change_info_array;
    let passing =
        [Flag::Custom, Flag::ShutupAll, Flag::GroupAddOpt, Flag::GroupApproveOpt].map(Flag::bits);
    changes.is_empty() || changes.iter().any(|change| !passing.contains(&change.flag))
}

pub(super) fn card(group: &Group, member: &GroupMember) -> Card {
    Card {
        no: group.no,
        id: group.id.clone(),
        name: group.info.name.clone(),
        face_url: group.info.face_url.clone(),
        kind: group.kind.bits(),
        msg_flag: member.msg_flag,
    }
}

pub(super) fn body_of(elem: Elem) -> Result<String, Error> {
    let body = MessageBody { elems: vec![elem], ..MessageBody::default() };
    serde_json::to_string(&body).map_err(unwritable)
}

fn unwritable(error: serde_json::Error) -> Error {
    Error::new(Code::SdkInternalError, error.to_string())
}

impl<C: Clock> Service<C> {
    /// Tells all members, as the kind of the group wants it (§3.5).
    pub(super) async fn tell_members<S: Store>(
        &self,
        store: &mut S,
        session: &Session,
        group: &Group,
        mut tip: GroupTipsElem,
        news: &mut News,
    ) -> Result<(), Error> {
        let rules = rules(group.kind);
        let kind = GroupTipType::try_from(tip.tip_type as i32).unwrap_or(GroupTipType::None);
        let told = TipFamily::of(kind).map(|family| self.policy.groups.tip(group.kind, family));
        let listed = match told.unwrap_or(Tip::Off) {
            Tip::Off => return Ok(()),
            Tip::Event => false,
            Tip::Stored => stands(&tip),
        };
        tip.group_id.clone_from(&group.id);
        tip.group_name.clone_from(&group.info.name);
        if matches!(kind, GroupTipType::Invite | GroupTipType::Quit | GroupTipType::Kick) {
            tip.member_num = u32::try_from(group.members).unwrap_or(u32::MAX);
        }
        match listed {
            true => {
                let body = body_of(Elem::GroupTips(Box::new(tip)))?;
                self.append_to_group(store, session, group.no, (body, Some(rules.counts)), news)
                    .await
            }
            false => {
                let notice = Notice::Group(GroupNotice::Tip(Box::new(tip)));
                self.tell_group(store, session, group.no, &notice, news).await
            }
        }
    }

    /// Tells the devices of all members what is no part of the history.
    pub(crate) async fn tell_group<S: Store>(
        &self,
        store: &mut S,
        session: &Session,
        group: u64,
        notice: &Notice,
        news: &mut News,
    ) -> Result<(), Error> {
        let body = serde_json::to_string(notice).map_err(unwritable)?;
        self.append_to_group(store, session, group, (body, None), news).await
    }

    /// Writes what the service itself says in a group. `listed`: it stands in the history, and counts as unread or not.
    async fn append_to_group<S: Store>(
        &self,
        store: &mut S,
        session: &Session,
        group: u64,
        (body, listed): (String, Option<bool>),
        news: &mut News,
    ) -> Result<(), Error> {
        let conv = store.open_conversation(Place::group(group)).await?;
        let order = conv.head + 1;
        let seq = match listed {
            Some(_) => store.newest(conv.no, u64::MAX).await?.seq + 1,
            None => 0,
        };
        let message = Message {
            order,
            time: self.clock.now().max(conv.time),
            sender: session.account,
            platform: session.platform,
            key: Message::system_key(conv.no, order),
            seq,
            counts: listed.unwrap_or(false),
            becomes_last: listed.is_some(),
            // Also the device that brought it about hears of it.
            origin: 0,
            listed: listed.is_some(),
            revoked: false,
            body,
        };
        if !store.append(conv.no, &message).await? {
            return Err(Error::from(Code::DatabaseOperateFailed));
        }
        news.groups.insert(group);
        Ok(())
    }

    /// Tells accounts, on all their devices (§3.3). One that comes twice is told twice.
    pub(super) async fn report<S: Store>(
        &self,
        store: &mut S,
        session: &Session,
        group: &Group,
        to: &[u64],
        report: Report<'_>,
        news: &mut News,
    ) -> Result<(), Error> {
        let op_user = report.by.unwrap_or(&session.user);
        let elem = GroupReportElem {
            report_type: report.kind.bits(),
            group_id: group.id.clone(),
            group_name: group.info.name.clone(),
            op_user: op_user.to_owned(),
            msg: report.msg.to_owned(),
            user_data: report.user_data.to_owned(),
            shut_up_time: report.shut_up_time,
            op_group_memberinfo: Some(Box::new(GroupMemberInfo {
                identifier: op_user.to_owned(),
                ..GroupMemberInfo::default()
            })),
            ..GroupReportElem::default()
        };
        let body = body_of(Elem::GroupReport(Box::new(elem)))?;
        let places: Vec<Place> = to.iter().map(|account| Place::system(*account)).collect();
        store.open_conversations(&places).await?;
        let mut old = Vec::new();
        for (to, place) in to.iter().zip(places) {
            // Where it stands now: it is open.
            let conv = store.open_conversation(place).await?;
            let order = conv.head + 1;
            let message = Message {
                order,
                time: self.clock.now().max(conv.time),
                sender: session.account,
                platform: session.platform,
                key: Message::system_key(conv.no, order),
                seq: order,
                counts: false,
                becomes_last: false,
                origin: 0,
                listed: true,
                revoked: false,
                body: body.clone(),
            };
            if !store.append(conv.no, &message).await? {
                return Err(Error::from(Code::DatabaseOperateFailed));
            }
            store.log(*to, 0, Entry::Message { conv: conv.no, order }).await?;
            // Whether it is told depends on what else waits when it is asked for.
            news.wrote(*to, 0, || None);
            // Now and then: it costs a look at all that are kept. See `waits`.
            if order.is_multiple_of(LOOK) {
                let before = |seconds| message.time.saturating_sub(seconds);
                old.push((conv.no, order, before(limits::REPORT_SECONDS)));
                let (few, rush) = (limits::REPORTS, before(limits::REPORT_RUSH_SECONDS));
                old.push((conv.no, order.saturating_sub(few), rush));
            }
        }
        match old.is_empty() {
            true => Ok(()),
            false => store.remove_messages(&old).await,
        }
    }

    /// §3.3: reports stand in no history. The newest wait, for a week at most; more of them while they are so new that a device that is
    /// online may be behind. `head` is the place of the newest.
    pub(crate) fn waits(&self, report: &Message, head: u64) -> bool {
        let age = self.clock.now().saturating_sub(report.time);
        let few = report.order + limits::REPORTS > head || age <= limits::REPORT_RUSH_SECONDS;
        few && age <= limits::REPORT_SECONDS
    }

    /// Makes accounts members, each with a role. What happens from now on is for them; the notice about it, if there is one, must come
    /// next.
    pub(super) async fn enter<S: Store>(
        &self,
        store: &mut S,
        group: &mut Group,
        list: &[(u64, u32)],
        news: &mut News,
    ) -> Result<(), Error> {
        let rules = rules(group.kind);
        let conv = store.open_conversation(Place::group(group.no)).await?;
        let mut members = Vec::with_capacity(list.len());
        for (account, role) in list {
            group.joined += 1;
            group.members += 1;
            let member = GroupMember {
                account: *account,
                role: *role,
                join_time: self.clock.now(),
                joined: group.joined,
                delivered: conv.head,
                msg_flag: rules.msg_flag,
                ..GroupMember::default()
            };
            members.push((group.no, member));
        }
        store.put_group_members(&members).await?;
        if rules.keeps {
            // The notice about its own coming is not unread. About the one who makes the group there is none.
            let told = self.policy.groups.tip(group.kind, TipFamily::Members) == Tip::Stored;
            let of: Vec<(u64, u64)> = list.iter().map(|(account, _)| (*account, conv.no)).collect();
            let old = store.members_of(&of).await?.into_iter().map(Option::unwrap_or_default);
            let old: Vec<Member> = old.collect();
            self.keep_stays(store, (conv.no, rules), &of, &old).await?;
            let mark = |((account, role), old): (&(u64, u32), Member)| {
                let notice = u64::from(told && *role != OWNER);
                let hidden = if rules.past { old.hidden } else { old.hidden.max(conv.head) };
                let read_order = old.read_order.max(conv.head + notice);
                (*account, Member { hidden, read_order, left_at: 0, ..old })
            };
            let marks: Vec<(u64, Member)> = list.iter().zip(old).map(mark).collect();
            store.put_members(conv.no, &marks).await?;
        }
        let past = rules.keeps && rules.past;
        for (_, member) in &members {
            news.members.insert(member.account);
            let card = card(group, member);
            let joined = Notice::Group(GroupNotice::Joined { card, from: conv.head, past });
            tell(store, member.account, &joined, news).await?;
        }
        Ok(())
    }

    /// What an earlier membership gave may not have come to all devices yet. Those who see all that was before have it anyhow.
    async fn keep_stays<S: Store>(
        &self,
        store: &mut S,
        (conv, rules): (u64, &Rules),
        of: &[(u64, u64)],
        old: &[Member],
    ) -> Result<(), Error> {
        let stay = |((account, _), old): (&(u64, u64), &Member)| {
            let stay = Stay { after: old.hidden, upto: old.left_at.saturating_sub(1) };
            (stay.after < stay.upto && !rules.past).then_some((*account, stay))
        };
        let stays: Vec<(u64, Stay)> = of.iter().zip(old).filter_map(stay).collect();
        match stays.is_empty() {
            true => Ok(()),
            false => store.add_stays(conv, &stays, limits::STAYS).await,
        }
    }

    /// Ends memberships. What was said up to now is still for the accounts, whose devices may be behind.
    pub(super) async fn leave<S: Store>(
        &self,
        store: &mut S,
        group: &mut Group,
        accounts: &[u64],
        news: &mut News,
    ) -> Result<(), Error> {
        let conv = store.open_conversation(Place::group(group.no)).await?;
        if rules(group.kind).keeps {
            let of: Vec<(u64, u64)> = accounts.iter().map(|account| (*account, conv.no)).collect();
            let old = store.members_of(&of).await?.into_iter().map(Option::unwrap_or_default);
            let left_at = conv.head + 1;
            let left = |(account, old): (&u64, Member)| (*account, Member { left_at, ..old });
            let marks: Vec<(u64, Member)> = accounts.iter().zip(old).map(left).collect();
            store.put_members(conv.no, &marks).await?;
        }
        store.remove_group_members(group.no, accounts).await?;
        group.members = group.members.saturating_sub(accounts.len() as u64);
        self.tell_left(store, group, accounts, conv.head, news).await
    }

    /// Tells accounts' devices that they are no members any more, from this place on.
    pub(super) async fn tell_left<S: Store>(
        &self,
        store: &mut S,
        group: &Group,
        accounts: &[u64],
        head: u64,
        news: &mut News,
    ) -> Result<(), Error> {
        let upto = if rules(group.kind).keeps { head } else { 0 };
        let left = Notice::Group(GroupNotice::Left { group: group.no, upto });
        for account in accounts {
            news.members.insert(*account);
            tell(store, *account, &left, news).await?;
        }
        Ok(())
    }
}
