//! The logs of the user's groups: one cursor each.

use imsdk_types::wire::group::{Card, Head, Page, Request, Response as Answer};
use imsdk_types::wire::{
    Conv, ConvKind, Delivered, MessageBody, Notice, Request as Asked, Response,
};
use imsdk_types::{
    Code, Elem, Error, GroupTipGroupChangeFlag, GroupTipGroupChangeInfo, GroupTipType,
    GroupTipsElem, GroupType, ReceiveMessageOpt, limits,
};

use crate::core::{Core, Rest, went_back};
use crate::group::complete_tip;
use crate::store::{GroupRow, LocalStore};
use crate::{Event, config::Platform};

/// What has a word only since some generation of the interface: that all members of a group are muted, who may join, who may be invited.
const SINCE: [(GroupTipGroupChangeFlag, u8); 3] = [
    (GroupTipGroupChangeFlag::ShutupAll, 6),
    (GroupTipGroupChangeFlag::GroupAddOpt, 6),
    (GroupTipGroupChangeFlag::GroupApproveOpt, 8),
];

/// News of groups that wait for the core.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum GroupNews {
    /// In this group.
    One(u64),
    /// In any of them, or in the account's log: hints may have been lost.
    All,
}

impl GroupNews {
    /// Two of them in one.
    pub(crate) fn and(self, other: Self) -> Self {
        if self == other { self } else { Self::All }
    }
}

/// Whether the messages of a group are kept nowhere.
fn is_live(group: &GroupRow) -> bool {
    [GroupType::AvChatRoom.bits(), GroupType::BChatRoom.bits()].contains(&group.card.kind)
}

impl Core {
    /// Whether this is a group whose messages are kept nowhere.
    pub(crate) fn is_live(&self, conv: &Conv) -> bool {
        let group = || self.local.as_ref().and_then(|local| local.group(&conv.id).ok().flatten());
        conv.kind == ConvKind::Group && group().is_some_and(|group| is_live(&group))
    }

    /// §4.1: a program that begins is in no live group until it joins one.
    pub(crate) fn leave_live_groups(&mut self) {
        let groups = self.local.as_ref().and_then(|local| local.groups().ok()).unwrap_or_default();
        if groups.iter().any(is_live) {
            self.leave_live();
        }
    }

    pub(crate) fn leave_live(&mut self) {
        self.request(Asked::Group(Request::LeaveLive), |_, answer| {
            if let Err(error) = answer {
                tracing::warn!("live groups: {} {}", error.code, error.desc);
            }
        });
    }

    /// Asks for whatever is new anywhere.
    pub(crate) fn pull_all(&mut self) {
        self.pull();
        self.check_groups();
    }

    /// Asks where the groups stand, and pulls from those that have moved.
    pub(crate) fn check_groups(&mut self) {
        if self.session.is_none() {
            return;
        }
        self.request(Asked::Group(Request::Heads), |core, answer| match answer {
            Ok(Response::Group(Answer::Heads(heads))) => {
                core.pull_former();
                for head in heads {
                    match core.lags(&head) {
                        Ok(true) => core.pull_group(head.card.no),
                        Ok(false) => {}
                        Err(error) => core.group_lost(&error),
                    }
                }
            }
            Ok(_) => core.group_lost(&Error::from(Code::SdkInternalError)),
            Err(error) => core.group_lost(&error),
        });
    }

    /// What could not be had is asked for again.
    fn group_lost(&mut self, error: &Error) {
        tracing::error!("groups: {} {}", error.code, error.desc);
        self.lost = true;
    }

    /// Whether something happened that is not here. A group that this device does not know begins where the account's other devices
    /// have come to; so does one that it knows beyond its end, since the service has gone back to an earlier state.
    fn lags(&mut self, head: &Head) -> Result<bool, Error> {
        // Its place in the account's log may be further on than what has come so far.
        self.forget_namesake(&head.card)?;
        let Some(local) = &mut self.local else { return Ok(false) };
        let known = local.group_by_no(head.card.no)?;
        let mut cursor = known.as_ref().map_or(head.delivered, |row| row.cursor);
        if cursor > head.head {
            if let Some(mut conv) = local.conversation(&Conv::group(head.card.id.clone()))? {
                local.remove_sent(&mut conv)?;
            }
            cursor = head.delivered.min(head.head);
        }
        let card = head.card.clone();
        // That the user has come back may not have come.
        let until = known.as_ref().map_or(0, |row| row.until);
        let row = GroupRow { cursor, kept: head.delivered, joined: true, until, card };
        if known.as_ref() != Some(&row) {
            local.put_group(&row)?;
        }
        if known.is_none_or(|known| known.card != row.card) {
            self.shows_anew(&Conv::group(row.card.id))?;
        }
        Ok(head.head > cursor)
    }

