//! One operation of the disk after the other fails, at every moment of a deed: nothing is left to chance.

use super::*;

/// What one user does, for itself or with another one, and how it is seen whether it was done.
struct Deed {
    /// What is said to the program, and how it answers.
    command: &'static str,
    answer: &'static str,
    /// Whether a message has been sent before, which it is about.
    about_a_message: bool,
    /// What the history says of the message afterwards, if it was done; `None`: it is not there.
    done: Option<&'static str>,
    /// The same, if it was refused.
    refused: Option<&'static str>,
}

const DEEDS: &[Deed] = &[
    Deed {
        command: "send bob TEXT",
        answer: "sent ",
        about_a_message: false,
        done: Some("2"),
        refused: None,
    },
    Deed {
        command: "batch TEXT bob",
        answer: "batch ",
        about_a_message: false,
        done: Some("2"),
        refused: None,
    },
    Deed {
        command: "save bob TEXT",
        answer: "save ",
        about_a_message: false,
        done: Some("5"),
        refused: None,
    },
    Deed {
        command: "import bob TEXT",
        answer: "import ",
        about_a_message: false,
        done: Some("5"),
        refused: None,
    },
    Deed {
        command: "remove bob",
        answer: "remove ",
        about_a_message: true,
        done: None,
        refused: Some("2"),
    },
    Deed {
        command: "forget bob",
        answer: "forget ",
        about_a_message: true,
        done: None,
        refused: Some("2"),
    },
    Deed {
        command: "delete bob",
        answer: "delete ",
        about_a_message: true,
        done: None,
        refused: Some("2"),
    },
    Deed {
        command: "revoke bob",
        answer: "revoke ",
        about_a_message: true,
        done: Some("6"),
        refused: Some("2"),
    },
];

/// The status of the messages with a text, as the device has them, but for those that failed.
fn states(process: &mut Process, text: &str) -> Vec<String> {
    process.say("history bob");
    let (lines, end) = process.lines_and("history ");
    assert_eq!(end, "history 0");
    let messages: Vec<&str> =
        lines.iter().filter_map(|line| line.strip_prefix("message ")).collect();
    // It has no text any more if it came again withdrawn.
    if messages.first() == Some(&"6 alice ") {
        return vec!["6".to_owned()];
    }
    let about = messages.into_iter().filter(|message| message.ends_with(&format!(" alice {text}")));
    let state = |message: &str| message.split(' ').next().unwrap_or_default().to_owned();
    about.map(state).filter(|state| state != "3").collect()
}

/// Whatever operation of the disk fails while something is done, once or for good: it is done, or refused and not done, at once and for
/// the next process too.
#[test]
fn whichever_operation_fails_a_deed_is_done_or_refused() {
    let place = Place::new();
    assert!(place.online("bob", "bob").end().0.success());
    let faults = Faults::new(&place);
    let mut process = faults.user(&place, "alice", 1);
    process.say("login");
    process.expect("login 0");
    let disk = Faults::WRITE | Faults::FLUSH | Faults::LENGTH | Faults::READ;
    let mut random = Random::new();
    let (mut refused, mut done) = (0, 0);
    for (number, deed) in DEEDS.iter().enumerate() {
        for (rate, cut) in [(0, false), (0, true), (1000, false), (1000, true)] {
            for first in 1.. {
                let text = format!("text-{number}-{rate}-{cut}-{first}");
                let about = format!("{} {text}", deed.command);
                if deed.about_a_message {
                    process.say(&format!("send bob {text}"));
                    process.expect(&format!("sent 0 {text}"));
                }
                // A lock that is never given is waited for, for long.
                let kinds = if rate == 0 { disk | Faults::LOCK } else { disk };
                faults.set_from(first, rate, kinds, cut);
                process.say(&deed.command.replace("TEXT", &text));
                let answer = process.expect(deed.answer);
                let begun = faults.has_begun();
                faults.set(0, 0, false);
                let was_done = answer.split(' ').nth(1) == Some("0");
                let code = answer.split(' ').nth(1).unwrap_or_default();
                assert!(["0", "6019", "6003"].contains(&code), "{answer}, {about}");
                *(if was_done { &mut done } else { &mut refused }) += 1;
                let fits = |seen: &[String], unsure: bool| {
                    let is = |state: Option<&str>| seen.iter().map(String::as_str).eq(state);
                    is(if was_done { deed.done } else { deed.refused })
                        || !was_done && unsure && is(deed.done)
                };
                let mut seen = states(&mut process, &text);
                // What the local store lost comes again.
                let deadline = Instant::now() + Duration::from_secs(20);
                while !fits(&seen, false) && Instant::now() < deadline {
                    seen = states(&mut process, &text);
                }
                assert!(fits(&seen, false), "{answer}, {about}: {seen:?}");
                // A commit that failed at its very end may be found whole by who reads the log of the database after a crash.
                let killed = random.below(2) == 0;
                if killed {
                    process.kill();
                } else {
                    assert!(process.end().0.success());
                }
                process = faults.user(&place, "alice", 1);
                process.say("login");
                process.expect("login 0");
                let seen = states(&mut process, &text);
                let is_whole = fits(&seen, killed);
                assert!(is_whole, "{answer}, {about}, then {seen:?}, killed: {killed}");
                if !begun {
                    assert!(first > 1, "nothing fails in {about}");
                    break;
                }
            }
        }
    }
    println!("{done} done, {refused} refused");
    assert!(done > 0 && refused > 0, "the disk never failed");
}

/// Whatever operation fails while a program opens its databases and logs in: it can once the disk works again, and write too.
#[test]
fn whichever_operation_fails_the_next_login_succeeds() {
    let place = Place::new();
    assert!(place.online("bob", "bob").end().0.success());
    assert!(place.online("alice", "alice").end().0.success());
    let faults = Faults::new(&place);
    let disk = Faults::WRITE | Faults::FLUSH | Faults::LENGTH | Faults::READ | Faults::OPEN;
    let mut refused = 0;
    for (rate, kinds) in [(0, disk | Faults::LOCK), (0, Faults::OPEN), (1000, disk)] {
        for first in 1.. {
            let about = format!("{first}, then {rate} of 1000, kinds {kinds}");
            // One that is there keeps the logs of the databases as they are, one that is not lets them be made anew.
            let other = (first % 2 == 0).then(|| place.online("bob", "bob"));
            faults.set_from(first, rate, kinds, false);
            let mut process = faults.user(&place, "alice", u64::from(first));
            process.say("login");
            refused += u32::from(code(&process.expect("login ")) != 0);
            let begun = faults.has_begun();
            faults.set(0, 0, false);
            process.say("login");
            assert_eq!(process.expect("login "), "login 0 ", "{about}");
            process.say("send bob hello");
            assert_eq!(process.expect("sent "), "sent 0 hello", "{about}");
            for process in [Some(process), other].into_iter().flatten() {
                assert!(process.end().0.success());
            }
            if !begun {
                break;
            }
        }
    }
    println!("{refused} refused");
    assert!(refused > 0, "the disk never failed");
}
