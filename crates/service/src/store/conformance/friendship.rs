//! Profiles, friends, friend groups, friend requests, black lists.

use super::super::{
    AccountStore, Friend, FriendGroup, FriendshipStore, Pendency, ProfileStore, Side,
};
use super::{NOW, Store, Subject};

fn friend(peer: u64) -> Friend {
    Friend {
        peer,
        remark: format!("remark on {peer}"),
        add_source: "AddSource_Type_Test".into(),
        add_wording: "hello".into(),
        add_time: NOW,
        custom: r#"{"Tag_SNS_Custom_A":"x"}"#.into(),
        groups: Vec::new(),
    }
}

fn request(peer: u64, side: Side, time: u64) -> Pendency {
    Pendency {
        peer,
        side,
        seq: 0,
        time,
        add_source: "AddSource_Type_Test".into(),
        add_wording: format!("from {peer}"),
        remark: "remark".into(),
        group: "group".into(),
        read: false,
    }
}

/// Accounts with the numbers rising.
async fn accounts<S: Store, const N: usize>(store: &mut S) -> [u64; N] {
    let mut numbers = [0; N];
    for (at, number) in numbers.iter_mut().enumerate() {
        *number = store.create_account(&format!("user{at}"), NOW).await.unwrap();
    }
    numbers.sort_unstable();
    numbers
}

