//! Elements of later generations of the interface: what programs of this one get, pass on and may not make (§4.4).

use imsdk_client::Event;
use imsdk_testkit::{World, text_message};
use imsdk_types::{Elem, MergerElem, Message, json};

fn unknown(elem_type: i64) -> Elem {
    let extra = [("new_elem_data".to_owned(), serde_json::json!({"a": [1, 2.5, null]}))];
    Elem::Unknown { elem_type, extra: extra.into_iter().collect() }
}

fn merged(messages: usize, lines: usize, line: &str) -> Elem {
    Elem::Merger(Box::new(MergerElem {
        title: "title".into(),
        abstract_array: vec![line.to_owned(); lines],
        compatible_text: "text".into(),
        message_array: vec![text_message("m"); messages],
        ..MergerElem::default()
    }))
}

#[test]
fn elements_that_are_not_known_here_come_and_travel_on() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    let mut carol = world.ghost("carol");
    let mut outgoing = carol.outgoing("alice", "with more");
    outgoing.body.elems.extend([unknown(99), merged(2, 1, "line")]);
    let elems = outgoing.body.elems.clone();
    carol.try_send(outgoing).unwrap();
    alice.sync();
    let came = alice.events().wait("the message", |event| match event {
        Event::NewMessages(messages) => messages.first().cloned(),
        _ => None,
    });
    assert_eq!(came.elem_array, elems);
    let mut forwarded: Message = json::parse(json::to_string(&came).as_bytes()).unwrap();
    forwarded.is_forward_message = true;
    assert_eq!(alice.try_send("bob", forwarded).1, None);
    assert_eq!(bob.events().wait_message("with more").elem_array, elems);
}

#[test]
fn elements_that_nobody_knows_are_not_made() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    for elem_type in [-1, 13, 99] {
        let mut message = text_message("with more");
        message.elem_array.push(unknown(elem_type));
        let error = alice.try_send("bob", message).1.unwrap();
        assert_eq!(error.code, 6016, "{elem_type}");
    }
    bob.sync();
    assert!(bob.events().messages().is_empty());
}

#[test]
fn s15_1_merged_messages_have_limits() {
    let world = World::new();
    let (alice, _bob) = (world.alice(), world.bob());
    let long = "ä".repeat(101);
    for (elem, code) in [
        (merged(300, 5, &"ä".repeat(100)), 0),
        (merged(301, 5, "line"), 6017),
        (merged(1, 6, "line"), 6017),
        (merged(1, 1, &long), 6017),
    ] {
        let message = Message { elem_array: vec![elem], ..Message::default() };
        let (_, error) = alice.try_send("bob", message);
        assert_eq!(error.map_or(0, |error| error.code), code);
    }
}
