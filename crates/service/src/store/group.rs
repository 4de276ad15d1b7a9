//! Groups, their members, and requests to join.

use std::collections::BTreeMap;
use std::future::Future;

use imsdk_types::GroupType;

use super::Answer;

/// A group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Its number.
    pub no: u64,
    /// Group id.
    pub id: String,
    /// Its kind.
    pub kind: GroupType,
    /// The owner's account; 0 without one.
    pub owner: u64,
    /// When it was made, in Unix seconds.
    pub created: u64,
    /// Its profile.
    pub info: GroupInfo,
    /// Grows with every change of the profile.
    pub info_seq: u64,
    /// When the profile changed last, in Unix seconds.
    pub info_time: u64,
    /// Members.
    pub members: u64,
    /// Members that ever joined: the place of the newest in the list.
    pub joined: u64,
}

/// What a group's owner decides about it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GroupInfo {
    /// Its name.
    pub name: String,
    /// Its notice.
    pub notification: String,
    /// Its introduction.
    pub introduction: String,
    /// URL of its picture.
    pub face_url: String,
    /// A `TIMGroupAddOption` for applications.
    pub add_option: u32,
    /// A `TIMGroupAddOption` for invitations.
    pub approve_option: u32,
    /// Most members.
    pub max_members: u64,
    /// Whether others can see it, as programs have set it.
    pub visible: u32,
    /// Whether others can find it, as programs have set it.
    pub searchable: u32,
    /// Only owner and administrators may write.
    pub shutup_all: bool,
    /// Custom fields.
    pub custom: Custom,
}

/// Custom fields: names with values.
pub type Custom = BTreeMap<String, String>;

/// A member of a group.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GroupMember {
    /// The account.
    pub account: u64,
    /// The number of a `TIMGroupMemberRole`.
    pub role: u32,
    /// When it joined, in Unix seconds.
    pub join_time: u64,
    /// Its place in the list of members, which rises with every one who joins.
    pub joined: u64,
    /// Devices of the account have got the group's log up to this place.
    pub delivered: u64,
    /// A `TIMReceiveMessageOpt`.
    pub msg_flag: u32,
    /// Name in the group.
    pub name_card: String,
    /// Custom fields.
    pub custom: Custom,
}

/// What outlives a membership.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sanction {
    /// Muted up to this Unix second.
    pub muted_until: u64,
    /// May not apply up to this Unix second.
    pub barred_until: u64,
}

/// An application, or an invitation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupRequest {
    /// When it was made, in Unix milliseconds; no two have the same.
    pub time: u64,
    /// The group.
    pub group: u64,
    /// A `TIMGroupPendencyType`.
    pub kind: u32,
    /// Who would join.
    pub subject: u64,
    /// Who applies, or invites.
    pub from: u64,
    /// Text of the application or invitation.
    pub msg: String,
    /// Data of the application from the one who made it.
    pub user_data: String,
    /// Who has decided; 0 for nobody yet.
    pub handler: u64,
    /// Whether it was accepted.
    pub accepted: bool,
    /// Text of the one who decided.
    pub answer: String,
}

/// The newest message of a group that stands in its history.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Newest {
    /// Its place.
    pub order: u64,
    /// Its public number.
    pub seq: u64,
    /// When it was sent, in Unix seconds.
    pub time: u64,
}

/// What an earlier membership of a group gave an account: what lies past a place and up to another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stay {
    /// The place before it.
    pub after: u64,
    /// Its last place.
    pub upto: u64,
}

/// Groups and their members.
pub trait GroupStore: Send {
    /// The group with an id.
    fn group(&mut self, id: &str) -> impl Future<Output = Answer<Option<Group>>> + Send;
    /// The groups with ids, in the order of the list.
    fn groups(
        &mut self,
        ids: &[String],
    ) -> impl Future<Output = Answer<Vec<Option<Group>>>> + Send {
        one_by_one!(ids, id => self.group(id))
    }
    /// The group with a number.
    fn group_by_no(&mut self, no: u64) -> impl Future<Output = Answer<Option<Group>>> + Send;
    /// The groups with numbers, in the order of the list.
    fn groups_by_no(
        &mut self,
        list: &[u64],
    ) -> impl Future<Output = Answer<Vec<Option<Group>>>> + Send {
        one_by_one!(list, no => self.group_by_no(*no))
    }
    /// Makes a group, whose number is returned; `no` does not count.
    fn create_group(&mut self, group: &Group) -> impl Future<Output = Answer<u64>> + Send;
    /// Writes a group that exists.
    fn put_group(&mut self, group: &Group) -> impl Future<Output = Answer<()>> + Send;
    /// Removes a group with its members and what is pending; its id is free again. Its messages stay, since `now`, a Unix second.
    fn delete_group(&mut self, no: u64, now: u64) -> impl Future<Output = Answer<()>> + Send;
    /// Removes what is left of groups that were deleted before a Unix second, of so many at most.
    fn remove_deleted_groups(
        &mut self,
        before: u64,
        count: u32,
    ) -> impl Future<Output = Answer<()>> + Send;

