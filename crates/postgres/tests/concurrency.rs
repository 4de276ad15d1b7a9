//! Many connections at once at one account, one pair of friends, one group: what the rules promise holds, and nothing is lost.

mod common;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use common::App;
use common::user::User;
use imsdk_postgres::{Failure, Postgres};
use imsdk_service::store::conformance::UNBOUNDED;
use imsdk_service::store::{
    AccountStore, Entry, FriendshipStore, GroupStore, HoldStore, LogStore, MessageStore, Place,
    Scope, Side,
};
use imsdk_service::{News, scope};
use imsdk_types::wire::friendship::Request as Friends;
use imsdk_types::wire::group::{Request as Ask, Response as Told};
use imsdk_types::wire::{Conv, Event, MessageBody, Request, Response};
use imsdk_types::{
    CreateGroupParam, Elem, FriendResponse, FriendResponseAction, FriendType,
    FriendshipAddFriendParam, FriendshipDeleteFriendParam, GroupDeleteMemberParam,
    GroupModifyInfoFlag, GroupModifyInfoParam, GroupType, limits,
};
use tokio::task::JoinSet;

fn text_of(body: &str) -> String {
    let body: MessageBody = serde_json::from_str(body).unwrap();
    match body.elems.first() {
        Some(Elem::Text(text)) => text.content.clone(),
        _ => String::new(),
    }
}

/// Sixteen senders, an account that reads along.
#[tokio::test(flavor = "multi_thread")]
async fn an_account_that_reads_along_gets_each_message_once_and_in_order() {
    const SENDERS: usize = 16;
    const EACH: usize = 40;

    let app = App::new();
    let bob = User::login(&app.connect().await, "bob").await;
    let mut senders = JoinSet::new();
    for sender in 0..SENDERS {
        let postgres = app.connections(1).await;
        senders.spawn(async move {
            let user = User::login(&postgres, &format!("user{sender}")).await;
            for n in 0..EACH {
                let outgoing = user.outgoing(Conv::c2c("bob"), &format!("{sender}:{n}"));
                let sent = user.ask(Request::Send(outgoing)).await;
                assert!(matches!(sent, Ok(Response::Accepted(it)) if it.order == n as u64 + 1));
            }
        });
    }
    let mut next = BTreeMap::<usize, usize>::new();
    let (mut cursor, mut seen) = (0, 0);
    while seen < SENDERS * EACH {
        let page = bob.pull(cursor).await;
        for event in page.events {
            let Event::Message(message) = event else { continue };
            let text = text_of(&message.body);
            let (sender, n) = text.split_once(':').unwrap();
            let due = next.entry(sender.parse().unwrap()).or_default();
            assert_eq!(n.parse::<usize>().unwrap(), *due, "of {sender}");
            *due += 1;
            seen += 1;
        }
        assert!(page.cursor >= cursor);
        cursor = page.cursor;
    }
    senders.join_all().await;
    assert!(bob.pull(cursor).await.events.is_empty());
    let mut store = bob.postgres.store();
    let account = bob.session.account;
    let rows = store.entries(account, 0, u64::MAX, 0, UNBOUNDED).await.unwrap().rows;
    let places: Vec<u64> = rows.iter().map(|row| row.seq).collect();
    assert_eq!(places, (1..=(SENDERS * EACH) as u64).collect::<Vec<_>>(), "no gap, none twice");
}

/// One conversation that nobody has begun yet, from both ends and many devices.
#[tokio::test(flavor = "multi_thread")]
async fn one_message_from_many_connections_is_one_message() {
    let app = App::new();
    let mut logins = JoinSet::new();
    for _ in 0..8 {
        let postgres = app.connections(1).await;
        // All of them make the account.
        logins.spawn(async move { User::login(&postgres, "alice").await });
    }
    let devices = logins.join_all().await;
    assert!(devices.iter().all(|it| it.session.account == devices[0].session.account));
    User::login(&app.connect().await, "bob").await;
    for round in 1..=5 {
        let outgoing = devices[0].outgoing(Conv::c2c("bob"), "once");
        let answers = devices.iter().map(|device| device.ask(Request::Send(outgoing.clone())));
        for answer in futures_util::future::join_all(answers).await {
            let Ok(Response::Accepted(accepted)) = answer else { panic!("{answer:?}") };
            assert_eq!(accepted.order, round);
        }
    }
}

