//! What the account's log tells about groups, and what notices say to programs.

use imsdk_types::wire::Conv;
use imsdk_types::wire::group::Notice;
use imsdk_types::{
    Elem, Error, GroupMemberInfo, GroupReportElem, GroupReportType, GroupTipsElem, Message,
};

use crate::config::Platform;
use crate::core::{Core, now};
use crate::store::{GroupRow, unknown};

/// The first generation of the interface in which members are told by a report that they are muted, and users that their option for a
/// group is another one.
const MORE_REPORTS: u8 = 8;

impl Core {
    /// What the account's log tells about this area.
    pub(crate) fn group_notice(&mut self, notice: Notice) -> Result<(), Error> {
        if let Notice::Joined { card, .. } = &notice {
            self.forget_namesake(card)?;
        }
        let Some(local) = &mut self.local else { return Ok(()) };
        match notice {
            Notice::Joined { card, from, past } => {
                let same = local.group_by_no(card.no)?;
                let cursor = match &same {
                    // What an earlier membership gave is still to come, unless it stands in the history as well.
                    Some(row) if !past && row.cursor < row.until => row.cursor,
                    Some(row) => row.cursor.max(from),
                    None => from,
                };
                let (group, conv) = (card.no, Conv::group(card.id.clone()));
                local.put_group(&GroupRow { cursor, kept: from, joined: true, until: 0, card })?;
                // What was said meanwhile can be had from the service: it must not be missing between what is here and what comes.
                if past
                    && same.is_some_and(|row| row.cursor < from)
                    && let Some(mut found) = local.conversation(&conv)?
                {
                    local.remove_sent(&mut found)?;
                }
                // It has the name and the option of the group now.
                self.shows_anew(&conv)?;
                // What was before is no news.
                self.read_up_to(&conv, from)?;
                self.pull_group(group);
                Ok(())
            }
            Notice::Left { group, upto } => {
                if let Some(row) = local.group_by_no(group)? {
                    local.put_group(&GroupRow { joined: false, until: upto, ..row })?;
                    self.pull_group(group);
                }
                Ok(())
            }
            Notice::MsgFlag { group, msg_flag } => match local.group_by_no(group)? {
                Some(mut row) => {
                    let id = row.card.id.clone();
                    let changes = std::mem::replace(&mut row.card.msg_flag, msg_flag) != msg_flag;
                    local.put_group(&row)?;
                    self.shows_anew(&Conv::group(id.clone()))?;
                    match changes && self.shared.generation() >= MORE_REPORTS {
                        true => {
                            self.report_own(&id, GroupReportType::GroupMessageRecvOption, msg_flag)
                        }
                        false => Ok(()),
                    }
                }
                None => Ok(()),
            },
            // These stand in the logs of groups.
            Notice::Tip(_) => Ok(()),
        }
    }

    /// §3.3: a report about what the user has done, on another device perhaps. A new device hears of nothing that was before.
    pub(crate) fn report_own(
        &mut self,
        group: &str,
        kind: GroupReportType,
        msg_flag: u32,
    ) -> Result<(), Error> {
        let Some(local) = self.local.as_ref().filter(|local| !local.is_filling()) else {
            return Ok(());
        };
        let mut report = GroupReportElem {
            report_type: kind.bits(),
            group_id: group.to_owned(),
            group_name: local.group(group)?.map(|group| group.card.name).unwrap_or_default(),
            op_user: self.owner.clone(),
            group_message_receive_option: msg_flag,
            ..GroupReportElem::default()
        };
        complete_report(&mut report, Platform::of(0));
        let message = self.service_message(Elem::GroupReport(Box::new(report)), now());
        self.out.messages.push(message);
        Ok(())
    }

    /// Whether programs of this generation know what a report says.
    pub(crate) fn has_word_for(&self, message: &Message) -> bool {
        let new = |elem: &Elem| match elem {
            Elem::GroupReport(it) => it.report_type == GroupReportType::ShutUpMember.bits(),
            _ => false,
        };
        self.shared.generation() >= MORE_REPORTS || !message.elem_array.iter().any(new)
    }
}

fn member(user: &str) -> GroupMemberInfo {
    GroupMemberInfo { identifier: user.to_owned(), ..GroupMemberInfo::default() }
}

/// Adds what need not be stored with each notice.
pub(crate) fn complete_tip(tip: &mut GroupTipsElem, platform: Platform) {
    tip.platform = platform.name().to_owned();
    tip.op_user_info = Some(Box::new(unknown(&tip.op_user)));
    tip.op_group_memberinfo = Some(Box::new(member(&tip.op_user)));
    tip.changed_user_info_array = tip.user_array.iter().map(|user| unknown(user)).collect();
    tip.changed_group_memberinfo_array = tip.user_array.iter().map(|user| member(user)).collect();
}

/// Adds what need not be stored with each report.
pub(crate) fn complete_report(report: &mut GroupReportElem, platform: Platform) {
    report.platform = platform.name().to_owned();
    report.op_user_info = Some(Box::new(unknown(&report.op_user)));
}
