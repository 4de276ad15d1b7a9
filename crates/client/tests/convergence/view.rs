//! What a device shows when all is at rest, and how two of them are compared.

use std::collections::{BTreeMap, BTreeSet};

use imsdk_client::Event;
use imsdk_testkit::{Device, text};
use imsdk_types::wire::ConvKind;
use imsdk_types::{
    ConvInfo, Elem, FriendGroupInfo, FriendProfile, FriendshipGetPendencyListParam, GroupBaseInfo,
    GroupDetailInfo, GroupGetMemberInfoListParam, GroupMemberInfo, GroupPendency,
    GroupPendencyOption, GroupType, Message, MsgStatus, UserProfile,
};

use crate::life::{Life, ONLY_HERE, c2c, group};
use crate::more::load;
use crate::ops::USERS;
use crate::store::{Key, Store, whole};

/// What a device shows.
pub struct View {
    pub user: usize,
    pub name: String,
    is_first: bool,
    /// What its program was told until then.
    pub told: Vec<Event>,
    /// What the programs before it were told.
    pub before: Vec<Event>,
    /// Its list, in its order.
    pub list: Vec<ConvInfo>,
    /// All that can be had of each conversation, oldest first.
    pub histories: BTreeMap<Key, Vec<Message>>,
    /// Groups that the user is in.
    pub groups: BTreeMap<String, GroupBaseInfo>,
    pub society: Society,
}

/// What the service says of the people and groups around a user.
#[derive(Debug, PartialEq)]
pub struct Society {
    infos: BTreeMap<String, GroupDetailInfo>,
    members: BTreeMap<String, Vec<GroupMemberInfo>>,
    friends: Vec<FriendProfile>,
    friend_groups: Vec<FriendGroupInfo>,
    blocked: Vec<FriendProfile>,
    requests: Vec<(String, u32)>,
    group_requests: Vec<GroupPendency>,
    profile: UserProfile,
}

/// Whether the service knows it, and all who have it are shown the same.
pub fn is_shared(message: &Message) -> bool {
    [MsgStatus::SendSucc as u32, MsgStatus::Revoked as u32].contains(&message.status)
}

/// The key of an entry of a list.
pub fn key_of(info: &ConvInfo) -> Key {
    (info.kind, info.id.clone())
}

fn society(device: &Device, user: usize, groups: &BTreeMap<String, GroupBaseInfo>) -> Society {
    let mut infos = BTreeMap::new();
    let mut members = BTreeMap::new();
    for id in groups.keys() {
        let info = device.group_info(id).unwrap_or_else(|code| panic!("group {id}: {code}"));
        // That depends on when one asks.
        infos.insert(id.clone(), GroupDetailInfo { online_member_num: 0, ..info });
        let param = GroupGetMemberInfoListParam { group_id: id.clone(), ..Default::default() };
        let (mut page, _) = device.member_page(param).expect("members");
        page.iter_mut().for_each(|member| {
            (member.is_online, member.online_devices) = Default::default();
        });
        members.insert(id.clone(), page);
    }
    let mut friends = device.friends();
    friends.sort_by(|one, other| one.identifier.cmp(&other.identifier));
    let option = GroupPendencyOption { start_time: 0, max_limited: 100 };
    let param = FriendshipGetPendencyListParam { kind: 2, ..Default::default() };
    let requests = device.pendencies(param).pendency_info_array.into_iter();
    Society {
        infos,
        members,
        friends,
        friend_groups: device.call(|c, r| c.friend_groups(Vec::new(), r)).expect("friend groups"),
        blocked: device.call(|client, reply| client.black_list(reply)).expect("a black list"),
        requests: requests.map(|info| (info.identifier, info.kind)).collect(),
        group_requests: device.group_pendencies(option).pendency_array,
        profile: device.profile(USERS[user]),
    }
}