/// Everything that can happen in a group, by everybody, at the same time.
#[tokio::test(flavor = "multi_thread")]
async fn a_group_keeps_its_numbers() {
    const USERS: usize = 8;
    const STEPS: usize = 40;

    let app = App::new();
    let owner = User::login(&app.connect().await, "owner").await;
    let group = CreateGroupParam {
        group_id: "g".into(),
        group_name: "g".into(),
        group_type: GroupType::Public.bits(),
        add_option: 2,
        max_member_num: 6,
        ..CreateGroupParam::default()
    };
    owner.ask(Request::Group(Ask::Create(Box::new(group)))).await.unwrap();
    let done = Arc::new(AtomicBool::new(false));
    let mut users = JoinSet::new();
    for number in 0..USERS {
        let postgres = app.connections(2).await;
        users.spawn(async move {
            let user = User::login(&postgres, &format!("user{number}")).await;
            let mut accepted = 0;
            for step in 0..STEPS {
                let request = match (step + number) % 5 {
                    0 => Request::Group(Ask::Join { group: "g".into(), hello: String::new() }),
                    4 => Request::Group(Ask::Quit { group: "g".into() }),
                    _ => {
                        Request::Send(user.outgoing(Conv::group("g"), &format!("{number}:{step}")))
                    }
                };
                match user.ask(request).await {
                    Ok(Response::Accepted(_)) => accepted += 1,
                    Ok(_) => {}
                    // Full, a member already, no member.
                    Err(error) => assert!([10014, 10013, 10007].contains(&error.code), "{error:?}"),
                }
            }
            accepted
        });
    }
    let watcher = {
        let postgres = app.connect().await;
        let done = Arc::clone(&done);
        tokio::spawn(async move {
            let mut store = postgres.store();
            let no = store.group("g").await.unwrap().unwrap().no;
            let (mut seen, mut last) = (0, 0);
            loop {
                let finished = done.load(Ordering::SeqCst);
                let Some(conv) = store.conversation(Place::group(no)).await.unwrap() else {
                    continue;
                };
                let rows = store.rows_after(conv.no, last, UNBOUNDED).await.unwrap().rows;
                for row in &rows {
                    assert_eq!(row.order, last + 1, "a place became visible before the one before");
                    last = row.order;
                    seen += u64::from(row.listed);
                    assert!(!row.listed || row.seq == seen, "public numbers have no gaps");
                }
                if finished && rows.is_empty() {
                    return last;
                }
            }
        })
    };
    for number in (0..USERS).cycle().take(STEPS) {
        let kick = GroupDeleteMemberParam {
            group_id: "g".into(),
            identifier_array: vec![format!("user{number}")],
            ..GroupDeleteMemberParam::default()
        };
        owner.ask(Request::Group(Ask::Remove(kick))).await.unwrap();
    }
    let accepted: usize = users.join_all().await.into_iter().sum();
    done.store(true, Ordering::SeqCst);
    let head = watcher.await.unwrap();
    let mut store = owner.postgres.store();
    let group = store.group("g").await.unwrap().unwrap();
    let members = store.group_members(group.no, 0, &[200, 300, 400], u32::MAX).await.unwrap();
    assert_eq!(group.members as usize, members.len());
    assert!(group.members <= 6, "the limit held");
    let joined: Vec<u64> = members.iter().map(|member| member.joined).collect();
    assert!(joined.is_sorted_by(|one, next| one < next) && joined.last() <= Some(&group.joined));
    let conv = store.conversation(Place::group(group.no)).await.unwrap().unwrap();
    assert_eq!(conv.head, head);
    let rows = store.rows_after(conv.no, 0, UNBOUNDED).await.unwrap().rows;
    let said = rows.iter().filter(|row| !row.is_system()).count();
    assert_eq!(said, accepted, "what was accepted is there, once");
}

