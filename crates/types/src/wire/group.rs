//! What client and service say to each other about groups.

use serde::{Deserialize, Serialize};

use super::Delivered;
use crate::{
    CreateGroupParam, GetGroupInfoResult, GroupBaseInfo, GroupDeleteMemberParam,
    GroupDeleteMemberResult, GroupGetMemberInfoListParam, GroupGetMemberInfoListResult,
    GroupHandlePendencyParam, GroupInviteMemberParam, GroupInviteMemberResult,
    GroupModifyInfoParam, GroupModifyMemberInfoParam, GroupPendencyOption, GroupPendencyResult,
    GroupTipsElem,
};

/// What a client may ask for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Request {
    /// Make a group.
    Create(Box<CreateGroupParam>),
    /// Dissolve one.
    Delete {
        /// Group id.
        group: String,
    },
    /// Join, or apply to.
    Join {
        /// Group id.
        group: String,
        /// Text for those who decide.
        hello: String,
    },
    /// Leave.
    Quit {
        /// Group id.
        group: String,
    },
    /// Add users, or invite them.
    Invite(GroupInviteMemberParam),
    /// Remove members.
    Remove(GroupDeleteMemberParam),
    /// The program has just begun: the account leaves the live groups, unless another of its devices is logged in or it owns them.
    LeaveLive,
    /// The groups that the account is in.
    Joined,
    /// The same, with unread numbers in which notices do not count.
    JoinedWithoutTips,
    /// Profiles of groups.
    Infos(Vec<String>),
    /// Change a group's profile.
    ModifyInfo(Box<GroupModifyInfoParam>),
    /// Members of a group.
    Members(GroupGetMemberInfoListParam),
    /// Change a member.
    ModifyMember(Box<GroupModifyMemberInfoParam>),
    /// Applications and invitations that the account may decide.
    Pendencies(GroupPendencyOption),
    /// They are read up to a time.
    PendencyRead {
        /// In Unix seconds or milliseconds.
        time: u64,
    },
    /// Decide one.
    HandlePendency(Box<GroupHandlePendencyParam>),
    /// Where each of the account's groups stands.
    Heads,
    /// What happened in a group past a place.
    Pull {
        /// The group's number.
        group: u64,
        /// The place.
        after: u64,
    },
    /// How far this device has come in groups, for devices without a store.
    Got(Vec<(u64, u64)>),
}

impl Request {
    /// Whether it may change something.
    pub fn writes(&self) -> bool {
        match self {
            Self::Joined
            | Self::JoinedWithoutTips
            | Self::Infos(_)
            | Self::Members(_)
            | Self::Pendencies(_)
            | Self::Heads
            | Self::Pull { .. } => false,
            Self::Create(_)
            | Self::Delete { .. }
            | Self::Join { .. }
            | Self::Quit { .. }
            | Self::LeaveLive
            | Self::Invite(_)
            | Self::Remove(_)
            | Self::ModifyInfo(_)
            | Self::ModifyMember(_)
            | Self::PendencyRead { .. }
            | Self::HandlePendency(_)
            | Self::Got(_) => true,
        }
    }
}

/// The answer to a [`Request`] that succeeded and gives something.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Response {
    /// To [`Request::Create`]: the id.
    Created(String),
    /// To [`Request::Invite`].
    Invited(Vec<GroupInviteMemberResult>),
    /// To [`Request::Remove`].
    Removed(Vec<GroupDeleteMemberResult>),
    /// To [`Request::Joined`] and [`Request::JoinedWithoutTips`].
    Joined(Vec<GroupBaseInfo>),
    /// To [`Request::Infos`].
    Infos(Vec<GetGroupInfoResult>),
    /// To [`Request::Members`].
    Members(GroupGetMemberInfoListResult),
    /// To [`Request::Pendencies`].
    Pendencies(GroupPendencyResult),
    /// To [`Request::Heads`].
    Heads(Vec<Head>),
    /// To [`Request::Pull`].
    Page(Page),
}

/// A group as the devices of a member keep it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Card {
    /// Its number inside the service.
    pub no: u64,
    /// Group id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// URL of its picture.
    pub face_url: String,
    /// A `TIMGroupType`.
    pub kind: u32,
    /// Whether its messages come in and ring for this member, a `TIMReceiveMessageOpt`.
    pub msg_flag: u32,
}

/// Where a group stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Head {
    /// Which group.
    pub card: Card,
    /// The place of what happened last.
    pub head: u64,
    /// Devices of the account have got everything up to this place.
    pub delivered: u64,
}

/// A stretch of a group's log.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Page {
    /// What happened, oldest first: messages, and notices that are not `listed`.
    pub rows: Vec<Delivered>,
    /// Where to go on from.
    pub cursor: u64,
    /// More is waiting.
    pub more: bool,
}

/// What devices learn, from the account's log or from a group's.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Notice {
    /// The account is in a group now.
    Joined {
        /// Which.
        card: Card,
        /// What lies past this place is for it.
        from: u64,
        /// So is all that lies before, in the history.
        #[serde(default)]
        past: bool,
    },
    /// The account is in a group no more, or there is no such group any more.
    Left {
        /// The group's number.
        group: u64,
        /// What lies up to this place is still for it.
        #[serde(default)]
        upto: u64,
    },
    /// The account chose on some device whether messages come in and ring.
    MsgFlag {
        /// The group's number.
        group: u64,
        /// A `TIMReceiveMessageOpt`.
        msg_flag: u32,
    },
    /// Something happened in a group that is no part of its history.
    Tip(Box<GroupTipsElem>),
}