    /// A member of a group.
    fn group_member(
        &mut self,
        group: u64,
        account: u64,
    ) -> impl Future<Output = Answer<Option<GroupMember>>> + Send;
    /// What accounts are in groups, if they are in them, and what they must not do there. Each is a group and an account; in the order
    /// of the list.
    fn members_among(
        &mut self,
        list: &[(u64, u64)],
    ) -> impl Future<Output = Answer<Vec<(Option<GroupMember>, Sanction)>>> + Send {
        one_by_one!(list, &(group, account) => async {
            let member = self.group_member(group, account).await?;
            Ok::<_, imsdk_types::Error>((member, self.sanction(group, account).await?))
        })
    }
    /// Writes members, who may be new, each with the number of the group; none comes twice.
    fn put_group_members(
        &mut self,
        list: &[(u64, GroupMember)],
    ) -> impl Future<Output = Answer<()>> + Send;
    /// Removes members.
    fn remove_group_members(
        &mut self,
        group: u64,
        accounts: &[u64],
    ) -> impl Future<Output = Answer<()>> + Send;
    /// Members past a place in the list, with one of these roles, in the order in which they joined.
    fn group_members(
        &mut self,
        group: u64,
        after: u64,
        roles: &[u32],
        count: u32,
    ) -> impl Future<Output = Answer<Vec<GroupMember>>> + Send;
    /// The groups of an account, the one that it joined first first.
    fn groups_of(
        &mut self,
        account: u64,
    ) -> impl Future<Output = Answer<Vec<(Group, GroupMember)>>> + Send;
    /// Those of them that are of some kinds, and in which it has one of some roles, the one that it joined last first: so many at most,
    /// past so many.
    fn groups_of_kinds(
        &mut self,
        account: u64,
        kinds: &[GroupType],
        roles: &[u32],
        page: (u32, u32),
    ) -> impl Future<Output = Answer<Vec<(Group, GroupMember)>>> + Send;
    /// In how many groups each of these accounts is, in the order of the list; those of some kinds count where it is the owner alone.
    fn group_counts(
        &mut self,
        accounts: &[u64],
        visits: &[GroupType],
    ) -> impl Future<Output = Answer<Vec<u64>>> + Send;
    /// The numbers of the groups of accounts, each with the `msg_flag` there, in no order: where a server sends its hints. In the order
    /// of the list.
    fn memberships(
        &mut self,
        accounts: &[u64],
    ) -> impl Future<Output = Answer<Vec<Vec<(u64, u32)>>>> + Send;
    /// What an account must not do in a group, member or not.
    fn sanction(
        &mut self,
        group: u64,
        account: u64,
    ) -> impl Future<Output = Answer<Sanction>> + Send;
    /// Writes it, of accounts that differ.
    fn put_sanctions(
        &mut self,
        group: u64,
        list: &[(u64, Sanction)],
    ) -> impl Future<Output = Answer<()>> + Send;

    /// What earlier memberships gave an account of a group's conversation, the oldest first.
    fn stays(&mut self, account: u64, conv: u64) -> impl Future<Output = Answer<Vec<Stay>>> + Send;
    /// Adds one for each of these accounts, past those that it has. Of each account the newest `most` stay.
    fn add_stays(
        &mut self,
        conv: u64,
        list: &[(u64, Stay)],
        most: u32,
    ) -> impl Future<Output = Answer<()>> + Send;
    /// Takes away from an account what lies up to a place.
    fn cut_stays(
        &mut self,
        account: u64,
        conv: u64,
        upto: u64,
    ) -> impl Future<Output = Answer<()>> + Send;

    /// What stands in a conversation past a place, oldest first, with what is not listed: as many as there are, or as are wanted
    /// at once.
    fn rows_after(
        &mut self,
        conv: u64,
        after: u64,
        most: super::Most,
    ) -> impl Future<Output = Answer<super::Part<super::Message>>> + Send;
    /// The newest listed message up to a place.
    fn newest(&mut self, conv: u64, upto: u64) -> impl Future<Output = Answer<Newest>> + Send;
    /// The same of several, each a conversation and a place, in the order of the list.
    fn newest_of(
        &mut self,
        list: &[(u64, u64)],
    ) -> impl Future<Output = Answer<Vec<Newest>>> + Send {
        one_by_one!(list, (conv, upto) => self.newest(*conv, *upto))
    }
}

/// Applications to groups and invitations into them.
pub trait GroupRequestStore: Send {
    /// The application or invitation of a kind that would make this account a member.
    fn group_request(
        &mut self,
        group: u64,
        kind: u32,
        subject: u64,
    ) -> impl Future<Output = Answer<Option<GroupRequest>>> + Send;
    /// Writes new ones that differ in their subjects alone, which come in a list, none of them twice. Each takes the place of an earlier
    /// one of the same kind for the same account. Their times are moved past those of all others. Of invitations that an account
    /// decides about itself, and of the others of a group, so many are kept at `most`: what was decided goes first, then the oldest of
    /// whoever has asked the most. So one who fills a list makes room for others, and a list that nobody looks at takes new ones.
    fn add_group_requests(
        &mut self,
        request: &GroupRequest,
        subjects: &[u64],
        most: u64,
    ) -> impl Future<Output = Answer<()>> + Send;
    /// Writes who has decided one, and how.
    fn decide_group_request(
        &mut self,
        pendency: &GroupRequest,
    ) -> impl Future<Output = Answer<()>> + Send;
    /// Those before a time that an account may decide: applications to groups in which it has one of these roles, invitations to
    /// itself. Newest first.
    fn group_requests(
        &mut self,
        account: u64,
        before: u64,
        roles: &[u32],
        count: u32,
    ) -> impl Future<Output = Answer<Vec<GroupRequest>>> + Send;
    /// How many of them are past a time.
    fn count_group_requests(
        &mut self,
        account: u64,
        after: u64,
        roles: &[u32],
    ) -> impl Future<Output = Answer<u64>> + Send;
    /// Up to when an account has read them, in Unix milliseconds.
    fn group_requests_read(&mut self, account: u64) -> impl Future<Output = Answer<u64>> + Send;
    /// Moves that forward; never back.
    fn set_group_requests_read(
        &mut self,
        account: u64,
        time: u64,
    ) -> impl Future<Output = Answer<()>> + Send;
}
