//! The limits of requests and black lists (§7.2, §7.8), for which it takes many users.

use imsdk_service::store::sqlite::SqliteStore;
use imsdk_service::store::{AccountStore, FriendshipStore, Pendency, Side};
use imsdk_testkit::{Ghost, World, longest_profile};
use imsdk_types::wire::friendship::{Request as Ask, Response as Answer};
use imsdk_types::wire::profile::Request as Profile;
use imsdk_types::wire::{Request, Response};
use imsdk_types::{
    FriendType, FriendshipAddFriendParam, FriendshipDeletePendencyParam, UserProfileItem, limits,
};

fn ids(count: u64) -> Vec<String> {
    (0..count).map(|number| format!("u{number:04}")).collect()
}

/// The code about each user.
fn codes(ghost: &mut Ghost, ask: Ask) -> Vec<i32> {
    match ghost.ask(Request::Friendship(ask)) {
        Ok(Response::Friendship(Answer::Results(list))) => list.iter().map(|it| it.code).collect(),
        Ok(Response::Friendship(Answer::Result(one))) => vec![one.code],
        other => panic!("{other:?}"),
    }
}

fn add(ghost: &mut Ghost, user: &str) -> i32 {
    let param =
        FriendshipAddFriendParam { identifier: user.into(), friend_type: 1, ..Default::default() };
    codes(ghost, Ask::Add(Box::new(param)))[0]
}

fn wants_to_be_asked(ghost: &mut Ghost) {
    let item = UserProfileItem { add_permission: Some(2), ..Default::default() };
    ghost.ask(Request::Profile(Profile::Modify(Box::new(item)))).unwrap();
}

#[test]
fn s7_8_a_black_list_has_an_end() {
    let world = World::new();
    let mut alice = world.ghost("alice");
    let users = ids(limits::BLACK_LIST + 1);
    alice.create_accounts(&users);
    let (last, most) = users.split_last().unwrap();
    let all = codes(&mut alice, Ask::Block { users: most.to_vec() });
    assert!(all.iter().all(|code| *code == 0));
    assert_eq!(codes(&mut alice, Ask::Block { users: vec![last.clone()] }), [30013]);
    assert_eq!(codes(&mut alice, Ask::Unblock { users: vec![most[0].clone()] }), [0]);
    assert_eq!(codes(&mut alice, Ask::Block { users: vec![last.clone()] }), [0]);
}

/// So many others have asked a user, and nobody was told.
fn are_asking(ghost: &mut Ghost, user: &str, others: &[String]) {
    let asked = async |_: &_, store: &mut SqliteStore, _: &mut _| {
        let account = store.account(user).await?.expect("an account");
        for other in others {
            let peer = store.account(other).await?.expect("an account");
            let pendency = Pendency {
                peer,
                side: Side::ComeIn,
                seq: 0,
                time: 1,
                add_source: String::new(),
                add_wording: String::new(),
                remark: String::new(),
                group: String::new(),
                read: false,
            };
            store.put_pendency(account, &pendency).await?;
        }
        Ok::<_, imsdk_types::Error>(())
    };
    ghost.operate(asked).0.unwrap();
}

#[test]
fn s7_2_requests_have_an_end_on_both_sides() {
    let world = World::new();
    let [mut alice, mut bob, mut carol] = ["alice", "bob", "carol"].map(|user| world.ghost(user));
    wants_to_be_asked(&mut bob);
    // As many as may wait for Bob.
    let others = ids(limits::FRIEND_REQUESTS);
    bob.create_accounts(&others);
    are_asking(&mut bob, "bob", &others);
    assert_eq!(add(&mut alice, "bob"), 30012);
    let delete = |kind: u32, user: &str| {
        let identifier_array = vec![user.to_owned()];
        Ask::DeletePendencies(FriendshipDeletePendencyParam { kind, identifier_array })
    };
    assert_eq!(codes(&mut bob, delete(0, "u0000")), [0]);
    assert_eq!(add(&mut alice, "bob"), 30539, "there is room again");
    assert_eq!(add(&mut alice, "bob"), 30539, "asked again, it is one");
    assert_eq!(add(&mut carol, "bob"), 30012);
}

#[test]
fn what_friends_are_told_of_profiles_in_an_hour_has_an_end() {
    let world = World::new();
    let mut alice = world.ghost("alice");
    alice.clock().set(1_600_000_000);
    for friend in world.members(40) {
        let add = FriendshipAddFriendParam {
            identifier: friend,
            friend_type: FriendType::Both as u32,
            ..Default::default()
        };
        alice.ask(Request::Friendship(Ask::Add(Box::new(add)))).unwrap();
    }
    let item = longest_profile();
    let length = serde_json::to_string(&item).unwrap().len() as u64;
    let change = |item: &UserProfileItem| Request::Profile(Profile::Modify(Box::new(item.clone())));
    let mut changes = 0;
    let refusal = loop {
        match alice.ask(change(&item)) {
            Ok(_) => changes += 1,
            Err(error) => break error.code,
        }
    };
    assert_eq!(refusal, 60018);
    // What wraps it is told too.
    let most = limits::TOLD_BYTES / (40 * length) + 1;
    assert!((most - 3..=most).contains(&changes), "{changes} of {most}");
    let mut bob = world.ghost("bob");
    bob.ask(change(&item)).unwrap();
    alice.clock().set(1_600_003_600);
    alice.ask(change(&item)).unwrap();
}
