//! What each kind of group allows: one table.

use imsdk_types::{GroupAddOption, GroupMemberRole, GroupType, limits};

use super::policy::{Tip, TipFamily};

pub(crate) const NORMAL: u32 = GroupMemberRole::Normal.bits();
pub(crate) const ADMIN: u32 = GroupMemberRole::Admin.bits();
pub(crate) const OWNER: u32 = GroupMemberRole::Owner.bits();

/// No member has it: nobody may, but for the operator of the service.
const NOBODY: u32 = u32::MAX;
pub(super) const OPERATOR: u32 = NOBODY;

/// How users get in on their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Apply {
    /// Not at all.
    Never,
    /// As the group's join option says.
    Option,
    /// Always, at once.
    Always,
}

/// How members bring others in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Invite {
    /// Not at all.
    Never,
    /// With the consent of the one who is invited, unless the group has an approve option.
    Consent,
    /// At once, unless the group has an approve option.
    Direct,
}

/// What a kind of group allows. A role stands for itself and those above it.
pub(crate) struct Rules {
    /// Users can make one.
    pub(crate) create: bool,
    /// First members may be named when it is made.
    pub(crate) first_members: bool,
    pub(crate) max_members: u64,
    pub(crate) apply: Apply,
    pub(crate) add_option: GroupAddOption,
    pub(crate) invite: Invite,
    /// Who may dissolve it.
    pub(crate) dismiss: u32,
    pub(crate) owner_quits: bool,
    /// Who may remove members below their own role.
    pub(crate) kick: u32,
    /// Who may change name, introduction, notice and picture.
    pub(crate) profile: u32,
    /// Who may change everything else about it.
    pub(crate) settings: u32,
    /// Who may make and unmake administrators.
    pub(crate) admins: u32,
    /// Who may hand it over.
    pub(crate) transfer: u32,
    /// Who may mute members below their own role.
    pub(crate) mute: u32,
    /// Members have custom fields.
    pub(crate) member_fields: bool,
    /// Messages count as unread.
    pub(crate) counts: bool,
    /// Messages are kept; otherwise they go to those who are online.
    pub(crate) keeps: bool,
    /// Members see what was before them.
    pub(crate) past: bool,
    /// `TIMReceiveMessageOpt` of a new member.
    pub(crate) msg_flag: u32,
    /// Users outside get to see its profile.
    pub(crate) open: bool,
    /// Notices about who joins, leaves and is removed.
    pub(crate) tip_members: Tip,
    /// Notices about administrators.
    pub(crate) tip_admins: Tip,
    /// Notices about the profile.
    pub(crate) tip_info: Tip,
    /// Notices about muted members.
    pub(crate) tip_mutes: Tip,
}

const PUBLIC: Rules = Rules {
    create: true,
    first_members: true,
    max_members: 2_000,
    apply: Apply::Option,
    add_option: GroupAddOption::Auth,
    invite: Invite::Consent,
    dismiss: OWNER,
    owner_quits: false,
    kick: ADMIN,
    profile: ADMIN,
    settings: ADMIN,
    admins: OWNER,
    transfer: OWNER,
    mute: ADMIN,
    member_fields: true,
    counts: true,
    keeps: true,
    past: false,
    msg_flag: 0,
    open: true,
    tip_members: Tip::Stored,
    tip_admins: Tip::Stored,
    tip_info: Tip::Stored,
    tip_mutes: Tip::Event,
};

const PRIVATE: Rules = Rules {
    max_members: 200,
    apply: Apply::Never,
    invite: Invite::Direct,
    dismiss: NOBODY,
    owner_quits: true,
    kick: OWNER,
    profile: NORMAL,
    settings: OWNER,
    admins: NOBODY,
    mute: NOBODY,
    open: false,
    ..PUBLIC
};

const CHAT_ROOM: Rules = Rules {
    max_members: limits::CHAT_ROOM_MEMBERS,
    add_option: GroupAddOption::Any,
    counts: false,
    past: true,
    msg_flag: 2,
    tip_members: Tip::Off,
    tip_admins: Tip::Off,
    tip_info: Tip::Event,
    tip_mutes: Tip::Off,
    ..PUBLIC
};

const LIVE: Rules = Rules {
    first_members: false,
    max_members: u64::MAX,
    apply: Apply::Always,
    add_option: GroupAddOption::Any,
    invite: Invite::Never,
    kick: OWNER,
    profile: OWNER,
    settings: OWNER,
    admins: NOBODY,
    transfer: NOBODY,
    mute: OWNER,
    member_fields: false,
    counts: false,
    keeps: false,
    msg_flag: 2,
    tip_members: Tip::Event,
    tip_admins: Tip::Off,
    tip_info: Tip::Event,
    tip_mutes: Tip::Off,
    ..PUBLIC
};

const BROADCAST: Rules = Rules {
    create: false,
    dismiss: NOBODY,
    kick: NOBODY,
    profile: NOBODY,
    settings: NOBODY,
    mute: NOBODY,
    tip_members: Tip::Off,
    ..LIVE
};

const COMMUNITY: Rules = Rules {
    max_members: 100_000,
    add_option: GroupAddOption::Any,
    invite: Invite::Direct,
    past: true,
    ..PUBLIC
};

/// The kinds in which nothing is kept.
pub(crate) const LIVE_KINDS: [GroupType; 2] = [GroupType::AvChatRoom, GroupType::BChatRoom];

/// The rules of a kind.
pub(crate) fn rules(kind: GroupType) -> &'static Rules {
    match kind {
        GroupType::Public => &PUBLIC,
        GroupType::Private => &PRIVATE,
        GroupType::ChatRoom => &CHAT_ROOM,
        GroupType::BChatRoom => &BROADCAST,
        GroupType::AvChatRoom => &LIVE,
        GroupType::Community => &COMMUNITY,
    }
}

impl Rules {
    /// Whether there are administrators.
    pub(crate) fn has_admins(&self) -> bool {
        self.admins != NOBODY
    }

    /// What usually becomes of a notice.
    pub(super) fn tip(&self, family: TipFamily) -> Tip {
        match family {
            TipFamily::Members => self.tip_members,
            TipFamily::Admins => self.tip_admins,
            TipFamily::Info => self.tip_info,
            TipFamily::Mutes => self.tip_mutes,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn live_kinds_are_those_that_keep_nothing() {
        let all = (0..=100).filter_map(|number| GroupType::try_from(number).ok());
        let (kept, live): (Vec<_>, Vec<_>) = all.partition(|kind| rules(*kind).keeps);
        assert_eq!(kept.len(), 4);
        assert!(live.len() == LIVE_KINDS.len() && live.iter().all(|it| LIVE_KINDS.contains(it)));
    }
}
