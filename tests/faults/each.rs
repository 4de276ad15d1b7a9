//! One operation of the disk after the other fails, at every moment of a deed: nothing is left to chance.

use super::deeds::{ALICE, BOB, CONVERSATIONS, Deed, GROUPS, MESSAGES, USERS, View};
use super::*;

/// All that fails while something is done. A lock that is never given is waited for, for long.
const DISK: u32 = Faults::WRITE | Faults::FLUSH | Faults::LENGTH | Faults::READ;

/// Two users, and the disk of one of them.
struct Stage {
    place: Place,
    faults: Faults,
    /// None between two programs of hers.
    alice: Option<Process>,
    bob: Process,
}

impl Stage {
    fn new() -> Stage {
        let place = Place::new();
        let bob = place.online(BOB, BOB);
        let faults = Faults::new(&place);
        let mut stage = Stage { place, faults, alice: None, bob };
        stage.restart(false);
        stage
    }

    /// Ends her program, or kills it, and starts the next one.
    fn restart(&mut self, kill: bool) {
        match self.alice.take() {
            Some(process) if kill => drop(process.kill()),
            Some(process) => assert!(process.end().0.success()),
            None => {}
        }
        let mut process = self.faults.user(&self.place, ALICE, 1);
        process.say("login");
        process.expect("login 0");
        self.alice = Some(process);
    }

    fn process(&mut self, user: &str) -> &mut Process {
        match user {
            ALICE => self.alice.as_mut().expect("she has a program"),
            _ => &mut self.bob,
        }
    }

    fn ask(&mut self, user: &str, command: &str) -> String {
        let name = command.split(' ').next().unwrap_or_default();
        let process = self.process(user);
        process.say(command);
        let answer = if name == "send" { "sent" } else { name };
        process.lines_and(&format!("{answer} ")).1
    }

    /// The lines that a view is of, as they are now.
    fn lines(&mut self, view: &View, text: &str) -> Vec<String> {
        let process = self.process(view.user);
        process.say(&view.question.replace("TEXT", text));
        let name = view.question.split(' ').next().unwrap_or_default();
        let (mut lines, end) = process.lines_and(&format!("{name} "));
        // Who may not ask is told so, and that too is no failure of the disk.
        assert!(!end.contains(" 6019"), "{end}");
        let about = view.about.replace("TEXT", text);
        lines.retain(|line| line.starts_with(&about));
        if name == "history" {
            // It has no text any more if it came again withdrawn.
            if lines.first().is_some_and(|line| line == "message 6 alice ") {
                return vec![format!("message 6 alice {text}")];
            }
            // One that failed is none.
            lines.retain(|line| line.ends_with(text) && !line.starts_with("message 3 "));
        }
        lines.sort_unstable();
        lines
    }

    /// Whether it is done, for both; or else it is as if nobody had asked for it. Neither is an error, with what is seen.
    fn stands(&mut self, deed: &Deed, text: &str) -> Result<bool, String> {
        let seen: Vec<_> = deed.views.iter().map(|view| self.lines(view, text)).collect();
        let all_see = |expected: fn(&View) -> &[&str]| {
            deed.views.iter().zip(&seen).all(|(view, seen)| {
                let expected = expected(view).iter().map(|line| line.replace("TEXT", text));
                expected.eq(seen.iter().cloned())
            })
        };
        match (all_see(|view| view.done), all_see(|view| view.refused)) {
            (true, _) => Ok(true),
            (_, true) => Ok(false),
            _ => Err(format!("{seen:?}")),
        }
    }

    /// Waits for what fits: what the local store lost comes again.
    fn until(
        &mut self,
        deed: &Deed,
        text: &str,
        fits: impl Fn(bool) -> bool,
    ) -> Result<bool, String> {
        let deadline = Instant::now() + Duration::from_secs(20);
        loop {
            let found = self.stands(deed, text);
            if found.as_ref().is_ok_and(|done| fits(*done)) || Instant::now() > deadline {
                return found;
            }
        }
    }
}

/// Whatever operation of the disk fails while something is done, once or for good: it is done, or refused and not done, at once and for
/// the next process too.
fn all_are_done_or_refused(deeds: &[Deed], ways: fn(usize) -> Vec<(u32, bool)>) {
    let mut random = Random::new();
    let (mut refused, mut done) = (0, 0);
    for (number, deed) in deeds.iter().enumerate() {
        let mut stage = Stage::new();
        for (rate, cut) in ways(number) {
            for first in 1.. {
                let text = format!("{number}-{rate}-{}-{first}", u8::from(cut));
                let about = format!("{} {text}", deed.command);
                for command in deed.first {
                    let (user, command) = command.split_once(' ').expect("a user and a command");
                    stage.ask(user, &command.replace("TEXT", &text));
                }
                assert_eq!(stage.until(deed, &text, |done| !done), Ok(false), "before {about}");
                let kinds = if rate == 0 { DISK | Faults::LOCK } else { DISK };
                stage.faults.set_from(first, rate, kinds, cut);
                let answer = stage.ask(ALICE, &deed.command.replace("TEXT", &text));
                // Nobody is told whether a draft is kept: what is asked next is answered after that.
                let silent = answer.starts_with("draft ");
                if silent {
                    stage.ask(ALICE, "list");
                }
                let begun = stage.faults.has_begun();
                stage.faults.set(0, 0, false);
                let code = answer.split(' ').nth(1).unwrap_or_default();
                assert!(["0", "6019", "6003"].contains(&code), "{answer}, {about}");
                let told = (!silent).then_some(code == "0");
                let fits = |is: bool| told.is_none_or(|told| told == is);
                let seen = stage.until(deed, &text, fits);
                let was_done = match seen {
                    Ok(is) if fits(is) => is,
                    other => panic!("{answer}, {about}: {other:?}"),
                };
                *(if was_done { &mut done } else { &mut refused }) += 1;
                // A commit that failed at its very end may be found whole by who reads the log of the database after a crash.
                let killed = random.below(2) == 0;
                stage.restart(killed);
                let stays = |is: bool| is == was_done || killed && is;
                let seen = stage.until(deed, &text, stays);
                assert!(
                    seen.as_ref().is_ok_and(|is| stays(*is)),
                    "{answer}, {about}, then {seen:?}, killed: {killed}"
                );
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

/// Once or for good, refused or cut short.
fn all_ways(_: usize) -> Vec<(u32, bool)> {
    vec![(0, false), (0, true), (1000, false), (1000, true)]
}

/// Half of them, and the other half for every other deed.
fn some_ways(number: usize) -> Vec<(u32, bool)> {
    let odd = number % 2 == 1;
    vec![(0, odd), (1000, !odd)]
}

#[test]
fn whichever_operation_fails_messages_are_changed_or_not() {
    all_are_done_or_refused(MESSAGES, all_ways);
}

#[test]
fn whichever_operation_fails_conversations_are_changed_or_not() {
    all_are_done_or_refused(CONVERSATIONS, all_ways);
}

#[test]
fn whichever_operation_fails_groups_are_changed_or_not() {
    all_are_done_or_refused(GROUPS, some_ways);
}

#[test]
fn whichever_operation_fails_users_are_changed_or_not() {
    all_are_done_or_refused(USERS, all_ways);
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
