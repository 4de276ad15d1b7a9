//! What whoever runs a service decides about its groups.

use std::fmt;
use std::str::FromStr;

use imsdk_types::{GroupTipType, GroupType, MsgPriority, limits};

use super::rules::rules;

/// What becomes of a notice to all members.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tip {
    /// There is none.
    Off,
    /// It is told and not kept.
    Event,
    /// It is told, and is a message of the group's history where it has one.
    Stored,
}

/// What a notice is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TipFamily {
    /// Who joins, leaves and is removed.
    Members,
    /// Who becomes an administrator, or ceases to be one.
    Admins,
    /// Name, introduction, notice, picture, owner.
    Info,
    /// Who is muted.
    Mutes,
}

impl TipFamily {
    /// That of a notice; none for those that there are not yet.
    pub(super) fn of(kind: GroupTipType) -> Option<Self> {
        match kind {
            GroupTipType::Invite | GroupTipType::Quit | GroupTipType::Kick => Some(Self::Members),
            GroupTipType::SetAdmin | GroupTipType::CancelAdmin => Some(Self::Admins),
            GroupTipType::MemberInfoChange => Some(Self::Mutes),
            GroupTipType::GroupInfoChange => Some(Self::Info),
            GroupTipType::None
            | GroupTipType::MemberMarkChange
            | GroupTipType::TopicInfoChange
            | GroupTipType::PinnedMessageAdded
            | GroupTipType::PinnedMessageDeleted => None,
        }
    }
}

const KINDS: [(&str, GroupType); 6] = [
    ("Public", GroupType::Public),
    ("Private", GroupType::Private),
    ("ChatRoom", GroupType::ChatRoom),
    ("BChatRoom", GroupType::BChatRoom),
    ("AVChatRoom", GroupType::AvChatRoom),
    ("Community", GroupType::Community),
];

const FAMILIES: [(&str, TipFamily); 4] = [
    ("members", TipFamily::Members),
    ("admins", TipFamily::Admins),
    ("info", TipFamily::Info),
    ("mutes", TipFamily::Mutes),
];

const TIPS: [(&str, Tip); 3] = [("off", Tip::Off), ("event", Tip::Event), ("stored", Tip::Stored)];

/// Where notices differ from what is usual for a kind of group (§3.5).
///
/// As text: `ChatRoom.members=event,Public.mutes=off`, that is a kind of group, `members`, `admins`, `info` or `mutes`, and `off`, `event` or
/// `stored`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TipSwitches([[Option<Tip>; FAMILIES.len()]; KINDS.len()]);

impl TipSwitches {
    /// Sets one of them.
    pub fn set(&mut self, kind: GroupType, family: TipFamily, tip: Tip) {
        self.0[kind as usize][family as usize] = Some(tip);
    }

    fn get(&self, kind: GroupType, family: TipFamily) -> Option<Tip> {
        self.0[kind as usize][family as usize]
    }
}

impl FromStr for TipSwitches {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        fn named<T: Copy>(list: &[(&str, T)], name: &str) -> Result<T, String> {
            let known = list.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
            known.map(|(_, value)| *value).ok_or_else(|| {
                let names: Vec<_> = list.iter().map(|(name, _)| *name).collect();
                format!("unknown `{name}`, expected one of {}", names.join(", "))
            })
        }
        let mut switches = Self::default();
        for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
            let Some((cell, tip)) = part.split_once('=') else {
                return Err(format!("`{part}` is not like ChatRoom.members=event"));
            };
            let Some((kind, family)) = cell.trim().split_once('.') else {
                return Err(format!("`{part}` is not like ChatRoom.members=event"));
            };
            let family = named(&FAMILIES, family)?;
            switches.set(named(&KINDS, kind)?, family, named(&TIPS, tip.trim())?);
        }
        Ok(switches)
    }
}

/// As [`FromStr`] reads it.
impl fmt::Display for TipSwitches {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let cells = KINDS.iter().flat_map(|kind| FAMILIES.iter().map(move |family| (kind, family)));
        let set = cells.filter_map(|((kind, at), (family, of))| {
            let tip = self.get(*at, *of)?;
            let (name, _) = TIPS.iter().find(|(_, known)| *known == tip)?;
            Some(format!("{kind}.{family}={name}"))
        });
        f.write_str(&set.collect::<Vec<_>>().join(","))
    }
}