impl View {
    /// Looks at all that a device shows.
    pub fn of(life: &Life, store: &Store, wrong: &mut Vec<String>) -> Self {
        let (device, user, name) = (store.program(), store.user, store.name());
        let list = device.conversations();
        let (told, earlier) = store.told();
        let groups = device.joined_groups().into_iter();
        let groups: BTreeMap<_, _> = groups.map(|group| (group.group_id.clone(), group)).collect();
        // Those that are not listed too: one has nothing that becomes its last message.
        let people = (0..USERS.len()).map(c2c);
        let keys = groups.keys().map(|id| group(id)).chain(people).chain(list.iter().map(key_of));
        let histories: BTreeMap<_, _> =
            keys.map(|key| (key.clone(), whole(device, &key))).collect();
        let all = histories.values().flatten();
        all.for_each(|message| load(life, device, name, message, wrong));
        // HIST-12.
        let after = device.conversations();
        for before in &list {
            let Some(after) = after.iter().find(|info| key_of(info) == key_of(before)) else {
                wrong.push(format!("reading took away: {name} {:?}", key_of(before)));
                continue;
            };
            // DEL-2: what is brought again may be the last message again.
            let cut = life.excused.cut.contains(&(user, key_of(before)))
                || is_waiting(&key_of(before), &told, &earlier);
            if before.unread_num != after.unread_num || !cut && last_id(before) != last_id(after) {
                wrong.push(format!("reading changed a list: {name} {before:?} {after:?}"));
            }
        }
        let society = society(device, user, &groups);
        Self {
            user,
            name: name.to_owned(),
            is_first: store.is_first,
            told,
            before: earlier,
            list,
            histories,
            groups,
            society,
        }
    }

    pub fn info(&self, key: &Key) -> Option<&ConvInfo> {
        self.list.iter().find(|info| key_of(info) == *key)
    }

    /// What of a conversation is the same on all devices of the user.
    pub fn shared(&self, life: &Life, key: &Key) -> Vec<&Message> {
        let gone = |message: &Message| {
            let entry = (self.user, key.clone(), message.msg_id.clone());
            life.excused.gone.contains(&entry)
        };
        let all = self.histories.get(key).into_iter().flatten();
        all.filter(|message| is_shared(message) && !gone(message)).collect()
    }

    fn is_waiting(&self, key: &Key) -> bool {
        is_waiting(key, &self.told, &self.before)
    }

    /// The device agrees with itself.
    pub fn check(&self, life: &Life, wrong: &mut Vec<String>) {
        let name = &self.name;
        for (one, next) in self.list.iter().zip(self.list.iter().skip(1)) {
            // CONV-7.
            if one.active_time < next.active_time {
                wrong.push(format!("order of a list: {name} {} before {}", one.id, next.id));
            }
        }
        for (key, history) in &self.histories {
            self.check_notes(key, history, life, wrong);
        }
        for info in &self.list {
            let key = key_of(info);
            let history = &self.histories[&key];
            let mut ids = BTreeSet::new();
            if let Some(twice) = history.iter().find(|it| !ids.insert((&it.msg_id, it.seq))) {
                wrong.push(format!("twice in a history: {name} {key:?} {}", brief(twice)));
            }
            let sorted = |pair: &[Message]| pair[0].server_time <= pair[1].server_time;
            if !history.windows(2).all(sorted) {
                wrong.push(format!("order of a history: {name} {key:?}\n{}", lines(history)));
            }
            let refused = life.excused.refused.contains(&(self.user, key.clone()));
            let quiet = [GroupType::ChatRoom.bits(), GroupType::AvChatRoom.bits()];
            let counts = |message: &&Message| {
                message.status == MsgStatus::SendSucc as u32
                    && !message.is_read
                    && !message.is_excluded_from_unread_count
            };
            let unread = match quiet.contains(&info.group_type) && key.0 == 2 {
                true => 0,
                false => history.iter().filter(counts).count() as u64,
            };
            // A group that is no more has no kind.
            let known = key.0 != 2 || self.groups.contains_key(&key.1);
            // OPT-1: what came while the user wanted nothing does not count.
            let taken = life.excused.taken.contains(&(self.user, key.clone()));
            let wanted = match taken {
                true => info.unread_num.min(unread),
                false => info.unread_num,
            };
            if !refused && known && unread != wanted {
                wrong.push(format!(
                    "unread: {name} {key:?} says {}, shows {unread}\n{}",
                    info.unread_num,
                    lines(history)
                ));
            }
            if let Some(group) = self.groups.get(&key.1).filter(|_| key.0 == 2)
                && u64::from(group.self_info.unread_num) != info.unread_num
            {
                wrong.push(format!("unread of a group: {name} {key:?}"));
            }
            let newest = history.iter().rfind(|message| !message.excluded_from_last_message);
            let newest = newest.map(|message| message.msg_id.as_str());
            // DEL-2: there is none until the next one comes. RECV-7: others' leave it.
            let cut = life.excused.cut.contains(&(self.user, key.clone()));
            // HIST-10.
            let live = key.1 == "live" || self.is_waiting(&key);
            if !cut && !refused && !live && newest != last_id(info) {
                let last = info.last_msg.as_deref().map(brief);
                wrong.push(format!(
                    "last message: {name} {key:?} says {last:?}\n{}",
                    lines(history)
                ));
            }
        }
    }

