//! A request that names many users asks the database as often as one that names a few.

mod common;

use common::user::User;
use common::{App, is_look_up};
use imsdk_service::News;
use imsdk_service::store::{
    AccountStore, Friend, FriendshipStore, GroupRequest, GroupRequestStore, Pendency, ProfileStore,
    Side,
};
use imsdk_types::wire::{Conv, Request, Response, friendship, group, profile};
use imsdk_types::{
    CreateFriendGroupParam, CreateGroupParam, FriendshipCheckFriendTypeParam,
    FriendshipDeleteFriendParam, FriendshipDeletePendencyParam, FriendshipGetPendencyListParam,
    FriendshipModifyFriendGroupParam, GroupDeleteMemberParam, GroupGetMemberInfoListParam,
    GroupInviteMemberParam, GroupMemberInfo, GroupPendencyOption, GroupType, UserProfileItem,
    limits,
};

/// Users that are named.
const MANY: usize = 120;

/// So often a request asks the database at most.
const TRIPS: u64 = 16;

/// An app with a user who asks, and the users who are named.
struct World {
    app: App,
    asks: User,
    users: Vec<String>,
}

impl World {
    async fn new() -> Self {
        let app = App::new();
        let postgres = app.connect().await;
        let asks = User::login(&postgres, "alice").await;
        let users: Vec<String> = (0..MANY).map(|at| format!("user{at:04}")).collect();
        let mut store = postgres.store();
        for user in &users {
            let account = store.create_account(user, 1).await.unwrap();
            let item = UserProfileItem { nick_name: Some(user.clone()), ..Default::default() };
            store.put_profile(account, &serde_json::to_string(&item).unwrap()).await.unwrap();
        }
        store.commit().await.unwrap();
        Self { app, asks, users }
    }

    /// Asks through connections of its own, as a server that knows nothing yet, and looks how often and how it asks the database.
    async fn ask(&self, request: Request) -> Response {
        let name = format!("{request:?}").chars().take(60).collect::<String>();
        let postgres = self.app.connections(1).await;
        let mut store = postgres.store();
        store.begin(request.writes()).await.unwrap();
        let (mut news, session) = (News::default(), &self.asks.session);
        let answer = self.asks.service.handle(&mut store, session, request, &mut news).await;
        let answer = answer.unwrap_or_else(|error| panic!("{name}: {error}"));
        store.commit().await.unwrap();
        let trips = store.trips();
        drop(store);
        assert!(trips <= TRIPS, "{trips}: {name}");
        for (statement, plan) in postgres.plans().await.unwrap() {
            assert!(is_look_up(&plan), "{statement}\n{plan}");
        }
        answer
    }

    async fn friendship(&self, request: friendship::Request) -> friendship::Response {
        match self.ask(Request::Friendship(request)).await {
            Response::Friendship(answer) => answer,
            other => panic!("{other:?}"),
        }
    }

    /// The codes of an answer that has one for each user.
    async fn results(&self, request: friendship::Request) -> Vec<i32> {
        match self.friendship(request).await {
            friendship::Response::Results(list) => list.iter().map(|it| it.code).collect(),
            other => panic!("{other:?}"),
        }
    }

    async fn group(&self, request: group::Request) -> group::Response {
        match self.ask(Request::Group(request)).await {
            Response::Group(answer) => answer,
            other => panic!("{other:?}"),
        }
    }

    /// Everybody who is named becomes a friend, has asked, and is asked.
    async fn befriend(&self) {
        let mut store = self.asks.postgres.store();
        let me = self.asks.session.account;
        for user in &self.users {
            let peer = store.account(user).await.unwrap().unwrap();
            for (one, other) in [(me, peer), (peer, me)] {
                let friend = Friend { peer: other, ..Default::default() };
                store.put_friend(one, &friend).await.unwrap();
                for side in [Side::ComeIn, Side::SendOut] {
                    let pendency = Pendency {
                        peer: other,
                        side,
                        seq: 0,
                        time: 1,
                        add_source: String::new(),
                        add_wording: String::new(),
                        remark: String::new(),
                        group: String::new(),
                        read: false,
                    };
                    store.put_pendency(one, &pendency).await.unwrap();
                }
            }
        }
        store.commit().await.unwrap();
    }
}

