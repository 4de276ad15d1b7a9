//! A device that comes back after the account's log has gone on without it: it has what a new device has, and what only it had.

use imsdk_client::config::Platform;
use imsdk_testkit::{Device, World, text, text_message};
use imsdk_types::wire::Conv;
use imsdk_types::{FriendType, GroupType, Message};

/// All texts of a conversation, page by page, oldest first.
fn whole(device: &Device, peer: &str) -> Vec<String> {
    let mut all = device.history(peer, 20);
    while let Some(oldest) = all.last() {
        let page = device.history_from(peer, oldest, 100, false);
        if page.is_empty() {
            break;
        }
        all.extend(page);
    }
    all.iter().rev().map(text).collect()
}

/// Conversations with their unread numbers and last messages, by id.
fn list(device: &Device) -> Vec<(String, u64, String)> {
    let shown = |info: imsdk_types::ConvInfo| {
        let last = info.last_msg.as_ref().map(|last| text(last)).unwrap_or_default();
        (info.id, info.unread_num, last)
    };
    let mut list: Vec<_> = device.conversations().into_iter().map(shown).collect();
    list.sort();
    list
}

#[test]
fn a_device_that_was_away_for_too_long_lacks_nothing() {
    const MANY: usize = 700;
    let world = World::new();
    let [mut alice, mut carol, _dave] = ["alice", "carol", "dave"].map(|user| world.ghost(user));
    let owner = world.user("owner", Platform::Linux);
    for group in ["stays", "left"] {
        owner.create_group(group, GroupType::Public);
    }
    let phone = world.device("phone", Platform::Android);
    phone.login("bob").unwrap();
    assert_eq!(phone.add("dave", FriendType::Single), 0);
    for group in ["stays", "left"] {
        phone.join_group(group).unwrap();
    }
    for n in 0..5 {
        alice.send("bob", &format!("early {n}"));
        carol.send("bob", &format!("from carol {n}"));
    }
    phone.sync();
    phone.read("carol");
    // Of the time of the others.
    let only_here = Message { server_time: 1_600_000_000, ..text_message("only here") };
    phone.call(|client, reply| client.save_message(Conv::c2c("alice"), only_here, reply)).unwrap();
    phone.crash();
    world.age_devices("bob");
    // Another device goes on, and the log goes on with it.
    let pc = world.user("bob", Platform::Linux);
    pc.quit_group("left").unwrap();
    pc.set_remark("dave", "David");
    pc.read("alice");
    for n in 0..MANY {
        alice.send("bob", &format!("late {n}"));
    }
    owner.say("stays", "still there");
    pc.sync();
    pc.logout();
    alice.send("bob", "last");

    let phone = world.device("phone", Platform::Android);
    phone.login("bob").unwrap();
    phone.sync();
    let fresh = world.device("fresh", Platform::Mac);
    fresh.login("bob").unwrap();
    fresh.sync();
    let mut listed = list(&phone);
    // CONV-13: leaving a group does not remove the conversation from where it is.
    listed.retain(|(id, ..)| id != "left");
    assert_eq!(listed, list(&fresh));
    assert_eq!(phone.unread("alice"), MANY as u64 + 1);
    let early = (0..5).map(|n| format!("early {n}"));
    let late = (0..MANY).map(|n| format!("late {n}"));
    let sent: Vec<String> = early.chain(late).chain(["last".to_owned()]).collect();
    let there = whole(&phone, "alice");
    assert_eq!(there.iter().filter(|text| *text == "only here").count(), 1);
    let there: Vec<_> = there.into_iter().filter(|text| text != "only here").collect();
    assert_eq!(there, sent, "no gap, and nothing twice");
    assert_eq!(
        whole(&phone, "carol"),
        (0..5).map(|n| format!("from carol {n}")).collect::<Vec<_>>()
    );
    assert_eq!(phone.friend("dave").remark, "David");
    let groups: Vec<_> = phone.joined_groups().into_iter().map(|group| group.group_id).collect();
    assert_eq!(groups, ["stays"]);
    assert_eq!(text(&phone.group_history("stays", 1)[0]), "still there");
    assert_eq!(phone.try_say("left", "hello").map(drop), Err(10007));
    // From here on it is like any other.
    alice.send("bob", "on and on");
    phone.sync();
    assert_eq!(text(&phone.history("alice", 1)[0]), "on and on");
    phone.crash();
    let phone = world.device("phone", Platform::Android);
    phone.login("bob").unwrap();
    phone.sync();
    assert_eq!(phone.unread("alice"), MANY as u64 + 2);
    assert!(phone.events().messages().is_empty(), "nothing comes again");
}

#[test]
fn conversations_beyond_those_that_are_listed_are_looked_at_too() {
    const PEERS: usize = 130;
    let world = World::new();
    let mut peers: Vec<_> = (0..PEERS).map(|n| world.ghost(&format!("peer{n:03}"))).collect();
    let phone = world.device("phone", Platform::Android);
    phone.login("bob").unwrap();
    for peer in &mut peers {
        peer.send("bob", "before");
    }
    phone.sync();
    phone.crash();
    world.age_devices("bob");
    let pc = world.user("bob", Platform::Linux);
    // The first ones are pushed off the list by those that write later, but for one that stays as it was.
    for round in 0..4 {
        for (n, peer) in peers.iter_mut().enumerate().skip(1) {
            peer.clock().set(1_600_000_100 + n as u64);
            peer.send("bob", &format!("round {round}"));
        }
    }
    pc.sync();
    pc.logout();
    let phone = world.device("phone", Platform::Android);
    phone.login("bob").unwrap();
    phone.sync();
    let list = list(&phone);
    assert_eq!(list.len(), PEERS, "none is forgotten");
    for (n, (id, unread, last)) in list.iter().enumerate() {
        let (wanted, text) = if n == 0 { (1, "before") } else { (5, "round 3") };
        assert_eq!((*unread, last.as_str()), (wanted, text), "{id}");
    }
    let rounds = ["before", "round 0", "round 1", "round 2", "round 3"];
    assert_eq!(whole(&phone, "peer001"), rounds);
    assert_eq!(whole(&phone, "peer129"), rounds);
}