    /// What a program notes with a message stays on its device.
    fn check_notes(&self, key: &Key, history: &[Message], life: &Life, wrong: &mut Vec<String>) {
        let cut = life.excused.cut.contains(&(self.user, key.clone()));
        for message in history.iter().filter(|message| is_shared(message)) {
            let noted = (message.custom_int, message.custom_str.as_str()) != (0, "");
            let sent_here =
                |what: &str| life.excused.own.contains(&(self.name.clone(), what.to_owned()));
            let here = sent_here(&message.msg_id) || sent_here(&text(message));
            let was_noted = life.noted.contains(&message.msg_id);
            // What was cleared comes again without it.
            if noted && !(here && message.custom_str == ONLY_HERE)
                || !noted && was_noted && sent_here(&message.msg_id) && !cut
            {
                wrong.push(format!("a note: {} {key:?} {}", self.name, brief(message)));
            }
        }
    }

    /// Two devices of a user agree; `fresh`: the other one has just begun.
    pub fn compare(&self, other: &Self, fresh: bool, life: &Life, wrong: &mut Vec<String>) {
        let names = format!("{} and {}", self.name, other.name);
        if self.society != other.society {
            let (one, other) = (&self.society, &other.society);
            wrong.push(format!("society: {names}\n{one:?}\n{other:?}"));
        }
        if self.groups.keys().ne(other.groups.keys()) {
            wrong.push(format!("groups: {names}"));
        }
        for (id, one) in &self.groups {
            let Some(other) = other.groups.get(id) else { continue };
            let unsaid = |group: &GroupBaseInfo| {
                let mut group = group.clone();
                group.self_info.unread_num = 0;
                group
            };
            if unsaid(one) != unsaid(other) {
                wrong.push(format!("a group: {names}\n{one:?}\n{other:?}"));
            }
        }
        let keys: BTreeSet<_> = self.list.iter().chain(&other.list).map(key_of).collect();
        for key in keys {
            self.compare_conversation(other, &key, fresh, life, wrong);
        }
    }