#[tokio::test]
async fn profiles_are_read_at_once() {
    let world = World::new().await;
    world.befriend().await;
    let mut users = world.users.clone();
    users.push("nobody".into());
    let get = profile::Request::Get { users: users.clone() };
    let Response::Profile(profile::Response::Profiles(list)) =
        world.ask(Request::Profile(get)).await
    else {
        panic!("no profiles")
    };
    assert!(list.iter().map(|it| &it.nick_name).eq(&world.users));
    let get = profile::Request::Cards { users };
    let Response::Profile(profile::Response::Cards(list)) = world.ask(Request::Profile(get)).await
    else {
        panic!("no cards")
    };
    assert!(list.iter().map(|it| &it.profile.identifier).eq(&world.users));
    assert!(list.iter().all(|it| it.remark.is_some()));
}

#[tokio::test]
async fn friends_are_listed_checked_sorted_and_removed_at_once() {
    use friendship::{Request as Ask, Response as Answer};

    let world = World::new().await;
    world.befriend().await;
    let Answer::Friends { list, next } = world.friendship(Ask::Friends { after: 0 }).await else {
        panic!("no friends")
    };
    assert_eq!((list.len(), next), (MANY, 0));
    let identifier_array = || world.users.clone();
    let check =
        FriendshipCheckFriendTypeParam { check_type: 1, identifier_array: identifier_array() };
    let Answer::Relations(list) = world.friendship(Ask::Check(check)).await else {
        panic!("no relations")
    };
    assert_eq!(list.iter().filter(|it| it.relation == 3).count(), MANY);
    let groups = CreateFriendGroupParam {
        name_array: vec!["one".into(), "two".into(), "three".into()],
        identifier_array: identifier_array(),
    };
    assert_eq!(world.results(Ask::CreateGroups(groups)).await, [0; MANY]);
    let change = FriendshipModifyFriendGroupParam {
        name: "one".into(),
        new_name: "ONE".into(),
        add_identifier_array: identifier_array(),
        delete_identifier_array: identifier_array(),
    };
    assert_eq!(world.results(Ask::ModifyGroup(change)).await, [0; 2 * MANY]);
    let Answer::Groups(list) = world.friendship(Ask::Groups { names: Vec::new() }).await else {
        panic!("no groups")
    };
    assert_eq!(list.iter().map(|it| it.count as usize).collect::<Vec<_>>(), [0, MANY, MANY]);
    let names = vec!["ONE".into(), "two".into(), "three".into()];
    world.ask(Request::Friendship(Ask::DeleteGroups { names })).await;
    let delete =
        FriendshipDeleteFriendParam { friend_type: 1, identifier_array: identifier_array() };
    assert_eq!(world.results(Ask::Delete(delete.clone())).await, [0; MANY]);
    assert_eq!(world.results(Ask::Delete(delete)).await, [31704; MANY]);
}

#[tokio::test]
async fn users_are_blocked_and_unblocked_at_once() {
    use friendship::{Request as Ask, Response as Answer};

    let world = World::new().await;
    world.befriend().await;
    let users = world.users.clone();
    assert_eq!(world.results(Ask::Block { users: users.clone() }).await, [0; MANY]);
    let Answer::Friends { list, .. } = world.friendship(Ask::Blocked { after: 0 }).await else {
        panic!("no black list")
    };
    assert_eq!(list.len(), MANY);
    assert_eq!(world.results(Ask::Block { users: users.clone() }).await, [30001; MANY]);
    assert_eq!(world.results(Ask::Unblock { users: users.clone() }).await, [0; MANY]);
    assert_eq!(world.results(Ask::Unblock { users }).await, [30001; MANY]);
    let nobody: Vec<String> = (0..MANY).map(|at| format!("nobody{at}")).collect();
    world.results(Ask::Block { users: nobody.clone() }).await;
    world.results(Ask::Unblock { users: nobody }).await;
}

