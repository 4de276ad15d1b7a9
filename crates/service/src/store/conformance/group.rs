//! What every store must do about groups.

use imsdk_types::GroupType;

use super::{NOW, Subject, UNBOUNDED, message};
use crate::store::{
    AccountStore, Conversation, Group, GroupInfo, GroupMember, GroupRequest, GroupRequestStore,
    GroupStore, Member, Message, MessageStore, Most, Newest, Place, Sanction, Stay,
};

const ALL: [u32; 3] = [200, 300, 400];

fn group(id: &str) -> Group {
    Group {
        no: 0,
        id: id.into(),
        kind: GroupType::Public,
        owner: 1,
        created: NOW,
        info: GroupInfo { name: id.into(), max_members: u64::MAX >> 1, ..GroupInfo::default() },
        info_seq: 1,
        info_time: NOW,
        members: 0,
        joined: 0,
    }
}

fn member(account: u64, role: u32, joined: u64) -> GroupMember {
    GroupMember { account, role, joined, join_time: NOW, ..GroupMember::default() }
}

fn pendency(group: u64, kind: u32, subject: u64) -> GroupRequest {
    GroupRequest {
        time: NOW * 1000,
        group,
        kind,
        subject,
        from: subject,
        msg: "please".into(),
        user_data: "data".into(),
        handler: 0,
        accepted: false,
        answer: String::new(),
    }
}

/// Groups are found by id and number, changed, and removed with all that belongs to them.
pub async fn groups_are_found_changed_and_removed<T: Subject>(subject: &T) {
    let mut store = subject.open().await;
    assert_eq!(store.group("g").await.unwrap(), None);
    let no = store.create_group(&group("g")).await.unwrap();
    assert!(no > 0);
    assert!(store.create_group(&group("g")).await.is_err(), "an id has one group");
    subject.rollback(&mut store).await;
    let no = store.create_group(&group("g")).await.unwrap();
    let custom = [("key".to_owned(), "välue".to_owned())].into();
    let info = GroupInfo {
        name: "name".into(),
        notification: "read".into(),
        introduction: "us".into(),
        face_url: "http://".into(),
        add_option: 1,
        approve_option: 2,
        max_members: 77,
        visible: 3,
        searchable: 4,
        shutup_all: true,
        custom,
    };
    let changed = Group { no, owner: 7, info, info_seq: 9, members: 3, joined: 5, ..group("g") };
    store.put_group(&changed).await.unwrap();
    subject.commit(&mut store).await.unwrap();
    let mut other = subject.open().await;
    assert_eq!(other.group("g").await.unwrap().as_ref(), Some(&changed));
    assert_eq!(other.group_by_no(no).await.unwrap(), Some(changed));
    store.put_group_members(&[(no, member(1, 400, 1))]).await.unwrap();
    store.add_group_requests(&pendency(no, 0, 0), &[2], 10).await.unwrap();
    let muted = Sanction { muted_until: NOW, barred_until: 0 };
    store.put_sanctions(no, &[(1, muted)]).await.unwrap();
    let conv = store.open_conversation(Place::group(no)).await.unwrap();
    assert!(store.append(conv.no, &message(1, 1, 1)).await.unwrap());
    store.delete_group(no, NOW).await.unwrap();
    // What was said there is kept for a while.
    assert_eq!(
        store.conversation(Place::group(no)).await.unwrap(),
        Some(Conversation { head: 1, time: NOW + 1, ..conv })
    );
    store.remove_deleted_groups(NOW, 10).await.unwrap();
    assert_eq!(store.rows_after(conv.no, 0, UNBOUNDED).await.unwrap().rows.len(), 1);
    store.remove_deleted_groups(NOW + 1, 10).await.unwrap();
    assert_eq!(store.messages(conv.no, 0, u64::MAX, UNBOUNDED).await.unwrap().rows, []);
    assert_eq!(store.conversation(Place::group(no)).await.unwrap(), None);
    assert_eq!(store.group("g").await.unwrap(), None);
    assert_eq!(store.groups_of(1).await.unwrap(), []);
    assert_eq!(store.group_request(no, 0, 2).await.unwrap(), None);
    assert_eq!(store.sanction(no, 1).await.unwrap(), Sanction::default());
    let again = store.create_group(&group("g")).await.unwrap();
    assert_ne!(again, no, "the id is free, the number never again");
}