    /// Removes the conversation of another group that had this one's id: its places mean nothing in this one.
    pub(crate) fn forget_namesake(&mut self, card: &Card) -> Result<(), Error> {
        let Some(local) = &self.local else { return Ok(()) };
        match local.group(&card.id)?.is_some_and(|row| row.card.no != card.no) {
            true => self.forget(&Conv::group(card.id.clone())),
            false => Ok(()),
        }
    }

    /// Asks for what is left of groups that the user is in no more.
    fn pull_former(&mut self) {
        match self.local.as_ref().map_or(Ok(Vec::new()), LocalStore::former_groups) {
            Ok(former) => former.into_iter().for_each(|row| self.pull_group(row.card.no)),
            Err(error) => self.group_lost(&error),
        }
    }

    /// The number of a group that the user is in.
    pub(crate) fn joined_group(&self, id: &str) -> Option<u64> {
        let row = self.local.as_ref()?.group(id).ok()??;
        row.joined.then_some(row.card.no)
    }

    /// Asks for what is new in a group.
    pub(crate) fn pull_group(&mut self, group: u64) {
        self.pull_group_then(group, Box::new(|_| {}));
    }

    /// The same; `then` runs when it is here.
    pub(crate) fn pull_group_then(&mut self, group: u64, then: Rest) {
        let row = self.local.as_ref().and_then(|local| local.group_by_no(group).ok().flatten());
        let wanted = |row: &GroupRow| row.joined || row.cursor < row.until;
        let Some(row) = row.filter(|row| wanted(row) && self.session.is_some()) else {
            return then(self);
        };
        let after = row.cursor;
        self.request(Asked::Group(Request::Pull { group, after }), move |core, answer| {
            let page = match answer {
                Ok(Response::Group(Answer::Page(page))) => page,
                // Removed meanwhile: the account's log tells it. Or what was still to come is not kept any more.
                Err(error) if error.is(Code::SvrGroupPermissionDeny) => {
                    tracing::info!("pull of a group: {} {}", error.code, error.desc);
                    if let Err(error) = core.ends(group) {
                        core.group_lost(&error);
                    }
                    return then(core);
                }
                Ok(_) => {
                    core.group_lost(&Error::from(Code::SdkInternalError));
                    return then(core);
                }
                Err(error) => {
                    core.group_lost(&error);
                    return then(core);
                }
            };
            let more = page.more;
            if core.take_in(|core| core.take_group((group, after), page)) && more && core.finish() {
                return core.pull_group_then(group, then);
            }
            then(core);
        });
    }

    /// Nothing more comes from a group that the user has left.
    fn ends(&mut self, group: u64) -> Result<(), Error> {
        let Some(local) = &mut self.local else { return Ok(()) };
        match local.group_by_no(group)? {
            Some(row) if !row.joined => local.put_group(&GroupRow { until: 0, ..row }),
            Some(_) | None => Ok(()),
        }
    }

    /// Takes a page of a group's log into the store: all of it or nothing, with the cursor.
    fn take_group(&mut self, (group, after): (u64, u64), page: Page) -> Result<(), Error> {
        let Some(local) = &self.local else { return Ok(()) };
        let Some(mut row) = local.group_by_no(group)? else { return Ok(()) };
        let known = row.cursor;
        if known < after {
            // A local commit that failed took the cursor back: this page would leave a gap.
            return Err(went_back());
        }
        for delivered in page.rows {
            // An earlier pull may have been answered meanwhile.
            if delivered.order <= known {
                continue;
            }
            // A group that is no more has no id in the service.
            let delivered = Delivered { conv: Conv::group(row.card.id.clone()), ..delivered };
            if !delivered.listed {
                self.unlisted(&mut row, &delivered)?;
            } else {
                self.group_message(&mut row, delivered)?;
            }
        }
        row.cursor = row.cursor.max(page.cursor);
        if row.cursor > row.kept {
            self.progress.group_moved();
        }
        match &mut self.local {
            Some(local) => local.put_group(&row),
            None => Ok(()),
        }
    }

