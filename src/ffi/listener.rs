//! Listeners: the callbacks for what happens by itself.

use std::ffi::c_void;
use std::sync::LazyLock;

use imsdk_client::{Event, Events};
use imsdk_types::{
    Field, TIMConvEventCallback, TIMFriendAddRequestCallback, TIMGroupTipsEventCallback,
    TIMKickedOfflineCallback, TIMLogCallback, TIMMsgElemUploadProgressCallback,
    TIMMsgReadedReceiptCallback, TIMMsgRevokeCallback, TIMMsgUpdateCallback,
    TIMNetworkStatusListenerCallback, TIMOnAddFriendCallback, TIMOnDeleteFriendCallback,
    TIMRecvNewMsgCallback, TIMUpdateFriendProfileCallback, TIMUserSigExpiredCallback,
};
use parking_lot::{RwLock, RwLockWriteGuard};

use super::call::json;
use super::callback::{Text, UserData};
use super::dispatcher::dispatcher;
use super::process;

/// A registered callback with its user_data. `F` is one of the callback typedefs.
pub struct Slot<F> {
    callback: F,
    user_data: UserData,
}

// Not derived: `F` is a function pointer, whatever it is generic over.
impl<F: Copy> Clone for Slot<F> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<F: Copy> Copy for Slot<F> {}

type One<F> = Option<Slot<F>>;

/// All listeners of this process.
#[derive(Default)]
#[allow(missing_docs, reason = "a field is named like the function that sets it")]
pub struct Listeners {
    pub network_status: One<TIMNetworkStatusListenerCallback>,
    pub kicked_offline: One<TIMKickedOfflineCallback>,
    pub user_sig_expired: One<TIMUserSigExpiredCallback>,
    pub log: One<TIMLogCallback>,
    pub recv_new_msg: Vec<Slot<TIMRecvNewMsgCallback>>,
    pub recv_new_msg_slot: One<TIMRecvNewMsgCallback>,
    pub upload_progress: One<TIMMsgElemUploadProgressCallback>,
    pub msg_readed_receipt: One<TIMMsgReadedReceiptCallback>,
    pub msg_revoke: One<TIMMsgRevokeCallback>,
    pub msg_update: One<TIMMsgUpdateCallback>,
    pub conv_event: One<TIMConvEventCallback>,
    pub group_tips: One<TIMGroupTipsEventCallback>,
    pub friend_added: One<TIMOnAddFriendCallback>,
    pub friend_deleted: One<TIMOnDeleteFriendCallback>,
    pub friend_profile_updated: One<TIMUpdateFriendProfileCallback>,
    pub friend_add_request: One<TIMFriendAddRequestCallback>,
}

static LISTENERS: LazyLock<RwLock<Listeners>> = LazyLock::new(Default::default);

/// A callback typedef: a function pointer that may be NULL.
pub trait Callback: Copy {
    /// The address of the function; 0 for NULL.
    fn address(&self) -> usize;
}

macro_rules! callbacks {
    ($($name:ident)*) => {$(
        impl Callback for $name {
            fn address(&self) -> usize {
                self.map_or(0, |function| function as usize)
            }
        }
    )*};
}

// Typedefs of the same signature are the same type, and stand here once.
callbacks! {
    TIMConvEventCallback TIMKickedOfflineCallback
    TIMMsgElemUploadProgressCallback TIMNetworkStatusListenerCallback TIMRecvNewMsgCallback
}

/// The listeners, to change them. `None` in a forked child: nobody calls listeners there, and a lock may be held for ever.
fn change() -> Option<RwLockWriteGuard<'static, Listeners>> {
    (!process::is_forked()).then(|| LISTENERS.write())
}

/// Sets a slot; NULL clears it.
pub fn set_listener<F: Callback>(
    slot: impl FnOnce(&mut Listeners) -> &mut One<F>,
    callback: F,
    user_data: *const c_void,
) {
    let new =
        (callback.address() != 0).then_some(Slot { callback, user_data: UserData(user_data) });
    if let Some(mut listeners) = change() {
        *slot(&mut listeners) = new;
    }
}

/// Adds a listener; the same function again only gets the new user_data.
pub fn add_listener<F: Callback>(
    list: impl FnOnce(&mut Listeners) -> &mut Vec<Slot<F>>,
    callback: F,
    user_data: *const c_void,
) {
    if callback.address() == 0 {
        return;
    }
    let new = Slot { callback, user_data: UserData(user_data) };
    let Some(mut listeners) = change() else { return };
    let list = list(&mut listeners);
    match list.iter_mut().find(|slot| slot.callback.address() == callback.address()) {
        Some(slot) => *slot = new,
        None => list.push(new),
    }
}

/// Removes a listener by its function.
pub fn remove_listener<F: Callback>(
    list: impl FnOnce(&mut Listeners) -> &mut Vec<Slot<F>>,
    callback: F,
) {
    if let Some(mut listeners) = change() {
        list(&mut listeners).retain(|slot| slot.callback.address() != callback.address());
    }
}

/// Forgets all listeners.
pub fn clear_listeners() {
    *LISTENERS.write() = Listeners::default();
}

fn get<F: Copy>(slot: impl FnOnce(&Listeners) -> One<F>) -> One<F> {
    slot(&LISTENERS.read())
}