/// Members are listed in the order in which they joined, by their roles, and page by page.
pub async fn group_members_are_listed_in_their_order<T: Subject>(subject: &T) {
    let mut store = subject.open().await;
    let no = store.create_group(&group("g")).await.unwrap();
    let other = store.create_group(&group("h")).await.unwrap();
    for (account, role, joined) in [(30, 400, 1), (10, 200, 2), (20, 300, 3), (5, 200, 4)] {
        store.put_group_members(&[(no, member(account, role, joined))]).await.unwrap();
    }
    store.put_group_members(&[(other, member(10, 200, 1))]).await.unwrap();
    let accounts = |page: Vec<GroupMember>| page.iter().map(|m| m.account).collect::<Vec<_>>();
    for (after, roles, count, wanted) in [
        (0, &ALL[..], 10, vec![30, 10, 20, 5]),
        (0, &ALL[..], 2, vec![30, 10]),
        (2, &ALL[..], 2, vec![20, 5]),
        (0, &[300, 400], 10, vec![30, 20]),
        (0, &[200], 1, vec![10]),
        (4, &ALL[..], 10, vec![]),
        (u64::MAX, &ALL[..], 10, vec![]),
    ] {
        let page = store.group_members(no, after, roles, count).await.unwrap();
        assert_eq!(accounts(page), wanted, "{count} of {roles:?} after {after}");
    }
    let changed = GroupMember {
        role: 300,
        delivered: 12,
        msg_flag: 2,
        name_card: "card".into(),
        custom: [("k".to_owned(), "v".to_owned())].into(),
        ..member(10, 200, 2)
    };
    store.put_group_members(&[(no, changed.clone())]).await.unwrap();
    assert_eq!(store.group_member(no, 10).await.unwrap(), Some(changed));
    let groups = store.groups_of(10).await.unwrap();
    assert_eq!(groups.iter().map(|(group, _)| group.no).collect::<Vec<_>>(), [no, other]);
    let of_kinds = async |store: &mut T::Store, (kinds, roles): (&[_], &[u32]), page| {
        let found = store.groups_of_kinds(10, kinds, roles, page).await.unwrap();
        assert!(found.iter().all(|(_, own)| own.account == 10));
        found.iter().map(|(group, _)| group.no).collect::<Vec<_>>()
    };
    let live = [GroupType::AvChatRoom, GroupType::BChatRoom];
    assert_eq!(of_kinds(&mut store, (&live, &ALL), (0, 9)).await, [0_u64; 0]);
    let all = [GroupType::AvChatRoom, group("g").kind];
    for (roles, page, wanted) in [
        (&ALL[..], (0, 9), vec![other, no]),
        (&ALL, (0, 1), vec![other]),
        (&ALL, (1, 9), vec![no]),
        (&ALL, (2, 9), vec![]),
        (&[300], (0, 9), vec![no]),
    ] {
        assert_eq!(of_kinds(&mut store, (&all, roles), page).await, wanted, "{roles:?} {page:?}");
    }
    let found = store.groups_by_no(&[other, 12_345, no]).await.unwrap();
    let ids: Vec<_> = found.into_iter().map(|group| group.map(|group| group.id)).collect();
    assert_eq!(ids, [Some("h".to_owned()), None, Some("g".to_owned())]);
    store.remove_group_members(no, &[10]).await.unwrap();
    assert_eq!(store.group_member(no, 10).await.unwrap(), None);
    assert_eq!(store.groups_of(10).await.unwrap().len(), 1);
}

/// The groups of an account are listed, each with whether it rings there.
pub async fn memberships_are_listed_with_what_rings<T: Subject>(subject: &T) {
    let mut store = subject.open().await;
    let no = store.create_group(&group("g")).await.unwrap();
    let other = store.create_group(&group("h")).await.unwrap();
    let quiet = GroupMember { msg_flag: 1, ..member(10, 200, 2) };
    store.put_group_members(&[(no, quiet)]).await.unwrap();
    store.put_group_members(&[(no, member(20, 400, 1))]).await.unwrap();
    store.put_group_members(&[(other, member(10, 200, 1))]).await.unwrap();
    let mut found = store.memberships(&[20, 30, 10]).await.unwrap();
    found[2].sort_unstable();
    assert_eq!(found, [vec![(no, 0)], vec![], vec![(no, 1), (other, 0)]]);
    store.remove_group_members(no, &[10]).await.unwrap();
    assert_eq!(store.memberships(&[10]).await.unwrap(), [[(other, 0)]]);
    store.delete_group(other, NOW).await.unwrap();
    assert_eq!(store.memberships(&[10]).await.unwrap(), [vec![]]);
}

