//! The examples of the interface: each is made by a real operation of C++ programs, processes of their own, and compared.
#![cfg(target_os = "linux")]

mod c;
#[path = "golden/callbacks.rs"]
mod callbacks;
#[path = "golden/compare.rs"]
mod compare;
#[path = "golden/devices.rs"]
mod devices;
#[path = "golden/friends.rs"]
mod friends;
#[path = "golden/groups.rs"]
mod groups;
#[path = "golden/messages.rs"]
mod messages;
#[path = "golden/program.rs"]
mod program;
#[path = "examples/support.rs"]
#[allow(dead_code, reason = "each test uses its part")]
mod support;

use std::collections::BTreeSet;

/// Tests, each with the ids of the examples that it compares, and `IDS`, the list of all of these.
macro_rules! golden {
    ($($(#[$doc:meta])* fn $name:ident($golden:ident: [$($id:literal),*]) $body:block)*) => {
        /// The examples that the tests of this file compare.
        pub const IDS: &[&[&str]] = &[$(&[$($id),*]),*];
        $(
            $(#[$doc])*
            #[test]
            fn $name() {
                let $golden = $crate::compare::Golden::new(&[$($id),*]);
                $body
                $golden.end();
            }
        )*
    };
}
use golden;

#[test]
fn no_example_is_forgotten_or_compared_twice() {
    let tests = [messages::IDS, groups::IDS, friends::IDS, callbacks::IDS, devices::IDS];
    let tests = tests.concat().concat();
    let compared: BTreeSet<_> = tests.iter().copied().collect();
    assert_eq!(tests.len(), compared.len(), "{tests:?}");
    let examples = compare::examples();
    let all: BTreeSet<_> = examples.iter().map(|example| example.id.as_str()).collect();
    assert_eq!(compared, all);
    assert_eq!(all.len(), 36, "29 answers and 7 events");
}
