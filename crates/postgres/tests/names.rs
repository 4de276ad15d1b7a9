//! A request that names many users asks the database as often as one that names a few.

mod common;

use common::user::User;
use common::{App, is_look_up};
use imsdk_service::News;
use imsdk_service::store::{AccountStore, Friend, FriendshipStore, Pendency, ProfileStore, Side};
use imsdk_types::wire::{Request, Response, friendship, profile};
use imsdk_types::{
    CreateFriendGroupParam, FriendshipCheckFriendTypeParam, FriendshipDeleteFriendParam,
    FriendshipDeletePendencyParam, FriendshipGetPendencyListParam,
    FriendshipModifyFriendGroupParam, UserProfileItem,
};

/// Users that are named.
const MANY: usize = 120;

/// So often a request asks the database at most.
const TRIPS: u64 = 12;

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
        println!("{trips:6} {name}");
        drop(store);
        if std::env::var_os("ONLY_COUNT").is_none() {
            assert!(trips <= TRIPS, "{trips}: {name}");
            for (statement, plan) in postgres.plans().await.unwrap() {
                assert!(is_look_up(&plan), "{statement}\n{plan}");
            }
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
