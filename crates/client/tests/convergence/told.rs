//! What a device was told, compared with what it shows.

use std::collections::{BTreeMap, BTreeSet};

use imsdk_client::Event;
use imsdk_testkit::text;
use imsdk_types::{ConvEvent, ConvInfo, Message, MsgStatus};

use crate::life::Life;
use crate::store::{Key, Store};
use crate::view::{View, brief, is_shared, key_of};

/// No message was told twice, none is missing, and the events about conversations make the list.
pub fn check(store: &Store, view: &View, life: &Life, wrong: &mut Vec<String>) {
    let told = view.before.iter().chain(&view.told);
    let seen = messages(store.name(), told, wrong);
    missed(store, view, life, &seen, wrong);
    conversations(store, view, wrong);
}

fn messages<'a>(
    name: &str,
    told: impl Iterator<Item = &'a Event>,
    wrong: &mut Vec<String>,
) -> BTreeSet<(Key, String, u64)> {
    let mut seen = BTreeSet::new();
    let mut revoked = BTreeSet::new();
    for event in told {
        match event {
            Event::NewMessages(list) => {
                for message in list {
                    let key = (message.conv_type, message.conv_id.clone());
                    if !seen.insert((key, message.msg_id.clone(), message.seq)) {
                        wrong.push(format!("told twice: {name} {}", brief(message)));
                    }
                }
            }
            Event::Revoked(list) => {
                for locator in list {
                    let conv = (locator.conv_type, locator.conv_id.clone());
                    if !revoked.insert((conv, locator.time, locator.seq, locator.rand)) {
                        wrong.push(format!("told twice: {name} {locator:?} was taken back"));
                    }
                }
            }
            _ => {}
        }
    }
    seen
}

fn missed(
    store: &Store,
    view: &View,
    life: &Life,
    seen: &BTreeSet<(Key, String, u64)>,
    wrong: &mut Vec<String>,
) {
    let begun = store.begun.unwrap_or(0);
    for (key, history) in &view.histories {
        // OPT-1, HIST-10.
        if life.excused.refused.contains(&(store.user, key.clone()))
            || !life.stayed(store.user, key)
        {
            continue;
        }
        let is_told =
            |message: &Message| seen.contains(&(key.clone(), message.msg_id.clone(), message.seq));
        // What was before a member came is history.
        let first = history.iter().position(is_told).unwrap_or(history.len());
        for (n, message) in history.iter().enumerate() {
            let name = || store.name().to_owned();
            let own = [(name(), message.msg_id.clone()), (name(), text(message))];
            let own = own.iter().any(|own| life.excused.own.contains(own));
            // To a device that began later it is history as well. What is not known by its id it may have been.
            let due = match life.sent.get(&message.msg_id) {
                Some(at) => *at >= begun,
                None => store.is_first,
            };
            let was_there = key.0 == 1 || n >= first;
            if due
                && was_there
                && is_shared(message)
                // REV-5.
                && message.status != MsgStatus::Revoked as u32
                && !own
                && !is_told(message)
            {
                wrong.push(format!("not told: {} {key:?} {}", store.name(), brief(message)));
            }
        }
    }
}

/// What of a conversation an event says.
fn says(info: &ConvInfo) -> impl PartialEq + std::fmt::Debug {
    let last = info.last_msg.as_deref();
    let last = last.map(|last| (last.msg_id.clone(), last.status, last.is_read));
    let draft = info.draft.as_deref().map(|draft| draft.user_define.clone());
    (
        (last, draft, info.unread_num, info.recv_opt),
        (info.active_time, info.show_name.clone(), info.group_at_info_array.clone()),
    )
}

fn conversations(store: &Store, view: &View, wrong: &mut Vec<String>) {
    let name = store.name();
    let found = store.found.iter().flatten().map(|info| (key_of(info), info.clone()));
    let mut known: BTreeMap<Key, ConvInfo> = found.collect();
    for event in &view.told {
        let Event::Conversations(kind, infos) = event else { continue };
        for info in infos {
            let key = key_of(info);
            let had = match kind {
                ConvEvent::Del => known.remove(&key).is_some(),
                _ => known.insert(key.clone(), info.clone()).is_some(),
            };
            // EV-3. One that was only made before is not in the list that a program finds (CONV-3).
            let may_be_there = *kind != ConvEvent::Add && store.found.is_some();
            if had != (*kind != ConvEvent::Add) && !may_be_there {
                wrong.push(format!("event: {name} {kind:?} {key:?}, had it: {had}"));
            }
        }
    }
    for info in &view.list {
        match known.remove(&key_of(info)) {
            Some(told) if says(&told) == says(info) => {}
            Some(told) => wrong.push(format!(
                "told of a conversation: {name} {:?}\n{:?}\n{:?}",
                key_of(info),
                says(&told),
                says(info)
            )),
            None => wrong.push(format!("never told of: {name} {:?}", key_of(info))),
        }
    }
    for (key, info) in known {
        // CONV-3: one that was only made is not listed.
        if info.is_has_lastmsg || info.is_has_draft {
            wrong.push(format!("told and not listed: {name} {key:?}"));
        }
    }
}
