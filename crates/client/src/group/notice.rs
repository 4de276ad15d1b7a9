//! What the account's log tells about groups, and what notices say to programs.

use imsdk_types::wire::Conv;
use imsdk_types::wire::group::Notice;
use imsdk_types::{Error, GroupMemberInfo, GroupReportElem, GroupTipsElem};

use crate::config::Platform;
use crate::core::Core;
use crate::store::{GroupRow, unknown};

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
                    row.card.msg_flag = msg_flag;
                    local.put_group(&row)?;
                    self.shows_anew(&Conv::group(row.card.id))
                }
                None => Ok(()),
            },
            // These stand in the logs of groups.
            Notice::Tip(_) => Ok(()),
        }
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