/// What a member must not do outlives the membership.
pub async fn sanctions_are_kept_for_members_and_others<T: Subject>(subject: &T) {
    let mut store = subject.open().await;
    let no = store.create_group(&group("g")).await.unwrap();
    assert_eq!(store.sanction(no, 1).await.unwrap(), Sanction::default());
    let for_long = Sanction { muted_until: u64::MAX >> 1, barred_until: NOW };
    store.put_sanctions(no, &[(1, for_long)]).await.unwrap();
    assert_eq!(store.sanction(no, 1).await.unwrap(), for_long);
    let ever = Sanction { muted_until: u64::MAX, barred_until: 0 };
    store.put_sanctions(no, &[(1, ever)]).await.unwrap();
    assert!(store.sanction(no, 1).await.unwrap().muted_until > 1 << 60);
    assert_eq!(store.sanction(no, 2).await.unwrap(), Sanction::default());
}

/// Requests are seen by those who decide, newest first; a new one takes the place of the old one.
pub async fn pendencies_are_seen_by_those_who_decide<T: Subject>(subject: &T) {
    let mut store = subject.open().await;
    let no = store.create_group(&group("g")).await.unwrap();
    store.put_group_members(&[(no, member(1, 400, 1))]).await.unwrap();
    store.put_group_members(&[(no, member(2, 200, 2))]).await.unwrap();
    store.add_group_requests(&pendency(no, 0, 0), &[11], 10).await.unwrap();
    store.add_group_requests(&pendency(no, 1, 0), &[12], 10).await.unwrap();
    store.add_group_requests(&pendency(no, 2, 0), &[13], 10).await.unwrap();
    let seen = |list: Vec<GroupRequest>| list.iter().map(|p| p.subject).collect::<Vec<_>>();
    for (account, wanted) in
        [(1, vec![13, 11]), (2, vec![]), (11, vec![]), (12, vec![12]), (13, vec![])]
    {
        let list = store.group_requests(account, u64::MAX, &[300, 400], 10).await.unwrap();
        assert_eq!(seen(list), wanted, "account {account}");
    }
    let newest = store.group_requests(1, u64::MAX, &[300, 400], 1).await.unwrap().remove(0);
    let older = store.group_requests(1, newest.time, &[300, 400], 10).await.unwrap();
    assert_eq!(seen(older), [11]);
    for (after, wanted) in [(0, 2), (newest.time - 1, 1), (newest.time, 0), (u64::MAX, 0)] {
        let count = store.count_group_requests(1, after, &[300, 400]).await.unwrap();
        assert_eq!(count, wanted, "after {after}");
    }
    assert!(newest.time > NOW * 1000, "made in the same moment, and told apart");
    store.add_group_requests(&pendency(no, 0, 0), &[11], 10).await.unwrap();
    let list = store.group_requests(1, u64::MAX, &[300, 400], 10).await.unwrap();
    assert_eq!(seen(list.clone()), [11, 13], "asked again: the newest");
    let decided =
        GroupRequest { handler: 1, accepted: true, answer: "yes".into(), ..list[0].clone() };
    store.decide_group_request(&decided).await.unwrap();
    assert_eq!(store.group_request(no, 0, 11).await.unwrap(), Some(decided), "its time stays");
    assert_eq!(store.group_requests_read(1).await.unwrap(), 0);
    store.set_group_requests_read(1, 70).await.unwrap();
    store.set_group_requests_read(1, 50).await.unwrap();
    assert_eq!(store.group_requests_read(1).await.unwrap(), 70);
}