#[tokio::test]
async fn friend_requests_are_listed_and_deleted_at_once() {
    use friendship::{Request as Ask, Response as Answer};

    let world = World::new().await;
    world.befriend().await;
    let list = FriendshipGetPendencyListParam { kind: 2, limited_size: 1000, ..Default::default() };
    let Answer::Pendencies(page) = world.friendship(Ask::Pendencies(list)).await else {
        panic!("no requests")
    };
    assert_eq!(page.pendency_info_array.len(), 2 * MANY);
    let delete = FriendshipDeletePendencyParam { kind: 1, identifier_array: world.users.clone() };
    assert_eq!(world.results(Ask::DeletePendencies(delete.clone())).await, [0; MANY]);
    assert_eq!(world.results(Ask::DeletePendencies(delete)).await, [30614; MANY]);
}

fn first_members(users: &[String]) -> Vec<GroupMemberInfo> {
    let member = |user: &String| GroupMemberInfo { identifier: user.clone(), ..Default::default() };
    users.iter().map(member).collect()
}

#[tokio::test]
async fn members_come_and_go_at_once() {
    use group::{Request as Ask, Response as Answer};

    let world = World::new().await;
    let users = world.users.clone();
    for kind in [GroupType::Private, GroupType::Public, GroupType::ChatRoom] {
        let group_id = format!("{kind:?}");
        let create = CreateGroupParam {
            group_id: group_id.clone(),
            group_name: "group".into(),
            group_type: kind.bits(),
            group_member_array: first_members(&users),
            ..Default::default()
        };
        world.group(Ask::Create(Box::new(create))).await;
        let mut list = GroupGetMemberInfoListParam {
            group_id: group_id.clone(),
            identifier_array: users.clone(),
            ..Default::default()
        };
        let Answer::Members(page) = world.group(Ask::Members(list.clone())).await else {
            panic!("no members")
        };
        assert_eq!(page.info_array.len(), MANY);
        list.identifier_array.clear();
        let Answer::Members(page) = world.group(Ask::Members(list)).await else {
            panic!("no members")
        };
        assert_eq!(page.info_array.len(), 100);
        if kind == GroupType::ChatRoom {
            world.ask(Request::Group(Ask::Delete { group: group_id })).await;
            continue;
        }
        let mut remove = GroupDeleteMemberParam {
            group_id: group_id.clone(),
            identifier_array: users.clone(),
            ..Default::default()
        };
        let Answer::Removed(list) = world.group(Ask::Remove(remove.clone())).await else {
            panic!("not removed")
        };
        assert!(list.iter().all(|it| it.result == 1), "{list:?}");
        let mut invite = GroupInviteMemberParam {
            group_id: group_id.clone(),
            identifier_array: users.clone(),
            ..Default::default()
        };
        let Answer::Invited(list) = world.group(Ask::Invite(invite.clone())).await else {
            panic!("not invited")
        };
        let expected = if kind == GroupType::Private { 1 } else { 3 };
        assert!(list.iter().all(|it| it.result == expected), "{list:?}");
        remove.duration = 1000;
        world.group(Ask::Remove(remove)).await;
        let expected = if kind == GroupType::Private { 0 } else { 3 };
        let Answer::Invited(list) = world.group(Ask::Invite(invite.clone())).await else {
            panic!("not invited")
        };
        assert!(list.iter().all(|it| it.result == expected), "{list:?}");
        invite.identifier_array = (0..MANY).map(|at| format!("nobody{at}")).collect();
        world.group(Ask::Invite(invite)).await;
    }
}

fn application(group: u64, from: u64) -> GroupRequest {
    GroupRequest {
        time: 1,
        group,
        kind: 0,
        subject: from,
        from,
        msg: String::new(),
        user_data: String::new(),
        handler: 0,
        accepted: false,
        answer: String::new(),
    }
}

