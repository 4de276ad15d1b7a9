use imsdk_types::wire::{Conv, Event};
use serde_json::value::to_raw_value;

use super::*;

/// The session of the connection, and one of somebody else.
const OWN: u64 = 7;
const OTHER: u64 = 8;

fn conn() -> Conn {
    let conn = Conn::new(1);
    conn.begin(true);
    conn
}

/// One that was answered a pull.
fn pulled(cursor: u64) -> Conn {
    let conn = conn();
    conn.pulled(&answer(cursor));
    conn
}

fn answer(cursor: u64) -> Page {
    Page { cursor, ..Page::default() }
}

fn event(text: &str) -> Box<RawValue> {
    to_raw_value(&Event::Read { conv: Conv::c2c(text), order: 1 }).unwrap()
}

/// Entries past a place, each with its session.
fn stretch(after: u64, origins: &[u64]) -> Stretch {
    let upto = after + origins.len() as u64;
    let entries = (after + 1..).zip(origins).map(|(at, origin)| (*origin, event(&at.to_string())));
    Stretch { account: 1, after, upto, entries: entries.collect(), notices: false }
}

fn tell(conn: &Conn, after: u64, origins: &[u64]) {
    conn.stretch(&stretch(after, origins), OWN, false);
}

/// What is said next: the span of a page with its number of entries, and whether there is a hint.
fn said(conn: &Conn) -> (Option<(u64, u64, usize)>, bool) {
    let mail = conn.take(false);
    let page = mail.page.map(|it| (it.page.after, it.page.cursor, it.page.events.len()));
    (page, mail.hint.account)
}

const NOTHING: (Option<(u64, u64, usize)>, bool) = (None, false);
const HINT: (Option<(u64, u64, usize)>, bool) = (None, true);

fn page(after: u64, cursor: u64, count: usize) -> (Option<(u64, u64, usize)>, bool) {
    (Some((after, cursor, count)), false)
}

#[test]
fn what_joins_is_given() {
    let conn = pulled(5);
    tell(&conn, 5, &[OTHER]);
    assert_eq!(said(&conn), page(5, 6, 1));
    tell(&conn, 6, &[OTHER, OTHER]);
    assert_eq!(said(&conn), page(6, 8, 2));
    assert_eq!(said(&conn), NOTHING);
}

#[test]
fn who_has_not_pulled_is_told_to_look() {
    let conn = conn();
    tell(&conn, 0, &[OTHER]);
    assert_eq!(said(&conn), HINT);
    conn.pulled(&Page { more: true, ..answer(1) });
    tell(&conn, 1, &[OTHER]);
    assert_eq!(said(&conn), HINT, "it goes on pulling");
    for page in [Page { kicked: true, ..answer(2) }, Page { resync: true, ..answer(2) }] {
        conn.pulled(&page);
        tell(&conn, 2, &[OTHER]);
        assert_eq!(said(&conn), HINT);
    }
    conn.pulled(&answer(3));
    tell(&conn, 3, &[OTHER]);
    assert_eq!(said(&conn), page(3, 4, 1));
}

#[test]
fn who_takes_no_pages_is_told_to_look() {
    let conn = Conn::new(1);
    conn.begin(false);
    conn.pulled(&answer(5));
    tell(&conn, 5, &[OTHER]);
    assert_eq!(said(&conn), HINT);
}

#[test]
fn a_gap_is_a_hint_and_so_is_what_follows_until_a_pull() {
    let conn = pulled(5);
    tell(&conn, 6, &[OTHER]);
    assert_eq!(said(&conn), HINT);
    tell(&conn, 5, &[OTHER]);
    assert_eq!(said(&conn), HINT, "the one that was late");
    conn.pulled(&answer(7));
    tell(&conn, 5, &[OTHER]);
    tell(&conn, 6, &[OTHER]);
    assert_eq!(said(&conn), NOTHING, "the pull had both");
    tell(&conn, 7, &[OTHER]);
    assert_eq!(said(&conn), page(7, 8, 1));
}

#[test]
fn what_is_told_twice_is_given_once() {
    let conn = pulled(5);
    tell(&conn, 5, &[OTHER]);
    tell(&conn, 5, &[OTHER]);
    assert_eq!(said(&conn), page(5, 6, 1));
    tell(&conn, 5, &[OTHER]);
    assert_eq!(said(&conn), NOTHING);
}

#[test]
fn own_entries_are_passed_over_and_leave_no_gap() {
    let conn = pulled(5);
    tell(&conn, 5, &[OWN]);
    conn.stretch(&stretch(6, &[OWN]), OWN, true);
    assert_eq!(said(&conn), NOTHING);
    tell(&conn, 7, &[OTHER, OWN]);
    assert_eq!(said(&conn), page(5, 9, 1));
    tell(&conn, 9, &[OTHER]);
    assert_eq!(said(&conn), page(9, 10, 1));
}