/// Of invitations of an account, and of what a group is asked, the newest are kept.
pub async fn group_requests_have_a_bound<T: Subject>(subject: &T) {
    let mut store = subject.open().await;
    let mut groups = Vec::new();
    for id in ["a", "b", "c", "d"] {
        let no = store.create_group(&group(id)).await.unwrap();
        store.put_group_members(&[(no, member(1, 400, 1))]).await.unwrap();
        store.add_group_requests(&pendency(no, 1, 0), &[11, 12], 3).await.unwrap();
        groups.push(no);
    }
    let mut newest = groups.split_off(1);
    newest.reverse();
    for invitee in [11, 12] {
        let list = store.group_requests(invitee, u64::MAX, &[400], 10).await.unwrap();
        assert_eq!(list.iter().map(|it| it.group).collect::<Vec<_>>(), newest);
    }
    for (kind, subject) in [(0, 21), (2, 22), (0, 23), (2, 24)] {
        store.add_group_requests(&pendency(groups[0], kind, 0), &[subject], 3).await.unwrap();
        store.add_group_requests(&pendency(newest[0], 2, 0), &[subject], 4).await.unwrap();
    }
    let list = store.group_requests(1, u64::MAX, &[400], 10).await.unwrap();
    let of = |group: u64| {
        let list = list.iter().filter(|it| it.group == group);
        list.map(|it| it.subject).collect::<Vec<_>>()
    };
    assert_eq!(of(groups[0]), [24, 23, 22]);
    assert_eq!(of(newest[0]), [24, 23, 22, 21], "each group has its own");
    assert_eq!(store.group_requests(11, u64::MAX, &[], 10).await.unwrap().len(), 3);
}

/// Who asks much makes room for others: what was decided goes first, then the oldest of whoever has asked the most.
pub async fn nobody_pushes_out_what_others_ask<T: Subject>(subject: &T) {
    let mut store = subject.open().await;
    for kind in [0, 1, 2] {
        let no = store.create_group(&group(&format!("full{kind}"))).await.unwrap();
        let mut groups = Vec::new();
        for at in 0..4 {
            let other = store.create_group(&group(&format!("{kind} {at}"))).await.unwrap();
            groups.push(if kind == 1 { other } else { no });
        }
        // All for one account, or all of one group.
        let subject = |at: usize| if kind == 1 { 70 } else { 70 + at as u64 };
        let asks = |at: usize, from: u64| GroupRequest { from, ..pendency(groups[at], kind, 0) };
        let there = async |store: &mut T::Store| {
            let mut found = Vec::new();
            for (at, group) in groups.iter().enumerate() {
                let row = store.group_request(*group, kind, subject(at)).await.unwrap();
                found.push(row.map_or(0, |row| row.from));
            }
            found
        };
        for (at, from, left) in [
            (0, 5, [5, 0, 0, 0]),
            (1, 6, [5, 6, 0, 0]),
            (2, 5, [5, 6, 5, 0]),
            (3, 7, [0, 6, 5, 7]),
            (0, 7, [7, 6, 5, 0]),
        ] {
            store.add_group_requests(&asks(at, from), &[subject(at)], 3).await.unwrap();
            assert_eq!(there(&mut store).await, left, "kind {kind}");
        }
        let newest = store.group_request(groups[0], kind, subject(0)).await.unwrap().unwrap();
        store.decide_group_request(&GroupRequest { handler: 1, ..newest }).await.unwrap();
        store.add_group_requests(&asks(3, 8), &[subject(3)], 3).await.unwrap();
        assert_eq!(there(&mut store).await, [0, 6, 5, 8], "kind {kind}");
        if kind != 1 {
            store.add_group_requests(&asks(0, 9), &[90, 91, 92, 93], 4).await.unwrap();
            assert_eq!(there(&mut store).await, [0, 6, 5, 8], "kind {kind}");
            let row = store.group_request(no, kind, 93).await.unwrap();
            assert!(row.is_some(), "the newest has the place that is left");
        }
    }
}

/// A group's log has what is not listed; its history has not.
pub async fn what_is_not_listed_is_no_history<T: Subject>(subject: &T) {
    let mut store = subject.open().await;
    let one = store.create_account("one", NOW).await.unwrap();
    let conv = store.open_conversation(Place::group(7)).await.unwrap();
    store.join(one, conv.no).await.unwrap();
    assert_eq!(store.newest(conv.no, u64::MAX).await.unwrap(), Newest::default());
    for order in 1..=5 {
        let listed = order % 2 == 0;
        let key = Message::system_key(conv.no, order);
        let row = Message { listed, seq: order / 2, key, ..message(order, one, 0) };
        assert!(row.is_system() && !message(order, one, 1 << 62).is_system());
        assert!(store.append(conv.no, &row).await.unwrap());
    }
    let orders = |rows: Vec<Message>| rows.iter().map(|row| row.order).collect::<Vec<_>>();
    for (rows, found, more) in [(2, vec![2, 3], true), (4, vec![2, 3, 4, 5], false)] {
        let part = store.rows_after(conv.no, 1, Most { rows, ..UNBOUNDED }).await.unwrap();
        assert_eq!((orders(part.rows), part.more), (found, more));
    }
    assert_eq!(orders(store.messages(conv.no, 0, u64::MAX, UNBOUNDED).await.unwrap().rows), [4, 2]);
    assert_eq!(store.conversation(Place::group(7)).await.unwrap().unwrap().head, 5);
    let newest = Newest { order: 4, seq: 2, time: NOW + 4 };
    assert_eq!(store.newest(conv.no, u64::MAX).await.unwrap(), newest);
    assert_eq!(store.newest(conv.no, 3).await.unwrap().seq, 1);
    let listed = store.conversations(one, 10).await.unwrap();
    assert_eq!((listed[0].0, listed[0].1.head), (Place::group(7), 4));
}

