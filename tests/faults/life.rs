//! What must hold about requests, roles, profiles and friend groups, however often a process was killed or a disk failed.

use super::{USERS, named};

/// How a deed begins that changes what a user says of itself: the user and the word that is said follow.
pub const PROFILE: &str = "profile ";

/// Both have told all they know.
pub fn is_whole(known: &[Vec<String>; 2], acknowledged: &[String], when: &str) {
    for me in 0..2 {
        let (own, other) = (&known[me], &known[1 - me]);
        let (user, peer) = (USERS[me], USERS[1 - me]);
        // A request is on both sides or on none, and there is none between those who are friends both ways.
        let (asks, is_asked) = (named(own, "asks "), named(other, "asked-by "));
        assert_eq!(asks.contains(&peer), is_asked.contains(&user), "asked on one side, {when}");
        assert!(asks.len() <= 1 && is_asked.len() <= 1, "asked twice, {when}");
        assert!(
            asks.is_empty() || named(own, "friend ").is_empty(),
            "asked, and a friend already, {when}"
        );
        for remark in named(own, "remark ") {
            let (remark, groups) = remark.split_once('|').expect("a remark and groups");
            let in_group = groups.split(',').any(|group| group == remark);
            assert!(in_group, "called {remark:?} and put into {groups:?}, {when}");
        }
        said_of_oneself(user, [own, other], acknowledged, when);
    }
    // Both see the same members, and one of them owns the club.
    let [alice, bob] = known;
    let guild = (named(alice, "guildsman "), named(bob, "joined "));
    assert_eq!(guild.0.contains(&USERS[1]), guild.1.contains(&"guild"), "{when}: {guild:?}");
    let roles = named(alice, "role ");
    let owners = roles.iter().filter(|role| role.split(' ').nth(1) == Some("400")).count();
    assert!(roles.is_empty() || owners == 1, "{owners} owners, {when}: {roles:?}");
    assert_eq!(roles.len(), named(alice, "member ").len(), "{when}");
    if named(bob, "joined ").contains(&"club") {
        assert_eq!(roles, named(bob, "role "), "{when}");
    }
    for role in roles {
        let mut role =
            role.split(' ').skip(1).map(|number| number.parse::<u32>().expect("a number"));
        assert_ne!((role.next(), role.next()), (Some(400), Some(u32::MAX)), "a mute owner, {when}");
    }
}

/// Nick name and signature change together, nothing that was acknowledged is undone, and others see what the user has said.
fn said_of_oneself(
    user: &str,
    [own, other]: [&Vec<String>; 2],
    acknowledged: &[String],
    when: &str,
) {
    let about = format!("{PROFILE}{user} ");
    let told = |lines: &[String]| match named(lines, &about)[..] {
        [profile] => {
            let (nick, signature) = profile.split_once('|').expect("two words");
            assert_eq!(nick, signature, "half a change of {user}, {when}");
            nick.to_owned()
        }
        _ => panic!("profiles of {user}, {when}: {lines:?}"),
    };
    let word = told(own);
    let said = named(acknowledged, &about);
    if let Some((last, earlier)) = said.split_last() {
        assert!(
            word == *last || !word.is_empty() && !earlier.contains(&word.as_str()),
            "{user} is called {word} again, and was {last}, {when}"
        );
    }
    assert_eq!(told(other), word, "{user} as the other one sees it, {when}");
}