    /// What is told and stands in no history.
    fn unlisted(&mut self, group: &mut GroupRow, delivered: &Delivered) -> Result<(), Error> {
        match serde_json::from_str(&delivered.body) {
            Ok(Notice::Group(imsdk_types::wire::group::Notice::Tip(mut tip))) => {
                complete_tip(&mut tip, Platform::of(delivered.platform));
                self.tip(group, &tip, delivered.order)
            }
            Ok(notice) => self.notice(notice),
            // From a newer service.
            Err(error) => {
                tracing::warn!("a notice that this version does not know: {error}");
                Ok(())
            }
        }
    }

    fn group_message(&mut self, group: &mut GroupRow, delivered: Delivered) -> Result<(), Error> {
        let mut delivered = delivered;
        if delivered.sender == limits::SYSTEM_SENDER
            && let Some(body) = MessageBody::read(&delivered.body)
            && let Some(Elem::GroupTips(tip)) = body.elems.into_iter().next()
        {
            let mut tip = tip;
            complete_tip(&mut tip, Platform::of(delivered.platform));
            // UNR-1: that one came in is no news to oneself.
            let own =
                tip.tip_type == GroupTipType::Invite.bits() && tip.user_array.contains(&self.owner);
            delivered.counts &= !own && !self.shared.ignores_tips();
            self.tip(group, &tip, delivered.order)?;
        }
        self.receive(delivered)
    }

    /// Tells a notice to all members, and notes what it says about the group.
    fn tip(&mut self, group: &mut GroupRow, tip: &GroupTipsElem, order: u64) -> Result<(), Error> {
        use GroupTipGroupChangeFlag as Change;

        // What the account had, or an earlier membership gave, is older than the card.
        let newer = order > group.kept;
        let before = group.card.clone();
        for change in tip.group_change_info_array.iter().filter(|_| newer) {
            if change.flag == Change::Name.bits() {
                group.card.name.clone_from(&change.value);
            } else if change.flag == Change::FaceUrl.bits() {
                group.card.face_url.clone_from(&change.value);
            }
        }
        if group.card != before {
            // Also where the tip stands in no history.
            self.shows_anew(&Conv::group(before.id))?;
        }
        let generation = self.shared.generation();
        let mut tip = Box::new(tip.clone());
        if !tip.group_change_info_array.is_empty() {
            let later = |change: &GroupTipGroupChangeInfo| {
                SINCE.iter().any(|(flag, since)| change.flag == flag.bits() && generation < *since)
            };
            tip.group_change_info_array.retain(|change| !later(change));
            if tip.group_change_info_array.is_empty() {
                return Ok(());
            }
        }
        self.out.events.push(Event::GroupTips(tip, generation));
        Ok(())
    }

    /// Whether the user wants no messages from a conversation.
    pub(crate) fn is_refused(&self, conv: &imsdk_types::wire::Conv) -> bool {
        conv.kind == ConvKind::Group
            && self
                .local
                .as_ref()
                .and_then(|local| local.group(&conv.id).ok().flatten())
                .is_some_and(|row| row.card.msg_flag == ReceiveMessageOpt::NotReceive.bits())
    }

    /// How far this device has come where the service does not know it yet.
    pub(crate) fn report_got(&mut self) {
        let rows = self.local.as_ref().and_then(|local| local.groups().ok()).unwrap_or_default();
        let moved: Vec<_> = rows
            .iter()
            .filter(|row| row.cursor > row.kept)
            .map(|row| (row.card.no, row.cursor))
            .collect();
        for some in moved.chunks(limits::GROUP_PLACES) {
            let some = some.to_vec();
            self.request(Asked::Group(Request::Got(some.clone())), move |core, answer| {
                if let Err(error) = answer.and_then(|_| core.note_got(&some)) {
                    tracing::warn!("groups: {} {}", error.code, error.desc);
                }
            });
        }
    }

    /// The service knows it now.
    fn note_got(&mut self, places: &[(u64, u64)]) -> Result<(), Error> {
        let Some(local) = &mut self.local else { return Ok(()) };
        for (group, place) in places {
            if let Some(row) = local.group_by_no(*group)?
                && row.kept < *place
            {
                local.put_group(&GroupRow { kept: *place, ..row })?;
            }
        }
        Ok(())
    }
}