/// Many members are written, found and removed at once, in the order of the list.
pub async fn many_members_come_and_go_at_once<T: Subject>(subject: &T) {
    let mut store = subject.open().await;
    let no = store.create_group(&group("g")).await.unwrap();
    let other = store.create_group(&group("h")).await.unwrap();
    let card = GroupMember {
        name_card: "card".into(),
        delivered: 4,
        join_time: NOW + 1,
        ..member(20, 300, 2)
    };
    let list = [(no, member(30, 200, 1)), (no, member(20, 200, 2)), (other, member(30, 400, 1))];
    store.put_group_members(&list).await.unwrap();
    store.put_group_members(&[(no, card.clone()), (no, member(10, 200, 3))]).await.unwrap();
    let muted = Sanction { muted_until: NOW, barred_until: 0 };
    let barred = Sanction { muted_until: 0, barred_until: NOW };
    store.put_sanctions(no, &[(20, barred), (40, muted)]).await.unwrap();
    store.put_sanctions(no, &[(50, muted), (20, muted)]).await.unwrap();
    subject.commit(&mut store).await.unwrap();

    let mut reader = subject.open().await;
    let of = [(no, 20), (no, 40), (other, 30), (no, 60), (other, 20), (no, 20)];
    let free = Sanction::default();
    let expected = [
        (Some(card.clone()), muted),
        (None, muted),
        (Some(member(30, 400, 1)), free),
        (None, free),
        (None, free),
        (Some(card), muted),
    ];
    assert_eq!(reader.members_among(&of).await.unwrap(), expected);
    let ids = ["h", "nobody's", "g", "h"].map(str::to_owned);
    let found = reader.groups(&ids).await.unwrap();
    let found: Vec<_> = found.into_iter().map(|it| it.map(|group| group.no)).collect();
    assert_eq!(found, [Some(other), None, Some(no), Some(other)]);
    let live = [GroupType::AvChatRoom];
    assert_eq!(reader.group_counts(&[30, 7, 10, 30], &live).await.unwrap(), [2, 0, 1, 2]);
    let visited = Group { kind: GroupType::AvChatRoom, owner: 30, ..group("i") };
    let visited = store.create_group(&visited).await.unwrap();
    let both = [(visited, member(30, 400, 1)), (visited, member(10, 200, 2))];
    store.put_group_members(&both).await.unwrap();
    assert_eq!(store.group_counts(&[30, 10], &live).await.unwrap(), [3, 1], "its own counts");
    assert_eq!(store.group_counts(&[30, 10], &[]).await.unwrap(), [3, 2]);
    store.remove_group_members(no, &[30, 10, 7]).await.unwrap();
    assert_eq!(store.group_counts(&[30, 10, 20], &live).await.unwrap(), [2, 0, 1]);
    assert!(store.members_among(&[]).await.unwrap().is_empty());
}