/// What groups are like in an application.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GroupPolicy {
    /// Whether members are told that all of them are muted, or no longer. Programs of before generation 6 of the interface have no
    /// word for it and are never told.
    pub tell_mute_all: bool,
    /// Whether members are told who may join or be invited now. Programs of before generation 6, or 8, have no word for it.
    pub tell_options: bool,
    /// Whether ordinary members may invite into groups where who is invited is asked.
    pub members_invite: bool,
    /// Members of a chat room at most.
    pub chat_room_members: u64,
    /// Groups that a user may be in.
    pub max_groups: u64,
    /// Messages per second in a group, of which lower priorities get a smaller share. What is beyond that is dropped, and its sender is told of a success.
    pub rate: u64,
    /// Notices that differ from what is usual.
    pub tips: TipSwitches,
}

impl Default for GroupPolicy {
    fn default() -> Self {
        Self {
            tell_mute_all: true,
            tell_options: false,
            members_invite: true,
            chat_room_members: limits::CHAT_ROOM_MEMBERS,
            max_groups: u64::MAX,
            rate: u64::MAX,
            tips: TipSwitches::default(),
        }
    }
}

impl GroupPolicy {
    /// Members of a kind of group at most.
    pub(super) fn max_members(&self, kind: GroupType) -> u64 {
        match kind {
            GroupType::ChatRoom => self.chat_room_members,
            _ => rules(kind).max_members,
        }
    }

    /// How many messages of a second may come before one of a priority that is still taken. Which ones are going to come is not known
    /// yet, so an eighth of the rate is left to each higher priority.
    pub(super) fn share(&self, priority: u32) -> u64 {
        self.rate - self.rate / 8 * u64::from(priority.min(MsgPriority::Lowest as u32))
    }

    /// What becomes of a notice in a kind of group.
    pub(super) fn tip(&self, kind: GroupType, family: TipFamily) -> Tip {
        let rules = rules(kind);
        match self.tips.get(kind, family).unwrap_or_else(|| rules.tip(family)) {
            Tip::Stored if !rules.keeps => Tip::Event,
            tip => tip,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_leaves_something_to_each_higher_priority() {
        for (rate, shares) in [
            (
                u64::MAX,
                [u64::MAX, u64::MAX / 8 * 7 + 7, u64::MAX / 8 * 6 + 7, u64::MAX / 8 * 5 + 7],
            ),
            (40, [40, 35, 30, 25]),
            (7, [7; 4]),
            (0, [0; 4]),
        ] {
            let policy = GroupPolicy { rate, ..GroupPolicy::default() };
            assert_eq!([0, 1, 2, 3].map(|priority| policy.share(priority)), shares, "{rate}");
        }
    }

    #[test]
    fn switches_are_read_by_name() {
        let text = "chatroom.members=event, AVChatRoom.info=stored,Public.mutes = off,";
        let tips: TipSwitches = text.parse().unwrap();
        let policy = GroupPolicy { tips, ..GroupPolicy::default() };
        for (kind, family, tip) in [
            (GroupType::ChatRoom, TipFamily::Members, Tip::Event),
            (GroupType::ChatRoom, TipFamily::Admins, Tip::Off),
            (GroupType::AvChatRoom, TipFamily::Info, Tip::Event),
            (GroupType::Public, TipFamily::Mutes, Tip::Off),
            (GroupType::Public, TipFamily::Members, Tip::Stored),
        ] {
            assert_eq!(policy.tip(kind, family), tip, "{kind:?} {family:?}");
        }
        let written = "Public.mutes=off,ChatRoom.members=event,AVChatRoom.info=stored";
        assert_eq!(tips.to_string(), written);
        assert_eq!(written.parse(), Ok(tips));
        assert_eq!("".parse(), Ok(TipSwitches::default()));
        for text in
            ["ChatRoom", "ChatRoom=off", "Room.members=off", "Public.all=off", "Public.info=on"]
        {
            assert!(text.parse::<TipSwitches>().is_err(), "{text}");
        }
    }
}