/// Profiles are written and replaced.
pub async fn profiles_are_written_and_replaced<T: Subject>(subject: &T) {
    let mut store = subject.open().await;
    let [one, two] = accounts(&mut store).await;
    assert_eq!(store.profile(one).await.unwrap(), None);
    store.put_profile(one, r#"{"a":1}"#).await.unwrap();
    store.put_profile(one, r#"{"a":2}"#).await.unwrap();
    subject.commit(&mut store).await.unwrap();
    let mut other = subject.open().await;
    assert_eq!(other.profile(one).await.unwrap().as_deref(), Some(r#"{"a":2}"#));
    assert_eq!(other.profile(two).await.unwrap(), None);
}

/// Friends are counted, listed, and found from both ends.
pub async fn friends_are_counted_listed_and_found_from_both_ends<T: Subject>(subject: &T) {
    let mut store = subject.open().await;
    let [me, a, b, c] = accounts(&mut store).await;
    assert_eq!(store.friend_count(me).await.unwrap(), 0);
    for peer in [c, a, b] {
        store.put_friend(me, &friend(peer)).await.unwrap();
    }
    store.put_friend(a, &friend(b)).await.unwrap();
    store.put_friend(me, &Friend { remark: "new".into(), ..friend(b) }).await.unwrap();
    assert_eq!(store.friend_count(me).await.unwrap(), 3, "a change is no new friend");
    assert!(store.has_friend(me, a).await.unwrap());
    assert!(!store.has_friend(a, me).await.unwrap(), "the other direction is another matter");
    assert_eq!(store.friend(me, a).await.unwrap(), Some(friend(a)));
    assert_eq!(store.friend(me, b).await.unwrap().unwrap().remark, "new");
    assert_eq!(store.friend(b, me).await.unwrap(), None);
    let first = store.friends(me, 0, 2).await.unwrap();
    assert_eq!(first.iter().map(|friend| friend.peer).collect::<Vec<_>>(), [a, b]);
    assert_eq!(store.friends(me, b, 2).await.unwrap(), [friend(c)]);
    assert_eq!(store.friend_of(b, 0, 9).await.unwrap(), [me, a]);
    assert_eq!(store.friend_of(b, me, 9).await.unwrap(), [a]);
    assert_eq!(store.friend_of(b, 0, 1).await.unwrap(), [me]);
    assert!(store.remove_friends(&[(me, b)]).await.unwrap()[0]);
    assert!(!store.remove_friends(&[(me, b)]).await.unwrap()[0]);
    assert_eq!(store.friend_count(me).await.unwrap(), 2);
    assert_eq!(store.friend_of(b, 0, 9).await.unwrap(), [a]);
}

/// Friend groups hold friends until they go.
pub async fn friend_groups_hold_friends_until_they_go<T: Subject>(subject: &T) {
    let mut store = subject.open().await;
    let [me, a, b, c] = accounts(&mut store).await;
    for peer in [a, b, c] {
        store.put_friend(me, &friend(peer)).await.unwrap();
    }
    let names = |list: &[&str]| list.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
    let made = store.create_friend_groups(me, &names(&["work", "home"])).await.unwrap();
    let [work, home] = made.try_into().unwrap();
    assert!(work < home, "the oldest first");
    let taken = store.create_friend_groups(me, &names(&["work"])).await;
    assert!(taken.is_err(), "a name is one group");
    store.create_friend_groups(a, &names(&["work"])).await.unwrap();
    for _ in 0..2 {
        store.join_friend_groups(me, &[home, work], &[a]).await.unwrap();
        store.join_friend_groups(me, &[work], &[c, a, c]).await.unwrap();
    }
    let groups = |list: &[Friend]| list.iter().map(|it| it.groups.clone()).collect::<Vec<_>>();
    let list = store.friends(me, 0, 9).await.unwrap();
    assert_eq!(groups(&list), [vec!["work", "home"], vec![], vec!["work"]]);
    assert_eq!(store.friend(me, c).await.unwrap().unwrap().groups, ["work"]);
    store.rename_friend_group(work, "office").await.unwrap();
    let known = store.friend_groups(me).await.unwrap();
    let group = |no: u64, name: &str| FriendGroup { no, name: name.into() };
    assert_eq!(known, [group(work, "office"), group(home, "home")]);
    let members = store.friend_group_members(&[work, 999_999, home]).await.unwrap();
    assert_eq!(members, [vec![a, c], vec![], vec![a]]);
    store.leave_friend_groups(&[work], &[b, a]).await.unwrap();
    assert_eq!(store.friend_group_members(&[home, work]).await.unwrap(), [[a], [c]]);
    store.remove_friends(&[(me, c)]).await.unwrap();
    assert!(store.friend_group_members(&[work]).await.unwrap()[0].is_empty());
    store.delete_friend_group(home).await.unwrap();
    assert_eq!(store.friend_groups(me).await.unwrap(), [group(work, "office")]);
    assert!(store.friend(me, a).await.unwrap().unwrap().groups.is_empty());
    let made = store.create_friend_groups(me, &names(&["home"])).await.unwrap();
    assert_ne!(made, [home], "never used again");
}

/// Requests rise with every change and are read once.
pub async fn requests_rise_with_every_change_and_are_read_once<T: Subject>(subject: &T) {
    let mut store = subject.open().await;
    let [me, a, b, c] = accounts(&mut store).await;
    assert_eq!(store.pendency_seq(me).await.unwrap(), 0);
    store.put_pendency(me, &request(a, Side::ComeIn, NOW)).await.unwrap();
    store.put_pendency(me, &request(b, Side::ComeIn, NOW + 1)).await.unwrap();
    store.put_pendency(me, &request(a, Side::SendOut, NOW)).await.unwrap();
    store.put_pendency(me, &request(a, Side::ComeIn, NOW + 2)).await.unwrap();
    assert_eq!(store.pendency_seq(me).await.unwrap(), 4);
    let found = store.pendency(me, Side::ComeIn, a).await.unwrap();
    assert_eq!(found, Some(Pendency { seq: 4, ..request(a, Side::ComeIn, NOW + 2) }));
    assert_eq!(store.pendency(me, Side::SendOut, b).await.unwrap(), None);
    assert_eq!(store.pendency(a, Side::ComeIn, me).await.unwrap(), None);

    let all = store.pendencies(me, None, 0, u64::MAX, 9).await.unwrap();
    let told: Vec<_> = all.iter().map(|it| (it.peer, it.side, it.seq)).collect();
    assert_eq!(told, [(a, Side::ComeIn, 4), (a, Side::SendOut, 3), (b, Side::ComeIn, 2)]);
    let page = store.pendencies(me, Some(Side::ComeIn), 0, 4, 9).await.unwrap();
    assert_eq!(page.iter().map(|it| it.peer).collect::<Vec<_>>(), [b]);
    assert!(store.pendencies(me, None, 4, u64::MAX, 9).await.unwrap().is_empty());
    assert_eq!(store.pendencies(me, None, 0, u64::MAX, 1).await.unwrap().len(), 1);

    assert_eq!(store.pendency_count(me, Side::ComeIn).await.unwrap(), 2);
    assert_eq!(store.unread_pendencies(me).await.unwrap(), 2, "sent ones are not counted");
    assert_eq!(store.read_pendencies(me, NOW + 1).await.unwrap(), 1);
    assert_eq!(store.read_pendencies(me, NOW + 1).await.unwrap(), 0);
    assert_eq!(store.unread_pendencies(me).await.unwrap(), 1);

    let gone = [(me, Side::ComeIn, a)];
    assert_eq!(store.remove_pendencies(&gone).await.unwrap(), [true]);
    assert_eq!(store.pendency_seq(me).await.unwrap(), 5);
    assert_eq!(store.remove_pendencies(&gone).await.unwrap(), [false]);
    assert_eq!(store.pendency_seq(me).await.unwrap(), 5);
    assert!(store.pendency(me, Side::SendOut, a).await.unwrap().is_some());
    store.put_friend(me, &friend(c)).await.unwrap();
    assert_eq!(store.pendency_seq(me).await.unwrap(), 5, "friends are another number");
}

/// Black lists are of one account.
pub async fn black_lists_are_of_one_account<T: Subject>(subject: &T) {
    let mut store = subject.open().await;
    let [me, a, b] = accounts(&mut store).await;
    assert_eq!(store.block(me, &[b]).await.unwrap(), [true]);
    assert_eq!(store.block(me, &[b, a, a]).await.unwrap(), [false, true, false]);
    assert!(store.block(me, &[]).await.unwrap().is_empty());
    assert!(store.is_blocked(me, a).await.unwrap());
    assert!(!store.is_blocked(a, me).await.unwrap());
    assert_eq!(store.blocked(me, 0, 9).await.unwrap(), [a, b]);
    assert_eq!(store.blocked(me, a, 9).await.unwrap(), [b]);
    assert_eq!(store.blocked(me, 0, 1).await.unwrap(), [a]);
    assert_eq!(store.blocked_count(me).await.unwrap(), 2);
    let pairs = [(a, me), (me, a), (me, b), (me, a)];
    assert_eq!(store.are_blocked(&pairs).await.unwrap(), [false, true, true, true]);
    assert_eq!(store.unblock(me, &[a, me, a]).await.unwrap(), [true, false, false]);
    assert!(!store.is_blocked(me, a).await.unwrap());
    assert_eq!(store.blocked_count(me).await.unwrap(), 1);
}

/// Rollback takes friends and their number back.
pub async fn rollback_takes_friends_and_their_number_back<T: Subject>(subject: &T) {
    let mut store = subject.open().await;
    let [me, a, b] = accounts(&mut store).await;
    store.put_friend(me, &friend(a)).await.unwrap();
    subject.commit(&mut store).await.unwrap();
    store.put_friend(me, &friend(b)).await.unwrap();
    store.put_pendency(me, &request(b, Side::ComeIn, NOW)).await.unwrap();
    subject.rollback(&mut store).await;
    assert_eq!(store.friend_count(me).await.unwrap(), 1);
    assert_eq!(store.friends(me, 0, 9).await.unwrap(), [friend(a)]);
    assert_eq!(store.pendency_seq(me).await.unwrap(), 0);
}

/// What is asked about many is answered in the order of the list, also about those who come twice or are not there.
pub async fn many_are_answered_in_the_order_of_the_list<T: Subject>(subject: &T) {
    let mut store = subject.open().await;
    let [me, a, b] = accounts(&mut store).await;
    store.put_profile(b, r#"{"b":1}"#).await.unwrap();
    store.put_friend(me, &friend(a)).await.unwrap();
    store.put_friend(b, &friend(me)).await.unwrap();
    let work = store.create_friend_groups(me, &["work".to_owned()]).await.unwrap();
    store.join_friend_groups(me, &work, &[a]).await.unwrap();
    subject.commit(&mut store).await.unwrap();

    let mut other = subject.open().await;
    let ids: Vec<String> = ["user2", "nobody", "USER2", "user0", "user2"].map(Into::into).into();
    let mut found = Vec::new();
    for id in &ids {
        found.push(store.account(id).await.unwrap());
    }
    for _ in 0..2 {
        assert_eq!(other.accounts(&ids).await.unwrap(), found);
    }
    let named = [b, me, b];
    let mut fresh = subject.open().await;
    let mut ids = Vec::new();
    for account in named {
        ids.push(store.account_id(account).await.unwrap());
    }
    assert_eq!(fresh.account_ids(&named).await.unwrap(), ids);
    assert!(fresh.account_ids(&[me, 999_999]).await.is_err(), "nobody has that number");
    let bodies = other.profiles(&named).await.unwrap();
    assert_eq!(bodies, [Some(r#"{"b":1}"#.to_owned()), None, Some(r#"{"b":1}"#.to_owned())]);
    let known = Friend { groups: vec!["work".into()], ..friend(a) };
    let friends = other.friends_among(me, &[b, a, a]).await.unwrap();
    assert_eq!(friends, [None, Some(known.clone()), Some(known)]);
    let pairs = [(b, me), (me, b), (me, a), (b, me)];
    assert_eq!(other.have_friends(&pairs).await.unwrap(), [true, false, true, true]);
    assert!(other.have_friends(&[]).await.unwrap().is_empty());
    assert!(other.accounts(&[]).await.unwrap().is_empty());
}

/// Many are removed as if one went after the other.
pub async fn many_are_removed_as_one_after_the_other<T: Subject>(subject: &T) {
    let mut store = subject.open().await;
    let [me, a, b, c] = accounts(&mut store).await;
    for (one, other) in [(me, a), (me, b), (me, c), (a, me)] {
        store.put_friend(one, &friend(other)).await.unwrap();
        store.put_pendency(one, &request(other, Side::ComeIn, NOW)).await.unwrap();
    }
    let work = store.create_friend_groups(me, &["work".to_owned()]).await.unwrap();
    store.join_friend_groups(me, &work, &[a, b, c]).await.unwrap();
    let removed = store.remove_friends(&[(me, a), (a, me), (b, me), (me, a), (me, b)]).await;
    assert_eq!(removed.unwrap(), [true, true, false, false, true]);
    assert_eq!(store.friend_count(me).await.unwrap(), 1);
    assert_eq!(store.friend_count(a).await.unwrap(), 0);
    assert_eq!(store.friend_group_members(&work).await.unwrap(), [[c]]);
    let (mine, theirs) = ((me, Side::ComeIn, a), (a, Side::ComeIn, me));
    let (unsent, last) = ((me, Side::SendOut, a), (me, Side::ComeIn, c));
    let removed = store.remove_pendencies(&[mine, theirs, unsent, mine, last]).await.unwrap();
    assert_eq!(removed, [true, true, false, false, true]);
    assert_eq!(store.pendency_seq(me).await.unwrap(), 5);
    assert_eq!(store.pendency_seq(a).await.unwrap(), 2);
    let left = store.pendencies(me, None, 0, u64::MAX, 9).await.unwrap();
    assert_eq!(left.iter().map(|it| it.peer).collect::<Vec<_>>(), [b]);
    assert!(store.remove_friends(&[]).await.unwrap().is_empty());
    assert!(store.remove_pendencies(&[]).await.unwrap().is_empty());
}