/// Takes the events of one client to the listeners. They are looked up when the event's turn comes, so that one who was unset
/// is not called.
pub struct EventSink {
    /// The epoch that the client was started in.
    pub epoch: u64,
}

impl Events for EventSink {
    fn event(&self, event: Event) {
        let epoch = self.epoch;
        dispatcher().post(epoch, move || deliver(event, epoch));
    }

    fn wants_updates(&self) -> bool {
        LISTENERS.read().msg_update.is_some()
    }

    fn wants_conversations(&self) -> bool {
        LISTENERS.read().conv_event.is_some()
    }
}

fn deliver(event: Event, epoch: u64) {
    let is_current = || dispatcher().is_current(epoch);
    match event {
        Event::NewMessages(messages) => {
            let slots: Vec<_> = {
                let listeners = LISTENERS.read();
                listeners.recv_new_msg.iter().chain(&listeners.recv_new_msg_slot).copied().collect()
            };
            if slots.is_empty() {
                return;
            }
            let text = json(&messages);
            for slot in slots {
                // The one before may have called TIMUninit.
                if is_current() {
                    call_text(slot, &text);
                }
            }
        }
        Event::Receipts(receipts) => {
            tell(|listeners| listeners.msg_readed_receipt, &receipts, epoch);
        }
        Event::Upload { message, index, current, total } => {
            if let Some(Slot { callback: Some(callback), user_data }) =
                get(|listeners| listeners.upload_progress)
            {
                let text = json(&*message);
                if is_current() {
                    // SAFETY: as in `call_text`.
                    unsafe { callback(text.as_ptr(), index, current, total, user_data.0) }
                }
            }
        }
        Event::Revoked(locators) => {
            if let Some(slot) = get(|listeners| listeners.msg_revoke) {
                let text = json(&locators);
                if is_current() {
                    call_text(slot, &text);
                }
            }
        }
        Event::Conversations(kind, convs) => {
            if let Some(Slot { callback: Some(callback), user_data }) =
                get(|listeners| listeners.conv_event)
            {
                let text = if convs.is_empty() { Text::EMPTY } else { json(&convs) };
                if is_current() {
                    // SAFETY: as in `call_text`.
                    unsafe { callback(kind as i32, text.as_ptr(), user_data.0) }
                }
            }
        }
        Event::Updated(messages) => tell(|listeners| listeners.msg_update, &messages, epoch),
        Event::FriendsAdded(users) => tell(|listeners| listeners.friend_added, &users, epoch),
        Event::FriendsDeleted(users) => tell(|listeners| listeners.friend_deleted, &users, epoch),
        Event::FriendsUpdated(updates) => {
            tell(|listeners| listeners.friend_profile_updated, &updates, epoch);
        }
        Event::FriendRequests(requests) => {
            tell(|listeners| listeners.friend_add_request, &requests, epoch);
        }
        Event::GroupTips(tip, generation) => {
            if let Some(slot) = get(|listeners| listeners.group_tips) {
                // An array at first, and the notice alone since then.
                let text = match generation {
                    ..5 => json(&vec![*tip]),
                    _ => json(&*tip),
                };
                if is_current() {
                    call_text(slot, &text);
                }
            }
        }
        Event::KickedOffline if is_current() => call(get(|listeners| listeners.kicked_offline)),
        Event::UserSigExpired if is_current() => call(get(|listeners| listeners.user_sig_expired)),
        Event::KickedOffline | Event::UserSigExpired => {}
        Event::Network { status, code, desc } => {
            if let Some(Slot { callback: Some(callback), user_data }) =
                get(|listeners| listeners.network_status)
            {
                let desc = Text::from(desc.into_bytes());
                if is_current() {
                    // SAFETY: as in `call_text`.
                    unsafe { callback(status as i32, code, desc.as_ptr(), user_data.0) }
                }
            }
        }
    }
}

/// Calls the listener in a slot with JSON.
fn tell(
    slot: impl FnOnce(&Listeners) -> One<TIMRecvNewMsgCallback>,
    value: &impl Field,
    epoch: u64,
) {
    if let Some(slot) = get(slot) {
        let text = json(value);
        if dispatcher().is_current(epoch) {
            call_text(slot, &text);
        }
    }
}

/// Calls a listener that takes one JSON text.
fn call_text(slot: Slot<TIMRecvNewMsgCallback>, text: &Text) {
    if let Some(callback) = slot.callback {
        // SAFETY: the program registered this function for this event, with the signature of the public typedef; the text ends
        // with NUL and lives until it returns; this is the callback thread, and no lock of ours is held.
        unsafe { callback(text.as_ptr(), slot.user_data.0) }
    }
}

/// Calls a listener that takes nothing.
fn call(slot: One<TIMKickedOfflineCallback>) {
    if let Some(Slot { callback: Some(callback), user_data }) = slot {
        // SAFETY: as in `call_text`.
        unsafe { callback(user_data.0) }
    }
}

/// Calls the log listener.
pub fn deliver_log(level: u8, line: &str) {
    if let Some(Slot { callback: Some(callback), user_data }) = get(|listeners| listeners.log) {
        let line = Text::from(line);
        // SAFETY: as in `call_text`.
        unsafe { callback(i32::from(level), line.as_ptr(), user_data.0) }
    }
}