/// Two who ask, accept, refuse, part and block, from two devices each.
#[tokio::test(flavor = "multi_thread")]
async fn two_friends_agree_about_each_other() {
    const STEPS: usize = 60;

    let app = App::new();
    let mut devices = JoinSet::new();
    for (user, peer, turn) in
        [("anna", "ben", 0), ("ben", "anna", 1), ("anna", "ben", 2), ("ben", "anna", 3)]
    {
        let postgres = app.connections(1).await;
        User::login(&postgres, peer).await;
        devices.spawn(async move {
            let own = User::login(&postgres, user).await;
            for step in 0..STEPS {
                let request = match (step * 7 + turn * 3) % 5 {
                    0 => Friends::Add(Box::new(FriendshipAddFriendParam {
                        identifier: peer.into(),
                        friend_type: FriendType::Both.bits(),
                        ..FriendshipAddFriendParam::default()
                    })),
                    1 | 3 => Friends::Respond(FriendResponse {
                        identifier: peer.into(),
                        action: Some(FriendResponseAction::AgreeAndAdd.bits()),
                        ..FriendResponse::default()
                    }),
                    2 => Friends::Delete(FriendshipDeleteFriendParam {
                        friend_type: FriendType::Both.bits(),
                        identifier_array: vec![peer.into()],
                    }),
                    _ if step % 2 == 0 => Friends::Block { users: vec![peer.into()] },
                    _ => Friends::Unblock { users: vec![peer.into()] },
                };
                own.ask(Request::Friendship(request)).await.unwrap();
            }
        });
    }
    devices.join_all().await;
    let mut store = app.connect().await.store();
    let [anna, ben] = ["anna", "ben"];
    let anna = store.account(anna).await.unwrap().unwrap();
    let ben = store.account(ben).await.unwrap().unwrap();
    for (one, other) in [(anna, ben), (ben, anna)] {
        let friends = store.friends(one, 0, 10).await.unwrap().len() as u64;
        assert_eq!(store.friend_count(one).await.unwrap(), friends);
        let requests = store.pendencies(one, None, 0, u64::MAX, 10).await.unwrap();
        assert!(requests.iter().all(|it| it.seq <= 10_000));
        let newest = requests.first().map_or(0, |it| it.seq);
        assert!(newest <= store.pendency_seq(one).await.unwrap());
        let received = store.pendency(one, Side::ComeIn, other).await.unwrap().is_some();
        let sent = store.pendency(other, Side::SendOut, one).await.unwrap().is_some();
        assert!(sent || !received, "who has received one, was sent one");
    }
    let blocks =
        store.is_blocked(anna, ben).await.unwrap() || store.is_blocked(ben, anna).await.unwrap();
    let friends =
        (store.has_friend(anna, ben).await.unwrap(), store.has_friend(ben, anna).await.unwrap());
    assert!(blocks || friends.0 == friends.1, "{friends:?}");
}

/// Units that lock in a circle: one of them is told to begin again.
#[tokio::test(flavor = "multi_thread")]
async fn of_a_circle_one_unit_may_begin_again() {
    let app = App::new();
    let postgres = app.connect().await;
    let (mut one, mut two) = (postgres.store(), postgres.store());
    let (x, y) = (Place::system(1), Place::system(2));
    for place in [x, y] {
        one.open_conversation(place).await.unwrap();
    }
    one.commit().await.unwrap();
    one.open_conversation(x).await.unwrap();
    two.open_conversation(y).await.unwrap();
    let (first, second) = tokio::join!(one.open_conversation(y), two.open_conversation(x));
    assert!(first.is_ok() != second.is_ok(), "{first:?} {second:?}");
    let (mut lost, mut won) = if first.is_err() { (one, two) } else { (two, one) };
    assert_eq!(lost.failure(), Some(Failure::Conflict));
    assert!(lost.open_conversation(x).await.is_err(), "nothing more before it begins again");
    won.commit().await.unwrap();
    lost.rollback().await;
    lost.open_conversation(x).await.unwrap();
    lost.commit().await.unwrap();
}

