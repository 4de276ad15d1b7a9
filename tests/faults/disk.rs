//! Disks that fail while users work on groups and friends, or send files.

use super::*;

/// A way to fail: how many of 1000 operations, which kinds, cut short or refused.
fn choose(random: &mut Random) -> (u32, u32, bool) {
    let all = Faults::WRITE | Faults::FLUSH | Faults::LENGTH;
    let (rate, kinds) = match random.below(7) {
        0 => (1000, all),
        1 => (300, all),
        2 => (50, all | Faults::LOCK),
        3 => (500, Faults::FLUSH),
        4 => (100, Faults::READ | Faults::OPEN),
        5 => (20, all | Faults::READ | Faults::OPEN),
        _ => (10, all),
    };
    (rate, kinds, random.below(2) == 0)
}

/// A deed is done, or refused by a rule or by the disk, and nothing else.
fn note_deed(acknowledged: &mut Vec<String>, refused: &mut usize, line: &str) {
    assert!(!line.contains("FAILED"), "{line}");
    *refused += usize::from(line.split(' ').nth(1) == Some("6019"));
    note_sent(acknowledged, line);
}

/// The disk fails while two users come and go in a group, write there, make friends and end it. Once it works again, what is about both is so
/// for both, all that was acknowledged is there, and those who were there all the time go on.
#[test]
fn groups_and_friends_stay_whole_when_the_disk_fails() {
    let mut random = Random::new();
    let place = Place::new();
    for user in USERS {
        knows(&place, user, user);
    }
    let faults = Faults::new(&place);
    let (mut acknowledged, mut refused): (Vec<String>, usize) = (Vec::new(), 0);
    let mut talk = Talk::default();
    let end = Instant::now() + duration();
    let mut round: u32 = 0;
    while round < 3 || Instant::now() < end {
        round += 1;
        let mut processes: Vec<Process> = Vec::new();
        for (me, user) in USERS.iter().enumerate() {
            let (config, seed) = (place.path(user), (random.below(1 << 31)).to_string());
            let arguments = [user, USERS[1 - me], &config, "live", &seed];
            let environment = faults.environment(&seed);
            let mut process = place.start_with(Program::Life, &arguments, &environment);
            // It is logged in by then.
            let line = process.lines_and("").1;
            talk.note(me, &line);
            note_deed(&mut acknowledged, &mut refused, &line);
            processes.push(process);
        }
        let (rate, kinds, cut) = choose(&mut random);
        let about = format!("round {round}: {rate} of 1000, kinds {kinds}, cut {cut}");
        println!("{about}");
        faults.set(rate, kinds, cut);
        for (me, process) in processes.iter_mut().enumerate() {
            for _ in 0..random.below(60) {
                let line = process.lines_and("").1;
                talk.note(me, &line);
                note_deed(&mut acknowledged, &mut refused, &line);
            }
        }
        faults.set(0, 0, false);
        for (me, process) in processes.iter_mut().enumerate() {
            // What waits to be read may still be of before.
            let mut in_order = 0;
            while in_order < 5 {
                let line = process.lines_and("").1;
                talk.note(me, &line);
                note_deed(&mut acknowledged, &mut refused, &line);
                in_order = if line.contains(" 6019 ") { 0 } else { in_order + 1 };
            }
        }
        for (me, process) in processes.into_iter().enumerate() {
            for line in process.kill() {
                talk.note(me, &line);
                note_deed(&mut acknowledged, &mut refused, &line);
            }
        }
        let fresh = (random.below(4) == 0).then_some(round);
        relations_are_whole(&place, &acknowledged, &mut talk, fresh, &about);
    }
    println!("{round} rounds, {} messages, {refused} refused", acknowledged.len());
    assert!(refused > 0, "the disk never failed");
    check_files(&databases(Path::new(&place.path("."))));
}

/// The disk fails while files are sent and loaded: a file that was sent can be loaded, and one that was loaded is whole.
#[test]
fn files_are_whole_or_refused_when_the_disk_fails() {
    let mut random = Random::new();
    let place = Place::new();
    let faults = Faults::new(&place);
    let [mut alice, mut bob] = USERS.map(|user| {
        let mut process = faults.user(&place, user, random.0);
        process.say("login");
        process.expect("login 0");
        process
    });
    let (source, target) = (place.path("source"), place.path("target"));
    let (mut round, mut refused, mut sent) = (0, 0, 0);
    let end = Instant::now() + duration();
    while round < 5 || Instant::now() < end {
        round += 1;
        let content: Vec<u8> =
            (0..1 + random.below(2_000_000)).map(|n| (n ^ random.0) as u8).collect();
        fs::write(&source, &content).unwrap();
        let (rate, kinds, cut) = choose(&mut random);
        let about = format!("round {round}: {rate} of 1000, kinds {kinds}, cut {cut}");
        println!("{about}");
        let kinds = kinds | Faults::CONTENTS;
        faults.set(rate, kinds, cut);
        alice.say(&format!("file bob {source}"));
        let answer = alice.expect("sent ");
        faults.set(0, 0, false);
        if !answer.starts_with("sent 0 ") {
            let code = answer.split(' ').nth(1).unwrap_or_default();
            assert!(["6008", "6019"].contains(&code), "{answer}, {about}");
            refused += 1;
            // As if it had not been tried.
            alice.say(&format!("file bob {source}"));
            alice.expect("sent 0 ");
        }
        sent += 1;
        bob.expect("received alice");
        let _ = fs::remove_file(&target);
        faults.set(rate, kinds, cut);
        bob.say(&format!("load {target}"));
        let answer = bob.expect("load ");
        faults.set(0, 0, false);
        if !answer.starts_with("load 0 ") {
            let code = answer.split(' ').nth(1).unwrap_or_default();
            assert!(["6009", "6022"].contains(&code), "{answer}, {about}");
            assert!(!Path::new(&target).exists(), "half a file, {about}");
            refused += 1;
            bob.say(&format!("load {target}"));
            bob.expect("load 0 ");
        }
        assert!(fs::read(&target).unwrap() == content, "another content, {about}");
    }
    println!("{sent} files, {refused} refused");
    assert!(refused > 0, "the disk never failed");
    for process in [alice, bob] {
        assert!(process.end().0.success());
    }
    check_files(&databases(Path::new(&place.path("."))));
}

/// A commit may lie whole in the log of the database when its flush fails: it was refused, and must not come back once all programs are gone.
#[test]
fn what_was_refused_for_a_flush_does_not_come_back_after_a_crash() {
    let mut random = Random::new();
    let place = Place::new();
    for user in USERS {
        knows(&place, user, user);
    }
    let faults = Faults::new(&place);
    let mut alice = faults.user(&place, USERS[0], random.0);
    alice.say("login");
    alice.expect("login 0");
    for round in 0..5 {
        let text = format!("refused-{round}");
        // Some flushes are before the commit's own: of the log's head.
        faults.set_from(1 + random.below(3) as u32, 1000, Faults::FLUSH, false);
        alice.say(&format!("send {} {text}", USERS[1]));
        let answer = alice.expect("sent ");
        let killed = alice.kill();
        faults.set(0, 0, false);
        let mut bob = place.online(USERS[1], USERS[1]);
        bob.say(&format!("history {}", USERS[0]));
        let (lines, _) = bob.lines_and("history ");
        let came = lines.iter().any(|line| line.ends_with(&text));
        assert_eq!(came, answer.starts_with("sent 0 "), "{answer} {killed:?} {lines:?}");
        drop(bob.kill());
        alice = faults.user(&place, USERS[0], random.0);
        alice.say("login");
        alice.expect("login 0");
    }
}
