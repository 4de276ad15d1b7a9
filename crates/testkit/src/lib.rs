//! What scenario tests are written with.
//!
//! A [`World`] is one service in a directory of its own. [`World::alice`] and [`World::bob`] are logged-in devices;
//! [`World::device`] gives any other: the same user on another platform is a second device, the same platform on another
//! machine a competing one. Each [`Device`] drives an `imsdk_client::Client`; its calls wait for their answers, its
//! [`Tracker`] records every event. A wait ends with the event or, after [`PATIENCE`], with a panic that lists what came.
//!
//! Nothing here sleeps. That something does *not* happen is shown by [`Device::sync`]: what was committed before it has
//! arrived when it returns.

#![forbid(unsafe_code)]

mod beside;
mod device;
mod ghost;
mod kept;
mod nats;
mod pages;
mod relay;
mod s3;
mod servers;
mod tracker;
mod traffic;
mod world;

use std::time::Duration;

pub use beside::{Beside, free_ports, until};
pub use device::{Device, Download, Pending};
pub use ghost::{Ghost, HandClock};
pub use nats::Nats;
pub use pages::{Fate, PageRelay};
pub use relay::{Relay, Trouble};
pub use s3::S3;
pub use tracker::{Tracker, describe};
pub use traffic::{all_is_there, came, stream, whole_history};
pub use world::{APP_ID, Backend, World};

/// How long a test waits for what must come. Far more than it takes, also on a busy machine.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// The texts of messages, in their order; an element that is no text gives an empty one.
pub fn texts(messages: &[imsdk_types::Message]) -> Vec<String> {
    messages.iter().map(text).collect()
}

/// The text of a message.
pub fn text(message: &imsdk_types::Message) -> String {
    match message.elem_array.first() {
        Some(imsdk_types::Elem::Text(text)) => text.content.clone(),
        _ => String::new(),
    }
}

/// A message that has nothing but a text.
pub fn text_message(text: &str) -> imsdk_types::Message {
    imsdk_types::Message {
        elem_array: vec![imsdk_types::Elem::text(text)],
        ..imsdk_types::Message::default()
    }
}

/// Changes of a profile that make it as long as one may be: as JSON a character takes six bytes.
pub fn longest_profile() -> imsdk_types::UserProfileItem {
    use imsdk_types::{UserProfileCustomStringInfo, UserProfileItem, limits};
    let value = "\u{1}".repeat(limits::PROFILE_VALUE);
    let field = |letter| UserProfileCustomStringInfo {
        key: char::from(letter).into(),
        value: value.clone(),
    };
    UserProfileItem {
        custom_string_array: Some((b'a'..).take(limits::CUSTOM_FIELDS).map(field).collect()),
        ..UserProfileItem::default()
    }
}