#[test]
fn what_a_session_brought_about_itself_tells_it_nothing_that_it_does_not_look_for() {
    let conn = conn();
    conn.stretch(&stretch(0, &[0]), OWN, true);
    assert_eq!(said(&conn), NOTHING);
    // Not where that would be lost which waits.
    conn.pulled(&answer(1));
    tell(&conn, 1, &[OTHER]);
    conn.stretch(&stretch(7, &[0]), OWN, true);
    assert_eq!(said(&conn), HINT);
}

#[test]
fn a_page_does_not_overtake_answers() {
    let conn = pulled(5);
    tell(&conn, 5, &[OWN, OTHER]);
    assert!(conn.take(true).page.is_none());
    tell(&conn, 7, &[OTHER]);
    assert!(conn.take(true).page.is_none());
    assert_eq!(said(&conn), page(5, 8, 2));
}

#[test]
fn what_waits_while_a_pull_is_answered_joins_it_or_is_in_it() {
    let conn = pulled(5);
    tell(&conn, 5, &[OTHER]);
    conn.pulled(&answer(5));
    assert_eq!(said(&conn), page(5, 6, 1));
    tell(&conn, 6, &[OTHER]);
    conn.pulled(&answer(7));
    assert_eq!(said(&conn), NOTHING);
    tell(&conn, 7, &[OTHER]);
    tell(&conn, 8, &[OTHER]);
    conn.pulled(&answer(8));
    assert_eq!(said(&conn), HINT, "half of it");
    conn.pulled(&answer(9));
    tell(&conn, 9, &[OTHER]);
    assert_eq!(said(&conn), page(9, 10, 1));
}

#[test]
fn a_slow_reader_is_told_to_look_in_the_end() {
    let conn = pulled(0);
    let mut after = 0;
    let mut last = 0;
    for _ in 0..10_000 {
        tell(&conn, after, &[OTHER]);
        after += 1;
        let state = conn.state.lock();
        if let Some(given) = &state.mail.page {
            assert!(given.bytes <= limits::PUSHED_BYTES);
            last = given.page.events.len();
        }
    }
    assert_eq!((last, said(&conn)), (limits::PUSHED, HINT));
    // Few entries, but long ones.
    conn.pulled(&answer(after));
    for _ in 0..2 {
        let entries = vec![(OTHER, event(&"x".repeat(limits::PUSHED_BYTES / 2)))];
        let stretch = Stretch { entries, ..stretch(after, &[OTHER]) };
        conn.stretch(&stretch, OWN, false);
        after += 1;
    }
    assert_eq!(said(&conn), HINT);
}

#[test]
fn notices_come_alone() {
    let conn = pulled(0);
    let notice = |after| Stretch { notices: true, ..stretch(after, &[0]) };
    conn.stretch(&notice(0), OWN, false);
    assert_eq!(said(&conn), page(0, 1, 1));
    tell(&conn, 1, &[OTHER]);
    conn.stretch(&notice(2), OWN, false);
    assert_eq!(said(&conn), HINT, "it may be about what waits");
}

#[test]
fn what_says_nothing_is_a_hint() {
    let conn = pulled(5);
    let silent = Stretch { entries: Vec::new(), ..stretch(5, &[OTHER]) };
    conn.stretch(&silent, OWN, false);
    assert_eq!(said(&conn), HINT);
    conn.pulled(&answer(6));
    conn.stretch(&silent, OWN, false);
    assert_eq!(said(&conn), NOTHING, "the device has it");
}

#[test]
fn a_hint_takes_the_place_of_a_page() {
    for hint in [Conn::account_hint, Conn::everywhere, Conn::replaced] {
        let conn = pulled(5);
        tell(&conn, 5, &[OTHER]);
        hint(&conn);
        assert_eq!(said(&conn), HINT);
        tell(&conn, 6, &[OTHER]);
        assert_eq!(said(&conn), HINT);
    }
}

#[test]
fn a_session_that_was_replaced_is_given_nothing_more() {
    let conn = pulled(5);
    conn.replaced();
    assert_eq!(said(&conn), HINT);
    conn.pulled(&answer(5));
    tell(&conn, 5, &[OTHER]);
    assert_eq!(said(&conn), HINT);
}

#[test]
fn a_session_that_begins_stands_nowhere() {
    let conn = pulled(5);
    tell(&conn, 5, &[OTHER]);
    conn.begin(true);
    assert_eq!(said(&conn), NOTHING);
    tell(&conn, 6, &[OTHER]);
    assert_eq!(said(&conn), HINT);
}

#[test]
fn who_has_not_pulled_for_long_gets_pages_and_is_to_look() {
    let conn = pulled(5);
    if let Some(stand) = &mut conn.state.lock().stand {
        stand.since -= TRUSTED + Duration::from_secs(1);
    }
    tell(&conn, 5, &[OTHER]);
    assert_eq!(said(&conn), (Some((5, 6, 1)), true));
    tell(&conn, 6, &[OTHER]);
    assert_eq!(said(&conn), page(6, 7, 1));
    conn.pulled(&answer(7));
    tell(&conn, 7, &[OTHER]);
    assert_eq!(said(&conn), page(7, 8, 1));
}