    fn compare_conversation(
        &self,
        other: &Self,
        key: &Key,
        fresh: bool,
        life: &Life,
        wrong: &mut Vec<String>,
    ) {
        let names = format!("{} and {} of {key:?}", self.name, other.name);
        let [mine, theirs] = [self, other].map(|view| view.shared(life, key));
        let ids = |list: &[&Message]| -> Vec<String> {
            list.iter().map(|message| message.msg_id.clone()).collect()
        };
        let is_group = key.0 == ConvKind::Group as u32;
        // CONV-13, HIST-10: who is no member keeps what is here, and a new device gets nothing of it. Who has come back is shown what is new.
        let stayed = life.stayed(self.user, key);
        let member = !is_group || self.groups.contains_key(&key.1);
        if fresh && !member {
            return;
        }
        let refused = life.excused.refused.contains(&(self.user, key.clone()))
            || self.is_waiting(key)
            || other.is_waiting(key);
        let cut = life.excused.cut.contains(&(self.user, key.clone()));
        let here = |view: &Self| view.info(key).is_some();
        // A conversation that a device does not list has nothing to compare: OPT-1, CONV-12.
        if here(self) != here(other) {
            let lists_shared = [self, other]
                .iter()
                .any(|view| view.shared(life, key).iter().any(|it| !it.excluded_from_last_message));
            if lists_shared && !refused && !cut && stayed {
                wrong.push(format!("listed by one: {names}\n{}\n{}", rows(&mine), rows(&theirs)));
            }
        }
        // Who is no member any more has of what was before what the device has looked at.
        // DEL-2: what was cleared on one of them, or was there before it, comes to a member alone.
        let all = self.is_first && other.is_first && !cut;
        let same = stayed || !fresh && !has_past(key) && (member || all);
        if same && ids(&mine) != ids(&theirs) {
            wrong.push(format!("history: {names}\n{}\n--\n{}", rows(&mine), rows(&theirs)));
        }
        for one in &mine {
            let Some(two) = theirs.iter().find(|it| it.msg_id == one.msg_id && it.seq == one.seq)
            else {
                continue;
            };
            // OPT-1: notices that do not count are read.
            let (one, two) = (alike(one, cut || refused), alike(two, cut || refused));
            if one != two {
                wrong.push(format!("a message: {names}\n{one:?}\n{two:?}"));
            }
        }
        let (Some(one), Some(two)) = (self.info(key), other.info(key)) else { return };
        if (one.recv_opt, one.group_type) != (two.recv_opt, two.group_type) {
            wrong.push(format!("option: {names} {} {}", one.recv_opt, two.recv_opt));
        }
        let friend = self.society.friends.iter().any(|friend| friend.identifier == key.1);
        // What is shown of strangers may be some minutes old.
        if (member && is_group || friend) && one.show_name != two.show_name {
            wrong.push(format!("name: {names} {} {}", one.show_name, two.show_name));
        }
        if cut || refused || !stayed {
            return;
        }
        if one.unread_num != two.unread_num {
            wrong.push(format!("unread by one: {names} {} {}", one.unread_num, two.unread_num));
        }
        // CONV-15: a new device knows those in messages that it does not have, too.
        if one.group_at_info_array != two.group_at_info_array {
            let mentions = (&one.group_at_info_array, &two.group_at_info_array);
            wrong.push(format!("mentions: {names} {mentions:?}"));
        }
        // What is in no history may be the last message too (HIST-10).
        let local = |view: &Self| {
            key.1 == "live" || view.histories[key].iter().any(|message| !is_shared(message))
        };
        if !local(self) && !local(other) {
            // CONV-7: which of two is the more recent is the same on all devices, but for what was made here.
            if one.active_time != two.active_time && !life.made.contains(&(self.user, key.clone()))
            {
                let times = (one.active_time, two.active_time);
                wrong.push(format!("order of lists: {names} {times:?}"));
            }
            let last = |info: &ConvInfo| info.last_msg.as_deref().map(|it| alike(it, cut));
            if last(one) != last(two) {
                wrong.push(format!("last by one: {names}\n{:?}\n{:?}", last(one), last(two)));
            }
        }
    }
}

/// Whether it is a group that shows new members what was before them.
fn has_past(key: &Key) -> bool {
    ["room", "@TGS#_town"].contains(&key.1.as_str())
}

/// Whether nothing has come to a device from a group that shows new members what was before them: until then only a history call does.
fn is_waiting(key: &Key, told: &[Event], before: &[Event]) -> bool {
    let of = |message: &Message| (message.conv_type, &message.conv_id) == (key.0, &key.1);
    let came = |event: &Event| match event {
        Event::NewMessages(list) => list.iter().any(of),
        _ => false,
    };
    has_past(key) && !before.iter().chain(told).any(came)
}

/// What all devices of a user say of a message.
fn alike(message: &Message, cut: bool) -> Message {
    let mut message = message.clone();
    // What is known of people may be some minutes old; the other belongs to one device.
    (message.sender_profile, message.custom_int, message.custom_str) = Default::default();
    for elem in &mut message.elem_array {
        match elem {
            Elem::GroupTips(tip) => {
                (tip.op_user_info, tip.changed_user_info_array) = Default::default();
            }
            // Where the sender has it.
            Elem::File(file) => file.file_path.clear(),
            Elem::Sound(sound) => sound.file_path.clear(),
            _ => {}
        }
    }
    // SEND-8: it is said to the send alone.
    message.is_forward_message = false;
    if message.status == MsgStatus::Revoked as u32 {
        // REV-7.
        message.elem_array.clear();
        message.cloud_custom_str.clear();
    }
    if cut {
        // Nor does a conversation that was removed know when the peer has read: what is sent in that second then is read elsewhere.
        (message.is_read, message.is_peer_read) = Default::default();
    }
    message
}

fn last_id(info: &ConvInfo) -> Option<&str> {
    info.last_msg.as_deref().map(|message| message.msg_id.as_str())
}

