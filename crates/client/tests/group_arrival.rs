//! What of a group comes to a device, and what it does there. The names begin with the rule they show.

use imsdk_client::config::Platform;
use imsdk_testkit::{Device, World, text, texts};
use imsdk_types::GroupType;
use imsdk_types::wire::Conv;

fn user(world: &World, name: &str) -> Device {
    world.user(name, Platform::Linux)
}

/// A device of a user who has others.
fn other(world: &World, machine: &str, name: &str) -> Device {
    let device = world.device(machine, Platform::Windows);
    device.login(name).unwrap();
    device
}

/// A group of these devices' users, made by the first; all have heard of it and read it.
fn group(devices: &[&Device]) {
    devices[0].create_group("g", GroupType::Public);
    for device in &devices[1..] {
        device.join_group("g").unwrap();
    }
    for device in devices {
        device.sync();
        device.read_group("g");
        device.events().forget();
    }
}

fn last(device: &Device) -> Option<String> {
    device.conversation("g")?.last_msg.map(|last| text(&last))
}

// §19-6
#[test]
fn del_4_what_was_deleted_in_a_group_stays_gone_on_all_devices() {
    let world = World::new();
    let (o, x) = (user(&world, "o"), user(&world, "x"));
    let x2 = other(&world, "x2", "x");
    group(&[&o, &x]);
    x2.sync();
    x2.logout();
    x2.events().forget();
    for said in ["one", "two", "three"] {
        o.say("g", said);
    }
    x.events().wait_message("three");
    let gone: Vec<_> =
        x.group_history("g", 3).into_iter().filter(|it| text(it).starts_with('t')).collect();
    x.call(|client, reply| client.delete_messages(Conv::group("g"), gone, reply)).unwrap();
    x2.login("x").unwrap();
    x2.sync();
    let told = x2.events().messages().into_iter().filter(|it| it.conv_id == "g");
    assert_eq!(texts(&told.collect::<Vec<_>>()), ["one"], "a device that was away");
    x2.logout();
    let fresh = other(&world, "fresh", "x");
    fresh.sync();
    for device in [&x, &fresh] {
        assert_eq!(texts(&device.group_history("g", 2)), ["one", ""]);
        assert_eq!((device.unread("g"), last(device).as_deref()), (1, Some("one")));
    }
    assert_eq!(last(&o).as_deref(), Some("three"), "one-sided");
}