/// A conversation that a unit makes on its way does not send what is gathered: the heads of logs are locked last.
#[tokio::test(flavor = "multi_thread")]
async fn a_conversation_that_is_made_locks_no_log() {
    let app = App::new();
    let postgres = app.connect().await;
    let (mut one, mut two) = (postgres.store(), postgres.store());
    let account = one.create_account("alice", 1).await.unwrap();
    one.log(account, 0, Entry::Notice("first".into())).await.unwrap();
    one.commit().await.unwrap();
    one.log(account, 0, Entry::Notice("third".into())).await.unwrap();
    one.open_conversation(Place::system(account)).await.unwrap();
    two.log(account, 0, Entry::Notice("second".into())).await.unwrap();
    two.commit().await.unwrap();
    one.commit().await.unwrap();
    let part = two.entries(account, 0, u64::MAX, 1, UNBOUNDED).await.unwrap();
    let notices = part.rows.into_iter().map(|row| row.entry);
    assert!(notices.eq(["first", "second", "third"].map(|text| Entry::Notice(text.into()))));
}

/// A database that goes down while it commits may have written it or not.
#[tokio::test(flavor = "multi_thread")]
async fn a_shutdown_in_answer_to_the_commit_leaves_it_unsure() {
    let app = App::new();
    let postgres = app.connect().await;
    let schema = format!("app_{}", app.id);
    let (admin, connection) =
        tokio_postgres::connect(&common::cluster().url(), tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(connection);
    for (code, failure) in
        [("57P01", Failure::Unsure), ("57P02", Failure::Unsure), ("40P01", Failure::Conflict)]
    {
        // It is told so by the COMMIT, over a connection that is still there.
        admin
            .batch_execute(&format!(
                "CREATE OR REPLACE FUNCTION {schema}.fail() RETURNS trigger LANGUAGE plpgsql AS
                     $$ BEGIN RAISE EXCEPTION 'down' USING ERRCODE = '{code}'; END $$;
                 DROP TRIGGER IF EXISTS fail ON {schema}.conversation;
                 CREATE CONSTRAINT TRIGGER fail AFTER INSERT ON {schema}.conversation
                     DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION {schema}.fail()"
            ))
            .await
            .unwrap();
        let mut store = postgres.store();
        store.open_conversation(Place::system(1)).await.unwrap();
        assert!(store.commit().await.is_err());
        assert_eq!(store.failure(), Some(failure), "{code}");
    }
}

/// A unit about very many accounts holds the whole app: it leaves the others room in the database's table of locks, and keeps them out.
#[tokio::test(flavor = "multi_thread")]
async fn a_unit_about_many_accounts_holds_all_with_one_lock() {
    const USERS: u64 = 2000;

    let app = App::new();
    let url = format!("{} application_name=many", common::cluster().url());
    let postgres = Postgres::connect(&url, app.id, 4).await.unwrap();
    let (admin, connection) =
        tokio_postgres::connect(&common::cluster().url(), tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(connection);
    let locks = async |granted: bool| -> i64 {
        let sql = "SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid)
            WHERE application_name = 'many' AND locktype = 'advisory' AND granted = $1";
        admin.query_one(sql, &[&granted]).await.unwrap().get(0)
    };
    let (mut one, mut two) = (postgres.store(), postgres.store());
    one.hold(Scope { accounts: (1..=USERS).collect(), ..Scope::default() }).await.unwrap();
    assert_eq!(locks(true).await, 1);
    let few = Scope { accounts: [7].into(), ..Scope::default() };
    let waiting = tokio::spawn(async move {
        two.hold(few).await.unwrap();
        two
    });
    while locks(false).await == 0 {
        assert!(!waiting.is_finished(), "it was not kept out");
        tokio::task::yield_now().await;
    }
    one.commit().await.unwrap();
    let two = waiting.await.unwrap();
    assert_eq!(locks(true).await, 2, "of the app, beside others, and of the account");
    drop(two);
    // As many as one invitation names, and who invites, and the group: whoever is not named goes on.
    let named = 1..=limits::GROUP_BATCH as u64 + 1;
    let (mut one, mut two) = (postgres.store(), postgres.store());
    let scope = Scope { accounts: named.clone().collect(), groups: [1].into(), ..Scope::default() };
    one.hold(scope).await.unwrap();
    let others = Scope { accounts: [named.end() + 1].into(), ..Scope::default() };
    tokio::time::timeout(Duration::from_secs(20), two.hold(others)).await.expect("let in").unwrap();
    drop((one, two));
}

/// A request about as many as it may name is done in parts, and who is not named waits for none of them.
#[tokio::test(flavor = "multi_thread")]
async fn who_is_not_named_goes_on_beside_thousands_who_are() {
    let app = App::new();
    let postgres = app.connect().await;
    let alice = User::login(&postgres, "alice").await;
    let bob = User::login(&postgres, "bob").await;
    User::login(&postgres, "carol").await;
    let users: Vec<String> = (0..limits::USERS).map(|at| format!("user{at:04}")).collect();
    let mut store = postgres.store();
    for user in &users {
        store.create_account(user, 1).await.unwrap();
    }
    store.commit().await.unwrap();
    let parts = Request::Friendship(Friends::Block { users }).parts();
    assert_eq!(parts.len(), limits::USERS / limits::GROUP_BATCH);
    // As a server does a unit of work, up to its commit.
    let begin = async |user: &User, request: Request| {
        let mut store = postgres.store();
        store.begin(true).await.unwrap();
        store.hold(scope([(Some(&user.session), &request)])).await.unwrap();
        let mut news = News::default();
        user.service.handle(&mut store, &user.session, request, &mut news).await.unwrap();
        store
    };
    for part in parts {
        let mut many = begin(&alice, part).await;
        let one = Request::Friendship(Friends::Block { users: vec!["carol".into()] });
        let one = tokio::time::timeout(Duration::from_secs(20), begin(&bob, one)).await;
        one.expect("let in").commit().await.unwrap();
        many.commit().await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_live_groups_handed_over_at_once_is_in_as_many_as_anybody() {
    const BEYOND: usize = 8;
    let app = App::new();
    let server = app.connections(16).await;
    let owner = User::login(&server, "owner").await;
    let heir = User::login(&server, "heir").await;
    let id = |at: usize| format!("live{at}");
    let (server, giver) = (&server, &owner.service);
    let hand_over = |at: usize| async move {
        let give = GroupModifyInfoParam {
            group_id: id(at),
            modify_flag: GroupModifyInfoFlag::Owner.bits(),
            owner: "heir".into(),
            ..Default::default()
        };
        loop {
            let mut store = server.store();
            store.begin(true).await.unwrap();
            let mut news = News::default();
            let given = giver.modify_group(&mut store, give.clone(), &mut news).await;
            if store.failure().is_none() && store.commit().await.is_ok() {
                return given.unwrap();
            }
            assert_eq!(store.failure(), Some(Failure::Conflict), "{given:?}");
        }
    };
    let all = limits::LIVE_GROUPS + BEYOND;
    for at in 0..all {
        let create = CreateGroupParam {
            group_id: id(at),
            group_name: "group".into(),
            group_type: GroupType::AvChatRoom.bits(),
            ..Default::default()
        };
        owner.ask(Request::Group(Ask::Create(Box::new(create)))).await.unwrap();
        let join = Ask::Join { group: id(at), hello: String::new() };
        heir.ask(Request::Group(join)).await.unwrap();
        // The last ones wait, and are handed over together.
        if at + 2 * BEYOND < all {
            hand_over(at).await;
        }
    }
    futures_util::future::join_all((all - 2 * BEYOND..all).map(hand_over)).await;
    let joined = async |user: &User| match user.ask(Request::Group(Ask::Joined)).await {
        Ok(Response::Group(Told::Joined(list))) => list.len(),
        other => panic!("{other:?}"),
    };
    assert_eq!(joined(&owner).await, limits::LIVE_GROUPS);
    owner.ask(Request::Group(Ask::LeaveLive)).await.unwrap();
    assert_eq!((joined(&owner).await, joined(&heir).await), (0, all));
}
