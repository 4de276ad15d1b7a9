//! A program on a device.

mod file;
mod friendship;
mod group;
mod message;

use std::sync::Arc;

use crossbeam_channel::{Receiver, bounded};
use imsdk_client::config::Settings;
use imsdk_client::{Client, LoginStatus, Reply};
use imsdk_types::wire::{Conv, ConvKind};
use imsdk_types::{ConvInfo, Error, Message, MsgGetMsgListParam};

pub use file::Download;

use crate::{PATIENCE, Tracker, text_message};

/// A program on a device: a client and what it reported. Dropping it ends the program as a crash would: without a logout.
pub struct Device {
    client: Client,
    events: Arc<Tracker>,
}

/// An answer that is on its way.
pub struct Pending<T>(Receiver<T>);

impl<T> Pending<T> {
    /// The answer.
    ///
    /// # Panics
    /// If it doesn't come, or was dropped.
    pub fn wait(self) -> T {
        self.0.recv_timeout(PATIENCE).expect("an answer")
    }
}

/// A reply that can be waited for.
fn reply<T: Send + 'static>() -> (Reply<T>, Pending<Result<T, Error>>) {
    let (sender, receiver) = bounded(1);
    (Box::new(move |answer| drop(sender.send(answer))), Pending(receiver))
}

impl Device {
    /// Starts a program.
    ///
    /// # Panics
    /// If it can't.
    pub fn start(settings: Settings) -> Self {
        let events = Arc::new(Tracker::default());
        let client = Client::start(settings, events.clone()).expect("a client");
        Self { client, events }
    }

    /// What the client reported.
    pub fn events(&self) -> &Tracker {
        &self.events
    }

    /// The client itself.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Makes a call and waits for its answer.
    pub fn call<T: Send + 'static>(
        &self,
        call: impl FnOnce(&Client, Reply<T>),
    ) -> Result<T, Error> {
        let (reply, pending) = reply();
        call(&self.client, reply);
        pending.wait()
    }

    /// Ends the program without a logout.
    pub fn crash(self) {
        drop(self);
    }

    /// Logs in with a signature that any world without a key accepts.
    pub fn login(&self, user: &str) -> Result<(), Error> {
        self.login_with(user, "sig")
    }

    /// Logs in.
    pub fn login_with(&self, user: &str, user_sig: &str) -> Result<(), Error> {
        let (reply, pending) = reply();
        self.client.login(user.to_owned(), user_sig.to_owned(), reply);
        pending.wait()
    }

    /// Logs out.
    pub fn logout(&self) {
        let (reply, pending) = reply();
        self.client.logout(reply);
        pending.wait().expect("a logout");
    }

    /// Whether somebody is logged in.
    pub fn is_online(&self) -> bool {
        self.client.login_status() == LoginStatus::In
    }

    /// Fetches what is new: everything that was committed before has been reported when this returns.
    ///
    /// # Panics
    /// If nobody is logged in.
    pub fn sync(&self) {
        let user = self.client.login_user().expect("a login");
        // A login of the user who is logged in looks at the service once more and changes nothing else.
        self.login_with(&user, "sig").expect("a sync");
    }

    /// Sends a message; the answer comes later.
    pub fn submit(&self, to: &str, mut message: Message) -> Pending<(Message, Option<Error>)> {
        let (sender, receiver) = bounded(1);
        let identity = self.client.identify(&mut message);
        self.client.send(
            Conv::c2c(to),
            Box::new(message),
            identity,
            Box::new(move |message, error| drop(sender.send((message, error)))),
        );
        Pending(receiver)
    }

    /// Sends a message and waits for what becomes of it.
    pub fn try_send(&self, to: &str, message: Message) -> (Message, Option<Error>) {
        self.submit(to, message).wait()
    }

    /// Sends a text that must arrive at the service.
    ///
    /// # Panics
    /// If it is refused.
    pub fn send(&self, to: &str, text: &str) -> Message {
        let (message, error) = self.try_send(to, text_message(text));
        assert_eq!(error, None, "sending \"{text}\" to {to}");
        message
    }

    /// Any page of a conversation.
    pub fn page(&self, peer: &str, param: MsgGetMsgListParam) -> Result<Vec<Message>, Error> {
        let (reply, pending) = reply();
        self.client.message_list(Conv::c2c(peer), param, reply);
        pending.wait()
    }

    /// The newest messages of a conversation, newest first, from here and from the service.
    ///
    /// # Panics
    /// If it fails.
    pub fn history(&self, peer: &str, count: u32) -> Vec<Message> {
        let param = MsgGetMsgListParam { count, is_ramble: true, ..Default::default() };
        self.page(peer, param).expect("a history")
    }

    /// The messages before (or, forward, after) another one.
    ///
    /// # Panics
    /// If it fails.
    pub fn history_from(
        &self,
        peer: &str,
        anchor: &Message,
        count: u32,
        is_forward: bool,
    ) -> Vec<Message> {
        let param = MsgGetMsgListParam {
            last_msg: Some(Box::new(anchor.clone())),
            count,
            is_ramble: true,
            is_forward,
            ..Default::default()
        };
        self.page(peer, param).expect("a history")
    }

    /// Reports a conversation as read, altogether.
    ///
    /// # Panics
    /// If it fails.
    pub fn read(&self, peer: &str) {
        self.report_read(peer, None).expect("a read report");
    }

    /// Reports a conversation as read; all one-to-one conversations without an id.
    pub fn report_read(&self, peer: &str, anchor: Option<Message>) -> Result<(), Error> {
        let (reply, pending) = reply();
        self.client.report_read(ConvKind::C2c, peer.to_owned(), anchor, reply);
        pending.wait()
    }

    /// The list of conversations.
    ///
    /// # Panics
    /// If it fails.
    pub fn conversations(&self) -> Vec<ConvInfo> {
        self.try_conversations().expect("a list of conversations")
    }

    /// The list of conversations.
    pub fn try_conversations(&self) -> Result<Vec<ConvInfo>, Error> {
        let (reply, pending) = reply();
        self.client.conversation_list(reply);
        pending.wait()
    }

    /// A conversation of the list.
    pub fn conversation(&self, peer: &str) -> Option<ConvInfo> {
        self.conversations().into_iter().find(|info| info.id == peer)
    }

    /// The unread number of a conversation; 0 if it is not in the list.
    pub fn unread(&self, peer: &str) -> u64 {
        self.conversation(peer).map_or(0, |info| info.unread_num)
    }

    /// Makes or finds a conversation.
    pub fn create_conversation(&self, peer: &str) -> Result<ConvInfo, Error> {
        let (reply, pending) = reply();
        self.client.create_conversation(Conv::c2c(peer), reply);
        pending.wait()
    }

    /// Removes a conversation with its messages.
    ///
    /// # Panics
    /// If it fails.
    pub fn delete_conversation(&self, peer: &str) {
        let (reply, pending) = reply();
        self.client.delete_conversation(Conv::c2c(peer), reply);
        pending.wait().expect("a removal");
    }
}