/// Who sees what of a conversation.
fn common<'a>(
    views: &'a [&View],
    life: &Life,
    key: impl Fn(&View) -> Key,
) -> Vec<Vec<&'a Message>> {
    views.iter().map(|view| view.shared(life, &key(view))).collect()
}

/// Both sides of each conversation, and all members of each group, have the same.
pub fn between(views: &[&View], life: &Life, wrong: &mut Vec<String>) {
    for (n, one) in views.iter().enumerate() {
        for other in &views[n + 1..] {
            sides(one, other, life, wrong);
        }
    }
    let ids: BTreeSet<&String> = views.iter().flat_map(|view| view.groups.keys()).collect();
    for id in ids {
        let key = (ConvKind::Group as u32, id.clone());
        let members: Vec<&View> = views
            .iter()
            .copied()
            .filter(|view| view.groups.contains_key(id) && life.stayed(view.user, &key))
            .collect();
        let seen = common(&members, life, |_| key.clone());
        let mut all: BTreeMap<u64, &Message> = BTreeMap::new();
        for message in seen.iter().flatten() {
            let known = all.entry(message.seq).or_insert(message);
            if known.msg_id != message.msg_id || known.status != message.status {
                let (one, other) = (brief(known), brief(message));
                wrong.push(format!("members: {id} has {one} and {other}"));
            }
        }
        for (view, seen) in members.iter().zip(&seen) {
            let Some(first) = seen.first().map(|message| message.seq) else { continue };
            let gone = |message: &Message| {
                let entry = (view.user, key.clone(), message.msg_id.clone());
                life.excused.gone.contains(&entry)
            };
            let missing = all
                .range(first..)
                .find(|(seq, message)| !gone(message) && !seen.iter().any(|it| it.seq == **seq));
            if let Some((seq, message)) = missing {
                let name = &view.name;
                wrong.push(format!("missed by a member: {name} {id} {seq} {}", brief(message)));
            }
        }
        for view in &members {
            let [one, other] = [members[0], view].map(|it| &it.society.infos[id]);
            if one != other {
                wrong.push(format!("a group of members: {one:?} {other:?}"));
            }
        }
    }
}

fn sides(one: &View, other: &View, life: &Life, wrong: &mut Vec<String>) {
    let keys = [one, other].map(|view| {
        let peer = if view.user == one.user { other.user } else { one.user };
        (ConvKind::C2c as u32, USERS[peer].to_owned())
    });
    let gone = |message: &&Message| {
        [(one, &keys[0]), (other, &keys[1])].iter().any(|(view, key)| {
            let entry = (view.user, (*key).clone(), message.msg_id.clone());
            life.excused.gone.contains(&entry)
        })
    };
    let blocked = life.excused.blocked.contains(&(one.user, other.user))
        || life.excused.blocked.contains(&(other.user, one.user));
    let [mine, theirs] = [(one, &keys[0]), (other, &keys[1])].map(|(view, key)| {
        let mut list = view.shared(life, key);
        list.retain(|message| !gone(message));
        list
    });
    let says = |list: &[&Message]| -> Vec<_> {
        list.iter().map(|it| (it.msg_id.clone(), it.status, it.server_time)).collect()
    };
    // PERM-2.
    if !blocked && says(&mine) != says(&theirs) {
        let names = format!("{} and {}", one.name, other.name);
        wrong.push(format!("sides: {names}\n{}\n--\n{}", rows(&mine), rows(&theirs)));
    }
}

/// A message in a few words.
pub fn brief(message: &Message) -> String {
    let what = match message.elem_array.first() {
        Some(Elem::Text(text)) => text.content.clone(),
        Some(Elem::GroupTips(tip)) => format!("tip {} of {}", tip.tip_type, tip.op_user),
        Some(_) => "something".into(),
        None => "nothing".into(),
    };
    let Message { seq, status, msg_id, server_time, is_read, .. } = message;
    format!("{seq} \"{what}\" status {status} at {server_time} read {is_read} {msg_id}")
}

fn lines(messages: &[Message]) -> String {
    rows(&messages.iter().collect::<Vec<_>>())
}

fn rows(messages: &[&Message]) -> String {
    messages.iter().map(|message| brief(message)).collect::<Vec<_>>().join("\n")
}