#[tokio::test]
async fn what_an_account_is_in_is_told_at_once() {
    use group::{Request as Ask, Response as Answer};

    let world = World::new().await;
    for at in 0..MANY {
        let create = CreateGroupParam {
            group_id: format!("group{at}"),
            group_name: "group".into(),
            group_type: GroupType::Public.bits(),
            ..Default::default()
        };
        world.asks.ask(Request::Group(Ask::Create(Box::new(create)))).await.unwrap();
        let text = world.asks.outgoing(Conv::group(format!("group{at}")), "hello");
        world.asks.ask(Request::Send(text)).await.unwrap();
    }
    let Answer::Joined(list) = world.group(Ask::Joined).await else { panic!("no groups") };
    assert_eq!(list.len(), MANY);
    let Answer::Heads(list) = world.group(Ask::Heads).await else { panic!("no heads") };
    assert_eq!(list.len(), MANY);
    let ids: Vec<String> = (0..50).map(|at| format!("group{at}")).collect();
    let Answer::Infos(list) = world.group(Ask::Infos(ids.clone())).await else {
        panic!("no groups")
    };
    assert!(list.iter().map(|it| &it.info.group_id).eq(&ids));
    assert!(list.iter().all(|it| it.code == 0 && it.info.owner_identifier == "alice"));
    let got = Ask::Got((1..=MANY as u64).map(|at| (at, 1)).collect());
    world.ask(Request::Group(got)).await;
    let mut store = world.asks.postgres.store();
    for (group, user) in (1..).zip(&world.users) {
        let from = store.account(user).await.unwrap().unwrap();
        let request = application(group, from);
        store.add_group_requests(&request, &[from], limits::GROUP_REQUESTS).await.unwrap();
    }
    store.commit().await.unwrap();
    let option = GroupPendencyOption { max_limited: MANY as u32, ..Default::default() };
    let Answer::Pendencies(page) = world.group(Ask::Pendencies(option)).await else {
        panic!("no requests")
    };
    let newest = world.users.iter().rev().take(limits::PENDENCY_PAGE as usize);
    assert!(page.pendency_array.iter().map(|it| &it.from_identifier).eq(newest), "{page:?}");
}

#[tokio::test]
async fn live_groups_are_left_at_once() {
    use group::{Request as Ask, Response as Answer};

    let world = World::new().await;
    let owner = User::login(&world.asks.postgres, "owner").await;
    // One more than it may be in: that leaves the first.
    for at in 0..=limits::LIVE_GROUPS {
        let group_id = format!("live{at}");
        let create = CreateGroupParam {
            group_id: group_id.clone(),
            group_name: "group".into(),
            group_type: GroupType::AvChatRoom.bits(),
            ..Default::default()
        };
        owner.ask(Request::Group(Ask::Create(Box::new(create)))).await.unwrap();
        let join = Ask::Join { group: group_id, hello: String::new() };
        world.ask(Request::Group(join)).await;
    }
    let Answer::Joined(list) = world.group(Ask::Joined).await else { panic!("no groups") };
    assert_eq!(list.len(), limits::LIVE_GROUPS);
    assert!(list.iter().all(|it| it.group_id != "live0"));
    world.ask(Request::Group(Ask::LeaveLive)).await;
    let Answer::Joined(list) = world.group(Ask::Joined).await else { panic!("no groups") };
    assert_eq!(list, []);
    let info = Ask::Infos(vec!["live0".into()]);
    let Answer::Infos(list) = world.group(info).await else { panic!("no groups") };
    assert_eq!(list[0].info.member_num, 1);
}

#[tokio::test]
async fn the_list_of_a_new_device_is_told_at_once() {
    use group::Request as Ask;

    let world = World::new().await;
    for (at, user) in world.users.iter().enumerate() {
        if at % 2 == 0 {
            let text = world.asks.outgoing(Conv::c2c(user), "hello");
            world.asks.ask(Request::Send(text)).await.unwrap();
            continue;
        }
        let create = CreateGroupParam {
            group_id: format!("group{at}"),
            group_name: "group".into(),
            group_type: GroupType::Public.bits(),
            ..Default::default()
        };
        world.asks.ask(Request::Group(Ask::Create(Box::new(create)))).await.unwrap();
        let text = world.asks.outgoing(Conv::group(format!("group{at}")), "hello");
        world.asks.ask(Request::Send(text)).await.unwrap();
    }
    let Response::RecentConvs(list) = world.ask(Request::RecentConvs).await else {
        panic!("no list")
    };
    assert_eq!(list.len(), 100);
    assert!(list.iter().all(|it| it.last.as_ref().is_some_and(|last| last.sender == "alice")));
    let groups = list.iter().filter(|it| it.conv.id.starts_with("group"));
    assert_eq!(groups.count(), 50);
}