/// Many conversations are made and found at once, and so is what accounts have of them.
pub async fn many_conversations_are_opened_and_read_at_once<T: Subject>(subject: &T) {
    let mut store = subject.open().await;
    let first = store.open_conversation(Place::group(7)).await.unwrap();
    let places = [3, 7, 1, 3].map(Place::group);
    let made = store.open_conversations(&places).await.unwrap();
    assert_eq!((made[1], made[0].no), (first, made[3].no));
    assert!(made[2].no != made[0].no && made[2].no != first.no);
    for order in 1..=4 {
        let listed = Message { listed: order % 2 == 0, ..message(order, 5, order) };
        assert!(store.append(first.no, &listed).await.unwrap());
    }
    assert!(store.append(made[2].no, &message(1, 6, 9)).await.unwrap());
    let head = store.open_conversations(&places).await.unwrap();
    assert_eq!(head.iter().map(|conv| conv.head).collect::<Vec<_>>(), [0, 4, 1, 0]);
    let mark = |read_order| Member { read_order, hidden: 1, left_at: 2, read_time: 3 };
    store.put_members(first.no, &[(8, mark(1)), (5, mark(2))]).await.unwrap();
    store.put_members(first.no, &[(9, mark(3)), (8, mark(4))]).await.unwrap();
    subject.commit(&mut store).await.unwrap();

    let mut reader = subject.open().await;
    let there = reader.conversations_at(&[1, 99, 7, 1].map(Place::group)).await.unwrap();
    assert_eq!(there, [Some(head[2]), None, Some(head[1]), Some(head[2])]);
    let of = [(8, first.no), (9, made[2].no), (5, first.no), (8, first.no)];
    let marks = reader.members_of(&of).await.unwrap();
    assert_eq!(marks, [Some(mark(4)), None, Some(mark(2)), Some(mark(4))]);
    let of = [(first.no, u64::MAX), (first.no, 3), (first.no, 1), (made[2].no, 1), (made[0].no, 9)];
    let newest = reader.newest_of(&of).await.unwrap();
    assert_eq!(newest.iter().map(|it| it.order).collect::<Vec<_>>(), [4, 2, 0, 1, 0]);
    let of = [(made[2].no, 0), (first.no, 1), (first.no, 4), (made[2].no, 0)];
    assert_eq!(reader.unread_of(5, &of, false).await.unwrap(), [1, 0, 0, 1]);
    assert_eq!(reader.unread_of(6, &of, true).await.unwrap(), [0, 3, 0, 0]);
    assert!(store.open_conversations(&[]).await.unwrap().is_empty());
}

/// Requests for many are made at once, each at a time of its own, the newest for the last of the list.
pub async fn many_requests_are_made_at_once<T: Subject>(subject: &T) {
    let mut store = subject.open().await;
    let no = store.create_group(&group("g")).await.unwrap();
    store.put_group_members(&[(no, member(1, 400, 1))]).await.unwrap();
    store.add_group_requests(&pendency(no, 0, 0), &[11, 13, 12], 10).await.unwrap();
    store.add_group_requests(&pendency(no, 0, 0), &[14, 11], 10).await.unwrap();
    let list = store.group_requests(1, u64::MAX, &ALL, 10).await.unwrap();
    assert_eq!(list.iter().map(|it| it.subject).collect::<Vec<_>>(), [11, 14, 12, 13]);
    assert!(list.windows(2).all(|pair| pair[0].time > pair[1].time), "{list:?}");
}

/// What earlier memberships gave is kept for each account and group, the newest of it, until it is taken away.
pub async fn the_newest_stays_are_kept_and_cut<T: Subject>(subject: &T) {
    let stay = |after, upto| Stay { after, upto };
    let mut store = subject.open().await;
    let conv = store.open_conversation(Place::group(7)).await.unwrap().no;
    let other = store.open_conversation(Place::group(8)).await.unwrap().no;
    store.add_stays(other, &[(1, stay(0, 9))], 2).await.unwrap();
    store.add_stays(conv, &[(1, stay(0, 9)), (2, stay(5, 9))], 2).await.unwrap();
    store.add_stays(conv, &[(1, stay(10, 20))], 2).await.unwrap();
    assert_eq!(store.stays(1, conv).await.unwrap(), [stay(0, 9), stay(10, 20)]);
    store.add_stays(conv, &[(2, stay(12, 20)), (1, stay(30, 31))], 2).await.unwrap();
    subject.commit(&mut store).await.unwrap();

    let mut reader = subject.open().await;
    assert_eq!(reader.stays(1, conv).await.unwrap(), [stay(10, 20), stay(30, 31)]);
    assert_eq!(reader.stays(2, conv).await.unwrap(), [stay(5, 9), stay(12, 20)]);
    assert_eq!(reader.stays(3, conv).await.unwrap(), []);
    store.cut_stays(1, conv, 15).await.unwrap();
    assert_eq!(store.stays(1, conv).await.unwrap(), [stay(15, 20), stay(30, 31)]);
    store.cut_stays(1, conv, 20).await.unwrap();
    assert_eq!(store.stays(1, conv).await.unwrap(), [stay(30, 31)]);
    store.cut_stays(2, conv, u64::MAX).await.unwrap();
    assert_eq!(store.stays(2, conv).await.unwrap(), []);
    assert_eq!(store.stays(1, other).await.unwrap(), [stay(0, 9)]);
    store.add_stays(conv, &[], 2).await.unwrap();
}
